"""Reads one more observation of an incident that was read before."""

from __future__ import annotations

from itertools import takewhile

from msgspec.structs import replace

from planengine.diagnostics import Diagnostic
from planengine.domain.entities import Entities
from planengine.domain.events import Events
from planengine.domain.revisions import check_clock, check_revisions
from planengine.domain.statements import Event, Incident, MomentStated, is_header
from planengine.linking.incidents.events import EventReader
from planengine.linking.incidents.records import (
    CUT_SHORT,
    as_record,
    nulls_left_out,
    told_in_short,
)
from planengine.reading.authored import Name
from planengine.reading.collecting import no_collecting
from planengine.reading.data import read_data
from planengine.reading.nodes import MappingNode, Node
from planengine.reading.validate import build
from planengine.reading.yaml import Line, read_document

_OF_REVISIONS = frozenset({"correction-circle", "correction-status"})
_OF_ALL = _OF_REVISIONS | {"clock-ahead"}
"""What is found in all observations together, and may be so no longer after one more."""


def read_more(
    source: object, incident: Incident, entities: Entities, findings: list[Diagnostic]
) -> Incident | None:
    """The incident with one more observation: data, its text, node, or line of a stream.

    Just as if it stood last in the incident's own list. None where it cannot be read; what is
    wrong with it, and with all of them together, is in the findings.
    """
    with no_collecting():
        return _read(source, incident, entities, findings)


def _read(
    source: object, incident: Incident, entities: Entities, findings: list[Diagnostic]
) -> Incident | None:
    from planengine.model.incident import HeaderModel, ObservationModel

    told = incident.events if isinstance(incident.events, Events) else Events(incident.events)
    earlier = told.observations
    number = len(earlier) + len(incident.rejected) + 1
    found: list[Diagnostic] = []
    node: Node | None
    if isinstance(source, MappingNode):
        node = source
    elif isinstance(source, Line):
        node = source.node
        found += source.findings
    elif isinstance(source, str | bytes):
        node = read_document(source, "facts", found)
    else:
        node = read_data(source, found, f"observations[{number - 1}]")
    if node is None:
        findings += found
        return None
    record = as_record(number, node)
    model = build(nulls_left_out(record.node or node, found), ObservationModel, found)
    found += record.findings
    if model is None:
        findings += found
        return None
    head = HeaderModel.model_construct(
        incident=Name(incident.id), status=incident.status, hazards=[], scope=None, moments={}
    )
    reader = EventReader(head, (model,), entities, found, earlier)
    reader.scope = incident.scope
    made = tuple(reader.events(model, number))
    events = _with_moments(told, made).and_then(made)
    kept = [one for one in incident.warnings if one.code not in _OF_ALL]
    if events.revises_nothing(made) and all(one.code != CUT_SHORT for one in kept):
        found += [one for one in incident.warnings if one.code in _OF_REVISIONS]
        check_clock(events, incident.status, entities.time_zone, found)
    else:
        check_revisions(events, incident.status, entities.time_zone, found)
    findings += found
    return replace(incident, events=events, warnings=told_in_short((*kept, *found)))


def _with_moments(events: Events, more: tuple[Event, ...]) -> Events:
    """The events, the header's moments known since the first of all observations."""
    new = min((event.stamp.at for event in more), default=None)
    header = tuple(takewhile(is_header, events))
    if new is None or not header:
        return events
    has_none = len(header) == len(events)
    moved: list[Event] = []
    for event in header:
        assert isinstance(event, MomentStated)
        at = min(max(event.moments.values()) if has_none else event.stamp.at, new)
        stamp = event.stamp
        is_same = at == stamp.at
        moved.append(event if is_same else replace(event, stamp=replace(stamp, at=at, received=at)))
    if all(one is other for one, other in zip(moved, header, strict=True)):
        return events
    return Events((*moved, *events[len(header) :]))
