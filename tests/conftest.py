"""What several tests start from: the data as they stand, and copies that may be damaged."""

import shutil
from pathlib import Path

import pytest

import karabakh_data as kd
from karabakh_data import descriptor, loading
from karabakh_data import files as tables_as_text

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def described():
    """The description of the data."""
    return descriptor.description()


@pytest.fixture(scope="session")
def files(described):
    """Every table's rows with their line numbers."""
    return tables_as_text.read(descriptor.DATA, described)


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
        key = described.tables[name].key[0]
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
