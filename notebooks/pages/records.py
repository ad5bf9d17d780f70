"""A page for every step, text, format, person, place and actor, made when the book is built."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from weakref import WeakKeyDictionary

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from markupsafe import escape

import karabakh_data as kd
from karabakh_data import edtf
from karabakh_data.files import Row
from karabakh_data.records import Record

from . import elsewhere, versions, words
from .addresses import PAGED, address, anchor, home, link
from .register import Key, Register, Told
from .versions import Cell

if TYPE_CHECKING:  # the pages can be made without it
    from sphinx.application import Sphinx

_SHOWN_APART = {"title", "name", "other_names", "summary", "note", "source", "locator"}
_LEDGER = ("claims", "decisions", "crosswalk")  # what else is known of a record
_SECTION = re.compile(r'<section id="([^"]+)">\s*<h2>(.*?)</h2>')
_ABOUT = {  # what a record of a table is called, in the book's words
    "events": "step",
    "documents": "text",
    "formats": "mediation format",
    "people": "person",
    "places": "place",
    "actors": "actor",
}

_MANY = {  # and several, where the table's name is no word for them
    "documents": "texts",
    "format_members": "members",
    "front": "changes of hands",
}


class Fact(NamedTuple):
    """One cell of a record in words; ``anchor`` leads to who says so."""

    label: str
    told: Told
    anchor: str
    sources: int
    disputed: bool


class Part(NamedTuple):
    """One record that is part of another, as its page shows it."""

    row: Row
    anchor: str
    name: str
    facts: dict[str, Fact]
    disputed: int


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
    title: str
    page: str
    outcome: str
    remarks: list[str]
    disputed: bool


class Book:
    """All that the pages are made of, read once."""

    def __init__(self, record: Record | None = None, notebooks: Path | None = None) -> None:
        """Take a record (default: as published) and the folder of the notebooks."""
        self.register = Register(kd.record() if record is None else record)
        self.sources = versions.sources(self.register)
        self.cells = versions.cells(self.register, self.sources)
        self.ids = elsewhere.ids(self.register)
        self.notebooks = elsewhere.notebooks(notebooks) if notebooks else []
        self.about = {name: _by_record(self.register, name) for name in _LEDGER}
        self.steps = sorted(self.register.rows["events"].values(), key=self.in_time)
        self.order = {row["event_id"]: place for place, row in enumerate(self.steps)}
        self.citation = kd.cite().splitlines()[0]

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
        """What steps are sorted by: those of which no day is told come last."""
        return self.day(row["event_id"]) or edtf.LAST, row["end"], row["event_id"]

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
        return {
            "template": f"{table}.html",
            "page": address(table, key),
            "table": table,
            "key": key,
            "about": _ABOUT[table],
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
            "sources": _sources_of(cells),
            "contested": self.contested.get(address(table, key), []),
            "elsewhere": self.ids.get((table, key), []),
            "notebooks": self.using(table, key, title),
            "citation": self.citation,
            "columns": list(self.register.described.tables["claims"].columns),
            "coded": self.register.described.tables[table].coded,
            "rows": dict(parts),
            **_MORE[table](self, row, parts),
        }

    def part(self, table: str, row: Row) -> Part:
        """A record as a page shows it: every cell in words, with the way to who says so."""
        key = self.register.key(table, row)
        described = self.register.described.tables[table]
        said = {cell.column: cell for cell in self.cells.get((table, key), ())}
        facts = {
            name: Fact(
                label=words.plain(name),
                told=self.register.told(table, name, row[name]),
                anchor=said[name].anchor if name in said else "",
                sources=len(_sources_of([said[name]])) if name in said else 0,
                disputed=name in said and said[name].disputed,
            )
            for name, column in described.columns.items()
            if not (column.derived or name in {*described.key, *_SHOWN_APART})
            and not elsewhere.is_id_elsewhere(name)
            and (row[name] or (name in said and said[name].disputed))
        }
        disputed = sum(cell.disputed for cell in said.values())
        return Part(row, anchor(table, key), self.register.name(table, row), facts, disputed)

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
            heading = f"This {_ABOUT[table]}" if name == table else _many(name)
            if disputed or agreed:
                found.append(Said(heading, disputed, agreed))
        return found

    def step(self, row: Row, remarks: Iterable[str] = ()) -> Step:
        """A step as a list shows it."""
        key = row["event_id"]
        return Step(
            when=self.register.told("events", "date", row["date"]).text,
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
            keys = [one for one in row["replaced_by"].split(" | ") if one]
            known = self.register.rows[table]
            yield {
                "template": "retired.html",
                "page": address(table, row["id"]),
                "table": table,
                "key": row["id"],
                "about": _ABOUT[table],
                "title": f"{row['id']}: withdrawn",
                "instead": [
                    Told(self.register.name(table, known[one]), address(table, one))
                    for one in keys
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


def _sources_of(cells: Iterable[Cell]) -> list[versions.Source]:
    found = {
        statement.source.key: statement.source
        for cell in cells
        for version in cell.versions
        for statement in version.statements
    }
    return sorted(found.values(), key=lambda one: (one.perspective, one.publisher, one.key))


# What the page of each kind of record says beyond what all say


def _event(book: Book, row: Row, parts: dict[str, list[Row]]) -> dict[str, Any]:
    place = book.order[row["event_id"]]
    same = [one for one in book.steps if one["format"] == row["format"] != ""]
    here = same.index(row) if row in same else 0
    return {
        "seats": _by(book, "participants", "role", parts.get("participants", [])),
        "ceasefires": book.all_parts("ceasefires", parts.get("ceasefires", [])),
        "texts": [_text(book, text, parts) for text in parts.get("documents", [])],
        "prisoners": book.all_parts("prisoners", parts.get("prisoners", [])),
        "around": [
            ("Before", book.step(book.steps[place - 1]) if place else None),
            ("After", book.step(book.steps[place + 1]) if place + 1 < len(book.steps) else None),
        ],
        "around_in_format": [
            ("Before", book.step(same[here - 1]) if here else None),
            ("After", book.step(same[here + 1]) if here + 1 < len(same) else None),
        ],
        "others": _other_names(book, parts),
    }


def _by(book: Book, table: str, column: str, rows: Iterable[Row]) -> list[tuple[Told, list[Part]]]:
    """Parts by the value of a vocabulary's column, in the order of its values."""
    allowed = book.register.described.tables[table].columns[column].allowed
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row[column]].append(row)
    return [
        (book.register.told(table, column, value), book.all_parts(table, found[value]))
        for value in sorted(found, key=allowed.index)
    ]


