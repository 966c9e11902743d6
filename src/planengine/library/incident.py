"""Reads an incident file (YAML, JSON, or a JSONL stream) against a linked library."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from planengine.diagnostics import Diagnostic, Text, finding
from planengine.library.declare import label_of
from planengine.library.entities import Entities
from planengine.library.events import EventReader
from planengine.library.revisions import check_revisions
from planengine.library.statements import Event, Incident
from planengine.reading.contents import given_content
from planengine.reading.nodes import MappingNode, Node, ScalarNode, SequenceNode
from planengine.reading.yaml import read_document, read_documents

if TYPE_CHECKING:
    from planengine.model.incident import HeaderModel, ObservationModel

_STREAMS = (".jsonl", ".ndjson")


def read_incident(
    source: Path | str | bytes | Mapping[str, object],
    entities: Entities,
    findings: list[Diagnostic],
    *,
    file: str | None = None,
) -> Incident | None:
    """The incident in a file, text or mapping, its values in the units of the library's facts.

    Events keep the order of the file. One that cannot be read is left out with findings; None
    when the header cannot be read. A text is a stream when its first line is a whole JSON
    object that more lines follow; `file` names a text in findings.
    """
    name = file or (source.as_posix() if isinstance(source, Path) else "facts")
    if isinstance(source, Mapping):
        source = json.dumps(source, ensure_ascii=False, default=_plain)
    if isinstance(source, Path):
        content = given_content(source)
        if content is None:
            findings.append(finding("unreadable-file", None, path=name))
            return None
        source = content
    if is_stream(source, name):
        nodes = read_documents(source, name, findings)
        if not nodes:
            return None
        return _incident(nodes[0], nodes[1:], entities, findings)
    node = read_document(source, name, findings)
    if node is None:
        return None
    return _incident(node, (), entities, findings)


def _plain(value: object) -> object:
    """A value of a mapping that JSON has no form for: times as ISO text, sets as lists.

    A naive `datetime` becomes a text that is no time: nobody knows whose clock it is by.
    """
    if isinstance(value, datetime) and value.tzinfo is None:
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, set | frozenset | tuple) else str(value)


def is_stream(source: str | bytes, file: str) -> bool:
    """Whether an incident is written as a stream: a JSON object on each line."""
    if file.endswith(_STREAMS):
        return True
    text = source if isinstance(source, str) else source.decode("utf-8", "replace")
    first, _, rest = text.lstrip().partition("\n")
    if not first.startswith("{") or not rest.lstrip().startswith("{"):
        return False
    try:
        return isinstance(json.loads(first), dict)
    except ValueError:
        return False


def _incident(
    head: Node, more: Sequence[Node], entities: Entities, findings: list[Diagnostic]
) -> Incident | None:
    from planengine.model.incident import HeaderModel, ObservationModel
    from planengine.reading.validate import build

    header_node, nodes = _parts(head, findings)
    header = build(header_node, HeaderModel, findings) if header_node is not None else None
    observations = [build(node, ObservationModel, findings) for node in (*nodes, *more)]
    if header is None:
        return None
    return _link(header, observations, entities, findings)


def _parts(node: Node, findings: list[Diagnostic]) -> tuple[MappingNode | None, tuple[Node, ...]]:
    """The header without its observations, and the observations."""
    if not isinstance(node, MappingNode) or not node.entries:
        findings.append(finding("unknown-document", node.span, name="", kinds=("incident",)))
        return None, ()
    if node.get("incident") is None:
        first = node.entries[0][0]
        findings.append(
            finding("unknown-document", first.span, name=first.text, kinds=("incident",))
        )
        return None, ()
    entries = tuple(entry for entry in node.entries if entry[0].text != "observations")
    header = MappingNode(entries, node.span)
    listed = node.get("observations")
    if isinstance(listed, SequenceNode):
        return header, listed.items
    if listed is not None and not (isinstance(listed, ScalarNode) and listed.value is None):
        reason = Text("it is a list", "须为列表")
        findings.append(finding("key-unsuited", listed.span, key="observations", reason=reason))
    return header, ()


def _link(
    header: HeaderModel,
    observations: Sequence[ObservationModel | None],
    entities: Entities,
    findings: list[Diagnostic],
) -> Incident:
    readable = [model for model in observations if model is not None]
    reader = EventReader(header, readable, entities, findings)
    hazards = reader.linker.all_names("hazard", header.hazards)
    events: list[Event] = list(reader.header_moments())
    for number, observation in enumerate(observations, 1):
        if observation is not None:
            events.extend(reader.events(observation, number))
    check_revisions(events, header.status, entities.time_zone, findings)
    return Incident(
        id=str(header.incident),
        label=label_of(header.label, str(header.incident)),
        hazards=frozenset(hazards),
        scope=reader.scope,
        status=header.status,
        events=tuple(events),
    )
