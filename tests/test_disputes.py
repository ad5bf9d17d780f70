"""Disputes, like with like, official accounts, second readings."""

import pandas as pd
import pytest
from asked import of_parts, refused

import karabakh_data as kd
from karabakh_data.studies import (
    article,
    common_ground,
    completeness,
    coverage,
    disagreement,
    like_with_like,
    official,
    parting,
    readings,
    reference,
    robust,
    tellers,
)

SIDES, OTHERS = ("armenian", "azerbaijani"), ("russian", "third_party")


def with_claims(record, rows):
    """The record with these claims only: table, record, column, value, source, inferred."""
    names = ["table", "record_id", "column", "value", "source", "inferred"]
    claims = pd.DataFrame(rows, columns=names)
    whole = record["claims"].iloc[:0].reindex(range(len(claims)))
    for name in names:
        whole[name] = claims[name].astype(record["claims"][name].dtype)
    whole["agreement"] = whole["agreement"].fillna("same")
    return {**record, "claims": whole}


@pytest.fixture(scope="module")
def of(record):
    """A source of each perspective."""
    return record["sources"].groupby("perspective", observed=True)["source"].apply(list)


# Disputes.


def test_a_cell_with_a_rival_is_disputed_and_one_with_a_vaguer_date_is_not():
    cells = disagreement.contested().set_index(["table", "record_id", "column"])
    kazan = cells.loc[("events", "2011-06-24-kazan", "date")]
    assert kazan["disputed"]
    assert kazan["kind"] == "a date"
    key = ["table", "record_id", "column"]
    rivals = kd.disagreements()
    near = rivals.loc[rivals["agreement"] == "compatible", key].drop_duplicates()
    every = disagreement.disputes(rivals)[key].drop_duplicates()
    rows = near.merge(every, on=key, how="left", indicator=True)
    alone = rows.loc[rows["_merge"] == "left_only", key].itertuples(index=False, name=None)
    assert not cells.loc[list(alone), "disputed"].any()


def test_shares_are_of_the_cells_given():
    cells = pd.DataFrame({"kind": ["a", "a", "b"], "disputed": [True, False, False]})
    found = disagreement.rates(cells, "kind")
    assert found.to_dict("index") == {
        "a": {"cells": 2, "disputed": 1, "percent": 50},
        "b": {"cells": 1, "disputed": 0, "percent": 0},
    }


def test_of_groups_as_disputed_the_larger_stands_first():
    cells = pd.DataFrame({"kind": list("abbcc"), "disputed": [True, True, True, True, False]})
    assert disagreement.rates(cells, "kind").index.tolist() == ["b", "a", "c"]


def rivals_of(*rows):
    """Rival versions of a day of Kazan: what each says, and what decided."""
    names = ["value", "adopted", "agreement", "rule", "verdict", "perspective"]
    found = pd.DataFrame(rows, columns=names).astype("str").replace("-", None)
    return found.assign(table="events", record_id="2011-06-24-kazan", column="date")


def test_what_contradicts_and_what_settles():
    rivals = rivals_of(
        ["2011-06-26", "2011-06-24", "differs", "definition", "reject", "russian"],
        ["2011-06-25", "2011-06-24", "differs", "more_sources", "-", "armenian"],
        ["2011-06", "2011-06-24", "compatible", "more_sources", "-", "armenian"],
    )
    for rows in (rivals, rivals[::-1]):
        found = disagreement.settled(disagreement.disputes(rows))
        assert found[["rule", "by"]].to_numpy().tolist() == [["more_sources", "a computed rule"]]
    unadopted = rivals_of(
        ["2011-06-25", "-", "unadopted", "tie", "-", "armenian"],
        ["2011-06-25", "-", "unadopted", "definition", "reject", "armenian"],
        ["2011-06-25", "2011-06-24", "compatible", "tie", "-", "armenian"],
    )
    assert disagreement.disputes(unadopted).index.tolist() == [0]
    assert disagreement.settled(unadopted.head(1))["by"].tolist() == ["nothing: left blank"]


