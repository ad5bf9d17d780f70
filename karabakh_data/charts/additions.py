"""What can be added to a figure: marks, labels, names of axes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pandas as pd

from .figure import OCHRE, PURPLE, Chart, in_our_style
from .labels import box, write, write_above


@in_our_style
def name_axes(figure: Chart, x: str = "", y: str = "") -> None:
    """Say below the figure, and beside it, what the axes count."""
    axes = figure.axes[0]
    if x:
        axes.set_xlabel(x)
    if y:
        axes.set_ylabel(y)


@in_our_style
def explain_strong(figure: Chart, text: str) -> None:
    """Say above the figure what its strong dots are."""
    figure.axes[0].set_title(f"● {text}", loc="right", color=OCHRE, size=9.5)


@in_our_style
def mark_days(figure: Chart, days: Mapping[str, str]) -> None:
    """A dotted line at each day, with a text above the figure."""
    for day, text in days.items():
        spot = pd.Timestamp(day)
        figure.axes[0].axvline(spot, color=PURPLE, lw=1, ls=":", zorder=1)  # type: ignore[arg-type]
        write_above(figure, text, spot, color=PURPLE, size=9)


@in_our_style
def mark_days_within(figure: Chart, days: Mapping[str, str]) -> None:
    """A dotted line at each day, with a text beside it, each lower than the one before."""
    axes = figure.axes[0]
    for place, (day, text) in enumerate(days.items()):
        spot = pd.Timestamp(day)
        axes.axvline(spot, color=OCHRE, lw=1, ls=":")  # type: ignore[arg-type]
        at = (spot, 1 - 0.07 * (place % 4))
        ground, below = box(0.8, pad=1), ("data", "axes fraction")
        write(axes, text, at, (3, 0), xycoords=below, va="top", size=8.5, color=OCHRE, bbox=ground)


@in_our_style
def hold_against(figure: Chart, value: float, text: str) -> None:
    """A dotted line at a value, with a text above the figure, to hold the rest against."""
    figure.axes[0].axvline(value, color=OCHRE, lw=1.5, ls=":")
    write_above(figure, text, value, color=OCHRE, size=9.5)


@in_our_style
def label_points(figure: Chart, points: pd.Series, texts: Iterable[str]) -> None:
    """A text beside each of some points of a line."""
    for point, text in zip(points.items(), texts, strict=True):
        write(figure.axes[0], text, point, (5, 5), size=9)


@in_our_style
def widen_early(figure: Chart) -> None:
    """Give the first days more room than the later ones: after 1, a logarithmic axis."""
    axes = figure.axes[0]
    axes.set_xscale("symlog", linthresh=1)
    axes.autoscale_view(scaley=False)  # its margins are those of the new scale
    axes.xaxis.set_major_formatter("{x:,g}")


@in_our_style
def leave_room(figure: Chart, top: float) -> None:
    """Let the axis reach up to a value, so that marks stand clear of the line."""
    figure.axes[0].set_ylim(0, top)
