"""Deaths around ceasefires on a user's events: against a plain loop, on each engine.

The events are made, with a fixed seed, so that what is true of them is known. Polars,
DuckDB and PySpark are asked where they are installed.
"""

import datetime
import itertools
import subprocess
import sys

import numpy as np
import pandas as pd
import pytest

import karabakh_data as kd
from karabakh_data.studies import attempts, shifts, steps, violence

pytest.importorskip("narwhals")

MAY_1994 = "1994-05-12-ceasefire"
NUMBERS = ["before", "on_day", "after", "vague", "change", "ratio", "share", "share_alike"]


@pytest.fixture(scope="module")
def ged():
    """Made events in the shape of UCDP GED: in any order, some of several days."""
    rng = np.random.default_rng(7)
    many = 4_000
    first = pd.Timestamp("1992-01-01") + pd.to_timedelta(rng.integers(0, 1100, many), "D")
    length = np.where(rng.random(many) < 0.1, rng.integers(1, 40, many), 0)
    return pd.DataFrame(
        {
            "id": np.arange(many),
            "date_start": first.astype("datetime64[us]"),
            "date_end": (first + pd.to_timedelta(length, "D")).astype("datetime64[us]"),
            "date_prec": np.where(length > 0, 4, 1),
            "best": rng.poisson(3, many),
            "country": rng.choice(["Azerbaijan", "Armenia", "Georgia"], many, p=[0.7, 0.2, 0.1]),
            "side_a": "Government of Azerbaijan",
            "side_b": rng.choice(["Republic of Artsakh", "Government of Armenia"], many),
        }
    )


def looped(events, days):
    """The study as a plain loop: one day, one attempt and one event at a time."""
    per_day, first, last = {}, events["date_start"].min(), events["date_end"].max()
    for event in events.itertuples():
        there = pd.date_range(event.date_start, event.date_end)
        for day in there:
            per_day[day] = per_day.get(day, 0) + event.best / len(there)

    def window(day):
        near = [day + pd.Timedelta(days=step) for step in range(1, days + 1)]
        past = [day - pd.Timedelta(days=step) for step in range(1, days + 1)]
        if past[-1] < first or near[-1] > last:
            return None
        return sum(per_day.get(d, 0) for d in past), sum(per_day.get(d, 0) for d in near)

    def period(day):
        (found,) = [n for n, (a, b) in steps.PERIODS.items() if a <= f"{day:%Y-%m-%d}" < b]
        return found

    every = {day: window(day) for day in pd.date_range(first, last)}
    rows = {}
    for one in attempts.attempts().dropna(subset=["declared"]).itertuples():
        own = every.get(one.declared)
        if own is None:
            continue
        ratio = (own[1] + 1) / (own[0] + 1)
        others = [
            (w[1] + 1) / (w[0] + 1)
            for day, w in every.items()
            if w and day != one.declared and period(day) == period(one.declared)
        ]
        share = np.mean([other <= ratio * (1 + 1e-9) for other in others])
        rows[one.ceasefire_id] = [*own, ratio, len(others), share]
    columns = ["before", "after", "ratio", "compared", "share"]
    return pd.DataFrame.from_dict(rows, orient="index", columns=columns)


def test_as_a_plain_loop_has_it(ged):
    events = ged.sample(600, random_state=1)
    expected = looped(events, 20)
    found = violence.around(events, 20).set_index("ceasefire_id")
    assert len(expected) > 35
    found = found[found["covered"]]
    assert found.index.tolist() == expected.index.tolist()
    for column in expected:
        np.testing.assert_allclose(found[column].astype(float), expected[column], rtol=1e-9)


# The engines.


def on_polars(events, folder):
    polars = pytest.importorskip("polars")
    return polars.DataFrame({name: events[name].to_list() for name in events})


def on_polars_lazily(events, folder):
    pytest.importorskip("pyarrow")
    polars = pytest.importorskip("polars")
    events.to_parquet(folder / "events.parquet")
    return polars.scan_parquet(folder / "events.parquet")


def on_duckdb(events, folder):
    duckdb = pytest.importorskip("duckdb")
    return duckdb.connect().from_df(events)


def on_duckdb_from_a_file(events, folder):
    duckdb = pytest.importorskip("duckdb")
    events.to_csv(folder / "events.csv", index=False)
    return duckdb.connect().read_csv(str(folder / "events.csv"))


