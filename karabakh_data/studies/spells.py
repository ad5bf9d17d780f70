"""Spells: how long ceasefires lasted, and how they ended."""

from __future__ import annotations

from typing import Literal, get_args

import pandas as pd

from ..descriptor import unknown
from ..frames import looked_up
from ..loading import TEXT
from . import _ends
from ._given import Tables, tables, whole
from .attempts import attempts
from .curves import percent, share_after, survival
from .robust import second_coding

__all__ = ["CAUSES", "KEPT", "Ends", "by_choice", "share_after", "spells", "survival"]

KEPT = ("held", "lapsed", "extended")
"""Fates of a ceasefire that was kept to the end of its term, or as far as it is followed."""

Ends = Literal["latest", "earliest", "last_told", "first_told", "breach"]
"""Which day ends a stop that broke: the one adopted or, where none is, the latest or the
earliest told; the last or the first that any source tells, whatever is adopted; or its
first breach told, whether or not it went on."""

CAUSES = ("broke", "ran its term", "lost from sight")
"""How a spell ends: the fighting came back; its term ran out, renewed or not; neither is
told up to the day to which the record follows it."""


def spells(
    record: Tables | None = None, *, end: Ends = "latest", chains: bool = True
) -> pd.DataFrame:
    """How long ceasefires lasted that began on a known day: one row is one, by first day.

    A stop and what prolongs it (``extends``) are one spell. It begins on the day it came
    into force or, where only its end is told, on the day it was due or declared. One
    that ran its term counts to the term's end; one that held, to the next attempt of
    the same scope or the day up to which the record follows it. One that broke on a
    day no source gives, or of which nothing more is known, is left out, and so are
    those of some hours that ran their term, and one whose end is told from before its
    beginning.

    Columns: ``ceasefire_id``, ``title`` (of the first of the chain); ``first_day``,
    ``last_day``; ``days`` (from the one to the other; 0: it ended the same day);
    ``ended`` (false: it lasted at least so long); ``day_told`` (false: the sources do
    not agree on its last day, and ``end`` says which is taken); ``cause`` (:data:`CAUSES`).

    >>> from karabakh_data.studies import spells
    >>> lasted = spells.spells().set_index("ceasefire_id")["days"]
    >>> int(lasted["1994-05-12-ceasefire"])
    7996

    Args:
        record: whose ceasefires (default: as published).
        end: which day ends a stop that broke.
        chains: whether a stop and what prolongs it are one; else each is one of its own.

    Raises:
        ValueError: rows of ``ceasefires`` were taken out of the record by hand, so that
            stops would be cut short: choose among the spells instead; or no such ``end``.
    """
    if end not in get_args(Ends):
        raise ValueError(unknown("last day", end, get_args(Ends)))
    given = tables(record)
    whole(given, "ceasefires")
    rows = attempts(given)
    chain = _chains(rows) if chains else rows["ceasefire_id"].tolist()
    rows = rows.assign(
        told=rows["ended"].notna(),
        began=_ends.began(rows),
        until=_followed(rows),
        chain=chain,
    )
    rows["ended"] = _last_days(rows, given, end)
    first = rows.drop_duplicates("chain").set_index("chain")
    last = rows.drop_duplicates("chain", keep="last").set_index("chain").loc[first.index]
    if end == "breach":  # of any link of the chain
        last["ended"] = rows.groupby("chain")["ended"].min().reindex(first.index)
    term = last["effective"].fillna(last["day"]) + pd.to_timedelta(last["planned_days"], unit="D")
    ran = term.where(last["fate"].isin(KEPT))
    seen = ran.fillna(last["until"].where(last["fate"] == "held"))
    renewed = last["ceasefire_id"] != first["ceasefire_id"]  # seen until then at least
    seen = seen.fillna(last["day"].where(renewed))
    broke = last["ended"].notna()
    cause = pd.Series(CAUSES[2], index=first.index).mask(ran.notna(), CAUSES[1])
    spell = first[["ceasefire_id", "title"]].assign(
        first_day=first["began"],
        last_day=last["ended"].fillna(seen),
        ended=broke,
        day_told=last["told"] | ~broke,
        cause=pd.Categorical(cause.mask(broke, CAUSES[0]), categories=list(CAUSES)),
    )
    spell.insert(4, "days", (spell["last_day"] - spell["first_day"]).dt.days)
    known = first["effective"].notna() | broke | first["fate"].isin(KEPT)
    spell = spell[known & (spell["days"] >= 0)].astype({"days": "int64"})
    return spell.sort_values(["first_day", "ceasefire_id"], ignore_index=True)


