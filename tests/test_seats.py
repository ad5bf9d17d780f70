"""Who sat, signed, was freed and was armed: worked examples, named cases, parts of the record."""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from asked import of_parts

import karabakh_data as kd
from karabakh_data import charts
from karabakh_data.studies import arms, encounters, headlines, prisoners, seats, texts
from karabakh_data.studies.robust import PERSPECTIVES, as_columns

AGREEMENT = "1994-05-12-ceasefire.agreement"


# Worked examples.


def test_a_share_of_tables_by_period():
    rows = pd.DataFrame(
        {
            "period": ["before 12 May 1994"] * 4 + ["since"],
            "authorities": [True, True, True, False, False],
        }
    )
    found = seats.by_period(rows)
    assert list(found.index) == list(seats.PERIODS)
    assert found.loc["before 12 May 1994"].tolist() == [4, 3, 75]
    assert found.loc["since"].tolist() == [1, 0, 0]
    assert found["percent"].isna().tolist() == [False, True, True, False]


def test_years_without_a_table_are_not_left_out():
    days = pd.to_datetime(["1993-01-05", "1993-07-01", "1996-02-02"])
    found = seats.by_year(pd.DataFrame({"start": days, "authorities": [True, False, False]}))
    assert found.index.tolist() == [1993, 1994, 1995, 1996]
    assert found["with"].tolist() == [1, 0, 0, 0]
    assert found["without"].tolist() == [1, 0, 0, 1]


def test_sums_of_what_the_lowest_and_the_highest_tell():
    rows = pd.DataFrame(
        {
            "direction": ["to Azerbaijan", "to Azerbaijan"],
            "year": pd.array([1996, 2005], dtype="Int64"),
            "prisoners": pd.array([71, 1], dtype="Int64"),
            "low": pd.array([67, 1], dtype="Int64"),
            "high": pd.array([71, 2], dtype="Int64"),
        }
    )
    found = prisoners.totals(rows)
    assert found.loc["to Azerbaijan"].tolist() == [2, 72, 68, 73]
    assert found.loc["to the Armenian side"].tolist() == [0, 0, 0, 0]
    assert prisoners.by_stretch(rows).index.tolist() == ["1996", "1998 to 2019"]
    undated = rows.assign(year=rows["year"].where(rows["year"] == 1996))
    assert prisoners.by_stretch(undated).index.tolist() == ["1996"]


def test_an_office_that_is_not_told_is_that_of_the_nearest_step():
    rows = pd.DataFrame(
        {
            "person": ["a", "a", "a"],
            "actor": ["armenia"] * 3,
            "start": pd.to_datetime(["1994-01-01", "2009-01-01", "2008-06-01"]),
            "office": ["defence minister", "president", None],
            "event_id": ["x", "y", "z"],
        }
    )
    found = encounters._with_nearest_office(rows).set_index("event_id")["office"]
    assert found["z"] == "president"
    assert found["x"] == "defence minister"
    rows.loc[2, "actor"] = "russia"  # for another, of whom it is not told
    found = encounters._with_nearest_office(rows).set_index("event_id")["office"]
    assert pd.isna(found["z"])


def test_the_pairs_that_met_most_in_the_order_of_their_first():
    rows = pd.DataFrame(
        {
            "event_id": ["1", "2", "3", "4"],
            "pair": ["after", "after", "before", "rare"],
            "start": pd.to_datetime(["2001-01-01", "2003-01-01", "2000-01-01", "2004-01-01"]),
            "year": pd.array([2001, 2003, 2000, 2004], dtype="Int64"),
        }
    )
    found = encounters.pairs_by_year(rows, most=2)
    assert found.index.tolist() == ["before", "after"]
    assert found.columns.tolist() == [2000, 2001, 2002, 2003, 2004]  # that of the rare one, too
    assert found.loc["after"].tolist() == [0, 1, 0, 1, 0]
    with pytest.raises(ValueError, match="most: expected a whole number from 1, found -1"):
        encounters.pairs_by_year(rows, most=-1)


