"""What the page of each kind of record says beyond what all say."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from karabakh_data.descriptor import counted
from karabakh_data.files import Row
from karabakh_data.studies.offers import ASKED
from karabakh_data.studies.people import UNSIGNED

from . import lists, words
from .addresses import address, anchor
from .drawing import spot

if TYPE_CHECKING:
    from .contexts import Book


def _event(book: Book, row: Row, parts: dict[str, list[Row]]) -> dict[str, Any]:
    place = book.order[row["event_id"]]
    same = [one for one in book.steps if one["format"] == row["format"] != ""]
    here = same.index(row) if row in same else 0
    return {
        "seats": lists.by(book, "participants", "role", parts.get("participants", [])),
        "ceasefires": book.all_parts("ceasefires", parts.get("ceasefires", [])),
        "texts": [lists.text(book, text, parts) for text in parts.get("documents", [])],
        "answers": book.all_parts("answers", parts.get("answers", [])),
        "prisoners": book.all_parts("prisoners", parts.get("prisoners", [])),
        "around": [
            ("Before", book.step(book.steps[place - 1]) if place else None),
            ("After", book.step(book.steps[place + 1]) if place + 1 < len(book.steps) else None),
        ],
        "around_in_format": [
            ("Before", book.step(same[here - 1]) if here else None),
            ("After", book.step(same[here + 1]) if here + 1 < len(same) else None),
        ],
        "others": lists.other_names(book, parts),
    }


def _document(book: Book, row: Row, parts: dict[str, list[Row]]) -> dict[str, Any]:
    stops = book.register.referring["documents", row["document_id"]]["ceasefires", "document_id"]
    event = book.step(book.register.rows["events"][row["event_id"]])
    facts = book.part("documents", row).facts
    told = [facts[name].told.text for name in ("kind", "adopted", "status") if name in facts]
    about = words.capital(", ".join(filter(None, told)))
    hands = "".join(f" {one}." for one in lists.hands(book, parts.get("signatures", [])))
    return {
        "lead": f"{about}. It was put forward or adopted at “{event.title}”.{hands}",
        **lists.text(book, row, parts),
        "page": address("documents", row["document_id"]),
        "event": event,
        "ceasefires": lists.on_steps(book, "ceasefires", stops),
        "others": lists.other_names(book, parts),
    }


def _format(book: Book, row: Row, parts: dict[str, list[Row]]) -> dict[str, Any]:
    of = book.register.referring["formats", row["format"]]
    return {
        "members": book.all_parts("format_members", parts.get("format_members", [])),
        "steps": book.steps_with({one["event_id"]: [] for one in of["events", "format"]}),
        "ceasefires": lists.on_steps(book, "ceasefires", of["ceasefires", "format"]),
    }


def _person(book: Book, row: Row, parts: dict[str, list[Row]]) -> dict[str, Any]:
    of = book.register.referring["people", row["person"]]
    seats = of["participants", "person"]
    acts = of["signatures", "person"]
    texts = book.register.rows["documents"]
    hands = [one for one in acts if one["status"] not in UNSIGNED]
    signed = {texts[one["document_id"]]["event_id"] for one in hands}
    return {
        "lead": lists.presence(book, seats, acts, signed),
        "offices": lists.offices(book, seats),
        "company": book.company.get(("people", row["person"]), []),
        "steps": lists.seats(book, seats),
        "acts": lists.acts(book, acts),
    }


def _place(book: Book, row: Row, parts: dict[str, list[Row]]) -> dict[str, Any]:
    of = book.register.referring["places", row["place"]]
    changes = sorted(parts.get("front", []), key=lambda one: (one["date_first"], one["change_id"]))
    steps: dict[str, list[str]] = {one["event_id"]: [] for one in of["events", "place"]}
    many = counted(len(steps), "step")
    met = f"{many} took place here{lists.within(book, steps)}" if steps else ""
    moved = f"it changed hands {counted(len(changes), 'time')}" if changes else ""
    naming = lists.naming(book, row["name"]) - {*steps}
    more = "more " if steps else ""
    named = f"titles of {counted(len(naming), f'{more}step')} name it" if naming else ""
    told = words.some([one for one in (met, moved, named) if one])
    return {
        "lead": f"In this record {told}." if told else "",
        "changes": book.all_parts("front", changes),
        "steps": book.steps_with(steps),
        "naming": book.steps_with({key: [] for key in naming}),
        "map": spot(row["name"], row["longitude"], row["latitude"]),
        "routes": lists.routes(book, row),
        "acts": lists.acts(book, of["signatures", "place"]),
    }


def _actor(book: Book, row: Row, parts: dict[str, list[Row]]) -> dict[str, Any]:
    of = book.register.referring["actors", row["actor"]]
    joint = lists.joint(book, row)
    ofs = [of, *(book.register.referring["actors", one] for one in joint)]
    front = [one for those in ofs for at in ("taken_by", "lost_by") for one in those["front", at]]
    changes = {one["change_id"]: one for one in sorted(front, key=lambda one: one["date_first"])}
    moved = [one for those in ofs for at in ("giver", "receiver") for one in those["prisoners", at]]
    bodies = [
        one for one in book.register.rows["actors"].values() if one["part_of"] == row["actor"]
    ]
    seats, acts = of["participants", "actor"], of["signatures", "actor"]
    return {
        "lead": lists.presence(book, seats, acts),
        "joint": {one: book.register.told("front", "taken_by", one) for one in joint},
        "bodies": [book.register.told("actors", "part_of", one["actor"]) for one in bodies],
        "spells": [
            (address("formats", one["format"]), book.part("format_members", one))
            for one in of["format_members", "actor"]
        ],
        "answers": lists.on_steps(book, "answers", of["answers", "actor"]),
        "asked": row["actor"] in ASKED,
        "company": book.company.get(("actors", row["actor"]), []),
        "arms": book.all_parts("arms", parts.get("arms", [])),
        "changes": [
            (f"{address('places', one['place'])}#{anchor('front', key)}", book.part("front", one))
            for key, one in changes.items()
        ],
        "prisoners": lists.on_steps(book, "prisoners", moved),
        "steps": lists.seats(book, seats),
        "acts": lists.acts(book, acts),
    }


MORE: dict[str, Callable[[Any, Row, dict[str, list[Row]]], dict[str, Any]]] = {
    "events": _event,
    "documents": _document,
    "formats": _format,
    "people": _person,
    "places": _place,
    "actors": _actor,
}
