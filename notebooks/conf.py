"""The book: every notebook is run again when it is built."""

import os
import sys
from importlib.metadata import version as installed
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))  # for `pages`, which makes pages from the tables

project = "karabakh_data"
author = "The karabakh_data contributors"
copyright = "2026, the karabakh_data contributors. Text, coding and figures: CC BY 4.0"  # noqa: A001
version = release = installed("karabakh_data")
extensions = ["myst_nb", "sphinx.ext.autodoc", "sphinx.ext.napoleon", "pages.records"]
extensions += ["pages.links", "pages.ways", "pages.timeline", "pages.tables", "pages.map"]
extensions += ["pages.downloads", "pages.sql", "pages.metadata", "pages.search"]
exclude_patterns = ["**.ipynb_checkpoints"]
html_theme = "furo"
html_static_path = ["_static"]
html_css_files = ["book.css", "codebook.css"]
html_js_files = [("book.js", {"defer": "defer"})]
html_favicon = "_static/favicon.svg"
published = os.environ.get("KARABAKH_DATA_BOOK", "").rstrip("/")  # where, if anywhere
html_baseurl = published and f"{published}/"
html_use_index = html_domain_indices = False
templates_path = ["_templates"]
html_title = "Mediation in the Nagorno-Karabakh conflict"
html_copy_source = False
html_show_sphinx = False
myst_enable_extensions = ["attrs_block", "attrs_inline", "colon_fence", "deflist"]
autodoc_member_order = "bysource"
autodoc_type_aliases = {name: name for name in ("Columns", "Headline", "TableName", "Tables")}
nb_execution_mode = "force"
nb_execution_raise_on_error = True
nb_execution_timeout = 120
os.environ.setdefault("KARABAKH_DATA_FIGURES", str(Path(__file__).parents[1] / "figures"))
nb_ipywidgets_js = {}  # no widgets, so nothing is fetched by the reader's browser
nb_merge_streams = True
nb_code_prompt_show = "Show code"
nb_code_prompt_hide = "Hide code"
