"""The moments that limits are counted from, and at which repeating ends."""

from __future__ import annotations

from planengine.assessment.duties.items import Item, Place
from planengine.assessment.duties.limits import Anchor, Run
from planengine.assessment.history import History
from planengine.assessment.situation import Situation
from planengine.domain.documents import Timing
from planengine.domain.ids import DoneOf, MomentKey
from planengine.domain.vocabulary import MomentMeaning
from planengine.rules.conditions import ALWAYS


def anchor_of(
    situation: Situation,
    history: History,
    place: Place,
    item: Item,
    name: MomentKey,
    run: Run | None,
) -> Anchor:
    """Where a named moment stands for an item at a place, and how limits are counted from it."""
    evidence, document = situation.evidence, item.document
    if isinstance(name, DoneOf):
        return Anchor(evidence.done(document, name.action, place.area))
    meaning = _meaning(situation, name)
    if meaning == "start":
        rank = max(item.lowest, 1)
        return Anchor(evidence.started(document, place.track, place.area, rank))
    if meaning == "level-change":
        return Anchor(evidence.level_changed(document, place.track, place.area))
    stated = evidence.moment(name).point
    told = None if stated is None else int(stated)
    if meaning in {"met", "proposal"}:
        return Anchor(told if told is not None or run is None else run.met)
    return Anchor(told, literal=True, joined=_joined(situation, history, place))


def end_of(
    situation: Situation, history: History, place: Place, item: Item, timing: Timing
) -> int | None:
    """When the repeating ends; None where that has not come, or is told in words for people."""
    until = timing.until
    told = isinstance(until, DoneOf) or until in situation.entities.moments
    if until is None or not told:
        return None
    return anchor_of(situation, history, place, item, until, None).at


def _meaning(situation: Situation, name: str) -> MomentMeaning | None:
    moment = situation.entities.moments.get(name)
    return moment.meaning if moment is not None else None


def _joined(situation: Situation, history: History, place: Place) -> int | None:
    """Since when the hazard of a decision has been the incident's, where it joined later."""
    unit = situation.outline.unit(place.unit)
    if unit.applies == ALWAYS:
        return None
    return history.since(
        lambda then: (
            place.unit in then.outline.index and then.certain(then.outline.unit(place.unit).applies)
        ),
        known=False,
    )
