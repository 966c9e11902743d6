"""Writes a no-notice exercise that reaches given levels or bodies, by facts found in the plans.

For each level asked for, the milder ones come first; the ways in which their conditions hold are
tried in an order that follows from a seed, and each is shown to reach its level before it is kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from random import Random
from typing import Protocol

from msgspec import Struct

from planengine.assessment.words import Words
from planengine.diagnostics import PlanError, Text
from planengine.domain.documents import Plan
from planengine.domain.entities import Entities
from planengine.domain.ids import UnitKey
from planengine.exercises.phrases import said_value
from planengine.exercises.play import Engine
from planengine.exercises.virtual import virtual
from planengine.rules.ruleset import RuleSet, Unit
from planengine.values.times import format_time, parse_time
from planengine.witnesses.scene import CannotTellError, Plain, Scene, flow
from planengine.witnesses.witness import Witness

_MOST_WAYS = 6  # of one rule
_FIRST = 10 * 60  # after the start
_BETWEEN = (20 * 60, 50 * 60)  # from one step to the next
_STEP = 5 * 60  # times are whole ones of these


class Rules(Engine, Protocol):
    """An engine that also gives its rule sets."""

    def rules_at(self, at: int) -> RuleSet:
        """The whole rule set in force at a time."""
        ...


class Goal(Struct, frozen=True):
    """A level of a response that an exercise is to reach."""

    unit: UnitKey
    rank: int


class UnreachableError(Exception):
    """A goal that no facts which were tried reach; its text says which, in both languages."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


class _Told(Struct, frozen=True):
    """One inject: what an observation says, when, and for which level."""

    at: int
    record: dict[str, Plain]
    goal: Goal


def generate(
    engine: Rules,
    hazards: Sequence[str],
    goals: Iterable[Goal],
    *,
    start: int,
    seed: int,
    name: str,
) -> str:
    """The text of an exercise file; raises `UnreachableError`."""
    entities: Entities = engine.library.entities
    made = _Maker(engine, entities, hazards, start, Random(f"{seed}|{name}"))  # noqa: S311
    told: list[_Told] = []
    asked = [*goals]
    for goal in asked:
        told += made.steps_to(goal, told)
    units = list(dict.fromkeys(goal.unit for goal in asked))
    return _text(told, units, entities, made.hazards, start=start, seed=seed, name=name)


