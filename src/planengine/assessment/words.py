"""Plain words, in Chinese or English, for cells, values, executors and times."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, Protocol, TypeAlias

from planengine.library.document_entities import Executor, Plan, Standard, Timing
from planengine.library.entities import Entities
from planengine.library.entity_parts import Label
from planengine.library.statements import DutyKind
from planengine.library.vocabulary_entities import Fact, Level
from planengine.rules.conditions import (
    ActCell,
    AttributeCell,
    CalendarCell,
    Cell,
    ChangeCell,
    DoneCell,
    ElapsedCell,
    FactCell,
    ForecastCell,
    HazardCell,
    LastingCell,
    LevelCell,
    OverdueCell,
)
from planengine.rules.walk import tests_of
from planengine.values.clocks import format_clock
from planengine.values.sets import ChoiceSet, Interval, NumberDomain, NumberSet, ValueSet
from planengine.values.times import format_time, local

Language: TypeAlias = Literal["zh", "en"]


class _Labelled(Protocol):
    @property
    def label(self) -> Label: ...


_WORDS: dict[str, tuple[str, str]] = {
    "expected": ("{within}内预计{fact}", "{fact} expected within {within}"),
    "rise": ("{within}内{fact}上涨", "rise of {fact} within {within}"),
    "fall": ("{within}内{fact}下降", "fall of {fact} within {within}"),
    "elapsed": ("距{moment}", "time since {moment}"),
    "lasting": ("持续{within}：{body}", "for {within}: {body}"),
    "act": ("{act}", "{act}"),
    "done": ("“{duty}”已完成", "“{duty}” done"),
    "overdue": ("“{duty}”已超时", "“{duty}” overdue"),
    "report": ("{document}报告（{report}）", "report of {document} ({report})"),
    "first": ("{document}首次信息发布", "first release of {document}"),
    "conference": ("{document}新闻发布会", "press conference of {document}"),
    "release": ("{document}信息发布", "release of {document}"),
    "to": ("报{whom}", "to {whom}"),
    "hazard": ("灾种：{hazard}", "hazard: {hazard}"),
    "computed": ("{decision}", "{decision}"),
    "recommended": ("{decision}（研判）", "{decision} (recommended)"),
    "active": ("{decision}（已启动）", "{decision} (in force)"),
    "obliged": ("{decision}（应启动）", "{decision} (obliged)"),
    "between": ("确定{certain}，可能达到{reach}", "certain {certain}, could reach {reach}"),
    "or": (" 或 ", " or "),
    "any": ("不详", "unknown"),
    "nothing": ("无", "none"),
    "n/a": ("不适用", "n/a"),
    "true": ("是", "yes"),
    "false": ("否", "no"),
}


def say(key: str, language: Language, **parts: str) -> str:
    """A phrase of this module's small dictionary."""
    return _WORDS[key][0 if language == "zh" else 1].format(**parts)


