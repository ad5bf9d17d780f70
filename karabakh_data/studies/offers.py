"""Offers: which proposals were put to whom, and what each answered."""

from __future__ import annotations

from typing import Any

import pandas as pd

from ..frames import looked_up, needs
from ..ledger import with_source
from ..loading import TEXT
from ..optional import scipy
from ._given import Tables, tables
from .answers import coded
from .naming import with_names
from .people import UNSIGNED
from .texts import signatures

ASKED = ("azerbaijan", "armenia", "nagorno-karabakh")
"""The actors whose answers are counted."""

DECLINED = (*UNSIGNED, "disavowed")
"""What was done to a text by one who did not take it, or took it back."""

ONE_PROPOSAL = {
    "1997-12-02-step-by-step": "1997-09-step-by-step",
    "2009-12-baku": "2010-01-20-updated-madrid",
}
"""Steps that put forward a text that another step has put forward: counted with that one."""

_TOGETHER: dict[str, tuple[str, ...]] = {
    "parties": ("azerbaijan", "armenia"),
    "armenia-karabakh": ASKED[1:],
}


def addressed(record: Tables | None = None) -> pd.DataFrame:
    """Which proposal was put to whom, and what the answer was: one row is one and one actor.

    A proposal is a step of kind ``plan``, one that offers a ceasefire, or one with a
    text of kind ``plan`` that is not announced as agreed. It was put to those whom the
    record has as its addressees or at that step as a party, or of whom an act on its text
    or an answer is told; not to those who made it. Unlisted ``parties`` are both states.

    Columns: ``event_id``, ``title``, ``day``; ``actor``, ``actor_name``, ``side``;
    ``answer`` (“declined”, “accepted”, “told both ways”, “not told”).
    """
    given = tables(record)
    events = given["events"].set_index("event_id")
    steps = proposal_steps(given)
    roles = given["participants"]
    makers = roles[roles["role"] == "initiator"]
    asked = _apart(roles[roles["role"].isin(["addressee", "party"])][["event_id", "actor"]])
    acts = signatures(given)
    letters = (acts["text"] == "letter") & (acts["status"] == "signed")
    made = set(
        pd.concat([makers, acts[letters]])[["event_id", "actor"]].itertuples(index=False, name=None)
    )
    answers = told_answers(given)
    answers = answers.assign(event_id=answers["event_id"].replace(ONE_PROPOSAL))
    told = answers[["event_id", "actor"]]
    rows = pd.concat([asked, _apart(acts[~letters][["event_id", "actor"]]), told])
    rows = rows.assign(event_id=rows["event_id"].replace(ONE_PROPOSAL)).drop_duplicates()
    rows = rows[rows["event_id"].isin(steps) & rows["actor"].isin(ASKED)]
    own = [pair in made for pair in rows[["event_id", "actor"]].itertuples(index=False, name=None)]
    rows = rows[~pd.Series(own, rows.index, dtype=bool)].reset_index(drop=True)
    said = answers.groupby(["event_id", "actor"])["answer"].agg(lambda one: sorted(set(one)))
    words = []
    for pair in rows[["event_id", "actor"]].itertuples(index=False, name=None):
        one = said.get(pair, [])
        words.append("told both ways" if len(one) > 1 else one[0] if one else "not told")
    sides = given["actors"].set_index("actor")["side"].astype(TEXT)
    rows = rows.assign(
        title=looked_up(rows["event_id"], events["title"]),
        day=looked_up(rows["event_id"], events["start"]),
        side=looked_up(rows["actor"], sides),
        answer=pd.Series(words, rows.index, dtype=TEXT),
    )
    rows = with_names(rows, "actor", record=given)
    rows = rows.sort_values(["day", "event_id", "actor"], ignore_index=True)
    return rows[["event_id", "title", "day", "actor", "actor_name", "side", "answer"]]


def rates(rows: pd.DataFrame, by: str = "actor") -> pd.DataFrame:
    """How many of the proposals put to each were declined: one row is one actor or side.

    Columns: ``by``; ``proposals``; ``declined``, ``accepted``, ``told both ways``, ``not
    told`` (counts of proposals); ``share`` (declined, of those put), ``low``, ``high``
    (95%, Wilson). A side declined if any of its actors did. Needs scipy.

    Args:
        rows: as :func:`addressed` gives them, or a part of them.
        by: ``actor`` or ``side``.

    Raises:
        ModuleNotFoundError: scipy is not installed.
        ValueError: no such rows, or no such ``by``.
    """
    needs(rows, "answer", "event_id", by)
    stats = scipy("stats")
    order = ["declined", "told both ways", "accepted", "not told"]
    first = rows.assign(place=rows["answer"].map(order.index).astype("int64"))
    first = first.sort_values("place", kind="stable").drop_duplicates([by, "event_id"])
    found = []
    for name, part in first.groupby(by):
        counts = {one: int((part["answer"] == one).sum()) for one in order}
        low, high = stats.binomtest(counts["declined"], len(part)).proportion_ci(method="wilson")
        share = {"share": counts["declined"] / len(part), "low": float(low), "high": float(high)}
        found.append({by: name, "proposals": len(part)} | counts | share)
    return pd.DataFrame(found, columns=[by, "proposals", *order, "share", "low", "high"])


def proposal_steps(given: Tables) -> set[str]:
    """The steps that put something to a side (see :func:`addressed`)."""
    events, offers, texts = given["events"], given["ceasefires"], given["documents"]
    announced = events.loc[events["kind"] == "announcement", "event_id"]
    plans = set(events.loc[events["kind"] == "plan", "event_id"])
    plans |= set(offers.loc[offers["step"] == "proposal", "event_id"].dropna())
    plans |= set(texts.loc[texts["kind"] == "plan", "event_id"].dropna())
    return {ONE_PROPOSAL.get(one, one) for one in plans} - set(announced)


def _apart(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows, with actors named together as several."""
    apart: list[Any] = [_TOGETHER.get(one, (one,)) for one in rows["actor"]]
    each = rows.assign(actor=apart)
    return each.explode("actor").astype(dict.fromkeys(rows.columns, TEXT))


def told_answers(given: Tables) -> pd.DataFrame:
    """Every told answer: by acts on texts, as the tables have them, and as coded.

    One row is one answer from one perspective. Columns: ``event_id``, ``actor``,
    ``answer``, ``reason`` and ``source`` (empty unless coded), ``perspective``.
    """
    acts = signatures(given)
    acts = acts[
        acts["actor"].isin(ASKED) & (acts["text"] != "letter") | acts["status"].isin(DECLINED)
    ]
    answer = acts["status"].isin(DECLINED).map({True: "declined", False: "accepted"})
    acts = acts.assign(answer=answer.astype(TEXT))[["signature_id", "event_id", "actor", "answer"]]
    claims = given["claims"]
    said = claims[(claims["table"] == "signatures") & (claims["column"] == "status")]
    said = with_source(said, given)[["record_id", "perspective", "value"]]
    said = said.assign(
        answer=said["value"].isin(DECLINED).map({True: "declined", False: "accepted"})
    )
    said = said.astype({"perspective": TEXT, "answer": TEXT})
    acts = acts.merge(
        said, how="left", left_on=["signature_id", "answer"], right_on=["record_id", "answer"]
    )
    acts = acts.assign(reason="", source="").astype({"reason": TEXT, "source": TEXT})
    columns = ["event_id", "actor", "answer", "reason", "source", "perspective"]
    rows = pd.concat([acts[columns], coded(given)[columns]], ignore_index=True)
    return rows[rows["actor"].isin(ASKED)].drop_duplicates(ignore_index=True)
