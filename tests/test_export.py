"""Each kind of file, read back by another program and held cell by cell to the tables."""

import csv
import datetime
import io
import json
import math
import operator
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import pandas as pd
import pytest

import karabakh_data as kd
from karabakh_data import exporting
from karabakh_data.__main__ import main
from karabakh_data.descriptor import DATA, description
from karabakh_data.exporting import progress, sqlite, stata
from karabakh_data.exporting.content import Content

TABLES = description().tables
NEEDS = {".sqlite": None, ".zip": None, ".dta": None, ".parquet": "pyarrow", ".xlsx": "xlsxwriter"}
KINDS = list(NEEDS)
FOLDERS = [".dta", ".parquet"]


def as_cell(column, value):
    """A value as another reader gives it, as the text of a CSV file."""
    if value is None or value == "" or (isinstance(value, float) and math.isnan(value)):
        return ""
    if column.type == "boolean":
        return "true" if str(value).lower() in ("1", "true", "yes") else "false"
    if column.type == "yearmonth" and re.fullmatch(r"\d+(\.0)?", str(value)):  # Stata's
        return str(pd.Period("1960-01", "M") + int(float(value)))
    if column.type in ("integer", "number"):
        return str(int(value) if column.type == "integer" else float(value))
    if column.type in ("date", "yearmonth") and not isinstance(value, str):
        return value.strftime("%Y-%m-%d" if column.type == "date" else "%Y-%m")
    return str(value)


def by_sqlite3(path):
    base = sqlite3.connect(path)
    for table in TABLES:
        cursor = base.execute(f"SELECT * FROM {table}")
        yield table, [one[0] for one in cursor.description], cursor.fetchall()
    base.close()


def by_csv(path):
    with zipfile.ZipFile(path) as archive:
        for table in TABLES.values():
            text = archive.read(table.file).decode("utf-8")
            header, *rows = csv.reader(io.StringIO(text, newline=""))
            yield table.name, header, rows


def by_duckdb(path):
    duckdb = pytest.importorskip("duckdb")
    for table in TABLES:
        found = duckdb.sql(f"SELECT * FROM '{path}/{table}.parquet'")
        yield table, found.columns, found.fetchall()


def by_pyreadstat(path):
    pyreadstat = pytest.importorskip("pyreadstat")
    for table in TABLES:
        columns, said = pyreadstat.read_dta(
            path / f"{table}.dta", output_format="dict", apply_value_formats=False
        )
        words = {name: said.value_labels[one] for name, one in said.variable_to_label.items()}
        rows = []
        for name, values in columns.items():
            if TABLES[table].columns[name.removeprefix("_")].type == "boolean":
                assert words.pop(name) == {0: "no", 1: "yes"}
            labels = words.get(name)
            rows.append([labels.get(one, "") if labels else one for one in values])
        yield table, [name.removeprefix("_") for name in columns], list(zip(*rows, strict=True))


def by_openpyxl(path):
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.load_workbook(path, read_only=True)
    for table in TABLES:
        header, *rows = book[table].iter_rows(values_only=True)
        yield table, list(header), rows
    book.close()


READERS = {".sqlite": by_sqlite3, ".zip": by_csv, ".parquet": by_duckdb, ".dta": by_pyreadstat,
           ".xlsx": by_openpyxl}  # fmt: skip


@pytest.fixture(scope="module")
def part():
    """The record as Iranian and Turkish sources tell it: many blanks, whole columns of them."""
    claims = kd.load("claims").merge(kd.load("sources")[["source", "perspective"]])
    return kd.record(claims[claims["perspective"].isin(["iranian", "turkish"])])


@pytest.fixture(scope="module")
def exported(tmp_path_factory, part):
    """The path of an export of one kind, as published or of the part, written once."""
    folder = tmp_path_factory.mktemp("exported")
    done = {}

    def of(kind, *, whole=True):
        if NEEDS[kind]:
            pytest.importorskip(NEEDS[kind])
        path = folder / f"{'record' if whole else 'part'}{kind}"
        if path not in done:
            done[path] = kd.export(path, record=None if whole else part)
        return path

    return of


@pytest.mark.parametrize("whole", [True, False], ids=["as published", "a part"])
@pytest.mark.parametrize("kind", KINDS)
def test_another_reader_finds_every_cell(kind, whole, exported, files, part):
    path = exported(kind, whole=whole)
    seen = []
    for table, header, rows in READERS[kind](path):
        columns = TABLES[table].columns
        assert list(header) == list(columns), table
        expected = files[table] if whole else part.rows(table)
        assert len(rows) == len(expected), table
        for row, wanted in zip(rows, expected, strict=True):
            found = [as_cell(columns[name], one) for name, one in zip(header, row, strict=True)]
            assert found == list(wanted.values()), table
        seen.append(table)
    assert seen == list(TABLES)


