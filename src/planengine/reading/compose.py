"""From YAML events to the node tree, refusing what an author's document must not have."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Protocol

import yaml

from planengine.diagnostics.code import Text
from planengine.diagnostics.diagnostic import Diagnostic, Span, finding
from planengine.reading import marks
from planengine.reading.brackets import is_bracketed
from planengine.reading.nodes import MappingNode, Node, ScalarNode, SequenceNode
from planengine.reading.scalars import resolve
from planengine.reading.source import Source, seen_text

MAX_DEPTH = 50
MAX_NODES = 200_000
_PROPERTIES = re.compile(r"(?:[&!]\S*\s*)+")
_FIRST_HERE = Text("first written here", "首次出现于此")


class _Mark(Protocol):
    """A place as either of PyYAML's readers gives it, from 0."""

    line: int
    column: int


class TooMuchError(Exception):
    """The document is refused as a whole; the finding is already recorded."""


def _begin(event: yaml.Event) -> int:
    return event.start_mark.index if event.start_mark else 0


def _end(event: yaml.Event) -> int:
    return event.end_mark.index if event.end_mark else 0


def _no_space(key: Span, value: Span) -> bool:
    """Whether a value follows its key after one character, the colon."""
    return value.line == key.end_line and value.column == key.end_column + 1


def _entry(entries: Iterable[tuple[ScalarNode, Node]]) -> MappingNode:
    """A mapping in block style that spans its entries."""
    parts = tuple(entries)
    begin, end = parts[0][0].span, parts[-1][1].span
    return MappingNode(
        parts, Span(begin.file, begin.line, begin.column, end.end_line, end.end_column)
    )


