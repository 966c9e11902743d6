"""Units → statements of the program for facts of which some are missing or are no points.

The two shadows as in `shadow_writer.py`, but read straight from facts by name: a point is
compared as it is, what is missing is all its cell can be, and only what is neither is encoded.
Nothing is issued here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from planengine.engines.contract import Layout, rank_domain
from planengine.engines.kernel import shadows
from planengine.engines.kernel.chains import (
    Component,
    indented,
    least_fixpoint,
    members_of,
)
from planengine.engines.kernel.constants import Constants, choice_literal
from planengine.engines.kernel.names import Names
from planengine.engines.kernel.points import is_choice_of, is_number_of
from planengine.rules.conditions import LevelCell, Test
from planengine.rules.ruleset import RuleSet
from planengine.values.sets import Domain, NumberDomain

_NUMBER = ("cl", "ch", "pl", "ph", "na", "ns")  # the parts of a number's code, in its order
_POINT = {"na": "False", "ns": "None"}  # of a point; its other parts are itself
_PART = re.compile(r"\b(cl|ch|pl|ph|na|ns|m)(\d+)\b")


class PartialWriter:
    """Writes what decides the units of one function, from facts `v`.

    It needs of every cell `E<n>`, what encodes its values, `U<n>`, the code of what is not
    known, and of a choice `M<n>`, the code of each point.
    """

    def __init__(
        self,
        ruleset: RuleSet,
        layout: Layout,
        names: Names,
        constants: Constants,
        chunk: list[Component],
    ) -> None:
        self._ruleset = ruleset
        self._layout = layout
        self._names = names
        self._chunk = chunk
        self._here = frozenset(members_of(chunk))
        self._elsewhere: set[int] = set()
        self._emitter = shadows.ShadowEmitter(constants, self._locate)

    def body(self) -> list[str]:
        """The statements: what is read, then the ranks of each unit."""
        lines: list[str] = []
        for members in self._chunk:
            place = self._layout.component[members[0]]
            lines += self._cycle(members) if self._layout.cyclic[place] else self._plain(members)
            lines += [f"if o{index} > l{index}: o{index} = l{index}" for index in members]
        return [*self._loads(lines), *lines]

    def _loads(self, lines: Sequence[str]) -> list[str]:
        parts: dict[int, set[str]] = {}
        for line in lines:
            for part, index in _PART.findall(line):
                parts.setdefault(int(index), set()).add(part)
        found = [f"l{index}, u{index}, o{index} = R[{index}]" for index in sorted(self._elsewhere)]
        found.append("g = v.get")
        for index, domain in sorted(self._emitter.used.items(), key=lambda item: item[0]):
            found += self._read(index, domain, parts.get(index, set()))
        return found

    def _read(self, index: int, domain: Domain, parts: set[str]) -> list[str]:
        name, default = choice_literal(self._names.first[index]), self._names.default[index]
        full = choice_literal(str(self._ruleset.cells[index]))
        found = [f"x = g({name})" if default is None else f"x = g({name}, {default!r})"]
        if isinstance(domain, NumberDomain):
            is_point = is_number_of("x", domain)
            target = ", ".join(f"{part}{index}" if part in parts else "_" for part in _NUMBER)
            same = [f"{part}{index}" for part in _NUMBER if part in parts and part not in _POINT]
            point = [f"{' = '.join(same)} = x"] if same else []
            point += [f"{part}{index} = {text}" for part, text in _POINT.items() if part in parts]
            unknown = [
                f"{part}{index} = U{index}[{place}]"
                for place, part in enumerate(_NUMBER)
                if part in parts
            ]
        else:
            is_point = is_choice_of("x", domain)
            target, point, unknown = (
                f"m{index}",
                [f"m{index} = M{index}[x]"],
                [f"m{index} = U{index}"],
            )
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

    def _plain(self, members: Component) -> list[str]:
        return [line for index in members for line in self._unit(index, "")]

    def _cycle(self, members: Component) -> list[str]:
        ranks = [f"{kind}{index}" for index in members for kind in "luo"]
        inner = [line for index in members for line in self._unit(index, "n_")]
        return least_fixpoint(ranks, inner)

    def _unit(self, index: int, prefix: str) -> list[str]:
        unit = self._ruleset.units[index]
        low, high, top = f"{prefix}l{index}", f"{prefix}u{index}", len(unit.at_least)
        lines = self._emitter.chain(low, unit.at_least, "certain")
        above = self._emitter.chain(high, unit.at_least, "possible")
        lines += [f"if {low} == {top}: {high} = {top}", "else:", *indented(above)]
        if unit.obliged_at_least == unit.at_least:
            return [*lines, f"{prefix}o{index} = {prefix}l{index}"]
        return lines + self._emitter.chain(f"{prefix}o{index}", unit.obliged_at_least, "certain")

    def _locate(self, test: Test) -> shadows.Given | shadows.Own:
        cell = test.cell
        if not isinstance(cell, LevelCell) or cell.read == "active":
            return shadows.Given(self._layout.cells[cell], cell.domain)
        index = self._layout.units[cell.unit]
        if index not in self._here:
            self._elsewhere.add(index)
        low, high = ("o", "u") if cell.read == "obliged" else ("l", "u")
        domain = rank_domain(self._ruleset.units[index])
        return shadows.Own(f"{low}{index}", f"{high}{index}", domain)
