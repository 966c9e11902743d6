"""The fenced blocks of the documentation, each with where it stands and how it is to be checked.

An HTML comment on the line before a fence says what is checked beside reading:

- `<!-- check: library -->`: added to the shipped library, with all other such blocks, the
  document gives no error; `<!-- check: library NAME -->`: with those of the same name only.
- `<!-- check: part of plan -->`: some keys of a plan; checked as such a plan.
- `<!-- check: condition -->`: a condition; checked as the `when` of a plan's level.
- `<!-- append: FILE -->`: what the reader adds to a file; checked with the commands of its page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
WITH_YAML = (
    *sorted((DOCS / "reference").glob("language*.md")),
    *sorted((DOCS / "guide").glob("*.md")),
)

_FENCE = re.compile(r"```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_CHECK = re.compile(r"<!-- (?:check: (?=\w)|(?=append: ))([^>]*?) -->\n*\Z")


@dataclass(frozen=True)
class Block:
    """One fenced block of a page."""

    page: Path
    line: int
    language: str
    text: str
    check: str

    def __str__(self) -> str:
        return f"{self.page.relative_to(ROOT).as_posix()}:{self.line}"

    @property
    def first_key(self) -> str:
        """The first key of a YAML block, after its comments."""
        found = re.search(r"^([a-z-]+):", re.sub(r"^#.*\n", "", self.text, flags=re.MULTILINE))
        return found[1] if found else ""


def blocks(page: Path, language: str) -> Iterator[Block]:
    """The blocks of a page in one language."""
    text = page.read_text(encoding="utf-8")
    for found in _FENCE.finditer(text):
        if found[1] == language:
            check = _CHECK.search(text, 0, found.start())
            line = text.count("\n", 0, found.start()) + 2
            yield Block(page, line, found[1], found[2], check[1] if check else "")
