"""Days on which ceasefires began, and on which sources have them breached or ended."""

from __future__ import annotations

from typing import Literal

import pandas as pd

from .. import edtf
from ..adoption import CELL
from ..frames import looked_up
from ._given import Tables

BEGINS = ("effective", "due", "declared")
"""The columns of a ceasefire's first day: the first that tells one."""

_A_WEEK = pd.Timedelta(days=7)
_SAID = [*CELL, "value"]
_NO_END = ("return_to_fighting", "whole_cell")
"""Rules by which what a source calls an end is a breach of a stop that went on."""


def began(rows: pd.DataFrame) -> pd.Series:
    """The day each ceasefire came into force or, where none is told, was due or declared."""
    day, *others = (rows[column] for column in BEGINS)
    for other in others:
        day = day.fillna(other)
    return day


def told(given: Tables, what: Literal["end", "breach"]) -> pd.DataFrame:
    """The days told, of ends or of breaches: one row is one claim that narrows it to a week.

    Days rejected by decision, such as those of shots within a stop that went on, are no
    ends; they are breaches. Columns: ``record_id``, ``first``, ``last``.
    """
    claims, decisions = given["claims"], given["decisions"]
    columns = ["ended"] if what == "end" else ["ended", "breached"]
    rows = claims[(claims["table"] == "ceasefires") & claims["column"].isin(columns)]
    rows = rows.reset_index(drop=True)
    no = decisions[decisions["verdict"] == "reject"]
    if what == "breach":
        no = no[~no["rule"].isin(_NO_END)]
    rejected = set(no[_SAID].itertuples(index=False, name=None))
    stands = [one not in rejected for one in rows[_SAID].itertuples(index=False, name=None)]
    rows = rows[pd.Series(stands, index=rows.index, dtype=bool)]
    spans = [edtf.span(value) for value in rows["value"]]
    days = {
        end: pd.to_datetime(
            [getattr(span, end) for span in spans], format="%Y-%m-%d", errors="coerce"
        )
        for end in ("first", "last")
    }
    found = pd.DataFrame({"record_id": rows["record_id"], **days}, index=rows.index)
    return found[found["last"] - found["first"] <= _A_WEEK]


def bounds(
    keys: pd.Series, began: pd.Series, given: Tables, what: Literal["end", "breach"] = "end"
) -> pd.DataFrame:
    """The earliest and the latest day told for each of these ceasefires, not before it began.

    Columns: ``first``, ``last``; missing where no such day is told.
    """
    rows = told(given, what)
    since = looked_up(rows["record_id"], began.set_axis(keys))
    rows = rows.assign(first=rows["first"].mask(rows["first"] < since, since))
    rows = rows[~(rows["last"] < since)]
    days = rows.groupby("record_id").agg({"first": "min", "last": "max"})
    return days.reindex(keys).set_axis(keys.index)
