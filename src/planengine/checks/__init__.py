"""What authors did not notice: conditions and duties that are well formed but not meant.

Each check is a pure function of what is `Checked` that yields findings; none is needed to
answer, so they run when a library is checked and not when it is loaded. Other packages add
theirs by the entry point group `planengine.checks`, which names a `Checks`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeAlias

from planengine.checks.allowed import without_allowed
from planengine.checks.approvers import approvers_upside_down
from planengine.checks.causes import with_causes
from planengine.checks.chains import chains_longer_than_limits
from planengine.checks.checked import Checked
from planengine.checks.clauses import clauses_for_two, clauses_of_others, sources_out_of_force
from planengine.checks.dead import dead_alternatives, unused_definitions
from planengine.checks.exclusions import exclusions_in_doubt
from planengine.checks.falling import levels_that_fall
from planengine.checks.former import former_names
from planengine.checks.hazards import of_other_hazards
from planengine.checks.levels import thresholds_not_meant
from planengine.checks.life_cycle import ends_missing, ends_while_it_lasts, raised_too_far
from planengine.checks.limits import actions_without_limit, anchors_that_never_come
from planengine.checks.links import plans_that_activate_themselves
from planengine.checks.measures import measures_dropped
from planengine.checks.people import executors_outside, idle_members
from planengine.checks.prerequisites import (
    actions_dropped,
    actions_never_due,
    prerequisites_out_of_order,
    repeated_without_end,
)
from planengine.checks.releases import releases_not_meant
from planengine.checks.reporting import (
    limits_looser_than_law,
    no_report_upward,
    reports_to_oneself,
)
from planengine.checks.rivals import contradicting_plans
from planengine.checks.twins import (
    copied_duties,
    goods_promised_twice,
    hazards_claimed_twice,
    plans_of_one_name,
)
from planengine.checks.upkeep import neglected_plans
from planengine.checks.words import names_of_elsewhere, vague_duties
from planengine.diagnostics import Code, Diagnostic, Text, finding
from planengine.diagnostics.offered import Checks, offers

Check: TypeAlias = Callable[[Checked], Iterator[Diagnostic]]

CHECKS: tuple[Check, ...] = (
    thresholds_not_meant,
    exclusions_in_doubt,
    actions_without_limit,
    anchors_that_never_come,
    of_other_hazards,
    contradicting_plans,
    plans_of_one_name,
    hazards_claimed_twice,
    dead_alternatives,
    unused_definitions,
    ends_while_it_lasts,
    ends_missing,
    raised_too_far,
    approvers_upside_down,
    plans_that_activate_themselves,
    clauses_for_two,
    clauses_of_others,
    sources_out_of_force,
    neglected_plans,
    idle_members,
    executors_outside,
    prerequisites_out_of_order,
    actions_dropped,
    measures_dropped,
    actions_never_due,
    repeated_without_end,
    reports_to_oneself,
    no_report_upward,
    limits_looser_than_law,
    chains_longer_than_limits,
    releases_not_meant,
    names_of_elsewhere,
    former_names,
    vague_duties,
    copied_duties,
    goods_promised_twice,
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
    "levels_that_fall",
    "with_causes",
    "without_allowed",
]
