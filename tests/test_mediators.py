"""Who mediated, when and where: on small examples, on parts of the record, as drawn."""

import warnings

import numpy as np
import pandas as pd
import pytest
from asked import of_parts

import karabakh_data as kd
from karabakh_data import charts
from karabakh_data.studies import (
    beginnings,
    formats,
    headlines,
    places,
    robust,
    steps,
)


def with_events(record, days, **columns):
    """The record with its first steps alone, at these days, until these days."""
    rows = record["events"].head(len(days)).assign(**columns)
    given = pd.Series(pd.to_datetime(days), rows.index).astype(rows["start"].dtype)
    return {**record, "events": rows.assign(start=given, end=given)}


def test_the_pace_of_a_period_counts_its_months(record):
    days = ["1992-01-10", "1993-01-10", "1994-05-11", "1994-05-12", "2020-09-26", None]
    pace = steps.pace(with_events(record, days))
    assert pace["steps"].tolist() == [0, 3, 2, 0, 0, 0]
    # 1 January 1992 to 12 May 1994: 862 days of 30.44 a month
    assert pace["months"].tolist()[1] == pytest.approx(28.3)
    assert pace["a_month"].tolist()[1] == pytest.approx(0.1)
    assert pace["months"].isna().tolist() == [True, False, False, True, True, True]


def test_a_step_that_only_the_second_search_found(record):
    given = with_events(record, ["1992-01-10"])
    step = given["events"]["event_id"].iloc[0]
    sources = record["sources"].head(2)
    dates = pd.Series(pd.to_datetime(["2026-11-25", "2026-11-26"]), sources.index)
    sources = sources.assign(accessed=dates.astype(sources["accessed"].dtype))
    claims = record["claims"].head(2).assign(table="events", record_id=step)
    claims["source"] = sources["source"].to_numpy()
    for part, percent, one in ((claims, 0, 0), (claims.tail(1), 100, 100)):
        found = steps.pace({**given, "claims": part, "sources": sources}).iloc[1]
        assert (found["second_search"], found["one_source"]) == (percent, one)


def test_the_longest_gap_lies_between_two_steps(record):
    found = steps.longest_gap(with_events(record, ["1992-03-01", "1992-01-01", "1992-03-11"]))
    assert found.to_numpy().tolist() == [
        [pd.Timestamp("1992-01-01"), pd.Timestamp("1992-03-01"), 60]
    ]
    assert steps.longest_gap(with_events(record, ["1992-03-01"])).empty


def test_every_kind_is_of_one_sort(record):
    sorts = [kind for kinds in steps.SORTS.values() for kind in kinds]
    assert sorted(sorts) == sorted(kd.vocabulary("events", "kind")["value"])
    table = steps.by_year_and_sort(record)
    assert table.sum(axis=1).tolist() == steps.by_year(record).tolist()


def test_periods_follow_each_other():
    for periods in (steps.PERIODS, formats.AFTER_2020):
        ends = list(periods.values())
        assert [until for _, until in ends[:-1]] == [first for first, _ in ends[1:]]


def test_each_dated_step_belongs_to_one_group(record):
    days = ["2020-11-10", "2023-09-18", "2023-09-19", None]
    of = ["russia", "parties-direct", None, "russia"]
    table = formats.by_group(formats.AFTER_2020, with_events(record, days, format=of))
    assert table["Russia"].tolist() == [1, 0, 0]
    assert table["the parties alone"].tolist() == [0, 1, 0]
    assert table["others"].tolist() == [0, 0, 1]
    dated = record["events"]["start"].notna().sum()
    assert formats.by_group(steps.PERIODS, record).to_numpy().sum() == dated


def test_a_step_with_two_mediators_counts_for_each_and_one_without_for_nobody(record):
    given = with_events(record, ["2021-01-01", "2021-02-01"])
    one, two = given["events"]["event_id"]
    rows = (
        record["participants"]
        .head(3)
        .assign(event_id=[one, one, two], actor=["russia", "turkey", "armenia"])
    )
    rows["role"] = pd.Categorical(["mediator", "initiator", "party"], rows["role"].cat.categories)
    table = formats.named_by_period(formats.AFTER_2020, {**given, "participants": rows})
    assert table.iloc[:, 0].to_dict() == {"Russia": 1, "Turkey": 1, "nobody": 1}


