"""What is to be decided, in words: above all to which level a response is lowered."""

from __future__ import annotations

import pytest

from tests.assessment.conftest import Small, in_force, small, stated

__all__ = ["small"]

BODY = """
levels:
  - {level: I, approve: {post: chief}, when: {deaths: ≥ 10}}
  - {level: II, approve: {post: chief}, when: {deaths: ≥ 3}}
  - {level: III, approve: {post: chief}, when: {level: ≥ 5}}
lower: {when: {calm: true}}
"""


@pytest.mark.parametrize(
    ("deaths", "english", "chinese"),
    [
        (0, "lower to level III", "降级至三级"),
        (
            4,
            "lower from level II",
            "降级（现为二级）",
        ),  # the facts still give it: people say to which
        (12, "lower from level II", "降级（现为二级）"),  # never "lower" to a worse level
    ],
)
def test_a_response_is_lowered_to_a_milder_level_or_from_its_own(
    small: Small, deaths: int, english: str, chinese: str
) -> None:
    small.plan("dam", BODY)
    found = small.assess(
        stated("08:00", deaths=deaths, level=6, calm=True), in_force("09:00", "II"), at="12:00"
    )
    assert f"chief: {english}: 1 dam plan" in found.to_text("en")
    assert f"{chinese}：1 " in found.to_text("zh")


def test_without_a_level_of_the_facts_it_is_lowered_from_its_own(small: Small) -> None:
    small.plan("dam", BODY)
    facts = stated("08:00", deaths=0, level=4, calm=True)
    found = small.assess(facts, in_force("09:00", "II"), at="12:00")
    assert "chief: lower from level II: 1 dam plan" in found.to_text("en")


def test_governments_that_are_not_known_yet_are_told_as_such(small: Small) -> None:
    body = 'actions: [{id: look, from: III, executor: {each: county}, do: "look", within: 1 h}]\n'
    small.plan("dam", BODY + body)
    vocabulary = small.folder / "vocabulary.yaml"
    county = "{id: county, label: {en: county}}"
    governed = "{id: county, label: {en: county}, government: town-hall}"
    vocabulary.write_text(vocabulary.read_text().replace(county, governed))
    found = small.assess(stated("08:00", deaths=4, level=6), at="12:00")
    line = next(one for one in found.to_text("en").splitlines() if "look" in one and "start" in one)
    assert "the government of each affected county: look" in line
