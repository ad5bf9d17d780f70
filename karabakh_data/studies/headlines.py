"""The findings as numbers, to be asked of any adoption of the ledger.

Each takes the tables as arrays (see :data:`karabakh_data.studies.robust.Columns`) and
gives one number, missing (NaN) where there is nothing to count. The notebooks tell them
in words; :data:`HEADLINES` has them all by the sentence they stand for.
"""

from __future__ import annotations

from functools import cache

import numpy as np

from .attempts import A_WEEK, COUNTED_ELSEWHERE, FAILED, OWN_STEPS
from .offers import ONE_PROPOSAL
from .places import AT_HOME
from .provisions import FOOTING, KEPT, KNOWN
from .robust import Columns, Headline

STOP, LAST_SEAT, SECOND_WAR = "1994-05-11", "1997-04-30", "2020-11-10"
"""Days that periods are told by: the ceasefire of May 1994 was declared; the authorities in
Stepanakert were last a party as a rule; the second war ended."""

TAKEN_ON = tuple(status for status, footing in FOOTING.items() if footing == "signed or agreed")
"""Statuses of texts that the sides took on."""


def _share(part: np.ndarray, whole: np.ndarray) -> float:
    counted = int(whole.sum())
    return float((part & whole).sum() / counted) if counted else float("nan")


def _known(values: np.ndarray) -> np.ndarray:
    return np.array([value is not None for value in values], dtype=bool)


def _own(columns: Columns) -> np.ndarray:
    """Which rows of ``ceasefires`` are attempts of their own."""
    rows = columns["ceasefires"]
    return np.isin(rows["step"], OWN_STEPS) & ~np.isin(rows["fate"], COUNTED_ELSEWHERE)


def _days(columns: Columns) -> np.ndarray:
    """The day by which each row of ``ceasefires`` is placed, blank where none is known."""
    rows, events = columns["ceasefires"], columns["events"]
    first = dict(zip(events["event_id"], events["start"], strict=True))
    pairs = zip(rows["declared"], rows["event_id"], strict=True)
    return np.array([day or first.get(event) or "" for day, event in pairs], dtype="U10")


def attempts(columns: Columns) -> float:
    """How many attempts to stop the fighting there were."""
    return float(_own(columns).sum())


def before_the_stop(columns: Columns) -> float:
    """The share of attempts that came before the ceasefire of May 1994."""
    days = _days(columns)
    return _share(days < STOP, _own(columns) & (days != ""))


def failed(columns: Columns) -> float:
    """The share of attempts of known fate that were declined, never began or broke."""
    fates = columns["ceasefires"]["fate"]
    return _share(np.isin(fates, FAILED), _own(columns) & _known(fates))


def began(columns: Columns) -> float:
    """The share of agreed stops of known fate that began, if for hours only."""
    rows = columns["ceasefires"]
    agreed = np.isin(rows["step"], ["agreement", "unilateral", "extension"])
    whole = _own(columns) & agreed & _known(rows["fate"])
    return _share(~np.isin(rows["fate"], ["never_began", "refused"]), whole)


def _lengths(columns: Columns) -> np.ndarray:
    """How many days each stop lasted that broke on a known day; missing (NaN) else."""
    rows = columns["ceasefires"]
    ends = rows["ended"]
    whole = _own(columns) & _known(ends) & (rows["fate"] == "broken")
    begins = zip(rows["effective"], rows["due"], _days(columns), strict=True)
    lasted = [
        (np.datetime64(end) - np.datetime64(in_force or due or day)) / np.timedelta64(1, "D")
        if known and (in_force or due or day)
        else float("nan")
        for known, end, (in_force, due, day) in zip(whole, ends, begins, strict=True)
    ]
    days = np.array(lasted, dtype="float64")
    return np.where(days >= 0, days, np.nan)


def dated_breaks(columns: Columns) -> float:
    """How many stops broke on a known day, not before they began."""
    return float((~np.isnan(_lengths(columns))).sum())


def broke_within_a_week(columns: Columns) -> float:
    """Of the stops that broke on a known day, the share that broke within a week."""
    days = _lengths(columns)
    return _share(days <= A_WEEK, ~np.isnan(days))


def _deaths_fell(columns: Columns, *, marked: bool) -> float:
    """Of the months of the first war, with an attempt or without, after how many deaths fell.

    Deaths are not coded from claims: they are the same under every adoption.
    """
    known, fell = _months()
    days = _days(columns)[_own(columns)]
    months = np.isin(known, [day[:7] for day in days])
    return _share(fell, months == marked)


@cache
def _months() -> tuple[np.ndarray, np.ndarray]:
    from .event_study import months_of_war

    frame = months_of_war().dropna(subset=["deaths", "before", "after"])
    return frame.index.astype(str).to_numpy(), (frame["after"] < frame["before"]).to_numpy()


