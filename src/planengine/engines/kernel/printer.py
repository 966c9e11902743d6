"""Lowered formulas as Python expressions, and chains of them as statements."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from planengine.engines.kernel.constants import number_literal
from planengine.rules.lowered import FALSE, TRUE, And, Atom, Formula, Or, Threshold

DEEPEST = 12
"""How deep an expression may nest before its inner part becomes a statement of its own."""


class Printer:
    """Prints formulas; `atom` prints what they are made of."""

    def __init__(self, atom: Callable[[Atom], str]) -> None:
        self._atom = atom
        self._written: dict[Atom, str] = {}  # the ranks of a unit ask the same again and again
        self._prelude: list[str] = []
        self._temporaries = 0

    def chain(self, name: str, formulas: Sequence[Formula]) -> list[str]:
        """Statements that set `name` to the worst rank whose formula holds, 0 if none does.

        `formulas[r - 1]` is that of "rank r or worse".
        """
        self._prelude.clear()
        lines: list[str] = []
        last = 0
        refuted: set[Formula] = set()
        for rank in range(len(formulas), 0, -1):
            formula = _left(formulas[rank - 1], refuted)
            if formula == FALSE:
                continue
            if formula == TRUE:
                last = rank
                break
            lines.append(f"{'elif' if lines else 'if'} {self.expression(formula)}: {name} = {rank}")
        lines.append(f"else: {name} = {last}" if lines else f"{name} = {last}")
        return [*self._prelude, *lines]

    def expression(self, formula: Formula, depth: int = 0) -> str:
        """The expression that is true where the formula holds; the prelude goes before it."""
        if not isinstance(formula, And | Or | Threshold):
            found = self._written.get(formula)
            if found is None:
                found = self._written[formula] = self._atom(formula)
            return found
        if not formula.of:
            return repr(formula == TRUE)
        if depth >= DEEPEST:
            inner = self.expression(formula)
            name = f"t{self._temporaries}"
            self._temporaries += 1
            self._prelude.append(f"{name} = {inner}")
            return name
        parts = [self.expression(part, depth + 1) for part in formula.of]
        if isinstance(formula, Threshold):
            return f"(sum(({', '.join(parts)},)) >= {number_literal(formula.count)})"
        return f"({(' and ' if isinstance(formula, And) else ' or ').join(parts)})"


def _left(formula: Formula, refuted: set[Formula]) -> Formula:
    """What of a rank's formula is still open where those of all more severe ranks are refuted.

    The reasons for a worse level are reasons for a milder one too; a chain of `elif` need not
    try them again.
    """
    parts = formula.of if isinstance(formula, Or) else (formula,)
    left = tuple(part for part in parts if part not in refuted)
    refuted.update(left)
    return left[0] if len(left) == 1 else Or(left)
