"""What was reported allows: `indicated` between the level and what could be reached (SEMANTICS 30)."""

from __future__ import annotations

from typing import Any

import pytest

from tests.assessment.conftest import VOCABULARY, Small, stated

DEAD = "deaths: {label: {en: deaths}, type: count, unit: 人, subject: area, direction: up, roll-up: sum, cumulative: true, provider: health}"
MISSING = "  missing: {label: {en: missing}, type: count, unit: 人, subject: area, direction: up, roll-up: sum}\n"
GRADES = """
levels:
  - {level: I, when: {any: [{deaths: ≥ 30}, {level: ≥ 9 m}]}}
  - {level: II, when: {any: [{deaths: ≥ 5}, {level: ≥ 5 m}]}}
  - {level: III, when: {deaths: ≥ 1}}
"""
READS = """
levels: [{level: I, when: {response.dam: II}}]
"""


def told(small: Small, **facts: Any) -> dict[str, tuple[str | None, str | None, str | None]]:
    rising = DEAD.replace("provider: health}", "provider: health, may-rise-by: missing}")
    assert DEAD in VOCABULARY
    text = VOCABULARY.replace(DEAD, rising).replace("\nscales:", f"\n{MISSING}scales:", 1)
    (small.folder / "vocabulary.yaml").write_text(text.strip() + "\n")
    found = (
        small.plan("dam", GRADES).plan("other", READS).assess(stated("08:00", **facts), at="09:00")
    )
    for one, written in zip(found.decisions, found.to_dict()["decisions"], strict=True):
        assert written["indicated"] == one.indicated
    return {
        one.id.partition("@")[0]: (one.level, one.indicated, one.could_reach)
        for one in found.decisions
    }


@pytest.mark.parametrize(
    ("facts", "dam", "other"),
    [
        ({"deaths": 2, "missing": 53}, ("III", "I", "I"), (None, "I", "I")),
        ({"deaths": 2, "missing": 0}, ("III", "III", "I"), (None, None, "I")),
        ({"deaths": "at least 5"}, ("II", "II", "I"), ("I", "I", "I")),
        ({"deaths": "≥ 4"}, ("III", "III", "I"), (None, None, "I")),
        ({"deaths": "[2..7]", "level": 1}, ("III", "II", "II"), (None, "I", "I")),
        ({"calm": True}, (None, None, "I"), (None, None, "I")),
    ],
)
def test_what_was_reported_allows(
    small: Small, facts: dict[str, Any], dam: tuple[str | None, ...], other: tuple[str | None, ...]
) -> None:
    found = told(
        small,
        **{k: v.replace("at least", "≥") if isinstance(v, str) else v for k, v in facts.items()},
    )
    assert found == {"city/dam": dam, "city/other": other}
