"""The forms on a line of time: dots and bars, a lane each."""

from __future__ import annotations

import pandas as pd

from ..frames import as_days, needs
from .canvas import canvas, few_dates
from .figure import Chart, in_our_style
from .labels import box, write
from .palette import GREY, GROUND, OCHRE, TEAL


@in_our_style
def lanes(
    frame: pd.DataFrame,
    title: str,
    source: str,
    *,
    counts: bool = True,
    height: float | None = None,
) -> Chart:
    """Dots on a line of time, a lane each, the earliest lane on top.

    Args:
        frame: with columns ``lane`` and ``day``; where it has them, ``strong`` marks some
            dots and ``label`` names each. Rows without lane or day are not drawn.
        title: the finding.
        source: what the last line names.
        counts: whether a lane's name says how many dots it has.
        height: in inches (default: by the number of lanes).

    Raises:
        ValueError: a column is missing, or a day is none.
    """
    needs(frame, "lane", "day")
    frame = frame.dropna(subset=["lane", "day"])
    drawn = frame.copy()
    frame = frame.assign(day=as_days(frame["day"], "day"))
    order = list(frame.groupby("lane", observed=True)["day"].min().sort_values().index)
    figure, axes = canvas(title, source, height or 1.7 + 0.36 * len(order))
    for place, name in enumerate(reversed(order)):
        rows = frame[frame["lane"] == name]
        strong = rows["strong"].isin([True]) if "strong" in rows else rows["day"].isna()
        for part, colour, layer in ((rows[~strong], GREY, 2), (rows[strong], OCHRE, 3)):
            axes.scatter(
                part["day"],
                [place] * len(part),
                color=colour,
                s=34,
                edgecolor=GROUND,
                lw=0.6,
                zorder=layer,
            )
        if "label" in rows:
            for day, text in zip(rows["day"], rows["label"], strict=True):
                write(axes, text, (day, place), (5, 0), va="center", bbox=box(0.8))
    sizes = frame["lane"].value_counts()
    names = [f"{name} ({sizes[name]})" if counts else name for name in reversed(order)]
    axes.set_yticks(range(len(order)), names)
    axes.set_ylim(-0.6, len(order) - 0.4)
    axes.grid(axis="x")
    few_dates(axes)
    figure.plotted = drawn
    if "label" in frame:
        axes.margins(x=0.12)
    return figure


@in_our_style
def spans(frame: pd.DataFrame, title: str, source: str) -> Chart:
    """Bars on a line of time, a lane each, in the order in which the lanes first come.

    Args:
        frame: with columns ``lane``; ``first``, ``last`` (days); ``label`` (after the bar).
        title: the finding.
        source: what the last line names.

    Raises:
        ValueError: a column is missing, a day is missing or none, or a last one is before its
            first.
    """
    needs(frame, "lane", "first", "last", "label")
    days = {name: as_days(frame[name], name) for name in ("first", "last")}
    if (turned := days["last"] < days["first"]).any():
        row = turned.index[turned][0]
        raise ValueError(f"last, row {row}: the day is before the first.")
    frame = frame.assign(**days)
    figure, axes = canvas(title, source, 1.7 + 0.36 * frame["lane"].nunique())
    names = list(dict.fromkeys(frame["lane"]))
    order = {name: place for place, name in enumerate(reversed(names))}
    for row in frame.to_dict("records"):
        width = max(row["last"] - row["first"], pd.Timedelta(days=60))  # short ones stay visible
        axes.barh(order[row["lane"]], width, left=row["first"], height=0.5, color=TEAL)
        end = (row["first"] + width, order[row["lane"]])
        write(axes, row["label"], end, (5, 0), va="center")
    axes.set_yticks(list(order.values()), list(order))
    few_dates(axes)
    axes.use_sticky_edges = False  # so that the margin holds on the left as well
    axes.margins(x=0.06)
    axes.grid(axis="x")
    return figure
