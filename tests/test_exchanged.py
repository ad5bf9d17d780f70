"""Two numbers of a sentence that changed places between two names are noticed.

A name has the numbers of its row, of its column, or of its entry in one table that the section
prints or draws. Two numbers of a sentence, each with its names, are exchanged where no table
has them so and one has them the other way about.
"""

import csv
import html
import re
from collections import Counter, defaultdict
from itertools import combinations, pairwise

from test_figures import MONTHS
from test_notebooks import ALT, NUMBER, ROOT, STUDIES, by_name, printed, prose, read, sections

FIGURES = ROOT / "figures"
DATE = re.compile(
    rf"\b(?:\d\d? )?(?:{MONTHS})(?: \d{{4}})?\b|(?<![\w,.])(?:19|20)\d\d(?:\u2013\d\d)?(?![\w,])"
)
TOTAL = re.compile(r"\b(?:of|all)(?: the| all| its| these)? \d[\d,]*")
"""What a number is a part of."""
ENTRY = re.compile(r"""['"]([^'"]+|[^']+'[^']*)['"]: (\[[^]]*\]|\([^)]*\)|[^,}\]]+)""")
BREAK = re.compile(r"[,;:()]|[.?!](?=\s|$)|\b(?:and|but|against|while|where|or)\b")
"""What parts a number from the names before it."""
UNSAID = {"source", "alone"}
"""What a sentence leaves out of a name."""
NO_NAMES = {(one,) for one in ("day", "percent", "since", "step", "then", "what", "with", "year")}


def number(text):
    return float(text.replace(",", ""))


def values(text):
    """The numbers of a row, and their sum."""
    found = [number(one.rstrip(",")) for one in NUMBER.findall(text)]
    return {*found, sum(found), *(round(100 * one) for one in found if one < 1)}


def name(text):
    """The words of a name, in the singular."""
    parts = re.findall(r"[^\W_][^\W_'\u2019.]*", text.lower())
    return tuple(one.removesuffix("s") for one in parts if one not in ("the", "s"))


class Table(defaultdict):
    """The numbers of each name in what is printed at once, or drawn in one figure."""

    def __init__(self):
        super().__init__(set)

    def put(self, text, found):
        words = name(text)
        for key in {words, tuple(word for word in words if word not in UNSAID)}:
            if key not in NO_NAMES and any(len(word) > 2 and word.isalpha() for word in key):
                self[key] |= found


def shown(text):
    """What a code cell prints, as a table."""
    table = Table()
    for key, given in ENTRY.findall(text):
        table.put(key, values(given))
    lines = [re.sub(r"\{.*\}", " ", line) for line in text.splitlines()]
    for line in lines:
        pieces = re.split(r"[,;] ", line)
        each = all(re.search(r"[^\W\d].*\d|\d.*[^\W\d]", piece) for piece in pieces)
        for piece in pieces if each else [line]:
            for label in re.split(r"\s{2,}|[,;:()\[\]]|(?<=[^\W\d]) (?=\d)|(?<=\d) ", piece):
                table.put(label, values(DATE.sub(" ", piece)))
    for place, head in enumerate(lines):
        columns = defaultdict(list)
        for line in lines[place + 1 :]:
            for found in re.finditer(r"(?<=\s)\d[\d,.]*(?=%?(?:\s|$))", line):
                columns[found.end()].append(found[0])
        for end, column in columns.items():
            if re.fullmatch(r".*[^\W\d]", head[:end]) and head[end : end + 1] in ("", " "):
                words = re.split(r"\s{2,}", head[:end])[-1].split(" ")
                for first in range(len(words)):
                    table.put(" ".join(words[first:]), values(" ".join(column)))
    return table


def drawn(file):
    """What a figure draws, as a table; of a name with several rows how many there are."""
    table = Table()
    with file.open(encoding="utf-8", newline="") as text:
        head, *rows = csv.reader(text)
    times = Counter(cell for row in rows for cell in set(row))
    for row in rows:
        found = values(" ".join(cell for cell in row if NUMBER.fullmatch(cell)))
        for cell in row:
            table.put(cell, found if times[cell] == 1 else {float(times[cell])})
    for key, column in zip(head, zip(*rows, strict=True), strict=True):
        table.put(key, values(" ".join(cell for cell in column if NUMBER.fullmatch(cell))))
    return table


