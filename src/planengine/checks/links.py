"""Links of a plan with itself."""

from __future__ import annotations

from collections.abc import Iterator

from planengine.checks.checked import Checked
from planengine.diagnostics import Diagnostic, finding
from planengine.domain.ids import plan_key


def plans_that_activate_themselves(checked: Checked) -> Iterator[Diagnostic]:
    """`activates-itself`: a link of a plan to its own levels, of the track from which it comes."""
    for plan in checked.plans:
        for link in plan.links:
            if link.kind != "activate" or link.target is None:
                continue
            is_own = link.target in (plan.id, plan_key(plan.jurisdiction, plan.id))
            same = link.target_track is None or link.track in (None, link.target_track)
            if is_own and same:
                yield finding("activates-itself", link.span, name=plan.id)
