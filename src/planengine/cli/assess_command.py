"""`planengine assess`: the main job."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from planengine.cli import times
from planengine.cli.command import Command
from planengine.cli.common import (
    FINDINGS,
    fail,
    find_library,
    format_option,
    json_text,
    language_option,
    library_near,
    library_option,
    load_library,
    print_findings,
)
from planengine.cli.language import Language, Say, speaker
from planengine.cli.times import time_of, time_to_assess

if TYPE_CHECKING:
    from planengine.assessment.assessment import Assessment
    from planengine.diagnostics import PlanError
    from planengine.domain.statements import Incident, Status
    from planengine.facade import BackendName, Library

_STDIN = "facts"  # what findings call a text
_DOCUMENTS = {
    "plan": ("预案", "a plan"),
    "standard": ("标准", "a standard"),
    "vocabulary": ("词汇", "vocabulary"),
    "registry": ("登记", "a registry"),
    "sources": ("依据", "sources"),
    "library": ("预案库清单", "a library's manifest"),
}


def command(language: Language) -> Command:
    """The command, in one language."""
    say = speaker(language)
    example = "planengine assess examples/flood-day.yaml"
    argument = click.Path(exists=True, dir_okay=False, allow_dash=True)
    return Command(
        "assess",
        language,
        _run,
        about=(
            say(
                "研判 FACTS 中的事件：达到哪一级、谁批准、谁在何时前做什么、还要问什么，以及理由。",
                "Assess the incident in FACTS: which levels are reached, who approves, who must do "
                "what by when, what to ask next, and why.",
            ),
            say(
                "FACTS 是 YAML、JSON 或 JSONL 文件；- 表示标准输入。",
                "FACTS is a YAML, JSON or JSONL file; - reads standard input.",
            ),
        ),
        examples=(
            (
                f"{example} --at 2026-07-18T12:30",
                say("那一刻的研判", "what the plans say at that moment"),
            ),
            (
                f"{example} --why",
                say("并说明理由和距下一级还差什么", "with reasons and the way to the next level"),
            ),
        ),
        params=[
            click.Argument(["facts"], type=argument),
            click.Option(
                ["--at"],
                metavar="TIME",
                help=say(
                    "研判时刻：now、23:00 或 ISO 8601；默认为最新一条的时间。",
                    "Assess at this time: now, 23:00, or ISO 8601 (default: the newest "
                    "statement's).",
                ),
            ),
            click.Option(
                ["--known-at"],
                metavar="TIME",
                help=say(
                    "只用此前收到的信息；默认同 --at。",
                    "Count only what had been received by then (default: --at).",
                ),
            ),
            click.Option(
                ["--engine"],
                type=click.Choice(["kernel", "durable", "both"]),
                default="kernel",
                help=say(
                    "用哪个引擎（默认 kernel）；both 两个都算，不一致就拒绝作答。",
                    "Which engine decides (default: kernel); `both` refuses where the two differ.",
                ),
            ),
            click.Option(
                ["--status"],
                type=click.Choice(["actual", "exercise", "test"]),
                help=say(
                    "看哪些信息：实际、演练、测试；默认按事件自身。",
                    "What is seen: actual, exercise or test (default: the incident's own).",
                ),
            ),
            click.Option(
                ["--lenient"],
                is_flag=True,
                help=say(
                    "不能读的记录不计入并逐条列出，其余照常研判。",
                    "Assess what can be read; list each record that cannot, and why.",
                ),
            ),
            format_option(say),
            click.Option(
                ["--why"],
                is_flag=True,
                help=say("列出每项研判的理由。", "Show the reasons of every decision."),
            ),
            click.Option(
                ["--all", "everything"],
                is_flag=True,
                help=say("列出全部内容，不只最要紧的。", "Show everything, not what is first."),
            ),
            click.Option(
                ["--since"],
                metavar="TIME",
                help=say("列出自该时刻以来的变化。", "Show what changed since this time."),
            ),
            click.Option(
                ["--contacts"],
                is_flag=True,
                help=say(
                    "在各项任务下列出所涉单位和岗位的联系方式。",
                    "Show below each duty how the bodies and posts that it names are reached.",
                ),
            ),
            library_option(say),
            language_option(language),
        ],
    )


def _run(
    facts: str,
    at: str | None,
    known_at: str | None,
    engine: BackendName,
    status: Status | None,
    lenient: bool,
    form: str,
    why: bool,
    everything: bool,
    since: str | None,
    contacts: bool,
    folder: Path | None,
    language: Language,
) -> None:
    from planengine.diagnostics import PlanError
    from planengine.engines import EngineRefusal
    from planengine.facade import Engine
    from planengine.reading.source import MAX_STREAM_BYTES

    say = speaker(language)
    if since is not None and form == "json":
        raise click.UsageError(say("--since 只用于文本形式", "--since is for the text form only"))
    library = load_library(find_library(folder, say, _near(facts)), language)
    source = sys.stdin.buffer.read(MAX_STREAM_BYTES + 1) if facts == "-" else Path(facts)
    texts = {_STDIN: source.decode("utf-8", "replace")} if isinstance(source, bytes) else {}
    try:
        incident = _read(library, source, say, lenient)
        when, known, then = _times(at, known_at, since, incident, status, library, say)
        # Not `compile`, which checks the newest rules too: only what this incident needs is read.
        decider = Engine(library, engine)
        assessment = decider.assess(incident, at=when, known_at=known, status=status)
        before = None
        if then is not None:
            _refuse_later(then, assessment.at, say)
            before = decider.assess(incident, at=then, known_at=then, status=status)
    except PlanError as error:
        fail(error.diagnostics, {**library.sources, **texts}, language)
    except EngineRefusal as refusal:
        said = refusal.text.in_language(language)
        click.echo(f"{say('错误：', 'error: ')}{said}", err=True)
        sys.exit(FINDINGS)
    if incident.warnings:
        print_findings(incident.warnings, texts, language, to_stderr=True)
    if form == "json":
        click.echo(json_text(assessment.to_dict()))
        return
    from planengine.screens.assessment_view import view

    click.echo(
        view(
            assessment,
            language,
            before=before,
            why=why,
            everything=everything,
            contacts=contacts,
        ),
        nl=False,
    )
    if when is None:
        _say_what_has_passed(assessment, language)


def _say_what_has_passed(assessment: Assessment, language: Language) -> None:
    """That the answer is of the newest statement, where time alone may have changed it since."""
    from planengine.assessment.words import Words
    from planengine.screens.screen import YELLOW, Screen

    since = assessment.recheck_at
    if since is None or since > times.now():
        return
    time = Words(assessment.situation.entities, language).time
    said = speaker(language)(
        f"以上截至最新一条信息（{time(assessment.at)}），{time(since)}起可能已有变化；"
        "看现在的情况：--at now",
        f"as of the newest statement ({time(assessment.at)}); since {time(since)} it may have "
        "changed: --at now shows the present",
    )
    screen = Screen.of_terminal()
    screen.line((said, YELLOW), hang=2)
    click.echo(screen.text(), nl=False)


def _times(
    at: str | None,
    known_at: str | None,
    since: str | None,
    incident: Incident,
    status: Status | None,
    library: Library,
    say: Say,
) -> tuple[int | None, int | None, int | None]:
    """The times given as options; a time of the day alone is one that the incident has had."""
    zone = library.entities.time_zone
    known = then = None
    when = time_to_assess(at, incident, status, zone, say)
    newest = incident.newest_for(status or incident.status)
    assessed = when if when is not None else newest or 0
    if known_at is not None:
        known = time_of(known_at, "--known-at", zone, say, latest=assessed)
    if since is not None:
        then = time_of(since, "--since", zone, say, latest=assessed - 1)
    return when, known, then


def _refuse_later(since: int, at: int, say: Say) -> None:
    """Wrong use where changes are asked for since a time that is not before the assessed one."""
    if since >= at:
        raise click.UsageError(
            say("--since 须早于研判时刻", "--since must be before the assessed time")
        )


def _near(facts: str) -> Path | None:
    return None if facts == "-" else library_near(Path(facts))


def _read(library: Library, source: Path | bytes, say: Say, lenient: bool) -> Incident:
    """The incident; wrong use where the file is a document of a library."""
    from planengine.diagnostics import PlanError

    try:
        return library.read_incident(source, lenient=lenient)
    except PlanError as error:
        if isinstance(source, Path):
            _refuse_document(error, source, say)
        raise


def _refuse_document(error: PlanError, path: Path, say: Say) -> None:
    """Wrong use where what cannot be read as an incident is a plan or the like."""
    for found in error.diagnostics:
        name = dict(found.params).get("name")
        if found.code == "unknown-document" and isinstance(name, str) and name in _DOCUMENTS:
            kind = say(*_DOCUMENTS[name])
            raise click.UsageError(
                say(
                    f"{path} 是{kind}，不是事件：用 planengine check {path} 检查",
                    f"{path} is {kind}, not an incident: use planengine check {path}",
                )
            )
