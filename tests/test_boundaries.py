"""Windows and lines of the studies: a case just inside each counts, one just outside does not.

The days stand here as the sentences of the book have them, not as the code does, so that a
window moved by a day shows even where no step of the record falls on that day.
"""

import pandas as pd
import pytest

from karabakh_data.loading import TEXT
from karabakh_data.studies import (
    attempts,
    beginnings,
    coverage,
    encounters,
    event_study,
    formats,
    ground,
    headlines,
    network,
    official,
    panel,
    people,
    places,
    prisoners,
    provisions,
    seats,
    specifications,
    spells,
    steps,
    texts,
    verdicts,
    violence,
)
from karabakh_data.studies.robust import as_columns

STEP = "1993-09-13-moscow-communique"
A_DAY = pd.Timedelta(days=1)


def with_values(frame, **values):
    """The frame with these values in every row, each of the type of its column."""
    frame = frame.copy()
    for column, value in values.items():
        cells = [value] * len(frame)
        frame[column] = pd.Series(cells, frame.index).astype(frame[column].dtype)
    return frame


@pytest.fixture(scope="module")
def on(record):
    """A record of one step on one day: a table of all sides, a stop, a prisoner, a provision.

    Other ``cells`` are those of its stop.
    """
    referred = ("actors", "formats", "places", "people", "sources", "format_members", "deaths")
    known = {name: record[name] if name in referred else record[name].iloc[:0] for name in record}
    claims = record["claims"]
    claims = claims[(claims["table"] == "events") & (claims["record_id"] == STEP)]

    def of(day, **cells):
        day = pd.Timestamp(day)
        step = record["events"].query("event_id == @STEP")
        step = with_values(step, start=day, end=day, kind="meeting", place="moscow")
        step = with_values(step, format="parties-direct")
        at = record["participants"].head(4)
        at = with_values(at, event_id=STEP, role="party", person=None)
        at["actor"] = ["armenia", "azerbaijan", "nagorno-karabakh", "russia"]
        at["office"] = ["prime minister", "president", None, None]
        at["role"] = pd.Series(["party", "party", "party", "mediator"], at.index).astype(
            at["role"].dtype
        )
        stop = record["ceasefires"].query("ceasefire_id == @STEP")
        stop = with_values(stop, event_id=STEP, step="agreement", fate="broken", format="russia")
        blank = dict.fromkeys(("effective", "due", "ended", "breached", "extends", "document_id"))
        stop = with_values(stop, declared=day, **blank)
        text = with_values(record["documents"].head(1), event_id=STEP, status="signed")
        asked = with_values(record["provisions"].head(1), fate="carried_out")
        asked["document_id"] = text["document_id"].to_numpy()
        freed = with_values(record["prisoners"].head(1), event_id=STEP, prisoners=1)
        return {
            **known,
            "events": step,
            "participants": at,
            "ceasefires": with_values(stop, **cells),
            "documents": with_values(text, adopted_first=day),
            "provisions": asked,
            "prisoners": with_values(freed, giver="armenia", receiver="azerbaijan"),
            "claims": claims,
        }

    return of


def headline(name):
    return lambda given: getattr(headlines, name)(as_columns(given)) == 1


def in_row(study, row, column=None):
    """Whether a table of the study counts something in that row."""

    def counts(given):
        rows = study(given)
        return bool((rows.loc[row] if column is None else rows.loc[row, [column]]).sum() > 0)

    return counts


def of_period(study, name):
    return lambda given: study(given)["period"].tolist() == [name]


def stretch(given):
    return prisoners.by_stretch(prisoners.ranges(given))


def in_the_war(given):
    quiet = with_values(given["events"], start=pd.Timestamp("2001-01-01"))
    both = {**given, "events": pd.concat([given["events"], quiet], ignore_index=True)}
    return headlines.pace_of_war(as_columns(both)) > 0


def marks_a_month(given):
    return event_study.months_of_war(given)["marked"].any()


