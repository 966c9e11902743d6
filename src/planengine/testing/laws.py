"""What must hold of every answer, by any library: each law raises `AssertionError` where it fails.

A law takes an engine and an incident as data, as `incidents` draws them.
"""

from __future__ import annotations

from typing import Any, TypeAlias

from planengine.assessment.assessment import Assessment
from planengine.diagnostics import PlanError
from planengine.facade import Engine

Levels: TypeAlias = dict[str, tuple[str | None, str | None, str | None]]
"""Of each decision its certain level, the indicated one, and the one it could reach."""


def levels(assessment: Assessment) -> Levels:
    """What an assessment says of each decision."""
    return {one.id: (one.level, one.indicated, one.could_reach) for one in assessment.decisions}


def levels_in_order(engine: Engine, incident: dict[str, Any]) -> None:
    """The certain level is never beyond the indicated one, nor that beyond what it could reach."""
    for one in engine.assess(incident).decisions:
        scale = engine.library.entities.scales[one.scale]
        told = (one.level, one.indicated, one.could_reach)
        ranks = [0 if level is None else scale.rank(level) for level in told]
        assert ranks == sorted(ranks), f"{one.id}: {told}"


def arrival_is_irrelevant(engine: Engine, incident: dict[str, Any]) -> None:
    """The order in which observations stand changes no level."""
    turned = {**incident, "observations": incident["observations"][::-1]}
    before, after = levels(engine.assess(incident)), levels(engine.assess(turned))
    assert before == after, _difference(before, after)


def telling_equals_the_whole(engine: Engine, incident: dict[str, Any]) -> None:
    """Told one by one, an incident gives at each time what it gives as a whole."""
    timeline = engine.open({**incident, "observations": []})
    records = incident["observations"]
    for record, following in zip(records, [*records[1:], None], strict=True):
        timeline = timeline.tell(record)
        at = record["received"]
        if following is not None and following["received"] == at:
            continue  # that is known then too
        whole = engine.assess(incident, at=at)
        before, after = levels(whole), levels(timeline.at(at))
        assert before == after, f"at {at}: {_difference(before, after)}"


def exercises_change_nothing(engine: Engine, incident: dict[str, Any]) -> None:
    """What is said in an exercise changes no actual level, whatever it says."""
    more = [
        {**record, "id": f"{record['id']}-again", "status": "exercise"}
        for record in incident["observations"]
    ]
    newest = max(record["at"] for record in incident["observations"])
    both = {**incident, "observations": [*incident["observations"], *more]}
    before = levels(engine.assess(incident, at=newest, status="actual"))
    after = levels(engine.assess(both, at=newest, status="actual"))
    assert before == after, _difference(before, after)


def constant_until_recheck(engine: Engine, incident: dict[str, Any]) -> None:
    """Until an answer is to be looked at again its levels stay as they are."""
    now = engine.assess(incident)
    again = now.recheck_at
    if again is None or again - 1 <= now.at:
        return
    before, after = levels(now), levels(engine.assess(incident, at=again - 1, known_at=now.at))
    assert before == after, _difference(before, after)


def mistakes_are_told(engine: Engine, incident: dict[str, Any]) -> None:
    """A fact that the library does not have is an error with its place, and never ignored."""
    wrong = {"at": incident["observations"][0]["at"], "facts": {"no-such-fact": 1}}
    try:
        engine.assess({**incident, "observations": [*incident["observations"], wrong]})
    except PlanError as error:
        codes = [one.code for one in error.diagnostics if one.severity == "error"]
        assert codes == ["unknown-fact"], codes
    else:
        raise AssertionError("an unknown fact was ignored")


ALL = (
    levels_in_order,
    arrival_is_irrelevant,
    telling_equals_the_whole,
    exercises_change_nothing,
    constant_until_recheck,
    mistakes_are_told,
)


def _difference(before: Levels, after: Levels) -> str:
    names = [name for name in {**before, **after} if before.get(name) != after.get(name)]
    return "; ".join(f"{name}: {before.get(name)} and {after.get(name)}" for name in names)
