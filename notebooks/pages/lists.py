"""The lists that pages of several kinds of record are made of."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from karabakh_data.descriptor import counted
from karabakh_data.files import Row
from karabakh_data.studies.people import NOT_THERE

from . import words
from .addresses import PAGED, address
from .register import Told
from .shown import Part, Step

if TYPE_CHECKING:
    from .contexts import Book


def by(book: Book, table: str, column: str, rows: Iterable[Row]) -> list[tuple[Told, list[Part]]]:
    """Parts by the value of a vocabulary's column, in the order of its values; most told first."""
    allowed = book.register.described.tables[table].columns[column].allowed
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row[column]].append(row)
    return [
        (
            book.register.told(table, column, value),
            sorted(
                book.all_parts(table, found[value]),
                key=lambda part: -len(part.facts[column].sources),
            ),
        )
        for value in sorted(found, key=allowed.index)
    ]


def text(book: Book, row: Row, parts: dict[str, list[Row]]) -> dict[str, Any]:
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


def other_names(book: Book, parts: dict[str, list[Row]]) -> list[tuple[Told, list[Told]]]:
    """All other names of the people, places and actors of a step."""
    found = {}
    for name, rows in parts.items():
        for column, there in book.register.described.tables[name].references.items():
            for key in (row[column] for row in rows if row[column]):
                names = book.register.all_names(there.table, key)
                if names and there.table in PAGED:
                    found[there.table, key] = (book.register.told(name, column, key), names)
    return [found[key] for key in sorted(found)]


def on_steps(book: Book, table: str, rows: Iterable[Row]) -> list[tuple[str, Step, Part]]:
    """Parts of steps, each with its place on the step's page and the step; in order of time."""
    ordered = sorted(rows, key=lambda row: book.order[row["event_id"]])
    found = []
    for row in ordered:
        part, step = book.part(table, row), book.register.rows["events"][row["event_id"]]
        found.append((f"{address('events', row['event_id'])}#{part.anchor}", book.step(step), part))
    return found


def offices(book: Book, seats: Iterable[Row]) -> list[tuple[str, Told, str, int]]:
    """Each office with its actor, the span of its steps in words, and their number."""
    held: dict[tuple[str, str], set[str]] = defaultdict(set)
    for seat in seats:
        held[seat["office"], seat["actor"]].add(seat["event_id"])
    found = []
    for (office, actor), keys in held.items():
        told = book.register.told("participants", "actor", actor)
        found.append((min(map(book.day, keys)), (office, told, span(book, keys), len(keys))))
    return [one for _, one in sorted(found, key=lambda one: (not one[1][0], one[0], one[1][0]))]


def span(book: Book, keys: Iterable[str]) -> str:
    """From the first to the last day of steps, in words."""
    days = sorted(filter(None, map(book.day, keys)))
    return words.date("/".join(dict.fromkeys((days[0], days[-1])))) if days else ""


def within(book: Book, keys: Iterable[str]) -> str:
    """The same in brackets behind what they are called; nothing where no step has a day."""
    days = span(book, keys)
    return f" ({days})" if days else ""


def presence(
    book: Book, seats: Iterable[Row], acts: Iterable[Row], signed: Iterable[str] = ()
) -> str:
    """How often somebody took part, from when to when, and how often only in other ways.

    Args:
        book: what the pages are made of.
        seats: the parts taken in steps.
        acts: the acts on texts.
        signed: further steps that count as those at which they took part.
    """
    there = {one["event_id"] for one in seats if one["role"] not in NOT_THERE} | {*signed}
    away = {one["event_id"] for one in seats} - there
    many = counted(len(there), "step")
    told = [f"took part in {many}{within(book, there)}"] if there else []
    texts = {one["document_id"] for one in acts}
    told += [f"signed or refused {counted(len(texts), 'text')}"] if texts else []
    found = [words.some(told)] if told else []
    if away:
        more = "more " if there else ""
        found.append(f"only addressed or kept away at {counted(len(away), f'{more}step')}")
    return f"{words.capital('; '.join(found))}." if found else ""


def seats(book: Book, seats: Iterable[Row]) -> list[Step]:
    """The steps of these seats, each with the roles and offices of whoever sat."""
    found: dict[str, list[str]] = defaultdict(list)
    for seat in seats:
        role = book.register.told("participants", "role", seat["role"]).text
        found[seat["event_id"]].append(role)
    return book.steps_with(found)


def acts(book: Book, signatures: Iterable[Row]) -> list[tuple[str, str, Part]]:
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


def hands(book: Book, signatures: Iterable[Row]) -> list[str]:
    """Who did what about a text: for each thing that was done, by whom, the parties first."""
    acts = by(book, "signatures", "status", signatures)
    for _, parts in acts:
        parts.sort(key=lambda part: (part.row["capacity"] != "party", part.row["signature_id"]))
    return [
        f"{words.capital(told.text)}: {', '.join(dict.fromkeys(map(_who, parts)))}"
        for told, parts in acts
    ]


def _who(act: Part) -> str:
    """Who is told to have acted: the person, for whom, or the actor alone."""
    names = [act.facts[name].told.text for name in ("person", "actor") if name in act.facts]
    return f"{names[0]} ({names[1]})" if names[1:] else names[0]


def routes(book: Book, row: Row) -> list[tuple[Told, str]]:
    """The routes kept as one place that go through a place, and how many steps each has."""
    found = []
    for key, other in book.register.rows["places"].items():
        stops = re.split(", | and ", other["name"].removesuffix(", in turn"))
        steps = book.register.referring["places", key]["events", "place"]
        if key != row["place"] and row["name"] in stops and steps:
            told = book.register.told("events", "place", key)
            found.append((told, counted(len({one["event_id"] for one in steps}), "step")))
    return found


def naming(book: Book, name: str) -> set[str]:
    """The steps in whose titles a place's name stands."""
    word = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")  # it may end in a bracket
    events = book.register.rows["events"]
    return {key for key, one in events.items() if word.search(one["title"])}


def joint(book: Book, row: Row) -> list[str]:
    """The actors under which sources name this one together with another of its side."""
    return [
        key
        for key, one in book.register.rows["actors"].items()
        if one["kind"] == "joint" and one["side"] == row["side"] != "" and key != row["actor"]
        if row["name"] in re.split(", (?:the )?| and (?:the )?", one["name"])
    ]
