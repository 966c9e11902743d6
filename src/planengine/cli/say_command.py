"""`planengine say`: one thing more that was reported, done or told, at the end of a file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

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
from planengine.cli.language import Language, speaker
from planengine.cli.times import now, time_of
from planengine.cli.writing import replace

if TYPE_CHECKING:
    from planengine.cli.append import Written
    from planengine.diagnostics import Diagnostic
    from planengine.domain.entities import Entities
    from planengine.domain.statements import DutyKind

_KINDS = {"观测": "observed", "研判": "judged", "估计": "estimated", "预报": "forecast"}


def command(language: Language) -> Command:
    """The command, in one language."""
    say = speaker(language)
    return Command(
        "say",
        language,
        _run,
        about=(
            say(
                "在事件文件 FILE 末尾追加一条信息：各项 FACT=VALUE，或 --done、--reported、"
                "--acknowledged、--decide、--decline、--hand-over、--issued、--invoke、--moment、"
                "--withdraw 之一。"
                "名称、数值和单位的写法同文件中一样；先按预案库检查，有错则什么也不写。"
                "文件中已有的内容和注释不变。",
                "Add one observation at the end of the incident file FILE: each FACT=VALUE, or "
                "what is --done, --reported, --acknowledged, --decide, --decline, --hand-over, "
                "--issued, --invoke, --moment or --withdraw. Names, values and units are written "
                "as in the file. "
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
            (
                "planengine say examples/flood-day.yaml --decide flood/flood=II --by mayor",
                say("市长启动了防汛二级响应", "the mayor has started the flood response, level II"),
            ),
            (
                "planengine say examples/flood-day.yaml --correct o2 "
                + say('"水位=24.72 m"', '"water-level=24.72 m"'),
                say("o2 那一条报错了，应为这个数", "what o2 said was wrong: it should be this"),
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
                ["--id", "name"],
                metavar="ID",
                help=say(
                    "给这一条一个 id，以便以后更正或撤回。",
                    "An id for it, by which it can be corrected or withdrawn later.",
                ),
            ),
            click.Option(
                ["--correct"],
                metavar="ID",
                help=say(
                    "以这一条更正以前的一条（它的 id）：地点、种类、来源不写则不变。",
                    "The earlier observation (its id) that this one corrects; its place, kind and "
                    "source stay unless given.",
                ),
            ),
            click.Option(
                ["--withdraw"],
                metavar="ID",
                help=say(
                    "撤回以前的一条（它的 id）。",
                    "The earlier observation (its id) no longer counts.",
                ),
            ),
            click.Option(
                ["--moment"],
                metavar="MOMENT=TIME",
                multiple=True,
                help=say(
                    "某个时刻，如 发生=23:00（planengine list moments）；可重复。",
                    "When something was, as occurrence=23:00 (planengine list moments); may be "
                    "repeated.",
                ),
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
                type=click.Choice([*_KINDS.values(), *_KINDS]),
                metavar="[" + say("|".join(_KINDS), "|".join(_KINDS.values())) + "]",
                help=say(
                    "观测、研判、估计或预报；默认 observed。",
                    "What kind of statement (default: observed).",
                ),
            ),
            click.Option(
                ["--done"],
                metavar="ACTION",
                multiple=True,
                help=say(
                    "已完成的措施：id 或名称（planengine list actions），或“预案/措施”；可重复。",
                    "An action that is done: its id or label (planengine list actions), or "
                    "plan/action; may be repeated.",
                ),
            ),
            click.Option(
                ["--reported"],
                metavar="REPORT",
                multiple=True,
                help=say(
                    "已作出的报告或发布：id（planengine list reports），或“文件/报告”；可重复。",
                    "A report or release that was made: its id (planengine list reports), or "
                    "document/report; may be repeated.",
                ),
            ),
            click.Option(
                ["--decide"],
                metavar="PLAN=LEVEL",
                help=say(
                    "人决定启动或调整到的级别；none 是终止。分轨的写“预案/分轨=级别”。",
                    "The level that people start or change to; none ends it. Of a track: "
                    "plan/track=level.",
                ),
            ),
            click.Option(
                ["--decline"],
                metavar="PLAN=LEVEL",
                help=say(
                    "人没有采纳的建议：不启动或提到的级别，或 lower、end；须有 --reason。",
                    "The proposal that people declined: the level they do not start or raise to, "
                    "or lower, end; needs --reason.",
                ),
            ),
            click.Option(
                ["--hand-over"],
                metavar="PLAN=WHO",
                help=say(
                    "指挥权移交给谁：预案=机构或岗位，或 岗位=代行的人；none 恢复原状。",
                    "To whom command is handed over: plan=post or body, or post=whoever acts for "
                    "it; none: as the plan says.",
                ),
            ),
            click.Option(
                ["--acknowledged"],
                metavar="DUTY",
                multiple=True,
                help=say(
                    "已签收的措施、报告或发布，写法同 --done、--reported；可重复。",
                    "An action, report or release that was received, written as for --done and "
                    "--reported; may be repeated.",
                ),
            ),
            click.Option(
                ["--reason"],
                metavar="TEXT",
                help=say(
                    "与 --decide、--decline、--hand-over 同写：理由。",
                    "With --decide, --decline and --hand-over: why.",
                ),
            ),
            click.Option(
                ["--issued"],
                metavar="WARNING=LEVEL",
                help=say(
                    "已发布的预警或分级：warning.预案=级别、warning.rainstorm=red；none 是解除。",
                    "A warning or grade that was issued: warning.plan=level, "
                    "warning.rainstorm=red; none lifts it.",
                ),
            ),
            click.Option(
                ["--invoke"],
                metavar="CLAUSE",
                help=say(
                    "人作出的认定（planengine list clauses）。",
                    "What people have judged (planengine list clauses).",
                ),
            ),
            click.Option(
                ["--by"],
                metavar="WHO",
                help=say(
                    "谁决定、发布或认定的：岗位或机构。",
                    "Who decided, issued or judged it: a post or body.",
                ),
            ),
            click.Option(
                ["--duration"],
                metavar="DURATION",
                help=say("与 --decide 同写：决定的期限。", "With --decide: for how long."),
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
    name: str | None,
    correct: str | None,
    withdraw: str | None,
    moment: tuple[str, ...],
    at: str,
    received: str | None,
    until: str | None,
    source: str | None,
    kind: str | None,
    done: tuple[str, ...],
    reported: tuple[str, ...],
    decide: str | None,
    decline: str | None,
    hand_over: str | None,
    acknowledged: tuple[str, ...],
    reason: str | None,
    issued: str | None,
    invoke: str | None,
    by: str | None,
    duration: str | None,
    folder: Path | None,
    language: Language,
) -> None:
    from planengine.cli.say_acts import (
        decision,
        duties_met,
        handed_over,
        issue,
        moments,
        refusal,
        stated,
    )
    from planengine.values.times import format_time

    say = speaker(language)
    lists = (facts, done, reported, acknowledged, moment)
    acts = (decide, decline, hand_over, issued, invoke, withdraw)
    if sum((*map(bool, lists), *(one is not None for one in acts))) != 1:
        raise click.UsageError(
            say(
                "写 FACT=VALUE，或 --done、--reported、--acknowledged、--decide、--decline、"
                "--hand-over、--issued、--invoke、--moment、--withdraw：每次一种",
                "give FACT=VALUE, or --done, --reported, --acknowledged, --decide, --decline, "
                "--hand-over, --issued, --invoke, --moment or --withdraw: one of them at a time",
            )
        )
    if correct is not None and withdraw is not None:
        raise click.UsageError(
            say(
                "--correct 和 --withdraw 只写一个：更正的已代替原来那一条",
                "give --correct or --withdraw, not both: a correction replaces what it corrects",
            )
        )
    if area is not None and thing is not None:
        raise click.UsageError(
            say("--area 和 --object 只写一个", "give --area or --object, not both")
        )
    values = stated(facts, say)
    of_people = decide or decline or hand_over
    by_people = of_people or acknowledged or issued or invoke
    who_says = "--decide, --decline, --hand-over, --acknowledged, --issued, --invoke"
    for option, given, fits, what in (
        ("--kind", kind, facts, "FACT=VALUE"),
        ("--until", until, facts or issued, "FACT=VALUE, --issued"),
        ("--by", by, by_people, who_says),
        ("--reason", reason, of_people, "--decide, --decline, --hand-over"),
        ("--duration", duration, decide, "--decide"),
    ):
        if given is not None and not fits:
            raise click.UsageError(
                say(f"{option} 只用于 {what.replace(', ', '、')}", f"{option} is for {what} only")
            )
    entities = load_library(find_library(folder, say, library_near(file)), language).entities
    zone = entities.time_zone
    when = time_of(at, "--at", zone, say, latest=now())
    observation: dict[str, Written] = {} if name is None else {"id": name}
    observation["at"] = format_time(when, zone)
    if received is not None:
        heard = time_of(received, "--received", zone, say, latest=now())
        observation["received"] = format_time(heard, zone)
    kind = _KINDS.get(kind, kind) if kind is not None else None
    said = {"correct": correct, "area": area, "object": thing, "source": source, "kind": kind}
    observation |= {key: text for key, text in said.items() if text is not None}
    if until is not None:
        end = time_of(until, "--until", zone, say, latest=when, earliest=when + 1)
        observation["valid"] = {"until": format_time(end, zone)}
    kinds: tuple[DutyKind, ...] = ("report", "release")
    by_whom = {} if by is None else {"by": by}
    read = partial(time_of, zone=zone, say=say, latest=when)
    contents: dict[str, tuple[object, Callable[[], Written]]] = {
        "facts": (facts, lambda: values),
        "done": (done, lambda: duties_met(done, "--done", ("action",), entities, say)),
        "reported": (reported, lambda: duties_met(reported, "--reported", kinds, entities, say)),
        "acknowledged": (
            acknowledged,
            lambda: {
                **duties_met(acknowledged, "--acknowledged", ("action", *kinds), entities, say),
                **by_whom,
            },
        ),
        "decide": (
            decide or decline,
            lambda: (
                decision(decide, by, duration, reason, entities, say)
                if decide is not None
                else refusal(decline or "", by, reason, entities, say)
            ),
        ),
        "hand-over": (
            hand_over,
            lambda: handed_over(hand_over or "", by, reason, entities, say),
        ),
        "issued": (issued, lambda: issue(issued or "", say)),
        "moments": (moment, lambda: moments(moment, read, zone, say)),
        "withdraw": (withdraw, lambda: withdraw or ""),
        "invoke": (invoke, lambda: {"clause": invoke or "", **by_whom}),
    }
    observation |= {key: made() for key, (is_given, made) in contents.items() if is_given}
    if issued is not None:
        observation |= by_whom
    _add(file, observation, entities, language)


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
