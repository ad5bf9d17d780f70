"""The record as a part of the ledger tells it, held against a reading of the claims by pandas."""

import gc
import os

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

import karabakh_data as kd
from karabakh_data import checks, files, records
from karabakh_data.checks import faults
from karabakh_data.descriptor import description
from karabakh_data.studies import texts

ARTICLE = "nkr-mfa-russian-mediation"
RECORDS = description().records
VIEWS = kd.vocabulary("sources", "perspective")["value"].tolist()


@pytest.fixture(scope="module")
def claims():
    """The ledger, each claim with its source."""
    sources = kd.load("sources").drop(columns="note")
    return kd.load("claims").merge(sources, on="source")


def parts(claims):
    """Parts of the ledger by name: each perspective, without the article, as known in 1995, …"""
    yield from ((view, claims[claims["perspective"] == view]) for view in VIEWS)
    yield "without the article", claims[claims["source"] != ARTICLE]
    yield "the article alone", claims[claims["source"] == ARTICLE]
    yield "published before 1995", claims[claims["published_last"] < "1995-01-01"]
    yield "outright", claims[~claims["inferred"]]
    yield "signatures alone", claims[claims["table"] == "signatures"]


NAMES = [*VIEWS, "without the article", "the article alone", "published before 1995", "outright",
         "signatures alone"]  # fmt: skip


@pytest.fixture(scope="module", params=NAMES)
def part(request, claims):
    """One part and the record it tells."""
    given = dict(parts(claims))[request.param]
    return given, kd.record(given)


@pytest.fixture(scope="module")
def whole():
    """The record as the whole ledger tells it."""
    return kd.record(kd.load("claims"))


@pytest.mark.parametrize("table", kd.tables()["table"])
def test_the_whole_ledger_tells_the_record_as_published(whole, table):
    assert not whole.part
    assert_frame_equal(whole[table], kd.load(table))
    assert_frame_equal(kd.record()[table], kd.load(table))


def test_order_and_repetition_change_nothing(claims):
    some = claims[claims["perspective"].isin(["azerbaijani", "third_party"])]
    twice = pd.concat([some, some.sample(frac=0.3, random_state=1)]).sample(frac=1, random_state=2)
    one, other = kd.record(some), kd.record(twice)
    for table in one:
        assert_frame_equal(one[table], other[table])


def test_no_cell_that_no_claim_supports(part):
    given, record = part
    cell = ["table", "record_id", "column", "value"]
    said = set(zip(*(given[name] for name in cell), strict=True))
    for table in RECORDS:
        described = description().tables[table]
        rows = record[table].set_index(described.id)
        published = kd.record()[table].set_index(described.id)
        for column in described.coded:
            cells = rows[column].dropna()
            if described.columns[column].type == "date":
                cells = cells.dt.strftime("%Y-%m-%d")
            elif described.columns[column].type == "boolean":
                cells = cells.map({True: "true", False: "false"})
            required = described.columns[column].required
            stands = published[column].astype(str).to_dict() if required else {}
            for key, value in cells.items():
                backed = (table, key, column, str(value)) in said
                assert backed or stands[key] == str(value), (table, key, column, value)
            if required:
                assert rows[column].notna().all()


def test_no_excluded_source_in_any_row(part):
    given, record = part
    told = set(given["source"])
    for table in RECORDS:
        rows = record[table]
        if "source" in rows:
            assert set(rows["source"].dropna()) <= told, table
    assert set(record["claims"]["source"]) == told


def test_what_is_told_of_is_in_and_nothing_dangles(part):
    given, record = part
    for table in RECORDS:
        keys = set(record[table].iloc[:, 0])
        assert set(given.loc[given["table"] == table, "record_id"]) <= keys
    for name, table in description().tables.items():
        for column, there in table.references.items():
            cells = record[name][column].dropna()
            assert cells.isin(record[there.table][there.column]).all(), (name, column)
        if table.about_records:
            for other, rows in record[name].groupby("table", observed=True):
                assert rows["record_id"].isin(record[other].iloc[:, 0]).all(), (name, other)


def test_every_part_passes_the_checks(part, tmp_path):
    _, record = part
    assert record.part
    record.save(tmp_path)
    saved = checks.from_folder(tmp_path)
    assert saved.part
    assert saved.tables == checks.from_frames(record).tables
    assert [str(fault) for fault in checks.found(saved)] == []


