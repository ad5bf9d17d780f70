"""A folder with one Parquet file a table."""

from __future__ import annotations

import os
from collections.abc import Callable

import pandas as pd

from ..descriptor import Column, Table
from ..optional import needed
from .content import Content, cells

needed("pyarrow", "export", "this kind of file")
import pyarrow as pa  # noqa: E402
import pyarrow.parquet  # noqa: E402

FOLDER = True
TYPES = {
    "integer": pa.int64(),
    "number": pa.float64(),
    "boolean": pa.bool_(),
    "date": pa.date32(),
    "yearmonth": pa.date32(),  # its first day, as `load` has it
}


def write(path: str, content: Content, told: Callable[[int], None]) -> None:
    """Write the tables, columns with their meaning, and those that explain them."""
    os.mkdir(path)
    first = content.aids["about"].drop_duplicates("what")
    about: dict[str, str] = dict(zip(first["what"], first["value"], strict=True))
    for table, frame in content:
        _put(path, table.name, _arrow(table, frame), about)
        told(len(frame))
    for name, aid in content.aids.items():
        _put(path, name, pa.Table.from_pandas(aid, preserve_index=False), about)


def _put(path: str, name: str, table: pa.Table, about: dict[str, str]) -> None:
    table = table.replace_schema_metadata(about)
    pa.parquet.write_table(table, os.path.join(path, f"{name}.parquet"))


def _arrow(table: Table, frame: pd.DataFrame) -> pa.Table:
    fields, arrays = [], []
    for name, column in table.columns.items():
        kind = _type(column)
        said = {"description": column.description}
        fields.append(pa.field(name, kind, nullable=not column.required, metadata=said))
        arrays.append(pa.array(cells(frame, name), kind))
    return pa.Table.from_arrays(arrays, schema=pa.schema(fields))


def _type(column: Column) -> pa.DataType:
    if column.allowed:
        return pa.dictionary(pa.int32(), pa.string())
    return TYPES.get(column.type, pa.string())
