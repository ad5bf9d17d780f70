"""`python notebooks/refresh.py`: which notebooks it runs, and what it keeps of a run."""

import json
import os
from pathlib import Path

import pytest

refresh = pytest.importorskip("refresh", reason='it needs: pip install -e ".[notebooks]"')

FIGURES = "KARABAKH_DATA_FIGURES"
LEFT_OUT = {"version": "3.11.2", "codemirror_mode": {"name": "ipython", "version": 3}}


@pytest.fixture
def ran(monkeypatch):
    """The notebooks that are run, by name."""
    names = []
    monkeypatch.setenv(FIGURES, "")  # so that it is unset again after the test
    monkeypatch.delenv(FIGURES)
    monkeypatch.setattr(refresh, "refresh", lambda path: names.append(path.stem))
    return names


def test_those_whose_names_begin_so_are_run_in_order(ran):
    assert refresh.main([]) == 0
    assert ran == sorted(path.stem for path in refresh.FOLDER.glob("*.ipynb"))
    assert len(ran) > 13
    assert Path(os.environ[FIGURES]) == refresh.FOLDER.parent / "figures"
    ran.clear()
    os.environ[FIGURES] = "mine"  # whoever keeps figures elsewhere
    assert refresh.main(["notebooks/11-why-proposals-were-refused.ipynb", "02"]) == 0
    assert ran == ["02-ceasefire-attempts", "11-why-proposals-were-refused"]
    assert os.environ[FIGURES] == "mine"
    ran.clear()
    assert refresh.main(["1"]) == 0  # begins so: not 01, nor 04 of 1994
    assert {name[0] for name in ran} == {"1"}


def test_of_an_unknown_name_those_there_are_told_and_none_is_run(ran, capsys):
    assert refresh.main(["02", "14"]) == 2
    assert ran == []
    told = capsys.readouterr().out
    assert told.startswith("no notebook '14'; there are: 01-the-record-at-a-glance, 02-")


def kernel(fails):
    """What runs a notebook, without a kernel: prints in two goes, or fails."""

    class Run:
        def __init__(self, **given):
            assert not given["record_timing"]

        def preprocess(self, notebook, resources):
            assert resources["metadata"]["path"] == refresh.FOLDER
            if fails:
                raise RuntimeError("a cell failed")
            language = {"name": "python", "file_extension": ".py", "nbconvert_exporter": "python"}
            notebook["metadata"]["language_info"] = {**language, **LEFT_OUT}
            printed = [
                {"output_type": "stream", "name": "stdout", "text": text} for text in ("1,", "352")
            ]
            notebook["cells"][0]["outputs"] = [refresh.nbformat.from_dict(one) for one in printed]
            return notebook, resources

    return Run


@pytest.fixture
def notebook(tmp_path):
    cell = {"cell_type": "code", "id": "a", "source": "print(steps)", "metadata": {}}
    cell |= {"execution_count": 1, "outputs": []}
    about = {"kernelspec": {"name": "python3", "display_name": "Python 3"}, "widgets": {}}
    path = tmp_path / "14-new.ipynb"
    told = {"cells": [cell], "metadata": about, "nbformat": 4, "nbformat_minor": 5}
    path.write_text(json.dumps(told), encoding="utf-8")
    return path


def test_what_a_run_prints_is_kept_and_nothing_of_the_machine(notebook, monkeypatch):
    monkeypatch.setattr(refresh, "ExecutePreprocessor", kernel(fails=False))
    refresh.refresh(notebook)
    kept = json.loads(notebook.read_text(encoding="utf-8"))
    assert ["".join(one["text"]) for one in kept["cells"][0]["outputs"]] == ["1,352"]
    assert set(kept["metadata"]) == {"kernelspec", "language_info"}
    assert not set(LEFT_OUT) & set(kept["metadata"]["language_info"])


def test_a_notebook_that_fails_is_left_as_it_was(notebook, monkeypatch):
    before = notebook.read_bytes()
    monkeypatch.setattr(refresh, "ExecutePreprocessor", kernel(fails=True))
    with pytest.raises(RuntimeError):
        refresh.refresh(notebook)
    assert notebook.read_bytes() == before
