"""The form for places: points on plain longitude and latitude."""

from __future__ import annotations

from math import cos, pi, radians

import pandas as pd
from matplotlib.text import Annotation
from matplotlib.ticker import FuncFormatter, MultipleLocator

from ..frames import needs
from .canvas import canvas
from .figure import OCHRE, TEAL, Chart, in_our_style
from .fitting import fold
from .labels import box
from .palette import GROUND

WINDOW = (-12.0, 60.0, 34.0, 62.5)
"""What is drawn: west, east, south and north, from Lisbon to Ashgabat."""

Box = tuple[float, float, float, float]
"""Left, lower, right and upper end."""

_AREA = 22.0  # of a point for each time, in square points

_SIDES = ((1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (-1, 1), (1, -1), (-1, -1))
"""Where a label may stand from its point, the first choice first."""


@in_our_style
def places(
    frame: pd.DataFrame,
    title: str,
    source: str,
    *,
    window: tuple[float, float, float, float] = WINDOW,
    label_from: int = 7,
) -> Chart:
    """A point per place, as large as its count, on longitude and latitude without borders.

    Places outside the window, and what is no one spot, are named below with their counts.

    Args:
        frame: with columns ``place_name``, ``latitude``, ``longitude``, ``count``; where it
            has it, ``strong`` marks some.
        title: the finding.
        source: what the last line names.
        window: west, east, south and north end of what is drawn, in degrees.
        label_from: the count from which a point has a label.

    Raises:
        ValueError: a column is missing.
    """
    needs(frame, "place_name", "latitude", "longitude", "count")
    rows = frame.sort_values(["count", "place_name"], ascending=[False, True])
    rows = rows.assign(strong=rows["strong"].isin([True]) if "strong" in rows else False)
    west, east, south, north = window
    here = rows["longitude"].between(west, east) & rows["latitude"].between(south, north)
    shown, beyond = rows[here.fillna(False).astype(bool)], rows[~here.fillna(False).astype(bool)]
    rest = fold(_beyond(beyond), 288)
    figure, axes = canvas(title, source, 4.0 + 0.21 * rest.count("\n"))
    axes.set(xlim=(west, east), ylim=(south, north))
    axes.set_aspect(1 / cos(radians((south + north) / 2)))
    for strong, colour in ((False, TEAL), (True, OCHRE)):
        part = shown[shown["strong"] == strong]
        spots = part["longitude"].astype("float64"), part["latitude"].astype("float64")
        sizes = _AREA * part["count"].astype("float64")
        axes.scatter(*spots, s=sizes, color=colour, edgecolor=GROUND, lw=0.6, zorder=3)
    for axis, marks in ((axes.xaxis, "EW"), (axes.yaxis, "NS")):
        axis.set_major_locator(MultipleLocator(10))
        axis.set_major_formatter(
            FuncFormatter(
                lambda at, _, marks=marks: f"{abs(at):g}°{marks[int(at < 0)] if at else ''}"
            )
        )
    axes.grid(True)
    axes.set_xlabel(rest, loc="left")
    _label(figure, shown, label_from)
    figure.plotted = rows[["place_name", "count", "strong"]].copy()
    return figure


def _beyond(rows: pd.DataFrame) -> str:
    """The places that are not drawn, in one line: figures fold it. Many of one are a number."""
    if rows.empty:
        return ""
    once = int((rows["count"] == 1).sum())
    named = rows[rows["count"] > 1] if once > 3 else rows
    names = [f"{name} ({n})" for name, n in zip(named["place_name"], named["count"], strict=True)]
    names += [f"{once} others (1 each)"] if once > 3 else []
    return f"Not drawn: {', '.join(names)}"


def _label(figure: Chart, rows: pd.DataFrame, least: int) -> None:
    """A name and count beside each point, unless it would cover a name or two other points."""
    figure.draw_without_rendering()  # so that the places of texts are known
    axes, pixels = figure.axes[0], figure.dpi / 72
    inside = axes.bbox
    room = (inside.x0, inside.y0, inside.x1, inside.y1)
    spots = _spots(figure, rows)
    named: list[Box] = []
    for place, row in enumerate(rows.to_dict("records")):
        if row["count"] < least:
            continue
        radius = _radius(row["count"]) + 2
        choices: list[tuple[int, Annotation, Box]] = []
        for x, y in _SIDES:
            slant = 0.75 if x and y else 1.0
            text = axes.annotate(
                f"{row['place_name']} {row['count']}",
                (float(row["longitude"]), float(row["latitude"])),
                (x * radius * slant, y * radius * slant),
                textcoords="offset points",
                ha="left" if x > 0 else "right" if x < 0 else "center",
                va="bottom" if y > 0 else "top" if y < 0 else "center",
                size=12,
                zorder=4,
                bbox=box(0.6, pad=0.3),
            )
            extent = text.get_window_extent()
            mine = (extent.x0 - pixels, extent.y0, extent.x1 + pixels, extent.y1)
            faults = 9 * sum(_meet(mine, other) for other in named)
            faults += sum(
                min(count, 3)
                for n, (one, count) in enumerate(spots)
                if n != place and _meet(mine, one)
            )
            faults += 9 * (mine[0] < room[0] or mine[1] < room[1])
            faults += 9 * (mine[2] > room[2] or mine[3] > room[3])
            choices.append((faults, text, mine))
        faults, text, mine = min(choices, key=lambda choice: choice[0])
        for _, other, _ in choices:
            if other is not text or faults >= 6:
                other.remove()
        if faults < 6:
            named.append(mine)


def _radius(count: int) -> float:
    """Of a point, in typographic points: its area goes with the count."""
    return float((_AREA * count / pi) ** 0.5)


def _spots(figure: Chart, rows: pd.DataFrame) -> list[tuple[Box, int]]:
    """The box of each point on the page, in pixels, a little inside its edge; its count."""
    axes, pixels = figure.axes[0], figure.dpi / 72
    found = []
    for row in rows.to_dict("records"):
        x, y = axes.transData.transform((float(row["longitude"]), float(row["latitude"])))
        reach = 0.8 * _radius(row["count"]) * pixels
        found.append(((x - reach, y - reach, x + reach, y + reach), int(row["count"])))
    return found


def _meet(one: Box, two: Box) -> bool:
    """Whether two boxes overlap."""
    return one[0] < two[2] and two[0] < one[2] and one[1] < two[3] and two[1] < one[3]
