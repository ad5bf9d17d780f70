"""The tables as text: rows of cells that know their line in the file."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterable, Mapping
from functools import lru_cache
from hashlib import sha256

from .descriptor import Description, Table, counted, missing


class Row(dict[str, str]):
    """The cells of one row, by column; ``line`` is where it stands in its file."""

    __slots__ = ("line",)  # there are tens of thousands of them, and each part copies them

    def __init__(self, cells: Mapping[str, str] | Iterable[tuple[str, str]], line: int = 0) -> None:
        """Take the cells."""
        dict.__init__(self, cells)
        self.line = line

    def copied(self) -> Row:
        """The same cells, to be changed."""
        return Row(self, self.line)


Rows = list[Row]
Tables = Mapping[str, Rows]


def read(folder: str, described: Description) -> dict[str, Rows]:
    """Every table of a data folder, as :func:`read_table` gives it."""
    return {name: read_table(folder, table) for name, table in described.tables.items()}


def read_table(folder: str, table: Table) -> Rows:
    """The rows of one table's file.

    Raises:
        FileNotFoundError: there is no such file.
        ValueError: it is not UTF-8 text with this table's columns; file and line are named.
    """
    path = os.path.join(folder, table.file)
    try:
        with open(path, "rb") as file:
            return parse(file.read(), table)
    except (FileNotFoundError, NotADirectoryError):
        raise FileNotFoundError(missing(path)) from None


def parse(content: bytes, table: Table) -> Rows:
    """The rows of a table from the bytes of its file; ValueError as for :func:`read_table`."""
    try:
        text = content.decode("utf-8-sig")  # a spreadsheet may add a byte-order mark
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise ValueError(f"{table.file}, line {line}: not UTF-8.") from None
    lines = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows: Rows = []
    try:
        header = next(lines, [])
        if header != list(table.columns):
            raise ValueError(
                f"{table.file}, line 1: expected the columns {', '.join(table.columns)}; "
                f"found {', '.join(map(repr, header))}."
            )
        for cells in lines:
            if len(cells) != len(header):
                raise ValueError(
                    f"{table.file}, line {lines.line_num}: "
                    f"{counted(len(cells), 'cell')}, expected {len(header)}."
                )
            rows.append(Row(zip(header, cells, strict=True), lines.line_num))
    except csv.Error as error:
        raise ValueError(f"{table.file}, line {lines.line_num}: no CSV: {error}.") from None
    return rows


def text(table: Table, rows: Iterable[Row]) -> str:
    """The rows as the text of a table's file."""
    stream = io.StringIO(newline="")
    out = csv.DictWriter(stream, list(table.columns), lineterminator="\n")
    out.writeheader()
    out.writerows(rows)
    return stream.getvalue()


def write(folder: str, contents: Mapping[str, str]) -> None:
    """Write files into a folder, all of them or none."""
    parts = {os.path.join(folder, name): content for name, content in contents.items()}
    try:
        for path, content in parts.items():
            with open(f"{path}.part", "w", encoding="utf-8", newline="") as file:
                file.write(content)
    except OSError:
        for path in parts:
            if os.path.exists(f"{path}.part"):
                os.remove(f"{path}.part")
        raise
    for path in parts:
        os.replace(f"{path}.part", path)


def made_id(table: Table, row: Mapping[str, str]) -> str:
    """The key of a row whose key is made of its other cells: some in full, all in a digest.

    The description names them (``made_of``), such as table, record and column of a
    claim in full, and its source and value in the digest as well.
    """
    digest = _digest("\x1f".join([row[name] for name in table.made_of["all"]]))
    return ".".join([*[row[name] for name in table.made_of["shown"]], digest])


@lru_cache(maxsize=2**17)  # a part of the ledger is mostly claims that were seen before
def _digest(text: str) -> str:
    return sha256(text.encode("utf-8")).hexdigest()[:8]
