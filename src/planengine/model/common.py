"""Parts that several documents share: names, labels, bases, editions, executors, deadlines.

Scalars stay `Name`s (texts that know their place), so that the linker can point at them;
conditions, bounds and stated values stay `RawNode`s. `name_of("agency")` marks a name of a
kind: the schema for editors completes it with the library's ids.
"""

from __future__ import annotations

from itertools import combinations
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    WithJsonSchema,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from planengine.reading.authored import Takes
from planengine.reading.validate import Name, RawNode


def kebab(field_name: str) -> str:
    """The key in YAML of a field: `in_force` → `in-force`, `from_` → `from`."""
    return field_name.rstrip("_").replace("_", "-")


class Strict(BaseModel):
    """A mapping that refuses unknown keys; keys are the kebab-case of the fields."""

    model_config = ConfigDict(
        extra="forbid",
        alias_generator=kebab,
        defer_build=True,
        protected_namespaces=(),
        arbitrary_types_allowed=True,
    )


def exactly_one(*keys: str) -> dict[str, Any]:
    """For the schema for editors: just one of these keys is written."""
    return {"oneOf": [{"required": [key]} for key in keys]}


def at_most_one(*keys: str) -> dict[str, Any]:
    """For the schema for editors: no two of these keys are written."""
    pairs = [{"required": list(pair)} for pair in combinations(keys, 2)]
    return {"not": {"anyOf": pairs}}


def rules(*of: dict[str, Any]) -> ConfigDict:
    """The configuration of a model whose keys exclude or need one another."""
    return ConfigDict(json_schema_extra={"allOf": [*of]})


_LETTERS = (("ja", "぀", "ヿ"), ("ko", "가", "힣"), ("zh", "㐀", "鿿"))
_LAST_OF_LATIN = "ɏ"


def _language_of(text: str) -> str:
    """The language that a plain label is written in, as far as its letters tell; else `und`."""
    for language, first, last in _LETTERS:
        if any(first <= letter <= last for letter in text):
            return language
    return "en" if all(letter <= _LAST_OF_LATIN for letter in text if letter.isalpha()) else "und"


def _label(value: object) -> object:
    """A plain text is a label in the language it is written in."""
    if isinstance(value, str):
        return {_language_of(value): value}
    return value


def listed(value: object) -> object:
    """One thing where a list may stand is a list of it."""
    return value if value is None or isinstance(value, list) else [value]


class Either:
    """In the schema for editors, lets another shape stand for what a validator turns it into."""

    def __init__(self, *shapes: dict[str, object], item: bool = False) -> None:
        self.shapes = shapes
        self.item = item  # one item may stand for the list

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        own = handler(schema)
        shapes = [*self.shapes, *([own["items"]] if self.item else [])]
        return {"anyOf": [*shapes, own]}


def names_schema(*kinds: str, also: tuple[str, ...] = ()) -> WithJsonSchema:
    """A text that names a thing of one of these kinds, or is one of the words `also`.

    `planengine.model.schema` replaces `x-names` by what the library declares.
    """
    return WithJsonSchema({"type": "string", "x-names": [*kinds], "x-also": [*also]})


def suggests(*kinds: str) -> WithJsonSchema:
    """A text that may name a thing of one of these kinds, and may also be something else."""
    return WithJsonSchema({"type": "string", "x-suggests": [*kinds]})


def _operators() -> tuple[str, ...]:
    from planengine.model.shapes import operators

    return operators()


EACH_MEMBER = ("member", "成员单位")
ONE_OR_LIST = Either(item=True)
LEVEL_SCHEMA = names_schema("level")

Labels: TypeAlias = Annotated[dict[str, str], BeforeValidator(_label), Either({"type": "string"})]
Texts: TypeAlias = Annotated[list[Name], BeforeValidator(listed), ONE_OR_LIST]

