"""What the headlines count by."""

from __future__ import annotations

import numpy as np

from ..attempts import COUNTED_ELSEWHERE, OWN_STEPS
from ..robust import Columns


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


def own(columns: Columns) -> np.ndarray:
    """Which rows of ``ceasefires`` are attempts of their own."""
    rows = columns["ceasefires"]
    return np.isin(rows["step"], OWN_STEPS) & ~np.isin(rows["fate"], COUNTED_ELSEWHERE)


def days_of(columns: Columns) -> np.ndarray:
    """The day by which each row of ``ceasefires`` is placed, blank where none is known."""
    rows, events = columns["ceasefires"], columns["events"]
    first = dict(zip(events["event_id"], events["start"], strict=True))
    pairs = zip(rows["declared"], rows["event_id"], strict=True)
    return np.array([day or first.get(event) or "" for day, event in pairs], dtype="U10")
