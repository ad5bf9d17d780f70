"""Rules between the ledger and the tables: double entry, sources, decisions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from ..adoption import by_cell, cell_of, judged, settle_cell, views
from ..descriptor import Description, unknown
from ..files import Row, Rows, Tables, made_id
from ..telling import as_told
from .cells import wrong_claim
from .fault import Data, Fault


class Ledger:
    """What can be said of the tables: of which cells, by which sources, with which values."""

    def __init__(self, described: Description, tables: Tables) -> None:
        """Take the keys of all tables."""
        self.described = described
        self.keys = {
            name: dict.fromkeys(row[table.id] for row in tables[name])
            for name, table in described.tables.items()
        }
        self.good: set[tuple[str, str, str]] = set()  # most values stand in many rows

    def about(self, row: Row) -> tuple[str, str] | None:
        """Where a row is about a record, or a column, that does not exist, and what is wrong."""
        name = row["table"]
        if "column" in row and name not in self.described.records:
            return "table", unknown("table with claims", name, self.described.records)
        if name not in self.keys:
            return "table", unknown("table", name, self.keys)
        coded = self.described.tables[name].coded
        if "column" in row and row["column"] not in coded:
            return "column", unknown(f"coded column of {name}", row["column"], coded)
        if row["record_id"] not in self.keys[name]:
            return "record_id", unknown(f"record of {name}", row["record_id"], self.keys[name])
        return None

    def sayable(self, row: Row) -> str:
        """Why the column that a row is about could not hold its value, or nothing."""
        cell = row["table"], row["column"], row["value"]
        if cell in self.good:
            return ""
        column = self.described.tables[row["table"]].columns[row["column"]]
        if why := wrong_claim(column, row["value"]):
            return why
        if column.reference and row["value"] not in self.keys[column.reference.table]:
            return unknown(column.name, row["value"], self.keys[column.reference.table])
        self.good.add(cell)
        return ""


def sayable(data: Data) -> Iterator[Fault]:
    """Rows about what does not exist; claims and decisions with what no such cell could hold."""
    ledger = Ledger(data.described, data.tables)
    for name, table in data.described.tables.items():
        for row in data.tables[name] if table.about_records else ():
            if found := ledger.about(row):
                yield data.fault(name, row, *found)
            elif "value" in row and (why := ledger.sayable(row)):
                yield data.fault(name, row, "value", why)


def double_entry(data: Data) -> Iterator[Fault]:
    """Cells that are not what claims, decisions and the other cells come to."""
    claims = sorted(data.tables["claims"], key=lambda claim: claim["claim_id"])
    expected = as_told(data.described, data.tables, claims, part=data.part)
    cells = by_cell(claims)
    for name, table in data.described.tables.items():
        follows = [key for key, one in table.columns.items() if one.coded or one.derived]
        by_line = {row.line: row for row in expected[name]}
        for row in data.tables[name]:
            if row.line not in by_line:
                yield data.fault(name, row, table.id, "none of the claims speaks of it")
                continue
            for column in follows:
                value = by_line[row.line][column]
                told = cells.get((name, row[table.id], column))
                if row[column] != value:
                    yield data.fault(name, row, column, _why(data, name, column, value, told))
                elif row[column] and table.columns[column].coded and not told and not data.part:
                    yield data.fault(name, row, column, "no claim backs it")


def made_keys(data: Data) -> Iterator[Fault]:
    """Keys that are not what the other cells of their row make."""
    for name, table in data.described.tables.items():
        for row in data.tables[name] if table.made_of else ():
            if row[table.id] != (made := made_id(table, row)):
                why = f"expected {made!r}, which follows from the other cells"
                yield data.fault(name, row, table.id, why)


def _why(data: Data, name: str, column: str, value: str, told: Rows | None) -> str:
    """What a cell should hold, and by which rule."""
    table = data.described.tables[name]
    if not table.columns[column].coded:
        return f"expected {value!r}, which follows from the other cells"
    if not told:
        return "no claim backs it"
    decisions = judged(data.tables["decisions"]).get(cell_of(told[0]))
    rule = settle_cell(table.columns[column], told, views(data.tables), decisions).rule
    said = ", ".join(sorted({claim["value"] for claim in told}))
    return f"the claims come to {value!r} ({rule}); they say {said}"


def sourced(data: Data) -> Iterator[Fault]:
    """Rows whose source, at that place, says nothing about them."""
    said, named = _said(data)
    for name in data.described.records:
        table = data.described.tables[name]
        for row in data.tables[name] if "source" in table.columns else ():
            record = name, row[table.id]
            at = row["source"], row["locator"]
            if record in said and at not in said[record]:
                where = f"at {row['locator']!r}" if row["locator"] else "without a locator"
                yield data.fault(name, row, "source", f"makes no claim on this record {where}")
            elif record not in said and row["source"] and row["source"] not in named[record]:
                yield data.fault(name, row, "source", "no claim of it speaks of this record")


def _said(
    data: Data,
) -> tuple[dict[tuple[str, str], set[tuple[str, str]]], dict[tuple[str, str], set[str]]]:
    """Who makes claims on a record, and where; and who names it, or what belongs to it."""
    said: dict[tuple[str, str], set[tuple[str, str]]] = defaultdict(set)
    named: dict[tuple[str, str], set[str]] = defaultdict(set)
    for claim in data.tables["claims"]:
        said[claim["table"], claim["record_id"]].add((claim["source"], claim["locator"]))
        there = data.described.tables[claim["table"]].references.get(claim["column"])
        if there:
            named[there.table, claim["value"]].add(claim["source"])
    for name in reversed(data.described.records):  # what belongs to a record comes after it
        key = data.described.tables[name].id
        for column, there in data.described.parents(name).items():
            for row in data.tables[name]:
                record = name, row[key]
                sources = {source for source, _ in said.get(record, ())} | named[record]
                named[there.table, row[column]] |= sources
    return dict(said), named


def decided(data: Data) -> Iterator[Fault]:
    """Decisions without a claim to rest on, about nothing told, or needless; of a whole record."""
    if data.part:
        return
    perspectives = views(data.tables)
    cells = by_cell(data.tables["claims"])
    records = {claim["claim_id"]: claim["record_id"] for claim in data.tables["claims"]}
    for cell, decisions in judged(data.tables["decisions"]).items():
        column = data.described.tables[cell[0]].columns[cell[2]]
        told = cells.get(cell, [])
        winners = [row for row in decisions.values() if row["verdict"] != "reject"]
        for row in winners[1:]:
            yield data.fault("decisions", row, "verdict", f"line {winners[0].line} decides it too")
        for value, row in decisions.items():
            if not any(claim["value"] == value for claim in told):
                yield data.fault("decisions", row, "value", "no claim says it")
            elif not row["claim_id"]:
                yield data.fault("decisions", row, "claim_id", "names no claim to rest on")
            elif records[row["claim_id"]] != cell[1]:
                yield data.fault("decisions", row, "claim_id", "the claim is on another record")
            elif row["verdict"] != "reject":
                others = {one: row for one, row in decisions.items() if one != value}
                without = settle_cell(column, told, perspectives, others).value
                if settle_cell(column, told, perspectives, decisions).value == without:
                    rule = f"needless: without it the cell is {without!r} too"
                    yield data.fault("decisions", row, "verdict", rule)
