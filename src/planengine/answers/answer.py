"""The whole answer as plain data, and the JSON Schema that follows from it."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal, TypeAlias

from msgspec import Struct, field

from planengine.answers.decision import Decision, Held
from planengine.answers.duties import Action, Certainty, Report
from planengine.answers.parts import Acting, Label, Place, Statement, Text, Time, Values
from planengine.domain.documents import Basis

SCHEMA_VERSION: Literal[1] = 1
"""Of the shape of an answer; it changes where a key is renamed, removed or means something else."""
UnreadReason: TypeAlias = Literal["no-rule", "other-hazards", "place", "subject", "scope"]


class Judge(Struct, frozen=True, kw_only=True):
    """A document in force that judged a hazard; `own`: it is for it, not for all above it."""

    document: str
    label: Label
    edition: str
    own: bool


class Coverage(Struct, frozen=True, kw_only=True):
    """Who judged a hazard of the incident; not `covered` where nothing in force is for it."""

    hazard: str
    covered: bool
    judged_by: tuple[Judge, ...]


class PlanRole(Struct, frozen=True, kw_only=True):
    """The role that a plan gives a body."""

    plan: str
    role: str


class Agency(Struct, frozen=True, kw_only=True):
    """A body that has something to do; `role` is the strongest that any plan gives it."""

    agency: str
    label: Label
    role: str
    plans: tuple[PlanRole, ...]
    duties: tuple[str, ...]
    mode: Literal["order", "request"]


class Resource(Struct, frozen=True, kw_only=True):
    """Something held ready by a plan that is at a level; `mode` is null where nobody holds it."""

    plan: str
    resource: str
    label: Label
    quantity: str
    held_by: tuple[str, ...]
    at: str | None
    mode: Literal["order", "request"] | None


class Contact(Struct, frozen=True, kw_only=True):
    """How a body or post is reached, as checked on the day `as_of`."""

    phone: tuple[str, ...]
    room: str | None
    text: str | None
    as_of: date | None


class Contacts(Struct, frozen=True, kw_only=True):
    """A body or post that duties name, and how it is reached."""

    kind: Literal["post", "agency"]
    id: str
    label: Label
    contacts: tuple[Contact, ...]


class Possible(Struct, frozen=True, kw_only=True):
    """The level that knowing a fact could make certain, of one decision."""

    decision: str
    level: str | None


class Question(Struct, frozen=True, kw_only=True):
    """A fact to ask for; with `alone` false it matters only together with others."""

    cell: str
    text: Text
    value: Values
    observed: bool
    provider: tuple[str, ...]
    silent: tuple[str, ...]
    could_give: tuple[Possible, ...]
    alone: bool
    forecast_until: Time | None


class Excluded(Struct, frozen=True, kw_only=True):
    """A plan that does not apply by its own words, and the plan to use instead."""

    plan: str
    area: str
    instead: str | None
    certainty: Certainty
    text: str
    place: Place | None
    basis: tuple[Basis, ...]
    held: tuple[Held, ...]


class Assumption(Struct, frozen=True, kw_only=True):
    """A by-exception fact taken as not happened; `earlier`: before somebody spoke of it."""

    cell: str
    text: Text
    value: Values
    earlier: bool


class Invocable(Struct, frozen=True, kw_only=True):
    """An act that people may make, and what making it would change."""

    clause: str
    kind: str
    what: str
    by: str | None
    alternates: tuple[str, ...] = field(name="or")  # who else may make it
    decision: str
    changes: Literal["gives", "eases", "owes", "lost", "excluded", "keeps"]
    level: str | None
    area: str | None
    place: Place | None


class Finding(Struct, frozen=True, kw_only=True):
    """Something wrong with what was written; see the page of its code."""

    code: str
    severity: Literal["error", "warning", "advice"]
    message: Text
    hint: Text | None
    place: Place | None


class Rejected(Struct, frozen=True, kw_only=True):
    """An observation that could not be read, and does not count.

    `number` is its place among the observations, from 1.
    """

    number: int
    id: str | None
    place: Place
    reasons: tuple[Finding, ...]


class Conflict(Struct, frozen=True, kw_only=True):
    """What does not fit together: evidence, issued levels and facts, people and plans."""

    kind: Literal["not-covered", "evidence", "issued", "unheard", "overdue", "authority", "edition"]
    subject: str
    text: Text
    statements: tuple[Statement, ...]


class Outdated(Struct, frozen=True, kw_only=True):
    """Statements of a fact that gave way to newer evidence."""

    cell: str
    text: Text
    statements: tuple[Statement, ...]


class Unread(Struct, frozen=True):
    """A stated fact that no decision reads, and why.

    `no-rule`: no rule of the library reads it; `other-hazards`: only rules for `hazards` do,
    which this incident has not; `place`: nobody decides where it was stated; `subject`: it was
    stated of what it is no fact of; `scope`: of a place that the incident cannot touch.
    """

    fact: str
    place: str
    reason: UnreadReason
    hazards: tuple[str, ...] = ()


class NotAsked(Struct, frozen=True):
    """A fact that is of `hazards` only, none of which the incident has: it does not apply."""

    fact: str
    hazards: tuple[str, ...]


class Answer(Struct, frozen=True, kw_only=True):
    """What the facts of one incident support at one time, everything of it."""

    schema: Literal[1]
    incident: str
    label: Label
    hazards: tuple[str, ...]
    at: Time
    status: Literal["actual", "exercise", "test"]
    tainted: bool
    coverage: tuple[Coverage, ...]
    decisions: tuple[Decision, ...]
    acting: tuple[Acting, ...]
    agencies: tuple[Agency, ...]
    actions: tuple[Action, ...]
    resources: tuple[Resource, ...]
    reports: tuple[Report, ...]
    contacts: tuple[Contacts, ...]
    ask: tuple[Question, ...]
    not_asked: tuple[NotAsked, ...]
    excluded: tuple[Excluded, ...]
    assumed: tuple[Assumption, ...]
    may_invoke: tuple[Invocable, ...]
    conflicts: tuple[Conflict, ...]
    outdated: tuple[Outdated, ...]
    unread: tuple[Unread, ...]
    rejected: tuple[Rejected, ...]
    recheck_at: Time | None


def json_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of an answer, made from the types that it is encoded from."""
    return schema_of(Answer)


def schema_of(kind: type) -> dict[str, Any]:
    """The JSON Schema (2020-12) of what a type of plain data is encoded to."""
    from msgspec import json

    found = {"$schema": "https://json-schema.org/draft/2020-12/schema", **json.schema(kind)}
    data: dict[str, Any] = json.decode(json.encode(found))  # its tuples are lists in JSON
    _settle(data)
    return data


def _settle(schema: object) -> None:
    """Write a schema alike, whichever Python and msgspec made it."""
    from inspect import cleandoc

    if isinstance(schema, dict):
        for part in schema.values():
            _settle(part)
        if "anyOf" in schema:
            schema["anyOf"].sort(key=lambda one: one == {"type": "null"})
        if isinstance(schema.get("description"), str):
            schema["description"] = cleandoc(schema["description"])
    elif isinstance(schema, list):
        for part in schema:
            _settle(part)
