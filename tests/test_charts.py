"""Charts and tables: what is drawn, and that nothing but our own style shapes it."""

import doctest
import html
import inspect
import itertools
import os
import re
import shutil
import subprocess
import sys
import warnings
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree

import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest
from matplotlib.collections import PathCollection
from matplotlib.text import Text

import karabakh_data as kd
from karabakh_data import charts, table
from karabakh_data.charts import additions, fitting, palette
from karabakh_data.studies import reference, verdicts
from karabakh_data.table import Definitions, Table

PACKAGE = Path(charts.__file__).parents[1]
DAYS = pd.to_datetime(["1992-03-01", "1994-05-12", "1993-01-05"])
CELLS = pd.DataFrame({"lane": ["a", "b", "a"], "day": DAYS, "strong": [True, False, False]})


# Machado, Oliveira, Fernandes 2009: what is seen without one kind of cone, in linear RGB.
SIGHTS = {
    "normal": [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
    "protanopia": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216],
                   [-0.003882, -0.048116, 1.051998]],
    "deuteranopia": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413],
                     [-0.011820, 0.042940, 0.968881]],
    "tritanopia": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602],
                   [0.004733, 0.691367, 0.303900]],
}  # fmt: skip
GROUNDS = {"light": (palette.GROUND, palette.SHADE)}
GROUNDS["dark"] = tuple(palette.DARK[ground] for ground in GROUNDS["light"])
BEHIND = {palette.GRID, palette.SHADE, palette.GROUND}
"""What is no mark: lines and grounds behind them."""


def linear(colour: str) -> np.ndarray:
    parts = np.array([int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)])
    return np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)


def oklab(rgb: np.ndarray) -> np.ndarray:
    """Where a colour is in a space in which distances are as they are seen."""
    cones = np.array([[0.4122214708, 0.5363325363, 0.0514459929],
                      [0.2119034982, 0.6806995451, 0.1073969566],
                      [0.0883024619, 0.2817188376, 0.6299787005]])  # fmt: skip
    lab = np.array([[0.2104542553, 0.7936177850, -0.0040720468],
                    [1.9779984951, -2.4285922050, 0.4505937099],
                    [0.0259040371, 0.7827717662, -0.8086757660]])  # fmt: skip
    return lab @ np.cbrt(cones @ np.clip(rgb, 0, 1))


def over(colour: str, alpha: float, ground: str) -> str:
    """A see-through colour on a ground."""
    pairs = [(int(colour[at : at + 2], 16), int(ground[at : at + 2], 16)) for at in (1, 3, 5)]
    return "#" + "".join(f"{round(alpha * a + (1 - alpha) * b):02x}" for a, b in pairs)


def styles(svg: str, tag: str) -> list[dict[str, str]]:
    """The style of every element of a sort."""
    found = re.findall(rf'<{tag} [^>]*?style="([^"]*)"', svg)
    return [dict(part.split(": ", 1) for part in one.split("; ")) for one in found]


def check_the_look(figure: charts.Chart, name: str, svg: str) -> None:
    """That a figure, here as it was drawn before, can be read: on a phone, light and dark."""
    figure.stale = True
    assert figure.svg() == svg, name  # a second time too, whatever was asked before
    width = float(re.search(r'viewBox="0 0 (\S+)', svg)[1])
    for style in styles(svg, "text"):
        size = float(style["font-size"].removesuffix("px")) * 340 / width
        assert size >= 11, f"{name}: a text of {size:.1f} pixels on a phone"
        colour, alpha = style.get("fill", "#000000"), float(style.get("opacity", 1))
        for ground in GROUNDS["light"]:
            if colour not in ("#000000", "#ffffff"):  # those stand on bars
                seen = over(colour, alpha, ground)
                assert palette.contrast(seen, ground) >= 4.5, f"{name}: text {colour}"
                seen = over(palette.in_the_dark(colour), alpha, palette.in_the_dark(ground))
                assert palette.contrast(seen, palette.in_the_dark(ground)) >= 4.5, (
                    f"{name}: {colour}"
                )
    for style in [*styles(svg, "path"), *styles(svg, "use"), *styles(svg, "g")]:
        edge = style.get("stroke", "none") if style.get("stroke-width") != "0" else "none"
        whole = float(style.get("opacity", 1))
        parts = {("fill", style.get("fill", "#000000")), ("stroke", edge)}
        seen = {
            (colour, whole * float(style.get(f"{part}-opacity", 1)))
            for part, colour in parts
            if colour not in BEHIND | {"none"}
        }
        if max((alpha for _, alpha in seen), default=0) < 0.2 or "stroke-dasharray" in style:
            continue  # a ground, a band, a guide
        for dark in (False, True):
            turned = [(palette.in_the_dark(c) if dark else c, alpha) for c, alpha in seen]
            ground = GROUNDS["dark" if dark else "light"][0]
            best = max(palette.contrast(over(c, alpha, ground), ground) for c, alpha in turned)
            assert best >= 3, f"{name}: a mark of {seen}, {best:.1f}:1"
    figure.draw_without_rendering()
    page = figure.bbox.padded(3)
    for text in re.findall(r"<text [^>]*>([^<]*)</text>", svg):
        assert text.strip(), name
    drawn = set(re.findall(r"<text [^>]*>([^<]*)</text>", svg))
    for text in figure.findobj(Text):
        if text.get_visible() and html.escape(text.get_text(), quote=False) in drawn - {""}:
            extent = text.get_window_extent()
            if extent.y1 < page.y0 or extent.x1 < page.x0 or extent.x0 > page.x1:
                continue  # a tick beyond the axis, which is not drawn
            label = text.axes is not None and text in text.axes.get_xticklabels()
            assert label or (extent.x0 >= page.x0 and extent.x1 <= page.x1), (name, text.get_text())
    for axes in figure.axes:
        names = [label for label in axes.get_yticklabels() if label.get_text()]
        extents = sorted((label.get_window_extent() for label in names), key=lambda e: e.y0)
        for below, above in itertools.pairwise(extents):
            assert above.y0 - below.y1 > -3, f"{name}: names of lanes touch"


def run(code: str, cwd: Path, **options: str) -> subprocess.CompletedProcess:
    """Run code in a fresh interpreter, from a folder, with the package that stands in it."""
    environment = {**os.environ, **options}
    environment.pop(charts.FOLDER, None)
    return subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=cwd,
        env=environment | options,
    )  # fmt: skip


def every_form() -> dict[str, charts.Chart]:
    """One figure of each form, with all that can be added."""
    lanes = charts.lanes(CELLS.assign(label=["x", "y", "z"]), "Lanes", "none")
    charts.explain_strong(lanes, "told")
    charts.mark_days(lanes, {"1993-06-01": "a day"})
    bars = charts.bars(pd.Series({"a": 1200, "b": 3}), "Bars", "none", strong=["a"])
    charts.name_axes(bars, x="how many", y="what")
    columns = pd.DataFrame({"p": [1, 2], "q": [0, 4]}, index=[1992, 1993])
    spans = CELLS.assign(first=DAYS[0], last=CELLS["day"], label=1)
    ranges = pd.DataFrame({"lane": ["a"], "low": [8], "estimate": [10.0], "high": [14]})
    intervals = charts.intervals(ranges, "Intervals", "none")
    charts.hold_against(intervals, 9, "held: 9")
    months = pd.Series([1.0, 4.0, 2.0], index=pd.date_range("1994-01-01", periods=3, freq="MS"))
    line = charts.line(months, "Line " * 20, "none", steps=True)
    charts.mark_days_within(line, {"1994-02-10": "a day"})
    charts.leave_room(line, top=6)
    curve = pd.Series([1.0, 0.6, 0.2], index=[0, 2, 900])
    band = charts.line(curve, "Band", "none", steps=True, band=(curve - 0.1, curve + 0.1))
    charts.widen_early(band)
    charts.label_points(band, curve[1:], ["one", "two"])
    return {
        "lanes": lanes,
        "bars": bars,
        "columns": charts.columns(columns, "Columns", "none"),
        "spans": charts.spans(spans, "Spans", "none"),
        "intervals": intervals,
        "line": line,
        "band": band,
    }


