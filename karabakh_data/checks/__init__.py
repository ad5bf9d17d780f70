"""What may stand in a data folder: one registry of rules for all who ask.

The loader's diagnosis, ``python -m karabakh_data check``, ``seal`` and the tests all
call :func:`faults`. Rules are keyed by the kind of column (:mod:`.cells`), by what every
table owes its keys (:mod:`.rows`), by what the description asks of a table
(:mod:`.between`), and by what claims and tables owe each other (:mod:`.ledger`). Those of
one stage run only if the stages before found nothing, since what cannot be read cannot be
compared.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from .. import files
from ..descriptor import DATA, read
from . import between, cells, ledger, rows
from .fault import Data, Fault

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Data", "Fault", "faults"]

READABLE = (
    (cells.cells, rows.keys),
    (rows.references, ledger.sayable),
)
"""The stages before which nothing can be computed."""

STAGES = (
    *READABLE,
    (
        *(ledger.double_entry, ledger.made_keys, ledger.sourced, ledger.decided),
        *(rows.order, between.columns),
    ),
)


def faults(data: str | os.PathLike[str] | Mapping[str, pd.DataFrame] = DATA) -> Iterator[Fault]:
    """Everything that is wrong in a data folder, or in a record, one by one.

    Args:
        data: a folder with ``datapackage.json`` and its tables (default: the package's
            own), or tables as :func:`karabakh_data.record` gives them.

    Raises:
        FileNotFoundError: no such folder, or a file of it is missing.
        ValueError: a file is not what the description says, as a whole.
    """
    return found(from_frames(data) if isinstance(data, Mapping) else from_folder(data))


def from_folder(folder: str | os.PathLike[str]) -> Data:
    """A data folder as it stands."""
    folder = os.fspath(folder)
    described = read(folder)
    return Data(described, files.read(folder, described), described.part)


def from_frames(frames: Mapping[str, pd.DataFrame]) -> Data:
    """Tables as DataFrames, as text; lines are counted as they would be written."""
    from ..descriptor import description
    from ..loading import as_text
    from ..records import Record

    described = description()
    if isinstance(frames, Record):
        return Data(described, {name: frames.rows(name) for name in frames}, frames.part)
    tables = {name: as_text(table, frames[name]) for name, table in described.tables.items()}
    return Data(described, tables, part=False)


def found(
    data: Data,
    stages: Sequence[Sequence[Callable[[Data], Iterator[Fault]]]] = STAGES,
    but: Callable[[Fault], bool] = lambda fault: False,
) -> Iterator[Fault]:
    """The faults of tables at hand, but for some that do not count."""
    for stage in stages:
        clean = True
        for rule in stage:
            for fault in rule(data):
                if not but(fault):
                    clean = False
                    yield fault
        if not clean:
            return
