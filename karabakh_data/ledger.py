"""Who says so, and who says otherwise."""

from __future__ import annotations

from .descriptor import key, unknown, with_claims
from .tables import load

TYPE_CHECKING = False
if TYPE_CHECKING:
    import pandas as pd

# Records whose keys begin with another record's key belong to it.
_PARTS = {
    "events": ["ceasefires", "documents", "signatures", "participants", "prisoners"],
    "documents": ["signatures"],
    "formats": ["format_members"],
}


def evidence(table: str, record_id: str) -> pd.DataFrame:
    """Every claim about one record and what belongs to it, with who makes it.

    To an event belong its ceasefires, documents, signatures, participants and
    prisoner transfers; to a document its signatures; to a format its members.

    One row is one claim. Columns: ``table``, ``record_id``, ``column``,
    ``value`` (in the column's own encoding), ``agreement`` (with the table),
    ``inferred`` (the source leaves part of the value to its context),
    ``perspective``, ``publisher``, ``source``, ``locator``, ``url``, ``note``.

    Raises:
        ValueError: no such table, no claims are kept on it, or no such record.
    """
    records = load(with_claims(table))[key(table)[0]]
    if not (isinstance(record_id, str) and (records == record_id).any()):
        raise ValueError(unknown(f"record of {table}", record_id, records))
    claims = load("claims")
    own = (claims["table"] == table) & (claims["record_id"] == record_id)
    belongs = (claims["record_id"] == record_id) | claims["record_id"].str.startswith(
        f"{record_id}."
    )
    parts = claims["table"].isin(_PARTS.get(table, [])) & belongs
    columns = ["table", "record_id", "column", "value", "agreement", "inferred", *_SOURCE, "note"]
    return with_source(claims[own | parts])[columns]


def disagreements(table: str | None = None) -> pd.DataFrame:
    """Claims whose value is not the one the table holds, side by side with it.

    One row is one such claim. Columns: ``table``, ``record_id``, ``column``,
    ``adopted`` (the table's value, missing where the cell is blank),
    ``adopted_by`` (perspectives that say so), ``value`` (the rival),
    ``agreement`` (``differs``; ``compatible``: dates of which one contains the
    other; ``unadopted``: the cell is blank), ``inferred``, ``perspective``,
    ``publisher``, ``source``, ``locator``, ``url``, ``note``.

    Args:
        table: only this table's.

    Raises:
        ValueError: no such table, or no claims are kept on it.
    """
    claims = load("claims")
    if table is not None:
        claims = claims[claims["table"] == with_claims(table)]
    claims = with_source(claims)
    cell = ["table", "record_id", "column"]
    same = claims["agreement"] == "same"
    adopted = (
        claims[same]
        .groupby(cell, observed=True, sort=False)
        .agg(adopted=("value", "first"), adopted_by=("perspective", _listed))
        .reset_index()
        .astype({"adopted": "string", "adopted_by": "string"})
    )
    rivals = claims[~same].merge(adopted, on=cell, how="left")
    versions = ["adopted", "adopted_by", "value", "agreement", "inferred"]
    return rivals[[*cell, *versions, *_SOURCE, "note"]]


_SOURCE = ["perspective", "publisher", "source", "locator", "url"]


def _listed(values: pd.Series) -> str:
    return ", ".join(sorted(set(values)))


def with_source(claims: pd.DataFrame) -> pd.DataFrame:
    """The claims with their source's ``publisher``, ``perspective`` and ``url``."""
    sources = load("sources")[["source", "publisher", "perspective", "url"]]
    return claims.merge(sources, on="source", how="left", validate="many_to_one").reset_index(
        drop=True
    )
