"""Times against an independent plain evaluator: rules 12, 13, 15 and 17 in small worlds.

The evaluator here knows nothing of journals, bisection or sets of intervals: it goes through
the statements second by second (a second is an hour here) and writes down what is said.
"""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planengine.domain.statements import Event, Stamp, Statement, Withdrawal
from planengine.evidence.evidence import Evidence
from planengine.rules.conditions import ChangeCell, FactCell, ForecastCell, LastingCell
from planengine.rules.conditions import Test as Tested
from planengine.values.sets import (
    FLAG,
    TRUE,
    ChoiceSet,
    Interval,
    NumberDomain,
    NumberSet,
    at_least,
    number,
)
from tests.evidence.build import CITY, ENTITIES, evidence
from tests.examples import examples

LAW = settings(
    deadline=None, max_examples=examples(100), suppress_health_check=[HealthCheck.too_slow]
)
LAST = 14
LEVEL = FactCell("temperature", CITY, ENTITIES.facts["temperature"].domain)  # rolls up to nothing


@dataclass(frozen=True)
class Said:
    """One observation of the world: times are whole seconds from 0 to 9."""

    name: str
    at: int
    received: int
    value: int | None
    since: int | None = None
    until: int | None = None
    began: int | None = None
    corrects: str | None = None
    withdraws: str | None = None
    status: str = "actual"
    kind: str = "observed"


def event(said: Said, fact: str) -> Event:
    stamp = Stamp(said.name, said.at, said.received, said.status)
    if said.withdraws is not None:
        return Withdrawal(stamp, said.withdraws)
    value = None if said.value is None else number(said.value)
    period = (said.since, said.until, said.began)
    return Statement(stamp, None, "it", said.kind, {fact: value}, *period, said.corrects)


def seen(world: list[Said], fact: str, at: int, known_at: int) -> Evidence:
    found = evidence(*(event(one, fact) for one in world), at=0)
    return Evidence(found.world, found.incident, at, known_at)


# Rule 15: what stands


def standing(world: list[Said], at: int, known_at: int) -> dict[str, tuple[int, Said]]:
    """The observations that count, by name, with the time that each stands at."""
    by_name = {one.name: one for one in world if one.status == "actual"}

    def aim(one: Said) -> Said | None:
        target = by_name.get(one.corrects or one.withdraws or "")
        return None if target is None or circular(one) else target

    def circular(one: Said) -> bool:
        current: Said | None = one
        for _ in range(len(world) + 1):
            current = by_name.get(current.corrects or current.withdraws or "") if current else None
            if current is one:
                return True
        return False

    def origin(one: Said) -> Said:
        target = aim(one) if one.corrects else None
        return one if target is None else origin(target)

    def fixes(one: Said, other: Said) -> bool:
        """Whether `one` corrects `other`, however far down the chain."""
        target = aim(one) if one.corrects else None
        return target is not None and (target is other or fixes(target, other))

    def withdrawn(one: Said) -> bool:
        if any(aim(w) is one and acts(w) for w in by_name.values() if w.withdraws):
            return True
        target = aim(one) if one.corrects else None
        return target is not None and withdrawn(target)

    def acts(withdrawal: Said) -> bool:
        """Whether a withdrawal is known, and neither withdrawn nor corrected itself."""
        fixed = (c for c in by_name.values() if fixes(c, withdrawal) and c.received <= known_at)
        corrected = any(not withdrawn_below(c, withdrawal) for c in fixed)
        own = any(aim(w) is withdrawal and acts(w) for w in by_name.values() if w.withdraws)
        return withdrawal.received <= known_at and not own and not corrected

    def withdrawn_below(one: Said, root: Said) -> bool:
        """Whether a correction of a withdrawal was withdrawn, apart from its root."""
        if one is root:
            return False
        if any(aim(w) is one and acts(w) for w in by_name.values() if w.withdraws):
            return True
        target = aim(one)
        return target is not None and withdrawn_below(target, root)

    found: dict[str, tuple[int, Said]] = {}
    for root in by_name.values():
        if origin(root) is not root or root.at > at:
            continue
        line = [
            one
            for one in by_name.values()
            if fixes(one, root) and one.received <= known_at and not withdrawn(one)
        ]
        if not line and root.received <= known_at and not withdrawn(root):
            line = [root]
        if line:
            best = max(line, key=lambda one: (one.received, one.at, one.name))
            if best.withdraws is None:
                found[best.name] = (root.at, best)
    return found


