"""Tables: at which steps both sides took part, who of them did, and at what level."""

from __future__ import annotations

import numpy as np
import pandas as pd

from ..frames import looked_up, needs
from ..loading import TEXT
from ._given import Tables, tables
from ._periods import AFTER_SECOND_WAR, BEGINNING, CEASEFIRE, OPEN, WITHOUT_SEAT
from .naming import with_names
from .people import NOT_THERE, parties
from .robust import adoptions
from .steps import every_year
from .tellers import told_by
from .texts import UNSIGNED, signatures

AT_A_TABLE = ("meeting", "signing")
"""Kinds of step that are a table: people of both sides come together, or sign one text."""

AUTHORITIES = ("nagorno-karabakh", "armenia-karabakh")
"""Actors that are the authorities in Stepanakert, alone or named with Armenia."""

PERIODS = {
    "before 12 May 1994": (BEGINNING, CEASEFIRE),
    "to April 1997": (CEASEFIRE, WITHOUT_SEAT),
    "to 9 November 2020": (WITHOUT_SEAT, AFTER_SECOND_WAR),
    "since": (AFTER_SECOND_WAR, OPEN),
}
"""Times to count in, with their first day and the day after their last: until the
ceasefire of May 1994; until the month of the last round of the Minsk Group with the
authorities in Stepanakert in a full session; until the end of the second war; since."""


def presence(record: Tables | None = None) -> pd.DataFrame:
    """Who of the sides took part in each step with a party: one row is one step, by day.

    Steps that were not held are left out.

    Columns: ``event_id``, ``title``, ``kind``, ``format``, ``place``, ``start`` (first
    day); ``period`` (of :data:`PERIODS`); ``armenia``, ``authorities`` (in Stepanakert),
    ``azerbaijan``, ``azerbaijani_community`` (whether each took part as a party);
    ``both`` (someone of each side); ``table`` (both sides at a meeting or signing);
    ``visit`` (a mission, as of mediators who go from one capital to another). Steps
    without a day are left out.
    """
    given = tables(record)
    roles = parties(given).dropna(subset=["start"])
    actors = roles.groupby("event_id")["actor"].agg(set)
    sides = roles.groupby("event_id")["side"].agg(set)
    events = given["events"]
    events = events[events["outcome"] != "not_held"]
    rows = events[events["event_id"].isin(actors.index)].sort_values("start", kind="stable")
    rows = rows[["event_id", "title", "kind", "format", "place", "start"]].reset_index(drop=True)
    took = [actors[step] for step in rows["event_id"]]
    of = [sides[step] for step in rows["event_id"]]
    both = np.array([{"armenian", "azerbaijani"} <= one for one in of], dtype=bool)
    return rows.assign(
        period=_period(rows["start"]),
        armenia=np.array(
            [not one.isdisjoint(("armenia", "armenia-karabakh")) for one in took], bool
        ),
        authorities=np.array([not one.isdisjoint(AUTHORITIES) for one in took], bool),
        azerbaijan=np.array(["azerbaijan" in one for one in took], bool),
        azerbaijani_community=np.array(["nk-azerbaijani-community" in one for one in took], bool),
        both=both,
        table=both & rows["kind"].isin(AT_A_TABLE).to_numpy(bool),
        visit=(rows["kind"] == "mission").to_numpy(bool),
    )


def by_period(presence: pd.DataFrame, column: str = "authorities") -> pd.DataFrame:
    """How often one of the sides was there in each period: one row is one of :data:`PERIODS`.

    Columns: ``steps``, ``there`` (counts); ``percent`` (missing where there are no steps).

    Args:
        presence: as :func:`presence` gives it, or a part of it.
        column: who, by its column there.

    Raises:
        ValueError: no such column.
    """
    needs(presence, "period", column)
    counts = presence.groupby("period")[column].agg(["size", "sum"])
    counts = counts.reindex(list(PERIODS), fill_value=0).astype("int64")
    counts = counts.set_axis(["steps", "there"], axis=1).rename_axis("period")
    share = 100 * counts["there"] / counts["steps"]
    return counts.assign(percent=share.round().astype("Int64"))


