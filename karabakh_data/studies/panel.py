"""Panel: one row for each state or pair of parties in each month or year, for regressions."""

from __future__ import annotations

from typing import Literal

import pandas as pd

from ..descriptor import unknown
from ..frames import looked_up
from ..loading import DAYS, TEXT
from ._given import Tables, tables
from .attempts import attempts
from .deaths import usable
from .force import in_force, stops
from .formats import mediators
from .people import is_party, parties
from .seats import people_of_sides

Unit = Literal["dyad", "state"]
"""Whose rows they are: of two parties, one of each side, or of one state."""

By = Literal["month", "year"]

CODES = ("iso3", "iso_numeric", "cow_code", "gw_code", "ucdp_actor_id")
"""The keys of a state elsewhere, see ``actors``; the unrecognised authority has few."""

FORMER = ("czechoslovakia", "soviet-union")
"""States that are no more: they have rows up to the last step that they took part in."""


def panel(unit: Unit = "dyad", by: By = "month", *, record: Tables | None = None) -> pd.DataFrame:
    """A complete grid of units and months or years: one row is one unit in one of them.

    It runs from the first to the last month (or year) of the record's steps, none left
    out. A step or attempt counts where the first day is on which it can have been, one
    without a date nowhere; 0 is that the record has none.

    Columns: ``month`` (its first day) or ``year``;

    * of a dyad ``actor_1``, ``actor_2`` (Armenia or the authorities in Stepanakert, and
      Azerbaijan), of a state ``actor``: keys, each with its name and its :data:`CODES`;
    * of the unit: ``steps`` (in which it, or both, took part; of a dyad as parties) and
      ``attempts`` (of their own, at such steps); of a state also ``mediated`` (steps). Two
      parties named together count each; parties that a source does not list count nowhere;
    * of the whole conflict, the same for all units: ``all_steps``, ``all_attempts``;
      ``days_in_force`` (on which a general ceasefire was in force for certain, see
      :func:`karabakh_data.in_force`), ``days_in_doubt`` (on which one may have been,
      see there): missing in months that end after the day up to which the record follows
      the last of them; ``deaths``:
      missing where they are not known in full, see
      :func:`~karabakh_data.studies.deaths.usable`.

    The Soviet Union shares its COW, Gleditsch-Ward and UCDP codes with Russia: drop one of
    the two before joining on these.

    >>> from karabakh_data.studies import panel
    >>> months = panel.panel("dyad", "month").set_index(["actor_1", "month"])
    >>> months.loc[("armenia", "1994-05-01"), ["days_in_force", "deaths"]].tolist()
    [20, 107]

    Args:
        unit: whose rows.
        by: month or year.
        record: whose steps (default: as published).

    Raises:
        ValueError: no such unit or period.
    """
    if by not in ("month", "year"):
        raise ValueError(unknown("period", by, ["month", "year"]))
    if unit not in ("dyad", "state"):
        raise ValueError(unknown("unit", unit, ["dyad", "state"]))
    given = tables(record)
    starts = given["events"].set_index("event_id")["start"]
    months = _months(starts.dropna(), by)
    took = _dyads(given) if unit == "dyad" else _states(given)
    keys = [name for name in took.columns if name.startswith("actor")]
    took = took.assign(month=looked_up(took["event_id"], starts).dt.to_period("M"))
    tried = attempts(given)
    per_step = tried["event_id"].value_counts()
    took["attempts"] = looked_up(took["event_id"], per_step).fillna(0).astype("int64")
    what = [name for name in ("steps", "mediated", "attempts") if name in took]
    counts = took.dropna(subset=["month"]).groupby([*keys, "month"])[what].sum().reset_index()
    units = took[keys].drop_duplicates().sort_values(keys)
    grid = units.merge(pd.DataFrame({"month": months}), how="cross")
    grid = grid.merge(counts, how="left", on=[*keys, "month"])
    grid[what] = grid[what].fillna(0).astype("int64")
    grid = grid.merge(_conflict(months, given, tried), on="month")
    if unit == "state":
        grid = _while_there(grid, counts)
    if by == "year":
        grid = _by_year(grid, keys)
    else:
        grid["month"] = grid["month"].dt.to_timestamp().astype(DAYS)
    return _with_codes(grid, keys, by, given)


def _months(starts: pd.Series, by: By) -> pd.PeriodIndex:
    """All months from the first of these days to the last, or of their years."""
    if starts.empty:
        return pd.PeriodIndex([], freq="M")
    months = pd.period_range(starts.min(), starts.max(), freq="M")
    if by == "year":
        return pd.period_range(f"{months[0].year}-01", f"{months[-1].year}-12", freq="M")
    return months


