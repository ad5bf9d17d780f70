"""The record as published, or as some of the claims tell it."""

from __future__ import annotations

import gc
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from typing import cast

import pandas as pd

from . import files
from .checks.ledger import Ledger
from .descriptor import DATA, FILE, Description, counted, description, type_of, unknown
from .files import Row, Rows
from .fingerprints import published
from .loading import TableName, as_text, cells_as_text, load, typed
from .telling import as_told

_NEEDED = ("table", "record_id", "column", "value", "inferred", "source")


class Record(Mapping[str, pd.DataFrame]):
    """All tables, by name, each typed as :func:`karabakh_data.load` gives it.

    Tables are computed when first asked for; every look-up gives a fresh copy.

    Attributes:
        part: whether it is the record as a part of the ledger tells it.
        published: whether it is the record as published, and was not told by claims given.
    """

    def __init__(self, rows: Mapping[str, Rows] | None = None, *, part: bool = False) -> None:
        """Hold the rows of all tables; those of the published files if none are given."""
        self.part = part
        self.published = rows is None
        self._rows = rows
        self._frames = _loaded(stamp(description())) if rows is None else {}

    def __getitem__(self, table: str) -> pd.DataFrame:
        """One table; ValueError names the tables there are."""
        described = description().table(table)
        if table not in self._frames:
            rows = self._rows
            name = cast("TableName", table)
            self._frames[table] = load(name) if rows is None else typed(described, rows[table])
        return self._frames[table].copy()

    def rows(self, table: str) -> Rows:
        """One table as rows of text, as its file would hold them; not to be changed."""
        if self._rows is not None:
            return self._rows[table]
        return as_text(description().table(table), self[table])

    def __iter__(self) -> Iterator[str]:
        return iter(description().tables)

    def __len__(self) -> int:
        return len(description().tables)

    def __contains__(self, table: object) -> bool:
        return table in description().tables

    def _ipython_key_completions_(self) -> list[str]:
        """What IPython and Jupyter offer after ``record["``."""
        return list(self)

    def __repr__(self) -> str:
        teller = "a part of the ledger" if self.part else "the whole ledger"
        return f"<record as {teller} tells it: {counted(len(self['claims']), 'claim')}>"

    def save(self, folder: str | os.PathLike[str]) -> None:
        """Write the tables into a folder as CSV files, with their description."""
        described = description()
        folder = os.fspath(folder)
        os.makedirs(folder, exist_ok=True)
        tables = described.tables.values()
        contents = {table.file: files.text(table, self.rows(table.name)) for table in tables}
        package = {**described.package, **({"part": True} if self.part else {})}
        contents[FILE] = json.dumps(package, indent=1, ensure_ascii=False) + "\n"
        files.write(folder, contents)


def record(claims: pd.DataFrame | None = None) -> Record:
    """All tables as these claims tell them.

    A record is in it if the claims speak of it, or of something that refers to it.
    Each coded cell holds what the claims given come to (see
    :mod:`karabakh_data.adoption`): blank where they say nothing, but for required
    cells, where the published value then stands. Tables that are
    ``whole`` in the description, such as actors and sources, come whole. ``source`` and
    ``locator`` of a row are among the claims given. The order of the claims, and a claim
    that stands twice, change nothing.

    >>> import karabakh_data as kd
    >>> claims = kd.load("claims").merge(kd.load("sources")[["source", "perspective"]])
    >>> armenian = kd.record(claims[claims["perspective"] == "armenian"])
    >>> fates = armenian["ceasefires"].set_index("ceasefire_id")["fate"]
    >>> fates["1992-09-19-sochi"]
    'never_began'

    Args:
        claims: any part of ``load("claims")``, joined with other columns or not. Needed
            are ``table``, ``record_id``, ``column``, ``value``, ``inferred`` and
            ``source``; ``locator`` and ``note`` are the ledger's if not given. Default:
            the record as published.

    Raises:
        ValueError: no claims, or no frame of claims; or a claim about a table, column,
            record or source that does not exist, or with a value its column cannot hold:
            the row is named, with what was expected.
    """
    if claims is None:
        return Record()
    described = description()
    with _no_search_for_cycles():
        tables = _published(stamp(described))
        given = _given(claims, described)
        ledger = (claim["claim_id"] for claim in tables["claims"])
        part = not {claim["claim_id"] for claim in given}.issuperset(ledger)
        told = as_told(described, tables, given, part=part)
        for line, claim in enumerate(told["claims"], start=2):  # as they would be written
            claim.line = line
        return Record(told, part=part)