def groups(given):
    return formats.by_group(formats.AFTER_2020, given)


def named_in_the_second_war(given):
    named = formats.named_by_period({"war": ("2020-09-27", "2020-11-10")}, given)["war"]
    assert named["nobody"] == 0  # Russia is named
    return "Russia" in named


def violent(given):
    calm = pd.DataFrame({"date": pd.date_range("1990-01-01", "2026-01-01"), "deaths": 0})
    return violence.around(calm, days=1, record=given)


def by_years(given):
    told = pd.DataFrame({"before": [True], "since": [True]}, index=[STEP])
    return coverage.by_years(told, record=given)


WINDOWS = {
    # what counts a step on a day: from the first to the last day on which it does
    "seated before the stop": (headline("seated_before_the_stop"), "1988-01-01", "1994-05-11"),
    "seated since 1997": (headline("seated_since_1997"), "1997-05-01", None),
    "a seat for Stepanakert": (headline("seat_of_karabakh"), "1997-05-01", None),
    "without a mediator": (headline("without_mediator"), "2020-11-10", None),
    "alone since 2023": (headline("alone_since_2023"), "2023-09-19", None),
    "freed by 1997": (headline("freed_by_1997"), "1988-01-01", "1997-12-31"),
    "freed since 2020": (headline("freed_since_2020"), "2020-09-27", None),
    "before the stop": (headline("before_the_stop"), None, "1994-05-10"),
    "agreed through Russia": (headline("agreed_through_russia"), None, "1994-12-31"),
    "months of war": (in_the_war, "1992-01-01", "1994-05-11"),
    "quiet years": (
        lambda given: headlines.pace_of_war(as_columns(given)) == 0,
        "1994-05-12",
        "2020-09-26",
    ),
    "pace, 1991": (in_row(steps.pace, "1991", "steps"), "1991-01-01", "1991-12-31"),
    "pace, first war": (
        in_row(steps.pace, "1992 to 11 May 1994, first war", "steps"),
        "1992-01-01",
        "1994-05-11",
    ),
    "pace, years of quiet": (
        in_row(steps.pace, "12 May 1994 to 26 September 2020", "steps"),
        "1994-05-12",
        "2020-09-26",
    ),
    "pace, second war": (
        in_row(steps.pace, "27 September to 9 November 2020, second war", "steps"),
        "2020-09-27",
        "2020-11-09",
    ),
    "pace, after it": (
        in_row(steps.pace, "10 November 2020 to 18 September 2023", "steps"),
        "2020-11-10",
        "2023-09-18",
    ),
    "pace, since 2023": (
        in_row(steps.pace, "since 19 September 2023", "steps"),
        "2023-09-19",
        None,
    ),
    "tables, first": (of_period(seats.presence, "before 12 May 1994"), "1988-01-01", "1994-05-11"),
    "tables, to 1997": (of_period(seats.presence, "to April 1997"), "1994-05-12", "1997-04-30"),
    "tables, to 2020": (
        of_period(seats.presence, "to 9 November 2020"),
        "1997-05-01",
        "2020-11-09",
    ),
    "tables, since": (of_period(seats.presence, "since"), "2020-11-10", None),
    "provisions, first": (of_period(provisions.provisions, "before May 1994"), None, "1994-05-11"),
    "provisions, second": (
        of_period(provisions.provisions, "May 1994 to September 2020"),
        "1994-05-12",
        "2020-09-26",
    ),
    "provisions, third": (
        of_period(provisions.provisions, "since the war of 2020"),
        "2020-09-27",
        None,
    ),
    "formats, to the war in Ukraine": (
        in_row(groups, "10 November 2020 to 23 February 2022"),
        "2020-11-10",
        "2022-02-23",
    ),
    "formats, to September 2023": (
        in_row(groups, "24 February 2022 to 18 September 2023"),
        "2022-02-24",
        "2023-09-18",
    ),
    "formats, since": (in_row(groups, "since 19 September 2023"), "2023-09-19", None),
    "named in the second war": (named_in_the_second_war, "2020-09-27", "2020-11-09"),
    "leads since May 1994": (
        in_row(formats.lead_by_counting_rule, "since May 1994", "russia"),
        "1994-05-12",
        None,
    ),
    "places to 2020": (
        in_row(places.at_home_by_period, "to 9 November 2020", "meetings"),
        None,
        "2020-11-09",
    ),
    "places since": (
        in_row(places.at_home_by_period, "since 10 November 2020", "meetings"),
        "2020-11-10",
        None,
    ),
    "a prime minister of Armenia as its head": (
        lambda given: encounters.levels(given)["level"].tolist() == ["presidents"],
        "2018-04-09",
        None,
    ),
    "beginnings": (lambda given: len(beginnings.acts(given)) == 1, None, "1994-12-31"),
    "stops agreed": (lambda given: len(beginnings.agreed_stops(given)) == 1, None, "1994-12-31"),
    "months of the war": (marks_a_month, "1992-01-01", "1994-05-31"),
    "prisoners in the quiet years": (
        lambda given: stretch(given).index.tolist() == ["1998 to 2019"],
        "1998-01-01",
        "2019-12-31",
    ),
    "around stops of the first war": (
        of_period(violent, "1992 to 11 May 1994, first war"),
        "1992-01-01",
        "1994-05-11",
    ),
    "calendar": (
        lambda given: (
            "1993-09-13-moscow-communique"
            in set(texts.calendar("1994-05-05", "1994-05-12", given)["event_id"])
        ),
        "1994-05-05",
        "1994-05-12",
    ),
    **{
        f"searches, {name}": (
            in_row(by_years, name, "found"),
            f"{first}-01-01",
            last and f"{last}-12-31",
        )
        for name, first, last in [
            ("1991 to 1994", 1991, 1994),
            ("1995 to 2003", 1995, 2003),
            ("2004 to 2015", 2004, 2015),
            ("2016 to 2019", 2016, 2019),
            ("2020", 2020, 2020),
            ("since 2021", 2021, None),
        ]
    },
}


