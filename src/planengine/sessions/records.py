"""What people tell, as the JSON of one observation of an incident file."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from typing import Any

from planengine.diagnostics import Diagnostic, PlanError, Text, finding
from planengine.linking.incidents.incident import is_stream
from planengine.reading.data import read_data
from planengine.reading.nodes import MappingNode, Node, ScalarNode, SequenceNode
from planengine.reading.yaml import read_document, read_lines
from planengine.values.times import WITHOUT_ZONE, format_time, parse_time

_KEYS = Text("keys and values", "若干“键: 值”")
_NO_KEYS = Text("something without keys", "没有键的内容")


class Record:
    """One observation as it will be written: whole, with its own id and, told `now`, its times.

    `taken` are the ids of the others. Of what is not told now but was written before, the times
    stay as they are.
    """

    def __init__(
        self,
        given: Mapping[str, Any],
        taken: Collection[str],
        now: int | None = None,
        zone: str = WITHOUT_ZONE,
    ) -> None:
        data = dict(given)
        if data.get("id") is None:
            data = {"id": _new_id(taken), **data}
        if now is not None:
            if data.get("at") is None:
                data["at"] = format_time(now, zone)
            if data.get("received") is None:
                at = parse_time(str(data["at"]), zone)
                data["received"] = format_time(now if at is None else max(now, at), zone)
        self.id = str(data["id"])
        self.at = parse_time(str(data.get("at")), zone)
        self.kind = next((key for key in ("correct", "withdraw") if data.get(key)), None)
        self.text = json_of(data)


def _new_id(taken: Collection[str]) -> str:
    """The number of the observation, where no other is called so."""
    name = str(len(taken) + 1)
    while name in taken:
        name += "-again"
    return name


def same_words(data: Mapping[str, Any]) -> str:
    """What is equal of two records that say the same: all but the id and when it was received."""
    return json.dumps(
        {key: one for key, one in data.items() if key not in {"id", "received"}},
        ensure_ascii=False,
        sort_keys=True,
    )


def json_of(data: object) -> str:
    """Data as one line of JSON."""
    return json.dumps(data, ensure_ascii=False, separators=(", ", ": "), allow_nan=False)


def data_of(source: object) -> dict[str, Any]:
    """What an observation or a header says, given as data or as its text in YAML or JSON.

    Raises PlanError where it cannot be read at all.
    """
    findings: list[Diagnostic] = []
    node: Node | None
    if isinstance(source, str | bytes):
        node = read_document(source, "facts", findings)
    else:
        node = read_data(source, findings)
    if node is None or any(one.severity == "error" for one in findings):
        raise PlanError(findings)
    if not isinstance(node, MappingNode):
        raise PlanError([finding("wrong-type", node.span, expected=_KEYS, found=_NO_KEYS)])
    found: dict[str, Any] = _plain(node)
    return found


def whole_incident(content: bytes, file: str) -> dict[str, Any]:
    """A whole incident file that can be read, a stream too: its header with `observations`."""
    if not is_stream(content, file):
        return data_of(content)
    lines = [line.node for line in read_lines(content, file, [])]
    header, *records = (_plain(node) for node in lines if node is not None)
    return {**header, "observations": records}


def _plain(node: Node) -> Any:  # noqa: ANN401 - whatever was written
    if isinstance(node, MappingNode):
        return {key.text: _plain(one) for key, one in node.entries}
    if isinstance(node, SequenceNode):
        return [_plain(one) for one in node.items]
    return _scalar(node)


def _scalar(node: ScalarNode) -> object:
    """A number or truth value where JSON writes it as it was written, else its text."""
    if node.value is None or isinstance(node.value, str):
        return node.value
    return node.value if json.dumps(node.value) == node.text else node.text
