"""Official accounts of the mediation, one of each side, held against all other sources.

Each is asked the same: which steps it tells of those that others tell in its span, what
it says otherwise than others, and what it leaves out. How much of each page could be read
differs, and :data:`ACCOUNTS` says it: what lies beyond is no omission.
"""

from __future__ import annotations

import pandas as pd

from ..adoption import CELL
from ..descriptor import unknown
from ..frames import looked_up, needs
from ..ledger import values_by_cell, with_source
from ..loading import TEXT
from ._given import Tables, tables
from ._official import ACCOUNTS, Account, joined, stands_alone
from .disagreement import in_reader_words, is_date
from .naming import names, steps_of, titles_of
from .tellers import abbreviated

__all__ = [
    "ACCOUNTS",
    "RUSSIA",
    "WIDELY",
    "Account",
    "account",
    "all_left_out",
    "alone",
    "beside_others",
    "in_account",
    "left_out",
    "measures",
    "refusals",
    "steps",
    "told_together",
]


WIDELY = 3
"""How many perspectives besides the account make a step one that is widely told."""

RUSSIA = ("russia", "russia-trilateral", "russia-kazakhstan", "russia-turkey")
"""Formats in which Russia mediated, alone or with others it led."""


def account(name: str) -> Account:
    """One of :data:`ACCOUNTS`.

    >>> from karabakh_data.studies import official
    >>> official.account("karabakh").sources
    ('nkr-mfa-russian-mediation',)

    Raises:
        ValueError: no such account.
    """
    if name not in ACCOUNTS:
        raise ValueError(unknown("account", name, ACCOUNTS))
    return ACCOUNTS[name]


def in_account(rows: pd.DataFrame, name: str) -> pd.Series:
    """Whether each row, with the column ``source``, comes from a page of the account.

    Raises:
        ValueError: no such account, or no such column.
    """
    needs(rows, "source")
    return rows["source"].isin(account(name).sources).rename("in_account")


def steps(name: str, record: Tables | None = None) -> pd.DataFrame:
    """The steps of the account's span: one row is one, in the record's order.

    The span runs from the first day of the first step it tells to that of the last.
    Columns: ``event_id``, ``title``, ``start``, ``kind``, ``format``; ``told`` (the
    account speaks of it or of what belongs to it); ``others`` (of how many perspectives
    other sources speak of it); ``widely`` (of :data:`WIDELY` at least).

    Raises:
        ValueError: no such account.
    """
    given = tables(record)
    claims = with_source(given["claims"], given)
    about, mine = steps_of(claims, record=given), in_account(claims, name)
    other = pd.DataFrame({"step": about, "view": claims["perspective"].astype(TEXT)})[~mine]
    known = other.dropna(subset=["step"]).groupby("step")["view"].nunique().astype("Int64")
    rows = given["events"][["event_id", "title", "start", "kind", "format"]]
    told = rows["event_id"].isin(about[mine].dropna())
    days = rows.loc[told, "start"]
    here = rows["start"].between(days.min(), days.max()) | told
    others = looked_up(rows["event_id"], known).fillna(0).astype("int64")
    found = rows.assign(told=told, others=others, widely=others >= WIDELY)
    return found[here].reset_index(drop=True)


def measures(record: Tables | None = None) -> pd.DataFrame:
    """The same measures for every account: one row is one, by its short name.

    Columns: ``name``; ``claims`` (statements coded); ``first``, ``last`` (years of its
    span, missing if it tells no dated step); ``told``, ``span`` (steps it tells, and all
    of its span); ``widely_told``, ``widely`` (of those widely told, see :func:`steps`);
    ``russia_told``, ``russia`` and ``minsk_told``, ``minsk`` (of Russia's steps and of
    the Minsk process's in its span); ``shared`` (cells of which it and others speak);
    ``otherwise`` (of them, those where nobody else says what it says).
    """
    given = tables(record)
    rows = []
    for key, one in ACCOUNTS.items():
        span = steps(key, given)
        days = span.loc[span["told"], "start"]
        groups = {
            "": pd.Series(data=True, index=span.index, dtype=bool),
            "widely": span["widely"],
            "russia": span["format"].isin(RUSSIA),
            "minsk": span["format"].eq("minsk-process"),
        }
        row: dict[str, object] = {
            "account": key,
            "name": one.name,
            "claims": int(in_account(given["claims"], key).sum()),
            "first": days.min().year,
            "last": days.max().year,
        }
        for group, of in groups.items():
            row[f"{group}_told".strip("_")] = int((of & span["told"]).sum())
            row[group or "span"] = int(of.sum())
        cells = beside_others(key, given)
        row["shared"], row["otherwise"] = len(cells), int(cells["otherwise"].sum())
        rows.append(row)
    found = pd.DataFrame(rows).set_index("account")
    numbers = found.columns.drop("name")
    return found.astype({"name": TEXT, **dict.fromkeys(numbers, "Int64")})


