"""Who says what about a cell: every version side by side, and what decided."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import cache
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import karabakh_data as kd
from karabakh_data.adoption import CELL, RULES, cell_of
from karabakh_data.descriptor import several
from karabakh_data.files import Row
from karabakh_data.studies.disagreement import disputes

from . import words
from .addresses import anchor
from .register import Key, Register, Told

STANDING = {  # how a version stands to the table, for claims.agreement
    "same": "In the table",
    "differs": "Says otherwise",
    "compatible": "Does not contradict it",
    "unadopted": "Not adopted",
}


class Source(NamedTuple):
    """One source as a statement shows it."""

    key: str
    title: str
    publisher: str
    perspective: str
    published: str
    about: str  # kind and language
    url: str  # blank where it is no web address
    address: str  # as text, where it is no link
    accessed: str


class Statement(NamedTuple):
    """What one source says of one cell."""

    key: str  # of its claim, which is its place on a page
    source: Source
    locator: str
    note: str
    inferred: bool


class Version(NamedTuple):
    """One value of a cell, and all who tell it."""

    value: Told
    agreement: str
    standing: str
    statements: list[Statement]
    perspectives: list[tuple[str, int]]


class Ruling(NamedTuple):
    """What decided between an adopted value and others."""

    values: list[str]
    by: str
    ground: str
    reason: str


class Cell(NamedTuple):
    """One column of one record, with every version of it."""

    table: str
    record_id: str
    column: str
    label: str
    anchor: str
    adopted: Told | None
    versions: list[Version]
    rulings: list[Ruling]
    disputed: bool

    @property
    def statements(self) -> int:
        """How many statements are made about it."""
        return sum(len(version.statements) for version in self.versions)


def safe(url: str) -> str:
    """The address if it is one of the web, which alone is made a link.

    >>> safe("https://www.osce.org/mg"), safe("javascript:alert(1)")
    ('https://www.osce.org/mg', '')
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return url if parts.scheme in ("http", "https") and parts.netloc else ""


def located(locator: str) -> str:
    """A place in a source, in words.

    >>> located("p8"), located("fn2 | p4"), located("point 4")
    ('paragraph 8', 'footnote 2, paragraph 4', 'point 4')
    """
    for short, long in (("p", "paragraph"), ("fn", "footnote")):
        locator = re.sub(rf"\b{short}(\d+)\b", rf"{long} \1", locator)
    return ", ".join(several(locator))


def sources(register: Register) -> dict[str, Source]:
    """All sources, by key."""
    found = {}
    for key, row in register.rows["sources"].items():
        said = {name: register.told("sources", name, row[name]).text for name in row}
        url = safe(row["url"])
        about = ", ".join(filter(None, [said["kind"], row["language"]]))
        found[key] = Source(
            key=key,
            title=row["title"] or key,
            publisher=row["publisher"] or row["title"] or key,
            perspective=words.capital(said["perspective"]),
            published=said["published"],
            about=about,
            url=url,
            address="" if url else row["url"],
            accessed=said["accessed"],
        )
    return found


def cells(register: Register, of: dict[str, Source]) -> dict[Key, list[Cell]]:
    """Every cell that claims are made about, by record and in the order of its columns."""
    claims: dict[Key, dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
    for claim in register.rows["claims"].values():
        claims[claim["table"], claim["record_id"]][claim["column"]].append(claim)
    rivals = kd.disagreements(record=register.record)
    rulings = _rulings(rivals.astype(object).where(rivals.notna(), "").to_dict("records"))
    disputed = set(disputes(rivals)[CELL].itertuples(index=False, name=None))
    found = {}
    for (table, key), told in claims.items():
        found[table, key] = [
            Cell(
                table=table,
                record_id=key,
                column=column,
                label=words.plain(column),
                anchor=anchor(table, key, column),
                adopted=_adopted(register, table, key, column),
                versions=_versions(register, told[column], of),
                rulings=_in_words(register, table, column, rulings[table, key, column]),
                disputed=(table, key, column) in disputed,
            )
            for column in register.described.tables[table].columns
            if column in told
        ]
    return found


def _adopted(register: Register, table: str, key: str, column: str) -> Told | None:
    value = register.rows[table][key][column]
    return register.told(table, column, value) if value else None


def _versions(register: Register, claims: list[Row], of: dict[str, Source]) -> list[Version]:
    """The values told, the adopted first, then by the number of those who tell them."""
    table, key, column = cell_of(claims[0])
    by_value: dict[str, list[Row]] = defaultdict(list)
    if adopted := register.rows[table][key][column]:
        by_value[adopted] = []  # a required cell may hold what nobody tells
    for claim in claims:
        by_value[claim["value"]].append(claim)
    found = []
    for value, told in by_value.items():
        agreement = told[0]["agreement"] if told else "same"
        statements = sorted(
            (
                Statement(
                    claim["claim_id"],
                    of[claim["source"]],
                    located(claim["locator"]),
                    words.dated(claim["note"]),
                    claim["inferred"] == "true",
                )
                for claim in told
            ),
            key=lambda one: (one.inferred, one.source.perspective, one.source.key),
        )
        views = Counter(one.source.perspective for one in statements)
        shown = register.told(table, column, value)
        found.append(
            Version(shown, agreement, STANDING[agreement], statements, sorted(views.items()))
        )
    order = list(STANDING)
    return sorted(
        found, key=lambda one: (order.index(one.agreement), -len(one.statements), one.value.text)
    )


def _rulings(rivals: Iterable[dict[Any, str]]) -> dict[tuple[str, ...], list[tuple[str, ...]]]:
    """For each cell: value, rule, verdict and reason of each rival version, each once."""
    found: dict[tuple[str, ...], list[tuple[str, ...]]] = defaultdict(list)
    for one in rivals:
        cell = one["table"], one["record_id"], one["column"]
        ruling = one["value"], one["rule"], one["verdict"], one["reason"]
        if ruling not in found[cell]:
            found[cell].append(ruling)
    return found


def _in_words(
    register: Register, table: str, column: str, rulings: list[tuple[str, ...]]
) -> list[Ruling]:
    grouped: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for value, *ruling in rulings:
        grouped[tuple(ruling)].append(register.told(table, column, value).text)
    return [
        Ruling(
            values=values if len(grouped) > 1 else [],
            by=f"A decision: {_verdicts()[verdict]}" if verdict else "A rule of adoption",
            ground=RULES.get(rule) or _grounds()[rule],
            reason=reason,
        )
        for (rule, verdict, reason), values in grouped.items()
    ]


@cache
def _grounds() -> dict[str, str]:
    return _meanings("rule")


@cache
def _verdicts() -> dict[str, str]:
    return _meanings("verdict")


def _meanings(column: str) -> dict[str, str]:
    found = kd.vocabulary("decisions", column)
    return dict(zip(found["value"], found["meaning"], strict=True))