def written(folder: Path, monkeypatch) -> dict[str, bytes]:
    """What is saved of every form, and what a notebook shows of it."""
    monkeypatch.setenv(charts.FOLDER, str(folder))
    found = {}
    for name, figure in every_form().items():
        charts.save(figure, name)
        found[f"{name} shown"] = figure._repr_mimebundle_()["image/svg+xml"].encode()
    return found | {file.name: file.read_bytes() for file in folder.iterdir()}


@pytest.fixture(scope="module")
def plain(tmp_path_factory):
    """What is written where nobody has settings of their own."""
    with pytest.MonkeyPatch.context() as patch:
        return written(tmp_path_factory.mktemp("plain"), patch)


FOREIGN = {
    "font.size": 31, "font.family": "serif", "figure.dpi": 50, "savefig.dpi": 300,
    "savefig.facecolor": "red", "savefig.bbox": "tight", "savefig.transparent": True,
    "svg.fonttype": "none", "svg.hashsalt": "another", "lines.linewidth": 9,
    "figure.constrained_layout.use": False, "axes.grid": True, "timezone": "Asia/Baku",
    "axes.prop_cycle": mpl.cycler(color=["red"]), "axes.unicode_minus": False,
    "xtick.direction": "in", "date.autoformatter.month": "%m", "path.simplify": False,
    "hatch.color": "red", "text.hinting": "none", "image.cmap": "gray",
}  # fmt: skip


def test_a_readers_own_settings_change_no_byte(plain, tmp_path, monkeypatch):
    assert len(plain) == 21
    with mpl.rc_context(), mpl.style.context("dark_background"):
        mpl.rcParams.update(FOREIGN)
        mpl.rcParams["path.sketch"] = (1, 100, 2)
        foreign = written(tmp_path / "foreign", monkeypatch)
        assert mpl.rcParams["font.size"] == 31  # and ours do not stay
    assert [name for name in plain if plain[name] != foreign[name]] == []


def test_settings_changed_between_drawing_and_saving_change_no_byte(plain, tmp_path, monkeypatch):
    figures = every_form()
    with mpl.rc_context():
        mpl.rcParams.update(FOREIGN)
        monkeypatch.setenv(charts.FOLDER, str(tmp_path / "late"))
        for name, figure in figures.items():
            charts.save(figure, name)
    for file in (tmp_path / "late").iterdir():
        assert file.read_bytes() == plain[file.name], file.name


def test_pandas_own_way_with_dates_changes_no_byte(plain, tmp_path, monkeypatch):
    pd.plotting.register_matplotlib_converters()
    try:
        assert written(tmp_path / "pandas", monkeypatch) == plain
    finally:
        pd.plotting.deregister_matplotlib_converters()


def test_nothing_global_is_touched_by_import_or_drawing(tmp_path):
    code = (
        "import matplotlib as mpl\n"
        "mpl.rcParams['font.size'] = 31\n"
        "before = dict(mpl.rcParams)\n"
        "import pandas as pd, sys\n"
        "from karabakh_data import charts\n"
        "figure = charts.bars(pd.Series({'a': 1}), 'title', 'none')\n"
        "charts.save(figure, 'x'); figure._repr_mimebundle_()\n"
        "print(dict(mpl.rcParams) == before, 'matplotlib.pyplot' in sys.modules)"
    )
    for backend in ("agg", "svg", "module://matplotlib_inline.backend_inline"):
        done = run(code, tmp_path, MPLBACKEND=backend, **{charts.FOLDER: str(tmp_path)})
        assert done.stdout.split() == ["True", "False"], done.stderr


def test_a_figure_shows_itself_in_our_style_whatever_the_notebook_does_with_figures(tmp_path):
    code = (
        "import pandas as pd\n"
        "from IPython.core.displaypub import CapturingDisplayPublisher\n"
        "from IPython.core.interactiveshell import InteractiveShell\n"
        "from matplotlib.figure import Figure\n"
        "from karabakh_data import charts\n"
        "shell = InteractiveShell.instance()\n"
        "shell.display_pub = CapturingDisplayPublisher()\n"
        "theirs = lambda figure: 'as the inline backend has it'\n"
        "shell.display_formatter.formatters['image/png'].for_type(Figure, theirs)\n"
        "shell.user_ns['figure'] = charts.bars(pd.Series({'a': 1}), 'title', 'none')\n"
        "change = 'import matplotlib; matplotlib.rcParams[\"font.size\"] = 31'\n"
        "for cell in ('figure', change, 'figure'):\n"
        "    shell.run_cell(cell)\n"
        "first, second = (output['data'] for output in shell.display_pub.outputs)\n"
        "print(first == second, first['text/plain'], first['image/svg+xml'][:5])"
    )
    done = run(code, tmp_path, IPYTHONDIR=str(tmp_path))
    assert done.stdout.endswith("True <Chart size 720x279.36 with 1 Axes> <?xml\n"), done.stderr


@pytest.fixture
def checkout(tmp_path):
    """A copy of the package in a folder of its own, as in a checkout."""
    skip = shutil.ignore_patterns("__pycache__")
    shutil.copytree(PACKAGE, tmp_path / "clone" / "karabakh_data", ignore=skip)
    return tmp_path / "clone"


DRAW = (
    "import pandas as pd\n"
    "from karabakh_data import charts\n"
    "print(charts.save(charts.bars(pd.Series({'a': 1}), 'title', 'none'), 'x'))"
)
SHOWN = "Figure(720x279.36)\n"


def test_a_figure_is_written_where_it_is_asked_to_be_and_only_then(checkout, tmp_path):
    figures, elsewhere = checkout / "figures", tmp_path / "elsewhere" / "notebooks"
    figures.mkdir()
    elsewhere.mkdir(parents=True)
    (elsewhere.parent / "figures").mkdir()  # a stranger's
    (elsewhere.parent / "figures" / "x.svg").write_text("theirs")
    at = {"PYTHONPATH": str(checkout)}
    not_written = "x.svg is not written: set KARABAKH_DATA_FIGURES to a folder"
    for where in (elsewhere, checkout):
        assert run(DRAW, where, **at).stdout.startswith(not_written)
        assert not list(figures.iterdir())
    asked = run(DRAW, elsewhere, **at, KARABAKH_DATA_FIGURES=str(figures))
    assert asked.stdout == SHOWN, asked.stderr
    assert sorted(file.name for file in figures.iterdir()) == ["x.csv", "x.svg"]
    assert (figures / "x.csv").read_bytes() == b"name,value\na,1\n"
    assert run(DRAW, elsewhere, **at).stdout == SHOWN  # the one that is kept: nothing to say
    (figures / "x.svg").write_text("another")
    assert run(DRAW, checkout, **at).stdout.startswith(not_written)
    assert (figures / "x.svg").read_text() == "another"
    assert (elsewhere.parent / "figures" / "x.svg").read_text() == "theirs"


def test_one_bar_that_stands_out_needs_no_list():
    moscow = pd.Series({"Moscow": 61, "Paris": 18})
    drawn = [charts.bars(moscow, "t", "s", strong=one) for one in ("Moscow", ["Moscow"])]
    looks = [[bar.get_facecolor() for bar in one.axes[0].patches] for one in drawn]
    assert looks[0] == looks[1]
    assert looks[0][0] != looks[0][1]


def test_a_figure_has_a_name_and_no_path():
    with pytest.raises(ValueError, match="is a path"):
        charts.save(every_form()["bars"], "../x")


