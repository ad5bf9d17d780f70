"""What every study starts from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pandas as pd

from ..descriptor import description, unknown
from ..loading import TableName, load
from ..records import opened

Tables = Mapping[str, pd.DataFrame]


def tables(record: Tables | None) -> Tables:
    """The record given, or the record as published; ValueError if it is none."""
    return opened(record)


def are_there(given: Tables, table: TableName, keys: Iterable[str]) -> None:
    """ValueError if a record is unknown: a part may lack it, if it is in what is published."""
    if isinstance(keys, str):
        raise ValueError(f"expected records of {table}, found the text {keys!r}; give a list.")
    column = description().tables[table].id
    there = set(given[table][column])
    if lacking := [key for key in keys if key not in there]:
        there |= set(load(table)[column])
        for key in lacking:
            if key not in there:
                raise ValueError(unknown(f"record of {table}", key, there))


def whole(given: Tables, table: TableName) -> pd.DataFrame:
    """One table of a record, of which no row was taken out by hand.

    What is asked of rows that belong together (how long a stop lasted that was prolonged,
    or until the next) would else be answered wrongly, and nobody told.

    Raises:
        ValueError: the record's claims speak of rows that are not in it.
    """
    rows, claims = given[table], given["claims"]
    spoken = set(claims.loc[claims["table"] == table, "record_id"])
    lacking = spoken - set(rows[description().tables[table].id])
    if lacking:
        raise ValueError(
            f"the record's {table} lack {len(lacking)} of which its claims speak, such as "
            f"{min(lacking)!r}: ask the whole record, and choose among the answers; or take "
            "their claims out as well, with karabakh_data.record(claims)."
        )
    return rows
