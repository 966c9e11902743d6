"""Links what gives levels: tables, level rules, mappings, warnings, raising, lowering, ending."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from planengine.diagnostics import Span, Text, finding
from planengine.domain.documents import (
    Basis,
    Executor,
    LevelDuties,
    LevelMapping,
    LevelRule,
    Track,
)
from planengine.domain.ids import Origin
from planengine.domain.parts import Label
from planengine.domain.terms import ALWAYS_TERM, AllOf, LevelTerm, Term
from planengine.domain.vocabulary import scale_for
from planengine.linking.conditions.conditions import parse_condition
from planengine.linking.conditions.tables import parse_table
from planengine.linking.conditions.written import written
from planengine.linking.library.linker import optional_text, texts
from planengine.linking.library.ruled import Ruled
from planengine.reading.choices import meant_by
from planengine.reading.nodes import MappingNode, Node, ScalarNode, SequenceNode

if TYPE_CHECKING:
    from planengine.model.common import RuleModel
    from planengine.model.levels import ChangeModel, LevelsModel, MappingModel, PlanLevelsModel
    from planengine.reading.validate import Name


class Head(Struct, frozen=True):
    """What identifies a track: its id, label, scale, and where it begins."""

    id: str | None
    label: Label
    scale: str
    basis: tuple[Basis, ...]
    place: Name


def link_levels(document: Ruled, model: LevelsModel, head: Head) -> Track:
    """The levels of a standard."""
    return _track(document.of_track(head.id), model, head, None)


def link_track(document: Ruled, model: PlanLevelsModel, head: Head) -> Track:
    """The levels of one track of a plan."""
    return _track(document.of_track(head.id), model, head, model)


def link_warnings(document: Ruled, rules: Sequence[RuleModel], head: Head) -> Track | None:
    """The warnings of one track of a plan, on the scale of warnings; None when it has none."""
    scale = scale_for("warning", document.linker.names.scales)
    if not rules or scale is None:
        if rules:
            place = rules[0].level.span
            document.linker.findings.append(
                finding("default-undeclared", place, kind="scales", meaning="warning")
            )
        return None
    entries = _entries(document.of_track(head.id), rules, scale, head)
    _check_twice(document, entries, scale)
    return Track(
        id=head.id,
        label=head.label,
        scale=scale,
        per=None,
        provided=ALWAYS_TERM,
        rules=tuple(entry.rule for entry in entries if entry.rule is not None),
        duties=tuple(entry.duties for entry in entries),
        span=rules[0].level.span,
    )


def _track(document: Ruled, model: LevelsModel, head: Head, plan: PlanLevelsModel | None) -> Track:
    linker = document.linker
    entries = _entries(document, model.levels, head.scale, head)
    table = tuple(_table_rules(document, model, head, _of_table(entries)))
    mapping = _mapping(document, plan.from_, head, entries) if plan and plan.from_ else None
    raising = plan.raise_by if plan else None
    lower = _change(document, plan.lower if plan else None, "lower")
    end = _change(document, plan.end if plan else None, "end")
    provided = document.optional(model.provided, "provided")
    gaps = (linker.level(head.scale, name) for name in model.gaps)
    track = Track(
        id=head.id,
        label=head.label,
        scale=head.scale,
        per=linker.division(model.per),
        provided=provided if provided is not None else ALWAYS_TERM,
        rules=(*table, *(entry.rule for entry in entries if entry.rule is not None)),
        duties=tuple(entry.duties for entry in entries),
        mapping=mapping,
        raise_when=document.optional(raising.when, "raise-by") if raising else None,
        raise_by=raising.by if raising else 0,
        raise_verb=linker.name("verb", raising.verb) if raising else None,
        raise_basis=(linker.basis(raising.basis) or head.basis) if raising else (),
        raise_span=raising.when.span if raising else None,
        lower=lower[0],
        lower_approve=lower[1],
        end=end[0],
        end_approve=end[1],
        gaps=tuple(rank for rank in gaps if rank is not None),
        span=head.place.span,
    )
    _check_twice(document, entries, head.scale)
    _check_levels(document, track, entries, {rule.rank for rule in table})
    return track


class _Entry(Struct, frozen=True):
    """One entry of `levels`: what it carries, and its rule where it has a condition.

    `decided` tells whether it says who decides, however wrongly that is written.
    """

    duties: LevelDuties
    rule: LevelRule | None
    decided: bool


def _entries(
    document: Ruled, rules: Sequence[RuleModel], scale: str, head: Head
) -> tuple[_Entry, ...]:
    """The entries whose level there is, in the author's order."""
    entries: list[_Entry] = []
    for rule in rules:
        rank = document.linker.level(scale, rule.level)
        if rank is None:
            continue
        duty = _duty(document, rule, rank)
        linked = None
        if rule.when is not None:
            level = document.linker.names.scales[scale].by_rank(rank)
            clause = level.id if level is not None else str(rank)
            when = document.condition(rule.when, clause)
            basis = duty.basis or head.basis
            text = written(rule.when)
            linked = LevelRule(rank, when, duty.verb, basis, rule.level.span, text)
        decided = rule.approve is not None or rule.decided_by is not None
        entries.append(_Entry(duty, linked, decided))
    return _with_milder_measures(entries)


