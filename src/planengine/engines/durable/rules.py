"""Formulas → flat rules: tests of one message, and activations, that give an activation.

A rule of durable_rules bears a little nesting; what is deeper or wider is split off as an
activation of its own, so that the engine's own forward chaining puts it together again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations, count
from math import comb
from typing import TypeAlias

from msgspec import Struct

from planengine.diagnostics.diagnostic import PlanError, Span, finding
from planengine.engines.contract import Layout
from planengine.engines.durable.atoms import Activation, activation, is_wish
from planengine.rules.conditions import LevelCell
from planengine.rules.lowered import (
    And,
    Atom,
    Bound,
    Formula,
    Member,
    Or,
    Silent,
    Threshold,
    all_of,
    any_of,
    threshold,
)

GROUP = 24
"""How many alternatives of one `$or` there may be."""

WAYS = 32
"""How many combinations of true alternatives may fire a rule over and over."""

LEVELS = 2
"""How many levels one rule may ask for: each can be stated once per rank, and fires again."""

TESTS = 40
"""How many tests one rule may make of the message."""

ANTECEDENTS = 12
"""How many activations one rule may ask for (durable_rules allows 16 in all)."""

RULES = 5_000
"""How many flat rules one component may need."""


class CannotExpress(PlanError):  # noqa: N818  # named for what it tells
    """A rule set is beyond what durable_rules can do soundly; its diagnostics say where."""


class Step(Struct, frozen=True):
    """A part of a condition that was split off, numbered within its component."""

    number: int


Claim: TypeAlias = Activation | Step
Group: TypeAlias = tuple[Atom, ...]


class Wanted(Struct, frozen=True):
    """A claim that must have been made, at this rank or worse."""

    claim: Claim
    rank: int


class FlatRule(Struct, frozen=True):
    """Every group has a true atom, and every wanted claim is made: then `claim` at `rank`."""

    claim: Claim
    rank: int
    groups: tuple[Group, ...]
    wants: tuple[Wanted, ...]


class Flattening:
    """Collects the flat rules of one component."""

    def __init__(self, layout: Layout) -> None:
        self.rules: list[FlatRule] = []
        self.span: Span | None = None
        self._layout = layout
        self.unit = ""
        self._steps: dict[Formula, Step] = {}
        self._made: set[tuple[Claim, tuple[Group, ...], tuple[Wanted, ...]]] = set()
        self._numbers = count()

    def add(self, claim: Claim, rank: int, formula: Formula) -> None:
        """Adds the rules that make a claim where a formula holds.

        Of one claim, add the highest rank first: what gives that need not give less.
        Raises CannotExpress where that takes too many rules.
        """
        match formula:
            case Or(parts):
                atoms = [atom for part in parts if (atom := _atom(part)) is not None]
                for start in range(0, len(atoms), GROUP):
                    self._rule(claim, rank, (tuple(atoms[start : start + GROUP]),), ())
                for part in parts:
                    if _atom(part) is None:
                        self.add(claim, rank, part)
            case And(parts):
                self._conjunction(claim, rank, parts)
            case Threshold():
                self.add(claim, rank, _without_count(formula))
            case _:
                self._conjunction(claim, rank, (formula,))

    def _conjunction(self, claim: Claim, rank: int, parts: Sequence[Formula]) -> None:
        groups: list[Group] = []
        wants: dict[Claim, int] = {}
        asked: dict[Claim, Bound] = {}
        ways = 1
        for part in parts:
            alternatives = _atoms(part)
            if isinstance(part, Bound) and is_wish(part):
                # One wish per activation: one fact cannot serve two antecedents.
                assert isinstance(part.cell, LevelCell)
                wanted = activation(part.cell, part.side, self._layout)
                if part.number > wants.get(wanted, 0):
                    wants[wanted], asked[wanted] = int(part.number), part
            elif alternatives and len(alternatives) <= GROUP and ways * len(alternatives) <= WAYS:
                groups.append(alternatives)
                ways *= len(alternatives)
            else:
                wants[self._step(part)] = 1
        if len(asked) > LEVELS:
            for item, bound in asked.items():
                del wants[item]
                wants[self._step(bound)] = 1
        while sum(map(len, groups)) > TESTS:
            first, groups = groups[:TESTS], groups[TESTS:]
            if not groups:
                # Few groups with many alternatives each: one of them goes its own way.
                groups, first = first[1:], first[:1]
            wants[self._step(all_of(any_of(group) for group in first))] = 1
        while len(wants) > ANTECEDENTS:
            together = list(wants)[:ANTECEDENTS]
            step = self._joined([Wanted(item, wants.pop(item)) for item in together])
            wants[step] = 1
        self._rule(
            claim, rank, tuple(groups), tuple(Wanted(item, least) for item, least in wants.items())
        )

    def _step(self, formula: Formula) -> Step:
        step = self._steps.get(formula)
        if step is None:
            step = Step(next(self._numbers))
            self._steps[formula] = step
            self.add(step, 1, formula)
        return step

    def _joined(self, wants: Sequence[Wanted]) -> Step:
        step = Step(next(self._numbers))
        self._rule(step, 1, (), tuple(wants))
        return step

    def _rule(
        self, claim: Claim, rank: int, groups: tuple[Group, ...], wants: tuple[Wanted, ...]
    ) -> None:
        made = (claim, groups, wants)
        if made in self._made:
            return
        self._made.add(made)
        if len(self.rules) >= RULES:
            raise CannotExpress(
                [finding("durable-cannot-express", self.span, unit=self.unit, limit=RULES)]
            )
        self.rules.append(FlatRule(claim, rank, groups, wants))


def _atom(part: Formula) -> Atom | None:
    """A part that is a test of the message."""
    return part if isinstance(part, Bound | Member | Silent) and not is_wish(part) else None


def _atoms(part: Formula) -> Group | None:
    """The alternatives of a part that is an atom or an `any` of atoms."""
    parts = part.of if isinstance(part, Or) else (part,)
    atoms = tuple(atom for item in parts if (atom := _atom(item)) is not None)
    return atoms if len(atoms) == len(parts) else None


def _without_count(formula: Threshold) -> Formula:
    """The same by `any` and `all`: every choice where there are few, else by halves."""
    needed, parts = formula.count, formula.of
    if comb(len(parts), needed) <= 2 * ANTECEDENTS:
        return any_of(all_of(choice) for choice in combinations(parts, needed))
    half = len(parts) // 2
    return any_of(
        all_of((threshold(some, parts[:half]), threshold(needed - some, parts[half:])))
        for some in range(needed + 1)
    )


def claims_of(rules: Iterable[FlatRule]) -> dict[Claim, None]:
    """Every claim that the rules ask for, in the order of first use."""
    return {want.claim: None for rule in rules for want in rule.wants}