def test_reference_tables_come_whole_and_notes_stay_behind(part):
    _, record = part
    for table in ("actors", "places", "sources", "deaths"):
        assert_frame_equal(record[table], kd.load(table))
    for table in ("people", "formats"):
        assert record[table].iloc[:, 0].tolist() == kd.load(table).iloc[:, 0].tolist()
    assert record["events"]["note"].isna().all()
    links = kd.load("crosswalk")
    of_actors = links.loc[links["table"] == "actors", "link_id"]
    assert set(of_actors) <= set(record["crosswalk"]["link_id"])  # as the actors themselves


def test_each_single_source_tells_a_record_that_passes(claims):
    whole = {name: kd.load(name) for name in RECORDS}
    some = claims["source"].drop_duplicates().sample(25, random_state=1)
    for source, given in claims[claims["source"].isin(some)].groupby("source", sort=False):
        record = kd.record(given)
        assert next(faults(record), None) is None, source
        for table in RECORDS:
            key = description().tables[table].id
            assert set(record[table][key]) <= set(whole[table][key])
            if "source" in record[table]:
                assert set(record[table]["source"].dropna()) <= {source}


def test_sochi_as_each_side_tells_it(claims):
    # the article of the Karabakh side: never achieved; newspapers of September 1992: broken
    fates = {
        view: kd.record(claims[claims["perspective"] == view])["ceasefires"]
        .set_index("ceasefire_id")["fate"]
        .get("1992-09-19-sochi")
        for view in ("armenian", "third_party")
    }
    assert fates == {"armenian": "never_began", "third_party": "broken"}


def test_an_event_whose_ceasefire_alone_is_told_is_in(claims):
    told = claims[(claims["table"] == "ceasefires") & (claims["record_id"] == "1992-09-19-sochi")]
    record = kd.record(told)
    events = record["events"].set_index("event_id")
    assert events.index.tolist() == ["1992-09-19-sochi"]
    assert events["date"].isna().all()  # these claims do not date the step
    assert events["kind"].tolist() == ["signing"]  # required, so the published value stands


def test_a_claim_of_ones_own_counts(claims):
    whole = kd.load("claims")
    own = whole[whole["record_id"] == "2011-06-24-kazan"].query("column == 'date'").head(1)
    own = own.assign(value="2011-06-23", inferred=False)
    record = kd.record(pd.concat([whole, own]))
    assert not record.part
    assert "2011-06-23" in set(record["claims"]["value"])


WRONG = [
    ({"table": "evnts"}, "unknown table with claims 'evnts'.*Did you mean 'events'"),
    ({"column": "dat"}, "unknown coded column of .*'dat'.*Did you mean 'date'"),
    ({"column": "title"}, "unknown coded column of events 'title'"),
    ({"record_id": "2011-06-24-kasan"}, "Did you mean '2011-06-24-kazan'"),
    ({"source": "nkr-mfa-russian-meditation"}, "Did you mean 'nkr-mfa-russian-mediation'"),
    ({"value": "25 June 2011"}, "date='25 June 2011': expected a date in EDTF"),
    ({"value": pd.NA}, "says nothing"),
    ({"inferred": pd.NA}, "expected true or false"),
]


@pytest.mark.parametrize(("cells", "says"), WRONG)
def test_a_claim_that_cannot_be_is_named_by_its_row(claims, cells, says):
    some = claims[(claims["record_id"] == "2011-06-24-kazan") & (claims["column"] == "date")]
    some = some.head(3).reset_index(drop=True).astype(dict.fromkeys(cells, object))
    for name, value in cells.items():
        some.loc[1, name] = value
    some.index = ["x", "y", "z"]
    with pytest.raises(ValueError, match=rf"claims, row 'y' \(at 1\): .*{says}"):
        kd.record(some)


def test_no_claims_and_no_frame_of_claims(claims):
    with pytest.raises(ValueError, match="at least one"):
        kd.record(claims.head(0))
    with pytest.raises(ValueError, match="claims without value, inferred: expected the columns"):
        kd.record(claims.drop(columns=["value", "inferred"]))
    for odd in ([], "claims", {"table": []}, claims["value"]):
        with pytest.raises(ValueError, match="expected a DataFrame of claims"):
            kd.record(odd)


