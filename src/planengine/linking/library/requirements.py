"""Links what management rules ask of plans, and the names that bodies had before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from planengine.diagnostics import Text, finding
from planengine.domain.requirements import Asked, FormerName, Requirement

if TYPE_CHECKING:
    from planengine.linking.library.linker import Linker
    from planengine.model.vocabulary import RequirementModel, VocabularyModel

_NUMBERS: Mapping[Asked, str] = {
    "assessed": "years",
    "exercised": "years",
    "first-release": "within",
    "conference": "within",
}


def link_requirements(parts: Iterable[VocabularyModel], linker: Linker) -> tuple[Requirement, ...]:
    """Every requirement of the vocabularies, in the author's order."""
    return tuple(_requirement(one, linker) for part in parts for one in part.requirements)


def _check_keys(model: RequirementModel, linker: Linker) -> None:
    """What is asked needs its number, and takes no other."""
    needed = _NUMBERS.get(model.asks)
    reason = Text(f"`asks: {model.asks}`", f"`asks: {model.asks}`")
    named = (*model.plan_kinds, *model.hazards, *(basis.source for basis in model.basis))
    span = next((name.span for name in named), None)
    for key, value in (("years", model.years), ("within", model.within)):
        if value is None and key == needed:
            linker.findings.append(finding("key-needed", span, key=key, reason=reason))
        if value is not None and key != needed:
            linker.findings.append(finding("key-unsuited", span, key=key, reason=reason))
    if model.of is not None and needed != "within":
        linker.findings.append(finding("key-unsuited", span, key="of", reason=reason))


def _requirement(model: RequirementModel, linker: Linker) -> Requirement:
    _check_keys(model, linker)
    kinds = (linker.name("plan-kind", name) for name in model.plan_kinds)
    hazards = (linker.name("hazard", name) for name in model.hazards)
    return Requirement(
        asks=model.asks,
        plan_kinds=tuple(kind for kind in kinds if kind is not None),
        hazards=tuple(hazard for hazard in hazards if hazard is not None),
        years=model.years,
        seconds=linker.duration(model.within, "within"),
        worst=model.of == "worst",
        basis=linker.basis(model.basis),
    )


def link_former_names(parts: Iterable[VocabularyModel], linker: Linker) -> tuple[FormerName, ...]:
    """The former names of the vocabularies whose dates can be read."""
    found = []
    for model in (one for part in parts for one in part.former_names):
        until = linker.date(model.until)
        if until is not None:
            names = (str(model.name), *map(str, model.aliases))
            basis = linker.basis(model.basis)
            found.append(FormerName(names, str(model.now), until, basis))
    return tuple(found)
