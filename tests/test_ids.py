"""Keys are made when linking and never taken apart: their fields say what they stand for."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from planengine.domain.ids import ActionKey, DoneOf, UnitKey, plan_key, track_name

SOURCE = Path(__file__).parents[1] / "src" / "planengine"
READERS = {"diagnostics", "linking", "model", "reading", "values"}  # of what people write
SPLITTING = {
    "split", "rsplit", "partition", "rpartition", "startswith", "removeprefix", "removesuffix",
}  # fmt: skip
MARKS = ("/", "@", ":", "#", "~", ".", "done", "warning")

NOT_OF_IDS = {
    "assessment/phrases.py": "the digits of a number",
    "atlas/opened.py": "names of files",
    "cli/say_acts.py": "what a person typed",
    "cli/coverage_files.py": "names of files",
    "editor/answers.py": "kinds of names, and what is being typed",
    "editor/bounds.py": "what is being typed",
    "editor/completion.py": "kinds of names, and what is being typed",
    "editor/cursor.py": "the text of a file",
    "editor/desk.py": "the text of a file",
    "editor/grammar.py": "references of a JSON Schema",
    "editor/server.py": "addresses of files",
    "domain/names.py": "kinds of names, not names",
    "domain/plan_names.py": "what a person wrote for a plan",
    "cli/exercise_making.py": "what a person wrote on the command line",
    "expectations/read.py": "what a person wrote in a test",
    "scenarios/read.py": "what a person wrote in a test",
    "rules/fact_names.py": "facts that a caller gives by text",
}


def _split(tree: ast.AST) -> Iterator[ast.Call]:
    """The calls that look for a mark of an id in a text."""
    for call in ast.walk(tree):
        if not (isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute)):
            continue
        texts = [
            part.value
            for argument in call.args
            for part in ast.walk(argument)
            if isinstance(part, ast.Constant) and isinstance(part.value, str)
        ]
        if call.func.attr in SPLITTING and any(mark in text for text in texts for mark in MARKS):
            yield call


def test_what_is_found_by_this_test() -> None:
    for text in (
        'unit.rpartition("@")', 'key.startswith(f"{home}/")', 'name.removeprefix("done.")',
        'key.partition(":")[0].partition("@")',
    ):  # fmt: skip
        assert list(_split(ast.parse(text)))
    assert not list(_split(ast.parse('text.split(", ")')))


def test_nothing_takes_an_id_apart() -> None:
    found = {
        path.relative_to(SOURCE).as_posix()
        for path in SOURCE.rglob("*.py")
        if path.relative_to(SOURCE).parts[0] not in READERS
        and list(_split(ast.parse(path.read_text(encoding="utf-8"))))
    }
    assert found == set(NOT_OF_IDS)


def test_how_keys_are_shown() -> None:
    flood = plan_key("linjiang", "flood")
    assert flood == "linjiang/flood"
    assert track_name(flood, None) == "linjiang/flood"
    assert str(UnitKey(flood, "drought", "linjiang")) == "linjiang/flood/drought@linjiang"
    warning = UnitKey(flood, None, "linjiang", warning=True)
    assert str(warning) == "warning:linjiang/flood@linjiang"
    assert str(ActionKey(flood, "patrol")) == "linjiang/flood:patrol"
    assert str(DoneOf(flood, "patrol")) == "done.patrol"


def test_keys_with_other_parts_are_others_however_they_are_shown() -> None:
    """A track `b` of `a` and a plan `b` of a place `a` look alike, and are not."""
    assert str(UnitKey("a", "b", "here")) == str(UnitKey("a/b", None, "here"))
    assert UnitKey("a", "b", "here") != UnitKey("a/b", None, "here")
