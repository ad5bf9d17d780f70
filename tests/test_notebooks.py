"""The form of the notebooks, as CONTRIBUTING.md has it. They are run by tests beside them."""

import html
import json
import re
from pathlib import Path

import pandas as pd
import pytest

import karabakh_data as kd

ROOT = Path(__file__).parents[1]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
STUDIES = [path for path in NOTEBOOKS if path.name[0].isdigit()]
NUMBER = re.compile(r"(?<![\w.])\d[\d,]*(?:\.\d+)?")
ALT = re.compile(r'^alt = """.*?^"""$', re.DOTALL | re.MULTILINE)
"""An alt text in a code cell: prose among the code."""


REFRESH = "python notebooks/refresh.py"


def by_name(paths):
    return pytest.mark.parametrize("path", paths, ids=lambda path: path.stem)


def read(path: Path) -> dict:
    return json.loads(path.read_text(encoding="utf-8"))


def code(notebook: dict) -> list[dict]:
    return [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]


def printed(cell: dict) -> str:
    """What a code cell shows as text."""
    shown = []
    for output in cell["outputs"]:
        shown.append("".join(output.get("text", "")))
        shown.append("".join(output.get("data", {}).get("text/plain", "")))
    return "\n".join(shown)


def numbers(text: str) -> set[float]:
    """Every number in a text, parts of dates too, without regard to leading zeros."""
    return {float(found.replace(",", "").rstrip(".")) for found in NUMBER.findall(text)}


def prose(cell: dict) -> str:
    """A markdown cell without code, links' targets, and the numbers that count headings."""
    text = "".join(cell["source"])
    text = re.sub(r"`[^`]*`|\]\([^)]*\)|https?://\S+", " ", text)
    text = re.sub(r"^#+ (Finding )?\d+[:.]?", " ", text, flags=re.MULTILINE)
    return re.sub(r"\bnotebooks? \d\d(?:(?:, | and | to )\d\d)*", " ", text)


def sections(notebook: dict) -> list[list[dict]]:
    """The cells from one second-level heading to the next."""
    parts: list[list[dict]] = [[]]
    for cell in notebook["cells"]:
        if cell["cell_type"] == "markdown" and "".join(cell["source"]).startswith("## "):
            parts.append([])
        parts[-1].append(cell)
    return parts


def test_studies_are_numbered_in_order():
    assert [path.name[:2] for path in STUDIES] == [f"{n:02d}" for n in range(1, len(STUDIES) + 1)]
    assert len(STUDIES) >= 5


@by_name(NOTEBOOKS)
def test_executed_in_order_without_complaint(path):
    notebook = read(path)
    cells = code(notebook)
    counts = [cell["execution_count"] for cell in cells]
    assert counts == list(range(1, len(cells) + 1)), f"run: {REFRESH} {path.stem}"
    for cell in cells:
        for output in cell["outputs"]:
            assert output["output_type"] != "error"
            assert output.get("name") != "stderr"
        assert not re.search(r"0x[0-9a-f]{6,}", printed(cell)), "an address in an output"
        assert "execution" not in cell["metadata"], f"timing metadata; run: {REFRESH} {path.stem}"
    assert notebook["metadata"]["kernelspec"]["name"] == "python3"


@by_name(STUDIES)
def test_form(path):
    notebook = read(path)
    cells = notebook["cells"]
    first, last = "".join(cells[0]["source"]), "".join(cells[-1]["source"])
    shown = [cell for cell in cells if "remove-cell" not in cell["metadata"].get("tags", [])]
    assert len(cells) >= 15, f"{len(cells)} cells: tell one question in 15 or more"
    assert len(shown) <= 40, f"{len(shown)} cells are shown: tell one question in 40 at most"
    for opening in (f"# {path.name[:2]} ", "**Question.**", "**Answer.**", "**Limits.**"):
        assert opening in first, f"the first cell needs {opening!r}"
    closing = "## What would change the answer"
    closes = any(closing in "".join(cell["source"]) for cell in cells[-2:])
    assert closes, f"one of the last two cells needs {closing!r}"
    assert "ources" in last, "the last cell names the sources"
    for cell in code(notebook):
        source = ALT.sub("", "".join(cell["source"]))
        lines = [line for line in source.splitlines() if line.strip()]
        assert len(lines) <= 5, "more than five lines: make it a function in karabakh_data/studies"