def _text(book: Book, row: Row, parts: dict[str, list[Row]]) -> dict[str, Any]:
    """A text with the acts on it and what it asks."""
    key = row["document_id"]
    mine = {
        name: [one for one in parts.get(name, []) if one["document_id"] == key]
        for name in ("signatures", "provisions")
    }
    return {
        "text": book.part("documents", row),
        "page": address("documents", key),
        "elsewhere": book.ids.get(("documents", key), []),
        **{name: book.all_parts(name, rows) for name, rows in mine.items()},
    }


def _other_names(book: Book, parts: dict[str, list[Row]]) -> list[tuple[Told, list[Told]]]:
    """All other names of the people, places and actors of a step."""
    found = {}
    for name, rows in parts.items():
        for column, there in book.register.described.tables[name].references.items():
            for key in (row[column] for row in rows if row[column]):
                names = book.register.all_names(there.table, key)
                if names and there.table in PAGED:
                    found[there.table, key] = (book.register.told(name, column, key), names)
    return [found[key] for key in sorted(found)]


def _document(book: Book, row: Row, parts: dict[str, list[Row]]) -> dict[str, Any]:
    stops = book.register.referring["documents", row["document_id"]]["ceasefires", "document_id"]
    event = book.step(book.register.rows["events"][row["event_id"]])
    facts = book.part("documents", row).facts
    told = [facts[name].told.text for name in ("kind", "adopted", "status") if name in facts]
    about = words.capital(", ".join(filter(None, told)))
    return {
        "lead": f"{about}. It was put forward or adopted at “{event.title}”.",
        **_text(book, row, parts),
        "page": address("documents", row["document_id"]),
        "event": event,
        "ceasefires": _elsewhere(book, "ceasefires", stops),
        "others": _other_names(book, parts),
    }


def _elsewhere(book: Book, table: str, rows: Iterable[Row]) -> list[tuple[str, Step, Part]]:
    """Parts of steps, each with its place on the step's page and the step; in order of time."""
    ordered = sorted(rows, key=lambda row: book.order[row["event_id"]])
    found = []
    for row in ordered:
        part, step = book.part(table, row), book.register.rows["events"][row["event_id"]]
        found.append((f"{address('events', row['event_id'])}#{part.anchor}", book.step(step), part))
    return found