def test_a_co_chair_has_the_steps_of_its_time_named_or_not(record):
    days = ["1994-11-30", "1995-01-01", "2000-01-01"]
    given = with_events(record, days, format="minsk-process")
    spells = record["format_members"]
    spells = spells[(spells["actor"] == "russia") & (spells["role"] == "co_chair")]
    first = pd.Series(pd.to_datetime(["1994-12-01"]), spells.index)
    spells = spells.assign(start_first=first.astype(spells["start_first"].dtype), end_last=pd.NaT)
    spells["end_last"] = spells["end_last"].astype(spells["start_first"].dtype)
    people = (
        record["participants"]
        .head(1)
        .assign(event_id=given["events"]["event_id"].iloc[0], actor="russia")
    )
    people["role"] = pd.Categorical(["mediator"], people["role"].cat.categories)
    table = formats.minsk_steps({**given, "format_members": spells, "participants": people})
    rows = table.set_index("actor_name").to_dict("index")
    assert rows["Russia"] == {"named": 1, "chaired": 2, "either": 3}
    assert rows["CSCE/OSCE"] == {"named": 0, "chaired": 3, "either": 3}


def test_steps_of_minsk_and_those_the_csce_mediated_elsewhere_count_together(record):
    given = with_events(record, ["1993-01-01"] * 3, format=["minsk-process", "russia", None])
    first, second, third = given["events"]["event_id"]
    rows = record["participants"].head(4)
    rows = rows.assign(
        event_id=[first, first, second, third],
        actor=["russia", "csce-osce", "russia", "csce-osce"],
    )
    rows["role"] = pd.Categorical(["mediator"] * 4, rows["role"].cat.categories)
    given["participants"] = rows
    table = formats.lead_by_counting_rule(given)
    assert table.loc["every step"].tolist() == [2, 2]
    assert table.loc["outside the Minsk process"].tolist() == [1, 1]
    assert table.loc["every Minsk step counts for the CSCE/OSCE"].tolist() == [1, 2]
    led = formats.minsk_steps(given).set_index("actor_name")["either"]
    assert (led.index[0], led["Russia"], led["CSCE/OSCE"]) == ("CSCE/OSCE", 1, 1)


def test_formats_stand_by_first_year_and_the_longest_lived_first(record):
    days = ["1992-01-01", "1992-01-01", "1993-01-01", "1991-01-01", "1992-05-01", "1992-06-01"]
    of = ["iran", "minsk-process", "minsk-process", "russia", "european-union", "iran"]
    found = formats.activity(with_events(record, days, format=of))
    assert found["format"].tolist() == ["russia", "minsk-process", "european-union", "iran"]
    assert found[["steps", "years"]].to_numpy().tolist() == [[1, 1], [2, 2], [1, 1], [2, 1]]


@pytest.mark.parametrize(("since", "leads"), [(None, {"csce-osce"}), ("1994-01-01", set())])
def test_a_mediator_without_a_first_day_led_from_the_beginning(since, leads, record):
    given = with_events(record, ["1993-06-01"], format="minsk-process")
    spell = record["format_members"].query("format == 'minsk-process' and actor == 'csce-osce'")
    spell = spell.query("role == 'mediator'").head(1)
    assert len(spell) == 1
    day = pd.Series(pd.to_datetime([since]), spell.index).astype(spell["start_first"].dtype)
    blank = day.mask(day.notna())
    spell = spell.assign(start=since, start_first=day, end=None, end_last=blank)
    spell = spell.astype(record["format_members"].dtypes.to_dict())
    given |= {"format_members": spell, "participants": record["participants"].iloc[:0]}
    assert set(formats.mediators(given, members=True)["actor"]) == leads
    assert formats.minsk_steps(given)["chaired"].tolist() == [1]  # by its own process, anyhow


def test_what_was_mediated_stands_in_order(record):
    backwards = {**record, "events": record["events"][::-1]}
    backwards["ceasefires"] = record["ceasefires"][::-1]
    for of in ("steps", "ceasefires"):
        found = formats.mediated_by("russia", of, record=backwards)
        pd.testing.assert_frame_equal(found, formats.mediated_by("russia", of, record=record))
        assert found["day"].dropna().is_monotonic_increasing


