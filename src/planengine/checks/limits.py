"""Duties without a limit, and limits that count from what never comes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from planengine.checks.checked import Checked
from planengine.diagnostics import Diagnostic, Span, Text, finding
from planengine.domain.documents import Action, Plan, Standard, Timing
from planengine.domain.ids import DoneOf
from planengine.domain.vocabulary import Scale

_OF_RESPONSE = frozenset({"proposal", "start", "level-change"})
_NEVER_STARTED = {
    "standard": Text("nobody starts a standard", "标准不会被“启动”"),
    "plan": Text("this plan has no levels that could be started", "本预案没有可启动的级别"),
}

_BEFORE_ANY = Text(
    "a first response is due before anybody starts a level", "先期处置在启动任何级别之前就要做"
)


class _Limit(Struct, frozen=True):
    """A limit with what tells when its duty is due."""

    timing: Timing
    span: Span | None
    track: str | None = None
    ranks: frozenset[int] | None = None
    is_first: bool = False  # of a first response


def actions_without_limit(checked: Checked) -> Iterator[Diagnostic]:
    """`action-without-limit`: an action that says who and what, but not by when."""
    for plan in checked.plans:
        for action in plan.actions:
            if action.timing is None:
                yield finding("action-without-limit", action.span, name=action.id)


def anchors_that_never_come(checked: Checked) -> Iterator[Diagnostic]:
    """`anchor-never`: what a limit counts from cannot happen where the duty is due."""
    for document in checked.documents:
        yield from _anchors(document, checked.entities.scales)


def _anchors(ruled: Standard | Plan, scales: Mapping[str, Scale]) -> Iterator[Diagnostic]:
    actions = ruled.actions if isinstance(ruled, Plan) else ()
    started = isinstance(ruled, Plan) and any(
        track.rules or track.mapping or track.duties for track in ruled.tracks
    )
    kind = "plan" if isinstance(ruled, Plan) else "standard"
    tracks = {track.id: scales[track.scale] for track in ruled.tracks}
    for limit in _limits(ruled):
        anchor = limit.timing.anchor
        why = None
        if limit.timing.meaning in _OF_RESPONSE and not started:
            why = _NEVER_STARTED[kind]
        elif limit.timing.meaning in _OF_RESPONSE and limit.is_first:
            why = _BEFORE_ANY
        elif isinstance(anchor, DoneOf):
            due = [action for action in actions if action.id == anchor.action]
            why = _not_due(limit, due, tracks.get(limit.track))
        if why is not None:
            yield finding("anchor-never", limit.span, anchor=str(anchor), why=why)


def _limits(ruled: Standard | Plan) -> Iterator[_Limit]:
    if isinstance(ruled, Plan):
        for action in ruled.actions:
            if action.timing is not None:
                first = action.mode == "first-response"
                yield _Limit(action.timing, action.span, action.track, action.ranks, first)
        for link in ruled.links:
            if link.timing is not None:
                yield _Limit(link.timing, link.span)
        for release in ruled.information:
            if release.timing is not None:
                yield _Limit(release.timing, release.span, release.track, release.ranks)
    for report in ruled.reports:
        if report.timing is not None:
            yield _Limit(report.timing, report.span, report.track, report.ranks)


def _not_due(limit: _Limit, due: Sequence[Action], scale: Scale | None) -> Text | None:
    """Why an action is not due where a limit that waits for it is; None where it may be."""
    if scale is None or not limit.ranks or any(not a.ranks for a in due):
        return None
    if any(action.track != limit.track for action in due):
        return None
    ranks = frozenset(rank for action in due for rank in action.ranks or ())
    missing = sorted(rank for rank in limit.ranks if not any(r <= rank for r in ranks))
    if not ranks or not missing:
        return None
    levels = tuple(level.id for rank in missing if (level := scale.by_rank(rank)) is not None)
    shown = ", ".join(levels)
    return Text(f"that action is not due at {shown}", f"在 {shown} 级时该措施不执行")
