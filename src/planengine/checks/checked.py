"""What a check is given: a linked library, and the day for which it is checked."""

from __future__ import annotations

from collections.abc import Iterator

from planengine.domain.documents import Plan, Standard
from planengine.domain.entities import Entities
from planengine.domain.registry import Registry, boundaries


class Checked:
    """A library to be checked for a time: `at`, in seconds since the epoch.

    Without a time nothing is called old: each document is judged by the day on which it came
    into force.
    """

    def __init__(self, entities: Entities, at: int | None = None) -> None:
        self.entities = entities
        self.at = at
        self._registries: dict[int, Registry] = {}

    @property
    def plans(self) -> Iterator[Plan]:
        """Every edition of every plan that is kept here."""
        for editions in self.entities.plans.values():
            yield from (plan for plan in editions if not plan.external)

    @property
    def documents(self) -> Iterator[Standard | Plan]:
        """Every edition of every standard and plan that is kept here."""
        for standards in self.entities.standards.values():
            yield from standards
        yield from self.plans

    def beginning(self, document: Standard | Plan) -> int:
        """When a document came into force; of one without a date, the newest time there is."""
        period = document.edition.period
        if period.since is not None:
            return period.since
        if period.until is not None:
            return period.until - 1
        return max(boundaries(self.entities), default=0)

    def registry(self, document: Standard | Plan) -> Registry:
        """The registry as it is when a document comes into force."""
        at = self.beginning(document)
        if at not in self._registries:
            self._registries[at] = Registry(self.entities, at)
        return self._registries[at]

    def judged_at(self, document: Standard | Plan) -> int | None:
        """The time for which a document is checked; None where it is not in force then."""
        if self.at is None:
            return self.beginning(document)
        return self.at if document.edition.period.contains(self.at) else None
