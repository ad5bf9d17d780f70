"""The data descriptor: the one place where tables and columns are described."""

from __future__ import annotations

import os
from functools import cache

TYPE_CHECKING = False  # importing typing, or json, would cost more than all else here
if TYPE_CHECKING:
    from typing import Any

DATA = os.path.join(os.path.dirname(os.path.abspath(__file__)), "data")


@cache
def package() -> dict[str, Any]:
    """The Frictionless Data Package as it stands in ``data/datapackage.json``."""
    import json

    with open(os.path.join(DATA, "datapackage.json"), encoding="utf-8") as file:
        content: dict[str, Any] = json.load(file)
    return content


@cache
def resources() -> dict[str, dict[str, Any]]:
    """Every table's descriptor, by the table's name."""
    return {resource["name"]: resource for resource in package()["resources"]}


def resource(table: str) -> dict[str, Any]:
    """One table's descriptor; ValueError names the tables there are."""
    if not isinstance(table, str) or table not in resources():
        raise ValueError(unknown("table", table, resources()))
    return resources()[table]


def fields(table: str) -> dict[str, dict[str, Any]]:
    """A table's columns in order, by name."""
    return {field["name"]: field for field in resource(table)["schema"]["fields"]}


def key(table: str) -> list[str]:
    """The column, or columns, that identify a row."""
    return list(resource(table)["schema"]["primaryKey"])


def coded(table: str) -> list[str]:
    """The columns whose every value is backed by a claim."""
    return [name for name, field in fields(table).items() if field.get("coded")]


def links(table: str) -> dict[str, tuple[str, str]]:
    """The columns that hold another table's key, each with that table and its column."""
    found = resource(table)["schema"].get("foreignKeys", [])
    return {
        link["fields"]: (link["reference"]["resource"] or table, link["reference"]["fields"])
        for link in found
    }


def with_claims(table: str) -> str:
    """The table's own name, if claims are kept on it; ValueError names those that have them."""
    resource(table)
    known = [name for name in resources() if coded(name)]
    if table not in known:
        raise ValueError(f"no claims are kept on {table!r}; they are on: {', '.join(known)}.")
    return table


def allowed(field: dict[str, Any]) -> list[str]:
    """A closed vocabulary, or an empty list."""
    return list(field.get("constraints", {}).get("enum", []))


def unknown(what: str, value: object, choices: Any) -> str:
    """The message for a name that is not among the choices: the nearest, then what exists."""
    from difflib import get_close_matches

    choices = list(choices)
    near = get_close_matches(str(value), choices, n=1, cutoff=0.4)
    hint = f" Did you mean {near[0]!r}?" if near else ""
    some = (
        choices
        if len(choices) <= 25
        else get_close_matches(str(value), choices, 8, 0) or choices[:8]
    )
    rest = f", and {len(choices) - len(some)} more" if len(some) < len(choices) else ""
    return f"unknown {what} {value!r}.{hint} There are: {', '.join(some)}{rest}."
