"""The article with which the record began, to be held against all other sources.

“Russian Peace Initiatives”, by the foreign ministry of the Karabakh side, is one
party's account of one mediator. How much of the record it tells is a question of its
own; to every other study it is a source like any.
"""

from __future__ import annotations

import pandas as pd

from ..frames import needs

SOURCE = "nkr-mfa-russian-mediation"  # its key in ``sources``


def in_article(rows: pd.DataFrame) -> pd.Series:
    """Whether each row is coded from the article.

    A row that the article tells is coded from it, whoever else tells it too.

    >>> import karabakh_data as kd
    >>> from karabakh_data.studies import article
    >>> int(article.in_article(kd.load("events")).sum())
    26

    Args:
        rows: any with the column ``source``.
    """
    needs(rows, "source")
    return (rows["source"] == SOURCE).rename("in_article")
