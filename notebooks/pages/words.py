"""What the tables hold, in words: dates, vocabularies, names of columns."""

from __future__ import annotations

import re

from karabakh_data.descriptor import Column
from karabakh_data.descriptor import plain as plain
from karabakh_data.edtf import POINT

_MONTHS = [
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
]  # fmt: skip
_SEASONS = {21: "spring", 22: "summer", 23: "autumn"}
_DOUBTS = {"~": ", approximately", "?": ", uncertain", "%": ", approximately and uncertain"}


_DAY = r"\d{4}-(?:0[1-9]|1[0-2])(?:-\d\d)?"
_HOUR = re.compile(r"T(\d\d:\d\d)(Z|[+-]\d\d:\d\d)?")
_DAYS = re.compile(
    rf"(?<![\w/.-]){_DAY}(?:{_HOUR.pattern}[~?%]?|[~?%]?(?:/{_DAY}[~?%]?)?)(?![\w/-])", re.ASCII
)


def dated(text: str) -> str:
    """A remark with its dates as one would say them, hours and zones kept.

    >>> dated("2022-09-22/2022-09-23; by Armenia"), dated("2020-11-10T00:00+03:00.")
    ('22 to 23 September 2022; by Armenia', '10 November 2020, 00:00 (UTC+03:00).')
    >>> dated("2020-10-11T02:00~ at 2021-05-15-syunik-talks")
    '11 October 2020, 02:00, approximately at 2021-05-15-syunik-talks'
    """

    def said(found: re.Match[str]) -> str:
        hour = _HOUR.search(found[0])
        if not hour:
            return date(found[0])
        day, comma, doubt = date(_HOUR.sub("", found[0])).partition(",")
        zone = f" (UTC{hour[2].strip('Z')})" if hour[2] else ""
        return f"{day}, {hour[1]}{zone}{comma}{doubt}"

    return _DAYS.sub(said, text)


def date(text: str) -> str:
    """A date in EDTF as one would say it; any other text as it is.

    >>> [date(one) for one in ("2011-06-24", "1995-04~", "1992-22", "1994-05-04/1994-05-05")]
    ['24 June 2011', 'April 1995, approximately', 'summer 1992', '4 to 5 May 1994']
    >>> [date(one) for one in ("[1994-05-04..1994-05-09]", "[2011-06-24,2011-06-25]", "../1996")]
    ['between 4 and 9 May 1994', '24 or 25 June 2011', 'by 1996']
    >>> [date(one) for one in ("1992~/1993", "[1992?,1993]")]
    ['1992 (approximately) to 1993', '1992 (uncertain) or 1993']
    >>> [date(one) for one in ("1992~/", "../1992~")]
    ['1992 (approximately) or later', 'by 1992, approximately']
    """
    if text.startswith("[") and text.endswith("]"):
        inner = text[1:-1]
        if "," in inner:
            *others, last = inner.split(",")
            return _joined(", ".join(map(_inside, others)), "or", _point(last))
        first, _, last = inner.partition("..")
        return _between(first, "and", last)
    if "/" in text:
        first, _, last = text.partition("/")
        return _between(first.strip("."), "to", last.strip("."))
    return _point(text)


def _between(first: str, word: str, last: str) -> str:
    if not first:
        return f"by {_point(last)}"
    if not last:
        return f"{_inside(first)} or later"
    both = _joined(_inside(first), word, _point(last))
    return f"between {both}" if word == "and" else both


def _point(text: str) -> str:
    found = POINT.fullmatch(text)
    if not found:
        return text
    year, month, day, doubt = found.groups()
    words = [str(int(day))] if day else []
    if month:
        number = int(month)
        words.append(_SEASONS.get(number) or _MONTHS[(number - 1) % 12])
    return " ".join([*words, year]) + _DOUBTS.get(doubt, "")


def _inside(text: str) -> str:
    """A point before which the sentence does not end: a doubt stands in brackets."""
    words, _, doubt = _point(text).partition(", ")
    return f"{words} ({doubt})" if doubt else words


def _joined(first: str, word: str, last: str) -> str:
    """The two around the word, the first without the words on which both end."""
    one, other = first.split(), last.split()
    while len(one) > 1 and len(other) > 1 and one[-1] == other[-1] and "," not in first:
        one.pop()
        other.pop()
    return f"{' '.join(one)} {word} {last}"


def value(column: Column, text: str) -> str:
    """A value of a column that refers to nothing, as one would say it."""
    if column.dated:
        return date(text)
    if column.type == "boolean":
        return {"true": "yes", "false": "no"}.get(text, text)
    if column.type == "integer" and text.isdigit():
        return f"{int(text):,}"
    if column.name == "side":  # named after a people
        return capital(text)
    return plain(text) if text in column.allowed else text


def answer(value: str) -> str:
    """What a side answered.

    >>> answer("declined"), answer("not_told")
    ('declined', 'no answer on record')
    """
    told = plain(value)
    return "no answer on record" if told == "not told" else told


def capital(text: str) -> str:
    """The same with a capital at its start."""
    return text[:1].upper() + text[1:]


def language(name: str) -> str:
    """The language of a name as far as its letters tell, or nothing.

    >>> [language(one) for one in ("Ստեփանակերտ", "Ağdərə", "Лачин", "Lachin")]
    ['hy', 'az', 'ru', '']
    """
    for code, letters in (("hy", "[\u0531-\u0587]"), ("ru", "[\u0400-\u04ff]"), ("az", "[əƏ]")):
        if re.search(letters, name):
            return code
    return ""


def some(values: list[str]) -> str:
    """Several in a row.

    >>> some(["date", "place", "outcome"])
    'date, place and outcome'
    """
    return " and ".join(filter(None, [", ".join(values[:-1]), values[-1]])) if values else ""
