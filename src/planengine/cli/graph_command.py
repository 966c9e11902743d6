"""`planengine graph`: the dependency graph, whole or around one thing."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from planengine.cli.common import (
    Language,
    find_library,
    language_option,
    library_option,
    load_library,
)

if TYPE_CHECKING:
    import networkx as nx

    from planengine.assessment.words import Words


@click.command(name="graph")
@click.option("--around", "centre", help="Only what is around one plan, fact, agency or action.")
@click.option(
    "--distance", type=click.IntRange(min=1), help="With --around: at most so many steps."
)
@click.option("--detail", is_flag=True, help="With levels, actions and agencies too.")
@click.option("--at", help="The rules in force at this time (default: now).")
@click.option(
    "--format", "form", type=click.Choice(["svg", "dot", "mermaid", "json"]), default="svg"
)
@click.option(
    "--output",
    "-o",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Default: standard output.",
)
@library_option
@language_option
def command(
    centre: str | None,
    distance: int | None,
    detail: bool,
    at: str | None,
    form: str,
    output: Path | None,
    folder: Path | None,
    language: Language,
) -> None:
    """Draw what depends on what: facts, standards, plans, levels, actions, agencies."""
    from planengine.assessment.words import Words
    from planengine.cli.common import fail
    from planengine.diagnostics import PlanError
    from planengine.facade import moment
    from planengine.graph.build import dependency_graph
    from planengine.graph.svg import GraphExtraError
    from planengine.graph.views import outline

    library = load_library(find_library(folder), language)
    try:
        when = moment(at) if at else int(datetime.now(UTC).timestamp())
        rules = library.compile().rules_at(when)
    except PlanError as error:
        fail(error.diagnostics, library.sources, language)
    except ValueError as error:
        raise click.UsageError(str(error)) from error
    graph = dependency_graph(library.entities, rules)
    if centre is not None:
        graph = _around(graph, centre, distance, library.entities.home)
    elif not detail:
        graph = outline(graph)
    words = Words(library.entities, language)
    try:
        text = _written(graph, form, words)
    except GraphExtraError as missing:
        raise click.ClickException(str(missing)) from missing
    if output is None:
        click.echo(text, nl=False)
    else:
        output.write_text(text, encoding="utf-8")
        click.echo(f"{output}: {len(graph)} nodes, {graph.number_of_edges()} edges", err=True)


def _around(graph: nx.DiGraph, centre: str, distance: int | None, home: str) -> nx.DiGraph:
    from planengine.graph.views import around, find
    from planengine.reading.suggest import did_you_mean

    found = find(graph, centre, home)
    if not found:
        names = [data["name"] for _, data in graph.nodes(data=True)]
        nearest = did_you_mean(centre, names)
        hint = f": did you mean {nearest}?" if nearest else ""
        raise click.UsageError(f"nothing in the graph is called `{centre}`{hint}")
    if len(found) > 1:
        raise click.UsageError(f"`{centre}` is ambiguous: {', '.join(found)}")
    return around(graph, found[0], distance)


def _written(graph: nx.DiGraph, form: str, words: Words) -> str:
    from planengine.graph.svg import to_svg
    from planengine.graph.text import to_data, to_dot, to_mermaid

    def label(_key: str, data: dict[str, Any]) -> str:
        return _label(words, data)

    match form:
        case "json":
            return json.dumps(to_data(graph, label), ensure_ascii=False, indent=2) + "\n"
        case "dot":
            return to_dot(graph, label)
        case "mermaid":
            return to_mermaid(graph, label)
    return to_svg(graph, label)


def _label(words: Words, data: dict[str, Any]) -> str:
    name: str = data["name"]
    if data["kind"] == "level":
        unit, _, level = name.rpartition(":")
        return f"{words.decision(unit)} {level}"
    if data["kind"] == "action":
        plan, _, action = name.rpartition(":")
        for edition in words.entities.plans.get(plan, ()):
            for item in edition.actions:
                if item.id == action:
                    return words.label(item.do, action)
    if data["kind"] in {"plan", "standard"}:
        return words.document(name)
    return words.named(name)
