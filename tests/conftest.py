"""What several tests start from: the data as they stand, and copies that may be damaged."""

import gc
import os
import shutil
import subprocess
import sys
import time
import warnings
from pathlib import Path

import pandas as pd
import pytest

import karabakh_data as kd
from karabakh_data import descriptor, loading, records
from karabakh_data import files as tables_as_text

ROOT = Path(__file__).parents[1]
ASKED = os.environ.get("KARABAKH_DATA_BROWSER") == "required"
HOW = "needs Chromium: apt-get install chromium (or any Chrome that is on the PATH)"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
gc.set_threshold(50_000, 20, 50)  # rows of text stay: to search them for cycles takes a tenth


@pytest.fixture(scope="session")
def described():
    """The description of the data."""
    return descriptor.description()


@pytest.fixture(scope="session")
def files(described):
    """Every table's rows with their line numbers."""
    return tables_as_text.read(descriptor.DATA, described)


@pytest.fixture(scope="session")
def record():
    """The record as published."""
    return kd.record()


class Parts(dict):
    """Parts of the record by name, each told when it is first asked for."""

    def __init__(self, record):
        tables = descriptor.description().tables
        none = {
            name: record[name] if table.whole and name != "deaths" else record[name].iloc[:0]
            for name, table in tables.items()
        }
        super().__init__(empty=none)
        sources = record["sources"][["source", "perspective"]]
        self.claims = record["claims"].merge(sources, on="source")
        self["without deaths"] = {**self["azerbaijani"], "deaths": record["deaths"].iloc[:0]}

    def __missing__(self, name):
        if name == "one claim":
            given = self.claims.head(1)
        elif name == "without the article":
            given = self.claims[self.claims["source"] != "nkr-mfa-russian-mediation"]
        else:
            given = self.claims[self.claims["perspective"] == name]
        return self.setdefault(name, kd.record(given))


@pytest.fixture(scope="session")
def parts(record):
    """Parts of the record: each perspective, one claim, none, …"""
    return Parts(record)


PARTS = ("without deaths", "kazakh", "one claim", "empty")
"""A part of each kind: a side that tells of most, with no deaths; few claims, one, nothing."""


@pytest.fixture
def typed_as_the_whole(record, parts, monkeypatch):
    """Asks whether a study of parts has the types of the whole, and tells of nothing else.

    Gives what it says of the whole.
    """
    tables = descriptor.description().tables
    keys = {table.id: name for name, table in tables.items() if not table.whole}

    def check(study):
        whole = pd.DataFrame(study(record))
        assert not whole.empty
        given = [parts[name] for name in PARTS]

        def refuse():
            raise AssertionError("the record as published was opened")

        monkeypatch.setattr(records, "record", refuse)
        for name, part in zip(PARTS, given, strict=True):
            with warnings.catch_warnings(action="error"):
                found = pd.DataFrame(study(part))
            assert dict(found.dtypes) == dict(whole.dtypes), name
            same = set(found.index) <= set(whole.index)
            assert same or found.index.dtype == whole.index.dtype, name
            for key in keys.keys() & {*found, *found.index.names}:
                told = found[key] if key in found else found.index.get_level_values(key)
                assert set(told.dropna()) <= set(part[keys[key]][key]), name
        numbers = found.select_dtypes(["number", "bool", "boolean"])  # of nothing: the last
        assert not numbers.fillna(0).any(axis=None)
        return whole

    return check


@pytest.fixture(scope="session")
def small(tmp_path_factory):
    """A whole record in small: all claims on some steps, and what they refer to."""
    claims = kd.load("claims")
    steps = r"1992-05-07-tehran|1992-09-19|1994-05-0|2008-11|2011-06-24|2020-10-10"
    some = claims["record_id"].str.match(rf"{steps}|russia[.-]|armenia\.|azerbaijan\.")
    record = dict(kd.record(claims[some]))
    described = descriptor.description()
    # whole tables come last; one that refers to itself, twice
    for name in ("formats", "places", "people", "sources", "actors", "actors"):
        used = set()
        for other, table in described.tables.items():
            for column, there in table.references.items():
                if there.table == name:
                    used |= set(record[other][column])
        key = described.tables[name].id
        told = record["claims"].loc[record["claims"]["table"] == name, "record_id"]
        about = zip(record["claims"]["table"], record["claims"]["column"], strict=True)
        there = [described.tables[table].columns[column].reference for table, column in about]
        named = record["claims"]["value"][[bool(one) and one.table == name for one in there]]
        kept = record[name][key].isin(used | set(told) | set(named))
        record[name] = record[name][kept]
    for name in ("crosswalk", "readings", "decisions"):
        keys = {(t, k) for t in described.tables for k in record[t].iloc[:, 0]}
        about = zip(record[name]["table"], record[name]["record_id"], strict=True)
        record[name] = record[name][[one in keys for one in about]]
    gone = record["retired"]
    keys = {(t, k) for t in described.tables for k in record[t].iloc[:, 0]}
    named = zip(
        gone["table"], gone["replaced_by"].fillna("").str.split(" | ", regex=False), strict=True
    )
    gone = gone[[all(not one or (t, one) in keys for one in ids) for t, ids in named]]
    keys |= set(zip(gone["table"], gone["id"], strict=True))

    def belongs(table, key):
        parents = {there.table for there in described.parents(table).values()}
        told = {t for t, one in keys if f"{key}.".startswith(f"{one}.")}
        return parents <= told

    of_what_is_here = [belongs(*one) for one in zip(gone["table"], gone["id"], strict=True)]
    record["retired"] = gone[of_what_is_here]
    given = set(record["claims"]["claim_id"])
    record["decisions"] = record["decisions"][record["decisions"]["claim_id"].isin(given)]
    folder = tmp_path_factory.mktemp("small")
    contents = {
        table.file: tables_as_text.text(table, loading.as_text(table, record[name]))
        for name, table in described.tables.items()
    }
    shutil.copy(f"{descriptor.DATA}/{descriptor.FILE}", folder)
    tables_as_text.write(str(folder), contents)
    return folder


