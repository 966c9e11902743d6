"""planengine itself, and the limit of what Python can do."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from forms import PYTHON, Answer, facts_of, fields, grouped, infix, snake
from workload import AT, RANKS, Event, Plan, write_library

if TYPE_CHECKING:
    from planengine import Engine


def generated_python(plans: Sequence[Plan], events: Sequence[Event]) -> Answer:
    """The limit: Python generated from the thresholds, with no check of any kind."""
    lines: list[str] = []
    by_hazard = grouped(plans)
    for hazard, members in by_hazard.items():
        lines.append(f"def {snake(hazard)}(e):")
        lines += [f"    {snake(field)} = e['{snake(field)}']" for field in fields(members)]
        ranks = (
            "".join(f"{rank} if {infix(plan, rank, PYTHON)} else " for rank in (4, 3, 2, 1)) + "0"
            for plan in members
        )
        lines.append("    return (" + "".join(f"({rank}), " for rank in ranks) + ")")
    space: dict[str, Any] = {}
    exec(compile("\n".join(lines), "<generated>", "exec"), space)
    table = {hazard: space[snake(hazard)] for hazard in by_hazard}
    given = facts_of(events)

    def answer(index: int) -> Sequence[Any]:
        hazard, facts = given[index]
        return table[hazard](facts)

    return answer


def engine_of(plans: Sequence[Plan]) -> Engine:
    import planengine

    with tempfile.TemporaryDirectory() as folder:
        return planengine.load(write_library(plans, Path(folder))).compile()


def planengine_bare(plans: Sequence[Plan], events: Sequence[Event]) -> Answer:
    """The bare decision: the level, what it could reach, and what is obliged, of every plan."""
    engine = engine_of(plans)
    table = {hazard: engine.decider([hazard], at=AT).decide for hazard in grouped(plans)}
    given = facts_of(events, name=str)

    def answer(index: int) -> Sequence[Any]:
        hazard, facts = given[index]
        return table[hazard](facts)

    return answer


def _incident(hazard: str, facts: Event) -> dict[str, Any]:
    return {
        "incident": "event",
        "hazards": [hazard],
        "observations": [{"at": AT, "facts": facts}],
    }


def _full(engine: Engine, incident: Any) -> Sequence[Any]:
    """The ranks, with reasons, actions, deadlines, agencies and reports worked out."""
    assessment = engine.assess(incident)
    decisions = assessment.decisions
    _ = [decision.why for decision in decisions]
    _ = [action.deadline for action in assessment.actions]
    _ = assessment.agencies, assessment.reports
    return [_RANKS[decision.level] for decision in decisions]


_RANKS = {None: 0} | {level: rank for rank, level in RANKS.items()}


def planengine_full(plans: Sequence[Plan], events: Sequence[Event]) -> Answer:
    """An assessment with reasons, agencies, actions, deadlines and reports of a read incident."""
    engine = engine_of(plans)
    incidents = [
        engine.library.read_incident(_incident(hazard, facts))
        for hazard, facts in facts_of(events, name=str)
    ]

    def answer(index: int) -> Sequence[Any]:
        return _full(engine, incidents[index])

    return answer


def planengine_all(plans: Sequence[Plan], events: Sequence[Event]) -> Answer:
    """From a mapping, which is read and checked, to a dictionary of all there is to say."""
    engine = engine_of(plans)
    mappings = [_incident(hazard, facts) for hazard, facts in facts_of(events, name=str)]

    def answer(index: int) -> Sequence[Any]:
        found = engine.assess(mappings[index]).to_dict()
        return [_RANKS[decision["level"]] for decision in found["decisions"]]

    return answer
