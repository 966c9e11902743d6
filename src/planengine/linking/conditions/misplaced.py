"""Keys of a plan or standard that stand where a fact is wanted: in a table or a condition."""

from __future__ import annotations

from planengine.diagnostics import Diagnostic, Text, finding
from planengine.reading.nodes import ScalarNode

BESIDE_TABLE = Text("the mapping around it: line it up with `any`", "外层，请与 `any` 对齐")
AROUND_CONDITION = Text("the mapping around the condition: indent it less", "条件外层，请减少缩进")


def misplaced_key(key: ScalarNode, home: Text) -> Diagnostic | None:
    """The finding for a key that documents have in another place; None for any other word.

    `home` says where that is. Whether the key names a fact is for the caller to see first.
    """
    from planengine.model.plan import PlanModel
    from planengine.reading.homes import homes

    word = key.text.strip()
    return (
        finding("key-misplaced", key.span, key=word, home=home)
        if word in homes(PlanModel)
        else None
    )