class _Maker:
    def __init__(
        self, engine: Rules, entities: Entities, hazards: Sequence[str], start: int, die: Random
    ) -> None:
        self.engine = engine
        self.entities = entities
        self.hazards = [*hazards]
        self.start = start
        self.die = die
        rules = engine.rules_at(start)
        self.units = {unit.id: unit for unit in rules.units}
        self.witness = Witness(self.units)
        self.clock = start + _FIRST

    def steps_to(self, goal: Goal, before: Sequence[_Told]) -> list[_Told]:
        """The injects that raise a response to a level, the milder levels first."""
        unit = self.units[goal.unit]
        told: list[_Told] = []
        for rank in range(1, goal.rank + 1):
            step = Goal(goal.unit, rank)
            if self._rank([*before, *told], unit, self.clock) >= rank:
                continue
            found = self._step(unit, step, [*before, *told])
            if found is None and rank == goal.rank:
                raise UnreachableError(self._unreachable(unit, rank))
            told += found or []
            low, high = _BETWEEN
            self.clock += self.die.randint(low // _STEP, high // _STEP) * _STEP
        return told

    def _step(self, unit: Unit, goal: Goal, before: Sequence[_Told]) -> list[_Told] | None:
        """What is told now so that a level is reached, and no worse one where that can be had."""
        ways = [
            way
            for rule in unit.rules
            if rule.rank == goal.rank
            for way in islice(self.witness.made(rule.condition, truth=True), _MOST_WAYS)
        ]
        self.die.shuffle(ways)
        worse: list[_Told] | None = None
        for needs in ways:
            try:
                scene = Scene(needs, self.entities, self.units, self.hazards, self.clock)
            except CannotTellError:
                continue
            if scene.moments or scene.at != self.clock:
                continue  # it hangs on when the incident began, or on another day
            told = [*self._of_scene(scene, goal)]
            reached = self._rank([*before, *told], unit, self.clock)
            if reached == goal.rank:
                return told
            if reached > goal.rank and worse is None:
                worse = told
        return worse

    def _of_scene(self, scene: Scene, goal: Goal) -> Iterator[_Told]:
        zone = self.entities.time_zone
        for observation in scene.observations:
            at = parse_time(str(observation["at"]), zone)
            assert at is not None, "a scene writes times"
            yield _Told(max(at, self.start), dict(observation), goal)
        places: dict[str, dict[str, Plain]] = {}
        for key, value in scene.facts.items():
            places.setdefault(key.place, {})[key.fact] = value
        for place, facts in places.items():
            where: dict[str, Plain] = {}
            if place:
                where = {"object" if place in self.entities.objects else "area": place}
            yield _Told(self.clock, {"at": scene.time(self.clock), **where, "facts": facts}, goal)

    def _rank(self, told: Sequence[_Told], unit: Unit, at: int) -> int:
        """The level that some injects support; 0 where they cannot be told."""
        incident = {
            "incident": "generated", "status": "exercise", "hazards": self.hazards,
            "observations": [one.record for one in told],
        }  # fmt: skip
        try:
            found = self.engine.open(incident).at(at)
        except PlanError:
            return 0
        return next(
            (
                unit.scale.rank(one.level)
                for one in found.decisions
                if one.key == unit.id and one.level is not None
            ),
            0,
        )

    def _unreachable(self, unit: Unit, rank: int) -> Text:
        zh, en = (Words(self.entities, language) for language in ("zh", "en"))
        level = unit.scale.by_rank(rank)
        named = None if level is None else level.id
        return Text(
            f"no facts that were tried bring {en.decision(unit.id)} to "
            f"{en.level(unit.scale.id, named)}",
            f"未找到使{zh.decision(unit.id)}达到{zh.level(unit.scale.id, named)}的事实",
        )


# Goals


def goals_of_body(body: str, rules: RuleSet, entities: Entities) -> Iterator[Goal]:
    """The mildest level of each response at which a body has something to do."""
    for unit in rules.units:
        if unit.purpose != "level":
            continue
        plans = entities.plans.get(unit.document, ())
        plan = next((one for one in plans if one.edition.number == unit.edition), None)
        ranks = [*_ranks_for(body, plan, unit)] if plan is not None else []
        if ranks:
            yield Goal(unit.id, min(ranks))


def _ranks_for(body: str, plan: Plan, unit: Unit) -> Iterator[int]:
    for action in plan.actions:
        named = any((one.kind, one.id) == ("agency", body) for one in action.executors)
        if named and action.ranks and action.track in {None, unit.track} and action.on is None:
            yield min(action.ranks)


# Writing


def _text(
    told: Sequence[_Told],
    units: Sequence[UnitKey],
    entities: Entities,
    hazards: Sequence[str],
    *,
    start: int,
    seed: int,
    name: str,
) -> str:
    zone = entities.time_zone
    last = max((one.at for one in told), default=start)
    lines = [
        f"# Made by `planengine exercise generate`, seed {seed}: give it aims and messages.",
        f"exercise: {name}",
        f"hazards: {flow([*hazards])}",
        f"start: {format_time(start, zone)}",
        f"end: {virtual(last + 4 * 3600, start)}",
        "objectives:",
    ]
    for number, unit in enumerate(units, 1):
        label = {language: Words(entities, language).decision(unit) for language in ("zh", "en")}
        shown: dict[str, Plain] = {"id": f"goal-{number}", "label": {**label}}
        lines.append(f"  - {flow({**shown, 'plans': unit.document})}")
    lines.append("injects:")
    for number, one in enumerate(sorted(told, key=lambda one: one.at), 1):
        lines.append(f"  - {flow(_inject(one, number, entities, start))}")
    return "\n".join(lines) + "\n"


def _inject(one: _Told, number: int, entities: Entities, start: int) -> dict[str, Plain]:
    record = dict(one.record)
    stated = record.pop("at")
    facts = record.get("facts")
    made: dict[str, Plain] = {"id": f"i{number}", "at": virtual(one.at, start)}
    if parse_time(str(stated), entities.time_zone) != one.at:
        made["stated"] = stated
    provider = _provider(facts, entities)
    if provider is not None:
        made |= {"channel": "phone", "from": provider}
    place = str(record.get("object") or record.get("area") or entities.home)
    if isinstance(facts, dict):
        made["text"] = {
            language: _said(facts, place, Words(entities, language)) for language in ("zh", "en")
        }
    return {**made, **record}


def _provider(facts: Plain | None, entities: Entities) -> str | None:
    names = [*facts] if isinstance(facts, dict) else []
    providers = {entities.facts[name].provider for name in names if name in entities.facts}
    found = next(iter(providers)) if len(providers) == 1 else None
    return found if found in entities.agencies else None


def _said(facts: dict[str, Plain], place: str, words: Words) -> str:
    zh = words.language == "zh"
    parts = [
        f"{words.fact(name)}{' ' if zh else ': '}{said_value(name, str(value), words)}"
        for name, value in facts.items()
    ]
    where = words.place(place)
    return f"{where}：{'，'.join(parts)}" if zh else f"{where}: {'; '.join(parts)}"
