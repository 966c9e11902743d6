"""`planengine session new`: an incident begins."""

from __future__ import annotations

from pathlib import Path

import click

from planengine.cli.command import Command
from planengine.cli.common import language_option, library_option
from planengine.cli.language import Language, speaker
from planengine.cli.session_options import journal_argument, now_option


def new_command(language: Language) -> Command:
    say = speaker(language)
    return Command(
        "new",
        language,
        _run_new,
        about=(
            say(
                "建立日志 FILE，开始一起事件。已有的文件不会覆盖。",
                "Begin an incident in the new journal FILE. What is there is never written over.",
            ),
        ),
        examples=(
            (
                "planengine session new flood.journal --hazard flood --moment receipt=08:10",
                say("洪水，8:10 接报", "a flood, heard of at 8:10"),
            ),
            (
                "planengine session new flood.journal --from examples/flood-day.yaml",
                say("接着已有的事件文件", "goes on from an incident file"),
            ),
        ),
        params=[
            journal_argument(exists=False),
            click.Option(
                ["--hazard", "hazards"],
                metavar="HAZARD",
                multiple=True,
                help=say(
                    "灾种（planengine list hazards）；可重复。",
                    "A hazard (planengine list hazards); may be repeated.",
                ),
            ),
            click.Option(
                ["--id", "name"],
                metavar="ID",
                help=say(
                    "事件的 id，默认取文件名。", "The incident's id (default: the file's name)."
                ),
            ),
            click.Option(
                ["--label"], metavar="TEXT", help=say("事件的名称。", "The incident's name.")
            ),
            click.Option(
                ["--scope"],
                metavar="AREA",
                multiple=True,
                help=say(
                    "可能波及的辖区，默认本市；可重复。",
                    "An area it can touch (default: the home area); may be repeated.",
                ),
            ),
            click.Option(
                ["--moment", "moments"],
                metavar="MOMENT=TIME",
                multiple=True,
                help=say(
                    "何时发生、接报：occurrence=08:00；可重复。",
                    "When it occurred, was heard of: occurrence=08:00; may be repeated.",
                ),
            ),
            click.Option(
                ["--status"],
                type=click.Choice(["actual", "exercise", "test"]),
                help=say("实际、演练或测试，默认 actual。", "Default: actual."),
            ),
            click.Option(
                ["--from", "facts"],
                type=click.Path(exists=True, dir_okay=False, path_type=Path),
                metavar="FACTS",
                help=say(
                    "从这个事件文件接着记。", "Go on from this incident file: header and all."
                ),
            ),
            now_option(say),
            library_option(say),
            language_option(language),
        ],
    )


def _run_new(
    file: Path,
    hazards: tuple[str, ...],
    name: str | None,
    label: str | None,
    scope: tuple[str, ...],
    moments: tuple[str, ...],
    status: str | None,
    facts: Path | None,
    now: str | None,
    folder: Path | None,
    language: Language,
) -> None:
    from planengine.cli.session_actions import Desk, begin

    header = {"hazards": hazards, "id": name, "label": label, "scope": scope, "status": status}
    begin(Desk(file, folder, now, language), header, moments, facts)
