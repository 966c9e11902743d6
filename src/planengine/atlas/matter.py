"""What the page shows of a library, in both languages: documents, levels, facts, thresholds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any, Literal

from msgspec import Struct

from planengine.assessment.words import Words
from planengine.atlas.bilingual import Bilingual, Both, asked, both, how_read
from planengine.atlas.excerpts import excerpt
from planengine.diagnostics.diagnostic import Span
from planengine.domain.documents import Action, Basis, Executor, Plan, Report, Standard
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

COLOURS: Mapping[str, str] = {
    "red": "#c62828", "orange": "#ef8a17", "yellow": "#f7d038", "blue": "#2f6fb7"
}  # fmt: skip
_KINDS: Mapping[str, Both] = {
    "standard": both("分级", "grades"),
    "level": both("响应", "response"),
    "warning": both("预警", "warning"),
}
_BY_RANK = ("blue", "yellow", "orange", "red")  # of scales that declare no colours


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
        return {key: data["label"] for key, data in self.sources()}

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

    # What a click opens

    def documents(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """Every plan and standard in force."""
        for key, groups in self.of_document.items():
            ruled = self.ruled(key)
            plan = ruled if isinstance(ruled, Plan) else None
            yield key, {
                "kind": "plan" if plan is not None else "standard",
                "label": self.words.say(Words.document, key),
                "id": key,
                "edition": ruled.edition.number,
                "hazards": [self.words.say(Words.hazard, h) for h in ruled.hazards],
                "basis": self._basis(ruled.basis),
                "place": self._place(ruled.span),
                "groups": [group.key for group in groups],
                "actions": len(plan.actions) if plan else 0,
                "reports": len(ruled.reports),
                "reads": len({
                    one.source
                    for group in groups
                    for level in group.levels
                    for one in self.by_level.get(level, ())
                    if one.source.kind == "fact"
                }),
                "members": [
                    self.words.say(Words.named, m.agency) for m in plan.members
                ] if plan else [],
            }  # fmt: skip

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

    def levels(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """Every level: its colour, its rules as written and in words, what it brings."""
        for group in self.groups:
            unit = group.unit
            for key, level in zip(group.levels, unit.scale.levels, strict=True):
                rules = [rule for rule in unit.rules if rule.rank == level.rank]
                yield (
                    key,
                    {
                        "document": unit.document,
                        "group": group.key,
                        "label": self.words.say(Words.level, unit.scale.id, level.id),
                        "colour": _colour(level.colour, level.rank, len(unit.scale.levels)),
                        "rules": [
                            {
                                "kind": rule.kind,
                                "words": self.words.condition(rule.condition),
                                "verb": self.words.say(Words.verb, rule.verb),
                                "text": excerpt(rule.span, self.texts, self.roots),
                                "place": self._place(rule.span),
                                "basis": self._basis(rule.basis),
                            }
                            for rule in rules
                        ],
                        "brings": list(self._brings(unit, level.rank)),
                    },
                )

    def _brings(self, unit: Unit, rank: int) -> Iterator[dict[str, Any]]:
        """The actions and reports that begin at a level."""
        if unit.id.warning:
            return
        ruled = self.ruled(unit.document)
        actions: tuple[Action, ...] = ruled.actions if isinstance(ruled, Plan) else ()
        for action in actions:
            if _begins(action, unit, rank):
                yield {
                    "kind": "action",
                    "label": self.words.say(Words.label, action.do, action.id),
                    "who": self._who(action.executors),
                    "place": self._place(action.span),
                }
        for report in ruled.reports:
            if _begins(report, unit, rank):
                yield {
                    "kind": "report",
                    "label": self.words.say(Words.report, unit.document, report.id),
                    "who": self._who(report.by),
                    "place": self._place(report.span),
                }

    def _who(self, executors: tuple[Executor, ...]) -> Both:
        return self.words.of(lambda words: words.listed(map(words.executor, executors)))

    def _named(self, names: tuple[str, ...]) -> Both:
        return self.words.of(lambda words: words.listed(map(words.named, names)))

    def _basis(self, bases: tuple[Basis, ...]) -> list[dict[str, Any]]:
        return [
            {
                "source": self.words.say(Words.source, basis.source),
                "clause": basis.clause or "",
                "unverified": basis.confidence == "unverified",
                "own": basis.own_choice,
            }
            for basis in bases
        ]

    def sources(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """Every fact, clause and plain condition that some level asks for."""
        acts = {act.clause: act for act in self.rules.acts}
        for source in dict.fromkeys(one.source for one in self.thresholds):
            key, name = str(source), source.name
            if source.kind == "fact":
                fact = self.entities.facts[name]
                yield (
                    key,
                    {
                        "kind": "fact",
                        "id": name,
                        "label": self.words.say(Words.fact, name),
                        "unit": fact.unit or "",
                        "provider": self._named((fact.provider,) if fact.provider else ()),
                        "text": excerpt(fact.span, self.texts, self.roots),
                        "place": self._place(fact.span),
                    },
                )
            elif source.kind == "clause":
                act = acts.get(name)
                yield (
                    key,
                    {
                        "kind": "clause",
                        "id": name,
                        "label": both(act.what, act.what) if act else both(name, name),
                        "provider": self._named(act.by if act else ()),
                    },
                )
            elif source.kind == "other":
                yield key, {"kind": "other", "id": "", "label": self._other[source]}

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

    def _place(self, span: Span | None) -> str:
        return "" if span is None else str(span).removeprefix(f"{self.folder}/")

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


def _begins(duty: Action | Report, unit: Unit, rank: int) -> bool:
    return bool(duty.ranks) and min(duty.ranks or (0,)) == rank and duty.track in {None, unit.track}


def _colour(named: str | None, rank: int, count: int) -> str:
    """The declared colour, else one by how severe the level is."""
    place = max(0, len(_BY_RANK) - 1 - (count - rank))
    return COLOURS.get(named or "", COLOURS[_BY_RANK[place]])
