"""What each side answered to each proposal, and why it declined: read by us, row by row.

The tables say who refused which text; they have no column for a reason, and none for an
acceptance short of a signature. Both are coded here from what the rows and their claims
say (summaries, notes), each with the source that tells it: by one reader, once.
"""

# ruff: noqa: E501
from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from ..loading import TEXT
from ._given import Tables, tables

REASONS = {
    "status": "the status of Nagorno-Karabakh, or the integrity of Azerbaijan's territory",
    "withdrawal": "who withdraws, or lays down arms, first or at all",
    "seat": "Karabakh as a party of its own",
    "guarantees": "guarantees, observers or peacekeepers: too few, or whose",
    "other": "another reason",
    "not told": "no reason is told",
}
"""Why a side declined: a closed list."""

ANSWERS = ("accepted", "declined")
"""What a side answered. An answer with conditions that were not met is a refusal; one in
principle, or as a basis for talks, an acceptance."""


class Answer(NamedTuple):
    """One side's answer to one proposal, as one source tells it."""

    event_id: str
    actor: str
    answer: str
    reason: str
    source: str


_AZ, _AM, _NK = "azerbaijan", "armenia", "nagorno-karabakh"
_YES, _NO = ANSWERS
_EE = "everything-explained-today.united-nations-security-council-reso"
_MK = "mountainous-karabakh-org.osce-minsk-group-s-proposals"

