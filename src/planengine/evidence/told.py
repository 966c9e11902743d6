"""The moments that what was told names."""

from __future__ import annotations

from collections.abc import Iterator

from planengine.domain.statements import Event, Issue, Statement
from planengine.evidence.standing import NEVER_ENDS


def told_moments(event: Event) -> Iterator[int]:
    """The moments that an event itself names."""
    yield event.stamp.at
    if isinstance(event, Statement | Issue):
        named = [event.valid_from, event.valid_until]
        if isinstance(event, Statement):
            named.append(event.began)
        yield from (moment for moment in named if moment is not None and moment < NEVER_ENDS)
