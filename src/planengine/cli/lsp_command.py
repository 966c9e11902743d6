"""`planengine lsp`: the language server, for editors to start."""

from __future__ import annotations

import click

from planengine.cli.command import Command
from planengine.cli.language import OPTION, Language, speaker


def command(language: Language) -> Command:
    """The command, in one language."""
    say = speaker(language)
    return Command(
        "lsp",
        language,
        _run,
        about=(
            say(
                "启动语言服务器，供编辑器使用：边写边查，补全名称，悬停说明，跳转，改名，自动改正。",
                "Start the language server that an editor talks to: it checks as you type, "
                "completes names, explains what is under the cursor, finds, renames and mends.",
            ),
            say(
                "经标准输入输出与编辑器通话，由编辑器启动。需要 planengine[editor]。",
                "It speaks over standard input and output, and editors start it themselves. "
                "It needs planengine[editor].",
            ),
        ),
        examples=(
            (
                "planengine lsp --lang zh",
                say("问题和说明用中文", "findings and explanations in Chinese"),
            ),
        ),
        params=[
            click.Option(
                [OPTION, "asked"],
                type=click.Choice(["zh", "en"]),
                help=say(
                    "输出的语言；默认按编辑器的设置，再按系统语言。",
                    "Language of what it says (default: the editor's, else by locale).",
                ),
            ),
        ],
    )


def _run(asked: Language | None) -> None:
    try:
        from planengine.editor.server import make_server
    except ModuleNotFoundError as error:
        say = speaker(asked or "en")
        raise click.UsageError(
            say(
                f"没有 {error.name}：请安装 planengine[editor]",
                f"{error.name} is missing: install planengine[editor]",
            )
        ) from None
    make_server(asked).start_io()
