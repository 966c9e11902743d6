"""What is wrong with rules that can be said before any fact is known (SEMANTICS E, 27)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from planengine.diagnostics import Diagnostic, Span, Text, finding
from planengine.domain.entities import Entities
from planengine.rules.conditions import (
    ALWAYS,
    NEVER,
    All,
    Any,
    AtLeast,
    AttributeCell,
    Case,
    ChangeCell,
    Condition,
    FactCell,
    ForecastCell,
    LastingCell,
    LevelCell,
    Test,
)
from planengine.rules.instances import Instances
from planengine.rules.matrices import residues
from planengine.rules.normal import complemented
from planengine.rules.order import Order, components, decided_reads, level_reads
from planengine.rules.ruleset import Cascade, GroundRule, Unit
from planengine.rules.walk import tests_of
from planengine.values.sets import (
    TRUE,
    ChoiceDomain,
    ChoiceSet,
    Direction,
    NumberDomain,
    NumberSet,
)

_GUARD = Text("a case decides on it", "case 以其为条件")
_DIRECTION = Text(
    "the fact declares no direction of severity", "该指标未声明严重方向（direction: up 或 down）"
)
_BAND = Text("it does not hold for everything worse", "更严重时反而不成立")
_CHANGE = Text("a change depends on an earlier value", "变化量取决于先前的取值")
_TARGET = Text("what it reads is not declared monotone", "所引用的研判未声明为 monotone")


def check_reads(unit: Unit, instances: Instances, findings: list[Diagnostic]) -> None:
    """`standard-reads-plan`: a standard may not depend on a plan."""
    seen: set[Span | None] = set()
    for rule in unit.rules:
        for test, cell in _level_tests(rule.condition):
            plan = cell.unit.document
            standard = plan in instances.standards
            span = _span_of(test) or rule.span
            if not standard and span not in seen:
                seen.add(span)
                findings.append(finding("standard-reads-plan", span, name=unit.document, plan=plan))


def _level_tests(condition: Condition) -> Iterator[tuple[Test, LevelCell]]:
    for test in tests_of(condition):
        if isinstance(test.cell, LevelCell):
            yield test, test.cell
        elif isinstance(test.cell, LastingCell):
            yield from _level_tests(test.cell.body)


def check_constant_levels(
    unit: Unit, whole: Callable[[Callable[[int], bool]], Condition], findings: list[Diagnostic]
) -> None:
    """`level-never-true` and `level-always-true`: levels that no fact can change.

    `whole(wanted)` is the condition of the wanted ranks as if the registry were unknown, so
    that a row for other cities is no mistake in this one.
    """
    own = [rule for rule in unit.rules if rule.kind in {"rule", "mapping"}]
    always = False
    for rank in sorted({rule.rank for rule in own}, reverse=True):
        level = unit.scale.by_rank(rank)
        name = level.id if level is not None else str(rank)
        rules = [rule for rule in own if rule.rank == rank]
        if all(rule.condition == NEVER for rule in rules):
            if whole(lambda other, rank=rank: other == rank) == NEVER:  # type: ignore[misc]
                findings.append(
                    finding("level-never-true", rules[0].span, level=name, name=unit.document)
                )
        elif not always and _is_always(unit.at_least[rank - 1]):
            always = _is_always(whole(lambda other, rank=rank: other >= rank))  # type: ignore[misc]
            if always:
                span = _span_of_always(rules)
                findings.append(finding("level-always-true", span, level=name, name=unit.document))


def _span_of_always(rules: Sequence[GroundRule]) -> Span | None:
    """Where a level that always holds is written: the rule, else the bound that holds at zero."""
    for rule in rules:
        if _is_always(rule.condition):
            return rule.span
    tests = [test for rule in rules for test in tests_of(rule.condition)]
    low = next((test for test in tests if _holds_low(test)), None)
    return (_span_of(low) if low is not None else None) or rules[-1].span


def _holds_low(test: Test) -> bool:
    """Whether a number fulfils a test because it is small."""
    domain, accepts = test.cell.domain, test.accepts
    if not isinstance(domain, NumberDomain) or not isinstance(accepts, NumberSet):
        return False
    return domain.direction(accepts) == "down"


def _is_always(condition: Condition) -> bool:
    """Whether a condition holds for all facts that apply at all (are not n/a)."""
    match condition:
        case Test():
            left = complemented(condition.cell, condition.accepts)
            return not (left.intervals if isinstance(left, NumberSet) else left.members)
        case All():
            return all(_is_always(part) for part in condition.of)
        case Any():
            return any(_is_always(part) for part in condition.of)
        case _:
            return condition == ALWAYS


def check_cycles(order: Order, cascades: Sequence[Cascade], findings: list[Diagnostic]) -> None:
    """`decision-cycle`: only responses may depend on each other in a circle."""
    units = order.units
    _report_cycles(units, order.circles, findings, lambda _: True)
    if not cascades:
        return
    places = {unit.id: place for place, unit in enumerate(units)}
    reads = [[places[read] for read in decided_reads(unit) if read in places] for unit in units]
    joining = {
        places[cell.unit]
        for cascade in cascades
        for cell in level_reads(cascade.condition)
        if cell.unit in places
    }
    for place, unit in enumerate(units):
        if any(cascade.hazard in unit.hazards for cascade in cascades):
            reads[place].extend(joining)
    known = len(findings)
    wider = components(len(units), reads.__getitem__)
    if len(findings) == known:
        _report_cycles(units, wider, findings, _falls)


def _report_cycles(
    units: Sequence[Unit],
    groups: Iterable[Sequence[int]],
    findings: list[Diagnostic],
    matters: Callable[[Test], bool],
) -> None:
    for group in groups:
        inside = {str(units[place].id) for place in group}
        for place in group:
            unit = units[place]
            for rule in unit.rules:
                for test, cell in _level_tests(rule.condition):
                    if cell.read == "computed" and str(cell.unit) in inside and matters(test):
                        span = _span_of(test) or rule.span
                        found = finding(
                            "decision-cycle", span, name=str(unit.id), others=tuple(sorted(inside))
                        )
                        if found not in findings:
                            findings.append(found)


def _falls(test: Test) -> bool:
    """Whether a more severe level can make the test fail."""
    domain = test.cell.domain
    if not isinstance(domain, NumberDomain) or not isinstance(test.accepts, NumberSet):
        return True
    return domain.direction(NumberSet(test.accepts.intervals)) != "up"


def check_monotone(
    units: Iterable[Unit], entities: Entities, instances: Instances, findings: list[Diagnostic]
) -> None:
    """`not-monotone`: in a document declared so, worse facts must never lower a level."""
    monotone = {key for key, ruled in instances.standards.items() if ruled.monotone}
    monotone |= {key for key, ruled in instances.plans.items() if ruled.monotone}
    seen: set[tuple[str, Span | None, str]] = set()
    for unit in units:
        if unit.document not in monotone:
            continue
        ruled = instances.standards.get(unit.document) or instances.plans[unit.document]
        for condition in unit.at_least:
            for test, why in _told(condition, entities, monotone):
                text = " / ".join(dict.fromkeys(o.text for o in test.origins)) or str(test)
                span = _span_of(test) or ruled.span
                if (unit.document, span, why.en) not in seen:
                    seen.add((unit.document, span, why.en))
                    findings.append(finding("not-monotone", span, name=text, why=why))


def _told(condition: Condition, entities: Entities, monotone: set[str]) -> list[tuple[Test, Text]]:
    """The tests that may lower a level, unless others take over wherever they fall."""
    found = list(_falling(condition, entities, monotone, False))
    left = residues(condition, entities) if found else None
    if left is None:
        return found
    return [one for each in left for one in _falling(each, entities, monotone, False)]


def _falling(
    condition: Condition, entities: Entities, monotone: set[str], guard: bool
) -> Iterator[tuple[Test, Text]]:
    """The tests whose truth may fall as facts get worse, with the reason."""
    match condition:
        case Test():
            why = _falls_because(condition, entities, monotone)
            if guard and why is None and _is_of_facts(condition):
                why = _GUARD
            if why is not None:
                yield condition, why
            elif isinstance(condition.cell, LastingCell):
                yield from _falling(condition.cell.body, entities, monotone, guard)
        case All() | Any() | AtLeast():
            for part in condition.of:
                yield from _falling(part, entities, monotone, guard)
        case Case():
            for branch_guard, body in condition.branches:
                yield from _falling(branch_guard, entities, monotone, True)
                yield from _falling(body, entities, monotone, guard)
            yield from _falling(condition.otherwise, entities, monotone, guard)


def _is_of_facts(test: Test) -> bool:
    return isinstance(test.cell, FactCell | ForecastCell | LastingCell | LevelCell | ChangeCell)


def _falls_because(test: Test, entities: Entities, monotone: set[str]) -> Text | None:
    cell = test.cell
    match cell:
        case FactCell() | ForecastCell() | AttributeCell(fact=str()):
            fact = entities.facts.get(cell.fact or "")
            if fact is None or fact.direction not in {"up", "down"}:
                return _DIRECTION
            return None if _points(test) == fact.direction else _BAND
        case LevelCell():
            if not _is_upward(test):
                return _BAND
            declared = cell.unit.document in monotone
            return None if declared or cell.read == "active" else _TARGET
        case ChangeCell():
            return _CHANGE
        case LastingCell():
            return None if test.accepts == TRUE else _BAND
        case _:
            return None


def _is_upward(test: Test) -> bool:
    return _points(test) == "up"


def _points(test: Test) -> Direction | None:
    """The direction in which a value can only help a test."""
    domain, accepts = test.cell.domain, test.accepts
    if isinstance(domain, NumberDomain) and isinstance(accepts, NumberSet):
        return domain.direction(accepts)
    if isinstance(domain, ChoiceDomain) and isinstance(accepts, ChoiceSet):
        return domain.direction(accepts)
    return None


def _span_of(test: Test) -> Span | None:
    return next((origin.span for origin in test.origins if origin.span is not None), None)


__all__ = [
    "check_constant_levels",
    "check_cycles",
    "check_monotone",
    "check_reads",
]
