"""What is made of matplotlib's SVG: short, for who reads it aloud, and for pages in the dark."""

from __future__ import annotations

import html
import re

from .palette import in_the_dark

_FONTS = (
    "system-ui, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, 'Liberation Sans', 'DejaVu Sans', "
    "Verdana, sans-serif"
)
"""The reader's own; the layout is that of DejaVu Sans, the widest of them beside Verdana."""


def for_readers(svg: str, title: str, alt: str) -> str:
    """The SVG with what it is called, the fonts of its text, and its colours in the dark."""
    svg = re.sub(r"<!DOCTYPE[^>]*>\s*", "", svg)
    svg = re.sub(r"; font-family: [^;\"]*", "", svg)
    svg = re.sub(r"\n\s*", "\n", svg)
    svg = re.sub(r'(<path id="[^"]*" d="[^"]*") style="[^"]*"', r"\1", svg)  # its uses have it
    svg = _SHARED.sub(_share, svg)
    svg = _TAG.sub(_round, svg)
    svg = re.sub(r' d="([^"]*)"', lambda path: f' d="{_short(path[1])}"', svg)
    svg = re.sub(r'<g id="[a-zA-Z][^"]*_\d+">', "<g>", svg)  # nothing asks for them
    for _ in range(2):
        svg = re.sub(r"<g>\n(<[^<>]*/>|<text [^<>]*>[^<>]*</text>)\n</g>", r"\1", svg)
    used = sorted(set(re.findall(r"(fill|stroke): (#[0-9a-f]{6})", svg)))
    dark = "".join(
        f'.kd-chart [style*="{part}: {light}"]{{{part}:{in_the_dark(light)}!important}}'
        for part, light in used
    )
    opening = f'<svg class="kd-chart" role="img" font-family="{_FONTS}" '
    told = f"<title>{html.escape(title, quote=False)}</title>\n"
    if alt:
        told += f"<desc>{html.escape(alt, quote=False)}</desc>\n"
    svg = svg.replace("<svg ", opening, 1)
    svg = svg.replace("<defs>", f"{told}<defs>", 1)
    return svg.replace("</style>", f"@media(prefers-color-scheme:dark){{{dark}}}</style>", 1)


_TAG = re.compile(r"<[^<>]*>")
"""What stands between the texts: they are as they were given, with all their digits."""


def _round(tag: re.Match[str]) -> str:
    """The tag, with places to a hundredth of a point."""
    return re.sub(r"(\d\.\d\d)\d+", r"\1", tag[0])


def _short(path: str) -> str:
    """The steps of a path without what may be left out."""
    return re.sub(r"\s*([A-Za-z])\s*", r"\1", path)


_SHARED = re.compile(r'(?:<use [^>]* style="([^"]*)"/>\n)(?:<use [^>]* style="\1"/>\n)+')
"""Marks one after the other that look alike."""


def _share(marks: re.Match[str]) -> str:
    """The marks, with their look said once."""
    look = f' style="{marks[1]}"'
    return f"<g{look}>\n{marks[0].replace(look, '')}</g>\n"
