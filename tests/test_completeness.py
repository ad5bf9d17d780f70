"""Completeness: estimators on simulated truth, coverage on small examples."""

import itertools

import numpy as np
import pandas as pd
import pytest

import karabakh_data as kd
from karabakh_data.studies import attempts, completeness, coverage

SIZES = (58, 33, 22, 22, 7, 5, 4, 1)  # of the lists of this record, very unequal
TRUE = 83


def independent(pick, sizes=SIZES, total=TRUE):
    """Lists of these sizes, each a random part of so many records; those in none drop out."""
    lists = {}
    for name, size in enumerate(sizes):
        has = np.zeros(total, dtype=bool)
        has[pick.choice(total, size, replace=False)] = True
        lists[str(name)] = has
    known = pd.DataFrame(lists)
    return known[known.any(axis=1)]


@pytest.fixture(scope="module")
def simulated():
    pick = np.random.default_rng(1)
    return [independent(pick) for _ in range(60)]


def test_lists_of_their_own_length_find_the_truth(simulated):
    found = [completeness.by_lists(known, unequal_records=False) for known in simulated]
    assert np.mean(found) == pytest.approx(TRUE, rel=0.03)


def test_the_bound_for_unequal_records_is_near_where_records_are_equal(simulated):
    found = [completeness.by_lists(known) for known in simulated]
    assert np.median(found) == pytest.approx(TRUE, rel=0.06)


def test_chaos_formula_overshoots_where_lists_are_unequal(simulated):
    found = [completeness.chao(known.sum(axis=1)).total for known in simulated]
    assert np.mean([total > TRUE for total in found]) > 0.6  # no lower bound
    assert np.mean(found) > np.mean([completeness.by_lists(known) for known in simulated])


def test_the_bound_stays_below_the_truth_where_some_records_are_hard_to_find():
    pick = np.random.default_rng(2)
    found, plain = [], []
    for _ in range(40):
        hard = np.repeat([0.25, 1.0], 60)  # half of 120 are four times harder to find
        chance = np.array([0.5, 0.3, 0.2, 0.1])
        known = pd.DataFrame(pick.random((120, 4)) < hard[:, None] * chance)
        known = known[known.any(axis=1)]
        found.append(completeness.by_lists(known))
        plain.append(completeness.by_lists(known, unequal_records=False))
    assert np.mean(plain) < np.mean(found) < 120


def test_the_interval_holds_the_truth_mostly(simulated, monkeypatch):
    monkeypatch.setattr(completeness, "RESAMPLES", 60)
    reaches = [completeness.with_interval(known, unequal_records=False) for known in simulated[:15]]
    inside = [one.low <= TRUE <= one.high for one in reaches]
    assert np.mean(inside) > 0.75
    assert all(one.low >= len(known) for one, known in zip(reaches, simulated, strict=False))


def test_the_two_sides_lists_give_chapmans_number():
    five, three = [True] * 5, [False] * 3
    known = pd.DataFrame({"armenian": five + three, "azerbaijani": three + five})
    found = completeness.estimates(known).set_index("lists").loc["the two sides' lists"]
    assert found["estimate"] == 11  # 6 · 6 / 3 - 1


def test_two_lists_give_lincoln_and_petersens_number():
    known = pd.DataFrame({"a": [True] * 20 + [False] * 10, "b": [False] * 10 + [True] * 20})
    found = completeness.by_lists(known, unequal_records=False)
    assert found == pytest.approx(20 * 20 / 10)


def test_every_pattern_as_often_leaves_as_many_unseen():
    patterns = list(itertools.product([True, False], repeat=4))[:-1]
    known = pd.DataFrame(patterns * 3)
    assert completeness.by_lists(known, unequal_records=False) == pytest.approx(16 * 3)
    assert completeness.by_lists(known) == pytest.approx(16 * 3)


@pytest.mark.parametrize("rows", [0, 3])
def test_lists_that_cannot_tell_give_what_is_known(rows):
    known = pd.DataFrame({"a": [True] * rows, "b": [False] * rows}, dtype=bool)
    assert completeness.by_lists(known) == rows
    assert completeness.with_interval(known).total == rows


def test_the_factor_for_lists_shrinks_what_is_unseen():
    sightings = pd.Series([1] * 6 + [2] * 2 + [5] * 4)
    assert completeness.chao(sightings, lists=8).total == pytest.approx(12 + 5 * 7 / 8)


def test_attempts_known_up_to_a_day_are_those_of_that_day_too():
    # declared on 13 September 1993
    for day, told in (("1993-09-12", False), ("1993-09-13", True)):
        known = completeness.known_attempts(until=day)
        assert ("1993-09-13-moscow-communique" in known.index) == told


def test_every_pair_of_lists_is_there():
    known = completeness.known_attempts()
    found = completeness.pairs(known)
    assert len(found) == 28
    both = (known["armenian"] & known["azerbaijani"]).sum()
    assert found.loc[0, "in_both"] == both


def test_what_a_search_met_and_what_was_held():
    told = coverage.by_search("ceasefires")
    sources, claims = kd.load("sources"), kd.load("claims")
    late = set(sources.loc[sources["accessed"] >= coverage.LAST_SEARCH, "source"])
    claims = claims[claims["table"] == "ceasefires"]
    added = set(claims.loc[claims["source"].isin(late), "record_id"])
    assert set(told.index[told["since"]]) == added
    met = coverage.held(told)
    assert met["found"] == len(added) == met["held"] + met["new"]
    assert coverage.held(told.iloc[:0])["percent"] is pd.NA
    two_of_three = pd.DataFrame({"before": [True, True, False], "since": True})
    assert coverage.held(two_of_three)["percent"] == 67