# Named cases.


def test_zheleznovodsk_is_a_table_with_stepanakert_and_sochi_one_without():
    rows = seats.presence().set_index("event_id")
    both = rows.loc["1991-09-23-zheleznovodsk"]
    assert both[["armenia", "authorities", "azerbaijan", "both", "table"]].all()
    without = rows.loc["1992-09-19-sochi"]
    assert without["table"]
    assert not without["authorities"]
    assert "2023-08-01-bratislava" not in rows.index  # prepared, and not held


def test_a_table_without_stepanakert_is_none_at_which_it_had_a_seat(record):
    # Kazan: the presidents of Armenia and Azerbaijan, and Russia's
    rows = record["participants"]
    kazan = {**record, "participants": rows[rows["event_id"] == "2011-06-24-kazan"]}
    assert headlines.seat_of_karabakh(as_columns(kazan)) == 0


def test_two_or_three_signed_in_may_1994():
    told = texts.signed_by(AGREEMENT).set_index("adoption")
    assert told.loc["Armenian sources", "parties"] == 3
    assert told.loc["Azerbaijani sources", "signed_by"] == "Armenia, Azerbaijan"


def test_who_signs_as_a_mediator_is_no_party_that_signed():
    signed = texts.signed_by("1994-05-05-bishkek.protocol").set_index("adoption")["signed_by"]
    # not Kazimirov for Russia, nor Krotov, Shumeyko and Sherimkulov
    assert signed["as adopted"] == "Armenia, Azerbaijan, Karabakh Armenian authorities"


def test_who_gives_the_day_of_the_signature_in_stepanakert():
    rows = texts.tellers_of_acts([AGREEMENT]).set_index("person_name")
    assert rows.loc["Samvel Babayan", "date"] == "1994-05-11"
    assert rows.loc["Samvel Babayan", "Armenian sources"] >= 3
    assert rows.loc["Samvel Babayan", "Azerbaijani sources"] == 0


def test_who_tells_of_an_act_but_not_of_its_day_gives_no_day(record):
    claims = record["claims"].query("table == 'signatures' and column != 'date'")
    rows = texts.tellers_of_acts([AGREEMENT], {**record, "claims": claims})
    assert len(rows) > 2
    assert not rows[list(PERSPECTIVES.values())].any(axis=None)


def test_the_days_of_may_1994_stand_in_order():
    rows = texts.calendar("1994-05-05", "1994-05-12")
    assert rows["day"].is_monotonic_increasing
    assert "Azerbaijan (Rasul Guliyev) later signed the protocol" in set(rows["what"])


def test_kazan_is_a_table_of_presidents():
    rows = encounters.levels().set_index("event_id")
    assert rows.loc["2011-06-24-kazan", "level"] == "presidents"
    met = encounters.encounters().query("event_id == '2011-06-24-kazan'")
    assert "S. Sargsyan, I. Aliyev" in set(met["pair"])


def test_a_pair_meets_once_at_a_table():
    met = encounters.encounters()
    assert not met.duplicated(["event_id", "armenian", "azerbaijani"]).any()


ARMENIAN = {
    "armenia",
    "armenia-karabakh",
    "armenian-apostolic-church",
    "nagorno-karabakh",
    "nk-armenian-community",
}
AZERBAIJANI = {"azerbaijan", "caucasus-muslims-office", "nk-azerbaijani-community"}
"""The actors of each side."""


def test_each_side_has_its_actors(record):
    sides = record["actors"].groupby("side", observed=True)["actor"].agg(set)
    assert sides.to_dict() == {"armenian": ARMENIAN, "azerbaijani": AZERBAIJANI}


def test_no_party_is_a_third_party():
    actors = set(seats.third_parties()["actor"])
    assert {"russia", "csce-osce"} <= actors
    assert actors.isdisjoint([*ARMENIAN, *AZERBAIJANI, "parties"])


