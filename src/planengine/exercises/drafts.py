"""What was expected at an exercise before it is rated, and how it is rated."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct, field

from planengine.assessment.words import Words
from planengine.diagnostics import Text
from planengine.domain.documents import Basis
from planengine.domain.ids import UnitKey
from planengine.domain.parts import Label
from planengine.exercises.report import Outcome, What


class Draft(Struct, kw_only=True):
    """One thing that was expected; times are epoch seconds.

    `closed` is when it was owed no longer, `ceased` says that this was before the exercise ended.
    `milder`: a level was put in force for it, but not a severe enough one.
    """

    what: What
    document: str
    track: str | None
    item: str | None
    area: str
    since: int
    closed: int
    ceased: bool
    object: str | None = None
    unit: UnitKey | None = None
    scale: str | None = None
    rank: int = 0
    by: tuple[str, ...] = ()
    to: tuple[str, ...] = ()
    binding: bool = True
    met_at: int | None = None
    due: int | None = None
    limit: Literal["plan", "exercise", "staff"] | None = None
    at_once: bool = False
    done_at: int | None = None
    done_by: str | None = None
    milder: bool = False
    wrong_approver: bool = False
    declined_by: str | None = None
    reason: str | None = None  # of declining it
    times_due: int | None = None
    times_met: int | None = None
    waived: bool = False
    because: Label = field(default_factory=Label)
    basis: tuple[Basis, ...] = ()
    rule: str = ""

    @property
    def is_decision(self) -> bool:
        """Whether it is a level to be put in force, or to be eased."""
        return self.what in {"start", "raise", "lower", "end"}


def outcome_of(one: Draft) -> Outcome:
    """How it came out; see `Expected`."""
    if one.waived or one.reason is not None:
        return "open"
    if one.times_due is not None:
        return _of_repeated(one)
    if one.done_at is not None:
        if one.wrong_approver:
            return "partial"
        return "late" if late_by(one) else "met"
    if not one.binding:
        return "open"
    if one.due is not None and not one.at_once and one.due >= one.closed:
        return "open"
    if one.due is None and one.ceased:
        return "open"
    return "partial" if one.milder else "missed"


def late_by(one: Draft) -> int | None:
    """How many seconds after its limit it was done; None where it was not late."""
    if one.done_at is None or one.due is None or one.at_once or one.done_at <= one.due:
        return None
    return one.done_at - one.due


def _of_repeated(one: Draft) -> Outcome:
    due, made = one.times_due or 0, one.times_met or 0
    if not due:
        return "met" if one.done_at is not None else "open"
    if made >= due:
        return "met"
    if made or one.done_at is not None:
        return "partial"
    return "missed" if one.binding else "open"


def note_of(one: Draft, en: Words, zh: Words) -> Text | None:
    """What a reader has to know beside the outcome."""
    if one.waived:
        return Text("not asked by those who hold the exercise", "演练组织方不作要求")
    if one.reason is not None:
        by = one.declined_by or "?"
        return Text(
            f"declined by {en.named(by)}: {one.reason}", f"{zh.named(by)}否决：{one.reason}"
        )
    if one.wrong_approver:
        by = one.done_by or "?"
        return Text(
            f"decided by {en.named(by)}, who does not approve it",
            f"由{zh.named(by)}决定，其无批准权",
        )
    if one.done_at is None and one.milder:
        return Text("a milder level was put in force", "只启动了较轻的级别")
    if one.done_at is None and not one.binding:
        return Text("the plan does not oblige to it", "预案未作强制要求")
    if one.at_once:
        return Text(
            "due at once: its limit had passed when it became known", "应立即办理：得知时已过时限"
        )
    return None
