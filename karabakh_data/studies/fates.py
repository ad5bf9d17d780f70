"""Fates: what became of attempts as two coders read it, and how far they agree."""

from __future__ import annotations

import pandas as pd

from ..frames import looked_up, needs
from ..ledger import disagreements
from ..loading import TEXT
from ._given import Tables, tables
from .attempts import OUTCOMES, attempts
from .readings import alpha_of as alpha
from .readings import last_whole
from .robust import second_coding

BLANK = "none told"
"""What a coder writes who finds that no statement tells what became of an attempt."""


def codings(record: Tables | None = None) -> pd.DataFrame:
    """The attempts whose fate was read twice, the second time blind: one row is one.

    Columns: ``ceasefire_id``, ``title``; ``first``, ``second`` (the fate that each coder
    read in the same statements; :data:`BLANK`); ``fate`` (as adopted now, or :data:`BLANK`).
    Of attempts read more than once again the last reading counts.
    """
    given = tables(record)
    own, last = attempts(given), last_whole(given["readings"])
    cells = (last["table"] == "ceasefires") & (last["column"] == "fate")
    last = last[cells].set_index("record_id")
    rows = own[own["ceasefire_id"].isin(last.index)]
    found = rows[["ceasefire_id", "title"]].assign(
        first=looked_up(rows["ceasefire_id"], last["first"]).replace("none", BLANK),
        second=looked_up(rows["ceasefire_id"], last["second"]).replace("none", BLANK),
        fate=rows["fate"].astype(TEXT).fillna(BLANK),
    )
    return found.reset_index(drop=True)


def reliability(pairs: pd.DataFrame) -> pd.DataFrame:
    """How far two codings agree, also beyond chance. Needs krippendorff.

    One row is one set of attempts: all; those of which one coder at least reads a fate.
    Columns: ``read``, ``same`` (counts); ``percent``; ``alpha`` (Krippendorff's, nominal:
    1 is agreement, 0 what chance would give; missing where it is not defined).

    Args:
        pairs: with columns ``first``, ``second``, as :func:`codings` gives them.

    Raises:
        ModuleNotFoundError: krippendorff is not installed.
    """
    needs(pairs, "first", "second")
    told = pairs[(pairs["first"] != BLANK) | (pairs["second"] != BLANK)]
    sets = {"all attempts read twice": pairs, "a fate read by one coder at least": told}
    rows = {}
    for name, part in sets.items():
        same = int((part["first"] == part["second"]).sum())
        share = 100 * same / len(part) if len(part) else None
        rows[name] = [len(part), same, share, alpha(part["first"], part["second"])]
    columns = ["read", "same", "percent", "alpha"]
    table = pd.DataFrame.from_dict(rows, orient="index", columns=columns)
    table["percent"] = table["percent"].astype("Float64").round().astype("Int64")
    return table.astype({"alpha": "Float64"}).rename_axis("attempts")


def by_fate(pairs: pd.DataFrame) -> pd.DataFrame:
    """Which fates are soft: one row is one fate, by how often the two coders read it.

    Columns: ``fate``; ``first``, ``second`` (how many each coder read); ``both`` (read by
    both of the same attempt); ``percent`` (of those that either read, both did).

    Args:
        pairs: with columns ``first``, ``second``, as :func:`codings` gives them.
    """
    needs(pairs, "first", "second")
    first, second = pairs["first"].astype(TEXT), pairs["second"].astype(TEXT)
    names = pd.Series(sorted(set(first) | set(second)), dtype=TEXT)
    counts = {
        "first": [int((first == one).sum()) for one in names],
        "second": [int((second == one).sum()) for one in names],
        "both": [int(((first == one) & (second == one)).sum()) for one in names],
    }
    table = pd.DataFrame({"fate": names, **counts}).astype(dict.fromkeys(counts, "int64"))
    either = table["first"] + table["second"] - table["both"]
    table["percent"] = (100 * table["both"] / either).round().astype("Int64")
    return table.sort_values(["percent", "fate"], ignore_index=True)


def both_codings(record: Tables | None = None) -> pd.DataFrame:
    """What became of the attempts as adopted and as the second coder reads all columns.

    One row is one outcome (see :data:`~karabakh_data.studies.attempts.OUTCOMES`).
    Columns: ``adopted``, ``second`` (counts).
    """
    given = tables(record)
    told = {"adopted": given, "second": second_coding(given)}
    counts = {name: attempts(one)["became"].value_counts() for name, one in told.items()}
    table = pd.DataFrame({name: of.reindex(list(OUTCOMES)) for name, of in counts.items()})
    return table.astype("int64").rename_axis("became")


def decided_by(record: Tables | None = None) -> pd.Series:
    """By which rule the attempts' disputed fates were decided: how many of each."""
    given = tables(record)
    rivals = disagreements("ceasefires", record=given)
    own = set(attempts(given)["ceasefire_id"])
    rows = rivals[(rivals["column"] == "fate") & rivals["record_id"].isin(own)]
    rows = rows.drop_duplicates("record_id")
    counts = rows["rule"].astype(TEXT).value_counts().sort_index()
    often = counts.sort_values(ascending=False, kind="stable")
    return often.rename("fates").rename_axis("rule")