# Rule 12: what is said at an instant


def told(world: list[Said], stands: dict[str, tuple[int, Said]], instant: int) -> set[int] | None:
    """The numbers that are said to be so at an instant; None where nothing is."""
    by_name = {one.name: one for one in world if one.status == "actual"}
    best: list[tuple[int, bool, int | None]] = []
    for stated, one in stands.values():
        since, until, began = one.since, one.until, one.began
        current: Said | None = one
        while current is not None and current.corrects and origin_of(current, world) is not None:
            current = by_name.get(current.corrects)
            if current is None:
                break
            if since is None and until is None:
                since, until = current.since, current.until
            began = current.began if began is None else began
        start = stated if since is None else since
        start = start if began is None else min(start, began)
        over = until is not None and until <= instant
        was_over = until is not None and until <= stated
        if start <= instant and not (over and was_over):
            best.append((stated, over, one.value))
    if not best:
        return None
    newest = max(stated for stated, _, _ in best)
    values = [value for stated, over, value in best if stated == newest and not over]
    numbers = {value for value in values if value is not None}
    return numbers or None


def origin_of(one: Said, world: list[Said]) -> Said | None:
    """What a correction points at, unless that is round in a circle."""
    by_name = {other.name: other for other in world if other.status == "actual"}
    current: Said | None = one
    for _ in range(len(world) + 1):
        current = by_name.get(current.corrects or current.withdraws or "") if current else None
        if current is one:
            return None
    return by_name.get(one.corrects or "")


TIMES = st.integers(0, 9)
NAMES = ("a", "b", "c", "d", "e")


@st.composite
def worlds(draw: st.DrawFn, kind: str = "observed", fixes: bool = True) -> list[Said]:
    found = []
    for name in NAMES[: draw(st.integers(1, 5))]:
        at = draw(TIMES)
        since = draw(st.one_of(st.none(), TIMES))
        until = draw(st.one_of(st.none(), st.integers((at if since is None else since) + 1, 11)))
        target = draw(st.sampled_from(NAMES)) if fixes and draw(st.booleans()) else None
        withdraws = target is not None and draw(st.booleans())
        began = draw(st.one_of(st.none(), st.none(), TIMES))
        if withdraws:  # it has no period
            since = until = began = None
        found.append(
            Said(
                name,
                at,
                at + draw(st.integers(0, 3)),
                draw(st.one_of(st.integers(0, 3), st.integers(0, 3), st.none())),
                since,
                until,
                began,
                None if withdraws else target,
                target if withdraws else None,
                draw(st.sampled_from(["actual", "actual", "actual", "exercise"])),
                kind,
            )
        )
    return found


def shown(numbers: set[int] | None) -> NumberSet:
    if numbers is None:
        return LEVEL.domain.everything
    found = NumberSet()
    for one in sorted(numbers):
        found = found | number(one)
    return found


@LAW
@given(worlds(), TIMES, st.integers(0, 12), st.randoms())
def test_statements_corrections_and_withdrawals(world, at, known_at, random) -> None:
    random.shuffle(world)
    found = seen(world, "temperature", at, known_at)
    stands = standing(world, at, known_at)
    for instant in range(LAST):
        expected = shown(told(world, stands, instant))
        assert found.at_time(instant).known(LEVEL).value == expected, instant


# Rule 17: forecasts

UP = ENTITIES.facts["signal"]  # a quantity with direction up, rolled up to the latest


def forecast(world: list[Said], at: int, instant: int) -> int | None:
    """What is forecast for an instant by the newest that covers it; None for nothing."""
    covering = [
        one
        for one in world
        if one.at <= at
        and (one.at if one.since is None else one.since) <= instant
        and (one.until is None or instant < one.until)
    ]
    newest = max((one.at for one in covering), default=None)
    values = {one.value for one in covering if one.at == newest}
    return values.pop() if len(values) == 1 else None


