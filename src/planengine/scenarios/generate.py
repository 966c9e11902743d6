"""Writes the cases that are missing, with today's answers as proposals for an author to confirm."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Protocol

from msgspec import Struct
from msgspec.structs import replace

from planengine.diagnostics import Diagnostic
from planengine.domain.ids import RuleId
from planengine.expectations.came import came
from planengine.expectations.refs import NOT_JUDGED, FactAt
from planengine.rules.ruleset import RuleSet
from planengine.scenarios.candidates import Candidate, Candidates
from planengine.scenarios.coverage import Coverage, Mark
from planengine.scenarios.read import read_suite
from planengine.scenarios.recorder import Recorder
from planengine.scenarios.run import Engine, moments_of
from planengine.scenarios.suites import Case, Moment
from planengine.witnesses.scene import Plain, flow

_MORNING = 8 * 3600
_PLACEHOLDER = {"level": "none", "proposal": "none"}


class Rules(Engine, Protocol):
    """An engine that also gives its rule sets."""

    def rules_at(self, at: int) -> RuleSet:
        """The whole rule set in force at a time."""
        ...


class Proposed(Struct, frozen=True):
    """A case that shows something, and what came of it today."""

    candidate: Candidate
    answer: str


class Generated(Struct, frozen=True):
    """A file of proposed tests; how many marks they would make, and how many stay missing."""

    text: str
    cases: int
    made: int
    missing: int


def generate(
    found: Coverage,
    engine: Rules,
    times: Iterable[int],
    name: str,
    head: str,
) -> Generated:
    """Tests for the marks that a coverage lacks, as far as something told can make them.

    At some of the `times` each edition of a document is in force. Each case is run, and kept
    where it makes a mark that none before it made.
    """
    missing: dict[RuleId, frozenset[Mark]] = {
        item.written.id: frozenset(item.missing) for item in found.items if item.missing
    }
    wanted = sum(map(len, missing.values()))
    kept: list[Proposed] = []
    for at in times:
        rules = engine.rules_at(at)
        made = Candidates(engine.library.entities, rules, missing, at + _MORNING)
        for unit in rules.units:
            if not unit.over:
                kept += _shown([*made.of_unit(unit)], engine, missing)
        for cascade in rules.cascades:
            kept += _shown([*made.of_cascade(cascade)], engine, missing)
    left = sum(map(len, missing.values()))
    return Generated(_text(kept, name, head), len(kept), wanted - left, left)


def _shown(
    batch: Sequence[Candidate], engine: Engine, missing: dict[RuleId, frozenset[Mark]]
) -> Iterator[Proposed]:
    """Those of some candidates that make a missing mark; what they make is missing no more."""
    if not batch:
        return
    entities = engine.library.entities
    lines = ["test: proposed", "scenarios:"]
    lines += [
        f"  - {flow(_scenario(one, f'c{number}', _PLACEHOLDER.get(one.aspect, 'not-owed')))}"
        for number, one in enumerate(batch)
    ]
    findings: list[Diagnostic] = []
    suite = read_suite("\n".join(lines).encode(), entities, findings, "proposed.test.yaml")
    cases = {case.name: case for case in suite.cases} if suite is not None else {}
    bad = {one.span.line for one in findings if one.severity == "error" and one.span is not None}
    for number, candidate in enumerate(batch):
        if not any(mark in missing.get(name, ()) for name, mark in candidate.aims):
            continue  # one before it made them
        case = cases.get(f"c{number}")
        if case is None or number + 3 in bad or not case.moments:
            continue
        answer = _answer(case, candidate, engine, missing)
        if answer is not None:
            yield Proposed(candidate, answer)


def _answer(
    case: Case, candidate: Candidate, engine: Engine, missing: dict[RuleId, frozenset[Mark]]
) -> str | None:
    """Today's answer of a case, where it shows what is missing; None where it shows nothing."""
    entities = engine.library.entities
    for moment, assessment in moments_of(case, engine, {}):
        (expectation,) = moment.expectations
        found = came(assessment, expectation)
        if len(found.values) != 1:
            return None
        value = found.values[0]
        expected = replace(expectation, wanted=(value,))
        recorder = Recorder(entities)
        recorder(case, Moment(moment.at, (expected,), moment.span), assessment)
        gained = False
        for name, marks in recorder.made.items():
            before = missing.get(name, frozenset())
            if before & marks:
                missing[name] = before - marks
                gained = True
        if not gained:
            return None
        if value == NOT_JUDGED:
            return "not-judged"
        if candidate.aspect == "level":
            level = candidate.scale.by_rank(value) if isinstance(value, int) else None
            return "none" if level is None else level.id
        return str(value)
    return None


