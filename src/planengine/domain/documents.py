"""Entities of standards and plans: editions, levels, actions, reports and links.

References are ids; a plan's is "<jurisdiction>/<plan id>". Durations are seconds; a rank
counts from 1 (mildest), and 0 is "none".
"""

from __future__ import annotations

from typing import Literal, TypeAlias

from msgspec import Struct

from planengine.diagnostics.diagnostic import Span
from planengine.domain.ids import NO_RULE, MomentKey, Origin, RuleId
from planengine.domain.parts import Label, Period
from planengine.domain.terms import Term
from planengine.domain.vocabulary import MomentMeaning


class Basis(Struct, frozen=True):
    """The clause of a source that a figure or rule rests on."""

    source: str
    clause: str | None = None
    confidence: str | None = None
    own_choice: bool = False
    note: str | None = None


class Edition(Struct, frozen=True):
    number: str
    period: Period
    issued: int | None = None
    assessed: int | None = None
    exercised: int | None = None
    span: Span | None = None


class Executor(Struct, frozen=True):
    """Who acts: an agency, a post, a role found by place, a working group, or each of several.

    `members` are the member bodies of the plan (`id`: only those with this member role, "" for
    all of them), `areas` the governments of the affected areas of a tier (`id`).
    """

    kind: Literal["agency", "post", "role", "group", "members", "areas"]
    id: str
    alternates: tuple[Executor, ...] = ()
    jointly: bool = False
    note: str | None = None


class Timing(Struct, frozen=True):
    """A deadline as written: within/before/at so many seconds of an anchor, repeated.

    A `clock` one is due at the next of these times of the local day (seconds from midnight)
    after its anchor, and where it repeats (by the day) at each of them again.
    """

    kind: Literal["within", "before", "at", "times", "clock"]
    seconds: int  # 0 for "at once"
    anchor: MomentKey
    repeat: int | None = None
    until: MomentKey | None = None  # or words for people
    times: int | None = None  # how often it must be done to be met, each time it is due
    clock: tuple[int, ...] = ()
    meaning: MomentMeaning | None = None  # of the anchor, where that is a moment


class LevelRule(Struct, frozen=True):
    """One reason for one level; all rules of a decision are joined."""

    rank: int
    when: Term
    verb: str
    basis: tuple[Basis, ...]
    span: Span | None
    text: str  # the author's words for the rule, for explanations
    rule_id: RuleId = NO_RULE


MilderMeasures: TypeAlias = Literal["kept", "replaced"]
"""What becomes of the measures of milder levels at a worse one, where its author says so."""


class LevelDuties(Struct, frozen=True):
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
    milder: MilderMeasures | None = None
    kept: tuple[str, ...] = ()  # the measures of milder levels that go on
    span: Span | None = None
    rule_id: RuleId = NO_RULE
    measure_ids: tuple[RuleId, ...] = ()  # one for each of `measures`

    @property
    def every_measure(self) -> tuple[str, ...]:
        """Its own measures, then those of milder levels that go on, each once."""
        return tuple(dict.fromkeys((*self.measures, *self.kept)))


class LevelMapping(Struct, frozen=True):
    """Levels taken from another decision: its rank → ours."""

    source: Term  # a LevelTerm whose `ranks` is ignored
    ranks: tuple[tuple[int, int], ...]
    verb: str
    basis: tuple[Basis, ...]
    span: Span | None
    # (our rank, basis) of levels that have a basis of their own, where the mapping has none
    level_bases: tuple[tuple[int, tuple[Basis, ...]], ...] = ()
    rule_id: RuleId = NO_RULE


