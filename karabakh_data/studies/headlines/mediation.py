"""Steps of mediation: in whose hands, and how many."""

from __future__ import annotations

import numpy as np

from ..robust import Columns
from ._counting import known, share

SECOND_WAR = "2020-11-10"
"""The second war ended."""


def by_minsk(columns: Columns) -> float:
    """The share of steps in one format that belong to the Minsk process."""
    formats = columns["events"]["format"]
    return share(formats == "minsk-process", known(formats))


def by_russia(columns: Columns) -> float:
    """The share of steps in one format that are Russia's, alone or with others it led."""
    formats = columns["events"]["format"]
    own = ["russia", "russia-trilateral", "russia-kazakhstan", "russia-turkey"]
    return share(np.isin(formats, own), known(formats))


def without_mediator(columns: Columns) -> float:
    """Since the second war: the share of steps that the parties took without a mediator."""
    events = columns["events"]
    late = np.array([(day or "") > SECOND_WAR for day in events["start"]], dtype=bool)
    return share(events["format"] == "parties-direct", late & known(events["format"]))


def alone_since_2023(columns: Columns) -> float:
    """Since 19 September 2023: the share of steps in one format that the parties took alone."""
    events = columns["events"]
    late = np.array([(day or "") >= "2023-09-19" for day in events["start"]], dtype=bool)
    return share(events["format"] == "parties-direct", late & known(events["format"]))


def pace_of_war(columns: Columns) -> float:
    """How many times as many steps a month 1992 to 11 May 1994 saw as the years to 2020."""
    days = np.array([day or "" for day in columns["events"]["start"]], dtype="U10")
    war = ((days >= "1992-01-01") & (days < "1994-05-12")).sum() / 28.35
    quiet = ((days >= "1994-05-12") & (days < "2020-09-27")).sum() / 316.55
    return float(war / quiet) if quiet else float("nan")
