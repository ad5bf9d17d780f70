"""Fifteen questions of a newcomer, each in a line or two, and what they must not get wrong.

The right answers were read by hand from the claims (``kd.evidence``), not from the code.
"""

import calendar
import datetime
import doctest
import json
import re
import typing
from difflib import SequenceMatcher
from itertools import permutations, product

import numpy as np
import pandas as pd
import pytest
from asked import of_parts, refused

import karabakh_data as kd
from karabakh_data import descriptor, finding, frames, optional, spelling
from karabakh_data.studies import (
    attempts,
    force,
    formats,
    geography,
    involvement,
    nearby,
    network,
    offers,
    official,
    panel,
    people,
    places,
    prisoners,
    provisions,
    refusals,
    seats,
    spells,
    texts,
)

# 1 to 5: what was in force.


def test_what_was_in_force_on_15_september_1993():
    # PA-X and the Christian Science Monitor: on 13 September prolonged by a month; nothing
    # else: the stop of 17 August broke by the 23rd, the eleven days of 31 August had run out
    found = kd.in_force("1993-09-15")
    assert found["ceasefire_id"].tolist() == ["1993-09-13-moscow-communique"]
    assert found["certain"].tolist() == [True]


def test_was_anything_in_force_in_the_offensive_of_the_winter():
    # the offers of 16 December 1993 and January 1994 were declined
    assert kd.in_force(["1993-12-20", "1994-01-15", "1994-02-10"]).empty


def test_which_of_my_days_fell_into_a_general_ceasefire():
    mine = pd.DataFrame(
        {
            "date": [
                "2020-09-28",
                "1994-05-11",
                "1994-05-12",
                "2016-04-02",
                "2016-04-03",
                "2016-04-05",
            ]
        }
    )
    mine["quiet"] = mine.index.isin(kd.in_force(mine["date"], "general").index)
    # 12 May 1994 to 2 April 2016, 5 April 2016 to 27 September 2020
    assert mine["quiet"].tolist() == [False, False, True, True, False, True]


def test_what_held_on_the_border_in_december_2021():
    found = kd.in_force("2021-12-01", scope="border").iloc[0]
    # Russia's defence minister, 16 November 2021; until the fighting of 13 September 2022
    assert found["ceasefire_id"] == "2021-11-16-ceasefire"
    assert (found["since"], found["until"]) == (
        pd.Timestamp("2021-11-16"),
        pd.Timestamp("2022-09-13"),
    )


def test_how_long_did_the_ceasefire_of_may_1994_last():
    spell = spells.spells().set_index("ceasefire_id").loc["1994-05-12-ceasefire"]
    assert (spell["first_day"], spell["last_day"], spell["days"]) == (
        pd.Timestamp("1994-05-12"),
        pd.Timestamp("2016-04-02"),
        7996,
    )


# 6 and 7: my events, their names.


def test_which_attempts_lie_around_the_fall_of_shusha():
    mine = pd.DataFrame({"date": ["1992-05-08"], "what": ["Shusha (Shushi) taken"]})
    found = nearby.last_and_next(mine).iloc[0]
    # the statement of Tehran on the eve; the offer at Sadarak ten days later
    assert (found["last_id"], found["days_since"]) == ("1992-05-07-tehran", 1)
    assert (found["next_id"], found["days_until"]) == ("1992-05-18-sadarak", 10)


@pytest.mark.parametrize("name", ["Xankəndi", "xankendi", "XANKENDİ", "Ханкенди", "Khankendi"])
def test_which_place_is_called_so(name):
    found = kd.find(name)
    assert found.loc[0, ["table", "record_id"]].tolist() == ["places", "stepanakert"]
    assert {"Xankəndi", "Khankendi", "Ханкенди", "Խանքենդի"} <= set(found["matched"])


# 8 to 12: who.


def test_what_did_kazimirov_do_in_may_1994():
    rows = involvement.involvement("Владимир Казимиров")
    rows = rows[rows["day"].between("1994-05-01", "1994-05-31")]
    told = set(zip(rows["table"], rows["part"], rows["event_id"], strict=True))
    # at Bishkek on 4 and 5 May, where he signed; in Baku on the 8th; the ceasefire of the 12th
    assert told == {
        ("participants", "mediator", "1994-05-05-bishkek"),
        ("ceasefires", "mediator", "1994-05-05-bishkek"),
        ("signatures", "signed", "1994-05-05-bishkek"),
        ("participants", "mediator", "1994-05-08-baku"),
        ("participants", "mediator", "1994-05-12-ceasefire"),
        ("ceasefires", "mediator", "1994-05-12-ceasefire"),
    }


def test_which_ceasefires_of_1992_to_1994_did_russia_mediate():
    rows = formats.mediated_by("Russia", of="ceasefires")
    rows = rows[rows["day"].between("1992-01-01", "1994-12-31")]
    assert rows["ceasefire_id"].tolist() == [
        "1992-02-20-moscow-foreign-ministers",  # Los Angeles Times: Kozyrev between the two
        "1992-04-border-stop",  # TIME: with the CIS, beside Iran
        "1992-07-03-minsk-30-day-proposal",  # in the Minsk Group's rounds in Rome
        "1992-08-05-minsk-60-day-proposal",
        "1992-09-19-sochi",
        "1993-04-08-sochi-truce",
        "1993-05-tripartite-plan",
        "1993-08-17-five-day",
        "1993-08-30-eleven-day",
        "1993-09-10-three-day",
        "1993-09-13-moscow-communique",
        "1993-11-09-kozyrev-calls",  # Kazimirov, on the line: the minister to all three
        "1993-12-16-ceasefire",
        "1994-01-russian-proposal",
        "1994-02-18-moscow-protocol",
        "1994-03-03-truce-attempt",
        "1994-04-28-nkr-undertaking",
        "1994-05-12-ceasefire",
    ]


def test_who_mediated_at_key_west():
    rows = formats.mediators().query("event_id == '2001-04-03-key-west'")
    # the three co-chairs, named with their envoys, and the OSCE's secretary general
    assert rows["actor"].tolist() == ["csce-osce", "france", "russia", "united-states"]


def test_who_signed_refused_and_was_left_out():
    acts = texts.by_text().set_index("document_id")
    refused = acts.loc["1997-09-step-by-step.proposal"]
    assert (refused["refused"], refused["signed"]) == (
        "Karabakh Armenian authorities",
        "",
    )  # RFE/RL
    moscow = acts.loc["1994-02-18-moscow-protocol.protocol"]
    assert moscow["signed"] == "Armenia; Karabakh Armenian authorities"
    assert moscow["disavowed"] == "Azerbaijan"  # the Russian ambassador's memoir
    bishkek = acts.loc["1994-05-05-bishkek.protocol"]
    # Azerbaijan in Baku on 8 May
    assert bishkek["signed"] == "Armenia; Azerbaijan; Karabakh Armenian authorities"
    assert bishkek["refused"] == "Azerbaijan"  # its delegation, in Bishkek
    assert bishkek["not_signed"] == "Azerbaijani community of Nagorno-Karabakh"


