"""The colours: one palette, on a light ground and on a dark one, and what has which.

Found by search: the seven that are farthest apart for normal sight, protanopia,
deuteranopia and tritanopia, each at 4.5:1 or more against the ground and the shading of
the wars, so that a text may have it; ``GREY``, for what stands back, is for marks only, at
3:1. ``tests/test_charts.py`` computes both again.
"""

from __future__ import annotations

from functools import cache

TEAL, OCHRE, PURPLE, BROWN = "#035e51", "#97600e", "#7f4ec1", "#4f2716"
GREY, NAVY, ROSE = "#868686", "#052e54", "#b80a81"
INK, QUIET = "#222222", "#595959"
"""Of texts: what is read first, and what is read last."""
GROUND, SHADE, GRID = "#ffffff", "#f0f0f0", "#e2e2e2"

LAYERS = (TEAL, OCHRE, PURPLE, ROSE, GREY, NAVY, BROWN)
"""The colours of layers, in order."""

DARK = {
    TEAL: "#5a9d8d",
    OCHRE: "#c7933f",
    PURPLE: "#a97fd7",
    BROWN: "#eddec4",
    GREY: "#727272",
    NAVY: "#84cdff",
    ROSE: "#f3a1be",
    INK: "#ececec",
    QUIET: "#b4b4b4",
    GROUND: "#131416",
    SHADE: "#1e2023",
    GRID: "#33363a",
}
"""What each colour is on a dark ground."""


@cache
def in_the_dark(colour: str) -> str:
    """A colour on a dark ground: as in :data:`DARK`, else its own hue, as strong there as here."""
    if known := DARK.get(colour):
        return known
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    wanted = contrast(colour, GROUND)
    turned = [1 - max(parts) - min(parts) + part for part in parts]  # its lightness, turned round
    candidates = []
    for step in range(101):  # from black by its own hue to white
        share = step / 50
        mixed = [p * share if share <= 1 else p + (1 - p) * (share - 1) for p in turned]
        candidates.append("#" + "".join(f"{round(min(max(p, 0), 1) * 255):02x}" for p in mixed))
    lighter = [one for one in candidates if luminance(one) >= luminance(DARK[GROUND])]
    return min(lighter, key=lambda one: abs(contrast(one, DARK[GROUND]) - wanted))


def luminance(colour: str) -> float:
    """The relative luminance of a colour, as WCAG 2 has it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, from 1 to 21, as WCAG 2 has it."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


COLOURS = {
    # what became of a ceasefire: as the tables have it, and as the figures name it
    "held": TEAL,
    "extended": NAVY,
    "renewed": NAVY,
    "broken": OCHRE,
    "broke within a week": OCHRE,
    "broke later": OCHRE,
    "broke, day not told": OCHRE,
    "never began": PURPLE,
    "lapsed": BROWN,
    "ran out": BROWN,
    "superseded": GREY,
    "confirmation": GREY,
    "not known": GREY,
    # what came of a step
    "signed": TEAL,
    "signed in part": TEAL,
    "signed later": PURPLE,
    "not signed": GREY,
    "agreed": NAVY,
    "accepted": TEAL,
    "adopted": BROWN,
    "refused": ROSE,
    "declined": ROSE,
    "told both ways": PURPLE,
    "no result": GREY,
    "not held": GREY,
    # what became of a promise
    "carried out": TEAL,
    "done": TEAL,
    "in part": NAVY,
    "done in part or for a time": NAVY,
    "not carried out": OCHRE,
    "not done": OCHRE,
    "replaced by another text": PURPLE,
    "contested": ROSE,
    "not told": GREY,
    # formats
    "minsk process": TEAL,
    "russia": BROWN,
    "russia trilateral": OCHRE,
    "parties direct": PURPLE,
    "the parties alone": PURPLE,
    "united states": ROSE,
    "european union": OCHRE,
    "icrc": NAVY,
    "other": GREY,
    "others": GREY,
    # sides and perspectives: none has a colour of its own flag
    "armenian": PURPLE,
    "armenia": PURPLE,
    "armenian side": PURPLE,
    "azerbaijani": OCHRE,
    "azerbaijan": OCHRE,
    "karabakh": TEAL,
    "nagorno karabakh": TEAL,
    "russian": BROWN,
    "turkish": NAVY,
    "third party": GREY,
    "international": GREY,
    "neither": GREY,
    "to azerbaijan": OCHRE,
    "to the armenian side": PURPLE,
    "with stepanakert": TEAL,
    "without": GREY,
}
"""What outcomes, formats and sides are drawn in, in every figure, by name in words."""


def colour(name: object, default: str = GREY) -> str:
    """The colour of an outcome, format or side, however its name is spelt."""
    words = str(name).lower().replace("_", " ").replace("-", " ").split("(")[0]
    return COLOURS.get(" ".join(words.split()), default)


def layers(names: list[object]) -> list[str]:
    """A colour for each of some names: its own if each has one, else in order."""
    own = [colour(name, "") for name in names]
    if all(own) and len(set(own)) == len(own):
        return own
    return list(LAYERS[: len(names)])


def readable(colour: str) -> str:
    """The colour for a text: grey is too pale for one."""
    return QUIET if colour == GREY else colour
