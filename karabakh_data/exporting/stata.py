"""A folder with one Stata file a table (format 118: Stata 14 and later)."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from datetime import datetime
from io import BytesIO
from textwrap import shorten
from typing import Any, Literal
from warnings import catch_warnings, simplefilter

import pandas as pd
from pandas.errors import InvalidColumnName
from pandas.io.stata import StataWriter

from ..descriptor import Table
from .content import Content

FOLDER = True
Unit = Literal["td", "tm"]
LABEL = 80  # characters, in Stata, of the label of a variable or of a file
LONG = 80  # bytes of text, above which it is held once (strL), not padded in every row
FLAGS: dict[float, str] = {0: "no", 1: "yes"}
DAYS: dict[str, Unit] = {"date": "td", "yearmonth": "tm"}


def write(path: str, content: Content, told: Callable[[int], None]) -> None:
    """Write the tables with labels, and those that explain them."""
    os.mkdir(path)
    for table, frame in content:
        _table(path, table, frame, content.day)
        told(len(frame))
    for name, aid in content.aids.items():
        text = aid.astype(object).astype(str)
        says = f"{name} of all tables"
        _put(path, name, text, says, content.day, long=list(text.columns))


def _table(path: str, table: Table, frame: pd.DataFrame, day: datetime) -> None:
    out: dict[str, pd.Series] = {}
    days: dict[str, Unit] = {}
    flags: dict[str, dict[float, str]] = {}
    for name, column in table.columns.items():
        values = frame[name]
        if column.type in DAYS:
            days[name] = DAYS[column.type]
        elif column.type == "boolean":
            values = values.astype("Int8")
            flags[name] = FLAGS
        elif column.type == "string" and (frame.empty or not column.allowed):
            values = values.astype(object).fillna("")  # Stata's blank text
        out[name] = values
    written = pd.DataFrame(out)
    keys = {*table.key, *table.references}  # which Stata merges by, so never strL
    text = [name for name in out if written[name].dtype == object and name not in keys]
    _put(
        path,
        table.name,
        written,
        table.description,
        day,
        long=[name for name in text if _longest(written[name]) > LONG],
        days=days,
        labels={name: column.description for name, column in table.columns.items()},
        flags=flags,
    )


def _put(
    path: str,
    name: str,
    frame: pd.DataFrame,
    says: str,
    day: datetime,
    *,
    long: list[str],
    days: dict[str, Unit] | None = None,
    labels: dict[str, str] | None = None,
    flags: dict[str, dict[float, str]] | None = None,
) -> None:
    names = _variables(frame.columns)
    frame.rename(columns=names).to_stata(
        os.path.join(path, f"{name}.dta"),
        write_index=False,
        version=118,
        time_stamp=day,
        data_label=_short(says),
        convert_dates={names[key]: unit for key, unit in (days or {}).items()},
        variable_labels={names[key]: _short(text) for key, text in (labels or {}).items()},
        value_labels={names[key]: words for key, words in (flags or {}).items()},
        convert_strl=[names[key] for key in long],
    )


def _variables(columns: Iterable[str]) -> dict[str, str]:
    """The columns' names in Stata: `end`, a word of Mata, becomes `_end`."""
    named = pd.DataFrame({column: [0] for column in columns})
    with catch_warnings():
        simplefilter("ignore", InvalidColumnName)
        writer: Any = StataWriter(BytesIO(), named, write_index=False)
    return dict(zip(named.columns, writer.varlist, strict=True))


def _longest(text: pd.Series) -> int:
    return max((len(cell.encode("utf-8")) for cell in text), default=0)


def _short(text: str) -> str:
    return shorten(text, LABEL, placeholder=" …")
