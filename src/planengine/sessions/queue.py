"""What threads wait to have written, so that one commit can do it for all of them."""

from __future__ import annotations

from collections.abc import Iterable
from threading import Lock
from typing import TYPE_CHECKING, Any, Generic, TypeVar

if TYPE_CHECKING:
    from planengine.sessions.session import Told

T = TypeVar("T")
MOST = 256
"""How many are written in one commit."""


class Given:
    """One observation on its way into a journal, and what became of it."""

    __slots__ = ("_error", "_told", "data", "recorded")

    def __init__(self, data: dict[str, Any], recorded: int) -> None:
        self.data = data
        self.recorded = recorded
        self._told: Told | None = None
        self._error: Exception | None = None

    @property
    def is_settled(self) -> bool:
        """Whether it was written, or cannot be."""
        return self._told is not None or self._error is not None

    def settle(self, told: Told) -> None:
        """It is on the disk."""
        self._told = told

    def fail(self, error: Exception) -> None:
        """It cannot be written, unless it is already known why."""
        self._error = self._error or error

    def result(self) -> Told:
        """What became of it; raises what was wrong."""
        if self._error is not None:
            raise self._error
        assert self._told is not None
        return self._told


class Queue(Generic[T]):
    """What waits, in the order in which it came; several threads may share one."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._waiting: list[T] = []

    def add(self, one: T) -> None:
        """One more."""
        with self._lock:
            self._waiting.append(one)

    def take(self) -> list[T]:
        """Those that came first."""
        with self._lock:
            taken, self._waiting = self._waiting[:MOST], self._waiting[MOST:]
            return taken

    def give_back(self, taken: Iterable[T]) -> None:
        """Let them wait again, before those that came later."""
        with self._lock:
            self._waiting = [*taken, *self._waiting]