@st.composite
def forecasts(draw: st.DrawFn) -> list[Said]:
    found = []
    for place, name in enumerate(NAMES[: draw(st.integers(1, 5))]):
        since = draw(TIMES)
        until = draw(st.one_of(st.none(), st.integers(since + 1, 11)))
        found.append(
            Said(name, place, place, draw(st.integers(0, 5)), since, until, kind="forecast")
        )
    return found


@LAW
@given(forecasts(), TIMES, st.integers(0, 8), st.one_of(st.none(), st.integers(1, 8)))
def test_forecasts_over_a_window(world, at, within, covering) -> None:
    covering = None if covering is None or covering > within else covering
    found = seen(world, "signal", 9, 9).at_time(at)
    values = [forecast(world, at, instant) for instant in range(at, at + within + 1)]
    spoken = [value for value in values if value is not None]
    covered = sum(value is not None for value in values[:-1])
    enough = covering is not None and covered >= covering and spoken
    known = found.known(ForecastCell("signal", CITY, within, UP.domain, covering))
    if not spoken:
        assert known.value == UP.domain.everything
    elif enough or len(spoken) == len(values):
        assert known.value == number(max(spoken))
    else:
        assert known.value == at_least(max(spoken))
    gap = next((at + n for n, value in enumerate(values) if value is None), at + within)
    assert known.reach == (None if values[0] is None else gap)
    for accepts in (at_least(3), NumberSet((Interval(0, 2),))):
        cell = ForecastCell("signal", CITY, within, FLAG, covering, accepts)
        holds = any(number(value).issubset(accepts) for value in spoken)
        may = holds or not (enough or len(spoken) == len(values))
        expected = {True} if holds else {True, False} if may else {False}
        assert found.known(cell).value == ChoiceSet(frozenset(expected))


# Rules 13 and 14: lasting, change, and when they turn


def held(course: dict[int, set[int] | None], instant: int, duration: int) -> tuple[bool, bool]:
    """Whether it is certainly, and whether it is possibly, 2 or more at all of the window."""
    found = [course[t] for t in range(instant - duration, instant + 1)]
    certain = all(numbers is not None and min(numbers) >= 2 for numbers in found)
    return certain, all(numbers is None or max(numbers) >= 2 for numbers in found)


HIGH = Tested(LEVEL, at_least(2))


@LAW
@given(worlds(fixes=False), st.integers(1, 5), st.integers(0, 9))
def test_lasting_and_when_it_turns(world, duration, at) -> None:
    cell = LastingCell(HIGH, duration)
    whole = seen(world, "temperature", LAST, LAST)
    stands = standing(world, LAST, LAST)
    course = {t: told(world, stands, t) for t in range(-5, LAST + 12)}

    def value(instant: int) -> ChoiceSet:
        certain, possible = held(course, instant, duration)
        if certain:
            return TRUE
        return ChoiceSet(frozenset({True, False} if possible else {False}))

    now = whole.at_time(at)
    assert now.known(cell).value == value(at)
    turns = [t for t in range(at + 1, LAST + 12) if value(t) != value(t - 1)]
    assert now.next_change([cell]) == (turns[0] if turns else None)
    sure = [t for t in range(at, LAST + 12) if value(t) == TRUE]
    assert now.lasting_completes(cell) == (sure[0] if sure else None)


@LAW
@given(worlds(fixes=False), st.integers(1, 5), st.integers(0, 9), st.booleans())
def test_when_a_change_turns(world, within, at, falling) -> None:
    end = Interval(float("-inf"), 0, False) if falling else Interval(0, float("inf"), True, False)
    cell = ChangeCell("temperature", CITY, within, falling, NumberDomain(NumberSet((end,))))
    whole = seen(world, "temperature", LAST, LAST)

    def value(instant: int) -> object:
        known = whole.at_time(instant).known(cell)
        return known.value, known.conflict, bool(known.statements)

    found = whole.at_time(at).next_change([cell])
    turns = [t for t in range(at + 1, LAST + 12) if value(t) != value(at)]
    assert found == (turns[0] if turns else None)