def opened(
    given: Mapping[str, pd.DataFrame] | None, *, whole: bool = True
) -> Mapping[str, pd.DataFrame]:
    """The record given, or the record as published if none is: where all who take one open it.

    Raises:
        ValueError: it is no record or, where it must be ``whole``, lacks tables.
    """
    if given is None:
        return record()
    if not isinstance(given, Mapping):
        meant = "; did you mean karabakh_data.record(claims)?"
        hint = meant if isinstance(given, pd.DataFrame) else "."
        raise ValueError(f"expected a record, found {type(given).__name__}{hint}")
    if whole and (lacking := [name for name in description().tables if name not in given]):
        raise ValueError(
            f"a record without {', '.join(lacking)}: expected all tables, "
            "as karabakh_data.record gives them."
        )
    return given


@contextmanager
def _no_search_for_cycles() -> Iterator[None]:
    """Spare the search for cycles, of which rows make none: it takes a third of the time."""
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def stamp(described: Description) -> tuple[int, ...]:
    """What changes when a file of the data does."""
    paths = (os.path.join(DATA, table.file) for table in described.tables.values())
    return tuple(os.stat(path).st_mtime_ns for path in paths if os.path.exists(path))


@lru_cache(maxsize=1)
def _loaded(stamp: tuple[int, ...]) -> dict[str, pd.DataFrame]:
    """The tables as published that were asked for so far: every such record looks here."""
    return {}


@lru_cache(maxsize=1)
def _published(stamp: tuple[int, ...]) -> dict[str, Rows]:
    """The tables as published, as rows of text."""
    tables = description().tables.items()
    return {name: files.parse(published(table), table) for name, table in tables}


@lru_cache(maxsize=4)
def _known(stamp: tuple[int, ...], columns: tuple[str, ...]) -> dict[tuple[str, ...], Row]:
    """The claims as published, by what these columns hold."""
    claims = _published(stamp)["claims"]
    return {tuple(claim[name] for name in columns): claim for claim in claims}


@lru_cache(maxsize=1)
def _ledger(stamp: tuple[int, ...]) -> Ledger:
    """What the ledger as published can say."""
    return Ledger(description(), _published(stamp))


def _given(claims: pd.DataFrame, described: Description) -> Rows:
    """The claims as rows of text, each once and in order of their ids."""
    if not isinstance(claims, pd.DataFrame):
        raise ValueError(f"expected a DataFrame of claims, found {type_of(claims)}.")
    if lacking := [name for name in _NEEDED if name not in claims.columns]:
        raise ValueError(
            f"claims without {', '.join(lacking)}: expected the columns {', '.join(_NEEDED)}."
        )
    if claims.columns.has_duplicates:
        raise ValueError(f"claims with a column twice: {', '.join(map(str, claims.columns))}.")
    if claims.empty:
        raise ValueError("no claims given: expected at least one.")
    table = described.tables["claims"]
    told = [name for name in (*_NEEDED, "locator", "note") if name in claims.columns]
    known = _known(stamp(described), tuple(told))
    found: dict[str, Row] = {}
    cells = (cells_as_text(claims[name]) for name in told)
    for place, values in enumerate(zip(*cells, strict=True)):
        claim = known.get(values)
        if claim is None:  # in other words than the ledger, or of one's own
            claim = Row(zip(told, values, strict=True))
            if why := _wrong(claim, _ledger(stamp(described))):
                raise ValueError(f"claims, row {list(claims.index)[place]!r} (at {place}): {why}")
            key = files.made_id(table, claim)
            blank = dict.fromkeys(table.columns, "")
            as_published = _known(stamp(described), ("claim_id",)).get((key,), blank)
            claim = Row({**as_published, **claim, "claim_id": key})
        twin = found.setdefault(claim["claim_id"], claim)
        if twin is not claim and _statement(claim) < _statement(twin):
            found[claim["claim_id"]] = claim
    return [found[key] for key in sorted(found)]


def _statement(claim: Row) -> tuple[str, str, str]:
    """What may differ between two rows of one claim: outright comes first."""
    return claim["inferred"], claim["locator"], claim["note"]


def _wrong(claim: Row, ledger: Ledger) -> str:
    """What is wrong with a claim, or nothing."""
    if found := ledger.about(claim):
        return found[1]
    if claim["source"] not in ledger.keys["sources"]:
        return unknown("source", claim["source"], ledger.keys["sources"])
    if claim["inferred"] not in ("true", "false"):
        return f"inferred={claim['inferred']!r}: expected true or false."
    why = ledger.sayable(claim)
    return f"{claim['column']}={claim['value']!r}: {why.rstrip('.')}." if why else ""
