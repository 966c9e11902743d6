"""What the commands share: their common options, finding the library, printing findings."""

from __future__ import annotations

import math
import os
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from planengine.cli.language import OPTION, Language, Say, speaker

if TYPE_CHECKING:
    from planengine.diagnostics import Diagnostic
    from planengine.facade import Library

MANIFEST = "planengine.yaml"
FINDINGS = 1


def library_option(say: Say) -> click.Option:
    """`--library DIR`: defaults to the nearest folder upwards that has a manifest."""
    return click.Option(
        ["--library", "folder"],
        type=click.Path(exists=True, path_type=Path),
        metavar="DIR",
        help=say(
            f"预案库所在文件夹（有 {MANIFEST}）；默认向上找最近的。",
            f"The folder with {MANIFEST} (default: the nearest one upwards).",
        ),
    )


def language_option(language: Language) -> click.Option:
    """`--lang zh|en`: defaults to what was found to be asked for, or the locale's."""
    return click.Option(
        [OPTION, "language"],
        type=click.Choice(["zh", "en"]),
        default=language,
        help=speaker(language)(
            "输出的语言；默认按系统语言。", "Language of the output (default: by locale)."
        ),
    )


def format_option(say: Say, choices: tuple[str, ...] = ("text", "json")) -> click.Option:
    """`--format`: text for people, or data for programs."""
    return click.Option(
        ["--format", "form"],
        type=click.Choice(choices),
        default=choices[0],
        help=say("输出形式；json 供程序读取。", "Form of the output; json is for programs."),
    )


def finite(ctx: click.Context, param: click.Parameter, value: float | None) -> float | None:
    """A callback of options that take a number: `nan` is in every range, and `inf` in open ones."""
    if value is not None and not math.isfinite(value):
        raise click.BadParameter(f"'{value}' is not a valid float.", ctx, param)
    return value


def json_text(data: object) -> str:
    """Data as JSON for programs; raises ValueError for a number that JSON has no form for.

    It is plain ASCII where the output is not Unicode, so that it is read as it was meant.
    """
    import json

    narrow = not (sys.stdout.encoding or "").lower().startswith("utf")
    return json.dumps(data, ensure_ascii=narrow, indent=2, allow_nan=False)


def find_library(folder: Path | None, say: Say, near: Path | None = None) -> Path:
    """The library to use; ends the command (exit 2) where there is none."""
    if folder is not None:
        return folder
    start = (near or Path.cwd()).resolve()
    for candidate in (start, *start.parents):
        if (candidate / MANIFEST).is_file():
            return Path(os.path.relpath(candidate))  # findings name files as the user would
    raise click.UsageError(
        say(
            f"此处和各上级文件夹都没有 {MANIFEST}：用 --library DIR 指明",
            f"no {MANIFEST} here or in any folder above: give --library DIR",
        )
    )


def library_near(path: Path) -> Path | None:
    """The nearest folder above a file that has a manifest."""
    return next((up for up in path.resolve().parents if (up / MANIFEST).is_file()), None)


def load_library(folder: Path, language: Language) -> Library:
    """The library, or its findings printed and exit 1."""
    from platformdirs import user_cache_path

    from planengine.diagnostics import PlanError
    from planengine.facade import load

    try:
        return load(folder, cache=user_cache_path("planengine"))
    except PlanError as error:
        fail(error.diagnostics, {}, language)


def fail(
    findings: Iterable[Diagnostic], sources: Mapping[str, str], language: Language
) -> NoReturn:
    """Print findings to the error stream and end the command with status 1."""
    print_findings(findings, sources, language, to_stderr=True)
    sys.exit(FINDINGS)


def print_findings(
    findings: Iterable[Diagnostic],
    sources: Mapping[str, str],
    language: Language,
    *,
    to_stderr: bool = False,
) -> None:
    """Findings with their excerpts; files not in `sources` are read for them."""
    from planengine.diagnostics.render import render
    from planengine.reading.contents import content_of
    from planengine.reading.source import MAX_STREAM_BYTES
    from planengine.screens.screen import terminal_width, wants_colour

    listed = list(findings)
    texts = dict(sources)
    for finding in listed:
        if finding.span and finding.span.file not in texts:
            content = content_of(Path(finding.span.file), MAX_STREAM_BYTES)
            if content is not None:
                texts[finding.span.file] = content.decode("utf-8", "replace")
    stream = sys.stderr if to_stderr else sys.stdout
    width = terminal_width() if stream.isatty() else 100
    colour = wants_colour(stream)
    text = render(listed, texts, language=language, colour=colour, width=width)
    click.echo(text, err=to_stderr)
