"""Where a table cannot be what was published, or parts from its ledger.

The loader asks only when a file's fingerprint is wrong; the tests ask always.
"""

from __future__ import annotations

import csv
import io
import os
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from hashlib import sha256
from itertools import chain, pairwise
from typing import Any, NamedTuple

from .descriptor import DATA, allowed, coded, fields, key, links, resource, resources, unknown

Row = dict[str, str]
Rows = list[tuple[int, Row]]  # line number in the file, cells


class Fault(NamedTuple):
    """One thing wrong in one place of one file."""

    file: str
    line: int
    column: str
    value: str
    rule: str

    def __str__(self) -> str:
        return f"{self.file}, line {self.line}, {self.column}={self.value!r}: {self.rule}"


def published(table: str) -> bytes:
    """The table's file, byte for byte as it was published.

    Raises FileNotFoundError when it is missing and ValueError when it was cut
    short or edited, with the file, the line and what is wrong there.
    """
    described = resource(table)
    file = os.path.join(DATA, described["path"])
    try:
        with open(file, "rb") as stream:
            content = stream.read()
    except FileNotFoundError:
        raise FileNotFoundError(f"{file} is missing; reinstall karabakh_data.") from None
    if f"sha256:{sha256(content).hexdigest()}" == described["hash"]:
        return content
    raise ValueError(f"{file} is not as published. {_diagnosis(table, content)}")


def _diagnosis(table: str, content: bytes) -> str:
    remedy = (
        "Reinstall karabakh_data; in a clone, tests/seal.py lists what does not fit "
        "or accepts a change meant to stay."
    )
    size = resource(table)["bytes"]
    try:
        rows = read(content.decode("utf-8"), table)
        fault = next(row_faults(table, rows), None) or _parting(table, rows)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        return f"Line {line} is not UTF-8. {remedy}"
    except ValueError as error:
        return f"{error} {remedy}"
    whole = content.endswith(b"\n") and fault is not None and fault.file == resource(table)["path"]
    if len(content) < size and not whole:
        return (
            f"It ends at line {len(rows) + 1}, with {len(content)} of {size} bytes: "
            f"text is missing. {remedy}"
        )
    where = (
        f"{str(fault).rstrip('.')}."
        if fault
        else "Every line reads, but its text differs from the fingerprint."
    )
    return f"{where} {remedy}"


def _parting(table: str, rows: Rows) -> Fault | None:
    """The first place where an edited table parts from the ledger, or from what it refers to."""
    every = {name: rows if name == table else read_table(name) for name in resources()}
    return next(chain(ledger_faults(every), reference_faults(every)), None)


def read(text: str, table: str) -> Rows:
    """The rows of a CSV text with their line numbers; ValueError if it has another header."""
    lines = csv.reader(io.StringIO(text, newline=""))
    header, file, rows = next(lines, []), resource(table)["path"], []
    if header != list(fields(table)):
        raise ValueError(
            f"{file}: Line 1 should hold the columns {', '.join(fields(table))}; "
            f"it holds {', '.join(map(repr, header))}."
        )
    for cells in lines:
        if len(cells) != len(header):
            raise ValueError(
                f"{file}, line {lines.line_num}: {len(cells)} cells, expected {len(header)}."
            )
        rows.append((lines.line_num, dict(zip(header, cells, strict=True))))
    return rows


def read_table(table: str) -> Rows:
    """The rows of one table's own file, whatever its fingerprint."""
    path = os.path.join(DATA, resource(table)["path"])
    with open(path, encoding="utf-8-sig", newline="") as file:  # a spreadsheet may add a BOM
        return read(file.read(), table)


def row_faults(table: str, rows: Rows) -> Iterator[Fault]:
    """Cells that are not of their column's type or vocabulary; keys twice or out of order."""
    file, columns = resource(table)["path"], fields(table)
    names = key(table)
    for line, row in rows:
        for name, field in columns.items():
            if rule := _broken_rule(field, row[name]):
                yield Fault(file, line, name, row[name], rule)
    keys = [(line, tuple(row.get(name, "") for name in names)) for line, row in rows]
    for (_, before), (line, after) in pairwise(keys):
        if before == after:
            yield Fault(file, line, names[0], after[0], "the key stands twice")
        elif before > after:
            yield Fault(file, line, names[0], after[0], "rows are not sorted by key")


