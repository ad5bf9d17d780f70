"""Statistics, tables and charts on small examples that were worked out by hand."""

import pandas as pd
import pytest

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


def test_months_on_both_sides_of_a_day():
    day = pd.Series(pd.to_datetime(["1994-05-12"]))
    # UCDP GED 25.1: 306 deaths in April 1994, 30 in June
    around = measures.deaths_around(day, months=1).iloc[0]
    assert around.tolist() == [306, 30]
    assert measures.deaths_around(pd.Series(pd.to_datetime(["1920-05-12"]))).isna().all(axis=None)


def test_a_third_party_call_and_a_confirmation_are_no_attempts_of_their_own():
    rows = pd.DataFrame(
        {"step": ["call", "agreement", "confirmation", "agreement"],
         "fate": [pd.NA, "broken", "confirmation", "superseded"]}
    )  # fmt: skip
    assert measures.attempts(rows).index.tolist() == [1]


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
