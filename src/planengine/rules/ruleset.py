"""The rule set: every decision of a library for one stretch of time, ready for an engine."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal, TypeAlias

from msgspec import Struct, field

from planengine.diagnostics.diagnostic import Span
from planengine.domain.documents import Basis
from planengine.domain.ids import RuleId, UnitKey
from planengine.domain.parts import Period
from planengine.domain.vocabulary import Scale
from planengine.rules.conditions import ALWAYS, Cell, Condition

Purpose: TypeAlias = Literal["level", "warning", "standard"]
Part: TypeAlias = Literal["on", "when"]
PARTS: tuple[Part, ...] = ("on", "when")


class GroundRule(Struct, frozen=True):
    """One reason for one rank of a unit, with the gates that apply to it, normalised."""

    rank: int
    condition: Condition
    binding: bool  # its verb obliges
    verb: str
    kind: Literal["rule", "mapping", "raise", "link"]
    text: str
    basis: tuple[Basis, ...]
    span: Span | None
    rule_id: RuleId  # what its author wrote: the rule, the mapping, the raising, the link
    giver: str | None = None  # of a link: the plan ("<jurisdiction>/<id>") that lifts this one


class Unit(Struct, frozen=True):
    """One decision: (authority, document and track, area, edition) on one scale.

    `at_least[r - 1]` is the normalised condition for "rank r or worse" (all rules of rank r
    and above joined); `obliged_at_least` is the same of the binding rules only, their
    upward level tests reading `obliged`. `applies` says when its own rules count at all:
    `ALWAYS`, or the condition under which another hazard joins, or `NEVER` for a plan that
    only links can lift; it is already part of the rules and of `at_least`.
    """

    id: UnitKey
    purpose: Purpose
    document: str  # a standard's id, or a plan's "<jurisdiction>/<id>"
    track: str | None
    authority: str
    area: str
    edition: str
    scale: Scale
    hazards: frozenset[str]
    rules: tuple[GroundRule, ...]
    at_least: tuple[Condition, ...]
    obliged_at_least: tuple[Condition, ...]
    lower: Condition | None = None
    end: Condition | None = None
    applies: Condition = ALWAYS
    over: bool = False  # its edition is over and has no successor: only what is in force counts


class Act(Struct, frozen=True):
    """A judged, recognised or on-order clause that people may invoke.

    `rank` is the most severe it can help to in `unit`; 0 for a clause that can only lower,
    end or exclude, or that only duties ask about.
    """

    clause: str
    kind: Literal["judged", "recognised", "on-order"]
    what: str
    by: tuple[str, ...]
    unit: UnitKey
    rank: int
    span: Span | None
    place: str | None = None  # where it would be made, if its unit is decided for several places
    local: str = ""  # what its document calls it


class Cascade(Struct, frozen=True):
    """Another hazard joins the incident when `condition` (normalised) holds."""

    document: str
    hazard: str
    condition: Condition
    span: Span | None


class ConditionKey(Struct, frozen=True, cache_hash=True):
    """Where a rule set keeps the grounded `on` or `when` of an action, report or link.

    `item` is an action's id with its `order`, `report:<id>` with its place among the
    document's reports, `release:<id>` with its `order`, `link` with the place of a request or
    report among the links, or
    `EXCLUSION` with the place of an exclusion among the cases in which a plan does not apply,
    or `APPLIES` with 0.
    Without `area` it is grounded for the document's own area; where a track is decided once
    per area or object, for each of those.
    """

    document: str
    item: str
    order: int
    part: Part
    area: str | None = None


class RuleSet(Struct, frozen=True):
    """Units in an order in which each comes after what it reads, but inside a component.

    `components` are tuples of indices into `units`; one of more than one member, or of a
    unit that reads itself, is solved as a least fixpoint. `conditions` holds the grounded
    conditions of actions, reports and links under their keys. `documents` gives the
    hazards of every plan and standard in force; `above` each hazard with all above it.

    As compiled, the units are those of an incident that has every hazard; `select` gives
    the rule set of an incident that has some.
    """

    period: Period
    units: tuple[Unit, ...]
    components: tuple[tuple[int, ...], ...]
    conditions: Mapping[ConditionKey, Condition]
    acts: tuple[Act, ...]
    cells: tuple[Cell, ...]  # what engines must be given: no computed level, nothing overdue
    cascades: tuple[Cascade, ...] = ()
    documents: Mapping[str, frozenset[str]] = field(default_factory=dict)
    above: Mapping[str, frozenset[str]] = field(default_factory=dict)


EXCLUSION = "applies:not"
"""The item under which the exclusions of a plan stand among the grounded conditions."""


APPLIES = "applies"
"""The item under which stands when a plan applies besides its hazards, where it says so."""


def item_conditions(
    rules: RuleSet, document: str, item: str, order: int, part: Part
) -> Iterator[Condition]:
    """An item's `on` or `when` for every place that its document is decided for."""
    areas = [None, *(unit.area for unit in rules.units if unit.document == document)]
    for area in dict.fromkeys(areas):
        condition = rules.conditions.get(ConditionKey(document, item, order, part, area))
        if condition is not None:
            yield condition
