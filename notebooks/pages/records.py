"""A page for every step, text, format, person, place and actor, made when the book is built."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote
from weakref import WeakKeyDictionary

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from markupsafe import escape

import karabakh_data as kd
from karabakh_data.files import Row

from . import words
from .addresses import anchor, link
from .contexts import LEDGER, Book
from .drawing import LETTERS
from .register import Key

if TYPE_CHECKING:  # the pages can be made without it
    from sphinx.application import Sphinx

_SECTION = re.compile(r'<section id="([^"]+)">\s*<h2>(.*?)</h2>')


def environment() -> Environment:
    """The templates, whose every value is escaped."""
    made = Environment(
        loader=PackageLoader(__package__),
        autoescape=select_autoescape(),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(link=link, anchor=anchor, letters=LETTERS)
    made.filters.update(capital=words.capital, some=words.some, plain=words.plain)
    return made


def data(book: Book, context: dict[str, Any]) -> dict[str, Any]:
    """The page's own data: its rows as the tables hold them, and their claims."""
    keys = {
        (name, book.register.key(name, row))
        for name, rows in context["rows"].items()
        for row in rows
    }
    return {
        "table": context["table"],
        "record_id": context["key"],
        "version": kd.__version__,
        "citation": context["citation"],
        "rows": context["rows"],
        **{name: _about(book, name, keys) for name in LEDGER},
        "sources": [book.register.rows["sources"][one.key] for one in context["sources"]],
    }


def files(book: Book, context: dict[str, Any]) -> dict[str, str]:
    """The page's own data by the ending of the file: all as JSON, its claims as CSV.

    In the latter a claim stands in a line with its source.
    """
    found = data(book, context)
    sources = {row["source"]: row for row in found["sources"]}
    tables = (book.register.described.tables[name] for name in ("claims", "sources"))
    columns = dict.fromkeys(column for table in tables for column in table.columns)
    lines = io.StringIO()
    writer = csv.DictWriter(lines, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows({**sources[one["source"]], **one} for one in found["claims"])
    text = json.dumps(found, ensure_ascii=False, separators=(",", ":"))
    return {"json": f"{text}\n", "csv": lines.getvalue()}


def _about(book: Book, table: str, keys: set[Key]) -> list[Row]:
    return [row for key in sorted(keys) for row in book.about[table].get(key, ())]


def render(book: Book, context: dict[str, Any], templates: Environment) -> str:
    """The body of one page."""
    return templates.get_template(context["template"]).render(context)


def pages(book: Book) -> Iterator[tuple[str, dict[str, Any], dict[str, str]]]:
    """Every page with what Sphinx and the theme ask for, and the files of its data, if any."""
    templates = environment()
    for context in book.contexts():
        body = render(book, context, templates)
        shown = {
            "title": str(escape(context["title"])),
            "body": body,
            "toc": _contents(body, context["title"]),
            "metatags": _metatags(context),
            "record": (context["table"], context["key"]),
        }
        yield context["page"], shown, files(book, context) if "rows" in context else {}


def _contents(body: str, title: str) -> str:
    """The sections of a page as the theme lists them beside it."""
    items = "".join(
        f'<li><a class="reference internal" href="#{at}">{name}</a></li>'
        for at, name in _SECTION.findall(body)
    )
    top = f'<a class="reference internal" href="#">{escape(title)}</a>'
    return f"<ul><li>{top}<ul>{items}</ul></li></ul>" if items else ""


def _metatags(context: dict[str, Any]) -> str:
    """Names the page's data; sends the reader on where one record replaces another."""
    if "rows" in context:
        data = escape(quote(f"{context['key']}.json"))
        return f'<link rel="alternate" type="application/json" href="{data}">'
    instead = context.get("instead", ())
    if len(instead) != 1:
        return ""
    there = escape(link(context["page"], instead[0].page))
    refresh = f'<meta http-equiv="refresh" content="0; url={there}">'
    return f'{refresh}<link rel="canonical" href="{there}">'


# What Sphinx calls

_sidebars: WeakKeyDictionary[Sphinx, dict[str, str]] = WeakKeyDictionary()


def collect(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Give Sphinx all record pages, and write each page's data beside it."""
    book = Book(notebooks=Path(app.srcdir), published=app.config.html_baseurl)
    for page, shown, files_of_page in pages(book):
        for ending, text in files_of_page.items():
            file = Path(app.outdir, f"{page}.{ending}")
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        yield page, shown, "page.html"


def share_contents(
    app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: object
) -> None:
    """Make the sidebar of the record pages once: the same on all, as none is in it."""
    if "record" in context:
        make = context["toctree"]
        made = _sidebars.setdefault(app, {})
        context["toctree"] = lambda **asked: made.get("") or made.setdefault("", make(**asked))


def show_contents(
    app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: object
) -> None:
    """Show the sections of a record page beside it, which the theme does for documents only."""
    if "record" in context:
        context["furo_hide_toc"] = not context["toc"]


def setup(app: Sphinx) -> dict[str, bool]:
    """Connect to Sphinx."""
    app.connect("html-collect-pages", collect)
    app.connect("html-page-context", share_contents, priority=400)  # before the theme
    app.connect("html-page-context", show_contents, priority=600)  # after it
    app.add_css_file("records.css")
    return {"parallel_read_safe": True, "parallel_write_safe": True}
