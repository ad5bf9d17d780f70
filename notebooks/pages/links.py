"""Links in prose to what is no source of the book: pages made of records, and words.

A page of a record is made when the book is written, so MyST, which looks for files, does
not know it; nor does it know the words of a glossary as places in a page. Here a relative
link to ``….html`` is left as it is, and ``glossary.md#term-…`` leads to that word. Both
are plain Markdown, as JupyterLab has it too.

In the tables of notebooks a cell that is the title or name of one record leads to it, and a
date that is no single day is told in words.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache
from html import escape, unescape
from typing import Any

from docutils import nodes
from sphinx.addnodes import glossary, pending_xref
from sphinx.application import Sphinx

import karabakh_data as kd
from karabakh_data.descriptor import description
from karabakh_data.edtf import POINT

from . import addresses, words

_TABLE = re.compile(r'<table class="dataframe.*?</table>', re.DOTALL)
_CELL = re.compile(r"(?<=<td>)[^<]+(?=</td>)")
_DATE = re.compile(r"(?!\d{4}-\d\d-\d\d$)POINT(/POINT)?".replace("POINT", POINT.pattern), re.ASCII)
_LINKED = ("events", "documents", "ceasefires", "people")  # not who acts in every other row


def setup(app: Sphinx) -> dict[str, bool]:
    """Mend each page's links when it has been read."""
    app.connect("doctree-read", leave_pages_alone)
    app.connect("doctree-read", know_words)
    app.connect("html-page-context", name_records)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def leave_pages_alone(_: Sphinx, doctree: nodes.document) -> None:
    """A relative link to a page of HTML leads where it says."""
    for link in list(doctree.findall(pending_xref)):
        target = str(link.get("reftarget", ""))
        if link.get("reftype") == "myst" and target.partition("#")[0].endswith(".html"):
            link.replace_self(nodes.reference("", "", *link.children, refuri=target, internal=True))


def know_words(app: Sphinx, doctree: nodes.document) -> None:
    """The words of a glossary are places in its page."""
    metadata = app.env.metadata[app.env.docname]
    for entries in doctree.findall(glossary):
        for word in entries.findall(nodes.term):
            for place in word["ids"]:
                metadata.setdefault("myst_slugs", {})[place] = (None, place, word.astext())


@cache
def named() -> dict[str, str]:
    """Where each record stands, by its title or name; what two pages answer to leads nowhere."""
    found: dict[str, list[str]] = defaultdict(list)
    for table in _LINKED:
        described = description().table(table)
        for row in kd.load(table).to_dict("records"):
            there = addresses.part_of(table, row[described.id])
            found[row[described.label]].append(there)
    return {
        name: there[0]
        for name, there in found.items()
        if len({one.partition("#")[0] for one in there}) == 1
    }


def name_records(
    _: Sphinx, page: str, template: str, context: dict[str, Any], doctree: object
) -> None:
    """Lead from the tables of a notebook to the records they name."""

    def cell(found: re.Match[str]) -> str:
        text = unescape(found[0])
        if there := named().get(text):
            return f'<a href="{escape(addresses.link(page, there))}">{found[0]}</a>'
        return words.date(text) if _DATE.fullmatch(text) else found[0]

    if doctree and "body" in context:
        context["body"] = _TABLE.sub(lambda table: _CELL.sub(cell, table[0]), context["body"])
