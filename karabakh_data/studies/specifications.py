"""Specifications: the share of attempts that failed under every combination of choices."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import product

import numpy as np
import pandas as pd

from ..frames import looked_up, needs
from . import _ends, robust
from ._given import Tables, tables
from .attempts import FAILED, attempts
from .tellers import known_by

COUNTING: dict[str, Callable[[pd.DataFrame], pd.DataFrame]] = {
    "all attempts": lambda rows: rows,
    "no mere offers": lambda rows: rows[rows["step"] != "proposal"],
    "no renewals": lambda rows: rows[rows["step"] != "extension"],
    "whole front": lambda rows: rows[rows["scope"] == "general"],
    "told twice": lambda rows: rows[rows["known"] >= 2],
}
"""Which rows count as attempts, by name: all; without proposals that were not agreed;
without extensions of a stop; of the whole front only; known to two perspectives or more."""

SHOTS = {"fighting": False, "any shots": True}
"""What ends a stop, by name: a return to fighting (the decisions' ``return_to_fighting``), or
shots within it as well, wherever a source takes them for its end."""

WITHIN: dict[str, int | None] = {
    "ever": None,
    "in a year": 365,
    "in 30 days": 30,
    "in a week": 7,
    "in 2 days": 2,
}
"""Up to how many days after it began a break counts as a failure, by name."""

ENDS = {"latest": max, "earliest": min}
"""Which of the rival last days is taken, by name."""

SHORT = {
    "Armenian sources": "Armenian",
    "Azerbaijani sources": "Azerbaijani",
    "Russian sources": "Russian",
    "third parties' sources": "third parties",
    "without the first account": "not the first",
    "outright claims only": "outright only",
    "as coded a second time": "second coding",
}
"""Adoptions in short, for a figure with many lines."""

UNTOLD = {"left out": False, "as not failed": True}
"""What is done with attempts of unknown fate, by name."""


CHOICES = ("sources", "counting", "shots", "breaks", "end", "untold")
"""The choices, as columns of :func:`failed`."""


def failed(record: Tables | None = None) -> pd.DataFrame:
    """The share of attempts that failed under every combination of choices: a row is one.

    Columns: ``sources`` (the adoption, see :func:`karabakh_data.studies.robust.adoptions`),
    ``counting`` (see :data:`COUNTING`), ``shots`` (see :data:`SHOTS`), ``breaks`` (see
    :data:`WITHIN`), ``end`` (see :data:`ENDS`), ``untold`` (see :data:`UNTOLD`); ``failed``,
    ``attempts`` (counts); ``share`` (missing for none); ``adopted`` (whether it is the
    headline). Where a break must come within a time, one of unknown day, or after an unknown
    beginning, is of unknown fate. Last days, too, are those that the adoption tells.
    """
    given = tables(record)
    rows = []
    for sources, told in robust.adoptions(given).items():
        own = attempts(told)
        own = own.assign(
            known=looked_up(own["ceasefire_id"], known_by("ceasefires", record=told).sum(axis=1))
        )
        shot_at = own["ceasefire_id"].isin(_ended_by_shots(told))
        fates = {
            name: own["fate"].mask(shot_at, "broken") if shots else own["fate"]
            for name, shots in SHOTS.items()
        }
        lasted = {
            shots: _lasted(own, _last_days(told, shots=any_)) for shots, any_ in SHOTS.items()
        }
        kept = {name: own.index.isin(count(own).index) for name, count in COUNTING.items()}
        told_so = {
            way: _known_and_failed(fates[way[0]], lasted[way[0]][way[2]], WITHIN[way[1]])
            for way in product(SHOTS, WITHIN, ENDS)
        }
        for counting, way, untold in product(kept, told_so, UNTOLD):
            known, fails = told_so[way]
            whole = kept[counting] & (known | UNTOLD[untold])
            bad, of = int((whole & fails).sum()), int(whole.sum())
            choice = (SHORT.get(sources, sources), counting, *way, untold)
            rows.append([*choice, bad, of, bad / of if of else float("nan")])
    columns = [*CHOICES, "failed", "attempts", "share"]
    table = pd.DataFrame(rows, columns=columns)
    first = [next(iter(one)) for one in (COUNTING, SHOTS, WITHIN, ENDS, UNTOLD)]
    table["adopted"] = (table[list(CHOICES)] == ["as adopted", *first]).all(axis=1)
    return table


def _known_and_failed(
    fate: pd.Series, days: pd.Series, limit: int | None
) -> tuple[np.ndarray, np.ndarray]:
    """Of which attempts the fate is known, and which failed, if a break must come in time."""
    timed = (fate == "broken") & (limit is not None)
    known = fate.notna() & ~(timed & days.isna())
    late = timed & ~(days <= (limit or 0))
    return known.to_numpy(bool), (fate.isin(FAILED) & ~late).to_numpy(bool)


def by_choice(frame: pd.DataFrame) -> pd.DataFrame:
    """How far each option of each choice moves the share: one row is one option.

    Columns: ``choice``, ``option``; ``low``, ``median``, ``high`` (of the share, over all
    other choices); ``combinations`` (count).

    Args:
        frame: as :func:`failed` gives it.
    """
    needs(frame, *CHOICES, "share")
    rows = []
    for choice in CHOICES:
        for option in frame[choice].drop_duplicates():
            share = frame.loc[frame[choice] == option, "share"].dropna()
            found = [share.min(), share.median(), share.max(), len(share)]
            rows.append([choice, option, *found])
    columns = ["choice", "option", "low", "median", "high", "combinations"]
    return pd.DataFrame(rows, columns=columns)


def _ended_by_shots(told: Tables) -> set[str]:
    """The ceasefires that a source has broken where the rule says that fighting did not return."""
    decisions, claims = told["decisions"], told["claims"]
    ruled = (decisions["table"] == "ceasefires") & (decisions["rule"] == "return_to_fighting")
    fates = (claims["table"] == "ceasefires") & (claims["column"] == "fate")
    broken = claims.loc[fates & (claims["value"] == "broken"), "record_id"]
    return set(broken) & set(decisions.loc[ruled, "record_id"])


def _last_days(told: Tables, *, shots: bool) -> dict[str, pd.Series]:
    """The latest and the earliest day on which a source has each ceasefire end.

    Days that decisions reject, such as those of shots within it, only where any shots end it.
    """
    decisions = told["decisions"]
    given = {"claims": told["claims"], "decisions": decisions[:0] if shots else decisions}
    days = _ends.told(given, "end").groupby("record_id")
    return {"latest": days["last"].max(), "earliest": days["first"].min()}


def _lasted(rows: pd.DataFrame, ends: Mapping[str, pd.Series]) -> dict[str, pd.Series]:
    """How many days each attempt lasted, by its last days; missing if not known."""
    began = _ends.began(rows)
    days = {
        name: (looked_up(rows["ceasefire_id"], last) - began).dt.days for name, last in ends.items()
    }
    return {name: one.where(one >= 0) for name, one in days.items()}
