"""What a data folder may not hold: each kind of false record, refused by name."""

import json
import re
from hashlib import sha256
from pathlib import Path

import pytest
from frictionless import Package

from karabakh_data import checks, descriptor
from karabakh_data import files as tables_as_text
from karabakh_data.checks import between, ledger
from karabakh_data.files import Row

ARTICLE = "nkr-mfa-russian-mediation"


def test_the_data_are_clean():
    assert [str(fault) for fault in checks.faults()] == []


def test_frictionless_finds_nothing():
    report = Package(f"{descriptor.DATA}/datapackage.json").validate()
    found = [str(error.message) for error in report.errors]
    found += [str(error.message) for task in report.tasks for error in task.errors]
    assert found == []


class Folder:
    """A copy of the data to be falsified."""

    def __init__(self, path, described):
        self.path, self.described = path, described

    def rows(self, table):
        return tables_as_text.read_table(str(self.path), self.described.tables[table])

    def write(self, table, rows):
        text = tables_as_text.text(self.described.tables[table], rows)
        (self.path / f"{table}.csv").write_text(text, encoding="utf-8", newline="")

    def change(self, table, where, cells):
        """Change cells of the first row for which `where` holds; its line is given back."""
        rows = self.rows(table)
        row = next(row for row in rows if where(row))
        row.update(cells)
        self.write(table, rows)
        return row.line

    def add(self, table, cells):
        """Add a row in its place by the key."""
        rows, keys = self.rows(table), self.described.tables[table].key
        rows.append(Row({**dict.fromkeys(self.described.tables[table].columns, ""), **cells}))
        rows.sort(key=lambda row: [row[name] for name in keys])
        self.write(table, rows)

    def faults(self):
        return list(checks.faults(self.path))


@pytest.fixture
def folder(data, described):
    return Folder(data, described)


def key(column, value):
    return lambda row: row[column] == value


def disputed(column, agreement):
    return lambda row: row["column"] == column and row["agreement"] == agreement


def is_kazan(row):
    return row["event_id"] == "2011-06-24-kazan"


def two_days(row):
    return row["table"] == "events" and row["column"] == "date" and row["agreement"] == "differs"


SEEDED = {
    # what a severe reader planted, and the checks of 0.1.0 let pass
    "a start that is not the bound of the date": ("events", is_kazan, {"start": "2011-06-23"}),
    "an end before the start": ("events", is_kazan, {"end": "2011-06-20"}),
    "a rival that is no date": ("claims", two_days, {"value": "26 September 1992"}),
    "a rival called compatible": ("claims", two_days, {"agreement": "compatible"}),
    "a claim with an invented id": ("claims", two_days, {"claim_id": "events.1.date.00000000"}),
    "a link of no record": ("crosswalk", lambda row: True, {"record_id": "armenias"}),
    "a reading of no record": ("readings", lambda row: True, {"record_id": "1992-nowhere"}),
    "a reading of no coded column": ("readings", lambda row: True, {"column": "title"}),
    "a URL that is none": ("sources", lambda row: True, {"url": "www.nkr.am/en"}),
    "a row whose source makes no claim on it": (
        "events", is_kazan, {"source": "1905-az.communication-of-the-state-commissi"},
    ),
    "a place in its source that says nothing of it": (
        "events", lambda row: row["locator"], {"locator": "paragraph 1905"},
    ),
    # others of their kinds
    "a fate that no vocabulary has": ("ceasefires", key("fate", "broken"), {"fate": "brokn"}),
    "a fate that no claim backs": ("ceasefires", key("fate", "broken"), {"fate": "held"}),
    "an unknown place": ("events", is_kazan, {"place": "kasan"}),
    "a place that is another": ("events", is_kazan, {"place": "sochi"}),
    "a day that is none": ("ceasefires", lambda row: row["due"], {"due": "1992-09-31"}),
    "a day in another form": ("ceasefires", lambda row: row["due"], {"due": "26.09.1992"}),
    "a number with a leading zero": ("crosswalk", lambda row: True, {"dataset_id": "0216"}),
    "blanks at an end": ("actors", lambda row: True, {"name": "Armenia "}),
    "a required cell left blank": ("events", is_kazan, {"kind": ""}),
    "a ceasefire of another event": (
        "ceasefires", key("event_id", "1992-09-19-sochi"), {"event_id": "2011-06-24-kazan"},
    ),
    "a claim by another source": ("claims", two_days, {"source": ARTICLE}),
    "a claim by no source": ("claims", two_days, {"source": "nkr-mfa-russian-meditation"}),
    "a claim on no table": ("claims", two_days, {"table": "arms"}),
    "deaths that do not add up": ("deaths", key("month", "1994-04"), {"deaths": "307"}),
    "months of a year that miss its total": (
        "deaths", key("month", "1994-04"), {"deaths": "307", "deaths_azerbaijan": "307"},
    ),
    "deaths of others that are not apart": (
        "deaths", key("month", "1993-06"), {"deaths_other": "0"},
    ),
    "a month twice": ("deaths", key("month", "1994-04"), {"month": "1994-03"}),
    "a publisher of two perspectives": (
        "sources", key("publisher", "Armenpress"), {"perspective": "iranian"},
    ),
    "a language in full": ("sources", lambda row: True, {"language": "English"}),
    "a language in capitals": ("sources", lambda row: True, {"language": "EN"}),
    "two actors of one code": ("actors", key("actor", "azerbaijan"), {"iso_numeric": "51"}),
    "a body with a state's code": ("actors", key("kind", "organisation"), {"iso3": "NAT"}),
    "a flag that is none": ("claims", two_days, {"inferred": "yes"}),
    "a reading said to agree": ("readings", key("agrees", "false"), {"agrees": "true"}),
    "a decision for a value that no one tells": ("decisions", lambda row: True, {"value": "1905"}),
    "a decision whose claim is gone": (
        "decisions", lambda row: True, {"claim_id": "events.x.date.00000000"},
    ),
    "a decision without a claim": ("decisions", lambda row: True, {"claim_id": ""}),
    "an office that is a state": ("participants", key("office", "president"), {"office": "Russia"}),
    "a decision without a reason": ("decisions", lambda row: True, {"reason": ""}),
    "a stop followed beyond its term": (
        "ceasefires", lambda row: row["planned_days"], {"followed_until": "2023-09-28"},
    ),
    "a stop that broke, and is followed": (
        "ceasefires", key("fate", "broken"), {"followed_until": "2023-09-28"},
    ),
}  # fmt: skip


