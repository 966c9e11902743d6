"""A registry document: places, objects, bodies, posts and roles of some jurisdictions."""

# ruff: noqa: RUF012 - pydantic copies defaults

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import BeforeValidator

from planengine.model.common import (
    ONE_OR_LIST,
    AgencyName,
    AreaName,
    Attribute,
    AttributeName,
    Date,
    FunctionName,
    KindName,
    Labels,
    Strict,
    Texts,
    TierName,
    TierNames,
    TimeZone,
    listed,
)
from planengine.reading.validate import Name, RawNode


class DatedModel(Strict):
    """A thing with labels that exists from one date until another (exclusive)."""

    label: Labels = {}
    aliases: Texts = []
    from_: Date | None = None
    until: Date | None = None
    note: Name | None = None


class JurisdictionModel(DatedModel):
    """A place with a government."""

    tier: TierName
    in_: AreaName | None = None
    serves_as: TierNames = []
    attributes: dict[AttributeName, Attribute] = {}
    time_zone: TimeZone | None = None


class ObjectModel(DatedModel):
    """A station, reservoir, dyke, plant: a kind, the area it lies in, and its attributes."""

    kind: KindName
    in_: AreaName
    attributes: dict[AttributeName, Attribute] = {}


class DatedValueModel(Strict):
    """A value that an attribute has from one date until another (exclusive)."""

    value: RawNode
    from_: Date | None = None
    until: Date | None = None
    note: Name | None = None


class ContactModel(Strict):
    """How a body or post is reached, and when that was checked."""

    phone: Texts = []
    room: Name | None = None
    text: Name | None = None
    as_of: Date | None = None


Contacts: TypeAlias = Annotated[list[ContactModel], BeforeValidator(listed), ONE_OR_LIST]


class AgencyModel(DatedModel):
    """A body of a jurisdiction; `vertical` where it is requested, not ordered, there."""

    in_: AreaName
    reports_to: AgencyName | None = None
    function: FunctionName | None = None
    vertical: bool = False
    contacts: Contacts = []
    successors: list[AgencyName] = []


class PostModel(Strict):
    """A post held in a body."""

    label: Labels = {}
    aliases: Texts = []
    in_: AgencyName
    held_by: Name | None = None
    contacts: Contacts = []
    note: Name | None = None


class RoleModel(Strict):
    """A role found by place: the body with this function in the affected area of the tier."""

    label: Labels = {}
    aliases: Texts = []
    function: FunctionName
    tier: TierName | None = None
    note: Name | None = None


class RelationModel(Strict):
    """Whether one body may order or only request another, where it is not the usual."""

    from_: AgencyName
    to: AgencyName
    mode: Literal["order", "request"]


class RegistryModel(Strict):
    """Places, objects and bodies by id."""

    registry: Name
    note: Name | None = None
    jurisdictions: dict[Name, JurisdictionModel] = {}
    objects: dict[Name, ObjectModel] = {}
    open_kinds: list[KindName] = []
    agencies: dict[Name, AgencyModel] = {}
    posts: dict[Name, PostModel] = {}
    roles: dict[Name, RoleModel] = {}
    relations: list[RelationModel] = []