def _broken_rule(field: Mapping[str, Any], value: str) -> str | None:
    if not value:
        return "must not be blank" if field.get("constraints", {}).get("required") else None
    if value != " ".join(value.split()):
        return "blanks at an end, or doubled"
    choices = allowed(dict(field))
    if choices and value not in choices:
        return unknown("value", value, choices)
    kind = field["type"]
    if kind == "integer" and not re.fullmatch("[0-9]+", value):
        return "expected a whole number"
    if kind == "boolean" and value not in ("true", "false"):
        return "expected true or false"
    if kind in ("date", "yearmonth") and not _is_day(value if kind == "date" else f"{value}-01"):
        return f"expected a {'day' if kind == 'date' else 'month'} of the calendar in ISO form"
    return None


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def ledger_faults(tables: Mapping[str, Rows]) -> Iterator[Fault]:
    """Double entry: every coded value has a claim, every claim a cell, and they agree.

    A claim says `same` exactly when its value is the cell's; a blank cell has
    only `unadopted` claims. So a slip in a table or in the ledger shows.
    """
    claims_file = resource("claims")["path"]
    by_cell: dict[tuple[str, str, str], list[tuple[int, Row]]] = defaultdict(list)
    for line, claim in tables["claims"]:
        by_cell[claim["table"], claim["record_id"], claim["column"]].append((line, claim))
    for table in resources():
        columns, name = coded(table), key(table)[0]
        keys = _keys(tables, table) if columns else {}
        for line, row in tables[table] if columns else []:
            for column in columns:
                found = by_cell.pop((table, row[name], column), [])
                value = row[column]
                if value and not any(claim["value"] == value for _, claim in found):
                    said = sorted({claim["value"] for _, claim in found}) or ["nothing"]
                    rule = f"no claim in {claims_file} backs it; the ledger holds {', '.join(said)}"
                    yield Fault(resource(table)["path"], line, column, value, rule)
                for where, claim in found:
                    if why := _unsayable(fields(table)[column], claim["value"], keys.get(column)):
                        yield Fault(claims_file, where, "value", claim["value"], why)
                    says_same = claim["agreement"] == "same"
                    held = f"{table} holds {value!r} at line {line}"
                    if says_same != (claim["value"] == value):
                        rule = f"marked {claim['agreement']}, but {held}"
                        yield Fault(claims_file, where, "value", claim["value"], rule)
                    elif (claim["agreement"] == "unadopted") != (value == ""):
                        yield Fault(claims_file, where, "agreement", claim["agreement"], held)
    for (table, record, column), found in by_cell.items():
        for line, _ in found:
            rule = f"no coded cell {column!r} of a record {record!r} in {table!r}"
            yield Fault(claims_file, line, "record_id", record, rule)


def reference_faults(tables: Mapping[str, Rows]) -> Iterator[Fault]:
    """Cells that should hold another table's key, and do not."""
    for table, rows in tables.items():
        for column, keys in _keys(tables, table).items():
            for line, row in rows:
                if row[column] and row[column] not in keys:
                    rule = unknown(f"key of {links(table)[column][0]}", row[column], keys)
                    yield Fault(resource(table)["path"], line, column, row[column], rule)


def _keys(tables: Mapping[str, Rows], table: str) -> dict[str, set[str]]:
    """What each column that refers to a table may hold."""
    return {
        column: {row[name] for _, row in tables[there]}
        for column, (there, name) in links(table).items()
    }


def _unsayable(field: Mapping[str, Any], value: str, keys: set[str] | None) -> str | None:
    """Why a claim cannot hold this value; days are EDTF there, which the tests check."""
    if field["type"] == "date":
        return None
    if keys is not None:
        return None if value in keys else unknown(field["name"], value, keys)
    return _broken_rule(field, value)
