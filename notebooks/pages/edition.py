"""Which data the book shows."""

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


@cache
def edition() -> Edition:
    """The version of the data, its day, and what tells it from any other."""
    package = description().package
    return Edition(package["version"], package["created"][:10], citation.fingerprint())
