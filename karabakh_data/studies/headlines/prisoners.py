"""Prisoners handed over, and to whom.

Each transfer stands at the first day it can have been or, where that is open, at the last.
"""

from __future__ import annotations

import numpy as np

from .._periods import BEGINNING, OPEN, SECOND_WAR
from ..robust import Columns
from ._counting import Share, once


def handed_to_azerbaijan(columns: Columns) -> float:
    """Of all prisoners handed over, the share that Azerbaijan received."""
    return _freed(columns, "", OPEN)


def _freed(columns: Columns, first: str, until: str) -> float:
    """Of those handed over within these days, the share that Azerbaijan received."""
    days, numbers = _handed_over(columns)
    within = (first <= days) & (days < until)
    total = float(numbers[within].sum())
    mine = within & (columns["prisoners"]["receiver"] == "azerbaijan")
    return Share(float(numbers[mine].sum()), total)


@once
def _handed_over(columns: Columns) -> tuple[np.ndarray, np.ndarray]:
    """When each group was handed over, and how many they were; 0 where no number is known."""
    rows, events = columns["prisoners"], columns["events"]
    ends = zip(events["event_id"], events["start"], events["end"], strict=True)
    days = {step: first or last or "" for step, first, last in ends}
    numbers = [float(n) if n is not None else 0.0 for n in rows["prisoners"]]
    return np.array([days.get(step, "") for step in rows["event_id"]], "U10"), np.array(numbers)


def freed_by_1997(columns: Columns) -> float:
    """Of the prisoners handed over until 1997, the share that Azerbaijan received."""
    return _freed(columns, BEGINNING, "1998")


def freed_since_2020(columns: Columns) -> float:
    """Of the prisoners handed over since the war of 2020, the share Azerbaijan received."""
    return _freed(columns, SECOND_WAR, OPEN)