def test_first_deeds_leave_out_what_is_not_dated_to_the_month(record):
    given = with_events(record, ["1992-01-01", "1992-02-10"], format="minsk-process")
    events = given["events"]
    events["end"] = pd.Series(pd.to_datetime(["1992-12-31", "1992-02-12"]), events.index).astype(
        events["end"].dtype
    )
    events["kind"] = pd.Categorical(["mandate", "mission"], events["kind"].cat.categories)
    none = {**given, "ceasefires": record["ceasefires"].iloc[:0]}
    deeds = beginnings.first_deeds(none)["CSCE/OSCE"]
    assert deeds.dropna().unique().tolist() == [pd.Timestamp("1992-02-10")]
    assert deeds.dropna().index.tolist() == ["any step", "a mission to the region"]


def test_first_deeds_of_the_record():
    deeds = beginnings.first_deeds()
    # the Prague council; Yeltsin and Nazarbayev offer to mediate
    assert deeds.loc["any step", "CSCE/OSCE"] == pd.Timestamp("1992-01-30")
    assert deeds.loc["a text signed", "Russia"] == pd.Timestamp("1991-09-23")


def test_months_are_counted_once(record):
    days = ["1992-01-05", "1992-01-20", "1992-01-25", "1993-07-01", "1994-02-01"]
    of = ["russia", "russia", "minsk-process", "minsk-process", "iran"]
    table = beginnings.months_at_work(with_events(record, days, format=of))
    assert table.loc[1992].tolist() == [0, 0, 1, 11]
    assert table.loc[1993].tolist() == [0, 1, 0, 11]
    assert table.loc[1994].tolist() == [0, 0, 0, 12]


def test_stops_marked_and_counted_are_of_one_list(record):
    acts = beginnings.acts(record)
    table = beginnings.agreed_stops(record)
    assert (table["began"] <= table["agreed"]).all()
    assert 0 < acts["agreed"].sum() <= table["agreed"].sum()
    lanes = beginnings.as_lanes(acts)
    assert lanes.columns.tolist() == ["lane", "day", "strong"]
    assert len(lanes) == len(acts)


def test_places_at_home_are_known_and_lie_in_the_region(record):
    spots = record["places"].set_index("place")
    assert set(places.AT_HOME) <= set(spots.index)
    there = spots.loc[list(places.AT_HOME)].dropna(subset=["latitude"])
    assert there["latitude"].between(38.4, 41.6).all()
    assert there["longitude"].between(43.4, 50.6).all()
    near = spots[spots["latitude"].between(38.4, 42) & spots["longitude"].between(43.4, 50.6)]
    assert set(near.index) - set(places.AT_HOME) == {"tbilisi", "mukhrani"}  # in Georgia


def test_meetings_are_counted_by_place(record):
    met, table = places.meetings(record), places.by_place(record)
    assert table["meetings"].sum() == met["place"].notna().sum()
    assert places.at_home_by_period(record)["meetings"].sum() == table["meetings"].sum()
    assert "1992-09-19-sochi" in set(met["event_id"])


# The headlines say what the studies say.


def test_headlines_equal_the_studies(record):
    columns = robust.as_columns(record)
    met = places.meetings(record).dropna(subset=["place"])
    assert headlines.at_home(columns) == pytest.approx(met["at_home"].mean())
    assert headlines.in_moscow(columns) == pytest.approx((met["place"] == "moscow").mean())
    counts = steps.pace(record)["steps"].to_numpy()
    assert headlines.pace_of_war(columns) == pytest.approx(
        (counts[1] / 862 * 9634) / counts[2], rel=0.001
    )
    events = record["events"]
    late = events[(events["start"] >= "2023-09-19") & events["format"].notna()]
    share = (late["format"] == "parties-direct").mean()
    assert headlines.alone_since_2023(columns) == pytest.approx(share)
    agreed = beginnings.agreed_stops(record)["agreed"]
    mediated = agreed.drop(["The parties alone", "no single format"])
    russia = agreed[["Russia alone", "Zheleznovodsk process"]].sum()
    assert headlines.agreed_through_russia(columns) == pytest.approx(russia / mediated.sum())


def test_a_headline_with_nothing_to_count_is_missing(record):
    columns = robust.as_columns({name: record[name].iloc[:0] for name in record})
    asked = ("pace_of_war", "at_home", "in_moscow", "agreed_through_russia", "alone_since_2023")
    with warnings.catch_warnings(action="error"):
        assert all(np.isnan(getattr(headlines, name)(columns)) for name in asked)


