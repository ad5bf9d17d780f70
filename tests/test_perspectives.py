"""Whose view a source is: that of its publisher, whoever copies the page, and of its country."""

import re

import pytest

COPIED = re.compile(r" \(.*|, (?:copy|from|via|at)\b.*|; .*| via .*| copy\b.*")
"""What follows a publisher's name where another copies or quotes the page."""
COUNTRIES = {
    "am": "armenian",
    "az": "azerbaijani",
    "ir": "iranian",
    "kz": "kazakh",
    "ru": "russian",
    "tr": "turkish",
}
ABROAD = {
    "RFE/RL",
    "RFE/RL Armenian Service",
    "Sputnik Armenia",
    "Sputnik Azerbaijan",
    "Interparliamentary Assembly of the CIS",
    "Armenia.ru",  # of Armenians in Russia, as the next two
    "news.armenia.ru",
    "janarmenian.ru",
}
"""Publishers with pages under a country's ending that are not of that country."""
OTHERWISE = {
    # what a publisher passes on: another's report, speech, letter or text
    "armenianweekly-com.armenia-hands-over-azerbaijani-prisoner-u": "third_party",
    "asbarez-com.kocharian-putin-discuss-karabakh-sign-pact": "third_party",
    "asbarez-com.russia-us-say-ready-to-back-up-dialogue": "third_party",
    "azer-com.statement-president-heydar-aliyev-in": "azerbaijani",
    "dw.baku-armenien-bricht-erneut-waffens": "azerbaijani",
    "en-aravot-am.ambassador-james-warlick-at-carnegie": "third_party",
    "epress-am.boris-yeltsins-karabakh-letter-to-bill-clinton": "russian",
    "epress-am.sargsyan-top-us-official-discuss-karabakh": "third_party",
    "karabakhfacts-com.bishkek-protocol-text": "international_organisation",
    "reliefweb-int.letter-of-azerbaijan-to-the-un-secre": "azerbaijani",
    "topnews-mediamall-am.mammadyarov-to-meet-in-vienna": "azerbaijani",
    # a publisher's own page, where most at hand pass on another's
    "azer-com.international-relations-winter-1995": "third_party",
    "cmio-org.presidents-of-russia-and-armenia-lachin": "third_party",
    "theasiatoday-org.joint-sochi-deal-reaffirms-complianc": "third_party",
    "urdupoint-com.blinken-appointing-bono": "third_party",
    "urdupoint-com.un-chief-impeded-movement": "third_party",
    # hosts that keep what others wrote
    "archives-am.yeltsin-armenia-azerbaijan-agree-to": "third_party",
    "kopilka-cherem24-ru.repost-on-the-third-truce": "third_party",
    "libed-ru.book-of-the-armenian-institute-of-i": "armenian",
    "studydoc-ru.original-russian-and-english-transla": "third_party",
    # two of one name, or of none
    "armenianclub-com.russia-says-armenia-azerbaijan-fight": "third_party",
    "ntv-com-tr.what-is-the-bishkek-protocol-in-a-ne": "turkish",
}
"""Sources that are not of their publisher's perspective, and theirs."""


def astray(sources):
    """The sources whose perspective is not their publisher's, or not their country's."""
    by = sources["publisher"].str.replace(COPIED, "", regex=True).fillna("")
    views = sources["perspective"]
    usual = views.groupby(by).transform(lambda told: told.mode()[0]).where(by.ne(""), views)
    host = sources["url"].str.extract(r"//[^/:]*\.(\w+)")[0].where(by.eq(sources["publisher"]))
    country = by.str.extract(r"\.(\w\w)$")[0].fillna(host).map(COUNTRIES)
    country = country.where(~by.isin(ABROAD), views).fillna(views)
    wrong = sources[views.ne(usual) | views.ne(country)]
    return dict(zip(wrong["source"], wrong["perspective"], strict=True))


def test_sources_have_the_perspective_of_their_publisher_and_country(record):
    assert astray(record["sources"]) == OTHERWISE


@pytest.mark.parametrize("publisher", ["Trend", "Interfax", "Aravot", "RFE/RL", "UrduPoint"])
def test_a_source_of_another_perspective_is_noticed(record, publisher):
    sources = record["sources"].astype({"perspective": "string"})
    row = sources.index[sources["publisher"].str.startswith(publisher, na=False)][0]
    sources.loc[row, "perspective"] = "iranian"
    assert astray(sources) == OTHERWISE | {sources.loc[row, "source"]: "iranian"}
