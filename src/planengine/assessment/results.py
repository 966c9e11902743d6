"""What an assessment says, as frozen values. Times are epoch seconds, durations seconds.

Ranks are turned into level ids; None stands for "no level". Labels stay in all languages,
so that one assessment can be shown in any of them.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

from msgspec import Struct

from planengine.diagnostics import Span, Text
from planengine.domain.documents import Basis, Executor, Timing
from planengine.domain.ids import ActionKey, RuleId, UnitKey
from planengine.domain.parts import Label
from planengine.domain.statements import Invocation, Statement
from planengine.rules.conditions import Cell
from planengine.values.sets import ValueSet

Proposal: TypeAlias = Literal["start", "raise", "keep", "lower", "end", "none"]
Certainty: TypeAlias = Literal["certain", "indicated", "possible"]
"""Of duties: held for sure; by what was reported (only of what asks so); not excluded."""
Change: TypeAlias = Literal["gives", "eases", "owes", "lost", "excluded", "keeps"]


class Held(Struct, frozen=True):
    """A test that held: what was known, what was asked, and what people said that it rests on."""

    cell: Cell
    value: ValueSet
    accepts: ValueSet
    written: tuple[str, ...]  # the author's words for the test
    statements: tuple[Statement | Invocation, ...]
    assumed: bool
    estimated: bool
    forecast_until: int | None = None  # how far forecasts cover the time asked about, gaplessly
    leaves: tuple[RuleId, ...] = ()  # what the test stands for


class Reason(Struct, frozen=True):
    """A rule that gives a level: its words, its place, its basis, what held, and its verb.

    `verb` is None where several rules give the level only together; `rules` are then all of them.
    """

    kind: str
    level: str
    text: str
    span: Span | None
    basis: tuple[Basis, ...]
    held: tuple[Held, ...]
    verb: str | None = None
    rules: tuple[RuleId, ...] = ()


class Need(Struct, frozen=True):
    """One thing a way to the next level still needs."""

    cell: Cell
    value: ValueSet
    accepts: ValueSet
    missing: float | None  # from the certain end, in the fact's unit; below 0 where it must fall


class Way(Struct, frozen=True):
    """What would bring a decision to its next level; `at` is set where time alone does."""

    level: str
    needs: tuple[Need, ...]
    at: int | None = None


class Actor(Struct, frozen=True):
    """An executor as written, and the bodies that it stands for itself.

    With `executor.jointly` the `others` act together with it; else each may act in its stead.
    """

    executor: Executor
    bodies: tuple[str, ...]
    others: tuple[Actor, ...] = ()

    @property
    def post(self) -> str | None:
        """The post that must act; None where a body must."""
        return self.executor.id if self.executor.kind == "post" else None

    @property
    def together(self) -> tuple[str, ...]:
        """All bodies that must act: its own, and those of joint ones."""
        joint = self.others if self.executor.jointly else ()
        return (*self.bodies, *(body for other in joint for body in other.together))

    @property
    def instead(self) -> tuple[str, ...]:
        """The bodies that may act in its stead."""
        if self.executor.jointly:
            return tuple(body for other in self.others for body in other.instead)
        return tuple(body for one in self.others for body in (*one.together, *one.instead))


class Deadline(Struct, frozen=True):
    """By when something is owed, and how that stands.

    `due` is None while the anchor's moment is not known; `earliest` is `due`, or when it would be
    due if its anchor came at the assessed time. `counted_from` is the latest of the anchor and of
    since when it was owed and known to be. What had passed when that became known is due
    `at_once`: outstanding, not overdue. What is repeated is due at the newest time that has
    passed without being reported done, else at the next one that is not met, and `again` after it.
    What was repeated until a moment that has come has `ended` then, and is not due again.
    """

    timing: Timing
    anchor_at: int | None
    due: int | None
    earliest: int
    overdue: bool
    at_once: bool = False
    counted_from: int | None = None
    again: int | None = None
    ended: int | None = None


class Asked(Struct, frozen=True):
    """One plan's request for an action: where, the level it hangs on, its deadline and basis.

    `met` is since when it has been asked for by what we know now, `known` since when an
    assessment would have shown it; None where it may be asked for and never surely was.
    `done_at` is when it was met for good, or last done of what is repeated; `done` is each time
    since it was last asked for anew. `rule` is the id of what its author wrote.
    """

    plan: str
    track: str | None
    area: str
    action: str
    level: str | None
    deadline: Deadline | None
    verb: str
    certainty: Certainty
    met: int | None
    known: int | None
    done: tuple[int, ...]
    done_at: int | None
    basis: tuple[Basis, ...]
    span: Span | None
    rule: RuleId

    @property
    def key(self) -> ActionKey:
        """Which action of which plan is asked for."""
        return ActionKey(self.plan, self.action)


class Refusal(Struct, frozen=True):
    """That people declined to start or raise a response to a `level`, to lower or to end it.

    `id` is that of the observation.
    """

    id: str
    at: int
    move: Literal["raise", "lower", "end"]
    level: str | None
    by: str | None
    reason: str


class Command(Struct, frozen=True):
    """That a post or body commands a response, or acts for a `post`, since people said so."""

    id: str
    at: int
    to: str
    by: str | None
    reason: str | None
    post: str | None = None


class Receipt(Struct, frozen=True):
    """That somebody said to have received an order or a report; `by` None: nobody is named."""

    by: str | None
    at: int


class ActionItem(Struct, frozen=True):
    """Something to do: one row even where several plans ask it; the tightest deadline governs.

    Every executor and addressee that any of them names is kept; the verb is the strongest of
    those that ask it as surely as the row says. `acknowledged` since it was last asked for anew:
    that changes no limit.
    """

    do: Label
    object: str | None
    executors: tuple[Actor, ...]
    bodies: tuple[str, ...]  # the agencies that the executors resolve to
    mode: Literal["order", "request", "first-response"]
    certainty: Certainty
    verb: str
    verb_label: Label
    deadline: Deadline | None
    after: tuple[ActionKey, ...]
    done_when: str | None
    means: str | None
    addressees: tuple[Actor, ...]
    to: tuple[str, ...]
    approve: tuple[Actor, ...]  # whoever must approve the action itself
    done_at: int | None
    asked: tuple[Asked, ...]
    acknowledged: tuple[Receipt, ...] = ()

    @property
    def id(self) -> str:
        """`<plan>:<action>`, of the first that asks for it."""
        return str(self.asked[0].key)


class AgencyRole(Struct, frozen=True):
    """A body that has something to do; `role` is the strongest that any plan gives it."""

    agency: str
    label: Label
    role: str
    plans: tuple[tuple[str, str], ...]  # (plan, the role it gives)
    duties: tuple[str, ...]
    mode: Literal["order", "request"]


class HeldResource(Struct, frozen=True):
    """Something held ready by a plan that is at a level; `mode` is None where nobody holds it."""

    plan: str
    resource: str
    label: Label
    quantity: str
    held_by: tuple[str, ...]
    at: str | None
    mode: Literal["order", "request"] | None


class Pair(Struct, frozen=True):
    """One sender of a report, and the bodies that it itself reports to."""

    by: str
    to: tuple[str, ...]


class ReportItem(Struct, frozen=True):
    """A report that is due; where several regimes bind, the tightest comes first.

    It `governs` where none of its kind to the same bodies is due sooner. `met`, `known` and
    `done_at` are as those of an action, and so are `rule` and `acknowledged`.
    """

    kind: Literal["report", "request", "information"]
    document: str
    report: str
    area: str
    senders: tuple[Actor, ...]  # as written; () where nobody is named
    by: tuple[str, ...]
    addressees: tuple[Actor, ...]
    to: tuple[str, ...]
    pairs: tuple[Pair, ...]  # who reports to whom: `by` and `to` are all of them together
    to_label: str
    level: str | None
    deadline: Deadline | None
    means: str | None
    content: tuple[str, ...]
    governs: bool
    certainty: Certainty
    verb: str | None
    approve: tuple[Actor, ...]
    met: int | None
    known: int | None
    done: tuple[int, ...]
    done_at: int | None
    basis: tuple[Basis, ...]
    rule: RuleId
    acknowledged: tuple[Receipt, ...] = ()


class Question(Struct, frozen=True):
    """A fact to ask for: what it is now, who can tell, and what knowing it could change."""

    cell: Cell
    value: ValueSet
    observed: bool
    provider: tuple[str, ...]
    silent: tuple[str, ...]
    could_give: tuple[tuple[str, str | None], ...]  # (decision id, level it could make certain)
    alone: bool  # False: it matters only together with others
    forecast_until: int | None = None  # how far forecasts cover the time asked about, gaplessly


class Assumption(Struct, frozen=True):
    """A by-exception fact taken as not happened; `earlier`: before somebody spoke of it."""

    cell: Cell
    value: ValueSet
    earlier: bool = False


class Invocable(Struct, frozen=True):
    """An act that people may make: the clause, its holders, and what making it would change.

    `by` is the first of them, `alternates` the others: each may make it alone.

    `changes`: it `gives` a worse `level`; it `eases`: the response in force may be lowered or
    ended; the level is `lost`, down to `level` (None: none); the plan is `excluded`; it `keeps`
    in force what may be lowered or ended without it. `place` is the area or object that it would
    be made for, where it is asked of several.
    """

    clause: str
    kind: str
    what: str
    by: str | None
    decision: str
    level: str | None
    span: Span | None
    place: str | None = None
    changes: Change = "gives"
    alternates: tuple[str, ...] = ()


class Excluded(Struct, frozen=True):
    """A plan that does not apply because of its `not`, and the plan to use instead.

    `text` is the author's condition, `held` what held of it where that is certain.
    """

    plan: str
    area: str
    instead: str | None
    certainty: Certainty
    text: str
    held: tuple[Held, ...]
    basis: tuple[Basis, ...]
    span: Span | None


class Judge(Struct, frozen=True):
    """A document in force that judged a hazard; `own`: it is for it, not for all above it."""

    document: str
    label: Label
    edition: str
    own: bool


class Coverage(Struct, frozen=True):
    """Who judged a hazard of the incident; not `covered` where nothing in force is for it."""

    hazard: str
    covered: bool
    judges: tuple[Judge, ...]


class Outdated(Struct, frozen=True):
    """Statements of a fact that gave way to newer evidence, wholly or at their upper end."""

    cell: Cell
    statements: tuple[Statement, ...]


class Conflict(Struct, frozen=True):
    """What does not fit together: evidence, issued levels and facts, people and plans.

    `subject` is what it is about: a cell, a hazard, a plan or a decision, which `decision` tells.
    """

    kind: Literal["not-covered", "evidence", "issued", "unheard", "overdue", "authority", "edition"]
    subject: str
    text: Text
    statements: tuple[Statement, ...] = ()
    decision: UnitKey | None = None
