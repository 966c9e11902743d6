"""An exercise document and a players document: a script on a virtual clock, and who plays it."""

# ruff: noqa: RUF012 - pydantic copies defaults

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import BeforeValidator, Field, WithJsonSchema

from planengine.model.common import (
    ONE_OR_LIST,
    AgencyName,
    AnyLevelName,
    AreaName,
    BodyName,
    DecisionName,
    Duration,
    FactName,
    HazardName,
    Labels,
    MomentName,
    ObjectName,
    PlaceName,
    PlanName,
    Stated,
    Strict,
    at_most_one,
    exactly_one,
    listed,
    rules,
    suggests,
)
from planengine.model.incident import (
    CONTENTS,
    AcknowledgedModel,
    DecideModel,
    DoneModel,
    HandOverModel,
    InvokeModel,
    ObserverName,
    OtherSourceModel,
    ReportedModel,
    ValidModel,
)
from planengine.model.scenario import (
    Actions,
    Agencies,
    Bodies,
    Decisions,
    Names,
    Releases,
    Reports,
)
from planengine.reading.validate import Name

VirtualTime: TypeAlias = Annotated[
    Name,
    WithJsonSchema({"type": "string", "examples": ["T+0:30", "T+1d 6:00", "2026-07-20T08:00"]}),
]
"""A time, or how long after the start of the exercise: T+hours:minutes."""
EachLabel: TypeAlias = Annotated[list[Labels], BeforeValidator(listed), ONE_OR_LIST]
LEAVES_TO_PLAYERS = ("decide", "done", "reported", "invoke", "acknowledged", "hand-over")


class PlayersDidModel(Strict):
    """What must hold, when an inject is due, of what players did: all of it."""

    decisions: Decisions = {}
    agencies: Agencies = {}
    actions: Actions = {}
    reports: Reports = {}
    releases: Releases = {}


class InjectModel(Strict):
    """What is told to players at a time: a message, and what the library is told by it.

    `at` is when it reaches them, `stated` when it was stated, if that was earlier.
    """

    model_config = rules(at_most_one(*CONTENTS), at_most_one("area", "object"))

    id: Name
    at: VirtualTime
    channel: Name | None = None
    from_: ObserverName | OtherSourceModel | None = None
    to: Bodies = []
    text: Labels = {}
    when: PlayersDidModel | None = None
    unless: PlayersDidModel | None = None
    stated: VirtualTime | None = None
    valid: ValidModel | None = None
    began: VirtualTime | None = None
    area: AreaName | None = None
    object: ObjectName | None = None
    kind: Literal["observed", "judged", "estimated", "forecast"] | None = None
    facts: dict[FactName, Stated] | None = None
    correct: Name | None = None
    withdraw: Name | None = None
    decide: DecideModel | None = None
    issued: dict[DecisionName, AnyLevelName] | None = None
    by: BodyName | None = None
    invoke: InvokeModel | None = None
    moments: dict[MomentName, VirtualTime] | None = None
    done: DoneModel | None = None
    reported: ReportedModel | None = None
    acknowledged: AcknowledgedModel | None = None
    hand_over: HandOverModel | None = None
    off_watch: AgencyName | None = None
    on_watch: AgencyName | None = None


class ObjectiveModel(Strict):
    """What the exercise is to show, and by which decisions, duties, bodies and plans."""

    id: Name
    label: Labels = {}
    decisions: Annotated[
        list[Annotated[Name, suggests("decision")]], BeforeValidator(listed), ONE_OR_LIST
    ] = []
    actions: Names = []
    reports: Names = []
    releases: Names = []
    bodies: Bodies = []
    plans: Annotated[list[PlanName], BeforeValidator(listed), ONE_OR_LIST] = []


class PauseModel(Strict):
    """Players stop here, and for how long, by the clock on the wall: no virtual time passes."""

    at: VirtualTime
    for_: Duration | None = None
    text: Labels = {}


class ExpectModel(Strict):
    """What is expected otherwise than the plans say, or besides, and why."""

    model_config = rules(
        exactly_one("decision", "action", "report", "release"), at_most_one("by", "waived")
    )

    decision: DecisionName | None = None
    level: AnyLevelName | None = None
    action: Name | None = None
    report: Name | None = None
    release: Name | None = None
    by: VirtualTime | None = None
    waived: bool = False
    because: Labels


class AllowedModel(Strict):
    """How long what no plan sets a limit for may take, in this exercise."""

    decisions: Duration | None = None
    duties: Duration | None = None


class ExerciseModel(Strict):
    """A whole exercise; `incident` is a file whose facts come as injects before its own."""

    exercise: Name
    label: Labels = {}
    incident: Name | None = None
    hazards: list[HazardName] | None = None
    scope: list[PlaceName] | None = None
    start: Annotated[Name, WithJsonSchema({"type": "string", "examples": ["2026-07-20T08:00"]})]
    end: VirtualTime | None = None
    moments: dict[MomentName, VirtualTime] | None = None
    aims: EachLabel = []
    objectives: list[ObjectiveModel] = []
    allowed: AllowedModel = AllowedModel()
    injects: list[InjectModel] = []
    pauses: list[PauseModel] = []
    expect: list[ExpectModel] = []
    note: Name | None = None


class DeedModel(Strict):
    """What players do or tell at a time."""

    model_config = rules(exactly_one(*CONTENTS), at_most_one("area", "object"))

    id: Name | None = None
    at: VirtualTime
    source: ObserverName | OtherSourceModel | None = None
    area: AreaName | None = None
    object: ObjectName | None = None
    kind: Literal["observed", "judged", "estimated", "forecast"] | None = None
    facts: dict[FactName, Stated] | None = None
    correct: Name | None = None
    withdraw: Name | None = None
    decide: DecideModel | None = None
    issued: dict[DecisionName, AnyLevelName] | None = None
    by: BodyName | None = None
    invoke: InvokeModel | None = None
    moments: dict[MomentName, VirtualTime] | None = None
    done: DoneModel | None = None
    reported: ReportedModel | None = None
    acknowledged: AcknowledgedModel | None = None
    hand_over: HandOverModel | None = None
    off_watch: AgencyName | None = None
    on_watch: AgencyName | None = None
    note: Name | None = None


Delays: TypeAlias = Annotated[
    list[Duration],
    BeforeValidator(listed),
    Field(min_length=1, max_length=3),
    ONE_OR_LIST,
]
Share: TypeAlias = Annotated[float, Field(ge=0, le=1)]


class HabitModel(Strict):
    """How somebody does what is owed: how late, and how often not at all or wrongly.

    `delay` is one duration; two, between which any is as likely; or three: the least, the
    likeliest and the most.
    """

    delay: Delays | None = None
    omits: Share | None = None
    errs: Share | None = None


class HabitsModel(Strict):
    """How players act who have no script: on decisions, on duties, and single bodies."""

    decisions: HabitModel | None = None
    duties: HabitModel | None = None
    bodies: dict[BodyName, HabitModel] = {}


class PlayersModel(Strict):
    """Who plays: deeds at times, and habits for all that is owed and has no deed."""

    players: Name
    label: Labels = {}
    deeds: list[DeedModel] = []
    habits: HabitsModel | None = None
    note: Name | None = None
