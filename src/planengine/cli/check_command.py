"""`planengine check`: everything that reading, linking and compiling find."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from planengine.cli.command import Command
from planengine.cli.common import (
    FINDINGS,
    MANIFEST,
    find_library,
    format_option,
    json_text,
    language_option,
    library_near,
    library_option,
    print_findings,
)
from planengine.cli.language import Language, speaker

if TYPE_CHECKING:
    from planengine.diagnostics import Diagnostic
    from planengine.domain.entities import Entities


def command(language: Language) -> Command:
    """The command, in one language."""
    say = speaker(language)
    argument = click.Path(exists=True, path_type=Path)
    return Command(
        "check",
        language,
        _run,
        about=(
            say(
                "检查整个预案库；给出 PATH（文件或文件夹）时只列出其中的问题。"
                "尚未入库的文件按已入库检查，事件文件按库中的名称和单位检查。",
                "Check the whole library; with PATHs (files or folders), only what is in them. A "
                "file that is not yet part of the library is checked as if it were, an incident "
                "file by the library's names and units.",
            ),
            say(
                "有错误时退出码为 1；警告和建议不算。",
                "Exit status 1 when there is an error; warnings and advice leave it 0.",
            ),
        ),
        examples=(
            ("planengine check", say("整个库", "the whole library")),
            (
                "planengine check plans/linjiang examples",
                say("这两个文件夹中的预案和事件", "the plans and incidents in two folders"),
            ),
            (
                "planengine check --fix plans/linjiang/special/flood.yaml",
                say("先改正这个文件中的笔误", "mend the slips in one file first"),
            ),
        ),
        params=[
            click.Argument(["paths"], nargs=-1, type=argument, metavar="[PATH]..."),
            click.Option(
                ["--fix"],
                is_flag=True,
                help=say(
                    "改正含义唯一的笔误（只差一个字母的名称、全角标点、缺的引号），再检查。",
                    "Mend slips that have one meaning (names with one letter wrong, full-width "
                    "marks, missing quotes), then check.",
                ),
            ),
            format_option(say),
            library_option(say),
            language_option(language),
        ],
    )


def _run(
    paths: tuple[Path, ...], fix: bool, form: str, folder: Path | None, language: Language
) -> None:
    from planengine.linking.incidents.files import is_incident
    from planengine.linking.load import read_library

    whole = _named_library(paths)
    near = library_near(paths[0]) if paths else None
    root = whole or find_library(folder, speaker(language), near)
    files = () if whole else _files(paths)
    incidents = [path for path in files if is_incident(path)]
    documents = [path for path in files if path not in incidents]
    if incidents and not documents and not fix:
        _end(_by_the_library(root, incidents), {}, len(incidents), form, language)
    if fix:
        _fix(root, None if whole or not paths else paths, documents, incidents, language)
    entities, findings, sources = read_library(root, extra=documents)
    found: list[Diagnostic] = list(findings)
    if entities is not None and not _errors(found):
        from planengine.facade import Library

        found = list(Library(entities, tuple(found), sources).check())
    if paths and whole is None:
        unsound = [item for item in _errors(found) if item.span and not _concerns(item, paths)]
        found = [item for item in found if item.span is None or _concerns(item, paths)]
        if unsound and incidents:  # what a library with errors would say of them is not to be had
            found = [*unsound, *found]
        elif unsound:
            found = [_library_fails(unsound), *found]
        elif entities is not None:
            found += [item for path in incidents for item in _of_incident(path, entities)]
    _end(found, sources, len(sources) + len(incidents), form, language)


def _fix(
    root: Path,
    paths: tuple[Path, ...] | None,
    documents: list[Path],
    incidents: list[Path],
    language: Language,
) -> None:
    """Mend what has one meaning in the library's own files, or in some of them; tell what."""
    from planengine.cli.fixing import fixed
    from planengine.cli.writing import replace
    from planengine.linking.load import read_library

    foreign: set[str] = set()

    def find(contents: Mapping[Path, bytes]) -> list[Diagnostic]:
        entities, found, _ = read_library(root, extra=documents, contents=contents, once=False)
        if entities is None:
            return found
        foreign.update(entities.foreign)
        return [*found, *(x for p in incidents for x in _of_incident(p, entities, contents.get(p)))]

    def may_change(path: Path) -> bool:
        chosen = paths is None or _is_among(path, paths)
        return chosen and path.as_posix() not in foreign

    done = fixed(find, may_change)
    say = speaker(language)
    for path, (before, after) in done.texts.items():
        replace(path, before, after, say)
    for one in done.made:
        was = one.edits[0].old or say("空白", "blanks")
        new = one.edits[0].new.strip() or say("空格", "spaces")
        chinese = f"已改正 {one.span}：{was} → {new}（{one.code}）"
        click.echo(say(chinese, f"mended {one.span} {was} → {new} ({one.code})"), err=True)


