"""Record pages of the book: all versions are there, every link leads somewhere, text is text."""

import csv
import doctest
import json
import re
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from posixpath import dirname, join, normpath
from types import SimpleNamespace
from urllib.parse import unquote

import pytest
from pages import (
    addresses,
    contexts,
    elsewhere,
    lists,
    records,
    register,
    tables,
    timeline,
    versions,
    words,
)

import karabakh_data as kd
from karabakh_data import files as tables_as_text
from karabakh_data.descriptor import description
from karabakh_data.records import Record
from karabakh_data.studies.people import NOT_THERE

ROOT = Path(__file__).parents[1]
HOSTILE = "<script>alert(1)</script> <b>b</b> *m* [l](javascript:a) =1+1 {{ 7*7 }} & \"q\" 'a'"
VOID = {"meta", "link", "br", "hr", "img", "input"}


class Page(HTMLParser):
    """What a test asks of a page: its elements, links, anchors, headings and text."""

    def __init__(self, text):
        super().__init__()
        self.elements, self.links, self.headings, self.texts, self.open = [], [], [], [], []
        self.within = {}  # the links within each element that has an id
        self.ids = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        self.elements.append((tag, found))
        if "id" in found:
            self.ids.append(found["id"])
            self.within[found["id"]] = []
        if len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
            self.headings.append(int(tag[1]))
        if tag not in VOID:
            self.open.append((tag, found.get("id")))
        if "href" in found:
            self.links.append(found["href"])
            for _, anchor in self.open:
                self.within.get(anchor, []).append(found["href"])

    def handle_endtag(self, tag):
        assert self.open.pop()[0] == tag

    def handle_data(self, data):
        if not {"code", "pre"} & {tag for tag, _ in self.open}:
            self.texts.append(data)

    @property
    def text(self):
        return " ".join(" ".join(self.texts).split())


@pytest.fixture(scope="module")
def book():
    """The record as published."""
    return contexts.Book(notebooks=ROOT / "notebooks")


@pytest.fixture(scope="module")
def show(book):
    """Gives the page of one record, as text."""
    templates = records.environment()
    return lambda table, key: records.render(book, book.context(table, key), templates)


@pytest.fixture(scope="module")
def rows(small):
    """The tables of the record in small, as rows of text."""
    return tables_as_text.read(str(small), description())


@pytest.fixture(scope="module")
def built(rows):
    """All pages of the record in small: body, what the theme gets, and data, by address."""
    pages = records.pages(contexts.Book(Record(rows), ROOT / "notebooks"))
    return {page: (Page(shown["body"]), shown, files) for page, shown, files in pages}


@pytest.mark.parametrize("module", [addresses, versions, words])
def test_examples(module):
    assert doctest.testmod(module).attempted
    assert not doctest.testmod(module).failed


def test_who_says_kazan_was_on_25_june(show):
    page = show("events", "2011-06-24-kazan")
    told = page.split('id="events-2011-06-24-kazan-date"')[1].split("</section>")[0]
    cards = told.split('class="version ')[1:]
    values = [card.split('<p class="value">')[1].split("</p>")[0] for card in cards]
    assert values == ["24 June 2011", "25 June 2011", "July 2011", "24 or 25 June 2011"]
    assert [card.split('"')[0] for card in cards] == ["same", "differs", "differs", "compatible"]
    other = Page(f'<div class="{cards[1]}')
    assert "http://www.nkr.am/en/russian-mediation" in other.links
    assert "paragraph 15" in other.text
    assert "Armenian" in other.text
    assert "told from more perspectives" in Page(f"<section>{told}</section>").text


def test_a_statement_is_marked_inferred_where_the_ledger_has_it_so(show):
    page = show("events", "2011-06-24-kazan")
    claims = kd.load("claims").query("table == 'events' and record_id == '2011-06-24-kazan'")
    marked = {
        key: ">inferred</span>" in page.split(f'<li id="{key}">')[1].split("</li>")[0]
        for key in claims["claim_id"]
    }
    assert marked == dict(zip(claims["claim_id"], claims["inferred"], strict=True))
    assert {*marked.values()} == {True, False}


def test_a_page_leads_to_the_list_of_its_kind(show):
    assert "../timeline.html" in Page(show("events", "2011-06-24-kazan")).links
    assert "../map.html#all-places" in Page(show("places", "lachin")).links
    assert "../tables/people.html" in Page(show("people", "vladimir-kazimirov")).links
    assert "../timeline.html#format=minsk-process" in Page(show("formats", "minsk-process")).links
    assert "../timeline.html#actor=kazakhstan" in Page(show("actors", "kazakhstan")).links


