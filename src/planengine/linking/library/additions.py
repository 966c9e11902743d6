"""What vocabularies add to things that others declare: values, attributes, names, tiers.

It is done before anything is linked, so that what is added is like what was there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Protocol, TypeVar

from planengine.diagnostics import Diagnostic, Text, finding
from planengine.diagnostics.suggest import did_you_mean
from planengine.domain.names import Mention

if TYPE_CHECKING:
    from planengine.model.vocabulary import (
        AddedValueModel,
        FactModel,
        ListedModel,
        NamedModel,
        ObjectKindModel,
        TierModel,
        VocabularyModel,
    )
    from planengine.reading.validate import Name


class _Labelled(Protocol):
    label: dict[str, str]
    aliases: list[Name]


T = TypeVar("T", bound="NamedModel")
L = TypeVar("L", bound="ListedModel")


def with_additions(
    parts: Sequence[VocabularyModel], findings: list[Diagnostic], mentions: list[Mention]
) -> list[VocabularyModel]:
    """The vocabularies with everything in its place that they add to one another.

    Where they name what they add to is added to `mentions`.
    """
    facts: dict[Name, FactModel] = {n: f for part in parts for n, f in part.facts.items()}
    kinds = {name: kind for part in parts for name, kind in part.object_kinds.items()}
    more_facts: dict[Name, FactModel] = {}
    more_kinds: dict[Name, ObjectKindModel] = {}
    for part in parts:
        for name, addition in part.additions.facts.items():
            found = _meant("fact", name, facts, findings)
            if found is not None:
                _mention("fact", found, name, mentions)
                values = _with_values(name, facts[found], addition.values, findings)
                for value in addition.values:
                    _mention_value(str(found), value, values or (), mentions)
                facts[found] = _named(facts[found], addition, values=values)
                more_facts[found] = facts[found]
        for name, added in part.additions.object_kinds.items():
            found = _meant("object-kind", name, kinds, findings)
            if found is not None:
                _mention("object-kind", found, name, mentions)
                attributes = _joined(kinds[found].attributes, added.attributes, findings)
                kinds[found] = _named(kinds[found], added, attributes=attributes)
                more_kinds[found] = kinds[found]
    tiers = _ordered([tier for part in parts for tier in part.tiers], findings)
    for tier in tiers:
        above = _index(tier.below, tiers) if tier.below is not None else None
        if above is not None:
            _mention("tier", tiers[above].id, tier.below, mentions)
    return [
        part.model_copy(
            update={
                "facts": {name: more_facts.get(name, one) for name, one in part.facts.items()},
                "object_kinds": {
                    name: more_kinds.get(name, one) for name, one in part.object_kinds.items()
                },
                "tiers": tiers if place == 0 else [],
            }
        )
        for place, part in enumerate(parts)
    ]


def _mention(kind: str, item: Name, written: Name | None, mentions: list[Mention]) -> None:
    if written is not None and written.span is not None:
        mentions.append(Mention(kind, str(item), str(written), written.span))


def _mention_value(
    fact: str, value: AddedValueModel, values: Sequence[ListedModel], mentions: list[Mention]
) -> None:
    beside = value.after or value.before
    place = _index(beside, values) if beside is not None else None
    if place is not None:
        _mention(f"value:{fact}", values[place].id, beside, mentions)


def _named(thing: T, addition: _Labelled, **changes: object) -> T:
    """The thing with more names: labels in further languages, and aliases."""
    label = {**thing.label, **{k: v for k, v in addition.label.items() if k not in thing.label}}
    names = [*thing.aliases, *addition.aliases]
    return thing.model_copy(update={"label": label, "aliases": names, **changes})


def _meant(
    kind: str, name: Name, things: Mapping[Name, NamedModel], findings: list[Diagnostic]
) -> Name | None:
    """The thing that a name means: by its id, else by the only label or alias that is so."""
    exact = next((item for item in things if item == name), None)
    if exact is not None:
        return exact
    found = [
        item
        for item, thing in things.items()
        if str(name) in (*thing.label.values(), *map(str, thing.aliases))
    ]
    if len(found) == 1:
        return found[0]
    if found:
        choices = ", ".join(map(str, found))
        findings.append(finding("ambiguous-name", name.span, name=str(name), choices=choices))
        return None
    nearest = did_you_mean(str(name), [str(item) for item in things])
    findings.append(finding(f"unknown-{kind}", name.span, name=str(name), nearest=nearest))
    return None


def _joined(
    own: Mapping[Name, NamedModel], added: Mapping[Name, NamedModel], findings: list[Diagnostic]
) -> dict[Name, NamedModel]:
    joined = dict(own)
    for name, thing in added.items():
        first = next((item for item in own if item == name), None)
        if first is None:
            joined[name] = thing
        else:
            findings.append(_twice(name, first))
    return joined


def _with_values(
    name: Name, fact: FactModel, added: Iterable[AddedValueModel], findings: list[Diagnostic]
) -> list[ListedModel] | None:
    """The values of a category with more of them, each where it says that it stands."""
    values = list(fact.values or [])
    ordered = fact.direction != "none"
    for value in added:
        if fact.type != "category":
            reason = Text(f"{name} is no category", f"{name} 不是 category")
            findings.append(finding("key-unsuited", value.id.span, key="values", reason=reason))
            return fact.values
        first = next((one.id for one in values if one.id == value.id), None)
        if first is not None:
            findings.append(_twice(value.id, first))
            continue
        beside = value.after or value.before
        if beside is None:
            if ordered:
                reason = Text("its place among the others", "须说明它在各取值中的位置")
                findings.append(
                    finding("key-needed", value.id.span, key="after, before", reason=reason)
                )
            values.append(value)
            continue
        place = _place("value", beside, values, findings)
        if place is not None:
            values.insert(place + (value.after is not None), value)
    return values or None


def _ordered(tiers: list[TierModel], findings: list[Diagnostic]) -> list[TierModel]:
    """The tiers, top first: each with `below` right under the one that it names."""
    placed = [tier for tier in tiers if tier.below is None]
    waiting = [tier for tier in tiers if tier.below is not None]
    while waiting:
        ready = [tier for tier in waiting if _index(tier.below, placed) is not None]
        if not ready:
            for tier in waiting:
                if tier.below is not None:
                    _place("tier", tier.below, placed, findings)
            break
        for tier in reversed(ready):  # of several below one, the first stands first
            above = _index(tier.below, placed)
            placed.insert(len(placed) if above is None else above + 1, tier)
        waiting = [tier for tier in waiting if tier not in ready]
    return placed


def _place(
    kind: str, name: Name, things: Sequence[ListedModel], findings: list[Diagnostic]
) -> int | None:
    found = _index(name, things)
    if found is None:
        nearest = did_you_mean(str(name), [str(thing.id) for thing in things])
        findings.append(finding(f"unknown-{kind}", name.span, name=str(name), nearest=nearest))
    return found


def _index(name: Name | None, things: Sequence[L]) -> int | None:
    for place, thing in enumerate(things):
        if str(name) in (str(thing.id), *thing.label.values(), *map(str, thing.aliases)):
            return place
    return None


def _twice(name: Name, first: Name) -> Diagnostic:
    words = Text("first declared here", "首次声明于此")
    related = ((words, first.span),) if first.span is not None else ()
    return finding("duplicate-id", name.span, name=str(name), related=related)