class Words:
    """Names things of one library in one language."""

    def __init__(
        self,
        entities: Entities,
        language: Language,
        *,
        at: int | None = None,
        acts: Mapping[str, str] | None = None,
    ) -> None:
        """`at`: the time whose editions give the names of documents; None: the newest ones.

        `acts`: what the clauses say that people may invoke, by their names.
        """
        self.entities = entities
        self._acts = acts or {}
        self._judged_at = at
        self.language: Language = language

    def label(self, label: Label, otherwise: str = "") -> str:
        return label.text(self.language) or otherwise

    def fact(self, name: str) -> str:
        """The label of a fact."""
        return self._of(self.entities.facts, name)

    def hazard(self, name: str) -> str:
        """The label of a hazard."""
        return self._of(self.entities.hazards, name)

    def verb(self, name: str) -> str:
        """The label of a verb."""
        return self._of(self.entities.verbs, name)

    def calendar(self, name: str) -> str:
        """The label of a calendar."""
        return self._of(self.entities.calendars, name)

    def attribute(self, name: str, place: str) -> str:
        """The label of an attribute of an area or object."""
        thing = self.entities.objects.get(place)
        kind = self.entities.object_kinds.get(thing.kind) if thing is not None else None
        return self._of(kind.attributes if kind else self.entities.area_attributes, name)

    def moment(self, name: str) -> str:
        """The label of a moment."""
        return self._of(self.entities.moments, name)

    def place(self, name: str) -> str:
        """The label of an area or object; the id of another incident."""
        if name in self.entities.jurisdictions:
            return self._of(self.entities.jurisdictions, name)
        return self._of(self.entities.objects, name)

    def _of(self, table: Mapping[str, _Labelled], name: str) -> str:
        found = table.get(name)
        return self.label(found.label, name) if found is not None else name

    def named(self, name: str) -> str:
        """The label of an agency, post, role, area, object, document or level; else the id."""
        entities = self.entities
        for table in (
            entities.agencies,
            entities.posts,
            entities.roles,
            entities.jurisdictions,
            entities.objects,
            entities.facts,
            entities.hazards,
            entities.verbs,
            entities.scales,
            entities.sources,
            entities.calendars,
            entities.moments,
        ):
            found = table.get(name)
            if found is not None:
                return self.label(found.label, name)
        if name in entities.plans or name in entities.standards:
            return self.document(name)
        roles = ((role.id, role.label) for role in entities.member_roles)
        tiers = ((tier.id, tier.label) for tier in entities.tiers)
        found_label = next((label for item, label in (*roles, *tiers) if item == name), None)
        return self.label(found_label, name) if found_label is not None else name

    def level(self, scale: str, level: str | None) -> str:
        if level is None:
            return say("nothing", self.language)
        found = next(
            (item for item in self.entities.scales[scale].levels if item.id == level), None
        )
        return self.label(found.label, level) if found else level

    def executor(self, executor: Executor) -> str:
        text = self._executor(executor)
        joint = "、" if self.language == "zh" else ", "
        between = joint if executor.jointly else say("or", self.language)
        return between.join([text, *(self.executor(other) for other in executor.alternates)])

    def _executor(self, executor: Executor) -> str:
        zh = self.language == "zh"
        if executor.kind == "areas":
            tier = self.named(executor.id)
            return f"受影响的各{tier}政府" if zh else f"the government of each affected {tier}"
        if executor.kind == "members":
            role = self.named(executor.id) if executor.id else ""
            of = f"（{role}）" if zh else f" ({role})"
            return ("各成员单位" if zh else "each member body") + (of if role else "")
        return self.named(executor.id)

    def time(self, at: int | None) -> str:
        if at is None:
            return "—"
        shown = local(at, self.entities.time_zone)
        return shown.strftime("%m-%d %H:%M:%S" if shown.second else "%m-%d %H:%M")

    def full_time(self, at: int) -> str:
        return format_time(at, self.entities.time_zone)

    def duration(self, seconds: float) -> str:
        """A length of time in its largest whole unit."""
        units = ((86_400, "天", "d"), (3_600, "小时", "h"), (60, "分钟", "min"), (1, "秒", "s"))
        for size, chinese, english in units:
            if seconds >= size and seconds % size == 0:
                count = int(seconds // size)
                return f"{count}{chinese}" if self.language == "zh" else f"{count} {english}"
        return f"{seconds:g} s"

    def timing(self, timing: Timing, plan: str = "") -> str:
        """A deadline as written, without a clock time; `plan` is whose actions it may name."""
        anchor = self._anchor(timing.anchor, plan)
        zh = self.language == "zh"
        if timing.kind == "times":
            text = f"{anchor}后{timing.times}次" if zh else f"{timing.times} times from {anchor}"
        elif timing.clock:
            clocks = ("、" if zh else ", ").join(map(format_clock, timing.clock))
            if timing.repeat:
                return f"每日{clocks}" if zh else f"every day at {clocks}"
            text = f"{anchor}后的{clocks}" if zh else f"{clocks} after {anchor}"
        elif timing.seconds == 0:
            text = f"{anchor}后立即" if zh else f"at once on {anchor}"
        elif timing.kind == "before":
            length = self.duration(timing.seconds)
            text = f"{anchor}前{length}" if zh else f"{length} before {anchor}"
        else:
            length = self.duration(timing.seconds)
            text = f"{anchor}后{length}内" if zh else f"within {length} of {anchor}"
        if timing.repeat:
            every = self.duration(timing.repeat)
            text += f"，每{every}一次" if zh else f", every {every}"
        return text

    def _anchor(self, anchor: str, plan: str) -> str:
        if anchor.startswith("done."):
            name = self.action(plan, anchor.removeprefix("done."))
            return f"“{name}”完成" if self.language == "zh" else f"the end of “{name}”"
        return self.moment(anchor)

    def action(self, plan: str, name: str) -> str:
        """What an action of a plan ("<jurisdiction>/<id>") does; the id of one it has not."""
        own = self.edition(plan)
        for edition in (own, *reversed(self.entities.plans.get(plan, ()))):
            for action in edition.actions if isinstance(edition, Plan) else ():
                if action.id == name:
                    return self.label(action.do, name)
        return name

    def duty(self, kind: DutyKind, document: str, item: str) -> str:
        """What an action does, or which report or release of a document is meant."""
        if kind == "action":
            return self.action(document, item)
        name = self.document(document)
        if kind == "report":
            return self._say("report", document=name, report=self.report(document, item))
        key = item if item in {"first", "conference"} else "release"
        return self._say(key, document=name)

    def report(self, document: str, item: str) -> str:
        """What a report of a document tells; of one that does not say, to whom it goes."""
        own = self.edition(document)
        for one in own.reports if own is not None else ():
            if one.id == item:
                comma = "、" if self.language == "zh" else ", "
                to = comma.join(map(self.executor, one.to))
                return comma.join(one.content) or self._say("to", whom=to)
        for link in own.links if isinstance(own, Plan) else ():
            if link.id == item:
                return link.matter or self._say("to", whom=self.named(link.target or ""))
        return self._say("any")

    def cell(self, cell: Cell) -> str:
        """What a cell asks about."""
        match cell:
            case FactCell():
                return self._at(self.fact(cell.fact), cell.place)
            case ForecastCell():
                fact = self._at(self.fact(cell.fact), cell.place)
                if cell.accepts is not None:
                    declared = self.entities.facts[cell.fact]
                    fact = self.test(FactCell(cell.fact, cell.place, declared.domain), cell.accepts)
                return self._say("expected", fact=fact, within=self.duration(cell.within))
            case ChangeCell():
                fact = self._at(self.fact(cell.fact), cell.place)
                key = "fall" if cell.falling else "rise"
                return self._say(key, fact=fact, within=self.duration(cell.within))
            case AttributeCell():
                text = self._at(self.attribute(cell.attribute, cell.place), cell.place)
                return f"{self.fact(cell.fact)} − {text}" if cell.fact else text
            case ElapsedCell():
                return self._say("elapsed", moment=self._anchor(cell.moment, ""))
            case LastingCell():
                body = "; ".join(self.test(one.cell, one.accepts) for one in tests_of(cell.body))
                return self._say("lasting", within=self.duration(cell.duration), body=body)
            case LevelCell():
                return self._say(cell.read, decision=self.decision(cell.unit))
            case ActCell():
                clause = self._acts.get(cell.clause, cell.clause)
                return self._at(clause, cell.place) if cell.place else clause
            case DoneCell() | OverdueCell():
                key = "overdue" if isinstance(cell, OverdueCell) else "done"
                text = self._say(key, duty=self.duty(cell.kind, cell.document, cell.item))
                return self._at(text, cell.place) if cell.place else text
            case CalendarCell():
                return self.calendar(cell.calendar)
            case HazardCell():
                return self._say("hazard", hazard=self.hazard(cell.hazard))

    def document(self, name: str) -> str:
        """The label of a standard, or of a plan by "<jurisdiction>/<id>"."""
        edition = self.edition(name)
        return self.label(edition.label, name) if edition is not None else name

    def edition(self, name: str) -> Plan | Standard | None:
        """The edition of a plan or standard that names things: the one in force at the time.

        Where none is, the one that was last; before all of them, the first.
        """
        editions: tuple[Plan | Standard, ...] = (
            self.entities.plans.get(name) or self.entities.standards.get(name) or ()
        )
        if self._judged_at is None:
            return editions[-1] if editions else None
        at = self._judged_at
        begun = [one for one in editions if (one.edition.period.since or at) <= at]
        if not begun:
            return editions[0] if editions else None
        in_force = [one for one in begun if one.edition.period.contains(at)]
        return (in_force or sorted(begun, key=lambda one: one.edition.period.until or 0))[-1]

    def source(self, name: str) -> str:
        """The label of a source; a plan's id may stand for the plan."""
        if name in self.entities.sources:
            return self.label(self.entities.sources[name].label, name)
        plan = f"{self.entities.home}/{name}"
        return self.document(plan) if plan in self.entities.plans else name

    def decision(self, unit: str) -> str:
        """A decision's document, track and area in words."""
        bare = unit.removeprefix("warning:")
        document, _, area = bare.rpartition("@")
        name, _, track = document, "", ""
        if document not in self.entities.plans and document not in self.entities.standards:
            name, _, track = document.rpartition("/")
        text = self.document(name)
        if track:
            text += f"·{self.track(name, track)}"
        return self._at(text, area)

    def track(self, document: str, track: str) -> str:
        """The label of a track of a document."""
        own = self.edition(document)
        for item in (*own.tracks, *own.warnings) if own is not None else ():
            if item.id == track:
                return self.label(item.label, track)
        return track

    def _say(self, key: str, **parts: str) -> str:
        return say(key, self.language, **parts)

    def _at(self, text: str, place: str) -> str:
        if place in {"incident", self.entities.home}:
            return text
        return f"{text} @ {self.place(place)}"

    def test(self, cell: Cell, accepts: ValueSet) -> str:
        """A cell and what is asked of it: "deaths ≥ 30", "flood magnitude = great flood"."""
        asked = self.value(cell, accepts)
        return f"{self.cell(cell)} {asked if asked[:1] in '≥≤<>' else f'= {asked}'}"

    def known(self, cell: Cell, value: ValueSet) -> str:
        """What is known of a cell; of a decision the certain level, and the one it could reach."""
        if not isinstance(cell, LevelCell):
            return self.value(cell, value)
        names, ranks = self._ranks(cell, value)
        if len(ranks) < 2:
            return self.value(cell, value)
        return self._say("between", certain=names[ranks[0]], reach=names[ranks[-1]])

    def value(self, cell: Cell, value: ValueSet) -> str:
        """A set of values of a cell, with its unit."""
        if isinstance(cell, LevelCell):
            return self._levels(cell, value)
        if isinstance(value, ChoiceSet):
            return self._choices(cell, value)
        if value == cell.domain.everything:
            return say("any", self.language)
        if isinstance(cell, ElapsedCell):
            return "/".join(self._span_of_time(item) for item in value.intervals) or "—"
        unit = self._unit(cell)
        if isinstance(cell.domain, NumberDomain):
            value = cell.domain.told(value)
        parts = [self._interval(item) for item in value.intervals]
        text = say("or", self.language).join(parts)
        if unit and parts:
            text += f" {unit}"
        if value.na and not parts:
            text = say("n/a", self.language)
        return text

    def _unit(self, cell: Cell) -> str | None:
        fact = self._fact(cell)
        return fact.unit if fact else None

    def _fact(self, cell: Cell) -> Fact | None:
        name: str | None = getattr(cell, "fact", None)
        return self.entities.facts.get(name) if name else None

    def _span_of_time(self, item: Interval) -> str:
        if isinstance(item.high, float):
            return f"≥ {self.duration(float(item.low))}"
        return self.duration(float(item.low))

    def _interval(self, item: Interval) -> str:
        if item.low == item.high:
            return plain(item.low)
        if isinstance(item.high, float):
            return f"{'≥' if item.low_closed else '>'} {plain(item.low)}"
        if isinstance(item.low, float):
            return f"{'≤' if item.high_closed else '<'} {plain(item.high)}"
        left = "[" if item.low_closed else "("
        right = "]" if item.high_closed else ")"
        return f"{left}{plain(item.low)}..{plain(item.high)}{right}"

    def _choices(self, cell: Cell, value: ChoiceSet) -> str:
        labels: dict[str, Label] = {}
        fact = self._fact(cell)
        if fact is not None:
            labels = dict(fact.value_labels)
        if value == cell.domain.everything:
            return say("any", self.language)
        shown: list[str] = []
        for member in getattr(cell.domain, "values", ()):
            if member in value.members:
                if isinstance(member, bool):
                    shown.append(say("true" if member else "false", self.language))
                else:
                    shown.append(self.label(labels.get(member, Label()), member))
        if value.na and not shown:
            shown.append(say("n/a", self.language))
        return say("or", self.language).join(shown)

    def _levels(self, cell: LevelCell, value: ValueSet) -> str:
        names, ranks = self._ranks(cell, value)
        if not ranks:
            return str(value)
        if len(ranks) == len(names):
            return say("any", self.language)
        if len(ranks) > 1 and ranks == list(range(ranks[0], len(names))):
            return f"≥ {names[ranks[0]]}"
        return say("or", self.language).join(names[rank] for rank in ranks)

    def _ranks(self, cell: LevelCell, value: ValueSet) -> tuple[list[str], list[int]]:
        """What the ranks of a decision's scale are called, and which of them are in the value."""
        found = self._scale_of(cell.unit)
        if found is None or not isinstance(value, NumberSet):
            return [], []
        names = [say("nothing", self.language)]
        names += [self.label(level.label, level.id) for level in reversed(found)]
        ranks = range(len(names))
        return names, [n for n in ranks if value.intersects(NumberSet((Interval(n, n),)))]

    def _scale_of(self, unit: str) -> tuple[Level, ...] | None:
        bare = unit.removeprefix("warning:").rpartition("@")[0]
        for name in (bare, bare.rpartition("/")[0]):
            document = self.edition(name)
            if document is not None:
                tracks = document.warnings if unit.startswith("warning:") else document.tracks
                if tracks:
                    return self.entities.scales[tracks[0].scale].levels
        return None


def plain(number: object) -> str:
    """A number without needless digits: 12, 25.3, 50000000."""
    if isinstance(number, int):
        return str(number)
    return f"{float(number):.10g}"  # type: ignore[arg-type]
