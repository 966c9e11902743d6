"""Whose card or paper it is, and whether an executor of a plan means it."""

from __future__ import annotations

from collections.abc import Iterable

from planengine.assessment.assessment import Assessment
from planengine.assessment.command import acting
from planengine.domain.documents import Executor, Plan


class Holder:
    """Whose card it is: a body, or a post in it."""

    def __init__(self, assessment: Assessment, name: str) -> None:
        entities = assessment.situation.entities
        self.post = name if name in entities.posts else None
        self.body = entities.posts[name].body if self.post else name
        self.name = name
        self._situation = assessment.situation
        self._registry = assessment.situation.registry
        self._area = entities.agencies[self.body].area

    def acts(self, executors: Iterable[Executor], plan: Plan) -> bool:
        """Whether one of the executors, or whoever acts for it, may stand for the holder.

        Alternates count.
        """
        return self._is_meant((acting(self._situation, one) for one in executors), plan)

    def _is_meant(self, executors: Iterable[Executor], plan: Plan) -> bool:
        return any(self._is(one, plan) or self._is_meant(one.alternates, plan) for one in executors)

    def _is(self, one: Executor, plan: Plan) -> bool:
        if one.kind == "post":
            return one.id == self.post
        if self.post is not None:
            return False
        match one.kind:
            case "agency":
                return one.id == self.body
            case "role":
                area = plan.jurisdiction
                return self.body in self._registry.agencies_for_role(one.id, area, (self._area,))
            case "areas":
                area = plan.jurisdiction
                return self.body in self._registry.governments(one.id, area, (self._area,))
            case "members":
                return any(
                    member.agency == self.body and one.id in {"", member.role}
                    for member in plan.members
                )
            case _:
                group = next((item for item in plan.groups if item.id == one.id), None)
                return group is not None and group.lead == self.body

    def is_named(self, one: Executor | None) -> bool:
        """Whether an executor names the holder itself, alternates included."""
        if one is None:
            return False
        if one.kind in {"post", "agency"} and one.id == self.name:
            return True
        return any(map(self.is_named, one.alternates))
