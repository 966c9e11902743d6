"""Typed keys: made once when linking, carried by what they name, never taken apart again.

A key is compared, hashed, sorted and shown, and that is all: whoever needs a part of what a
key stands for asks the thing that has the key, or a field of the key itself.
"""

from __future__ import annotations

from typing import NewType

from msgspec import Struct

from planengine.diagnostics.diagnostic import Span

RuleId = NewType("RuleId", str)
"""One thing that an author wrote: a rule, a table cell, a condition leaf, an action, a link …

It follows from the edition and from what is written there, never from where it stands
(docs/decisions/0011), so it is the same after an edit elsewhere in its file.
"""

NO_RULE = RuleId("")
"""The id of what no author wrote, and of what is not linked yet."""


class Origin(Struct, frozen=True):
    """What an author wrote, where, and the id of this leaf (`NO_RULE` before it is linked)."""

    text: str
    span: Span | None = None
    id: RuleId = NO_RULE
