"""The base library read once, with what `impact` walks."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from planengine.cli.read_library import Read, read
from planengine.facade import moment
from planengine.graph.build import dependency_graph
from planengine.impact.following import Following
from planengine.impact.impact import Impact, impact_of
from planengine.impact.owners import Owners, owners
from planengine.impact.replaced import Replacement, replaced
from planengine.impact.things import Thing, Things
from tests.linking.libraries import BASE

AT = moment("2026-07-01T00:00:00+08:00")


@dataclass
class Bench:
    """Asks one library."""

    read: Read
    things: Things
    owners: Owners
    following: Following

    def meant(self, text: str) -> Thing:
        (found,) = self.things.find(text)
        return found

    def impact(self, text: str) -> Impact:
        entities = self.read.library.entities
        return impact_of(self.meant(text), entities, self.things, self.owners, self.following)

    def places(self, text: str) -> list[str]:
        """Where a thing is used: `file:line:column`, by the name of the file alone."""
        return [str(use.mention.span).rpartition("/")[2] for use in self.impact(text).uses]

    def follows(self, text: str) -> dict[str, tuple[int, str | None]]:
        """How far everything is that follows, and what it was reached from."""
        return {one.key: (one.steps, one.through) for one in self.impact(text).follows}

    def replaced(self, text: str, other: str) -> Replacement:
        entities, texts = self.read.library.entities, self.read.texts
        now = self.read.library.check()
        return replaced(
            entities,
            self.meant(text),
            self.meant(other),
            self.things,
            self.owners,
            texts,
            now,
            self.read.again,
        )


@pytest.fixture(scope="session")
def bench() -> Bench:
    return bench_of(BASE)


def bench_of(library: Path) -> Bench:
    found = read(library, "en")
    entities, rules = found.library.entities, found.rules(AT, "en")
    things = Things(entities, found.mentions)
    owned = owners(entities, things, found.roots)
    graph = dependency_graph(entities, rules)
    return Bench(found, things, owned, Following(entities, things, owned, graph, rules))
