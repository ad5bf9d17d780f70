"""Disagreement: what sources say otherwise, in words and in days, and what hangs on it."""

from __future__ import annotations

import pandas as pd

from ..adoption import CELL
from ..descriptor import description, unknown
from ..frames import looked_up, needs
from ..ledger import disagreements, with_source
from ..loading import TEXT
from ._given import Tables, are_there, tables
from .attempts import FAILED, attempts
from .naming import in_words, names, steps_of, titles_of
from .tellers import abbreviated

WAYS = ("a computed rule", "a decision", "nothing: left blank")
"""What settles a dispute."""


def is_date(cells: pd.DataFrame) -> pd.Series:
    """Whether each row, with ``table`` and ``column``, is about a date."""
    needs(cells, "table", "column")
    found = [
        description().column(table, column).dated
        for table, column in zip(cells["table"], cells["column"], strict=True)
    ]
    return pd.Series(found, index=cells.index, dtype=bool)


def contested(record: Tables | None = None) -> pd.DataFrame:
    """The cells of which sources speak, and whether they are disputed: one row is one.

    Columns: ``table``, ``record_id``, ``column``; ``sources``, ``perspectives`` (how many
    speak of it); ``kind`` (the column, all dates together); ``disputed``: a claim
    contradicts the value adopted, or none is adopted because the versions tie. A month
    and a day within it do not contradict each other.
    """
    given = tables(record)
    claims = with_source(given["claims"], given)
    rivals = disputes(disagreements(record=given))
    said = claims.groupby(CELL, observed=True)
    cells = said[["source", "perspective"]].nunique().set_axis(["sources", "perspectives"], axis=1)
    found = cells.astype("int64").reset_index()
    kind = found["column"].where(~is_date(found), "a date").astype(TEXT)
    rival = set(rivals[CELL].itertuples(index=False, name=None))
    disputed = [cell in rival for cell in found[CELL].itertuples(index=False, name=None)]
    return found.assign(kind=kind, disputed=pd.Series(disputed, index=found.index, dtype=bool))


def disputes(rivals: pd.DataFrame) -> pd.DataFrame:
    """Those of the rival versions that contradict what they stand beside.

    Args:
        rivals: as :func:`karabakh_data.disagreements` gives them, or a part of them.
    """
    needs(rivals, "agreement", "rule")
    tied = (rivals["agreement"] == "unadopted") & (rivals["rule"] == "tie")
    return rivals[(rivals["agreement"] == "differs") | tied]


def rates(cells: pd.DataFrame, by: str) -> pd.DataFrame:
    """How many cells are disputed, group by group: one row is one, the most disputed first.

    Columns: ``cells``, ``disputed`` (counts), ``percent``; the group is the index.

    Args:
        cells: as :func:`contested` gives them, or a part of them.
        by: the column to group by.
    """
    needs(cells, by, "disputed")
    rows = cells.groupby(by, observed=True)["disputed"].agg(["size", "sum"]).astype("int64")
    rows = rows.set_axis(["cells", "disputed"], axis=1)
    rows["percent"] = (100 * rows["disputed"] / rows["cells"]).round().astype("int64")
    return rows.sort_values(["percent", "cells"], ascending=False, kind="stable")


def settled(rivals: pd.DataFrame) -> pd.DataFrame:
    """What settled each disputed cell: one row is one cell.

    Columns: ``table``, ``record_id``, ``column``; ``rule``; ``verdict`` (of the decision,
    missing where a computed rule decided); ``by``, one of ``a computed rule``, ``a
    decision`` and ``nothing: left blank``. Where one version was rejected by decision and
    a rule chose among the rest, the rule is named.

    Args:
        rivals: as :func:`disputes` gives them.
    """
    needs(rivals, *CELL, "rule", "verdict")
    later = rivals["verdict"].eq("reject").fillna(False)
    order = rivals.assign(later=later).sort_values([*CELL, "later"], kind="stable")
    rows = order.drop_duplicates(CELL)[[*CELL, "rule", "verdict"]].reset_index(drop=True)
    rule, decision, blank = WAYS
    by = pd.Series(rule, rows.index, dtype=TEXT).mask(rows["rule"] == "tie", blank)
    by = by.mask(rows["verdict"].notna(), decision)
    return rows.assign(by=by)


def versions(rivals: pd.DataFrame, *, record: Tables | None = None) -> pd.DataFrame:
    """Rival versions in words: one row is one rival value of one cell.

    Columns: ``about`` (title of the record); ``column``; ``adopted``, ``rival``;
    ``told_by`` (perspectives in short, each with how many of its sources say so).

    Args:
        rivals: as :func:`karabakh_data.disagreements` gives them, or a part of them.
        record: whose names and titles (default: as published).
    """
    needs(rivals, *CELL, "adopted", "value", "perspective")
    given = tables(record)
    rivals = rivals.reset_index(drop=True)
    rows = rivals[CELL].assign(
        about=titles_of(rivals, record=given),
        adopted=in_reader_words(rivals, "adopted", given),
        rival=in_reader_words(rivals, "value", given),
        told_by=abbreviated(rivals["perspective"]),
    )
    cell = [*CELL, "about", "adopted", "rival"]
    if rows.empty:
        return rows[["about", "column", "adopted", "rival", "told_by"]]
    groups = rows.groupby(cell, sort=False, dropna=False, observed=True)["told_by"]
    told = groups.agg(_times).reset_index()
    return told[["about", "column", "adopted", "rival", "told_by"]]


