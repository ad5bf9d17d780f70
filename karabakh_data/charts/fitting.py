"""That everything in a figure can be read: sizes, folded lines, room for labels."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from itertools import pairwise

from matplotlib.axes import Axes
from matplotlib.dates import AutoDateLocator
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.text import Annotation, Text
from matplotlib.textpath import text_to_path
from matplotlib.ticker import FixedLocator, MaxNLocator

SMALLEST = 12.0
"""Points, on a canvas 360 points wide: 11 pixels where the figure is 340 pixels wide."""
TITLE = 14.5

_ROUNDS = 5
"""How often room is made at most: what has grown may be laid out anew."""


def fold(text: str, width: float, size: float = SMALLEST, *, bold: bool = False) -> str:
    """The text on lines of at most so many points, of a like length; its own lines are kept."""
    return "\n".join(_folded(line, width, size, bold) for line in text.split("\n"))


def _folded(line: str, width: float, size: float, bold: bool) -> str:
    fewest = _greedy(line, width, size, bold)
    if len(fewest) < 2:
        return line
    narrow, wide = width / 2, width
    while wide - narrow > 4:  # the narrowest that needs no line more
        middle = (narrow + wide) / 2
        same = len(_greedy(line, middle, size, bold)) == len(fewest)
        narrow, wide = (narrow, middle) if same else (middle, wide)
    return "\n".join(_greedy(line, wide, size, bold))


def _greedy(line: str, width: float, size: float, bold: bool) -> list[str]:
    lines = [""]
    for word in line.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and measured(longer, size, bold) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


@cache
def measured(text: str, size: float, bold: bool = False) -> float:
    """How many points a text is wide."""
    font = FontProperties(family="DejaVu Sans", weight="bold" if bold else "normal", size=size)
    return float(text_to_path.get_text_width_height_descent(text, font, ismath=False)[0])


def abreast(names: Iterable[str]) -> int:
    """How many columns of a key of these names fit."""
    widest = max((measured(name, SMALLEST) for name in names), default=0) + 3 * SMALLEST
    return max(1, min(4, int(345 // widest)))


def fit(figure: Figure) -> None:
    """Make every text large enough, and make room for it. A second time changes nothing."""
    for text in figure.findobj(Text):
        if float(text.get_fontsize()) < SMALLEST:
            text.set_fontsize(SMALLEST)
    if not figure.axes:
        return
    _fold_names(figure)
    for _ in range(_ROUNDS):
        height = figure.get_figheight()
        _lay_out(figure)
        for axes in figure.axes:
            _fold_labels(figure, axes)
            _keep_within(figure, axes)
            _thin(figure, axes)
            _stack(axes)
        _grow(figure)
        _start_anew(figure)
        if figure.get_figheight() == height:
            break


def _lay_out(figure: Figure) -> None:
    """Find the place of everything, from the same start whatever was drawn before."""
    _start_anew(figure)
    engine = figure.get_layout_engine()
    if engine and all(axes.get_aspect() == "auto" for axes in figure.axes):
        engine.execute(figure)  # twice as fast as to draw all that is in it
    else:
        figure.draw_without_rendering()


def _start_anew(figure: Figure) -> None:
    for axes in figure.axes:
        if spec := axes.get_subplotspec():
            axes._set_position(spec.get_position(figure))  # type: ignore[attr-defined]


def _fold_names(figure: Figure) -> None:
    """Fold what lanes are called, and leave it as it is spelt."""
    whole = figure.get_figwidth() * 72
    for axes in figure.axes:
        names = [label.get_text() for label in axes.get_yticklabels()]
        folded = [fold(name, 0.34 * whole) for name in names]
        if names != folded:
            axes.set_yticks(axes.get_yticks(), folded)
        if isinstance(axes.yaxis.get_major_locator(), FixedLocator):
            for label in axes.get_yticklabels():
                label.set_parse_math(False)  # a name's $ is a dollar


def _fold_labels(figure: Figure, axes: Axes) -> None:
    """Fold what the axes count, and named places on the horizontal one, to the room they have."""
    frame = axes.get_window_extent()
    points = 72 / figure.dpi
    for axis, room in ((axes.xaxis, frame.width), (axes.yaxis, frame.height)):
        text = axis.label.get_text()
        if max(axis.label.get_window_extent().size) > room and text:
            axis.label.set_text(fold(text, max(room * points, 150)))
    names = [label.get_text() for label in axes.get_xticklabels()]
    if 1 < len(names) < 9 and sum(name[:1].isalpha() for name in names) > len(names) / 2:
        folded = [fold(name, frame.width * points / len(names) - 6) for name in names]
        if folded != names and not isinstance(axes.xaxis.get_major_locator(), AutoDateLocator):
            axes.set_xticks(axes.get_xticks(), folded)


def _stack(axes: Axes) -> None:
    """Raise texts above the axes that touch one another."""
    above = [
        text
        for text in axes.texts
        if isinstance(text, Annotation)
        and text.xycoords == ("data", "axes fraction")
        and text.xy[1] == 1
        and text.get_verticalalignment() == "bottom"
    ]
    above.sort(key=lambda text: text.get_window_extent().x0)
    for place, text in enumerate(above):
        for _ in above:
            extents = [other.get_window_extent().padded(2) for other in above[:place]]
            if not any(text.get_window_extent().overlaps(extent) for extent in extents):
                break
            x, y = text.get_position()
            text.set_position((x, y + 1.25 * float(text.get_fontsize())))


def _keep_within(figure: Figure, axes: Axes) -> None:
    """Give labels that reach beyond the right edge the room they need."""
    if axes.get_xscale() != "linear" or axes.xaxis_inverted():
        return
    if getattr(axes, "_given_room", None) == axes.get_xlim():
        return  # it has it: the layout takes and gives a little each time
    for _ in range(4):
        if not _widen(figure, axes):
            break
        _lay_out(figure)
    axes._given_room = axes.get_xlim()  # type: ignore[attr-defined]


def _widen(figure: Figure, axes: Axes) -> bool:
    """Let the horizontal axis reach further, and whether it had to."""
    edge = figure.bbox.x1 - 3
    frame = axes.get_window_extent()
    factor = 1.0
    for text in axes.texts:
        if not isinstance(text, Annotation) or not text.get_text():
            continue
        extent = text.get_window_extent()
        if extent.x1 <= figure.bbox.x1 and extent.x0 >= 0:
            continue
        if text.xycoords == "data":
            start = extent.x0 - frame.x0
            if extent.x1 > figure.bbox.x1 and start > 0:
                room = start / max(edge - frame.x0 - extent.width, 1)
                factor = max(factor, min(room, 2))  # a label may be as wide as all there is
        elif extent.x1 > figure.bbox.x1 and text.get_horizontalalignment() == "center":
            text.set_horizontalalignment("right")
        elif extent.x0 < 0 and text.get_horizontalalignment() == "center":
            text.set_horizontalalignment("left")
    if factor > 1:
        left, right = axes.get_xlim()
        axes.set_xlim(left, left + (right - left) * factor)
    return factor > 1


def _thin(figure: Figure, axes: Axes) -> None:
    """Fewer ticks on the horizontal axis where their labels touch each other."""
    for _ in range(4):
        labels = [label for label in axes.get_xticklabels() if label.get_text()]
        extents = [label.get_window_extent() for label in labels]
        space = figure.dpi / 72 * 5
        if all(b.x0 - a.x1 > space for a, b in pairwise(extents)):
            return
        locator = axes.xaxis.get_major_locator()
        fewer = max(2, len(labels) // 2)
        if isinstance(locator, MaxNLocator):
            locator.set_params(nbins=fewer)
        elif isinstance(locator, AutoDateLocator):
            axes.xaxis.set_major_locator(FixedLocator(list(axes.get_xticks()[::2])))
        else:
            return
        _lay_out(figure)


def _grow(figure: Figure) -> None:
    """Make the figure higher where names of lanes touch each other, or texts leave too little."""
    for _ in range(4):
        _lay_out(figure)
        missing = max(_missing(axes) for axes in figure.axes)
        missing = max(missing, 1.2 * _covered(figure))
        if missing < 1:
            return
        figure.set_figheight(round(figure.get_figheight() + missing / figure.dpi, 2))


def _covered(figure: Figure) -> float:
    """How many pixels of what the axes count are covered by the last lines."""
    last = [text for text in figure.texts if text.get_text() == figure.get_supxlabel()]
    names = [axes.xaxis.label for axes in figure.axes if axes.get_xlabel()]
    top = max((text.get_window_extent().y1 for text in last if text.get_text()), default=0.0)
    return max((top - name.get_window_extent().y0 for name in names), default=0.0)


def _missing(axes: Axes) -> float:
    """How many pixels more the axes should have."""
    extents = sorted(
        (label.get_window_extent() for label in axes.get_yticklabels() if label.get_text()),
        key=lambda extent: extent.y0,
    )
    height = axes.get_window_extent().height
    short = 0.0
    for below, above in pairwise(extents):
        pitch = (above.y0 + above.y1 - below.y0 - below.y1) / 2
        needed = (below.height + above.height) / 2 * 1.08
        if 0 < pitch < needed:
            short = max(short, height * (needed / pitch - 1))
    return short
