"""Which data the book shows, and how a part of it is cited."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from karabakh_data import citation
from karabakh_data.descriptor import description


class Edition(NamedTuple):
    """Which data the book shows."""

    version: str
    released: str
    fingerprint: str
    citation: str


@cache
def edition() -> Edition:
    """The version of the data, its day, and what tells it from any other."""
    package = description().package
    cite = citation.cite().splitlines()[0]
    return Edition(package["version"], package["created"][:10], citation.fingerprint(), cite)


def cited(title: str, at: str) -> str:
    """How a part of the book is cited: by its title and address, and the data it shows.

    >>> cited("Kazan summit", "events/2011-06-24-kazan").partition(" The ")[0]
    '“Kazan summit”, events/2011-06-24-kazan, in:'
    """
    return f"“{title}”, {at}, in: {edition().citation}"


def whereabouts(page: str, base: str = "") -> str:
    """How a page, or a place in it, is named: by its address, or where it has none by its name.

    >>> whereabouts("01-a#b"), whereabouts("01-a#b", "https://example.org/")
    ('01-a#b', 'https://example.org/01-a.html#b')
    """
    name, _, at = page.partition("#")
    return f"{base}{name}.html{at and '#'}{at}" if base else page
