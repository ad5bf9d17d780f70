"""Who took part: people at the table, whom they met, and which parties."""

from __future__ import annotations

import pandas as pd

from ..frames import looked_up, needs
from ..loading import TEXT
from ._given import Tables, tables
from .naming import with_names
from .texts import UNSIGNED as UNSIGNED
from .texts import signatures

NOT_THERE = ("absent", "addressee")
"""Roles of those who were kept away, or only written to."""


def seats(record: Tables | None = None) -> pd.DataFrame:
    """Who sat at the table: one row is one person who spoke for one actor at one step.

    Columns: ``event_id``; ``actor``, ``actor_name``; ``person``, ``person_name``;
    ``start`` (first day the step can have been). Those kept away, those only written to
    and those who did not sign a text sent to them are left out, unless they took part
    in another way.
    """
    given = tables(record)
    roles = given["participants"]
    there = roles[~roles["role"].isin(NOT_THERE)]
    columns = ["event_id", "actor", "person"]
    rows = pd.concat([there[columns], _signed(given)[columns]]).dropna().drop_duplicates()
    rows = with_names(_dated(rows, given), "actor", "person", record=given)
    return rows[["event_id", "actor", "actor_name", "person", "person_name", "start"]]


def pairs(seats: pd.DataFrame) -> pd.DataFrame:
    """Who met whom: one row is two people who spoke for different actors at one step.

    Columns: ``pair`` (their names); ``steps`` (at how many); ``first``, ``last`` (days);
    the most frequent pair first.

    Args:
        seats: as :func:`seats` gives them, or a part of them.
    """
    needs(seats, "event_id", "actor", "person", "person_name", "start")
    met = seats.merge(seats, on=["event_id", "start"], suffixes=("", "_other"))
    met = met[
        (met["person_name"] < met["person_name_other"]) & (met["actor"] != met["actor_other"])
    ]
    met = met.drop_duplicates(["event_id", "person", "person_other"])
    pair = (met["person_name"] + " and " + met["person_name_other"]).rename("pair")
    counted = met.groupby(pair)["start"].agg(["size", "min", "max"]).reset_index()
    counted.columns = pd.Index(["pair", "steps", "first", "last"])
    order = ["steps", "first", "pair"]
    return counted.sort_values(order, ascending=[False, True, True], ignore_index=True)


def parties(record: Tables | None = None) -> pd.DataFrame:
    """Which of the sides took part in each step, by word or by signature.

    One row is one actor of a side at one step. Columns: ``event_id``; ``actor``,
    ``actor_name``, ``side`` (blank for parties whom the source does not list);
    ``start`` (first day the step can have been). Those kept away, those only written to
    and those who did not sign a text sent to them are left out.
    """
    given = tables(record)
    roles, signed = given["participants"], _signed(given)
    spoke = roles[roles["role"].isin(["party", "initiator"])]
    columns = ["event_id", "actor"]
    acted = pd.concat([spoke[columns], signed.loc[signed["capacity"] == "party", columns]])
    actors = given["actors"].set_index("actor")
    ours = actors[actors["side"].notna() | is_party(actors)]
    rows = acted[acted["actor"].isin(ours.index)].drop_duplicates()
    rows = with_names(_dated(rows, given), "actor", record=given)
    rows = rows.assign(side=looked_up(rows["actor"], ours["side"].astype(TEXT)))
    return rows[["event_id", "actor", "actor_name", "side", "start"]]


def is_party(actors: pd.DataFrame) -> pd.Series:
    """Whether each actor is a party to the conflict: who fought it or governs for a side.

    That is a state or authority of a side, several of them named together, or the
    parties where a source does not list them; not a community or church of a side.
    """
    needs(actors, "kind", "side", "part_of")
    together = actors["kind"] == "joint"
    governs = actors["kind"].isin(["state", "unrecognised_authority"]) | together
    unlisted = together & actors["side"].isna() & actors["part_of"].isna()
    return (governs & actors["side"].notna()) | unlisted


def _signed(given: Tables) -> pd.DataFrame:
    """The acts that put a hand under a text."""
    acts = signatures(given)
    return acts[~acts["status"].isin(UNSIGNED)]


def _dated(rows: pd.DataFrame, given: Tables) -> pd.DataFrame:
    """The rows with the first day their step can have been."""
    events = given["events"].set_index("event_id")
    return rows.assign(start=looked_up(rows["event_id"], events["start"])).reset_index(drop=True)