@by_name(STUDIES)
def test_every_number_in_the_prose_is_printed(path):
    """In its own section; the opening and the closing may quote any section."""
    notebook = read(path)
    parts = sections(notebook)
    everywhere = set().union(*(numbers(printed(cell)) for cell in code(notebook)))
    for place, part in enumerate(parts):
        here = set().union(*(numbers(printed(cell)) for cell in part if "outputs" in cell), set())
        allowed = everywhere if place in (0, len(parts) - 1) else here
        for cell in part:
            if cell["cell_type"] == "markdown":
                missing = numbers(prose(cell)) - allowed
                text = "".join(cell["source"])[:80]
                assert not missing, f"{path.name}: {sorted(missing)} not printed near {text!r}"


LINK = re.compile(r"\[([^\]]+)\]\((?:events|documents)/([^)#.]+)")


@by_name(STUDIES)
def test_a_link_that_names_a_year_leads_to_a_step_of_that_year(path):
    events = kd.load("events").set_index("event_id")
    for text, step in LINK.findall("".join("".join(c["source"]) for c in read(path)["cells"])):
        if years := {int(year) for year in re.findall(r"\b(?:19|20)\d\d\b", text)}:
            held = [day.year for day in events.loc[step, ["start", "end"]] if day is not pd.NaT]
            assert years <= {*range(min(held), max(held) + 1)}, (text, step)


@by_name(STUDIES)
def test_every_figure_is_saved_and_has_alt_text(path):
    """Where the book, nbconvert and JupyterLab look for it, and with numbers."""
    for cell in code(read(path)):
        source = "".join(cell["source"])
        shown = [output.get("data", {}) for output in cell["outputs"]]
        shows = [data for data in shown if {"image/png", "image/svg+xml"} & set(data)]
        assert bool(shows) == ("charts.save(" in source), source
        for data in shows:
            page = "".join(data.get("text/html", ""))  # which all three show first
            alt = html.unescape((re.search(r'<img [^>]*alt="([^"]*)"', page) or ["", ""])[1])
            svg = "".join(data["image/svg+xml"])
            assert html.unescape(re.search("<desc>(.*?)</desc>", svg)[1]) == alt
            assert ALT.search(source)[0][9:-3].split() == alt.split(), source
            assert len(alt) > 40, f"{path.name}: no alt text at {source!r}"
            assert re.search(r"\d", alt), f"{path.name}: no number in {alt!r}"


@by_name(NOTEBOOKS)
def test_what_only_prints_is_left_out_of_the_book_and_nothing_else_folds(path):
    """The numbers stay in the notebook, where anyone can run the cell again."""
    for cell in code(read(path)):
        prints = any(output["output_type"] == "stream" for output in cell["outputs"])
        assert cell["metadata"]["tags"] in (["remove-cell"], ["hide-input"])
        assert not prints or cell["metadata"]["tags"] == ["remove-cell"], cell["source"]


def test_the_pages_on_the_module_list_every_public_one():
    for room in ("studies", "charts"):
        pages = (ROOT / "notebooks").glob(f"{room}*.md")
        page = "".join(path.read_text(encoding="utf-8") for path in pages)
        for module in (ROOT / "karabakh_data" / room).glob("[a-z]*.py"):
            if module.stem not in ("canvas", "fitting", "labels", "svg"):  # the inside of figures
                assert f".. automodule:: karabakh_data.{room}.{module.stem}\n" in page


