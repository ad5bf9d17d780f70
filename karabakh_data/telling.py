"""The tables that follow from claims: from all of the ledger, or from a part.

Everything here works on rows of text (:mod:`karabakh_data.files`), so that the record,
the checks and the sealing of edited data all ask the same functions.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from . import edtf
from .adoption import Cell, Verdict, agreement, cell_of, settle, views
from .descriptor import Description, Table
from .files import Row, Rows, Tables


def as_told(
    described: Description, tables: Tables, claims: Rows, *, part: bool = True
) -> dict[str, Rows]:
    """All tables as these claims tell them.

    Args:
        described: the description of the tables.
        tables: the tables as they stand: titles, references, and the values of
            required cells on which the claims are silent.
        claims: the claims, each once, in order of their ids.
        part: whether they are a part of the ledger: then only what they speak of stays.
    """
    verdicts = settle(described, claims, views(tables), tables["decisions"])
    base = {name: _by_key(described, tables, name) for name in described.records}
    filled = {
        name: {key: _filled(described, name, key, row, verdicts) for key, row in rows.items()}
        for name, rows in base.items()
    }
    own: dict[tuple[str, str], Rows] = defaultdict(list)
    for claim in claims:
        own[claim["table"], claim["record_id"]].append(claim)
    heard = _heard(described, filled, own) if part else {}
    found: dict[str, Rows] = {}
    for name, rows in filled.items():
        whole = described.tables[name].whole or not part
        kept = [(key, row) for key, row in rows.items() if whole or (name, key) in heard]
        if part and "source" in described.tables[name].columns:
            for key, row in kept:
                _resource(row, own.get((name, key), []), heard.get((name, key)))
        found[name] = [row for _, row in kept]
    found["claims"] = [_placed(described, claim, filled) for claim in claims]
    given = {claim["claim_id"] for claim in claims}
    for name, table in described.tables.items():
        if name not in found:
            found[name] = [row.copied() for row in tables[name]]
            if part and table.about_records:
                found[name] = _about(described, found[name], heard, given)
        _follow(table, found[name], own)
    return {name: found[name] for name in described.tables}


def _by_key(described: Description, tables: Tables, name: str) -> dict[str, Row]:
    key = described.tables[name].id
    return {row[key]: row for row in tables[name]}


def _filled(
    described: Description, name: str, key: str, row: Row, verdicts: Mapping[Cell, Verdict]
) -> Row:
    """The row with its coded cells as the claims have them."""
    filled = row.copied()
    columns = described.tables[name].columns
    for column in described.tables[name].coded:
        verdict = verdicts.get((name, key, column))
        if verdict and verdict.value:
            filled[column] = verdict.value
        elif not columns[column].required:
            filled[column] = ""
    return filled


def _heard(
    described: Description,
    filled: Mapping[str, Mapping[str, Row]],
    own: Mapping[tuple[str, str], Rows],
) -> dict[tuple[str, str], Row]:
    """The records of which the claims speak, or to which such a record refers.

    Each with the first claim by which it is heard of.
    """
    heard = {record: claims[0] for record, claims in own.items()}
    waiting = list(heard)
    while waiting:
        name, key = waiting.pop()
        row = filled[name][key]
        for column, there in described.tables[name].references.items():
            target = there.table, row[column]
            if there.table not in filled or not row[column] or target in own:
                continue
            claim = _saying(own.get((name, key), []), column, row[column]) or heard[name, key]
            if target not in heard or claim["claim_id"] < heard[target]["claim_id"]:
                heard[target] = claim
                waiting.append(target)
    return heard


def _saying(claims: Rows, column: str, value: str) -> Row | None:
    return next((claim for claim in claims if _says(claim, column, value)), None)


def _resource(row: Row, claims: Rows, first: Row | None) -> None:
    """Give the row a source that is among these claims, its own if that is."""
    if "note" in row:
        row["note"] = ""
    if any((c["source"], c["locator"]) == (row["source"], row["locator"]) for c in claims):
        return
    claim = next((c for c in claims if c["source"] == row["source"]), first)
    row["source"], row["locator"] = (claim["source"], claim["locator"]) if claim else ("", "")


def _follow(table: Table, rows: Rows, own: Mapping[tuple[str, str], Rows]) -> None:
    """Write the cells that follow from others of their row, or from its claims."""
    derived = [column for column in table.columns.values() if column.derived]
    for row in rows if derived else ():
        for column in derived:
            for what, of in column.derived.items():
                if what == "inferred":
                    claims = own.get((table.name, row[table.id]), [])
                    having = {c["inferred"] for c in claims if _says(c, of, row[of])}
                    row[column.name] = "true" if having == {"true"} else "false"
                elif what in ("first", "last"):
                    row[column.name] = edtf.bounds(row[of])[what == "last"]


def _says(claim: Row, column: str, value: str) -> bool:
    return claim["column"] == column and claim["value"] == value


def _placed(described: Description, claim: Row, filled: Mapping[str, Mapping[str, Row]]) -> Row:
    """The claim with what it means to the cell it is about."""
    table, record, column = cell_of(claim)
    placed = claim.copied()
    adopted = filled[table][record][column]
    placed["agreement"] = agreement(described.tables[table].columns[column], claim, adopted)
    return placed


def _about(
    described: Description, rows: Rows, heard: Mapping[tuple[str, str], Row], given: set[str]
) -> Rows:
    """The rows about records that are in the part, without claims that are not."""
    kept = []
    for row in rows:
        if described.tables[row["table"]].whole or (row["table"], row["record_id"]) in heard:
            kept.append(row)
            if "claim_id" in row and row["claim_id"] not in given:
                row["claim_id"] = ""
    return kept
