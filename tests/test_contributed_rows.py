"""A contributed row that is wrong: the checks name file, line, column, value and rule."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from test_dates import is_edtf, not_edtf
from test_schema import complaints

from karabakh_data.descriptor import DATA, fields, resource
from karabakh_data.integrity import ledger_faults, read, reference_faults, row_faults


@pytest.fixture
def data(tmp_path):
    """A copy of the data without fingerprints, as while one is editing."""
    copy = tmp_path / "data"
    shutil.copytree(DATA, copy)
    described = json.loads((copy / "datapackage.json").read_text(encoding="utf-8"))
    for one in described["resources"]:
        del one["hash"], one["bytes"]
    (copy / "datapackage.json").write_text(json.dumps(described), encoding="utf-8")
    return copy


def add(data: Path, table: str, **cells: str) -> None:
    row = ",".join(cells.get(name, "") for name in fields(table))
    with (data / resource(table)["path"]).open("a", encoding="utf-8") as file:
        file.write(row + "\n")


def test_an_unknown_actor(data, files):
    add(data, "format_members", member_id="russia.atlantis.mediator", format="russia",
        actor="atlantis", role="mediator", source="nkr-mfa-russian-mediation")  # fmt: skip
    found = complaints(data / "datapackage.json")
    line = len(files["format_members"]) + 2
    assert any(
        "format_members.csv" in one
        and f"line {line}" in one
        and "atlantis" in one
        and "actor" in one
        for one in found
    ), found


def test_a_duplicated_key(data, files):
    line, row = files["places"][-1]
    add(data, "places", **{name: value for name, value in row.items() if "," not in value})
    found = complaints(data / "datapackage.json")
    assert any("places.csv" in one and f"line {line + 1}" in one for one in found), found
    rows = [*files["places"], (line + 1, row)]
    fault = next(row_faults("places", rows))
    assert (fault.file, fault.line, fault.column) == ("places.csv", line + 1, "place")
    assert "twice" in fault.rule


@pytest.mark.parametrize(
    ("table", "column"), [("events", "date"), ("documents", "adopted"), ("claims", "value")]
)
def test_a_date_that_is_not_edtf(files, table, column):
    place, (line, row) = next(
        (place, found)
        for place, found in enumerate(files[table])
        if column != "value" or found[1]["column"] == "date"
    )
    rows = [*files[table]]
    rows[place] = line, {**row, column: "26 September 1992"}
    assert list(not_edtf({**files, table: rows})) == [
        f"{table}.csv, line {line}, {column}='26 September 1992': not EDTF"
    ]


def test_what_is_edtf():
    assert not is_edtf("26 September 1992")
    assert not is_edtf("1992-13")
    assert is_edtf("1992-22")


def test_a_claim_about_a_cell_that_does_not_exist(files):
    line, claim = files["claims"][0]
    stray = {**claim, "record_id": "1992-09-19-nowhere"}
    faults = list(ledger_faults({**files, "claims": [*files["claims"], (line, stray)]}))
    assert [fault.value for fault in faults] == ["1992-09-19-nowhere"]
    assert "claims.csv, line" in str(faults[0])


BAD_CELLS = [
    ("ceasefires", "due", "19920926", "expected a day"),  # Python's own ISO, not the tables'
    ("ceasefires", "due", "26.09.1992", "expected a day"),
    ("ceasefires", "planned_days", "\N{ARABIC-INDIC DIGIT THREE}", "whole number"),
    ("places", "note", "  ", "blanks"),
    ("actors", "name", "Armenia ", "blanks"),
    ("events", "kind", "meating", "Did you mean 'meeting'?"),
]


@pytest.mark.parametrize(("table", "column", "value", "rule"), BAD_CELLS)
def test_a_cell_that_its_column_does_not_allow(files, table, column, value, rule):
    line, row = files[table][0]
    fault = next(row_faults(table, [(line, {**row, column: value})]))
    assert (fault.file, fault.line, fault.column) == (f"{table}.csv", line, column)
    assert rule in fault.rule


def test_a_claim_from_an_unknown_source(files):
    line, claim = files["claims"][0]
    stray = {**claim, "source": "nkr-mfa-russian-meditation"}
    fault = next(reference_faults({**files, "claims": [(line, stray)]}))
    assert (fault.file, fault.line, fault.column) == ("claims.csv", line, "source")
    assert "Did you mean 'nkr-mfa-russian-mediation'" in fault.rule


def test_a_row_or_a_header_of_another_length(files):
    header = ",".join(fields("places"))
    with pytest.raises(ValueError, match=r"places.csv, line 2: 3 cells, expected 4"):
        read(f"{header}\nbaku,Baku,\n", "places")
    with pytest.raises(ValueError, match=r"places.csv: Line 1 should hold .* it holds 'name'"):
        read("name\nBaku\n", "places")


def test_a_fault_is_refused_before_anything_is_written(tmp_path):
    """`seal.py` on a clone with a typo: it names the cell and leaves every file alone."""
    root = Path(__file__).parents[1]
    for part in ("karabakh_data", "tests"):
        shutil.copytree(root / part, tmp_path / part, ignore=shutil.ignore_patterns("__pycache__"))
    file = tmp_path / "karabakh_data" / "data" / "ceasefires.csv"
    file.write_bytes(file.read_bytes().replace(b",broken,", b",brokn,", 1))
    before = {path: path.read_bytes() for path in file.parent.iterdir()}
    command = [sys.executable, "tests/seal.py"]
    there = {**os.environ, "PYTHONPATH": str(tmp_path)}
    done = subprocess.run(command, cwd=tmp_path, env=there, capture_output=True, text=True)
    assert done.returncode == 1
    assert "ceasefires.csv, line" in done.stderr
    assert "Did you mean 'broken'" in done.stderr
    assert {path: path.read_bytes() for path in file.parent.iterdir()} == before
