"""Whether findings survive: the draws on a ledger made for it, headlines against pandas."""

import warnings

import numpy as np
import pandas as pd
import pytest

import karabakh_data as kd
from karabakh_data import charts
from karabakh_data.studies import (
    attempts,
    headlines,
    offers,
    provisions,
    robust,
    specifications,
    steps,
    texts,
    verdicts,
)

STEP = "1992-09-19-sochi"


@pytest.fixture(scope="module")
def told(record):
    return robust.adoptions(record)


def test_what_is_done_to_an_adoption_stays_with_who_did_it():
    for part in robust.adoptions().values():
        stops = part["ceasefires"]
        del stops["fate"]
    for name, part in robust.adoptions().items():
        assert "fate" in part["ceasefires"], name


def test_adoptions_are_told_anew_when_a_file_of_the_data_has_changed(monkeypatch):
    told = []
    monkeypatch.setattr(robust, "as_told_by", lambda claims: told.append(1) or {})
    for state, anew in (("first", True), ("first", False), ("second", True), ("first", True)):
        told.clear()
        monkeypatch.setattr(robust, "stamp", lambda _, now=state: (now,))
        robust.adoptions()
        assert bool(told) == anew, state


@pytest.fixture(scope="module")
def quarrel(record):
    """The record with a ledger in which two sources differ on three cells of one step."""
    sources = record["sources"]["source"].tolist()[:2]
    said = [
        ("events", STEP, "date", "1992-09-19", "1992-09-20"),
        ("events", STEP, "place", "moscow", "baku"),
        ("ceasefires", STEP, "fate", "held", "broken"),
        ("ceasefires", STEP, "scope", "general", "general"),
    ]
    rows = [
        (table, key, column, value, source)
        for table, key, column, *values in said
        for value, source in zip(values, sources, strict=True)
    ]
    claims = record["claims"].head(len(rows)).reset_index(drop=True)
    names = ["table", "record_id", "column", "value", "source"]
    claims[names] = pd.DataFrame(rows, columns=names).astype(claims[names].dtypes.to_dict())
    return {**record, "claims": claims, "decisions": record["decisions"].iloc[:0]}


def cell(columns, table, column):
    key = {"events": "event_id", "ceasefires": "ceasefire_id"}[table]
    return columns[table][column][list(columns[table][key]).index(STEP)]


def test_a_draw_settles_one_dispute_one_way_in_all_columns_of_a_step(quarrel):
    drawn = set()
    for columns in robust.draws(quarrel, n=40):
        drawn.add(
            (
                cell(columns, "events", "date"),
                cell(columns, "events", "start"),
                cell(columns, "events", "place"),
                cell(columns, "ceasefires", "fate"),
            )
        )
    assert drawn == {
        ("1992-09-19", "1992-09-19", "moscow", "held"),
        ("1992-09-20", "1992-09-20", "baku", "broken"),
    }


def test_what_was_counted_in_a_draw_is_not_taken_for_the_next(quarrel):
    for columns in robust.draws(quarrel, n=2):
        assert not columns.counted
        columns.counted[len] = 1


def test_each_source_is_as_likely_as_the_other(quarrel):
    said = [cell(columns, "events", "place") for columns in robust.draws(quarrel, n=400)]
    assert 160 < said.count("baku") < 240


def test_draws_are_the_same_with_the_same_seed_and_others_with_another(quarrel):
    def places(seed):
        return [cell(one, "events", "place") for one in robust.draws(quarrel, n=30, seed=seed)]

    assert places(1) == places(1)
    assert places(1) != places(2)


def test_draws_leave_what_is_not_disputed_alone(record):
    before = robust.as_columns(record)
    contested = {
        (rows["table"], rows["record_id"], rows["column"])
        for rows in kd.disagreements(record=record).to_dict("records")
    }
    claims = record["claims"]
    several = claims.groupby(["table", "record_id", "column"], observed=True)["value"].nunique()
    contested |= set(several[several > 1].index)
    drawn = set()
    for columns in robust.draws(record, n=3):
        for table in ("events", "ceasefires", "signatures", "provisions"):
            key = before[table][f"{table[:-1]}_id"]
            for column in record[table]:
                moved = before[table][column] != columns[table][column]
                of = column.removesuffix("_first").removesuffix("_last")
                of = "date" if column in ("start", "end") else of
                for one in key[moved.astype(bool)]:
                    assert (table, one, of) in contested
                    drawn.add((table, of))
    # days and fates are what sources differ on most
    assert {("events", "date"), ("ceasefires", "fate"), ("provisions", "fate")} <= drawn