def test_who_tells_a_version_is_counted_and_in_one_order():
    told = ["russian", "armenian", "russian", "russian"]
    rows = [["2011-06-25", "2011-06-24", "differs", "more_sources", "-", who] for who in told]
    assert disagreement.versions(rivals_of(*rows))["told_by"].tolist() == ["Arm., 3 Rus."]


def test_versions_that_tie_stand_beside_no_value():
    days = ["2011-06-24", "2011-06-25"]
    tied = rivals_of(*([day, "-", "unadopted", "tie", "-", "russian"] for day in days))
    found = disagreement.versions(tied)
    assert found["rival"].tolist() == days
    assert found["adopted"].isna().all()


def test_the_days_asked_of_a_text_are_no_days_of_its_step():
    due = rivals_of(["2011-07-24", "2011-06-24", "differs", "more_sources", "-", "armenian"])
    asked = kd.load("provisions")["provision_id"].iloc[0]
    assert disagreement.days_apart(due)["days"].tolist() == [30]
    of_text = due.assign(table="provisions", record_id=asked, column="due")
    assert disagreement.days_apart(of_text).empty


def test_days_apart_are_counted_in_four_classes():
    found = disagreement.by_days_apart(pd.DataFrame({"days": [1, 2, 3, 4, 7, 8]}))
    assert found.tolist() == [1, 2, 2, 1]


def test_versions_of_steps_stand_by_record_and_column():
    steps = ["2011-06-24-kazan", "1992-09-19-sochi", "1994-05-05-bishkek"]
    columns = ["place", "fate", "date", "outcome", "status"]
    found = disagreement.of_steps(kd.disagreements()[::-1], steps, columns)
    order = list(zip(found["about"], found["column"], strict=True))
    assert len(order) > 3
    assert order == sorted(order)


def test_a_step_that_a_part_does_not_tell_of_has_no_versions_in_it(parts):
    few = parts["one claim"]
    assert "2011-06-24-kazan" not in set(few["events"]["event_id"])
    rivals = kd.disagreements(record=few)
    assert disagreement.of_steps(rivals, ["2011-06-24-kazan"], ["date"], record=few).empty
    with pytest.raises(ValueError, match=r"'2011-06-kazan'\. Did you mean '2011-06-24-kazan'"):
        disagreement.of_steps(rivals, ["2011-06-kazan"], ["date"], record=few)


def test_every_disputed_cell_is_settled_once():
    rivals = disagreement.disputes(kd.disagreements())
    found = disagreement.settled(rivals)
    assert len(found) == disagreement.contested()["disputed"].sum()
    decided = found[found["by"] == "a decision"]
    grounds = set(kd.vocabulary("decisions", "rule")["value"])
    assert set(decided["rule"]) <= grounds
    assert set(found["by"]) <= set(disagreement.WAYS)


def test_days_places_and_outcomes_are_any_of_these():
    names = ["date", "declared", "place", "outcome", "fate", "status", "kind", "role"]
    tables = ["events", "ceasefires", "events", "events", "ceasefires", "signatures", "events",
              "participants"]  # fmt: skip
    cells = pd.DataFrame({"table": tables, "record_id": "x", "column": names})
    kept = common_ground.on_days_places_and_outcomes(cells)
    assert kept["column"].tolist() == names[:6]
    assert common_ground.on_days(cells)["column"].tolist() == names[:2]


# Like with like.


def test_one_claim_of_each_is_drawn(record, of):
    cell = ("events", "2011-06-24-kazan", "date")
    arm, az = of["armenian"], of["azerbaijani"]
    given = with_claims(record, [
        (*cell, "2011-06-24", arm[0], False), (*cell, "2011-06-24", arm[1], False),
        (*cell, "2011-06-25", arm[2], False), (*cell, "2011-06-24", az[0], False),
        (*cell, "2011-06", az[1], True),
    ])  # fmt: skip
    same = like_with_like.drawn(*SIDES, record=given)["same"]
    assert same.tolist() == [pytest.approx(2 / 3 / 2)]
    same = like_with_like.drawn(*SIDES, vague=True, record=given)["same"]
    assert same.tolist() == [pytest.approx((2 / 3 + 1) / 2)]
    same = like_with_like.drawn(*SIDES, outright=True, record=given)["same"]
    assert same.tolist() == [pytest.approx(2 / 3)]
    same = like_with_like.drawn(*SIDES, without=arm[2], outright=True, record=given)["same"]
    assert same.tolist() == [1]


