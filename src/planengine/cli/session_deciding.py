"""The commands of `planengine session` that say what was decided, and what was done."""

from __future__ import annotations

from pathlib import Path

import click

from planengine.cli.command import Command
from planengine.cli.language import Language, speaker
from planengine.cli.session_options import (
    common_options,
    correct_option,
    journal_argument,
    note_option,
    place_options,
    when_options,
)


def decide_command(language: Language) -> Command:
    say = speaker(language)
    return Command(
        "decide",
        language,
        _run_decide,
        about=(
            say(
                "记一项决定。只写 PLAN 是批准现在的建议；PLAN=LEVEL 是启动或调整到这一级，"
                "none 是终止。分轨的写“预案/分轨”。",
                "Keep a decision. PLAN alone approves what is proposed now; PLAN=LEVEL starts the "
                "level or changes to it, none ends it. Of a track: plan/track.",
            ),
        ),
        examples=(
            (
                "planengine session decide flood.journal flood/flood --by flood-commander",
                say("批准建议的级别", "the level that is proposed is approved"),
            ),
            (
                "planengine session decide flood.journal flood/flood=I --by mayor --reason "
                + say("堤防出现管涌", "'the dyke is leaking'"),
                say("市长说明理由后提级", "the mayor raises it, and says why"),
            ),
        ),
        params=[
            journal_argument(),
            click.Argument(["plan"], metavar="PLAN[=LEVEL]"),
            click.Option(
                ["--by"],
                metavar="WHO",
                help=say("谁决定的：岗位或机构。", "Who decided it: a post or body."),
            ),
            click.Option(
                ["--reason"], metavar="TEXT", help=say("决定的理由。", "Why it was decided so.")
            ),
            click.Option(
                ["--duration"], metavar="DURATION", help=say("决定的期限。", "For how long.")
            ),
            *place_options(say),
            *when_options(say),
            correct_option(say),
            *common_options(say, language),
        ],
    )


def _run_decide(
    file: Path,
    plan: str,
    by: str | None,
    reason: str | None,
    duration: str | None,
    area: str | None,
    thing: str | None,
    at: str | None,
    received: str | None,
    correct: str | None,
    now: str | None,
    quiet: bool,
    form: str,
    folder: Path | None,
    language: Language,
) -> None:
    from planengine.cli.session_actions import Desk, tell, told_errors
    from planengine.cli.session_words import decided, texts, times

    say = speaker(language)
    desk = Desk(file, folder, now, language)
    session = desk.session
    with told_errors(language):
        content = decided(session, plan, by, duration, reason, desk.clock, desk.entities, say)
    when = times(desk.clock, at, received)
    named = texts(area=area, object=thing, correct=correct)
    tell(desk, session, {**when, **named, **content}, form, quiet=quiet)


def done_command(language: Language) -> Command:
    say = speaker(language)
    return Command(
        "done",
        language,
        _run_done,
        about=(
            say(
                "记下完成的措施（id 见 planengine list actions），"
                "或 --reported 已作出的报告、发布。",
                "Keep that actions are done (ids: planengine list actions), or with --reported "
                "that reports or releases were made.",
            ),
        ),
        examples=(
            (
                "planengine session done flood.journal flood/patrol-dykes",
                say("巡堤已完成", "the dykes are patrolled"),
            ),
        ),
        params=[
            journal_argument(),
            click.Argument(["actions"], nargs=-1, metavar="[ACTION]..."),
            click.Option(
                ["--reported", "reports"],
                metavar="REPORT",
                multiple=True,
                help=say(
                    "已作出的报告或发布（planengine list reports）；可重复。",
                    "A report or release that was made (planengine list reports); may be repeated.",
                ),
            ),
            *place_options(say),
            *when_options(say),
            correct_option(say),
            note_option(say),
            *common_options(say, language),
        ],
    )


def _run_done(
    file: Path,
    actions: tuple[str, ...],
    reports: tuple[str, ...],
    area: str | None,
    thing: str | None,
    at: str | None,
    received: str | None,
    correct: str | None,
    note: str | None,
    now: str | None,
    quiet: bool,
    form: str,
    folder: Path | None,
    language: Language,
) -> None:
    from planengine.cli.session_actions import Desk, tell
    from planengine.cli.session_words import met, texts, times

    desk = Desk(file, folder, now, language)
    content = met(actions, reports, desk.entities, speaker(language))
    when = times(desk.clock, at, received)
    named = texts(area=area, object=thing, correct=correct, note=note)
    tell(desk, desk.session, {**when, **named, **content}, form, quiet=quiet)
