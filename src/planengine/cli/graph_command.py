"""`planengine graph`: the dependency graph, whole or around one thing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from planengine.cli.command import Command
from planengine.cli.common import (
    fail,
    find_library,
    json_text,
    language_option,
    library_option,
    load_library,
)
from planengine.cli.language import Language, Say, speaker
from planengine.cli.times import now, time_of
from planengine.cli.writing import write_text

if TYPE_CHECKING:
    import networkx as nx

    from planengine.facade import Library

FORMATS = ("svg", "dot", "mermaid", "json", "html")
_ENDINGS = {
    ".svg": "svg", ".dot": "dot", ".gv": "dot", ".mmd": "mermaid", ".mermaid": "mermaid",
    ".json": "json", ".html": "html", ".htm": "html",
}  # fmt: skip
_MANY = 150  # boxes: more than can be read in one picture


def command(language: Language) -> Command:
    """The command, in one language."""
    say = speaker(language)
    return Command(
        "graph",
        language,
        _run,
        about=(
            say(
                "画出依赖关系：哪些指标判定哪一级，哪一级启动什么，谁来执行，向谁报告。",
                "Draw what depends on what: which facts decide a level, what a level brings, who "
                "carries it out, whom they report to.",
            ),
            say(
                "箭头从被依赖的指向依赖它的，所以从一物出发能走到的，都受它影响。",
                "An arrow runs from what is needed to what needs it, so all that can be reached "
                "from a thing depends on it.",
            ),
        ),
        examples=(
            (
                "planengine graph --around medical-rescue --distance 1 -o rescue.svg",
                say("一个预案周围的图", "a picture of what is around one plan"),
            ),
            (
                "planengine graph -o library.html",
                say(
                    "全库做成一个网页：查找、缩放，点开看原文",
                    "the whole library as a page: search, zoom, click for the text",
                ),
            ),
            (
                "planengine graph --around deaths -o deaths.json",
                say("依赖一个指标的一切，供程序读取", "all that depends on a fact, for programs"),
            ),
        ),
        params=[
            click.Option(
                ["--around", "centre"],
                metavar="NAME",
                help=say(
                    "只画一个预案、标准、指标、认定条款、单位或措施周围的部分；id 或名称都可以。",
                    "Only what is around one plan, standard, fact, clause, agency or action, by "
                    "its id or any of its names.",
                ),
            ),
            click.Option(
                ["--distance"],
                type=click.IntRange(min=0),
                metavar="N",
                help=say(
                    "配合 --around：顺着或逆着箭头最多走几步；预案和标准从各级别算起，0 只画本身。",
                    "With --around: at most so many steps along the arrows, and against them; a "
                    "plan or standard begins with its levels, and 0 is the thing alone.",
                ),
            ),
            click.Option(
                ["--detail"],
                is_flag=True,
                help=say(
                    "全图也画级别、认定条款、措施和单位；用 --around 时总是画的。",
                    "In the whole graph, levels, clauses, actions and agencies too; with --around "
                    "they always are.",
                ),
            ),
            click.Option(
                ["--at"],
                metavar="TIME",
                help=say(
                    "用此时有效的规则；默认现在。",
                    "The rules in force at this time (default: now).",
                ),
            ),
            click.Option(
                ["--format", "form"],
                type=click.Choice(FORMATS),
                help=say(
                    "图的形式；默认按 -o 的文件名，否则 svg。",
                    "Form of the picture (default: by the file name of -o, else svg).",
                ),
            ),
            click.Option(
                ["--output", "-o"],
                type=click.Path(path_type=Path, dir_okay=False, readable=False),
                metavar="FILE",
                help=say(
                    "写到此文件；默认标准输出。", "Write to this file (default: standard output)."
                ),
            ),
            library_option(say),
            language_option(language),
        ],
    )


def _run(
    centre: str | None,
    distance: int | None,
    detail: bool,
    at: str | None,
    form: str | None,
    output: Path | None,
    folder: Path | None,
    language: Language,
) -> None:
    say = speaker(language)
    form = _form(form, output, say)
    if distance is not None and centre is None:
        raise click.UsageError(say("--distance 须与 --around 同用", "--distance needs --around"))
    if form == "html":
        if distance is not None or detail:
            raise click.UsageError(
                say(
                    "--distance 和 --detail 不用于 html：网页总是全部，由看的人展开",
                    "--distance and --detail are not for html: the page holds everything",
                )
            )
        _page(centre, at, output, find_library(folder, say), language)
        return
    library = load_library(find_library(folder, say), language)
    when = now()
    if at is not None:
        when = time_of(at, "--at", library.entities.time_zone, say, latest=when)
    graph = _drawn(library, when, centre, distance, detail, language)
    text = _written(graph, form, library, language)
    if output is None:
        click.echo(text, nl=False)
    else:
        write_text(output, text, say)
        _tell(graph, form, output, say)


def _page(
    centre: str | None, at: str | None, output: Path | None, folder: Path, language: Language
) -> None:
    """Write the page, which shows everything and begins with what `centre` names."""
    from planengine.cli.graph_page import page_of

    say = speaker(language)
    text, documents = page_of(folder, centre, at, language, _meant)
    if output is None:
        click.echo(text, nl=False)
        return
    write_text(output, text, say)
    told = say(f"{documents} 个预案和标准", f"{documents} plans and standards")
    click.echo(say(f"{output}：{told}", f"{output}: {told}"), err=True)


def _form(form: str | None, output: Path | None, say: Say) -> str:
    """The form asked for, else that of the file's ending; wrong use where the two differ."""
    ending = _ENDINGS.get(output.suffix.lower()) if output is not None else None
    if form is None and ending is None and output is not None and output.suffix:
        known = say("、", ", ").join(_ENDINGS)
        raise click.UsageError(
            say(
                f"不能写成 {output.suffix} 文件；可用的结尾：{known}",
                f"cannot write a {output.suffix} file; the endings are {known}",
            )
        )
    if form is None:
        return ending or FORMATS[0]
    if ending is not None and ending != form:
        raise click.UsageError(
            say(
                f"--format {form} 与文件名 {output} 不符",
                f"--format {form} does not suit the file name {output}",
            )
        )
    return form


