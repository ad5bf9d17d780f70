"""Maps of the places, drawn at build: the region, its middle, and from Lisbon to Almaty.

Each is drawn twice, for wide and for narrow pages, so that its letters are never small.
"""

from __future__ import annotations

from functools import partial
from typing import NamedTuple

import pandas as pd
from sphinx.application import Sphinx

import karabakh_data as kd
from karabakh_data.descriptor import several

from . import addresses, ways
from .drawing import EUROPE, LETTERS, NARROW, REGION, STATES, WIDE, Drawing, Place, View, draw

_CLOSE = (45.55, 40.75, 47.95, 38.95)
_WIDER = (45.0, 40.8, 48.4, 38.9)  # the same where there is room
_NEAR = {"Armenia": (45.8, 39.65), "Azerbaijan": (47.5, 40.62), "Iran": (47.2, 39.05)}
_EXCLAVE = {"Nakhchivan": (45.62, 39.21), "(Azerbaijan)": (45.62, 39.14)}  # where there is room


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
        [View(WIDE, REGION, STATES, _WIDER)],
        [View(NARROW, REGION, STATES, _CLOSE)],
    ),
    Figure(
        "Nagorno-Karabakh and around",
        "What stands in the dashed frame above.",
        [View(WIDE, _WIDER, _NEAR | _EXCLAVE)],
        [View(NARROW, _CLOSE, _NEAR)],
    ),
    Figure(
        "From Lisbon to Almaty",
        "Only land is drawn, no borders. Places further off are in the list.",
        [View(WIDE, EUROPE, frame=REGION, stretch=1.1)],
        [
            View(NARROW, (-11.5, 61.5, 33.0, 36.0), stretch=1.1),
            View(NARROW, (28.0, 57.5, 79.0, 34.0), frame=REGION, stretch=1.1),
        ],
    ),
)


def places() -> list[Place]:
    """All places, by name, with what happened there."""
    steps = kd.load("events")["place"].value_counts()
    changes = kd.load("front")["place"].value_counts()
    return sorted(
        (
            Place(
                row["place"],
                row["name"],
                ", ".join(several(ways.text(row["other_names"]))),
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


def drawn(views: list[View]) -> list[Drawing]:
    """Maps with the places of the record."""
    everywhere = places()
    return [draw(view, everywhere) for view in views]


def maps(page: str) -> str:
    """Both maps, each at both widths."""
    return ways.render(
        "map.html",
        figures=[
            (figure, {"wide": drawn(figure.wide), "narrow": drawn(figure.narrow)})
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
