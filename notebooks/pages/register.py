"""The record as its pages need it: rows by key, what refers to what, values in words."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import NamedTuple

from karabakh_data.descriptor import description, several
from karabakh_data.files import Row
from karabakh_data.records import Record

from . import words
from .addresses import PAGED, address, home

Key = tuple[str, str]  # table and id of a record


class Told(NamedTuple):
    """A value as a reader meets it."""

    text: str
    page: str = ""  # where it leads
    meaning: str = ""  # of a word from a vocabulary
    language: str = ""


class Register:
    """All rows of a record, as text, by table and key."""

    def __init__(self, record: Record) -> None:
        """Read all tables once."""
        self.record = record
        self.described = description()
        self.rows = {
            name: {row[table.id]: row for row in record.rows(name)}
            for name, table in self.described.tables.items()
        }

    @cached_property
    def referring(self) -> dict[Key, dict[tuple[str, str], list[Row]]]:
        """For each record the rows that name it, by their table and column."""
        found: dict[Key, dict[tuple[str, str], list[Row]]] = defaultdict(lambda: defaultdict(list))
        for name in self.described.records:
            for column, there in self.described.tables[name].references.items():
                for row in self.rows[name].values():
                    if row[column]:
                        found[there.table, row[column]][name, column].append(row)
        return found

    @cached_property
    def belonging(self) -> dict[Key, dict[str, list[Row]]]:
        """For each record the rows of other tables that are part of it, by their table."""
        found: dict[Key, dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
        for name in self.described.records:
            parents = self.described.parents(name)
            if name in PAGED and not parents:
                continue
            for row in self.rows[name].values():
                owner = home(name, row)
                for column, there in parents.items():
                    owner = there.table, row[column]
                found[owner][name].append(row)
        return found

    def part_of(self, table: str, key: str) -> dict[str, list[Row]]:
        """The record's own row and, by table and in its order, those that are part of it."""
        found: dict[str, list[Row]] = defaultdict(list)
        waiting = [(table, self.rows[table][key])]
        for name, row in waiting:
            found[name].append(row)
            of = self.belonging.get((name, self.key(name, row)), {})
            waiting += [(part, one) for part, rows in of.items() for one in rows]
        return found

    def key(self, table: str, row: Row) -> str:
        """The key of a row."""
        return row[self.described.tables[table].id]

    def name(self, table: str, row: Row) -> str:
        """What a record is called: by its own name, or by those of the actors it is about."""
        if name := row.get(self.described.tables[table].label) or row.get("category"):
            return name
        about = {
            column: self.told(table, column, row[column]).text
            for column, there in self.described.tables[table].references.items()
            if there.table in ("actors", "people") and row[column]
        }
        if not about:
            return self.key(table, row)
        kinds = [self.described.tables[table].references[column].table for column in about]
        if len(set(kinds)) < len(kinds):
            return ", ".join(f"{words.plain(column)} {name}" for column, name in about.items())
        return ", ".join(reversed(about.values()))

    def told(self, table: str, column: str, value: str) -> Told:
        """A value of a column in words; where it is a record's key, its name and page."""
        described = self.described.tables[table].columns[column]
        there = described.reference
        if there and value in self.rows[there.table]:
            row = self.rows[there.table][value]
            page = address(there.table, value) if there.table in PAGED else ""
            return Told(self.name(there.table, row), page)
        text, meaning = words.value(described, value), described.meanings.get(value, "")
        says_more = meaning.lower() not in (text, f"a {text}", f"an {text}")
        return Told(text, meaning=meaning if says_more else "")

    def all_names(self, table: str, key: str) -> list[Told]:
        """All names of a record but its first, each with its language where letters tell it."""
        names = self.rows[table][key].get("other_names", "")
        return [Told(one, language=words.language(one)) for one in several(names)]
