"""Steps: how many there are, when, and how the count depends on what is counted."""

from __future__ import annotations

import pandas as pd

from ..frames import looked_up
from ._given import Tables, tables
from ._periods import (
    AFTER_SECOND_WAR,
    CEASEFIRE,
    FIRST_WAR,
    OPEN,
    SECOND_WAR,
    SEPTEMBER_2023,
)
from .article import in_article
from .coverage import LAST_SEARCH
from .naming import with_names
from .tellers import known_by

SORTS = {
    "talks and visits": ("meeting", "consultation", "mission"),
    "words": ("statement", "announcement"),
    "proposals, texts, mandates": ("plan", "signing", "mandate", "resolution"),
    "deeds": ("entry_into_force", "exchange", "allocation", "incident"),
}
"""Kinds of step in four sorts, for figures; “deeds” are what was handed over, carried out
or suffered."""

PERIODS = {
    "1991": ("1991-01-01", FIRST_WAR),
    "1992 to 11 May 1994, first war": (FIRST_WAR, CEASEFIRE),
    "12 May 1994 to 26 September 2020": (CEASEFIRE, SECOND_WAR),
    "27 September to 9 November 2020, second war": (SECOND_WAR, AFTER_SECOND_WAR),
    "10 November 2020 to 18 September 2023": (AFTER_SECOND_WAR, SEPTEMBER_2023),
    "since 19 September 2023": (SEPTEMBER_2023, OPEN),
}
"""Periods by name: the first day, and the first day of the next."""

WITHOUT_MEDIATION = ("statement", "resolution", "incident", "allocation")
"""Kinds of step in which nobody need have talked to both sides."""


def steps(record: Tables | None = None) -> pd.DataFrame:
    """The dated acts of mediation: one row is one step, in the record's order.

    Columns: those of ``events``; ``year`` (of its first day, missing where it has no
    date); ``format_name``, ``place_name``; ``in_article`` (whether it is coded from the
    article, see :mod:`~karabakh_data.studies.article`); ``known_to`` (how many
    perspectives speak of it).
    """
    given = tables(record)
    rows = with_names(given["events"], "format", "place", record=given)
    known = known_by("events", record=given).sum(axis=1)
    return rows.assign(
        year=rows["start"].dt.year.astype("Int64"),
        in_article=in_article(rows),
        known_to=looked_up(rows["event_id"], known),
    )


def by_year(record: Tables | None = None) -> pd.Series:
    """How many steps fall in each year, from the first to the last, none left out."""
    years = steps(record)["year"]
    return years.value_counts().reindex(every_year(years), fill_value=0).rename("steps")


def every_year(years: pd.Series) -> pd.Index:
    """All years from the first of these to the last, those between included."""
    known = years.dropna()
    through = range(int(known.min()), int(known.max()) + 1) if len(known) else range(0)
    return pd.Index(through, name="year", dtype="int64")


def by_counting_rule(record: Tables | None = None) -> pd.DataFrame:
    """How many steps there are, and are in the article, under each way to count.

    One row is one rule. Columns: ``steps``, ``in_article`` (counts), ``percent`` (of the
    steps, in the article; missing if there are none).
    """
    rows = steps(record)
    article_ends = rows.loc[rows["in_article"], "start"].max()
    rules = {
        "every step": rows["known_to"] > 0,
        "without statements and incidents": ~rows["kind"].isin(WITHOUT_MEDIATION),
        "told from two perspectives or more": rows["known_to"] >= 2,
        "known to the day": rows["start"] == rows["end"],
        "until the article's last": rows["start"] <= article_ends,
    }
    counts = {
        rule: [int(counted.sum()), int((counted & rows["in_article"]).sum())]
        for rule, counted in rules.items()
    }
    table = pd.DataFrame.from_dict(counts, orient="index", columns=["steps", "in_article"])
    share = 100 * table["in_article"] / table["steps"]
    return table.assign(percent=share.round().astype("Int64")).rename_axis("rule")


def by_year_and_sort(record: Tables | None = None) -> pd.DataFrame:
    """How many steps of each sort (see :data:`SORTS`) fall in each year, none left out.

    One row is one year, one column one sort. Steps without a date are left out.
    """
    rows = steps(record)
    sorts = {sort: rows["year"][rows["kind"].isin(kinds)] for sort, kinds in SORTS.items()}
    every = every_year(rows["year"])
    counts = {
        sort: years.value_counts().reindex(every, fill_value=0).astype("int64")
        for sort, years in sorts.items()
    }
    return pd.DataFrame(counts, index=every)


def pace(record: Tables | None = None) -> pd.DataFrame:
    """How many steps a month each period saw, and how well each is known.

    One row is one of :data:`PERIODS`; a step counts where its first possible day is, one
    without a date nowhere. Columns: ``steps`` (count); ``months`` (of 30.44 days, to the
    record's last step); ``a_month`` (steps); ``two_views`` (steps a month told from two
    perspectives or more); ``one_source`` (percent known from one source only);
    ``second_search`` (percent that only sources read after the first search tell, see
    :data:`~karabakh_data.studies.coverage.LAST_SEARCH`). Missing where there is no step.

    >>> from karabakh_data.studies import steps
    >>> bool(steps.pace()["a_month"].gt(0).all())
    True
    """
    given = tables(record)
    rows, last = steps(given), given["events"]["end"].max()
    read = _read(given)
    rows = rows.assign(
        sources=looked_up(rows["event_id"], read["sources"]),
        late=looked_up(rows["event_id"], read["late"]),
    )
    found = {}
    for name, (first, until) in PERIODS.items():
        here = rows[(rows["start"] >= first) & (rows["start"] < until)]
        days = (min(pd.Timestamp(until), last) - pd.Timestamp(first)).days if len(here) else None
        found[name] = {
            "steps": len(here),
            "months": days and days / 30.44,
            "two_views": int((here["known_to"] >= 2).sum()),
            "one_source": int((here["sources"] == 1).sum()),
            "second_search": int(here["late"].eq(True).sum()),
        }
    table = pd.DataFrame.from_dict(found, orient="index").rename_axis("period")
    months, whole = table["months"].astype("Float64"), table["steps"].where(table["steps"] > 0)
    return pd.DataFrame(
        {
            "steps": table["steps"],
            "months": months.round(1),
            "a_month": (table["steps"] / months).astype("Float64").round(1),
            "two_views": (table["two_views"] / months).astype("Float64").round(1),
            "one_source": (100 * table["one_source"] / whole).round().astype("Int64"),
            "second_search": (100 * table["second_search"] / whole).round().astype("Int64"),
        }
    )


def longest_gap(record: Tables | None = None) -> pd.DataFrame:
    """The longest time without a step: one row, or none where fewer than two are dated.

    Columns: ``first``, ``last`` (first days of the steps before and after); ``days``.
    """
    days = steps(record)["start"].dropna().sort_values(ignore_index=True)
    apart = days.diff().dt.days
    table = pd.DataFrame({"first": days.shift(), "last": days, "days": apart}).dropna()
    return table.nlargest(1, "days").astype({"days": "int64"}).reset_index(drop=True)


def _read(given: Tables) -> pd.DataFrame:
    """By step: how many sources speak of it, and whether only those of the second search."""
    claims = given["claims"]
    said = claims.loc[claims["table"] == "events", ["record_id", "source"]].drop_duplicates()
    read = given["sources"].set_index("source")["accessed"]
    late = looked_up(said["source"], read) >= LAST_SEARCH
    by_step = said.assign(late=late.astype(bool)).groupby("record_id")
    return by_step.agg(sources=("source", "size"), late=("late", "all"))
