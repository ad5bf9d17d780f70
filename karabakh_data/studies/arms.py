"""Arms: what each source says that each side was allotted, or was delivered."""

from __future__ import annotations

import pandas as pd

from ..frames import needs
from ..ledger import with_source
from ..loading import TEXT
from ._given import Tables, tables
from .naming import with_names

DELIVERED = "delivered"
"""The word by which a category says that it is a delivery, and no share of 1992."""


def told(record: Tables | None = None) -> pd.DataFrame:
    """Who says what of whom: one row is one number that one source gives.

    Columns: ``recipient_name``; ``what`` (``allotted in 1992`` or ``delivered later``);
    ``category``; ``units`` (pieces), ``up_to`` (whether that is an upper bound);
    ``perspective``, ``publisher``, ``source``; ``note``. No sum is made: a tank and a
    training aircraft are not alike.
    """
    given = tables(record)
    rows = with_names(given["arms"], "recipient", record=given)
    later = rows["category"].fillna("").str.contains(DELIVERED).astype(bool)
    what = pd.Series("allotted in 1992", rows.index, dtype=TEXT).mask(later, "delivered later")
    rows = rows.assign(what=what.astype(TEXT), up_to=rows["is_upper_bound"])
    claims = given["claims"]
    said = claims[(claims["table"] == "arms") & (claims["column"] == "units")]
    said = with_source(said, given)
    said = said.assign(number=said["value"].astype("Int64"))
    columns = ["record_id", "number", "perspective", "publisher", "source", "note"]
    own = rows[["arms_id", "recipient_name", "what", "category", "up_to"]]
    found = own.merge(said[columns], left_on="arms_id", right_on="record_id")
    found = found.rename(columns={"number": "units"})
    order = ["recipient_name", "what", "category", "up_to", "units"]
    found = found[[*order, *columns[2:]]]
    return found.sort_values(
        ["recipient_name", "units"], ascending=[True, False], kind="stable", ignore_index=True
    )


def known(told: pd.DataFrame) -> pd.DataFrame:
    """What is known of each side: one row is one recipient, one kind of list and one source.

    Columns: ``recipient_name``, ``what``, ``perspective``, ``publisher``; ``categories``
    (how many it lists).

    Args:
        told: as :func:`told` gives it.
    """
    by = ["recipient_name", "what", "perspective", "publisher"]
    needs(told, *by, "category")
    counts = told.astype({"perspective": TEXT}).groupby(by)["category"].nunique()
    return counts.rename("categories").astype("int64").reset_index()
