"""Players that need nobody at a keyboard: those with a script, and those with habits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from random import Random
from typing import Any

from planengine.assessment.assessment import Assessment
from planengine.assessment.decisions import Decision
from planengine.assessment.recheck import recheck_at
from planengine.domain.entities import Entities
from planengine.domain.plan_names import plans_named
from planengine.exercises.deeds import carried_out, decided
from planengine.exercises.duties import owed_in
from planengine.exercises.play import Players, Seen, Turn
from planengine.exercises.script import Cast, Deed, Habit
from planengine.exercises.seat import Seat

_NEVER = Habit(omits=1.0)
_KINDS = (
    ("action", "action"), ("report", "report"), ("request", "report"), ("information", "release"),
)  # fmt: skip
_REPORTED = frozenset({"done", "reported", "acknowledged"})


def players_of(cast: Cast, seed: int, person: Seat | None = None) -> tuple[Players, ...]:
    """Those who play a cast: its deeds as they are written, then its habits.

    What a `person` plays is left to them.
    """
    deeds = tuple(one for one in cast.deeds if person is None or not person.plays(one.record))
    scripted: tuple[Players, ...] = (Scripted(deeds),) if deeds else ()
    if cast.decisions is None and cast.duties is None and not cast.bodies:
        return scripted
    return (*scripted, Habitual(cast, seed, person))


class Scripted:
    """Does what is written, at the times that are written."""

    def __init__(self, deeds: Sequence[Deed]) -> None:
        self._deeds = tuple(deeds)

    def act(self, seen: Seen) -> Turn:  # noqa: ARG002 - whatever they see
        """All deeds, at the first step."""
        deeds, self._deeds = self._deeds, ()
        return Turn(deeds)


class Habitual:
    """Does what is proposed and owed by the habits of a cast, each thing by a die of its own.

    The die of a thing follows from the seed and from what it is, so that another inject or
    another duty changes nothing of how the rest is done. What a script does is left to it.
    """

    def __init__(self, cast: Cast, seed: int, person: Seat | None = None) -> None:
        self._cast = cast
        self._seed = seed
        self._person = person
        self._known: dict[tuple[object, ...], None] = {}
        self._scripted: frozenset[tuple[str, ...]] | None = None
        self._wakes: set[int] = set()  # when to look again

    def act(self, seen: Seen) -> Turn:
        """What is newly proposed or owed, each as its habit has it."""
        wakes = [one for one in self._wakes if one <= seen.at]
        is_new = self._scripted is None or any(not one.keys() & _REPORTED for one in seen.told)
        if not wakes and not is_new:
            return Turn((), self._again())  # nothing new is owed by what was done
        self._wakes -= {*wakes}
        assessment = seen.assessment
        if self._scripted is None:
            self._scripted = frozenset(_scripted(self._cast.deeds, assessment.situation.entities))
        deeds = (*self._decisions(seen), *self._duties(seen))
        turns = recheck_at(assessment.situation)
        if turns is not None:
            self._wakes.add(turns)
        return Turn(deeds, self._again())

    def _again(self) -> int | None:
        return min(self._wakes, default=None)

    def _decisions(self, seen: Seen) -> Iterator[Deed]:
        habit = self._cast.decisions
        open_now: set[tuple[object, ...]] = set()
        for item in seen.assessment.decisions:
            if item.purpose != "level" or item.proposal not in {"start", "raise", "lower", "end"}:
                continue
            key: tuple[object, ...] = ("decide", str(item.key), item.proposal, item.level)
            open_now.add(key)
            if self._person is not None and self._person.decides(item):
                continue
            if key in self._known or self._is_scripted("decide", item.plan or ""):
                continue
            self._known[key] = None
            yield from self._decided(item, key, seen, habit or _NEVER)
        for key in [one for one in self._known if one[0] == "decide" and one not in open_now]:
            del self._known[key]  # when it is proposed again it is another decision

    def _decided(
        self, item: Decision, key: tuple[object, ...], seen: Seen, habit: Habit
    ) -> Iterator[Deed]:
        die = self._die(*key, seen.at)
        body = item.approve.id if item.approve is not None else None
        habit = self._cast.bodies.get(body or "", habit)
        at = seen.at + _delay(die, habit)
        if die.random() < habit.omits:
            return
        level = item.level if item.proposal != "end" else "none"
        if die.random() < habit.errs:
            level = _milder(item, seen.assessment)
        said = {} if body is None else {"by": body}
        entities = seen.assessment.situation.entities
        yield Deed(at=at, record=decided(item, level, entities, **said))

    def _duties(self, seen: Seen) -> Iterator[Deed]:
        if self._cast.duties is None and not self._cast.bodies:
            return
        entities = seen.assessment.situation.entities
        for one in owed_in(seen.assessment):
            due = one.deadline.due if one.deadline is not None and one.repeat else None
            key = (*one.key, one.known, due, len(one.done) if one.times > 1 else 0)
            if self._person is not None and self._person.owes(one):
                continue
            if key in self._known or one.is_finished or self._is_scripted(*one.key[:2], one.item):
                continue
            self._known[key] = None
            habit = next(
                (self._cast.bodies[body] for body in one.by if body in self._cast.bodies),
                self._cast.duties or _NEVER,
            )
            die = self._die(*key)
            since = seen.at if due is None else max(seen.at, due - (one.repeat or 0))
            at = since + _delay(die, habit)
            if due is not None:
                self._wakes.add(max(due, at) + 1)  # it is to be done again
            elif one.times > 1:
                self._wakes.add(at + 1)
            if die.random() < habit.omits or die.random() < habit.errs:
                continue
            yield Deed(at=at, record=carried_out(one, entities))

    def _is_scripted(self, *of: str) -> bool:
        return self._scripted is not None and of in self._scripted

    def _die(self, *of: object) -> Random:
        return Random(f"{self._seed}|{'|'.join(map(str, of))}")  # noqa: S311 - it is to be repeated


def _scripted(deeds: Sequence[Deed], entities: Entities) -> Iterator[tuple[str, ...]]:
    """The plans that a script decides on, and the duties that it does."""
    for deed in deeds:
        for key, made in deed.record.items():
            if not isinstance(made, Mapping) or key not in {"decide", "done", "reported"}:
                continue
            for document in _documents(made, entities):
                if key == "decide":
                    yield key, document
                for kind, name in _KINDS:
                    items = made.get(name, ())
                    for item in (items,) if isinstance(items, str) else items:
                        yield kind, document, item


def _documents(made: Mapping[str, Any], entities: Entities) -> tuple[str, ...]:
    plan, standard = made.get("plan"), made.get("standard")
    if plan is not None:
        return plans_named(entities.names, str(plan))
    return entities.names.find("standard", str(standard))


def _delay(die: Random, habit: Habit) -> int:
    match habit.delay:
        case (one,):
            return one
        case (low, high):
            return die.randint(low, high)
        case (low, usual, high):
            return int(die.triangular(low, high, usual))
        case _:
            return 0


def _milder(item: Decision, assessment: Assessment) -> str | None:
    scale = assessment.situation.entities.scales[item.scale]
    rank = scale.rank(item.level) - 1 if item.level is not None else 0
    found = scale.by_rank(rank)
    return None if found is None else found.id
