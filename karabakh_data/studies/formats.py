"""Formats of mediation: when each was at work, and who mediated."""

from __future__ import annotations

import pandas as pd

from ..frames import looked_up
from ..loading import TEXT
from ._given import Tables, tables
from .naming import with_names
from .people import is_party
from .steps import steps


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


def mediators(record: Tables | None = None) -> pd.DataFrame:
    """Who mediated or started each step: one row is one actor at one step.

    Columns: ``event_id``, ``actor``, ``actor_name``. Bodies count with the state or
    organisation they are part of; the parties to the conflict are left out.
    """
    given = tables(record)
    roles, actors = given["participants"], given["actors"].set_index("actor", drop=False)
    roles = roles[roles["role"].isin(["mediator", "initiator"])]
    above = looked_up(roles["actor"], actors["part_of"]).fillna(roles["actor"])
    rows = roles.assign(actor=above)[~above.isin(actors.index[is_party(actors)])]
    rows = rows[["event_id", "actor"]].dropna().drop_duplicates(ignore_index=True)
    return with_names(rows, "actor", record=given)


def lead_by_counting_rule(record: Tables | None = None) -> pd.DataFrame:
    """At how many steps Russia, and the CSCE/OSCE, mediated, under each way to count.

    One row is one rule; columns ``russia`` and ``csce_osce`` (counts of steps).
    """
    given = tables(record)
    roles = mediators(given).merge(steps(given), on="event_id")
    of_minsk = roles["format"] == "minsk-process"
    rules = {
        "every step": roles,
        "since May 1994": roles[roles["start"] >= "1994-05-12"],
        "told from two perspectives or more": roles[roles["known_to"] >= 2],
        "outside the Minsk process": roles[~of_minsk],
    }
    leaders = ["russia", "csce-osce"]
    counts = {
        rule: [rows.loc[rows["actor"] == actor, "event_id"].nunique() for actor in leaders]
        for rule, rows in rules.items()
    }
    events = given["events"]
    minsk_steps = set(events.loc[events["format"] == "minsk-process", "event_id"])
    others = set(roles.loc[roles["actor"] == "csce-osce", "event_id"])
    outside = counts["outside the Minsk process"][0]
    counts["every Minsk step counts for the CSCE/OSCE"] = [outside, len(minsk_steps | others)]
    columns = ["russia", "csce_osce"]
    return pd.DataFrame.from_dict(counts, orient="index", columns=columns).rename_axis("rule")
