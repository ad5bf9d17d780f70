"""A user's table of events, of whatever shape and engine, as deaths by day.

Written over narwhals: the engine adds up the deaths of each day, and only these sums,
some thousand rows, are taken out of it.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pandas as pd

from ..descriptor import description, unknown
from ..frames import as_days
from ..optional import needed
from ._shapes import Columns, Wanted, columns_of

needed("narwhals", "charts", "this study")
import narwhals as nw  # noqa: E402


def deaths_by_day(events: Any, wanted: Wanted) -> pd.DataFrame:
    """The deaths of each day or span of days: ``first``, ``last``, ``deaths``, ``vague``.

    For errors see :func:`karabakh_data.studies.violence.around`.
    """
    try:
        frame = nw.from_native(events).lazy()
    except TypeError:
        raise ValueError(
            "expected a table of events (a frame of pandas, Polars or PySpark, a relation of "
            f"DuckDB, …), found {type(events).__name__}."
        ) from None
    except nw.exceptions.DuplicateError as error:
        raise ValueError(f"the table of events: {error}") from None
    with _to_the_end(frame):
        schema = dict(frame.collect_schema())
    columns = columns_of(list(schema), wanted)
    _can_be_read(schema, columns, frame)
    with _to_the_end(frame):
        found = _collected(_summed(frame, schema, columns))
    for number, (value, of) in enumerate(columns.only):
        if not found.empty and not found[f"value_{number}"].any():
            raise ValueError(unknown(f"name in {' or '.join(of)}", value, _names(frame, of)))
    return _checked(found, columns)


def _collected(frame: nw.LazyFrame[Any]) -> pd.DataFrame:
    """What comes of a frame, by what is there anyway: pyarrow is not asked for."""
    if frame.implementation.is_polars():
        return pd.DataFrame(frame.collect().to_dict(as_series=False))
    return frame.collect("pandas").to_pandas()


def _names(frame: nw.LazyFrame[Any], columns: list[str]) -> list[str]:
    """All names in these columns."""
    found: set[str] = set()
    for one in columns:
        names = frame.select(nw.col(one).cast(nw.String)).unique().drop_nulls()
        found |= set(_collected(names)[one])
    return sorted(found)


def _can_be_read(schema: dict[str, Any], columns: Columns, frame: nw.LazyFrame[Any]) -> None:
    """ValueError if deaths are no numbers, or days have a time zone."""
    kind = schema[columns.deaths]
    if not kind.is_numeric():
        raise ValueError(f"{columns.deaths}: expected numbers, found {kind}; cast it first.")
    for name in (columns.date, columns.last or columns.date):
        zone = getattr(schema[name], "time_zone", None)
        # Spark's plain timestamps have the zone of its session, and are shown in it
        if zone and not frame.implementation.is_spark_like():
            raise ValueError(
                f"{name}: a time zone ({zone}), where the record has the days of the region; "
                f"first take them there ({description().time_zone}), without the zone."
            )


def _summed(
    frame: nw.LazyFrame[Any], schema: dict[str, Any], columns: Columns
) -> nw.LazyFrame[Any]:
    """The sums of each day or span of days, where the engine is lazy not yet computed."""
    col, no, zero = nw.col, nw.lit(False), nw.lit(0.0)
    vague = no
    if columns.precision:  # 1 is the day; not-a-number is above all numbers on some engines
        vague = col(columns.precision).cast(nw.Float64).is_between(1, 100, closed="right")
    values = {
        f"value_{number}": nw.any_horizontal(
            *((col(one).cast(nw.String) == value).fill_null(False) for one in of),
            ignore_nulls=False,
        )
        for number, (value, of) in enumerate(columns.only)
    }
    told = {
        "blank": _blank(columns.deaths, schema),
        "nameless": _blank(columns.event_id, schema) if columns.event_id else no,
        "vague": vague.fill_null(False),
        **values,
    }
    rows = frame.select(
        _key(columns.date, schema).alias("first"),
        _key(columns.last or columns.date, schema).alias("last"),
        *([col(columns.event_id).alias("event")] if columns.event_id else []),
        col(columns.deaths).cast(nw.Float64).alias("count"),
        **{name: cell.cast(nw.Int64) for name, cell in told.items()},
    )
    if columns.event_id:  # of an event told in several rows is true what is true of any
        found = [col(one).sum() if one == "nameless" else col(one).max() for one in told]
        rows = rows.group_by("event", "first", "last", "count").agg(*found)
    chosen = nw.lit(True)
    for sort in set(columns.sorts):
        some = [col(f"value_{n}") > 0 for n, one in enumerate(columns.sorts) if one == sort]
        chosen = chosen & nw.any_horizontal(*some, ignore_nulls=False)
    rows = rows.with_columns(
        (chosen & (col("blank") > 0)).cast(nw.Int64).alias("blank"),
        (chosen & (col("blank") == 0)).alias("known"),
    )
    known, count = col("known"), col("count")
    rows = rows.select(
        "first",
        "last",
        nw.when(known).then(count).otherwise(zero).alias("deaths"),
        nw.when(known & (col("vague") > 0)).then(count).otherwise(zero).alias("vague"),
        *(col(one) for one in ("blank", "nameless", *values)),
        nw.when(known & (count < 0)).then(1).otherwise(0).alias("negative"),
    )
    sums = [col(one).sum() for one in ("deaths", "vague", "blank", "nameless", "negative", *values)]
    return rows.group_by("first", "last").agg(nw.len().alias("n"), *sums)


def _blank(name: str, schema: dict[str, Any]) -> nw.Expr:
    """Whether a cell of this column is blank: of some engines not-a-number is a number."""
    cell = nw.col(name)
    if schema[name].is_float():
        return cell.is_null() | cell.is_nan()
    return cell.is_null()


def _key(name: str, schema: dict[str, Any]) -> nw.Expr:
    """A column of days without the time of day, so that few of them differ."""
    kind, column = schema[name], nw.col(name)
    if kind == nw.Datetime:
        return column.dt.truncate("1d")
    if kind in (nw.String, nw.Categorical, nw.Enum):
        text = column.cast(nw.String)
        return text.str.replace_all(r"[T ][0-9]{1,2}:[0-9:.]+", "T00:00")
    return column


@contextmanager
def _to_the_end(frame: nw.LazyFrame[Any]) -> Iterator[None]:
    """What goes wrong in the engine, said in our words."""
    try:
        yield
    except Exception as error:
        engine = frame.implementation.name.lower()
        reason = str(error).strip().partition("\n")[0]
        raise RuntimeError(
            f"{engine} could not read the events to their end, so nothing was counted: "
            f"{type(error).__name__}: {reason}"
        ) from error


def _checked(sums: pd.DataFrame, columns: Columns) -> pd.DataFrame:
    """The sums, if they can be true, with days as the tables have them."""
    if sums.empty:
        raise ValueError("the table of events is empty.")
    if nameless := int(sums["nameless"].sum()):
        raise ValueError(
            f"{columns.event_id}: events without an id: {nameless}. Fill them first; or leave "
            "event_id out, if each row is an event."
        )
    deaths = sums["deaths"].astype("float64")
    found = pd.DataFrame({"deaths": deaths, "vague": sums["vague"].astype("float64")})
    for name, column in (("first", columns.date), ("last", columns.last or columns.date)):
        lacking = int(sums.loc[sums[name].isna(), "n"].sum())
        if lacking:
            raise ValueError(f"{column}: events without a day: {lacking}. Drop or fill them first.")
        places, cells = pd.factorize(sums[name])  # some thousand days, be there ever so many spans
        try:
            days = as_days(pd.Series([_iso(cell) for cell in cells], dtype=object), column)
        except ValueError as error:  # the rows are not the caller's
            raise ValueError(re.sub(r", row \d+", "", str(error))) from None
        found[name] = days.to_numpy()[places]
    wrong: dict[str, pd.Series] = {
        "events without a number": sums["blank"] > 0,
        "events with a number below nought": sums["negative"] > 0,
        "a sum without end": ~deaths.map(math.isfinite),
        f"days in {columns.last} before those in {columns.date}": found["last"] < found["first"],
    }
    for what, rows in wrong.items():
        if rows.any():
            day = found.loc[rows, "first"].min()
            raise ValueError(
                f"{columns.deaths}: {what}, the first on {day:%Y-%m-%d} (days with such: "
                f"{int(rows.sum())}). Drop these events first, or fill in what is meant."
            )
    spans = found["last"] > found["first"]
    found["vague"] = found["vague"].mask(spans, deaths)
    # fractions add up to the last digit alike only in one order, and engines have none
    order = ["first", "last", "deaths", "vague"]
    return found.sort_values(order, ignore_index=True)


_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WORDS = re.compile(r"(\d{1,2}) ([A-Za-z]{3})[a-z]* (\d{4})", re.ASCII)


def _iso(cell: Any) -> Any:
    """A day as GDELT (19940512) or ACLED (12 May 1994) may write it, in ISO form."""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    if isinstance(cell, int):
        cell = str(cell)
    if isinstance(cell, str):
        cell = cell.strip()
        if re.fullmatch(r"\d{8}", cell, re.ASCII):
            return f"{cell[:4]}-{cell[4:6]}-{cell[6:]}"
        words = _WORDS.fullmatch(cell)
        if words and words[2].lower() in _MONTHS:
            month = _MONTHS.index(words[2].lower()) + 1
            return f"{words[3]}-{month:02}-{int(words[1]):02}"
    return cell
