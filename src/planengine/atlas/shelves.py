"""The picture of the whole library: a box for each plan and standard, in columns like shelves."""

from __future__ import annotations

import math
from collections.abc import Sequence

from planengine.assessment.words import Words
from planengine.atlas.bilingual import Both
from planengine.atlas.boxes import PAD, Node, Scene, broken, lines_of, placed
from planengine.atlas.matter import Matter
from planengine.graph.layout import Box, laid_out
from planengine.graph.lettering import LINE, SIZE
from planengine.graph.order import ordered

CARD = 220.0  # the width of a document
STRIP = 16.0
FAR = 25  # the size of letters that are read from afar
SHELF = 22.0  # between two documents of a column
BETWEEN = 110.0  # and between two columns
WIDE = 1.5  # a screen is so much wider than high


def library_scene(matter: Matter) -> Scene:
    """Every document as one box with its levels as strips, and which move which."""
    boxes: dict[str, Box] = {}
    nodes: list[Node] = []
    for key, groups in matter.of_document.items():
        title = matter.words.say(Words.document, key)
        lines = lines_of(title, CARD - 2 * PAD)
        height = 2 * PAD + lines * LINE + len(groups) * (STRIP + 4)
        boxes[key] = Box(CARD, height)
        nodes.append(Node(key, "document", boxes[key], {
            "lines": broken(title, CARD - 2 * PAD), "titled": lines, "far": _far(title),
            "strips": [list(group.levels) for group in groups],
        }))  # fmt: skip
    edges: dict[tuple[str, str, str], int] = {}
    for threshold in matter.thresholds:
        one, other = (
            matter.document_of.get(str(threshold.source)),
            matter.document_of.get(threshold.level),
        )
        if one is not None and other is not None and one != other:
            edges[one, other, "levels"] = edges.get((one, other, "levels"), 0) + 1
    for one, other in matter.cascades():
        edges.setdefault((one, other, "cascade"), 1)
    places = _shelved(boxes, [(a, b) for a, b, _ in edges])
    return {
        "boxes": [placed(node, *places[node.key]) for node in nodes],
        "lines": [
            {"a": a, "b": b, "kind": kind, "count": count, "at": _side(a, b, boxes, places)}
            for (a, b, kind), count in edges.items()
        ],
    }


def _shelved(
    boxes: dict[str, Box], edges: Sequence[tuple[str, str]]
) -> dict[str, tuple[float, float]]:
    """Left and top of each document: those that are joined in as few columns as fill a screen, in
    the order of what they need; the others in rows below.
    """
    joined = {key for edge in edges for key in edge}
    layout = laid_out({key: boxes[key] for key in boxes if key in joined}, edges)
    row = [key for key in boxes if key in joined]
    row.sort(key=lambda key: (layout.layers[key], layout.tops[key]))
    whole = sum(boxes[key].height + SHELF for key in row)
    count = max(1, round(math.sqrt(whole * WIDE / (CARD + BETWEEN))))
    column: dict[str, int] = {}
    at = 0.0
    for key in row:
        column[key] = min(count - 1, int(at * count / whole))
        at += boxes[key].height + SHELF
    places: dict[str, tuple[float, float]] = {}
    floor = 0.0
    for number, keys in enumerate(ordered(column, edges)):
        top = 0.0
        for key in keys:
            places[key] = (number * (CARD + BETWEEN), top)
            top += boxes[key].height + SHELF
        floor = max(floor, top)
    across = max(1, int((count * (CARD + BETWEEN)) // (CARD + SHELF)))
    rest = [key for key in boxes if key not in joined]
    tops = [floor + 2 * SHELF] * across
    for number, key in enumerate(rest):
        place = number % across
        places[key] = (place * (CARD + SHELF), tops[place])
        tops[place] += boxes[key].height + SHELF
    return places


def _side(
    a: str, b: str, boxes: dict[str, Box], places: dict[str, tuple[float, float]]
) -> list[float]:
    """From the side of one box to the nearer side of another."""
    left, right = places[a][0], places[b][0]
    return [
        left + (boxes[a].width if left <= right else 0),
        places[a][1] + boxes[a].height / 2,
        right + (boxes[b].width if left >= right else 0),
        places[b][1] + boxes[b].height / 2,
    ]


def _far(text: Both) -> dict[str, list[str]]:
    """A label in the large letters that are read from afar."""
    return broken(text, (CARD - PAD) * SIZE / FAR)
