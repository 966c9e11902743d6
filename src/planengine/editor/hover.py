"""What is said of the place under the cursor: the thing named, the condition as understood."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct

from planengine.assessment.terms_in_words import told
from planengine.diagnostics import Span
from planengine.domain.documents import Basis, LevelRule, Plan, Standard, Track
from planengine.domain.entities import Entities
from planengine.domain.ids import Origin
from planengine.domain.names import Mention
from planengine.editor.definitions import defined
from planengine.editor.things import Thing, Things, values_of
from planengine.reading.nodes import Node


def hover(
    file: str, line: int, column: int, mention: Mention | None, things: Things, node: Node | None
) -> str | None:
    """Markdown for a place of a document, whose tree is `node`; None where there is nothing."""
    parts = [_thing(mention, things, node)] if mention is not None else []
    parts += _rule(file, line, column, things)
    return "\n\n---\n\n".join(part for part in parts if part) or None


def _thing(mention: Mention, things: Things, node: Node | None) -> str:
    plain, owner = mention.plain, mention.owner
    thing = things.thing(mention.kind, mention.id)
    label = things.words.action(owner, mention.id) if plain == "action" else thing.label
    lines = [f"**{label}** `{mention.id}` — {things.kind_word(mention.kind)}"]
    if plain == "action":
        lines += _actions(owner, mention.id, things)
    elif plain == "definition" and node is not None:
        term = defined(node, owner, mention.id, things.entities)
        lines += [told(term, things.words)] if term is not None else []
    else:
        lines += _more(thing, things)
    return "  \n".join(lines)


def _more(thing: Thing, things: Things) -> Iterator[str]:
    """What is known of a thing of the library besides its name."""
    zh = things.language == "zh"
    if thing.about:
        yield thing.about
    others = [one for one in thing.spellings if one not in (thing.id, thing.label)]
    if others:
        yield ("又称：" if zh else "also: ") + ("、" if zh else ", ").join(others)
    fact = things.entities.facts.get(thing.id) if thing.kind == "fact" else None
    if fact is not None and values_of(fact):
        values = [
            f"`{value}` {label.text(things.language)}".strip() for value, label in values_of(fact)
        ]
        between = " < " if _ordered(fact) else ", "
        yield ("取值：" if zh else "values: ") + between.join(values)


def _actions(document: str, item_id: str, things: Things) -> Iterator[str]:
    """Who does an action by when, at each of the levels that it is written for."""
    words = things.words
    for plan in things.entities.plans.get(document, ()):
        for action in plan.actions:
            if action.id == item_id:
                who = ("、" if things.language == "zh" else ", ").join(
                    map(words.executor, action.executors)
                )
                when = words.timing(action.timing) if action.timing is not None else ""
                yield " · ".join(part for part in (who, when) if part)


def _ordered(fact: Any) -> bool:  # noqa: ANN401 - a fact of choices
    return bool(getattr(fact.domain, "ordered", False))


def _rule(file: str, line: int, column: int, things: Things) -> Iterator[str]:
    """The condition at a place in words, the level that it gives, and the clause it rests on."""
    zh = things.language == "zh"
    place = _Place(file, line, column)
    for document in documents_in(file, things.entities):
        found = place.terms(document)
        if found:
            yield told(found[-1], things.words)
        for track, rule in place.rules(document, found[-1] if found else None):
            scale = things.entities.scales[track.scale]
            level = scale.by_rank(rule.rank)
            name = things.words.level(track.scale, level.id if level is not None else None)
            verb = things.words.verb(rule.verb)
            said = f"给出：{name}（{verb}）" if zh else f"gives: {name} ({verb})"
            yield "  \n".join([said, *(_basis(one, things) for one in rule.basis)])
            return
        if found:
            return


def _basis(basis: Basis, things: Things) -> str:
    zh = things.language == "zh"
    clause = f" {basis.clause}" if basis.clause else ""
    own = ("（自定）" if zh else " (own choice)") if basis.own_choice else ""
    unsure = basis.confidence not in (None, "read", "high")
    doubt = ("（未核实）" if zh else " (unverified)") if unsure else ""
    return f"{'依据：' if zh else 'basis: '}{things.words.source(basis.source)}{clause}{own}{doubt}"


def documents_in(file: str, entities: Entities) -> Iterator[Standard | Plan]:
    """The standard or plan that is written in a file."""
    every: list[Mapping[str, tuple[Any, ...]]] = [entities.standards, entities.plans]
    for table in every:
        for editions in table.values():
            yield from (one for one in editions if one.span and one.span.file == file)


class _Place(Struct, frozen=True):
    file: str
    line: int
    column: int

    def within(self, span: Span | None) -> bool:
        if span is None or span.file != self.file:
            return False
        here = (self.line, self.column)
        return (span.line, span.column) <= here <= (span.end_line, span.end_column)

    def terms(self, value: object) -> list[Any]:
        """The terms that are written around this place, the innermost last."""
        found = sorted(self._terms(value), key=lambda pair: -pair[0])
        return [term for _, term in found]

    def _terms(self, value: object) -> Iterator[tuple[int, object]]:
        if isinstance(value, Struct):
            origin = getattr(value, "origin", None)
            if isinstance(origin, Origin) and self.within(origin.span):
                assert origin.span is not None
                yield _size(origin.span), value
            for name in value.__struct_fields__:
                yield from self._terms(getattr(value, name))
        elif isinstance(value, tuple | list):
            for item in value:
                yield from self._terms(item)
        elif isinstance(value, Mapping):
            for item in value.values():
                yield from self._terms(item)

    def rules(self, document: Standard | Plan, term: object) -> Iterator[tuple[Track, LevelRule]]:
        """The rules that are written around this place or hold a term, the narrowest first."""
        found = [
            (track, rule)
            for track in (*document.tracks, *document.warnings)
            for rule in track.rules
            if self.within(rule.span) or (term is not None and _holds(rule.when, term))
        ]
        yield from sorted(found, key=lambda pair: _size(pair[1].span))


def _holds(value: object, term: object) -> bool:
    """Whether a term is, or has within it, this very one."""
    if value is term:
        return True
    if isinstance(value, Struct):
        return any(_holds(getattr(value, name), term) for name in value.__struct_fields__)
    return isinstance(value, tuple) and any(_holds(item, term) for item in value)


def _size(span: Span | None) -> int:
    if span is None:
        return 0
    return (span.end_line - span.line) * 10_000 + span.end_column - span.column