def test_a_month_is_never_drawn_for_a_day(quarrel):
    claims = quarrel["claims"]
    told = {"table": "ceasefires", "column": "declared", "value": ["1992-09", "1992-09-20"]}
    claims = pd.concat([claims.iloc[:2].assign(**told), claims.iloc[2:]])
    given = {**quarrel, "claims": claims.astype(quarrel["claims"].dtypes.to_dict())}
    before = cell(robust.as_columns(quarrel), "ceasefires", "declared")
    assert {cell(one, "ceasefires", "declared") for one in robust.draws(given, n=20)} == {before}


def test_a_rejected_value_is_never_drawn(quarrel, record):
    verdict = record["decisions"].query("verdict == 'reject'").head(1).reset_index(drop=True)
    for column, value in zip(
        ("table", "record_id", "column", "value"), ("events", STEP, "place", "baku"), strict=True
    ):
        verdict[column] = pd.Series([value]).astype(verdict[column].dtype)
    given = {**quarrel, "decisions": verdict}
    before = cell(robust.as_columns(quarrel), "events", "place")
    assert {cell(one, "events", "place") for one in robust.draws(given, n=20)} == {before}


PANDAS = {
    "attempts to stop the fighting": lambda r: len(attempts.attempts(r)),
    "of them before the ceasefire of May 1994": lambda r: (
        attempts.attempts(r)["day"].dropna() < pd.Timestamp("1994-05-11")
    ).mean(),
    "declined, never begun or broken, of known fates": lambda r: (
        attempts.attempts(r).dropna(subset=["fate"])["failed"].mean()
    ),
    "began, of agreed stops": lambda r: (
        ~attempts.attempts(r)
        .query("step != 'proposal'")["fate"]
        .dropna()
        .isin(["never_began", "refused"])
    ).mean(),
    "steps in the Minsk process": lambda r: (
        steps.steps(r)["format"].dropna() == "minsk-process"
    ).mean(),
    "steps mediated by Russia": lambda r: (
        steps.steps(r)["format"]
        .dropna()
        .isin(["russia", "russia-trilateral", "russia-kazakhstan", "russia-turkey"])
        .mean()
    ),
    "refusals by Azerbaijan, of all": lambda r: (
        texts.signatures(r).query("status == 'refused'")["actor"] == "azerbaijan"
    ).mean(),
    "provisions carried out, at least in part": lambda r: provisions.share_kept(
        provisions.provisions(r)
    )["share"],
    "provisions of signed or agreed texts carried out": lambda r: (
        provisions.provisions(r).query("footing == 'signed or agreed' and known")["kept"].mean()
    ),
    "prisoners handed to Azerbaijan, of all": lambda r: (
        r["prisoners"].query("receiver == 'azerbaijan'")["prisoners"].sum()
        / r["prisoners"]["prisoners"].sum()
    ),
}


@pytest.mark.parametrize("adoption", ["as adopted", "Armenian sources", "as coded a second time"])
@pytest.mark.parametrize("name", PANDAS)
def test_a_headline_is_the_number_that_pandas_gives(name, adoption, told):
    found = headlines.HEADLINES[name](robust.as_columns(told[adoption]))
    assert found == pytest.approx(float(PANDAS[name](told[adoption])), nan_ok=True)


@pytest.mark.parametrize(
    "adoption",
    [
        "as adopted",
        "Russian sources",
        "third parties' sources",
        "outright claims only",
        "without the first account",
    ],
)
@pytest.mark.parametrize("side", ["azerbaijani", "armenian"])
def test_refusals_of_proposals_are_those_of_the_study(adoption, side, told):
    given = told[adoption]
    rates = offers.rates(offers.addressed(given), "side").set_index("side")
    name = {
        "azerbaijani": "proposals to Azerbaijan that it declined",
        "armenian": "proposals to the Armenian side that it declined",
    }[side]
    found = headlines.HEADLINES[name](robust.as_columns(given))
    assert found == pytest.approx(rates.loc[side, "share"])


def test_survey_has_every_adoption_and_the_draws(told):
    table = robust.survey({"attempts": headlines.attempts})
    assert list(table.index) == [*told, "median", "low", "high"]


def test_of_a_dispute_of_two_sources_the_draws_reach_from_the_one_to_the_other(quarrel):
    def at_baku(columns):
        return float("baku" in columns["events"]["place"])

    given = {**quarrel, "events": quarrel["events"].query("event_id == @STEP")}
    table = robust.survey({"at Baku": at_baku, "settled": lambda columns: 7.0}, given)
    assert table.loc[["low", "high"], "at Baku"].tolist() == [0, 1]
    assert table.loc[["low", "median", "high"], "settled"].tolist() == [7, 7, 7]


