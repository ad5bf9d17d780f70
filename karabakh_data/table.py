"""A frame as a table for readers."""

from __future__ import annotations

import pandas as pd


class Table:
    """A frame as a reader's table: no row numbers, blanks for what is missing.

    >>> import pandas as pd
    >>> from karabakh_data.table import Table
    >>> Table(pd.DataFrame({"fate": [None], "n": [7]}), n="attempts")
    fate attempts
                7
    """

    def __init__(self, frame: pd.DataFrame | pd.Series, **names: str) -> None:
        """Show the frame; its index counts as a column where it has a name.

        Args:
            frame: what to show.
            names: headings, where a column's own name will not do.
        """
        named = pd.DataFrame(frame)
        named = named.set_axis(list(named.columns), axis=1)  # without a name, which HTML shows
        named = named.reset_index() if named.index.name else named
        named = named.rename(columns=names)
        self.frame = named.astype("string").fillna("")

    def __repr__(self) -> str:
        """Plain text, for terminals and for nbval."""
        with pd.option_context("display.max_colwidth", None):
            return self.frame.to_string(index=False)

    def _repr_html_(self) -> str:
        with pd.option_context("display.max_colwidth", None):
            return self.frame.to_html(index=False, border=0)
