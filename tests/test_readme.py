"""What the README shows is what happens, and every page of the book can be reached."""

import importlib.util
import re
import tomllib
from contextlib import redirect_stdout
from fnmatch import fnmatch
from io import StringIO
from pathlib import Path

import pytest
from test_ids import released

import karabakh_data as kd
from karabakh_data import __main__ as command
from karabakh_data.exporting import KINDS

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = ROOT / "notebooks"


def test_the_examples_run_and_print_what_is_shown():
    space: dict = {}
    blocks = re.findall(r"```python\n(.*?)```\n(?:\n```\n(.*?)```)?", README, re.DOTALL)
    assert len(blocks) >= 3
    assert sum(bool(shown) for _, shown in blocks) >= 1
    for code, shown in blocks:
        with redirect_stdout(StringIO()) as out:
            exec(code, space)
        assert out.getvalue() == shown, code


def test_blanks_are_in_or_out_as_the_examples_say():
    stops = kd.load("ceasefires")
    lines = re.findall(r"^(stops\[stops\[(.+?)\].*!=.*\])  # .*\b(in|out)$", README, re.MULTILINE)
    assert {says for *_, says in lines} == {"in", "out"}
    for code, column, says in lines:
        blanks = stops[eval(column)].isna()
        left = eval(code)[eval(column)].isna()
        assert left.sum() == (blanks.sum() if says == "in" else 0) < len(blanks), code


def test_functions_named_in_the_text_exist():
    for name in re.findall(r"`kd\.(\w+)\(", README):
        assert callable(getattr(kd, name)), name


def test_commands_in_the_text_are_understood(monkeypatch):
    """Their options, the tables and columns that they name, the kinds of file that they write."""
    monkeypatch.setattr(command, "_changes", lambda *_, **__: 0)
    monkeypatch.setattr(command, "_export", lambda path, force: Path(path).suffix not in KINDS)
    texts = [*ROOT.glob("*.md"), *PAGES.glob("*.md"), *PAGES.glob("pages/templates/*.html")]
    whole = "\n".join(path.read_text(encoding="utf-8") for path in texts)
    told = set(re.findall(r"python -m karabakh_data ([a-z]+ [^`<\n]+)", whole))
    assert {one.split()[0] for one in told} >= {"add", "export", "changes"}
    for one in told:
        name, *words = one.removesuffix(" …").split()
        if name != "add":
            assert command.main([name, *words]) == 0, one
            continue
        for table, *cells in (row.split() for row in " ".join(words).split(" + ")):
            assert {cell.split("=")[0] for cell in cells} <= {*kd.load(table).columns}, one
    for path in re.findall(r"kd\.export\(\"(.+?)\"", whole):
        assert Path(path).suffix in KINDS, path


COMMANDS = {
    path.name: path.read_text(encoding="utf-8")
    for path in (*ROOT.glob("*.md"), *PAGES.glob("*.md"), ROOT / ".ci" / "run")
}


def test_what_is_to_be_installed_with_an_extra_is_there():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    for where, text in COMMANDS.items():
        for extras in re.findall(r"""["'](?:\.|karabakh_data|\$wheel)\[([^]]*)\]["']""", text):
            assert {*extras.split(",")} <= {*project["optional-dependencies"]}, (where, extras)
    for needed, says in (("book", "&& sphinx-build -j 4 notebooks book"), ("test", "&& pytest\n")):
        assert f'    pip install -e ".[{needed}]" {says}' in README


def test_options_variables_and_files_of_commands_are_there():
    """Those of the package's commands, of what they run, and of what runs them all."""
    code = [*Path(kd.__file__).parent.rglob("*.py"), *PAGES.glob("*.py"), *ROOT.glob("tests/*.py")]
    known = "".join(path.read_text(encoding="utf-8") for path in code)
    for where in ("README.md", "CONTRIBUTING.md", "run"):
        text = COMMANDS[where]
        for option in re.findall(r"`(--[a-z-]+)`", text):
            assert f'"{option}"' in known, (where, option)
        for variable in re.findall(r"KARABAKH_DATA_[A-Z]+", text):
            assert f'"{variable}"' in known, (where, variable)
        assert {*re.findall(r"KARABAKH_DATA_BROWSER=(\w+)", text)} <= {"required"}, where
        named = re.findall(r"(?:tests|notebooks|\.ci)/[^\s)`…\"]+(?=[\s)`])", text)
        named += [f"notebooks/{one}.ipynb" for one in re.findall(r"refresh\.py (\d\S+)", text)]
        for one in named:
            before, brace, rest = one.partition("{")
            among, _, after = rest.partition("}")
            paths = [f"{before}{each}{after}" for each in among.split(",")] if brace else [one]
            assert all([*ROOT.glob(path)] for path in paths), (where, one)


