"""Rules on a single cell, by the kind of its column."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from .. import edtf
from ..descriptor import Column, unknown
from .fault import Data, Fault


def cells(data: Data) -> Iterator[Fault]:
    """Cells that are not what their column may hold."""
    for name, table in data.described.tables.items():
        for column in table.columns.values():
            good: set[str] = set()  # most values stand in many rows
            for row in data.tables[name]:
                value = row[column.name]
                if value in good:
                    continue
                if rule := wrong(column, value) if value else blank(column):
                    yield data.fault(name, row, column.name, rule)
                else:
                    good.add(value)


def blank(column: Column) -> str:
    """Why a cell of this column must not be blank, or nothing."""
    return "must not be blank" if column.required else ""


def wrong(column: Column, value: str) -> str:
    """Why a cell of this column cannot hold the value, or nothing."""
    if value != " ".join(value.split()):
        return "blanks at an end, or doubled, or a line's end"
    if column.allowed and value not in column.allowed:
        return unknown("value", value, column.allowed)
    if column.pattern and not re.fullmatch(column.pattern, value, re.ASCII):
        return f"expected the form {column.pattern}"
    rule = _KINDS.get("edtf" if column.edtf else column.type)
    return rule(value) if rule else ""


def wrong_claim(column: Column, value: str) -> str:
    """Why no claim on this column can say the value, or nothing. Its days may be vague."""
    if column.type == "date" and value:
        return _edtf(value)
    return wrong(column, value) if value else "says nothing"


def _edtf(value: str) -> str:
    try:
        edtf.span(value)
    except ValueError as error:
        return f"expected a date in EDTF, such as 1994-05-12, 1994-05 or 1994-05~: {error}"
    return ""


def _day(value: str) -> str:
    return "" if edtf.is_day(value) else "expected a day of the calendar, such as 1994-05-12"


def _month(value: str) -> str:
    good = edtf.is_day(f"{value}-01")
    return "" if good else "expected a month of the calendar, such as 1994-05"


def _whole_number(value: str) -> str:
    good = re.fullmatch("0|[1-9][0-9]*", value)
    return "" if good else "expected a whole number, without leading zeros"


def _number(value: str) -> str:
    good = re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", value)
    return "" if good else "expected a number, such as 39.82"


def _yes_or_no(value: str) -> str:
    return "" if value in ("true", "false") else "expected true or false"


_KINDS: dict[str, Callable[[str], str]] = {
    "edtf": _edtf,
    "date": _day,
    "yearmonth": _month,
    "integer": _whole_number,
    "number": _number,
    "boolean": _yes_or_no,
}
