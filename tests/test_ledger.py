"""Double entry: tables and claims agree, in both directions, cell by cell."""

import copy

import pytest

import karabakh_data as kd
from karabakh_data.descriptor import allowed, coded, fields, key, resources
from karabakh_data.integrity import ledger_faults

CODED = [(table, column) for table in resources() for column in coded(table)]


def test_every_coded_value_has_a_claim_and_every_claim_a_cell(files):
    assert [str(fault) for fault in ledger_faults(files)] == []


def test_every_record_names_a_source_that_the_ledger_knows_for_it(files):
    claims = {}
    for _, claim in files["claims"]:
        known = claims.setdefault((claim["table"], claim["record_id"]), set())
        known.add((claim["source"], claim["locator"]))
    for table in {table for table, _ in CODED} - {"people"}:
        for line, row in files[table]:
            known = claims.get((table, row[key(table)[0]]), set())
            if known:
                named = (row["source"], row["locator"])
                assert named in known, f"{table}.csv, line {line}: {named}"


def test_no_statement_stands_twice(files):
    seen = {}
    names = ("table", "record_id", "column", "value", "source", "locator")
    for line, claim in files["claims"]:
        statement = tuple(claim[name] for name in names)
        assert statement not in seen, f"claims.csv, lines {seen[statement]} and {line}"
        seen[statement] = line


def slips(files, table, column):
    """The table with one coded cell changed, once for each way it can go wrong."""
    rows = files[table]
    index = next((i for i, (_, row) in enumerate(rows) if row[column]), None)
    if index is None:
        return
    value = rows[index][1][column]
    others = [row[column] for _, row in rows if row[column] not in ("", value)]
    others += [other for other in allowed(fields(table)[column]) if other != value]
    record = rows[index][1][key(table)[0]]
    rivals = [
        claim["value"]
        for _, claim in files["claims"]
        if (claim["table"], claim["record_id"], claim["column"]) == (table, record, column)
        and claim["value"] != value
    ]
    for slip in ["", f"{value}0", *others[:1], *rivals[:1]]:
        changed = copy.deepcopy(rows)
        changed[index][1][column] = slip
        yield slip, {**files, table: changed}


@pytest.mark.parametrize(("table", "column"), CODED)
def test_a_slip_in_a_coded_cell_is_found(files, table, column):
    for slip, changed in slips(files, table, column):
        assert next(ledger_faults(changed), None), f"{table}.{column} -> {slip!r} went unnoticed"


@pytest.mark.parametrize("column", ["table", "record_id", "column", "value", "agreement"])
def test_a_slip_in_a_claim_is_found(files, column):
    rows = copy.deepcopy(files["claims"])
    taken = {claim["value"] for _, claim in rows}
    claim = next(claim for _, claim in rows if claim["agreement"] == "same")
    slips = {"table": "documents", "column": "title", "agreement": "differs"}
    claim[column] = slips.get(column, "never said")
    assert claim[column] not in taken
    assert next(ledger_faults({**files, "claims": rows}), None)


def test_a_cell_changed_to_what_another_source_says_is_found(files):
    # Kazan is 24 or 25 June 2011 by different sources; both stand in the ledger.
    rows = copy.deepcopy(files["events"])
    kazan = next(row for _, row in rows if row["event_id"] == "2011-06-24-kazan")
    rivals = {
        claim["value"]
        for _, claim in files["claims"]
        if claim["record_id"] == "2011-06-24-kazan" and claim["column"] == "date"
    } - {kazan["date"]}
    for rival in rivals:
        kazan["date"] = rival
        assert next(ledger_faults({**files, "events": rows}), None)


def test_disagreements_are_exactly_the_claims_that_are_not_the_tables():
    claims = kd.load("claims")
    found = kd.disagreements()
    assert len(found) == (claims["agreement"] != "same").sum()
    assert (found["value"] != found["adopted"]).fillna(value=True).all()
    assert found["perspective"].notna().all()


def test_evidence_of_an_event_covers_what_belongs_to_it():
    found = kd.evidence("events", "1992-09-19-sochi")
    assert {"events", "ceasefires", "documents", "signatures", "participants"} <= set(
        found["table"]
    )
    assert found["record_id"].str.startswith("1992-09-19-sochi").all()
    own = kd.evidence("formats", "russia")
    assert not own["record_id"].str.startswith("russia-").any()


RIVALS = [("fate", "brokn"), ("place", "sotchi"), ("planned_days", "about six")]


@pytest.mark.parametrize(("column", "slip"), RIVALS)
def test_a_rival_that_its_column_could_not_hold_is_found(files, column, slip):
    rows = copy.deepcopy(files["claims"])
    rival = next(
        claim for _, claim in rows if claim["agreement"] == "differs" and claim["column"] == column
    )
    rival["value"] = slip
    assert next(ledger_faults({**files, "claims": rows}), None)
