"""Of which facts and places anybody spoke, and what therefore bears on what; for all instants."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from weakref import ref

from planengine.domain.statements import Statement
from planengine.evidence.family import Entries, Family
from planengine.evidence.journal import Journal
from planengine.evidence.standing import Entry
from planengine.evidence.world import World


class Spoken:
    """The statements of one incident, by the families of facts that bear on one another."""

    __slots__ = ("_families", "_incident", "_noisy", "_of", "_world")

    def __init__(
        self,
        world: World,
        journal: Journal,
        incident: str | None,
        before: Spoken | None = None,
    ) -> None:
        """`before` is that of the journal, and the world, that this one goes on from."""
        self._world = world
        self._of = ref(journal)  # which keeps this, and must be freed at once
        self._incident = incident
        self._families: dict[str, Family] = {}  # by the first of their facts
        self._noisy: set[str] = set()  # the first facts of families that once were
        if before is not None:
            self._families = before._families.copy()  # noqa: SLF001 - its own class
            self._noisy = before._noisy | {  # noqa: SLF001 - its own class
                first for first, family in self._families.items() if family.noisy
            }
            self._go_on()

    def _go_on(self) -> None:
        """Take in what the journal has more or no longer; of other facts everything stays."""
        journal, families = self._journal, self._world.relations
        for event in journal.gone:
            if isinstance(event, Statement) and event.incident == self._own:
                for name in event.facts:
                    self._families.pop(families.family(name)[0], None)
        told: dict[str, list[tuple[str, Statement]]] = {}
        for event in journal.more:
            if isinstance(event, Statement) and event.incident == self._own:
                for name in event.facts:
                    if name in self._world.facts:
                        first = families.family(name)[0]
                        told.setdefault(first, []).append((name, event))
        for first, more in told.items():
            family = self._families.pop(first, None)
            if family is None or any(event.kind == "forecast" for _, event in more):
                continue
            facts = self._world.facts
            grown = family.grown(
                self._entries(first),
                [(n, journal.place_of(e), journal.entry(facts[n], e)) for n, e in more],
            )
            if grown is not None:
                self._families[first] = grown

    @property
    def _journal(self) -> Journal:
        journal = self._of()
        assert journal is not None
        return journal

    @property
    def _own(self) -> str:
        return self._incident or self._journal.incident

    def _entries(self, fact: str) -> dict[tuple[str, bool], Entries]:
        """What was told of a family of facts, by fact and whether it is forecast."""
        return {
            (name, forecast): told
            for name in self._world.relations.family(fact)
            for forecast in (False, True)
            if (told := self._journal.entries(self._world.facts[name], self._incident, forecast))
        }

    def of(self, fact: str) -> Family:
        """What was spoken of a fact and all that bear on it."""
        first = self._world.relations.family(fact)[0]
        found = self._families.get(first)
        if found is None:
            found = self._families[first] = Family(self._world, self._entries(fact))
        return found

    def bearing(self, fact: str, place: str, forecast: bool) -> Iterable[Entry]:
        """Every entry that what is known of a fact at a place may rest on."""
        for name in self._with_rises(fact):
            yield from self.of(name).bearing(name, place, forecast)

    def edges(self, fact: str, place: str) -> Sequence[int]:
        """When what is known of a fact at a place may turn, ascending; forecasts apart."""
        found = [self.of(name).edges(name, place) for name in self._with_rises(fact)]
        told = [edges for edges in found if edges]
        return told[0] if len(told) == 1 else sorted({edge for edges in told for edge in edges})

    def bears(self, fact: str, place: str, other: str, where: str, forecast: bool) -> bool:
        """Whether what is stated of another fact somewhere may bear on a fact at a place."""
        return any(
            self.of(name).bears(name, place, other, where, forecast)
            for name in self._with_rises(fact)
        )

    def is_noisy(self, fact: str) -> bool:
        """Whether what was told of a fact was found to contradict or outdate one another.

        Also where that was found before something was told that its family was made anew for:
        of what was carried over nobody finds it again.
        """
        family = self._world.relations.family
        return any(
            self.of(name).noisy or family(name)[0] in self._noisy for name in self._with_rises(fact)
        )

    def _with_rises(self, fact: str) -> tuple[str, ...]:
        rises = self._world.facts[fact].may_rise_by
        return (fact,) if rises is None or rises == fact else (fact, rises)


def spoken_of(world: World, journal: Journal, incident: str | None) -> Spoken:
    """Of what anybody spoke; worked out once for all instants of one knowledge."""
    found = journal.spoken.get(incident)
    if found is None:
        found = journal.spoken[incident] = Spoken(world, journal, incident)
    return found


def go_on(world: World, journal: Journal, before: Journal) -> None:
    """Take over what was spoken in the journal, of the same world, that one goes on from."""
    for incident, spoken in before.spoken.items():
        journal.spoken[incident] = Spoken(world, journal, incident, spoken)
