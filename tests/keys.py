"""Keys as tests write them: `unit_key("warning:city/flood/river@city")`."""

from __future__ import annotations

from planengine.domain.ids import UnitKey


def unit_key(text: str) -> UnitKey:
    """The key that is shown as `text`: a plan's has its jurisdiction, a standard's no track."""
    head, _, area = text.rpartition("@")
    parts = head.removeprefix("warning:").split("/")
    track = parts.pop() if len(parts) > 2 else None
    return UnitKey("/".join(parts), track, area, warning=head.startswith("warning:"))
