"""From linked documents to the rule set: what is in force, where, and on what conditions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from planengine.diagnostics import Diagnostic
from planengine.library.entities import Entities, Period, Plan, Standard, Track
from planengine.library.terms import LevelTerm, Term
from planengine.rules.checks import check_constant_levels, check_cycles, check_monotone, check_reads
from planengine.rules.conditions import ALWAYS, NEVER, ActCell, Condition, LastingCell
from planengine.rules.ground import Grounder
from planengine.rules.instances import Instance, Instances
from planengine.rules.links import Links, obliging
from planengine.rules.normal import all_of, any_of, normalise
from planengine.rules.order import given_cells, in_order
from planengine.rules.ruleset import Act, Cascade, GroundRule, Part, RuleSet, Unit, condition_key
from planengine.rules.shadows import of_test
from planengine.rules.walk import tests_of
from planengine.values.sets import TRUE

if TYPE_CHECKING:
    from planengine.library.registry import Registry

_REPORTING = frozenset({"report", "request"})


def compile_rules(
    entities: Entities,
    registry: Registry,
    findings: list[Diagnostic],
    *,
    home: str | None = None,
    roster: tuple[str, ...] = (),
    scope: frozenset[str] | None = None,
) -> RuleSet:
    """The rule set of a library at the registry's time, for its home (or another) area.

    It decides every plan of that area and of those in it, every standard for that area, and
    whatever these read or are lifted by. `roster` are the incidents that a count over
    incidents runs over; `scope` limits other counts to areas that the incident can touch.
    Nothing raises for bad content: it is never true, and a finding says why.
    """
    return _Compiler(entities, registry, findings, home or entities.home, roster, scope).run()


@dataclass(frozen=True, slots=True)
class _Own:
    """One rule before gates; `rank` and `condition` (normalised) as written."""

    rule: GroundRule
    term: Term | None


class _Compiler:
    def __init__(
        self,
        entities: Entities,
        registry: Registry,
        findings: list[Diagnostic],
        home: str,
        roster: tuple[str, ...],
        scope: frozenset[str] | None,
    ) -> None:
        self.entities = entities
        self.registry = registry
        self.findings = findings
        self.home = home
        self.instances = Instances(entities, registry)
        read = self.instances.read
        self.grounder = Grounder(entities, registry, read, findings, roster=roster, scope=scope)
        # Grounds as if the registry were unknown; what it finds is known already.
        self.open = Grounder(entities, registry, read, [], roster=roster, open_registry=True)
        self.links = Links(self.instances, self.grounder, findings)
        self.checked: set[tuple[str, str | None, str]] = set()
        binding = [verb.id for verb in entities.verbs.values() if verb.obliges]
        self.must = "must" if "must" in binding or not binding else binding[0]

    def run(self) -> RuleSet:
        """Compile everything that is asked for, until nothing new is."""
        for key, plan in self.instances.plans.items():
            here = plan.jurisdiction
            if not plan.external and (
                here == self.home or self.registry.is_within(here, self.home)
            ):
                self.instances.of_plan(key)
                self.instances.of_warnings(key)
        for standard in self.instances.standards:
            self.instances.of_standard(standard, self.home)
        units: list[Unit] = []
        conditions: dict[str, Condition] = {}
        cascades: list[Cascade] = []
        documents: dict[str, set[str]] = {}
        for instance in self.instances.found:  # grows while it is read
            units.append(self.unit(instance))
            known = documents.setdefault(instance.document, set())
            if not known and isinstance(instance.ruled, Plan):
                cascades.extend(self.links.cascades(instance.document))
            if instance.area not in known:
                conditions.update(self.conditions(instance, first=not known))
                known.add(instance.area)
        order = in_order(units)
        ordered = order.units
        check_cycles(order, cascades, self.findings)
        check_monotone(ordered, self.entities, self.instances, self.findings)
        return RuleSet(
            period=self.period(),
            units=ordered,
            components=order.components,
            conditions=conditions,
            acts=tuple(self.acts(ordered)),
            cells=given_cells(ordered, conditions.values()),
            cascades=tuple(cascades),
            documents=self.hazards(),
            above=hazards_above(self.entities),
        )

    def normal(self, term: Term | None, here: str) -> Condition | None:
        return None if term is None else normalise(self.grounder.ground(term, here))

    # One decision

    def unit(self, instance: Instance) -> Unit:
        """A decision with all its rules and its conditions by rank."""
        track, area, ruled = instance.track, instance.area, instance.ruled
        top = len(instance.scale.levels)
        gate = self.normal(track.provided, area) or ALWAYS
        if isinstance(ruled, Plan):
            gate = all_of((gate, self.links.gate(ruled, area)))
        own = list(self.own_rules(track, area, top))
        raise_when = self.normal(track.raise_when, area) if track.raise_by > 0 else None
        raised = list(self.raising(track, own, raise_when, top))
        lifted = [
            GroundRule(
                rank=lift.rank,
                condition=lift.condition,
                binding=True,
                verb=self.must,
                kind="link",
                text=f"{lift.link.kind}: {lift.giver}",
                basis=lift.link.basis,
                span=lift.link.span,
                giver=lift.giver,
            )
            for lift in self.links.lifts(instance)
            if lift.condition != NEVER
        ]
        rules = [item.rule for item in own] + raised + lifted
        at_least = _bands([(r.rank, r.condition) for r in rules], gate, top)
        binding = [item for item in own if item.rule.binding]
        obliging_rules = [
            *((item.rule.rank, obliging(item.rule.condition)) for item in binding),
            *(
                (r.rank, obliging(r.condition))
                for r in self.raising(track, binding, raise_when, top)
            ),
            *((rule.rank, obliging(rule.condition)) for rule in lifted),
        ]
        obliged_gate = obliging(gate)
        same = obliged_gate is gate and len(binding) == len(own)
        same = same and all(
            new[1] is old.condition for new, old in zip(obliging_rules, rules, strict=True)
        )
        unit = Unit(
            id=instance.id,
            purpose=instance.purpose,
            document=instance.document,
            track=track.id,
            authority=instance.authority,
            area=area,
            edition=ruled.edition.number,
            scale=instance.scale,
            hazards=frozenset(ruled.hazards),
            rules=tuple(_gated(rule, gate) for rule in rules),
            at_least=at_least,
            obliged_at_least=at_least if same else _bands(obliging_rules, obliged_gate, top),
            lower=self.normal(track.lower, area),
            end=self.normal(track.end, area),
        )
        self.check(instance, unit, own)
        return unit

    def own_rules(self, track: Track, area: str, top: int) -> Iterator[_Own]:
        """The rules that the author wrote, and those of a mapping."""
        for rule in track.rules:
            if 1 <= rule.rank <= top:
                condition = normalise(self.grounder.ground(rule.when, area))
                made = GroundRule(
                    rank=rule.rank,
                    condition=condition,
                    binding=self.binds(rule.verb),
                    verb=rule.verb,
                    kind="rule",
                    text=rule.text,
                    basis=rule.basis,
                    span=rule.span,
                )
                yield _Own(made, rule.when)
        mapping = track.mapping
        if mapping is None or not isinstance(mapping.source, LevelTerm):
            return
        for rank, term in mapped(mapping.source, mapping.ranks, self.entities):
            made = GroundRule(
                rank=rank,
                condition=normalise(self.grounder.ground(term, area)),
                binding=self.binds(mapping.verb),
                verb=mapping.verb,
                kind="mapping",
                text=mapping.source.origin.text,
                basis=mapping.basis,
                span=mapping.span,
            )
            yield _Own(made, term)

    def binds(self, verb: str) -> bool:
        known = self.entities.verbs.get(verb)
        return known is not None and known.obliges

    def raising(
        self, track: Track, own: Iterable[_Own], when: Condition | None, top: int
    ) -> Iterator[GroundRule]:
        """One rule for each rank that raising can give; never from none, nor from links."""
        if when is None:
            return
        written = [(item.rule.rank, item.rule.condition) for item in own]
        bands = _bands(written, ALWAYS, top)
        verbs = {item.rank: item.verb for item in track.duties}
        for rank in range(min(1 + track.raise_by, top), top + 1):
            base = bands[max(rank - track.raise_by, 1) - 1]
            if base != NEVER:
                verb = verbs.get(rank, self.must)
                yield GroundRule(
                    rank=rank,
                    condition=all_of((when, base)),
                    binding=self.binds(verb),
                    verb=verb,
                    kind="raise",
                    text=f"raise-by: {track.raise_by}",
                    basis=(),
                    span=track.span,
                )

    def check(self, instance: Instance, unit: Unit, own: list[_Own]) -> None:
        """The checks of one decision, once for each track of a document."""
        key = (instance.document, instance.track.id, instance.purpose)
        if key in self.checked:
            return
        self.checked.add(key)
        if isinstance(instance.ruled, Standard):
            check_reads(unit, self.instances, self.findings)

        def whole(wanted: Callable[[int], bool]) -> Condition:
            """What the author's words alone give for some ranks, whatever the registry holds."""
            ground, area = self.open.ground, instance.area
            gates = [ground(instance.track.provided, area)]
            if isinstance(instance.ruled, Plan) and instance.ruled.applies_when is not None:
                gates.append(ground(instance.ruled.applies_when, area))
            terms = [i.term for i in own if wanted(i.rule.rank) and i.term is not None]
            rules = any_of(normalise(ground(term, area)) for term in terms)
            return all_of((*(normalise(gate) for gate in gates), rules))

        check_constant_levels(unit, whole, self.findings)

    # Everything else

    def conditions(self, instance: Instance, *, first: bool) -> Iterator[tuple[str, Condition]]:
        """The conditions of actions, reports and links for the area of a decision."""
        ruled = instance.ruled
        own = self.home if isinstance(ruled, Standard) else ruled.jurisdiction
        places: list[tuple[str, str | None]] = [(instance.area, instance.area)]
        if first:
            places.append((own, None))
        for here, area in places:
            for item, order, part, term in _terms(ruled):
                condition = self.normal(term, here)
                if condition is not None and (area is None or area != own):
                    yield condition_key(instance.document, item, order, part, area), condition

    def acts(self, units: Iterable[Unit]) -> Iterator[Act]:
        """The clauses people may invoke, with the most severe rank each gives in a unit."""
        for unit in units:
            ranks: dict[str, int] = {}
            for rule in unit.rules:
                for clause, helps in _clauses(rule.condition):
                    ranks[clause] = max(rule.rank if helps else 0, ranks.get(clause, 0))
            for ending in (unit.lower, unit.end):
                for clause, _ in _clauses(ending or NEVER):
                    ranks.setdefault(clause, 0)
            for clause, rank in ranks.items():
                term = self.grounder.acts[clause]
                span = term.origin.span
                yield Act(clause, term.kind, term.what, term.by, unit.id, rank, span)

    def hazards(self) -> Mapping[str, frozenset[str]]:
        documents: list[tuple[str, Standard | Plan]] = [*self.instances.standards.items()]
        documents += self.instances.plans.items()
        return {key: frozenset(ruled.hazards) for key, ruled in documents}

    def period(self) -> Period:
        """The stretch of time around the registry's in which nothing dated changes."""
        from planengine.library.registry import boundaries

        edges = boundaries(self.entities)
        at = self.registry.at
        since = max((edge for edge in edges if edge <= at), default=None)
        return Period(since, min((edge for edge in edges if edge > at), default=None))


