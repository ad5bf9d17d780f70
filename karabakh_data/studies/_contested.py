"""Contested cells: what each source of a step says, and what stands if it is believed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

import numpy as np

from ..adoption import CELL, can_hold
from ..descriptor import description
from ..edtf import bounds
from ._given import Tables


class Cell(NamedTuple):
    """A cell on which sources differ: which sources of its step speak, and what each says."""

    step: str
    row: int
    column: np.ndarray
    sources: np.ndarray
    told: list[tuple[str | int, list[str | None]]]  # each value, and its first and last day
    bounds: list[np.ndarray]


def settled(
    cells: Iterable[tuple[Cell, np.ndarray]],
) -> list[tuple[np.ndarray, np.ndarray, np.ndarray]]:
    """Each column with its contested rows, and what stands in them: one draw, one line.

    Given is each cell with the place, in each draw, of the source that is believed.
    """
    found: dict[int, tuple[np.ndarray, list[int], list[np.ndarray]]] = {}
    for cell, first in cells:
        versions = zip(*([value, *ends] for value, ends in cell.told), strict=True)
        for column, told in zip([cell.column, *cell.bounds], versions, strict=True):
            _, rows, values = found.setdefault(id(column), (column, [], []))
            rows.append(cell.row)
            values.append(np.array(told, dtype=object)[first])
    return [
        (column, np.array(rows), np.stack(values, axis=1))
        for column, rows, values in found.values()
    ]


def contested(given: Tables, found: Mapping[str, Mapping[str, np.ndarray]]) -> Iterator[Cell]:
    """The cells on which the claims hold more than one value that the column can hold."""
    steps = _steps(found)
    decisions = given["decisions"]
    no = decisions.loc[decisions["verdict"] == "reject", [*CELL, "value"]]
    rejected = set(no.itertuples(index=False, name=None))
    rows = {
        name: {key: place for place, key in enumerate(found[name][table.id])}
        for name, table in description().tables.items()
        if table.coded
    }
    numbers: dict[str, dict[str, int]] = {}
    told: dict[tuple[str, str, str], list[tuple[str, str]]] = defaultdict(list)
    claims = given["claims"]
    claims = claims[claims.duplicated(CELL, keep=False)]
    names = [*CELL, "source", "value"]
    told_by = zip(*(claims[name].tolist() for name in names), strict=True)
    for name, key, column, source, value in told_by:
        told[name, key, column].append((source, value))
    for (name, key, column), statements in told.items():
        about = description().tables[name].columns[column]
        said = {
            source: int(value) if about.type == "integer" else value
            for source, value in statements
            if can_hold(about, value) and (name, key, column, value) not in rejected
        }
        if len(set(said.values())) < 2:
            continue
        step = steps.get((name, key), f"{name}.{key}")
        known = numbers.setdefault(step, {})
        order = np.array([known.setdefault(source, len(known)) for source in said])
        ends = _bounds(found[name], name, column)
        told_ends = [
            (value, [end or None for end in bounds(str(value))] if ends else [])
            for value in said.values()
        ]
        yield Cell(step, rows[name][key], found[name][column], order, told_ends, ends)


def _bounds(columns: Mapping[str, np.ndarray], table: str, column: str) -> list[np.ndarray]:
    """The columns that hold the first and the last day of this one, if any do."""
    described = description().tables[table].columns.values()
    ends = {what: one.name for one in described for what, of in one.derived.items() if of == column}
    return [columns[ends[what]] for what in ("first", "last") if what in ends]


def sources_by_step(cells: list[Cell]) -> dict[str, int]:
    """How many sources speak of each step's disputed cells."""
    sizes: dict[str, int] = {}
    for cell in cells:
        sizes[cell.step] = max(sizes.get(cell.step, 0), int(cell.sources.max()) + 1)
    return sizes


def _steps(found: Mapping[str, Mapping[str, np.ndarray]]) -> dict[tuple[str, str], str]:
    """For each record that belongs to a step, the step."""
    steps: dict[tuple[str, str], str] = {}
    for name in description().records:
        key = found[name][description().tables[name].id]
        parents = description().parents(name)
        for place, own in enumerate(key):
            step = f"{name}.{own}"
            for column, there in parents.items():
                step = steps.get((there.table, found[name][column][place]), step)
            steps[name, own] = step
    return steps
