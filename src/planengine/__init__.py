"""planengine: emergency plans that run and can be checked.

`load` reads a library of plans, `Library.compile` makes an `Engine`, and `Engine.assess`
says what the facts of an incident support: levels, agencies, actions, deadlines, reasons.
Everything else in this package is private and may change without notice.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from planengine.assessment.assessment import Assessment
    from planengine.diagnostics import Diagnostic, PlanError, Span
    from planengine.engines import EngineRefusal
    from planengine.facade import Decider, Engine, Library, load
    from planengine.library.statements import Incident

__version__ = "0.1.0"

__all__ = [
    "Assessment",
    "Decider",
    "Diagnostic",
    "Engine",
    "EngineRefusal",
    "Incident",
    "Library",
    "PlanError",
    "Span",
    "load",
]

_HOMES = {
    "Assessment": "planengine.assessment.assessment",
    "Decider": "planengine.facade",
    "Diagnostic": "planengine.diagnostics",
    "Engine": "planengine.facade",
    "EngineRefusal": "planengine.engines",
    "Incident": "planengine.library.statements",
    "Library": "planengine.facade",
    "PlanError": "planengine.diagnostics",
    "Span": "planengine.diagnostics",
    "load": "planengine.facade",
}


def __getattr__(name: str) -> Any:  # noqa: ANN401 - PEP 562: whatever is asked for
    """Import a public name at its first use, so that `import planengine` costs nothing."""
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
