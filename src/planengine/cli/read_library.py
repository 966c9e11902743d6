"""A library read with every place that names something: what `impact` and the page need."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from planengine.cli.common import fail
from planengine.cli.language import Language

if TYPE_CHECKING:
    from planengine.diagnostics import Diagnostic
    from planengine.domain.names import Mention
    from planengine.facade import Library
    from planengine.linking.kept import Kept
    from planengine.reading.nodes import Node
    from planengine.rules.ruleset import RuleSet


class Read(Struct):
    """A library, the texts and trees of its files, and where things are named in them."""

    path: Path
    library: Library
    texts: Mapping[str, str]
    roots: Mapping[str, Node]
    mentions: Sequence[Mention]
    kept: Kept

    @property
    def folder(self) -> str:
        """The library's folder, as findings name files in it."""
        return (self.path if self.path.is_dir() else self.path.parent).as_posix()

    def rules(self, at: int, language: Language) -> RuleSet:
        """The rules in force; ends the command where they cannot be compiled."""
        from planengine.diagnostics import PlanError

        try:
            return self.library.compile().rules_at(at)
        except PlanError as error:
            fail(error.diagnostics, self.texts, language)

    def again(self, texts: Mapping[str, str]) -> Sequence[Diagnostic]:
        """What is found wrong when files have other texts: of reading first, else of checks."""
        from planengine.facade import Library
        from planengine.linking.load import read_library

        contents = {Path(file): text.encode() for file, text in texts.items()}
        entities, found, sources = read_library(self.path, contents=contents, kept=self.kept)
        if entities is None or any(one.severity == "error" for one in found):
            return found
        return Library(entities, tuple(found), sources).check()


def read(path: Path, language: Language) -> Read:
    """The library at a path, or its findings printed and exit 1."""
    from planengine.facade import Library
    from planengine.linking.kept import FilesInMemory, while_writing
    from planengine.linking.load import read_library

    files = FilesInMemory()
    kept = while_writing(files)
    entities, found, texts = read_library(path, kept=kept)
    if entities is None or any(one.severity == "error" for one in found):
        fail(found, texts, language)
    nodes = (file.node for file in files.files().values())
    roots = {node.span.file: node for node in nodes if node is not None}
    library = Library(entities, tuple(found), texts)
    return Read(path, library, texts, roots, kept.mentions or (), kept)
