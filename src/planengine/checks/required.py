"""What the management rules ask of a plan, and how a rule is shown."""

from __future__ import annotations

from collections.abc import Sequence

from planengine.checks.checked import Checked
from planengine.diagnostics import Text
from planengine.domain.documents import Basis, Plan
from planengine.domain.hazards import with_above
from planengine.domain.requirements import Asked, Requirement


def every_asked_of(plan: Plan, asks: Asked, checked: Checked) -> Sequence[Requirement]:
    """The requirements of one kind that hold for a plan."""
    hazards = checked.entities.hazards
    covered = {one for hazard in plan.hazards for one in with_above(hazard, hazards)}
    return tuple(
        one
        for one in checked.entities.requirements
        if one.asks == asks
        and (not one.plan_kinds or plan.kind in one.plan_kinds)
        and (not one.hazards or covered & set(one.hazards))
    )


def asked_of(plan: Plan, asks: Asked, checked: Checked) -> Requirement | None:
    """The tightest of these: the fewest years, else the first that there is."""
    every = every_asked_of(plan, asks, checked)
    return min(every, key=lambda one: one.years or 0, default=None)


def shown(requirement: Requirement, checked: Checked) -> Text:
    """What a requirement rests on."""
    return bases_shown(requirement.basis, checked)


def bases_shown(bases: Sequence[Basis], checked: Checked) -> Text:
    """The first basis, and that it is unverified where it is."""
    if not bases:
        return Text("the rules", "有关规定")
    named = _named(bases[0], checked)
    if bases[0].confidence == "unverified":
        return Text(f"{named.en}, unverified", f"{named.zh}，未核实")
    return named


def _named(basis: Basis, checked: Checked) -> Text:
    """The name of a basis' document, its number and newest edition, and the clause."""
    source = checked.entities.sources.get(basis.source)
    if source is None:
        return Text(basis.source, basis.source)
    clause = f" {basis.clause}" if basis.clause else ""
    named = f"{source.label.text('en')} {source.label.text('zh')} {source.number or ''}"
    edition = source.editions[-1].number if source.editions else ""
    which = [one for one in (source.number, edition if edition not in named else "") if one]
    return Text(
        source.label.text("en") + (f" ({', '.join(which)})" if which else "") + clause,
        source.label.text("zh") + (f"（{'，'.join(which)}）" if which else "") + clause,
    )
