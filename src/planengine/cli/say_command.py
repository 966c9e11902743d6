"""`planengine say`: one thing more that was reported, done or told, at the end of a file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from planengine.cli.command import Command
from planengine.cli.common import (
    fail,
    find_library,
    language_option,
    library_near,
    library_option,
    load_library,
    print_findings,
)
from planengine.cli.language import Language, Say, speaker
from planengine.cli.times import now, time_of
from planengine.cli.writing import replace

if TYPE_CHECKING:
    from planengine.cli.append import Written
    from planengine.diagnostics import Diagnostic
    from planengine.domain.entities import Entities
    from planengine.domain.statements import DutyKind

_KINDS = ("observed", "judged", "estimated", "forecast")


def command(language: Language) -> Command:
    """The command, in one language."""
    say = speaker(language)
    return Command(
        "say",
        language,
        _run,
        about=(
            say(
                "在事件文件 FILE 末尾追加一条信息：各项 FACT=VALUE，或 --done、--reported 之一。"
                "名称、数值和单位的写法同文件中一样；先按预案库检查，有错则什么也不写。"
                "文件中已有的内容和注释不变。",
                "Add one observation at the end of the incident file FILE: each FACT=VALUE, or "
                "what is --done or --reported. Names, values and units are written as in the file. "
                "It is checked against the library first, and where it is wrong nothing is "
                "written. What is in the file stays as it is, comments too.",
            ),
            say(
                "FILE 为 YAML、JSON 或 JSONL。时间写 now、23:00（不晚于现在的最近一个）"
                "或 ISO 8601，不写时区时按预案库的时区。",
                "FILE is YAML, JSON or JSONL. A time is now, 23:00 (the last one until now) or ISO "
                "8601, without an offset by the library's time zone.",
            ),
        ),
        examples=(
            (
                "planengine say examples/flood-day.yaml "
                + say("死亡=2 失联=3 --area 溪口县", "deaths=2 missing=3 --area xikou-county"),
                say("溪口县报来两个数", "two figures of one county"),
            ),
            (
                "planengine say examples/flood-day.yaml --done flood/open-shelters",
                say("一项措施已完成", "an action is done"),
            ),
        ),
        params=[
            click.Argument(["file"], type=click.Path(exists=True, dir_okay=False, path_type=Path)),
            click.Argument(["facts"], nargs=-1, metavar="[FACT=VALUE]..."),
            click.Option(
                ["--area"], metavar="AREA", help=say("说的是哪个辖区。", "The area it is about.")
            ),
            click.Option(
                ["--object", "thing"],
                metavar="OBJECT",
                help=say("说的是哪个对象（水库、站点）。", "The object: a reservoir, a station."),
            ),
            click.Option(
                ["--at"],
                metavar="TIME",
                default="now",
                help=say("何时报的，默认现在。", "When it was stated (default: now)."),
            ),
            click.Option(
                ["--received"],
                metavar="TIME",
                help=say("何时收到，默认同 --at。", "When it was received (default: --at)."),
            ),
            click.Option(
                ["--until"],
                metavar="TIME",
                help=say("预报或数值有效到何时。", "Until when the forecast or value is valid."),
            ),
            click.Option(["--source"], metavar="WHO", help=say("谁报的。", "Who states it.")),
            click.Option(
                ["--kind"],
                type=click.Choice(_KINDS),
                help=say(
                    "观测、研判、估计或预报；默认 observed。",
                    "What kind of statement (default: observed).",
                ),
            ),
            click.Option(
                ["--done"],
                metavar="ACTION",
                help=say(
                    "已完成的措施：id，或“预案/措施”。",
                    "An action that is done: its id, or plan/action.",
                ),
            ),
            click.Option(
                ["--reported"],
                metavar="REPORT",
                help=say(
                    "已作出的报告或发布：id，或“文件/报告”。",
                    "A report or release that was made: its id, or document/report.",
                ),
            ),
            library_option(say),
            language_option(language),
        ],
    )


def _run(
    file: Path,
    facts: tuple[str, ...],
    area: str | None,
    thing: str | None,
    at: str,
    received: str | None,
    until: str | None,
    source: str | None,
    kind: str | None,
    done: str | None,
    reported: str | None,
    folder: Path | None,
    language: Language,
) -> None:
    from planengine.values.times import format_time

    say = speaker(language)
    if sum((bool(facts), done is not None, reported is not None)) != 1:
        raise click.UsageError(
            say(
                "写 FACT=VALUE，或 --done，或 --reported：每次一种",
                "give FACT=VALUE, or --done, or --reported: one of them at a time",
            )
        )
    if area is not None and thing is not None:
        raise click.UsageError(
            say("--area 和 --object 只写一个", "give --area or --object, not both")
        )
    stated = _stated(facts, say)
    for option, given in (("--kind", kind), ("--until", until)):
        if given is not None and not facts:
            raise click.UsageError(
                say(f"{option} 只用于 FACT=VALUE", f"{option} is for FACT=VALUE only")
            )
    entities = load_library(find_library(folder, say, library_near(file)), language).entities
    zone = entities.time_zone
    when = time_of(at, "--at", zone, say, latest=now())
    observation: dict[str, Written] = {"at": format_time(when, zone)}
    if received is not None:
        heard = time_of(received, "--received", zone, say, latest=now())
        observation["received"] = format_time(heard, zone)
    said = {"area": area, "object": thing, "source": source, "kind": kind}
    observation |= {key: text for key, text in said.items() if text is not None}
    if until is not None:
        end = time_of(until, "--until", zone, say, latest=when, earliest=when + 1)
        observation["valid"] = {"until": format_time(end, zone)}
    if facts:
        observation["facts"] = stated
    elif done is not None:
        observation["done"] = _duty(done, "--done", ("action",), entities, say)
    elif reported is not None:
        observation["reported"] = _duty(
            reported, "--reported", ("report", "release"), entities, say
        )
    _add(file, observation, entities, language)


def _stated(facts: Iterable[str], say: Say) -> dict[str, Written]:
    """The facts with their values; a list in brackets is one of its members."""
    stated: dict[str, Written] = {}
    for text in facts:
        name, equals, value = (part.strip() for part in text.partition("="))
        if not equals or not name or not value:
            raise click.UsageError(
                say(
                    f"“{text}”须写成 指标=值，如 死亡=2", f"`{text}`: write FACT=VALUE, as deaths=2"
                )
            )
        if name in stated:
            raise click.UsageError(say(f"{name} 写了两次", f"{name} is given twice"))
        is_list = value.startswith("[") and value.endswith("]") and ".." not in value
        stated[name] = [one.strip() for one in value[1:-1].split(",")] if is_list else value
    return stated


def _duty(
    text: str, option: str, kinds: tuple[DutyKind, ...], entities: Entities, say: Say
) -> dict[str, Written]:
    """What says that a duty is met; wrong use where none, or more than one, has this id."""
    from planengine.domain.plan_names import plans_named
    from planengine.linking.library.duties import duties_of

    whose, _, item = text.rpartition("/")
    documents = (*entities.plans, *entities.standards)
    if whose:
        documents = (*plans_named(entities.names, whose), *entities.names.find("standard", whose))
    found = [
        (document, kind)
        for document in documents
        for kind, name in duties_of(entities, document)
        if name == item and kind in kinds
    ]
    if len(found) > 1:  # what is of the home area, before what is of another
        ours = [one for one in found if one[0].startswith(f"{entities.home}/")]
        found = ours if whose and len(ours) == 1 else found
    if len(found) != 1:
        _refuse_duty(text, option, [document for document, _ in found], item, kinds, entities, say)
    document, kind = found[0]
    area, _, plan = document.rpartition("/")
    if not area:
        return {"standard": document, kind: item}
    own = {} if area == entities.home else {"jurisdiction": area}
    return {"plan": plan, **own, kind: item}


def _refuse_duty(
    text: str,
    option: str,
    found: list[str],
    item: str,
    kinds: tuple[DutyKind, ...],
    entities: Entities,
    say: Say,
) -> NoReturn:
    from planengine.diagnostics.suggest import did_you_mean
    from planengine.linking.library.duties import duties_of

    if found:
        choices = say("、", ", ").join(f"{document}/{item}" for document in found)
        raise click.UsageError(
            say(
                f"{option} 的“{text}”有几个，写明是哪个：{choices}",
                f"{option}: `{text}` may be several; say which: {choices}",
            )
        )
    known = (
        name
        for document in (*entities.plans, *entities.standards)
        for kind, name in duties_of(entities, document)
        if kind in kinds
    )
    nearest = did_you_mean(item, known)
    hint = say(f"；是否要写 {nearest}？", f": did you mean {nearest}?") if nearest else ""
    raise click.UsageError(
        say(f"{option} 的“{text}”库中没有{hint}", f"{option}: `{text}` is not in the library{hint}")
    )


def _add(
    file: Path, observation: dict[str, Written], entities: Entities, language: Language
) -> None:
    """Write the file with one observation more, if the library takes it."""
    from planengine.cli.append import appended, on_one_line
    from planengine.linking.incidents.incident import read_incident
    from planengine.reading.contents import content_of
    from planengine.reading.source import read_text

    say, name = speaker(language), file.as_posix()
    content = content_of(file)
    if content is None:
        raise click.UsageError(say(f"不能读取 {file}", f"cannot read {file}"))
    before: list[Diagnostic] = []
    read_incident(content, entities, before, file=name)
    text = read_text(content, name, [])
    if text is None or _errors(before):
        fail(_errors(before), {} if text is None else {name: text}, language)
    added = appended(text, name, observation)
    if added is None:
        raise click.UsageError(
            say(
                f"{file} 的写法无法自动追加：observations 写成列表，每条一个“- ”",
                f"nothing can be added to {file} as it is laid out: write `observations` as a "
                "list, each entry after `- `",
            )
        )
    found: list[Diagnostic] = []
    read_incident(added, entities, found, file=name)
    if _errors(found):
        click.echo(say("什么也没有写入：", "Nothing was written:"), err=True)
        fail(_errors(found), {name: added}, language)
    mark = b"\xef\xbb\xbf" if content.startswith(b"\xef\xbb\xbf") else b""
    replace(file, content, mark + added.encode(), say)
    news = _news(before, found)
    if news:
        print_findings(news, {name: added}, language, to_stderr=True)
    line = on_one_line(observation)
    click.echo(say(f"已写入 {file}：{line}", f"added to {file}: {line}"))


def _news(before: Iterable[Diagnostic], after: Iterable[Diagnostic]) -> list[Diagnostic]:
    """The findings that were not there before, wherever they stood."""
    known = Counter((one.code, one.params) for one in before)
    news: list[Diagnostic] = []
    for one in after:
        if known[one.code, one.params]:
            known[one.code, one.params] -= 1
        else:
            news.append(one)
    return news


def _errors(found: Iterable[Diagnostic]) -> list[Diagnostic]:
    return [one for one in found if one.severity == "error"]
