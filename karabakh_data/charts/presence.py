"""A form for lists: which of them has which record."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from ..frames import needs_all
from .canvas import canvas
from .figure import OCHRE, TEAL, Chart, in_our_style
from .labels import write


@in_our_style
def presence(known: pd.DataFrame, title: str, source: str) -> Chart:
    """A tick for each record that a list has, a row a list, in the order of the records.

    Records that one list alone has stand out.

    Args:
        known: a row for each record, named by its year; a column for each list: whether
            it has the record. The list with most comes first.
        title: the finding.
        source: what the last line names.

    Raises:
        ValueError: a cell is neither yes nor no, or a list is there twice.
    """
    needs_all(known, "yes or no")
    figure, axes = canvas(title, source, 1.9 + 0.36 * known.shape[1])
    found = known.reset_index(drop=True)
    alone = found.sum(axis=1) == 1
    for place, name in enumerate(found.columns):
        has = found[name].astype(bool)
        for rows, colour in ((has & ~alone, TEAL), (has & alone, OCHRE)):
            at = found.index[rows]
            axes.vlines(at, place - 0.36, place + 0.36, color=colour, lw=2.6)
        write(axes, str(int(has.sum())), (len(found), place), (2, 0), va="center")
    axes.set_yticks(range(found.shape[1]), list(found.columns))
    axes.set_ylim(found.shape[1] - 0.4, -0.6)
    axes.set_xlim(-1, len(found) * 1.06 + 1)
    _years(axes, known.index)
    axes.spines["left"].set_visible(False)
    return figure


def _years(axes: Axes, years: pd.Index) -> None:
    """A mark where a year begins, named where there is room."""
    first = pd.Series(range(len(years)), index=years).groupby(level=0).min()
    shown: dict[int, str] = {}
    for year, place in first.items():
        if not shown or place - max(shown) >= 0.11 * len(years):
            shown[int(place)] = str(year)
    axes.set_xticks([place - 0.5 for place in shown], list(shown.values()))
