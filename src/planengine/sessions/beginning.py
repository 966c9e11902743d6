"""A new journal, with what is known of its incident already."""

from __future__ import annotations

from pathlib import Path

from planengine.journal import Journal
from planengine.sessions.contents import stream_of
from planengine.sessions.desk import Desk
from planengine.sessions.records import Record, data_of, json_of
from planengine.sessions.session import Session


def begin(path: Path, incident: object, desk: Desk, now: int) -> Session:
    """A new journal with an incident: a header, and observations that it may have already.

    Raises FileExistsError where there is a file; `PlanError` where the incident has an error.
    """
    given = data_of(incident)
    observations = given.get("observations") or []
    if not isinstance(observations, list) or not all(isinstance(one, dict) for one in observations):
        desk.read(json_of(given).encode())  # says what is wrong with them
    given.pop("observations", None)
    header = json_of(given)
    taken = {str(one["id"]) for one in observations if one.get("id") is not None}
    texts: list[str] = []
    for one in observations:
        record = Record(one, taken)
        taken.add(record.id)
        texts.append(record.text)
    desk.read(stream_of(header, texts).encode())  # before anything is written
    body = {"library": desk.digest, "header": header}
    return Session(Journal.create(path, now, json_of(body), texts), desk)