def test_what_share_of_the_attempts_each_side_tells_is_said_in_words():
    known = kd.studies.tellers.known_by("ceasefires")
    own = known.loc[kd.studies.attempts.attempts()["ceasefire_id"]].mean()
    told = re.search(r"Armenian sources tell about (\w+), Azerbaijani ones a (\w+)", README)
    for side, word in zip(("armenian", "azerbaijani"), told.groups(), strict=True):
        assert {"half": 1 / 2, "third": 1 / 3, "quarter": 1 / 4}[word] == pytest.approx(
            own[side], abs=0.05
        ), side


def test_the_readme_counts_its_sources():
    (told,) = re.findall(r"some ([\d,]+) [A-Z][^.]* pages say", README)
    told, sources = int(told.replace(",", "")), len(kd.load("sources"))
    assert abs(told - sources) < 10, sources


def test_the_book_re_runs_every_notebook_as_the_readme_says():
    assert "re-runs every notebook" in README
    conf = (PAGES / "conf.py").read_text(encoding="utf-8")
    assert 'nb_execution_mode = "force"\n' in conf
    assert "nb_execution_raise_on_error = True\n" in conf


def test_the_changelog_counts_what_is_and_what_the_last_release_had():
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8").split("\n## ")[1]
    told = r"([\d,]+) (?:rows of )?(steps|ceasefires) instead of ([\d,]+)"
    before = [table for table, _ in released()]
    for now, table, then in re.findall(told, changes):
        name = "events" if table == "steps" else table
        counts = [len(kd.load(name)), before.count(name)]
        assert [int(one.replace(",", "")) for one in (now, then)] == counts, table


def test_the_changelog_counts_the_rows_of_the_tables_it_names():
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8").split("\n## ")[1]
    told = re.findall(r"`(\w+)` \(([\d,]+): ", changes)
    assert len(told) >= 3
    for table, rows in [*told, ("documents", re.search(r"([\d,]+) texts", changes)[1])]:
        assert int(rows.replace(",", "")) == len(kd.load(table)), table


def test_links_to_files_lead_somewhere():
    for link in re.findall(r"\]\(([^)#]+)\)", README):
        assert "://" in link or (ROOT / link).exists(), link


def test_on_an_index_page_it_links_to_no_file():
    pytest.importorskip("hatchling")
    script = importlib.util.spec_from_file_location("hatch_build", ROOT / ".hatch_build.py")
    hook = importlib.util.module_from_spec(script)
    script.loader.exec_module(hook)
    metadata: dict = {}
    hook.Readme(str(ROOT), {}).update(metadata)
    shown = metadata["readme"]["text"]
    assert all("://" in link for link in re.findall(r"\]\(([^)]+)\)", shown))
    without_pictures = re.sub(r"!\[[^]]*\]\([^)]*\)\n*", "", README)
    words = [re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", one) for one in (shown, without_pictures)]
    assert words[0] == words[1]


def test_every_page_is_in_a_table_of_contents():
    pages = {file.stem for file in PAGES.iterdir() if file.suffix in (".md", ".ipynb")}
    texts = {file.stem: file.read_text(encoding="utf-8") for file in PAGES.glob("*.md")}
    alone = {page for page, text in texts.items() if text.startswith("---\norphan: true\n")}
    trees = re.findall(r"\{toctree\}(.*?)(?:```|:::)", "\n".join(texts.values()), re.DOTALL)
    listed = {line.strip().rpartition("<")[2].rstrip(">") for line in "\n".join(trees).splitlines()}
    unlisted = {page for page in pages if not any(fnmatch(page, one) for one in listed if one)}
    assert unlisted == {"index", *alone}