def spoken(sentence, tables):
    """The numbers of a sentence, each with the names beside it."""
    names = set().union(*tables)
    for part in BREAK.split(TOTAL.sub(" ", DATE.sub(" ", sentence))):
        words = re.findall(r"\d[\d,]*(?:\.\d+)?|[^\W\d_](?:[\w'\u2019/-]|\.(?=\w))*", part)
        found, place = [], 0
        while place < len(words):
            if words[place][0].isdigit():
                found.append(words[place])
            else:
                spans = (words[place : place + long] for long in range(8, 0, -1))
                keys = ((name(" ".join(span)), len(span)) for span in spans)
                key, long = next((one for one in keys if one[0] in names), ("", 1))
                found += [key] if key else []
                place += long - 1
            place += 1
        given = [one for one in found if isinstance(one, str)]
        called = [one for one in found if not isinstance(one, str)]
        if len(given) == 1 and called:
            yield given[0], called
        elif len(given) == len(called) and all(
            isinstance(one, str) != isinstance(other, str) for one, other in pairwise(found)
        ):
            yield from ((one, [key]) for one, key in zip(given, called, strict=True))


def has(table, key, given):
    digits = len(given.partition(".")[2])
    return any(round(one, digits) == number(given) for one in table.get(key, ()))


def together(tables, first, second):
    """Whether one table has both numbers as numbers of their names."""
    return any(
        one != other and has(table, one, first[0]) and has(table, other, second[0])
        for table in tables
        for one in first[1]
        for other in second[1]
    )


def exchanged(pairs, tables):
    """The numbers that have changed places, two and two."""
    return [
        (one, other)
        for one, other in combinations(pairs, 2)
        if number(one[0]) != number(other[0])
        and together(tables, (other[0], one[1]), (one[0], other[1]))
        and not together(tables, one, other)
    ]


def told(path):
    """The sentences of a notebook, its titles and its alt texts, each with its tables."""
    parts = sections(read(path))
    tables, texts = [], []
    for part in parts:
        tables.append([])
        for cell in part:
            source = "".join(cell["source"])
            if cell["cell_type"] == "markdown":
                texts.append((len(tables) - 1, re.sub(r"[][*“”]", "", prose(cell))))
                continue
            if text := printed(cell):
                tables[-1].append(shown(text))
            for figure in re.findall(r'charts\.save\(\s*\w+,\s*"([\w-]+)"', source):
                tables[-1].append(drawn(FIGURES / f"{figure}.csv"))
                svg = (FIGURES / f"{figure}.svg").read_text(encoding="utf-8")
                for tag in ("title", "desc") if ALT.search(source) else ("title",):
                    text = re.search(f"<{tag}>(.*?)</{tag}>", svg)[1]
                    texts.append((len(tables) - 1, html.unescape(text)))
    everything = [table for part in tables for table in part]
    for place, text in texts:
        given = everything if place in (0, len(parts) - 1) else tables[place]
        for sentence in re.split(r"(?<=[.?!])\s+(?=[A-Z\d])|\n", text):
            yield sentence, list(spoken(sentence, given)), given


@by_name(STUDIES)
def test_no_two_numbers_have_changed_places(path):
    for sentence, pairs, tables in told(path):
        assert not exchanged(pairs, tables), sentence


def test_numbers_that_change_places_are_noticed():
    changed = noticed = 0
    for path in STUDIES:
        for _, pairs, tables in told(path):
            for one, other in combinations(range(len(pairs)), 2):
                (first, names), (second, others) = pairs[one], pairs[other]
                if number(first) != number(second) and names != others:
                    turned = list(pairs)
                    turned[one], turned[other] = (second, names), (first, others)
                    changed += 1
                    noticed += bool(exchanged(turned, tables))
    assert noticed > 0.8 * changed > 300
