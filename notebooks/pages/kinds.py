"""What the page of each kind of record says beyond what all say."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from karabakh_data.files import Row

from . import words
from .addresses import PAGED, address, anchor
from .register import Told

if TYPE_CHECKING:
    from .contexts import Book, Part, Step


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
    steps: dict[str, list[str]] = {one["event_id"]: [] for one in of["events", "place"]}
    met = f"{_count(len(steps), 'step')} took place here ({_span(book, steps)})" if steps else ""
    moved = f"it changed hands {_count(len(changes), 'time')}" if changes else ""
    told = words.some([one for one in (met, moved) if one])
    return {
        "lead": f"In this record {told}." if told else "",
        "changes": book.all_parts("front", changes),
        "steps": book.steps_with(steps),
        "routes": _routes(book, row),
        "acts": _acts(book, of["signatures", "place"]),
    }


def _routes(book: Book, row: Row) -> list[tuple[Told, str]]:
    """The routes kept as one place that go through a place, and how many steps each has."""
    found = []
    for key, other in book.register.rows["places"].items():
        stops = re.split(", | and ", other["name"].removesuffix(", in turn"))
        steps = book.register.referring["places", key]["events", "place"]
        if key != row["place"] and row["name"] in stops and steps:
            told = book.register.told("events", "place", key)
            found.append((told, _count(len({one["event_id"] for one in steps}), "step")))
    return found


def _joint(book: Book, row: Row) -> list[str]:
    """The actors under which sources name this one together with another of its side."""
    return [
        key
        for key, one in book.register.rows["actors"].items()
        if one["kind"] == "joint" and one["side"] == row["side"] != "" and key != row["actor"]
        if row["name"] in re.split(", | and ", one["name"])
    ]


def _actor(book: Book, row: Row, parts: dict[str, list[Row]]) -> dict[str, Any]:
    of = book.register.referring["actors", row["actor"]]
    joint = _joint(book, row)
    ofs = [of, *(book.register.referring["actors", one] for one in joint)]
    front = [one for those in ofs for at in ("taken_by", "lost_by") for one in those["front", at]]
    changes = {one["change_id"]: one for one in sorted(front, key=lambda one: one["date_first"])}
    moved = [one for those in ofs for at in ("giver", "receiver") for one in those["prisoners", at]]
    bodies = [
        one for one in book.register.rows["actors"].values() if one["part_of"] == row["actor"]
    ]
    seats, acts = of["participants", "actor"], of["signatures", "actor"]
    return {
        "lead": _present(book, seats, acts),
        "joint": {one: book.register.told("front", "taken_by", one) for one in joint},
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


MORE: dict[str, Callable[[Any, Row, dict[str, list[Row]]], dict[str, Any]]] = {
    "events": _event,
    "documents": _document,
    "formats": _format,
    "people": _person,
    "places": _place,
    "actors": _actor,
}
