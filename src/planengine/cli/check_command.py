"""`planengine check`: everything that reading, linking and compiling find."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
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
from planengine.cli.times import now, time_of

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
                "尚未入库的文件按已入库检查，事件文件和测试按库中的名称和单位检查。",
                "Check the whole library; with PATHs (files or folders), only what is in them. A "
                "file that is not yet part of the library is checked as if it were, incidents and "
                "tests by the library's names and units.",
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
            format_option(say, ("text", "json", "sarif", "github")),
            click.Option(
                ["--at"],
                metavar="DATE",
                default="now",
                help=say(
                    "按哪一天检查评估、演练和允许注释是否到期，默认现在。",
                    "The day for which is checked what is too old or expired (default: now).",
                ),
            ),
            library_option(say),
            language_option(language),
        ],
    )


def _run(
    paths: tuple[Path, ...],
    fix: bool,
    form: str,
    at: str,
    folder: Path | None,
    language: Language,
) -> None:
    from planengine.linking.incidents.files import is_exercise, is_incident, is_players, is_test
    from planengine.linking.load import read_library

    whole = _named_library(paths)
    near = library_near(paths[0]) if paths else None
    root = whole or find_library(folder, speaker(language), near)
    files = () if whole else _files(paths)
    incidents = [path for path in files if is_incident(path)]
    tests = [path for path in files if is_test(path) or is_exercise(path) or is_players(path)]
    documents = [path for path in files if path not in incidents and path not in tests]
    if files and not documents and not fix:
        read = [*incidents, *tests]
        _end(_by_the_library(root, incidents, tests), {}, len(read), form, language)
    if fix:
        _fix(root, None if whole or not paths else paths, documents, incidents, language)
    entities, findings, sources = read_library(root, extra=documents)
    found: list[Diagnostic] = list(findings)
    if entities is not None and not _errors(found):
        from planengine.facade import Library

        day = _day(at, entities.time_zone, language)
        found = list(Library(entities, tuple(found), sources).check(at=day))
        if not paths or whole is not None:
            tests = [*_tests_of(root)]
            found += [] if _errors(found) else _of_tests(tests, entities)
    if paths and whole is None:
        unsound = [item for item in _errors(found) if item.span and not _concerns(item, paths)]
        found = [item for item in found if item.span is None or _concerns(item, paths)]
        if unsound and incidents:  # what a library with errors would say of them is not to be had
            found = [*unsound, *found]
        elif unsound:
            found = [_library_fails(unsound), *found]
        elif entities is not None:
            found += [item for path in incidents for item in _of_incident(path, entities)]
            found += _of_tests(tests, entities)
    _end(found, sources, len(sources) + len(incidents) + len(tests), form, language)


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


def _tests_of(root: Path) -> Iterator[Path]:
    """The files of a library's own tests and exercises."""
    from planengine.linking.manifest import library_exercises, library_tests, manifest_of
    from planengine.reading.contents import content_of

    manifest = manifest_of(root)
    content = content_of(manifest) if manifest is not None else None
    if manifest is not None and content is not None:
        yield from library_tests(manifest, content)
        yield from library_exercises(manifest, content)


def _of_tests(paths: Iterable[Path], entities: Entities) -> list[Diagnostic]:
    """What is found in files of tests and exercises."""
    from planengine.exercises.read import read_exercise
    from planengine.exercises.read_players import check_players
    from planengine.linking.incidents.files import is_exercise, is_players
    from planengine.scenarios.read import read_suite

    found: list[Diagnostic] = []
    for path in paths:
        if is_exercise(path):
            read_exercise(path, entities, found)
        elif is_players(path):
            check_players(path, entities, found)
        else:
            read_suite(path, entities, found)
    return [*dict.fromkeys(found)]


def _day(text: str, zone: str, language: Language) -> int:
    """The time for which is checked: a date, or any time that other commands take."""
    from planengine.values.times import parse_date

    date = parse_date(text, zone)
    if date is not None:
        return date
    return time_of(text, "--at", zone, speaker(language), latest=now())


def _by_the_library(root: Path, incidents: list[Path], tests: list[Path]) -> list[Diagnostic]:
    """What is wrong with incidents and tests, or with the library.

    It is not read again if it is kept.
    """
    from platformdirs import user_cache_path

    from planengine.diagnostics import PlanError
    from planengine.facade import load

    try:
        entities = load(root, cache=user_cache_path("planengine")).entities
    except PlanError as error:
        return _errors(list(error.diagnostics))
    found = [item for path in incidents for item in _of_incident(path, entities)]
    return found + _of_tests(tests, entities)


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
    elif form == "sarif":
        from planengine import __version__
        from planengine.diagnostics.sarif import sarif

        click.echo(json_text(sarif(found, version=__version__, language=language)))
    elif form == "github":
        from planengine.diagnostics.github import workflow_commands

        click.echo("".join(workflow_commands(found, language=language)), nl=False)
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
