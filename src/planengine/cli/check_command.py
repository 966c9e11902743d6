"""`planengine check`: everything that reading, linking and compiling find."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from planengine.cli.common import (
    FINDINGS,
    MANIFEST,
    Language,
    find_library,
    language_option,
    library_option,
    print_findings,
)

if TYPE_CHECKING:
    from planengine.diagnostics import Diagnostic


@click.command(name="check")
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
@library_option
@language_option
def command(paths: tuple[Path, ...], form: str, folder: Path | None, language: Language) -> None:
    """Check a library, or only the findings in PATHS (files or folders) of it.

    A file that is not yet part of the library is checked as if it were added to it. Exit
    status 1 when there is an error; warnings and advice alone leave it 0.
    """
    from planengine.library.load import read_library

    whole = _named_library(paths)
    root = whole or _library_of(folder, paths)
    entities, findings, sources = read_library(root, extra=() if whole else _files(paths))
    found: list[Diagnostic] = list(findings)
    if entities is not None and not any(item.severity == "error" for item in found):
        from planengine.facade import Library

        found = list(Library(entities, tuple(found), sources).check())
    if paths and whole is None:
        found = [item for item in found if item.span is None or _concerns(item, paths)]
    errors = sum(item.severity == "error" for item in found)
    if form == "json":
        from planengine.diagnostics.json import to_json

        click.echo(
            json.dumps(
                [to_json(item, language=language) for item in found], ensure_ascii=False, indent=2
            )
        )
    else:
        if found:
            print_findings(found, sources, language)
        click.echo(_summary(len(sources), found, language))
    sys.exit(FINDINGS if errors else 0)


def _named_library(paths: tuple[Path, ...]) -> Path | None:
    """A single PATH that is itself a library."""
    if len(paths) == 1:
        only = paths[0]
        if only.name == MANIFEST or (only.is_dir() and (only / MANIFEST).is_file()):
            return only
    return None


def _library_of(folder: Path | None, paths: tuple[Path, ...]) -> Path:
    """The library named, else the nearest one above the paths, else above this folder."""
    above = paths[0].resolve().parents if paths else ()
    near = next((up for up in above if (up / MANIFEST).is_file()), None)
    return find_library(folder, near)


def _files(paths: tuple[Path, ...]) -> tuple[Path, ...]:
    files: list[Path] = []
    for path in paths:
        files += sorted(path.rglob("*.yaml")) if path.is_dir() else [path]
    return tuple(files)


def _concerns(item: Diagnostic, paths: tuple[Path, ...]) -> bool:
    assert item.span is not None
    file = Path(item.span.file).resolve()
    return any(file == path.resolve() or path.resolve() in file.parents for path in paths)


def _summary(files: int, found: list[Diagnostic], language: Language) -> str:
    counts = {
        name: sum(i.severity == name for i in found) for name in ("error", "warning", "advice")
    }
    if language == "zh":
        return (
            f"{files} 个文件：{counts['error']} 个错误，{counts['warning']} 个警告，"
            f"{counts['advice']} 条建议"
        )
    return (
        f"{files} files: {counts['error']} errors, {counts['warning']} warnings, "
        f"{counts['advice']} pieces of advice"
    )
