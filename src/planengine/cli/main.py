"""The `planengine` command. Each subcommand's module is imported only when it is called."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module
from typing import Any

import click

from planengine.cli.command import WRONG_USE, help_screen, show_options, show_rows, usage
from planengine.cli.language import OPTION, Language, Say, language_of, speaker
from planengine.cli.usage_error import told

PIPE_CLOSED = 141  # and of a reader (head, a pager) that has gone

_COMMANDS = {
    "assess": (
        "研判一起事件：级别、单位、措施、时限和理由。",
        "Assess an incident: levels, agencies, actions, deadlines and reasons.",
    ),
    "brief": (
        "写文稿：启动通知、任务单、情况报告、明白卡。",
        "Write papers: activation notices, task orders, reports, action cards.",
    ),
    "check": (
        "检查预案库或事件文件，列出所有问题和位置。",
        "Check plans or incident files: everything that is wrong, and where.",
    ),
    "exercise": (
        "按虚拟时钟推演演练，按预案评定。",
        "Play exercises on a virtual clock, and score them by the plans.",
    ),
    "explain": (
        "解释一个诊断代码，附例子和改法。",
        "Explain a diagnostic's code, with an example and its mending.",
    ),
    "fmt": (
        "整理 YAML 文件的版面，含义不变。",
        "Put the layout of YAML files in order; their meaning stays.",
    ),
    "graph": (
        "画出依赖关系：指标、标准、预案、单位、措施。",
        "Draw what depends on what: facts, standards, plans, agencies, actions.",
    ),
    "impact": (
        "查一个名称的影响：用在哪里，废止或替换后什么要改。",
        "What uses a name, and what must change when it is abolished or replaced.",
    ),
    "list": (
        "列出预案库声明的名称：预案、指标、机构等。",
        "List the names that a library declares: plans, facts, agencies and so on.",
    ),
    "lsp": (
        "语言服务器：编辑器里的检查、补全、说明、跳转和改名。",
        "The language server: checking, completion, explanations and renaming in an editor.",
    ),
    "new": (
        "新建预案库、预案、标准或事件文件。",
        "Begin a library, a plan, a standard or an incident file.",
    ),
    "say": (
        "向事件文件追加一条信息：报来的数字，完成的措施，启动或发布的级别。",
        "Add to an incident file what was reported, done, decided or issued.",
    ),
    "schema": (
        "输出 YAML 文件的 JSON Schema，供编辑器使用。",
        "Print a JSON Schema of the YAML files, for editors.",
    ),
    "test": (
        "运行预案的情景测试，统计规则覆盖。",
        "Run the scenario tests of plans, and count which rules they cover.",
    ),
    "session": (
        "边发展边处置一起事件，逐条记入日志，列出变化。",
        "Run an incident as it unfolds: kept in a journal, with what follows.",
    ),
}
_LANGUAGE = "planengine.language"


class _Group(click.Group):
    """Knows its commands' names, and makes a command in the language asked for to run it."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return sorted(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        made = import_module(f"planengine.cli.{cmd_name}_command").command(_language(ctx))
        assert isinstance(made, click.Command)
        return made

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args[0] not in _COMMANDS and not args[0].startswith("-"):
            raise click.UsageError(_no_command(args[0], speaker(_language(ctx))), ctx)
        return super().resolve_command(ctx, args)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        ctx.meta[_LANGUAGE] = language_of(args)
        if not args:
            click.echo(self.get_help(ctx))
            ctx.exit(WRONG_USE)
        return super().parse_args(ctx, args)

    def make_context(self, *words: Any, **extra: Any) -> click.Context:  # noqa: ANN401 - click's signature
        try:
            return super().make_context(*words, **extra)
        except BrokenPipeError:  # while showing help
            raise _pipe_closed() from None

    def invoke(self, ctx: click.Context) -> None:
        try:
            try:
                super().invoke(ctx)
            finally:
                sys.stdout.flush()
        except BrokenPipeError:
            raise _pipe_closed() from None

    def get_usage(self, ctx: click.Context) -> str:
        return usage(self, ctx, speaker(_language(ctx)))

    def get_help(self, ctx: click.Context) -> str:
        say = speaker(_language(ctx))
        about = (
            say("让应急预案可以执行、可以检查。", "Emergency plans that run and can be checked."),
            say(
                "退出码：0 正常；1 所写内容有错误；2 用法不对。",
                "Exit status: 0 fine, 1 errors in what was written, 2 wrong use.",
            ),
        )
        screen = help_screen(self, ctx, say, about)
        screen.blank()
        screen.line((say("命令：", "Commands:"), ""))
        show_rows(screen, [(name, say(*words)) for name, words in sorted(_COMMANDS.items())])
        show_options(screen, self, ctx, say)
        return screen.text().rstrip("\n")

    def main(self, args: Sequence[str] | None = None, *more: Any, **extra: Any) -> Any:  # noqa: ANN401 - click's signature
        """Run a command line and end the process; every error is told in its language."""
        words = list(sys.argv[1:] if args is None else args)
        extra["standalone_mode"] = False
        try:
            _need_a_folder(speaker(language_of(words)))
            status = super().main(words, *more, **extra)
        except click.ClickException as error:
            click.echo(told(error, speaker(language_of(words))), err=True)
            sys.exit(error.exit_code)
        sys.exit(status if isinstance(status, int) else 0)


def _need_a_folder(say: Say) -> None:
    """Wrong use where the folder that a command is run in has been deleted."""
    try:
        os.getcwd()  # noqa: PTH109 - only whether there is one
    except OSError:
        raise click.UsageError(
            say(
                "当前文件夹已不存在：请先换到别处",
                "the current folder no longer exists: change to another",
            )
        ) from None


def _pipe_closed() -> click.exceptions.Exit:
    """What ends the command when its reader has gone; nothing more is written."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return click.exceptions.Exit(PIPE_CLOSED)


def _language(ctx: click.Context) -> Language:
    found: Language = ctx.meta.get(_LANGUAGE) or language_of(())
    return found


def _no_command(name: str, say: Say) -> str:
    from planengine.diagnostics.suggest import did_you_mean

    nearest = did_you_mean(name, _COMMANDS)
    hint = say(f"；是否要写 {nearest}？", f": did you mean {nearest}?") if nearest else ""
    return say(f"没有命令“{name}”", f"there is no command `{name}`") + hint


def _show_version(ctx: click.Context, _option: click.Parameter, asked: bool) -> None:
    if asked:
        from importlib.metadata import version

        click.echo(f"planengine {version('planengine')}")
        ctx.exit()


group = _Group(
    "planengine",
    context_settings={"help_option_names": ["-h", "--help"]},
    params=[
        click.Option(
            ["--version"],
            is_flag=True,
            is_eager=True,
            expose_value=False,
            callback=_show_version,
            help="版本 / version",
        ),
        click.Option(
            [OPTION],
            type=click.Choice(["zh", "en"]),
            expose_value=False,
            help="语言 / language",
        ),
    ],
)
