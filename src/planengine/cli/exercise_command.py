"""`planengine exercise`: exercises on a virtual clock, and what came of them."""

from __future__ import annotations

from pathlib import Path

import click

from planengine.cli.command import Command, Family
from planengine.cli.common import (
    find_library,
    language_option,
    library_near,
    library_option,
    load_library,
)
from planengine.cli.exercise_making import making_commands
from planengine.cli.exercise_options import (
    keep,
    linked_exercise,
    linked_players,
    played_and_scored,
    playing_options,
    refuse_outputs,
    report_in,
)
from planengine.cli.exercise_play import play_command
from planengine.cli.language import Language, speaker


def command(language: Language) -> Family:
    """The commands, in one language."""
    say = speaker(language)
    option = language_option(language)
    option.expose_value = False  # each command has it too
    return Family(
        "exercise",
        language,
        (_run_command(language), play_command(language), *making_commands(language)),
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
                "planengine exercise run examples/exercises/flood-day.exercise.yaml",
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
                (
                    "planengine exercise run examples/exercises/flood-day.exercise.yaml "
                    "--players examples/exercises/flood-day-good.players.yaml"
                ),
                say("由参演者文件中的人处置", "played by the people of a file of players"),
            ),
        ),
        params=[
            *playing_options(say),
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
    refuse_outputs(output, journal, record, say)
    library = load_library(find_library(folder, say, library_near(file)), language)
    exercise = linked_exercise(file, library, language)
    cast = linked_players(players, exercise, library, language) if players is not None else None
    if exercise.pauses:
        click.echo(
            say(
                "注：文件中的暂停只在 exercise play 中起作用，此处略过",
                "note: the pauses of the file are for `exercise play`, and are passed over here",
            ),
            err=True,
        )
    played, report = played_and_scored(
        exercise, library, language, cast, seed=seed, journal=journal
    )
    keep(played, report, record, output, library, language)
    if output is None:
        click.echo(report_in(".md", report, library, language), nl=False)