@pytest.mark.parametrize(("missing", "code"), [
    ("matplotlib", "import karabakh_data as kd; kd.charts"),
    ("scipy", "import karabakh_data as kd; kd.studies.ground.power(9, 8, 0.9, 0.2)"),
    ("scipy", "from karabakh_data.studies.spells import spells, survival as s\n"
              "t = spells(); s(t['days'], t['ended'])"),
])  # fmt: skip
def test_what_is_not_installed_is_named_with_the_extra_that_has_it(missing, code, tmp_path):
    done = run(f"import sys; sys.modules[{missing!r}] = None\n{code}", tmp_path)
    last = done.stderr.strip().splitlines()[-1]
    assert last.startswith("ModuleNotFoundError: ")
    assert f"needs {missing}" in last
    assert 'pip install "karabakh_data[charts]"' in last


@pytest.mark.parametrize(("form", "column"), [
    (charts.lanes, "lane"), (charts.spans, "lane"), (charts.intervals, "lane"),
])  # fmt: skip
def test_a_missing_column_is_named(form, column):
    with pytest.raises(ValueError, match=f"unknown column of the frame '{column}'.*'lanes'"):
        form(pd.DataFrame({"lanes": []}), "title", "none")


def test_an_interval_is_drawn_with_its_estimate_and_the_number_held():
    frame = pd.DataFrame({"lane": ["a and b"], "low": [8], "estimate": [10], "high": [14]})
    figure = charts.intervals(frame, "title", "none")
    charts.hold_against(figure, 9, "held: 9")
    assert [text.get_text() for text in figure.axes[0].texts] == ["10", "held: 9"]


@pytest.mark.parametrize("years", [["1992", "1994"], [1992.0, 1994.0]])
def test_years_as_text_are_drawn_as_years_are(years):
    became = ["held", "declined"]
    asked = [pd.DataFrame({"lane": given, "became": became}) for given in ([1992, 1994], years)]
    assert len({charts.squares(frame, "title", "none").svg() for frame in asked}) == 1
    counts = [pd.DataFrame([[1, 3]], ["a"], given) for given in ([1992, 1994], years)]
    assert len({charts.strips(frame, "title", "none").svg() for frame in counts}) == 1


def test_days_as_text_are_drawn_as_days_are():
    as_text = CELLS.assign(day=CELLS["day"].astype("string"))
    assert charts.lanes(as_text, "t", "s").svg() == charts.lanes(CELLS, "t", "s").svg()
    acts = CELLS.assign(act="signed", label="x")
    later = acts.assign(day=acts["day"] + pd.Timedelta(hours=9))
    short, late = acts.iloc[[0]], later.iloc[[0]]
    assert charts.grid(late, "t", "s").svg() == charts.grid(short, "t", "s").svg()


def test_two_bars_of_one_name_are_two_bars():
    axes = charts.bars(pd.Series([3, 1], index=["a", "a"]), "title", "none").axes[0]
    assert [(bar.get_y() + bar.get_height() / 2, bar.get_width()) for bar in axes.patches] == [
        (0, 3),
        (1, 1),
    ]
    assert [label.get_text() for label in axes.get_yticklabels()] == ["a", "a"]


TWO = pd.DataFrame({"p": [1, 2], "q": [0, 4]}, index=[1992, 1993])
LACKING = TWO.astype("Int64").mask(TWO == 4)
UNDRAWN = {
    "lane: 'soon' is no year; expected 1994": lambda: charts.squares(
        pd.DataFrame({"lane": ["soon"], "became": ["held"]}), "t", "s"
    ),
    "columns: 'p' is no year": lambda: charts.strips(TWO, "t", "s"),
    "column 'p' of the frame: it is there more than once": lambda: charts.mirror(
        TWO.set_axis(["p", "p"], axis=1), "t", "s"
    ),
    "column 'q' of the frame: it is there more than once": lambda: charts.columns(
        TWO.iloc[:, [0, 1, 1]], "t", "s"
    ),
    "row 1992 of the frame: it is there more than once": lambda: charts.columns(
        TWO.set_axis([1992, 1992]), "t", "s"
    ),
    "column 'q' of the frame: expected numbers in every row": lambda: charts.columns(
        LACKING, "t", "s"
    ),
    "'q' of the frame: expected numbers": lambda: charts.mirror(LACKING, "t", "s"),
    "'q' .*expected numbers": lambda: charts.parts(LACKING, "t", "s", colours={"q": "#000000"}),
    "unknown act 'sined'. Did you mean 'signed'": lambda: charts.grid(
        CELLS.assign(act="sined", label="x"), "t", "s"
    ),
    "day, row 0: 'soon' is no day": lambda: charts.lanes(CELLS.assign(day="soon"), "t", "s"),
    "columns: the year 1994 is there more than once": lambda: charts.strips(
        TWO.set_axis(["1994", 1994], axis=1), "t", "s"
    ),
    "'q' of the frame: expected yes or no": lambda: charts.presence(LACKING > 0, "t", "s"),
    "unknown column of the frame 'told'. Did you mean 'tols'": lambda: charts.specifications(
        TWO.rename(columns={"q": "tols"}), "t", "s", choices={}, value="p", adopted="told"
    ),
    "days, row 0: '05.04.1994' is no day": lambda: charts.mark_days(
        charts.lanes(CELLS, "t", "s"), {"05.04.1994": "April or May"}
    ),
    "days, row 1: '1994' is no day": lambda: charts.mark_days_within(
        charts.lanes(CELLS, "t", "s"), {"1994-04-05": "x", "1994": "y"}
    ),
    "days, row 0: 'spring' is no day": lambda: charts.shade_wars(
        charts.lanes(CELLS, "t", "s"), {"a war": ("1992-01-01", "spring")}
    ),
    "argument 2 is shorter": lambda: charts.label_points(
        charts.line(TWO["p"], "t", "s"), TWO["p"], ["one"]
    ),
    "last, row 0: no day is given": lambda: charts.spans(
        CELLS.assign(first=DAYS, last=pd.NaT, label="x"), "t", "s"
    ),
    "last, row 1: the day is before the first": lambda: charts.spans(
        SPANS.assign(last=["1992-01-01", "1991-12-31", "1994-01-01"]), "t", "s"
    ),
    "unknown row of the frame 'low'": lambda: charts.adoptions(TOLD.drop("low"), "t", "s"),
    "'' is no name: expected the name of a figure": lambda: charts.save(
        charts.line(TWO["p"], "t", "s"), ""
    ),
}


@pytest.mark.parametrize("says", UNDRAWN)
def test_what_cannot_be_drawn_is_refused_with_the_reason(says):
    with pytest.raises(ValueError, match=says):
        UNDRAWN[says]()


def test_a_chart_has_no_layer_without_a_colour():
    frame = pd.DataFrame({str(n): [1] for n in range(8)}, index=[1992])
    with pytest.raises(ValueError, match="shorter"):
        charts.columns(frame, "eight layers", "none")
    for many in (len(palette.LAYERS), 2):
        figure = charts.columns(frame.iloc[:, :many], "layers", "none")
        names = [text.get_text() for text in figure.axes[0].texts]
        assert names == [f"■ {n}" for n in range(many)]
    assert not charts.columns(frame.iloc[:, :1], "one layer", "none").axes[0].texts


def test_a_table_shows_no_name_of_its_columns():
    years, kinds = pd.Series([1992], name="year"), pd.Series(["a"], name="kind")
    shown = Table(pd.crosstab(years, kinds))
    assert "kind" not in shown._repr_html_()
    assert shown.frame.columns.tolist() == ["year", "a"]


