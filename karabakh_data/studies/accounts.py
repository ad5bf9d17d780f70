"""Accounts of compliance: who says what became of a provision, and who says otherwise."""

from __future__ import annotations

import pandas as pd

from ..frames import looked_up, needs
from ..ledger import with_source
from ..loading import TEXT
from ._given import Tables, tables
from .provisions import BECAME, KEPT, OBLIGED, provisions


def told(record: Tables | None = None) -> pd.DataFrame:
    """Who tells what became of a provision: one row is one version from one perspective.

    Columns: ``provision_id``, ``document_id``, ``whom``, ``perspective``, ``value``;
    ``kept`` (see :data:`~karabakh_data.studies.provisions.KEPT`; missing for what is only
    contested); ``teller`` (“own side”, “other side”, “third”; missing where no one side
    is obliged).
    """
    given = tables(record)
    rows = provisions(given).set_index("provision_id")
    claims = given["claims"]
    said = claims[(claims["table"] == "provisions") & (claims["column"] == "fate")]
    said = with_source(said, given)[["record_id", "perspective", "value"]]
    said = said.astype({"perspective": TEXT}).drop_duplicates(ignore_index=True)
    said = said.rename(columns={"record_id": "provision_id"})
    said = said[said["provision_id"].isin(rows.index)]
    said = said.assign(
        document_id=looked_up(said["provision_id"], rows["document_id"]),
        whom=looked_up(said["provision_id"], rows["whom"]),
        kept=said["value"].isin(KEPT).astype("boolean").mask(said["value"] == "in_dispute"),
    )
    views = said["perspective"].map(OBLIGED)
    teller = views.eq(said["whom"]).map({True: "own side", False: "other side"}).astype(object)
    teller = teller.mask(views.isna(), "third").where(said["whom"].isin(list(OBLIGED.values())))
    columns = ["provision_id", "document_id", "whom", "perspective", "value", "kept"]
    return said[columns].assign(teller=teller.astype(TEXT)).reset_index(drop=True)


def disputed(record: Tables | None = None) -> pd.DataFrame:
    """The provisions on whose fate sources differ: one row is one.

    Columns: ``provision_id``, ``document_id``, ``about``, ``whom``; ``versions`` (what is
    told, in words); ``kept_or_not`` (whether some say that it was kept and others that it
    was not); ``judged`` (the fate adopted, in words).
    """
    given = tables(record)
    rows, said = provisions(given), told(given)
    versions = said.groupby("provision_id")["value"].agg(lambda one: sorted(set(one)))
    verdicts = said.groupby("provision_id")["kept"].nunique()
    several = versions[versions.map(len) > 1]
    found = rows[rows["provision_id"].isin(several.index)].reset_index(drop=True)
    words = [", ".join(BECAME[one] for one in several[key]) for key in found["provision_id"]]
    return found[["provision_id", "document_id", "about", "whom"]].assign(
        versions=pd.Series(words, found.index, dtype=TEXT),
        kept_or_not=looked_up(found["provision_id"], verdicts).gt(1).astype(bool),
        judged=found["became"].astype(TEXT),
    )


def judged_whole(record: Tables | None = None) -> pd.DataFrame:
    """Whether one verdict on a whole text stands on each of its provisions.

    One row is one text with two provisions or more of a told fate. Columns:
    ``document_id``; ``provisions`` (count); ``whole`` (whether one source says the same
    of all of them).
    """
    given = tables(record)
    rows, claims = given["provisions"], given["claims"]
    rows = rows[rows["fate"].notna()]
    said = claims[(claims["table"] == "provisions") & (claims["column"] == "fate")]
    said = said.merge(
        rows[["provision_id", "document_id"]], left_on="record_id", right_on="provision_id"
    )
    sizes = rows.groupby("document_id")["provision_id"].nunique()
    sizes = sizes[sizes > 1].rename("provisions").astype("int64")
    alike = said.groupby(["document_id", "source", "value"])["provision_id"].nunique()
    most = alike.groupby("document_id").max()
    table = sizes.reset_index()
    reached = looked_up(table["document_id"], most).fillna(0).astype("int64")
    return table.assign(whole=(reached == table["provisions"]).astype(bool))


def both_speak(told: pd.DataFrame) -> pd.DataFrame:
    """The provisions of which both sides' sources say whether they were kept: a row is one.

    Like is so held with like. Columns: ``provision_id``, ``document_id``, ``whom``;
    ``own``, ``other`` (whether any source of the side obliged, and of the other side,
    says that it was kept, at least in part).

    Args:
        told: as :func:`told` gives it, or a part of it.
    """
    needs(told, "provision_id", "document_id", "whom", "teller", "kept")
    rows = told.dropna(subset=["kept", "teller"])
    keys = ["provision_id", "document_id", "whom"]
    said = {
        name: rows[rows["teller"] == f"{name} side"].groupby(keys)["kept"].max().rename(name)
        for name in ("own", "other")
    }
    found = pd.concat(list(said.values()), axis=1, join="inner").reset_index()
    return found.astype(dict.fromkeys(keys, TEXT) | {"own": bool, "other": bool})


def by_side(both: pd.DataFrame) -> pd.DataFrame:
    """How many each side is said to have kept, by its own sources and by the other's.

    One row is one side. Columns: ``whom``; ``clauses``, ``by_its_own``, ``by_the_other``
    (counts).

    Args:
        both: as :func:`both_speak` gives it.
    """
    needs(both, "whom", "own", "other")
    groups = both.groupby("whom")
    table = groups.agg(
        clauses=("own", "size"), by_its_own=("own", "sum"), by_the_other=("other", "sum")
    )
    return table.astype("int64").reset_index()
