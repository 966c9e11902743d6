"""An incident file to begin with: a line for each fact that the rules of its hazards read.

The lines are comments. Uncommented as it stands a line says that the fact is unknown, so that
no figure is there which nobody reported.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct

from planengine.assessment.values_in_words import unit_name
from planengine.assessment.words import Words
from planengine.cli.language import Language, speaker
from planengine.domain.entities import Entities
from planengine.domain.names import AREA
from planengine.domain.registry import Registry
from planengine.domain.vocabulary import INCIDENT, Fact
from planengine.reading.yaml_text import scalar
from planengine.values.times import format_time


class Report(Struct, frozen=True):
    """What a new incident file is made from, by ids of the library.

    `read` is each fact that is read with the places where it is; of those that are `expected`
    forecasts are read.
    """

    id: str
    hazard: str
    area: str
    at: int
    language: Language
    read: Mapping[str, frozenset[str]]
    expected: frozenset[str]


def incident_text(report: Report, entities: Entities, file: str) -> str:
    """The text of the file, which is to be called `file`."""
    say, words = speaker(report.language), Words(entities, report.language)
    time = format_time(report.at, entities.time_zone)
    title = say(
        f"{words.place(report.area)}{words.hazard(report.hazard)}",
        f"{words.hazard(report.hazard)} at {words.place(report.area)}",
    )
    return (
        say(
            f"# 各行是本灾种的规则要读取的指标。去掉行首 # 并把 unknown 改成报来的值，或者运行：\n"
            f"#   planengine say {file} 指标=值 --area 地点\n"
            f"# 研判：planengine assess {file}\n",
            f"# Each line is a fact that the rules of this hazard read. Take away the # and put what was reported\n"
            f"# in place of unknown, or run:\n"
            f"#   planengine say {file} FACT=VALUE --area PLACE\n"
            f"# Assess: planengine assess {file}\n",
        )
        + f"incident: {report.id}\n"
        + f"label: {{{report.language}: {scalar(title)}}}\n"
        + f"hazards: [{report.hazard}]\n"
        + f"# scope: [{report.area}]      {say('# 只涉及这些辖区时写', '# where no other area is touched')}\n"
        + _moments(entities, time, report.language)
        + "observations:\n"
        + "".join(f"{line}\n" for line in _Lines(report, entities, words, time).lines())
    )


def _moments(entities: Entities, time: str, language: Language) -> str:
    """When it happened and was heard of, by the library's own moments; '' where it has none."""
    told = [one for one in entities.moments.values() if one.meaning in {"occurrence", "receipt"}]
    if not told:
        return ""
    times = ", ".join(f"{one.id}: {time}" for one in told)
    between = speaker(language)("、", ", ")
    names = between.join(one.label.text(language) for one in told)
    return f"# moments: {{{times}}}      # {names}\n"


class _Lines:
    def __init__(self, report: Report, entities: Entities, words: Words, time: str) -> None:
        self._report = report
        self._entities = entities
        self._words = words
        self._time = time
        self._say = speaker(report.language)
        self._registry = Registry(entities, report.at)

    def lines(self) -> Iterator[str]:
        """The facts of the incident, then those of areas, then those of each kind of object."""
        read = self._report.read
        facts = [
            fact for fact in self._entities.facts.values() if fact.id in read and not fact.derived
        ]
        whole = [fact for fact in facts if fact.subject == INCIDENT]
        if whole:
            yield self._heading(self._say("事件", "the incident"))
            yield from (self._line(fact, "") for fact in whole)
        by_area: dict[str, list[Fact]] = {}
        for fact in facts:
            if fact.subject == AREA and (area := self._area(fact, read[fact.id])) is not None:
                by_area.setdefault(area, []).append(fact)
        for area in sorted(by_area, key=lambda one: one != self._report.area):
            yield self._heading(self._words.place(area))
            yield from (self._line(fact, f"area: {area}, ") for fact in by_area[area])
        for kind in self._entities.object_kinds.values():
            objects = self._registry.objects(kind.id, self._report.area)
            own = [fact for fact in facts if fact.subject == kind.id]
            if own and objects:
                shown = self._say("、", ", ").join(
                    f"{one} {self._words.place(one)}" for one in objects
                )
                yield self._heading(f"{kind.label.text(self._report.language)}: {shown}")
                yield from (self._line(fact, f"object: {objects[0]}, ") for fact in own)

    def _area(self, fact: Fact, places: frozenset[str]) -> str | None:
        """Where to state a fact of areas: here if that is read, else around here or below."""
        here = self._report.area
        around = tuple(self._entities.around(here))
        if here in places or (fact.roll_up != "none" and not places.isdisjoint(around)):
            return here
        inside = sorted(one for one in places if self._registry.is_within(one, here))
        areas = (one for one in (*around, *inside) if one in self._entities.jurisdictions)
        return next((one for one in areas if one in places), None)

    def _heading(self, text: str) -> str:
        return f"  # --- {text}"

    def _line(self, fact: Fact, place: str) -> str:
        told = [self._words.fact(fact.id)]
        if fact.type == "flag":
            told.append(self._say("是 / 否", "true / false"))
        elif fact.unit is not None:
            unit = unit_name(fact.unit, "zh") if self._report.language == "zh" else fact.unit
            told.append(self._say(f"单位 {unit}", f"in {unit}"))
        elif fact.value_labels:
            told.append(
                " / ".join(
                    f"{value} {label.text(self._report.language)}"
                    for value, label in fact.value_labels
                )
            )
        if fact.by_exception:
            told.append(
                self._say("不报即为没有发生", "not reported means that it has not happened")
            )
        if fact.id in self._report.expected:
            told.append(
                self._say(
                    "预报另加 kind: forecast 和 valid: {until: …}",
                    "of a forecast also kind: forecast, valid: {until: …}",
                )
            )
        provider = self._provider(fact)
        if provider is not None:
            told.append(self._say(f"问{provider}", f"ask {provider}"))
        comment = self._say("；", "; ").join(told)
        name = self._name(fact)
        return f"  # - {{at: {self._time}, {place}facts: {{{name}: unknown}}}}  # {comment}"

    def _name(self, fact: Fact) -> str:
        """What the fact is called in the file: its label where nothing else is meant by it."""
        label = self._words.fact(fact.id)
        is_plain = self._entities.names.find("fact", label) == (fact.id,) and label == scalar(label)
        return label if self._report.language == "zh" and is_plain else fact.id

    def _provider(self, fact: Fact) -> str | None:
        name = fact.provider
        if name is None or name in self._entities.agencies:
            return name and self._words.named(name)
        found = self._registry.agencies_for_role(name, self._report.area, (self._report.area,))
        if not found:
            return self._words.named(name)
        return self._say("、", ", ").join(map(self._words.named, found[:2]))
