"""Links what people did: levels put in force or issued, acts made, actions done."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from msgspec import Struct

from planengine.diagnostics import Diagnostic, Span, Text, finding
from planengine.diagnostics.suggest import did_you_mean
from planengine.domain.acts import acts_of, divisions_of_acts
from planengine.domain.documents import Plan
from planengine.domain.entities import Entities
from planengine.domain.plan_names import PLAN_KEY, plans_named, unknown_plan
from planengine.domain.statements import (
    DutyDone,
    DutyKind,
    Event,
    Invocation,
    PutInForce,
    Stamp,
)
from planengine.linking.incidents.issued import Validity, read_issues
from planengine.linking.library.duties import duties_of
from planengine.linking.library.linker import Linker
from planengine.reading.validate import Name

if TYPE_CHECKING:
    from planengine.model.incident import (
        DecideModel,
        DoneModel,
        InvokeModel,
        ObservationModel,
        ReportedModel,
    )


class Where(Struct, frozen=True):
    """The area or object that an observation names: what was written, and its id."""

    name: Name
    place: str


class PeopleReader:
    """Turns what people did into events, with all findings."""

    def __init__(self, linker: Linker, entities: Entities) -> None:
        self.linker = linker
        self.entities = entities

    @property
    def findings(self) -> list[Diagnostic]:
        return self.linker.findings

    @cached_property
    def clauses(self) -> tuple[str, ...]:
        """The ids of all acts that people can make."""
        return tuple(acts_of(self.entities))

    @cached_property
    def divisions(self) -> Mapping[str, frozenset[str | None]]:
        """What the decisions that ask for each act are made once per."""
        return divisions_of_acts(self.entities)

    def events(
        self, one: ObservationModel, stamp: Stamp, where: Where | None, valid: Validity = None
    ) -> Iterator[Event]:
        """The events of one observation: one, but for several levels issued together.

        `valid` is the period that issued levels are for.
        """
        if one.decide is not None:
            yield from self._decision(one.decide, stamp, where)
        elif one.issued is not None:
            place = where.place if where is not None else None
            yield from read_issues(one, stamp, place, valid, self.linker, self.entities)
        elif one.invoke is not None:
            yield from self._invocation(one.invoke, stamp, where)
        elif one.done is not None:
            yield from self._done(one.done, stamp, where)
        elif one.reported is not None:
            yield from self._reported(one.reported, stamp, where, one.at.span)

    # Where

    def _area(
        self, where: Where | None, per: Iterable[str | None], whole: str | None
    ) -> str | None:
        """The area or object meant, of what is decided once `per`; None for all of them.

        `whole` is the area that is everywhere.
        """
        if where is None or where.place == whole:
            return None
        thing = self.entities.objects.get(where.place)
        area = self.entities.jurisdictions.get(where.place)
        own = thing.kind if thing is not None else area.tier if area is not None else None
        divisions = sorted({one for one in per if one is not None})
        if own in divisions:
            return where.place
        words = ", ".join(divisions)
        reason = Text("it is decided for its whole area", "所指内容对整个辖区研判")
        if divisions:
            reason = Text(f"it is decided once per {words}", f"所指内容按 {words} 逐一研判")
        key = "area" if thing is None else "object"
        self.findings.append(finding("key-unsuited", where.name.span, key=key, reason=reason))
        return None

    # What

    def _invocation(self, one: InvokeModel, stamp: Stamp, where: Where | None) -> Iterator[Event]:
        by = self.linker.name("body", one.by)
        clause = self._clause(one.clause)
        if clause is not None:
            per = self.divisions.get(clause, ()) if where is not None else ()
            area = self._area(where, per, self.entities.home)
            yield Invocation(stamp, clause, by, area=area)

    def _clause(self, name: Name) -> str | None:
        """The act meant: its full name, or without the document where only one has it."""
        text = str(name)
        if text in self.clauses:
            return text
        meant = tuple(c for c in self.clauses if c.partition(".")[2] == text)
        if len(meant) == 1:
            return meant[0]
        if meant:
            choices = ", ".join(meant)
            self.findings.append(finding("ambiguous-name", name.span, name=text, choices=choices))
            return None
        known = (*self.clauses, *(c.partition(".")[2] for c in self.clauses))
        nearest = did_you_mean(text, known)
        self.findings.append(finding("unknown-clause", name.span, name=text, nearest=nearest))
        return None

    def _plan(self, name: Name, jurisdiction: Name | None) -> tuple[str, Plan] | None:
        """The key and newest edition of a plan: of the given jurisdiction, else of home."""
        names, text = self.linker.names, str(name)
        area = self.linker.name("jurisdiction", jurisdiction)
        if jurisdiction is not None and area is None:
            return None
        named = plans_named(names, text)
        keys = [key for key in named if area is None or key.startswith(f"{area}/")]
        ours = [key for key in keys if key.startswith(f"{self.entities.home}/")]
        if len(ours) == 1 or len(keys) == 1:
            key = (ours or keys)[0]
            names.mention(PLAN_KEY, key, text, name.span)
            return key, self.entities.plans[key][-1]
        if keys:
            self.findings.append(names.ambiguous(PLAN_KEY, text, name.span, tuple(keys)))
        elif named:
            wanted = f"{area}/{text.rpartition('/')[2]}"
            self.findings.append(finding("unknown-plan", name.span, name=wanted, nearest=named[0]))
        else:
            self.findings.append(unknown_plan(names, text, name.span))
        return None

    def _decision(self, one: DecideModel, stamp: Stamp, where: Where | None) -> Iterator[Event]:
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
            # A track of an earlier edition may be in force still.
            earlier = (own for each in self.entities.plans[key] for own in each.tracks)
            tracks = {**{own.id: own.scale for own in earlier}, **tracks}
        elif len(tracks) > 1:
            shown = tuple(str(track) for track in tracks)
            self.findings.append(finding("track-needed", one.plan.span, name=plan.id, tracks=shown))
            return
        rank = self.linker.names.level(
            tracks[track], str(one.level), one.level.span, self.findings, none_allowed=True
        )
        per = (each.per for each in plan.tracks if each.id == track)
        area = self._area(where, per, plan.jurisdiction)
        if rank is not None:
            yield PutInForce(stamp, key, track, rank, by, duration, area=area)

    def _done(self, one: DoneModel, stamp: Stamp, where: Where | None) -> Iterator[Event]:
        found = self._plan(one.plan, one.jurisdiction)
        if found is not None:
            yield from self._duties("action", one.action, found[0], stamp, where)

    def _reported(
        self, one: ReportedModel, stamp: Stamp, where: Where | None, span: Span | None
    ) -> Iterator[Event]:
        whose = self.linker.one_of(one, ("plan", "standard"), span)
        what = self.linker.one_of(one, ("report", "release"), span)
        if not whose or not what:
            return
        document: str | None
        if one.plan is not None:
            found = self._plan(one.plan, one.jurisdiction)
            document = None if found is None else found[0]
        else:
            document = self._standard(one, span)
        if document is not None:
            kind: DutyKind = "report" if one.report is not None else "release"
            yield from self._duties(kind, one.report or one.release or (), document, stamp, where)

    def _standard(self, one: ReportedModel, span: Span | None) -> str | None:
        if one.jurisdiction is not None:
            reason = Text("it says whose plan is meant", "它说明是谁的预案")
            self.findings.append(
                finding("key-unsuited", one.jurisdiction.span, key="jurisdiction", reason=reason)
            )
        if one.release is not None:
            reason = Text("only plans have releases", "只有预案有信息发布")
            place = one.release[0].span or span
            self.findings.append(finding("key-unsuited", place, key="release", reason=reason))
            return None
        return self.linker.name("standard", one.standard)

    def _duties(
        self,
        kind: DutyKind,
        names: Iterable[Name],
        document: str,
        stamp: Stamp,
        where: Where | None,
    ) -> Iterator[Event]:
        """What was done or made of a document: one event for each that any of its editions has."""
        known = duties_of(self.entities, document)
        plan = self.entities.plans.get(document)
        whole = plan[-1].jurisdiction if plan else self.entities.home
        for name in dict.fromkeys(names):
            duty = known.get((kind, str(name)))
            if duty is not None:
                own = f"{kind}:{document}"
                self.linker.names.mention(own, str(name), str(name), name.span)
            if duty is None:
                ids = sorted(item for other, item in known if other == kind)
                nearest = did_you_mean(str(name), ids)
                self.findings.append(
                    finding(f"unknown-{kind}", name.span, name=str(name), nearest=nearest)
                )
                continue
            area = self._area(where, duty.per, whole)
            yield DutyDone(stamp, kind, document, str(name), area=area)
