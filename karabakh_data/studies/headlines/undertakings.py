"""Texts: who declined them, who signed, and what was carried out."""

from __future__ import annotations

import numpy as np

from ..offers import DECLINED, ONE_PROPOSAL
from ..provisions import FOOTING, KEPT, KNOWN
from ..robust import Columns
from ._counting import Share, share

TAKEN_ON = tuple(status for status, footing in FOOTING.items() if footing == "signed or agreed")
"""Statuses of texts that the sides took on."""


def refusals(columns: Columns) -> float:
    """Of the acts that refused a text, the share that are Azerbaijan's."""
    acts = columns["signatures"]
    return share(acts["actor"] == "azerbaijan", acts["status"] == "refused")


def carried_out(columns: Columns) -> float:
    """The share of provisions of known fate that were carried out, at least in part."""
    fates = columns["provisions"]["fate"]
    whole = np.isin(fates, KNOWN)
    return share(np.isin(fates, KEPT), whole)


def signed_carried_out(columns: Columns) -> float:
    """The same of the texts that the sides signed or agreed to, as far as the record tells."""
    rows, texts = columns["provisions"], columns["documents"]
    status = dict(zip(texts["document_id"], texts["status"], strict=True))
    taken_on = [status.get(text) in TAKEN_ON for text in rows["document_id"]]
    whole = np.isin(rows["fate"], KNOWN) & np.array(taken_on, dtype=bool)
    return share(np.isin(rows["fate"], KEPT), whole)


def _declined(columns: Columns, side: tuple[str, ...]) -> float:
    """Of the proposals put to a side, the share whose text it refused or took back.

    As :func:`karabakh_data.studies.offers.addressed` counts them, by what the tables
    tell alone, without the answers coded from notes. A text put forward twice counts once
    (:data:`karabakh_data.studies.offers.ONE_PROPOSAL`); a step that announces what was agreed is
    none; who initiated the step, or signed a letter in it, made the proposal. A text
    that a side is told not to have signed counts as refused.
    """
    events, texts, acts = columns["events"], columns["documents"], columns["signatures"]
    steps = set(events["event_id"][events["kind"] == "plan"])
    offers = columns["ceasefires"]
    steps |= set(offers["event_id"][offers["step"] == "proposal"])
    steps |= set(texts["event_id"][texts["kind"] == "plan"])
    steps = {ONE_PROPOSAL.get(one, one) for one in steps}
    steps -= set(events["event_id"][events["kind"] == "announcement"])
    rows = columns["participants"]
    mine = np.isin(rows["actor"], side)
    put = mine | (rows["actor"] == "parties")
    put &= np.isin(rows["role"], ["addressee", "party"])
    asked = set(rows["event_id"][put])
    made = set(rows["event_id"][mine & (rows["role"] == "initiator")])
    step_of = dict(zip(texts["document_id"], texts["event_id"], strict=True))
    letters = set(texts["document_id"][texts["kind"] == "letter"])
    declined = set()
    own = np.isin(acts["actor"], side)
    for text, status in zip(acts["document_id"][own], acts["status"][own], strict=True):
        if text not in step_of:
            continue
        if text in letters and status == "signed":
            made.add(step_of[text])
            continue
        asked.add(step_of[text])
        if status in DECLINED:
            declined.add(step_of[text])
    whole = ({ONE_PROPOSAL.get(one, one) for one in asked} & steps) - made
    no = {ONE_PROPOSAL.get(one, one) for one in declined}
    return Share(len(whole & no), len(whole))


def declined_by_azerbaijan(columns: Columns) -> float:
    """Of the proposals put to Azerbaijan, the share whose text it refused."""
    return _declined(columns, ("azerbaijan",))


def declined_by_armenians(columns: Columns) -> float:
    """Of the proposals put to Armenia or Stepanakert, the share whose text either refused."""
    return _declined(columns, ("armenia", "armenia-karabakh", "nagorno-karabakh"))


PROTOCOL, AGREEMENT = "1994-05-05-bishkek.protocol", "1994-05-12-ceasefire.agreement"


def _parties_to(columns: Columns, text: str) -> float:
    acts = columns["signatures"]
    signed = np.isin(acts["status"], ["signed", "signed_later", "initialled"])
    rows = signed & (acts["document_id"] == text) & (acts["capacity"] == "party")
    parties = {actor for actor in acts["actor"][rows] if actor is not None}
    return float(len(parties)) if parties else float("nan")


def signed_in_bishkek(columns: Columns) -> float:
    """How many parties are told to have signed the Bishkek protocol, at the meeting or later."""
    return _parties_to(columns, PROTOCOL)


def signed_in_may(columns: Columns) -> float:
    """How many parties are told to have signed the ceasefire agreement of May 1994."""
    return _parties_to(columns, AGREEMENT)
