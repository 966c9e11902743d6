"""Links the vocabulary: scales, hazards, kinds, calendars, and the small lists of words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Protocol, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from planengine.diagnostics import Span, Text, finding
from planengine.domain.parts import Named, Period
from planengine.domain.vocabulary import (
    Attribute,
    Calendar,
    Hazard,
    Level,
    Moment,
    ObjectKind,
    Scale,
    ScaleMeaning,
    Tier,
    Verb,
    scale_for,
)
from planengine.linking.library.cycles import cycles
from planengine.linking.library.declare import label_of
from planengine.linking.library.linker import optional_text
from planengine.linking.library.quantities import link_quantity

if TYPE_CHECKING:
    from planengine.linking.library.linker import Linker
    from planengine.model.vocabulary import (
        AttributeModel,
        CalendarModel,
        ListedModel,
        NamedModel,
        ScaleModel,
        VerbModel,
        VocabularyModel,
    )
    from planengine.reading.validate import Name

_MEANINGS: tuple[ScaleMeaning, ...] = ("response", "warning")
_DAY = re.compile(r"(\d{1,2})-(\d{1,2})", re.ASCII)
_CLOCK = re.compile(r"(\d{1,2}):(\d\d)", re.ASCII)
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


class Vocabulary(Struct, frozen=True):
    """Everything of the vocabulary but the facts, which need the registry's names too."""

    scales: Mapping[str, Scale]
    hazards: Mapping[str, Hazard]
    tiers: tuple[Tier, ...]
    object_kinds: Mapping[str, ObjectKind]
    area_attributes: Mapping[str, Attribute]
    verbs: Mapping[str, Verb]
    ranks: tuple[Named, ...]
    plan_kinds: tuple[Named, ...]
    member_roles: tuple[Named, ...]
    moments: Mapping[str, Moment]
    calendars: Mapping[str, Calendar]


def link_vocabulary(parts: Iterable[VocabularyModel], linker: Linker) -> Vocabulary:
    """All parts of the vocabulary together, but the facts."""
    parts = tuple(parts)
    hazards = {
        str(item_id): Hazard(
            str(item_id),
            label_of(h.label, item_id),
            linker.name("hazard", h.in_) if h.in_ else None,
            item_id.span,
        )
        for part in parts
        for item_id, h in part.hazards.items()
    }
    _check_meanings(parts, linker)
    check_circles(linker, hazards, lambda h: h.parent, Text("hazards", "灾种从属"))
    return Vocabulary(
        scales=_scales(parts),
        hazards=hazards,
        tiers=tuple(
            Tier(
                str(tier.id),
                label_of(tier.label, tier.id),
                None if tier.government is None else str(tier.government),
                tier.id.span,
            )
            for part in parts
            for tier in part.tiers
        ),
        object_kinds={
            str(item_id): ObjectKind(
                str(item_id), label_of(kind.label, item_id), _attributes(kind.attributes, linker)
            )
            for part in parts
            for item_id, kind in part.object_kinds.items()
        },
        area_attributes={
            item_id: attribute
            for part in parts
            for item_id, attribute in _attributes(part.jurisdiction_attributes, linker).items()
        },
        verbs={str(verb.id): _verb(verb) for part in parts for verb in part.verbs},
        ranks=_listed(thing for part in parts for thing in part.ranks),
        plan_kinds=_listed(thing for part in parts for thing in part.plan_kinds),
        member_roles=_listed(thing for part in parts for thing in part.member_roles),
        moments={
            str(i): Moment(str(i), label_of(m.label, i), m.is_, i.span)
            for part in parts
            for i, m in part.moments.items()
        },
        calendars={
            str(item_id): _calendar(str(item_id), calendar, linker)
            for part in parts
            for item_id, calendar in part.calendars.items()
        },
    )


def _verb(verb: VerbModel) -> Verb:
    label = label_of(verb.label, verb.id)
    return Verb(str(verb.id), label, verb.is_ == "must", verb.is_, verb.id.span)


def _check_meanings(parts: Sequence[VocabularyModel], linker: Linker) -> None:
    """Warns of verbs and moments that do not say what they are: nothing is guessed from an id."""
    for part in parts:
        for verb in part.verbs:
            if verb.is_ is None:
                linker.findings.append(
                    finding(
                        "meaning-undeclared",
                        verb.id.span,
                        name=str(verb.id),
                        choices="must, should, may",
                    )
                )
        for name, moment in part.moments.items():
            if moment.is_ is None:
                linker.findings.append(
                    finding(
                        "meaning-undeclared",
                        name.span,
                        name=str(name),
                        choices="occurrence, receipt, met, proposal, start, level-change, told",
                    )
                )


