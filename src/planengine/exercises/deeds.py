"""What players tell: a decision made or declined, a duty done, as an observation."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from planengine.assessment.decisions import Decision
from planengine.domain.documents import Executor
from planengine.domain.entities import Entities
from planengine.exercises.duties import Owed


def decided(item: Decision, level: str | None, entities: Entities, **said: str) -> dict[str, Any]:
    """That people put a level in force (None: none); `said` is by whom, for how long, and why."""
    return _about(item, {"level": level or "none", **said}, entities)


def declined(item: Decision, move: str, entities: Entities, **said: str) -> dict[str, Any]:
    """That people declined a move: a level, `lower` or `end`."""
    return _about(item, {"decline": move, **said}, entities)


def _about(item: Decision, said: dict[str, str], entities: Entities) -> dict[str, Any]:
    track = {} if item.track is None else {"track": item.track}
    decide = {**_whose(item.plan or "", entities), **track, **said}
    return {**_place(item.area, entities), "decide": decide}


def carried_out(one: Owed, entities: Entities) -> dict[str, Any]:
    """That a duty was done: an action, or a report or release that was made."""
    key, kind = _kind(one)
    return {**_place(one.area, entities), key: {**_whose(one.document, entities), kind: one.item}}


def received(one: Owed, entities: Entities, **said: str) -> dict[str, Any]:
    """That an order, a report or a release was received."""
    _, kind = _kind(one)
    duty = {**_whose(one.document, entities), kind: one.item, **said}
    return {**_place(one.area, entities), "acknowledged": duty}


def _kind(one: Owed) -> tuple[str, str]:
    if one.kind == "action":
        return "done", "action"
    return "reported", "release" if one.kind == "information" else "report"


def _whose(document: str, entities: Entities) -> dict[str, str]:
    plans = entities.plans.get(document)
    if plans is None:
        return {"standard": document}
    plan = plans[-1]
    if plan.jurisdiction == entities.home:
        return {"plan": plan.id}
    return {"plan": plan.id, "jurisdiction": plan.jurisdiction}


def _place(area: str | None, entities: Entities) -> dict[str, str]:
    if area is None or area == entities.home:
        return {}
    return {"object" if area in entities.objects else "area": area}


def ids_of(executor: Executor | None) -> Iterator[str]:
    """The ids of an executor and its alternates."""
    if executor is not None:
        yield executor.id
        for other in executor.alternates:
            yield from ids_of(other)
