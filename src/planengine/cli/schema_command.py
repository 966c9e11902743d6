"""`planengine schema`: JSON Schema for editors."""

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
from planengine.cli.language import Language, speaker

KINDS = ("plan", "standard", "vocabulary", "registry", "sources", "incident", "library")


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
    from planengine.model.schema import document_schema

    entities = None
    if not plain:
        entities = load_library(find_library(folder, speaker(language)), language).entities
    click.echo(json_text(document_schema(kind, entities)))