FactName: TypeAlias = Annotated[Name, names_schema("fact")]
FactNames: TypeAlias = Annotated[list[FactName], BeforeValidator(listed), ONE_OR_LIST]
ScaleName: TypeAlias = Annotated[Name, names_schema("scale")]
LevelName: TypeAlias = Annotated[Name, LEVEL_SCHEMA]
AnyLevelName: TypeAlias = Annotated[Name, names_schema("level", also=("none", "无"))]
HazardName: TypeAlias = Annotated[Name, names_schema("hazard")]
HazardNames: TypeAlias = Annotated[list[HazardName], BeforeValidator(listed), ONE_OR_LIST]
TierName: TypeAlias = Annotated[Name, names_schema("tier")]
TierNames: TypeAlias = Annotated[list[TierName], BeforeValidator(listed), ONE_OR_LIST]
DivisionName: TypeAlias = Annotated[Name, names_schema("tier", "object-kind")]
KindName: TypeAlias = Annotated[Name, names_schema("object-kind")]
VerbName: TypeAlias = Annotated[Name, names_schema("verb")]
RankName: TypeAlias = Annotated[Name, names_schema("rank")]
PlanKindName: TypeAlias = Annotated[Name, names_schema("plan-kind")]
MemberRoleName: TypeAlias = Annotated[Name, names_schema("member-role")]
MomentName: TypeAlias = Annotated[Name, names_schema("moment")]
AreaName: TypeAlias = Annotated[Name, names_schema("jurisdiction")]
PlaceName: TypeAlias = Annotated[Name, names_schema("place")]
ObjectName: TypeAlias = Annotated[Name, names_schema("object")]
AgencyName: TypeAlias = Annotated[Name, names_schema("agency")]
ProviderName: TypeAlias = Annotated[Name, names_schema("provider")]
BodyName: TypeAlias = Annotated[Name, names_schema("body")]
PostName: TypeAlias = Annotated[Name, names_schema("post")]
EachName: TypeAlias = Annotated[Name, names_schema("tier", also=EACH_MEMBER)]
RoleName: TypeAlias = Annotated[Name, names_schema("role", "member-role")]
SourceName: TypeAlias = Annotated[Name, names_schema("source", "plan", "plan-key")]
StandardName: TypeAlias = Annotated[Name, names_schema("standard")]
PlanName: TypeAlias = Annotated[Name, names_schema("plan", "plan-key")]
ActivatedName: TypeAlias = Annotated[Name, suggests("plan", "plan-key")]
ActionName: TypeAlias = Annotated[Name, suggests("action")]
AttributeName: TypeAlias = Annotated[Name, suggests("attribute")]
ClauseName: TypeAlias = Annotated[Name, suggests("clause")]
DecisionName: TypeAlias = Annotated[Name, suggests("decision")]
FunctionName: TypeAlias = Annotated[Name, suggests("function")]
GroupName: TypeAlias = Annotated[Name, suggests("group")]
AnchorName: TypeAlias = Annotated[Name, suggests("moment", "done")]
TrackName: TypeAlias = Annotated[Name, suggests("track")]
UnitName: TypeAlias = Annotated[Name, suggests("unit")]
Date: TypeAlias = Annotated[
    Name, WithJsonSchema({"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"})
]
TimeZone: TypeAlias = Annotated[
    Name, WithJsonSchema({"type": "string", "examples": ["Asia/Shanghai", "Europe/London"]})
]
Time: TypeAlias = Annotated[
    Name,
    WithJsonSchema(
        {"type": "string", "examples": ["2026-07-20T08:00:00+08:00", "2026-07-20T08:00"]}
    ),
]
Duration: TypeAlias = Annotated[
    Name, WithJsonSchema({"type": "string", "examples": ["30 min", "2 h", "3 d", "15 分钟"]})
]
Clock: TypeAlias = Annotated[
    Name,
    WithJsonSchema(
        {"type": "string", "examples": ["2 h", "8:00", "每日8时、20时", "every day at 8:00"]}
    ),
]
Clocks: TypeAlias = Annotated[
    list[Clock], BeforeValidator(listed), Field(min_length=1), ONE_OR_LIST
]
Condition: TypeAlias = Annotated[
    RawNode, WithJsonSchema({"x-shape": "condition"}), Takes(_operators)
]
Conditions: TypeAlias = Annotated[RawNode, WithJsonSchema({"x-shape": "condition-list"})]
GradedTable: TypeAlias = Annotated[RawNode, WithJsonSchema({"x-shape": "graded-table"})]
Range: TypeAlias = Annotated[RawNode, WithJsonSchema({"type": "string", "examples": ["≥ 0"]})]
Attribute: TypeAlias = Annotated[RawNode, WithJsonSchema({"x-shape": "attribute-value"})]
Stated: TypeAlias = Annotated[RawNode, WithJsonSchema({"x-shape": "stated"})]


