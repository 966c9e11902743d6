"""A cache with a limit: what was used longest ago goes first."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from threading import RLock
from typing import Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")


class Bounded(Generic[K, V]):
    """Keeps what was made for at most so many keys; several threads may share it.

    >>> squares = Bounded[int, int](2)
    >>> [squares.get(n, lambda: n * n) for n in (1, 2, 1, 3)], list(squares)
    ([1, 4, 1, 9], [1, 3])
    """

    def __init__(self, most: int) -> None:
        self.most = most
        self._kept: dict[K, V] = {}
        self._lock = RLock()

    def get(self, key: K, make: Callable[[], V]) -> V:
        """What is kept for a key; it is made where nothing is, while other threads wait."""
        with self._lock:
            if key in self._kept:
                found = self._kept.pop(key)
            else:
                found = make()
                while len(self._kept) >= self.most:
                    del self._kept[next(iter(self._kept))]
            self._kept[key] = found
            return found

    def __len__(self) -> int:
        return len(self._kept)

    def __iter__(self) -> Iterator[K]:
        return iter(tuple(self._kept))
