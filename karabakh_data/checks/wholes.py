"""Rules on what a row is part of, and on what took the place of what was withdrawn.

They are words of a table's ``rules`` (see :mod:`.between`).
"""

from __future__ import annotations

from itertools import accumulate

from ..descriptor import several, unknown
from .fault import Data, Found, Rule


def tree(data: Data, table: str, rule: Rule) -> Found:
    """``{"tree": COLUMN}``: going from part to whole never comes back."""
    column, key = rule["tree"], data.described.tables[table].id
    whole = {row[key]: row[column] for row in data.tables[table]}
    for row in data.tables[table]:
        above, seen = row[column], {row[key]}
        while above and above not in seen:
            seen.add(above)
            above = whole.get(above, "")
        if above:
            yield row, column, f"{above!r} would be a part of itself"


def whole(data: Data, table: str, rule: Rule) -> Found:
    """``{"whole": COLUMN, "where": …, "is": …}``: parts of this sort have a whole of that."""
    column, key = rule["whole"], data.described.tables[table].id
    ((part, parts),) = rule["where"].items()
    ((sort, sorts),) = rule["is"].items()
    sort_of = {row[key]: row[sort] for row in data.tables[table]}
    for row in data.tables[table]:
        if row[part] in parts and sort_of.get(row[column]) not in sorts:
            yield row, column, f"expected one whose {sort} is {' or '.join(sorts)}"


def gone(data: Data, table: str, rule: Rule) -> Found:
    """``{"gone": COLUMN, "of": …, "or": …}``: ids of a table withdrawn; those that replace them.

    One begins with what its record belonged to, which may be withdrawn too.
    """
    withdrawn = {(row[rule["of"]], row[rule["gone"]]) for row in data.tables[table]}
    ids = {
        name: {row[one.id] for row in data.tables[name]}
        for name, one in data.described.tables.items()
    }
    for row in data.tables[table]:
        there = data.described.tables.get(row[rule["of"]])
        if there is None:
            yield row, rule["of"], unknown("table", row[rule["of"]], data.described.tables)
            continue
        if row[rule["gone"]] in ids[there.name]:
            yield row, rule["gone"], f"still stands in {there.name}"
        beginnings = list(accumulate(row[rule["gone"]].split("."), "{}.{}".format))
        for parent in {one.table for one in data.described.parents(there.name).values()}:
            if not any(one in ids[parent] or (parent, one) in withdrawn for one in beginnings):
                yield row, rule["gone"], f"begins with no key of {parent}"
        for one in several(row[rule["or"]]):
            if one not in ids[there.name]:
                yield row, rule["or"], unknown(f"key of {there.name}", one, ids[there.name])
