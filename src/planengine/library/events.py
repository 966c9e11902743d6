"""Links the observations of an incident file: facts, decisions, acts, moments, corrections."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from planengine.diagnostics import Diagnostic, Span, Text, finding
from planengine.library.acts import acts_of
from planengine.library.entities import Entities, Fact, Plan
from planengine.library.linker import Linker
from planengine.library.names import names_of
from planengine.library.stated import value_of
from planengine.library.statements import (
    ActionDone,
    Event,
    Invocation,
    Issue,
    MomentStated,
    PutInForce,
    Stamp,
    Statement,
    WatchChange,
    Withdrawal,
)
from planengine.reading.suggest import did_you_mean
from planengine.reading.validate import Name
from planengine.values.sets import ValueSet
from planengine.values.times import parse_time

if TYPE_CHECKING:
    from planengine.model.incident import DecideModel, DoneModel, HeaderModel, ObservationModel

CONTENTS = (
    "facts",
    "withdraw",
    "decide",
    "issued",
    "invoke",
    "moments",
    "done",
    "off-watch",
    "on-watch",
)
_FIRST = Text("first declared here", "首次声明于此")


class EventReader:
    """Turns observations into events, with all findings; `scope` is the incident's areas."""

    def __init__(
        self,
        header: HeaderModel,
        observations: Sequence[ObservationModel],
        entities: Entities,
        findings: list[Diagnostic],
    ) -> None:
        self.header = header
        self.entities = entities
        self.findings = findings
        self.linker = Linker(names_of(entities), findings)
        self._by_id = {str(one.id): one for one in observations if one.id is not None}
        self._spans: dict[str, Span | None] = {}
        self._taken = set(self._by_id)
        self.scope: frozenset[str] | None = None
        if header.scope is not None:
            self.scope = frozenset(self.linker.all_names("jurisdiction", header.scope))

    @cached_property
    def clauses(self) -> tuple[str, ...]:
        """The ids of all acts that people can make."""
        return tuple(acts_of(self.entities))

    def header_moments(self) -> Iterator[Event]:
        """The moments of the header, each stated at its own time."""
        for name, text in self.header.moments.items():
            moment, time = self.linker.name("moment", name), self.time(text)
            if moment is not None and time is not None:
                stamp = Stamp(f"moment-{moment}", time, time, self.header.status, span=name.span)
                yield MomentStated(stamp, {moment: time})

    def events(self, one: ObservationModel, number: int) -> Iterator[Event]:
        """The events of one observation: one, but for several levels issued together."""
        stamp = self._stamp(one, number)
        written = [key for key in CONTENTS if getattr(one, key.replace("-", "_")) is not None]
        if len(written) != 1:
            self.findings.append(finding("one-of", one.at.span, keys=CONTENTS))
            return
        corrects = self._target(one.correct)
        made = tuple(self._content(one, stamp) if stamp is not None else ())
        for event in made:
            if corrects is None or isinstance(event, Withdrawal):
                yield event
            else:
                yield replace(event, corrects=corrects)

    def time(self, text: Name | None) -> int | None:
        """A time as seconds since the epoch."""
        if text is None:
            return None
        parsed = parse_time(str(text))
        if parsed is None:
            self.findings.append(finding("bad-time", text.span, text=str(text)))
        return parsed

    def _stamp(self, one: ObservationModel, number: int) -> Stamp | None:
        at, received = self.time(one.at), self.time(one.received)
        if at is not None and received is not None and received < at and one.received is not None:
            self.findings.append(finding("received-early", one.received.span))
        span = one.id.span if one.id is not None else one.at.span
        item_id = str(one.id) if one.id is not None else self._new_id(number)
        if item_id in self._spans and one.id is not None:
            first = self._spans[item_id]
            related = ((_FIRST, first),) if first is not None else ()
            self.findings.append(finding("duplicate-id", span, name=item_id, related=related))
        self._spans[item_id] = span
        if at is None:
            return None
        source = self._source(self._inherited(one, "source"))
        status = one.status or self.header.status
        return Stamp(item_id, at, at if received is None else received, status, source, span)

    def _new_id(self, number: int) -> str:
        item_id = f"event-{number}"
        while item_id in self._taken:
            item_id += "-again"
        return item_id

    def _source(self, name: Name | None) -> str | None:
        """The id of the agency or post that states it; else the text as written."""
        if name is None:
            return None
        found = self.linker.names.find("body", str(name))
        return found[0] if len(found) == 1 else str(name)

    def _target(self, name: Name | None) -> str | None:
        if name is None:
            return None
        if str(name) not in self._by_id:
            nearest = did_you_mean(str(name), self._by_id)
            self.findings.append(
                finding("unknown-observation", name.span, name=str(name), nearest=nearest)
            )
        return str(name)

    def _inherited(self, one: ObservationModel, *fields: str) -> Name | None:
        """A field of an observation; a correction has those of what it corrects."""
        seen: set[int] = set()
        current: ObservationModel | None = one
        while current is not None and id(current) not in seen:
            seen.add(id(current))
            for field in fields:
                value: Name | None = getattr(current, field)
                if value is not None:
                    return value
            current = self._by_id.get(str(current.correct)) if current.correct else None
        return None

    def _content(self, one: ObservationModel, stamp: Stamp) -> Iterator[Event]:
        linker = self.linker
        if one.facts is not None:
            yield self._statement(one, stamp)
        elif one.withdraw is not None:
            target = self._target(one.withdraw)
            if target is not None:
                yield Withdrawal(stamp, target)
        elif one.decide is not None:
            yield from self._decision(one.decide, stamp)
        elif one.issued is not None:
            yield from self._issues(one, stamp)
        elif one.invoke is not None:
            by = linker.name("body", one.invoke.by)
            clause = one.invoke.clause
            if str(clause) in self.clauses:
                yield Invocation(stamp, str(clause), by)
            else:
                nearest = did_you_mean(str(clause), self.clauses)
                self.findings.append(
                    finding("unknown-clause", clause.span, name=str(clause), nearest=nearest)
                )
        elif one.moments is not None:
            moments = {
                moment: time
                for name, text in one.moments.items()
                if (moment := linker.name("moment", name)) is not None
                and (time := self.time(text)) is not None
            }
            yield MomentStated(stamp, moments)
        elif one.done is not None:
            yield from self._done(one.done, stamp)
        else:
            agency = linker.name("agency", one.off_watch or one.on_watch)
            if agency is not None:
                yield WatchChange(stamp, agency, one.on_watch is not None)

    # Facts

    def _statement(self, one: ObservationModel, stamp: Stamp) -> Statement:
        place = self._place(one)
        valid = self._inherited(one, "valid")
        since, until = self._valid(valid)
        facts: dict[str, ValueSet | None] = {}
        for name, node in (one.facts or {}).items():
            item_id = self.linker.name("fact", name)
            if item_id is None:
                continue
            fact = self.entities.facts[item_id]
            self._check_place(fact, name, place)
            errors = len(self.findings)
            value = value_of(
                node, fact.domain, fact.unit, self.linker.names, f"value:{item_id}", self.findings
            )
            if len(self.findings) == errors:
                facts[item_id] = value
        kind = self._inherited(one, "kind")
        incident = self._inherited(one, "incident")
        return Statement(
            stamp=stamp,
            place=place,
            incident=str(incident) if incident is not None else str(self.header.incident),
            kind=kind or "observed",  # type: ignore[arg-type]
            facts=facts,
            valid_from=since,
            valid_until=until,
            began=self.time(self._inherited(one, "began")),
        )

    def _valid(self, valid: object) -> tuple[int | None, int | None]:
        from planengine.model.incident import ValidModel

        if not isinstance(valid, ValidModel):
            return None, None
        since, until = self.time(valid.from_), self.time(valid.until)
        if since is not None and until is not None and until <= since and valid.until is not None:
            self.findings.append(finding("empty-period", valid.until.span))
        return since, until

    def _place(self, one: ObservationModel) -> str | None:
        if one.area is not None and one.object is not None:
            self.findings.append(finding("one-of", one.object.span, keys=("area", "object")))
        name = self._inherited(one, "area", "object")
        if name is None:
            return None
        is_area = name is self._inherited(one, "area")
        place = self.linker.name("jurisdiction" if is_area else "object", name)
        if place is not None and self.scope is not None and not self._in_scope(place):
            self.findings.append(finding("outside-scope", name.span, name=place))
        return place

    def _in_scope(self, place: str) -> bool:
        """Whether a place lies in the scope, or holds a part of it as a province does."""
        assert self.scope is not None
        thing = self.entities.objects.get(place)
        around = set(self._upwards(thing.area if thing is not None else place))
        return not around.isdisjoint(self.scope) or any(
            place in self._upwards(area) for area in self.scope
        )

    def _upwards(self, area: str | None) -> Iterator[str]:
        """An area and all that it lies in."""
        seen: set[str] = set()
        while area is not None and area not in seen:
            seen.add(area)
            yield area
            known = self.entities.jurisdictions.get(area)
            area = known.parent if known is not None else None

    def _check_place(self, fact: Fact, name: Name, place: str | None) -> None:
        thing = self.entities.objects.get(place or "")
        if thing is None or fact.subject in ("incident", thing.kind):
            return
        subject: Text | str = fact.subject
        if fact.subject == "area":
            subject = Text("areas", "辖区")
        elif fact.subject in self.entities.object_kinds:
            label = self.entities.object_kinds[fact.subject].label
            subject = Text(label.text("en"), label.text("zh"))
        self.findings.append(
            finding("fact-misplaced", name.span, name=fact.id, subject=subject, place=thing.id)
        )

    # What people do

    def _plan(self, name: Name, jurisdiction: Name | None) -> tuple[str, Plan] | None:
        """The key and newest edition of a plan: of the given jurisdiction, else of home."""
        area_text, _, plan_text = name.rpartition("/")
        item_id = self.linker.name("plan", Name(plan_text, name.span))
        area = self.linker.name("jurisdiction", jurisdiction)
        if area_text:
            area = self.linker.name("jurisdiction", Name(area_text, name.span))
        if item_id is None or (area is None and (area_text or jurisdiction is not None)):
            return None
        keys = [key for key in self.entities.plans if key.partition("/")[2] == item_id]
        wanted = f"{area or self.entities.home}/{item_id}"
        if wanted not in keys and area is None and len(keys) == 1:
            wanted = keys[0]
        if wanted not in keys:
            if area is None:
                choices = ", ".join(keys)
                self.findings.append(
                    finding("ambiguous-name", name.span, name=str(name), choices=choices)
                )
            else:
                nearest = keys[0] if keys else None
                self.findings.append(
                    finding("unknown-plan", name.span, name=wanted, nearest=nearest)
                )
            return None
        return wanted, self.entities.plans[wanted][-1]

    def _decision(self, one: DecideModel, stamp: Stamp) -> Iterator[Event]:
        by, duration = self.linker.name("body", one.by), self.linker.duration(one.duration)
        found = self._plan(one.plan, one.jurisdiction)
        if found is None:
            return
        key, plan = found
        tracks: Mapping[str | None, str] = {track.id: track.scale for track in plan.tracks}
        track = next(iter(tracks), None)
        if one.track is not None:
            track = self.linker.name(f"track:plan/{plan.id}", one.track)
            if track is None:
                return
        elif len(tracks) > 1:
            shown = tuple(str(track) for track in tracks)
            self.findings.append(finding("track-needed", one.plan.span, name=plan.id, tracks=shown))
            return
        rank = self.linker.names.level(
            tracks[track], str(one.level), one.level.span, self.findings, none_allowed=True
        )
        if rank is not None:
            yield PutInForce(stamp, key, track, rank, by, duration)

    def _done(self, one: DoneModel, stamp: Stamp) -> Iterator[Event]:
        found = self._plan(one.plan, one.jurisdiction)
        if found is None:
            return
        key, _ = found
        ids = {action.id for plan in self.entities.plans[key] for action in plan.actions}
        if str(one.action) in ids:
            yield ActionDone(stamp, key, str(one.action))
            return
        nearest = did_you_mean(str(one.action), sorted(ids))
        self.findings.append(
            finding("unknown-action", one.action.span, name=str(one.action), nearest=nearest)
        )

    def _issues(self, one: ObservationModel, stamp: Stamp) -> Iterator[Event]:
        by = self.linker.name("body", one.by)
        area = self.linker.name("jurisdiction", one.area)
        for number, (name, level) in enumerate((one.issued or {}).items()):
            own = stamp if number == 0 else replace(stamp, id=f"{stamp.id}-{number + 1}")
            scale_text, _, rest = name.partition(".")
            document_text, _, track_text = rest.partition("/")
            scale = self.linker.name("scale", Name(scale_text, name.span))
            if scale is None:
                continue
            names = self.linker.names
            is_plan = not names.find("standard", document_text)
            kind = "plan" if is_plan and names.find("plan", document_text) else "standard"
            document = self.linker.name(kind, Name(document_text, name.span))
            rank = names.level(scale, str(level), level.span, self.findings, none_allowed=True)
            track = None
            if track_text and document is not None:
                track = self.linker.name(f"track:plan/{document}", Name(track_text, name.span))
            if document is not None and rank is not None:
                yield Issue(own, scale, document, area, rank, by, track=track)
