"""`planengine exercise`: exercises on a virtual clock, and what came of them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from planengine.cli.command import Command, Family
from planengine.cli.common import (
    fail,
    find_library,
    language_option,
    library_near,
    library_option,
    load_library,
)
from planengine.cli.exercise_making import making_commands, needs
from planengine.cli.language import Language, speaker
from planengine.cli.writing import refuse_without_folder, write_new, write_text

if TYPE_CHECKING:
    from planengine.exercises.play import Played
    from planengine.exercises.report import Report
    from planengine.exercises.script import Cast, Exercise
    from planengine.facade import Library

FORMS = (".html", ".json", ".md")
PLAYERS = ".players.yaml"


def command(language: Language) -> Family:
    """The commands, in one language."""
    say = speaker(language)
    option = language_option(language)
    option.expose_value = False  # each command has it too
    return Family(
        "exercise",
        language,
        (_run_command(language), *making_commands(language)),
        about=(
            say(
                "按虚拟时钟推演一个演练文件（*.exercise.yaml）：按时注入信息，由参演者处置，"
                "最后按预案评定。演练中的一切都带有“演练”标记，不会成为真实研判。",
                "Play an exercise file (*.exercise.yaml) on a virtual clock: injects come in, "
                "players act, and in the end it is scored by the plans. All of it is marked as an "
                "exercise, and never gives an actual level.",
            ),
        ),
        examples=(
            (
                "planengine exercise run flood.exercise.yaml --players good.players.yaml",
                say("推演并评定", "play it, and score it"),
            ),
        ),
        params=[option],
    )


def _run_command(language: Language) -> Command:
    say = speaker(language)
    return Command(
        "run",
        language,
        _run,
        about=(
            say(
                "推演 FILE，给出总结：各级响应何时应启动、何时启动，哪些任务按时、逾时、未完成，"
                "依据哪一条，如何改进。",
                "Play FILE and report: when each level should have been and was in force, which "
                "duties were met, late or missed, by which clause, and what to improve.",
            ),
            say(
                "不给 --players 时无人处置：总结列出预案的全部要求。",
                "Without --players nobody does anything: the report has all that the plans expect.",
            ),
        ),
        examples=(
            (
                "planengine exercise run flood.exercise.yaml --players town.players.yaml --seed 7",
                say("按参演者的习惯推演", "played by habits"),
            ),
        ),
        params=[
            click.Argument(["file"], type=click.Path(exists=True, dir_okay=False, path_type=Path)),
            click.Option(
                ["--players"],
                type=click.Path(exists=True, dir_okay=False, path_type=Path),
                metavar="FILE",
                help=say("参演者文件（*.players.yaml）。", "A file of players (*.players.yaml)."),
            ),
            click.Option(
                ["--seed"],
                type=int,
                default=0,
                metavar="N",
                help=say(
                    "随机数种子；同一种子结果逐字节相同（默认 0）。",
                    "The seed of chance; the same seed gives the same bytes (default: 0).",
                ),
            ),
            click.Option(
                ["--journal"],
                type=click.Path(dir_okay=False, path_type=Path),
                metavar="FILE",
                help=say(
                    "把所记信息写入新的日志（见 planengine session）。",
                    "Keep what is told in a new journal (see planengine session).",
                ),
            ),
            click.Option(
                ["--record"],
                type=click.Path(dir_okay=False, path_type=Path),
                metavar="FILE",
                help=say(
                    "把参演者所做的写成新的参演者文件（.players.yaml），可照样重演。",
                    "Write what players did as a new file of players (.players.yaml) that does it "
                    "again.",
                ),
            ),
            click.Option(
                ["--report", "output"],
                type=click.Path(dir_okay=False, path_type=Path),
                metavar="FILE",
                help=say(
                    "把总结写入文件：.html（网页，可打印）、.md 或 .json；不给时输出 Markdown。",
                    "Write the report to a file: .html (a page, for a screen or paper), .md or "
                    ".json; else it is shown as Markdown.",
                ),
            ),
            library_option(say),
            language_option(language),
        ],
    )


def _run(
    file: Path,
    players: Path | None,
    seed: int,
    journal: Path | None,
    record: Path | None,
    output: Path | None,
    folder: Path | None,
    language: Language,
) -> None:
    say = speaker(language)
    if record is not None and not record.name.endswith(PLAYERS):
        raise click.UsageError(
            say(f"--record 的文件须以 {PLAYERS} 结尾", f"--record takes a {PLAYERS}")
        )
    if output is not None and output.suffix not in FORMS:
        listed = say("、", ", ").join(FORMS)
        raise click.UsageError(
            say(
                f"--report 的文件须以 {listed} 结尾", f"--report takes a file that ends in {listed}"
            )
        )
    for written in (output, journal, record):
        if written is not None:
            refuse_without_folder(written, say)
    if output is not None and output.suffix == ".html":
        needs("jinja2", output.suffix, say)
    library = load_library(find_library(folder, say, library_near(file)), language)
    exercise = linked_exercise(file, library, language)
    cast = _players(players, exercise, library, language) if players is not None else None
    played, report = _played(exercise, cast, seed, journal, library, language)
    if record is not None:
        from planengine.exercises.record import script_of

        name = record.name.removesuffix(PLAYERS)
        text = script_of(played, name=name, zone=library.entities.time_zone)
        write_new({record: text}, say)
    if output is None:
        click.echo(report_in(".md", report, library, language), nl=False)
    else:
        write_text(output, report_in(output.suffix, report, library, language), say)


def report_in(form: str, report: Report, library: Library, language: Language) -> str:
    """The report as the content of a file of a form."""
    from planengine import exercises

    if form == ".json":
        return report.to_json() + "\n"
    tell = exercises.report_page if form == ".html" else exercises.report_text
    return tell(report, library, language)


def _played(
    exercise: Exercise,
    cast: Cast | None,
    seed: int,
    journal: Path | None,
    library: Library,
    language: Language,
) -> tuple[Played, Report]:
    from planengine import exercises
    from planengine.diagnostics import PlanError

    say, engine = speaker(language), library.compile()
    try:
        played = exercises.play_exercise(exercise, engine, cast, seed=seed, journal=journal)
        return played, exercises.score_exercise(played, engine)
    except PlanError as error:
        fail(error.diagnostics, {}, language)
    except FileExistsError:
        raise click.UsageError(say(f"{journal} 已存在", f"{journal} exists already")) from None


def linked_exercise(file: Path, library: Library, language: Language) -> Exercise:
    """The exercise in a file; ends the command where it has an error."""
    from planengine.diagnostics import Diagnostic
    from planengine.exercises.read import read_exercise

    findings: list[Diagnostic] = []
    found = read_exercise(file, library.entities, findings)
    if found is None or any(one.severity == "error" for one in findings):
        fail(findings, {}, language)
    return found


def _players(file: Path, exercise: Exercise, library: Library, language: Language) -> Cast:
    from planengine.diagnostics import Diagnostic
    from planengine.exercises.read_players import read_players

    findings: list[Diagnostic] = []
    found = read_players(file, exercise, library.entities, findings)
    if found is None or any(one.severity == "error" for one in findings):
        fail(findings, {}, language)
    return found
