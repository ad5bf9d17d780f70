"""What became of attempts, how long stops lasted, deaths around them: known truths found again."""

import doctest
import re
from typing import get_args

import numpy as np
import pandas as pd
import pytest
from asked import of_parts

import karabakh_data as kd
from karabakh_data import charts
from karabakh_data.studies import (
    _ends,
    attempts,
    curves,
    deaths,
    event_study,
    fates,
    headlines,
    robust,
    spells,
)

# What became of attempts.


def test_a_stop_that_broke_is_told_by_when(record):
    own = attempts.attempts(record).set_index("ceasefire_id")
    assert own.loc["1994-05-12-ceasefire", ["became", "lasted"]].tolist() == ["broke later", 7996]
    assert own.loc["2020-10-10-moscow-truce", "became"] == "broke within a week"
    assert own.loc["1991-09-23-zheleznovodsk", "became"] == "broke, day not told"
    assert (
        own["became"].isin(["broke within a week", "broke later"]) == own["lasted"].notna()
    ).all()
    assert set(own["became"].cat.categories) == set(attempts.OUTCOMES) == set(charts.OUTCOMES)


def test_a_month_is_no_day_on_which_a_stop_began(record):
    own, lasted = attempts.attempts(record), spells.spells(record, chains=False)
    vague = own["effective"].isna() & own["due"].isna() & own["declared"].isna()
    assert own.loc[vague, "lasted"].isna().all()
    assert not lasted["ceasefire_id"].isin(own.loc[vague, "ceasefire_id"]).any()
    both = lasted.merge(own.dropna(subset=["lasted"]), on="ceasefire_id")
    assert (both["days"] == both["lasted"]).all()


def test_counts_by_format_and_day_named_add_up(record):
    own = attempts.attempts(record)
    table = attempts.by_format(record)
    assert table["attempts"].sum() == own["format"].notna().sum()
    assert (table[list(attempts.OUTCOMES)].sum(axis=1) == table["attempts"]).all()
    assert attempts.named_days(record).sum() == own["due"].notna().sum()


def test_alpha_of_two_coders_worked_out_by_hand():
    first, second = pd.Series(list("aabb")), pd.Series(list("aaab"))
    # pairs: aa 2, ab 1, bb 1; values: a 5, b 3; 1 - 7 * (2/8) / (2*5*3/8)
    assert fates.alpha(first, second) == pytest.approx(1 - (2 / 8) / (2 * 5 * 3 / (8 * 7)))
    assert fates.alpha(first, first) == pytest.approx(1)
    assert fates.alpha(pd.Series(["a", "a"]), pd.Series(["a", "a"])) is None


def test_alpha_is_near_nought_for_coders_who_guess():
    pick = np.random.default_rng(1)
    guesses = pd.DataFrame(pick.choice(list("abc"), (4000, 2)), columns=["first", "second"])
    assert abs(fates.alpha(guesses["first"], guesses["second"])) < 0.05
    table = fates.by_fate(guesses)
    assert table["percent"].between(15, 25).all()  # 1/9 of 5/9


def test_two_codings_by_hand():
    pairs = pd.DataFrame({"first": ["a", "a", "b", fates.BLANK], "second": ["a", "b", "b", "b"]})
    found = fates.by_fate(pairs).set_index("fate")
    # of the three that either coder reads as b, both do of one
    expected = {fates.BLANK: [1, 0, 0, 0], "b": [1, 3, 1, 33], "a": [2, 1, 1, 50]}
    assert found.T.to_dict("list") == expected
    assert list(found.index) == list(expected)  # the softest first
    more = pd.concat([pairs, pd.DataFrame({"first": [fates.BLANK], "second": [fates.BLANK]})])
    table = fates.reliability(more)
    assert table[["read", "same", "percent"]].to_numpy().tolist() == [[5, 3, 60], [4, 2, 50]]


def test_a_coder_who_finds_no_fate_says_so(record):
    again = record["readings"].query("table == 'ceasefires' and column == 'fate'").tail(1)
    for coder in ("first", "second"):
        none = again.assign(**{coder: pd.Series("none", again.index, dtype=again[coder].dtype)})
        assert fates.codings({**record, "readings": none})[coder].tolist() == [fates.BLANK]


