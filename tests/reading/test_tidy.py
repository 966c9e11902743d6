"""The layout of a document in order: nothing but blanks changes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planengine.reading.tidy import same_content, tidied
from planengine.reading.yaml import read_document

UNTIDY = """\
# top
plan:   x
levels:
- level:   II   # c
  # in
  when:
      any:
          - {a:  1,b: 2 , c: [ 1,2 ]}
          -   d: |
                 text
                   more{two}
              e: "two
                 lines"


          # about f
          - f{two}
tail:
    - - a
      - b
    -   - c
k: {a: 1,
     b: 2}


""".replace("{two}", "  ")
TIDY = """\
# top
plan:   x
levels:
- level:   II   # c
  # in
  when:
    any:
      - {a:  1, b: 2, c: [1, 2]}
      - d: |
             text
               more{two}
        e: "two
           lines"

      # about f
      - f
tail:
  - - a
    - b
  - - c
k: {a: 1,
     b: 2}
""".replace("{two}", "  ")


def test_what_is_put_in_order_and_what_stays() -> None:
    assert tidied(UNTIDY) == TIDY


def test_windows_lines_and_marks_of_order_go() -> None:
    assert tidied("\ufeffa: 1\r\nb:\r\n    c: 2\r\n") == "a: 1\nb:\n  c: 2\n"


@pytest.mark.parametrize("text", ["a: [", "a: >= 3\n", "a: 1\na: 2\n", "", "\x00"])
def test_what_cannot_be_read_is_left_alone(text: str) -> None:
    assert tidied(text) is None


def _untidied(text: str, blanks: list[int]) -> str:
    """The text with the same content laid out worse: more blanks where some may stand."""
    made: list[str] = []
    for number, line in enumerate(text.split("\n")):
        more = blanks[number % len(blanks)]
        content = line.lstrip(" ")
        indent = len(line) - len(content)
        content = content.replace(", ", ",") if more % 3 else content + " " * more
        made.append(" " * (indent + blanks[0] if indent else 0) + content)
        made += [""] * (more > 3)
    return "\n".join(made)


@given(st.lists(st.integers(0, 5), min_size=1, max_size=7))
def test_any_layout_is_put_in_order_at_once_and_means_the_same(blanks: list[int]) -> None:
    nested = TIDY.replace(
        "\n- level:   II   # c\n  # in\n  when:", "\n  - level: II\n    # in\n    when:"
    )
    text = nested.replace("|\n             text\n               more  \n", "x\n").replace(
        '"two\n           lines"', "y"
    )
    text = (
        text.replace("\n    any:\n      - {", "\n      any:\n        - {")
        .replace("\n      - ", "\n        - ")
        .replace("\n        e:", "\n          e:")
        .replace("\n      #", "\n        #")
    )
    worse = _untidied(text, blanks)
    before = read_document(worse, "", [])
    made = tidied(worse)
    assert made is not None
    assert before is not None
    after = read_document(made, "", [])
    assert after is not None
    assert same_content(before, after)
    assert tidied(made) == made
