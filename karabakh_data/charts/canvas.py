"""What every form starts from: an empty figure with its finding and its source."""

from __future__ import annotations

from matplotlib.axes import Axes
from matplotlib.dates import AutoDateLocator, ConciseDateFormatter

from . import fitting
from .figure import Chart
from .palette import QUIET

WIDTH = 352
"""Of a line of text in a figure, in points."""


def canvas(title: str, source: str, height: float = 4.5) -> tuple[Chart, Axes]:
    """An empty figure with the finding above and the source below."""
    finding = fitting.fold(title, WIDTH, fitting.TITLE, bold=True)
    told = fitting.fold(f"Source: {source}", WIDTH)
    more = 0.24 * finding.count("\n") + 0.2 * told.count("\n")
    figure = Chart(figsize=(5.0, round(height + more, 2)))
    axes = figure.subplots()
    look = {"size": fitting.TITLE, "weight": "bold"}
    figure.suptitle(finding, x=0.01, ha="left", parse_math=False, **look)
    foot(figure, told)
    return figure, axes


def foot(figure: Chart, text: str) -> None:
    """The last lines of a figure, as they are folded."""
    look = {"size": fitting.SMALLEST, "color": QUIET}
    figure.supxlabel(text, x=0.01, ha="left", parse_math=False, **look)


def few_dates(axes: Axes) -> None:
    """A few days, months or years on the axis."""
    locator = AutoDateLocator(minticks=3, maxticks=8)
    axes.xaxis.set_major_locator(locator)
    axes.xaxis.set_major_formatter(ConciseDateFormatter(locator, show_offset=False))