def _format(book: Book, row: Row, parts: dict[str, list[Row]]) -> dict[str, Any]:
    of = book.register.referring["formats", row["format"]]
    return {
        "members": book.all_parts("format_members", parts.get("format_members", [])),
        "steps": book.steps_with({one["event_id"]: [] for one in of["events", "format"]}),
        "ceasefires": _elsewhere(book, "ceasefires", of["ceasefires", "format"]),
    }


def _person(book: Book, row: Row, parts: dict[str, list[Row]]) -> dict[str, Any]:
    of = book.register.referring["people", row["person"]]
    seats = of["participants", "person"]
    acts = of["signatures", "person"]
    return {
        "lead": _present(book, seats, acts),
        "offices": _offices(book, seats),
        "steps": _seats(book, seats),
        "acts": _acts(book, acts),
    }


def _offices(book: Book, seats: Iterable[Row]) -> list[tuple[str, Told, str, int]]:
    """Each office with its actor, the span of its steps in words, and their number."""
    held: dict[tuple[str, str], set[str]] = defaultdict(set)
    for seat in seats:
        held[seat["office"], seat["actor"]].add(seat["event_id"])
    found = []
    for (office, actor), keys in held.items():
        told = book.register.told("participants", "actor", actor)
        found.append((min(map(book.day, keys)), (office, told, _span(book, keys), len(keys))))
    return [one for _, one in sorted(found, key=lambda one: (not one[1][0], one[0], one[1][0]))]


def _span(book: Book, keys: Iterable[str]) -> str:
    """From the first to the last day of steps, in words."""
    days = sorted(filter(None, map(book.day, keys)))
    return words.date("/".join(dict.fromkeys((days[0], days[-1])))) if days else ""


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'s' if number != 1 else ''}"


def _present(book: Book, seats: Iterable[Row], acts: list[Row]) -> str:
    """How often somebody is in the record, and when first and last."""
    keys = {one["event_id"] for one in seats}
    found = [f"at {_count(len(keys), 'step')} ({_span(book, keys)})"] if keys else []
    found += [f"in {_count(len(acts), 'act')} on texts"] if acts else []
    return f"In this record {words.some(found)}." if found else ""


def _seats(book: Book, seats: Iterable[Row]) -> list[Step]:
    """The steps of these seats, each with the roles and offices of whoever sat."""
    found: dict[str, list[str]] = defaultdict(list)
    for seat in seats:
        role = book.register.told("participants", "role", seat["role"]).text
        found[seat["event_id"]].append(role)
    return book.steps_with(found)


def _acts(book: Book, signatures: Iterable[Row]) -> list[tuple[str, str, Part]]:
    """Acts on texts: the text's page, its title, and the act; in order of time."""
    texts = book.register.rows["documents"]

    def when(act: Row) -> tuple[str, str]:
        text = texts[act["document_id"]]
        day = act["date_first"] or text["adopted_first"] or book.day(text["event_id"])
        return day, act["signature_id"]

    return [
        (
            address("documents", one["document_id"]),
            book.register.name("documents", texts[one["document_id"]]),
            book.part("signatures", one),
        )
        for one in sorted(signatures, key=when)
    ]


def _place(book: Book, row: Row, parts: dict[str, list[Row]]) -> dict[str, Any]:
    of = book.register.referring["places", row["place"]]
    changes = sorted(parts.get("front", []), key=lambda one: (one["date_first"], one["change_id"]))
    steps = {one["event_id"]: [] for one in of["events", "place"]}
    met = f"{_count(len(steps), 'step')} took place here ({_span(book, steps)})" if steps else ""
    moved = f"it changed hands {_count(len(changes), 'time')}" if changes else ""
    told = words.some([one for one in (met, moved) if one])
    return {
        "lead": f"In this record {told}." if told else "",
        "changes": book.all_parts("front", changes),
        "steps": book.steps_with(steps),
        "acts": _acts(book, of["signatures", "place"]),
    }


def _actor(book: Book, row: Row, parts: dict[str, list[Row]]) -> dict[str, Any]:
    of = book.register.referring["actors", row["actor"]]
    front = [*of["front", "taken_by"], *of["front", "lost_by"]]
    changes = {one["change_id"]: one for one in sorted(front, key=lambda one: one["date_first"])}
    moved = [*of["prisoners", "giver"], *of["prisoners", "receiver"]]
    bodies = [
        one for one in book.register.rows["actors"].values() if one["part_of"] == row["actor"]
    ]
    seats, acts = of["participants", "actor"], of["signatures", "actor"]
    return {
        "lead": _present(book, seats, acts),
        "bodies": [book.register.told("actors", "part_of", one["actor"]) for one in bodies],
        "spells": [
            (address("formats", one["format"]), book.part("format_members", one))
            for one in of["format_members", "actor"]
        ],
        "arms": book.all_parts("arms", parts.get("arms", [])),
        "changes": [
            (f"{address('places', one['place'])}#{anchor('front', key)}", book.part("front", one))
            for key, one in changes.items()
        ],
        "prisoners": _elsewhere(book, "prisoners", moved),
        "steps": _seats(book, seats),
        "acts": _acts(book, acts),
    }


