"""The command line: check and seal, on copies of the data."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from karabakh_data import __main__ as command_line
from karabakh_data import adding, descriptor, files
from karabakh_data.exporting import KINDS

ROOT = Path(__file__).parents[1]


def run(capsys, *arguments):
    """Exit code, standard output and standard error of one command."""
    code = command_line.main([str(one) for one in arguments])
    out, err = capsys.readouterr()
    return code, out, err


def contents(folder):
    return {file.name: file.read_bytes() for file in sorted(folder.iterdir())}


def edit(folder, table, old, new, count=1):
    file = folder / f"{table}.csv"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, count), encoding="utf-8", newline="")


def append(folder, table, *cells):
    with (folder / f"{table}.csv").open("a", encoding="utf-8", newline="") as file:
        file.write(",".join(cells) + "\n")


def test_clean_data_pass_in_silence(capsys, data):
    assert run(capsys, "check", data) == (0, "", "")


def test_the_packages_own_data_pass(capsys):
    assert run(capsys, "check") == (0, "", "")


def test_each_fault_has_its_line(capsys, data):
    edit(data, "ceasefires", ",broken,", ",brokn,")
    edit(data, "events", ",kazan,", ",kasan,")
    code, out, _ = run(capsys, "check", data)
    assert code == 1
    assert re.fullmatch(
        r"ceasefires\.csv, line \d+, fate='brokn': .*Did you mean 'broken'\?.*\n", out
    )


def test_sealing_clean_data_changes_no_byte(capsys, data):
    before = contents(data)
    code, out, _ = run(capsys, "seal", data)
    assert (code, contents(data)) == (0, before)
    assert str(data) in out
    assert "0 cells moved" in out


NEW = ("", "events", "2011-06-24-kazan", "place", "sochi", "", "false")


def test_a_claim_that_moves_no_cell_is_sealed(capsys, data):
    append(data, "claims", *NEW, "nkr-mfa-russian-mediation", "p15", "")
    code, out, _ = run(capsys, "seal", data)
    assert code == 0, out
    assert run(capsys, "check", data)[0] == 0
    text = (data / "claims.csv").read_text(encoding="utf-8")
    assert re.search(r"^events\.2011-06-24-kazan\.place\.[0-9a-f]{8},.*,sochi,differs,", text, re.M)


def test_a_slip_in_a_cell_is_shown_and_written_only_when_accepted(capsys, data):
    edit(data, "ceasefires", ",1992-09-26,", ",1992-09-27,")
    before = contents(data)
    code, out, _ = run(capsys, "seal", data)
    assert code == 1
    assert "'1992-09-27' -> '1992-09-26'" in out
    assert "1 coded cell to move; nothing is written" in out
    assert contents(data) == before
    code, out, _ = run(capsys, "seal", data, "--accept")
    assert code == 0
    assert "1 cell moved" in out
    assert run(capsys, "check", data)[0] == 0


def test_sealing_mends_a_blank_that_follows_and_no_word_that_is_none(capsys, data):
    before = contents(data)
    row = next(line for line in before["events.csv"].splitlines() if b"2011-06-24-kazan" in line)
    day = b",false,2011-06-24,2011-06-24,"  # inferred, first, last
    assert day in row
    blank = before["events.csv"].replace(row, row.replace(day, b",,,,"))
    (data / "events.csv").write_bytes(blank)
    assert run(capsys, "seal", data)[0] == 0
    assert contents(data) == before
    edit(data, "ceasefires", ",broken,", ",brokn,")
    edited = contents(data)
    code, out, _ = run(capsys, "seal", data, "--accept")
    assert (code, "Did you mean 'broken'?" in out, contents(data)) == (1, True, edited)


@pytest.mark.parametrize(("value", "shown"), [
    ("", None),  # all that move
    ("nobody", command_line.SHOWN),
])  # fmt: skip
def test_every_cell_that_moves_is_printed_and_the_first_of_the_faults(capsys, data, value, shown):
    table = descriptor.description().tables["participants"]
    rows = files.read_table(str(data), table)
    told = [row for row in rows if row["person"]]
    assert len(told) > command_line.SHOWN
    for row in told:
        row["person"] = value
    (data / table.file).write_text(files.text(table, rows), encoding="utf-8", newline="")
    code, out, _ = run(capsys, "seal", data)
    *lines, last = out.splitlines()
    assert (code, len(lines)) == (1, shown or len(told))
    assert last.startswith(f"{len(told)} ")


def test_faults_stop_the_sealing_before_anything_is_written(capsys, data):
    append(data, "claims", *NEW, "nobody", "", "")
    before = contents(data)
    code, out, _ = run(capsys, "seal", data, "--accept")
    assert code == 1
    assert "claims.csv, line" in out
    assert "unknown key of sources 'nobody'" in out
    assert out.endswith("\n1 fault; nothing is written.\n")
    assert contents(data) == before


def test_what_the_claims_come_to_is_checked_as_well(capsys, data):
    due, before_it_was_declared = (
        ",1992-09-19-sochi,due,1992-09-2",
        ",1992-09-19-sochi,due,1992-08-2",
    )
    edit(data, "claims", due, before_it_was_declared, count=-1)
    before = contents(data)
    code, out, _ = run(capsys, "seal", data, "--accept")
    assert (code, contents(data)) == (1, before)
    assert re.search(r"ceasefires\.csv, line \d+, due='1992-08-26': ", out), out
    assert out.endswith("1 fault; nothing is written.\n")


def test_an_id_that_sealing_makes_may_be_wrong_and_one_of_the_coders_not(capsys, data):
    taken = (data / "claims.csv").read_text(encoding="utf-8").splitlines()[1].split(",")[0]
    append(data, "claims", taken, *NEW[1:], "nkr-mfa-russian-mediation", "", "")
    assert run(capsys, "seal", data)[0] == 0
    assert run(capsys, "check", data) == (0, "", "")
    first = (data / "ceasefires.csv").read_text(encoding="utf-8").splitlines()[1]
    append(data, "ceasefires", first)
    before = contents(data)
    code, out, _ = run(capsys, "seal", data)
    assert code == 1
    assert "the key stands twice: at line 2 too" in out
    assert contents(data) == before


def test_what_cannot_be_read_is_one_line(capsys, data, tmp_path):
    for command in ("check", "seal"):
        code, out, err = run(capsys, command, tmp_path / "nowhere")
        assert (code, out, err.count("\n")) == (2, "", 1)
        assert "nowhere" in err
    (data / "places.csv").write_bytes(b"\x00\xff\xfe")
    before = contents(data)
    for command in ("check", "seal"):
        code, out, err = run(capsys, command, data)
        assert (code, out, err.count("\n")) == (2, "", 1)
        assert "places.csv" in err
    (data / "datapackage.json").write_text("{", encoding="utf-8")
    for command in ("check", "seal"):
        code, out, err = run(capsys, command, data)
        assert (code, out, err.count("\n")) == (2, "", 1)
        assert "datapackage.json is no JSON" in err
    before["datapackage.json"] = b"{"
    assert contents(data) == before


def test_seal_refuses_a_copy_that_is_not_the_checkout_it_is_run_in(capsys, tmp_path, monkeypatch):
    other = tmp_path / "other"
    shutil.copytree(descriptor.DATA, other / "karabakh_data" / "data")
    monkeypatch.chdir(other)
    code, _, err = run(capsys, "seal")
    assert code == 2
    assert "is not the data of this checkout" in err
    monkeypatch.chdir(tmp_path)
    code, _, err = run(capsys, "seal")
    assert code == 2
    assert "is in no checkout: name the folder of the data, `seal FOLDER` or `add" in err
    code, _, err = run(capsys, "add", "cease")
    assert (code, "Did you mean 'ceasefires'" in err) == (2, True)
    code, _, err = run(capsys, "add", "claims", "foo")
    assert (code, err) == (2, "'foo': expected COLUMN=VALUE\n")


def test_a_checkout_may_be_reached_by_a_link(tmp_path, monkeypatch):
    holds_the_package = Path(descriptor.DATA).parents[1]  # the project, or where a wheel is
    (tmp_path / "link").symlink_to(holds_the_package, target_is_directory=True)
    monkeypatch.chdir(tmp_path / "link")
    monkeypatch.setattr(os, "getcwd", lambda: str(tmp_path / "link"))  # as some shells have it
    assert command_line._own_checkout() == descriptor.DATA


def test_seal_refuses_an_installed_copy(capsys, data):
    (data / "fingerprints.json").write_text("{}", encoding="utf-8")
    assert "installed copy" in run(capsys, "seal", data)[2]


def test_the_command_runs_as_a_module():
    done = subprocess.run(
        [sys.executable, "-m", "karabakh_data", "check"],
        capture_output=True, text=True, cwd=ROOT, env=os.environ, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.parametrize("arguments", [[], ["chek"], ["check", "a", "b"]])
def test_a_wrong_command_says_which_there_are(capsys, arguments):
    with pytest.raises(SystemExit) as stopped:
        command_line.main(arguments)
    assert stopped.value.code == 2
    assert "check" in capsys.readouterr().err


def test_the_help_of_export_names_every_kind_of_file(capsys):
    with pytest.raises(SystemExit):
        command_line.main(["export", "--help"])
    assert {*re.findall(r"\.[a-z]+\b", capsys.readouterr().out)} == {*KINDS}


def test_the_usage_of_add_has_the_words_in_order(capsys):
    with pytest.raises(SystemExit):
        command_line.main(["add", "--help"])
    assert "TABLE [COLUMN=VALUE ...]" in capsys.readouterr().out


def test_two_who_add_claims_to_different_records_meet_no_conflict(capsys, data, tmp_path):
    """Each seals on a branch of their own; git merges the two without help."""
    folder = tmp_path / "repository"
    shutil.copytree(data, folder)

    def git(*arguments):
        name = ["-c", "user.name=x", "-c", "user.email=x@example.org"]
        return subprocess.run(
            ["git", *name, *arguments], cwd=folder, check=True, capture_output=True
        )

    git("init", "-q", "-b", "main")
    git("add", ".")
    git("commit", "-qm", "before")
    for branch, claim in (("one", NEW), ("two", (*NEW[:2], "2008-11-02-meindorf", *NEW[3:]))):
        git("switch", "-qc", branch, "main")
        append(folder, "claims", *claim, "nkr-mfa-russian-mediation", "p14", "")
        assert run(capsys, "seal", folder)[0] == 0
        git("commit", "-qam", branch)
    git("merge", "-q", "one")
    assert run(capsys, "check", folder)[0] == 0


def test_a_cell_that_no_claim_backs_is_said_to_be_one(capsys, data):
    table = descriptor.description().tables["participants"]
    rows = files.read_table(str(data), table)
    next(row for row in rows if not row["person"])["person"] = "pavel-grachev"
    (data / table.file).write_text(files.text(table, rows), encoding="utf-8", newline="")
    assert "person: 'pavel-grachev' -> '' (no claim backs it)\n" in run(capsys, "seal", data)[1]


def test_files_are_written_all_or_none(tmp_path):
    with pytest.raises(FileNotFoundError):
        files.write(str(tmp_path), {"a.csv": "a", "nowhere/b.csv": "b"})
    assert not list(tmp_path.iterdir())


# Adding rows.


def test_the_first_row_of_a_table_stands_on_its_second_line():
    described = descriptor.description()
    nothing = {name: [] for name in described.tables}
    words = ["places", "place=kazan", "name=Kazan"]
    [row] = adding.added(described, nothing, words)["places"]
    assert (row["place"], row.line) == ("kazan", 2)
    both = adding.added(described, nothing, [*words, "+", "places", "place=baku", "name=Baku"])
    assert [(row["place"], row.line) for row in both["places"]] == [("kazan", 2), ("baku", 3)]


@pytest.mark.parametrize("told", ["https://example.org/?id=1994&m=5", "x==y", 'a "b", c', "a\nb"])
def test_a_cell_holds_all_that_stands_behind_the_first_equals_sign(told, tmp_path):
    described = descriptor.description()
    words = ["places", "place=kazan", f"name={told}"]
    [(_, row)] = adding.rows(described, words)
    assert row["name"] == told
    [read] = files.parse(
        files.text(described.tables["places"], [row]).encode(), described.tables["places"]
    )
    assert read == row


def test_a_claim_is_added_and_sealed_by_one_command(capsys, data):
    cells = ["table=events", "record_id=2011-06-24-kazan", "column=place", "value=sochi"]
    source = "source=nkr-mfa-russian-mediation"
    code, out, err = run(capsys, "add", "claims", *cells, source, "--folder", data)
    assert code == 0, out + err
    assert run(capsys, "check", data) == (0, "", "")
    text = (data / "claims.csv").read_text(encoding="utf-8")
    lines = text.splitlines()
    assert lines[1:] == sorted(lines[1:], key=lambda line: line.split(",")[0])
    assert re.search(r"^events\.2011-06-24-kazan\.place\.[0-9a-f]{8},.*,sochi,differs,", text, re.M)
    source = "source=trend-az.obnarodovana-data-vstrechi-prezident"
    inferred = run(capsys, "add", "claims", *cells, source, "inferred=true", "--folder", data)
    assert inferred[0] == 0, inferred
    text = (data / "claims.csv").read_text(encoding="utf-8")
    said = re.findall(r"place\.[0-9a-f]{8},.*,sochi,differs,(\w+),([\w-]+)", text)
    assert {source: how for how, source in said} == {
        "nkr-mfa-russian-mediation": "false",  # unless told otherwise
        "trend-az": "true",
    }


def test_a_person_is_added_with_the_claims_given_apart(capsys, data):
    person = ["people", "person=jane-doe", "name=Jane Doe", "name_in_article=Doe"]
    code, out, err = run(capsys, "add", *person, "--folder", data)
    assert (code, err) == (1, "")  # whose word is it?
    assert "jane-doe, name_in_article: 'Doe' -> '' (no claim backs it)\n" in out
    said = ["table=people", "record_id=jane-doe", "column=name_in_article", "value=Doe"]
    said += ["source=nkr-mfa-russian-mediation"]
    code, out, err = run(capsys, "add", *person, "+", "claims", *said, "--folder", data)
    assert code == 0, out + err
    assert run(capsys, "check", data) == (0, "", "")


STOP = [
    "ceasefires",
    "ceasefire_id=1994-05-05-bishkek.second",
    "event_id=1994-05-05-bishkek",
    "step=agreement",
    "scope=general",
    "declared=1994-05-07",
    "source=example",
]
SOURCE = [
    "sources",
    "source=example",
    "perspective=third_party",
    "kind=news",
    "language=en",
    "url=https://example.org/1994",
    "accessed=2026-11-26",
]


def test_each_coded_cell_is_a_claim_of_the_source_and_the_place_in_it():
    claims = [
        row
        for name, row in adding.rows(
            descriptor.description(), [*STOP, "locator=p. 7", "note=Ours."]
        )
        if name == "claims"
    ]
    assert {one["column"]: one["value"] for one in claims} == {
        "step": "agreement",
        "scope": "general",
        "declared": "1994-05-07",
    }
    told = {(one["record_id"], one["source"], one["locator"], one["note"]) for one in claims}
    assert told == {("1994-05-05-bishkek.second", "example", "p. 7", "")}


def test_a_ceasefire_and_its_source_are_added_together(capsys, data):
    title, publisher = "title=An example", "publisher=The Example"
    new = [*STOP, "+", *SOURCE, title, publisher]
    before = contents(data)
    code, out, err = run(capsys, "add", *STOP, "--folder", data)
    assert code == 1, err
    assert "unknown key of sources 'example'" in out
    assert contents(data) == before
    code, out, err = run(capsys, "add", *new, "--folder", data)
    assert code == 0, out + err
    assert run(capsys, "check", data) == (0, "", "")
    claims = (data / "claims.csv").read_text(encoding="utf-8")
    told = re.findall(r"^ceasefires\.1994-05-05-bishkek\.second\.(\w+)\..*,example,", claims, re.M)
    assert told == ["declared", "scope", "step"]
    code, out, _ = run(capsys, "add", *new, "--folder", data)
    assert code == 1
    assert "the key stands twice" in out


@pytest.mark.parametrize(("words", "says"), [
    ("ceasefire", "unknown table 'ceasefire'. Did you mean 'ceasefires'?"),
    ("ceasefires declared=1994-05-07", "needs ceasefire_id, event_id, step, scope, source."),
    ("ceasefires", "* scope           One of: general"),
    ("ceasefires", "The event it belongs to. A event_id of events."),
    ("claims tabel=events", "claims has no column 'tabel' to fill"),
    ("claims events", "'events': expected COLUMN=VALUE"),
    ("sources kind=book kind=book", "'kind=book': stands twice"),
])  # fmt: skip
def test_what_is_missing_is_said(capsys, data, words, says):
    before = contents(data)
    code, _, err = run(capsys, "add", *words.split(), "--folder", data)
    assert code == 2
    assert says in err
    assert contents(data) == before
