"""The same thing twice: plans of one name, texts that were copied, goods promised to two."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from msgspec import Struct

from planengine.checks.checked import Checked
from planengine.diagnostics import Diagnostic, Text, finding
from planengine.domain.documents import Action, Plan, Resource, Track
from planengine.domain.terms import LevelTerm

_OTHER = Text("the other one", "另一处")
_SHORTEST = 12  # characters of a text that is not the same by chance


def plans_of_one_name(checked: Checked) -> Iterator[Diagnostic]:
    """`plan-twice`: two plans of one area that are called the same at the same time."""
    seen: dict[tuple[str, str], list[Plan]] = {}
    for plan in checked.plans:
        for _, name in plan.label.texts[:1]:
            seen.setdefault((plan.jurisdiction, name), []).append(plan)
    for (_, name), plans in seen.items():
        for one, other in pairwise(plans):
            if one.id != other.id and one.edition.period.meets(other.edition.period):
                yield finding(
                    "plan-twice",
                    other.span,
                    related=((_OTHER, one.span),) if one.span is not None else (),
                    name=other.id,
                    other=one.id,
                    label=name,
                )


def hazards_claimed_twice(checked: Checked) -> Iterator[Diagnostic]:
    """`hazard-twice`: two plans of one kind and area for one hazard, led by different bodies.

    Of hazards that have none below them: a plan for a whole family supports the others. Plans
    that name each other, or are in force at different times, have settled it.
    """
    families = {hazard.parent for hazard in checked.entities.hazards.values()}
    claims: dict[tuple[str, str, str], list[Plan]] = {}
    for plan in checked.plans:
        if plan.headquarters is None:
            continue
        for hazard in plan.hazards:
            if hazard not in families:
                claims.setdefault((plan.jurisdiction, plan.kind, hazard), []).append(plan)
    for (_, _, hazard), plans in claims.items():
        for one, other in pairwise(plans):
            if one.headquarters == other.headquarters or _is_same(one, other):
                continue
            if _names(one, other) or _names(other, one):
                continue
            if one.edition.period.meets(other.edition.period):
                yield finding(
                    "hazard-twice",
                    other.span,
                    related=((_OTHER, one.span),) if one.span is not None else (),
                    name=other.id,
                    other=one.id,
                    hazard=hazard,
                )


def _names(one: Plan, other: Plan) -> bool:
    """Whether a plan says something about another one: links, exclusions, what it reads."""
    named = {link.target for link in one.links} | {case.instead for case in one.exclusions}
    read = {level.target for track in one.tracks for level in _levels_read(track)}
    keys = {other.id, f"{other.jurisdiction}/{other.id}"}
    return bool(keys & (named | read))


def _levels_read(track: Track) -> Iterator[LevelTerm]:
    """The decisions that the rules of a track read."""
    waiting: list[object] = [rule.when for rule in track.rules]
    if track.mapping is not None:
        waiting.append(track.mapping.source)
    while waiting:
        term = waiting.pop()
        if isinstance(term, LevelTerm):
            yield term
        elif isinstance(term, Struct):
            waiting += [getattr(term, name) for name in term.__struct_fields__]
        elif isinstance(term, tuple):
            waiting += term


def copied_duties(checked: Checked) -> Iterator[Diagnostic]:
    """`copied-text`: an action in the words of another plan, by the same body."""
    seen: dict[tuple[object, str], tuple[Plan, Action]] = {}
    for plan in checked.plans:
        for action in plan.actions:
            text = action.do.text("zh")
            if len(text) < _SHORTEST or any(not one.own_choice for one in action.basis):
                continue  # what a law says it says to every plan
            key = (action.executors, text)
            first, same = seen.setdefault(key, (plan, action))
            if _is_same(first, plan):
                continue
            if not first.edition.period.meets(plan.edition.period):
                continue
            yield finding(
                "copied-text",
                action.span,
                related=((_OTHER, same.span),) if same.span is not None else (),
                name=action.id,
                plan=first.id,
                text=text,
            )


def _is_same(one: Plan, other: Plan) -> bool:
    """Whether two plans are one; those of one name are told once, by `plan-twice`."""
    return one.jurisdiction == other.jurisdiction and (
        one.id == other.id or one.label == other.label
    )


def goods_promised_twice(checked: Checked) -> Iterator[Diagnostic]:
    """`resource-twice`: all goods of one holder in two plans, or twice in one."""
    seen: dict[tuple[object, ...], tuple[Plan, Resource]] = {}
    for plan in checked.plans:
        for resource in plan.resources:
            if resource.held_by is None:
                continue
            key = (resource.id, resource.held_by, resource.at, resource.quantity)
            first, known = seen.setdefault(key, (plan, resource))
            is_other = resource is not known if first is plan else not _is_same(first, plan)
            if is_other and first.edition.period.meets(plan.edition.period):
                yield finding("resource-twice", resource.span, name=resource.id, plan=first.id)
