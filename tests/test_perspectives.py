"""Who says what: on named cases of the record."""

import pandas as pd

import karabakh_data as kd
from karabakh_data import measures, perspectives


def test_cells_of_which_both_sides_speak():
    rows = perspectives.shared_cells("armenian", "azerbaijani")
    rows = rows[rows["record_id"] == "1996-05-primakov.to-armenia"].set_index("column")
    prisoners = rows.loc["prisoners"]
    # the article has 39, the Azerbaijani officer 36
    assert (prisoners["first"], prisoners["second"]) == ({"39"}, {"36"})
    assert not prisoners["common"]


def test_wilson_interval_of_cells_in_common():
    rows = pd.DataFrame({"common": [True] * 8 + [False] * 2})
    # centre (0.8 + 1.96² / 20) / (1 + 1.96² / 10), reach 0.2266
    assert perspectives.in_common({"a": rows}).loc["a"].tolist() == [10, 8, 80, "49 to 94"]


def test_who_tells_a_refusal():
    rows = perspectives.refusals_told().set_index("signature_id")
    # the step-by-step proposal of 1997: RFE/RL on Stepanakert's refusal
    told = rows.loc[["1997-09-step-by-step.proposal.nagorno-karabakh.refused"]]
    assert told[["perspective", "own"]].to_numpy().tolist() == [["third_party", False]]


def test_who_tells_a_fate_and_who_tells_another():
    told = perspectives.told_by("ceasefires", "fate")
    # one Armenian source has it declined, another broken, an Azerbaijani one never begun
    row = told.loc["1993-12-16-ceasefire"].tolist()
    assert row == ["Arm.", "broken: Arm.; never began: Az."]


def test_a_proposal_declined_by_two_parties_stands_twice():
    rows = perspectives.refusals(measures.attempts(kd.load("ceasefires")))
    plan = rows[rows["day"] == "1993-05-03"]  # of Russia, the United States and Turkey
    assert plan["declined"].tolist() == ["Armenia", "Nagorno-Karabakh"]
    assert set(plan["put_forward"]) == {"Russia, Turkey, United States"}
    offer = rows[rows["day"] == "1993-12-16"]  # signed by the one, carried by the other
    assert offer["put_forward"].tolist() == ["Nagorno-Karabakh, Russia"]
    assert offer["declined"].tolist() == ["Azerbaijan"]


def test_rival_versions_in_words():
    told = kd.disagreements("signatures")
    rows = perspectives.versions(told[told["record_id"].str.contains("karen-baburyan")])
    assert rows.to_numpy().tolist() == [
        ["Bishkek Protocol: Karen Baburyan", "actor", "Nagorno-Karabakh",
         "Armenian community of Nagorno-Karabakh", "2 Az."]
    ]  # fmt: skip
