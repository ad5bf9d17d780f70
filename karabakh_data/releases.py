"""Which values differ between two releases of the data."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import pandas as pd

from .descriptor import Column, Table, description
from .loading import TEXT
from .records import opened
from .snapshots import Cells, of_frames, of_release

_RETIRED = "retired"  # the table of the ids that were withdrawn


class Change(NamedTuple):
    """One difference between two releases."""

    table: str
    record_id: str
    column: str
    change: str
    old: str
    new: str
    coded: bool


def changes(
    old: str | os.PathLike[str] | Mapping[str, pd.DataFrame],
    *,
    record: Mapping[str, pd.DataFrame] | None = None,
) -> pd.DataFrame:
    """Which values differ from those of an earlier release.

    One row is one difference. Columns: ``table``, ``record_id``, ``column``, ``change``,
    ``old`` and ``new`` (as the files hold them, blank where there is none), ``coded`` (it
    is a cell whose every value rests on claims). ``change`` is one of

    * ``changed``: a cell of a record that both have; numbers are compared as numbers;
    * ``added``, ``removed``: a record that only one of the two has; ``retired``: one that
      was withdrawn on purpose, with what replaces it, if anything does, under ``new``;
    * ``column added``, ``column removed``; ``column renamed``: only where every record that
      both have holds the same in the one as in the other. Cells of these are not compared;
    * ``table added``, ``table removed``.

    >>> import karabakh_data as kd
    >>> len(kd.changes(kd.record()))
    0

    Args:
        old: the data of the earlier release: their folder, a zip or wheel that holds them,
            or tables by name.
        record: what to compare with them (default: as published; see :func:`record`).

    Raises:
        FileNotFoundError: there are no data.
        ValueError: what is there is no data package, or its tables are not as it says; or
            what is given is neither a path nor tables by name.
    """
    described = description()
    if isinstance(old, Mapping):
        before = of_frames(old)
    elif isinstance(old, str | os.PathLike):
        before = of_release(os.fspath(old))
    else:
        what = type(old).__name__
        raise ValueError(f"expected a folder, zip or wheel, or tables by name; found {what}.")
    after = of_frames(opened(record, whole=False))
    gone = {
        (row["table"], row["id"]): row["replaced_by"]
        for row in (after[_RETIRED].rows if _RETIRED in after else ())
    }
    found: list[Change] = []
    for name in dict.fromkeys([*before, *after]):
        if name in before and name in after:
            found += _between(described.tables[name], before[name], after[name], gone)
        else:
            change = "table added" if name in after else "table removed"
            found.append(Change(name, "", "", change, "", "", coded=False))
    frame = pd.DataFrame(found, columns=list(Change._fields))
    types: dict[str, Any] = dict.fromkeys(Change._fields, TEXT)
    return frame.astype({**types, "coded": bool})


def markdown(found: pd.DataFrame) -> str:
    """Changes as a table for a changelog: one row a table, how many of what.

    >>> import karabakh_data as kd
    >>> from karabakh_data.releases import markdown
    >>> print(markdown(kd.changes(kd.record())).splitlines()[0])
    | table | added | removed | retired | coded cells changed | other cells changed |

    Args:
        found: of :func:`karabakh_data.changes`.
    """
    lines = [
        "| table | added | removed | retired | coded cells changed | other cells changed |",
        "|---|---|---|---|---|---|",
    ]
    for table, own in found.groupby("table", sort=False):
        counts = [str(int((own["change"] == one).sum())) for one in ("added", "removed", "retired")]
        cells = own[own["change"] == "changed"]
        counts += [_counted(cells[cells["coded"]]), _counted(cells[~cells["coded"]])]
        if any(count not in ("0", "") for count in counts):
            lines.append(f"| {' | '.join([f'`{table}`', *counts])} |")
    others = found[found["change"].str.contains(" ")]
    for (name, change), own in others.groupby(["table", "change"], sort=False):
        pairs = zip(own["old"], own["new"], strict=True)
        names = (" → ".join(f"`{one}`" for one in pair if one) for pair in pairs)
        lines.append(f"\n`{name}`: {change} {', '.join(names)}".rstrip())
    return "\n".join(lines)


def _counted(cells: pd.DataFrame) -> str:
    """How many cells of which columns."""
    counts = cells.groupby("column", sort=False).size()
    return ", ".join(f"`{column}` {count}" for column, count in counts.items())


def markdown_cells(found: pd.DataFrame) -> str:
    """The coded cells that changed, one a row, as a table for a changelog."""
    cells = found[(found["change"] == "changed") & found["coded"]]
    lines = ["| table | record | column | old | new |", "|---|---|---|---|---|"]
    for row in cells[["table", "record_id", "column", "old", "new"]].itertuples(index=False):
        lines.append(f"| {' | '.join(str(cell).replace('|', chr(92) + '|') for cell in row)} |")
    return "\n".join(lines)


def _between(
    table: Table, before: Cells, after: Cells, gone: Mapping[tuple[str, str], str]
) -> Iterator[Change]:
    """The differences between two releases of one table."""

    def told(key: str, column: str, change: str, old: str = "", new: str = "") -> Change:
        coded = change == "changed" and table.columns[column].coded
        return Change(table.name, key, column, change, old, new, coded=coded)

    made = table.made_of.get("all", [])
    made = made if {*made} <= {*before.columns} & {*after.columns} else []
    old, new = before.by_id(table, made=bool(made)), after.by_id(table, made=bool(made))
    both = [one for one in old if one in new]
    lost = [name for name in before.columns if name not in after.columns]
    for name in after.columns:
        if name in before.columns:
            continue
        same = [one for one in lost if _same(table.columns[name], one, name, both, old, new)]
        if len(same) == 1:
            lost.remove(same[0])
            yield told("", name, "column renamed", same[0], name)
        else:
            yield told("", name, "column added", "", name)
    for name in lost:
        yield told("", name, "column removed", name, "")
    for one in old:
        if one not in new:
            change = "retired" if (table.name, one) in gone else "removed"
            yield told(one, "", change, new=gone.get((table.name, one), ""))
    for one in new:
        if one not in old:
            yield told(one, "", "added")
    ids = {*made, *before.key, *after.key}
    shared = [name for name in after.columns if name in before.columns and name not in ids]
    for one in both:
        for name in shared:
            cells = old[one][name], new[one][name]
            if cells[0] != cells[1] and not _equal(table.columns[name], *cells):
                yield told(one, name, "changed", *cells)


def _same(
    column: Column,
    before: str,
    after: str,
    both: list[str],
    old: Mapping[str, Mapping[str, str]],
    new: Mapping[str, Mapping[str, str]],
) -> bool:
    """Whether a column holds under another name what it held, and not only blanks."""
    pairs = [(old[one][before], new[one][after]) for one in both]
    return any(map(any, pairs)) and all(_equal(column, *pair) for pair in pairs)


def _equal(column: Column, old: str, new: str) -> bool:
    if old == new or column.type not in ("integer", "number"):
        return old == new
    try:
        return float(old) == float(new)
    except ValueError:  # one of them is blank, or was no number then
        return False
