"""Completeness: how many records no source at hand may know of."""

from __future__ import annotations

import math
from typing import NamedTuple

import pandas as pd

from ..frames import needs


class Estimate(NamedTuple):
    """An estimate of how many there are in all, with its 95% interval."""

    total: float
    low: float
    high: float


def chapman(first: pd.Series, second: pd.Series) -> Estimate:
    """Chapman's capture-recapture estimate of the total, with its 95% interval.

    The two series say for each record whether the one, and the other, list has it. The
    lists are assumed independent and every record equally easy to find.

    >>> import pandas as pd
    >>> from karabakh_data.studies import completeness
    >>> every, second = pd.Series([True] * 9), pd.Series([True] * 4 + [False] * 5)
    >>> completeness.chapman(every, second)
    Estimate(total=9.0, low=9.0, high=9.0)
    """
    n, m, both = int(first.sum()), int(second.sum()), int((first & second).sum())
    total = (n + 1) * (m + 1) / (both + 1) - 1
    variance = (n + 1) * (m + 1) * (n - both) * (m - both) / ((both + 1) ** 2 * (both + 2))
    reach = 1.96 * variance**0.5
    return Estimate(total, max(total - reach, float((first | second).sum())), total + reach)


def chao(sightings: pd.Series) -> Estimate:
    """Chao's lower bound of the total, bias-corrected, with its log-normal 95% interval.

    ``sightings`` is how many lists know of each record. Those known to one list and to
    two tell how many at least no list knows of.

    >>> import pandas as pd
    >>> from karabakh_data.studies import completeness
    >>> completeness.chao(pd.Series([1] * 6 + [2] * 2 + [5] * 4)).total
    17.0
    """
    n = len(sightings)
    once, twice = int((sightings == 1).sum()), int((sightings == 2).sum())
    unseen = once * (once - 1) / (2 * (twice + 1))
    variance = (
        unseen
        + once * (2 * once - 1) ** 2 / (4 * (twice + 1) ** 2)
        + once**2 * twice * (once - 1) ** 2 / (4 * (twice + 1) ** 4)
    )
    factor = math.exp(1.96 * math.log1p(variance / unseen**2) ** 0.5) if unseen else 1.0
    return Estimate(n + unseen, n + unseen / factor, n + unseen * factor)


def estimates(known: pd.DataFrame) -> pd.DataFrame:
    """What pairs of lists, and all perspectives together, say of the total.

    One row is one estimate. Columns: ``lists``; ``estimate``, ``low``, ``high`` (records,
    rounded; the 95% interval).

    Args:
        known: as :func:`karabakh_data.studies.tellers.known_by` gives it, or a part.
    """
    needs(known, "armenian", "azerbaijani", "russian", "third_party")
    sides = known[["armenian", "azerbaijani"]]
    others = known.drop(columns=list(sides.columns)).any(axis=1)
    found = {
        "Armenian and Azerbaijani": chapman(known["armenian"], known["azerbaijani"]),
        "Russian and third party": chapman(known["russian"], known["third_party"]),
        "the sides and all others": chapman(sides.any(axis=1), others),
        "all perspectives (Chao)": chao(known.sum(axis=1)),
    }
    rows = [(lists, *(round(number) for number in one)) for lists, one in found.items()]
    return pd.DataFrame(rows, columns=["lists", "estimate", "low", "high"])
