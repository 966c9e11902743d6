"""What is owed at one time, one row for each document that asks it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, TypeAlias

from msgspec import Struct

from planengine.assessment.assessment import Assessment
from planengine.assessment.results import Deadline
from planengine.domain.documents import Basis
from planengine.domain.ids import RuleId

Kind: TypeAlias = Literal["action", "report", "request", "information"]
Key: TypeAlias = tuple[str, str, str | None, str, str, str | None]
"""Kind, document, track, item, area and object of a duty."""


class Owed(Struct, frozen=True):
    """A duty as one document asks for it, for sure or by what was reported."""

    kind: Kind
    document: str
    track: str | None
    item: str
    area: str
    object: str | None
    by: tuple[str, ...]
    to: tuple[str, ...]
    verb: str | None
    certain: bool
    deadline: Deadline | None
    met: int | None
    known: int | None
    done: tuple[int, ...]
    done_at: int | None
    basis: tuple[Basis, ...]
    rule: RuleId

    @property
    def key(self) -> Key:
        """What tells it from other duties; it may be owed several times, one after the other."""
        return self.kind, self.document, self.track, self.item, self.area, self.object

    @property
    def repeat(self) -> int | None:
        """After how many seconds it is to be done again; None where it is not."""
        return self.deadline.timing.repeat if self.deadline is not None else None

    @property
    def times(self) -> int:
        """How often it must be done to be met."""
        return (self.deadline.timing.times if self.deadline is not None else None) or 1

    @property
    def is_finished(self) -> bool:
        """Whether nothing of it is left to be done."""
        if self.deadline is not None and self.deadline.ended is not None:
            return True
        return self.done_at is not None and self.repeat is None


def owed_in(assessment: Assessment) -> Iterator[Owed]:
    """What is owed by what is known, in the order of the answer; what may be owed is left out."""
    for action in assessment.actions:
        for one in action.asked:
            if one.certainty != "possible":
                yield Owed(
                    "action", one.plan, one.track, one.action, one.area, action.object,
                    action.bodies, action.to, one.verb, one.certainty == "certain",
                    one.deadline, one.met, one.known, one.done, one.done_at, one.basis, one.rule,
                )  # fmt: skip
    for item in assessment.reports:
        if item.certainty != "possible":
            yield Owed(
                item.kind, item.document, None, item.report, item.area, None,
                item.by, item.to, item.verb,
                item.certainty == "certain", item.deadline, item.met, item.known, item.done,
                item.done_at, item.basis, item.rule,
            )  # fmt: skip