def test_the_interval_draws_steps_and_not_cells():
    steps = pd.DataFrame({"event_id": ["a"] * 50 + ["b"] * 50, "same": [1.0] * 50 + [0.0] * 50})
    cells = steps.assign(event_id=[str(n) for n in range(100)])
    found = like_with_like.rates({"steps": steps, "cells": cells})
    assert found["percent"].tolist() == [50, 50]
    assert found.loc["steps", ["low", "high"]].tolist() == [0, 100]
    assert found.loc["cells", "low"] > 35


def test_each_way_to_choose_the_cells_has_each_pair(record, of, monkeypatch):
    monkeypatch.setattr(like_with_like, "RESAMPLES", 9)
    first = like_with_like.ARTICLE
    rows = []
    for step, armenian, day, inferred, source in [
        ("2011-06-24-kazan", "2011-06-24", "2011-06-24", False, of["armenian"][1]),
        ("2001-04-03-key-west", "2001-04", "2001-04-03", False, of["armenian"][1]),
        ("1992-09-19-sochi", "1992-09-19", "1992-09-20", True, first),
    ]:
        rows += [("events", step, "date", armenian, source, inferred)]
        rows += [("events", step, "date", day, of[one][0], False) for one in SIDES[1:] + OTHERS]
    kind = ("events", "2011-06-24-kazan", "kind", "meeting")
    rows += [(*kind, of[one][1], False) for one in SIDES]
    other = ("armenian", "russian")
    found = like_with_like.compared(SIDES, other, record=with_claims(record, rows))
    assert found["pair"].tolist() == ["Armenian and Azerbaijani", "Armenian and Russian"] * 6
    own = found[found["pair"] == "Armenian and Azerbaijani"].set_index("way")
    assert own[["cells", "percent"]].T.to_dict("list") == {
        "every fact": [4, 50],
        "stated outright": [3, 67],
        "without the first source": [3, 67],
        "days, places, outcomes": [3, 33],
        "the same, a month and its day alike": [3, 67],
        "days alone": [3, 33],
    }
    assert list(own.index) == found["way"].drop_duplicates().tolist()


def test_cells_of_one_step_have_no_interval():
    one = pd.DataFrame({"event_id": ["a", "a"], "same": [1.0, 0.0]})
    found = like_with_like.rates({"one": one, "none": one.iloc[:0]})
    assert found.loc["one"].tolist() == [2, 50, pd.NA, pd.NA]
    assert found.loc["none"].isna().tolist() == [False, True, True, True]


def test_a_cell_that_belongs_to_no_step_is_drawn_by_itself():
    cells = like_with_like.drawn(*SIDES)
    front = cells[cells["table"] == "front"]
    assert (front["event_id"] == front["record_id"]).all()
    assert cells["event_id"].notna().all()


def test_mcnemar_on_nine_to_none():
    cells = pd.DataFrame({"pair": [True] * 14 + [True] * 9, "other": [True] * 14 + [False] * 9})
    found = like_with_like.parted(cells)
    assert found[["pair", "other", "pair_only", "other_only"]].tolist() == [23, 14, 9, 0]
    assert found["p"] == pytest.approx(2 / 2**9)
    assert pd.isna(like_with_like.parted(cells.head(14))["p"])  # no cell tells


def test_without_the_first_source_there_is_no_way_to_leave_it_out(parts):
    few, sources = parts["one claim"], parts["one claim"]["sources"]
    others = {**few, "sources": sources[sources["source"] != article.SOURCE]}
    ways = [set(like_with_like.compared(SIDES, record=given)["way"]) for given in (few, others)]
    assert ways[0] - ways[1] == {"without the first source"}


def test_where_they_part_a_month_and_its_day_do_not():
    rows = pd.DataFrame(
        [["events", "a", "date", {"2011-06"}, {"2011-06-24"}, False],
         ["events", "b", "date", {"2011-06-24"}, {"2011-06-25"}, False],
         ["events", "c", "outcome", {"signed"}, {"agreed"}, False],
         ["events", "d", "outcome", {"signed"}, {"signed"}, True]],
        columns=["table", "record_id", "column", "first", "second", "common"],
    )  # fmt: skip
    assert parting.parting(rows)["record_id"].tolist() == ["b", "c"]


