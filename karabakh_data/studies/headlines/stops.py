"""Attempts to stop the fighting: how many, what became of them, through whom."""

from __future__ import annotations

import numpy as np

from .._ends import BEGINS
from ..attempts import A_WEEK, AGREED, BOUND, FAILED
from ..robust import Columns
from ._counting import days_of, known, once, own, share

STOP = "1994-05-11"
"""The ceasefire of May 1994 was declared."""


def attempts(columns: Columns) -> float:
    """How many attempts to stop the fighting there were."""
    return float(own(columns).sum())


def before_the_stop(columns: Columns) -> float:
    """Of the attempts whose day is known, the share before that of May 1994 was declared.

    The day is the one declared or, where none is told, the first their step can have been.
    """
    days = days_of(columns)
    return share(days < STOP, own(columns) & (days != ""))


def failed(columns: Columns) -> float:
    """The share of attempts of known fate that were declined, never began or broke."""
    fates = columns["ceasefires"]["fate"]
    return share(np.isin(fates, FAILED), own(columns) & known(fates))


def began(columns: Columns) -> float:
    """Of stops agreed, declared by one side or renewed, of known fate: the share that began.

    One that began for hours only counts.
    """
    rows = columns["ceasefires"]
    whole = own(columns) & np.isin(rows["step"], BOUND) & known(rows["fate"])
    return share(~np.isin(rows["fate"], ["never_began", "refused"]), whole)


@once
def _lengths(columns: Columns) -> np.ndarray:
    """How many days each stop lasted that began and broke on known days; missing (NaN) else."""
    rows = columns["ceasefires"]
    ends = rows["ended"]
    whole = own(columns) & known(ends) & (rows["fate"] == "broken")
    days = zip(*(rows[column] for column in BEGINS), strict=True)
    begins = [next(filter(None, told), None) for told in days]
    lasted = [
        (np.datetime64(end) - np.datetime64(begin)) / np.timedelta64(1, "D")
        if known and begin
        else float("nan")
        for known, end, begin in zip(whole, ends, begins, strict=True)
    ]
    lengths = np.array(lasted, dtype="float64")
    return np.where(lengths >= 0, lengths, np.nan)


def dated_breaks(columns: Columns) -> float:
    """How many stops broke on a known day, not before they began."""
    return float((~np.isnan(_lengths(columns))).sum())


def broke_within_a_week(columns: Columns) -> float:
    """Of the stops that broke on a known day, the share that broke within a week.

    From the day in force or, where none is told, due or declared; an end before that is left
    out. Known is a day that is adopted;
    :func:`karabakh_data.studies.attempts.attempts` takes the latest told where none is.
    """
    days = _lengths(columns)
    return share(days <= A_WEEK, ~np.isnan(days))


def _deaths_fell(columns: Columns, *, marked: bool) -> float:
    """Of the months of the first war, with an attempt or without, after how many deaths fell.

    Deaths are not coded from claims: they are the same under every adoption.
    """
    months = columns["months"]
    days = days_of(columns)[own(columns)]
    with_attempt = np.isin(months["month"], [day[:7] for day in days])
    return share(months["fell"], with_attempt == marked)


def fell_after_attempts(columns: Columns) -> float:
    """After what share of the first war's months with an attempt deaths fell."""
    return _deaths_fell(columns, marked=True)


def fell_without(columns: Columns) -> float:
    """After what share of the first war's months without an attempt deaths fell."""
    return _deaths_fell(columns, marked=False)


@once
def _agreed(columns: Columns) -> np.ndarray:
    """Which attempts until the end of 1994 the sides agreed to, in a format with a mediator."""
    rows = columns["ceasefires"]
    days = days_of(columns)
    early = (days != "") & (days < "1995-01-01")
    mediated = known(rows["format"]) & ~np.isin(rows["format"], ["parties-direct", "unilateral"])
    agreed: np.ndarray = np.isin(rows["step"], AGREED)
    found: np.ndarray = own(columns) & early & mediated & agreed
    return found


def agreed_through_russia(columns: Columns) -> float:
    """Of the stops agreed with a mediator until the end of 1994, the share that was Russia's.

    Agreed or prolonged by both sides; Russia's are those it brought alone or with Kazakhstan.
    Those in no single format are left out.
    """
    own = ["russia", "russia-kazakhstan"]
    return share(np.isin(columns["ceasefires"]["format"], own), _agreed(columns))


def agreed_through_minsk(columns: Columns) -> float:
    """Of the stops agreed with a mediator until the end of 1994, the Minsk process's share."""
    return share(columns["ceasefires"]["format"] == "minsk-process", _agreed(columns))