# Parts of the record.

STUDIES = {
    "pace": steps.pace,
    "gap": steps.longest_gap,
    "sorts": steps.by_year_and_sort,
    "meetings": places.meetings,
    "by place": places.by_place,
    "as map": lambda r: places.as_map(places.by_place(r)),
    "at home": places.at_home_by_period,
    "by group": lambda r: formats.by_group(formats.AFTER_2020, r),
    "named": lambda r: formats.named_by_period(formats.AFTER_2020, r),
    "minsk": formats.minsk_steps,
    "acts": beginnings.acts,
    "lanes": lambda r: beginnings.as_lanes(beginnings.acts(r)),
    "first": beginnings.first_deeds,
    "months": lambda r: beginnings.months_at_work(r).drop(columns="neither"),
    "agreed": beginnings.agreed_stops,
}


test_a_study_of_any_part_has_the_types_of_the_whole_and_opens_no_other = of_parts(STUDIES)


def test_years_of_formats_of_an_empty_record(record):
    with warnings.catch_warnings(action="error"):
        assert formats.by_year({name: record[name].iloc[:0] for name in record}).empty
    table = formats.by_year(record)
    assert table.sum(axis=1).is_monotonic_decreasing
    assert table.columns.tolist() == list(range(table.columns[0], table.columns[-1] + 1))


# As drawn.


def test_a_map_names_what_it_does_not_draw():
    frame = pd.DataFrame(
        {
            "place_name": ["Here", "Far", "Nowhere"],
            "latitude": [50.0, 0.0, None],
            "longitude": [20.0, 0.0, None],
            "count": [9, 2, 1],
        }
    )
    figure = charts.places(frame, "Places", "none")
    said = figure.axes[0].get_xlabel().replace("\n", " ")
    assert said == "Not drawn: Far (2), Nowhere (1)"
    assert [text.get_text() for text in figure.axes[0].texts] == ["Here 9"]
    with warnings.catch_warnings(action="error"):
        charts.places(frame.iloc[:0], "Nothing", "none")


@pytest.mark.parametrize(
    ("once", "says"),
    [(3, "Twice (2), 0 (1), 1 (1), 2 (1)"), (4, "Twice (2), 4 others (1 each)")],
)
def test_more_than_three_places_of_one_step_are_a_number(once, says):
    rows = [("Twice", 2), *((str(n), 1) for n in range(once))]
    frame = pd.DataFrame(rows, columns=["place_name", "count"])
    frame = frame.assign(latitude=None, longitude=None)
    said = charts.places(frame, "Places", "none").axes[0].get_xlabel().replace("\n", " ")
    assert said == f"Not drawn: {says}"


def test_who_chaired_steps_of_the_minsk_process():
    rows = formats.minsk_steps().query("chaired > 0")
    # of Sweden's chairs no last day is told
    states = {"Finland", "France", "Italy", "Russia", "United States"}
    assert set(rows["actor_name"]) == {*states, "CSCE/OSCE"}


def test_labels_of_a_map_cover_no_other():
    near = [20.0, 20.2, 20.4, 20.6]
    frame = pd.DataFrame(
        {"place_name": list("abcd"), "latitude": 50.0, "longitude": near, "count": 7}
    )
    figure = charts.places(frame, "Places", "none")
    boxes = [text.get_window_extent() for text in figure.axes[0].texts]
    assert boxes
    assert not any(a.overlaps(b) for n, a in enumerate(boxes) for b in boxes[:n])


def test_a_strip_is_the_darker_the_more():
    frame = pd.DataFrame({1992: [1, 11], 1993: [0, 3]}, index=["few", "many"])
    figure = charts.strips(frame, "Strips", "none")
    names = [text.get_text() for text in figure.axes[0].get_yticklabels()]
    assert names == ["many (14)", "few (1)"]
    strengths = [round(patch.get_facecolor()[3], 2) for patch in figure.axes[0].patches]
    assert strengths[:3] == [1.0, 0.66, 0.19]  # eleven, three, one
    with warnings.catch_warnings(action="error"):
        charts.strips(frame.iloc[:0, :0], "Nothing", "none")


@pytest.mark.parametrize("form", [charts.places])
def test_a_missing_column_is_named(form):
    with pytest.raises(ValueError, match="unknown column of the frame 'place_name'"):
        form(pd.DataFrame({"place": []}), "title", "none")
