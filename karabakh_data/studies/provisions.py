"""Compliance: what each text asked of each side, and what became of it."""

from __future__ import annotations

from typing import Any

import pandas as pd

from ..frames import looked_up, needs
from ..loading import TEXT
from ..optional import scipy
from ._given import Tables, tables
from ._periods import CEASEFIRE, OPEN, SECOND_WAR
from .naming import in_words, with_names

KEPT = ("carried_out", "in_part")
"""Fates of what was done, at least in part or for a time."""

KNOWN = (*KEPT, "not_carried_out", "superseded")
"""Fates that say whether it was done. What is only contested (``in_dispute``) says neither."""

BECAME = {
    "carried_out": "done",
    "in_part": "done in part or for a time",
    "not_carried_out": "not done",
    "superseded": "replaced by another text",
    "in_dispute": "contested",
}
"""Fates in the words of tables and figures; a fate that no source tells is “not told”."""

OBLIGED = {"armenian": "Armenian side", "azerbaijani": "Azerbaijan"}
"""Whom the provisions oblige, by side; the parties together, and others, are apart."""

PERIODS = {
    "before May 1994": CEASEFIRE,
    "May 1994 to September 2020": SECOND_WAR,
    "since the war of 2020": OPEN,
}
"""Periods, and the day on which each is over."""

FOOTING = {
    "signed": "signed or agreed",
    "signed_in_part": "signed or agreed",
    "initialled": "signed or agreed",
    "agreed": "signed or agreed",
    "adopted": "adopted or declared",
    "proposed": "proposed or refused",
    "refused": "proposed or refused",
}
"""The standing of a text, by its status: what nobody took on cannot be kept."""

_BOTH, _OTHERS = "both sides together", "mediators and others"


def provisions(record: Tables | None = None) -> pd.DataFrame:
    """What each text asked: one row is one provision.

    Columns: those of ``provisions``; ``event_id``; ``day`` (of its text, or its step);
    ``period`` (see :data:`PERIODS`); ``footing`` (see :data:`FOOTING`); ``about``
    (its topic in words); ``obliged_name``; ``whom`` (see :data:`OBLIGED`); ``became`` (see
    :data:`BECAME`); ``known``, ``kept`` (see :data:`KNOWN`, :data:`KEPT`).

    >>> from karabakh_data.studies import provisions
    >>> rows = provisions.provisions().set_index("provision_id")
    >>> rows.loc["1993-04-30-unsc-822.resolution.withdrawal", "became"]
    'not done'
    """
    given = tables(record)
    rows = given["provisions"]
    texts = given["documents"].set_index("document_id")
    starts = given["events"].set_index("event_id")["start"]
    event = looked_up(rows["document_id"], texts["event_id"])
    day = looked_up(rows["document_id"], texts["adopted_first"]).fillna(looked_up(event, starts))
    sides = given["actors"].set_index("actor")["side"].astype(object).map(OBLIGED)
    whom = looked_up(rows["obliged"], sides).fillna(_OTHERS)
    period = pd.Series(pd.NA, rows.index, dtype=object)
    for name, until in reversed(PERIODS.items()):
        period = period.mask(day < pd.Timestamp(until), name)
    rows = rows.assign(
        event_id=event,
        day=day,
        period=pd.Categorical(period, categories=list(PERIODS), ordered=True),
        footing=looked_up(rows["document_id"], texts["status"].astype(object).map(FOOTING)).astype(
            TEXT
        ),
        about=in_words(rows["topic"].astype(TEXT)).astype(TEXT),
        whom=whom.mask(rows["obliged"] == "parties", _BOTH).astype(TEXT),
        became=pd.Categorical(
            rows["fate"].astype(object).map(BECAME).fillna("not told"),
            categories=[*BECAME.values(), "not told"],
        ),
        known=rows["fate"].isin(KNOWN),
        kept=rows["fate"].isin(KEPT),
    )
    return with_names(rows, "obliged", record=given)