def lines_named(fault):
    """The fault's own line, and the other line, or lines, its rule holds it against."""
    other = re.search(r"lines? (\d+)(?: to (\d+))?", fault.rule)
    first, last = (int(end or other[1]) for end in other.groups()) if other else (0, 0)
    return {fault.line, *range(first, last + 1)}


@pytest.mark.parametrize("seed", SEEDED)
def test_a_false_record_is_named_with_file_line_column_value_and_rule(folder, seed):
    table, where, cells = SEEDED[seed]
    line = folder.change(table, where, cells)
    found = folder.faults()
    assert found, f"{seed}: went unnoticed"
    told = [fault for fault in found if fault.file == f"{table}.csv" and fault.rule]
    assert any(line in lines_named(fault) for fault in told), [str(fault) for fault in found]
    text = str(found[0])
    assert text.startswith(f"{found[0].file}, line {found[0].line}, {found[0].column}=")


def test_one_statement_twice(folder):
    rows = folder.rows("claims")
    folder.write("claims", sorted([*rows, rows[40]], key=lambda row: row["claim_id"]))
    (fault,) = folder.faults()
    assert (fault.file, fault.column) == ("claims.csv", "claim_id")
    assert "twice" in fault.rule


def test_an_uncited_source(folder):
    folder.add("sources", {"source": "zz-nobody", "title": "Nobody", "perspective": "russian",
               "kind": "news", "url": "https://example.org/nobody"})  # fmt: skip
    (fault,) = folder.faults()
    assert (fault.file, fault.value, fault.rule) == (
        "sources.csv", "zz-nobody", "nothing refers to it",
    )  # fmt: skip


def test_a_place_that_nothing_refers_to(folder):
    folder.add("places", {"place": "zz-nowhere", "name": "Nowhere"})
    assert [fault.value for fault in folder.faults()] == ["zz-nowhere"]


def test_a_record_that_no_claim_speaks_of(folder):
    folder.add("events", {"event_id": "1992-09-20-nothing", "title": "Nothing", "kind": "meeting",
               "date_inferred": "false", "source": ARTICLE, "locator": "p4"})  # fmt: skip
    assert ("events.csv", "kind", "no claim backs it") in {
        (fault.file, fault.column, fault.rule) for fault in folder.faults()
    }


