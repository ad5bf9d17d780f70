"""Counts and measures: what a record comes to, one module a subject.

Every study takes a record, as :func:`karabakh_data.record` gives it (default: the
record as published), and none loads anything else::

    import karabakh_data as kd

    claims = kd.load("claims").merge(kd.load("sources")[["source", "perspective"]])
    armenian = kd.record(claims[claims["perspective"] == "armenian"])
    kd.studies.attempts.attempts(armenian)  # as Armenian sources tell them

Plain questions, each one call:

==========================================  ====================================
Where does this name occur?                 :func:`karabakh_data.find`
What was in force on these days?            :func:`karabakh_data.in_force`
From when to when was each stop in force?   :func:`.force.stops`
How long did ceasefires last?               :func:`.spells.spells`
What came before and after my events?       :func:`.nearby.last_and_next`
Did deaths fall, by my own event data?      :func:`.violence.around`
What did this person, state or place do?    :func:`.involvement.involvement`
Who mediated it? What did Russia mediate?   :func:`.formats.mediators`,
                                            :func:`.formats.mediated_by`
Who signed, refused, was left out?          :func:`.texts.by_text`
A panel by state or dyad, month or year     :func:`.panel.panel`
Who sat with whom, who mediated for whom?   :func:`.network.met`,
                                            :func:`.network.mediated`
The places for a map or a GIS               :func:`.geography.geojson`
Who says so?                                :func:`karabakh_data.evidence`
==========================================  ====================================

Keys stay in what a study gives, so that it can be filtered and joined; names stand
beside them in columns that end in ``_name``. The modules are opened when first touched.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from . import (
        accounts,
        answers,
        arms,
        article,
        attempts,
        beginnings,
        common_ground,
        completeness,
        coverage,
        curves,
        deaths,
        disagreement,
        encounters,
        event_study,
        fates,
        force,
        formats,
        geography,
        ground,
        headlines,
        involvement,
        like_with_like,
        naming,
        nearby,
        network,
        offers,
        official,
        panel,
        parting,
        people,
        places,
        prisoners,
        provisions,
        readings,
        reference,
        refusals,
        robust,
        seats,
        shifts,
        specifications,
        spells,
        steps,
        tellers,
        texts,
        verdicts,
        violence,
    )

__all__ = [
    "accounts",
    "answers",
    "arms",
    "article",
    "attempts",
    "beginnings",
    "common_ground",
    "completeness",
    "coverage",
    "curves",
    "deaths",
    "disagreement",
    "encounters",
    "event_study",
    "fates",
    "force",
    "formats",
    "geography",
    "ground",
    "headlines",
    "involvement",
    "like_with_like",
    "naming",
    "nearby",
    "network",
    "offers",
    "official",
    "panel",
    "parting",
    "people",
    "places",
    "prisoners",
    "provisions",
    "readings",
    "reference",
    "refusals",
    "robust",
    "seats",
    "shifts",
    "specifications",
    "spells",
    "steps",
    "tellers",
    "texts",
    "verdicts",
    "violence",
]


def __getattr__(name: str) -> Any:
    if name in __all__:
        return import_module(f".{name}", __name__)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__
