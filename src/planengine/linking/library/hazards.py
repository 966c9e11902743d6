"""Links the hazards of a part of a document, and conditions on the incident's."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from planengine.diagnostics import finding
from planengine.domain.hazards import with_above
from planengine.domain.ids import Origin
from planengine.domain.terms import AllOf, AnyOf, HazardTerm, NotOf, Term
from planengine.linking.library.linker import Linker
from planengine.reading.validate import Name


def hazards_within(
    covered: tuple[str, ...], names: Iterable[Name], linker: Linker
) -> tuple[str, ...]:
    """The hazards of a part of a document: some of the document's, or hazards below them."""
    found: list[str] = []
    for name in names:
        hazard = linker.name("hazard", name)
        if hazard is None:
            continue
        if not covered or not set(covered).isdisjoint(with_above(hazard, linker.names.hazards)):
            found.append(hazard)
            continue
        hazards = ", ".join(covered)
        linker.findings.append(finding("hazard-outside", name.span, hazard=hazard, hazards=hazards))
    return tuple(dict.fromkeys(found))


def where_hazards(
    covered: tuple[str, ...],
    named: Sequence[Name],
    without: Sequence[Name],
    when: Term | None,
    linker: Linker,
) -> Term | None:
    """`when`, in an incident with one of the `named` hazards and with none of `without`."""
    asked = [] if when is None else [when]
    if term := _any_hazard(covered, named, linker):
        asked.append(term)
    if term := _any_hazard(covered, without, linker):
        asked.append(NotOf(term))
    return AllOf(tuple(asked)) if asked else None


def _any_hazard(covered: tuple[str, ...], names: Sequence[Name], linker: Linker) -> Term | None:
    found = hazards_within(covered, names, linker)
    if not found:
        return None
    origin = Origin("hazards", names[0].span)
    return AnyOf(tuple(HazardTerm(hazard, origin) for hazard in found))
