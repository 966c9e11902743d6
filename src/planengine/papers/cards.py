"""The action card of a post, a township or another body: one page, in the order of time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from planengine.assessment.assessment import Assessment
from planengine.assessment.decisions import Decision
from planengine.assessment.terms_in_words import told
from planengine.domain.documents import Action, Plan, Report, Timing, Track
from planengine.domain.terms import Term
from planengine.papers.card_decisions import decides, warnings
from planengine.papers.heads import head
from planengine.papers.holders import Holder
from planengine.papers.levels import is_repeated, issuers, running
from planengine.papers.offices import office_of
from planengine.papers.page_size import fit
from planengine.papers.parts import ActionCard, Sentence, Step, StepGroup
from planengine.papers.wording import Wording
from planengine.rules.ruleset import Unit

_NO_LIMIT = 10**9


def card(
    assessment: Assessment, wording: Wording, name: str, only: str | None = None
) -> ActionCard | None:
    """The card of a post or body for the incident's plans, or for `only` one of them.

    None where no plan asks anything of it.
    """
    holder = Holder(assessment, name)
    outline = assessment.situation.outline
    groups: list[StepGroup] = []
    named: list[tuple[str, str]] = []
    occasions: dict[str, None] = {}
    colours: list[Sentence] = []
    for key, plan in outline.plans.items():
        if only in {None, key}:
            made = tuple(_groups(key, plan, holder, assessment, wording))
            groups += made
            if made:
                occasions.update(dict.fromkeys(_occasions(made, plan, wording)))
                named += [("agency", one) for one in office_of(assessment, plan)]
                named += _addressees(plan, holder)
                colours += _colours(key, plan, assessment, wording)
    if not groups:
        return None
    groups.sort(key=lambda group: _turn(group, wording))
    above = assessment.situation.entities.agencies[holder.body].reports_to
    named = [*([("agency", above)] if above else []), *named]
    calls = tuple(one for one in wording.calls(named) if one.name != wording.words.named(name))
    signals = (*_signals(assessment, wording), *colours)
    who = wording.words.named(name)
    held = assessment.situation.entities.posts[name].held_by if holder.post else None
    title = wording.say(f"{who}应急处置明白卡", f"Action card: {who}")
    size, one_page = fit(tuple(groups), signals, calls)
    return ActionCard(
        head=head(
            assessment,
            wording,
            "card",
            title,
            state="",
            file=wording.say(f"明白卡-{who}", f"card-{who}"),
            sender="",
            body=groups,
        ),
        who=who + wording.aside(wording.original(held or "")),
        occasions=tuple(Sentence(one) for one in occasions),
        groups=tuple(groups),
        signals=signals,
        calls=calls,
        size=size,
        one_page=one_page,
    )


_OCCASIONS = (("见险先做", "At once, on seeing it"), ("情形出现时", "When it comes to it"))


def _turn(group: StepGroup, wording: Wording) -> int:
    """What needs no level comes first; the rest as it is, by plan and from the mildest level."""
    occasions = [wording.say(*one) for one in _OCCASIONS]
    return occasions.index(group.occasion) if group.occasion in occasions else len(occasions)


def _groups(
    key: str, plan: Plan, holder: Holder, assessment: Assessment, wording: Wording
) -> Iterator[StepGroup]:
    own = [one for one in plan.actions if holder.is_meant(one.executors, plan)]
    reports = [one for one in plan.reports if holder.is_meant(one.by, plan)]
    name = wording.words.document(key)
    waits = wording.say("不待启动", "waits for no start")
    first = [one for one in own if one.mode == "first-response"]
    other = [one for one in own if one.mode != "first-response" and one.ranks is None]
    if first:
        steps = _steps(first, (), key, wording)
        yield StepGroup(wording.say(*_OCCASIONS[0]), name, waits, steps)
    told_reports = [one for one in reports if one.ranks is None]
    if other or told_reports:
        steps = _steps(other, told_reports, key, wording)
        yield StepGroup(wording.say(*_OCCASIONS[1]), name, waits, steps)
    for track in plan.warnings:
        if _is_judged(assessment, key, track, "warning"):
            yield from warnings(key, track, holder, wording)
    for track in plan.tracks:
        if not _is_judged(assessment, key, track, "level"):
            continue
        for rank in range(1, len(wording.entities.scales[track.scale].levels) + 1):
            group = _at_level(key, plan, track, rank, own, reports, holder, assessment, wording)
            if group is not None:
                yield group


def _at_level(
    key: str,
    plan: Plan,
    track: Track,
    rank: int,
    own: list[Action],
    reports: list[Report],
    holder: Holder,
    assessment: Assessment,
    wording: Wording,
) -> StepGroup | None:
    """What begins at a level; what milder levels asked goes on unless it is replaced."""
    here = [one for one in own if _begins(one.ranks, one.track, track, rank)]
    sent = [one for one in reports if _begins(one.ranks, one.track, track, rank)]
    steps = [*decides(track, rank, holder, wording, key), *_steps(here, sent, key, wording)]
    if not steps:
        return None
    level = wording.entities.scales[track.scale].by_rank(rank)
    label = wording.level(track.scale, level.id if level is not None else None)
    name = wording.words.document(key)
    if track.id is not None and len(plan.tracks) > 1:
        name = wording.together(name, wording.words.track(key, track.id))
    occasion = wording.say(f"{label}起", f"From {label}")
    return StepGroup(occasion, name, _now(key, track, rank, assessment, wording), tuple(steps))


def _begins(ranks: frozenset[int] | None, own: str | None, track: Track, rank: int) -> bool:
    return ranks is not None and min(ranks) == rank and own in {None, track.id}


def _now(key: str, track: Track, rank: int, assessment: Assessment, wording: Wording) -> str:
    """How that level stands at present."""
    for item in assessment.decisions:
        if item.plan == key and item.track == track.id and item.purpose == "level":
            return _now_of(item, rank, assessment, wording)
    return ""


def _now_of(item: Decision, rank: int, assessment: Assessment, wording: Wording) -> str:
    unit: Unit = assessment.situation.outline.unit(item.key)
    put = running(assessment, item)
    if put is not None and put.rank >= rank:
        now = wording.level(item.scale, item.in_force)
        return wording.say(f"已启动（现为{now}）", f"IN FORCE (now {now})")
    if unit.scale.rank(item.level or "") >= rank and item.proposal in {"start", "raise"}:
        level = wording.level(item.scale, item.level)
        return wording.say(f"建议（{level}尚未启动）", f"ADVICE ({level} is not started)")
    return ""


def _steps(
    actions: Iterable[Action], reports: Iterable[Report], key: str, wording: Wording
) -> tuple[Step, ...]:
    rows = [(_wait(one.timing), _action(one, key, wording)) for one in actions]
    rows += [(_wait(one.timing), _report(one, key, wording)) for one in reports]
    return tuple(step for _, step in sorted(rows, key=lambda row: row[0]))


def _wait(timing: Timing | None) -> int:
    """Seconds until it is due; what has no limit last."""
    if timing is None or timing.kind == "times":
        return _NO_LIMIT
    return timing.seconds if timing.kind != "clock" else _NO_LIMIT - 1


def _action(one: Action, key: str, wording: Wording) -> Step:
    words = wording.words
    do = wording.original(words.label(one.do)) + wording.aside(wording.original(one.object or ""))
    say = wording.say
    after = wording.joined(wording.original(words.action(key, name)) for name in one.after)
    approver = wording.executor(one.approve)
    to = wording.joined(map(words.executor, one.to))
    verb = words.verb(one.verb)
    known = wording.entities.verbs.get(one.verb)
    marks = () if known is not None and known.obliges else (verb,)
    details = [
        _occasion(one.on, one.when, wording),
        say(f"须先完成：{after}", f"after {after}") if after else "",
        say(f"须经{approver}批准", f"approved by {approver}") if one.approve is not None else "",
        say(f"报{to}", f"to {to}") if to else "",
        say("完成标志：", "done when: ") + wording.original(one.done_when) if one.done_when else "",
    ]
    limit = words.timing(one.timing) if one.timing is not None else wording.no_limit
    clauses = wording.clauses(one.basis, key)
    return Step(do, limit, tuple(filter(None, details)), clauses, marks)


def _report(one: Report, key: str, wording: Wording) -> Step:
    say, to = wording.say, wording.joined(map(wording.words.executor, one.to))
    told_of = wording.joined(map(wording.original, one.content))
    content = say(f"：{told_of}", f": {told_of}") if told_of else ""
    details = [
        _occasion(one.on, one.when, wording),
        say("方式：", "by ") + wording.original(one.means) if one.means else "",
        say("据报可达该级即报", "as soon as reports allow that level") if one.indicated else "",
    ]
    limit = wording.words.timing(one.timing) if one.timing is not None else wording.no_limit
    clauses = wording.clauses(one.basis, key)
    return Step(
        say(f"向{to}报告{content}", f"report to {to}{content}"),
        limit,
        tuple(filter(None, details)),
        clauses,
    )


def _occasion(on: Term | None, when: Term | None, wording: Wording) -> str:
    parts = [told(one, wording.words) for one in (on, when) if one is not None]
    told_of = wording.say("；且", "; and ").join(parts)
    return wording.say(f"情形：{told_of}", f"where {told_of}") if parts else ""


def _addressees(plan: Plan, holder: Holder) -> list[tuple[str, str]]:
    """Whom the holder reports to by a plan, by name."""
    return [
        ("post" if to.kind == "post" else "agency", to.id)
        for one in plan.reports
        if holder.is_meant(one.by, plan)
        for to in one.to
        if to.kind in {"post", "agency"}
    ]


def _occasions(groups: Iterable[StepGroup], plan: Plan, wording: Wording) -> Iterator[str]:
    """When the holder is called by a plan: the occasions of its groups, in a few words."""
    name = wording.quoted(wording.words.label(plan.label))
    when = wording.joined(dict.fromkeys(group.occasion for group in groups))
    yield wording.say(f"{name}：{when}", f"{name}: {when}")


def _is_judged(assessment: Assessment, key: str, track: Track, purpose: str) -> bool:
    """Whether a plan's track is for a hazard of the incident."""
    return any(
        (one.plan, one.track, one.purpose) == (key, track.id, purpose)
        for one in assessment.decisions
    )


