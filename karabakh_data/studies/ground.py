"""Ground: what changed hands, and whether a side that lost some was readier to accept."""

from __future__ import annotations

import numpy as np
import pandas as pd

from ..frames import as_days, is_whole, looked_up, needs
from ..loading import TEXT
from ..optional import scipy
from ._given import Tables, tables
from .attempts import AGREED, attempts
from .offers import addressed

SIDES = ("armenian", "azerbaijani")
"""The sides between which ground changes hands."""


def changes(record: Tables | None = None) -> pd.DataFrame:
    """What changed hands: one row is one place, in order of the day.

    Columns: those of ``front``; ``side_taking``, ``side_losing`` (where only one is told,
    the other is taken to be the other side; a hand-over by a third party has neither);
    ``day`` (the first day it can have been; missing where sources tie).
    """
    given = tables(record)
    rows = given["front"]
    sides = given["actors"].set_index("actor")["side"].astype(object)
    other = {SIDES[0]: SIDES[1], SIDES[1]: SIDES[0]}
    took = looked_up(rows["taken_by"], sides).where(rows["taken_by"].notna())
    lost = looked_up(rows["lost_by"], sides).where(rows["lost_by"].notna())
    took = took.where(rows["taken_by"].notna(), lost.map(other))
    lost = lost.where(rows["lost_by"].notna(), took.map(other))
    rows = rows.assign(
        side_taking=took.astype(TEXT), side_losing=lost.astype(TEXT), day=rows["date_first"]
    )
    return rows.sort_values(["day", "change_id"], ignore_index=True)


def asked(record: Tables | None = None) -> pd.DataFrame:
    """The proposals with a told answer, by side: one row is one proposal and one side.

    Columns: ``event_id``, ``title``, ``day``, ``side``; ``accepted`` (false if any actor
    of the side declined). Answers told both ways are left out.
    """
    rows = addressed(record)
    rows = rows[rows["answer"].isin(["accepted", "declined"]) & rows["day"].notna()]
    rows = rows.assign(accepted=rows["answer"] == "accepted")
    rows = rows.sort_values("accepted", kind="stable").drop_duplicates(["event_id", "side"])
    rows = rows.sort_values(["day", "event_id", "side"], ignore_index=True)
    return rows[["event_id", "title", "day", "side", "accepted"]]


def asked_or_agreed(record: Tables | None = None) -> pd.DataFrame:
    """The same, and every agreed ceasefire as a yes of both sides.

    Columns as :func:`asked`. Only agreements and extensions between the two sides.
    """
    given = tables(record)
    own = attempts(given)
    own = own[own["step"].isin(AGREED) & own["day"].notna()]
    titles = given["events"].set_index("event_id")["title"]
    both = [
        pd.DataFrame(
            {
                "event_id": own["event_id"],
                "title": looked_up(own["event_id"], titles),
                "day": own["day"],
                "side": pd.Series(side, own.index, dtype=TEXT),
                "accepted": pd.Series(data=True, index=own.index, dtype=bool),
            }
        )
        for side in SIDES
    ]
    rows = pd.concat([asked(given), *both]).drop_duplicates(["event_id", "side"])
    return rows.sort_values(["day", "event_id", "side"], ignore_index=True)


def before(rows: pd.DataFrame, days: int, *, record: Tables | None = None) -> pd.DataFrame:
    """What each side lost and took in the days before it was asked.

    The rows given, with ``lost``, ``took`` (counts of places, from ``days`` days before
    to the day before) and ``ground`` (“lost”, “took”, “neither”: by which was more).

    Args:
        rows: with columns ``day`` and ``side``, as :func:`asked` gives them.
        days: how far back to look.
        record: whose changes (default: as published).

    Raises:
        ValueError: a column is missing, a day is none, or the days are no whole number.
    """
    needs(rows, "day", "side")
    is_whole(days, "days")
    moved = changes(record).dropna(subset=["day"])
    found: dict[str, list[int]] = {"lost": [], "took": []}
    for day, side in zip(as_days(rows["day"], "day"), rows["side"], strict=True):
        near = moved[(moved["day"] < day) & (moved["day"] >= day - pd.Timedelta(days=days))]
        found["lost"].append(int((near["side_losing"] == side).sum()))
        found["took"].append(int((near["side_taking"] == side).sum()))
    counts = pd.DataFrame(found, index=rows.index).astype("int64")
    ground = pd.Series("neither", rows.index, dtype=object)
    ground = ground.mask(counts["lost"] > counts["took"], "lost")
    ground = ground.mask(counts["took"] > counts["lost"], "took")
    return rows.assign(**counts, ground=ground.astype(TEXT))


def acceptance(rows: pd.DataFrame) -> pd.Series:
    """Whether sides that had lost ground accepted more often than others. Needs scipy.

    Keys: ``lost``, ``lost_accepted``, ``rest``, ``rest_accepted`` (counts); ``p``
    (Fisher's exact test, two-sided); ``power`` (the chance that the test finds, at 5%, a
    true difference of 80% against 40% with as many cases).

    Args:
        rows: as :func:`before` gives them.

    Raises:
        ModuleNotFoundError: scipy is not installed.
    """
    needs(rows, "ground", "accepted")
    stats = scipy("stats")
    lost, yes = rows["ground"] == "lost", rows["accepted"].astype(bool)
    counts = [int((lost & yes).sum()), int((lost & ~yes).sum())]
    others = [int((~lost & yes).sum()), int((~lost & ~yes).sum())]
    found: dict[str, float] = {
        "lost": sum(counts),
        "lost_accepted": counts[0],
        "rest": sum(others),
        "rest_accepted": others[0],
        "p": float(stats.fisher_exact([counts, others]).pvalue),
        "power": power(sum(counts), sum(others), 0.8, 0.4),
    }
    return pd.Series(found)


def power(first: int, second: int, p_first: float, p_second: float, level: float = 0.05) -> float:
    """The chance that Fisher's exact test tells two shares apart. Needs scipy.

    Every outcome of two groups of these sizes is weighed by its chance.

    >>> from karabakh_data.studies import ground
    >>> ground.power(3, 3, 1.0, 0.0)
    0.0

    Args:
        first: the size of one group.
        second: of the other.
        p_first: the true share in the first.
        p_second: in the second.
        level: of the test.

    Raises:
        ModuleNotFoundError: scipy is not installed.
    """
    stats = scipy("stats")
    chances = [
        stats.binom.pmf(range(n + 1), n, p) for n, p in ((first, p_first), (second, p_second))
    ]
    weights = np.outer(*chances)
    total = 0.0
    for both in range(first + second + 1):  # Fisher's test takes the number of both as given
        ones = np.arange(max(0, both - second), min(first, both) + 1)
        pmf = stats.hypergeom.pmf(ones, first + second, first, both)
        p = np.array([pmf[pmf <= one * (1 + 1e-9)].sum() for one in pmf])
        total += float(weights[ones, both - ones][p < level].sum())
    return total