IN_R = {
    ".sqlite": """
        base <- DBI::dbConnect(RSQLite::SQLite(), path)
        read <- function(table) DBI::dbReadTable(base, table, check.names = FALSE)
    """,
    ".dta": """
        read <- function(table) {
            frame <- haven::read_dta(file.path(path, paste0(table, ".dta")))
            words <- function(x) if (haven::is.labelled(x)) as.character(haven::as_factor(x)) else x
            as.data.frame(lapply(frame, words), check.names = FALSE)
        }
    """,
    ".xlsx": """
        read <- function(table) suppressMessages(readxl::read_excel(path, table, guess_max = 1e5))
    """,
}


@pytest.mark.parametrize("kind", IN_R)
def test_so_does_r_where_it_is_installed(kind, exported, part, tmp_path):
    libraries = {".sqlite": "RSQLite", ".dta": "haven", ".xlsx": "readxl"}
    if not shutil.which("Rscript"):
        pytest.skip("R is not installed")
    asked = ["Rscript", "-e", f"library({libraries[kind]})"]
    if subprocess.run(asked, capture_output=True).returncode:
        pytest.skip(f"R's {libraries[kind]} is not installed")
    code = f"""
        path <- {json.dumps(str(exported(kind, whole=False)))}
        {IN_R[kind]}
        for (table in commandArgs(TRUE)) {{
            file <- file.path({json.dumps(str(tmp_path))}, table)
            write.csv(read(table), file, na = "", row.names = FALSE, fileEncoding = "UTF-8")
        }}
    """
    (tmp_path / "read.R").write_text(code, encoding="utf-8")
    subprocess.run(["Rscript", tmp_path / "read.R", *TABLES], check=True, capture_output=True)
    for name, table in TABLES.items():
        with (tmp_path / name).open(encoding="utf-8", newline="") as file:
            _, *rows = csv.reader(file)
        expected = part.rows(name)
        assert len(rows) == len(expected), name
        for row, wanted in zip(rows, expected, strict=True):
            cells = zip(table.columns.values(), row, strict=True)
            found = [as_cell(one, cell) for one, cell in cells]
            assert found == list(wanted.values()), name


# SQLite


@pytest.fixture
def base(exported, tmp_path):
    """The database, in a copy that may be written to, keys enforced."""
    copy = sqlite3.connect(":memory:")
    sqlite3.connect(exported(".sqlite")).backup(copy)
    copy.execute("PRAGMA foreign_keys = ON")
    yield copy
    copy.close()


def test_a_database_is_sound(base):
    assert base.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert base.execute("PRAGMA foreign_key_check").fetchall() == []
    for name, table in TABLES.items():
        keys = {
            (row[3], row[2], row[4]) for row in base.execute(f"PRAGMA foreign_key_list({name})")
        }
        assert keys == {(column, *there) for column, there in table.references.items()}


BROKEN = {
    "UPDATE ceasefires SET fate = 'brokne'": "CHECK",
    "UPDATE ceasefires SET due = '1992-09-31' WHERE due = '1992-09-26'": "CHECK",
    "UPDATE ceasefires SET due = 'May 1992' WHERE due = '1992-09-26'": "CHECK",
    "UPDATE deaths SET month = 'October 1992' WHERE month = '1992-10'": "CHECK",
    "UPDATE deaths SET month = '1992-13' WHERE month = '1992-10'": "CHECK",
    "UPDATE events SET date_inferred = 2": "CHECK",
    "UPDATE prisoners SET prisoners = 'many'": "CHECK",
    "UPDATE prisoners SET prisoners = 1.5": "CHECK",
    "UPDATE places SET latitude = 'north'": "CHECK",
    "UPDATE events SET kind = NULL": "NOT NULL",
    "UPDATE signatures SET actor = 'atlantis'": "FOREIGN KEY",
    "DELETE FROM sources": "FOREIGN KEY",
    "INSERT INTO people (person) VALUES ('vladimir-kazimirov')": "UNIQUE",
}


@pytest.mark.parametrize(("statement", "why"), BROKEN.items())
def test_a_database_refuses_what_the_description_does(base, statement, why):
    with pytest.raises(sqlite3.IntegrityError, match=why):
        base.execute(statement)


