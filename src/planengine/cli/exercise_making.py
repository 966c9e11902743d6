"""The commands of `planengine exercise` that write exercise files and tables of their events."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from planengine.cli.command import Command
from planengine.cli.common import find_library, language_option, library_option, load_library
from planengine.cli.exercise_options import linked_exercise, needs
from planengine.cli.language import Language, Say, speaker
from planengine.cli.times import now, time_of
from planengine.cli.writing import refuse_without_folder, write_new, write_text

if TYPE_CHECKING:
    from planengine.exercises.generate import Goal
    from planengine.exercises.msel import Table
    from planengine.facade import Engine, Library

_TABLES = (".csv", ".xlsx")
_ENDING = ".exercise.yaml"
_SENDERS = ("agency", "post", "role", "jurisdiction", "object", "source")


def making_commands(language: Language) -> tuple[Command, ...]:
    """The commands, in one language."""
    return _generate(language), _msel(language), _from_msel(language)


def _hazard_option(say: Say) -> click.Option:
    return click.Option(
        ["--hazard", "hazards"],
        multiple=True,
        required=True,
        metavar="HAZARD",
        help=say("灾种；可写几次。", "A hazard of the incident; may be given several times."),
    )


def _start_option(say: Say) -> click.Option:
    return click.Option(
        ["--start"],
        default="now",
        metavar="TIME",
        help=say("演练开始的时刻，默认现在。", "When the exercise starts (default: now)."),
    )


def _output_option(say: Say, form: str) -> click.Option:
    return click.Option(
        ["-o", "--output"],
        required=True,
        type=click.Path(dir_okay=False, path_type=Path),
        metavar="FILE",
        help=say(f"写入的文件（{form}）。", f"The file to write ({form})."),
    )


def _generate(language: Language) -> Command:
    say = speaker(language)
    return Command(
        "generate",
        language,
        _run_generate,
        about=(
            say(
                "按预案条件搜索事实，写出无脚本通知的演练：逐级达到指定的响应级别，或调动指定单位。",
                "Write a no-notice exercise: facts, found by search over the plans, that bring "
                "responses to given levels step by step, or give bodies something to do.",
            ),
            say(
                "--reach 写 预案[/轨道]=级别，或写单位：达到其首次承担任务的级别。",
                "--reach is PLAN[/TRACK]=LEVEL, or a body: the mildest level that calls on it.",
            ),
        ),
        examples=(
            (
                "planengine exercise generate --hazard flood --reach flood=II -o x.exercise.yaml",
                say("一次达到防汛二级的演练", "one that reaches level II of the flood plan"),
            ),
        ),
        params=[
            _hazard_option(say),
            click.Option(
                ["--reach"],
                multiple=True,
                required=True,
                metavar="PLAN=LEVEL|BODY",
                help=say(
                    "要达到的级别或单位；可写几次。", "What to reach; may be given several times."
                ),
            ),
            click.Option(
                ["--seed"],
                type=int,
                default=0,
                metavar="N",
                help=say("随机数种子（默认 0）。", "The seed of chance (default: 0)."),
            ),
            _start_option(say),
            _output_option(say, _ENDING),
            library_option(say),
            language_option(language),
        ],
    )


def _run_generate(
    hazards: tuple[str, ...],
    reach: tuple[str, ...],
    seed: int,
    start: str,
    output: Path,
    folder: Path | None,
    language: Language,
) -> None:
    from planengine.exercises.generate import UnreachableError, generate

    say = speaker(language)
    _refuse_ending(output, (_ENDING,), say)
    library = load_library(find_library(folder, say), language)
    engine = library.compile()
    at = time_of(start, "--start", library.entities.time_zone, say, latest=now())
    named = _hazards(hazards, library, say)
    goals = [goal for text in reach for goal in _goals(text, named, at, engine, say)]
    name = output.name.removesuffix(_ENDING)
    try:
        text = generate(engine, named, goals, start=at, seed=seed, name=name)
    except UnreachableError as error:
        raise click.UsageError(say(error.text.zh, error.text.en)) from None
    write_new({output: text}, say)


def _hazards(texts: Sequence[str], library: Library, say: Say) -> list[str]:
    names = library.entities.names
    found: list[str] = []
    for text in texts:
        known = names.find("hazard", text)
        if len(known) != 1:
            raise click.UsageError(say(f"没有灾种“{text}”", f"no hazard is `{text}`"))
        found += known
    return found


def _goals(text: str, hazards: Sequence[str], at: int, engine: Engine, say: Say) -> Iterator[Goal]:
    """What one `--reach` means: a level of a plan's response, or the first call on a body."""
    from planengine.domain.plan_names import plans_named
    from planengine.exercises.generate import Goal, goals_of_body

    entities, rules = engine.library.entities, engine.rules_at(at)
    plan_text, sign, level_text = text.partition("=")
    if not sign:
        bodies = entities.names.find("agency", text)
        found = [
            goal
            for body in bodies
            for goal in goals_of_body(body, rules, entities)
            if any(unit.id == goal.unit and unit.hazards & {*hazards} for unit in rules.units)
        ]
        if not found:
            raise click.UsageError(
                say(
                    f"没有任何预案在此灾种下调用“{text}”",
                    f"no plan for these hazards calls on `{text}` at a level",
                )
            )
        yield found[0]
        return
    document, _, track = plan_text.partition("/")
    keys = plans_named(entities.names, plan_text) or plans_named(entities.names, document)
    units = [
        unit
        for unit in rules.units
        if unit.purpose == "level"
        and unit.document in keys
        and (plan_text in keys or not track or unit.track == track)
    ]
    own = [unit for unit in units if unit.area == entities.home] or units
    if not own:
        raise click.UsageError(say(f"没有响应“{plan_text}”", f"no response is `{plan_text}`"))
    unit = own[0]
    rank = entities.names.level(unit.scale.id, level_text, None, [], none_allowed=False)
    if not rank:
        raise click.UsageError(say(f"没有级别“{level_text}”", f"no level is `{level_text}`"))
    yield Goal(unit.id, rank)


