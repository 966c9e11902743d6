import pickle

import pytest

from planengine.diagnostics import Diagnostic, PlanError, Span, Text, finding

SPAN = Span("f.yaml", 2, 1, 2, 6)


def test_words_come_from_the_code():
    found = finding("unknown-key", SPAN, key="kinds", suggestion="kind")
    assert str(found) == (
        "f.yaml:2:1 error[unknown-key] unknown key `kinds` (did you mean `kind`?)"
    )
    assert found.message_in("zh") == "未知的键 `kinds`"
    assert found.hint_in("zh") == "是否应为 `kind`？"
    assert found.severity == "error"


def test_hint_needs_its_parameters():
    assert finding("unknown-key", SPAN, key="kinds", suggestion=None).hint is None
    assert finding("unknown-key", SPAN, key="kinds").hint is None


def test_parameters_in_both_languages_and_lists():
    words = (Text("`a` first", "先 `a`"), "`b`")
    found = finding("not-a-choice", None, found=Text("nothing", "空"), expected=words)
    assert found.message == "nothing is not allowed here: write one of `a` first, `b`"
    assert found.message_in("zh") == "此处不能写空：可选 先 `a`、`b`"
    assert str(found).startswith("error[not-a-choice] nothing")


def test_braces_of_authors_are_only_text():
    assert finding("unknown-key", SPAN, key="{0.__class__}").message == (
        "unknown key `{0.__class__}`"
    )


def test_mistakes_of_callers():
    with pytest.raises(KeyError):
        finding("no-such-code", SPAN)
    with pytest.raises(TypeError, match="key"):
        finding("unknown-key", SPAN)
    with pytest.raises(TypeError, match="other"):
        finding("unknown-key", SPAN, key="x", other="y")


def test_diagnostics_are_values():
    found = finding("unknown-key", SPAN, key="x")
    assert found == finding("unknown-key", SPAN, key="x")
    assert len({found, finding("unknown-key", SPAN, key="x")}) == 1
    assert pickle.loads(pickle.dumps(found)) == found
    assert isinstance(found, Diagnostic)


def test_plan_error_puts_errors_first():
    warning = finding("full-width-quotes", SPAN, suggestion="a", kept="b")
    error = finding("unknown-key", SPAN, key="x")
    raised = PlanError([warning, error])
    assert raised.diagnostics == (error, warning)
    assert str(raised).splitlines()[0] == str(error)
