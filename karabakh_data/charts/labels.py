"""Texts in a figure."""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from .figure import Chart
from .palette import GROUND


def box(alpha: float | None = None, *, pad: float = 0.5) -> dict[str, Any]:
    """The ground of a label, so that it can be read on lines and dots."""
    return {"color": GROUND, "pad": pad} | ({} if alpha is None else {"alpha": alpha})


def write(axes: Axes, text: str, at: Any, shift: tuple[int, int], **look: Any) -> None:
    """A text at a point of the axes, shifted by so many points; none if it is missing."""
    if not pd.isna(text):
        axes.annotate(text, at, shift, textcoords="offset points", parse_math=False, **look)


def write_above(figure: Chart, text: str, at: Any, **look: Any) -> None:
    """A text over a place of the horizontal axis, above the figure."""
    where = {"xycoords": ("data", "axes fraction"), "ha": "center", "va": "bottom"}
    write(figure.axes[0], text, (at, 1), (0, 3), **where, **look)
