"""What is asked of a frame that somebody hands in."""

from __future__ import annotations

import pandas as pd

from .descriptor import unknown


def needs(frame: pd.DataFrame, *columns: str) -> None:
    """ValueError if the frame lacks a column, naming the nearest and those it has."""
    for column in columns:
        if column not in frame.columns:
            raise ValueError(unknown("column of the frame", column, frame.columns))


def looked_up(keys: pd.Series, values: pd.Series) -> pd.Series:
    """For each key its value, by the index of the values: of their type, missing if none."""
    found = values.reindex(pd.Index(keys))
    return pd.Series(found.array, index=keys.index, name=values.name)
