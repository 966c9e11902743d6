"""The part of a rule set that an incident of some hazards needs.

A document applies when the incident has one of its hazards, or one below it. A grade or
warning also applies where a decision that applies reads it, unless the reader itself covers
the hazard: a general plan for every hazard reads, in a flood, no grade of accidents (but
every warning: those tell of what is around the incident). A grade of its hazards that only
decisions of other hazards ask for at a place is left out there. Another
hazard can join by a cascade: then the documents of that hazard apply under the cascade's
condition. A plan that does not apply can still be lifted by the links of one that does, and
gives no level else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from collections.abc import Set as AbstractSet

from msgspec.structs import replace

from planengine.domain.ids import UnitKey, track_name
from planengine.rules.conditions import (
    ALWAYS,
    NEVER,
    All,
    Any,
    AtLeast,
    Case,
    Condition,
    Constant,
    HazardCell,
    LastingCell,
    LevelCell,
    Not,
    Test,
)
from planengine.rules.links import obliging
from planengine.rules.normal import all_of, any_of, normalise
from planengine.rules.order import cells_of, conditions_of, level_reads, rule_set_of
from planengine.rules.ruleset import ConditionKey, GroundRule, RuleSet, Unit
from planengine.rules.shadows import of_test
from planengine.values.sets import TRUE, number


def select(ruleset: RuleSet, hazards: Iterable[str], *, also: Iterable[str] = ()) -> RuleSet:
    """The rule set for an incident of these hazards; the same input gives the same answer.

    `also` are plans ("<jurisdiction>/<id>"), their tracks ("<jurisdiction>/<id>/<track>") and
    standards that apply whatever the hazards: those that people have put in force or issued.
    A track with hazards of its own needs to be named. Every unit of the answer says in `applies`
    when its own rules count. Conditions of actions, reports and links are kept for documents
    that have a unit, or may apply without one.
    """
    return _Selection(ruleset, frozenset(hazards), frozenset(also)).run()


class _Selection:
    def __init__(self, ruleset: RuleSet, hazards: frozenset[str], also: frozenset[str]) -> None:
        self.ruleset = ruleset
        self.also = also
        above = ruleset.above
        self.declared = frozenset(up for h in hazards for up in above.get(h, frozenset({h})))
        self.units = {unit.id: unit for unit in ruleset.units}
        self.joining: dict[str, Condition] = {}
        self.asked: dict[str, Condition] = {}  # the hazards asked about: when each is there
        self.gates: dict[UnitKey, Condition] = {}  # of the units that are in
        self.waiting: list[UnitKey] = []
        self.documents: dict[str, None] = {}
        self.conditions: dict[str, list[ConditionKey]] = {}  # of each document
        for key in ruleset.conditions:
            self.conditions.setdefault(key.document, []).append(key)
        self.lifting: dict[UnitKey, list[tuple[UnitKey, GroundRule]]] = {}  # by the unit that lifts
        self.readers: dict[UnitKey, dict[tuple[str, frozenset[str]], None]] = {}
        for key, condition in ruleset.conditions.items():
            reader = key.document, ruleset.documents.get(key.document, frozenset())
            for cell in level_reads(condition):
                self.readers.setdefault(cell.unit, {})[reader] = None
        for unit in ruleset.units:
            for rule in unit.rules:
                for cell in level_reads(rule.condition):
                    if cell.unit != unit.id:
                        own = unit.hazards != ruleset.documents.get(unit.document, unit.hazards)
                        name = track_name(unit.document, unit.track) if own else unit.document
                        reader = name, unit.hazards
                        self.readers.setdefault(cell.unit, {})[reader] = None
                if rule.kind == "link":
                    for cell in level_reads(rule.condition):
                        self.lifting.setdefault(cell.unit, []).append((unit.id, rule))

    # Hazards

    def applies(self, document: str, hazards: frozenset[str]) -> Condition:
        """When a document (or track) of these hazards applies; one without any always does."""
        if not hazards or document in self.also:
            return ALWAYS
        return any_of(self.joins(hazard, ()) for hazard in sorted(hazards))

    def applies_to(self, unit: Unit) -> Condition:
        """When a unit's document applies to it: by its track, where that has its own hazards."""
        if unit.over:  # it applies where people started it and have not ended it
            used = not self.also.isdisjoint((unit.document, track_name(unit.document, unit.track)))
            return ALWAYS if used else NEVER
        shared = unit.hazards == self.ruleset.documents.get(unit.document, unit.hazards)
        name = unit.document if shared else track_name(unit.document, unit.track)
        return self.applies(name, unit.hazards)

    def joins(self, hazard: str, path: tuple[str, ...]) -> Condition:
        """When the incident has a hazard or one below it."""
        if hazard in self.declared:
            return ALWAYS
        if hazard in path:
            return NEVER  # a circle of cascades adds nothing to its other ways in
        if not path and hazard in self.joining:
            return self.joining[hazard]
        found = any_of(
            self.decided(cascade.condition, (*path, hazard))
            for cascade in self.ruleset.cascades
            if hazard in self.ruleset.above.get(cascade.hazard, frozenset({cascade.hazard}))
        )
        if not path:
            self.joining[hazard] = found
        return found

    def decided(
        self, condition: Condition, path: tuple[str, ...] = (), *, obliged: bool = False
    ) -> Condition:
        """The condition with its questions about hazards answered; `obliged` by binding rules."""

        def answer(test: Test) -> Condition:
            cell = test.cell
            if isinstance(cell, LastingCell):
                body = self.decided(cell.body, path, obliged=obliged)
                return test if body is cell.body else replace(test, cell=replace(cell, body=body))
            if not isinstance(cell, HazardCell):
                return test
            joined = self.joins(cell.hazard, path)
            if not path:
                self.asked[cell.hazard] = joined
            joined = obliging(joined) if obliged else joined
            return joined if test.accepts == TRUE else Not(joined)

        if not asks_of_hazards(condition):
            return condition
        return normalise(_replaced(condition, answer))

    def told(self, unit: Unit) -> Unit:
        """The unit with its questions about hazards answered."""
        if not any(asks_of_hazards(condition) for condition in _conditions_of(unit)):
            return unit
        rules = (replace(rule, condition=self.decided(rule.condition)) for rule in unit.rules)
        return replace(
            unit,
            rules=tuple(one for one in rules if one.kind != "link" or one.condition != NEVER),
            at_least=tuple(map(self.decided, unit.at_least)),
            obliged_at_least=tuple(
                self.decided(band, obliged=True) for band in unit.obliged_at_least
            ),
            lower=None if unit.lower is None else self.decided(unit.lower),
            end=None if unit.end is None else self.decided(unit.end),
        )

    # What is in

    def run(self) -> RuleSet:
        for document, hazards in self.ruleset.documents.items():
            if self.applies(document, hazards) != NEVER:
                self.take_document(document)
        for unit in self.ruleset.units:
            if self.is_for_others(unit):
                continue
            gate = self.applies_to(unit)
            if gate != NEVER or self.is_lifted_by_condition(unit) or self.is_lifted_by_use(unit):
                self.take(unit.id, gate)
        self.follow()
        absent = self.units.keys() - self.gates.keys()
        units = [
            _answered_unit(self.made(self.units[unit.id]), absent)
            for unit in self.ruleset.units
            if unit.id in self.gates
        ]
        kept = {
            key: None for document in self.documents for key in self.conditions.get(document, ())
        }
        conditions = {
            key: _answered(self.decided(condition), absent)
            for key, condition in self.ruleset.conditions.items()
            if key in kept
        }
        cascades = tuple(
            replace(cascade, condition=_answered(self.decided(cascade.condition), absent))
            for cascade in self.ruleset.cascades
            if cascade.document in self.documents
        )
        joining = {hazard: _answered(when, absent) for hazard, when in self.asked.items()}
        base = replace(self.ruleset, conditions=conditions, cascades=cascades, joining=joining)
        return rule_set_of(units, base)

    def is_for_others(self, unit: Unit) -> bool:
        """Whether a grade is decided at its place only for decisions of hazards that are not here.

        The same standard is then decided at another place for those that are. Warnings tell of
        what is around the incident: they stay.
        """
        if unit.purpose != "standard" or unit.scale.meaning == "warning":
            return False
        if unit.document in self.also or self.is_asked(unit):
            return False
        return any(
            (one.document, one.track) == (unit.document, unit.track) and self.is_asked(one)
            for one in self.ruleset.units
        )

    def is_asked(self, unit: Unit) -> bool:
        """Whether nobody reads a decision, or something does that may apply."""
        readers = self.readers.get(unit.id)
        return readers is None or any(self.applies(*one) != NEVER for one in readers)

    def is_lifted_by_condition(self, unit: Unit) -> bool:
        """Whether a link that does not ask for its giver's level can lift the unit."""
        return any(
            rule.kind == "link"
            and not any(_belongs(cell, rule.giver) for cell in level_reads(rule.condition))
            and self.decided(rule.condition) != NEVER
            for rule in unit.rules
        )

    def is_lifted_by_use(self, unit: Unit) -> bool:
        """Whether a link follows a level in force of what people used (a superior's plan)."""
        return bool(self.also) and any(
            rule.kind == "link" and track_name(cell.unit.document, cell.unit.track) in self.also
            for rule in unit.rules
            for cell in level_reads(rule.condition)
            if cell.read == "active"
        )

    def take(self, unit: UnitKey, gate: Condition) -> None:
        """Take a unit in; its own rules count (also) under `gate`."""
        known = self.gates.get(unit)
        if known is None:
            self.units[unit] = self.told(self.units[unit])
        joined = gate if known is None else any_of((known, gate))
        if joined != known:
            self.gates[unit] = joined
            self.waiting.append(unit)

    def take_document(self, document: str) -> None:
        """Read what a document's actions, reports and cascades ask."""
        if document in self.documents:
            return
        self.documents[document] = None
        hazards = self.ruleset.documents.get(document, frozenset())
        applies = self.applies(document, hazards)
        gate = ALWAYS if applies == NEVER else applies  # what only links lift reads as ever
        for key in self.conditions.get(document, ()):
            self.read(self.decided(self.ruleset.conditions[key]), gate, hazards)
        for cascade in self.ruleset.cascades:
            if cascade.document == document:
                self.read(self.decided(cascade.condition), gate, hazards)

    def follow(self) -> None:
        """Take in everything that is read or lifted by what is in already."""
        while self.waiting:
            unit = self.units[self.waiting.pop()]
            gate = self.gates[unit.id]
            self.take_document(unit.document)
            hazards = unit.hazards
            self.read(gate, ALWAYS, hazards)
            for rule in unit.rules:
                if rule.kind != "link" and gate != NEVER:
                    self.read(rule.condition, gate, hazards)
                elif rule.kind == "link" and self.is_lifted_by_condition(unit):
                    self.read(rule.condition, ALWAYS, hazards)
            for ending in (unit.lower, unit.end):
                self.read(ending or NEVER, ALWAYS, hazards)
            for lifted, rule in self.lifting.get(unit.id, ()):
                self.take(lifted, NEVER)
                self.read(rule.condition, ALWAYS, hazards)

    def read(self, condition: Condition, gate: Condition, hazards: frozenset[str]) -> None:
        """A grade or warning that is read applies; a plan does not because it is read.

        `hazards` are the reader's: of the grades those cover, only the incident's own apply.
        """
        for cell in level_reads(condition):
            unit = self.units.get(cell.unit)
            if unit is None or cell.read != "computed" or unit.purpose == "level":
                continue
            if unit.scale.meaning == "warning" or not self.covered(unit.hazards, hazards):
                self.take(unit.id, gate)

    def covered(self, hazards: frozenset[str], by: frozenset[str]) -> bool:
        """Whether a document for some hazards speaks of others too, or of all above them."""
        above = self.ruleset.above
        return any(up in by for hazard in hazards for up in above.get(hazard, (hazard,)))

    def made(self, unit: Unit) -> Unit:
        """The unit with its gate put into its rules and conditions."""
        gate = self.gates[unit.id]
        links = [rule for rule in unit.rules if rule.kind == "link"]
        decided = [replace(rule, condition=self.decided(rule.condition)) for rule in links]
        if gate == ALWAYS and decided == links:
            return unit
        own = [
            replace(rule, condition=all_of((gate, rule.condition)))
            for rule in unit.rules
            if rule.kind != "link" and gate != NEVER
        ]
        ranks = range(1, len(unit.at_least) + 1)
        lifts = [any_of(r.condition for r in decided if r.rank >= rank) for rank in ranks]
        return replace(
            unit,
            rules=(*own, *(rule for rule in decided if rule.condition != NEVER)),
            at_least=tuple(
                any_of((all_of((gate, self.decided(band))), lift))
                for band, lift in zip(unit.at_least, lifts, strict=True)
            ),
            obliged_at_least=tuple(
                any_of((all_of((obliging(gate), self.decided(band))), obliging(lift)))
                for band, lift in zip(unit.obliged_at_least, lifts, strict=True)
            ),
            applies=gate,
        )