def test_a_claim_about_a_cell_that_does_not_exist(folder):
    folder.change("claims", two_days, {"record_id": "1992-09-19-nowhere"})
    (fault,) = folder.faults()
    assert (fault.column, fault.value) == ("record_id", "1992-09-19-nowhere")


def test_rows_out_of_order(folder):
    rows = folder.rows("places")
    folder.write("places", rows[::-1])
    assert "not sorted" in folder.faults()[0].rule


def test_a_days_order_that_cannot_be(folder):
    # every source moved: the ledger agrees with itself, the calendar does not
    rows = folder.rows("claims")
    table = folder.described.tables["claims"]
    for row in rows:
        if (row["record_id"], row["column"]) == ("2020-10-10-moscow-truce", "declared"):
            row["value"], row["agreement"] = "2020-11-30", "same"
            row["claim_id"] = tables_as_text.made_id(table, row)
    unique = {row["claim_id"]: row for row in rows}
    folder.write("claims", [unique[one] for one in sorted(unique)])
    folder.change("ceasefires", key("ceasefire_id", "2020-10-10-moscow-truce"),
                  {"declared": "2020-11-30"})  # fmt: skip
    assert any(fault.rule.startswith("before declared") for fault in folder.faults())


def test_a_meeting_without_its_parties(folder):
    folder.change("events", is_kazan, {"note": ""})
    rows = folder.rows("participants")
    kept = [row for row in rows if row["event_id"] != "2011-06-24-kazan"]
    gone = {row["participant_id"] for row in rows} - {row["participant_id"] for row in kept}
    folder.write("participants", kept)
    folder.write("claims", [row for row in folder.rows("claims") if row["record_id"] not in gone])
    folder.write(
        "readings", [row for row in folder.rows("readings") if row["record_id"] not in gone]
    )
    folder.write(
        "decisions", [row for row in folder.rows("decisions") if row["record_id"] not in gone]
    )
    rules = {(fault.column, fault.rule[:18]) for fault in folder.faults() if is_event(fault)}
    assert ("kind", "needs participants") in rules
    assert any(column == "format" for column, _ in rules)  # nor is an actor of its format there


def is_event(fault):
    return fault.file == "events.csv"