def test_who_was_kept_away_from_granada():
    text = texts.by_text().set_index("document_id").loc["2023-10-05-granada.statement"]
    assert text["left_out"] == "Azerbaijan"  # Aliyev stayed away, as both sides tell


def test_whom_a_text_was_sent_to_was_not_left_out():
    sent = kd.load("participants").query("role == 'addressee'").set_index("event_id")["actor"]
    assert "russia" in set(sent["1994-05-12-ceasefire"])
    ceasefire = texts.by_text().set_index("document_id").loc["1994-05-12-ceasefire.agreement"]
    assert ceasefire["left_out"] == ""


# 13 to 15: for a regression, a network, a map.


def test_how_many_days_of_may_1994_were_quiet_and_how_many_died():
    months = panel.panel("dyad", "month").set_index(["actor_1", "month"])
    row = months.loc[("nagorno-karabakh", "1994-05-01")]
    assert row[["days_in_force", "days_in_doubt"]].tolist() == [20, 0]  # the 12th to the 31st
    assert row["deaths"] == 107  # UCDP GED 25.1
    assert row[["cow_code_2", "iso3_2"]].tolist() == [373, "AZE"]


def test_did_the_presidents_meet_at_key_west():
    edges = network.met("people").set_index(["source", "target"])
    steps = edges.loc[("heydar-aliyev", "robert-kocharyan"), "event_ids"].split(" | ")
    assert "2001-04-03-key-west" in steps
    assert edges.loc[("heydar-aliyev", "robert-kocharyan"), "weight"] == len(steps)


def test_where_is_stepanakert():
    features = {one["id"]: one for one in geography.geojson()["features"]}
    here = features["stepanakert"]
    assert here["geometry"] == {"type": "Point", "coordinates": [46.7528, 39.8177]}  # GeoNames
    assert here["properties"]["geonames_id"] == 146970
    assert "Xankəndi" in here["properties"]["other_names"]


# In force: what is certain, and what is not.


def stop(**cells):
    """From when to when one stop is in force whose cells are these."""
    days = ("declared", "due", "effective", "breached", "ended", "followed_until")
    row = dict.fromkeys(days) | {"planned_days": None, "fate": None, "step": "agreement"}
    row |= {
        "ceasefire_id": "a-stop",
        "title": "A stop",
        "scope": "general",
        "extends": None,
    } | cells
    rows = kd.load("ceasefires").iloc[:1].copy()
    types = rows.dtypes
    for name, cell in row.items():
        rows[name] = pd.Series([cell], rows.index).astype(types[name])
    none = {name: frame.iloc[:0] for name, frame in kd.record().items()}
    return force.stops({**none, "ceasefires": rows})


def days_of(found):
    names = ("since", "until", "sure_until")
    return [None if pd.isna(day := found[name].iloc[0]) else f"{day.day}" for name in names]


STOPS = {  # days of May 1992
    "broke on the day": (
        {"effective": "1992-05-03", "ended": "1992-05-03", "fate": "broken"},
        "333",
    ),
    "broke later": ({"effective": "1992-05-03", "ended": "1992-05-05", "fate": "broken"}, "355"),
    "broke, day not told": ({"effective": "1992-05-03", "fate": "broken"}, "3-3"),
    "broke, no day told": ({"declared": "1992-05-03", "fate": "broken"}, "3--"),
    "three days, ran out": ({"due": "1992-05-03", "planned_days": 3, "fate": "lapsed"}, "355"),
    "hours, ran out": ({"due": "1992-05-03", "fate": "lapsed"}, "333"),
    "held for a term": ({"declared": "1992-05-03", "planned_days": 2, "fate": "held"}, "344"),
    "held for a term, and followed further": (
        {
            "declared": "1992-05-03",
            "planned_days": 2,
            "followed_until": "1992-05-09",
            "fate": "held",
        },
        "344",
    ),
    "held, as far as followed": (
        {"declared": "1992-05-03", "followed_until": "1992-05-09", "fate": "held"},
        "399",
    ),
    "due before it was declared": (
        {"declared": "1992-05-02", "due": "1992-05-03", "fate": "held"},
        "3--",
    ),
    "no fate told": ({"declared": "1992-05-03"}, "3--"),
    "no fate told, a term": ({"declared": "1992-05-03", "planned_days": 3}, "35-"),
    "no fate told, but began": ({"declared": "1992-05-03", "breached": "1992-05-04"}, "3-3"),
}


@pytest.mark.parametrize("name", STOPS)
def test_a_stop_is_in_force_from_its_first_to_its_last_day(name):
    cells, days = STOPS[name]
    assert days_of(stop(**cells)) == [None if day == "-" else day for day in days]


OUT = {
    "refused": {"declared": "1992-05-03", "fate": "refused"},
    "never began": {"due": "1992-05-03", "planned_days": 3, "fate": "never_began"},
    "one of two texts on one stop": {"effective": "1992-05-03", "fate": "superseded"},
    "confirms another": {"effective": "1992-05-03", "fate": "confirmation", "step": "confirmation"},
    "polices another": {"effective": "1992-05-03", "step": "procedure"},
    "a call": {"declared": "1992-05-03", "step": "call"},
    "a proposal": {"declared": "1992-05-03", "planned_days": 30, "step": "proposal"},
    "no day": {"fate": "broken"},
    "ended before it began": {"effective": "1992-05-03", "ended": "1992-05-01", "fate": "broken"},
}


@pytest.mark.parametrize("name", OUT)
def test_what_was_never_in_force_is_out(name):
    assert stop(**OUT[name]).empty


def test_a_prolonged_stop_leaves_no_gap():
    found = force.stops().set_index("ceasefire_id")
    # three days from 25 July 1993, prolonged on the 28th; in force from the 29th for seven
    chain = found.loc[["1993-07-24-three-day", "1993-07-28-mardakert-meeting"]]
    assert chain["until"].dt.day.tolist() == [28, 4]
    # agreed in October 1993 on a day not told: from when the month had run out
    last = found.loc["1993-10-aliyev-kocharyan"]
    assert (last["since"], last["until"]) == (
        pd.Timestamp("1993-10-13"),
        pd.Timestamp("1993-10-21"),
    )


def test_a_stop_prolonged_twice_lasts_to_the_eve_of_the_first(record):
    key, later = "1993-08-30-eleven-day", "1993-09-13-moscow-communique"
    rows = record["ceasefires"]
    again = rows["ceasefire_id"] == later
    rows = rows.assign(
        extends=rows["extends"].mask(again, key),
        planned_days=rows["planned_days"].mask(rows["ceasefire_id"] == key),
    )
    found = force.stops({**record, "ceasefires": rows}).set_index("ceasefire_id")
    assert found.loc[key, "until"] == found.loc["1993-09-10-three-day", "since"] - pd.Timedelta(
        "1D"
    )


