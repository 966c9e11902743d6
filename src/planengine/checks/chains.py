"""Chains of reports: by when news get to a body, against when that body must have passed it on.

A report that counts from `receipt` goes on where another one ended: a limit of the law that counts
from the event itself cannot be kept by a body that the chain below it tells too late.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from planengine.checks.alternatives import shape
from planengine.checks.checked import Checked
from planengine.checks.reporting import LAW, is_of_hazards, is_plain, is_single
from planengine.checks.required import bases_shown
from planengine.diagnostics import Diagnostic, Span, Text, finding
from planengine.domain.documents import Executor, Plan, Report, Standard
from planengine.domain.hazards import with_above
from planengine.domain.terms import AllOf, AnyOf, HazardTerm, NotOf, Term
from planengine.domain.vocabulary import MomentMeaning
from planengine.values.durations import format_duration

_STEP = Text("a step of the chain", "逐级上报的一环")


class _Limit(Struct, frozen=True):
    """A report with its document; each body that sends or gets it, as the report names it."""

    report: Report
    document: Standard | Plan
    seconds: int
    senders: Mapping[str, str]
    addressees: Mapping[str, str]

    @property
    def is_of_plan(self) -> bool:
        return isinstance(self.document, Plan)


class _Reached(Struct, frozen=True):
    """When news are with a body at the latest, and the steps by which they get there."""

    seconds: int
    steps: tuple[_Limit, ...]


def chains_longer_than_limits(checked: Checked) -> Iterator[Diagnostic]:
    """`report-chain-late`: a chain of reports takes longer than a limit leaves to its end.

    Such a limit counts from the event, and its sender is only told by the chain; or it names no
    sender, and its addressee is. Of several chains the quickest counts, and every step of
    one must be due wherever the limit is. It is told at the longest step that a plan chose, else
    at the limit.
    """
    every = [limit for document in checked.documents for limit in _limits(document, checked)]
    told: dict[Span | None, tuple[int, Diagnostic]] = {}
    reached = {body for limit in every for body in limit.addressees}
    for outer in every:
        if not _is_outer(outer) or reached.isdisjoint(outer.senders or outer.addressees):
            continue
        for hazard in _hazards(outer, checked):
            together = [one for one in every if _go_together(one, outer, hazard, checked)]
            for excess, found in _late(outer, together, checked):
                if found.span not in told or excess > told[found.span][0]:
                    told[found.span] = (excess, found)
    yield from (found for _, found in told.values())


def _is_outer(limit: _Limit) -> bool:
    timing = limit.report.timing
    if not is_single(timing):
        return False
    return timing.meaning == "occurrence" or (timing.meaning == "receipt" and not limit.senders)


def _hazards(limit: _Limit, checked: Checked) -> Iterator[str]:
    """The hazards that a limit is for and some document names: each has chains of its own."""
    named = {hazard for document in checked.documents for hazard in document.hazards}
    for hazard in sorted(named):
        if _covers(limit.document, hazard, checked) and _is_for(limit.report.when, hazard, checked):
            yield hazard


def _covers(document: Standard | Plan, hazard: str, checked: Checked) -> bool:
    return bool(set(document.hazards) & set(with_above(hazard, checked.entities.hazards)))


def _limits(document: Standard | Plan, checked: Checked) -> Iterator[_Limit]:
    for report in document.reports:
        timing = report.timing
        if timing is not None and timing.kind == "within":
            yield _Limit(
                report,
                document,
                timing.seconds,
                _bodies(report.by, document, checked),
                _bodies(report.to, document, checked),
            )


def _bodies(
    who: Sequence[Executor], document: Standard | Plan, checked: Checked
) -> Mapping[str, str]:
    """The bodies meant; a role that the registry has nobody for stands for itself."""
    found: dict[str, str] = {}
    for one in who:
        for body in tuple(checked.bodies((one,), document)) or (f"{one.kind} {one.id}",):
            found.setdefault(body, one.id or body)
    return found


def _late(
    outer: _Limit, together: Sequence[_Limit], checked: Checked
) -> Iterator[tuple[int, Diagnostic]]:
    """The finding that the chain before a limit is too long, and by how many seconds it is."""
    timing = outer.report.timing
    assert timing is not None
    quickest = _reached(together, timing.meaning)
    surely = _reached(
        [one for one in together if _is_due_with(one, outer, checked)], timing.meaning
    )
    ends = outer.senders or outer.addressees
    late = [
        (surely[body], name)
        for body, name in ends.items()
        if body in surely and body in quickest
        if min(surely[body].seconds, quickest[body].seconds) > outer.seconds
        if _binds(outer, surely[body].steps)
    ]
    if not late:
        return
    way, name = max(late, key=lambda one: one[0].seconds)
    chosen = [step for step in way.steps if step.is_of_plan]
    cause = max(chosen, key=lambda step: step.seconds, default=outer).report.span
    spans = [(LAW, outer.report.span), *((_STEP, step.report.span) for step in way.steps)]
    found = finding(
        "report-chain-late",
        cause,
        related=[(words, at) for words, at in spans if at is not None and at != cause],
        chain=tuple(_step(step, checked) for step in way.steps),
        sum=format_duration(way.seconds),
        name=name,
        asked=_asked(name, outer),
        limit=format_duration(outer.seconds),
        anchor=str(timing.anchor),
        basis=_basis(outer, checked),
    )
    yield way.seconds - outer.seconds, found


def _asked(name: str, outer: _Limit) -> Text:
    """What a limit asks of whom the chain reaches too late."""
    if not outer.senders:
        return Text(f"`{name}` must be told", f"须报到 `{name}`")
    to = ", ".join(dict.fromkeys(outer.addressees.values()))
    return Text(f"`{name}` must report to `{to}`", f"`{name}` 须报 `{to}`")


def _step(step: _Limit, checked: Checked) -> Text:
    """One step in words: from whom to whom, how long, and by which clause."""
    way = " → ".join(
        "/".join(dict.fromkeys(bodies.values())) for bodies in (step.senders, step.addressees)
    )
    basis, limit = _basis(step, checked), format_duration(step.seconds)
    return Text(f"{way} {limit} ({basis.en})", f"{way} {limit}（{basis.zh}）")


def _basis(limit: _Limit, checked: Checked) -> Text:
    return bases_shown(limit.report.basis or limit.document.basis, checked)


def _go_together(one: _Limit, outer: _Limit, hazard: str, checked: Checked) -> bool:
    """Whether a report may be due while a limit is: for a hazard, at one time, at one level."""
    if one is outer or not _is_for(one.report.when, hazard, checked):
        return False
    mine, theirs = one.document, outer.document
    if mine is theirs:
        ours, its = one.report.ranks, outer.report.ranks
        return ours is None or its is None or bool(ours & its)
    return mine.edition.period.meets(theirs.edition.period) and _covers(mine, hazard, checked)


def _is_for(when: Term | None, hazard: str, checked: Checked) -> bool:
    """Whether a condition can hold for a hazard; what asks anything else can."""
    match when:
        case HazardTerm():
            return when.hazard in with_above(hazard, checked.entities.hazards)
        case AllOf():
            return all(_is_for(part, hazard, checked) for part in when.of)
        case AnyOf():
            return any(_is_for(part, hazard, checked) for part in when.of)
        case NotOf(of=HazardTerm() | AnyOf() as part) if is_of_hazards(part):
            return not _is_for(part, hazard, checked)
        case _:
            return True


def _is_due_with(one: _Limit, outer: _Limit, checked: Checked) -> bool:
    """Whether a report is surely due wherever a limit is.

    Levels of two documents do not compare: a report at the worst is due with the other's worst.
    """
    mine, its = one.report, outer.report
    if not is_single(mine.timing):
        return False
    if one.document is not outer.document:
        tracks = (track for track in one.document.tracks if mine.track in (None, track.id))
        worst = {len(checked.entities.scales[track.scale].levels) for track in tracks}
        return is_plain(mine) and (mine.ranks is None or worst <= mine.ranks)
    if mine.track not in (None, its.track):
        return False
    if mine.when is not None and not is_of_hazards(mine.when):
        return shape(mine.when) == shape(its.when)
    if mine.on is not None or its.on is not None:
        return shape(mine.on) == shape(its.on)
    return mine.ranks is None or (its.ranks is not None and its.ranks <= mine.ranks)


def _reached(limits: Iterable[_Limit], anchor: MomentMeaning | None) -> Mapping[str, _Reached]:
    """When news get to each body by the quickest chain, counted from `anchor`.

    Who is told by nobody has them at once. What counts from the event is no part of a chain that
    begins with the receipt of somebody: it may be there before.
    """
    steps = [(one, body) for one in limits for body in one.addressees]
    found: dict[str, _Reached] = {}
    told = {body for _, body in steps}
    changed = True
    while changed:
        changed = False
        for step, body in steps:
            for way in _ways(step, found, told, anchor):
                known = found.get(body)
                if known is None or way.seconds < known.seconds:
                    found[body] = way
                    changed = True
    return found


def _ways(
    step: _Limit, found: Mapping[str, _Reached], told: set[str], anchor: MomentMeaning | None
) -> Iterator[_Reached]:
    meaning = step.report.timing.meaning if step.report.timing is not None else None
    if meaning == "occurrence":
        yield _Reached(step.seconds if anchor == "occurrence" else 0, (step,))
    elif meaning == "receipt":
        for sender in step.senders:
            if sender in found:
                before = found[sender]
                yield _Reached(before.seconds + step.seconds, (*before.steps, step))
            elif sender not in told:
                yield _Reached(step.seconds, (step,))


def _binds(outer: _Limit, steps: Sequence[_Limit]) -> bool:
    """Whether a limit is one for a chain: a plan's own binds what plans chose, not the law's."""
    if not isinstance(outer.document, Plan):
        return True
    return any(step.is_of_plan for step in steps)
