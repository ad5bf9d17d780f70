"""Nearby: the last ceasefire or step before each of a user's events, and the next after it."""

from __future__ import annotations

from typing import Literal

import numpy as np
import pandas as pd

from ..descriptor import unknown
from ..frames import as_days, looked_up, needs
from ._given import Tables, tables
from .attempts import attempts

Of = Literal["ceasefires", "steps"]
"""What is looked for: attempts to stop the fighting, or any step of mediation."""

Side = Literal["last", "next"]


def last_and_next(
    events: pd.DataFrame, on: str = "date", of: Of = "ceasefires", *, record: Tables | None = None
) -> pd.DataFrame:
    """A user's events, with the last ceasefire or step before each and the next after it.

    The rows, their order and their index are those given; repeated days are allowed. To
    them come the columns ``last_id``, ``last_title``, ``last_day``, ``days_since``,
    ``next_id``, ``next_title``, ``next_day``, ``days_until``: missing where there is none.
    With ``of="ceasefires"`` the ids are ``ceasefire_id`` of an attempt of its own (see
    :func:`~karabakh_data.studies.attempts.attempts`), on the day it was declared, with
    ``of="steps"`` ``event_id``.

    What is told of the day itself counts as the last. The last ended by that day for
    certain, the next began after it for certain: a step known to its month only is
    neither for an event of that month. Of several on one day, the first by its id.

    >>> import pandas as pd
    >>> from karabakh_data.studies import nearby
    >>> mine = pd.DataFrame({"date": ["2016-04-04", "1994-05-10"], "deaths": [20, 5]})
    >>> nearby.last_and_next(mine)["next_id"].tolist()
    ['2016-04-05-moscow-ceasefire', '1994-05-12-ceasefire']

    Args:
        events: any frame with a column of days.
        on: the column of days.
        of: what to look for.
        record: whose ceasefires or steps (default: as published).

    Raises:
        ValueError: no such column, or one of those that are to come is there already; a
            day is missing, is no day or has a time zone; there is nothing of the sort.
    """
    needs(events, on)
    days = as_days(events[on], on)
    there = _there(tables(record), of)
    found = events.copy()
    gaps: dict[Side, str] = {"last": "days_since", "next": "days_until"}
    for side, gap in gaps.items():
        near = _near(days, there, side)
        near[gap] = (near[f"{side}_day"] - days.to_numpy()).dt.days.abs().astype("Int64")
        for name, values in near.items():
            if name in events.columns:
                raise ValueError(f"the frame has a column {name!r} already: rename or drop it.")
            found[name] = values.to_numpy() if values.dtype == days.dtype else values.array
    return found


def _there(given: Tables, of: Of) -> pd.DataFrame:
    """What can be near: ``id``, ``title``, and the first and last day it can have been."""
    starts = given["events"].set_index("event_id")
    if of == "steps":
        rows = given["events"].rename(columns={"event_id": "id", "start": "first", "end": "last"})
    elif of == "ceasefires":
        rows = attempts(given).rename(columns={"ceasefire_id": "id"})
        declared = rows["declared"]
        rows["first"] = declared.fillna(looked_up(rows["event_id"], starts["start"]))
        rows["last"] = declared.fillna(looked_up(rows["event_id"], starts["end"]))
    else:
        raise ValueError(unknown("what to look for", of, ["ceasefires", "steps"]))
    return rows[["id", "title", "first", "last"]]


def _near(days: pd.Series, there: pd.DataFrame, side: Side) -> pd.DataFrame:
    """For each day, by its place, the nearest on one side."""
    last = side == "last"
    bound = "last" if last else "first"
    rows = there.dropna(subset=[bound])[["id", "title", bound]]
    rows = rows.sort_values([bound, "id"], ascending=[True, not last], ignore_index=True)
    asked = pd.DataFrame({"day": days.to_numpy(), "place": np.arange(len(days))})
    asked["day"] = asked["day"].astype(days.dtype)
    asked = asked.sort_values("day", kind="stable")
    near = pd.merge_asof(
        asked,
        rows.assign(**{f"{side}_day": rows[bound]}),
        left_on="day",
        right_on=bound,
        direction="backward" if last else "forward",
        allow_exact_matches=last,
    )
    near = near.sort_values("place", ignore_index=True)
    near = near.rename(columns={"id": f"{side}_id", "title": f"{side}_title"})
    return near[[f"{side}_id", f"{side}_title", f"{side}_day"]]
