"""Which value the claims on a cell come to, by which rule.

A cell is one column of one record. What its claims come to is computed in this order:

1. values that the column can hold (a column of days holds a day, not a month);
2. values that a source states outright before values that the coder inferred;
3. a vague date supports a finer one inside it, and gives way to it;
4. the value told from more perspectives;
5. the value told by more sources.

A row of ``decisions`` comes before these rules (``reject``, ``adopt``) or settles what
they leave open (``tie``). What is still open stays blank.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from . import edtf
from .descriptor import Column, Description
from .files import Row, Rows, Tables

Cell = tuple[str, str, str]  # table, record, column
CELL = ["table", "record_id", "column"]
RULES = {
    "unanimous": "all claims have it",
    "fits": "no other value is one that the column can hold",
    "outright": "stated outright, where the others were inferred",
    "finer": "the vaguer dates hold it within them",
    "perspectives": "told from more perspectives",
    "sources": "told from as many perspectives, by more sources",
    "tie": "the rules do not decide, and the cell stays blank",
    "unfit": "no claim has a value that the column can hold",
    "rejected": "no claim is left once the values rejected by decision are out",
    "required": "the rules do not decide, and the published value of a required column stands",
}


class Verdict(NamedTuple):
    """What the claims on a cell come to: the value (blank if none) and what decided.

    ``decision`` is the one that gave the value, if one did.
    """

    value: str
    rule: str
    decision: Row | None = None


def settle(
    described: Description, claims: Iterable[Row], views: Mapping[str, str], decisions: Rows
) -> dict[Cell, Verdict]:
    """What the claims come to, for every cell of which they speak.

    ``views`` is the perspective of each source.
    """
    on = judged(decisions)
    return {
        cell: settle_cell(described.tables[cell[0]].columns[cell[2]], told, views, on.get(cell))
        for cell, told in by_cell(claims).items()
    }


def by_cell(rows: Iterable[Row]) -> dict[Cell, Rows]:
    """The claims on each cell."""
    found: dict[Cell, Rows] = defaultdict(list)
    for row in rows:
        found[cell_of(row)].append(row)
    return dict(found)


def judged(decisions: Iterable[Row]) -> dict[Cell, dict[str, Row]]:
    """The decisions on each cell, by the value they judge."""
    on = by_cell(decisions)
    return {cell: {row["value"]: row for row in rows} for cell, rows in on.items()}


def views(tables: Tables) -> dict[str, str]:
    """The perspective of each source."""
    return {source["source"]: source["perspective"] for source in tables["sources"]}


def cell_of(row: Row) -> Cell:
    """The cell that a claim, decision or reading is about."""
    return row["table"], row["record_id"], row["column"]


def settle_cell(
    column: Column,
    claims: Rows,
    views: Mapping[str, str],
    decisions: Mapping[str, Row] | None = None,
) -> Verdict:
    """What the claims on one cell come to.

    Args:
        column: the cell's column.
        claims: all claims on it, each once.
        views: the perspective of each source.
        decisions: those on this cell, by the value they judge.
    """
    verdict = _settled(column, claims, views, decisions or {})
    if column.required and not verdict.value:
        return verdict._replace(rule="required")
    return verdict


def _settled(
    column: Column, claims: Rows, views: Mapping[str, str], decisions: Mapping[str, Row]
) -> Verdict:
    verdicts = {value: decision["verdict"] for value, decision in decisions.items()}
    left = [claim for claim in claims if verdicts.get(claim["value"]) != "reject"]
    values = {claim["value"] for claim in left if can_hold(column, claim["value"])}
    for value in values:
        if verdicts.get(value) == "adopt":
            return Verdict(value, decisions[value]["rule"], decisions[value])
    if not values:
        return Verdict("", "rejected" if len(left) < len(claims) else "unfit")
    if len({claim["value"] for claim in claims}) == 1:
        return Verdict(values.pop(), "unanimous")
    best, rule = _best(column, left, values, views)
    if len(best) == 1:
        return Verdict(best.pop(), rule)
    for value in best:
        if verdicts.get(value) == "tie":
            return Verdict(value, decisions[value]["rule"], decisions[value])
    return Verdict("", "tie")


def can_hold(column: Column, value: str) -> bool:
    """Whether the column itself may hold what a claim on it says: days are days."""
    return column.type != "date" or edtf.is_day(value)


def _best(
    column: Column, claims: Rows, values: set[str], views: Mapping[str, str]
) -> tuple[set[str], str]:
    """The value that the computable rules arrive at, or those that tie, and the last rule."""
    if len(values) == 1:
        return values, "fits"
    outright = [claim for claim in claims if claim["inferred"] == "false"]
    stated = values & {claim["value"] for claim in outright}
    if stated:
        claims, values = outright, stated
    if len(values) == 1:
        return values, "outright"
    backed: dict[str, set[str]] = {value: set() for value in values}
    for claim in claims:
        if claim["value"] in backed:
            backed[claim["value"]].add(claim["source"])
    if column.dated:
        values = values - _support_finer(backed, claims)
    if len(values) == 1:
        return values, "finer"
    values = _most(values, {one: len({views[by] for by in backed[one]}) for one in values})
    if len(values) == 1:
        return values, "perspectives"
    return _most(values, {one: len(backed[one]) for one in values}), "sources"


def _most(values: set[str], counts: Mapping[str, int]) -> set[str]:
    """The values with the highest count."""
    most = max(counts.values())
    return {value for value in values if counts[value] == most}


def _support_finer(backed: dict[str, set[str]], claims: Rows) -> set[str]:
    """Count vague dates for the finer ones inside them; those that gave way are returned."""
    spans = {value: edtf.span(value) for value in {*backed, *(c["value"] for c in claims)}}
    gave_way = set()
    for claim in claims:
        vague = spans[claim["value"]]
        if not vague.vague:
            continue
        for value, sources in backed.items():
            if spans[value].is_finer_than(vague):
                sources.add(claim["source"])
                gave_way.add(claim["value"])
    return gave_way


def agreement(column: Column, claim: Row, adopted: str) -> str:
    """How a claim stands to the value adopted, in the words of ``claims.agreement``."""
    if not adopted:
        return "unadopted"
    if claim["value"] == adopted:
        return "same"
    if column.dated:
        told, held = edtf.span(claim["value"]), edtf.span(adopted)
        if told.holds(held) or held.holds(told):
            return "compatible"
    return "differs"
