"""Every document that is open, the libraries that they belong to, and what is found in them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from msgspec import Struct

from planengine.diagnostics import Diagnostic, Span, finding
from planengine.domain.entities import Entities
from planengine.editor.bench import Bench, Look
from planengine.linking.file import KINDS, MANIFEST_KIND, read_file
from planengine.linking.incidents.files import begins
from planengine.linking.manifest import MANIFEST, TEST_ENDING, manifest_of, real_path
from planengine.reading.contents import content_of

INCIDENT = "incident"
TEST = "test"
_DATA = (".json", ".jsonl", ".ndjson")
Found = Mapping[Path, tuple[Diagnostic, ...]]
"""Findings by file: of every file that may have some, also where it has none any more."""


class Sheet(Struct, frozen=True):
    """An open document: its text, and the kind that its first key tells."""

    path: Path
    text: str
    kind: str | None


class _Whole(Struct, frozen=True):
    """What the whole library was found to have beyond each file, and the texts it had then."""

    findings: tuple[Diagnostic, ...]
    files: Mapping[str, str]

    def standing(self, files: Mapping[str, str]) -> Iterator[Diagnostic]:
        """Those whose lines are now as they were then."""
        for item in self.findings:
            span = item.span
            if span is not None and _lines(self.files, span) == _lines(files, span):
                yield item


class _Tests(Struct, frozen=True):
    """What was found in a file of tests, by which library."""

    text: str
    entities: Entities | None
    findings: tuple[Diagnostic, ...]


class Desk:
    """The open documents, and a bench for each library that one of them belongs to."""

    def __init__(self) -> None:
        self.sheets: dict[Path, Sheet] = {}
        self.fresh: set[Path] = set()
        """Documents that were written in since they were last told of."""
        self._benches: dict[Path, Bench] = {}
        self._whole: dict[Path, _Whole] = {}  # by manifest, of the last check
        self._tests: dict[Path, _Tests] = {}
        self._told: dict[Path | None, set[Path]] = {}  # the files of a library with findings

    def put(self, path: Path, text: str) -> None:
        """A document was opened or changed."""
        self.sheets[path] = Sheet(path, text, _kind(path, text))
        self.fresh.add(path)

    def close(self, path: Path) -> None:
        """A document was closed: what is on the disk counts again."""
        self.sheets.pop(path, None)
        self._tests.pop(path, None)

    def bench(self, path: Path) -> Bench | None:
        """The bench of the library that a file belongs to, by the nearest manifest above it."""
        manifest = manifest_of(path) or self._open_manifest(path)
        if manifest is None:
            return self._whose(path)
        return self._benches.setdefault(real_path(manifest), Bench(manifest))

    def benches(self) -> tuple[Bench, ...]:
        """The benches of all libraries in use."""
        return tuple(self._benches.values())

    def _open_manifest(self, path: Path) -> Path | None:
        """A manifest that is written but not saved yet."""
        above = (folder / MANIFEST for folder in path.parents)
        return next((one for one in above if one in self.sheets), None)

    def _whose(self, path: Path) -> Bench | None:
        """The bench of a library that includes a file from elsewhere, as of a package."""
        return next((bench for bench in self._benches.values() if bench.has(path)), None)

    def read(self, path: Path) -> Found:
        """What reading and linking find where a document has changed, by file.

        Of what the whole library was last found to have, that stays which still stands there.
        """
        bench = self.bench(path)
        if bench is None:
            sheet = self.sheets.get(path)
            return {path: tuple(_without_library(sheet)) if sheet is not None else ()}
        look = bench.seen if self._is_beside(bench, path) else None
        look = look or self.look(bench)
        whole = self._whole.get(bench.manifest)
        kept = whole.standing(look.files) if whole is not None else ()
        return self._by_file(bench, look, (*look.findings, *kept))

    def _is_beside(self, bench: Bench, path: Path) -> bool:
        """Whether a document is read by a library and is no part of it: that stays as it is."""
        sheet = self.sheets.get(path)
        return sheet is not None and sheet.kind in (INCIDENT, TEST) and not bench.has(path)

    def look(self, bench: Bench) -> Look:
        """The library as it is now, with what is not saved."""
        sheets = [sheet for sheet in self.sheets.values() if self.bench(sheet.path) is bench]
        unsaved = {sheet.path: sheet.text for sheet in sheets}
        extra = [sheet.path for sheet in sheets if sheet.kind in KINDS]
        return bench.look(unsaved, extra)

    def checked(self, bench: Bench, look: Look, found: tuple[Diagnostic, ...]) -> Found:
        """All that a library was found to have, by file; the part beyond each file is kept.

        Files of tests are read by it anew: while something else is written they are not.
        """
        for path, tests in tuple(self._tests.items()):
            if tests.entities is not look.entities and self.bench(path) is bench:
                del self._tests[path]
        known = set(look.findings)
        of_whole = tuple(item for item in found if item not in known)
        self._whole[bench.manifest] = _Whole(of_whole, look.files)
        return self._by_file(bench, look, found)

    def _by_file(
        self, bench: Bench, look: Look, findings: tuple[Diagnostic, ...]
    ) -> dict[Path, tuple[Diagnostic, ...]]:
        found: dict[Path, list[Diagnostic]] = {
            path: [] for path in self._told.get(bench.manifest, ())
        }
        found |= {Path(file): [] for file in look.files}
        for item in findings:
            place = Path(item.span.file) if item.span is not None else bench.manifest
            found.setdefault(place, []).append(item)
        for sheet in self.sheets.values():
            if sheet.kind == INCIDENT and self.bench(sheet.path) is bench:
                found[sheet.path] = list(bench.incident(sheet.path, sheet.text)[0])
            elif sheet.kind == TEST and self.bench(sheet.path) is bench:
                found[sheet.path] = list(self._of_tests(bench, sheet, look))
        self._told[bench.manifest] = {path for path, items in found.items() if items}
        return {path: tuple(dict.fromkeys(items)) for path, items in found.items()}

    def _of_tests(self, bench: Bench, sheet: Sheet, look: Look) -> tuple[Diagnostic, ...]:
        """What is found in a file of tests, as it was last read while its text is the same."""
        known = self._tests.get(sheet.path)
        if known is not None and known.text == sheet.text and not look.errors:
            return known.findings
        findings = bench.test(sheet.path, sheet.text)[0]
        if look.entities is not None and not look.errors:
            self._tests[sheet.path] = _Tests(sheet.text, look.entities, findings)
        return findings


def _lines(files: Mapping[str, str], span: Span) -> list[str]:
    return files.get(span.file, "").split("\n")[span.line - 1 : span.end_line]


def _kind(path: Path, text: str) -> str | None:
    """The kind of a document by its first key, tests also by the name of their file.

    Data of these endings may only be an incident.
    """
    if begins(text, INCIDENT):
        return INCIDENT
    if path.suffix in _DATA:
        return None
    if path.name.endswith(TEST_ENDING) or begins(text, TEST):
        return TEST
    first = next(_lines_of_content(text), "")
    key = first.lstrip("{ ").partition(":")[0].partition("：")[0].strip(" \"'")
    return key if key in (*KINDS, MANIFEST_KIND) else None


def _lines_of_content(text: str) -> Iterator[str]:
    for line in text.removeprefix("\ufeff").splitlines():
        if line.strip() and not line.lstrip().startswith(("#", "---", "%")):
            yield line


def _without_library(sheet: Sheet) -> Iterator[Diagnostic]:
    """What can be said of a document that belongs to no library: nothing of any other file."""
    if sheet.kind is None:
        return
    file = sheet.path.as_posix()
    yield finding("no-library", Span(file, 1, 1, 1, 1), path=file)
    if sheet.kind in KINDS:
        yield from read_file(sheet.text.encode(), file).findings


def text_of(path: Path) -> str | None:
    """What is on the disk; None where nothing is."""
    content = content_of(path)
    return content.decode("utf-8", "replace") if content is not None else None
