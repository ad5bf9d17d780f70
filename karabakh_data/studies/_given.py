"""What every study starts from."""

from __future__ import annotations

from collections.abc import Mapping
from types import ModuleType

import pandas as pd

from ..optional import needed
from ..records import record as published

Tables = Mapping[str, pd.DataFrame]


def tables(record: Tables | None) -> Tables:
    """The record given, or the record as published: the one place where any is opened."""
    return published() if record is None else record


def scipy(part: str) -> ModuleType:
    """A part of scipy, which only some studies need; if it is missing, what to do."""
    return needed(f"scipy.{part}", "charts", "this study")


def statsmodels(part: str) -> ModuleType:
    """A part of statsmodels, which only some studies need; if it is missing, what to do."""
    return needed(f"statsmodels.{part}", "charts", "this study")


def krippendorff() -> ModuleType:
    """The package krippendorff, which only the readings need; if it is missing, what to do."""
    return needed("krippendorff", "charts", "this study")
