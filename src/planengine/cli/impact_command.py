"""`planengine impact`: what uses a thing, and what must change when it changes or goes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from planengine.cli.command import Command
from planengine.cli.common import (
    find_library,
    format_option,
    json_text,
    language_option,
    library_option,
)
from planengine.cli.language import Language, Say, speaker
from planengine.cli.times import now, time_of

if TYPE_CHECKING:
    from planengine.impact.replaced import Replacement
    from planengine.impact.things import Thing, Things


def command(language: Language) -> Command:
    """The command, in one language."""
    say = speaker(language)
    return Command(
        "impact",
        language,
        _run,
        about=(
            say(
                "一个名称（指标、机构、岗位、角色、依据文件或其条款、预案、标准、级别、对象、日历、"
                "措施……）用在哪里；它废止或改变后，哪些地方要改写，哪些级别、预案、措施、报告随之受影响，"
                "各隔几步。",
                "Where a name (a fact, agency, post, role, source or its clause, plan, standard, "
                "level, object, calendar, action and so on) is used; what must be written anew "
                "when it is abolished, and which levels, plans, duties and reports follow, each "
                "with how many steps away it is.",
            ),
            say(
                "名称有多个所指时写“种类:id”，如 hazard:flood；依据文件的条款写“文件 条款号”。",
                "Where a name means several things write kind:id, such as hazard:flood; a clause "
                "of a source is written after it: `SOURCE 4.2.2`.",
            ),
        ),
        examples=(
            ("planengine impact deaths", say("哪里用到死亡人数", "what uses the number of deaths")),
            (
                "planengine impact water-bureau --replaced-by emergency-bureau",
                say(
                    "机构改革：一个机构的职能并入另一个",
                    "a reform: one body takes over from another",
                ),
            ),
            (
                'planengine impact "linjiang-flood-plan 4.2.2"',
                say("以一条款为依据的规则", "the rules that rest on one clause"),
            ),
        ),
        params=[
            click.Argument(["name"], metavar="NAME"),
            click.Option(
                ["--replaced-by", "other"],
                metavar="OTHER",
                help=say(
                    "试着处处改写为另一个同类名称（不改文件），列出改后的错误和两者的差别。",
                    "Try to write another thing of the same kind everywhere (no file is changed): "
                    "what is then wrong, and what differs between the two.",
                ),
            ),
            click.Option(
                ["--at"],
                metavar="TIME",
                help=say(
                    "按此时有效的规则推算影响；默认现在。用处列出所有版本的。",
                    "What follows is by the rules in force at this time (default: now); uses are "
                    "those of all editions.",
                ),
            ),
            click.Option(
                ["--all", "whole"],
                is_flag=True,
                help=say("列出全部，不作省略。", "List everything, leave nothing out."),
            ),
            format_option(say),
            library_option(say),
            language_option(language),
        ],
    )


def _run(
    name: str,
    other: str | None,
    at: str | None,
    whole: bool,
    form: str,
    folder: Path | None,
    language: Language,
) -> None:
    from planengine.assessment.words import Words
    from planengine.cli.impact_data import data_of
    from planengine.cli.impact_names import Called
    from planengine.cli.impact_view import show
    from planengine.cli.read_library import read
    from planengine.graph.build import dependency_graph
    from planengine.impact.following import Following
    from planengine.impact.impact import impact_of
    from planengine.impact.owners import owners
    from planengine.impact.things import Things

    say = speaker(language)
    found = read(find_library(folder, say), language)
    entities = found.library.entities
    when = now()
    if at is not None:
        when = time_of(at, "--at", entities.time_zone, say, latest=when)
    things = Things(entities, found.mentions)
    thing = _meant(things, name, say)
    instead = None if other is None else _other(things, thing, other, say)
    rules = found.rules(when, language)
    owned = owners(entities, things, found.roots)
    following = Following(entities, things, owned, dependency_graph(entities, rules), rules)
    impact = impact_of(thing, entities, things, owned, following)
    trial: Replacement | None = None
    if instead is not None:
        from planengine.impact.replaced import replaced

        now_wrong = found.library.check()
        trial = replaced(
            entities, thing, instead, things, owned, found.texts, now_wrong, found.again
        )
    called = Called(Words(entities, language, at=when), following)
    if form == "json":
        click.echo(json_text(data_of(impact, trial, called, found.texts, when)))
    else:
        click.echo(show(impact, trial, called, found.texts, when, whole=whole), nl=False)


def _meant(things: Things, name: str, say: Say) -> Thing:
    """The thing that a name means; wrong use where it means none or several."""
    found = things.find(name)
    if not found:
        near = say("、", ", ").join(things.nearest(name))
        hint = say(f"；是否要写 {near}？", f": did you mean {near}?") if near else ""
        raise click.UsageError(
            say(f"库中没有“{name}”", f"nothing in the library is called `{name}`") + hint
        )
    if len(found) > 1:
        choices = say("、", ", ").join(map(str, found))
        raise click.UsageError(
            say(
                f"“{name}”有多个所指，请写其中之一：{choices}",
                f"`{name}` is ambiguous: write one of {choices}",
            )
        )
    return found[0]


def _other(things: Things, thing: Thing, name: str, say: Say) -> Thing:
    """What stands in for a thing: one of its own kind, and another."""
    alike = [one for one in things.find(name) if one.whole_kind == thing.whole_kind]
    other = alike[0] if len(alike) == 1 else _meant(things, name, say)
    if other.whole_kind != thing.whole_kind:
        raise click.UsageError(
            say(
                f"{other} 与 {thing} 不是同类，不能替代",
                f"{other} cannot stand for {thing}: it is of another kind",
            )
        )
    if other == thing:
        raise click.UsageError(say(f"{other} 就是它自己", f"{other} is the same thing"))
    return other