def test_kinds_lead_to_all_that_are_of_them(show):
    page = Page(show("events", "1994-05-12-ceasefire"))
    assert "../timeline.html#kind=entry_into_force" in page.links
    assert "../tables/ceasefires.html#fate=broken" in page.links
    choices = {("timeline", one.key): one.choices for one in timeline.filters(timeline.steps())}
    for sheet in tables.sheets():
        choices |= {(sheet.page, one.key): one.choices for one in sheet.filters}
    for table, columns in contexts._CHOSEN_BY.items():
        for column in columns:
            values = {one.value for one in choices[contexts._LISTED[table], column]}
            assert values == set(kd.load(table)[column].dropna()), (table, column)


def test_substance_stands_before_disputes_and_these_before_what_is_agreed(show):
    page = show("events", "2011-06-24-kazan")
    assert page.index("Sources disagree on: date and outcome") < page.index("<dl")
    assert page.index('id="participants"') < page.index('id="disputes"') < page.index('id="said"')
    page = show("documents", "1994-05-05-bishkek.protocol")
    assert page.index('id="asks"') < page.index('id="disputes"')


def test_a_text_is_introduced_by_its_kind_its_day_and_what_became_of_it(show):
    page = Page(show("documents", "1994-05-05-bishkek.protocol"))
    assert "Protocol, 5 May 1994, signed." in page.text


@pytest.mark.parametrize(
    ("rules", "named"),
    [(["sources", "sources"], [[]]), (["sources", "outright"], [["Moscow"], ["Sochi"]])],
)
def test_versions_are_named_beside_what_decided_only_where_more_did(rules, named, book):
    rulings = [("moscow", rules[0], "", ""), ("sochi", rules[1], "", "")]
    made = versions._in_words(book.register, "events", "place", rulings)
    assert [one.values for one in made] == named


def test_of_many_versions_those_beyond_two_rivals_are_named_and_folded(show):
    page = show("events", "2011-06-24-kazan")
    told = page.split('id="events-2011-06-24-kazan-date"')[1].split("</section>")[0]
    open_, folded = told.split("<details><summary>1 more: 24 or 25 June 2011</summary>")
    assert open_.count('class="version ') == 3
    assert folded.split('class="version ')[1].startswith("compatible")


def test_of_the_disputes_on_parts_the_first_is_open(show):
    said = show("events", "2020-11-09-trilateral-statement").split('id="said"')[1]
    folded = 0
    for group in said.split("<h3>")[1:]:
        first, _, others = group.partition(" more on which sources disagree</summary>")
        assert first.count('class="dispute"') <= 1
        if others:
            assert int(first.split("<summary>")[-1]) == others.count('class="dispute"')
            folded += 1
    assert folded > 1


def test_a_text_says_at_once_who_signed_and_who_did_not(show):
    lead = show("documents", "1994-05-05-bishkek.protocol").split('class="summary">')[1]
    lead = lead.split("</p>")[0]
    for told in (
        "Signed: Babken Ararktsyan (Armenia), Karen Baburyan (Karabakh Armenian authorities), ",
        "Signed later: Rasul Guliyev (Azerbaijan). ",
        "Refused: Afiyaddin Jalilov (Azerbaijan). ",
        "Not signed: Nizami Bahmanov (",
    ):
        assert told in lead


def test_a_decision_is_shown_with_its_reason(show):
    about = "record_id == '2007-02-15-paris' and column == 'date'"
    decision = kd.load("decisions").query(about)
    text = Page(show("events", "2007-02-15-paris")).text
    assert decision["reason"].item() in text
    assert "adopted only where the computable rules leave a tie" in text


def test_where_several_decisions_fall_each_says_of_which_value(show):
    told = kd.load("decisions").query("record_id == '2012-11-22-tour' and column == 'date'")
    text = Page(show("events", "2012-11-22-tour")).text
    assert len(told) == 2
    for row in told.to_dict("records"):
        day = words.date(row["value"])
        assert text.split(f"and not {day}")[1].split("A decision")[0].count(row["reason"]) == 1


def test_a_step_tells_who_signed_and_who_refused(show):
    text = Page(show("events", "1994-05-05-bishkek")).text
    assert "Signed : Babken Ararktsyan" in text
    assert "Refused : Afiyaddin Jalilov" in text
    assert "4 to 5 May 1994" in text
    assert "Bishkek Protocol" in text


def test_a_record_is_cited_by_its_title_and_address(show):
    text = Page(show("events", "2011-06-24-kazan")).text
    cited = f"“Kazan summit”, events/2011-06-24-kazan, in: {kd.cite().splitlines()[0]}"
    assert f"Cite this page: {cited} Each statement" in text.replace(" :", ":")
    entry = show("events", "2011-06-24-kazan").split("<summary>BibTeX</summary>")[1]
    assert "@misc{2011-06-24-kazan," in entry
    assert "howpublished = {events/2011-06-24-kazan}," in entry
    assert "title = {{Kazan summit, in: Mediation and ceasefire attempts" in entry