@pytest.mark.parametrize("name", WINDOWS)
def test_a_step_counts_from_the_first_day_to_the_last(name, on):
    counts, first, last = WINDOWS[name]
    if first:
        assert counts(on(first)), f"{first} is out"
        assert not counts(on(pd.Timestamp(first) - A_DAY)), f"the eve of {first} is in"
    if last:
        assert counts(on(last)), f"{last} is out"
        assert not counts(on(pd.Timestamp(last) + A_DAY)), f"the day after {last} is in"


@pytest.mark.parametrize(
    ("day", "months"),
    [
        ("1991-12-31", [0, 0, 0]),
        ("1992-01-01", [1, 0, 0]),
        ("1993-06-15", [0, 1, 0]),
        ("1994-12-31", [0, 0, 1]),
    ],
)
def test_months_at_work_are_those_of_three_years(day, months, on):
    given = on(day)
    given["events"] = with_values(given["events"], format="russia")
    table = beginnings.months_at_work(given)
    assert table.index.tolist() == [1992, 1993, 1994]
    assert table["russia"].tolist() == months


@pytest.mark.parametrize(("last", "told"), [("1992-03-31", 1), ("1993-03-01", 0)])
def test_a_beginning_is_dated_to_one_month_of_one_year(last, told, on):
    given = on("1992-03-01")
    given["events"] = with_values(given["events"], end=pd.Timestamp(last))
    assert len(beginnings.acts(given)) == told


@pytest.mark.parametrize(
    ("span", "last", "last_window"),
    [
        ("to May 1994", "1994-05", "1994-05"),
        ("to April 1994", "1994-04", "1994-04"),
        ("to May 1994, no window after April", "1994-05", "1994-03"),
    ],
)
def test_the_months_of_each_span(span, last, last_window, record):
    frame = event_study.months_of_war(record, months=1, **event_study.SPANS[span])
    assert (str(frame.index[0]), str(frame.index[-1])) == ("1992-01", last)
    assert str(frame["after"].last_valid_index()) == last_window


