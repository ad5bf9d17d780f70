"""Rules between the columns of a table, and between tables, as the description asks.

A table's ``rules`` in the description are small objects, each with one of these words:

``ordered``      columns of days that, where known, do not come before one another
``blank``        columns that stay blank ``where`` (or ``unless``) others hold values
``same``         a column with one value ``within`` the rows that share another
``unique``       columns in which no value stands twice
``used``         a row to which something refers, ``or`` whose column says why not
``sum``          a column that is the sum ``of`` others
``total``        a column that is the sum ``of`` another ``and`` a remainder ``within`` a year
``consecutive``  months without a gap
``equal``        two columns, and the flag that ``says`` whether they are
``has``          rows of another table that belong to it and hold certain values
``heard``        a cell that some source published ``after`` a day of the row says
``member``       a step one of whose actors is of its format, ``or`` whose column says why not
``no_name``      columns that do not hold the name of a row of another table
``once``         a value that stands once ``within`` rows of another, ``or`` a column says why
``named``        a column not left blank, ``or`` another, beside a row with it ``among`` the like
``tree``         a column that names a row's whole, which is never a part of itself
``whole``        such a column where rows hold certain values: its row ``is`` of a certain sort
``gone``         ids ``of`` a table that are not there any more, ``or`` replaced by some that are
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from itertools import pairwise

from ..files import Row, Rows
from .fault import Data, Fault, Found, Rule
from .wholes import gone, tree, whole


def columns(data: Data) -> Iterator[Fault]:
    """What the description asks of a table's columns; of a whole record only."""
    if data.part:  # what some of the sources tell need not fit together
        return
    for name, table in data.described.tables.items():
        for rule in table.rules:
            word = next(iter(rule))
            for row, column, why in _WORDS[word](data, name, rule):
                yield data.fault(name, row, column, why)


def _ordered(data: Data, table: str, rule: Rule) -> Found:
    for row in data.tables[table]:
        known = [name for name in rule["ordered"] if row[name]]
        for first, second in pairwise(known):
            if row[second] < row[first]:
                yield row, second, f"before {first}, {row[first]}"


def _blank(data: Data, table: str, rule: Rule) -> Found:
    ((decider, values),) = (rule.get("where") or rule["unless"]).items()
    for row in data.tables[table]:
        if (row[decider] in values) == ("where" in rule):
            for name in rule["blank"]:
                if row[name]:
                    yield row, name, f"must be blank where {decider} is {row[decider] or 'blank'}"


def _same(data: Data, table: str, rule: Rule) -> Found:
    column = rule["same"]
    for rows in _groups(data.tables[table], rule["within"]):
        for row in rows[1:]:
            if row[column] != rows[0][column]:
                alike = rule["within"].split(" of ")[0]
                other = f"line {rows[0].line} of the same {alike}"
                yield row, column, f"{other} has {rows[0][column]!r}"


def _groups(rows: Rows, within: str) -> list[Rows]:
    """Rows that share a column, or the year of it (``year of COLUMN``)."""
    column = within.removeprefix("year of ")
    end = 4 if column != within else None
    groups: dict[str, Rows] = defaultdict(list)
    for row in rows:
        if row[column]:
            groups[row[column][:end]].append(row)
    return list(groups.values())


def _unique(data: Data, table: str, rule: Rule) -> Found:
    for name in rule["unique"]:
        seen: dict[str, Row] = {}
        for row in data.tables[table]:
            first = seen.setdefault(row[name], row)
            if row[name] and first is not row:
                yield row, name, f"line {first.line} has it too"


def _used(data: Data, table: str, rule: Rule) -> Found:
    """Used is what a cell holds, a claim says, or a claim is about."""
    key = data.described.tables[table].id
    used = set()
    holding = set()
    for name, other in data.described.tables.items():
        for column, there in other.references.items():
            if there.table == table:
                holding.add((name, column))
                used |= {row[column] for row in data.tables[name]}
    for claim in data.tables["claims"]:
        if claim["table"] == table:
            used.add(claim["record_id"])
        elif (claim["table"], claim["column"]) in holding:
            used.add(claim["value"])
    for row in data.tables[table]:
        if row[key] not in used and not row.get(rule.get("or", "")):
            yield row, key, "nothing refers to it"


def _sum(data: Data, table: str, rule: Rule) -> Found:
    for row in data.tables[table]:
        total = sum(int(row[name]) for name in rule["of"])
        if int(row[rule["sum"]]) != total:
            yield row, rule["sum"], f"{' + '.join(rule['of'])} is {total}"


def _total(data: Data, table: str, rule: Rule) -> Found:
    for rows in _groups(data.tables[table], rule["within"]):
        told, rest = rows[0][rule["total"]], rows[0][rule["and"]]
        total = sum(int(row[rule["of"]]) for row in rows) + int(rest or 0)
        if told and int(told) != total:
            lines = f"lines {rows[0].line} to {rows[-1].line}"
            why = f"{rule['of']} in {lines} and {rule['and']} come to {total}"
            yield rows[0], rule["total"], why


