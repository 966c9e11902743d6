"""What came of an exercise, as plain data: what was expected, when it was done, what to improve.

Names are ids; levels are level ids, None for none; times have the offset of the library's time
zone; durations are seconds. `msgspec.json.decode(text, type=Report)` reads one back.
"""

from __future__ import annotations

from typing import Any, Literal, TypeAlias

from msgspec import Struct, json

from planengine.answers import Text
from planengine.answers.answer import schema_of
from planengine.answers.parts import Label, Time
from planengine.domain.documents import Basis

Outcome: TypeAlias = Literal["met", "late", "partial", "missed", "open"]
Rating: TypeAlias = Literal["performed", "some-challenges", "major-challenges", "not-performed"]
What: TypeAlias = Literal[
    "start", "raise", "lower", "end", "action", "report", "request", "information"
]


class Expected(Struct, frozen=True, kw_only=True):
    """One thing that was expected of players, and what came of it.

    Decisions (`start`, `raise`, `lower`, `end`) and duties. `met_at` is since when its condition
    was met by all that is known now, `since` since when it could be known. `due` is by the `limit`
    of the plan, by that which the exercise allows, or as its staff has it (`because`); None where
    nobody sets one. `until` is when it was owed no longer, at the latest the end of the exercise.
    `late` is by how much it was. An `open` one is not rated: it bound nobody, its
    limit had not come, or there is none. `times_due` and `times_met` are of what is repeated.
    """

    id: str
    what: What
    document: str
    track: str | None
    item: str | None
    area: str
    object: str | None
    label: Label
    scale: str | None
    level: str | None
    by: tuple[str, ...]
    to: tuple[str, ...]
    binding: bool
    met_at: Time | None
    since: Time
    due: Time | None
    limit: Literal["plan", "exercise", "staff"] | None
    done_at: Time | None
    done_by: str | None
    outcome: Outcome
    late: int | None
    times_due: int | None
    times_met: int | None
    note: Text | None
    because: Label
    basis: tuple[Basis, ...]
    rule: str
    until: Time


class LevelStep(Struct, frozen=True, kw_only=True):
    """What the facts supported from a time on, what was reported to be, and what was in force."""

    at: Time
    recommended: str | None
    indicated: str | None
    in_force: str | None


class LevelCourse(Struct, frozen=True, kw_only=True):
    """The levels of one response over an exercise."""

    decision: str
    label: Label
    scale: str
    steps: tuple[LevelStep, ...]


class Contradiction(Struct, frozen=True, kw_only=True):
    """Orders that go against each other, or against the plan that they are given by."""

    at: Time
    decision: str | None
    text: Text


class Load(Struct, frozen=True, kw_only=True):
    """What a body owed and did; `most` is how much of it was open at one time, and `most_at` when.

    `idle`: it did nothing of what it owed. `overloaded`: it was late with or missed something
    while at least five things were open at it.
    """

    body: str
    label: Label
    owed: int
    met: int
    late: int
    partial: int
    missed: int
    open: int
    most: int
    most_at: Time | None
    state: Literal["idle", "overloaded", "as-expected"]


class ObjectiveRated(Struct, frozen=True, kw_only=True):
    """How an objective was performed, by what was expected for it; None where nothing was rated."""

    id: str
    label: Label
    rating: Rating | None
    met: int
    late: int
    partial: int
    missed: int
    open: int
    evidence: tuple[str, ...]


class Improvement(Struct, frozen=True, kw_only=True):
    """Something to improve: what was expected and came otherwise, of whom, by which clause."""

    expected: str
    text: Text
    bodies: tuple[str, ...]
    basis: tuple[Basis, ...]


class Message(Struct, frozen=True, kw_only=True):
    """An inject as it was given, or left out because of what players had done.

    `facts` are what the library was told of an area or object (`place`; None for none of its own);
    `tells` is whatever else it was told, as the file has it.
    """

    id: str
    at: Time
    channel: str | None
    sender: str | None
    to: tuple[str, ...]
    text: Label
    place: str | None
    facts: dict[str, str]
    tells: str | None
    left_out: bool


class Counts(Struct, frozen=True, kw_only=True):
    """How many expectations came out how."""

    met: int
    late: int
    partial: int
    missed: int
    open: int


class Report(Struct, frozen=True, kw_only=True):
    """The after-action report of an exercise; it follows from what was told, and from the plans.

    `library` is the digest of the library that it was played with; `team` and `seed` are None
    where no cast played it.
    """

    schema: Literal[1]
    exercise: str
    label: Label
    status: Literal["exercise"]
    library: str
    team: str | None
    team_label: Label
    seed: int | None
    start: Time
    end: Time
    aims: tuple[Label, ...]
    counts: Counts
    objectives: tuple[ObjectiveRated, ...]
    expected: tuple[Expected, ...]
    courses: tuple[LevelCourse, ...]
    contradictions: tuple[Contradiction, ...]
    bodies: tuple[Load, ...]
    improvements: tuple[Improvement, ...]
    messages: tuple[Message, ...]

    def to_json(self) -> str:
        """As JSON, by the schema of `planengine schema exercise-report`."""
        return json.format(json.encode(self), indent=2).decode()


def json_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of a report."""
    return schema_of(Report)
