"""Acts on texts: who signed, refused or disavowed which, when and where."""

from __future__ import annotations

import pandas as pd

from .. import edtf
from ..frames import as_span, looked_up, needs
from ..ledger import with_source
from ..loading import TEXT
from ._given import Tables, are_there, tables
from .naming import in_words, with_names
from .robust import PERSPECTIVES, adoptions

UNSIGNED = ("refused", "not_signed")
"""What was done to a text by one who put no hand under it."""


def signatures(record: Tables | None = None) -> pd.DataFrame:
    """The acts on texts: one row is one, as ``signatures`` has it, with names.

    Further columns: ``event_id`` (the step its text belongs to), ``text`` (the kind of
    text), ``side`` (of the actor), ``actor_name``, ``person_name``, ``place_name``.
    """
    given = tables(record)
    rows = given["signatures"]
    documents = given["documents"].set_index("document_id")
    sides = given["actors"].set_index("actor")["side"]
    rows = rows.assign(
        event_id=looked_up(rows["document_id"], documents["event_id"]),
        text=looked_up(rows["document_id"], documents["kind"].astype(TEXT)),
        side=looked_up(rows["actor"], sides.astype(TEXT)),
    )
    return with_names(rows, "actor", "person", "place", record=given)


def by_text(record: Tables | None = None) -> pd.DataFrame:
    """Who signed, refused and was left out of each text: one row is one text, by its day.

    Only texts of which one of these is told. Columns: ``document_id``, ``title``,
    ``day`` (the first on which it can have been adopted); then names, with “; ” between them,
    empty where none is told: ``signed`` (parties that did, then or later, or initialled
    it), ``disavowed`` (signed, and denied later), ``refused``, ``not_signed`` (named in it
    as a party), ``left_out`` (kept away from its step, as a source must say), ``third_parties``
    (others that put a hand under it).

    >>> from karabakh_data.studies import texts
    >>> acts = texts.by_text().set_index("document_id")
    >>> acts.loc["1997-09-step-by-step.proposal", "refused"]
    'Karabakh Armenian authorities'
    """
    given = tables(record)
    acts = signatures(given)[["document_id", "actor_name", "capacity", "status"]]
    hand = acts["status"].isin(["signed", "signed_later", "initialled"])
    what = acts["status"].astype(TEXT).mask(hand, "signed")
    acts = acts.assign(what=what.mask(hand & (acts["capacity"] != "party"), "third_parties"))
    away = with_names(given["participants"], "actor", record=given)
    away = away[away["role"] == "absent"][["event_id", "actor_name"]]
    away = given["documents"][["document_id", "event_id"]].merge(away, on="event_id")
    told = ["document_id", "actor_name", "what"]
    parts = [acts[told].astype(TEXT), away.assign(what="left_out")[told].astype(TEXT)]
    rows = pd.concat(parts, ignore_index=True).dropna()
    rows = rows.drop_duplicates().sort_values("actor_name")
    acted = {
        of: rows[rows["what"] == of].groupby("document_id")["actor_name"].agg("; ".join)
        for of in ("signed", "disavowed", "refused", "not_signed", "left_out", "third_parties")
    }
    found = given["documents"].rename(columns={"adopted_first": "day"})
    found = found[found["document_id"].isin(rows["document_id"])]
    found = found[["document_id", "title", "day"]]
    for of, names in acted.items():
        joined = looked_up(found["document_id"], names.astype(TEXT))
        found[of] = joined.fillna("").astype(TEXT)
    return found.sort_values(["day", "document_id"], ignore_index=True)


def by_day(signatures: pd.DataFrame) -> pd.DataFrame:
    """The acts whose day is known, for a figure of sides and days: one row is one act.

    Columns: ``lane`` (the actor's name; third parties together, last); ``day``; ``act``
    (what was done, in words); ``label`` (the kind of text, and where, a line each).

    Args:
        signatures: as :func:`signatures` gives them, or a part of them.
    """
    needs(
        signatures, "actor_name", "capacity", "date", "date_first", "status", "text", "place_name"
    )
    rows = signatures[signatures["date"].fillna("").map(edtf.is_day).astype(bool)]
    third = rows["capacity"] != "party"
    found = pd.DataFrame(
        {
            "lane": rows["actor_name"].mask(third, "Mediators"),
            "day": rows["date_first"],
            "act": in_words(rows["status"]),
            "label": rows["text"] + ("\n" + rows["place_name"]).fillna(""),
        }
    )
    order = third.astype("int64").rename("third")
    found = found.assign(third=order).sort_values(["third", "lane", "day"], kind="stable")
    return found.drop(columns="third").reset_index(drop=True)


