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
    some = claims["record_id"].str.match(
        r"1992-0|1994-05|2008-11|2011-0|2020-1|russia|azerbaijan\."
    )
    record = dict(kd.record(claims[some]))
    described = descriptor.description()
    for name in ("formats", "places", "people", "sources", "actors"):  # whole tables come last
        used = set()
        for other, table in described.tables.items():
            for column, there in table.references.items():
                if there.table == name:
                    used |= set(record[other][column])
        key = described.tables[name].key[0]
        told = record["claims"].loc[record["claims"]["table"] == name, "record_id"]
        values = record["claims"]["value"]
        kept = record[name][key].isin(used | set(told) | set(values))
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