def test_an_answer_says_who_tells_it_and_stands_on_the_page_of_who_gave_it(show):
    told = "5 sources: Armenian and Russian"
    assert f"Declined : Azerbaijan {told}" in Page(show("events", "2011-06-24-kazan")).text
    page = Page(show("actors", "azerbaijan"))
    at = "../events/2011-06-24-kazan.html#answers-2011-06-24-kazan.azerbaijan"
    assert f"Declined : Kazan summit 24 June 2011 {told}" in page.text
    assert {at, f"{at}-answer"} <= set(page.within["answers"])
    assert "../tables/answers.html#actor=azerbaijan" in page.links


def test_an_answer_that_no_source_of_its_side_tells_says_so(show, book):
    mark = "not told by its own sources"
    kazan = Page(show("events", "2011-06-24-kazan")).text
    assert f"Declined : Azerbaijan 5 sources: Armenian and Russian {mark}" in kazan
    assert mark in Page(show("actors", "nagorno-karabakh")).text
    claims = kd.load("claims").merge(kd.load("sources")[["source", "perspective"]])
    told = claims.groupby(["record_id", "column", "value"])["perspective"].agg(set).to_dict()
    sides = kd.load("actors").set_index("actor")["side"].dropna().to_dict()
    marked = set()
    for table, column in (("answers", "answer"), ("signatures", "status")):
        for key, row in book.register.rows[table].items():
            side, answer = sides.get(row["actor"]), row[column]
            asked = side and (table == "answers" or answer in kd.studies.offers.DECLINED)
            others = asked and side not in told.get((key, column, answer), {side})
            assert book.part(table, row).by_others == bool(others), key
            marked |= {row["actor"]} if others else set()
    assert marked >= {"armenia", "azerbaijan", "nagorno-karabakh"}


def test_long_lists_are_folded_by_year_the_last_open(show, book):
    page = show("actors", "azerbaijan")
    for at, shown in (("steps", "steps"), ("prisoners", "prisoners")):
        section = page.split(f'id="{at}"')[1].split("</section>")[0]
        years = [one.split("</summary>")[0] for one in section.split('<details class="year"')[1:]]
        told = [re.fullmatch(r"( open)?><summary>(\d{4}) \((\d+)\)", one) for one in years]
        assert [bool(one[1]) for one in told] == [False] * (len(told) - 1) + [True]
        assert [one[2] for one in told] == sorted({one[2] for one in told})
        assert sum(int(one[3]) for one in told) == section.count("<li>")
        assert section.count("<li>") == len(book.context("actors", "azerbaijan")[shown])
    assert 'class="year"' not in show("people", "vladimir-kazimirov")


def test_who_took_part_is_told_by_whom_the_most_told_first(show):
    seats = show("events", "1994-05-12-ceasefire").split('id="participants"')[1]
    seats = seats.split("</section>")[0]
    text = Page(f"<section {seats}</section>").text.replace(" ,", ",")
    assert "Nagorno-Karabakh army, Karabakh Armenian authorities 3 sources: Armenian" in text
    assert text.index("Vladimir Kazimirov") < text.index("France 1 source: Iranian")
    for role in seats.split("<ul")[1:]:
        told = [int(one.split(" source")[0].split(">")[-1]) for one in role.split("said")[1:]]
        assert told
        assert told == sorted(told, reverse=True)


def test_a_person_has_offices_steps_and_texts(show):
    page = Page(show("people", "vladimir-kazimirov"))
    assert "Владимир Казимиров" in page.text
    assert ("span", {"lang": "ru"}) in page.elements
    assert "../events/1994-05-05-bishkek.html" in page.links
    assert "../documents/1994-05-05-bishkek.protocol.html" in page.links
    assert "plenipotentiary representative of the president" in page.text
    seats = kd.load("participants").query("person == 'vladimir-kazimirov'")["event_id"]
    assert f"({seats.nunique()})" in page.text


def test_acts_changes_and_offices_stand_in_order_of_time(book):
    texts = book.register.rows["documents"]
    for actor in ("armenia", "azerbaijan", "russia"):
        page = book.context("actors", actor)
        acts = [part.row for _, _, part in page["acts"]]
        days = [one["date_first"] or texts[one["document_id"]]["adopted_first"] for one in acts]
        assert [one for one in days if one] == sorted(one for one in days if one)
        changes = [part.row["date_first"] for _, part in page["changes"]]
        assert changes == sorted(changes)
    offices = book.context("people", "serzh-sargsyan")["offices"]
    seats = kd.load("participants").query("person == 'serzh-sargsyan'").fillna({"office": ""})
    first = seats.merge(kd.load("events")).groupby(["office", "actor"], observed=True)["start"]
    told = first.min().sort_values(kind="stable").index.get_level_values("office")
    assert [office for office, *_ in offices] == sorted(told, key=lambda office: not office)
    assert offices[0][0] == "defence minister"


