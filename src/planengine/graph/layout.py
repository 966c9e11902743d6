"""Where the boxes of a picture stand: columns in an order that crosses few lines, packed closely.

Columns run from left to right. Within one the order is that of `order`, but that the boxes of
a stack stand together in their own order; each box then moves as near to its neighbours as the
boxes beside it allow.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import TypeAlias

from msgspec import Struct

from planengine.graph.layers import columns
from planengine.graph.order import ordered

SWEEPS = 12
APART = 10.0  # between two boxes of a layer

Edges: TypeAlias = Sequence[tuple[str, str]]


class Box(Struct, frozen=True):
    """The size of a box in pixels."""

    width: float
    height: float


class Layout(Struct, frozen=True):
    """The layer of each box, and the top of each."""

    layers: Mapping[str, int]
    tops: Mapping[str, float]


def laid_out(
    boxes: Mapping[str, Box],
    edges: Edges,
    *,
    stacks: Sequence[Sequence[str]] = (),
    loose: AbstractSet[tuple[str, str]] = frozenset(),
) -> Layout:
    """Layers and tops of all boxes.

    Each of `stacks` is boxes that stand in one column, from the top down. The edges in
    `loose` may run back: they push nothing to the right.
    """
    firm = [edge for edge in edges if edge not in loose]
    layers = _layers(list(boxes), firm, stacks)
    tops: dict[str, float] = {}
    for layer in layers:
        at = 0.0
        for key in layer:
            tops[key] = at
            at += boxes[key].height + APART
    near: dict[str, list[str]] = {key: [] for key in boxes}
    for source, target in edges:
        near[source].append(target)
        near[target].append(source)
    for sweep in range(SWEEPS):
        for layer in layers if sweep % 2 == 0 else reversed(layers):
            wished = [_wished(key, near, boxes, tops) for key in layer]
            tops.update(zip(layer, _packed(layer, wished, boxes), strict=True))
    highest = min(tops.values(), default=0.0)
    places = {key: number for number, layer in enumerate(layers) for key in layer}
    return Layout(places, {key: round(top - highest, 1) for key, top in tops.items()})


def _layers(keys: list[str], edges: Edges, stacks: Sequence[Sequence[str]]) -> list[list[str]]:
    """The boxes of each layer, from the top down."""
    column = columns(keys, edges, stacks)
    found = ordered(column, edges)
    height = {key: place / len(layer) for layer in found for place, key in enumerate(layer)}
    index = {key: number for number, key in enumerate(keys)}
    order: dict[str, tuple[float, int, int]] = {key: (height[key], index[key], 0) for key in keys}
    for stack in stacks:
        mean = sum(height[key] for key in stack) / len(stack)
        order.update((key, (mean, index[stack[0]], place)) for place, key in enumerate(stack))
    return [sorted(layer, key=lambda key: order[key]) for layer in found]


def _wished(
    key: str, near: Mapping[str, list[str]], boxes: Mapping[str, Box], tops: Mapping[str, float]
) -> float:
    """The top at which a box stands level with its neighbours."""
    centres = [tops[other] + boxes[other].height / 2 for other in near[key]]
    if not centres:
        return tops[key]
    return sum(centres) / len(centres) - boxes[key].height / 2


def _packed(layer: Sequence[str], wished: Sequence[float], boxes: Mapping[str, Box]) -> list[float]:
    """Tops as near as can be to those wished, in order, no two boxes touching.

    Boxes that would overlap are joined to a block, which stands at the mean of what they wish.
    """
    offsets: list[float] = []
    at = 0.0
    for key in layer:
        offsets.append(at)
        at += boxes[key].height + APART
    blocks: list[tuple[float, int]] = []  # mean of (wished - offset), and how many boxes
    for wish, offset in zip(wished, offsets, strict=True):
        mean, count = wish - offset, 1
        while blocks and blocks[-1][0] >= mean:
            before, many = blocks.pop()
            mean = (before * many + mean * count) / (many + count)
            count += many
        blocks.append((mean, count))
    shifts = [mean for mean, count in blocks for _ in range(count)]
    return [offset + shift for offset, shift in zip(offsets, shifts, strict=True)]