def test_of_what_no_claim_speaks_no_publisher_does(record):
    found = coverage.publishers("front", record={**record, "claims": record["claims"].iloc[:0]})
    assert set(found.index) == set(record["front"]["change_id"])
    assert (found == 0).all()


def test_a_step_is_told_by_what_belongs_to_it():
    told = coverage.by_search("events")
    assert told.any(axis=1).all()
    years = coverage.by_years(told)
    dated = kd.load("events").set_index("event_id")["start"].notna()
    assert years["found"].sum() == (told["since"] & dated).sum()


def test_without_the_newspapers_of_the_war_fewer_attempts_are_known():
    rest = coverage.without_published_by("1994-12-31")
    used = kd.load("sources").set_index("source")["published_last"]
    days = rest["claims"]["source"].map(used)
    assert not (days <= "1994-12-31").any()
    assert len(attempts.attempts(rest)) < len(attempts.attempts())


@pytest.fixture
def three(record):
    """The record with three claims on one step, each of another source."""
    claims, sources = record["claims"].head(3).copy(), record["sources"].head(3).copy()
    claims["source"], claims["record_id"] = sources["source"].to_numpy(), "1992-09-19-sochi"
    claims["table"] = pd.Series("events", claims.index).astype(claims["table"].dtype)
    return {**record, "claims": claims, "sources": sources}


def dated(given, **columns):
    """The three sources, with these days."""
    sources = given["sources"].copy()
    for column, days in columns.items():
        told = pd.Series(pd.to_datetime(days), sources.index)
        sources[column] = told.astype(sources[column].dtype)
    return {**given, "sources": sources}


def test_a_search_begins_with_its_day_and_what_has_no_day_came_before(three, monkeypatch):
    monkeypatch.setattr(coverage, "as_told_by", lambda claims: claims["source"].tolist())
    given = dated(three, accessed=["2026-11-25", "2026-11-26", None])
    first, _, blank = three["sources"]["source"]
    assert coverage.as_before("2026-11-26", record=given) == [first, blank]
    assert coverage.added("2026-11-26", record=given) == 1
    assert coverage.added("2026-11-27", record=given) == 0


def test_what_came_out_by_a_day_came_out_whole_by_it(three, monkeypatch):
    monkeypatch.setattr(coverage, "as_told_by", lambda claims: claims["source"].tolist())
    given = dated(
        three,
        published_first=["1994-12-31", "1994-12-01", None],
        published_last=["1994-12-31", "1995-01-01", None],
    )
    _, later, blank = three["sources"]["source"]
    assert coverage.without_published_by("1994-12-31", record=given) == [later, blank]


def test_two_pages_of_one_publisher_are_one_publisher(three):
    sources = three["sources"].assign(publisher=["taz", "taz", "El País"])
    events = three["events"].query("event_id == '1992-09-19-sochi'")
    given = {**three, "sources": sources, "events": events}
    assert coverage.publishers("events", record=given).tolist() == [2]


def test_no_page_of_pax_itself_tells_of_an_agreement_besides_it(record):
    links = record["crosswalk"].query("dataset == 'pa-x'")
    given = {**record, "crosswalk": links.query("record_id.str.contains('bishkek')").head(1)}
    views = coverage.perspectives()
    assert coverage.pax(given)[views].any(axis=None)
    sources = record["sources"].assign(url=f"https://www.{coverage.PAX}/view/310")
    assert not coverage.pax({**given, "sources": sources})[views].any(axis=None)


def test_texts_signed_in_part_are_signed_and_linked_as_texts(record):
    texts = record["documents"].head(3).copy()
    status = pd.Series(["signed", "signed_in_part", "agreed"], texts.index)
    texts["status"] = status.astype(texts["status"].dtype)
    links = record["crosswalk"].query("dataset == 'pa-x'").head(3).copy()
    links["record_id"] = texts["document_id"].to_numpy()
    tables = pd.Series(["documents", "events", "documents"], links.index)
    links["table"] = tables.astype(links["table"].dtype)
    assert coverage.signed_texts({**record, "documents": texts, "crosswalk": links}) == (2, 1)


def test_pax_agreements_are_told_by_others():
    rows = coverage.pax().set_index("pax_id")
    bishkek = rows.loc[310]  # the Bishkek Protocol
    assert bishkek["event_id"] == "1994-05-05-bishkek"
    assert bishkek[["armenian", "azerbaijani", "russian"]].all()
    signed, there = coverage.signed_texts()
    assert 0 < there <= min(signed, len(rows))


def test_chaos_interval_by_hand():
    # 6 seen once, 2 twice, 4 more; t lists: k = (t - 1)/t. As Chao (1987), bias-corrected
    sightings = pd.Series([1] * 6 + [2] * 2 + [5] * 4)
    for lists, k in ((None, 1), (2, 1 / 2), (8, 7 / 8)):
        unseen = k * 6 * 5 / (2 * 3)
        variance = unseen + k**2 * (6 * 11**2 / (4 * 3**2) + 6**2 * 2 * 5**2 / (4 * 3**4))
        reach = np.exp(1.96 * np.sqrt(np.log(1 + variance / unseen**2)))
        found = completeness.chao(sightings, lists)
        assert found == pytest.approx((12 + unseen, 12 + unseen / reach, 12 + unseen * reach))
