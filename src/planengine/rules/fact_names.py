"""The names by which callers give values: facts, facts at places, and the texts of cells."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from planengine.diagnostics import ArgumentError
from planengine.domain.entities import Entities
from planengine.domain.vocabulary import INCIDENT


class FactNames:
    """Sees that every name given means something, once for each name.

    `read` are the cells that the caller's rules read; `every` gives those of all rules, and is
    asked only for a name that is no fact.
    """

    def __init__(
        self, entities: Entities, read: Iterable[str], every: Callable[[], Iterable[str]]
    ) -> None:
        self._entities = entities
        self._every = every
        self._known = {*entities.facts, *read}

    def check(self, given: Mapping[str, object]) -> None:
        """Raises `ArgumentError` for a name that nothing in the library has."""
        if given.keys() <= self._known:
            return
        for name in given.keys() - self._known:
            if not isinstance(name, str):
                raise ArgumentError(f"{name!r} is no fact: give facts by name")
            if not self._is_fact_at(name) and name not in self._every():
                hint = self._nearest(name)
                meant = f"; did you mean `{hint}`?" if hint is not None else ""
                raise ArgumentError(f"`{name}` is no fact of the library{meant}")
            self._known.add(name)

    def _is_fact_at(self, name: str) -> bool:
        fact, _, place = name.partition("@")
        return fact in self._entities.facts and self._is_place(place)

    def _is_place(self, place: str) -> bool:
        entities = self._entities
        return place == INCIDENT or place in entities.jurisdictions or place in entities.objects

    def _nearest(self, name: str) -> str | None:
        """What was probably meant, by id; a label is no name here, but tells the id."""
        from planengine.diagnostics.suggest import did_you_mean

        names = self._entities.names
        fact, at, place = name.partition("@")
        parts: list[str] = []
        for kind, text in (("fact", fact), ("place", place)) if at else (("fact", fact),):
            suggested = names.suggest(kind, text)
            found = names.find(kind, text) or (names.find(kind, suggested) if suggested else ())
            parts.append(found[0] if len(found) == 1 else "")
        if all(parts):
            return "@".join(parts)
        return did_you_mean(name, self._every())
