"""The findings in Armenian, Azerbaijani and Russian: what the English page answers, and no more."""

# ruff: noqa: RUF001  # letters of three alphabets are meant

import re
from pathlib import Path

import pytest
from test_notebooks import prose
from test_ways import QUESTION

BOOK = Path(__file__).parents[1] / "notebooks"
LANGUAGES = ("hy", "az", "ru")
BOTH_NAMES = {
    "hy": "Ստեփանակերտ / Խանքենդի",
    "az": "Xankəndi / Stepanakert",
    "ru": "Степанакерт / Ханкенди",
}
UNRECOGNISED = {"hy": "չճանաչված", "az": "tanınmamış", "ru": "непризнанны"}
PARTISAN = re.compile(
    r"Արցախ|օկուպ|բռնազավթ|զավթ|ազատագր|թշնամ|ահաբեկ|անջատողական|ցեղասպան|ագրես"
    r"|işğal|azad ed|azad olun|təcavüz|separat|terror|qondarma|soyqırım|düşmən|Arsax|Artsax"
    r"|оккуп|освобо[жд]|захват|агресс|сепарат|террор|геноцид|враг|так называем|Арцах",
    re.IGNORECASE,
)
"""What one side calls the other's deeds, or the region."""

NAME = re.compile(r"«(?:Արցախ|Artsax|Arsax|Арцах)»|“(?:Արցախ|Artsax|Arsax|Арцах)”")
"""What Armenians call the region, in quotation marks."""


SIDES = {
    "en": "(Azerbaijan(?!i))|(Armenian side)|(Armenia(?!n))",
    "hy": "(Ադրբեջան(?!ակ))|(հայկական կող)|(Հայաստան)",
    "az": "(Azərbaycan)|(erməni tərəf)|(Ermənistan)",
    "ru": r"(Азербайджан)|(армянск\w+ сторон)|(Армени)",
}
"""Azerbaijan, the Armenian side and Armenia, whatever follows."""


def written(name):
    return (BOOK / name).read_text(encoding="utf-8")


def numbers(text):
    """Every number in a text as often as it stands there, however its thousands are set apart."""
    return sorted(int(re.sub(r"\D", "", one)) for one in re.findall(r"\d+(?:[,\xa0]\d{3})*", text))


def part(text, begins, ends="## "):
    """The text between two marks."""
    return text.split(begins, 1)[1].split(ends, 1)[0]


def untold(english, summary):
    """The numbers of each finding that are not those of the English one: there, and here."""
    there, here = (
        {name: (numbers(question), numbers(answer)) for question, name, answer in found}
        for found in map(QUESTION.findall, (english, summary))
    )
    return {name: (there[name], here[name]) for name in there if there[name] != here[name]}


@pytest.fixture(scope="module", params=LANGUAGES)
def language(request):
    return request.param


@pytest.fixture(scope="module")
def summary(language):
    return written(f"summary-{language}.md")


def test_a_summary_answers_what_the_findings_answer_in_their_order(summary):
    def asked(text):
        found = re.findall(rf"^(?:(##) .+|{QUESTION.pattern})$", text, re.MULTILINE)
        return [heading or name for heading, _, name, _ in found]

    findings = asked(written("findings.md"))[:-1]  # how to run them
    assert asked(summary)[:-2] == findings  # names, and whose view it is
    assert findings[-1].startswith("13-")


def test_a_summary_has_the_numbers_of_the_findings(summary):
    assert not untold(written("findings.md"), summary)


def test_shares_stand_in_the_order_of_the_findings(summary):
    def shares(text):
        return [(name, re.findall(r"(\d+)%", answer)) for _, name, answer in QUESTION.findall(text)]

    assert shares(summary) == shares(written("findings.md"))


def test_the_sides_stand_in_the_order_of_the_findings(summary, language):
    """So that, with the shares, each side has its own."""

    def sides(text, words):
        told = {
            name: re.finditer(words, answer, re.I) for _, name, answer in QUESTION.findall(text)
        }
        return {name: [found.lastindex for found in of] for name, of in told.items()}

    english = sides(written("findings.md"), SIDES["en"])
    here = sides(summary, SIDES[language])
    named = {name: order for name, order in english.items() if len(order) > 1}
    assert len(named) >= 3
    assert named == {name: here[name] for name in named}


