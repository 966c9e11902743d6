"""The linked library: every named thing, frozen, with all references resolved to ids.

Times are seconds since the Unix epoch (`int`); a missing `since` or `until` is None and
means unlimited. `until` is exclusive. Durations are seconds. A scale's rank counts from 1
(mildest) to the number of its levels (most severe); 0 is "none".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from planengine.diagnostics.diagnostic import Span
from planengine.library.terms import Term
from planengine.values.sets import Domain, ValueSet

RollUp: TypeAlias = Literal["sum", "max", "min", "any", "latest", "none"]


@dataclass(frozen=True, slots=True)
class Label:
    """A name in several languages, as (language, text) pairs in the author's order."""

    texts: tuple[tuple[str, str], ...] = ()

    def text(self, language: str) -> str:
        """The label in `language`, else in the first language there is, else ''."""
        for code, text in self.texts:
            if code == language:
                return text
        return self.texts[0][1] if self.texts else ""


@dataclass(frozen=True, slots=True)
class Period:
    since: int | None = None
    until: int | None = None

    def contains(self, at: int) -> bool:
        return (self.since is None or self.since <= at) and (self.until is None or at < self.until)


@dataclass(frozen=True, slots=True)
class Basis:
    """The clause of a source that a figure or rule rests on."""

    source: str
    clause: str | None = None
    confidence: str | None = None
    own_choice: bool = False
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Derivation:
    """How a fact follows from others: a linear sum, a ratio, or the first one known."""

    kind: Literal["sum", "ratio", "first-known"]
    operands: tuple[tuple[str, int], ...]  # (fact, coefficient); coefficient 1 but for sums


@dataclass(frozen=True, slots=True)
class Fact:
    id: str
    label: Label
    type: Literal["count", "quantity", "category", "flag"]
    domain: Domain
    unit: str | None
    subject: str  # "incident", "area", or an object kind
    direction: Literal["up", "down", "none"]
    roll_up: RollUp
    cumulative: bool
    by_exception: bool
    provider: str | None
    holds: int | None
    derived: Derivation | None
    value_labels: tuple[tuple[str, Label], ...] = ()
    order: int = 0  # the author's order
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Level:
    id: str
    rank: int
    label: Label
    colour: str | None = None


@dataclass(frozen=True, slots=True)
class Scale:
    id: str
    label: Label
    levels: tuple[Level, ...]  # most severe first

    def by_rank(self, rank: int) -> Level | None:
        """The level of a rank; None for 0."""
        return self.levels[len(self.levels) - rank] if rank else None

    def rank(self, level: str) -> int:
        """The rank of a level id; 0 for an id that this scale does not have."""
        return next((item.rank for item in self.levels if item.id == level), 0)


@dataclass(frozen=True, slots=True)
class Named:
    """A thing that has only an id and labels: a tier, a rank, a plan kind, a moment, a role."""

    id: str
    label: Label
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Hazard:
    id: str
    label: Label
    parent: str | None = None
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Verb:
    id: str
    label: Label
    obliges: bool


@dataclass(frozen=True, slots=True)
class Attribute:
    id: str
    label: Label
    domain: Domain
    unit: str | None
    value_labels: tuple[tuple[str, Label], ...] = ()


@dataclass(frozen=True, slots=True)
class ObjectKind:
    id: str
    label: Label
    attributes: Mapping[str, Attribute]


@dataclass(frozen=True, slots=True)
class DatedValue:
    period: Period
    value: ValueSet


