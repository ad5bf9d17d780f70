"""Who says so, and who says otherwise."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

import pandas as pd

from .adoption import CELL, Cell, Verdict, cell_of, judged, settle
from .descriptor import description, unknown
from .files import Row
from .loading import TEXT, TableName, as_text, cells_as_text
from .records import opened

_SOURCE = ["perspective", "publisher", "source", "locator", "url"]


def evidence(
    table: TableName,
    record_id: str | Iterable[str],
    *,
    record: Mapping[str, pd.DataFrame] | None = None,
) -> pd.DataFrame:
    """Every claim about one record, or several, and what belongs to it, with who makes it.

    To a record belong its parts, which refer to it: to an event, say, its ceasefires, and
    its documents with their provisions.

    One row is one claim. Columns: ``table``, ``record_id``, ``column``,
    ``value`` (in the column's own encoding), ``agreement`` (with the table),
    ``inferred`` (the source leaves part of the value to its context),
    ``perspective``, ``publisher``, ``source``, ``locator``, ``url``, ``note``.

    >>> import karabakh_data as kd
    >>> said = kd.evidence("ceasefires", "1992-09-19-sochi").query("column == 'due'")
    >>> sorted(set(said["value"]))
    ['1992-09-25', '1992-09-25/1992-09-26', '1992-09-26']

    Args:
        table: the table that holds the record.
        record_id: its key, or the keys of several.
        record: the record to ask (default: as published; see :func:`record`).

    Raises:
        ValueError: no such table, no claims are kept on it, or no such record; or a frame is
            given where a key is asked.
    """
    tables = opened(record)
    described = description().with_claims(table)
    if isinstance(record_id, pd.DataFrame):
        raise ValueError(f"expected keys, found a DataFrame; name its {described.id!r}.")
    known = set(tables[table][described.id])
    several = isinstance(record_id, Iterable) and not isinstance(record_id, str)
    asked: list[Any] = list(record_id) if several else [record_id]
    for key in asked:
        if not (isinstance(key, str) and key in known):
            part = " in this part of the ledger" if getattr(record, "part", False) else ""
            message = unknown(f"record of {table}{part}", key, sorted(known))
            raise ValueError(message + _elsewhere(key, tables))
    wanted = _belonging(table, set(asked), tables)
    claims = tables["claims"]
    found = pd.Series(data=False, index=claims.index)
    for name, keys in wanted.items():
        found |= (claims["table"] == name) & claims["record_id"].isin(keys)
    columns = [*CELL, "value", "agreement", "inferred", *_SOURCE, "note"]
    return with_source(claims[found], tables)[columns]


def _elsewhere(text: object, tables: Mapping[str, pd.DataFrame]) -> str:
    """What to say beside a text that is no key of a table: of what else it is the key or title."""
    for name in description().records if isinstance(text, str) else ():
        for column in (description().tables[name].id, "title"):
            if column in tables[name] and text in set(tables[name][column]):
                return f" But {text!r} is {column!r} in {name}."
    return ""


def _belonging(
    table: str, keys: set[str], tables: Mapping[str, pd.DataFrame]
) -> dict[str, set[str]]:
    """The records and all that belongs to them, by table."""
    described = description()
    wanted = {table: keys}
    for name in described.records:  # what belongs to a record comes after it
        for column, there in described.parents(name).items():
            if there.table in wanted:
                rows = tables[name]
                mine = rows[column].isin(wanted[there.table])
                found = set(rows.loc[mine, described.tables[name].id])
                wanted[name] = wanted.get(name, set()) | found
    return wanted


def disagreements(
    table: TableName | None = None, *, record: Mapping[str, pd.DataFrame] | None = None
) -> pd.DataFrame:
    """Claims whose value is not the one the table holds, side by side with it.

    One row is one such claim. Columns: ``table``, ``record_id``, ``column``,
    ``adopted`` (the table's value, missing where the cell is blank),
    ``adopted_by`` (perspectives that say so), ``value`` (the rival),
    ``agreement`` (``differs``; ``compatible``: dates of which one contains the
    other; ``unadopted``: the cell is blank), ``rule`` (what decided: a rule of
    :data:`karabakh_data.adoption.RULES` or the ground of a decision), ``verdict`` and
    ``reason`` (of the decision, where there is one), ``inferred``, ``perspective``,
    ``publisher``, ``source``, ``locator``, ``url``, ``note``.

    >>> import karabakh_data as kd
    >>> rivals = kd.disagreements("events")
    >>> kazan = rivals[rivals["record_id"] == "2011-06-24-kazan"]
    >>> sorted(set(kazan.loc[kazan["column"] == "date", "value"]))[-1]
    '[2011-06-24,2011-06-25]'

    Args:
        table: only this table's.
        record: the record to ask (default: as published; see :func:`record`).

    Raises:
        ValueError: no such table, or no claims are kept on it.
    """
    tables = opened(record)
    claims = tables["claims"]
    if table is not None:
        claims = claims[claims["table"] == description().with_claims(table).name]
    rivals = claims[claims["agreement"] != "same"]
    claims = claims[claims["record_id"].isin(rivals["record_id"].unique())]
    claims = claims[_cells(claims).isin(set(_cells(rivals)))]  # contested cells, few of all
    said = _said(claims, tables)
    rivals = with_source(claims[claims["agreement"] != "same"], tables)
    cells = _cells(rivals)
    held = _held(set(cells), tables)
    told = [
        said[cell].of(value, held[cell]) for cell, value in zip(cells, rivals["value"], strict=True)
    ]
    names = ["adopted", "adopted_by", "rule", "verdict", "reason"]
    columns = zip(names, zip(*told, strict=True), strict=True) if told else ((n, ()) for n in names)
    rivals = rivals.assign(**{name: pd.Series(list(of), dtype=TEXT) for name, of in columns})
    order = ["adopted", "adopted_by", "value", "agreement", "rule", "verdict", "reason", "inferred"]
    return rivals[[*CELL, *order, *_SOURCE, "note"]]


def _cells(claims: pd.DataFrame) -> pd.Series:
    """Table, record and column of each claim in one."""
    parts = zip(*(claims[name].tolist() for name in CELL), strict=True)
    return pd.Series(list(parts), index=claims.index, dtype=object)


def _held(cells: set[Cell], tables: Mapping[str, pd.DataFrame]) -> dict[Cell, str | None]:
    """What the tables hold in these cells, as text: nothing where they are blank."""
    asked: dict[tuple[str, str], set[str]] = defaultdict(set)
    for name, record_id, column in cells:
        asked[name, column].add(record_id)
    found: dict[Cell, str | None] = {}
    for (name, column), ids in asked.items():
        table = description().tables[name]
        key = table.id
        rows = tables[name]
        rows = rows[rows[key].isin(ids)]
        texts = cells_as_text(rows[column], table.columns[column].type)
        for record_id, text in zip(rows[key].tolist(), texts, strict=True):
            found[name, record_id, column] = text or None
    return found


class _Said(NamedTuple):
    """By whom the value adopted in one cell is told, and what decided."""

    verdict: Verdict
    told_by: set[str]  # perspectives
    rejected: dict[str, Row]

    def of(self, rival: str, adopted: str | None) -> tuple[str | None, ...]:
        """Adopted value, its perspectives, rule, verdict and reason, beside one rival."""
        _, rule, decision = self.verdict
        if rival in self.rejected:
            decision = self.rejected[rival]
            rule = decision["rule"]
        ground = (decision["verdict"], decision["reason"]) if decision else (None, None)
        return (adopted, ", ".join(sorted(self.told_by)) or None, rule, *ground)


def _said(claims: pd.DataFrame, tables: Mapping[str, pd.DataFrame]) -> dict[Cell, _Said]:
    """What the claims on each of these cells come to."""
    sources = tables["sources"]
    views = dict(zip(sources["source"], sources["perspective"].tolist(), strict=True))
    decisions = as_text(description().tables["decisions"], tables["decisions"])
    names = [*CELL, "value", "source"]
    cells = zip(*(claims[name].tolist() for name in names), strict=True)
    inferred = ["true" if one else "false" for one in claims["inferred"].tolist()]
    rows = [
        Row(zip([*names, "inferred"], [*cell, flag], strict=True))
        for cell, flag in zip(cells, inferred, strict=True)
    ]
    told_by: dict[Cell, set[str]] = defaultdict(set)
    for row, same in zip(rows, (claims["agreement"] == "same").tolist(), strict=True):
        if same:
            told_by[cell_of(row)].add(views[row["source"]])
    rejected = judged(one for one in decisions if one["verdict"] == "reject")
    settled = settle(description(), rows, views, decisions)
    return {
        cell: _Said(verdict, told_by[cell], rejected.get(cell, {}))
        for cell, verdict in settled.items()
    }


def values_by_cell(claims: pd.DataFrame) -> dict[Cell, list[str]]:
    """The values that claims give, one for each claim, by the cell they are about."""
    found: dict[Cell, list[str]] = defaultdict(list)
    cells = zip(*(claims[name].tolist() for name in CELL), strict=True)
    for cell, value in zip(cells, claims["value"].tolist(), strict=True):
        found[cell].append(value)
    return dict(found)


def with_source(claims: pd.DataFrame, record: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """The claims with their source's ``publisher``, ``perspective`` and ``url``."""
    sources = record["sources"][["source", "publisher", "perspective", "url"]]
    return claims.merge(sources, on="source", how="left", validate="many_to_one")
