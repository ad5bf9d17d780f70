"""What the package promises to those who import it."""

import json
import os
import re
import shutil
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pandas as pd
import pytest
import yaml

import karabakh_data as kd
from karabakh_data.descriptor import DATA, fields, package, resources
from karabakh_data.integrity import read_table

ROOT = Path(__file__).parents[1]
TABLES = list(resources())
OPTIONS = {"LC_ALL": "C", "TZ": "Pacific/Kiritimati", "PYTHONUTF8": "0"}


def run(code: str, cwd: Path, **options: str) -> subprocess.CompletedProcess:
    """Run code in a fresh interpreter, where warnings are errors."""
    command = [sys.executable, "-W", "error::FutureWarning", "-c", code]
    return subprocess.run(
        command, capture_output=True, text=True, cwd=cwd, env={**os.environ, **options}
    )


@pytest.fixture
def copied(tmp_path):
    """A copy of the package that a test may damage, as an installed one could be."""
    shutil.copytree(DATA, tmp_path / "karabakh_data" / "data")
    for file in Path(DATA).parent.glob("*.py"):
        shutil.copy(file, tmp_path / "karabakh_data")
    return tmp_path


@pytest.mark.parametrize("table", TABLES)
def test_a_table_loads_whole_and_typed(table):
    frame = kd.load(table)
    rows = read_table(table)
    assert len(frame) == len(rows)
    expected = {"integer": "Int64", "boolean": "boolean", "string": "string"}
    dates = {"date", "yearmonth"}
    for name, field in fields(table).items():
        if "enum" in field.get("constraints", {}):
            assert isinstance(frame[name].dtype, pd.CategoricalDtype)
        elif field["type"] in dates:
            assert frame[name].dtype == "datetime64[s]"
        else:
            assert frame[name].dtype == expected[field["type"]]
        blank = [row[name] == "" for _, row in rows]
        assert frame[name].isna().tolist() == blank, f"{table}.{name}"


def test_na_none_and_null_are_text(copied):
    places = copied / "karabakh_data" / "data" / "places.csv"
    lines = places.read_text(encoding="utf-8").splitlines(keepends=True)
    cells = [f"zz-{i},{name},," for i, name in enumerate(("NA", "None", "null"))]
    places.write_text("".join(lines) + "\n".join(cells) + "\n", encoding="utf-8")
    reseal(copied, "places")
    done = run("import karabakh_data as kd; print(*kd.load('places')['name'].tail(3))", copied)
    assert done.stdout.split() == ["NA", "None", "null"], done.stderr


def reseal(copied, table):
    """Write the damaged file's fingerprint into the damaged copy's descriptor."""
    from hashlib import sha256

    data = copied / "karabakh_data" / "data"
    described = json.loads((data / "datapackage.json").read_text(encoding="utf-8"))
    resource = next(one for one in described["resources"] if one["name"] == table)
    resource["hash"] = f"sha256:{sha256((data / f'{table}.csv').read_bytes()).hexdigest()}"
    (data / "datapackage.json").write_text(json.dumps(described), encoding="utf-8")


def test_a_changed_frame_does_not_change_the_next():
    first = kd.load("events")
    first.loc[:, "title"] = "changed"
    assert not (kd.load("events")["title"] == "changed").any()


def test_importing_costs_no_pandas():
    done = run("import sys, karabakh_data; print('pandas' in sys.modules)", ROOT)
    assert done.stdout.strip() == "False", done.stderr


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
    fate = kd.codebook("ceasefires").set_index("column").loc["fate"]
    assert "confirmation" in fate["allowed"]
    assert "leave out of counts" in fate["meaning"]


@pytest.mark.parametrize("call", [kd.load, kd.codebook, kd.path, kd.disagreements])
def test_an_unknown_table_lists_what_exists_and_the_nearest(call):
    with pytest.raises(ValueError, match=r"'ceasefire'.*Did you mean 'ceasefires'\?.*documents"):
        call("ceasefire")


def test_an_unknown_record_lists_the_nearest():
    with pytest.raises(ValueError, match=r"Did you mean '1992-09-19-sochi'\?"):
        kd.evidence("events", "1992-09-19-sotchi")
    with pytest.raises(ValueError, match="no claims are kept on 'places'; they are on: events"):
        kd.evidence("places", "sochi")


@pytest.mark.parametrize("odd", [None, 1992, ["events"], pd.NA, {"events": 1}])
def test_what_is_no_name_is_unknown_like_any_other(odd):
    for call in (kd.load, lambda record: kd.evidence("events", record)):
        with pytest.raises(ValueError, match=r"unknown (table|record of events) .*There are: "):
            call(odd)


def test_the_ledger_shows_what_was_inferred():
    # a Security Council statement of October 1992 calls for Sochi's ceasefire to be implemented
    fate = kd.evidence("ceasefires", "1992-09-19-sochi").query("column == 'fate' and inferred")
    assert fate["perspective"].tolist() == ["international_organisation"]


def damage(copied, table, edit):
    file = copied / "karabakh_data" / "data" / f"{table}.csv"
    file.write_bytes(edit(file.read_bytes()))
    return run(f"import karabakh_data as kd; kd.load({table!r})", copied)


DUE = b",1992-09-26,"  # the Sochi ceasefire of 1992
DAMAGE = {
    "It ends at line|cells": lambda text: text[:-30],
    "fate='held': no claim": lambda text: text.replace(b",broken,", b",held,", 1),
    "It ends at line": lambda text: b"".join(text.splitlines(keepends=True)[:-1]),
    "Did you mean 'never_began'": lambda text: text.replace(b"never_began", b"never_begun", 1),
    "due='1992-09-31': expected a day": lambda text: text.replace(DUE, b",1992-09-31,", 1),
    "due='26.09.1992': expected a day": lambda text: text.replace(DUE, b",26.09.1992,", 1),
    "due='1992-09-27': no claim": lambda text: text.replace(DUE, b",1992-09-27,", 1),
    "Line 1 should hold the columns": lambda text: text.replace(b"ceasefire_id", b"id", 1),
    "Line 1 is not UTF-8": lambda text: text.replace(b"ceasefire", b"\xff", 1),
}


@pytest.mark.parametrize(("says", "edit"), DAMAGE.items())
def test_a_damaged_file_is_named_with_line_and_reason(copied, says, edit):
    done = damage(copied, "ceasefires", edit)
    assert done.returncode != 0
    last = done.stderr.strip().splitlines()[-1]
    assert "ceasefires.csv" in last
    assert re.search(r"[Ll]ine \d+", last), last
    assert re.search(says, last), last


def test_a_missing_file_is_named(copied):
    (copied / "karabakh_data" / "data" / "events.csv").unlink()
    done = run("import karabakh_data as kd; kd.load('events')", copied)
    assert "FileNotFoundError" in done.stderr
    assert "events.csv is missing" in done.stderr


def test_one_version_and_one_citation():
    cff = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert cff["version"] == kd.__version__ == package()["version"] == version("karabakh_data")
    assert cff["title"] == package()["title"]
    assert kd.cite().startswith(cff["title"])
    assert f"## {kd.__version__}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    for source in package()["sources"]:
        assert source["title"] in kd.cite()