def _last_days(rows: pd.DataFrame, given: Tables, end: Ends) -> pd.Series:
    """The day that ends each, see :data:`Ends`; missing where it did not break."""
    what: Literal["breach", "end"] = "breach" if end == "breach" else "end"
    told = _ends.bounds(rows["ceasefire_id"], rows["began"], given, what)
    found = told["last" if end in ("latest", "last_told") else "first"]
    if end in ("latest", "earliest"):
        found = rows["ended"].fillna(found)
    elif end == "breach":
        found = pd.concat([rows["ended"], rows["breached"], found], axis=1).min(axis=1)
        return found.where(~rows["fate"].isin(["refused", "never_began"]))
    else:
        found = found.fillna(rows["ended"])
    return found.where((rows["fate"] == "broken") | rows["told"])


def _followed(rows: pd.DataFrame) -> pd.Series:
    """The next attempt of the same scope, or the last day that the record looks at."""
    found = []
    for day, scope, last in zip(rows["day"], rows["scope"], rows["followed_until"], strict=True):
        later = rows.loc[(rows["scope"] == scope) & (rows["day"] > day), "day"].min()
        found.append(later if pd.isna(last) or later < last else last)
    return pd.Series(pd.DatetimeIndex(found), index=rows.index)


def _chains(rows: pd.DataFrame) -> list[str]:
    """For each attempt the first of the stops that it prolongs, if it does; else itself."""
    before = rows.set_index("ceasefire_id")["extends"].dropna().to_dict()
    here = set(rows["ceasefire_id"])
    chains = []
    for one in rows["ceasefire_id"]:
        seen = {one}
        while (earlier := before.get(one)) in here and earlier not in seen:
            seen.add(earlier)
            one = earlier
        chains.append(one)
    return chains


def by_choice(record: Tables | None = None) -> pd.DataFrame:
    """How long ceasefires lasted under each choice of their last day and of who counts.

    One row is one choice. Columns: ``spells``, ``broke`` (counts); ``a week``, ``a year``
    (the share that outlives it, with 95% interval where there is one, Kaplan-Meier; blank
    without spells).
    """
    given = tables(record)
    latest, breach = spells(given), spells(given, end="breach")
    breach = breach[breach["ceasefire_id"].isin(latest["ceasefire_id"])]
    own = attempts(given)
    never = own.loc[own["fate"] == "never_began", ["ceasefire_id"]].assign(days=0, ended=True)
    choices = {
        "the day adopted, else the latest told": latest,
        "the day adopted, else the earliest told": spells(given, end="earliest"),
        "the last day that any source tells": spells(given, end="last_told"),
        "the first day that any source tells": spells(given, end="first_told"),
        "the first breach told": breach,
        "only those whose last day is settled": latest[latest["day_told"]],
        "without those that broke on the first day": latest[
            (latest["days"] > 0) | ~latest["ended"]
        ],
        "with those that never began, as nought days": pd.concat([latest, never]),
        "each extension a stop of its own": spells(given, chains=False),
        "fates as coded a second time": spells(second_coding(given)),
    }
    rows = {}
    for name, chosen in choices.items():
        ended = chosen["ended"].astype(bool)
        curve = survival(chosen["days"], ended)
        shares = [percent(curve, day) if len(chosen) else "" for day in (7, 365)]
        rows[name] = [len(chosen), int(ended.sum()), *shares]
    table = pd.DataFrame.from_dict(
        rows, orient="index", columns=["spells", "broke", "a week", "a year"]
    )
    return table.astype({"a week": TEXT, "a year": TEXT}).rename_axis("last day")


def listed(record: Tables | None = None) -> pd.DataFrame:
    """The spells for a figure, each with its first breach told: one row is one.

    Those that broke on their first day are one row together. Columns: ``lane`` (its
    title); ``days``; ``breach`` (days to the first breach told, missing if none is);
    ``text`` (how many days it lasted, in words).
    """
    given = tables(record)
    found, early = spells(given), spells(given, end="earliest")
    breached = spells(given, end="breach")
    breach = breached[breached["ended"]].set_index("ceasefire_id")["days"]
    first = looked_up(found["ceasefire_id"], early.set_index("ceasefire_id")["days"])
    days = found["days"].map("{:,}".format).astype(TEXT)
    reach = first.map("{:,.0f} to ".format).where(first < found["days"], "").astype(TEXT)
    other = "at least " + days
    text = (reach + days).where(found["ended"], other)
    rows = pd.DataFrame(
        {
            "lane": found["title"],
            "days": found["days"],
            "breach": looked_up(found["ceasefire_id"], breach).astype("Int64"),
            "text": text,
        }
    )
    at_once = found["ended"] & (found["days"] == 0)
    if at_once.sum() < 2:
        return rows
    lane = f"{at_once.sum()} that broke on their first day"
    together = rows[at_once].head(1).assign(lane=lane).astype({"lane": TEXT})
    return pd.concat([rows[~at_once], together], ignore_index=True)
