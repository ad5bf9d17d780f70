"""The form for counts over years: a strip of cells a lane, the darker the more."""

from __future__ import annotations

import pandas as pd
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator
from matplotlib.transforms import blended_transform_factory

from ..frames import as_years, needs_all
from .canvas import canvas
from .figure import GREY, TEAL, Chart, in_our_style

SHADES = (0.19, 0.66, 0.83, 1.0)
"""How strong the colour is, from few to many."""


@in_our_style
def strips(
    frame: pd.DataFrame,
    title: str,
    source: str,
    *,
    steps: tuple[int, int, int] = (2, 5, 10),
) -> Chart:
    """A cell per lane and year, the darker the higher its count; names say each lane's sum.

    Args:
        frame: one row is one lane, one column one year; counts. First row on top.
        title: the finding.
        source: what the last line names.
        steps: the highest counts of the first three of four shades.

    Raises:
        ValueError: a cell is no number, or a column no year, or there twice.
    """
    needs_all(frame, "numbers")
    years = as_years(frame.columns, "columns")
    if len(set(years)) < len(years):
        twice = next(year for year in years if years.count(year) > 1)
        raise ValueError(f"columns: the year {twice} is there more than once; add them up.")
    figure, axes = canvas(title, source, 2.1 + 0.3 * len(frame))
    for place, (_, row) in enumerate(frame.iloc[::-1].iterrows()):
        for year, count in zip(years, row, strict=True):
            if not count > 0:
                continue
            shade = SHADES[sum(count > step for step in steps)]
            axes.bar(
                year,
                0.84,
                bottom=place - 0.42,
                width=0.92,
                facecolor=(TEAL, shade),
                edgecolor=GREY,
                lw=0.6,
                zorder=2,
            )
    sums = frame.iloc[::-1].sum(axis=1)
    axes.set_yticks(range(len(frame)), [f"{name} ({n:,})" for name, n in sums.items()])
    if years:
        axes.set_xlim(min(years) - 0.7, max(years) + 0.7)
    names = [f"to {steps[0]} a year", *(f"to {step}" for step in steps[1:]), "more"]
    axes.legend(
        [Patch(facecolor=(TEAL, shade), edgecolor=GREY, lw=0.6) for shade in SHADES], names,
        loc="lower left", bbox_to_anchor=(0.0, 1.0),
        bbox_transform=blended_transform_factory(figure.transFigure, axes.transAxes),
        ncols=4, frameon=False, fontsize=12, handlelength=0.9, handleheight=0.9, columnspacing=0.9,
    )  # fmt: skip
    axes.set_ylim(-0.7, len(frame) - 0.4)
    axes.xaxis.set_major_locator(MaxNLocator(4, integer=True))
    axes.grid(axis="y")
    return figure
