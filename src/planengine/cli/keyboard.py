"""Lines that a person types, waited for no longer than one wants."""

from __future__ import annotations

import queue
import sys
import threading
from collections.abc import Iterator


class Keyboard:
    """Lines from standard input, with a limit to how long one waits for the next."""

    def __init__(self) -> None:
        self._lines: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        self._reader: threading.Thread | None = None

    def read(self, timeout: float | None = None) -> str | None:
        """The next line; None at the end of input. Raises `queue.Empty` where none comes."""
        if self._reader is None:
            self._reader = threading.Thread(target=self._read, daemon=True)
            self._reader.start()
        line = self._lines.get(timeout=timeout)
        if line is None:
            self._lines.put(None)  # it stays at its end
        return line

    def _read(self) -> None:
        for line in _lines():
            self._lines.put(line)
        self._lines.put(None)


def _lines() -> Iterator[str]:
    """Lines as they come, past the buffers: a thread that waits in one holds up the end."""
    stream = getattr(getattr(sys.stdin, "buffer", None), "raw", None)
    if stream is None:
        yield from sys.stdin
        return
    rest = b""
    while chunk := stream.read(4096):
        *lines, rest = (rest + chunk).split(b"\n")
        yield from (line.decode(sys.stdin.encoding, "replace") for line in lines)
    if rest:
        yield rest.decode(sys.stdin.encoding, "replace")