@dataclass(frozen=True, slots=True)
class Jurisdiction:
    id: str
    label: Label
    tier: str
    parent: str | None
    attributes: Mapping[str, tuple[DatedValue, ...]] = field(default_factory=dict)
    period: Period = Period()
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class PlanObject:
    """A station, reservoir, dyke, grid, plant: a declared kind in a jurisdiction."""

    id: str
    label: Label
    kind: str
    area: str
    attributes: Mapping[str, tuple[DatedValue, ...]] = field(default_factory=dict)
    period: Period = Period()
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Agency:
    id: str
    label: Label
    area: str
    period: Period
    successors: tuple[str, ...] = ()
    reports_to: str | None = None
    function: str | None = None
    vertical: bool = False
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Post:
    id: str
    label: Label
    body: str
    held_by: str | None = None
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Role:
    """Found by place: the agency with `function` in the affected area of `tier`."""

    id: str
    label: Label
    function: str
    tier: str | None
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Relation:
    giver: str
    receiver: str
    mode: Literal["order", "request"]


@dataclass(frozen=True, slots=True)
class SourceEdition:
    number: str
    period: Period
    issued: int | None = None


@dataclass(frozen=True, slots=True)
class Source:
    id: str
    label: Label
    rank: str
    number: str | None
    editions: tuple[SourceEdition, ...]
    replaces: tuple[str, ...] = ()
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Calendar:
    """Yearly (month, day) periods, daily clock periods (minutes of the day), or dates.

    Every `until` is exclusive; a yearly or clock period may wrap round.
    """

    id: str
    label: Label
    yearly: tuple[tuple[tuple[int, int], tuple[int, int]], ...] = ()
    clock: tuple[tuple[int, int], ...] = ()
    dates: tuple[Period, ...] = ()
    utc_offset: int = 8 * 3600


@dataclass(frozen=True, slots=True)
class Edition:
    number: str
    period: Period
    issued: int | None = None
    assessed: int | None = None
    exercised: int | None = None


@dataclass(frozen=True, slots=True)
class Executor:
    """Who acts: an agency, a post, a role found by place, or a working group of the plan."""

    kind: Literal["agency", "post", "role", "group"]
    id: str
    alternates: tuple[Executor, ...] = ()
    jointly: bool = False
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Timing:
    """A deadline as written: within/before/at so many seconds of an anchor, repeated."""

    kind: Literal["within", "before", "at", "times"]
    seconds: int  # 0 for "at once"
    anchor: str  # a moment id or "done.<action id>"
    repeat: int | None = None
    until: str | None = None
    times: int | None = None


@dataclass(frozen=True, slots=True)
class LevelRule:
    """One reason for one level; all rules of a decision are joined."""

    rank: int
    when: Term
    verb: str
    basis: tuple[Basis, ...]
    span: Span | None
    text: str  # the author's words for the rule, for explanations


@dataclass(frozen=True, slots=True)
class LevelDuties:
    """What a level carries besides its condition."""

    rank: int
    verb: str
    propose: Executor | None
    approve: Executor | None
    decided_by: str | None
    meanwhile: str | None
    duration: int | None
    basis: tuple[Basis, ...]
    measures: tuple[str, ...] = ()
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class LevelMapping:
    """Levels taken from another decision: its rank → ours."""

    source: Term  # a LevelTerm whose `ranks` is ignored
    ranks: tuple[tuple[int, int], ...]
    verb: str
    basis: tuple[Basis, ...]
    span: Span | None


