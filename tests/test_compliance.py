"""What was asked, answered and done: studies of provisions, offers, refusals and ground."""

import warnings

import pandas as pd
import pytest
from asked import of_parts, refused

import karabakh_data as kd
from karabakh_data.studies import accounts, answers, ground, offers, provisions, refusals


def rows_of(*kept_of):
    """Provisions of one text each group: so many kept of so many."""
    rows = [
        (f"text {text}", True, place < kept)
        for text, (kept, of) in enumerate(kept_of)
        for place in range(of)
    ]
    return pd.DataFrame(rows, columns=["document_id", "known", "kept"])


# Provisions.


def test_share_kept_with_whole_texts_drawn_again():
    rows = rows_of(*[(4, 4)] * 6, *[(0, 4)] * 6)
    found = provisions.share_kept(rows)
    assert found[["kept", "known", "texts", "share"]].tolist() == [24, 48, 12, 0.5]
    # 12 texts of one fate each are 12 tosses of a coin, not 48: half a width of 0.28, not 0.14
    assert found["low"] == pytest.approx(0.5 - 0.28, abs=0.04)
    assert found["high"] == pytest.approx(0.5 + 0.28, abs=0.04)


def test_share_kept_covers_the_truth_as_often_as_it_says():
    import numpy as np

    pick = np.random.default_rng(7)
    hits = 0
    for turn in range(120):
        texts = pick.random(40) < 0.4
        rows = rows_of(*[(3 * int(done), 3) for done in texts])
        found = provisions.share_kept(rows, draws=300, seed=turn)
        hits += found["low"] <= 0.4 <= found["high"]
    assert hits / 120 > 0.88


def test_where_nothing_was_kept_the_interval_is_that_of_as_many_texts():
    found = provisions.share_kept(rows_of(*[(0, 3)] * 10))
    assert found["low"] == 0
    assert found["high"] == pytest.approx(1 - 0.025 ** (1 / 10))  # 10 tosses, none
    few = provisions.share_kept(rows_of((1, 2), (0, 2)))
    assert pd.isna(few["low"])  # two texts have no interval


def test_fates_of_provisions_add_up(record):
    rows = provisions.provisions(record)
    fates = [*provisions.BECAME.values(), "not told"]
    for by in ("about", "whom", "period", "footing"):
        table = provisions.fates_by(rows, by)
        assert (table[fates].sum(axis=1) == table["provisions"]).all()
        assert (table["kept"] <= table["known"]).all()
    assert set(provisions.by_text(rows)["text"]) <= {"all kept", "some kept", "none kept"}


def test_whom_a_provision_obliges():
    rows = provisions.provisions().set_index("obliged")["whom"]
    assert set(rows[["nagorno-karabakh"]]) == {"Armenian side"}
    assert set(rows[["azerbaijan"]]) == {"Azerbaijan"}
    assert set(rows[["parties"]]) == {"both sides together"}
    assert set(rows[["russia"]]) == {"mediators and others"}


def test_who_tells_what_became_of_a_provision():
    rows = accounts.told()
    one = rows[rows["provision_id"] == "2022-10-06-prague.statement.recognition-azerbaijan"]
    told = dict(zip(one["perspective"], one["teller"], strict=True))
    assert told == {"armenian": "other side", "azerbaijani": "own side", "russian": "third"}
    assert set(rows["value"]) <= set(kd.vocabulary("provisions", "fate")["value"])


def test_where_both_sides_speak_each_is_heard_once():
    rows = pd.DataFrame(
        [("a", "own side", True), ("a", "own side", False), ("a", "other side", False),
         ("b", "own side", True), ("b", "third", False), ("c", "other side", None)],
        columns=["provision_id", "teller", "kept"],
    ).assign(document_id="text", whom="Azerbaijan")  # fmt: skip
    found = accounts.both_speak(rows)
    assert found[["provision_id", "own", "other"]].to_numpy().tolist() == [["a", True, False]]


TEXT_OF_TWO = ["x.one", "x.two"]


@pytest.fixture
def judged(record):
    """A record of one text of two provisions, judged by (provision, perspective, fate)."""

    def of(*verdicts, obliged="azerbaijan"):
        rows = record["provisions"].head(2).copy()
        rows["provision_id"] = TEXT_OF_TWO
        fates = [next((f for p, _, f in verdicts if p == key), None) for key in TEXT_OF_TWO]
        rows["fate"] = pd.Series(fates, rows.index).astype(record["provisions"]["fate"].dtype)
        rows["obliged"] = pd.Series(obliged, rows.index).astype(rows["obliged"].dtype)
        rows["document_id"] = rows["document_id"].iloc[0]
        claims = record["claims"].query("table == 'provisions' and column == 'fate'")
        claims = claims.head(len(verdicts)).copy()
        views = record["sources"].drop_duplicates("perspective").set_index("perspective")
        cells = {
            "record_id": [key for key, _, _ in verdicts],
            "source": [views["source"][view] for _, view, _ in verdicts],
            "value": [fate for _, _, fate in verdicts],
        }
        for column, told in cells.items():
            claims[column] = pd.Series(told, claims.index).astype(claims[column].dtype)
        return {**record, "provisions": rows, "claims": claims}

    return of


