"""One Excel workbook."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pandas as pd

from ..optional import needed
from .content import Cell, Content, cells

needed("xlsxwriter", "export", "this kind of file")
import xlsxwriter  # noqa: E402
from xlsxwriter.exceptions import FileCreateError  # noqa: E402

FOLDER = False
FIRST_DAY = datetime(1900, 3, 1)  # before it, Excel's days are not the calendar's
EXACT = 10**15  # from here on, Excel rounds whole numbers
WIDEST = 60  # characters of a column
HEAD = {"bold": True, "bottom": 1}
TEXT = {"num_format": "@"}  # stays text, edited or not
DAY = {"num_format": "yyyy-mm-dd"}


def write(path: str, content: Content, told: Callable[[int], None]) -> None:
    """Write the codebook first, then a sheet a table, last what the whole is."""
    # rows go to disk as they are written, beside the file, and not into memory
    options = {"constant_memory": True, "tmpdir": os.path.dirname(path)}
    aids = dict(content.aids)
    about = aids.pop("about")
    try:
        with xlsxwriter.Workbook(path, options) as book:
            book.set_properties({"created": content.day})
            for name, aid in aids.items():
                _sheet(book, name, aid, _unsaid)
            for table, frame in content:
                months = {
                    column.name: frame[column.name].dt.strftime("%Y-%m")
                    for column in table.columns.values()
                    if column.type == "yearmonth"
                }
                _sheet(book, table.name, frame.assign(**months), told)
            _sheet(book, "about", about, _unsaid)
    except FileCreateError as error:  # which is no OSError, though it wraps one
        raise error.args[0] from error


def _unsaid(rows: int) -> None:
    """Rows that are not counted."""


def _sheet(book: Any, name: str, frame: pd.DataFrame, told: Callable[[int], None]) -> None:
    sheet = book.add_worksheet(name)
    head, text, day = (book.add_format(one) for one in (HEAD, TEXT, DAY))
    columns = [_spared(cells(frame, column)) for column in frame.columns]
    for place, (column, values) in enumerate(zip(frame.columns, columns, strict=True)):
        width = max([len(column), *(len(_shown(value)) for value in values if value is not None)])
        textual = any(isinstance(value, str) for value in values)
        sheet.set_column(place, place, min(width, WIDEST) + 2, text if textual else None)
        sheet.write_string(0, place, column, head)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, len(frame), len(columns) - 1)
    sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{len(frame) + 1}"})
    for line, row in enumerate(zip(*columns, strict=True), start=1):
        for place, value in enumerate(row):
            if value is not None and _put(sheet, line, place, value, text, day):
                what = f"{name}, row {line + 1}, {frame.columns[place]}"
                raise ValueError(f"{what}: too long for a cell or a sheet of Excel.")
        told(1)


def _put(sheet: Any, line: int, place: int, value: Cell, text: Any, day: Any) -> int:
    """Write one cell as what it is, whatever it looks like; other than 0 if it does not fit."""
    if isinstance(value, str):
        return int(sheet.write_string(line, place, value, text))
    if isinstance(value, bool):
        return int(sheet.write_boolean(line, place, value))
    if isinstance(value, datetime):
        return int(sheet.write_datetime(line, place, value, day))
    return int(sheet.write_number(line, place, value))


def _spared(values: list[Cell]) -> list[Cell]:
    """All of a column as text where Excel would spoil some: early days, long numbers."""
    if any(
        (isinstance(value, datetime) and value < FIRST_DAY)
        or (isinstance(value, int) and abs(value) >= EXACT)
        for value in values
    ):
        return [None if value is None else _shown(value) for value in values]
    return values


def _shown(value: Cell) -> str:
    return value.strftime("%Y-%m-%d") if isinstance(value, datetime) else str(value)
