"""One file of a library: from its bytes to a document that is checked in shape."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from msgspec import Struct

from planengine.diagnostics import Diagnostic, finding
from planengine.diagnostics.allowance import Allowance, allowances
from planengine.reading.nodes import MappingNode, Node
from planengine.reading.yaml import read_document

if TYPE_CHECKING:
    from planengine.model.manifest import ManifestModel
    from planengine.model.plan import PlanModel
    from planengine.model.registry import RegistryModel
    from planengine.model.sources import SourcesModel
    from planengine.model.standard import StandardModel
    from planengine.model.vocabulary import VocabularyModel


Model: TypeAlias = (
    "VocabularyModel | SourcesModel | RegistryModel | StandardModel | PlanModel | ManifestModel"
)
MANIFEST_KIND = "library"
RULED_KINDS = ("standard", "plan")
KINDS = ("vocabulary", "sources", "registry", *RULED_KINDS)


class ReadFile(Struct, frozen=True):
    """What a file holds; `model` is None where it is no document that can be used.

    `readable` tells that reading it as YAML found no error; `allowances` are its comments that
    let a finding stand.
    """

    node: Node | None
    kind: str | None
    model: Model | None
    findings: tuple[Diagnostic, ...]
    readable: bool
    allowances: tuple[Allowance, ...]


def read_file(content: bytes, file: str, kinds: tuple[str, ...] = KINDS) -> ReadFile:
    """A file by its content; `kinds` are the documents that it may be."""
    findings: list[Diagnostic] = []
    node = read_document(content, file, findings)
    readable = not any(found.severity == "error" for found in findings)
    kind = first_key(node) if node is not None else None
    model = None
    if node is not None and kind in kinds:
        model = _build(kind, node, findings)
    elif node is not None:
        findings.append(_unknown(node, kinds))
    allowed = allowances(content.decode("utf-8", "replace"), file)
    return ReadFile(node, kind, model, tuple(findings), readable, allowed)


def first_key(node: Node) -> str | None:
    """The first key of a document, which tells its kind."""
    if isinstance(node, MappingNode) and node.entries:
        return node.entries[0][0].text
    return None


def _unknown(node: Node, kinds: tuple[str, ...]) -> Diagnostic:
    name, span = "", node.span
    if isinstance(node, MappingNode) and node.entries:
        name, span = node.entries[0][0].text, node.entries[0][0].span
    if name == "incident" and kinds == KINDS:
        return finding("incident-in-library", span)
    return finding("unknown-document", span, name=name, kinds=kinds)


def _build(kind: str | None, node: Node, findings: list[Diagnostic]) -> Model | None:
    from planengine.reading.validate import build

    match kind:
        case "library":
            from planengine.model.manifest import ManifestModel

            return build(node, ManifestModel, findings)
        case "vocabulary":
            from planengine.model.vocabulary import VocabularyModel

            return build(node, VocabularyModel, findings)
        case "sources":
            from planengine.model.sources import SourcesModel

            return build(node, SourcesModel, findings)
        case "registry":
            from planengine.model.registry import RegistryModel

            return build(node, RegistryModel, findings)
        case "standard":
            from planengine.model.standard import StandardModel

            return build(node, StandardModel, findings)
    from planengine.model.plan import PlanModel

    return build(node, PlanModel, findings)
