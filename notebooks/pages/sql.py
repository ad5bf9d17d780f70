"""Questions in SQL, each with its answer: asked of the database among the downloads."""

from __future__ import annotations

import sqlite3
import tempfile
from contextlib import closing
from functools import cache
from pathlib import Path

import pandas as pd
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

import karabakh_data as kd


@cache
def database() -> sqlite3.Connection:
    """The record as a database, in memory."""
    base = sqlite3.connect(":memory:")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "record.sqlite")
        kd.export(file)
        with closing(sqlite3.connect(file)) as written:
            written.backup(base)
    return base


def answer(question: str) -> str:
    """What the database answers, as a table of HTML."""
    rows = pd.read_sql_query(question, database())
    rows[rows.columns[rows.isna().all()]] = ""  # `na_rep` would leave "None" there
    with pd.option_context("display.max_colwidth", None):
        return rows.to_html(index=False, border=0, na_rep="")


class Ask(SphinxDirective):
    """A question, and under it its answer as the notebooks show tables."""

    has_content = True

    def run(self) -> list[nodes.Node]:
        """Ask it."""
        self.env.note_reread()  # the tables may have changed
        question = "\n".join(self.content)
        code = nodes.literal_block(question, question, language="sql")
        shown = f'<div class="output text_html">{answer(question)}</div>'
        return [code, nodes.raw("", f'<div class="cell_output">{shown}</div>', format="html")]


def setup(app: Sphinx) -> dict[str, bool]:
    """The directive ``ask``."""
    app.add_directive("ask", Ask)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
