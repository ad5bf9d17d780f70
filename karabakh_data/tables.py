"""The tables as pandas DataFrames."""

from __future__ import annotations

from .descriptor import DATA, allowed, fields, links, resource, resources

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

    import pandas as pd

_DTYPES = {"string": "string", "integer": "Int64", "boolean": "boolean"}


def load(table: str) -> pd.DataFrame:
    """One table as a fresh, typed DataFrame.

    What a row is, and every column with its meaning, says :func:`codebook`.
    Closed vocabularies are categories, days ``datetime64[s]``, counts ``Int64``,
    yes/no ``boolean``, all else ``string``. A blank cell is missing; "NA" is text.
    The sources of each value are in the table ``claims``; see :func:`evidence`.

    Args:
        table: a name from :func:`tables`.

    Raises:
        ValueError: no such table; or its file was cut short or edited.
        FileNotFoundError: its file is missing.
    """
    from io import BytesIO

    import pandas as pd

    from .integrity import published

    columns = fields(table)
    frame = pd.read_csv(
        BytesIO(published(table)),
        dtype={name: _dtype(field) for name, field in columns.items()},
        keep_default_na=False,
        na_values=[""],
        true_values=["true"],
        false_values=["false"],
    )
    for name, field in columns.items():
        if field["type"] in ("date", "yearmonth"):
            form = "%Y-%m-%d" if field["type"] == "date" else "%Y-%m"
            frame[name] = pd.to_datetime(frame[name], format=form).astype("datetime64[s]")
    return frame


def _dtype(field: dict[str, Any]) -> Any:
    import pandas as pd

    if allowed(field):
        return pd.CategoricalDtype(allowed(field))
    return _DTYPES.get(field["type"], "string")


def path(table: str) -> Path:
    """The table's CSV file itself, for DuckDB, Polars, R or Stata.

    UTF-8, comma-separated, ISO dates, blank for unknown.

    Raises:
        ValueError: no such table.
    """
    from pathlib import Path

    return Path(DATA, resource(table)["path"])


def tables() -> pd.DataFrame:
    """What there is: one row per table, with what its rows are and how many.

    Columns: ``table``, ``row`` (what one row is), ``rows``, ``columns`` (counts).
    """
    import pandas as pd

    from .integrity import published

    return pd.DataFrame(
        {
            "table": name,
            "row": described["description"].removeprefix("One row is ").rstrip("."),
            "rows": published(name).count(b"\n") - 1,
            "columns": len(fields(name)),
        }
        for name, described in resources().items()
    )


def codebook(table: str) -> pd.DataFrame:
    """What the columns of one table mean: one row per column, in order.

    Columns: ``column``; ``type``; ``coded`` (every value is backed by claims);
    ``allowed`` (the closed vocabulary, or blank); ``refers_to`` (the table whose
    key it holds, or blank); ``meaning``, with the meaning of each allowed value.

    Raises:
        ValueError: no such table.
    """
    import pandas as pd

    refers = links(table)
    return pd.DataFrame(
        {
            "column": name,
            "type": "EDTF" if field.get("edtf") else field["type"],
            "coded": bool(field.get("coded")),
            "allowed": ", ".join(allowed(field)),
            "refers_to": refers[name][0] if name in refers else "",
            "meaning": " ".join([field["description"], _meanings(field)]).strip(),
        }
        for name, field in fields(table).items()
    )


def _meanings(field: dict[str, Any]) -> str:
    meanings = field.get("meanings", {})
    return "; ".join(f"{value}: {meaning}" for value, meaning in meanings.items())
