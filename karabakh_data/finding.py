"""Find a record by any of its names, in any script, and a step by a name and its date."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from typing import NamedTuple

import pandas as pd

from .descriptor import Table, description, several
from .edtf import FIRST, LAST, span
from .loading import TEXT, TableName
from .records import opened
from .spelling import fold, forms

MONTHS = {  # by name, folded, as English, Azerbaijani, Russian and Armenian have them
    word: month
    for month, words in enumerate(
        """
        january yanvar yanvarya hunvar hunvari
        february fevral fevralya petrvar petrvari
        march mart marta marti
        april aprel aprelya aprili
        may mai maya mayis mayisi
        june iyun iyunya hunis hunisi
        july iyul iyulya hulis hulisi
        august avqust avgust avgusta ogostos ogostosi
        september sentyabr sentyabrya septemberi
        october oktyabr oktyabrya hoktember hoktemberi
        november noyabr noyabrya noyember noyemberi
        december dekabr dekabrya dektember dektemberi
        """.strip().splitlines(),
        start=1,
    )
    for word in words.split()
}
_NUMBER = re.compile(r"\d{1,2}|\d{4}", re.ASCII)  # of a day or year
_ISO = re.compile(r"\b(\d{4}) (0[1-9]|1[0-2]) (\d\d)\b", re.ASCII)  # a day, folded
_WHOLE = 3  # words of a date that has day, month and year
_MONTH = 28  # days at least
_SHORT = 3  # letters below which a text must be a whole word


class _Name(NamedTuple):
    """One name of one record: where it stands, and as it is compared (an id: nothing)."""

    table: str
    record_id: str
    column: str
    matched: str
    folded: tuple[str, ...]


def find(text: str, *, record: Mapping[str, pd.DataFrame] | None = None) -> pd.DataFrame:
    """Where a name, alias, title or id occurs: one row is one, the best match first.

    Case, accents and script count for nothing: Xankəndi, XANKENDI and Ханкенди are one.
    First come names that are the text, then those in which it begins a word, those first
    of which it is the greater part. Names are titles, names and other names; ids are the
    record's own and those elsewhere (Wikidata, GeoNames, ISO, COW and the like), and an id
    must be given whole. Names with a day, month or year beside them ("Kazan 25 June") find
    the steps there, or with these, that any source dates so, the closest dated first; a
    whole date alone ("24 June 2011", "2011-06-24") finds all steps of that day.

    Columns: ``table``, ``record_id``, ``column`` (where it stands), ``matched`` (the name,
    id or date as it stands there).

    >>> import karabakh_data as kd
    >>> kd.find("xankendi").loc[0, ["table", "record_id"]].tolist()
    ['places', 'stepanakert']
    >>> kd.find("Ter-Petrosyan").loc[0, ["table", "record_id"]].tolist()
    ['people', 'levon-ter-petrosyan']

    Args:
        text: a name, or a part that begins a word; or a whole id, or a date.
        record: the record to search (default: as published; see
            :func:`karabakh_data.record`).

    Raises:
        ValueError: nothing is called so; the nearest names are given.
    """
    asked = _asked(text)
    tables = opened(record)
    names = list(_names(tables))
    ranks = [_rank(asked, text.strip(), name) for name in names]
    ranked = [(rank, name) for rank, name in zip(ranks, names, strict=True) if rank]
    ranked.sort(key=lambda one: one[0])
    found = [name[:4] for _, name in ranked] + _dated(asked, names, tables)
    if not found:
        short = f" A part of a name is found by {_SHORT} letters or more."
        hint = short if max(map(len, asked)) < _SHORT else _nearest(text, names)
        raise ValueError(f"nothing in the record is called {text!r}.{hint}")
    columns = ["table", "record_id", "column", "matched"]
    return pd.DataFrame(found, columns=columns, dtype=TEXT)


def key_of(name: str, *tables: TableName, record: Mapping[str, pd.DataFrame] | None = None) -> str:
    """The key of the one record of these tables that is called so.

    >>> from karabakh_data.finding import key_of
    >>> key_of("Türkiye", "actors"), key_of("Xankəndi", "people", "places")
    ('turkey', 'stepanakert')

    Args:
        name: its key, or the whole of one of its names.
        tables: where it may be.
        record: the record to search (default: as published).

    Raises:
        ValueError: it is no name; or nothing there is called so, or several records are; they
            are named, and so is what is called so elsewhere.
    """
    return called(name, *tables, record=record)[1]


def called(
    name: str, *tables: TableName, record: Mapping[str, pd.DataFrame] | None = None
) -> tuple[TableName, str]:
    """The table and the key of the one record of these tables that is called so.

    Arguments and errors: those of :func:`key_of`.
    """
    asked = _asked(name)
    given = opened(record)
    of = {table: description().table(table) for table in tables}
    keys = {table: set(given[table][one.id]) for table, one in of.items()}
    found = [(table, name) for table in tables if name in keys[table]]
    if not found:
        found = [
            (table, one.record_id)
            for table in tables
            for one in _names(given, [table])
            if {*asked} & {*one.folded}
        ]
    found = list(dict.fromkeys(found))
    if len(found) == 1:
        return found[0]
    if found:
        those = ", ".join(f"{key!r} in {table}" for table, key in found)
        how = "key" if len({key for _, key in found}) == len(found) else "table"
        raise ValueError(f"several are called {name!r}: give the {how}, of {those}.")
    names = [one for one in _names(given, tables) if one.folded]
    there = next((one for one in _names(given) if {*asked} & {*one.folded}), None)
    hint = f" But {there.record_id!r} in {there.table} is." if there else _nearest(name, names)
    raise ValueError(f"nothing in {' or '.join(tables)} is called {name!r}.{hint}")


def _asked(text: object) -> tuple[str, ...]:
    """A text to find, as it is compared; ValueError if it is none."""
    if not isinstance(text, str) or not fold(text):
        raise ValueError(f"expected a name, title or id to find, found {text!r}.")
    return forms(text)


def _names(tables: Mapping[str, pd.DataFrame], only: Iterable[str] = ()) -> Iterator[_Name]:
    """Every name and id by which a record can be found."""
    for table in (description().tables[name] for name in only or description().tables):
        if table.made_of or table.columns[table.id].type != "string":
            continue  # rows about rows, whose keys are digests; months
        frame = tables[table.name]
        keys = frame[table.id].tolist()
        for name, is_name in _searched(table):
            cells = frame[name].astype(object).where(frame[name].notna(), None).tolist()
            for key, cell in zip(keys, cells, strict=True):
                if cell is None:
                    continue
                for one in several(str(cell)):
                    yield _Name(table.name, key, name, one, forms(one) if is_name else ())


def _searched(table: Table) -> Iterator[tuple[str, bool]]:
    """The columns that hold names or ids of a table's own records, and whether names."""
    for name, column in table.columns.items():
        is_name = column.label or column.other_label
        if is_name or column.notation or name == table.id:
            yield name, is_name


