"""The commands of `planengine session` about what people decline, hand over and acknowledge."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from planengine.cli.command import Command
from planengine.cli.language import Language, Say, speaker
from planengine.cli.session_options import (
    common_options,
    correct_option,
    journal_argument,
    note_option,
    place_options,
    when_options,
)

if TYPE_CHECKING:
    from planengine.cli.append import Written
    from planengine.cli.session_actions import Desk


def people_commands(language: Language) -> tuple[Command, ...]:
    """The commands, in one language."""
    return _decline(language), _hand_over(language), _acknowledge(language)


def _shared(say: Say, language: Language) -> tuple[click.Parameter, ...]:
    return (
        *place_options(say),
        *when_options(say),
        correct_option(say),
        *common_options(say, language),
    )


def _by_option(say: Say, zh: str, en: str) -> click.Option:
    return click.Option(["--by"], metavar="WHO", help=say(zh, en))


def _decline(language: Language) -> Command:
    say = speaker(language)
    return Command(
        "decline",
        language,
        _run_decline,
        about=(
            say(
                "记下没有采纳的建议和理由。只写 PLAN 是现在的建议；也可写 PLAN=LEVEL（不启动或提到"
                "这一级）、PLAN=lower、PLAN=end。情况没有变坏之前不再建议；任务照旧。",
                "Keep that a proposal was declined, and why. PLAN alone is what is proposed now; "
                "PLAN=LEVEL (not to start it, or raise to it), PLAN=lower and PLAN=end say it. It "
                "is not proposed again until the facts change for the worse; duties stay.",
            ),
        ),
        examples=(
            (
                "planengine session decline flood.journal flood/flood --by mayor --reason "
                + say("洪峰已过", "'the crest has passed'"),
                say("不采纳现在的建议", "what is proposed now is declined"),
            ),
        ),
        params=[
            journal_argument(),
            click.Argument(["plan"], metavar="PLAN[=LEVEL]"),
            _by_option(say, "谁否决的：岗位或机构。", "Who declined it: a post or body."),
            click.Option(["--reason"], metavar="TEXT", required=True, help=say("理由。", "Why.")),
            *_shared(say, language),
        ],
    )


def _run_decline(
    plan: str,
    by: str | None,
    reason: str,
    language: Language,
    **shared: Any,  # noqa: ANN401 - the options of `_shared`
) -> None:
    from planengine.cli.session_actions import told_errors
    from planengine.cli.session_words import declined

    def content(desk: Desk) -> dict[str, Written]:
        with told_errors(language):
            return declined(desk.session, plan, by, reason, desk.clock, desk.entities, desk.say)

    _run(content, language, note=None, **shared)


def _hand_over(language: Language) -> Command:
    say = speaker(language)
    return Command(
        "hand-over",
        language,
        _run_hand_over,
        about=(
            say(
                "记下指挥权移交：PLAN（分轨的写“预案/分轨”）从此由 --to 指挥，由其批准和指挥；"
                "或 --post 岗位从此由 --to 代行。--to none 恢复预案的规定。",
                "Keep that command was handed over: PLAN (of a track plan/track) is commanded by "
                "--to from then on, who approves and directs; or --to acts for --post. --to none: "
                "as the plan says again.",
            ),
        ),
        examples=(
            (
                "planengine session hand-over flood.journal flood --to chujiang-flood-hq",
                say("省防指接管", "the province takes over"),
            ),
            (
                "planengine session hand-over f.journal --post flood-commander --to mayor",
                say("市长代行指挥长职责", "the mayor acts for the commander"),
            ),
        ),
        params=[
            journal_argument(),
            click.Argument(["plan"], metavar="[PLAN]", required=False),
            click.Option(
                ["--post"], metavar="POST", help=say("由人代行的岗位。", "The post acted for.")
            ),
            click.Option(
                ["--to"],
                metavar="WHO",
                required=True,
                help=say("岗位或机构；none 恢复原状。", "A post or body; none: as before."),
            ),
            _by_option(say, "谁移交的。", "Who handed it over."),
            click.Option(["--reason"], metavar="TEXT", help=say("理由。", "Why.")),
            *_shared(say, language),
        ],
    )


def _run_hand_over(
    plan: str | None,
    post: str | None,
    to: str,
    by: str | None,
    reason: str | None,
    language: Language,
    **shared: Any,  # noqa: ANN401 - the options of `_shared`
) -> None:
    from planengine.cli.say_acts import hand_over

    def content(desk: Desk) -> dict[str, Written]:
        return {"hand-over": hand_over(plan, post, to, by, reason, desk.entities, desk.say)}

    _run(content, language, note=None, **shared)


def _acknowledge(language: Language) -> Command:
    say = speaker(language)
    return Command(
        "acknowledge",
        language,
        _run_acknowledge,
        about=(
            say(
                "记下签收：措施的执行者收到了命令，或 --reported 的报告、发布有人收到了。"
                "时限不变。",
                "Keep that an order was received by whoever acts, or with --reported a report or "
                "release by whoever has to know. No limit changes.",
            ),
        ),
        examples=(
            (
                "planengine session acknowledge f.journal flood/patrol-dykes --by nanpu-flood-hq",
                say("南浦县防指收到巡堤命令", "one headquarters has the order to patrol"),
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
                    "收到的报告或发布（planengine list reports）；可重复。",
                    "A report or release that was received (planengine list reports); may be "
                    "repeated.",
                ),
            ),
            _by_option(say, "谁签收的：岗位或机构。", "Who received it: a post or body."),
            note_option(say),
            *_shared(say, language),
        ],
    )


def _run_acknowledge(
    actions: tuple[str, ...],
    reports: tuple[str, ...],
    by: str | None,
    note: str | None,
    language: Language,
    **shared: Any,  # noqa: ANN401 - the options of `_shared`
) -> None:
    from planengine.cli.session_words import acknowledged

    def content(desk: Desk) -> dict[str, Written]:
        return acknowledged(actions, reports, by, desk.entities, desk.say)

    _run(content, language, note=note, **shared)


def _run(
    content: Callable[[Desk], dict[str, Written]],
    language: Language,
    *,
    file: Path,
    folder: Path | None,
    now: str | None,
    area: str | None,
    thing: str | None,
    at: str | None,
    received: str | None,
    correct: str | None,
    note: str | None,
    form: str,
    quiet: bool,
) -> None:
    from planengine.cli.session_actions import Desk, tell
    from planengine.cli.session_words import texts, times

    desk = Desk(file, folder, now, language)
    said = content(desk)
    named = texts(area=area, object=thing, correct=correct, note=note)
    when = times(desk.clock, at, received)
    tell(desk, desk.session, {**when, **named, **said}, form, quiet=quiet)
