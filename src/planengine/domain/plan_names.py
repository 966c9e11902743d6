"""Which plan a text means: an id, a label or alias, or `<jurisdiction>/<plan>`.

An id alone may belong to plans of several jurisdictions; a label and a full id name one plan.
Plans are given by their keys, "<jurisdiction>/<plan id>".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

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
    every = tuple(f"{area}/{item}" for item in ids for area in areas_with(names, item))
    if not area_text:
        return every
    areas = names.find("jurisdiction", area_text.strip())
    return tuple(key for key in every if key.partition("/")[0] in areas)


def plan_meant(
    names: Names, text: str, own: str, span: Span | None, findings: list[Diagnostic]
) -> str | None:
    """The plan that a text means in a plan of the jurisdiction `own`; None with a finding.

    A plan of `own`, and an id that several other jurisdictions have, is given by its id, any
    other plan by its key.
    """
    keys = plans_named(names, text)
    ids = tuple(dict.fromkeys(key.partition("/")[2] for key in keys))
    own_ids = tuple(item for item in ids if f"{own}/{item}" in keys)
    if len(ids) == 1 or len(own_ids) == 1:
        names.mention(PLAN, (own_ids or ids)[0], text, span)
    if len(own_ids) == 1:
        return own_ids[0]
    if len(keys) == 1:
        return keys[0]
    if len(ids) == 1:
        return ids[0]
    if not keys and names.find(PLAN, text):
        return None  # its jurisdiction is unknown, which is told where it is written
    findings.append(
        names.ambiguous(PLAN_KEY, text, span, keys) if keys else unknown_plan(names, text, span)
    )
    return None


def plan_key_meant(
    names: Names, text: str, own: str | None, span: Span | None, findings: list[Diagnostic]
) -> str | None:
    """The key of the one plan that a text means, of `own` before others; None with a finding."""
    keys = plans_named(names, text)
    ours = tuple(key for key in keys if own is not None and key.startswith(f"{own}/"))
    if len(ours) == 1 or len(keys) == 1:
        key = (ours or keys)[0]
        names.mention(PLAN_KEY, key, text, span)
        return key
    findings.append(
        names.ambiguous(PLAN_KEY, text, span, keys) if keys else unknown_plan(names, text, span)
    )
    return None


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
