"""How facts bound one another, as data: sums, ratios, bounds and rises (SEMANTICS 20).

Evidence computes by these relations, and a solver or a column engine may assume them. How a
fact lifts from places to the area around them is its `roll_up`; all else is here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import TypeAlias

from msgspec import Struct

from planengine.domain.vocabulary import Fact, Points, operands_of
from planengine.values.unit_table import Unit
from planengine.values.units import NONE_DECLARED, factor

PER_UNIT = {"%": 100, "\uff05": 100, "‰": 1000}


class Sum(Struct, frozen=True):
    """`whole` is the sum of its terms, each a fact with its factor, which is never 0."""

    whole: str
    terms: tuple[tuple[str, Fraction], ...]

    @property
    def is_difference(self) -> bool:
        """Whether a term is taken away: then *n/a* of one is *n/a* of the whole."""
        return any(factor < 0 for _, factor in self.terms)


class Ratio(Struct, frozen=True):
    """`whole` is `factor` times the dividend by the divisor."""

    whole: str
    dividend: str
    divisor: str
    factor: Fraction


class FirstKnown(Struct, frozen=True):
    """`whole` is the first of these that is known."""

    whole: str
    operands: tuple[str, ...]


class Score(Struct, frozen=True):
    """`whole` is the points of its terms together, each a fact with the points of its values."""

    whole: str
    terms: tuple[tuple[str, Points], ...]


class AtMost(Struct, frozen=True):
    """`part` times `factor` is at most `whole`, *n/a* counting as none."""

    whole: str
    part: str
    factor: Fraction


class Rise(Struct, frozen=True):
    """The number of `by` may still come to that of `fact`, in conditions."""

    fact: str
    by: str


Relation: TypeAlias = Sum | Ratio | FirstKnown | Score | AtMost


class Relations(Struct, frozen=True):
    """Every relation of a vocabulary, and by fact."""

    every: tuple[Relation, ...]
    rises: tuple[Rise, ...]
    of_whole: Mapping[str, tuple[Relation, ...]]
    of_part: Mapping[str, tuple[Relation, ...]]
    order: Mapping[str, int]  # parts come before their wholes
    families: Mapping[str, tuple[str, ...]]  # of each fact all whose numbers may bear on its own

    def family(self, fact: str) -> tuple[str, ...]:
        """A fact and every fact whose number may bear on its own, rises apart; for all the same."""
        return self.families.get(fact, (fact,))

    def behind(self, fact: str) -> frozenset[str]:
        """A fact and every fact that conditions on it rest on, rises included."""
        risen = (rise.by for rise in self.rises if rise.fact == fact)
        return frozenset(one for name in (fact, *risen) for one in self.family(name))

    def group(self, fact: str, spoken: frozenset[str]) -> tuple[str, ...]:
        """The facts that can tell something of a fact when only some are spoken of.

        Parts come before their wholes. What nobody spoke of and what bounds nothing is left
        out: a sum that nobody stated does not bind its operands.
        """
        kept = set(self.family(fact))
        shrinking = True
        while shrinking:
            idle = {one for one in kept if one != fact and self._is_idle(one, kept, spoken)}
            shrinking = bool(idle)
            kept -= idle
        found, waiting = {fact}, [fact]
        while waiting:
            name = waiting.pop()
            for relation in (*self.of_whole.get(name, ()), *self.of_part.get(name, ())):
                for other in (relation.whole, *parts_of(relation)):
                    if other in kept and relation.whole in kept and other not in found:
                        found.add(other)
                        waiting.append(other)
        return tuple(sorted(found, key=self.order.__getitem__))

    def _is_idle(self, fact: str, kept: set[str], spoken: frozenset[str]) -> bool:
        if fact in spoken:
            return False
        above = [one for one in self.of_part.get(fact, ()) if one.whole in kept]
        if any(not isinstance(one, AtMost) for one in above):
            return False
        if not above:
            return True
        below = self.of_whole.get(fact, ())
        return not any(part in kept for relation in below for part in parts_of(relation))


def parts_of(relation: Relation) -> tuple[str, ...]:
    """The facts that a relation gives its whole from."""
    match relation:
        case Sum() | Score():
            return tuple(fact for fact, _ in relation.terms)
        case Ratio():
            return (relation.dividend, relation.divisor)
        case FirstKnown():
            return relation.operands
        case AtMost():
            return (relation.part,)


def relations_of(
    facts: Mapping[str, Fact], declared: Mapping[str, Unit] = NONE_DECLARED
) -> Relations:
    """The relations that facts declare; what names no declared fact is left out.

    `declared` are the units of the library.
    """
    every: list[Relation] = []
    rises: list[Rise] = []
    for fact in facts.values():
        every += _derivations(fact, facts, declared)
        for other in fact.at_most:
            if other in facts:
                every.append(AtMost(other, fact.id, _units(fact, facts[other], declared)))
        if fact.may_rise_by is not None and fact.may_rise_by in facts:
            rises.append(Rise(fact.id, fact.may_rise_by))
    of_whole: dict[str, list[Relation]] = {}
    of_part: dict[str, list[Relation]] = {}
    for relation in every:
        of_whole.setdefault(relation.whole, []).append(relation)
        for part in dict.fromkeys(parts_of(relation)):
            of_part.setdefault(part, []).append(relation)
    return Relations(
        tuple(every),
        tuple(rises),
        {name: tuple(found) for name, found in of_whole.items()},
        {name: tuple(found) for name, found in of_part.items()},
        _order(facts, of_whole),
        _families(facts, every),
    )


def _order(facts: Iterable[str], of_whole: Mapping[str, list[Relation]]) -> dict[str, int]:
    order: dict[str, int] = {}
    for fact in facts:
        waiting, open_facts = [(fact, False)], set[str]()
        while waiting:
            name, done = waiting.pop()
            if done:
                order.setdefault(name, len(order))
            elif name not in order and name not in open_facts:
                open_facts.add(name)
                waiting.append((name, True))
                below = (part for one in of_whole.get(name, ()) for part in parts_of(one))
                waiting += [(part, False) for part in below]
    return order


def _families(facts: Iterable[str], every: Iterable[Relation]) -> dict[str, tuple[str, ...]]:
    together = {fact: [fact] for fact in facts}
    for relation in every:
        own = together[relation.whole]
        for part in parts_of(relation):
            other = together[part]
            if other is not own:
                own += other
                together.update((name, own) for name in other)
    made: dict[int, tuple[str, ...]] = {}
    for family in together.values():
        made.setdefault(id(family), tuple(sorted(family)))
    return {fact: made[id(family)] for fact, family in together.items()}


def _derivations(
    fact: Fact, facts: Mapping[str, Fact], declared: Mapping[str, Unit]
) -> Iterable[Relation]:
    derived = fact.derived
    if derived is None:
        return
    names = [name for name, _ in derived.operands]
    if any(name not in facts for name in names):
        return
    if derived.kind == "first-known":
        yield FirstKnown(fact.id, tuple(names))
    elif derived.kind == "score":
        yield Score(fact.id, tuple(zip(names, derived.points, strict=True)))
    elif derived.kind == "ratio":
        upper, lower = names
        units = _units(facts[upper], facts[lower], declared) * PER_UNIT.get(fact.unit or "", 1)
        yield Ratio(fact.id, upper, lower, units)
    else:
        direct: dict[str, Fraction] = {}
        for name, times in derived.operands:
            share = Fraction(times)
            direct[name] = direct.get(name, Fraction(0)) + share
        yield _sum(fact, direct)
        expanded = _expanded(fact, facts)
        if expanded != direct:
            yield _sum(fact, expanded)


def _sum(fact: Fact, terms: Mapping[str, Fraction]) -> Sum:
    return Sum(fact.id, tuple((name, factor) for name, factor in terms.items() if factor))


def _expanded(fact: Fact, facts: Mapping[str, Fact]) -> dict[str, Fraction]:
    """Coefficients over base facts; those that cancel stay, with 0."""
    totals: dict[str, Fraction] = {}

    def visit(current: Fact, share: Fraction, above: frozenset[str]) -> None:
        derived = current.derived
        if derived is None or derived.kind != "sum" or current.id in above:
            totals[current.id] = totals.get(current.id, Fraction(0)) + share
            return
        for operand, times in derived.operands:
            inner = facts[operand]
            visit(inner, share * times, above | {current.id})

    visit(fact, Fraction(1), frozenset())
    return totals


def _units(operand: Fact, result: Fact, declared: Mapping[str, Unit]) -> Fraction:
    """How many of the result's units one of the operand's is; 1 where they do not convert."""
    differ = operand.difference and result.difference
    return factor(operand.unit, result.unit, difference=differ, declared=declared) or Fraction(1)


def adds_up(fact: Fact, facts: Mapping[str, Fact]) -> bool:
    """Whether the sum of the parts' sums is the sum of the operands' totals."""
    return fact.roll_up == "sum" and all(
        facts[operand].roll_up == "sum" for operand in operands_of(fact, facts)
    )
