"""What the commands share: finding the library, the language, and printing findings."""

from __future__ import annotations

import locale
import os
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NoReturn, TypeVar

import click

if TYPE_CHECKING:
    from planengine.diagnostics import Diagnostic
    from planengine.facade import Library

Language = Literal["zh", "en"]
MANIFEST = "planengine.yaml"
FINDINGS = 1
WRONG_USE = 2

F = TypeVar("F", bound=Callable[..., object])


def library_option(function: F) -> F:
    """`--library DIR`: defaults to the nearest folder upwards that has a manifest."""
    return click.option(
        "--library",
        "folder",
        type=click.Path(exists=True, path_type=Path),
        help=f"Folder with {MANIFEST} (default: the nearest one upwards).",
    )(function)


def language_option(function: F) -> F:
    """`--lang zh|en`: defaults to the locale's."""
    return click.option(
        "--lang",
        "language",
        type=click.Choice(["zh", "en"]),
        default=_locale_language,
        help="Language of the output (default: by locale).",
    )(function)


def _locale_language() -> Language:
    named = next((v for k in ("LC_ALL", "LC_MESSAGES", "LANG") if (v := os.environ.get(k))), "")
    named = named or (locale.getlocale()[0] or "")
    return "zh" if named.lower().startswith(("zh", "chinese")) else "en"


def find_library(folder: Path | None, near: Path | None = None) -> Path:
    """The library to use; ends the command (exit 2) where there is none."""
    if folder is not None:
        return folder
    start = (near or Path.cwd()).resolve()
    for candidate in (start, *start.parents):
        if (candidate / MANIFEST).is_file():
            return Path(os.path.relpath(candidate))  # findings name files as the user would
    raise click.UsageError(f"no {MANIFEST} here or in any folder above: give --library DIR")


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

    listed = list(findings)
    texts = dict(sources)
    for finding in listed:
        if finding.span and finding.span.file not in texts:
            path = Path(finding.span.file)
            if path.is_file():
                texts[finding.span.file] = path.read_text(encoding="utf-8", errors="replace")
    stream = sys.stderr if to_stderr else sys.stdout
    click.echo(render(listed, texts, language=language, colour=stream.isatty()), err=to_stderr)
