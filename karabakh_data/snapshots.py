"""A release as text: the cells of its tables, from frames, a folder, a zip or a wheel."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping
from typing import NamedTuple
from zipfile import BadZipFile, ZipFile

import pandas as pd

from . import files
from .descriptor import FILE, Description, Table, counted, description, sort_of
from .loading import cells_as_text


class Cells(NamedTuple):
    """One table of one release as text: its columns, its key, its rows."""

    columns: list[str]
    key: list[str]
    rows: list[Mapping[str, str]]

    def by_id(self, table: Table, *, made: bool) -> dict[str, Mapping[str, str]]:
        """The rows by their id, as it is made today of other cells or as it stands."""
        if made:
            return {files.made_id(table, row): row for row in self.rows}
        return {".".join(row[name] for name in self.key): row for row in self.rows}


def of_frames(tables: Mapping[str, pd.DataFrame]) -> dict[str, Cells]:
    """Frames as text."""
    described = description()
    found = {}
    for name in tables:
        table, frame = described.table(name), tables[name]
        if not isinstance(frame, pd.DataFrame):
            raise ValueError(f"{name}: expected a DataFrame, found {sort_of(frame)}.")
        if frame.columns.has_duplicates or not {*table.key} <= {*frame.columns}:
            columns = ", ".join(map(str, frame.columns))
            raise ValueError(
                f"{name}: expected each column once, and {table.key}; found {columns}."
            )
        if (again := frame.duplicated(table.key)).any():
            twice = frame.loc[again, table.key].iloc[0].tolist()
            raise ValueError(f"{name}: expected each record once; {twice} stands twice.")
        kinds = {column: known.type for column, known in table.columns.items()}
        cells = {
            str(column): cells_as_text(frame[column], kinds.get(column, ""))
            for column in frame.columns
        }
        rows: list[Mapping[str, str]] = [
            dict(zip(cells, row, strict=True)) for row in zip(*cells.values(), strict=True)
        ]
        found[name] = Cells(list(cells), table.key, rows)
    return found


def of_release(path: str) -> dict[str, Cells]:
    """The tables of an earlier release, read by its own description."""
    if os.path.isdir(path):
        read = _folder(path)
    elif os.path.isfile(path):
        read = _archive(path)
    else:
        raise FileNotFoundError(f"{path}: no folder, and no zip.")
    try:
        described = Description(json.loads(read(FILE)))
    except (ValueError, KeyError, TypeError) as error:
        raise ValueError(f"{path}: its {FILE} describes no tables: {error!r}.") from None
    found = {}
    for name, table in described.tables.items():
        try:
            rows = files.parse(read(table.file), table)
        except ValueError as error:
            raise ValueError(f"{path}: {error}") from None
        found[name] = Cells(list(table.columns), table.key, list(rows))
    return found


def _folder(path: str) -> Callable[[str], bytes]:
    def read(name: str) -> bytes:
        try:
            with open(os.path.join(path, name), "rb") as file:
                return file.read()
        except FileNotFoundError:
            raise FileNotFoundError(f"{path} holds no {name}: is it a release's data?") from None

    return read


def _archive(path: str) -> Callable[[str], bytes]:
    """Reads the files that stand beside the description in a zip, wherever that is."""
    try:
        with ZipFile(path) as archive:
            inside = {name: archive.read(name) for name in archive.namelist()}
    except BadZipFile:
        raise ValueError(f"{path}: expected a zip, found something else.") from None
    above = [name.removesuffix(FILE) for name in inside if name.split("/")[-1] == FILE]
    if len(above) != 1:
        raise FileNotFoundError(f"{path} holds {counted(len(above), 'file')} {FILE}, expected one.")

    def read(name: str) -> bytes:
        if above[0] + name not in inside:
            raise FileNotFoundError(f"{path} holds no {above[0]}{name}.")
        return inside[above[0] + name]

    return read