WHOLES = {
    "a part of itself": (
        "actors", "actor", "russia", {"part_of": "russia-federal-assembly"},
        "'russia-federal-assembly' would be a part of itself",
    ),
    "a state as a part": (
        "actors", "actor", "armenia", {"part_of": "russia"}, "must be blank where kind is state",
    ),
    "a parliament of no state": (
        "actors", "actor", "russia-federal-assembly", {"part_of": "csce-osce"},
        "expected one whose kind is state",
    ),
    "an id withdrawn of another table": (
        "retired", "table", "participants", {"table": "signatures"},
        "begins with no key of documents",
    ),
    "an id that still stands": (
        "retired", "id", "european-council", {"id": "russia"}, "still stands in actors",
    ),
    "replaced by one that never stood": (
        "retired", "id", "european-council", {"replaced_by": "russland"},
        "unknown key of actors 'russland'. Did you mean 'russia'?",
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", WHOLES)
def test_what_is_part_of_what_and_what_is_gone(folder, what):
    table, column, value, change, says = WHOLES[what]
    folder.change(table, key(column, value), change)
    assert says in " ".join(fault.rule for fault in folder.faults())


def test_a_nameless_row_beside_a_named_one(folder):
    text = "1992-09-19-sochi.accord"
    twin = {"signature_id": f"{text}.armenia.signed", "document_id": text, "actor": "armenia"}
    twin |= {"capacity": "party", "status": "signed", "source": ARTICLE}
    folder.add("signatures", twin)
    found = [fault for fault in folder.faults() if fault.column == "person"]
    assert ["blank beside a row" in fault.rule for fault in found] == [True]


@pytest.mark.parametrize("note", ["", "Observer by one page."])
def test_one_person_in_two_roles_at_one_step_without_a_note(folder, note):
    seat = next(row for row in folder.rows("participants") if is_kazan(row) and row["person"])
    twin = {**seat, "participant_id": f"{seat['participant_id']}.too", "role": "observer"}
    folder.add("participants", {**twin, "note": note})
    found = [fault.rule for fault in folder.faults() if fault.column == "person"]
    assert any("of the same event_id has it too" in rule for rule in found) == (not note)


def test_a_needless_decision(folder):
    claim = next(
        row for row in folder.rows("claims")
        if row["record_id"] == "2011-06-24-kazan" and row["column"] == "date"
        and row["agreement"] == "same"
    )  # fmt: skip
    row = {name: claim[name] for name in ("table", "record_id", "column", "value", "claim_id")}
    made = folder.described.tables["decisions"]
    row |= {"decision_id": tables_as_text.made_id(made, row), "verdict": "adopt"}
    folder.add("decisions", {**row, "rule": "contemporaneous", "reason": "It is so."})
    assert [fault.rule[:8] for fault in folder.faults()] == ["needless"]


def test_a_removed_claim_shows_in_the_cell_it_backed(folder):
    rows = folder.rows("claims")
    lone = next(
        row for row in rows
        if row["column"] == "place" and row["agreement"] == "same"
        and sum(r["record_id"] == row["record_id"] and r["column"] == "place" for r in rows) == 1
    )  # fmt: skip
    folder.write("claims", [row for row in rows if row["claim_id"] != lone["claim_id"]])
    assert any(fault.column == "place" and "no claim" in fault.rule for fault in folder.faults())


MALFORMED = {
    "a row of another length": (lambda text: text + "x,y\n", r"places\.csv, line \d+: 2 cells"),
    "a header of other columns": (
        lambda text: text.replace("place,", "spot,", 1),
        r"places\.csv, line 1: expected the columns",
    ),
    "an open quotation mark": (lambda text: text + '"zz,', r"places\.csv, line \d+: no CSV"),
    "another encoding": (None, r"places\.csv, line 2: not UTF-8"),
}  # fmt: skip


@pytest.mark.parametrize("form", MALFORMED)
def test_a_file_that_is_no_table(folder, form):
    edit, says = MALFORMED[form]
    file = folder.path / "places.csv"
    if edit:
        file.write_text(edit(file.read_text(encoding="utf-8")), encoding="utf-8")
    else:
        file.write_bytes(file.read_bytes().replace(b"\n", b"\n\xff", 1))
    with pytest.raises(ValueError, match=says):
        folder.faults()


def test_a_byte_order_mark_is_read_past(folder):
    file = folder.path / "places.csv"
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes())
    assert folder.faults() == []


def test_a_folder_or_a_description_that_is_not_there(folder, tmp_path):
    with pytest.raises(FileNotFoundError, match=r"nowhere holds no datapackage\.json: is it a dat"):
        list(checks.faults(tmp_path / "nowhere"))
    (folder.path / "places.csv").unlink()
    with pytest.raises(FileNotFoundError, match=r"holds no places\.csv: is it a data folder\?$"):
        folder.faults()
    (folder.path / "datapackage.json").write_text("", encoding="utf-8")
    with pytest.raises(ValueError, match=r"datapackage\.json is no JSON"):
        folder.faults()
    for package in (
        "[]",
        "{}",
        "null",
        '{"resources": [{"name": "events"}]}',
        '{"resources": [1]}',
    ):
        (folder.path / "datapackage.json").write_text(package, encoding="utf-8")
        with pytest.raises(ValueError, match=r"datapackage\.json describes no tables: "):
            folder.faults()


# One cell changed at a time, in every column: what the rules must notice, always.
MUST = {"coded", "derived", "key", "reference"}
# What stands once, with little beside it to tell a slip by: which body belongs to which (only
# that states have none, parliaments have states, and none is its own), by which of the sources
# that name it a format without claims of its own is coded, and ids that are gone, and of which
# table (only that they are; test_ids.py holds them against the last release). A reader of what
# test_read.py keeps sees them.
ONCE = {("actors", "part_of"), ("formats", "source"), ("retired", "id"), ("retired", "table")}


def sort_of(described, table, column):
    about = described.tables[table].columns[column]
    if about.coded:
        return "coded"
    if about.derived or (table, column) == ("claims", "agreement"):
        return "derived"
    if column in described.tables[table].key or {"table", "record_id"} >= {column}:
        return "key"
    return "reference" if about.reference else "other"


def lot(*words):
    """A number that is another for each, and that no other row moves."""
    return sha256("\t".join(words).encode("utf-8")).digest()


def slips(files, described, per_column=3):
    """Cells changed to another value of their column, a few in every column.

    Rows and values are taken by lot, but a row more or less makes no other lots of the rest.
    """
    for table, rows in files.items():
        key = described.tables[table].id
        for column in described.tables[table].columns:
            filled = [row for row in rows if row[column]]
            values = {row[column] for row in filled}
            for row in sorted(filled, key=lambda row: lot(table, column, row[key]))[:per_column]:
                if others := values - {row[column]}:
                    nearest = min(others, key=lambda value: lot(table, column, row[key], value))
                    yield table, column, row.line, nearest


def noticed(files, described, table, line, column, value):
    changed = list(files[table])
    place = next(place for place, row in enumerate(changed) if row.line == line)
    changed[place] = changed[place].copied()
    changed[place][column] = value
    data = checks.Data(described, {**files, table: changed}, part=False)
    return next(checks.found(data), None) is not None


TOLD = {
    "a value that lost": (
        "ceasefires", "fate", "never_began",
        "the claims come to 'broken' (contemporaneous); they say broken, never_began",
    ),
    "a value that nobody tells": ("ceasefires", "breached", "1992-10-01", "no claim backs it"),
    "a flag": ("events", "date_inferred", "true", "expected 'false', which follows from the other"),
    "a first day": ("documents", "adopted_first", "1992-09-18", "expected '1992-09-19', which fol"),
    "how a claim agrees": ("claims", "agreement", "differs", "expected 'same', which follows"),
}  # fmt: skip


@pytest.mark.parametrize("what", TOLD)
def test_what_a_cell_should_hold_is_said_and_why(small, described, what):
    table, column, value, says = TOLD[what]
    files = tables_as_text.read(str(small), described)
    key = described.tables[table].id
    row = next(row for row in files[table] if "1992-09-19-sochi" in row[key])
    row[column] = value
    [fault] = ledger.double_entry(checks.Data(described, files, part=False))
    assert (fault.line, fault.column, fault.value) == (row.line, column, value)
    assert fault.rule.startswith(says)


def test_one_changed_cell_is_noticed(small, described):
    files = tables_as_text.read(str(small), described)
    missed = [
        slip
        for slip in slips(files, described)
        if sort_of(described, *slip[:2]) in MUST
        and slip[:2] not in ONCE
        and not noticed(files, described, slip[0], slip[2], slip[1], slip[3])
    ]
    assert missed == []


def test_no_list_of_tables_but_one(described):
    from karabakh_data.loading import TABLES

    assert list(TABLES) == list(described.tables)
    for name in ("claims", "decisions", "readings"):
        assert list(described.tables[name].columns["table"].allowed) == described.records


def test_every_allowed_value_has_its_meaning_and_every_column_its_description(described):
    for name, table in described.tables.items():
        for column in table.columns.values():
            assert column.description.endswith("."), f"{name}.{column.name}"
            if column.name != "table":  # tables are described by themselves
                assert tuple(column.meanings) == column.allowed, f"{name}.{column.name}"


def test_every_rule_of_the_description_is_one_that_the_checks_know(described):
    from karabakh_data.checks.between import _WORDS

    columns = {name for table in described.tables.values() for name in table.columns}
    values = {
        value
        for table in described.tables.values()
        for column in table.columns.values()
        for value in column.allowed
    }
    words = {"is", "within", "of", "and", "or", "where", "unless", "says", "after", "by", "among"}
    for table in described.tables.values():
        for rule in table.rules:
            assert next(iter(rule)) in _WORDS
            for name in re.findall(r'"([^"]+)"', json.dumps(rule).replace("year of ", "")):
                known = columns | values | words | set(_WORDS) | set(described.tables)
                assert name in known or name == "published", f"{table.name}: {rule}"


def test_files_are_written_as_they_are_read(described, files):
    for name, table in described.tables.items():
        written = Path(descriptor.DATA, table.file).read_bytes()
        assert tables_as_text.text(table, files[name]).encode("utf-8") == written, name


@pytest.mark.parametrize("later", [False, True])
def test_that_a_stop_held_is_told_by_who_wrote_after_its_first_day(files, described, later):
    stop = next(row for row in files["ceasefires"] if row["fate"] == "held" and row["effective"])
    said = {
        row["source"] for row in files["claims"]
        if (row["record_id"], row["column"]) == (stop["ceasefire_id"], "fate")
    }  # fmt: skip
    day = "9999-12-31" if later else stop["effective"]
    sources = [
        Row({**row, "published_last": day if row["source"] in said else row["published_last"]})
        for row in files["sources"]
    ]
    data = checks.Data(described, {**files, "sources": sources}, part=False)
    [rule] = [rule for rule in described.tables["ceasefires"].rules if "heard" in rule]
    found = [row["ceasefire_id"] for row, _, _ in between._heard(data, "ceasefires", rule)]
    assert (stop["ceasefire_id"] in found) != later
