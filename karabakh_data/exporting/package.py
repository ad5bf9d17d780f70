"""The CSV files with their description: a zipped Frictionless Data Package."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from ..descriptor import FILE
from ..loading import as_text
from ..records import Record
from .content import Content

FOLDER = False
READABLE = 0o644 << 16


def write(path: str, content: Content, told: Callable[[int], None]) -> None:
    """Write the files as a data folder holds them, without the time of writing."""
    rows = {}
    for table, frame in content:
        rows[table.name] = as_text(table, frame)
        told(len(frame))
    with tempfile.TemporaryDirectory(dir=os.path.dirname(path)) as folder:
        Record(rows, part=content.part).save(folder)
        with ZipFile(path, "w") as archive:
            for name in [FILE, *(table.file for table in content.tables)]:
                inside = ZipInfo(name)  # its day is 1 January 1980, whatever the day
                inside.compress_type = ZIP_DEFLATED
                inside.external_attr = READABLE
                with open(os.path.join(folder, name), "rb") as file:
                    archive.writestr(inside, file.read())