def test_windows_around_attempts_have_three_months(record):
    pd.testing.assert_frame_equal(
        event_study.months_of_war(record), event_study.months_of_war(record, months=3)
    )


def test_months_of_war_and_quiet_are_as_long_as_they_were(on):
    one = as_columns({**on("1993-09-13"), "events": pd.concat(
        [on(day)["events"] for day in ("1993-09-13", "2001-01-01")], ignore_index=True
    )})  # fmt: skip
    war = pd.Timestamp("1994-05-12") - pd.Timestamp("1992-01-01")
    quiet = pd.Timestamp("2020-09-27") - pd.Timestamp("1994-05-12")
    assert headlines.pace_of_war(one) == pytest.approx(quiet / war, rel=0.002)


@pytest.mark.parametrize(("days", "within"), [(0, True), (7, True), (8, False)])
def test_a_week_has_seven_days(days, within, on):
    given = on("1993-09-13", ended=pd.Timestamp("1993-09-13") + days * A_DAY)
    became = "broke within a week" if within else "broke later"
    assert attempts.attempts(given)["became"].tolist() == [became]
    assert headlines.broke_within_a_week(as_columns(given)) == within


def test_a_stop_that_broke_before_it_began_has_no_length(on):
    given = on("1993-09-13", ended="1993-09-12")
    assert attempts.attempts(given)["became"].tolist() == ["broke, day not told"]
    assert headlines.dated_breaks(as_columns(given)) == 0
    assert spells.spells(given).empty
    at_once = on("1993-09-13", ended="1993-09-13")
    assert spells.spells(at_once)["days"].tolist() == [0]
    name = "without those that broke on the first day"
    assert spells.by_choice(at_once).loc[name, "spells"] == 0


def test_a_breach_ends_a_spell_only_where_breaches_are_asked_for(on, record):
    claim = record["claims"].query("table == 'ceasefires' and column == 'breached'").head(1)
    claim = with_values(claim, record_id=STEP, value="1993-09-20")
    given = {**on("1993-09-13"), "claims": claim}
    assert spells.spells(given).empty
    assert spells.spells(given, end="breach")["days"].tolist() == [7]


def test_a_breach_of_what_was_prolonged_later_is_the_first_of_the_chain(record):
    # the stop of 30 August 1993 was prolonged three times, and fighting came back on 21 October
    chains = spells.spells(record, end="breach").set_index("ceasefire_id")
    assert chains.loc["1993-08-30-eleven-day", "last_day"] == pd.Timestamp("1993-09-03")


def test_a_day_on_which_two_stops_are_in_doubt_is_one(on):
    given = on("1993-09-01", fate=None, planned_days=60, scope="general")
    second = with_values(given["ceasefires"], ceasefire_id="another")
    given["ceasefires"] = pd.concat([given["ceasefires"], second], ignore_index=True)
    months = panel.panel(record=given)
    assert set(months["days_in_doubt"]) == {30}


@pytest.mark.parametrize(
    ("breaks", "days"), [("in 2 days", 2), ("in 30 days", 30), ("in a year", 365)]
)
def test_a_break_is_a_failure_to_the_last_day_of_the_limit(breaks, days, on, record):
    def failed(lasted):
        end = pd.Timestamp("1993-09-13") + lasted * A_DAY
        given = on("1993-09-13", ended=end)
        claim = record["claims"].query("table == 'ceasefires' and column == 'ended'").head(1)
        claim = with_values(claim, record_id=STEP, value=f"{end:%Y-%m-%d}")
        table = specifications.failed({**given, "claims": claim})
        rows = table.query("sources == 'as adopted' and counting == 'all attempts'")
        return set(rows.loc[rows["breaks"] == breaks, "share"])

    assert failed(0) == failed(days) == {1}
    assert failed(days + 1) == {0}


