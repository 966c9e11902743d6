"""Values that a fact may be compared with or stated to have, while one is being typed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from planengine.domain.vocabulary import Attribute, Fact
from planengine.editor.things import Things, values_of
from planengine.values.sets import ChoiceDomain
from planengine.values.unit_table import UNITS

_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_MULTIPLES = {"元": ("万元", "亿元"), "人": ("万人",)}
_MOST_UNITS = 6


def bounds_for(
    about: str, written: str, things: Things, counted: str | None, *, stated: bool
) -> Iterator[tuple[str, str]]:
    """Texts that may be written for a fact or `@attribute`, each with what it means."""
    entities = things.entities
    name, _, _ = about.removeprefix("@").partition("@")
    thing: Fact | Attribute | None
    owner = counted or "area"
    if about.startswith("@"):
        found = entities.names.find(f"attribute:{owner}", name)
        thing = entities.names.attributes(owner).get(found[0]) if len(found) == 1 else None
    else:
        found = entities.names.find("fact", name)
        thing = entities.facts.get(found[0]) if len(found) == 1 else None
    if thing is None:
        return
    if isinstance(thing.domain, ChoiceDomain):
        yield from _choices(thing, things, stated=stated)
        return
    yield from _numbers(thing, written, things, stated=stated)
    if not stated and isinstance(thing, Fact):
        for attribute in entities.names.attributes(thing.subject).values():
            unit = attribute.unit or ""
            if unit == (thing.unit or "") and not isinstance(attribute.domain, ChoiceDomain):
                yield f"≥ @{attribute.id}", attribute.label.text(things.language)


def _choices(thing: Fact | Attribute, things: Things, *, stated: bool) -> Iterator[tuple[str, str]]:
    assert isinstance(thing.domain, ChoiceDomain)
    values = values_of(thing)
    if not values:
        zh = things.language == "zh"
        yield "true", "是" if zh else "yes"
        yield "false", "否" if zh else "no"
        return
    yield from ((value, label.text(things.language)) for value, label in values)
    if thing.domain.ordered and not stated:
        for value, label in values[1:]:
            yield f"≥ {value}", f"≥ {label.text(things.language)}"


def _numbers(
    thing: Fact | Attribute, written: str, things: Things, *, stated: bool
) -> Iterator[tuple[str, str]]:
    found = _NUMBER.search(written)
    number = found[0] if found is not None else "1"
    for unit in _units(thing.unit):
        after = f" {unit}" if unit else ""
        if stated:
            yield f"{number}{after}", ""
            continue
        yield f"≥ {number}{after}", ""
        if things.language == "zh":
            yield f"{number}{unit}以上", f"≥ {number}{after}"
            yield f"{number}{unit}以下", f"< {number}{after}"
        else:
            yield f"< {number}{after}", ""
    if stated:
        yield f'"[0..{number}]"', ""


def _units(unit: str | None) -> tuple[str, ...]:
    """The unit of a fact, and some that convert to it."""
    if unit is None:
        return ("",)
    alike = [*_MULTIPLES.get(unit, ())]
    own = UNITS.get(unit)
    seen = {own.factor} if own is not None else set()
    for one, measure in UNITS.items():
        if own is not None and measure.dimension == own.dimension and measure.factor not in seen:
            seen.add(measure.factor)
            alike.append(one)
    return (unit, *alike[:_MOST_UNITS])
