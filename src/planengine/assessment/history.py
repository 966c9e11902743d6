"""When things became so: the moment since which a level, or a condition, has been met.

The incident is decided again at each moment at which something was stated or could change,
with the knowledge of that moment and today's rules (what is in force at T judges the whole
window, SEMANTICS 28).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from planengine.assessment.situation import Situation
from planengine.rules.conditions import Condition
from planengine.rules.shadows import shadows

MOST_MOMENTS = 2_000  # a bound on work: beyond it the earliest moments are not looked at


class History:
    """Looks back from one situation; each earlier moment is decided once and kept."""

    def __init__(self, now: Situation, earlier: Callable[[int], Situation]) -> None:
        self._now = now
        self._earlier = earlier
        self._kept: dict[int, Situation] = {now.evidence.at: now}
        self._moments: tuple[int, ...] | None = None

    def met_since(self, unit: str, rank: int) -> int | None:
        """Since when a unit's certain level has been at least `rank`; None if it is not."""
        return self._since(lambda situation: situation.outcome(unit)[0] >= rank)

    def true_since(self, condition: Condition) -> int | None:
        """Since when a condition has been certain; None if it is not."""
        return self._since(lambda situation: shadows(condition, situation.value_of)[0])

    def _since(self, holds: Callable[[Situation], bool]) -> int | None:
        if not holds(self._now):
            return None
        since = self._now.evidence.at
        for moment in self._backwards():
            if not holds(self._at(moment)):
                break
            since = moment
        return since

    def _at(self, moment: int) -> Situation:
        if moment not in self._kept:
            self._kept[moment] = self._earlier(moment)
        return self._kept[moment]

    def _backwards(self) -> Iterator[int]:
        if self._moments is None:
            self._moments = self._now.evidence.moments_of_change()[-MOST_MOMENTS:]
        return reversed(self._moments)
