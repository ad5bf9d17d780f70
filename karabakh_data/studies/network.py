"""Networks: who sat with whom, and who mediated between whom, as weighted edges.

Each function gives a plain frame, one row an edge, that networkx reads::

    import networkx as nx

    edges = kd.studies.network.met()
    graph = nx.from_pandas_edgelist(edges, edge_attr=["weight", "event_ids"])

The keys are those of ``people`` and ``actors``, whose columns may be joined as attributes
of the nodes.
"""

from __future__ import annotations

from typing import Literal

import pandas as pd

from ..descriptor import SEPARATOR, unknown
from ..loading import TEXT
from ._given import Tables, tables
from .formats import mediators
from .naming import names
from .people import parties, seats
from .seats import people_of_sides

Of = Literal["people", "actors"]
"""What the nodes of a network are."""


def met(of: Of = "people", *, record: Tables | None = None) -> pd.DataFrame:
    """Who sat with whom: one row is one pair, the most frequent first; undirected.

    Two people met where both took part in one step for different actors, two actors
    where both took part in one; those kept away, those only written to and those who
    refused the text sent to them did not. To sign one text in two cities counts, and so
    does to travel as a mediator between those who did not meet.

    Columns: ``source``, ``target`` (keys, in the order of the alphabet), ``source_name``,
    ``target_name``; ``weight`` (at how many steps); ``first``, ``last`` (days);
    ``event_ids`` (the steps, with “ | ” between them).

    >>> from karabakh_data.studies import network
    >>> network.met("actors").loc[0, ["source", "target"]].tolist()
    ['armenia', 'azerbaijan']

    Args:
        of: people or actors.
        record: whose steps (default: as published).

    Raises:
        ValueError: no such ``of``.
    """
    given = tables(record)
    if of == "people":
        rows = seats(given)[["event_id", "actor", "person"]].assign(node=lambda one: one["person"])
    elif of == "actors":
        rows = people_of_sides(given)[["event_id", "actor"]].assign(node=lambda one: one["actor"])
    else:
        raise ValueError(unknown("kind of node", of, ["people", "actors"]))
    rows = rows.dropna(subset=["node"])
    pairs = rows.merge(rows, on="event_id", suffixes=("", "_other"))
    pairs = pairs[(pairs["node"] < pairs["node_other"]) & (pairs["actor"] != pairs["actor_other"])]
    pairs = pairs.rename(columns={"node": "source", "node_other": "target"})
    return _edges(pairs, of, given)


def mediated(*, members: bool = False, record: Tables | None = None) -> pd.DataFrame:
    """Who mediated at whose table: one row is one mediator and one party; directed.

    From ``source``, who mediated a step, to ``target``, a party that took part in it.
    Columns and order as :func:`met` has them.

    >>> from karabakh_data.studies import network
    >>> edges = network.mediated()
    >>> edges.loc[0, ["source", "target"]].tolist()
    ['russia', 'azerbaijan']

    Args:
        members: whether who led the step's format counts, too (see
            :func:`~karabakh_data.studies.formats.mediators`).
        record: whose steps (default: as published).
    """
    given = tables(record)
    led = mediators(given, members=members).rename(columns={"actor": "source"})
    sides = parties(given).rename(columns={"actor": "target"})
    pairs = led[["event_id", "source"]].merge(sides[["event_id", "target"]], on="event_id")
    return _edges(pairs, "actors", given)


def _edges(pairs: pd.DataFrame, of: Of, given: Tables) -> pd.DataFrame:
    """Pairs at steps as edges."""
    steps = given["events"][["event_id", "start"]]
    pairs = pairs[["event_id", "source", "target"]].drop_duplicates()
    pairs = pairs.merge(steps, on="event_id").sort_values(["start", "event_id"])
    found = pairs.groupby(["source", "target"], as_index=False).agg(
        weight=("event_id", "size"),
        first=("start", "min"),
        last=("start", "max"),
        event_ids=("event_id", SEPARATOR.join),
    )
    label = names(of, record=given)
    for at, end in ((2, "source"), (3, "target")):
        found.insert(at, f"{end}_name", found[end].map(label).astype(TEXT))
    found = found.astype({"weight": "int64", "event_ids": TEXT, "source": TEXT, "target": TEXT})
    order = ["weight", "source", "target"]
    return found.sort_values(order, ascending=[False, True, True], ignore_index=True)
