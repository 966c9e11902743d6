"""Releases to the public: that there is one, who approves it, and how late it may be."""

from __future__ import annotations

from collections.abc import Iterator

from planengine.checks.checked import Checked
from planengine.checks.required import asked_of, every_asked_of, shown
from planengine.diagnostics import Diagnostic, finding
from planengine.domain.documents import Information, Plan
from planengine.domain.requirements import Requirement
from planengine.values.durations import format_duration


def releases_not_meant(checked: Checked) -> Iterator[Diagnostic]:
    """`no-release`, `release-without-approver`, `release-without-limit` and `release-late`."""
    for plan in checked.plans:
        asked = asked_of(plan, "release", checked)
        if asked is not None and not plan.information and any(t.rules for t in plan.tracks):
            yield finding("no-release", plan.span, name=plan.id, basis=shown(asked, checked))
        told: set[object] = set()
        for release in plan.information:
            if release.approve is None and release.span not in told:
                told.add(release.span)
                yield finding("release-without-approver", release.span, name=release.id)
            if release.timing is None:
                yield finding("release-without-limit", release.span, name=release.id)
            yield from _late(release, plan, checked)


def _late(release: Information, plan: Plan, checked: Checked) -> Iterator[Diagnostic]:
    """The tightest limit that a release breaks: the rules count from the event itself."""
    timing = release.timing
    if timing is None:
        return
    asks = every_asked_of(
        plan, "first-release" if release.part == "first" else "conference", checked
    )
    broken = [one for one in asks if _is_broken(one, timing.seconds, release, plan, checked)]
    tightest = min(broken, key=lambda one: one.seconds or 0, default=None)
    if tightest is not None and tightest.seconds is not None:
        yield finding(
            "release-late",
            release.span,
            name=release.id,
            limit=format_duration(timing.seconds),
            law=format_duration(tightest.seconds),
            basis=shown(tightest, checked),
        )


def _is_broken(
    one: Requirement, seconds: int, release: Information, plan: Plan, checked: Checked
) -> bool:
    if one.seconds is None or seconds <= one.seconds:
        return False
    return not one.worst or _is_for_the_worst(release, plan, checked)


def _is_for_the_worst(release: Information, plan: Plan, checked: Checked) -> bool:
    """Whether a release is made at the worst level, and no earlier one of its kind is."""
    tracks = [t for t in plan.tracks if release.track in (None, t.id)]
    worst = {len(checked.entities.scales[track.scale].levels) for track in tracks}
    if not worst or (release.ranks is not None and not worst & release.ranks):
        return False
    others = [
        one
        for one in plan.information
        if one.part == release.part
        and one is not release
        and one.timing is not None
        and one.track in (None, release.track)
        and (one.ranks is None or worst <= one.ranks)
    ]
    mine = release.timing
    return mine is not None and all(
        one.timing is not None and one.timing.seconds >= mine.seconds for one in others
    )
