"""Event study: deaths after months with attempts against like months without.

Inference is by circular shift (:mod:`karabakh_data.studies.shifts`).
"""

from __future__ import annotations

from itertools import product
from typing import Any

import numpy as np
import pandas as pd

from ..descriptor import unknown
from ..frames import is_whole, needs
from ._given import Tables, tables
from .attempts import AGREED, BEGAN, BOUND, OWN_STEPS, attempts
from .deaths import usable
from .shifts import Shifted, fell_more, log_ratio, middle, power, shifted

__all__ = [
    "KINDS",
    "SPANS",
    "WAR",
    "Shifted",
    "around_attempts",
    "fell_more",
    "groups",
    "log_ratio",
    "months_of_war",
    "power",
    "shifted",
    "specifications",
]

WAR = ("1992-01", "1994-05")
"""The first and the last month of the war that is asked: from the first with complete
deaths to that of the ceasefire."""

KINDS = {
    "all attempts": OWN_STEPS,
    "all but proposals": BOUND,
    "agreed by both sides": AGREED,
}
"""Which attempts mark a month, by the sorts of step that count."""

STOPS_BEGUN = "stops that began"
"""The kind of attempts that is told by their fates, as :data:`~.attempts.BEGAN` has them."""


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
    >>> war.loc["1994-04", ["deaths", "before", "after"]].astype(int).tolist()
    [306, 77, 107]

    Args:
        record: whose attempts and deaths (default: as published).
        kind: a name of :data:`KINDS`, or ``stops that began``.
        months: how many months each window has.
        war: the first and the last month.
        until: the last month that a window may hold, if any.

    Raises:
        ValueError: no such ``kind``; a window is not of whole months; the last month of the
            war is before the first.
    """
    given = tables(record)
    return _months(attempts(given), usable(given), kind=kind, months=months, war=war, until=until)


def _months(
    own: pd.DataFrame,
    counts: pd.Series,
    *,
    kind: str,
    months: int,
    war: tuple[str, str] = WAR,
    until: str = "",
) -> pd.DataFrame:
    """The months of the war, of attempts and usable counts of deaths."""
    if kind not in (*KINDS, STOPS_BEGUN):
        raise ValueError(unknown("kind of attempts", kind, [*KINDS, STOPS_BEGUN]))
    counts = counts[counts.index <= pd.Period(until, "M")] if until else counts
    counted = own["step"].isin(KINDS[kind]) if kind in KINDS else own["fate"].isin(BEGAN)
    per_month = own.loc[counted, "day"].dt.to_period("M").value_counts()
    frame = deaths_around(counts, months=months, war=war)
    number = per_month.reindex(frame.index, fill_value=0).astype("int64")
    frame.insert(1, "attempts", number)
    frame.insert(2, "marked", number > 0)
    return frame


def deaths_around(
    counts: pd.Series, *, months: int = 3, war: tuple[str, str] = WAR
) -> pd.DataFrame:
    """``deaths``, ``before`` and ``after`` of :func:`months_of_war`, of usable deaths alone.

    Raises:
        ValueError: a window is not of whole months; the last month is before the first.
    """
    is_whole(months, "months")
    index = pd.period_range(*war, freq="M", name="month")
    if index.empty:
        raise ValueError(f"war: expected the first and the last month, found {war!r}.")
    frame = pd.DataFrame({"deaths": counts.reindex(index)}, index=index)
    for name, sign in (("before", -1), ("after", 1)):
        steps = range(1, months + 1)
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
    needs(frame, "marked", "deaths", "before", "after")
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
    own, counts = attempts(given), usable(given)
    rows = []
    for span, kind, months in product(SPANS, (*KINDS, STOPS_BEGUN), (1, 2, 3, 6)):
        frame = _months(own, counts, kind=kind, months=months, **SPANS[span])
        whole = frame.dropna(subset=["deaths", "before", "after"])
        sizes = len(whole), int(whole["marked"].sum())
        for like in (True, False):
            found = shifted(frame["marked"].to_numpy(), log_ratio(frame, like=like))
            ratios = np.exp([found.value, *middle(found.shifts)])
            rows.append([span, like, kind, months, *sizes, *ratios, found.p])
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
        rows[distance] = np.expm1([found.value, *middle(found.shifts), everywhere])
    columns = ["deaths", "low", "high", "any"]
    table = pd.DataFrame.from_dict(rows, orient="index", columns=columns)
    return table.rename_axis("distance")
