"""In which column each box of a picture stands: to the right of all that it needs.

Boxes of one *stack* (the levels of one decision) stand in one column. Plans that lift each
other in a circle cannot all stand to the right of each other: there some lines run back.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeAlias

import networkx as nx

Edges: TypeAlias = Iterable[tuple[str, str]]


def columns(keys: Sequence[str], edges: Edges, stacks: Iterable[Sequence[str]]) -> dict[str, int]:
    """The column of each box, from 0 on the left; no column is empty."""
    lead = {key: key for key in keys}  # the first box of a stack stands for all of it
    for stack in stacks:
        lead.update(dict.fromkeys(stack, stack[0]))
    graph = nx.DiGraph()
    graph.add_nodes_from(lead[key] for key in keys)
    graph.add_edges_from((lead[a], lead[b]) for a, b in edges if lead[a] != lead[b])
    order = list(nx.dfs_postorder_nodes(graph))[::-1]
    at = {key: position for position, key in enumerate(order)}
    graph.remove_edges_from([(a, b) for a, b in graph.edges if at[b] < at[a]])  # these run back
    place = dict.fromkeys(order, 0)
    for key in order:
        for target in graph[key]:
            place[target] = max(place[target], place[key] + 1)
    for key in order:  # what needs nothing stands just before the first thing that needs it
        if graph[key] and not graph.in_degree(key):
            place[key] = min(place[target] for target in graph[key]) - 1
    used = sorted(set(place.values()))
    return {key: used.index(place[lead[key]]) for key in keys}
