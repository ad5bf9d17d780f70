"""What the ways into the record share: directives whose content is made from the tables.

A way in is one function from the name of the page it stands on to HTML. All of its content
is in the page; a script (``ways.js``) filters, sorts and counts what is there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple, Protocol

import pandas as pd
from docutils import nodes
from jinja2 import Environment, FileSystemLoader
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from . import words

_FOLDER = Path(__file__).parent / "templates"
templates = Environment(
    loader=FileSystemLoader([_FOLDER / "ways", _FOLDER / "downloads"]),
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
)
"""Whatever they are given is text, and is escaped."""


class Choice(NamedTuple):
    """One value by which rows can be filtered, and how many rows have it."""

    value: str
    label: str
    rows: int


class Filter(NamedTuple):
    """One list to choose from: rows have the places of their values in it in ``data-<key>``."""

    key: str
    label: str
    choices: list[Choice]
    bound: str = ""
    """``least`` or ``most`` where a row need not have the value itself, ``also`` where it is
    to have a second one."""


def render(template: str, **given: object) -> str:
    """A template filled in, without indentation and names for apostrophes: pages are long."""
    filled = templates.get_template(template).render(given).replace("&#39;", "'")
    return "\n".join(filter(None, map(str.strip, filled.splitlines())))


class _Filtered(Protocol):
    @property
    def chosen(self) -> Mapping[str, Sequence[str]]: ...


def marks(rows: Iterable[_Filtered], filters: Iterable[Filter]) -> list[dict[str, str]]:
    """What the filters look for in each row: for each list the places of its values, from 1.

    Places, not values, because pages are long.
    """
    places = {
        one.key: {choice.value: f"{place}" for place, choice in enumerate(one.choices, 1)}
        for one in filters
    }
    return [
        {name: " ".join(places[name][one] for one in told) for name, told in row.chosen.items()}
        for row in rows
    ]


def most(marked: Sequence[Mapping[str, str]]) -> dict[str, str]:
    """What most rows have for the filters to look for: said once, where the rows stand."""
    names = marked[0] if marked else ()
    return {name: Counter(one[name] for one in marked).most_common(1)[0][0] for name in names}


templates.globals |= {"marks": marks, "most": most}


def choices(
    values: Iterable[Iterable[str]],
    labels: Callable[[str], str] = words.plain,
    order: list[str] | None = None,
) -> list[Choice]:
    """What can be chosen, the most frequent first unless an order is given.

    Args:
        values: of each row, all that it has.
        labels: what a value is called.
        order: all values, in the order in which to offer them.
    """
    counts: dict[str, int] = {}
    for row in values:
        for value in row:
            counts[value] = counts.get(value, 0) + 1
    keys = order or sorted(counts, key=lambda value: (-counts[value], labels(value)))
    return [Choice(one, words.capital(labels(one)), counts[one]) for one in keys if one in counts]


def text(value: object) -> str:
    """What a cell holds, as text; blank where nothing is known."""
    return "" if pd.isna(value) else str(value)  # type: ignore[call-overload]


def view(perspective: str) -> str:
    """A perspective as what its sources are.

    >>> [view(one) for one in ("armenian", "third_party", "international_organisation")]
    ['Armenian', 'third-party', 'international']
    """
    if perspective == "third_party":
        return "third-party"
    return "international" if "_" in perspective else words.capital(perspective)


templates.filters["view"] = view


def directive(content: Callable[[str], str]) -> type[SphinxDirective]:
    """A directive that puts what the function makes where it stands."""

    class Way(SphinxDirective):
        def run(self) -> list[nodes.Node]:
            self.env.note_reread()  # the tables may have changed
            return [nodes.raw("", content(self.env.docname), format="html")]

    return Way


def setup(app: Sphinx) -> dict[str, bool]:
    """Give every page the style and the script, which do nothing where there is no way in."""
    app.add_css_file("ways.css")
    app.add_js_file("ways.js", loading_method="defer")
    return {"parallel_read_safe": True, "parallel_write_safe": True}