@pytest.fixture
def data(small, tmp_path):
    """A copy of the small record, for a test to damage."""
    return Path(shutil.copytree(small, tmp_path / "data"))


HOSTILE = '<script>alert("kd")</script> <b>one</b> **two** $z^2$ {{ 7*7 }} | =1+1'
"""What a cell might hold and no page may take for anything but text."""
HOSTILE_STEP = "1991-08-18-yeltsin-nazarbayev-offer"


@pytest.fixture(scope="session")
def tree(tmp_path_factory):
    """A copy of what the book is made of, in which the title of one step is hostile."""
    return shared(tmp_path_factory, "tree", copy_sources)


@pytest.fixture(scope="session")
def book(tmp_path_factory, tree):
    """The book of that copy; its notebooks show what was committed."""
    return shared(tmp_path_factory, "book", lambda folder: build_book(tree, folder))


def shared(factory, name, make):
    """A folder made once, by whichever of the workers asks first."""
    base = factory.getbasetemp()
    base = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    made, making, failed = base / name, base / f"{name}.part", base / f"{name}.failed"
    try:
        (base / f"{name}.claimed").mkdir()
    except FileExistsError:
        while not made.exists():
            assert not failed.exists(), f"{name}: another worker could not make it"
            time.sleep(0.2)
        return made
    try:
        make(making)
        making.rename(made)
    except BaseException:
        failed.touch()
        raise
    return made


def copy_sources(folder):
    untracked = shutil.ignore_patterns(
        "__pycache__", ".ipynb_checkpoints", "jupyter_execute", ".*_cache"
    )
    for part in ("karabakh_data", "notebooks", "figures"):
        shutil.copytree(ROOT / part, folder / part, ignore=untracked)
    for file in ROOT.glob("*.*"):
        if file.is_file() and file.name != ".git":  # of a worktree: it leads to its history
            shutil.copy(file, folder)
    events = folder / "karabakh_data" / "data" / "events.csv"
    lines = events.read_text(encoding="utf-8").splitlines(keepends=True)
    place, line = next((n, one) for n, one in enumerate(lines) if one.startswith(HOSTILE_STEP))
    key, _, rest = line.split(",", 2)
    quoted = HOSTILE.replace('"', '""')
    lines[place] = f'{key},"{quoted}",{rest}'
    events.write_text("".join(lines), encoding="utf-8")


def build_book(tree, folder):
    subprocess.run(
        [
            *(sys.executable, "-m", "sphinx", "-q", "-D", "nb_execution_mode=off"),
            *("-D", f"search_in_text={ASKED:d}"),  # without a browser nobody searches
            *("-d", folder.with_suffix(".doctrees"), tree / "notebooks", folder),
        ],
        check=True,
        cwd=tree,  # whose package is imported
        env={**os.environ, "PYTHONPATH": str(tree), "KARABAKH_DATA_BOOK": ""},
    )


@pytest.fixture(scope="session")
def browser():
    """Chromium, without a window."""
    if not ASKED:
        pytest.skip("in a browser with KARABAKH_DATA_BROWSER=required only, as in .ci/run")
    program = next(filter(None, map(shutil.which, NAMES)), None)
    if program is None:
        pytest.fail(HOW)
    from playwright.sync_api import sync_playwright

    quiet = ("--no-sandbox", "--disable-background-networking", "--disable-component-update")
    with sync_playwright() as play:
        started = play.chromium.launch(executable_path=program, args=quiet)
        yield started
        started.close()