CODED: tuple[Answer, ...] = tuple(
    Answer(*row)
    for row in (
        ("1992-03-fourteen-points", _AZ, _NO, "status", "nkr-am.mediation-efforts-of-iran"),
        ("1992-05-19-helsinki-cso", _AZ, _NO, "withdrawal", "nv-am.uregulirovanie-karabahskogo-konflikta"),
        ("1993-04-04-geneva", _AZ, _NO, "withdrawal", "docslib-org.sydney-morning-herald-5-april-1993"),
        ("1993-05-tripartite-plan", _AZ, _YES, "", "latimes-com.ap-report-on-the-tripartite-plan"),
        ("1993-05-tripartite-plan", _AM, _NO, "guarantees", "csmonitor-com.a-us-turkish-russian-plan-may-halt-k"),
        ("1993-05-tripartite-plan", _NK, _NO, "guarantees", "latimes-com.ap-report-on-the-tripartite-plan"),
        ("1993-09-28-adjusted-timetable", _AZ, _NO, "withdrawal", _EE),
        ("1993-09-28-adjusted-timetable", _AM, _YES, "", _EE),
        ("1993-12-16-ceasefire", _AZ, _NO, "not told", "ca-c-org.article-by-t-balaian-central-asia-an"),
        ("1994-01-russian-proposal", _AZ, _NO, "not told", "aniarc-am.bishkek-and-moscow-end-of-the-bloods"),
        ("1994-02-18-moscow-protocol", _AZ, _NO, "withdrawal", "csmonitor-com.armenians-azeris-agree-to-russian-br"),
        ("1994-05-05-bishkek", _AZ, _NO, "seat", "garabagh-net.agreement-on-ceasefire"),
        ("1994-05-05-bishkek", _AZ, _NO, "guarantees", "caliber-az.1994-recollections-of-hasan-hasanov"),
        ("1994-05-05-bishkek", _AZ, _NO, "other", "insightkarabakh-com.what-was-the-bishkek-protocol-agreed"),
        ("1994-05-16-moscow-meeting", _AZ, _YES, "", "latimes-com.armenia-azerbaijan-agree-to-a-cease"),
        ("1994-05-16-moscow-meeting", _AM, _YES, "", "latimes-com.armenia-azerbaijan-agree-to-a-cease"),
        ("1994-05-16-moscow-meeting", _NK, _YES, "", "latimes-com.armenia-azerbaijan-agree-to-a-cease"),
        ("1994-08-washington-meeting", _AZ, _NO, "guarantees", "studfile-net.russia-s-interventions-in-ethnic-con"),
        ("1996-03-declaration-of-principles", _AZ, _NO, "not told", "rferl-org.stalled-karabakh-initiative-discusse"),
        ("1996-03-declaration-of-principles", _AM, _NO, "not told", "rferl-org.stalled-karabakh-initiative-discusse"),
        ("1996-05-primakov", _AZ, _NO, "seat", "nkr-mfa-russian-mediation"),
        ("1996-11-helsinki-round", _AM, _NO, "not told", "modernlib-net.v-guluzade-memoir-part-13"),
        ("1996-12-03-lisbon", _AZ, _NO, "status", "rferl-org.osce-summit-azerbaijan-blocking-text"),
        ("1996-12-03-lisbon", _AM, _NO, "status", "jamestown-org.osce-summit-unable-to-overcome-karab"),
        ("1997-01-france-co-chair", _AZ, _NO, "other", "rferl-org.russia-and-us-may-join-karabakh-talks"),
        ("1997-05-package", _NK, _NO, "not told", "c-r-org.the-role-of-the-osce-an-assessment-o"),
        ("1997-05-package", _AM, _NO, "other", "insightkarabakh-com.what-was-the-osce-minsk-group-s-pack"),
        ("1997-05-package", _AM, _YES, "", _MK),
        ("1997-05-package", _AZ, _YES, "", _MK),
        ("1997-05-package", _AZ, _NO, "not told", "aravot-am.karabakh-settlement-wishes-and-reali"),
        ("1997-09-step-by-step", _NK, _NO, "withdrawal", "c-r-org.the-role-of-the-osce-an-assessment-o"),
        ("1997-09-step-by-step", _AM, _YES, "", "aravot-am.karabakh-settlement-wishes-and-reali"),
        ("1997-09-step-by-step", _AZ, _YES, "", "aravot-am.karabakh-settlement-wishes-and-reali"),
        ("1997-10-yeltsin-summit-idea", _AZ, _NO, "not told", "jamestown-org.azerbaijan-armenia-clash-but-also-talk"),
        ("1997-10-yeltsin-summit-idea", _AM, _NO, "not told", "jamestown-org.azerbaijan-armenia-clash-but-also-talk"),
        ("1998-09-08-baku", _AZ, _NO, "not told", "asbarez-com.russia-does-not-sign-traceca"),
        ("1998-11-07-common-state", _AZ, _NO, "status", "garabagh-net.the-negotiations-during-1998"),
        ("1998-11-07-common-state", _AM, _YES, "", f"{_MK}-the-com"),
        ("1998-11-07-common-state", _NK, _YES, "", f"{_MK}-the-com"),
        ("1999-04-02-moscow", _AZ, _NO, "status", "jamestown-org.moscow-uses-karabakh-conflict-to-pe"),
        ("1999-04-02-moscow", _AM, _NO, "status", "jamestown-org.moscow-uses-karabakh-conflict-to-pe"),
        ("2006-05-paris-declined", _AM, _NO, "other", "pravda-ru.chirac-urges-peaceful-settlement"),
        ("2006-09-new-york", _AM, _NO, "other", "azatutyun-am.oskanian-on-cancelled-new-york-meeting"),
        ("2008-11-gul-summit", _AZ, _YES, "", "armenianclub-com.turkey-cannot-mediate"),
        ("2008-11-gul-summit", _AM, _NO, "other", "armenianclub-com.turkey-cannot-mediate"),
        ("2009-12-26-iran-declined", _AM, _NO, "other", "armeniandiaspora-com.armenia-rejects-iran-mediation"),
        ("2010-01-20-updated-madrid", _AZ, _YES, "", "armenianclub-com.azerbaijani-fm-on-updated-madrid-principles"),
        ("2010-01-20-updated-madrid", _AM, _NO, "not told", "armeniandiaspora-com.official-baku-doubts-sincerity"),
        ("2010-04-19-iran-proposals", _AZ, _YES, "", "armeniandiaspora-com.iran-proposes-to-hold-trilateral-meetin"),
        ("2010-04-19-iran-proposals", _AM, _NO, "other", "azerbaijanfoundation-az.armenia-not-agree-to-iran-s-mediatio"),
        ("2011-04-11-tour", _AZ, _YES, "", "armenianclub-com.osce-minsk-group-cochairmen-stress-the-need"),
        ("2011-04-11-tour", _AM, _YES, "", "armenianclub-com.osce-minsk-group-cochairmen-stress-the-need"),
        ("2011-06-24-kazan", _AZ, _NO, "not told", "mfa-am.nalbandian-first-lecture-at-ysu-2011"),
        ("2012-06-14-gilmore", _AZ, _NO, "withdrawal", "bloomberg-com.azerbaijan-dismisses-osce-proposal"),
        ("2014-05-07-warlick-elements", _NK, _NO, "withdrawal", "armeniandiaspora-com.nkr-statement-by-minsk-group-chair"),
        ("2014-08-15-bodies-talks", _AM, _NO, "other", "menafocus-qa.armenia-has-turned-down-the-proposal"),
        ("2014-08-15-bodies-talks", _AZ, _NO, "other", "menafocus-qa.armenia-has-turned-down-the-proposal"),
        ("2016-04-03-unilateral-ceasefire", _NK, _NO, "other", "csmonitor-com.azerbaijan-unilateral-cease-fire-aga"),
        ("2018-01-18-krakow", _AZ, _YES, "", "yeniavaz-com.russian-co-chair-reveals-details-of-krakow"),
        ("2018-01-18-krakow", _AM, _YES, "", "er-anca-org.yerevan-baku-agree-to-expand-mission"),
        ("2018-11-01-all-for-all-offer", _NK, _NO, "not told", "azatutyun-am.karabakh-speaks-against-all-for-all"),
        ("2018-11-01-all-for-all-offer", _AM, _NO, "not told", "arka-am.russia-welcomes-azeri-proposal"),
        ("2020-10-04-azerbaijan-terms", _NK, _NO, "withdrawal", "easternherald-com.war-in-nagorno-karabakh-artsakh-put"),
        ("2020-10-07-putin-proposal", _AZ, _NO, "not told", "news-am.why-did-i-sign-the-statement-of-nov"),
        ("2020-10-07-putin-proposal", _AM, _YES, "", "news-am.why-did-i-sign-the-statement-of-nov"),
        ("2020-10-08-terms", _AM, _NO, "guarantees", "zartnirnews-com.pashinyan-s-account-of-attempts-to"),
        ("2020-10-20-putin-offer", _AZ, _YES, "", "russia-islworld-ru.putin-admitted-he-did-not-understand"),
        ("2020-10-20-putin-offer", _AM, _NO, "other", "russia-islworld-ru.putin-admitted-he-did-not-understand"),
        ("2020-10-27-erdogan-proposal", _AM, _NO, "other", "azatutyun-am.erdogan-proposal-to-putin"),
        ("2021-11-18-delimitation-proposals", _AM, _YES, "", "azatutyun-am.russian-proposals-delimitation"),
        ("2022-03-26-parukh", _AZ, _NO, "other", "today-az.azerbaijani-mod-regret-russian-statement"),
        ("2023-03-13-baku-invitation", _NK, _NO, "other", "armenianclub-com.nagorno-karabakh-responds-meeting"),
        ("2023-03-27-baku-invitation", _NK, _NO, "other", "karabakhspace-commonspace-eu.azerbaijan-again-proposes-talks"),
        ("2023-08-lavrov-roads-proposal", _AZ, _YES, "", "gagrule-net.lavrov-offered-to-open-aghdam-road"),
        ("2023-08-lavrov-roads-proposal", _NK, _YES, "", "gagrule-net.lavrov-offered-to-open-aghdam-road"),
        ("2023-08-lavrov-roads-proposal", _NK, _NO, "other", "gagrule-net.lavrov-offered-to-open-aghdam-road"),
        ("2023-09-19-karabakh-appeal", _AZ, _NO, "withdrawal", "azertag-az.communication-of-the-administration"),
        ("2023-10-05-granada", _AZ, _NO, "other", "straitstimes-com.azerbaijan-s-aliyev-to-skip-eu-talks"),
        ("2023-11-20-washington", _AZ, _NO, "other", "azatutyun-am.baku-washington-talks-january-obrien"),
        ("2023-12-14-mirror-withdrawal", _AZ, _NO, "withdrawal", "azatutyun-am.baku-rejects-troop-withdrawal"),
        ("2024-04-15-kazakhstan-offer", _AZ, _YES, "", "timesca-com.talks-in-kazakhstan"),
        ("2024-04-15-kazakhstan-offer", _AM, _YES, "", "astanatimes-com.tokayev-welcomes-almaty"),
        ("2024-07-18-blenheim", _AM, _NO, "not told", "azernews-az.epc-summit-oxford-no-meeting"),
        ("2024-07-18-blenheim", _AZ, _NO, "not told", "thearmenianreport-com.blame-each-other-missed-talks"),
        ("2024-08-31-agreed-articles-proposal", _AZ, _NO, "not told", "caliber-az.armenia-proposes-comprehensive-package"),
        ("2024-09-09-kazakhstan-offer", _AZ, _YES, "", "news-az.kazakhstan-ready-to-host"),
        ("2024-12-malta", _AZ, _NO, "other", "azatutyun-am.blinken-proposed-trilateral-malta"),
        ("2025-07-11-barrack-lease", _AM, _NO, "other", "massispost-com.washington-proposes-100-year-lease"),
    )
)  # fmt: skip
"""The answers, in order of the day. One of the several who tell it is named as source."""


