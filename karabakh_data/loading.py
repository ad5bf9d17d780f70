"""The tables as pandas DataFrames."""

from __future__ import annotations

import os
from collections.abc import Iterable
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any, Literal, get_args

import numpy as np
import pandas as pd

from .descriptor import DATA, Column, Table, description
from .files import Row
from .fingerprints import published

TableName = Literal[
    "events", "ceasefires", "documents", "signatures", "provisions", "answers", "participants",
    "formats", "format_members", "prisoners", "arms", "front", "actors", "people", "places",
    "sources", "claims", "decisions", "readings", "crosswalk", "retired", "deaths",
]  # fmt: skip
TABLES = get_args(TableName)  # for type checkers; a test holds it to the description

TEXT = pd.StringDtype("python", na_value=np.nan)  # never Arrow, whatever is installed
DAYS = pd.to_datetime(["2000-01-01"]).dtype  # in the unit that pandas.read_csv gives
FORMATS = {"date": "%Y-%m-%d", "yearmonth": "%Y-%m"}
_FLAGS = {"true": True, "false": False, "": pd.NA}
_NUMBERS = {"integer": "Int64", "number": "Float64", "boolean": "boolean"}


def load(table: TableName) -> pd.DataFrame:
    """One table as a fresh, typed DataFrame.

    What a row is, and every column with its meaning, says :func:`codebook`. The
    sources of each value are in the table ``claims``; see :func:`evidence`.

    Types do not depend on what else is installed:

    * text is pandas' ``str`` held by Python, closed vocabularies are categories,
      days are ``datetime64`` in the unit of ``pandas.read_csv``. A blank among them
      equals nothing: ``==`` is false, ``!=`` true, ``groupby`` leaves it out;
    * counts and numeric codes are ``Int64``, degrees ``Float64`` and yes/no is
      ``boolean``, whose blanks are ``pd.NA``: a comparison with one is blank too, and a
      filter leaves it out.

    "NA", "None" and "null" in a cell are text.

    >>> import karabakh_data as kd
    >>> fates = kd.load("ceasefires").set_index("ceasefire_id")["fate"]
    >>> fates["1992-09-19-sochi"]
    'broken'

    Args:
        table: a name from :func:`tables`.

    Raises:
        ValueError: no such table; or its file is not as it was published.
        FileNotFoundError: its file is missing.
    """
    described = description().table(table)
    frame = pd.read_csv(
        BytesIO(published(described)),
        dtype={name: _dtype(column) for name, column in described.columns.items()},
        keep_default_na=False,
        na_values=[""],
        true_values=["true"],
        false_values=["false"],
    )
    for name, column in described.columns.items():
        if column.type in FORMATS:
            frame[name] = _days(frame[name], column)
    return frame


def typed(table: Table, rows: Iterable[Row]) -> pd.DataFrame:
    """Rows of text as a DataFrame of the types that :func:`load` gives."""
    rows = list(rows)
    series = {}
    for name, column in table.columns.items():
        cells = [row[name] for row in rows]
        if column.type == "boolean":
            series[name] = pd.Series([_FLAGS[cell] for cell in cells], dtype="boolean")
        elif column.type in _NUMBERS:
            number = int if column.type == "integer" else float
            numbers = [number(cell) if cell else pd.NA for cell in cells]
            series[name] = pd.Series(numbers, dtype=_NUMBERS[column.type])
        else:
            text = pd.Series([cell or None for cell in cells], dtype=TEXT)
            in_days = column.type in FORMATS
            series[name] = _days(text, column) if in_days else text.astype(_dtype(column))
    return pd.DataFrame(series)


@cache
def _categories(allowed: tuple[str, ...]) -> pd.CategoricalDtype:
    return pd.CategoricalDtype(pd.Index(allowed, dtype=TEXT))


def _dtype(column: Column) -> Any:
    if column.allowed:
        return _categories(column.allowed)
    return _NUMBERS.get(column.type, TEXT)


