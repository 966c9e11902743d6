"""Links actions and reports: who, what, at which levels, by when, after what."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from planengine.diagnostics import Span, Text, finding
from planengine.diagnostics.suggest import did_you_mean
from planengine.domain.documents import Action, Report, Timing
from planengine.domain.ids import DoneOf
from planengine.domain.vocabulary import MomentMeaning
from planengine.linking.library.cycles import cycles
from planengine.linking.library.declare import label_of
from planengine.linking.library.duties import report_id
from planengine.linking.library.hazards import where_hazards
from planengine.linking.library.ids import check_id
from planengine.linking.library.linker import Linker, optional_text, texts
from planengine.linking.library.ruled import Ruled
from planengine.linking.library.timings import is_timed, link_timing
from planengine.reading.validate import Name
from planengine.values.durations import format_duration

if TYPE_CHECKING:
    from planengine.model.common import ReportModel
    from planengine.model.plan import ActionModel, InformationModel

_FIRST = Text("first declared here", "首次声明于此")
_MILDER = Text("at the milder level", "较轻级别的措施")
_WHEN_DUE = ("from", "levels", "on", "mode: first-response")


def link_actions(document: Ruled, plan: str, models: Sequence[ActionModel]) -> tuple[Action, ...]:
    """Every action in the author's order; one id at several levels is several actions."""
    ids = tuple(dict.fromkeys(str(model.id) for model in models))
    for model in models:
        document.linker.declares("action", model.id)
        check_id(model.id, document.linker.findings)
    actions = tuple(
        action
        for order, model in enumerate(models)
        if (action := _action(document, plan, model, order, ids)) is not None
    )
    _check_replacing(document, actions)
    _check_later(document, actions, models)
    _check_order(document, actions)
    return actions


def _action(
    document: Ruled, plan: str, model: ActionModel, order: int, ids: Sequence[str]
) -> Action | None:
    linker, span = document.linker, model.id.span
    track = document.track(model.track, plan)
    first_response = model.mode == "first-response"
    due = sum(one is not None for one in (model.from_, model.levels, model.on)) + first_response
    if due != 1:
        linker.findings.append(finding("one-of", span, keys=_WHEN_DUE))
    executors = linker.executors(model.executor, document.groups, span)
    action = None
    ranks = ranks_of(document, plan, track, model)
    own = document.of_track(track)
    on = own.optional(model.on, f"{model.id}.on")
    when = own.optional(model.when, f"{model.id}.when")
    default: MomentMeaning = "receipt" if first_response else "start"
    timing = link_timing(linker, model, document.anchors, span, default=default)
    verb = linker.verb(model.verb, span)
    after = _after(document, model.after, ids)
    to = linker.executors(model.to, document.groups, span)
    basis = linker.basis(model.basis)
    if executors:
        action = Action(
            id=str(model.id),
            label=label_of(model.label or model.do, model.id),
            track=track,
            executors=executors,
            do=label_of(model.do),
            object=optional_text(model.object),
            ranks=ranks,
            on=on,
            when=when,
            timing=timing,
            verb=verb,
            mode=model.mode,
            after=after,
            done_when=optional_text(model.done_when),
            means=optional_text(model.means),
            to=to,
            basis=basis,
            order=order,
            span=span,
            indicated=_indicated(linker, model),
            approve=linker.executor(model.approve, document.groups, span),
        )
    return action


def _after(document: Ruled, names: Iterable[Name], ids: Sequence[str]) -> tuple[str, ...]:
    found: list[str] = []
    linker = document.linker
    for name in names:
        item_id = name.removeprefix("done.")
        if item_id in ids:
            linker.names.mention(f"action:{linker.document}", item_id, item_id, name.span)
            found.append(item_id)
            continue
        nearest = did_you_mean(item_id, ids)
        document.linker.findings.append(
            finding("unknown-action", name.span, name=str(name), nearest=nearest)
        )
    return tuple(dict.fromkeys(found))


def _indicated(linker: Linker, model: ActionModel | ReportModel) -> bool:
    """Whether its levels are read as indicated; a finding where it has none."""
    if model.as_ is not None and model.from_ is None and not model.levels:
        reason = Text("levels are indicated: write `from`", "指征针对级别，请写 from")
        span = model.id.span if model.id is not None else _place(model)
        linker.findings.append(finding("key-unsuited", span, key="as", reason=reason))
    return model.as_ is not None


def ranks_of(
    document: Ruled,
    plan: str,
    track: str | None,
    model: ActionModel | ReportModel | InformationModel,
) -> frozenset[int] | None:
    """The ranks of `from` (that level and worse) or of `levels`; None where neither is."""
    names = [model.from_] if model.from_ is not None else list(model.levels or ())
    if not names:
        return None
    if model.track is not None and track is None:
        return frozenset()
    scale = document.scale(track, plan, names[0])
    if scale is None:
        return frozenset()
    ranks = [document.linker.level(scale, name) for name in names]
    known = frozenset(rank for rank in ranks if rank is not None)
    if model.from_ is None or not known:
        return known
    return frozenset(range(min(known), len(document.linker.names.scales[scale].levels) + 1))


