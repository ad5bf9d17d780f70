"""Studies: on small examples worked out by hand, on named cases, on parts of the record."""

import doctest
import inspect
import pkgutil
import re
import warnings
from importlib import import_module

import pandas as pd
import pytest
from asked import of_parts, refused

import karabakh_data as kd
from karabakh_data.studies import (
    article,
    attempts,
    common_ground,
    completeness,
    coverage,
    deaths,
    disagreement,
    event_study,
    formats,
    ground,
    naming,
    nearby,
    offers,
    parting,
    people,
    places,
    prisoners,
    provisions,
    readings,
    refusals,
    seats,
    spells,
    steps,
    tellers,
    texts,
    violence,
)


def by_few_draws(record):
    """Estimates of how many ceasefires there were; what draws say test_completeness tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(completeness, "RESAMPLES", 20)
        return completeness.estimates(tellers.known_by("ceasefires", record=record))


def changed(record, **tables):
    """The record with other tables in it."""
    return {**record, **tables}


# A frame of one's own.

BESIDE = {
    "deaths around": lambda rows: deaths.around(rows["day"]),
    "deaths after the last days": lambda rows: deaths.around(rows["day"], until=rows["day"]),
    "ground lost and taken": lambda rows: ground.before(rows, 30),
    "whose version is adopted": lambda rows: common_ground.whose_adopted(rows),
    "about a date": disagreement.is_date,
    "in words": lambda rows: disagreement.in_reader_words(rows, "value", kd.record()),
}


@pytest.fixture(scope="module")
def rows_of(record):
    """For each name in BESIDE some rows to begin with."""
    shared = common_ground.shared_cells("armenian", "azerbaijani", record=record)
    rivals = kd.disagreements(record=record).tail(60).reset_index(drop=True)
    return {
        "deaths": ground.asked(record).head(30),
        "ground": ground.asked(record).head(30),
        "whose": shared.tail(60).reset_index(drop=True),
        "about": rivals,
        "in": rivals,
    }


@pytest.mark.parametrize("name", BESIDE)
def test_what_stands_beside_the_rows_of_a_frame_has_their_index(name, rows_of):
    rows = rows_of[name.split()[0]]
    plain = pd.DataFrame(BESIDE[name](rows))
    assert plain.nunique(dropna=False).max() > 1
    backwards = range(len(rows))[::-1]
    for mine in (backwards, [7] * len(rows)):  # sorted otherwise; put together of several
        found = pd.DataFrame(BESIDE[name](rows[::-1].set_axis(list(mine), axis=0)))
        assert found.index.tolist() == list(mine)
        assert found.reset_index(drop=True).equals(plain[::-1].reset_index(drop=True))


def test_rival_versions_are_the_same_in_whatever_frame_they_stand(record):
    rivals = kd.disagreements(record=record).tail(60)
    again = pd.concat([part.reset_index(drop=True) for part in (rivals[:30], rivals[30:])])
    assert not again.index.is_unique
    for study in (disagreement.versions, disagreement.days_apart, disagreement.settled):
        pd.testing.assert_frame_equal(study(again), study(rivals))


# On small examples.


def test_chapman_on_twenty_twenty_and_ten():
    first = pd.Series([True] * 20 + [False] * 10)
    second = pd.Series([False] * 10 + [True] * 20)
    total, low, high = completeness.chapman(first, second)
    assert total == pytest.approx(21 * 21 / 11 - 1)
    spread = 1.96 * (21 * 21 * 10 * 10 / (11**2 * 12)) ** 0.5
    assert high == pytest.approx(total + spread)
    assert low == 30  # no lower than what both lists hold together


def test_chao_on_six_seen_once_and_two_seen_twice():
    sightings = pd.Series([1] * 6 + [2] * 2 + [5] * 4)
    total, low, high = completeness.chao(sightings)
    assert total == pytest.approx(12 + 6 * 5 / (2 * 3))  # 12 seen, 5 at least unseen
    assert 12 < low < total < high
    # variance 5 + 6·11²/(4·3²) + 6²·2·5²/(4·3⁴) = 30.72; factor exp(1.96·√ln(1 + 30.72/5²))
    assert high - 12 == pytest.approx(5 * 5.7819, rel=1e-4)
    assert completeness.chao(pd.Series([2, 3])) == (2, 2, 2)


def test_survival_counts_a_censored_spell_until_it_is_lost_sight_of():
    days, ended = pd.Series([1, 2, 3]), pd.Series([True, False, True])
    share = spells.survival(days, ended)["share"]
    assert share.loc[1] == pytest.approx(2 / 3)
    assert share.loc[3] == pytest.approx(0)  # one of one left


def test_survival_counts_those_followed_past_a_day():
    days, ended = pd.Series([1, 2, 3]), pd.Series([True, False, True])
    assert spells.survival(days, ended)["left"].tolist() == [2, 1, 0]


def test_the_share_after_a_day_is_that_of_the_last_change():
    curve = spells.survival(pd.Series([1, 4]), pd.Series([True, True]))
    shares = [spells.share_after(curve, day)["share"] for day in (0, 1, 3, 4, 9)]
    assert shares == [1, 0.5, 0.5, 0, 0]


def test_years_with_a_step_leave_gaps_and_one_label(record):
    days = pd.to_datetime(["1992-03-01", "1992-05-01", "1994-01-01", "1991-09-01"])
    rows = record["events"].head(4).assign(format=["iran", "iran", "iran", "russia"])
    rows["start"] = days.astype(rows["start"].dtype)
    given = changed(record, events=rows)
    years = formats.years_with_a_step(given)
    assert years["format"].tolist() == ["russia", "iran", "iran"]
    assert years["first"].dt.year.tolist() == [1991, 1992, 1994]
    assert years["last"].dt.year.tolist() == [1992, 1993, 1995]
    assert years["label"].tolist() == ["1", "", "3"]
    assert steps.by_year(given).to_dict() == {1991: 1, 1992: 2, 1993: 0, 1994: 1}


def test_a_third_party_call_and_a_confirmation_are_no_attempts_of_their_own(record):
    rows = record["ceasefires"].head(5)
    rows["step"] = pd.Categorical(
        ["call", "agreement", "confirmation", "agreement", None], rows["step"].cat.categories
    )
    rows["fate"] = pd.Categorical(
        [None, "broken", "confirmation", "superseded", None], rows["fate"].cat.categories
    )
    rows["event_id"] = "1992-09-19-sochi"
    rows["declared"] = rows["declared"].where(rows.index != 1)
    own = attempts.attempts(changed(record, ceasefires=rows))
    assert own["ceasefire_id"].tolist() == [rows.loc[1, "ceasefire_id"]]  # nor a blank step
    assert own["day"].tolist() == [pd.Timestamp("1992-09-19")]  # no day declared: the step's


def test_months_on_both_sides_of_a_day():
    day = pd.Series(pd.to_datetime(["1994-05-12"]))
    # UCDP GED 25.1: 306 deaths in April 1994, 30 in June
    assert deaths.around(day, months=1).iloc[0].tolist() == [306, 30]
    as_text = deaths.around(pd.Series(["1994-05-12", None], ["mine", "mine"]), months=1)
    assert as_text.iloc[0].tolist() == [306, 30]
    assert as_text.iloc[1].isna().all()
    assert deaths.around(pd.Series(pd.to_datetime(["1920-05-12"]))).isna().all(axis=None)


def test_months_on_both_sides_of_what_took_several():
    first, last = (pd.Series(pd.to_datetime([day])) for day in ("1994-05-12", "1994-05-30"))
    assert deaths.around(first, 1, until=last).iloc[0].tolist() == [306, 30]


# Spells.


def test_spells_of_the_record():
    found = spells.spells().set_index("ceasefire_id")
    # 12 May 1994 to 2 April 2016 (garabagh.net, EADaily)
    assert found.loc["1994-05-12-ceasefire", ["days", "ended"]].tolist() == [7996, True]
    first, last = found.loc["1994-05-12-ceasefire", ["first_day", "last_day"]]
    assert (first, last) == (pd.Timestamp("1994-05-12"), pd.Timestamp("2016-04-02"))
    # 31 August 1993 to 21 October: the stop and the extensions of September are one spell
    assert found.loc["1993-08-30-eleven-day", ["days", "ended"]].tolist() == [51, True]
    # sources give 18 to 23 August 1993: the latest, five days after it began
    assert found.loc["1993-08-17-five-day", ["days", "day_told"]].tolist() == [5, False]
    # 20 September 2023: no further than the decree of 28 September
    assert found.loc["2023-09-20-ceasefire", ["days", "ended"]].tolist() == [8, False]
    assert "2016-04-08-search-truce" not in found.index  # hours, not days


def with_cells(record, table, key, **cells):
    rows = record[table]
    for column, value in cells.items():
        rows.loc[rows.iloc[:, 0] == key, column] = value
    return changed(record, **{table: rows})


def test_a_stop_that_held_is_followed_to_the_next_attempt_of_its_scope(record):
    key = "2021-07-28-ceasefire"  # the next on the border: 16 November 2021
    given = with_cells(record, "ceasefires", key, fate="held", ended=pd.NaT)
    given = with_cells(given, "ceasefires", key, followed_until=pd.Timestamp("2025-09-01"))
    found = spells.spells(given).set_index("ceasefire_id")
    assert found.loc[key, ["days", "ended", "day_told"]].tolist() == [111, False, True]
    given = with_cells(given, "ceasefires", key, followed_until=pd.Timestamp("2021-08-02"))
    assert spells.spells(given).set_index("ceasefire_id").loc[key, "days"] == 5


def test_spells_are_the_same_whatever_the_order_of_rows_and_claims(record):
    found = spells.spells(record)
    backwards = {name: record[name].iloc[::-1] for name in record}
    mixed = {name: record[name].sample(frac=1, random_state=1) for name in record}
    pd.testing.assert_frame_equal(spells.spells(backwards), found)
    pd.testing.assert_frame_equal(spells.spells(mixed), found)


def test_a_claim_that_says_only_a_month_or_a_year_moves_no_spell(record):
    ends = record["claims"].query("table == 'ceasefires' and column == 'ended'").head(3)
    ends = ends.assign(record_id="1993-08-17-five-day", value=["1993-08", "1993", "../1993-09"])
    found = spells.spells(record)
    for claims in ([ends, record["claims"]], [ends.iloc[::-1], record["claims"], ends]):
        given = changed(record, claims=pd.concat(claims, ignore_index=True))
        with warnings.catch_warnings(action="error"):
            pd.testing.assert_frame_equal(spells.spells(given), found)
    ends = ends.head(1).assign(value="1993-08-25~")
    given = changed(record, claims=pd.concat([ends, record["claims"]]))
    assert spells.spells(given).set_index("ceasefire_id").loc["1993-08-17-five-day", "days"] == 7


def test_a_day_that_was_rejected_ends_no_spell(record):
    key = "1993-08-17-five-day"  # sources give 18 to 23 August 1993; without the latest, the 22nd
    latest = record["claims"].query("record_id == @key and column == 'ended'")
    latest = latest[latest["value"] == "1993-08-23"]
    verdict = record["decisions"].query("verdict == 'reject'").head(len(latest))
    for column in ("table", "record_id", "column", "value"):
        verdict[column] = latest[column].to_numpy()
    decisions = pd.concat([record["decisions"], verdict], ignore_index=True)
    found = spells.spells(changed(record, decisions=decisions)).set_index("ceasefire_id")
    assert found.loc[key, ["days", "day_told"]].tolist() == [4, False]


def test_a_ceasefire_that_extends_itself_in_a_ring_ends_no_loop(record):
    one, two = "1993-09-10-three-day", "1993-08-30-eleven-day"
    given = with_cells(record, "ceasefires", two, extends=one)
    assert spells.spells(given)["ceasefire_id"].is_unique


def test_an_end_before_the_beginning_is_left_out(record):
    key = "1994-05-12-ceasefire"
    given = with_cells(record, "ceasefires", key, ended=pd.Timestamp("1994-05-01"))
    assert key not in set(spells.spells(given)["ceasefire_id"])


# Named cases of the record.


def test_a_party_that_signed_was_at_the_step():
    # the local stop of 27 June 1993 was signed by commanders of both sides (PA-X 1722)
    rows = people.parties().query("event_id == '1993-06-27-magadiz-agdam'")
    assert {"Azerbaijan", "Karabakh Armenian authorities"} <= set(rows["actor_name"])
    assert {"azerbaijani", "armenian"} == set(rows["side"])


def test_a_party_that_only_refused_a_text_was_not_at_the_step():
    step = "event_id == '1997-09-step-by-step'"
    refused = texts.signatures().query(f"{step} and actor == 'nagorno-karabakh'")
    assert refused["status"].tolist() == ["refused"]
    rows = people.parties().query(step)
    assert "nagorno-karabakh" not in set(rows["actor"])


def test_who_is_a_party_follows_from_side_and_kind(record):
    actors = record["actors"].set_index("actor", drop=False)
    expected = ["armenia", "armenia-karabakh", "azerbaijan", "nagorno-karabakh", "parties"]
    assert actors.index[people.is_party(actors)].tolist() == expected


def test_no_party_is_a_mediator_and_bodies_count_with_what_they_are_part_of():
    actors = set(formats.mediators()["actor"])
    assert {"russia", "csce-osce"} <= actors
    assert actors.isdisjoint(["azerbaijan", "armenia", "nagorno-karabakh", "minsk-group"])


def test_pairs_speak_for_different_actors():
    seats = people.seats().query("event_id == '2011-06-24-kazan'")
    pairs = set(people.pairs(seats)["pair"])
    assert "Ilham Aliyev and Serzh Sargsyan" in pairs
    same = seats.assign(actor="russia")
    assert people.pairs(same).empty


def test_acts_by_day_name_the_text():
    acts = texts.by_day(texts.signatures())
    rows = acts[acts["day"] == "1994-05-08"]
    assert rows["label"].tolist() == ["protocol\nBaku"]
    assert rows["act"].tolist() == ["signed later"]


def test_cells_of_which_both_sides_speak():
    rows = common_ground.shared_cells("armenian", "azerbaijani")
    rows = rows[rows["record_id"] == "1996-05-primakov.to-armenia"].set_index("column")
    told = rows.loc["prisoners"]
    # the article has 39, the Azerbaijani officer 36
    assert (told["first"], told["second"]) == ({"39"}, {"36"})
    assert not told["common"]
    own = rows.reset_index().query("column == 'prisoners'")
    # 35 stands, as the radio of the following day had it
    assert common_ground.whose_adopted(own).tolist() == ["neither"]


def test_without_a_source_its_values_are_not_counted():
    without = common_ground.shared_cells("armenian", "azerbaijani", without=article.SOURCE)
    assert 0 < len(without) < len(common_ground.shared_cells("armenian", "azerbaijani"))


def test_who_initiates_is_a_party_only_if_of_a_side():
    started = kd.load("participants").query("role == 'initiator'")["actor"]
    assert {"russia", "iran", "azerbaijan"} <= set(started)
    parties = set(people.parties()["actor"])
    assert {"armenia", "azerbaijan", "nagorno-karabakh"} <= parties
    assert parties.isdisjoint({"russia", "iran"})


def test_who_tells_a_refusal():
    rows = refusals.told().set_index("signature_id")
    # the step-by-step proposal of 1997: RFE/RL on Stepanakert's refusal
    told = rows.loc[["1997-09-step-by-step.proposal.nagorno-karabakh.refused"]]
    assert told[["perspective", "own"]].to_numpy().tolist() == [["third_party", False]]
    assert told["year"].tolist() == [1997]
    # that Baku refused the protocol of Bishkek, sources of Baku, Yerevan and Moscow have
    baku = rows.loc["1994-05-05-bishkek.protocol.azerbaijan.refused"].set_index("perspective")
    assert baku.loc[["azerbaijani", "armenian", "russian"], "own"].tolist() == [True, False, False]
    assert set(baku["side"]) == {"azerbaijani"}


def test_who_tells_a_fate_and_who_tells_another():
    told = tellers.told_by("ceasefires", "fate")
    # one Armenian source has it declined, another broken, an Azerbaijani one never begun
    row = told.loc["1993-12-16-ceasefire"].tolist()
    assert row == ["Arm.", "broken: Arm.; never began: Az."]


def test_who_tells_a_day_in_more_ways_than_one_is_named_once():
    told = tellers.told_by("ceasefires", "ended")
    # the 21st and, as compatible with it, “October”; not the 24th
    assert told.loc["1993-10-aliyev-kocharyan"].tolist() == ["Int., third", "1993-10-24~: third"]


def test_a_proposal_declined_by_two_parties_stands_twice():
    rows = refusals.proposals()
    plan = rows[rows["day"] == "1993-05-03"]  # of Russia, the United States and Turkey
    assert plan["actor_name"].tolist() == ["Armenia", "Karabakh Armenian authorities"]
    assert set(plan["put_forward"]) == {"Russia, Turkey, United States"}
    offer = rows[rows["day"] == "1993-12-16"]  # signed by the one, carried by the other
    assert offer["put_forward"].tolist() == ["Karabakh Armenian authorities, Russia"]
    assert offer["actor_name"].tolist() == ["Azerbaijan"]
    assert offer["side"].tolist() == ["azerbaijani"]


def test_who_signs_a_proposal_later_put_it_forward_too(record):
    acts = record["signatures"].replace({"status": {"signed": "signed_later"}})
    rows = refusals.proposals({**record, "signatures": acts}).set_index("day")["put_forward"]
    assert rows["1993-12-16"] == "Karabakh Armenian authorities, Russia"


def test_the_articles_own_last_step_lies_within_its_time():
    rows = steps.steps()
    counted = steps.by_counting_rule().loc["until the article's last", "in_article"]
    assert counted == rows.loc[rows["in_article"], "start"].notna().sum()


def test_rival_versions_in_words():
    told = kd.disagreements("signatures")
    of_him = texts.signatures().query("person == 'karen-baburyan'")["signature_id"]
    rows = disagreement.versions(told[told["record_id"].isin(of_him)])
    assert rows.to_numpy().tolist() == [
        ["Bishkek Protocol: Karen Baburyan", "actor", "Karabakh Armenian authorities",
         "Armenian community of Nagorno-Karabakh", "2 Az."]
    ]  # fmt: skip


def test_what_the_record_of_a_claim_is_called_and_belongs_to():
    rows = pd.DataFrame(
        [["prisoners", "1996-05-primakov.to-armenia"],
         ["documents", "1994-05-05-bishkek.protocol"],
         ["format_members", "minsk-process.france.co-chair"],
         ["events", "1992-09-19-sochi"],
         ["people", "robert-kocharyan"],
         ["documents", "no such"]],
        columns=["table", "record_id"], index=list("abcdef"),
    )  # fmt: skip
    assert naming.steps_of(rows).fillna("").to_dict() == {
        "a": "1996-05-primakov", "b": "1994-05-05-bishkek", "c": "", "d": "1992-09-19-sochi",
        "e": "", "f": "",
    }  # fmt: skip
    assert naming.titles_of(rows).fillna("").tolist() == [
        "Primakov's shuttle and the prisoner exchange: to Armenia", "Bishkek Protocol",
        "CSCE/OSCE Minsk process: France", "Sochi meeting of the defence ministers",
        "Robert Kocharyan", "",
    ]  # fmt: skip


def test_every_claim_has_a_title(record):
    assert naming.titles_of(record["claims"]).notna().all()


def test_two_steps_of_one_title_are_two(record):
    events = record["events"].assign(title="A meeting")
    rivals = kd.disagreements("events")
    spread = disagreement.days_apart(rivals, record=changed(record, events=events))
    assert len(spread) == len(disagreement.days_apart(rivals))
    assert spread["event_id"].is_unique
    assert disagreement.by_days_apart(spread).sum() == len(spread)


def test_days_of_what_came_after_date_no_step_otherwise():
    rivals = kd.disagreements()
    spread = disagreement.days_apart(rivals).set_index("event_id")["days"]
    later = kd.disagreements("ceasefires").query("column == 'breached'")
    told = pd.to_datetime(later["value"], format="%Y-%m-%d", errors="coerce")
    assert (told.max() - pd.Timestamp("1994-05-16")).days > 7000  # told of the stop of May 1994
    assert spread.get("1994-05-12-ceasefire", 0) < 7
    assert disagreement.days_apart(later).empty


def test_names_stand_beside_keys():
    rows = naming.with_names(kd.load("participants"), "actor", "person", "event_id")
    assert rows["actor"].equals(kd.load("participants")["actor"])
    assert rows["person_name"].isna().equals(rows["person"].isna())
    assert rows["event_name"].notna().all()


def test_rules_hold_less_than_all():
    rules = attempts.by_counting_rule()["attempts"]
    every = rules.pop("every row, calls and confirmations too")
    own = rules.pop("attempts of their own")
    assert rules.max() < own < every == len(kd.load("ceasefires"))
    per_year = attempts.by_year()
    assert per_year.to_numpy().sum() == len(attempts.attempts())
    assert per_year.index.tolist() == list(range(per_year.index[0], per_year.index[-1] + 1))


DISPUTED = {
    # prolonged; a source has it broken by rockets on Stepanakert
    "1992-03-20-iran-ceasefire": [False, True, False, False],
    # declined; others have it broken, or never begun
    "1993-12-16-ceasefire": [True, False, False, False],
    # one tells that it broke, one is no majority
    "2003-07-08-border": [False, False, False, True],
    # broken; Russia's president said a week after it that it held
    "2020-11-09-trilateral-statement": [True, False, True, False],
    # undisputed: it broke
    "1992-09-19-sochi": [True, False, False, False],
}


def test_a_disputed_fate_moves_an_attempt_one_way():
    fates = disagreement.disputed_fates()
    fates = fates.set_index("ceasefire_id")[["failed", "would_fail", "would_not", "only_rival"]]
    assert {key: row.tolist() for key, row in fates.iterrows() if key in DISPUTED} == DISPUTED


def test_the_article_stands_apart_from_other_armenian_sources():
    claims = kd.load("claims").query("record_id == '1996-05-primakov.to-armenia'")
    told = {**kd.record(), "claims": claims[claims["column"] == "prisoners"]}
    standing = common_ground.standing(told).set_index("sources")
    # 35 stands, as a radio of third parties had it; the article and another have 39, Baku 36
    assert standing[["cells", "stands"]].T.to_dict("list") == {
        "armenian": [1, 0], "azerbaijani": [1, 0], "the article": [1, 0], "third party": [1, 1],
    }  # fmt: skip
    assert standing.index.tolist() == ["armenian", "azerbaijani", "the article", "third party"]
    everywhere = common_ground.standing().set_index("sources")
    assert everywhere["cells"].is_monotonic_decreasing
    assert {"the article", "armenian", "azerbaijani"} <= set(everywhere.index)


# Parts of the record.

SHARED = ("armenian", "azerbaijani")
STUDIES = {
    "steps": steps.steps,
    "steps by year": steps.by_year,
    "steps by rule": steps.by_counting_rule,
    "attempts": attempts.attempts,
    "attempts by year": attempts.by_year,
    "attempts by rule": attempts.by_counting_rule,
    "spells": spells.spells,
    "activity": formats.activity,
    "years with a step": formats.years_with_a_step,
    "mediators": formats.mediators,
    "lead": formats.lead_by_counting_rule,
    "seats": people.seats,
    "parties": people.parties,
    "signatures": texts.signatures,
    "proposals": refusals.proposals,
    "told refusals": refusals.told,
    "transfers": prisoners.transfers,
    "deaths": deaths.monthly,
    "disputed fates": disagreement.disputed_fates,
    "standing": common_ground.standing,
    "known by": lambda r: tellers.known_by("events", record=r),
    "told by": lambda r: tellers.told_by("ceasefires", "fate", record=r),
    "names": lambda r: naming.names("events", record=r),
    "steps of": lambda r: naming.steps_of(r["claims"], record=r),
    "titles of": lambda r: naming.titles_of(r["claims"], record=r),
    "shared cells": lambda r: common_ground.shared_cells(*SHARED, record=r),
    "whose": lambda r: common_ground.whose_adopted(
        common_ground.shared_cells(*SHARED, record=r), record=r
    ),
    "versions": lambda r: disagreement.versions(kd.disagreements(record=r), record=r),
    "days apart": lambda r: disagreement.days_apart(kd.disagreements(record=r), record=r),
    "pairs": lambda r: people.pairs(people.seats(r)),
    "acts by day": lambda r: texts.by_day(texts.signatures(r)),
    "around": lambda r: deaths.around(attempts.attempts(r)["day"], record=r),
    "survival": lambda r: spells.survival(spells.spells(r)["days"], spells.spells(r)["ended"]),
    "estimates": by_few_draws,
    "readings": lambda r: readings.agreement(r["readings"], "round"),
}  # fmt: skip


test_a_study_of_any_part_has_the_types_of_the_whole_and_opens_no_other = of_parts(STUDIES)


def test_one_sides_record_is_studied_as_that_side_tells_it(parts):
    told = attempts.attempts(parts["azerbaijani"])
    assert 0 < len(told) < len(attempts.attempts())
    known = tellers.known_by("ceasefires", record=parts["azerbaijani"])
    assert known.loc[known.any(axis=1), "azerbaijani"].all()
    assert not known.drop(columns="azerbaijani").any(axis=None)


# What is misspelt.

A_DAY = pd.Series(pd.to_datetime(["1994-05-12"]))
MISSPELT = {
    "'armenan'.*Did you mean 'armenian'": lambda: common_ground.shared_cells("armenan", "russian"),
    "'rusian'.*Did you mean 'russian'": lambda: common_ground.shared_cells("armenian", "rusian"),
    "unknown perspective 'rusian'": lambda: parting.told_by_both("armenian", "rusian"),
    "unknown kind of attempts 'all'": lambda: event_study.months_of_war(kind="all"),
    "since, row 0: 'yesterday' is no day": lambda: coverage.added("yesterday"),
    "unknown source 'nkr-mfa'": lambda: common_ground.shared_cells(*SHARED, without="nkr-mfa"),
    "no claims are kept on 'places'": lambda: tellers.known_by("places"),
    "Did you mean 'events'": lambda: tellers.known_by("event"),
    "Did you mean 'ceasefires'": lambda: tellers.told_by("ceasefire", "fate"),
    "Did you mean 'fate'": lambda: tellers.told_by("ceasefires", "fates"),
    "unknown coded column of ceasefires 'title'": lambda: tellers.told_by("ceasefires", "title"),
    "unknown table 'event'.*Did you mean 'events'": lambda: naming.names("event"),
    "unknown table with names 'claims'": lambda: naming.names("claims"),
    "Did you mean 'actor'": lambda: naming.with_names(kd.load("participants"), "actors"),
    "unknown column of the frame 'place'": lambda: naming.with_names(kd.load("people"), "place"),
    "Did you mean '1996-05-primakov'": lambda: prisoners.versions("1996-primakov"),
    "unknown column of the frame 'table'": lambda: naming.steps_of(kd.load("people")),
    "unknown column of the frame 'armenian'": lambda: completeness.estimates(pd.DataFrame()),
    "unknown column of the frame 'reasons'": lambda: refusals.by_reason(kd.load("ceasefires")),
    "unknown column of the frame 'answer'": lambda: offers.rates(kd.load("ceasefires")),
    "Did you mean 'round'": lambda: readings.agreement(kd.load("readings"), "rounds"),
    "by: expected a column to group by, found none": lambda: readings.agreement(
        kd.load("readings")
    ),
    "by: expected a column to group": lambda: readings.alpha(kd.load("readings")),
    "expected different perspectives, found 'armenian'": lambda: common_ground.shared_cells(
        "armenian", "armenian"
    ),
    "expected different perspectives": lambda: parting.told_by_both("russian", "russian"),
    "unknown record of documents 'bishkek'": lambda: texts.signed_by("bishkek"),
    "unknown record of documents 'nope'": lambda: texts.tellers_of_acts(["nope"]),
    "records of documents, found the text 'nope'; give a list": lambda: texts.tellers_of_acts(
        "nope"
    ),
    "days: expected the first and the last day": lambda: texts.calendar("1994-05-12", "1994-05-05"),
    "days, row 1: 'May' is no day": lambda: texts.calendar("1994-05-12", "May"),
    "unknown record of events 'sochi'": lambda: disagreement.of_steps(
        kd.disagreements(), ["sochi"], ["date"]
    ),
    "unknown coded column 'dat'. Did you mean 'date'": lambda: disagreement.of_steps(
        kd.disagreements(), ["1992-09-19-sochi"], ["dat"]
    ),
    "months: expected a whole number from 1, found 0": lambda: deaths.around(A_DAY, 0),
    "months: expected a whole number from 1, found -1": lambda: event_study.months_of_war(
        months=-1
    ),
    "days: expected a whole number from 1, found 0": lambda: ground.before(ground.asked(), 0),
    "war: expected the first and the last month": lambda: event_study.months_of_war(
        war=("1994-05", "1992-01")
    ),
    "days, row 7: 'May' is no day": lambda: deaths.around(pd.Series(["1994-05-12", "May"], [6, 7])),
    "until, row 0: 'May' is no day": lambda: deaths.around(A_DAY, until=pd.Series(["May"])),
    "periods: expected a name with its first day and the next's": lambda: formats.by_group({}),
    "the next's, found none": lambda: formats.named_by_period({}),
    "x: expected the first and the last day": lambda: formats.by_group(
        {"x": ("2020-01-01", "1999-01-01")}
    ),
    "y: expected the first and the last day": lambda: formats.named_by_period(
        {"y": ("2020-01-01", "1999-01-01")}
    ),
}


test_what_is_misspelt_is_named_with_the_nearest = refused(MISSPELT)


def of_frames():
    """Each study that takes a frame."""
    for name in kd.studies.__all__:
        module = getattr(kd.studies, name)
        for study in vars(module).values():
            if inspect.isfunction(study) and study.__module__.startswith(module.__name__):
                first = next(iter(inspect.signature(study).parameters.values()), None)
                if first and first.annotation == "pd.DataFrame" and study.__name__[0] != "_":
                    yield pytest.param(study, id=f"{name}.{study.__name__}")


@pytest.mark.parametrize("study", list(of_frames()))
def test_a_column_that_a_frame_lacks_is_named(study):
    _, *others = inspect.signature(study).parameters.values()
    required = [
        one.name for one in others if one.default is one.empty and one.kind != one.VAR_POSITIONAL
    ]
    given = {name: 7 if name in ("day", "days") else "x" for name in required}
    frame, lacks = pd.DataFrame(index=pd.Index([], name="days")), None
    while lacks not in frame:  # each that is named is given, until it is of another frame
        if lacks:
            frame[lacks] = pd.Series(dtype=bool)
        try:
            study(frame, **given)
        except KeyError as error:
            pytest.fail(f"a KeyError, which says too little: {error}")
        except (AttributeError, TypeError):
            return  # all are there, if not of the type they should have
        except ValueError as refusal:
            named = re.match(r"unknown column of the frame '(\w+)'", str(refusal))
            if not named:
                return
            lacks = named[1]
        else:
            return


# What the studies say of themselves.


def test_groups_are_made_of_values_that_exist():
    def known(table, column):
        return set(kd.vocabulary(table, column)["value"])

    assert set(tellers.ABBREVIATIONS) == known("sources", "perspective")
    fates = known("ceasefires", "fate")
    assert set(attempts.BECAME) | set(attempts.COUNTED_ELSEWHERE) == fates
    assert set(attempts.FAILED) | set(spells.KEPT) == set(attempts.BECAME)
    assert set(attempts.OWN_STEPS) < known("ceasefires", "step")
    assert set(steps.WITHOUT_MEDIATION) < known("events", "kind")
    assert set(people.NOT_THERE) < known("participants", "role")
    assert set(texts.UNSIGNED) < known("signatures", "status")
    assert article.SOURCE in set(kd.load("sources")["source"])


def test_studies_open_when_touched():
    assert dir(kd.studies) == kd.studies.__all__ == sorted(kd.studies.__all__)
    assert kd.studies.attempts is attempts
    with pytest.raises(AttributeError, match="no attribute 'attempt'"):
        _ = kd.studies.attempt


@pytest.mark.parametrize("name", [one.name for one in pkgutil.iter_modules(kd.studies.__path__)])
def test_the_examples_run(name):
    assert doctest.testmod(import_module(f"karabakh_data.studies.{name}")).failed == 0


def test_two_who_spoke_for_one_actor_are_no_pair():
    told = [("x", "armenia", "a"), ("x", "armenia", "b"), ("x", "azerbaijan", "c")]
    seats = pd.DataFrame(told, columns=["event_id", "actor", "person"])
    seats = seats.assign(person_name=seats["person"], start=pd.Timestamp("1992-09-19"))
    assert people.pairs(seats)["pair"].tolist() == ["a and c", "b and c"]


# What somebody hands in.

READ = pd.DataFrame(
    {
        "table": pd.Categorical(["events", "events", "front"], ["arms", "events", "front"]),
        "round": pd.array([2, 2, 1], dtype="Int64"),
        "first": ["a", "b", None],
        "second": ["a", "a", None],
        "agrees": [True, False, True],
    }
)
WAR = pd.DataFrame({"date": ["2016-04-04", "1994-05-10", "1994-05-10"], "deaths": [1, 2, 3]})
HANDED_IN = {
    "alpha": (lambda rows: readings.alpha(rows, "table"), lambda: READ),
    "agreement": (lambda rows: readings.agreement(rows, "table"), lambda: READ),
    "titles": (naming.titles_of, lambda: kd.load("claims").groupby("table").head(2)),
    "steps": (naming.steps_of, lambda: kd.load("claims").groupby("table").head(2)),
    "names": (
        lambda rows: naming.with_names(rows, "actor", "event_id"),
        lambda: kd.load("participants").head(9),
    ),
    "nearby": (nearby.last_and_next, lambda: WAR),
    "violence": (violence.by_day, lambda: WAR),
    "rates": (lambda rows: offers.rates(rows, "side"), lambda: offers.addressed().head(40)),
    "reasons": (refusals.by_reason, refusals.refused),
    "pairs": (people.pairs, lambda: people.seats().head(60)),
    "stretch": (prisoners.by_stretch, prisoners.ranges),
    "totals": (prisoners.totals, prisoners.ranges),
    "topics": (lambda rows: provisions.fates_by(rows, "about"), provisions.provisions),
    "kept": (lambda rows: provisions.share_kept(rows, draws=20), provisions.provisions),
    "periods": (seats.by_period, seats.presence),
    "years": (seats.by_year, seats.presence),
    "acts": (texts.by_day, lambda: texts.signatures().head(60)),
    "map": (places.as_map, places.by_place),
}


@pytest.mark.parametrize("name", HANDED_IN)
def test_labels_and_other_columns_of_a_frame_change_no_answer_and_the_frame_stays(name):
    study, given = HANDED_IN[name]
    rows = given()
    whole = pd.DataFrame(study(rows))
    mine = rows.assign(mine=1).set_axis(pd.Index([7] * len(rows)))
    as_given = mine.copy(deep=True)
    found = pd.DataFrame(study(mine)).drop(columns="mine", errors="ignore")
    if len(found) == len(rows):  # in whose order, and with whose labels
        found, whole = found.reset_index(drop=True), whole.reset_index(drop=True)
    pd.testing.assert_frame_equal(found, whole)
    pd.testing.assert_frame_equal(mine, as_given)


@pytest.mark.parametrize("study", [readings.agreement, readings.alpha])
def test_groups_of_a_part_are_those_in_it_and_of_their_type(study):
    found = study(READ, "table", "round")
    assert found["table"].tolist() == ["events", "front"]
    assert dict(found.dtypes[["table", "round"]]) == dict(READ.dtypes[["table", "round"]])
    assert found["read"].tolist() == [2, 1]


@pytest.mark.parametrize("option", ["draws", "seed"])
def test_an_interval_is_of_the_draws_asked_for(option):
    texts_of = {"document_id": range(40), "known": True, "kept": [True, False, False, False] * 10}
    rows = pd.DataFrame(texts_of)
    how = [{"draws": 30, "seed": 1, option: value} for value in (40, 50, 50)]
    low = [provisions.share_kept(rows, **one)[["low", "high"]].tolist() for one in how]
    assert low[0] != low[1] == low[2]


def test_the_years_with_a_side_are_those_of_the_side_asked_for():
    rows = pd.DataFrame({"start": [pd.Timestamp("1993-01-05")], "authorities": [True]})
    found = seats.by_year(rows.assign(azerbaijan=False), "azerbaijan")
    assert found.loc[1993].tolist() == [0, 1]


def test_a_step_without_prisoners_is_answered_with_one_that_has_some():
    with pytest.raises(ValueError, match="Did you mean") as refusal:
        prisoners.versions("1992-09-19-sochi")
    nearest = re.findall(r"Did you mean '(.+?)'", str(refusal.value))
    assert set(nearest) <= set(kd.load("prisoners")["event_id"])


def test_prisoners_of_one_direction_have_a_column_for_the_other():
    one_way = prisoners.ranges().query("direction == 'to Azerbaijan'")
    assert not prisoners.by_stretch(one_way)["to the Armenian side"].any()


def test_who_did_not_sign_stands_so_in_the_calendar(record):
    acts = record["signatures"]
    act = (
        acts["signature_id"] == "1994-05-05-bishkek.protocol.azerbaijan.rasul-guliyev.signed-later"
    )
    status = acts["status"].mask(act, "not_signed")
    days = texts.calendar(
        "1994-05-08", "1994-05-08", changed(record, signatures=acts.assign(status=status))
    )
    assert "Azerbaijan (Rasul Guliyev) did not sign the protocol" in set(days["what"])


def test_one_who_spoke_for_two_actors_met_another_once():
    told = [("x", "russia", "a"), ("x", "csce-osce", "a"), ("x", "azerbaijan", "c")]
    seats = pd.DataFrame(told, columns=["event_id", "actor", "person"])
    seats = seats.assign(person_name=seats["person"], start=pd.Timestamp("1992-09-19"))
    assert people.pairs(seats)[["pair", "steps"]].to_numpy().tolist() == [["a and c", 1]]
