"""The condition IR: six small immutable nodes over cells.

A *cell* is one open question with a declared domain: a fact at a place, a decision's level,
a duration, an act of a person. A condition tests cells. What needs conditions is one module
over this one; engines print what `rules/lowered.py` makes of them.

All dated things (editions, attributes, the registry) are resolved before a condition
exists in this form, so a condition holds constants only.
"""

from __future__ import annotations

from typing import Literal, TypeAlias, TypeGuard

from msgspec import Struct

from planengine.domain.ids import MomentKey, Origin, UnitKey
from planengine.domain.statements import DutyKind
from planengine.domain.vocabulary import MomentMeaning
from planengine.values.sets import FLAG, Domain, NumberDomain, ValueSet

Read: TypeAlias = Literal["computed", "recommended", "active", "obliged"]


class FactCell(Struct, frozen=True, cache_hash=True):
    """A fact at a place: an area, an object, or an incident (by id)."""

    fact: str
    place: str
    domain: Domain

    def __str__(self) -> str:
        return f"{self.fact}@{self.place}"


class ForecastCell(Struct, frozen=True, cache_hash=True):
    """The worst that forecasts say of a fact at a place for the next `within` seconds.

    The worst is the highest or the lowest, by the fact's direction. A fact without direction
    is tested over instants: with `accepts`, the cell is whether its value lies there at some
    instant. `covering` seconds of the window are enough for it to be known (None: all). With
    `day` the window is that calendar day of the place, 0 being today.
    """

    fact: str
    place: str
    within: int
    domain: Domain
    covering: int | None = None
    accepts: ValueSet | None = None
    day: int | None = None

    def __str__(self) -> str:
        more = "" if self.covering is None else f", covering {self.covering} s"
        test = "" if self.accepts is None else f" ∈ {self.accepts}"
        if self.day is not None:
            return f"expected({self.fact}@{self.place}{test}, day {self.day})"
        return f"expected({self.fact}@{self.place}{test}, {self.within} s{more})"


class AttributeCell(Struct, frozen=True, cache_hash=True):
    """An attribute that the registry does not state, or, with `fact`, that fact less it."""

    attribute: str
    place: str
    domain: Domain
    fact: str | None = None

    def __str__(self) -> str:
        return f"{self.fact or ''}-@{self.attribute}@{self.place}"


class ElapsedCell(Struct, frozen=True, cache_hash=True):
    """Seconds since a named moment.

    Moments that are declared to be `start` or `level-change` (`meaning`), and
    actions done, are of one plan, for a track and an area of it; `start` begins the
    present run in force at `rank` or worse.
    """

    moment: MomentKey
    domain: Domain = NumberDomain()
    plan: str | None = None
    track: str | None = None
    area: str | None = None
    rank: int = 1
    meaning: MomentMeaning | None = None

    def __str__(self) -> str:
        if self.plan is None:
            return f"elapsed({self.moment})"
        track = f"/{self.track}" if self.track else ""
        level = f" ≥ {self.rank}" if self.meaning == "start" else ""
        return f"elapsed({self.moment} of {self.plan}{track}@{self.area}{level})"


class ChangeCell(Struct, frozen=True, cache_hash=True):
    """How far a fact rose (or fell) from any moment of the last `within` seconds to now.

    A rise is ≥ 0, a fall is ≤ 0, both in the fact's unit.
    """

    fact: str
    place: str
    within: int
    falling: bool
    domain: Domain

    def __str__(self) -> str:
        word = "fall" if self.falling else "rise"
        return f"{word}({self.fact}@{self.place}, {self.within} s)"


class LastingCell(Struct, frozen=True, cache_hash=True):
    """Whether a condition held at every instant of the last `duration` seconds."""

    body: Condition
    duration: int
    gaps_under: int = 0
    domain: Domain = FLAG

    def __str__(self) -> str:
        return f"lasting({self.body}, {self.duration} s)"


class LevelCell(Struct, frozen=True, cache_hash=True):
    """The level of a decision unit as a rank: 0 is none, the scale's length the most severe.

    `computed` is the unit's own level, or the issued one where one is issued;
    `recommended` its own always; `active` what people have put in force; `obliged` what
    the binding rules alone give.
    """

    unit: UnitKey
    read: Read
    domain: Domain

    def __str__(self) -> str:
        return f"{self.read}({self.unit})"


