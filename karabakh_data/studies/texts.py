"""Acts on texts: who signed, refused or disavowed which, when and where."""

from __future__ import annotations

import pandas as pd

from .. import edtf
from ..frames import looked_up, needs
from ..loading import TEXT
from ._given import Tables, tables
from .naming import in_words, with_names


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


def on_known_days(signatures: pd.DataFrame) -> pd.DataFrame:
    """The acts whose day is known, for a line of time: one row is one kind of act.

    Columns: ``actor_name`` (third parties together); ``day``; ``text`` (its kind);
    ``act`` (what was done to which text and where, a line each).

    Args:
        signatures: as :func:`signatures` gives them, or a part of them.
    """
    needs(
        signatures, "actor_name", "capacity", "date", "date_first", "status", "text", "place_name"
    )
    rows = signatures[signatures["date"].fillna("").map(edtf.is_day).astype(bool)]
    verb = in_words(rows["status"]).str.split(" ").str[0]
    act = verb + "\n" + rows["text"] + ("\n" + rows["place_name"]).fillna("")
    actor = rows["actor_name"].where(rows["capacity"] == "party", "Third parties")
    found = pd.DataFrame(
        {"actor_name": actor, "day": rows["date_first"], "text": rows["text"], "act": act}
    )
    return found.drop_duplicates()