def test_which_rules_decided_the_fates_of_attempts(record):
    found = fates.decided_by(record)
    own = attempts.attempts(record)["ceasefire_id"]
    rivals = kd.disagreements("ceasefires").query("column == 'fate' and record_id in @own")
    assert found.sum() == rivals["record_id"].nunique() < len(own)
    order = list(zip(-found, found.index, strict=True))
    assert order == sorted(order)


def test_both_codings_hold_all_attempts(record):
    table = fates.both_codings(record)
    assert table["adopted"].sum() == len(attempts.attempts(record))
    assert table["second"].sum() == len(attempts.attempts(robust.second_coding(record)))


# Spells.


def test_survival_and_incidence_find_the_truth_that_was_simulated():
    pick = np.random.default_rng(2)
    n = 4000
    broke, ran, lost = (pick.exponential(scale, n) for scale in (10, 20, 30))
    days = np.ceil(np.minimum(np.minimum(broke, ran), lost))
    cause = np.where(
        (broke <= ran) & (broke <= lost), "broke", np.where(ran <= lost, "ran out", "lost")
    )
    found = curves.incidence(pd.Series(days), pd.Series(cause), censored="lost")
    total = 1 / 10 + 1 / 20
    for day in (5, 10, 20):
        truth = {"broke": 1 / 10 / total, "ran out": 1 / 20 / total}
        for name, share in truth.items():
            expected = share * (1 - np.exp(-total * day))
            assert curves.at(found, day)[name] == pytest.approx(expected, abs=0.03)
    # Kaplan-Meier of breaking, with the rest as lost from sight, says more than happened
    alone = curves.survival(pd.Series(days), pd.Series(cause == "broke"))
    assert 1 - curves.share_after(alone, 20)["share"] > curves.at(found, 20)["broke"] + 0.1


def test_intervals_of_survival_hold_the_truth_as_often_as_they_say():
    pick, held = np.random.default_rng(3), 0
    for _ in range(100):
        days = pd.Series(np.ceil(pick.exponential(10, 19)))
        seen = pd.Series(pick.random(19) < 0.9)
        row = curves.share_after(curves.survival(days, seen), 7)
        hazard = 0.9 * (1 - np.exp(-0.1))  # of what is seen to end, day by day, approximately
        held += row["low"] <= (1 - hazard) ** 7 <= row["high"]
    assert held / 100 > 0.88


def test_an_interval_of_everything_is_none():
    curve = curves.survival(pd.Series([0, 1, 400]), pd.Series([True, True, False]))
    assert re.fullmatch(r"33% \(\d+% to \d+%\)", curves.percent(curve, 7))
    none_left = curves.survival(pd.Series([0, 1, 4]), pd.Series([True, True, True]))
    assert curves.percent(none_left, 7) == "0% (no interval)"


def test_before_anything_ended_all_hold_for_certain():
    curve = curves.survival(pd.Series([3, 9]), pd.Series([True, False]))
    assert curves.share_after(curve, 2)[["share", "low", "high"]].tolist() == [1, 1, 1]
    shares = curves.incidence(pd.Series([3, 9]), pd.Series(["broke", ""]), censored="")
    assert [curves.at(shares, day)["broke"] for day in (2, 3, 9)] == [0, 0.5, 0.5]
    assert [curves.at(shares, day).name for day in (2, 9)] == [2, 9]  # the day asked for
    with pytest.raises(ValueError, match="index of the frame: expected 'days'"):
        curves.at(shares.reset_index(), 3)
    some = pd.DataFrame({"share": [0.1], "low": [0.0], "high": [0.4], "left": [1]}, index=[1])
    assert curves.percent(some.rename_axis("days"), 1) == "10% (0% to 40%)"


def test_the_two_ends_of_a_disputed_last_day(record):
    key = "1993-08-17-five-day"  # sources give 18 to 23 August 1993, it began on the 18th
    late, early = spells.spells(record), spells.spells(record, end="earliest")
    assert late.set_index("ceasefire_id").loc[key, "days"] == 5
    assert early.set_index("ceasefire_id").loc[key, "days"] == 0
    told = spells.spells(record, end="first_told").set_index("ceasefire_id")
    assert (told["days"] <= late.set_index("ceasefire_id")["days"].reindex(told.index)).all()
    settled = early.loc[early["day_told"], "ceasefire_id"]
    same = late["ceasefire_id"].isin(settled)
    assert late.loc[same, "days"].tolist() == early.loc[early["day_told"], "days"].tolist()


