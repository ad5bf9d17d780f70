"""The ways into the record: what they say is what the notebooks and the tables say."""

import csv
import doctest
import json
import re
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pytest

pytest.importorskip("sphinx", reason='the book\'s code needs: pip install -e ".[book]"')

from docutils import nodes
from pages import edition, links, search, sql, tables, timeline, ways, words
from pages import map as maps
from pages.addresses import anchor
from pages.drawing import LETTERS, NARROW, Place, View, _cut, draw, meet, spot
from test_notebooks import STUDIES, code, numbers, printed, prose, read

import karabakh_data as kd
from karabakh_data.studies import _periods, tellers

BOOK = Path(__file__).parents[1] / "notebooks"
QUESTION = re.compile(r"^\[(.+)\]\((\d\d-.+?\.ipynb)\)\n: (.+)$", re.MULTILINE)


class Page(HTMLParser):
    """The tags of a page with what is written in them, and whether each is closed."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.open: list[str] = []
        self.words: list[str] = []
        self.feed(html)
        assert not self.open

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in ("input", "rect", "path", "circle", "line"):
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.words.append(data)

    def of(self, tag: str) -> list[dict[str, str]]:
        return [attrs for name, attrs in self.tags if name == tag]

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())


@pytest.fixture(scope="module")
def shown():
    """The numbers that each notebook prints."""
    return {
        path.name: set().union(*(numbers(printed(cell)) for cell in code(read(path))))
        for path in STUDIES
    }


@pytest.fixture(scope="module")
def steps():
    return timeline.steps()


@pytest.fixture(scope="module")
def html():
    """What the directives and tables put into their pages, by page."""
    made = {
        one.page: ways.render("table.html", sheet=one, anchor=anchor) for one in tables.sheets()
    }
    made |= {"timeline": timeline.timeline("timeline"), "map": maps.maps("map")}
    return made | {"map#places": maps.listed("map"), "tables": tables.overview("tables")}


@pytest.fixture(scope="module")
def line(html):
    return Page(html["timeline"])


@pytest.fixture(scope="module")
def sheets():
    return {sheet.page: sheet for sheet in tables.sheets()}


def written(name: str) -> str:
    """A page of the book as written, without what is no prose."""
    text = (BOOK / name).read_text(encoding="utf-8")
    return re.sub(r"^```\{toctree\}.*?^```$|<[^>]*>", " ", text, flags=re.DOTALL | re.MULTILINE)


# --- front page, findings, glossary


def test_the_front_page_says_what_the_notebooks_print(shown):
    """Section by section: what the notebooks print that it links to, or any if it links to none."""
    for part in re.split(r"^## ", written("index.md"), flags=re.MULTILINE):
        linked = re.findall(r"\((\d\d-.+?\.ipynb)\)", part) or list(shown)
        printed_there = set().union(*(shown[name] for name in linked))
        assert numbers(prose({"source": part})) <= printed_there, part


def test_the_front_page_has_about_400_words_and_four_figures():
    text = written("index.md")
    story = text[text.index("## ") :]
    story = re.sub(r"^```.*?^```$|^## ", " ", story, flags=re.DOTALL | re.MULTILINE)
    assert 350 <= len(prose({"source": story}).split()) <= 450
    figures = re.findall(r"^```\{figure\} \.\./figures/(.+)\n:alt: (.+)$", text, re.MULTILINE)
    assert len(figures) == 4
    for file, alt in figures:
        assert (BOOK.parent / "figures" / file).is_file()
        assert re.search(r"\d", alt)


def test_people_on_the_front_page_are_in_the_record():
    text = (BOOK / "index.md").read_text(encoding="utf-8")
    named = re.findall(r'href="people/(.+?)\.html"', text)
    signed = kd.load("signatures").query("document_id == '1994-05-12-ceasefire.agreement'")
    assert sorted(named) == sorted(signed["person"])


def test_every_notebook_is_a_finding_once_and_says_what_it_prints(shown):
    rows = QUESTION.findall((BOOK / "findings.md").read_text(encoding="utf-8"))
    assert sorted(name for _, name, _ in rows) == sorted(shown)
    for question, name, answer in rows:
        assert question.endswith("?")
        assert numbers(answer) <= shown[name], f"findings, {name}: {answer}"


def test_a_number_that_no_notebook_prints_is_noticed(shown):
    assert not numbers("765 steps, 4,321 of them") <= shown["01-the-record-at-a-glance.ipynb"]
    found = QUESTION.findall("[Who?](01-the-record.ipynb)\n: 7 of 9\n")
    assert found == [("Who?", "01-the-record.ipynb", "7 of 9")]


def test_terms_that_the_ways_link_to_are_in_the_glossary():
    glossary = (BOOK / "glossary.md").read_text(encoding="utf-8")
    for name in ("index.md", "findings.md", "timeline.md", "tables.md", "map.md"):
        for term in re.findall(r"\{term\}`(.+?)`", (BOOK / name).read_text(encoding="utf-8")):
            assert f"\n{term}\n" in glossary, term


def test_the_wars_of_the_glossary_are_those_of_the_studies():
    told = (BOOK / "glossary.md").read_text(encoding="utf-8").split("## The wars")[1]
    told = told.split("## ")[0]
    for first, last in _periods.WARS.values():
        day = words.date(f"{first}/{last}")
        assert day in told or day.partition(" to ")[2] in told, day
        assert f"timeline.html#year-least={first[:4]}&year-most={last[:4]}" in told
    assert "From December 1991 to" in told


# --- timeline


def test_the_timeline_has_every_step_once_in_order(steps, line):
    assert sorted(step.event_id for step in steps) == sorted(kd.load("events")["event_id"])
    known = [step.year for step in steps if step.year]
    assert known == sorted(known)
    assert all(not step.year for step in steps[len(known) :])
    hrefs = [attrs["href"] for attrs in line.of("a") if "events/" in attrs["href"]]
    assert hrefs == [f"events/{step.event_id}.html" for step in steps]


@pytest.mark.parametrize(
    ("step", "year", "day", "within"),
    [  # each lasted, or may have been, until after the one that stands behind it
        ("1995-1996-co-chair-rounds", "1995", "1995-01-01", "1995-01-26-minsk-group-region"),
        ("1997-05-package", "1997", "1997-05-01", "1997-06-20-denver"),
        ("2005-01-four-returned", "2004", "2004-12-31", "2005-01-11-prague"),
        ("2023-09-bodies", "2023", "2023-09-20", "2023-09-21-yevlakh"),
        ("1993-09-05-aliyev-moscow", "1993", "1993-09-05", "1993-09-13-moscow-communique"),  # open
    ],
)
def test_a_step_that_lasts_stands_where_it_begins(step, year, day, within, steps, line, html):
    one = next(one for one in steps if one.event_id == step)
    assert (one.year, one.day) == (year, day)
    hrefs = [attrs["href"] for attrs in line.of("a") if "events/" in attrs["href"]]
    assert hrefs.index(f"events/{step}.html") < hrefs.index(f"events/{within}.html")
    (under,) = re.findall(r'<h2 id="y(\d+)">(?:(?!<h2).)*?events/' + step, html["timeline"], re.S)
    assert under == year


def test_steps_stand_by_first_day_or_by_the_last_if_that_alone_is_known(steps):
    with Path(kd.path("events")).open(encoding="utf-8", newline="") as file:
        first = {row["event_id"]: row["start"] or row["end"] for row in csv.DictReader(file)}
    days = [first[step.event_id] for step in steps]
    assert days == sorted(days, key=lambda day: day or "9999")
    assert [step.year for step in steps] == [day[:4] for day in days]


def test_steps_are_told_by_whom_the_notebooks_say(steps):
    """Notebook 01 counts the steps that each perspective tells; the filter counts the same."""
    counts = Counter(view for step in steps for view in step.views)
    assert dict(counts) == tellers.known_by("events").sum().to_dict()
    choices = next(one.choices for one in timeline.filters(steps) if one.key == "view")
    assert {one.value: one.rows for one in choices} == dict(counts)
    assert "Third-party sources" in {one.label for one in choices}


def test_what_the_sources_dispute_is_marked(steps):
    by_id = {step.event_id: step for step in steps}
    assert by_id["2011-06-24-kazan"].disputed
    assert by_id["1994-05-12-ceasefire"].disputed
    assert 0 < sum(step.disputed for step in steps) < len(steps) / 2


def test_a_step_of_which_only_the_end_is_known_stands_in_its_year(steps):
    rome = next(step for step in steps if step.event_id == "1992-09-11-rome")
    assert (rome.date, rome.year, rome.day) == ("by 11 September 1992", "1992", "")


def test_whom_a_step_only_addressed_did_not_take_part(steps):
    roles = kd.load("participants")
    kept = roles[~roles["role"].isin(["absent", "addressee"])]
    rome = Counter(actor for step in steps for actor in step.actors)
    assert rome["azerbaijan"] == kept.query("actor == 'azerbaijan'")["event_id"].nunique()


def test_every_filter_finds_the_rows_it_counts(steps, line):
    rows = line.of("li")
    assert len(rows) == len(steps)
    groups = {section.get("data-year", ""): section for section in line.of("section")}
    assert list(groups) == list(dict.fromkeys(step.year for step in steps))
    for row, step in zip(rows, steps, strict=True):  # what a row does not say its group does
        row |= {"data-year": step.year} | groups[step.year] | row
    for one in timeline.filters(steps):
        values = [row[f"data-{one.key}"].split() for row in rows]
        for place, choice in enumerate(one.choices, 1):  # rows have places of values, but years
            told = choice.value if one.key == "year" else f"{place}"
            assert sum(told in value for value in values) == choice.rows
            assert choice.rows
        if one.key != "year":
            named = [[one.choices[int(place) - 1].value for place in told] for told in values]
            assert named == [step.chosen[one.key] for step in steps]


def test_choices_begin_with_the_most_frequent_and_years_with_the_outermost(steps):
    for one in timeline.filters(steps):
        rows = [choice.rows for choice in one.choices]
        years = [choice.value for choice in one.choices]
        if one.key == "year":
            assert years == sorted(years, reverse=one.label == "To"), one.label
        else:
            assert rows == sorted(rows, reverse=True), one.label


def test_outcomes_can_be_chosen_as_the_tables_hold_them(steps):
    choices = next(one.choices for one in timeline.filters(steps) if one.key == "outcome")
    assert {one.value: one.rows for one in choices} == dict(
        kd.load("events").outcome.value_counts()
    )
    assert "Not carried out" in {one.label for one in choices}


# --- tables


def test_tables_hold_every_record(sheets):
    people = sheets["tables/people"].rows
    assert sorted(row.record for row in people) == sorted(kd.load("people")["person"])
    steps = [int(row.cells[3].key) for row in people]
    assert steps == sorted(steps, reverse=True)
    for page, name in (
        ("tables/texts", "documents"),
        ("tables/ceasefires", "ceasefires"),
        ("tables/actors", "actors"),
        ("tables/formats", "formats"),
        ("tables/provisions", "provisions"),
        ("tables/crosswalk", "crosswalk"),
    ):
        key = kd.load(name).columns[0]
        assert [row.record for row in sheets[page].rows] == kd.load(name)[key].tolist()
    listed = [row.record for page in sheets if "/sources-" in page for row in sheets[page].rows]
    assert sorted(listed) == sorted(kd.load("sources")["source"])


def test_answers_are_those_that_notebook_11_counts(sheets):
    rows = sheets["tables/answers"].rows
    put, asked = Counter(), kd.studies.offers.addressed()
    for row in rows:
        if row.chosen["proposal"] == ["yes"]:
            (answer,) = row.chosen["answer"]
            put[*row.chosen["actor"], answer.replace("_", " ")] += 1
    assert put == Counter(zip(asked["actor"], asked["answer"], strict=True))
    others = kd.studies.refusals.refused().query("~proposal")
    assert len(rows) == len(asked) + len(others)
    assert all(row.chosen["view"] for row in rows if row.chosen["answer"] != ["not_told"])
    lisbon = next(row for row in rows if row.record == "1996-12-03-lisbon.armenia")
    told = [cell.text for cell in lisbon.cells]
    assert told[1:4] == ["2 to 3 December 1996", "Armenia", "declined"]
    assert "status of Nagorno-Karabakh" in told[4]
    for row in rows:
        sides = {"azerbaijan": "azerbaijani"}.get(*row.chosen["actor"], "armenian")
        own = "yes" if sides in row.chosen["view"] else "no"
        assert row.chosen["own"] == ([own] if row.chosen["view"] else [])
        assert row.cells[6].text == "".join(row.chosen["own"])
    untold = {row.cells[3].text for row in rows if row.chosen["answer"] == ["not_told"]}
    assert untold == {"no answer on record"}


def test_rows_are_as_long_as_their_headings(sheets):
    for sheet in sheets.values():
        assert {len(row.cells) for row in sheet.rows} == {len(sheet.columns)}


def test_what_the_tables_say_of_single_records(sheets):
    stop = next(r for r in sheets["tables/ceasefires"].rows if r.record == "1994-05-12-ceasefire")
    assert [cell.text for cell in stop.cells[3:6]] == ["12 May 1994", "7,996", "broken"]
    assert stop.cells[0].href.startswith("../events/1994-05-12-ceasefire.html#")
    text = next(
        r for r in sheets["tables/texts"].rows if r.record == "1994-05-12-ceasefire.agreement"
    )
    assert text.cells[5].text == "Armenia, Azerbaijan, Karabakh Armenian authorities"
    person = next(r for r in sheets["tables/people"].rows if r.record == "samvel-babayan")
    assert person.cells[2].text == "Karabakh Armenian authorities"
    minsk = next(r for r in sheets["tables/formats"].rows if r.record == "minsk-process")
    assert [cell.text for cell in minsk.cells[3:]] == ["1992", "2025"]
    russia = next(r for r in sheets["tables/actors"].rows if r.record == "russia")
    actor = next(one for one in timeline.filters(timeline.steps()) if one.key == "actor")
    there = next(choice.rows for choice in actor.choices if choice.value == "russia")
    assert russia.cells[4].text == f"{there:,}"


def test_a_text_names_who_signed_later_and_a_person_first_for_whom_they_spoke_most(sheets):
    texts = {row.record: row.cells[5].text for row in sheets["tables/texts"].rows}
    told = "Armenia, Karabakh Armenian authorities, Azerbaijan"
    assert set(texts["1994-05-05-bishkek.protocol"].split(", ")) >= set(told.split(", "))
    seats = kd.studies.people.seats()
    for row in sheets["tables/people"].rows:
        spoken = seats[seats["person"] == row.record].groupby("actor")["event_id"].nunique()
        steps = [spoken[actor] for actor in row.chosen["actor"]]
        assert steps == sorted(spoken, reverse=True), row.record


def test_sources_stand_by_title_and_formats_with_their_steps(sheets):
    claims, steps = kd.load("claims")["source"].value_counts(), kd.load("events")["format"]
    for page, sheet in sheets.items():
        if "/sources-" in page:
            titles = [row.cells[0].text.casefold() for row in sheet.rows]
            assert titles == sorted(titles), page
            assert all(int(row.cells[5].key) == claims.get(row.record, 0) for row in sheet.rows)
    for row in sheets["tables/formats"].rows:
        assert int(row.cells[2].key) == (steps == row.record).sum()


def test_a_stop_that_did_not_end_held_at_least_so_long(sheets):
    spells = kd.studies.spells.spells().set_index("ceasefire_id")
    held = {row.record: row.cells[4].text for row in sheets["tables/ceasefires"].rows}
    assert {*spells["ended"]} == {True, False}
    for stop, told in held.items():
        ended = stop not in spells.index or spells.loc[stop, "ended"]
        assert told.startswith("at least ") == (not ended), stop


def test_pairs_are_those_that_met(sheets, steps):
    """Each as often as the network has it, and actors as often as the timeline shows."""
    for of, fewer in (("actors", 0), ("people", 1)):
        rows = sheets[f"tables/{of}-together"].rows
        met = kd.studies.network.met(of)
        met = met[met["weight"] > fewer]
        assert [tuple(row.chosen["who"]) for row in rows] == list(
            met[["source", "target"]].itertuples(index=False, name=None)
        )
        assert [int(row.cells[2].key) for row in rows] == met["weight"].tolist()
        for place, end in ((3, "first"), (4, "last")):
            years = [row.cells[place].text for row in rows]
            assert years == met[end].dt.strftime("%Y").fillna("").tolist()
        if of == "actors":
            for row in rows:
                both = set(row.chosen["who"])
                assert sum(both <= set(step.actors) for step in steps) == int(row.cells[2].key)
                one, other = row.chosen["who"]
                there = f"../timeline.html#actor={one}&actor-also={other}"
                assert row.cells[2].href == there


def test_a_step_counts_once_for_who_spoke_for_two_there(sheets):
    seats = kd.studies.people.seats()
    twice = seats[seats.duplicated(["event_id", "person"])]["person"]
    rows = {row.record: row.cells for row in sheets["tables/people"].rows}
    assert len(twice)
    for person in twice:
        steps = set(seats.loc[seats["person"] == person, "event_id"])
        assert rows[person][3].text == f"{len(steps):,}"


def test_what_texts_ask_is_what_notebook_10_counts(sheets):
    rows = sheets["tables/provisions"].rows
    counted = kd.studies.provisions.provisions()
    for key in ("topic", "whom", "became"):
        told = Counter(row.chosen[key][0].replace("_", " ") for row in rows)
        of_study = Counter(counted[key].str.replace("_", " ").replace("not told", "not on record"))
        assert told == of_study
    lachin = next(
        row for row in rows if row.record.startswith("2020-11-09") and "Lachin" in row.cells[1].text
    )
    assert lachin.cells[0].href.startswith("../documents/2020-11-09")
    assert lachin.cells[5].href == lachin.cells[0].href.partition("#")[0]


def test_a_record_leads_to_its_number_elsewhere(sheets):
    rows = {row.record: row for row in sheets["tables/crosswalk"].rows}
    for link in kd.load("crosswalk").query("dataset in ['pa-x', 'mid']").to_dict("records"):
        cells = rows[link["link_id"]].cells
        assert cells[0].href.startswith(f"../{link['table']}/{link['record_id']}.html")
        assert cells[2].text == str(link["dataset_id"])
        shown = f"https://pax.peaceagreements.org/agreements/{link['dataset_id']}"
        assert cells[2].href == (shown if link["dataset"] == "pa-x" else "")


def test_a_source_leads_to_where_it_can_be_read(sheets):
    urls = kd.load("sources").set_index("source")["url"]
    for page, sheet in sheets.items():
        if "/sources-" in page:
            assert all(row.cells[0].href == urls[row.record] for row in sheet.rows)


def test_no_code_reaches_the_reader(sheets):
    """Vocabularies are in words; only what a filter looks for is a code."""
    codes = {"never_began", "not_carried_out", "entry_into_force", "third_party", "carried_out"}
    for sheet in sheets.values():
        assert not codes & {cell.text for row in sheet.rows for cell in row.cells}
        assert not codes & {choice.label for one in sheet.filters for choice in one.choices}


def test_pages_are_light(html):
    heaviest = max(html, key=lambda page: len(html[page]))
    assert len(html[heaviest].encode()) < 450_000, heaviest  # 150 kB are for theme and scripts


# --- map


def test_every_place_is_in_the_list_and_those_with_a_spot_on_a_map():
    everyone = maps.places()
    assert sorted(p.place for p in everyone) == sorted(kd.load("places")["place"])
    listed = [attrs["href"] for attrs in Page(maps.listed("map")).of("a")]
    assert sum(href.startswith("places/") for href in listed) == len(everyone)
    for size in ("wide", "narrow"):
        drawn = {
            mark.place.place
            for figure in maps.FIGURES
            for view in getattr(figure, size)
            for mark in draw(view, everyone).marks
            if mark.named
        }
        missing = [p for p in everyone if p.latitude and p.happened and p.place not in drawn]
        assert all(not (-11.5 < p.longitude < 79 and 34 < p.latitude < 61.5) for p in missing)
        assert {"baku", "yerevan", "stepanakert", "shusha", "moscow", "bishkek"} <= drawn


def test_a_place_has_the_steps_and_changes_that_the_tables_have():
    steps, changes = kd.load("events")["place"], kd.load("front")["place"]
    for place in maps.places():
        told = (steps == place.place).sum(), (changes == place.place).sum()
        assert (place.steps, place.changes) == told, place.place


@pytest.mark.parametrize(
    ("longitude", "latitude", "drawn"),
    [
        ("46.75", "39.82", True),
        ("0", "51.48", True),  # on the meridian of Greenwich
        ("-9.14", "38.72", True),
        ("-77.04", "38.9", False),
        ("46.75", "", False),
        ("", "39.82", False),
    ],
)
def test_a_place_between_lisbon_and_almaty_has_a_map(longitude, latitude, drawn):
    found = spot("Here", longitude, latitude)
    assert bool(found) == drawn
    if found:
        (mark,) = found.marks
        assert 0 < mark.x < found.width
        assert 0 < mark.y < found.height
        assert mark.label
        assert bool(found.countries) == (longitude == "46.75")


def test_an_outline_goes_on_just_beyond_the_edges():
    points = [(5.2, 5.4), (50, 50), (51, 51), (500, 50), (50, -300)]
    assert _cut(points, (100, 80)) == [(5, 5), (50, 50), (109, 50), (50, -9)]


def written_over(drawing):
    """Where the names of a drawing stand; none may touch another."""
    boxes = []
    for mark in drawing.marks:
        if mark.label:
            x, y, end = mark.label
            length = 0.5 * LETTERS * len(mark.place.name)
            left = x - {"start": 0, "middle": length / 2, "end": length}[end]
            boxes.append((left, y - 0.7 * LETTERS, left + length, y))
    assert not any(meet(one, other) for n, one in enumerate(boxes) for other in boxes[:n])
    return boxes


def test_names_on_the_maps_do_not_overlap():
    for figure in maps.FIGURES:
        for view in (*figure.wide, *figure.narrow):
            assert written_over(draw(view, maps.places()))


def test_what_changed_hands_has_a_ring_on_the_map_even_where_steps_took_place():
    drawn = maps.maps("map")
    for place, ring in (("lachin", "ways-both"), ("hadrut", "ways-hands"), ("moscow", "")):
        mark = drawn.split(f'places/{place}.html"')[1].split("/>")[0]
        assert ring in mark
        assert bool(ring) == ("class=" in mark.split("<circle")[1])


def test_the_towns_of_the_front_have_their_names_on_the_wide_map():
    close = draw(maps.FIGURES[1].wide[0], maps.places())
    unnamed = {mark.place.name for mark in close.marks if not mark.label}
    assert not unnamed


def test_the_largest_marks_have_their_names_on_every_map():
    for figure in maps.FIGURES:
        for view in (*figure.wide, *figure.narrow):
            marks = [mark for mark in draw(view, maps.places()).marks if mark.named]
            assert all(mark.label for mark in marks[:6]), figure.title
            if view.frame and not view.countries:
                assert all(mark.label for mark in marks if mark.place.steps > 13)


def test_who_had_five_steps_or_more_is_named_if_at_the_end_of_a_line():
    led = 0
    for figure in maps.FIGURES:
        for view in (*figure.wide, *figure.narrow):
            marks = [mark for mark in draw(view, maps.places()).marks if mark.named]
            assert all(mark.label for mark in marks if mark.place.steps >= 5), figure.title
            led += sum(bool(mark.line) for mark in marks)
    assert maps.maps("map").count("<line ") == led > 0


def test_a_line_and_the_name_at_its_end_meet_no_other_name():
    """Nine towns in a row, too near one another for all names to stand beside them."""
    towns = [Place(f"{n}", f"Town {n}", "", "", 18 + 1.5 * n, 48.0, 5, 0) for n in range(9)]
    drawing = draw(View(NARROW, (0, 60, 40, 40)), towns)
    names = written_over(drawing)
    assert len(names) == len(towns)
    lines = [(mark, mark.line) for mark in drawing.marks if mark.line]
    assert lines
    for mark, (x, y) in lines:
        way = [(mark.x + (x - mark.x) * n / 20, mark.y + (y - mark.y) * n / 20) for n in range(20)]
        assert abs(mark.label[0] - x) < 3
        for left, upper, right, lower in names:
            assert not any(left < a < right and upper < b < lower for a, b in way)


# --- tables of notebooks


def test_a_cell_that_names_one_record_leads_to_it():
    told = (
        "<td>Sergey Lavrov</td><td>Lavrov</td><td>Meindorf declaration</td><td>Azerbaijan</td>"
        "<td>1992~</td><td>1992-06-01/1992-06-05</td><td>1994-05-12</td><td>100%</td>"
    )
    context = {"body": f'{told}<table class="dataframe">{told}</table>'}
    links.name_records(None, "04-may-1994-day-by-day", "page.html", context, doctree=True)
    linked = told.replace("Sergey Lavrov", '<a href="people/sergey-lavrov.html">Sergey Lavrov</a>')
    linked = linked.replace("1992~", "1992, approximately")
    linked = linked.replace("1992-06-01/1992-06-05", "1 to 5 June 1992")
    assert context["body"] == f'{told}<table class="dataframe">{linked}</table>'


def test_a_cell_with_signs_of_markup_leads_too(monkeypatch):
    monkeypatch.setattr(links, "named", lambda: {"War & <peace>": 'texts/a"b'})
    told = '<table class="dataframe"><td>War &amp; &lt;peace&gt;</td><td>War</td></table>'
    context = {"body": told}
    links.name_records(None, "index", "page.html", context, doctree=True)
    leading = '<td><a href="texts/a%22b.html">War &amp; &lt;peace&gt;</a></td>'
    assert context["body"] == told.replace("<td>War &amp; &lt;peace&gt;</td>", leading)


def test_a_name_of_two_leads_nowhere():
    titles = kd.load("documents")["title"]
    shared = titles[titles.duplicated()]
    assert len(shared)
    assert not set(shared) & set(links.named())


# --- questions in SQL


def test_an_answer_of_the_database_is_a_table_with_blanks_for_nothing():
    told = sql.answer("SELECT date, place FROM events WHERE event_id LIKE '2011-06-24-k%'")
    assert "<td>2011-06-24</td>" in told
    assert "<td>kazan</td>" in told
    assert "<td></td>" in sql.answer("SELECT NULL AS place")
    assert "x" * 80 in sql.answer(f"SELECT '{'x' * 80}' AS title")  # not cut


# --- all of them


def test_what_is_in_a_cell_reaches_the_reader_as_text():
    bad = "<script>alert(\"1\")</script> & 'x'"
    row = tables.Row(bad, [tables.Cell(bad, bad), tables.Cell(bad, key=bad)], {"kind": [bad]})
    choice = ways.Filter("kind", bad, [ways.Choice(bad, bad, 1)])
    sheet = tables.Sheet(
        "tables/x", bad, "sources", bad, bad, {bad: "", "two": "n"}, [row], [choice]
    )
    page = Page(ways.render("table.html", sheet=sheet, anchor=anchor))
    assert not page.of("script")
    assert page.text.count(bad) >= 6
    assert {"id": f"sources-{bad}"} in page.of("tr")
    assert {"value": bad} in page.of("option")
    assert {"data-group": None, "data-kind": "1"} in page.of("tbody")  # all rows have it


def test_an_address_that_is_none_is_no_link(sheets):
    for sheet in sheets.values():
        for row in sheet.rows:
            assert re.match(r"https?://|\.\./[a-z]", row.cells[0].href)


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)//https://x", "https://", "http://[x", "x", None]
)
def test_a_source_without_an_address_of_the_web_is_no_link(url):
    source = kd.load("sources").head(1).assign(url=url)
    said = kd.load("claims")["source"].value_counts()
    (row,) = tables._of_sources("armenian", "a side", "", source, said).rows
    assert row.cells[0] == tables.Cell(source["title"].iloc[0])


def test_many_sources_stand_by_when_they_came_out_each_once(monkeypatch):
    monkeypatch.setattr(tables, "_ON_A_PAGE", 3)
    days = pd.Series(["2009-12-31", "2010-01-01", "2010-12-31", None])
    found = pd.DataFrame({"published_last": pd.to_datetime(days), "published": days})
    assert {time: list(some.index) for time, some in tables._by_time(found)} == {
        "before 2010": [0],
        "since 2010": [1, 2],
        "without a date": [3],
    }
    assert [time for time, _ in tables._by_time(found.head(3))] == [""]


def test_choices_of_one_number_stand_by_their_label():
    values = [["b", "c"], ["a", "c"], [], ["d"]]
    labels = {"a": "zinc", "b": "gold", "c": "tin", "d": "silver"}.get
    told = [("c", "Tin", 2), ("b", "Gold", 1), ("d", "Silver", 1), ("a", "Zinc", 1)]
    assert ways.choices(values, labels) == told
    assert [one.value for one in ways.choices(values, labels, ["d", "x", "a"])] == ["d", "a"]
    assert [ways.text(one) for one in (None, pd.NA, float("nan"), pd.NaT, 0, "")] == [
        *("", "", "", ""), "0", "",
    ]  # fmt: skip


def test_every_control_has_a_label_and_every_table_its_heads(html, sheets):
    for name in (*sheets, "timeline", "map#places"):
        page = Page(html[name])
        controls = page.of("select") + page.of("input")
        assert {one["id"] for one in controls} == {one["for"] for one in page.of("label")}
        assert all("scope" in head for head in page.of("th"))
        assert len(page.of("form")) == 1
        assert "aria-label" in page.of("form")[0]
        assert "hidden" in page.of("form")[0], "without a script the controls would do nothing"
        ids = [attrs["id"] for _, attrs in page.tags if "id" in attrs]
        assert len(ids) == len(set(ids))


def test_nothing_is_fetched_from_elsewhere(html):
    for name in ("ways.js", "ways.css"):
        assert "http" not in (BOOK / "_static" / name).read_text(encoding="utf-8")
    for page in ("timeline", "map", "map#places", "tables"):
        assert not re.search(r'(src|href)="(https?:|//)', html[page])
    for made in html.values():
        assert not re.search(r"<(script|img|link|iframe)\b| on\w+=", made)


def test_the_same_bytes_each_time(html):
    timeline.steps.cache_clear()
    assert html["timeline"] == timeline.timeline("timeline")
    assert html["map"] == maps.maps("map")


def test_outlines_say_where_they_are_from():
    given = json.loads((BOOK / "pages" / "outlines.json").read_text(encoding="utf-8"))
    assert "Natural Earth" in given["about"]
    assert list(given["states"]) == sorted(maps.FIGURES[0].wide[0].countries)


def test_examples_in_the_code():
    for module in (edition, ways):
        assert doctest.testmod(module).failed == 0
        assert doctest.testmod(module).attempted


# --- in a browser


@pytest.fixture
def visit(browser, html, tmp_path):
    """Opens what a directive makes, with the book's own script and style and nothing else."""

    def opened(page: str, at: str = "", *, script: bool = True):
        file = tmp_path / f"{page.replace('/', '-')}.html"
        static = (BOOK / "_static").as_uri()
        head = f'<meta charset="utf-8"><link rel="stylesheet" href="{static}/ways.css">'
        head += f'<script defer src="{static}/ways.js"></script>'
        file.write_text(f"<!doctype html><title>x</title>{head}{html[page]}", encoding="utf-8")
        tab = browser.new_page(java_script_enabled=script)
        faults: list[str] = []
        tab.on("pageerror", lambda error: faults.append(str(error)))
        tab.goto(file.as_uri() + at)
        assert not faults
        return tab

    return opened


