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
QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"")
OURS = ("note", "summary", "reason")


@pytest.mark.parametrize("table", [one for one in kd.tables()["table"] if one != "sources"])
def test_the_coders_own_words_take_no_side(table):
    rows = kd.load(table)
    for column in (name for name in OURS if name in rows):
        for text in rows[column].dropna():
            found = PARTISAN.findall(QUOTED.sub("", text))
            assert not found, f"{table}.{column}: {found} in {text!r}"


def test_a_partisan_word_is_noticed():
    assert PARTISAN.findall("The aggressor's brutal shelling") == ["aggressor", "brutal"]
    assert not PARTISAN.findall(QUOTED.sub("", "Who said “liberation” of it"))