def test_a_breach_comes_no_later_than_the_collapse(record):
    late = spells.spells(record).set_index("ceasefire_id")
    breach = spells.spells(record, end="breach").set_index("ceasefire_id")
    both = late.index.intersection(breach.index)
    assert (breach.loc[both, "days"] <= late.loc[both, "days"]).all()
    assert breach.loc["2020-11-09-trilateral-statement", "days"] == 31  # 11 December 2020
    assert late.loc["2020-11-09-trilateral-statement", "days"] == 1043


def test_renewals_are_spells_of_their_own_where_asked(record):
    chains, links = spells.spells(record), spells.spells(record, chains=False)
    assert len(links) > len(chains)
    rows = links.set_index("ceasefire_id")
    assert rows.loc["1993-08-30-eleven-day", "cause"] == "ran its term"
    assert rows.loc["1994-05-12-ceasefire", "cause"] == "broke"
    assert (rows["cause"] == "broke").equals(rows["ended"])


@pytest.mark.parametrize("kind", event_study.KINDS)
def test_deaths_around_attempts_are_those_of_months_with_one(kind, record):
    war = event_study.months_of_war(record, kind=kind)
    found = event_study.around_attempts(record, kind=kind, reach=1)
    assert found.index.tolist() == [-1, 0, 1]
    found = found.loc[0, ["deaths", "any"]]
    for months, mean in ((war[war["marked"]], found["deaths"]), (war, found["any"])):
        assert np.expm1(np.log1p(months["deaths"]).mean()) == pytest.approx(mean)


@pytest.mark.parametrize("names", [("lost", "broke", "ran out"), (0, 1, 2)])
def test_what_is_lost_from_sight_is_no_cause(names):
    lost, broke, ran_out = names
    cause = pd.Series(pd.Categorical([broke, lost, broke], categories=names))
    shares = curves.incidence(pd.Series([1, 2, 3]), cause, censored=lost)
    assert shares.columns.tolist() == [broke, ran_out]
    assert shares.loc[3].tolist() == [1, 0]


def test_bounds_hold_the_share_whatever_became_of_the_lost():
    days, ended = pd.Series([1, 3, 9, 9]), pd.Series([True, False, True, True])
    assert curves.without_informed_loss(days, ended, 5) == (0.5, 0.75)
    assert curves.without_informed_loss(days, ended, 3) == (0.5, 0.75)  # lost on that day
    assert curves.without_informed_loss(days[:0], ended[:0], 5) == (0, 1)


@pytest.mark.parametrize(
    ("key", "day", "is_breach"),
    [
        ("2021-07-28-ceasefire", "2021-07-29", True),  # shots of one night
        ("1992-03-27-iran-extension", "1992-03-29", True),  # the shelling of one town
        ("1992-05-07-tehran", "1992-05-08", False),  # of a stop that never began
    ],
)
def test_days_rejected_as_ends_are_breaches_of_what_went_on(key, day, is_breach, record):
    claims = record["claims"]
    given = {**record, "claims": claims[claims["column"] != "breached"]}  # told as its end only
    told = {what: _ends.told(given, what) for what in ("end", "breach")}
    days = {what: rows.loc[rows["record_id"] == key, "first"] for what, rows in told.items()}
    assert pd.Timestamp(day) not in set(days["end"])
    assert (pd.Timestamp(day) in set(days["breach"])) == is_breach


# Deaths.


def test_what_took_months_is_followed_by_those_after_its_last():
    first, last = (pd.Series(pd.to_datetime([day])) for day in ("1994-03-02", "1994-05-30"))
    # UCDP GED 25.1: 30 deaths in June 1994
    assert deaths.around(first, 1, until=last)["after"].tolist() == [30]


def test_each_specification_is_labelled_as_what_was_asked(record, monkeypatch):
    monkeypatch.setattr(event_study, "SPANS", {"to May 1994": {}})
    monkeypatch.setattr(event_study, "KINDS", {"agreed by both sides": attempts.AGREED})
    found = event_study.specifications(record).query("attempts == 'agreed by both sides'")
    for row in found.itertuples():
        war = event_study.months_of_war(record, kind=row.attempts, months=row.window)
        statistic = event_study.log_ratio(war, like=row.like)
        assert row.ratio == pytest.approx(np.exp(statistic(war["marked"].to_numpy())))
        whole = war.dropna()
        assert (row.months, row.marked) == (len(whole), whole["marked"].sum())
    assert len(found) == 8


