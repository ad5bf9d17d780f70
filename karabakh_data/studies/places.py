"""Places: where the sides met."""

from __future__ import annotations

import pandas as pd

from ..frames import looked_up, needs
from ._given import Tables, tables
from ._periods import AFTER_SECOND_WAR
from .naming import with_names
from .seats import presence

AT_HOME = (
    "agdam", "aghdam", "armenia-azerbaijan-border", "artsvashen", "baku",
    "baku-ganja-stepanakert-yerevan", "baku-stepanakert-yerevan", "baku-yerevan",
    "bash-garvand", "fizuli", "gabala", "gubadly", "hadrut", "hakari-bridge", "horadiz",
    "ijevan-gazakh-road", "jabrayil", "karakend", "kelbajar", "khojaly", "khojavend",
    "khtsaberd", "lachin", "lala-tepe", "line-of-contact", "mardakert", "omar-pass",
    "sadarak", "sarsang", "shahumyan", "shusha", "stepanakert", "sugovushan", "talish",
    "territories-around-karabakh", "tsaghkadzor", "yerevan", "yevlakh", "zangilan",
)  # fmt: skip
"""Places in Armenia, in Azerbaijan or where they fought each other."""


def meetings(record: Tables | None = None) -> pd.DataFrame:
    """When and where both sides were at one table: one row is one meeting or signing, by day.

    It is one where :func:`~karabakh_data.studies.seats.presence` has a ``table``. Columns:
    ``event_id``, ``start``; ``place``, ``place_name`` (missing where no source says it);
    ``at_home`` (whether in :data:`AT_HOME`).
    """
    given = tables(record)
    rows = presence(given)
    rows = rows.loc[rows["table"], ["event_id", "start", "place"]].reset_index(drop=True)
    rows = with_names(rows, "place", record=given)
    return rows.assign(at_home=rows["place"].isin(AT_HOME))


def by_place(record: Tables | None = None) -> pd.DataFrame:
    """How often the sides met in each place: one row is one, the most frequent first.

    Columns: ``place``, ``place_name``; ``latitude``, ``longitude`` (missing for what is no
    one spot, such as the border); ``meetings`` (count); ``at_home``.

    >>> from karabakh_data.studies import places
    >>> places.by_place()["place_name"][0]
    'Moscow'
    """
    given = tables(record)
    spots = given["places"].set_index("place")
    rows = meetings(given).groupby(["place", "place_name", "at_home"], as_index=False).size()
    rows = rows.rename(columns={"size": "meetings"})
    for column in ("latitude", "longitude"):
        rows[column] = looked_up(rows["place"], spots[column])
    order = ["place", "place_name", "latitude", "longitude", "meetings", "at_home"]
    return rows[order].sort_values(
        ["meetings", "place_name"], ascending=[False, True], ignore_index=True
    )


def as_map(by_place: pd.DataFrame) -> pd.DataFrame:
    """The places as :func:`karabakh_data.charts.places` draws them, those at home marked.

    Columns: ``place_name``, ``latitude``, ``longitude``; ``count`` (meetings); ``strong``
    (whether at home).

    Args:
        by_place: as :func:`by_place` gives them, or a part of them.
    """
    columns = ["place_name", "latitude", "longitude", "meetings", "at_home"]
    needs(by_place, *columns)
    rows: pd.DataFrame = by_place[columns]
    return rows.rename(columns={"meetings": "count", "at_home": "strong"})


def at_home_by_period(record: Tables | None = None) -> pd.DataFrame:
    """How many meetings of both sides were on their own ground, before the end of 2020 and since.

    One row is one period. Columns: ``meetings`` (whose place is known), ``at_home``
    (counts); ``percent`` (missing where there are none).
    """
    rows = meetings(record).dropna(subset=["place"])
    late = rows["start"] >= AFTER_SECOND_WAR
    found = {
        "to 9 November 2020": rows[~late],
        "since 10 November 2020": rows[late],
    }
    counts = {name: [len(of), int(of["at_home"].sum())] for name, of in found.items()}
    table = pd.DataFrame.from_dict(counts, orient="index", columns=["meetings", "at_home"])
    share = 100 * table["at_home"] / table["meetings"]
    return table.assign(percent=share.round().astype("Int64")).rename_axis("period")
