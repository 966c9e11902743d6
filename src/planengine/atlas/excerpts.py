"""What an author wrote for a rule: the lines of its file that hold it."""

from __future__ import annotations

from collections.abc import Mapping

from planengine.diagnostics.diagnostic import Span, shown
from planengine.reading.nodes import MappingNode, Node, ScalarNode, SequenceNode

MOST_LINES = 40


def excerpt(span: Span | None, texts: Mapping[str, str], roots: Mapping[str, Node]) -> str:
    """The lines of the smallest entry or list item that begins or holds this place, with their
    own indent taken away; at most 40 of them.
    """
    if span is None or span.file not in texts:
        return ""
    first, last = _extent(roots.get(span.file), span)
    lines = [line.rstrip("\r") for line in texts[span.file].split("\n")[first - 1 : last]]
    indent = min((len(one) - len(one.lstrip()) for one in lines if one.strip()), default=0)
    kept = [shown(line[indent:]) for line in lines[:MOST_LINES]]
    return "\n".join([*kept, "…"] if len(lines) > MOST_LINES else kept)


def _extent(root: Node | None, span: Span) -> tuple[int, int]:
    """The first and the last line."""
    place = (span.line, span.column)
    found = (span.line, span.end_line)
    node = root
    while isinstance(node, MappingNode | SequenceNode):
        if isinstance(node, SequenceNode):
            begun = [item for item in node.items if _start(item) <= place]
            node = begun[-1] if begun else None
            continue
        entries = [entry for entry in node.entries if _start(entry[0]) <= place]
        if not entries:
            break
        key, value = entries[-1]
        if place == _start(key):
            return (key.span.line, _end(value))
        if place == _start(value) and isinstance(value, ScalarNode):
            item = node is not root
            return (node.span.line if item else key.span.line, _end(node if item else value))
        node = value
    return found


def _start(node: Node) -> tuple[int, int]:
    return (node.span.line, node.span.column)


def _end(node: Node) -> int:
    """The last line that holds something."""
    match node:
        case MappingNode() if node.entries:
            return max(_end(value) for _, value in node.entries)
        case SequenceNode() if node.items:
            return max(map(_end, node.items))
        case _:
            span = node.span
            return (
                span.end_line
                if span.end_column > 1 or span.end_line == span.line
                else span.end_line - 1
            )
