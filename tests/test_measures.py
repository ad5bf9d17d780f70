"""Statistics, tables and charts on small examples that were worked out by hand."""

import pandas as pd
import pytest

import karabakh_data as kd
from karabakh_data import charts, measures


def test_chapman_on_twenty_twenty_and_ten():
    first = pd.Series([True] * 20 + [False] * 10)
    second = pd.Series([False] * 10 + [True] * 20)
    total, low, high = measures.chapman(first, second)
    assert total == pytest.approx(21 * 21 / 11 - 1)
    spread = 1.96 * (21 * 21 * 10 * 10 / (11**2 * 12)) ** 0.5
    assert high == pytest.approx(total + spread)
    assert low == 30  # no lower than what both lists hold together


def test_survival_counts_a_censored_spell_until_it_is_lost_sight_of():
    days, ended = pd.Series([1, 2, 3]), pd.Series([True, False, True])
    share = measures.survival(days, ended)["share"]
    assert share.loc[1] == pytest.approx(2 / 3)
    assert share.loc[3] == pytest.approx(0)  # one of one left


def test_survival_counts_those_followed_past_a_day():
    days, ended = pd.Series([1, 2, 3]), pd.Series([True, False, True])
    assert measures.survival(days, ended)["left"].tolist() == [2, 1, 0]


def test_an_interval_is_drawn_with_its_estimate_and_the_number_held():
    frame = pd.DataFrame({"lists": ["a and b"], "low": [8], "total": [10], "high": [14]})
    ends = {"low": "low", "high": "high", "at": "total", "line": 9, "line_label": "held: 9"}
    axes = charts.intervals(frame, "lists", "title", "none", **ends).axes[0]
    assert [text.get_text() for text in axes.texts] == ["10", "held: 9"]


def test_months_on_both_sides_of_a_day():
    day = pd.Series(pd.to_datetime(["1994-05-12"]))
    # UCDP GED 25.1: 306 deaths in April 1994, 30 in June
    around = measures.deaths_around(day, months=1).iloc[0]
    assert around.tolist() == [306, 30]
    assert measures.deaths_around(pd.Series(pd.to_datetime(["1920-05-12"]))).isna().all(axis=None)


def test_a_third_party_call_and_a_confirmation_are_no_attempts_of_their_own():
    rows = pd.DataFrame(
        {"step": ["call", "agreement", "confirmation", "agreement"],
         "fate": [pd.NA, "broken", "confirmation", "superseded"],
         "event_id": ["1992-09-19-sochi"] * 4,
         "declared": pd.to_datetime(["1992-01-01", None, "1992-01-03", "1992-01-04"])}
    )  # fmt: skip
    own = measures.attempts(rows)
    assert own.index.tolist() == [1]
    assert own["day"].tolist() == [pd.Timestamp("1992-09-19")]  # no day declared: the step's


def test_spells_of_the_record():
    spells = measures.spells(kd.load("ceasefires")).set_index("ceasefire_id")
    # 12 May 1994 to 2 April 2016 (garabagh.net, EADaily)
    assert spells.loc["1994-05-12-ceasefire", ["days", "ended"]].tolist() == [7996, True]
    # 31 August 1993 to 21 October: the stop and the extensions of September are one spell
    assert spells.loc["1993-08-30-eleven-day", ["days", "ended"]].tolist() == [51, True]
    # sources give 18 to 23 August 1993: the latest, five days after it began
    assert spells.loc["1993-08-17-five-day", ["days", "day_told"]].tolist() == [5, False]
    # 28 July 2021 on the border: held until another stop was agreed on 16 November
    assert spells.loc["2021-07-28-ceasefire", ["days", "ended"]].tolist() == [111, False]
    # 20 September 2023: no further than the decree of 28 September
    assert spells.loc["2023-09-20-ceasefire", ["days", "ended"]].tolist() == [8, False]
    assert "2016-04-08-search-truce" not in spells.index  # hours, not days


def test_chao_on_six_seen_once_and_two_seen_twice():
    sightings = pd.Series([1] * 6 + [2] * 2 + [5] * 4)
    total, low, high = measures.chao(sightings)
    assert total == pytest.approx(12 + 6 * 5 / (2 * 3))  # 12 seen, 5 at least unseen
    assert 12 < low < total < high
    assert measures.chao(pd.Series([2, 3])) == (2, 2, 2)


def test_a_party_that_signed_was_at_the_step():
    # the local stop of 27 June 1993 was signed by commanders of both sides (PA-X 1722)
    rows = measures.parties().query("event_id == '1993-06-27-magadiz-agdam'")
    assert {"Azerbaijan", "Nagorno-Karabakh"} <= set(rows["actor"])


def test_a_party_that_only_refused_a_text_was_not_at_the_step():
    rows = measures.parties().query("event_id == '1997-09-step-by-step'")
    assert "Nagorno-Karabakh" not in set(rows["actor"])


def test_acts_by_day_name_the_text():
    signed = measures.named(kd.load("signatures"), "actor", "place")
    acts = measures.acts_by_day(signed)
    assert acts.loc[acts["day"] == "1994-05-08", "act"].tolist() == ["signed\nprotocol\nBaku"]


def test_years_with_a_step_leave_gaps_and_one_label():
    days = pd.to_datetime(["1992-03-01", "1992-05-01", "1994-01-01", "1991-09-01"])
    rows = measures.active_years(pd.DataFrame({"format": ["a", "a", "a", "b"], "start": days}))
    assert rows["format"].tolist() == ["b", "a", "a"]
    assert rows["first"].dt.year.tolist() == [1991, 1992, 1994]
    assert rows["label"].tolist() == ["1", "", "3"]


def test_a_table_without_claims_is_refused():
    with pytest.raises(ValueError, match="no claims are kept on 'places'"):
        measures.known_by("places")
    with pytest.raises(ValueError, match="Did you mean 'events'"):
        measures.known_by("event")


def test_a_chart_has_no_layer_without_a_colour():
    frame = pd.DataFrame({str(n): [1] for n in range(7)}, index=[1992])
    with pytest.raises(ValueError, match="shorter"):
        charts.columns(frame, "seven layers", "none")


def test_a_table_shows_no_name_of_its_columns():
    years, kinds = pd.Series([1992], name="year"), pd.Series(["a"], name="kind")
    table = charts.Table(pd.crosstab(years, kinds))
    assert "kind" not in table._repr_html_()
    assert table.frame.columns.tolist() == ["year", "a"]