@dataclass(frozen=True, slots=True)
class Track:
    """One set of levels: a plan's track, a plan's warnings, or a standard's table."""

    id: str | None
    label: Label
    scale: str
    per: str | None
    provided: Term
    rules: tuple[LevelRule, ...]
    duties: tuple[LevelDuties, ...]
    mapping: LevelMapping | None = None
    raise_when: Term | None = None
    raise_by: int = 0
    lower: Term | None = None
    lower_approve: Executor | None = None
    end: Term | None = None
    end_approve: Executor | None = None
    gaps: tuple[int, ...] = ()
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Action:
    id: str
    label: Label
    track: str | None
    executor: Executor
    do: Label
    object: str | None
    ranks: frozenset[int] | None  # the levels at which it is due; None where `on` or first response
    on: Term | None
    when: Term | None
    timing: Timing | None
    verb: str
    mode: Literal["order", "request", "first-response"] | None  # None: from the relation
    after: tuple[str, ...]
    done_when: str | None
    means: str | None
    to: Executor | None
    basis: tuple[Basis, ...]
    order: int
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Report:
    id: str
    track: str | None
    by: Executor | None
    to: Executor
    ranks: frozenset[int] | None
    on: Term | None
    when: Term | None
    timing: Timing | None
    means: str | None
    content: tuple[str, ...]
    basis: tuple[Basis, ...]
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Link:
    kind: Literal["activate", "match-below", "match-above", "request", "report", "cascade"]
    track: str | None
    rank: int | None  # our level from which it works
    when: Term | None
    target: str | None  # a plan id, an agency id, or a hazard id
    target_rank: int | None
    target_track: str | None
    matter: str | None
    timing: Timing | None
    basis: tuple[Basis, ...]
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Group:
    id: str
    label: Label
    lead: str
    members: tuple[str, ...]
    duties: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Member:
    agency: str
    role: str
    duties: tuple[str, ...]
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Information:
    body: str
    approve: Executor | None
    first_within: int | None
    conference_within: int | None
    anchor: str
    channels: tuple[str, ...]
    basis: tuple[Basis, ...]


@dataclass(frozen=True, slots=True)
class Resource:
    id: str
    label: Label
    quantity: str
    held_by: str | None
    at: str | None


@dataclass(frozen=True, slots=True)
class Exclusion:
    """Where a plan does not apply, and which plan does instead."""

    when: Term
    instead: str | None


@dataclass(frozen=True, slots=True)
class Ruled:
    """What a standard and a plan have in common."""

    id: str
    label: Label
    edition: Edition
    hazards: tuple[str, ...]
    basis: tuple[Basis, ...]
    tracks: tuple[Track, ...]
    warnings: tuple[Track, ...]
    reports: tuple[Report, ...]
    span: Span | None


@dataclass(frozen=True, slots=True)
class Standard(Ruled):
    authority: str
    per: str | None
    monotone: bool


@dataclass(frozen=True, slots=True)
class Plan(Ruled):
    kind: str
    jurisdiction: str
    external: bool
    monotone: bool
    applies_when: Term | None
    exclusions: tuple[Exclusion, ...]
    headquarters: str | None
    office: str | None
    groups: tuple[Group, ...]
    members: tuple[Member, ...]
    actions: tuple[Action, ...]
    links: tuple[Link, ...]
    information: Information | None
    resources: tuple[Resource, ...]


@dataclass(frozen=True, slots=True)
class Entities:
    """Every linked thing of a library, by id; the editions of a plan or standard in order."""

    home: str
    label: Label
    facts: Mapping[str, Fact]
    scales: Mapping[str, Scale]
    hazards: Mapping[str, Hazard]
    tiers: tuple[Named, ...]  # top first
    object_kinds: Mapping[str, ObjectKind]
    area_attributes: Mapping[str, Attribute]
    verbs: Mapping[str, Verb]
    ranks: tuple[Named, ...]  # highest first
    plan_kinds: tuple[Named, ...]
    member_roles: tuple[Named, ...]
    moments: Mapping[str, Named]
    calendars: Mapping[str, Calendar]
    sources: Mapping[str, Source]
    jurisdictions: Mapping[str, Jurisdiction]
    objects: Mapping[str, PlanObject]
    open_kinds: frozenset[str]
    agencies: Mapping[str, Agency]
    posts: Mapping[str, Post]
    roles: Mapping[str, Role]
    relations: tuple[Relation, ...]
    standards: Mapping[str, tuple[Standard, ...]]
    plans: Mapping[str, tuple[Plan, ...]]  # by "<jurisdiction>/<plan id>"
    # kind → spelling (id, label or alias) → ids; the kinds are those of library.names.
    spellings: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
