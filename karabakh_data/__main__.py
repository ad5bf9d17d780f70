"""The command line; ``python -m karabakh_data --help`` says what it does."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence

from .adding import rows
from .checks import faults
from .descriptor import DATA, counted, description
from .fingerprints import FINGERPRINTS
from .seal import sealed, write

SHOWN = 20  # faults or moves; the rest is counted


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; 0 when all is well, 1 for faults, 2 when it could not be run."""
    parser = argparse.ArgumentParser(
        prog="python -m karabakh_data", description="Check, widen, export or compare the data."
    )
    commands = parser.add_subparsers(dest="command", required=True)
    check = commands.add_parser("check", help="print what is wrong in the data; silent when clean")
    check.add_argument("folder", nargs="?", default=DATA, help="default: the package's own data")
    seal = commands.add_parser("seal", help="write what follows from the claims into the tables")
    seal.add_argument("folder", nargs="?", help="default: the data of the checkout it is run in")
    seal.add_argument("--accept", action="store_true", help="write coded cells that move, too")
    add = commands.add_parser("add", help="add a row, and seal; without cells: what it asks for")
    add.add_argument("table", metavar="TABLE")
    add.add_argument("cells", nargs="*", metavar="COLUMN=VALUE", help="+ between two rows")
    add.add_argument("--folder", help="default: the data of the checkout it is run in")
    add.add_argument("--accept", action="store_true", help="write coded cells that move, too")
    export = commands.add_parser("export", help="write all tables for another program")
    export.add_argument("path", help=".sqlite, .db, .parquet, .dta, .xlsx or .zip")
    export.add_argument("--force", action="store_true", help="replace what is there")
    compare = commands.add_parser("changes", help="say what differs from an earlier release")
    compare.add_argument("old", help="its data: a folder, zip or wheel")
    compare.add_argument("--cells", action="store_true", help="print the coded cells that changed")
    asked = parser.parse_args(arguments)
    try:
        if asked.command == "export":
            return _export(asked.path, force=asked.force)
        if asked.command == "changes":
            return _changes(asked.old, cells=asked.cells)
        if asked.command == "check":
            return _check(asked.folder)
        new = [asked.table, *asked.cells] if asked.command == "add" else ()
        if new and not asked.folder:
            list(rows(description(), new))  # what is wrong in the words is said first
        return _seal(asked.folder or _own_checkout(), new, accept=asked.accept)
    except (ImportError, OSError, ValueError) as error:
        print(error, file=sys.stderr)
        return 2


def _check(folder: str) -> int:
    wrong = False
    for fault in faults(folder):
        print(fault)
        wrong = True
    return int(wrong)


def _own_checkout() -> str:
    """The package's data, if that is what stands in the checkout of the working directory."""
    folder = os.getcwd()
    while not os.path.isfile(os.path.join(folder, "karabakh_data", "data", "datapackage.json")):
        above = os.path.dirname(folder)
        if above == folder:
            raise ValueError(
                f"{os.getcwd()} is in no checkout: name the folder of the data, "
                "`seal FOLDER` or `add … --folder FOLDER`."
            )
        folder = above
    there = os.path.join(folder, "karabakh_data", "data")
    if os.path.realpath(there) != os.path.realpath(DATA):
        raise ValueError(
            f"{DATA} is not the data of this checkout, {there}: run it from the checkout's root, "
            "or install the checkout with pip install -e."
        )
    return DATA


def _seal(folder: str, new: Sequence[str], *, accept: bool) -> int:
    if os.path.exists(os.path.join(folder, FINGERPRINTS)):
        raise ValueError(f"{folder} is an installed copy; seal the data of a checkout.")
    data, moves, wrong = sealed(folder, new)
    for line in [*wrong[:SHOWN], *moves[: SHOWN if wrong else None]]:
        print(line)
    if wrong:
        print(f"{counted(len(wrong), 'fault')}; nothing is written.")
        return 1
    if moves and not accept:
        print(f"{counted(len(moves), 'coded cell')} to move; nothing is written without --accept.")
        return 1
    write(folder, data)
    many = counted(sum(map(len, data.tables.values())), "row")
    moved = counted(len(moves), "cell")
    print(f"sealed {folder}: {len(data.tables)} tables, {many}, {moved} moved.")
    return 0


def _export(path: str, *, force: bool) -> int:
    from .exporting import write as written  # pandas comes only with what needs it

    content = written(path, None, force=force, shown=sys.stderr)
    print(f"{path}: {len(content.tables)} tables, {content.rows:,} rows.")
    return 0


def _changes(old: str, *, cells: bool) -> int:
    from .releases import changes, markdown, markdown_cells

    found = changes(old)
    if found.empty:
        print("nothing differs.")
    else:
        print(markdown_cells(found) if cells else markdown(found))
    return 0


if __name__ == "__main__":
    sys.exit(main())
