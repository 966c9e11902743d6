"""Work that looks back does not grow with the square of the history, and no moment is left out."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

from tests.assessment.conftest import Small, in_force, stated
from tests.assessment.test_editions import seconds

ZONE = timezone(timedelta(hours=8))
BODY = """
levels:
  - {level: II, when: {deaths: ≥ 3}}
  - {level: III, when: {level: ≥ 5}}
"""


def test_the_first_of_very_many_moments_is_found(small: Small) -> None:
    """600 readings hold a level: it began with the first of them."""
    small.plan("dam", BODY)
    start = datetime.fromisoformat("2026-06-20T00:00:00+08:00")
    clocks = [(start + timedelta(minutes=number)).isoformat() for number in range(600)]
    readings = [{"at": at, "facts": {"level": 6 + number % 2}} for number, at in enumerate(clocks)]
    found = small.assess(*readings, at="08:00")
    (decision,) = found.decisions
    assert decision.met_at == seconds(clocks[0])
    assert found.situation.history.met_since(decision.key, 1, known=True) == seconds(clocks[0])


def test_only_what_is_asked_is_looked_at(small: Small) -> None:
    """Hundreds of readings of another fact are no moments at which the dead may change."""
    small.plan("dam", BODY)
    readings = [
        stated(f"{6 + number // 60:02}:{number % 60:02}", unrelated=number) for number in range(300)
    ]
    found = small.assess(stated("05:00", deaths=4), *readings, at="12:00")
    asked: list[int] = []
    (decision,) = found.decisions

    def holds(then) -> bool:
        asked.append(then.at)
        return then.reaches(decision.key, 2)

    assert found.situation.history.since(holds, known=True) == decision.met_at
    assert len(asked) == 1


def test_a_moment_offers_what_was_in_force_and_recommended(small: Small) -> None:
    small.plan("dam", BODY)
    told = (
        stated("08:00", deaths=0, level=6),
        in_force("09:00", "II"),
        in_force("11:00", "III"),
    )

    def since(rank: int, at: str, *, known: bool) -> str | None:
        found = small.assess(*told, at=at)
        (decision,) = found.decisions
        since = found.situation.history.since(
            lambda then: then.response(decision.key) >= rank, known=known
        )
        return None if since is None else datetime.fromtimestamp(since, ZONE).strftime("%H:%M")

    assert [since(rank, "12:00", known=False) for rank in (1, 2)] == ["08:00", None]
    assert since(2, "10:00", known=True) == "09:00"
