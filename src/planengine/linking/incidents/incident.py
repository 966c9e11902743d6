"""Reads an incident (YAML, JSON, a JSONL stream, or data) against a linked library."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from planengine.diagnostics import Diagnostic, Text, finding
from planengine.domain.entities import Entities
from planengine.domain.events import Events
from planengine.domain.revisions import check_revisions, circular
from planengine.domain.statements import Event, Incident
from planengine.linking.incidents.content import STREAMS, incident_content
from planengine.linking.incidents.events import EventReader
from planengine.linking.incidents.records import (
    Record,
    as_record,
    nulls_left_out,
    rejections,
    with_findings,
)
from planengine.linking.library.declare import label_of
from planengine.reading.collecting import no_collecting
from planengine.reading.data import read_data
from planengine.reading.nodes import MappingNode, Node, ScalarNode, SequenceNode
from planengine.reading.source import MAX_BYTES
from planengine.reading.yaml import read_document, read_lines

if TYPE_CHECKING:
    from planengine.model.incident import HeaderModel


def read_incident(
    source: object,
    entities: Entities,
    findings: list[Diagnostic],
    *,
    file: str | None = None,
    lenient: bool = False,
) -> Incident | None:
    """The incident in a file (a `Path`), text, bytes, data or a node.

    Its values are in the facts' units.

    Events keep the order of the source. One that cannot be read is left out with findings; with
    `lenient` it is among the incident's `rejected`, and one warning says how many. None when
    the header cannot be read. A text is a stream when its first line is a whole JSON object
    that more lines follow; `file` names a text in findings.
    """
    if isinstance(source, MappingNode):
        with no_collecting():
            return _of_node(source, [], entities, findings, lenient=lenient)
    name = file or (source.as_posix() if isinstance(source, Path) else "facts")
    if isinstance(source, Path):
        content = incident_content(source)
        if content is None:
            findings.append(finding("unreadable-file", None, path=name))
            return None
        source = content
    with no_collecting():
        return _read(source, name, entities, findings, lenient=lenient)


def _read(
    source: object, name: str, entities: Entities, findings: list[Diagnostic], *, lenient: bool
) -> Incident | None:
    read: list[Diagnostic] = []
    lines: Iterable[Record] = ()
    if not isinstance(source, str | bytes):
        head: Node | None = read_data(source, read)
    elif is_stream(source, name):
        stream = _stream(source, name, read)
        first = next(stream, None)
        read += first.findings if first is not None else []
        head, lines = first.node if first is not None else None, stream
    else:
        head = read_document(source, name, read)
    if head is None:
        findings.extend(read)
        return None
    return _of_node(head, read, entities, findings, lines, lenient=lenient)


def _of_node(
    head: Node,
    read: list[Diagnostic],
    entities: Entities,
    findings: list[Diagnostic],
    lines: Iterable[Record] = (),
    *,
    lenient: bool,
) -> Incident | None:
    parts = _parts(head, read)
    if parts is None:
        findings.extend(read)
        return None
    header_node, nodes = parts
    listed = [as_record(number, node) for number, node in enumerate(nodes, 1)]
    read = with_findings(listed, read)
    listed += lines
    for number, record in enumerate(listed, 1):
        record.number = number
    return _linked(header_node, listed, entities, findings, read, lenient=lenient)


def is_stream(source: str | bytes, file: str) -> bool:
    """Whether an incident is written as a stream: a JSON object on each line."""
    if file.endswith(STREAMS):
        return True
    if isinstance(source, bytes):
        source = source[:MAX_BYTES].decode("utf-8", "replace")
    first, _, rest = source.removeprefix("\ufeff").lstrip().partition("\n")
    if not first.startswith("{") or not rest.lstrip().startswith("{"):
        return False
    try:
        return isinstance(json.loads(first), dict)
    except (ValueError, RecursionError):
        return False


def _stream(source: str | bytes, file: str, findings: list[Diagnostic]) -> Iterator[Record]:
    for number, line in enumerate(read_lines(source, file, findings)):
        yield Record(number, line.node, line.span, line.findings)


def _parts(node: Node, findings: list[Diagnostic]) -> tuple[MappingNode, tuple[Node, ...]] | None:
    """The header without its observations, and the observations; None where there is none."""
    node = nulls_left_out(node, findings)
    if not isinstance(node, MappingNode) or not node.entries:
        findings.append(finding("unknown-document", node.span, name="", kinds=("incident",)))
        return None
    if node.get("incident") is None:
        first = node.entries[0][0]
        findings.append(
            finding("unknown-document", first.span, name=first.text, kinds=("incident",))
        )
        return None
    entries = tuple(entry for entry in node.entries if entry[0].text != "observations")
    header = MappingNode(entries, node.span)
    listed = node.get("observations")
    if isinstance(listed, SequenceNode):
        return header, listed.items
    if listed is not None and not (isinstance(listed, ScalarNode) and listed.value is None):
        reason = Text("it is a list", "须为列表")
        findings.append(finding("key-unsuited", listed.span, key="observations", reason=reason))
    return header, ()


def _linked(
    header_node: MappingNode,
    records: Sequence[Record],
    entities: Entities,
    findings: list[Diagnostic],
    read: list[Diagnostic],
    *,
    lenient: bool,
) -> Incident | None:
    """The incident of a header and records; `read` is what reading the whole has found."""
    from planengine.model.incident import HeaderModel, ObservationModel
    from planengine.reading.validate import build

    header = build(header_node, HeaderModel, read)
    for record in records:
        if record.node is not None:
            record.node = nulls_left_out(record.node, record.findings)
            record.model = build(record.node, ObservationModel, record.findings)
    if header is None:
        findings += read
        findings += (found for record in records for found in record.findings)
        return None
    reader = EventReader(header, [r.model for r in records if r.model is not None], entities, read)
    hazards = reader.linker.all_names("hazard", header.hazards)
    before = len(read)
    for record in records:
        if record.model is not None:
            record.events = tuple(reader.events(record.model, record.number))
            record.findings += read[before:]
            del read[before:]
            if lenient and record.is_bad:
                reader.forget(record.model)
    if lenient:
        _reject_circles(records, entities, header)
    kept = [record for record in records if not (lenient and record.is_bad)]
    events: list[Event] = list(reader.header_moments(r.model for r in kept if r.model is not None))
    events += (event for record in kept for event in record.events)
    findings += read
    findings += (found for record in kept for found in record.findings)
    check_revisions(events, header.status, entities.time_zone, findings)
    return Incident(
        id=str(header.incident),
        label=label_of(header.label, str(header.incident)),
        hazards=frozenset(hazards),
        scope=reader.scope,
        status=header.status,
        events=Events(events),
        rejected=rejections(records, findings) if lenient else (),
    )


def _reject_circles(records: Sequence[Record], entities: Entities, header: HeaderModel) -> None:
    """Gives records that correct each other in a circle the finding that says so."""
    good = [record for record in records if not record.is_bad]
    events = [event for record in good for event in record.events]
    in_circle = {name for circle in circular(events) for name in circle}
    if not in_circle:
        return
    found: list[Diagnostic] = []
    check_revisions(events, header.status, entities.time_zone, found)
    told = {name: one for one in found if one.code == "correction-circle" for name in _names(one)}
    for record in good:
        if record.events and record.events[0].stamp.observation in in_circle:
            record.findings.append(told[record.events[0].stamp.observation])


def _names(circle: Diagnostic) -> list[str]:
    return str(dict(circle.params)["path"]).split(" → ")
