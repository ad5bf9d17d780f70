"""Steps: how many there are, when, and how the count depends on what is counted."""

from __future__ import annotations

import pandas as pd

from ..frames import looked_up
from ._given import Tables, tables
from .article import in_article
from .naming import with_names
from .tellers import known_by

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
    share = 100 * table["in_article"] / table["steps"].where(table["steps"] > 0)
    return table.assign(percent=share.round().astype("Int64")).rename_axis("rule")