def test_views_show_names_beside_ids(base):
    ask = (
        "SELECT event_title, event_start, fate, source_perspective FROM ceasefires_readable"
        " WHERE ceasefire_id = '1992-09-19-sochi'"
    )
    [(title, start, fate, _)] = base.execute(ask).fetchall()
    assert "Sochi" in title
    assert (start, fate) == ("1992-09-19", "broken")
    signed = base.execute(
        "SELECT person_name, actor_side, event_start FROM signatures_readable"
        " WHERE document_title LIKE '%Bishkek%' AND person_name LIKE '%Ter-Petrosyan%'"
        " OR document_title LIKE '%Bishkek%' AND actor = 'nagorno-karabakh'"
    ).fetchall()
    assert {side for _, side, _ in signed} == {"armenian"}
    assert {start[:7] for *_, start in signed} == {"1994-05"}
    about = base.execute(
        "SELECT DISTINCT record_title FROM claims_readable"
        " WHERE record_id LIKE '1992-09-19-sochi%' AND \"table\" = 'participants'"
    ).fetchall()
    assert about == [(title,)]  # that of the step
    shown = base.execute("SELECT * FROM ceasefires_readable").description
    names = {one[0] for one in shown}
    assert {"event_start", "document_status", "source_perspective"} <= names
    assert not {"document_adopted_first", "source_accessed"} & names  # days of its own step alone


def test_a_quote_in_a_name_or_a_word_stays_one():
    one = 'a"b', "it's"
    ask = f"SELECT {sqlite._literal(one[1])} AS {sqlite._name(one[0])}"
    found = sqlite3.connect(":memory:").execute(ask)
    assert (found.description[0][0], *found.fetchone()) == one


def test_what_the_page_on_files_asks_of_the_database_has_an_answer(base):
    page = (Path(__file__).parents[1] / "notebooks" / "files.md").read_text(encoding="utf-8")
    [block] = [one for one in re.findall(r"```sql\n(.*?)```", page, re.S) if "_readable" in one]
    for statement in block.split(";")[1:-1]:
        assert base.execute(statement).fetchall(), statement


def test_a_view_has_a_row_for_each_row_and_each_column_once(base):
    for table in TABLES:
        shown = base.execute(f"SELECT * FROM {table}_readable")
        names = [one[0] for one in shown.description]
        assert len(names) == len(set(names))
        [(rows,)] = base.execute(f"SELECT count(*) FROM {table}")
        assert len(shown.fetchall()) == rows


def test_a_database_says_what_its_columns_mean_and_how_to_cite_it(base):
    ask = 'SELECT type, meaning FROM codebook WHERE "table" = \'ceasefires\' AND "column" = ?'
    [(kind, meaning)] = base.execute(ask, ["fate"]).fetchall()
    assert kind == "string"
    assert "leave out of counts" in meaning
    ask = "SELECT value FROM vocabularies WHERE \"table\" = 'ceasefires' AND \"column\" = 'fate'"
    fates = [value for (value,) in base.execute(ask)]
    assert fates == kd.vocabulary("ceasefires", "fate")["value"].tolist()
    about = base.execute("SELECT what, value FROM about").fetchall()
    assert [value for what, value in about if what == "citation"] == kd.cite().splitlines()
    assert {"codebook", "vocabularies", "about", "records"}.isdisjoint(TABLES)


def test_a_part_is_said_to_be_one(exported, part):
    base = sqlite3.connect(exported(".sqlite", whole=False))
    about = dict(base.execute("SELECT what, value FROM about"))
    assert about["record"] == repr(part)
    assert "data" not in about  # the fingerprint of what was published would be another's
    for given in (kd.record(), dict(part)):
        assert "data" not in set(Content(given).aids["about"]["what"])
    base.close()
    with zipfile.ZipFile(exported(".zip", whole=False)) as archive:
        assert json.loads(archive.read("datapackage.json"))["part"]
    assert not Content().part
    assert Content(dict(part)).part  # of tables by name it is not known whose they are
    assert ("record", "a user's own") in set(
        Content(dict(part)).aids["about"].itertuples(index=False, name=None)
    )


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_is_the_same_each_time(kind, exported, tmp_path, part):
    def contents(path):
        files = sorted(path.iterdir()) if path.is_dir() else [path]
        return {file.name if file != path else kind: file.read_bytes() for file in files}

    first = exported(kind, whole=False)
    kd.export(tmp_path / f"again{kind}", record=part)
    found = contents(tmp_path / f"again{kind}")
    assert found == contents(first)
    day = datetime.date.fromisoformat(description().package["created"][:10])
    if kind == ".dta":
        assert all(f"{day:%d %b %Y} 00:00".encode() in one[:1000] for one in found.values())
    if kind == ".xlsx":
        with zipfile.ZipFile(first) as book:
            said = book.read("docProps/core.xml").decode()
        assert re.findall(r"\d{4}-\d{2}-\d{2}T", said) == [f"{day}T"] * 2


