"""What each side answered to each proposal, and why it declined, as each source tells it."""

from __future__ import annotations

import pandas as pd

from ..descriptor import description
from ..ledger import with_source
from ..loading import TEXT
from ._given import Tables, tables

REASONS = {**description().column("answers", "reason").meanings, "not told": "no reason is told"}
"""Why a side declined: a closed list."""


def coded(record: Tables | None = None) -> pd.DataFrame:
    """The answers, as each source tells them: one row is one told reason.

    In the order of the table, and of one answer first as the source has it that its row
    names. Columns: ``event_id``, ``actor``, ``answer``, ``reason`` (empty for an
    acceptance), ``source``, ``perspective`` (of the source).
    """
    given = tables(record)
    claims = with_source(given["claims"][given["claims"]["table"] == "answers"], given)
    keys = ["record_id", "source"]
    answers, reasons = (
        claims.loc[claims["column"] == name, [*keys, "value"]].rename(columns={"value": name})
        for name in ("answer", "reason")
    )
    views = claims[[*keys, "perspective"]].drop_duplicates()
    said = answers.merge(reasons, how="left", on=keys).merge(views, how="left", on=keys)
    told = said["reason"].fillna("not told").mask(said["answer"] != "declined", "")
    said = said.assign(reason=told, place=told.map(["", *REASONS].index))
    rows = given["answers"][["answer_id", "event_id", "actor", "source"]]
    rows = rows.merge(said, left_on="answer_id", right_on="record_id", suffixes=("_named", ""))
    rows = rows.assign(other=rows["source"] != rows["source_named"])
    rows = rows.sort_values(["answer_id", "other", "place", "source"], ignore_index=True)
    columns = ["event_id", "actor", "answer", "reason", "source", "perspective"]
    return rows[columns].astype(TEXT)
