"""`planengine schema`: JSON Schema for editors, and of what `assess --format json` prints."""

from __future__ import annotations

from pathlib import Path

import click

from planengine.cli.command import Command
from planengine.cli.common import (
    find_library,
    json_text,
    language_option,
    library_option,
    load_library,
)
from planengine.cli.language import Language, Say, speaker

ASSESSMENT = "assessment"
REPORT = "exercise-report"
KINDS = (
    "plan",
    "standard",
    "vocabulary",
    "registry",
    "sources",
    "incident",
    "test",
    "exercise",
    "players",
    "library",
    ASSESSMENT,
    REPORT,
)


def command(language: Language) -> Command:
    """The command, in one language."""
    say = speaker(language)
    return Command(
        "schema",
        language,
        _run,
        about=(
            say(
                "输出一种文件（KIND，默认 plan）的 JSON Schema。其中列有库中声明的名称，"
                "编辑器可据此补全。",
                "Print the JSON Schema of one KIND of file (default: plan). The names that the "
                "library declares are listed in it, so that an editor completes them.",
            ),
            say("KIND 可写：", "KIND is one of: ") + ", ".join(KINDS),
            say(
                f"{ASSESSMENT} 是 assess --format json 的输出，{REPORT} 是演练总结，都不用预案库。",
                f"{ASSESSMENT} is what assess --format json prints, {REPORT} what exercise run "
                "reports; they need no library.",
            ),
        ),
        examples=(
            (
                "planengine schema plan > plan.schema.json",
                say("存为文件，在编辑器中关联到预案", "a file to which an editor ties your plans"),
            ),
        ),
        params=[
            click.Argument(["kind"], type=click.Choice(KINDS), default="plan", metavar="[KIND]"),
            click.Option(
                ["--plain"],
                is_flag=True,
                help=say("不含库中的名称。", "Without the ids and labels of a library."),
            ),
            library_option(say),
            language_option(language),
        ],
    )


def _run(kind: str, plain: bool, folder: Path | None, language: Language) -> None:
    if kind in {ASSESSMENT, REPORT}:
        _show_schema(kind, speaker(language), with_library=plain or folder is not None)
        return
    from planengine.model.schema import document_schema

    entities = None
    if not plain:
        entities = load_library(find_library(folder, speaker(language)), language).entities
    click.echo(json_text(document_schema(kind, entities)))


def _show_schema(kind: str, say: Say, *, with_library: bool) -> None:
    from planengine.answers import json_schema
    from planengine.exercises.report import json_schema as report_schema

    if with_library:
        raise click.UsageError(
            say(
                f"--plain 和 --library 不用于 {kind}",
                f"--plain and --library are not for {kind}",
            )
        )
    click.echo(json_text(json_schema() if kind == ASSESSMENT else report_schema()))
