"""`planengine test`: the scenario tests of a library."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click
from msgspec import Struct

from planengine.cli.command import Command
from planengine.cli.common import (
    FINDINGS,
    MANIFEST,
    fail,
    find_library,
    finite,
    format_option,
    json_text,
    language_option,
    library_near,
    library_option,
    load_library,
    print_findings,
)
from planengine.cli.language import Language, speaker
from planengine.cli.writing import refuse_without_folder

if TYPE_CHECKING:
    from planengine.diagnostics import Diagnostic
    from planengine.facade import Library
    from planengine.scenarios.coverage import Coverage
    from planengine.scenarios.run import Result
    from planengine.scenarios.suites import Suite
    from planengine.scenarios.words import Telling


class Wish(Struct, frozen=True):
    """What a run is to show."""

    wanted: str | None
    measured: bool
    output: Path | None
    document: str | None
    generated: Path | None
    fail_under: float | None
    form: str
    language: Language


FORMS = ("text", "json", "junit")
_PAUSE = 0.5  # seconds between two looks at the files


def command(language: Language) -> Command:
    """The command, in one language."""
    say = speaker(language)
    argument = click.Path(exists=True, path_type=Path)
    return Command(
        "test",
        language,
        _run,
        about=(
            say(
                "运行情景测试：*.test.yaml 中写明各时刻的信息和预期。给出 PATH（文件或文件夹）时"
                "只运行其中的测试；不给时运行 planengine.yaml 的 tests（默认为 include）中的全部"
                "测试。",
                "Run scenario tests: a *.test.yaml says what is told when, and what must hold. "
                "With PATHs (files or folders) the tests in them, else all in what planengine.yaml "
                "lists under tests (default: under include).",
            ),
            say(
                "有失败或待确认的项时退出码为 1。",
                "Exit status 1 where a test fails, or nobody has confirmed one.",
            ),
        ),
        examples=(
            ("planengine test", say("全部测试", "all tests")),
            (
                "planengine test plans -k hankou",
                say("名称含 hankou 的测试", "those that have hankou in their names"),
            ),
        ),
        params=[
            click.Argument(["paths"], nargs=-1, type=argument, metavar="[PATH]..."),
            click.Option(
                ["-k", "wanted"],
                metavar="TEXT",
                help=say(
                    "只运行名称含这些词的测试。", "Only tests whose names have all of these words."
                ),
            ),
            click.Option(
                ["--watch"],
                is_flag=True,
                help=say(
                    "文件改动后重新运行，按 Ctrl-C 结束。",
                    "Run again at every change, until Ctrl-C.",
                ),
            ),
            click.Option(
                ["--coverage"],
                is_flag=True,
                help=say(
                    "统计规则、表格单元、条件、联动和任务的覆盖。",
                    "Count which rules, table cells, conditions, links and duties are covered.",
                ),
            ),
            click.Option(
                ["--coverage-to", "output"],
                type=click.Path(dir_okay=False, path_type=Path),
                metavar="FILE",
                help=say(
                    "把覆盖情况写入文件：.html 为标色的预案原文，.json 供程序读取。",
                    "Write the coverage to a file: .html is the plans' own text coloured, .json "
                    "is for programs.",
                ),
            ),
            click.Option(
                ["--of", "document"],
                metavar="NAME",
                help=say(
                    "只统计一个预案或标准的覆盖。",
                    "Count the coverage of one plan or standard only.",
                ),
            ),
            click.Option(
                ["--generate", "generated"],
                type=click.Path(dir_okay=False, path_type=Path),
                metavar="FILE",
                help=say(
                    "把尚缺的情形写成新的测试文件（.test.yaml），附今天的结果，待逐条确认。",
                    "Write the cases that are missing to a new .test.yaml, with today's answers as "
                    "proposals to confirm.",
                ),
            ),
            click.Option(
                ["--fail-under"],
                type=click.FloatRange(0, 100),
                callback=finite,
                metavar="PERCENT",
                help=say("覆盖低于此百分数时退出码为 1。", "Exit status 1 where less is covered."),
            ),
            format_option(say, FORMS),
            library_option(say),
            language_option(language),
        ],
    )


def _run(
    paths: tuple[Path, ...],
    wanted: str | None,
    watch: bool,
    coverage: bool,
    output: Path | None,
    document: str | None,
    generated: Path | None,
    fail_under: float | None,
    form: str,
    folder: Path | None,
    language: Language,
) -> None:
    say = speaker(language)
    if output is not None and output.suffix not in {".html", ".json"}:
        raise click.UsageError(
            say(
                "--coverage-to 的文件须以 .html 或 .json 结尾", "--coverage-to takes .html or .json"
            )
        )
    if generated is not None and not generated.name.endswith(".test.yaml"):
        raise click.UsageError(
            say("--generate 的文件须以 .test.yaml 结尾", "--generate takes a .test.yaml")
        )
    if generated is not None and (generated.exists() or generated.is_symlink()):
        raise click.UsageError(say(f"{generated} 已存在", f"{generated} exists already"))
    for written in (output, generated):
        if written is not None:
            refuse_without_folder(written, say)
    asked = output is not None or fail_under is not None or generated is not None
    measured = coverage or asked
    if document is not None and not measured:
        raise click.UsageError(say("--of 与 --coverage 并用", "--of goes with --coverage"))
    wish = Wish(wanted, measured, output, document, generated, fail_under, form, language)
    root = find_library(folder, say, library_near(paths[0]) if paths else None)
    if not watch:
        sys.exit(_once(root, paths, wish))
    if form != "text":
        raise click.UsageError(say("--watch 只用于 text", "--watch is for text only"))
    seen: object = None
    while True:
        now = _stamps(root, paths)
        if now != seen:
            seen = now
            click.clear()
            try:
                _once(root, paths, wish)
            except SystemExit:  # the findings were shown; they may be mended
                continue
        time.sleep(_PAUSE)


def _stamps(root: Path, paths: Sequence[Path]) -> tuple[tuple[str, float], ...]:
    """When each file that tests depend on was written last."""
    found = [path for place in (root, *paths) for path in _all_files(place)]
    return tuple((path.as_posix(), path.stat().st_mtime) for path in found if path.exists())


def _all_files(place: Path) -> Iterable[Path]:
    return sorted(place.rglob("*.yaml")) if place.is_dir() else (place,)


def _once(root: Path, paths: tuple[Path, ...], wish: Wish) -> int:
    """Run the tests once and show the results; the exit status."""
    from planengine.cli.coverage_files import measured, write_coverage, write_generated
    from planengine.diagnostics import PlanError
    from planengine.scenarios.recorder import Recorder
    from planengine.scenarios.run import run
    from planengine.scenarios.words import Telling

    language, wanted = wish.language, wish.wanted
    library = load_library(root, language)
    suites = _suites(_files(root, paths, language), library, language)
    suites = _chosen(suites, wanted)
    if wish.generated is None and not any(suite.cases for suite in suites):
        say = speaker(language)
        raise click.UsageError(
            say(f"没有名称含“{wanted}”的测试", f"no test has `{wanted}` in its name")
            if wanted
            else say("没有找到测试（*.test.yaml）", "there are no tests (*.test.yaml)")
        )
    telling = Telling(library.entities, language)
    engine = library.compile()
    recorder = Recorder(library.entities) if wish.measured else None
    try:
        results = [*run(suites, engine, recorder)]
        found = None
        if recorder is not None:
            found = measured(engine, recorder, _document(wish, library))
    except PlanError as error:
        fail(error.diagnostics, {}, language)
    if found is not None and wish.output is not None:
        write_coverage(found, wish.output, telling)
    if found is not None and wish.generated is not None:
        text = write_generated(found, engine, wish.generated, telling)
        click.echo(text, err=True)
    _show(results, found, telling, wish.form)
    too_little = (
        found is not None and wish.fail_under is not None and found.percent < wish.fail_under
    )
    if too_little:
        say = speaker(language)
        click.echo(
            say("覆盖不足", "too little is covered") + f": < {wish.fail_under:g} %", err=True
        )
    return 0 if all(one.state == "passed" for one in results) and not too_little else FINDINGS


def _document(wish: Wish, library: Library) -> str | None:
    """The key of the document whose coverage is wanted; ends the command for an unknown one."""
    if wish.document is None:
        return None
    from planengine.domain.plan_names import plans_named

    names, entities = library.entities.names, library.entities
    keys = plans_named(names, wish.document)
    ours = [key for key in keys if entities.plans[key][-1].jurisdiction == entities.home]
    found = (*ours, *keys, *names.find("standard", wish.document))
    if not found:
        say = speaker(wish.language)
        raise click.UsageError(
            say(f"没有预案或标准“{wish.document}”", f"no plan or standard is `{wish.document}`")
        )
    return found[0]


def _show(results: Sequence[Result], found: Coverage | None, telling: Telling, form: str) -> None:
    from planengine.scenarios.coverage_words import as_data as coverage_data
    from planengine.scenarios.coverage_words import show_coverage
    from planengine.scenarios.reports import as_data, as_junit
    from planengine.scenarios.view import show_results
    from planengine.screens.screen import Screen

    if form == "json":
        data = as_data(results, telling)
        if found is not None:
            data["coverage"] = coverage_data(found)
        click.echo(json_text(data))
    elif form == "junit":
        click.echo(as_junit(results, telling))
    else:
        screen = Screen.of_terminal()
        show_results(results, telling, screen)
        if found is not None:
            show_coverage(found, telling, screen)
        click.echo(screen.text(), nl=False)


def _files(root: Path, paths: tuple[Path, ...], language: Language) -> tuple[Path, ...]:
    """The files of tests in the paths, or of the library."""
    from planengine.linking.manifest import library_tests, manifest_of, tests_at
    from planengine.reading.contents import content_of

    if paths:
        return tuple(dict.fromkeys(found for path in paths for found in tests_at(path)))
    manifest = manifest_of(root)
    content = content_of(manifest) if manifest is not None else None
    if manifest is None or content is None:
        say = speaker(language)
        raise click.UsageError(say(f"没有 {MANIFEST}", f"there is no {MANIFEST}"))
    return library_tests(manifest, content)


def _suites(files: Iterable[Path], library: Library, language: Language) -> tuple[Suite, ...]:
    """The tests of files; ends the command where one has an error."""
    from planengine.scenarios.read import read_suite

    findings: list[Diagnostic] = []
    found = [read_suite(path, library.entities, findings) for path in files]
    findings = list(dict.fromkeys(findings))
    if any(one.severity == "error" for one in findings):
        fail(findings, {}, language)
    if findings:
        print_findings(findings, {}, language, to_stderr=True)
    return tuple(suite for suite in found if suite is not None)


def _chosen(suites: Iterable[Suite], wanted: str | None) -> tuple[Suite, ...]:
    """The cases whose names, with those of their files, have every word that is wanted."""
    from msgspec.structs import replace

    words = (wanted or "").casefold().split()

    def fits(suite: Suite, name: str) -> bool:
        text = f"{suite.file} {suite.name} {name}".casefold()
        return all(word in text for word in words)

    return tuple(
        replace(suite, cases=tuple(case for case in suite.cases if fits(suite, case.name)))
        for suite in suites
    )
