"""An incident document (FACTS): what was observed, decided and done."""

# ruff: noqa: RUF012 - pydantic copies defaults

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import BeforeValidator, Field

from planengine.model.common import (
    ONE_OR_LIST,
    ActionName,
    AgencyName,
    AnyLevelName,
    AreaName,
    BodyName,
    ClauseName,
    DecisionName,
    Duration,
    FactName,
    HazardName,
    Labels,
    MomentName,
    ObjectName,
    PlaceName,
    PlanName,
    PostName,
    StandardName,
    Stated,
    Strict,
    Time,
    TrackName,
    at_most_one,
    exactly_one,
    listed,
    names_schema,
    rules,
    suggests,
)
from planengine.reading.validate import Name

Actions: TypeAlias = Annotated[
    list[ActionName], BeforeValidator(listed), Field(min_length=1), ONE_OR_LIST
]
Reports: TypeAlias = Annotated[
    list[Annotated[Name, suggests("report")]],
    BeforeValidator(listed),
    Field(min_length=1),
    ONE_OR_LIST,
]
Releases: TypeAlias = Annotated[
    list[Annotated[Name, suggests("release")]],
    BeforeValidator(listed),
    Field(min_length=1),
    ONE_OR_LIST,
]
BodyOrNone: TypeAlias = Annotated[Name, names_schema("body", also=("none", "无"))]
DeclinedName: TypeAlias = Annotated[
    Name, names_schema("level", also=("lower", "降级", "end", "终止"))
]
StatusText = Literal["actual", "exercise", "test"]


class ValidModel(Strict):
    """The period a statement describes."""

    from_: Time | None = None
    until: Time | None = None


class DecideModel(Strict):
    """People start, change or end (`none`) a level of a plan, or decline what is proposed.

    What is declined is a level (to start it, or raise to it), to `lower`, or to `end`.
    """

    model_config = rules(
        exactly_one("level", "decline"), {"dependentRequired": {"decline": ["reason"]}}
    )

    plan: PlanName
    jurisdiction: AreaName | None = None
    track: TrackName | None = None
    level: AnyLevelName | None = None
    decline: DeclinedName | None = None
    by: BodyName | None = None
    duration: Duration | None = None
    reason: Name | None = None


class HandOverModel(Strict):
    """From then on somebody else commands a response or acts for a post; `to: none` ends that."""

    model_config = rules(exactly_one("plan", "post"))

    plan: PlanName | None = None
    jurisdiction: AreaName | None = None
    track: TrackName | None = None
    post: PostName | None = None
    to: BodyOrNone
    by: BodyName | None = None
    reason: Name | None = None


class InvokeModel(Strict):
    """People make a judged, recognised or on-order act."""

    clause: ClauseName
    by: BodyName | None = None


class DoneModel(Strict):
    """One or several actions of a plan are done."""

    plan: PlanName
    jurisdiction: AreaName | None = None
    action: Actions


class ReportedModel(Strict):
    """Reports or releases of a plan, or reports of a standard, are made."""

    model_config = rules(exactly_one("plan", "standard"), exactly_one("report", "release"))

    plan: PlanName | None = None
    jurisdiction: AreaName | None = None
    standard: StandardName | None = None
    report: Reports | None = None
    release: Releases | None = None


class AcknowledgedModel(Strict):
    """An order, a report or a release was received by whoever has to act or to know."""

    model_config = rules(
        exactly_one("plan", "standard"), exactly_one("action", "report", "release")
    )

    plan: PlanName | None = None
    jurisdiction: AreaName | None = None
    standard: StandardName | None = None
    action: Actions | None = None
    report: Reports | None = None
    release: Releases | None = None
    by: BodyName | None = None


class OtherSourceModel(Strict):
    """Somebody whom the library does not know: a caller, a passer-by, a newspaper."""

    other: Name


ObserverName: TypeAlias = Annotated[
    Name, suggests("agency", "post", "role", "jurisdiction", "object", "source")
]


CONTENTS = (
    "facts",
    "withdraw",
    "decide",
    "issued",
    "invoke",
    "moments",
    "done",
    "reported",
    "acknowledged",
    "hand-over",
    "off-watch",
    "on-watch",
)


class ObservationModel(Strict):
    """One event: facts of a place, or exactly one of the other things that can happen."""

    model_config = rules(exactly_one(*CONTENTS), at_most_one("area", "object"))

    id: Name | None = None
    at: Time
    received: Time | None = None
    status: StatusText | None = None
    source: ObserverName | OtherSourceModel | None = None
    # a statement of facts
    valid: ValidModel | None = None
    began: Time | None = None
    area: AreaName | None = None
    object: ObjectName | None = None
    incident: Name | None = None
    kind: Literal["observed", "judged", "estimated", "forecast"] | None = None
    facts: dict[FactName, Stated] | None = None
    # corrections
    correct: Name | None = None
    withdraw: Name | None = None
    # what people do
    decide: DecideModel | None = None
    issued: dict[DecisionName, AnyLevelName] | None = None
    by: BodyName | None = None
    invoke: InvokeModel | None = None
    moments: dict[MomentName, Time] | None = None
    done: DoneModel | None = None
    reported: ReportedModel | None = None
    acknowledged: AcknowledgedModel | None = None
    hand_over: HandOverModel | None = None
    off_watch: AgencyName | None = None
    on_watch: AgencyName | None = None
    note: Name | None = None


class HeaderModel(Strict):
    """What is known of the incident as such; the first line of a stream."""

    incident: Name
    label: Labels = {}
    hazards: list[HazardName]
    scope: list[PlaceName] | None = None
    status: StatusText = "actual"
    moments: dict[MomentName, Time] = {}


class IncidentModel(HeaderModel):
    """A whole incident file."""

    observations: list[ObservationModel] = []