class ActCell(Struct, frozen=True, cache_hash=True):
    """Whether people have made a judged, recognised or on-order act; false until made.

    `place` is set where it is asked once for each of several areas or objects.
    """

    clause: str
    place: str | None = None
    domain: Domain = FLAG

    def __str__(self) -> str:
        return f"act({self.clause}{f'@{self.place}' if self.place else ''})"


class DoneCell(Struct, frozen=True, cache_hash=True):
    """Whether an action was reported done, or a report or release made; false until then.

    `place` is set where the document is decided for several places, each with its own.
    """

    kind: DutyKind
    document: str
    item: str
    place: str | None = None
    domain: Domain = FLAG

    def __str__(self) -> str:
        return f"done({_duty(self)})"


class OverdueCell(Struct, frozen=True, cache_hash=True):
    """Whether an action, report or release that is due is overdue."""

    kind: DutyKind
    document: str
    item: str
    place: str | None = None
    domain: Domain = FLAG

    def __str__(self) -> str:
        return f"overdue({_duty(self)})"


def _duty(cell: DoneCell | OverdueCell) -> str:
    where = f"@{cell.place}" if cell.place else ""
    return f"{cell.kind} {cell.document}:{cell.item}{where}"


class CalendarCell(Struct, frozen=True, cache_hash=True):
    """Whether a declared calendar's period is running by the clock of a time zone.

    `zone` None is the calendar's own, or the library's.
    """

    calendar: str
    domain: Domain = FLAG
    zone: str | None = None

    def __str__(self) -> str:
        return f"during({self.calendar}{f', {self.zone}' if self.zone else ''})"


class HazardCell(Struct, frozen=True, cache_hash=True):
    """Whether the incident was declared to have a hazard (or one below it)."""

    hazard: str
    domain: Domain = FLAG

    def __str__(self) -> str:
        return f"hazard({self.hazard})"


Cell: TypeAlias = (
    FactCell
    | ForecastCell
    | AttributeCell
    | ElapsedCell
    | ChangeCell
    | LastingCell
    | LevelCell
    | ActCell
    | DoneCell
    | OverdueCell
    | CalendarCell
    | HazardCell
)


def is_computed(cell: Cell) -> TypeGuard[LevelCell]:
    """Whether an engine finds the cell's value, and is not given it."""
    return isinstance(cell, LevelCell) and cell.read != "active"


class Test(Struct, frozen=True, eq=False):
    """The cell's value lies in `accepts`; where that is written is no part of what it means."""

    cell: Cell
    accepts: ValueSet
    origins: tuple[Origin, ...] = ()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Test) and (self.cell, self.accepts) == (other.cell, other.accepts)

    def __hash__(self) -> int:
        return hash((self.cell, self.accepts))

    def __str__(self) -> str:
        return f"{self.cell} ∈ {self.accepts}"


class All(Struct, frozen=True, cache_hash=True):
    """Every one of `of` holds."""

    of: tuple[Condition, ...]

    def __str__(self) -> str:
        return "(" + " and ".join(map(str, self.of)) + ")"


class Any(Struct, frozen=True, cache_hash=True):
    """One of `of` holds."""

    of: tuple[Condition, ...]

    def __str__(self) -> str:
        return "(" + " or ".join(map(str, self.of)) + ")"


class AtLeast(Struct, frozen=True, cache_hash=True):
    """At least `count` of `of` hold."""

    count: int
    of: tuple[Condition, ...]

    def __str__(self) -> str:
        return f"at least {self.count} of (" + ", ".join(map(str, self.of)) + ")"


class Case(Struct, frozen=True, cache_hash=True):
    """The body of the first branch whose guard holds, else `otherwise`."""

    branches: tuple[tuple[Condition, Condition], ...]
    otherwise: Condition

    def __str__(self) -> str:
        inner = "; ".join(f"{guard}: {body}" for guard, body in self.branches)
        return f"case({inner}; else {self.otherwise})"


class Not(Struct, frozen=True, cache_hash=True):
    """`of` does not hold. Absent from the normal form."""

    of: Condition

    def __str__(self) -> str:
        return f"not {self.of}"


class Constant(Struct, frozen=True):
    """Always true, or always false."""

    value: bool

    def __str__(self) -> str:
        return str(self.value).lower()


Condition: TypeAlias = Test | All | Any | AtLeast | Case | Not | Constant

ALWAYS = Constant(True)
NEVER = Constant(False)
