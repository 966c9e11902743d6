"""The page of coverage: the plans' own lines, coloured by what is covered of each, in both languages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from planengine.diagnostics import Language
from planengine.scenarios.page import page
from planengine.scenarios.words import Telling
from tests.linking.libraries import BASE
from tests.scenarios.test_coverage import covered, library, table

ROW = re.compile(r'<tr(?: class="(\w+)")?><td class="l">(\d+)</td><td class="c">(.*?)</td></tr>')


def rows(text: str, file: str) -> dict[int, tuple[str, str]]:
    """The lines of a file on a page: how each is coloured, and what it says."""
    part = text[text.index(f'<h2 id="{file.replace("/", "-")}">') :]
    part = part[: part.index("</table>")]
    return {int(number): (state, shown) for state, number, shown in ROW.findall(part)}


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ("table cell large", "✓ at its lower end", "✗ beside its lower end")),
        ("zh", ("表格单元 large", "✓ 下限值", "✗ 下限旁")),
    ],
)
def test_each_line_is_coloured_by_what_is_covered_of_it(
    language: Language, words: tuple[str, ...]
) -> None:
    found = covered(table("{deaths: 3, level: large}"))
    files = {one.written.span.file for one in found.items if one.written.span is not None}
    sources = {file: Path(file).read_text("utf-8") for file in files}
    text = page(found, sources, Telling(library().entities, language))
    accident = rows(text, (BASE / "rules" / "accident.yaml").as_posix())
    rain = rows(text, (BASE / "rules" / "rain.yaml").as_posix())
    assert (accident[8][0], accident[10][0], rain[9][0]) == ("", "part", "bad")
    for word in words:
        assert word in accident[10][1]
    assert accident[1][1] == "standard: accident"


def test_what_an_author_wrote_cannot_break_the_page() -> None:
    found = covered(table("{deaths: 3, level: large}"))
    files = {one.written.span.file for one in found.items if one.written.span is not None}
    text = page(
        found, dict.fromkeys(files, "<script>alert(1)</script>"), Telling(library().entities, "en")
    )
    assert "<script>" not in text
    assert "&lt;script&gt;" in text
