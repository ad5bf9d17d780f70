"""New rows for the tables, from the cells that someone gives."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from .descriptor import Column, Description, Table
from .files import Row, Tables, made_id

NEXT = "+"
"""What stands between two rows that are added together."""


def added(described: Description, tables: Tables, words: Sequence[str]) -> dict[str, list[Row]]:
    """The tables with new :func:`rows` at their ends, not yet sealed.

    Raises:
        ValueError: as there.
    """
    found = {name: list(there) for name, there in tables.items()}
    for name, new in rows(described, words):
        last = max((one.line for one in found[name]), default=1)
        new.line = last + 1
        found[name].append(new)
    return found


def rows(described: Description, words: Sequence[str]) -> Iterator[tuple[str, Row]]:
    """The new rows that words ask for, each with its table.

    A row of a table on which claims are kept is told by its ``source``: each coded cell
    given is a claim of that source. People have none, and claims on them are given apart.
    A claim says ``inferred=false`` unless told otherwise.

    Args:
        described: the description of the tables.
        words: ``TABLE COLUMN=VALUE …``, and the same again after each ``+``.

    Raises:
        ValueError: an unknown table or column, a cell that is no ``COLUMN=VALUE`` or
            given twice; or cells are missing: then a form of the table.
    """
    for name, cells in _asked(words):
        table = described.table(name)
        row = _row(table, cells)
        yield name, row
        for claim in _told(table, row):
            yield "claims", claim


def form(table: Table) -> str:
    """What a row of a table asks for: one line is one column; ``*``: never blank."""
    lines = [f"{table.name}: {table.description}"]
    for column in _given(table):
        about = column.description
        if column.allowed:
            about = f"One of: {', '.join(column.allowed)}."
        elif column.reference:
            about += f" A {column.reference.column} of {column.reference.table}."
        lines.append(f"{'*' if column.required else ' '} {column.name:15} {about}")
    return "\n".join(lines)


def _asked(words: Sequence[str]) -> Iterator[tuple[str, dict[str, str]]]:
    """The rows asked for: of which table, and their cells."""
    parts: list[list[str]] = [[]]
    for word in words:
        if word == NEXT:
            parts.append([])
        else:
            parts[-1].append(word)
    for part in parts:
        cells: dict[str, str] = {}
        for word in part[1:]:
            column, equals, value = word.partition("=")
            if not equals or column in cells:
                why = "stands twice" if equals else "expected COLUMN=VALUE"
                raise ValueError(f"{word!r}: {why}")
            cells[column] = value
        yield (part[0] if part else ""), cells


def _given(table: Table) -> list[Column]:
    """The columns that someone fills: not those that follow from others."""
    made = table.key if table.made_of else ()
    return [one for one in table.columns.values() if not one.derived and one.name not in made]


def _row(table: Table, cells: Mapping[str, str]) -> Row:
    names = [column.name for column in _given(table)]
    for name in cells:
        if name not in names:
            raise ValueError(f"{table.name} has no column {name!r} to fill.\n{form(table)}")
    row = Row({name: cells.get(name, "") for name in table.columns})
    if table.name == "claims":
        row["inferred"] = row["inferred"] or "false"
    missing = [column.name for column in _given(table) if column.required and not row[column.name]]
    if missing:
        raise ValueError(f"{table.name} needs {', '.join(missing)}.\n{form(table)}")
    if table.made_of:
        row[table.id] = made_id(table, row)
    return row


def _told(table: Table, row: Row) -> Iterator[Row]:
    """A claim on each coded cell, by the source of the row, if its table names one."""
    for column in table.coded if "source" in table.columns else ():
        if row[column]:
            yield Row(
                {
                    "claim_id": "",
                    "table": table.name,
                    "record_id": row[table.id],
                    "column": column,
                    "value": row[column],
                    "agreement": "",
                    "inferred": "false",
                    "source": row["source"],
                    "locator": row["locator"],
                    "note": "",
                }
            )