def by_year(presence: pd.DataFrame, column: str = "authorities") -> pd.DataFrame:
    """How many of these steps each year has, with and without one of the sides.

    One row is one year, none left out. Columns: ``with``, ``without`` (counts of steps).

    Raises:
        ValueError: no such column.
    """
    needs(presence, "start", column)
    years = presence["start"].dt.year.astype("Int64")
    every = every_year(years)
    there = presence[column].astype(bool)
    parts = {"with": years[there], "without": years[~there]}
    counts = {
        name: part.value_counts().reindex(every, fill_value=0) for name, part in parts.items()
    }
    return pd.DataFrame(counts, index=every).astype("int64")


def left_out(record: Tables | None = None) -> pd.DataFrame:
    """Who was kept away or stayed away: one row is one actor at one step, by day.

    Columns: ``start``, ``title``; ``actor_name``, ``person_name``; ``told_by``
    (perspectives in short). A source must say that the actor was not there.
    """
    given = tables(record)
    events = given["events"].set_index("event_id")
    rows = given["participants"]
    rows = rows[(rows["role"] == "absent").fillna(False).astype(bool)]
    rows = with_names(rows, "actor", "person", record=given)
    told = told_by("participants", "role", record=given)["told_by"]
    rows = rows.assign(
        start=looked_up(rows["event_id"], events["start"]),
        title=looked_up(rows["event_id"], events["title"]),
        told_by=looked_up(rows["participant_id"], told).astype(TEXT),
    )
    columns = ["start", "title", "actor_name", "person_name", "told_by"]
    return rows[columns].sort_values("start", kind="stable", ignore_index=True)


def third_parties(record: Tables | None = None) -> pd.DataFrame:
    """Who else was at each table: one row is one third party at one table.

    Columns: ``event_id``, ``start``, ``period``; ``actor``, ``actor_name``. Bodies count
    with the state or organisation they are part of; hosts and observers count too.
    """
    given = tables(record)
    at = presence(given)
    at = at.loc[at["table"], ["event_id", "start", "period"]]
    actors = given["actors"].set_index("actor")
    rows = given["participants"]
    rows = rows[~rows["role"].isin(NOT_THERE)]
    side = looked_up(rows["actor"], actors["side"].astype(TEXT))
    above = looked_up(rows["actor"], actors["part_of"]).fillna(rows["actor"])
    rows = rows.assign(actor=above)[side.isna() & (rows["actor"] != "parties")]
    rows = rows[["event_id", "actor"]].dropna().drop_duplicates()
    rows = with_names(at.merge(rows, on="event_id"), "actor", record=given)
    return rows[["event_id", "start", "period", "actor", "actor_name"]]


def people_of_sides(given: Tables) -> pd.DataFrame:
    """Who took part in or put a hand under what: a row for each actor, person and office."""
    roles, acts = given["participants"], signatures(given)
    columns = ["event_id", "actor", "person", "office"]
    there = roles.loc[~roles["role"].isin(NOT_THERE), columns]
    hands = acts.loc[~acts["status"].isin(UNSIGNED), columns]
    sides = given["actors"].set_index("actor")["side"].astype(TEXT)
    rows = pd.concat([there, hands], ignore_index=True).drop_duplicates(ignore_index=True)
    return rows.assign(side=looked_up(rows["actor"], sides))


def _period(days: pd.Series) -> pd.Series:
    """The period of each day."""
    found = pd.Series(pd.NA, days.index, dtype=TEXT)
    for name, (first, after) in PERIODS.items():
        found = found.mask((days >= pd.Timestamp(first)) & (days < pd.Timestamp(after)), name)
    return found.astype(TEXT)


def by_adoption(record: Tables | None = None) -> pd.DataFrame:
    """At how many tables the authorities in Stepanakert sat, under each adoption.

    One row is one adoption (see :func:`karabakh_data.studies.robust.adoptions`) in one
    period. Columns: ``adoption``, ``period``; ``steps`` (tables), ``there`` (counts),
    ``percent``, as :func:`by_period` has them.
    """
    found = []
    for adoption, told in adoptions(record).items():
        at = presence(told)
        rows = by_period(at[at["table"]]).reset_index()
        rows.insert(0, "adoption", pd.Series(adoption, rows.index, dtype=TEXT))
        found.append(rows.astype({"period": TEXT}))
    return pd.concat(found, ignore_index=True)
