"""The records of a journal in memory, each found by its id, its entry or its words."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from typing import Any

from planengine.sessions.records import same_words


class Ledger:
    """What was told, in order; only ever added to, and looked through no further than needed."""

    def __init__(self) -> None:
        self._numbers: list[int] = []  # of the entries
        self._texts: list[str] = []
        self._ids: dict[str, int] = {}
        self._words: dict[str, int] = {}  # the first that says just this

    def __len__(self) -> int:
        return len(self._texts)

    @property
    def taken(self) -> Mapping[str, int]:
        """The ids of the records, each with its place."""
        return self._ids

    def add(self, number: int, text: str) -> None:
        """One more record, of the entry with this number."""
        data = json.loads(text)
        place = len(self._texts)
        self._numbers.append(number)
        self._texts.append(text)
        self._ids.setdefault(str(data["id"]), place)
        self._words.setdefault(same_words(data), place)

    def cut(self, size: int) -> None:
        """Forget the records after the first so many: they were not written after all."""
        for text in reversed(self._texts[size:]):
            data = json.loads(text)
            for known, key in ((self._ids, str(data["id"])), (self._words, same_words(data))):
                if known.get(key, 0) >= size:
                    del known[key]
        del self._numbers[size:], self._texts[size:]

    def until(self, number: int) -> Iterator[str]:
        """The texts of the records up to an entry."""
        return iter(self._texts[: bisect_right(self._numbers, number)])

    def data(self, name: str) -> dict[str, Any]:
        """What the record with an id says."""
        found: dict[str, Any] = json.loads(self._texts[self._ids[name]])
        return found

    def repeated(self, given: Mapping[str, Any]) -> tuple[int, str] | None:
        """The entry and id of what was told before in these words; None where nothing was.

        Under the same id, or, where none is given, at the same stated time.
        """
        name = given.get("id")
        if name is None:
            place = self._words.get(same_words(given)) if given.get("at") is not None else None
        else:
            place = self._ids.get(str(name))
        if place is None:
            return None
        data = json.loads(self._texts[place])
        if name is not None:
            own = {key: one for key, one in data.items() if key != "at" or given.get("at")}
            if same_words(own) != same_words(given):
                return None
        return self._numbers[place], str(data["id"])

    def versions(self, name: str) -> frozenset[str]:
        """The ids of an observation and of all that corrects it, directly or not."""
        root, seen = name, {name}
        while root in self._ids:
            target = self.data(root).get("correct")
            if target is None or str(target) in seen:
                break
            root = str(target)
            seen.add(root)
        found = {root}
        for text in self._texts:  # each stands after what it corrects, or corrects nothing known
            if '"correct"' in text:
                data = json.loads(text)
                if str(data.get("correct")) in found:
                    found.add(str(data["id"]))
        return frozenset(found)
