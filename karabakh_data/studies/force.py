"""In force: from when to when each ceasefire was, and which were on given days."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

import numpy as np
import pandas as pd

from ..descriptor import description, unknown
from ..frames import Days, as_days, looked_up
from . import _ends
from ._given import Tables, tables, whole
from .attempts import BEGAN, BOUND

Scope = Literal["general", "border", "local", "limited", "humanitarian"]
"""What a ceasefire covers: the values of ``ceasefires.scope``."""

_A_DAY = pd.Timedelta(days=1)


def stops(record: Tables | None = None) -> pd.DataFrame:
    """From when to when each ceasefire was in force: one row is one, by first day.

    In are those that began, if for hours only, and those that a side was bound to
    (:data:`~.attempts.BOUND`) of which no source tells what became of them; out are proposals
    and calls that led to nothing, what was refused or never began, what only confirms a stop
    already in force, and of two texts on one stop the earlier. What began on no known day
    is left out.

    It is in force from the day it came into force or, where none is told, was due or
    declared; an extension of which none of the three is told, from when the term before
    it ran out. Its last day is

    * where it broke: the day it ended, in part of which it was in force; where none is
      adopted, the latest that a source narrows to a week;
    * where it ran out: the last day of its term, so that three days from the 25th end
      with the 27th; where its term is of hours, its first day;
    * where it was prolonged: the last day of its term, or the eve of what prolongs it;
    * where it held: the last day of its term or, without one, the last up to which the
      record follows it (``followed_until``), and no further.

    Columns: ``ceasefire_id``, ``title``, ``scope``; ``since``, ``until`` (first and last
    day; ``until`` is missing where no source tells how long it lasted); ``sure_until``
    (the last day on which it was in force by what is told: before ``until`` where the
    sources do not agree when it ended; missing where none tells on which day it was).

    >>> from karabakh_data.studies import force
    >>> stop = force.stops().set_index("ceasefire_id").loc["1993-09-13-moscow-communique"]
    >>> print(stop["since"].date(), stop["until"].date())
    1993-09-13 1993-10-12
    """
    given = tables(record)
    rows = whole(given, "ceasefires")
    fate = rows["fate"]
    happened = rows["effective"].notna() | rows["breached"].notna()
    polices = rows["step"].isin(["confirmation", "procedure"])
    began = fate.isin(BEGAN) | (fate.isna() & happened & ~polices)
    kept = began | (fate.isna() & rows["step"].isin(BOUND))
    rows = rows.assign(began=began, happened=happened)[kept].reset_index(drop=True)
    rows = _since(rows).dropna(subset=["since"]).reset_index(drop=True)
    rows = _until(rows, given)
    rows = rows[~(rows["until"] < rows["since"])]
    columns = ["ceasefire_id", "title", "scope", "since", "until", "sure_until"]
    return rows[columns].sort_values(["since", "ceasefire_id"], ignore_index=True)


def _since(rows: pd.DataFrame) -> pd.DataFrame:
    """The first day of each (``since``), and the last of its term (``term``)."""
    length = pd.to_timedelta(rows["planned_days"].astype("Float64") - 1, unit="D")
    rows = rows.assign(since=_ends.began(rows))
    while True:
        rows["term"] = (rows["since"] + length).astype(rows["since"].dtype)
        after = rows.set_index("ceasefire_id")["term"] + _A_DAY
        since = rows["since"].fillna(looked_up(rows["extends"], after))
        if since.equals(rows["since"]):
            return rows
        rows["since"] = since


def _until(rows: pd.DataFrame, given: Tables) -> pd.DataFrame:
    """The last day of each (``until``), and the last of which one can be sure."""
    told = _ends.bounds(rows["ceasefire_id"], rows["since"], given)
    earliest, latest = told["first"], told["last"]
    eve = rows.dropna(subset=["extends"]).groupby("extends")["since"].min() - _A_DAY
    eve = looked_up(rows["ceasefire_id"], eve)
    fate, since, term = rows["fate"], rows["since"], rows["term"]
    until = term.where(fate.isna())
    until = until.fillna(latest.where(fate == "broken"))
    until = until.fillna(term.fillna(since).where(fate == "lapsed"))
    until = until.fillna(pd.concat([term, eve], axis=1).max(axis=1).where(fate == "extended"))
    until = until.fillna(term.fillna(rows["followed_until"]).where(fate == "held"))
    until = rows["ended"].fillna(until)
    disputed = (fate == "broken") & rows["ended"].isna()
    doubt = (earliest - _A_DAY).where(earliest > since, since).where(disputed & latest.notna())
    sure = doubt.fillna(until.where(~(disputed | fate.isna())))
    sure = sure.fillna(since.where(rows["happened"]))
    kind = since.dtype
    return rows.assign(until=until.astype(kind), sure_until=sure.where(rows["began"]).astype(kind))


def in_force(
    days: Days,
    scope: Scope | Iterable[Scope] | None = None,
    *,
    record: Tables | None = None,
) -> pd.DataFrame:
    """Which ceasefires were in force on a day, or on each of many.

    One row is one ceasefire on one day, in the order of the days given, repeated days
    and all; a day on which none was has no row. The index is that of ``days``, if that is
    a Series, so that ``frame.join(kd.in_force(frame["date"]))`` puts beside each row of a
    frame what was in force; else it is the place of the day in the order.

    Columns: ``day``; ``ceasefire_id``, ``scope``; ``since``, ``until`` (first and last day
    in force, see :func:`karabakh_data.studies.force.stops`); ``certain``. A stop of which
    no source tells how long it lasted has no ``until`` and counts on its first day only.
    ``certain`` is false where it may have been over, for the sources do not agree when it
    ended, and where no source tells that it began at all; ask for ``query("certain")`` to
    be strict. A stop that held is counted as far as the record follows it.

    >>> import karabakh_data as kd
    >>> kd.in_force("1993-09-15")["ceasefire_id"].tolist()
    ['1993-09-13-moscow-communique']
    >>> kd.in_force(["2021-12-01", "1994-05-01"], scope="border")["ceasefire_id"].tolist()
    ['2021-11-16-ceasefire']

    Args:
        days: one day or many, as text (``1993-09-15``), dates or timestamps, whose time of
            day counts for nothing.
        scope: only those that cover this, or one of these (default: any).
        record: whose ceasefires (default: as published).

    Raises:
        ValueError: a day is missing, is no day or has a time zone; no such scope, or an
            empty list of them.
    """
    asked = as_days(days)
    spans = stops(record)
    if scope is not None:
        spans = spans[spans["scope"].isin(_scopes(scope))]
    order = np.argsort(asked.to_numpy(), kind="stable")
    ordered = asked.to_numpy()[order]
    last = spans["until"].fillna(spans["since"])  # no end told: the first day only
    first_place = np.searchsorted(ordered, spans["since"].to_numpy(), "left")
    last_place = np.searchsorted(ordered, last.to_numpy(), "right")
    counts = np.maximum(last_place - first_place, 0)
    row = np.repeat(np.arange(len(spans)), counts)
    within = np.arange(len(row)) - np.repeat(np.cumsum(counts) - counts, counts)
    place = order[np.repeat(first_place, counts) + within]
    at = np.lexsort((row, place))
    row, place = row[at], place[at]
    found = spans.iloc[row][["ceasefire_id", "scope", "since", "until"]]
    found = found.set_axis(asked.index[place] if isinstance(days, pd.Series) else place, axis=0)
    day = asked.to_numpy()[place]
    found.insert(0, "day", pd.Series(day, found.index, dtype=asked.dtype))
    return found.assign(certain=day <= spans["sure_until"].to_numpy()[row])


def _scopes(scope: Scope | Iterable[Scope]) -> list[str]:
    """The scopes asked for; ValueError if there is no such."""
    there = description().column("ceasefires", "scope").allowed
    asked: list[str] = [scope] if isinstance(scope, str) else list(scope)
    if not asked:
        raise ValueError("scope: only those of none are asked; leave it out for all.")
    for one in asked:
        if one not in there:
            raise ValueError(unknown("scope", one, there))
    return asked
