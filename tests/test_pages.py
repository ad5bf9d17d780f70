"""Every page of the book, read as HTML: links, size, what it says of itself, nothing unescaped."""

import json
import re
from functools import cache
from pathlib import Path, PurePosixPath
from types import SimpleNamespace
from urllib.parse import unquote, urljoin, urlsplit

import pytest
import shown
from conftest import HOSTILE, HOSTILE_STEP
from docutils import nodes
from lxml import etree, html
from pages import downloads, edition, metadata, search

import karabakh_data as kd
from karabakh_data import descriptor

LIMIT = 600_000
"""Bytes of a page with the styles and scripts that it loads."""


class Page:
    """One page: where it is, what it links to, and what can be linked to."""

    def __init__(self, book: Path, file: Path):
        self.address = file.relative_to(book).as_posix()
        self.tree = html.parse(file, html.HTMLParser(encoding="utf-8")).getroot()
        self.anchors = {"", *self.tree.xpath("//@id"), *self.tree.xpath("//a/@name")}
        for list_ in self.tree.xpath("//select"):  # what is chosen there can be linked to
            self.anchors |= {f"{list_.get('name')}={one}" for one in list_.xpath("option/@value")}
        self.asks = self.tree.xpath("//input[@type='search']/@name")
        self.links = self.tree.xpath("//a/@href | //link[@rel!='canonical']/@href")
        self.loaded = self.tree.xpath(
            "//script/@src | //img/@src | //link[@rel='stylesheet']/@href"
        )
        self.size = file.stat().st_size

    def target(self, link: str) -> tuple[str, str]:
        """The file to which a link leads from here, and the anchor in it."""
        base = "" if self.address == "404.html" else self.address  # which has its own
        if link[:1] not in ("", "#", "?"):
            base = base[: base.rfind("/") + 1]  # alike for all pages of a folder
        return target(base, link)


@cache
def target(base: str, link: str) -> tuple[str, str]:
    """The file to which a link leads from an address, and the anchor in it."""
    parts = urlsplit(urljoin(f"http://book/{base}", link))
    return unquote(parts.path).lstrip("/") or "index.html", unquote(parts.fragment)


def elsewhere(link: str) -> bool:
    return urlsplit(link).scheme in ("http", "https", "mailto")


@pytest.fixture(scope="module")
def pages(book):
    files = sorted(book.rglob("*.html"))
    return {page.address: page for page in (Page(book, file) for file in files)}


def broken(page, pages, book):
    """Links of a page that lead nowhere."""
    for link in {*page.links, *page.loaded}:
        if elsewhere(link) or link.startswith("data:"):
            continue
        file, anchor = page.target(link)
        there = pages.get(file)
        words = there and "=" in anchor and anchor.partition("=")[0] in there.asks
        chosen = there and all(one in there.anchors for one in anchor.split("&"))
        found = words or (chosen if there else (book / file).is_file())
        if not found:
            yield link


def test_every_link_leads_somewhere(pages, book):
    wrong = {page.address: sorted(broken(page, pages, book)) for page in pages.values()}
    assert not {page: links for page, links in wrong.items() if links}


def test_a_broken_link_is_noticed(pages, book, tmp_path):
    (tmp_path / "x.html").write_text(
        '<a href="nowhere.html">1</a><a href="index.html#nowhere">2</a><a href="#x" id="x">3</a>'
    )
    page = Page(tmp_path, tmp_path / "x.html")
    assert set(broken(page, pages | {"x.html": page}, book)) == {
        "nowhere.html",
        "index.html#nowhere",
    }


def test_nothing_is_loaded_from_elsewhere(pages, book):
    for page in pages.values():
        assert not [link for link in page.loaded if elsewhere(link)], page.address
    for file in [*book.rglob("*.css"), *(book / "_static").rglob("*.svg")]:
        told = file.read_text(encoding="utf-8")
        assert not re.search(r"""(@import|url\(|href=)\s*["']?https?:""", told), file.name


def test_a_page_is_light(pages, book):
    heavy = {}
    for page in pages.values():
        there = {page.target(link)[0] for link in page.loaded if not link.startswith("data:")}
        whole = page.size + sum((book / file).stat().st_size for file in there)
        if whole > LIMIT:
            heavy[page.address] = whole
    assert not heavy


def test_styles_of_code_and_notebooks_are_where_they_are_needed(pages):
    for page in pages.values():
        loaded = {name for name in ("pygments", "mystnb") if name in str(page.loaded)}
        shows = page.tree.xpath("//div[contains(@class, 'highlight') or contains(@class, 'cell')]")
        assert loaded == ({"pygments", "mystnb"} if shows else set()), page.address


def test_a_page_says_what_it_is(pages):
    for page in pages.values():
        one = page.tree.xpath
        assert len(one("//h1")) == 1, page.address
        assert len(one("/html/@lang")) == 1, page.address
        (title,) = one("/html/head/title/text()")
        assert title.strip(), page.address
        (about,) = one("//meta[@name='description']/@content")
        assert 20 <= len(about) <= 210, (page.address, about)
        assert one("//meta[@property='og:title']/@content"), page.address
        assert one("//link[contains(@rel, 'icon')]"), page.address
        assert one("//p[@class='edition']")[0].text_content().startswith("Version "), page.address


