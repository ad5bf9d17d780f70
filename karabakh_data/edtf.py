"""Uncertain dates: the forms of EDTF (ISO 8601-2) that the tables use.

==============================  =================================================
``1994-05-12``                  a day; ``1994-05`` a month, ``1994`` a year
``1992-22``                     a season: 21 spring, 22 summer, 23 autumn
``1995-02~``                    about; ``?`` uncertain, ``%`` both
``1994-05-04/1994-05-05``       a duration: all of it, from the one to the other
``1993/..``, ``../1996``        open at one end
``[1994-05-04..1994-05-09]``    some day within bounds; ``[..1994-05-09]`` by then
``[2011-06-24,2011-06-25]``     the one or the other
==============================  =================================================

Winter (24) lies in two years and is refused: write it as bounds.
"""

from __future__ import annotations

import re
from calendar import monthrange
from functools import cache
from typing import NamedTuple

POINT = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?([~?%]?)", re.ASCII)
_SEASONS = {21: (3, 5), 22: (6, 8), 23: (9, 11)}
FIRST, LAST = "0000-00-00", "9999-99-99"  # before and after all days, as text


class Span(NamedTuple):
    """What a date allows: its first and last day, as text, and how vague it is.

    ``vague`` is 0 where it says exactly what it means (a day, a duration), 1 where
    the day is somewhere within, 2 where the bounds are uncertain as well.
    """

    first: str
    last: str
    vague: int

    def holds(self, other: Span) -> bool:
        """Whether all of the other lies within this."""
        return self.first <= other.first and other.last <= self.last

    def is_finer_than(self, other: Span) -> bool:
        """Whether this says more exactly what the other, being vague, leaves open."""
        tighter = self[:2] != other[:2] or self.vague < other.vague
        return bool(other.vague) and other.holds(self) and tighter


@cache
def span(text: str) -> Span:
    """What an EDTF text allows; ValueError if it has none of the forms above."""
    if text.startswith("[") and text.endswith("]"):
        inner = text[1:-1]
        if "," in inner:
            return _between(text, inner.split(","), vague=1)
        return _between(text, [end or ".." for end in inner.split("..", 1)], vague=1)
    if "/" in text:
        ends = text.split("/", 1)
        return _between(text, ends, vague=int(".." in ends))
    return _point(text)


def _between(text: str, points: list[str], vague: int) -> Span:
    """From the first of the points to the last; one of two may be open."""
    known = [_point(point) for point in points if point != ".."]
    if len(points) < 2 or not known or (len(points) > 2 and len(known) < len(points)):
        raise ValueError(f"{text!r} has no two ends")
    first = FIRST if points[0] == ".." else known[0].first
    last = LAST if points[-1] == ".." else known[-1].last
    if "," in text:
        last = max(point.last for point in known)
    if first > last or known != sorted(known):
        raise ValueError(f"{text!r} ends before it starts")
    if vague and any(point.vague == 2 for point in known):
        vague = 2
    return Span(first, last, vague)


def _point(text: str) -> Span:
    """A day, month, season or year, with its mark of doubt."""
    found = POINT.fullmatch(text)
    if not found:
        raise ValueError(f"{text!r} is no date in EDTF")
    year, month, day, doubt = found.groups()
    vague = 2 if doubt else 0 if day else 1
    first, last = (1, 12) if month is None else (int(month), int(month))
    if day is None:
        first, last = _SEASONS.get(first, (first, last))
    if year == "0000" or not 1 <= first <= 12:
        raise ValueError(f"{text!r} names no month of a year")
    length = monthrange(int(year), last)[1]
    if day is not None and not 1 <= int(day) <= length:
        raise ValueError(f"{text!r} names no day of the calendar")
    return Span(f"{year}-{first:02}-{day or '01'}", f"{year}-{last:02}-{day or length}", vague)


def bounds(text: str) -> tuple[str, str]:
    """First and last day that a date allows: blank where it is open, or the text is blank."""
    if not text:
        return "", ""
    first, last, _ = span(text)
    return "" if first == FIRST else first, "" if last == LAST else last


def is_day(text: str) -> bool:
    """Whether the text is one certain day of the calendar."""
    try:
        found = span(text)
    except ValueError:
        return False
    return text == found.first == found.last
