"""The text of one file: from bytes, refused where it is not plain UTF-8, with its places."""

from __future__ import annotations

import re
from bisect import bisect_right

from planengine.diagnostics.code import Text
from planengine.diagnostics.diagnostic import Diagnostic, Span, finding

MAX_BYTES = 5_000_000
MAX_STREAM_BYTES = 200_000_000
"""Of a JSONL stream, which machines write; each of its lines is a document."""
_BOM = b"\xef\xbb\xbf"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_DATABASE = b"SQLite format 3"
_JOURNAL = Text(
    "the journal of a session: `planengine session export` writes it as text",
    "处置日志：用 planengine session export 导出为文本",
)
_MOST_REPORTED = 20
REFUSED = re.compile(
    "[^\t\n\r\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
    "|[\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060\u2066-\u2069\ufeff]"
    "|\r(?!\n)"
)


class Source:
    """The text of a file, with places by character index (from 0)."""

    __slots__ = ("_starts", "file", "first_line", "text")

    def __init__(self, text: str, file: str, first_line: int = 1) -> None:
        self.text = text
        self.file = file
        self.first_line = first_line
        self._starts = [0, *(found.end() for found in re.finditer("\n", text))]

    def line_at(self, index: int) -> int:
        """The number of the line that holds a character, from 1."""
        return self.first_line - 1 + bisect_right(self._starts, min(index, len(self.text)))

    def line_range(self, line: int) -> tuple[int, int]:
        """Where a line begins and ends, without its line break."""
        number = line - self.first_line + 1
        if number < 1:
            return -1, -1
        start = self._starts[number - 1]
        end = self._starts[number] - 1 if number < len(self._starts) else len(self.text)
        return start, end - 1 if self.text[start:end].endswith("\r") else end

    def span(self, start: int, end: int) -> Span:
        """The place from one character to before another."""
        line, end_line = self.line_at(start), self.line_at(end)
        above = self.first_line
        return Span(
            self.file,
            line,
            start - self._starts[line - above] + 1,
            end_line,
            end - self._starts[end_line - above] + 1,
        )


def read_text(
    raw: str | bytes, file: str, findings: list[Diagnostic], first_line: int = 1, before: int = 0
) -> str | None:
    """The text of a file without its byte order mark; None, with findings, if it is refused.

    Of a part of a longer file, `first_line` is the number of its first line, and `before` how
    many bytes are before it.
    """
    if isinstance(raw, bytes):
        text = _decode(raw, file, findings, first_line, before)
    else:
        text = raw.removeprefix("\ufeff")
    if text is None:
        return None
    size = len(raw) if isinstance(raw, bytes) else len(text.encode(errors="replace"))
    if size > MAX_BYTES:
        findings.append(too_large(size, MAX_BYTES, file, first_line))
        return None
    refused = list(REFUSED.finditer(text))
    if not refused:
        return text
    source = Source(text, file, first_line)
    findings += (
        _refusal(found[0], source.span(found.start(), found.end()))
        for found in refused[:_MOST_REPORTED]
    )
    return None


def seen_text(text: str, span: Span, findings: list[Diagnostic]) -> str:
    """A text that came by escapes or from a program, without what may not stand in a file.

    Each such character is replaced by U+FFFD; the first is a finding.
    """
    found = REFUSED.search(text)
    if found is None:
        return text
    findings.append(_refusal(found[0], span))
    return REFUSED.sub("\ufffd", text)


def _refusal(character: str, span: Span) -> Diagnostic:
    name = f"U+{ord(character):04X}"
    return finding("control-character", span, character=Text(name, name))


def too_large(size: int, limit: int, file: str, line: int = 1) -> Diagnostic:
    """The finding for a file, or a line of a stream, of too many bytes."""
    return finding("file-too-large", Span(file, line, 1, line, 1), size=size, limit=limit)


def _decode(
    raw: bytes, file: str, findings: list[Diagnostic], first_line: int, ahead: int
) -> str | None:
    skipped = len(_BOM) if raw.startswith(_BOM) else 0
    try:
        return raw[skipped:].decode()
    except UnicodeDecodeError as error:
        at = skipped + error.start
    before = raw[skipped:at].decode()
    line = before.count("\n") + first_line
    column = len(before) - (before.rfind("\n") + 1) + 1
    span = Span(file, line, column, line, column + 1)
    offset, byte = ahead + at + 1, f"0x{raw[at]:02X}"
    findings.append(
        finding("not-utf8", span, byte=byte, offset=offset, encoding=_other_encoding(raw))
    )
    return None


def _other_encoding(raw: bytes) -> str | Text | None:
    if raw.startswith(_DATABASE):
        return _JOURNAL
    if raw.startswith(_UTF16):
        return "UTF-16"
    try:
        raw[:MAX_BYTES].decode("gb18030")
    except UnicodeDecodeError:
        return None
    return "GB18030"
