"""What can be taken away: tables, the whole record in one file, and every figure."""

from __future__ import annotations

import html
import json
import re
import shutil
from concurrent.futures import ThreadPoolExecutor
from functools import cache, partial
from pathlib import Path
from typing import NamedTuple

import matplotlib as mpl
import resvg_py
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

import karabakh_data as kd
from karabakh_data import descriptor
from karabakh_data.studies import geography

from . import addresses, elsewhere, ways
from .edition import cited, whereabouts

DRAWN = Path(__file__).parents[2] / "figures"
FIGURES = "downloads/figures"
"""Where they are in the book."""

_TABLES = "downloads/tables"
_WHOLE = "downloads/karabakh_data"
_PLACES = "downloads/places.geojson"
_MEDIA = {
    "csv": "text/csv",
    "geojson": "application/geo+json",
    "json": "application/json",
    "sqlite": "application/vnd.sqlite3",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "zip": "application/zip",
}
_KINDS = {  # of one file that holds everything
    "zip": "Data package: all tables as CSV with their description (Frictionless), zipped",
    "sqlite": "SQLite database: all tables, with views that spell out what ids refer to",
    "xlsx": "Excel workbook: the codebook, then a sheet a table",
}


class File(NamedTuple):
    """One file to download: its address from the root of the book, and what it is."""

    address: str
    what: str

    @property
    def kind(self) -> str:
        """The ending of its name."""
        return self.address.rpartition(".")[2]

    @property
    def media(self) -> str:
        """The type of its content, as programs name it."""
        return _MEDIA[self.kind]


class Figure(NamedTuple):
    """One figure: the name of its files, its title, and where in the book it stands."""

    name: str
    title: str
    page: str = ""


def whole() -> list[File]:
    """The data in one file, and the places for a map."""
    return [
        *(File(f"{_WHOLE}.{kind}", _KINDS[kind]) for kind in _KINDS),
        File(_PLACES, "Places as GeoJSON, for QGIS and other maps: steps and meetings at each"),
    ]


def files() -> list[File]:
    """The data, in one file and table by table."""
    described = File(f"{_TABLES}/{descriptor.FILE}", "Type and meaning of every column")
    return [
        *whole(),
        *(File(f"{_TABLES}/{name}.csv", name) for name in kd.tables()["table"]),
        described,
    ]


@cache
def figures() -> dict[str, Figure]:
    """The figures, by name."""
    found = {}
    for file in sorted(DRAWN.glob("*.svg")):
        title = re.search(r"<title>(.*?)</title>", file.read_text(encoding="utf-8"), re.DOTALL)
        found[file.stem] = Figure(file.stem, html.unescape(title[1]) if title else file.stem)
    for notebook in elsewhere.notebooks(Path(__file__).parents[1]):
        for name in saved(notebook.code):
            found[name] = found[name]._replace(page=f"{notebook.page}#figure-{name}")
    return found


def saved(code: str) -> list[str]:
    """The names of the figures that some code saves."""
    names = re.findall(r'"([\w-]+)"', code) if "charts.save(" in code else []
    return [name for name in names if (DRAWN / f"{name}.svg").exists()]


def png(svg: str) -> bytes:
    """A figure as pixels, twice as many as on a page, in the font that its layout is made for."""
    fonts = Path(mpl.get_data_path()) / "fonts" / "ttf"
    svg = re.sub(r' font-family="[^"]*"', ' font-family="DejaVu Sans"', svg, count=1)
    drawn = resvg_py.svg_to_bytes(
        svg_string=svg,
        background="white",
        zoom=2,
        dpi=96,
        skip_system_fonts=True,
        font_files=[str(fonts / "DejaVuSans.ttf"), str(fonts / "DejaVuSans-Bold.ttf")],
    )
    return bytes(drawn)


def _write_figure(source: Path, folder: Path) -> None:
    shutil.copy(source, folder)
    if source.suffix == ".svg":
        pixels = png(source.read_text(encoding="utf-8"))
        (folder / source.with_suffix(".png").name).write_bytes(pixels)


def write(app: Sphinx, error: Exception | None) -> None:
    """Put all of it into the book."""
    if error or app.builder.format != "html":
        return
    tables, drawn = Path(app.outdir, _TABLES), Path(app.outdir, FIGURES)
    for folder in (tables, drawn):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
    for name in (descriptor.FILE, *(Path(kd.path(table)).name for table in kd.tables()["table"])):
        shutil.copy(Path(descriptor.DATA, name), tables)
    for kind in _KINDS:
        kd.export(Path(app.outdir, f"{_WHOLE}.{kind}"), force=True)
    places = json.dumps(geography.geojson(), ensure_ascii=False)
    Path(app.outdir, _PLACES).write_text(f"{places}\n", encoding="utf-8")
    sources = [file for file in sorted(DRAWN.iterdir()) if file.suffix in (".svg", ".csv")]
    with ThreadPoolExecutor() as pool:
        list(pool.map(lambda source: _write_figure(source, drawn), sources))


def offer(app: Sphinx, doctree: nodes.document) -> None:
    """Under each figure that a notebook saves, the ways to its files and how to cite it."""
    base = app.config.html_baseurl
    for cell in doctree.findall(nodes.container):
        code = next(cell.findall(nodes.literal_block), None)
        if "cell" in cell["classes"] and code is not None:
            for name in saved(code.astext()):
                cell["ids"].append(f"figure-{name}")
                cell += [_forms(name), _citation(figures()[name], base)]


def _citation(figure: Figure, base: str) -> nodes.raw:
    filled = ways.render("cited.html", cited=cited(figure.title, whereabouts(figure.page, base)))
    return nodes.raw("", filled, format="html")


def _forms(name: str) -> nodes.paragraph:
    forms = nodes.paragraph("", "This figure as ", classes=["figure-forms"])
    for kind, what, after in (("svg", "SVG", ", "), ("png", "PNG", "; its "), ("csv", "data", "")):
        file = f"{FIGURES}/{name}.{kind}"
        forms += [nodes.reference("", what, refuri=file, internal=True), nodes.Text(after)]
    return forms


class Downloads(SphinxDirective):
    """One part of the page of downloads: ``data``, ``figures`` or ``cite``."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Fill in the template of that part."""
        self.env.note_reread()  # the tables may have changed
        template = ways.templates.get_template(f"{self.arguments[0]}.html")
        filled = template.render(
            whole=whole(),
            tables=kd.tables().to_dict("records"),
            folder=_TABLES,
            figures=figures().values(),
            link=partial(addresses.link, self.env.docname),
            drawn=FIGURES,
            works=kd.cite().splitlines(),
            bibtex=kd.cite("bibtex"),
        )
        return [nodes.raw("", filled, format="html")]


def setup(app: Sphinx) -> dict[str, bool]:
    """Connect to Sphinx."""
    app.add_directive("downloads", Downloads)
    app.connect("doctree-read", offer)
    app.connect("build-finished", write)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