NO_RECORD = {
    "frame": (
        lambda claims: claims,
        r"found DataFrame; did you mean karabakh_data\.record\(claims\)",
    ),
    "text": (lambda claims: "claims", r"expected a record, found str\."),
    "empty": (lambda claims: {}, "a record without events, .*: expected all tables"),
}


@pytest.mark.parametrize("what", NO_RECORD)
@pytest.mark.parametrize(
    "ask",
    [
        lambda given: kd.find("Kazan", record=given),
        lambda given: kd.evidence("events", "2011-06-24-kazan", record=given),
        lambda given: kd.disagreements(record=given),
        lambda given: kd.in_force("1993-09-15", record=given),
        lambda given: kd.export("record.sqlite", record=given),
        kd.studies.attempts.attempts,
        kd.studies.texts.by_text,
    ],
)
def test_what_is_no_record_is_refused(what, ask, claims):
    made, says = NO_RECORD[what]
    with pytest.raises(ValueError, match=says):
        ask(made(claims))


def test_an_unknown_table_of_a_record_is_named():
    with pytest.raises(ValueError, match="Did you mean 'ceasefires'"):
        kd.record()["ceasefire"]


def test_a_changed_table_of_a_record_does_not_change_the_next():
    record = kd.record()
    events = record["events"]
    events.loc[:, "title"] = "changed"
    assert not (record["events"]["title"] == "changed").any()


def test_evidence_and_disagreements_of_a_part(claims):
    armenian = kd.record(claims[claims["perspective"] == "armenian"])
    said = kd.evidence("ceasefires", "1992-09-19-sochi", record=armenian)
    assert set(said["perspective"]) == {"armenian"}
    assert set(kd.disagreements(record=armenian)["perspective"]) == {"armenian"}
    with pytest.raises(ValueError, match="unknown record of events in this part of the ledger"):
        kd.evidence("events", "nowhere", record=armenian)


def test_keys_may_come_in_any_form_and_stay_as_they_were(record):
    asked = ["1992-09-19-sochi", "2011-06-24-kazan"]
    of_both = kd.evidence("events", asked)
    assert set(of_both["table"]) >= {"events", "ceasefires", "documents", "signatures", "answers"}
    one_by_one = pd.concat([kd.evidence("events", key) for key in asked])
    assert sorted(of_both["value"]) == sorted(one_by_one["value"])
    events = record["events"].set_index("event_id", drop=False).loc[asked[::-1] * 2, "event_id"]
    keys = set(asked)
    for form in (keys, events, events.index, events.to_numpy(), tuple(asked), iter(asked)):
        assert_frame_equal(kd.evidence("events", form), of_both)
    assert keys == set(asked)
    assert kd.evidence("events", []).columns.tolist() == of_both.columns.tolist()
    assert kd.evidence("events", []).empty


def test_of_a_blank_cell_nothing_is_adopted_and_by_nobody():
    rivals = kd.disagreements("ceasefires").set_index(["record_id", "column", "value"])
    truce = rivals.xs("1992-03-20-iran-ceasefire").loc["ended"]
    # one value was rejected by a decision, and no claim is left: what decided is told of each
    assert truce["adopted"].isna().all()
    assert truce["adopted_by"].isna().all()
    assert set(truce["rule"]) == {"rejected", "return_to_fighting"}
    told = truce["reason"].notna()
    assert told.tolist() == (truce["verdict"] == "reject").tolist()
    assert (truce["rule"] == "return_to_fighting").tolist() == told.tolist()


def test_of_a_claim_given_twice_the_outright_one_stands(claims):
    outright = claims[claims["record_id"] == "2011-06-24-kazan"].query("not inferred").head(1)
    both = [outright.assign(inferred=True, locator="p1"), outright.assign(locator="p9")]
    for given in (both, both[::-1]):
        stands = kd.record(pd.concat(given))["claims"]
        assert stands[["inferred", "locator"]].to_numpy().tolist() == [[False, "p9"]]


