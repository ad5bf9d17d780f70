"""Curves: what share still holds, and by what cause it ended, after so many days."""

from __future__ import annotations

import warnings

import numpy as np
import pandas as pd

from ..frames import needs
from ..optional import scipy, statsmodels


def survival(days: pd.Series, ended: pd.Series) -> pd.DataFrame:
    """Kaplan-Meier: the share still holding after each number of days. Needs scipy.

    One row is one number of days after which a spell ended or was lost from sight, as
    index ``days``. Columns: ``share``; ``low``, ``high`` (95% interval, log-log);
    ``left`` (how many are followed past that day). A spell that did not end counts as
    lasting at least its days.

    >>> import pandas as pd
    >>> from karabakh_data.studies import curves
    >>> curve = curves.survival(pd.Series([1, 2, 3]), pd.Series([True, False, True]))
    >>> curve["left"].tolist()
    [2, 1, 0]

    Args:
        days: how long each spell lasted.
        ended: whether it ended then.

    Raises:
        ModuleNotFoundError: scipy is not installed.
    """
    stats = scipy("stats")
    if days.empty:
        columns = {"share": "float64", "low": "float64", "high": "float64", "left": "int64"}
        return pd.DataFrame(index=pd.Index([], name="days"), columns=list(columns)).astype(columns)
    sample = stats.CensoredData(uncensored=days[ended], right=days[~ended])
    curve = stats.ecdf(sample).sf
    with warnings.catch_warnings(action="ignore", category=RuntimeWarning):  # undefined at 0 and 1
        reach = curve.confidence_interval(method="log-log")
    edges = {"low": reach.low.probabilities, "high": reach.high.probabilities}
    table = pd.DataFrame({"share": curve.probabilities, **edges}, index=curve.quantiles)
    table["left"] = [int((days > day).sum()) for day in table.index]
    return table.fillna({"low": 0, "high": 1}).rename_axis("days")


def share_after(curve: pd.DataFrame, day: int) -> pd.Series:
    """The row of a :func:`survival` that holds on a day: all hold before the first."""
    passed = _until(curve, day, "share", "low", "high", "left")
    if passed.empty:
        return pd.Series({"share": 1.0, "low": 1.0, "high": 1.0, "left": pd.NA}, name=day)
    return passed.iloc[-1].rename(day)


def incidence(days: pd.Series, cause: pd.Series, censored: str) -> pd.DataFrame:
    """Aalen-Johansen: the share that has ended by each cause after each number of days.

    One row is one number of days, as index ``days``; columns: one a cause. What ended by
    one cause can no longer end by another, and is not treated as lost from sight, as
    :func:`survival` would treat it. Needs statsmodels.

    >>> import pandas as pd
    >>> from karabakh_data.studies import curves
    >>> causes = pd.Series(["broke", "ran out", "broke", ""])
    >>> curves.incidence(pd.Series([0, 2, 3, 5]), causes, censored="").loc[3].tolist()
    [0.5, 0.25]

    Args:
        days: how long each spell lasted.
        cause: by what it ended.
        censored: the cause of those that are lost from sight.

    Raises:
        ModuleNotFoundError: statsmodels is not installed.
        ValueError: a cause is missing.
    """
    if cause.isna().any():
        where = cause.index[cause.isna()][0]
        raise ValueError(f"cause, row {where}: none is given; {censored!r} is lost from sight.")
    if isinstance(cause.dtype, pd.CategoricalDtype):
        names = [one for one in cause.cat.categories if one != censored]
    else:
        names = sorted(set(cause) - {censored})
    if not cause.isin(names).any():
        return pd.DataFrame(index=pd.Index([], name="days", dtype="int64"), columns=names).astype(
            "float64"
        )
    part = statsmodels("duration.survfunc")
    status = cause.map({name: place for place, name in enumerate(names, start=1)}).astype(object)
    codes = status.where(cause.isin(names), 0).to_numpy("int64")
    with warnings.catch_warnings(action="ignore", category=RuntimeWarning):  # errors at the end
        curve = part.CumIncidenceRight(days.to_numpy("float64"), codes)
    shares = {
        name: curve.cinc[place] for place, name in enumerate(names) if place < len(curve.cinc)
    }
    index = pd.Index(np.asarray(curve.times).astype("int64"), name="days")
    return pd.DataFrame(shares, index=index).reindex(columns=names, fill_value=0.0)


def without_informed_loss(days: pd.Series, ended: pd.Series, day: int) -> tuple[float, float]:
    """The least and the greatest share that can outlive a day, whatever became of the lost.

    Those lost from sight by that day are taken to have broken at once, or never:
    no assumption that they are like the others.

    Args:
        days: how long each spell lasted.
        ended: whether it ended then.
        day: the day that is outlived.
    """
    if days.empty:
        return 0.0, 1.0
    longer, lost = days > day, ~ended & (days <= day)
    return float(longer.mean()), float((longer | lost).mean())


def at(curve: pd.DataFrame, day: int) -> pd.Series:
    """The row of an :func:`incidence` that holds on a day: nought before the first."""
    passed = _until(curve, day)
    if passed.empty:
        return pd.Series(0.0, index=curve.columns, name=day)
    return passed.iloc[-1].rename(day)


def _until(curve: pd.DataFrame, day: int, *columns: str) -> pd.DataFrame:
    """The rows of a curve up to a day."""
    needs(curve, *columns)
    if curve.index.name != "days":
        raise ValueError(f"index of the frame: expected 'days', found {curve.index.name!r}.")
    return curve[curve.index <= day]


def percent(curve: pd.DataFrame, day: int) -> str:
    """The share of a :func:`survival` that outlives a day, with its interval, in words.

    One that would reach from 0 to 1 says nothing, and is “no interval”.
    """
    row = share_after(curve, day)
    told = (row["low"], row["high"]) != (0, 1)
    reach = f"{row['low']:.0%} to {row['high']:.0%}" if told else "no interval"
    return f"{row['share']:.0%} ({reach})"
