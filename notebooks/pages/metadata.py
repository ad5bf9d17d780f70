"""What a page says of itself to search engines and to who links to it, and which data it shows."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

from sphinx.application import Sphinx

import karabakh_data as kd
from karabakh_data import descriptor

from . import downloads
from .edition import cited, edition, whereabouts

CARD = "ceasefire-attempts-by-year"  # the figure shown beside a link to the book
NOT_FOUND = "404"
_LONGEST = 200


def description(body: str) -> str:
    """What a page is about: its first paragraph of some length, as text; a box at the top is not.

    >>> description("<p>Short.</p><p>Talks in <b>Kazan</b> &amp; elsewhere went on for a day.</p>")
    'Talks in Kazan & elsewhere went on for a day.'
    """
    body = re.sub(r'<div class="admonition.*?</div>', "", body, flags=re.DOTALL)
    for paragraph in re.findall(r"<p(?: [^>]*)?>(.*?)</p>", body, re.DOTALL):
        text = " ".join(html.unescape(re.sub(r"<[^>]*>", "", paragraph)).split())
        if len(text) >= 40:
            return text if len(text) <= _LONGEST else text[:_LONGEST].rsplit(" ", 1)[0] + " …"
    return ""


def dataset(base: str) -> dict[str, Any]:
    """The data as schema.org describes a data set; addresses are absolute if the base is."""
    package = descriptor.description().package
    days = kd.load("events")["start"].dropna()
    return {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": package["title"],
        "description": (
            "Who mediated, in which format, who signed, who refused, what was promised and "
            "what held: every value with the sources that tell it and those that tell otherwise."
        ),
        "version": package["version"],
        "dateModified": edition().released,
        "license": "https://creativecommons.org/licenses/by/4.0/",
        "isAccessibleForFree": True,
        "creator": {"@type": "Organization", "name": "The karabakh_data contributors"},
        "keywords": ["mediation", "ceasefire", "peace process", "Nagorno-Karabakh"],
        "temporalCoverage": f"{days.min():%Y-%m-%d}/{days.max():%Y-%m-%d}",
        "spatialCoverage": "Nagorno-Karabakh, Armenia, Azerbaijan",
        "citation": kd.cite().splitlines()[0],
        "isBasedOn": [source.get("path", source["title"]) for source in package["sources"]],
        "url": base or "index.html",
        "distribution": [
            {
                "@type": "DataDownload",
                "name": file.what,
                "encodingFormat": file.media,
                "contentUrl": urljoin(base, file.address),
            }
            for file in downloads.files()
        ],
    }


def describe(app: Sphinx, page: str, template: str, context: dict[str, Any], tree: object) -> None:
    """Put into the head of a page what it says of itself."""
    base = app.config.html_baseurl
    title = html.unescape(re.sub(r"<[^>]*>", "", context.get("title", ""))) or app.config.html_title
    about = description(context.get("body", "")) or f"{title}. {app.config.html_title}"
    said = {
        "og:type": "website" if page == app.config.root_doc else "article",
        "og:site_name": app.config.html_title,
        "og:title": title,
        "og:description": about,
    }
    if base:
        said["og:url"] = urljoin(base, f"{page}.html")
        said["og:image"] = urljoin(base, f"{downloads.FIGURES}/{CARD}.png")
    head = [f'<meta name="description" content="{html.escape(about)}">']
    head += [f'<meta property="{key}" content="{html.escape(said[key])}">' for key in said]
    if page == app.config.root_doc:
        told = json.dumps(dataset(base), ensure_ascii=False).replace("<", "\\u003c")
        head.append(f'<script type="application/ld+json">{told}</script>')
    context["metatags"] = context.get("metatags", "") + "\n".join(["", *head])
    context["edition"] = edition()
    if "record" not in context and page != NOT_FOUND:
        context["cited"] = cited(title, whereabouts(page, base))
    context["book_root"] = f"{urlsplit(base).path.rstrip('/')}/"


def lighten(app: Sphinx, page: str, template: str, context: dict[str, Any], tree: object) -> None:
    """Leave out the styles of code and of notebooks where a page has neither."""
    if not re.search('class="(highlight|cell)[-_ "]', context.get("body", "")):
        kept = [one for one in context["css_files"] if not re.search("pygments|mystnb", str(one))]
        context["css_files"] = kept


def not_found(app: Sphinx) -> list[tuple[str, dict[str, Any], str]]:
    """The page for addresses that do not exist."""
    body = (
        "<h1>Not found</h1><p>No page of this book has this address. "
        '<a href="search.html">Search for it</a>, by any of its names, or begin at '
        '<a href="index.html">the front page</a>.</p>'
    )
    return [(NOT_FOUND, {"title": "Not found", "body": body}, "404.html")]


def map_pages(app: Sphinx, error: Exception | None) -> None:
    """Write ``sitemap.xml``, whose addresses must be absolute: only of a published book."""
    base = app.config.html_baseurl
    if error or not base:
        return
    out = Path(app.outdir)
    pages = sorted(file.relative_to(out).as_posix() for file in out.rglob("*.html"))
    places = "".join(
        f"<url><loc>{html.escape(urljoin(base, page))}</loc></url>\n"
        for page in pages
        if page != f"{NOT_FOUND}.html"
    )
    opening = '<?xml version="1.0" encoding="utf-8"?>\n'
    opening += '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
    (out / "sitemap.xml").write_text(f"{opening}{places}</urlset>\n", encoding="utf-8")


def setup(app: Sphinx) -> dict[str, bool]:
    """Connect to Sphinx."""
    app.connect("html-page-context", describe)
    app.connect("html-page-context", lighten, priority=900)  # when all styles are there
    app.connect("html-collect-pages", not_found)
    app.connect("build-finished", map_pages)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
