"""Whose sources tell it: which perspectives know a record, hold a value, say otherwise."""

from __future__ import annotations

import pandas as pd

from ..descriptor import description, unknown
from ..ledger import with_source
from ..loading import TEXT, TableName, vocabulary
from ._given import Tables, tables
from .naming import in_words

ABBREVIATIONS = {  # of perspectives, as tables for readers have them
    "armenian": "Arm.",
    "azerbaijani": "Az.",
    "russian": "Rus.",
    "turkish": "Turk.",
    "iranian": "Iran.",
    "kazakh": "Kaz.",
    "international_organisation": "Int.",
    "third_party": "third",
}


def abbreviated(perspectives: pd.Series) -> pd.Series:
    """Each perspective in short, as :data:`ABBREVIATIONS` has it."""
    return perspectives.astype(TEXT).map(ABBREVIATIONS).astype(TEXT)


def perspectives() -> list[str]:
    """All perspectives that a source can have, in the order of the codebook."""
    return vocabulary("sources", "perspective")["value"].tolist()


def are_perspectives(*views: str) -> None:
    """ValueError if a source can have no such perspective, naming the nearest, or one is twice."""
    for view in views:
        if view not in perspectives():
            raise ValueError(unknown("perspective", view, perspectives()))
        if views.count(view) > 1:
            raise ValueError(f"expected different perspectives, found {view!r} more than once.")


def known_by(table: TableName, *, record: Tables | None = None) -> pd.DataFrame:
    """Which perspectives speak of each record: true where a source says anything of it.

    One row is one record of the table, in its order, with its key as index; one column
    is one perspective, whether it says anything at all or not.

    >>> from karabakh_data.studies import tellers
    >>> known = tellers.known_by("ceasefires")
    >>> bool(known.loc["1992-09-19-sochi", "armenian"])
    True

    Raises:
        ValueError: no such table, or no claims are kept on it.
    """
    described = description().with_claims(table)
    given = tables(record)
    claims = given["claims"]
    said = with_source(claims[claims["table"] == table], given)
    keys = pd.Index(given[table][described.id], name=described.id)
    spoken = {
        view: keys.isin(said.loc[said["perspective"] == view, "record_id"])
        for view in perspectives()
    }
    return pd.DataFrame(spoken, index=keys).rename_axis(columns="perspective")


def told_by(table: TableName, column: str, *, record: Tables | None = None) -> pd.DataFrame:
    """Whose sources tell the value that each record holds, and whose tell another.

    One row is one record of the table, with its key as index. Columns: ``told_by``,
    the perspectives in short; ``otherwise``, each other value with who tells it. Both
    are empty where nobody says anything.

    >>> from karabakh_data.studies import tellers
    >>> tellers.told_by("ceasefires", "fate").loc["1992-05-07-tehran"].tolist()
    ['third', 'broken: Arm., Az., Iran., third']

    Raises:
        ValueError: no such table or column, or no claims are kept on it.
    """
    described = description().with_claims(table)
    description().column(table, column)
    if column not in described.coded:
        raise ValueError(unknown(f"coded column of {table}", column, described.coded))
    given = tables(record)
    claims = given["claims"]
    claims = claims[(claims["table"] == table) & (claims["column"] == column)]
    said = with_source(claims, given)
    said = pd.DataFrame(
        {
            "record_id": said["record_id"],
            "adopted": said["agreement"].isin(["same", "compatible"]),
            "value": said["value"],
            "view": abbreviated(said["perspective"]),
        }
    )
    said = said.drop_duplicates().sort_values(["record_id", "value", "view"])
    backed, others = said[said["adopted"]], said[~said["adopted"]]
    backed = backed.drop_duplicates(["record_id", "view"]).sort_values(["record_id", "view"])
    rivals = _joined(others, ["record_id", "value"], "view", ", ")
    rivals = rivals.assign(view=in_words(rivals["value"]) + ": " + rivals["view"])
    sides = {
        "told_by": _joined(backed, ["record_id"], "view", ", "),
        "otherwise": _joined(rivals, ["record_id"], "view", "; "),
    }
    keys = pd.Index(given[table][described.id], name=described.id)
    found = {name: rows.set_index("record_id")["view"] for name, rows in sides.items()}
    return pd.DataFrame({name: rows.reindex(keys, fill_value="") for name, rows in found.items()})


def _joined(rows: pd.DataFrame, by: list[str], column: str, between: str) -> pd.DataFrame:
    """The texts of a column in one, group by group."""
    if rows.empty:
        return rows[[*by, column]]
    return rows.groupby(by, observed=True)[column].agg(between.join).reset_index()
