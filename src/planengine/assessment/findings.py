"""What is found of a situation, with what it follows from, for the next step to take over."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, TypeVar, cast

T = TypeVar("T")


class Findings:
    """Findings by what they are of."""

    def __init__(self) -> None:
        self._found: dict[Hashable, tuple[object, object]] = {}
        self._before: dict[Hashable, tuple[object, object]] = {}

    def go_on(self, before: Findings) -> None:
        """Take over what was found before, as far as it is asked for."""
        self._before = before._found

    def of(self, key: Hashable, grounds: object, make: Callable[[], T], *, anew: bool = False) -> T:
        """What follows from some grounds; where they are as they were before, what it was then.

        Or made `anew` all the same, once.
        """
        found = self._found.get(key)
        if found is None and not anew:
            found = self._before.get(key)
        if found is None or found[0] != grounds:
            found = grounds, make()
        self._found[key] = found
        return cast("T", found[1])

    def same(self, key: Hashable, grounds: object) -> Any | None:  # noqa: ANN401 - whatever it is
        """What was found before, where its grounds are as they were; else None."""
        found = self._before.get(key)
        if found is None or found[0] != grounds:
            return None
        self._found[key] = found
        return found[1]

    def keep(self, key: Hashable, grounds: object, found: object) -> None:
        """Keep what was found for the next step, with grounds that finding it brought about."""
        self._found[key] = grounds, found
