"""Writing the thresholds as text: what the contestants' own forms have in common."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from workload import Event, Plan, Test

Answer: TypeAlias = Callable[[int], Sequence[Any]]
Name: TypeAlias = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Words:
    """How a language writes what conditions are made of."""

    both: str
    either: str
    true: str


C = Words(both=" && ", either=" || ", true="true")
ENGLISH = Words(both=" and ", either=" or ", true="true")
PYTHON = Words(both=" and ", either=" or ", true="True")


def grouped(plans: Sequence[Plan]) -> dict[str, list[Plan]]:
    """The plans of each hazard, in order."""
    by_hazard: dict[str, list[Plan]] = defaultdict(list)
    for plan in plans:
        by_hazard[plan.hazard].append(plan)
    return by_hazard


def snake(field: str) -> str:
    """A field's name as most languages allow it."""
    return field.replace("-", "_")


def facts_of(events: Sequence[Event], name: Name = snake) -> list[tuple[str, Event]]:
    """Each event as its hazard and its facts, under the names a contestant reads."""
    return [
        (event["hazard"], {name(key): value for key, value in event.items() if key != "hazard"})
        for event in events
    ]


def fields(plans: Sequence[Plan]) -> list[str]:
    """The fields that some test of these plans reads."""
    rows = (row for plan in plans for rows in plan.levels.values() for row in rows)
    return sorted({test.field for row in rows for test in row})


def infix(plan: Plan, rank: int, words: Words, name: Name = snake) -> str:
    """The condition of one level as an infix expression."""

    def written(test: Test) -> str:
        if isinstance(test.value, bool):
            return f"{name(test.field)} == {words.true}"
        if isinstance(test.value, str):
            return f'{name(test.field)} == "{test.value}"'
        return f"{name(test.field)} >= {test.value}"

    rows = (words.both.join(written(test) for test in row) for row in plan.levels[rank])
    return words.either.join(f"({row})" for row in rows)


def conditional(plan: Plan, words: Words) -> str:
    """The rank of a plan as one conditional expression, the most severe level first."""
    text = "0"
    for rank in (1, 2, 3, 4):
        text = f"({infix(plan, rank, words)}) ? {rank} : ({text})"
    return text


def conditionals(plans: Sequence[Plan], words: Words) -> str:
    """The ranks of several plans as one list."""
    return "[" + ", ".join(conditional(plan, words) for plan in plans) + "]"
