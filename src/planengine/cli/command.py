"""A command in one language: its options, and its help in plain words with examples."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import click

from planengine.cli.language import Language, Say, speaker
from planengine.screens.screen import Screen, terminal_width, width_of

HELP_WIDTH = 92
WRONG_USE = 2


class Command(click.Command):
    """A command whose help is set for the terminal, wide characters included.

    `about` is paragraphs; each of `examples` is a command line and what it does.
    """

    def __init__(
        self,
        name: str,
        language: Language,
        run: Callable[..., None],
        *,
        about: Sequence[str],
        examples: Sequence[tuple[str, str]],
        params: Sequence[click.Parameter],
    ) -> None:
        super().__init__(name, callback=run, params=list(params))
        self.say = speaker(language)
        self.about = about
        self.examples = examples

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        _refuse_repeated(self.make_parser(ctx).parse_args(list(args))[2], ctx, self.say)
        return super().parse_args(ctx, args)

    def get_usage(self, ctx: click.Context) -> str:
        return usage(self, ctx, self.say)

    def get_help(self, ctx: click.Context) -> str:
        screen = help_screen(self, ctx, self.say, self.about)
        show_examples(screen, self.examples, self.say)
        show_options(screen, self, ctx, self.say)
        return screen.text().rstrip("\n")


def _refuse_repeated(given: Sequence[click.Parameter], ctx: click.Context, say: Say) -> None:
    """Wrong use where an option that has one value is given several: all but one would be lost."""
    single = [
        one
        for one in given
        if isinstance(one, click.Option) and not (one.multiple or one.is_flag or one.count)
    ]
    for option in single:
        if single.count(option) > 1:
            name = option.opts[-1]
            raise click.UsageError(say(f"{name} 只能写一次", f"{name} can be given only once"), ctx)


class Family(click.Group):
    """Commands under one name, with the help of a command."""

    def __init__(
        self,
        name: str,
        language: Language,
        members: Sequence[click.Command],
        *,
        about: Sequence[str],
        examples: Sequence[tuple[str, str]],
        params: Sequence[click.Parameter],
    ) -> None:
        super().__init__(name, params=list(params))
        for member in members:
            self.add_command(member)
        self.say = speaker(language)
        self.about = about
        self.examples = examples

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if not args:
            click.echo(self.get_help(ctx))
            ctx.exit(WRONG_USE)
        return super().parse_args(ctx, args)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args[0] not in self.commands and not args[0].startswith("-"):
            known = self.say("、", ", ").join(self.commands)
            raise click.UsageError(
                self.say(
                    f"{ctx.command_path} 没有“{args[0]}”，可写：{known}",
                    f"there is no `{ctx.command_path} {args[0]}`; there is: {known}",
                ),
                ctx,
            )
        return super().resolve_command(ctx, args)

    def get_usage(self, ctx: click.Context) -> str:
        return usage(self, ctx, self.say)

    def get_help(self, ctx: click.Context) -> str:
        screen = help_screen(self, ctx, self.say, self.about)
        screen.blank()
        screen.line((self.say("命令：", "Commands:"), ""))
        lines = ((name, member) for name, member in self.commands.items())
        rows = [(name, one.about[0]) for name, one in lines if isinstance(one, Command)]
        show_rows(screen, rows)
        show_examples(screen, self.examples, self.say)
        show_options(screen, self, ctx, self.say)
        return screen.text().rstrip("\n")


def usage(command: click.Command, ctx: click.Context, say: Say) -> str:
    """The line that tells how a command is written."""
    pieces = " ".join(command.collect_usage_pieces(ctx))
    pieces = pieces.replace("[OPTIONS]", say("[选项]", "[OPTIONS]"))
    return f"{say('用法：', 'usage: ')}{ctx.command_path} {pieces}"


def help_screen(
    command: click.Command, ctx: click.Context, say: Say, about: Sequence[str]
) -> Screen:
    """A screen that begins with how a command is written and what it does."""
    screen = Screen(min(terminal_width(), HELP_WIDTH), colour=False)
    screen.line((usage(command, ctx, say), ""), hang=4)
    for paragraph in about:
        screen.blank()
        screen.line((paragraph, ""))
    return screen


def show_examples(screen: Screen, examples: Sequence[tuple[str, str]], say: Say) -> None:
    """Command lines, each with what it does."""
    screen.blank()
    screen.line((say("例：", "Examples:"), ""))
    for line, meaning in examples:
        screen.line((line, ""), indent=2, hang=6)
        screen.line((meaning, ""), indent=6)


def show_options(screen: Screen, command: click.Command, ctx: click.Context, say: Say) -> None:
    """Every option and what it does."""
    rows: list[tuple[str, str]] = []
    for option in command.get_params(ctx):
        record = option.get_help_record(ctx) if isinstance(option, click.Option) else None
        if record is None:
            continue
        name, meaning = record
        if "--help" in option.opts:
            meaning = say("显示本说明。", "Show this help.")
        rows.append((name, meaning))
    screen.blank()
    screen.line((say("选项：", "Options:"), ""))
    show_rows(screen, rows)


def show_rows(screen: Screen, rows: Sequence[tuple[str, str]]) -> None:
    """Names beside what they mean."""
    left = min(max(width_of(name) for name, _ in rows), screen.width * 2 // 5)
    for name, meaning in rows:
        screen.row([[[(name, "")]], [[(meaning, "")]]], [left, screen.width - left - 4], indent=2)
