"""Deaths by month, before and after a day: whether attempts to stop the war show in them."""

from __future__ import annotations

import pandas as pd

from ..frames import as_days, is_whole
from ..loading import DAYS
from ._given import Tables, tables


def monthly(record: Tables | None = None) -> pd.DataFrame:
    """The deaths of each month, as ``deaths`` has them, with the month as index."""
    return tables(record)["deaths"].set_index("month")


def usable(record: Tables | None = None) -> pd.Series:
    """The deaths of each month that can be used, by month (a period).

    Months known to be incomplete are left out, and so are those in which deaths of
    another conflict cannot be told apart.
    """
    known = monthly(record)
    whole = known["complete"].fillna(False).astype(bool) & ~known["mixed"].fillna(False).astype(
        bool
    )
    known = known[whole]
    in_months = pd.DatetimeIndex(known.index).to_period("M")
    return pd.Series(known["deaths"].to_numpy("float64"), index=in_months, name="deaths")


def around(
    days: pd.Series,
    months: int = 3,
    *,
    until: pd.Series | None = None,
    record: Tables | None = None,
) -> pd.DataFrame:
    """Mean monthly deaths before and after each day, its own month left out.

    One row is one day, with the index of ``days``. Columns: ``before``, ``after``
    (deaths a month). A window with a month that is not :func:`usable` is missing, as
    is one of a missing day.

    >>> import pandas as pd
    >>> from karabakh_data.studies import deaths
    >>> deaths.around(pd.Series(pd.to_datetime(["1994-05-12"])), months=1)
       before  after
    0   306.0   30.0

    Args:
        days: the days, or first days.
        months: how many months each window has.
        until: last days, if what happened took longer than a day.
        record: whose months (default: as published).

    Raises:
        ValueError: a window is not of whole months; one is no day.
    """
    is_whole(months, "months")
    counts = usable(record)
    starts = _days(days, "days")
    ends = starts if until is None else _days(until, "until")
    columns = {"before": (starts, -months), "after": (ends, 1)}
    found = {}
    for name, (given, first) in columns.items():
        windows = [
            [month + first + step for step in range(months)] for month in given.dt.to_period("M")
        ]
        means = [counts.reindex(window).mean(skipna=False) for window in windows]
        found[name] = pd.Series(means, index=starts.index, dtype="float64")
    return pd.DataFrame(found)


def _days(given: pd.Series, what: str) -> pd.Series:
    """Days, of which some may be missing."""
    told = given.notna().to_numpy()
    days = pd.Series(pd.NaT, given.index, dtype=DAYS)
    days[told] = as_days(given[told], what).to_numpy()
    return days
