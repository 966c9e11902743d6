"""Conditions as authors write them, with names resolved and units converted.

Places are still relative ("here", "the enclosing province", "each reservoir") and bounds may
still name an attribute: `planengine.rules.ground` makes both constant for one deciding
area and one time, which gives the condition IR.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

from msgspec import Struct

from planengine.domain.ids import MomentKey, Origin
from planengine.domain.statements import DutyKind
from planengine.values.sets import NumberSet, ValueSet


class Here(Struct, frozen=True):
    """The place that decides; inside a count, each member."""


class Enclosing(Struct, frozen=True):
    """The area of this tier that the deciding area lies in (or is)."""

    tier: str


class At(Struct, frozen=True):
    """A named area or object."""

    place: str


Place: TypeAlias = Here | Enclosing | At
HERE = Here()


class AttributeBound(Struct, frozen=True):
    """A test against an attribute of the same object: `≥ @warning-stage + 0.5 m`.

    True when (fact − attribute) lies in `margin`, in the fact's unit.
    """

    attribute: str
    margin: NumberSet


class FactTerm(Struct, frozen=True):
    """A fact at a place lies in a set; `forecast_within` seconds makes it a forecast test.

    `covering` says how many of these seconds forecasts must cover to be believed; None: all.
    `day` reads that calendar day of the place instead, 0 being today.
    """

    fact: str
    place: Place
    bound: ValueSet | AttributeBound
    origin: Origin
    forecast_within: int | None = None
    covering: int | None = None
    day: int | None = None


class AttributeTerm(Struct, frozen=True):
    """An attribute of a place lies in a set; `owner` is the object kind that has it, or `area`."""

    attribute: str
    place: Place
    bound: ValueSet
    origin: Origin
    owner: str = "area"


class LevelTerm(Struct, frozen=True):
    """A decision's level lies among `ranks` (0 is none).

    `read` is what of it is read: `computed` (a grade or warning, issued where issued),
    `response` (the more severe of recommended and in force) or `active` (in force only).
    `target` is a standard's or a plan's id; `track` None means any track; `scale` the scale.
    """

    read: Literal["computed", "response", "active"]
    target: str
    track: str | None
    scale: str
    place: Place
    ranks: frozenset[int]
    origin: Origin


class AllOf(Struct, frozen=True):
    of: tuple[Term, ...]


class AnyOf(Struct, frozen=True):
    of: tuple[Term, ...]


class AtLeastOf(Struct, frozen=True):
    count: int
    of: tuple[Term, ...]


class NotOf(Struct, frozen=True):
    of: Term


class CountTerm(Struct, frozen=True):
    """How many members of a kind (of object), tier (of area) or `incident` satisfy `where`."""

    over: str
    over_type: Literal["kind", "tier", "incident"]
    within: Place
    where: Term
    accepts: NumberSet
    origin: Origin


class LastingTerm(Struct, frozen=True):
    where: Term
    duration: int
    gaps_under: int
    origin: Origin


class ElapsedTerm(Struct, frozen=True):
    """Seconds since a moment lie in `accepts`."""

    moment: MomentKey
    accepts: NumberSet
    origin: Origin


class ChangeTerm(Struct, frozen=True):
    """The fact rose (or fell) by an amount in `accepts` within the last `within` seconds."""

    fact: str
    place: Place
    within: int
    falling: bool
    accepts: NumberSet
    origin: Origin


class ActTerm(Struct, frozen=True):
    """A judged, recognised or on-order clause; `clause` is its id, unique in the library.

    Any one of `by` may make it.
    """

    clause: str
    kind: Literal["judged", "recognised", "on-order"]
    what: str
    by: tuple[str, ...]
    origin: Origin
    local: str = ""  # what its document calls it
    named: bool = False  # its author called it so


class DutyTerm(Struct, frozen=True):
    """An action, report or release was done or made, or is overdue."""

    read: Literal["done", "overdue"]
    kind: DutyKind
    document: str  # a standard's id or "<jurisdiction>/<plan id>"
    item: str
    origin: Origin


class CalendarTerm(Struct, frozen=True):
    calendar: str
    origin: Origin


class HazardTerm(Struct, frozen=True):
    """The incident has a hazard, or one below it."""

    hazard: str
    origin: Origin


class CaseOf(Struct, frozen=True):
    """First match; `otherwise` is NEVER_TERM where the author wrote none."""

    branches: tuple[tuple[Term, Term], ...]
    otherwise: Term


class ConstantTerm(Struct, frozen=True):
    value: bool


ALWAYS_TERM = ConstantTerm(True)
NEVER_TERM = ConstantTerm(False)

Term: TypeAlias = (
    FactTerm
    | AttributeTerm
    | LevelTerm
    | AllOf
    | AnyOf
    | AtLeastOf
    | NotOf
    | CountTerm
    | LastingTerm
    | ElapsedTerm
    | ChangeTerm
    | ActTerm
    | DutyTerm
    | CalendarTerm
    | HazardTerm
    | CaseOf
    | ConstantTerm
)
