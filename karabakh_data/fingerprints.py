"""Whether the files of an installed package are byte for byte those that were built.

The fingerprints are written into the wheel when it is built (``.hatch_build.py``) and
are never committed: a clone has none, and loads what is there.
"""

from __future__ import annotations

import json
import os
from functools import cache
from hashlib import sha256

from .descriptor import DATA, FILE, Table, missing

FINGERPRINTS = "fingerprints.json"
REMEDY = "Reinstall karabakh_data."


def taken(folder: str) -> dict[str, str]:
    """The fingerprint of every file of a data folder, by its name."""
    found = {}
    for name in sorted(os.listdir(folder)):
        if name == FILE or name.endswith(".csv"):
            with open(os.path.join(folder, name), "rb") as file:
                found[name] = sha256(file.read()).hexdigest()
    return found


@cache
def built() -> dict[str, str]:
    """The fingerprints as the package was built, empty in a clone.

    Raises:
        ValueError: the description is not as it was built, or the fingerprints are damaged.
    """
    path = os.path.join(DATA, FINGERPRINTS)
    try:
        with open(path, encoding="utf-8") as file:
            prints: dict[str, str] = json.load(file)
    except FileNotFoundError:
        return {}
    except ValueError:
        raise ValueError(f"{path} is not as published. {REMEDY}") from None
    described = os.path.join(DATA, FILE)
    with open(described, "rb") as file:
        if sha256(file.read()).hexdigest() != prints.get(FILE):
            raise ValueError(f"{described} is not as published. {REMEDY}")
    return prints


def published(table: Table) -> bytes:
    """The table's file: byte for byte as it was built, where the package was built.

    Raises:
        FileNotFoundError: it is missing.
        ValueError: it was cut short or edited; the message names file, line and what is
            wrong there.
    """
    path = os.path.join(DATA, table.file)
    prints = built()
    try:
        with open(path, "rb") as file:
            content = file.read()
    except (FileNotFoundError, NotADirectoryError):
        raise FileNotFoundError(missing(path)) from None
    if prints and sha256(content).hexdigest() != prints.get(table.file):
        raise ValueError(f"{path} is not as published. {_diagnosis(table)} {REMEDY}")
    return content


def _diagnosis(table: Table) -> str:
    """What is wrong in a file that is not as it was built, as far as the rules can tell."""
    from .checks import faults

    try:
        found = list(faults(DATA))
    except (ValueError, FileNotFoundError) as error:
        return str(error)
    own = [fault for fault in found if fault.file == table.file]
    for fault in own or found:
        return f"{str(fault).rstrip('.')}."
    return "No rule is broken, but its text is not the one built: a cell or a line has changed."
