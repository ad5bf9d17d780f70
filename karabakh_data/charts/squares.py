"""Forms for attempts: one square each, and how long each stop lasted."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
from matplotlib.colors import to_rgba
from matplotlib.patches import Rectangle
from matplotlib.ticker import MaxNLocator

from ..frames import as_years, needs
from ..studies.attempts import OUTCOMES as KNOWN
from . import fitting
from .canvas import canvas
from .figure import Chart, in_our_style
from .labels import box, write
from .palette import GREY, GROUND, OCHRE, QUIET, TEAL, colour

_PALE = {"broke later": 0.45, "broke, day not told": 0.0, "not known": 0.0}

OUTCOMES: Mapping[str, tuple[str, float]] = {
    name: (colour(name), _PALE.get(name, 1.0)) for name in KNOWN
}
"""What can have become of an attempt: its colour (:data:`~karabakh_data.charts.palette.COLOURS`),
and how full its squares are (0: the outline only)."""

_SIZE = 0.86


@in_our_style
def squares(frame: pd.DataFrame, title: str, source: str, *, upright: bool = True) -> Chart:
    """One square an attempt, coloured by what became of it.

    Args:
        frame: with columns ``lane`` (a year, or a name) and ``became`` (names of
            :data:`OUTCOMES`). Rows without either are not drawn.
        title: the finding.
        source: what the last line names.
        upright: lanes are years side by side, no year left out, and squares stand on each
            other; else lanes are names, the first on top, and squares lie in a row.

    Raises:
        ValueError: a column is missing, an outcome is none, or a lane that should be a
            year is none.
    """
    needs(frame, "lane", "became")
    rows = frame.dropna(subset=["lane", "became"]).assign(became=lambda f: f["became"].astype(str))
    if unknown := set(rows["became"]) - set(OUTCOMES):
        raise ValueError(f"no outcomes: {', '.join(sorted(unknown))}; known: {', '.join(OUTCOMES)}")
    if upright:
        rows = rows.assign(lane=as_years(rows["lane"], "lane"))
    names = sorted(set(rows["lane"])) if upright else list(dict.fromkeys(rows["lane"]))
    sizes = rows["lane"].value_counts()
    height = 4.9 if upright else 2.0 + 0.3 * len(names)
    figure, axes = canvas(title, source, height)
    order = {name: place for place, name in enumerate(OUTCOMES)}
    for place, name in enumerate(names):
        here = rows.loc[rows["lane"] == name, "became"].sort_values(key=lambda of: of.map(order))
        for step, outcome in enumerate(here):
            x, y = (name, step) if upright else (step, -place)
            axes.add_patch(_square(outcome, x - _SIZE / 2, y - _SIZE / 2, _SIZE, _SIZE))
        end = sizes[name] - 0.5
        if upright and end > 3:
            write(axes, f"{end + 0.5:.0f}", (name, end), (0, 2), ha="center", bbox=box(0.7))
        elif not upright:
            write(axes, f"{end + 0.5:.0f}", (end, -place), (4, 0), va="center")
    longest = int(sizes.max()) if len(sizes) else 1
    if upright:
        if names:
            axes.set_xlim(names[0] - 0.8, names[-1] + 0.8)
        axes.set_ylim(-0.6, longest + 1.2)
        axes.set_yticks([])
        axes.spines["left"].set_visible(False)
        axes.xaxis.set_major_locator(MaxNLocator(9, integer=True))
    else:
        axes.set_yticks([-place for place in range(len(names))], [str(name) for name in names])
        axes.set_ylim(-len(names) + 0.3, 0.7)
        axes.set_xlim(-0.7, longest + 1.2)
        axes.set_xticks([])
        axes.spines["bottom"].set_visible(False)
    _key(figure, rows["became"], upright=upright)
    return figure


def _square(outcome: str, x: float, y: float, width: float, height: float) -> Rectangle:
    edge, full = OUTCOMES[outcome]
    inside = to_rgba(edge, full) if full else GROUND
    return Rectangle((x, y), width, height, facecolor=inside, edgecolor=edge, lw=0.9)


def _key(figure: Chart, became: pd.Series, *, upright: bool) -> None:
    """Which colour is which outcome, of those that there are, with how many, in the order."""
    counts = became.value_counts()
    words = {name: f"{name} ({counts[name]})" for name in OUTCOMES if name in counts}
    if words:
        key = figure.axes[0].legend(
            [_square(name, 0, 0, 1, 1) for name in words], list(words.values()),
            loc="upper center" if upright else "lower right", frameon=False,
            fontsize=fitting.SMALLEST, handlelength=1, handleheight=1, labelspacing=0.4,
        )  # fmt: skip
        key.set_bbox_to_anchor((0.46, 1.02) if upright else (1.02, 0.0))


@in_our_style
def durations(frame: pd.DataFrame, title: str, source: str) -> Chart:
    """How long each stop lasted: a bar each, the longest on top, with its first breach told.

    The axis is logarithmic after the first day; a stop that ended on its first day is a
    dot at nought.

    Args:
        frame: with columns ``lane``; ``days``; ``breach`` (days to the first breach told,
            missing if none is); ``text`` (after the bar).
        title: the finding.
        source: what the last line names.

    Raises:
        ValueError: a column is missing.
    """
    needs(frame, "lane", "days", "breach", "text")
    figure, axes = canvas(title, source, 2.1 + 0.34 * len(frame))
    rows = frame.sort_values(["days", "lane"], ascending=[True, False]).reset_index(drop=True)
    axes.barh(rows.index, rows["days"], color=TEAL, height=0.55)
    nought = rows[rows["days"] == 0]
    axes.scatter(nought["days"], nought.index, color=TEAL, s=30, zorder=3)
    early = rows.dropna(subset=["breach"])
    early = early[early["breach"] < early["days"]]
    marks = axes.scatter(
        early["breach"].astype("float64"),
        early.index,
        color=OCHRE,
        edgecolor=GROUND,
        marker="D",
        s=46,
        zorder=4,
    )
    for place, (days, text) in enumerate(zip(rows["days"], rows["text"], strict=True)):
        write(axes, text, (days, place), (7, 0), va="center", bbox=box(0.7))
    axes.set_xscale("symlog", linthresh=1, linscale=0.4)
    axes.set_xlim(-0.15, 30 * float(rows["days"].max()) if len(rows) else 30)
    axes.set_xticks([0, 1, 10, 100, 1000], ["0", "1", "10", "100", "1,000"])
    axes.set_yticks(rows.index, rows["lane"])
    axes.set_ylim(-0.7, len(rows) - 0.4)
    axes.minorticks_off()
    axes.grid(axis="x")
    axes.set_xlabel("days since it began (0: ended the same day)")
    if len(early):
        axes.legend(
            [marks],
            ["first breach told"],
            loc="lower right",
            frameon=False,
            fontsize=fitting.SMALLEST,
        )
    return figure


@in_our_style
def tick_days(figure: Chart, days: pd.Series, text: str) -> None:
    """A tick below the line for each day, and beside the first what they are."""
    axes = figure.axes[0]
    bottom, top = axes.get_ylim()
    known = days.dropna()
    axes.set_ylim(bottom - 0.07 * (top - bottom), top)
    low, high = -0.055 * (top - bottom), -0.015 * (top - bottom)
    axes.vlines(known, low, high, color=GREY, lw=1.2)
    axes.annotate(
        text, (0.99, 0.005), xycoords="axes fraction", ha="right", va="bottom",
        color=QUIET,
    )  # fmt: skip
    axes.set_yticks([tick for tick in axes.get_yticks() if tick >= 0 and tick <= top])
