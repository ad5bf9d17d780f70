"""What users get, as it was last looked at: `shown.txt` holds a fingerprint of each.

Each study's answer on the record as published, each form of figure, each kind of file that is
exported, each kind of page of the book, and what the help says of each name. No rule knows what
all of these should be; whoever changes one looks at it again. A change of data moves many, one of
code those it is for.

    python tests/shown.py          # names what differs since, in some three minutes
    python tests/shown.py --seen   # takes it as looked at
"""

import importlib
import inspect
import io
import re
import sqlite3
import sys
import tempfile
import zipfile
from collections import defaultdict
from contextlib import redirect_stdout
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path

import conftest
import pandas as pd
import pytest

import karabakh_data as kd
from karabakh_data.__main__ import main

SEEN = Path(__file__).with_name("shown.txt")
COMMAND = "python tests/shown.py --seen"
MADE = ("timeline", "map", "404")  # pages of prose whose article no theme lays out
OF_CODE = {"api", "charts", "studies", *(f"studies-{one}" for one in ("of-deaths", "of-sources"))}
OF_CODE |= {"studies-plain-questions"}  # what they show is the help
ARTICLE = re.compile(r"<article.*</article>", re.DOTALL)
SAID = re.compile(r'<meta (?:name|property)="(?!viewport|color).*?>|<script type="app.*?</script>')
SETS = (set, frozenset)
OF_DATA = re.compile(r"data [0-9a-f]{12}")  # their fingerprint, which is cited on each page
COMMANDS = ("", "check", "seal", "add", "export", "changes")


def fingerprint(content):
    """Of text, or of bytes."""
    content = content if isinstance(content, bytes) else content.encode("utf-8")
    return sha256(content).hexdigest()[:12]


def differing(found):
    """The names of what is not as it was last looked at."""
    lines = SEEN.read_text(encoding="utf-8").splitlines()
    known = {name: digest for digest, name in (line.split("\t") for line in lines)}
    return [name for name in found if known.get(name) != fingerprint(found[name])]


def assert_as_seen(found):
    """Fail with the names of what is not as it was last looked at."""
    moved = "\n".join(differing(found))
    assert not moved, f"look at what moved, then: {COMMAND}\n{moved}"


def studied():
    """The studies by name, as the tests ask them of a record."""
    for path in sorted(Path(__file__).parent.glob("test_*.py")):
        if "of_parts(STUDIES)" in path.read_text(encoding="utf-8"):
            room = importlib.import_module(path.stem)
            for name, study in room.STUDIES.items():
                yield named(room.__name__, name), study


def named(room, name):
    """How a study's answer is called in the list."""
    return f"answer {room.removeprefix('test_')}: {name}"


def answer(found):
    """What a study found, as text; numbers to six places, which no machine changes."""
    in_order = pd.DataFrame(found).map(lambda one: sorted(one) if isinstance(one, SETS) else one)
    return in_order.to_csv(float_format="%.6g", lineterminator="\n")


def helped():
    """What the help says of each public name: how it is called, and its words."""
    rooms = {"kd": kd, "kd.charts": kd.charts}
    rooms |= {f"kd.studies.{name}": getattr(kd.studies, name) for name in kd.studies.__all__}
    for room, module in rooms.items():
        yield f"help {room}", inspect.getdoc(module)
        for name in getattr(module, "__all__", ()) if module is kd else dir(module):
            one = getattr(module, name)
            here = module is kd or getattr(one, "__module__", "").startswith(module.__name__)
            if callable(one) and here and not name.startswith("_"):
                how = inspect.signature(one) if inspect.isfunction(one) else ""
                yield f"help {room}.{name}", f"{how}\n{inspect.getdoc(one)}"


def commanded():
    """What each command says of itself, in lines of one width."""
    for command in COMMANDS:
        with (
            pytest.MonkeyPatch.context() as patch,
            redirect_stdout(io.StringIO()) as said,
            pytest.raises(SystemExit),
        ):
            patch.setenv("COLUMNS", "80")
            main([*command.split(), "--help"])
        yield f"help {command}".strip(), said.getvalue()


def exported(folder):
    """What the files of each kind hold, of the record of one month."""
    claims = kd.load("claims")
    record = kd.record(claims[claims["record_id"].str.startswith("1994-05")])
    for kind, held in HELD.items():
        path = Path(folder, f"record{kind}")
        kd.export(path, record=record)
        yield f"file {kind}", held(path)


def _of_sqlite(path):
    base = sqlite3.connect(path)
    try:
        return "\n".join(base.iterdump())
    finally:
        base.close()


def _of_archive(path, within=""):
    with zipfile.ZipFile(path) as archive:
        names = [name for name in archive.namelist() if name.startswith(within)]
        return b"\n".join(name.encode() + b"\n" + archive.read(name) for name in names)


def _of_folder(path):
    return b"\n".join(
        file.name.encode() + b"\n" + file.read_bytes() for file in sorted(path.iterdir())
    )


HELD = {
    ".sqlite": _of_sqlite,
    ".zip": _of_archive,
    ".dta": _of_folder,
    ".xlsx": lambda path: _of_archive(path, "xl/"),
}


class Words(HTMLParser):
    """The words of a page of prose and where its links lead; not how Sphinx lays it out."""

    def __init__(self, page):
        super().__init__()
        self.found = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.found += [value for name, value in attrs if name in ("href", "alt", "title", "id")]

    def handle_data(self, data):
        self.found += data.split()


def paged(book):
    """The pages and their data by folder, or by name where they are in none."""
    kinds = defaultdict(list)
    for file in sorted(one for one in book.rglob("*") if one.suffix in (".html", ".json", ".csv")):
        name = file.relative_to(book).with_suffix("").as_posix()
        folder, _, own = name.rpartition("/")
        if folder in ("_static", "pagefind", "downloads") or name in OF_CODE:
            continue
        text = OF_DATA.sub("data", file.read_text(encoding="utf-8"))
        if file.suffix == ".html":
            (page,) = ARTICLE.findall(text)
            made = folder or own in MADE
            text = "\n".join([*SAID.findall(text), page if made else " ".join(Words(page).found)])
        kinds[f"page {folder or own}"].append(f"{name}{file.suffix}\n{text}")
    return {kind: "\n".join(texts) for kind, texts in kinds.items()}


def drawn():
    """Each form of figure, of the frames with which the tests draw them."""
    forms = importlib.import_module("test_charts").every_form()
    yield from ((f"form {name}", figure.svg()) for name, figure in forms.items())


def everything(folder):
    """All that is fingerprinted, by name; it builds the book."""
    record = kd.record()
    yield from ((name, answer(study(record))) for name, study in studied())
    yield from (*helped(), *commanded(), *drawn(), *exported(folder))
    copy, built = Path(folder, "tree"), Path(folder, "book")
    conftest.copy_sources(copy)
    conftest.build_book(copy, built)
    yield from paged(built).items()


if __name__ == "__main__":
    sys.path.append(str(Path(__file__).parents[1] / "notebooks"))
    with tempfile.TemporaryDirectory() as folder:
        found = dict(everything(folder))
    print(*differing(found), sep="\n")
    if sys.argv[1:] == ["--seen"]:
        lines = (f"{fingerprint(found[name])}\t{name}\n" for name in sorted(found))
        SEEN.write_text("".join(lines), encoding="utf-8", newline="")
