"""Beginnings: Russia, the CSCE and Iran in the first war, who came first and with what."""

from __future__ import annotations

import pandas as pd

from ..frames import needs
from ._given import Tables, tables
from .attempts import AGREED, BEGAN, attempts
from .formats import MINSK
from .steps import steps

UNTIL = "1995-01-01"
"""The day up to which they are set side by side."""

SIDE_BY_SIDE = {
    "Russia": ("russia", "russia-kazakhstan"),
    "CSCE/OSCE": (MINSK,),
    "Iran": ("iran",),
}
"""Whose formats are whose: Russia's are those alone and with Kazakhstan."""


def acts(record: Tables | None = None) -> pd.DataFrame:
    """The steps until the end of 1994 that are dated to the month: one row is one.

    Columns: those of :func:`~karabakh_data.studies.steps.steps`; ``whose`` (as
    :data:`SIDE_BY_SIDE` has it; the name of the format where it has none; “no single
    format”); ``agreed`` (whether a stop was agreed or prolonged by it).
    """
    given = tables(record)
    rows = steps(given)
    one_month = rows["start"].dt.strftime("%Y-%m") == rows["end"].dt.strftime("%Y-%m")
    rows = pd.DataFrame(rows[one_month & (rows["start"] < UNTIL)])
    names = {one: whose for whose, own in SIDE_BY_SIDE.items() for one in own}
    whose = rows["format"].astype(object).map(names).astype(object)
    whose = whose.where(whose.notna(), rows["format_name"].astype(object))
    own = _stops(given)
    return rows.assign(
        whose=whose.where(whose.notna(), "no single format"),
        agreed=rows["event_id"].isin(own["event_id"][own["step"].isin(AGREED)]),
    ).reset_index(drop=True)


def as_lanes(acts: pd.DataFrame) -> pd.DataFrame:
    """The steps as :func:`karabakh_data.charts.lanes` draws them, stops agreed marked.

    Columns: ``lane`` (whose), ``day`` (first), ``strong`` (whether a stop was agreed).

    Args:
        acts: as :func:`acts` gives them, or a part of them.
    """
    needs(acts, "whose", "start", "agreed")
    names = {"whose": "lane", "start": "day", "agreed": "strong"}
    rows: pd.DataFrame = acts[list(names)]
    return rows.rename(columns=names)


def first_deeds(record: Tables | None = None) -> pd.DataFrame:
    """What Russia, the CSCE/OSCE and Iran did first, and when: one row is one sort of deed.

    By the format of the step, from 1991 to the end of 1994, where it is dated to the month
    (see :data:`SIDE_BY_SIDE`). Columns: ``Russia``, ``CSCE/OSCE``, ``Iran`` (first possible day of
    the first such step; missing if there is none).

    >>> from karabakh_data.studies import beginnings
    >>> beginnings.first_deeds().loc["a stop agreed", "CSCE/OSCE"]
    NaT
    """
    given = tables(record)
    rows = acts(given)
    stops = _stops(given)
    agreed = stops[stops["step"].isin(AGREED)]
    began = agreed[agreed["effective"].notna() | agreed["fate"].isin(BEGAN)]
    deeds = {
        "any step": (rows["format"], rows["start"]),
        "a mission to the region": _of_kind(rows, "mission"),
        "a plan put to the parties": _of_kind(rows, "plan"),
        "a text signed": _of_kind(rows, "signing"),
        "a stop proposed or agreed": (stops["format"], stops["day"]),
        "a stop agreed": (agreed["format"], agreed["day"]),
        "a stop that began": (began["format"], began["day"]),
    }
    found = {
        who: [days[of.isin(own)].min() for of, days in deeds.values()]
        for who, own in SIDE_BY_SIDE.items()
    }
    table = pd.DataFrame(found, index=pd.Index(deeds, name="deed", dtype=object))
    return table.astype(rows["start"].dtype)


def _of_kind(rows: pd.DataFrame, kind: str) -> tuple[pd.Series, pd.Series]:
    own = rows[rows["kind"] == kind]
    return own["format"], own["start"]


def months_at_work(record: Tables | None = None) -> pd.DataFrame:
    """In how many months Russia and the CSCE/OSCE were at work, alone and side by side.

    One row is one year from 1992 to 1994, by the format of the step and its first
    possible day. Columns: ``russia`` (months with steps of Russia alone only),
    ``csce_osce`` (of the Minsk process only), ``both``, ``neither`` (counts).
    """
    rows = acts(record)
    month = rows["start"].dt.strftime("%Y-%m")
    own = {one: set(month[rows["format"] == one]) for one in ("russia", MINSK)}
    found = {}
    for year in (1992, 1993, 1994):
        every = {f"{year}-{n:02d}" for n in range(1, 13)}
        russia, csce = own["russia"] & every, own[MINSK] & every
        both, either = len(russia & csce), len(russia | csce)
        found[year] = [len(russia) - both, len(csce) - both, both, 12 - either]
    columns = ["russia", "csce_osce", "both", "neither"]
    return pd.DataFrame.from_dict(found, orient="index", columns=columns).rename_axis("year")


def agreed_stops(record: Tables | None = None) -> pd.DataFrame:
    """Stops agreed to the end of 1994, by the format in which they were agreed.

    One row is one format, that with most first; stops in none stand together.
    Columns: ``agreed`` (agreements and extensions), ``began`` (of them those of which a
    source tells that they did; counts).
    """
    stops = _stops(tables(record))
    stops = stops[stops["step"].isin(AGREED)]
    began = stops["effective"].notna() | stops["fate"].isin(BEGAN)
    name = stops["format_name"].astype(object).fillna("no single format").rename("format")
    by_format = began.groupby(name)
    table = pd.DataFrame({"agreed": by_format.size(), "began": by_format.sum()}).astype("int64")
    return table.sort_values("agreed", ascending=False, kind="stable")


def _stops(given: Tables) -> pd.DataFrame:
    """The attempts to stop the fighting until the end of 1994."""
    rows = attempts(given)
    return rows[rows["day"] < UNTIL]
