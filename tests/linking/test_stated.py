"""What people state of facts, where it says no exact number."""

import pytest

from planengine.linking.incidents.incident import read_incident
from tests.linking.libraries import base

ESTIMATED = (
    "in an incident, `kind: estimated` beside `facts` (of `say`: --kind estimated) says that it "
    "is an estimate"
)


def stated(text, fact="evacuated"):
    findings = []
    whole = {
        "incident": "i",
        "hazards": ["flood"],
        "observations": [{"at": "2026-07-20T08:00:00+08:00", "facts": {fact: text}}],
    }
    read_incident(whole, base(), findings)
    return [(found.code, found.hint) for found in findings]


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("约1.4万人", "1.4万人"),
        ("1.4万人左右", "1.4万人"),
        ("大约 300 人", "300 人"),
        ("近300人", "300人"),
        ("300余人", "超过300人"),
        ("3万多人", "超过3万人"),
    ],
)
def test_the_number_is_to_be_written_and_its_kind_beside_it(text, plain):
    assert stated(text) == [("vague-value", f"write `{plain}`; {ESTIMATED}")]
    assert stated(plain) == []


@pytest.mark.parametrize("text", ["数十人", "近百人", "若干", "大量"])
def test_what_is_no_number_is_to_be_an_interval(text):
    ((code, hint),) = stated(text)
    assert code == "vague-value"
    assert hint == f'write what is known as an interval such as "[20..40]"; {ESTIMATED}'


def test_a_bare_value_is_in_the_unit_of_its_fact():
    findings = []
    whole = {
        "incident": "i",
        "hazards": ["flood"],
        "observations": [{"at": "2026-07-20T08:00:00+08:00", "facts": {"repair-time": 30}}],
    }
    incident = read_incident(whole, base(), findings)
    assert findings == []
    assert str(incident.events[0].facts["repair-time"]) == "30"


@pytest.mark.parametrize(
    ("fact", "text", "found"),
    [
        ("evacuated", "unknow", ("unreadable-bound", "write for example unknown")),
        ("evacuated", "未之", ("unreadable-bound", "write for example 未知")),
        ("dyke-breach", "unkown", ("unknown-choice", "did you mean `unknown`?")),
        ("dyke-breach", "y", ("unknown-choice", "did you mean `true`?")),
    ],
)
def test_a_slip_of_unknown_is_told(fact, text, found):
    assert stated(text, fact) == [found]