def test_what_prolongs_a_prolonged_stop_begins_when_that_has_run_out(record):
    key, rows = "1993-07-28-mardakert-meeting", record["ceasefires"]
    days = ["declared", "due", "effective", "ended", "breached"]
    prolonged = rows["ceasefire_id"] == key
    undated = rows[prolonged].assign(**dict.fromkeys(days, pd.NaT))
    third = undated.assign(ceasefire_id="once-more", extends=key, planned_days=2, fate="held")
    rows = pd.concat([third, undated, rows[~prolonged]]).astype(rows.dtypes)
    since = force.stops({**record, "ceasefires": rows}).set_index("ceasefire_id")["since"]
    # three days from 25 July 1993, then seven, then what prolongs those
    assert since.loc[[key, "once-more"]].dt.strftime("%m-%d").tolist() == ["07-28", "08-04"]


def test_stops_stand_by_their_first_day(record):
    found = force.stops({**record, "ceasefires": record["ceasefires"][::-1]})
    order = list(zip(found["since"], found["ceasefire_id"], strict=True))
    assert order == sorted(order)


def test_days_on_which_the_sources_do_not_agree_are_not_certain():
    found = kd.in_force(["1993-08-18", "1993-08-20", "1993-08-23", "1993-08-24"])
    # Azerbaijan tells of its end from the first night on, Russia's ambassador of 23 August
    assert found["ceasefire_id"].tolist() == ["1993-08-17-five-day"] * 3
    assert found["certain"].tolist() == [True, False, False]
    # the taz: about 8 August 1993
    assert kd.in_force(["1993-08-07", "1993-08-08"])["certain"].tolist() == [True, False]


def test_each_day_is_answered_as_alone():
    days = pd.date_range("1991-09-01", "2024-01-01", freq="17D").tolist() * 2
    days = pd.Series(days).sample(frac=1, random_state=1)
    found = kd.in_force(days)
    stops = force.stops()
    last = stops["until"].fillna(stops["since"])
    for label in [*days.index[:40], *days.index[-40:]]:
        day = days[label]
        mine = stops[(stops["since"] <= day) & (day <= last)]
        rows = found.loc[[label]] if label in found.index else found.iloc[:0]
        assert rows["ceasefire_id"].tolist() == mine["ceasefire_id"].tolist()
        assert (rows["day"] == day).all()
    order = [
        place for place, label in enumerate(days.index) for _ in range((found.index == label).sum())
    ]
    assert found.index.tolist() == [days.index[place] for place in order]


def test_a_day_may_come_in_any_form():
    day = datetime.date(1993, 9, 15)
    forms = [
        "1993-09-15", day, pd.Timestamp(day), np.datetime64("1993-09-15"), ["1993-09-15T13:00"],
        [day], (pd.Timestamp("1993-09-15 23:00"),), pd.DatetimeIndex(["1993-09-15"]),
        pd.Series(["1993-09-15"]), pd.Series([day]), np.array(["1993-09-15"], "datetime64[ns]"),
        (one for one in ["1993-09-15"]), {"1993-09-15"},
    ]  # fmt: skip
    whole = kd.in_force("1993-09-15")
    for form in forms:
        pd.testing.assert_frame_equal(kd.in_force(form), whole)
    assert kd.in_force([]).dtypes.to_dict() == whole.dtypes.to_dict()


def test_a_frame_is_joined_by_its_index():
    mine = pd.DataFrame({"date": ["1999-01-01", "1990-01-01", "1999-01-01"]}, index=[7, 3, 5])
    found = mine.join(kd.in_force(mine["date"])[["ceasefire_id"]])
    assert found["ceasefire_id"].fillna("none").to_dict() == {
        7: "1994-05-12-ceasefire",
        3: "none",
        5: "1994-05-12-ceasefire",
    }


def test_scopes_are_those_of_the_record():
    assert (
        list(typing.get_args(force.Scope)) == kd.vocabulary("ceasefires", "scope")["value"].tolist()
    )
    both = kd.in_force("2021-12-01", scope=["border", "general"])
    assert set(both["scope"]) == {"general", "border"}


# The last and the next.


def test_rows_order_and_index_of_a_users_frame_stay():
    mine = pd.DataFrame(
        {"date": ["2016-04-04", "1992-05-08", "1992-05-08", "1980-01-01"], "deaths": [1, 2, 3, 4]},
        index=[9, 4, 4, 0],
    )
    for of in ("ceasefires", "steps"):
        found = nearby.last_and_next(mine, of=of)
        pd.testing.assert_frame_equal(found[["date", "deaths"]], mine)
        assert found["last_id"].isna().tolist() == [False, False, False, True]
        assert found["days_until"].iloc[1] == found["days_until"].iloc[2]


def by_hand(record, of):
    """What can be near: each step; each attempt on its day, or else on those of its step."""
    days = {row.event_id: (row.start, row.end) for row in record["events"].itertuples()}
    rows = [(key, *ends) for key, ends in days.items()]
    if of == "ceasefires":
        mere = ["superseded", "confirmation"]  # of another attempt
        rows = [
            (row.ceasefire_id, *days[row.event_id])
            if pd.isna(row.declared)
            else (row.ceasefire_id, row.declared, row.declared)
            for row in record["ceasefires"].itertuples()
            if row.step in ("proposal", "agreement", "unilateral", "extension")
            and row.fate not in mere
        ]
    return pd.DataFrame(rows, columns=["id", "first", "last"])


@pytest.mark.parametrize("of", ["ceasefires", "steps"])
def test_the_nearest_are_those_found_by_hand(of, record):
    days = pd.Series(pd.date_range("1991-01-01", "2026-06-01", freq="97D")).sample(
        frac=1, random_state=2
    )
    found = nearby.last_and_next(days.to_frame("day"), "day", of)
    rows = by_hand(record, of)
    for label, day in days.items():
        before, after = rows[rows["last"] <= day], rows[rows["first"] > day]
        last = before[before["last"] == before["last"].max()]["id"].min()
        following = after[after["first"] == after["first"].min()]["id"].min()
        row = found.loc[label]
        assert (row["last_id"] == last) or (pd.isna(row["last_id"]) and before.empty)
        assert (row["next_id"] == following) or (pd.isna(row["next_id"]) and after.empty)


def test_a_step_known_to_the_month_is_near_to_no_event_of_it(record):
    # agreed in October 1993, on a day not told
    mine = pd.DataFrame({"date": ["1993-10-20", "1993-11-01"]})
    found = nearby.last_and_next(mine)
    assert "1993-10-aliyev-kocharyan" not in set(found.iloc[0][["last_id", "next_id"]])
    assert found["last_id"].iloc[1] == "1993-10-aliyev-kocharyan"


# Find.

SPELLED = [
    ("Ангела Меркель", "angela-merkel"),
    ("Армен Исагулов", "armen-isagulov"),
    ("Рамсар", "ramsar"),
]


def test_every_other_name_of_a_place_or_person_finds_it(record):
    others = {
        (name, table, key)
        for table in ("places", "people", "actors")
        for key, names in zip(record[table].iloc[:, 0], record[table]["other_names"], strict=True)
        if pd.notna(names)
        for name in names.split(" | ")
    }
    assert {name[0] < "Ͱ" for name, _, _ in others} == {True, False}
    for name, table, key in sorted(others)[::7]:
        assert key in keys_of(name.upper(), table, record), name


