"""Words that one side uses of the other stand in sources, not in what the coders write."""

import re

import pytest

import karabakh_data as kd

PARTISAN = re.compile(
    r"\b(aggressors?|(?-i:liberat\w+)|occupiers?|invaders?|(?<!counter-)terrorists?|separatists?|so-called|puppets?"
    r"|barbar\w+|hero\w*|treacher\w+|perfid\w+|vandal\w*|cynical\w*|brutal\w*|regime|ancestral"
    r"|genocid\w+|shameful\w*|unprovoked|rightful\w*)\b",
    re.IGNORECASE,
)
CHARGES = re.compile(
    r"\b(occup(?:ied|ying|ation)|seiz(?:ed|ure)|exodus|deport\w+|expel\w+|ethnic cleansing"
    r"|enem(?:y|ies)|massacre\w*|breakaway|de facto|Artsakh"
    r"|Karabakh(?:['\u2019]s)? (?:side|leaders?|authorities|army|forces|parliament))\b",
    re.IGNORECASE,
)
"""What a text or a side may say, in quotation marks; and a region named for one people in it."""

QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"")
OURS = ("title", "summary", "calls_for", "note", "reason")
BOTH = {
    "Shusha": "Shushi",
    "Stepanakert": "Khankendi",
    "Mardakert": "Aghdara",
    "Martuni": "Khojavend",
}
"""Towns of Nagorno-Karabakh by their last Soviet names, and as the other side calls them."""


def written(table):
    rows = kd.load(table)
    return [
        (f"{table}.{column}", text)
        for column in OURS
        if column in rows
        for text in rows[column].dropna()
    ]


def under_one_name(text):
    """The towns that a text first names without the other name beside."""
    told = {name: re.search(rf"\b{name}\b(?:['\u2019]s)?(?: \((\w+))?", text) for name in BOTH}
    return [name for name, first in told.items() if first and first[1] != BOTH[name]]


TABLES = [one for one in kd.tables()["table"] if one != "sources"]


@pytest.mark.parametrize("table", TABLES)
def test_the_coders_own_words_take_no_side(table):
    for where, text in written(table):
        found = PARTISAN.findall(QUOTED.sub("", text))
        assert not found, f"{where}: {found} in {text!r}"


@pytest.mark.parametrize(
    "table", ["events", "ceasefires", "documents", "provisions", "front", "decisions"]
)
def test_charges_stand_in_quotation_marks_and_towns_under_both_names(table):
    for where, text in written(table):
        found = CHARGES.findall(QUOTED.sub("", text))
        assert not found, f"{where}: {found} in {text!r}"
        assert not under_one_name(text), f"{where}: {text!r}"


@pytest.mark.parametrize("table", ["places", "actors"])
def test_names_of_towns_and_of_those_who_act_take_no_side(table):
    for name in kd.load(table)["name"]:
        assert not under_one_name(name), f"{table}: {name!r}"
        assert name != "Nagorno-Karabakh", f"{table}: a region does not act"


def test_a_partisan_word_is_noticed():
    assert PARTISAN.findall("The aggressor's brutal shelling") == ["aggressor", "brutal"]
    assert not PARTISAN.findall(QUOTED.sub("", "Who said “liberation” of it"))
    assert CHARGES.findall("Karabakh's leader left the occupied town") == [
        "Karabakh's leader",
        "occupied",
    ]
    assert not CHARGES.findall(QUOTED.sub("", "The Karabakh Armenian side on “occupied” land"))
    assert under_one_name("From Shusha (Shushi) to Stepanakert") == ["Stepanakert"]
    assert not under_one_name("Stepanakert's (Khankendi's) word; Stepanakert again")
