"""The forms of figure the notebooks use, in one look.

Each function draws one form and returns the figure: the title states the
finding, labels stand at the marks, the last line names the source. Needs
matplotlib, which the extras ``book`` and ``test`` install.
"""

from __future__ import annotations

import os
import textwrap
from collections.abc import Iterable, Mapping
from pathlib import Path

import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.dates import AutoDateLocator, ConciseDateFormatter
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

plt.style.use(str(Path(__file__).with_name("karabakh.mplstyle")))

TEAL, OCHRE, PURPLE, GREY = "#1b7f79", "#b5791c", "#7a5195", "#8a8a8a"
FIGURES = Path("../figures")  # notebooks run in their own folder


def save(figure: Figure, name: str) -> None:
    """Write the figure to ``figures/NAME.svg``, the same bytes on each run."""
    file = FIGURES / f"{name}.svg"
    part = file.with_suffix(".part")
    figure.savefig(part, format="svg", metadata={"Date": None, "Creator": None, "Title": name})
    os.replace(part, file)


class Table:
    """A frame as a reader's table: no row numbers, blanks for what is missing."""

    def __init__(self, frame: pd.DataFrame, **names: str) -> None:
        """Show the frame; its index counts as a column where it has a name."""
        named = frame.reset_index() if frame.index.name else frame
        named = named.rename(columns=names).rename_axis(columns=None)  # HTML would show it
        self.frame = named.astype("string").fillna("")

    def __repr__(self) -> str:
        """Plain text, for terminals and for nbval."""
        with pd.option_context("display.max_colwidth", None):
            return self.frame.to_string(index=False)

    def _repr_html_(self) -> str:
        with pd.option_context("display.max_colwidth", None):
            return self.frame.to_html(index=False, border=0)


def canvas(title: str, source: str, height: float = 4.5) -> tuple[Figure, Axes]:
    """An empty figure with the finding above and the source below."""
    figure, axes = plt.subplots(figsize=(6.8, height))
    width = 66 if len(title) <= 66 else len(title) // 2 + 8  # two lines of a like length
    figure.suptitle(textwrap.fill(title, width), x=0.01, ha="left", size=12.5, weight="bold")
    figure.supxlabel(
        textwrap.fill(f"Source: {source}", 100), x=0.01, ha="left", size=8.5, color=GREY
    )
    return figure, axes


def _days(axes: Axes) -> None:
    """A few days, months or years on the axis, none on another."""
    locator = AutoDateLocator(minticks=4, maxticks=9)
    axes.xaxis.set_major_locator(locator)
    axes.xaxis.set_major_formatter(ConciseDateFormatter(locator, show_offset=False))


def lanes(
    frame: pd.DataFrame,
    lane: str,
    when: str,
    title: str,
    source: str,
    *,
    strong: str | None = None,
    strong_label: str = "",
    label: str | None = None,
    counts: bool = True,
    xlabel: str = "",
    height: float | None = None,
    marks: Mapping[str, str] | None = None,
) -> Figure:
    """Dots on a line of time per lane; ``strong`` marks some of them, ``label`` names each.

    ``marks`` are days with a dotted line and a text above it.
    """
    frame = frame.dropna(subset=[lane, when])
    order = list(frame.groupby(lane, observed=True)[when].min().sort_values().index)
    figure, axes = canvas(title, source, height or 1.7 + 0.36 * len(order))
    for place, name in enumerate(reversed(order)):
        rows = frame[frame[lane] == name]
        marked = rows[strong] if strong else pd.Series(data=False, index=rows.index)
        for part, colour, layer in ((rows[~marked], GREY, 2), (rows[marked], OCHRE, 3)):
            axes.scatter(
                part[when], [place] * len(part), color=colour, s=34, alpha=0.75, lw=0, zorder=layer
            )
        if label:
            for x, text in zip(rows[when], rows[label], strict=True):
                axes.annotate(
                    text, (x, place), (5, 0), textcoords="offset points", va="center", size=8.5,
                    bbox={"color": "white", "alpha": 0.8, "pad": 0.5},
                )  # fmt: skip
    sizes = frame[lane].value_counts()
    names = [f"{name} ({sizes[name]})" if counts else name for name in reversed(order)]
    axes.set_yticks(range(len(order)), names)
    axes.set_ylim(-0.6, len(order) - 0.4)
    axes.grid(axis="x")
    if pd.api.types.is_datetime64_any_dtype(frame[when]):
        _days(axes)
    axes.set_xlabel(xlabel)
    for day, text in (marks or {}).items():
        spot = pd.Timestamp(day)
        axes.axvline(spot, color=PURPLE, lw=1, ls=":", zorder=1)  # type: ignore[arg-type]
        axes.annotate(
            text, (spot, 1), (0, 3), xycoords=("data", "axes fraction"),
            textcoords="offset points", ha="center", va="bottom", size=9, color=PURPLE,
        )  # fmt: skip
    if label:
        axes.margins(x=0.12)
    if strong_label:
        axes.set_title(f"● {strong_label}", loc="right", color=OCHRE, size=9.5)
    return figure


