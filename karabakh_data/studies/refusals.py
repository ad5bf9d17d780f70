"""Refusals: which proposals were put to whom, who declined, why, and who says so."""

from __future__ import annotations

import pandas as pd

from ..frames import looked_up, needs
from ..ledger import with_source
from ..loading import TEXT
from ._given import Tables, tables
from .answers import REASONS
from .attempts import attempts
from .naming import with_names
from .offers import ASKED, ONE_PROPOSAL, proposal_steps, told_answers
from .tellers import told_by
from .texts import signatures


def proposals(record: Tables | None = None) -> pd.DataFrame:
    """The attempts to stop the fighting that were declined: one row is one, and one party.

    Columns: ``ceasefire_id``, ``title``; ``day`` (declared; blank where no source gives
    it); ``put_forward`` (who started it, passed it on or signed it); ``actor``,
    ``actor_name``, ``side`` (who declined: missing where no text is known beside which
    a party could stand); ``told_by`` (perspectives in short).
    """
    given = tables(record)
    refused = attempts(given)
    refused = refused[refused["fate"] == "refused"].assign(day=refused["declared"])
    acts = signatures(given)
    no = acts[acts["status"] == "refused"]
    no = no.join(told_by("signatures", "status", record=given)["told_by"], on="signature_id")
    declined = no[["document_id", "actor", "actor_name", "side", "told_by"]]
    texts = declined.dropna(subset=["document_id"])
    rows = refused.merge(texts, how="left", on="document_id")
    fates = told_by("ceasefires", "fate", record=given)["told_by"]
    rows["told_by"] = rows["told_by"].fillna(looked_up(rows["ceasefire_id"], fates))
    rows["put_forward"] = looked_up(rows["event_id"], _put_forward(given))
    columns = ["ceasefire_id", "title", "day", "put_forward"]
    return rows[[*columns, "actor", "actor_name", "side", "told_by"]]


def _put_forward(given: Tables) -> pd.Series:
    """The names of who started a step, passed it on or signed its text, by step."""
    roles = with_names(given["participants"], "actor", record=given)
    roles = roles[roles["role"].isin(["initiator", "mediator"])]
    acts = signatures(given)
    hands = acts[acts["status"].isin(["signed", "signed_later"])]
    makers = pd.concat([roles[["event_id", "actor_name"]], hands[["event_id", "actor_name"]]])
    makers = makers.dropna().drop_duplicates().sort_values(["event_id", "actor_name"])
    if makers.empty:
        return pd.Series(dtype=TEXT)
    return makers.groupby("event_id")["actor_name"].agg(", ".join)


def told(record: Tables | None = None) -> pd.DataFrame:
    """Who tells that a text was refused: one row is one refusal told from one perspective.

    Columns: ``signature_id``, ``event_id``; ``year`` (of the step's first day); ``actor``,
    ``actor_name``, ``side`` (of who is said to have refused); ``perspective``; ``own``
    (whether that is the side's own).
    """
    given = tables(record)
    acts = signatures(given)
    starts = given["events"].set_index("event_id")["start"]
    acts = acts[acts["status"] == "refused"]
    acts = acts.assign(year=looked_up(acts["event_id"], starts.dt.year.astype("Int64")))
    claims = given["claims"]
    said = claims[(claims["table"] == "signatures") & (claims["column"] == "status")]
    said = with_source(said[said["value"] == "refused"], given)
    said = said[["record_id", "perspective"]].astype({"perspective": TEXT}).drop_duplicates()
    rows = acts.merge(said, left_on="signature_id", right_on="record_id")
    columns = ["signature_id", "event_id", "year", "actor", "actor_name", "side", "perspective"]
    return rows[columns].assign(own=(rows["side"] == rows["perspective"]).astype(bool))


def refused(record: Tables | None = None) -> pd.DataFrame:
    """Everything that a side is told to have declined: one row is one step and one actor.

    Proposals and other texts, meetings and terms. Columns: ``event_id``, ``title``,
    ``day``; ``actor``, ``actor_name``, ``side``; ``proposal`` (whether it was one, see
    :func:`~karabakh_data.studies.offers.addressed`); ``reasons`` (see
    :data:`~karabakh_data.studies.answers.REASONS`, joined by “; ”); ``source`` (of each
    reason); ``own``, ``other``, ``third`` (whether the side's own sources, the other
    side's, or others tell it).
    """
    given = tables(record)
    answers = told_answers(given)
    no = answers[answers["answer"] == "declined"]
    no = no.assign(event_id=no["event_id"].replace(ONE_PROPOSAL))
    events = given["events"].set_index("event_id")
    sides = given["actors"].set_index("actor")["side"].astype(object)
    steps = proposal_steps(given)
    found = []
    for (event, actor), part in no.groupby(["event_id", "actor"]):
        told = part[~part["reason"].isin(["", "not told"])].drop_duplicates("reason")
        told = told if len(told) else part[part["reason"] == "not told"].head(1)
        views, side = set(part["perspective"].dropna()), sides.get(actor)
        found.append(
            {
                "event_id": event,
                "title": events["title"].get(event),
                "day": events["start"].get(event, pd.NaT),
                "actor": actor,
                "side": side,
                "proposal": event in steps,
                "reasons": "; ".join(told["reason"]) or "not told",
                "source": "; ".join(told["source"]),
                "own": side in views,
                "other": bool(views & ({"armenian", "azerbaijani"} - {side})),
                "third": bool(views - {"armenian", "azerbaijani"}),
            }
        )
    names = ["event_id", "title", "day", "actor", "side", "proposal", "reasons", "source"]
    rows = pd.DataFrame(found, columns=[*names, "own", "other", "third"])
    text = dict.fromkeys(["event_id", "title", "actor", "side", "reasons", "source"], TEXT)
    rows = rows.astype(text | dict.fromkeys(["proposal", "own", "other", "third"], bool))
    rows["day"] = rows["day"].astype(given["events"]["start"].dtype)
    rows = with_names(rows, "actor", record=given)
    return rows.sort_values(["day", "event_id", "actor"], ignore_index=True)


def by_reason(rows: pd.DataFrame) -> pd.DataFrame:
    """How often each reason is told of each actor: one row is one reason.

    One column is one actor (:data:`ASKED`). A refusal with two reasons counts in both.

    Args:
        rows: as :func:`refused` gives them, or a part of them.

    Raises:
        ValueError: no such rows.
    """
    needs(rows, "reasons", "actor")
    each = rows.assign(reason=rows["reasons"].str.split("; ")).explode("reason")
    counts = {actor: each.loc[each["actor"] == actor, "reason"].value_counts() for actor in ASKED}
    table = {actor: of.reindex(list(REASONS), fill_value=0) for actor, of in counts.items()}
    return pd.DataFrame(table).astype("int64").rename_axis("reason")
