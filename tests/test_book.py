"""The book in a real browser, and JupyterLab: what a reader sees, presses and types.

They are slow, so they run where KARABAKH_DATA_BROWSER is ``required``, as in ``.ci/run``, and
then need Chromium.
"""

import functools
import http.server
import json
import os
import re
import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path

import pandas as pd
import pytest
from conftest import HOSTILE

import karabakh_data as kd
from karabakh_data import charts

WIDTHS = (320, 360, 768, 1024, 1280, 1366, 1440)
WIDEST = """() => {
    const content = document.querySelector(".content");
    const reach = content.getBoundingClientRect().left + content.scrollWidth;
    return Math.max(document.documentElement.scrollWidth, reach);
}"""
"""How far to the right a page reaches; the theme lets the content scroll by itself."""
THIN = """([most, kinds]) => {
    for (const parent of document.querySelectorAll("article, article *"))
        for (const kind of kinds)
            [...parent.children].filter(one => one.localName === kind).slice(most, -1)
                .forEach(one => one.remove());
}"""
ROWS = ["tr", "li", "dt", "dd", "dl", "details", "option"]
"""Of many of one kind axe is given the first few and the last: it is slow."""
SEARCHES = {  # in four scripts, with slips, by old names: and the page that is meant
    "Kazan": "events/2011-06-24-kazan",
    "Kazn": "events/2011-06-24-kazan",
    "Bishkek protocol": "documents/1994-05-05-bishkek.protocol",
    "Madrid principles": "documents/2007-11-29-madrid.principles",
    "Xankəndi": "places/stepanakert",
    "Ստեփանակերտ": "places/stepanakert",
    "Степанакерт": "places/stepanakert",
    "Lachin": "places/lachin",
    "Լաչին": "places/lachin",
    "Shushi": "places/shusha",
    "Şuşa": "places/shusha",
    "Казимиров": "people/vladimir-kazimirov",
    "Kazimrov": "people/vladimir-kazimirov",
    "Əliyev": "people/ilham-aliyev",
    "Kocharian": "people/robert-kocharyan",
    "Zheleznovodks": "documents/1991-09-23-zheleznovodsk.communique",
    "Sochi 1992": "events/1992-09-19-sochi",
    "Kazan 25 June": "events/2011-06-24-kazan",
    "Казань 24 июня": "events/2011-06-24-kazan",
    "Rambouillet 2006": "events/2006-02-10-rambouillet",
    "Сочи 2022": "events/2022-10-31-sochi",
    "44-day war": "glossary#term-44-day-war",
    "Four-day war": "glossary#term-four-day-war",
}


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def served(book):
    """The address at which a server of this machine gives the book."""
    handler = functools.partial(Quiet, directory=book)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.fixture(scope="module")