def of_steps(
    rivals: pd.DataFrame, steps: list[str], columns: list[str], *, record: Tables | None = None
) -> pd.DataFrame:
    """The :func:`versions` of these columns, of what belongs to these steps, in order.

    Raises:
        ValueError: a column is missing; no such step, or no claims are kept on such a column.
    """
    needs(rivals, *CELL)
    are_there(tables(record), "events", steps)
    coded = {one for table in description().tables.values() for one in table.coded}
    for column in columns:
        if column not in coded:
            raise ValueError(unknown("coded column", column, coded))
    mine = steps_of(rivals, record=record).isin(steps) & rivals["column"].isin(columns)
    lines = versions(rivals[mine], record=record)
    return lines.sort_values(["about", "column"], kind="stable", ignore_index=True)


def in_reader_words(rivals: pd.DataFrame, side: str, given: Tables) -> pd.Series:
    """Values with names in place of keys, and vocabularies without underscores."""
    needs(rivals, "table", "column", side)
    rows = rivals.reset_index(drop=True)  # an index may repeat itself
    values = rows[side].astype(TEXT).copy()
    for (table, column), own in rows.groupby(["table", "column"], observed=True):
        about = description().column(table, column)
        if about.reference:
            labels = names(about.reference.table, record=given)  # type: ignore[arg-type]
            values[own.index] = looked_up(values[own.index], labels)
        elif about.allowed:
            values[own.index] = in_words(values[own.index])
    return values.set_axis(rivals.index)


def _times(views: pd.Series) -> str:
    counts = views.value_counts().sort_index()
    return ", ".join(f"{n} {view}" if n > 1 else str(view) for view, n in counts.items())


def days_apart(rivals: pd.DataFrame, *, record: Tables | None = None) -> pd.DataFrame:
    """How far the versions of a step's day lie apart: one row is one step, widest first.

    Columns: ``event_id``, ``step`` (its title), ``days`` (between the adopted day and the
    rival furthest from it). Claims that are not days are left out, and so are the days of
    what came after: ends and breaches of ceasefires, and days on which a text wants a thing
    done. Who tells of a breach years later does not date the step itself otherwise.

    Args:
        rivals: as :func:`karabakh_data.disagreements` gives them, or a part of them.
        record: whose steps (default: as published).
    """
    needs(rivals, *CELL, "adopted", "value")
    after = rivals["column"].isin(["breached", "ended"]) | (rivals["table"] == "provisions")
    rows = rivals[~after]
    rival, adopted = (
        pd.to_datetime(rows[side], format="%Y-%m-%d", errors="coerce")
        for side in ("value", "adopted")
    )
    widest = (rival - adopted).abs().dt.days.groupby(steps_of(rows, record=record)).max()
    widest = widest[widest > 0].astype("int64")
    found = widest.rename("days").rename_axis("event_id").reset_index()
    found.insert(1, "step", looked_up(found["event_id"], names("events", record=record)))
    return found.sort_values(["days", "step"], ascending=[False, True], ignore_index=True)


def by_days_apart(spread: pd.DataFrame) -> pd.Series:
    """How many steps have versions of their day that lie so many days apart.

    Args:
        spread: as :func:`days_apart` gives it.
    """
    needs(spread, "days")
    classes = {"1 day": 1, "2 or 3 days": 3, "4 to 7 days": 7, "more than 7 days": float("inf")}
    cut = pd.cut(spread["days"], [0, *classes.values()], labels=list(classes))
    return cut.value_counts().reindex(list(classes)).rename("steps")


def disputed_fates(record: Tables | None = None) -> pd.DataFrame:
    """The attempts, each with whether it failed and whether it did by a rival version.

    One row is one attempt of its own. Columns: ``ceasefire_id``, ``title``; ``fate``,
    ``failed`` (as adopted); ``would_fail``, ``would_not`` (by a source that contradicts
    the fate adopted); ``only_rival`` (a source gives a fate, and none is adopted).
    """
    given = tables(record)
    own, claims = attempts(given), given["claims"]
    claims = claims[(claims["table"] == "ceasefires") & (claims["column"] == "fate")]
    differs = claims[claims["agreement"] == "differs"]
    fails = differs["value"].isin(FAILED)
    unadopted = claims[claims["agreement"] == "unadopted"]
    rows = own[["ceasefire_id", "title", "fate", "failed"]]
    return rows.assign(
        would_fail=~rows["failed"] & rows["ceasefire_id"].isin(differs.loc[fails, "record_id"]),
        would_not=rows["failed"] & rows["ceasefire_id"].isin(differs.loc[~fails, "record_id"]),
        only_rival=rows["ceasefire_id"].isin(unadopted["record_id"]),
    )
