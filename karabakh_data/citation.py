"""How to cite the data."""

from __future__ import annotations

from .descriptor import description


def cite() -> str:
    """How to cite this package, and the data it carries from others.

    The first line is the package, with its version; the lines after it are the
    works to cite along with tables that rest on them, each naming the table.
    """
    described = description().package
    own = f"{described['title']}. karabakh_data, version {described['version']}. CC BY 4.0."
    others = (f"{source['title']}. {source['description']}" for source in described["sources"])
    return "\n".join([own, *others])