def addresses(book):
    """Every page at the top, and the first, middle and last of each kind of record."""
    chosen = sorted(file.name for file in book.glob("*.html"))
    for folder in sorted(path for path in book.iterdir() if list(path.glob("*.html"))):
        pages = sorted(f"{folder.name}/{file.name}" for file in folder.glob("*.html"))
        chosen += dict.fromkeys([pages[0], pages[len(pages) // 2], pages[-1]])
    return chosen


@pytest.fixture(scope="module")
def seen(browser, served, addresses):
    """What was complained of on each page: by the browser, by axe, and how wide it was."""
    import axe_playwright_python

    axe = Path(axe_playwright_python.__file__).with_name("axe.min.js").read_text(encoding="utf-8")
    contrast = {"runOnly": ["color-contrast"]}  # all that a dark page could do worse
    found = {}
    page = browser.new_page()
    told = []
    page.on("console", lambda said: told.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: told.append(str(error)))
    page.on("request", lambda one: elsewhere(one.url) and told.append(f"asked for {one.url}"))

    def elsewhere(url):
        return not url.startswith((served, "data:", "blob:"))

    for address in addresses:
        told.clear()
        page.emulate_media(color_scheme="light")
        page.set_viewport_size({"width": WIDTHS[0], "height": 900})
        page.goto(served + address)
        wide, faults = {}, []
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            wide[width] = page.evaluate(WIDEST)
        page.evaluate(axe)
        for width, scheme, rules, few in (
            (360, "light", {}, [3, ROWS]),
            (360, "dark", contrast, [2, [*ROWS, "section", "pre"]]),
            (1280, "dark", contrast, None),
            (1280, "light", {}, None),
        ):
            page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(color_scheme=scheme)
            if few:
                page.evaluate(THIN, few)
            faults += violations(page, rules, f"{width} px, {scheme}")
        found[address] = {"told": list(told), "wide": wide, "axe": faults}
    page.close()
    return found


def violations(page, rules, where):
    """What axe finds wrong, in a line each."""
    options = {"resultTypes": ["violations"], "preload": False, **rules}  # it has no sound
    result = page.evaluate("options => axe.run(document, options)", options)
    return [
        f"{where}: {one['id']}: {node['html'][:120]}"
        for one in result["violations"]
        for node in one["nodes"]
    ]


def test_no_page_complains_or_asks_elsewhere(seen):
    assert not {page: one["told"] for page, one in seen.items() if one["told"]}


def test_every_page_can_be_read_by_all(seen):
    assert not {page: one["axe"] for page, one in seen.items() if one["axe"]}


def test_no_page_scrolls_sideways(seen):
    wide = {
        page: [width for width in WIDTHS if one["wide"][width] > width]
        for page, one in seen.items()
    }
    assert not {page: widths for page, widths in wide.items() if widths}


def test_what_is_wrong_is_noticed(browser, served):
    import axe_playwright_python

    page = browser.new_page(viewport={"width": 360, "height": 900})
    page.goto(f"{served}downloads.html")
    page.evaluate(Path(axe_playwright_python.__file__).with_name("axe.min.js").read_text())
    page.evaluate(
        "document.querySelector('article').innerHTML += "
        "'<img src=x><p style=\"width:900px;color:#ddd;background:#fff\">pale</p>'"
    )
    wrong = " ".join(violations(page, {}, "here"))
    assert "image-alt" in wrong
    assert "color-contrast" in wrong
    assert page.evaluate(WIDEST) > 360
    page.close()


def search(page, query):
    """The pages found by name and by text, in order."""
    page.get_by_label("A name in any script").fill(query)
    page.get_by_label("A name in any script").press("Enter")
    page.wait_for_function(
        "([asked]) => new URLSearchParams(location.search).get('q') === asked"
        " && document.getElementById('found').textContent.includes('by text')",
        arg=[query],
    )
    addresses = "links => links.map(link => link.getAttribute('href').replace('.html', ''))"
    return [page.eval_on_selector_all(f"#{part} a", addresses) for part in ("records", "texts")]


def test_ten_searches_find_the_page_that_is_meant(browser, served, book):
    page = browser.new_page()
    page.goto(f"{served}search.html")
    wrong = {}
    for query, meant in SEARCHES.items():
        if (book / f"{meant.partition('#')[0]}.html").exists():
            records, _ = search(page, query)
            if records[:1] != [meant]:
                wrong[query] = records[:3]
    assert not wrong
    page.close()


def test_what_was_found_is_told_apart_and_counted(browser, served):
    page = browser.new_page()
    page.goto(f"{served}search.html")
    seats = kd.load("participants").query("person == 'sergey-lavrov'")["event_id"].nunique()
    search(page, "Сергей Лавров")
    own, others = page.locator("#records h2").all_inner_texts()
    assert own == "Its own page"
    assert re.fullmatch(r"Steps with “Сергей Лавров”: the first 20 of \d+", others)
    assert int(others.split()[-1]) >= seats > 20
    records, texts = search(page, "Goble")  # "go" is no such word
    assert page.locator("#found").inner_text() == "No pages by name, no pages by text"
    assert records == texts == []
    page.close()


def test_records_stand_before_chapters_and_code_is_left_out(browser, served):
    page = browser.new_page()
    page.goto(f"{served}index.html")
    page.get_by_label("Search", exact=True).fill("Kazan")
    page.get_by_label("Search", exact=True).press("Enter")
    page.wait_for_url("**/search.html?q=Kazan")
    page.wait_for_function("document.getElementById('found').textContent.includes('by text')")
    _, texts = search(page, "groupby")  # a word of code
    assert not [text for text in texts if text != "api"]
    _, texts = search(page, "what would change the answer")
    assert any(text.startswith("0") for text in texts)
    page.close()


def test_what_was_typed_is_text(browser, served, book):
    page = browser.new_page()
    page.on("dialog", lambda dialog: pytest.fail(dialog.message))
    page.goto(f"{served}search.html?q=%3Cimg%20src=x%20onerror=alert(1)%3E")
    page.wait_for_function("document.getElementById('found').textContent.includes('by text')")
    if (book / "events").exists():
        search(page, "alert one two")
        assert HOSTILE in page.locator("#records").inner_text()
        assert not page.locator("#records script, #records b").count()
    page.close()


def test_without_a_server_names_are_found(browser, book):
    page = browser.new_page()
    page.goto((book / "search.html").as_uri() + "?q=download")
    page.wait_for_function("document.getElementById('found').textContent.includes('server')")
    assert page.locator("#records a").first.get_attribute("href") == "downloads.html"
    page.close()


def test_without_scripts_all_is_there(browser, served, book):
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(f"{served}search.html")
    assert "needs JavaScript" in page.inner_text("article")
    page.goto(f"{served}downloads.html")
    assert page.locator("a[download]").count() > 2 * len(kd.tables())
    rows = {"timeline": "#steps li", "tables/people": "tbody tr", "map": "tbody tr"}
    for name, kind in rows.items():
        page.goto(f"{served}{name}.html")
        assert page.locator(kind).last.is_visible()
        assert "takes JavaScript" in page.inner_text("article")
        assert not page.locator(".ways-filters").is_visible()
    page.goto(f"{served}events/2011-06-24-kazan.html")
    assert page.get_by_text("25 June 2011").first.is_visible()
    page.get_by_text("Sources of this page").click()
    assert page.locator("details.sources li").first.is_visible()
    page.set_viewport_size({"width": 360, "height": 900})
    page.goto(f"{served}02-ceasefire-attempts.html")
    assert page.evaluate(WIDEST) <= 360
    assert page.locator("table.dataframe").first.is_visible()
    page.context.close()


def test_on_paper_there_is_no_code_and_nothing_is_cut(browser, served):
    page = browser.new_page(viewport={"width": 720, "height": 1000})
    page.emulate_media(media="print")
    page.goto(f"{served}02-ceasefire-attempts.html")
    for gone in (".sidebar-drawer", ".cell_input", "details.hide", ".skip-to-content"):
        assert not page.locator(gone).locator("visible=true").count(), gone
    cut = "boxes => boxes.filter(box => box.scrollWidth > box.clientWidth + 1).length"
    assert page.eval_on_selector_all(".cell_output .output", cut) == 0
    page.goto(f"{served}events/2011-06-24-kazan.html")
    folded = page.locator("details:not([open]) .statements li").first
    assert folded.bounding_box()["height"] > 0
    page.goto(f"{served}tables/ceasefires.html")
    row = "getComputedStyle(document.querySelector('tbody tr')).display"
    assert page.evaluate(row) == "table-row"
    heads = "[...document.querySelectorAll('thead, thead button')].map(e => getComputedStyle(e))"
    repeated = page.evaluate(f"{heads}.map(one => [one.display, one.breakInside].join())")
    assert set(repeated) == {"table-header-group,avoid", "contents,auto"}  # on each page again
    assert page.locator("#rows").bounding_box()["width"] <= 720
    page.close()


def test_on_a_phone_words_are_cards_and_numbers_a_table(browser, served):
    page = browser.new_page(viewport={"width": 360, "height": 800})
    page.goto(f"{served}02-ceasefire-attempts.html")
    kinds = page.locator("table.dataframe").filter(has_text="extension").first
    assert kinds.evaluate("table => table.className") == "dataframe numbers"
    assert page.locator("table.cards").count()
    first = kinds.locator("td").first
    left = first.bounding_box()["x"]
    kinds.evaluate("table => { table.parentElement.scrollLeft = 60; }")
    assert first.bounding_box()["x"] == left
    page.close()


def test_a_citation_is_copied_with_one_press(browser, served):
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    for address, folded in (
        ("events/2011-06-24-kazan", "BibTeX"),
        ("06-who-sat-at-the-table", "Cite this figure"),
        ("timeline", "Cite this page"),
    ):
        page.goto(f"{served}{address}.html")
        page.get_by_text(folded, exact=True).first.click()
        told = page.locator(".cite:visible, pre.bibtex:visible").last
        told.locator("xpath=following-sibling::button[1]").press("Enter")
        page.get_by_role("button", name="Copied").wait_for()
        assert page.evaluate("navigator.clipboard.readText()") == told.inner_text().strip()
    context.close()


def test_the_menu_opens_by_keyboard(browser, served):
    page = browser.new_page(viewport={"width": 360, "height": 800})
    page.goto(f"{served}downloads.html")
    assert not page.locator(".sidebar-tree").is_visible()
    page.get_by_role("button", name="Contents of the book").press("Enter")
    page.locator(".sidebar-tree").wait_for(state="visible")
    page.close()


def shown(page):
    """How many rows a page with filters shows, as it says and as can be seen."""
    said = page.locator("[data-count]").inner_text()
    area = page.locator("[data-filters]").get_attribute("data-filters")
    seen = page.locator(f"#{area} :is(li, tbody tr)").locator("visible=true").count()
    return int(said.split()[0].replace(",", "")), seen


def test_filters_of_the_timeline_show_what_the_tables_hold(browser, served, book):
    if not (book / "timeline.html").exists():
        pytest.skip("the book has no timeline")
    steps = kd.load("events")
    page = browser.new_page()
    page.goto(f"{served}timeline.html")
    assert shown(page) == (len(steps), len(steps))
    for column in ("format", "kind"):
        for value, count in list(steps[column].value_counts().items())[:3]:
            page.locator(f"select[name={column}]").select_option(str(value))
            assert shown(page) == (count, count), value
        page.get_by_role("button", name="Clear filters").click()
    page.locator("select[name=format]").select_option("minsk-process")
    page.locator("select[name=kind]").select_option("mission")
    both = steps[steps["format"].eq("minsk-process") & steps["kind"].eq("mission")]
    assert len(both)
    assert shown(page) == (len(both), len(both))
    page.get_by_role("button", name="Clear filters").click()
    page.get_by_label("Search these rows").fill("kazan")
    page.wait_for_function("parseInt(document.querySelector('[data-count]').textContent) < 100")
    told = steps["title"].str.contains("Kazan") | steps["place"].eq("kazan")
    said, seen = shown(page)
    assert said == seen >= told.sum()
    page.close()


def test_a_choice_is_kept_in_the_address_and_counts_what_is_left(browser, served):
    steps = kd.load("events")
    page = browser.new_page()
    page.goto(f"{served}timeline.html#format=minsk-process")
    here = steps["format"].eq("minsk-process")
    assert shown(page) == (here.sum(), here.sum())
    count = "options => options.map(one => [one.value, Number(/\\((\\d+)\\)$/.exec(one.text)[1])])"
    kinds = page.eval_on_selector_all("select[name=kind] option[value]:not([value=''])", count)
    assert dict(kinds) == {kind: (here & steps["kind"].eq(kind)).sum() for kind, _ in kinds}
    page.locator("select[name=kind]").select_option("mission")
    page.wait_for_url("**#*kind=mission*")
    again = browser.new_page()
    again.goto(page.url)
    assert shown(again) == shown(page)
    page.close()
    again.close()


def test_on_a_phone_the_filters_are_folded_until_asked_for(browser, served):
    page = browser.new_page(viewport={"width": 360, "height": 740})
    page.goto(f"{served}timeline.html")
    assert not page.locator("select[name=kind]").is_visible()
    assert page.locator(".ways-filters").bounding_box()["height"] < 260
    page.get_by_text("More filters").press("Enter")
    page.locator("select[name=kind]").select_option("mission")
    page.wait_for_url("**#kind=mission")
    page.reload()
    assert page.locator("select[name=kind]").is_visible()
    page.close()


def test_the_rows_shown_can_be_saved(browser, served):
    page = browser.new_page()
    page.goto(f"{served}tables/ceasefires.html#fate=held")
    with page.expect_download() as saved:
        page.get_by_role("button", name="Download these rows (CSV)").click()
    rows = pd.read_csv(saved.value.path())
    held = kd.load("ceasefires").query("fate == 'held'")
    assert sorted(rows["Ceasefire"]) == sorted(held["title"])
    assert saved.value.suggested_filename == "ceasefires.csv"
    assert rows["Address"].str.contains("/events/").all()
    page.goto(f"{served}timeline.html#format=minsk-process&order=newest")
    with page.expect_download() as saved:
        page.get_by_role("button", name="Download these rows (CSV)").click()
    steps = pd.read_csv(saved.value.path())
    there = kd.load("events").query("format == 'minsk-process'")
    assert sorted(steps["Step"]) == sorted(there["title"])
    assert steps["Date"].iloc[0] != "date not known"
    page.close()


RUN = ("04-may-1994-day-by-day", "12-four-accounts")
NUMBERED = r"""() => {
    const prompts = [...document.querySelectorAll(".jp-Notebook .jp-InputPrompt")];
    const told = prompts.map(one => one.textContent.trim()).filter(Boolean);
    return told.length > 5 && told.every(one => /^\[\d+\]:$/.test(one));
}"""
"""Whether every cell of code has been run."""


@pytest.fixture(scope="module")
def project(tree, tmp_path_factory):
    """The copied tree, two notebooks not yet run, under version control so that changes show."""
    folder = tmp_path_factory.mktemp("lab") / "project"
    shutil.copytree(tree, folder)
    for name in RUN:
        file = folder / "notebooks" / f"{name}.ipynb"
        notebook = json.loads(file.read_text(encoding="utf-8"))
        for cell in notebook["cells"]:
            if cell["cell_type"] == "code":
                cell |= {"outputs": [], "execution_count": None}
        file.write_text(json.dumps(notebook), encoding="utf-8")
    shutil.copy(Path(__file__).parents[1] / ".gitignore", folder)
    for command in (["init", "-q"], ["add", "-A"]):
        subprocess.run(["git", *command], cwd=folder, check=True)
    author = ["-c", "user.name=reader", "-c", "user.email=reader@localhost"]
    subprocess.run(["git", *author, "commit", "-qm", "as it is"], cwd=folder, check=True)
    return folder


def started(lab, log):
    """The address that JupyterLab says it has."""
    for _ in range(300):
        if address := re.search(r"http://\S+?/lab", log.read_text(encoding="utf-8")):
            return address[0]
        assert lab.poll() is None, log.read_text(encoding="utf-8")
        time.sleep(0.2)
    pytest.fail(f"JupyterLab did not start: {log.read_text(encoding='utf-8')}")


@pytest.fixture(scope="module")
def lab(project, browser):
    """The address of JupyterLab, opened on the notebooks of that copy."""
    home, log = project.parent / "home", project.parent / "log"
    places = {f"JUPYTER_{kind}_DIR": str(home / kind) for kind in ("CONFIG", "DATA", "RUNTIME")}
    env = {**os.environ, **places, "PYTHONPATH": str(project), "JUPYTER_PREFER_ENV_PATH": "1"}
    env.pop(charts.FOLDER, None)  # figures go to the copy
    lab = subprocess.Popen(
        [
            *(sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", "--port=0"),
            *("--IdentityProvider.token=", "--LabApp.news_url=None", "--ServerApp.password="),
            f"--notebook-dir={project}",
        ],
        cwd=project,
        env=env,
        stderr=log.open("wb"),
    )
    try:
        yield started(lab, log)
    finally:
        lab.terminate()
        lab.wait(20)


def test_jupyterlab_runs_notebooks_to_the_end_and_changes_nothing(lab, browser, project):
    page = browser.new_page(viewport={"width": 1280, "height": 1000})
    for name in RUN:
        page.goto(f"{lab}/tree/notebooks/{name}.ipynb?reset")
        page.locator(".jp-Notebook .jp-CodeCell").first.wait_for(timeout=60_000)
        page.get_by_text("(ipykernel) | Idle").first.wait_for(timeout=60_000)
        assert not page.evaluate(NUMBERED)
        page.get_by_role("menuitem", name="Run", exact=True).click()
        page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
        page.wait_for_function(NUMBERED, timeout=120_000)
        page.locator(".jp-Notebook img, .jp-Notebook svg").first.wait_for()
    page.close()
    changed = subprocess.run(
        ["git", "status", "--porcelain"], cwd=project, check=True, capture_output=True, text=True
    )
    assert changed.stdout == ""