@pytest.mark.parametrize(
    ("span", "counts"), [("1993-10-01/1993-10-08", 25), ("1993-10-01/1993-10-09", None)]
)
def test_an_end_counts_if_it_is_told_to_a_week(span, counts, on, record):
    claim = record["claims"].query("table == 'ceasefires' and column == 'ended'").head(1)
    given = {**on("1993-09-13"), "claims": with_values(claim, record_id=STEP, value=span)}
    assert spells.spells(given)["days"].tolist() == ([counts] if counts else [])


@pytest.mark.parametrize(
    ("told", "earliest", "latest"),
    [
        ("1993-09-10/1993-09-15", [0], [2]),
        ("1993-09-10/1993-09-13", [0], [0]),
        ("1993-09-10/1993-09-12", [], []),
        ("1993-09-14/1993-09-15", [1], [2]),
    ],
)
def test_a_stop_ends_on_no_day_before_it_began(told, earliest, latest, on, record):
    claim = record["claims"].query("table == 'ceasefires' and column == 'ended'").head(1)
    given = {**on("1993-09-13"), "claims": with_values(claim, record_id=STEP, value=told)}
    assert spells.spells(given, end="earliest")["days"].tolist() == earliest
    assert spells.spells(given)["days"].tolist() == latest


@pytest.mark.parametrize(
    ("day", "became"),
    [
        ("1993-09-12", "began that day"),
        ("1993-09-13", "began that day"),
        ("1993-09-14", "began later"),
    ],
)
def test_a_stop_that_began_by_the_day_named_began_that_day(day, became, on):
    given = on("1993-09-10", due="1993-09-13", effective=day)
    assert attempts.named_days(given)[became] == 1


def known_to(on, record, views):
    """The step and its stop, as one source of each of so many perspectives tells them."""
    given = on("2020-10-10")
    sources = record["sources"].drop_duplicates("perspective")["source"].head(views)
    told = record["claims"].query("table in ('events', 'ceasefires') and record_id == @STEP")
    told = told.drop_duplicates(["table"])
    claims = [with_values(told.copy(), source=source) for source in sources]
    return {**given, "claims": pd.concat(claims, ignore_index=True)}


@pytest.mark.parametrize(("views", "several"), [(1, 0), (2, 1)])
def test_two_perspectives_are_several(views, several, on, record):
    given = known_to(on, record, views)
    name = "told from two perspectives or more"
    assert steps.by_counting_rule(given).loc[name, "steps"] == several
    assert steps.pace(given)["two_views"].gt(0).sum() == several
    assert formats.lead_by_counting_rule(given).loc[name, "russia"] == several
    name = "known to sources of two perspectives or more"
    assert attempts.by_counting_rule(given).loc[name, "attempts"] == several
    told_twice = specifications.failed(given).query("counting == 'told twice'")
    # a break of unknown day is of unknown fate where a time is asked
    told_twice = told_twice.query("breaks == 'ever' or untold == 'as not failed'")
    told_twice = told_twice[told_twice["sources"] == "as adopted"]
    assert set(told_twice["attempts"]) == {several}


@pytest.mark.parametrize(("others", "widely"), [(2, [False]), (3, [True])])
def test_what_three_others_tell_is_widely_told(others, widely, on, record):
    given = known_to(on, record, others)
    own = with_values(given["claims"].head(1), source=official.account("russia").sources[0])
    given["claims"] = pd.concat([given["claims"], own], ignore_index=True)
    assert official.steps("russia", given)["widely"].tolist() == widely


def test_a_source_counts_with_the_search_of_its_day(on, record):
    given = known_to(on, record, 1)
    day = given["sources"].set_index("source").loc[given["claims"]["source"].iloc[0], "accessed"]
    for since, column in ((day, "since"), (day + A_DAY, "before")):
        told = coverage.by_search("events", since, record=given)
        assert told.columns[told.loc[STEP]].tolist() == [column]
    late = given["sources"]["accessed"].ge("2026-11-26")
    for moved, percent in (("2026-11-25", 0), ("2026-11-26", 100)):
        sources = with_values(given["sources"][late | ~late].copy(), accessed=pd.Timestamp(moved))
        pace = steps.pace({**given, "sources": sources})
        assert pace["second_search"].dropna().tolist() == [percent]


