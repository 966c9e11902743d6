"""Where the clock is put back, a time that it shows twice says which of the two is meant."""

from __future__ import annotations

from pathlib import Path

import planengine
from tests.assessment.conftest import Small, small

__all__ = ["small"]

BODY = """
levels:
  - {level: III, approve: {post: chief}, when: {level: ≥ 5}}
actions:
  - {id: early, from: III, executor: office, do: close the gate, within: 15 min, of: start}
  - {id: late, from: III, executor: health, do: count the people, within: 75 min, of: start}
  - {id: later, from: III, executor: power, do: cut the power, within: 2 h, of: start}
"""


def melbourne(small: Small) -> planengine.Assessment:
    small.plan("dam", BODY)
    manifest: Path = small.folder / "planengine.yaml"
    manifest.write_text(manifest.read_text().replace("Asia/Shanghai", "Australia/Melbourne"))
    return small.engine().assess(
        {
            "incident": "x",
            "hazards": ["flood"],
            "observations": [
                {"at": "2027-04-04T02:00:00+11:00", "facts": {"level": 6}},
                {
                    "at": "2027-04-04T02:15:00+11:00",
                    "decide": {"plan": "dam", "level": "III", "by": "chief"},
                },
            ],
        }
    )


def test_times_that_the_clock_shows_twice_have_their_offset(small: Small) -> None:
    lines = melbourne(small).to_text("en").splitlines()
    duties = ("close the gate", "count the people", "cut the power")
    shown = [line.split()[0] for duty in duties for line in lines if duty in line]
    assert shown == ["02:30+11:00", "02:30+10:00", "03:15"]
