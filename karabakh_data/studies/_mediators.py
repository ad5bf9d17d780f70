"""Who mediated a step: by its role in it or, if asked, by its part in the step's format."""

from __future__ import annotations

from typing import Literal

import pandas as pd

from ..descriptor import unknown
from ..finding import key_of
from ..frames import looked_up
from ._given import Tables, tables
from .naming import with_names
from .people import is_party

# what these are is said in `formats`
MEDIATES = ("mediator", "initiator")
LEADS = ("mediator", "chair", "co_chair")
LAST_CHAIRS = ("russia", "france", "united-states")


def mediators(record: Tables | None = None, *, members: bool = False) -> pd.DataFrame:
    """Who mediated each step: one row is one actor at one step.

    It mediated who is named in one of the roles :data:`MEDIATES`. Bodies count with the
    state or organisation they are part of; the parties to the conflict are left out.

    Columns: ``event_id``, ``actor``, ``actor_name``, ``named`` (false: only as a member).

    Args:
        record: whose steps (default: as published).
        members: whether those count as well that led the step's format on its first day,
            in one of the roles :data:`LEADS` of ``format_members``: so the co-chairs of
            the day for a step of the Minsk process, named or not.
    """
    given = tables(record)
    actors = given["actors"].set_index("actor")
    roles = given["participants"]
    roles = roles[roles["role"].isin(MEDIATES)][["event_id", "actor"]].assign(named=True)
    if members:
        roles = pd.concat([roles, leaders(given).assign(named=False)], ignore_index=True)
    above = looked_up(roles["actor"], actors["part_of"]).fillna(roles["actor"])
    rows = roles.assign(actor=above)[~above.isin(actors.index[is_party(actors)])]
    rows = rows.dropna().drop_duplicates(["event_id", "actor"], ignore_index=True)
    return with_names(rows, "actor", record=given)[["event_id", "actor", "actor_name", "named"]]


def mediated_by(
    name: str,
    of: Literal["steps", "ceasefires"] = "steps",
    *,
    members: bool = False,
    record: Tables | None = None,
) -> pd.DataFrame:
    """What one actor mediated: one row is one step, or one attempt to stop the fighting.

    By the rule of :func:`mediators`. Columns: ``event_id`` or ``ceasefire_id``;
    ``title``; ``day`` (of a step the first that it can have been, of an attempt the day
    declared), by which they are in order; ``format``; ``kind`` (of a step) or ``became``
    (see :func:`~karabakh_data.studies.attempts.attempts`); ``named``.

    >>> from karabakh_data.studies import formats
    >>> stops = formats.mediated_by("Russia", "ceasefires")
    >>> "1994-05-12-ceasefire" in set(stops["ceasefire_id"])
    True

    Args:
        name: the actor, by its key or any of its names.
        of: steps, or attempts of their own.
        members: whether what it led as a member counts, too.
        record: whose steps (default: as published).

    Raises:
        ValueError: no such actor, or one that is a party; no such ``of``.
    """
    from .attempts import attempts

    given = tables(record)
    actor = key_of(name, "actors", record=given)
    actors = given["actors"].set_index("actor")
    if is_party(actors)[actor]:
        raise ValueError(f"{name!r} is a party to the conflict: see karabakh_data.studies.people.")
    above = actors["part_of"][actor]
    if pd.notna(above):
        raise ValueError(f"{name!r} counts with {above!r}, of which it is a part: ask for that.")
    found = mediators(given, members=members)
    named = found[found["actor"] == actor].set_index("event_id")["named"]
    if of == "steps":
        rows = given["events"].rename(columns={"start": "day"})
        columns = ["event_id", "title", "day", "format", "kind"]
    elif of == "ceasefires":
        rows = attempts(given)
        columns = ["ceasefire_id", "title", "day", "format", "became"]
    else:
        raise ValueError(unknown("what to look for", of, ["steps", "ceasefires"]))
    rows = rows[rows["event_id"].isin(named.index)]
    rows = rows.assign(named=looked_up(rows["event_id"], named).astype(bool))
    return rows[[*columns, "named"]].sort_values(["day", columns[0]], ignore_index=True)


def leaders(given: Tables) -> pd.DataFrame:
    """Who led the format of each step on its first day: ``event_id``, ``actor``.

    A mediator of whom no day is told led its format from the beginning to the end. A
    chair counts from its first to its last day; without a last day :data:`LAST_CHAIRS`
    only.
    """
    spells = given["format_members"]
    spells = spells[spells["role"].isin(LEADS)].rename(columns={"start": "since"})
    spells = spells[["format", "actor", "role", "since", "start_first", "end", "end_last"]]
    steps = given["events"][["event_id", "format", "start"]].dropna(subset=["format"])
    rows = steps.merge(spells, on="format")
    always = rows["role"] == "mediator"
    open_end = rows["end"].isna() & (always | rows["actor"].isin(LAST_CHAIRS))
    begun = (rows["start"] >= rows["start_first"]) | (always & rows["since"].isna())
    return rows.loc[begun & (open_end | (rows["start"] <= rows["end_last"])), ["event_id", "actor"]]
