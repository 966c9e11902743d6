"""An observation read before, as far as corrections of it go back to it."""

from __future__ import annotations

from collections.abc import Container
from typing import TYPE_CHECKING, Any

from planengine.domain.statements import (
    Acknowledged,
    Declined,
    DutyDone,
    Event,
    HandedOver,
    Invocation,
    Issue,
    PutInForce,
    Statement,
)
from planengine.reading.validate import Name
from planengine.values.times import format_time

if TYPE_CHECKING:
    from planengine.model.incident import ObservationModel

_CLOCK = "UTC"


def recalled(event: Event, objects: Container[str]) -> ObservationModel:
    """The observation that made an event, without its content: where, when and by whom it was.

    What it had itself from what it corrects is its own here. `objects` are the ids of places
    that are objects.
    """
    from planengine.model.incident import ObservationModel, OtherSourceModel, ValidModel

    def time(moment: int | None) -> Name | None:
        return None if moment is None else Name(format_time(moment, _CLOCK), event.stamp.span)

    found: dict[str, Any] = {"at": time(event.stamp.at)}
    if event.stamp.source is not None:
        found["source"] = OtherSourceModel(other=Name(event.stamp.source))
    place = event.place if isinstance(event, Statement) else getattr(event, "area", None)
    if place is not None:
        found["object" if place in objects else "area"] = Name(place, event.stamp.span)
    deed = _deed(event)
    if deed is not None:
        found[deed] = True  # what people did is only compared by its kind
    if isinstance(event, Statement | Issue):
        since, until = time(event.valid_from), time(event.valid_until)
        if since is not None or until is not None:
            found["valid"] = ValidModel.model_construct(from_=since, until=until)
    if isinstance(event, Statement):
        found |= {"kind": event.kind, "incident": Name(event.incident), "began": time(event.began)}
    return ObservationModel.model_construct(**found)


def _deed(event: Event) -> str | None:
    match event:
        case PutInForce() | Declined():
            return "decide"
        case HandedOver():
            return "hand_over"
        case Acknowledged():
            return "acknowledged"
        case Issue():
            return "issued"
        case Invocation():
            return "invoke"
        case DutyDone():
            return "done" if event.kind == "action" else "reported"
        case _:
            return None
