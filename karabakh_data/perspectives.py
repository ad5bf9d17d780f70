"""Who says what: whose sources tell a value, whose another, and where they meet."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from .descriptor import with_claims
from .ledger import with_source
from .measures import acts, named
from .tables import load

SHORT = {
    "armenian": "Arm.",
    "azerbaijani": "Az.",
    "russian": "Rus.",
    "turkish": "Turk.",
    "iranian": "Iran.",
    "kazakh": "Kaz.",
    "international_organisation": "Int.",
    "third_party": "third",
}


def told_by(table: str, column: str) -> pd.DataFrame:
    """Whose sources tell the value a record holds, and whose tell another.

    Columns: ``told_by`` and ``otherwise``, perspectives in short; a row per record.
    """
    claims = load("claims")
    claims = claims[(claims["table"] == with_claims(table)) & (claims["column"] == column)]
    said = with_source(claims)
    said["view"] = said["perspective"].astype(str).map(SHORT)
    said["adopted"] = said["agreement"].isin(["same", "compatible"])
    views = said.groupby(["record_id", "adopted", "value"])["view"].unique()
    rows = views.map(lambda names: ", ".join(sorted(names))).reset_index()
    rival = rows["value"].str.replace("_", " ") + ": " + rows["view"]
    told = rows[rows["adopted"]].groupby("record_id")["view"].agg("; ".join)
    otherwise = rival[~rows["adopted"]].groupby(rows["record_id"]).agg("; ".join)
    return pd.DataFrame({"told_by": told, "otherwise": otherwise}).fillna("")


def refusals(attempts: pd.DataFrame) -> pd.DataFrame:
    """Proposals that were refused: who put each forward, and who declined it.

    One row per proposal and party; columns ``day`` (declared), ``title``, ``put_forward``
    (who started it, passed it on or signed it), ``declined``, ``told_by``. Where
    no text is known no party can stand beside it, and ``declined`` is missing.
    """
    refused = attempts[attempts["fate"] == "refused"].sort_values("day", kind="stable")
    refused = refused.assign(day=refused["declared"])  # blank where no source gives it
    refused = refused[["ceasefire_id", "event_id", "document_id", "day", "title"]]
    hands = named(acts(), "actor")
    roles = named(load("participants"), "actor")
    roles = roles[roles["role"].isin(["initiator", "mediator"])]
    makers = pd.concat([roles, hands[hands["status"].isin(["signed", "signed_later"])]])
    named_by = makers.groupby("event_id")["actor"].agg(lambda a: ", ".join(sorted(set(a))))
    no = hands[hands["status"] == "refused"].rename(columns={"actor": "declined"})
    no = no.join(told_by("signatures", "status")["told_by"], on="signature_id")
    columns = ["document_id", "declined", "told_by"]
    rows = refused.merge(no[columns], how="left", on="document_id")
    fate = rows["ceasefire_id"].map(told_by("ceasefires", "fate")["told_by"])
    rows["told_by"] = rows["told_by"].fillna(fate)
    rows["put_forward"] = rows["event_id"].map(named_by)
    return rows[["day", "title", "put_forward", "declined", "told_by"]]


def refusals_told() -> pd.DataFrame:
    """Who tells that a text was refused: one row per refusal and perspective.

    Columns: ``signature_id``, ``actor`` (who is said to have refused), ``perspective``,
    ``own`` (whether that is the actor's own; Nagorno-Karabakh's is Armenian).
    """
    refused = named(load("signatures").query("status == 'refused'"), "actor")
    claims = load("claims").query("table == 'signatures' and column == 'status'")
    claims = with_source(claims[claims["value"] == "refused"])
    rows = refused.merge(claims, left_on="signature_id", right_on="record_id")
    rows = rows[["signature_id", "actor", "perspective"]].astype(str).drop_duplicates()
    sides = {"Armenia": "armenian", "Nagorno-Karabakh": "armenian", "Azerbaijan": "azerbaijani"}
    return rows.assign(own=rows["actor"].map(sides) == rows["perspective"])


def versions(differing: pd.DataFrame) -> pd.DataFrame:
    """Rival versions cell by cell, in words: one row per cell and rival value.

    Takes claims as :func:`karabakh_data.disagreements` gives them. Columns:
    ``about`` (title of the record), ``column``, ``adopted``, ``rival``,
    ``told_by`` (perspectives in short, each with how many of its sources say so).
    """
    rows = differing.assign(about=_titles(differing))
    for column in ("actor", "person", "place", "format"):
        own = rows["column"] == column
        for side in ("adopted", "value"):
            words = named(rows.loc[own, [side]].rename(columns={side: column}), column)
            rows.loc[own, side] = words[column]
    rows["told_by"] = rows["perspective"].astype(str).map(SHORT)
    rows = rows.rename(columns={"value": "rival"})
    cell = ["about", "column", "adopted", "rival"]
    told = rows.groupby(cell, sort=False, dropna=False)["told_by"].agg(_times).reset_index()
    coded = told["column"].isin(["fate", "kind", "outcome", "role", "scope", "status", "step"])
    for side in ("adopted", "rival"):
        told[side] = told[side].where(~coded, told[side].str.replace("_", " "))
    return told


def _titles(claims: pd.DataFrame) -> list[str]:
    """What each claim is about: a title, for a signature or a seat with whose it is."""
    titles: dict[tuple[str, str], str] = {}
    for table, of in (
        ("events", None), ("ceasefires", None), ("documents", None),
        ("signatures", "documents"), ("participants", "events"),
    ):  # fmt: skip
        rows = load(table)
        if of:
            rows = named(rows, "actor", "person")
            text = rows[f"{of[:-1]}_id"].map(load(of).set_index(f"{of[:-1]}_id")["title"])
            rows["title"] = text + ": " + rows["person"].fillna(rows["actor"])
        keys = [(table, key) for key in rows.iloc[:, 0]]
        titles.update(zip(keys, rows["title"], strict=True))
    pairs = zip(claims["table"], claims["record_id"], strict=True)
    words = []
    for table, record in pairs:
        step, _, rest = record.partition(".")  # what has no title belongs to a step
        part = f": {rest.replace('-', ' ')}" if rest else ""
        words.append(titles.get((table, record)) or titles.get(("events", step), step) + part)
    return words


def _times(views: pd.Series) -> str:
    counts = views.value_counts().sort_index()
    return ", ".join(f"{n} {view}" if n > 1 else str(view) for view, n in counts.items())


def shared_cells(first: str, second: str, without: str = "") -> pd.DataFrame:
    """The cells of which sources of both perspectives speak, ``without`` one source.

    Columns: ``table``, ``record_id``, ``column``; ``first`` and ``second`` (the
    values each gives); ``common`` (whether they have one in common).
    """
    claims = with_source(load("claims"))
    claims = claims[claims["source"] != without]
    cell = ["table", "record_id", "column"]
    said = [
        claims[claims["perspective"] == view].groupby(cell, observed=True)["value"].agg(set)
        for view in (first, second)
    ]
    rows = pd.concat(said, axis=1, keys=["first", "second"]).dropna().reset_index()
    pairs = zip(rows["first"], rows["second"], strict=True)
    return rows.assign(common=[bool(one & other) for one, other in pairs])


def in_common(shared: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """How many of each set of shared cells have a value in common. Needs scipy.

    Takes frames of :func:`shared_cells` by name. Columns: ``cells``, ``in common``,
    ``percent``, ``95% interval`` (Wilson).
    """
    from scipy import stats

    rates = {}
    for name, rows in shared.items():
        found, of = int(rows["common"].sum()), len(rows)
        low, high = stats.binomtest(found, of).proportion_ci(method="wilson")
        reach = f"{100 * low:.0f} to {100 * high:.0f}"
        rates[name] = [of, found, round(100 * found / of), reach]
    columns = ["cells", "in common", "percent", "95% interval"]
    return pd.DataFrame.from_dict(rates, orient="index", columns=columns)


def date_spread(differing: pd.DataFrame) -> pd.Series:
    """How many days apart the versions of a step's day lie, widest first, by its title.

    Takes claims as :func:`karabakh_data.disagreements` gives them, the adopted
    value included; claims that are not days, and ends of ceasefires, are left out.
    """
    rows = differing[differing["column"] != "ended"]
    rival = pd.to_datetime(rows["value"], format="%Y-%m-%d", errors="coerce")
    adopted = pd.to_datetime(rows["adopted"], format="%Y-%m-%d", errors="coerce")
    apart = (rival - adopted).abs().dt.days
    titles = load("events").set_index("event_id")["title"]
    step = rows["record_id"].str.split(".").str[0].map(titles).rename("step")
    widest: pd.Series = apart.groupby(step).max().dropna().astype(int)
    return widest[widest > 0].sort_values(ascending=False, kind="stable").rename("days")