@pytest.mark.parametrize(("texts_of", "interval"), [(4, False), (5, True)])
def test_a_share_of_five_texts_has_an_interval(texts_of, interval):
    rows = pd.DataFrame({"document_id": range(texts_of), "known": True, "kept": False})
    rows.loc[0, "kept"] = True
    for given in (rows, rows.assign(kept=False)):
        assert pd.notna(provisions.share_kept(given, draws=50)["high"]) == interval
    none, every = (provisions.share_kept(rows.assign(kept=kept)) for kept in (False, True))
    if interval:  # the exact one, as far from all as from none
        assert [every["low"], every["high"]] == pytest.approx([1 - none["high"], 1])


def test_what_a_third_party_hands_over_is_taken_by_no_side(record):
    front = with_values(record["front"].head(1), taken_by="russia", lost_by="azerbaijan")
    found = ground.changes({**record, "front": front})
    assert found["side_losing"].tolist() == ["azerbaijani"]
    assert found["side_taking"].isna().all()


@pytest.mark.parametrize(
    ("day", "lost"), [("1993-07-22", 0), ("1993-07-23", 1), ("1993-08-21", 1), ("1993-08-22", 0)]
)
def test_ground_lost_in_the_days_before_the_day_asked(day, lost, record):
    change = with_values(record["front"].head(1), taken_by="nagorno-karabakh", lost_by="azerbaijan")
    given = {**record, "front": with_values(change, date_first=pd.Timestamp(day))}
    rows = pd.DataFrame({"day": [pd.Timestamp("1993-08-22")], "side": ["azerbaijani"]})
    for mine in (rows, rows.assign(day="1993-08-22")):
        assert ground.before(mine, 30, record=given)["lost"].tolist() == [lost]


# What else makes a case count, or not.


def test_of_formats_with_as_many_attempts_the_first_by_name_comes_first(record):
    stops = [
        with_values(record["ceasefires"].iloc[[n]], step="proposal", fate="refused", format=of)
        for n, of in enumerate(["russia", "minsk-process", "iran"])
    ]
    table = attempts.by_format({**record, "ceasefires": pd.concat(stops)})
    assert len(table) == 3
    assert table.index.tolist() == sorted(table.index)


@pytest.mark.parametrize(
    ("armenia", "azerbaijan", "level"),
    [
        ("president", "acting president", "presidents"),
        ("acting prime minister", "president", "presidents"),
        ("president", "prime minister", "others"),  # as in Baku, where he is not the head
        ("acting foreign minister", "foreign minister", "foreign ministers"),
        ("foreign minister", "president", "others"),
    ],
)
def test_the_level_of_a_table_is_that_of_both_sides(armenia, azerbaijan, level, on):
    given = on("2019-01-01")
    given["participants"]["office"] = [armenia, azerbaijan, None, None]
    assert encounters.levels(given)["level"].tolist() == [level]


@pytest.mark.parametrize(
    ("role", "outcome", "act", "sits"),
    [
        ("party", None, None, True),
        ("initiator", None, None, True),
        ("addressee", None, None, False),
        ("party", "not_held", None, False),
        (None, None, ("signed", "party"), True),
        (None, None, ("initialled", "party"), True),
        (None, None, ("refused", "party"), False),
        (None, None, ("not_signed", "party"), False),
        (None, None, ("signed", "third_party"), False),
    ],
)
def test_who_sits_at_a_table(role, outcome, act, sits, on, record):
    """Azerbaijan by this role or by this act, beside Armenia and Stepanakert."""
    given = on("2019-01-01")
    given["events"] = with_values(given["events"], outcome=outcome)
    rows = given["participants"]
    azerbaijan = rows["actor"] == "azerbaijan"
    given["participants"] = pd.concat(
        [rows[~azerbaijan], with_values(rows[azerbaijan], role=role)][: 2 if role else 1]
    )
    if act:
        status, capacity = act
        text = given["documents"]["document_id"].iloc[0]
        acts = with_values(record["signatures"].head(1), document_id=text, actor="azerbaijan")
        given["signatures"] = with_values(acts, status=status, capacity=capacity, person=None)
    assert seats.presence(given)["table"].any() == sits
    columns = as_columns(given)
    for share in (headlines.in_moscow, headlines.seated_since_1997):
        assert (share(columns) == 1) == sits
    assert (headlines.seat_of_karabakh(columns) == 1) == (outcome != "not_held")


