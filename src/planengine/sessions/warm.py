"""The assessments that sessions go on from: of the few that were used last."""

from __future__ import annotations

from threading import Lock
from typing import Generic, TypeVar
from weakref import WeakKeyDictionary

K = TypeVar("K")
V = TypeVar("V")


class Warm(Generic[K, V]):
    """Keeps one thing for each of the owners that were used last, as long as these live.

    What is worked out of an incident takes a thousand times the room of what was told of it: of
    many that are open only some can keep it.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: WeakKeyDictionary[K, V] = WeakKeyDictionary()
        self._lock = Lock()

    def get(self, owner: K) -> V | None:
        """What is kept for an owner; None where nothing is any more."""
        with self._lock:
            return self._kept.get(owner)

    def put(self, owner: K, value: V) -> None:
        """Keep it in the place of what was kept; whoever was used longest ago loses its own."""
        with self._lock:
            self._kept.pop(owner, None)
            while len(self._kept) >= self._most:
                del self._kept[next(iter(self._kept))]
            self._kept[owner] = value
