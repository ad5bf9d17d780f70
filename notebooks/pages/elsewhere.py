"""Where else a record is: in other data sets, and in the notebooks of this book."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

import karabakh_data as kd

from . import words
from .register import Key, Register

_IN_COLUMNS = {  # columns that hold an id elsewhere: its name, and where that id is shown
    "wikidata_id": ("Wikidata", "https://www.wikidata.org/wiki/{}"),
    "geonames_id": ("GeoNames", "https://www.geonames.org/{}"),
    "ucdp_actor_id": ("UCDP actor", "https://ucdp.uu.se/actor/{}"),
    "iso2": ("ISO 3166-1 alpha-2", ""),
    "iso3": ("ISO 3166-1 alpha-3", ""),
    "iso_numeric": ("ISO 3166-1 numeric", ""),
    "cow_code": ("Correlates of War state", ""),
    "gw_code": ("Gleditsch and Ward state", ""),
}
SHOWN_AT = {  # data sets of the crosswalk that show each id on a page of its own
    "pa-x": "https://pax.peaceagreements.org/agreements/{}",
    "ucdp-conflict": "https://ucdp.uu.se/conflict/{}",
    "ucdp-actor": "https://ucdp.uu.se/actor/{}",
}


class Elsewhere(NamedTuple):
    """One id of a record in another data set."""

    dataset: str
    id: str
    url: str
    match: str
    note: str


class Notebook(NamedTuple):
    """One notebook: its page, its title, all it says, and its code with that of its studies."""

    page: str
    title: str
    text: str
    code: str


def is_id_elsewhere(column: str) -> bool:
    """Whether a column holds an id of another data set."""
    return column in _IN_COLUMNS


def ids(register: Register) -> dict[Key, list[Elsewhere]]:
    """The ids of records in other data sets: from their own columns and the crosswalk."""
    found: dict[Key, list[Elsewhere]] = {}
    for table, rows in register.rows.items():
        columns = [name for name in register.described.tables[table].columns if name in _IN_COLUMNS]
        for key, row in rows.items():
            for column in columns:
                if row[column]:
                    dataset, url = _IN_COLUMNS[column]
                    one = Elsewhere(dataset, row[column], url.format(quote(row[column])), "", "")
                    found.setdefault((table, key), []).append(one)
    for row in register.rows["crosswalk"].values():
        told = {name: register.told("crosswalk", name, row[name]) for name in ("dataset", "match")}
        url = SHOWN_AT.get(row["dataset"], "").format(quote(row["dataset_id"]))
        one = Elsewhere(
            told["dataset"].meaning, row["dataset_id"], url, told["match"].meaning, row["note"]
        )
        found.setdefault((row["table"], row["record_id"]), []).append(one)
    return found


def notebooks(folder: Path) -> list[Notebook]:
    """The notebooks of the book with a number, in order."""
    studies = _studies()
    found = []
    for path in sorted(folder.glob("[0-9]*.ipynb")):
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        outputs = [
            "".join(output.get("data", {}).get("text/plain", output.get("text", "")))
            for cell in cells
            for output in cell.get("outputs", ())
        ]
        prose = ["".join(cell["source"]) for cell in cells]
        code = "\n".join("".join(one["source"]) for one in cells if one["cell_type"] == "code")
        title = re.search(r"^# (.+)$", prose[0], re.MULTILINE)
        name = title[1] if title else words.plain(path.stem)
        code += "".join(text for study, text in studies.items() if re.search(study, code))
        found.append(Notebook(path.stem, name, "\n".join(prose + outputs), code))
    return found


def _studies() -> dict[str, str]:
    """The code of each study, by a pattern that finds its name."""
    folder = Path(kd.studies.__path__[0])
    return {
        rf"studies\.{path.stem}\b": path.read_text("utf-8") for path in folder.glob("[a-z]*.py")
    }


def naming(books: list[Notebook], *names: str) -> list[Notebook]:
    """The notebooks that have one of these names, or ids, as a word of its own."""
    patterns = [rf"(?<![\w.-]){re.escape(name)}(?![\w-]|\.\w)" for name in names]
    return [
        book
        for book in books
        if any(
            name in book.text and re.search(pattern, book.text)
            for name, pattern in zip(names, patterns, strict=True)
        )
    ]
