"""A plan document: when it applies, its levels, who leads and acts, and its links."""

# ruff: noqa: RUF012 - pydantic copies defaults

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator

from planengine.model.common import (
    ONE_OR_LIST,
    TIMED,
    ActionName,
    ActivatedName,
    AgencyName,
    AnchorName,
    AppliesModel,
    AreaName,
    Bases,
    Condition,
    Duration,
    EditionModel,
    ExecutorList,
    Executors,
    HazardName,
    Labels,
    LevelName,
    MemberRoleName,
    PlanKindName,
    ReportModel,
    Strict,
    Texts,
    TimingModel,
    TrackName,
    VerbName,
    at_most_one,
    exactly_one,
    listed,
    rules,
)
from planengine.model.levels import PlanLevelsModel
from planengine.reading.validate import Name


class GroupModel(Strict):
    """A working group: the body that leads it, its members, its duties."""

    id: Name
    label: Labels = {}
    aliases: Texts = []
    lead: AgencyName
    members: list[AgencyName] = []
    duties: Texts = []


class CommandModel(Strict):
    """The headquarters, its office, and the working groups."""

    headquarters: AgencyName | None = None
    office: AgencyName | None = None
    groups: list[GroupModel] = []


class MemberModel(Strict):
    """A body's part in the plan."""

    agency: AgencyName
    role: MemberRoleName | None = None
    duties: Texts = []


class TrackModel(PlanLevelsModel):
    """One of several sets of levels of a plan, for all of its hazards or for some."""

    label: Labels = {}
    aliases: Texts = []
    hazards: list[HazardName] = []
    basis: Bases = []


AT_ONCE = {"required": ["mode"], "properties": {"mode": {"const": "first-response"}}}


class ActionModel(TimingModel):
    """What one executor does, when, by which deadline, and after what."""

    model_config = rules(TIMED, {"oneOf": [*exactly_one("from", "levels", "on")["oneOf"], AT_ONCE]})

    id: Name
    label: Labels = {}
    track: TrackName | None = None
    from_: LevelName | None = None
    levels: list[LevelName] | None = None
    on: Condition | None = None
    when: Condition | None = None
    as_: Literal["indicated"] | None = None
    executor: ExecutorList
    do: Labels
    object: Name | None = None
    verb: VerbName | None = None
    mode: Literal["order", "request", "first-response"] | None = None
    after: Annotated[list[ActionName], BeforeValidator(listed), ONE_OR_LIST] = []
    done_when: Name | None = None
    means: Name | None = None
    to: ExecutorList | None = None
    approve: Executors | None = None
    basis: Bases = []
    note: Name | None = None


class LinkModel(TimingModel):
    """A link to another plan, body or hazard: exactly one of the targets.

    With a verb that does not bind, what it lifts may be started, and need not be.
    """

    model_config = rules(TIMED, exactly_one("activate", "match", "request", "report", "cascade"))

    from_: LevelName | None = None
    track: TrackName | None = None
    when: Condition | None = None
    activate: ActivatedName | None = None
    level: LevelName | None = None
    target_track: TrackName | None = None
    match: Literal["below", "above"] | None = None
    request: AgencyName | None = None
    report: AgencyName | None = None
    cascade: HazardName | None = None
    id: Name | None = None
    matter: Name | None = None
    verb: VerbName | None = None
    basis: Bases = []
    note: Name | None = None


class InformationModel(Strict):
    """Who informs the public, from which level or on which condition, and by when."""

    model_config = rules(at_most_one("from", "levels"))

    id: Name | None = None
    track: TrackName | None = None
    from_: LevelName | None = None
    levels: list[LevelName] | None = None
    when: Condition | None = None
    as_: Literal["indicated"] | None = None
    body: AgencyName
    approve: Executors | None = None
    first_within: Duration | None = None
    conference_within: Duration | None = None
    of: AnchorName | None = None
    channels: Texts = []
    basis: Bases = []


class ResourceModel(Strict):
    """What is held ready, how much, by whom, and where."""

    id: Name
    label: Labels = {}
    quantity: Name
    held_by: AgencyName | None = None
    at: Name | None = None


class PlanModel(PlanLevelsModel):
    """One edition of one plan. A plan with one unnamed track has its levels at the top."""

    plan: Name
    kind: PlanKindName
    label: Labels = {}
    aliases: Texts = []
    jurisdiction: AreaName
    external: bool = False
    monotone: bool = False
    edition: EditionModel
    basis: Bases = []
    applies: AppliesModel
    command: CommandModel | None = None
    members: list[MemberModel] = []
    define: dict[Name, Condition] = {}
    tracks: dict[Name, TrackModel] = {}
    actions: list[ActionModel] = []
    reports: list[ReportModel] = []
    information: Annotated[list[InformationModel], BeforeValidator(listed), ONE_OR_LIST] = []
    links: list[LinkModel] = []
    resources: list[ResourceModel] = []
    note: Name | None = None
