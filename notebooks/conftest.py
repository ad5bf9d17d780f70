"""Each notebook is run once, and whatever tests ask of it is asked of that run."""

from __future__ import annotations

import io
import json
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import NamedTuple

import pytest
from IPython.core.displayhook import CapturingDisplayHook
from IPython.core.displaypub import CapturingDisplayPublisher
from IPython.core.interactiveshell import InteractiveShell

from karabakh_data import charts

NOTEBOOKS = sorted(Path(__file__).parent.glob("*.ipynb"))


class Cell(NamedTuple):
    """What a code cell holds, and what its run showed."""

    source: str
    alt: str
    kept: list[dict[str, str]]
    shown: list[dict[str, str]]


class Run(NamedTuple):
    """One run of a notebook from a folder that is not its own."""

    cells: list[Cell]
    figures: dict[str, charts.Chart]
    folder: Path


@pytest.fixture(
    scope="session",
    params=NOTEBOOKS,
    ids=lambda path: path.stem,
)
def run(request, tmp_path_factory) -> Run:
    """A notebook's code run in this process, its figures written to a folder of its own."""
    folder = tmp_path_factory.mktemp("figures")
    figures: dict[str, charts.Chart] = {}
    write = charts.save

    def save(figure, name, *args, **options):
        figures[name] = figure
        return write(figure, name, *args, **options)

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(charts.FOLDER, str(folder))
        patch.setenv("IPYTHONDIR", str(tmp_path_factory.mktemp("ipython")))
        patch.setattr(charts, "save", save)
        patch.chdir(folder.parent)
        return Run(executed(request.param), figures, folder)


def executed(path: Path) -> list[Cell]:
    """The code cells of a notebook, run one after the other in IPython."""
    shell = InteractiveShell.instance()
    shell.history_manager.enabled = False
    shell.reset(new_session=False)
    shell.display_pub = CapturingDisplayPublisher(parent=shell)
    found = []
    for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
        if cell["cell_type"] != "code":
            continue
        source, kept = "".join(cell["source"]), cell["outputs"]
        shown = shell.display_pub.outputs = []
        shell.display_trap.hook = CapturingDisplayHook(shell, shown)
        with redirect_stdout(io.StringIO()) as out, redirect_stderr(io.StringIO()) as err:
            shell.run_cell(source).raise_error()
        texts = {"stdout": out.getvalue(), "stderr": err.getvalue()}
        found.append(
            Cell(
                source,
                cell["metadata"].get("mystnb", {}).get("image", {}).get("alt", ""),
                [joined(one.get("data") or {one["name"]: one["text"]}) for one in kept],
                [{name: text} for name, text in texts.items() if text]
                + [one["data"] for one in shown if one["data"]],
            )
        )
    return found


def joined(data: dict[str, object]) -> dict[str, object]:
    """An output as a notebook keeps it, text in lines as one."""
    return {kind: "".join(text) if isinstance(text, list) else text for kind, text in data.items()}
