"""Ways to the next level where less is worse, and where no way leads there."""

from __future__ import annotations

import pytest

from tests.assessment.conftest import VOCABULARY, Small, day, stated

SIGHT = "  sight: {label: {en: sight}, type: quantity, unit: m, range: ≥ 0, direction: down, roll-up: min, provider: office}\n"
FOG = "levels: [{level: I, when: {sight: < 50 m}}, {level: II, when: {sight: ≤ 200 m}}]\n"


def ways(
    small: Small, body: str, **facts: object
) -> list[tuple[str, list[tuple[str, float | None]]]]:
    (small.folder / "vocabulary.yaml").write_text(
        VOCABULARY.strip().replace("\nscales:", f"\n{SIGHT}scales:") + "\n"
    )
    found = small.plan("dam", body).assess(stated("08:00", **facts), at="09:00")
    (decision,) = found.decisions
    return [
        (way.level, [(str(need.cell).partition("@")[0], need.missing) for need in way.needs])
        for way in decision.next
    ]


@pytest.mark.parametrize(
    ("sight", "level", "missing"),
    [
        (500, "II", -300),
        ("[300..500]", "II", -300),  # from the end that is certain: it may be as good as 500
        ("[100..500]", "II", -300),
        (200, "I", -150),
        (50, "I", 0),
        ("≥ 300", "II", None),  # nobody knows how good it is at most
    ],
)
def test_what_must_fall_is_measured_from_its_upper_end(
    small: Small, sight: object, level: str, missing: float | None
) -> None:
    assert ways(small, FOG, sight=sight) == [(level, [("sight", missing)])]


def test_what_must_rise_is_measured_from_its_lower_end(small: Small) -> None:
    body = 'levels: [{level: I, when: {level: "[3..5)"}}]\n'
    assert ways(small, body, level="[1..9]") == [("I", [("level", 2)])]
    assert ways(small, body, level=7) == [("I", [("level", -2)])]


@pytest.mark.parametrize(("level", "missing"), [(10, 2), (4, -1), (8, 4), (7, -4)])
def test_of_two_stretches_the_nearer_one_is_the_way(
    small: Small, level: int, missing: float
) -> None:
    body = 'levels: [{level: I, when: {any: [{level: "[1..3]"}, {level: ≥ 12}]}}]\n'
    assert ways(small, body, level=level) == [("I", [("level", missing)])]


def test_a_fall_that_nobody_has_seen_is_measured_from_none(small: Small) -> None:
    body = "levels: [{level: I, when: {change: {of: level, is: ≤ -1 m, within: 1 h}}}]\n"
    assert ways(small, body) == [("I", [("fall(level", -1)])]


def test_what_never_falls_is_no_way(small: Small) -> None:
    """Deaths are cumulative, and time does not run backwards."""
    body = 'levels: [{level: I, when: {deaths: "[1..3)"}}]\n'
    assert ways(small, body, deaths=5) == []
    assert ways(small, body, deaths=0) == [("I", [("deaths", 1)])]
    two = "levels: [{level: I, when: {any: [{deaths: '[1..3)'}, {deaths: ≥ 30}]}}]\n"
    assert ways(small, two, deaths=5) == [("I", [("deaths", 25)])]
    late = "levels: [{level: I, when: {elapsed: {since: occurrence, is: < 30 min}}}]\n"
    moment = {"at": day("08:00"), "moments": {"occurrence": day("08:00")}}
    (decision,) = small.plan("dam", late).assess(moment, at="09:00").decisions
    assert decision.level is None
    assert decision.next == ()


def test_ways_that_ask_what_cannot_be_at_once_are_none(small: Small) -> None:
    body = """levels:
  - level: I
    when:
      all:
        - any: [{level: ≥ 5}, {calm: true}]
        - any: [{level: < 3}, {deaths: ≥ 2}]
"""
    assert ways(small, body, level=1, deaths=0) == [("I", [("calm", None)])]
    found = ways(small, body, level=4, deaths=0)
    assert {tuple(sorted(name for name, _ in needs)) for _, needs in found} == {
        ("deaths", "level"),
        ("calm", "level"),
        ("calm", "deaths"),
    }


@pytest.mark.parametrize(
    ("written", "reached"),
    [
        ("{lasting: {where: {level: ≥ 5}, is: ≥ 2 h}}", 3600),
        ("{elapsed: {since: occurrence, is: ≥ 4 h}}", 7200),
        ("{all: [{lasting: {where: {level: ≥ 5}, is: ≥ 2 h}}, {elapsed: {since: occurrence, is: ≥ 4 h}}]}", 7200),
        ("{all: [{lasting: {where: {level: ≥ 5}, is: ≥ 2 h}}, {calm: true}]}", None),
        ("{lasting: {where: {level: ≥ 9}, is: ≥ 2 h}}", None),
    ],
)  # fmt: skip
def test_when_time_alone_gives_the_level(small: Small, written: str, reached: int | None) -> None:
    small.plan("dam", f"levels: [{{level: I, when: {written}}}]\n")
    found = small.assess(stated("08:00", level=6), at="09:00", moments={"occurrence": day("07:00")})
    (decision,) = found.decisions
    assert decision.level is None
    after = None if reached is None else found.at + reached
    assert [way.at for way in decision.next][:1] in ([after], [] if after is None else [after])


def test_a_way_over_a_forecast_without_direction_is_shown(small: Small) -> None:
    """It asks whether a test holds at some instant, which no single statement says."""
    drift = (
        "  drift: {label: {en: drift}, type: quantity, unit: m, subject: area, direction: none}\n"
    )
    text = VOCABULARY.replace("\nscales:", f"\n{drift}scales:", 1)
    (small.folder / "vocabulary.yaml").write_text(text.strip() + "\n")
    small.plan("dam", "\nlevels: [{level: I, when: {expected: {within: 2 h, drift: ≥ 3 m}}}]\n")
    (decision,) = small.assess(stated("08:00", deaths=1), at="09:00").decisions
    assert [[str(need.cell) for need in way.needs] for way in decision.next] == [
        ["expected(drift@city ∈ [3..∞), 7200 s)"]
    ]
