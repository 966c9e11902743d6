"""What authors wrote, by id: rules, table cells, condition leaves, duties, links."""

from __future__ import annotations

from typing import Literal, TypeAlias

from msgspec import Struct

from planengine.diagnostics.diagnostic import Span
from planengine.domain.ids import RuleId

WrittenKind: TypeAlias = Literal[
    "document",  # a standard or a plan: one edition
    "level",  # an entry of `levels` or `warnings`, with its condition where it has one
    "measure",  # one of the measures of such an entry
    "cell",  # one band of one row of a graded table
    "mapping",  # `from`: levels taken from another decision
    "raise",  # `raise-by`
    "provided",
    "lower",
    "end",
    "applies",  # `applies.when` of a plan
    "exclusion",  # one case of `applies.not`
    "action",
    "report",
    "release",
    "link",
    "alternative",  # one of several conditions of an `any`, where it has several leaves
    "count",  # a count over objects, areas or incidents; its leaves are asked of each member
    "leaf",  # a condition that asks one question
]


class Written(Struct, frozen=True):
    """One thing that an author wrote.

    `document` is a standard's id or a plan's key. `rank` and `level` say which level it is a
    rule for (of a duty or link the mildest from which it works; None: any, or none at all).
    `item` is the author's own id, where it has one. `within` is what it is a part of; None for
    a document. `text` is as written, in the author's language.
    """

    id: RuleId
    kind: WrittenKind
    document: str
    edition: str
    text: str
    span: Span | None
    within: RuleId | None
    track: str | None = None
    rank: int | None = None
    level: str | None = None
    item: str | None = None
