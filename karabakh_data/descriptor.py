"""The description of the data: the one place where tables and columns are described.

The file ``datapackage.json`` of a data folder is a Frictionless Data Package. Beyond
the standard's own keys it says

* of a column: ``coded`` (every value rests on claims), ``derived`` (what follows of
  which column: its ``first`` or ``last`` day, whether all its claims are ``inferred``, a
  claim's ``agreement`` with the cell), and by ``rdfType`` that its text is an EDTF date, or
  the name, other names or an id elsewhere of the record (SKOS);
* of a table: ``whole`` (it comes whole, whatever part of the ledger is asked for),
  ``made_of`` (of which cells its key is made), and ``rules`` that hold between its
  columns (see :mod:`karabakh_data.checks`);
* of the package: ``time_zone`` (whose days the dates are), and ``part`` where it holds the
  record as a part of the ledger tells it.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from difflib import get_close_matches
from functools import cache, cached_property
from typing import Any, NamedTuple

DATA = os.path.join(os.path.dirname(os.path.abspath(__file__)), "data")
FILE = "datapackage.json"
EDTF = "http://id.loc.gov/datatypes/edtf/EDTF"
SKOS = "http://www.w3.org/2004/02/skos/core#"
SEPARATOR = " | "  # of the values of a cell that holds several
_SPELT = {"co_chair": "co-chair", "communique": "communiqué"}  # else with blanks for underscores


class Reference(NamedTuple):
    """The key that a column holds."""

    table: str
    column: str


class Column:
    """One column as the description has it."""

    def __init__(self, table: str, described: dict[str, Any]) -> None:
        """Read one field of a table's schema."""
        constraints = described.get("constraints", {})
        self.table = table
        self.name: str = described["name"]
        self.type: str = described["type"]
        self.description: str = described["description"]
        self.required: bool = constraints.get("required", False)
        self.allowed: tuple[str, ...] = tuple(constraints.get("enum", ()))
        self.pattern: str = constraints.get("pattern", "")
        self.meanings = {one["value"]: one["label"] for one in described.get("categories", ())}
        self.coded: bool = described.get("coded", False)
        is_a: str = described.get("rdfType", "")
        self.edtf = is_a == EDTF
        self.label = is_a == f"{SKOS}prefLabel"  # the record's name
        self.other_label = is_a == f"{SKOS}altLabel"
        self.notation = is_a == f"{SKOS}notation"  # its id elsewhere
        self.derived: dict[str, str] = described.get(
            "derived", {}
        )  # {"first": column} and the like
        self.reference: Reference | None = None

    @property
    def dated(self) -> bool:
        """Whether claims about it are dates."""
        return self.edtf or self.type == "date"


class Table:
    """One table as the description has it."""

    def __init__(self, described: dict[str, Any]) -> None:
        """Read one resource of the package."""
        schema = described["schema"]
        self.name: str = described["name"]
        self.file: str = described["path"]
        self.description: str = described["description"]
        self.whole: bool = described.get("whole", False)
        self.made_of: dict[str, list[str]] = described.get("made_of", {})
        self.rules: list[dict[str, Any]] = described.get("rules", [])
        self.key: list[str] = list(schema["primaryKey"])
        self.id = self.key[-1]  # the column of its records' ids
        self.columns = {one["name"]: Column(self.name, one) for one in schema["fields"]}
        for link in schema.get("foreignKeys", ()):
            there = link["reference"]
            target = Reference(there["resource"] or self.name, there["fields"])
            self.columns[link["fields"]].reference = target

    @cached_property
    def coded(self) -> list[str]:
        """The columns whose every value is backed by a claim."""
        return [name for name, column in self.columns.items() if column.coded]

    @cached_property
    def references(self) -> dict[str, Reference]:
        """The columns that hold a key, each with the table and column whose key it is."""
        found = self.columns.items()
        return {name: column.reference for name, column in found if column.reference}

    @cached_property
    def label(self) -> str:
        """The column that names its records, if any does."""
        return next((name for name, column in self.columns.items() if column.label), "")

    @property
    def about_records(self) -> bool:
        """Whether each row is about one record of any table."""
        return {"table", "record_id"} <= set(self.columns)


