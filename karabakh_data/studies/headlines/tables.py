"""Meetings and signings of both sides: who sat there, and where.

A table is a meeting or a signing of known day, not told as not held, at which someone of each
side was a party or an initiator, or signed a text of it as a party.
"""

from __future__ import annotations

import numpy as np

from .._periods import BEGINNING, CEASEFIRE, OPEN, WITHOUT_SEAT
from ..places import AT_HOME
from ..robust import Columns
from ..seats import AUTHORITIES
from ._counting import Share, once, starts


def seat_of_karabakh(columns: Columns) -> float:
    """Since May 1997: the share of steps with a party at which Stepanakert was one.

    Steps told as not held are left out.
    """
    rows, events = columns["participants"], columns["events"]
    late = (events["outcome"] != "not_held") & (starts(columns) >= WITHOUT_SEAT)
    steps = set(events["event_id"][late])
    party = rows["role"] == "party"
    at = {step for step in rows["event_id"][party] if step in steps}
    theirs = rows["event_id"][party & (rows["actor"] == "nagorno-karabakh")]
    return Share(len(at.intersection(theirs)), len(at))


def _tables(columns: Columns, first: str, until: str) -> list[set[str]]:
    """Who of the sides sat at each meeting or signing of both sides, within these days."""
    days = dict(zip(columns["events"]["event_id"], starts(columns).tolist(), strict=True))
    return [who for step, who in _at_tables(columns).items() if first <= days[step] < until]


@once
def _at_tables(columns: Columns) -> dict[str, set[str]]:
    """Who of the sides sat at each dated meeting or signing of both sides, by step."""
    events = columns["events"]
    kinds = np.isin(events["kind"], ["meeting", "signing"]) & (events["outcome"] != "not_held")
    dated = starts(columns) >= BEGINNING
    at: dict[str, set[str]] = {step: set() for step in events["event_id"][kinds & dated]}
    rows, acts = columns["participants"], columns["signatures"]
    spoke = np.isin(rows["role"], ["party", "initiator"])
    signed = (acts["capacity"] == "party") & ~np.isin(acts["status"], ["refused", "not_signed"])
    texts = columns["documents"]
    step_of = dict(zip(texts["document_id"], texts["event_id"], strict=True))
    steps = np.array([step_of.get(text) for text in acts["document_id"]], dtype=object)
    pairs = [(rows["event_id"], rows["actor"], spoke), (steps, acts["actor"], signed)]
    for keys, actors, took in pairs:
        for step, actor in zip(keys[took], actors[took], strict=True):
            if step in at:
                at[step].add(actor)
    known = columns["actors"]
    side_of = dict(zip(known["actor"], known["side"], strict=True))
    sides = {side for side in side_of.values() if side}
    return {step: who for step, who in at.items() if sides <= {side_of[one] for one in who}}


def _with_stepanakert(tables: list[set[str]]) -> float:
    seated = [not who.isdisjoint(AUTHORITIES) for who in tables]
    return Share(sum(seated), len(seated))


def seated_before_the_stop(columns: Columns) -> float:
    """Before 12 May 1994: the share of tables of both sides with the authorities in Stepanakert."""
    return _with_stepanakert(_tables(columns, BEGINNING, CEASEFIRE))


def seated_since_1997(columns: Columns) -> float:
    """Since May 1997: the share of tables of both sides with the authorities in Stepanakert."""
    return _with_stepanakert(_tables(columns, WITHOUT_SEAT, OPEN))


@once
def _places(columns: Columns) -> list[str]:
    """Where the meetings of both sides were whose place is known."""
    places = dict(zip(columns["events"]["event_id"], columns["events"]["place"], strict=True))
    return [place for step in _at_tables(columns) if (place := places[step]) is not None]


def at_home(columns: Columns) -> float:
    """Of the meetings of both sides whose place is known, the share on their own ground."""
    known = _places(columns)
    return Share(sum(place in AT_HOME for place in known), len(known))


def in_moscow(columns: Columns) -> float:
    """Of the meetings of both sides whose place is known, the share in Moscow."""
    known = _places(columns)
    return Share(known.count("moscow"), len(known))
