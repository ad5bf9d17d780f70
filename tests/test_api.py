"""What the package promises to those who import it."""

import inspect
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
import typing
from importlib.metadata import version
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import yaml

import karabakh_data as kd
from karabakh_data import descriptor, fingerprints
from karabakh_data.descriptor import DATA, description
from karabakh_data.fingerprints import FINGERPRINTS, taken
from karabakh_data.loading import TEXT

ROOT = Path(__file__).parents[1]
TABLES = list(description().tables)
OPTIONS = {"LC_ALL": "C", "TZ": "Pacific/Kiritimati", "PYTHONUTF8": "0"}


def run(code: str, cwd: Path, **options: str) -> subprocess.CompletedProcess:
    """Run code in a fresh interpreter, where warnings are errors."""
    command = [sys.executable, "-W", "error::FutureWarning", "-c", code]
    return subprocess.run(
        command, capture_output=True, text=True, cwd=cwd, env={**os.environ, **options}
    )


@pytest.fixture
def built(tmp_path, small):
    """A small package as a wheel installs it, fingerprints and all, to be damaged."""
    package = Path(DATA).parent
    shutil.copytree(package, tmp_path / "karabakh_data", ignore=shutil.ignore_patterns("data"))
    data = tmp_path / "karabakh_data" / "data"
    shutil.copytree(small, data)
    (data / FINGERPRINTS).write_text(json.dumps(taken(str(data))), encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("table", TABLES)
def test_a_table_loads_whole_and_typed(table, files):
    frame = kd.load(table)
    assert len(frame) == len(files[table])
    days = pd.to_datetime(["2000-01-01"]).dtype
    for name, column in description().tables[table].columns.items():
        if column.allowed:
            held = pd.Index(column.allowed, dtype=TEXT)  # as the rest: not Arrow
            assert frame[name].dtype == pd.CategoricalDtype(held)
        elif column.type in ("date", "yearmonth"):
            assert frame[name].dtype == days
        else:
            numbers = {"integer": "Int64", "number": "Float64", "boolean": "boolean"}
            expected = numbers.get(column.type, TEXT)
            assert frame[name].dtype == expected
        blank = [row[name] == "" for row in files[table]]
        assert frame[name].isna().tolist() == blank, f"{table}.{name}"


def test_text_is_held_by_python_whatever_is_installed():
    for table in TABLES:
        for name, dtype in kd.load(table).dtypes.items():
            text = dtype.categories.dtype if isinstance(dtype, pd.CategoricalDtype) else dtype
            if isinstance(text, pd.StringDtype):
                assert text.storage == "python", f"{table}.{name}"
                assert text.na_value is np.nan


BLANKS = [("ceasefires", "document_id"), ("ceasefires", "fate"), ("ceasefires", "due")]


@pytest.mark.parametrize(("table", "column"), BLANKS)
def test_a_blank_is_the_same_in_text_vocabulary_and_days(table, column):
    cells = kd.load(table)[column]
    blank, value = cells.isna(), cells.dropna().iloc[0]
    equal, differs = cells == value, cells != value
    assert equal.dtype == differs.dtype == bool
    assert not equal[blank].any()
    assert differs[blank].all()
    assert not cells.isin([value])[blank].any()
    assert np.where(equal, 1, 0).sum() == equal.sum()
    frame = cells.to_frame("key").assign(n=1)
    assert frame.groupby("key", observed=True)["n"].sum().sum() == (~blank).sum()
    assert len(frame.dropna().merge(frame.drop_duplicates("key"), on="key")) == (~blank).sum()


def test_an_extra_installs_what_is_said_to_need_it():
    root = Path(__file__).parents[1]
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    code = [path.read_text(encoding="utf-8") for path in Path(kd.__file__).parent.rglob("*.py")]
    calls = re.findall(r'(?<!>> )\bneeded\(f?"(\w+)[^"]*", "(\w+)"', "".join(code))
    assert len(calls) >= 6
    for package, extra in calls:
        listed = project["optional-dependencies"][extra]
        assert any(re.match(rf"{package}\b", one) for one in listed), package


def test_what_the_help_says_of_blanks_is_so():
    cells = kd.load("ceasefires")["fate"]
    blank = cells[cells.isna()]
    said = re.search(r"``==`` is (\w+), ``!=`` (\w+)", kd.load.__doc__).groups()
    assert said == tuple(str(one.all()).lower() for one in (blank == "broken", blank != "broken"))


def test_days_and_codes_meet_those_of_a_users_frame():
    from io import StringIO

    user = pd.read_csv(StringIO("day,cow\n1994-06-01,371\n1992-10-01,373\n"), parse_dates=["day"])
    stops = kd.load("ceasefires").dropna(subset=["effective"]).sort_values("effective")
    last = pd.merge_asof(user.sort_values("day"), stops, left_on="day", right_on="effective")
    assert last["ceasefire_id"].tolist() == ["1992-09-19-sochi", "1994-05-12-ceasefire"]
    states = user.merge(kd.load("actors"), left_on="cow", right_on="cow_code")
    assert set(states["actor"]) == {"armenia", "azerbaijan"}


@pytest.mark.parametrize("table", kd.tables()["table"])
def test_the_path_of_a_table_is_its_own_file(table):
    keys = pd.read_csv(kd.path(table), dtype=str, keep_default_na=False).iloc[:, 0]
    loaded = kd.load(table).iloc[:, 0].astype(str)
    assert all(day.startswith(key) for key, day in zip(keys, loaded, strict=True))


def test_na_none_and_null_are_text(tmp_path):
    prints = shutil.ignore_patterns(FINGERPRINTS)  # as in a clone
    shutil.copytree(Path(DATA).parent, tmp_path / "karabakh_data", ignore=prints)
    places = tmp_path / "karabakh_data" / "data" / "places.csv"
    columns = list(description().tables["places"].columns)
    with places.open("a", encoding="utf-8") as file:
        for n, name in enumerate(("NA", "None", "null")):
            cells = {"place": f"zz-{n}", "name": name}
            file.write(",".join(cells.get(column, "") for column in columns) + "\n")
    done = run("import karabakh_data as kd; print(*kd.load('places')['name'].tail(3))", tmp_path)
    assert done.stdout.split() == ["NA", "None", "null"], done.stderr


def test_a_changed_frame_does_not_change_the_next():
    first = kd.load("events")
    first.loc[:, "title"] = "changed"
    assert not (kd.load("events")["title"] == "changed").any()


def test_importing_costs_no_pandas():
    code = "import sys, karabakh_data as kd; kd.cite(); print('pandas' in sys.modules)"
    done = run(code, ROOT)
    assert done.stdout.strip() == "False", done.stderr


def test_every_public_name_is_there_and_no_module_hides_behind_one():
    for name in kd.__all__:
        assert name in dir(kd)
        getattr(kd, name)
    with pytest.raises(AttributeError, match="has no attribute 'measure'"):
        kd.measure  # noqa: B018
    with pytest.raises(ModuleNotFoundError):
        import karabakh_data.tables  # noqa: F401


def test_names_are_completed_as_they_are_typed():
    jedi = pytest.importorskip("jedi", reason="comes with IPython")

    def offered(typed):
        lines = f"import karabakh_data as kd\n{typed}"
        return {one.name for one in jedi.Script(lines, project=jedi.Project(ROOT)).complete()}

    assert set(kd.__all__) - {"__version__"} <= offered("kd.")
    assert {"groupby", "merge"} <= offered("kd.record()['events'].")
    assert kd.record()._ipython_key_completions_() == TABLES


def test_annotations_can_be_read():
    hints = typing.get_type_hints(kd.load)
    assert set(typing.get_args(hints["table"])) == set(TABLES)
    assert hints["return"] is pd.DataFrame
    for name in ("evidence", "disagreements", "record", "tables", "codebook", "path"):
        assert typing.get_type_hints(getattr(kd, name))["return"]


@pytest.mark.parametrize(("name", "value"), OPTIONS.items())
def test_any_locale_and_time_zone_gives_the_same_tables(name, value):
    code = (
        "import karabakh_data as kd, pandas as pd\n"
        "for t in kd.tables()['table']:\n"
        "    print(t, pd.util.hash_pandas_object(kd.load(t).astype('string').fillna('')).sum())"
    )
    plain, other = run(code, ROOT), run(code, ROOT, **{name: value})
    assert plain.stdout
    assert other.stdout == plain.stdout, other.stderr


def test_nothing_touches_the_network():
    code = (
        "import sys\n"
        "def watch(event, args):\n"
        "    if event.startswith('socket.'): raise SystemExit('network: ' + event)\n"
        "sys.addaudithook(watch)\n"
        "import karabakh_data as kd\n"
        "for t in kd.tables()['table']: kd.load(t)\n"
        "kd.disagreements(); kd.evidence('events', '1992-09-19-sochi'); print(kd.cite())"
    )
    done = run(code, ROOT)
    assert done.returncode == 0, done.stderr


def test_tables_and_codebook_say_what_the_descriptor_says():
    assert kd.tables()["table"].tolist() == TABLES
    assert kd.tables()["rows"].tolist() == [len(kd.load(table)) for table in TABLES]
    for table in TABLES:
        book = kd.codebook(table)
        assert book["column"].tolist() == kd.load(table).columns.tolist()
        assert "`" not in "".join([*book["meaning"], *kd.tables()["row"]])  # Markdown's, not ours
    fate = kd.codebook("ceasefires").set_index("column").loc["fate"]
    assert "confirmation" in fate["allowed"]
    assert "leave out of counts" in fate["meaning"]
    book = kd.codebook("events").set_index("column")
    assert book.index[book["derived"]].tolist() == ["date_inferred", "start", "end"]
    assert book.index[book["type"] == "EDTF"].tolist() == ["date"]
    assert book.index[book["required"] & book["coded"]].tolist() == ["kind"]


def test_descriptions_say_the_kind_that_load_gives(described):
    for table in described.tables.values():
        for name, column in table.columns.items():
            where, says = f"{table.name}.{name}", column.description
            number = column.type in ("integer", "number")
            assert not (number and "as text" in says), where
            flag = re.match(r"(True|False) where |Whether ", says)
            assert bool(flag) == (column.type == "boolean") or column.allowed, where
            assert ("EDTF" in says) == bool(column.edtf), where


def test_a_vocabulary_with_its_meanings():
    fates = kd.vocabulary("ceasefires", "fate").set_index("value")["meaning"]
    assert "leave out of counts" in fates["confirmation"]
    with pytest.raises(ValueError, match=r"'fat'.*Did you mean 'fate'\?"):
        kd.vocabulary("ceasefires", "fat")
    with pytest.raises(ValueError, match=r"'due' of ceasefires has no closed .* fate"):
        kd.vocabulary("ceasefires", "due")
    with pytest.raises(ValueError, match=r"of its columns these have one: none\.$"):
        kd.vocabulary("deaths", "month")


def test_a_word_that_is_a_column_or_a_value_is_told_where():
    with pytest.raises(ValueError, match=r"table 'fate'.*'fate' is a column of ceasefires, prov"):
        kd.codebook("fate")
    with pytest.raises(ValueError, match=r"'broken' is a value of ceasefires\.fate"):
        kd.vocabulary("ceasefires", "broken")


CALLS = [kd.load, kd.codebook, kd.path, kd.disagreements, kd.record().__getitem__]


@pytest.mark.parametrize("call", CALLS)
def test_an_unknown_table_lists_what_exists_and_the_nearest(call):
    with pytest.raises(ValueError, match=r"'ceasefire'.*Did you mean 'ceasefires'\?.*documents"):
        call("ceasefire")


def test_an_unknown_record_lists_the_nearest():
    with pytest.raises(ValueError, match=r"Did you mean '1992-09-19-sochi'\?"):
        kd.evidence("events", "1992-09-19-sotchi")
    with pytest.raises(ValueError, match=r"Did you mean '1992-09-19-sochi'\?"):
        kd.evidence("events", ["2011-06-24-kazan", "1992-09-19-sotchi"])
    with pytest.raises(ValueError, match="no claims are kept on 'places'; they are on: events"):
        kd.evidence("places", "sochi")
    with pytest.raises(ValueError, match="no claims are kept on 'places'; they are on: events"):
        kd.disagreements("places")


def test_of_many_names_those_alone_that_are_near_are_told():
    names = [f"step {n}" for n in range(10, 36)]
    told = descriptor.unknown("step", "step 11", names)
    assert "There are: step 11, " in told
    assert told.endswith(", and 18 more.")
    for some in (names[:25], set(names[:25])):  # a set has no order of its own
        told = descriptor.unknown("step", "step 11", some)
        assert told.endswith(f" There are: {', '.join(names[:25])}.")
    assert [descriptor.counted(n, "row") for n in (1, 2, 1000)] == ["1 row", "2 rows", "1,000 rows"]


@pytest.mark.parametrize("odd", [None, 1992, ["events"], pd.NA, {"events": 1}])
def test_what_is_no_name_is_unknown_like_any_other(odd):
    for call in (kd.load, lambda record: kd.evidence("events", record)):
        with pytest.raises(ValueError, match=r"unknown (table|record of events) ") as said:
            call(odd)
        assert "Did you mean" not in str(said.value)
        assert re.search(r" There are(: events, ceasefires, .*| \d+)\.$", str(said.value))


def test_the_ledger_shows_what_was_inferred():
    # a Security Council statement of October 1992 calls for Sochi's ceasefire to be implemented
    fate = kd.evidence("ceasefires", "1992-09-19-sochi").query("column == 'fate' and inferred")
    assert fate["perspective"].tolist() == ["international_organisation"]


def damage(built, table, edit):
    file = built / "karabakh_data" / "data" / f"{table}.csv"
    file.write_bytes(edit(file.read_bytes()))
    return run(f"import karabakh_data as kd; kd.load({table!r})", built)


DUE = b",1992-09-26,"  # the Sochi ceasefire of 1992
DAMAGE = {
    "cells, expected|no CSV": lambda text: text[:-30],
    "fate='held': the claims come to": lambda text: text.replace(b",broken,", b",held,", 1),
    "No rule|unknown|changed": lambda text: b"".join(text.splitlines(keepends=True)[:-1]),
    "Did you mean 'never_began'": lambda text: text.replace(b"never_began", b"never_begun", 1),
    "due='1992-09-31': expected a day": lambda text: text.replace(DUE, b",1992-09-31,", 1),
    "due='26.09.1992': expected a day": lambda text: text.replace(DUE, b",26.09.1992,", 1),
    "due='1992-09-27': the claims come to": lambda text: text.replace(DUE, b",1992-09-27,", 1),
    "line 1: expected the columns": lambda text: text.replace(b"ceasefire_id", b"id", 1),
    "line 1: not UTF-8": lambda text: text.replace(b"ceasefire", b"\xff", 1),
}  # fmt: skip


@pytest.mark.parametrize(("says", "edit"), DAMAGE.items())
def test_a_damaged_file_of_a_wheel_is_named_with_the_reason(built, says, edit):
    done = damage(built, "ceasefires", edit)
    assert done.returncode != 0
    last = done.stderr.strip().splitlines()[-1]
    assert "ceasefires.csv is not as published" in last
    assert re.search(says, last), last


def test_the_reason_is_one_of_the_damaged_file_itself(data, described, monkeypatch):
    monkeypatch.setattr(fingerprints, "DATA", str(data))
    for table, old, new in (
        ("events", ",meeting,", ",meting,"),
        ("ceasefires", ",broken,", ",brok,"),
    ):
        file = data / f"{table}.csv"
        file.write_text(file.read_text("utf-8").replace(old, new, 1), "utf-8", newline="")
    assert "fate='brok'" in fingerprints._diagnosis(described.tables["ceasefires"])
    (data / "front.csv").unlink()  # nor does a second fault hide that there is a first
    assert fingerprints._diagnosis(described.tables["ceasefires"]).count("front.csv") == 1


def test_a_wheel_refuses_what_no_rule_can_see(built):
    done = damage(built, "events", lambda text: text.replace(b"Kazan", b"Kazann", 1))
    assert "events.csv is not as published. No rule is broken" in done.stderr


@pytest.mark.parametrize("name", ["datapackage.json", FINGERPRINTS])
def test_a_wheel_refuses_a_damaged_description(built, name):
    file = built / "karabakh_data" / "data" / name
    file.write_bytes(file.read_bytes().replace(b"broken", b"brokne").replace(b'"', b"'", 1))
    for call in ("load('ceasefires')", "tables()"):
        done = run(f"import karabakh_data as kd; kd.{call}", built)
        assert re.search(f"{name} is (not as published|no JSON)", done.stderr), done.stderr


def test_a_clone_loads_what_is_there(built):
    (built / "karabakh_data" / "data" / FINGERPRINTS).unlink()
    done = damage(built, "ceasefires", lambda text: text.replace(DUE, b",1992-09-27,", 1))
    assert done.returncode == 0, done.stderr


def test_a_missing_file_is_named(built):
    (built / "karabakh_data" / "data" / "events.csv").unlink()
    done = run("import karabakh_data as kd; kd.load('events')", built)
    assert "FileNotFoundError" in done.stderr
    assert "events.csv is missing" in done.stderr


def test_in_a_zip_one_sentence_says_what_to_do(built, tmp_path):
    archive = shutil.make_archive(str(tmp_path / "zipped"), "zip", built, "karabakh_data")
    path = f"import sys; sys.path.insert(0, {archive!r})"
    code = f"{path}; import karabakh_data as kd; kd.load('events')"
    done = run(code, Path("/"))
    assert done.stderr.strip().splitlines()[-1].startswith("FileNotFoundError")
    assert "install it unpacked with pip" in done.stderr


def test_one_version_and_one_citation():
    cff = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert (
        cff["version"]
        == kd.__version__
        == description().package["version"]
        == version("karabakh_data")
    )
    assert cff["title"] == description().package["title"]
    assert cff["title"] in kd.cite()
    released = kd.__version__.split(".dev")[0]
    assert f"## {released}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    for source in description().package["sources"]:
        assert source["title"] in kd.cite()


# What is handed in to the studies and figures.


@pytest.mark.parametrize(
    "ask",
    [
        kd.record,
        kd.studies.nearby.last_and_next,
        lambda frame: kd.changes({"events": frame}, record={}),
    ],
)
def test_a_frame_of_another_library_is_told_from_one_of_pandas(ask):
    theirs = type("DataFrame", (), {"__module__": "polars.dataframe.frame"})()
    with pytest.raises(ValueError, match=r"expected a DataFrame.*, found polars\.DataFrame\."):
        ask(theirs)


def frames_of(function):
    """The arguments of a function that are a frame."""
    hints = typing.get_type_hints(function)
    del hints["return"]
    return [name for name, hint in hints.items() if hint in (pd.DataFrame, pd.DataFrame | None)]


def framed():
    """Every public function of the studies and figures that takes a frame, by its name."""
    rooms = [*(getattr(kd.studies, name) for name in kd.studies.__all__), kd.charts]
    return {
        f"{room.__name__}.{name}": thing
        for room in rooms
        for name, thing in inspect.getmembers(room, inspect.isfunction)
        if not name.startswith("_") and thing.__module__.startswith(room.__name__)
        if frames_of(thing)
    }


FRAMED = framed()
WORDS = pd.DataFrame({"of another": ["word", "word"]})


@pytest.mark.parametrize("name", FRAMED)
@pytest.mark.parametrize("wrong", [WORDS, WORDS["of another"], ["word"]], ids=type)
def test_a_frame_that_is_none_of_these_is_refused_in_words(name, wrong):
    others = {"day": 7, "days": 7, "columns": "actor"}  # arguments that are no word for a side
    given, named = [], {}
    for one in inspect.signature(FRAMED[name]).parameters.values():
        is_frame = one.name in frames_of(FRAMED[name])
        value = wrong if is_frame else others.get(one.name, "armenian")
        if one.kind is one.KEYWORD_ONLY and (is_frame or one.default is one.empty):
            named[one.name] = value
        elif is_frame or one.default is one.empty:
            given.append(value)
    with pytest.raises(ValueError, match=r"of the frame|expected"):
        FRAMED[name](*given, **named)
