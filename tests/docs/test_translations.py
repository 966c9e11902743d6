"""A page and its translation have the same sections, blocks and tables, and name the same keys.

A heading of the translation stands below an anchor, `<a id="graded-tables"></a>`, with the name that the
heading of the original has: so links to sections are alike in both, on a site and in a repository.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.docs.blocks import DOCS

PAGES = [DOCS / "reference" / name for name in ("language.md", "cli.md", "json.md", "python.md")]

_FENCE = re.compile(r"^```(\w*)\n.*?^```$", re.MULTILINE | re.DOTALL)
_HEADING = re.compile(
    r'^(?:<a id="(?P<id>[^"]+)"></a>\n\n)?(?P<marks>##+) (?P<text>.+)$', re.MULTILINE
)
_PART = re.compile(r"\n\n|\n(?=\||- )")
_SPAN = re.compile(r"`([^`]+)`")
_LINK = re.compile(r"\]\(([^)\s]+)\)")


@dataclass(frozen=True)
class Section:
    """What both languages share of one section."""

    name: str
    depth: int
    blocks: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    parts: tuple[tuple[str, ...], ...]
    links: tuple[str, ...]


def anchor(heading: str) -> str:
    """The name by which a link reaches an English heading."""
    return re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-")


def sections(page: Path) -> list[Section]:
    text = page.read_text(encoding="utf-8")
    kept = {found.start(): found[0] for found in _FENCE.finditer(text)}
    prose = _FENCE.sub(lambda found: f"\x00{found.start()}\x00", text)
    heads = list(_HEADING.finditer(prose))
    starts = [
        ("", 1, 0),
        *((h["id"] or anchor(h["text"]), len(h["marks"]), h.end()) for h in heads),
    ]
    ends = [*(h.start() for h in heads), len(prose)]
    return [
        section(name, depth, prose[start:end], kept)
        for (name, depth, start), end in zip(starts, ends, strict=True)
    ]


def section(name: str, depth: int, prose: str, kept: dict[int, str]) -> Section:
    blocks = tuple(kept[int(number)] for number in re.findall(r"\x00(\d+)\x00", prose))
    rows = [
        re.split(r"(?<!\\)\|", line)[1:-1] for line in prose.splitlines() if line.startswith("|")
    ]
    return Section(
        name,
        depth,
        blocks,
        tuple(tuple(_SPAN.findall(row[0])) for row in rows),
        tuple(spans(part) for part in _PART.split(prose) if part.strip()),
        tuple(sorted(link.replace(".zh-CN.md", ".md") for link in _LINK.findall(prose))),
    )


def spans(part: str) -> tuple[str, ...]:
    """The code that a paragraph, a row or an entry of a list names."""
    return tuple(sorted({" ".join(span.split()) for span in _SPAN.findall(part)}))


def pairs() -> list[tuple[str, Section | None, Section | None]]:
    found = []
    for page in PAGES:
        ours = {one.name: one for one in sections(page)}
        theirs = {one.name: one for one in sections(page.with_suffix(".zh-CN.md"))}
        found += [
            (f"{page.stem}#{name}", ours.get(name), theirs.get(name)) for name in ours | theirs
        ]
    return found


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_the_sections_stand_in_the_same_order(page: Path) -> None:
    ours, theirs = sections(page), sections(page.with_suffix(".zh-CN.md"))
    assert [(one.name, one.depth) for one in theirs] == [(one.name, one.depth) for one in ours]


@pytest.mark.parametrize(("name", "ours", "theirs"), pairs(), ids=[name for name, *_ in pairs()])
def test_a_section_has_the_same_blocks_tables_and_names(
    name: str, ours: Section | None, theirs: Section | None
) -> None:
    assert ours is not None, f"{name} is only in the translation"
    assert theirs is not None, f"{name} is not in the translation"
    assert theirs.blocks == ours.blocks
    assert theirs.rows == ours.rows
    assert theirs.parts == ours.parts
    assert theirs.links == ours.links


@pytest.mark.parametrize(
    "page", sorted((DOCS / "guide").glob("*.zh-CN.md")), ids=lambda page: page.name
)
def test_a_guide_and_its_translation_are_built_alike(page: Path) -> None:
    """Headings, blocks, rows of tables and entries of lists, one for one."""
    assert shape(page) == shape(page.parent / page.name.replace(".zh-CN", ""))


def shape(page: Path) -> list[str]:
    prose = _FENCE.sub(lambda found: f"```{found[1]}", page.read_text(encoding="utf-8"))
    return re.findall(r"^(?:#+(?= )|\||- |```\w*)", prose, re.MULTILINE)


def test_a_translation_leads_to_translations() -> None:
    """But for its own original."""
    foreign = [
        f"{page.relative_to(DOCS)}: {link}"
        for page in DOCS.rglob("*.zh-CN.md")
        for link in re.findall(r"\]\(([^)#\s]+\.md)", page.read_text("utf-8"))
        if (page.parent / link).with_suffix(".zh-CN.md").exists()
        and link != page.name.replace(".zh-CN", "")
    ]
    assert foreign == []