@pytest.fixture
def made(browser):
    """Opens a page of one's own at an address that nobody serves, with a script of the book."""
    tab = browser.new_page()
    faults: list[str] = []
    tab.on("pageerror", lambda error: faults.append(str(error)))
    served: dict[str, str] = {}

    def answer(route):
        name = route.request.url.partition("http://book/")[2].partition("?")[0]
        kind = "text/html" if name.endswith("html") else "text/javascript"
        text = served.get(name, "")
        route.fulfill(status=200 if text else 404, body=text, content_type=kind)

    def opened(script: str, body: str, at: str = "", files: dict[str, str] | None = None):
        served.clear()
        served[script] = (BOOK / "_static" / script).read_text(encoding="utf-8")
        head = "<!doctype html><meta charset='utf-8'><title>x</title>"
        served["page.html"] = f"{head}{body}<script src='{script}'></script>"
        served.update(files or {})
        tab.goto("about:blank")  # else what follows "#" alone would change
        tab.goto(f"http://book/page.html{at}")
        assert not faults
        return tab

    tab.route("**/*", answer)
    yield opened
    tab.close()


AGDERE = "Ağdərə, Iğdır"  # noqa: RUF001
TOLD = {  # days or none, numbers or none, and what a spreadsheet takes for more than text
    '=1+1, "quoted"': ("1994-05-12", "1,200"),
    "-1+cmd": ("", "30"),
    "@sum": ("1992-01-05", ""),
    "+7\n495": ("2020-11-09", "4"),
    AGDERE: ("1992-01-05", "30"),
}