def _drawn(
    library: Library,
    when: int,
    centre: str | None,
    distance: int | None,
    detail: bool,
    language: Language,
) -> nx.MultiDiGraph:
    """The graph, or the part of it that was asked for."""
    from planengine.diagnostics import PlanError
    from planengine.graph.build import dependency_graph
    from planengine.graph.views import around, outline

    try:
        rules = library.compile().rules_at(when)
    except PlanError as error:
        fail(error.diagnostics, library.sources, language)
    graph = dependency_graph(library.entities, rules)
    if centre is not None:
        return around(graph, _meant(graph, centre, library, speaker(language)), distance)
    return graph if detail else outline(graph)


def _meant(graph: nx.MultiDiGraph, name: str, library: Library, say: Say) -> str:
    """The node that a name means."""
    from planengine.graph.names import find, nearest

    found = find(graph, name, library.entities)
    if not found:
        near = say("、", ", ").join(nearest(graph, name, library.entities))
        hint = say(f"；是否要写 {near}？", f": did you mean {near}?") if near else ""
        raise click.UsageError(
            say(f"图中没有“{name}”", f"nothing in the graph is called `{name}`") + hint
        )
    if len(found) > 1:
        choices = ", ".join(found)
        raise click.UsageError(
            say(f"“{name}”有多个所指：{choices}", f"`{name}` is ambiguous: {choices}")
        )
    return found[0]


def _tell(graph: nx.MultiDiGraph, form: str, output: Path, say: Say) -> None:
    nodes, edges = len(graph), graph.number_of_edges()
    text = say(f"{output}：{nodes} 个框，{edges} 条线", f"{output}: {nodes} boxes, {edges} lines")
    if form == "svg" and nodes > _MANY:
        text += say(
            "；太大不便阅读，可用 --around NAME --distance 1",
            "; too many to read: try --around NAME --distance 1",
        )
    click.echo(text, err=True)


def _written(graph: nx.MultiDiGraph, form: str, library: Library, language: Language) -> str:
    from planengine.assessment.words import Words
    from planengine.cli.graph_names import label_of
    from planengine.graph.svg import to_svg
    from planengine.graph.text import to_data, to_dot, to_mermaid

    words = Words(library.entities, language)

    def label(_key: str, data: dict[str, Any]) -> str:
        return label_of(words, data)

    match form:
        case "json":
            return json_text(to_data(graph, label)) + "\n"
        case "dot":
            return to_dot(graph, label, language)
        case "mermaid":
            return to_mermaid(graph, label, language)
    return to_svg(graph, label, language)