def keys_of(name, table, record):
    """Every key of a table that is called so: if several are, the refusal names them."""
    try:
        return [finding.key_of(name, table, record=record)]
    except ValueError as refusal:
        said = re.fullmatch(r"several are called .*: give the key, of (.*)\.", str(refusal))
        assert said, refusal
        return re.findall(rf"'([^']+)' in {table}", said[1])


def test_no_other_name_is_the_name_of_another(record):
    for table in ("people", "places", "actors"):
        rows = record[table].set_index(record[table].columns[0])
        called = {form: key for key, name in rows["name"].items() for form in spelling.forms(name)}
        for key, names in rows["other_names"].dropna().items():
            of = {
                called.get(form, key) for one in names.split(" | ") for form in spelling.forms(one)
            }
            assert of == {key}, key


BY_ANOTHER_SOUND = {"cavanaugh", "henry-jacolin", "jacques-chirac", "jacques-faure"}
BY_ANOTHER_SOUND |= {"george-h-w-bush", "patriarch-kirill"}
"""People whose names other languages write as they hear them, or shorten."""


def unlike(people):
    """The people one of whose other names does not sound like theirs."""

    def alike(one, other):
        pairs = product(spelling.forms(one), spelling.forms(other))
        return max(SequenceMatcher(None, *pair).ratio() for pair in pairs) >= 0.5

    named = people.dropna(subset=["other_names"])[["person", "name", "other_names"]]
    return {
        key
        for key, name, others in named.itertuples(index=False)
        if not all(alike(name, one) for one in others.split(" | "))
    }


def test_the_other_names_of_a_person_sound_like_theirs(record):
    people = record["people"]
    assert unlike(people) == BY_ANOTHER_SOUND
    named = people.dropna(subset=["other_names"])
    others = named.assign(other_names=named["other_names"].to_numpy()[::-1])
    assert len(unlike(others)) > 0.9 * len(named)  # each with those of another


def test_no_word_of_a_name_has_letters_of_two_scripts(record):
    scripts = ("a-zA-Z", "\u0400-\u04ff", "\u0531-\u0587")
    pairs = "|".join(f"[{one}][{other}]" for one, other in permutations(scripts, 2))
    for table in ("actors", "people", "places"):
        names = record[table]["name"] + " | " + record[table]["other_names"].fillna("")
        assert names[names.str.contains(pairs)].tolist() == []
    assert re.search(pairs, "\u0410liyev")  # a Cyrillic letter that looks like A


@pytest.mark.parametrize(("script", "key"), SPELLED)
def test_a_name_in_a_script_that_the_tables_lack_is_found_by_its_sound(script, key):
    assert finding.key_of(script, "people", "places") == key


def test_of_several_called_so_none_is_taken():
    """Heydar and Ilham Aliyev are both told of by their family's name alone."""
    with pytest.raises(ValueError, match=r"several.*heydar-aliyev.*ilham-aliyev"):
        finding.key_of("Алиев", "people")
    with pytest.raises(ValueError, match="several"):
        kd.studies.involvement.involvement("Алиев")


def test_first_comes_what_is_called_so_then_what_begins_so():
    found = kd.find("Baku")
    assert found.loc[0, ["table", "record_id", "matched"]].tolist() == ["places", "baku", "Baku"]
    shares = (4 / found["matched"].map(spelling.fold).str.len()).tolist()
    assert shares == sorted(shares, reverse=True)
    assert kd.find("Лавров")["record_id"].iloc[0] == "sergey-lavrov"
    assert kd.find(" q129352\n")["record_id"].tolist() == ["stepanakert"]  # typed, or pasted
    assert kd.find("finland").loc[0, "matched"] == "finland"  # the key, before the name
    assert kd.find("Finland").loc[0, "matched"] == "Finland"
    assert kd.find("1994-05-12-ceasefire")["table"].tolist()[:2] == ["events", "ceasefires"]
    assert "az" not in kd.find("AZ")["matched"].tolist()


@pytest.mark.parametrize(
    ("text", "step", "told"),
    [
        ("Kazan 25 June", "2011-06-24-kazan", "2011-06-25"),  # a day by some sources only
        ("Казань, 24 июня 2011", "2011-06-24-kazan", "2011-06-24"),
        ("Կազան հունիսի 25", "2011-06-24-kazan", "2011-06-25"),
        ("Kazan 24 iyun", "2011-06-24-kazan", "2011-06-24"),
        ("Rambouillet 2006", "2006-02-10-rambouillet", "2006-02-10/2006-02-11"),
        ("Rambouillet 11 February", "2006-02-10-rambouillet", "2006-02-10/2006-02-11"),
        ("Сочи 2022", "2022-10-31-sochi", "2022-10-31"),
        ("Əliyev Paşinyan 31 October 2022", "2022-10-31-sochi", "2022-10-31"),
        ("Kazan 2011-06-25", "2011-06-24-kazan", "2011-06-25"),
        ("24 июня 2011", "2011-06-24-kazan", "2011-06-24"),  # a whole date alone
        ("2022-10-31", "2022-10-31-sochi", "2022-10-31"),
    ],
)
def test_names_with_a_date_find_the_step(text, step, told):
    found = kd.find(text).query("column == 'date'")
    assert ["events", step, "date", told] in found.to_numpy().tolist()


def test_a_step_of_any_month_is_found_by_its_date(record):
    days = record["events"].query("start == end")["start"]
    asked = days[~days.dt.month.duplicated()]
    assert len(asked) == 12
    for row, day in asked.dt.strftime("%Y-%m-%d").items():
        assert record["events"].loc[row, "event_id"] in kd.find(day)["record_id"].tolist(), day


MONTHS = {
    "English": " ".join(calendar.month_name[1:]),
    "Azerbaijani": "yanvar fevral mart aprel may iyun iyul avqust sentyabr oktyabr noyabr dekabr",
    "Russian": "январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь",
    "of days in Russian": (
        "января февраля марта апреля мая июня июля августа сентября октября ноября декабря"
    ),
    "Armenian": (
        "հունվար փետրվար մարտ ապրիլ մայիս հունիս հուլիս օգոստոս սեպտեմբեր հոկտեմբեր նոյեմբեր "
        "դեկտեմբեր"
    ),
    "of days in Armenian": (
        "հունվարի փետրվարի մարտի ապրիլի մայիսի հունիսի հուլիսի օգոստոսի սեպտեմբերի հոկտեմբերի "
        "նոյեմբերի դեկտեմբերի"
    ),
}


@pytest.mark.parametrize("names", MONTHS.values(), ids=MONTHS)
def test_months_are_known_by_name(names):
    known = [finding.MONTHS.get(spelling.fold(name)) for name in names.split()]
    assert known == list(range(1, 13))


def dated(record, days):
    """The record with all claims on the dates of these steps changed to this day."""
    claims = record["claims"]
    of = claims["record_id"].map(days).where(claims["column"] == "date")
    of = of.where(claims["table"] == "events")
    return {**record, "claims": claims.assign(value=claims["value"].mask(of.notna(), of))}


def test_of_steps_with_a_date_the_closest_dated_comes_first(record):
    given = dated(record, {"1992-09-19-sochi": "1990-09", "2022-10-31-sochi": "1990-09-20"})
    found = kd.find("Sochi September 1990", record=given).query("column == 'date'")
    assert found["record_id"].tolist() == ["2022-10-31-sochi", "1992-09-19-sochi"]


