"""Event study: deaths after months with attempts against like months without.

Inference is by circular shift: the row of months with and without an attempt is moved
along the months of the war, round and round, and each shift is as likely as the true one
if attempts do nothing. So clusters of attempts and runs of bad months stay what they are.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from ._given import Tables, tables
from .attempts import attempts
from .deaths import usable

WAR = ("1992-01", "1994-05")
"""The first and the last month of the war that is asked: from the first with complete
deaths to that of the ceasefire."""

KINDS = {
    "all attempts": ("proposal", "agreement", "unilateral", "extension"),
    "all but proposals": ("agreement", "unilateral", "extension"),
    "agreed by both sides": ("agreement", "extension"),
}
"""Which attempts mark a month, by the sorts of step that count."""

BEGAN = ("broken", "held", "lapsed", "extended")
"""Fates of stops that began, if for hours only."""

_AT_LEAST = 1e-9  # so that a shift like the true row counts as no less


def months_of_war(
    record: Tables | None = None,
    *,
    kind: str = "all attempts",
    months: int = 3,
    war: tuple[str, str] = WAR,
    until: str = "",
) -> pd.DataFrame:
    """The months of the war: one row is one, by month (a period).

    Columns: ``deaths``; ``attempts`` (how many fall in it), ``marked`` (whether any does);
    ``before``, ``after`` (mean deaths of the months next to it, its own left out; missing
    where a month of them is not usable, see :func:`~karabakh_data.studies.deaths.usable`).

    >>> from karabakh_data.studies import event_study
    >>> war = event_study.months_of_war(months=1)
    >>> war.loc["1994-04", ["deaths", "before", "after"]].tolist()
    [306.0, 77.0, 107.0]

    Args:
        record: whose attempts and deaths (default: as published).
        kind: a name of :data:`KINDS`, or ``stops that began``.
        months: how many months each window has.
        war: the first and the last month.
        until: the last month that a window may hold, if any.
    """
    given = tables(record)
    own, counts = attempts(given), usable(given)
    counts = counts[counts.index <= pd.Period(until, "M")] if until else counts
    counted = own["step"].isin(KINDS[kind]) if kind in KINDS else own["fate"].isin(BEGAN)
    index = pd.period_range(*war, freq="M", name="month")
    per_month = own.loc[counted, "day"].dt.to_period("M").value_counts()
    steps = range(1, months + 1)
    frame = pd.DataFrame({"deaths": counts.reindex(index)}, index=index)
    frame["attempts"] = per_month.reindex(index, fill_value=0).astype("int64")
    frame["marked"] = frame["attempts"] > 0
    for name, sign in (("before", -1), ("after", 1)):
        near = [counts.reindex(index + sign * step).to_numpy() for step in steps]
        frame[name] = np.mean(near, axis=0)
    return frame


def groups(frame: pd.DataFrame) -> pd.DataFrame:
    """Months with and without an attempt: one row is each group, of months with both windows.

    Columns: ``months`` (how many); ``fell`` (after how many deaths fell); ``percent``;
    ``before``, ``month``, ``after`` (mean deaths a month).

    Args:
        frame: as :func:`months_of_war` gives it.
    """
    rows = frame.dropna(subset=["deaths", "before", "after"])
    found = {}
    for name, part in (("with", rows[rows["marked"]]), ("without", rows[~rows["marked"]])):
        fell = int((part["after"] < part["before"]).sum())
        share = 100 * fell / len(part) if len(part) else None
        means = [part[of].mean() for of in ("before", "deaths", "after")]
        found[name] = [len(part), fell, share, *means]
    columns = ["months", "fell", "percent", "before", "month", "after"]
    table = pd.DataFrame.from_dict(found, orient="index", columns=columns)
    shares = table[columns[2:]].astype("Float64").round().astype("Int64")
    return table.assign(**shares).rename_axis("an attempt")


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
        frame: as :func:`months_of_war` gives it.
        like: whether only like months are compared; else the change is compared as it is.
    """
    whole = frame[["deaths", "before", "after"]].notna().all(axis=1).to_numpy()
    logs = np.log1p(frame.loc[whole, ["before", "deaths", "after"]].to_numpy("float64"))
    before, month, after = logs.T
    rest = np.column_stack([np.ones(len(after)), before, month])
    outcome = after if like else after - before
    rest = rest if like else rest[:, :1]

    def of(marked: np.ndarray) -> float:
        here = marked[whole].astype("float64")
        if not len(here) or here.min() == here.max():
            return float("nan")
        return float(np.linalg.lstsq(np.column_stack([here, rest]), outcome)[0][0])

    return of


