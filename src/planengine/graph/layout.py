"""Where the boxes of a picture stand: layers by igraph's Sugiyama layout, packed closely.

Layers run from left to right. Within a layer the order is Sugiyama's, which crosses few lines;
each box then moves as near to its neighbours as the boxes beside it allow.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from msgspec import Struct

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


class GraphExtraError(Exception):
    """igraph is not installed."""


def laid_out(boxes: Mapping[str, Box], edges: Edges) -> Layout:
    """Layers and tops of all boxes; raises `GraphExtraError` without igraph."""
    layers = _layers(list(boxes), edges)
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


def _layers(keys: list[str], edges: Edges) -> list[list[str]]:
    """The boxes of each layer, from the top down."""
    try:
        import igraph
    except ImportError:
        raise GraphExtraError from None

    if not keys:
        return []
    index = {key: number for number, key in enumerate(keys)}
    pairs = list(dict.fromkeys((index[source], index[target]) for source, target in edges))
    drawn = igraph.Graph(n=len(keys), edges=pairs, directed=True)
    layout = drawn.layout_sugiyama(hgap=1, vgap=1, maxiter=500)
    depths = sorted({round(layout[number][1]) for number in range(len(keys))})
    layers: list[list[str]] = [[] for _ in depths]
    for key in sorted(keys, key=lambda key: layout[index[key]][0]):
        layers[depths.index(round(layout[index[key]][1]))].append(key)
    return layers


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