def _bands(
    rules: Iterable[tuple[int, Condition]], gate: Condition, top: int
) -> tuple[Condition, ...]:
    """For each rank, the gate and any rule of that rank or worse."""
    by_rank: dict[int, list[Condition]] = {}
    for rank, condition in rules:
        by_rank.setdefault(rank, []).append(condition)
    found: list[Condition] = []
    joined: Condition = NEVER
    for rank in range(top, 0, -1):
        if rank in by_rank:
            joined = any_of((joined, *by_rank[rank]))
        found.append(all_of((gate, joined)))
    return tuple(reversed(found))


def _gated(rule: GroundRule, gate: Condition) -> GroundRule:
    return rule if gate == ALWAYS else replace(rule, condition=all_of((gate, rule.condition)))


def mapped(
    source: LevelTerm, ranks: Iterable[tuple[int, int]], entities: Entities
) -> Iterator[tuple[int, LevelTerm]]:
    """A mapping as one level term for each pair (its rank, ours).

    A rank the mapping leaves out counts as the nearest milder one that it names. For a
    response that never falls as the source rises the terms are upward: "that or worse".
    """
    top = len(entities.scales[source.scale].levels)
    pairs = sorted((theirs, ours) for theirs, ours in ranks if 0 <= theirs <= top)
    rising = all(a[1] <= b[1] for a, b in pairwise(pairs))
    for place, (theirs, ours) in enumerate(pairs):
        last = pairs[place + 1][0] - 1 if place + 1 < len(pairs) else top
        if source.read == "response" and rising:
            last = top
        if ours > 0:
            yield ours, replace(source, ranks=frozenset(range(theirs, last + 1)))


