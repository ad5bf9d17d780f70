"""Which column of a table of events is which, by how data sets call them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from ..descriptor import unknown


class Shape(NamedTuple):
    """How a data set calls its columns."""

    name: str
    date: str
    deaths: str | None
    last: str | None = None  # day, of an event that is known to a span only
    precision: str | None = None  # 1: known to the day
    places: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()


SHAPES = (
    Shape(
        *("plain", "date", "deaths", None, None),
        ("place", "country", "location"),
        ("actor", "actors", "actor1", "actor2"),
    ),
    Shape(
        *("UCDP GED", "date_start", "best", "date_end", "date_prec"),
        ("country", "region", "adm_1", "adm_2", "where_coordinates"),
        ("side_a", "side_b"),
    ),
    Shape(
        *("ACLED", "event_date", "fatalities", None, "time_precision"),
        ("country", "region", "admin1", "admin2", "admin3", "location"),
        ("actor1", "actor2"),
    ),
    Shape(
        *("GDELT", "SQLDATE", None, None, None),
        ("ActionGeo_FullName", "ActionGeo_CountryCode"),
        ("Actor1Name", "Actor2Name", "Actor1Code", "Actor2Code"),
    ),
)
"""How data sets of events call their columns."""

Names = str | Iterable[str]


class Wanted(NamedTuple):
    """What a caller says of a table of events: how columns are called, and what counts.

    As :func:`karabakh_data.studies.violence.around` takes it.
    """

    date: str | None
    deaths: str | None
    place: Names | None
    actors: Names | None
    only_places: Names | None
    only_actors: Names | None
    event_id: str | None


class Columns(NamedTuple):
    """Which column is which."""

    date: str
    last: str | None
    deaths: str
    precision: str | None
    event_id: str | None
    only: list[tuple[str, list[str]]]  # a value, and the columns one of which must have it
    sorts: list[int]  # which of these values are places (0), which actors (1)


def columns_of(there: list[str], wanted: Wanted) -> Columns:
    """Which column is which: by the caller's names or, without, by the nearest shape."""
    date, deaths, event_id = wanted.date, wanted.deaths, wanted.event_id
    for name in (date, deaths, event_id):
        if name is not None:
            _has(there, name)
    shape = max(SHAPES, key=lambda one: len({one.date, one.deaths, *one.actors} & set(there)))
    if date is None and shape.date not in there:
        known = ", ".join(f"{one.date!r} ({one.name})" for one in SHAPES)
        raise ValueError(
            f"no column of days that is known: expected {known}, or else its name as date=. "
            f"{_all(there)}"
        )
    if deaths is None and shape.deaths not in there:
        has = f"is {shape.deaths!r}" if shape.deaths else "does not exist"
        raise ValueError(
            f"no column of deaths that is known: in a {shape.name} table it {has}; name a "
            f"column as deaths=. {_all(there)}"
        )
    only: list[tuple[str, list[str]]] = []
    sorts: list[int] = []
    filters = (
        ("place", wanted.place, wanted.only_places, shape.places),
        ("actors", wanted.actors, wanted.only_actors, shape.actors),
    )
    for sort, (argument, named, values, known_as) in enumerate(filters):
        of = [one for one in known_as if one in there] if named is None else _listed(named)
        for one in of:
            _has(there, one)
        if values is not None and not of:
            raise ValueError(
                f"no column of {argument} that is known: name it as {argument}=. {_all(there)}"
            )
        asked = [] if values is None else _listed(values)
        if values is not None and not asked:
            raise ValueError(f"{argument}: only those of none are asked; leave it out for all.")
        only += [(value, of) for value in asked]
        sorts += [sort] * (len(only) - len(sorts))
    own = [one for one in (shape.last, shape.precision) if date in (None, shape.date)]
    last, precision = (one if one in there else None for one in own or (None, None))
    day, count = date or shape.date, deaths or str(shape.deaths)
    return Columns(day, last, count, precision, event_id, only, sorts)


def _listed(names: Names) -> list[str]:
    return [names] if isinstance(names, str) else [str(one) for one in names]


def _has(there: list[str], name: str) -> None:
    if name not in there:
        raise ValueError(unknown("column of the event table", name, there))


def _all(there: list[str]) -> str:
    more = f", and {len(there) - 25} more" if len(there) > 25 else ""
    return f"There are: {', '.join(there[:25])}{more}."
