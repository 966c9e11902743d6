"""YAML documents as node trees: every finding at its place, nothing raised for bad text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import yaml
from msgspec import Struct

from planengine.diagnostics.diagnostic import Diagnostic, Span, finding
from planengine.reading.compose import MAX_DEPTH, Composer, TooMuchError
from planengine.reading.json import read_json
from planengine.reading.mended import Change, Mended
from planengine.reading.nodes import Node
from planengine.reading.source import MAX_STREAM_BYTES, Source, read_text, too_large

_MOST_ERRORS = 100
_MOST_CHARACTERS = 3_000_000
_SURROGATES = re.compile(r"\\u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})")


def read_document(text: str | bytes, file: str, findings: list[Diagnostic]) -> Node | None:
    """The one YAML (or JSON) document in a text.

    Every problem is added to `findings`. What was written in a way that YAML does not allow
    but that has one evident meaning (`>= 30`, `[10..30)`) is reported and read as meant, so a
    node may be returned beside errors: whether a document can be used, the findings say.
    None when it could not be read to its end.
    """
    decoded = read_text(text, file, findings)
    return None if decoded is None else _read(decoded, file, 1, findings)


class Line(NamedTuple):
    """What one line of a stream holds, and what was found wrong in reading it."""

    span: Span
    node: Node | None
    findings: list[Diagnostic]


def read_lines(text: str | bytes, file: str, findings: list[Diagnostic]) -> Iterator[Line]:
    """The documents of a JSONL stream: one on each line, blank lines left out.

    What is wrong with the stream as such is added to `findings`.
    """
    if len(text) > MAX_STREAM_BYTES:
        findings.append(too_large(len(text), MAX_STREAM_BYTES, file))
        return
    before = 0
    for number, line in enumerate(_lines(text), start=1):
        if line.strip():
            yield read_line(line, file, number, before)
        before += len(line) + 1


def read_line(text: str | bytes, file: str, number: int, before: int = 0) -> Line:
    """One line of a stream: its number from 1, and how many bytes are before it."""
    found: list[Diagnostic] = []
    decoded = read_text(text.rstrip(), file, found, number, before)
    node = _read(decoded, file, number, found) if decoded is not None else None
    width = len(text if decoded is None else decoded)
    return Line(Span(file, number, 1, number, width + 1), node, found)


def _lines(text: str | bytes) -> Sequence[str | bytes]:
    if isinstance(text, str):
        return text.split("\n")
    return text.split(b"\n")


def _join_surrogates(text: str) -> str:
    """JSON writes characters beyond U+FFFF as two escapes; YAML has one for them."""

    def joined(found: re.Match[str]) -> str:
        pair = bytes.fromhex(found[1] + found[2])
        return f"\\U{ord(pair.decode('utf-16-be')):08X}"

    return _SURROGATES.sub(joined, text) if "\\u" in text else text


def _loader() -> type[yaml.CLoader | yaml.Loader]:
    """PyYAML's loader in C where it was built with libyaml, else the one in Python."""
    return getattr(yaml, "CLoader", yaml.Loader)


def _is_too_deep(error: yaml.MarkedYAMLError) -> bool:
    """Whether libyaml refused the nesting (since 0.2.6), which it reads ahead of the composer."""
    return "nesting depth" in (error.problem or "")


class _Trouble(Struct, frozen=True):
    """What keeps a text from being read, and how far the reader came."""

    reach: int
    mended: tuple[Mended, ...]


