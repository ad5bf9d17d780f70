"""Links in prose to what is no source of the book: pages made of records, and words.

A page of a record is made when the book is written, so MyST, which looks for files, does
not know it; nor does it know the words of a glossary as places in a page. Here a relative
link to ``….html`` is left as it is, and ``glossary.md#term-…`` leads to that word. Both
are plain Markdown, as JupyterLab has it too.
"""

from __future__ import annotations

from docutils import nodes
from sphinx.addnodes import glossary, pending_xref
from sphinx.application import Sphinx


def setup(app: Sphinx) -> dict[str, bool]:
    """Mend each page's links when it has been read."""
    app.connect("doctree-read", leave_pages_alone)
    app.connect("doctree-read", know_words)
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
    for words in doctree.findall(glossary):
        for word in words.findall(nodes.term):
            for place in word["ids"]:
                metadata.setdefault("myst_slugs", {})[place] = (None, place, word.astext())
