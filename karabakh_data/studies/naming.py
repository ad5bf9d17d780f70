"""Names in place of keys, and what belongs to what."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from ..descriptor import description, plain, unknown
from ..frames import looked_up, needs
from ..loading import TEXT, TableName
from ._given import Tables, tables


def names(table: TableName, *, record: Tables | None = None) -> pd.Series:
    """The name or title of each record of a table, by its key.

    >>> from karabakh_data.studies import naming
    >>> naming.names("formats")["minsk-process"]
    'CSCE/OSCE Minsk process'

    Raises:
        ValueError: no such table, or its records have no names.
    """
    described = description().table(table)
    if not described.label:
        named = [one.name for one in description().tables.values() if one.label]
        raise ValueError(unknown("table with names", table, named))
    return tables(record)[table].set_index(described.id)[described.label]


def with_names(frame: pd.DataFrame, *columns: str, record: Tables | None = None) -> pd.DataFrame:
    """The frame with names beside the keys in these columns.

    Beside ``actor`` stands ``actor_name``, beside ``event_id`` ``event_name``, and so on.

    >>> import karabakh_data as kd
    >>> from karabakh_data.studies import naming
    >>> seats = naming.with_names(kd.load("participants"), "actor", "person")
    >>> seats[seats["actor"] == "csce-osce"]["actor_name"].unique().tolist()
    ['CSCE/OSCE']

    Raises:
        ValueError: the frame has no such column, or no table has such keys with names.
    """
    known = _named_keys()
    needs(frame, *(column for column in columns if column in known))
    found = {}
    for column in columns:
        if column not in known:
            raise ValueError(unknown("column that holds a key", column, known))
        label = names(known[column], record=record)
        found[f"{column.removesuffix('_id')}_name"] = looked_up(frame[column], label)
    return frame.assign(**found)


def in_words(values: pd.Series) -> pd.Series:
    """Values of a closed vocabulary as text: ``never_began`` is “never began”."""
    return values.astype(TEXT).map(plain, na_action="ignore").astype(TEXT)


def steps_of(rows: pd.DataFrame, *, record: Tables | None = None) -> pd.Series:
    """The step (``event_id``) to which the record of each row belongs; missing if to none.

    Args:
        rows: any with ``table`` and ``record_id``: claims, disagreements, crosswalk.
        record: whose tables say what belongs to what (default: as published).
    """
    given = tables(record)
    return _looked_up(rows, lambda table: _steps(table, given)).rename("event_id")


def titles_of(rows: pd.DataFrame, *, record: Tables | None = None) -> pd.Series:
    """What the record of each row is called: its title, for a signature also whose it is.

    Args:
        rows: any with ``table`` and ``record_id``: claims, disagreements, crosswalk.
        record: whose titles (default: as published).
    """
    given = tables(record)
    return _looked_up(rows, lambda table: _titles(table, given)).rename("title")


def _looked_up(rows: pd.DataFrame, of: Callable[[str], pd.Series]) -> pd.Series:
    needs(rows, "table", "record_id")
    found = pd.Series(index=rows.index, dtype=TEXT)
    for table in rows["table"].unique():
        here = rows["table"] == table
        found[here] = looked_up(rows.loc[here, "record_id"], of(table))
    return found


def _named_keys() -> dict[str, TableName]:
    """The columns that hold the key of a record with a name, and its table."""
    found: dict[str, TableName] = {}
    for table in description().tables.values():
        for column, there in table.references.items():
            if description().tables[there.table].label:
                found[column] = there.table  # type: ignore[assignment]
    return found


def _steps(table: str, given: Tables) -> pd.Series:
    """The step of each record of a table, by the record's key."""
    frame = given[table].set_index(description().table(table).id, drop=False)
    if table == "events":
        return frame["event_id"]
    for column, there in description().parents(table).items():
        return looked_up(frame[column], _steps(there.table, given))
    return pd.Series(index=frame.index, dtype=TEXT)


def _titles(table: str, given: Tables) -> pd.Series:
    """The title of each record of a table, by the record's key."""
    described = description().table(table)
    if described.label:
        return names(table, record=given)  # type: ignore[arg-type]
    frame = given[table].set_index(described.id)
    whole = frame["category"] if "category" in frame else pd.Series("", index=frame.index)
    for column, there in description().parents(table).items():
        whole = looked_up(frame[column], _titles(there.table, given))
    part = pd.Series(index=frame.index, dtype=TEXT)
    for column in ("person", "actor", "receiver", "recipient"):
        if column in described.references:
            part = part.fillna(with_names(frame, column, record=given)[f"{column}_name"])
    return whole + (": to " if table == "prisoners" else ": ") + part
