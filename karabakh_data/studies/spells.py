"""Spells: how long ceasefires lasted."""

from __future__ import annotations

import pandas as pd

from .. import edtf
from ..frames import looked_up
from ._given import Tables, scipy, tables
from .attempts import attempts

KEPT = ("held", "lapsed", "extended")
"""Fates of a ceasefire that was kept to the end of its term, or as far as it is followed."""

_A_WEEK = pd.Timedelta(days=7)


def spells(record: Tables | None = None) -> pd.DataFrame:
    """How long ceasefires lasted that began on a known day: one row is one, by first day.

    A stop and what prolongs it (``extends``) are one spell. It begins on the day it came
    into force or, where only its end is told, on the day it was due or declared. One
    that ran its term counts to the term's end; one that held, to the next attempt of
    the same scope or the day up to which the record follows it. One that broke on a
    day no source gives, or of which nothing more is known, is left out, and so is one
    whose end is told from before its beginning.

    Columns: ``ceasefire_id``, ``title`` (of the first of the chain); ``first_day``,
    ``last_day``; ``days`` (from the one to the other; 0: it broke the same day);
    ``ended`` (false: it lasted at least so long); ``day_told`` (false: the sources do
    not agree on its last day, and the latest is taken that one narrows to a week).

    >>> from karabakh_data.studies import spells
    >>> lasted = spells.spells().set_index("ceasefire_id")["days"]
    >>> int(lasted["1994-05-12-ceasefire"])
    7996
    """
    given = tables(record)
    rows = attempts(given)
    told_ends = rows["ended"].notna()
    latest = looked_up(rows["ceasefire_id"], _latest_ends(given))
    rows = rows.assign(
        told=told_ends,
        ended=rows["ended"].fillna(latest.where(rows["fate"] == "broken")),
        until=_followed(rows),
        chain=_chains(rows),
    )
    first = rows.drop_duplicates("chain").set_index("chain")
    last = rows.drop_duplicates("chain", keep="last").set_index("chain").loc[first.index]
    began = first["effective"].fillna(first["due"]).fillna(first["declared"])
    term = last["effective"].fillna(last["day"]) + pd.to_timedelta(last["planned_days"], unit="D")
    seen = term.where(last["fate"].isin(KEPT)).fillna(last["until"].where(last["fate"] == "held"))
    renewed = last["ceasefire_id"] != first["ceasefire_id"]  # seen until then at least
    seen = seen.fillna(last["day"].where(renewed))
    broke = last["ended"].notna()
    spell = first[["ceasefire_id", "title"]].assign(
        first_day=began,
        last_day=last["ended"].fillna(seen),
        ended=broke,
        day_told=last["told"] | ~broke,
    )
    spell.insert(4, "days", (spell["last_day"] - spell["first_day"]).dt.days)
    known = first["effective"].notna() | broke | first["fate"].isin(KEPT)
    spell = spell[known & (spell["days"] >= 0)].astype({"days": "int64"})
    return spell.sort_values(["first_day", "ceasefire_id"], ignore_index=True)


def _latest_ends(given: Tables) -> pd.Series:
    """The latest day on which a source that narrows it to a week has a ceasefire end.

    Days rejected by decision, such as those of shots within a stop that went on, are
    left out.
    """
    claims, decisions = given["claims"], given["decisions"]
    told = claims[(claims["table"] == "ceasefires") & (claims["column"] == "ended")]
    cell = ["table", "record_id", "column", "value"]
    no = decisions.loc[decisions["verdict"] == "reject", cell]
    rejected = set(no.itertuples(index=False, name=None))
    stands = [one not in rejected for one in told[cell].itertuples(index=False, name=None)]
    told = told[pd.Series(stands, index=told.index, dtype=bool)]
    spans = [edtf.span(value) for value in told["value"]]
    first = pd.to_datetime([span.first for span in spans], format="%Y-%m-%d", errors="coerce")
    last = pd.to_datetime([span.last for span in spans], format="%Y-%m-%d", errors="coerce")
    exact = pd.Series(last.where(last - first <= _A_WEEK), index=told.index)
    return exact.groupby(told["record_id"]).max()


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


def survival(days: pd.Series, ended: pd.Series) -> pd.DataFrame:
    """Kaplan-Meier: the share still holding after each number of days. Needs scipy.

    One row is one number of days after which a spell ended or was lost from sight, as
    index ``days``. Columns: ``share``; ``low``, ``high`` (95% interval, log-log);
    ``left`` (how many are followed past that day). A spell that did not end counts as
    lasting at least its days.

    >>> import pandas as pd
    >>> from karabakh_data.studies import spells
    >>> curve = spells.survival(pd.Series([1, 2, 3]), pd.Series([True, False, True]))
    >>> curve["left"].tolist()
    [2, 1, 0]

    Args:
        days: how long each spell lasted.
        ended: whether it ended then.

    Raises:
        ModuleNotFoundError: scipy is not installed.
    """
    import warnings

    stats = scipy("stats")
    if days.empty:
        columns = {"share": "float64", "low": "float64", "high": "float64", "left": "int64"}
        return pd.DataFrame(index=pd.Index([], name="days"), columns=list(columns)).astype(columns)
    sample = stats.CensoredData(uncensored=days[ended], right=days[~ended])
    curve = stats.ecdf(sample).sf
    with warnings.catch_warnings(action="ignore", category=RuntimeWarning):  # undefined at 0 and 1
        reach = curve.confidence_interval(method="log-log")
    edges = {"low": reach.low.probabilities, "high": reach.high.probabilities}
    table = pd.DataFrame({"share": curve.probabilities, **edges}, index=curve.quantiles)
    table["left"] = [int((days > day).sum()) for day in table.index]
    return table.fillna({"low": 0, "high": 1}).rename_axis("days")


def share_after(curve: pd.DataFrame, day: int) -> pd.Series:
    """The row of a :func:`survival` that holds on a day: all hold before the first."""
    passed = curve[curve.index <= day]
    if passed.empty:
        return pd.Series({"share": 1.0, "low": 1.0, "high": 1.0, "left": pd.NA}, name=day)
    return passed.iloc[-1].rename(day)
