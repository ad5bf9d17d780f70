"""Uncertain dates, with the `edtf` library as witness and the calendar of pandas."""

import itertools
import random
import re
from collections import defaultdict
from datetime import date

import edtf as witness
import pandas as pd
import pytest

from karabakh_data import edtf

SEASON = re.compile(r"\d{4}-2[1-3]")


def witnessed(text):
    """First and last day of a text as the library sees it; blank where open."""
    parsed = witness.parse_edtf(text)
    ends = parsed.lower_strict(), parsed.upper_strict()
    return tuple(str(date(*end[:3])) if isinstance(end, tuple) else "" for end in ends)


def texts_in_use(files, described):
    for name, table in described.tables.items():
        for column in table.columns.values():
            if column.dated:
                yield from (row[column.name] for row in files[name] if row[column.name])
    for claim in files["claims"]:
        if described.tables[claim["table"]].columns[claim["column"]].dated:
            yield claim["value"]


def by_calendar(text):
    """First and last day of a text by its first and last point, as pandas knows the calendar."""
    points = [pd.Period(point) for point in re.findall(r"\d{4}[\d-]*", text)]
    first = "" if text.startswith(("../", "[..")) else points[0].start_time.date()
    last = "" if text.endswith(("/..", "..]")) else points[-1].end_time.date()
    return str(first), str(last)


def test_every_text_in_use_is_read_as_the_calendar_has_it_and_each_form_as_the_witness(
    files, described
):
    texts = sorted(set(texts_in_use(files, described)))
    assert len(texts) > 3000
    for text in texts:
        if not SEASON.fullmatch(text):
            assert edtf.bounds(text) == by_calendar(text), text
    forms = defaultdict(list)
    for text in texts:
        forms[re.sub(r"\d", "0", text)].append(text)
    assert len(forms) > 20
    for alike in forms.values():
        for text in alike[::20]:  # the witness takes ten milliseconds a text
            assert edtf.bounds(text) == witnessed(text), text


def generated(seed=20261126, n=40):
    """Texts of every form the codebook lists, from random days."""
    pick = random.Random(seed)

    def point():
        day = date.fromordinal(
            pick.randint(date(1988, 1, 1).toordinal(), date(2026, 12, 31).toordinal())
        )
        forms = [f"{day}", f"{day:%Y-%m}", f"{day:%Y}"]
        return pick.choice(forms) + pick.choice(["", "", "~", "?", "%"]), day

    for _ in range(n):
        (first, start), (second, _) = sorted((point(), point()), key=lambda one: one[1])
        if edtf.span(first).first > edtf.span(second).last or edtf.span(first) > edtf.span(second):
            continue
        yield from (first, f"{first}/{second}", f"{first}/..", f"../{second}")
        yield from (f"[{first}..{second}]", f"[..{second}]", f"[{first}..]", f"[{first},{second}]")
        yield f"{start.year}-{pick.choice([21, 22, 23])}"


def test_generated_texts_are_read_as_the_calendar_and_the_witness_read_them():
    read = 0
    for text in generated():
        if not SEASON.fullmatch(text):
            assert edtf.bounds(text) == by_calendar(text), text
        try:
            expected = witnessed(text)
        except witness.EDTFParseException:  # a set with marks of doubt is beyond the witness
            assert text.startswith("["), text
            continue
        assert edtf.bounds(text) == expected, text
        read += 1
    assert read > 150


def test_the_one_or_the_other_reaches_to_the_end_of_the_longer():
    assert edtf.bounds("[1994,1994-05-12]") == ("1994-01-01", "1994-12-31")
    assert edtf.bounds("[1994-05-12,1994-06,1995]") == ("1994-05-12", "1995-12-31")


NO_DATES = [
    "26 September 1992", "26.09.1992", "19920926", "1992-13", "1992-00", "1992-02-30", "1992-9-26",
    "1992-09-26 ", " 1992", "1992-24", "1992-22-03", "0000", "92", "", "..", "../..", "[1992]",
    "[..]", "1994/1993", "1994-05-12/1994-05-11", "1992/1993/1994", "[1993,1992]", "1992~~",
    "~1992", "\N{ARABIC-INDIC DIGIT ONE}992", "\N{FULLWIDTH DIGIT ONE}992", "1992-09-26T12:00",
    "1992-09-26Z",
]  # fmt: skip


@pytest.mark.parametrize("text", NO_DATES)
def test_what_is_no_date_is_refused(text):
    with pytest.raises(ValueError, match=r"'"):
        edtf.span(text)


def test_a_month_is_vaguer_than_a_day_in_it_and_a_duration_never_is():
    month, day, week = map(edtf.span, ("1994-05", "1994-05-12", "1994-05-08/1994-05-14"))
    about = edtf.span("1994-05~")
    assert day.is_finer_than(month)
    assert month.is_finer_than(about)
    assert week.is_finer_than(month)
    assert not day.is_finer_than(week)
    assert day.is_finer_than(edtf.span("[1994-05-08..1994-05-14]"))
    assert edtf.span("1994-05-08~/1994-05-14").vague == week.vague
    assert edtf.span("[1994-05-08..1994-05-14]").is_finer_than(
        edtf.span("[1994-05-08..1994-05-14~]")
    )
    for one, other in itertools.permutations([month, day, week, about], 2):
        assert not (one.is_finer_than(other) and other.is_finer_than(one))


def test_only_a_certain_day_is_a_day():
    assert edtf.is_day("1994-05-12")
    assert not any(map(edtf.is_day, ("1994-05-12~", "1994-05", "1994-05-32", "", "12.05.1994")))
    others = ("1992/1993~", "1992~/1993", "1992?/1994", "1992/1993")  # as long as a day
    assert not any(map(edtf.is_day, others))
