"""Write what follows from the claims into edited tables, once it is meant."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from . import files
from .adding import added
from .adoption import settle, views
from .checks import READABLE, Data, Fault, found, from_folder
from .descriptor import Description
from .files import Row, Rows, Tables
from .telling import as_told


class Move(NamedTuple):
    """One coded cell that the claims move."""

    table: str
    record: str
    column: str
    old: str
    new: str
    rule: str

    def __str__(self) -> str:
        """As ``seal`` prints it."""
        cell = f"{self.table}, {self.record}, {self.column}"
        return f"{cell}: {self.old!r} -> {self.new!r} ({self.rule})"


class Sealed(NamedTuple):
    """An edited folder as it would be sealed."""

    data: Data
    moves: list[Move]
    faults: list[Fault]


def sealed(folder: str | os.PathLike[str], new: Sequence[str] = ()) -> Sealed:
    """What an edited folder comes to: coded cells, agreement, bounds, ids and order.

    Nothing is written. Faults are those that sealing does not mend.

    Args:
        folder: where the tables are.
        new: rows to add, as :func:`karabakh_data.adding.added` reads them.

    Raises:
        FileNotFoundError, ValueError: as :func:`karabakh_data.checks.faults` does.
    """
    edited = from_folder(folder)
    if new:
        edited = edited._replace(tables=added(edited.described, edited.tables, new))
    faults = list(found(edited, READABLE, _mends(edited.described)))
    if faults:
        return Sealed(edited, [], faults)
    described = edited.described
    tables = _with_ids(edited)
    told = as_told(described, tables, tables["claims"], part=False)
    for name, table in described.tables.items():
        told[name].sort(key=lambda row: [row[column] for column in table.key])
    data = Data(described, told, part=False)
    return Sealed(data, list(_moves(described, tables, told)), list(found(data)))


def write(folder: str | os.PathLike[str], data: Data) -> None:
    """Write sealed tables into their folder, all of them or none."""
    tables = data.described.tables.items()
    contents = {table.file: files.text(table, data.tables[name]) for name, table in tables}
    files.write(os.fspath(folder), contents)


def _mends(described: Description) -> Callable[[Fault], bool]:
    """Whether sealing mends a fault: of a key that it makes, or a blank that it fills."""
    made, filled = set(), set()
    for table in described.tables.values():
        made |= {(table.file, name) for name in table.key if table.made_of}
        columns = table.columns.values()
        filled |= {(table.file, one.name) for one in columns if one.derived or one.coded}

    def mends(fault: Fault) -> bool:
        place = fault.file, fault.column
        return place in made or (place in filled and not fault.value)

    return mends


def _with_ids(edited: Data) -> dict[str, Rows]:
    """The tables, with every key that is made of other cells; claims in order of theirs."""
    tables = dict(edited.tables)
    for name, table in edited.described.tables.items():
        for row in tables[name] if table.made_of else ():
            row[table.id] = files.made_id(table, row)
    return {**tables, "claims": sorted(tables["claims"], key=lambda claim: claim["claim_id"])}


def _moves(described: Description, before: Tables, after: Tables) -> Iterator[Move]:
    """The coded cells that are not what they were."""
    verdicts = settle(described, after["claims"], views(after), after["decisions"])
    for name in described.records:
        table = described.tables[name]
        old: dict[str, Row] = {row[table.id]: row for row in before[name]}
        for row in after[name]:
            key = row[table.id]
            for column in table.coded:
                if old[key][column] != row[column]:
                    verdict = verdicts.get((name, key, column))
                    rule = verdict.rule if verdict else "no claim backs it"
                    yield Move(name, key, column, old[key][column], row[column], rule)
