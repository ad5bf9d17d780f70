"""Texts: who declined them, who signed, and what was carried out."""

from __future__ import annotations

import numpy as np

from ..offers import answers_by_proposal
from ..provisions import FOOTING, KEPT, KNOWN
from ..robust import Columns
from ._counting import Share, once, share

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
    """Of the proposals put to a side, the share that it declined.

    As :func:`karabakh_data.studies.offers.addressed` and ``rates`` count them. A text put
    forward twice counts once; a step that announces what was agreed is none; who
    initiated the step, or signed a letter in it, made the proposal. A text that a side is
    told not to have signed counts as declined.
    """
    answered = _answers(columns)
    put = {event for event, actor in answered if actor in side}
    no = {
        event for (event, actor), said in answered.items() if actor in side and said == {"declined"}
    }
    return Share(len(no), len(put))


@once
def _answers(columns: Columns) -> dict[tuple[str, str], set[str]]:
    return answers_by_proposal(columns)


def declined_by_azerbaijan(columns: Columns) -> float:
    """Of the proposals put to Azerbaijan, the share that it declined."""
    return _declined(columns, ("azerbaijan",))


def declined_by_armenians(columns: Columns) -> float:
    """Of the proposals put to Armenia or Stepanakert, the share that either declined."""
    return _declined(columns, ("armenia", "nagorno-karabakh"))


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