def test_a_table_of_categories_and_of_a_series():
    kinds = pd.Series(["a"], dtype=pd.CategoricalDtype(["a", "b"]), name="kind")
    years = pd.Series([1992], name="year")
    assert Table(pd.crosstab(years, kinds)).frame.columns.tolist()[:2] == ["year", "a"]
    assert repr(Table(pd.Series({"a": 1}, name="n").rename_axis("kind"))) == "kind n\n   a 1"


def test_a_table_shows_every_level_of_its_index_that_has_a_name():
    told = pd.DataFrame({"year": [1992, 1992], "kind": ["a", "b"], "n": [1, 2]})
    grouped = told.set_index(["year", "kind"])
    assert Table(grouped).frame.equals(Table(told).frame)
    assert Table(grouped["n"]).frame.equals(Table(told).frame)
    assert Table(grouped.rename_axis(["year", None])).frame.columns.tolist() == ["year", "n"]


def test_a_table_has_words_for_codes():
    members = kd.load("format_members")[["role", "start_first"]].assign(by="third_party")
    shown = Table(members, by="told_by").frame
    assert shown.columns.tolist() == ["role", "start first", "told_by"]  # what is given stands
    assert "co-chair" in set(shown["role"])
    assert set(shown["told_by"]) == {"third party"}
    assert Table(kd.tables()).frame["table"].tolist() == kd.tables()["table"].tolist()


def test_of_an_index_each_named_level_is_shown():
    counts = pd.DataFrame({"side": ["a", "b"], "kind": ["co_chair", None], "n": [1, 2]})
    counts = counts.set_index(["side", "kind"])
    before = counts.copy()
    shown = Table(counts, side="who", n="<n>")
    assert shown.frame.columns.tolist() == ["who", "kind", "<n>"]
    assert shown.frame.to_numpy().tolist() == [["a", "co-chair", "1"], ["b", "", "2"]]
    assert "<th>&lt;n&gt;</th>" in shown._repr_html_()
    pd.testing.assert_frame_equal(counts, before)
    assert Table(counts.rename_axis([None, "kind"])).frame.columns.tolist() == ["kind", "n"]


def test_the_examples_run():
    assert doctest.testmod(table).failed == 0
    assert doctest.testmod(table).attempted > 4


def test_definitions_are_a_list_with_each_value_under_its_word():
    words = reference.columns("ceasefires").query("column in ['due', 'fate']")
    values = kd.vocabulary("ceasefires", "fate")
    values.insert(0, "column", "fate")
    shown = Definitions(words, values, within="ceasefires")
    page = ElementTree.fromstring(shown._repr_html_())[0]
    assert [part.get("id") for part in page.findall("dt")] == ["ceasefires.due", "ceasefires.fate"]
    due, fate = page.findall("dd")
    assert due.find("dl") is None
    assert [part[0].text for part in fate.findall("dl/dt")] == values["value"].tolist()
    assert "    held: began, and no source" in repr(shown)


def test_what_is_defined_reaches_the_reader_escaped():
    words = pd.DataFrame({"word": ["<b>"], "meaning": ["`a < b` & <script>"], "how": [None]})
    words.loc[1] = ["bare", None, None]
    values = pd.DataFrame({"word": ["<b>"], "value": ["<i>"], "meaning": ["x < `y`"]})
    page = Definitions(words, values, within='"')._repr_html_()
    assert '<dt id="&quot;.&lt;b&gt;"><code>&lt;b&gt;</code></dt>' in page
    assert "<code>a &lt; b</code> &amp; &lt;script&gt;" in page
    assert "<dt><code>&lt;i&gt;</code></dt><dd>x &lt; <code>y</code></dd>" in page
    assert "<small>" not in page
    assert "<small>&lt;u&gt;</small>" in Definitions(words.assign(how="<u>"))._repr_html_()
    assert "&lt;i&gt;" in Table(values)._repr_html_()
    assert "<i>" not in Table(values)._repr_html_()
    assert "nan" not in page.lower()


def test_the_colours_differ_for_every_sight():
    for dark in (False, True):
        colours = [palette.DARK[colour] if dark else colour for colour in palette.LAYERS]
        for sight, matrix in SIGHTS.items():
            seen = [oklab(np.array(matrix) @ linear(colour)) for colour in colours]
            for (one, a), (two, b) in itertools.combinations(zip(colours, seen, strict=True), 2):
                assert np.linalg.norm(a - b) > 0.085, f"{one} and {two} with {sight}"


def test_the_colours_stand_out_from_every_ground():
    for colour in {*palette.LAYERS, palette.INK, palette.QUIET} | set(palette.COLOURS.values()):
        least = 3 if colour == palette.GREY else 4.5
        for ground in GROUNDS["light"]:
            assert palette.contrast(colour, ground) >= least, colour
        for ground in GROUNDS["dark"]:
            assert palette.contrast(palette.DARK[colour], ground) >= least, colour
    assert palette.contrast("#000000", "#ffffff") == 21
    assert round(palette.contrast("#767676", "#ffffff"), 2) == 4.54  # as WCAG's own examples


SHADES = ["#d5e8e6", "#3f9a94", "#f3eef6", "#000000", "#c99f4e", "#fafafa"]


@pytest.mark.parametrize("colour", SHADES)
def test_any_colour_stands_out_in_the_dark_as_in_the_light(colour):
    dark = palette.in_the_dark(colour)
    here = palette.contrast(colour, palette.GROUND)
    there = palette.contrast(dark, palette.DARK[palette.GROUND])
    assert there == pytest.approx(min(here, 18.4), rel=0.1)
    assert palette.luminance(dark) >= palette.luminance(palette.DARK[palette.GROUND])


@pytest.mark.parametrize("colour", ["#ffcc00", "#cc3311", "#d5e8e6", "#3f9a94"])
def test_any_colour_keeps_its_hue_in_the_dark(colour):
    from colorsys import rgb_to_hls

    here, there = (
        rgb_to_hls(*(int(one[at : at + 2], 16) / 255 for at in (1, 3, 5)))[0]
        for one in (colour, palette.in_the_dark(colour))
    )
    assert there == pytest.approx(here, abs=0.02)


def test_outcomes_and_formats_have_a_colour_of_their_own():
    formats = kd.load("events")["format"].value_counts()
    names = {
        *kd.vocabulary("ceasefires", "fate")["value"],
        *kd.vocabulary("events", "outcome")["value"],
        *formats.index[:5],
    }
    assert {name for name in names if not palette.colour(name, "")} == set()
    assert palette.colour("never_began") == palette.colour("never began (9)") == palette.PURPLE
    assert palette.layers(["held", "broken"]) == [palette.TEAL, palette.OCHRE]
    assert palette.layers(["a", "b"]) == [palette.TEAL, palette.OCHRE]
    sides = {palette.colour(side) for side in ("armenian", "azerbaijani", "karabakh", "russian")}
    assert len(sides) == 4


@pytest.mark.parametrize("form", every_form())
def test_every_form_can_be_read_on_a_phone_in_light_and_dark(form):
    figure = every_form()[form]
    check_the_look(figure, form, figure.svg())


def test_text_is_text_and_colours_follow_the_page():
    svg = every_form()["bars"].svg()
    assert re.findall("<text [^>]*>1,200</text>", svg)
    assert "font-family" in svg[:300]
    assert "DOCTYPE" not in svg
    assert f'[style*="fill: {palette.TEAL}"]{{fill:{palette.DARK[palette.TEAL]}!important}}' in svg
    used = set(re.findall(r"(?:fill|stroke): (#[0-9a-f]{6})[;\"]", svg.split("</style>")[1]))
    assert all(f'{colour}"]' in svg for colour in used)