@pytest.fixture
def hard(made):
    """Such a table, as its page has it, with a list of years to choose from."""
    years = sorted({day[:4] for day, _ in TOLD.values() if day})
    rows = [
        tables.Row(
            text,
            [
                tables.Cell(text, "" if text[0] == "@" else "there.html"),
                tables.Cell(words.date(day), key=day),
                tables.Cell(number),
            ],
            {"year": [day[:4]] if day else []},
        )
        for text, (day, number) in TOLD.items()
    ]
    choices = ways.choices([row.chosen["year"] for row in rows], order=years)
    filters = [ways.Filter("year", "Year", choices)]
    columns = {"What": "", "Day": "", "Dead": "n"}
    sheet = tables.Sheet("tables/x", "Made", "things", "a.", "b.", columns, rows, filters)
    body = ways.render("table.html", sheet=sheet, anchor=anchor)
    return lambda at="": made("ways.js", body, at)


def order(tab) -> list[str]:
    texts = tab.locator("tbody tr:visible th").all_text_contents()
    return [next(text for text in TOLD if text.split() == one.split()) for one in texts]


def test_rows_are_saved_as_text_whatever_they_hold(hard):
    tab = hard()
    with tab.expect_download() as saved:
        tab.get_by_role("button", name="Download these rows").click()
    text = Path(saved.value.path()).read_text(encoding="utf-8")
    assert text.startswith("\ufeff")
    head, *rows = csv.reader(text[1:].splitlines(keepends=True))
    assert head == ["What", "Day", "Dead", "Address"]
    told = {" ".join(row[0].split()): row[1:] for row in rows}
    assert list(told) == ['\'=1+1, "quoted"', "'-1+cmd", "'@sum", "'+7 495", AGDERE]
    assert told["'-1+cmd"] == ["", "30", "http://book/there.html"]
    assert told["'@sum"] == ["5 January 1992", "", ""]  # it leads nowhere
    assert saved.value.suggested_filename == "page.csv"
    tab = hard("#year=1992&sort=-1")
    with tab.expect_download() as saved:
        tab.get_by_role("button", name="Download these rows").click()
    text = Path(saved.value.path()).read_text(encoding="utf-8")
    assert [row[0] for row in csv.reader(text.splitlines())][1:] == [AGDERE, "'@sum"]


