"""Every diagnostic code, merged from the families (one module per family)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from planengine.diagnostics.code import Code
from planengine.diagnostics.codes import (
    allowances,
    checks,
    checks_duties,
    checks_levels,
    conditions,
    durable,
    evidence,
    exercises,
    journals,
    links,
    model,
    names,
    reading,
    rules,
    scenarios,
    values,
)

FAMILIES: Mapping[str, tuple[Code, ...]] = MappingProxyType(
    {
        "reading": reading.CODES,
        "model": model.CODES,
        "names": names.CODES,
        "values": values.CODES,
        "conditions": conditions.CODES,
        "links": links.CODES,
        "rules": rules.CODES,
        "checks": (*checks.CODES, *checks_levels.CODES, *checks_duties.CODES),
        "allowances": allowances.CODES,
        "evidence": evidence.CODES,
        "durable": durable.CODES,
        "scenarios": scenarios.CODES,
        "journals": journals.CODES,
        "exercises": exercises.CODES,
    }
)


def _merge(families: Iterable[tuple[Code, ...]]) -> Mapping[str, Code]:
    merged: dict[str, Code] = {}
    for code in (code for family in families for code in family):
        if code.id in merged:
            raise ValueError(f"the diagnostic code {code.id} is declared twice")
        merged[code.id] = code
    return MappingProxyType(merged)


CODES: Mapping[str, Code] = _merge(FAMILIES.values())

__all__ = ["CODES", "FAMILIES"]
