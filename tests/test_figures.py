"""Figures are reproduced byte for byte by the notebooks that show them."""

import json
import re
from functools import cache
from itertools import combinations
from pathlib import Path

import pandas as pd
import pytest
import shown
from matplotlib.text import Text
from test_charts import check_the_look

from karabakh_data import charts

ROOT = Path(__file__).parents[1]
STUDIES = sorted((ROOT / "notebooks").glob("[0-9]*.ipynb"))
COMMITTED = ROOT / "figures"
FIGURES: dict[str, charts.Chart] = {}
"""What the notebooks saved, by name."""


def state():
    return {file.name: (file.stat().st_mtime_ns, file.read_bytes()) for file in COMMITTED.iterdir()}


@pytest.fixture(scope="module")
def drawn(tmp_path_factory):
    """All notebooks' code run in this process, their figures written to a folder of its own."""
    folder = tmp_path_factory.mktemp("figures")
    before = state()
    write = charts.save

    def save(figure, name, *args, **options):
        FIGURES[name] = figure
        return write(figure, name, *args, **options)

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(charts.FOLDER, str(folder))
        patch.setattr(charts, "save", save)
        patch.chdir(folder.parent)  # a notebook runs from any folder
        for study in STUDIES:
            space: dict = {"display": lambda *_: None}
            for cell in json.loads(study.read_text(encoding="utf-8"))["cells"]:
                if cell["cell_type"] == "code":
                    exec("".join(cell["source"]), space)
    assert state() == before, "the notebooks wrote to the committed figures"
    return folder


def test_the_notebooks_write_the_committed_figures_and_no_others(drawn):
    committed = {file.name for file in COMMITTED.iterdir() if file.suffix != ".part"}
    assert {file.name for file in drawn.iterdir()} == committed


def test_same_bytes(drawn):
    for file in sorted(drawn.iterdir()):
        assert file.read_bytes() == (COMMITTED / file.name).read_bytes(), file.name


def test_the_data_of_a_figure_are_those_drawn(drawn):
    for name, figure in FIGURES.items():
        rows = pd.read_csv(drawn / f"{name}.csv")
        assert len(rows) == len(figure.plotted), name
        assert not [column for column in rows if re.match(r"Unnamed|0$", column)], name


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


@cache
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


def test_numbers_in_titles_are_those_drawn(drawn):
    wrong = {}
    for name, figure in FIGURES.items():
        assert figure.plotted is not None, name
        if missing := numbers(SCOPE.sub("", figure.title)) - drawn_numbers(figure):
            wrong[name] = (figure.title, sorted(missing))
    assert not wrong, wrong


WORD = re.compile(r"[^\W\d_]{4,}")


def words(text: str) -> set[str]:
    return {found.lower().removesuffix("s") for found in WORD.findall(text)}


@cache
def texts(figure: charts.Chart) -> list[str]:
    return [text.get_text() for text in figure.findobj(Text)]


@cache
def drawn_words(figure: charts.Chart) -> set[str]:
    """Every word of a figure but those that stand in most."""
    found = set().union(*(words(text) for text in texts(figure)), words(figure.title))
    return found - {"source", "karabakh", "data", "claim", "shaded", "with"}


def strange(alt: str, figure: charts.Chart) -> set[float] | str:
    """What an alt text tells that its figure does not show."""
    if missing := numbers(SCOPE.sub("", alt)) - drawn_numbers(figure):
        return missing
    if "%" in alt and not any(re.search("%|percent", text) for text in texts(figure)):
        return "no percent are drawn"
    common = words(alt) & drawn_words(figure)
    return "" if len(common) > 2 else f"only {common} in common"


def test_alt_texts_tell_what_is_drawn(drawn):
    wrong = {name: strange(figure.alt, figure) for name, figure in FIGURES.items()}
    assert not {name: found for name, found in wrong.items() if found}


