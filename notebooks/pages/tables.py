"""Tables to sort and to filter: ceasefires, texts and what they ask, answers, people, sources, …"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache, partial
from typing import NamedTuple

import pandas as pd
from babel import Locale
from sphinx.application import Sphinx

import karabakh_data as kd
from karabakh_data.descriptor import several
from karabakh_data.studies import naming, network, offers, people, provisions, refusals, spells
from karabakh_data.studies.answers import REASONS

from . import addresses, elsewhere, timeline, versions, ways, words

_LANGUAGES = Locale("en").languages


class Cell(NamedTuple):
    """What one cell shows."""

    text: str = ""
    href: str = ""
    key: str = ""
    """What the column sorts by, where that is not the text."""


class Row(NamedTuple):
    """One record: its cells, the first of which names it, and what it is filtered by."""

    record: str
    cells: list[Cell]
    chosen: dict[str, list[str]]


class Sheet(NamedTuple):
    """One table on a page of its own."""

    page: str
    title: str
    what: str
    """What its rows are called."""
    about: str
    more: str
    """What its columns need said."""
    columns: dict[str, str]
    """Headings; ``n`` where the column holds numbers, else blank."""
    rows: list[Row]
    filters: list[ways.Filter]


def day(value: object) -> Cell:
    """A day in words, in the order of the calendar."""
    if pd.isna(value):  # type: ignore[call-overload]
        return Cell()
    key = f"{value:%Y-%m-%d}"
    return Cell(words.date(key), key=key)


def number(value: object) -> Cell:
    """A count, or nothing."""
    return Cell("" if pd.isna(value) else f"{value:,}", key=ways.text(value))  # type: ignore[call-overload]


def coded(value: object) -> Cell:
    """A value of a vocabulary, in words."""
    return Cell(words.plain(ways.text(value)))


def one(value: object) -> list[str]:
    """The value a row is filtered by, if it has one."""
    return [ways.text(value)] if ways.text(value) else []


def span(days: pd.Series | None) -> list[Cell]:
    """The years of the first and of the last of some days, or nothing."""
    years = pd.Series() if days is None else days.dt.year.dropna()
    return [Cell("" if years.empty else f"{year:.0f}") for year in (years.min(), years.max())]


def _filter(rows: list[Row], key: str, label: str, names: Callable[[str], str]) -> ways.Filter:
    return ways.Filter(key, label, ways.choices([row.chosen[key] for row in rows], names))


def of_people() -> Sheet:
    """Everyone named: for whom they spoke, at how many steps, from when to when."""
    page = "tables/people"
    link = partial(addresses.link, page)
    seats = people.seats()
    actors = naming.names("actors")
    by_person = dict(iter(seats.groupby("person")))
    rows = []
    for person in kd.load("people").to_dict("records"):
        sat = by_person.get(person["person"], seats.iloc[:0])
        spoke_for = sat.groupby("actor")["event_id"].nunique().sort_index()
        most = spoke_for.sort_values(ascending=False, kind="stable").index.tolist()
        cells = [
            Cell(person["name"], link(addresses.address("people", person["person"]))),
            Cell(", ".join(several(ways.text(person["other_names"])))),
            Cell(", ".join(actors[actor] for actor in most)),
            number(sat["event_id"].nunique()),
            *span(sat["start"]),
        ]
        rows.append(Row(person["person"], cells, {"actor": most}))
    rows.sort(key=lambda row: -int(row.cells[3].key))
    about = "Everyone whom a source names at a step."
    more = (
        "Who was at the most steps comes first. “Steps” are those at which they sat at the table "
        "or signed, “First” and “Last” the years of these; who was only written to, or kept away, "
        "is not counted there."
    )
    names = ("Name", "Other names", "Spoke for", "Steps", "First", "Last")
    columns = {name: "n" if name == "Steps" else "" for name in names}
    filters = [_filter(rows, "actor", "Spoke for", actors.get)]
    return Sheet(page, "People", "people", about, more, columns, rows, filters)


def of_texts() -> Sheet:
    """Every text: what it is, what became of it, who signed."""
    page = "tables/texts"
    link = partial(addresses.link, page)
    signatures = naming.with_names(kd.load("signatures"), "actor")
    signed = signatures[signatures["status"].isin(["signed", "signed_later"])]
    by_text = signed.groupby("document_id")["actor_name"].agg(
        lambda all_: ", ".join(dict.fromkeys(all_))
    )
    rows = []
    for text in kd.load("documents").to_dict("records"):
        cells = [
            Cell(text["title"], link(addresses.address("documents", text["document_id"]))),
            coded(text["kind"]),
            Cell(words.date(ways.text(text["adopted"])), key=day(text["adopted_first"]).key),
            coded(text["status"]),
            coded(text["implementation"]),
            Cell(by_text.get(text["document_id"], "")),
        ]
        values = {key: one(text[key]) for key in ("kind", "status", "implementation")}
        rows.append(Row(text["document_id"], cells, values))
    about = "Plans, protocols, statements, agreements and other texts."
    more = "“Put into effect” is blank where no source at hand says what came of the whole text."
    names = ("Text", "Kind", "Date of the text", "Status", "Put into effect", "Signed by")
    filters = [
        _filter(rows, "kind", "Kind", words.plain),
        _filter(rows, "status", "Status", words.plain),
        _filter(rows, "implementation", "Put into effect", words.plain),
    ]
    return Sheet(page, "Texts", "texts", about, more, dict.fromkeys(names, ""), rows, filters)


def of_provisions() -> Sheet:
    """Whatever a text asks of somebody, and what became of it."""
    page = "tables/provisions"
    link = partial(addresses.link, page)
    topics = kd.vocabulary("provisions", "topic").set_index("value")["meaning"]
    texts = naming.names("documents")
    rows = []
    for asked in provisions.provisions().to_dict("records"):
        became = asked["became"].replace("not told", "not on record")
        cells = [
            Cell(asked["title"], link(addresses.part_of("provisions", asked["provision_id"]))),
            Cell(ways.text(asked["summary"])),
            Cell(asked["about"]),
            Cell(asked["obliged_name"]),
            Cell(became),
            Cell(
                texts[asked["document_id"]],
                link(addresses.address("documents", asked["document_id"])),
            ),
        ]
        values = {
            "topic": [asked["topic"]],
            "whom": [asked["whom"].replace(" ", "_")],
            "became": [became.replace(" ", "_")],
        }
        rows.append(Row(asked["provision_id"], cells, values))
    about = "Whatever a text asks of a side or of others, and what became of it."
    more = (
        "One row is one thing asked of one side; “not on record” means that no source at hand "
        "says what came of it."
    )
    names = ("What is asked", "In a sentence", "Topic", "Of whom", "What became of it", "Text")
    columns = dict.fromkeys(names, "")
    filters = [
        _filter(rows, "topic", "Topic", topics.get),
        _filter(rows, "whom", "Asked of", words.plain),
        _filter(rows, "became", "What became of it", words.plain),
    ]
    return Sheet(page, "What texts ask", "provisions", about, more, columns, rows, filters)


def of_crosswalk() -> Sheet:
    """Which record is what in another data set."""
    page = "tables/crosswalk"
    link = partial(addresses.link, page)
    datasets, matches = (
        kd.vocabulary("crosswalk", column).set_index("value")["meaning"]
        for column in ("dataset", "match")
    )
    rows = []
    for there in kd.load("crosswalk").to_dict("records"):
        url = elsewhere.SHOWN_AT.get(there["dataset"], "").format(there["dataset_id"])
        cells = [
            Cell(
                naming.names(there["table"])[there["record_id"]],
                link(addresses.part_of(there["table"], there["record_id"])),
            ),
            Cell(datasets[there["dataset"]]),
            Cell(str(there["dataset_id"]), url),
            Cell(matches[there["match"]]),
            Cell(ways.text(there["note"])),
        ]
        values = {"set": one(there["dataset"]), "match": one(there["match"])}
        rows.append(Row(there["link_id"], cells, values))
    about = "Records of this book in other data sets: UCDP, PA-X and others, with their numbers."
    more = "Numbers lead to where that data set shows them, if it does."
    names = ("Record", "Data set", "Number there", "How they match", "Note")
    columns = {name: "n" if name == "Number there" else "" for name in names}
    filters = [
        _filter(rows, "set", "Data set", datasets.get),
        _filter(rows, "match", "How they match", matches.get),
    ]
    return Sheet(page, "In other data sets", "links", about, more, columns, rows, filters)


def of_ceasefires() -> Sheet:
    """Every try to stop the fighting, and what became of it."""
    page = "tables/ceasefires"
    link = partial(addresses.link, page)
    formats = naming.names("formats")
    lasted = spells.spells().set_index("ceasefire_id")
    rows = []
    for stop in kd.load("ceasefires").to_dict("records"):
        held = Cell()
        if stop["ceasefire_id"] in lasted.index:
            spell = lasted.loc[stop["ceasefire_id"]]
            least = "" if spell["ended"] else "at least "
            held = Cell(f"{least}{spell['days']:,}", key=str(spell["days"]))
        cells = [
            Cell(stop["title"], link(addresses.part_of("ceasefires", stop["ceasefire_id"]))),
            coded(stop["step"]),
            day(stop["declared"]),
            day(stop["effective"]),
            held,
            coded(stop["fate"]),
            Cell("" if pd.isna(stop["format"]) else formats[stop["format"]]),
        ]
        values = {key: one(stop[key]) for key in ("step", "fate", "format", "scope")}
        rows.append(Row(stop["ceasefire_id"], cells, values))
    about = "Every try to stop the fighting, to confirm a stop or to police one."
    more = (
        "“Days held” runs from the first day of a stop to the last on which it is known to have "
        "held, renewals included; it is blank where no source gives the days, or where it never "
        "began."
    )
    names = ("Ceasefire", "Kind", "Declared", "In force from", "Days held", "Fate", "Format")
    columns = {name: "n" if name == "Days held" else "" for name in names}
    filters = [
        _filter(rows, "step", "Kind", words.plain),
        _filter(rows, "fate", "Fate", words.plain),
        _filter(rows, "format", "Format", formats.get),
        _filter(rows, "scope", "Where it applied", words.plain),
    ]
    return Sheet(page, "Ceasefires", "ceasefires", about, more, columns, rows, filters)


def of_answers() -> Sheet:
    """All that was put to a side: what it answered, why it declined, who tells it."""
    page = "tables/answers"
    link = partial(addresses.link, page)
    actors = naming.names("actors")
    sides = kd.load("actors").set_index("actor")["side"]
    told, refused = offers.told_answers(kd.record()), refusals.refused()
    told["event_id"] = told["event_id"].replace(offers.ONE_PROPOSAL)
    views = told.dropna(subset="perspective").groupby(["event_id", "actor", "answer"])
    views = views["perspective"].agg(set).to_dict()
    reasons = refused.set_index(["event_id", "actor"])["reasons"].str.split("; ").to_dict()
    proposals = offers.addressed().set_index(["event_id", "actor"])["answer"].to_dict()
    answers = dict.fromkeys(reasons, "declined") | proposals
    put = [(step, actor) for step in timeline.steps() for actor in offers.ASKED]
    rows = []
    for step, actor in put:
        key = step.event_id, actor
        if key not in answers:
            continue
        said = ("accepted", "declined") if answers[key] == "told both ways" else (answers[key],)
        why = reasons.get(key, []) if "declined" in said else []
        who = sorted(set().union(*(views.get((*key, one), ()) for one in said)))
        own = ["yes" if sides[actor] in who else "no"] if who else []
        cells = [
            Cell(step.title, link(addresses.address("events", step.event_id))),
            Cell(step.date, key=step.day),
            Cell(actors[actor]),
            Cell(words.answer(answers[key])),
            Cell("; ".join(map(REASONS.get, why))),
            Cell(words.some(list(map(ways.view, who)))),
            Cell(*own),
        ]
        values = {
            "actor": [actor],
            "answer": [answers[key].replace(" ", "_")],
            "reason": [one.replace(" ", "_") for one in why],
            "view": who,
            "own": own,
            "proposal": ["yes" if key in proposals else "no"],
        }
        rows.append(Row(".".join(key), cells, values))
    about = "Every proposal put to a side, and what else it declined: its answer, and who tells it."
    more = (
        "Most answers are told by no source. Who tells one may be the side itself, the other, or "
        "neither: “Own sources” says whether an Armenian source tells what Yerevan or "
        "Stepanakert answered, an Azerbaijani one what Baku did. What each says stands on the "
        "page of the step."
    )
    names = ("What was put", "Date", "To", "Answer", "Why", "Told by", "Own sources")
    kinds = {"yes": "a proposal", "no": "a text, a meeting or terms"}
    filters = [
        _filter(rows, "actor", "Put to", actors.get),
        _filter(rows, "answer", "Answer", words.answer),
        _filter(rows, "reason", "Why", lambda reason: REASONS[reason.replace("_", " ")]),
        _filter(rows, "view", "Told by", lambda view: f"{ways.view(view)} sources"),
        _filter(rows, "own", "Own sources", {"yes": "tell it", "no": "do not tell it"}.get),
        _filter(rows, "proposal", "What it was", kinds.get),
    ]
    return Sheet(page, "Answers", "answers", about, more, dict.fromkeys(names, ""), rows, filters)


def of_actors() -> Sheet:
    """Every state, authority and body: whose side it is on, at how many steps it took part."""
    page = "tables/actors"
    link = partial(addresses.link, page)
    roles = kd.load("participants")
    there = roles[~roles["role"].isin(people.NOT_THERE)]
    steps = there.groupby("actor")["event_id"].nunique()
    rows = []
    for actor in kd.load("actors").to_dict("records"):
        cells = [
            Cell(actor["name"], link(addresses.address("actors", actor["actor"]))),
            Cell(", ".join(several(ways.text(actor["other_names"])))),
            coded(actor["kind"]),
            Cell(words.capital(ways.text(actor["side"]))),
            number(steps.get(actor["actor"], 0)),
        ]
        values = {key: one(actor[key]) for key in ("kind", "side")}
        rows.append(Row(actor["actor"], cells, values))
    about = "States, authorities, organisations and their bodies."
    more = "“Steps” are those at which they took part; who was only written to did not."
    names = ("Actor", "Other names", "Kind", "Side", "Steps")
    columns = {name: "n" if name == "Steps" else "" for name in names}
    filters = [
        _filter(rows, "kind", "Kind", words.plain),
        _filter(rows, "side", "Side", words.capital),
    ]
    return Sheet(page, "Actors", "actors", about, more, columns, rows, filters)


def of_formats() -> Sheet:
    """Every way of mediating: what it is, how many steps it has, from when to when."""
    page = "tables/formats"
    link = partial(addresses.link, page)
    steps = dict(iter(kd.load("events").groupby("format")["start"]))
    rows = []
    for form in kd.load("formats").to_dict("records"):
        days = steps.get(form["format"])
        cells = [
            Cell(form["title"], link(addresses.address("formats", form["format"]))),
            Cell(ways.text(form["summary"])),
            number(0 if days is None else len(days)),
            *span(days),
        ]
        rows.append(Row(form["format"], cells, {}))
    about = "Ways of mediating, each with its own mediator, and of talking without one."
    more = "“First” and “Last” are the years of its first and its last step."
    names = ("Format", "What it is", "Steps", "First", "Last")
    columns = {name: "n" if name == "Steps" else "" for name in names}
    return Sheet(page, "Formats", "formats", about, more, columns, rows, [])


def of_pairs() -> Iterator[Sheet]:
    """Who took part in the same steps, two by two: actors, and people."""
    told = {
        "actors": "The number of steps leads to them on the timeline.",
        "people": "Those are shown who did so at two steps or more, for different actors.",
    }
    for of, more in told.items():
        page = f"tables/{of}-together"
        link = partial(addresses.link, page)
        met = network.met(of)
        rows = []
        for pair in met[met["weight"] > (of == "people")].to_dict("records"):
            both = [pair["source"], pair["target"]]
            there = "timeline#actor={}&actor-also={}".format(*both) if of == "actors" else ""
            cells = [
                Cell(pair["source_name"], link(addresses.address(of, both[0]))),
                Cell(pair["target_name"], link(addresses.address(of, both[1]))),
                number(pair["weight"])._replace(href=there and link(there)),
                *span(pd.Series([pair["first"], pair["last"]])),
            ]
            rows.append(Row(".".join(both), cells, {"who": both}))
        about = f"Pairs of {of} who took part in the same steps. {more}"
        not_met = (
            "They were not always in one room: to sign one text in two cities counts, and so does "
            "to travel as a mediator between the sides. “First” and “Last” are years."
        )
        names = ("One", "The other", "Steps", "First", "Last")
        columns = {name: "n" if name == "Steps" else "" for name in names}
        filters = [_filter(rows, "who", "Who", naming.names(of).get)]
        title = f"{words.capital(of)} at the same steps"
        yield Sheet(page, title, "pairs", about, not_met, columns, rows, filters)


_ON_A_PAGE = 1_000
"""Sources; of more, those of one time stand on a page."""


def _by_time(found: pd.DataFrame) -> Iterator[tuple[str, pd.DataFrame]]:
    """Sources as they stand on pages: all, or if they weigh too much by when they came out."""
    if len(found) <= _ON_A_PAGE:
        yield "", found
        return
    early = found["published_last"] < "2010"
    dated = found["published"].notna()
    yield "before 2010", found[early]
    yield "since 2010", found[dated & ~early]
    yield "without a date", found[~dated]


def of_sources() -> Iterator[Sheet]:
    """The sources of one perspective after another."""
    meanings = kd.vocabulary("sources", "perspective").set_index("value")["meaning"]
    said = kd.load("claims")["source"].value_counts()
    sources = kd.load("sources").assign(order=lambda rows: rows["title"].str.casefold())
    for view, meaning in meanings.items():
        found = sources[sources["perspective"] == view].sort_values(["order", "source"])
        for time, part in _by_time(found):
            yield _of_sources(str(view), meaning, time, part, said)


def _of_sources(view: str, meaning: str, time: str, found: pd.DataFrame, said: pd.Series) -> Sheet:
    rows = []
    for source in found.to_dict("records"):
        cells = [
            Cell(source["title"], versions.safe(ways.text(source["url"]))),
            Cell(ways.text(source["publisher"])),
            coded(source["kind"]),
            Cell(_LANGUAGES.get(ways.text(source["language"]), "")),
            Cell(
                words.date(ways.text(source["published"])),
                key=day(source["published_first"]).key,
            ),
            number(said.get(source["source"], 0)),
        ]
        values = {key: one(source[key]) for key in ("kind", "language")}
        rows.append(Row(source["source"], cells, values))
    about = f"{words.capital(meaning)}."
    more = (
        "This is a judgement about the publisher, not about the truth. “Claims” are the single "
        "values that a source tells. Titles lead to the sources themselves."
    )
    names = ("Source", "Publisher", "Kind", "Language", "Published", "Claims")
    columns = {name: "n" if name == "Claims" else "" for name in names}
    filters = [
        _filter(rows, "kind", "Kind", words.plain),
        _filter(rows, "language", "Language", _LANGUAGES.get),
    ]
    title = f"{words.capital(ways.view(view))} sources{time and f' published {time}'}"
    page = "-".join(f"tables/sources {view} {time}".replace("_", " ").split())
    return Sheet(page, title, "sources", about, more, columns, rows, filters)


@cache
def sheets() -> tuple[Sheet, ...]:
    """All tables that have a page."""
    acts = of_ceasefires(), of_texts(), of_provisions(), of_answers()
    who = of_people(), of_actors(), *of_pairs(), of_formats()
    return (*acts, *who, of_crosswalk(), *of_sources())


def pages(app: Sphinx) -> Iterator[tuple[str, dict[str, object], str]]:
    """The page of each table, as Sphinx collects pages that have no source of their own."""
    for sheet in sheets():
        body = ways.render("table.html", sheet=sheet, anchor=addresses.anchor)
        back = {"link": addresses.link(sheet.page, "tables"), "title": "Tables"}
        yield sheet.page, {"title": sheet.title, "body": body, "parents": [back]}, "page.html"


def overview(page: str) -> str:
    """What tables there are, with the number of their rows."""
    return ways.render("tables.html", sheets=sheets(), link=partial(addresses.link, page))


def setup(app: Sphinx) -> dict[str, bool]:
    """The directive ``tables``, and the pages it leads to."""
    app.add_directive("tables", ways.directive(overview))
    app.connect("html-collect-pages", pages)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
