"""What the page of a record shows, piece by piece."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from karabakh_data.files import Row

from .register import Told
from .versions import Cell, Source


class Fact(NamedTuple):
    """One cell of a record in words; ``anchor`` leads to who says so."""

    label: str
    meaning: str  # where the codebook says what the column means
    told: Told
    anchor: str
    sources: list[Source]
    disputed: bool


class Part(NamedTuple):
    """One record that is part of another, as its page shows it."""

    row: Row
    anchor: str
    name: str
    facts: dict[str, Fact]
    disputed: int
    by_others: bool
    """Whether it is what a side answered or did, and no source of that side tells it."""


class Said(NamedTuple):
    """The cells of all records of one table on a page: those disputed, and the others."""

    title: str
    disputed: list[tuple[str, Cell]]
    agreed: list[tuple[str, list[Cell]]]

    @property
    def cells(self) -> int:
        """How many cells no source contradicts."""
        return sum(len(cells) for _, cells in self.agreed)

    @property
    def statements(self) -> int:
        """How many statements they rest on."""
        return sum(cell.statements for _, cells in self.agreed for cell in cells)


class Contested(NamedTuple):
    """A disputed cell of another page, of which a record is one version."""

    at: str
    title: str
    label: str
    standing: str


class Step(NamedTuple):
    """One step in a list of steps."""

    when: str
    year: str  # of the first day known
    title: str
    page: str
    outcome: str
    remarks: list[str]
    disputed: bool


def sources_of(cells: Iterable[Cell]) -> list[Source]:
    """All sources that say something of these cells, by perspective and publisher."""
    found = {
        statement.source.key: statement.source
        for cell in cells
        for version in cell.versions
        for statement in version.statements
    }
    return sorted(found.values(), key=lambda one: (one.perspective, one.publisher, one.key))