@pytest.mark.parametrize(
    ("status", "capacity", "signed"),
    [
        ("signed", "party", True),
        ("signed_later", "party", True),
        ("initialled", "party", True),
        ("refused", "party", False),
        ("not_signed", "party", False),
        ("signed", "third_party", False),
    ],
)
def test_who_signed_as_a_party(status, capacity, signed, on, record):
    acts = with_values(record["signatures"].head(1), document_id=headlines.AGREEMENT)
    acts = with_values(acts, actor="armenia", status=status, capacity=capacity)
    found = headlines.signed_in_may(as_columns({**on("1994-05-12"), "signatures": acts}))
    assert (found == 1) == signed


@pytest.mark.parametrize(
    ("declared", "step", "before"),
    [("1994-05-10", "1994-05-12", True), ("1994-05-11", "1994-05-09", False),
     (None, "1994-05-10", True)],
)  # fmt: skip
def test_an_attempt_stands_at_the_day_declared_or_else_at_that_of_its_step(
    declared, step, before, on
):
    given = on(step, declared=declared)
    assert headlines.before_the_stop(as_columns(given)) == before
    assert attempts.attempts(given)["day"].tolist() == [pd.Timestamp(declared or step)]


@pytest.mark.parametrize(("end", "early"), [("1997-12-31", 1), ("1998-01-01", None)])
def test_a_transfer_of_open_beginning_stands_at_its_last_day(end, early, on):
    given = on("1996-01-01")
    given["events"] = with_values(given["events"], start=pd.NaT, end=pd.Timestamp(end))
    found = headlines.freed_by_1997(as_columns(given))
    assert found == early if early else pd.isna(found)


@pytest.mark.parametrize(
    ("through", "russia", "minsk"),
    [("russia", 1, 0), ("russia-kazakhstan", 1, 0), ("minsk-process", 0, 1), ("iran", 0, 0),
     ("parties-direct", None, None), ("unilateral", None, None), (None, None, None)],
)  # fmt: skip
def test_through_whom_a_stop_was_agreed(through, russia, minsk, on):
    columns = as_columns(on("1993-09-13", format=through))
    found = [headlines.agreed_through_russia(columns), headlines.agreed_through_minsk(columns)]
    assert [None if pd.isna(one) else one for one in found] == [russia, minsk]


@pytest.mark.parametrize(
    ("step", "fate", "agreed", "began", "share"),
    [
        ("agreement", "held", 1, 1, 1),
        ("extension", "lapsed", 1, 1, 1),
        ("agreement", "extended", 1, 1, 1),
        ("agreement", "never_began", 1, 0, 0),
        ("agreement", "refused", 1, 0, 0),
        ("agreement", None, 1, 0, None),
        ("unilateral", "broken", 0, 0, 1),
        ("proposal", "refused", 0, 0, None),
    ],
)
def test_what_was_agreed_and_what_began(step, fate, agreed, began, share, on):
    given = on("1993-09-13", step=step, fate=fate)
    table = beginnings.agreed_stops(given)
    assert table.sum().tolist() == [agreed, began]
    deeds = beginnings.first_deeds(given)["Russia"].notna()
    names = ["a stop proposed or agreed", "a stop agreed", "a stop that began"]
    assert deeds[names].tolist() == [True, bool(agreed), bool(began)]
    found = headlines.began(as_columns(given))
    assert pd.isna(found) if share is None else found == share