def test_rows_are_found_by_words_in_any_order_and_by_what_they_are(hard):
    for at, found in {
        "#year=1992": ["@sum", AGDERE],
        "#year=1066": list(TOLD),  # which is not there to choose
        "#q=igdir+AGDERE": [AGDERE],
        "#q=1%2B1&year=1994": ['=1+1, "quoted"'],
        "#q=nowhere": [],
        "#rows": list(TOLD),  # an anchor
    }.items():
        tab = hard(at)
        assert order(tab) == found, at
        assert tab.locator("[data-count]").inner_text() == f"{len(found)} of 5 things"
        assert tab.locator("[data-none]").is_visible() == (not found)
        years = tab.locator("[name=year] option").all_text_contents()
        if at != "#year=1992":  # what else could be chosen
            named = [one for one in found if TOLD[one][0][:4] == "1992"]
            assert years[1] == f"1992 ({len(named)})", at


def test_from_and_to_leave_out_what_has_no_date(made, monkeypatch):
    days = {"a": "1992-01-05", "b": "1994-05-12", "c": "1994-05-16", "d": ""}
    some = tuple(
        timeline.Step(key, key, day, day, day[:4], "talks", "none", "", "", [], [], disputed=False)
        for key, day in days.items()
    )
    monkeypatch.setattr(timeline, "steps", lambda: some)
    body = timeline.timeline("timeline")
    for at, found in {
        "": "abcd",
        "#year-most=1994": "abc",
        "#year-most=1992": "a",
        "#year-least=1994": "bc",
        "#year-least=1994&year-most=1992": "",
        "#order=newest": "cbad",
        "#order=newest&year-most=1994": "cba",
    }.items():
        tab = made("ways.js", body, at)
        assert "".join(tab.locator("li:visible a").all_inner_texts()) == found, at
        assert tab.locator("section:visible").count() == len({days[one][:4] for one in found})