def test_an_actor_has_what_it_gave_and_got_took_and_lost(book):
    for actor in ("azerbaijan", "nagorno-karabakh"):
        page = book.context("actors", actor)
        whole = {actor} if actor == "azerbaijan" else {actor, "armenia-karabakh"}
        for name, shown, (one, other) in (
            ("prisoners", [part for *_, part in page["prisoners"]], ("giver", "receiver")),
            ("front", [part for _, part in page["changes"]], ("taken_by", "lost_by")),
        ):
            table = kd.load(name)
            told = table[table[one].isin(whole) | table[other].isin(whole)]
            assert {part.row[table.columns[0]] for part in shown} == set(told.iloc[:, 0])
            assert told[one].nunique() > 1
            assert told[other].nunique() > 1


def test_people_and_actors_lead_to_those_of_the_same_steps(show, book):
    for of, key in (("people", "vladimir-kazimirov"), ("actors", "iran")):
        page = show(of, key)
        told = page.split('id="company"')[1].split("</section>")[0]
        met = kd.studies.network.met(of).query("weight > 1 and (source == @key or target == @key)")
        weights = met["weight"].tolist()[:10]
        assert [int(one) for one in re.findall(r">(\d+) steps<", told)] == weights
        assert f"../tables/{of}-together.html#who={key}" in Page(page).links
        first = met.iloc[0]
        other = first["target"] if first["source"] == key else first["source"]
        assert f'<li><a href="{other}.html">' in told
    alone = set(book.register.rows["people"]) - {key for of, key in book.company if of == "people"}
    assert 'id="company"' not in show("people", min(alone))


def test_a_place_tells_its_names_and_changes_of_hands(show):
    page = Page(show("places", "lachin"))
    assert "Berdzor" in page.text
    assert "handed over under an agreement" in page.text
    assert "https://www.geonames.org/" in "".join(page.links)


def test_a_place_leads_to_the_steps_that_name_it(show, book):
    page = show("places", "lachin")
    section = page.split('id="naming"')[1].split("</section>")[0]
    titles = {row["title"]: row for row in book.register.rows["events"].values()}
    named = [row for title, row in titles.items() if re.search(r"\bLachin\b", title)]
    elsewhere = [row["event_id"] for row in named if row["place"] != "lachin"]
    assert len(elsewhere) > 10
    assert all(f"../events/{key}.html" in section for key in elsewhere)
    assert f"({len(elsewhere)})" in section
    assert "../timeline.html#q=Lachin" in section
    assert page.index('id="naming"') < page.index('<circle cx="') < page.index("Latitude")
    assert f"titles of {len(elsewhere)} more steps name it" in page
    assert len(page.split("<svg")[1].split("</svg>")[0]) < 8000
    assert "<svg" in show("places", "kazan")
    assert "<svg" not in show("places", "washington")


def test_records_of_other_data_sets_lead_there(show):
    text = show("documents", "1994-05-05-bishkek.protocol")
    assert "https://pax.peaceagreements.org/agreements/310" in text
    assert "https://ucdp.uu.se/conflict/388" in show("actors", "azerbaijan")


def test_each_id_elsewhere_stands_beside_whose_it_is(book, show):
    """And leads to whom it is of: Germany has another code in each data set."""
    line = re.compile(r'<li>(.+): (?:<a href="(.+?)">)?([^<]+?)(?:</a>)? ?</li>')

    def told(table, key):
        part = show(table, key).split('<section id="elsewhere">')[1].split("</ul>")[0]
        found = line.findall(re.sub("<span.+?</span>", "", part))  # the match, and its note
        assert len(found) == part.count("<li>")
        return [(label, code, url) for label, url, code in found]

    assert told("actors", "germany") == [
        ("ISO 3166-1 alpha-2", "DE", ""),
        ("ISO 3166-1 alpha-3", "DEU", ""),
        ("ISO 3166-1 numeric", "276", ""),
        ("Correlates of War state", "255", ""),
        ("Gleditsch and Ward state", "260", ""),
        ("UCDP actor", "37", "https://ucdp.uu.se/actor/37"),
        ("Wikidata", "Q183", "https://www.wikidata.org/wiki/Q183"),
    ]
    assert told("places", "lachin") == [
        ("GeoNames", "147625", "https://www.geonames.org/147625"),
        ("Wikidata", "Q1000883", "https://www.wikidata.org/wiki/Q1000883"),
    ]
    assert told("documents", "1994-05-05-bishkek.protocol") == [
        (
            "PA-X Peace Agreements Database: agreement id",
            "310",
            "https://pax.peaceagreements.org/agreements/310",
        )
    ]
    assert {
        ("Correlates of War war number", "872", ""),
        ("International Crisis Behavior crisis number", "478", ""),
        ("Militarized Interstate Dispute number", "3564", ""),
        ("UCDP actor id", "64", "https://ucdp.uu.se/actor/64"),
        ("UCDP conflict id", "388", "https://ucdp.uu.se/conflict/388"),
        ("UCDP dyad id", "833", ""),
    } <= {(one.dataset, one.id, one.url) for one in book.ids["actors", "azerbaijan"]}


