"""What the commands of `planengine session` do."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from planengine.cli.common import (
    FINDINGS,
    fail,
    find_library,
    json_text,
    library_near,
    load_library,
    print_findings,
)
from planengine.cli.language import Language, Say, speaker
from planengine.cli.session_words import Clock
from planengine.cli.writing import refuse_without_folder

if TYPE_CHECKING:
    from planengine.assessment.assessment import Assessment
    from planengine.domain.entities import Entities
    from planengine.facade import Engine
    from planengine.sessions.effects import Effects
    from planengine.sessions.session import Session, Told

_ARRIVALS = {
    "new": ("", ""),
    "late": ("（迟到的信息）", " (late)"),
    "correction": ("（更正）", " (a correction)"),
    "withdrawal": ("（撤回）", " (a withdrawal)"),
    "repeated": ("（此前已记，未重复写入）", " (told before, not written again)"),
}


class Desk:
    """A journal with the library that it is judged by, and the language to answer in."""

    def __init__(
        self, file: Path, folder: Path | None, now: str | None, language: Language
    ) -> None:
        from planengine.facade import Engine

        self.file = file
        self.language = language
        self.say: Say = speaker(language)
        library = load_library(find_library(folder, self.say, library_near(file)), language)
        self.entities: Entities = library.entities
        self.clock = Clock(now, self.entities.time_zone, self.say)
        self.engine: Engine = Engine(library, "kernel")

    @property
    def session(self) -> Session:
        return self.engine.session(self.file)


@contextmanager
def told_errors(language: Language, sources: Mapping[str, str] | None = None) -> Iterator[None]:
    """What is wrong with a journal or an incident is told, and ends the command with status 1."""
    from planengine.diagnostics import PlanError
    from planengine.engines import EngineRefusal

    say = speaker(language)
    try:
        yield
    except PlanError as error:
        fail(error.diagnostics, sources or {}, language)
    except EngineRefusal as refusal:
        click.echo(f"{say('错误：', 'error: ')}{refusal.text.in_language(language)}", err=True)
        sys.exit(FINDINGS)


def begin(
    desk: Desk, given: Mapping[str, Any], moment: tuple[str, ...], facts: Path | None
) -> None:
    """Make a journal, from options or from an incident file."""
    from planengine.cli.say_acts import moments

    say = desk.say
    if facts is not None:
        if any(given.values()) or moment:
            raise click.UsageError(
                say("--from 不与其他内容同写", "--from is given without the other options")
            )
        with told_errors(desk.language):
            header = _whole(desk, facts)
    else:
        if not given["hazards"]:
            raise click.UsageError(
                say(
                    "写明灾种：--hazard（planengine list hazards），或 --from FACTS",
                    "say of which hazard: --hazard (planengine list hazards), or --from FACTS",
                )
            )
        header = {
            "incident": given["id"] or desk.file.stem,
            "hazards": list(given["hazards"]),
            "scope": list(given["scope"]) or [desk.entities.home],
        }
        if given["label"]:
            header["label"] = {desk.language: given["label"]}
        if given["status"]:
            header["status"] = given["status"]
        if moment:
            header["moments"] = moments(moment, desk.clock.time, desk.clock.zone, say)
    refuse_without_folder(desk.file, say)
    try:
        with told_errors(desk.language):
            session = desk.engine.begin(desk.file, header, now=desk.clock.now)
            count = session.number - 1
    except FileExistsError:
        raise click.UsageError(
            say(f"{desk.file} 已存在，不会覆盖", f"{desk.file} is there already")
        ) from None
    click.echo(say(f"已建立 {desk.file}，{count} 条信息", f"began {desk.file}: {count} told"))


def _whole(desk: Desk, facts: Path) -> dict[str, Any]:
    """A whole incident file as data, once the library takes it."""
    from planengine.reading.contents import content_of
    from planengine.sessions.records import whole_incident

    desk.engine.library.read_incident(facts)
    content = content_of(facts)
    if content is None:
        raise click.UsageError(desk.say(f"不能读取 {facts}", f"cannot read {facts}"))
    return whole_incident(content, facts.as_posix())


def migrate(desk: Desk) -> None:
    """Go over to the library as it is now."""
    from planengine.diagnostics import PlanError

    say = desk.say
    try:
        number = desk.session.migrate(now=desk.clock.now)
    except PlanError as error:
        click.echo(say("日志没有改变：", "The journal was not changed:"), err=True)
        fail(error.diagnostics, {}, desk.language)
    if number:
        click.echo(say(f"已改用现在的预案库，第 {number} 条", f"went over: entry {number}"))
    else:
        click.echo(say("一直用的就是现在的预案库", "it goes by these plans already"))


def tell(
    desk: Desk, session: Session, record: Mapping[str, Any], form: str, *, quiet: bool
) -> None:
    """Tell one observation, say that it is kept, and what follows from it."""
    from planengine.diagnostics import PlanError
    from planengine.engines import EngineRefusal

    language, now = desk.language, desk.clock.now
    try:
        told = session.tell(record, now=now)
    except PlanError as error:
        click.echo(desk.say("什么也没有写入：", "Nothing was written:"), err=True)
        with told_errors(language):
            draft = session.draft(record, now=now)
        fail(error.diagnostics, {"facts": draft}, language)
    if told.warnings:
        draft = session.export()
        print_findings(told.warnings, {"facts": draft}, language, to_stderr=True)
    data = {
        "number": told.number,
        "id": told.id,
        "arrival": told.arrival,
        "carried": list(told.carried),
    }
    if form == "text":  # before anything else: it is on the disk, whatever follows
        click.echo(_kept(told, record, desk))
        sys.stdout.flush()
    if quiet or told.arrival == "repeated":
        if form == "json":
            click.echo(json_text({**data, "effects": None}))
        return
    try:
        found, assessment = _follows(session, told, now)
    except EngineRefusal as refusal:
        if form == "json":
            click.echo(json_text({**data, "effects": None}))
        with told_errors(language):
            raise refusal from None
    if form == "json":
        click.echo(json_text({**data, "effects": plain(found)}))
        return
    from planengine.cli.session_effects_view import effects_text

    click.echo(effects_text(found, assessment, language), nl=False)


def _follows(session: Session, told: Told, now: int) -> tuple[Effects, Assessment]:
    """What is otherwise now than it would be without what was told just now."""
    from planengine.sessions.difference import difference

    before = session.as_of(told.number - 1).at(now)
    after = session.as_of(told.number).going_on(before).at(now)
    return difference(before, after), after


def _kept(told: Told, record: Mapping[str, Any], desk: Desk) -> str:
    zh, en = _ARRIVALS[told.arrival]
    say = desk.say
    if told.arrival == "late" and record.get("at"):  # a clock time alone may be yesterday's
        at = desk.clock.shown(str(record["at"]))
        zh, en = f"（迟到的信息：{at} 的情况）", f" (late: of {at})"
    return say(
        f"已记入日志第 {told.number} 条，编号 {told.id}{zh}",
        f"kept as entry {told.number}, id {told.id}{en}",
    )


def plain(found: object) -> Any:  # noqa: ANN401 - as JSON has it
    import msgspec

    return msgspec.json.decode(msgspec.json.encode(found))
