"""In which column each box of a picture stands: to the right of all that it needs.

Boxes of one *stack* (the levels of one decision) stand in one column. Plans that lift each
other in a circle cannot all stand to the right of each other: there some lines run back.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

Edges: TypeAlias = Iterable[tuple[str, str]]


def columns(keys: Sequence[str], edges: Edges, stacks: Iterable[Sequence[str]]) -> dict[str, int]:
    """The column of each box, from 0 on the left; no column is empty."""
    lead = {key: key for key in keys}  # the first box of a stack stands for all of it
    for stack in stacks:
        lead.update(dict.fromkeys(stack, stack[0]))
    below: dict[str, dict[str, None]] = {lead[key]: {} for key in keys}
    for source, target in edges:
        if lead[source] != lead[target]:
            below[lead[source]][lead[target]] = None
    order, back = _walked(below)
    place = dict.fromkeys(below, 0)
    for key in order:
        for target in below[key]:
            if (key, target) not in back:
                place[target] = max(place[target], place[key] + 1)
    needed = {target for key in below for target in below[key] if (key, target) not in back}
    for key in order:  # what needs nothing stands just before the first thing that needs it
        after = [place[target] for target in below[key] if (key, target) not in back]
        if key not in needed and after:
            place[key] = min(after) - 1
    used = sorted(set(place.values()))
    return {key: used.index(place[lead[key]]) for key in keys}


def _walked(below: Mapping[str, Iterable[str]]) -> tuple[list[str], set[tuple[str, str]]]:
    """An order in which each box comes before those below it, and the lines that run back."""
    finished: list[str] = []
    back: set[tuple[str, str]] = set()
    state: dict[str, bool] = {}  # False while what is below a box is being walked
    for root in below:
        if root in state:
            continue
        state[root] = False
        walking = [(root, iter(below[root]))]
        while walking:
            key, rest = walking[-1]
            target = next(rest, None)
            if target is None:
                state[key] = True
                finished.append(key)
                walking.pop()
            elif target not in state:
                state[target] = False
                walking.append((target, iter(below[target])))
            elif not state[target]:
                back.add((key, target))
    return finished[::-1], back