class _Spanned(Protocol):
    @property
    def span(self) -> Span | None: ...


T = TypeVar("T", bound=_Spanned)


def check_circles(
    linker: Linker, things: Mapping[str, T], parent: Callable[[T], str | None], what: Text
) -> None:
    """A finding for each circle of parents."""

    def following(item_id: str) -> tuple[str, ...]:
        thing = things.get(item_id)
        above = parent(thing) if thing is not None else None
        return (above,) if above is not None else ()

    for circle in cycles(things, following):
        path = " → ".join((*circle, circle[0]))
        span = things[circle[0]].span
        linker.findings.append(finding("cyclic-reference", span, what=what, path=path))


def _named(item_id: Name, thing: NamedModel) -> Named:
    return Named(str(item_id), label_of(thing.label, item_id), item_id.span)


def _listed(things: Iterable[ListedModel]) -> tuple[Named, ...]:
    return tuple(_named(thing.id, thing) for thing in things)


def _scales(parts: Sequence[VocabularyModel]) -> dict[str, Scale]:
    """Every scale; where none is declared to be of a meaning, the one that is named after it is."""
    scales = {str(i): _scale(str(i), s) for part in parts for i, s in part.scales.items()}
    for meaning in _MEANINGS:
        if scale_for(meaning, scales) is None and meaning in scales:
            scales[meaning] = replace(scales[meaning], meaning=meaning)
    return scales


def _scale(item_id: str, scale: ScaleModel) -> Scale:
    count = len(scale.levels)
    levels = tuple(
        Level(
            str(level.id),
            count - index,
            label_of(level.label, level.id),
            optional_text(level.colour),
        )
        for index, level in enumerate(scale.levels)
    )
    floor = None
    if scale.floor is not None:
        name, colour = scale.floor.id, optional_text(scale.floor.colour)
        floor = Level(str(name), 0, label_of(scale.floor.label, name), colour)
    return Scale(item_id, label_of(scale.label, item_id), levels, scale.is_, floor)


def _attributes(attributes: Mapping[Name, AttributeModel], linker: Linker) -> dict[str, Attribute]:
    linked = {}
    for item_id, model in attributes.items():
        quantity = link_quantity(item_id, model, model.direction or "up", linker)
        linked[str(item_id)] = Attribute(
            str(item_id),
            label_of(model.label, item_id),
            quantity.domain,
            quantity.unit,
            quantity.labels,
            model.difference,
        )
    return linked


def _calendar(item_id: str, calendar: CalendarModel, linker: Linker) -> Calendar:
    yearly = [(_day(s.from_, linker), _day(s.until, linker)) for s in calendar.yearly]
    clock = [(_clock(s.from_, linker), _clock(s.until, linker)) for s in calendar.clock]
    zone = linker.time_zone(calendar.time_zone)
    local = linker.in_zone(zone)
    dates, excluded = (
        tuple(period for s in spans if (period := local.period(s.from_, s.until)) != Period())
        for spans in (calendar.dates, calendar.except_)
    )
    return Calendar(
        item_id,
        label_of(calendar.label, item_id),
        tuple((a, b) for a, b in yearly if a is not None and b is not None),
        tuple((a, b) for a, b in clock if a is not None and b is not None),
        dates,
        zone,
        frozenset(_WEEKDAYS.index(day) for day in calendar.weekdays),
        excluded,
    )


def _day(text: Name, linker: Linker) -> tuple[int, int] | None:
    match = _DAY.fullmatch(text.strip())
    if match is not None:
        month, day = int(match[1]), int(match[2])
        if 1 <= month <= 12 and 1 <= day <= _DAYS[month - 1]:
            return month, day
    expected = Text("a month and day such as 05-01", "月日，如 05-01")
    linker.findings.append(finding("bad-calendar", text.span, text=str(text), expected=expected))
    return None


def _clock(text: Name, linker: Linker) -> int | None:
    match = _CLOCK.fullmatch(text.strip())
    if match is not None:
        minutes = int(match[1]) * 60 + int(match[2])
        if minutes <= 24 * 60 and int(match[2]) < 60:
            return minutes
    expected = Text("a clock time such as 22:00", "钟点，如 22:00")
    linker.findings.append(finding("bad-calendar", text.span, text=str(text), expected=expected))
    return None
