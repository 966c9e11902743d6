"""Finds and reads the files of a library: from its manifest to checked documents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from planengine.diagnostics import Diagnostic, Span, finding
from planengine.diagnostics.allowance import allowances
from planengine.linking.documents import Documents
from planengine.linking.kept import KeptDocuments, Read
from planengine.linking.manifest import (
    MANIFEST,
    Included,
    documents_at,
    included_at,
    is_outside,
    is_there,
    real_path,
)
from planengine.linking.packages import package_names
from planengine.reading.contents import content_of
from planengine.reading.nodes import MappingNode, Node
from planengine.reading.yaml import read_document

if TYPE_CHECKING:
    from planengine.model.manifest import ManifestModel
    from planengine.reading.validate import Name

KINDS = ("vocabulary", "sources", "registry", "standard", "plan")


class Files:
    """Reads documents; keeps the text of every file by its name, and which could not be used.

    `foreign` are the files of packaged libraries and of folders that have a manifest of their
    own: others keep those.
    `missing` tells whether something that it includes is not there.

    A file is named by its path as it was reached: relative when the library was.
    """

    def __init__(
        self,
        findings: list[Diagnostic],
        contents: Mapping[Path, bytes],
        kept: KeptDocuments | None = None,
    ) -> None:
        self.findings = findings
        self._contents = contents
        self._kept = kept
        self.texts: dict[str, str] = {}
        self.unusable: set[str] = set()
        self.foreign: set[str] = set()
        self.missing = False
        self._named: dict[Path, Span | None] = {}  # where the manifest names what a file is in

    def node(self, path: Path) -> Node | None:
        """The content of a YAML file; None with findings when it cannot be read."""
        file = path.as_posix()
        content = self._contents.get(path) or content_of(path)
        if content is None:
            self.findings.append(finding("unreadable-file", self._named.get(path), path=file))
            return None
        self.texts[file] = content.decode("utf-8", "replace")
        before = len(self.findings)
        node = read_document(content, file, self.findings)
        if any(found.severity == "error" for found in self.findings[before:]):
            self.unusable.add(file)
        return node

    def manifest(self, path: Path) -> ManifestModel | None:
        """The manifest of a library."""
        from planengine.model.manifest import ManifestModel
        from planengine.reading.validate import build

        node = self.node(path)
        if node is None:
            return None
        if first_key(node) != "library":
            self._unknown(node, ("library",))
            return None
        return build(node, ManifestModel, self.findings)

    def documents(self, manifest: ManifestModel, root: Path, extra: Iterable[Path]) -> Documents:
        """Every document that the manifest includes, and each of `extra` that is not among them."""
        documents = Documents(manifest)
        paths = dict.fromkeys(self._included(manifest, root))
        self._check_tests(manifest, root)
        known = {real_path(path) for path in paths}
        for path in extra:
            if real_path(path) not in known and path.name != MANIFEST:
                known.add(real_path(path))
                paths[path] = None
        for path in paths:
            self._add(path, documents)
        if self._kept is not None:
            self._kept.save()
        documents.foreign = frozenset(self.foreign)
        for file, text in self.texts.items():
            documents.allowances += allowances(text, file)
        return documents

    def _included(self, manifest: ManifestModel, root: Path) -> Iterator[Path]:
        for name in manifest.include:
            place = included_at(name, root)
            if place is None:
                self.missing = True
                self.findings.append(
                    finding("unknown-package", name.span, name=str(name), known=package_names())
                )
            elif is_outside(place.name, place.within):
                self.findings.append(finding("outside-library", name.span, path=str(name)))
            elif not is_there(place.path):
                self.missing = True
                self.findings.append(finding("unreadable-file", name.span, path=str(name)))
            else:
                yield from self._inside(place, name)

    def _check_tests(self, manifest: ManifestModel, root: Path) -> None:
        """What is named under `tests` is there, and inside the library."""
        for name in manifest.tests:
            if is_outside(name, root):
                self.findings.append(finding("outside-library", name.span, path=str(name)))
            elif not is_there(root / name):
                self.findings.append(finding("unreadable-file", name.span, path=str(name)))

    def _inside(self, place: Included, name: Name) -> Iterator[Path]:
        for path in documents_at(place.path):
            if is_outside(path.relative_to(place.within), place.within):
                self.findings.append(finding("outside-library", name.span, path=path.as_posix()))
            else:
                if place.is_packaged or _is_of_another_library(path, place.within):
                    self.foreign.add(path.as_posix())
                self._named[path] = name.span
                yield path

    def _add(self, path: Path, documents: Documents) -> None:
        file, content = path.as_posix(), self._contents.get(path)
        kept = self._kept if content is not None else None
        if kept is not None and content is not None:
            read = kept.get(file, content)
            if read is not None:
                self.texts[file] = content.decode("utf-8", "replace")
                self.findings += read.findings
                documents.add(read.kind, read.model)
                return
        before = len(self.findings)
        node = self.node(path)
        kind = first_key(node) if node is not None else None
        if node is not None and kind not in KINDS:
            self._unknown(node, KINDS)
        model = None
        if node is not None and kind in KINDS:
            model = _build(kind, node, self.findings)
        if kind is None or model is None:
            self.unusable.add(file)
            return
        documents.add(kind, model)
        found = tuple(self.findings[before:])
        if kept is not None and content is not None and file not in self.unusable:
            kept.put(file, content, Read(kind, model, found))

    def _unknown(self, node: Node, kinds: tuple[str, ...]) -> None:
        name, span = "", node.span
        if isinstance(node, MappingNode) and node.entries:
            name, span = node.entries[0][0].text, node.entries[0][0].span
        if name == "incident":
            self.findings.append(finding("incident-in-library", span))
            return
        self.findings.append(finding("unknown-document", span, name=name, kinds=kinds))


def _is_of_another_library(path: Path, root: Path) -> bool:
    """Whether a file lies in a folder below the library's that has a manifest of its own."""
    below = (folder for folder in path.parents if folder != root and folder.is_relative_to(root))
    return any((folder / MANIFEST).is_file() for folder in below)


def first_key(node: Node) -> str | None:
    """The first key of a document, which tells its kind."""
    if isinstance(node, MappingNode) and node.entries:
        return node.entries[0][0].text
    return None


def _build(kind: str, node: Node, findings: list[Diagnostic]) -> Any:  # noqa: ANN401
    """The model of a document of a kind; None with findings where it is wrong."""
    from planengine.reading.validate import build

    if kind == "vocabulary":
        from planengine.model.vocabulary import VocabularyModel

        return build(node, VocabularyModel, findings)
    if kind == "sources":
        from planengine.model.sources import SourcesModel

        return build(node, SourcesModel, findings)
    if kind == "registry":
        from planengine.model.registry import RegistryModel

        return build(node, RegistryModel, findings)
    if kind == "standard":
        from planengine.model.standard import StandardModel

        return build(node, StandardModel, findings)
    from planengine.model.plan import PlanModel

    return build(node, PlanModel, findings)
