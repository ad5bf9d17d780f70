"""Packages that only some of the package needs."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType


def needed(module: str, extra: str, by: str) -> ModuleType:
    """A module of an optional package; if that is not installed, what to do.

    >>> needed("json", "charts", "this study").__name__
    'json'

    Args:
        module: its full name.
        extra: the extra of karabakh_data that installs it.
        by: what needs it, in words.

    Raises:
        ModuleNotFoundError: it is not installed: what needs it, and the extra, are named.
    """
    try:
        return import_module(module)
    except ModuleNotFoundError as error:
        package = module.partition(".")[0]
        what = f'{by} needs {package}: pip install "karabakh_data[{extra}]"'
        raise ModuleNotFoundError(what, name=error.name) from None


def scipy(part: str) -> ModuleType:
    """A part of scipy, which only some studies need; if it is missing, what to do."""
    return needed(f"scipy.{part}", "charts", "this study")


def statsmodels(part: str) -> ModuleType:
    """A part of statsmodels, which only some studies need; if it is missing, what to do."""
    return needed(f"statsmodels.{part}", "charts", "this study")


def krippendorff() -> ModuleType:
    """The package krippendorff, which only the readings need; if it is missing, what to do."""
    return needed("krippendorff", "charts", "this study")
