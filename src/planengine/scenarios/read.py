"""Reads a file of tests against a linked library: its scenarios and the rows of its tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from planengine.diagnostics import Diagnostic, Span, Text, finding
from planengine.domain.entities import Entities
from planengine.domain.statements import Incident
from planengine.expectations.parts import (
    entry,
    is_true,
    items,
    nodes,
    place,
    scalar,
    shown,
)
from planengine.expectations.read import LEVELS, ExpectationReader
from planengine.expectations.refs import DecisionRef, Expectation
from planengine.linking.incidents.incident import read_incident
from planengine.linking.incidents.more import read_more
from planengine.linking.incidents.no_time import no_time
from planengine.linking.library.declare import label_of
from planengine.linking.library.linker import Linker
from planengine.reading.contents import content_of
from planengine.reading.nodes import MappingNode, Node, ScalarNode, SequenceNode
from planengine.reading.validate import Name, build
from planengine.reading.yaml import read_document
from planengine.scenarios.suites import Case, Moment, Suite, Told
from planengine.values.times import format_time, parse_time

if TYPE_CHECKING:
    from planengine.model.scenario import ScenarioModel, TableModel, TestModel

_HEADER = ("label", "hazards", "scope", "status", "moments")
_ROW_KEYS = frozenset({*LEVELS, "proposed", "note", "at"})
_FIRST = Text("first declared here", "首次声明于此")


def read_suite(
    source: Path | bytes, entities: Entities, findings: list[Diagnostic], file: str | None = None
) -> Suite | None:
    """The tests in a file; None, with findings, where it cannot be read.

    With errors among the findings it holds what could be linked.
    """
    name = file or (source.as_posix() if isinstance(source, Path) else "test")
    content = content_of(source) if isinstance(source, Path) else source
    if content is None:
        findings.append(finding("unreadable-file", None, path=name))
        return None
    node = read_document(content, name, findings)
    if node is None:
        return None
    first = node.entries[0][0] if isinstance(node, MappingNode) and node.entries else None
    if not isinstance(node, MappingNode) or first is None or first.text != "test":
        text = "" if first is None else first.text
        place = node.span if first is None else first.span
        findings.append(finding("unknown-document", place, name=text, kinds=("test",)))
        return None
    from planengine.model.scenario import TestModel

    model = build(node, TestModel, findings)
    return None if model is None else _Reader(model, node, name, entities, findings).suite()


class _Reader:
    def __init__(
        self,
        model: TestModel,
        node: MappingNode,
        file: str,
        entities: Entities,
        findings: list[Diagnostic],
    ) -> None:
        self.model = model
        self.node = node
        self.file = file
        self.entities = entities
        self.findings = findings
        self.linker = Linker(entities.names, findings)
        self.expected = ExpectationReader(entities, findings)

    def suite(self) -> Suite:
        cases: list[Case] = []
        taken: dict[str, Span | None] = {}
        for model, node in zip(self.model.scenarios, items(self.node, "scenarios"), strict=True):
            self._once(model.scenario, taken)
            cases += self._scenario(model, node)
        for table, node in zip(self.model.tables, items(self.node, "tables"), strict=True):
            self._once(table.table, taken)
            cases += self._table(table, node)
        if not self.model.scenarios and not self.model.tables:
            self.findings.append(finding("asserts-nothing", self.model.test.span))
        name = str(self.model.test)
        return Suite(self.file, name, label_of(self.model.label, name), tuple(cases))

    def _once(self, name: Name, taken: dict[str, Span | None]) -> None:
        if str(name) in taken:
            first = taken[str(name)]
            related = ((_FIRST, first),) if first is not None else ()
            self.findings.append(
                finding("duplicate-id", name.span, name=str(name), related=related)
            )
        taken.setdefault(str(name), name.span)

    # Scenarios

    def _scenario(self, model: ScenarioModel, node: MappingNode) -> Iterator[Case]:
        span = place(model.scenario, node)
        if not model.expect:
            self.findings.append(finding("asserts-nothing", span))
        base = self._file(model.incident) if model.incident is not None else None
        observations = nodes(node, "observations")
        if base is not None:
            observations = (*nodes(base, "observations"), *observations)
        incident = self._incident(str(model.scenario), node, observations, base)
        told = self._told(observations)
        newest = max((one.received for one in told), default=None)
        moments: list[Moment] = []
        for one, written in zip(model.expect, items(node, "expect"), strict=True):
            at = self._time(one.at)
            before = len(self.findings)
            expectations = self.expected.of_moment(one, written)
            if not expectations and len(self.findings) == before:
                self.findings.append(finding("asserts-nothing", place(one.at, written)))
            if at is None:
                continue
            after = at - newest if newest is not None and at > newest else None
            if newest is None or after is not None:
                self._beyond(one.at, newest, said=one.beyond)
            elif one.beyond:
                self.findings.append(finding("not-beyond", one.at.span))
            moments.append(Moment(at, expectations, place(one.at, written), after))
        moments.sort(key=lambda moment: moment.at)
        if incident is not None:
            yield Case(
                str(model.scenario),
                "scenario",
                incident,
                (),
                told,
                tuple(moments),
                model.proposed,
                span,
            )

    def _beyond(self, at: Name, newest: int | None, *, said: bool) -> None:
        if said:
            return
        zone = self.entities.time_zone
        last = None if newest is None else format_time(newest, zone)
        self.findings.append(finding("expected-beyond", at.span, text=str(at), last=last))

    # Tables

    def _table(self, model: TableModel, node: MappingNode) -> Iterator[Case]:
        observations = nodes(node, "observations")
        at = model.at or self.model.at
        time = self._time(at)
        if at is None:
            self.findings.append(finding("table-without-time", model.table.span))
        about = self.expected.decision(model.decision)
        if time is None or about is None or at is None:
            return
        given = node.get("given")
        if isinstance(given, MappingNode):
            observations = (*observations, *self._observed(given.entries, at, model, plain=True))
        incident = self._incident(str(model.table), node, observations)
        before = self._told(observations)
        if incident is None:
            return
        whole = self._read(incident, observations)
        for number, row in enumerate(items(node, "rows"), 1):
            yield from self._row(
                model, number, row, Name(str(at), at.span), about, incident, before, whole
            )

    def _row(
        self,
        model: TableModel,
        number: int,
        row: MappingNode,
        at: Name,
        about: DecisionRef,
        incident: Incident,
        before: tuple[Told, ...],
        whole: Incident,
    ) -> Iterator[Case]:
        own = row.get("at")
        if isinstance(own, ScalarNode):
            at = Name(own.text, own.span)
        time = self._time(at)
        subject = str(model.decision)
        expectations: list[Expectation] = []
        for aspect in LEVELS:
            node = row.get(aspect)
            if node is not None:
                expectations += self.expected.levels(about, aspect, node, subject)
        if not any(row.get(aspect) is not None for aspect in LEVELS):
            self.findings.append(finding("asserts-nothing", row.span))
        facts = [entry for entry in row.entries if entry[0].text not in _ROW_KEYS]
        nodes = self._observed(facts, at, model)
        for node in nodes:
            errors: list[Diagnostic] = []
            whole = read_more(node, whole, self.entities, errors) or whole
            self.findings += errors
        if time is None:
            return
        told = tuple(Told(node, time, number) for number, node in enumerate(nodes))
        name = f"{model.table}[{number}]"
        values = ", ".join(f"{key.text}: {shown(value)}" for key, value in facts)
        moment = Moment(time, tuple(expectations), row.span)
        yield Case(
            f"{name} {values}".rstrip(),
            "row",
            incident,
            before,
            told,
            (moment,),
            is_true(row.get("proposed")),
            row.span,
        )

    def _observed(
        self,
        facts: Iterable[tuple[ScalarNode, Node]],
        at: Name,
        model: TableModel,
        *,
        plain: bool = False,
    ) -> tuple[MappingNode, ...]:
        """Facts as observations: one for each place that is named; `plain`: as observed."""
        places: dict[tuple[str, str] | None, list[tuple[ScalarNode, Node]]] = {}
        written: dict[tuple[str, str] | None, Span | None] = {None: None}
        for key, value in facts:
            fact, sign, where = key.text.partition("@")
            place: tuple[str, str] | None = None
            span: Span | None = key.span
            if sign:
                is_object = bool(self.linker.names.find("object", where.strip()))
                place = ("object" if is_object else "area", where.strip())
            elif model.object is not None:
                place, span = ("object", str(model.object)), model.object.span
            elif model.area is not None:
                place, span = ("area", str(model.area)), model.area.span
            name = ScalarNode(fact.strip(), fact.strip(), key.quoted, key.span)
            places.setdefault(place, []).append((name, value))
            written.setdefault(place, span)
            self._mention(place, span)
        return tuple(
            self._observation(place, written[place], entries, at, model, plain=plain)
            for place, entries in places.items()
        )

    def _mention(self, place: tuple[str, str] | None, span: Span | None) -> None:
        """Keep where a place is named, which is read once for all its facts."""
        found = self.linker.names.find("place", place[1]) if place is not None else ()
        if place is not None and len(found) == 1:
            self.linker.names.mention("place", found[0], place[1], span)

    def _observation(
        self,
        place: tuple[str, str] | None,
        written: Span | None,
        entries: Sequence[tuple[ScalarNode, Node]],
        at: Name,
        model: TableModel,
        *,
        plain: bool,
    ) -> MappingNode:
        span = entries[0][0].span
        made: list[tuple[ScalarNode, Node]] = [entry("at", str(at), at.span or span)]
        if place is not None:
            made.append(entry(*place, written or span))
        if not plain and model.kind is not None:
            made.append(entry("kind", model.kind, span))
        if not plain and model.valid is not None:
            start, length = self._time(at), self.linker.duration(model.valid)
            if start is not None and length is not None:
                until = format_time(start + length, self.entities.time_zone)
                period = (entry("from", str(at), span), entry("until", until, span))
                made.append((scalar("valid", span), MappingNode(period, span)))
        made.append((scalar("facts", span), MappingNode(tuple(entries), span)))
        return MappingNode(tuple(made), span)

    # What both have

    def _file(self, name: Name) -> MappingNode | None:
        """The incident file that a scenario begins with: a YAML or JSON document."""
        path = Path(self.file).parent / str(name)
        content = content_of(path)
        if content is None:
            self.findings.append(finding("unreadable-file", name.span, path=path.as_posix()))
            return None
        node = read_document(content, path.as_posix(), self.findings)
        return node if isinstance(node, MappingNode) else None

    def _incident(
        self,
        name: str,
        node: MappingNode,
        observations: Sequence[Node],
        base: MappingNode | None = None,
    ) -> Incident | None:
        """The incident without its observations; these are read for their findings alone."""
        head: list[tuple[ScalarNode, Node]] = [entry("incident", name, node.span)]
        for key in _HEADER:
            around = (base, self.node) if key != "label" else (base,)
            values = (one.get(key) for one in (node, *around) if one is not None)
            value = next((one for one in values if one is not None), None)
            if value is not None:
                head.append((scalar(key, value.span), value))
        if not any(key.text == "hazards" for key, _ in head):
            self.findings.append(finding("test-without-hazards", self.model.test.span))
            return None
        bare = read_incident(MappingNode(tuple(head), node.span), self.entities, [])
        if observations or bare is None:
            listed = SequenceNode(tuple(observations), node.span)
            head.append((scalar("observations", node.span), listed))
            read_incident(MappingNode(tuple(head), node.span), self.entities, self.findings)
        return bare

    def _read(self, incident: Incident, observations: Sequence[Node]) -> Incident:
        """The incident with observations whose findings were told already."""
        for node in observations:
            incident = read_more(node, incident, self.entities, []) or incident
        return incident

    def _told(self, observations: Iterable[Node]) -> tuple[Told, ...]:
        """Observations in the order in which they were received."""
        found: list[Told] = []
        for number, node in enumerate(observations):
            if isinstance(node, MappingNode):
                times = (node.get("received"), node.get("at"))
                text = next((one.text for one in times if isinstance(one, ScalarNode)), "")
                received = parse_time(text, self.entities.time_zone)
                found += [] if received is None else [Told(node, received, number)]
        return tuple(sorted(found, key=lambda told: told.received))

    def _time(self, text: Name | None) -> int | None:
        if text is None:
            return None
        found = parse_time(str(text), self.entities.time_zone)
        if found is None:
            self.findings.append(no_time(str(text), text.span, self.entities.time_zone))
        return found