# Frictionless package


def test_a_zip_holds_the_files_as_published(exported):
    with zipfile.ZipFile(exported(".zip")) as archive:
        assert archive.namelist()[0] == "datapackage.json"
        for name in archive.namelist():
            assert archive.read(name) == Path(DATA, name).read_bytes(), name


def test_frictionless_finds_no_fault_in_a_zip(exported):
    frictionless = pytest.importorskip("frictionless")
    report = frictionless.validate(str(exported(".zip", whole=False)))
    assert report.valid, report.flatten(["name", "message"])[:3]
    assert report.stats["tasks"] == len(TABLES)


# Parquet


def test_parquet_has_days_numbers_and_vocabularies_of_their_type(exported):
    path = exported(".parquet")
    duckdb = pytest.importorskip("duckdb")
    found = duckdb.sql(f"SELECT * FROM '{path}/ceasefires.parquet'")
    types = dict(zip(found.columns, map(str, found.types), strict=True))
    assert (types["effective"], types["planned_days"]) == ("DATE", "BIGINT")
    parquet = pytest.importorskip("pyarrow.parquet")
    schema = parquet.read_schema(path / "ceasefires.parquet")
    assert b"What became of it" in schema.field("fate").metadata[b"description"]
    assert schema.metadata[b"version"].decode() == kd.__version__
    required = [not schema.field(name).nullable for name in TABLES["ceasefires"].columns]
    assert required == [column.required for column in TABLES["ceasefires"].columns.values()]


# Stata


def test_stata_knows_labels_days_and_months(exported):
    path = exported(".dta")
    pyreadstat = pytest.importorskip("pyreadstat")
    frame, said = pyreadstat.read_dta(path / "ceasefires.dta")
    sochi = frame.set_index("ceasefire_id").loc["1992-09-19-sochi"]
    assert sochi["effective"] == datetime.date(1992, 9, 26)
    assert said.variable_value_labels["fate"][sochi["fate"]] == "broken"
    assert said.column_names_to_labels["fate"].startswith("What became of it")
    assert said.original_variable_types["effective"] == "%td"
    _, said = pyreadstat.read_dta(path / "deaths.dta", metadataonly=True)
    assert said.original_variable_types["month"] == "%tm"
    _, said = pyreadstat.read_dta(path / "events.dta", metadataonly=True)
    assert said.column_names_to_labels["_end"].startswith("Latest day")  # `end` is Mata's


def test_the_page_on_files_names_statas_days_and_months():
    page = (Path(__file__).parents[1] / "notebooks" / "files.md").read_text(encoding="utf-8")
    told = re.search(r"days are `%(\w+)`, `deaths\.month` is `%(\w+)`", page).groups()
    assert told == (stata.DAYS["date"], stata.DAYS["yearmonth"])


def test_stata_holds_long_text_whole_and_once(part, tmp_path):
    long = dict(part)
    long["events"] = long["events"].assign(summary="Առաջարկ. " * 400)
    kd.export(tmp_path / "long.dta", record=long)
    read = pd.read_stata(tmp_path / "long.dta" / "events.dta")
    assert set(read["summary"]) == {"Առաջարկ. " * 400}
    size = (tmp_path / "long.dta" / "events.dta").stat().st_size
    assert size < len(read) * 3000  # not padded in every row


