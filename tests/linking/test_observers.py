"""Who stated something: names of the library become ids, anybody else may report too."""

import pytest

from planengine.linking.incidents.incident import read_incident
from tests.linking.libraries import base

AT = "2026-07-20T08:00:00+08:00"


def read(*observations):
    findings = []
    lines = "".join(f"  - {{at: {AT}, {one}}}\n" for one in observations)
    incident = read_incident(
        f"incident: x\nhazards: [flood]\nobservations:\n{lines}", base(), findings
    )
    assert incident is not None
    return [event.stamp.source for event in incident.events], findings


FACTS = "area: river-city, facts: {deaths: 1}"


@pytest.mark.parametrize(
    ("written", "source"),
    [
        ("emergency-bureau", "emergency-bureau"),
        ("市应急局", "emergency-bureau"),
        ("应急局", "应急局"),  # two bodies are called so
        ("指挥长", "commander"),
        ("north-county", "north-county"),
        ("北县", "north-county"),
        ("bridge-station", "bridge-station"),
        ("county-flood-hq", "county-flood-hq"),
        ("decree", "decree"),
        ("119 caller", "119 caller"),
        ("沙河村群众", "沙河村群众"),
        ("119", "119"),
        ("{other: emergency-burau}", "emergency-burau"),
        ("{other: 119 caller}", "119 caller"),
    ],
)
def test_a_name_becomes_an_id_and_other_words_stay(written, source):
    assert read(f"source: {written}, {FACTS}") == ([source], [])


def test_a_misspelt_name_is_a_warning_and_stays_as_written():
    sources, findings = read(f"source: emergency-burau, {FACTS}")
    assert sources == ["emergency-burau"]
    (found,) = findings
    assert (found.code, found.severity) == ("unknown-observer", "warning")
    assert "`emergency-bureau`" in found.hint
    assert (found.span.line, found.span.column) == (4, 45)


def test_a_correction_is_not_warned_of_again():
    sources, findings = read(
        f"id: o1, source: emergency-burau, {FACTS}", f"correct: o1, {FACTS}", f"source: x, {FACTS}"
    )
    assert sources == ["emergency-burau", "emergency-burau", "x"]
    assert [one.code for one in findings] == ["unknown-observer"]


def test_a_wrong_shape_is_an_error():
    findings = []
    text = f"incident: x\nhazards: [flood]\nobservations: [{{at: {AT}, source: {{who: me}}, {FACTS}}}]\n"
    read_incident(text, base(), findings)
    assert sorted(one.code for one in findings) == ["missing-key", "unknown-key"]
