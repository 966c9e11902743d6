"""Members and duties: each has a duty, and each duty has a member."""

from __future__ import annotations

from collections.abc import Iterator

from planengine.checks.checked import Checked
from planengine.diagnostics import Diagnostic, finding
from planengine.domain.documents import Executor, Plan
from planengine.domain.registry import Registry


def idle_members(checked: Checked) -> Iterator[Diagnostic]:
    """`member-without-duties`, where others have some, and `member-idle`."""
    for plan in checked.plans:
        busy = frozenset(checked.bodies(_executors(plan), plan))
        groups = {body for group in plan.groups for body in (group.lead, *group.members)}
        described = any(member.duties for member in plan.members)
        for member in plan.members:
            if described and not member.duties:
                yield finding("member-without-duties", member.span, name=member.agency)
            if not plan.actions or member.agency in (plan.headquarters, plan.office):
                continue
            if member.agency not in busy and member.agency not in groups:
                yield finding("member-idle", member.span, name=member.agency)


def _executors(plan: Plan) -> Iterator[Executor]:
    """Everybody who is given something to do by name: `each: member` is nobody by name."""
    for action in plan.actions:
        yield from (one for one in action.executors if one.kind != "members" or one.id)
    for report in plan.reports:
        yield from report.by
    for release in plan.information:
        yield from release.by
    for track in (*plan.tracks, *plan.warnings):
        for duty in track.duties:
            yield from (one for one in (duty.propose, duty.approve) if one is not None)


def executors_outside(checked: Checked) -> Iterator[Diagnostic]:
    """`executor-no-member`: a body of the plan's own area that must act and is no member.

    Those above and below members, and of other areas, are found by their own plans.
    """
    for plan in checked.plans:
        if not plan.members:
            continue
        registry = checked.registry(plan)
        known = _known(plan)
        told: set[str] = set()
        for action in plan.actions:
            named = (one for one in action.executors if one.kind in ("agency", "post"))
            for body in checked.bodies(named, plan):
                if body in told or not _is_outside(body, known, plan, registry):
                    continue
                told.add(body)
                yield finding("executor-no-member", action.span, name=body, plan=plan.id)


def _known(plan: Plan) -> frozenset[str]:
    groups = (body for group in plan.groups for body in (group.lead, *group.members))
    members = (member.agency for member in plan.members)
    return frozenset(filter(None, (*members, *groups, plan.headquarters, plan.office)))


def _government(plan: Plan, registry: Registry) -> str | None:
    """The body that governs a plan's area: that all of its bodies report to says nothing."""
    tier = registry.tier(plan.jurisdiction)
    return next(iter(registry.governments(tier, plan.jurisdiction)), None) if tier else None


def _is_outside(body: str, known: frozenset[str], plan: Plan, registry: Registry) -> bool:
    agency = registry.entities.agencies.get(body)
    if agency is None or agency.area != plan.jurisdiction or body in known:
        return False
    if not registry.agency_in_force(body):
        return False  # which is told
    above = {agency.reports_to} - {_government(plan, registry)}
    below = {
        registry.entities.agencies[one].reports_to
        for one in known
        if one in registry.entities.agencies
    }
    return not above & known and body not in below
