"""planengine: emergency plans that run and can be checked.

`load` reads a library of plans, `Library.compile` makes an `Engine`, and `Engine.assess`
says what the facts of an incident support: levels, agencies, actions, deadlines, reasons.
`planengine.answers` has the types of an answer as plain data, `planengine.exercises` plays and
scores exercises, `planengine.checks` has what a package needs that adds checks. Everything else
in this package is private and may change without notice.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from planengine import answers, exercises
    from planengine.answers import (
        Answer,
        Gap,
        NotAsked,
        Unread,
    )
    from planengine.assessment.assessment import Assessment
    from planengine.assessment.contacts import Reached
    from planengine.assessment.decisions import Decision
    from planengine.assessment.results import (
        ActionItem,
        Actor,
        AgencyRole,
        Asked,
        Assumption,
        Command,
        Conflict,
        Coverage,
        Deadline,
        Excluded,
        Held,
        HeldResource,
        Invocable,
        Judge,
        Need,
        Outdated,
        Pair,
        Question,
        Reason,
        Receipt,
        Refusal,
        ReportItem,
        Way,
    )
    from planengine.diagnostics import (
        ArgumentError,
        Diagnostic,
        Edit,
        Fix,
        PlanengineError,
        PlanError,
        Span,
        Text,
    )
    from planengine.domain.documents import (
        Basis,
        Executor,
        Timing,
    )
    from planengine.domain.ids import ActionKey, DoneOf, UnitKey
    from planengine.domain.parts import Label
    from planengine.domain.places import Contact
    from planengine.domain.statements import (
        Incident,
        Invocation,
        Rejected,
        Stamp,
        Statement,
    )
    from planengine.engines import EngineRefusal
    from planengine.facade.decider import Decider
    from planengine.facade.engine import Engine
    from planengine.facade.library import (
        Library,
        load,
    )
    from planengine.journal import Broken, Entry, Journal
    from planengine.rules.conditions import Cell
    from planengine.rules.ruleset import Unit
    from planengine.sessions.effects import (
        CommandMoved,
        Duty,
        Effects,
        Escalation,
        LevelMoved,
        LimitChanged,
        Order,
        Proposed,
        Refused,
        StageMoved,
        ToAsk,
    )
    from planengine.sessions.session import Session, Told
    from planengine.sessions.standing import Course, May, Standing
    from planengine.timeline.timeline import Timeline
    from planengine.values.sets import (
        ChoiceSet,
        Interval,
        NumberSet,
    )

__version__ = "0.1.0"

__all__ = [
    "ActionItem",
    "ActionKey",
    "Actor",
    "AgencyRole",
    "Answer",
    "ArgumentError",
    "Asked",
    "Assessment",
    "Assumption",
    "Basis",
    "Broken",
    "Cell",
    "ChoiceSet",
    "Command",
    "CommandMoved",
    "Conflict",
    "Contact",
    "Course",
    "Coverage",
    "Deadline",
    "Decider",
    "Decision",
    "Diagnostic",
    "DoneOf",
    "Duty",
    "Edit",
    "Effects",
    "Engine",
    "EngineRefusal",
    "Entry",
    "Escalation",
    "Excluded",
    "Executor",
    "Fix",
    "Gap",
    "Held",
    "HeldResource",
    "Incident",
    "Interval",
    "Invocable",
    "Invocation",
    "Journal",
    "Judge",
    "Label",
    "LevelMoved",
    "Library",
    "LimitChanged",
    "May",
    "Need",
    "NotAsked",
    "NumberSet",
    "Order",
    "Outdated",
    "Pair",
    "PlanError",
    "PlanengineError",
    "Proposed",
    "Question",
    "Reached",
    "Reason",
    "Receipt",
    "Refusal",
    "Refused",
    "Rejected",
    "ReportItem",
    "Session",
    "Span",
    "StageMoved",
    "Stamp",
    "Standing",
    "Statement",
    "Text",
    "Timeline",
    "Timing",
    "ToAsk",
    "Told",
    "Unit",
    "UnitKey",
    "Unread",
    "Way",
    "answers",
    "exercises",
    "load",
]

_HOMES = {
    "planengine.answers": (
        "Answer",
        "Gap",
        "NotAsked",
        "Unread",
    ),
    "planengine.assessment.assessment": ("Assessment",),
    "planengine.assessment.contacts": ("Reached",),
    "planengine.assessment.decisions": ("Decision",),
    "planengine.assessment.results": (
        "ActionItem",
        "Actor",
        "AgencyRole",
        "Asked",
        "Assumption",
        "Command",
        "Conflict",
        "Coverage",
        "Deadline",
        "Excluded",
        "Held",
        "HeldResource",
        "Invocable",
        "Judge",
        "Need",
        "Outdated",
        "Pair",
        "Question",
        "Reason",
        "Receipt",
        "Refusal",
        "ReportItem",
        "Way",
    ),
    "planengine.diagnostics": (
        "ArgumentError",
        "Diagnostic",
        "Edit",
        "Fix",
        "PlanError",
        "PlanengineError",
        "Span",
        "Text",
    ),
    "planengine.engines": ("EngineRefusal",),
    "planengine.facade.decider": ("Decider",),
    "planengine.facade.engine": ("Engine",),
    "planengine.facade.library": (
        "Library",
        "load",
    ),
    "planengine.domain.documents": (
        "Basis",
        "Executor",
        "Timing",
    ),
    "planengine.domain.ids": ("ActionKey", "DoneOf", "UnitKey"),
    "planengine.domain.parts": ("Label",),
    "planengine.domain.places": ("Contact",),
    "planengine.domain.statements": (
        "Incident",
        "Invocation",
        "Rejected",
        "Stamp",
        "Statement",
    ),
    "planengine.rules.conditions": ("Cell",),
    "planengine.rules.ruleset": ("Unit",),
    "planengine.journal": ("Broken", "Entry", "Journal"),
    "planengine.sessions.effects": (
        "CommandMoved",
        "Duty",
        "Effects",
        "Escalation",
        "LevelMoved",
        "LimitChanged",
        "Order",
        "Proposed",
        "Refused",
        "StageMoved",
        "ToAsk",
    ),
    "planengine.sessions.session": ("Session", "Told"),
    "planengine.sessions.standing": ("Course", "May", "Standing"),
    "planengine.timeline.timeline": ("Timeline",),
    "planengine.values.sets": (
        "ChoiceSet",
        "Interval",
        "NumberSet",
    ),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> Any:  # noqa: ANN401 - PEP 562: whatever is asked for
    """Import a public name at its first use, so that `import planengine` costs nothing."""
    if name in _HOME_OF:
        return getattr(import_module(_HOME_OF[name]), name)
    if name in {"answers", "exercises"}:
        return import_module(f"planengine.{name}")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