def test_neighbours_in_time(book, show):
    page = show("events", "1994-05-05-bishkek").split('id="around"')[1]
    places = {row["event_id"]: place for place, row in enumerate(book.steps)}
    here = places["1994-05-05-bishkek"]
    for near in (here - 1, here + 1):
        assert f'"{book.steps[near]["event_id"]}.html"' in page


def test_what_was_there_by_a_day_stands_before_what_was_on_it(book, show):
    for one, other in pairwise(book.steps):
        if one["start"] and other["end"] and not other["start"]:
            assert book.day(one["event_id"]) < other["end"], other["event_id"]
    after = show("events", "2011-06-24-kazan").split('id="around"')[1].split("<li>")[2]
    assert "<strong>After</strong>" in after
    assert "by 24 June 2011" not in after


def test_retired_ids_lead_to_what_replaces_them(book):
    found = {page["key"]: page for page in book.retired()}
    assert found.keys() >= {"oskanian", "1993-russia-csce-rivalry"}
    sent = records._metatags(found["oskanian"])
    assert 'content="0; url=vartan-oskanian.html"' in sent
    assert '<link rel="canonical" href="vartan-oskanian.html">' in sent
    gone = found["1993-russia-csce-rivalry"]
    assert not records._metatags(gone)
    assert "Background, not a step." in records.render(book, gone, records.environment())


def test_an_id_that_is_there_again_keeps_its_page(book, monkeypatch):
    """One that became two sends nobody on; what is not there, or has no page, is not led to."""
    withdrawn = [
        {"table": table, "id": key, "replaced_by": instead, "since": "9", "reason": ""}
        for table, key, instead in [
            ("people", "sergey-lavrov", ""),
            ("sources", "no-page", ""),
            ("people", "two", "sergey-lavrov | vladimir-kazimirov"),
            ("people", "lost", "nobody | sergey-lavrov"),
        ]
    ]
    monkeypatch.setattr(book.register.record, "rows", lambda table: withdrawn)
    found = {page["key"]: page for page in book.retired()}
    assert {key: [one.text for one in page["instead"]] for key, page in found.items()} == {
        "two": ["Sergey Lavrov", "Vladimir Kazimirov"],
        "lost": ["Sergey Lavrov"],
    }
    assert not records._metatags(found["two"])
    assert 'url=sergey-lavrov.html"' in records._metatags(found["lost"])


def test_every_claim_is_on_the_page_of_its_record(rows, built):
    urls = {row["source"]: row["url"] for row in rows["sources"]}
    keyed = {
        name: {row[description().tables[name].id]: row for row in rows[name]}
        for name in description().records
    }
    assert len(rows["claims"]) > 1000
    for claim in rows["claims"]:
        table, key = claim["table"], claim["record_id"]
        page, _, files = built[addresses.address(*addresses.home(table, keyed[table][key]))]
        assert urls[claim["source"]] in page.within[addresses.anchor(table, key, claim["column"])]
        assert claim in json.loads(files["json"])["claims"]
        assert claim["claim_id"] in files["csv"]


def test_every_record_is_where_its_address_says(rows, built):
    for table in description().records:
        for row in rows[table]:
            home = addresses.address(*addresses.home(table, row))
            key = row[description().tables[table].id]
            if table not in addresses.PAGED:
                assert addresses.anchor(table, key) in built[home][0].ids
                assert addresses.part_of(table, key) == f"{home}#{addresses.anchor(table, key)}"


def test_links_and_anchors_resolve(built):
    notebooks = {path.stem for path in (ROOT / "notebooks").glob("*.ipynb")}
    lists = {page.partition("#")[0] for page in contexts._LISTED.values()}
    lists |= {sheet.page for sheet in tables.sheets()}
    columns = {
        f"{name}.{one}" for name, table in description().tables.items() for one in table.columns
    }
    outside = 0
    for address, (page, shown, files) in built.items():
        for href in page.links + Page(shown["toc"]).links:
            if href.startswith(("http://", "https://")):
                outside += 1
                continue
            target, _, at = unquote(href).partition("#")
            there = normpath(join(dirname(address), target)) if target else f"{address}.html"
            if there.endswith((".json", ".csv")):
                assert files[there.removeprefix(f"{address}.")]
                continue
            there = there.removesuffix(".html")
            assert there in built or there in notebooks | lists, f"{address}: {href}"
            if at and there not in lists:  # whose anchors are read in the built book
                ids = columns if there == "codebook" else built[there][0].ids
                assert at in ids, f"{address}: {href}"
    assert outside > 1000


