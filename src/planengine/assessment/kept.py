"""The courses of a stretch of time, each made once, and what each of them follows from.

When something is told, only what follows from what it touches is gone; the rest is kept for the
next step as it is, without being looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any

from planengine.rules.conditions import Cell


class Kept:
    """Courses by what they are of."""

    def __init__(self) -> None:
        self._courses: dict[Hashable, Any] = {}
        self._readers: dict[Hashable, set[Hashable]] = {}
        self._seen: dict[Hashable, tuple[Cell | None, int]] = {}
        self._making: list[Hashable] = []

    def get(self, key: Hashable) -> Any:  # noqa: ANN401 - of whatever the key is of
        """What was made; None where nothing was."""
        return self._courses.get(key)

    def once(self, key: Hashable, make: Callable[[], Any]) -> Any:  # noqa: ANN401 - the same
        """What is made for a key, made when it is first asked for.

        Whatever is being made meanwhile follows from it.
        """
        if self._making:
            self._readers.setdefault(key, set()).add(self._making[-1])
        found = self._courses.get(key)
        if found is None:
            self._making.append(key)
            try:
                found = self._courses[key] = make()
            finally:
                self._making.pop()
        return found

    def note(self, key: Hashable, cell: Cell | None, until: int) -> None:
        """Something follows from evidence: of a cell, or (None) of what people did.

        If nothing is said of that, it stays as it is before a moment.
        """
        self._seen[key] = cell, until

    def seen(self, key: Hashable) -> tuple[Cell | None, int]:
        """What was noted."""
        return self._seen[key]

    def without(self, is_touched: Callable[[Cell | None, int], bool]) -> Kept:
        """What does not follow from evidence that is touched."""
        gone: set[Hashable] = set()
        waiting = [key for key, (cell, until) in self._seen.items() if is_touched(cell, until)]
        while waiting:
            key = waiting.pop()
            if key not in gone:
                gone.add(key)
                waiting += self._readers.get(key, ())
        found = Kept()
        found._courses = {key: made for key, made in self._courses.items() if key not in gone}
        found._seen = {key: seen for key, seen in self._seen.items() if key not in gone}
        found._readers = self._readers
        return found
