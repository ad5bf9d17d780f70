"""A contributed row that is wrong: the checks name file, line, column, value and rule."""

import json
import shutil
from pathlib import Path

import pytest
from test_dates import is_edtf
from test_schema import complaints

from karabakh_data.descriptor import DATA, fields, resource
from karabakh_data.integrity import ledger_faults, row_faults


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


def test_a_date_that_is_not_edtf(files):
    assert not is_edtf("26 September 1992")
    assert not is_edtf("1992-13")
    assert is_edtf("1992-22")


def test_a_claim_about_a_cell_that_does_not_exist(files):
    line, claim = files["claims"][0]
    stray = {**claim, "record_id": "1992-09-19-nowhere"}
    faults = list(ledger_faults({**files, "claims": [*files["claims"], (line, stray)]}))
    assert [fault.value for fault in faults] == ["1992-09-19-nowhere"]
    assert "claims.csv, line" in str(faults[0])


def test_a_value_outside_its_vocabulary(data, files):
    line, row = files["events"][0]
    fault = next(row_faults("events", [(line, {**row, "kind": "meating"})]))
    assert "Did you mean 'meeting'?" in str(fault)
