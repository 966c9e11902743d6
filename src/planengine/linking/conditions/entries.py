"""The plain entries of a condition: a fact, an attribute, or a decision's level, and its bound."""

from __future__ import annotations

from difflib import get_close_matches

from planengine.diagnostics import Text, finding
from planengine.diagnostics.suggest import did_you_mean
from planengine.domain.names import AREA, DocumentKind
from planengine.domain.terms import (
    NEVER_TERM,
    At,
    AttributeBound,
    AttributeTerm,
    FactTerm,
    Place,
    Term,
)
from planengine.domain.vocabulary import INCIDENT, Attribute, Fact
from planengine.linking.conditions.bound_nodes import measured_in, read_bound, read_test
from planengine.linking.conditions.decisions import read_any_standard, read_level
from planengine.linking.conditions.misplaced import AROUND_CONDITION, misplaced_key
from planengine.linking.conditions.reader import NamedValues, Reader, origin_of, place_of
from planengine.reading.nodes import Node, ScalarNode
from planengine.values.bounds import AttributeMargin
from planengine.values.sets import NumberDomain, ValueSet
from planengine.values.units import factor

KEYWORDS = (
    "any",
    "all",
    "not",
    "at-least",
    "count",
    "expected",
    "lasting",
    "elapsed",
    "change",
    "judged",
    "recognised",
    "on-order",
    "done",
    "reported",
    "overdue",
    "during",
    "hazards",
    "use",
    "case",
)


def read_entry(key: ScalarNode, value: Node, reader: Reader) -> Term:
    """The term of `<fact>[@place]`, `@attribute[@place]` or `<scale>.<decision>[@place]`."""
    text = key.text.strip()
    if text.startswith("@"):
        return _attribute_term(key, value, reader)
    name, at, place_text = (part.strip() for part in text.partition("@"))
    where = place_text if at else None
    facts = reader.names.find("fact", name)
    if not facts and "." in name:
        if reader.forecast is not None:
            reader.findings.append(finding("not-forecastable", key.span, key=text))
            return NEVER_TERM
        return read_level(key, name, where, value, reader)
    if not facts and len(reader.names.find("scale", name)) == 1 and reader.forecast is None:
        any_standard = read_any_standard(key, name, where, value, reader)
        if any_standard is not None:
            return any_standard
    misplaced = None if facts else misplaced_key(key, AROUND_CONDITION)
    if misplaced is not None:
        reader.findings.append(misplaced)
        return NEVER_TERM
    fact = _fact_named(key, name, reader)
    place = place_of(where, key.span, reader)
    if fact is None or place is None or not _stands(fact, place, key, reader):
        return NEVER_TERM
    bound = _fact_bound(fact, value, reader)
    if bound is None:
        return NEVER_TERM
    return FactTerm(
        fact.id, place, bound, origin_of(key, value), reader.forecast, reader.covering, reader.day
    )


def read_fact_at(node: ScalarNode, reader: Reader) -> tuple[Fact, Place] | None:
    """The fact and place of a reference such as `water-level@hankou`; None with findings."""
    name, at, place_text = (part.strip() for part in node.text.partition("@"))
    fact = _fact_named(node, name, reader)
    place = place_of(place_text if at else None, node.span, reader)
    if fact is None or place is None or not _stands(fact, place, node, reader):
        return None
    return fact, place


def _fact_named(key: ScalarNode, name: str, reader: Reader) -> Fact | None:
    names = reader.names
    if not names.find("fact", name):
        level = _level_named(name, reader)
        if level is not None:
            reader.findings.append(finding("unknown-fact", key.span, name=name, nearest=level))
            return None
        keyword = next(iter(get_close_matches(name, KEYWORDS, n=1, cutoff=0.75)), None)
        nearest = names.suggest("fact", name)
        if keyword is not None and _is_nearer(name, keyword, nearest):
            reader.findings.append(
                finding("unknown-condition", key.span, key=name, suggestion=keyword)
            )
            return None
    found = names.resolve("fact", name, key.span, reader.findings)
    return None if found is None else names.facts.get(found)


