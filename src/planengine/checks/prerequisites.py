"""What must be done first, and is due later or not at all; and what is repeated without an end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from planengine.checks.checked import Checked
from planengine.diagnostics import Diagnostic, Text, finding
from planengine.domain.documents import Action, Plan, Timing
from planengine.domain.entities import Entities
from planengine.domain.vocabulary import Scale
from planengine.values.durations import format_duration

_FIRST = Text("what must be done first", "前置措施")


def prerequisites_out_of_order(checked: Checked) -> Iterator[Diagnostic]:
    """`prerequisite-later` and `prerequisite-elsewhere`."""
    for plan in checked.plans:
        by_id: dict[str, list[Action]] = {}
        for action in plan.actions:
            by_id.setdefault(action.id, []).append(action)
        for action in plan.actions:
            for before in action.after:
                yield from _wrong(action, by_id.get(before, ()), plan, checked.entities)


def _wrong(
    action: Action, before: Sequence[Action], plan: Plan, entities: Entities
) -> Iterator[Diagnostic]:
    if not action.ranks or not before or any(not one.ranks for one in before):
        return
    if any(one.track != action.track for one in before):
        return
    missing: list[int] = []
    for rank in sorted(action.ranks):
        first = _due_at(rank, before)
        if first is None and any(one.ranks and max(one.ranks) > rank for one in before):
            missing.append(rank)  # where a worse level drops it, that is told
        elif first is None:
            continue
        elif _is_later(first.timing, action.timing):
            assert first.timing is not None
            assert action.timing is not None
            yield finding(
                "prerequisite-later",
                action.span,
                related=((_FIRST, first.span),) if first.span is not None else (),
                name=action.id,
                limit=format_duration(action.timing.seconds),
                first=first.id,
                other=format_duration(first.timing.seconds),
            )
            return
    if missing:
        scale = _scale(action, plan, entities)
        levels = (scale.by_rank(rank) for rank in missing) if scale is not None else ()
        yield finding(
            "prerequisite-elsewhere",
            action.span,
            related=((_FIRST, before[0].span),) if before[0].span is not None else (),
            name=action.id,
            first=before[0].id,
            levels=tuple(level.id for level in levels if level is not None),
        )


def _due_at(rank: int, actions: Sequence[Action]) -> Action | None:
    """The entry of an action that is due at a level: of several, that of the worst beginning."""
    due = [one for one in actions if one.ranks and rank in one.ranks]
    return max(due, key=lambda one: min(one.ranks or (0,)), default=None)


def _is_later(first: Timing | None, then: Timing | None) -> bool:
    """Whether one limit surely ends after another: both count from the same moment."""
    if first is None or then is None:
        return False
    if (first.kind, first.anchor) != ("within", then.anchor) or then.kind != "within":
        return False
    return first.seconds > then.seconds


def _scale(action: Action, plan: Plan, entities: Entities) -> Scale | None:
    tracks = [track for track in plan.tracks if action.track in (None, track.id)]
    return entities.scales[tracks[0].scale] if tracks else None


def actions_never_due(checked: Checked) -> Iterator[Diagnostic]:
    """`action-never`: an action at levels that no condition gives and nothing lifts to."""
    lifted = {
        link.target_plan
        for plan in checked.plans
        for link in plan.links
        if link.kind == "activate" and link.target_plan is not None
    }
    matching = {
        (plan.id, plan.jurisdiction)
        for plan in checked.plans
        if any(link.kind == "match-below" for link in plan.links)
    }
    for plan in checked.plans:
        around = checked.registry(plan).ancestors(plan.jurisdiction)
        if plan.id in lifted or any((plan.id, area) in matching for area in around):
            continue
        matched = {link.track for link in plan.links if link.kind == "match-above"}
        for action in plan.actions:
            tracks = [track for track in plan.tracks if action.track in (None, track.id)]
            if not action.ranks or not tracks:
                continue
            if any(t.raise_by or t.mapping or t.id in matched or None in matched for t in tracks):
                continue
            given = {rule.rank for track in tracks for rule in track.rules}
            given |= {duty.rank for track in tracks for duty in track.duties}
            if not action.ranks & given:
                yield finding("action-never", action.span, name=action.id)


def repeated_without_end(checked: Checked) -> Iterator[Diagnostic]:
    """`repeat-without-until`: a duty of a plan that comes again, and nothing says until when."""
    for plan in checked.plans:
        duties = [(one.id, one.timing, one.span) for one in plan.actions]
        duties += [(one.id, one.timing, one.span) for one in plan.reports]
        for name, timing, span in duties:
            if timing is not None and timing.repeat is not None and timing.until is None:
                yield finding("repeat-without-until", span, name=name)


def actions_dropped(checked: Checked) -> Iterator[Diagnostic]:
    """`action-dropped`: due at one level, and not at a worse one of the same track."""
    for plan in checked.plans:
        ranks_of: dict[tuple[str, str | None], set[int]] = {}
        for action in plan.actions:
            if action.ranks:
                ranks_of.setdefault((action.id, action.track), set()).update(action.ranks)
        for action in plan.actions:
            scale = _scale(action, plan, checked.entities)
            due = ranks_of.pop((action.id, action.track), set())
            if scale is None or not due:
                continue
            worse = set(range(max(due) + 1, len(scale.levels) + 1))
            levels = (scale.by_rank(rank) for rank in sorted(worse))
            missing = tuple(level.id for level in levels if level is not None)
            if missing:
                mildest = scale.by_rank(max(due))
                yield finding(
                    "action-dropped",
                    action.span,
                    name=action.id,
                    level=mildest.id if mildest is not None else "",
                    levels=missing,
                )