_MORE: dict[str, Callable[[Book, Row, dict[str, list[Row]]], dict[str, Any]]] = {
    "events": _event,
    "documents": _document,
    "formats": _format,
    "people": _person,
    "places": _place,
    "actors": _actor,
}


# From contexts to pages


def environment() -> Environment:
    """The templates, whose every value is escaped."""
    made = Environment(
        loader=PackageLoader(__package__),
        autoescape=select_autoescape(),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(link=link, anchor=anchor)
    made.filters.update(capital=words.capital, some=words.some, plain=words.plain)
    return made


def data(book: Book, context: dict[str, Any]) -> str:
    """The page's own data, as JSON: its rows as the tables hold them, and their claims."""
    keys = {
        (name, book.register.key(name, row))
        for name, rows in context["rows"].items()
        for row in rows
    }
    found = {
        "table": context["table"],
        "record_id": context["key"],
        "version": kd.__version__,
        "citation": context["citation"],
        "rows": context["rows"],
        **{name: _about(book, name, keys) for name in _LEDGER},
        "sources": [book.register.rows["sources"][one.key] for one in context["sources"]],
    }
    return json.dumps(found, ensure_ascii=False, separators=(",", ":")) + "\n"


def _about(book: Book, table: str, keys: set[Key]) -> list[Row]:
    return [row for key in sorted(keys) for row in book.about[table].get(key, ())]


def render(book: Book, context: dict[str, Any], templates: Environment) -> str:
    """The body of one page."""
    return templates.get_template(context["template"]).render(context)


def pages(book: Book) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Every page with what Sphinx and the theme ask for, and its data as JSON or nothing."""
    templates = environment()
    for context in book.contexts():
        body = render(book, context, templates)
        shown = {
            "title": str(escape(context["title"])),
            "body": body,
            "toc": _contents(body, context["title"]),
            "metatags": _metatags(context),
            "record": (context["table"], context["key"]),
        }
        yield context["page"], shown, data(book, context) if "rows" in context else ""


def _contents(body: str, title: str) -> str:
    """The sections of a page as the theme lists them beside it."""
    items = "".join(
        f'<li><a class="reference internal" href="#{at}">{name}</a></li>'
        for at, name in _SECTION.findall(body)
    )
    top = f'<a class="reference internal" href="#">{escape(title)}</a>'
    return f"<ul><li>{top}<ul>{items}</ul></li></ul>" if items else ""


def _metatags(context: dict[str, Any]) -> str:
    """Sends the reader on where one record replaces another."""
    instead = context.get("instead", ())
    if len(instead) != 1:
        return ""
    there = escape(link(context["page"], instead[0].page))
    refresh = f'<meta http-equiv="refresh" content="0; url={there}">'
    return f'{refresh}<link rel="canonical" href="{there}">'


# What Sphinx calls

_sidebars: WeakKeyDictionary[Sphinx, dict[str, str]] = WeakKeyDictionary()


def collect(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Give Sphinx all record pages, and write each page's data beside it."""
    book = Book(notebooks=Path(app.srcdir))
    for page, shown, data_of_page in pages(book):
        if data_of_page:
            file = Path(app.outdir, f"{page}.json")
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(data_of_page, encoding="utf-8")
        yield page, shown, "page.html"


def share_contents(
    app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: object
) -> None:
    """Make the sidebar of the record pages once: the same on all, as none is in it."""
    if "record" in context:
        make = context["toctree"]
        made = _sidebars.setdefault(app, {})
        context["toctree"] = lambda **asked: made.get("") or made.setdefault("", make(**asked))


def show_contents(
    app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: object
) -> None:
    """Show the sections of a record page beside it, which the theme does for documents only."""
    if "record" in context:
        context["furo_hide_toc"] = not context["toc"]


def setup(app: Sphinx) -> dict[str, bool]:
    """Connect to Sphinx."""
    app.connect("html-collect-pages", collect)
    app.connect("html-page-context", share_contents, priority=400)  # before the theme
    app.connect("html-page-context", show_contents, priority=600)  # after it
    app.add_css_file("records.css")
    return {"parallel_read_safe": True, "parallel_write_safe": True}
