"""One set of facts, wherever the data are cited; and which data they are."""

import json
import re
import shutil
import subprocess
import tomllib
from hashlib import sha256
from pathlib import Path

import pytest
import yaml

import karabakh_data as kd
from karabakh_data import citation
from karabakh_data.descriptor import DATA, description

ROOT = Path(__file__).parents[1]
OTHERS = description().package["sources"]


@pytest.fixture(scope="module")
def cff():
    """The citation file."""
    return yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))


def test_one_line_says_who_when_what_and_which():
    own, *others = kd.cite().splitlines()
    assert own == (
        "The karabakh_data contributors (2026): Mediation and ceasefire attempts in the "
        f"Nagorno-Karabakh conflict. karabakh_data, version {kd.__version__}, "
        f"data {citation.fingerprint()}. CC-BY-4.0."
    )
    assert others == [f"{one['title']}. {one['description']}" for one in OTHERS]
    for work in ("Sundberg", "Davies", "Hegre", "PA-X"):
        assert any(work in line for line in others)


def test_the_citation_file_says_the_same(cff):
    facts = citation.facts()
    assert cff["title"] == facts.title
    assert "; ".join(one["name"] for one in cff["authors"]) == facts.authors
    assert cff["version"] == facts.version == kd.__version__
    assert facts.licence in cff["license"]
    assert cff["date-released"] == description().package["created"][:10]
    assert facts.year == cff["date-released"][:4]


def test_so_do_the_metadata_of_the_archive_and_of_the_package(cff):
    archive = json.loads((ROOT / ".zenodo.json").read_text(encoding="utf-8"))
    assert archive["title"] == cff["title"]
    assert archive["upload_type"] == cff["type"] == "dataset"
    assert [one["name"] for one in archive["creators"]] == [one["name"] for one in cff["authors"]]
    assert archive["license"] == citation.facts().licence.lower()
    assert archive["keywords"] == cff["keywords"]
    assert not {"version", "publication_date"} & set(archive)  # Zenodo takes them from the tag
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert [one["name"] for one in project["authors"]] == [one["name"] for one in cff["authors"]]
    assert set(project["license"].split(" AND ")) == set(cff["license"])
    assert project["keywords"] == cff["keywords"]
    years = r"1991–2026"  # noqa: RUF001
    assert all(years in one for one in (project["description"], archive["description"]))
    assert cff["title"].startswith(project["description"].split(" in the ")[0])


def test_the_oldest_python_is_the_same_wherever_it_is_said():
    told = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    (oldest,) = re.findall(r"with Python ([\d.]+) and pip", (ROOT / "README.md").read_text("utf-8"))
    assert told["project"]["requires-python"] == f">={oldest}"
    assert f"Programming Language :: Python :: {oldest}" in told["project"]["classifiers"]
    assert told["tool"]["ruff"]["target-version"] == f"py{oldest.replace('.', '')}"


def test_the_oldest_pandas_that_is_promised_is_the_one_that_is_tried():
    told = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    (tried,) = re.findall(r'"pandas==([\d.]+)\.\*"', (ROOT / ".ci" / "run").read_text("utf-8"))
    assert told["project"]["dependencies"] == [f"pandas>={tried}"]


def test_every_licence_has_its_text(cff):
    texts = {file.stem for file in (ROOT / "LICENSES").iterdir()}
    assert texts == set(cff["license"])
    said = tomllib.loads((ROOT / "REUSE.toml").read_text(encoding="utf-8"))["annotations"]
    names = {one for part in said for one in part["SPDX-License-Identifier"].split(" AND ")}
    assert names == texts


def test_bibtex_has_an_entry_a_work():
    entries = kd.cite("bibtex").split("\n\n")
    assert len(entries) == 1 + len(OTHERS)
    for entry in entries:
        assert re.match(r"@misc\{karabakh_data(_\d)?,\n(  \w+ = \{.*\},\n)+\}$", entry)
        plain = re.sub(r"\\[{}]", "", entry)
        assert plain.count("{") == plain.count("}")
        told = re.sub(r"url = .*|^@misc.*", "", entry)
        assert not re.search(r"(?<!\\)[&%$#_]", told)
    for part in ("author = {{The karabakh\\_data contributors}}", "year = {2026}",
                 f"version = {{{kd.__version__}}}", f"data {citation.fingerprint()}"):  # fmt: skip
        assert part in entries[0]
    assert "Research \\& Politics" in entries[4]
    for entry, work in zip(entries[1:], OTHERS, strict=True):
        assert f"url = {{{work.get('path')}}}" in entry or "path" not in work
    assert citation.tex("R&D: 5% of #1 `a_b` {$}") == r"R\&D: 5\% of \#1 a\_b \{\$\}"
    escaped = r"\textasciitilde{}a\textbackslash{}b\textasciicircum{}2"
    assert citation.tex(r"~a\b^2") == escaped


def test_an_unknown_style_lists_those_there_are():
    with pytest.raises(ValueError, match=r"unknown style 'bib'\. Did you mean 'bibtex'"):
        kd.cite("bib")


def test_the_fingerprint_is_what_sha256sum_gives():
    lines = [
        f"{sha256(file.read_bytes()).hexdigest()}  {file.name}\n"
        for file in sorted(Path(DATA).iterdir())
        if file.suffix == ".csv" or file.name == "datapackage.json"
    ]
    expected = sha256("".join(lines).encode()).hexdigest()[:12]
    assert citation.fingerprint() == expected
    if shutil.which("sha256sum"):
        [command] = re.findall(r"LC_ALL=C.*", citation.fingerprint.__doc__)
        done = subprocess.run(["sh", "-c", command], cwd=DATA, capture_output=True, text=True)
        assert done.stdout.strip() == expected


@pytest.mark.parametrize("name", ["events.csv", "deaths.csv", "datapackage.json"])
def test_any_byte_changes_the_fingerprint(name, data, monkeypatch):
    monkeypatch.setattr(citation, "DATA", str(data))
    before = citation.fingerprint()
    (data / name).write_bytes((data / name).read_bytes() + b" ")
    assert citation.fingerprint() != before
    assert re.fullmatch("[0-9a-f]{12}", before)
