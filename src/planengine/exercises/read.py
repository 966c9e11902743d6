"""Reads an exercise against a linked library."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from planengine.diagnostics import Diagnostic, Span, Text, finding
from planengine.domain.entities import Entities
from planengine.domain.parts import Label
from planengine.exercises.observed import as_observation, by_the_clock, with_times
from planengine.exercises.script import Exercise, Inject, Objective, Otherwise, Pause
from planengine.exercises.virtual import parse_virtual
from planengine.expectations.parts import entry, items, nodes, place, scalar
from planengine.expectations.read import ExpectationReader
from planengine.expectations.refs import DecisionRef, DutyRef, Expectation
from planengine.linking.incidents.incident import read_incident
from planengine.linking.incidents.no_time import no_time
from planengine.linking.library.declare import label_of
from planengine.linking.library.linker import Linker
from planengine.model.exercise import LEAVES_TO_PLAYERS
from planengine.reading.contents import content_of
from planengine.reading.nodes import MappingNode, Node, ScalarNode, SequenceNode
from planengine.reading.plain import plain
from planengine.reading.validate import Name, build
from planengine.reading.yaml import read_document
from planengine.values.times import format_time, parse_time

if TYPE_CHECKING:
    from planengine.model.exercise import (
        ExerciseModel,
        ExpectModel,
        InjectModel,
        ObjectiveModel,
        PlayersDidModel,
    )

_HEADER = ("label", "hazards", "scope")
_EXERCISE = Text("the exercise", "演练")
_OBSERVATION = Text("the observation", "观测")
_LISTS = (("actions", "action"), ("reports", "report"), ("releases", "release"))


def read_exercise(
    source: Path | bytes, entities: Entities, findings: list[Diagnostic], file: str | None = None
) -> Exercise | None:
    """The exercise in a file; None, with findings, where it cannot be read.

    With errors among the findings it holds what could be linked.
    """
    name = file or (source.as_posix() if isinstance(source, Path) else "exercise")
    node = document_of(source, name, "exercise", findings)
    if node is None:
        return None
    from planengine.model.exercise import ExerciseModel

    model = build(node, ExerciseModel, findings)
    if model is None:
        return None
    start = parse_time(str(model.start), entities.time_zone)
    if start is None:
        findings.append(no_time(str(model.start), model.start.span, entities.time_zone))
        return None
    return _Reader(model, node, name, start, entities, findings).exercise()


def document_of(
    source: Path | bytes, name: str, kind: str, findings: list[Diagnostic]
) -> MappingNode | None:
    """The tree of a document whose first key is its kind; None, with a finding, for another."""
    content = content_of(source) if isinstance(source, Path) else source
    if content is None:
        findings.append(finding("unreadable-file", None, path=name))
        return None
    node = read_document(content, name, findings)
    if node is None:
        return None
    first = node.entries[0][0] if isinstance(node, MappingNode) and node.entries else None
    if not isinstance(node, MappingNode) or first is None or first.text != kind:
        text = "" if first is None else first.text
        span = node.span if first is None else first.span
        findings.append(finding("unknown-document", span, name=text, kinds=(kind,)))
        return None
    return node


class _Reader:
    def __init__(
        self,
        model: ExerciseModel,
        node: MappingNode,
        file: str,
        start: int,
        entities: Entities,
        findings: list[Diagnostic],
    ) -> None:
        self.model = model
        self.node = node
        self.file = file
        self.start = start
        self.entities = entities
        self.findings = findings
        self.linker = Linker(entities.names, findings)
        self.expected = ExpectationReader(entities, findings)

    def exercise(self) -> Exercise | None:
        model = self.model
        base = self._file(model.incident) if model.incident is not None else None
        head = self._head(base)
        if head is None:
            return None
        written = [*self._of_file(base), *self._own()]
        self._check(head, written)
        last = max((one.at for one, _ in written), default=self.start)
        end = self._time(model.end) if model.end is not None else last
        if end is None:
            return None
        injects = tuple(sorted((one for one, _ in written), key=lambda one: one.at))
        name = str(model.exercise)
        return Exercise(
            id=name,
            label=label_of(model.label, name),
            file=self.file,
            header={**plain(MappingNode(tuple(head), self.node.span)), "status": "exercise"},
            start=self.start,
            end=end,
            aims=tuple(label_of(one) for one in model.aims),
            objectives=tuple(map(self._objective, model.objectives)),
            allowed_decisions=self.linker.duration(model.allowed.decisions, "within"),
            allowed_duties=self.linker.duration(model.allowed.duties, "within"),
            injects=tuple(one for one in injects if self._is_within(one, end)),
            pauses=tuple(self._pauses()),
            otherwise=tuple(self._otherwise()),
        )

    # The incident

    def _file(self, name: Name) -> MappingNode | None:
        path = Path(self.file).parent / str(name)
        content = content_of(path)
        if content is None:
            self.findings.append(finding("unreadable-file", name.span, path=path.as_posix()))
            return None
        node = read_document(content, path.as_posix(), self.findings)
        return node if isinstance(node, MappingNode) else None

    def _head(self, base: MappingNode | None) -> list[tuple[ScalarNode, Node]] | None:
        head = [entry("incident", str(self.model.exercise), place(self.model.exercise, self.node))]
        for key in _HEADER:
            values = (one.get(key) for one in (self.node, base) if one is not None)
            value = next((one for one in values if one is not None), None)
            if value is not None:
                head.append((scalar(key, value.span), value))
        own, of_file = self.node.get("moments"), base.get("moments") if base is not None else None
        if isinstance(own, MappingNode):
            zone = self.entities.time_zone
            head.append((scalar("moments", own.span), by_the_clock(own, self._time, zone)))
        elif of_file is not None:
            head.append((scalar("moments", of_file.span), of_file))
        if not any(key.text == "hazards" for key, _ in head):
            self.findings.append(
                finding("missing-key", self.model.exercise.span, place=_EXERCISE, key="hazards")
            )
            return None
        return head

    def _check(
        self, head: Sequence[tuple[ScalarNode, Node]], written: Iterable[tuple[Inject, Node | None]]
    ) -> None:
        """What is wrong with the incident that the exercise tells."""
        listed = tuple(node for _, node in written if node is not None)
        whole = (
            *head,
            (scalar("observations", self.node.span), SequenceNode(listed, self.node.span)),
        )
        read_incident(MappingNode(whole, self.node.span), self.entities, self.findings)

    # Injects

    def _of_file(self, base: MappingNode | None) -> Iterator[tuple[Inject, Node | None]]:
        """The facts of a file; what people do is left to those who play."""
        left: set[str] = set()
        for number, node in enumerate(nodes(base, "observations") if base is not None else (), 1):
            if not isinstance(node, MappingNode):
                continue
            named, corrected = node.get("id"), node.get("correct") or node.get("withdraw")
            of_left = isinstance(corrected, ScalarNode) and corrected.text in left
            if of_left or any(node.get(key) is not None for key in LEAVES_TO_PLAYERS):
                left |= {named.text} if isinstance(named, ScalarNode) else set()
                continue
            times = [node.get("received"), node.get("at")]
            text = next((one for one in times if isinstance(one, ScalarNode)), None)
            at = parse_time(text.text, self.entities.time_zone) if text is not None else None
            if at is None:
                self._refuse_time(text, node)
                continue
            source = node.get("source")
            yield (
                self._inject(
                    named.text if isinstance(named, ScalarNode) else f"inject-{number}",
                    at,
                    as_observation(node, at, self.entities.time_zone),
                    sender=source.text if isinstance(source, ScalarNode) else None,
                    span=node.span,
                ),
                node,
            )

    def _refuse_time(self, text: ScalarNode | None, node: MappingNode) -> None:
        if text is None:
            self.findings.append(finding("missing-key", node.span, place=_OBSERVATION, key="at"))
        else:
            self.findings.append(no_time(text.text, text.span, self.entities.time_zone))

    def _own(self) -> Iterator[tuple[Inject, Node | None]]:
        zone = self.entities.time_zone
        for model, node in zip(self.model.injects, items(self.node, "injects"), strict=True):
            at = self._time(model.at)
            if at is None:
                continue
            found = with_times(node, at, self._time, zone)
            if found is None and not model.text:
                self.findings.append(finding("inject-tells-nothing", model.id.span))
            yield (
                self._inject(
                    str(model.id),
                    at,
                    None if found is None else as_observation(found, at, zone),
                    model=model,
                    node=node,
                    sender=_sender(model),
                    span=model.id.span or node.span,
                ),
                found,
            )

    def _inject(
        self,
        name: str,
        at: int,
        record: MappingNode | None,
        *,
        span: Span,
        model: InjectModel | None = None,
        node: MappingNode | None = None,
        sender: str | None = None,
    ) -> Inject:
        to = self.linker.all_names("body", model.to) if model is not None else ()
        return Inject(
            id=name,
            at=at,
            channel=None if model is None or model.channel is None else str(model.channel),
            sender=sender,
            to=to,
            text=label_of(model.text) if model is not None else Label(),
            record=None if record is None else {"id": name, **plain(record)},
            when=self._did(model.when if model else None, node, "when"),
            unless=self._did(model.unless if model else None, node, "unless"),
            written=_branches(node),
            span=span,
        )

    def _did(
        self, model: PlayersDidModel | None, node: MappingNode | None, key: str
    ) -> tuple[Expectation, ...]:
        written = node.get(key) if node is not None else None
        if model is None or not isinstance(written, MappingNode):
            return ()
        found = self.expected.of_moment(model, written)
        if not found:
            self.findings.append(finding("asserts-nothing", written.span))
        return found

    def _is_within(self, one: Inject, end: int) -> bool:
        """Whether an inject comes in the exercise: of a file only what does is taken."""
        if self.start <= one.at <= end:
            return True
        if one.span.file == self.file:
            self._outside(one.at, one.span, end)
        return False

    # The rest

    def _objective(self, model: ObjectiveModel) -> Objective:
        decisions = [self.expected.decision(name) for name in model.decisions]
        duties = [
            self.expected.duty(name, kind)  # type: ignore[arg-type]
            for key, kind in _LISTS
            for name in getattr(model, key)
        ]
        names = (model.decisions, model.actions, model.reports, model.releases)
        if not any((*names, model.bodies, model.plans)):
            self.findings.append(finding("objective-without-evidence", model.id.span))
        plans = [self.expected.plan(name) for name in model.plans]
        return Objective(
            id=str(model.id),
            label=label_of(model.label, str(model.id)),
            decisions=tuple(one for one in decisions if one is not None),
            duties=tuple(one for one in duties if one is not None),
            bodies=self.linker.all_names("body", model.bodies),
            plans=tuple(one for one in plans if one is not None),
        )

    def _pauses(self) -> Iterator[Pause]:
        for model in self.model.pauses:
            at = self._time(model.at)
            if at is not None:
                seconds = self.linker.duration(model.for_, "within")
                yield Pause(at=at, seconds=seconds, text=label_of(model.text))

    def _otherwise(self) -> Iterator[Otherwise]:
        for model, node in zip(self.model.expect, items(self.node, "expect"), strict=True):
            about = self._about(model, node)
            if model.by is None and not model.waived:
                self.findings.append(finding("expected-in-part", node.span, key="by"))
                continue
            rank = None
            if isinstance(about, DecisionRef) and not model.waived:
                if model.level is None:
                    self.findings.append(finding("expected-in-part", node.span, key="level"))
                    continue
                rank = self.linker.level(about.scale, model.level)
            if about is None:
                continue
            yield Otherwise(
                about=about,
                rank=rank,
                by=self._time(model.by),
                waived=model.waived,
                because=label_of(model.because),
            )

    def _about(self, model: ExpectModel, node: MappingNode) -> DecisionRef | DutyRef | None:
        if model.decision is not None:
            return self.expected.decision(model.decision)
        for kind in ("action", "report", "release"):
            name = getattr(model, kind)
            if name is not None:
                return self.expected.duty(name, kind)
        keys = ("decision", "action", "report", "release")
        self.findings.append(finding("one-of", node.span, keys=keys))
        return None

    # Times

    def _time(self, text: Name | None) -> int | None:
        if text is None:
            return None
        found = parse_virtual(str(text), self.start, self.entities.time_zone)
        if found is None:
            self.findings.append(finding("bad-virtual-time", text.span, text=str(text)))
        return found

    def _outside(self, at: int, span: Span, end: int) -> None:
        zone = self.entities.time_zone
        text, start, until = (format_time(one, zone) for one in (at, self.start, end))
        self.findings.append(finding("outside-exercise", span, text=text, start=start, end=until))


def _branches(node: MappingNode | None) -> dict[str, Any]:
    found = ((key, node.get(key)) for key in ("when", "unless")) if node is not None else ()
    return {key: plain(one) for key, one in found if one is not None}


def _sender(model: InjectModel) -> str | None:
    if model.from_ is None:
        return None
    return str(getattr(model.from_, "other", model.from_))