def on_spark(events, folder):
    sql = pytest.importorskip("pyspark.sql")
    builder = sql.SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false")
    spark = builder.config("spark.sql.shuffle.partitions", "2").getOrCreate()
    events.to_csv(folder / "events.csv", index=False)
    return spark.read.csv(str(folder / "events.csv"), header=True, inferSchema=True)


def on_pyarrow(events, folder):
    return pytest.importorskip("pyarrow").Table.from_pandas(events)


ENGINES = [
    on_polars,
    on_polars_lazily,
    on_duckdb,
    on_duckdb_from_a_file,
    on_pyarrow,
    on_spark,
]


@pytest.mark.filterwarnings("ignore:PySpark does not yet fully support pandas:FutureWarning")
@pytest.mark.parametrize("engine", ENGINES)
def test_every_engine_gives_the_same(engine, ged, tmp_path):
    given = engine(ged, tmp_path)
    asked = {"only_places": ["Azerbaijan", "Armenia"], "only_actors": "Republic of Artsakh"}
    for choices in ({}, asked, {**asked, "event_id": "id"}):
        found = violence.around(given, 30, **choices)
        expected = violence.around(ged, 30, **choices)
        assert found["before"].sum() > 1000
        pd.testing.assert_frame_equal(found, expected, rtol=1e-12, atol=1e-9)
    with pytest.raises(ValueError, match=r"unknown name in country 'Azerbaidjan'. Did you mean"):
        violence.around(given, only_places="Azerbaidjan")


def test_a_lazy_frame_that_fails_midway_leaves_nothing(tmp_path):
    duckdb = pytest.importorskip("duckdb")
    rows = [f"1994-05-{n % 28 + 1:02},1" for n in range(60_000)]
    (tmp_path / "events.csv").write_text("\n".join(["date,deaths", *rows, "1994-05-01,many"]))
    columns = {"date": "DATE", "deaths": "INTEGER"}
    events = duckdb.connect().read_csv(str(tmp_path / "events.csv"), dtype=columns)
    says = "duckdb could not read the events to their end, so nothing was counted: .*Conversion"
    with pytest.raises(RuntimeError, match=says) as raised:
        violence.around(events)
    assert isinstance(raised.value.__cause__, duckdb.Error)


def test_a_lazy_frame_whose_file_is_gone(tmp_path):
    polars = pytest.importorskip("polars")
    (tmp_path / "events.csv").write_text("date,deaths\n1994-05-01,1\n")
    events = polars.scan_csv(tmp_path / "events.csv")
    (tmp_path / "events.csv").unlink()
    with pytest.raises(RuntimeError, match=r"polars could not read .* nothing was counted"):
        violence.around(events)