class BasisModel(Strict):
    """The clause a figure or rule rests on, and how surely it was read there."""

    source: SourceName
    clause: Name | None = None
    confidence: Literal["read", "high", "medium", "unverified"] | None = None
    own_choice: bool = False
    note: Name | None = None


Bases: TypeAlias = Annotated[list[BasisModel], BeforeValidator(listed), ONE_OR_LIST]


class EditionModel(Strict):
    """One edition: its number, and since when (and until when, exclusive) it is in force."""

    number: Name
    issued: Date | None = None
    in_force: Date | None = None
    until: Date | None = None
    assessed: Date | None = None
    exercised: Date | None = None


EXECUTOR = {
    "oneOf": [
        *({"required": [key]} for key in ("agency", "post", "group", "each")),
        {"required": ["role"], "not": {"required": ["each"]}},
    ]
}


class ExecutorModel(Strict):
    """Who acts: an agency, a post, a role, a group, or each of several; with alternates.

    Beside `each`, `role` is the member role of the members that are meant.
    """

    model_config = rules(EXECUTOR)

    agency: AgencyName | None = None
    post: PostName | None = None
    role: RoleName | None = None
    group: GroupName | None = None
    each: EachName | None = None
    or_: Annotated[list[Executors], BeforeValidator(listed), ONE_OR_LIST] = []
    jointly: bool = False
    delegated: Name | None = None


def _executor(value: object) -> object:
    """A plain text is an agency."""
    return {"agency": value} if isinstance(value, str) else value


def approver(value: object) -> object:
    """`same` is left out: whoever started ends, unless said otherwise."""
    return None if value == "same" else _executor(value)


AGENCY_TEXT = {"type": "string", "x-names": ["provider"]}
Executors: TypeAlias = Annotated[ExecutorModel, BeforeValidator(_executor), Either(AGENCY_TEXT)]


ExecutorList: TypeAlias = Annotated[
    list[Executors], BeforeValidator(listed), Field(min_length=1), ONE_OR_LIST
]


TIMED = {"allOf": [at_most_one("within", "before", "at"), at_most_one("repeat", "every")]}


class TimingModel(Strict):
    """A deadline: one of within, before, at and times, counted from the anchor `of`.

    `at` is a duration, or one or several times of the day.
    """

    model_config = rules(TIMED)

    within: Duration | None = None
    before: Duration | None = None
    at: Clocks | None = None
    times: int | None = None
    every: Duration | None = None
    of: AnchorName | None = None
    repeat: Duration | None = None
    until: AnchorName | None = None


class AppliesModel(Strict):
    """The hazards a document is for, and when and where it is not."""

    hazards: list[HazardName] = []
    when: Condition | None = None
    not_: Annotated[list[ExclusionModel], BeforeValidator(listed), ONE_OR_LIST] = []


class ExclusionModel(Strict):
    """A case in which a plan does not apply, and the plan that does instead."""

    when: Condition
    else_: PlanName | None = None


class RuleModel(Strict):
    """One level with its condition and what it carries."""

    level: LevelName
    when: Condition | None = None
    verb: VerbName | None = None
    propose: Executors | None = None
    approve: Executors | None = None
    issuer: Executors | None = None
    decided_by: AgencyName | None = None
    meanwhile: Name | None = None
    duration: Duration | None = None
    measures: Texts = []
    milder_measures: Literal["kept", "replaced"] | None = None
    basis: Bases = []
    note: Name | None = None


class ReportModel(TimingModel):
    """Who reports to whom, from which level or on which condition, by when."""

    model_config = rules(TIMED, at_most_one("from", "levels", "on"))

    id: Name | None = None
    track: TrackName | None = None
    hazards: list[HazardName] = []
    not_hazards: list[HazardName] = []
    from_: LevelName | None = None
    levels: list[LevelName] | None = None
    on: Condition | None = None
    when: Condition | None = None
    as_: Literal["indicated"] | None = None
    by: ExecutorList | None = None
    to: ExecutorList
    means: Name | None = None
    content: Texts = []
    final: bool = False
    basis: Bases = []