def test_the_alt_text_is_where_everyone_looks(tmp_path, monkeypatch):
    monkeypatch.setenv(charts.FOLDER, str(tmp_path))
    alt = 'Two bars, "a" of 1,200 & b of 3 <each>.'
    figure = charts.save(every_form()["bars"], "x", alt=alt)
    shown = figure._repr_mimebundle_()
    assert html.unescape(re.search('alt="([^"]*)"', shown["text/html"])[1]) == alt
    for svg in (shown["image/svg+xml"], (tmp_path / "x.svg").read_text(encoding="utf-8")):
        root = ElementTree.fromstring(svg)
        assert root.get("role") == "img"
        assert [root[0].text, root[1].text] == ["Bars", alt]
    address = html.unescape(re.search('src="data:image/svg.xml,([^"]*)"', shown["text/html"])[1])
    assert unquote(address) == shown["image/svg+xml"]
    assert (
        "text/html" not in every_form()["bars"]._repr_mimebundle_()
    )  # then the cell's own is used


@pytest.mark.parametrize(
    "change",
    [
        lambda figure: figure.suptitle("Another"),
        lambda figure: figure.axes[0].set_xlim(0, 9),
        lambda figure: figure.axes[0].set_xlabel("another"),
        lambda figure: figure.axes[0].text(1, 1, "more"),
        lambda figure: figure.axes[0].patches[0].set_facecolor("#123456"),
        lambda figure: figure.axes[0].patches[0].remove(),
        lambda figure: figure.set_figheight(9),
        lambda figure: setattr(figure, "alt", "another"),
    ],
)
def test_what_is_changed_is_drawn_anew(change):
    figure = charts.bars(pd.Series({"a": 12, "b": 30}), "Bars", "none")
    before = figure.svg()
    assert figure.svg() == before
    change(figure)
    assert figure.svg() != before


def test_a_figure_knows_what_was_drawn():
    figures = every_form()
    assert figures["bars"].plotted.to_dict() == {"a": 1200, "b": 3}
    assert len(figures["lanes"].plotted) == 3
    assert figures["line"].title == " ".join(["Line"] * 20)


def test_what_was_drawn_is_given_as_csv():
    frame = pd.DataFrame(
        {"lane": ["a", "b"], "day": pd.to_datetime(["1994-05-09", None]), "share": [1 / 3, 1200.0]}
    )
    assert charts.lanes(frame, "Title", "none").csv().splitlines()[:2] == [
        "lane,day,share",
        "a,1994-05-09,0.333333",
    ]
    assert every_form()["bars"].csv() == "name,value\na,1200\nb,3\n"


def test_wars_are_shaded_where_they_are_on_the_axis():
    figure = charts.lanes(CELLS, "title", "none")
    height = figure.get_figheight()
    charts.shade_wars(figure)
    assert figure.get_supxlabel() == "Shaded: war, 1991 to 1994.\nSource: none"
    assert figure.get_figheight() > height
    years = pd.DataFrame({"n": 1}, index=range(1991, 2026))
    columns = charts.columns(years, "title", "none")
    charts.shade_wars(columns)
    assert "1991 to 1994, 2016, 2020, 2022 and 2023" in " ".join(columns.get_supxlabel().split())
    late = charts.columns(years[:1] - 0, "title", "none")
    charts.shade_wars(late, {"a war": ("2001-01-01", "2002-01-01")})
    assert late.get_supxlabel() == "Source: none"
    check_the_look(columns, "columns", columns.svg())


def test_what_a_figure_names_has_one_colour_in_every_form():
    acts = pd.DataFrame({"lane": ["a"], "day": DAYS[:1], "act": ["refused"], "label": ["x"]})
    square = pd.DataFrame({"lane": [1992], "became": ["declined"]})
    refused = palette.colour("refused")
    assert refused == palette.colour("declined") == charts.OUTCOMES["declined"][0]
    assert f"fill: {refused}" in charts.grid(acts, "title", "none").svg()
    assert f"fill: {refused}" in charts.squares(square, "title", "none").svg()
    ways = pd.DataFrame({"to Azerbaijan": [3], "to the Armenian side": [2]}, index=[1996])
    bars = [palette.colour(side) for side in ("azerbaijan", "armenian")]
    drawn = charts.mirror(ways, "title", "none").axes[0].patches
    assert [mpl.colors.to_hex(bar.get_facecolor()) for bar in drawn] == bars
    tellers = charts.bars(pd.Series({"russian": 1, "x": 2}), "title", "none", strong=["russian"])
    first, second = (mpl.colors.to_hex(bar.get_facecolor()) for bar in tellers.axes[0].patches)
    assert [first, second] == [palette.colour("russian"), palette.TEAL]


def test_the_wars_are_those_of_the_record():
    deaths, wars = kd.load("deaths"), additions.WARS
    assert str(deaths.loc[deaths["deaths"] > 0, "month"].min().date()) == wars["1991 to 1994"][0]
    ceasefires = kd.load("ceasefires").set_index("ceasefire_id")["effective"]
    ends = {"1991 to 1994": "1994-05-12-ceasefire", "2016": "2016-04-05-moscow-ceasefire",
            "2020": "2020-11-09-trilateral-statement", "2022": "2022-09-14-ceasefire",
            "2023": "2023-09-20-ceasefire"}  # fmt: skip
    assert {war: days[1] for war, days in wars.items()} == {
        war: str(ceasefires[end].date()) for war, end in ends.items()
    }
    assert (
        str(kd.load("events").set_index("event_id")["start"]["2020-09-27-war"].date())
        == (wars["2020"][0])
    )


def test_folded_lines_are_short_and_alike():
    folded = fitting.fold("one two three four five six seven eight nine ten", 150)
    widths = [fitting.measured(line, fitting.SMALLEST) for line in folded.splitlines()]
    assert max(widths) <= 150
    assert min(widths) > 0.6 * max(widths)
    assert fitting.fold("Mammadyarov", 10) == "Mammadyarov"
    assert fitting.fold("a\nb", 100) == "a\nb"


def test_as_many_columns_of_a_key_as_the_widest_name_allows():
    assert fitting.abreast(["held", "broken"]) > fitting.abreast(["held", "broken " * 3]) > 1
    assert fitting.abreast(["held", "broken " * 9]) == 1


def test_a_cell_has_the_shade_that_the_legend_gives_its_count():
    counts = pd.DataFrame({2000: [2], 2001: [3], 2002: [5], 2003: [6], 2004: [10], 2005: [11]})
    figure = charts.strips(counts, "A finding", "a source")
    alphas = [round(cell.get_facecolor()[3], 2) for cell in figure.axes[0].patches]
    few, some, more, most = (
        round(patch.get_facecolor()[3], 2) for patch in figure.axes[0].get_legend().get_patches()
    )
    assert alphas == [few, some, some, more, more, most]


def test_degrees_are_named_by_the_side_of_nought_on_which_they_lie():
    one = pd.DataFrame({"place_name": ["a"], "latitude": [0.0], "longitude": [0.0], "count": [1]})
    axes = charts.places(one, "A finding", "a source").axes[0]
    for axis, (east, west) in ((axes.xaxis, "EW"), (axes.yaxis, "NS")):
        told = axis.get_major_formatter()
        assert [told(at, 0) for at in (10, 0, -10)] == [f"10°{east}", "0°", f"10°{west}"]


def test_a_label_as_wide_as_its_chart_is_drawn():
    frame = pd.DataFrame({"lane": ["a"], "first": ["1992-01-01"], "last": ["1994-01-01"]})
    for long in (30, 60, 120):
        assert "x" * long in charts.spans(frame.assign(label="x" * long), "Spans", "none").svg()


TOLD = pd.Series({"as adopted": 0.5, "one": 0.75, "other": np.nan, "median": 0.5, "low": 0.4,
                  "high": 0.6})  # fmt: skip
STOPS = pd.DataFrame({"lane": ["short", "none", "long"], "days": [3, 0, 90],
                      "breach": pd.array([3, pd.NA, 8], "Int64"), "text": "x"})  # fmt: skip
