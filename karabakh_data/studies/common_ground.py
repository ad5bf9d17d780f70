"""Common ground: where sources of two perspectives meet, and whose version is adopted."""

from __future__ import annotations

import pandas as pd

from ..adoption import CELL
from ..descriptor import unknown
from ..frames import needs
from ..ledger import values_by_cell, with_source
from ..loading import TEXT
from ._given import Tables, tables
from .article import in_article
from .disagreement import is_date
from .naming import in_words
from .tellers import are_perspectives


def shared_cells(
    first: str, second: str, *, without: str | None = None, record: Tables | None = None
) -> pd.DataFrame:
    """The cells of which sources of both perspectives speak: one row is one.

    Columns: ``table``, ``record_id``, ``column``; ``first``, ``second`` (the set of values
    that each gives); ``common`` (whether they have one in common).

    >>> from karabakh_data.studies import common_ground
    >>> cells = common_ground.shared_cells("armenian", "azerbaijani")
    >>> cells = cells[cells["column"] == "prisoners"].set_index("record_id")
    >>> cells.loc["1996-05-primakov.to-armenia", ["first", "second"]].tolist()
    [{'39'}, {'36'}]

    Args:
        first: a perspective.
        second: another.
        without: a source to leave out.
        record: whose claims (default: as published).

    Raises:
        ValueError: no such perspective or source, or one perspective twice.
    """
    mine, theirs = claims_of(first, second, without=without, record=record)
    rows = _values(mine, "first").merge(_values(theirs, "second"), on=CELL)
    pairs = zip(rows["first"], rows["second"], strict=True)
    return rows.assign(common=pd.Series([bool(a & b) for a, b in pairs], rows.index, dtype=bool))


def claims_of(
    first: str, second: str, *, without: str | None, record: Tables | None
) -> list[pd.DataFrame]:
    """The claims of each of two perspectives with their sources, but for one source.

    Raises:
        ValueError: no such perspective or source, or one perspective twice.
    """
    are_perspectives(first, second)
    given = tables(record)
    if without is not None and without not in set(given["sources"]["source"]):
        raise ValueError(unknown("source", without, given["sources"]["source"]))
    claims = given["claims"]
    claims = with_source(claims if without is None else claims[claims["source"] != without], given)
    return [claims[claims["perspective"] == view] for view in (first, second)]


def on_days(cells: pd.DataFrame) -> pd.DataFrame:
    """Those of the cells that are about a date."""
    return cells[is_date(cells)]


def on_days_places_and_outcomes(cells: pd.DataFrame) -> pd.DataFrame:
    """Those of the cells on which sources can well differ.

    Who took part and what kind of step it was agree almost by themselves.
    """
    return cells[is_date(cells) | cells["column"].isin(["outcome", "fate", "status", "place"])]


def _values(claims: pd.DataFrame, name: str) -> pd.DataFrame:
    """The set of values told of each cell."""
    rows = [(*cell, set(values)) for cell, values in sorted(values_by_cell(claims).items())]
    return pd.DataFrame(rows, columns=[*CELL, name]).astype(dict.fromkeys(CELL, TEXT))


def whose_adopted(shared: pd.DataFrame, *, record: Tables | None = None) -> pd.Series:
    """Whose version of each shared cell the table holds.

    ``first``, ``second``, ``both``, or ``neither``, with the index of ``shared``.

    Args:
        shared: as :func:`shared_cells` gives them, or a part of them.
        record: whose tables (default: as published).
    """
    needs(shared, *CELL, "first", "second")
    claims = tables(record)["claims"]
    held = claims[claims["agreement"] == "same"].drop_duplicates(CELL)
    adopted = {cell: values[0] for cell, values in values_by_cell(held).items()}
    words = {
        (True, False): "first",
        (False, True): "second",
        (True, True): "both",
        (False, False): "neither",
    }
    found = []
    for *cell, first, second in shared[[*CELL, "first", "second"]].itertuples(index=False):
        value = adopted.get((cell[0], cell[1], cell[2]))
        found.append(words[value in first, value in second])
    return pd.Series(found, index=shared.index, dtype=object, name="adopted")


def standing(record: Tables | None = None) -> pd.DataFrame:
    """Of the disputed cells that each group of sources speaks of, how many hold its version.

    One row is one perspective, with the article (see
    :mod:`~karabakh_data.studies.article`) apart from the other Armenian sources; the one
    that speaks of most first. Columns: ``sources``; ``cells``, ``stands`` (counts);
    ``percent``.
    """
    given = tables(record)
    claims = with_source(given["claims"], given)
    differs = claims.loc[claims["agreement"] == "differs", CELL].drop_duplicates()
    disputed = claims.merge(differs, on=CELL)
    group = in_words(disputed["perspective"]).mask(in_article(disputed), "the article")
    disputed = disputed.assign(sources=group, same=disputed["agreement"] == "same")
    stands = disputed.groupby(["sources", *CELL], observed=True)["same"].any()
    rows = stands.groupby("sources").agg(["size", "sum"]).astype("int64")
    rows = rows.set_axis(["cells", "stands"], axis=1)
    rows["percent"] = (100 * rows["stands"] / rows["cells"]).round().astype("int64")
    order = ["cells", "sources"]
    return rows.reset_index().sort_values(order, ascending=[False, True], ignore_index=True)
