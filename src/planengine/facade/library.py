"""A library of plans: reading, linking and checking it, and reading incidents by it."""

from __future__ import annotations

import hashlib
import logging
import os
from collections.abc import Callable, Iterable, Mapping
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

import planengine  # names in annotations, which are only looked up when somebody asks
from planengine.diagnostics import Diagnostic, PlanError
from planengine.domain.entities import Entities
from planengine.domain.registry import Registry
from planengine.domain.statements import Incident
from planengine.facade.arguments import BackendName, Moment, check_source, moment, path_of
from planengine.facade.epochs import Epochs
from planengine.reading.collecting import no_collecting
from planengine.reading.contents import content_of

if TYPE_CHECKING:
    from planengine.store import Store

_LOG = logging.getLogger(__name__)


def load(path: str | PathLike[str], *, cache: str | PathLike[str] | None = None) -> Library:
    """Read, link and check a library of plans.

    `path` is a folder that holds `planengine.yaml`, or that file. With `cache`, a folder of
    the user's own, what was read and compiled is kept there and used again as long as every
    file is as it was. Raises `PlanError`, which holds every diagnostic, when any of them is
    an error; warnings stay in `Library.diagnostics`. Raises `ArgumentError` for what is no path.
    """
    folder = path_of(path, "path")
    kept_in = path_of(cache, "cache") if cache is not None else None
    with no_collecting(for_good=True):
        return _loaded(folder, kept_in)


def _loaded(folder: Path, cache: Path | None) -> Library:
    at_hand = _at_hand(folder, cache) if cache is not None else None
    if at_hand is not None:
        store, contents, read_before = at_hand
    else:
        store, contents, read_before = None, _contents(folder), None
    digest = content_digest(contents.values())
    kept = store.get("library") if store is not None else None
    if kept is not None:
        on_shelf, diagnostics = kept
        _LOG.debug("library %s: as kept in %s", folder, cache)
        return Library(on_shelf.entities(), diagnostics, {}, store, digest)
    from planengine.linking.kept import between_commands
    from planengine.linking.load import read_library

    before = linked = None
    if read_before is not None:
        before, linked = between_commands(read_before)
    found, findings, sources = read_library(folder, contents=contents, kept=before)
    _LOG.debug("library %s: read, %d findings", folder, len(findings))
    if found is None or any(item.severity == "error" for item in findings):
        raise PlanError(findings)
    if store is not None and linked is not None:
        store.put("library", (linked.shelved(found), tuple(findings)))
    return Library(found, tuple(findings), sources, store, digest)


def _contents(path: Path) -> Mapping[Path, bytes]:
    """The files of a library, as far as they can be read."""
    from planengine.linking.manifest import included, library_files, manifest_of

    manifest = manifest_of(path)
    content = content_of(manifest) if manifest is not None else None
    if manifest is None or content is None:
        return {}
    read = ((file, content_of(file)) for file in library_files(manifest, included(content)))
    return {file: found for file, found in read if found is not None}


def content_digest(contents: Iterable[bytes]) -> str:
    """The sha256 of what some files say, whatever their names and places."""
    each = sorted(hashlib.sha256(one).hexdigest() for one in contents)
    return hashlib.sha256("\n".join(each).encode()).hexdigest()


class _AtHand(NamedTuple):
    """The store of a library as its files are now, their contents, and its manifest's store."""

    store: Store
    contents: Mapping[Path, bytes]
    of_manifest: Store


def _at_hand(path: Path, cache: Path) -> _AtHand | None:
    """What is kept of a library, and what that follows from."""
    from planengine.linking.manifest import included, library_files, manifest_of
    from planengine.store import store_for

    manifest = manifest_of(path)
    content = content_of(manifest) if manifest is not None else None
    if manifest is None or content is None:
        return None
    for_manifest = store_for((manifest,), cache)
    names = for_manifest.store.get("included") if for_manifest else None
    if names is None:
        names = included(content)
        if for_manifest:
            for_manifest.store.put("included", names)
    whole = store_for(library_files(manifest, names), cache)
    if whole is None or for_manifest is None:
        return None
    return _AtHand(whole.store, whole.contents, for_manifest.store)