def fell_after_attempts(columns: Columns) -> float:
    """After what share of the first war's months with an attempt deaths fell."""
    return _deaths_fell(columns, marked=True)


def fell_without(columns: Columns) -> float:
    """After what share of the first war's months without an attempt deaths fell."""
    return _deaths_fell(columns, marked=False)


def by_minsk(columns: Columns) -> float:
    """The share of steps in one format that belong to the Minsk process."""
    formats = columns["events"]["format"]
    return _share(formats == "minsk-process", _known(formats))


def by_russia(columns: Columns) -> float:
    """The share of steps in one format that are Russia's, alone or with others it led."""
    formats = columns["events"]["format"]
    own = ["russia", "russia-trilateral", "russia-kazakhstan", "russia-turkey"]
    return _share(np.isin(formats, own), _known(formats))


def without_mediator(columns: Columns) -> float:
    """Since the second war: the share of steps that the parties took without a mediator."""
    events = columns["events"]
    late = np.array([(day or "") > SECOND_WAR for day in events["start"]], dtype=bool)
    return _share(events["format"] == "parties-direct", late & _known(events["format"]))


def seat_of_karabakh(columns: Columns) -> float:
    """Since May 1997: the share of steps with a party at which Stepanakert was one."""
    rows, events = columns["participants"], columns["events"]
    days = dict(zip(events["event_id"], events["start"], strict=True))
    late: dict[str, bool] = {}
    for event, actor, role in zip(rows["event_id"], rows["actor"], rows["role"], strict=True):
        if role == "party" and (days.get(event) or "") > LAST_SEAT:
            late[event] = late.get(event, False) or actor == "nagorno-karabakh"
    return sum(late.values()) / len(late) if late else float("nan")


def refusals(columns: Columns) -> float:
    """Of the acts that refused a text, the share that are Azerbaijan's."""
    acts = columns["signatures"]
    return _share(acts["actor"] == "azerbaijan", acts["status"] == "refused")


def carried_out(columns: Columns) -> float:
    """The share of provisions of known fate that were carried out, at least in part."""
    fates = columns["provisions"]["fate"]
    whole = np.isin(fates, ["carried_out", "in_part", "not_carried_out", "superseded"])
    return _share(np.isin(fates, ["carried_out", "in_part"]), whole)


def signed_carried_out(columns: Columns) -> float:
    """The same of the texts that the sides signed or agreed to, as far as the record tells."""
    rows, texts = columns["provisions"], columns["documents"]
    status = dict(zip(texts["document_id"], texts["status"], strict=True))
    taken_on = [status.get(text) in TAKEN_ON for text in rows["document_id"]]
    whole = np.isin(rows["fate"], KNOWN) & np.array(taken_on, dtype=bool)
    return _share(np.isin(rows["fate"], KEPT), whole)


def _declined(columns: Columns, side: tuple[str, ...]) -> float:
    """Of the proposals put to a side, the share whose text it refused or took back.

    As :func:`karabakh_data.studies.offers.addressed` counts them, by what the tables
    tell alone, without the answers coded from notes.
    """
    events, texts, acts = columns["events"], columns["documents"], columns["signatures"]
    steps = set(events["event_id"][events["kind"] == "plan"])
    offers = columns["ceasefires"]
    steps |= set(offers["event_id"][offers["step"] == "proposal"])
    steps |= set(texts["event_id"][texts["kind"] == "plan"])
    steps = {ONE_PROPOSAL.get(one, one) for one in steps}
    steps -= set(events["event_id"][events["kind"] == "announcement"])
    rows = columns["participants"]
    mine = np.isin(rows["actor"], side)
    put = mine | (rows["actor"] == "parties")
    put &= np.isin(rows["role"], ["addressee", "party"])
    asked = set(rows["event_id"][put])
    made = set(rows["event_id"][mine & (rows["role"] == "initiator")])
    step_of = dict(zip(texts["document_id"], texts["event_id"], strict=True))
    letters = set(texts["document_id"][texts["kind"] == "letter"])
    declined = set()
    own = np.isin(acts["actor"], side)
    for text, status in zip(acts["document_id"][own], acts["status"][own], strict=True):
        if text not in step_of:
            continue
        if text in letters and status == "signed":
            made.add(step_of[text])
            continue
        asked.add(step_of[text])
        if status in ("refused", "not_signed", "disavowed"):
            declined.add(step_of[text])
    whole = ({ONE_PROPOSAL.get(one, one) for one in asked} & steps) - made
    no = {ONE_PROPOSAL.get(one, one) for one in declined}
    return len(whole & no) / len(whole) if whole else float("nan")


def declined_by_azerbaijan(columns: Columns) -> float:
    """Of the proposals put to Azerbaijan, the share whose text it refused."""
    return _declined(columns, ("azerbaijan",))


