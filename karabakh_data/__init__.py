"""Mediation and ceasefire attempts in the Nagorno-Karabakh conflict, as tidy tables.

Every coded value can be traced to a named source, and every disagreement between
sources is kept::

    import karabakh_data as kd

    kd.tables()  # what there is
    kd.load("ceasefires")  # a typed pandas DataFrame
    kd.codebook("ceasefires")  # what its columns mean
    kd.evidence("events", "1992-09-19-sochi")  # who says so
    kd.disagreements()  # and who says otherwise
    kd.record(claims)  # all tables, as these claims tell them
    kd.find("Xankəndi")  # where a name, title or id occurs, in any script
    kd.in_force("1993-09-15")  # which ceasefires were in force on a day, or on each of many
    kd.studies.attempts.attempts()  # counts and measures; help(kd.studies) says which
"""

from __future__ import annotations

# As typing has it, whose import would cost more than all else here. It is false; were it
# written so, completion (jedi) would take what follows for never run, and not read it.
TYPE_CHECKING = bool("")
if TYPE_CHECKING:
    from typing import Any

    from . import charts, studies
    from .citation import cite
    from .exporting import export
    from .finding import find
    from .ledger import disagreements, evidence
    from .loading import codebook, load, path, tables, vocabulary
    from .records import record
    from .releases import changes
    from .studies.force import in_force

__version__ = "0.2.0.dev0"

_ROOMS = {  # opened when first touched, so that importing the package imports no pandas
    "changes": "releases",
    "cite": "citation",
    "codebook": "loading",
    "disagreements": "ledger",
    "evidence": "ledger",
    "export": "exporting",
    "find": "finding",
    "in_force": "studies.force",
    "load": "loading",
    "path": "loading",
    "record": "records",
    "tables": "loading",
    "vocabulary": "loading",
}

__all__ = [
    "__version__",
    "changes",
    "charts",
    "cite",
    "codebook",
    "disagreements",
    "evidence",
    "export",
    "find",
    "in_force",
    "load",
    "path",
    "record",
    "studies",
    "tables",
    "vocabulary",
]


def __getattr__(name: str) -> Any:
    from importlib import import_module

    if name in ("charts", "studies"):
        return import_module(f".{name}", __name__)
    if name in _ROOMS:
        found = getattr(import_module(f".{_ROOMS[name]}", __name__), name)
        globals()[name] = found
        return found
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__
