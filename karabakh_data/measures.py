"""What several notebooks count in the same way: attempts, seats, spells, deaths, knowledge."""

from __future__ import annotations

import math

import pandas as pd

from .descriptor import with_claims
from .ledger import with_source
from .tables import load

ARTICLE = "nkr-mfa-russian-mediation"  # the source the record starts from


def named(frame: pd.DataFrame, *columns: str) -> pd.DataFrame:
    """The frame with names in place of keys in columns such as ``actor`` or ``format``."""
    labels = {}
    for table, key, label in (
        ("actors", "actor", "name"),
        ("people", "person", "name"),
        ("places", "place", "name"),
        ("formats", "format", "title"),
    ):
        if key in columns:
            labels[key] = frame[key].map(load(table).set_index(key)[label])
    return frame.assign(**labels)


def attempts(ceasefires: pd.DataFrame) -> pd.DataFrame:
    """The rows that are attempts of their own, with the ``day`` to place them by.

    Left out are calls by third parties, confirmations of and procedures for a
    stop already in force, and the earlier of two texts about the same stop.
    ``day`` is the day declared or, where none is known, the first day on which
    the step can have been.
    """
    own = ~ceasefires["step"].isin(["call", "confirmation", "procedure"])
    once = ~ceasefires["fate"].isin(["confirmation", "superseded"])
    steps = load("events").set_index("event_id")["start"]
    rows = ceasefires[own & once]
    return rows.assign(day=rows["declared"].fillna(rows["event_id"].map(steps)))


def by_counting_rule(ceasefires: pd.DataFrame) -> pd.Series:
    """How many attempts there are under each reasonable way to count them."""
    own = attempts(ceasefires)
    known = known_by("ceasefires").reindex(own["ceasefire_id"]).sum(axis=1)
    counts = {
        "attempts of their own": len(own),
        "every row, calls and confirmations too": len(ceasefires),
        "extensions counted with what they prolong": int((own["step"] != "extension").sum()),
        "without proposals that were not agreed": int((own["step"] != "proposal").sum()),
        "the whole front only": int((own["scope"] == "general").sum()),
        "agreed by both sides, the whole front": int(
            ((own["step"] == "agreement") & (own["scope"] == "general")).sum()
        ),
        "known to sources of two perspectives or more": int((known >= 2).sum()),
    }
    return pd.Series(counts, name="attempts").rename_axis("counting rule")


def by_year(day: pd.Series, kind: pd.Series) -> pd.DataFrame:
    """How many of each kind fall in each year, years without any included."""
    counts = pd.crosstab(day.dt.year.astype("Int64"), kind)
    years = range(int(counts.index.min()), int(counts.index.max()) + 1)
    return counts.reindex(years, fill_value=0).rename_axis("year")


def known_by(table: str) -> pd.DataFrame:
    """Which perspectives speak of each record: records by perspectives, true or false."""
    claims = load("claims")
    said = with_source(claims[claims["table"] == with_claims(table)])
    return pd.crosstab(said["record_id"], said["perspective"].astype(str)) > 0


# Past these days nothing is said of a stop that held: the decree that dissolved the
# Karabakh side's institutions, and for the state border the end of the record.
LAST_DAYS = {"general": "2023-09-28", "border": "2025-09-01"}


def spells(ceasefires: pd.DataFrame) -> pd.DataFrame:
    """How long ceasefires lasted that began on a known day.

    Columns: ``ceasefire_id``, ``title``, ``days``, ``ended`` (false: censored, it
    lasted at least so long), ``day_told`` (false: sources differ on its last day;
    the latest is taken). A stop and its extensions are one spell. It began on the
    day it came into force, or, where only its end is told, on the day it was due
    or declared. One that ran its term counts to the term's end; one that held, to
    the next attempt of the same scope or to ``LAST_DAYS``. One that broke on a day
    no source gives, or of which nothing more is known, is left out.
    """
    rows = attempts(ceasefires).sort_values("day", kind="stable")
    rows = rows.assign(
        told=rows["ended"].notna(),
        ended=rows["ended"].fillna(_latest_end(rows)),
        until=_held_until(rows),
        chain=_chains(rows),
    )
    first = rows.drop_duplicates("chain").set_index("chain")
    last = rows.drop_duplicates("chain", keep="last").set_index("chain").loc[first.index]
    began = first["effective"].fillna(first["due"]).fillna(first["declared"])
    term = last["effective"].fillna(last["day"]) + pd.to_timedelta(last["planned_days"], unit="D")
    kept = last["fate"].isin(["held", "lapsed", "extended"])
    longer = last["ceasefire_id"] != first["ceasefire_id"]  # seen until its extension at least
    cut = term.where(kept).fillna(last["until"].where(last["fate"] == "held"))
    cut = cut.fillna(last["day"].where(longer))
    days = (last["ended"].fillna(cut) - began).dt.days
    broke, held = last["ended"].notna(), first["fate"].isin(["held", "lapsed", "extended"])
    spell = first[["ceasefire_id", "title"]].assign(
        days=days, ended=broke, day_told=last["told"] | ~broke
    )
    known = first["effective"].notna() | broke | held
    return spell[known].dropna(subset=["days"]).astype({"days": int}).reset_index(drop=True)


