"""A person who plays an exercise at a terminal: sees what comes, types what they do."""

from __future__ import annotations

import queue
import sys
import time
from collections.abc import Iterable
from contextlib import suppress
from typing import TYPE_CHECKING

import click

from planengine.assessment.recheck import recheck_at
from planengine.cli.exercise_view import View
from planengine.cli.exercise_words import Listed, Said, deed, said
from planengine.cli.keyboard import Keyboard
from planengine.cli.language import Say
from planengine.diagnostics import PlanError
from planengine.exercises.duties import owed_in
from planengine.exercises.play import Seen, Turn
from planengine.exercises.script import Deed
from planengine.exercises.virtual import parse_virtual
from planengine.values.durations import parse_duration

if TYPE_CHECKING:
    from planengine.assessment.decisions import Decision
    from planengine.exercises.duties import Owed
    from planengine.exercises.script import Exercise, Inject
    from planengine.exercises.seat import Seat

_MOVES = frozenset({"start", "raise", "lower", "end"})
_TICK = 0.25
"""How often, in seconds by the clock on the wall, a running clock is looked at."""


class Desk:
    """Players that are one person: asked whenever something comes, with the clock stopped or not.

    With `speed` so many virtual seconds pass in a second by the clock on the wall; None: the clock
    stands while the person thinks, and goes on when they say so.
    """

    def __init__(
        self, exercise: Exercise, seat: Seat, view: View, keyboard: Keyboard, speed: float | None
    ) -> None:
        self.exercise = exercise
        self.seat = seat
        self.view = view
        self.keyboard = keyboard
        self.speed = speed
        self.heard: list[Inject] = []
        self.pauses = [one for one in exercise.pauses if one.at <= exercise.end]
        self._numbers: dict[tuple[object, ...], int] = {}
        self._shown: set[tuple[object, ...]] = set()
        self._has_left = self._is_over = False
        self._is_open = False
        self._is_prompted = False  # and nothing stands behind the prompt but what is being typed
        self._listed = Listed({}, {})
        self._has_news = True
        self._waits_until = exercise.start  # until then only news bring the person back
        self._turns: int | None = None  # when something of one's own turns by itself
        self._from = (0, 0.0)  # a virtual time, and when that was by the clock on the wall

    def act(self, seen: Seen) -> Turn:
        """Shows what is new, and reads lines until something is done or time passes."""
        if self._has_left:
            return Turn()
        say = self.view.say
        if not self._is_open:
            self._is_open = True
            self._from = (seen.at, time.monotonic())
            self._tell(self.view.opening())
        self._pause(seen.at)
        listed = self._news(seen)
        if not self._has_news and seen.at < self._waits_until:
            return self._later(seen, self._waits_until)
        if seen.at >= self.exercise.end and not self._is_over:
            self._is_over = True
            self._tell(self.view.clock(seen.at) + self.view.ending())
        while True:
            try:
                line = self._line(seen)
            except queue.Empty:
                return self._later(seen, self._now(seen.at))
            if line is None:
                return self._leave()
            now = self._now(seen.at)
            try:
                one = said(line, say)
                turn = self._done(one, seen, listed, now) or self._time(one, seen)
                if turn is not None:
                    return turn
                self._look(one, seen, listed)
            except click.UsageError as error:
                click.echo(error.format_message())
            except PlanError as error:
                for found in error.diagnostics:
                    click.echo(found.message_in(self.view.language))

    # The clock

    def _line(self, seen: Seen) -> str | None:
        if not self._is_prompted:
            click.echo("> ", nl=False)
            self._is_prompted = True
        while True:
            try:
                return self._read(None if self.speed is None else _TICK)
            except queue.Empty:
                if self._now(seen.at) > seen.at or seen.at >= self.exercise.end:
                    raise

    def _read(self, timeout: float | None) -> str | None:
        line = self.keyboard.read(timeout)
        self._is_prompted = False
        if line is not None and not sys.stdin.isatty():
            click.echo(line.rstrip("\n"))  # as a terminal does by itself
        return line

    def _now(self, seen_at: int) -> int:
        """The virtual time: that of the step where the clock stands, never after the end."""
        if self.speed is None:
            return seen_at
        since, wall = self._from
        found = min(since + int((time.monotonic() - wall) * self.speed), self.exercise.end)
        if found < seen_at:  # the person let time pass at once
            self._from = (seen_at, time.monotonic())
        return max(seen_at, found)

    def _later(self, seen: Seen, at: int | None) -> Turn:
        """Nothing is done until then (None: until something is told), or the next pause."""
        end = self.exercise.end
        if seen.at >= end:
            return Turn()
        pauses = [one.at for one in self.pauses if one.at > seen.at]
        return Turn(again=min([end, *pauses, *([at] if at is not None else [])]))

    def _pause(self, at: int) -> None:
        """Pauses that have come: nothing goes on until the person says so, or they are over."""
        while self.pauses and self.pauses[0].at <= at:
            one = self.pauses.pop(0)
            self._tell(self.view.clock(at) + self.view.pause(one))
            is_timed = self.speed is not None and one.seconds is not None
            with suppress(queue.Empty):
                self._read(float(one.seconds or 0) if is_timed else None)
            self._from = (at, time.monotonic())

    # What is new

    def _tell(self, text: str) -> None:
        click.echo(("\n" if self._is_prompted else "") + text, nl=False)
        self._is_prompted, self._has_news = False, True

    def _news(self, seen: Seen) -> Listed:
        is_quiet = self._turns is None or seen.at < self._turns
        if self._shown and not seen.told and not seen.messages and is_quiet:
            return self._listed
        self._turns = self._next_limit(seen)
        heard = [one for one in seen.messages if self.seat.hears(one)]
        self.heard += heard
        proposals = {self._number(key, "p"): item for key, item in self._proposals(seen)}
        duties = {self._number(key, "d"): one for key, one in self._duties(seen)}
        new = {number: one for number, one in proposals.items() if self._is_new("p", number)}
        due = {
            number: one
            for number, one in duties.items()
            if self._is_new("d", number, _due(one), _is_over(one, seen.at))
        }
        text = self.view.messages(heard) + self.view.proposals(new) + self.view.duties(due, seen.at)
        if text:
            self._tell(self.view.clock(seen.at) + text)
        self._listed = Listed(proposals, duties)
        return self._listed

    def _proposals(self, seen: Seen) -> Iterable[tuple[tuple[object, ...], Decision]]:
        for item in seen.assessment.decisions:
            if item.purpose == "level" and item.proposal in _MOVES and self.seat.decides(item):
                yield (str(item.key), item.proposal, item.level, item.in_force), item

    def _duties(self, seen: Seen) -> Iterable[tuple[tuple[object, ...], Owed]]:
        for one in owed_in(seen.assessment):
            if not one.is_finished and self.seat.owes(one):
                times = len(one.done) if one.repeat is not None else 0
                yield (*one.key, one.known, times), one

    def _number(self, key: tuple[object, ...], kind: str) -> int:
        """The number of something, the same as long as the exercise is played."""
        known = self._numbers.get((kind, *key))
        if known is None:
            known = 1 + sum(1 for one in self._numbers if one[0] == kind)
            self._numbers[kind, *key] = known
        return known

    def _is_new(self, *what: object) -> bool:
        """Whether it was not shown yet: a duty is again with another limit, and once overdue."""
        is_new = what not in self._shown
        self._shown.add(what)
        return is_new

    # What a line does

    def _done(self, one: Said, seen: Seen, listed: Listed, now: int) -> Turn | None:
        entities = seen.assessment.situation.entities
        told = deed(one, listed, entities, self.view.say)
        for record in told:
            seen.check(record)
        if not told:
            return None
        click.echo(self.view.kept(now), nl=False)
        return Turn([Deed(at=now, record=record) for record in told], now)

    def _time(self, one: Said, seen: Seen) -> Turn | None:
        """What lets time pass; None for what does not."""
        match one.word:
            case "leave":
                return self._leave()
            case "next":
                return self._wait(seen, self._next_limit(seen))
            case "wait":
                length = parse_duration(" ".join(one.items))
                if not length:
                    raise click.UsageError(self.view.say("等多久？如：等 20min", "wait 20min"))
                return self._wait(seen, seen.at + length)
            case "until":
                return self._wait(seen, self._until(" ".join(one.items), seen.at))
            case _:
                return None

    def _wait(self, seen: Seen, until: int | None) -> Turn:
        """Time passes until then (None: to the end), or until there is something new."""
        self._has_news = False
        self._waits_until = self.exercise.end if until is None else min(until, self.exercise.end)
        return self._later(seen, self._waits_until)

    def _until(self, text: str, at: int) -> int:
        from planengine.cli.times import time_of

        zone = self.view.words.entities.time_zone
        found = parse_virtual(text, self.exercise.start, zone)
        if found is None:
            found = time_of(text, "until", zone, self.view.say, latest=at, earliest=at + 1)
        if not at < found <= self.exercise.end:
            raise click.UsageError(
                self.view.say(
                    f"“{text}”不在此刻与演练结束之间", f"`{text}` is not between now and the end"
                )
            )
        return found

    def _next_limit(self, seen: Seen) -> int | None:
        """When the next limit of one's own passes, or something turns by itself."""
        dues = (due + 1 for _, one in self._duties(seen) if (due := _due(one)) is not None)
        turns = recheck_at(seen.assessment.situation)
        found = [at for at in (*dues, *([turns] if turns is not None else [])) if at > seen.at]
        return min(found, default=None)

    def _leave(self) -> Turn:
        self._has_left = True
        return Turn()

    def _look(self, one: Said, seen: Seen, listed: Listed) -> None:
        view = self.view
        match one.word:
            case "show":
                text = view.levels(seen.assessment) + view.proposals(listed.proposals)
            case "due":
                text = view.duties(listed.duties, seen.at) or view.nothing()
            case "ask":
                text = view.questions(seen.assessment)
            case "messages":
                text = view.messages(self.heard) or view.nothing()
            case "speed":
                self.speed = speed_of(one.items[0] if one.items else "", view.say)
                self._from = (seen.at, time.monotonic())
                return
            case _:
                text = view.help()
        self._tell(view.clock(seen.at) + text)


def _due(one: Owed) -> int | None:
    return None if one.deadline is None else one.deadline.due


def _is_over(one: Owed, at: int) -> bool:
    due = _due(one)
    is_at_once = one.deadline is not None and one.deadline.at_once
    return due is not None and due < at and not is_at_once


def speed_of(text: str, say: Say) -> float | None:
    """How many virtual seconds pass in a real one; None where the clock stands."""
    if text in {"paused", "停住"}:
        return None
    try:
        found = float(text)
    except ValueError:
        found = 0.0
    if not 0 < found <= 100_000:
        raise click.UsageError(
            say(f"“{text}”：写大于 0 的倍数，或 paused", f"`{text}`: a number above 0, or paused")
        )
    return found