def test_one_verdict_on_a_whole_text_is_of_one_source(judged):
    one, two = TEXT_OF_TWO
    alike = judged((one, "russian", "carried_out"), (two, "russian", "carried_out"))
    assert accounts.judged_whole(alike)["whole"].tolist() == [True]
    for others in [
        ((one, "russian", "carried_out"), (two, "armenian", "carried_out")),
        ((one, "russian", "carried_out"), (two, "russian", "not_carried_out")),
    ]:
        assert accounts.judged_whole(judged(*others))["whole"].tolist() == [False]


def test_some_say_that_it_was_kept_and_others_that_it_was_not(judged):
    one, two = TEXT_OF_TWO
    given = judged(
        (one, "azerbaijani", "carried_out"), (one, "armenian", "not_carried_out"),
        (two, "azerbaijani", "carried_out"), (two, "armenian", "in_part"),
    )  # fmt: skip
    found = accounts.disputed(given).set_index("provision_id")
    assert found["kept_or_not"].to_dict() == {one: True, two: False}
    told = accounts.told(given).set_index(["provision_id", "perspective"])
    assert told["teller"].loc[one].to_dict() == {
        "azerbaijani": "own side",
        "armenian": "other side",
    }
    contested = judged((one, "azerbaijani", "in_dispute"), (one, "armenian", "carried_out"))
    told = accounts.told(contested).set_index("perspective")["kept"]
    assert told.isna().to_dict() == {"azerbaijani": True, "armenian": False}
    assert accounts.disputed(contested)["kept_or_not"].tolist() == [False]


def test_of_what_both_are_obliged_to_nobody_tells_as_a_side(judged):
    given = judged((TEXT_OF_TWO[0], "armenian", "carried_out"), obliged="parties")
    assert accounts.told(given)["teller"].isna().all()


def test_each_side_by_its_own_sources_and_by_the_others():
    both = pd.DataFrame(
        {"whom": ["a", "a", "b"], "own": [True, True, False], "other": [True, False, False]}
    )
    found = accounts.by_side(both).set_index("whom")
    assert found.T.to_dict("list") == {"a": [2, 2, 1], "b": [1, 0, 0]}


def test_a_verdict_on_a_whole_text_is_noticed():
    found = accounts.judged_whole().set_index("document_id")
    assert found.loc["1998-11-07-common-state.proposal", "whole"]  # declined, all of it
    assert (found["provisions"] > 1).all()


# Offers and refusals.


def test_told_answers_are_those_of_the_ledger(record):
    found = answers.coded()
    assert set(found["answer"]) == set(kd.vocabulary("answers", "answer")["value"])
    assert set(found["reason"]) <= {"", *answers.REASONS}
    assert ((found["reason"] == "") == (found["answer"] == "accepted")).all()
    assert found["perspective"].notna().all()
    rows = record["answers"].set_index(["event_id", "actor"])
    assert rows["answer_id"].tolist() == [".".join(pair) for pair in rows.index]
    told = found.set_index(["event_id", "actor"])
    assert set(told.index) == set(rows.index)
    named = told[~told.index.duplicated()].reindex(rows.index)  # first as its row's source says
    assert named["source"].tolist() == rows["source"].tolist()


def test_a_reason_is_told_of_one_answer_as_often_as_sources_part():
    told = answers.coded().query("event_id == '1994-05-05-bishkek'")
    assert set(told["reason"]) == {"seat", "guarantees", "other", "not told"}
    both = answers.coded().query("event_id == '2023-08-lavrov-roads-proposal'")
    both = both[both["actor"] == "nagorno-karabakh"]
    assert dict(zip(both["answer"], both["reason"], strict=True)) == {
        "accepted": "",
        "declined": "other",
    }


def test_steps_named_by_the_studies_exist(record):
    steps = set(record["events"]["event_id"])
    assert set(offers.ONE_PROPOSAL) | set(offers.ONE_PROPOSAL.values()) <= steps


