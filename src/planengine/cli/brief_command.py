"""`planengine brief`: the papers of an incident, for people to sign."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

from planengine.cli.command import Command
from planengine.cli.common import (
    FINDINGS,
    fail,
    find_library,
    language_option,
    library_near,
    library_option,
    load_library,
    print_findings,
)
from planengine.cli.language import Language, Say, speaker
from planengine.cli.paper_choice import chosen
from planengine.cli.times import time_to_assess

if TYPE_CHECKING:
    from planengine.assessment.assessment import Assessment
    from planengine.facade import Library
    from planengine.papers.parts import Paper
    from planengine.papers.rendering import Form

KINDS = ("notice", "warning", "order", "report", "card")
FORMS = ("html", "md", "docx")


def command(language: Language) -> Command:
    """The command, in one language."""
    say = speaker(language)
    example = "planengine brief examples/flood-day.yaml"
    return Command(
        "brief",
        language,
        _run,
        about=(
            say(
                "把研判写成文稿：启动通知、预警通知、各单位任务单、情况报告（首报、续报、终报）、"
                "应急处置明白卡。每句注明条款；只有已经启动、发布的才这样写，其余写明“建议”或“拟”。"
                "文稿为中文；写 --lang en 时为英文工作译本。",
                "Write papers from an assessment: activation notices, warning notices, the task "
                "order of each body, information reports (first, later, last) and one-page action "
                "cards. Each statement has its clause; what nobody decided is marked as advice or "
                "draft. They are in Chinese; with --lang en they are working translations.",
            ),
            say(
                "不用 -o 时写入以事件和时刻命名的文件夹，每件一个文件。需要 planengine[papers]。",
                "Without -o each paper is a file in a folder named by the incident and the time. "
                "Needs planengine[papers].",
            ),
        ),
        examples=(
            (
                f"{example} --at 2026-07-19T09:30:00+08:00",
                say("那一刻的全部文稿", "all papers of that moment"),
            ),
            (
                f"{example} --paper notice --plan flood --format docx -o .",
                say("只要防汛预案的启动通知", "only the notice of the flood plan"),
            ),
            (
                f"{example} --for nanpu-town-office --paper card -o card.html",
                say("一个乡镇的明白卡", "the card of one township"),
            ),
        ),
        params=[
            click.Argument(["facts"], type=click.Path(exists=True, dir_okay=False)),
            click.Option(
                ["--at"],
                metavar="TIME",
                help=say(
                    "研判时刻，ISO 8601 带时区；默认为最新一条的时间。",
                    "Assess at this time, ISO 8601 with offset (default: the newest statement's).",
                ),
            ),
            click.Option(
                ["--paper"],
                type=click.Choice(KINDS),
                multiple=True,
                help=say("只要哪几种文稿；可重复。", "Only papers of this kind; may be repeated."),
            ),
            click.Option(
                ["--for", "whose"],
                metavar="NAME",
                help=say(
                    "只要一个单位或岗位的文稿（id 或名称）。",
                    "Only the papers of one body or post, by its id or a label.",
                ),
            ),
            click.Option(
                ["--plan"],
                metavar="PLAN",
                help=say("只要一个预案的文稿。", "Only the papers of one plan."),
            ),
            click.Option(
                ["--format", "form"],
                type=click.Choice(FORMS),
                default=None,
                help=say(
                    "文件形式；默认看 -o 的扩展名，否则 html（可打印）。",
                    "Form of the files (default: by the ending of -o, else html, for printing).",
                ),
            ),
            click.Option(
                ["--output", "-o", "output"],
                type=click.Path(path_type=Path),
                metavar="PATH",
                help=say(
                    "写入的文件夹；有 .html、.md 或 .docx 扩展名时为一件文稿的文件。",
                    "The folder to write to; with the ending .html, .md or .docx the file of one "
                    "paper.",
                ),
            ),
            click.Option(
                ["--templates"],
                type=click.Path(exists=True, file_okay=False, path_type=Path),
                metavar="DIR",
                help=say(
                    "本地模板所在文件夹，同名的代替自带模板。",
                    "A folder of templates; those with the same names replace the shipped ones.",
                ),
            ),
            library_option(say),
            language_option(language),
        ],
    )


def _run(
    facts: str,
    at: str | None,
    paper: tuple[str, ...],
    whose: str | None,
    plan: str | None,
    form: Form | None,
    output: Path | None,
    templates: Path | None,
    folder: Path | None,
    language: Language,
) -> None:
    say = speaker(language)
    _need_extra(say)
    from planengine.papers.papers import papers_of
    from planengine.papers.rendering import Templates, UnusableTemplateError

    form = _form(form, output, say)
    library = load_library(find_library(folder, say, library_near(Path(facts))), language)
    choice = chosen(library, paper, whose, plan, say)
    assessment = _assess(library, Path(facts), at, language)
    papers = papers_of(assessment, choice, _paper_language(language))
    if not papers:
        click.echo(say("没有这样的文稿可写。", "there is no such paper to write."), err=True)
        sys.exit(FINDINGS)
    try:
        made = Templates(templates)
        contents = [made.rendered(one, form) for one in papers]
    except UnusableTemplateError as fault:
        said = fault.text.in_language(language)
        click.echo(f"{say('错误：', 'error: ')}{said}", err=True)
        sys.exit(FINDINGS)
    paths = _paths(papers, form, output, assessment, say)
    for path, content in zip(paths, contents, strict=True):
        _write(path, content, say)
    _tell(paths, papers, form, say)


def _paper_language(language: Language) -> Language:
    """English only where `--lang en` was written: papers to be signed do not follow a locale."""
    context: click.Context | None = click.get_current_context()
    while context is not None:
        for name in ("language", "lang"):
            if context.get_parameter_source(name) is ParameterSource.COMMANDLINE:
                return language
        context = context.parent
    return "zh"


def _need_extra(say: Say) -> None:
    """Wrong use where the libraries that make papers are not installed."""
    from importlib.util import find_spec

    if find_spec("jinja2") is None or find_spec("docx") is None:
        raise click.UsageError(
            say(
                "写文稿需要 planengine[papers]：pip install 'planengine[papers]'；"
                "从文件夹安装的，在那里 pip install '.[papers]'",
                "papers need planengine[papers]: pip install 'planengine[papers]', or of a folder "
                "in it: pip install '.[papers]'",
            )
        )


def _form(form: Form | None, output: Path | None, say: Say) -> Form:
    """The form asked for, or the one that the ending of the output tells."""
    ending = output.suffix[1:].lower() if output is not None else ""
    of_file = next((one for one in FORMS if one == ending), None)
    if form is not None and of_file is not None and form != of_file:
        raise click.UsageError(
            say(
                f"--format {form} 与文件扩展名 .{ending} 不一致",
                f"--format {form} is not what the ending .{ending} says",
            )
        )
    found: Form = form or of_file or "html"  # type: ignore[assignment]
    return found


def _assess(library: Library, path: Path, at: str | None, language: Language) -> Assessment:
    from planengine.diagnostics import PlanError
    from planengine.facade import Engine

    say = speaker(language)
    try:
        incident = library.read_incident(path)
        when = time_to_assess(at, incident, None, library.entities.time_zone, say)
        assessment = Engine(library, "kernel").assess(incident, at=when)
    except PlanError as error:
        fail(error.diagnostics, library.sources, language)
    if incident.warnings:
        print_findings(incident.warnings, {}, language, to_stderr=True)
    return assessment


def _paths(
    papers: tuple[Paper, ...],
    form: Form,
    output: Path | None,
    assessment: Assessment,
    say: Say,
) -> list[Path]:
    """Where each paper goes; the file of one that is not actual says so in its name."""
    if output is not None and output.suffix[1:].lower() in FORMS:
        if len(papers) > 1:
            raise click.UsageError(
                say(
                    f"有 {len(papers)} 件文稿，不能写进一个文件：-o 给文件夹，"
                    "或用 --paper、--for、--plan 只要一件",
                    f"{len(papers)} papers do not go into one file: give -o a folder, or ask for "
                    "one by --paper, --for and --plan",
                )
            )
        mark = papers[0].head.banner.replace("　", "")
        name = output.name if mark in output.name else f"{mark}-{output.name}"
        return [output.with_name(name)]
    from planengine.papers.heads import stem
    from planengine.papers.wording import Wording

    time = Wording(assessment).compact(assessment.at)
    folder = output or Path(f"{stem(assessment.incident.id)}-{time}")
    return [folder / f"{one.head.stem}.{form}" for one in papers]


def _write(path: Path, content: bytes, say: Say) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    except OSError as error:
        reason = error.strerror or str(error)
        raise click.UsageError(
            say(f"不能写入 {path}：{reason}", f"cannot write {path}: {reason}")
        ) from error


def _tell(paths: list[Path], papers: tuple[Paper, ...], form: Form, say: Say) -> None:
    """Each file with what it is worth; then what else lies there, and cards that are too long."""
    from planengine.papers.parts import ActionCard

    for path, paper in zip(paths, papers, strict=True):
        state = f"  {paper.head.state}" if paper.head.state else ""
        click.echo(f"{path}{state}")
        if isinstance(paper, ActionCard) and not paper.one_page:
            click.echo(
                say(
                    "  超过一页：用 --plan 分开制卡", "  more than a page: make one for each --plan"
                ),
                err=True,
            )
    own = set(paths)
    folders = {path.parent for path in paths} if len(paths) > 1 else set()
    for folder in sorted(folders):
        for other in sorted(folder.glob(f"*.{form}")):
            if other not in own:
                click.echo(
                    say(f"不是这次写的：{other}", f"not written this time: {other}"), err=True
                )
