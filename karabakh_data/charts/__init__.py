"""The forms of figure the notebooks use, in one look.

A form (:func:`lanes`, :func:`bars`, :func:`columns`, :func:`spans`, :func:`intervals`,
:func:`line`, :func:`parts`, :func:`adoptions`, :func:`verdicts`, :func:`specifications`,
:func:`places`, :func:`strips`, :func:`squares`, :func:`durations`, :func:`grid`,
:func:`mirror`, :func:`presence`) draws a frame or series and returns a figure: the title
states the finding, labels stand at the marks, the last line names the source. Other
functions add to a figure: marks, labels, names of axes. A figure shows itself in a
notebook, and :func:`save` writes it.

Everything is drawn and written in matplotlib's defaults and our style: nothing global
is touched, and a reader's own settings change nothing. Needs matplotlib::

    pip install "karabakh_data[charts]"
"""

from ..optional import needed

needed("matplotlib", "charts", "karabakh_data.charts")

from .additions import (
    explain_strong,
    hold_against,
    label_points,
    leave_room,
    mark_days,
    mark_days_within,
    name_axes,
    shade_wars,
    widen_early,
)
from .curves import parts, specifications, verdicts
from .figure import FOLDER, GREY, LAYERS, OCHRE, PURPLE, TEAL, Chart, save
from .forms import adoptions, bars, columns, intervals, line
from .maps import places
from .presence import presence
from .sides import grid, mirror
from .squares import OUTCOMES, durations, squares, tick_days
from .strips import strips
from .timelines import lanes, spans

__all__ = [
    "FOLDER",
    "GREY",
    "LAYERS",
    "OCHRE",
    "OUTCOMES",
    "PURPLE",
    "TEAL",
    "Chart",
    "adoptions",
    "bars",
    "columns",
    "durations",
    "explain_strong",
    "grid",
    "hold_against",
    "intervals",
    "label_points",
    "lanes",
    "leave_room",
    "line",
    "mark_days",
    "mark_days_within",
    "mirror",
    "name_axes",
    "parts",
    "places",
    "presence",
    "save",
    "shade_wars",
    "spans",
    "specifications",
    "squares",
    "strips",
    "tick_days",
    "verdicts",
    "widen_early",
]
