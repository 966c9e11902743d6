"""Sessions of mixed status over one library: what is of an exercise never reaches a real answer."""

from __future__ import annotations

import json
import shutil
import tempfile
from pathlib import Path
from typing import Any, ClassVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

import planengine
from tests.assessment.conftest import Small

PLAN = """
levels:
  - {level: I, when: {deaths: ≥ 10}, approve: {post: chief}}
  - {level: II, when: {deaths: ≥ 3}, approve: {post: chief}}
  - {level: III, when: {level: ≥ 5}, approve: {post: chief}}
lower: {when: {level: < 5}}
end: {when: {calm: true}}
actions:
  - {id: patrol, from: III, executor: office, do: patrol, within: 1 h, of: met}
  - {id: pump, from: II, executor: {post: chief}, do: pump, within: 2 h, of: start}
reports: [{id: up, from: III, by: office, to: government, within: 1 h, of: met, repeat: 1 h}]
"""
STATUSES = ("actual", "exercise", "test")
RANK = {name: place for place, name in enumerate(STATUSES)}
WHAT = ("facts", "facts", "level", "decline", "hand-over", "acknowledged", "done", "withdraw")
_ENGINES: dict[str, planengine.Engine] = {}


def clock(minute: int) -> str:
    return f"2026-07-01T{8 + minute // 60:02}:{minute % 60:02}:00+08:00"


def engine() -> planengine.Engine:
    if not _ENGINES:
        folder = Path(tempfile.mkdtemp())
        try:
            _ENGINES["small"] = Small(folder).plan("dam", PLAN).engine()
        finally:
            shutil.rmtree(folder)
    return _ENGINES["small"]


class Mixed(RuleBasedStateMachine):
    """A real incident and an exercise on it, told by several in turn, each thing of any status.

    Beside each session stands what was told of each status alone; nothing else may matter.
    """

    STATUS_OF_SESSION: ClassVar[tuple[str, ...]] = ("actual", "exercise")

    @initialize()
    def begin(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.minute = 0
        self.sessions: list[planengine.Session] = []
        for status in self.STATUS_OF_SESSION:
            head = {"incident": "x", "hazards": ["flood"], "status": status}
            path = self.folder / f"{status}.journal"
            self.sessions.append(engine().begin(path, head, now=clock(0)))
        self.told: list[list[dict[str, Any]]] = [[] for _ in self.sessions]

    def teardown(self) -> None:
        for session in getattr(self, "sessions", ()):
            session.close()
        if hasattr(self, "folder"):
            shutil.rmtree(self.folder)

    @rule(minutes=st.integers(1, 50))
    def wait(self, minutes: int) -> None:
        self.minute = min(self.minute + minutes, 15 * 60)

    @rule(which=st.integers(0, 1))
    def open_anew(self, which: int) -> None:
        """Somebody else goes on with it."""
        self.sessions[which].close()
        self.sessions[which] = engine().session(self.sessions[which].journal.path)

    @rule(
        which=st.integers(0, 1),
        status=st.sampled_from(STATUSES),
        what=st.sampled_from(WHAT),
        number=st.integers(0, 12),
        ago=st.integers(0, 90),
        corrects=st.booleans(),
    )
    def tell(
        self, which: int, status: str, what: str, number: int, ago: int, corrects: bool
    ) -> None:
        known = [one["id"] for one in self.told[which] if one["status"] == status]
        record: dict[str, Any] = {
            "id": f"r{len(self.told[which])}",
            "at": clock(max(0, self.minute - ago)),
            "received": clock(self.minute),
            "status": status,
            **content(what, number, known),
        }
        if corrects and known and what == "facts":
            record["correct"] = known[number % len(known)]
        session = self.sessions[which]
        session.tell(record, now=clock(self.minute))
        written = records_of(session)[-1]
        self.told[which].append({**written, "status": status})

    @invariant()
    @precondition(lambda self: hasattr(self, "sessions"))
    def stepping_equals_the_whole(self) -> None:
        for which, session in enumerate(self.sessions):
            status = self.STATUS_OF_SESSION[which]
            seen = [one for one in self.told[which] if RANK[one["status"]] <= RANK[status]]
            head = {"incident": "x", "hazards": ["flood"], "status": status}
            alone = engine().assess({**head, "observations": seen}, at=clock(self.minute))
            whole = engine().assess(session.export(), at=clock(self.minute))
            own = session.at(clock(self.minute))
            assert own.to_json() == whole.to_json()
            assert said(own) == said(alone)  # what is of a higher status might as well not be
            assert own.tainted == (status != "actual")
            assert session.journal.verify() is None


def said(answer: planengine.Assessment) -> dict[str, Any]:
    """An answer without where things are written."""
    return {key: one for key, one in plain(answer.to_dict()).items() if key != "rejected"}


def plain(data: Any) -> Any:
    if isinstance(data, dict):
        return {key: plain(one) for key, one in data.items() if key != "place"}
    return [plain(one) for one in data] if isinstance(data, list) else data


def records_of(session: planengine.Session) -> list[dict[str, Any]]:
    return [json.loads(line) for line in session.export().splitlines()[1:]]


def content(what: str, number: int, known: list[str]) -> dict[str, Any]:
    level = ("I", "II", "III")[number % 3]
    if what == "withdraw" and known:
        return {"withdraw": known[number % len(known)]}
    if what == "level":
        return {"decide": {"plan": "dam", "level": ("none", level)[number % 2], "by": "chief"}}
    if what == "decline":
        move = (level, "lower", "end")[number % 3]
        return {"decide": {"plan": "dam", "decline": move, "by": "chief", "reason": "we wait"}}
    if what == "hand-over":
        whose = {"post": "chief"} if number % 2 else {"plan": "dam"}
        return {"hand-over": {**whose, "to": ("deputy", "health", "none")[number % 3]}}
    if what in {"acknowledged", "done"}:
        return {what: {"plan": "dam", "action": ("patrol", "pump")[number % 2]}}
    facts = ({"deaths": number}, {"level": number}, {"calm": number % 2 == 0})[number % 3]
    return {"facts": facts}


TestMixed = pytest.mark.slow(Mixed.TestCase)
TestMixed.settings = settings(
    max_examples=6,
    stateful_step_count=10,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
