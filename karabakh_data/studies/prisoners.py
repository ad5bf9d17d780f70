"""Prisoners handed over: how many, from whom to whom, and who counts otherwise."""

from __future__ import annotations

import pandas as pd

from ..descriptor import unknown
from ..frames import looked_up, needs
from ..ledger import with_source
from ..loading import TEXT
from ._given import Tables, tables
from .article import in_article
from .naming import with_names
from .tellers import abbreviated

SIDES = {"azerbaijani": "to Azerbaijan", "armenian": "to the Armenian side"}
"""The two directions, by the side that receives."""

QUIET = (1998, 2019)
"""The first and the last year of the time in which few were handed over."""

SIGNS = {
    "remains": r"\b(?:body|bodies|remains|dead)\b",
    "mine_maps": r"\bmines?\b|\bmine maps?\b|\bminefields?\b",
}
"""Words in a step's title or summary that say what else was handed over."""


def transfers(record: Tables | None = None) -> pd.DataFrame:
    """The transfers: one row is one in one direction, as ``prisoners`` has it, with names.

    Further columns: ``event_name``, ``giver_name``, ``receiver_name``, ``side`` (of the
    receiver).
    """
    given = tables(record)
    rows = with_names(given["prisoners"], "event_id", "giver", "receiver", record=given)
    sides = given["actors"].set_index("actor")["side"]
    return rows.assign(side=looked_up(rows["receiver"], sides.astype(TEXT)))


def versions(event_id: str, *, record: Tables | None = None) -> pd.DataFrame:
    """How many were handed over in one step, as each source tells it.

    One row is one claim. Columns: ``transfer_id``, ``giver_name``, ``receiver``,
    ``receiver_name``; ``prisoners`` (people); ``source``, ``perspective``, ``publisher``;
    ``in_article`` (see :mod:`~karabakh_data.studies.article`).

    >>> from karabakh_data.studies import prisoners
    >>> told = prisoners.versions("1996-05-primakov").query("receiver == 'armenia'")
    >>> sorted(set(told["prisoners"].astype(str)))
    ['35', '36', '39']

    Raises:
        ValueError: no such step, or no transfer belongs to it.
    """
    given = tables(record)
    rows = transfers(given)
    own = rows[rows["event_id"] == event_id]
    if own.empty:
        raise ValueError(unknown("step with prisoners", event_id, rows["event_id"].unique()))
    claims = given["claims"]
    said = claims[(claims["table"] == "prisoners") & (claims["column"] == "prisoners")]
    said = with_source(said, given).rename(columns={"record_id": "transfer_id"})
    said = said.assign(prisoners=said["value"].astype("Int64"), in_article=in_article(said))
    ends = ["transfer_id", "giver_name", "receiver", "receiver_name"]
    told = ["transfer_id", "prisoners", "source", "perspective", "publisher", "in_article"]
    return said[told].merge(own[ends], on="transfer_id")[[*ends, *told[1:]]]


def ranges(record: Tables | None = None) -> pd.DataFrame:
    """How many were handed over in each transfer, by the lowest and the highest teller.

    One row is one transfer, by day. Columns: ``transfer_id``, ``event_name``,
    ``format_name`` (who arranged it); ``day`` (the first the step can have been, or the
    last where no first is known), ``year``; ``direction`` (of :data:`SIDES`);
    ``prisoners`` (adopted), ``low``, ``high`` (people); ``sources`` (how many give a
    number); ``told_by`` (their perspectives in short).
    """
    given = tables(record)
    events = with_names(given["events"], "format", record=given).set_index("event_id")
    rows = transfers(given)
    start, end = (looked_up(rows["event_id"], events[name]) for name in ("start", "end"))
    claims = given["claims"]
    said = claims[(claims["table"] == "prisoners") & (claims["column"] == "prisoners")]
    said = with_source(said, given)
    numbers = said["value"].astype("Int64").groupby(said["record_id"])
    views = abbreviated(said["perspective"]).groupby(said["record_id"])
    told = views.agg(lambda view: ", ".join(sorted(set(view)))).astype(TEXT)
    own = rows["transfer_id"]
    rows = rows.assign(
        format_name=looked_up(rows["event_id"], events["format_name"]),
        day=start.fillna(end),
        direction=rows["side"].map(SIDES).astype(TEXT),
        low=looked_up(own, numbers.min()).astype("Int64").fillna(rows["prisoners"]),
        high=looked_up(own, numbers.max()).astype("Int64").fillna(rows["prisoners"]),
        sources=looked_up(own, said.groupby("record_id")["source"].nunique()).astype("Int64"),
        told_by=looked_up(own, told).astype(TEXT),
    )
    rows["year"] = rows["day"].dt.year.astype("Int64")
    columns = ["transfer_id", "event_name", "format_name", "day", "year", "direction"]
    columns += ["prisoners", "low", "high", "sources", "told_by"]
    return rows[columns].sort_values("day", kind="stable", ignore_index=True)


def totals(ranges: pd.DataFrame) -> pd.DataFrame:
    """How many went each way: one row is one direction, in the order of :data:`SIDES`.

    Columns: ``transfers``; ``prisoners``, ``low``, ``high`` (people: the sums of the
    adopted, of the lowest and of the highest numbers).

    Args:
        ranges: as :func:`ranges` gives them, or a part of them.
    """
    needs(ranges, "direction", "prisoners", "low", "high")
    sums = ranges.groupby("direction")[["prisoners", "low", "high"]].sum()
    sums.insert(0, "transfers", ranges["direction"].value_counts())
    return sums.reindex(list(SIDES.values()), fill_value=0).astype("int64")


def by_stretch(ranges: pd.DataFrame) -> pd.DataFrame:
    """How many went each way, year by year; the quiet years :data:`QUIET` are one row.

    One row is one year with a transfer, or those years together; one column is one
    direction (people).

    Args:
        ranges: as :func:`ranges` gives them, or a part of them.
    """
    needs(ranges, "year", "direction", "prisoners")
    first, last = QUIET
    quiet = ranges["year"].between(first, last).fillna(False).astype(bool)
    stretch = ranges["year"].astype(TEXT).mask(quiet, f"{first} to {last}").rename("years")
    rows = ranges.assign(years=stretch).dropna(subset=["years"])
    sums = rows.pivot_table("prisoners", "years", "direction", "sum")
    sums = sums.reindex(columns=list(SIDES.values())).sort_index()
    return sums.fillna(0).astype("int64").rename_axis(columns=None)


def other_handovers(record: Tables | None = None) -> pd.DataFrame:
    """Remains and mine maps handed over: one row is one step that carried something over.

    Columns: ``day``; ``title``, ``summary``, ``format_name``; ``remains``, ``mine_maps``
    (whether a word of :data:`SIGNS` stands in title or summary); ``people`` (whether
    prisoners went with them); ``event_id``. Only steps that are exchanges.
    """
    given = tables(record)
    rows = with_names(given["events"], "format", record=given)
    rows = rows[(rows["kind"] == "exchange").fillna(False).astype(bool)]
    text = rows["title"].fillna("") + " " + rows["summary"].fillna("")
    found = {
        name: text.str.contains(words, case=False).astype(bool) for name, words in SIGNS.items()
    }
    with_people = rows["event_id"].isin(given["prisoners"]["event_id"])
    rows = rows.assign(day=rows["start"].fillna(rows["end"]), people=with_people, **found)
    rows = rows[rows["remains"] | rows["mine_maps"]]
    columns = ["day", "title", "summary", "format_name", "remains", "mine_maps", "people"]
    return rows[[*columns, "event_id"]].sort_values("day", kind="stable", ignore_index=True)
