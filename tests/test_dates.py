"""Dates: EDTF as the edtf library reads it, and in the order history allows."""

from datetime import date

import edtf

from karabakh_data.descriptor import fields, resources

EDTF_COLUMNS = [
    (table, name)
    for table in resources()
    for name, field in fields(table).items()
    if field.get("edtf")
]


def bounds(text: str) -> tuple[str, str]:
    """First and last day that an EDTF text allows, blank where it is open."""
    if not is_edtf(text):  # another test names it
        return "", ""
    parsed = edtf.parse_edtf(text)
    ends = (parsed.lower_strict(), parsed.upper_strict())
    first, last = (str(date(*end[:3])) if isinstance(end, tuple) else "" for end in ends)
    return first, last


def is_edtf(text: str) -> bool:
    try:
        edtf.parse_edtf(text)
    except edtf.EDTFParseException:
        return False
    return True


def is_about_a_date(claim: dict[str, str]) -> bool:
    field = fields(claim["table"])[claim["column"]]
    return field["type"] == "date" or field.get("edtf", False)


def not_edtf(files):
    """Each uncertain date, in a table or in a claim on one, that is not EDTF."""
    for table, column in EDTF_COLUMNS:
        for line, row in files[table]:
            if row[column] and not is_edtf(row[column]):
                yield f"{table}.csv, line {line}, {column}={row[column]!r}: not EDTF"
    for line, claim in files["claims"]:
        if is_about_a_date(claim) and not is_edtf(claim["value"]):
            yield f"claims.csv, line {line}, value={claim['value']!r}: not EDTF"


def test_every_uncertain_date_is_edtf(files):
    assert len(EDTF_COLUMNS) == 7  # a column that loses its mark is no longer checked
    assert not list(not_edtf(files))


def test_events_start_and_end_are_the_bounds_of_their_date(files):
    for line, row in files["events"]:
        expected = bounds(row["date"]) if row["date"] else ("", "")
        assert (row["start"], row["end"]) == expected, f"events.csv, line {line}: {row['event_id']}"


def test_claims_marked_compatible_contain_the_adopted_date_or_lie_in_it(files):
    """`compatible` exactly where one date contains the other."""
    cells = {
        (table, next(iter(row.values())), column): row[column]
        for table, rows in files.items()
        for _, row in rows
        for column in row
    }
    for line, claim in files["claims"]:
        cell = cells[claim["table"], claim["record_id"], claim["column"]]
        if claim["agreement"] not in ("compatible", "differs"):
            continue
        nested = False
        if is_about_a_date(claim):
            (a, b), (x, y) = bounds(claim["value"]), bounds(cell)
            b, y = b or "9999", y or "9999"
            nested = (a <= x and y <= b) or (x <= a and b <= y)
        expected = "compatible" if nested else "differs"
        assert claim["agreement"] == expected, f"claims.csv, line {line}: {claim['value']} v {cell}"


def test_ceasefires_are_declared_then_effective_then_ended(files):
    for line, row in files["ceasefires"]:
        known = [row[name] for name in ("declared", "effective", "ended") if row[name]]
        assert known == sorted(known), f"ceasefires.csv, line {line}: {known}"
        if row["declared"] and row["due"]:
            assert row["declared"] <= row["due"], (
                f"ceasefires.csv, line {line}: due before declared"
            )


def test_a_ceasefire_that_never_began_has_no_day_in_force(files):
    for line, row in files["ceasefires"]:
        if row["fate"] in ("never_began", "refused"):
            assert not row["effective"], f"ceasefires.csv, line {line}: {row['ceasefire_id']}"
            assert not row["ended"], f"ceasefires.csv, line {line}: {row['ceasefire_id']}"


def test_a_spell_does_not_end_before_it_starts(files):
    for table in ("formats", "format_members"):
        for line, row in files[table]:
            if row["start"] and row["end"]:
                first, last = bounds(row["start"])[0], bounds(row["end"])[1]
                assert not last or first <= last, f"{table}.csv, line {line}"
