"""Forms for what two or more sides did: day by day, and in both directions."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
from matplotlib.ticker import FuncFormatter, MaxNLocator

from ..descriptor import counted, unknown
from ..frames import as_days, needs, needs_all
from .canvas import canvas
from .figure import Chart, in_our_style
from .labels import write
from .palette import GREY, GRID, colour, layers, readable

MARKS = {
    act: (sign, colour(act))
    for act, sign in {"signed": "o", "signed later": "o", "refused": "X", "not signed": "X"}.items()
}
"""The sign and colour of each act on a text."""


@in_our_style
def grid(
    frame: pd.DataFrame, title: str, source: str, *, notes: Mapping[str, str] | None = None
) -> Chart:
    """What each side did on each day: a lane a side, a line a day, a sign an act.

    Args:
        frame: with columns ``lane``; ``day``; ``act`` (of :data:`MARKS`); ``label`` (under
            the sign; acts of one lane, day and sort stand side by side under one label).
            Rows without lane or day are not drawn.
        title: the finding.
        source: what the last line names.
        notes: what stands under a day at the edge; such days are drawn without acts too.

    Raises:
        ValueError: a column is missing, a day is none, or there is no such act.
    """
    needs(frame, "lane", "day", "act", "label")
    drawn = frame.dropna(subset=["lane", "day"])
    drawn = drawn.assign(day=as_days(drawn["day"], "day"))
    for act in drawn["act"]:
        if act not in MARKS:
            raise ValueError(unknown("act", act, MARKS))
    said = dict(zip(as_days([*notes], "notes"), notes.values(), strict=True)) if notes else {}
    known = [*drawn["day"], *said]
    days = list(pd.date_range(min(known), max(known))) if known else []
    lanes = list(dict.fromkeys(drawn["lane"]))
    figure, axes = canvas(title, source, 2.0 + 0.82 * len(days))
    cells: dict[tuple[str, pd.Timestamp, str], list[str]] = {}
    for lane, day, act, label in drawn[["lane", "day", "act", "label"]].itertuples(index=False):
        cells.setdefault((lane, day, act), []).append(label)
    for (lane, day, act), labels in cells.items():
        across, down = lanes.index(lane), len(days) - 1 - days.index(day)
        sign, own = MARKS[act]
        spots = [across + 0.2 * (i - (len(labels) - 1) / 2) for i in range(len(labels))]
        axes.scatter(spots, [down + 0.3] * len(spots), marker=sign, color=own, s=70, zorder=3)
        words = "\n".join([act, *(str(one) for one in dict.fromkeys(labels) if not pd.isna(one))])
        look = {"ha": "center", "va": "top", "linespacing": 1.0, "color": readable(own)}
        write(axes, words, (across, down + 0.22), (0, -1), **look)
    names = [f"{day.day} {day:%B}\n{said.get(day, '')}".strip() for day in days]
    axes.set_yticks([place + 0.1 for place in range(len(days))], names[::-1])
    axes.set_xticks(range(len(lanes)), [str(lane).replace(" ", "\n") for lane in lanes])
    axes.xaxis.tick_top()
    axes.tick_params(length=0)
    axes.spines[["left", "bottom"]].set_visible(False)
    axes.hlines([place - 0.5 for place in range(1, len(days))], -0.5, len(lanes) - 0.5, color=GRID)
    axes.set_xlim(-0.55, len(lanes) - 0.45)
    axes.set_ylim(-0.5, max(len(days), 1) - 0.5)
    figure.plotted = drawn.copy()
    return figure


@in_our_style
def mirror(frame: pd.DataFrame, title: str, source: str) -> Chart:
    """Bars in two directions: the first column of the frame to the left, the second right.

    Args:
        frame: two columns of counts, one row a bar; first row on top.
        title: the finding.
        source: what the last line names.

    Raises:
        ValueError: there are not two columns of two names, or a cell is no number.
    """
    needs_all(frame, "numbers")
    if frame.shape[1] != 2:
        columns = counted(frame.shape[1], "column")
        raise ValueError(f"{columns}: expected two, one for each direction")
    figure, axes = canvas(title, source, 2.1 + 0.36 * len(frame))
    rows = frame.iloc[::-1]
    reach = 1.3 * max(int(frame.to_numpy().max(initial=1)), 1)
    for name, sign, own in zip(frame.columns, (-1, 1), layers(list(frame.columns)), strict=True):
        axes.barh(range(len(rows)), sign * rows[name], color=own, height=0.72, zorder=2)
        ends = {"ha": "right" if sign < 0 else "left", "va": "center", "color": readable(own)}
        for place, value in enumerate(rows[name]):
            if value:
                write(axes, f"{value:,}", (sign * value, place), (4 * sign, 0), **ends)
        head = {"va": "bottom", "ha": "right" if sign < 0 else "left", "color": readable(own)}
        write(axes, str(name), (0, len(rows) - 0.45), (4 * sign, 2), **head)
    axes.axvline(0, color=GREY, lw=1, zorder=3)
    axes.set_xlim(-reach, reach)
    axes.set_ylim(-0.6, len(rows) + 0.2)
    axes.set_yticks(range(len(rows)), [str(name) for name in rows.index])
    axes.xaxis.set_major_locator(MaxNLocator(5, integer=True))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{abs(value):,.0f}"))
    axes.grid(axis="x")
    return figure
