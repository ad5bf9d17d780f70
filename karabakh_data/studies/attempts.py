"""Attempts to stop the fighting: which there were, when, and what became of them."""

from __future__ import annotations

import pandas as pd

from ..frames import looked_up
from . import _ends
from ._given import Tables, tables
from .article import in_article
from .naming import with_names
from .steps import every_year
from .tellers import known_by

AGREED = ("agreement", "extension")
"""Steps by which the sides agreed to stop, or to prolong a stop: each is a yes of both."""

BOUND = ("agreement", "unilateral", "extension")
"""Steps by which one side at least was bound to stop."""

OWN_STEPS = ("proposal", *BOUND)
"""Steps that try to stop or pause the fighting. Calls by third parties, and confirmations
of and procedures for a stop already in force, are none."""

COUNTED_ELSEWHERE = ("confirmation", "superseded")
"""Fates of what is no attempt beside another: of two texts about one stop the earlier."""

FAILED = ("refused", "never_began", "broken")
"""Fates of an attempt that was declined, never began or broke, be it after decades. That
a stop broke does not say that it was of no use: see :data:`OUTCOMES` for how late."""

BEGAN = ("broken", "extended", "held", "lapsed")
"""Fates of a stop that began, if for hours only."""

BECAME = {
    "refused": "declined",
    "never_began": "never began",
    "broken": "broke, day not told",
    "extended": "renewed",
    "lapsed": "ran out",
    "held": "held",
}
"""Fates as tables and figures word them. Where the days on which it began and ended are told,
a stop that broke is one that “broke within a week” or “broke later”; a fate that no source
tells is “not known”."""

OUTCOMES = (
    "declined",
    "never began",
    "broke within a week",
    "broke later",
    "broke, day not told",
    "renewed",
    "ran out",
    "held",
    "not known",
)
"""What can have become of an attempt, in the order of tables and figures."""

A_WEEK = 7


def attempts(record: Tables | None = None) -> pd.DataFrame:
    """The attempts of their own: one row is one, in order of the day.

    Columns: those of ``ceasefires``; ``day`` (the day declared or, where none is known,
    the first on which its step can have been; missing if neither is); ``lasted`` (days
    until it broke, from the day in force or, where none is told, due or declared; where
    sources differ on the last day and none is adopted, to the latest); ``became`` (see
    :data:`OUTCOMES`); ``failed`` (see :data:`FAILED`); ``format_name``.

    >>> from karabakh_data.studies import attempts
    >>> own = attempts.attempts().set_index("ceasefire_id")
    >>> own.loc["1994-05-12-ceasefire", "became"]
    'broke later'
    """
    given = tables(record)
    rows = given["ceasefires"]
    first_days = given["events"].set_index("event_id")["start"]
    rows = rows[rows["step"].isin(OWN_STEPS) & ~rows["fate"].isin(COUNTED_ELSEWHERE)]
    rows = rows.assign(
        day=rows["declared"].fillna(looked_up(rows["event_id"], first_days)),
        failed=rows["fate"].isin(FAILED),
    )
    began = _ends.began(rows)
    told = rows["ended"].fillna(_ends.bounds(rows["ceasefire_id"], began, given)["last"])
    days = (told - began).dt.days.where((rows["fate"] == "broken") & (told >= began))
    became = rows["fate"].astype(object).map(BECAME).fillna("not known")
    became = became.mask(days <= A_WEEK, "broke within a week").mask(days > A_WEEK, "broke later")
    rows = rows.assign(
        lasted=days.astype("Int64"),
        became=pd.Categorical(became, categories=list(OUTCOMES), ordered=True),
    )
    rows = rows.sort_values(["day", "ceasefire_id"], ignore_index=True)
    return with_names(rows, "format", record=given)


def by_year(record: Tables | None = None) -> pd.DataFrame:
    """How many attempts of each outcome fall in each year, from the first to the last.

    One row is one year, one column one outcome (see :data:`OUTCOMES`). Attempts without
    a day are left out.
    """
    own = attempts(record).dropna(subset=["day"])
    years = own["day"].dt.year
    counts = {one: years[own["became"] == one].value_counts() for one in OUTCOMES}
    rows = {one: of.reindex(every_year(years), fill_value=0) for one, of in counts.items()}
    return pd.DataFrame(rows)


def by_format(record: Tables | None = None) -> pd.DataFrame:
    """How many attempts of each outcome each format brought about; most attempts first.

    One row is one format, by its name; columns: ``attempts``, ``known`` (of how many the
    fate is told), then one an outcome (see :data:`OUTCOMES`). Attempts in no single
    format are left out.
    """
    own = attempts(record).dropna(subset=["format_name"])
    names = own["format_name"]
    table = pd.DataFrame({one: names[own["became"] == one].value_counts() for one in OUTCOMES})
    table = table.fillna(0).astype("int64").rename_axis("format")
    table.insert(0, "attempts", table.sum(axis=1).astype("int64"))
    table.insert(1, "known", table["attempts"] - table["not known"])
    return table.sort_values("attempts", ascending=False, kind="stable")


def named_days(record: Tables | None = None) -> pd.Series:
    """What became of the day that an attempt named to begin on: how many of each.

    Index: ``began that day``, ``began later``, ``declined``, ``never began``, ``no
    source tells the day it began``.
    """
    due = attempts(record).dropna(subset=["due"])
    late = (due["effective"] - due["due"]).dt.days
    no = {one: BECAME[one] for one in ("refused", "never_began")}
    other = due["fate"].astype(object).map(no)
    found = other.where(late.isna(), "began later").mask(late <= 0, "began that day")
    order = ["began that day", "began later", *no.values(), "no source tells the day it began"]
    counts = found.fillna(order[-1]).value_counts()
    return counts.reindex(order, fill_value=0).rename("attempts").rename_axis("the day named")


def by_counting_rule(record: Tables | None = None) -> pd.DataFrame:
    """How many attempts there are, and are in the article, under each way to count.

    One row is one rule; columns ``attempts`` and ``in_article`` (counts).
    """
    given = tables(record)
    own, every = attempts(given), given["ceasefires"]
    known = looked_up(own["ceasefire_id"], known_by("ceasefires", record=given).sum(axis=1))
    agreed, everywhere = own["step"] == "agreement", own["scope"] == "general"
    rules = {
        "attempts of their own": own,
        "every row, calls and confirmations too": every,
        "extensions counted with what they prolong": own[own["step"] != "extension"],
        "without proposals that were not agreed": own[own["step"] != "proposal"],
        "the whole front only": own[everywhere],
        "agreed by both sides, the whole front": own[agreed & everywhere],
        "known to sources of two perspectives or more": own[known >= 2],
    }
    counts = {rule: [len(rows), int(in_article(rows).sum())] for rule, rows in rules.items()}
    table = pd.DataFrame.from_dict(counts, orient="index", columns=["attempts", "in_article"])
    return table.rename_axis("counting rule")
