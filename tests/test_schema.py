"""Types, vocabularies, keys and references, as the frictionless library sees them."""

from pathlib import Path

import pytest
from frictionless import Package

from karabakh_data.descriptor import DATA, allowed, coded, fields, key, resources
from karabakh_data.integrity import row_faults

DESCRIPTOR = Path(DATA, "datapackage.json")

# Keys that begin with the keys they depend on, so that a slip in either shows.
COMPOSED = {
    "ceasefires": ["event_id"],
    "documents": ["event_id"],
    "signatures": ["document_id", "actor"],
    "participants": ["event_id", "actor"],
    "format_members": ["format", "actor"],
    "prisoners": ["event_id"],
    "arms": ["recipient"],
    "claims": ["table", "record_id", "column"],
}


def complaints(descriptor: Path) -> list[str]:
    """What frictionless finds, as file, line, column, value, rule."""
    report = Package(str(descriptor)).validate()
    found = [str(error.message) for error in report.errors]
    for task in report.tasks:
        for error in task.errors:
            place = [task.place]
            if hasattr(error, "row_number"):
                place.append(f"line {error.row_number}")
            if hasattr(error, "field_name"):
                place.append(f"{error.field_name}={error.cell!r}")
            found.append(f"{', '.join(place)}: {error.message}")
    return found


def test_frictionless_finds_nothing():
    assert complaints(DESCRIPTOR) == []


def test_every_row_is_of_its_columns_types_sorted_and_unique(files):
    assert [str(fault) for table in files for fault in row_faults(table, files[table])] == []


@pytest.mark.parametrize("table", COMPOSED)
def test_keys_begin_with_what_they_depend_on(files, table):
    for line, row in files[table]:
        key = next(iter(row.values()))
        start = ".".join(row[column] for column in COMPOSED[table])
        assert key == start or key.startswith(f"{start}."), f"{table}.csv, line {line}: {key}"


def test_every_allowed_value_has_its_meaning():
    for table in resources():
        for name, field in fields(table).items():
            if name != "table":  # the names of tables, described by the tables themselves
                assert list(field.get("meanings", {})) == allowed(field), f"{table}.{name}"


def test_every_column_is_described_once():
    for table in resources():
        for name, field in fields(table).items():
            assert field["description"].endswith("."), f"{table}.{name}"


def test_every_source_is_cited_or_says_why_not(files):
    cited = {
        row["source"]
        for table in files
        if table != "sources"
        for _, row in files[table]
        if "source" in row
    }
    for line, row in files["sources"]:
        assert row["source"] in cited or row["note"], f"sources.csv, line {line}: {row['source']}"


@pytest.mark.parametrize("table", ["crosswalk", "readings"])
def test_every_link_and_reading_is_about_a_record(files, table):
    records = {(name, row[key(name)[0]]) for name in files for _, row in files[name]}
    for line, row in files[table]:
        place = f"{table}.csv, line {line}, record_id={row['record_id']!r}"
        assert (row["table"], row["record_id"]) in records, f"{place}: no such record"
        assert "column" not in row or row["column"] in coded(row["table"]), place