def fell_more(frame: pd.DataFrame) -> Callable[[np.ndarray], float]:
    """How much oftener deaths fall after marked months than after others, as a share.

    Args:
        frame: as :func:`months_of_war` gives it.
    """
    whole = frame[["deaths", "before", "after"]].notna().all(axis=1).to_numpy()
    fell = (frame["after"] < frame["before"]).to_numpy()[whole]

    def of(marked: np.ndarray) -> float:
        here = marked[whole]
        if not here.any() or here.all():
            return float("nan")
        return float(fell[here].mean() - fell[~here].mean())

    return of


SPANS: dict[str, dict[str, Any]] = {
    "to May 1994": {},
    "to April 1994": {"war": ("1992-01", "1994-04")},
    "to May 1994, no window after April": {"until": "1994-04"},
}
"""Which months are asked: with that of the ceasefire or without, and with peace or without."""


def specifications(record: Tables | None = None) -> pd.DataFrame:
    """Deaths after attempts against others, under each choice: one row is one.

    Columns: ``span`` (of :data:`SPANS`); ``like`` (whether like months are compared, else
    changes as they are); ``attempts`` (which mark a month); ``window`` (months);
    ``months``, ``marked`` (counts); ``ratio`` (deaths after marked months, as a multiple
    of those after others), ``low``, ``high`` (between which 95% of the circular shifts
    lie), ``p``.
    """
    given = tables(record)
    rows = []
    for span, kind, months in product(SPANS, (*KINDS, "stops that began"), (1, 2, 3, 6)):
        frame = months_of_war(given, kind=kind, months=months, **SPANS[span])
        whole = frame.dropna(subset=["deaths", "before", "after"])
        counts = len(whole), int(whole["marked"].sum())
        for like in (True, False):
            found = shifted(frame["marked"].to_numpy(), log_ratio(frame, like=like))
            ratios = np.exp([found.value, *_middle(found.shifts)])
            rows.append([span, like, kind, months, *counts, *ratios, found.p])
    columns = [
        "span",
        "like",
        "attempts",
        "window",
        "months",
        "marked",
        "ratio",
        "low",
        "high",
        "p",
    ]
    return pd.DataFrame(rows, columns=columns)


def _middle(shifts: np.ndarray) -> tuple[float, float]:
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
        frame: as :func:`months_of_war` gives it.
        factor: what an attempt does to the deaths of the months after (0.5: halves them).
        at_most: the p at which an effect counts as found.
    """
    marked = frame["marked"].to_numpy()
    found = []
    for step in range(1, len(marked)):
        placebo = np.roll(marked, step)
        after = frame["after"].where(~placebo, frame["after"] * factor)
        result = shifted(placebo, log_ratio(frame.assign(after=after)))
        found.append(np.nan if np.isnan(result.p) else float(result.p <= at_most))
    known = np.array([one for one in found if not np.isnan(one)])
    return float(known.mean()) if len(known) else float("nan")


def around_attempts(
    record: Tables | None = None, *, kind: str = "all attempts", reach: int = 3
) -> pd.DataFrame:
    """Deaths in the months around months with an attempt: one row is one distance in months.

    Index ``distance`` (0: the month itself). Columns: ``deaths`` (geometric mean, one
    added and taken off again, so that no single month decides); ``low``, ``high`` (between
    which it lies in 95% of the circular shifts); ``any`` (around any month).
    """
    given = tables(record)
    frame, counts = months_of_war(given, kind=kind), usable(given)
    marked, rows = frame["marked"].to_numpy(), {}
    for distance in range(-reach, reach + 1):
        near = np.log1p(counts.reindex(frame.index + distance).to_numpy())

        def mean(marks: np.ndarray, near: np.ndarray = near) -> float:
            here = near[marks & ~np.isnan(near)]
            return float(here.mean()) if len(here) else float("nan")

        found = shifted(marked, mean)
        everywhere = mean(np.ones(len(marked), dtype=bool))
        rows[distance] = np.expm1([found.value, *_middle(found.shifts), everywhere])
    columns = ["deaths", "low", "high", "any"]
    table = pd.DataFrame.from_dict(rows, orient="index", columns=columns)
    return table.rename_axis("distance")
