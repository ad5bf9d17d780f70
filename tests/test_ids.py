"""An id that has been in a release never vanishes without saying what replaces it.

`released_ids.txt` holds the ids of the last release and those withdrawn before, a line each. A
release writes it anew:

    python tests/test_ids.py
"""

import re
from pathlib import Path

import pandas as pd
import pytest

import karabakh_data as kd
from karabakh_data import descriptor, edtf
from karabakh_data import files as tables_as_text

RELEASED = Path(__file__).with_name("released_ids.txt")

STEP = re.compile(r"(\d{4}(?:-\d\d){0,2})-(.*)")
NAMED_OTHERWISE = {
    # the place, after what sources say of it now
    "1993-12-24-ashgabat": None,
    "2022-08-26-lachin-town": "lachin",
    "2023-05-01-washington": "arlington",
}
A_FEW = pd.Timedelta(days=3)


def ids(files, described):
    """Every id of the tables whose key is one column."""
    return {
        (name, row[table.id])
        for name, table in described.tables.items()
        if len(table.key) == 1
        for row in files[name]
    }


def withdrawn(retired):
    """The ids that were given up, each with the table it was in."""
    return {(row["table"], row["id"]) for row in retired}


def vanished(released, present, retired):
    """Released ids that are neither there nor retired; retired ones that still are there."""
    gone = withdrawn(retired)
    return sorted(released - present - gone) + sorted(gone & present)


def released():
    lines = RELEASED.read_text(encoding="utf-8").splitlines()
    return {tuple(line.split("\t")) for line in lines}


@pytest.mark.parametrize("table", ["events", "front"])
def test_a_key_named_after_a_day_and_a_place_is_near_them(table):
    # it is a name, not a finding; but whatever moves a step far from its name is a slip
    places = set(kd.load("places")["place"])
    first, last = ("start", "end") if table == "events" else ("date_first", "date_last")
    frame = kd.load(table)
    for row in frame.astype(object).where(frame.notna(), None).to_dict("records"):
        key = next(iter(row.values()))
        day, name = STEP.fullmatch(key).groups()
        begin, end = (pd.Timestamp(one) for one in edtf.bounds(day))
        assert row[first] is None or row[first] <= end + A_FEW, key
        assert row[last] is None or row[last] >= begin - A_FEW, key
        if name in places or key in NAMED_OTHERWISE:
            assert row["place"] == NAMED_OTHERWISE.get(key, name), key


def test_a_step_named_after_a_day_is_told_of_that_day(record):
    # by some source at least; of a truce the day of the step may be the one before
    claims = record["claims"].query("table == 'events' and column == 'date'")
    told = claims.groupby("record_id")["value"].agg(list)
    for key in told.index[told.index.str.match(r"\d{4}-\d\d-\d\d-")]:
        days = [edtf.span(value) for value in told[key]]
        near = any(one.first <= key[:10] <= one.last for one in days)
        assert near or "truce" in key, key


def test_a_meeting_titled_after_a_place_was_there(record):
    # if the title names one, and a place is told
    places = record["places"]
    names = dict(
        zip(places["name"].str.replace(r" \(.*", "", regex=True), places["place"], strict=True)
    )
    told = record["events"].dropna(subset=["place"])
    told = told[told["kind"].isin(["meeting", "signing", "consultation"])]
    titled = told["title"].str.extract(r" (?:in|at) (\w[^,(]*?)(?:,| \(|$)")[0].map(names)
    named = told[titled.notna()]
    assert len(named) > 250
    elsewhere = named["place"] != titled[named.index]
    assert named.loc[elsewhere, "event_id"].tolist() == []


@pytest.mark.parametrize("table", ["participants", "signatures"])
def test_a_key_that_names_a_person_names_the_one_who_was_there(table, record):
    people = set(record["people"]["person"])
    rows = record[table].dropna(subset=["person"])
    for key, person in zip(rows.iloc[:, 0], rows["person"], strict=True):
        named = people & set(key.split("."))
        assert not named or person in named, key


def test_a_provision_binds_whom_its_title_names(record):
    names = record["actors"].set_index("actor")["name"]
    rows = record["provisions"]
    named = rows["title"].str.extract(r"\(([^()]+)\)$")[0]
    named = named[named.isin(names)]
    assert len(named) > 200
    assert (rows.loc[named.index, "obliged"].map(names) == named).all()


def test_no_released_id_has_vanished(files, described):
    assert len(released()) > 2000
    assert vanished(released(), ids(files, described), files["retired"]) == []


def test_what_is_withdrawn_was_released_in_that_table(files):
    assert withdrawn(files["retired"]) <= released()
    moved = [{**row, "table": "places"} for row in files["retired"] if not row["replaced_by"]]
    assert moved
    assert not withdrawn(moved[:1]) <= released()


def test_a_vanished_id_is_noticed(files, described):
    present = ids(files, described)
    gone = ("events", "2011-06-24-kazan")
    assert vanished(present, present - {gone}, files["retired"]) == [gone]
    named = [*files["retired"], {"table": gone[0], "id": gone[1]}]
    assert vanished(present, present - {gone}, named) == []
    assert vanished(present, present, named) == [gone]


def test_what_replaces_an_id_is_there(files, described):
    present = ids(files, described)
    for row in files["retired"]:
        for one in filter(None, row["replaced_by"].split(" | ")):
            assert (row["table"], one) in present, row["id"]


def release():
    """Write the ids of the data as they stand."""
    described = descriptor.description()
    files = tables_as_text.read(descriptor.DATA, described)
    known = ids(files, described) | withdrawn(files["retired"])
    lines = ("\t".join(one) + "\n" for one in sorted(known))
    RELEASED.write_text("".join(lines), encoding="utf-8", newline="")


if __name__ == "__main__":
    release()
