"""The dependency graph as JSON data, DOT and Mermaid."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from planengine.graph.words import KINDS, RELATIONS, Language, relation_word

if TYPE_CHECKING:
    import networkx as nx

Labeller = Callable[[str, dict[str, Any]], str]

SHAPES = {"fact": "ellipse", "clause": "hexagon", "standard": "box", "plan": "box", "level": "box",
          "action": "note", "agency": "house"}  # fmt: skip


def to_data(graph: nx.MultiDiGraph, label: Labeller) -> dict[str, Any]:
    """Nodes with kind, name and label; edges with relation."""
    return {
        "nodes": [
            {"id": key, "kind": data["kind"], "name": data["name"], "label": label(key, data)}
            for key, data in graph.nodes(data=True)
        ],
        "edges": [
            {"from": source, "to": target, "relation": data["relation"]}
            for source, target, data in graph.edges(data=True)
        ],
    }


def to_dot(graph: nx.MultiDiGraph, label: Labeller, language: Language = "en") -> str:
    """Graphviz DOT."""
    lines = ["digraph planengine {", "  rankdir=LR; node [style=filled fontname=sans];"]
    for key, data in graph.nodes(data=True):
        shape, colour = SHAPES[data["kind"]], KINDS[data["kind"]][1]
        lines.append(
            f"  {_quoted(key)} [label={_quoted(label(key, data))} shape={shape} "
            f'fillcolor="{colour}"];'
        )
    lines += [
        f"  {_quoted(source)} -> {_quoted(target)} "
        f"[label={_quoted(relation_word(data['relation'], language))} "
        f'color="{RELATIONS[data["relation"]][1]}"];'
        for source, target, data in graph.edges(data=True)
    ]
    return "\n".join([*lines, "}"]) + "\n"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def to_mermaid(graph: nx.MultiDiGraph, label: Labeller, language: Language = "en") -> str:
    """A Mermaid flowchart."""
    short = {key: f"n{number}" for number, key in enumerate(graph)}
    lines = ["flowchart LR"]
    for key, data in graph.nodes(data=True):
        text = label(key, data).replace('"', "#quot;")
        lines.append(f'  {short[key]}["{text}"]:::{data["kind"]}')
    lines += [
        f"  {short[source]} -->|{relation_word(data['relation'], language)}| {short[target]}"
        for source, target, data in graph.edges(data=True)
    ]
    lines += [f"  classDef {kind} fill:{colour}" for kind, (_, colour) in KINDS.items()]
    return "\n".join(lines) + "\n"
