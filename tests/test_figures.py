"""Figures are reproduced byte for byte by the notebooks that show them."""

import json
from pathlib import Path

import matplotlib as mpl
import pytest

ROOT = Path(__file__).parents[1]
STUDIES = sorted((ROOT / "notebooks").glob("[0-9]*.ipynb"))


@pytest.fixture(scope="module")
def drawn(tmp_path_factory):
    """All notebooks' code run in this process, their figures written to a folder of its own."""
    mpl.use("agg")
    from matplotlib import pyplot

    from karabakh_data import charts

    folder = tmp_path_factory.mktemp("figures")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(charts, "FIGURES", folder)
        for study in STUDIES:
            space: dict = {"display": lambda *_: None}
            for cell in json.loads(study.read_text(encoding="utf-8"))["cells"]:
                if cell["cell_type"] == "code":
                    exec("".join(cell["source"]), space)
            pyplot.close("all")
    return folder


def test_the_notebooks_write_the_committed_figures_and_no_others(drawn):
    committed = {file.name for file in (ROOT / "figures").iterdir() if file.suffix != ".part"}
    assert {file.name for file in drawn.iterdir()} == committed


def test_same_bytes(drawn):
    for file in sorted(drawn.iterdir()):
        assert file.read_bytes() == (ROOT / "figures" / file.name).read_bytes(), file.name
