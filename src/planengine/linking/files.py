"""Finds and reads the files of a library: from its manifest to checked documents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from planengine.diagnostics import Diagnostic, Span, finding
from planengine.linking.documents import Documents
from planengine.linking.file import KINDS, MANIFEST_KIND, ReadFile, read_file
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

if TYPE_CHECKING:
    from planengine.model.manifest import ManifestModel
    from planengine.reading.validate import Name


class Files:
    """Reads documents; keeps the text of every file by its name, and which could not be used.

    `foreign` are the files of packaged libraries and of folders that have a manifest of their
    own: others keep those.
    `missing` tells whether something that it includes is not there.
    `kept` are files as they were read before: one whose content is the same is not read again.

    A file is named by its path as it was reached: relative when the library was.
    """

    def __init__(
        self,
        findings: list[Diagnostic],
        contents: Mapping[Path, bytes],
        kept: dict[Path, ReadFile] | None = None,
    ) -> None:
        self.findings = findings
        self._contents = contents
        self._kept = kept if kept is not None else {}
        self.texts: dict[str, str] = {}
        self.unusable: set[str] = set()
        self.foreign: set[str] = set()
        self.missing = False
        self._named: dict[Path, Span | None] = {}  # where the manifest names what a file is in

    def read(self, path: Path, kinds: tuple[str, ...] = KINDS) -> ReadFile | None:
        """A file; None with a finding when there is none."""
        file = path.as_posix()
        content = self._contents.get(path)
        if content is None:
            content = content_of(path)
        if content is None:
            self.findings.append(finding("unreadable-file", self._named.get(path), path=file))
            return None
        kept = self._kept.get(path)
        if kept is None or kept.content != content:
            kept = self._kept[path] = read_file(content, file, kinds)
        self.texts[file] = kept.text
        self.findings.extend(kept.findings)
        if not kept.readable:
            self.unusable.add(file)
        return kept

    def manifest(self, path: Path) -> ManifestModel | None:
        """The manifest of a library."""
        from planengine.model.manifest import ManifestModel

        read = self.read(path, (MANIFEST_KIND,))
        model = read.model if read is not None else None
        return model if isinstance(model, ManifestModel) else None

    def documents(self, manifest: ManifestModel, root: Path, extra: Iterable[Path]) -> Documents:
        """Every document that the manifest includes, and each of `extra` that is not among them."""
        documents = Documents(manifest)
        paths = dict.fromkeys(self._included(manifest, root))
        known = {real_path(path) for path in paths}
        for path in extra:
            if real_path(path) not in known and path.name != MANIFEST:
                known.add(real_path(path))
                paths[path] = None
        for path in paths:
            self._add(path, documents)
        documents.foreign = frozenset(self.foreign)
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
        read = self.read(path)
        if read is None or read.model is None:
            self.unusable.add(path.as_posix())
        else:
            documents.add(read.model)


def _is_of_another_library(path: Path, root: Path) -> bool:
    """Whether a file lies in a folder below the library's that has a manifest of its own."""
    below = (folder for folder in path.parents if folder != root and folder.is_relative_to(root))
    return any((folder / MANIFEST).is_file() for folder in below)
