"""Names of nodes: what a user may write for one, and the nearest to what was written."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from planengine.domain.ids import ActionKey
from planengine.domain.names import normal_spelling

SOME = 3

if TYPE_CHECKING:
    import networkx as nx

    from planengine.domain.entities import Entities


def find(graph: nx.MultiDiGraph, text: str, entities: Entities) -> list[str]:
    """The nodes that a text can mean: "kind:id", an id, a label in any language, an alias.

    Full width and letter case do not matter. A plan may be written without its jurisdiction;
    of several with that id, and of several things with that label, a plan of home is meant.
    """
    if text in graph:
        return [text]
    spelling = normal_spelling(text)
    found = [
        key
        for key, data in graph.nodes(data=True)
        if spelling in map(normal_spelling, spellings(data, entities))
    ]
    exact = [key for key in found if graph.nodes[key]["name"] == text]
    home = [key for key in found if _is_home(graph.nodes[key], entities)]
    return next((some for some in (exact, home) if len(some) == 1), found)


def nearest(graph: nx.MultiDiGraph, text: str, entities: Entities) -> tuple[str, ...]:
    """What was perhaps meant: the spelling nearest to a text, else some that contain it."""
    from planengine.diagnostics.suggest import did_you_mean

    words = {word: None for _, data in graph.nodes(data=True) for word in spellings(data, entities)}
    near = did_you_mean(text, words)
    if near is not None:
        return (near,)
    return tuple(word for word in words if normal_spelling(text) in normal_spelling(word))[:SOME]


def spellings(data: dict[str, Any], entities: Entities) -> Iterator[str]:
    """Everything that may be written for a node."""
    kind, name = data["kind"], data["name"]
    yield name
    if kind == "action":
        asked: ActionKey = data["action"]
        yield asked.action
        for edition in entities.plans.get(asked.plan, ()):
            for action in edition.actions:
                if action.id == asked.action:
                    yield from (text for _, text in action.do.texts)
                    yield from (text for _, text in action.label.texts)
        return
    if kind == "clause":
        yield data["local"]
        yield data["what"]
    if kind == "plan":
        yield from (plan.id for plan in entities.plans.get(name, ()))
    known = entities.spellings.get("plan-key" if kind == "plan" else kind, {})
    yield from (text for text, ids in known.items() if name in ids)


def _is_home(data: dict[str, Any], entities: Entities) -> bool:
    """Whether a node is a plan of the library's home."""
    plans = entities.plans.get(data["name"], ()) if data["kind"] == "plan" else ()
    return any(plan.jurisdiction == entities.home for plan in plans)