class Description:
    """All tables of one data folder, by name and in order."""

    def __init__(self, package: dict[str, Any]) -> None:
        """Read a data package; KeyError if it is none."""
        self.package = package
        self.part: bool = package.get("part", False)
        self.time_zone: str = package.get("time_zone", "")
        self.tables = {one["name"]: Table(one) for one in package["resources"]}

    @cached_property
    def records(self) -> list[str]:
        """The tables on whose records claims are kept."""
        return [name for name, table in self.tables.items() if table.coded]

    def parents(self, table: str) -> dict[str, Reference]:
        """The columns that say which other record a record belongs to."""
        found = self.tables[table].references.items()
        return {
            name: there
            for name, there in found
            if there.table in self.records and not self.tables[table].columns[name].coded
        }

    def table(self, name: object) -> Table:
        """One table; ValueError names the tables there are."""
        if not isinstance(name, str) or name not in self.tables:
            raise ValueError(unknown("table", name, self.tables) + self._elsewhere(name))
        return self.tables[name]

    def with_claims(self, name: object) -> Table:
        """One table on which claims are kept; ValueError names those there are."""
        table = self.table(name)
        if not table.coded:
            there = ", ".join(self.records)
            raise ValueError(f"no claims are kept on {name!r}; they are on: {there}.")
        return table

    def column(self, table: object, column: object) -> Column:
        """One column; ValueError names the columns there are."""
        columns = self.table(table).columns
        if not isinstance(column, str) or column not in columns:
            known = unknown(f"column of {table}", column, columns)
            raise ValueError(known + self._elsewhere(column))
        return columns[column]

    def _elsewhere(self, word: object) -> str:
        """Where a word that was asked for as something else is a column, or a value."""
        if not isinstance(word, str):
            return ""
        columns = [column for table in self.tables.values() for column in table.columns.values()]
        named = [column.table for column in columns if column.name == word]
        held = [f"{column.table}.{column.name}" for column in columns if word in column.allowed]
        found = {"a column of": named, "a value of": held}
        return "".join(
            f" {word!r} is {what} {', '.join(where)}." for what, where in found.items() if where
        )


def read(folder: str) -> Description:
    """The description of a data folder.

    Raises:
        FileNotFoundError: no such folder, or no description in it.
        ValueError: the description is not JSON, or no data package.
    """
    file = os.path.join(folder, FILE)
    try:
        with open(file, encoding="utf-8") as stream:
            return Description(json.load(stream))
    except (FileNotFoundError, NotADirectoryError):
        raise FileNotFoundError(missing(file)) from None
    except ValueError as error:
        raise ValueError(f"{file} is no JSON: {error}.") from None
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"{file} describes no tables: {error!r}.") from None


@cache
def description() -> Description:
    """The description that comes with the package."""
    return read(DATA)


def plain(name: str) -> str:
    """A value of a vocabulary, or the name of a column, in words.

    >>> plain("never_began"), plain("co_chair"), plain("document_id")
    ('never began', 'co-chair', 'document')
    """
    return _SPELT.get(name) or name.removesuffix("_id").replace("_", " ")


def several(cell: str) -> list[str]:
    """The values of a cell that may hold several.

    >>> several("Şuşa | Shushi"), several("")
    (['Şuşa', 'Shushi'], [])
    """
    return cell.split(SEPARATOR) if cell else []


def missing(file: str) -> str:
    """What to do about a file that is not there."""
    folder, name = os.path.split(file)
    if folder != DATA:
        return f"{folder} holds no {name}: is it a data folder?"
    if not os.path.isdir(DATA):
        return (
            f"{DATA} is no folder: karabakh_data reads its tables as files, so install it "
            "unpacked with pip, or add the folder to the bundle "
            "(PyInstaller: --collect-data karabakh_data)."
        )
    return f"{file} is missing; reinstall karabakh_data."


def unknown(what: str, value: object, choices: Iterable[object]) -> str:
    """The message for a name that is not among the choices: the nearest, then what exists.

    Of many choices those alone that are near.

    >>> unknown("table", "event", ["events", "formats"])
    "unknown table 'event'. Did you mean 'events'? There are: events, formats."
    >>> unknown("day", None, range(1, 32))
    'unknown day None. There are 31.'
    """
    names = sorted(choices) if isinstance(choices, set) else [str(choice) for choice in choices]
    near = get_close_matches(value, names, 8, 0.4) if isinstance(value, str) else []
    hint = f" Did you mean {near[0]!r}?" if near else ""
    some = names if len(names) <= 25 else near
    rest = f", and {len(names) - len(some)} more" if len(some) < len(names) else ""
    there = f": {', '.join(some)}{rest}" if some else f" {len(names)}"
    return f"unknown {what} {value!r}.{hint} There are{there}."


def type_of(value: object) -> str:
    """What a value is, for a message, and whose: ``list``, ``polars.DataFrame``."""
    kind = type(value)
    package = kind.__module__.partition(".")[0]
    return kind.__name__ if package == "builtins" else f"{package}.{kind.__name__}"


def counted(n: int, noun: str) -> str:
    """A number of things for a message: ``1 fault``, ``2 faults``."""
    return f"{n:,} {noun}{'' if n == 1 else 's'}"