def declined_by_armenians(columns: Columns) -> float:
    """Of the proposals put to Armenia or Stepanakert, the share whose text either refused."""
    return _declined(columns, ("armenia", "armenia-karabakh", "nagorno-karabakh"))


def handed_to_azerbaijan(columns: Columns) -> float:
    """Of all prisoners handed over, the share that Azerbaijan received."""
    rows = columns["prisoners"]
    numbers = np.array([float(n) if n is not None else 0.0 for n in rows["prisoners"]])
    total = numbers.sum()
    mine = numbers[rows["receiver"] == "azerbaijan"].sum()
    return float(mine / total) if total else float("nan")


ARMENIAN = (
    "armenia",
    "armenia-karabakh",
    "armenian-apostolic-church",
    "nagorno-karabakh",
    "nk-armenian-community",
)
AZERBAIJANI = ("azerbaijan", "caucasus-muslims-office", "nk-azerbaijani-community")
"""The actors of each side, as ``actors`` has them."""

PROTOCOL, AGREEMENT = "1994-05-05-bishkek.protocol", "1994-05-12-ceasefire.agreement"


def _tables(columns: Columns, first: str, until: str) -> list[set[str]]:
    """Who of the sides sat at each meeting or signing of both sides, within these days."""
    return list(_at_tables(columns, first, until).values())


def _at_tables(columns: Columns, first: str = "1988", until: str = "2100") -> dict[str, set[str]]:
    """Who of the sides sat at each meeting or signing of both sides, by step."""
    events = columns["events"]
    kinds = np.isin(events["kind"], ["meeting", "signing"])
    within = np.array([first <= (day or "") < until for day in events["start"]], dtype=bool)
    at: dict[str, set[str]] = {step: set() for step in events["event_id"][kinds & within]}
    rows, acts = columns["participants"], columns["signatures"]
    spoke = np.isin(rows["role"], ["party", "initiator"])
    signed = (acts["capacity"] == "party") & ~np.isin(acts["status"], ["refused", "not_signed"])
    texts = columns["documents"]
    step_of = dict(zip(texts["document_id"], texts["event_id"], strict=True))
    steps = np.array([step_of.get(text) for text in acts["document_id"]], dtype=object)
    pairs = [(rows["event_id"], rows["actor"], spoke), (steps, acts["actor"], signed)]
    for keys, actors, took in pairs:
        for step, actor in zip(keys[took], actors[took], strict=True):
            if step in at:
                at[step].add(actor)
    return {
        step: who
        for step, who in at.items()
        if not who.isdisjoint(ARMENIAN) and not who.isdisjoint(AZERBAIJANI)
    }


def _with_stepanakert(tables: list[set[str]]) -> float:
    seated = [not who.isdisjoint(("nagorno-karabakh", "armenia-karabakh")) for who in tables]
    return sum(seated) / len(seated) if seated else float("nan")


def seated_before_the_stop(columns: Columns) -> float:
    """Until May 1994: the share of tables of both sides with the authorities in Stepanakert."""
    return _with_stepanakert(_tables(columns, "1988", "1994-05-12"))


def seated_since_1997(columns: Columns) -> float:
    """Since May 1997: the share of tables of both sides with the authorities in Stepanakert."""
    return _with_stepanakert(_tables(columns, "1997-05-01", "2100"))


def _freed(columns: Columns, first: str, until: str) -> float:
    """Of those handed over within these days, the share that Azerbaijan received."""
    rows, events = columns["prisoners"], columns["events"]
    days = dict(
        zip(events["event_id"], zip(events["start"], events["end"], strict=True), strict=True)
    )
    known = [days.get(step, (None, None)) for step in rows["event_id"]]
    within = np.array([first <= (a or b or "") < until for a, b in known], dtype=bool)
    numbers = np.array([float(n) if n is not None else 0.0 for n in rows["prisoners"]])
    total = float(numbers[within].sum())
    mine = float(numbers[within & (rows["receiver"] == "azerbaijan")].sum())
    return mine / total if total else float("nan")


def freed_by_1997(columns: Columns) -> float:
    """Of the prisoners handed over in 1995-97, the share that Azerbaijan received."""
    return _freed(columns, "1988", "1998")


def freed_since_2020(columns: Columns) -> float:
    """Of the prisoners handed over since the war of 2020, the share Azerbaijan received."""
    return _freed(columns, "2020-09-27", "2100")


def _parties_to(columns: Columns, text: str) -> float:
    acts = columns["signatures"]
    signed = np.isin(acts["status"], ["signed", "signed_later", "initialled"])
    rows = signed & (acts["document_id"] == text) & (acts["capacity"] == "party")
    parties = {actor for actor in acts["actor"][rows] if actor is not None}
    return float(len(parties)) if parties else float("nan")


