"""Exclusions that leave a plan in doubt: nobody has said whether it applies."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from planengine.checks.checked import Checked
from planengine.diagnostics import Diagnostic, finding
from planengine.domain.terms import (
    ActTerm,
    AllOf,
    AnyOf,
    ConstantTerm,
    CountTerm,
    FactTerm,
    LastingTerm,
    NotOf,
    Term,
)
from planengine.domain.vocabulary import Fact
from planengine.values.sets import ChoiceSet, NumberSet, number


def exclusions_in_doubt(checked: Checked) -> Iterator[Diagnostic]:
    """`exclusion-open`: a case of `applies: not` is open until somebody reports a fact."""
    for plan in checked.plans:
        for exclusion in plan.exclusions:
            asked = _open(exclusion.when, checked.entities.facts)
            if isinstance(asked, FactTerm):
                yield finding("exclusion-open", asked.origin.span, name=asked.fact, plan=plan.id)


def _open(term: Term, facts: Mapping[str, Fact]) -> FactTerm | bool:
    """Whether a condition may hold though nothing is reported: the fact that leaves it open.

    True where it may for another reason, False where it surely does not.
    """
    match term:
        case FactTerm():
            fact = facts[term.fact]
            if term.forecast_within is None and fact.by_exception:
                return _holds_as_assumed(term)
            return term
        case ActTerm():
            return False
        case ConstantTerm():
            return term.value
        case AllOf():
            parts = [_open(part, facts) for part in term.of]
            return all(parts) and next((p for p in parts if isinstance(p, FactTerm)), True)
        case AnyOf():
            parts = [_open(part, facts) for part in term.of]
            return next((p for p in parts if isinstance(p, FactTerm)), any(parts))
        case LastingTerm() | CountTerm():
            return _open(term.where, facts)
        case NotOf(of=FactTerm() as inner):
            fact = facts[inner.fact]
            if inner.forecast_within is None and fact.by_exception:
                return not _holds_as_assumed(inner)
            return inner
        case _:
            return True


def _holds_as_assumed(term: FactTerm) -> bool:
    """Whether a by-exception fact that nobody reports, and so is false or zero, meets a test."""
    if isinstance(term.bound, ChoiceSet):
        return False in term.bound.members
    return isinstance(term.bound, NumberSet) and term.bound.intersects(number(0))