def beside_others(name: str, record: Tables | None = None) -> pd.DataFrame:
    """The cells of which the account and other sources speak: one row is one.

    Columns: ``table``, ``record_id``, ``column``; ``about`` (title of the record);
    ``says`` (its version in words, several with semicolons); ``others`` (the others',
    each with the perspectives that tell it); ``otherwise`` (nobody else says what it
    says, and of dates none holds its within it or lies within it).

    Raises:
        ValueError: no such account.
    """
    given = tables(record)
    claims = with_source(given["claims"], given)
    mine = in_account(claims, name)
    own = claims[mine].drop_duplicates([*CELL, "value"])
    rest = claims[~mine].merge(own[CELL].drop_duplicates(), on=CELL)
    own = own.merge(rest[CELL].drop_duplicates(), on=CELL)
    said, told = values_by_cell(own), values_by_cell(rest)
    cells = own[CELL].drop_duplicates().reset_index(drop=True)
    keys = list(cells.itertuples(index=False, name=None))
    asked = zip(keys, is_date(cells), strict=True)
    by_itself = [stands_alone(set(said[key]), set(told[key]), day) for key, day in asked]
    says = joined(own, in_reader_words(own, "value", given))
    words = in_reader_words(rest, "value", given)
    others = joined(rest, words, abbreviated(rest["perspective"]))
    return cells.assign(
        about=titles_of(cells, record=given).astype(TEXT),
        says=pd.Series([says[key] for key in keys], dtype=TEXT),
        others=pd.Series([others[key] for key in keys], dtype=TEXT),
        otherwise=pd.Series(by_itself, dtype=bool),
    )


def told_together(record: Tables | None = None) -> pd.DataFrame:
    """The steps that the accounts tell: one row is one step of one account, in order.

    Columns: ``account`` (its name), ``event_id``, ``title``, ``start``; ``by`` (how many
    of the accounts tell the step).
    """
    given = tables(record)
    rows = _of_all({key: steps(key, given).query("told") for key in ACCOUNTS})
    by = rows.groupby("event_id")["account"].transform("nunique").astype("int64")
    columns = ["account", "event_id", "title", "start", "by"]
    return rows.assign(by=by)[columns].sort_values("start", kind="stable", ignore_index=True)


def alone(record: Tables | None = None) -> pd.DataFrame:
    """What the accounts say and nobody else does: one row is one fact of one account.

    Columns: ``account`` (its name); ``about``, ``column``, ``says``, ``others`` (see
    :func:`beside_others`).
    """
    given = tables(record)
    rows = _of_all({key: beside_others(key, given).query("otherwise") for key in ACCOUNTS})
    return rows[["account", "about", "column", "says", "others"]]


def left_out(name: str, record: Tables | None = None) -> pd.DataFrame:
    """The widely told steps of its span that the account does not tell, most told first.

    Columns as in :func:`steps`, with ``format_name``.
    """
    given = tables(record)
    span = steps(name, given)
    rows = span[span["widely"] & ~span["told"]]
    rows = rows.sort_values(["others", "start"], ascending=[False, True], ignore_index=True)
    return rows.assign(format_name=looked_up(rows["format"], names("formats", record=given)))


def all_left_out(first: int, record: Tables | None = None) -> pd.DataFrame:
    """For each account the ``first`` most told steps that it leaves out.

    Columns: ``account`` (its name); ``start``, ``title``, ``format_name``, ``others`` (see
    :func:`left_out`).
    """
    given = tables(record)
    rows = _of_all({key: left_out(key, given).head(first) for key in ACCOUNTS})
    return rows[["account", "start", "title", "format_name", "others"]]


def _of_all(parts: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """The rows of all accounts, with whose they are."""
    named = [rows.assign(account=ACCOUNTS[key].name) for key, rows in parts.items()]
    return pd.concat(named, ignore_index=True).astype({"account": TEXT})


def refusals(record: Tables | None = None) -> pd.DataFrame:
    """Of the refusals in each account's span, how many it tells, by whose they are.

    One row is one account and one side. Columns: ``account``, ``side``; ``told``, ``of``.
    """
    given = tables(record)
    acts = given["signatures"]
    acts = acts[acts["status"] == "refused"]
    sides = looked_up(acts["actor"], given["actors"].set_index("actor")["side"].astype(TEXT))
    texts = given["documents"].set_index("document_id")["event_id"]
    step = looked_up(acts["document_id"], texts)
    rows = []
    for key in ACCOUNTS:
        claims = given["claims"][in_account(given["claims"], key)]
        tells = acts["signature_id"].isin(claims["record_id"])
        here = step.isin(steps(key, given)["event_id"])
        for side in ("armenian", "azerbaijani"):
            of = (sides == side) & here
            rows.append((key, side, int((of & tells).sum()), int(of.sum())))
    found = pd.DataFrame(rows, columns=["account", "side", "told", "of"])
    return found.astype({"account": TEXT, "side": TEXT})
