"""The figure itself: in which style it is drawn, shown and saved."""

from __future__ import annotations

import os
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from io import BytesIO
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import matplotlib as mpl
import matplotlib.style
from matplotlib.figure import Figure

TEAL, OCHRE, PURPLE, GREY = "#1b7f79", "#b5791c", "#7a5195", "#8a8a8a"
LAYERS = (TEAL, OCHRE, PURPLE, "#5c4a3d", GREY, "#3d6e8e")
"""The colours of layers, in order."""

FOLDER = "KARABAKH_DATA_FIGURES"
"""The environment variable that names another folder for :func:`save` to write to."""

_STYLE = Path(__file__).parents[1] / "karabakh.mplstyle"
_P = ParamSpec("_P")
_T = TypeVar("_T")


@contextmanager
def _our_style() -> Iterator[None]:
    """Matplotlib's defaults and our style, and the reader's own settings afterwards."""
    with mpl.rc_context():
        mpl.style.use(["default", _STYLE])
        mpl.rcParams["timezone"] = "UTC"
        yield


def in_our_style(function: Callable[_P, _T]) -> Callable[_P, _T]:
    """The function, so that what it draws or writes has our style."""

    @wraps(function)
    def styled(*args: _P.args, **kwargs: _P.kwargs) -> _T:
        with _our_style():
            return function(*args, **kwargs)

    return styled


class Chart(Figure):
    """A matplotlib figure that is shown and saved in our style, whoever asks."""

    @in_our_style
    def savefig(self, fname: Any, **kwargs: Any) -> None:
        """Write it as matplotlib does, in our style."""
        super().savefig(fname, **kwargs)

    def _repr_mimebundle_(self, **_: object) -> dict[str, object]:
        """What a notebook shows."""
        image = BytesIO()
        self.savefig(image, format="png", metadata={"Software": None})
        shown = b64encode(image.getvalue()).decode("ascii")
        return {"image/png": shown, "text/plain": repr(self)}

    def _ipython_display_(self) -> None:
        """Show it so, and not as a notebook's matplotlib shows all figures, in its own style."""
        from IPython.display import display

        display(self._repr_mimebundle_(), raw=True)  # type: ignore[no-untyped-call]


def save(figure: Chart, name: str) -> Chart:
    """Write the figure to ``figures/NAME.svg``, the same bytes on each run, and give it back.

    It is written into this project's own ``figures`` only, if the package is used from a
    checkout, or into the folder that the environment variable
    ``KARABAKH_DATA_FIGURES`` names. Elsewhere one line says that it was not written.

    Args:
        figure: what one of the forms here drew.
        name: the file's name without its ending.

    Raises:
        ValueError: the name is a path.
    """
    if Path(name).name != name:
        raise ValueError(f"{name!r} is a path: expected the name of a figure")
    folder = _folder()
    if folder is None:
        print(f"{name}.svg is not written: this is no checkout of karabakh_data ({FOLDER}=FOLDER)")
        return figure
    file = folder / f"{name}.svg"
    part = file.with_suffix(".part")
    figure.savefig(part, format="svg", metadata={"Date": None, "Creator": None, "Title": name})
    os.replace(part, file)
    return figure


def _folder() -> Path | None:
    """Where figures are written, if anywhere."""
    if named := os.environ.get(FOLDER):
        Path(named).mkdir(parents=True, exist_ok=True)
        return Path(named)
    root = Path(__file__).resolve().parents[2]
    project, figures = root / "pyproject.toml", root / "figures"
    if not (project.is_file() and figures.is_dir()):
        return None
    ours = 'name = "karabakh_data"' in project.read_text(encoding="utf-8")
    return figures if ours else None
