"""`planengine fmt`: the layout of YAML files put in order."""

from __future__ import annotations

import difflib
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from planengine.cli.command import Command
from planengine.cli.common import FINDINGS, find_library, language_option, library_option
from planengine.cli.language import Language, Say, speaker


def command(language: Language) -> Command:
    """The command, in one language."""
    say = speaker(language)
    return Command(
        "fmt",
        language,
        _run,
        about=(
            say(
                "整理 YAML 文件的版面：缩进、括号内的空格、行尾空白、空行。"
                "文字、注释、引号和换行处都不变，含义不变。不写 PATH 则整理全库自己的文件。",
                "Put the layout of YAML files in order: indentation, spaces in brackets, blanks at "
                "the ends of lines, blank lines. Words, comments, quotes and line breaks stay, and "
                "so does the meaning. Without PATH, all files of the library's own.",
            ),
            say(
                "读不出的文件不动，并说明；此时退出码为 1。",
                "A file that cannot be read is left alone and told; the exit status is then 1.",
            ),
        ),
        examples=(
            ("planengine fmt", say("整个库", "the whole library")),
            (
                "planengine fmt --check plans",
                say("只列出需要整理的文件", "only name the files that need it"),
            ),
            ("planengine fmt --diff plans", say("只显示会改什么", "only show what would change")),
        ),
        params=[
            click.Argument(
                ["paths"],
                nargs=-1,
                type=click.Path(exists=True, path_type=Path),
                metavar="[PATH]...",
            ),
            click.Option(
                ["--check"],
                is_flag=True,
                help=say(
                    "不写文件；有文件需要整理时退出码为 1。",
                    "Write nothing; exit status 1 when a file needs it.",
                ),
            ),
            click.Option(
                ["--diff"],
                is_flag=True,
                help=say("不写文件，显示差异。", "Write nothing, show the difference."),
            ),
            library_option(say),
            language_option(language),
        ],
    )


def _run(
    paths: tuple[Path, ...], check: bool, diff: bool, folder: Path | None, language: Language
) -> None:
    from planengine.cli.writing import replace
    from planengine.reading.contents import content_of
    from planengine.reading.tidy import tidied

    say = speaker(language)
    changed = failed = 0
    for path in _files(paths, folder, say):
        before = content_of(path) or b""
        text = _decoded(before)
        after = tidied(text) if text is not None else None
        if text is None or after is None:
            failed += 1
            click.echo(
                say(f"{path} 读不出，没有改动", f"{path} cannot be read and was left alone"),
                err=True,
            )
        elif after.encode() != before:
            changed += 1
            if diff:
                click.echo("".join(_difference(path, text, after)), nl=False)
            else:
                click.echo(path.as_posix())
            if not check and not diff:
                replace(path, before, after.encode(), say)
    sys.exit(FINDINGS if failed or (check and changed) else 0)


def _files(paths: tuple[Path, ...], folder: Path | None, say: Say) -> list[Path]:
    """The YAML files that are meant: those named, or the library's own with its manifest."""
    from planengine.linking.manifest import MANIFEST, included, library_files
    from planengine.linking.packages import is_packaged
    from planengine.reading.contents import content_of

    if paths:
        return list(dict.fromkeys(file for path in paths for file in _within(path)))
    root = find_library(folder, say)
    manifest = root / MANIFEST if root.is_dir() else root
    names = included(content_of(manifest) or b"")
    return list(library_files(manifest, [name for name in names if not is_packaged(name)]))


def _within(path: Path) -> Iterator[Path]:
    """A file that was named, or the documents of a folder but for links that lead out of it."""
    from planengine.linking.manifest import documents_at, is_outside

    for file in documents_at(path):
        if file == path or not is_outside(file.relative_to(path), path):
            yield file


def _decoded(content: bytes) -> str | None:
    try:
        return content.decode()
    except UnicodeDecodeError:
        return None


def _difference(path: Path, before: str, after: str) -> Iterator[str]:
    lines = before.splitlines(keepends=True), after.splitlines(keepends=True)
    name = path.as_posix()
    for line in difflib.unified_diff(*lines, fromfile=name, tofile=name):
        yield line if line.endswith("\n") else f"{line}\n"
