"""What an export holds: the tables, and what explains them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import cached_property
from typing import Any, cast

import pandas as pd

from ..citation import cite, facts, fingerprint
from ..descriptor import Table, description
from ..frames import needs
from ..loading import FORMATS, TEXT, TableName, codebook, vocabulary
from ..records import opened

Cell = Any  # None, text, a number, yes or no, a day


class Content:
    """The tables of a record, each checked to be whole, and those that explain them."""

    def __init__(self, record: Mapping[str, pd.DataFrame] | None = None) -> None:
        """Take a record, by default as published; ValueError if it is none, or lacks a table."""
        self.published = record is None
        self.record = opened(record)
        self.tables = list(description().tables.values())

    def __iter__(self) -> Iterator[tuple[Table, pd.DataFrame]]:
        for table in self.tables:
            frame = self.record[table.name]
            needs(frame, *table.columns)
            _needs_days(table, frame)
            yield table, frame[list(table.columns)]

    @cached_property
    def rows(self) -> int:
        """How many rows the tables hold."""
        return sum(len(self.record[table.name]) for table in self.tables)

    @property
    def day(self) -> datetime:
        """The day of the data: files carry it, not that of writing, so that bytes are the same."""
        return datetime.fromisoformat(description().package["created"]).replace(tzinfo=None)

    @property
    def part(self) -> bool:
        """Whether it is not known to be the record as the whole ledger tells it."""
        return bool(getattr(self.record, "part", True))

    @cached_property
    def aids(self) -> dict[str, pd.DataFrame]:
        """The codebook, the vocabularies, and what the whole is and how to cite it."""
        books, words = [], []
        for table in self.tables:
            name = cast("TableName", table.name)
            books.append(codebook(name).assign(table=name))
            for column in table.columns.values():
                if column.allowed:
                    values = vocabulary(name, column.name)
                    words.append(values.assign(table=name, column=column.name))
        book = pd.concat(books)[["table", *books[0].columns[:-1]]]
        vocabularies = pd.concat(words)[["table", "column", "value", "meaning"]]
        return {
            "codebook": book.reset_index(drop=True),
            "vocabularies": vocabularies.reset_index(drop=True),
            "about": pd.DataFrame(self._about(), columns=["what", "value"], dtype=TEXT),
        }

    def _about(self) -> Iterator[tuple[str, str]]:
        known = facts()
        yield "title", known.title
        yield "authors", known.authors
        yield "version", known.version
        if self.published:
            yield "data", fingerprint()
        else:
            yield "record", repr(self.record) if hasattr(self.record, "part") else "a user's own"
        yield "licence", known.licence
        for line in cite().splitlines():
            yield "citation", line


def _needs_days(table: Table, frame: pd.DataFrame) -> None:
    """ValueError if a column of days or months holds text or the hours of a time zone."""
    for name, column in table.columns.items():
        if column.type in FORMATS and not pd.api.types.is_datetime64_dtype(frame[name]):
            raise ValueError(
                f"{table.name}.{name}: expected datetime64 without a time zone, as "
                f"karabakh_data.load gives it, found {frame[name].dtype}."
            )


def cells(frame: pd.DataFrame, column: str) -> list[Cell]:
    """One column as Python's own values, None where it is blank; days as ``datetime``."""
    values = frame[column]
    return values.astype(object).where(values.notna(), None).tolist()
