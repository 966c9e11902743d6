"""One thing put in the place of another: tried on the files in memory, and what then fails."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

from msgspec import Struct

from planengine.diagnostics import Diagnostic
from planengine.domain.documents import Ruled
from planengine.domain.entities import Entities
from planengine.domain.names import Mention
from planengine.impact.owners import Owner, Owners
from planengine.impact.things import CLAUSE, PLAN, Thing, Things

Reread: TypeAlias = Callable[[Mapping[str, str]], Sequence[Diagnostic]]
"""What is found wrong in the library when these files have these texts."""


class Difference(Struct, frozen=True):
    """Something that is declared otherwise of the two; () where nothing is."""

    what: str
    of: tuple[str, ...]
    other: tuple[str, ...]


class Replacement(Struct, frozen=True):
    """What writing `other` everywhere would bring.

    `both` are the rules and declarations that name the two already, so that one would be doubled;
    `rewritten` are the places where that is one word for another; `by_hand` those where the
    name is only a part of what is written; `findings` what is wrong then and is not now.
    """

    other: Thing
    both: tuple[Owner, ...]
    rewritten: tuple[Mention, ...]
    by_hand: tuple[Mention, ...]
    findings: tuple[Diagnostic, ...]
    differences: tuple[Difference, ...]


def replaced(
    entities: Entities,
    thing: Thing,
    other: Thing,
    things: Things,
    owners: Owners,
    texts: Mapping[str, str],
    now: Iterable[Diagnostic],
    reread: Reread,
) -> Replacement:
    """The trial; `texts` are the library's files and `now` what is found wrong in them."""
    uses = things.uses(thing)
    rewritten: list[Mention] = []
    by_hand: list[Mention] = []
    changed: dict[str, list[str]] = {}
    for use in sorted(set(uses), key=lambda one: one.span, reverse=True):  # from right to left
        lines = changed.setdefault(use.span.file, texts.get(use.span.file, "").split("\n"))
        is_part = thing.kind == CLAUSE and use.id != thing.id  # 第九条 of 第八条、第九条
        done = not is_part and _write(lines, use, _spelling(entities, use, other))
        (rewritten if done else by_hand).append(use)
    before = {_same(found) for found in now}
    after = reread({file: "\n".join(lines) for file, lines in changed.items()})
    held = {owner for use in things.uses(other) for owner in owners.of(use)}
    own = (owner for use in uses for owner in owners.of(use))
    return Replacement(
        other,
        tuple(owner for owner in dict.fromkeys(own) if owner in held),
        tuple(reversed(rewritten)),
        tuple(reversed(by_hand)),
        tuple(found for found in after if _same(found) not in before),
        tuple(differences(entities, thing, other)),
    )


def _same(found: Diagnostic) -> tuple[object, ...]:
    """What a finding has in common with itself after words before it became longer or shorter."""
    return (found.code, found.span and (found.span.file, found.span.line), found.params)


def _spelling(entities: Entities, use: Mention, other: Thing) -> str:
    """What is written for the other thing: of a plan its bare id, unless a key stands there."""
    if other.kind != PLAN:
        return other.id
    plan = entities.plans[other.id][-1]
    alike = [key for key, plans in entities.plans.items() if plans[-1].id == plan.id]
    return plan.id if "/" not in use.text and len(alike) == 1 else other.id


def _write(lines: list[str], use: Mention, text: str) -> bool:
    """Write a text for a name where the name stands once in one line."""
    span = use.span
    line = lines[span.line - 1] if span.line <= len(lines) else ""
    begin, end = span.column - 1, span.end_column - 1
    written = line[begin:end]
    if span.end_line != span.line or written.count(use.text) != 1:
        return False
    lines[span.line - 1] = line[:begin] + written.replace(use.text, text) + line[end:]
    return True


_TOLD: Mapping[str, tuple[str, ...]] = {
    "fact": ("type", "unit", "subject", "direction", "roll_up", "cumulative", "by_exception",
             "provider"),
    "agency": ("area", "function", "vertical", "reports_to"),
    "post": ("body", "held_by"),
    "role": ("function", "tier"),
    "object": ("kind", "area"),
    "jurisdiction": ("tier", "parent"),
    "source": ("rank", "number"),
    "hazard": ("parent",),
}  # fmt: skip
"""What the declarations of two things are compared by."""


def differences(entities: Entities, thing: Thing, other: Thing) -> Iterator[Difference]:
    """What is declared otherwise of the two."""
    tables: Mapping[str, Mapping[str, object]] = {
        "fact": entities.facts,
        "agency": entities.agencies,
        "post": entities.posts,
        "role": entities.roles,
        "object": entities.objects,
        "jurisdiction": entities.jurisdictions,
        "source": entities.sources,
        "hazard": entities.hazards,
    }
    table = tables.get(thing.kind, {})
    one, two = table.get(thing.id), table.get(other.id)
    for name in _TOLD.get(thing.kind, ()) if one is not None and two is not None else ():
        yield from _difference(name, getattr(one, name), getattr(two, name))
    for one_ruled, two_ruled in _ruled(entities, thing, other):
        hazards = [tuple(sorted(ruled.hazards)) for ruled in (one_ruled, two_ruled)]
        yield from _difference("hazards", *hazards)
        tracks = [
            tuple(track.id or track.scale for track in ruled.tracks)
            for ruled in (one_ruled, two_ruled)
        ]
        yield from _difference("tracks", *tracks)


def _ruled(entities: Entities, thing: Thing, other: Thing) -> Iterator[tuple[Ruled, Ruled]]:
    """The newest editions of two standards or plans."""
    documents: Mapping[str, Sequence[Ruled]] = (
        entities.plans if thing.kind == PLAN else entities.standards
    )
    if thing.kind in {PLAN, "standard"} and thing.id in documents and other.id in documents:
        yield documents[thing.id][-1], documents[other.id][-1]


def _difference(what: str, one: object, two: object) -> Iterator[Difference]:
    if one != two:
        yield Difference(what.replace("_", "-"), _texts(one), _texts(two))


def _texts(value: object) -> tuple[str, ...]:
    if value is None or value is False:
        return ()
    return (
        tuple(map(str, value))
        if isinstance(value, tuple)
        else ("yes" if value is True else str(value),)
    )
