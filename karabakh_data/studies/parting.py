"""Where two perspectives contradict each other, and whose version the tables hold."""

from __future__ import annotations

import pandas as pd

from .. import edtf
from ..adoption import CELL
from ..frames import needs
from ..ledger import disagreements, values_by_cell, with_source
from ..records import record as as_told_by
from ._given import Tables, tables
from .attempts import attempts
from .common_ground import whose_adopted
from .disagreement import WAYS, disputes, is_date, settled
from .tellers import are_perspectives, known_by

_WHOSE = ["first", "second", "both", "neither"]


def parting(shared: pd.DataFrame) -> pd.DataFrame:
    """Those of the shared cells on which the two contradict each other.

    Not one value is common, and of dates none holds another within it, as a month holds
    its days.

    Args:
        shared: as :func:`shared_cells` gives them, or a part of them.
    """
    needs(shared, "table", "column", "first", "second", "common")
    apart = shared[~shared["common"]]
    dated = is_date(apart)
    sets = zip(apart["first"], apart["second"], dated, strict=True)
    near = [is_day and any(within(a, b) for a in one for b in other) for one, other, is_day in sets]
    return apart[~pd.Series(near, index=apart.index, dtype=bool)]


def within(one: str, other: str) -> bool:
    """Whether one of two dates, in EDTF, holds the other within it."""
    first, second = edtf.span(one), edtf.span(other)
    return first.holds(second) or second.holds(first)


def adopted_by_kind(shared: pd.DataFrame, *, record: Tables | None = None) -> pd.DataFrame:
    """Whose version is adopted, by what the cells are about. One row is one kind.

    Kinds: days; fates of ceasefires and provisions; everything else; all. Columns
    ``first``, ``second``, ``both``, ``neither`` (counts).

    Args:
        shared: as :func:`shared_cells` gives them, or a part of them.
        record: whose tables (default: as published).
    """
    adopted, dated = whose_adopted(shared, record=record), is_date(shared)
    fate = shared["column"] == "fate"
    kinds = {
        "days": adopted[dated],
        "what became of it": adopted[fate],
        "everything else": adopted[~dated & ~fate],
        "all": adopted,
    }
    counts = {kind: [int((of == whose).sum()) for whose in _WHOSE] for kind, of in kinds.items()}
    return pd.DataFrame.from_dict(counts, orient="index", columns=_WHOSE).rename_axis("about")


def adopted_by_backing(
    shared: pd.DataFrame, first: str, second: str, *, record: Tables | None = None
) -> pd.DataFrame:
    """Whose version is adopted, by whom sources of other perspectives back. One row is one group.

    Groups: others tell a version of the first alone; of the second alone; of both or of
    neither; no other speaks. Columns ``first``, ``second``, ``both``, ``neither``.

    Args:
        shared: as :func:`parting` gives them.
        first: the perspective whose versions ``first`` holds.
        second: that of ``second``.
        record: whose tables and claims (default: as published).
    """
    given = tables(record)
    needs(shared, *CELL, "first", "second")
    are_perspectives(first, second)
    claims = with_source(given["claims"], given)
    others = claims[~claims["perspective"].isin([first, second])]
    said = values_by_cell(others)
    names = {(True, False): "the first", (False, True): "the second"}
    groups = []
    for *cell, one, two in shared[[*CELL, "first", "second"]].itertuples(index=False):
        values = said.get((cell[0], cell[1], cell[2]), [])
        backed = not one.isdisjoint(values), not two.isdisjoint(values)
        groups.append(names.get(backed, "both or neither") if values else "no other speaks")
    adopted = whose_adopted(shared, record=given)
    group = pd.Series(groups, index=shared.index, dtype=object)
    rows = {
        name: [int(((group == name) & (adopted == whose)).sum()) for whose in _WHOSE]
        for name in ("the first", "the second", "both or neither", "no other speaks")
    }
    found = pd.DataFrame.from_dict(rows, orient="index", columns=_WHOSE)
    return found.rename_axis("backed by others")


def adopted_by_settlement(shared: pd.DataFrame, *, record: Tables | None = None) -> pd.DataFrame:
    """Whose version is adopted, by what settled it. One row is one way.

    Ways as :func:`karabakh_data.studies.disagreement.settled` has them. Columns
    ``first``, ``second``, ``both``, ``neither``.

    Args:
        shared: as :func:`parting` gives them.
        record: whose tables and claims (default: as published).
    """
    needs(shared, *CELL, "first", "second")
    given = tables(record)
    by = settled(disputes(disagreements(record=given)))
    rows = shared[CELL].merge(by[[*CELL, "by"]], on=CELL, how="left")
    adopted = whose_adopted(shared, record=given).reset_index(drop=True)
    counts = {
        way: [int(((rows["by"] == way) & (adopted == whose)).sum()) for whose in _WHOSE]
        for way in WAYS
    }
    return pd.DataFrame.from_dict(counts, orient="index", columns=_WHOSE).rename_axis("settled by")


def told_by_both(first: str, second: str, *, record: Tables | None = None) -> tuple[int, int]:
    """How many steps sources of either perspective tell, and how many sources of both."""
    are_perspectives(first, second)
    known = known_by("events", record=record)
    either, both = known[first] | known[second], known[first] & known[second]
    return int(either.sum()), int(both.sum())


def fates_told(view: str, *, record: Tables | None = None) -> int:
    """Of how many attempts the sources of one perspective alone tell the fate."""
    are_perspectives(view)
    given = tables(record)
    claims = with_source(given["claims"], given)
    own = attempts(as_told_by(claims[claims["perspective"] == view]))
    return int(own["fate"].notna().sum())
