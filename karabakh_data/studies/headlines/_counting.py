"""What the headlines count by."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

import numpy as np

from ..attempts import COUNTED_ELSEWHERE, OWN_STEPS
from ..robust import Columns

_T = TypeVar("_T")


def once(count: Callable[[Columns], _T]) -> Callable[[Columns], _T]:
    """Counted once for each draw, however many headlines ask for it."""

    @wraps(count)
    def counted(columns: Columns) -> _T:
        if count not in columns.counted:
            columns.counted[count] = count(columns)
        found: _T = columns.counted[count]
        return found

    return counted


class Share(float):
    """A share, missing (NaN) where there is no case, and of how many cases it is."""

    cases: int

    def __new__(cls, part: float, cases: float) -> Share:
        found = super().__new__(cls, part / cases if cases else float("nan"))
        found.cases = int(cases)
        return found


def share(part: np.ndarray, whole: np.ndarray) -> Share:
    return Share(int((part & whole).sum()), int(whole.sum()))


def known(values: np.ndarray) -> np.ndarray:
    return np.array([value is not None for value in values], dtype=bool)


@once
def own(columns: Columns) -> np.ndarray:
    """Which rows of ``ceasefires`` are attempts of their own."""
    rows = columns["ceasefires"]
    return np.isin(rows["step"], OWN_STEPS) & ~np.isin(rows["fate"], COUNTED_ELSEWHERE)


@once
def starts(columns: Columns) -> np.ndarray:
    """The first day of each step, blank where it is open."""
    return np.array([day or "" for day in columns["events"]["start"]], dtype="U10")


@once
def days_of(columns: Columns) -> np.ndarray:
    """The day by which each row of ``ceasefires`` is placed, blank where none is known."""
    rows = columns["ceasefires"]
    first = dict(zip(columns["events"]["event_id"], starts(columns).tolist(), strict=True))
    pairs = zip(rows["declared"], rows["event_id"], strict=True)
    return np.array([day or first.get(event, "") for day, event in pairs], dtype="U10")
