"""Links the observations of an incident file: facts, decisions, acts, moments, corrections."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from planengine.diagnostics import Diagnostic, Span, Text, finding
from planengine.diagnostics.suggest import did_you_mean
from planengine.domain.entities import Entities
from planengine.domain.names import AREA
from planengine.domain.statements import (
    Event,
    MomentStated,
    Stamp,
    Statement,
    WatchChange,
    Withdrawal,
)
from planengine.linking.incidents.no_time import no_time
from planengine.linking.incidents.observers import Observers
from planengine.linking.incidents.people_events import PeopleReader, Where
from planengine.linking.incidents.recalled import recalled
from planengine.linking.incidents.whose import Whose
from planengine.linking.library.linker import Linker
from planengine.linking.library.stated import value_of
from planengine.reading.validate import Name
from planengine.values.sets import ValueSet
from planengine.values.times import is_finer, parse_time

if TYPE_CHECKING:
    from planengine.model.incident import HeaderModel, ObservationModel

_MOST_GUESSES = 20  # at what was meant by names of observations, of which there may be many
_DEEDS = ("decide", "issued", "invoke", "done", "reported", "acknowledged", "hand_over")
_FIRST = Text("first declared here", "首次声明于此")
_NONE: Mapping[str, Event] = MappingProxyType({})


class EventReader:
    """Turns observations into events, with all findings; `scope` is what it can touch.

    `earlier` are the events of observations that were read before these, by their ids.
    """

    def __init__(
        self,
        header: HeaderModel,
        observations: Sequence[ObservationModel],
        entities: Entities,
        findings: list[Diagnostic],
        earlier: Mapping[str, Event] = _NONE,
    ) -> None:
        self.header = header
        self.entities = entities
        self.findings = findings
        self.linker = Linker(entities.names, findings)
        self._by_id = {str(one.id): one for one in reversed(observations) if one.id is not None}
        self._earlier = earlier
        self._found: dict[tuple[int, tuple[str, ...]], Any] = {}  # what corrections inherit
        self._guesses = 0
        self._observers = Observers(self.linker.names)
        self._whose = Whose(entities)
        self._people = PeopleReader(self.linker, entities)
        self._spans: dict[str, Span | None] = {}
        self._taken = set(self._by_id)
        self.scope: frozenset[str] | None = None
        if header.scope is not None:
            self.scope = frozenset(self.linker.all_names("place", header.scope))

    def forget(self, one: ObservationModel) -> None:
        """Take an observation for one that was not read: another may have its id."""
        if one.id is not None and self._by_id.get(str(one.id)) is one:
            self._spans.pop(str(one.id), None)

    def header_moments(self, observations: Iterable[ObservationModel]) -> Iterator[Event]:
        """The moments of the header, each stated at its own time.

        One that is to come has been known since the first of the observations.
        """
        zone = self.entities.time_zone
        times = (parse_time(str(one.at), zone) for one in observations)
        first = min((time for time in times if time is not None), default=None)
        for name, text in self.header.moments.items():
            moment, time = self.linker.name("moment", name), self.time(text)
            if moment is not None and time is not None:
                at = time if first is None else min(time, first)
                stamp = Stamp(f"moment-{moment}", at, at, self.header.status, span=name.span)
                yield MomentStated(stamp, {moment: time}, in_header=True)

    def events(self, one: ObservationModel, number: int) -> Iterator[Event]:
        """The events of one observation: one, but for several levels issued together."""
        stamp = self._stamp(one, number)
        from planengine.model.incident import CONTENTS

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
        """A time as seconds since the epoch; without an offset by the library's clock."""
        if text is None:
            return None
        parsed = parse_time(str(text), self.entities.time_zone)
        if parsed is None:
            self.findings.append(no_time(str(text), text.span, self.entities.time_zone))
        elif is_finer(str(text)):
            self.findings.append(finding("time-cut", text.span, text=str(text)))
        return parsed

    def _stamp(self, one: ObservationModel, number: int) -> Stamp | None:
        at, received = self.time(one.at), self.time(one.received)
        if at is not None and received is not None and received < at and one.received is not None:
            self.findings.append(finding("received-early", one.received.span))
        span = one.id.span if one.id is not None else one.at.span
        item_id = str(one.id) if one.id is not None else self._new_id(number)
        if one.id is not None and (item_id in self._spans or item_id in self._earlier):
            before = self._earlier.get(item_id)
            first = self._spans.get(item_id, before.stamp.span if before is not None else None)
            related = ((_FIRST, first),) if first is not None else ()
            self.findings.append(finding("duplicate-id", span, name=item_id, related=related))
        else:
            self._spans[item_id] = span
            if one.id is not None:
                self._by_id[item_id] = one
        if at is None:
            return None
        source = self._source(one)
        status = one.status or self.header.status
        return Stamp(item_id, at, at if received is None else received, status, source, span)

    def _new_id(self, number: int) -> str:
        item_id = f"event-{number}"
        while item_id in self._taken or item_id in self._earlier:
            item_id += "-again"
        return item_id

    def _source(self, one: ObservationModel) -> str | None:
        """Who states it: an id of the library, else the words as written."""
        from planengine.model.incident import OtherSourceModel

        written: Name | OtherSourceModel | None = self._inherited(one, "source")
        if written is None or isinstance(written, OtherSourceModel):
            return None if written is None else str(written.other)
        if written is one.source:
            self._observers.check(written, self.findings)
        return self._observers.read(written)

    def _target(self, name: Name | None) -> str | None:
        if name is None:
            return None
        if str(name) not in self._by_id and str(name) not in self._earlier:
            self._guesses += 1
            near = (*self._by_id, *self._earlier) if self._guesses <= _MOST_GUESSES else ()
            nearest = did_you_mean(str(name), near)
            self.findings.append(
                finding("unknown-observation", name.span, name=str(name), nearest=nearest)
            )
        return str(name)

    def _named(self, name: Name | None) -> ObservationModel | None:
        """The observation that a correction names."""
        text = str(name)
        if name is None or (text not in self._by_id and text not in self._earlier):
            return None
        if text not in self._by_id:
            self._by_id[text] = recalled(self._earlier[text], self.entities.objects)
        return self._by_id[text]

    def _inherited(self, one: ObservationModel, *fields: str) -> Any:  # noqa: ANN401 - as declared
        """A field of an observation; a correction has those of what it corrects."""
        passed: list[tuple[int, tuple[str, ...]]] = []
        seen: set[int] = set()
        current: ObservationModel | None = one
        value = None
        while value is None and current is not None and id(current) not in seen:
            key = id(current), fields
            if key in self._found:
                value = self._found[key]
                break
            passed.append(key)
            seen.add(id(current))
            written = (getattr(current, field) for field in fields)
            value = next((each for each in written if each is not None), None)
            current = self._named(current.correct)
        if one.correct is not None:
            self._found.update(dict.fromkeys(passed, value))
        return value

    def _content(self, one: ObservationModel, stamp: Stamp) -> Iterator[Event]:
        linker = self.linker
        if one.facts is not None:
            yield self._statement(one, stamp)
        elif one.withdraw is not None:
            target = self._target(one.withdraw)
            if target is not None:
                yield Withdrawal(stamp, target)
        elif one.moments is not None:
            moments = {
                moment: time
                for name, text in one.moments.items()
                if (moment := linker.name("moment", name)) is not None
                and (time := self.time(text)) is not None
            }
            yield MomentStated(stamp, moments)
        elif one.off_watch is not None or one.on_watch is not None:
            agency = linker.name("agency", one.off_watch or one.on_watch)
            if agency is not None:
                yield WatchChange(stamp, agency, one.on_watch is not None)
        else:
            valid = self._valid(self._inherited(one, "valid")) if one.issued is not None else None
            yield from self._people.events(one, stamp, self._where(one), valid)

    # Facts

    def _statement(self, one: ObservationModel, stamp: Stamp) -> Statement:
        place = self._place(one)
        placed = self._inherited(one, "area", "object") is not None
        if place is None:
            self._check_whose(one, stamp)
        valid = self._inherited(one, "valid")
        since, until = self._valid(valid)
        facts: dict[str, ValueSet | None] = {}
        for name, node in (one.facts or {}).items():
            item_id = self.linker.name("fact", name)
            if item_id is None:
                continue
            fact = self.entities.facts[item_id]
            if place is not None or not placed:
                wrong = self._whose.check(fact, name, place)
                self.findings += [] if wrong is None else [wrong]
            errors = len(self.findings)
            value = value_of(node, fact, self.linker.names, f"value:{item_id}", self.findings)
            if all(found.severity != "error" for found in self.findings[errors:]):
                facts[item_id] = value
        kind = self._inherited(one, "kind")
        incident = self._inherited(one, "incident")
        return Statement(
            stamp=stamp,
            place=place,
            incident=str(incident) if incident is not None else str(self.header.incident),
            kind=kind or "observed",
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

    def _check_whose(self, one: ObservationModel, stamp: Stamp) -> None:
        """Warns of figures that a part of the home area reports as if they were of all of it."""
        source = self._inherited(one, "source")
        area = self._area_of(stamp.source) if isinstance(source, Name) else None
        home = self.entities.home
        if area is None or home not in tuple(self.entities.around(area))[1:]:
            return
        facts = (self.linker.names.find("fact", str(name)) for name in one.facts or ())
        named = [self.entities.facts[ids[0]] for ids in facts if len(ids) == 1]
        if any(fact.subject == AREA for fact in named):
            label = self.entities.jurisdictions[home].label
            self.findings.append(
                finding(
                    "area-unsaid",
                    source.span,
                    source=str(source),
                    area=area,
                    home=Text(label.text("en"), label.text("zh")),
                    home_id=home,
                )
            )

    def _area_of(self, source: str | None) -> str | None:
        """The area that a body, post, object or area itself is in; None for anybody else."""
        entities = self.entities
        post = entities.posts.get(source or "")
        name = post.body if post is not None else source or ""
        if name in entities.agencies:
            return entities.agencies[name].area
        if name in entities.objects:
            return entities.objects[name].area
        return name if name in entities.jurisdictions else None

    def _where(self, one: ObservationModel) -> Where | None:
        """The place that something people did was for; a correction keeps that of its like."""
        done = [key for key in _DEEDS if getattr(one, key) is not None]
        target = self._named(one.correct)
        own = one.area is not None or one.object is not None
        if not own and (target is None or any(getattr(target, key) is None for key in done)):
            return None
        name = self._inherited(one, "area", "object")
        place = self._place(one)
        return Where(name, place) if name is not None and place is not None else None

    def _in_scope(self, place: str) -> bool:
        """Whether a place lies in the scope, or holds a part of it as a province does."""
        assert self.scope is not None
        objects, around = self.entities.objects, set(self.entities.around(place))
        areas = {one for one in self.scope if one not in objects}
        return (
            place in self.scope
            or not around.isdisjoint(areas)
            or any(place in self.entities.around(one) for one in self.scope)
        )