def mistold(alt: str, figure: charts.Chart) -> str:
    """What an alt text calls otherwise than its figure does: times, sides, units, marks, parts."""
    alt, columns = " ".join(alt.split()), [*map(str, figure.plotted.reset_index().columns)]
    times = [{one.lower() for one in SCOPE.findall(text)} for text in (figure.title, alt)]
    if "as adopted" in alt and not times[0] <= times[1]:
        return f"the title is of {times[0]}"
    sides = re.search(r"(to [\w ]+?) on the left, (to [\w ]+?) on the right", alt)
    if sides and list(sides.groups()) != columns[-2:]:
        return f"on the left is {columns[-2]}"
    for axes in figure.axes:
        for unit in re.findall(
            r"\ba (day|week|month|year)\b", axes.get_xlabel() + axes.get_ylabel()
        ):
            if not re.search(rf"\ba {unit}\b|{unit}ly", alt, re.I):
                return f"an axis is by the {unit}"
    shown = texts(figure)
    if re.search(r"\bwars?\b[\w ]* are shaded", alt) and not any(
        "Shaded" in text for text in shown
    ):
        return "no ground is shaded"
    for mark in (text for text in shown if text.startswith("● ")):
        if other := words(mark.split(" or ")[0]) - words(alt) - {"their", "told"}:
            return f"marks are {other}"
    for name in columns:
        if re.search(rf"\d {re.escape(name)}\b", alt) and not any(name in text for text in shown):
            return f"no {name} is drawn"
    return ""


def test_alt_texts_call_things_as_the_figure_does(drawn):
    wrong = {name: mistold(figure.alt, figure) for name, figure in FIGURES.items()}
    assert not {name: found for name, found in wrong.items() if found}


@pytest.mark.parametrize(
    ("name", "told", "otherwise"),
    [
        ("seats-since-1997-by-teller", "May 1997", "May 1994"),
        ("prisoners-both-ways", r"(to Azerbaijan)( .*? left, )(to .*? side)", r"\3\2\1"),
        ("deaths-around-attempts", "a month", "a day"),
        ("russia-and-the-csce", "was agreed", "was proposed"),
        ("answers-to-proposals", "24 declined", "24 told both ways"),
        ("answers-to-proposals", "Two bars", "Years of war are shaded. Two bars"),
    ],
)
def test_an_alt_text_that_calls_it_otherwise_is_noticed(drawn, name, told, otherwise):
    alt = " ".join(FIGURES[name].alt.split())
    assert mistold(re.sub(told, otherwise, alt), FIGURES[name])


SIDES = {"azerbaijan": "Azerbaijan", "armenian": "Armenian", "stepanakert": "Stepanakert"}


def test_a_figure_named_after_a_side_is_of_that_side(drawn):
    for name, figure in FIGURES.items():
        for side in SIDES.keys() & set(name.split("-")):
            assert re.search(rf"\b{SIDES[side]}\b", figure.title), (name, figure.title)


def test_two_alt_texts_that_change_places_are_noticed(drawn):
    """But for a few pairs, whose figures count alike things up to alike numbers."""
    unnoticed = [
        (one, two)
        for one, two in combinations(FIGURES, 2)
        if not strange(FIGURES[one].alt, FIGURES[two])
        and not strange(FIGURES[two].alt, FIGURES[one])
    ]
    assert len(unnoticed) <= 5, unnoticed
    assert strange("Bars of 27 signings.", FIGURES["may-1994"])


def test_a_title_with_another_number_is_noticed():
    bars = charts.bars(pd.Series({"a": 12, "b": 30}), "30 of 42, or 71%", "none")
    assert numbers(bars.title) - drawn_numbers(bars) == {71}
    lanes = pd.DataFrame({"lane": ["a", "a"], "day": pd.to_datetime(["1992-03-01", None])})
    dots = charts.lanes(lanes, "2 dots in 1992", "none")
    assert numbers(dots.title) - drawn_numbers(dots) == {2}  # one is drawn


def test_every_figure_can_be_read(drawn):
    for name, figure in FIGURES.items():
        check_the_look(figure, name, (drawn / f"{name}.svg").read_text(encoding="utf-8"))


def test_each_form_is_drawn_as_it_was_last_looked_at():
    found = dict(shown.drawn())
    assert "Lanes" in found["form lanes"]
    shown.assert_as_seen(found)
