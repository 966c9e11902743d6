"""Two engines, one answer: whoever runs both learns of it when they differ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from msgspec import Struct

from planengine.diagnostics.code import Text
from planengine.domain.ids import UnitKey
from planengine.engines import EngineRefusal
from planengine.engines.contract import Decision, Value
from planengine.rules.conditions import Cell
from planengine.rules.ruleset import RuleSet
from planengine.values.sets import ValueSet

_NOTHING_ISSUED: Mapping[int, int] = {}


class Engine(Protocol):
    """What every engine is: it decides all units of one rule set from values of its cells."""

    ruleset: RuleSet
    cells: tuple[Cell, ...]

    def decide(
        self, values: Sequence[Value], issued: Mapping[int, int] = ..., /
    ) -> tuple[Decision, ...]: ...

    def indicate(
        self,
        values: Sequence[Value],
        reported: Sequence[ValueSet | None],
        decided: Sequence[Decision],
        issued: Mapping[int, int] = ...,
        /,
    ) -> tuple[int, ...]: ...


class Difference(Struct, frozen=True):
    """One unit on which two engines differ: in its decision, or in its indicated rank."""

    unit: UnitKey
    first: Decision | int
    second: Decision | int

    @property
    def text(self) -> Text:
        """The unit, and the ranks that each engine gives it."""
        first, second = _text(self.first), _text(self.second)
        return Text(
            f"{self.unit}: {first.en} or {second.en}", f"{self.unit}：{first.zh}，或{second.zh}"
        )


def _text(decision: Decision | int) -> Text:
    if isinstance(decision, int):
        return Text(f"indicated {decision}", f"据报可达 {decision}")
    level, could_reach, obliged = decision
    return Text(
        f"level {level}, could reach {could_reach}, obliged {obliged}",
        f"级别 {level}、可能达到 {could_reach}、应启动 {obliged}",
    )


class EnginesDisagree(EngineRefusal):  # it says what is the matter, not "Error"
    """Two engines gave different answers, so there is none; `differences` tells where."""

    def __init__(self, differences: Sequence[Difference]) -> None:
        self.differences = tuple(differences)
        said = [difference.text for difference in self.differences]
        super().__init__(
            Text(
                "the engines disagree, so no answer is given: " + "; ".join(t.en for t in said),
                "两个引擎的答案不一致，因此不作答：" + "；".join(t.zh for t in said),
            )
        )

    def __reduce__(self) -> tuple[type[EnginesDisagree], tuple[object]]:
        return type(self), (self.differences,)


def compare(
    ruleset: RuleSet, first: Sequence[Decision | int], second: Sequence[Decision | int]
) -> tuple[Difference, ...]:
    """The units on which two answers for one rule set differ, in its order."""
    return tuple(
        Difference(unit.id, a, b)
        for unit, a, b in zip(ruleset.units, first, second, strict=True)
        if a != b
    )


class BothEngines:
    """Runs two engines of one rule set and answers only where they agree."""

    def __init__(self, first: Engine, second: Engine) -> None:
        if first.ruleset is not second.ruleset and first.ruleset != second.ruleset:
            raise ValueError("both engines must have the same rule set")
        self.ruleset = first.ruleset
        self.cells = first.cells
        self._first = first
        self._second = second

    def decide(
        self, values: Sequence[Value], issued: Mapping[int, int] = _NOTHING_ISSUED
    ) -> tuple[Decision, ...]:
        """The answer of both engines. Raises EnginesDisagree where they differ."""
        answer = self._first.decide(values, issued)
        differences = compare(self.ruleset, answer, self._second.decide(values, issued))
        if differences:
            raise EnginesDisagree(differences)
        return answer

    def indicate(
        self,
        values: Sequence[Value],
        reported: Sequence[ValueSet | None],
        decided: Sequence[Decision],
        issued: Mapping[int, int] = _NOTHING_ISSUED,
    ) -> tuple[int, ...]:
        """What both engines say is indicated. Raises EnginesDisagree where they differ."""
        answer = self._first.indicate(values, reported, decided, issued)
        other = self._second.indicate(values, reported, decided, issued)
        differences = compare(self.ruleset, answer, other)
        if differences:
            raise EnginesDisagree(differences)
        return answer
