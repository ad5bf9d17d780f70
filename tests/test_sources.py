"""When a page was published, and in which language, held against its address and its title."""

import pandas as pd
import pytest

DAY = r"[/-]((?:19|20)\d\d)([/-]?)(0[1-9]|1[0-2])\2([0-2]\d|3[01])(?:[/_.-]|$)"
"""A day in an address, as newspapers have it."""
A_COPY_LATER = pd.Timedelta(days=10)
OLDER = {"karabakh99-com.on-the-principles-of-comprehensive-settleme"}
"""A text of 1998, as put up in 2020."""
LETTERS = {  # the languages that are written in letters of their own
    "[\u0531-\u0587]": {"hy"},
    "[\u0400-\u04ff]": {"az", "be", "bg", "ru", "sr", "uk", "uz"},
    "[\u0600-\u06ff]": {"ar", "fa"},
    "[əƏ]": {"az"},
}
IN_OTHERS = {
    "7or-am.100-t-90s",  # the name of a tank
    "yuz-uz.ssha-mogut-arendovat-zangezurskiy-koridor",  # among its publisher's English pages
}
"""Titles with letters of another language."""


def misdated(sources):
    """The sources not published on the day in their address, or up to a while before."""
    parts = sources["url"].str.extract(DAY)
    day = pd.to_datetime(parts[0] + "-" + parts[2] + "-" + parts[3], errors="coerce")
    told = sources["published_first"].notna() & sources["published_last"].notna() & day.notna()
    later = sources["published_first"] > day
    earlier = sources["published_last"] < day - A_COPY_LATER
    return set(sources.loc[told & (later | earlier), "source"])


def in_other_letters(sources):
    """The sources whose title stands in letters in which their language is not written."""
    found = set()
    for letters, languages in LETTERS.items():
        titled = sources["title"].str.contains(letters, na=False)
        found |= set(sources.loc[titled & ~sources["language"].isin(languages), "source"])
    return found


def test_a_page_was_published_by_the_day_in_its_address(record):
    assert misdated(record["sources"]) == OLDER


def test_no_page_was_read_before_it_was_published(record):
    sources = record["sources"]
    assert not (sources["published_first"] > sources["accessed"]).any()


def test_a_title_is_in_the_letters_of_its_language(record):
    assert in_other_letters(record["sources"]) == IN_OTHERS


@pytest.mark.parametrize("days", [-366, -31, 1, 31, 366])
def test_a_page_of_another_day_is_noticed(record, days):
    sources = record["sources"]
    dated = sources["url"].str.extract(DAY)[0].notna()
    sources = sources[dated & sources["published"].str.fullmatch(r"\d{4}-\d\d-\d\d", na=False)]
    assert len(sources) > 500
    moved = {
        name: sources[name] + pd.Timedelta(days=days)
        for name in ("published_first", "published_last")
    }
    missed = len(sources) - len(misdated(sources.assign(**moved)))
    assert missed == 0 or (days == 1 and missed < len(sources) / 3)  # put up a day later


def test_a_page_in_another_language_is_noticed(record):
    sources = record["sources"]
    found = in_other_letters(sources.assign(language="en"))
    assert len(found) > 300
