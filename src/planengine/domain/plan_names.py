"""Which plan a text means: an id, a label or alias, or `<jurisdiction>/<plan>`.

An id alone may belong to plans of several jurisdictions; a label and a full id name one plan.
Plans are given by their keys, "<jurisdiction>/<plan id>".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from planengine.domain.ids import plan_key
from planengine.domain.names import Names

if TYPE_CHECKING:
    from planengine.diagnostics import Diagnostic, Span

PLAN = "plan"
PLAN_KEY = "plan-key"


def plans_named(names: Names, text: str) -> tuple[str, ...]:
    """The keys of all plans that a text can mean, in the order of the library."""
    keys = names.find(PLAN_KEY, text)
    if keys:
        return keys
    area_text, _, plan_text = text.rpartition("/")
    ids = names.find(PLAN, plan_text.strip())
    areas = names.find("jurisdiction", area_text.strip()) if area_text else None
    return tuple(
        plan_key(area, item)
        for item in ids
        for area in areas_with(names, item)
        if areas is None or area in areas
    )


def areas_with(names: Names, item_id: str) -> tuple[str, ...]:
    """The jurisdictions that have a plan of this id."""
    known = names.document("plan", item_id)
    return known.areas if known is not None else ()


def unknown_plan(names: Names, text: str, span: Span | None) -> Diagnostic:
    """The finding for a text that no plan has, with the nearest id, key or label."""
    from planengine.diagnostics import finding
    from planengine.diagnostics.fixes import respelt
    from planengine.diagnostics.suggest import did_you_mean

    if names.other_kind(PLAN, text) is not None:
        return names.unknown(PLAN, text, span)
    spellings = {**names.spellings.get(PLAN, {}), **names.spellings.get(PLAN_KEY, {})}
    nearest = did_you_mean(text, spellings)
    fix = respelt(text, nearest, spellings, span)
    return finding("unknown-plan", span, name=text, nearest=nearest, fix=fix)
