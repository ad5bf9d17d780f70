"""What a rule is given, and what it says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from ..descriptor import Description
from ..files import Row, Tables

Rule = dict[str, Any]
"""What the description asks between columns: its first word says what (see :mod:`.between`)."""

Found = Iterator[tuple[Row, str, str]]
"""What breaks such a rule: the row, the column, and what is wrong with it."""


class Data(NamedTuple):
    """The tables to look at; ``part``: as a part of the ledger tells them."""

    described: Description
    tables: Tables
    part: bool

    def fault(self, table: str, row: Row, column: str, rule: str) -> Fault:
        """One fault, placed."""
        return Fault(self.described.tables[table].file, row.line, column, row.get(column, ""), rule)


class Fault(NamedTuple):
    """One thing wrong in one place of one file."""

    file: str
    line: int
    column: str
    value: str
    rule: str

    def __str__(self) -> str:
        """As ``check`` prints it."""
        return f"{self.file}, line {self.line}, {self.column}={self.value!r}: {self.rule}"