BOTH_WAYS = pd.DataFrame({"p": [5, 1200], "q": [3, 0]}, index=["b", "a"])
LISTS = pd.DataFrame({"b": [True, True, True], "a": [False, True, False], "c": False},
                     index=[1991, 1992, 1993])  # fmt: skip
SPANS = pd.DataFrame({"lane": ["b", "a", "b"], "first": "1992-01-01", "last": "1994-01-01",
                      "label": "x"})  # fmt: skip
ACTS = pd.DataFrame({"lane": "a", "day": ["1994-05-11", "1994-05-09"], "act": "signed",
                     "label": "x"})  # fmt: skip
SPOTS = pd.DataFrame({"place_name": ["a", "b", "c"], "latitude": 40.0, "longitude": [10, 25, 40],
                      "count": [6, 7, 8], "strong": [False, True, False]})  # fmt: skip
OF_TWO = pd.Series([1, 2], ["b", "a"])
RANGES = pd.DataFrame({"lane": ["b", "a"], "low": 1, "estimate": [4000, 2], "high": 5000})
SQUARES = pd.DataFrame({"lane": ["b", "a", "b"], "became": ["declined", "held", "held"]})


def names_down(figure: charts.Chart) -> list[str]:
    """What the lanes of a figure are called, from top to bottom."""
    axes = figure.axes[0]
    named = zip(axes.get_yticks(), axes.get_yticklabels(), strict=True)
    found = sorted(named, key=lambda one: one[0], reverse=not axes.yaxis_inverted())
    return [label.get_text() for _, label in found]


@pytest.mark.parametrize(("figure", "names"), [
    (lambda: charts.bars(OF_TWO, "t", "s"), ["b", "a"]),
    (lambda: charts.lanes(CELLS.replace({"lane": {"a": "b", "b": "a"}}), "t", "s"),
     ["b (2)", "a (1)"]),
    (lambda: charts.lanes(CELLS, "t", "s", counts=False), ["a", "b"]),
    (lambda: charts.spans(SPANS, "t", "s"), ["b", "a"]),
    (lambda: charts.intervals(RANGES, "t", "s"), ["b", "a"]),
    (lambda: charts.adoptions(TOLD, "t", "s"), ["as adopted", "one", "other", "1,000 draws"]),
    (lambda: charts.mirror(BOTH_WAYS, "t", "s"), ["b", "a"]),
    (lambda: charts.parts(BOTH_WAYS, "t", "s", colours={"p": palette.TEAL}), ["b", "a"]),
    (lambda: charts.presence(LISTS, "t", "s"), ["b", "a", "c"]),
    (lambda: charts.squares(SQUARES, "t", "s", upright=False), ["b", "a"]),
    (lambda: charts.durations(STOPS, "t", "s"), ["long", "short", "none"]),
    (lambda: charts.durations(STOPS.assign(days=3), "t", "s"), ["long", "none", "short"]),
    (lambda: charts.grid(ACTS, "t", "s"), ["9 May", "10 May", "11 May"]),
    (lambda: charts.grid(ACTS[:1], "t", "s", notes={"1994-05-13": "a note"}),
     ["11 May", "12 May", "13 May\na note"]),
    (lambda: charts.lanes(CELLS.assign(lane=pd.Categorical(CELLS["lane"], ["c", "b", "a"])),
                          "t", "s"), ["a (2)", "b (1)"]),
    (lambda: charts.lanes(pd.DataFrame({"lane": ["b", "a", "a"],  # the last day is of the first
                                        "day": ["1992-05-09", "1991-09-23", "1994-05-12"]}),
                          "t", "s"), ["a (2)", "b (1)"]),
])  # fmt: skip
def test_lanes_stand_in_their_order_from_the_top(figure, names):
    assert names_down(figure()) == names


NOT_ALL_TOLD = [
    pd.array([None, True, False], "boolean"),
    np.array([np.nan, True, None], dtype=object),  # as a join leaves them
    [np.nan, 1, 0],
]


def marked(figure: charts.Chart, colour: str = palette.OCHRE) -> list[float]:
    """Where on the horizontal axis the marks of a colour are."""
    found: list[float] = []
    for marks in figure.axes[0].collections:
        colours = [*marks.get_facecolor(), *marks.get_edgecolor()]
        if colours and mpl.colors.to_hex(colours[0]) == colour:
            dots = isinstance(marks, PathCollection)
            lines = [path.vertices[0] for path in marks.get_paths()]
            found += [float(x) for x, _ in (marks.get_offsets() if dots else lines)]
    return found


@pytest.mark.parametrize(("figure", "at"), [
    (lambda: charts.lanes(CELLS, "t", "s"), [mpl.dates.date2num(DAYS[0])]),
    *((lambda strong=strong: charts.lanes(CELLS.assign(strong=strong), "t", "s"),
       [mpl.dates.date2num(DAYS[1])]) for strong in NOT_ALL_TOLD),
    *((lambda strong=strong: charts.places(SPOTS.assign(strong=strong), "t", "s"), [25])
      for strong in NOT_ALL_TOLD),
    (lambda: charts.specifications(
        pd.DataFrame({"n": [0.8, 0.2, None], "share": 0.5, "told": [1, 0, 1], "by": "a"}),
        "t", "s", choices={"by": "which"}, value="n", adopted="told"), [1]),
    (lambda: charts.adoptions(TOLD, "t", "s"), [0.5]),
    (lambda: charts.presence(LISTS, "t", "s"), [0, 2]),  # what one list alone has
    (lambda: charts.durations(STOPS, "t", "s"), [8]),  # a first breach that was not the end
    (lambda: charts.places(SPOTS, "t", "s"), [25]),
    (lambda: charts.specifications(
        pd.DataFrame({"share": [0.8, 0.2, 0.4], "adopted": [False, False, True], "by": "a"}),
        "t", "s", choices={"by": "which"}), [1]),
])  # fmt: skip
def test_what_stands_out_is_what_is_meant_to(figure, at):
    assert marked(figure()) == at


@pytest.mark.parametrize(("figure", "said"), [
    (lambda: charts.adoptions(TOLD, "t", "s"), ["cannot be told", "75%", "50%", "40% to 60%"]),
    (lambda: charts.adoptions(TOLD * 10, "t", "s", percent=False),
     ["cannot be told", "7.5", "5", "4 to 6"]),
    (lambda: charts.adoptions(TOLD.mask(TOLD != 0.5, 0.5), "t", "s"),
     ["50%", "50%", "50%", "50%"]),  # draws that are all alike are no span
    (lambda: charts.mirror(BOTH_WAYS, "t", "s"), ["1,200", "5", "p", "3", "q"]),
    (lambda: charts.presence(LISTS, "t", "s"), ["3", "1", "0"]),
    (lambda: charts.places(SPOTS, "t", "s"), ["c 8", "b 7"]),
    (lambda: charts.intervals(RANGES, "t", "s"), ["2", "4,000"]),
    (lambda: charts.bars(OF_TWO * 1000, "t", "s", text={"a": "two"}), ["1,000", "two"]),
    (lambda: charts.bars(pd.Series([1, 2], [1992, 1993]), "t", "s", text={"1993": "two"}),
     ["1", "two"]),
    (lambda: charts.lanes(CELLS.assign(label=["x", None, np.nan]), "t", "s"), ["x"]),
    (lambda: charts.spans(SPANS.assign(label=["x", None, pd.NA]), "t", "s"), ["x"]),
    (lambda: charts.durations(STOPS.assign(text=["x", None, np.nan]), "t", "s"), ["x"]),
    (lambda: charts.grid(ACTS[:1].assign(label=None), "t", "s"), ["signed"]),
    (lambda: charts.places(SPOTS.assign(count=8)[::-1], "t", "s"), ["a 8", "b 8", "c 8"]),
    (lambda: charts.places(SPOTS, "t", "s", label_from=8), ["c 8"]),
    (lambda: charts.parts(BOTH_WAYS, "t", "s", colours=dict.fromkeys("pq", palette.TEAL)),
     ["1200", "", "", ""]),  # what is too narrow for its number has none
    (lambda: charts.squares(pd.DataFrame({"lane": [1992] * 4 + [1994] * 3, "became": "held"}),
                            "t", "s"), ["4"]),
    (lambda: charts.squares(SQUARES, "t", "s", upright=False), ["2", "1"]),
    (lambda: charts.grid(ACTS.assign(day="1994-05-09"), "t", "s"), ["signed\nx"]),
])  # fmt: skip
def test_the_marks_have_the_numbers_that_they_stand_for(figure, said):
    assert [text.get_text() for text in figure().axes[0].texts] == said


