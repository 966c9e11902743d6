"""A comma that cuts a text off inside braces: `{do: close roads, at once, within: 1 h}`."""

from __future__ import annotations

import re

from planengine.diagnostics.diagnostic import Diagnostic, finding
from planengine.reading.nodes import MappingNode, Node, ScalarNode

_THOUSANDS = re.compile(r"[0-9]{3}(?![0-9])")


def comma_in_text(node: Node, key: str) -> Diagnostic | None:
    """The finding where a key without a value is the rest of the text before it; else None.

    All the rests of one text give the same finding, at the first of them.
    """
    if not isinstance(node, MappingNode):
        return None
    place = node.places.get(key)
    if place is None or not _is_alone(*node.entries[place]):
        return None
    first = last = place
    while first and _is_alone(*node.entries[first - 1]):
        first -= 1
    while last + 1 < len(node.entries) and _is_alone(*node.entries[last + 1]):
        last += 1
    before = node.entries[first - 1][1] if first else None
    if not isinstance(before, ScalarNode) or not before.text:
        return None
    whole, end = before.text, before.span
    for name, _ in node.entries[first : last + 1]:
        spaces = name.span.column - end.end_column - 1 if name.span.line == end.end_line else 1
        whole += "," + " " * spaces + name.text
        end = name.span
    rest = node.entries[first][0]
    return finding(
        "comma-in-text", rest.span, text=before.text, rest=rest.text, repair=f'"{whole}"'
    )


def number_cut_by_comma(node: MappingNode) -> Diagnostic | None:
    """The finding where thousand commas cut a number: `{loss: at least $10,000,000}`."""
    for key, _ in node.entries:
        cut = comma_in_text(node, key.text) if _THOUSANDS.match(key.text) else None
        if cut is not None:
            whole = str(dict(cut.params)["repair"]).strip('"')
            return finding("thousands-comma", cut.span, text=whole)
    return None


def _is_alone(name: ScalarNode, value: Node) -> bool:
    """Whether a key stands without a colon: its empty value begins where the key ends."""
    empty = isinstance(value, ScalarNode) and value.value is None
    return empty and value.span[1:3] == name.span[3:5]