def test_what_is_not_known_comes_last_whichever_way_a_table_is_sorted(hard):
    days, counts = {1: 2, -1: -2}, {1: 3, -1: -3}
    for column, at in ((0, days), (1, counts)):
        for way, sort in at.items():
            found = order(hard(f"#sort={sort}"))
            known = [TOLD[one][column].replace(",", "") for one in found]
            assert known[-1] == ""
            keys = [one if column == 0 else int(one) for one in known[:-1]]
            assert keys == sorted(keys, reverse=way < 0)
    tab = hard("#sort=9")  # no such column
    assert order(tab) == list(TOLD)
    for name, way in (("Dead", "descending"), ("Dead", "ascending"), ("What", "ascending")):
        tab.get_by_role("button", name=name).click()
        heads = tab.locator("thead th").evaluate_all("all => all.map(e => e.ariaSort)")
        assert heads == [way if one == name else None for one in ("What", "Day", "Dead")]
    assert tab.url.endswith("#sort=1")


ASK = """<form id="ask"><input name="q"></form><p id="found"></p>
<div id="records"></div><div id="texts"></div><script>
const NAMES = [
  {page: "a.html", kind: "person", names: ["Ada Ağayev", "Ադա <b>"], when: "", weight: 3},
  {page: "b.html", kind: "step", names: ["Talks"], when: "5 May 1994", weight: 1,
   near: [0], dated: "5 May 1994"},
  {page: "c.html", kind: "place", names: ["Gyumri"], when: "", weight: 0},
];
const MONTHS = {mayis: "may"};
</script>"""
FOUND = """export const search = async (query) => {
  await new Promise((done) => setTimeout(done, query === "ada" ? 900 : 0));
  const told = (page, excerpt) => ({url: `/${page}`, meta: {title: page}, excerpt});
  const text = (...given) => ({data: async () => told(...given)});
  return {results: [
    text("api.html", `reference <mark>${query}</mark>`),
    text("z.html", `<img src=x onerror=alert(1)>an <mark>${query}</mark> & <i>one</i>`),
    text("a.html", `<mark>${query}</mark>`),
    text("c.html", `found by its name: <mark>${query}</mark>`),
    text("short.html", "a <mark>g</mark>o"),
  ]};
};"""


