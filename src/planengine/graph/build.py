"""The dependency graph: facts, clauses, standards, plans, levels, actions, agencies, and links.

An edge runs from what is needed to what needs it: a fact to the level that tests it, a level
to the action it brings, an action to the agency that carries it out. So "what depends on X"
is everything reachable from X.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING

from planengine.domain.documents import Action, Executor, Link, Plan, Report
from planengine.domain.entities import Entities
from planengine.domain.ids import ActionKey
from planengine.domain.places import Role
from planengine.graph.words import NodeKind
from planengine.rules.conditions import (
    ActCell,
    Cell,
    Condition,
    DoneCell,
    LastingCell,
    LevelCell,
    OverdueCell,
)
from planengine.rules.ruleset import (
    APPLIES,
    EXCLUSION,
    Cascade,
    Part,
    RuleSet,
    Unit,
    item_conditions,
)
from planengine.rules.walk import tests_of

if TYPE_CHECKING:
    import networkx as nx


def dependency_graph(entities: Entities, rules: RuleSet) -> nx.MultiDiGraph:
    """The graph of a rule set. Nodes are strings "<kind>:<id>" with attributes `kind` and
    `name` (the id), levels also `scale` and `rank`, clauses that people may invoke also `what`
    they say; edges have the attribute `relation`. Levels of one decision stand worst first.
    """
    import networkx as nx

    graph: nx.MultiDiGraph = nx.MultiDiGraph()
    builder = _Builder(entities, rules, graph)
    for unit in rules.units:
        for rank in sorted({rule.rank for rule in unit.rules}, reverse=True):
            builder.level(unit, rank)
    for unit in rules.units:
        builder.unit(unit)
    for key in dict.fromkeys(u.document for u in rules.units if u.purpose == "standard"):
        builder.standard(key)
    for key in dict.fromkeys(u.document for u in rules.units if u.purpose != "standard"):
        builder.plan(key)
    for cascade in rules.cascades:
        builder.cascade(cascade)
    return graph


def node(kind: NodeKind, name: str) -> str:
    """A node's key."""
    return f"{kind}:{name}"


def level_name(unit: Unit, rank: int) -> str:
    """The name of one level of a decision: "<decision id>:<level id>"."""
    level = unit.scale.by_rank(rank)
    return f"{unit.id}:{level.id if level else 'none'}"


