"""Completeness: how many records no source at hand may know of.

Lists of one thing, made without regard to each other, tell by their overlap how much
all of them miss. The lists here are what sources of each perspective know of. They are
unequal, from more than half of all to a single one, and not independent; so every
estimate stands beside others that assume something else.
"""

from __future__ import annotations

import math
import warnings
from itertools import combinations
from typing import NamedTuple

import numpy as np
import pandas as pd

from ..frames import as_days, needs, needs_all
from ..optional import statsmodels
from ._given import Tables, tables
from .attempts import attempts
from .naming import in_words
from .tellers import known_by

SEED, RESAMPLES = 20261126, 500


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


def chao(sightings: pd.Series, lists: int | None = None) -> Estimate:
    """Chao's bound of the total, bias-corrected, with its log-normal 95% interval.

    ``sightings`` is how many lists know of each record. Those known to one list and to
    two tell how many no list knows of: at least so many if the lists are equally long
    and independent. With lists of unequal length it overshoots; see :func:`by_lists`.

    >>> import pandas as pd
    >>> from karabakh_data.studies import completeness
    >>> completeness.chao(pd.Series([1] * 6 + [2] * 2 + [5] * 4)).total
    17.0

    Args:
        sightings: a count for each record.
        lists: how many lists there are, for the factor (t - 1)/t that belongs to
            lists in which a record stands or does not; left out, as for counts.
    """
    n = len(sightings)
    once, twice = int((sightings == 1).sum()), int((sightings == 2).sum())
    factor = (lists - 1) / lists if lists else 1.0
    unseen = factor * once * (once - 1) / (2 * (twice + 1))
    variance = (
        unseen
        + factor**2 * once * (2 * once - 1) ** 2 / (4 * (twice + 1) ** 2)
        + factor**2 * once**2 * twice * (once - 1) ** 2 / (4 * (twice + 1) ** 4)
    )
    reach = math.exp(1.96 * math.log1p(variance / unseen**2) ** 0.5) if unseen else 1.0
    return Estimate(n + unseen, n + unseen / reach, n + unseen * reach)


def by_lists(known: pd.DataFrame, *, unequal_records: bool = True) -> float:
    """The total by a log-linear model in which each list has its own length. Needs statsmodels.

    The model counts the records of each pattern of lists (Poisson) and says how many
    have the pattern of none. Every list has a parameter; so no list need be as long as
    another (model M_t). With ``unequal_records`` only those known to one list or two
    tell of the unseen, as in Chao's bound: the others have parameters of their own (the
    bound of M_th), none below zero. That is a lower bound where some records are harder to find
    than others, if the lists are independent for each record.

    >>> import itertools
    >>> import pandas as pd
    >>> from karabakh_data.studies import completeness
    >>> patterns = list(itertools.product([True, False], repeat=3))[:-1]
    >>> known = pd.DataFrame(patterns * 5, columns=["a", "b", "c"])
    >>> round(completeness.by_lists(known, unequal_records=False))
    40

    Args:
        known: a row for each record, a column for each list: whether it has the record.
        unequal_records: whether some records may be harder to find than others.

    Raises:
        ModuleNotFoundError: statsmodels is not installed.
    """
    needs_all(known, "yes or no")
    return _total(known.to_numpy(bool), unequal_records)


def _total(known: np.ndarray, unequal_records: bool) -> float:
    """What :func:`by_lists` gives, of which lists (columns) have which records (rows)."""
    seen = known[known.any(axis=1)][:, known.any(axis=0)]
    n, lists = seen.shape
    if lists < 2 or n == 0:
        return float(n)
    every = np.arange(1, 2**lists)
    bits = (every[:, None] >> np.arange(lists)) & 1
    counts = np.bincount(seen @ (1 << np.arange(lists)), minlength=2**lists)[1:]
    many = bits.sum(axis=1)
    own = [k for k in range(3, lists + 1) if unequal_records and counts[many == k].any()]
    models = statsmodels("api")
    while True:
        extra = [(many == k).astype(float) for k in own]
        design = np.column_stack([np.ones(len(every)), bits, *extra])
        model = models.GLM(counts, design, family=models.families.Poisson())
        with warnings.catch_warnings(action="ignore"):  # of a fit without an error left
            fitted = model.fit(maxiter=200)
        below = dict(zip(own, fitted.params[lists + 1 :], strict=True))
        if not below or min(below.values()) >= 0:
            return float(n + math.exp(fitted.params[0]))
        own.remove(min(below, key=lambda k: below[k]))


