"""The official accounts: whose each is, how much could be read, how versions are held together."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from ..adoption import CELL
from .article import SOURCE
from .parting import within


class Account(NamedTuple):
    """An official account: whose it is, its pages, and how much of them could be read."""

    name: str
    perspective: str
    sources: tuple[str, ...]
    read: str


ACCOUNTS = {
    "karabakh": Account(
        "Karabakh Armenian foreign ministry",
        "armenian",
        (SOURCE,),
        "whole: an article on Russia's mediation",
    ),
    "azerbaijan": Account(
        "Azerbaijan's foreign ministry",
        "azerbaijani",
        ("mfa-gov-az.osce-page", "mfa-gov-az.negotiations-chronology-between-azer"),
        "the first 2,000 characters of each of two pages, on the OSCE and on the negotiations; "
        "cut off after the summit of Budapest",
    ),
    "armenia": Account(
        "Armenia's foreign ministry",
        "armenian",
        (
            "armenia-com-au.statement-of-the-armenian-mfa-25-april-2016",
            "armenianow-com.armenia-condemns-azerbaijan-s-denunc",
        ),
        "two partial copies of a statement of April 2016 on the ceasefire agreements",
    ),
    "russia": Account(
        "Russia's president",
        "russian",
        (
            "sott-net.answers-of-putin-17-november-2020",
            "doranimated-medium-com.answers-to-media-questions",
        ),
        "two partial copies, 2,000 characters each, of answers of November 2020",
    ),
}
"""The accounts, by a short name."""


def stands_alone(own: set[str], others: set[str], dated: bool) -> bool:
    """Whether no version of the one is a version of the other, or near to one."""
    if own & others:
        return False
    return not (dated and any(within(a, b) for a in own for b in others))


def joined(
    claims: pd.DataFrame, worded: pd.Series, views: pd.Series | None = None
) -> dict[tuple[str, ...], str]:
    """The versions of each cell in words, in one text."""
    found: dict[tuple[str, ...], dict[str, set[str]]] = {}
    tellers = pd.Series("", index=claims.index) if views is None else views
    parts = (claims[part] for part in CELL)
    for *cell, value, view in zip(*parts, worded, tellers, strict=True):
        told = found.setdefault(tuple(cell), {}).setdefault(str(value), set())
        told |= {view} if view else set()
    return {
        cell: "; ".join(
            f"{value}: {', '.join(sorted(told))}" if told else value
            for value, told in sorted(versions.items())
        )
        for cell, versions in found.items()
    }
