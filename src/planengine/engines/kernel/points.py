"""Formulas where every value is one known number or choice, as expressions.

All readings are one then, and so are both ends of a number. Each fact is read and checked once,
before anything is decided, into a variable `x<cell>`. What is not a valid point becomes OPEN
there, which stops the program when an atom needs it (see `divert.py`).
"""

from __future__ import annotations

from msgspec.structs import replace

from planengine.engines.contract import LIMIT
from planengine.engines.kernel.constants import (
    choice_literal,
    choices_literal,
    float_literal,
    number_literal,
)
from planengine.rules.lowered import Atom, Bound, Formula, Member, rewritten, whole_of
from planengine.values.sets import ChoiceDomain, ChoiceSet, Domain, NumberDomain

_TRUTHS = frozenset({False, True})


def on_points(formula: Formula) -> Formula:
    """What a possible, or certain, reading comes to where every value is a point."""
    return rewritten(formula, _on_points)


def _on_points(atom: Atom) -> Formula:
    if isinstance(atom, Bound):
        return replace(atom, side="low", sure=False)
    if isinstance(atom, Member) and atom.hull is not None:
        return on_points(atom.hull)
    return atom


def point_atom(name: str, atom: Bound | Member) -> str:
    """An atom of a given cell, whose point is in the variable `name`."""
    domain = atom.cell.domain
    if isinstance(atom, Bound):
        assert isinstance(domain, NumberDomain)
        write = number_literal if domain.integer else float_literal
        compared = (">" if atom.upward else "<") + "=" * atom.closed
        return f"{name} {compared} {write(atom.number)}"
    if isinstance(domain, ChoiceDomain):
        assert isinstance(atom.accepts, ChoiceSet)
        return _choice(name, atom.accepts, domain)
    assert not isinstance(atom.accepts, ChoiceSet)
    return _always(name) if atom.accepts.intervals else _never(name)


def reading(name: str, domain: Domain, fetch: str) -> list[str]:
    """The statements that put a cell's value into its variable; `fetch` is how to get it."""
    if isinstance(domain, NumberDomain):
        valid = is_number_of(name, domain)
    else:
        valid = is_choice_of(name, domain)
    if not valid:
        return [f"{name} = OPEN"]
    return [f"{name} = {fetch}", f"if not ({valid}): {name} = OPEN"]


def is_number_of(name: str, domain: NumberDomain) -> str:
    """The check of a number; '' where the domain is in pieces, which is left to the shadows."""
    pieces = whole_of(domain)
    if len(pieces) != 1:
        return ""
    write = number_literal if domain.integer else float_literal
    low = max(pieces[0].low, -LIMIT)
    high = min(pieces[0].high, LIMIT)
    above = ">" if low == pieces[0].low and not pieces[0].low_closed else ">="
    under = "<" if high == pieces[0].high and not pieces[0].high_closed else "<="
    kind = f"{name}.__class__ is int"
    if not domain.integer:
        kind = f"({name}.__class__ is float or {kind})"
    # Apart, the two comparisons are faster than `low <= x <= high`.
    return f"{kind} and {name} {above} {write(low)} and {name} {under} {write(high)}"


def is_choice_of(name: str, domain: ChoiceDomain) -> str:
    """The check of a choice; '' where truth values and texts are mixed, or there are none."""
    choices = frozenset(domain.values)
    if choices == _TRUTHS:
        return f"{name}.__class__ is bool"
    if not choices or any(isinstance(choice, bool) for choice in choices):
        return ""
    return f"{name}.__class__ is str and {name} in {choices_literal(choices)}"


def _choice(name: str, accepts: ChoiceSet, domain: ChoiceDomain) -> str:
    choices = frozenset(domain.values)
    inside = accepts.members
    if not inside:
        return _never(name)
    if inside == choices:
        return _always(name)
    if choices == _TRUTHS:
        return name if True in inside else f"(not {name})"
    if len(inside) == 1:
        return f"{name} == {choice_literal(next(iter(inside)))}"
    return f"{name} in {choices_literal(inside)}"


def _always(name: str) -> str:
    """True of every point; it still needs one."""
    return f"{name} == {name}"


def _never(name: str) -> str:
    """True of no point; it still needs one."""
    return f"{name} != {name}"
