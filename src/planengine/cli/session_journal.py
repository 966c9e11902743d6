"""The commands of `planengine session` that are about the journal itself."""

from __future__ import annotations

from pathlib import Path

import click

from planengine.cli.command import Command
from planengine.cli.common import format_option, language_option, library_option
from planengine.cli.language import Language, speaker
from planengine.cli.session_options import journal_argument, now_option


def journal_commands(language: Language) -> tuple[Command, ...]:
    """The commands, in one language."""
    return _log(language), _verify(language), _export(language), _migrate(language)


def _log(language: Language) -> Command:
    say = speaker(language)
    return Command(
        "log",
        language,
        _run_log,
        about=(
            say(
                "日志的每一条，从旧到新；方括号内是更正、撤回时用的编号。",
                "Every entry of the journal, the oldest first; in brackets the id by which it is "
                "corrected or withdrawn.",
            ),
        ),
        examples=(("planengine session log flood.journal", say("全部", "all of it")),),
        params=[journal_argument(), format_option(say), language_option(language)],
    )


def _run_log(file: Path, form: str, language: Language) -> None:
    from planengine.cli.session_records import log

    log(file, form, language)


def _verify(language: Language) -> Command:
    say = speaker(language)
    return Command(
        "verify",
        language,
        _run_verify,
        about=(
            say(
                "核对日志每一条是否与写入时一致，指出第一条被改动或缺失的。末尾被截掉看不出来："
                "另处记下最新一条的摘要，用 --head 核对。",
                "Whether every entry is what was written, and which is the first that is not. "
                "That the end was cut off cannot be seen: note the newest digest elsewhere, and "
                "give it with --head.",
            ),
        ),
        examples=(("planengine session verify flood.journal", say("核对", "check it")),),
        params=[
            journal_argument(),
            click.Option(
                ["--head"],
                metavar="DIGEST",
                help=say(
                    "日志中应有摘要以此开头的一条。",
                    "An entry whose digest begins so must be in it.",
                ),
            ),
            format_option(say),
            language_option(language),
        ],
    )


def _run_verify(file: Path, head: str | None, form: str, language: Language) -> None:
    from planengine.cli.session_records import verify

    verify(file, head, form, language)


def _export(language: Language) -> Command:
    say = speaker(language)
    return Command(
        "export",
        language,
        _run_export,
        about=(
            say(
                "导出为 JSONL 事件文件，planengine assess 据此得出同样的研判。",
                "The incident as a JSONL file; planengine assess gives the same answer for it.",
            ),
        ),
        examples=(
            (
                "planengine session export flood.journal -o flood.jsonl",
                say("存为文件", "into a file"),
            ),
        ),
        params=[
            journal_argument(),
            click.Option(
                ["--output", "-o"],
                type=click.Path(path_type=Path),
                metavar="PATH",
                help=say("写到哪个文件，默认标准输出。", "The file (default: standard output)."),
            ),
            click.Option(
                ["--lenient"],
                is_flag=True,
                help=say(
                    "日志被改动时，导出此前完好的各条。",
                    "Of an altered journal, what stands before the alteration.",
                ),
            ),
            language_option(language),
        ],
    )


def _run_export(file: Path, output: Path | None, lenient: bool, language: Language) -> None:
    from planengine.cli.session_records import export

    export(file, output, lenient=lenient, language=language)


def _migrate(language: Language) -> Command:
    say = speaker(language)
    return Command(
        "migrate",
        language,
        _run_migrate,
        about=(
            say(
                "预案库有改动后，明确改用现在的预案库，并记为一条；所记内容有读不懂的就不改。",
                "After the plans were changed: go over to them, which becomes an entry. Where what "
                "was told cannot be read by them, nothing is changed.",
            ),
        ),
        examples=(("planengine session migrate flood.journal", say("改用", "go over")),),
        params=[
            journal_argument(),
            now_option(say),
            library_option(say),
            language_option(language),
        ],
    )


def _run_migrate(file: Path, now: str | None, folder: Path | None, language: Language) -> None:
    from planengine.cli.session_actions import Desk, migrate

    migrate(Desk(file, folder, now, language))
