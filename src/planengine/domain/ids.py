"""Typed keys: made once when linking, carried by what they name, never taken apart again.

A key is compared, hashed, sorted and shown, and that is all: whoever needs a part of what a
key stands for asks the thing that has the key, or a field of the key itself.
"""

from __future__ import annotations

from typing import NewType, TypeAlias

from msgspec import Struct

from planengine.diagnostics.diagnostic import Span

RuleId = NewType("RuleId", str)
"""One thing that an author wrote: a rule, a table cell, a condition leaf, an action, a link …

It follows from the edition and from what is written there, never from where it stands
(docs/decisions/0011), so it is the same after an edit elsewhere in its file.
"""

NO_RULE = RuleId("")
"""The id of what no author wrote, and of what is not linked yet."""


PlanKey = NewType("PlanKey", str)
"""A plan of a jurisdiction, whatever its editions; shown as "<jurisdiction>/<plan id>"."""


def plan_key(jurisdiction: str, plan: str) -> PlanKey:
    """The key of a jurisdiction's plan, by the plan's own id."""
    return PlanKey(f"{jurisdiction}/{plan}")


class UnitKey(Struct, frozen=True, cache_hash=True):
    """One decision: of a document (a standard's id or a plan's key), track and area.

    `warning` tells a plan's warnings from its responses. Shown as
    "<document>[/<track>]@<area>", "warning:" before it for a plan's warnings.
    """

    document: str
    track: str | None
    area: str
    warning: bool = False

    def __str__(self) -> str:
        head = "warning:" if self.warning else ""
        return f"{head}{track_name(self.document, self.track)}@{self.area}"


class ActionKey(Struct, frozen=True, cache_hash=True):
    """An action of a plan, by the plan's key and its own id; shown as "<plan>:<action>"."""

    plan: str
    action: str

    def __str__(self) -> str:
        return f"{self.plan}:{self.action}"


class DoneOf(Struct, frozen=True, cache_hash=True):
    """The moment at which an action of a plan was done; written "done.<action>" in that plan."""

    plan: str
    action: str

    def __str__(self) -> str:
        return f"done.{self.action}"


MomentKey: TypeAlias = str | DoneOf
"""What time is counted from: the id of a declared moment, or an action done."""


class Origin(Struct, frozen=True):
    """What an author wrote, where, and the id of this leaf (`NO_RULE` before it is linked)."""

    text: str
    span: Span | None = None
    id: RuleId = NO_RULE


def track_name(document: str, track: str | None) -> str:
    """A track beside its document: "<document>/<track>"; the document itself without one."""
    return document if track is None else f"{document}/{track}"
