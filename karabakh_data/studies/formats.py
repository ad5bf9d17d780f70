"""Formats of mediation: when each was at work, and who mediated."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from ..frames import as_span, looked_up
from ..loading import TEXT
from . import _mediators
from ._given import Tables, tables
from ._mediators import leaders, mediated_by, mediators
from ._periods import AFTER_SECOND_WAR, CEASEFIRE, OPEN, SEPTEMBER_2023
from .naming import with_names
from .steps import every_year, steps

__all__ = [
    "AFTER_2020",
    "CSCE",
    "GROUPS",
    "LAST_CHAIRS",
    "LEADS",
    "MEDIATES",
    "MINSK",
    "OTHERS",
    "activity",
    "by_group",
    "by_year",
    "lead_by_counting_rule",
    "mediated_by",
    "mediators",
    "minsk_steps",
    "named_by_period",
    "years_with_a_step",
]

MINSK, CSCE = "minsk-process", "csce-osce"

MEDIATES = _mediators.MEDIATES
"""Roles in a step by which a third party mediated it: it chaired, carried messages or
proposed the step. Hosts and observers did not."""

LEADS = _mediators.LEADS
"""Parts in a format by which a member mediated its steps; other members only belonged to it."""

LAST_CHAIRS = _mediators.LAST_CHAIRS
"""The co-chairs with whom the Minsk process ended: a spell of theirs without an end lasts
as long as it does."""

GROUPS = {
    "russia": "Russia",
    "russia-kazakhstan": "Russia",
    "russia-trilateral": "Russia",
    "russia-turkey": "Russia",
    MINSK: "Minsk process",
    "european-union": "European Union",
    "united-states": "United States",
    "parties-direct": "the parties alone",
}
"""Formats as figures group them: Russia's own, alone or with a partner; others as they
are; what is not here, and steps in no single format, are “others”."""

OTHERS = "others"

AFTER_2020 = {
    "10 November 2020 to 23 February 2022": (AFTER_SECOND_WAR, "2022-02-24"),
    "24 February 2022 to 18 September 2023": ("2022-02-24", SEPTEMBER_2023),
    "since 19 September 2023": (SEPTEMBER_2023, OPEN),
}
"""Periods after the second war, by name: the first day, and the first day of the next. They
part where Russia's war in Ukraine began, and where the fighting of September 2023 did."""


def activity(record: Tables | None = None) -> pd.DataFrame:
    """How often and how long each format was at work: one row is one format with a step.

    In the order of their first year, the longest-lived first. Columns: ``format``,
    ``format_name``; ``steps``, ``years`` (with a step; counts); ``first``, ``last``
    (years). Steps without a date are left out.
    """
    rows = steps(record).dropna(subset=["format", "start"])
    found = rows.groupby(["format", "format_name"], as_index=False).agg(
        steps=("event_id", "size"),
        years=("year", "nunique"),
        first=("year", "min"),
        last=("year", "max"),
    )
    return found.sort_values(
        ["first", "years", "format_name"], ascending=[True, False, True], ignore_index=True
    )


def years_with_a_step(record: Tables | None = None) -> pd.DataFrame:
    """The years in which each format has a step, so that a figure of them shows the gaps.

    One row is one year of one format, formats in the order of :func:`activity`.
    Columns: ``format``, ``format_name``; ``first``, ``last`` (the first day of that year
    and of the next); ``label`` (all steps of the format, in its last year; else empty).
    """
    rows = steps(record).dropna(subset=["format", "start"])
    order, day = activity(record).set_index("format"), rows["start"].dtype
    found = rows[["format", "format_name", "year"]].drop_duplicates()
    place = looked_up(found["format"], pd.Series(range(len(order)), order.index))
    found = found.assign(place=place).sort_values(["place", "year"], ignore_index=True)
    days = [f"{year}-01-01" for year in found["year"]]
    first = pd.Series(pd.to_datetime(days, format="%Y-%m-%d"), found.index).astype(day)
    total = looked_up(found["format"], order["steps"]).astype(TEXT)
    ends = ~found["format"].duplicated(keep="last")
    return found[["format", "format_name"]].assign(
        first=first, last=first + pd.DateOffset(years=1), label=total.where(ends, "")
    )


def by_year(record: Tables | None = None) -> pd.DataFrame:
    """How many steps each format has in each year: one row is one format, one column one year.

    Rows by name, the format with most steps first; all years from the first to the last.
    Steps without a date or a single format are left out.
    """
    rows = steps(record).dropna(subset=["format", "start"])
    table = pd.crosstab(rows["format_name"].astype(object), rows["year"].astype("int64"))
    every = every_year(rows["year"])
    table = table.reindex(columns=every, fill_value=0).astype("int64")
    order = table.sum(axis=1).sort_values(ascending=False, kind="stable").index
    return table.loc[order].rename_axis(index="format", columns="year")


def by_group(periods: Mapping[str, tuple[str, str]], record: Tables | None = None) -> pd.DataFrame:
    """How many steps of each period belong to whom, as :data:`GROUPS` has it.

    One row is one period, one column one group, ``others`` last; every dated step of the
    period counts once.

    Args:
        periods: by name the first day, and the first day of the next.
        record: whose tables (default: as published).

    Raises:
        ValueError: there is none, one is no day, or the last of one is before its first.
    """
    rows = steps(record).dropna(subset=["start"])
    group = rows["format"].astype(object).map(GROUPS).fillna(OTHERS)
    columns = [*dict.fromkeys(GROUPS.values()), OTHERS]
    found = {}
    for name, first, until in _spans(periods):
        here = group[(rows["start"] >= first) & (rows["start"] < until)]
        found[name] = [int((here == one).sum()) for one in columns]
    table = pd.DataFrame.from_dict(found, orient="index", columns=columns)
    return table.astype("int64").rename_axis("period")


