"""What can be added to a figure: marks, labels, names of axes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd
from matplotlib.dates import date2num

from ..frames import as_days
from ..studies._periods import WARS
from .canvas import WIDTH, foot
from .figure import Chart, in_our_style
from .fitting import fold
from .labels import box, write, write_above
from .palette import GREY, OCHRE, PURPLE, SHADE


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
    figure.axes[0].set_title(f"● {text}", loc="right", color=OCHRE)


@in_our_style
def mark_days(figure: Chart, days: Mapping[str, str]) -> None:
    """A dotted line at each day, with a text above the figure."""
    for spot, text in zip(as_days([*days]), days.values(), strict=True):
        figure.axes[0].axvline(spot, color=PURPLE, lw=1, ls=":", zorder=1)
        write_above(figure, text, spot, color=PURPLE)


@in_our_style
def mark_days_within(figure: Chart, days: Mapping[str, str]) -> None:
    """A dotted line at each day, with a text beside it, each lower than the one before."""
    axes = figure.axes[0]
    first, last = axes.get_xlim()
    for place, (spot, text) in enumerate(zip(as_days([*days]), days.values(), strict=True)):
        axes.axvline(spot, color=OCHRE, lw=1, ls=":")
        late = date2num(spot.to_pydatetime()) > (first + last) / 2
        beside: dict[str, Any] = {"ha": "right" if late else "left", "va": "top"}
        at, shift = (spot, 1 - 0.09 * (place % 4)), (-3 if late else 3, 0)
        ground, below = box(0.8, pad=1), ("data", "axes fraction")
        write(axes, text, at, shift, xycoords=below, color=OCHRE, bbox=ground, **beside)


@in_our_style
def hold_against(figure: Chart, value: float, text: str) -> None:
    """A dotted line at a value, with a text above the figure, to hold the rest against."""
    figure.axes[0].axvline(value, color=OCHRE, lw=1.5, ls=":")
    write_above(figure, text, value, color=OCHRE)


@in_our_style
def label_points(figure: Chart, points: pd.Series, texts: Iterable[str]) -> None:
    """A text beside each of some points of a line."""
    for point, text in zip(points.items(), texts, strict=True):
        write(figure.axes[0], text, point, (5, 5))


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


@in_our_style
def shade_wars(figure: Chart, days: Mapping[str, tuple[str, str]] = WARS) -> None:
    """A ground behind the wars, named in the last lines; the axis holds days or years.

    Args:
        figure: one over days or years.
        days: first and last day of each war, by its name (default: those of the record).
    """
    shown = shade(figure, days)
    if shown:
        *first, last = shown
        names = f"{', '.join(first)} and {last}" if first else last
        told = fold(f"Shaded: war, {names}.", WIDTH)
        foot(figure, f"{told}\n{figure.get_supxlabel()}")
        height = figure.get_figheight() + 0.2 * (told.count("\n") + 1)
        figure.set_figheight(round(height, 2))


@in_our_style
def shade(figure: Chart, spans: Mapping[str, tuple[float | str, float | str]]) -> list[str]:
    """A ground behind some spans of the horizontal axis, and which of them are on it.

    Args:
        figure: one over days or years.
        spans: by its name, the first and last of each: days as text, or years.
    """
    axes = figure.axes[0]
    dates = axes.xaxis.get_converter() is not None
    low, high = axes.get_xlim()
    shown = []
    for name, ends in spans.items():
        first, last = (_on_axis(end, dates) for end in ends)
        if last < low or first > high:
            continue
        shown.append(name)
        if last - first > 0.01 * (high - low):
            axes.axvspan(max(first, low), min(last, high), color=SHADE, lw=0, zorder=0)
        for edge in (first, last):  # a short one is a line
            if low <= edge <= high:
                axes.axvline(edge, color=GREY, lw=0.9, zorder=0.1)
    axes.set_xlim(low, high)
    return shown


def _on_axis(end: float | str, dates: bool) -> float:
    """Where a day or year stands: in days, or in years whose column is centred on the year."""
    if not isinstance(end, str):
        return end
    spot: pd.Timestamp = as_days(end)[0]
    if dates:
        return float(date2num(spot.to_pydatetime()))
    return spot.year + (spot.day_of_year - 1) / 366 - 0.5
