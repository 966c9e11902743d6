"""One library as it is being edited: read and linked at each edit, checked when there is time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path

import msgspec
from msgspec import Struct

from planengine.diagnostics import Diagnostic, Span, Text, finding
from planengine.domain.entities import Entities
from planengine.domain.names import Mention
from planengine.linking.incidents.incident import read_incident
from planengine.linking.kept import FilesInMemory, while_writing
from planengine.linking.load import read_library
from planengine.linking.manifest import real_path
from planengine.reading.nodes import Node


class Look(Struct, frozen=True):
    """A library as it was when it was last looked at.

    `files` are its texts by name and `nodes` their trees, where they could be read; `entities`
    are None where its manifest cannot be used. `stale` are files that cannot be read now, so that
    of them only what they declared is known, and no place; `mentions` are places in the others.
    """

    entities: Entities | None
    findings: tuple[Diagnostic, ...]
    files: Mapping[str, str]
    nodes: Mapping[str, Node]
    mentions: tuple[Mention, ...]
    declared: tuple[Mention, ...]
    stale: frozenset[str]

    @property
    def errors(self) -> tuple[Diagnostic, ...]:
        """The findings that keep it from being used."""
        return tuple(found for found in self.findings if found.severity == "error")


class Bench:
    """Reads and links the library of a manifest again and again, and only what is new of it."""

    def __init__(self, manifest: Path) -> None:
        self.manifest = manifest
        self._files = FilesInMemory()
        self._kept = while_writing(self._files)
        self._names: dict[Path, Path] = {}  # how the library calls a file, by where it leads
        self.seen: Look | None = None
        self.usable: Entities | None = None
        """The newest entities that there were, for when there are none."""

    def look(self, unsaved: Mapping[Path, str], extra: Iterable[Path] = ()) -> Look:
        """The library with texts that are not saved yet; `extra` are read as if they were in it."""
        contents = {self.name(path): text.encode() for path, text in unsaved.items()}
        entities, found, texts = read_library(
            self.manifest, extra=tuple(extra), contents=contents, kept=self._kept, once=False
        )
        self._names = {real_path(Path(file)): Path(file) for file in texts}
        nodes = {
            file: read.node for file, read in self._files.files().items() if read.node is not None
        }
        stale, mentions = self._kept.stale, self._kept.mentions or ()
        self.seen = Look(
            entities,
            tuple(found),
            texts,
            nodes,
            mentions=tuple(one for one in mentions if one.span.file not in stale),
            declared=tuple(one for one in mentions if one.declares),
            stale=stale,
        )
        if entities is not None:
            self.usable = entities
        return self.seen

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """Every place of the library that names something, as it was last looked at."""
        return self.seen.mentions if self.seen is not None else ()

    def name(self, path: Path) -> Path:
        """What the library calls a file."""
        return self._names.get(real_path(path), path)

    def has(self, path: Path) -> bool:
        """Whether a file is one of the library's, as it was last looked at."""
        return real_path(path) in self._names

    def check(
        self, look: Look, is_stopped: Callable[[], bool] = lambda: False
    ) -> tuple[Diagnostic, ...] | None:
        """All findings, those of the whole included; None where it was stopped or cannot be."""
        if look.entities is None or look.errors:
            return None
        from planengine.facade import Library

        library = Library(look.entities, look.findings, look.files)
        return library.check_until(is_stopped)

    def incident(self, path: Path, text: str) -> tuple[tuple[Diagnostic, ...], tuple[Mention, ...]]:
        """What is found and named in an incident, by the library as it was last looked at.

        A library with errors cannot read it: then only that is found.
        """
        look = self.seen
        if look is None or look.entities is None or look.errors:
            errors = look.errors if look is not None else ()
            return tuple(_by_a_library_that_fails(path, one, errors) for one in errors[:1]), ()
        mentions: list[Mention] = []
        names = replace(look.entities.names, mentions=mentions)
        entities = msgspec.structs.replace(look.entities, names=names)
        found: list[Diagnostic] = []
        read_incident(text, entities, found, file=path.as_posix())
        return tuple(found), tuple(mentions)


def _by_a_library_that_fails(
    path: Path, first: Diagnostic, errors: tuple[Diagnostic, ...]
) -> Diagnostic:
    words = Text("the first of them", "第一个错误")
    related = ((words, first.span),) if first.span is not None else ()
    place = Span(path.as_posix(), 1, 1, 1, 1)
    return finding("library-fails", place, count=len(errors), code=first.code, related=related)