def test_a_third_party_that_is_not_told_is_none(record):
    rows = record["participants"].query("event_id == '1992-09-19-sochi' and role == 'mediator'")
    assert "russia" in set(seats.third_parties(record)["actor"])
    sides = record["participants"].query("event_id == '1992-09-19-sochi' and role == 'party'")
    blank = rows.assign(actor=pd.Series(None, rows.index, dtype=rows["actor"].dtype))
    given = {**record, "participants": pd.concat([sides, blank])}
    assert "1992-09-19-sochi" not in set(seats.third_parties(given)["event_id"])


OF_ONE = ("president", "prime minister", "foreign minister", "defence minister",
          "secretary of state", "OSCE chairman-in-office")  # fmt: skip
"""Offices that one person at a time holds."""


def returned(record):
    """Who holds such an office again after another did: for whom, which, and who."""
    starts = record["events"].set_index("event_id")["start"]
    rows = seats.people_of_sides(record)
    rows = rows.assign(start=rows["event_id"].map(starts)).dropna(subset=["person", "start"])
    rows = rows[rows["office"].isin(OF_ONE)].sort_values(["start", "event_id"], kind="stable")
    found = set()
    for office, people in rows.groupby(["actor", "office"])["person"]:
        spells = people[people != people.shift()]
        found |= {(*office, one) for one in spells[spells.duplicated()]}
    return found


def test_an_office_of_one_has_one_holder_after_the_other(record):
    assert returned(record) == {
        ("france", "foreign minister", "alain-juppe"),  # of 1993, and of 2011
        ("russia", "president", "vladimir-putin"),
        ("united-states", "president", "donald-trump"),
    }


def test_an_act_of_a_minister_of_another_time_is_noticed(record):
    acts = record["signatures"]
    row = acts["signature_id"] == "1995-02-06-incidents-agreement.agreement.armenia.signed"
    other = acts.assign(person=acts["person"].mask(row, "vazgen-sargsyan"))
    assert ("armenia", "defence minister", "vazgen-sargsyan") in returned(
        {**record, "signatures": other}
    )


def test_the_exchange_of_may_1996_has_a_range():
    rows = prisoners.ranges().set_index("transfer_id")
    told = rows.loc["1996-05-primakov.to-azerbaijan"]
    assert (told["low"], told["prisoners"], told["high"]) == (67, 70, 71)


def test_a_source_that_gives_two_numbers_is_one_source():
    claims, key = kd.load("claims"), "1996-05-primakov.to-azerbaijan"
    own = claims[(claims["record_id"] == key) & (claims["column"] == "prisoners")]
    again = own.head(1).assign(value="69")
    found = [
        prisoners.ranges(kd.record(given)).set_index("transfer_id").loc[key, "sources"]
        for given in (own, pd.concat([own, again]))
    ]
    assert found == [own["source"].nunique()] * 2


def test_what_no_source_counts_ranges_from_the_number_held_to_it(record):
    uncounted = record["claims"][record["claims"]["table"] != "prisoners"]
    rows = prisoners.ranges({**record, "claims": uncounted})
    assert rows["low"].tolist() == rows["high"].tolist() == rows["prisoners"].tolist()


def test_what_else_went_across():
    rows = prisoners.other_handovers().set_index("event_id")
    assert rows.loc["2021-06-12-detainees-mine-maps", ["mine_maps", "people"]].all()
    assert rows.loc["2016-04-10-exchange-of-dead", "remains"]
    assert not rows.loc["2016-04-10-exchange-of-dead", "people"]
    assert rows.loc["2021-01-27-bodies", "remains"]  # its title begins with the word


def test_numbers_of_arms_stand_by_side_the_greatest_first(record):
    rows = arms.told()
    for _, own in rows.groupby("recipient_name"):
        assert own["units"].is_monotonic_decreasing
    bounds = record["arms"].groupby("is_upper_bound", dropna=False)["category"].agg(set)
    assert set(rows.loc[rows["up_to"].fillna(False), "category"]) <= bounds[True]
    assert rows["up_to"].any()


