"""Offers: which proposals were put to whom, and what each answered."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
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
    ``answer`` as the record has it (“declined”, “accepted”, “not told”; “told both ways”
    where an act on a text and an answer differ).
    """
    given = tables(record)
    answered = answers_by_proposal(given)
    rows = pd.DataFrame(
        [(*pair, "told both ways" if len(said) > 1 else next(iter(said), "not told"))
         for pair, said in answered.items()],
        columns=["event_id", "actor", "answer"],
        dtype=TEXT,
    )  # fmt: skip
    events = given["events"].set_index("event_id")
    rows = rows.assign(
        title=looked_up(rows["event_id"], events["title"]),
        day=looked_up(rows["event_id"], events["start"]),
        side=looked_up(rows["actor"], given["actors"].set_index("actor")["side"].astype(TEXT)),
    )
    rows = with_names(rows, "actor", record=given)
    rows = rows.sort_values(["day", "event_id", "actor"], ignore_index=True)
    return rows[["event_id", "title", "day", "actor", "actor_name", "side", "answer"]]


def answers_by_proposal(given: Mapping[str, Any]) -> dict[tuple[str, str], set[str]]:
    """The answers of each actor to each proposal put to it, by step and actor.

    Args:
        given: tables, or the same as arrays (:data:`~karabakh_data.studies.robust.Columns`).
    """
    texts, acts = given["documents"], given["signatures"]
    of_text = dict(zip(texts["document_id"], _rows(texts, "event_id", "kind"), strict=True))
    steps = proposal_steps(given)
    steps |= {one for one, whole in ONE_PROPOSAL.items() if whole in steps}
    asked: dict[tuple[str, str], set[str]] = defaultdict(set)
    made = set()

    def put(event: str, actor: str, *answer: str) -> None:
        for one in _TOGETHER.get(actor, (actor,)) if event in steps else ():
            asked[ONE_PROPOSAL.get(event, event), one].update(answer)

    for event, actor, role in _rows(given["participants"], "event_id", "actor", "role"):
        if event not in steps:
            continue  # most: this is asked a thousand times
        if role in ("addressee", "party"):
            put(event, actor)
        elif role == "initiator":
            made.add((event, actor))
    for text, actor, status in _rows(acts, "document_id", "actor", "status"):
        event, kind = of_text.get(text, ("", ""))
        if kind == "letter" and status == "signed":
            made.add((event, actor))
        else:
            put(event, actor, answer_by(status))
    for event, actor, answer in _rows(given["answers"], "event_id", "actor", "answer"):
        put(event, actor, answer)
    return {
        (event, actor): said
        for (event, actor), said in asked.items()
        if actor in ASKED and (event, actor) not in made
    }


def answer_by(status: str) -> str:
    """The answer that an act on a text gives, by what was done to it: declined or accepted."""
    return "declined" if status in DECLINED else "accepted"


def _rows(table: Any, *columns: str) -> Iterator[tuple[Any, ...]]:
    return zip(*(table[name] for name in columns), strict=True)


def rates(rows: pd.DataFrame, by: str = "actor") -> pd.DataFrame:
    """How many of the proposals put to each were declined: one row is one actor or side.

    Columns: ``by``; ``proposals``; ``declined``, ``told both ways``, ``accepted``, ``not
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


def proposal_steps(given: Mapping[str, Any]) -> set[str]:
    """The steps that put something to a side (see :func:`addressed`)."""
    plans = _steps(given, "events", "kind", "plan")
    plans |= _steps(given, "ceasefires", "step", "proposal")
    plans |= _steps(given, "documents", "kind", "plan")
    announced = _steps(given, "events", "kind", "announcement")
    return {ONE_PROPOSAL.get(one, one) for one in plans} - announced


def _steps(given: Mapping[str, Any], table: str, column: str, value: str) -> set[str]:
    """The steps with a row of a table that holds a value."""
    return {event for event, held in _rows(given[table], "event_id", column) if held == value}


def told_answers(given: Tables) -> pd.DataFrame:
    """Every told answer: by acts on texts, as the tables have them, and as sources tell it.

    One row is one answer from one perspective. Columns: ``event_id``, ``actor``,
    ``answer``, ``reason`` and ``source`` (empty for acts), ``perspective``.
    """
    acts = signatures(given)
    acts = acts[(acts["text"] != "letter") | (acts["status"] != "signed")]
    acts = acts.assign(answer=acts["status"].map(answer_by).astype(TEXT))
    acts = acts[["signature_id", "event_id", "actor", "answer"]]
    claims = given["claims"]
    said = claims[(claims["table"] == "signatures") & (claims["column"] == "status")]
    said = with_source(said, given)[["record_id", "perspective", "value"]]
    said = said.assign(answer=said["value"].map(answer_by))
    said = said.astype({"perspective": TEXT, "answer": TEXT})
    acts = acts.merge(
        said, how="left", left_on=["signature_id", "answer"], right_on=["record_id", "answer"]
    )
    acts = acts.assign(reason="", source="").astype({"reason": TEXT, "source": TEXT})
    columns = ["event_id", "actor", "answer", "reason", "source", "perspective"]
    rows = pd.concat([acts[columns], coded(given)[columns]], ignore_index=True)
    return rows[rows["actor"].isin(ASKED)].drop_duplicates(ignore_index=True)
