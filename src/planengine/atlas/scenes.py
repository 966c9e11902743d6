"""Where the boxes and lines of each view stand: a plan, what is around it, a fact, the library.

Columns run from what is needed to what needs it (`graph.layout`). A source's box has one row
for each thing that is asked of it, and the line to the level begins at that row.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from planengine.assessment.words import Words
from planengine.atlas.bilingual import Both
from planengine.atlas.boxes import PAD, Node, Scene, broken, lines_of, placed
from planengine.atlas.matter import Group, Matter, Source, Threshold
from planengine.graph.layout import Box, laid_out
from planengine.graph.lettering import LINE, SIZE, width_of, wrapped

UNIT = 240.0  # the width of a decision's frame
LEVEL = 30.0
ROW = 18.0
WIDEST = 320.0  # a source; what is asked of it is broken into lines, never cut
ROOM = 130.0  # between columns, for the lines


def plan_scene(matter: Matter, document: str) -> Scene:
    """A plan or standard: what each level asks of what, and what its own levels move."""
    drawing = _Drawing(matter)
    own = matter.of_document[document]
    mine = {level for group in own for level in group.levels}
    drawing.groups(own, main=True)
    thresholds = [
        one
        for one in matter.thresholds
        if one.level in mine or (str(one.source) in mine and one.level not in mine)
    ]
    drawing.partial(
        {str(one.source) for one in thresholds} - mine, {one.level for one in thresholds} - mine
    )
    drawing.ask(thresholds)
    return drawing.scene()


def around_scene(matter: Matter, document: str) -> Scene:
    """A document and those that its levels read or move, by their levels alone."""
    drawing = _Drawing(matter)
    near = {document}
    for one, other in _links(matter):
        if document in {one, other}:
            near |= {one, other}
    known = matter.document_of
    links = [
        one
        for one in matter.thresholds
        if str(one.source) in known and document in {known[str(one.source)], known[one.level]}
    ]
    joined = {level for one in links for level in (str(one.source), one.level)}
    cascading = {one for pair in matter.cascades() if document in pair for one in pair}
    for group in matter.groups:
        own = group.unit.document == document
        first = matter.of_document[group.unit.document][0] is group
        held = not joined.isdisjoint(group.levels)
        if group.unit.document in near and (
            held or (first and (own or group.unit.document in cascading))
        ):
            drawing.groups([group], main=own)
    drawing.ask(links)
    for source, target in matter.cascades():
        if document in {source, target}:
            drawing.cascade(source, target)
    return drawing.scene()


def fact_scene(matter: Matter, source: str) -> Scene:
    """A fact, and every level that asks for it."""
    drawing = _Drawing(matter)
    thresholds = [one for one in matter.thresholds if str(one.source) == source]
    drawing.partial(set(), {one.level for one in thresholds})
    drawing.ask(thresholds)
    return drawing.scene()


def _links(matter: Matter) -> Iterator[tuple[str, str]]:
    """The documents of which one reads or moves the other."""
    for threshold in matter.thresholds:
        one, other = (
            matter.document_of.get(str(threshold.source)),
            matter.document_of.get(threshold.level),
        )
        if one is not None and other is not None and one != other:
            yield one, other
    yield from matter.cascades()


class _Drawing:
    """Collects the boxes and lines of one scene."""

    def __init__(self, matter: Matter) -> None:
        self.matter = matter
        self.nodes: dict[str, Node] = {}
        self.stacks: list[list[str]] = []
        self.document = matter.document_of
        self.heads: dict[str, str] = {}
        self.lines: list[tuple[Threshold | None, str, str, float]] = []

    def groups(self, groups: Iterable[Group], *, main: bool) -> None:
        """Decisions with all their levels."""
        for group in groups:
            self._stack(group, group.levels, main=main)

    def partial(self, sources: set[str], levels: set[str]) -> None:
        """Of other decisions the levels that are spoken of."""
        for group in self.matter.groups:
            for wanted in (sources, levels - sources):
                some = [level for level in group.levels if level in wanted]
                if some and not any(level in self.nodes for level in some):
                    self._stack(group, some, main=False)

    def _stack(self, group: Group, levels: Sequence[str], *, main: bool) -> None:
        head = f"head:{levels[0]}"
        document = self.matter.words.say(Words.document, group.unit.document)
        title = self.matter.title(group)
        lines = lines_of(document, UNIT - 2 * PAD)
        under = lines_of(title, UNIT - 2 * PAD)
        stack = [head]
        self.nodes[head] = Node(head, "head", Box(UNIT, lines * LINE + under * ROW + PAD), {
            "document": group.unit.document, "group": group.key, "main": main,
            "lines": broken(document, UNIT - 2 * PAD), "titled": lines,
            "title": broken(title, UNIT - 2 * PAD),
            "levels": list(levels),
        })  # fmt: skip
        self.heads.setdefault(group.unit.document, head)
        for level in levels:
            self.nodes[level] = Node(level, "level", Box(UNIT, LEVEL), {"main": main})
            stack.append(level)
        self.stacks.append(stack)

    def ask(self, thresholds: Iterable[Threshold]) -> None:
        """Lines from sources to levels; a source has a row for each thing asked of it."""
        rows: dict[Source, dict[str, list[Threshold]]] = {}
        for one in thresholds:
            if str(one.source) in self.nodes:
                self.lines.append((one, str(one.source), one.level, 0.0))
            else:
                rows.setdefault(one.source, {}).setdefault(_asked(one)["en"], []).append(one)
        for source, asked in rows.items():
            self._source(source, asked)

    def _source(self, source: Source, asked: dict[str, list[Threshold]]) -> None:
        key = str(source)
        label: Both = self.matter.label_of[key]
        texts = [_asked(own[0]) for own in asked.values()]
        most = max(
            (width_of(text[language], SIZE) for text in texts for language in ("zh", "en")),
            default=0.0,
        )
        width = min(WIDEST, max(150.0, most + 3 * PAD, _widest(label) + 2 * PAD))
        lines = lines_of(label, width - 2 * PAD)
        top = PAD / 2 + lines * LINE
        plain = texts == [{"zh": "", "en": ""}]
        rows: list[dict[str, Any]] = []
        for text, own in zip(texts, asked.values(), strict=True):
            cut = {
                language: list(wrapped(text[language], width - 3 * PAD, None))
                for language in ("zh", "en")
            }
            height = max(map(len, cut.values())) * ROW
            levels = [one.level for one in own]
            rows.append({"lines": cut, "levels": levels, "top": round(top, 1)})
            self.lines += [(one, key, one.level, top + height / 2) for one in own]
            top += height
        self.nodes[key] = Node(key, source.kind, Box(width, top + PAD / 2), {
            "lines": broken(label, width - 2 * PAD), "titled": lines,
            "rows": [] if plain else rows,
        })  # fmt: skip

    def cascade(self, source: str, target: str) -> None:
        """A hazard that joins."""
        if source in self.heads and target in self.heads:
            self.lines.append((None, self.heads[source], self.heads[target], 0.0))

    def scene(self) -> Scene:
        """The boxes and lines in their places."""
        boxes = {key: node.box for key, node in self.nodes.items()}
        edges = [(a, b) for _, a, b, _ in self.lines if a != b]
        layout = laid_out(boxes, edges, stacks=self.stacks)
        tops = _together(dict(layout.tops), layout.layers, self.stacks, boxes)
        lefts = _lefts(layout.layers, boxes, ROOM)
        standing = [
            placed(node, lefts[layout.layers[key]], tops[key]) for key, node in self.nodes.items()
        ]
        drawn = []
        for threshold, a, b, middle in self.lines:
            back = layout.layers[a] >= layout.layers[b]
            drawn.append({
                "a": a, "b": b,
                "kind": "cascade" if threshold is None else "asks",
                "text": _asked(threshold) if threshold is not None else {"zh": "", "en": ""},
                "at": [
                    lefts[layout.layers[a]] + (0 if back else boxes[a].width),
                    round(tops[a] + (middle or boxes[a].height / 2), 1),
                    lefts[layout.layers[b]] + (boxes[b].width if back else 0),
                    round(tops[b] + boxes[b].height / 2, 1),
                ],
            })  # fmt: skip
        return {"boxes": standing, "lines": drawn}


def _together(
    tops: dict[str, float],
    layers: Mapping[str, int],
    stacks: Sequence[Sequence[str]],
    boxes: dict[str, Box],
) -> dict[str, float]:
    """The boxes of a stack directly under one another, and the stacks of a column apart."""
    columns: dict[int, list[list[str]]] = {}
    stacked = {key for stack in stacks for key in stack}
    for stack in stacks:
        columns.setdefault(layers[stack[0]], []).append(list(stack))
    for key in tops:
        if key not in stacked:
            columns.setdefault(layers[key], []).append([key])
    for column in columns.values():
        column.sort(key=lambda stack: tops[stack[0]])
        floor = float("-inf")
        for stack in column:
            height = sum(boxes[key].height for key in stack)
            middle = (tops[stack[0]] + tops[stack[-1]] + boxes[stack[-1]].height) / 2
            at = max(middle - height / 2, floor)
            for key in stack:
                tops[key] = round(at, 1)
                at += boxes[key].height
            floor = at + (26 if len(stack) > 1 else 10)
    highest = min(tops.values(), default=0.0)
    return {key: round(top - highest, 1) for key, top in tops.items()}


def _lefts(layers: Mapping[str, int], boxes: dict[str, Box], room: float) -> list[float]:
    widest = [0.0] * (max(layers.values(), default=-1) + 1)
    for key, layer in layers.items():
        widest[layer] = max(widest[layer], boxes[key].width)
    lefts: list[float] = []
    at = 0.0
    for width in widest:
        lefts.append(round(at, 1))
        at += width + room
    return lefts


def _asked(one: Threshold) -> Both:
    if not one.negated:
        return one.text
    return {"zh": f"非 {one.text['zh']}", "en": f"not {one.text['en']}"}


def _widest(text: Both) -> float:
    """The width of a label that may be broken into lines of 220 pixels."""
    return min(220.0, max(width_of(text["zh"], SIZE), width_of(text["en"], SIZE)))
