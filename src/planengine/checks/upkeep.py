"""Plans that were assessed or exercised too long ago, by the rules that a library declares."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from planengine.checks.checked import Checked
from planengine.checks.required import asked_of, shown
from planengine.diagnostics import Diagnostic, finding
from planengine.domain.documents import Plan
from planengine.domain.requirements import Asked
from planengine.values.times import day_start, format_time, local


def neglected_plans(checked: Checked) -> Iterator[Diagnostic]:
    """`plan-unassessed` and `plan-unexercised`, of the plans in force on the day."""
    for plan in checked.plans:
        edition = plan.edition
        yield from _neglected(plan, "assessed", "plan-unassessed", edition.assessed, checked)
        yield from _neglected(plan, "exercised", "plan-unexercised", edition.exercised, checked)


def _neglected(
    plan: Plan, asks: Asked, code: str, done: int | None, checked: Checked
) -> Iterator[Diagnostic]:
    at, since = checked.judged_at(plan), plan.edition.issued or plan.edition.period.since
    asked = asked_of(plan, asks, checked)
    if asked is None or asked.years is None or at is None:
        return
    counted = done if done is not None else since  # a new plan has its first years before it
    own_zone = checked.entities.zone_of(plan.jurisdiction)
    if counted is None or at < _after(counted, asked.years, own_zone):
        return
    zone = checked.entities.time_zone
    yield finding(
        code,
        plan.edition.span or plan.span,
        name=plan.id,
        date=format_time(counted, zone)[:10],
        years=asked.years,
        day=format_time(at, zone)[:10],
        basis=shown(asked, checked),
    )


def _after(moment: int, years: int, zone: str) -> int:
    """The day after so many years, at its beginning."""
    day = local(moment, zone).date()
    try:
        later = day.replace(year=day.year + years)
    except ValueError:  # the 29th of February
        later = day.replace(year=day.year + years, day=28)
    return day_start(later + timedelta(days=1), zone)
