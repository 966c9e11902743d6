"""Conditions as authors write them, with names resolved and units converted.

Places are still relative ("here", "the enclosing province", "each reservoir") and bounds may
still name an attribute: `planengine.rules.ground` makes both constant for one deciding
area and one time, which gives the condition IR.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from planengine.diagnostics.diagnostic import Origin
from planengine.values.sets import NumberSet, ValueSet


@dataclass(frozen=True, slots=True)
class Here:
    """The place that decides; inside a count, each member."""


@dataclass(frozen=True, slots=True)
class Enclosing:
    """The area of this tier that the deciding area lies in (or is)."""

    tier: str


@dataclass(frozen=True, slots=True)
class At:
    """A named area or object."""

    place: str


Place: TypeAlias = Here | Enclosing | At
HERE = Here()


@dataclass(frozen=True, slots=True)
class AttributeBound:
    """A test against an attribute of the same object: `≥ @warning-stage + 0.5 m`.

    True when (fact − attribute) lies in `margin`, in the fact's unit.
    """

    attribute: str
    margin: NumberSet


@dataclass(frozen=True, slots=True)
class FactTerm:
    """A fact at a place lies in a set; `forecast_within` seconds makes it a forecast test."""

    fact: str
    place: Place
    bound: ValueSet | AttributeBound
    origin: Origin
    forecast_within: int | None = None


@dataclass(frozen=True, slots=True)
class AttributeTerm:
    """An attribute of a place lies in a set; `owner` is the object kind that has it, or `area`."""

    attribute: str
    place: Place
    bound: ValueSet
    origin: Origin
    owner: str = "area"


@dataclass(frozen=True, slots=True)
class LevelTerm:
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


@dataclass(frozen=True, slots=True)
class AllOf:
    of: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    of: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class AtLeastOf:
    count: int
    of: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class NotOf:
    of: Term


@dataclass(frozen=True, slots=True)
class CountTerm:
    """How many members of a kind (of object), tier (of area) or `incident` satisfy `where`."""

    over: str
    over_type: Literal["kind", "tier", "incident"]
    within: Place
    where: Term
    accepts: NumberSet
    origin: Origin


@dataclass(frozen=True, slots=True)
class LastingTerm:
    where: Term
    duration: int
    gaps_under: int
    origin: Origin


@dataclass(frozen=True, slots=True)
class ElapsedTerm:
    """Seconds since a moment lie in `accepts`."""

    moment: str
    accepts: NumberSet
    origin: Origin


@dataclass(frozen=True, slots=True)
class ChangeTerm:
    """The fact rose (or fell) by an amount in `accepts` within the last `within` seconds."""

    fact: str
    place: Place
    within: int
    falling: bool
    accepts: NumberSet
    origin: Origin


@dataclass(frozen=True, slots=True)
class ActTerm:
    """A judged, recognised or on-order clause; `clause` is its id, unique in the library."""

    clause: str
    kind: Literal["judged", "recognised", "on-order"]
    what: str
    by: str | None
    origin: Origin


@dataclass(frozen=True, slots=True)
class CalendarTerm:
    calendar: str
    origin: Origin


@dataclass(frozen=True, slots=True)
class CaseOf:
    """First match; `otherwise` is NEVER_TERM where the author wrote none."""

    branches: tuple[tuple[Term, Term], ...]
    otherwise: Term


@dataclass(frozen=True, slots=True)
class ConstantTerm:
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
    | CalendarTerm
    | CaseOf
    | ConstantTerm
)
