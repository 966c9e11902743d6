"""The order of boxes within each column of a picture, so that few lines cross.

Lines over several columns are cut into steps between neighbouring columns. Sweeps forth and back
put each box at the mean place of what it is joined to (the barycentre method of Sugiyama, Tagawa
and Toda, 1981, IEEE Trans. SMC 11(2)); the best order of all sweeps is kept.
"""

from __future__ import annotations

import itertools
from bisect import bisect, insort
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

SWEEPS = 24

Node: TypeAlias = str | tuple[str, str, int]  # a box, or where a long line passes a column
Joined: TypeAlias = dict[Node, list[Node]]


def ordered(column: Mapping[str, int], edges: Iterable[tuple[str, str]]) -> list[list[str]]:
    """The boxes of each column from the top down, given the column of each box."""
    layers: list[list[Node]] = [[] for _ in range(max(column.values(), default=-1) + 1)]
    for key, layer in column.items():
        layers[layer].append(key)
    before: Joined = {}
    after: Joined = {}
    for source, target in dict.fromkeys(edges):
        left, right = sorted((source, target), key=lambda key: column[key])
        path: list[Node] = [left]
        for layer in range(column[left] + 1, column[right]):
            passing = (source, target, layer)
            layers[layer].append(passing)
            path.append(passing)
        path.append(right)
        if column[left] == column[right]:
            continue
        for one, other in itertools.pairwise(path):
            after.setdefault(one, []).append(other)
            before.setdefault(other, []).append(one)
    best, fewest = layers, _crossings(layers, after)
    for sweep in range(SWEEPS):
        forth = sweep % 2 == 0
        layers = _swept(layers, before) if forth else _swept(layers[::-1], after)[::-1]
        crossings = _crossings(layers, after)
        if crossings < fewest:
            best, fewest = layers, crossings
    return [[node for node in layer if isinstance(node, str)] for layer in best]


def _swept(layers: Sequence[Sequence[Node]], joined: Joined) -> list[list[Node]]:
    """Each column, the first excepted, in the order of what it is joined to in the one before."""
    swept = [list(layers[0])] if layers else []
    for layer in layers[1:]:
        place = {node: number for number, node in enumerate(swept[-1])}
        # What is joined to nothing keeps its own share of the height.
        share = len(place) / max(1, len(layer))
        wished = {
            node: sum(place[other] for other in joined[node]) / len(joined[node])
            if node in joined
            else number * share
            for number, node in enumerate(layer)
        }
        swept.append(sorted(layer, key=lambda node: wished[node]))
    return swept


def _crossings(layers: Sequence[Sequence[Node]], after: Joined) -> int:
    """How often lines cross between neighbouring columns."""
    count = 0
    for left, right in itertools.pairwise(layers):
        place = {node: number for number, node in enumerate(right)}
        ends: list[int] = []
        for node in left:
            for end in sorted(place[other] for other in after.get(node, ())):
                count += len(ends) - bisect(ends, end)
                insort(ends, end)
    return count