def test_a_required_cell_that_nobody_given_tells_is_shown_as_the_table_holds_it(claims):
    # all but one source have Azerbaijan and Armenia agree in September 2022; one tells a call
    told = claims.query("record_id == '2022-09-14-ceasefire' and column == 'step'")
    part = kd.record(told[told["value"] == "call"])
    assert part["ceasefires"]["step"].tolist() == ["agreement"]
    rivals = kd.disagreements(record=part)
    assert rivals[["adopted", "value"]].to_numpy().tolist() == [["agreement", "call"]]
    assert rivals["adopted_by"].isna().all()


def test_a_claim_of_ones_own_is_heard_whatever_was_asked_before(claims):
    act = "1994-05-12-ceasefire.agreement"
    names = ["table", "record_id", "column", "value", "inferred", "source", "locator", "note"]
    ledger = claims[names]
    signed = ledger[ledger["record_id"].str.startswith(f"{act}.azerbaijan")]
    signed = signed[signed["column"] == "status"].head(1)
    others = ledger["source"].drop_duplicates().head(40)
    own = [signed.assign(value="refused", source=source, inferred=False) for source in others]
    mine = kd.record(pd.concat([ledger, *own]))

    def who(record):
        return texts.signed_by(act, record).set_index("adoption").loc["as adopted", "signed_by"]

    for record, too in ((mine, ""), (None, "Azerbaijan, "), (mine, "")):  # in either order
        assert who(record) == f"Armenia, {too}Karabakh Armenian authorities"


def test_a_file_of_the_data_that_changes_is_read_again(data, monkeypatch):
    monkeypatch.setattr(records, "DATA", str(data))
    before = records.stamp(description())
    file = data / "events.csv"
    text = file.read_bytes()
    file.write_bytes(text.replace(b"Kazan", b"Qazan", 1))  # as long as it was
    assert records.stamp(description()) != before
    now = file.stat().st_mtime_ns // 10**9 * 10**9
    moments = []
    for later in (0, 10**6):  # twice within a second
        os.utime(file, ns=(now, now + later))
        moments.append(records.stamp(description()))
    assert moments[0] != moments[1]


def test_what_is_heard_of_has_the_first_source_that_speaks_of_it(claims):
    whole = "1992-09-19-sochi"
    said = claims[claims["record_id"].str.startswith(whole) & (claims["table"] != "events")]
    step = kd.record(said)["events"].iloc[0]
    first, *_, last = said.sort_values("claim_id")["source"]
    assert first != last
    assert (step["event_id"], step["source"]) == (whole, first)


def test_a_text_that_a_claim_names_has_the_source_of_that_claim(claims):
    stop = claims[claims["record_id"] == "1994-05-12-ceasefire"].query("table == 'ceasefires'")
    names = stop[stop["column"] == "document_id"].tail(1)
    others = stop[(stop["column"] == "declared") & (stop["source"] != names["source"].iloc[0])]
    text = kd.record(pd.concat([others, names]))["documents"].set_index("document_id")
    assert text["source"].to_dict() == {"1994-05-12-ceasefire.agreement": names["source"].iloc[0]}


def test_a_row_keeps_its_own_source_where_that_speaks_of_it_elsewhere(claims):
    kazan = claims[claims["record_id"] == "2011-06-24-kazan"]
    kazan = kazan.assign(locator=kazan["locator"].replace("p15", "p16"))
    step = kd.record(kazan)["events"].iloc[0]
    assert (step["source"], step["locator"]) == (ARTICLE, "p16")


def test_a_date_is_inferred_where_no_source_states_it_outright(claims):
    kazan = claims[(claims["record_id"] == "2011-06-24-kazan") & (claims["column"] == "date")]
    kazan = kazan[kazan["value"] == "2011-06-24"].head(2)
    for inferred in ([False, True], [True, True]):
        step = kd.record(kazan.assign(inferred=inferred))["events"].iloc[0]
        assert step["date_inferred"] == all(inferred)


def test_notes_of_ones_own_stand_and_a_column_given_twice_is_refused(claims):
    kazan = claims[claims["record_id"] == "2011-06-24-kazan"].head(2)
    record = kd.record(kazan.assign(note="Read again."))
    assert set(record["claims"]["note"]) == {"Read again."}
    assert repr(record) == "<record as a part of the ledger tells it: 2 claims>"
    assert repr(kd.record()).startswith("<record as the whole ledger tells it: ")
    with pytest.raises(ValueError, match=r"claims with a column twice: .*value"):
        kd.record(pd.concat([kazan, kazan["value"]], axis=1))


