"""Windows around days: what was counted before and after each, and how it compares.

Counts are of days, one row one day, none left out: ``deaths`` and ``vague``.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from ..frames import is_whole
from ..loading import DAYS
from . import shifts
from .steps import PERIODS


def each_day(sums: pd.DataFrame, begin: pd.Timestamp, end: pd.Timestamp) -> pd.DataFrame:
    """The counts of each day from one to another, of sums by spans of days."""
    index = pd.date_range(begin, end, freq="D", name="day").astype(DAYS)
    first, last = ((sums[one] - begin).dt.days.to_numpy() for one in ("first", "last"))
    return pd.DataFrame(
        {
            one: _spread(sums[one].to_numpy(), first, last, len(index))
            for one in ("deaths", "vague")
        },
        index=index,
    )


def _spread(counts: np.ndarray, first: np.ndarray, last: np.ndarray, days: int) -> np.ndarray:
    """Counts by spans of days, in equal parts on each of their days: those from day nought."""
    long = first < last
    here = ~long & (first >= 0) & (first < days)
    found = np.bincount(first[here], counts[here], days)  # apart, so that whole numbers stay so
    parts = counts[long] / (last[long] - first[long] + 1)
    begin, end = first[long].clip(0, days), (last[long] + 1).clip(0, days)
    steps = np.bincount(begin, parts, days + 1) - np.bincount(end, parts, days + 1)
    return np.asarray(found + np.cumsum(steps)[:-1].clip(0))


def around(counts: pd.DataFrame, at: pd.DatetimeIndex, days: int) -> pd.DataFrame:
    """Deaths before, on and after each of these days, as far as they are covered."""
    is_whole(days, "days")
    many, place = len(counts), np.asarray((at - counts.index[0]).days)
    sums = {one: np.append(0.0, np.cumsum(counts[one])) for one in counts}
    ends = {"before": (place - days, place), "after": (place + 1, place + days + 1)}
    found, vague = pd.DataFrame(index=at), np.zeros(len(at))
    for name, window in ends.items():
        first, end = (np.clip(one, 0, many) for one in window)
        found[f"days_{name}"] = end - first
        found[name] = np.where(end > first, sums["deaths"][end] - sums["deaths"][first], np.nan)
        vague += sums["vague"][end] - sums["vague"][first]
    found["vague"] = vague
    found["deaths"] = counts["deaths"].reindex(at).to_numpy()
    return found


def by_period(
    counts: pd.DataFrame, days: int
) -> Iterator[tuple[str, pd.DatetimeIndex, pd.DataFrame]]:
    """Each period with its days, and the deaths around them: missing if not covered."""
    every = around(counts, pd.DatetimeIndex(counts.index), days)
    covered = (every["days_before"] == days) & (every["days_after"] == days)
    every = every[["before", "deaths", "after"]].where(covered)
    for name, (first, until) in PERIODS.items():
        part = every[(every.index >= first) & (every.index < until)]
        yield name, pd.DatetimeIndex(part.index), part


def compared(counts: pd.DataFrame, at: pd.DatetimeIndex, days: int) -> dict[str, Any]:
    """Of each of these days its period, and its fall against those of the others in it."""
    period = pd.Series(pd.NA, index=range(len(at)), dtype=pd.CategoricalDtype(list(PERIODS)))
    compared = pd.Series(pd.NA, index=period.index, dtype="Int64")
    share, alike = (pd.Series(np.nan, index=period.index) for _ in range(2))
    for name, there, every in by_period(counts, days):
        first, until = (pd.Timestamp(one) for one in PERIODS[name])
        whole = every["before"].notna().to_numpy()
        falls = [(share, shifts.each(every, like=False)), (alike, shifts.each(every))]
        for row, day in enumerate(at.tolist()):
            if first <= day < until:
                period[row] = name
                own = there == day
                if whole[own].any():
                    compared[row] = int(whole[~own].sum())
                    for column, fall in falls:
                        column[row] = shifts.as_low(fall[~own], float(fall[own][0]))
    return {"period": period, "compared": compared, "share": share, "share_alike": alike}
