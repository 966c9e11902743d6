"""`planengine exercise play`: a person plays an exercise at a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from planengine.cli.command import Command
from planengine.cli.common import (
    find_library,
    language_option,
    library_near,
    library_option,
    load_library,
)
from planengine.cli.exercise_options import (
    keep,
    linked_exercise,
    linked_players,
    played_and_scored,
    playing_options,
    refuse_outputs,
)
from planengine.cli.language import Language, Say, speaker

if TYPE_CHECKING:
    from planengine.domain.entities import Entities
    from planengine.exercises.play import Players

_OFFICER = ("duty-officer", "值班员")


def play_command(language: Language) -> Command:
    """The command, in one language."""
    say = speaker(language)
    return Command(
        "play",
        language,
        _play,
        about=(
            say(
                "在终端里参演 FILE：注入信息逐条到来，列出建议和应办任务；用短词处置（决定、完成、"
                "报……，输入“帮助”列出全部），最后给出评定。",
                "Play FILE at a terminal: injects come in, with what is proposed and due; you act "
                "in short words (decide, done, tell …; `help` has them all), and in the end see "
                "the score.",
            ),
            say(
                "时钟默认停住，处置完再往下走；--speed 60 时每秒过一分钟。--players 是其余的人："
                "值班员作决定，任务由他们去办。",
                "The clock stands until you let time pass; with --speed 60 a minute passes each "
                "second. --players is everybody else: as duty officer you decide, and they do the "
                "duties.",
            ),
        ),
        examples=(
            (
                (
                    "planengine exercise play examples/exercises/flood-day.exercise.yaml "
                    "--report flood.html"
                ),
                say("作为值班员参演", "as duty officer"),
            ),
            (
                (
                    "planengine exercise play examples/exercises/flood-day.exercise.yaml "
                    "--as water-bureau --speed 60"
                ),
                say("作为一个单位，时钟加快", "as one body, the clock accelerated"),
            ),
        ),
        params=[
            *playing_options(say),
            click.Option(
                ["--as", "seat"],
                default=_OFFICER[0],
                metavar="BODY|duty-officer",
                help=say(
                    "扮演的单位（及其岗位）；默认值班员 duty-officer，看到一切。",
                    "The body to play, with its posts (default: duty-officer, who sees all).",
                ),
            ),
            click.Option(
                ["--speed"],
                default="paused",
                metavar="N|paused",
                help=say(
                    "时钟为实时的几倍；paused（默认）为停住。",
                    "How many times faster than real time; paused (default): it stands.",
                ),
            ),
            library_option(say),
            language_option(language),
        ],
    )


def _play(
    file: Path,
    players: Path | None,
    seed: int,
    journal: Path | None,
    record: Path | None,
    output: Path | None,
    seat: str,
    speed: str,
    folder: Path | None,
    language: Language,
) -> None:
    from planengine.assessment.words import Words
    from planengine.cli.exercise_desk import Desk, speed_of
    from planengine.cli.exercise_view import View
    from planengine.cli.keyboard import Keyboard
    from planengine.exercises.players import players_of
    from planengine.exercises.seat import seat_of

    say = speaker(language)
    refuse_outputs(output, journal, record, say)
    rate = speed_of(speed, say)
    library = load_library(find_library(folder, say, library_near(file)), language)
    entities = library.entities
    exercise = linked_exercise(file, library, language)
    cast = linked_players(players, exercise, library, language) if players is not None else None
    seated = seat_of(_body(seat, entities, say), entities, others=cast is not None)
    view = View(exercise, Words(entities, language))
    desk: Players = Desk(exercise, seated, view, Keyboard(), rate)
    others: Sequence[Players] = () if cast is None else players_of(cast, seed, seated)
    played, report = played_and_scored(
        exercise, library, language, None, seed=seed, journal=journal, players=[*others, desk]
    )
    keep(played, report, record, output, library, language)
    click.echo(view.score(report), nl=False)


def _body(text: str, entities: Entities, say: Say) -> str | None:
    if text in _OFFICER:
        return None
    found = entities.names.find("agency", text) or entities.names.find("post", text)
    if len(found) != 1:
        raise click.UsageError(
            say(
                f"--as 的“{text}”不是一个机构或岗位（planengine list agencies 列出全部）",
                f"--as: `{text}` is no body or post (`planengine list agencies` has them all)",
            )
        )
    return found[0]