def _colours(key: str, plan: Plan, assessment: Assessment, wording: Wording) -> Iterator[Sentence]:
    """What each colour of a plan's own warnings asks of all, the worst first."""
    for track in plan.warnings:
        if not _is_judged(assessment, key, track, "warning"):
            continue
        ordered = sorted(track.duties, key=lambda one: -one.rank)
        all_kept = all(one.kept for one in ordered[:-1])
        for place, duties in enumerate(ordered):
            level = wording.entities.scales[track.scale].by_rank(duties.rank)
            if duties.measures and level is not None:
                label = wording.level(track.scale, level.id)
                what = wording.joined(map(wording.original, duties.measures))
                said = duties.kept and (place == 0 or not all_kept)  # once, where it is of all
                on = wording.say("；较轻的继续", "; milder ones go on") if said else ""
                text = wording.say(
                    f"{wording.document(key)}{label}预警：{what}{on}",
                    f"{wording.document(key)}, {label} warning: {what}{on}",
                )
                yield Sentence(text, wording.clauses(duties.basis, key))


def _signals(assessment: Assessment, wording: Wording) -> Iterator[Sentence]:
    """The warnings that stand now, by whom; colours of others are in the steps."""
    for item in assessment.decisions:
        level = item.issued or (item.level if item.purpose == "warning" else None)
        if level is None or item.purpose == "level" or is_repeated(assessment, item):
            continue
        scale = wording.entities.scales[item.scale]
        if not any(one.colour for one in scale.levels):
            continue
        if item.issued:
            by = issuers(item, assessment, wording)
            name = wording.together(wording.decision(item), wording.level(item.scale, level))
            yield Sentence(wording.say(f"{name}，已发布", f"{name}, issued"), told=by)
        else:
            clauses = wording.clauses(item.basis, item.plan or item.standard or "")
            name = wording.together(wording.decision(item), wording.level(item.scale, level))
            text = wording.say(f"{name}，尚未发布", f"{name}, not issued")
            yield Sentence(text, clauses, (wording.advice,))
