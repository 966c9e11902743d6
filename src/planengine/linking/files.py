"""Finds and reads the files of a library: from its manifest to checked documents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from planengine.diagnostics import Diagnostic, Span, finding
from planengine.diagnostics.allowance import Allowance
from planengine.linking.documents import Documents
from planengine.linking.file import KINDS, MANIFEST_KIND, ReadFile
from planengine.linking.kept import Kept
from planengine.linking.manifest import (
    MANIFEST,
    Included,
    Inside,
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
    What is `kept` of a file is not read again where its content is the same. The newest document
    that could be used stands in for one that is broken now, and its name is then in `stale`.

    A file is named by its path as it was reached: relative when the library was.
    """

    def __init__(
        self,
        findings: list[Diagnostic],
        contents: Mapping[Path, bytes],
        kept: Kept,
    ) -> None:
        self.findings = findings
        self._contents = contents
        self._kept = kept
        self.stale: set[str] = set()
        self.texts: dict[str, str] = {}
        self.unusable: set[str] = set()
        self.foreign: set[str] = set()
        self.missing = False
        self._allowances: list[Allowance] = []
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
        read = self._kept.files.read(content, file, kinds)
        self.texts[file] = content.decode("utf-8", "replace")
        self.findings.extend(read.findings)
        self._allowances.extend(read.allowances)
        if not read.readable:
            self.unusable.add(file)
        return read

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
        self._check_tests(manifest, root)
        known = {real_path(path) for path in paths}
        for path in extra:
            if real_path(path) not in known and path.name != MANIFEST:
                known.add(real_path(path))
                paths[path] = None
        for path in paths:
            self._add(path, documents)
        self._keep_these()
        documents.foreign = frozenset(self.foreign)
        documents.allowances = self._allowances
        return documents

    def _keep_these(self) -> None:
        """Forget files that are no longer part of the library."""
        kept = self._kept
        kept.files.end()
        kept.stale = frozenset(self.stale)
        kept.good = {p: one for p, one in kept.good.items() if p.as_posix() in self.texts}

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
        inside = Inside(place.within)
        for path in documents_at(place.path):
            if not inside.holds(path):
                self.findings.append(finding("outside-library", name.span, path=path.as_posix()))
            else:
                if place.is_packaged or _is_of_another_library(path, place.within):
                    self.foreign.add(path.as_posix())
                self._named[path] = name.span
                yield path

    def _add(self, path: Path, documents: Documents) -> None:
        read = self.read(path)
        model = read.model if read is not None else None
        if model is not None:
            self._kept.good[path] = model
        else:
            self.unusable.add(path.as_posix())
            model = self._kept.good.get(path) if read is not None else None
            self.stale |= {path.as_posix()} if model is not None else set()
        if model is not None:
            documents.add(model)


def _is_of_another_library(path: Path, root: Path) -> bool:
    """Whether a file lies in a folder below the library's that has a manifest of its own."""
    below = (folder for folder in path.parents if folder != root and folder.is_relative_to(root))
    return any((folder / MANIFEST).is_file() for folder in below)
