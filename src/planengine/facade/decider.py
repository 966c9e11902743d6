"""The bare decision: known facts in, ranks out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NoReturn

from planengine.domain.entities import Entities
from planengine.engines.contract import Value
from planengine.rules.ruleset import RuleSet, Unit


class Decider:
    """The bare decision: known facts in, the ranks of every decision out; no reasons.

    Calling it with a mapping of facts to values gives, for each of `units`, the tuple
    `(level, could_reach, obliged)` of ranks: 0 is none, higher is more severe. A key is a
    fact of the home area (`deaths`) or a fact at a place (`water-level@hankou`); a value is
    a number in the fact's unit, a truth value, a category id, or a set of values; what is
    left out is unknown, and a known fact that no rule of these hazards reads is ignored:
    `cells` lists those that are read. Raises `ArgumentError` for a key that is no fact or cell
    of the library, and for a value that its cell cannot have.
    """

    def __init__(self, rules: RuleSet, entities: Entities, whole: Callable[[], RuleSet]) -> None:
        from planengine.engines.kernel import Kernel
        from planengine.rules.fact_names import FactNames

        self._kernel = Kernel(rules, home=entities.home)
        self._cells = tuple(str(cell) for cell in self._kernel.cells)
        self._names = FactNames(entities, self._cells, lambda: map(str, whole().cells))

    @property
    def units(self) -> tuple[Unit, ...]:
        """The decisions that the ranks are of, in their order; each has an `id`."""
        return self._kernel.ruleset.units

    @property
    def cells(self) -> tuple[str, ...]:
        """The questions that the rules of these hazards read, each a key."""
        return self._cells

    @property
    def decide(self) -> Callable[[Mapping[str, Value]], tuple[tuple[int, int, int], ...]]:
        """The function itself, for loops in which a method call counts.

        It does not check the keys: one that is misspelt is unknown, like any that is left out.
        """
        return self._kernel.decide_facts

    def __call__(self, facts: Mapping[str, Value]) -> tuple[tuple[int, int, int], ...]:
        """The ranks `(level, could_reach, obliged)` of every decision of `units`."""
        if isinstance(facts, Mapping):  # else the kernel says what is wrong
            self._names.check(facts)
        return self._kernel.decide_facts(facts)

    def __reduce__(self) -> NoReturn:
        raise TypeError("a decider cannot be pickled: pickle its engine, and ask that for one")

    def __repr__(self) -> str:
        return f"<Decider of {len(self.units)} decisions by {len(self.cells)} cells>"
