"""What is asked of a frame, or of days, that somebody hands in."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable
from datetime import date
from typing import Any, Literal

import numpy as np
import pandas as pd

from .descriptor import description, sort_of, unknown
from .loading import DAYS

Days = str | date | np.datetime64 | Iterable[Any]
"""One day, or many: text such as ``1994-05-12``, dates, timestamps; as a list, Series or index."""

_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}(?:[T ].*)?", re.ASCII)


def needs(frame: pd.DataFrame, *columns: str) -> None:
    """ValueError if the frame lacks a column, naming the nearest and those it has."""
    if not isinstance(frame, pd.DataFrame):
        raise ValueError(f"expected a DataFrame, found {sort_of(frame)}.")
    for column in columns:
        if column not in frame.columns:
            raise ValueError(unknown("column of the frame", column, frame.columns))


def needs_all(frame: pd.DataFrame, cells: Literal["numbers", "yes or no"]) -> None:
    """ValueError if a column of the frame, whatever it is called, holds anything else.

    Nor may two columns have one name.
    """
    needs(frame)
    if not frame.columns.is_unique:
        twice = frame.columns[frame.columns.duplicated()].tolist()[0]
        raise ValueError(f"column {twice!r} of the frame: it is there more than once.")
    for column, held in frame.items():
        is_number = pd.api.types.is_numeric_dtype(held) and held.notna().all()
        if not (cells == "numbers" and is_number) and not held.isin([True, False]).all():
            raise ValueError(f"column {column!r} of the frame: expected {cells} in every row.")


def looked_up(keys: pd.Series, values: pd.Series) -> pd.Series:
    """For each key its value, by the index of the values: of their type, missing if none."""
    found = values.reindex(pd.Index(keys))
    return pd.Series(found.array, index=keys.index, name=values.name)


def needs_rows(frame: pd.DataFrame | pd.Series, *names: Hashable) -> None:
    """ValueError if the frame lacks a row, naming the nearest and those it has."""
    for name in names:
        if name not in frame.index:
            raise ValueError(unknown("row of the frame", name, frame.index))


def as_years(years: Iterable[Any], what: str) -> list[int]:
    """Years, given as numbers or as text, as whole numbers; ValueError if one is no year."""
    years = list(years)
    for year in years:
        if not re.fullmatch(r"[1-9]\d{3}(?:\.0)?", str(year), re.ASCII):
            raise ValueError(f"{what}: {year!r} is no year; expected 1994.")
    return [int(float(str(year))) for year in years]


def as_days(days: Days, what: str = "days") -> pd.Series:
    """Days as the tables have them, without a time of day, in the order given.

    Args:
        days: one or many. A Series keeps its index; else the index is the place in the order.
        what: what an error calls them.

    Raises:
        ValueError: one of them is missing, is no day, or has a time zone.
    """
    if isinstance(days, str | date | np.datetime64) or not isinstance(days, Iterable):
        days = [days]
    elif isinstance(days, pd.DataFrame | dict):
        raise ValueError(f"{what}: expected days, found a {type(days).__name__}; name its column.")
    if isinstance(days, pd.Series):
        given = days
    elif isinstance(days, pd.Index | np.ndarray):
        given = pd.Series(days)
    else:
        given = pd.Series(list(days), dtype=object).infer_objects()
    if isinstance(given.dtype, pd.DatetimeTZDtype):
        raise ValueError(_zoned(what, str(given.dtype)))
    if not pd.api.types.is_datetime64_dtype(given.dtype):
        given = _from_cells(given, what)
    if given.isna().any():
        where = given.index[given.isna()][0]
        raise ValueError(f"{what}, row {where}: no day is given; drop such rows, or fill them.")
    whole: pd.Series = given.astype(DAYS).dt.normalize()
    return whole


def as_span(first: Any, last: Any, what: str) -> tuple[pd.Timestamp, pd.Timestamp]:
    """A first and a last day; ValueError if one is no day, or they are the other way round."""
    begin, end = as_days([first, last], what).tolist()
    if end < begin:
        raise ValueError(
            f"{what}: expected the first and the last day, found {first!r} and {last!r}."
        )
    return begin, end


def is_whole(number: object, what: str) -> None:
    """ValueError if it is no whole number from 1."""
    if isinstance(number, bool) or not isinstance(number, int | np.integer) or number < 1:
        raise ValueError(f"{what}: expected a whole number from 1, found {number!r}.")


def _from_cells(given: pd.Series, what: str) -> pd.Series:
    """Cells of any kind as days: all at once where all are dates, or days as text."""
    cells = given.tolist()
    kinds = set(map(type, cells))
    if kinds == {date} or (kinds == {str} and all(map(_ISO_DAY.fullmatch, cells))):
        found = pd.to_datetime(given, format="%Y-%m-%d", errors="coerce")
        if found.notna().all():
            return found
    return pd.Series([_day(*cell, what) for cell in given.items()], given.index, dtype=DAYS)


def _day(row: Any, cell: Any, what: str) -> Any:
    """One cell as a timestamp, or NaT; ValueError says what is wrong with it."""
    if isinstance(cell, str):
        if not _ISO_DAY.fullmatch(cell):
            raise ValueError(f"{what}, row {row}: {cell!r} is no day; expected 1994-05-12.")
    elif not isinstance(cell, date | np.datetime64) and cell is not pd.NaT:
        if pd.api.types.is_scalar(cell) and pd.isna(cell):
            return pd.NaT
        raise ValueError(
            f"{what}, row {row}: {cell!r} ({type(cell).__name__}) is no day; expected text "
            "such as '1994-05-12', a date or a timestamp."
        )
    try:
        found: Any = pd.Timestamp(cell)
    except ValueError as error:
        raise ValueError(f"{what}, row {row}: {cell!r} is no day: {error}.") from None
    if found is not pd.NaT and found.tzinfo is not None:
        raise ValueError(_zoned(f"{what}, row {row}", str(found.tzinfo)))
    return found


def _zoned(what: str, zone: str) -> str:
    return (
        f"{what}: a time zone ({zone}), where the record has the days of the region; first "
        f"take them there: .dt.tz_convert({description().time_zone!r}).dt.tz_localize(None)."
    )
