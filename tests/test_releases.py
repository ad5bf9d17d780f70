"""What differs between two releases, held against differences made by hand."""

import json
import re
import shutil

import pandas as pd
import pytest

import karabakh_data as kd
from karabakh_data import descriptor
from karabakh_data.__main__ import main
from karabakh_data.releases import markdown, markdown_cells

COLUMNS = ["table", "record_id", "column", "change", "old", "new", "coded"]


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    """The data as published, as an earlier release."""
    return shutil.copytree(descriptor.DATA, tmp_path_factory.mktemp("release") / "data")


@pytest.fixture(scope="module")
def now():
    """The tables today but for the claims, which take their time."""
    return {name: frame for name, frame in kd.record().items() if name != "claims"}


@pytest.fixture
def earlier(published, tmp_path):
    """An earlier release without its claims, to be made another."""
    folder = shutil.copytree(published, tmp_path / "data")
    without(folder, "claims")
    return folder


def without(folder, table):
    """Take one table out of a release."""
    file = folder / descriptor.FILE
    package = json.loads(file.read_text(encoding="utf-8"))
    package["resources"] = [one for one in package["resources"] if one["name"] != table]
    file.write_text(json.dumps(package), encoding="utf-8")
    (folder / f"{table}.csv").unlink()


def edit(folder, table, change):
    """Change one table of an earlier release by hand."""
    file = folder / f"{table}.csv"
    frame = pd.read_csv(file, dtype=str, keep_default_na=False)
    change(frame).to_csv(file, index=False, lineterminator="\n")


def rename(folder, table, old, new):
    """Give one column another name, or none, in a release and its description."""
    file = folder / descriptor.FILE
    package = json.loads(file.read_text(encoding="utf-8"))
    [fields] = [one["schema"]["fields"] for one in package["resources"] if one["name"] == table]
    [field] = [one for one in fields if one["name"] == old]
    if new:
        field["name"] = new
        edit(folder, table, lambda frame: frame.rename(columns={old: new}))
    else:
        fields.remove(field)
        edit(folder, table, lambda frame: frame.drop(columns=old))
    file.write_text(json.dumps(package), encoding="utf-8")


@pytest.fixture
def found(now):
    """What asks for the changes since a release, as rows."""
    return lambda old: [tuple(row) for row in kd.changes(old, record=now).itertuples(index=False)]


def test_a_release_does_not_differ_from_itself(published):
    nothing = kd.changes(published)
    assert nothing.columns.tolist() == COLUMNS
    assert nothing.empty
    assert kd.changes(kd.record()).empty


def test_a_cell_that_was_another_is_named_with_both_values(earlier, found):
    def change(frame):
        stop = frame["ceasefire_id"] == "1992-09-19-sochi"
        frame.loc[stop, ["fate", "effective", "note"]] = ["never_began", "", "Another."]
        return frame

    note = kd.load("ceasefires").set_index("ceasefire_id")["note"].fillna("")["1992-09-19-sochi"]
    edit(earlier, "ceasefires", change)
    assert found(earlier) == [
        ("ceasefires", "1992-09-19-sochi", "effective", "changed", "", "1992-09-26", True),
        ("ceasefires", "1992-09-19-sochi", "fate", "changed", "never_began", "broken", True),
        ("ceasefires", "1992-09-19-sochi", "note", "changed", "Another.", note, False),
    ]


def test_records_are_added_removed_or_retired(earlier, found):
    gone = kd.load("retired").query("table == 'participants'").dropna(subset=["replaced_by"])
    retired, replaced_by = gone.iloc[0][["id", "replaced_by"]]

    def change(frame):
        frame = frame[frame["participant_id"] != replaced_by]
        more = pd.concat([frame.head(1)] * 2)
        more["participant_id"] = [retired, "nobody"]
        return pd.concat([frame, more])

    edit(earlier, "participants", change)
    assert set(found(earlier)) == {
        ("participants", retired, "", "retired", "", replaced_by, False),
        ("participants", "nobody", "", "removed", "", "", False),
        ("participants", replaced_by, "", "added", "", "", False),
    }


def test_an_id_that_another_table_withdrew_is_removed(now):
    withdrawn = now["retired"].query("table == 'participants'").dropna(subset=["replaced_by"])
    key, replaced_by = withdrawn.iloc[0][["id", "replaced_by"]]
    of = {"participants": "participant_id", "people": "person"}
    before = {name: now[name].head(1).assign(**{column: key}) for name, column in of.items()}
    after = {"retired": now["retired"], **{name: now[name].iloc[:0] for name in of}}
    gone = kd.changes(before, record=after).query("record_id == @key").set_index("table")
    assert gone["change"].to_dict() == {"participants": "retired", "people": "removed"}
    assert gone["new"].to_dict() == {"participants": replaced_by, "people": ""}


