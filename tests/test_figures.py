"""Figures are reproduced byte for byte by the notebooks that show them."""

import json
from pathlib import Path

import pytest

from karabakh_data import charts

ROOT = Path(__file__).parents[1]
STUDIES = sorted((ROOT / "notebooks").glob("[0-9]*.ipynb"))
COMMITTED = ROOT / "figures"


def state():
    return {file.name: (file.stat().st_mtime_ns, file.read_bytes()) for file in COMMITTED.iterdir()}


@pytest.fixture(scope="module")
def drawn(tmp_path_factory):
    """All notebooks' code run in this process, their figures written to a folder of its own."""
    folder = tmp_path_factory.mktemp("figures")
    before = state()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(charts.FOLDER, str(folder))
        patch.chdir(folder.parent)  # a notebook runs from any folder
        for study in STUDIES:
            space: dict = {"display": lambda *_: None}
            for cell in json.loads(study.read_text(encoding="utf-8"))["cells"]:
                if cell["cell_type"] == "code":
                    exec("".join(cell["source"]), space)
    assert state() == before, "the notebooks wrote to the committed figures"
    return folder


def test_the_notebooks_write_the_committed_figures_and_no_others(drawn):
    committed = {file.name for file in COMMITTED.iterdir() if file.suffix != ".part"}
    assert {file.name for file in drawn.iterdir()} == committed


def test_same_bytes(drawn):
    for file in sorted(drawn.iterdir()):
        assert file.read_bytes() == (COMMITTED / file.name).read_bytes(), file.name
