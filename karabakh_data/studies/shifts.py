"""Inference by circular shift: marked months against their own marks, moved along.

The row of months with and without an attempt is moved along the months of the war, round
and round, and each shift is as likely as the true one if attempts do nothing. So clusters
of attempts and runs of bad months stay what they are. Frames are as
:func:`karabakh_data.studies.event_study.months_of_war` gives them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import pandas as pd

from ..frames import needs

_AT_LEAST = 1e-9  # so that a shift like the true row counts as no less


class Shifted(NamedTuple):
    """A value, what it is under each circular shift, and how many are as far from nought."""

    value: float
    shifts: np.ndarray
    p: float


def shifted(marked: np.ndarray, statistic: Callable[[np.ndarray], float]) -> Shifted:
    """A statistic of marked months against all circular shifts of the marks.

    ``p`` is the share of shifts, the true row among them, in which it is at least as far
    from nought; no less than one in as many as there are months. Missing (NaN) where the
    statistic is.

    Args:
        marked: which months are marked, in order.
        statistic: what is asked of the marks.
    """
    value = statistic(marked)
    shifts = np.array([statistic(np.roll(marked, step)) for step in range(len(marked))])
    known = shifts[~np.isnan(shifts)]
    if np.isnan(value) or not len(known):
        return Shifted(float("nan"), shifts, float("nan"))
    return Shifted(value, shifts, float((np.abs(known) >= abs(value) - _AT_LEAST).mean()))


def log_ratio(frame: pd.DataFrame, *, like: bool = True) -> Callable[[np.ndarray], float]:
    """How much lower, in logs, deaths are after marked months than after others.

    Of the mean deaths of the months after, one added; ``like``: against months that are
    alike in the deaths before them and in their own, by least squares, so that the fall
    that follows any bad month (regression to the mean) is taken out.

    Args:
        frame: months of the war.
        like: whether only like months are compared; else the change is compared as it is.
    """
    whole, outcome, rest = _measured(frame, like)

    def of(marked: np.ndarray) -> float:
        here = marked[whole].astype("float64")
        if not len(here) or here.min() == here.max():
            return float("nan")
        return float(np.linalg.lstsq(np.column_stack([here, rest]), outcome)[0][0])

    return of


def _measured(frame: pd.DataFrame, like: bool) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Which rows have both windows; of these what is measured, and what is held alike."""
    whole = _whole(frame)
    logs = np.log1p(frame.loc[whole, ["before", "deaths", "after"]].to_numpy("float64"))
    before, month, after = logs.T
    rest = np.column_stack([np.ones(len(after)), before, month])
    return (whole, after, rest) if like else (whole, after - before, rest[:, :1])


def _whole(frame: pd.DataFrame) -> np.ndarray:
    """Which rows have both windows."""
    needs(frame, "deaths", "before", "after")
    return frame[["deaths", "before", "after"]].notna().all(axis=1).to_numpy()


def each(frame: pd.DataFrame, *, like: bool = True) -> np.ndarray:
    """What :func:`log_ratio` comes to for each row, were that alone marked.

    Missing (NaN) where a window is, or where too few rows are left to compare it with.

    Args:
        frame: months of the war, or days.
        like: as for :func:`log_ratio`.
    """
    whole, outcome, rest = _measured(frame, like)
    found = np.full(len(frame), np.nan)
    if len(outcome):
        solved = np.linalg.pinv(rest)
        apart = 1 - np.einsum("ij,ji->i", rest, solved)  # a row that is like no other has none
        with np.errstate(divide="ignore", invalid="ignore"):
            alone = (outcome - rest @ (solved @ outcome)) / apart
        found[whole] = np.where(apart > _AT_LEAST, alone, np.nan)
    return found


def as_low(values: np.ndarray, value: float) -> float:
    """The share of values, missing ones (NaN) left out, that are at most this one."""
    known = values[~np.isnan(values)]
    if np.isnan(value) or not len(known):
        return float("nan")
    return float((known <= value + _AT_LEAST).mean())


def fell_more(frame: pd.DataFrame) -> Callable[[np.ndarray], float]:
    """How much oftener deaths fall after marked months than after others, as a share.

    Args:
        frame: months of the war.
    """
    whole = _whole(frame)
    fell = (frame["after"] < frame["before"]).to_numpy()[whole]

    def of(marked: np.ndarray) -> float:
        here = marked[whole]
        if not here.any() or here.all():
            return float("nan")
        return float(fell[here].mean() - fell[~here].mean())

    return of


def middle(shifts: np.ndarray) -> tuple[float, float]:
    """Between which 95% of the shifts lie; missing (NaN) if none is known."""
    known = shifts[~np.isnan(shifts)]
    if not len(known):
        return float("nan"), float("nan")
    low, high = np.quantile(known, [0.025, 0.975])
    return float(low), float(high)


def power(frame: pd.DataFrame, factor: float, *, at_most: float = 0.05) -> float:
    """How often an effect would be found: the share of shifts in which p is small enough.

    Each circular shift of the marks is a war in which attempts did nothing; the deaths
    after its marked months are multiplied, and the test is made. Missing (NaN) if none can be.

    Args:
        frame: months of the war.
        factor: what an attempt does to the deaths of the months after (0.5: halves them).
        at_most: the p at which an effect counts as found.
    """
    needs(frame, "marked", "after")
    marked = frame["marked"].to_numpy()
    found = []
    for step in range(1, len(marked)):
        placebo = np.roll(marked, step)
        after = frame["after"].where(~placebo, frame["after"] * factor)
        result = shifted(placebo, log_ratio(frame.assign(after=after)))
        found.append(np.nan if np.isnan(result.p) else float(result.p <= at_most))
    known = np.array([one for one in found if not np.isnan(one)])
    return float(known.mean()) if len(known) else float("nan")