def _check_replacing(document: Ruled, actions: Sequence[Action]) -> None:
    """One id twice from the same level: neither replaces the other."""
    first: dict[tuple[str, str | None, int | None], Span | None] = {}
    for action in actions:
        if action.ranks is not None and not action.ranks:
            continue  # its level is unknown, which is told where it is written
        key = (action.id, action.track, min(action.ranks, default=0) if action.ranks else None)
        if key not in first:
            first[key] = action.span
            continue
        span = first[key]
        related = ((_FIRST, span),) if span is not None else ()
        document.linker.findings.append(
            finding("duplicate-id", action.span, name=action.id, related=related)
        )


def _check_later(document: Ruled, actions: Sequence[Action], models: Sequence[ActionModel]) -> None:
    """Advice where an action is due later at a worse level than at a milder one."""
    by_id: dict[tuple[str, str | None], list[Action]] = {}
    for action in actions:
        unreadable = action.timing is None and is_timed(models[action.order])
        if action.ranks and not unreadable:
            by_id.setdefault((action.id, action.track), []).append(action)
    for group in by_id.values():
        for milder, worse in pairwise(sorted(group, key=lambda action: min(action.ranks or (0,)))):
            if milder.timing is None or not _is_later(worse.timing, milder.timing):
                continue
            related = ((_MILDER, milder.span),) if milder.span is not None else ()
            document.linker.findings.append(
                finding(
                    "later-deadline",
                    worse.span,
                    related=related,
                    name=worse.id,
                    worse=_length(worse.timing),
                    milder=_length(milder.timing),
                )
            )


def _is_later(timing: Timing | None, than: Timing) -> bool:
    """Whether a deadline is surely later than another, or there is none any more."""
    if timing is None:
        return True
    if (timing.anchor, timing.kind) != (than.anchor, than.kind):
        return False
    if timing.kind == "before":
        return timing.seconds < than.seconds
    return timing.seconds > than.seconds


def _length(timing: Timing | None) -> Text:
    if timing is None:
        return Text("no deadline", "无时限")
    shown = format_duration(timing.seconds)
    return Text(f"{timing.kind} {shown}", f"{timing.kind} {shown}")


def _check_order(document: Ruled, actions: Sequence[Action]) -> None:
    after: dict[str, set[str]] = {}
    spans: dict[str, Span | None] = {}
    for action in actions:
        before = set(action.after)
        if action.timing is not None and isinstance(action.timing.anchor, DoneOf):
            before.add(action.timing.anchor.action)
        after.setdefault(action.id, set()).update(before)
        spans.setdefault(action.id, action.span)
    for circle in cycles(after, lambda item_id: sorted(after.get(item_id, ()))):
        path = " → ".join((*circle, circle[0]))
        what = Text("prerequisites", "前置措施")
        document.linker.findings.append(
            finding("cyclic-reference", spans[circle[0]], what=what, path=path)
        )


def link_reports(
    document: Ruled, name_of: Name, models: Sequence[ReportModel], covered: tuple[str, ...]
) -> tuple[Report, ...]:
    """Every report in the author's order; without an id it is called `report-<number>`.

    `covered` are the hazards of the document, which is called `name_of`.
    """
    item_id = str(name_of)
    reports: list[Report] = []
    seen: dict[str, Span | None] = {}
    for number, model in enumerate(models, 1):
        linker = document.linker
        name = report_id(model.id, number)
        if model.id is not None:
            check_id(model.id, linker.findings)
        span = _place(model) or name_of.span
        if name in seen:
            first = seen[name]
            related = ((_FIRST, first),) if first is not None else ()
            linker.findings.append(finding("duplicate-id", span, name=name, related=related))
        seen.setdefault(name, span)
        track = document.track(model.track, item_id)
        if sum(one is not None for one in (model.from_, model.levels, model.on)) > 1:
            linker.findings.append(finding("one-of", span, keys=("from", "levels", "on")))
        by = linker.executors(model.by, document.groups, span)
        to = linker.executors(model.to, document.groups, span)
        ranks = ranks_of(document, item_id, track, model)
        own = document.of_track(track)
        on = own.optional(model.on, f"{name}.on")
        when = own.optional(model.when, f"{name}.when")
        when = where_hazards(covered, model.hazards, model.not_hazards, when, linker)
        timing = link_timing(linker, model, document.anchors, span)
        means, content = optional_text(model.means), texts(model.content)
        basis = linker.basis(model.basis)
        if to:
            reports.append(
                Report(
                    id=name,
                    track=track,
                    by=by,
                    to=to,
                    ranks=ranks,
                    on=on,
                    when=when,
                    timing=timing,
                    means=means,
                    content=content,
                    basis=basis,
                    span=span,
                    indicated=_indicated(linker, model),
                    named=model.id is not None,
                )
            )
    return tuple(reports)


def _place(model: ActionModel | ReportModel) -> Span | None:
    from planengine.linking.library.linker import executor_span

    if model.id is not None:
        return model.id.span
    if model.from_ is not None:
        return model.from_.span
    return next((executor_span(one) for one in model.to or ()), None)