def _latest_end(rows: pd.DataFrame) -> pd.Series:
    """The latest day on which a source has a broken ceasefire end."""
    claims = load("claims").query("table == 'ceasefires' and column == 'ended'")
    day = pd.to_datetime(claims["value"].str.rstrip("~").str.split("/").str[-1], errors="coerce")
    latest = day.groupby(claims["record_id"]).max()
    return rows["ceasefire_id"].map(latest).where(rows["fate"] == "broken")


def _chains(rows: pd.DataFrame) -> list[int]:
    """One number for a stop and the extensions that followed it."""
    chains, renewed = [], -1
    for place, (step, fate) in enumerate(zip(rows["step"], rows["fate"], strict=True)):
        chains.append(renewed if step == "extension" and renewed >= 0 else place)
        renewed = chains[-1] if fate == "extended" else renewed
    return chains


def _held_until(rows: pd.DataFrame) -> pd.Series:
    """The next attempt of the same scope, or the last day of which anything is said."""
    following = rows.groupby("scope", observed=True)["day"].shift(-1)
    last = pd.to_datetime(rows["scope"].astype(object).map(LAST_DAYS))
    return following.fillna(last)


def survival(days: pd.Series, ended: pd.Series) -> pd.DataFrame:
    """Kaplan-Meier: the share still holding after each number of days. Needs scipy.

    Columns: ``share``, ``low``, ``high`` (95% interval, log-log), ``left`` (how many
    are followed past that day). A spell that did not end counts as lasting at
    least its days.
    """
    import warnings

    from scipy import stats

    sample = stats.CensoredData(uncensored=days[ended], right=days[~ended])
    curve = stats.ecdf(sample).sf
    with warnings.catch_warnings(action="ignore", category=RuntimeWarning):  # undefined at 0 and 1
        reach = curve.confidence_interval(method="log-log")
    edges = {"low": reach.low.probabilities, "high": reach.high.probabilities}
    table = pd.DataFrame({"share": curve.probabilities, **edges}, index=curve.quantiles)
    table["left"] = [int((days > day).sum()) for day in table.index]
    return table.fillna({"low": 0, "high": 1}).rename_axis("days")


SIX_SOURCE = "Mooradian and Druckman, Journal of Peace Research 36(6), 1999"
SIX_MEDIATIONS = {
    "Yeltsin and Nazarbayev": "1991-09",
    "Iran": "1992-02",
    "CSCE": "1992-03",
    "Nazarbayev": "1992-08",
    "Russia": "1993-11",
    "Minsk co-chairs": "1994-12",
}


def deaths_around(days: pd.Series, months: int = 3) -> pd.DataFrame:
    """Mean monthly deaths before and after each day, its own month left out.

    Columns: ``before``, ``after``. A window with a month known to be incomplete,
    or without data, is missing.
    """
    deaths = load("deaths").query("complete").set_index("month")["deaths"]
    own = days.dt.to_period("M").dt.to_timestamp()

    def mean(month: pd.Timestamp, first: int) -> float:
        window = [month + pd.DateOffset(months=first + step) for step in range(months)]
        return float(deaths.reindex(window).astype("float64").mean(skipna=False))

    return pd.DataFrame(
        {
            "before": [mean(month, -months) for month in own],
            "after": [mean(month, 1) for month in own],
        },
        index=days.index,
    )


def chapman(first: pd.Series, second: pd.Series) -> tuple[float, float, float]:
    """Chapman's capture-recapture estimate of the total, with its 95% interval.

    The two series say for each record whether the one, and the other, list has
    it. The lists are assumed independent and every record equally easy to find.
    """
    n, m, both = int(first.sum()), int(second.sum()), int((first & second).sum())
    total = (n + 1) * (m + 1) / (both + 1) - 1
    variance = (n + 1) * (m + 1) * (n - both) * (m - both) / ((both + 1) ** 2 * (both + 2))
    reach = 1.96 * variance**0.5
    return total, max(total - reach, float((first | second).sum())), total + reach


def chao(sightings: pd.Series) -> tuple[float, float, float]:
    """Chao's lower bound of the total, bias-corrected, with its log-normal 95% interval.

    ``sightings`` is how many lists know of each record. Those known to one list
    and to two tell how many at least no list knows of.
    """
    n = len(sightings)
    once, twice = int((sightings == 1).sum()), int((sightings == 2).sum())
    unseen = once * (once - 1) / (2 * (twice + 1))
    variance = (
        unseen
        + once * (2 * once - 1) ** 2 / (4 * (twice + 1) ** 2)
        + once**2 * twice * (once - 1) ** 2 / (4 * (twice + 1) ** 4)
    )
    factor = math.exp(1.96 * math.log1p(variance / unseen**2) ** 0.5) if unseen else 1.0
    return n + unseen, n + unseen / factor, n + unseen * factor


