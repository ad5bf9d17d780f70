"""Charts and tables: what is drawn, and that nothing but our own style shapes it."""

import doctest
import inspect
import os
import shutil
import subprocess
import sys
from pathlib import Path

import matplotlib as mpl
import pandas as pd
import pytest

from karabakh_data import charts, table
from karabakh_data.table import Table

PACKAGE = Path(charts.__file__).parents[1]
DAYS = pd.to_datetime(["1992-03-01", "1994-05-12", "1993-01-05"])
CELLS = pd.DataFrame({"lane": ["a", "b", "a"], "day": DAYS, "strong": [True, False, False]})


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
        found[f"{name}.png"] = figure._repr_mimebundle_()["image/png"].encode()
    return found | {file.name: file.read_bytes() for file in folder.iterdir()}


FOREIGN = {
    "font.size": 31, "font.family": "serif", "figure.dpi": 50, "savefig.dpi": 300,
    "savefig.facecolor": "red", "savefig.bbox": "tight", "savefig.transparent": True,
    "svg.fonttype": "none", "svg.hashsalt": "another", "lines.linewidth": 9,
    "figure.constrained_layout.use": False, "axes.grid": True, "timezone": "Asia/Baku",
    "axes.prop_cycle": mpl.cycler(color=["red"]), "axes.unicode_minus": False,
    "xtick.direction": "in", "date.autoformatter.month": "%m", "path.simplify": False,
    "hatch.color": "red", "text.hinting": "none", "image.cmap": "gray",
}  # fmt: skip


def test_a_readers_own_settings_change_no_byte(tmp_path, monkeypatch):
    plain = written(tmp_path / "plain", monkeypatch)
    assert len(plain) == 14
    with mpl.rc_context(), mpl.style.context("dark_background"):
        mpl.rcParams.update(FOREIGN)
        mpl.rcParams["path.sketch"] = (1, 100, 2)
        foreign = written(tmp_path / "foreign", monkeypatch)
        assert mpl.rcParams["font.size"] == 31  # and ours do not stay
    assert [name for name in plain if plain[name] != foreign[name]] == []


def test_settings_changed_between_drawing_and_saving_change_no_byte(tmp_path, monkeypatch):
    plain = written(tmp_path / "plain", monkeypatch)
    figures = every_form()
    with mpl.rc_context():
        mpl.rcParams.update(FOREIGN)
        monkeypatch.setenv(charts.FOLDER, str(tmp_path / "late"))
        for name, figure in figures.items():
            charts.save(figure, name)
    for file in (tmp_path / "late").iterdir():
        assert file.read_bytes() == plain[file.name], file.name


def test_pandas_own_way_with_dates_changes_no_byte(tmp_path, monkeypatch):
    plain = written(tmp_path / "plain", monkeypatch)
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
        "print(first == second, first['text/plain'], first['image/png'][:5])"
    )
    done = run(code, tmp_path, IPYTHONDIR=str(tmp_path))
    assert done.stdout.endswith("True <Chart size 802.4x228.92 with 1 Axes> iVBOR\n"), done.stderr


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
NOT_WRITTEN = "x.svg is not written: this is no checkout of karabakh_data"


def test_a_figure_is_written_into_the_own_checkout_from_any_folder(checkout, tmp_path):
    project = '[project]\nname = "karabakh_data"\n'
    (checkout / "pyproject.toml").write_text(project, encoding="utf-8")
    (checkout / "figures").mkdir()
    elsewhere = tmp_path / "elsewhere" / "notebooks"
    elsewhere.mkdir(parents=True)
    (elsewhere.parent / "figures").mkdir()  # a stranger's
    done = run(DRAW, elsewhere, PYTHONPATH=str(checkout))
    assert done.stdout == "Figure(802.4x228.92)\n", done.stderr
    assert [file.name for file in (checkout / "figures").iterdir()] == ["x.svg"]
    assert not list((elsewhere.parent / "figures").iterdir())


@pytest.mark.parametrize("beside", ["nothing", "figures", "another project"])
def test_a_figure_is_not_written_outside_the_own_checkout(checkout, beside):
    if beside != "nothing":
        (checkout / "figures").mkdir()
    if beside == "another project":
        (checkout / "pyproject.toml").write_text('name = "other"\n', encoding="utf-8")
    before = sorted(checkout.rglob("*.svg"))
    done = run(DRAW, checkout, PYTHONPATH=str(checkout), PYTHONDONTWRITEBYTECODE="1")
    assert done.stdout.startswith(NOT_WRITTEN), done.stderr
    assert done.stdout.count("\n") == 2  # one line, and the figure
    assert sorted(checkout.rglob("*.svg")) == before


def test_a_figure_has_a_name_and_no_path():
    with pytest.raises(ValueError, match="is a path"):
        charts.save(every_form()["bars"], "../x")


@pytest.mark.parametrize(("missing", "code"), [
    ("matplotlib", "import karabakh_data as kd; kd.charts"),
    ("scipy", "import karabakh_data as kd; kd.studies.common_ground.in_common({})"),
    ("scipy", "from karabakh_data.studies.spells import spells, survival as s\n"
              "t = spells(); s(t['days'], t['ended'])"),
])  # fmt: skip
def test_what_is_not_installed_is_named_with_the_extra_that_has_it(missing, code, tmp_path):
    done = run(f"import sys; sys.modules[{missing!r}] = None\n{code}", tmp_path)
    last = done.stderr.strip().splitlines()[-1]
    assert last.startswith("ModuleNotFoundError: ")
    assert f"needs {missing}" in last
    assert 'pip install "karabakh_data[notebooks]"' in last


def test_forms_take_few_arguments():
    for name in charts.__all__:
        thing = getattr(charts, name)
        if inspect.isfunction(thing):
            assert len(inspect.signature(thing).parameters) <= 6, name


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


def test_a_chart_has_no_layer_without_a_colour():
    frame = pd.DataFrame({str(n): [1] for n in range(7)}, index=[1992])
    with pytest.raises(ValueError, match="shorter"):
        charts.columns(frame, "seven layers", "none")


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


def test_the_example_runs():
    assert doctest.testmod(table).failed == 0
    assert doctest.testmod(table).attempted
