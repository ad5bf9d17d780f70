"""What every study starts from."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from types import ModuleType

import pandas as pd

from ..records import record as published

Tables = Mapping[str, pd.DataFrame]


def tables(record: Tables | None) -> Tables:
    """The record given, or the record as published: the one place where any is opened."""
    return published() if record is None else record


def scipy(part: str) -> ModuleType:
    """A part of scipy, which only some studies need; if it is missing, what to do."""
    try:
        return import_module(f"scipy.{part}")
    except ModuleNotFoundError as error:
        what = 'this study needs scipy: pip install "karabakh_data[notebooks]"'
        raise ModuleNotFoundError(what, name=error.name) from None