def test_what_is_saved_says_whether_it_is_a_part(record, parts, tmp_path):
    record.save(tmp_path / "whole")
    parts["one claim"].save(tmp_path / "part")
    assert [checks.read(str(tmp_path / name)).part for name in ("whole", "part")] == [False, True]


def test_what_was_saved_is_saved_over_and_a_save_that_fails_leaves_nothing(parts, tmp_path):
    for name in ("kazakh", "one claim"):
        parts[name].save(tmp_path)
    assert len(pd.read_csv(tmp_path / "claims.csv")) == 1
    before = {file: file.read_bytes() for file in tmp_path.iterdir()}
    with pytest.raises(OSError, match=r"nowhere"):
        files.write(str(tmp_path), {"claims.csv": "", "nowhere/events.csv": ""})
    assert {file: file.read_bytes() for file in tmp_path.iterdir()} == before


def test_a_table_is_in_a_record_before_it_is_asked_for(claims):
    for made in (kd.record(), kd.record(claims.head(1))):
        assert "events" in made
        assert "evnts" not in made
        assert made._ipython_key_completions_() == list(kd.tables()["table"]) == list(made)
        assert len(made) == len(list(made))


@pytest.mark.parametrize("on", [True, False])
def test_the_search_for_cycles_is_as_it_was_found(claims, on):
    was = gc.isenabled()
    try:
        (gc.enable if on else gc.disable)()
        kd.record(claims.head(1))
        assert gc.isenabled() == on
        with pytest.raises(ValueError, match="unknown table"):
            kd.record(claims.head(1).assign(table="nowhere"))
        assert gc.isenabled() == on
    finally:
        (gc.enable if was else gc.disable)()


def test_what_is_not_given_of_a_claim_is_as_in_the_ledger(claims):
    [said] = claims[claims["note"].notna() & claims["locator"].notna()].head(1).to_dict("records")
    needed = {name: [said[name]] for name in records._NEEDED}
    for inferred in (said["inferred"], not said["inferred"]):  # as it stands, and in other words
        given = pd.DataFrame({**needed, "inferred": [inferred]})
        told = kd.record(given)["claims"].iloc[0]
        assert (told["inferred"], told["claim_id"]) == (inferred, said["claim_id"])
        assert (told["note"], told["locator"]) == (said["note"], said["locator"])


def test_claims_may_come_in_any_types_and_stay_as_they_were(claims):
    kazan = claims[claims["record_id"] == "2011-06-24-kazan"]
    told = kd.record(kazan)
    upset = kazan.sample(frac=1, random_state=1)
    forms = {
        "objects": upset.astype(object),
        "categories": upset.astype("category"),
        "numpy": upset.astype({"inferred": bool}),
        "one label": upset.set_axis([0] * len(upset)),
        "more columns": upset.assign(mine=1).iloc[:, ::-1],
    }
    for name, given in forms.items():
        before = given.copy()
        found = kd.record(given)
        assert_frame_equal(given, before)
        for table in ("claims", "events"):
            assert_frame_equal(found[table], told[table], obj=name)


def test_what_is_wrong_in_a_changed_frame_is_named_by_its_line_in_a_file(small):
    tables = description().tables.items()
    frames = {name: pd.read_csv(small / table.file, dtype=object) for name, table in tables}
    assert next(checks.faults(frames), None) is None
    frames["events"].loc[2, "kind"] = "Meeting"
    [fault] = checks.faults(frames)
    assert str(fault).startswith("events.csv, line 4, kind='Meeting': unknown value 'Meeting'.")


def test_of_a_part_a_row_that_none_of_its_claims_speaks_of_is_named(files, parts):
    part = parts["one claim"]
    tables = {name: list(part.rows(name)) for name in part}
    [stranger] = [row for row in files["events"] if row["event_id"] == "2011-06-24-kazan"]
    assert stranger["event_id"] not in {row["event_id"] for row in tables["events"]}
    tables["events"].append(stranger)
    found = checks.found(checks.Data(description(), tables, part=True))
    said = {fault.rule for fault in found if fault.value == stranger["event_id"]}
    assert "none of the claims speaks of it" in said