def test_a_column_is_renamed_only_where_it_holds_the_same(earlier, found):
    rename(earlier, "ceasefires", "fate", "became")
    assert found(earlier) == [("ceasefires", "", "fate", "column renamed", "became", "fate", False)]
    rename(earlier, "ceasefires", "due", "start")
    edit(
        earlier,
        "ceasefires",
        lambda frame: frame.assign(start=frame["start"].shift(1, fill_value="")),
    )
    assert set(found(earlier)) == {
        ("ceasefires", "", "fate", "column renamed", "became", "fate", False),
        ("ceasefires", "", "due", "column added", "", "due", False),
        ("ceasefires", "", "start", "column removed", "start", "", False),
    }


def test_a_blank_column_is_not_taken_for_another(earlier, found):
    rename(earlier, "front", "locator", "page")  # blank throughout
    changes = [row[3] for row in found(earlier)]
    assert changes == ["column added", "column removed"]


def test_of_two_columns_that_hold_the_same_none_is_the_one_renamed(earlier, found):
    file = earlier / descriptor.FILE
    package = json.loads(file.read_text(encoding="utf-8"))
    [fields] = [one["schema"]["fields"] for one in package["resources"] if one["name"] == "people"]
    [old] = [one for one in fields if one["name"] == "wikidata_id"]
    old["name"] = "wikidata"
    fields.insert(fields.index(old) + 1, {**old, "name": "wd"})
    file.write_text(json.dumps(package), encoding="utf-8")

    def twice(frame):
        frame = frame.rename(columns={"wikidata_id": "wikidata"})
        frame.insert(frame.columns.get_loc("wikidata") + 1, "wd", frame["wikidata"])
        return frame

    edit(earlier, "people", twice)
    assert [(row[2], row[3]) for row in found(earlier)] == [
        ("wikidata_id", "column added"),
        ("wikidata", "column removed"),
        ("wd", "column removed"),
    ]


def test_a_new_table_and_a_new_column_are_one_line_each(earlier, found, now):
    without(earlier, "front")
    rename(earlier, "people", "wikidata_id", "")
    assert found(earlier) == [
        ("people", "", "wikidata_id", "column added", "", "wikidata_id", False),
        ("front", "", "", "table added", "", "", False),
    ]
    told = markdown(kd.changes(earlier, record=now)).splitlines()[2:]
    assert [line for line in told if line] == [
        "`people`: column added `wikidata_id`",
        "`front`: table added",
    ]


def test_numbers_are_compared_as_numbers(earlier, found):
    def change(frame):
        frame["iso_numeric"] = (
            frame["iso_numeric"].str.zfill(3).where(frame["iso_numeric"] != "", "")
        )
        return frame

    edit(earlier, "places", lambda frame: frame.assign(
        latitude=frame["latitude"] + frame["latitude"].str.contains(".", regex=False).map(
            {True: "0", False: ""}
        )
    ))  # fmt: skip
    edit(earlier, "actors", change)  # as the first release had them: 051
    assert "051" in (earlier / "actors.csv").read_text(encoding="utf-8")
    assert found(earlier) == []


def test_a_claim_whose_id_was_made_otherwise_is_the_same_claim(published, tmp_path):
    old = shutil.copytree(published, tmp_path / "old")
    edit(old, "claims", lambda frame: frame.assign(claim_id=[f"c{n}" for n in range(len(frame))]))
    assert kd.changes(old).empty


def test_the_answer_has_the_same_types_where_nothing_differs(now):
    nothing, something = (kd.changes(old, record={}) for old in ({}, {"front": now["front"]}))
    assert nothing.dtypes.to_dict() == something.dtypes.to_dict()
    assert nothing[nothing["coded"]].columns.tolist() == COLUMNS


def test_a_zip_a_wheel_and_frames_are_read_as_a_folder_is(earlier, tmp_path, found, now):
    edit(earlier, "deaths", lambda frame: frame.assign(
        deaths=frame["deaths"].where(frame["month"] != "1992-10", "1")
    ))  # fmt: skip
    october = now["deaths"]["month"] == "1992-10-01"
    [deaths] = now["deaths"].loc[october, "deaths"]
    expected = [("deaths", "1992-10", "deaths", "changed", "1", str(deaths), False)]
    assert found(earlier) == expected
    assert found(shutil.make_archive(str(tmp_path / "release"), "zip", earlier)) == expected
    wheel = tmp_path / "wheel" / "karabakh_data"
    shutil.copytree(earlier, wheel / "data")
    beside = tmp_path / "wheel" / "__MACOSX" / "data"  # as a Mac packs it
    beside.mkdir(parents=True)
    (beside / f"._{descriptor.FILE}").write_bytes(b"\0")
    assert found(shutil.make_archive(str(tmp_path / "w"), "zip", wheel.parent)) == expected
    other = now["deaths"].assign(deaths=now["deaths"]["deaths"].mask(october, 1))
    assert found({**now, "deaths": other}) == expected