def test_a_number_changed_in_the_findings_is_noticed(summary):
    english = written("findings.md")
    for _, name, answer in QUESTION.findall(english):
        for number in re.findall(r"\d[\d,]*\d|\d", answer):
            other = answer.replace(number, str(numbers(number)[0] + 1), 1)
            assert list(untold(english.replace(answer, other), summary)) == [name], number


def test_around_the_answers_stand_only_numbers_of_the_english_pages(summary):
    lead = part(written("index.md"), "{.ways-lead}\n", "\n\n")
    assert numbers(part(summary, "{.ways-lead}\n", "\n\n")) == numbers(lead)
    others = numbers(prose({"source": QUESTION.sub("", summary.split("\n\n", 4)[-1])}))
    readme = (BOOK.parent / "README.md").read_text(encoding="utf-8")
    whose = part(readme, "## Where the data come from, and whose view it is\n")
    assert set(others) <= {*numbers(lead), *numbers(whose)}
    assert max(others) > 2000  # how many pages were read


def test_a_summary_says_that_it_is_a_translation_before_all_else(summary, language):
    head = part(summary, "\n:::{admonition}", "\n:::\n")
    assert summary.index("\n:::{admonition}") < summary.index("{.ways-lead}")
    assert "\n{.language-en}\nTranslation of the English summary; where they differ" in head
    linked = set(re.findall(r"\]\((.+?)\.md\)", head))
    assert linked == {"findings", *(f"summary-{one}" for one in LANGUAGES if one != language)}


def test_both_names_stand_where_the_city_is_first_named(summary, language):
    both = BOTH_NAMES[language]
    first, second = both.split(" / ")
    told = summary[summary.index("{.ways-lead}") :]
    assert told.index(both) == told.index(first)
    assert told.index(both) + len(first) + 3 == told.index(second)
    names = part(summary.split("13-which-findings-hold", 1)[1], "\n## ")
    assert all(name in names for name in ("*Stepanakert*", "Xankəndi", "*Shusha*"))
    assert UNRECOGNISED[language] in names


def test_a_summary_takes_no_side(summary):
    assert not PARTISAN.findall(NAME.sub("", summary))


def test_a_partisan_word_is_noticed():
    for told in ("оккупация Арцаха", "işğal edilmiş, qondarma", "Արցախի ազատագրում"):
        assert len(PARTISAN.findall(told)) == 2


def test_a_page_is_in_the_language_that_it_says(summary, language):
    script = {"hy": r"[\u0531-\u058F]", "az": r"[a-zA-ZəƏıİöÖüÜğĞşŞçÇ]", "ru": r"[\u0400-\u04FF]"}
    assert summary.startswith(f"{{.language-{language}}}\n# ")
    for question, _, answer in QUESTION.findall(summary):
        letters = re.findall(r"[^\W\d_]", question + answer)
        ours = re.findall(script[language], question + answer)
        assert len(ours) >= len(letters), (question, answer)
    if language == "az":  # which alone of languages in Latin letters has it
        assert all("ə" in answer for _, _, answer in QUESTION.findall(summary))


def test_the_front_page_leads_to_each(language):
    front = written("index.md")
    assert re.search(rf"\]\(summary-{language}\.md\)\{{\.language-{language}\}}", front)
    assert f" <summary-{language}>\n" in part(front, "```{toctree}", "```")


def test_what_is_built_has_the_language(book, language):
    html = pytest.importorskip("lxml.html")
    page = html.parse(book / f"summary-{language}.html", html.HTMLParser(encoding="utf-8"))
    (heading,) = page.xpath("//h1")
    assert heading.xpath("ancestor::*[@lang][1]/@lang") == [language]
    for answer in page.xpath("//article//dd"):
        assert answer.xpath("ancestor-or-self::*[@lang][1]/@lang") == [language]
    assert len(page.xpath("//article//dd")) == 13
    (about,) = page.xpath("//meta[@name='description']/@content")
    assert "1991" in about  # the lead, not that it is a translation
