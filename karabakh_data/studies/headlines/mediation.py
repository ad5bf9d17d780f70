"""Steps of mediation: in whose hands, and how many."""

from __future__ import annotations

import numpy as np

from .._periods import AFTER_SECOND_WAR, CEASEFIRE, FIRST_WAR, SECOND_WAR, SEPTEMBER_2023
from ..official import RUSSIA
from ..robust import Columns
from ._counting import known, share, starts


def by_minsk(columns: Columns) -> float:
    """The share of steps in one format that belong to the Minsk process."""
    formats = columns["events"]["format"]
    return share(formats == "minsk-process", known(formats))


def by_russia(columns: Columns) -> float:
    """The share of steps in one format that are Russia's, alone or with others it led.

    These are Russia alone, its summits, and Russia with Kazakhstan or with Turkey
    (:data:`karabakh_data.studies.official.RUSSIA`).
    """
    formats = columns["events"]["format"]
    return share(np.isin(formats, RUSSIA), known(formats))


def without_mediator(columns: Columns) -> float:
    """Since 10 November 2020: the share of steps in one format that the parties took alone."""
    return _alone(columns, AFTER_SECOND_WAR)


def alone_since_2023(columns: Columns) -> float:
    """Since 19 September 2023: the share of steps in one format that the parties took alone."""
    return _alone(columns, SEPTEMBER_2023)


def _alone(columns: Columns, since: str) -> float:
    formats = columns["events"]["format"]
    return share(formats == "parties-direct", (starts(columns) >= since) & known(formats))


def pace_of_war(columns: Columns) -> float:
    """How many times as many steps a month 1992 to 11 May 1994 saw as the years to 2020."""
    days = starts(columns)
    war = ((days >= FIRST_WAR) & (days < CEASEFIRE)).sum() / _days(FIRST_WAR, CEASEFIRE)
    quiet = ((days >= CEASEFIRE) & (days < SECOND_WAR)).sum() / _days(CEASEFIRE, SECOND_WAR)
    return float(war / quiet) if quiet else float("nan")


def _days(first: str, until: str) -> float:
    return float((np.datetime64(until) - np.datetime64(first)) / np.timedelta64(1, "D"))
