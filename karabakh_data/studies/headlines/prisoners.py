"""Prisoners handed over, and to whom.

Each transfer stands at the first day it can have been or, where that is open, at the last.
"""

from __future__ import annotations

import numpy as np

from .._periods import BEGINNING, OPEN, SECOND_WAR
from ..robust import Columns
from ._counting import Share


def handed_to_azerbaijan(columns: Columns) -> float:
    """Of all prisoners handed over, the share that Azerbaijan received."""
    return _freed(columns, "", OPEN)


def _freed(columns: Columns, first: str, until: str) -> float:
    """Of those handed over within these days, the share that Azerbaijan received."""
    rows, events = columns["prisoners"], columns["events"]
    days = dict(
        zip(events["event_id"], zip(events["start"], events["end"], strict=True), strict=True)
    )
    known = [days.get(step, (None, None)) for step in rows["event_id"]]
    within = np.array([first <= (a or b or "") < until for a, b in known], dtype=bool)
    numbers = np.array([float(n) if n is not None else 0.0 for n in rows["prisoners"]])
    total = float(numbers[within].sum())
    mine = float(numbers[within & (rows["receiver"] == "azerbaijan")].sum())
    return Share(mine, total)


def freed_by_1997(columns: Columns) -> float:
    """Of the prisoners handed over until 1997, the share that Azerbaijan received."""
    return _freed(columns, BEGINNING, "1998")


def freed_since_2020(columns: Columns) -> float:
    """Of the prisoners handed over since the war of 2020, the share Azerbaijan received."""
    return _freed(columns, SECOND_WAR, OPEN)