def test_which_steps_mark_a_month():
    kinds = {name: set(steps) for name, steps in event_study.KINDS.items()}
    every = {"proposal", "agreement", "unilateral", "extension"}
    assert list(kinds.values()) == [every, every - {"proposal"}, {"agreement", "extension"}]


def test_mixed_and_incomplete_months_are_not_used(record):
    used = deaths.usable(record)
    assert "1995-03" not in used.index.astype(str)
    assert "1991-12" not in used.index.astype(str)
    assert used["1993-06"] == 41  # without the 58 of another conflict


def war_of(after_effect, seed, months=60):
    """A simulated war: deaths that return to their mean, attempts that come after bad months."""
    pick = np.random.default_rng(seed)
    logs = np.zeros(months + 8)
    noise = pick.normal(0, 1, months + 8)
    marked = np.zeros(months + 8, dtype=bool)
    for step in range(1, months + 8):
        logs[step] = 0.5 * logs[step - 1] + noise[step]
        if marked[step - 1]:
            logs[step] += after_effect
        marked[step] = logs[step] > 0.3 and pick.random() < 0.6
    counts = np.exp(4 + logs)
    index = pd.period_range("1990-01", periods=months, freq="M")
    frame = pd.DataFrame(
        {
            "deaths": counts[1 : months + 1],
            "marked": marked[1 : months + 1],
            "before": counts[:months],
            "after": counts[2 : months + 2],
        },
        index=index,
    )
    return frame.assign(attempts=frame["marked"].astype(int))


def test_without_an_effect_the_test_finds_one_as_rarely_as_it_says():
    found = []
    for seed in range(60):
        frame = war_of(0.0, seed)
        result = event_study.shifted(frame["marked"].to_numpy(), event_study.log_ratio(frame))
        found.append(result.p <= 0.05)
    assert np.mean(found) < 0.15


def test_a_strong_effect_is_found_and_is_of_the_size_it_was_given():
    sizes = []
    for seed in range(20):
        frame = war_of(-1.5, seed, months=120)
        sizes.append(event_study.log_ratio(frame)(frame["marked"].to_numpy()))
    assert np.mean(sizes) == pytest.approx(-1.5, abs=0.3)


def test_regression_to_the_mean_is_not_taken_for_an_effect():
    plain, like = [], []
    for seed in range(40):
        frame = war_of(0.0, seed, months=120)
        marked = frame["marked"].to_numpy()
        plain.append(event_study.log_ratio(frame, like=False)(marked))
        like.append(event_study.log_ratio(frame)(marked))
    assert abs(np.mean(like)) < 0.2
    assert np.mean(np.abs(like)) < 1.2 * np.mean(np.abs(plain)) + 0.2


def test_every_shift_is_counted_once():
    marked = np.array([True, False, False, False])
    values = np.array([1.0, 2.0, 3.0, 4.0])
    result = event_study.shifted(marked, lambda marks: float(values[marks].mean()))
    assert sorted(result.shifts) == [1, 2, 3, 4]
    assert (result.value, result.p) == (1, 1)
    least = event_study.shifted(np.roll(marked, 3), lambda marks: float(values[marks].mean()))
    assert least.p == 0.25


def test_power_grows_with_the_effect(record):
    war = event_study.months_of_war(record)
    found = [event_study.power(war, factor) for factor in (1.0, 0.5, 0.1)]
    assert event_study.power(war, 1.0, at_most=1) == 1  # no p is above it
    assert found == sorted(found)
    assert found[0] < 0.1


def test_months_with_and_without_an_attempt_are_all_months(record):
    war = event_study.months_of_war(record)
    groups = event_study.groups(war)
    assert groups["months"].sum() == war.dropna(subset=["deaths", "before", "after"]).shape[0]
    assert (groups["fell"] <= groups["months"]).all()
    share = event_study.fell_more(war)(war["marked"].to_numpy())
    expected = groups["fell"] / groups["months"]
    assert share == pytest.approx(expected["with"] - expected["without"])


def test_headlines_are_what_the_studies_say(record):
    columns = robust.as_columns(record)
    own = attempts.attempts(record)
    dated = own[own["ended"].notna() & own["lasted"].notna()]
    assert headlines.dated_breaks(columns) == len(dated)
    assert headlines.broke_within_a_week(columns) == (dated["lasted"] <= 7).mean()
    groups = event_study.groups(event_study.months_of_war(record))
    share = groups["fell"] / groups["months"]
    assert headlines.fell_after_attempts(columns) == pytest.approx(share["with"])
    assert headlines.fell_without(columns) == pytest.approx(share["without"])