def key(figure: charts.Chart) -> list[str]:
    """What the key of a figure says, top to bottom."""
    told = figure.axes[0].get_legend()
    return [text.get_text() for text in told.get_texts()] if told else []


@pytest.mark.parametrize(("figure", "says"), [
    (lambda: charts.strips(pd.DataFrame({2000: [1]}), "t", "s"),
     ["to 2 a year", "to 5", "to 10", "more"]),
    (lambda: charts.strips(pd.DataFrame({2000: [1]}), "t", "s", steps=(1, 3, 7)),
     ["to 1 a year", "to 3", "to 7", "more"]),
    (lambda: charts.squares(SQUARES[::-1], "t", "s", upright=False), ["declined (1)", "held (2)"]),
    (lambda: charts.durations(STOPS, "t", "s"), ["first breach told"]),
    (lambda: charts.durations(STOPS[:2], "t", "s"), []),  # none before the end
    (lambda: charts.parts(BOTH_WAYS, "t", "s", colours=dict.fromkeys("qp", palette.TEAL)),
     ["q", "p"]),
])  # fmt: skip
def test_the_key_says_what_is_drawn(figure, says):
    assert key(figure()) == says


def test_a_claim_is_marked_by_whether_it_fails_holds_or_has_too_few_cases():
    told = {"as adopted": 0.6, "fails": 0.4, "holds": 0.7, "few": 0.3}
    draws = {"median": 0.6, "low": 0.5, "high": 0.7}
    survey = pd.DataFrame({"a headline": told | draws})
    cases = pd.DataFrame({"a headline": dict.fromkeys(told, 9) | {"few": 4}}, dtype="Int64")
    figure = charts.verdicts(survey, verdicts.verdicts(survey, cases), "t", "s")
    dots = [one for one in figure.axes[0].collections if isinstance(one, PathCollection)]
    looks = {
        name: (mpl.colors.to_hex(dot.get_facecolor()[0]), mpl.colors.to_hex(dot.get_edgecolor()[0]))
        for name, dot in zip(["fails", "holds", "few", "adopted"], dots, strict=True)
    }
    assert looks["fails"] == (palette.PURPLE, palette.PURPLE)
    assert looks["holds"] == (palette.GROUND, palette.TEAL)
    assert looks["few"] == (palette.GROUND, palette.GREY)
    assert looks["adopted"][0] == palette.OCHRE
    assert [dot.get_offsets()[0][0] for dot in dots] == [0.4, 0.7, 0.3, 0.6]
    assert dots[-1].get_linewidth() == 0  # a ring says that the adopted value fails
    survey.loc["as adopted"] = 0.45
    table = verdicts.verdicts(survey).assign(under="as adopted", fails=1, line=0.5)
    ringed = charts.verdicts(survey, table, "t", "s").axes[0].collections[-1]
    assert ringed.get_linewidth() > 0


def test_both_directions_are_counted_from_nought():
    axes = charts.mirror(BOTH_WAYS, "t", "s").axes[0]
    assert [axes.xaxis.get_major_formatter()(at, 0) for at in (-1000, 0, 1000)] == [
        "1,000",
        "0",
        "1,000",
    ]


def test_years_between_have_their_place_though_nothing_was_tried():
    rows = pd.DataFrame({"lane": [1991, 1994], "became": "held"})
    assert charts.squares(rows, "t", "s").axes[0].get_xlim() == pytest.approx((1990.2, 1994.8))
    held = pd.DataFrame({"lane": 1992, "became": ["held", "declined"]})
    one, other = charts.squares(held, "t", "s").axes[0].patches
    colours = [charts.OUTCOMES["declined"][0], charts.OUTCOMES["held"][0]]
    assert [mpl.colors.to_hex(square.get_edgecolor()) for square in (one, other)] == colours
    assert one.get_y() < other.get_y()


@pytest.mark.parametrize("steps", [True, False])
def test_a_band_has_the_form_of_its_line(steps):
    curve = pd.Series([1.0, 0.5], index=[0, 10])
    axes = charts.line(curve, "t", "s", steps=steps, band=(curve - 0.1, curve + 0.1)).axes[0]
    edge = axes.collections[0].get_paths()[0].vertices
    assert ([10, 0.9] in edge.round(6).tolist()) == steps  # it goes on until the next value
    assert axes.lines[0].get_drawstyle() == ("steps-post" if steps else "default")


HALVES = pd.DataFrame({"share": [0.8, 0.2], "adopted": [False, True], "by": ["a", "b"]})
FORMS = {
    charts.adoptions: (TOLD, {}),
    charts.bars: (OF_TWO, {}),
    charts.columns: (BOTH_WAYS, {}),
    charts.durations: (STOPS, {}),
    charts.grid: (ACTS, {}),
    charts.intervals: (RANGES, {}),
    charts.lanes: (CELLS, {}),
    charts.line: (OF_TWO.set_axis([1, 2]), {}),
    charts.mirror: (BOTH_WAYS, {}),
    charts.parts: (BOTH_WAYS, {"colours": {"p": "red", "q": "#ffffcc"}}),
    charts.places: (SPOTS, {}),
    charts.presence: (LISTS, {}),
    charts.spans: (SPANS, {}),
    charts.specifications: (HALVES, {"choices": {"by": "which"}}),
    charts.squares: (SQUARES, {"upright": False}),
    charts.strips: (BOTH_WAYS.set_axis([1994, 1992], axis=1), {}),
}
"""What each form can be asked to draw."""


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.__name__)
def test_a_form_keeps_what_it_drew_whatever_becomes_of_the_frame(form):
    given, options = FORMS[form]
    own = given.copy()
    first = next(iter(inspect.signature(form).parameters))
    figure = form(**{first: own}, title="t", source="s", **options)  # by name too
    assert own.equals(given)
    told = figure.csv()
    assert told.count("\n") == len(given) + 1
    own.iloc[0] = own.iloc[1]
    assert not own.equals(given)
    assert figure.csv() == told


@pytest.mark.parametrize("form", [form for form in FORMS if form is not charts.adoptions],
                         ids=lambda form: form.__name__)  # fmt: skip
def test_a_form_draws_nothing_where_there_is_nothing(form):
    given, options = FORMS[form]
    with warnings.catch_warnings(action="error"):
        svg = form(given[:0], "Fewer than 1 & < 2", "s & t", **options).svg()
    assert ElementTree.fromstring(svg.encode())[0].text == "Fewer than 1 & < 2"
    assert "Source: s & t" in texts_of(svg)


@pytest.mark.parametrize(("title", "source"), [("word " * 60, "s"), ("t", "word " * 90)])
def test_a_long_finding_or_source_takes_no_room_from_the_line(title, source):
    heights = []
    for texts in (("t", "s"), (title, source)):
        figure = charts.line(TWO["p"], *texts)
        figure.draw_without_rendering()
        heights.append(figure.axes[0].get_window_extent().height)
    assert heights[1] > 0.9 * heights[0]