def _msel(language: Language) -> Command:
    say = speaker(language)
    return Command(
        "msel",
        language,
        _run_msel,
        about=(
            say(
                "把演练 FILE 写成事件总表（MSEL）：时刻、方式、收发、内容，以及预案要求的行动。",
                "Write the events of FILE as a table (a MSEL): time, method, sender, receiver, "
                "content, and what the plans then expect.",
            ),
        ),
        examples=(
            (
                "planengine exercise msel examples/exercises/flood-day.exercise.yaml -o flood.csv",
                say("供电子表格使用", "for a spreadsheet"),
            ),
        ),
        params=[
            click.Argument(["file"], type=click.Path(exists=True, dir_okay=False, path_type=Path)),
            _output_option(say, ".csv, .xlsx"),
            library_option(say),
            language_option(language),
        ],
    )


def _run_msel(file: Path, output: Path, folder: Path | None, language: Language) -> None:
    from planengine.cli.common import library_near
    from planengine.exercises.msel import as_csv, as_xlsx, msel
    from planengine.exercises.play import play
    from planengine.exercises.score import score

    say = speaker(language)
    _refuse_ending(output, _TABLES, say)
    library = load_library(find_library(folder, say, library_near(file)), language)
    exercise = linked_exercise(file, library, language)
    engine = library.compile()
    report = score(play(exercise, engine, ()), engine)
    table = msel(exercise, report, library.entities, language)
    if output.suffix == ".csv":
        write_text(output, as_csv(table).decode(), say)
    else:
        needs("openpyxl", ".xlsx", say)
        output.write_bytes(as_xlsx(table))


def _from_msel(language: Language) -> Command:
    say = speaker(language)
    return Command(
        "from-msel",
        language,
        _run_from_msel,
        about=(
            say(
                "由事件总表 TABLE（.csv、.xlsx）写出演练文件：每行一条注入信息。",
                "Write an exercise file from a table of events, TABLE (.csv, .xlsx): one inject "
                "for each row.",
            ),
        ),
        examples=(
            (
                "planengine exercise from-msel flood.csv --hazard flood -o flood.exercise.yaml",
                say("由表格写出", "from a spreadsheet"),
            ),
        ),
        params=[
            click.Argument(["table"], type=click.Path(exists=True, dir_okay=False, path_type=Path)),
            _hazard_option(say),
            _start_option(say),
            _output_option(say, _ENDING),
            library_option(say),
            language_option(language),
        ],
    )


def _run_from_msel(
    table: Path,
    hazards: tuple[str, ...],
    start: str,
    output: Path,
    folder: Path | None,
    language: Language,
) -> None:
    from planengine.exercises.msel import TableError, exercise_text

    say = speaker(language)
    _refuse_ending(table, _TABLES, say)
    _refuse_ending(output, (_ENDING,), say)
    library = load_library(find_library(folder, say), language)
    zone = library.entities.time_zone
    at = time_of(start, "--start", zone, say, latest=now())
    named, names = _hazards(hazards, library, say), library.entities.names
    try:
        text = exercise_text(
            _read(table, say),
            name=output.name.removesuffix(_ENDING),
            hazards=named,
            start=at,
            zone=zone,
            is_known=lambda text: any(names.find(kind, text) for kind in _SENDERS),
        )
    except TableError as error:
        where = f"{table}:{error.row + 1}" if error.row else f"{table}"
        raise click.UsageError(say(f"{where}：{error.zh}", f"{where}: {error.en}")) from None
    write_new({output: text}, say)


def _read(table: Path, say: Say) -> Table:
    from planengine.exercises.msel import read_csv, read_xlsx

    if table.suffix == ".csv":
        return read_csv(table.read_bytes())
    needs("openpyxl", ".xlsx", say)
    return read_xlsx(table.read_bytes())


def _refuse_ending(path: Path, endings: tuple[str, ...], say: Say) -> None:
    if not path.name.endswith(endings):
        raise click.UsageError(
            say(
                f"{path} 须以 {'、'.join(endings)} 结尾",
                f"{path} has to end in {' or '.join(endings)}",
            )
        )
    refuse_without_folder(path, say)
