"""The figure itself: in which style it is drawn, shown and saved."""

from __future__ import annotations

import html
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from io import BytesIO
from pathlib import Path
from typing import IO, Any, ParamSpec, TypeVar
from urllib.parse import quote

import matplotlib as mpl
import matplotlib.style
import pandas as pd
from matplotlib.figure import Figure

from . import fitting
from .palette import GREY, LAYERS, OCHRE, PURPLE, TEAL
from .svg import for_readers

__all__ = ["FOLDER", "GREY", "LAYERS", "OCHRE", "PURPLE", "TEAL", "Chart", "in_our_style", "save"]

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
    """The function, so that what it draws or writes has our style.

    A figure that it returns knows what was drawn: the first argument, unless the function
    says itself what it drew of it (:attr:`Chart.plotted`).
    """

    @wraps(function)
    def styled(*args: _P.args, **kwargs: _P.kwargs) -> _T:
        with _our_style():
            result = function(*args, **kwargs)
        drawn = args[0] if args else next(iter(kwargs.values()), None)
        if (
            isinstance(result, Chart)
            and result.plotted is None
            and isinstance(drawn, pd.DataFrame | pd.Series)
        ):
            result.plotted = drawn.copy()
        return result

    return styled


class Chart(Figure):
    """A matplotlib figure that is shown and saved in our style, whoever asks.

    It is shown and saved as SVG: text stays text, and colours follow the reader's
    light or dark page.

    Attributes:
        alt: what is seen, for who does not see it.
        plotted: what is drawn, so that its title can be held against it.
    """

    alt: str = ""
    plotted: pd.DataFrame | pd.Series | None = None
    _as_svg: tuple[str, str] | None = None  # its alt and what was drawn with it

    @property
    def title(self) -> str:
        """The finding, on one line."""
        return " ".join(self.get_suptitle().split())

    @in_our_style
    def savefig(self, fname: Any, **kwargs: Any) -> None:
        """Write it as matplotlib does, in our style."""
        fitting.fit(self)
        if str(kwargs.get("format") or Path(str(fname)).suffix.lstrip(".")).lower() != "svg":
            super().savefig(fname, **kwargs)
            return
        image = BytesIO()
        nothing: dict[str, Any] = dict.fromkeys(("Creator", "Date", "Format", "Type"))
        kwargs |= {"format": "svg", "metadata": nothing | kwargs.get("metadata", {})}
        super().savefig(image, **kwargs)
        _write(for_readers(image.getvalue().decode("utf-8"), self.title, self.alt), fname)

    def svg(self) -> str:
        """It as SVG, drawn anew if anything was changed since."""
        if self.stale or not self._as_svg or self._as_svg[0] != self.alt:
            image = BytesIO()
            self.savefig(image, format="svg")
            self._as_svg = self.alt, image.getvalue().decode("utf-8")
            self.stale = False
        return self._as_svg[1]

    def csv(self) -> str:
        """What is drawn, as CSV: days in ISO order, numbers to six figures, blank for unknown.

        Rows that are only numbered are written without their numbers.
        """
        plotted = pd.DataFrame() if self.plotted is None else self.plotted
        if isinstance(plotted, pd.Series):
            plotted = plotted.to_frame("value" if plotted.name is None else plotted.name)
        name = plotted.index.name
        named = name is not None or plotted.index.dtype.kind not in "iu"
        look: dict[str, Any] = {"float_format": "%.6g", "date_format": "%Y-%m-%d"}
        look |= {"lineterminator": "\n", "index_label": name or "name"}
        text: str = plotted.to_csv(index=named, **look)
        return text

    def _repr_mimebundle_(self, **_: object) -> dict[str, object]:
        """What a notebook shows.

        Nbconvert, JupyterLab and the book all look at ``text/html`` first, and only there
        do all three find the alt text.
        """
        shown: dict[str, object] = {"image/svg+xml": self.svg(), "text/plain": repr(self)}
        if self.alt:
            shown["text/html"] = self._as_html(str(shown["image/svg+xml"]))
        return shown

    def _as_html(self, svg: str) -> str:
        """It as an image of a page, which says to it whether the page is dark."""
        width, height = (round(float(inches) * 96) for inches in self.get_size_inches())
        return (
            f"<style>{_PAGES}</style>"
            f'<img class="kd-chart" width="{width}" height="{height}"'
            ' style="width:100%;max-width:35rem;height:auto"'
            f' alt="{html.escape(self.alt)}"'
            f' src="data:image/svg+xml,{html.escape(quote(svg, safe=_PLAIN))}">'
        )

    def _ipython_display_(self) -> None:
        """Show it so, and not as a notebook's matplotlib shows all figures, in its own style."""
        from IPython.display import display

        display(self._repr_mimebundle_(), raw=True)  # type: ignore[no-untyped-call]


_PLAIN = " /:;=,'()!*?@$+-_.~"
"""What an address of data may hold as it is."""

_PAGES = (
    "img.kd-chart{color-scheme:light dark}"
    "[data-theme=light] img.kd-chart,[data-jp-theme-light=true] img.kd-chart{color-scheme:light}"
    "[data-theme=dark] img.kd-chart,[data-jp-theme-light=false] img.kd-chart{color-scheme:dark}"
)
"""How the book, JupyterLab and nbconvert say that a page is light or dark."""


def _write(text: str, target: str | os.PathLike[str] | IO[bytes]) -> None:
    """Write a text to a file, wherever it is."""
    if isinstance(target, str | os.PathLike):
        Path(target).write_bytes(text.encode("utf-8"))
    else:
        target.write(text.encode("utf-8"))


def save(figure: Chart, name: str, alt: str = "") -> Chart:
    """Write the figure as ``NAME.svg`` and what it shows as ``NAME.csv``, and give it back.

    Both are the same bytes on each run. They are written into the folder that the environment
    variable ``KARABAKH_DATA_FIGURES`` names: the book, and ``notebooks/refresh.py``, name this
    project's ``figures``. Without it nothing is written, so that a notebook run to look at it
    changes no figure that is kept; if the one that is kept, if any, is another, one line says so.

    Args:
        figure: what one of the forms here drew.
        name: the files' name without its ending.
        alt: what is seen, with its numbers, for who does not see it; on as many lines as
            are wanted.

    Raises:
        ValueError: the name is a path, or empty.
    """
    if not name or Path(name).name != name:
        what = "a path" if name else "no name"
        raise ValueError(f"{name!r} is {what}: expected the name of a figure")
    figure.alt = " ".join((alt or figure.alt).split())
    made = {f"{name}.svg": figure.svg(), f"{name}.csv": figure.csv()}
    if folder := os.environ.get(FOLDER):
        Path(folder).mkdir(parents=True, exist_ok=True)
        for file, text in made.items():
            part = Path(folder, f"{file}.part")
            _write(text, part)
            os.replace(part, Path(folder, file))
    elif other := next((file for file in made if not _is_kept(made[file], file)), ""):
        print(f"{other} is not written: set {FOLDER} to a folder, or run notebooks/refresh.py.")
    return figure


def _is_kept(text: str, file: str) -> bool:
    """Whether the figures of the checkout, if the package is used from one, have this file."""
    kept = Path(__file__).resolve().parents[2] / "figures" / file
    return kept.is_file() and kept.read_bytes() == text.encode("utf-8")
