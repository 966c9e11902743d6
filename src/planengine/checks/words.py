"""Words of a plan: names of other places, and vague duties."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from planengine.checks.checked import Checked
from planengine.diagnostics import Diagnostic, Span, finding
from planengine.domain.documents import Plan
from planengine.domain.parts import Label

_AFTER = frozenset("场民区政级值容长")  # 市场, 市民, 市区 …: the name ends before it
_VAGUE = re.compile("有关部门|相关部门|有关单位|相关单位|各有关|有关方面|相关方面")
_AT_WILL = re.compile("视情|酌情|适时|择机|视需要|必要时")


class Said(Struct, frozen=True):
    """A text of a plan, and where what it belongs to is written."""

    text: str
    span: Span | None


def texts_of(plan: Plan) -> Iterator[Said]:
    """What a plan says in words, notes and the names of sources apart."""
    yield from _of(plan.span, plan.label)
    for group in plan.groups:
        yield from _of(plan.span, group.label, *group.duties)
    for member in plan.members:
        yield from _of(member.span, *member.duties)
    for track in (*plan.tracks, *plan.warnings):
        yield from _of(track.span or plan.span, track.label)
        for duty in track.duties:
            yield from _of(duty.span, *duty.measures, duty.meanwhile)
    for action in plan.actions:
        said = (action.object, action.done_when, action.means)
        yield from _of(action.span, action.label, action.do, *said)
    for report in plan.reports:
        yield from _of(report.span, *report.content, report.means)
    for release in plan.information:
        yield from _of(release.span, *release.channels)
    for link in plan.links:
        yield from _of(link.span, link.matter)
    for resource in plan.resources:
        yield from _of(resource.span, resource.label, resource.at)


def _of(span: Span | None, *said: Label | str | None) -> Iterator[Said]:
    for one in said:
        if isinstance(one, Label):
            yield from (Said(text, span) for _, text in one.texts)
        elif one:
            yield Said(one, span)


def names_of_elsewhere(checked: Checked) -> Iterator[Diagnostic]:
    """`other-place`: the name of a city that nothing in the registry has in its name."""
    entities = checked.entities
    labels = [place.label for place in entities.jurisdictions.values()]
    labels += [place.label for place in entities.objects.values()]
    labels += [body.label for body in entities.agencies.values()]
    known = "\n".join(text for label in labels for _, text in label.texts)
    known += "\n".join(text for _, text in entities.label.texts)
    stems = ((name, name[:-1] if len(name) > 2 else name) for name in entities.places_elsewhere)
    names = frozenset(name for name, stem in stems if stem not in known)
    if not names:
        return
    ends = frozenset(name[-1] for name in names)
    sizes = sorted({len(name) for name in names})
    for plan in checked.plans:
        told: set[tuple[str, Span | None]] = set()
        for said in texts_of(plan):
            for name in _found(said.text, names, ends, sizes):
                if (name, said.span) not in told:
                    told.add((name, said.span))
                    yield finding("other-place", said.span, name=name, plan=plan.id)


def _found(
    text: str, names: frozenset[str], ends: frozenset[str], sizes: list[int]
) -> Iterator[str]:
    for place, letter in enumerate(text):
        if letter not in ends or text[place + 1 : place + 2] in _AFTER:
            continue
        for size in sizes:
            if text[max(0, place + 1 - size) : place + 1] in names:
                yield text[place + 1 - size : place + 1]
                break


def vague_duties(checked: Checked) -> Iterator[Diagnostic]:
    """`vague-duty`: a duty of nobody in particular, or at nobody's discretion."""
    for plan in checked.plans:
        for action in plan.actions:
            text = action.do.text("zh")
            match = _VAGUE.search(text)
            verb = checked.entities.verbs.get(action.verb)
            asked = action.when is not None or action.approve is not None
            if match is None and not asked and verb is not None and verb.obliges:
                match = _AT_WILL.search(text)
            if match is not None:
                yield finding("vague-duty", action.span, name=action.id, text=match[0])
