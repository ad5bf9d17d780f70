"""The forms: each draws a frame or series, and states a finding."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from typing import Literal

import pandas as pd
from matplotlib.ticker import MaxNLocator, PercentFormatter

from ..frames import needs, needs_all, needs_rows
from .canvas import canvas, few_dates
from .figure import Chart, in_our_style
from .labels import box, write
from .palette import GREY, GROUND, LAYERS, OCHRE, QUIET, TEAL, layers, readable
from .palette import colour as colour_of


@in_our_style
def bars(
    values: pd.Series,
    title: str,
    source: str,
    *,
    strong: Iterable[Hashable] = (),
    text: Mapping[str, str] | None = None,
    room: float = 0.16,
) -> Chart:
    """Horizontal bars, first value on top, each with its number at its end.

    Args:
        values: one bar each, named by the index; bars may have one name.
        title: the finding.
        source: what the last line names.
        strong: the bar, or bars, by name, that stand out, each in its own colour if it has one.
        text: what stands at the end instead of the number, by name.
        room: the space for it beyond the longest bar, as a share of that bar.
    """
    figure, axes = canvas(title, source, 1.6 + 0.34 * len(values))
    strong = {strong} if isinstance(strong, str) else set(strong)
    colours = [colour_of(name, OCHRE) if name in strong else TEAL for name in values.index]
    drawn = axes.barh(range(len(values)), values.to_numpy(), color=colours)
    axes.set_yticks(range(len(values)), [str(name) for name in values.index])
    words = [(text or {}).get(str(name), f"{value:,g}") for name, value in values.items()]
    axes.bar_label(drawn, words, padding=4)
    axes.invert_yaxis()
    axes.margins(x=room)
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    return figure


@in_our_style
def columns(frame: pd.DataFrame, title: str, source: str, *, names_at: float = 0.99) -> Chart:
    """Stacked columns: one per row, one layer per column, named in its own colour.

    Args:
        frame: one row is one column of the figure, one column one layer.
        title: the finding.
        source: what the last line names.
        names_at: where the layers' names end, as a share of the width.

    Raises:
        ValueError: there are more layers than colours, a cell is no number, or a row or
            layer is there twice.
    """
    needs_all(frame, "numbers")
    if not frame.index.is_unique:
        twice = frame.index[frame.index.duplicated()].tolist()[0]
        raise ValueError(f"row {twice!r} of the frame: it is there more than once; add them up.")
    if frame.shape[1] > len(LAYERS):
        raise ValueError(f"{frame.shape[1]} layers: the palette is shorter, {len(LAYERS)} colours")
    figure, axes = canvas(title, source)
    base = pd.Series(0, index=frame.index)
    stacked = list(zip(frame.columns, layers(list(frame.columns)), strict=True))
    for name, colour in stacked:
        look = {"color": colour, "edgecolor": GROUND, "lw": 0.4}
        axes.bar(frame.index, frame[name], 0.85, base, **look)  # type: ignore[arg-type]
        base = base + frame[name]
    for place, (name, colour) in enumerate(stacked if len(stacked) > 1 else []):
        where = (names_at, 0.97 - 0.075 * place)
        axes.annotate(
            f"■ {name}",
            where,
            xycoords="axes fraction",
            ha="right",
            va="top",
            color=readable(colour),
            bbox=box(0.8),
        )
    axes.yaxis.set_major_locator(MaxNLocator(integer=True))
    axes.grid(axis="y")
    return figure


@in_our_style
def intervals(frame: pd.DataFrame, title: str, source: str) -> Chart:
    """A dot within its interval per row, with its number.

    Args:
        frame: with columns ``lane``; ``low``, ``estimate``, ``high``.
        title: the finding.
        source: what the last line names.

    Raises:
        ValueError: a column is missing.
    """
    needs(frame, "lane", "low", "estimate", "high")
    figure, axes = canvas(title, source, 1.9 + 0.42 * len(frame))
    rows = frame.iloc[::-1].reset_index(drop=True)
    axes.hlines(rows.index, rows["low"], rows["high"], color=TEAL, lw=2)
    axes.scatter(rows["estimate"], rows.index, color=TEAL, s=55, zorder=3)
    for place, value in rows["estimate"].items():
        write(axes, f"{value:,.0f}", (value, place), (0, 10), ha="center", bbox=box())
    axes.set_yticks(rows.index, rows["lane"])
    axes.set_ylim(-0.5, len(rows) - 0.3)
    axes.set_xlim(left=0)
    axes.grid(axis="x")
    return figure


@in_our_style
def adoptions(values: pd.Series, title: str, source: str, *, percent: bool = True) -> Chart:
    """One finding as each part of the sources tells it, and as chance picks whom to believe.

    Args:
        values: as a column of :func:`karabakh_data.studies.robust.survey` has them: the
            finding as adopted first, then under the other adoptions, last ``median``,
            ``low`` and ``high`` of the draws. What is missing is named, not drawn.
        title: the finding.
        source: what the last line names.
        percent: whether the values are shares.

    Raises:
        ValueError: one of the three is not there.
    """
    drawn = ["median", "low", "high"]
    needs_rows(values, *drawn)
    shown = values.drop(drawn).iloc[::-1]
    figure, axes = canvas(title, source, 1.9 + 0.36 * (len(shown) + 1))
    adopted = values.iloc[0]
    axes.axvline(adopted, color=OCHRE, lw=1.5, ls=":", zorder=1)
    for place, value in enumerate(shown, start=1):
        if pd.isna(value):
            write(axes, "cannot be told", (adopted, place), (6, 0), va="center", color=QUIET)
            continue
        colour = OCHRE if place == len(shown) else TEAL
        axes.scatter(value, place, color=colour, s=55, zorder=3)
        write(axes, _number(value, percent), (value, place), (8, 0), va="center", bbox=box(0.8))
    axes.hlines(0, values["low"], values["high"], color=GREY, lw=6)
    axes.vlines([values["low"], values["high"]], -0.16, 0.16, color=GREY, lw=3)  # however near
    low, high = (_number(values[end], percent) for end in ("low", "high"))
    reach = low if low == high else f"{low} to {high}"
    write(axes, reach, (values["high"], 0), (8, 0), va="center")
    axes.set_yticks(range(len(shown) + 1), ["1,000 draws", *shown.index])
    axes.set_ylim(-0.6, len(shown) + 0.6)
    axes.grid(axis="x")
    axes.margins(x=0.18)
    if percent:
        axes.set_xlim(0, 1.12)
        axes.xaxis.set_major_formatter(PercentFormatter(1))
    figure.plotted = values.rename_axis("as told by")
    return figure


def _number(value: float, percent: bool) -> str:
    if percent:
        return f"{value:.0%}"
    return f"{value:,.1f}" if value < 10 and value != round(value) else f"{value:,.0f}"


@in_our_style
def line(
    values: pd.Series,
    title: str,
    source: str,
    *,
    steps: bool = False,
    band: tuple[pd.Series, pd.Series] | None = None,
) -> Chart:
    """One line over its index.

    Args:
        values: the line.
        title: the finding.
        source: what the last line names.
        steps: whether each value holds until the next.
        band: the lower and upper edge of a band around it.
    """
    figure, axes = canvas(title, source)
    axes.plot(
        values.index, values, color=TEAL, lw=2, drawstyle="steps-post" if steps else "default"
    )
    if band:
        edge: Literal["post"] | None = "post" if steps else None
        axes.fill_between(values.index, *band, color=TEAL, alpha=0.15, lw=0, step=edge)
    if isinstance(values.index, pd.DatetimeIndex):
        few_dates(axes)
    axes.set_ylim(bottom=0)
    axes.grid(axis="y")
    return figure
