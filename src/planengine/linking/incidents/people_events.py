"""Links what people did: levels put in force or issued, acts made, actions done."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from planengine.diagnostics import Diagnostic, Span, Text, finding
from planengine.diagnostics.fixes import respelt
from planengine.diagnostics.suggest import did_you_mean
from planengine.domain.acts import acts_of, divisions_of_acts
from planengine.domain.documents import Plan
from planengine.domain.entities import Entities
from planengine.domain.plan_names import PLAN_KEY, plans_named, unknown_plan
from planengine.domain.statements import (
    Acknowledged,
    Declined,
    DutyDone,
    DutyKind,
    Event,
    HandedOver,
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
        AcknowledgedModel,
        DecideModel,
        DoneModel,
        HandOverModel,
        InvokeModel,
        ObservationModel,
        ReportedModel,
    )


_MOVES: Mapping[str, Literal["lower", "end"]] = {
    "lower": "lower",
    "降级": "lower",
    "end": "end",
    "终止": "end",
}
"""What can be declined that is no level."""
_NONE = frozenset({"none", "无"})


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
            yield from self._decision(one.decide, stamp, where, one.at.span)
        elif one.hand_over is not None:
            yield from self._hand_over(one.hand_over, stamp, where, one.at.span)
        elif one.issued is not None:
            place = where.place if where is not None else None
            yield from read_issues(one, stamp, place, valid, self.linker, self.entities)
        elif one.invoke is not None:
            yield from self._invocation(one.invoke, stamp, where)
        elif one.done is not None:
            yield from self._done(one.done, stamp, where)
        elif one.reported is not None:
            yield from self._reported(one.reported, stamp, where, one.at.span)
        elif one.acknowledged is not None:
            yield from self._acknowledged(one.acknowledged, stamp, where, one.at.span)

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
        divisions = sorted({one for one in per if one is not None})
        if thing is not None and thing.kind in divisions:
            return where.place
        if area is not None and any(map(area.is_of, divisions)):
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
        fix = respelt(text, nearest, self.clauses, name.span)
        self.findings.append(
            finding("unknown-clause", name.span, name=text, nearest=nearest, fix=fix)
        )
        return None

    def _plan(self, name: Name, jurisdiction: Name | None) -> tuple[str, Plan] | None:
        """The key and newest edition of a plan: of the given jurisdiction, else of home.

        None without a finding for one that could not be linked: the library has that error.
        """
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
            editions = self.entities.plans.get(key)
            return (key, editions[-1]) if editions else None
        if keys:
            self.findings.append(names.ambiguous(PLAN_KEY, text, name.span, tuple(keys)))
        elif named:
            wanted = f"{area}/{text.rpartition('/')[2]}"
            self.findings.append(finding("unknown-plan", name.span, name=wanted, nearest=named[0]))
        else:
            self.findings.append(unknown_plan(names, text, name.span))
        return None

    def _decision(
        self, one: DecideModel, stamp: Stamp, where: Where | None, span: Span | None
    ) -> Iterator[Event]:
        by, duration = self.linker.name("body", one.by), self.linker.duration(one.duration)
        chosen = self.linker.one_of(one, ("level", "decline"), span)
        found = self._plan(one.plan, one.jurisdiction)
        response = None if found is None else self._track(one, *found)
        if found is None or response is None or not chosen:
            return
        key, plan = found
        track, scale = response
        per = (each.per for each in plan.tracks if each.id == track)
        area = self._area(where, per, plan.jurisdiction)
        reason = None if one.reason is None else str(one.reason)
        if one.decline is not None:
            yield from self._declined(one, stamp, key, track, scale, by, area)
        elif one.level is not None:
            rank = self.linker.names.level(
                scale, str(one.level), one.level.span, self.findings, none_allowed=True
            )
            if rank is not None:
                yield PutInForce(stamp, key, track, rank, by, duration, area=area, reason=reason)

    def _track(self, one: DecideModel, key: str, plan: Plan) -> tuple[str | None, str] | None:
        """The track that is meant and its scale; None with a finding where it must be said."""
        tracks: Mapping[str | None, str] = {track.id: track.scale for track in plan.tracks}
        track = next(iter(tracks), None)
        if one.track is not None:
            track = self.linker.name(f"track:plan/{plan.id}", one.track)
            if track is None:
                return None
            # A track of an earlier edition may be in force still.
            earlier = (own for each in self.entities.plans[key] for own in each.tracks)
            tracks = {**{own.id: own.scale for own in earlier}, **tracks}
        elif len(tracks) > 1:
            shown = tuple(str(track) for track in tracks)
            self.findings.append(finding("track-needed", one.plan.span, name=plan.id, tracks=shown))
            return None
        return track, tracks[track]

    def _declined(
        self,
        one: DecideModel,
        stamp: Stamp,
        key: str,
        track: str | None,
        scale: str,
        by: str | None,
        area: str | None,
    ) -> Iterator[Event]:
        assert one.decline is not None
        span = one.decline.span
        why = "" if one.reason is None else str(one.reason).strip()
        if not why:
            needed = Text("who declines says why", "否决须说明理由")
            self.findings.append(finding("key-needed", span, key="reason", reason=needed))
        if one.duration is not None:
            reason = Text("nothing is put in force", "此条不启动任何级别")
            self.findings.append(
                finding("key-unsuited", one.duration.span, key="duration", reason=reason)
            )
        move = _MOVES.get(str(one.decline))
        rank = 0
        if move is None:
            found = self.linker.names.level(scale, str(one.decline), span, self.findings)
            if found is None:
                return
            rank = found
        if why:
            yield Declined(stamp, key, track, move or "raise", rank, by, why, area=area)

    def _hand_over(
        self, one: HandOverModel, stamp: Stamp, where: Where | None, span: Span | None
    ) -> Iterator[Event]:
        by = self.linker.name("body", one.by)
        to = None if str(one.to) in _NONE else self.linker.name("body", one.to)
        reason = None if one.reason is None else str(one.reason)
        if not self.linker.one_of(one, ("plan", "post"), span):
            return
        if to is None and str(one.to) not in _NONE:
            return
        if one.post is not None:
            post = self.linker.name("post", one.post)
            self._refuse_beside_post(one, where)
            if post is not None:
                yield HandedOver(stamp, None, None, post, None if to == post else to, by, reason)
            return
        found = self._plan(one.plan, one.jurisdiction) if one.plan is not None else None
        if found is None:
            return
        key, plan = found
        track = None
        if one.track is not None:
            track = self.linker.name(f"track:plan/{plan.id}", one.track)
            if track is None:
                return
        per = (each.per for each in plan.tracks if track in {None, each.id})
        area = self._area(where, per, plan.jurisdiction)
        yield HandedOver(stamp, key, track, None, to, by, reason, area=area)

    def _refuse_beside_post(self, one: HandOverModel, where: Where | None) -> None:
        """What says of which response it is does not go with a post, which acts for many."""
        reason = Text("a post acts for every plan that names it", "岗位对写明它的每个预案都起作用")
        for key, name in (
            ("jurisdiction", one.jurisdiction),
            ("track", one.track),
            ("area", where.name if where is not None else None),
        ):
            if name is not None:
                self.findings.append(finding("key-unsuited", name.span, key=key, reason=reason))

    def _done(self, one: DoneModel, stamp: Stamp, where: Where | None) -> Iterator[Event]:
        found = self._plan(one.plan, one.jurisdiction)
        if found is not None:
            yield from self._duties("action", one.action, found[0], stamp, where)

    def _reported(
        self, one: ReportedModel, stamp: Stamp, where: Where | None, span: Span | None
    ) -> Iterator[Event]:
        whose = self.linker.one_of(one, ("plan", "standard"), span)
        what = self.linker.one_of(one, ("report", "release"), span)
        document = self._document(one, span) if whose and what else None
        if document is not None:
            kind: DutyKind = "report" if one.report is not None else "release"
            yield from self._duties(kind, one.report or one.release or (), document, stamp, where)

    def _acknowledged(
        self, one: AcknowledgedModel, stamp: Stamp, where: Where | None, span: Span | None
    ) -> Iterator[Event]:
        by = self.linker.name("body", one.by)
        whose = self.linker.one_of(one, ("plan", "standard"), span)
        what = self.linker.one_of(one, ("action", "report", "release"), span)
        document = self._document(one, span) if whose and what else None
        if document is None:
            return
        names: Mapping[DutyKind, list[Name] | None] = {
            "action": one.action,
            "report": one.report,
            "release": one.release,
        }
        for kind, given in names.items():
            for done in self._duties(kind, given or (), document, stamp, where):
                yield Acknowledged(
                    done.stamp,
                    kind,
                    document,
                    done.item,
                    by or _teller(done.stamp, self.entities),
                    area=done.area,
                )

    def _document(self, one: ReportedModel | AcknowledgedModel, span: Span | None) -> str | None:
        """The plan's key or the standard's id; None with a finding."""
        if one.plan is None:
            return self._standard(one, span)
        found = self._plan(one.plan, one.jurisdiction)
        return None if found is None else found[0]

    def _standard(self, one: ReportedModel | AcknowledgedModel, span: Span | None) -> str | None:
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
    ) -> Iterator[DutyDone]:
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
                fix = respelt(str(name), nearest, ids, name.span)
                self.findings.append(
                    finding(f"unknown-{kind}", name.span, name=str(name), nearest=nearest, fix=fix)
                )
                continue
            area = self._area(where, duty.per, whole)
            yield DutyDone(stamp, kind, document, str(name), area=area)


def _teller(stamp: Stamp, entities: Entities) -> str | None:
    """Whoever tells it, where the library knows them: a body or post."""
    known = stamp.source in entities.agencies or stamp.source in entities.posts
    return stamp.source if known else None