class _Reading:
    """Reads one text, mending it after each syntax error, until it is read or given up."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.text = source.text
        self.meanings: dict[int, str] = {}
        self.found: list[Diagnostic] = []
        self.trusted: tuple[str, dict[int, str]] | None = None
        """The text at the first error that could not be mended for certain."""

    def run(self) -> Node | None:
        """The document, or None when something in it was lost."""
        root, trouble = self._compose(self.text, self.meanings)
        budget = _MOST_CHARACTERS
        rounds = 0
        while trouble is not None:
            rounds += 1
            budget -= trouble.reach
            if rounds > _MOST_ERRORS or budget < 0:
                self._give_up()
                return None
            went_on = [self._mend(mended) for mended in trouble.mended]
            if not all(went_on):
                break
            trouble = self._scan()
            if trouble is None and not self.trusted:
                root, trouble = self._compose(self.text, self.meanings)
        if self.trusted:
            self._compose(*self.trusted, last=True)
            return None
        return root

    def _compose(
        self, text: str, meanings: dict[int, str], *, last: bool = False
    ) -> tuple[Node | None, _Trouble | None]:
        """The document, with its findings; or what keeps it from being read."""
        composer = Composer(self.source, meanings)
        trouble: _Trouble | None = None
        root: Node | None = None
        try:
            root = composer.compose(yaml.parse(text, Loader=_loader()))
        except TooMuchError:
            pass
        except yaml.MarkedYAMLError as error:
            if _is_too_deep(error):
                self._too_deep(error)
            else:
                trouble = self._trouble(error)
        except yaml.YAMLError as unreadable:
            self._unreadable(unreadable)
        if trouble is None and (composer.joined or composer.bracketed):
            mended = self._misread(text, composer)
            trouble = _Trouble(len(text), mended) if mended else None
        if last or trouble is None:
            self.found.extend(composer.findings)
        return root, trouble

    def _misread(self, text: str, composer: Composer) -> tuple[Mended, ...]:
        """What YAML reads as a word or text and the author meant otherwise, mended."""
        from planengine.reading.brackets import mend_brackets
        from planengine.reading.lines import part_colon

        joined = composer.joined.items()
        parted = (part_colon(self.source, text, *place) for place in joined)
        wide = (mend_brackets(self.source, text, *at) for at in composer.bracketed.items())
        return (*parted, *(mended for mended in wide if mended is not None))

    def _scan(self) -> _Trouble | None:
        """The next syntax error, or None."""
        try:
            for _ in yaml.parse(self.text, Loader=_loader()):
                pass
        except yaml.MarkedYAMLError as error:
            if _is_too_deep(error):
                self._too_deep(error)
                return None
            return self._trouble(error)
        return None

    def _trouble(self, error: yaml.MarkedYAMLError) -> _Trouble:
        from planengine.reading.mend import failure_of, mend

        reach = error.problem_mark.index if error.problem_mark else len(self.text)
        return _Trouble(reach, (mend(failure_of(error, self.source, self.text)),))

    def _mend(self, mended: Mended) -> bool:
        """Record an error and mend the text; False when no more can be read."""
        certain = bool(mended.changes) and not mended.doubtful
        if certain or not self.trusted or mended.doubtful:
            self.found.extend(mended.findings)
        if not certain and not self.trusted:
            self.trusted = (self.text, dict(self.meanings))
        changes = mended.changes or self._left_out(mended.line)
        for change in changes:
            if change.meaning is not None:
                self.meanings[change.at] = change.meaning
            end = change.at + len(change.put)
            self.text = self.text[: change.at] + change.put + self.text[end:]
        return bool(changes)

    def _left_out(self, line: int) -> tuple[Change, ...]:
        start, end = self.source.line_range(line)
        if start < 0 or start == end or self.text[start] == "#":
            return ()
        return (Change(start, "#" * (end - start)),)

    def _give_up(self) -> None:
        place = max((d.span for d in self.found if d.span), default=None)
        self.found.append(finding("too-many-findings", place))

    def _too_deep(self, error: yaml.MarkedYAMLError) -> None:
        mark = error.problem_mark
        place = self.source.span(mark.index, mark.index + 1) if mark else self.source.span(0, 0)
        self.found.append(finding("too-deep", place, limit=MAX_DEPTH))

    def _unreadable(self, error: Exception) -> None:
        place = Span(self.source.file, 1, 1, 1, 1)
        self.found.append(finding("yaml-syntax", place, problem=str(error).split("\n")[0]))


def _read(text: str, file: str, first_line: int, findings: list[Diagnostic]) -> Node | None:
    plain = read_json(Source(text, file, first_line)) if text.lstrip()[:1] == "{" else None
    if plain is not None:
        return plain
    reading = _Reading(Source(_join_surrogates(text), file, first_line))
    root = reading.run()
    found = dict.fromkeys(reading.found)
    findings.extend(sorted(found, key=_position))
    return root


def _position(diagnostic: Diagnostic) -> tuple[int, int]:
    return (diagnostic.span.line, diagnostic.span.column) if diagnostic.span else (0, 0)
