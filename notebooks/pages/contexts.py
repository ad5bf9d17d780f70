"""What the page of each record says: the tables turned into contexts for the templates."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

import karabakh_data as kd
from karabakh_data import citation, edtf
from karabakh_data.descriptor import several
from karabakh_data.files import Row
from karabakh_data.records import Record
from karabakh_data.studies import network
from karabakh_data.studies.offers import DECLINED

from . import elsewhere, kinds, versions, words
from .addresses import PAGED, address, anchor, home
from .edition import cited, edition, whereabouts
from .register import Key, Register, Told
from .shown import Contested, Fact, Part, Said, Step, sources_of

_SHOWN_APART = {"title", "name", "other_names", "summary", "note", "source", "locator"}
LEDGER = ("claims", "decisions", "crosswalk")  # what else is known of a record
_LISTED = {  # where all records of a kind stand
    "events": "timeline",
    "documents": "tables/texts",
    "answers": "tables/answers",
    "ceasefires": "tables/ceasefires",
    "formats": "tables/formats",
    "people": "tables/people",
    "places": "map#all-places",
    "actors": "tables/actors",
}

_CHOSEN_BY = {  # where all records of one value of a column can be chosen
    "events": ("kind", "outcome"),
    "documents": ("kind", "status", "implementation"),
    "ceasefires": ("step", "fate", "scope"),
    "actors": ("kind", "side"),
}

_MANY = {  # and several, where the table's name is no word for them
    "documents": "texts",
    "format_members": "members",
    "front": "changes of hands",
}


class Book:
    """All that the pages are made of, read once."""

    def __init__(
        self, record: Record | None = None, notebooks: Path | None = None, published: str = ""
    ) -> None:
        """Take a record (default: as published), the notebooks' folder and the book's address."""
        self.register = Register(kd.record() if record is None else record)
        self.sources = versions.sources(self.register)
        self.cells = versions.cells(self.register, self.sources)
        self.ids = elsewhere.ids(self.register)
        self.notebooks = elsewhere.notebooks(notebooks) if notebooks else []
        self.about = {name: _by_record(self.register, name) for name in LEDGER}
        self.steps = sorted(self.register.rows["events"].values(), key=self.in_time)
        self.order = {row["event_id"]: place for place, row in enumerate(self.steps)}
        self.published = published
        self.entry = kd.cite("bibtex").partition("\n\n")[0]

    def day(self, key: str) -> str:
        """The first day known of a step: of its date, or where that is open of those claimed."""
        row = self.register.rows["events"][key]
        claimed = (
            one["value"]
            for one in self.about["claims"].get(("events", key), ())
            if one["column"] == "date"
        )
        days = (row["start"], row["end"], *sorted(filter(None, map(_first_day, claimed))))
        return next(filter(None, days), "")

    def in_time(self, row: Row) -> tuple[str, ...]:
        """What steps are sorted by: of one day, those first that can have been before it.

        Those of which no day is told come last.
        """
        key = row["event_id"]
        return self.day(key) or edtf.LAST, "on" if row["start"] else "by", row["end"], key

    def contexts(self) -> Iterator[dict[str, Any]]:
        """What each page says, page by page."""
        for table in PAGED:
            for key in self.register.rows[table]:
                yield self.context(table, key)
        yield from self.retired()

    def context(self, table: str, key: str) -> dict[str, Any]:
        """What the page of one record says."""
        row = self.register.rows[table][key]
        parts = self.register.part_of(table, key)
        cells = [
            cell
            for name, rows in parts.items()
            for one in rows
            for cell in self.cells.get((name, self.register.key(name, one)), ())
        ]
        title = self.register.name(table, row)
        at = whereabouts(address(table, key), self.published)
        return {
            "template": f"{table}.html",
            "page": address(table, key),
            "table": table,
            "key": key,
            "about": PAGED[table],
            "listed": _LISTED[table],
            "title": title,
            "record": self.part(table, row),
            "lead": row.get("summary", ""),
            "names": self.register.all_names(table, key),
            "source": self.sources.get(row.get("source", "")),
            "locator": versions.located(row.get("locator", "")),
            "disputes": [cell for cell in self.cells.get((table, key), ()) if cell.disputed],
            "said": self.said(table, parts),
            "statements": sum(cell.statements for cell in cells),
            "disputed": sum(cell.disputed for cell in cells),
            "sources": sources_of(cells),
            "contested": self.contested.get(address(table, key), []),
            "elsewhere": self.ids.get((table, key), []),
            "notebooks": self.using(table, key, title),
            "citation": edition().citation,
            "cited": cited(title, at),
            "bibtex": self.bibtex(key, title, at),
            "columns": list(self.register.described.tables["claims"].columns),
            "coded": self.register.described.tables[table].coded,
            "rows": dict(parts),
            **kinds.MORE[table](self, row, parts),
        }

    def bibtex(self, key: str, title: str, at: str) -> str:
        """The entry of a page: that of the data, with its own key, title and address."""
        own = self.entry.replace("title = {{", f"title = {{{{{citation.tex(title)}, in: ", 1)
        of_page = f"@misc{{{key},\n  howpublished = {{{citation.tex(at)}}},"
        return own.replace("@misc{karabakh_data,", of_page)

    def part(self, table: str, row: Row) -> Part:
        """A record as a page shows it: every cell in words, with the way to who says so."""
        key = self.register.key(table, row)
        described = self.register.described.tables[table]
        said = {cell.column: cell for cell in self.cells.get((table, key), ())}
        facts = {
            name: Fact(
                label=words.plain(name),
                meaning=f"codebook#{table}.{name}",
                told=self.told(table, name, row[name]),
                anchor=said[name].anchor if name in said else "",
                sources=sources_of([said[name]]) if name in said else [],
                disputed=name in said and said[name].disputed,
            )
            for name, column in described.columns.items()
            if not (column.derived or name in {*described.key, *_SHOWN_APART})
            and not elsewhere.is_id_elsewhere(name)
            and (row[name] or (name in said and said[name].disputed))
        }
        disputed = sum(cell.disputed for cell in said.values())
        name = self.register.name(table, row)
        answer = {"answers": "answer", "signatures": "status"}.get(table, "")
        declined = table == "answers" or row.get("status") in DECLINED
        by_others = declined and answer in said and self.by_others(row["actor"], said[answer])
        return Part(row, anchor(table, key), name, facts, disputed, by_others)

    def by_others(self, actor: str, cell: versions.Cell) -> bool:
        """Whether no source of the actor's side tells what the table says in a cell."""
        side = self.register.rows["actors"][actor]["side"]
        own = self.register.told("actors", "side", side).text
        told = (one.perspectives for one in cell.versions if one.agreement == "same")
        return side != "" and all(view != own for views in told for view, _ in views)

    def told(self, table: str, column: str, value: str) -> Told:
        """A value in words, with the way to all records that have it where they can be chosen."""
        told = self.register.told(table, column, value)
        if value and column in _CHOSEN_BY.get(table, ()):
            return told._replace(page=f"{_LISTED[table]}#{column}={value}")
        return told

    def all_parts(self, table: str, rows: Iterable[Row]) -> list[Part]:
        """Records as a page shows them."""
        return [self.part(table, row) for row in rows]

    def said(self, table: str, parts: dict[str, list[Row]]) -> list[Said]:
        """Who says what on a page, table by table."""
        found = []
        for name, rows in parts.items():
            disputed, agreed = [], []
            for row in rows:
                title = "" if name == table else self.register.name(name, row)
                cells = self.cells.get((name, self.register.key(name, row)), [])
                if name != table:  # those of the record itself stand at the top
                    disputed += [(title, cell) for cell in cells if cell.disputed]
                if rest := [cell for cell in cells if not cell.disputed]:
                    agreed.append((title, rest))
            heading = f"This {PAGED[table]}" if name == table else _many(name)
            if disputed or agreed:
                found.append(Said(heading, disputed, agreed))
        return found

    def step(self, row: Row, remarks: Iterable[str] = ()) -> Step:
        """A step as a list shows it."""
        key = row["event_id"]
        return Step(
            when=self.register.told("events", "date", row["date"]).text,
            year=self.day(key)[:4] or "No date known",
            title=self.register.name("events", row),
            page=address("events", key),
            outcome=self.register.told("events", "outcome", row["outcome"]).text,
            remarks=list(remarks),
            disputed=any(cell.disputed for cell in self.cells.get(("events", key), ())),
        )

    @cached_property
    def contested(self) -> dict[str, list[Contested]]:
        """For each page the disputed cells of others of which its record is one version."""
        found: dict[str, list[Contested]] = defaultdict(list)
        for (table, key), cells in self.cells.items():
            row = self.register.rows[table][key]
            for cell in (cell for cell in cells if cell.disputed):
                title = self.register.name(table, row)
                owner = home(table, row)
                if not (owner == (table, key) or row.get("title")):
                    other = self.register.rows[owner[0]][owner[1]]
                    title = f"{self.register.name(owner[0], other)}: {title}"
                at = f"{address(*owner)}#{cell.anchor}"
                for version in cell.versions:
                    if version.value.page:
                        one = Contested(at, title, cell.label, version.standing.lower())
                        found[version.value.page].append(one)
        return found

    @cached_property
    def company(self) -> dict[Key, list[tuple[Told, int]]]:
        """With whom each person and actor was at two steps or more, the most frequent first."""
        found: dict[Key, list[tuple[Told, int]]] = defaultdict(list)
        for of, column in (("people", "person"), ("actors", "actor")):
            met = network.met(of, record=self.register.record).query("weight > 1")
            for *both, steps in met[["source", "target", "weight"]].itertuples(index=False):
                for one, other in (both, both[::-1]):
                    told = self.register.told("participants", column, other)
                    found[of, one].append((told, steps))
        return found

    def steps_with(self, remarks: dict[str, list[str]]) -> list[Step]:
        """These steps in order of time, each with what is to be remarked of it."""
        keys = sorted(remarks, key=lambda key: self.order[key])
        rows = self.register.rows["events"]
        return [self.step(rows[key], dict.fromkeys(filter(None, remarks[key]))) for key in keys]

    def using(self, table: str, key: str, title: str) -> dict[str, Any]:
        """The notebooks that name a record, or else those whose code asks for its table."""
        named = elsewhere.naming(self.notebooks, key, title)
        asking = [book for book in self.notebooks if f'"{table}"' in book.code]
        return {"named": bool(named), "books": named or asking}

    def retired(self) -> Iterator[dict[str, Any]]:
        """A page for each id withdrawn, that leads to what replaces it."""
        for row in self.register.record.rows("retired"):
            table = row["table"]
            if table not in PAGED or row["id"] in self.register.rows[table]:
                continue
            known = self.register.rows[table]
            yield {
                "template": "retired.html",
                "page": address(table, row["id"]),
                "table": table,
                "key": row["id"],
                "about": PAGED[table],
                "title": f"{row['id']}: withdrawn",
                "instead": [
                    Told(self.register.name(table, known[one]), address(table, one))
                    for one in several(row["replaced_by"])
                    if one in known
                ],
                "row": row,
            }


def _by_record(register: Register, table: str) -> dict[Key, list[Row]]:
    found: dict[Key, list[Row]] = defaultdict(list)
    for row in register.rows[table].values():
        found[row["table"], row["record_id"]].append(row)
    return found


def _first_day(date: str) -> str:
    first, last = edtf.bounds(date)
    return first or last


def _many(table: str) -> str:
    return words.capital(_MANY.get(table, words.plain(table)))
