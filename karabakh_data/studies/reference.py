"""The codebook in tables that fit a page: columns apart from the values they may hold."""

from __future__ import annotations

import pandas as pd

from ..descriptor import description
from ..loading import TEXT, TableName, codebook, vocabulary


def columns(table: TableName) -> pd.DataFrame:
    """The columns of a table: one row is one, in order.

    Columns: ``column``; ``meaning`` (its own, without its values'); ``holds`` (its type, or
    the table it refers to); ``how`` (coded, required, derived).

    >>> from karabakh_data.studies import reference
    >>> reference.columns("ceasefires").set_index("column").loc["fate", "how"]
    'coded'

    Raises:
        ValueError: no such table.
    """
    book, described = codebook(table), description().table(table).columns
    flags = ["coded", "required", "derived"]
    rows = zip(*(book[name] for name in flags), strict=True)
    how = [", ".join(name for name, on in zip(flags, row, strict=True) if on) for row in rows]
    key = book["refers_to"].where(book["refers_to"] == "", "key of " + book["refers_to"])
    found = {
        "column": book["column"],
        "meaning": [described[name].description for name in book["column"]],
        "holds": key.where(key != "", book["type"].where(book["allowed"] == "", "a value below")),
        "how": how,
    }
    return pd.DataFrame(found).astype(TEXT)


def values(table: TableName) -> pd.DataFrame:
    """The values that closed vocabularies of a table allow: one row is one value.

    Columns: ``column``, ``value``, ``meaning`` (blank where the value says it).

    >>> from karabakh_data.studies import reference
    >>> rows = reference.values("ceasefires")
    >>> rows.loc[rows["column"] == "fate", "value"].tolist()[:2]
    ['never_began', 'refused']

    Raises:
        ValueError: no such table.
    """
    book = codebook(table)
    parts = [
        vocabulary(table, name).assign(column=name)
        for name in book.loc[book["allowed"] != "", "column"]
    ]
    order = ["column", "value", "meaning"]
    if not parts:
        return pd.DataFrame(columns=order).astype(TEXT)
    return pd.concat(parts, ignore_index=True)[order].astype(TEXT)
