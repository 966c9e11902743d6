"""What authors did not notice: conditions and duties that are well formed but not meant.

Each check is a pure function of what is `Checked` that yields findings; none is needed to
answer, so they run when a library is checked and not when it is loaded. Other packages add
theirs by the entry point group `planengine.checks`, which names a `Checks`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeAlias

from planengine.checks.allowed import without_allowed
from planengine.checks.causes import with_causes
from planengine.checks.checked import Checked
from planengine.checks.exclusions import exclusions_in_doubt
from planengine.checks.levels import thresholds_not_meant
from planengine.checks.limits import actions_without_limit, anchors_that_never_come
from planengine.checks.rivals import contradicting_plans
from planengine.diagnostics import Code, Diagnostic, Text, finding
from planengine.diagnostics.offered import Checks, offers

Check: TypeAlias = Callable[[Checked], Iterator[Diagnostic]]

CHECKS: tuple[Check, ...] = (
    thresholds_not_meant,
    exclusions_in_doubt,
    actions_without_limit,
    anchors_that_never_come,
    contradicting_plans,
)
"""Every check of this room."""


def check_entities(checked: Checked) -> Iterator[Diagnostic]:
    """Everything that the checks of this room, and those of other packages, find in a library."""
    for check in CHECKS:
        yield from check(checked)
    for offer in offers():
        if offer.checks is None:
            yield finding("checks-unusable", None, name=offer.name, why=offer.fault or "")
            continue
        try:
            yield from list(offer.checks.run(checked))
        except Exception as error:  # noqa: BLE001 - another package may raise anything
            why = f"{type(error).__name__}: {error}"
            yield finding("checks-unusable", None, name=offer.name, why=why)


__all__ = [
    "CHECKS",
    "Checked",
    "Checks",
    "Code",
    "Diagnostic",
    "Text",
    "check_entities",
    "finding",
    "with_causes",
    "without_allowed",
]
