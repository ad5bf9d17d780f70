"""Whether a finding survives: as each side tells it, and as chance picks whom to believe.

A *headline* is a finding as a number. Here it is asked again of other adoptions of the
same ledger: of one side's sources alone, without the first account, of outright claims only,
of the second coding; and of many draws. Each draw puts the sources that speak of a step,
and of what belongs to it, in a random order, every source weighing the same, and takes
the first that speaks of a disputed cell at its word. So one dispute is settled one way
in all its columns. A value rejected by decision, whoever tells it, is never drawn; of a source
that tells two values of a cell, one stands in every draw.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import wraps
from typing import Any

import numpy as np
import pandas as pd

from ..descriptor import description
from ..ledger import with_source
from ..records import Record, stamp
from ..records import record as as_told_by
from ._contested import contested, settled, sources_by_step
from ._given import Tables, tables
from .article import SOURCE as ARTICLE
from .deaths import usable
from .event_study import deaths_around
from .readings import last_whole


class Arrays(dict[str, np.ndarray]):
    """The columns of a table as arrays, each made when it is first asked for."""

    def __init__(self, given: Tables, name: str) -> None:
        """Say which table; nothing is read of it yet."""
        super().__init__()
        self.given, self.name = given, name

    def __missing__(self, column: str) -> np.ndarray:
        """Text, numbers and yes/no as they are, blanks None; days as text."""
        values = self.given[self.name][column]
        if pd.api.types.is_datetime64_any_dtype(values):
            values = values.dt.strftime("%Y-%m-%d")
        cells = values.astype(object).where(values.notna(), None).to_numpy(copy=True)
        return self.setdefault(column, cells)


class Columns(dict[str, dict[str, np.ndarray]]):
    """The tables as arrays, by table and column: what a headline is computed from.

    ``months`` are those of the war between months with usable deaths, and whether deaths
    ``fell`` after each; no draw moves them.

    Attributes:
        counted: what was counted of them that several headlines ask for, by what counts it.
    """

    def __init__(self, tables: Mapping[str, dict[str, np.ndarray]]) -> None:
        """Take the tables; nothing is counted yet."""
        super().__init__(tables)
        self.counted: dict[Callable[[Columns], Any], Any] = {}


Headline = Callable[[Columns], float]

PERSPECTIVES = {
    "armenian": "Armenian sources",
    "azerbaijani": "Azerbaijani sources",
    "russian": "Russian sources",
    "third_party": "third parties' sources",
}
"""The perspectives whose sources speak of enough to tell a record of their own."""

DRAWS, SEED = 1000, 20261126


def _once(told: Callable[[Tables], dict[str, Tables]]) -> Callable[..., dict[str, Tables]]:
    """Of the record as published told once, until a file of the data changes."""
    kept: dict[tuple[int, ...], dict[str, Tables]] = {}

    @wraps(told)
    def adopted(record: Tables | None = None) -> dict[str, Tables]:
        given = tables(record)
        if not isinstance(given, Record) or not given.published:
            return told(given)
        now = stamp(description())
        if now not in kept:
            kept.clear()
            kept[now] = told(given)
        return {
            name: part if isinstance(part, Record) else {key: part[key].copy() for key in part}
            for name, part in kept[now].items()
        }

    return adopted


@_once
def adoptions(record: Tables | None = None) -> dict[str, Tables]:
    """The record under each other adoption, by its name; as adopted comes first.

    A perspective of which the record has no claims is left out.
    """
    given = tables(record)
    claims = with_source(given["claims"], given)
    parts = {name: claims["perspective"] == view for view, name in PERSPECTIVES.items()}
    parts["without the first account"] = claims["source"] != ARTICLE
    parts["outright claims only"] = ~claims["inferred"]
    told = {"as adopted": given}
    told |= {name: as_told_by(claims[part]) for name, part in parts.items() if part.any()}
    return told | {"as coded a second time": second_coding(given)}


def second_coding(record: Tables | None = None) -> dict[str, pd.DataFrame]:
    """The record with the classes of the last blind reading of each cell laid over it.

    Only readings of a whole cell count, not those of one source's statement; and of columns
    with a vocabulary, not those of a day, a name or a number looked up on a page.
    """
    given = tables(record)
    found = {name: given[name] for name in given}
    for name, rows in last_whole(given["readings"]).groupby("table", observed=True):
        frame, described = found[str(name)], description().tables[str(name)]
        key = described.id
        for column, cells in rows.groupby("column"):
            if not described.columns[str(column)].allowed:
                continue
            last = cells.set_index("record_id")["second"]
            again = frame[key].map(last.where(last != "none", None))
            read = frame[key].isin(last.index)
            values = frame[column].astype(object).where(~read, again)
            frame = frame.assign(**{str(column): values.astype(frame[column].dtype)})
        found[str(name)] = frame
    return found


def as_columns(record: Tables | None = None) -> Columns:
    """The tables that headlines ask of, as arrays (see :class:`Columns`)."""
    given = tables(record)
    found: dict[str, dict[str, np.ndarray]] = {
        name: Arrays(given, name) for name in (*description().records, "actors")
    }
    war = deaths_around(usable(given)).dropna()
    fell = (war["after"] < war["before"]).to_numpy()
    found["months"] = {"month": war.index.astype(str).to_numpy(), "fell": fell}
    return Columns(found)


def draws(record: Tables | None = None, n: int = DRAWS, seed: int = SEED) -> Iterator[Columns]:
    """The record's tables as arrays, as each of ``n`` random orders of its sources tells them.

    Each is good until the next is asked for. Bounds of dates follow the dates drawn.
    """
    given = tables(record)
    found = as_columns(given)
    cells = list(contested(given, found))
    pick = np.random.default_rng(seed)
    places = {step: pick.random((n, size)) for step, size in sources_by_step(cells).items()}
    blocks = settled((cell, places[cell.step][:, cell.sources].argmin(axis=1)) for cell in cells)
    for draw in range(n):
        for column, rows, values in blocks:
            column[rows] = values[draw]
        yield Columns(found)


def _adopted(headlines: Mapping[str, Headline], record: Tables | None) -> dict[str, list[float]]:
    """Each headline under each adoption, by its name."""
    for name, ask in headlines.items():
        if not callable(ask):
            found = type(ask).__name__
            raise ValueError(f"headline {name!r}: expected a function of Columns, found {found}.")
    told = ((name, as_columns(part)) for name, part in adoptions(record).items())
    return {name: [ask(columns) for ask in headlines.values()] for name, columns in told}


def cases(headlines: Mapping[str, Headline], record: Tables | None = None) -> pd.DataFrame:
    """Of how many cases each headline is a share, under each adoption.

    Rows and columns are those of :func:`survey`, without the draws. Missing for a headline
    that is no share.

    >>> from karabakh_data.studies import headlines, robust
    >>> table = robust.cases({"failed": headlines.failed})
    >>> bool(table.loc["as adopted", "failed"] > table.loc["Russian sources", "failed"])
    True

    Raises:
        ValueError: a headline is no function.
    """
    rows = {
        name: [getattr(value, "cases", None) for value in values]
        for name, values in _adopted(headlines, record).items()
    }
    return pd.DataFrame.from_dict(rows, orient="index", columns=list(headlines), dtype="Int64")


def survey(headlines: Mapping[str, Headline], record: Tables | None = None) -> pd.DataFrame:
    """Each headline under each adoption: one row is one adoption, one column one headline.

    The last rows are ``median``, ``low`` and ``high`` of the draws (95% of them lie
    between). A headline that an adoption cannot answer is missing.

    >>> from karabakh_data.studies import headlines, robust
    >>> table = robust.survey({"attempts": headlines.attempts})
    >>> table.index[0]
    'as adopted'

    Raises:
        ValueError: a headline is no function.
    """
    rows = _adopted(headlines, record)
    drawn = np.array(
        [[headline(columns) for headline in headlines.values()] for columns in draws(record)]
    )
    for name, share in (("median", 0.5), ("low", 0.025), ("high", 0.975)):
        rows[name] = list(np.nanquantile(drawn, share, axis=0))
    return pd.DataFrame.from_dict(rows, orient="index", columns=list(headlines))
