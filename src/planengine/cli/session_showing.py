"""How `planengine session` shows an incident: where it stands, what is new, and on and on."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import click

from planengine.cli.common import json_text
from planengine.cli.session_actions import Desk, plain, told_errors

if TYPE_CHECKING:
    from planengine.assessment.assessment import Assessment
    from planengine.sessions.session import Session


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
    from planengine.cli.session_course_view import course_text
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
            data = {"course": plain(found), "effects": plain(effects), "assessment": answer}
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
    from planengine.cli.session_course_view import course_text
    from planengine.cli.session_effects_view import effects_text
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


def _reader() -> str:
    """Who is shown the incident: the user of this computer."""
    import getpass

    try:
        return getpass.getuser()
    except (ImportError, OSError, KeyError):
        return ""
