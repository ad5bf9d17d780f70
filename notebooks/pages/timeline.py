"""The timeline: every step, to filter and to open."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache, partial
from itertools import groupby
from typing import NamedTuple

import pandas as pd
from sphinx.application import Sphinx

import karabakh_data as kd
from karabakh_data.studies import disagreement, naming, people, tellers

from . import addresses, ways, words

UNDATED = "No date known"


class Step(NamedTuple):
    """One step as the timeline shows it."""

    event_id: str
    title: str
    day: str
    date: str
    year: str
    kind: str
    format: str
    place: str
    outcome: str
    actors: list[str]
    views: list[str]
    disputed: bool

    @property
    def chosen(self) -> dict[str, list[str]]:
        """What it is filtered by."""
        return {
            "format": [self.format],
            "kind": [self.kind],
            "outcome": [self.outcome] if self.outcome else [],
            "actor": self.actors,
            "view": self.views,
            "disputed": ["yes" if self.disputed else "no"],
        }


@cache
def steps() -> tuple[Step, ...]:
    """Every step, the oldest first; those without any date last.

    One is disputed where a source contradicts what the tables hold on it or on anything
    that belongs to it.
    """
    events = naming.with_names(kd.load("events"), "place")
    roles = kd.load("participants")
    there = roles[~roles["role"].isin(people.NOT_THERE)]
    took = there.groupby("event_id")["actor"].agg(lambda actors: sorted(set(actors)))
    told = tellers.known_by("events")
    rivals = disagreement.disputes(kd.disagreements())
    disputed = set(naming.steps_of(rivals).dropna())
    day = events["start"].fillna(events["end"])
    events = events.assign(day=day).sort_values("day", kind="stable", na_position="last")
    return tuple(
        Step(
            row["event_id"],
            row["title"],
            "" if pd.isna(row["start"]) else f"{row['start']:%Y-%m-%d}",
            words.date(ways.text(row["date"])) or "date not known",
            "" if pd.isna(row["day"]) else f"{row['day']:%Y}",
            row["kind"],
            ways.text(row["format"]) or "none",
            ways.text(row["place_name"]),
            ways.text(row["outcome"]),
            took.get(row["event_id"], []),
            told.columns[told.loc[row["event_id"]]].tolist(),
            row["event_id"] in disputed,
        )
        for row in events.to_dict("records")
    )


def filters(rows: Sequence[Step]) -> list[ways.Filter]:
    """What the steps can be filtered by."""
    formats = {**naming.names("formats"), "none": "no single format"}
    actors = naming.names("actors")
    known = sorted({row.year for row in rows if row.year})
    in_years = ways.choices([[row.year] for row in rows if row.year], order=known)
    differ = {"yes": "sources differ", "no": "no source differs"}

    def choices(key: str, labels: Callable[[str], str] = words.plain) -> list[ways.Choice]:
        return ways.choices([row.chosen[key] for row in rows], labels)

    return [
        ways.Filter("format", "Format", choices("format", formats.get)),
        ways.Filter("kind", "Kind of step", choices("kind")),
        ways.Filter("outcome", "What came of it", choices("outcome")),
        ways.Filter("actor", "Who took part", choices("actor", actors.get)),
        ways.Filter("actor", "And who else", choices("actor", actors.get), "also"),
        ways.Filter("view", "Told by", choices("view", lambda one: f"{ways.view(one)} sources")),
        ways.Filter("disputed", "Disputed", choices("disputed", differ.get)),
        ways.Filter("year", "From", in_years, "least"),
        ways.Filter("year", "To", in_years[::-1], "most"),
    ]


def timeline(page: str) -> str:
    """All steps with their filters, as the page has them."""
    rows = steps()
    choose = filters(rows)
    marked = zip(rows, ways.marks(rows, choose), strict=True)
    return ways.render(
        "timeline.html",
        years=[(year, list(some)) for year, some in groupby(marked, key=lambda one: one[0].year)],
        undated=UNDATED,
        filters=choose,
        total=len(rows),
        formats={**naming.names("formats"), "none": ""},
        link=partial(addresses.link, page),
        address=addresses.address,
        plain=words.plain,
        capital=words.capital,
        some=words.some,
    )


def setup(app: Sphinx) -> dict[str, bool]:
    """The directive ``timeline``."""
    app.add_directive("timeline", ways.directive(timeline))
    return {"parallel_read_safe": True, "parallel_write_safe": True}
