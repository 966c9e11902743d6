"""Where in a document a place is, while the document is being typed and need not be YAML.

Only what stands before the place is looked at: the keys and list entries that lead to it, and
the part of a word that is written. Nothing is refused, brackets may be open and quotes too.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal, TypeAlias

from msgspec import Struct, field

Path: TypeAlias = tuple[str | int, ...]
Stands: TypeAlias = Literal["key", "value", "either"]
_KEY = re.compile(r"""(?:"[^"]*"|'[^']*'|[^\s#'"\[\]{},][^#]*?)\s*[:：](?=\s|$)""")
_DASH = re.compile(r"-(?=\s|$)\s*")
_BLOCK_TEXT = re.compile(r"[|>][+-]?\d?[+-]?\s*(?:#.*)?$")
_PLAIN_FLOW = re.compile(r"[^\s,\[\]{}:\"'#][^,\[\]{}\n]*?(?=\s*(?:[,\[\]{}]|:(?:\s|$)|\s#|$))")


class Cursor(Struct, frozen=True):
    """A place in a document.

    `path` leads to the mapping whose key is written there, or to the value itself; `stands`
    tells which (`either` where both could come). `written` is what of the word stands before it,
    from `start`, a column of its line from 1, without a quote. `beside` are the keys and
    plain values of the mapping, `around` those of the mappings that lead to it, outermost first.
    """

    path: Path
    stands: Stands
    written: str
    start: int
    quoted: bool = False
    in_flow: bool = False
    beside: Mapping[str, str] = field(default_factory=dict)
    around: tuple[Mapping[str, str], ...] = ()


class _Frame(Struct):
    """A mapping or list that is open; `indent` is -1 in braces and brackets."""

    indent: int
    is_list: bool
    key: str | None = None
    index: int = -1
    plain: dict[str, str] = field(default_factory=dict)

    @property
    def step(self) -> str | int | None:
        return max(self.index, 0) if self.is_list else self.key


def cursor_at(text: str, line: int, column: int) -> Cursor:
    """The place before a column of a line, both from 1."""
    lines = text.removeprefix("\ufeff").split("\n")
    before = [one.removesuffix("\r") for one in lines[: line - 1]]
    last = lines[line - 1].removesuffix("\r")[: column - 1] if line <= len(lines) else ""
    scan = _Scan()
    for one in before:
        scan.line(one)
    return scan.end(last)


class _Scan:
    def __init__(self) -> None:
        self.frames: list[_Frame] = []
        self._text_below: int | None = None  # the indentation of the key of a text over lines

    @property
    def _in_flow(self) -> bool:
        return bool(self.frames) and self.frames[-1].indent < 0

    def line(self, line: str) -> None:
        """A whole line before the place."""
        if self._in_flow:
            self._flow(line, 0)
            return
        content = line.lstrip(" ")
        indent = len(line) - len(content)
        if not content.strip() or self._is_text(indent):
            return
        if content.startswith("#") or line.startswith(("---", "...", "%")):
            return
        at = self._entries(line, indent)
        key = _KEY.match(line, at)
        if key is None:
            self._value(line, at)
            return
        self._key(at, _unquoted(key[0]))
        self._value(line, key.end())

    def _is_text(self, indent: int) -> bool:
        if self._text_below is None:
            return False
        if indent > self._text_below:
            return True
        self._text_below = None
        return False

    def _leave(self, indent: int, *, into_list: bool) -> None:
        """Close what is indented further, and a list at this indentation that does not go on."""
        while self.frames and (
            self.frames[-1].indent > indent
            or (self.frames[-1].indent == indent and self.frames[-1].is_list and not into_list)
        ):
            self.frames.pop()

    def _entries(self, line: str, at: int) -> int:
        """Go into the list entries that begin on a line; where what they hold begins."""
        first = True
        while (dash := _DASH.match(line, at)) is not None:
            if first:
                self._leave(at, into_list=True)
            first = False
            top = self.frames[-1] if self.frames else None
            if top is None or not top.is_list or top.indent != at:
                self.frames.append(_Frame(at, True))
            self.frames[-1].index += 1
            at = dash.end()
        if first:
            self._leave(at, into_list=False)
        return at

    def _key(self, indent: int, key: str) -> None:
        top = self.frames[-1] if self.frames else None
        if top is None or top.is_list or top.indent != indent:
            self.frames.append(_Frame(indent, False))
        self.frames[-1].key = key
        self.frames[-1].plain.setdefault(key, "")

    def _value(self, line: str, at: int) -> None:
        rest = line[at:].lstrip()
        at = len(line) - len(rest)
        if rest[:1] in ("{", "["):
            self._flow(line, at)
        elif _BLOCK_TEXT.match(rest):
            maps = [frame for frame in self.frames if not frame.is_list]
            self._text_below = maps[-1].indent if maps else 0
        elif rest and not rest.startswith("#") and self.frames and not self.frames[-1].is_list:
            top = self.frames[-1]
            if top.key is not None:
                top.plain[top.key] = _unquoted(re.sub(r"\s#.*$", "", rest))

    def _flow(self, line: str, at: int) -> int:
        """Go through what stands in braces and brackets; where a word that is not ended begins."""
        word = len(line)
        quote_open = -1
        while at < len(line):
            letter = line[at]
            top = self.frames[-1] if self._in_flow else None
            if letter in "{[":
                self.frames.append(_Frame(-1, letter == "["))
                if letter == "[":
                    self.frames[-1].index = 0
                at += 1
            elif top is None:
                break
            elif letter in "}]":
                self.frames.pop()
                at += 1
                if not self._in_flow:
                    break
            elif letter == ",":
                if top.is_list:
                    top.index += 1
                else:
                    top.key = None
                at += 1
            elif letter == "#" and (at == 0 or line[at - 1].isspace()):
                break
            elif letter in "\"'":
                end = line.find(letter, at + 1)
                if end < 0:
                    quote_open = at
                    break
                at = self._flow_word(line, end + 1, line[at + 1 : end])
            elif letter.isspace() or letter == ":":
                at += 1
            else:
                found = _PLAIN_FLOW.match(line, at)
                end = found.end() if found is not None else at + 1
                at = self._flow_word(line, end, line[at:end])
        if quote_open >= 0:
            word = quote_open
        return word

    def _flow_word(self, line: str, end: int, text: str) -> int:
        """A word in braces: a key where a colon follows it, else a value; where it ends."""
        top = self.frames[-1]
        after = re.compile(r"\s*:(?=\s|$|[\[{\"'])").match(line, end)
        if not top.is_list and top.key is None and after is not None:
            top.key = text
            top.plain.setdefault(text, "")
            return after.end()
        if not top.is_list and top.key is not None:
            top.plain[top.key] = text
        return end

    def end(self, last: str) -> Cursor:
        """The place at the end of what is written of its line."""
        if self._in_flow:
            return self._end_in_flow(last, 0)
        indent = len(last) - len(last.lstrip(" "))
        if self._is_text(indent) and last.strip():
            return self._cursor("value", "", len(last) + 1)
        at = self._entries(last, indent) if last.strip() else indent
        if not last.strip():
            self._leave(indent, into_list=False)
        key = _KEY.match(last, at)
        if key is not None and key.end() < len(last):
            self._key(at, _unquoted(key[0]))
            rest = last[key.end() :].lstrip()
            begin = len(last) - len(rest)
            if rest[:1] in ("{", "["):
                return self._end_in_flow(last, begin)
            return self._word("value", last, begin)
        rest = last[at:]
        if rest[:1] in ("{", "["):
            return self._end_in_flow(last, at)
        top = self.frames[-1] if self.frames else None
        if top is not None and not top.is_list and top.indent == at:
            top.key = None
            return self._word("key", last, at)
        return self._word("either" if top is not None else "key", last, at)

    def _end_in_flow(self, last: str, at: int) -> Cursor:
        begin = _word_begin(last)
        before = last[:begin]
        self._flow(before, at)
        if not self._in_flow:
            return self._word("value", last, len(last))
        top = self.frames[-1]
        if top.is_list:
            return self._word("either", last, begin, in_flow=True)
        stands: Stands = "key" if top.key is None else "value"
        return self._word(stands, last, begin, in_flow=True)

    def _word(self, stands: Stands, last: str, begin: int, *, in_flow: bool = False) -> Cursor:
        written = last[begin:]
        quoted = written[:1] in ('"', "'")
        return self._cursor(stands, written[quoted:], begin + 1 + quoted, quoted, in_flow)

    def _cursor(
        self,
        stands: Stands,
        written: str,
        start: int,
        quoted: bool = False,
        in_flow: bool = False,
    ) -> Cursor:
        maps = [frame.plain for frame in self.frames if not frame.is_list]
        steps = [frame.step for frame in self.frames]
        path = tuple(step for step in steps if step is not None)
        beside = maps[-1] if maps and stands != "either" else {}
        return Cursor(path, stands, written, start, quoted, in_flow, beside, tuple(maps))


def _word_begin(last: str) -> int:
    """Where the word begins that a line in braces ends in."""
    quote = _open_quote(last)
    if quote is not None:
        return quote
    begin = max((last.rfind(mark) for mark in ",[]{}"), default=-1) + 1
    colon = max(last.rfind(": "), last.rfind("：") if last.endswith("：") else -1)
    begin = max(begin, colon + 1)
    return begin + len(last[begin:]) - len(last[begin:].lstrip())


def _open_quote(last: str) -> int | None:
    """Where a quote begins that is still open; an apostrophe within a word is none."""
    at: int | None = None
    mark = ""
    for index, letter in enumerate(last):
        if at is None:
            before = last[index - 1] if index else " "
            if letter in "\"'" and (before.isspace() or before in ",[{:"):
                at, mark = index, letter
        elif letter == mark:
            at = None
    return at


def _unquoted(text: str) -> str:
    text = text.strip().removesuffix(":").removesuffix("：").strip()
    if len(text) > 1 and text[0] == text[-1] and text[0] in "\"'":
        return text[1:-1]
    return text
