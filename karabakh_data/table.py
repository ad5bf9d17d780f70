"""A frame as a table for readers, or as a list of definitions."""

from __future__ import annotations

import re
from functools import cache
from html import escape

import pandas as pd

from .descriptor import description, plain


class Table:
    """A frame as a reader's table: no row numbers, blanks for what is missing, words for codes.

    >>> import pandas as pd
    >>> from karabakh_data.table import Table
    >>> Table(pd.DataFrame({"fate": [None, "never_began"], "n": [7, 2]}), n="attempts")
           fate attempts
                       7
    never began        2
    """

    def __init__(self, frame: pd.DataFrame | pd.Series, **names: str) -> None:
        """Show the frame; its index counts as columns where it has names.

        Args:
            frame: what to show.
            names: headings, where a column's own name will not do.
        """
        named = pd.DataFrame(frame)
        named = named.set_axis(list(named.columns), axis=1)  # without a name, which HTML shows
        levels = [name for name in named.index.names if name]
        named = named.reset_index(levels) if levels else named
        headings = {name: plain(name) for name in named.columns if isinstance(name, str)}
        named = named.rename(columns=headings | names)
        self.frame = named.astype("string").fillna("").replace(_words())

    def __repr__(self) -> str:
        """Plain text, for terminals and for nbval."""
        with pd.option_context("display.max_colwidth", None):
            return self.frame.to_string(index=False)

    def _repr_html_(self) -> str:
        with pd.option_context("display.max_colwidth", None):
            return self.frame.to_html(index=False, border=0)


@cache
def _words() -> dict[str, str]:
    """The values of all vocabularies that are no words, and the words for them."""
    columns = (
        column for table in description().tables.values() for column in table.columns.values()
    )
    codes = {code for column in columns if column.name != "table" for code in column.allowed}
    return {code: plain(code) for code in codes if plain(code) != code}


class Definitions:
    """Words and what they mean, as a list that fits a phone: values stand under their word.

    >>> import pandas as pd
    >>> from karabakh_data.table import Definitions
    >>> words = pd.DataFrame({"word": ["fate"], "meaning": ["What became of it."], "how": "coded"})
    >>> values = pd.DataFrame({"word": ["fate"], "value": ["held"], "meaning": [None]})
    >>> Definitions(words, values)
    fate: What became of it. (coded)
        held
    """

    def __init__(
        self, words: pd.DataFrame, values: pd.DataFrame | None = None, *, within: str = ""
    ) -> None:
        """Show the words.

        Args:
            words: what is defined, what it means, and in further columns remarks.
            values: of which word, a value that it allows, and what that means.
            within: what the words belong to; ``within.word`` is each one's place in a page.
        """
        self.within = within
        self.words: list[tuple[str, str, str, list[tuple[str, str]]]] = []
        below = values.fillna("").itertuples(index=False) if values is not None else ()
        allowed: dict[str, list[tuple[str, str]]] = {}
        for word, value, meaning in below:
            allowed.setdefault(str(word), []).append((str(value), str(meaning)))
        for word, meaning, *rest in words.fillna("").itertuples(index=False):
            remarks = "; ".join(str(remark) for remark in rest if remark)
            self.words.append((str(word), str(meaning), remarks, allowed.get(str(word), [])))

    def __repr__(self) -> str:
        """Plain text, for terminals and for nbval."""
        lines = []
        for word, meaning, remarks, values in self.words:
            lines.append(f"{word}: {meaning}" + (f" ({remarks})" if remarks else ""))
            lines += [f"    {value}" + (f": {text}" if text else "") for value, text in values]
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        parts = []
        for word, meaning, remarks, values in self.words:
            place = f' id="{escape(self.within)}.{escape(word)}"' if self.within else ""
            parts.append(f"<dt{place}><code>{escape(word)}</code></dt><dd>{_marked(meaning)}")
            parts.append(f" <small>{_marked(remarks)}</small>" if remarks else "")
            if values:
                each = (
                    f"<dt><code>{escape(value)}</code></dt><dd>{_marked(text)}</dd>"
                    for value, text in values
                )
                parts.append(f"<dl>{''.join(each)}</dl>")
            parts.append("</dd>")
        return f'<div class="kd-definitions"><dl>{"".join(parts)}</dl></div>'


def _marked(text: str) -> str:
    """The text as HTML, with what stands between backticks as code."""
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", escape(text))
