"""Whatever a text was made for, reading it ends soon, with findings at places, and says nothing
that a terminal would obey."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

import planengine
from planengine.diagnostics.render import render
from planengine.linking.load import read_library
from planengine.reading.source import REFUSED
from planengine.reading.yaml import read_document, read_lines
from tests.hostile.corpus import BYTES, DOCUMENTS, SCALARS
from tests.linking.libraries import BASE

LIMIT = 2.0  # seconds of processor time for one case
AT = "2026-07-20T08:00:00+08:00"


class TooSlowError(BaseException):
    pass


@contextmanager
def limited() -> Iterator[None]:
    def stop(*_: object) -> None:
        raise TooSlowError

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, LIMIT)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


@pytest.fixture(scope="module")
def library() -> planengine.Library:
    return planengine.load(BASE)


def check(findings, text: str | bytes) -> None:
    shown = text if isinstance(text, str) else text.decode("utf-8", "replace")
    assert all(found.span is not None for found in findings)
    said = render(findings[:20], {"f": shown, "facts": shown}, language="zh")
    assert not REFUSED.search(said)


def read_as_everything(text: str | bytes, library: planengine.Library) -> None:
    findings = []
    node = read_document(text, "f", findings)
    assert node is not None or any(one.severity == "error" for one in findings)
    lines = [one for line in read_lines(text, "f", findings) for one in line.findings]
    check(findings + lines[:50], text)
    for lenient in (False, True):
        try:
            incident = library.read_incident(text, lenient=lenient)
        except planengine.PlanError as error:
            assert error.diagnostics
            check(error.diagnostics[:50], text)
        else:
            check(incident.warnings, text)


@pytest.mark.slow
@pytest.mark.parametrize("name", [*DOCUMENTS, *BYTES])
def test_whole_texts(name: str, library: planengine.Library) -> None:
    with limited():
        read_as_everything(DOCUMENTS.get(name) or BYTES.get(name) or "", library)


@pytest.mark.parametrize("name", SCALARS)
def test_scalars_of_an_incident(name: str, library: planengine.Library) -> None:
    scalar = SCALARS[name]
    observations = [
        {"at": AT, "facts": {"deaths": scalar, scalar: 1, "loss": [scalar], "dyke-breach": scalar}},
        {"at": scalar, "facts": {"deaths": 1}},
        {"at": AT, "id": scalar, "area": scalar, "source": scalar, "facts": {"rainfall": scalar}},
        {"at": AT, "object": scalar, "correct": scalar, "kind": scalar, "facts": {"deaths": 1}},
        {"at": AT, "decide": {"plan": scalar, "level": scalar, "by": scalar, "duration": scalar}},
        {"at": AT, "issued": {scalar: scalar}},
        {"at": AT, scalar: scalar},
    ]
    header = {"incident": "storm", "hazards": ["flood"], "label": scalar}
    with limited():
        incident = library.read_incident({**header, "observations": observations}, lenient=True)
        check([one for record in incident.rejected for one in record.reasons], "")
        assert {record.number for record in incident.rejected} >= {1, 3, 4, 5, 6, 7}


@pytest.mark.parametrize("name", SCALARS)
def test_scalars_of_a_plan(name: str, tmp_path: Path) -> None:
    """Unquoted and in quotes, as a key and as a value, in lists and conditions."""
    scalar = SCALARS[name]
    quoted = '"' + scalar.replace("\\", "\\\\").replace('"', '\\"') + '"'
    for text in (scalar, quoted):
        document = tmp_path / "hostile.yaml"
        document.write_text(
            f"plan: hostile\nkind: special\njurisdiction: river-city\nlabel: {text}\n"
            f"edition: {{number: 1, in-force: 2026-01-01}}\napplies: {{hazards: [{text}]}}\n"
            f"levels:\n  - level: I\n    when: {{deaths: {text}}}\n"
            f"  - level: II\n    when: {{any: [{{rainfall: {text}}}, {{{text}: 3}}]}}\n"
            f"    duration: {text}\n",
            "utf-8",
        )
        with limited():
            _, findings, sources = read_library(BASE, extra=[document])
            assert findings
            said = render(findings[:50], sources)
        assert not REFUSED.search(said)
