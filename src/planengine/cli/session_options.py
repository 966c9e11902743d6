"""The options that commands of `planengine session` share."""

from __future__ import annotations

from pathlib import Path

import click

from planengine.cli.common import format_option, language_option, library_option
from planengine.cli.language import Language, Say


def journal_argument(*, exists: bool = True) -> click.Argument:
    """FILE: the journal."""
    kind = click.Path(exists=exists, dir_okay=False, path_type=Path)
    return click.Argument(["file"], type=kind, metavar="FILE")


def now_option(say: Say) -> click.Option:
    """`--now`: for exercises, and for what was written down elsewhere before."""
    return click.Option(
        ["--now"],
        metavar="TIME",
        help=say(
            "以此为现在：演练，或补记当时写在别处的内容；默认按本机时钟。",
            "Take this for now: for exercises, and to enter what was written down elsewhere "
            "(default: by the clock).",
        ),
    )


def when_options(say: Say) -> tuple[click.Option, ...]:
    """`--at`, `--received`: when something was stated, and when it reached us."""
    return (
        click.Option(
            ["--at"],
            metavar="TIME",
            help=say("何时说的、做的，默认现在。", "When it was stated or done (default: now)."),
        ),
        click.Option(
            ["--received"],
            metavar="TIME",
            help=say("何时收到，默认现在。", "When it was received (default: now)."),
        ),
    )


def place_options(say: Say) -> tuple[click.Option, ...]:
    """`--area`, `--object`: what it is about."""
    return (
        click.Option(
            ["--area"], metavar="AREA", help=say("说的是哪个辖区。", "The area it is about.")
        ),
        click.Option(
            ["--object", "thing"],
            metavar="OBJECT",
            help=say("说的是哪个对象（水库、站点）。", "The object: a reservoir, a station."),
        ),
    )


def note_option(say: Say) -> click.Option:
    """`--note`: any words beside it."""
    return click.Option(["--note"], metavar="TEXT", help=say("备注。", "A note beside it."))


def correct_option(say: Say) -> click.Option:
    """`--correct`: what it stands in the place of."""
    return click.Option(
        ["--correct"],
        metavar="ID",
        help=say("更正哪一条（编号见 session log）。", "The one it corrects (ids: session log)."),
    )


def quiet_option(say: Say) -> click.Option:
    """`--quiet`: without what follows."""
    return click.Option(
        ["--quiet"],
        is_flag=True,
        help=say("只记入，不列由此产生的变化。", "Keep it, and do not tell what follows."),
    )


def common_options(say: Say, language: Language) -> tuple[click.Parameter, ...]:
    """Those of every command that tells something."""
    return (
        now_option(say),
        quiet_option(say),
        format_option(say),
        library_option(say),
        language_option(language),
    )