@pytest.mark.parametrize("told", ["1989/..", "[..1994-05-09]", "../1996"])
def test_a_date_that_is_open_at_an_end_is_no_day_nor_year(told, record):
    given = dated(record, {"1992-09-19-sochi": told})
    with pytest.raises(ValueError, match="nothing in the record is called"):
        kd.find("Sochi September 1990", record=given)


def test_a_span_may_be_of_one_day_and_years_may_be_text():
    first, last = frames.as_span("1994-05-12", "1994-05-12", "days")
    assert first == last == pd.Timestamp("1994-05-12")
    assert frames.as_years(["1994", 1995, 1996.0], "years") == [1994, 1995, 1996]


def test_a_date_that_no_source_tells_finds_no_step():
    of_two_places = "Sochi Kazan 24 June 2011"
    whole = ("31 February 1994", "2030-01-01")
    for text in ("Kazan 26 June", "Kazan 24 1999", "Kazan 31", of_two_places, *whole):
        with pytest.raises(ValueError, match="nothing in the record is called"):
            kd.find(text)
    assert "1994-07-26" in kd.find("Jan Eliasson 1994")["matched"].tolist()  # no January
    assert "date" not in kd.find("June 1994")["column"].tolist()  # a month alone is no day


def test_what_is_in_no_table_is_said_to_be_in_none():
    with pytest.raises(ValueError, match="unknown record of events 'nowhere'") as error:
        kd.evidence("events", "nowhere")
    assert "But" not in str(error.value)


def test_a_dotted_capital_is_the_small_letter():
    assert spelling.fold("İlham ƏLİYEV") == spelling.fold("ilham əliyev") == "ilham eliyev"


def test_letters_stand_once():
    letters = spelling._LETTERS[::2]
    assert len(letters) == len(set(letters))


# Who mediated.


def test_members_lead_by_the_dates_of_their_membership():
    led = formats.mediators(members=True).set_index(["event_id", "actor"])["named"]
    # Finland took Sweden's seat in spring 1995 and gave it up at the end of 1996
    assert ("1996-12-03-lisbon", "finland") in led.index
    assert ("2001-04-03-key-west", "finland") not in led.index
    assert not led[("2008-06-06-st-petersburg", "france")]  # co-chair of the day, not named
    named = led[led].index
    plain = formats.mediators().set_index(["event_id", "actor"]).index
    assert set(named) == set(plain)


@pytest.mark.parametrize(
    ("day", "chairs"),
    [
        ("1996-12-31", {"finland", "russia"}),  # the last day of December, told to the month
        ("1997-01-01", {"france", "russia"}),
        ("1997-02-13", {"france", "russia"}),
        ("1997-02-14", {"france", "russia", "united-states"}),
    ],
)
def test_a_chair_leads_from_its_first_day_to_its_last(day, chairs, record):
    step = record["events"].query("format == 'minsk-process'").head(1)
    step = step.assign(start=pd.Series(pd.Timestamp(day), step.index).astype(step["start"].dtype))
    given = {**record, "events": step, "participants": record["participants"].iloc[:0]}
    led = formats.mediators(given, members=True)["actor"]
    assert set(led) - {"csce-osce"} == chairs


@pytest.mark.parametrize(("role", "leads"), [("mediator", {"united-nations"}), ("co_chair", set())])
def test_of_whom_no_first_day_is_told_a_mediator_led_but_no_chair(role, leads, record):
    step = record["events"].query("format == 'minsk-process'").head(1)
    spell = record["format_members"].query("format == 'minsk-process' and actor == 'russia'")
    told = {"actor": "united-nations", "role": role, "start": None, "start_first": None}
    told |= {"end": None, "end_last": "2020-12-31"}
    kinds = spell.dtypes.to_dict()
    spell = spell.head(1).assign(**told).astype({name: kinds[name] for name in told})
    given = {**record, "events": step, "format_members": spell}
    given["participants"] = record["participants"].iloc[:0]
    assert set(formats.mediators(given, members=True)["actor"]) == leads


def test_a_mediator_that_is_not_told_is_none(record):
    row = record["participants"].query("role == 'mediator'").head(1).assign(actor=None)
    row["actor"] = row["actor"].astype(record["participants"]["actor"].dtype)
    assert formats.mediators({**record, "participants": row}).empty


def test_who_leads_is_said_once():
    roles = set(kd.vocabulary("participants", "role")["value"])
    assert set(formats.MEDIATES) < roles
    assert set(formats.LEADS) < set(kd.vocabulary("format_members", "role")["value"])


def test_three_letters_begin_a_name_and_two_do_not():
    assert kd.find("Vie")["record_id"].iloc[0] == "vienna"
    with pytest.raises(ValueError, match=r"called 'Vi'\. A part of a name is found by 3 letters"):
        kd.find("Vi")


# Panels and networks.


@pytest.mark.parametrize("by", ["month", "year"])
@pytest.mark.parametrize("unit", ["dyad", "state"])
def test_a_panel_is_a_complete_grid(unit, by, record):
    rows = panel.panel(unit, by)
    keys = [name for name in rows if name.startswith("actor")]
    assert not rows.duplicated([*keys, by]).any()
    sizes = rows.groupby(keys[0])[by].agg(["size", "nunique"])
    assert (sizes["size"] == sizes["nunique"]).all()
    full = sizes[~sizes.index.isin(panel.FORMER)]
    assert full["size"].min() == full["size"].max()
    one = rows[rows[keys[0]] == "armenia"]
    dated = record["events"]["start"].notna().sum()
    assert one["all_steps"].sum() == dated
    assert one["all_attempts"].sum() == attempts.attempts()["day"].notna().sum()
    assert rows["steps"].le(rows["all_steps"]).all()


def test_years_are_the_sums_of_their_months_and_unknown_if_one_is():
    months, years = panel.panel("state", "month"), panel.panel("state", "year")
    months = months[months["actor"] == "russia"].assign(year=lambda one: one["month"].dt.year)
    years = years[years["actor"] == "russia"].set_index("year")
    for year, part in months.groupby("year"):
        assert years.loc[year, "mediated"] == part["mediated"].sum()
        if len(part) == 12:
            deaths = part["deaths"].sum(skipna=False)
            assert pd.isna(years.loc[year, "deaths"]) == pd.isna(deaths)
            assert pd.isna(deaths) or years.loc[year, "deaths"] == deaths
    assert years.loc[2000, "days_in_force"] == 366
    assert years.loc[2024, ["days_in_force", "days_in_doubt"]].isna().all()  # not followed so far


def test_a_month_that_is_not_followed_to_its_end_is_unknown(record):
    months = panel.panel("state", "month").query("actor == 'russia'").set_index("month")
    stops = record["ceasefires"].query("scope == 'general'")
    last = max(stops["ended"].max(), stops["followed_until"].max())
    assert last == pd.Timestamp("2023-09-28")  # two days before the month is over
    assert months.loc["2023-08-01", "days_in_force"] == 31
    assert months.loc["2023-09-01":, ["days_in_force", "days_in_doubt"]].isna().all(axis=None)