def _with_milder_measures(entries: Sequence[_Entry]) -> tuple[_Entry, ...]:
    """The entries, with the measures of the next milder level where they keep them."""
    of_level: dict[int, tuple[str, ...]] = {}
    found: dict[int, _Entry] = {}
    for place, entry in sorted(enumerate(entries), key=lambda one: one[1].duties.rank):
        duties = entry.duties
        milder = max((rank for rank in of_level if rank < duties.rank), default=0)
        if duties.milder == "kept":
            duties = replace(duties, kept=of_level.get(milder, ()))
        found[place] = replace(entry, duties=duties)
        known = of_level.get(duties.rank, ())
        of_level[duties.rank] = tuple(dict.fromkeys((*known, *duties.every_measure)))
    return tuple(found[place] for place in range(len(entries)))


def _of_table(entries: Sequence[_Entry]) -> dict[int, LevelDuties]:
    """What the table's rules carry for each rank: that of the entry without a condition of its own.

    Where every entry of a rank has one, the first speaks for the table too.
    """
    ordered = sorted(entries, key=lambda entry: entry.rule is not None)
    return {entry.duties.rank: entry.duties for entry in reversed(ordered)}


def _duty(document: Ruled, rule: RuleModel, rank: int) -> LevelDuties:
    linker, span = document.linker, rule.level.span
    if rule.propose is not None and rule.issuer is not None:
        linker.findings.append(finding("one-of", span, keys=("propose", "issuer")))
    propose = rule.propose if rule.propose is not None else rule.issuer
    return LevelDuties(
        rank=rank,
        verb=linker.verb(rule.verb, span),
        propose=linker.executor(propose, document.groups, span),
        approve=linker.executor(rule.approve, document.groups, span),
        decided_by=linker.name("agency", rule.decided_by),
        meanwhile=optional_text(rule.meanwhile),
        duration=linker.duration(rule.duration),
        basis=linker.basis(rule.basis),
        measures=texts(rule.measures),
        milder=rule.milder_measures,
        span=span,
    )


def _table_rules(
    document: Ruled, model: LevelsModel, head: Head, levels: Mapping[int, LevelDuties]
) -> Iterator[LevelRule]:
    """The rules of a table: with the basis of the row, else of the level, else of the document."""
    if model.any is None and model.otherwise is None:
        return
    linker = document.linker
    scope = document.scope("")
    scale = linker.names.scales[head.scale]
    for rank, when, span, text, basis in parse_table(
        model.any, model.otherwise, scale, scope, linker.findings
    ):
        level = levels.get(rank)
        own = level.basis if level is not None else ()
        verb = level.verb if level is not None else linker.verb(None, span)
        bases = _bases(document, basis) or own or head.basis
        yield LevelRule(rank, when, verb, bases, span, text)


def _bases(document: Ruled, node: Node | None) -> tuple[Basis, ...]:
    if node is None:
        return ()
    from planengine.model.common import BasisModel
    from planengine.reading.validate import build

    nodes = node.items if isinstance(node, SequenceNode) else (node,)
    models = [build(item, BasisModel, document.linker.findings) for item in nodes]
    return document.linker.basis(model for model in models if model is not None)


def _mapping(
    document: Ruled, model: MappingModel, head: Head, entries: Sequence[_Entry]
) -> LevelMapping | None:
    linker = document.linker
    span = model.decision.span or head.place.span
    verb = linker.verb(model.verb, span)
    basis = linker.basis(model.basis)
    levels = () if basis else tuple((rank, one.basis) for rank, one in _of_table(entries).items())
    if span is None or not model.map:
        return None
    source = _decision(document, model.decision, span)
    if source is None:
        return None
    pairs = [
        (linker.level(source.scale, theirs), linker.level(head.scale, ours))
        for theirs, ours in model.map.items()
    ]
    ranks = tuple((a, b) for a, b in pairs if a is not None and b is not None)
    own = tuple((rank, bases) for rank, bases in levels if bases)
    return LevelMapping(source, ranks, verb, basis or head.basis, span, own)


