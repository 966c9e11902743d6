"""The action card of a post, a township or another body: one page, in the order of time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from planengine.assessment.assessment import Assessment
from planengine.assessment.command import acting
from planengine.assessment.decisions import Decision
from planengine.domain.documents import Action, LevelDuties, Plan, Report, Track
from planengine.papers.card_decisions import decides, warnings
from planengine.papers.card_steps import steps_of
from planengine.papers.command import acting_said, duties_now
from planengine.papers.heads import head
from planengine.papers.holders import Holder
from planengine.papers.levels import is_repeated, issuers, running
from planengine.papers.offices import office_of
from planengine.papers.page_size import fit
from planengine.papers.parts import ActionCard, Sentence, StepGroup
from planengine.papers.wording import Wording
from planengine.rules.ruleset import Unit
from planengine.rules.shadows import shadows


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
                named += _addressees(plan, holder, assessment)
                colours += _colours(key, plan, assessment, wording)
    handed = tuple(acting_said(assessment, wording, name))
    if not groups and not handed:
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
            warnings=handed,
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
    own = [one for one in plan.actions if holder.acts(one.executors, plan)]
    reports = [one for one in plan.reports if holder.acts(one.by, plan)]
    name = wording.words.document(key)
    waits = wording.say("不待启动", "waits for no start")
    first = [one for one in own if one.mode == "first-response"]
    other = [one for one in own if one.mode != "first-response" and one.ranks is None]
    if first:
        steps = steps_of(first, (), key, assessment, wording)
        yield StepGroup(wording.say(*_OCCASIONS[0]), name, waits, steps)
    told_reports = [one for one in reports if one.ranks is None]
    if (other or told_reports) and _has_joined(key, assessment):
        steps = steps_of(other, told_reports, key, assessment, wording)
        yield StepGroup(wording.say(*_OCCASIONS[1]), name, waits, steps)
    for track in plan.warnings:
        if _is_judged(assessment, key, track, "warning"):
            those = _duties_now(key, track, "warning", assessment)
            yield from warnings(key, track, those, holder, wording)
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
    entries = (one for one in _duties_now(key, track, "level", assessment) if one.rank == rank)
    decided = decides(track, entries, holder, wording, key)
    steps = [*decided, *steps_of(here, sent, key, assessment, wording)]
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


def _duties_now(
    key: str, track: Track, purpose: str, assessment: Assessment
) -> Iterator[LevelDuties]:
    """The entries of a track's levels, with those who propose and approve now."""
    situation = assessment.situation
    item = next(
        one
        for one in assessment.decisions
        if (one.plan, one.track, one.purpose) == (key, track.id, purpose)
    )
    unit = situation.outline.unit(item.key)
    return (duties_now(situation, unit, one) for one in track.duties)


def _addressees(plan: Plan, holder: Holder, assessment: Assessment) -> list[tuple[str, str]]:
    """Whom the holder reports to by a plan, by name."""
    return [
        ("post" if to.kind == "post" else "agency", to.id)
        for one in plan.reports
        if holder.acts(one.by, plan)
        for to in (acting(assessment.situation, each) for each in one.to)
        if to.kind in {"post", "agency"}
    ]


def _occasions(groups: Iterable[StepGroup], plan: Plan, wording: Wording) -> Iterator[str]:
    """When the holder is called by a plan: the occasions of its groups, in a few words."""
    name = wording.quoted(wording.words.label(plan.label))
    when = wording.joined(dict.fromkeys(group.occasion for group in groups))
    yield wording.say(f"{name}：{when}", f"{name}: {when}")


def _has_joined(key: str, assessment: Assessment) -> bool:
    """Whether a plan is surely for this incident.

    The duties of one that only may join wait for its joining; what is done on sight does not.
    """
    situation = assessment.situation
    units = [unit for unit in situation.rules.units if unit.document == key]
    shown = {one.id for one in assessment.decisions}
    return not units or any(
        str(unit.id) in shown or shadows(unit.applies, situation.value_of)[0] for unit in units
    )


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
