"""What a rule is given, and what it says."""

from __future__ import annotations

from typing import NamedTuple

from ..descriptor import Description
from ..files import Row, Tables


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