def test_every_statement_has_an_address_of_its_own(built, rows):
    for address, (page, _, files) in built.items():
        claims = csv.DictReader(files.get("csv", "").splitlines())
        told = {one["claim_id"] for one in claims}
        assert told <= set(page.ids) & {link.removeprefix("#") for link in page.links}, address
    shown = {one for page, _, _ in built.values() for one in page.ids}
    paged = [one for one in rows["claims"] if one["table"] in ("events", "ceasefires", "people")]
    assert paged
    assert {one["claim_id"] for one in paged} <= shown


def test_a_line_of_a_pages_statements_is_a_claim_with_its_source(built, rows):
    claims = {row["claim_id"]: row for row in rows["claims"]}
    sources = {row["source"]: row for row in rows["sources"]}
    _, _, files = built["events/2011-06-24-kazan"]
    told = list(csv.DictReader(files["csv"].splitlines()))
    assert told
    for one in told:  # both have a note
        assert one == {**sources[one["source"]], **claims[one["claim_id"]]}


def test_versions_and_statements_stand_in_one_order(book):
    agreements = list(versions.STANDING)
    for cells in book.cells.values():
        for cell in cells:
            told = [
                (agreements.index(one.agreement), -len(one.statements)) for one in cell.versions
            ]
            assert told == sorted(told), cell.anchor
            for version in cell.versions:  # outright before inferred, view by view
                said = [(one.inferred, one.source.perspective) for one in version.statements]
                assert said == sorted(said), cell.anchor


def test_headings_ids_and_elements_are_in_order(built):
    for address, (page, _, _) in built.items():
        levels = page.headings
        assert levels[0] == 1, address
        assert levels.count(1) == 1, address
        assert all(b <= a + 1 for a, b in pairwise(levels)), address
        assert len(page.ids) == len(set(page.ids)), address
        assert not page.open, address


def test_no_code_of_a_vocabulary_is_shown(built):
    coded = {
        value
        for table in description().tables.values()
        for column in table.columns.values()
        for value in column.allowed
        if "_" in value
    }
    for address, (page, _, _) in built.items():
        assert not coded & set(page.text.replace(",", " ").replace(":", " ").split()), address


def test_the_same_pages_each_time(rows, built):
    again = records.pages(contexts.Book(Record(rows), ROOT / "notebooks"))
    for page, shown, files in again:
        assert (shown, files) == built[page][1:]


def test_text_from_any_cell_stays_text(rows):
    """HTML, Markdown, formulas and scripts in any free text, and an address that is none."""
    told = {}
    for name, table in description().tables.items():
        free = [
            column.name
            for column in table.columns.values()
            if column.type == "string"
            and not (column.allowed or column.reference or column.edtf or column.derived)
            and column.name not in {*table.key, "table", "record_id", "column", "claim_id", "value"}
            and name not in ("readings", "retired")
        ]
        told[name] = [row.copied() for row in rows[name]]
        for row in told[name]:
            for column in free:
                row[column] = HOSTILE if row[column] else ""
            if name == "claims":
                about = description().tables[row["table"]].columns[row["column"]]
                if about.type == "string" and not (about.allowed or about.reference or about.edtf):
                    row["value"] = HOSTILE
    for source in told["sources"]:
        source["url"] = f"javascript:alert('{source['source']}')"
    seen = 0
    for _, shown, _ in records.pages(contexts.Book(Record(told), ROOT / "notebooks")):
        for text in (shown["body"], shown["toc"], shown["title"], shown["metatags"]):
            page = Page(text)
            assert not {"script", "b"} & {tag for tag, _ in page.elements}
            assert not [href for href in page.links if "script:" in href]
            assert not [href for href in page.links if "<" in href]
            assert not [name for _, attrs in page.elements for name in attrs if name[:2] == "on"]
            assert "49" not in page.text or "{{ 7*7 }}" in page.text
        seen += HOSTILE in Page(shown["body"]).text
    assert seen > 50


def test_only_web_addresses_become_links():
    for url in ("javascript:alert(1)", "data:text/html,x", "//x.org", "http:", "http://[", "x", ""):
        assert not versions.safe(url)
    assert versions.safe("http://www.nkr.am/en/russian-mediation")


