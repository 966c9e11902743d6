"""Loads a library: reads its documents, declares and links their names, checks the whole."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from pathlib import Path

from planengine.diagnostics import Diagnostic, PlanError, Span, finding
from planengine.domain.entities import Entities
from planengine.linking.echoes import told_once, without_echoes
from planengine.linking.files import Files
from planengine.linking.kept import Kept
from planengine.linking.library.link import link
from planengine.linking.manifest import MANIFEST, is_outside, is_there, manifest_of, real_path
from planengine.reading.collecting import no_collecting


def load_library(path: Path) -> Entities:
    """The linked library at `path`: its folder, its manifest, or one of its files.

    Raises PlanError holding every finding when there is an error among them.
    """
    entities, findings, _ = read_library(path)
    if entities is None or any(found.severity == "error" for found in findings):
        raise PlanError(findings)
    return entities


def read_library(
    path: Path,
    *,
    extra: Sequence[Path] = (),
    contents: Mapping[Path, bytes] | None = None,
    kept: Kept | None = None,
    once: bool = True,
) -> tuple[Entities | None, list[Diagnostic], Mapping[str, str]]:
    """The linked library, every finding in the order of files and lines, and all texts by file.

    Files of `extra` that do not belong to the library are read as if they did. What `contents`
    holds is not read from the disk. What `kept` holds is not read or linked again where it is
    as it was, and it then holds what was read and linked now. `once` tells each unknown name
    only where it stands first.

    With errors, the library holds what could be linked; it is None when there is no manifest
    that can be used. For a path to one document, only findings of that document are given,
    and the errors of the others.
    """
    findings: list[Diagnostic] = []
    kept = kept or Kept()
    files = Files(findings, contents or {}, kept)
    manifest_path = manifest_of(path)
    if manifest_path is None:
        code = "no-library" if is_there(path) else "unreadable-file"
        return None, [finding(code, None, path=path.as_posix())], {}
    if is_outside(manifest_path.name, manifest_path.parent):
        place = Span(manifest_path.as_posix(), 1, 1, 1, 1)
        return None, [finding("outside-library", place, path=manifest_path.as_posix())], {}
    manifest = files.manifest(manifest_path)
    if manifest is None:
        return None, findings, files.texts
    single = None if path.is_dir() or path.name == MANIFEST else path
    more = extra if single is None else (*extra, single)
    with no_collecting(for_good=True):
        documents = files.documents(manifest, manifest_path.parent, more)
        read = len(findings)
        if kept.mentions is not None:
            kept.mentions = []
        entities = link(documents, findings, before=kept.before, mentions=kept.mentions)
    findings[read:] = [one for one in findings[read:] if not _is_stale(one, files)]
    found = without_advice_to_others(without_echoes(findings, read, files), files.foreign)
    found = _in_order(found, files)
    if once:
        found = list(told_once(found, entities.names))
    if single is not None:
        file = next((f for f in files.texts if real_path(Path(f)) == real_path(single)), None)
        found = [d for d in found if d.severity == "error" or (d.span and d.span.file == file)]
    return entities, found, files.texts


def _is_stale(found: Diagnostic, files: Files) -> bool:
    """Whether a finding is about a document as it no longer is."""
    return found.span is not None and found.span.file in files.stale


def without_advice_to_others(
    findings: Iterable[Diagnostic], foreign: AbstractSet[str]
) -> list[Diagnostic]:
    """Without advice about files that are included from elsewhere: their keepers get it."""
    return [
        found
        for found in findings
        if found.severity != "advice" or found.span is None or found.span.file not in foreign
    ]


def _in_order(findings: list[Diagnostic], files: Files) -> list[Diagnostic]:
    """By file (as they were read), line and column; each finding once."""
    order = {file: index for index, file in enumerate(files.texts)}

    def key(found: Diagnostic) -> tuple[int, int, int]:
        if found.span is None:
            return (-1, 0, 0)
        return (order.get(found.span.file, len(order)), found.span.line, found.span.column)

    return sorted(dict.fromkeys(findings), key=key)
