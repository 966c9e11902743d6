"""Which bodies have something to do, in which role, with which duties."""

from __future__ import annotations

from collections.abc import Iterable

from planengine.assessment.bodies import Bodies
from planengine.assessment.command import commander
from planengine.assessment.results import ActionItem, AgencyRole
from planengine.assessment.situation import Situation
from planengine.domain.documents import Plan

EXECUTOR_ROLE = "executor"
MEMBER_ROLE = "member"
"""What a body is that a plan names as a member without a role."""
COMMAND_ROLE = "command"
"""What a body is to which the command of a response was handed over."""


class _Row:
    __slots__ = ("duties", "plans", "role")

    def __init__(self, role: str) -> None:
        self.role = role
        self.plans: dict[str, str] = {}
        self.duties: dict[str, None] = {}


def agency_roles(
    situation: Situation, bodies: Bodies, actions: Iterable[ActionItem]
) -> tuple[AgencyRole, ...]:
    """The members of every plan that is at a level, then the executors of what is due.

    A body that several plans name has one row, with its strongest role (the order of the
    vocabulary's `member-roles`) and all its duties.
    """
    strength = {role.id: place for place, role in enumerate(situation.entities.member_roles)}
    strength[COMMAND_ROLE] = -1
    rows: dict[str, _Row] = {}
    giver: dict[str, Plan] = {}
    for key in situation.outline.plans:
        if not any(situation.response(unit) for unit in situation.outline.responses(key, None)):
            continue
        plan = situation.outline.plans[key]
        for member in plan.members:
            _add(rows, member.agency, member.role or MEMBER_ROLE, key, member.duties, strength)
            giver.setdefault(member.agency, plan)
        _add_commander(situation, rows, giver, key)
    for action in actions:
        for body in action.bodies:
            for one in action.asked:
                _add(rows, body, EXECUTOR_ROLE, one.plan, (), strength)
                giver.setdefault(body, situation.outline.plans[one.plan])
    ordered = sorted(rows.items(), key=lambda item: strength.get(item[1].role, len(strength)))
    return tuple(
        AgencyRole(
            agency=agency,
            label=situation.entities.agencies[agency].label,
            role=row.role,
            plans=tuple(row.plans.items()),
            duties=tuple(row.duties),
            mode=bodies.mode(giver[agency], (agency,)),
        )
        for agency, row in ordered
    )


def _add_commander(
    situation: Situation, rows: dict[str, _Row], giver: dict[str, Plan], key: str
) -> None:
    """The bodies to which the command of a plan's responses was handed over."""
    for unit in situation.outline.responses(key, None):
        handed = commander(situation, unit)
        if handed is not None and handed.to is not None:
            post = situation.entities.posts.get(handed.to)
            body = handed.to if post is None else post.body
            row = rows.setdefault(body, _Row(COMMAND_ROLE))
            row.role = COMMAND_ROLE
            row.plans.setdefault(key, COMMAND_ROLE)
            giver.setdefault(body, situation.outline.plans[key])


def _add(
    rows: dict[str, _Row],
    agency: str,
    role: str,
    plan: str,
    duties: Iterable[str],
    strength: dict[str, int],
) -> None:
    row = rows.setdefault(agency, _Row(role))
    if strength.get(role, len(strength)) < strength.get(row.role, len(strength)):
        row.role = role
    row.plans.setdefault(plan, role)
    row.duties.update(dict.fromkeys(duties))