def test_headlines_of_nothing_are_missing_and_complain_of_nothing(record):
    empty = {name: record[name].iloc[:0] for name in record}
    with warnings.catch_warnings(action="error"):
        columns = robust.as_columns(empty)
        for name, headline in headlines.HEADLINES.items():
            assert np.isnan(headline(columns)) or headline(columns) == 0, name


def test_headlines_of_deaths_are_of_the_deaths_of_the_record_asked(record):
    months = record["deaths"].sort_values("month")
    rising = months.assign(deaths=np.arange(1, len(months) + 1)).astype(months.dtypes.to_dict())
    columns = robust.as_columns({**record, "deaths": rising})
    assert headlines.fell_after_attempts(columns) == 0
    assert headlines.fell_without(columns) == 0


# Claims and specifications.


def survey_of(**rows):
    return pd.DataFrame.from_dict(rows, orient="index", columns=["headline", "attempts"])


def test_a_claim_fails_under_an_adoption_on_the_other_side_of_its_line():
    draws = {"median": [0.6, 70], "low": [0.4, 60], "high": [0.7, 80]}
    told = {"as adopted": [0.6, 70], "one": [0.5, 80], "two": [float("nan"), 90]}
    found = verdicts.verdicts(survey_of(**told, **draws)).set_index("headline")
    assert found.loc["headline", ["fails", "under", "untold", "drawn"]].tolist() == [
        1,
        "one",
        "two",
        False,
    ]
    assert found.loc["attempts", ["fails", "line", "is_count", "drawn"]].tolist() == [
        0,
        35,
        True,
        True,
    ]
    assert list(found.index) == ["attempts", "headline"]  # those that hold come first


def test_a_claim_fails_where_the_value_lies_on_its_line():
    told = {"as adopted": [0.4, 70], "one": [0.5, 35]}
    draws = dict.fromkeys(verdicts.DRAWS, told["as adopted"])
    assert verdicts.verdicts(survey_of(**told, **draws))["under"].tolist() == ["one", "one"]


@pytest.mark.parametrize(
    ("adopted", "outside"), [(0.3, True), (0.4, False), (0.7, False), (0.8, True)]
)
def test_a_value_that_few_draws_come_to_lies_outside_them(adopted, outside):
    draws = {"median": [0.6, 70], "low": [0.4, 60], "high": [0.7, 80]}
    found = verdicts.verdicts(survey_of(**{"as adopted": [adopted, 70]}, **draws))
    assert found.set_index("headline").loc["headline", "outside"] == outside


def test_an_adoption_of_fewer_than_five_cases_neither_breaks_a_claim_nor_supports_it():
    draws = {name: [0.6, 70] for name in verdicts.DRAWS}
    told = {"as adopted": [0.6, 70], "four": [0.0, 80], "five": [0.4, 80]}
    told["none"] = [float("nan"), 80]
    counted = {"as adopted": [9, None], "four": [4, None], "five": [5, None], "none": [0, None]}
    cases = survey_of(**counted).astype("Int64")
    found = verdicts.verdicts(survey_of(**told, **draws), cases).set_index("headline")
    shown = found.loc["headline", ["fails", "under", "untold", "too_few"]]
    assert shown.tolist() == [1, "five", "none", "four"]
    assert found.loc["attempts", ["fails", "too_few"]].tolist() == [0, ""]


LACKING = {
    "unknown column of the frame 'attempts'": lambda cases: cases.drop(columns="attempts"),
    "unknown row of the frame 'one'": lambda cases: cases.drop("one"),
}


@pytest.mark.parametrize("says", LACKING)
def test_cases_must_be_of_the_same_headlines_and_adoptions(says):
    told = {"as adopted": [0.6, 70], "one": [0.7, 80]}
    survey = survey_of(**told, **dict.fromkeys(verdicts.DRAWS, told["as adopted"]))
    with pytest.raises(ValueError, match=says):
        verdicts.verdicts(survey, LACKING[says](survey_of(**told)))


def test_shares_know_of_how_many_cases_they_are(record, told):
    table = robust.cases(headlines.HEADLINES, record)
    assert list(table.index) == list(told)
    adopted = table.loc["as adopted"]
    refused = record["signatures"]["status"].eq("refused")
    assert adopted["refusals by Azerbaijan, of all"] == refused.sum()
    freed = record["prisoners"]["prisoners"]
    assert adopted["prisoners handed to Azerbaijan, of all"] == freed.sum()
    counts = [name for name, claim in verdicts.CLAIMS.items() if claim.line >= 1]
    assert table[counts].isna().all(axis=None)
    shares = table.drop(columns=counts)
    assert shares.notna().all(axis=None)
    columns = robust.as_columns(record)
    for name, cases in adopted[shares.columns].items():
        part = headlines.HEADLINES[name](columns) * cases
        assert part == pytest.approx(round(part)), name


