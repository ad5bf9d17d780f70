"""Every sentence a reader sees was read as it stands, against what it tells of.

A number can be right somewhere and wrong in its sentence, and a sentence can stay when what it
tells of has moved: no rule sees that, only a reader. `read.txt` holds a fingerprint of each
section of a page, and of the titles and summaries of each year's records, as they were last
read. Whoever changes one, or what its cells print, reads it again.

    python tests/test_read.py          # names the sections that changed since
    python tests/test_read.py --read   # takes them as read
"""

import sys
from hashlib import sha256
from pathlib import Path

import pytest
from test_notebooks import STUDIES, printed, sections
from test_notebooks import read as opened

import karabakh_data as kd

ROOT = Path(__file__).parents[1]
READ = Path(__file__).with_name("read.txt")
COMMAND = "python tests/test_read.py --read"
PAGES = [*ROOT.glob("[A-Z]*.md"), *sorted((ROOT / "notebooks").glob("*.md"))]


def of_a_notebook(path):
    """Each section of a notebook, by its heading: its prose, titles, alt texts and what it shows.

    What a cell shows is printed text, so that a drawing's bytes are left to the figures' tests.
    """
    for cells in sections(opened(path)):
        told = ["".join(cell["source"]) for cell in cells]
        told += [printed(cell) for cell in cells if cell["cell_type"] == "code"]
        yield told[0].partition("\n")[0], "\n".join(told)


def of_a_page(path):
    """Each section of a page of prose, by its heading."""
    for part in path.read_text(encoding="utf-8").split("\n## "):
        yield part.partition("\n")[0], part


def of_a_table(name):
    """What its records are called, and what is told of them in sentences, year by year."""
    rows = kd.load(name)
    words = [one for one in ("title", "summary", "calls_for", "note") if one in rows]
    told = rows[[rows.columns[0], *words]].fillna("")
    for year, part in told.groupby(told.iloc[:, 0].str[:4]):
        yield year, part.to_csv(index=False, lineterminator="\n")


def fingerprints():
    """A line for each section, or year: fingerprint, page or table, and heading."""
    read = {path.stem: of_a_notebook(path) for path in STUDIES}
    read |= {path.stem: of_a_page(path) for path in PAGES}
    read |= {name: of_a_table(name) for name in ("events", "ceasefires", "documents", "provisions")}
    for name, parts in read.items():
        for heading, text in parts:
            digest = sha256(text.encode("utf-8")).hexdigest()[:12]
            yield f"{digest}\t{name}\t{heading.strip('# ')}"


def test_every_section_was_read_as_it_stands():
    found, read = set(fingerprints()), set(READ.read_text(encoding="utf-8").splitlines())
    assert len(found) > 150
    unread = "\n".join(sorted(line.split("\t", 1)[1] for line in found - read))
    assert not unread, f"read these against what they print, then: {COMMAND}\n{unread}"
    assert found == read, f"sections that are gone: {COMMAND}"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Of 24 attempts no source", "Of 23 attempts no source"),
        ("20 squares stand at 1992", "21 squares stand at 1992"),  # an alt text
        ("46 of 73; after it: 26", "47 of 73; after it: 26"),  # an output
    ],
)
def test_a_section_that_was_changed_is_noticed(before, after, tmp_path):
    (study,) = (path for path in STUDIES if path.name.startswith("02-"))
    text = study.read_text(encoding="utf-8")
    assert before in text
    (tmp_path / study.name).write_text(text.replace(before, after), encoding="utf-8")
    there, here = (dict(of_a_notebook(path)) for path in (study, tmp_path / study.name))
    assert len([heading for heading in there if there[heading] != here[heading]]) == 1


if __name__ == "__main__":
    known = READ.read_text(encoding="utf-8").splitlines()
    now = sorted(fingerprints(), key=lambda line: line.split("\t")[1:])
    print(*(line.split("\t", 1)[1] for line in now if line not in known), sep="\n")
    if sys.argv[1:] == ["--read"]:
        READ.write_text("".join(f"{line}\n" for line in now), encoding="utf-8", newline="")