def test_a_panel_joins_on_codes():
    states = panel.panel("state", "year")
    keyed = states[states["actor"] != "soviet-union"].dropna(subset=["cow_code"])
    assert not keyed.duplicated(["cow_code", "year"]).any()
    user = pd.DataFrame({"ccode": [371, 365], "year": [1999, 1994]})
    merged = user.merge(keyed, left_on=["ccode", "year"], right_on=["cow_code", "year"])
    assert merged["actor"].tolist() == ["armenia", "russia"]


def test_a_panel_of_states_has_states_and_one_of_dyads_the_authorities_too(record):
    kinds = record["actors"].set_index("actor")["kind"]
    assert set(kinds[panel.panel("state", "year")["actor"].unique()]) == {"state"}
    dyads = panel.panel("dyad", "year")
    assert set(dyads["actor_1"]) == {"armenia", "nagorno-karabakh"}
    assert set(dyads["actor_2"]) == {"azerbaijan"}


def test_states_that_are_no_more_are_those_of_withdrawn_codes(record):
    withdrawn = record["actors"]["note"].str.contains("Withdrawn ISO codes", na=False)
    assert set(record["actors"].loc[withdrawn, "actor"]) == set(panel.FORMER)


def test_a_state_that_is_no_more_stays_to_the_month_of_its_last_step():
    rows = panel.panel("state", "month").query("actor == 'soviet-union'").set_index("month")
    assert rows.loc["1991-11-01", "steps"] == 2  # Gorbachev's zone, the State Council's demand
    assert rows.index.max() == pd.Timestamp("1991-11-01")


def test_edges_are_counted_once_and_pairs_as_the_studies_have_them():
    edges = network.met()
    assert (edges["source"] < edges["target"]).all()
    assert not edges.duplicated(["source", "target"]).any()
    assert (edges["event_ids"].str.split(" | ", regex=False).map(len) == edges["weight"]).all()
    pairs = people.pairs(people.seats())
    assert len(pairs) == len(edges)
    assert pairs["steps"].sum() == edges["weight"].sum()


def test_networkx_reads_the_edges():
    networkx = pytest.importorskip("networkx")
    graph = networkx.from_pandas_edgelist(
        network.mediated(), edge_attr=["weight", "event_ids"], create_using=networkx.DiGraph
    )
    assert graph["russia"]["azerbaijan"]["weight"] > graph["iran"]["azerbaijan"]["weight"]


# GeoJSON.


ORDERED = {
    "who met": (network.met, {"weight": False, "source": True, "target": True}),
    "who mediated": (network.mediated, {"weight": False, "source": True, "target": True}),
    "places": (places.by_place, {"meetings": False, "place_name": True}),
    "pairs": (lambda: people.pairs(people.seats()), {"steps": False, "first": True, "pair": True}),
    "left out": (lambda: official.left_out("karabakh"), {"others": False, "start": True}),
    "refused": (refusals.refused, {"day": True, "event_id": True, "actor": True}),
    "addressed": (offers.addressed, {"day": True, "event_id": True, "actor": True}),
    "texts": (texts.by_text, {"day": True, "document_id": True}),
    "mediated": (lambda: formats.mediated_by("Russia"), {"day": True, "event_id": True}),
    "topics": (lambda: provisions.fates_by(provisions.provisions(), "about"),
               {"provisions": False, "about": True}),
    "calendar": (lambda: texts.calendar("1994-05-01", "1994-05-31"), {"day": True}),
    "exchanges": (prisoners.ranges, {"day": True}),
    "absent": (seats.left_out, {"start": True}),
}  # fmt: skip


@pytest.mark.parametrize("name", ORDERED)
def test_what_is_most_or_first_stands_first_and_ties_in_one_order(name):
    study, by = ORDERED[name]
    rows = study()
    ordered = rows.sort_values(list(by), ascending=list(by.values()), kind="stable")
    assert rows[list(by)].to_dict("records") == ordered[list(by)].to_dict("records")


@pytest.mark.parametrize("members", [False, True])
def test_who_leads_the_format_mediates_only_where_members_count(members):
    edges = network.mediated(members=members).set_index(["source", "target"])
    # the co-chairs in Baku in December 2000, France's unnamed
    steps = edges.loc[("france", "azerbaijan"), "event_ids"].split(" | ")
    assert ("2000-12-co-chairs-tour" in steps) == members


def test_places_are_geojson(record):
    collection = json.loads(json.dumps(geography.geojson(), allow_nan=False))
    assert collection["type"] == "FeatureCollection"
    assert [one["id"] for one in collection["features"]] == sorted(record["places"]["place"])
    for one in collection["features"]:
        assert set(one) == {"type", "id", "geometry", "properties"}
        if one["geometry"]:
            longitude, latitude = one["geometry"]["coordinates"]
            assert -180 <= longitude <= 180
            assert -90 <= latitude <= 90
    counts = [one["properties"]["steps"] for one in collection["features"]]
    assert sum(counts) == record["events"]["place"].notna().sum()
    met = [one["properties"]["meetings"] for one in collection["features"]]
    assert sum(met) == places.by_place()["meetings"].sum()


# Everything somebody has part in.


def test_nothing_that_names_an_actor_is_left_out(record):
    rows = involvement.involvement("iran")
    for table, column in (
        ("participants", "actor"),
        ("signatures", "actor"),
        ("format_members", "actor"),
        ("provisions", "obliged"),
    ):
        mine = record[table][record[table][column] == "iran"]
        assert set(rows.loc[rows["table"] == table, "record_id"]) == set(mine.iloc[:, 0])
    assert rows["day"].dropna().is_monotonic_increasing


@pytest.mark.parametrize(
    ("who", "table", "record_id", "day"),
    [
        ("russia", "format_members", "minsk-process.russia.co-chair", "1994-12-01"),  # a month
        ("united-states", "format_members", "minsk-process.united-states.co-chair", "1997-02-14"),
        ("sweden", "format_members", "minsk-process.sweden.chair", None),  # by a day, since when?
        ("armenia", "format_members", "minsk-process.armenia.member", None),
        (  # signed later, of a step that began on the 4th
            "rasul-guliyev",
            "signatures",
            "1994-05-05-bishkek.protocol.azerbaijan.rasul-guliyev.signed-later",
            "1994-05-08",
        ),
        (  # of no day of its own: that of the step
            "azerbaijan",
            "signatures",
            "1992-08-27-alma-ata.memorandum.azerbaijan.signed",
            "1992-08-27",
        ),
        ("azerbaijan", "front", "1994-04-sugovushan", "1994-04-08"),  # 8 and 9 April
        ("horadiz", "front", "1993-10-horadiz", "1993-10-01"),  # the month
        ("azerbaijan", "ceasefires", "1994-05-05-bishkek", "1994-05-04"),  # the step's
        ("azerbaijan", "provisions", "1997-05-package.package.corridor", "1997-05-01"),
        ("azerbaijan", "answers", "1997-05-package.azerbaijan", "1997-05-01"),
        ("azerbaijan", "prisoners", "2005-01-four-returned.to-armenia-karabakh", "2004-12-31"),
        (  # at talks of two days, whose draft was signed on the second
            "iran",
            "participants",
            "1992-03-15-tehran-draft.iran.ali-akbar-velayati.mediator",
            "1992-03-14",
        ),
        ("zheleznovodsk", "events", "1991-09-23-zheleznovodsk", "1991-09-23"),
        ("armenia", "arms", "armenia.anti-aircraft-systems-delivered-1997", None),
    ],
)
def test_each_kind_of_part_has_the_first_day_it_can_have_been(who, table, record_id, day):
    rows = involvement.involvement(who)
    days = rows.loc[(rows["table"] == table) & (rows["record_id"] == record_id), "day"]
    assert {None if pd.isna(one) else f"{one:%Y-%m-%d}" for one in days} == {day}


