"""How to cite the data, and which data they are."""

from __future__ import annotations

from hashlib import sha256
from typing import Any, Literal, NamedTuple

from .descriptor import DATA, description, unknown
from .fingerprints import taken

STYLES = ("text", "bibtex")
_NAMED = {"~": "asciitilde", "^": "asciicircum", "\\": "backslash"}
_ESCAPED = str.maketrans(
    {char: f"\\{char}" for char in "&%$#_{}"}
    | {char: f"\\text{name}{{}}" for char, name in _NAMED.items()}
    | {"`": ""}
)


class Facts(NamedTuple):
    """What a citation says of the data; it stands in their description."""

    title: str
    authors: str
    year: str
    version: str
    licence: str


def facts() -> Facts:
    """Who published what and when, in which version, under which licence.

    The data and the package have one version, for they come out together.
    """
    package = description().package
    return Facts(
        title=package["title"],
        authors="; ".join(one["title"] for one in package["contributors"]),
        year=package["created"][:4],
        version=package["version"],
        licence=package["licenses"][0]["name"],
    )


def fingerprint() -> str:
    """Which data these are: twelve digits that change with any byte of any file.

    They are the first of the SHA-256 of what ``sha256sum`` prints of the CSV files and
    ``datapackage.json`` in order of their names, so that anyone can take them in the
    folder of the data::

        LC_ALL=C sha256sum *.csv datapackage.json | LC_ALL=C sort -k2 | sha256sum | cut -c1-12
    """
    lines = "".join(f"{digest}  {name}\n" for name, digest in sorted(taken(DATA).items()))
    return sha256(lines.encode("utf-8")).hexdigest()[:12]


def cite(style: Literal["text", "bibtex"] = "text") -> str:
    """How to cite this package, and the data it carries from others.

    First comes the package: authors, year, version, fingerprint of the data (see
    :func:`karabakh_data.citation.fingerprint`) and licence. Then come the works to cite
    along with tables that rest on them, each naming the table.

    >>> import karabakh_data as kd
    >>> kd.cite().startswith("The karabakh_data contributors (")
    True

    Args:
        style: ``text``, a line a work, or ``bibtex``, an entry a work.

    Raises:
        ValueError: no such style.
    """
    if style not in STYLES:
        raise ValueError(unknown("style", style, STYLES))
    known, data = facts(), fingerprint()
    sources = description().package["sources"]
    if style == "text":
        own = (
            f"{known.authors} ({known.year}): {known.title}. karabakh_data, "
            f"version {known.version}, data {data}. {known.licence}."
        )
        return "\n".join([own, *(f"{one['title']}. {one['description']}" for one in sources)])
    entry = {
        "author": f"{{{tex(known.authors)}}}",
        "title": f"{{{tex(known.title)}}}",
        "year": known.year,
        "version": known.version,
        "note": tex(f"karabakh_data, version {known.version}, data {data}. {known.licence}"),
    }
    others = (_entry(f"karabakh_data_{n}", _work(one)) for n, one in enumerate(sources, start=1))
    return "\n\n".join([_entry("karabakh_data", entry), *others])


def _work(source: dict[str, Any]) -> dict[str, str]:
    """A work of others: its reference is kept in one piece, as we have it."""
    fields = {"title": f"{{{tex(source['title'])}}}", "note": tex(source["description"])}
    return {**fields, **({"url": source["path"]} if "path" in source else {})}


def _entry(key: str, fields: dict[str, str]) -> str:
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items())
    return f"@misc{{{key},\n{lines}}}"


def tex(text: str) -> str:
    r"""A text as LaTeX takes it.

    >>> tex("R&D of `a_b`")
    'R\\&D of a\\_b'
    """
    return text.translate(_ESCAPED)