def _by_the_library(root: Path, incidents: list[Path]) -> list[Diagnostic]:
    """What is wrong with incidents, or with the library: it is not read again if it is kept."""
    from platformdirs import user_cache_path

    from planengine.diagnostics import PlanError
    from planengine.facade import load

    try:
        entities = load(root, cache=user_cache_path("planengine")).entities
    except PlanError as error:
        return _errors(list(error.diagnostics))
    return [item for path in incidents for item in _of_incident(path, entities)]


def _of_incident(path: Path, entities: Entities, content: bytes | None = None) -> list[Diagnostic]:
    """What is found in an incident, or in what its file shall hold."""
    from planengine.linking.incidents.incident import read_incident

    found: list[Diagnostic] = []
    source = path if content is None else content
    read_incident(source, entities, found, file=path.as_posix())
    return found


def _library_fails(errors: list[Diagnostic]) -> Diagnostic:
    """That the library around what is checked has errors, so that not all could be checked."""
    from planengine.diagnostics import finding

    first = errors[0]
    return finding("library-fails", first.span, count=len(errors), code=first.code)


def _errors(found: list[Diagnostic]) -> list[Diagnostic]:
    return [item for item in found if item.severity == "error"]


def _end(
    found: list[Diagnostic], sources: Mapping[str, str], files: int, form: str, language: Language
) -> NoReturn:
    """Print the findings and end the command."""
    if form == "json":
        from planengine.diagnostics.json import report

        click.echo(json_text(report(found, language=language)))
    else:
        if found:
            print_findings(found, sources, language)
        click.echo(_summary(files, found, language))
    sys.exit(FINDINGS if _errors(found) else 0)


def _named_library(paths: tuple[Path, ...]) -> Path | None:
    """A single PATH that is itself a library."""
    if len(paths) == 1:
        only = paths[0]
        if only.name == MANIFEST or (only.is_dir() and (only / MANIFEST).is_file()):
            return only
    return None


def _files(paths: tuple[Path, ...]) -> tuple[Path, ...]:
    """The files named, and those of the folders named that are documents or incidents."""
    from planengine.linking.incidents.files import files_at

    return tuple(dict.fromkeys(file for path in paths for file in files_at(path)))


def _concerns(item: Diagnostic, paths: tuple[Path, ...]) -> bool:
    assert item.span is not None
    return _is_among(Path(item.span.file), paths)


def _is_among(path: Path, paths: tuple[Path, ...]) -> bool:
    file = path.resolve()
    return any(file == path.resolve() or path.resolve() in file.parents for path in paths)


def _summary(files: int, found: list[Diagnostic], language: Language) -> str:
    errors, warnings, advice = (
        sum(item.severity == name for item in found) for name in ("error", "warning", "advice")
    )
    if language == "zh":
        return f"{files} 个文件：{errors} 个错误，{warnings} 个警告，{advice} 条建议"
    return (
        f"{_count(files, 'file')}: {_count(errors, 'error')}, {_count(warnings, 'warning')}, "
        f"{_count(advice, 'piece')} of advice"
    )


def _count(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"
