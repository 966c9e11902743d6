"""What an author or a feed writes cannot break an output, nor make a terminal obey."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from planengine.reading.source import REFUSED
from tests.cli.run import run
from tests.linking.libraries import BASE

AWKWARD = "<b>&amp;\\\"'`]]> --> ${x} {{y}} %s \\n 　 é 👩‍👧"
FORMS = ("svg", "dot", "mermaid", "json")


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """The base library with a fact and a plan of an awkward name."""
    for path in BASE.rglob("*.yaml"):
        copy = tmp_path / path.relative_to(BASE)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(path.read_bytes())
    label = json.dumps(AWKWARD, ensure_ascii=False)
    (tmp_path / "plans" / "awkward.yaml").write_text(
        f"plan: awkward\nkind: special\nlabel: {{en: {label}, zh: {label}}}\njurisdiction: river-city\n"
        "edition: {number: '1', in-force: 2020-01-01}\napplies: {hazards: [flood]}\n"
        f"levels:\n  - {{level: I, when: {{deaths: ≥ 3}}, note: {label}}}\n"
        f"actions:\n  - {{id: act, from: I, executor: weather-bureau, do: {label}, within: 1 h, of: met}}\n",
        "utf-8",
    )
    return tmp_path


@pytest.mark.parametrize("form", FORMS)
def test_every_form_of_the_graph_is_well_formed(library: Path, form: str) -> None:
    result = run("graph", "--format", form, "--detail", "--library", str(library), "--lang", "en")
    assert result.exit_code == 0
    assert not REFUSED.search(result.stdout)
    if form == "svg":
        texts = "".join(ET.fromstring(result.stdout).itertext())
        assert "<b>&amp;" in texts
    if form == "json":
        assert AWKWARD in [node["label"] for node in json.loads(result.stdout)["nodes"]]


def test_the_answer_shows_an_awkward_name_as_it_is(library: Path, tmp_path: Path) -> None:
    facts = tmp_path / "storm.json"
    observation = {
        "at": "2026-07-20T08:00:00+08:00",
        "source": {"other": AWKWARD},
        "facts": {"deaths": 4},
    }
    facts.write_text(
        json.dumps(
            {
                "incident": "storm",
                "label": AWKWARD,
                "hazards": ["flood"],
                "observations": [observation],
            }
        )
    )
    words = ("assess", str(facts), "--library", str(library), "--lang", "en")
    for more in ((), ("--all", "--why")):
        shown = run(*words, *more).stdout
        assert shown.startswith(AWKWARD)
        assert "\x1b" not in shown
        assert not REFUSED.search(shown)
    told = json.loads(run(*words, "--format", "json").stdout)
    assert told["label"]["en"] == AWKWARD
    assert {"en": AWKWARD} in [one["do"] for one in told["actions"]]


@pytest.mark.slow
@pytest.mark.parametrize(
    "escape", ["\\e[2J", "\\0", "\\u202e", "\\x85", "\\u2028", "\\ufeff", "\\u200b", "\\a", "\\r"]
)
@pytest.mark.parametrize(
    "place", ["label: {{en: {}, zh: a}}", "note: {}", "{}: a", "basis: {{source: {}}}"]
)
def test_escapes_for_what_is_not_seen_are_refused_where_they_stand(
    library: Path, escape: str, place: str
) -> None:
    plan = library / "plans" / "awkward.yaml"
    line = place.format(f'"a{escape}"')
    plan.write_text(
        plan.read_text("utf-8").replace("jurisdiction:", f"{line}\njurisdiction:"), "utf-8"
    )
    for form in ("text", "json"):
        result = run("check", "--format", form, "--library", str(library), "--lang", "en")
        assert result.exit_code == 1
        assert not REFUSED.search(result.stdout)
    found = [
        one
        for one in json.loads(result.stdout)["diagnostics"]
        if one["code"] == "control-character"
    ]
    assert [(one["place"]["line"], one["place"]["column"]) for one in found] == [
        (4, line.index('"') + 1)
    ]
