"""Attempts to stop the fighting: which there were, when, and what became of them."""

from __future__ import annotations

import pandas as pd

from ..frames import looked_up
from ._given import Tables, tables
from .article import in_article
from .naming import with_names
from .steps import every_year
from .tellers import known_by

OWN_STEPS = ("proposal", "agreement", "unilateral", "extension")
"""Steps that try to stop or pause the fighting. Calls by third parties, and confirmations
of and procedures for a stop already in force, are none."""

COUNTED_ELSEWHERE = ("confirmation", "superseded")
"""Fates of what is no attempt beside another: of two texts about one stop the earlier."""

FAILED = ("refused", "never_began", "broken")
"""Fates of an attempt that failed, be it after years."""

BECAME = {
    "refused": "declined or never began",
    "never_began": "declined or never began",
    "broken": "broken",
    "extended": "renewed",
    "held": "held or ran out",
    "lapsed": "held or ran out",
}
"""Fates in the groups of tables and figures; a fate that no source tells is “not known”."""

_OUTCOMES = [*dict.fromkeys(BECAME.values()), "not known"]


def attempts(record: Tables | None = None) -> pd.DataFrame:
    """The attempts of their own: one row is one, in order of the day.

    Columns: those of ``ceasefires``; ``day`` (the day declared or, where none is known,
    the first on which its step can have been; missing if neither is); ``became`` (its
    fate as :data:`BECAME` groups it); ``failed`` (see :data:`FAILED`); ``format_name``.

    >>> from karabakh_data.studies import attempts
    >>> own = attempts.attempts().set_index("ceasefire_id")
    >>> own.loc["1992-09-19-sochi", "became"]
    'broken'
    """
    given = tables(record)
    rows = given["ceasefires"]
    first_days = given["events"].set_index("event_id")["start"]
    rows = rows[rows["step"].isin(OWN_STEPS) & ~rows["fate"].isin(COUNTED_ELSEWHERE)]
    step_days = looked_up(rows["event_id"], first_days)
    became = rows["fate"].astype(object).map(BECAME).fillna("not known")
    rows = rows.assign(
        day=rows["declared"].fillna(step_days),
        became=pd.Categorical(became, categories=_OUTCOMES, ordered=True),
        failed=rows["fate"].isin(FAILED),
    )
    rows = rows.sort_values(["day", "ceasefire_id"], ignore_index=True)
    return with_names(rows, "format", record=given)


def by_year(record: Tables | None = None) -> pd.DataFrame:
    """How many attempts of each outcome fall in each year, from the first to the last.

    One row is one year, one column one outcome (see :data:`BECAME`). Attempts without
    a day are left out.
    """
    own = attempts(record).dropna(subset=["day"])
    years = own["day"].dt.year
    counts = {one: years[own["became"] == one].value_counts() for one in _OUTCOMES}
    rows = {one: of.reindex(every_year(years), fill_value=0) for one, of in counts.items()}
    return pd.DataFrame(rows)


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
