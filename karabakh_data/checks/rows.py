"""Rules on rows: their keys, their order, and the keys of others that they hold."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from ..descriptor import unknown
from ..files import Row
from .fault import Data, Fault


def keys(data: Data) -> Iterator[Fault]:
    """Rows whose key another row has already."""
    for name, table in data.described.tables.items():
        seen: dict[tuple[str, ...], Row] = {}
        for row in data.tables[name]:
            key = tuple(row[column] for column in table.key)
            first = seen.setdefault(key, row)
            if first is not row:
                rule = f"the key stands twice: at line {first.line} too"
                yield data.fault(name, row, table.id, rule)


def order(data: Data) -> Iterator[Fault]:
    """Rows out of order, and keys that do not begin with what their record belongs to."""
    for name, table in data.described.tables.items():
        for before, row in pairwise(data.tables[name]):
            if [before[column] for column in table.key] > [row[column] for column in table.key]:
                yield data.fault(name, row, table.id, "rows are not sorted by key")
        for column in data.described.parents(name):
            for row in data.tables[name]:
                key, parent = row[table.id], row[column]
                if key != parent and not key.startswith(f"{parent}."):
                    yield data.fault(name, row, column, f"{key!r} does not begin with {parent!r}")


def references(data: Data) -> Iterator[Fault]:
    """Cells that should hold another table's key, and do not."""
    for name, table in data.described.tables.items():
        for column, there in table.references.items():
            known = {row[there.column] for row in data.tables[there.table]}
            for row in data.tables[name]:
                if row[column] and row[column] not in known:
                    rule = unknown(f"key of {there.table}", row[column], known)
                    yield data.fault(name, row, column, rule)