def test_what_a_part_of_the_record_leaves_blank_is_still_a_page():
    claims = kd.load("claims").merge(kd.load("sources")[["source", "perspective"]])
    turkish = kd.record(claims[claims["perspective"] == "turkish"])
    made = list(records.pages(contexts.Book(turkish)))
    assert {page.split("/")[0] for page, _, _ in made} == set(addresses.PAGED)


def test_where_no_notebook_names_a_record_those_that_read_its_table_are_named(book):
    using = book.using("ceasefires", "no-such-id", "no such title")
    assert not using["named"]
    assert "02-ceasefire-attempts" in {one.page for one in using["books"]}


@pytest.mark.parametrize(
    ("start", "end", "claimed", "day"),
    [
        ("", "1996-05-03", ["1996-06"], "1996-05-03"),
        ("", "", ["", "1996-06", "1996-05~"], "1996-05-01"),
        ("", "", ["../1996-05-09"], "1996-05-09"),
        ("", "", [], ""),
    ],
)
def test_a_step_of_an_open_date_stands_by_its_last_day_or_the_first_claimed(
    start, end, claimed, day, book, monkeypatch
):
    row = {"event_id": "x", "start": start, "end": end}
    claims = [{"column": "date", "value": one} for one in claimed]
    monkeypatch.setitem(book.register.rows["events"], "x", row)
    monkeypatch.setitem(
        book.about["claims"], ("events", "x"), [{"column": "title", "value": "1990"}, *claims]
    )
    assert book.day("x") == day
    assert (book.in_time(row)[0] > "3") == (not day)  # without one it comes last


def test_a_title_in_bibtex_is_text(book):
    entry = book.bibtex("x", "R&D 5% of_a", "https://example.org/a_b#c")
    assert r"title = {{R\&D 5\% of\_a, in: " in entry
    assert r"howpublished = {https://example.org/a\_b\#c}" in entry
    assert entry.startswith("@misc{x,\n")
    assert entry.count("{") - entry.count(r"\{") == entry.count("}") - entry.count(r"\}")


def test_a_link_is_an_address_whatever_it_leads_to():
    assert addresses.link("a/b", 'c d/é#q=Ağ "x" & <y>') == (
        "../c%20d/%C3%A9.html#q=A%C4%9F%20%22x%22%20&%20%3Cy%3E"
    )


@pytest.mark.parametrize(
    ("name", "title", "named"),
    [
        ("Shusha (Shushi)", "Talks in Shusha (Shushi)", True),
        ("Shusha (Shushi)", "Shusha (Shushi): a visit", True),
        ("Shusha (Shushi)", "Talks in Shusha Shushi", False),
        ("Khojaly (town", "Khojaly (town) is left", True),
        ("Kazan", "Kazan's summit", True),
        ("Kazan", "Kazanlak", False),
        ("Kazan", "Old-Kazan, Ak_Kazan", True),
        ("St. A", "Sta A", False),
    ],
)
def test_a_title_names_a_place_in_whole_words(name, title, named, book, monkeypatch):
    monkeypatch.setitem(book.register.rows, "events", {"x": {"title": title}})
    assert lists.naming(book, name) == ({"x"} if named else set())


def test_steps_that_name_stepanakert_are_on_its_page(show, book):
    """By its name in the record, which ends in a bracket."""
    titles = (row["title"] for row in book.register.rows["events"].values())
    named = [title for title in titles if "Stepanakert (Khankendi)" in title]
    section = Page(show("places", "stepanakert").split('id="naming"')[1].split("</section>")[0])
    assert len(named) > 10
    assert sum(title in section.text for title in named) > 5


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[2011-06-24,2011-06-25,2011-06-26]", "24 June 2011, 25 June 2011 or 26 June 2011"),
        ("[1992~..1993]", "between 1992 (approximately) and 1993"),
        ("1994-05-31/1994-06-01", "31 May to 1 June 1994"),
        ("1994-12-31/1995-01-01", "31 December 1994 to 1 January 1995"),
        ("[1992-21,1992-23]", "spring or autumn 1992"),
        ("[..1996]", "by 1996"),
        ("1996/..", "1996 or later"),
    ],
)
def test_a_date_is_said_whatever_is_open_or_doubted(text, said):
    assert words.date(text) == said


def test_numbers_and_sides_are_written_as_one_would(show):
    text = Page(show("actors", "armenia")).text
    assert "16,500" in text
    assert "Armenian Armenia, the Karabakh Armenians" in text


def test_dates_in_remarks_are_said(show):
    page = Page(show("events", "2020-11-09-trilateral-statement")).text
    assert "10 November 2020, 00:00 (UTC+03:00)" in page
    assert "3 August 2022; by Azerbaijan" in page
    assert not re.search(r"\d{4}-\d\d-\d\d", page.split("Cite it")[0].split("Sources of this")[0])


