"""Violence around ceasefires, on anyone's events: deaths before and after each attempt.

Any table of events will do that has a column of days and one of deaths, in a frame of
pandas, Polars or PySpark, a relation of DuckDB or whatever else narwhals reads: the deaths
of each day are added up where the events are, so that they need not fit into memory::

    import duckdb
    import karabakh_data as kd

    events = duckdb.read_parquet("GEDEvent.parquet")  # UCDP GED, ACLED: columns recognised
    around = kd.studies.violence.around(events, days=30, only_places="Azerbaijan")

Attempts are compared with the other days of the same period, by the rule of the months
(:mod:`karabakh_data.studies.shifts`).
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd

from ..frames import as_days, needs
from . import _windows as windows
from . import shifts
from ._given import Tables
from ._shapes import SHAPES, Names, Wanted
from .attempts import attempts
from .steps import PERIODS

__all__ = ["SHAPES", "around", "by_day", "by_period"]


def around(
    events: Any,
    days: int = 30,
    *,
    record: Tables | None = None,
    date: str | None = None,
    deaths: str | None = None,
    place: Names | None = None,
    actors: Names | None = None,
    only_places: Names | None = None,
    only_actors: Names | None = None,
    event_id: str | None = None,
    span: tuple[Any, Any] | None = None,
) -> pd.DataFrame:
    """Deaths before and after each attempt: one row is one whose day is known.

    Columns:

    * ``ceasefire_id``, ``title``, ``day`` (declared), ``period`` (of
      :data:`~karabakh_data.studies.steps.PERIODS`);
    * ``days_before``, ``days_after``: how many days of each window the events cover;
      ``covered``: whether all;
    * ``before``, ``after``: deaths in these days, the day itself left out; ``on_day``;
    * ``vague``: how many deaths of both windows are of events not known to the day;
    * ``change`` (after less before) and ``ratio`` (after by before, one added to each);
    * ``compared``: with how many other days of the same period, near or far, both windows
      covered;
      ``share``: of these, after how many deaths fell at least as much, by the ratio;
      ``share_alike``: the same, but each against what is usual after a day with as many
      deaths on it and before it, so that the fall that follows any bad month (regression
      to the mean) is taken out.

    ``change``, ``ratio`` and the shares are missing where the windows are not covered. A
    small share says that so few days are followed by such a fall, not that the attempt
    made it.

    >>> import pandas as pd
    >>> from karabakh_data.studies import violence
    >>> war = pd.DataFrame({"date": pd.date_range("1994-04-01", "1994-06-30"), "deaths": 10})
    >>> war.loc[war["date"] >= "1994-05-12", "deaths"] = 1
    >>> found = violence.around(war, days=30).set_index("ceasefire_id")
    >>> found.loc["1994-05-12-ceasefire", ["before", "after", "change"]].astype(int).tolist()
    [300, 30, -270]

    Args:
        events: one row an event, in any order, days repeated or not. The columns of UCDP
            GED, ACLED and GDELT are recognised (see :data:`SHAPES`), and ``date`` and
            ``deaths``. Days are days, timestamps or text: ISO, ``19940512``, ``12 May
            1994``. An event of several days has its deaths in equal parts on each.
        days: how many days each window has.
        record: whose attempts (default: as published).
        date: the column of days, if called otherwise.
        deaths: the column of deaths, if called otherwise; GDELT has none: name what counts.
        place: the column or columns of places, if called otherwise.
        actors: the column or columns of actors, if called otherwise.
        only_places: count only events with one of these in a column of places.
        only_actors: count only events with one of these in a column of actors.
        event_id: the column of ids, if events may be repeated: rows alike in it, in days
            and in deaths are one event, which has the places and actors of all of them.
            Without it each row is one.
        span: the first and the last day that the events cover (default: of the events,
            whether counted or not).

    Raises:
        ValueError: a column is not there or is of the wrong kind; a day is missing, is no
            day or has a time zone; deaths are missing or negative; a place or actor is
            in no event; an id is missing; a window is not of whole days.
        RuntimeError: the engine failed before all events were read.
        ModuleNotFoundError: narwhals is not installed; the message names the extra.
    """
    wanted = Wanted(date, deaths, place, actors, only_places, only_actors, event_id)
    counts = _counts(events, wanted, span)
    own = attempts(record).dropna(subset=["declared"]).reset_index(drop=True)
    at = pd.DatetimeIndex(own["declared"])
    found = windows.around(counts, at, days)
    rows = pd.concat([own[["ceasefire_id", "title"]], found.reset_index(names="day")], axis=1)
    rows = rows.rename(columns={"deaths": "on_day"}).assign(**windows.compared(counts, at, days))
    covered = (rows["days_before"] == days) & (rows["days_after"] == days)
    ratio = (rows["after"] + 1) / (rows["before"] + 1)
    rows["change"] = (rows["after"] - rows["before"]).where(covered)
    return rows.assign(covered=covered, ratio=ratio.where(covered))[_COLUMNS]


_COLUMNS = [
    *("ceasefire_id", "title", "day", "period", "days_before", "days_after", "covered"),
    *("before", "on_day", "after", "vague", "change", "ratio"),
    *("compared", "share", "share_alike"),
]


def by_day(
    events: Any,
    *,
    date: str | None = None,
    deaths: str | None = None,
    place: Names | None = None,
    actors: Names | None = None,
    only_places: Names | None = None,
    only_actors: Names | None = None,
    event_id: str | None = None,
    span: tuple[Any, Any] | None = None,
) -> pd.DataFrame:
    """The deaths of each day that a table of events covers, in pandas: one row is one.

    Index ``day``, none left out. Columns: ``deaths``; ``vague`` (how many of them are of
    events not known to the day).

    >>> import pandas as pd
    >>> from karabakh_data.studies import violence
    >>> mine = pd.DataFrame({"when": ["1994-05-12", "1994-05-09"], "killed": [2, 40]})
    >>> violence.by_day(mine, date="when", deaths="killed")["deaths"].tolist()
    [40.0, 0.0, 0.0, 2.0]

    Arguments and errors: those of :func:`around`.
    """
    wanted = Wanted(date, deaths, place, actors, only_places, only_actors, event_id)
    return _counts(events, wanted, span)


def _counts(events: Any, wanted: Wanted, span: tuple[Any, Any] | None) -> pd.DataFrame:
    """See :func:`by_day`."""
    from ._events import deaths_by_day  # only this needs narwhals

    sums = deaths_by_day(events, wanted)
    whole = [sums["first"].min(), sums["last"].max()]
    ends = as_days(whole if span is None else span, "span").tolist()
    if len(ends) != 2 or ends[1] < ends[0]:
        raise ValueError(f"span: expected the first and the last day, found {span!r}.")
    return windows.each_day(sums, *ends)


def by_period(
    counts: pd.DataFrame, days: int = 30, *, record: Tables | None = None, like: bool = True
) -> pd.DataFrame:
    """Deaths after the attempts of each period together, against its other days.

    One row is one of :data:`~karabakh_data.studies.steps.PERIODS` in which days with both
    windows covered are marked by an attempt, and others are not. Columns: ``period``;
    ``days`` (how many), ``marked`` (how many by an attempt); ``ratio`` (deaths after
    marked days, as a multiple of those after others), ``low``, ``high`` (between which 95%
    of the circular shifts lie), ``p`` (see :func:`~karabakh_data.studies.shifts.shifted`).

    >>> import pandas as pd
    >>> from karabakh_data.studies import violence
    >>> war = pd.DataFrame({"date": pd.date_range("1992-01-01", "1994-08-01"), "deaths": 5})
    >>> violence.by_period(violence.by_day(war), days=30)["ratio"].round(2).tolist()
    [1.0]

    Args:
        counts: as :func:`by_day` gives them.
        days: how many days each window has.
        record: whose attempts (default: as published).
        like: whether days are compared that are alike in the deaths on them and before;
            else the change is compared as it is.

    Raises:
        ValueError: the counts are not what :func:`by_day` gives, or the window is not of
            whole days.
    """
    _needs_each_day(counts)
    at = pd.DatetimeIndex(attempts(record)["declared"].dropna())
    rows: list[list[Any]] = []
    for name, _, every in windows.by_period(counts, days):
        whole = every.dropna()
        marked = np.asarray(whole.index.isin(at))
        if marked.any() and not marked.all():
            found = shifts.shifted(marked, shifts.log_ratio(whole, like=like))
            ratios = np.exp([found.value, *shifts.middle(found.shifts)])
            rows.append([name, len(whole), int(marked.sum()), *ratios, found.p])
    columns = ["period", "days", "marked", "ratio", "low", "high", "p"]
    kinds = {"days": "int64", "marked": "int64", **dict.fromkeys(columns[3:], "float64")}
    table = pd.DataFrame(rows, columns=columns).astype(kinds)
    return table.assign(period=pd.Categorical(table["period"], categories=list(PERIODS)))


def _needs_each_day(counts: pd.DataFrame) -> None:
    """ValueError if the counts are not of days, each once and in order."""
    needs(counts, "deaths", "vague")
    expected = "counts: expected one row a day, each once and in order, as by_day gives them"
    if not isinstance(counts.index, pd.DatetimeIndex) or counts.index.name != "day":
        raise ValueError(f"{expected}.")
    for day, after in pairwise(counts.index):
        if after - day != pd.Timedelta(days=1):
            raise ValueError(f"{expected}; found {after:%Y-%m-%d} after {day:%Y-%m-%d}.")