def asks_of_hazards(condition: Condition) -> bool:
    """Whether a condition asks if the incident has a hazard, also within `lasting`."""
    return any(
        isinstance(cell, HazardCell)
        or (isinstance(cell, LastingCell) and asks_of_hazards(cell.body))
        for cell in cells_of((condition,))
    )


def _conditions_of(unit: Unit) -> Iterator[Condition]:
    yield from conditions_of(unit)
    for rule in unit.rules:
        yield rule.condition


def _belongs(cell: LevelCell, document: str | None) -> bool:
    return document is not None and cell.unit.document == document and not cell.unit.warning


def _answered_unit(unit: Unit, absent: AbstractSet[UnitKey]) -> Unit:
    """The unit with what it reads of absent units answered: they have no level."""
    if not any(
        cell.unit in absent for condition in conditions_of(unit) for cell in level_reads(condition)
    ):
        return unit
    rules = (replace(rule, condition=_answered(rule.condition, absent)) for rule in unit.rules)
    return replace(
        unit,
        rules=tuple(rule for rule in rules if rule.kind != "link" or rule.condition != NEVER),
        at_least=tuple(_answered(band, absent) for band in unit.at_least),
        obliged_at_least=tuple(_answered(band, absent) for band in unit.obliged_at_least),
        lower=None if unit.lower is None else _answered(unit.lower, absent),
        end=None if unit.end is None else _answered(unit.end, absent),
        applies=_answered(unit.applies, absent),
    )


def _answered(condition: Condition, absent: AbstractSet[UnitKey]) -> Condition:
    def answer(test: Test) -> Condition:
        cell = test.cell
        if isinstance(cell, LevelCell) and cell.unit in absent and cell.read != "active":
            return Constant(of_test(number(0), test.accepts)[0])
        if isinstance(cell, LastingCell):
            body = _answered(cell.body, absent)
            return test if body is cell.body else replace(test, cell=replace(cell, body=body))
        return test

    if not any(cell.unit in absent for cell in level_reads(condition)):
        return condition
    return normalise(_replaced(condition, answer))


def _replaced(condition: Condition, answer: Callable[[Test], Condition]) -> Condition:
    """The condition (not normalised) with every test answered."""
    match condition:
        case Test():
            return answer(condition)
        case All() | Any() | AtLeast():
            return replace(condition, of=tuple(_replaced(part, answer) for part in condition.of))
        case Case():
            return Case(
                tuple((_replaced(g, answer), _replaced(b, answer)) for g, b in condition.branches),
                _replaced(condition.otherwise, answer),
            )
        case Not():
            return Not(_replaced(condition.of, answer))
        case _:
            return condition