def test_a_list_has_each_category_once():
    told = [("tanks", 9), ("tanks", 10), ("guns", 9)]
    rows = pd.DataFrame(told, columns=["category", "units"]).assign(
        recipient_name="Armenia", what="allotted in 1992", perspective="russian", publisher="x"
    )
    assert arms.known(rows)["categories"].tolist() == [2]


def test_a_share_of_1992_is_no_later_delivery():
    rows = arms.told()
    of = rows.groupby("recipient_name")["what"].agg(set)
    assert of["Azerbaijan"] == of["Armenia"] == {"allotted in 1992", "delivered later"}
    shares = rows[rows["what"] == "allotted in 1992"]
    assert not shares["category"].str.contains("deliver").any()
    once = rows.drop_duplicates(["recipient_name", "category", "publisher"])
    assert arms.known(rows)["categories"].sum() == len(once)


# Headlines are what the studies count.


def test_headlines_are_what_the_studies_count(record):
    columns = as_columns(record)
    at = seats.presence(record)
    at = at[at["table"]]
    for headline, rows in (
        (headlines.seated_before_the_stop, at[at["start"] < "1994-05-12"]),
        (headlines.seated_since_1997, at[at["start"] >= "1997-05-01"]),
    ):
        assert headline(columns) == pytest.approx(rows["authorities"].mean())
    freed = prisoners.ranges(record)
    for headline, rows in (
        (headlines.freed_by_1997, freed[freed["year"] <= 1997]),
        (headlines.freed_since_2020, freed[freed["day"] >= "2020-09-27"]),
    ):
        sums = prisoners.totals(rows)["prisoners"]
        assert headline(columns) == pytest.approx(sums["to Azerbaijan"] / sums.sum())
    parties = texts.signed_by(AGREEMENT, record).set_index("adoption")["parties"]
    assert headlines.signed_in_may(columns) == parties["as adopted"]


# Parts of the record.

STUDIES = {
    "presence": seats.presence,
    "by period": lambda r: seats.by_period(seats.presence(r)),
    "by year": lambda r: seats.by_year(seats.presence(r)),
    "left out": seats.left_out,
    "third parties": seats.third_parties,
    "encounters": encounters.encounters,
    "levels": encounters.levels,
    "levels by year": lambda r: encounters.levels_by_year(encounters.levels(r)),
    "by adoption": seats.by_adoption,
    "signed by": lambda r: texts.signed_by(AGREEMENT, r),
    "ranges": prisoners.ranges,
    "totals": lambda r: prisoners.totals(prisoners.ranges(r)),
    "by stretch": lambda r: prisoners.by_stretch(prisoners.ranges(r)),
    "other handovers": prisoners.other_handovers,
    "arms": arms.told,
    "arms known": lambda r: arms.known(arms.told(r)),
    "calendar": lambda r: texts.calendar("1991-01-01", "2026-12-31", r),
    "tellers of acts": lambda r: texts.tellers_of_acts([AGREEMENT], r),
    "acts by day": lambda r: texts.by_day(texts.signatures(r)),
}


test_a_study_of_any_part_has_the_types_of_the_whole_and_opens_no_other = of_parts(STUDIES)


# Figures.


def test_a_grid_draws_every_act_and_a_mirror_both_directions():
    acts = texts.by_day(texts.signatures().query("document_id == @AGREEMENT"))
    figure = charts.grid(acts, "Three", "none", notes={"1994-05-12": "in force"})
    assert len(figure.axes[0].collections) >= len(acts)
    assert "12 May\nin force" in [text.get_text() for text in figure.axes[0].get_yticklabels()]
    both = pd.DataFrame({"a": [1, 2], "b": [3, 0]}, index=["x", "y"])
    figure = charts.mirror(both, "Both", "none")
    widths = sorted(patch.get_width() for patch in figure.axes[0].patches)
    assert np.allclose(widths, [-2, -1, 0, 3])
    with pytest.raises(ValueError, match="expected two"):
        charts.mirror(both[["a"]], "One", "none")
    assert not plt.get_fignums()
