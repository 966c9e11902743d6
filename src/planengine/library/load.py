"""Loads a library: reads its documents, declares and links their names, checks the whole."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from planengine.diagnostics import Diagnostic, PlanError, finding
from planengine.library.entities import Entities
from planengine.library.files import Files
from planengine.library.link import link
from planengine.library.manifest import MANIFEST, manifest_of, real_path


def load_library(path: Path) -> Entities:
    """The linked library at `path`: its folder, its manifest, or one of its files.

    Raises PlanError holding every finding when there is an error among them.
    """
    entities, findings, _ = read_library(path)
    if entities is None or any(found.severity == "error" for found in findings):
        raise PlanError(findings)
    return entities


def read_library(
    path: Path, *, extra: Sequence[Path] = (), contents: Mapping[Path, bytes] | None = None
) -> tuple[Entities | None, list[Diagnostic], Mapping[str, str]]:
    """The linked library, every finding in the order of files and lines, and all texts by file.

    Files of `extra` that do not belong to the library are read as if they did. What `contents`
    holds is not read again.

    With errors, the library holds what could be linked; it is None when there is no manifest
    that can be used. For a path to one document, only findings of that document are given,
    and the errors of the others.
    """
    findings: list[Diagnostic] = []
    files = Files(findings, contents or {})
    manifest_path = manifest_of(path)
    if manifest_path is None:
        code = "no-library" if path.exists() else "unreadable-file"
        return None, [finding(code, None, path=path.as_posix())], {}
    manifest = files.manifest(manifest_path)
    if manifest is None:
        return None, findings, files.texts
    single = None if path.is_dir() or path.name == MANIFEST else path
    more = extra if single is None else (*extra, single)
    with _no_collection():
        documents = files.documents(manifest, manifest_path.parent, more)
        entities = link(documents, findings)
    found = _in_order(_without_echoes(findings, files), files)
    if single is not None:
        file = next((f for f in files.texts if real_path(Path(f)) == real_path(single)), None)
        found = [d for d in found if d.severity == "error" or (d.span and d.span.file == file)]
    return entities, found, files.texts


@contextmanager
def _no_collection() -> Iterator[None]:
    """Without looking for garbage: all that reading makes is kept, and looking is a sixth of it."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _without_echoes(findings: list[Diagnostic], files: Files) -> list[Diagnostic]:
    """Without unknown names that a document declares which could itself not be used."""
    if not files.unusable:
        return findings
    lost = "\n".join(files.texts.get(file, "") for file in sorted(files.unusable))

    def echo(found: Diagnostic) -> bool:
        if not found.code.startswith("unknown-") or found.span is None:
            return False
        if found.span.file in files.unusable:
            return False
        words = (value for key, value in found.params if key in ("name", "key", "text"))
        return any(isinstance(word, str) and word.partition("@")[0] in lost for word in words)

    return [found for found in findings if not echo(found)]


def _in_order(findings: list[Diagnostic], files: Files) -> list[Diagnostic]:
    """By file (as they were read), line and column; each finding once."""
    order = {file: index for index, file in enumerate(files.texts)}

    def key(found: Diagnostic) -> tuple[int, int, int]:
        if found.span is None:
            return (-1, 0, 0)
        return (order.get(found.span.file, len(order)), found.span.line, found.span.column)

    return sorted(dict.fromkeys(findings), key=key)