class _Builder:
    def __init__(self, entities: Entities, rules: RuleSet, graph: nx.MultiDiGraph) -> None:
        self.entities = entities
        self.rules = rules
        self.graph = graph
        self.units = {unit.id: unit for unit in rules.units}
        self.acts = {act.clause: act for act in rules.acts}
        since, until = rules.period.since, rules.period.until
        self.at = since if since is not None else (until or 1) - 1  # nothing dated changes within

    def _node(self, kind: NodeKind, name: str) -> str:
        key = node(kind, name)
        if key not in self.graph:
            self.graph.add_node(key, kind=kind, name=name)
            if kind == "fact":
                self._fact(key, name)
        return key

    def level(self, unit: Unit, rank: int) -> str:
        """The node of one level of a decision."""
        key = self._node("level", level_name(unit, rank))
        level = unit.scale.by_rank(rank)
        name = level.id if level is not None else "none"
        self.graph.nodes[key].update(scale=unit.scale.id, rank=rank, unit=unit.id, level=name)
        return key

    def _act(self, action: ActionKey) -> str:
        """The node of an action."""
        key = self._node("action", str(action))
        self.graph.nodes[key]["action"] = action
        return key

    def _clause(self, name: str) -> str:
        """A clause that people may invoke, with the body that does."""
        key = self._node("clause", name)
        act = self.acts.get(name)
        self.graph.nodes[key]["what"] = act.what if act is not None else name
        self.graph.nodes[key]["local"] = act.local if act is not None else name
        for by in act.by if act is not None else ():
            post = self.entities.posts.get(by)
            self._edge(self._node("agency", post.body if post is not None else by), key, "invokes")
        return key

    def _edge(self, source: str, target: str, relation: str) -> None:
        if source != target:
            self.graph.add_edge(source, target, relation, relation=relation)

    def _is_level(self, key: str) -> bool:
        return bool(self.graph.nodes[key]["kind"] == "level")

    def _fact(self, key: str, name: str) -> None:
        fact = self.entities.facts[name]
        for operand, _ in fact.derived.operands if fact.derived else ():
            self._edge(self._node("fact", operand), key, "derived")
        if fact.may_rise_by is not None:
            self._edge(self._node("fact", fact.may_rise_by), key, "derived")
        for other in fact.at_most:
            self._edge(key, self._node("fact", other), "derived")
        if fact.provider is not None and fact.provider in self.entities.agencies:
            self._edge(self._node("agency", fact.provider), key, "provides")

    def unit(self, unit: Unit) -> None:
        """A decision: its levels, what they read, and the document they belong to."""
        standard = unit.purpose == "standard"
        document = self._node("standard" if standard else "plan", unit.document)
        for rule in unit.rules:
            level = self.level(unit, rule.rank)
            self._edge(level, document, "level of")
            for source in self._read(rule.condition):
                lifts = rule.kind == "link" and self._is_level(source)
                self._edge(source, level, "activates" if lifts else "tested by")
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
                yield self.level(unit, max(rank, 1))
        elif isinstance(cell, DoneCell | OverdueCell):
            if cell.kind == "action":
                yield self._act(ActionKey(cell.document, cell.item))
        elif isinstance(cell, ActCell):
            yield self._clause(cell.clause)
        elif (fact := getattr(cell, "fact", None)) is not None:
            yield self._node("fact", fact)

    def plan(self, key: str) -> None:
        """A plan's members, actions, reports, requests, and who informs the public."""
        number = next(
            u.edition for u in self.rules.units if u.document == key and u.purpose != "standard"
        )
        plan = next(p for p in self.entities.plans[key] if p.edition.number == number)
        document = self._node("plan", key)
        for source in self._read_when_applying(key, len(plan.exclusions)):
            self._edge(source, document, "applies")
        for member in plan.members:
            self._edge(document, self._node("agency", member.agency), "member")
        for action in plan.actions:
            self._action(key, plan, action)
        for order, report in enumerate(plan.reports):
            sources = self._triggers(key, report, f"report:{report.id}", order)
            self._report(sources, report, plan)
        for order, link in enumerate(plan.links):
            if link.kind in {"request", "report"} and link.target is not None:
                relation = "requests" if link.kind == "request" else "reports to"
                for source in self._link_sources(key, document, link, order):
                    self._edge(source, self._node("agency", link.target), relation)
        for release in plan.information:
            for agency in self._bodies(plan, release.by):
                self._edge(document, self._node("agency", agency), "informs by")

    def _read_when_applying(self, key: str, exclusions: int) -> Iterator[str]:
        """What decides whether a plan applies: its own `when`, and the cases of its `not`."""
        items = [(APPLIES, 0), *((EXCLUSION, order) for order in range(exclusions))]
        for item, order in items:
            for condition in item_conditions(self.rules, key, item, order, "when"):
                yield from self._read(condition)

    def cascade(self, cascade: Cascade) -> None:
        """A hazard that joins: from the plan, and from what it reads, to each document of the
        hazard that the plan's own hazards do not bring already.
        """
        own = self.rules.documents.get(cascade.document, frozenset())
        sources = [self._node("plan", cascade.document), *self._read(cascade.condition)]
        for document, hazards in self.rules.documents.items():
            if self._covers(hazards, {cascade.hazard}) and not self._covers(hazards, own):
                target = node("plan" if document in self.entities.plans else "standard", document)
                for source in sources if target in self.graph else ():
                    brings = source == sources[0] or self._is_level(source)
                    self._edge(source, target, "cascades to" if brings else "tested by")

    def _covers(self, hazards: AbstractSet[str], others: AbstractSet[str]) -> bool:
        """Whether documents of some hazards apply in an incident of any of others."""
        above = self.rules.above
        return any(hazards & above.get(other, frozenset({other})) for other in others)

    def standard(self, key: str) -> None:
        """A standard's reports."""
        number = next(u.edition for u in self.rules.units if u.document == key)
        standard = next(s for s in self.entities.standards[key] if s.edition.number == number)
        for order, report in enumerate(standard.reports):
            sources = self._triggers(key, report, f"report:{report.id}", order)
            self._report(sources, report, None)

    def _report(self, sources: Iterable[str], report: Report, plan: Plan | None) -> None:
        for source in sources:
            for agency in self._bodies(plan, report.to):
                self._edge(source, self._node("agency", agency), "reports to")
            for agency in self._bodies(plan, report.by):
                self._edge(source, self._node("agency", agency), "reported by")

    def _link_sources(self, key: str, document: str, link: Link, order: int) -> Iterator[str]:
        """The levels from which a link works, else the plan, and what its condition reads."""
        if link.rank is None:
            yield document
        else:
            yield from self._levels(key, link.track, link.rank)
        for condition in item_conditions(self.rules, key, "link", order, "when"):
            yield from self._read(condition)

    def _action(self, key: str, plan: Plan, action: Action) -> None:
        place = self._act(ActionKey(key, action.id))
        for source in self._triggers(key, action, action.id, action.order):
            self._edge(source, place, "brings")
        for name in action.after:
            self._edge(self._act(ActionKey(key, name)), place, "before")
        for agency in self._bodies(plan, action.executors):
            self._edge(place, self._node("agency", agency), "carried out by")

    def _triggers(self, key: str, item: Action | Report, name: str, order: int) -> Iterator[str]:
        """What brings an action or a report: a level, else the document; what conditions read."""
        if item.ranks:
            yield from self._levels(key, item.track, min(item.ranks))
        else:
            yield self._node("plan" if key in self.entities.plans else "standard", key)
        parts: tuple[Part, ...] = ("on", "when")
        for part in parts:
            for condition in item_conditions(self.rules, key, name, order, part):
                yield from self._read(condition)

    def _levels(self, key: str, track: str | None, rank: int) -> Iterator[str]:
        """One rank of each of a document's decisions (of a track)."""
        for unit in self.rules.units:
            own = unit.document == key and unit.purpose != "warning"
            if own and track in {None, unit.track} and rank <= len(unit.scale.levels):
                yield self.level(unit, rank)

    def _bodies(self, plan: Plan | None, executors: Iterable[Executor]) -> Iterator[str]:
        for executor in executors:
            yield from self._named(plan, executor)
            if executor.jointly:
                yield from self._bodies(plan, executor.alternates)

    def _named(self, plan: Plan | None, executor: Executor) -> Iterator[str]:
        match executor.kind:
            case "agency":
                yield executor.id
            case "post":
                yield self.entities.posts[executor.id].body
            case "group":
                groups = plan.groups if plan is not None else ()
                yield from (group.lead for group in groups if group.id == executor.id)
            case "role":
                home = plan.jurisdiction if plan is not None else self.entities.home
                yield from self._holders(self.entities.roles[executor.id], home)
            case "members":
                members = plan.members if plan is not None else ()
                yield from (one.agency for one in members if executor.id in ("", one.role))
            case "areas":
                pass

    def _holders(self, role: Role, home: str) -> Iterator[str]:
        """The bodies that a role can mean: of its tier, around or within an area."""
        areas = self.entities.jurisdictions
        lineage = set(self._upwards(home))
        for agency in self.entities.agencies.values():
            if not agency.period.contains(self.at):
                continue
            if agency.function != role.function or agency.area not in areas:
                continue
            if role.tier is not None and areas[agency.area].tier != role.tier:
                continue
            if agency.area in lineage or home in self._upwards(agency.area):
                yield agency.id

    def _upwards(self, area: str | None) -> Iterator[str]:
        while area is not None:
            yield area
            area = self.entities.jurisdictions[area].parent