def test_stata_pads_long_keys_that_it_merges_by(part, tmp_path, monkeypatch):
    long = "Ж" * (stata.LONG // 2 + 1)  # in bytes, not in letters
    asked = {}
    monkeypatch.setattr(stata, "_put", lambda path, name, *_, **how: asked.update({name: how}))
    stops = part["ceasefires"].assign(event_id=long, ceasefire_id=long, title=long)
    stops["note"] = long[1:]
    kd.export(tmp_path / "long.dta", record={**part, "ceasefires": stops})
    held_once = set(asked["ceasefires"]["long"])
    assert "title" in held_once
    assert not {"ceasefire_id", "event_id", "note"} & held_once


# Excel


@pytest.fixture(scope="module")
def workbook(tmp_path_factory, part):
    """A record with all that a spreadsheet spoils."""
    openpyxl = pytest.importorskip("openpyxl")
    pytest.importorskip("xlsxwriter")
    spoilt = dict(part)
    places = spoilt["places"].head(6).copy()
    places["name"] = ["=1+1", "+7 495", "-1", "@cmd", "1994-05", "http://example.org"]
    places["other_names"] = ["=HYPERLINK(0)", "1E5", "007", "TRUE", "Xankəndi", "{=1}"]
    places["geonames_id"] = 1234567890123456789
    spoilt["places"] = places
    sources = spoilt["sources"].head(2).copy()
    sources["accessed"] = [pd.Timestamp("1899-12-31"), pd.Timestamp("2024-02-29")]
    spoilt["sources"] = sources
    path = tmp_path_factory.mktemp("excel") / "spoilt.xlsx"
    kd.export(path, record=spoilt)
    return spoilt, openpyxl.load_workbook(path)


def column(sheet, name):
    header = [cell.value for cell in sheet[1]]
    return [cell for (cell,) in sheet.iter_rows(min_row=2, min_col=header.index(name) + 1,
                                                max_col=header.index(name) + 1)]  # fmt: skip


def test_excel_gets_text_as_text(workbook):
    record, book = workbook
    for name in ("name", "other_names"):
        cells = column(book["places"], name)
        assert [cell.value for cell in cells] == record["places"][name].tolist()
        assert {cell.data_type for cell in cells} == {"s"}
        assert {cell.number_format for cell in cells} == {"@"}  # and it stays text when edited
        assert not any(cell.hyperlink for cell in cells)


def test_excel_gets_as_text_what_it_would_spoil(workbook):
    _, book = workbook
    assert {cell.value for cell in column(book["places"], "geonames_id")} == {"1234567890123456789"}
    accessed = [cell.value for cell in column(book["sources"], "accessed")]
    assert accessed == ["1899-12-31", "2024-02-29"]  # Excel's days begin in 1900
    assert column(book["deaths"], "month")[0].value == "1989-01"
    uncertain = [cell.value for cell in column(book["events"], "date")]
    assert {type(one) for one in uncertain} <= {str, type(None)}
    days = [cell for cell in column(book["events"], "start") if cell.value]
    assert {cell.number_format for cell in days} == {"yyyy-mm-dd"}
    assert all(isinstance(cell.value, datetime.datetime) for cell in days)


@pytest.mark.parametrize(
    ("kept", "spoilt"),
    [
        (datetime.datetime(1900, 3, 1), datetime.datetime(1900, 2, 28)),  # Excel has a 29th
        (999_999_999_999_999, 1_000_000_000_000_000),  # it holds 15 digits
        (-999_999_999_999_999, -1_000_000_000_000_000),
    ],
)
def test_the_first_day_and_the_longest_number_that_excel_keeps(kept, spoilt):
    pytest.importorskip("xlsxwriter")
    from karabakh_data.exporting.excel import _spared

    assert _spared([kept]) == [kept]
    assert all(isinstance(cell, str) for cell in _spared([kept, spoilt]))


def test_a_column_of_excel_with_text_in_it_takes_text(tmp_path, part):
    pytest.importorskip("xlsxwriter")
    stops = part["ceasefires"]
    assert stops["document_id"].isna().any()
    kd.export(tmp_path / "a.xlsx", record=part)
    with zipfile.ZipFile(tmp_path / "a.xlsx") as book:
        place = list(TABLES).index("ceasefires") + 3  # after codebook and vocabularies
        sheet = book.read(f"xl/worksheets/sheet{place}.xml").decode("utf-8")
    spans = re.findall(r'<col min="(\d+)" max="(\d+)"[^>]* style=', sheet)
    styled = {place for first, last in spans for place in range(int(first) - 1, int(last))}
    textual = {
        number for number, (_, cells) in enumerate(stops.items())
        if cells.dropna().map(lambda cell: isinstance(cell, str)).any()
    }  # fmt: skip
    assert styled == textual


def test_a_workbook_opens_on_its_codebook(workbook):
    _, book = workbook
    assert book.sheetnames == ["codebook", "vocabularies", *TABLES, "about"]
    for sheet in book:
        assert sheet.freeze_panes == "B2"
        assert sheet["A1"].font.bold
    widths = [one.width for one in book["events"].column_dimensions.values()]
    assert max(widths) <= 70
    assert len(set(widths)) > 3


def test_every_sheet_of_a_workbook_can_be_filtered_to_its_last_row(part, tmp_path):
    """Its heading stays in view, each column is as wide as its name, and no cell is suspected."""
    pytest.importorskip("xlsxwriter")
    short = {name: rows.head(place) for place, (name, rows) in enumerate(part.items())}
    kd.export(tmp_path / "short.xlsx", record=short)
    with zipfile.ZipFile(tmp_path / "short.xlsx") as book:
        names = re.findall(r'<sheet name="(.+?)"', book.read("xl/workbook.xml").decode("utf-8"))
        sheets = [
            book.read(f"xl/worksheets/sheet{place}.xml").decode("utf-8")
            for place in range(1, len(names) + 1)
        ]
    assert names == ["codebook", "vocabularies", *TABLES, "about"]
    for name, sheet in zip(names, sheets, strict=True):
        last = int(re.findall(r'<row r="(\d+)"', sheet)[-1])
        if name in TABLES:
            assert last == 1 + len(short[name]), name
        *_, end = re.findall(r'<c r="([A-Z]+)1"', sheet)
        assert f'<autoFilter ref="A1:{end}{last}"/>' in sheet, name
        assert f'<ignoredError sqref="A1:XFD{last}" numberStoredAsText="1"/>' in sheet, name
        assert '<pane xSplit="1" ySplit="1" topLeftCell="B2"' in sheet, name
        spans = re.findall(r'<col min="(\d+)" max="(\d+)" width="([\d.]+)"', sheet)
        widths = [float(width) for a, b, width in spans for _ in range(int(a), int(b) + 1)]
        assert len(widths) == len(re.findall(r'<c r="[A-Z]+1"', sheet)), name
        if name in TABLES:
            assert all(map(operator.lt, map(len, TABLES[name].columns), widths)), name
        assert max(widths) < 70, name


def test_what_does_not_fit_a_cell_of_excel_is_named(part, tmp_path):
    pytest.importorskip("xlsxwriter")
    long = dict(part)
    long["events"] = long["events"].assign(summary="x" * 40_000)
    with pytest.raises(ValueError, match="events, row 2, summary: too long"):
        kd.export(tmp_path / "long.xlsx", record=long)
    assert not list(tmp_path.iterdir())


# Whole or not at all


class Fails(dict):
    """A record whose last table cannot be read."""

    def __getitem__(self, table):
        if table == "deaths" and self.counted:
            raise RuntimeError("lost midway")
        self.counted |= table == "deaths"
        return super().__getitem__(table)

    counted = False


@pytest.mark.parametrize("kind", KINDS)
def test_a_failure_midway_leaves_what_was_there(kind, tmp_path, part, monkeypatch):
    if NEEDS[kind]:
        pytest.importorskip(NEEDS[kind])
    path = tmp_path / f"record{kind}"
    with pytest.raises(RuntimeError, match="lost midway"):
        kd.export(path, record=Fails(part))
    assert not list(tmp_path.iterdir())
    if kind in FOLDERS:
        path.mkdir()
        (path / f"events{kind}").write_text("old")
    else:
        path.write_text("old")
    before = {file: file.read_text() for file in tmp_path.rglob("*") if file.is_file()}
    with pytest.raises(RuntimeError, match="lost midway"):
        kd.export(path, record=Fails(part), force=True)
    assert {file: file.read_text() for file in tmp_path.rglob("*") if file.is_file()} == before


def test_what_stood_there_comes_back_where_the_new_cannot_be_moved(tmp_path):
    target = tmp_path / "record.dta"
    target.mkdir()
    (target / "events.dta").write_text("old")
    with pytest.raises(FileNotFoundError) as error:
        exporting._put(str(tmp_path / "gone"), str(target))
    assert error.value.filename == str(tmp_path / "gone")  # not what stood there
    assert [file.read_text() for file in target.iterdir()] == ["old"]
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize("kind", KINDS)
def test_a_full_disk_leaves_nothing(kind, tmp_path):
    resource = pytest.importorskip("resource")
    assert resource
    if NEEDS[kind]:
        pytest.importorskip(NEEDS[kind])
    code = (
        "import resource, signal, sys; from karabakh_data.__main__ import main\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000))\n"
        "sys.exit(main(['export', sys.argv[1]]))"
    )
    path = tmp_path / f"record{kind}"
    root = str(Path(DATA).parents[1])
    done = subprocess.run(
        [sys.executable, "-c", code, str(path)],
        capture_output=True, text=True, env={**os.environ, "PYTHONPATH": root},
    )  # fmt: skip
    assert done.returncode == 2, done.stderr
    assert re.search(rf"{path} is not written: \w+ .+\.$", done.stderr), "why, in words"
    assert not list(tmp_path.iterdir())


def test_a_folder_that_may_not_be_written_to_is_named():
    root = os.geteuid() == 0
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o555)
        if root:  # who may write everywhere
            os.seteuid(65534)
        try:
            with pytest.raises(PermissionError, match=r"record\.zip is not written: Permission"):
                kd.export(Path(folder, "record.zip"))
        finally:
            if root:
                os.seteuid(0)
            Path(folder).chmod(0o755)


