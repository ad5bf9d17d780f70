"""Involvement: everything that a person, actor or place has part in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, get_args

import pandas as pd

from ..descriptor import Table, description, unknown
from ..finding import called
from ..frames import looked_up
from ..loading import TEXT
from ._given import Tables, tables
from .naming import steps_of, titles_of

Whose = Literal["people", "actors", "places"]
"""The tables of which a record can have part in something."""

_PARTS = ("role", "status")
_DAYS = ("date_first", "start_first")
_COLUMNS = ["day", "part", "title", "table", "record_id", "event_id", "kind", "actor", "person"]


def involvement(
    name: str, *, table: Whose | None = None, record: Tables | None = None
) -> pd.DataFrame:
    """Everything that a person, actor or place has part in: one row is one part, by day.

    Of a person or actor: the steps it took part in and how, its acts on texts, the
    ceasefires of those steps, its spells in formats, what was asked of it, whom it
    handed over and received, what it took and lost. Of a place: what happened, was signed
    or changed hands there. Bodies count with the state or organisation they are part of.

    Columns: ``day`` (the first it can have been; missing where none is told); ``part``
    (the role in a step or format, the act on a text, else the column that names it, such
    as ``giver``); ``title``; ``table``, ``record_id`` (see :func:`karabakh_data.evidence`);
    ``event_id`` (the step it belongs to, if to one), ``kind`` (of that step, as ``events``
    has it); ``actor``, ``person`` (where told).

    >>> from karabakh_data.studies import involvement
    >>> rows = involvement.involvement("Vafa Guluzade")
    >>> rows[rows["table"] == "participants"]["part"].unique().tolist()
    ['party']
    >>> involvement.involvement("Germany", table="places")["part"].unique().tolist()
    ['place']

    Args:
        name: the key or any name of a person, an actor or a place.
        table: which of the three it is, where several are called so.
        record: the record to ask (default: as published).

    Raises:
        ValueError: nobody and nothing is called so, or several are; no such table.
    """
    given = tables(record)
    if table is not None and table not in get_args(Whose):
        raise ValueError(unknown("table of names", table, get_args(Whose)))
    whose, key = called(name, *([table] if table else get_args(Whose)), record=given)
    keys = {key}
    if whose == "actors":
        actors = given["actors"]
        keys |= set(actors.loc[actors["part_of"] == key, "actor"])
    found = pd.concat(_parts(whose, keys, given))
    took = found[found["table"] == "participants"]
    stops = given["ceasefires"][["ceasefire_id", "event_id"]].merge(took, on="event_id")
    stops = stops.assign(record_id=stops["ceasefire_id"], table="ceasefires")
    stops = stops.drop(columns="ceasefire_id").drop_duplicates(["record_id", "part", "actor"])
    found = pd.concat([found, stops[found.columns].astype(found.dtypes)], ignore_index=True)
    steps = given["events"].set_index("event_id")
    found["kind"] = looked_up(found["event_id"], steps["kind"]).astype(TEXT)
    own = titles_of(found, record=given)
    of_step = looked_up(found["event_id"], steps["title"])
    plain = found["table"].isin(["participants", "events"])
    found["title"] = of_step.where(plain, own).astype(TEXT)
    found["day"] = found["day"].fillna(looked_up(found["event_id"], steps["start"]))
    return found[_COLUMNS].sort_values(
        ["day", "event_id", "table", "record_id", "part"], ignore_index=True
    )


def _parts(whose: str, keys: set[str], given: Tables) -> Iterator[pd.DataFrame]:
    """From each table the rows that name one of the keys, and in what part."""
    day = given["events"]["start"].dtype
    for table in description().tables.values():
        if table.name == whose or table.about_records:
            continue
        for column, there in table.references.items():
            if there.table == whose:
                rows = given[table.name]
                part = _part(table, column, rows[rows[column].isin(keys)], given)
                yield part.astype({name: day if name == "day" else TEXT for name in part})


def _part(table: Table, column: str, rows: pd.DataFrame, given: Tables) -> pd.DataFrame:
    """The rows of one table as parts of who stands in one column."""
    told = next((name for name in _PARTS if name in rows and column in ("actor", "person")), None)
    dated = next((name for name in _DAYS if name in rows), None)
    found = pd.DataFrame(
        {
            "table": pd.Series(table.name, rows.index, dtype=TEXT),
            "record_id": rows[table.id],
            "part": rows[told].astype(TEXT) if told else pd.Series(column, rows.index, dtype=TEXT),
            "day": rows[dated] if dated else pd.Series(pd.NaT, rows.index),
        }
    )
    found["event_id"] = steps_of(found, record=given)
    for name in ("actor", "person"):
        blank = pd.Series(pd.NA, rows.index, dtype=TEXT)
        is_it = table.references[column].table == {"actor": "actors", "person": "people"}[name]
        found[name] = rows[name] if name in rows else rows[column] if is_it else blank
    return found
