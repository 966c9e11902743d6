"""The dependency graph as SVG, drawn left to right, with words on its lines and a legend."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape, quoteattr

from msgspec import Struct

from planengine.domain.ids import UnitKey
from planengine.graph.layout import Box, laid_out
from planengine.graph.lettering import LINE, SIZE, SMALL, width_of, wrapped
from planengine.graph.text import Labeller
from planengine.graph.words import KINDS, RELATIONS, Language, kind_word, relation_word

if TYPE_CHECKING:
    import networkx as nx

FONT = "Noto Sans CJK SC, Source Han Sans SC, Microsoft YaHei, PingFang SC, sans-serif"
MARGIN = 24.0
GAP = 60.0  # between two layers, beside the words on the lines
LEGEND_ROW = 24.0
NARROWEST = 640.0  # so that a legend has room
INK = "#1e293b"


class _Place(Struct, frozen=True):
    """Where a box stands, and the lines of its label."""

    left: float
    top: float
    box: Box
    lines: tuple[str, ...]

    @property
    def right(self) -> float:
        return self.left + self.box.width

    @property
    def middle(self) -> float:
        return self.top + self.box.height / 2


class _Words(Struct, frozen=True):
    """The words of lines beside a box, and the room they take."""

    left: float
    top: float
    width: float
    relations: tuple[str, ...]


def to_svg(graph: nx.MultiDiGraph, label: Labeller, language: Language = "en") -> str:
    """A whole SVG document."""
    full = {key: label(key, data) for key, data in graph.nodes(data=True)}
    places = _places(graph, full, language)
    said = _said(graph, places, language)
    width = max((word.left + word.width for word in said), default=0.0)
    width = max(NARROWEST, width + MARGIN, *(p.right + MARGIN for p in places.values()))
    legend, depth = _legend(graph, width, language)
    height = depth + max((p.top + p.box.height for p in places.values()), default=0.0) + MARGIN
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}" '
        f'width="{width:.0f}" height="{height:.0f}" font-family={quoteattr(FONT)} '
        f'font-size="{SIZE}" fill="{INK}">'
    )
    parts = [
        head,
        _markers(graph),
        f'<rect width="{width:.0f}" height="{height:.0f}" fill="white"/>',
        *legend,
        f'<g transform="translate(0 {depth:.0f})">',
        *_edges(graph, places, full, language),
        *(_box(graph, key, places[key], full[key]) for key in graph),
        *(_written(word, language) for word in said),
        "</g>",
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _relations(
    graph: nx.MultiDiGraph, key: str, columns: Mapping[str, float], *, back: bool
) -> tuple[str, ...]:
    """The relations of the lines that leave a box to the right, or back to the left, in the
    order of the legend.
    """
    found = {
        data["relation"]
        for _, target, data in graph.out_edges(key, data=True)
        if (columns[target] <= columns[key]) is back
    }
    return tuple(relation for relation in RELATIONS if relation in found)


def _loose(graph: nx.MultiDiGraph) -> set[tuple[str, str]]:
    """What leaves a body that others need too: it carries actions out and so stands on the
    right, whatever it provides or decides on the left.
    """
    bodies = {key for key, data in graph.nodes(data=True) if data["kind"] == "agency"}
    return {(a, b) for a, b in graph.edges() if a in bodies and graph.in_degree(a)}


def _stacks(graph: nx.MultiDiGraph) -> list[list[str]]:
    """The levels of each decision, the worst first."""
    found: dict[UnitKey, list[tuple[int, str]]] = {}
    for key, data in graph.nodes(data=True):
        if data["kind"] == "level":
            found.setdefault(data["unit"], []).append((-data["rank"], key))
    return [[key for _, key in sorted(levels)] for levels in found.values()]


def _places(
    graph: nx.MultiDiGraph, full: Mapping[str, str], language: Language
) -> dict[str, _Place]:
    """Where the boxes stand, with room for the words on both sides of each column."""
    lines = {key: wrapped(text) for key, text in full.items()}
    boxes = {
        key: Box(max(width_of(line, SIZE) for line in text) + 18, LINE * len(text) + 10)
        for key, text in lines.items()
    }
    layout = laid_out(boxes, list(graph.edges()), stacks=_stacks(graph), loose=_loose(graph))
    size = max(layout.layers.values(), default=-1) + 1
    widest, before, after = ([0.0] * size for _ in range(3))  # boxes, and words beside them
    for key, layer in layout.layers.items():
        widest[layer] = max(widest[layer], boxes[key].width)
        for room, back in ((before, True), (after, False)):
            words = _words(_relations(graph, key, layout.layers, back=back), language)
            room[layer] = max(room[layer], width_of(words, SMALL))
    starts: list[float] = []
    at = MARGIN
    for layer in range(size):
        starts.append(at + before[layer])
        at = starts[layer] + widest[layer] + after[layer] + GAP
    return {
        key: _Place(starts[layout.layers[key]], layout.tops[key], boxes[key], lines[key])
        for key in full
    }


def _words(relations: tuple[str, ...], language: Language) -> str:
    return " · ".join(relation_word(relation, language) for relation in relations)


def _markers(graph: nx.MultiDiGraph) -> str:
    """An arrow head in the colour of each relation."""
    heads = [
        f'<marker id="head-{_name(relation)}" viewBox="0 0 8 8" refX="8" refY="4" '
        f'markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0L8 4L0 8z" '
        f'fill="{RELATIONS[relation][1]}"/></marker>'
        for relation in _present(graph)
    ]
    return f"<defs>{''.join(heads)}</defs>"


def _present(graph: nx.MultiDiGraph) -> list[str]:
    found = {data["relation"] for _, _, data in graph.edges(data=True)}
    return [relation for relation in RELATIONS if relation in found]


def _name(relation: str) -> str:
    return relation.replace(" ", "-")


def _legend(graph: nx.MultiDiGraph, width: float, language: Language) -> tuple[list[str], float]:
    """What the boxes and the lines mean, in rows across the picture, and how deep that is."""
    kinds = [kind for kind in KINDS if any(d["kind"] == kind for _, d in graph.nodes(data=True))]
    items = [(kind_word(kind, language), _swatch(KINDS[kind][1])) for kind in kinds]
    items += [(relation_word(one, language), _stroke(one)) for one in _present(graph)]
    parts = ['<g class="legend">']
    left, top = MARGIN, MARGIN
    for word, sign in items:
        size = 44 + width_of(word, SMALL) + 16
        if left + size > width - MARGIN and left > MARGIN:
            left, top = MARGIN, top + LEGEND_ROW
        parts.append(
            f'<g transform="translate({left:.0f} {top:.0f})">{sign}'
            f'<text x="38" y="12" font-size="{SMALL}">{escape(word)}</text></g>'
        )
        left += size
    parts.append("</g>")
    return parts, top + LEGEND_ROW + MARGIN if items else MARGIN


def _swatch(colour: str) -> str:
    return (
        f'<path d="M4 0h24a4 4 0 0 1 4 4v8a4 4 0 0 1 -4 4h-24a4 4 0 0 1 -4 -4v-8a4 4 0 0 1 4 -4z" '
        f'fill="{colour}" stroke="#475569" stroke-width="0.7"/>'
    )


def _stroke(relation: str) -> str:
    return (
        f'<path d="M0 8H32" stroke="{RELATIONS[relation][1]}" stroke-width="1.6" '
        f'marker-end="url(#head-{_name(relation)})"/>'
    )


def _edges(
    graph: nx.MultiDiGraph,
    places: Mapping[str, _Place],
    full: Mapping[str, str],
    language: Language,
) -> list[str]:
    """The lines, under the boxes; several between two boxes stand beside each other."""
    parts: list[str] = []
    drawn: dict[tuple[str, str], int] = {}
    for source, target, data in graph.edges(data=True):
        beside = drawn.get((source, target), 0)
        drawn[source, target] = beside + 1
        relation = data["relation"]
        tip = f"{full[source]} — {relation_word(relation, language)} → {full[target]}"
        parts.append(
            f'<path d="{_curve(places[source], places[target], 4.0 * beside)}" fill="none" '
            f'stroke="{RELATIONS[relation][1]}" stroke-width="1.1" stroke-opacity="0.75" '
            f'marker-end="url(#head-{_name(relation)})" data-relation={quoteattr(relation)}>'
            f"<title>{escape(tip)}</title></path>"
        )
    return parts


def _curve(source: _Place, target: _Place, lower: float) -> str:
    x1, x2 = source.right, target.left
    if x2 <= x1:  # backwards: a circle of plans
        x1, x2 = source.left, target.right
    y1, y2 = source.middle + lower, target.middle + lower
    bend = (x2 - x1) / 2
    return f"M{x1:.1f} {y1:.1f}C{x1 + bend:.1f} {y1:.1f} {x2 - bend:.1f} {y2:.1f} {x2:.1f} {y2:.1f}"


def _box(graph: nx.MultiDiGraph, key: str, place: _Place, full: str) -> str:
    data: dict[str, Any] = graph.nodes[key]
    lines = "".join(
        f'<text x="{place.left + 9:.1f}" y="{place.top + 5 + LINE * number + SIZE:.1f}">'
        f"{escape(line)}</text>"
        for number, line in enumerate(place.lines)
    )
    return (
        f'<g class="node"><title>{escape(full)} ({escape(key)})</title>'
        f'<rect x="{place.left:.1f}" y="{place.top:.1f}" width="{place.box.width:.1f}" '
        f'height="{place.box.height:.1f}" rx="5" fill="{KINDS[data["kind"]][1]}" '
        f'stroke="#475569" stroke-width="0.7"/>{lines}</g>'
    )


def _said(graph: nx.MultiDiGraph, places: Mapping[str, _Place], language: Language) -> list[_Words]:
    """The words of the lines that leave each box: on its right, or its left where they run back."""
    columns = {key: place.left for key, place in places.items()}
    found: list[_Words] = []
    for key, place in places.items():
        for back in (False, True):
            relations = _relations(graph, key, columns, back=back)
            if relations:
                width = width_of(_words(relations, language), SMALL) + 4
                left = place.left - 5 - width if back else place.right + 5
                found.append(_Words(left, place.middle - SMALL - 5, width, relations))
    return found


def _written(word: _Words, language: Language) -> str:
    """Words, each in its line's colour, on white: no line runs through them."""
    texts = ' <tspan fill="#64748b">·</tspan> '.join(
        f'<tspan fill="{RELATIONS[one][1]}">{escape(relation_word(one, language))}</tspan>'
        for one in word.relations
    )
    return (
        f'<rect x="{word.left:.1f}" y="{word.top:.1f}" width="{word.width:.1f}" '
        f'height="{SMALL + 4}" fill="white" fill-opacity="0.85"/>'
        f'<text class="words" x="{word.left + 2:.1f}" y="{word.top + SMALL + 1:.1f}" '
        f'font-size="{SMALL}">{texts}</text>'
    )