def test_whose_version_is_adopted_adds_up():
    apart = parting.parting(common_ground.shared_cells(*SIDES))
    kinds = parting.adopted_by_kind(apart)
    assert kinds.loc["all"].sum() == len(apart)
    assert (kinds.drop("all").sum() == kinds.loc["all"]).all()
    assert parting.adopted_by_backing(apart, *SIDES).to_numpy().sum() == len(apart)
    assert parting.adopted_by_settlement(apart).to_numpy().sum() == len(apart)


@pytest.mark.parametrize(
    ("armenian", "azerbaijani", "adopted"),
    [("same", "differs", "first"), ("differs", "same", "second"), ("same", "same", "both"),
     ("differs", "differs", "neither"), ("compatible", "same", "second")],
)  # fmt: skip
def test_whose_version_is_adopted(armenian, azerbaijani, adopted, record, of):
    cell = ("ceasefires", "1992-09-19-sochi", "fate")
    standing = pd.Series([armenian, azerbaijani])
    values = standing.map({"same": "broken"}).fillna("never_began")
    given = with_claims(
        record, [(*cell, values[n], of[side][0], False) for n, side in enumerate(SIDES)]
    )
    given["claims"]["agreement"] = standing.astype(given["claims"]["agreement"].dtype)
    shared = common_ground.shared_cells(*SIDES, record=given)
    assert common_ground.whose_adopted(shared, record=given).tolist() == [adopted]


def test_who_backs_whom(record, of):
    cell = ("ceasefires", "1992-09-19-sochi", "fate")
    given = with_claims(record, [
        (*cell, "never_began", of["armenian"][0], False),
        (*cell, "broken", of["azerbaijani"][0], False),
        (*cell, "broken", of["russian"][0], False),
    ])  # fmt: skip
    apart = parting.parting(common_ground.shared_cells(*SIDES, record=given))
    backed = parting.adopted_by_backing(apart, *SIDES, record=given)
    assert backed.loc["the second"].sum() == 1
    assert backed.to_numpy().sum() == 1


# Official accounts.


def test_four_accounts_of_which_every_page_is_a_source(record):
    pages = [page for one in official.ACCOUNTS.values() for page in one.sources]
    assert set(pages) <= set(record["sources"]["source"])
    views = record["sources"].set_index("source")["perspective"]
    for one in official.ACCOUNTS.values():
        assert set(views[list(one.sources)]) == {one.perspective}
        assert one.read


def test_what_an_account_tells_lies_in_its_span():
    rows = official.steps("azerbaijan")
    told = rows[rows["told"]]
    assert "1994-12-06-budapest" in set(told["event_id"])
    dated = rows["start"].dropna()
    assert dated.between(told["start"].min(), told["start"].max()).all()
    # of the ceasefire of May 1994 its pages, as read, do not speak
    missed = official.left_out("azerbaijan")
    assert "1994-05-12-ceasefire" in set(missed["event_id"])
    assert missed["others"].min() >= official.WIDELY


def test_an_account_stands_alone_where_nobody_says_the_same(record):
    one = official.account("karabakh").sources[0]
    other = record["sources"].query("perspective == 'azerbaijani'")["source"].iloc[0]
    event = "2011-06-24-kazan"
    given = with_claims(record, [
        ("events", event, "date", "2011-06-25", one, False),
        ("events", event, "date", "2011-06", other, False),
        ("events", event, "outcome", "no_result", one, False),
        ("events", event, "outcome", "adopted", other, False),
        ("events", event, "place", "kazan", one, False),
    ])  # fmt: skip
    cells = official.beside_others("karabakh", given).set_index("column")
    assert cells["otherwise"].to_dict() == {"date": False, "outcome": True}
    assert cells.loc["outcome", ["says", "others"]].tolist() == ["no result", "adopted: Az."]
    found = official.measures(given)
    assert found.loc["karabakh", ["told", "shared", "otherwise"]].tolist() == [1, 2, 1]
    assert found.loc["russia", ["told", "span", "shared"]].tolist() == [0, 0, 0]


