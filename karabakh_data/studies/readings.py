"""Second readings: how often another coder read the same value."""

from __future__ import annotations

import pandas as pd

from ..frames import needs


def agreement(readings: pd.DataFrame, *by: str) -> pd.DataFrame:
    """How many were read the same, group by group: one row is one group.

    Columns: those named in ``by``; ``read``, ``same`` (counts); ``percent``.

    >>> import karabakh_data as kd
    >>> from karabakh_data.studies import readings
    >>> readings.agreement(kd.load("readings").query("round <= 2"), "round")
       round  read  same  percent
    0      1   150   134       89
    1      2    55    41       75

    Args:
        readings: rows of the table ``readings``.
        by: columns to group by.
    """
    needs(readings, *by, "agrees")
    agrees = readings["agrees"].astype(bool)
    groups = agrees.groupby([readings[name] for name in by], observed=True)
    rows = groups.agg(["size", "sum"]).astype("int64").set_axis(["read", "same"], axis=1)
    rows["percent"] = (100 * rows["same"] / rows["read"]).round().astype("int64")
    return rows.reset_index()


def followed(readings: pd.DataFrame) -> int:
    """How many second readings that differed were then adopted, as their notes say."""
    needs(readings, "agrees", "note")
    return int((~readings["agrees"].astype(bool) & (readings["note"] == "Adopted.")).sum())


def mended(readings: pd.DataFrame) -> int:
    """How many claims were marked as inferred or taken out after it, as their notes say."""
    needs(readings, "note")
    return int(readings["note"].str.contains("inferred|taken out", na=False).sum())