def answers(tab, area: str) -> list[str]:
    return tab.locator(f"#{area} a").evaluate_all("all => all.map(e => e.getAttribute('href'))")


def test_names_are_found_in_any_script_and_with_a_slip(made):
    tab = made("search.js", ASK)
    for asked, found in {
        "ağayev": ["a.html", "b.html"],
        "AGAYEV": ["a.html", "b.html"],
        "Agaev": ["a.html", "b.html"],  # a letter less
        "Gumri": ["c.html"],
        "ադա": ["a.html", "b.html"],
        "Гюмри": ["c.html"],  # of which no other spelling is listed
        "talks mayıs": ["b.html"],  # noqa: RUF001
        "talks 1994": ["b.html"],
        "talks 1995": [],  # numbers are not forgiven
        "ab": [],
        "": [],
    }.items():
        tab.locator("[name=q]").fill(asked)
        tab.locator("[name=q]").press("Enter")
        assert answers(tab, "records") == found, asked
        assert tab.locator("b").count() == 0
        assert (tab.locator("#found").inner_text() == "") == (not asked)


def test_texts_are_shown_for_what_was_asked_last(made):
    """Marks are kept of them, and no other markup; pages of reference come last."""
    tab = made("search.js", ASK, "?q=ada", {"pagefind/pagefind.js": FOUND})
    assert answers(tab, "records") == ["a.html", "b.html"]
    tab.locator("[name=q]").fill("gyumri")
    tab.locator("#texts a").first.wait_for()
    tab.wait_for_timeout(1100)  # what was asked first is answered last
    assert answers(tab, "texts") == ["z.html", "a.html", "api.html"]
    assert tab.locator("#texts mark").all_inner_texts() == ["gyumri"] * 3
    assert tab.locator("#texts :is(img, i)").count() == 0
    assert tab.locator("#found").inner_text() == "1 page by name, 3 more pages by text"
    tab = made("search.js", ASK, "?q=ada")
    tab.get_by_text("only when the book comes from a server").wait_for()