def test_what_one_sides_sources_alone_would_change():
    claims = kd.load("claims").merge(kd.load("sources")[["source", "perspective"]])
    armenian = kd.record(claims[claims["perspective"] == "armenian"])
    differs = kd.changes(kd.record(), record=armenian)
    fate = differs.query("record_id == '1992-09-19-sochi' and column == 'fate'")
    assert fate[["old", "new"]].to_numpy().tolist() == [["broken", "never_began"]]


def test_tables_for_a_changelog_count_and_list(earlier, now):
    edit(earlier, "ceasefires", lambda frame: frame.replace({"fate": {"broken": "a|b"}}).iloc[1:])
    changes = kd.changes(earlier, record=now)
    broken = (kd.load("ceasefires")["fate"].iloc[1:] == "broken").sum()
    assert f"| `ceasefires` | 1 | 0 | 0 | `fate` {broken} |  |" in markdown(changes).splitlines()
    cells = markdown_cells(changes).splitlines()[2:]
    assert len(cells) == broken
    assert cells[0].endswith(" | fate | a\\|b | broken |")


def test_the_command_prints_them(earlier, published, capsys):
    assert main(["changes", str(published)]) == 0
    assert capsys.readouterr().out == "nothing differs.\n"
    edit(earlier, "events", lambda frame: frame.replace({"place": {"moscow": "kazan"}}))
    assert main(["changes", str(earlier)]) == 0
    assert re.search(r"\| `events` \| 0 \| 0 \| 0 \| `place` \d+ \|", capsys.readouterr().out)
    assert main(["changes", str(earlier), "--cells"]) == 0
    assert "| place | kazan | moscow |" in capsys.readouterr().out
    assert main(["changes", str(earlier / "nowhere")]) == 2
    assert "no folder, and no zip" in capsys.readouterr().err


NO_TABLES = {
    "expected a folder, zip or wheel, or tables by name; found NoneType": (None, None),
    "found DataFrame": (pd.DataFrame(), None),
    "events: expected a DataFrame, found int": ({"events": 3}, None),
    "unknown table 'event'. Did you mean 'events'": ({"event": pd.DataFrame()}, None),
    r"did you mean karabakh_data\.record\(claims\)": ({}, pd.DataFrame({"table": ["events"]})),
    "front: expected a DataFrame, found list": ({}, {"front": []}),
    r"expected each record once; \['a'\] stands twice": (
        {"events": pd.DataFrame({"event_id": ["a", "a"], "title": ["one", "another"]})},
        None,
    ),
    r"expected each column once, and \['event_id'\]; found title": (
        {"events": pd.DataFrame({"title": ["one"]})},
        None,
    ),
}


@pytest.mark.parametrize("says", NO_TABLES)
def test_what_are_no_tables_is_refused(says):
    old, record = NO_TABLES[says]
    with pytest.raises(ValueError, match=says):
        kd.changes(old, record=record)


def test_days_in_a_column_of_text_are_text(now):
    events = now["events"].query("event_id == '1992-09-19-sochi'")
    dated = events.assign(date=pd.to_datetime(events["date"]))
    assert kd.changes({"events": dated}, record={"events": events}).empty


def test_what_is_no_release_is_named_with_the_reason(earlier, tmp_path):
    with pytest.raises(FileNotFoundError, match="nowhere: no folder, and no zip"):
        kd.changes(tmp_path / "nowhere")
    with pytest.raises(FileNotFoundError, match=r"holds no datapackage\.json: is it a release"):
        kd.changes(tmp_path)
    (tmp_path / "a.zip").write_text("no zip")
    with pytest.raises(ValueError, match="expected a zip"):
        kd.changes(tmp_path / "a.zip")
    (tmp_path / "empty").mkdir()
    empty = shutil.make_archive(str(tmp_path / "empty"), "zip", tmp_path / "empty")
    with pytest.raises(FileNotFoundError, match="holds 0 files datapackage"):
        kd.changes(empty)
    (earlier / "front.csv").unlink()
    with pytest.raises(FileNotFoundError, match=r"holds no front\.csv"):
        kd.changes(earlier)
    (earlier / "front.csv").write_text("a,b\n")
    says = re.escape(f"{earlier}: front.csv, line 1: expected the columns change_id")  # whose
    with pytest.raises(ValueError, match=says):
        kd.changes(earlier)
    (earlier / descriptor.FILE).write_text("{}")
    with pytest.raises(ValueError, match="describes no tables"):
        kd.changes(earlier)
