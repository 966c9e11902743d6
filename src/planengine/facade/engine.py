"""The engine: rules compiled once per stretch of time, and incidents assessed by them."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

import planengine  # names in annotations, which are only looked up when somebody asks
from planengine.bounded import Bounded
from planengine.diagnostics import ArgumentError, Diagnostic, PlanError
from planengine.domain.registry import Registry
from planengine.domain.statements import Incident, Status
from planengine.facade.arguments import (
    BackendName,
    Moment,
    check_backend,
    check_status,
    hazards_of,
    moment,
    path_of,
)
from planengine.facade.decider import Decider
from planengine.facade.epochs import Epochs, Frame
from planengine.facade.eras import Era, Eras
from planengine.facade.request import Request
from planengine.reading.collecting import no_collecting
from planengine.rules.ruleset import RuleSet

if TYPE_CHECKING:
    from planengine.assessment.outline import Outline
    from planengine.assessment.situation import Situation
    from planengine.engines.both import Engine as Backend
    from planengine.evidence.world import World
    from planengine.rules.ground import Reach
    from planengine.store import Store

_LOG = logging.getLogger(__name__)

MOST_FRAMES = 64
"""How many stretches of time, each with a scope and hazards, are kept compiled."""


class Engine:
    """Assesses incidents by a library's plans; made by `Library.compile`.

    Rules are compiled once per stretch of time between dated changes (editions, attributes,
    agencies); those used last are kept. Several threads may use one engine. A pickle holds its
    library, and nothing compiled.
    """

    library: planengine.Library
    engine: BackendName

    def __init__(self, library: planengine.Library, engine: BackendName) -> None:
        check_backend(engine)
        self.library = library
        self.engine = engine
        self._epochs = Epochs(library.entities)
        self._registries: Bounded[int, Registry] = Bounded(MOST_FRAMES)
        self._worlds: Bounded[tuple[int, frozenset[str] | None], World] = Bounded(MOST_FRAMES)
        self._rules: Bounded[Frame, RuleSet] = Bounded(MOST_FRAMES)
        self._backends: Bounded[Frame, Backend] = Bounded(MOST_FRAMES)
        self._outlines: Bounded[Frame, Outline] = Bounded(MOST_FRAMES)
        # by epoch, what was compiled of all hazards, and which incidents it is right for:
        self._wholes: Bounded[int, list[tuple[Frame, Reach]]] = Bounded(MOST_FRAMES)
        self._likes: Bounded[Frame, Frame] = Bounded(MOST_FRAMES)

    def __reduce__(self) -> tuple[type[Engine], tuple[planengine.Library, BackendName]]:
        return Engine, (self.library, self.engine)

    def __repr__(self) -> str:
        return f"<Engine {self.engine} of {self.library!r}>"

    def assess(
        self,
        incident: Incident | str | Path | Mapping[str, Any],
        *,
        at: Moment | None = None,
        known_at: Moment | None = None,
        status: Status | None = None,
    ) -> planengine.Assessment:
        """What the facts of an incident support at a time.

        `at` defaults to the newest statement that counts, `known_at` (what had been received
        by then) to `at`; both are epoch seconds, an aware `datetime`, or ISO 8601 text with an
        offset. `status` limits what is seen: actual < exercise < test; it defaults to the
        incident's own. Raises `PlanError` for bad input, `EngineRefusal` where the engine gives
        no answer, and `ArgumentError` for a bad time or status.
        """
        return self.assess_after(None, incident, at=at, known_at=known_at, status=status)

    def assess_after(
        self,
        before: planengine.Assessment | None,
        incident: Incident | str | Path | Mapping[str, Any],
        *,
        at: Moment | None = None,
        known_at: Moment | None = None,
        status: Status | None = None,
    ) -> planengine.Assessment:
        """The same, carried over from an assessment of what was told before, as far as it goes.

        For planengine's own rooms: it changes what has to be worked out, and no answer.
        """
        from planengine.assessment.assessment import Assessment

        check_status(status)
        when = moment(at) if at is not None else None
        known = moment(known_at, "known_at") if known_at is not None else None
        if not isinstance(incident, Incident):
            incident = self.library.read_incident(incident)
        seen: Status = status or incident.status
        if when is None:
            when = incident.newest_for(seen)
        if when is None:
            raise ArgumentError(
                "an incident without observations has no time of its own: give `at`"
            )
        _LOG.debug("assessing %s at %d, as known at %s", incident.id, when, known)
        request = Request(self, incident, when, when if known is None else known, seen)
        past = None if before is None else before.situation
        found = Assessment(incident, seen, request, self.situation(request, past))
        found.situation.outcomes  # noqa: B018 - decide now: an engine's refusal must not come late
        return found

    def open(
        self,
        incident: Incident | str | Path | Mapping[str, Any],
        *,
        status: Status | None = None,
    ) -> planengine.Timeline:
        """An incident to be told on, one observation after the other.

        `incident` and `status` as for `assess`; it may have no observations yet. Raises
        `PlanError` for bad input, and `ArgumentError` for a bad status.
        """
        from planengine.facade.stepping import Machine
        from planengine.timeline.timeline import Timeline

        check_status(status)
        if not isinstance(incident, Incident):
            incident = self.library.read_incident(incident)
        return Timeline(Machine(self), incident, status or incident.status)

    def session(self, path: str | PathLike[str]) -> planengine.Session:
        """The incident that is kept in a journal, to be told on; see `begin`.

        Raises `PlanError` where the file is no journal, was altered, or has gone by another
        library than this one; `Session.migrate` then goes over to this.
        """
        from planengine.facade.stepping import Machine
        from planengine.journal import Journal
        from planengine.sessions.session import Session

        return Session(Journal(path_of(path, "path")), Machine(self))

    def begin(
        self,
        path: str | PathLike[str],
        incident: str | Mapping[str, Any],
        *,
        now: Moment,
    ) -> planengine.Session:
        """A new journal in a file that is not there yet, and its session.

        `incident` is its header (`incident`, `hazards`, …), as data or text, perhaps with
        `observations` that were told before; `now` is when it is recorded. Raises `PlanError`
        for bad input, FileExistsError where there is a file, `ArgumentError` for a bad time.
        """
        from planengine.facade.stepping import Machine
        from planengine.sessions.beginning import begin

        return begin(path_of(path, "path"), incident, Machine(self), moment(now, "now"))

    def situation(self, request: Request, before: Situation | None = None) -> Situation:
        """What an assessment is computed from; for planengine's own rooms.

        `before` is that of what was told earlier: what it still tells is carried over.
        """
        from planengine.assessment.situation import Situation
        from planengine.domain.vocabulary import INCIDENT
        from planengine.evidence.evidence import Evidence

        incident, at = request.incident, request.at
        world = self._world(at, incident.scope)
        past = None if before is None else before.evidence
        evidence = Evidence(world, incident, at, request.known_at, request.status, before=past)
        roster = INCIDENT, *evidence.other_incidents()
        eras = None if before is None else before.eras
        if not isinstance(eras, Eras) or not eras.is_for(roster, incident.scope, incident.hazards):
            frame = Frame(self._epochs.number(at), roster, incident.scope, incident.hazards)
            eras = Eras(self._epochs, frame, self._era)
        return Situation(eras.at(at, evidence.documents_used()), evidence, eras, before)

    def decider(self, hazards: Iterable[str], *, at: Moment) -> Decider:
        """The kernel's bare decision for some hazards, by the rules in force at `at`.

        Raises `ArgumentError` for a hazard that the library does not have, and for a bad time.
        """
        named = hazards_of(hazards, self.library.entities.hazards)
        frame = Frame(self._epochs.number(moment(at)), hazards=named)
        whole = replace(frame, hazards=None)
        return Decider(self._rule_set(frame), self.library.entities, lambda: self._rule_set(whole))

    def rules_at(self, at: int) -> RuleSet:
        """The whole rule set in force at a time, for every hazard; for planengine's own rooms."""
        return self._rule_set(Frame(self._epochs.number(at)))

    def check(self, at: int) -> None:
        """Raises `PlanError` where the rules in force at a time cannot be compiled.

        What was kept could.
        """
        frame = Frame(self._epochs.number(at))
        if all(whole != frame for whole, _ in self._compiled_of(frame.epoch)):
            self._rule_set(frame)

    def _era(self, frame: Frame) -> Era:
        start = self._epochs.start(frame.epoch)
        like = self._like(frame)
        rules = replace(frame, roster=like.roster, scope=like.scope)
        return Era(
            lambda: self._outline(rules),
            lambda: self._world(start, frame.scope),
            lambda: self._backend(rules),
        )

    def _like(self, frame: Frame) -> Frame:
        """The frame that was compiled of all hazards with the same rules, or one's own.

        Incidents differ in scope and roster; few rules hang on that.
        """
        whole = Frame(frame.epoch, frame.roster, frame.scope)
        return self._likes.get(whole, lambda: self._found_like(whole))

    def _found_like(self, own: Frame) -> Frame:
        registry = self._registry(self._epochs.start(own.epoch))

        def touches(place: str) -> bool:
            return own.scope is None or registry.touches(place, own.scope)

        for whole, reach in self._compiled_of(own.epoch):
            if (whole.roster == own.roster or not reach.roster) and reach.is_of(touches):
                return whole
        return own

    def _compiled_of(self, epoch: int) -> list[tuple[Frame, Reach]]:
        """The frames of an epoch that were compiled, in this process or one before."""

        def kept() -> list[tuple[Frame, Reach]]:
            store = self.library.store
            return (store.get(f"wholes-{epoch}") if store is not None else None) or []

        return self._wholes.get(epoch, kept)

    def _world(self, at: int, scope: frozenset[str] | None) -> World:
        from planengine.evidence.world import World

        return self._worlds.get(
            (self._epochs.number(at), scope),
            lambda: World(self.library.entities, self._registry(at), scope),
        )

    def _registry(self, at: int) -> Registry:
        epoch = self._epochs.number(at)
        return self._registries.get(
            epoch, lambda: Registry(self.library.entities, self._epochs.start(epoch))
        )

    def _rule_set(self, frame: Frame) -> RuleSet:
        return self._rules.get(frame, lambda: self._made_rules(frame))

    def _made_rules(self, frame: Frame) -> RuleSet:
        store = self.library.store
        found: RuleSet | None = store.get(frame.name) if store is not None else None
        if found is None:
            _LOG.debug("compiling %s", frame)
            with no_collecting(for_good=True):
                found = self._compile(frame) if frame.hazards is None else self._select(frame)
                if store is not None:
                    store.put(frame.name, found)
        return found

    def _compile(self, frame: Frame) -> RuleSet:
        from planengine.rules.compile import compile_rules
        from planengine.rules.ground import Reach

        findings: list[Diagnostic] = []
        registry = self._registry(self._epochs.start(frame.epoch))
        reach = Reach()
        rules = compile_rules(
            self.library.entities,
            registry,
            findings,
            roster=frame.roster,
            scope=frame.scope,
            reach=reach,
        )
        if any(item.severity == "error" for item in findings):
            raise PlanError(findings)
        compiled = self._compiled_of(frame.epoch)
        if len(compiled) < MOST_FRAMES:
            compiled.append((frame, reach))
            if self.library.store is not None:
                self.library.store.put(f"wholes-{frame.epoch}", compiled)
        return rules

    def _select(self, frame: Frame) -> RuleSet:
        from planengine.rules.select import select

        whole = self._rule_set(replace(frame, hazards=None, also=frozenset()))
        return select(whole, frame.hazards or (), also=frame.also)

    def _outline(self, frame: Frame) -> Outline:
        from planengine.assessment.outline import Outline

        return self._outlines.get(
            frame, lambda: Outline(self._rule_set(frame), self.library.entities)
        )

    def _backend(self, frame: Frame) -> Backend:
        return self._backends.get(frame, lambda: self._made_backend(frame))

    def _made_backend(self, frame: Frame) -> Backend:
        rules, store = self._rule_set(frame), self.library.store
        programs = store.part(frame.name) if store is not None else None
        return _make_backend(self.engine, rules, programs)


def _make_backend(name: BackendName, rules: RuleSet, programs: Store | None) -> Backend:
    if name == "kernel":
        from planengine.engines.kernel import Kernel

        return Kernel(rules, programs=programs)
    from planengine.engines.durable import DurableEngine

    if name == "durable":
        return DurableEngine(rules)
    from planengine.engines.both import BothEngines
    from planengine.engines.kernel import Kernel

    return BothEngines(Kernel(rules, programs=programs), DurableEngine(rules))
