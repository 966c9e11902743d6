"""What the page shows of a library, in both languages: documents, levels, facts, thresholds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Literal

from msgspec import Struct

from planengine.assessment.words import Words
from planengine.atlas.bilingual import Bilingual, Both, asked, both, how_read
from planengine.domain.documents import Plan, Standard
from planengine.domain.entities import Entities
from planengine.domain.ids import UnitKey
from planengine.reading.nodes import Node
from planengine.rules.conditions import (
    ActCell,
    Condition,
    LevelCell,
    Not,
    Test,
)
from planengine.rules.ruleset import RuleSet, Unit
from planengine.rules.walk import tests_of

_KINDS: Mapping[str, Both] = {
    "standard": both("分级", "grades"),
    "level": both("响应", "response"),
    "warning": both("预警", "warning"),
}


class Source(Struct, frozen=True):
    """What a level asks: a fact, a clause, a level of another decision or a plain condition."""

    kind: Literal["fact", "clause", "level", "other"]
    name: str

    def __str__(self) -> str:
        return f"{self.kind}:{self.name}"


class Threshold(Struct, frozen=True):
    """One question that a level asks: of a source, for a value, at some places."""

    source: Source
    level: str
    text: Both
    negated: bool = False


class Group(Struct, frozen=True):
    """A decision with its levels; it stands for that of each of `areas`, by the same rules."""

    key: str
    unit: Unit
    areas: tuple[str, ...]
    levels: tuple[str, ...]  # worst first


class Matter(Struct, dict=True):
    """The library at one time."""

    entities: Entities
    rules: RuleSet
    words: Bilingual
    texts: Mapping[str, str]
    roots: Mapping[str, Node]
    at: int
    folder: str = ""  # of the library: places are told from there

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """Every decision once, whatever the number of areas that it is made for."""
        found: dict[tuple[str, str | None, bool], list[Unit]] = {}
        for unit in self.rules.units:
            found.setdefault((unit.document, unit.track, unit.id.warning), []).append(unit)
        return tuple(
            Group(
                str(units[0].id),
                units[0],
                tuple(unit.area for unit in units),
                tuple(_level(units[0].id, level.id) for level in units[0].scale.levels),
            )
            for units in found.values()
        )

    @cached_property
    def document_of(self) -> Mapping[str, str]:
        """The document of every level."""
        return {level: group.unit.document for group in self.groups for level in group.levels}

    @cached_property
    def label_of(self) -> Mapping[str, Both]:
        """What every source is called that is no level."""
        acts = {act.clause: act.what for act in self.rules.acts}
        found: dict[str, Both] = {}
        for source in self.sources:
            if source.kind == "fact":
                found[str(source)] = self.words.say(Words.fact, source.name)
            elif source.kind == "clause":
                what = acts.get(source.name, source.name)  # in its author's language
                found[str(source)] = both(what, what)
            else:
                found[str(source)] = self._other[source]
        return found

    @cached_property
    def sources(self) -> tuple[Source, ...]:
        """Every fact, clause and plain condition that some level asks for."""
        asked = dict.fromkeys(one.source for one in self.thresholds)
        return tuple(source for source in asked if source.kind != "level")

    @cached_property
    def of_document(self) -> Mapping[str, tuple[Group, ...]]:
        found: dict[str, tuple[Group, ...]] = {}
        for group in self.groups:
            found[group.unit.document] = (*found.get(group.unit.document, ()), group)
        return found

    @cached_property
    def group_of(self) -> Mapping[UnitKey, Group]:
        """The decision that stands for each."""
        by = {(g.unit.document, g.unit.track, g.unit.id.warning): g for g in self.groups}
        return {
            unit.id: by[unit.document, unit.track, unit.id.warning] for unit in self.rules.units
        }

    @cached_property
    def thresholds(self) -> tuple[Threshold, ...]:
        """Every question of every level, those for the same value at several places as one."""
        found: list[Threshold] = []
        for group in self.groups:
            for rule in group.unit.rules:
                level = group.unit.scale.by_rank(rule.rank)
                if level is not None:
                    key = _level(group.unit.id, level.id)
                    found += self._asked(key, rule.condition)
        return tuple(_once(found))

    def _asked(self, level: str, condition: Condition) -> Iterator[Threshold]:
        alike: dict[tuple[Source, str, bool, str], list[Test]] = {}
        for test, negated in _signed(condition, False):
            for source in self._sources(test):
                leaf = test.origins[0].id if test.origins else ""
                alike.setdefault((source, how_read(test, self.words.en), negated, leaf), []).append(
                    test
                )
        for (source, _, negated, _), tests in alike.items():
            text: Both = {
                "zh": asked(tests, self.words.zh, self.entities.home),
                "en": asked(tests, self.words.en, self.entities.home),
            }
            yield Threshold(source, level, text, negated)

    def _sources(self, test: Test) -> Iterator[Source]:
        """What a test reads; of a lasting one the facts inside it."""
        cell = test.cell
        body = getattr(cell, "body", None)
        if body is not None:
            for inner in tests_of(body):
                yield from self._sources(inner)
        elif isinstance(cell, LevelCell):
            group = self.group_of.get(cell.unit)
            if group is not None:
                low = getattr(test.accepts, "low", 1)
                rank = int(low) if low not in {float("inf"), float("-inf")} else 1
                named = group.unit.scale.by_rank(max(1, min(rank, len(group.unit.scale.levels))))
                yield Source("level", _level_name(group.unit.id, named.id if named else ""))
        elif isinstance(cell, ActCell):
            yield Source("clause", cell.clause)
        elif (fact := getattr(cell, "fact", None)) is not None:
            yield Source("fact", fact)
        else:
            yield Source("other", self.words.en.cell(cell))

    def ruled(self, key: str) -> Plan | Standard:
        """The edition of a document that is in force."""
        number = self.of_document[key][0].unit.edition
        editions: tuple[Plan | Standard, ...] = (
            self.entities.plans.get(key) or self.entities.standards.get(key) or ()
        )
        return next(one for one in editions if one.edition.number == number)

    @cached_property
    def by_level(self) -> Mapping[str, tuple[Threshold, ...]]:
        found: dict[str, list[Threshold]] = {}
        for one in self.thresholds:
            found.setdefault(one.level, []).append(one)
        return {level: tuple(own) for level, own in found.items()}

    @cached_property
    def _other(self) -> Mapping[Source, Both]:
        """The names of plain conditions: calendars, times, acts done, hazards."""
        found: dict[Source, Both] = {}
        for group in self.groups:
            for rule in group.unit.rules:
                for test in tests_of(rule.condition):
                    for key in self._sources(test):
                        if key.kind == "other":
                            found.setdefault(key, self.words.say(Words.cell, test.cell))
        return found

    def title(self, group: Group) -> Both:
        """What a decision is called beside its document."""
        unit = group.unit

        kind = _KINDS[unit.purpose]
        track = unit.track
        text = kind
        if track is not None:
            named = self.words.say(Words.track, unit.document, track)
            text = both(f"{named['zh']}·{kind['zh']}", f"{named['en']}·{kind['en']}")
        count = len(group.areas)
        if count == 1:
            return text
        area = self.words.say(Words.place, unit.area)  # others may have thresholds of their own
        return both(
            f"{text['zh']}（{area['zh']}；共 {count} 个辖区）",
            f"{text['en']} ({area['en']}, one of {count} areas)",
        )

    def cascades(self) -> Iterator[tuple[str, str]]:
        """From a plan to each document of the hazard that it lets join."""
        above = self.rules.above
        for cascade in self.rules.cascades:
            own = self.rules.documents.get(cascade.document, frozenset())
            for document, hazards in self.rules.documents.items():
                joins = bool(hazards & above.get(cascade.hazard, frozenset({cascade.hazard})))
                before = any(hazards & above.get(one, frozenset({one})) for one in own)
                if joins and not before and document in self.of_document:
                    yield cascade.document, document


def _once(found: list[Threshold]) -> Iterator[Threshold]:
    seen: set[tuple[Source, str, str, bool]] = set()
    for one in found:
        key = (one.source, one.level, one.text["en"], one.negated)
        if key not in seen:
            seen.add(key)
            yield one


def _signed(condition: Condition, negated: bool) -> Iterator[tuple[Test, bool]]:
    """Every test, and whether it stands under a `not`."""
    if isinstance(condition, Not):
        yield from _signed(condition.of, not negated)
    elif isinstance(condition, Test):
        yield condition, negated
    else:
        parts = list(getattr(condition, "of", ()))
        for guard, body in getattr(condition, "branches", ()):
            parts += [guard, body]
        if (rest := getattr(condition, "otherwise", None)) is not None:
            parts.append(rest)
        for part in parts:
            yield from _signed(part, negated)


def _level(unit: UnitKey, level: str) -> str:
    return str(Source("level", _level_name(unit, level)))


def _level_name(unit: UnitKey, level: str) -> str:
    return f"{unit}:{level}"