def test_versions_and_who_tells_them_stand_in_one_order(record, of):
    cell = ("events", "2011-06-24-kazan", "outcome")
    said = [("no_result", "karabakh"), ("signed", "russian"), ("adopted", "russian"),
            ("adopted", "azerbaijani")]  # fmt: skip
    sources = {"karabakh": official.account("karabakh").sources}
    rows = [(*cell, value, sources.get(who, of.get(who))[0], False) for value, who in said]
    for given in (rows, rows[::-1]):
        cells = official.beside_others("karabakh", with_claims(record, given))
        assert cells["others"].tolist() == ["adopted: Az., Rus.; signed: Rus."]


def test_measures_are_those_of_the_parts():
    found = official.measures()
    for name in official.ACCOUNTS:
        span = official.steps(name)
        assert found.loc[name, "told"] == span["told"].sum()
        assert found.loc[name, "widely"] == span["widely"].sum()
        kept = found.loc[name, "widely"] - found.loc[name, "widely_told"]
        assert kept == len(official.left_out(name))
    assert len(official.alone()) == found["otherwise"].sum()


# Second readings.


def test_alpha_by_hand():
    # ten units, nine agree, two values: o = 2 of 20 pairs off; e: 10·10·2/(20·19)
    first = ["a"] * 5 + ["b"] * 5
    rows = pd.DataFrame({"first": first, "second": ["a"] * 4 + ["b"] * 6, "round": 1})
    n_a, n_b = 9, 11
    expected = 1 - (2 / 20) / (2 * n_a * n_b / (20 * 19))
    assert readings.alpha(rows, "round")["alpha"].iloc[0] == pytest.approx(expected)


def test_alpha_leaves_out_what_both_left_blank():
    rows = pd.DataFrame({"first": ["none"] * 6 + ["a", "b"], "second": ["none"] * 6 + ["a", "a"]})
    found = readings.alpha(rows.assign(round=1), "round").iloc[0]
    assert found[["read", "filled", "percent", "percent_filled"]].tolist() == [8, 2, 88, 50]
    assert found["alpha"] > found["alpha_filled"]


def test_second_readings_followed_are_those_whose_notes_say_so():
    notes = ["Adopted.", "Judged: second; adopted.", "Judged: first stands.",
             "Judged: neither; coded `adopted` now.", None]  # fmt: skip
    rows = pd.DataFrame({"agrees": [False] * 5, "note": notes})
    assert readings.followed(rows) == 2
    assert readings.followed(rows.assign(agrees=True)) == 0


def test_claims_mended_are_those_whose_notes_say_so():
    rows = pd.DataFrame({"note": ["Claim taken out.", "Now inferred.", "Adopted.", None]})
    assert readings.mended(rows) == readings.mended(rows.astype(object)) == 2


def test_only_cells_with_a_claim_count_as_read(record, of):
    cell = ("events", "2011-06-24-kazan", "outcome")
    given = with_claims(record, [(*cell, "refused", of["armenian"][0], False)])
    found = readings.reach(given)
    assert found[["table", "column", "filled", "read"]].to_numpy().tolist() == [
        ["events", "outcome", 1, 1]
    ]


def test_a_second_coding_lays_over_classes_not_days_or_names_read_on_pages():
    again = kd.load("readings").query("source.isna() and round == 7")
    days = again.query("column == 'breached' and record_id == '1994-05-12-ceasefire'")
    assert days["second"].tolist() == ["1994-05-16"]
    record = dict(kd.record())
    record["ceasefires"] = record["ceasefires"].copy()
    stop = record["ceasefires"]["ceasefire_id"] == "1994-05-12-ceasefire"
    record["ceasefires"].loc[stop, "breached"] = pd.NaT
    coded = robust.second_coding(record)
    assert coded["ceasefires"].loc[stop, "breached"].isna().all()
    outcomes = coded["events"].set_index("event_id")["outcome"]
    assert outcomes["2011-06-24-kazan"] == "refused"  # the table: no_result


