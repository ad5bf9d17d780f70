"""How a map is drawn: outlines, marks and as many names as have room, in the units of its letters.

The outlines (``outlines.json``) were cut from Natural Earth, which is in the public domain.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from itertools import product
from math import cos, hypot, radians, sin, sqrt
from pathlib import Path
from typing import NamedTuple

from karabakh_data.descriptor import counted

Box = tuple[float, float, float, float]
"""Left, upper, right and lower end."""

WIDE, NARROW = 720, 340
"""Widths for which a map is drawn, in the units of its letters."""

LETTERS = 12.5
"""Height of the letters of a label, in the same units."""

REGION = (43.4, 42.25, 50.5, 38.5)
EUROPE = (-11.5, 61.5, 79.0, 34.0)
"""Windows: from the Black Sea to the Caspian, from Lisbon to Almaty."""

STATES = {
    "Georgia": (44.35, 42.08),
    "Armenia": (44.25, 40.62),
    "Azerbaijan": (48.8, 40.55),
    "Iran": (47.3, 38.65),
    "Turkey": (43.84, 39.72),
    "Russia": (47.4, 42.08),
}
"""Where the names of states stand in the first."""

_LED = 5
"""From how many steps on a place that has no room beside it is named at the end of a line."""

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
        steps = [counted(self.steps, "step")] if self.steps else []
        changes = [f"{counted(self.changes, 'change')} of hands"] if self.changes else []
        return ", ".join(steps + changes)


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
    coarse: bool = False
    """Whether outlines are cut at its edge and drawn to whole units, to be light."""


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
    line: tuple[float, float] | None = None
    """Where the line to its name ends, if that stands apart."""


class Drawing(NamedTuple):
    """One map, in the units of its letters."""

    width: int
    height: int
    outlines: list[str]
    countries: list[tuple[str, float, float]]
    frame: Box | None
    marks: list[Mark]


def draw(view: View, places: Iterable[Place]) -> Drawing:
    """One map: its outlines, and those of the places that are in its window."""
    west, north, east, south = view.window
    across = view.width / (east - west)
    down = across / cos(radians((north + south) / 2)) / view.stretch

    def spot(longitude: float, latitude: float) -> tuple[float, float]:
        return round((longitude - west) * across, 1), round((north - latitude) * down, 1)

    inside = [place for place in places if _within(view.window, place) and place.happened]
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
    room = view.width, height
    labels = _labels(names, spots, radii, room, taken)
    marks = [
        Mark(place, x, y, radius, one, label)
        for place, (x, y), radius, one, label in zip(
            inside, spots, radii, named, labels, strict=True
        )
    ]
    for at, mark in reversed(list(enumerate(marks))):  # a small one may stand over fewer
        if mark.named and not mark.label and mark.place.steps >= _LED:
            marks[at] = _led(mark, marks, room, taken)
    size = (view.width, height) if view.coarse else None
    outlines = [_path(one, 0.01 if view.countries else 0.1, spot, size) for one in _rings(view)]
    outlines = [one for one in outlines if one]
    return Drawing(view.width, height, outlines, countries, frame, marks)


def spot(name: str, longitude: str, latitude: str) -> Drawing | None:
    """A small map of one place, if it is between Lisbon and Almaty."""
    if not (longitude and latitude):
        return None
    place = Place("", name, "", "", float(longitude), float(latitude), steps=9, changes=0)
    for view in (
        View(NARROW, REGION, STATES, coarse=True),
        View(NARROW, EUROPE, stretch=1.1, coarse=True),
    ):
        if _within(view.window, place):
            return draw(view, [place])
    return None


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
    rings: list[list[int]],
    degree: float,
    spot: Callable[[float, float], tuple[float, float]],
    size: tuple[int, int] | None,
) -> str:
    """Rings of longitudes and latitudes as the path of an SVG; if a size is given, within it."""
    drawn = []
    for ring in rings:
        pairs = zip(ring[::2], ring[1::2], strict=True)
        points = [spot(x * degree, y * degree) for x, y in pairs]
        if size:
            points = _cut(points, size)
        if len(points) > 2:
            drawn.append("M" + "L".join(f"{x:g} {y:g}" for x, y in points) + "Z")
    return "".join(drawn)


def _cut(points: Iterable[tuple[float, float]], size: tuple[int, int]) -> list[tuple[float, float]]:
    """Points in whole units, those beyond the edges just beyond them, none close to the last."""
    found: list[tuple[float, float]] = []
    for point in points:
        x, y = (min(max(round(at), -9), end + 9) for at, end in zip(point, size, strict=True))
        if len(found) > 1 and any(
            found[-2][one] == found[-1][one] == (x, y)[one] in (-9, size[one] + 9) for one in (0, 1)
        ):
            found.pop()  # on the way along an edge
        if not found or abs(x - found[-1][0]) + abs(y - found[-1][1]) > 2:
            found.append((x, y))
    return found


def _labels(
    names: list[str],
    spots: list[tuple[float, float]],
    radii: list[float],
    room: tuple[float, float],
    taken: list[Box],
) -> list[tuple[float, float, str] | None]:
    """Where each name stands: beside its mark if there is room, the most important first.

    Where there is none it stands over as few marks as can be that are less than half as large.
    What is taken grows by them.
    """
    marks = list(zip(spots, radii, strict=True))
    found: list[tuple[float, float, str] | None] = []
    for name, (x, y), r in zip(names, spots, radii, strict=True):
        length = 0.54 * LETTERS * len(name)
        free: list[tuple[int, Box, tuple[float, float, str]]] = []
        for side, lift in _SIDES if name else ():
            at = x + {"start": r + 3, "end": -r - 3, "middle": 0}[side] * (0.8 if lift else 1)
            left = at - {"start": 0, "end": length, "middle": length / 2}[side]
            up = y - LETTERS / 2 + lift * (LETTERS / 2 + (r + 1 if side == "middle" else 0.6 * r))
            box = (left, up + 0.12 * LETTERS, left + length, up + 0.88 * LETTERS)
            if left < 0 or up < 0 or box[2] > room[0] or box[3] > room[1]:
                continue
            covered = [size for spot, size in marks if spot != (x, y) and _covers(box, spot, size)]
            if not any(meet(box, other) for other in taken) and 2 * max(covered, default=0) < r:
                at_base = (round(at, 1), round(up + 0.8 * LETTERS, 1), side)
                free.append((len(covered), box, at_base))
        _, box, best = min(free, key=lambda one: one[0], default=(0, None, None))
        taken += [box] if box else []
        found.append(best)
    return found


def _led(mark: Mark, marks: list[Mark], room: tuple[float, float], taken: list[Box]) -> Mark:
    """A mark with its name at the end of a short line, over no other name and few marks."""
    length = 0.54 * LETTERS * len(mark.place.name)
    free: list[tuple[int, list[Box], Mark]] = []
    for far, turn in product(range(12, 100, 4), range(0, 360, 10)):
        right, down = cos(radians(turn)), sin(radians(turn))
        x, y = mark.x + far * right, mark.y + far * down
        left = x + 2 if right > 0 else x - 2 - length
        box = (left, y - 0.38 * LETTERS, left + length, y + 0.38 * LETTERS)
        if left < 0 or box[1] < 0 or box[2] > room[0] or box[3] > room[1]:
            continue
        under = [one for one in marks if _covers(box, (one.x, one.y), one.radius)]
        hidden = 2 * max((one.radius for one in under), default=0) >= mark.radius
        if hidden or any(meet(box, one) for one in taken):
            continue
        way = [(mark.x + at * right, mark.y + at * down) for at in range(0, far, 2)]
        line = [(a - 1, b - 1, a + 1, b + 1) for a, b in way]
        if any(meet(dot, one) for dot in line for one in taken):
            continue
        crossed = [
            one for one in marks if any(_covers(d, (one.x, one.y), one.radius) for d in line)
        ]
        end, side = ("start", 2) if right > 0 else ("end", -2)
        label = (round(x + side, 1), round(y + 0.3 * LETTERS, 1), end)
        led = mark._replace(label=label, line=(round(x, 1), round(y, 1)))
        free.append((far + 20 * len(under + crossed), [box, *line], led))
    _, boxes, led = min(free, key=lambda one: one[0], default=(0, [], mark))
    taken += boxes
    return led


def _covers(box: Box, spot: tuple[float, float], radius: float) -> bool:
    """Whether any of a mark is in a box."""
    left, upper, right, lower = box
    x, y = spot
    return hypot(x - min(max(x, left), right), y - min(max(y, upper), lower)) < radius


def meet(one: Box, two: Box) -> bool:
    """Whether two boxes overlap."""
    return one[0] < two[2] and two[0] < one[2] and one[1] < two[3] and two[1] < one[3]