def test_a_file_is_readable_by_whoever_may_read_new_files(exported):
    umask = os.umask(0)
    os.umask(umask)
    for kind in (".sqlite", ".zip"):
        assert exported(kind).stat().st_mode & 0o777 == 0o666 & ~umask
    with zipfile.ZipFile(exported(".zip")) as archive:
        assert {one.external_attr >> 16 for one in archive.infolist()} == {0o644}


# What is refused


def test_an_unknown_suffix_lists_those_there_are(tmp_path):
    for name, why in {
        "record.sqlit": r"Did you mean '\.sqlite'",
        "record": "There are: .sqlite",
    }.items():
        with pytest.raises(ValueError, match=f"unknown kind of file .*{why}"):
            kd.export(tmp_path / name)


def test_what_is_there_is_replaced_only_when_told(tmp_path, part):
    path = tmp_path / "record.zip"
    path.write_text("mine")
    with pytest.raises(FileExistsError, match=r"record\.zip exists; force=True, or --force"):
        kd.export(path, record=part)
    assert path.read_text() == "mine"
    kd.export(path, record=part, force=True)
    assert zipfile.is_zipfile(path)
    kd.export(tmp_path / "RECORD.ZIP", record=part)
    assert zipfile.is_zipfile(tmp_path / "RECORD.ZIP")