def test_columns_of_numbers_and_of_days_are_told_from_words(made):
    columns = {
        "Numbers": ["−3", "1,200", "45%", ""],  # noqa: RUF001
        "Ranges": ["1–2", "3", "4", "5"],  # noqa: RUF001
        "Days": ["1994-05-12", "", "1992-01-05", "1992-02-29"],
        "Words": ["3", "4 of 5", "6", "7"],
        "Nothing": ["", "", "", ""],
    }
    head = "".join(f"<th>{one}</th>" for one in columns)
    lines = zip(*columns.values(), strict=True)
    body = "".join(f"<tr>{''.join(f'<td>{one}</td>' for one in row)}</tr>" for row in lines)
    table = f'<table class="dataframe"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'
    tab = made("book.js", f'<article><div class="cell_output">{table}</div></article>')
    kinds = tab.locator("th").evaluate_all("all => all.map(e => e.className)")
    assert dict(zip(columns, kinds, strict=True)) == {
        "Numbers": "number", "Ranges": "", "Days": "day", "Words": "", "Nothing": "",
    }  # fmt: skip
    assert tab.locator("td").first.get_attribute("data-label") == "Numbers"


def test_what_is_cited_is_copied_only_where_the_browser_lets_it(made):
    can = "<script>Object.defineProperty(navigator, 'clipboard', {value: {writeText: async "
    can += "(text) => { if (text === 'no') throw new DOMException('refused'); told = text; }}})"
    body = "</script><article><p class='cite'> R &amp; D </p><p class='cite'>no</p></article>"
    tab = made("book.js", f"<script>{body}")  # of no secure address
    assert tab.get_by_role("button").count() == 0
    tab = made("book.js", f"{can}{body}")
    one, other = tab.get_by_role("button", name="Copy").all()
    other.click()
    one.click()
    tab.get_by_text("Copied").wait_for()
    assert tab.get_by_role("button").all_inner_texts() == ["Copied", "Copy"]
    assert tab.evaluate("told") == "R & D"


def seen(tab) -> int:
    return tab.locator(".ways-timeline li:visible, tbody tr:visible").count()


def test_filters_show_what_the_tables_hold(visit, steps):
    tab = visit("timeline")
    assert seen(tab) == len(steps)
    tab.get_by_label("Format").select_option("minsk-process")
    tab.get_by_label("Kind of step").select_option("meeting")
    tab.get_by_label("Told by").select_option("armenian")
    tab.get_by_label("From", exact=True).select_option("2009")
    tab.get_by_label("To", exact=True).select_option("2011")
    wanted = [
        step
        for step in steps
        if (step.format, step.kind) == ("minsk-process", "meeting")
        and "armenian" in step.views
        and "2009" <= step.year <= "2011"
    ]
    tab.get_by_text(f"{len(wanted):,} of {len(steps):,} steps").wait_for()
    assert seen(tab) == len(wanted) > 0
    again = visit("timeline", "#" + tab.url.partition("#")[2])
    assert seen(again) == len(wanted)
    assert again.get_by_label("Format").input_value() == "minsk-process"
    again.get_by_role("button", name="Clear filters").click()
    again.get_by_text(f"{len(steps):,} of {len(steps):,} steps").wait_for()
    assert "#" not in again.url


def test_two_actors_and_an_outcome_can_be_chosen(visit, steps):
    tab = visit("timeline", "#actor=armenia&actor-also=iran&outcome=agreed")
    wanted = [
        step
        for step in steps
        if {"armenia", "iran"} <= set(step.actors) and step.outcome == "agreed"
    ]
    assert seen(tab) == len(wanted) > 0
    label = tab.get_by_label("What came of it").locator("option:checked").inner_text()
    assert label == f"Agreed ({len(wanted)})"


def test_words_are_found_without_their_marks(visit):
    tab = visit("timeline")
    tab.get_by_label("Search these rows").fill("zheleznovodsk COMMUNIQUE")
    tab.get_by_text(re.compile(r"^\d of")).wait_for()
    assert tab.locator('li:visible a[href="events/1991-09-23-zheleznovodsk.html"]').count() == 1


def test_the_newest_can_come_first(visit, steps):
    tab = visit("timeline", "#order=newest&year-least=1991")
    first = tab.locator("li:visible a").first.get_attribute("href")
    assert first == f"events/{[step for step in steps if step.year][-1].event_id}.html"
    years = tab.locator("section:visible h2").all_inner_texts()
    assert years == sorted(years, reverse=True)
    tab.get_by_label("Newest first").uncheck()
    tab.wait_for_url("**#year-least=1991")
    first = tab.locator("li:visible a").first.get_attribute("href")
    assert first == f"events/{next(step for step in steps if step.year >= '1991').event_id}.html"


def test_every_table_can_be_filtered(visit, sheets):
    for page in sheets:
        if sheets[page].filters:
            tab = visit(page)
            one = sheets[page].filters[0]
            tab.get_by_label(one.label, exact=True).select_option(one.choices[-1].value)
            tab.get_by_text(re.compile(f"^{one.choices[-1].rows} of")).wait_for()
            tab.close()


def test_what_is_not_there_is_asked_of_all_pages(visit):
    for page, there in (("timeline", "search.html"), ("tables/people", "../search.html")):
        tab = visit(page)
        hint = tab.get_by_role("link", name="Search all pages for")
        assert not hint.is_visible()
        tab.get_by_label("Search these rows").fill("Лавров & co")
        hint.wait_for()
        assert seen(tab) == 0
        asked = there + "?q=%D0%9B%D0%B0%D0%B2%D1%80%D0%BE%D0%B2+%26+co"
        assert hint.evaluate("link => link.href").endswith(asked.lstrip("./"))
        assert "Лавров & co" in hint.inner_text()
        assert tab.locator(".ways-years a:visible").count() == 0
        tab.get_by_role("button", name="Clear filters").click()
        hint.wait_for(state="hidden")