def mediators() -> pd.DataFrame:
    """Who mediated or started each step: one row per step and actor named.

    Columns: ``event_id``, ``actor``. Bodies count with the state or organisation
    they are part of; the parties to the conflict are left out.
    """
    roles, actors = load("participants"), load("actors").set_index("actor")
    roles = roles[roles["role"].isin(["mediator", "initiator"])]
    above = roles["actor"].map(actors["part_of"]).fillna(roles["actor"])
    parties = ["armenia", "azerbaijan", "nagorno-karabakh", "armenia-karabakh", "parties"]
    rows = roles.assign(actor=above)[~above.isin(parties)][["event_id", "actor"]]
    return named(rows.drop_duplicates(), "actor")


def active_years(events: pd.DataFrame) -> pd.DataFrame:
    """The years in which each format has a step, for a figure in which gaps show.

    Columns: ``format``, ``first`` and ``last`` (the first day of that year and
    of the next), ``label`` (all steps of the format, in its last year; else blank).
    Formats stand in the order of their first year, the longest-lived first.
    """
    year = events["start"].dt.year.rename("year")
    rows = events.groupby(["format", year]).size().rename("steps").reset_index()
    years = rows.groupby("format")["year"]
    rows = rows.assign(begun=years.transform("min"), lived=-years.transform("size"))
    rows = rows.sort_values(["begun", "lived", "format", "year"])
    rows["first"] = pd.to_datetime(rows["year"].astype(int).astype(str))
    rows["last"] = rows["first"] + pd.DateOffset(years=1)
    total = rows.groupby("format")["steps"].transform("sum").astype(str)
    rows["label"] = total.where(~rows.duplicated("format", keep="last"), "")
    return rows[["format", "first", "last", "label"]].reset_index(drop=True)


def acts() -> pd.DataFrame:
    """The signatures, each with the ``event_id`` of the step its text belongs to."""
    signed = load("signatures")
    texts = load("documents").set_index("document_id")["event_id"]
    return signed.assign(event_id=signed["document_id"].map(texts))


def seats() -> pd.DataFrame:
    """Who sat at the table: one row per step, person and the actor they spoke for.

    Columns: ``event_id``, ``actor``, ``person``, ``start`` (first day the step
    can have been). Those kept away, those only written to and those who did not
    sign a text sent to them are left out, unless they took part in another way.
    """
    roles = load("participants")
    present = roles[~roles["role"].isin(["absent", "addressee"])]
    columns = ["event_id", "actor", "person"]
    rows = pd.concat([present[columns], _given(acts())[columns]]).dropna().drop_duplicates()
    return named(_dated(rows), "actor", "person")


def parties() -> pd.DataFrame:
    """Which parties took part in each step, by word or by signature.

    One row per step and party; columns ``event_id``, ``actor``, ``start`` (first
    day the step can have been). Those kept away, those only written to and those
    who did not sign a text sent to them are left out.
    """
    roles = load("participants")
    spoke = roles[roles["role"].isin(["party", "initiator"])]
    columns = ["event_id", "actor"]
    rows = pd.concat([spoke[columns], _given(acts()).query("capacity == 'party'")[columns]])
    return named(_dated(rows.drop_duplicates()), "actor")


def _given(acts: pd.DataFrame) -> pd.DataFrame:
    """The acts that put a hand under the text."""
    return acts[~acts["status"].isin(["refused", "not_signed"])]


def _dated(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows with the first day their step can have been."""
    days = load("events").set_index("event_id")["start"]
    return rows.assign(start=rows["event_id"].map(days))


def pairs(seats: pd.DataFrame) -> pd.DataFrame:
    """Who met whom: pairs of people who spoke for different actors in one step.

    Columns: ``pair``, ``steps``, ``first``, ``last``; most frequent pair first.
    """
    met = seats.merge(seats, on=["event_id", "start"], suffixes=("", "_other"))
    met = met[(met["person"] < met["person_other"]) & (met["actor"] != met["actor_other"])]
    met = met.drop_duplicates(["event_id", "person", "person_other"])
    pair = (met["person"] + " and " + met["person_other"]).rename("pair")
    counted: pd.DataFrame = met.groupby(pair)[["start"]].agg(
        steps=("start", "size"), first=("start", "min"), last=("start", "max")
    )
    return counted.sort_values(["steps", "first"], ascending=[False, True]).reset_index()


def acts_by_day(signatures: pd.DataFrame) -> pd.DataFrame:
    """Acts on texts whose day is known, third parties together.

    Columns: ``side``, ``day``, ``text`` (its kind), ``act`` (what was done to which
    text and where, a line each).
    """
    side = signatures["actor"].where(signatures["capacity"] == "party", "Third parties")
    day = pd.to_datetime(signatures["date"], format="%Y-%m-%d", errors="coerce")
    verb = signatures["status"].astype("string").str.split("_").str[0]
    text = signatures["document_id"].map(load("documents").set_index("document_id")["kind"])
    act = verb + "\n" + text.astype("string") + ("\n" + signatures["place"]).fillna("")
    rows = pd.DataFrame({"side": side, "day": day, "text": text, "act": act})
    return rows.dropna(subset=["day"]).drop_duplicates()