def _days(text: pd.Series, column: Column) -> pd.Series:
    return pd.to_datetime(text, format=FORMATS[column.type]).astype(DAYS)


def path(table: TableName) -> Path:
    """The table's CSV file itself, for DuckDB, Polars, R or Stata.

    UTF-8, comma-separated, ISO dates, blank for unknown.

    Raises:
        ValueError: no such table.
    """
    return Path(os.path.join(DATA, description().table(table).file))


def tables() -> pd.DataFrame:
    """What there is: one row per table, with what its rows are and how many.

    Columns: ``table``, ``row`` (what one row is), ``rows``, ``columns`` (counts).
    """
    return pd.DataFrame(
        {
            "table": table.name,
            "row": _plain(table.description).removeprefix("One row is ").rstrip("."),
            "rows": published(table).count(b"\n") - 1,
            "columns": len(table.columns),
        }
        for table in description().tables.values()
    )


def codebook(table: TableName) -> pd.DataFrame:
    """What the columns of one table mean: one row per column, in order.

    Columns: ``column``; ``type``; ``coded`` (every value is backed by claims);
    ``required`` (never blank); ``derived`` (it follows from other cells);
    ``allowed`` (the closed vocabulary, or blank; see :func:`vocabulary`);
    ``refers_to`` (the table whose key it holds, or blank); ``meaning``, with the
    meaning of each allowed value.

    Raises:
        ValueError: no such table.
    """
    return pd.DataFrame(
        {
            "column": column.name,
            "type": "EDTF" if column.edtf else column.type,
            "coded": column.coded,
            "required": column.required,
            "derived": bool(column.derived),
            "allowed": ", ".join(column.allowed),
            "refers_to": column.reference.table if column.reference else "",
            "meaning": _plain(" ".join([column.description, _meanings(column)])).strip(),
        }
        for column in description().table(table).columns.values()
    )


def _plain(text: str) -> str:
    """A description without the marks of code, which are for Markdown."""
    return text.replace("`", "")


def _meanings(column: Column) -> str:
    return "; ".join(f"{value}: {meaning}" for value, meaning in column.meanings.items())


def vocabulary(table: TableName, column: str) -> pd.DataFrame:
    """The values that a column may hold, in order: columns ``value`` and ``meaning``.

    >>> import karabakh_data as kd
    >>> kd.vocabulary("ceasefires", "fate")["value"].tolist()[:3]
    ['never_began', 'refused', 'broken']

    Raises:
        ValueError: no such table or column, or the column has no closed vocabulary.
    """
    found = description().column(table, column)
    if not found.allowed:
        closed = [one.name for one in description().table(table).columns.values() if one.allowed]
        raise ValueError(
            f"{column!r} of {table} has no closed vocabulary; of its columns these have one: "
            f"{', '.join(closed) or 'none'}."
        )
    meanings = [found.meanings.get(value, "") for value in found.allowed]
    return pd.DataFrame({"value": found.allowed, "meaning": meanings}, dtype=TEXT)


def as_text(table: Table, frame: pd.DataFrame) -> list[Row]:
    """A frame of the table's types as rows of text, lines numbered as they would be written."""
    columns = table.columns.items()
    cells = {name: cells_as_text(frame[name], column.type) for name, column in columns}
    rows = enumerate(zip(*cells.values(), strict=True), start=2)
    return [Row(zip(cells, row, strict=True), line) for line, row in rows]


def cells_as_text(values: pd.Series, kind: str = "") -> list[str]:
    """A column as the files hold it: months and days in ISO form, blanks for what is missing.

    Args:
        values: the column, of whatever type.
        kind: its type by the description.
    """
    if pd.api.types.is_datetime64_any_dtype(values):
        values = values.dt.strftime(FORMATS.get(kind, FORMATS["date"]))
    cells = values.astype(object).where(values.notna(), "").tolist()
    if isinstance(values.dtype, pd.StringDtype):  # as most are
        return list(map(str, cells))
    return [str(cell).lower() if isinstance(cell, bool) else str(cell) for cell in cells]
