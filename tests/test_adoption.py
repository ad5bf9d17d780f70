"""The rules of adoption on small examples, each worked out by hand."""

import itertools

import pytest

from karabakh_data.adoption import RULES, agreement, settle_cell

VIEWS = {
    "a": "armenian",
    "b": "azerbaijani",
    "c": "third_party",
    "d": "third_party",
    "e": "russian",
}


@pytest.fixture
def settle(described):
    """What claims come to, given as (source, value) or (source, value, 'inferred')."""

    def settled(table, column, *claims, **verdicts):
        rows = [
            {"source": source, "value": value, "inferred": "true" if how else "false"}
            for source, value, *how in claims
        ]
        decisions = {
            value: {"value": value, "verdict": verdict, "rule": "contemporaneous", "reason": "said"}
            for verdict, value in verdicts.items()
        }
        about = described.tables[table].columns[column]
        results = {
            settle_cell(about, list(order), VIEWS, decisions)[:2]
            for order in itertools.permutations(rows)
        }
        assert len(results) == 1, "the order of the claims decides"
        return results.pop()

    return settled


def test_told_one_way(settle):
    assert settle("events", "place", ("a", "sochi"), ("b", "sochi")) == ("sochi", "unanimous")


def test_a_column_of_days_holds_no_month(settle):
    assert settle("ceasefires", "ended", ("a", "1993-10"), ("b", "1993-10-21")) == (
        "1993-10-21",
        "fits",
    )
    assert settle("ceasefires", "ended", ("a", "1993-10"), ("b", "1993-11")) == ("", "unfit")
    assert settle("ceasefires", "ended", ("a", "1993-10-21~")) == ("", "unfit")


def test_outright_comes_before_inferred(settle):
    claims = ("a", "broken", "inferred"), ("b", "broken", "inferred"), ("c", "held")
    assert settle("ceasefires", "fate", *claims) == ("held", "outright")


def test_an_inferred_claim_counts_where_nothing_is_stated_outright(settle):
    claims = ("a", "broken", "inferred"), ("b", "broken", "inferred"), ("c", "held", "inferred")
    assert settle("ceasefires", "fate", *claims) == ("broken", "perspectives")


def test_a_vague_date_supports_a_finer_one_inside_it(settle):
    claims = ("a", "1994-05-12"), ("b", "1994-05-11"), ("c", "[1994-05-12..1994-05-14]")
    assert settle("events", "date", *claims) == ("1994-05-12", "perspectives")
    assert settle("events", "date", ("a", "1994-05"), ("b", "1994-05-12")) == (
        "1994-05-12",
        "finer",
    )
    assert settle("events", "date", ("a", "1995-02~"), ("b", "1995-02")) == ("1995-02", "finer")


def test_a_duration_never_counts_as_vague(settle):
    claims = ("a", "1994-05-04/1994-05-05"), ("b", "1994-05-05")
    assert settle("events", "date", *claims) == ("", "tie")


def test_a_vague_date_that_the_column_cannot_hold_still_supports(settle):
    claims = ("a", "1993-10-21"), ("b", "1993-11-02"), ("c", "1993-10")
    assert settle("ceasefires", "ended", *claims) == ("1993-10-21", "perspectives")


def test_more_perspectives_then_more_sources(settle):
    claims = ("a", "sochi"), ("b", "sochi"), ("c", "moscow"), ("d", "moscow")
    assert settle("events", "place", *claims) == ("sochi", "perspectives")
    claims = ("a", "sochi"), ("c", "moscow"), ("d", "moscow")
    assert settle("events", "place", *claims) == ("moscow", "sources")


def test_one_source_that_says_a_thing_twice_is_one_source(settle):
    claims = ("c", "1994-05-12"), ("c", "1994-05-12~"), ("a", "1994-05-13")
    assert settle("events", "date", *claims) == ("", "tie")


def test_a_tie_stays_blank_but_in_a_required_column(settle):
    assert settle("events", "place", ("a", "sochi"), ("b", "moscow")) == ("", "tie")
    assert settle("events", "kind", ("a", "plan"), ("b", "mission")) == ("", "required")


def test_a_tie_is_settled_by_a_decision_and_nothing_else_is(settle):
    tied = ("a", "sochi"), ("b", "moscow")
    assert settle("events", "place", *tied, tie="moscow") == ("moscow", "contemporaneous")
    settled = *tied, ("c", "sochi")
    assert settle("events", "place", *settled, tie="moscow") == ("sochi", "perspectives")
    beaten = ("a", "sochi"), ("c", "sochi"), ("b", "moscow"), ("e", "moscow"), ("d", "baku")
    assert settle("events", "place", *beaten, tie="baku") == ("", "tie")


def test_an_adopted_value_wins_where_it_is_told(settle):
    claims = ("a", "sochi"), ("c", "sochi"), ("b", "moscow")
    assert settle("events", "place", *claims, adopt="moscow") == ("moscow", "contemporaneous")
    assert settle("events", "place", ("a", "sochi"), adopt="moscow") == ("sochi", "unanimous")


def test_a_rejected_value_never_wins(settle):
    claims = ("a", "sochi"), ("c", "sochi"), ("b", "moscow")
    assert settle("events", "place", *claims, reject="sochi") == ("moscow", "fits")
    assert settle("events", "place", ("a", "sochi"), reject="sochi") == ("", "rejected")


def test_every_rule_that_settles_has_its_meaning(files, described):
    from karabakh_data.adoption import settle, views

    verdicts = settle(described, files["claims"], views(files), files["decisions"])
    grounds = described.tables["decisions"].columns["rule"].allowed
    assert {verdict.rule for verdict in verdicts.values()} <= {*RULES, *grounds}


AGREEMENTS = [
    ("events", "date", "1994-05-12", "1994-05-12", "same"),
    ("events", "date", "1994-05", "1994-05-12", "compatible"),
    ("events", "date", "1994-05-12", "1994-05", "compatible"),
    ("events", "date", "1994-05-11", "1994-05-12", "differs"),
    ("ceasefires", "ended", "1993-10", "1993-10-21", "compatible"),
    ("events", "place", "sochi", "moscow", "differs"),
    ("events", "place", "sochi", "", "unadopted"),
]


@pytest.mark.parametrize(("table", "column", "value", "adopted", "expected"), AGREEMENTS)
def test_how_a_claim_stands_to_the_cell(described, table, column, value, adopted, expected):
    about = described.tables[table].columns[column]
    assert agreement(about, {"value": value}, adopted) == expected