def test_a_proposal_is_put_to_others_than_those_who_make_it():
    rows = offers.addressed().set_index("event_id")
    assert rows.loc[["2020-10-08-terms"], "actor"].tolist() == ["armenia"]  # Azerbaijan's terms
    assert rows.loc[["1993-12-16-ceasefire"], "actor"].tolist() == ["azerbaijan"]  # a letter
    both = rows.loc[["1997-05-package"]].set_index("actor")["answer"]
    assert both["armenia"] == "told both ways"  # an act on the text says otherwise
    assert both["azerbaijan"] == "accepted"
    assert both["nagorno-karabakh"] == "declined"
    assert "1997-12-02-step-by-step" not in rows.index  # the same text


def test_who_signs_a_letter_asks_and_who_refuses_it_answers():
    told = offers.told_answers(kd.record()).query("event_id == '1993-12-16-ceasefire'")
    # Stepanakert's message, signed by Ghukasyan and Ohanyan, which Azerbaijan declined
    assert set(zip(told["actor"], told["answer"], strict=True)) == {("azerbaijan", "declined")}


def test_a_proposal_to_several_named_together_is_put_to_each(record):
    step = "1998-11-07-common-state"
    given = {**record, "signatures": record["signatures"].iloc[:0]}
    given["answers"] = record["answers"].iloc[:0]
    for together, each in (
        ("parties", {"armenia", "azerbaijan"}),
        ("armenia-karabakh", {"armenia", "nagorno-karabakh"}),
    ):
        row = record["participants"].query("event_id == @step").head(1)
        row = row.assign(role=pd.Series("addressee", row.index).astype(row["role"].dtype))
        row["actor"] = together
        asked = offers.answers_by_proposal({**given, "participants": row})
        assert {actor for event, actor in asked if event == step} == each


def test_rates_count_a_side_once():
    rows = pd.DataFrame(
        [("a", "armenia", "armenian", "accepted"),
         ("a", "nagorno-karabakh", "armenian", "declined"),
         ("b", "armenia", "armenian", "not told"),
         ("b", "azerbaijan", "azerbaijani", "accepted"),
         ("c", "armenia", "armenian", "accepted"),
         ("c", "nagorno-karabakh", "armenian", "told both ways"),
         ("d", "armenia", "armenian", "not told"),
         ("d", "nagorno-karabakh", "armenian", "accepted")],
        columns=["event_id", "actor", "side", "answer"],
    )  # fmt: skip
    sides = offers.rates(rows, "side").set_index("side")
    answers = ["proposals", "declined", "told both ways", "accepted", "not told"]
    assert sides.loc["armenian", answers].tolist() == [4, 1, 1, 1, 1]
    # Wilson for 1 of 4
    assert sides.loc["armenian", "low"] == pytest.approx(0.0456, abs=1e-3)


def test_why_and_by_whose_word_a_text_was_declined():
    rows = refusals.refused().set_index(["event_id", "actor"])
    state = rows.loc[("1998-11-07-common-state", "azerbaijan")]
    assert state[["reasons", "own", "other", "third"]].tolist() == ["status", True, True, True]
    # each side says it of the other, and each of another text
    kazan = rows.loc[[("2011-06-24-kazan", "azerbaijan"), ("2010-01-20-updated-madrid", "armenia")]]
    assert kazan["other"].tolist() == [True, True]
    # an Armenian agency passes Azerbaijan's word on
    assert kazan["own"].tolist() == [False, True]
    assert ("2011-06-24-kazan", "armenia") not in rows.index
    offer = rows.loc[("2018-11-01-all-for-all-offer", "armenia")]  # as Armenian sources alone tell
    assert offer[["own", "other", "third"]].tolist() == [True, False, False]
    counts = refusals.by_reason(rows.reset_index())
    assert counts.loc["seat", "azerbaijan"] >= 2


# Ground.


def moved(record, *changes):
    rows = record["front"].head(len(changes)).reset_index(drop=True)
    for place, (day, taken, lost) in enumerate(changes):
        rows.loc[place, "date_first"] = pd.Timestamp(day)
        rows.loc[place, ["taken_by", "lost_by"]] = [taken, lost]
    return {**record, "front": rows}


def test_ground_before_a_proposal(record):
    given = moved(
        record,
        ("2000-01-05", "azerbaijan", "armenia"),
        ("2000-01-20", "nagorno-karabakh", "azerbaijan"),
        ("2000-01-31", "azerbaijan", "armenia"),
    )
    rows = pd.DataFrame(
        {"day": pd.to_datetime(["2000-01-31"] * 2), "side": ["armenian", "azerbaijani"]}
    )
    month = ground.before(rows, 30, record=given)
    assert month[["lost", "took"]].to_numpy().tolist() == [[1, 1], [1, 1]]  # not the day itself
    fortnight = ground.before(rows, 14, record=given)
    assert fortnight["ground"].tolist() == ["took", "lost"]