def test_what_is_saved_anew_replaces_what_was_there(tmp_path, monkeypatch):
    folder = tmp_path / "not" / "there"
    monkeypatch.setenv(charts.FOLDER, str(folder))
    for number in (1, 2):
        figure = charts.bars(pd.Series({"a": number}), "t", "s")
        figure.alt = f"One bar of {number}."
        charts.save(figure, "x")
    assert sorted(file.name for file in folder.iterdir()) == ["x.csv", "x.svg"]
    assert (folder / "x.csv").read_text() == "name,value\na,2\n"
    assert "<desc>One bar of 2.</desc>" in (folder / "x.svg").read_text(encoding="utf-8")


def test_a_kept_figure_that_is_another_is_told_by_its_file(tmp_path, monkeypatch, capsys):
    kept = tmp_path / "figures"
    kept.mkdir()
    monkeypatch.delenv(charts.FOLDER, raising=False)
    monkeypatch.setattr(charts.figure, "__file__", str(tmp_path / "package" / "charts" / "x.py"))
    figure = charts.bars(pd.Series({"a": 1}), "t", "s")
    told = []
    for written in ({}, {"x.svg": figure.svg()}, {"x.csv": "name,value\na,9\n"},
                    {"x.csv": figure.csv()}):  # fmt: skip
        for file, text in written.items():
            (kept / file).write_bytes(text.encode())
        charts.save(figure, "x")
        told.append(capsys.readouterr().out.split(" is not written")[0])
    assert told == ["x.svg", "x.csv", "x.csv", ""]


def test_a_figure_is_written_as_its_ending_says(tmp_path):
    figure = charts.bars(OF_TWO, "t", "s")
    for name in ("x.svg", "x.SVG"):
        figure.savefig(tmp_path / name)
        assert (tmp_path / name).read_text(encoding="utf-8") == figure.svg()
    figure.savefig(tmp_path / "x.png")
    assert (tmp_path / "x.png").read_bytes().startswith(b"\x89PNG")
    figure.savefig(tmp_path / "x", format="svg", metadata={"Creator": "A reader"})
    assert "A reader" in (tmp_path / "x").read_text(encoding="utf-8")


def test_days_and_names_of_rows_are_in_the_csv_and_their_numbers_are_not():
    day = pd.Series([1.0], index=pd.to_datetime(["1994-05-12"]))
    assert charts.line(day, "t", "s").csv() == "name,value\n1994-05-12,1\n"
    assert charts.line(day.set_axis([7]), "t", "s").csv() == "value\n1\n"
    years = day.set_axis([1994]).rename_axis("year").rename("n")
    assert charts.line(years, "t", "s").csv() == "year,n\n1994,1\n"


def test_what_is_asked_of_a_form_is_drawn():
    strong = charts.bars(OF_TWO, "t", "s", strong=(name for name in "ab"), room=0.5).axes[0]
    assert {mpl.colors.to_hex(bar.get_facecolor()) for bar in strong.patches} == {palette.OCHRE}
    assert strong.get_xlim() == (0, 3)  # the longest is 2
    assert charts.lanes(CELLS, "t", "s", height=7).get_figheight() == 7
    names = charts.columns(BOTH_WAYS, "t", "s", names_at=0.4).axes[0].texts
    assert {name.xy[0] for name in names} == {0.4}
    parts = charts.parts(BOTH_WAYS * [1, 900], "t", "s", note="a note", **FORMS[charts.parts][1])
    assert parts.axes[0].get_xlabel() == "a note"
    ends = [text for text in parts.axes[0].texts if text.get_text() == "2700"]
    assert [text.get_color() for text in ends] == [palette.INK]  # on a pale part


def test_layers_of_like_outcomes_have_different_colours():
    assert palette.colour("signed") == palette.colour("accepted")
    assert len(set(palette.layers(["signed", "accepted"]))) == 2


def test_combinations_without_a_share_are_not_counted():
    rows = pd.DataFrame({"n": [0.8, None, 0.2], "share": 0.5, "adopted": False, "by": "a"})
    above, below = charts.specifications(
        rows, "t", "s", choices={"by": "which"}, value="n"
    ).axes  # fmt: skip
    assert above.lines[0].get_ydata().tolist() == [0.2, 0.8]
    assert below.get_xlabel().startswith("2 combinations")


def test_a_window_of_ones_own_holds_its_edges_and_its_scale():
    figure = charts.places(SPOTS, "t", "s", window=(10, 40, -40, 40))
    assert figure.axes[0].get_xlabel() == ""
    assert figure.axes[0].get_aspect() == pytest.approx(1)  # about the equator, as they are
    assert sum(len(dots.get_offsets()) for dots in figure.axes[0].collections) == 3
    beyond = charts.places(SPOTS, "t", "s", window=(11, 39, -40, 40)).axes[0].get_xlabel()
    assert beyond == "Not drawn: c (8), a (6)"


def test_years_that_are_not_in_their_order_are_all_on_the_axis():
    axes = charts.strips(FORMS[charts.strips][0], "t", "s").axes[0]
    assert axes.get_xlim() == pytest.approx((1991.3, 1994.7))


def test_what_is_short_is_seen():
    day = SPANS[:1].assign(last=SPANS["first"])
    assert charts.spans(day, "t", "s").axes[0].patches[0].get_width() >= 30
    ended = charts.durations(STOPS.assign(days=0), "t", "s").axes[0]
    assert ended.get_xlim()[1] > 10


def test_what_is_added_stays_on_the_figure():
    figure = charts.lanes(CELLS, "t", "s")
    low, high = figure.axes[0].get_xlim()
    days = {f"1994-05-{day:02}": "a day" for day in range(1, 15)} | {"1992-04-01": "early"}
    charts.mark_days_within(figure, days)
    texts = figure.axes[0].texts
    assert min(text.xy[1] for text in texts) > 0.5
    assert [text.get_horizontalalignment() for text in texts[-2:]] == ["right", "left"]
    charts.shade_wars(figure, {"a long war": ("1900-01-01", "2000-01-01")})
    assert figure.axes[0].get_xlim() == (low, high)
    assert "a long war" in figure.get_supxlabel()
    charts.name_axes(figure, x="days")
    charts.name_axes(figure, y="sides")
    assert (figure.axes[0].get_xlabel(), figure.axes[0].get_ylabel()) == ("days", "sides")
    two = charts.specifications(HALVES, "t", "s", choices={"by": "which"})
    charts.hold_against(two, 1, "held")
    assert "held" in [text.get_text() for text in two.axes[0].texts]


def texts_of(svg: str) -> set[str | None]:
    """The texts of a page."""
    return {text.text for text in ElementTree.fromstring(svg.encode()).iter() if text.text}


def test_a_text_is_drawn_with_all_its_digits_and_dollars():
    aid = pd.DataFrame({"lane": ["$1 to $2"], "first": ["1992-01-01"], "last": ["1994-01-01"]})
    figure = charts.spans(aid.assign(label="$3 to $4"), "Of $5 and $6", "doi 10.5281/zenodo.1")
    said = {"Of $5 and $6", "Source: doi 10.5281/zenodo.1", "$1 to $2", "$3 to $4"}
    assert said <= texts_of(figure.svg())
    assert "0.12345" in texts_of(charts.bars(pd.Series({"a": 0.12345}), "t", "s").svg())


def test_an_axis_that_the_reader_makes_logarithmic_has_powers():
    figure = charts.line(pd.Series([10.0, 9000.0], index=[1, 2]), "t", "s")
    figure.axes[0].set_yscale("log")
    assert not any("mathdefault" in text for text in texts_of(figure.svg()))
    assert "tspan" in figure.svg()