def bars(
    values: pd.Series,
    title: str,
    source: str,
    *,
    strong: Iterable[str] = (),
    text: Mapping[str, str] | None = None,
    xlabel: str = "",
    room: float = 0.16,
) -> Figure:
    """Horizontal bars, first value on top, each with its number, or ``text``, at its end.

    ``room`` is the space for it beyond the longest bar, as a share of that bar.
    """
    figure, axes = canvas(title, source, 1.6 + 0.34 * len(values))
    strong = set(strong)
    colours = [OCHRE if name in strong else TEAL for name in values.index]
    drawn = axes.barh([str(name) for name in values.index], values.to_numpy(), color=colours)
    words = [(text or {}).get(str(name), f"{value:,g}") for name, value in values.items()]
    axes.bar_label(drawn, words, padding=4)
    axes.invert_yaxis()
    axes.margins(x=room)
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.set_xlabel(xlabel)
    return figure


def columns(frame: pd.DataFrame, title: str, source: str, *, ylabel: str = "") -> Figure:
    """Stacked columns: one per index value, one layer per column, named in its own colour."""
    figure, axes = canvas(title, source)
    base = pd.Series(0, index=frame.index)
    palette = [TEAL, OCHRE, PURPLE, "#5c4a3d", GREY, "#3d6e8e"]
    layers = list(zip(frame.columns, palette[: frame.shape[1]], strict=True))
    for name, colour in layers:
        axes.bar(frame.index, frame[name], bottom=base, color=colour, width=0.85)
        base = base + frame[name]
    for place, (name, colour) in enumerate(layers if len(layers) > 1 else []):
        where = (0.99, 0.97 - 0.075 * place)
        axes.annotate(
            f"■ {name}", where, xycoords="axes fraction", ha="right", va="top", color=colour
        )
    axes.set_ylabel(ylabel)
    axes.yaxis.set_major_locator(MaxNLocator(integer=True))
    axes.grid(axis="y")
    return figure


def spans(
    frame: pd.DataFrame, lane: str, title: str, source: str, *, start: str, end: str, label: str
) -> Figure:
    """Bars from ``start`` to ``end``, a lane each, with a text after each bar."""
    figure, axes = canvas(title, source, 1.7 + 0.36 * frame[lane].nunique())
    order = {name: place for place, name in enumerate(reversed(list(dict.fromkeys(frame[lane]))))}
    for row in frame.to_dict("records"):
        width = max(row[end] - row[start], pd.Timedelta(days=60))  # short ones stay visible
        axes.barh(order[row[lane]], width, left=row[start], height=0.5, color=TEAL)
        spot = (row[start] + width, order[row[lane]])
        axes.annotate(row[label], spot, (5, 0), textcoords="offset points", va="center", size=9)
    axes.set_yticks(list(order.values()), list(order))
    _days(axes)
    axes.use_sticky_edges = False  # so that the margin holds on the left as well
    axes.margins(x=0.06)
    axes.grid(axis="x")
    return figure


def intervals(
    frame: pd.DataFrame,
    name: str,
    title: str,
    source: str,
    *,
    low: str,
    high: str,
    at: str,
    line: float,
    line_label: str,
    xlabel: str = "",
) -> Figure:
    """A dot within its interval per row, with its number, and a line to hold them against."""
    figure, axes = canvas(title, source, 1.9 + 0.42 * len(frame))
    rows = frame.iloc[::-1].reset_index(drop=True)
    axes.hlines(rows.index, rows[low], rows[high], color=TEAL, lw=2)
    axes.scatter(rows[at], rows.index, color=TEAL, s=55, zorder=3)
    for place, value in rows[at].items():
        axes.annotate(
            f"{value:,.0f}", (value, place), (0, 10), textcoords="offset points", ha="center",
            bbox={"color": "white", "pad": 0.5},
        )  # fmt: skip
    axes.axvline(line, color=OCHRE, lw=1.5, ls=":")
    axes.annotate(
        line_label, (line, 1), (0, 3), xycoords=("data", "axes fraction"),
        textcoords="offset points", ha="center", va="bottom", size=9.5, color=OCHRE,
    )  # fmt: skip
    axes.set_yticks(rows.index, rows[name])
    axes.set_ylim(-0.5, len(rows) - 0.3)
    axes.set_xlim(left=0)
    axes.grid(axis="x")
    axes.set_xlabel(xlabel)
    return figure


def line(
    values: pd.Series,
    title: str,
    source: str,
    *,
    marks: Mapping[str, str] | None = None,
    steps: bool = False,
    ylabel: str = "",
    xlabel: str = "",
    band: tuple[pd.Series, pd.Series] | None = None,
    log: bool = False,
) -> Figure:
    """One line, with dated marks above it or a band around it; ``log`` widens short times."""
    figure, axes = canvas(title, source)
    axes.plot(
        values.index, values, color=TEAL, lw=2, drawstyle="steps-post" if steps else "default"
    )
    if band:
        axes.fill_between(
            values.index, *band, color=TEAL, alpha=0.15, lw=0, step="post" if steps else None
        )
    for place, (day, text) in enumerate((marks or {}).items()):
        when = pd.Timestamp(day)
        axes.axvline(when, color=OCHRE, lw=1, ls=":")  # type: ignore[arg-type]
        axes.annotate(
            text, (when, 1 - 0.07 * (place % 4)), (3, 0), xycoords=("data", "axes fraction"),
            textcoords="offset points", va="top", size=8.5, color=OCHRE,
            bbox={"color": "white", "alpha": 0.8, "pad": 1},
        )  # fmt: skip
    if isinstance(values.index, pd.DatetimeIndex):
        _days(axes)
    if log:
        axes.set_xscale("symlog", linthresh=1)
        axes.xaxis.set_major_formatter("{x:,g}")
    axes.set_ylim(bottom=0)
    axes.set_ylabel(ylabel)
    axes.set_xlabel(xlabel)
    axes.grid(axis="y")
    return figure
