"""What the commands of `planengine session` do."""

from __future__ import annotations

import sys
import time
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
    with told_errors(desk.language):
        number = desk.session.migrate(now=desk.clock.now)
    say = desk.say
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
        click.echo(_kept(told, desk.say))
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
        click.echo(json_text({**data, "effects": _plain(found)}))
        return
    from planengine.cli.session_view import effects_text

    click.echo(effects_text(found, assessment, language), nl=False)


def _follows(session: Session, told: Told, now: int) -> tuple[Effects, Assessment]:
    """What is otherwise now than it would be without what was told just now."""
    from planengine.sessions.difference import difference

    before = session.as_of(told.number - 1).at(now)
    after = session.as_of(told.number).going_on(before).at(now)
    return difference(before, after), after


def _kept(told: Told, say: Say) -> str:
    zh, en = _ARRIVALS[told.arrival]
    return say(
        f"已记入日志第 {told.number} 条，编号 {told.id}{zh}",
        f"kept as entry {told.number}, id {told.id}{en}",
    )


def show(
    desk: Desk,
    at: str | None,
    since: str | None,
    form: str,
    *,
    why: bool,
    everything: bool,
    contacts: bool,
) -> None:
    """Where the incident stands, what is new, and what the plans say."""
    from planengine.cli.session_view import course_text
    from planengine.screens.assessment_view import view
    from planengine.sessions.difference import difference
    from planengine.sessions.standing import course

    language, clock, session = desk.language, desk.clock, desk.session
    with told_errors(language):
        when = clock.now if at is None else clock.time(at, "--at")
        before = _before(desk, session, since, when)
        number, assessment = session.number, session.at(when)
        found = course(assessment)
        effects = difference(before, assessment) if before is not None else None
        if form == "json":
            answer = assessment.to_dict()
            data = {"course": _plain(found), "effects": _plain(effects), "assessment": answer}
            click.echo(json_text(data))
        else:
            head = course_text(found, assessment, language, everything=everything)
            text = view(
                assessment,
                language,
                before=before,
                why=why,
                everything=everything,
                contacts=contacts,
            )
            click.echo(head + text, nl=False)
        if at is None:
            session.journal.note_shown(_reader(), number, when)


def _before(desk: Desk, session: Session, since: str | None, when: int) -> Assessment | None:
    """What was shown, or could have been, at the time that changes are asked since."""
    say = desk.say
    if since is None:
        return None
    if since in {"last", "上次"}:
        last = session.journal.shown(_reader())
        if last is None:
            return None
        number, at = last
        return session.as_of(number).at(min(at, when))
    at = desk.clock.time(since, "--since")
    if at >= when:
        raise click.UsageError(
            say("--since 须早于所示时刻", "--since must be before the time that is shown")
        )
    return session.at(at)


def watch(desk: Desk, every: float) -> None:
    """Show what is new whenever something is told, or time alone changes something."""
    from planengine.cli import times as wall
    from planengine.cli.session_view import course_text, effects_text
    from planengine.sessions.difference import difference
    from planengine.sessions.standing import course

    session, language = desk.session, desk.language
    shift = desk.clock.now - wall.now()
    with told_errors(language):
        shown = session.at(desk.clock.now)
        number = session.number
        click.echo(course_text(course(shown), shown, language), nl=False)
        click.echo(effects_text(session.effects(at=shown.at), shown, language), nl=False)
        while True:
            time.sleep(every)
            present = wall.now() + shift
            recheck = shown.recheck_at
            if session.number == number and (recheck is None or present < recheck):
                continue
            after, number = session.at(present), session.number
            found = difference(shown, after)
            shown = after
            if not found.are_none:
                head = desk.clock.written(present)
                click.echo(f"\n── {head}")
                click.echo(effects_text(found, after, language), nl=False)


def _plain(found: object) -> Any:  # noqa: ANN401 - as JSON has it
    import msgspec

    return msgspec.json.decode(msgspec.json.encode(found))


def _reader() -> str:
    """Who is shown the incident: the user of this computer."""
    import getpass

    try:
        return getpass.getuser()
    except (ImportError, OSError, KeyError):
        return ""
