"""Which words of a text name a thing: {} stand around them."""

import pytest

from planengine.diagnostics import Span
from planengine.domain.names import Mention
from planengine.editor.naming import part_of


@pytest.mark.parametrize(
    "kind, marked",
    [
        ("fact", "{water-level}@hankou"),
        ("fact", "{hankou}@hankou"),
        ("object", "hankou@{hankou}"),
        ("object", "water-level@{hankou}"),
        ("tier", "deaths@{province}"),
        ("jurisdiction", "grade.flood@{flood}"),
        ("scale", "{grade}.grade"),
        ("standard", "grade.{grade}"),
        ("plan", "response.{flood}/flood@flood"),
        ("track:plan/flood", "response.flood/{flood}@flood"),
        ("jurisdiction", "response.flood/flood@{flood}"),
        ("plan", "{nanpu-county/flood}/flood"),
        ("track:plan/flood", "nanpu-county/flood/{flood}"),
        ("track:plan/flood", "{flood}"),
        ("plan", "{flood}"),
        ("attribute:reservoir", "@{size}@hankou"),
        ("attribute:station", "≥ @{warning-stage} + 1 m"),
        ("value:population-density", "≥ {dense}"),
        ("action:linjiang/flood", "done.{patrol}"),
        ("fact", '"{死亡人数}"'),
    ],
)
def test_part(kind: str, marked: str) -> None:
    begin, end = marked.index("{"), marked.index("}") - 1
    text = marked.replace("{", "").replace("}", "")
    line = f"  - {{{text}: x}}"
    whole = Span("f.yaml", 1, 6, 1, 6 + len(text))
    mention = Mention(kind, "x", text[begin:end], whole)
    assert part_of(mention, (line,)) == whole._replace(column=6 + begin, end_column=6 + end)