@pytest.mark.parametrize("backwards", [False, True])
def test_a_side_accepted_if_none_of_it_declined(backwards, monkeypatch, record):
    rows = pd.DataFrame(
        [("a", "armenian", "accepted"), ("a", "armenian", "declined"),
         ("b", "armenian", "accepted"), ("b", "azerbaijani", "told both ways")],
        columns=["event_id", "side", "answer"],
    ).assign(title="", day=pd.Timestamp("1993-01-01"))  # fmt: skip
    stop = record["ceasefires"].query("ceasefire_id == '1994-05-12-ceasefire'")
    stop = stop.assign(event_id="a")
    monkeypatch.setattr(ground, "addressed", lambda given: rows[::-1] if backwards else rows)
    found = ground.asked(record)
    assert found[["event_id", "accepted"]].to_numpy().tolist() == [["a", False], ["b", True]]
    both = ground.asked_or_agreed({**record, "ceasefires": stop}).set_index(["event_id", "side"])
    # what a side declined it did not agree to, whatever else is told
    assert both["accepted"].to_dict() == {
        ("a", "armenian"): False, ("a", "azerbaijani"): True, ("b", "armenian"): True,
    }  # fmt: skip


def test_the_other_side_loses_what_one_takes(record):
    given = moved(record, ("2000-01-05", "azerbaijan", None), ("2000-01-06", None, "azerbaijan"))
    found = ground.changes(given)
    assert found["side_losing"].tolist() == ["armenian", "azerbaijani"]
    assert found["side_taking"].tolist() == ["azerbaijani", "armenian"]


def test_acceptance_is_fishers_exact_test():
    rows = pd.DataFrame(
        {"ground": ["lost"] * 4 + ["took"] * 4, "accepted": [True] * 4 + [False] * 4}
    )
    found = ground.acceptance(rows)
    assert found[["lost", "lost_accepted", "rest", "rest_accepted"]].tolist() == [4, 4, 4, 0]
    assert found["p"] == pytest.approx(2 / 70)  # two of the 70 ways to choose 4 of 8


def test_power_of_a_test_is_that_of_many_tries():
    import numpy as np
    from scipy import stats

    pick = np.random.default_rng(3)
    tries = [(pick.binomial(9, 0.9), pick.binomial(8, 0.2)) for _ in range(400)]
    found = [stats.fisher_exact([[a, 9 - a], [b, 8 - b]]).pvalue < 0.05 for a, b in tries]
    assert ground.power(9, 8, 0.9, 0.2) == pytest.approx(np.mean(found), abs=0.06)
    # of three and three p is never below 0.1: one in ten ways to choose three of six, and its like
    assert [ground.power(3, 3, 1, 0, level) for level in (0.09, 0.11)] == [0, 1]


# Parts of the record.

STUDIES = {
    "provisions": provisions.provisions,
    "told": accounts.told,
    "disputed": accounts.disputed,
    "judged whole": accounts.judged_whole,
    "both speak": lambda r: accounts.both_speak(accounts.told(r)),
    "by text": lambda r: provisions.by_text(provisions.provisions(r)),
    "fates by": lambda r: provisions.fates_by(provisions.provisions(r), "about"),
    "coded": answers.coded,
    "addressed": offers.addressed,
    "refused": refusals.refused,
    "by reason": lambda r: refusals.by_reason(refusals.refused(r)),
    "changes": ground.changes,
    "asked": ground.asked,
    "asked or agreed": ground.asked_or_agreed,
    "before": lambda r: ground.before(ground.asked(r), 60, record=r),
}


test_a_study_of_any_part_has_the_types_of_the_whole_and_opens_no_other = of_parts(STUDIES)


def test_numbers_of_an_empty_record_are_missing(parts):
    with warnings.catch_warnings(action="error"):
        rows = provisions.provisions(parts["empty"])
        assert provisions.share_kept(rows)["known"] == 0
        assert offers.rates(offers.addressed(parts["empty"])).empty
        assert provisions.shares_by(rows, "whom").empty
        found = ground.acceptance(
            ground.before(ground.asked(parts["empty"]), 60, record=parts["empty"])
        )
        assert found["lost"] == 0


MISSPELT = {
    "Did you mean 'about'": lambda: provisions.fates_by(provisions.provisions(), "abut"),
    "unknown column of the frame 'known'": lambda: provisions.share_kept(kd.load("provisions")),
    "unknown column of the frame 'side'": lambda: ground.before(pd.DataFrame({"day": []}), 30),
}


test_what_is_misspelt_is_named_with_the_nearest = refused(MISSPELT)