@by_name(NOTEBOOKS)
def test_links_in_prose_lead_to_a_record_or_a_page(path):
    steps = set(kd.load("events")["event_id"])
    for cell in read(path)["cells"]:
        text = "".join(cell["source"]) if cell["cell_type"] == "markdown" else ""
        for target in re.findall(r"\]\(([^)]+)\)", text):
            page = target.partition("#")[0]
            if page.endswith(".html") and not page.startswith("http"):
                assert re.fullmatch(r"events/(.*)\.html", page)[1] in steps, target
            elif page.endswith(".ipynb"):
                assert (path.parent / page).is_file(), target
        assert not re.search(r"(?<!\[)\bnotebook \d\d\b", text), text


def test_the_readme_says_what_the_notebooks_print():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    shown = {
        path.name: set().union(*(numbers(printed(cell)) for cell in code(read(path))))
        for path in STUDIES
    }
    rows = re.findall(r"^\| \[\d+\]\(notebooks/(.+?)\) \| .* \| (.*) \|$", readme, re.MULTILINE)
    named = [name for name, _ in rows]
    assert named == [path.name for path in STUDIES], "the README's table has a row a notebook"
    for name, answer in rows:
        assert numbers(answer) <= shown[name], f"README, {name}: {answer}"
        opening = "".join(read(ROOT / "notebooks" / name)["cells"][0]["source"])
        assert numbers(answer) <= numbers(opening), f"README, not as {name} answers: {answer}"
    findings = readme.split("\n\n")[2]
    assert numbers(findings) <= set().union(*shown.values()), findings


WORDS = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]


def opening(number):
    [path] = [path for path in STUDIES if path.name.startswith(number)]
    return prose(read(path)["cells"][0])


def test_the_opening_counts_in_words_the_stops_that_lasted():
    own = kd.studies.attempts.attempts()
    late = own.loc[own["became"] == "broke later", "lasted"]
    told = re.search(
        r"(\w+) stops are known .*, and (\w+) of those lasted for years", opening("02")
    )
    assert [WORDS.index(word.lower()) for word in told.groups()] == [len(late), (late > 730).sum()]


def test_the_opening_names_the_reasons_that_each_side_gave_most():
    reasons = kd.studies.refusals.by_reason(kd.studies.refusals.refused())
    reasons = reasons.drop(index=["other", "not told"])
    told = r"Azerbaijan most often named (.+?); the Armenian side, (.+?)\."
    for of, side in zip(
        re.search(told, opening("11")).groups(),
        (["azerbaijan"], ["armenia", "nagorno-karabakh"]),
        strict=True,
    ):
        counts = reasons[side].sum(axis=1)
        named = [word in of for word in counts.index]
        assert 2 <= sum(named) < len(named), side
        assert counts[named].min() > counts[[not one for one in named]].max(), side


def mislabelled(source):
    """The labels of a cell that name a column which another number of the cell is of."""
    pairs = re.findall(r"([\w ]+): \{([^{}]*)\}", source)
    of = [
        (label.strip().replace(" ", "_"), re.findall(r"\['(\w+)'\]", code)) for label, code in pairs
    ]
    columns = {column for _, own in of for column in own}
    return [label for label, own in of if label in columns and label not in own]


@by_name(STUDIES)
def test_a_label_stands_before_its_own_number(path):
    for cell in code(read(path)):
        assert not mislabelled("".join(cell["source"]))


def test_a_label_before_the_number_of_another_is_noticed():
    assert not mislabelled("lost: {t['lost']}; gained: {t['gained']}")
    assert mislabelled("lost: {t['gained']}; gained: {t['lost']}") == ["lost", "gained"]


def test_a_number_that_is_not_printed_is_noticed():
    assert numbers("On 12 May 1994, 1,975 of 7.5") == {12, 1994, 1975, 7.5}
    assert numbers(prose({"source": "## Finding 3: see [7](8) `9` and notebook 02"})) == {7}
