"""A report as one of its senders owes it."""

from __future__ import annotations

from msgspec.structs import replace

from planengine.assessment.results import ReportItem


def of_sender(item: ReportItem, sender: str) -> ReportItem:
    """The same report, to the bodies that one sender reports to."""
    own = next((one.to for one in item.pairs if one.by == sender), item.to)
    return replace(item, to=own)
