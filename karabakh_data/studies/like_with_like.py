"""Like with like: how often perspectives agree when each has one claim to a cell.

Of two perspectives the one with more pages has more values to meet the other in. Here
each speaks once: a claim of each is drawn, every claim as likely as another, and the two
are held against each other. What stands for a cell is the chance that they agree.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from ..adoption import CELL, Cell
from ..descriptor import description
from ..frames import needs
from ..ledger import values_by_cell
from ..loading import TEXT
from ..optional import scipy
from ._given import Tables, tables
from .article import SOURCE as ARTICLE
from .common_ground import claims_of, on_days, on_days_places_and_outcomes, shared_cells
from .naming import steps_of
from .parting import within

SEED, RESAMPLES = 20261126, 1000


def drawn(
    first: str,
    second: str,
    *,
    outright: bool = False,
    without: str | None = None,
    vague: bool = False,
    record: Tables | None = None,
) -> pd.DataFrame:
    """The cells of which both perspectives speak, one claim of each drawn.

    One row is one cell. Columns: ``table``, ``record_id``, ``column``; ``event_id`` (the
    step it belongs to; else its record); ``same`` (the chance that the two claims agree).

    >>> from karabakh_data.studies import like_with_like
    >>> cells = like_with_like.drawn("armenian", "azerbaijani")
    >>> bool(cells["same"].between(0, 1).all())
    True

    Args:
        first: a perspective.
        second: another.
        outright: whether to leave out what the coder inferred.
        without: a source to leave out.
        vague: whether a month and a day within it agree.
        record: whose claims (default: as published).

    Raises:
        ValueError: no such perspective or source, or one perspective twice.
    """
    given = tables(record)
    mine, theirs = (
        values_by_cell(claims[~claims["inferred"]] if outright else claims)
        for claims in claims_of(first, second, without=without, record=given)
    )
    rows = [
        (*cell, _chance(cell, said, theirs[cell], vague))
        for cell, said in sorted(mine.items())
        if cell in theirs
    ]
    found = pd.DataFrame(rows, columns=[*CELL, "same"]).astype(dict.fromkeys(CELL, TEXT))
    steps = steps_of(found, record=given).fillna(found["record_id"])
    found.insert(3, "event_id", steps.astype(TEXT))
    return found.astype({"same": "float64"})


def _chance(cell: Cell, mine: list[str], theirs: list[str], vague: bool) -> float:
    """The chance that a claim drawn from the one and one from the other agree."""
    dated = vague and description().column(cell[0], cell[2]).dated
    agree = sum(one == other or (dated and within(one, other)) for one in mine for other in theirs)
    return agree / (len(mine) * len(theirs))


def rates(cells: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """How often the drawn claims agree, set by set. Needs scipy.

    One row is one set, its name as index. Columns: ``cells`` (a count); ``percent``, and
    ``low``, ``high``, its 95% interval, for which the steps are drawn again with what
    belongs to them (bootstrap; seed fixed). Missing for no cells, the interval also for
    those of a single step.

    Args:
        cells: frames as :func:`drawn` gives them, by name.

    Raises:
        ModuleNotFoundError: scipy is not installed.
    """
    rows: dict[str, list[object]] = {}
    for name, frame in cells.items():
        needs(frame, "event_id", "same")
        share = 100 * frame["same"].mean() if len(frame) else pd.NA
        rows[name] = [len(frame), share, *_interval(frame)]
    table = pd.DataFrame.from_dict(
        rows, orient="index", columns=["cells", "percent", "low", "high"]
    )
    numbers = ["percent", "low", "high"]
    table[numbers] = table[numbers].astype("Float64").round().astype("Int64")
    return table


def _interval(frame: pd.DataFrame) -> tuple[object, object]:
    by_step = frame.groupby("event_id")["same"].agg(["sum", "size"])
    if len(by_step) < 2:
        return pd.NA, pd.NA

    def share(agree: np.ndarray, of: np.ndarray, axis: int = -1) -> np.ndarray:
        return np.asarray(agree.sum(axis) / of.sum(axis))

    found = scipy("stats").bootstrap(
        (by_step["sum"].to_numpy(float), by_step["size"].to_numpy(float)),
        share,
        paired=True,
        vectorized=True,
        method="percentile",
        n_resamples=RESAMPLES,
        rng=np.random.default_rng(SEED),
    )
    reach = found.confidence_interval
    return 100 * float(reach.low), 100 * float(reach.high)


def compared(*pairs: tuple[str, str], record: Tables | None = None) -> pd.DataFrame:
    """How often pairs of perspectives agree, under each way to choose the cells. Needs scipy.

    One row is one pair under one way. Columns: ``way``, ``pair`` (in words); ``cells``,
    ``percent``, ``low``, ``high`` (see :func:`rates`).

    Raises:
        ValueError: no such perspective.
        ModuleNotFoundError: scipy is not installed.
    """
    given = tables(record)
    found: dict[tuple[str, str], pd.DataFrame] = {}
    for pair in pairs:
        name = " and ".join(view.replace("_", " ").capitalize() for view in pair)
        every = drawn(*pair, record=given)
        near = drawn(*pair, vague=True, record=given)
        found["every fact", name] = every
        found["stated outright", name] = drawn(*pair, outright=True, record=given)
        if ARTICLE in set(given["sources"]["source"]):
            found["without the first source", name] = drawn(*pair, without=ARTICLE, record=given)
        found["days, places, outcomes", name] = on_days_places_and_outcomes(every)
        found["the same, a month and its day alike", name] = on_days_places_and_outcomes(near)
        found["days alone", name] = on_days(every)
    table = rates({f"{way}|{name}": frame for (way, name), frame in found.items()})
    ways = pd.DataFrame(list(found), columns=["way", "pair"]).astype(TEXT)
    table = pd.concat([ways, table.reset_index(drop=True)], axis=1)
    order = {way: place for place, way in enumerate(dict.fromkeys(ways["way"]))}
    rank = table["way"].map(order)
    return (
        table.assign(rank=rank)
        .sort_values("rank", kind="stable", ignore_index=True)
        .drop(columns="rank")
    )


def on_same_cells(
    pair: tuple[str, str], other: tuple[str, str], *, record: Tables | None = None
) -> pd.DataFrame:
    """The cells of which all perspectives of two pairs speak, with each pair's agreement.

    One row is one cell. Columns: ``table``, ``record_id``, ``column``; ``pair``,
    ``other`` (whether the two of that pair have a value in common).
    """
    found = shared_cells(*pair, record=record).rename(columns={"common": "pair"})
    beside = shared_cells(*other, record=record).rename(columns={"common": "other"})
    both = found[[*CELL, "pair"]].merge(beside[[*CELL, "other"]], on=CELL)
    return both.astype({"pair": bool, "other": bool})


def parted(cells: pd.DataFrame) -> pd.Series:
    """How the two pairs fare on the same cells, and whether chance would do it. Needs scipy.

    ``cells``; ``pair``, ``other`` (in how many each agrees); ``pair_only``,
    ``other_only`` (in how many only one does); ``p`` (exact McNemar test: the chance of
    counts as unequal if the pairs agreed as often; missing where no cell tells).

    >>> import pandas as pd
    >>> from karabakh_data.studies import like_with_like
    >>> cells = pd.DataFrame({"pair": [True] * 9, "other": [False] * 9})
    >>> float(like_with_like.parted(cells)["p"]) == 2 / 2**9
    True

    Raises:
        ModuleNotFoundError: scipy is not installed.
    """
    needs(cells, "pair", "other")
    pair_only = int((cells["pair"] & ~cells["other"]).sum())
    other_only = int((~cells["pair"] & cells["other"]).sum())
    told = pair_only + other_only
    p = float(scipy("stats").binomtest(pair_only, told).pvalue) if told else float("nan")
    found = {
        "cells": len(cells),
        "pair": int(cells["pair"].sum()),
        "other": int(cells["other"].sum()),
        "pair_only": pair_only,
        "other_only": other_only,
        "p": p,
    }
    return pd.Series(found, dtype=object)