def test_without_narwhals_the_extra_is_named():
    code = (
        "import sys; sys.modules['narwhals'] = None\n"
        "import pandas as pd, karabakh_data as kd\n"
        "kd.studies.violence.around(pd.DataFrame({'date': ['1994-05-01'], 'deaths': [1]}))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert 'needs narwhals: pip install "karabakh_data[charts]"' in done.stderr


# What is true of made events.


def made(effect, seed, marks):
    """Days of a war with clusters of violence; after each mark deaths are multiplied."""
    rng = np.random.default_rng(seed)
    days = pd.date_range("1991-10-01", "1994-08-01")
    level = np.zeros(len(days))
    for n in range(1, len(days)):
        level[n] = 0.9 * level[n - 1] + rng.normal(0, 0.15)
    expected = 20 * np.exp(level)
    for mark in marks:
        after = (days > mark) & (days <= mark + pd.Timedelta(days=10))
        expected[after] *= effect
    return pd.DataFrame({"date": days, "deaths": rng.poisson(expected)})


MARKS = pd.DatetimeIndex(
    ["1992-03-20", "1992-06-17", "1992-08-27", "1993-01-15", "1993-04-08", "1993-09-01"]
)


@pytest.fixture(scope="module")
def few(record):
    """The record with six attempts, on days far from each other."""
    rows = record["ceasefires"]
    rows = rows[rows["step"].eq("agreement") & rows["declared"].notna()].head(len(MARKS))
    fates = rows["fate"].where(rows["fate"] != "superseded")
    return {**record, "ceasefires": rows.assign(declared=MARKS, fate=fates)}


def test_deaths_that_are_halved_are_found_so(few):
    found = [
        violence.by_period(violence.by_day(made(0.5, seed, MARKS)), 10, record=few).iloc[0]
        for seed in range(20)
    ]
    ratios = np.array([one["ratio"] for one in found])
    assert {one["marked"] for one in found} == {6}
    assert np.exp(np.log(ratios).mean()) == pytest.approx(0.5, abs=0.05)
    assert sum(one["p"] <= 0.05 for one in found) >= 18


def test_where_attempts_do_nothing_nothing_is_found(few):
    found = pd.concat(
        violence.by_period(violence.by_day(made(1, seed, MARKS)), 10, record=few).head(1)
        for seed in range(20)
    )
    assert np.exp(np.log(found["ratio"]).mean()) == pytest.approx(1, abs=0.07)
    assert (found["p"] <= 0.05).sum() <= 3
    shares = pd.concat(
        violence.around(made(1, seed, MARKS), 10, record=few)["share_alike"] for seed in range(20)
    )
    assert shares.mean() == pytest.approx(0.5, abs=0.06)


def test_an_attempt_after_which_deaths_fell_most_stands_out():
    days = pd.date_range("1992-01-01", "1994-08-01")
    war = pd.DataFrame({"date": days, "deaths": np.where(days < "1994-05-12", 10, 1)})
    found = violence.around(war, 30).set_index("ceasefire_id").loc[MAY_1994]
    assert (found["before"], found["on_day"], found["after"]) == (300, 10, 30)
    assert (found["change"], found["ratio"]) == (-270, 31 / 301)
    assert found["share"] == 0
    # the period has 862 days, of which the first 30 have no window before them
    assert found["compared"] == (pd.Timestamp("1994-05-12") - days[0]).days - 30 - 1


def test_the_fall_after_any_bad_day_is_taken_out(few):
    # single bad days, with attempts on the day after: deaths fall whatever is done
    days = pd.date_range("1992-01-01", "1994-05-11")
    war = pd.DataFrame({"date": days, "deaths": 5 + np.arange(len(days)) % 2})
    bad = pd.date_range("1992-02-05", "1994-04-20", freq="40D")
    war.loc[war["date"].isin(bad.union(MARKS - pd.Timedelta(days=1))), "deaths"] = 200
    found = violence.around(war, 10, record=few)
    assert (found["share"] < 0.27).all()
    assert (found["share_alike"] > 0.1).all()
    assert found["share_alike"].mean() > 2 * found["share"].mean()


def test_each_is_what_a_lone_mark_comes_to():
    rng = np.random.default_rng(3)
    frame = pd.DataFrame(rng.poisson(9, (40, 3)), columns=["before", "deaths", "after"]) * 1.0
    frame.loc[4, "after"] = np.nan
    for like in (True, False):
        statistic, found = shifts.log_ratio(frame, like=like), shifts.each(frame, like=like)
        alone = [statistic(np.arange(40) == row) for row in range(40)]
        np.testing.assert_allclose(found, alone, rtol=1e-9)


def test_the_true_row_is_one_of_its_shifts():
    marked = np.array([True, False, False])
    assert shifts.shifted(marked, lambda marks: float(marks[0])).p == pytest.approx(1 / 3)


def test_deaths_that_stayed_as_they_were_did_not_fall():
    frame = pd.DataFrame({"before": [5.0, 5.0], "deaths": [5.0, 5.0], "after": [5.0, 4.0]})
    assert shifts.fell_more(frame)(np.array([False, True])) == 1


@pytest.mark.parametrize("lacking", ["before", "deaths", "after"])
def test_a_window_that_is_lacking_is_named(lacking):
    frame = pd.DataFrame(columns=["before", "deaths", "after"]).drop(columns=lacking)
    with pytest.raises(ValueError, match=f"unknown column of the frame '{lacking}'"):
        shifts.each(frame)


def test_a_window_that_is_not_covered_is_counted_as_far_as_it_is():
    days = pd.date_range("1994-05-01", "1994-06-30")
    war = pd.DataFrame({"date": days, "deaths": 2})
    found = violence.around(war, 30).set_index("ceasefire_id").loc[MAY_1994]
    assert (found["days_before"], found["days_after"], found["covered"]) == (10, 30, False)
    assert (found["before"], found["after"]) == (20, 60)
    assert found[["change", "ratio", "share", "share_alike"]].isna().all()
    stretched = violence.around(war, 30, span=("1994-01-01", "1994-06-30"))
    found = stretched.set_index("ceasefire_id").loc[MAY_1994]
    assert (found["before"], found["covered"]) == (20, True)
    far = violence.around(war, 30).set_index("ceasefire_id").loc["2020-10-10-moscow-truce"]
    assert far["days_before"] == far["days_after"] == 0
    assert np.isnan(far["before"])


def test_an_attempt_without_a_day_is_left_out():
    found = violence.around(pd.DataFrame({"date": ["1994-05-01"], "deaths": [1]}))
    own = attempts.attempts()
    assert (
        found["ceasefire_id"].tolist() == own.loc[own["declared"].notna(), "ceasefire_id"].tolist()
    )
    assert "1992-04-border-stop" not in set(found["ceasefire_id"])


def test_a_quiet_place_is_covered_by_events_elsewhere(ged):
    found = violence.by_day(ged, only_places="Georgia")
    assert (found.index[0], found.index[-1]) == (ged["date_start"].min(), ged["date_end"].max())
    assert found["deaths"].sum() == pytest.approx(
        ged.loc[ged["country"] == "Georgia", "best"].sum()
    )


def test_an_event_of_several_days_has_equal_parts_on_each():
    events = pd.DataFrame(
        {
            "date_start": ["1994-05-01", "1994-05-03"],
            "date_end": ["1994-05-04", "1994-05-03"],
            "best": [8, 1],
        }
    )
    found = violence.by_day(events)
    assert found["deaths"].tolist() == [2, 2, 3, 2]
    assert found["vague"].tolist() == [2, 2, 2, 2]
    assert violence.by_day(events, span=("1994-05-02", "1994-05-03"))["deaths"].tolist() == [2, 3]
    assert violence.by_day(events, span=("1994-05-02", "1994-05-02"))["deaths"].tolist() == [2]


# The shapes.


def test_acled_and_gdelt_are_recognised():
    acled = pd.DataFrame(
        {
            "event_date": ["27 September 2020", "2020-10-01"],
            "time_precision": [1, 2],
            "fatalities": [30, 4],
            "actor1": ["Military Forces of Azerbaijan", None],
            "actor2": [None, "Military Forces of Armenia"],
            "country": "Azerbaijan",
        }
    )
    found = violence.by_day(acled)
    assert (found["deaths"].iloc[0], found["deaths"].iloc[-1]) == (30, 4)
    assert (found["vague"].iloc[0], found["vague"].iloc[-1]) == (0, 4)
    found = violence.by_day(acled, only_actors=["Military Forces of Armenia"])
    assert found["deaths"].sum() == 4
    gdelt = pd.DataFrame(
        {"SQLDATE": [20200927, 20201001], "NumArticles": [3, 4], "Actor1Name": "X"}
    )
    assert violence.by_day(gdelt, deaths="NumArticles")["deaths"].tolist() == [3, 0, 0, 0, 4]
    with pytest.raises(ValueError, match=r"in a GDELT table it does not exist; name a column"):
        violence.around(gdelt)


COLUMNS = {
    ("date_start", "best"): {
        "only_places": ["country", "region", "adm_1", "adm_2", "where_coordinates"],
        "only_actors": ["side_a", "side_b"],
    },
    ("event_date", "fatalities"): {
        "only_places": ["country", "region", "admin1", "admin2", "admin3", "location"],
        "only_actors": ["actor1", "actor2"],
    },
    ("SQLDATE", "n"): {
        "only_places": ["ActionGeo_FullName", "ActionGeo_CountryCode"],
        "only_actors": ["Actor1Name", "Actor2Name", "Actor1Code", "Actor2Code"],
    },
    ("date", "deaths"): {
        "only_places": ["place", "country", "location"],
        "only_actors": ["actor", "actors", "actor1", "actor2"],
    },
}


@pytest.mark.parametrize("named", COLUMNS)
def test_places_and_actors_are_looked_for_in_all_columns_of_a_shape(named):
    """As the codebooks of UCDP GED, ACLED and GDELT call them."""
    (date, deaths), asked = named, COLUMNS[named]
    columns = [one for of in asked.values() for one in of]
    events = pd.DataFrame({date: ["1994-05-12", "1994-05-13"], deaths: [1, 2]})
    events[columns] = "Elsewhere"
    for choice, of in asked.items():
        for column in of:
            here = events.assign(**{column: ["Agdam", "Elsewhere"]})
            found = violence.by_day(here, deaths=deaths, **{choice: "Agdam"})
            assert found["deaths"].tolist() == [1, 0], column
    for choice, others in (("only_places", "only_actors"), ("only_actors", "only_places")):
        with pytest.raises(ValueError, match=r"unknown name in .* 'Agdam'"):
            events[asked[others][0]] = "Agdam"
            violence.by_day(events, deaths=deaths, **{choice: "Agdam"})
        events[asked[others][0]] = "Elsewhere"


@pytest.mark.parametrize(("date", "counts"), [("date_start", [4, 4]), ("day", [8, 0])])
def test_the_last_day_and_the_precision_belong_to_the_day_of_their_shape(date, counts):
    events = pd.DataFrame(
        {"date_start": ["1994-05-01", "1994-05-02"], "date_end": "1994-05-02", "best": [8, 0],
         "date_prec": [2, 1], "side_a": "x", "day": ["1994-05-01", "1994-05-02"]}
    )  # fmt: skip
    found = violence.by_day(events, date=date)
    assert found["deaths"].tolist() == counts
    assert found["vague"].any() == (date == "date_start")


@pytest.mark.parametrize("written", ["12 May 1994", "12 MAY 1994", "12 may 1994", " 12 May 1994 "])
def test_a_month_may_be_written_in_any_case(written):
    assert violence.by_day(frame(date=written)).index.tolist() == [pd.Timestamp("1994-05-12")]


def test_what_is_wrong_is_counted_and_its_first_day_told():
    wrong = frame(deaths=[-1, -2], where=["Agdam", "Shushi"])
    with pytest.raises(ValueError, match=r"the first on 1994-05-12 \(days with such: 2\)"):
        violence.by_day(wrong[::-1])
    with pytest.raises(ValueError, match=r"the first on 1994-05-13 \(days with such: 1\)"):
        violence.by_day(wrong, place="where", only_places="Shushi")
    with pytest.raises(ValueError, match=r"id: events without an id: 2\."):
        violence.by_day(frame(id=[None, None], date="1994-05-12", deaths=1), event_id="id")


def test_a_time_zone_of_the_last_day_is_named():
    days = pd.to_datetime(["1994-05-12"])
    events = pd.DataFrame({"date_start": days, "date_end": days.tz_localize("UTC"), "best": [1]})
    with pytest.raises(ValueError, match=r"^date_end: a time zone .*, without the zone\.$"):
        violence.by_day(events)


def test_the_row_of_a_day_that_is_none_is_not_the_callers():
    with pytest.raises(ValueError, match=r"^date: 'soon' is no day"):
        violence.by_day(frame(date=["1994-05-12", "soon"]))


DAYS = {
    "text": ["1994-05-12", "1994-05-10"],
    "text with a time of day": ["1994-05-12 23:59:00.000", "1994-05-10T00:00:00"],
    "digits": ["19940512", "19940510"],
    "dates": [datetime.date(1994, 5, 12), datetime.date(1994, 5, 10)],
    "timestamps": pd.to_datetime(["1994-05-12 18:00", "1994-05-10 02:00"]),
    "categories": pd.Categorical(["1994-05-12", "1994-05-10"]),
}


@pytest.mark.parametrize("kind", DAYS)
def test_days_of_any_kind(kind):
    found = violence.by_day(pd.DataFrame({"date": DAYS[kind], "deaths": [1, 2]}))
    assert found["deaths"].tolist() == [2, 0, 1]
    assert found.index[0] == pd.Timestamp("1994-05-10")


def test_order_and_labels_of_rows_do_not_matter_and_repeats_can_be_one(ged):
    twice = pd.concat([ged, ged.sample(frac=1, random_state=0)])
    once, expected = violence.around(twice, event_id="id"), violence.around(ged)
    pd.testing.assert_frame_equal(once, expected, rtol=1e-12, atol=1e-9)
    assert violence.by_day(twice)["deaths"].sum() == pytest.approx(2 * ged["best"].sum())


TWICE = pd.DataFrame(
    [
        # two events, each told in a row for each of its actors
        ["1", "1994-05-12", "A", "Agdam", 3, 2],
        ["1", "1994-05-12", "B", "Shushi", 3, 1],
        ["2", "1994-05-13", "A", "Agdam", 1, 1],
        ["2", "1994-05-13", "B", "Agdam", 1, 1],
    ],
    columns=["id", "event_date", "actor1", "location", "fatalities", "time_precision"],
)


@pytest.mark.parametrize("order", [*itertools.permutations(range(4))])
def test_an_event_told_in_several_rows_has_the_actors_and_places_of_all(order):
    check_twice(TWICE.iloc[list(order)])


@pytest.mark.parametrize("ordered", [False, True])
def test_an_event_told_at_several_hours_is_one(ordered):
    days = TWICE["event_date"] + [" 08:30", " 23:59:59", "T00:00", "T9:05"]
    days = pd.Categorical(days, categories=days.tolist(), ordered=ordered)
    check_twice(TWICE.assign(event_date=days))


@pytest.mark.filterwarnings("ignore:PySpark does not yet fully support pandas:FutureWarning")
@pytest.mark.parametrize("engine", ENGINES)
def test_an_event_told_in_several_rows_is_one_on_every_engine(engine, tmp_path):
    check_twice(engine(TWICE, tmp_path))


def check_twice(events):
    for asked, deaths in (
        ({}, [3, 1]),
        ({"only_actors": "A"}, [3, 1]),
        ({"only_actors": "B"}, [3, 1]),
        ({"only_places": "Shushi"}, [3, 0]),
        ({"only_actors": "A", "only_places": "Shushi"}, [3, 0]),
    ):
        found = violence.by_day(events, event_id="id", **asked)
        assert found["deaths"].tolist() == deaths, asked
        assert found["vague"].tolist() == [3, 0], asked


@pytest.mark.parametrize("ids", [[None, None], [np.nan, 7.0], ["x", None]])
def test_without_an_id_it_cannot_be_told_what_is_repeated(ids):
    with pytest.raises(ValueError, match=rf"id: events without an id: {ids.count(None) or 1}\."):
        violence.by_day(frame(id=ids), event_id="id")


def test_the_frame_given_is_not_changed(ged):
    before = ged.copy(deep=True)
    violence.around(ged, only_places="Armenia")
    pd.testing.assert_frame_equal(ged, before)


# Bad input.


def frame(**columns):
    return pd.DataFrame({"date": ["1994-05-12", "1994-05-13"], "deaths": [1, 2], **columns})


BAD = {
    r"date: '1994-02-30' is no day": lambda: frame(date=["1994-02-30", "1994-05-13"]),
    r"date: 'soon' is no day; expected 1994-05-12": lambda: frame(date=["soon", "1994-05-13"]),
    r"date: '1994' is no day": lambda: frame(date=[1994, 1995]),
    r"date: events without a day: 1\.": lambda: frame(date=pd.to_datetime(["1994-05-12", None])),
    r"date: events without a day: 2\.": lambda: frame(date=[None, None]),
    r"date: a time zone \(.*UTC": lambda: frame(
        date=pd.to_datetime(["1994-05-12", "1994-05-13"], utc=True)
    ),
    r"date: a time zone \(UTC\+04:00\)": lambda: frame(date=["1994-05-12T02:00+04:00"] * 2),
    r"deaths: expected numbers, found String": lambda: frame(deaths=["1", "many"]),
    r"deaths: events without a number, the first on 1994-05-13": lambda: frame(deaths=[1, None]),
    r"deaths: events with a number below nought, .* 1994-05-12": lambda: frame(deaths=[-1, 2]),
    r"deaths: a sum without end": lambda: frame(deaths=[np.inf, 2]),
    r"no column of deaths that is known: in a plain table it is 'deaths'.*There are: date\.": (
        lambda: frame()[["date"]]
    ),
    r"no column of deaths that is known: in a UCDP GED table it is 'best'": (
        lambda: frame(date_start="1994-05-12", side_a="A", side_b="B")[
            ["date_start", "side_a", "side_b"]
        ]
    ),
    r"no column of days that is known: expected 'date' \(plain\), .*There are: deaths\.": (
        lambda: frame()[["deaths"]]
    ),
    r"the table of events is empty": lambda: frame().iloc[:0],
    r"Expected unique column names": lambda: pd.concat([frame(), frame()], axis=1),
    r"expected a table of events .* found dict": lambda: {"date": [], "deaths": []},
    r"expected a table of events .* found Series": lambda: frame()["date"],
}


@pytest.mark.parametrize("says", BAD)
def test_bad_events_are_refused_with_the_reason(says):
    with pytest.raises(ValueError, match=says):
        violence.around(BAD[says]())


CHOICES = {
    r"unknown column of the event table 'dat'. Did you mean 'date'": {"date": "dat"},
    r"unknown column of the event table 'dead'. Did you mean 'deaths'": {"deaths": "dead"},
    r"unknown column of the event table 'wher'. Did you mean 'where'": {"place": "wher"},
    r"no column of place that is known: name it as place=": {"only_places": "Baku"},
    r"unknown name in where 'Shush'. Did you mean 'Shushi'": {
        "place": "where",
        "only_places": ["Agdam", "Shush"],
    },
    r"place: only those of none are asked": {"place": "where", "only_places": []},
    r"days: expected a whole number from 1, found 0": {"days": 0},
    r"days: expected a whole number from 1, found 1.5": {"days": 1.5},
    r"days: expected a whole number from 1, found True": {"days": True},
    r"span: expected the first and the last day": {"span": ("1994-05-12", "1994-05-01")},
    r"span: expected the first and the last day, found \(\)": {"span": ()},
    r"span: expected the first and the last day, found D": {"span": pd.DatetimeIndex([])},
    r"span.*'never' is no day": {"span": ("1994-05-12", "never")},
}


@pytest.mark.parametrize("says", CHOICES)
def test_choices_that_cannot_be_are_refused_with_the_reason(says):
    with pytest.raises(ValueError, match=says):
        violence.around(frame(where=["Agdam", "Shushi"]), **CHOICES[says])


def test_what_comes_out_of_an_array_is_a_number_or_a_name_like_any():
    events = frame(where=["Agdam", "Shushi"])
    days, place = np.array([2])[0], events["where"].to_numpy("U")[1]
    assert violence.around(events, days=days).equals(violence.around(events, days=2))
    found = violence.by_day(events, place="where", only_places=place)
    assert found["deaths"].tolist() == [0, 2]


@pytest.mark.parametrize(("columns", "says"), [(25, r"c24\.$"), (26, r"c24, and 1 more\.$")])
def test_of_many_columns_the_first_25_are_named(columns, says):
    with pytest.raises(ValueError, match=says):
        violence.around(pd.DataFrame({f"c{n}": [1] for n in range(columns)}))


def test_days_before_which_they_began_are_refused():
    events = pd.DataFrame({"date_start": ["1994-05-12"], "date_end": ["1994-05-11"], "best": [1]})
    with pytest.raises(ValueError, match=r"days in date_end before those in date_start"):
        violence.around(events)


def test_of_any_part_of_the_record_the_types_of_the_whole(ged, typed_as_the_whole):
    typed_as_the_whole(lambda given: violence.around(ged, record=given))
    counts = violence.by_day(ged)
    typed_as_the_whole(lambda given: violence.by_period(counts, record=given))


def test_by_period_asks_for_days():
    war = pd.DataFrame({"date": pd.date_range("1992-01-01", "1992-01-05"), "deaths": range(5)})
    counts = violence.by_day(war)
    others = (counts[::-1], counts.drop(counts.index[1]), pd.concat([counts.head(1), counts]))
    for given in (frame(vague=0), counts.rename_axis("month"), *others):
        with pytest.raises(ValueError, match="as by_day gives them"):
            violence.by_period(given)
    with pytest.raises(ValueError, match="unknown column of the frame 'vague'"):
        violence.by_period(frame())


@pytest.mark.parametrize(("until", "marked"), [("1993-09-14", []), ("1993-09-15", [1])])
def test_a_period_with_no_day_but_marked_ones_has_no_row(until, marked):
    """With windows of a day: 13 September 1993, of an attempt, alone or with the day after it."""
    war = pd.DataFrame({"date": pd.date_range("1993-09-12", until), "deaths": 5})
    assert violence.by_period(violence.by_day(war), 1)["marked"].tolist() == marked


def test_it_is_public():
    assert "violence" in kd.studies.__all__