def _consecutive(data: Data, table: str, rule: Rule) -> Found:
    column = rule["consecutive"]
    for before, row in pairwise(data.tables[table]):
        year, month = map(int, before[column].split("-"))
        following = f"{year + month // 12}-{month % 12 + 1:02}"
        if row[column] != following:
            yield row, column, f"expected {following} after {before[column]}"


def _equal(data: Data, table: str, rule: Rule) -> Found:
    first, second = rule["equal"]
    for row in data.tables[table]:
        if (row[first] == row[second]) != (row[rule["says"]] == "true"):
            yield row, rule["says"], f"{first} is {row[first]!r}, {second} {row[second]!r}"


def _has(data: Data, table: str, rule: Rule) -> Found:
    """``{"has": {TABLE: {COLUMN: [values]}, …}}``: one of these tables suffices."""
    key = data.described.tables[table].id
    found: set[str] = set()
    for name, asked in rule["has"].items():
        for column, there in data.described.parents(name).items():
            if there.table == table:
                found |= {row[column] for row in data.tables[name] if _holds(row, asked)}
    for row in data.tables[table]:
        if _holds(row, rule["where"]) and row[key] not in found:
            ((decider, _),) = rule["where"].items()
            wanted = (f"{name} whose {_in_words(asked)}" for name, asked in rule["has"].items())
            yield row, decider, f"needs {', or '.join(wanted)}"


def _holds(row: Row, asked: dict[str, list[str]]) -> bool:
    return all(row[column] in values for column, values in asked.items())


def _in_words(asked: dict[str, list[str]]) -> str:
    return " and ".join(f"{column} is {' or '.join(values)}" for column, values in asked.items())


def _heard(data: Data, table: str, rule: Rule) -> Found:
    """Some claim on the cell is by a source that was published after a day of its row."""
    key, column = data.described.tables[table].id, rule["heard"]
    published = {row["source"]: row[rule["published"]] for row in data.tables["sources"]}
    latest: dict[tuple[str, str], str] = defaultdict(str)
    for claim in data.tables["claims"]:
        if claim["table"] == table and claim["column"] == column:
            said = claim["record_id"], claim["value"]
            latest[said] = max(latest[said], published[claim["source"]])
    for row in data.tables[table]:
        if _holds(row, rule["where"]) and latest[row[key], row[column]] <= row[rule["after"]]:
            yield row, column, f"no source published after {rule['after']} says it"


def _member(data: Data, table: str, rule: Rule) -> Found:
    """Wholes count with their bodies: whoever is part of an actor acts for it."""
    key, column, actor = data.described.tables[table].id, rule["member"], rule["by"]
    there = data.described.tables[rule["among"]].references[actor]
    whole = {row[there.column]: row["part_of"] for row in data.tables[there.table]}
    members: dict[str, set[str]] = defaultdict(set)
    for row in data.tables[rule["of"]]:
        members[row[column]].add(row[actor])
    acting: dict[str, set[str]] = defaultdict(set)
    for row in data.tables[rule["among"]]:
        one = row[actor]
        while one and one not in acting[row[key]]:  # nor for ever, where a whole is its own part
            acting[row[key]].add(one)
            one = whole.get(one, "")
    for row in data.tables[table]:
        known = members.get(row[column])
        if known and not row[rule["or"]] and not known & acting[row[key]]:
            yield row, column, f"no {actor} of it is among its {rule['among']}"


def _no_name(data: Data, table: str, rule: Rule) -> Found:
    names = {row["name"].lower() for row in data.tables[rule["of"]]}
    for row in data.tables[table]:
        for column in rule["no_name"]:
            if row[column] and row[column].lower() in names:
                yield row, column, f"is a name of {rule['of']}"


def _once(data: Data, table: str, rule: Rule) -> Found:
    """One row that says why speaks for all with that value."""
    column, within = rule["once"], rule["within"]
    alike: dict[tuple[str, str], Rows] = defaultdict(list)
    for row in data.tables[table]:
        if row[column]:
            alike[row[within], row[column]].append(row)
    for first, *others in alike.values():
        for row in others:
            if not any(one[rule["or"]] for one in (first, *others)):
                yield row, column, f"line {first.line} of the same {within} has it too"


def _named(data: Data, table: str, rule: Rule) -> Found:
    """A nameless row beside a named one tells of the same."""
    column, among = rule["named"], rule["among"]
    rows = data.tables[table]
    named = {tuple(row[name] for name in among) for row in rows if row[column]}
    for row in rows:
        alone = tuple(row[name] for name in among) not in named
        if not (alone or row[column] or row[rule["or"]]):
            yield row, column, f"blank beside a row of the same {', '.join(among)}"


_WORDS: dict[str, Callable[[Data, str, Rule], Found]] = {
    "ordered": _ordered,
    "blank": _blank,
    "same": _same,
    "unique": _unique,
    "used": _used,
    "sum": _sum,
    "total": _total,
    "consecutive": _consecutive,
    "equal": _equal,
    "has": _has,
    "heard": _heard,
    "member": _member,
    "no_name": _no_name,
    "once": _once,
    "named": _named,
    "tree": tree,
    "whole": whole,
    "gone": gone,
}