# Writing


def _scenario(one: Candidate, name: str, answer: str) -> dict[str, Plain]:
    scene = one.scene
    time = scene.time(scene.at)
    observations: list[Plain] = [*scene.observations]
    for place, facts in _by_place(scene.facts).items():
        where: dict[str, Plain] = {}
        if place:
            kind = "object" if place in scene.entities.objects else "area"
            where = {kind: place}
        observations.append({"at": time, **where, "facts": {**facts}})
    expected: dict[str, Plain]
    if one.aspect == "level":
        expected = {"decisions": {one.subject: answer}}
    elif one.aspect == "proposal":
        expected = {"decisions": {one.subject: {"proposal": answer}}}
    else:
        expected = {one.aspect: {one.subject: answer}}
    moment: dict[str, Plain] = {"at": time, **expected}
    if not any(isinstance(told, dict) and told["at"] == time for told in observations):
        moment = {"at": time, "beyond": "true", **expected}
    made: dict[str, Plain] = {"scenario": name, "hazards": [*scene.hazards]}
    if scene.moments:
        made["moments"] = {**scene.moments}
    return {**made, "observations": observations, "expect": [moment]}


def _by_place(facts: Mapping[FactAt, str]) -> dict[str, dict[str, Plain]]:
    found: dict[str, dict[str, Plain]] = {}
    for key, value in facts.items():
        found.setdefault(key.place, {})[key.fact] = value
    return found


def _text(kept: Sequence[Proposed], name: str, head: str) -> str:
    tables: dict[Any, list[Proposed]] = {}
    others: list[Proposed] = []
    for one in kept:
        candidate = one.candidate
        if candidate.column is None:
            others.append(one)
            continue
        rest = tuple(item for item in candidate.scene.facts.items() if item[0] != candidate.column)
        key = (
            candidate.subject,
            candidate.scene.at,
            tuple(candidate.scene.hazards),
            rest,
            candidate.column,
        )
        tables.setdefault(key, []).append(one)
    lines = [*(f"# {line}" for line in head.splitlines()), f"test: {name}"]
    if others:
        lines.append("scenarios:")
        for number, one in enumerate(others, 1):
            lines += _lines(one, f"proposed-{number}")
    if tables:
        lines.append("tables:")
        for number, (key, rows) in enumerate(tables.items(), 1):
            lines += _table(key, rows, f"proposed-table-{number}")
    return "\n".join(lines) + "\n"


def _lines(one: Proposed, name: str) -> Iterable[str]:
    made = _scenario(one.candidate, name, one.answer)
    yield f"  # {one.candidate.why}"
    yield f"  - scenario: {name}"
    yield "    proposed: true"
    for key in ("hazards", "moments"):
        if key in made:
            yield f"    {key}: {flow(made[key])}"
    observations = made["observations"]
    if observations:
        yield "    observations:"
        yield from (f"      - {flow(told)}" for told in observations)
    yield "    expect:"
    yield from (f"      - {flow(moment)}" for moment in made["expect"])


def _table(key: Any, rows: Sequence[Proposed], name: str) -> Iterable[str]:  # noqa: ANN401 - a tuple
    subject, _, hazards, rest, column = key
    scene = rows[0].candidate.scene
    for why in dict.fromkeys(row.candidate.why for row in rows):
        yield f"  # {why}"
    yield f"  - table: {name}"
    yield f"    decision: {flow(subject)}"
    yield f"    hazards: {flow([*hazards])}"
    yield f"    at: {flow(scene.time(scene.at))}"
    if rest:
        yield f"    given: {flow({str(fact): value for fact, value in rest})}"
    yield "    rows:"
    for row in sorted(rows, key=lambda one: _order(one.candidate.scene.facts[column])):
        value = row.candidate.scene.facts[column]
        yield f"      - {flow({str(column): value, 'level': row.answer, 'proposed': 'true'})}"


def _order(text: str) -> tuple[float, str]:
    try:
        return float(text.split(maxsplit=1)[0]), text
    except ValueError:
        return 0.0, text