def test_the_codebook_says_what_a_value_means():
    rows = reference.columns("ceasefires").set_index("column")
    assert rows.loc["event_id", "holds"] == "key of events"
    assert "never_began" not in rows.loc["fate", "meaning"]
    assert reference.values("retired").empty
    assert reference.values("decisions")["column"].unique().tolist() == ["table", "verdict", "rule"]


# Parts of the record.

STUDIES = {
    "contested": disagreement.contested,
    "settled": lambda r: disagreement.settled(disagreement.disputes(kd.disagreements(record=r))),
    "drawn": lambda r: like_with_like.drawn(*SIDES, record=r),
    "rates": lambda r: like_with_like.rates({"a": like_with_like.drawn(*SIDES, record=r)}),
    "compared": lambda r: like_with_like.compared(SIDES, OTHERS, record=r),
    "on same cells": lambda r: like_with_like.on_same_cells(SIDES, OTHERS, record=r),
    "by kind": lambda r: parting.adopted_by_kind(
        parting.parting(common_ground.shared_cells(*SIDES, record=r)), record=r
    ),
    "by backing": lambda r: parting.adopted_by_backing(
        parting.parting(common_ground.shared_cells(*SIDES, record=r)), *SIDES, record=r
    ),
    "by settlement": lambda r: parting.adopted_by_settlement(
        parting.parting(common_ground.shared_cells(*SIDES, record=r)), record=r
    ),
    "measures": official.measures,
    "account's steps": lambda r: official.steps("azerbaijan", r),
    "beside others": lambda r: official.beside_others("karabakh", r),
    "alone": official.alone,
    "told together": official.told_together,
    "left out": lambda r: official.all_left_out(3, r),
    "refusals": official.refusals,
    "known attempts": completeness.known_attempts,
    "pairs": lambda r: completeness.pairs(completeness.known_attempts(r)),
    "by search": lambda r: coverage.by_search("events", record=r),
    "by years": lambda r: coverage.by_years(coverage.by_search("events", record=r), record=r),
    "publishers": lambda r: coverage.publishers("ceasefires", record=r),
    "pax": coverage.pax,
    "alpha": lambda r: readings.alpha(r["readings"].groupby("round").head(30), "round"),
    "reach": readings.reach,
}  # fmt: skip


test_a_study_of_any_part_has_the_types_of_the_whole_and_opens_no_other = of_parts(STUDIES)


MISSPELT = {
    "Did you mean 'armenian'": lambda: like_with_like.drawn("armenan", "russian"),
    "Did you mean 'azerbaijan'": lambda: official.account("azerbaijani"),
    "unknown source 'nkr'": lambda: like_with_like.drawn(*SIDES, without="nkr"),
    "of the frame 'disputed'": lambda: disagreement.rates(pd.DataFrame([{"a": 1}]), "a"),
    "no claims are kept on 'places'": lambda: coverage.by_search("places"),
    "Did you mean 'ceasefires'": lambda: reference.columns("ceasefire"),
}  # fmt: skip


test_what_is_misspelt_is_named_with_the_nearest = refused(MISSPELT)


def test_perspectives_of_the_tests_exist():
    assert {*SIDES, *OTHERS} <= set(tellers.perspectives())


def test_steps_that_both_sides_tell():
    known = tellers.known_by("events")
    either, both = parting.told_by_both(*SIDES)
    assert both == (known["armenian"] & known["azerbaijani"]).sum() < either
    assert 0 < parting.fates_told("azerbaijani") < either


def test_those_who_tell_the_adopted_value_are_named_in_order():
    told = (
        kd.disagreements("ceasefires")["adopted_by"].dropna().map(lambda names: names.split(", "))
    )
    assert told.map(len).max() > 2
    assert told.tolist() == told.map(sorted).tolist()


def test_the_reason_of_a_rejection_stands_beside_what_was_rejected_alone(record):
    cell = ["table", "record_id", "column", "value"]
    rivals = kd.disagreements().query("verdict == 'reject'")
    rejected = record["decisions"].query("verdict == 'reject'")
    known = set(rejected[[*cell, "reason"]].itertuples(index=False, name=None))
    assert len(rivals)
    assert set(rivals[[*cell, "reason"]].itertuples(index=False, name=None)) <= known