class Track(Struct, frozen=True):
    """One set of levels: a plan's track, a plan's warnings, or a standard's table.

    `hazards` are those of the track alone; () where it is for all of its document's.
    """

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
    raise_verb: str | None = None  # None: as strong as what is raised
    raise_basis: tuple[Basis, ...] = ()
    raise_span: Span | None = None
    raise_id: RuleId = NO_RULE
    lower: Term | None = None
    lower_approve: Executor | None = None
    end: Term | None = None
    end_approve: Executor | None = None
    gaps: tuple[int, ...] = ()
    hazards: tuple[str, ...] = ()
    span: Span | None = None


class Action(Struct, frozen=True):
    id: str
    label: Label
    track: str | None
    executors: tuple[Executor, ...]
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
    to: tuple[Executor, ...]
    basis: tuple[Basis, ...]
    order: int
    span: Span | None = None
    indicated: bool = False  # its levels are read as indicated (SEMANTICS 30)
    approve: Executor | None = None  # who must approve this action
    rule_id: RuleId = NO_RULE


class Report(Struct, frozen=True):
    id: str
    track: str | None
    by: tuple[Executor, ...]
    to: tuple[Executor, ...]
    ranks: frozenset[int] | None
    on: Term | None
    when: Term | None
    timing: Timing | None
    means: str | None
    content: tuple[str, ...]
    basis: tuple[Basis, ...]
    span: Span | None = None
    indicated: bool = False
    named: bool = False  # its id is its author's
    rule_id: RuleId = NO_RULE
    final: bool = False  # the last one of an event: 终报


class Link(Struct, frozen=True):
    kind: Literal["activate", "match-below", "match-above", "request", "report", "cascade"]
    track: str | None
    rank: int | None  # our level from which it works
    when: Term | None
    # a hazard, an agency, or a plan (by its id, or its key where it is of a named jurisdiction)
    target: str | None
    target_rank: int | None
    target_track: str | None
    matter: str | None
    timing: Timing | None
    basis: tuple[Basis, ...]
    span: Span | None = None
    verb: str | None = None  # None: it binds
    target_plan: str | None = None  # the id of the plan to activate
    target_area: str | None = None  # and whose it is; None: our own, or else of any below
    id: str = ""  # unique in the plan; a request or report is reported made by it
    named: bool = False  # its id is its author's
    rule_id: RuleId = NO_RULE


class Group(Struct, frozen=True):
    id: str
    label: Label
    lead: str
    members: tuple[str, ...]
    duties: tuple[str, ...]


class Member(Struct, frozen=True):
    """A body of a plan, and its part in it; "" for one that is a member and no more."""

    agency: str
    role: str
    duties: tuple[str, ...]
    span: Span | None = None


class Information(Struct, frozen=True):
    """One release to the public: the first one, or the press conference.

    `ranks` are the levels at which it is due; None: any, from the plan's first level on.
    """

    id: str  # unique in the plan
    part: Literal["first", "conference"]
    by: tuple[Executor, ...]
    approve: Executor | None
    timing: Timing | None
    channels: tuple[str, ...]
    basis: tuple[Basis, ...]
    track: str | None = None
    ranks: frozenset[int] | None = None
    when: Term | None = None
    indicated: bool = False
    order: int = 0
    span: Span | None = None
    rule_id: RuleId = NO_RULE


class Resource(Struct, frozen=True):
    id: str
    label: Label
    quantity: str
    held_by: str | None
    at: str | None
    span: Span | None = None


class Exclusion(Struct, frozen=True):
    """Where a plan does not apply, in the author's words, and which plan does instead."""

    when: Term
    instead: str | None
    text: str = ""
    span: Span | None = None


class Ruled(Struct, frozen=True):
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
    rule_id: RuleId


class Standard(Ruled, frozen=True):
    """A standard; `for_authority` tells whether it decides for its authority's area alone."""

    authority: str
    per: str | None
    monotone: bool
    for_authority: bool = False
    unused: tuple[Origin, ...] = ()  # named conditions that nothing uses


class Plan(Ruled, frozen=True):
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
    information: tuple[Information, ...]
    resources: tuple[Resource, ...]
    unused: tuple[Origin, ...] = ()
