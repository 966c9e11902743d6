"""A check that a city adds for itself: the office of every plan can be reached by telephone."""

from __future__ import annotations

from collections.abc import Iterator

from planengine.checks import Checked, Checks, Code, Diagnostic, Text, finding

NO_TELEPHONE = Code(
    id="acme-no-telephone",
    severity="warning",
    title=Text("An office that cannot be reached", "办公室没有联系方式"),
    message=Text(
        "nothing says how `{name}`, the office of `{plan}`, is reached",
        "没有写明 `{plan}` 的办公室 `{name}` 的联系方式",
    ),
    hint=Text("write its `contacts` in the registry", "请在登记中写明 contacts"),
    explanation=Text(
        "Whoever receives a report at night must know which number answers.",
        "夜间接到报告的人须知道该打哪个电话。",
    ),
    bad="agencies: {flood-office: {in: river-city}}\n",
    good="agencies: {flood-office: {in: river-city, contacts: {phone: 0700-8100-0004}}}\n",
)


def no_telephone(checked: Checked) -> Iterator[Diagnostic]:
    """`acme-no-telephone`: the office of a plan without a telephone."""
    for plan in checked.plans:
        office = checked.entities.agencies.get(plan.office or "")
        if office is not None and not any(contact.phone for contact in office.contacts):
            yield finding(NO_TELEPHONE.id, plan.span, name=office.id, plan=plan.id)


CHECKS = Checks(codes=(NO_TELEPHONE,), run=no_telephone)
