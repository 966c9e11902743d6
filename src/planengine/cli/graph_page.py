"""`planengine graph --format html`: the whole library as one page."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from planengine.atlas.bilingual import bilingual
from planengine.atlas.matter import Matter
from planengine.atlas.page import page_data, to_page
from planengine.cli.language import Language, Say, speaker
from planengine.cli.read_library import read
from planengine.cli.times import now, time_of
from planengine.graph.build import dependency_graph

if TYPE_CHECKING:
    import networkx as nx

    from planengine.facade import Library

    Meant = Callable[[nx.MultiDiGraph, str, Library, Say], str]


def page_of(
    folder: Path, centre: str | None, at: str | None, language: Language, meant: Meant
) -> tuple[str, int]:
    """The page of a library, and how many plans and standards it shows.

    It begins with the view of what `centre` names, which `meant` finds in the graph.
    """
    say = speaker(language)
    found = read(folder, language)
    when = now()
    if at is not None:
        when = time_of(at, "--at", found.library.entities.time_zone, say, latest=when)
    entities, rules = found.library.entities, found.rules(when, language)
    words = bilingual(entities, when, {act.clause: act.what for act in rules.acts})
    matter = Matter(entities, rules, words, found.texts, found.roots, when, found.folder)
    view = None
    if centre is not None:
        graph = dependency_graph(entities, rules)
        view = _view(graph.nodes[meant(graph, centre, found.library, say)], centre, say)
    text = to_page(page_data(matter), language=language, view=view)
    return text, len(matter.of_document)


def _view(node: dict[str, Any], name: str, say: Say) -> str:
    """The view of the page that shows a node; wrong use where it has none of its own."""
    match node["kind"]:
        case "plan" | "standard":
            return f"plan={node['name']}"
        case "fact" | "clause" as kind:
            return f"source={kind}:{node['name']}"
        case "action":
            return f"plan={node['action'].plan}"
        case "level":
            return f"plan={node['unit'].document}"
    raise click.UsageError(
        say(
            f"网页中没有“{name}”的图：可写预案、标准、指标、认定条款或措施",
            f"the page has no view of `{name}`: name a plan, standard, fact, clause or action",
        )
    )
