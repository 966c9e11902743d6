"""A vocabulary document: facts, scales, hazards and everything else that is named once."""

# ruff: noqa: RUF012 - pydantic copies defaults

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from planengine.model.common import (
    Bases,
    Date,
    Duration,
    FactName,
    FactNames,
    FunctionName,
    HazardName,
    HazardNames,
    KindName,
    Labels,
    PlanKindName,
    ProviderName,
    Range,
    Strict,
    Texts,
    TierName,
    TimeZone,
    UnitName,
    exactly_one,
    names_schema,
    rules,
)
from planengine.reading.validate import Name


class NamedModel(Strict):
    """A thing that has only labels, as the value of a mapping."""

    label: Labels = {}
    aliases: Texts = []
    note: Name | None = None


class ListedModel(NamedModel):
    """A thing that has only labels, as a member of a list."""

    id: Name


class VerbModel(ListedModel):
    """A verb of plans: whether it obliges (`must`), advises or allows."""

    is_: Literal["must", "should", "may"] | None = None


class MomentModel(NamedModel):
    """A moment: one that the engine knows by itself, or one that people tell."""

    is_: (
        Literal["occurrence", "receipt", "met", "proposal", "start", "level-change", "told"] | None
    ) = None


class TierModel(ListedModel):
    """A tier of areas: the function of the bodies that govern them, and what it stands below."""

    government: FunctionName | None = None
    below: TierName | None = None


class DerivedModel(Strict):
    """How a fact follows from others: exactly one of the four."""

    model_config = rules(exactly_one("sum", "ratio", "first-known", "score"))

    sum: list[FactName] | dict[FactName, int] | None = None
    ratio: list[FactName] | None = None
    first_known: list[FactName] | None = None
    score: dict[FactName, int | dict[Name, int]] | None = None


class QuantityModel(NamedModel):
    """What facts and attributes share: a type, and the unit or values that go with it."""

    type: Literal["count", "quantity", "category", "flag"]
    unit: UnitName | None = None
    range: Range | None = None
    difference: bool = False
    values: list[ListedModel] | None = None


class UnitModel(NamedModel):
    """A unit of the library's own: a currency, a counter, or so many of another unit."""

    model_config = rules(exactly_one("is", "equals"))

    is_: Literal["money", "counter"] | None = None
    equals: Name | None = None


class AttributeModel(QuantityModel):
    """An attribute of an object kind or of areas."""

    direction: Literal["up", "down", "none"] | None = None


class FactModel(QuantityModel):
    """An indicator: what it is, whose it is, which way is worse, and who provides it."""

    subject: Annotated[Name, names_schema("object-kind", also=("area", "incident"))] | None = None
    direction: Literal["up", "down", "none"] | None = None
    roll_up: Literal["sum", "max", "min", "any", "latest", "none"] | None = None
    cumulative: bool = False
    provider: ProviderName | None = None
    reported: Literal["continuous", "by-exception"] = "continuous"
    holds: Duration | None = None
    compared_by: Literal["height", "amount", "size"] | None = None
    derived: DerivedModel | None = None
    may_rise_by: FactName | None = None
    at_most: FactNames = []
    hazards: HazardNames = []


class LevelModel(ListedModel):
    """A level of a scale."""

    colour: Name | None = None


class ScaleModel(NamedModel):
    """A scale: its levels, the most severe first, and whether responses or warnings are on it."""

    is_: Literal["response", "warning"] | None = None
    levels: list[LevelModel]
    floor: LevelModel | None = None


class HazardModel(NamedModel):
    """A hazard; a rule for its parent applies to it."""

    in_: HazardName | None = None


class ObjectKindModel(NamedModel):
    """A kind of object and the attributes its objects have."""

    attributes: dict[Name, AttributeModel] = {}


class AddedValueModel(ListedModel):
    """A further value of a category, right after a milder one or right before a worse one."""

    after: Name | None = None
    before: Name | None = None


class FactAdditionModel(NamedModel):
    """Further values and names of a fact that another vocabulary declares."""

    values: list[AddedValueModel] = []


class KindAdditionModel(NamedModel):
    """Further attributes and names of a kind of object that another vocabulary declares."""

    attributes: dict[Name, AttributeModel] = {}


class AdditionsModel(Strict):
    """What this vocabulary adds to things that others declare."""

    facts: dict[FactName, FactAdditionModel] = {}
    object_kinds: dict[KindName, KindAdditionModel] = {}


class SpanModel(Strict):
    """A stretch of a calendar; `until` is exclusive, without it there is no end."""

    from_: Date
    until: Date | None = None


class ClockSpanModel(Strict):
    """A stretch of the day or the year; `until` is exclusive and may come before `from`."""

    from_: Name
    until: Name


class CalendarModel(NamedModel):
    """Yearly, weekly, daily or dated periods."""

    yearly: list[ClockSpanModel] = []
    weekdays: list[Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]] = []
    clock: list[ClockSpanModel] = []
    dates: list[SpanModel] = []
    except_: list[SpanModel] = []
    time_zone: TimeZone | None = None


class RequirementModel(Strict):
    """What a management rule asks of plans: how often, within which time, or that it is there."""

    asks: Literal[
        "assessed", "exercised", "release", "first-release", "conference", "report-upward"
    ]
    plan_kinds: list[PlanKindName] = []
    hazards: list[HazardName] = []
    years: Annotated[int, Field(ge=1)] | None = None
    within: Duration | None = None
    of: Literal["worst"] | None = None
    basis: Bases = []
    note: Name | None = None


class FormerNameModel(Strict):
    """A name that bodies had until a reform; `now` is what they are called since."""

    name: Name
    aliases: Texts = []
    now: Name
    until: Date
    basis: Bases = []


class VocabularyModel(Strict):
    """One part of the vocabulary; several files make the whole."""

    vocabulary: Name
    note: Name | None = None
    units: dict[Name, UnitModel] = {}
    facts: dict[Name, FactModel] = {}
    scales: dict[Name, ScaleModel] = {}
    hazards: dict[Name, HazardModel] = {}
    tiers: list[TierModel] = []
    object_kinds: dict[Name, ObjectKindModel] = {}
    jurisdiction_attributes: dict[Name, AttributeModel] = {}
    verbs: list[VerbModel] = []
    ranks: list[ListedModel] = []
    plan_kinds: list[ListedModel] = []
    moments: dict[Name, MomentModel] = {}
    member_roles: list[ListedModel] = []
    calendars: dict[Name, CalendarModel] = {}
    requirements: list[RequirementModel] = []
    former_names: list[FormerNameModel] = []
    places_elsewhere: Texts = []
    additions: AdditionsModel = AdditionsModel()
