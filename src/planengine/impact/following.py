"""What follows from a thing: the rules it is named in, and all that hangs on these.

Names lead from a thing to the rules and declarations that it is part of, the dependency graph
from there to levels, plans, duties and bodies. One step is one such line.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from msgspec import Struct

from planengine.domain.citations import clauses_in
from planengine.domain.entities import Entities
from planengine.domain.ids import ActionKey, RuleId, UnitKey
from planengine.domain.written import Written
from planengine.graph.build import level_name, node
from planengine.impact.owners import Owners
from planengine.impact.things import CLAUSE, PLAN, Thing, Things

if TYPE_CHECKING:
    import networkx as nx

    from planengine.rules.ruleset import RuleSet

ReachedKind: TypeAlias = Literal[
    "fact", "clause", "standard", "plan", "level", "action", "agency", "report", "release", "link",
    "declaration",
]  # fmt: skip
_DUTIES: Mapping[str, ReachedKind] = {"report": "report", "release": "release", "link": "link"}
_DECLARED: Mapping[str, ReachedKind] = {  # also of what is not in force
    "fact": "fact",
    "agency": "agency",
    "plan": "plan",
    "standard": "standard",
}
_BODIES = frozenset({"agency", "post", "role", "group", "member-role"})
_DOCUMENTS = frozenset({PLAN, "standard"})
_DECIDING = frozenset({"hazard", "jurisdiction", "object-kind", "scale", "tier"})
"""What a document says once for all its levels: when, where and on what they are decided."""
_BESIDE = frozenset({("agency", "agency"), ("source", "source"), ("rank", "source")})
"""Declarations that name another without hanging on it: a successor, what a source replaces."""
_TO_BODIES = frozenset(
    {"carried out by", "member", "requests", "reports to", "reported by", "informs by"}
)


NAMES = "names"
"""The relation of a thing to what it is named in, beside those of the graph."""


class Reached(Struct, frozen=True):
    """Something that may change with a thing, so many steps away, and what it was reached from.

    `key` is its node in the dependency graph, "<kind>:<rule id>" of a report, release or link,
    or "<kind>:<id>" of a declaration; `relation` is that of the graph, or `NAMES`.
    """

    key: str
    kind: ReachedKind
    steps: int
    through: str | None
    relation: str


class _Step(Struct, frozen=True):
    """Where the walk goes; `further`: what hangs on it is followed, `bodies`: its bodies too."""

    key: str
    relation: str
    further: bool = True
    bodies: bool = True

    def leads_further_than(self, other: _Step) -> bool:
        """Whether it follows what the other does not."""
        return self.further and (not other.further or (self.bodies and not other.bodies))

    def joined(self, other: _Step) -> _Step:
        """What follows all that either of two does."""
        bodies = (self.further and self.bodies) or (other.further and other.bodies)
        return _Step(self.key, self.relation, self.further or other.further, bodies)


class Following(Struct, dict=True):
    """Walks from a thing; the rules are those in force at the time that was asked for."""

    entities: Entities
    things: Things
    owners: Owners
    graph: nx.MultiDiGraph
    rules: RuleSet

    def of(self, thing: Thing) -> tuple[Reached, ...]:
        """All that a thing reaches, the nearest first; of equals in the order of the rules."""
        border = [_Step(key, "") for key in self.parts(thing)]
        walked = {step.key: step for step in border}
        found: list[Reached] = []
        steps = 0
        while border:
            steps += 1
            further: list[_Step] = []
            for step in border:
                for one in self._next(step, is_start=steps == 1):
                    before = walked.get(one.key)
                    if before is None:
                        through = None if steps == 1 else step.key
                        kind = self.kind(one.key)
                        found.append(Reached(one.key, kind, steps, through, one.relation))
                    elif not one.leads_further_than(before):
                        continue
                    walked[one.key] = one if before is None else one.joined(before)
                    further.append(walked[one.key])
            border = further
        return tuple(found)

    def parts(self, thing: Thing) -> tuple[str, ...]:
        """A thing and what is a part of it: a plan's or standard's levels, a track's."""
        return (str(thing), *self.levels(thing))

    def levels(self, thing: Thing) -> tuple[str, ...]:
        """The levels of a plan, standard or track."""
        own: list[str] = []
        for key, data in self.graph.nodes(data=True):
            if data["kind"] != "level":
                continue
            unit: UnitKey = data["unit"]
            of_document = thing.kind in _DOCUMENTS and unit.document == thing.id
            of_track = thing.kind == "track" and unit.track == thing.id
            of_track = of_track and thing.owner in self._owners_of_tracks(unit.document)
            if of_document or of_track:
                own.append(key)
        return tuple(own)

    def _owners_of_tracks(self, document: str) -> frozenset[str]:
        """What the tracks of a document belong to, as names have it."""
        plans = self.entities.plans.get(document, ())
        return frozenset({f"standard/{document}", *(f"plan/{plan.id}" for plan in plans)})

    def kind(self, key: str) -> ReachedKind:
        """What kind of thing a node is."""
        if key in self.graph:
            found: ReachedKind = self.graph.nodes[key]["kind"]
            return found
        written = self.duty(key)
        if written is not None:
            return _DUTIES[written.kind]
        thing = self.thing(key)
        return _DECLARED.get(thing.kind, "declaration") if thing is not None else "declaration"

    def thing(self, key: str) -> Thing | None:
        """The thing of a node, where it is one that files name."""
        return self._by_key.get(key)

    def duty(self, key: str) -> Written | None:
        """The report, release or link of a node."""
        return self._written.get(key)

    def _next(self, step: _Step, *, is_start: bool) -> Iterator[_Step]:
        if not step.further:
            return
        yield from self._named_in(step.key)
        if step.key not in self.graph:
            return
        kind = self.graph.nodes[step.key]["kind"]
        if kind == "agency":
            for source, _, data in self.graph.in_edges(step.key, data=True):
                ends = self.graph.nodes[source]["kind"] in _DOCUMENTS
                yield _Step(source, data["relation"], further=not ends, bodies=False)
        for _, target, data in self.graph.out_edges(step.key, data=True):
            relation = data["relation"]
            if relation in _TO_BODIES:
                if step.bodies:
                    yield _Step(target, relation, further=False)
            elif relation != "level of" or not is_start:
                ends = self.graph.nodes[target]["kind"] in _DOCUMENTS
                yield _Step(target, relation, further=not ends or relation == "cascades to")
        if kind == "level":
            for one in self._due.get(step.key, ()):
                yield _Step(one, "brings", further=False)

    def _named_in(self, key: str) -> Iterator[_Step]:
        """The rules and declarations that name a thing."""
        thing = self._by_key.get(key)
        if thing is not None and thing.kind == "track":
            yield from (_Step(level, NAMES) for level in self.levels(thing))
        if thing is not None:
            yield from (_Step(level, NAMES) for level in self._resting_on(thing))
        for mention in self.things.uses(thing) if thing is not None else ():
            assert thing is not None
            body = thing.kind in _BODIES
            for owner in self.owners.of(mention):
                if isinstance(owner, Thing):
                    if owner.kind in _DOCUMENTS and thing.kind in _DECIDING:
                        yield from (_Step(level, NAMES) for level in self.levels(owner))
                    further = owner.kind not in _DOCUMENTS
                    further = further and (thing.kind, owner.kind) not in _BESIDE
                    yield _Step(str(owner), NAMES, further=further)
                    continue
                for one in self.nodes_of(owner):
                    ends = self.kind(one) in {*_DOCUMENTS, *_DUTIES}
                    yield _Step(one, NAMES, further=not ends, bodies=not body)

    def _resting_on(self, thing: Thing) -> Iterator[str]:
        """The levels whose rules rest on a source or its clause, also where their document says
        so for all of them.
        """
        if thing.kind != "source" and not (thing.kind == CLAUSE and thing.owner):
            return
        source = thing.owner or thing.id
        for unit in self.rules.units:
            for rule in unit.rules:
                bases = [one for one in rule.basis if one.source == source]
                cited = {one.clause for one in bases if one.clause is not None}
                clauses = cited.union(*map(clauses_in, cited))
                if bases and (thing.kind == "source" or thing.id in clauses):
                    yield node("level", level_name(unit, rule.rank))

    def nodes_of(self, rule: Written) -> Sequence[str]:
        """The nodes that a rule stands for; none of an edition that is not in force."""
        if self._editions.get(rule.document) != rule.edition:
            return ()
        if rule.kind in _DUTIES:
            return (_key(rule),)
        if rule.kind == "action":
            return (node("action", str(ActionKey(rule.document, rule.item or ""))),)
        if rule.kind in {"lower", "end", "applies", "exclusion"}:
            return (node("plan" if rule.document in self.entities.plans else "standard",
                         rule.document),)  # fmt: skip
        if rule.id in self._by_rule:
            return self._by_rule[rule.id]
        return tuple(
            key
            for key, data in self._levels.get((rule.document, rule.track), ())
            if rule.level is None or data["level"] == rule.level
        )

    @cached_property
    def _by_key(self) -> Mapping[str, Thing]:
        return {str(thing): thing for thing in self.things.places}

    @cached_property
    def _by_rule(self) -> Mapping[RuleId, Sequence[str]]:
        """The levels that each rule gives; a mapping or raising may give several."""
        found: dict[RuleId, dict[str, None]] = {}
        for unit in self.rules.units:
            for rule in unit.rules:
                key = node("level", level_name(unit, rule.rank))
                found.setdefault(rule.rule_id, {})[key] = None
        return {rule: tuple(levels) for rule, levels in found.items()}

    @cached_property
    def _editions(self) -> Mapping[str, str]:
        """The edition of each document that is in force."""
        return {unit.document: unit.edition for unit in self.rules.units}

    @cached_property
    def _levels(self) -> Mapping[tuple[str, str | None], Sequence[tuple[str, Any]]]:
        """The levels of each track of a document."""
        found: dict[tuple[str, str | None], list[tuple[str, Any]]] = {}
        for key, data in self.graph.nodes(data=True):
            if data["kind"] == "level":
                unit: UnitKey = data["unit"]
                found.setdefault((unit.document, unit.track), []).append((key, data))
        return found

    @cached_property
    def _written(self) -> Mapping[str, Written]:
        """The reports, releases and links of the editions in force, by their nodes."""
        return {
            _key(one): one
            for one in self.entities.written.values()
            if one.kind in _DUTIES and self._editions.get(one.document) == one.edition
        }

    @cached_property
    def _due(self) -> Mapping[str, Sequence[str]]:
        """The reports, releases and links from each level on."""
        found: dict[str, list[str]] = {}
        for key, one in self._written.items():
            for level in self.nodes_due(one):
                found.setdefault(level, []).append(key)
        return found

    def nodes_due(self, duty: Written) -> Iterator[str]:
        """The levels from which a duty works; of all tracks where it names none."""
        for (document, track), levels in self._levels.items():
            if document == duty.document and duty.track in {None, track}:
                yield from (key for key, data in levels if data["level"] == duty.level)


def _key(rule: Written) -> str:
    return f"{rule.kind}:{rule.id}"
