"""Second readings: how often another coder read the same value."""

from __future__ import annotations

import numpy as np
import pandas as pd

from ..adoption import CELL
from ..frames import needs
from ..optional import krippendorff
from ._given import Tables, tables

ADOPTED = ("Adopted.", "Judged: second; adopted.")
"""Notes of second readings that the tables then followed."""


def agreement(readings: pd.DataFrame, *by: str) -> pd.DataFrame:
    """How many were read the same, group by group: one row is one group.

    Columns: those named in ``by``; ``read``, ``same`` (counts); ``percent``.

    >>> import karabakh_data as kd
    >>> from karabakh_data.studies import readings
    >>> readings.agreement(kd.load("readings").query("round <= 2"), "round")
       round  read  same  percent
    0      1   147   131       89
    1      2    55    41       75

    Args:
        readings: rows of the table ``readings``.
        by: columns to group by.

    Raises:
        ValueError: a column is missing, or none is named to group by.
    """
    needs(readings, *_named(by, readings), "agrees")
    agrees = readings["agrees"].astype(bool)
    groups = agrees.groupby([readings[name] for name in by], observed=True)
    rows = groups.agg(["size", "sum"]).astype("int64").set_axis(["read", "same"], axis=1)
    rows["percent"] = (100 * rows["same"] / rows["read"]).round().astype("int64")
    return rows.reset_index()


def alpha(readings: pd.DataFrame, *by: str) -> pd.DataFrame:
    """Krippendorff's alpha, group by group: one row is one group. Needs krippendorff.

    Alpha is agreement beyond what chance gives with values as common as these: 1 is
    perfect, 0 no better than chance; 0.8 is the usual line for firm conclusions, 0.667
    for tentative ones. Values are names without an order.

    Columns: those named in ``by``; ``read``, ``percent`` (read the same), ``alpha``;
    ``filled``, ``percent_filled``, ``alpha_filled``, the same without records that both
    leave blank. An alpha is missing where all values are one.

    >>> import pandas as pd
    >>> from karabakh_data.studies import readings
    >>> rows = {"first": ["a", "a", "b", "b"], "second": ["a", "a", "b", "a"], "round": [1] * 4}
    >>> round(float(readings.alpha(pd.DataFrame(rows), "round")["alpha"].iloc[0]), 3)
    0.533

    Args:
        readings: rows of the table ``readings``.
        by: columns to group by.

    Raises:
        ValueError: a column is missing, or none is named to group by.
        ModuleNotFoundError: krippendorff is not installed.
    """
    needs(readings, *_named(by, readings), "first", "second")
    rows = []
    for keys, group in readings.groupby(list(by), observed=True):
        every = group[["first", "second"]].fillna("none")
        filled = every[(every != "none").any(axis=1)]
        rows.append((*keys, *_agreement(every), *_agreement(filled)))
    columns = ["read", "percent", "alpha"]
    columns += [f"{name}_filled" for name in columns]
    columns[3] = "filled"
    found = pd.DataFrame(rows, columns=[*by, *columns])
    counts = dict.fromkeys(["read", "filled"], "int64")
    shares = dict.fromkeys(["percent", "percent_filled"], "Int64")
    rates = dict.fromkeys(["alpha", "alpha_filled"], "Float64")
    kinds = {name: readings[name].dtype for name in by}
    return found.astype({**counts, **shares, **rates, **kinds})


def _named(by: tuple[str, ...], readings: pd.DataFrame) -> tuple[str, ...]:
    """The columns to group by; ValueError if there are none."""
    if not by:
        there = (
            f" There are: {', '.join(map(str, readings.columns))}."
            if isinstance(readings, pd.DataFrame)
            else ""
        )
        raise ValueError(f"by: expected a column to group by, found none.{there}")
    return by


def _agreement(pairs: pd.DataFrame) -> tuple[int, object, object]:
    """How many were read, in percent the same, and alpha."""
    n = len(pairs)
    percent = round(100 * (pairs["first"] == pairs["second"]).mean()) if n else pd.NA
    beyond_chance = alpha_of(pairs["first"], pairs["second"])
    return n, percent, pd.NA if beyond_chance is None else beyond_chance


def alpha_of(first: pd.Series, second: pd.Series) -> float | None:
    """Krippendorff's alpha of two nominal codings; None where all values are one."""
    codes, values = pd.factorize(np.stack([first, second], axis=1).ravel())
    if len(values) < 2:
        return None
    table = codes.reshape(-1, 2).T
    return float(krippendorff().alpha(reliability_data=table, level_of_measurement="nominal"))


def last_whole(readings: pd.DataFrame) -> pd.DataFrame:
    """The last reading of each whole cell: not those of one source's statement.

    Args:
        readings: rows of the table ``readings``.
    """
    needs(readings, *CELL, "source", "round")
    whole = readings[readings["source"].isna()].sort_values("round", kind="stable")
    return whole.drop_duplicates(CELL, keep="last")


def reach(record: Tables | None = None) -> pd.DataFrame:
    """How much has been read a second time: one row is one table and column of it.

    Columns: ``table``, ``column``; ``filled`` (cells with a claim); ``read`` (of them, read
    a second time in any round); ``percent``.
    """
    given = tables(record)
    told = given["claims"][CELL].drop_duplicates()
    again = given["readings"][CELL].drop_duplicates().assign(read=True)
    rows = told.merge(again, on=CELL, how="left")
    groups = rows["read"].notna().groupby([rows["table"], rows["column"]], observed=True)
    found = groups.agg(["size", "sum"]).astype("int64").set_axis(["filled", "read"], axis=1)
    found["percent"] = (100 * found["read"] / found["filled"]).round().astype("int64")
    return found.reset_index()


def followed(readings: pd.DataFrame) -> int:
    """How many second readings that differed were then adopted, as their notes say."""
    needs(readings, "agrees", "note")
    return int((~readings["agrees"].astype(bool) & readings["note"].isin(ADOPTED)).sum())


def mended(readings: pd.DataFrame) -> int:
    """How many claims were marked as inferred or taken out after it, as their notes say."""
    needs(readings, "note")
    return int(readings["note"].str.contains("inferred|taken out").sum())
