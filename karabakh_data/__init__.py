"""Mediation and ceasefire attempts in the Nagorno-Karabakh conflict, as tidy tables.

Every coded value can be traced to a named source, and every disagreement between
sources is kept::

    import karabakh_data as kd

    kd.tables()  # what there is
    kd.load("ceasefires")  # a typed pandas DataFrame
    kd.codebook("ceasefires")  # what its columns mean
    kd.evidence("events", "1992-09-19-sochi")  # who says so
    kd.disagreements()  # and who says otherwise
"""

from .citation import cite
from .ledger import disagreements, evidence
from .tables import codebook, load, path, tables

__version__ = "0.1.0"

__all__ = [
    "__version__",
    "cite",
    "codebook",
    "disagreements",
    "evidence",
    "load",
    "path",
    "tables",
]
