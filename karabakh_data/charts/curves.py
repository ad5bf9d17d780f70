"""The forms for findings under many choices: all headlines at once, and one over all choices."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import to_hex
from matplotlib.lines import Line2D
from matplotlib.ticker import PercentFormatter
from matplotlib.transforms import blended_transform_factory

from ..frames import needs, needs_all
from . import fitting
from .canvas import canvas
from .figure import Chart, in_our_style
from .labels import box, write
from .palette import GREY, GROUND, INK, OCHRE, PURPLE, SHADE, TEAL, contrast

_MARKS = ("^", "v", "s", "D", "P", "X", "*", "h")
"""The marks of adoptions other than the one published, in their order."""
_DRAWS = ("median", "low", "high")
STRIP = 96
"""Into how many places the combinations of a specification curve are put together."""


@in_our_style
def verdicts(survey: pd.DataFrame, claims: pd.DataFrame, title: str, source: str) -> Chart:
    """Every headline under every adoption, and on which side of its line each falls.

    A row is one claim; a filled or ringed mark is an adoption under which it fails, a grey one
    an adoption that has too few cases to support or to break it. Those that hold under all
    others stand on top, the rest on a shaded ground below. A count is drawn as a part of
    twice its line, so that its line stands in the middle.

    Args:
        survey: as :func:`karabakh_data.studies.robust.survey` gives it.
        claims: as :func:`karabakh_data.studies.verdicts.verdicts` gives them.
        title: the finding.
        source: what the last line names.

    Raises:
        ValueError: a column is missing.
    """
    needs(claims, "headline", "claim", "line", "fails", "under", "too_few", "is_count")
    texts = [fitting.fold(text, 345) for text in claims["claim"]]
    tall = [0.42 + 0.19 * (text.count("\n") + 1) for text in texts]
    figure, axes = canvas(title, source, 2.6 + sum(tall) + 0.6)
    others = [name for name in survey.index[1:] if name not in _DRAWS]
    at, shaded = 0.0, False
    for (_, row), text, height in zip(claims.iterrows(), texts, tall, strict=True):
        if row["fails"] and not shaded:
            shaded = True
            at = _heading(axes, at, "They depend on whom one believes")
            start = at
        elif not shaded and at == 0:
            at = _heading(axes, at, "These hold whomever one believes")
        middle = at - height + 0.21
        _verdict(axes, middle, survey[row["headline"]], row, others)
        where = {"xycoords": ("axes fraction", "data"), "va": "top"}
        write(axes, text, (0, at), (0, -2), **where)
        at -= height
    if shaded:
        axes.axhspan(at, start + 0.3, color=SHADE, lw=0, zorder=0)
    axes.set_ylim(at - 0.05, 0.05)
    axes.set_xlim(-0.02, 1.04)
    axes.set_yticks([])
    axes.xaxis.set_major_formatter(PercentFormatter(1))
    axes.grid(axis="x")
    axes.spines["left"].set_visible(False)
    named = [
        Line2D([], [], marker=mark, ls="", mec=TEAL, mfc=GROUND, ms=7, label=name)
        for name, mark in zip(others, _MARKS, strict=False)
    ]
    adopted = Line2D([], [], marker="o", ls="", color=OCHRE, ms=7, label="as adopted")
    drawn = Line2D([], [], color=GREY, lw=6, label="95% of the draws")
    line = Line2D([], [], color=INK, lw=1.4, marker="|", ls="", ms=12, label="the claim's line")
    fails = Line2D([], [], marker="s", ls="", color=PURPLE, ms=7, label="filled, ringed: it fails")
    few = Line2D([], [], marker="s", ls="", mec=GREY, mfc=GROUND, ms=7, label="grey: too few cases")
    handles = [adopted, *named, drawn, line, fails, few]
    axes.legend(
        handles=handles, loc="lower left", bbox_to_anchor=(-0.04, 1), ncols=2, frameon=False,
        fontsize=12, handlelength=1.2, handletextpad=0.4, columnspacing=0.8, labelspacing=0.3,
    )  # fmt: skip
    figure.plotted = survey.rename_axis("as told by")
    return figure


def _heading(axes: Axes, at: float, text: str) -> float:
    """What the claims below have in common, and where they begin."""
    where = {"xycoords": ("axes fraction", "data"), "va": "top", "weight": "bold"}
    write(axes, text, (0, at), (0, -3), **where)
    return at - 0.3


def _verdict(axes: Axes, at: float, values: pd.Series, row: pd.Series, others: list[str]) -> None:
    """One claim: its line, the adopted value, the draws, the other adoptions."""
    unit = 2 * row["line"] if row["is_count"] else 1.0
    shares = (values / unit).clip(upper=1.02)
    line, fails = row["line"] / unit, row["under"].split(", ")
    axes.vlines(line, at - 0.18, at + 0.18, color=INK, lw=1.4, zorder=2)
    axes.hlines(at, shares["low"], shares["high"], color=GREY, lw=6, zorder=1)
    for order, (name, mark) in enumerate(zip(others, _MARKS, strict=False)):
        look: dict[str, Any] = {"color": PURPLE}
        if name in row["too_few"].split(", "):
            look = {"edgecolor": GREY, "facecolor": GROUND}
        elif name not in fails:
            look = {"edgecolor": TEAL, "facecolor": GROUND}
        shift = 0.15 - 0.3 * order / max(1, len(others) - 1)
        axes.scatter(shares[name], at + shift, marker=mark, s=26, lw=1, zorder=3, **look)
    ring = 2.5 if shares.index[0] in fails else 0
    axes.scatter(shares.iloc[0], at, s=46, facecolor=OCHRE, edgecolor=PURPLE, lw=ring, zorder=4)


@in_our_style
def specifications(
    frame: pd.DataFrame,
    title: str,
    source: str,
    *,
    choices: Mapping[str, str],
    value: str = "share",
    adopted: str = "adopted",
) -> Chart:
    """One share under every combination of choices: a curve above, the choices below.

    Below the curve each option has a strip: how high it is filled says which part of the
    combinations at that place have it.

    Args:
        frame: one row is one combination: ``value``; ``adopted`` (whether it is the one
            told in the text); a column for each choice.
        title: the finding.
        source: what the last line names.
        choices: the columns of choices, with what each is called.
        value: the column of the share.
        adopted: the column that marks the combination told in the text.

    Raises:
        ValueError: a column is missing.
    """
    needs(frame, value, adopted, *choices)
    rows = frame.dropna(subset=[value]).sort_values(value, kind="stable").reset_index(drop=True)
    lines = sum(frame[of].nunique() + 1 for of in choices)
    figure, above = canvas(title, source, 4.2 + 0.23 * lines)
    figure.delaxes(above)
    grid = figure.add_gridspec(2, 1, height_ratios=[2.2, 0.23 * lines])
    above, below = figure.add_subplot(grid[0]), figure.add_subplot(grid[1])
    above.plot(rows.index, rows[value], color=TEAL, lw=2.5)
    told = rows[rows[adopted].isin([True])]
    above.scatter(told.index, told[value], s=60, color=OCHRE, zorder=3)
    for place, share in told[value].items():
        left = float(str(place)) < len(rows) / 2
        look = {"color": OCHRE, "ha": "left" if left else "right", "bbox": box(0.8)}
        shift = (6, -22) if left else (-6, 12)
        write(above, f"as told here: {share:.0%}", (place, share), shift, **look)
    above.axhline(0.5, color=INK, lw=1, ls=":")
    above.set_ylim(0, 1.03)
    above.yaxis.set_major_formatter(PercentFormatter(1))
    above.grid(axis="y")
    names: list[tuple[int, str, bool]] = []
    line = 0
    for of, name in choices.items():
        names.append((line, name, True))
        for one in frame[of].drop_duplicates():
            line += 1
            part = rows[of].eq(one).groupby(rows.index * STRIP // len(rows)).mean()
            at = (part.index + 0.5) * len(rows) / STRIP
            top, foot = line + 0.4 - 0.8 * part, line + 0.4
            below.fill_between(at, foot, top, step="mid", color=TEAL, lw=0)
            names.append((line, str(one), False))
        line += 1
    below.set_yticks([at for at, _, _ in names], [name for _, name, _ in names])
    for text, (_, _, heading) in zip(below.get_yticklabels(), names, strict=True):
        text.set_fontweight("bold" if heading else "normal")
    below.set_ylim(line - 0.3, -0.7)
    for axes in (above, below):
        axes.set_xlim(-0.01 * len(rows), 1.01 * max(len(rows), 1))
        axes.set_xticks([])
    below.set_xlabel(f"{len(rows):,} combinations, from the lowest share to the highest")
    below.spines["bottom"].set_visible(False)
    figure.plotted = rows
    return figure


@in_our_style
def parts(
    frame: pd.DataFrame, title: str, source: str, *, colours: Mapping[str, str], note: str = ""
) -> Chart:
    """Horizontal bars made of parts, each with its number, first row on top.

    Args:
        frame: one row is one bar, one column one part; counts.
        title: the finding.
        source: what the last line names.
        colours: the colour of each part.
        note: what stands under the axis.

    Raises:
        ValueError: a part is not a column of the frame, or a cell is no number.
    """
    needs(frame, *colours)
    needs_all(frame[list(colours)], "numbers")
    figure, axes = canvas(title, source, 2.6 + 0.33 * len(frame) + 0.1 * len(colours))
    rows = frame.iloc[::-1]
    base = pd.Series(0, index=rows.index)
    widest = max(1, frame[list(colours)].sum(axis=1).max())
    for name, colour in colours.items():
        look: dict[str, Any] = {"edgecolor": GROUND, "linewidth": 0.4, "label": name}
        drawn = axes.barh(range(len(rows)), rows[name], left=base, color=colour, **look)
        shown = [str(value) if value > 0.055 * widest else "" for value in rows[name]]
        ink = max((GROUND, INK), key=lambda one: contrast(one, to_hex(colour)))
        axes.bar_label(drawn, shown, label_type="center", color=ink)
        base = base + rows[name]
    axes.set_yticks(range(len(rows)), [str(name) for name in rows.index])
    axes.set_ylim(-0.6, len(rows) - 0.4)
    axes.grid(axis="x")
    if note:
        axes.set_xlabel(note)
    where = blended_transform_factory(figure.transFigure, axes.transAxes)
    axes.legend(
        loc="lower left", bbox_to_anchor=(0.0, 1.0), bbox_transform=where,
        ncols=fitting.abreast(colours), frameon=False, fontsize=12,
        handlelength=0.9, handleheight=0.9, columnspacing=0.8, labelspacing=0.3,
    )  # fmt: skip
    return figure
