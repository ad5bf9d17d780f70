"""What several notebooks count in the same way: attempts, seats, spells, deaths, knowledge."""

from __future__ import annotations

import pandas as pd

from .descriptor import with_claims
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
    """The rows that are attempts of their own.

    Left out are calls by third parties, confirmations of and procedures for a
    stop already in force, and the earlier of two texts about the same stop.
    """
    own = ~ceasefires["step"].isin(["call", "confirmation", "procedure"])
    once = ~ceasefires["fate"].isin(["confirmation", "superseded"])
    return ceasefires[own & once]


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
    claims = claims[claims["table"] == with_claims(table)]
    named = claims.merge(load("sources")[["source", "perspective"]], on="source")
    return pd.crosstab(named["record_id"], named["perspective"].astype(str)) > 0


# Days on which general war resumed or the record ends: what held until then is cut off there.
CENSORED_ON = ["2020-09-27", "2023-09-19", "2025-09-01"]


def spells(ceasefires: pd.DataFrame) -> pd.DataFrame:
    """How long ceasefires lasted that began on a known day.

    Columns: ``ceasefire_id``, ``title``, ``days``, ``ended`` (false: censored, it
    lasted at least so long). A ceasefire began on the day it came into force, or,
    where only its end is told, on the day it was due. One that ran its term counts
    to the term's end, one that held to the next of ``CENSORED_ON``; one that broke
    on a day no source gives, or of which nothing more is known, is left out.
    """
    ran_term = ceasefires["fate"].isin(["lapsed", "extended"])
    known_end = ceasefires["ended"].notna() | ran_term
    began = ceasefires["effective"].fillna(ceasefires["due"].where(known_end))
    begun = ceasefires.assign(began=began).dropna(subset=["began"])
    cuts = pd.to_datetime(pd.Series(CENSORED_ON))
    cut = begun["began"].map(lambda day: cuts[cuts > day].min()).where(begun["fate"] == "held")
    lasted = (begun["ended"].fillna(cut) - begun["began"]).dt.days.astype("Int64")
    days = lasted.fillna(begun["planned_days"].where(begun["fate"].isin(["lapsed", "extended"])))
    spell = begun[["ceasefire_id", "title"]].assign(days=days, ended=begun["ended"].notna())
    return spell.dropna(subset=["days"]).astype({"days": int}).reset_index(drop=True)


def survival(days: pd.Series, ended: pd.Series) -> pd.DataFrame:
    """Kaplan-Meier: the share still holding after each number of days. Needs scipy.

    Columns: ``share``, ``low``, ``high`` (95% interval, log-log). A spell that
    did not end counts as lasting at least its days.
    """
    import warnings

    from scipy import stats

    sample = stats.CensoredData(uncensored=days[ended], right=days[~ended])
    curve = stats.ecdf(sample).sf
    with warnings.catch_warnings(action="ignore", category=RuntimeWarning):  # undefined at 0 and 1
        reach = curve.confidence_interval(method="log-log")
    edges = {"low": reach.low.probabilities, "high": reach.high.probabilities}
    table = pd.DataFrame({"share": curve.probabilities, **edges}, index=curve.quantiles)
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


def date_spread(differing: pd.DataFrame) -> pd.Series:
    """How many days apart the versions of a step's day lie, widest first, by its title.

    Takes claims as :func:`karabakh_data.disagreements` gives them, the adopted
    value included; claims that are not days, and ends of ceasefires, are left out.
    """
    rows = differing[differing["column"] != "ended"]
    rival = pd.to_datetime(rows["value"], format="%Y-%m-%d", errors="coerce")
    adopted = pd.to_datetime(rows["adopted"], format="%Y-%m-%d", errors="coerce")
    apart = (rival - adopted).abs().dt.days
    titles = load("events").set_index("event_id")["title"]
    step = rows["record_id"].str.split(".").str[0].map(titles).rename("step")
    widest: pd.Series = apart.groupby(step).max().dropna().astype(int)
    return widest[widest > 0].sort_values(ascending=False, kind="stable").rename("days")


def seats() -> pd.DataFrame:
    """Who sat at the table: one row per step, person and the actor they spoke for.

    Columns: ``event_id``, ``actor``, ``person``, ``start`` (first day the step
    can have been). Those kept away and those only written to are left out.
    """
    roles, signed = load("participants"), load("signatures")
    present = roles[~roles["role"].isin(["absent", "addressee"])]
    texts = load("documents").set_index("document_id")["event_id"]
    hands = signed[signed["status"] != "refused"].assign(event_id=signed["document_id"].map(texts))
    columns = ["event_id", "actor", "person"]
    rows = pd.concat([present[columns], hands[columns]]).dropna().drop_duplicates()
    days = load("events").set_index("event_id")["start"]
    return named(rows.assign(start=rows["event_id"].map(days)), "actor", "person")


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
    """Acts on texts whose day is known, third parties together: ``side``, ``day``, ``act``."""
    side = signatures["actor"].where(signatures["capacity"] == "party", "Third parties")
    day = pd.to_datetime(signatures["date"], format="%Y-%m-%d", errors="coerce")
    verb = signatures["status"].astype("string").str.split("_").str[0]
    act = verb + ("\n" + signatures["place"]).fillna("")
    rows = pd.DataFrame({"side": side, "day": day, "act": act})
    return rows.dropna(subset=["day"]).drop_duplicates()
