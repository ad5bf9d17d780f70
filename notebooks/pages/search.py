"""Search: every record by any of its names, in any script, and then the text of the pages.

Names are looked up in a list of our own, made from the tables (``_static/names.js``), which
forgives slips and works without a server. The text is indexed by Pagefind, which needs one.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
from sphinx.application import Sphinx

import karabakh_data as kd
from karabakh_data.descriptor import description, several
from karabakh_data.edtf import bounds
from karabakh_data.finding import MONTHS

PAGE = "search"
KINDS = {  # of record, as the list of what was found calls them
    "events": "step",
    "documents": "text",
    "people": "person",
    "places": "place",
    "formats": "format",
    "actors": "actor",
}
REGION = (  # what the front page is about; the search turns other scripts into these letters
    *("Nagorno-Karabakh", "Dağlıq Qarabağ", "Dağlık Karabağ"),  # noqa: RUF001
    *("Daghlig Garabagh", "Lernayin Gharabagh", "Artsakh"),
)
_MONTH = pd.Timedelta(days=27)  # from the first day of the shortest to its last
_UNSEARCHED = (
    *(".cell_input", ".headerlink", "summary", ".highlight", "script", "noscript"),
    *(".own", ".figure-forms", ".cite"),
    *(".sources", ".ruling", "#use"),  # the same on page after page
)
_UNUSED = ("*-ui.*", "pagefind-highlight.js")  # Pagefind's own boxes; the book has its own


@cache
def weights() -> Counter[tuple[str, str]]:
    """How much is known of each record: the claims on it, and the rows that refer to it."""
    claims = kd.load("claims")
    known = Counter(zip(claims["table"].astype(str), claims["record_id"], strict=True))
    for name, table in description().tables.items():
        rows = kd.load(name)
        for column, there in table.references.items():
            known.update((there.table, key) for key in rows[column].dropna().astype(str))
    return known


@cache
def company() -> dict[str, list[tuple[str, str]]]:
    """Where each step was, and who took part in it."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for table, column, there in (
        ("events", "place", "places"),
        ("participants", "person", "people"),
    ):
        for event, key in kd.load(table)[["event_id", column]].dropna().itertuples(index=False):
            found[event].append((there, key))
    return found


def when(first: pd.Timestamp, last: pd.Timestamp) -> str:
    """The day, or the month or year of all the days between; blank where none is known.

    >>> when(pd.Timestamp("1994-05-12"), pd.Timestamp("1994-05-12"))
    '12 May 1994'
    >>> when(pd.Timestamp("1994-05-01"), pd.Timestamp("1994-05-31"))
    'May 1994'
    """
    if pd.isna(first) or pd.isna(last):
        return ""
    if first == last:
        return f"{first.day} {first:%B %Y}"
    if (first.year, first.month) == (last.year, last.month):
        return f"{first:%B %Y}"
    return str(first.year) if first.year == last.year else f"{first.year} to {last.year}"


@cache
def dated() -> dict[str, str]:
    """The days of each step by every source, in words; the month or year where no day is told."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    claims = kd.load("claims").query("table == 'events' and column == 'date'")
    for event, date in claims[["record_id", "value"]].itertuples(index=False):
        first, last = map(pd.Timestamp, bounds(date))
        known = last - first < _MONTH
        days = [when(day, day) for day in pd.date_range(first, last)] if known else []
        found[event].update(dict.fromkeys(" ".join(days or [when(first, last)]).split()))
    return {event: " ".join(words) for event, words in found.items()}


def entries(exists: Callable[[str], bool]) -> list[dict[str, Any]]:
    """What can be found by name: address, kind, names, dates, company and weight of each record.

    Args:
        exists: whether the book has a page of that address.
    """
    listed: dict[tuple[str, str], dict[str, Any]] = {}
    for table, kind in KINDS.items():
        described = description().table(table)
        key, columns = described.id, described.columns.values()
        others = [column.name for column in columns if column.other_label]
        for row in kd.load(table).to_dict("records"):
            page = f"{table}/{row[key]}.html"
            if exists(page):
                more = [row[column] for column in others if pd.notna(row[column])]
                told = [row[described.label]]
                told += [name for cell in more for name in several(cell)]
                listed[table, row[key]] = {
                    "page": page,
                    "kind": kind,
                    "names": list(dict.fromkeys(told)),
                    "when": when(row["start"], row["end"]) if table == "events" else "",
                    "weight": weights()[table, row[key]],
                }
    places = {record: place for place, record in enumerate(listed)}
    for event, near in company().items():
        if entry := listed.get(("events", event)):
            entry["near"] = sorted({places[one] for one in near if one in places})
    for event, words in dated().items():
        if entry := listed.get(("events", event)):
            entry["dated"] = words
    return list(listed.values())


def chapters(app: Sphinx) -> list[dict[str, Any]]:
    """The pages of the book that are no records, by their titles; the first by its region too."""
    root = app.config.root_doc
    return [
        {
            "page": f"{name}.html",
            "kind": "chapter",
            "names": [title.astext(), *(REGION if name == root else ())],
            "weight": 50,
        }
        for name, title in sorted(app.env.titles.items())
        if name != PAGE
    ]


def terms(app: Sphinx) -> list[dict[str, Any]]:
    """The words of the glossary."""
    objects = app.env.domains.standard_domain.objects
    return [
        {"page": f"{page}.html#{place}", "kind": "word", "names": [name], "weight": 1}
        for (kind, name), (page, place) in sorted(objects.items())
        if kind == "term"
    ]


def months() -> dict[str, str]:
    """The names of the months in four languages, in Latin letters, and the English of each."""
    return {name: f"{pd.Timestamp(2000, month, 1):%B}".lower() for name, month in MONTHS.items()}


def leave_to_us(app: Sphinx) -> None:
    """Sphinx's own index of words is not made."""
    app.builder.search = False  # type: ignore[attr-defined]


def add_scripts(
    app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: object
) -> None:
    """Only the page that searches loads what it needs."""
    if page == PAGE:
        app.add_js_file("names.js", defer="defer")
        app.add_js_file("search.js", defer="defer")


def index(app: Sphinx, error: Exception | None) -> None:
    """Write the list of names, and have Pagefind index the text of all pages if it is to."""
    if error or app.builder.format != "html":
        return
    out = Path(app.outdir)
    found = entries(lambda page: (out / page).exists())
    found += chapters(app) + terms(app)
    lists = {"NAMES": found, "MONTHS": months()}
    told = [
        f"const {name} = {json.dumps(one, ensure_ascii=False, separators=(',', ':'))};\n"
        for name, one in lists.items()
    ]
    (out / "_static" / "names.js").write_text("".join(told), encoding="utf-8")
    if not app.config.search_in_text:
        return
    subprocess.run(
        [
            *(sys.executable, "-m", "pagefind", "--quiet", "--site", str(out)),
            *("--root-selector", "article", "--force-language", "en"),
            *("--exclude-selectors", ", ".join(_UNSEARCHED)),
        ],
        check=True,
    )
    for pattern in _UNUSED:
        for file in (out / "pagefind").glob(pattern):
            file.unlink()


def setup(app: Sphinx) -> dict[str, bool]:
    """Connect to Sphinx."""
    app.add_config_value("search_in_text", default=True, rebuild="html", types=[bool])
    app.connect("builder-inited", leave_to_us, priority=100)
    app.connect("html-page-context", add_scripts)
    app.connect("build-finished", index, priority=900)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