def test_a_folder_is_replaced_whole_but_never_with_a_strangers_files(tmp_path, part):
    path = tmp_path / "record.dta"
    path.mkdir()
    (path / "old.dta").write_text("of an earlier export")
    kd.export(path, record=part, force=True)
    assert not (path / "old.dta").exists()
    assert (path / "events.dta").exists()
    (path / "thesis.docx").write_text("mine")
    with pytest.raises(FileExistsError, match=r"holds thesis\.docx, which no export wrote"):
        kd.export(path, record=part, force=True)
    assert (path / "thesis.docx").read_text() == "mine"
    (path / "thesis.docx").unlink()
    (path / "mine.dta").mkdir()
    with pytest.raises(FileExistsError, match=r"holds mine\.dta, which no export wrote"):
        kd.export(path, record=part, force=True)
    assert [file.name for file in tmp_path.iterdir()] == ["record.dta"]


def test_a_folder_in_place_of_a_file_and_a_file_in_place_of_a_folder(tmp_path):
    (tmp_path / "a.sqlite").mkdir()
    with pytest.raises(IsADirectoryError, match="expected a file to replace, found a folder"):
        kd.export(tmp_path / "a.sqlite", force=True)
    (tmp_path / "a.dta").write_text("")
    with pytest.raises(NotADirectoryError, match="expected a folder to replace, found a file"):
        kd.export(tmp_path / "a.dta", force=True)


@pytest.mark.parametrize("path", [None, 7, b"a.zip"])
def test_what_is_no_path_is_refused(path):
    with pytest.raises(ValueError, match="expected a path to write to, found"):
        kd.export(path)


def test_a_folder_that_is_not_there_is_named(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"no folder .*elsewhere to write a\.zip into"):
        kd.export(tmp_path / "elsewhere" / "a.zip")


def test_a_link_is_followed(tmp_path, part):
    (tmp_path / "there.zip").write_text("")
    (tmp_path / "here.zip").symlink_to("there.zip")
    kd.export(tmp_path / "here.zip", record=part, force=True)
    assert (tmp_path / "here.zip").is_symlink()
    assert zipfile.is_zipfile(tmp_path / "there.zip")