def fates_by(rows: pd.DataFrame, by: str) -> pd.DataFrame:
    """How many provisions came to what, group by group: one row is one group.

    Columns: ``provisions``, ``texts``; one for each fate (see :data:`BECAME`) and
    ``not told``; ``known``, ``kept`` (counts). The group with most is first.

    Args:
        rows: as :func:`provisions` gives them, or a part of them.
        by: a column of theirs.
    """
    needs(rows, by, "became", "document_id", "known", "kept")
    groups = rows.groupby(rows[by].astype(object))
    table = groups.agg(
        provisions=("became", "size"),
        texts=("document_id", "nunique"),
        known=("known", "sum"),
        kept=("kept", "sum"),
    )
    for fate in [*BECAME.values(), "not told"]:
        table[fate] = (rows["became"] == fate).groupby(rows[by].astype(object)).sum()
    table = table.astype("int64").rename_axis(by).reset_index().astype({by: TEXT})
    order = ["provisions", by]
    return table.sort_values(order, ascending=[False, True], ignore_index=True)


def share_kept(rows: pd.DataFrame, *, draws: int = 2000, seed: int = 20261126) -> pd.Series:
    """The share kept of provisions of known fate, with a 95% interval. Needs scipy.

    The provisions of one text share a fate more often than not, so whole texts are drawn
    again (bootstrap, percentiles). Where nothing, or everything, was kept, the interval
    is the exact one for as many texts. Fewer than 5 texts have none.

    Keys: ``kept``, ``known``, ``texts`` (counts), ``share``, ``low``, ``high``.

    Args:
        rows: as :func:`provisions` gives them, or a part of them.
        draws: how often texts are drawn.
        seed: of the draws.

    Raises:
        ModuleNotFoundError: scipy is not installed.
    """
    needs(rows, "document_id", "known", "kept")
    stats = scipy("stats")
    known = rows[rows["known"].astype(bool)]
    per_text = known.groupby("document_id")["kept"].agg(["sum", "size"]).astype("float64")
    kept, of, texts = int(known["kept"].sum()), len(known), len(per_text)
    found = {"kept": kept, "known": of, "texts": texts, "share": kept / of if of else float("nan")}
    low = high = float("nan")
    if texts >= 5 and kept in (0, of):
        low, high = stats.binomtest(texts if kept else 0, texts).proportion_ci()
    elif texts >= 5:

        def ratio(kept: Any, of: Any, axis: int = -1) -> Any:
            return kept.sum(axis=axis) / of.sum(axis=axis)

        samples = (per_text["sum"].to_numpy(), per_text["size"].to_numpy())
        low, high = stats.bootstrap(
            samples, ratio, paired=True, n_resamples=draws, method="percentile", rng=seed
        ).confidence_interval
    return pd.Series(found | {"low": float(low), "high": float(high)}, dtype=object)


def shares_by(rows: pd.DataFrame, by: str) -> pd.DataFrame:
    """The :func:`share_kept` of each group: one row is one, the highest share first.

    Columns: ``by``; those of :func:`share_kept`.
    """
    needs(rows, by)
    groups = rows.groupby(rows[by].astype(object))
    table = pd.DataFrame([{by: name} | share_kept(part).to_dict() for name, part in groups])
    if table.empty:
        return table.reindex(columns=[by, "kept", "known", "texts", "share", "low", "high"])
    order = ["share", by]
    return table.sort_values(order, ascending=[False, True], ignore_index=True)


def by_text(rows: pd.DataFrame) -> pd.DataFrame:
    """What became of each text with a provision of known fate: one row is one text.

    Columns: ``document_id``; ``known``, ``kept`` (counts); ``text`` (“all kept”, “some
    kept”, “none kept”).
    """
    needs(rows, "document_id", "known", "kept")
    known = rows[rows["known"].astype(bool)]
    table = known.groupby("document_id")["kept"].agg(["size", "sum"]).astype("int64")
    table = table.set_axis(["known", "kept"], axis=1).reset_index()
    some = pd.Series("some kept", table.index).mask(table["kept"] == 0, "none kept")
    return table.assign(text=some.mask(table["kept"] == table["known"], "all kept").astype(TEXT))