def _level_named(name: str, reader: Reader) -> str | None:
    """How the level of the standard or plan with this name is asked; None where there is none."""
    kinds: tuple[DocumentKind, ...] = ("standard", "plan")
    for kind in kinds:
        found = reader.names.find(kind, name)
        document = reader.names.document(kind, found[0]) if len(found) == 1 else None
        if document is not None and document.tracks:
            track, scale = next(iter(document.tracks.items()))
            return f"{scale}.{found[0]}" + (f"/{track}" if track is not None else "")
    return None


def _is_nearer(name: str, keyword: str, fact: str | None) -> bool:
    return fact is None or did_you_mean(name, (keyword, fact)) == keyword


def _stands(fact: Fact, place: Place, key: ScalarNode, reader: Reader) -> bool:
    """Whether the fact can be asked of the place; a finding where it cannot."""
    members = reader.scope.members_kind
    if isinstance(place, At):
        if fact.subject == INCIDENT:
            reader.findings.append(finding("incident-fact-place", key.span, fact=fact.id))
            return False
        kind = reader.scope.kind_of.get(place.place)
    else:
        in_objects = members is not None and reader.names.find("object-kind", members)
        kind = members if in_objects else None
        if fact.subject == AREA:
            return True
    if kind is None or fact.subject in (kind, INCIDENT):
        return True
    reader.findings.append(
        finding("wrong-place", key.span, fact=fact.id, subject=fact.subject, kind=kind)
    )
    return False


def _fact_bound(fact: Fact, value: Node, reader: Reader) -> ValueSet | AttributeBound | None:
    choices = NamedValues(reader.names, f"value:{fact.id}")
    bound = read_bound(
        value, measured_in(fact.unit, fact.domain, choices, difference=fact.difference), reader
    )
    if not isinstance(bound, AttributeMargin):
        return bound
    return _attribute_bound(fact, bound, value, reader)


def _attribute_bound(
    fact: Fact, bound: AttributeMargin, value: Node, reader: Reader
) -> AttributeBound | None:
    """The attribute of the fact's own object, checked to be a number in the fact's unit."""
    if fact.subject == INCIDENT:
        text = f"@{bound.attribute}"
        reader.findings.append(finding("attribute-not-here", value.span, text=text))
        return None
    found = reader.names.resolve(
        f"attribute:{fact.subject}", bound.attribute, value.span, reader.findings
    )
    attribute = reader.names.attributes(fact.subject).get(found) if found is not None else None
    if attribute is None:
        return None
    same = isinstance(attribute.domain, NumberDomain) and _same_unit(attribute, fact, reader)
    if not same:
        no_unit = Text("no unit", "无单位")
        reader.findings.append(
            finding(
                "attribute-unit",
                value.span,
                attribute=attribute.id,
                unit=attribute.unit or no_unit,
                fact=fact.id,
                expected=fact.unit or no_unit,
            )
        )
        return None
    return AttributeBound(attribute.id, bound.margin)


def _same_unit(attribute: Attribute, fact: Fact, reader: Reader) -> bool:
    if attribute.difference != fact.difference:
        return False
    units, differ = reader.names.dialect.units, fact.difference
    return factor(attribute.unit, fact.unit, difference=differ, declared=units) == 1


def _attribute_term(key: ScalarNode, value: Node, reader: Reader) -> Term:
    """`"@attribute"` of the deciding place or counted object, `"@attribute@place"` of another."""
    name, at, place_text = (part.strip() for part in key.text.strip()[1:].partition("@"))
    place = place_of(place_text if at else None, key.span, reader)
    if place is None:
        return NEVER_TERM
    owner = AREA if at else reader.attribute_owner
    if isinstance(place, At):
        owner = reader.scope.kind_of.get(place.place, AREA)
    found = reader.names.resolve(f"attribute:{owner}", name, key.span, reader.findings)
    attribute = reader.names.attributes(owner).get(found) if found is not None else None
    if attribute is None:
        return NEVER_TERM
    choices = NamedValues(reader.names, f"value:@{owner}/{attribute.id}")
    test = read_test(
        value,
        measured_in(attribute.unit, attribute.domain, choices, difference=attribute.difference),
        reader,
    )
    if test is None:
        return NEVER_TERM
    return AttributeTerm(attribute.id, place, test, origin_of(key, value), owner)
