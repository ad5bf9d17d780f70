"""A line that says how far it is, once it takes a while."""

from __future__ import annotations

from time import monotonic
from typing import TextIO

AFTER = 1.0  # seconds


class Progress:
    """Counts rows; says on a stream how many of all, from the first second on."""

    def __init__(self, what: str, rows: int, stream: TextIO | None) -> None:
        """Count towards so many rows of what is written; nothing is said without a stream."""
        self.what, self.rows, self.stream = what, rows, stream
        self.done = 0
        self.said = False
        self.next = monotonic() + AFTER

    def __call__(self, rows: int = 1) -> None:
        """So many more are written."""
        self.done += rows
        if self.stream and monotonic() > self.next:
            line = f"{self.what}: {self.done:,} of {self.rows:,} rows"
            terminal = self.stream.isatty()
            self.stream.write(f"\r{line}" if terminal else f"{line}\n")
            self.stream.flush()
            self.next = monotonic() + (0.1 if terminal else AFTER)
            self.said = terminal

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, *error: object) -> None:
        if self.stream and self.said:
            self.stream.write("\r\x1b[K")  # the line goes when it is done
