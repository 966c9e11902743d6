"""The documents of a library as authors wrote them, checked in shape but not linked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec import Struct, field

from planengine.diagnostics.allowance import Allowance

if TYPE_CHECKING:
    from planengine.model.manifest import ManifestModel
    from planengine.model.plan import PlanModel
    from planengine.model.registry import RegistryModel
    from planengine.model.sources import SourcesModel
    from planengine.model.standard import StandardModel
    from planengine.model.vocabulary import VocabularyModel


class Documents(Struct):
    """Every document of one library, in the order of its files."""

    manifest: ManifestModel
    vocabularies: list[VocabularyModel] = field(default_factory=list)
    sources: list[SourcesModel] = field(default_factory=list)
    registries: list[RegistryModel] = field(default_factory=list)
    standards: list[StandardModel] = field(default_factory=list)
    plans: list[PlanModel] = field(default_factory=list)
    foreign: frozenset[str] = frozenset()  # files that others keep

    def add(self, kind: str, model: Any) -> None:  # noqa: ANN401 - the model of that kind
        """Add a document of a kind, named by its first key."""
        of_kind: dict[str, list[Any]] = {
            "vocabulary": self.vocabularies,
            "sources": self.sources,
            "registry": self.registries,
            "standard": self.standards,
            "plan": self.plans,
        }
        of_kind[kind].append(model)

    allowances: list[Allowance] = field(default_factory=list)
