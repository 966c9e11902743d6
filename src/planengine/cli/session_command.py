"""`planengine session`: an incident as it unfolds, kept in a journal."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from planengine.cli.command import Command, Family
from planengine.cli.common import format_option, language_option, library_option
from planengine.cli.language import Language, Say, speaker
from planengine.cli.session_journal import journal_commands
from planengine.cli.session_looking import looking_commands
from planengine.cli.session_options import (
    correct_option,
    journal_argument,
    note_option,
    now_option,
    place_options,
    quiet_option,
    when_options,
)
from planengine.cli.session_people import people_commands

if TYPE_CHECKING:
    from planengine.cli.append import Written

_KINDS = ("observed", "judged", "estimated", "forecast")


def command(language: Language) -> Family:
    """The commands, in one language."""
    say = speaker(language)
    option = language_option(language)
    option.expose_value = False  # each command has it too
    return Family(
        "session",
        language,
        (
            _new(language),
            _tell(language),
            _decide(language),
            *people_commands(language),
            _done(language),
            *looking_commands(language),
            *journal_commands(language),
        ),
        about=(
            say(
                "边发展边处置一起事件：所报、所决定、所完成的逐条记入日志 FILE，落盘后才算记下；"
                "每记一条，列出由此产生的变化。",
                "An incident as it unfolds. What is told, decided and done is kept in the journal "
                "FILE, on the disk before it is acknowledged; after each thing stands what "
                "follows from it.",
            ),
            say(
                "一起事件一个文件；几个人、几个程序可以同时写同一个文件。",
                "Each incident has a file of its own; several people and programs may write to "
                "one.",
            ),
        ),
        examples=(
            (
                "planengine session new flood.journal --hazard flood",
                say("一起洪水，开始记录", "a flood begins"),
            ),
            (
                "planengine session tell flood.journal "
                + say("水位=27.4米 --object 汉口站", "water-level=27.4m --object hankou"),
                say("报来一个水位", "a water level comes in"),
            ),
            (
                "planengine session decide flood.journal flood/flood --by flood-commander",
                say("批准现在的建议", "what is proposed now is approved"),
            ),
            (
                "planengine session show flood.journal --since last",
                say("现在的情况，和上次看以来的变化", "how it stands, and what is new"),
            ),
        ),
        params=[option],
    )


def _desk(file: Path, folder: Path | None, now: str | None, language: Language) -> Any:  # noqa: ANN401
    from planengine.cli.session_actions import Desk

    return Desk(file, folder, now, language)


def _new(language: Language) -> Command:
    say = speaker(language)
    return Command(
        "new",
        language,
        _run_new,
        about=(
            say(
                "建立日志 FILE，开始一起事件。已有的文件不会覆盖。",
                "Begin an incident in the new journal FILE. What is there is never written over.",
            ),
        ),
        examples=(
            (
                "planengine session new flood.journal --hazard flood --moment receipt=08:10",
                say("洪水，8:10 接报", "a flood, heard of at 8:10"),
            ),
            (
                "planengine session new flood.journal --from examples/flood-day.yaml",
                say("接着已有的事件文件", "goes on from an incident file"),
            ),
        ),
        params=[
            journal_argument(exists=False),
            click.Option(
                ["--hazard", "hazards"],
                metavar="HAZARD",
                multiple=True,
                help=say(
                    "灾种（planengine list hazards）；可重复。",
                    "A hazard (planengine list hazards); may be repeated.",
                ),
            ),
            click.Option(
                ["--id", "name"],
                metavar="ID",
                help=say(
                    "事件的 id，默认取文件名。", "The incident's id (default: the file's name)."
                ),
            ),
            click.Option(
                ["--label"], metavar="TEXT", help=say("事件的名称。", "The incident's name.")
            ),
            click.Option(
                ["--scope"],
                metavar="AREA",
                multiple=True,
                help=say(
                    "可能波及的辖区，默认本市；可重复。",
                    "An area it can touch (default: the home area); may be repeated.",
                ),
            ),
            click.Option(
                ["--moment", "moments"],
                metavar="MOMENT=TIME",
                multiple=True,
                help=say(
                    "何时发生、接报：occurrence=08:00；可重复。",
                    "When it occurred, was heard of: occurrence=08:00; may be repeated.",
                ),
            ),
            click.Option(
                ["--status"],
                type=click.Choice(["actual", "exercise", "test"]),
                help=say("实际、演练或测试，默认 actual。", "Default: actual."),
            ),
            click.Option(
                ["--from", "facts"],
                type=click.Path(exists=True, dir_okay=False, path_type=Path),
                metavar="FACTS",
                help=say(
                    "从这个事件文件接着记。", "Go on from this incident file: header and all."
                ),
            ),
            now_option(say),
            library_option(say),
            language_option(language),
        ],
    )


def _run_new(
    file: Path,
    hazards: tuple[str, ...],
    name: str | None,
    label: str | None,
    scope: tuple[str, ...],
    moments: tuple[str, ...],
    status: str | None,
    facts: Path | None,
    now: str | None,
    folder: Path | None,
    language: Language,
) -> None:
    from planengine.cli.session_actions import begin

    header = {"hazards": hazards, "id": name, "label": label, "scope": scope, "status": status}
    begin(_desk(file, folder, now, language), header, moments, facts)


def _tell(language: Language) -> Command:
    say = speaker(language)
    return Command(
        "tell",
        language,
        _run_tell,
        about=(
            say(
                "记一条报来的信息：各项 FACT=VALUE（写法同 planengine say），或 --issued、"
                "--invoke、--moment、--withdraw 之一；然后列出由此产生的变化。",
                "Keep what was reported: each FACT=VALUE, written as for planengine say, or one of "
                "--issued, --invoke, --moment and --withdraw; then tell what follows.",
            ),
            say(
                "--correct 更正一条：没有重新写的指标照原来所报。",
                "What --correct does not name of the facts that it corrects stays as told.",
            ),
        ),
        examples=(
            (
                "planengine session tell flood.journal "
                + say("死亡=2 失联=3 --area 溪口县", "deaths=2 missing=3 --area xikou-county"),
                say("溪口县报来两个数", "two figures of one county"),
            ),
            (
                "planengine session tell flood.journal "
                + say("死亡=1 --correct 7", "deaths=1 --correct 7"),
                say("更正编号 7 的一条", "number 7 is corrected"),
            ),
        ),
        params=[
            journal_argument(),
            click.Argument(["facts"], nargs=-1, metavar="[FACT=VALUE]..."),
            *place_options(say),
            *when_options(say),
            click.Option(
                ["--until"],
                metavar="TIME",
                help=say("预报、数值或发布有效到何时。", "Until when it is valid."),
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
                ["--issued"],
                metavar="WARNING=LEVEL",
                help=say(
                    "已发布的预警或分级；none 是解除。",
                    "A warning or grade that was issued; none lifts it.",
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
                ["--by"], metavar="WHO", help=say("谁发布或认定的。", "Who issued or judged it.")
            ),
            click.Option(
                ["--moment", "moments"],
                metavar="MOMENT=TIME",
                multiple=True,
                help=say("某个时刻：occurrence=08:00。", "A moment: occurrence=08:00."),
            ),
            click.Option(
                ["--withdraw"],
                metavar="ID",
                help=say("撤回哪一条。", "The one that is withdrawn."),
            ),
            correct_option(say),
            note_option(say),
            *_common(say, language),
        ],
    )


def _common(say: Say, language: Language) -> tuple[click.Parameter, ...]:
    return (
        now_option(say),
        quiet_option(say),
        format_option(say),
        library_option(say),
        language_option(language),
    )


def _run_tell(
    file: Path,
    facts: tuple[str, ...],
    area: str | None,
    thing: str | None,
    at: str | None,
    received: str | None,
    until: str | None,
    source: str | None,
    kind: str | None,
    issued: str | None,
    invoke: str | None,
    by: str | None,
    moments: tuple[str, ...],
    withdraw: str | None,
    correct: str | None,
    note: str | None,
    now: str | None,
    quiet: bool,
    form: str,
    folder: Path | None,
    language: Language,
) -> None:
    from planengine.cli.session_actions import tell
    from planengine.cli.session_words import statement, texts, times

    say = speaker(language)
    for option, given, fits in (("--kind", kind, facts), ("--until", until, facts or issued)):
        if given is not None and not fits:
            raise click.UsageError(
                say(f"{option} 只用于 FACT=VALUE", f"{option} is for FACT=VALUE only")
            )
    desk = _desk(file, folder, now, language)
    clock = desk.clock
    content = statement(facts, issued, invoke, moments, withdraw, by, clock, say)
    session = desk.session
    when = times(clock, at, received)
    valid: dict[str, Written] = {}
    if until is not None:
        began = clock.now if at is None else clock.time(at, "--at")
        valid["valid"] = {"until": clock.written(clock.time(until, "--until", after=began))}
    named = texts(area=area, object=thing, source=source, kind=kind, correct=correct, note=note)
    tell(desk, session, {**when, **named, **valid, **content}, form, quiet=quiet)


def _decide(language: Language) -> Command:
    say = speaker(language)
    return Command(
        "decide",
        language,
        _run_decide,
        about=(
            say(
                "记一项决定。只写 PLAN 是批准现在的建议；PLAN=LEVEL 是启动或调整到这一级，"
                "none 是终止。分轨的写“预案/分轨”。",
                "Keep a decision. PLAN alone approves what is proposed now; PLAN=LEVEL starts the "
                "level or changes to it, none ends it. Of a track: plan/track.",
            ),
        ),
        examples=(
            (
                "planengine session decide flood.journal flood/flood --by flood-commander",
                say("批准建议的级别", "the level that is proposed is approved"),
            ),
            (
                "planengine session decide flood.journal flood/flood=I --by mayor --reason "
                + say("堤防出现管涌", "'the dyke is leaking'"),
                say("市长说明理由后提级", "the mayor raises it, and says why"),
            ),
        ),
        params=[
            journal_argument(),
            click.Argument(["plan"], metavar="PLAN[=LEVEL]"),
            click.Option(
                ["--by"],
                metavar="WHO",
                help=say("谁决定的：岗位或机构。", "Who decided it: a post or body."),
            ),
            click.Option(
                ["--reason"], metavar="TEXT", help=say("决定的理由。", "Why it was decided so.")
            ),
            click.Option(
                ["--duration"], metavar="DURATION", help=say("决定的期限。", "For how long.")
            ),
            *place_options(say),
            *when_options(say),
            correct_option(say),
            *_common(say, language),
        ],
    )


def _run_decide(
    file: Path,
    plan: str,
    by: str | None,
    reason: str | None,
    duration: str | None,
    area: str | None,
    thing: str | None,
    at: str | None,
    received: str | None,
    correct: str | None,
    now: str | None,
    quiet: bool,
    form: str,
    folder: Path | None,
    language: Language,
) -> None:
    from planengine.cli.session_actions import tell, told_errors
    from planengine.cli.session_words import decided, texts, times

    say = speaker(language)
    desk = _desk(file, folder, now, language)
    session = desk.session
    with told_errors(language):
        content = decided(session, plan, by, duration, reason, desk.clock, desk.entities, say)
    when = times(desk.clock, at, received)
    named = texts(area=area, object=thing, correct=correct)
    tell(desk, session, {**when, **named, **content}, form, quiet=quiet)


def _done(language: Language) -> Command:
    say = speaker(language)
    return Command(
        "done",
        language,
        _run_done,
        about=(
            say(
                "记下完成的措施（id 见 planengine list actions），"
                "或 --reported 已作出的报告、发布。",
                "Keep that actions are done (ids: planengine list actions), or with --reported "
                "that reports or releases were made.",
            ),
        ),
        examples=(
            (
                "planengine session done flood.journal flood/patrol-dykes",
                say("巡堤已完成", "the dykes are patrolled"),
            ),
        ),
        params=[
            journal_argument(),
            click.Argument(["actions"], nargs=-1, metavar="[ACTION]..."),
            click.Option(
                ["--reported", "reports"],
                metavar="REPORT",
                multiple=True,
                help=say(
                    "已作出的报告或发布（planengine list reports）；可重复。",
                    "A report or release that was made (planengine list reports); may be repeated.",
                ),
            ),
            *place_options(say),
            *when_options(say),
            correct_option(say),
            note_option(say),
            *_common(say, language),
        ],
    )


def _run_done(
    file: Path,
    actions: tuple[str, ...],
    reports: tuple[str, ...],
    area: str | None,
    thing: str | None,
    at: str | None,
    received: str | None,
    correct: str | None,
    note: str | None,
    now: str | None,
    quiet: bool,
    form: str,
    folder: Path | None,
    language: Language,
) -> None:
    from planengine.cli.session_actions import tell
    from planengine.cli.session_words import met, texts, times

    desk = _desk(file, folder, now, language)
    content = met(actions, reports, desk.entities, speaker(language))
    when = times(desk.clock, at, received)
    named = texts(area=area, object=thing, correct=correct, note=note)
    tell(desk, desk.session, {**when, **named, **content}, form, quiet=quiet)
