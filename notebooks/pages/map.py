"""Maps of the places, drawn at build: the region, its middle, and from Lisbon to Almaty.

Each is drawn twice, for wide and for narrow pages, so that its letters are never small.
The outlines (``outlines.json``) were cut from Natural Earth, which is in the public domain.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from math import cos, radians, sqrt
from pathlib import Path
from typing import NamedTuple

import pandas as pd
from sphinx.application import Sphinx

import karabakh_data as kd

from . import addresses, ways

Box = tuple[float, float, float, float]
"""Left, upper, right and lower end."""

WIDE, NARROW = 720, 340
"""Widths for which a map is drawn, in the units of its letters."""

LETTERS = 12.5
"""Height of the letters of a label, in the same units."""

_SIDES = (
    *(("start", 0), ("end", 0), ("middle", 1), ("middle", -1)),
    *(("start", -1), ("start", 1), ("end", -1), ("end", 1)),
)
"""Where a name may stand from its mark, the first choice first: which end of it is there,
and whether it stands higher (-1) or lower (1)."""


class Place(NamedTuple):
    """One place, and how much happened there."""

    place: str
    name: str
    others: str
    note: str
    longitude: float | None
    latitude: float | None
    steps: int
    changes: int
    """How often it changed hands."""

    @property
    def happened(self) -> str:
        """How much happened there, in words."""
        return ", ".join(
            f"{count} {word}{'' if count == 1 else 's'}"
            for count, word in ((self.steps, "step"), (self.changes, "change of hands"))
            if count
        ).replace("change of handss", "changes of hands")


class View(NamedTuple):
    """What one map shows, and how wide it is drawn."""

    width: int
    window: Box
    """West, north, east and south end, in degrees."""
    countries: dict[str, tuple[float, float]] = {}  # noqa: RUF012
    """Names of countries, and where they stand: longitude and latitude. If there are none,
    no borders are drawn either, but land only."""
    frame: Box | None = None
    """A window of which another map shows more: places in it are dots without names."""
    stretch: float = 1.0
    """By how much less than in truth it reaches from north to south."""


_CLOSE = (45.55, 40.75, 47.95, 38.95)
_WIDER = (45.0, 40.8, 48.4, 38.9)  # the same where there is room
_REGION = (43.4, 42.25, 50.5, 38.5)
_STATES = {
    "Georgia": (44.35, 42.08),
    "Armenia": (44.9, 40.75),
    "Azerbaijan": (48.6, 40.35),
    "Iran": (47.3, 38.65),
    "Turkey": (43.72, 40.4),
    "Russia": (47.4, 42.08),
}
_NEAR = {"Armenia": (45.82, 39.78), "Azerbaijan": (47.5, 40.62), "Iran": (47.2, 39.05)}


class Figure(NamedTuple):
    """One map, as wide and as narrow pages have it."""

    title: str
    caption: str
    wide: list[View]
    narrow: list[View]


FIGURES = (
    Figure(
        "Between the Black Sea and the Caspian",
        "A full dot is a place of mediation, the larger the more steps; a ring, empty or "
        "around a dot, is a town, district or height that changed hands. The dashed frame "
        "is Nagorno-Karabakh and what is around it: the next map.",
        [View(WIDE, _REGION, _STATES, _WIDER)],
        [View(NARROW, _REGION, _STATES, _CLOSE)],
    ),
    Figure(
        "Nagorno-Karabakh and around",
        "What stands in the dashed frame above.",
        [View(WIDE, _WIDER, _NEAR)],
        [View(NARROW, _CLOSE, _NEAR)],
    ),
    Figure(
        "From Lisbon to Almaty",
        "Only land is drawn, no borders. Places further off are in the list.",
        [View(WIDE, (-11.5, 61.5, 79.0, 34.0), frame=_REGION, stretch=1.1)],
        [
            View(NARROW, (-11.5, 61.5, 33.0, 36.0), stretch=1.1),
            View(NARROW, (28.0, 57.5, 79.0, 34.0), frame=_REGION, stretch=1.1),
        ],
    ),
)


class Mark(NamedTuple):
    """A place as one map has it."""

    place: Place
    x: float
    y: float
    radius: float
    named: bool
    """Whether it leads to its page: if not, another map does."""
    label: tuple[float, float, str] | None
    """Where its name stands if there is room, and which end of it is there."""


class Drawing(NamedTuple):
    """One map, in the units of its letters."""

    width: int
    height: int
    outlines: list[str]
    countries: list[tuple[str, float, float]]
    frame: Box | None
    marks: list[Mark]


def places() -> list[Place]:
    """All places, by name, with what happened there."""
    steps = kd.load("events")["place"].value_counts()
    changes = kd.load("front")["place"].value_counts()
    return sorted(
        (
            Place(
                row["place"],
                row["name"],
                ways.text(row["other_names"]).replace(" | ", ", "),
                ways.text(row["note"]),
                None if pd.isna(row["longitude"]) else float(row["longitude"]),
                None if pd.isna(row["latitude"]) else float(row["latitude"]),
                int(steps.get(row["place"], 0)),
                int(changes.get(row["place"], 0)),
            )
            for row in kd.load("places").to_dict("records")
        ),
        key=lambda place: place.name.casefold(),
    )


def draw(view: View) -> Drawing:
    """One map: its outlines, and the places in its window."""
    west, north, east, south = view.window
    across = view.width / (east - west)
    down = across / cos(radians((north + south) / 2)) / view.stretch

    def spot(longitude: float, latitude: float) -> tuple[float, float]:
        return round((longitude - west) * across, 1), round((north - latitude) * down, 1)

    inside = [place for place in places() if _within(view.window, place) and place.happened]
    inside.sort(key=lambda place: (-place.steps, -place.changes, place.name))
    spots = [spot(place.longitude or 0, place.latitude or 0) for place in inside]
    radii = [_radius(place, view.width) for place in inside]
    named = [not (view.frame and _within(view.frame, place)) for place in inside]
    countries = []
    for name, where in view.countries.items():
        x, y = spot(*where)
        countries.append((name, max(x, 5.0 * len(name)), y))  # not cut at the edge
    frame = (*spot(*view.frame[:2]), *spot(*view.frame[2:])) if view.frame else None
    height = round((north - south) * down)
    taken = [(x - 4.5 * len(name), y - 12, x + 4.5 * len(name), y + 3) for name, x, y in countries]
    names = [place.name if one else "" for place, one in zip(inside, named, strict=True)]
    labels = _labels(names, spots, radii, (view.width, height), taken)
    marks = [
        Mark(place, x, y, radius, one, label)
        for place, (x, y), radius, one, label in zip(
            inside, spots, radii, named, labels, strict=True
        )
    ]
    outlines = [_path(rings, 0.01 if view.countries else 0.1, spot) for rings in _rings(view)]
    return Drawing(view.width, height, outlines, countries, frame, marks)


def _within(window: Box, place: Place) -> bool:
    west, north, east, south = window
    if place.longitude is None or place.latitude is None:
        return False
    return west < place.longitude < east and south < place.latitude < north


def _radius(place: Place, width: int) -> float:
    """Of a mark: its area goes with the number of steps."""
    return round((2.2 if width == WIDE else 1.7) * sqrt(max(place.steps, 1)) + 1, 1)


def _rings(view: View) -> list[list[list[int]]]:
    """The outlines of each state, or of all land."""
    given = json.loads((Path(__file__).parent / "outlines.json").read_text(encoding="utf-8"))
    return list(given["states"].values()) if view.countries else [given["land"]]


def _path(
    rings: list[list[int]], degree: float, spot: Callable[[float, float], tuple[float, float]]
) -> str:
    """Rings of longitudes and latitudes as the path of an SVG."""
    drawn = []
    for ring in rings:
        pairs = zip(ring[::2], ring[1::2], strict=True)
        points = [spot(x * degree, y * degree) for x, y in pairs]
        drawn.append("M" + "L".join(f"{x:g} {y:g}" for x, y in points) + "Z")
    return "".join(drawn)


def _labels(
    names: list[str],
    spots: list[tuple[float, float]],
    radii: list[float],
    room: tuple[float, float],
    taken: list[Box],
) -> list[tuple[float, float, str] | None]:
    """Where each name stands: beside its mark if there is room, the most important first."""
    marks = [(x - r, y - r, x + r, y + r) for (x, y), r in zip(spots, radii, strict=True)]
    taken = list(taken)
    found: list[tuple[float, float, str] | None] = []
    for place, (name, (x, y), r) in enumerate(zip(names, spots, radii, strict=True)):
        length = 0.54 * LETTERS * len(name)
        others = marks[:place] + marks[place + 1 :]
        best = None
        for side, lift in _SIDES if name else ():
            at = x + {"start": r + 3, "end": -r - 3, "middle": 0}[side] * (0.8 if lift else 1)
            left = at - {"start": 0, "end": length, "middle": length / 2}[side]
            up = y - LETTERS / 2 + lift * (LETTERS / 2 + (r + 1 if side == "middle" else 0.6 * r))
            box = (left, up, left + length, up + LETTERS)
            if left < 0 or up < 0 or box[2] > room[0] or box[3] > room[1]:
                continue
            if not any(_meet(box, other) for other in (*taken, *others)):
                best = (round(at, 1), round(up + 0.8 * LETTERS, 1), side)
                taken.append(box)
                break
        found.append(best)
    return found


def _meet(one: Box, two: Box) -> bool:
    """Whether two boxes overlap."""
    return one[0] < two[2] and two[0] < one[2] and one[1] < two[3] and two[1] < one[3]


def maps(page: str) -> str:
    """Both maps, each at both widths."""
    return ways.render(
        "map.html",
        figures=[
            (figure, {"wide": map(draw, figure.wide), "narrow": map(draw, figure.narrow)})
            for figure in FIGURES
        ],
        letters=LETTERS,
        link=partial(addresses.link, page),
        address=addresses.address,
    )


def listed(page: str) -> str:
    """All places in a table, those that are on no map too."""
    return ways.render(
        "places.html",
        places=places(),
        link=partial(addresses.link, page),
        address=addresses.address,
    )


def setup(app: Sphinx) -> dict[str, bool]:
    """The directives ``maps`` and ``places``."""
    app.add_directive("maps", ways.directive(maps))
    app.add_directive("places", ways.directive(listed))
    return {"parallel_read_safe": True, "parallel_write_safe": True}
