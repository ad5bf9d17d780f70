"""Which data the book shows."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

import yaml

import karabakh_data as kd
from karabakh_data import descriptor, fingerprints

CITED = Path(__file__).parents[2] / "CITATION.cff"


class Edition(NamedTuple):
    """Which data the book shows."""

    version: str
    released: str
    fingerprint: str


@cache
def edition() -> Edition:
    """The version, its day, and the first digits of the data's fingerprint."""
    cited = yaml.safe_load(CITED.read_text(encoding="utf-8"))
    prints = sorted(fingerprints.taken(descriptor.DATA).items())
    lines = "".join(f"{digest}  {name}\n" for name, digest in prints)
    digest = sha256(lines.encode("utf-8")).hexdigest()
    return Edition(kd.__version__, str(cited["date-released"]), digest[:12])