def signed_in_bishkek(columns: Columns) -> float:
    """How many parties signed the Bishkek protocol, at the meeting or later."""
    return _parties_to(columns, PROTOCOL)


def signed_in_may(columns: Columns) -> float:
    """How many parties signed the ceasefire agreement of May 1994."""
    return _parties_to(columns, AGREEMENT)


def pace_of_war(columns: Columns) -> float:
    """How many times as many steps a month 1992 to 11 May 1994 saw as the years to 2020."""
    days = np.array([day or "" for day in columns["events"]["start"]], dtype="U10")
    war = ((days >= "1992-01-01") & (days < "1994-05-12")).sum() / 28.35
    quiet = ((days >= "1994-05-12") & (days < "2020-09-27")).sum() / 316.55
    return float(war / quiet) if quiet else float("nan")


def at_home(columns: Columns) -> float:
    """Of the meetings of both sides whose place is known, the share on their own ground."""
    places = dict(zip(columns["events"]["event_id"], columns["events"]["place"], strict=True))
    known = [place for step in _at_tables(columns) if (place := places[step]) is not None]
    return sum(place in AT_HOME for place in known) / len(known) if known else float("nan")


def in_moscow(columns: Columns) -> float:
    """Of the meetings of both sides whose place is known, the share in Moscow."""
    places = dict(zip(columns["events"]["event_id"], columns["events"]["place"], strict=True))
    known = [place for step in _at_tables(columns) if (place := places[step]) is not None]
    return known.count("moscow") / len(known) if known else float("nan")


def _agreed(columns: Columns) -> np.ndarray:
    """Which attempts until the end of 1994 the sides agreed to, in a format with a mediator."""
    rows = columns["ceasefires"]
    days = _days(columns)
    early = (days != "") & (days < "1995-01-01")
    mediated = _known(rows["format"]) & ~np.isin(rows["format"], ["parties-direct", "unilateral"])
    agreed: np.ndarray = np.isin(rows["step"], ["agreement", "extension"])
    found: np.ndarray = _own(columns) & early & mediated & agreed
    return found


def agreed_through_russia(columns: Columns) -> float:
    """Of the stops agreed with a mediator until the end of 1994, the share that was Russia's."""
    own = ["russia", "russia-kazakhstan"]
    return _share(np.isin(columns["ceasefires"]["format"], own), _agreed(columns))


def agreed_through_minsk(columns: Columns) -> float:
    """Of the stops agreed with a mediator until the end of 1994, the Minsk process's share."""
    return _share(columns["ceasefires"]["format"] == "minsk-process", _agreed(columns))


def alone_since_2023(columns: Columns) -> float:
    """Since 19 September 2023: the share of steps in one format that the parties took alone."""
    events = columns["events"]
    late = np.array([(day or "") >= "2023-09-19" for day in events["start"]], dtype=bool)
    return _share(events["format"] == "parties-direct", late & _known(events["format"]))


HEADLINES: dict[str, Headline] = {
    "attempts to stop the fighting": attempts,
    "of them before the ceasefire of May 1994": before_the_stop,
    "declined, never begun or broken, of known fates": failed,
    "began, of agreed stops": began,
    "broke within a week, of those that broke on a known day": broke_within_a_week,
    "months with an attempt after which deaths fell": fell_after_attempts,
    "steps in the Minsk process": by_minsk,
    "steps mediated by Russia": by_russia,
    "steps without a mediator since November 2020": without_mediator,
    "steps with Stepanakert as a party since May 1997": seat_of_karabakh,
    "refusals by Azerbaijan, of all": refusals,
    "proposals to Azerbaijan that it declined": declined_by_azerbaijan,
    "proposals to the Armenian side that it declined": declined_by_armenians,
    "provisions carried out, at least in part": carried_out,
    "provisions of signed or agreed texts carried out": signed_carried_out,
    "prisoners handed to Azerbaijan, of all": handed_to_azerbaijan,
    "of them until 1997": freed_by_1997,
    "of them since the war of 2020": freed_since_2020,
    "tables of both sides with Stepanakert before May 1994": seated_before_the_stop,
    "tables of both sides with Stepanakert since May 1997": seated_since_1997,
    "parties that signed the Bishkek protocol": signed_in_bishkek,
    "parties that signed the ceasefire of May 1994": signed_in_may,
    "steps a month in the first war, against the years to 2020": pace_of_war,
    "meetings of both sides on their own ground": at_home,
    "meetings of both sides in Moscow": in_moscow,
    "stops agreed through Russia until the end of 1994": agreed_through_russia,
    "stops agreed through the CSCE until the end of 1994": agreed_through_minsk,
    "steps of the parties alone since September 2023": alone_since_2023,
}