class Composer:
    """Composes one document; `findings` holds what was found wrong, in the order met.

    `meanings` tells, by character index, what the author meant by a scalar whose text was
    replaced to get past a syntax error. `joined` tells, by the index where it begins, the end
    of each name that runs into its value without a space: `approve:{post: x}`; `bracketed` the
    end of each text in full-width brackets.
    """

    def __init__(self, source: Source, meanings: Mapping[int, str]) -> None:
        self.findings: list[Diagnostic] = []
        self.joined: dict[int, int] = {}
        self.bracketed: dict[int, int] = {}
        self._source = source
        self._file, self._first_line = source.file, source.first_line
        self._meanings = meanings
        self._anchors: dict[str, tuple[Node, int] | None] = {}
        self._begun: list[MappingNode] = []  # entries of a list that ended without a hyphen
        self._events: Iterator[yaml.Event] = iter(())
        self._count = 0
        self._depth = 0

    def compose(self, events: Iterable[yaml.Event]) -> Node | None:
        """The one document of a stream of PyYAML events, or None if there is none."""
        self._events = iter(events)
        root: Node | None = None
        documents = 0
        for event in self._events:
            if not isinstance(event, yaml.DocumentStartEvent):
                continue
            documents += 1
            if documents > 1:
                self.findings.append(finding("several-documents", self._span(event)))
                break
            root = self._node(next(self._events), in_list=False)
        if root is None or (isinstance(root, ScalarNode) and not (root.text or root.quoted)):
            self.findings.append(finding("empty-document", Span(self._source.file, 1, 1, 1, 1)))
            return None
        return root

    def _span(self, event: yaml.Event) -> Span:
        """The place of an event, without its anchor and tag."""
        first, last = event.start_mark, event.end_mark
        if getattr(event, "anchor", None) or getattr(event, "tag", None):
            properties = _PROPERTIES.match(self._source.text, _begin(event))
            if properties and properties.end() < _end(event):
                return self._source.span(properties.end(), _end(event))
        return self._between(first, last)

    def _between(self, first: _Mark | None, last: _Mark | None) -> Span:
        if first is None or last is None:
            return self._source.span(0, 0)
        above = self._first_line  # line numbers of marks begin at 0
        return Span(
            self._file, first.line + above, first.column + 1, last.line + above, last.column + 1
        )

    def _node(self, event: yaml.Event, *, in_list: bool, is_entry: bool = False) -> Node:
        self._count += 1
        if self._count > MAX_NODES:
            self._grow(0, event)
        if isinstance(event, yaml.ScalarEvent):
            if event.anchor is None:
                return self._scalar(event, in_list=in_list)
        elif isinstance(event, yaml.AliasEvent):
            return self._alias(event)
        before = self._count
        anchor = event.anchor if isinstance(event, yaml.NodeEvent) else None
        if anchor:
            self._anchors[anchor] = None
        node = self._content(event, in_list=in_list, is_entry=is_entry)
        if anchor:
            self._anchors[anchor] = (node, self._count - before + 1)
        return node

    def _content(self, event: yaml.Event, *, in_list: bool, is_entry: bool) -> Node:
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event, in_list=in_list)
        self._depth += 1
        if self._depth > MAX_DEPTH:
            self.findings.append(finding("too-deep", self._span(event), limit=MAX_DEPTH))
            raise TooMuchError
        node: Node
        if isinstance(event, yaml.SequenceStartEvent):
            self._check_tag(event)
            node = self._sequence(event)
        elif isinstance(event, yaml.MappingStartEvent):
            self._check_tag(event)
            node = self._mapping(event, is_entry=is_entry)
        else:
            raise TypeError(f"PyYAML gave {event} where a value begins")
        self._depth -= 1
        return node

    def _grow(self, size: int, event: yaml.Event) -> None:
        self._count += size
        if self._count > MAX_NODES:
            self.findings.append(finding("too-many-nodes", self._span(event), limit=MAX_NODES))
            raise TooMuchError

    def _alias(self, event: yaml.AliasEvent) -> Node:
        name = event.anchor or ""
        known = self._anchors.get(name)
        if known is None:
            span = self._span(event)
            self.findings.append(finding("unknown-anchor", span, name=name, text=name))
            return ScalarNode(f"*{name}", f"*{name}", True, span)
        self._grow(known[1] - 1, event)
        return known[0]

    def _check_tag(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent) -> None:
        if event.tag is None:
            return
        start = _begin(event)
        written = _PROPERTIES.match(self._source.text, start)
        properties = written[0].split() if written else []
        tag = next((word for word in properties if word.startswith("!")), "!")
        self.findings.append(
            finding("yaml-tag", self._source.span(start, start + len(tag)), tag=tag)
        )

    def _scalar(self, event: yaml.ScalarEvent, *, in_list: bool) -> ScalarNode:
        if self._meanings and _begin(event) in self._meanings:
            start, end = _begin(event), _end(event)
            meaning = self._meanings[start]
            return ScalarNode(meaning, meaning, True, self._source.span(start, end))
        text, style = event.value, event.style
        if style in ("'", '"'):
            self._check_tag(event)
            span = self._span(event)
            seen = text if style == "'" else seen_text(text, span, self.findings)
            return ScalarNode(seen, seen, True, span)
        if style:
            return self._block_scalar(event, _begin(event), _end(event))
        if event.tag is not None:
            start, end = _begin(event), _end(event)
            bound = marks.unequal_bound(self._source, start, end)
            if bound:
                self.findings.append(bound[0])
                return ScalarNode(bound[1], bound[1], True, self._source.span(start, end))
            self._check_tag(event)
        properties = event.anchor is not None or event.tag is not None
        span = self._span(event) if properties else self._between(event.start_mark, event.end_mark)
        if is_bracketed(text):
            self.bracketed[_begin(event)] = _end(event)
        if in_list or text[:1] in marks.SUSPICIOUS:
            self.findings.extend(marks.suspicious_text(text, span, in_list=in_list))
        return ScalarNode(resolve(text), text, False, span)

    def _block_scalar(self, event: yaml.ScalarEvent, start: int, end: int) -> ScalarNode:
        self._check_tag(event)
        bound = marks.folded_bound(self._source, event, start)
        if bound:
            self.findings.append(bound[0])
            return ScalarNode(bound[1], bound[1], True, bound[0].span or self._span(event))
        while end > start and self._source.text[end - 1].isspace():
            end -= 1
        return ScalarNode(event.value, event.value, True, self._source.span(start, end))

    def _sequence(self, event: yaml.SequenceStartEvent) -> Node:
        items: list[Node] = []
        while not isinstance(inner := next(self._events), yaml.SequenceEndEvent):
            item = self._node(inner, in_list=bool(event.flow_style), is_entry=True)
            items += (*self._begun, item)
            self._begun.clear()
        span = self._collection_span(event, inner, items)
        interval = marks.interval_in_list(items, span) if event.flow_style else None
        if interval:
            self.findings.append(interval[0])
            return ScalarNode(interval[1], interval[1], True, span)
        return SequenceNode(tuple(items), span)

    def _mapping(self, event: yaml.MappingStartEvent, *, is_entry: bool) -> MappingNode:
        begun: list[MappingNode] = []
        entries: dict[str, tuple[ScalarNode, Node]] = {}
        values: list[Node] = []
        events, node, in_flow = self._events, self._node, event.flow_style
        while not isinstance(inner := next(events), yaml.MappingEndEvent):
            key = node(inner, in_list=False)
            value = node(next(events), in_list=False)
            values += (key, value)
            if not isinstance(key, ScalarNode) or not (key.text or key.quoted):
                self.findings.append(finding("key-not-text", key.span))
                continue
            if in_flow and isinstance(value, ScalarNode) and not (value.text or value.quoted):
                key, value = self._check_flow_entry(key, value)
            elif not key.quoted and (
                ":" in key.text or "：" in key.text or _no_space(key.span, value.span)
            ):
                self._check_joined(inner, key)
            if key.text == "<<" and not key.quoted:
                self.findings.append(finding("merge-key", key.span))
            elif key.text in entries:
                again = is_entry and not in_flow and next(iter(entries)) == key.text
                self._duplicate(key, entries[key.text][0], again=again)
                if again:
                    begun.append(_entry(entries.values()))
                    entries = {key.text: (key, value)}
            else:
                entries[key.text] = (key, value)
        if begun:
            self._begun += begun
            return _entry(entries.values())
        return MappingNode(tuple(entries.values()), self._collection_span(event, inner, values))

    def _duplicate(self, key: ScalarNode, first: ScalarNode, *, again: bool) -> None:
        """A key written twice; `again` where it is the one that an entry of a list begins with."""
        related = ((_FIRST_HERE, first.span),)
        entry = f"- {key.text}" if again else None
        self.findings.append(
            finding("duplicate-key", key.span, related=related, key=key.text, entry=entry)
        )

    def _check_joined(self, event: yaml.Event, key: ScalarNode) -> None:
        start, end = _begin(event), _end(event)
        name = marks.joined_key(key)
        if name is not None:
            self.joined[start] = start + len(name)
        elif self._source.text[end : end + 2] in marks.RUN_INTO:
            self.joined[start] = end  # PyYAML's reader in Python allows it, the one in C does not

    def _check_flow_entry(self, key: ScalarNode, value: Node) -> tuple[ScalarNode, Node]:
        joined = marks.joined_entry(key) if not key.quoted else None
        if joined is None:
            return key, value
        diagnostic, name, text = joined
        self.findings.append(diagnostic)
        return (
            ScalarNode(name, name, False, key.span),
            ScalarNode(resolve(text), text, False, key.span),
        )

    def _collection_span(
        self, start: yaml.CollectionStartEvent, end: yaml.Event, parts: list[Node]
    ) -> Span:
        begin = self._span(start)
        if start.flow_style or not parts:
            closed = self._span(end)
            return Span(begin.file, begin.line, begin.column, closed.end_line, closed.end_column)
        if start.anchor or start.tag:
            begin = parts[0].span
        last = parts[-1].span
        line, column = last.end_line, last.end_column
        if (line, column) < (begin.line, begin.column):  # an alias of something above
            after = self._span(end)
            line, column = after.line, after.column
        return Span(begin.file, begin.line, begin.column, line, column)
