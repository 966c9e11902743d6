"""Statements that read values from facts by name, as codes where they are no points.

A point is its own code, what is missing is all its cell can be, and only what is neither is
encoded. They need of every cell `E<n>`, what encodes its values, `U<n>`, the code of what is not
known, and of a choice `M<n>`, the code of each point.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from planengine.engines.kernel.chains import indented
from planengine.engines.kernel.coded import NUMBER
from planengine.engines.kernel.constants import choice_literal
from planengine.engines.kernel.names import Names
from planengine.engines.kernel.points import is_choice_of, is_number_of
from planengine.rules.conditions import Cell
from planengine.values.sets import NumberDomain

_POINT = {"na": "False", "ns": "None"}  # of a point; its other parts are itself
_PART = re.compile(r"\b(cl|ch|pl|ph|na|ns|m)(\d+)\b")


def read_by_name(used: Mapping[int, Cell], names: Names, lines: Sequence[str]) -> Iterator[str]:
    """The statements that fill those variables of the `used` cells that `lines` ask for."""
    parts: dict[int, set[str]] = {}
    for line in lines:
        for part, index in _PART.findall(line):
            parts.setdefault(int(index), set()).add(part)
    yield "g = v.get"
    for index, cell in sorted(used.items(), key=lambda item: item[0]):
        yield from _reading(index, cell, names, parts.get(index, set()))


def _reading(index: int, cell: Cell, names: Names, parts: set[str]) -> list[str]:
    name, default = choice_literal(names.first[index]), names.default[index]
    full = choice_literal(str(cell))
    found = [f"x = g({name})" if default is None else f"x = g({name}, {default!r})"]
    if isinstance(cell.domain, NumberDomain):
        is_point = is_number_of("x", cell.domain)
        target = ", ".join(f"{part}{index}" if part in parts else "_" for part in NUMBER)
        same = [f"{part}{index}" for part in NUMBER if part in parts and part not in _POINT]
        point = [f"{' = '.join(same)} = x"] if same else []
        point += [f"{part}{index} = {text}" for part, text in _POINT.items() if part in parts]
        unknown = [
            f"{part}{index} = U{index}[{place}]"
            for place, part in enumerate(NUMBER)
            if part in parts
        ]
    else:
        is_point, target = is_choice_of("x", cell.domain), f"m{index}"
        point, unknown = [f"m{index} = M{index}[x]"], [f"m{index} = U{index}"]
    encoded = [f"{target} = E{index}(x)"]
    missing = unknown or ["pass"]
    if full != name:  # its own name goes before the full one, also where it says None
        missing = [
            f"x = g({full})",
            f"if x is None or {name} in v:",
            *indented(missing),
            "else:",
            *indented(encoded),
        ]
    if is_point:
        found += [f"if {is_point}:", *indented(point or ["pass"])]
    return [
        *found,
        f"{'elif' if is_point else 'if'} x is None:",
        *indented(missing),
        "else:",
        *indented(encoded),
    ]