def _dyads(given: Tables) -> pd.DataFrame:
    """The steps in which two parties of different sides took part: ``actor_1``, ``actor_2``."""
    rows = parties(given)[["event_id", "actor"]]
    actors = given["actors"].set_index("actor", drop=False)
    members = actors[is_party(actors) & actors["side"].notna()]
    alone = members[members["kind"] != "joint"]
    together = rows["actor"].isin(members.index.difference(alone.index))
    sides = rows[together]
    sides = sides.assign(side=looked_up(sides["actor"], members["side"].astype(TEXT)))
    each = alone[["actor", "side"]].astype(TEXT).reset_index(drop=True)
    named = sides[["event_id", "side"]].merge(each, on="side")[["event_id", "actor"]]
    rows = pd.concat([rows[rows["actor"].isin(alone.index)], named]).drop_duplicates()
    rows = rows.assign(side=looked_up(rows["actor"], alone["side"].astype(TEXT)))
    one, other = (rows[rows["side"] == side] for side in ("armenian", "azerbaijani"))
    pairs = one.merge(other, on="event_id", suffixes=("_1", "_2"))
    return pairs[["event_id", "actor_1", "actor_2"]].astype(TEXT).assign(steps=1)


def _states(given: Tables) -> pd.DataFrame:
    """The steps in which each state took part, bodies counted with it."""
    actors = given["actors"].set_index("actor")
    rows = people_of_sides(given)[["event_id", "actor"]]
    rows = rows.assign(actor=looked_up(rows["actor"], actors["part_of"]).fillna(rows["actor"]))
    rows = rows[rows["actor"].isin(actors.index[actors["kind"] == "state"])].drop_duplicates()
    led = mediators(given)[["event_id", "actor"]].assign(mediated=1)
    rows = rows.merge(led, how="left", on=["event_id", "actor"])
    return rows.assign(mediated=rows["mediated"].fillna(0).astype("int64"), steps=1)


def _conflict(months: pd.PeriodIndex, given: Tables, tried: pd.DataFrame) -> pd.DataFrame:
    """What holds of the whole conflict in each month."""
    found = pd.DataFrame({"month": months})
    for name, days in (("all_steps", given["events"]["start"]), ("all_attempts", tried["day"])):
        counts = days.dt.to_period("M").value_counts()
        found[name] = counts.reindex(months, fill_value=0).to_numpy("int64")
    general = stops(given)
    general = general[general["scope"] == "general"]
    followed = general["until"].max()
    every = [pd.date_range(one.start_time, one.end_time.normalize()) for one in months]
    rows = in_force([day for days in every for day in days], "general", record=given)
    sure = rows.loc[rows["certain"], "day"].drop_duplicates()
    doubt = rows.loc[~rows["day"].isin(sure), "day"].drop_duplicates()
    known = months.end_time.normalize() <= followed
    for name, which in (("days_in_force", sure), ("days_in_doubt", doubt)):
        counts = which.dt.to_period("M").value_counts().reindex(months, fill_value=0)
        found[name] = pd.Series(counts.to_numpy("int64")).astype("Int64").where(known)
    deaths = usable(given).reindex(months).to_numpy()
    return found.assign(deaths=pd.Series(deaths).astype("Int64"))


def _while_there(grid: pd.DataFrame, counts: pd.DataFrame) -> pd.DataFrame:
    """Without the rows of states that are no more."""
    last = counts.groupby("actor")["month"].max()
    over = grid["actor"].isin(FORMER) & (grid["month"] > looked_up(grid["actor"], last))
    return grid[~over]


def _by_year(grid: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """Sums of the twelve months; missing where one of them is."""
    rows = grid.assign(year=grid["month"].dt.year.astype("int64")).drop(columns="month")
    summed = rows.groupby([*keys, "year"], sort=False)
    whole = ["days_in_force", "days_in_doubt", "deaths"]
    counted = [name for name in rows.columns if name not in (*keys, "year")]
    found = summed[counted].sum()
    for name in whole:
        found[name] = found[name].where(summed[name].count() == summed[name].size())
    return found.reset_index()


def _with_codes(grid: pd.DataFrame, keys: list[str], by: By, given: Tables) -> pd.DataFrame:
    """The grid with names and codes beside each actor, the period first."""
    actors = given["actors"].set_index("actor")
    told: dict[str, pd.Series] = {by: grid[by]}
    for key in keys:
        end = key.removeprefix("actor")
        told[key] = grid[key].astype(TEXT)
        for name in ("name", *CODES):
            told[f"{name}{end}"] = looked_up(told[key], actors[name])
    rest = grid.drop(columns=list(told), errors="ignore")
    found = pd.concat([pd.DataFrame(told), rest], axis=1)
    return found.sort_values([*keys, by], ignore_index=True)
