"""One SQLite database."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing

import pandas as pd

from ..descriptor import Column, Description, Table, description
from ..loading import FORMATS
from .content import Cell, Content, cells

FOLDER = False
TYPES = {"integer": "INTEGER", "number": "REAL", "boolean": "BOOLEAN", "date": "DATE"}


def write(path: str, content: Content, told: Callable[[int], None]) -> None:
    """Write the tables with their keys, then what explains them and the views."""
    try:
        with closing(sqlite3.connect(path)) as base:
            base.execute("PRAGMA journal_mode = OFF")
            base.execute("PRAGMA synchronous = OFF")
            for table, frame in content:
                _table(base, table, frame, told)
            for name, aid in content.aids.items():
                columns = [f"{_name(column)} {_sort(aid[column])}" for column in aid.columns]
                base.execute(f"CREATE TABLE {_name(name)} ({', '.join(columns)})")
                _insert(base, name, aid, told)
            for statement in _views(description()):
                base.execute(statement)
            base.commit()
            for child, _, parent, _ in base.execute("PRAGMA foreign_key_check"):
                raise ValueError(f"{child} refers to rows that are not in {parent}.")
    except sqlite3.OperationalError as error:  # such as: database or disk is full
        raise OSError(str(error)) from error


def _table(
    base: sqlite3.Connection, table: Table, frame: pd.DataFrame, told: Callable[[int], None]
) -> None:
    lines = [_column(column) for column in table.columns.values()]
    lines.append(f"PRIMARY KEY ({', '.join(map(_name, table.key))})")
    for name, there in table.references.items():
        lines.append(
            f"FOREIGN KEY ({_name(name)}) REFERENCES {_name(there.table)} ({_name(there.column)})"
        )
    body = ",\n  ".join(lines)
    base.execute(f"CREATE TABLE {_name(table.name)} (\n  {body}\n)")
    for name in table.references:
        index = _name(f"{table.name}_{name}")
        base.execute(f"CREATE INDEX {index} ON {_name(table.name)} ({_name(name)})")
    text = {name: _text(frame[name], column) for name, column in table.columns.items()}
    try:
        _insert(base, table.name, pd.DataFrame(text), told)
    except sqlite3.IntegrityError as error:
        raise ValueError(f"{table.name}: {error}.") from error


def _column(column: Column) -> str:
    name = _name(column.name)
    line = f"{name} {TYPES.get(column.type, 'TEXT')}"
    if column.required:
        line += " NOT NULL"
    if column.allowed:
        line += f" CHECK ({name} IN ({', '.join(map(_literal, column.allowed))}))"
    elif column.type == "boolean":
        line += f" CHECK ({name} IN (0, 1))"
    elif column.type in ("integer", "number"):
        kinds = ("integer", "null") if column.type == "integer" else ("integer", "real", "null")
        line += f" CHECK (typeof({name}) IN ({', '.join(map(_literal, kinds))}))"
    elif column.type == "date":
        # without a modifier SQLite takes the 31st of any month for a day
        line += f" CHECK ({name} IS date({name}, '+0 days'))"
    elif column.type == "yearmonth":
        line += f" CHECK ({name} IS strftime('%Y-%m', {name} || '-01'))"
    return line


def _text(values: pd.Series, column: Column) -> pd.Series:
    """Days and months as ISO text, which is what SQLite's own functions take."""
    return values.dt.strftime(FORMATS[column.type]) if column.type in FORMATS else values


def _insert(
    base: sqlite3.Connection, name: str, frame: pd.DataFrame, told: Callable[[int], None]
) -> None:
    places = ", ".join("?" * len(frame.columns))
    columns = [cells(frame, column) for column in frame.columns]
    base.executemany(f"INSERT INTO {_name(name)} VALUES ({places})", _rows(columns, told))


def _rows(columns: list[list[Cell]], told: Callable[[int], None]) -> Iterator[tuple[Cell, ...]]:
    for row in zip(*columns, strict=True):
        yield row
        told(1)


def _views(described: Description) -> Iterator[str]:
    """All records with a title, and for each table what it refers to beside it, readable."""
    titled = [one for table in described.tables.values() for one in _titled(described, table)]
    yield f"CREATE VIEW records AS {' UNION ALL '.join(titled)}"
    for table in described.tables.values():
        shown: list[str] = []
        joins: list[str] = []
        for name in table.columns:
            shown.append(f"own.{_name(name)}")
            if table.about_records and name == "record_id":
                shown.append("about.title AS record_title")
                same = 'about."table" = own."table" AND about.record_id = own.record_id'
                joins.append(f"LEFT JOIN records AS about ON {same}")
            _follow(described, table, "own", name, shown, joins)
        yield (
            f"CREATE VIEW {_name(table.name + '_readable')} AS\nSELECT {', '.join(shown)}\n"
            f"FROM {_name(table.name)} AS own\n" + "\n".join(joins)
        )


def _titled(described: Description, table: Table) -> Iterator[str]:
    """Select the records of a table, each with its title or that of what it belongs to."""
    says = f'SELECT {_literal(table.name)} AS "table", own.{_name(table.id)} AS record_id'
    if table.label:
        yield f"{says}, own.{_name(table.label)} AS title FROM {_name(table.name)} AS own"
        return
    for name, there in described.parents(table.name).items():
        if label := described.tables[there.table].label:
            on = f"above.{_name(there.column)} = own.{_name(name)}"
            yield (
                f"{says}, above.{_name(label)} AS title FROM {_name(table.name)} AS own "
                f"JOIN {_name(there.table)} AS above ON {on}"
            )
            return


def _follow(
    described: Description, table: Table, at: str, name: str, shown: list[str], joins: list[str]
) -> None:
    """Join what a column refers to, and what that belongs to in turn."""
    if name not in table.references:
        return
    there = table.references[name]
    target = described.tables[there.table]
    belongs = name in described.parents(table.name)
    stem = name.removesuffix("_id")
    on = f"{_name(stem)}.{_name(there.column)} = {at}.{_name(name)}"
    joins.append(f"LEFT JOIN {_name(target.name)} AS {_name(stem)} ON {on}")
    for column in _readable(target, days=belongs):
        shown.append(f"{_name(stem)}.{_name(column)} AS {_name(f'{stem}_{column}')}")
    if belongs:
        for parent in described.parents(target.name):
            _follow(described, target, _name(stem), parent, shown, joins)


def _readable(table: Table, *, days: bool) -> Iterator[str]:
    """Its name or title, its vocabularies and, if asked for, its days."""
    for name, column in table.columns.items():
        if column.label or column.allowed or (days and column.type == "date"):
            yield name


def _sort(values: pd.Series) -> str:
    return "BOOLEAN" if pd.api.types.is_bool_dtype(values) else "TEXT"


def _name(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _literal(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"
