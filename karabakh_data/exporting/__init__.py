"""The record as files for other programs: one module a kind, chosen by the suffix.

A writer takes the path, a :class:`~karabakh_data.exporting.content.Content` and a
function to tell how many rows more are written. It writes to a path that is its own:
that the file comes whole or not at all is seen to here, once for all of them.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Mapping
from importlib import import_module
from typing import TextIO

import pandas as pd

from ..descriptor import unknown
from .content import Content
from .progress import Progress

KINDS = {  # of file: the module that writes it
    ".sqlite": "sqlite",
    ".db": "sqlite",
    ".parquet": "parquet",
    ".dta": "stata",
    ".xlsx": "excel",
    ".zip": "package",
}


def export(
    path: str | os.PathLike[str],
    *,
    record: Mapping[str, pd.DataFrame] | None = None,
    force: bool = False,
) -> None:
    """Write all tables for another program, which one by the suffix of the path.

    * ``.sqlite`` or ``.db``: one SQLite database: keys, references, vocabularies and days
      checked; for every table a view ``<table>_readable`` with the titles and names of
      what it refers to.
    * ``.parquet`` or ``.dta``: a folder of that name with one Parquet or Stata file a
      table. Parquet needs ``pip install "karabakh_data[export]"``.
    * ``.xlsx``: one Excel workbook, the codebook first, then a sheet a table. Uncertain
      dates and months stay text. Needs ``pip install "karabakh_data[export]"``.
    * ``.zip``: the CSV files with their description, a zipped Frictionless Data Package.

    All but the last carry the tables ``codebook``, ``vocabularies`` and ``about``. The same
    record gives the same bytes, with the same versions of what writes them.
    It is written whole or not at all. In a terminal, a line on ``stderr`` says how far it
    is where it takes more than a second.

    >>> import tempfile, sqlite3, os
    >>> import karabakh_data as kd
    >>> file = os.path.join(tempfile.mkdtemp(), "record.sqlite")
    >>> kd.export(file)
    >>> sochi = "SELECT event_title, fate FROM ceasefires_readable WHERE effective = '1992-09-26'"
    >>> sqlite3.connect(file).execute(sochi).fetchone()[1]
    'broken'

    Args:
        path: where to; its folder must exist.
        record: the record to write (default: as published; see :func:`record`).
        force: replace what an earlier export left there.

    Raises:
        ValueError: no path, or no kind of file with its suffix; or a record that is not whole
            tables, or whose days are no days.
        ImportError: a library for that kind of file is not installed; the message says
            what to install.
        FileExistsError: something is there already.
        OSError: it could not be written, for whatever reason the system gives.
    """
    write(path, record, force=force, shown=sys.stderr if sys.stderr.isatty() else None)


def write(
    path: str | os.PathLike[str],
    record: Mapping[str, pd.DataFrame] | None,
    *,
    force: bool,
    shown: TextIO | None,
) -> Content:
    """As :func:`export`; how far it is goes to ``shown``."""
    if not isinstance(path, str | os.PathLike):
        raise ValueError(f"expected a path to write to, found {type(path).__name__}.")
    target = os.path.realpath(path)
    kind = os.path.splitext(target)[1].lower()
    if kind not in KINDS:
        raise ValueError(f"{os.fspath(path)!r}: {unknown('kind of file', kind, KINDS)}")
    writer = import_module(f".{KINDS[kind]}", __name__)
    _refuse(target, folder=writer.FOLDER, force=force)
    content = Content(record)
    try:
        with tempfile.TemporaryDirectory(prefix=".export-", dir=os.path.dirname(target)) as own:
            made = os.path.join(own, os.path.basename(target))
            with Progress(os.path.basename(target), content.rows, shown) as told:
                writer.write(made, content, told)
            _put(made, target)
    except OSError as error:
        why = error.strerror or error
        raise type(error)(f"{os.fspath(path)} is not written: {why}.") from error
    return content


def _refuse(target: str, *, folder: bool, force: bool) -> None:
    """Say at once why nothing can be written there."""
    above = os.path.dirname(target)
    if not os.path.isdir(above):
        raise FileNotFoundError(f"no folder {above} to write {os.path.basename(target)} into.")
    if not os.path.lexists(target):
        return
    if os.path.isdir(target) != folder:
        what = ("a folder", "a file") if folder else ("a file", "a folder")
        found = IsADirectoryError if os.path.isdir(target) else NotADirectoryError
        raise found(f"{target}: expected {what[0]} to replace, found {what[1]}.")
    if not force:
        raise FileExistsError(f"{target} exists; force=True, or --force, replaces it.")
    if folder:
        suffix = os.path.splitext(target)[1]
        for name in sorted(os.listdir(target)):
            if not name.endswith(suffix) or os.path.isdir(os.path.join(target, name)):
                raise FileExistsError(f"{target} holds {name}, which no export wrote: move it.")


def _put(made: str, target: str) -> None:
    """Move what was made to its place, over what stood there."""
    if not os.path.isdir(target):
        os.replace(made, target)
        return
    aside = f"{made}.old"
    os.rename(target, aside)
    try:
        os.rename(made, target)
    except OSError:
        os.rename(aside, target)
        raise
    shutil.rmtree(aside)
