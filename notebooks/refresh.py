"""Run notebooks again and keep what comes out: their outputs, and the figures they save.

    python notebooks/refresh.py                        # all of them
    python notebooks/refresh.py 02-ceasefire-attempts  # some, by name or by its beginning

A notebook that fails is left as it was.
"""

import os
import sys
from pathlib import Path

import nbformat
from nbconvert.preprocessors import CoalesceStreamsPreprocessor, ExecutePreprocessor

FOLDER = Path(__file__).resolve().parent
KEPT = ("name", "file_extension", "nbconvert_exporter")
"""What the notebook says of its language; the rest tells of the machine it ran on."""


def refresh(path: Path) -> None:
    """Run one notebook and write it."""
    steps = (
        ExecutePreprocessor(record_timing=False, timeout=600, kernel_name="python3"),
        CoalesceStreamsPreprocessor(),
    )
    notebook = nbformat.read(path, as_version=4)
    for step in steps:
        notebook, _ = step.preprocess(notebook, {"metadata": {"path": FOLDER}})
    told = notebook["metadata"]
    language = {key: told["language_info"][key] for key in KEPT}
    notebook["metadata"] = {"kernelspec": told["kernelspec"], "language_info": language}
    nbformat.write(notebook, path)


def main(names: list[str]) -> int:
    """Refresh the notebooks so named; 2 if there is none of that name."""
    os.environ.setdefault("KARABAKH_DATA_FIGURES", str(FOLDER.parent / "figures"))
    there = sorted(FOLDER.glob("*.ipynb"))
    asked = tuple(Path(name).stem for name in names) or ("",)
    for name in asked:
        if not any(path.stem.startswith(name) for path in there):
            print(f"no notebook {name!r}; there are: {', '.join(path.stem for path in there)}")
            return 2
    for path in there:
        if path.stem.startswith(asked):
            print(path.name, flush=True)
            refresh(path)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