def test_deaths_that_stayed_the_same_did_not_fall():
    months = pd.DataFrame({"before": [2.0, 2.0], "deaths": 1.0, "after": [2.0, 1.0]})
    assert event_study.groups(months.assign(marked=True)).loc["with", "fell"] == 1


def test_a_stop_that_broke_on_its_seventh_day_broke_within_a_week():
    days = ["1992-03-01"] * 3
    columns = {
        "ceasefires": {
            "step": ["agreement"] * 3,
            "fate": ["broken"] * 3,
            "declared": days,
            "due": [None] * 3,
            "effective": days,
            "ended": ["1992-03-07", "1992-03-08", "1992-03-09"],
            "event_id": ["x"] * 3,
        },
        "events": {"event_id": ["x"], "start": days[:1]},
    }
    arrays = {
        name: {column: np.array(cells, dtype=object) for column, cells in table.items()}
        for name, table in columns.items()
    }
    assert headlines.broke_within_a_week(robust.Columns(arrays)) == pytest.approx(2 / 3)


# Parts of the record.

STUDIES = {
    "by format": attempts.by_format,
    "named days": attempts.named_days,
    "codings": fates.codings,
    "reliability": lambda r: fates.reliability(fates.codings(r)),
    "by fate": lambda r: fates.by_fate(fates.codings(r)),
    "both codings": fates.both_codings,
    "decided by": fates.decided_by,
    "earliest": lambda r: spells.spells(r, end="earliest"),
    "breach": lambda r: spells.spells(r, end="breach"),
    "links": lambda r: spells.spells(r, chains=False),
    "by choice": spells.by_choice,
    "listed": spells.listed,
    "incidence": lambda r: curves.incidence(
        spells.spells(r)["days"], spells.spells(r)["cause"], censored="lost from sight"
    ),
    "usable": deaths.usable,
    "months": event_study.months_of_war,
    "groups": lambda r: event_study.groups(event_study.months_of_war(r)),
    "specifications": lambda r: event_study.specifications(r).set_index(["like", "window"]),
    "around": event_study.around_attempts,
}


test_a_study_of_any_part_has_the_types_of_the_whole_and_opens_no_other = of_parts(STUDIES)


def test_power_of_a_war_without_deaths_is_missing(parts):
    assert np.isnan(event_study.power(event_study.months_of_war(parts["without deaths"]), 0.5))


@pytest.mark.parametrize("module", [attempts, curves, event_study, fates, spells, deaths])
def test_the_examples_run(module):
    assert doctest.testmod(module).failed == 0


# Figures.


def test_squares_are_one_each_and_unknown_outcomes_are_refused(record):
    own = attempts.attempts(record)
    figure = charts.squares(own.assign(lane=own["day"].dt.year), "A finding", "a source")
    assert len(figure.axes[0].patches) == len(own)
    lying = own.assign(lane=own["format_name"])
    figure = charts.squares(lying, "A finding", "a source", upright=False)
    assert len(figure.axes[0].patches) == own["format_name"].notna().sum()
    with pytest.raises(ValueError, match="no outcomes: failed"):
        charts.squares(pd.DataFrame({"lane": [1], "became": ["failed"]}), "A", "b")
    some = pd.DataFrame({"lane": [1994, None, 1994], "became": ["declined", "held", None]})
    assert len(charts.squares(some, "A", "b").axes[0].patches) == 1
    charts.squares(own.head(0).assign(lane=pd.Series(dtype="Int64")), "A finding", "a source")


def test_durations_draw_each_stop(record):
    rows = spells.listed(record)
    assert not rows["text"].str.fullmatch(r"(\S+) to \1").any()  # one length is no span
    figure = charts.durations(rows, "A finding", "a source")
    assert len(figure.axes[0].patches) == len(rows)
    charts.durations(rows.head(0), "A finding", "a source")


def test_every_choice_of_the_last_day_is_asked(record, monkeypatch):
    asked, rows = [], spells.spells(record)

    def ask(given, *, end="latest", chains=True):
        asked.append(end)
        return rows

    monkeypatch.setattr(spells, "spells", ask)
    spells.by_choice(record)
    assert set(asked) == set(get_args(spells.Ends))
