"""Which plan is meant where a plan names one: of its own jurisdiction before others."""

from __future__ import annotations

from planengine.diagnostics import Diagnostic, Span
from planengine.domain.ids import plan_key
from planengine.domain.names import Names
from planengine.domain.plan_names import PLAN, PLAN_KEY, plans_named, unknown_plan


def plan_meant(
    names: Names, text: str, own: str, span: Span | None, findings: list[Diagnostic]
) -> str | None:
    """The plan that a text means in a plan of the jurisdiction `own`; None with a finding.

    A plan of `own`, and an id that several other jurisdictions have, is given by its id, any
    other plan by its key.
    """
    keys = plans_named(names, text)
    ids = tuple(dict.fromkeys(key.partition("/")[2] for key in keys))
    own_ids = tuple(item for item in ids if plan_key(own, item) in keys)
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
