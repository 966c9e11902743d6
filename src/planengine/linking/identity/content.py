"""What a term says, as a text that is the same however and wherever it is written.

It follows from meaning (ids, units converted), not from spelling, place or the order of the parts
of an `all` or `any`; so a digest of it survives the formatter, and edits around the term.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from planengine.domain.terms import (
    ActTerm,
    AllOf,
    AnyOf,
    At,
    AtLeastOf,
    AttributeBound,
    AttributeTerm,
    CalendarTerm,
    CaseOf,
    ChangeTerm,
    ConstantTerm,
    CountTerm,
    DutyTerm,
    ElapsedTerm,
    Enclosing,
    FactTerm,
    HazardTerm,
    LastingTerm,
    LevelTerm,
    NotOf,
    Place,
    Term,
)
from planengine.values.sets import ValueSet

_BYTES = 4  # within one rule a clash is one in millions, and told apart by a number


def digest(*parts: object) -> str:
    """A short name for some parts; the same in every process."""
    text = "\x1f".join(str(part) for part in parts)
    return hashlib.blake2b(text.encode(), digest_size=_BYTES).hexdigest()


def name_of(term: Term) -> str:
    """What a reader would call a leaf: the fact and place it asks about, the decision, the act."""
    match term:
        case FactTerm():
            name = f"{term.fact}{_at(term.place)}"
            return name if term.forecast_within is None else f"expected.{name}"
        case AttributeTerm():
            return f"@{term.attribute}{_at(term.place)}"
        case LevelTerm():
            track = "" if term.track is None else f"/{term.track}"
            return f"{term.read}.{term.target}{track}{_at(term.place)}"
        case CountTerm():
            return f"count.{term.over}{_at(term.within)}"
        case LastingTerm():
            return "lasting"
        case ElapsedTerm():
            return f"elapsed.{term.moment}"
        case ChangeTerm():
            return f"change.{term.fact}{_at(term.place)}"
        case ActTerm():
            return f"{term.kind}.{term.local}" if term.named else term.kind
        case DutyTerm():
            return f"{term.read}.{term.item}"
        case CalendarTerm():
            return f"during.{term.calendar}"
        case HazardTerm():
            return f"hazard.{term.hazard}"
        case AllOf():
            return "all"
        case AnyOf():
            return "any"
        case AtLeastOf():
            return f"at-least-{term.count}"
        case NotOf():
            return f"not.{name_of(term.of)}"
        case CaseOf():
            return "case"
        case ConstantTerm():
            return str(term.value).lower()


def content_of(term: Term) -> str:
    """Everything that a term says."""
    match term:
        case FactTerm():
            window = (term.forecast_within, term.covering, term.day)
            return _said(name_of(term), _bound(term.bound), *window)
        case AttributeTerm():
            return _said(name_of(term), term.owner, term.bound)
        case LevelTerm():
            return _said(name_of(term), term.scale, *sorted(term.ranks))
        case CountTerm():
            return _said(name_of(term), term.over_type, content_of(term.where), term.accepts)
        case LastingTerm():
            return _said("lasting", content_of(term.where), term.duration, term.gaps_under)
        case ElapsedTerm():
            return _said(name_of(term), term.accepts)
        case ChangeTerm():
            return _said(name_of(term), term.within, term.falling, term.accepts)
        case ActTerm():
            return _said(term.kind, term.what, *term.by)
        case DutyTerm():
            return _said(name_of(term), term.kind, term.document)
        case CalendarTerm() | HazardTerm() | ConstantTerm():
            return _said(name_of(term))
        case AllOf() | AnyOf() | AtLeastOf():
            return _said(name_of(term), *_in_any_order(term.of))
        case NotOf():
            return _said("not", content_of(term.of))
        case CaseOf():
            pairs = (_said(content_of(guard), content_of(body)) for guard, body in term.branches)
            return _said("case", *pairs, content_of(term.otherwise))


def _said(*parts: object) -> str:
    return f"({' '.join(str(part) for part in parts)})"


def _in_any_order(terms: Iterable[Term]) -> list[str]:
    return sorted(content_of(term) for term in terms)


def _bound(bound: ValueSet | AttributeBound) -> str:
    if isinstance(bound, AttributeBound):
        return f"@{bound.attribute} + {bound.margin}"
    return str(bound)


def _at(place: Place) -> str:
    if isinstance(place, At):
        return f"@{place.place}"
    return f"@{place.tier}" if isinstance(place, Enclosing) else ""
