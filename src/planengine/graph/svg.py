"""The dependency graph as SVG: layers by igraph's Sugiyama layout, drawn left to right.

Needs the extra `planengine[graph]`; no system graphviz.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from wcwidth import wcswidth

from planengine.graph.text import COLOURS, Labeller

if TYPE_CHECKING:
    import networkx as nx

ROW = 34
BOX_HEIGHT = 24
GAP = 90
MARGIN = 24
CHARACTER = 6.6  # width of one terminal column at 12 px
LONGEST = 40  # columns of a label; the whole of it stands in the tooltip


class GraphExtraError(Exception):
    """igraph is not installed."""

    def __init__(self) -> None:
        super().__init__(
            'SVG needs igraph: pip install "planengine[graph]" (or use --format mermaid or dot)'
        )


ARROW = (
    '<defs><marker id="arrow" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="7" '
    'markerHeight="7" orient="auto"><path d="M0 0L8 4L0 8z" fill="#64748b"/></marker></defs>'
)


def to_svg(graph: nx.DiGraph, label: Labeller) -> str:
    """A whole SVG document; raises `GraphExtraError` without igraph."""
    keys = list(graph)
    labels = {key: _short(label(key, data)) for key, data in graph.nodes(data=True)}
    full = {key: label(key, data) for key, data in graph.nodes(data=True)}
    widths = {key: wcswidth(labels[key]) * CHARACTER + 16 for key in keys}
    layers, rows = _layout(graph, keys)
    left = _columns(keys, layers, widths)
    top = {key: MARGIN + rows[key] * ROW for key in keys}
    width = max((left[key] + widths[key] for key in keys), default=0) + MARGIN
    height = max(top.values(), default=0) + BOX_HEIGHT + MARGIN
    parts = [
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}" '
            f'width="{width:.0f}" height="{height:.0f}" font-family="sans-serif" font-size="12">'
        ),
        ARROW,
        f'<rect width="{width:.0f}" height="{height:.0f}" fill="white"/>',
    ]
    for source, target, data in graph.edges(data=True):
        parts.append(_edge(left, top, widths, source, target, data["relation"]))
    for key in keys:
        colour = COLOURS[graph.nodes[key]["kind"]]
        parts.append(
            f"<g><title>{escape(full[key])} ({escape(key)})</title>"
            f'<rect x="{left[key]:.1f}" y="{top[key]:.1f}" width="{widths[key]:.1f}" '
            f'height="{BOX_HEIGHT}" rx="5" fill="{colour}" stroke="#475569" stroke-width="0.7"/>'
            f'<text x="{left[key] + 8:.1f}" y="{top[key] + 16:.1f}">'
            f"{escape(labels[key])}</text></g>"
        )
    return "\n".join([*parts, "</svg>"]) + "\n"


def _short(text: str) -> str:
    if wcswidth(text) <= LONGEST:
        return text
    kept = text
    while wcswidth(kept) > LONGEST - 1:
        kept = kept[:-1]
    return f"{kept}…"


def _layout(graph: nx.DiGraph, keys: list[str]) -> tuple[dict[str, int], dict[str, float]]:
    """Each node's layer (column) and row."""
    try:
        import igraph
    except ImportError:
        raise GraphExtraError from None

    index = {key: number for number, key in enumerate(keys)}
    drawn = igraph.Graph(
        n=len(keys), edges=[(index[a], index[b]) for a, b in graph.edges], directed=True
    )
    if not keys:
        return {}, {}
    layout = drawn.layout_sugiyama(hgap=1, vgap=1, maxiter=200)
    depths = sorted({round(layout[number][1]) for number in range(len(keys))})
    layers = {key: depths.index(round(layout[index[key]][1])) for key in keys}
    rows: dict[str, float] = {}
    for layer in range(len(depths)):
        members = sorted((k for k in keys if layers[k] == layer), key=lambda k: layout[index[k]][0])
        row = 0.0
        for key in members:
            row = max(row, layout[index[key]][0])
            rows[key] = row
            row += 1
    lowest = min(rows.values())
    return layers, {key: row - lowest for key, row in rows.items()}


def _columns(keys: list[str], layers: dict[str, int], widths: dict[str, float]) -> dict[str, float]:
    widest: dict[int, float] = {}
    for key in keys:
        widest[layers[key]] = max(widest.get(layers[key], 0), widths[key])
    starts: dict[int, float] = {}
    at = float(MARGIN)
    for layer in sorted(widest):
        starts[layer] = at
        at += widest[layer] + GAP
    return {key: starts[layers[key]] for key in keys}


def _edge(
    left: dict[str, float],
    top: dict[str, float],
    widths: dict[str, float],
    source: str,
    target: str,
    relation: str,
) -> str:
    x1, y1 = left[source] + widths[source], top[source] + BOX_HEIGHT / 2
    x2, y2 = left[target], top[target] + BOX_HEIGHT / 2
    if x2 <= x1:  # backwards: a cycle
        x1, x2 = left[source], left[target] + widths[target]
    bend = (x2 - x1) / 2
    path = f"M{x1:.1f} {y1:.1f}C{x1 + bend:.1f} {y1:.1f} {x2 - bend:.1f} {y2:.1f} {x2:.1f} {y2:.1f}"
    return (
        f'<path d="{path}" fill="none" stroke="#94a3b8" stroke-width="0.8" '
        f'marker-end="url(#arrow)" data-relation={quoteattr(relation)}/>'
    )
