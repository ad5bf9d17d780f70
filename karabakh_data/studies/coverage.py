"""Coverage: how much of another list, or of a later search, the record already held."""

from __future__ import annotations

import pandas as pd

from ..descriptor import description
from ..frames import as_days, needs
from ..ledger import with_source
from ..loading import TEXT, TableName
from ..optional import scipy
from ..records import record as as_told_by
from ._given import Tables, tables
from .naming import steps_of, titles_of
from .tellers import perspectives

LAST_SEARCH = "2026-11-26"
"""The day from which on the pages of the later searches were read."""

PAX = "peaceagreements.org"  # in the address of a page of the PA-X database


def by_search(
    table: TableName, since: str = LAST_SEARCH, *, record: Tables | None = None
) -> pd.DataFrame:
    """Whether pages read before a search, and those that it added, speak of each record.

    One row is one record of the table, with its key as index; for ``events`` all that
    belongs to a step speaks of it. Columns ``before``, ``since`` (whether a page read
    before that day, or from it on, does).

    >>> from karabakh_data.studies import coverage
    >>> told = coverage.by_search("ceasefires")
    >>> bool(told.loc["1992-09-19-sochi", "before"])
    True

    Args:
        table: one on which claims are kept.
        since: the first day of the search; pages without a day of access came before.
        record: whose claims (default: as published).

    Raises:
        ValueError: no such table, no claims are kept on it, or ``since`` is no day.
    """
    key = description().with_claims(table).id
    given = tables(record)
    sources, claims = given["sources"], given["claims"]
    late = sources.loc[sources["accessed"] >= as_days(since, "since")[0], "source"]
    if table == "events":
        about = steps_of(claims, record=given)
    else:
        about = claims["record_id"].where(claims["table"] == table)
    added = claims["source"].isin(late)
    keys = pd.Index(given[table][key], name=key)
    parts = {"before": about[~added], "since": about[added]}
    return pd.DataFrame({name: keys.isin(part.dropna()) for name, part in parts.items()}, keys)


def held(told: pd.DataFrame) -> pd.Series:
    """Of what a search came upon, how much was held before. Needs scipy.

    ``found`` (told since), ``held`` (of them, told before), ``new``; ``percent`` held,
    ``low``, ``high`` (95% interval, Clopper-Pearson; missing if nothing was found).

    >>> import pandas as pd
    >>> from karabakh_data.studies import coverage
    >>> told = pd.DataFrame({"before": [True, True, False], "since": [True, False, True]})
    >>> coverage.held(told)[["found", "held", "new"]].tolist()
    [2, 1, 1]

    Args:
        told: as :func:`by_search` gives it, or a part of it.

    Raises:
        ModuleNotFoundError: scipy is not installed.
    """
    needs(told, "before", "since")
    found, both = int(told["since"].sum()), int((told["since"] & told["before"]).sum())
    rates: list[object] = [pd.NA, pd.NA, pd.NA]
    if found:
        reach = scipy("stats").binomtest(both, found).proportion_ci(method="exact")
        rates = [round(100 * one) for one in (both / found, reach.low, reach.high)]
    values = [found, both, found - both, *rates]
    names = ["found", "held", "new", "percent", "low", "high"]
    return pd.Series(values, names, dtype=object)


PERIODS = {
    "1991 to 1994": (1991, 1994),
    "1995 to 2003": (1995, 2003),
    "2004 to 2015": (2004, 2015),
    "2016 to 2019": (2016, 2019),
    "2020": (2020, 2020),
    "since 2021": (2021, 9999),
}
"""Years by which :func:`by_years` counts."""