def _decision(document: Ruled, name: Name, span: Span) -> LevelTerm | None:
    """The decision meant, read as the key of a condition; what it is compared with is no matter."""
    findings = document.linker.findings
    if "." not in name:
        findings.append(finding("not-a-decision", span, name=str(name)))
        return None
    key, exactly, none = (
        ScalarNode(text, text, quoted=False, span=span) for text in (str(name), "exactly", "none")
    )
    node = MappingNode(((key, MappingNode(((exactly, none),), span)),), span)
    term = parse_condition(node, document.scope("from"), findings)
    if not isinstance(term, LevelTerm):
        return None
    return replace(term, origin=Origin(str(name), span))


def _change(
    document: Ruled, model: ChangeModel | None, clause: str
) -> tuple[Term | None, Executor | None]:
    """When a level may be lowered or ended, and by whom (None: whoever approved it)."""
    if model is None:
        return None, None
    parts: list[Term] = []
    if model.when is not None:
        parts.append(document.condition(model.when, clause))
    for key, node in (("any", model.any), ("all", model.all)):
        if node is not None:
            name = ScalarNode(key, key, quoted=False, span=node.span)
            parts.append(document.condition(MappingNode(((name, node),), node.span), clause))
    approve = _ender(document, model)
    if not parts:
        return None, approve
    return (parts[0] if len(parts) == 1 else AllOf(tuple(parts))), approve


def _ender(document: Ruled, model: ChangeModel) -> Executor | None:
    """Who approves lowering or ending; None for whoever approved the start."""
    linker, name = document.linker, model.approve.agency if model.approve is not None else None
    if name is not None and not linker.names.find("provider", str(name)):
        same = meant_by(name, ("same",))
        if same is not None:
            found = finding("unknown-provider", name.span, name=str(name), nearest=same)
            linker.findings.append(found)
            return None
    return linker.executor(model.approve, document.groups, None)


def _check_twice(document: Ruled, entries: Sequence[_Entry], scale: str) -> None:
    """A level may be described again only with another verb: 应 by numbers, 可 by judgement."""
    described: dict[tuple[int, str], Span | None] = {}
    for duty in (entry.duties for entry in entries):
        key = (duty.rank, duty.verb)
        level = document.linker.names.scales[scale].by_rank(duty.rank)
        if level is not None and key in described and duty.span is not None:
            first = described[key]
            related = ((Text("first written here", "首次出现于此"), first),) if first else ()
            document.linker.findings.append(
                finding("level-twice", duty.span, related=related, level=level.id)
            )
        described.setdefault(key, duty.span)


def _check_levels(
    document: Ruled, track: Track, entries: Sequence[_Entry], tabled: AbstractSet[int]
) -> None:
    """Levels nothing leads to, and rules for levels the document does not have."""
    findings = document.linker.findings
    scale = document.linker.names.scales[track.scale]
    is_response = document.area is not None and scale.meaning == "response"
    reached = {rule.rank for rule in track.rules}
    mapped = {ours for _, ours in track.mapping.ranks} if track.mapping else set()
    for entry in entries:
        duty = entry.duties
        level = scale.by_rank(duty.rank)
        if level is not None and is_response and not entry.decided:
            findings.append(finding("level-without-approver", duty.span, level=level.id))
        lifted = track.raise_by > 0 and any(rank < duty.rank for rank in reached | mapped)
        ruled = entry.rule is not None or duty.rank in tabled | mapped
        if level is not None and not ruled and not lifted:
            findings.append(finding("level-without-rule", duty.span, level=level.id))
    if entries and is_response:
        for rank in sorted(reached - {entry.duties.rank for entry in entries}, reverse=True):
            level = scale.by_rank(rank)
            if level is not None:
                span = next(rule.span for rule in track.rules if rule.rank == rank)
                findings.append(finding("level-undescribed", span, level=level.id))
    for rule in track.rules:
        level = scale.by_rank(rule.rank)
        if rule.rank in track.gaps and level is not None:
            findings.append(finding("level-in-gap", rule.span, level=level.id))
