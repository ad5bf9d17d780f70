"""Where in the book a record stands: addresses made of ids, so that they stay.

The name of a page is the name of the table and the id of the record; what has no page of
its own stands on the page of what it belongs to, at an anchor made the same way.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from posixpath import dirname, relpath
from typing import Any
from urllib.parse import quote

import karabakh_data as kd
from karabakh_data.descriptor import description, unknown

PAGED = {  # tables whose records have pages, and what the book calls a record
    "events": "step",
    "documents": "text",
    "formats": "mediation format",
    "people": "person",
    "places": "place",
    "actors": "actor",
}


def address(table: str, record_id: str) -> str:
    """The page of a record: its name without ``.html``, from the root of the book.

    >>> address("events", "2011-06-24-kazan")
    'events/2011-06-24-kazan'

    Raises:
        ValueError: the records of the table have no pages of their own.
    """
    if table not in PAGED:
        raise ValueError(unknown("table with pages", table, PAGED))
    return f"{table}/{record_id}"


def anchor(table: str, record_id: str, column: str = "") -> str:
    """The name of the place on a page that is about a record, or one cell of it.

    >>> anchor("events", "2011-06-24-kazan", "date")
    'events-2011-06-24-kazan-date'
    """
    return "-".join(part for part in (table, record_id, column) if part)


def home(table: str, row: Mapping[Any, Any]) -> tuple[str, str]:
    """Table and id of the record on whose page a row stands: its own, or the one it is of.

    That is the first record with a page to which the row refers.

    >>> home("front", {"change_id": "1993-04-02-kelbajar", "place": "kelbajar"})
    ('places', 'kelbajar')

    Raises:
        ValueError: rows of the table refer to no record with a page.
    """
    described = description().table(table)
    if table in PAGED:
        return table, row[described.id]
    for column, there in described.references.items():
        if there.table in PAGED:
            return there.table, row[column]
    raise ValueError(f"rows of {table} stand on no page.")


def part_of(table: str, record_id: str) -> str:
    """The page on which a record stands, with the anchor where it has no page of its own.

    >>> part_of("ceasefires", "1992-09-19-sochi")
    'events/1992-09-19-sochi#ceasefires-1992-09-19-sochi'
    >>> part_of("people", "vladimir-kazimirov")
    'people/vladimir-kazimirov'

    Raises:
        ValueError: no such table or record, or records of the table stand on no page.
    """
    homes = _homes(table)
    if record_id not in homes:
        raise ValueError(unknown(f"record of {table}", record_id, sorted(homes)))
    page = address(*homes[record_id])
    return page if table in PAGED else f"{page}#{anchor(table, record_id)}"


@cache
def _homes(table: str) -> dict[str, tuple[str, str]]:
    """Of each record of a table as published, the record on whose page it stands."""
    key = description().table(table).id
    rows = kd.record()[table].to_dict("records")
    return {row[key]: home(table, row) for row in rows}


def link(from_page: str, to_page: str) -> str:
    """The relative address of one page on another, as it is written into a link.

    >>> link("events/2011-06-24-kazan", "places/kazan")
    '../places/kazan.html'
    >>> link("index", "events/1992-09-19-sochi#ceasefires-1992-09-19-sochi")
    'events/1992-09-19-sochi.html#ceasefires-1992-09-19-sochi'
    """
    page, _, at = to_page.partition("#")
    return _relative(page, dirname(from_page)) + (f"#{quote(at, safe='/=&')}" if at else "")


@cache
def _relative(page: str, folder: str) -> str:
    return quote(f"{relpath(page, folder or '.')}.html")
