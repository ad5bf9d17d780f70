"""Prisoners handed over: how many, from whom to whom, and who counts otherwise."""

from __future__ import annotations

import pandas as pd

from ..descriptor import unknown
from ..frames import looked_up
from ..ledger import with_source
from ..loading import TEXT
from ._given import Tables, tables
from .article import in_article
from .naming import in_words, with_names


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


def by_version(versions: pd.DataFrame) -> pd.Series:
    """Each number told, with to whom they went and whose source it is, for a figure.

    Args:
        versions: as :func:`versions` gives them.
    """
    perspective = in_words(versions["perspective"]).str.replace(" ", "-").str.capitalize()
    teller = (perspective + " source").str.replace("Third", "third")
    teller = teller.mask(versions["in_article"], "the article")
    named = versions.assign(version="to " + versions["receiver_name"] + ", " + teller)
    order = {"receiver_name": False, "prisoners": False, "in_article": False, "version": True}
    rows = named.sort_values(list(order), ascending=list(order.values()))
    return rows.drop_duplicates(["version", "prisoners"]).set_index("version")["prisoners"]