def signed_by(document_id: str, record: Tables | None = None) -> pd.DataFrame:
    """Who signed one text as a party, under each adoption of the record.

    One row is one adoption that knows of a signature (see
    :func:`karabakh_data.studies.robust.adoptions`). Columns: ``adoption``; ``parties``
    (how many signed, at the time or later); ``signed_by`` (their names).

    >>> from karabakh_data.studies import texts
    >>> told = texts.signed_by("1994-05-12-ceasefire.agreement").set_index("adoption")
    >>> told.loc["Azerbaijani sources", "signed_by"]
    'Armenia, Azerbaijan'

    Raises:
        ValueError: no such text.
    """
    are_there(tables(record), "documents", [document_id])
    found = []
    for adoption, told in adoptions(record).items():
        acts = signatures(told)
        acts = acts[(acts["document_id"] == document_id) & (acts["capacity"] == "party")]
        known = acts[acts["status"].notna() & ~acts["status"].isin(UNSIGNED)]
        names = sorted(known["actor_name"].dropna().unique())
        if names:
            found.append((adoption, len(names), ", ".join(names)))
    rows = pd.DataFrame(found, columns=["adoption", "parties", "signed_by"])
    return rows.astype({"adoption": TEXT, "parties": "int64", "signed_by": TEXT})


def tellers_of_acts(document_ids: list[str], record: Tables | None = None) -> pd.DataFrame:
    """Whose sources give the day of each act on some texts: one row is one act.

    Acts in the order of their days. Columns: ``actor_name``, ``person_name``, ``date``,
    ``status`` (in words); one column for each perspective of
    :data:`~karabakh_data.studies.robust.PERSPECTIVES`, by its name there: how many of its
    sources give a day or a part of it (0: they are silent on it).

    Raises:
        ValueError: no such text.
    """
    given = tables(record)
    are_there(given, "documents", document_ids)
    acts = signatures(given)
    acts = acts[acts["document_id"].isin(document_ids)].sort_values(["date_first", "actor_name"])
    claims = given["claims"]
    said = claims[(claims["table"] == "signatures") & (claims["column"] == "date")]
    said = with_source(said, given).drop_duplicates(["record_id", "source"])
    acts = acts.assign(status=in_words(acts["status"]))
    rows = acts[["actor_name", "person_name", "date", "status"]].reset_index(drop=True)
    for view, name in PERSPECTIVES.items():
        counted = said.loc[said["perspective"] == view, "record_id"].value_counts()
        told = acts["signature_id"].map(counted).fillna(0).astype("int64")
        rows[name] = told.to_numpy("int64")
    return rows


def calendar(first: str, last: str, record: Tables | None = None) -> pd.DataFrame:
    """What each day brought: one row is one step or one act on a text, by day.

    Columns: ``day``; ``what`` (the title of the step, or who did what to which text);
    ``place_name``; ``event_id``. Only what is known to the day; a step of several days
    stands at its first, and a step that consists of the acts listed is listed too.

    Args:
        first: the first day.
        last: the last day.
        record: whose steps (default: as published).

    Raises:
        ValueError: one is no day, or the last is before the first.
    """
    given = tables(record)
    begin, end = as_span(first, last, "days")
    acts = signatures(given)
    acts = acts[acts["date"].fillna("").map(edtf.is_day).astype(bool)]
    who = acts["actor_name"] + (" (" + acts["person_name"] + ")").fillna("")
    verb = in_words(acts["status"]).replace(
        {"signed later": "later signed", "not signed": "did not sign"}
    )
    what = who + " " + verb + " the " + acts["text"]
    done = acts[["event_id", "place_name"]].assign(day=acts["date_first"], what=what)
    steps = with_names(given["events"], "place", record=given)
    steps = steps[["event_id", "place_name"]].assign(day=steps["start"], what=steps["title"])
    rows = pd.concat([steps, done], ignore_index=True)
    rows = rows[rows["day"].between(begin, end)]
    rows = rows.sort_values("day", kind="stable", ignore_index=True)
    return rows[["day", "what", "place_name", "event_id"]].astype({"what": TEXT})
