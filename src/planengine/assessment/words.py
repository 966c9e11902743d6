"""Plain words, in Chinese or English, for cells, values, executors and times."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Protocol

from planengine.assessment.phrases import Language, at_least_or_over, duration, say
from planengine.assessment.values_in_words import known_text, unit_text, value_text
from planengine.domain.documents import (
    Executor,
    Information,
    Plan,
    Ruled,
    Standard,
    Timing,
    Track,
)
from planengine.domain.entities import Entities
from planengine.domain.ids import DoneOf, MomentKey, UnitKey, plan_key
from planengine.domain.parts import Label
from planengine.domain.statements import DutyKind
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
from planengine.values.sets import ValueSet
from planengine.values.times import format_time, is_shown_twice, local


class _Labelled(Protocol):
    @property
    def label(self) -> Label: ...


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

    def moment(self, name: MomentKey) -> str:
        """The label of a moment, or the end of an action; words as they are."""
        if isinstance(name, DoneOf):
            action = self.action(name.plan, name.action)
            return f"“{action}”完成" if self.language == "zh" else f"the end of “{action}”"
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
            floor = self.entities.scales[scale].floor if scale in self.entities.scales else None
            return self.label(floor.label, floor.id) if floor else say("nothing", self.language)
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
        """The day and the local clock; with the offset where the clock shows that time twice."""
        if at is None:
            return "—"
        zone = self.entities.time_zone
        shown = local(at, zone)
        text = shown.strftime("%m-%d %H:%M:%S" if shown.second else "%m-%d %H:%M")
        return text + shown.isoformat()[19:] if is_shown_twice(at, zone) else text

    def full_time(self, at: int) -> str:
        return format_time(at, self.entities.time_zone)

    def duration(self, seconds: float) -> str:
        """A length of time in its largest whole unit."""
        return duration(seconds, self.language)

    def timing(self, timing: Timing) -> str:
        """A deadline as written, without a clock time."""
        anchor = self.moment(timing.anchor)
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

    def action(self, plan: str, name: str) -> str:
        """What an action of a plan ("<jurisdiction>/<id>") does; the id of one it has not."""
        for own in self._editions(plan):
            for action in own.actions if isinstance(own, Plan) else ():
                if action.id == name:
                    return self.label(action.do, name)
        return name

    def duty(self, kind: DutyKind, document: str, item: str) -> str:
        """What an action does, or which report or release of a document is meant."""
        if kind == "action":
            return self.action(document, item)
        if kind == "report":
            report = self.report(document, item)
            return self._say("report", document=self.document(document), report=report)
        return self.release(document, item)

    def report(self, document: str, item: str) -> str:
        """To whom a report or request of a document goes and what it tells; the id of no such."""
        for own in self._editions(document):
            for report in own.reports:
                if report.id == item:
                    return self._told(map(self.executor, report.to), report.content)
            for link in own.links if isinstance(own, Plan) else ():
                if link.id == item:
                    whom = [self.named(link.target)] if link.target else []
                    return self._told(whom, [link.matter] if link.matter else [])
        return item

    def _told(self, whom: Iterable[str], content: Iterable[str]) -> str:
        to, what = self.listed(whom), self.listed(content)
        return self._say("told", whom=to, what=what) if what else self._say("to", whom=to)

    def release(self, document: str, item: str) -> str:
        """Which release of a document is meant; where it has several alike, by what they differ."""
        name = self.document(document)
        for own in self._editions(document):
            releases = own.information if isinstance(own, Plan) else ()
            for one in releases:
                if one.id == item:
                    text = self._say(one.part, document=name)
                    alike = [other for other in releases if other.part == one.part]
                    return (
                        text
                        if len(alike) == 1
                        else self._say("which", text=text, which=self._by(own, one))
                    )
        return self._say("which", text=self._say("release", document=name), which=item)

    def is_conference(self, document: str, item: str) -> bool:
        """Whether a release of a document is its press conference, whatever it is called."""
        return any(
            one.id == item and one.part == "conference"
            for own in self._editions(document)
            if isinstance(own, Plan)
            for one in own.information
        )

    def _by(self, plan: Ruled, release: Information) -> str:
        """Who makes a release, from which level on and by what channels."""
        told = [self.executor(one) for one in release.by]
        if release.ranks and (track := _track(plan, release.track)) is not None:
            level = self.entities.scales[track.scale].by_rank(min(release.ranks))
            told += [self.label(level.label, level.id)] if level is not None else []
        return self.listed((*told, *release.channels))

    def listed(self, texts: Iterable[str]) -> str:
        """Texts one after the other."""
        return ("、" if self.language == "zh" else ", ").join(texts)

    def cell(self, cell: Cell) -> str:
        """What a cell asks about."""
        return self._asks(cell, self._place_of(cell))

    def name_and_place(self, cell: Cell) -> tuple[str, str]:
        """What a cell asks about but for the place, and the place; '' for home and where none is.

        A decision's document and track are the name, its area the place.
        """
        return self._asks(cell, ""), self._place_of(cell)

    def _asks(self, cell: Cell, place: str) -> str:
        """What a cell asks about; '' for a `place` that is not to be said."""
        match cell:
            case FactCell():
                return _at(self.fact(cell.fact), place)
            case ForecastCell():
                fact = _at(self.fact(cell.fact), place)
                if cell.accepts is not None:
                    declared = self.entities.facts[cell.fact]
                    of_fact = FactCell(cell.fact, cell.place, declared.domain)
                    fact = f"{fact} {self._is(of_fact, cell.accepts)}"
                if cell.day is not None:
                    return self._say("expected-day", fact=fact, day=str(cell.day + 1))
                return self._say("expected", fact=fact, within=self.duration(cell.within))
            case ChangeCell():
                fact = _at(self.fact(cell.fact), place)
                key = "fall" if cell.falling else "rise"
                return self._say(key, fact=fact, within=self.duration(cell.within))
            case AttributeCell():
                text = _at(self.attribute(cell.attribute, cell.place), place)
                return f"{self.fact(cell.fact)} − {text}" if cell.fact else text
            case ElapsedCell():
                return self._say("elapsed", moment=self.moment(cell.moment))
            case LastingCell():
                body = "; ".join(self.test(one.cell, one.accepts) for one in tests_of(cell.body))
                length, over = at_least_or_over(cell.duration)
                within = self.duration(length)
                return self._say("lasting-over" if over else "lasting", within=within, body=body)
            case LevelCell():
                return self._say(cell.read, decision=_at(self._document_track(cell.unit), place))
            case ActCell():
                return _at(self._acts.get(cell.clause, cell.clause), place)
            case DoneCell() | OverdueCell():
                key = "overdue" if isinstance(cell, OverdueCell) else "done"
                duty = self.duty(cell.kind, cell.document, cell.item)
                return _at(self._say(key, duty=duty), place)
            case CalendarCell():
                return self.calendar(cell.calendar)
            case HazardCell():
                return self._say("hazard", hazard=self.hazard(cell.hazard))

    def _place_of(self, cell: Cell) -> str:
        match cell:
            case LevelCell():
                return self._elsewhere(cell.unit.area)
            case ElapsedCell() | LastingCell() | CalendarCell() | HazardCell():
                return ""
            case _:
                return self._elsewhere(cell.place) if cell.place else ""

    def _elsewhere(self, place: str) -> str:
        """The label of a place; '' of home and of the incident itself."""
        return "" if place in {"incident", self.entities.home} else self.place(place)

    def document(self, name: str) -> str:
        """The label of a standard, or of a plan by "<jurisdiction>/<id>"."""
        edition = self.edition(name)
        return self.label(edition.label, name) if edition is not None else name

    def _editions(self, name: str) -> Iterator[Plan | Standard]:
        """The edition that names things, then the others, the newest first."""
        own = self.edition(name)
        if own is not None:
            yield own
        others: tuple[Plan | Standard, ...] = (
            self.entities.plans.get(name) or self.entities.standards.get(name) or ()
        )
        yield from (one for one in reversed(others) if one is not own)

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
        plan = plan_key(self.entities.home, name)
        return self.document(plan) if plan in self.entities.plans else name

    def decision(self, unit: UnitKey) -> str:
        """A decision's document, track and area in words."""
        return _at(self._document_track(unit), self._elsewhere(unit.area))

    def _document_track(self, unit: UnitKey) -> str:
        text = self.document(unit.document)
        return text if unit.track is None else f"{text}·{self.track(unit.document, unit.track)}"

    def track(self, document: str, track: str) -> str:
        """The label of a track of a document."""
        own = self.edition(document)
        for item in (*own.tracks, *own.warnings) if own is not None else ():
            if item.id == track:
                return self.label(item.label, track)
        return track

    def _say(self, key: str, **parts: str) -> str:
        return say(key, self.language, **parts)

    def test(self, cell: Cell, accepts: ValueSet) -> str:
        """A cell and what is asked of it: "deaths ≥ 30", "flood magnitude = great flood"."""
        return f"{self.cell(cell)} {self._is(cell, accepts)}"

    def _is(self, cell: Cell, accepts: ValueSet) -> str:
        asked = self.value(cell, accepts)
        return asked if asked[:1] in "≥≤<>" else f"= {asked}"

    def known(self, cell: Cell, value: ValueSet, *, with_unit: bool = True) -> str:
        """What is known of a cell; of a decision the certain level, and the one it could reach."""
        return known_text(self, cell, value, with_unit=with_unit)

    def value(self, cell: Cell, value: ValueSet) -> str:
        """A set of values of a cell, with its unit."""
        return value_text(self, cell, value)

    def unit(self, cell: Cell) -> str | None:
        """The unit of a cell's numbers; None where they have none."""
        return unit_text(self, cell)


def _at(text: str, place: str) -> str:
    return f"{text} @ {place}" if place else text


def _track(plan: Ruled, name: str | None) -> Track | None:
    """A track of a plan by its id; without one its first."""
    return next((one for one in plan.tracks if name in {None, one.id}), None)