def test_each_part_is_called_by_its_own_table(record):
    rows = involvement.involvement("russia")
    parts = rows.groupby("table")["part"].agg(set)
    assert {"signed", "refused"} & parts["signatures"]
    assert parts["participants"] <= set(kd.vocabulary("participants", "role")["value"])
    assert parts["ceasefires"] == parts["participants"] & parts["ceasefires"]
    titles = {
        "participants": record["events"].set_index("event_id")["title"],
        "ceasefires": record["ceasefires"].set_index("ceasefire_id")["title"],
    }
    for table, key in (("participants", "event_id"), ("ceasefires", "record_id")):
        mine = rows[rows["table"] == table]
        assert mine["title"].tolist() == titles[table][mine[key]].tolist()
    stops = rows[rows["table"] == "ceasefires"]
    took = rows[rows["table"] == "participants"]
    told = took.merge(record["ceasefires"][["ceasefire_id", "event_id"]], on="event_id")
    once = told[["ceasefire_id", "part", "actor"]].drop_duplicates()
    assert sorted(map(tuple, once.fillna("").to_numpy())) == sorted(
        map(tuple, stops[["record_id", "part", "actor"]].fillna("").to_numpy())
    )


def test_parts_stand_by_day_step_table_and_record(record):
    order = ["day", "event_id", "table", "record_id", "part"]
    rows = involvement.involvement("russia")
    dated = rows.dropna(subset=["day", "event_id"])[order]
    assert [tuple(row) for row in dated.to_numpy()] == sorted(
        tuple(row) for row in dated.to_numpy()
    )


def test_parts_can_be_counted_by_kind_of_step(record):
    rows = involvement.involvement("iran")
    took = rows[rows["table"] == "participants"].drop_duplicates("event_id")
    steps = record["events"]
    kinds = steps.loc[steps["event_id"].isin(took["event_id"]), "kind"].astype(str)
    assert took.groupby("kind").size().to_dict() == kinds.value_counts().to_dict()
    assert rows["kind"].isna().tolist() == rows["event_id"].isna().tolist()


def test_of_two_of_one_name_the_table_says_which(record):
    for name in ("Germany", "germany"):
        of_actor = involvement.involvement(name, table="actors")
        of_place = involvement.involvement(name, table="places")
        assert set(of_place["part"]) <= {"place", "arrival"}
        assert "participants" in set(of_actor["table"])
    there = record["events"].query("place == 'germany'")["event_id"]
    assert set(there) <= set(of_place["record_id"])


def test_bodies_count_with_what_they_are_part_of():
    rows = involvement.involvement("Russia")
    assert {"russia", "russia-mfa", "russia-mod", "russia-federal-assembly"} <= set(rows["actor"])


# Spells.


def test_a_spell_is_the_same_or_refused_whatever_rows_are_passed(record):
    whole = spells.spells().set_index("ceasefire_id")
    rows = record["ceasefires"]
    for part in (rows[rows["scope"] == "border"], rows[rows["extends"].isna()], rows.head(60)):
        says = rf"lack {len(rows) - len(part)} of .*ask the whole record, and choose among the answ"
        for ask in (spells.spells, force.stops, spells.by_choice):
            with pytest.raises(ValueError, match=says):
                ask({**record, "ceasefires": part})
    claims = record["claims"]
    border = set(rows.loc[rows["scope"] == "border", "ceasefire_id"])
    own = claims[claims["record_id"].isin(border)]
    found = spells.spells(kd.record(own)).set_index("ceasefire_id")
    assert not found.empty
    pd.testing.assert_frame_equal(found, whole.loc[found.index])


# Bad input.