@pytest.mark.parametrize(("kind", "library"), [(".parquet", "pyarrow"), (".xlsx", "xlsxwriter")])
def test_a_missing_library_names_what_to_install(kind, library, tmp_path, monkeypatch, capsys):
    module = f"karabakh_data.exporting.{exporting.KINDS[kind]}"
    monkeypatch.delitem(sys.modules, module, raising=False)
    monkeypatch.setitem(sys.modules, library, None)
    says = f'needs {library}: pip install "karabakh_data[export]"'
    with pytest.raises(ImportError, match=re.escape(says)):
        kd.export(tmp_path / f"record{kind}")
    assert main(["export", str(tmp_path / f"record{kind}")]) == 2
    assert says in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_a_record_that_is_not_whole_is_refused(part, tmp_path):
    some = {name: part[name] for name in part if name != "deaths"}
    with pytest.raises(ValueError, match="a record without deaths: expected all tables"):
        kd.export(tmp_path / "a.sqlite", record=some)
    some["deaths"] = part["deaths"].drop(columns="month")
    with pytest.raises(ValueError, match="unknown column of the frame 'month'"):
        kd.export(tmp_path / "a.sqlite", record=some)
    some["deaths"] = part["deaths"]
    some["sources"] = part["sources"].iloc[:0]
    with pytest.raises(ValueError, match="refers to rows that are not in sources"):
        kd.export(tmp_path / "a.sqlite", record=some)
    some["sources"] = pd.concat([part["sources"]] * 2)
    with pytest.raises(ValueError, match=r"sources: UNIQUE constraint failed: sources\.source"):
        kd.export(tmp_path / "a.sqlite", record=some)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("days", "found"),
    [
        (
            lambda start: start.dt.strftime("%Y-%m-%d").astype(object),
            "object",
        ),  # a CSV as it is read
        (lambda start: start.dt.date, "object"),
        (lambda start: start.dt.tz_localize("Asia/Baku"), r"datetime64\[.+, Asia/Baku\]"),
    ],
)
def test_days_that_are_none_are_named(days, found, part):
    events = part["events"]
    own = Content({**part, "events": events.assign(start=days(events["start"]))})
    with pytest.raises(ValueError, match=rf"events\.start: expected datetime64 .+ found {found}\."):
        list(own)


def test_what_somebody_added_to_a_table_is_left_out(part):
    """Whatever the order of its columns."""
    own = {name: rows[rows.columns[::-1]].assign(mine="=1+1") for name, rows in part.items()}
    for table, frame in Content(own):
        assert list(frame) == list(table.columns)


# The command, and how far it is


def test_the_command_writes_and_says_what(tmp_path, capsys):
    path = tmp_path / "record.zip"
    path.write_text("old")
    assert main(["export", str(path)]) == 2
    assert capsys.readouterr().err == f"{path} exists; force=True, or --force, replaces it.\n"
    assert main(["export", str(path), "--force"]) == 0
    rows = sum(len(kd.load(table)) for table in TABLES)
    assert capsys.readouterr().out == f"{path}: {len(TABLES)} tables, {rows:,} rows.\n"
    assert zipfile.is_zipfile(path)


class Stream(io.StringIO):
    """Somewhere to write to that may be a terminal."""

    def __init__(self, *, terminal):
        super().__init__()
        self.terminal = terminal

    def isatty(self):
        return self.terminal


@pytest.mark.parametrize("terminal", [True, False])
def test_a_line_says_how_far_it_is_after_a_second(terminal, monkeypatch):
    soon = 1.55 if terminal else 2.4  # a log gets a line a second
    clock = iter([0.0, 0.5, 0.9, 1.5, 1.5, soon, 9.0, 9.0])
    monkeypatch.setattr(progress, "monotonic", lambda: next(clock))
    stream = Stream(terminal=terminal)
    with progress.Progress("record.xlsx", 4000, stream) as told:
        told(500)
        told(500)
        assert stream.getvalue() == ""
        told(1000)
        told(100)
        told(1900)
    said = stream.getvalue()
    assert "record.xlsx: 2,000 of 4,000 rows" in said
    assert "2,100" not in said  # too soon after
    assert "record.xlsx: 4,000 of 4,000 rows" in said
    assert said.endswith("\r\x1b[K" if terminal else "rows\n")
    monkeypatch.setattr(progress, "monotonic", lambda: 0.0)
    silent = Stream(terminal=terminal)
    with progress.Progress("record.xlsx", 1, silent) as told:
        told(1)
    assert silent.getvalue() == ""  # nor is a line taken away that is another's


def test_nothing_is_said_where_no_terminal_is(tmp_path, part, capsys, monkeypatch):
    monkeypatch.setattr(progress, "AFTER", -1.0)
    kd.export(tmp_path / "a.zip", record=part)
    assert capsys.readouterr() == ("", "")
