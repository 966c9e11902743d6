"""What players did in an exercise, as a file of players that does it again."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from planengine.exercises.as_written import as_written
from planengine.exercises.play import Played
from planengine.exercises.virtual import virtual
from planengine.values.times import parse_time
from planengine.witnesses.scene import Plain, flow

_LISTED = (("done", "action"), ("reported", "report"), ("reported", "release"))
_TIMES = frozenset({"id", "at", "received"})


def script_of(played: Played, *, name: str, zone: str) -> str:
    """The text of a players file with every deed of an exercise that was played.

    Duties of one document that were done at one time stand in one line.
    """
    rows: dict[tuple[str, ...], list[str]] = {}
    deeds: dict[tuple[str, ...], dict[str, Plain]] = {}
    for at, record in _deeds(played, zone):
        time = virtual(at, played.exercise.start)
        found = next(((kind, key) for kind, key in _LISTED if key in record.get(kind, {})), None)
        rest = {key: as_written(value) for key, value in record.items() if key not in _TIMES}
        if found is None:
            deeds[time, json.dumps(rest, ensure_ascii=False)] = {"at": time, **rest}
            continue
        kind, key = found
        made = dict(record[kind])
        items = made.pop(key)
        rest[kind] = as_written(made)
        where: tuple[str, ...] = (time, json.dumps(rest, ensure_ascii=False), key)
        deeds[where] = {"at": time, **rest}
        rows.setdefault(where, []).extend(items if isinstance(items, list) else [items])
    lines = [f"players: {flow(name)}", "deeds:"]
    for named, deed in deeds.items():
        if named in rows:
            key = named[-1]
            kind = next(kind for kind, listed in _LISTED if listed == key)
            items = list(dict.fromkeys(rows[named]))
            own: Plain = items[0] if len(items) == 1 else [*items]
            inner = deed[kind]
            assert isinstance(inner, dict), "what was done is a mapping"
            deed[kind] = {**inner, key: own}
        lines.append(f"  - {flow(deed)}")
    return "\n".join(lines) + "\n"


def _deeds(played: Played, zone: str) -> Iterator[tuple[int, Mapping[str, Any]]]:
    injected = {one.id for one in played.exercise.injects}
    for line in played.stream.splitlines()[1:]:
        record = json.loads(line)
        at = parse_time(record["received"], zone)
        if record["id"] not in injected and at is not None:
            yield at, record