FRAME = pd.DataFrame({"date": ["1994-05-12"], "last_id": ["mine"]})
NEXT = ("next_id", "next_title", "next_day", "days_until")
WRONG = {
    "'1994-13-01' is no day: ": lambda: kd.in_force("1994-13-01"),
    "'12.05.1994' is no day; expected 1994-05-12": lambda: kd.in_force(["12.05.1994"]),
    "'1994-05' is no day": lambda: kd.in_force("1994-05"),
    r"row 1: 'soon' is no day": lambda: kd.in_force(["1994-05-12", "soon"]),
    r"row 0: 19940512 \(int\) is no day": lambda: kd.in_force(19940512),
    r"row 0: 1994.5 \(float\) is no day": lambda: kd.in_force([1994.5]),
    r"row 0: Period.* is no day": lambda: kd.in_force(pd.Period("1994-05", "M")),
    "row 1: no day is given": lambda: kd.in_force(["1994-05-12", None]),
    "row 0: no day is given": lambda: kd.in_force(pd.NaT),
    "row 5: no day is given": lambda: kd.in_force(pd.Series(pd.to_datetime([None]), index=[5])),
    r"a time zone \(datetime64.*Asia/Baku": lambda: kd.in_force(
        pd.Series(pd.to_datetime(["1994-05-12"])).dt.tz_localize("Asia/Baku")
    ),
    "row 0: a time zone": lambda: kd.in_force("1994-05-12T00:00Z"),
    "days: expected days, found a DataFrame": lambda: kd.in_force(FRAME),
    "unknown scope 'boarder'. Did you mean 'border'": lambda: kd.in_force("1994-05-12", "boarder"),
    "unknown scope 'local '": lambda: kd.in_force("1994-05-12", ["general", "local "]),
    "unknown column of the frame 'day'": lambda: nearby.last_and_next(FRAME, "day"),
    "expected a DataFrame, found list": lambda: nearby.last_and_next(["1994-05-12"]),
    **{
        f"column '{one}' already": lambda one=one: nearby.last_and_next(
            pd.DataFrame({"date": ["1994-05-12"], one: ["mine"]})
        )
        for one in ("last_id", "last_title", "last_day", "days_since", *NEXT)
    },
    "expected a DataFrame, found numpy.ndarray": lambda: nearby.last_and_next(FRAME.to_numpy()),
    "date, row 0: no day": lambda: nearby.last_and_next(pd.DataFrame({"date": [None]})),
    "unknown what to look for 'step'. Did you mean 'steps'": lambda: nearby.last_and_next(
        FRAME[["date"]], of="step"
    ),
    "called 'Stepanakrt'. Did you mean 'Stepanakert'": lambda: kd.find("Stepanakrt"),
    "called 'Lavrof'. Did you mean 'Sergey Lavrov'": lambda: kd.find("Lavrof"),
    "nothing in the record is called 'qqqq'.$": lambda: kd.find("qqqq"),
    "expected a name, title or id to find, found ''": lambda: kd.find(""),
    "expected a name, title or id to find, found 7": lambda: kd.find(7),
    "Did you mean.*Kazimirov": lambda: involvement.involvement("Kazimirof"),
    "called 'Rusia'. Did you mean 'Russia'": lambda: formats.mediated_by("Rusia"),
    "nothing in actors is called 'Stepanakert'. But 'stepanakert' in places is": (
        lambda: formats.mediated_by("Stepanakert", of="ceasefires")
    ),
    "nothing in people or actors or places is called 'qqqq'.$": (
        lambda: involvement.involvement("qqqq")
    ),
    "several are called 'Germany': give the table, of 'germany' in actors, 'germany' in places": (
        lambda: involvement.involvement("Germany")
    ),
    "several are called 'finland': give the table": lambda: involvement.involvement("finland"),
    "several are called 'Aliev': give the key, of 'heydar-aliyev' in people, 'ilham-aliyev'": (
        lambda: involvement.involvement("Aliev")
    ),
    "unknown table of names 'place'. Did you mean 'places'": lambda: involvement.involvement(
        "Germany", table="place"
    ),
    "scope: only those of none are asked": lambda: kd.in_force("1993-09-15", scope=[]),
    "expected a name, title or id to find, found None": lambda: involvement.involvement(None),
    "expected a name, title or id to find, found 3": lambda: involvement.involvement(3),
    r"expected a name, title or id to find, found \[\]": lambda: formats.mediated_by([]),
    "'armenia' is a party": lambda: formats.mediated_by("armenia"),
    "'minsk-group' counts with 'csce-osce'": lambda: formats.mediated_by("minsk-group"),
    "unknown what to look for 'step'. Did": lambda: formats.mediated_by("russia", "step"),
    "unknown unit 'dyads'. Did you mean 'dyad'": lambda: panel.panel("dyads"),
    "unknown period 'week'": lambda: panel.panel("dyad", "week"),
    "unknown kind of node 'person'": lambda: network.met("person"),
    "unknown last day 'last'. Did you mean 'latest'": lambda: spells.spells(end="last"),
    "But '1994-05-08-baku' is 'event_id' in events": lambda: kd.evidence(
        "ceasefires", "1994-05-08-baku"
    ),
    "But 'Sochi two-month ceasefire' is 'title' in ceasefires": lambda: kd.evidence(
        "ceasefires", "Sochi two-month ceasefire"
    ),
    "expected keys, found a DataFrame; name its 'event_id'": lambda: kd.evidence("events", FRAME),
    "days: '1994.5' is no year": lambda: frames.as_years(["1994", "1994.5"], "days"),
    "days: 0 is no year": lambda: frames.as_years([0], "days"),
    "days: 94 is no year": lambda: frames.as_years([1994, 94], "days"),
    "days: expected a whole number from 1, found True": lambda: frames.is_whole(True, "days"),
    "column 'n' of the frame: it is there more than once": lambda: frames.needs_all(
        pd.DataFrame([[1, 2]], columns=["n", "n"]), "numbers"
    ),
    "column 'n' of the frame: expected yes or no in every row": lambda: frames.needs_all(
        pd.DataFrame({"n": [1, 2]}), "yes or no"
    ),
    "expected the first and the last day, found": lambda: frames.as_span(
        "1994-05-12", "1994-05-11", "days"
    ),
    "column 'n' of the frame: expected numbers in every row": lambda: frames.needs_all(
        pd.DataFrame({"n": [1.0, None]}), "numbers"
    ),
    "unknown table 'actor'. Did you mean 'actors'": lambda: finding.key_of(
        "Russia", "actor", record=dict(kd.record())
    ),
    "nothing in actors is called 'Stepanakrt'.$": lambda: finding.key_of("Stepanakrt", "actors"),
}


test_what_is_wrong_is_said = refused(WRONG)


def test_numbers_out_of_a_frame_will_do():
    frame = pd.DataFrame({"share": [0.5, 1.0], "n": [1, 2], "flag": [True, False]})
    frames.is_whole(frame["n"].max(), "n")
    frames.needs_all(frame, "numbers")
    frames.needs_all(frame[["flag"]].astype("boolean"), "yes or no")


# Parts of the record.

DAYS = pd.DataFrame({"date": pd.to_datetime(["1993-09-15", "2016-04-04"])})
STUDIES = {
    "find": lambda r: kd.find("sochi", record=r),
    "in force": lambda r: kd.in_force(DAYS["date"], record=r),
    "stops": force.stops,
    "nearest attempts": lambda r: nearby.last_and_next(DAYS, record=r),
    "nearest steps": lambda r: nearby.last_and_next(DAYS, of="steps", record=r),
    "involvement": lambda r: involvement.involvement("russia", record=r),
    "of a place": lambda r: involvement.involvement("baku", record=r),
    "mediators": lambda r: formats.mediators(r, members=True),
    "mediated steps": lambda r: formats.mediated_by("russia", record=r),
    "mediated stops": lambda r: formats.mediated_by("russia", "ceasefires", record=r),
    "texts": texts.by_text,
    "dyads": lambda r: panel.panel(record=r),
    "states": lambda r: panel.panel("state", "year", record=r),
    "people": lambda r: network.met(record=r),
    "actors": lambda r: network.met("actors", record=r),
    "mediated": lambda r: network.mediated(record=r),
}


test_a_study_of_any_part_has_the_types_of_the_whole_and_opens_no_other = of_parts(STUDIES)


def test_a_place_of_which_one_coordinate_is_told_has_no_geometry(record):
    rows = record["places"].query("place == 'baku'").assign(longitude=float("nan"))
    features = geography.geojson({**record, "places": rows})["features"]
    assert [one["geometry"] for one in features] == [None]


def test_geojson_of_a_part_counts_its_own_steps(parts):
    features = geography.geojson(parts["azerbaijani"])["features"]
    steps = sum(one["properties"]["steps"] for one in features)
    assert steps == parts["azerbaijani"]["events"]["place"].notna().sum()


@pytest.mark.parametrize("module", [descriptor, finding, frames, optional, spelling])
def test_the_examples_run(module):
    assert doctest.testmod(module).failed == 0


@pytest.mark.parametrize("month", ["1995-02", "1996-02", "1994-04", "1994-05"])
def test_a_day_is_not_found_in_what_is_told_to_the_month(month, record):
    claims = record["claims"]
    mine = (claims["table"] == "events") & (claims["record_id"] == "1992-09-19-sochi")
    mine &= claims["column"] == "date"
    assert mine.any()
    given = {**record, "claims": claims.assign(value=claims["value"].mask(mine, month))}
    of_month = f"{pd.Timestamp(month):%B %Y}"
    found = kd.find(f"Sochi {of_month}", record=given).query("column == 'date'")
    assert month in found.set_index("record_id").loc[["1992-09-19-sochi"], "matched"].tolist()
    with pytest.raises(ValueError, match="nothing in the record is called"):
        kd.find(f"Sochi 14 {of_month}", record=given)
