"""What was decided of a dispute is what its ground asks for, and stays as it was decided.

`decided.txt` holds the verdicts once read with their reasons, and what replaces each id
withdrawn, a line each. Whoever turns one says so there; whoever adds some may write it anew:

    python tests/test_decisions.py
"""

from datetime import date
from pathlib import Path

import pytest

from karabakh_data import adoption, descriptor, edtf
from karabakh_data import files as tables_as_text

DECIDED = Path(__file__).with_name("decided.txt")
AGAINST_THEIR_GROUND = {
    ("1992-03-vance-mission", "outcome"),  # nothing was proposed that could be refused
    ("1992-06-rome-minsk-group.italian-paper", "adopted"),  # the 29th: the talks were resumed
    ("1992-06-shahumyan", "date"),  # the 12th: the attack began
    ("2023-09-17-two-roads", "date"),  # 1 September: agreed with a society, by its own words
}
"""Decisions whose reason tells more than their ground."""


def lines(decisions, retired):
    """A line for each verdict, and for each id withdrawn."""
    names = ("table", "record_id", "column", "value", "verdict")
    found = {"\t".join(row[name] for name in names) for row in decisions}
    return found | {
        f"{row['table']}\t{row['id']}\t\t{row['replaced_by']}\tin its place" for row in retired
    }


def days(value):
    """How many days a date allows."""
    first, last = edtf.bounds(value)
    return (date.fromisoformat(last) - date.fromisoformat(first)).days if first and last else 0


def fits(row, rivals, column, published):
    """Whether a decision takes the value that its ground asks for, where that can be computed."""
    value, ground = row["value"], row["rule"]
    if column.dated:
        sure = [rival for rival in rivals if not edtf.span(rival).vague]
        if ground == "whole_cell":
            return all(days(rival) <= days(value) for rival in sure)
        if ground == "day_of_act":
            first = edtf.span(value).first
            return not any(edtf.span(rival).last < first for rival in sure)
    if row["table"] == "front" and ground == "whole_cell":
        return value == "armenia-karabakh"  # names both where one of them is told
    if row["column"] == "outcome" and ground == "definition":
        listed = list(column.allowed)  # the earlier in the list
        return all(listed.index(value) < listed.index(rival) for rival in rivals)
    if ground == "contemporaneous" and (mine := published[value]):
        others = [day for rival in rivals for day in published[rival]]
        return not others or min(mine) <= min(others)
    return True


@pytest.fixture(scope="module")
def disputes(files, described):
    """Each decision for a value, its rivals, its column, and when pages with a value came out."""
    out = {source["source"]: source["published_first"] for source in files["sources"]}
    told = adoption.by_cell(files["claims"])
    found = []
    for row in files["decisions"]:
        if row["verdict"] != "reject":
            published = {}
            for claim in told[adoption.cell_of(row)]:
                published.setdefault(claim["value"], set()).update({out[claim["source"]]} - {""})
            column = described.tables[row["table"]].columns[row["column"]]
            found.append((row, set(published) - {row["value"]}, column, published))
    return found


def test_a_decision_takes_what_its_ground_asks_for(disputes):
    wrong = {(row["record_id"], row["column"]) for row, *rest in disputes if not fits(row, *rest)}
    assert wrong == AGAINST_THEIR_GROUND


def test_a_decision_turned_is_noticed(disputes):
    turned = noticed = 0
    for row, rivals, column, published in disputes:
        for rival in rivals:
            others = rivals - {rival} | {row["value"]}
            noticed += not fits({**row, "value": rival}, others, column, published)
            turned += 1
    assert noticed > turned / 3


def test_a_decision_by_the_text_rests_on_a_page_that_has_it(files):
    kinds = {source["source"]: source["kind"] for source in files["sources"]}
    rests = {claim["claim_id"]: kinds[claim["source"]] for claim in files["claims"]}
    by_text = [row for row in files["decisions"] if row["rule"] == "document_text"]
    assert len(by_text) > 20
    reports = {row["record_id"] for row in by_text if rests[row["claim_id"]] == "news"}
    assert reports == {  # which print the text, or tell its signing
        "2011-11-28-yerevan-religious-leaders.declaration",
        "2026-02-13-armenia-civil-society",
    }


def test_what_was_decided_stands(files):
    decided = set(DECIDED.read_text(encoding="utf-8").splitlines())
    assert len(decided) > 200
    assert decided <= lines(files["decisions"], files["retired"])


def write():
    """Write the verdicts as they stand."""
    described = descriptor.description()
    names = ("decisions", "retired")
    rows = (tables_as_text.read_table(descriptor.DATA, described.tables[name]) for name in names)
    DECIDED.write_text("".join(f"{one}\n" for one in sorted(lines(*rows))), encoding="utf-8")


if __name__ == "__main__":
    write()
