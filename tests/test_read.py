"""Every sentence a reader sees, and every row, was read as it stands, against what it tells of.

A number can be right somewhere and wrong in its sentence, and a sentence can stay when what it
tells of has moved; whether an id is that of another data set, or a locator where a page says so,
only that page can tell: no rule sees that, only a reader. `read.txt` holds a fingerprint of each
section of a page, of each figure, of each year's rows of a table, or those under one letter, and
of what is said of its columns, as they were last read. Whoever changes one, or what its cells
print, reads it again.

    python tests/test_read.py          # names the sections that changed since
    python tests/test_read.py --read   # takes them as read
"""

import json
import re
import sys
from collections import defaultdict
from pathlib import Path

import pytest
from shown import fingerprint
from test_notebooks import NOTEBOOKS, printed, sections
from test_notebooks import read as opened

import karabakh_data as kd
from karabakh_data import descriptor

ROOT = Path(__file__).parents[1]
READ = Path(__file__).with_name("read.txt")
COMMAND = "python tests/test_read.py --read"
YEAR = re.compile(r"(?:[^,]*?\.)?(\d{4})\b")
FIGURES = sorted((ROOT / "figures").glob("*.*"))
PAGES = [*ROOT.glob("[A-Z]*.md"), *sorted((ROOT / "notebooks").glob("*.md"))]


def of_a_notebook(path):
    """Each section of a notebook, by its heading: its prose, titles, alt texts and what it shows.

    What a cell shows is printed text: each drawing, and what it shows, is a part of its own.
    """
    for cells in sections(opened(path)):
        told = ["".join(cell["source"]) for cell in cells]
        told += [printed(cell) for cell in cells if cell["cell_type"] == "code"]
        yield told[0].partition("\n")[0], "\n".join(told)


def of_a_page(path):
    """Each section of a page of prose, by its heading."""
    for part in path.read_text(encoding="utf-8").split("\n## "):
        yield part.partition("\n")[0], part


def of_a_table(path):
    """Its rows by the year in their key, or else by its first letter."""
    parts = defaultdict(list)
    for line in path.read_text(encoding="utf-8").splitlines()[1:]:
        year = YEAR.match(line)
        parts[year[1] if year else line[0]].append(line)
    yield from ((heading, "\n".join(lines)) for heading, lines in parts.items())


def of_the_description(path):
    """What is said of the columns of each table, and of the data as a whole."""
    package = json.loads(path.read_text(encoding="utf-8"))
    parts = {one["name"]: one for one in package.pop("resources")} | {"the whole": package}
    yield from ((name, json.dumps(one)) for name, one in parts.items())


def fingerprints():
    """A line for each section, or year: fingerprint, page or table, and heading."""
    read = {path.stem: of_a_notebook(path) for path in NOTEBOOKS}
    read |= {path.stem: of_a_page(path) for path in PAGES}
    read |= {name: of_a_page(ROOT / name) for name in ("CITATION.cff", ".zenodo.json")}
    read |= {name: of_a_table(Path(kd.path(name))) for name in kd.tables()["table"]}
    read["figures"] = ((file.name, file.read_text("utf-8")) for file in FIGURES)
    read["datapackage"] = of_the_description(Path(descriptor.DATA, descriptor.FILE))
    for name, parts in read.items():
        for heading, text in parts:
            yield f"{fingerprint(text)}\t{name}\t{heading.strip('# ')}"


def test_every_section_was_read_as_it_stands():
    found, read = set(fingerprints()), set(READ.read_text(encoding="utf-8").splitlines())
    assert len(found) > 150
    unread = "\n".join(sorted(line.split("\t", 1)[1] for line in found - read))
    assert not unread, f"read these against what they print, then: {COMMAND}\n{unread}"
    assert found == read, f"sections that are gone: {COMMAND}"


def changed(path, before, after, folder, parts, times=1):
    """The headings of the parts of a file that are others once something in it is changed."""
    text = path.read_text(encoding="utf-8")
    assert before in text
    (folder / path.name).write_text(text.replace(before, after, times), encoding="utf-8")
    there, here = (dict(parts(one)) for one in (path, folder / path.name))
    return [heading for heading in there if there[heading] != here[heading]]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Of 26 attempts no source", "Of 25 attempts no source"),
        ("20 squares stand at 1992", "21 squares stand at 1992"),  # an alt text
        ("48 of 75; after it: 26", "49 of 75; after it: 26"),  # an output
    ],
)
def test_a_section_that_was_changed_is_noticed(before, after, tmp_path):
    (study,) = (path for path in NOTEBOOKS if path.name.startswith("02-"))
    everywhere = -1
    assert len(changed(study, before, after, tmp_path, of_a_notebook, everywhere)) == 1


def test_a_number_of_the_codebook_that_was_changed_is_noticed(tmp_path):
    (codebook,) = (path for path in NOTEBOOKS if path.stem == "codebook")
    assert {"\tcodebook\t`provisions`"} <= {line[12:] for line in fingerprints()}
    said = "`fate`: alpha 0.62 over 73 fates", "`fate`: alpha 0.72 over 73 fates"
    assert changed(codebook, *said, tmp_path, of_a_notebook) == ["## `provisions`"]


@pytest.mark.parametrize(
    ("table", "before", "after", "heading"),
    [
        ("actors", ",371,371,62,Q399,", ",371,370,62,Q399,", "a"),  # Gleditsch and Ward's
        ("claims", "russian-mediation,p8,", "russian-mediation,p3,", "1994"),  # a locator
        ("crosswalk", ",pa-x,611,", ",pa-x,613,", "1991"),
        ("decisions", "two Azerbaijani ones", "two Russian ones", "1997"),  # a reason
        ("people", "Vladimir Kazimirov,Վ", "Vladimir Kazimirov,Լ", "v"),  # another name
        ("readings", ",true,false,", ",true,true,", "1991"),  # whether the page was read
        ("sources", ",2022-10-04,", ",2021-10-04,", "1"),
    ],
)
def test_a_row_that_was_changed_is_noticed(table, before, after, heading, tmp_path):
    assert changed(Path(kd.path(table)), before, after, tmp_path, of_a_table) == [heading]


def test_what_is_said_of_a_column_that_was_changed_is_noticed(tmp_path):
    path, said = Path(descriptor.DATA, descriptor.FILE), "taken over by another agreement"
    assert changed(path, said, f"not {said}", tmp_path, of_the_description) == ["ceasefires"]


if __name__ == "__main__":
    known = READ.read_text(encoding="utf-8").splitlines()
    now = sorted(fingerprints(), key=lambda line: line.split("\t")[1:])
    print(*(line.split("\t", 1)[1] for line in now if line not in known), sep="\n")
    if sys.argv[1:] == ["--read"]:
        READ.write_text("".join(f"{line}\n" for line in now), encoding="utf-8", newline="")