def with_interval(known: pd.DataFrame, *, unequal_records: bool = True) -> Estimate:
    """What :func:`by_lists` gives, with a 95% interval by bootstrap. Needs statsmodels.

    As many records as were estimated are drawn again, those unseen among them; seed fixed.
    """
    total = by_lists(known, unequal_records=unequal_records)
    n, records = len(known), known.to_numpy(bool)
    if not n:
        return Estimate(total, total, total)
    pick = np.random.default_rng(SEED)
    found = []
    for _ in range(RESAMPLES):
        seen = int(pick.binomial(round(total), min(n / total, 1.0)))
        again = records[pick.integers(0, n, max(seen, 1))]
        found.append(_total(again, unequal_records))
    low, high = np.quantile(found, [0.025, 0.975])
    return Estimate(total, max(float(low), float(n)), float(high))


def pairs(known: pd.DataFrame) -> pd.DataFrame:
    """What every pair of lists says of the total, if the two were independent.

    One row is one pair. Columns: ``first``, ``second`` (the lists); ``in_first``,
    ``in_second``, ``in_both`` (counts); ``estimate``, ``low``, ``high`` (Chapman).
    """
    needs_all(known, "yes or no")
    rows = []
    for first, second in combinations(known.columns, 2):
        here, there = known[first].astype(bool), known[second].astype(bool)
        counts = int(here.sum()), int(there.sum()), int((here & there).sum())
        rows.append((first, second, *counts, *chapman(here, there)))
    counted = ["in_first", "in_second", "in_both"]
    columns = ["first", "second", *counted, "estimate", "low", "high"]
    found = pd.DataFrame(rows, columns=columns).astype(dict.fromkeys(counted, "int64"))
    names = {name: in_words(found[name]) for name in ("first", "second")}
    return found.astype(dict.fromkeys(["estimate", "low", "high"], "float64")).assign(**names)


def known_attempts(record: Tables | None = None, until: str | None = None) -> pd.DataFrame:
    """Which perspectives know of each attempt of its own, as ``known_by`` has it.

    Args:
        record: whose attempts (default: as published).
        until: only those up to this day.
    """
    given = tables(record)
    own = attempts(given)
    own = own if until is None else own[own["day"] <= as_days(until, "until")[0]]
    return known_by("ceasefires", record=given).loc[own["ceasefire_id"]]


def estimates(known: pd.DataFrame) -> pd.DataFrame:
    """What models of the lists say of the total. Needs statsmodels.

    One row is one estimate. Columns: ``lists``; ``estimate``, ``low``, ``high`` (records,
    rounded; the 95% interval).

    Args:
        known: as :func:`karabakh_data.studies.tellers.known_by` gives it, or a part.

    Raises:
        ModuleNotFoundError: statsmodels is not installed.
    """
    needs(known, "armenian", "azerbaijani")
    found = {
        "the two sides' lists": chapman(known["armenian"], known["azerbaijani"]),
        "all lists, each of its length": with_interval(known, unequal_records=False),
        "the same, some attempts harder to find": with_interval(known),
        "all lists as if of one length (Chao)": chao(known.sum(axis=1), known.shape[1]),
    }
    rows = [(lists, *(round(number) for number in one)) for lists, one in found.items()]
    return pd.DataFrame(rows, columns=["lists", "estimate", "low", "high"])
