"""The bodies that now stand for what a plan names: successors in place of abolished ones."""

from __future__ import annotations

from planengine.assessment.assessment import Assessment
from planengine.assessment.bodies import Bodies
from planengine.domain.documents import Executor, Plan


def office_of(assessment: Assessment, plan: Plan) -> tuple[str, ...]:
    """A plan's office, else its headquarters; () where it names neither."""
    return _now(assessment, plan, Executor("agency", plan.office or plan.headquarters or ""))


def headquarters_of(assessment: Assessment, plan: Plan) -> tuple[str, ...]:
    """A plan's headquarters, else its office; () where it names neither."""
    return _now(assessment, plan, Executor("agency", plan.headquarters or plan.office or ""))


def members_of(assessment: Assessment, plan: Plan) -> tuple[str, ...]:
    """Every member body of a plan."""
    return _now(assessment, plan, Executor("members", ""))


def _now(assessment: Assessment, plan: Plan, executor: Executor) -> tuple[str, ...]:
    if executor.kind == "agency" and not executor.id:
        return ()
    return Bodies(assessment.situation).resolve((executor,), plan.jurisdiction, plan)
