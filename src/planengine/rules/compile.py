"""From linked documents to the rule set: what is in force, where, and on what conditions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import pairwise
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from planengine.diagnostics import Diagnostic, finding
from planengine.domain.documents import Plan, Standard, Track
from planengine.domain.entities import Entities
from planengine.domain.hazards import with_above
from planengine.domain.ids import UnitKey
from planengine.domain.parts import Period
from planengine.domain.terms import LevelTerm, Term
from planengine.rules.checks import check_constant_levels, check_cycles, check_monotone, check_reads
from planengine.rules.conditions import ALWAYS, NEVER, ActCell, Condition, LastingCell
from planengine.rules.ground import Grounder
from planengine.rules.instances import Instance, Instances
from planengine.rules.items import applies_key, terms_of
from planengine.rules.links import Links, obliging
from planengine.rules.normal import all_of, any_of, normalise
from planengine.rules.order import given_cells, in_order
from planengine.rules.raising import raised_rules
from planengine.rules.ruleset import Act, Cascade, ConditionKey, GroundRule, RuleSet, Unit
from planengine.rules.shadows import of_test
from planengine.rules.verbs import binds
from planengine.rules.walk import tests_of
from planengine.values.sets import TRUE

if TYPE_CHECKING:
    from planengine.domain.registry import Registry


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


class _Own(Struct, frozen=True):
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
        # What is over may name what is no more: that is no finding of today's.
        self.past = Grounder(entities, registry, read, [], roster=roster, scope=scope)
        self.past.acts = self.grounder.acts
        self.links = Links(self.instances, self.grounder, findings)
        self.checked: set[tuple[str, str | None, str]] = set()
        self.asked: dict[UnitKey, list[ConditionKey]] = {}  # what the duties of each ask
        binding = (verb.id for verb in entities.verbs.values() if verb.obliges)
        self.must = next(binding, "")  # of what has no verb

    def is_assessed(self, plan: Plan) -> bool:
        """Whether a plan is that of the home area, of one in it, or of one around it."""
        here, within = plan.jurisdiction, self.registry.is_within
        return here == self.home or within(here, self.home) or within(self.home, here)

    def run(self) -> RuleSet:
        """Compile everything that is asked for, until nothing new is."""
        for key, plan in self.instances.plans.items():
            if not plan.external and self.is_assessed(plan):
                self.instances.of_plan(key)
                self.instances.of_warnings(key)
                self.check_places(key, plan)
        for key, plan in self.instances.over.items():
            if self.is_assessed(plan):
                self.instances.of_over(key)
        for standard in self.instances.standards:
            self.instances.of_standard(standard, self.home)
        units: list[Unit] = []
        conditions: dict[ConditionKey, Condition] = {}
        cascades: list[Cascade] = []
        documents: dict[str, set[tuple[str, str | None]]] = {}
        for instance in self.instances.found:  # grows while it is read
            over = instance.document in self.instances.over
            units.append(self.unit_over(instance) if over else self.unit(instance))
            known = documents.setdefault(instance.document, set())
            if not known and isinstance(instance.ruled, Plan) and not over:
                cascades.extend(self.links.cascades(instance.document))
            if (instance.area, instance.track.id) not in known:
                self.conditions(instance, conditions)
                known.add((instance.area, instance.track.id))
        order = in_order(units)
        ordered = order.units
        check_cycles(order, cascades, self.findings)
        check_monotone(ordered, self.entities, self.instances, self.findings)
        return RuleSet(
            period=self.period(),
            units=ordered,
            components=order.components,
            conditions=conditions,
            acts=tuple(self.acts(ordered, conditions)),
            cells=given_cells(ordered, conditions.values()),
            cascades=tuple(cascades),
            documents=self.hazards(),
            above=hazards_above(self.entities),
        )

    def check_places(self, key: str, plan: Plan) -> None:
        """`nothing-decided`: a track is decided once per something of which there never is one."""
        area = plan.jurisdiction
        for track in plan.tracks:
            per = track.per
            if per is None or self.instances.of_plan(key, track.id) or self.ever(per, area):
                continue
            self.findings.append(
                finding("nothing-decided", track.span, per=per, area=area, name=plan.id)
            )

    def ever(self, per: str, area: str) -> bool:
        """Whether something of a kind or tier is at some time in an area."""
        things = [(one.id, one.kind) for one in self.entities.objects.values()]
        things += [(one.id, one.tier) for one in self.entities.jurisdictions.values()]
        return any(kind == per and area in self.entities.around(name) for name, kind in things)

    def ground(self, term: Term, instance: Instance, rank: int = 1) -> Condition:
        """What a term means for the place of a decision, normalised.

        `rank` is the mildest level that an item is asked at, from which its `start` counts;
        what raises, lowers or ends a response counts from the start of any of its levels.
        """
        run = None
        if isinstance(instance.ruled, Plan):
            run = (instance.document, instance.track.id, instance.area, rank)
        grounder = self.past if instance.document in self.instances.over else self.grounder
        return normalise(grounder.ground(term, instance.area, part=instance.is_part, run=run))

    def normal(self, term: Term | None, instance: Instance) -> Condition | None:
        return None if term is None else self.ground(term, instance)

    # One decision

    def unit(self, instance: Instance) -> Unit:
        """A decision with all its rules and its conditions by rank."""
        track, area, ruled = instance.track, instance.area, instance.ruled
        top = len(instance.scale.levels)
        gate = self.normal(track.provided, instance) or ALWAYS
        if isinstance(ruled, Plan):
            gate = all_of((gate, self.links.gate(ruled, area, part=instance.is_part)))
        own = list(self.own_rules(instance, top))
        raise_when = self.normal(track.raise_when, instance) if track.raise_by > 0 else None
        raised = list(self.raised(track, own, raise_when, top))
        lifted = [
            GroundRule(
                rank=lift.rank,
                condition=lift.condition,
                binding=lift.link.verb is None or binds(lift.link.verb, self.entities),
                verb=lift.link.verb or self.must,
                kind="link",
                text=f"{lift.link.kind}: {lift.giver}",
                basis=lift.basis,
                span=lift.link.span,
                rule_id=lift.link.rule_id,
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
                for r in self.raised(track, binding, raise_when, top)
                if r.binding
            ),
            *((rule.rank, obliging(rule.condition)) for rule in lifted if rule.binding),
        ]
        obliged_gate = obliging(gate)
        same = obliged_gate is gate and len(obliging_rules) == len(rules)
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
            hazards=frozenset(track.hazards or ruled.hazards),
            rules=tuple(_gated(rule, gate) for rule in rules),
            at_least=at_least,
            obliged_at_least=at_least if same else _bands(obliging_rules, obliged_gate, top),
            lower=self.normal(track.lower, instance),
            end=self.normal(track.end, instance),
        )
        self.check(instance, unit, own)
        return unit

    def unit_over(self, instance: Instance) -> Unit:
        """A decision of an edition that is over: it gives no level, but is lowered and ended."""
        top = len(instance.scale.levels)
        never = (NEVER,) * top
        return Unit(
            id=instance.id,
            purpose=instance.purpose,
            document=instance.document,
            track=instance.track.id,
            authority=instance.authority,
            area=instance.area,
            edition=instance.ruled.edition.number,
            scale=instance.scale,
            hazards=frozenset(instance.track.hazards or instance.ruled.hazards),
            rules=(),
            at_least=never,
            obliged_at_least=never,
            lower=self.normal(instance.track.lower, instance),
            end=self.normal(instance.track.end, instance),
            applies=NEVER,
            over=True,
        )

    def raised(
        self, track: Track, own: Iterable[_Own], when: Condition | None, top: int
    ) -> Iterator[GroundRule]:
        rules = [item.rule for item in own]
        return raised_rules(track, rules, when, top, self.entities, self.must)

    def own_rules(self, instance: Instance, top: int) -> Iterator[_Own]:
        """The rules that the author wrote, and those of a mapping."""
        track = instance.track
        for rule in track.rules:
            if 1 <= rule.rank <= top:
                condition = self.ground(rule.when, instance)
                made = GroundRule(
                    rank=rule.rank,
                    condition=condition,
                    binding=binds(rule.verb, self.entities),
                    verb=rule.verb,
                    kind="rule",
                    text=rule.text,
                    basis=rule.basis,
                    span=rule.span,
                    rule_id=rule.rule_id,
                )
                yield _Own(made, rule.when)
        mapping = track.mapping
        if mapping is None or not isinstance(mapping.source, LevelTerm):
            return
        bases = dict(mapping.level_bases)
        for rank, term in mapped(mapping.source, mapping.ranks, self.entities):
            made = GroundRule(
                rank=rank,
                condition=self.ground(term, instance),
                binding=binds(mapping.verb, self.entities),
                verb=mapping.verb,
                kind="mapping",
                text=mapping.source.origin.text,
                basis=bases.get(rank, mapping.basis),
                span=mapping.span,
                rule_id=mapping.rule_id,
            )
            yield _Own(made, term)

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

    def conditions(self, instance: Instance, found: dict[ConditionKey, Condition]) -> None:
        """Add what a document's actions, reports and links ask for the place of a decision."""
        keys = self.asked.setdefault(instance.id, [])
        for key, term, rank in terms_of(instance, self.home):
            keys.append(key)
            if key not in found:
                found[key] = self.ground(term, instance, rank)
        if isinstance(instance.ruled, Plan) and instance.document not in self.instances.over:
            gate = self.links.gate(instance.ruled, instance.area, part=instance.is_part)
            if gate != ALWAYS:
                found[applies_key(instance, self.home)] = gate

    def acts(
        self, units: Iterable[Unit], conditions: Mapping[ConditionKey, Condition]
    ) -> Iterator[Act]:
        """The clauses people may invoke, with the most severe rank each gives in a unit."""
        for unit in units:
            ranks: dict[tuple[str, str | None], int] = {}
            for rule in unit.rules:
                for act, helps in _acts(rule.condition):
                    ranks[act] = max(rule.rank if helps else 0, ranks.get(act, 0))
            for ending in (unit.lower, unit.end):
                for act, _ in _acts(ending or NEVER):
                    ranks.setdefault(act, 0)
            for key in self.asked.get(unit.id, ()):
                for act, _ in _acts(conditions[key]):
                    ranks.setdefault(act, 0)
            for (clause, place), rank in ranks.items():
                term = self.grounder.acts[clause]
                span = term.origin.span
                yield Act(
                    clause, term.kind, term.what, term.by, unit.id, rank, span, place, term.local
                )

    def hazards(self) -> Mapping[str, frozenset[str]]:
        documents: list[tuple[str, Standard | Plan]] = [*self.instances.standards.items()]
        documents += self.instances.plans.items()
        return {key: frozenset(ruled.hazards) for key, ruled in documents}

    def period(self) -> Period:
        """The stretch of time around the registry's in which nothing dated changes."""
        from planengine.domain.registry import boundaries

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
    hazards = entities.hazards
    return {hazard: frozenset(with_above(hazard, hazards)) for hazard in hazards}


def _acts(condition: Condition) -> Iterator[tuple[tuple[str, str | None], bool]]:
    """The acts (and for where) that a condition asks about, and whether making one helps it."""
    for test in tests_of(condition):
        if isinstance(test.cell, ActCell):
            yield (test.cell.clause, test.cell.place), of_test(TRUE, test.accepts)[0]
        elif isinstance(test.cell, LastingCell):
            yield from _acts(test.cell.body)