def test_names_of_notebooks_are_whole_words():
    one = elsewhere.Notebook("01", "One", "Kazan-2 and 2011-06-24-kazan.statement", "")
    assert not elsewhere.naming([one], "2011-06-24-kazan", "Kazan")
    assert not elsewhere.naming([one], "06-24-kazan.statement")
    assert elsewhere.naming([one], "2011-06-24-kazan.statement")


def test_a_notebook_without_a_heading_is_called_by_its_file(tmp_path):
    cells = [
        {"cell_type": "markdown", "source": ["No heading: ", "#1"]},
        {"cell_type": "code", "source": "x", "outputs": [{"text": ["told"]}, {}]},
    ]
    for name in ("14-who_told", "notes"):  # the other has no number
        (tmp_path / f"{name}.ipynb").write_text(json.dumps({"cells": cells}))
    (found,) = elsewhere.notebooks(tmp_path)
    assert found == ("14-who_told", "14-who told", "No heading: #1\nx\ntold\n", "x")


@pytest.mark.parametrize(
    ("there", "away", "texts", "said"),
    [
        ("ab", "", "", "Took part in 2 steps (12 May 1994 to 24 June 2011)."),
        ("bd", "", "", "Took part in 2 steps (24 June 2011)."),
        ("d", "", "", "Took part in 1 step."),
        ("d", "da", "", "Took part in 1 step; only addressed or kept away at 1 more step."),
        ("", "ab", "", "Only addressed or kept away at 2 steps."),
        ("", "", "xxy", "Signed or refused 2 texts."),
        ("", "a", "x", "Signed or refused 1 text; only addressed or kept away at 1 step."),
        ("", "", "", ""),
    ],
)
def test_who_took_part_how_often_is_counted(there, away, texts, said):
    """Of the steps d has no day."""
    days = {"a": "1994-05-12", "b": "2011-06-24", "d": ""}
    seats = [{"event_id": one, "role": "host"} for one in there]
    seats += [{"event_id": one, "role": min(NOT_THERE)} for one in away]
    acts = [{"document_id": one} for one in texts]
    assert lists.presence(SimpleNamespace(day=days.get), seats, acts) == said


def test_all_names_have_their_language(book):
    names = book.register.all_names("places", "lachin")
    assert register.Told("Лачин", language="ru") in names
    assert {one.language for one in names} >= {"hy", "ru"}


def test_a_step_without_a_date_stands_where_its_claims_put_it(book):
    days = [book.day(row["event_id"]) for row in book.steps]
    told = [day for day in days if day]
    assert told == sorted(told)
    assert days == told + [""] * (len(days) - len(told))
    assert book.register.rows["events"]["2004-11-23-un-general-assembly"]["start"] == ""
    assert book.day("2004-11-23-un-general-assembly") == "2004-11-23"


def test_pages_say_what_they_are_about_where_nobody_wrote_it(show):
    assert "24 steps (5 May 1992 to 1 August 1996) and signed or refused 1 text" in show(
        "people", "vladimir-kazimirov"
    )
    assert "changed hands 3 times" in show("places", "lachin")


def test_a_page_counts_the_steps_that_the_tables_count(book):
    for table in ("actors", "people"):
        sheet = next(one for one in tables.sheets() if one.page == f"tables/{table}")
        column = list(sheet.columns).index("Steps")
        for row in sheet.rows:
            lead = book.context(table, row.record)["lead"]
            told = re.search(r"[Tt]ook part in ([\d,]+) step", lead)
            assert row.cells[column].text == (told.group(1) if told else "0"), row.record
    armenia = book.context("actors", "armenia")
    away = int(re.search(r"kept away at (\d+) more steps", armenia["lead"]).group(1))
    sheet = next(one for one in tables.sheets() if one.page == "tables/actors")
    there = next(int(one.cells[4].text) for one in sheet.rows if one.record == "armenia")
    assert away + there == len(armenia["steps"])


def test_a_place_leads_to_the_routes_that_go_through_it(show):
    page = Page(show("places", "stepanakert"))
    assert "baku-stepanakert-yerevan.html" in page.links
    assert "baku-yerevan.html" not in page.links
    assert 'id="routes"' not in show("places", "kazan")


def test_what_is_told_of_both_of_a_side_stands_on_the_page_of_each(show):
    for actor in ("armenia", "nagorno-karabakh"):
        page = show("actors", actor)
        assert "armenia-karabakh.html" in Page(page).links
        assert "Khojaly, February 1992" in page
        assert "taken, named together" in page
    assert "named together</span>" not in show("actors", "azerbaijan")


def test_a_place_leads_to_steps_that_only_some_sources_put_there(show):
    page = Page(show("places", "moscow"))
    assert "../events/1994-05-12-ceasefire.html#events-1994-05-12-ceasefire-place" in page.links
