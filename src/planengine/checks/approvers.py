"""Who approves: a worse level by nobody lower than a milder one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from planengine.checks.bodies import stands_below
from planengine.checks.checked import Checked
from planengine.diagnostics import Diagnostic, Span, Text, finding
from planengine.domain.documents import Executor, LevelDuties, Track
from planengine.domain.registry import Registry

_MILDER = Text("the milder level", "较轻的级别")


class _Approval(Struct, frozen=True):
    """Who approves one level, by the strongest verb that it has."""

    rank: int
    who: Executor
    span: Span | None


def approvers_upside_down(checked: Checked) -> Iterator[Diagnostic]:
    """`approver-lower`: of a worse level somebody below whoever approves a milder one.

    Somebody is lower who is held in a body that reports to the other's, or who also approves a
    level that is milder still, with another one between.
    """
    for plan in checked.plans:
        registry = checked.registry(plan)
        for track in (*plan.tracks, *plan.warnings):
            scale = checked.entities.scales[track.scale]
            approvals = _approvals(track)
            for place, worse in enumerate(approvals):
                milder = _higher(worse, approvals[:place], registry)
                if milder is None:
                    continue
                levels = [scale.by_rank(one.rank) for one in (worse, milder)]
                yield finding(
                    "approver-lower",
                    worse.span,
                    related=((_MILDER, milder.span),) if milder.span is not None else (),
                    level=levels[0].id if levels[0] is not None else "",
                    name=worse.who.id,
                    milder=levels[1].id if levels[1] is not None else "",
                    other=milder.who.id,
                )
                break


def _approvals(track: Track) -> Sequence[_Approval]:
    """Of each level who approves it, the mildest first."""
    found: dict[int, _Approval] = {}
    for duty in sorted(track.duties, key=_rank):
        if duty.approve is not None and not duty.approve.jointly:
            found.setdefault(duty.rank, _Approval(duty.rank, duty.approve, duty.span))
    return tuple(found.values())


def _rank(duty: LevelDuties) -> int:
    return duty.rank


def _higher(worse: _Approval, milder: Sequence[_Approval], registry: Registry) -> _Approval | None:
    """Which of the approvals of milder levels is by somebody higher."""
    body = _body(worse.who, registry)
    for place, one in enumerate(milder):
        other = _body(one.who, registry)
        if body is not None and other is not None and stands_below(body, other, registry):
            return one
        before = {_key(earlier.who) for earlier in milder[:place]}
        if _key(one.who) != _key(worse.who) and _key(worse.who) in before:
            return one
    return None


def _key(who: Executor) -> tuple[str, str]:
    return who.kind, who.id


def _body(who: Executor, registry: Registry) -> str | None:
    if who.kind == "agency":
        return who.id
    return registry.entities.posts[who.id].body if who.kind == "post" else None
