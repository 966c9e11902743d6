"""What an inject or a deed tells the library, as an observation of an incident file."""

from __future__ import annotations

from collections.abc import Callable

from planengine.diagnostics import Span
from planengine.expectations.parts import entry, scalar
from planengine.model.incident import CONTENTS
from planengine.reading.nodes import MappingNode, Node, ScalarNode
from planengine.reading.validate import Name
from planengine.values.times import format_time

_OF_THE_MESSAGE = frozenset({"at", "channel", "to", "text", "when", "unless", "stated", "note"})
_NOT_OF_AN_EXERCISE = frozenset({"id", "status"})
_TIMES = ("began",)

TimeOf = Callable[[Name | None], int | None]
"""A time that was written, in epoch seconds; None, with a finding, where it is none."""


def with_times(node: MappingNode, at: int, time_of: TimeOf, zone: str) -> MappingNode | None:
    """The observation in an inject or a deed, by the clock; None where nothing is observed.

    It is stated `at` the time at which it arrives, unless it says when else.
    """
    if not any(node.get(key) is not None for key in CONTENTS):
        return None
    stated = node.get("stated")
    since = _time(stated, time_of) if stated is not None else at
    span = node.span
    made: list[tuple[ScalarNode, Node]] = [
        entry("at", format_time(at if since is None else since, zone), _place(node, "at")),
        entry("received", format_time(at, zone), _place(node, "at")),
    ]
    for key, value in node.entries:
        if key.text in _OF_THE_MESSAGE:
            continue
        if key.text == "from":
            made.append((scalar("source", key.span), value))
        elif key.text in {"valid", "moments"} and isinstance(value, MappingNode):
            made.append((key, by_the_clock(value, time_of, zone)))
        elif key.text in _TIMES:
            made += by_the_clock(MappingNode(((key, value),), span), time_of, zone).entries
        else:
            made.append((key, value))
    return MappingNode(tuple(made), span)


def as_observation(node: MappingNode, received: int, zone: str) -> MappingNode:
    """What is kept of an observation: when it was received, and neither id nor status.

    All that an exercise tells has the exercise's own status.
    """
    kept = [(key, value) for key, value in node.entries if key.text not in _NOT_OF_AN_EXERCISE]
    if node.get("received") is None:
        kept.insert(1, entry("received", format_time(received, zone), node.span))
    return MappingNode(tuple(kept), node.span)


def by_the_clock(node: MappingNode, time_of: TimeOf, zone: str) -> MappingNode:
    """Names with times of an exercise, by the clock; those that are no times are left out."""
    found = ((name, _time(one, time_of), one.span) for name, one in node.entries)
    return MappingNode(
        tuple(
            (name, scalar(format_time(at, zone), span))
            for name, at, span in found
            if at is not None
        ),
        node.span,
    )


def _time(node: Node, time_of: TimeOf) -> int | None:
    return time_of(Name(node.text, node.span)) if isinstance(node, ScalarNode) else None


def _place(node: MappingNode, key: str) -> Span:
    found = node.get(key)
    return node.span if found is None else found.span
