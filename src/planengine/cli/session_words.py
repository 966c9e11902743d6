"""What people tell a session of, from the words of the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

import click

from planengine.cli import times as wall
from planengine.cli.language import Say
from planengine.cli.say_acts import duties_met, issue, moments, response, stated

if TYPE_CHECKING:
    from planengine.cli.append import Written
    from planengine.domain.entities import Entities
    from planengine.domain.statements import DutyKind
    from planengine.sessions.session import Session
    from planengine.sessions.standing import Standing


class Clock:
    """The time by the clock of whoever tells, and times read by it."""

    def __init__(self, given: str | None, zone: str, say: Say) -> None:
        self.zone = zone
        self._say = say
        present = wall.now()
        self.now = (
            present if given is None else wall.time_of(given, "--now", zone, say, latest=present)
        )

    def time(self, text: str, option: str, *, after: int | None = None) -> int:
        """A time given as an option: the last one until now, or the first one `after` another."""
        if text.strip() in {"now", "现在"}:
            return self.now
        latest = self.now if after is None else after
        earliest = None if after is None else after + 1
        return wall.time_of(text, option, self.zone, self._say, latest=latest, earliest=earliest)

    def past(self, text: str, option: str) -> int:
        """A time given as an option, of what has happened: wrong use where it is still to come."""
        found = self.time(text, option)
        if found > self.now:
            raise click.UsageError(
                self._say(
                    f"{option} 的“{text}”还没有到：预报也写发布的时间，有效期用 --until",
                    f"{option}: `{text}` is still to come; of a forecast too it is when it was "
                    "stated, and --until says how long it is valid",
                )
            )
        return found

    def shown(self, written: str) -> str:
        """The day and time of a time as `written`, for people to read."""
        from planengine.values.times import local, parse_time

        at = parse_time(written, self.zone)
        return written if at is None else f"{local(at, self.zone):%m-%d %H:%M}"

    def written(self, at: int) -> str:
        """A time as it is written in a record."""
        from planengine.values.times import format_time

        return format_time(at, self.zone)


def times(clock: Clock, at: str | None, received: str | None) -> dict[str, Written]:
    """When something was stated and received; what is not said is now."""
    found: dict[str, Written] = {}
    for key, given in (("at", at), ("received", received)):
        if given is not None:
            found[key] = clock.written(clock.past(given, f"--{key}"))
    return found


def texts(**given: str | None) -> dict[str, Written]:
    """Keys of a record with the texts that were given for them."""
    return {key: text for key, text in given.items() if text is not None}


def statement(
    facts: tuple[str, ...],
    issued: str | None,
    invoke: str | None,
    moment: tuple[str, ...],
    withdraw: str | None,
    by: str | None,
    clock: Clock,
    say: Say,
) -> dict[str, Written]:
    """What is told: facts, or what was issued or judged, or moments, or what is withdrawn."""
    one_each = (bool(facts), issued is not None, invoke is not None, bool(moment), bool(withdraw))
    if sum(one_each) != 1:
        raise click.UsageError(
            say(
                "写 FACT=VALUE，或 --issued、--invoke、--moment、--withdraw 之一",
                "give FACT=VALUE, or one of --issued, --invoke, --moment and --withdraw",
            )
        )
    if by is not None and not (issued or invoke):
        raise click.UsageError(
            say("--by 只用于 --issued、--invoke", "--by is for --issued, --invoke only")
        )
    if facts:
        return {"facts": stated(facts, say)}
    if issued is not None:
        return {"issued": issue(issued, say), **texts(by=by)}
    if invoke is not None:
        return {"invoke": {"clause": invoke, **texts(by=by)}}
    if moment:
        return {"moments": moments(moment, clock.time, clock.zone, say)}
    return texts(withdraw=withdraw)


def decided(
    session: Session,
    text: str,
    by: str | None,
    duration: str | None,
    reason: str | None,
    clock: Clock,
    entities: Entities,
    say: Say,
) -> dict[str, Written]:
    """What says that people decided a level; of a plan alone, that they approved the proposal."""
    said = texts(by=by, duration=duration, reason=reason)
    if "=" in text:
        whose, level = response(text, "PLAN", entities, say)
        whose = _with_track(session, text, whose, clock, entities, say)
        return {"decide": {**whose, "level": level, **said}}
    whose, one = _proposed(session, text, clock, entities, say)
    if one.proposal == "lower":
        raise click.UsageError(
            say(
                f"建议降级：写明降到哪一级，如 {text}=IV",
                f"it is proposed to lower: say to which level, as {text}=IV",
            )
        )
    level = "none" if one.proposal == "end" else one.recommended or "none"
    return {"decide": {**whose, "level": level, **said}}


def declined(
    session: Session,
    text: str,
    by: str | None,
    reason: str,
    clock: Clock,
    entities: Entities,
    say: Say,
) -> dict[str, Written]:
    """What says that people declined a move; of a plan alone, what is proposed now."""
    said = texts(by=by, reason=reason)
    if "=" in text:
        whose, what = response(text, "PLAN", entities, say)
        whose = _with_track(session, text, whose, clock, entities, say)
        return {"decide": {**whose, "decline": what, **said}}
    whose, one = _proposed(session, text, clock, entities, say)
    move = one.proposal if one.proposal in {"lower", "end"} else one.recommended or "none"
    return {"decide": {**whose, "decline": move, **said}}


def acknowledged(
    actions: tuple[str, ...],
    reports: tuple[str, ...],
    by: str | None,
    entities: Entities,
    say: Say,
) -> dict[str, Written]:
    """What says that orders, or reports, were received."""
    if bool(actions) == bool(reports):
        raise click.UsageError(
            say("写 ACTION，或 --reported，二者之一", "give ACTION, or --reported, one of the two")
        )
    kinds: tuple[DutyKind, ...] = ("action",) if actions else ("report", "release")
    option = "ACTION" if actions else "--reported"
    found = duties_met(actions or reports, option, kinds, entities, say)
    return {"acknowledged": {**found, **texts(by=by)}}


def _proposed(
    session: Session, text: str, clock: Clock, entities: Entities, say: Say
) -> tuple[dict[str, Written], Standing]:
    """Whose response is meant by a plan alone, and what is proposed of it; else wrong use."""
    # The level is not known yet: any will do to find the plan and track that are meant.
    meant, _ = response(f"{text}=none", "PLAN", entities, say)
    proposed = [
        (track, one)
        for track, one in _standings(session, meant, clock, entities)
        if one.proposal in {"start", "raise", "lower", "end"}
    ]
    if len(proposed) != 1:
        _refuse(text, [track or "" for track, _ in proposed], say)
    ((track, one),) = proposed
    return {**meant, **texts(track=track)}, one


def _with_track(
    session: Session,
    text: str,
    meant: dict[str, Written],
    clock: Clock,
    entities: Entities,
    say: Say,
) -> dict[str, Written]:
    """Of a plan with several tracks the one that is going on, where no track is said.

    Where it may be any of them, wrong use.
    """
    tracks = entities.plans[_plan_of(meant, entities)][-1].tracks
    if "track" in meant or len(tracks) < 2:
        return meant
    going_on = [track for track, _ in _standings(session, meant, clock, entities)]
    if len(going_on) == 1:
        return {**meant, **texts(track=going_on[0])}
    plan, _, level = (part.strip() for part in text.partition("="))
    names = say("、", ", ").join(f"{plan}/{track.id}={level}" for track in tracks)
    raise click.UsageError(
        say(f"“{plan}”分几轨，写明是哪一轨：{names}", f"`{plan}` has tracks; say which: {names}")
    )


def _standings(
    session: Session, meant: dict[str, Written], clock: Clock, entities: Entities
) -> list[tuple[str | None, Standing]]:
    """What stands of the responses that are meant, each with its track."""
    from planengine.sessions.standing import course

    plan, track = _plan_of(meant, entities), meant.get("track")
    assessment = session.at(clock.now)
    tracks = {
        one.id: one.track
        for one in assessment.decisions
        if one.plan == plan and one.purpose == "level" and track in {None, one.track}
    }
    return [
        (tracks[one.decision], one)
        for one in course(assessment).standings
        if one.decision in tracks
    ]


def _plan_of(meant: dict[str, Written], entities: Entities) -> str:
    return f"{meant.get('jurisdiction', entities.home)}/{meant['plan']}"


def _refuse(text: str, tracks: list[str], say: Say) -> NoReturn:
    """Wrong use where not one thing is proposed of a plan."""
    if tracks:
        names = say("、", ", ").join(f"{text}/{track}" for track in tracks)
        raise click.UsageError(
            say(
                f"“{text}”有几项建议，写明是哪一项：{names}",
                f"`{text}`: several are proposed; say which: {names}",
            )
        )
    raise click.UsageError(
        say(
            f"“{text}”现在没有建议：写明级别，如 {text}=III",
            f"`{text}`: nothing is proposed now; say the level, as {text}=III",
        )
    )


def met(
    actions: tuple[str, ...], reports: tuple[str, ...], entities: Entities, say: Say
) -> dict[str, Written]:
    """What says that actions are done, or reports made."""
    if bool(actions) == bool(reports):
        raise click.UsageError(
            say("写 ACTION，或 --reported，二者之一", "give ACTION, or --reported, one of the two")
        )
    if actions:
        return {"done": duties_met(actions, "ACTION", ("action",), entities, say)}
    kinds: tuple[DutyKind, ...] = ("report", "release")
    return {"reported": duties_met(reports, "--reported", kinds, entities, say)}