def test_a_stop_came_into_force_though_nobody_tells_what_became_of_it(on):
    given = on("1993-09-13", fate=None, effective="1993-09-14")
    assert beginnings.agreed_stops(given)["began"].tolist() == [1]
    assert beginnings.first_deeds(given).loc["a stop that began"].notna().tolist() == [
        True, False, False,
    ]  # fmt: skip


def test_where_no_end_is_adopted_a_stop_lasted_to_the_latest_told(on, record):
    ends = record["claims"].query("table == 'ceasefires' and column == 'ended'").head(2)
    ends = with_values(ends, record_id=STEP)
    ends["value"] = ["1993-09-20", "1993-09-15"]
    for claims in (ends, ends[::-1]):
        own = attempts.attempts({**on("1993-09-13"), "claims": claims})
        assert own["lasted"].tolist() == [7]


@pytest.mark.parametrize(("value", "says"), [
    (0.5, "less than half"), (0.51, "more than half"), (1, "more than half"), (3, "more than 1"),
    (1.5, "more than 1"),
])  # fmt: skip
def test_a_claim_without_its_own_line(value, says):
    assert verdicts.claim_of("x", value).says == f"x: {says}"


@pytest.mark.parametrize(
    ("at_once", "lanes"), [(1, ["of one"]), (2, ["2 that broke on their first day"])]
)
def test_stops_that_broke_at_once_are_one_row_from_two_on(at_once, lanes, on, monkeypatch):
    keys = [str(n) for n in range(at_once)]
    rows = pd.DataFrame({"ceasefire_id": keys, "title": "of one"}, dtype=TEXT)
    rows = rows.assign(days=0, ended=True)
    monkeypatch.setattr(spells, "spells", lambda *given, **choice: rows)
    assert spells.listed(on("1993-09-13"))["lane"].tolist() == lanes


def test_what_took_several_days_stands_at_its_first(on):
    given = on("1993-09-13")
    given["events"] = with_values(given["events"], end=pd.Timestamp("1993-09-20"))
    first = pd.Timestamp("1993-09-13")
    assert prisoners.ranges(given)["day"].tolist() == [first]
    assert formats.mediated_by("russia", record=given)["day"].tolist() == [first]
    assert seats.presence(given)["start"].tolist() == [first]


AT_THE_TABLE = {
    "people who sat": lambda given: people.seats(given)["person"],
    "parties": lambda given: people.parties(given)["actor"],
    "of whom a step is": lambda given: seats.people_of_sides(given)["actor"],
    "who met": lambda given: network.met("actors", record=given)["source"],
    "states of a panel": lambda given: panel.panel("state", record=given)["name"],
}


@pytest.mark.parametrize("name", AT_THE_TABLE)
def test_who_was_kept_away_or_only_written_to_was_not_at_the_table(name, on):
    given = on("1993-09-13")
    at = given["participants"].assign(person=given["people"]["person"].head(4).to_numpy())
    there = {
        role: len(AT_THE_TABLE[name]({**given, "participants": with_values(at, role=role)}))
        for role in ("party", "absent", "addressee")
    }
    assert there["party"] > there["absent"] == there["addressee"] == 0


@pytest.mark.parametrize(("day", "known"), [("1993-09-12", 0), ("1993-09-13", 1)])
def test_an_end_told_from_before_the_beginning_is_no_known_end(day, known, on, record):
    claim = record["claims"].query("table == 'ceasefires' and column == 'ended'").head(1)
    claims = pd.concat([record["claims"].iloc[:0], with_values(claim, record_id=STEP, value=day)])
    given = {**on("1993-09-13", effective="1993-09-13"), "claims": claims}
    asked = "sources == 'as adopted' and breaks == 'in a week' and untold == 'left out'"
    rows = specifications.failed(given).query(f"{asked} and counting == 'all attempts'")
    assert set(rows["attempts"]) == {known}
