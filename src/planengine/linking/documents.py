"""The documents of a library as authors wrote them, checked in shape but not linked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct, field

if TYPE_CHECKING:
    from planengine.linking.file import Model
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

    def add(self, model: Model) -> None:
        """Put a document to those of its kind."""
        from planengine.model.plan import PlanModel
        from planengine.model.registry import RegistryModel
        from planengine.model.sources import SourcesModel
        from planengine.model.standard import StandardModel
        from planengine.model.vocabulary import VocabularyModel

        match model:
            case VocabularyModel():
                self.vocabularies.append(model)
            case SourcesModel():
                self.sources.append(model)
            case RegistryModel():
                self.registries.append(model)
            case StandardModel():
                self.standards.append(model)
            case PlanModel():
                self.plans.append(model)
