"""What `planengine exercise run` and `play` share: their options, and what they read and write."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from planengine.cli.common import fail
from planengine.cli.language import Language, Say, speaker
from planengine.cli.writing import refuse_without_folder, write_new, write_text

if TYPE_CHECKING:
    from planengine.exercises.play import Played, Players
    from planengine.exercises.report import Report
    from planengine.exercises.script import Cast, Exercise
    from planengine.facade import Library

FORMS = (".html", ".json", ".md")
PLAYERS = ".players.yaml"


def playing_options(say: Say) -> tuple[click.Parameter, ...]:
    """The exercise, who plays it, and where what came of it is kept."""
    return (
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
    )


def refuse_outputs(
    output: Path | None, journal: Path | None, record: Path | None, say: Say
) -> None:
    """Wrong use where what comes of it could not be written; told before anything is played."""
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


def played_and_scored(
    exercise: Exercise,
    library: Library,
    language: Language,
    cast: Cast | None,
    *,
    seed: int,
    journal: Path | None,
    players: Iterable[Players] = (),
) -> tuple[Played, Report]:
    """The exercise as it was played, and its report; ends the command where it cannot be told."""
    from planengine import exercises
    from planengine.diagnostics import PlanError

    say, engine = speaker(language), library.compile()
    try:
        played = exercises.play_exercise(
            exercise, engine, cast, seed=seed, players=players, journal=journal
        )
        return played, exercises.score_exercise(played, engine)
    except PlanError as error:
        fail(error.diagnostics, {}, language)
    except FileExistsError:
        raise click.UsageError(say(f"{journal} 已存在", f"{journal} exists already")) from None


def keep(
    played: Played,
    report: Report,
    record: Path | None,
    output: Path | None,
    library: Library,
    language: Language,
) -> None:
    """Write what players did, and the report, where that was asked for."""
    say = speaker(language)
    if record is not None:
        from planengine.exercises.record import script_of

        name = record.name.removesuffix(PLAYERS)
        text = script_of(played, name=name, zone=library.entities.time_zone)
        write_new({record: text}, say)
    if output is not None:
        write_text(output, report_in(output.suffix, report, library, language), say)


def report_in(form: str, report: Report, library: Library, language: Language) -> str:
    """The report as the content of a file of a form."""
    from planengine import exercises

    if form == ".json":
        return report.to_json() + "\n"
    tell = exercises.report_page if form == ".html" else exercises.report_text
    return tell(report, library, language)


def needs(module: str, form: str, say: Say) -> None:
    """Wrong use where what writes or reads a form is not installed."""
    from importlib.util import find_spec

    if find_spec(module) is None:
        raise click.UsageError(
            say(
                f"{form} 需要 planengine[exercises]：pip install 'planengine[exercises]'",
                f"{form} needs planengine[exercises]: pip install 'planengine[exercises]'",
            )
        )


def linked_exercise(file: Path, library: Library, language: Language) -> Exercise:
    """The exercise in a file; ends the command where it has an error."""
    from planengine.diagnostics import Diagnostic
    from planengine.exercises.read import read_exercise

    findings: list[Diagnostic] = []
    found = read_exercise(file, library.entities, findings)
    if found is None or any(one.severity == "error" for one in findings):
        fail(findings, {}, language)
    return found


def linked_players(file: Path, exercise: Exercise, library: Library, language: Language) -> Cast:
    from planengine.diagnostics import Diagnostic
    from planengine.exercises.read_players import read_players

    findings: list[Diagnostic] = []
    found = read_players(file, exercise, library.entities, findings)
    if found is None or any(one.severity == "error" for one in findings):
        fail(findings, {}, language)
    return found