class Library:
    """Plans, standards, vocabulary and registry, linked; immutable; made by `load`.

    `diagnostics` are the warnings of loading, `sources` the text of every file that was read
    (none of a library that was kept), `digest` the sha256 of what those files say, wherever they
    lie. A pickle holds all but the cache folder. `entities`, `store` and `check_until` are for
    planengine's own rooms.
    """

    entities: Entities
    diagnostics: tuple[Diagnostic, ...]
    sources: Mapping[str, str]
    digest: str

    def __init__(
        self,
        entities: Entities,
        diagnostics: tuple[Diagnostic, ...] = (),
        sources: Mapping[str, str] | None = None,
        store: Store | None = None,
        digest: str = "",
    ) -> None:
        self.entities = entities
        self.diagnostics = diagnostics
        self.sources = sources or {}
        self.store = store
        self.digest = digest

    def __reduce__(self) -> tuple[type[Library], tuple[object, ...]]:
        return Library, (self.entities, self.diagnostics, dict(self.sources), None, self.digest)

    def __repr__(self) -> str:
        known = self.entities
        return (
            f"<Library of {known.home}: {len(known.plans)} plans, {len(known.standards)} standards>"
        )

    def compile(self, *, engine: BackendName = "kernel") -> planengine.Engine:
        """An engine for this library; raises `PlanError` when its newest rules cannot be compiled.

        `engine` is `kernel`, `durable` (needs the extra `planengine[durable]`), or `both`,
        which runs the two and refuses to answer where they differ. Raises `ArgumentError` for
        another name, and `EngineRefusal` where that engine is not installed.
        """
        from planengine.facade.engine import Engine

        compiled = Engine(self, engine)
        compiled.check(Epochs(self.entities).last)
        return compiled

    def check(self, *, at: Moment | None = None) -> tuple[Diagnostic, ...]:
        """Every finding of reading, linking, compiling and the checks, over all editions.

        `at` is the time for which it is checked: what is too old then, and which comments still
        let a finding stand. Without it each document is judged by the day on which it came into
        force, and no such comment has expired. The findings are in the order of files and lines.
        Raises `ArgumentError` for what is no time.
        """
        return self.check_until(lambda: False, at=at) or ()

    def check_until(
        self, is_stopped: Callable[[], bool], *, at: Moment | None = None
    ) -> tuple[Diagnostic, ...] | None:
        """As `check`; None once `is_stopped` says so, which is asked for each edition."""
        from planengine.checks import (
            Checked,
            check_entities,
            levels_that_fall,
            with_causes,
            without_allowed,
        )
        from planengine.linking.load import without_advice_to_others
        from planengine.rules.compile import compile_rules

        found = dict.fromkeys(self.diagnostics)
        plans = [plan for editions in self.entities.plans.values() for plan in editions]
        starts = [plan.edition.period.since or 0 for plan in plans] or [0]
        for start in Epochs(self.entities).starts_from(min(starts)):
            if is_stopped():
                return None
            findings: list[Diagnostic] = []
            rules = compile_rules(self.entities, Registry(self.entities, start), findings)
            found.update(dict.fromkeys(findings))
            found.update(dict.fromkeys(levels_that_fall(rules, self.entities)))
        known, day = self.entities, moment(at) if at is not None else None
        found.update(dict.fromkeys(check_entities(Checked(known, day))))
        standing = without_allowed(with_causes(found), known.allowances, known.time_zone, day)
        kept = without_advice_to_others(standing, known.foreign)
        order = {file: place for place, file in enumerate(self.sources)}

        def place(item: Diagnostic) -> tuple[int, str, int, int]:
            span = item.span
            if span is None:
                return (-1, "", 0, 0)
            return (order.get(span.file, len(order)), span.file, span.line, span.column)

        return tuple(sorted(kept, key=place))

    def read_incident(self, source: object, *, lenient: bool = False) -> Incident:
        """An incident file (YAML, JSON or a JSONL stream), its text, or the same as data.

        A `Path` is read as a file; a `str` or `bytes` is the text itself. Data is any mapping,
        dataclass, named tuple or pydantic model; its `observations` any iterable of such, or a
        table of pandas. Warnings are in the incident's `warnings`. Errors raise `PlanError`;
        with `lenient` those of single observations do not, and these are in `rejected`. Raises
        `ArgumentError` for what is no incident at all, such as a path that is given as text.
        """
        check_source(source)
        from planengine.linking.incidents.content import incident_content

        path = source if self.store and isinstance(source, Path) else None
        content = incident_content(path) if path is not None else None
        name = None
        if path is not None and content is not None:
            name = f"incident-{_digest(path, content, lenient)}"
        kept: Incident | None = self.store.get(name) if self.store and name else None
        if kept is not None:
            return kept
        from planengine.linking.incidents.incident import read_incident
        from planengine.linking.incidents.records import told_in_short

        findings: list[Diagnostic] = []
        incident = read_incident(
            source if content is None else content,
            self.entities,
            findings,
            file=path.as_posix() if path is not None else None,
            lenient=lenient,
        )
        if incident is None or any(item.severity == "error" for item in findings):
            raise PlanError(findings)
        incident = replace(incident, warnings=told_in_short(findings))
        if self.store and name:
            self.store.put(name, incident)
        return incident


def _digest(source: Path, content: bytes, lenient: bool) -> str:
    """A file name for what follows from the content of a file, and what it is called."""
    named = os.fsencode(source) + f"\0{lenient}\0".encode()
    return hashlib.sha256(named + content).hexdigest()[:32]
