"""Runs tests over the step: each observation is told once, each moment looked at as it comes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Literal, Protocol, TypeAlias

from msgspec import Struct

from planengine.assessment.assessment import Assessment
from planengine.diagnostics import Diagnostic, PlanError
from planengine.domain.statements import Incident
from planengine.expectations.because import Because, because
from planengine.expectations.came import Came, came
from planengine.expectations.refs import Expectation
from planengine.linking.incidents.more import read_more
from planengine.scenarios.suites import Case, Moment, Suite, Told
from planengine.timeline.timeline import Timeline

State: TypeAlias = Literal["passed", "failed", "unconfirmed"]
Seen: TypeAlias = Callable[[Case, Moment, Assessment], None]
"""What is called with each assessment that a test looks at."""


class Engine(Protocol):
    """What opens incidents: planengine's own engine."""

    @property
    def library(self) -> Any: ...  # noqa: ANN401 - planengine's own, which this room is below

    def open(self, incident: Incident) -> Timeline:
        """An incident to be told on."""
        ...


class Failure(Struct, frozen=True):
    """What was expected, what came, and the tests that decided."""

    expectation: Expectation
    came: Came
    because: tuple[Because, ...]


class Result(Struct, frozen=True):
    """A case at one of its moments; `unconfirmed`: it holds, but nobody has confirmed it."""

    suite: Suite
    case: Case
    moment: Moment
    state: State
    failures: tuple[Failure, ...]


def run(suites: Iterable[Suite], engine: Engine, seen: Seen | None = None) -> Iterator[Result]:
    """The result of every case at each of its moments, in the order of the files.

    `seen` is called with each assessment of a case that is not proposed: what nobody has
    confirmed shows nothing.
    """
    for suite in suites:
        shared: dict[tuple[Told, ...], Timeline] = {}
        for case in suite.cases:
            for moment, assessment in moments_of(case, engine, shared):
                result = _result(suite, case, moment, assessment)
                if seen is not None and result.state == "passed":
                    seen(case, moment, assessment)
                yield result


def _result(suite: Suite, case: Case, moment: Moment, assessment: Assessment) -> Result:
    failures: list[Failure] = []
    for one in moment.expectations:
        found = came(assessment, one)
        if not found.held:
            failures.append(Failure(one, found, because(assessment, one, found.values)))
    state: State = "failed" if failures else "unconfirmed" if case.proposed else "passed"
    return Result(suite, case, moment, state, tuple(failures))


def moments_of(
    case: Case, engine: Engine, shared: dict[tuple[Told, ...], Timeline]
) -> Iterator[tuple[Moment, Assessment]]:
    """Each moment with what followed from all that had been received by then."""
    try:
        found = [*_stepped(case, engine, shared)]
    except PlanError:  # something is corrected before it was received
        found = [*_whole(case, engine)]
    yield from found


def _stepped(
    case: Case, engine: Engine, shared: dict[tuple[Told, ...], Timeline]
) -> Iterator[tuple[Moment, Assessment]]:
    timeline = engine.open(case.incident)
    waiting = [*case.told]
    if case.before:
        if case.before not in shared:
            for told in case.before:
                timeline = timeline.tell(told.node)
            shared[case.before] = timeline
            _at(timeline, case.before[-1].received)  # what rows do not touch is carried over
        timeline = shared[case.before]
    for moment in case.moments:
        while waiting and waiting[0].received <= moment.at:
            timeline = timeline.tell(waiting.pop(0).node)
        yield moment, _at(timeline, moment.at)


def _at(timeline: Timeline, at: int) -> Assessment:
    """What follows at a time; the newest is kept by the timeline, for what is told after it."""
    if timeline.incident.newest_for(timeline.status) == at:
        return timeline.assessment
    return timeline.at(at)


def _whole(case: Case, engine: Engine) -> Iterator[tuple[Moment, Assessment]]:
    """The same, of the incident as a whole: what had not been received does not count."""
    findings: list[Diagnostic] = []
    incident = case.incident
    for told in (*case.before, *sorted(case.told, key=lambda one: one.number)):
        more = read_more(told.node, incident, engine.library.entities, findings)
        if more is None:
            raise PlanError(findings)
        incident = more
    timeline = engine.open(incident)
    for moment in case.moments:
        yield moment, timeline.at(moment.at)