def _spans(periods: Mapping[str, tuple[str, str]]) -> list[tuple[str, pd.Timestamp, pd.Timestamp]]:
    """Each period by its name, with its first day and the first of the next."""
    if not periods:
        raise ValueError("periods: expected a name with its first day and the next's, found none.")
    return [(name, *as_span(*days, name)) for name, days in periods.items()]


def named_by_period(
    periods: Mapping[str, tuple[str, str]], record: Tables | None = None
) -> pd.DataFrame:
    """At how many steps of each period each actor is named as mediator or initiator.

    One row is one actor by name, one column one period; who was named most comes first.
    Several can be named at one step. The last row, ``nobody``, has the steps at which
    nobody but the parties is.

    Args:
        periods: by name the first day, and the first day of the next.
        record: whose tables (default: as published).

    Raises:
        ValueError: there is none, one is no day, or the last of one is before its first.
    """
    given = tables(record)
    rows = steps(given)[["event_id", "start"]].dropna()
    roles = mediators(given).merge(rows, on="event_id")
    found = {}
    for name, first, until in _spans(periods):
        here = roles[(roles["start"] >= first) & (roles["start"] < until)]
        every = rows[(rows["start"] >= first) & (rows["start"] < until)]
        counts = here.groupby(here["actor_name"].astype(object))["event_id"].nunique()
        found[name] = pd.concat(
            [counts, pd.Series({"nobody": len(every) - here["event_id"].nunique()})]
        )
    table = pd.DataFrame(found).reindex(columns=list(periods)).fillna(0).astype("int64")
    order = table.drop(index="nobody").sum(axis=1).sort_values(ascending=False, kind="stable")
    return table.loc[[*order.index, "nobody"]].rename_axis("mediator")


def lead_by_counting_rule(record: Tables | None = None) -> pd.DataFrame:
    """At how many steps Russia, and the CSCE/OSCE, mediated, under each way to count.

    One row is one rule; columns ``russia`` and ``csce_osce`` (counts of steps).
    """
    given = tables(record)
    roles = mediators(given).merge(steps(given), on="event_id")
    of_minsk = roles["format"] == MINSK
    rules = {
        "every step": roles,
        "since May 1994": roles[roles["start"] >= CEASEFIRE],
        "told from two perspectives or more": roles[roles["known_to"] >= 2],
        "outside the Minsk process": roles[~of_minsk],
    }
    counts = {
        rule: [rows.loc[rows["actor"] == one, "event_id"].nunique() for one in ("russia", CSCE)]
        for rule, rows in rules.items()
    }
    events = given["events"]
    own = set(events.loc[events["format"] == MINSK, "event_id"])
    others = set(roles.loc[roles["actor"] == CSCE, "event_id"])
    outside = counts["outside the Minsk process"][0]
    counts["every Minsk step counts for the CSCE/OSCE"] = [outside, len(own | others)]
    columns = ["russia", "csce_osce"]
    return pd.DataFrame.from_dict(counts, orient="index", columns=columns).rename_axis("rule")


def minsk_steps(record: Tables | None = None) -> pd.DataFrame:
    """Who led the steps of the Minsk process: as named, and as its chairs of the day.

    One row is one state, or the CSCE/OSCE itself. A state chairs from the first to the
    last day of its spells as chair or co-chair in ``format_members``; a spell of which no
    source tells the end counts for :data:`LAST_CHAIRS` only. Columns:
    ``named`` (steps of the process at which it is named as mediator or initiator),
    ``chaired`` (steps while it chaired, named or not), ``either`` (counts); most
    first. To the CSCE/OSCE every step of its process is one that it chaired.
    """
    given = tables(record)
    rows = steps(given)
    rows = rows[rows["format"] == MINSK]
    start = rows.set_index("event_id")["start"]
    named = mediators(given)
    named = named[named["event_id"].isin(start.index)]
    by_actor: dict[str, set[str]] = {
        str(actor): set(of["event_id"]) for actor, of in named.groupby("actor", observed=True)
    }
    chaired: dict[str, set[str]] = {CSCE: set(start.index)} if len(start) else {}
    led = leaders(given)
    led = led[led["event_id"].isin(start.index) & (led["actor"] != CSCE)]
    chaired |= {str(actor): set(of["event_id"]) for actor, of in led.groupby("actor")}
    found = {
        actor: [len(by_actor.get(actor, ())), len(chaired.get(actor, ())),
                len(by_actor.get(actor, set()) | chaired.get(actor, set()))]
        for actor in sorted({*by_actor, *chaired})
    }  # fmt: skip
    table = pd.DataFrame.from_dict(found, orient="index", columns=["named", "chaired", "either"])
    table = table.astype("int64").rename_axis("actor").reset_index().astype({"actor": TEXT})
    table = with_names(table, "actor", record=given)[["actor_name", "named", "chaired", "either"]]
    return table.sort_values(["either", "actor_name"], ascending=[False, True], ignore_index=True)