def test_years_without_steps_are_no_links(visit, steps):
    tab = visit("timeline", "#year-least=2020")
    years = sorted({step.year for step in steps if step.year >= "2020"})
    assert tab.locator(".ways-years a:visible").all_inner_texts() == years


def test_a_year_is_still_an_anchor(visit, steps):
    tab = visit("timeline", "#y1994")
    assert seen(tab) == len(steps)
    assert tab.url.endswith("#y1994")


def test_tables_are_sorted_by_number_and_by_day(visit, sheets):
    tab = visit("tables/ceasefires")
    tab.get_by_role("button", name="Days held").click()
    held = tab.locator("tbody tr").first.locator("td").nth(3).inner_text()
    assert held == "7,996"
    assert (
        tab.get_by_role("columnheader", name="Days held").get_attribute("aria-sort") == "descending"
    )
    tab.get_by_role("button", name="Declared").click()
    keys = tab.locator("tbody td:nth-child(3)").evaluate_all("all => all.map(e => e.dataset.s)")
    known = [key for key in keys if key]
    assert known == sorted(known)
    assert keys[: len(known)] == known, "what is not known comes last"
    again = visit("tables/ceasefires", "#" + tab.url.partition("#")[2])
    assert (
        again.get_by_role("columnheader", name="Declared").get_attribute("aria-sort") == "ascending"
    )


def test_without_a_script_all_is_there(visit, steps, sheets):
    assert seen(visit("timeline", script=False)) == len(steps)
    tab = visit("tables/people", script=False)
    assert seen(tab) == len(sheets["tables/people"].rows)
    assert tab.locator("form:visible").count() == 0


@pytest.mark.parametrize("page", ["timeline", "map", "map#places", "tables", "tables/texts"])
def test_nothing_scrolls_sideways(visit, page):
    tab = visit(page)
    for width in (320, 360, 768, 1024, 1280, 1440):
        tab.set_viewport_size({"width": width, "height": 800})
        over = tab.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert over <= 0, f"{page} at {width}: {over}"


# The search.


def test_a_step_is_searched_by_every_day_that_is_told_of_it():
    listed = {entry["page"]: entry for entry in search.entries(lambda page: True)}
    kazan = listed["events/2011-06-24-kazan.html"]
    assert {"24", "25", "June", "2011"} <= set(kazan["dated"].split())
    claims = kd.load("claims").query("record_id == '2011-06-24-kazan' and column == 'date'")
    assert {"2011-06-24", "2011-06-25"} <= set(claims["value"])
    rambouillet = listed["events/2006-02-10-rambouillet.html"]
    assert {"10", "11", "February", "2006"} <= set(rambouillet["dated"].split())
    assert listed["events/1996-01-moscow-round.html"]["dated"] == "January 1996"  # no day is told
    script = (BOOK / "_static" / "search.js").read_text(encoding="utf-8")
    assert "words(entry.dated" in script
    assert {search.months()[name] for name in ("june", "iyun", "iyunya", "hunis")} == {"june"}
    assert "MONTHS[latin(word)]" in script


def test_a_step_is_searched_by_where_it_was_and_who_was_there():
    listed = search.entries(lambda page: True)
    for step in ("2011-06-24-kazan", "1994-05-05-bishkek"):
        (found,) = (entry for entry in listed if entry["page"] == f"events/{step}.html")
        near = {listed[place]["page"] for place in found["near"]}
        seats = kd.load("participants").query("event_id == @step")["person"].dropna()
        place = kd.load("events").set_index("event_id").loc[step, "place"]
        assert near == {f"people/{one}.html" for one in seats} | {f"places/{place}.html"}


def test_only_pages_that_exist_are_found():
    """What was near a step is still meant by its place in the list."""
    gone = "people/vladimir-kazimirov.html"
    listed = search.entries(lambda page: page.startswith("people/") and page != gone)
    assert gone not in {entry["page"] for entry in listed}
    assert {entry["kind"] for entry in listed} == {"person"}
    listed = search.entries(lambda page: page != gone and not page.startswith("places/"))
    (bishkek,) = (one for one in listed if one["page"] == "events/1994-05-05-bishkek.html")
    seats = kd.load("participants").query("event_id == '1994-05-05-bishkek'")["person"].dropna()
    assert "vladimir-kazimirov" in set(seats)
    near = {listed[place]["page"] for place in bishkek["near"]}
    assert near == {f"people/{one}.html" for one in seats} - {gone}


def test_what_is_much_told_of_is_found_first():
    weights = {entry["page"]: entry["weight"] for entry in search.entries(lambda page: True)}
    claims = kd.load("claims").query("table == 'events'")["record_id"].value_counts()
    referring = sum(
        (kd.load(table)["event_id"] == "2011-06-24-kazan").sum()
        for table in ("ceasefires", "documents", "answers", "participants", "prisoners")
    )
    assert weights["events/2011-06-24-kazan.html"] == claims["2011-06-24-kazan"] + referring
    assert weights["people/ilham-aliyev.html"] > weights["people/abdou-abarry.html"]


def test_only_the_front_page_is_searched_by_its_region():
    titles = {name: nodes.title("", name.title()) for name in ("index", "map", "search")}
    config, env = SimpleNamespace(root_doc="index"), SimpleNamespace(titles=titles)
    found = search.chapters(SimpleNamespace(config=config, env=env))
    assert {entry["page"]: entry["names"] for entry in found} == {
        "index.html": ["Index", *search.REGION],
        "map.html": ["Map"],
    }


def test_every_other_name_is_searched():
    listed = {entry["page"]: entry for entry in search.entries(lambda page: True)}
    for table, key in (("people", "person"), ("places", "place"), ("actors", "actor")):
        for row in kd.load(table).dropna(subset="other_names").to_dict("records"):
            names = listed[f"{table}/{row[key]}.html"]["names"]
            assert set(row["other_names"].split(" | ")) <= set(names)


def test_no_step_is_searched_by_a_day_where_a_month_is_all_that_is_told():
    dates = kd.load("claims").query("table == 'events' and column == 'date'")
    dates = dates.groupby("record_id")["value"].agg(list)
    months = [
        key for key, told in dates.items() if all(re.fullmatch(r"\d{4}-\d\d", m) for m in told)
    ]
    assert {told[5:] for key in months for told in dates[key]} >= {"01", "02", "04"}
    for key in months:
        assert not re.search(r"\b\d\d?\b", search.dated()[key]), key
