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
    return _needed("scipy", part)


def statsmodels(part: str) -> ModuleType:
    """A part of statsmodels, which only some studies need; if it is missing, what to do."""
    return _needed("statsmodels", part)


def krippendorff() -> ModuleType:
    """The package krippendorff, which only the readings need; if it is missing, what to do."""
    return _needed("krippendorff")


def _needed(package: str, part: str = "") -> ModuleType:
    try:
        return import_module(f"{package}.{part}" if part else package)
    except ModuleNotFoundError as error:
        what = f'this study needs {package}: pip install "karabakh_data[notebooks]"'
        raise ModuleNotFoundError(what, name=error.name) from None
