"""The commands of `planengine session` that show how the incident stands."""

from __future__ import annotations

from pathlib import Path

import click

from planengine.cli.command import Command
from planengine.cli.common import finite, format_option, language_option, library_option
from planengine.cli.language import Language, speaker
from planengine.cli.session_options import journal_argument, now_option


def looking_commands(language: Language) -> tuple[Command, ...]:
    """The commands, in one language."""
    return _show(language), _watch(language)


def _show(language: Language) -> Command:
    say = speaker(language)
    return Command(
        "show",
        language,
        _run_show,
        about=(
            say(
                "现在的情况：处于哪个阶段、研判与现行级别差在哪里差了多久，然后是研判的主屏。",
                "How it stands: the stage, where the level recommended and the level in force "
                "differ and for how long, then the screen of planengine assess.",
            ),
        ),
        examples=(
            (
                "planengine session show flood.journal --since last",
                say("上次看以来的变化", "what is new since it was shown last"),
            ),
        ),
        params=[
            journal_argument(),
            click.Option(
                ["--at"], metavar="TIME", help=say("哪个时刻，默认现在。", "When (default: now).")
            ),
            click.Option(
                ["--since"],
                metavar="TIME",
                help=say(
                    "列出自该时刻以来的变化；last 是你上次看的时候。",
                    "Tell what is new since then; last: since you were shown it.",
                ),
            ),
            format_option(say),
            click.Option(
                ["--why"],
                is_flag=True,
                help=say("列出每项研判的理由。", "Show the reasons of every decision."),
            ),
            click.Option(
                ["--all", "everything"],
                is_flag=True,
                help=say("列出全部内容。", "Show everything, not what is first."),
            ),
            click.Option(
                ["--contacts"],
                is_flag=True,
                help=say(
                    "在各项任务下列出联系方式。", "Show below each duty how bodies are reached."
                ),
            ),
            now_option(say),
            library_option(say),
            language_option(language),
        ],
    )


def _run_show(
    file: Path,
    at: str | None,
    since: str | None,
    form: str,
    why: bool,
    everything: bool,
    contacts: bool,
    now: str | None,
    folder: Path | None,
    language: Language,
) -> None:
    from planengine.cli.session_actions import Desk
    from planengine.cli.session_showing import show

    desk = Desk(file, folder, now, language)
    show(desk, at, since, form, why=why, everything=everything, contacts=contacts)


def _watch(language: Language) -> Command:
    say = speaker(language)
    return Command(
        "watch",
        language,
        _run_watch,
        about=(
            say(
                "守着事件：有人记入新信息，或时间本身带来变化（时限到了、预报过期）时，列出变化。"
                "Ctrl-C 结束。",
                "Keep an eye on it: tell what is new whenever somebody tells something, or time "
                "alone changes something (a limit passes, a forecast ends). Ctrl-C ends it.",
            ),
        ),
        examples=(("planengine session watch flood.journal", say("开着不关", "leave it running")),),
        params=[
            journal_argument(),
            click.Option(
                ["--every"],
                type=click.FloatRange(min=0.1),
                callback=finite,
                default=2.0,
                metavar="SECONDS",
                help=say("每几秒看一次，默认 2。", "Look every so many seconds (default: 2)."),
            ),
            now_option(say),
            library_option(say),
            language_option(language),
        ],
    )


def _run_watch(
    file: Path, every: float, now: str | None, folder: Path | None, language: Language
) -> None:
    from planengine.cli.session_actions import Desk
    from planengine.cli.session_showing import watch

    watch(Desk(file, folder, now, language), every)
