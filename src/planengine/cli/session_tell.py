"""`planengine session tell`: what was reported, issued, judged or withdrawn."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from planengine.cli.command import Command
from planengine.cli.language import Language, speaker
from planengine.cli.session_options import (
    common_options,
    correct_option,
    journal_argument,
    note_option,
    place_options,
    when_options,
)

if TYPE_CHECKING:
    from planengine.cli.append import Written

_KINDS = ("observed", "judged", "estimated", "forecast")


def tell_command(language: Language) -> Command:
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
            (
                "planengine session tell f.journal --issued warning.flood=red --by water-bureau",
                say("发布了红色预警", "a red warning was issued"),
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
                metavar="warning.PLAN=LEVEL",
                help=say(
                    "已发布的预警（分级写 grade.）；none 是解除。",
                    "A warning (of a grade: grade.) that was issued; none lifts it.",
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
            *common_options(say, language),
        ],
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
    from planengine.cli.session_actions import Desk, tell
    from planengine.cli.session_words import statement, texts, times

    say = speaker(language)
    for option, given, fits in (("--kind", kind, facts), ("--until", until, facts or issued)):
        if given is not None and not fits:
            raise click.UsageError(
                say(f"{option} 只用于 FACT=VALUE", f"{option} is for FACT=VALUE only")
            )
    desk = Desk(file, folder, now, language)
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
