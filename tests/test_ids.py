"""An id that has been in a release never vanishes without saying what replaces it.

`released_ids.txt` holds the ids of the last release, a line each. A release writes it anew:

    python tests/test_ids.py
"""

from pathlib import Path

from karabakh_data import descriptor
from karabakh_data import files as tables_as_text

RELEASED = Path(__file__).with_name("released_ids.txt")


def ids(files, described):
    """Every id of the tables whose key is one column."""
    return {
        (name, row[table.key[0]])
        for name, table in described.tables.items()
        if len(table.key) == 1
        for row in files[name]
    }


def vanished(released, present, retired):
    """Released ids that are neither there nor retired; retired ones that still are there."""
    withdrawn = {(row["table"], row["id"]) for row in retired}
    return sorted(released - present - withdrawn) + sorted(withdrawn & present)


def released():
    lines = RELEASED.read_text(encoding="utf-8").splitlines()
    return {tuple(line.split("\t")) for line in lines}


def test_no_released_id_has_vanished(files, described):
    assert len(released()) > 2000
    assert vanished(released(), ids(files, described), files["retired"]) == []


def test_a_vanished_id_is_noticed(files, described):
    present = ids(files, described)
    gone = ("events", "2011-06-24-kazan")
    assert vanished(present, present - {gone}, files["retired"]) == [gone]
    named = [*files["retired"], {"table": gone[0], "id": gone[1]}]
    assert vanished(present, present - {gone}, named) == []
    assert vanished(present, present, named) == [gone]


def test_what_replaces_an_id_is_there(files, described):
    present = ids(files, described)
    for row in files["retired"]:
        for one in filter(None, row["replaced_by"].split(" | ")):
            assert (row["table"], one) in present, row["id"]


def release():
    """Write the ids of the data as they stand."""
    described = descriptor.description()
    files = tables_as_text.read(descriptor.DATA, described)
    lines = ("\t".join(one) + "\n" for one in sorted(ids(files, described)))
    RELEASED.write_text("".join(lines), encoding="utf-8", newline="")


if __name__ == "__main__":
    release()
