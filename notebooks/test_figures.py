"""Notebooks give again, to the byte, the outputs and figures that are kept."""

import re
from pathlib import Path

import pandas as pd
from matplotlib.text import Text
from test_charts import check_the_look

from karabakh_data import charts

COMMITTED = Path(__file__).parents[1] / "figures"
NOTEBOOKS = sorted(Path(__file__).parent.glob("*.ipynb"))
SAVED = re.compile(r'charts\.save\([^"\n]*"([^"]+)"')
"""A figure saved by a cell, with its name in quotes."""


def test_outputs_are_those_that_are_kept(run):
    for cell in run.cells:
        why = f"not what is kept; if it is meant, run notebooks/refresh.py:\n{cell.source}"
        assert cell.shown == cell.kept, why


def test_figures_are_those_that_are_committed_to_the_byte(run):
    for file in run.folder.iterdir():
        assert file.read_bytes() == (COMMITTED / file.name).read_bytes(), file.name
    assert {file.stem for file in run.folder.iterdir()} == set(run.figures)


def test_every_committed_figure_is_one_that_one_notebook_saves():
    sources = [path.read_text(encoding="utf-8").replace('\\"', '"') for path in NOTEBOOKS]
    saved = [name for source in sources for name in SAVED.findall(source)]
    assert sorted(saved) == sorted(file.stem for file in COMMITTED.glob("*.svg"))


MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
SCOPE = re.compile(rf"\b(?:[Ss]ince|[Bb]efore|[Uu]ntil|[Aa]fter) (?:{MONTHS}|the war of|) ?\d{{4}}")
"""What a title says of the time it is about."""
NUMBER = re.compile(r"(?<![\w.])\d[\d,]*(?:\.\d+)?")


def numbers(text: str) -> set[float]:
    return {float(found.replace(",", "").rstrip(".")) for found in NUMBER.findall(text)}


def of_a_column(values: pd.Series) -> set[float]:
    """What can be read off a drawn column: values, counts, sums, running sums, shares."""
    known = values.dropna()
    if isinstance(known.dtype, pd.CategoricalDtype):
        known = known.astype(known.cat.categories.dtype)
    counts = known.value_counts()
    found = {len(values), len(known), len(counts), *counts, *counts.sort_index().cumsum()}
    if pd.api.types.is_datetime64_any_dtype(known):
        found |= {*known.dt.year, *known.dt.month, *known.dt.day}
    elif pd.api.types.is_numeric_dtype(known):
        known = known.astype("float64")
        whole = known.sum()
        found |= {*known, whole, known.median(), *known.cumsum(), *(whole - known)}
        found |= set(whole - known.cumsum())
        found |= {100 * value for value in known if value <= 1}
    else:
        found |= set().union(*(numbers(str(value)) for value in known), set())
    return {float(value) for value in found}


def drawn_numbers(figure: charts.Chart) -> set[float]:
    """Every number that the plotted table gives, or that stands at a mark."""
    plotted = figure.plotted.to_frame() if figure.plotted.ndim == 1 else figure.plotted
    frame = plotted.reset_index(allow_duplicates=True)
    found = {float(len(plotted))}
    for place, name in enumerate(frame.columns):
        found |= of_a_column(frame.iloc[:, place]) | numbers(str(name))
    counts = plotted.select_dtypes("number")
    if counts.shape[1] > 1:
        found |= {float(value) for value in counts.sum(axis=1)}
        found |= {float((row > 0).sum()) for _, row in counts.iterrows()}
        found |= {float(counts.shape[1]), float(counts.sum().sum())}
    if "lane" in plotted:
        for _, rows in plotted.groupby("lane", observed=True):
            found |= set().union(*(of_a_column(rows[name]) for name in rows))
    for axes in figure.axes:
        for text in axes.findobj(Text):
            found |= numbers(text.get_text())
    return found | {float(round(value)) for value in found if value == value}


def test_numbers_in_titles_are_those_drawn(run):
    wrong = {}
    for name, figure in run.figures.items():
        assert figure.plotted is not None, name
        if missing := numbers(SCOPE.sub("", figure.title)) - drawn_numbers(figure):
            wrong[name] = (figure.title, sorted(missing))
    assert not wrong, wrong


def test_numbers_in_alt_texts_are_those_drawn_or_printed(run):
    printed = set().union(*(numbers(text) for cell in run.cells for text in said(cell)))
    for name, figure in run.figures.items():
        beside = " ".join(cell.alt for cell in run.cells if name in SAVED.findall(cell.source))
        alt = figure.alt or beside
        missing = numbers(SCOPE.sub("", alt)) - drawn_numbers(figure) - printed
        assert not missing, (name, alt, sorted(missing))


def said(cell):
    """What a cell shows as text."""
    return [
        text for one in cell.shown for kind, text in one.items() if kind in ("stdout", "text/plain")
    ]


def test_a_title_with_another_number_is_noticed():
    bars = charts.bars(pd.Series({"a": 12, "b": 30}), "30 of 42, or 71%", "none")
    assert numbers(bars.title) - drawn_numbers(bars) == {71}
    lanes = pd.DataFrame({"lane": ["a", "a"], "day": pd.to_datetime(["1992-03-01", None])})
    dots = charts.lanes(lanes, "2 dots in 1992", "none")
    assert numbers(dots.title) - drawn_numbers(dots) == {2}  # one is drawn


def test_every_figure_can_be_read(run):
    for name, figure in run.figures.items():
        check_the_look(figure, name, (run.folder / f"{name}.svg").read_text(encoding="utf-8"))
