"""Every duty's beginning, limit and state by a plain computation, written from the rules.

The oracle walks a time line step by step. At each step it judges plans of plain integer thresholds
by a plain look at what was said, once by all that is known now (*met*) and once by what had been
received by then (*known*). It shares nothing with the package.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

STEP = 600
DAY = 86_400
HOLDS = 2 * 3600  # how long a stage holds

Key = tuple[str, str, str]
"""Plan, kind (action, report, release) and id."""


@dataclass(frozen=True)
class Limit:
    kind: str  # within, before, clock, times
    anchor: str
    seconds: int | None = None
    repeat: int | None = None
    times: int | None = None
    clock: tuple[int, ...] = ()
    until: str | None = None


@dataclass(frozen=True)
class Asked:
    """A condition: the flag is so, the stage is at least or below, a duty was reported done."""

    what: str  # wet, stage, below, done
    value: Any


@dataclass(frozen=True)
class Item:
    """One way to ask a duty; of several with one key that from the worst level replaces others."""

    key: Key
    text: str
    ranks: frozenset[int] | None  # None: `on` alone
    limit: Limit | None
    conditions: tuple[Asked, ...] = ()
    indicated: bool = False
    form: str = "action"  # action, report, link, release, conference
    work: str = ""  # what is done or told, where several ask the same
    by: tuple[str, ...] = ("office",)
    to: tuple[str, ...] = ()
    verb: str = "must"

    @property
    def lowest(self) -> int:
        return min(self.ranks) if self.ranks else 0


@dataclass(frozen=True)
class Plan:
    name: str
    thresholds: tuple[int, int, int]  # of the water stage, for III, II and I
    gate: Asked | None
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Said:
    """One event; `target` is the number of the event that it corrects."""

    number: int
    kind: str  # stage, wet, start, done
    at: int
    received: int
    value: Any  # a stage: (lowest, highest); a start: (plan, rank); a deed: a key
    target: int | None = None


@dataclass(frozen=True)
class Case:
    plans: tuple[Plan, ...]
    events: tuple[Said, ...]
    moments: dict[str, int]
    at: int


def live(events: Iterable[Said], at: int, received: int) -> list[Said]:
    """What counts of what was said by `at` and received by `received`, at its own time."""
    seen = [e for e in events if e.at <= at and e.received <= received]
    by_number = {e.number: e for e in seen}
    newest: dict[int, Said] = {}
    for e in sorted(seen, key=lambda e: (e.received, e.number)):
        if e.target is not None and e.target in by_number:
            newest[e.target] = e
    found = []
    for e in seen:
        if e.target is not None:
            continue
        now = newest.get(e.number, e)
        found.append(Said(e.number, e.kind, e.at, now.received, now.value))
    return found


def stage_at(said: Sequence[Said], t: int) -> tuple[int, int] | None:
    own = [e for e in said if e.kind == "stage" and e.at <= t]
    if not own:
        return None
    last = max(own, key=lambda e: e.at)
    return last.value if t < last.at + HOLDS else None


def wet_at(said: Sequence[Said], t: int) -> bool | None:
    own = [e for e in said if e.kind == "wet" and e.at <= t]
    return max(own, key=lambda e: e.at).value if own else None


def starts_of(plan: str, said: Sequence[Said], t: int) -> list[tuple[int, int]]:
    """(when, rank) of each start, the oldest first and of one time the worst last."""
    return sorted(
        (e.at, e.value[1]) for e in said if e.kind == "start" and e.value[0] == plan and e.at <= t
    )


def done_at(key: Key, said: Sequence[Said], t: int) -> list[int]:
    return sorted(e.at for e in said if e.kind == "done" and e.value == key and e.at <= t)


# How sure something is: no, possible, indicated, certain

NO, POSSIBLE, INDICATED, CERTAIN = range(4)
NAMES = ("no", "possible", "indicated", "certain")


def grade(asked: Asked, said: Sequence[Said], t: int) -> int:
    if asked.what == "done":
        return CERTAIN if done_at(asked.value, said, t) else NO
    if asked.what == "wet":
        wet = wet_at(said, t)
        return POSSIBLE if wet is None else CERTAIN if wet == asked.value else NO
    stage = stage_at(said, t)
    if stage is None:
        return POSSIBLE
    fitting = [(n >= asked.value) == (asked.what == "stage") for n in range(stage[0], stage[1] + 1)]
    return CERTAIN if all(fitting) else INDICATED if any(fitting) else NO


def levels_at(plan: Plan, said: Sequence[Said], t: int) -> tuple[int, int, int]:
    """The certain level, the indicated one and the worst that could be reached."""
    gate = CERTAIN if plan.gate is None else grade(plan.gate, said, t)
    sure = [min(gate, grade(Asked("stage", n), said, t)) for n in plan.thresholds]
    certain, told, worst = (
        max((rank for rank, how in enumerate(sure, 1) if how >= least), default=0)
        for least in (CERTAIN, INDICATED, POSSIBLE)
    )
    return certain, told, worst


@dataclass(frozen=True)
class State:
    how: int
    reached: bool
    holds: bool


def judge(plan: Plan, key: Key, said: Sequence[Said], t: int) -> dict[str, State]:
    """What is owed at a step, by its text."""
    level, told, worst = levels_at(plan, said, t)
    started = starts_of(plan.name, said, t)
    rank = max(level, started[-1][1] if started else 0)
    applies = CERTAIN if plan.gate is None or rank else grade(plan.gate, said, t)
    found: dict[str, State] = {}
    items = [item for item in plan.items if item.key == key]
    for item in sorted(items, key=lambda item: -item.lowest):
        reached = item.ranks is None or rank in item.ranks
        at_level, here = CERTAIN, applies
        if item.ranks is not None and not reached:
            at_level = NO
            if any(rank < one <= worst for one in item.ranks):
                at_level = POSSIBLE
            if item.indicated and any(rank < one <= told for one in item.ranks):
                at_level, here = INDICATED, max(applies, INDICATED)
        how = min([at_level, here, *(grade(asked, said, t) for asked in item.conditions)])
        if how == INDICATED and not item.indicated:
            how = POSSIBLE
        if how == NO:
            continue
        found[item.text] = State(how, reached, how >= (INDICATED if item.indicated else CERTAIN))
        if how == CERTAIN:
            break  # it replaces those of milder levels
    return found


class View:
    """One way to look at every step of a case."""

    def __init__(self, case: Case, known: bool) -> None:
        self.case = case
        self.known = known
        self.now = live(case.events, case.at, case.at)

    def said(self, t: int) -> list[Said]:
        return live(self.case.events, t, t) if self.known else self.now

    def quiet(self, t: int) -> list[Said]:
        """What would count at a step if nothing had been said at it."""
        if self.known:
            rest = [e for e in self.case.events if max(e.at, e.received) != t]
            return live(rest, t, t)
        return [e for e in self.said(t) if e.at != t]


def runs(
    plan: Plan, key: Key, view: View, until: int
) -> tuple[dict[str, int], list[tuple[int, str]]]:
    """Since when each text has been owed without an end, and when which of them ended."""
    begun: dict[str, int] = {}
    apart: set[str] = set()
    ended: list[tuple[int, str]] = []
    for t in range(0, until + 1, STEP):
        state = judge(plan, key, view.said(t), t)
        for text in list(begun):
            now = state.get(text)
            if now is not None and now.holds:
                apart.discard(text)
                continue
            if now is not None:
                quiet = judge(plan, key, view.quiet(t), t).get(text)
                if text in apart or (quiet is not None and not quiet.holds):
                    apart.add(text)
                    continue
            del begun[text]
            apart.discard(text)
            ended.append((t, text))
        for text, one in state.items():
            if one.holds:
                begun.setdefault(text, t)
    return begun, ended


@dataclass
class Found:
    """What an answer says of a duty."""

    certainty: str
    met: int | None = None
    known: int | None = None
    counted_from: int | None = None
    due: int | None = None
    overdue: bool = False
    at_once: bool = False
    again: int | None = None
    ended: int | None = None
    done_at: int | None = None


def own_deeds(item: Item) -> frozenset[Key]:
    return frozenset({item.key})


def expected(
    case: Case, deeds: Callable[[Item], Iterable[Key]] = own_deeds
) -> dict[tuple[Key, str], Found]:
    """Every duty that an assessment must show, by its key and text.

    `deeds`: what was reported done of these keys counts for an item.
    """
    found: dict[tuple[Key, str], Found] = {}
    now = live(case.events, case.at, case.at)
    for plan in case.plans:
        for key in dict.fromkeys(item.key for item in plan.items):
            met, _ = runs(plan, key, View(case, False), case.at)
            known, _ = runs(plan, key, View(case, True), case.at)
            for text, state in judge(plan, key, now, case.at).items():
                if text not in met and not state.reached:
                    continue
                one = Found(NAMES[state.how], met.get(text), known.get(text))
                if one.met is not None and one.known is None:
                    one.known = case.at
                item = next(i for i in plan.items if (i.key, i.text) == (key, text))
                done = sorted(t for of in deeds(item) for t in done_at(of, now, case.at))
                _judge_limit(case, plan, item, one, now, done)
                found[key, text] = one
    return found


def _judge_limit(
    case: Case, plan: Plan, item: Item, one: Found, now: Sequence[Said], told: Sequence[int]
) -> None:
    before = case.at if one.met is None else one.met
    _, ended = runs(plan, item.key, View(case, False), before)
    since = max((t for t, _ in ended), default=None)
    done = sorted({t for t in told if since is None or t >= since})
    limit = item.limit
    often = limit.times or 1 if limit else 1
    repeated = limit is not None and limit.repeat is not None
    if done and (repeated or len(done) >= often):
        one.done_at = done[-1]
    if limit is None:
        return
    anchor, literal = _anchor(case, plan, item, limit.anchor, one.met, now)
    if anchor is None or limit.kind == "times":
        return
    if literal:
        base = anchor
    elif one.met is None or one.known is None:
        return
    else:
        base = max(anchor, one.met, one.known)
    one.counted_from = base
    series = _series(limit, base, case.at)
    left = len(done) < often
    one.due = series[0]
    if repeated:
        left = True
        passed = [t for t in series if t < case.at]
        met = False
        if passed:
            place = len(passed) - 1
            start = min([anchor, *([] if one.met is None else [one.met])])
            fitting = [
                d for d in done if (d >= start if place == 0 else d > series[place - 1])
            ]  # fmt: skip
            met = len(fitting) >= often
            one.due = series[place + 1] if met else series[place]
        coming = series[len(passed)]
        if one.due == coming:  # unless enough was done ahead of it
            if passed:
                punctual = [d for d in fitting if d <= passed[-1]]
                late = [d for d in fitting if d > passed[-1]]
                ahead = late[max(0, often - len(punctual)) :]
            else:
                start = min([anchor, *([] if one.met is None else [one.met])])
                ahead = [d for d in done if d >= start]
            if len(ahead) >= often:
                one.due = series[len(passed) + 1]
        one.again = series[series.index(one.due) + 1]
        end = _end(case, plan, item, limit, now)
        if end is not None and one.met is not None and end < one.met:
            end = None  # that ended an earlier one
        over = passed and end is not None and end < coming and (met or end <= case.at)
        if over or (end is not None and coming < one.due and end < one.due):
            one.due = one.again = None
            one.ended = end
            return
        if end is not None and end < one.again:
            one.again = None
    known = case.at if one.known is None or one.met is None else one.known
    one.at_once = left and one.due < known
    one.overdue = left and one.certainty == "certain" and one.due < case.at and not one.at_once


def _anchor(
    case: Case, plan: Plan, item: Item, name: str, met: int | None, now: Sequence[Said]
) -> tuple[int | None, bool]:
    """The moment that a limit is counted from, and whether it counts whenever the duty began."""
    if name in {"met", "proposal"}:
        return met, False
    if name == "start":
        since = None
        for at, rank in starts_of(plan.name, now, case.at):
            if rank < max(item.lowest, 1):
                since = None
            elif since is None:
                since = at
        return since, False
    if name == "level-change":
        changed, before = None, 0
        for at, rank in starts_of(plan.name, now, case.at):
            if rank != before:
                before, changed = rank, at
        return changed, False
    if name.startswith("done."):
        times = done_at((plan.name, "action", name[5:]), now, case.at)
        return max(times, default=None), False
    return case.moments.get(name), True


def _end(case: Case, plan: Plan, item: Item, limit: Limit, now: Sequence[Said]) -> int | None:
    if limit.until is None or limit.until == "as advised":  # words for people
        return None
    return _anchor(case, plan, item, limit.until, None, now)[0]


def _series(limit: Limit, base: int, at: int) -> list[int]:
    """The times at which it is due, some past the assessed time."""
    if limit.clock:
        series = [next_clock(limit.clock, base)]
        step: Callable[[int], int] = lambda t: next_clock(limit.clock, t)  # noqa: E731
    else:
        first = limit.seconds if limit.seconds is not None else limit.repeat
        assert first is not None
        series = [base - first if limit.kind == "before" else base + first]
        step = lambda t: t + (limit.repeat or DAY)  # noqa: E731
    while len([t for t in series if t >= at]) < 4:
        series.append(step(series[-1]))
    return series


def next_clock(clock: Sequence[int], t: int) -> int:
    return min(
        day * DAY + c for day in range(t // DAY, t // DAY + 3) for c in clock if day * DAY + c > t
    )
