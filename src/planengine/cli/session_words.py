"""What people tell a session of, from the words of the command line."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NoReturn

import click

from planengine.cli import times as wall
from planengine.cli.language import Say
from planengine.cli.say_acts import decision, duties_met, issue, moments, stated

if TYPE_CHECKING:
    from planengine.cli.append import Written
    from planengine.domain.entities import Entities
    from planengine.domain.statements import DutyKind
    from planengine.sessions.session import Session


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


def with_the_rest(
    session: Session, target: str, facts: Mapping[str, Written], entities: Entities
) -> dict[str, Written]:
    """The facts of a correction, and those of what it corrects that it does not name.

    A correction stands in the place of all that it corrects: a figure that is not said again
    would be unknown.
    """
    records = [json.loads(line) for line in session.export().splitlines()[1:]]
    newest: dict[str, Any] = {}
    names = {target}
    for one in records:
        if one["id"] == target or one.get("correct") in names:
            names.add(one["id"])
            newest = one
    stated = {_fact(name, entities) for name in facts}
    before = newest.get("facts", {}).items()
    return {**{name: one for name, one in before if _fact(name, entities) not in stated}, **facts}


def _fact(name: str, entities: Entities) -> str:
    """The id of a fact, in whatever words; the words themselves where they are none."""
    found = entities.names.find("fact", name)
    return found[0] if len(found) == 1 else name


def decided(
    session: Session,
    text: str,
    by: str | None,
    duration: str | None,
    clock: Clock,
    entities: Entities,
    say: Say,
) -> dict[str, Written]:
    """What says that people decided a level; of a plan alone, that they approved the proposal."""
    if "=" in text:
        return {"decide": decision(text, by, duration, entities, say)}
    # The level is not known yet: any will do to find the plan and track that are meant.
    from planengine.sessions.standing import course

    meant = decision(f"{text}=none", by, duration, entities, say)
    area = meant.get("jurisdiction", entities.home)
    plan, track = f"{area}/{meant['plan']}", meant.get("track")
    assessment = session.at(clock.now)
    tracks = {
        one.id: one.track
        for one in assessment.decisions
        if one.plan == plan and one.purpose == "level" and track in {None, one.track}
    }
    proposed = [
        one
        for one in course(assessment).standings
        if one.decision in tracks and one.proposal in {"start", "raise", "lower", "end"}
    ]
    if len(proposed) != 1:
        _refuse(text, [tracks[one.decision] or "" for one in proposed], say)
    (one,) = proposed
    if one.proposal == "lower":
        raise click.UsageError(
            say(
                f"建议降级：写明降到哪一级，如 {text}=IV",
                f"it is proposed to lower: say to which level, as {text}=IV",
            )
        )
    level = "none" if one.proposal == "end" else one.recommended or "none"
    return {"decide": {**meant, **texts(track=tracks[one.decision]), "level": level}}


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
            f"“{text}”现在没有可批准的建议：写明级别，如 {text}=III",
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
