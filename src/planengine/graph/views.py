"""Parts of the dependency graph worth drawing: the outline, or all that is around one thing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import networkx as nx

OUTLINE_KINDS = frozenset({"fact", "standard", "plan"})


def outline(graph: nx.MultiDiGraph) -> nx.MultiDiGraph:
    """Facts, standards and plans only; what runs through levels or actions becomes one edge."""
    import networkx as nx

    small: nx.MultiDiGraph = nx.MultiDiGraph()
    for key, data in graph.nodes(data=True):
        if data["kind"] in OUTLINE_KINDS:
            small.add_node(key, **data)
    for level, data in graph.nodes(data=True):
        if data["kind"] != "level":
            continue
        owner = _owner(graph, level)
        for source, _, edge in graph.in_edges(level, data=True):
            origin = source if source in small else _owner(graph, source)
            if owner and origin and origin != owner:
                small.add_edge(origin, owner, edge["relation"], relation=edge["relation"])
    for source, target, edge in graph.edges(data=True):
        if source in small and target in small:
            small.add_edge(source, target, edge["relation"], **edge)
    return small


def _owner(graph: nx.MultiDiGraph, key: str) -> str | None:
    return next(
        (t for _, t, edge in graph.out_edges(key, data=True) if edge["relation"] == "level of"),
        None,
    )


def around(graph: nx.MultiDiGraph, key: str, distance: int | None) -> nx.MultiDiGraph:
    """What one node needs and what depends on it, at most so many edges away (None: all).

    A plan or standard stands for its levels too: what they read and lift is near to it.
    """
    import networkx as nx

    levels = [a for a, _, data in graph.in_edges(key, data=True) if data["relation"] == "level of"]
    limit: Any = distance
    kept: set[str] = set()
    for one in (key, *levels):
        kept.update(nx.single_source_shortest_path_length(graph, one, cutoff=limit))
        back = graph.reverse(copy=False)
        kept.update(nx.single_source_shortest_path_length(back, one, cutoff=limit))
    part: nx.MultiDiGraph = (
        nx.MultiDiGraph()
    )  # in the whole graph's order, so that pictures are stable
    part.add_nodes_from((node, data) for node, data in graph.nodes(data=True) if node in kept)
    part.add_edges_from(
        (a, b, key, data)
        for a, b, key, data in graph.edges(keys=True, data=True)
        if a in kept and b in kept
    )
    return part