def by_years(told: pd.DataFrame, *, record: Tables | None = None) -> pd.DataFrame:
    """Of the steps that a search came upon, how many were held before. One row is one period.

    Columns: ``found``, ``held`` (counts); ``percent``, missing if nothing was found.

    Args:
        told: as :func:`by_search` gives it for ``events``.
        record: whose steps (default: as published).
    """
    needs(told, "before", "since")
    events = tables(record)["events"].set_index("event_id")
    year = events["start"].dt.year.reindex(told.index)
    rows = {}
    for name, (first, last) in PERIODS.items():
        here = told[year.between(first, last) & told["since"]]
        found, before = len(here), int(here["before"].sum())
        rows[name] = [found, before, round(100 * before / found) if found else pd.NA]
    columns = ["found", "held", "percent"]
    table = pd.DataFrame.from_dict(rows, orient="index", columns=columns).rename_axis("period")
    return table.astype({"found": "int64", "held": "int64", "percent": "Int64"})


def as_before(since: str = LAST_SEARCH, *, record: Tables | None = None) -> Tables:
    """The record as the pages read before a search tell it."""
    given = tables(record)
    sources, claims = given["sources"], given["claims"]
    late = sources.loc[sources["accessed"] >= as_days(since, "since")[0], "source"]
    return as_told_by(claims[~claims["source"].isin(late)])


def without_published_by(day: str, *, record: Tables | None = None) -> Tables:
    """The record as sources published after a day, or on a day unknown, tell it.

    Without the newspapers of a war, what is known of it is what was told afterwards.
    """
    given = tables(record)
    sources, claims = given["sources"], given["claims"]
    early = sources.loc[sources["published_last"] <= as_days(day, "day")[0], "source"]
    return as_told_by(claims[~claims["source"].isin(early)])


def added(since: str = LAST_SEARCH, *, record: Tables | None = None) -> int:
    """How many sources a search added, by their day of access."""
    return int((tables(record)["sources"]["accessed"] >= as_days(since, "since")[0]).sum())


def publishers(table: TableName, *, record: Tables | None = None) -> pd.Series:
    """How many publishers speak of each record of a table, by its key.

    Raises:
        ValueError: no such table, or no claims are kept on it.
    """
    key = description().with_claims(table).id
    given = tables(record)
    claims = with_source(given["claims"], given)
    counts = claims[claims["table"] == table].groupby("record_id")["publisher"].nunique()
    keys = pd.Index(given[table][key], name=key)
    return counts.reindex(keys, fill_value=0).astype("int64").rename("publishers")


def signed_texts(record: Tables | None = None) -> tuple[int, int]:
    """How many texts are signed, and how many of these are linked to PA-X."""
    given = tables(record)
    texts, links = given["documents"], given["crosswalk"]
    signed = texts[texts["status"].isin(["signed", "signed_in_part"])]
    linked = links.loc[links["dataset"] == "pa-x", ["table", "record_id"]]
    there = signed["document_id"].isin(linked.loc[linked["table"] == "documents", "record_id"])
    return len(signed), int(there.sum())


def pax(record: Tables | None = None) -> pd.DataFrame:
    """The agreements of the PA-X database that are linked here: one row is one.

    Columns: ``pax_id``; ``table``, ``record_id``, ``title``, ``event_id`` (what it is
    here); ``match`` (the same text, or a part); one column for each perspective: whether
    a source of it other than PA-X's own pages speaks of the step.
    """
    given = tables(record)
    links = given["crosswalk"]
    links = links[links["dataset"] == "pa-x"].reset_index(drop=True)
    claims = with_source(given["claims"], given)
    claims = claims[~claims["url"].str.contains(PAX, regex=False, na=False)]
    about = steps_of(claims, record=given)
    rows = links[["table", "record_id", "match"]].assign(
        pax_id=links["dataset_id"],
        title=titles_of(links, record=given).astype(TEXT),
        event_id=steps_of(links, record=given).astype(TEXT),
    )
    for view in perspectives():
        rows[view] = rows["event_id"].isin(about[claims["perspective"] == view].dropna())
    order = ["pax_id", "table", "record_id", "title", "event_id", "match"]
    return rows[[*order, *perspectives()]]