def coded(record: Tables | None = None) -> pd.DataFrame:
    """The answers coded here that the record given holds: one row is one told reason.

    Only those whose source speaks of that step in the record, so that a part of the
    ledger has its own answers. Columns: ``event_id``, ``actor``, ``answer``, ``reason``
    (empty for an acceptance), ``source``, ``perspective`` (of the source).
    """
    given = tables(record)
    rows = pd.DataFrame(CODED, columns=list(Answer._fields)).astype(TEXT)
    spoken = _spoken(given, set(rows["source"]))
    kept = [pair in spoken for pair in zip(rows["event_id"], rows["source"], strict=True)]
    rows = rows[pd.Series(kept, rows.index, dtype=bool)]
    views = given["sources"].set_index("source")["perspective"].astype(object)
    return rows.assign(
        perspective=pd.Series([views.get(one) for one in rows["source"]], rows.index, dtype=TEXT)
    ).reset_index(drop=True)


def _spoken(given: Tables, sources: set[str]) -> set[tuple[str, str]]:
    """Which of some sources speak of which steps, or of what belongs to them."""
    documents, provisions = given["documents"], given["provisions"]
    of_text = dict(zip(documents["document_id"], documents["event_id"], strict=True))
    step: dict[str, str] = {one: one for one in given["events"]["event_id"]} | of_text
    for name in ("ceasefires", "participants"):
        step |= dict(zip(given[name].iloc[:, 0], given[name]["event_id"], strict=True))
    for rows in (given["signatures"], provisions):
        texts = rows["document_id"].map(of_text)
        step |= dict(zip(rows.iloc[:, 0], texts, strict=True))
    claims = given["claims"]
    claims = claims[claims["source"].isin(sources)]
    pairs = zip(claims["record_id"], claims["source"], strict=True)
    return {(step[key], source) for key, source in pairs if key in step}