def test_every_headline_stands_for_a_claim():
    assert set(verdicts.CLAIMS) <= set(headlines.HEADLINES)


def test_the_share_that_failed_under_the_choices_of_the_text_is_the_headline(record):
    table = specifications.failed(record)
    adopted = table[table["adopted"]]
    assert len(adopted) == 1
    expected = headlines.failed(robust.as_columns(record))
    assert adopted["share"].tolist() == [pytest.approx(expected)]
    assert table["share"].dropna().between(0, 1).all()
    # a break counts as a failure the less, the earlier it must have come
    few = table.query("sources == 'as adopted' and counting == 'all attempts' and end == 'latest'")
    few = few[few["untold"] == "left out"].pivot_table("failed", "breaks", "shots")
    assert few["fighting"].reindex(specifications.WITHIN).is_monotonic_decreasing
    # the truces of September 2022 and 2023 held, unless any shots end a stop
    assert (few["any shots"] > few["fighting"]).all()
    for name in ("breaks", "end"):
        assert set(table[name]) == set(
            {"breaks": specifications.WITHIN, "end": specifications.ENDS}[name]
        )


def test_a_month_with_as_many_deaths_after_as_before_did_not_fall(record):
    constant = record["deaths"].assign(deaths=record["deaths"]["deaths"].head(1).item())
    assert not robust.as_columns({**record, "deaths": constant})["months"]["fell"].any()


def test_a_choice_moves_only_shares_that_there_are():
    frame = pd.DataFrame({choice: ["one", "one", "other"] for choice in specifications.CHOICES})
    found = specifications.by_choice(frame.assign(share=[0.2, None, 0.8]))
    assert found["combinations"].tolist() == [1, 1] * len(specifications.CHOICES)
    assert found["median"].tolist() == [0.2, 0.8] * len(specifications.CHOICES)


def test_breaks_within_a_week_are_those_of_the_attempts(record):
    own = attempts.attempts(record)
    told = own[own["fate"].notna() & (own["became"] != "broke, day not told")]
    early = told["became"].isin(["declined", "never began", "broke within a week"])
    table = specifications.failed(record)
    choice = "sources == 'as adopted' and counting == 'all attempts' and shots == 'fighting'"
    week = table.query(f"{choice} and breaks == 'in a week' and end == 'latest'")
    week = week.set_index("untold")
    assert week.loc["left out", ["failed", "attempts"]].tolist() == [early.sum(), len(told)]
    assert week.loc["as not failed", ["failed", "attempts"]].tolist() == [early.sum(), len(own)]


# Forms of figure.


def test_forms_of_figure_draw_what_they_are_given():
    draws = {"median": [0.6, 70], "low": [0.4, 60], "high": [0.7, 80]}
    table = survey_of(**{"as adopted": [0.6, 70], "one": [0.5, 80]}, **draws)
    figure = charts.verdicts(table, verdicts.verdicts(table), "One holds", "made up")
    assert "attempts: more than 35" in {text.get_text() for text in figure.axes[0].texts}
    cases = survey_of(**{"as adopted": [9, None], "one": [4, None]}).astype("Int64")
    grey = charts.verdicts(table, verdicts.verdicts(table, cases), "Both hold", "made up")
    headings = [{text.get_text() for text in of.axes[0].texts} for of in (figure, grey)]
    assert headings[0] - headings[1] == {"They depend on whom one believes"}
    rows = pd.DataFrame({"share": [0.2, 0.8], "adopted": [True, False], "by": ["a", "b"]})
    figure = charts.specifications(rows, "Two", "made up", choices={"by": "which"})
    assert figure.axes[0].lines[0].get_ydata().tolist() == [0.2, 0.8]
    bars = pd.DataFrame({"yes": [1, 2], "no": [3, 0]}, index=["one", "two"])
    figure = charts.parts(bars, "Bars", "made up", colours={"yes": "#035e51", "no": "#97600e"})
    assert [bar.get_width() for bar in figure.axes[0].patches] == [2, 1, 0, 3]
    with pytest.raises(ValueError, match="unknown column of the frame 'maybe'"):
        charts.parts(bars, "Bars", "made up", colours={"maybe": "#035e51"})


@pytest.mark.parametrize("study", [robust.survey, robust.cases])
def test_a_headline_that_is_no_function_is_named(study):
    with pytest.raises(ValueError, match=r"headline 'attempts': expected a function .*, found int"):
        study({"attempts": 73})
