"""Encounters: who of one side met whom of the other, how often, and at what level."""

from __future__ import annotations

import numpy as np
import pandas as pd

from ..frames import is_whole, looked_up, needs
from ..loading import TEXT
from ._given import Tables, tables
from .naming import with_names
from .seats import people_of_sides, presence
from .steps import every_year

ABOVE_MINISTER = ("president", "acting president")
HEADS_SINCE_2018 = ("prime minister", "acting prime minister")
"""In Armenia, whose constitution of 2018 gave the prime minister the president's part."""

MINISTER = ("foreign minister", "acting foreign minister")


def encounters(record: Tables | None = None) -> pd.DataFrame:
    """Who met whom across the line: one row is one person of each side at one table.

    Columns: ``event_id``, ``start``, ``year``; ``armenian``, ``azerbaijani`` (their
    names); ``pair`` (both, first names by their first letters). A table is one of
    :func:`karabakh_data.studies.seats.presence`; signing one text in two cities counts, a call too.
    """
    given = tables(record)
    seats = people_of_sides(given).dropna(subset=["person", "side"])
    seats = with_names(seats, "person", record=given)
    at = presence(given)
    at = at.loc[at["table"], ["event_id", "start"]]
    sides = ("armenian", "azerbaijani")
    halves = [
        seats.loc[seats["side"] == side, ["event_id", "person_name"]]
        .drop_duplicates()
        .rename(columns={"person_name": side})
        for side in sides
    ]
    rows = at.merge(halves[0], on="event_id").merge(halves[1], on="event_id")
    short = [rows[side].str.replace(r"(?<=\S)\S*\s", ". ", n=1, regex=True) for side in sides]
    rows = rows.assign(
        year=rows["start"].dt.year.astype("Int64"), pair=(short[0] + ", " + short[1]).astype(TEXT)
    )
    return rows.sort_values(["start", "pair"], kind="stable", ignore_index=True)


def pairs_by_year(encounters: pd.DataFrame, most: int = 10) -> pd.DataFrame:
    """How often the pairs that met most did so in each year, in the order of their first.

    One row is one pair, one column one year, none left out between the first and the
    last (counts of tables).

    Args:
        encounters: as :func:`encounters` gives them, or a part of them.
        most: how many pairs.

    Raises:
        ValueError: a column is missing; ``most`` is no whole number from 1.
    """
    needs(encounters, "event_id", "start", "year", "pair")
    is_whole(most, "most")
    sizes = encounters.groupby("pair")["event_id"].nunique()
    often = sizes.sort_values(ascending=False, kind="stable").index[:most]
    rows = encounters[encounters["pair"].isin(often)]
    order = rows.groupby("pair")["start"].min().sort_values(kind="stable").index
    counts = rows.pivot_table("event_id", "pair", "year", "nunique")
    years = every_year(encounters["year"])
    found = counts.reindex(index=order, columns=years).fillna(0).astype("int64")
    return found.rename_axis(columns=None)


def levels(record: Tables | None = None) -> pd.DataFrame:
    """At what level the sides met: one row is one table (a meeting or signing of both).

    Columns: ``event_id``, ``title``, ``start``, ``year``; ``level``: ``presidents`` if a
    president of each side is named (for Armenia since April 2018 the prime minister), else
    ``foreign ministers`` if one of each is, else ``others``. The office is the one told
    of that step, or, where none is, the one told of the person at the step nearest in time.
    """
    given = tables(record)
    at = presence(given)
    at = at.loc[at["table"], ["event_id", "title", "start"]].reset_index(drop=True)
    starts = given["events"].set_index("event_id")["start"]
    seats = people_of_sides(given)
    seats = seats.assign(start=looked_up(seats["event_id"], starts)).dropna(subset=["start"])
    seats = _with_nearest_office(seats)
    late = (seats["actor"] == "armenia") & (seats["start"] >= pd.Timestamp("2018-04-09"))
    head = seats["office"].isin(ABOVE_MINISTER) | (late & seats["office"].isin(HEADS_SINCE_2018))
    minister = seats["office"].isin(MINISTER)
    both = at["event_id"].isin(_both_sides(seats[head]))
    ministers = at["event_id"].isin(_both_sides(seats[minister]))
    level = np.where(both, "presidents", np.where(ministers, "foreign ministers", "others"))
    year = at["start"].dt.year.astype("Int64")
    return at.assign(year=year, level=pd.Series(level, at.index, dtype=TEXT))


def levels_by_year(levels: pd.DataFrame) -> pd.DataFrame:
    """How many tables of each level each year has: one row is one year, none left out.

    Columns: ``presidents``, ``foreign ministers``, ``others`` (counts).

    Args:
        levels: as :func:`levels` gives them, or a part of them.
    """
    needs(levels, "event_id", "year", "level")
    names = ["presidents", "foreign ministers", "others"]
    counts = levels.pivot_table("event_id", "year", "level", "count")
    counts = counts.reindex(every_year(levels["year"]), columns=names).fillna(0)
    return counts.astype("int64").rename_axis(columns=None)


def _both_sides(seats: pd.DataFrame) -> pd.Index:
    """The steps at which these seats are of both sides."""
    sides = seats.dropna(subset=["side"]).groupby("event_id")["side"].nunique()
    return sides.index[sides == 2]


def _with_nearest_office(seats: pd.DataFrame) -> pd.DataFrame:
    """The seats, an office that is not told filled from the same person's nearest in time."""
    told = seats.dropna(subset=["office", "person"])
    blank = seats[seats["office"].isna() & seats["person"].notna()].sort_values("start")
    told = told[["person", "actor", "start", "office"]].sort_values("start")
    if blank.empty or told.empty:
        return seats
    filled = pd.merge_asof(
        blank.drop(columns="office"), told, on="start", by=["person", "actor"], direction="nearest"
    )
    return pd.concat([seats.drop(blank.index), filled[seats.columns]], ignore_index=True)