@pytest.mark.parametrize(("letters", "kept"), [(39, 0), (40, 40), (200, 200), (201, 2)])
def test_a_page_is_about_its_first_paragraph_of_some_length(letters, kept):
    text = metadata.description(f"<p>a {'b' * (letters - 2)}</p>")
    assert len(text.removesuffix("…")) == kept


def test_the_front_page_describes_the_data(pages):
    (told,) = pages["index.html"].tree.xpath("//script[@type='application/ld+json']/text()")
    told = json.loads(told)
    assert told["@type"] == "Dataset"
    days = kd.load("events")["start"].dropna().sort_values().dt.strftime("%Y-%m-%d")
    assert told["temporalCoverage"] == f"{days.iloc[0]}/{days.iloc[-1]}"
    assert (told["version"], told["dateModified"]) == edition.edition()[:2]
    assert told["version"] == kd.__version__
    assert told["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert len(told["isBasedOn"]) == len(descriptor.description().package["sources"])
    files = {PurePosixPath(one["contentUrl"]).name for one in told["distribution"]}
    assert {"events.csv", "claims.csv", "datapackage.json"} <= files


def test_downloads_are_whole(pages, book):
    for table in kd.tables()["table"]:
        link = f"downloads/tables/{table}.csv"
        assert link in pages["downloads.html"].links
        assert len((book / link).read_bytes()) >= len(Path(kd.path(table)).read_bytes())
    drawn = {file.stem for file in (Path(__file__).parents[1] / "figures").glob("*.svg")}
    for name in drawn:
        for kind in ("svg", "png", "csv"):
            assert f"downloads/figures/{name}.{kind}" in pages["downloads.html"].links
        assert (book / f"downloads/figures/{name}.png").read_bytes().startswith(b"\x89PNG")


def test_a_figure_is_called_by_its_title_or_by_its_file(tmp_path, monkeypatch):
    (tmp_path / "no-such.svg").write_text("<svg><title>R &amp; D,\nby year</title></svg>")
    (tmp_path / "nor-such.svg").write_text("<svg></svg>")
    monkeypatch.setattr(downloads, "DRAWN", tmp_path)
    found = downloads.figures.__wrapped__()  # without what was found before
    assert [tuple(one) for one in found.values()] == [
        ("no-such", "R & D,\nby year", ""),
        ("nor-such", "nor-such", ""),
    ]
    assert downloads.saved('charts.save(figure, "nor-such", "three")') == ["nor-such"]
    assert downloads.saved('charts.draw("nor-such")') == []


def test_a_figure_has_twice_the_pixels():
    drawn = '<svg xmlns="http://www.w3.org/2000/svg" width="30" height="10"></svg>'
    size = downloads.png(drawn)[16:24]
    assert [int.from_bytes(size[:4]), int.from_bytes(size[4:])] == [60, 20]


def test_places_are_there_as_geojson(pages, book):
    assert "downloads/places.geojson" in pages["downloads.html"].links
    told = json.loads((book / "downloads/places.geojson").read_text(encoding="utf-8"))
    assert [one["id"] for one in told["features"]] == sorted(kd.load("places")["place"])


def test_whatever_a_cell_holds_is_shown_as_text(pages):
    assert HOSTILE in " ".join(pages[f"events/{HOSTILE_STEP}.html"].tree.text_content().split())
    for page in pages.values():
        for script in page.tree.xpath("//script[not(@src)]"):
            known = script.get("type") == "application/ld+json" or "dataset.theme" in script.text
            assert known, (page.address, script.text[:80])
        assert not page.tree.xpath("//@*[starts-with(name(), 'on')]"), page.address


def test_without_a_server_that_names_it_the_book_has_no_address(pages, book):
    assert not (book / "sitemap.xml").exists()
    assert not pages["index.html"].tree.xpath("//link[@rel='canonical']")


def test_a_published_book_names_its_addresses(tmp_path):
    base = "https://example.org/book/"
    config = SimpleNamespace(html_baseurl=base, html_title="The book", root_doc="index")
    app = SimpleNamespace(config=config, outdir=str(tmp_path))
    for page in ("index", "events/2011-06-24-kazan", "404"):
        context = {"title": "A <b>page</b>", "body": "<p>What it is about, in one sentence.</p>"}
        metadata.describe(app, page, "page.html", context, None)
        head = html.fragment_fromstring(context["metatags"], create_parent=True)
        told = {one.get("property"): one.get("content") for one in head.iter("meta")}
        assert told["og:url"] == f"{base}{page}.html"
        assert told["og:title"] == "A page"
        card = told["og:image"].removeprefix(f"{base}{downloads.FIGURES}/")
        assert (downloads.DRAWN / card).with_suffix(".svg").is_file()
        assert context["book_root"] == "/book/"
        (tmp_path / page).parent.mkdir(exist_ok=True)
        (tmp_path / f"{page}.html").touch()
    metadata.map_pages(app, None)
    listed = etree.parse(tmp_path / "sitemap.xml").xpath("//*[local-name()='loc']/text()")
    assert listed == [f"{base}events/2011-06-24-kazan.html", f"{base}index.html"]


def test_a_figure_of_a_published_book_is_cited_with_its_address():
    base, name = "https://example.org/book/", "seats-of-stepanakert"
    cell = nodes.container(classes=["cell"])
    cell += nodes.literal_block("", f'charts.save(figure, "{name}", alt)')
    config = SimpleNamespace(html_baseurl=base)
    downloads.offer(SimpleNamespace(config=config), nodes.container("", cell))
    (cited,) = cell.findall(nodes.raw)
    assert f"{base}06-who-sat-at-the-table.html#figure-{name}" in cited.astext()


@pytest.mark.parametrize("hook", [downloads.write, search.index, metadata.map_pages])
def test_a_book_that_failed_gets_no_files(hook, tmp_path):
    config = SimpleNamespace(html_baseurl="https://example.org/", search_in_text=True)
    app = SimpleNamespace(config=config, outdir=str(tmp_path), builder=SimpleNamespace())
    app.builder.format = "html"
    hook(app, ValueError("a broken notebook"))
    app.builder.format, config.html_baseurl = "latex", ""
    hook(app, None)
    assert not list(tmp_path.iterdir())


def test_what_a_page_says_of_itself_is_no_markup(monkeypatch):
    bad = '</script><script>alert("1")</script>'
    monkeypatch.setattr(metadata, "dataset", lambda base: {"name": bad})
    config = SimpleNamespace(html_baseurl="", html_title='A "book"', root_doc="index")
    context = {"title": "One &amp; <i>two</i>", "body": f"<p>{'&lt;b&gt; &quot;q&quot; ' * 9}</p>"}
    metadata.describe(SimpleNamespace(config=config), "index", "page.html", context, None)
    head = html.fragment_fromstring(context["metatags"], create_parent=True)
    (script,) = head.iter("script")
    assert json.loads(script.text) == {"name": bad}
    told = {one.get("property"): one.get("content") for one in head.iter("meta")}
    assert told["og:title"] == "One & two"
    assert told["og:site_name"] == 'A "book"'
    assert told["og:description"].startswith('<b> "q" <b>')
    assert {"og:url", "og:image"}.isdisjoint(told)  # which would not be whole
    assert "“One & two”, index, in: " in context["cited"]


def test_each_figure_of_a_notebook_leads_to_its_files(pages):
    offered = {}
    for page in pages.values():
        for link in page.tree.xpath("//p[@class='figure-forms']/a/@href"):
            offered.setdefault(PurePosixPath(link).stem, set()).add(PurePosixPath(link).suffix)
    drawn = {file.stem for file in downloads.DRAWN.glob("*.svg")}
    assert offered == {key: {".svg", ".png", ".csv"} for key in drawn}


def test_each_figure_has_a_place_and_says_how_to_cite_it(pages):
    named = {}
    for page in pages.values():
        for cell in page.tree.xpath("//*[starts-with(@id, 'figure-')]"):
            (cited,) = cell.xpath(".//details[@class='figure-forms']/p[@class='cite']/text()")
            named[cell.get("id").removeprefix("figure-")] = page.address, cited
    assert named.keys() == downloads.figures().keys()
    for name, figure in downloads.figures().items():
        address, cited = named[name]
        at = address.replace(".html", f"#figure-{name}")
        version, _, data = kd.cite().splitlines()[0].partition(", data ")
        assert cited.startswith(f"“{figure.title}”, {at}, in: {version}, data ")
        assert cited.endswith(
            data.partition(".")[2]
        )  # between them which data: here one is hostile
        assert address.replace("html", "html#figure-") + name in pages["downloads.html"].links


def test_each_page_says_once_how_to_cite_it(pages):
    for page in pages.values():
        foot = page.tree.xpath("//details[@class='edition']/p[@class='cite']/text()")
        record = page.tree.xpath("//section[@id='use']//span[@class='cite']/text()")
        if page.tree.xpath("//div[@class='record']") or page.address == "404.html":
            assert not foot, page.address
        else:
            assert len(foot) == 1, page.address
            assert f"”, {page.address.removesuffix('.html')}, in: " in foot[0]
        for one in record:
            assert f"”, {page.address.removesuffix('.html')}, in: " in one


def test_words_of_the_glossary_are_searched(book, pages):
    told = (book / "_static" / "names.js").read_text(encoding="utf-8")
    for name in ("44-day war", "Minsk Group", "EDTF"):
        (page,) = re.findall(
            rf'"page":"(glossary.html#[^"]*)","kind":"word","names":\["{name}"', told
        )
        assert page.partition("#")[2] in pages["glossary.html"].anchors


def test_what_changed_is_a_page(pages):
    assert "0.1.0" in pages["changes.html"].tree.text_content()


def test_pages_of_the_book_are_as_they_were_last_looked_at(book):
    found = shown.paged(book)
    assert "Kazan summit" in found["page events"]
    shown.assert_as_seen(found)