def _rank(asked: tuple[str, ...], text: str, name: _Name) -> tuple[int, float] | None:
    """How well a name fits, the least best; nothing if it does not."""
    if name.matched.casefold() == text.casefold():
        return 0, float(name.matched != text)
    found = None
    for one in name.folded:
        for form in asked:
            if one == form:
                return 1, 0.0
            begins = form if len(form) >= _SHORT else f"{form} "
            if f" {one} ".find(f" {begins}") >= 0:
                found = 2, 1 - len(form) / len(one)
    return found


def _dated(
    asked: tuple[str, ...], names: list[_Name], tables: Mapping[str, pd.DataFrame]
) -> list[tuple[str, ...]]:
    """The steps that a text of names and a date means: dated so by a source, the closest first."""
    steps: dict[str, tuple[float, str]] = {}
    for words in (_ISO.sub(_in_words, form).split() for form in asked):
        date = [word for word in words if word in MONTHS or _NUMBER.fullmatch(word)]
        named = [_steps(word, names, tables) for word in words if word not in date]
        years = [word for word in date if word.isdecimal() and len(word) > 2]
        whole = bool(years) and len(date) == _WHOLE
        if not date or not (named or whole):
            continue
        claims = tables["claims"]
        rows = (claims["table"] == "events") & (claims["column"] == "date")
        if named:
            rows &= claims["record_id"].isin(set.intersection(*named))
        else:
            rows &= claims["value"].str.contains(years[0], regex=False)
        for _, row in claims.loc[rows, ["record_id", "value"]].iterrows():
            if width := _fits(date, row["value"]):
                told = steps.get(row["record_id"], (width, row["value"]))
                steps[row["record_id"]] = min(told, (width, row["value"]))
    closest = sorted(steps, key=lambda step: (steps[step][0], step))
    return [("events", step, "date", steps[step][1]) for step in closest]


def _in_words(day: re.Match[str]) -> str:
    """A day in ISO form as it is told in words."""
    name = next(word for word, month in MONTHS.items() if month == int(day[2]))
    return f"{day[3]} {name} {day[1]}"


def _steps(word: str, names: list[_Name], tables: Mapping[str, pd.DataFrame]) -> set[str]:
    """The steps so called, and those that name a record so called."""
    called = {name[:2] for name in names if _rank((word,), "", name)}
    found = {key for table, key in called if table == "events"}
    for table in ("events", "participants"):
        for column, there in description().tables[table].references.items():
            keys = [key for name, key in called if name == there.table]
            found.update(tables[table].loc[tables[table][column].isin(keys), "event_id"])
    return found


def _fits(date: list[str], told: str) -> int:
    """How many days a told date leaves open, if one of them is of this day, month and year.

    A day is not found in what is told to the month or vaguer.
    """
    first, last, _ = span(told)
    if first == FIRST or last == LAST:
        return 0
    days = pd.date_range(first, last)
    met = pd.Series(data=True, index=days)
    for word in date:
        of_day = len(word) < 3 and word.isdecimal()
        if of_day and len(days) >= _MONTH:
            return 0
        parts = days.month if word in MONTHS else days.day if of_day else days.year
        met &= parts == (MONTHS.get(word) or int(word))
    return len(days) if met.any() else 0


def _nearest(text: str, names: list[_Name]) -> str:
    """What to say beside a text that nothing is called: the nearest names that there are."""
    there: dict[str, str] = {}
    for name in sorted(names, key=lambda one: len(one.matched)):
        for form in name.folded:
            for part in (form, *form.split()):
                there.setdefault(part, name.matched)
    near = get_close_matches(fold(text), there, 3, 0.7)
    found = dict.fromkeys(there[one] for one in near)
    return f" Did you mean {' or '.join(map(repr, found))}?" if found else ""
