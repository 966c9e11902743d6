"""The dependency graph: facts, standards, plans, levels, actions and agencies, and what joins them.

An edge runs from what is needed to what needs it: a fact to the level that tests it, a level
to the action it brings, an action to the agency that carries it out. So "what depends on X"
is everything reachable from X.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal, TypeAlias

from planengine.library.entities import Action, Entities, Executor, Plan, Role
from planengine.rules.conditions import Cell, Condition, LastingCell, LevelCell
from planengine.rules.ruleset import Part, RuleSet, Unit, condition_key
from planengine.rules.walk import tests_of

if TYPE_CHECKING:
    import networkx as nx

NodeKind: TypeAlias = Literal["fact", "standard", "plan", "level", "action", "agency"]


def dependency_graph(entities: Entities, rules: RuleSet) -> nx.DiGraph:
    """The graph of a rule set. Nodes are strings "<kind>:<id>" with attributes `kind` and
    `name` (the id); edges have the attribute `relation`.
    """
    import networkx as nx

    graph: nx.DiGraph = nx.DiGraph()
    builder = _Builder(entities, rules, graph)
    for unit in rules.units:
        builder.unit(unit)
    for key in dict.fromkeys(u.document for u in rules.units if u.purpose != "standard"):
        builder.plan(key)
    return graph


def node(kind: NodeKind, name: str) -> str:
    """A node's key."""
    return f"{kind}:{name}"


def level_name(unit: Unit, rank: int) -> str:
    """The name of one level of a decision: "<decision id>:<level id>"."""
    level = unit.scale.by_rank(rank)
    return f"{unit.id}:{level.id if level else 'none'}"


class _Builder:
    def __init__(self, entities: Entities, rules: RuleSet, graph: nx.DiGraph) -> None:
        self.entities = entities
        self.rules = rules
        self.graph = graph
        self.units = {unit.id: unit for unit in rules.units}

    def _node(self, kind: NodeKind, name: str) -> str:
        key = node(kind, name)
        if key not in self.graph:
            self.graph.add_node(key, kind=kind, name=name)
            if kind == "fact":
                self._fact(key, name)
        return key

    def _edge(self, source: str, target: str, relation: str) -> None:
        if source != target and not self.graph.has_edge(source, target):
            self.graph.add_edge(source, target, relation=relation)

    def _fact(self, key: str, name: str) -> None:
        fact = self.entities.facts[name]
        for operand, _ in fact.derived.operands if fact.derived else ():
            self._edge(self._node("fact", operand), key, "derived")
        if fact.provider is not None and fact.provider in self.entities.agencies:
            self._edge(self._node("agency", fact.provider), key, "provides")

    def unit(self, unit: Unit) -> None:
        """A decision: its levels, what they read, and the document they belong to."""
        standard = unit.purpose == "standard"
        document = self._node("standard" if standard else "plan", unit.document)
        for rule in unit.rules:
            level = self._node("level", level_name(unit, rule.rank))
            self._edge(level, document, "level of")
            relation = "activates" if rule.kind == "link" else "tested by"
            for source in self._read(rule.condition):
                self._edge(source, level, relation)
        for name, condition in (("lower", unit.lower), ("end", unit.end)):
            for source in self._read(condition) if condition is not None else ():
                self._edge(source, document, name)

    def _read(self, condition: Condition) -> Iterator[str]:
        for test in tests_of(condition):
            yield from self._sources(test.cell, test.accepts)

    def _sources(self, cell: Cell, accepts: object) -> Iterator[str]:
        if isinstance(cell, LastingCell):
            yield from self._read(cell.body)
        elif isinstance(cell, LevelCell):
            unit = self.units.get(cell.unit)
            if unit is not None:
                low = getattr(accepts, "low", 1)
                rank = int(low) if low not in {float("inf"), float("-inf")} else 1
                yield self._node("level", level_name(unit, max(rank, 1)))
        elif (fact := getattr(cell, "fact", None)) is not None:
            yield self._node("fact", fact)

    def plan(self, key: str) -> None:
        """A plan's actions, members and reports."""
        number = next(
            u.edition for u in self.rules.units if u.document == key and u.purpose != "standard"
        )
        plan = next(p for p in self.entities.plans[key] if p.edition.number == number)
        document = self._node("plan", key)
        for member in plan.members:
            self._edge(document, self._node("agency", member.agency), "member")
        for action in plan.actions:
            self._action(key, plan, action)

    def _action(self, key: str, plan: Plan, action: Action) -> None:
        place = self._node("action", f"{key}:{action.id}")
        for source in self._triggers(key, action):
            self._edge(source, place, "brings")
        for name in action.after:
            self._edge(self._node("action", f"{key}:{name}"), place, "before")
        for agency in self._bodies(plan, action.executor):
            self._edge(place, self._node("agency", agency), "carried out by")

    def _triggers(self, key: str, action: Action) -> Iterator[str]:
        if action.ranks:
            lowest = min(action.ranks)
            for unit in self.rules.units:
                own = unit.document == key and unit.purpose == "level"
                if own and action.track in {None, unit.track}:
                    yield self._node("level", level_name(unit, lowest))
        elif action.on is None:
            yield self._node("plan", key)
        parts: tuple[Part, ...] = ("on", "when")
        for part in parts:
            condition = self.rules.conditions.get(condition_key(key, action.id, action.order, part))
            if condition is not None:
                yield from self._read(condition)

    def _bodies(self, plan: Plan, executor: Executor) -> Iterator[str]:
        match executor.kind:
            case "agency":
                yield executor.id
            case "post":
                yield self.entities.posts[executor.id].body
            case "group":
                yield from (group.lead for group in plan.groups if group.id == executor.id)
            case "role":
                yield from self._holders(self.entities.roles[executor.id], plan)

    def _holders(self, role: Role, plan: Plan) -> Iterator[str]:
        """The bodies that a role can mean for a plan: of its tier, around or within its area."""
        areas = self.entities.jurisdictions
        lineage = set(self._upwards(plan.jurisdiction))
        for agency in self.entities.agencies.values():
            if agency.function != role.function or agency.area not in areas:
                continue
            if role.tier is not None and areas[agency.area].tier != role.tier:
                continue
            if agency.area in lineage or plan.jurisdiction in self._upwards(agency.area):
                yield agency.id

    def _upwards(self, area: str | None) -> Iterator[str]:
        while area is not None:
            yield area
            area = self.entities.jurisdictions[area].parent
