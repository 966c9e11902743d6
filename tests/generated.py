"""Hypothesis strategies for cells, values and conditions over small domains."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hypothesis import strategies as st

from planengine.rules.conditions import (
    All,
    Any,
    AtLeast,
    Case,
    Cell,
    Condition,
    Constant,
    FactCell,
    Not,
    Test,
)
from planengine.values.sets import (
    FLAG,
    ChoiceDomain,
    ChoiceSet,
    Interval,
    NumberDomain,
    NumberSet,
    ValueSet,
)

_SMALL = NumberSet((Interval(0, 6),))
CELLS: tuple[Cell, ...] = (
    FactCell("deaths", "here", NumberDomain(_SMALL, integer=True)),
    FactCell("water-level", "here", NumberDomain(_SMALL)),
    FactCell("density", "here", ChoiceDomain(("sparse", "fair", "dense"), ordered=True)),
    FactCell("breach", "here", FLAG),
)


@st.composite
def number_sets(draw: st.DrawFn, domain: NumberDomain) -> NumberSet:
    """A set of one or two intervals with ends 0..6, open or closed, within the domain."""
    found = NumberSet((), draw(st.booleans()) and draw(st.booleans()))
    for _ in range(draw(st.integers(1, 2))):
        low, high = sorted((draw(st.integers(0, 6)), draw(st.integers(0, 6))))
        closed = low == high
        ends = (closed or draw(st.booleans()), closed or draw(st.booleans()))
        found |= NumberSet((Interval(low, high, *ends),))
    return domain.restrict(found)


@st.composite
def choice_sets(draw: st.DrawFn, domain: ChoiceDomain) -> ChoiceSet:
    """Any subset of the domain's choices, with or without n/a."""
    members = frozenset(draw(st.lists(st.sampled_from(domain.values))))
    return ChoiceSet(members, draw(st.booleans()) and draw(st.booleans()))


def sets(cell: Cell) -> st.SearchStrategy[ValueSet]:
    """Any set that a test on the cell may name; it may be empty."""
    if isinstance(cell.domain, NumberDomain):
        return number_sets(cell.domain)
    return choice_sets(cell.domain)


@st.composite
def set_tests(draw: st.DrawFn, cells: Sequence[Cell]) -> Test:
    """A test of one of the cells against any set."""
    cell = draw(st.sampled_from(cells))
    return Test(cell, draw(sets(cell)))


def conditions(cells: Sequence[Cell] = CELLS, max_leaves: int = 12) -> st.SearchStrategy[Condition]:
    """Any condition over the cells, `not` and constants included, not normal."""

    def grow(inner: st.SearchStrategy[Condition]) -> st.SearchStrategy[Condition]:
        several = st.lists(inner, min_size=1, max_size=4).map(tuple)
        return st.one_of(
            several.map(All),
            several.map(Any),
            st.builds(AtLeast, st.integers(0, 4), several),
            inner.map(Not),
            st.builds(
                Case, st.lists(st.tuples(inner, inner), min_size=1, max_size=3).map(tuple), inner
            ),
        )

    leaves = st.one_of(
        set_tests(cells), set_tests(cells), set_tests(cells), st.booleans().map(Constant)
    )
    return st.recursive(leaves, grow, max_leaves=max_leaves)


def tables(cells: Sequence[Cell] = CELLS) -> st.SearchStrategy[Condition]:
    """Guarded rows, as tables give them: an `any` of `all`s (or of cases), or its dual."""
    row = st.lists(set_tests(cells), min_size=2, max_size=3).map(tuple)
    guard = set_tests(cells)
    return st.one_of(
        st.lists(row.map(All), min_size=2, max_size=4).map(lambda rows: Any(tuple(rows))),
        st.lists(row.map(Any), min_size=2, max_size=4).map(lambda rows: All(tuple(rows))),
        guard.flatmap(
            lambda same: st.lists(
                st.builds(lambda a, b: Case(((same, a),), b), set_tests(cells), set_tests(cells)),
                min_size=2,
                max_size=3,
            ).map(lambda cases: Any(tuple(cases)))
        ),
    )


def values(cells: Sequence[Cell] = CELLS) -> st.SearchStrategy[Mapping[Cell, ValueSet]]:
    """What is known of each cell: a non-empty set within its domain."""
    return st.fixed_dictionaries({cell: sets(cell).filter(bool) for cell in cells})


@st.composite
def narrowed(draw: st.DrawFn, known: Mapping[Cell, ValueSet]) -> Mapping[Cell, ValueSet]:
    """More precise knowledge: each cell a non-empty subset of what it was."""
    found: dict[Cell, ValueSet] = {}
    for cell, value in known.items():
        other = draw(sets(cell))
        smaller: ValueSet
        if isinstance(value, NumberSet) and isinstance(other, NumberSet):
            smaller = value & other
        else:
            assert isinstance(value, ChoiceSet)
            assert isinstance(other, ChoiceSet)
            smaller = value & other
        found[cell] = smaller or value
    return found