def hazards_above(entities: Entities) -> Mapping[str, frozenset[str]]:
    """Each hazard with itself and all hazards above it."""
    found: dict[str, frozenset[str]] = {}
    for hazard in entities.hazards:
        above: list[str] = []
        at: str | None = hazard
        while at is not None and at not in above:
            above.append(at)
            known = entities.hazards.get(at)
            at = known.parent if known is not None else None
        found[hazard] = frozenset(above)
    return found


def _terms(ruled: Standard | Plan) -> Iterator[tuple[str, int, Part, Term | None]]:
    """The `on` and `when` of a document's actions, reports and reporting links."""
    if isinstance(ruled, Plan):
        for action in ruled.actions:
            yield action.id, action.order, "on", action.on
            yield action.id, action.order, "when", action.when
        for order, link in enumerate(ruled.links):
            if link.kind in _REPORTING:
                yield "link", order, "when", link.when
    for order, report in enumerate(ruled.reports):
        yield f"report:{report.id}", order, "on", report.on
        yield f"report:{report.id}", order, "when", report.when


def _clauses(condition: Condition) -> Iterator[tuple[str, bool]]:
    """The acts that a condition asks about, and whether making one helps it."""
    for test in tests_of(condition):
        if isinstance(test.cell, ActCell):
            yield test.cell.clause, of_test(TRUE, test.accepts)[0]
        elif isinstance(test.cell, LastingCell):
            yield from _clauses(test.cell.body)
