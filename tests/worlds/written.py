"""Conditions as authors write them, each with its plain two-valued meaning."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from hypothesis import strategies as st

from tests.worlds.draws import coin, pick, rarely, upto
from tests.worlds.world import Meaning, Scene


@dataclass(frozen=True)
class Written:
    """A condition as YAML has it, and its meaning."""

    yaml: object
    holds: Meaning

    def __repr__(self) -> str:
        return repr(self.yaml)


@dataclass(frozen=True)
class Readable:
    """A decision that a condition may read: `response` ones only upward and positively."""

    scale: str
    document: str
    track: str | None = None

    @property
    def key(self) -> str:
        return f"{self.document}/{self.track}" if self.track else self.document


@dataclass(frozen=True)
class Context:
    """What may be written here.

    `facts` and `decisions` may be asked of; `timed` allows what looks at other moments;
    `upward` allows only what worse facts help; `positive` is false where a response may not
    be read; `places` allows other places and attributes to be named, `counts` counts.
    """

    facts: tuple[str, ...]
    decisions: tuple[Readable, ...] = ()
    timed: bool = True
    upward: bool = False
    positive: bool = True
    places: bool = True
    counts: bool = True

    def barred(self) -> Context:
        return replace(self, positive=False)

    def inside(self, *facts: str, places: bool = True) -> Context:
        """Within `lasting` or a count: only what is so at one moment."""
        kept = facts or self.facts
        return Context(kept, timed=False, upward=self.upward, places=places, counts=False)


# Several


def every(parts: Sequence[Written]) -> Written:
    return Written({"all": [p.yaml for p in parts]}, lambda s: all(p.holds(s) for p in parts))


def some(parts: Sequence[Written]) -> Written:
    return Written({"any": [p.yaml for p in parts]}, lambda s: any(p.holds(s) for p in parts))


def enough(parts: Sequence[Written], count: int) -> Written:
    return Written(
        {"at-least": {"count": count, "of": [p.yaml for p in parts]}},
        lambda s: sum(p.holds(s) for p in parts) >= count,
    )


def denied(part: Written) -> Written:
    return Written({"not": part.yaml}, lambda s: not part.holds(s))


def first_match(branches: Sequence[tuple[Written, Written]], otherwise: Written | None) -> Written:
    def holds(scene: Scene) -> bool:
        for guard, body in branches:
            if guard.holds(scene):
                return body.holds(scene)
        return otherwise is not None and otherwise.holds(scene)

    written: list[object] = [{"when": g.yaml, "then": b.yaml} for g, b in branches]
    if otherwise is not None:
        written.append({"otherwise": otherwise.yaml})
    return Written({"case": written}, holds)


def conditions(draw: st.DrawFn, context: Context, leaves: int = 6) -> Written:
    """Any condition of at most about so many tests."""
    from tests.worlds.asked import any_test  # the two call each other

    if leaves <= 1 or rarely(draw, 3):
        return any_test(draw, context)
    upward = ["any", "all", "at-least"]
    kind = pick(draw, upward if context.upward else [*upward, "not", "case"])
    if kind == "not":
        return denied(conditions(draw, context.barred(), leaves - 1))
    count = upto(draw, 3, 2)
    parts = [conditions(draw, context, max(leaves // count, 1)) for _ in range(count)]
    if kind == "case":
        guards = [any_test(draw, context.barred()) for _ in range(count - 1)]
        last = parts[-1] if coin(draw) else None
        return first_match(list(zip(guards, parts, strict=False)), last)
    if kind == "at-least":
        return enough(parts, upto(draw, count, 1))
    return every(parts) if kind == "all" else some(parts)
