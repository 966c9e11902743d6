"""Every code is complete, and every finding made in the source fits its code."""

import ast
import re
from importlib import import_module
from pathlib import Path

import pytest

from planengine.diagnostics.codes import CODES, FAMILIES
from planengine.diagnostics.diagnostic import parameter_names, parameters_of

SOURCE = Path(__file__).parents[2] / "src" / "planengine"


@pytest.mark.parametrize("code", CODES.values(), ids=lambda code: code.id)
def test_code_is_complete(code):
    assert re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", code.id)
    for text in (code.title, code.message, code.explanation, *filter(None, [code.hint])):
        assert text.en.strip()
        assert re.search(r"[一-鿿]", text.zh) or re.fullmatch(r"\{\w+\}", text.zh), "zh is Chinese"
    for template in filter(None, (code.message, code.hint)):
        in_english = parameter_names(type(template)(template.en, ""))
        assert in_english == parameter_names(type(template)("", template.zh))
    assert code.bad
    assert code.good
    assert code.bad != code.good


def test_every_family_module_is_merged():
    folder = SOURCE / "diagnostics" / "codes"
    modules = {path.stem for path in folder.glob("*.py")} - {"__init__", "code"}
    assert modules >= FAMILIES.keys()
    for name in modules:
        module = import_module(f"planengine.diagnostics.codes.{name}")
        assert {code.id for code in module.CODES} <= CODES.keys(), name


def calls():
    for path in sorted(SOURCE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            first = node.args[0]
            if name == "finding" and isinstance(first, ast.Constant):
                yield path.relative_to(SOURCE), name, first.value, node


@pytest.mark.parametrize(
    ("name", "code", "call"),
    [
        pytest.param(name, code, node, id=f"{path}:{node.lineno}")
        for path, name, code, node in calls()
    ],
)
def test_findings_fit_their_codes(name, code, call):
    required, optional = parameters_of(CODES[code])
    given = {keyword.arg for keyword in call.keywords} - {"related", "at", "fix"}
    if None in given:
        return  # keywords given as a mapping are only known when the program runs
    assert required <= given
    assert given <= required | optional
    assert len(call.args) == (2 if name == "finding" else 1)
