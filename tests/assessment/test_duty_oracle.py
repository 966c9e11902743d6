"""Every duty's beginning, limit and state against a plain computation, written from the rules.

The oracle walks a generated time line step by step. At each step it judges a plan of plain
integer thresholds by a plain look at what was said, once by all that is known now (*met*) and
once by what had been received by then (*known*). It shares nothing with the package.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.assessment.conftest import VOCABULARY, Small

STEP = 600
DAWN = datetime(2026, 7, 1, tzinfo=timezone(timedelta(hours=8)))
DAY = 86_400
ROMAN = ("none", "III", "II", "I")
THRESHOLDS = (3, 6, 9)  # of the water stage, for III, II and I
HOLDS = 2 * 3600  # how long a stage holds

EXTRA = """  stage: {label: {en: stage}, type: count, unit: 人, subject: area, direction: none, roll-up: none, holds: 2 h}
  wet: {label: {en: wet}, type: flag, subject: area, direction: none, roll-up: none}
scales:"""


# What is generated


@dataclass(frozen=True)
class Limit:
    kind: str  # within, before, clock
    anchor: str
    seconds: int | None = None
    repeat: int | None = None
    times: int | None = None
    clock: tuple[int, ...] = ()


@dataclass(frozen=True)
class Variant:
    rank: int
    text: str
    limit: Limit | None
    wet: bool | None  # its `when`: the flag must be so


@dataclass(frozen=True)
class Said:
    """One event; `target` is the number of the event that it corrects."""

    number: int
    kind: str  # stage, wet, start, done
    at: int
    received: int
    value: Any
    target: int | None = None


@dataclass(frozen=True)
class Case:
    plan: dict[str, tuple[Variant, ...]]
    events: tuple[Said, ...]
    moments: dict[str, int]
    at: int


# The oracle


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


def stage_at(said: Sequence[Said], t: int) -> int | None:
    own = [e for e in said if e.kind == "stage" and e.at <= t]
    if not own:
        return None
    last = max(own, key=lambda e: e.at)
    return last.value if t < last.at + HOLDS else None


def wet_at(said: Sequence[Said], t: int) -> bool | None:
    own = [e for e in said if e.kind == "wet" and e.at <= t]
    return max(own, key=lambda e: e.at).value if own else None


def force_at(said: Sequence[Said], t: int) -> int:
    own = [e for e in said if e.kind == "start" and e.at <= t]
    return max(own, key=lambda e: (e.at, e.value)).value if own else 0


def level_at(said: Sequence[Said], t: int) -> tuple[int, int]:
    """(certain, could reach)"""
    stage = stage_at(said, t)
    if stage is None:
        return 0, 3
    rank = sum(stage >= threshold for threshold in THRESHOLDS)
    return rank, rank


def judge(variants: Sequence[Variant], said: Sequence[Said], t: int) -> dict[str, tuple[str, bool]]:
    """What is owed at a step: text → (certain or possible, whether its level is reached)."""
    level, worst = level_at(said, t)
    rank = max(level, force_at(said, t))
    worst = max(worst, rank)
    wet = wet_at(said, t)
    found: dict[str, tuple[str, bool]] = {}
    for v in sorted(variants, key=lambda v: -v.rank):
        sure = rank >= v.rank
        if worst < v.rank or (v.wet is not None and wet is not None and wet != v.wet):
            continue
        if sure and (v.wet is None or wet == v.wet):
            found[v.text] = ("certain", True)
            break  # it replaces those of milder levels
        found[v.text] = ("possible", sure)
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
    variants: Sequence[Variant], view: View, until: int
) -> tuple[dict[str, int], list[tuple[int, str]]]:
    """Since when each text has been owed without an end, and when which of them ended."""
    begun: dict[str, int] = {}
    apart: set[str] = set()
    ended: list[tuple[int, str]] = []
    for t in range(0, until + 1, STEP):
        state = judge(variants, view.said(t), t)
        quiet: dict[str, tuple[str, bool]] | None = None
        for text in list(begun):
            how = state.get(text, ("none", False))[0]
            if how == "certain":
                apart.discard(text)
                continue
            if how == "possible":
                if quiet is None:
                    quiet = judge(variants, view.quiet(t), t)
                if text in apart or quiet.get(text, ("none", False))[0] == "possible":
                    apart.add(text)
                    continue
            del begun[text]
            apart.discard(text)
            ended.append((t, text))
        for text, (how, _) in state.items():
            if how == "certain":
                begun.setdefault(text, t)
    return begun, ended


def next_clock(clock: Sequence[int], t: int) -> int:
    return min(
        day * DAY + c for day in range(t // DAY, t // DAY + 3) for c in clock if day * DAY + c > t
    )


@dataclass
class Found:
    certainty: str
    met: int | None = None
    known: int | None = None
    due: int | None = None
    overdue: bool = False
    at_once: bool = False
    again: int | None = None
    done_at: int | None = None

    def row(self) -> tuple[Any, ...]:
        return (
            self.certainty, self.met, self.known, self.due, self.overdue, self.at_once,
            self.again, self.done_at,
        )  # fmt: skip


def expected(case: Case) -> dict[tuple[str, str], Found]:
    """Every duty that an assessment must show, by its id and text."""
    found: dict[tuple[str, str], Found] = {}
    now = live(case.events, case.at, case.at)
    for name, variants in case.plan.items():
        state = judge(variants, now, case.at)
        met, _ = runs(variants, View(case, False), case.at)
        known, _ = runs(variants, View(case, True), case.at)
        for text, (certainty, reached) in state.items():
            if text not in met and not reached:
                continue
            variant = next(v for v in variants if v.text == text)
            one = Found(certainty, met.get(text), known.get(text))
            if one.met is not None and one.known is None:
                one.known = case.at
            if one.met is None:
                one.known = None if text not in known else one.known
            _limit(case, name, variant, one, now)
            found[name, text] = one
    return found


def _limit(case: Case, name: str, variant: Variant, one: Found, now: Sequence[Said]) -> None:
    variants = case.plan[name]
    before = case.at if one.met is None else one.met
    _, ended = runs(variants, View(case, False), before)
    since = max((t for t, _ in ended), default=None)
    done = sorted(
        e.at
        for e in now
        if e.kind == "done" and e.value == name and e.at <= case.at
        and (since is None or e.at >= since)
    )  # fmt: skip
    limit = variant.limit
    often = limit.times or 1 if limit else 1
    repeated = limit is not None and limit.repeat is not None
    if done and (repeated or len(done) >= often):
        one.done_at = done[-1]
    if limit is None:
        return
    anchor, literal = _anchor(case, variant, limit, one, now)
    if anchor is None:
        return
    if literal:
        base = anchor
    elif one.met is None or one.known is None:
        return
    else:
        base = max(anchor, one.met, one.known)
    series = _series(limit, base, case.at)
    if not repeated:
        one.due = series[0]
        left = len(done) < often
    else:
        passed = [t for t in series if t < case.at]
        left = True
        one.due = series[0]
        if passed:
            place = len(passed) - 1
            start = min([anchor, *([] if one.met is None else [one.met])])
            fitting = [
                d for d in done if (d >= start if place == 0 else d > series[place - 1])
            ]  # fmt: skip
            one.due = series[place + 1] if len(fitting) >= often else series[place]
        one.again = series[series.index(one.due) + 1]
    known = case.at if one.known is None or one.met is None else one.known
    one.at_once = left and one.due < known
    one.overdue = left and one.certainty == "certain" and one.due < case.at and not one.at_once


def _anchor(
    case: Case, variant: Variant, limit: Limit, one: Found, now: Sequence[Said]
) -> tuple[int | None, bool]:
    if limit.anchor in {"met", "proposal"}:
        return one.met, False
    if limit.anchor == "start":
        since = None
        for e in sorted((e for e in now if e.kind == "start"), key=lambda e: (e.at, e.value)):
            if e.value < variant.rank:
                since = None
            elif since is None:
                since = e.at
        return since, False
    if limit.anchor == "level-change":
        changed, rank = None, 0
        for e in sorted((e for e in now if e.kind == "start"), key=lambda e: (e.at, e.value)):
            if e.value != rank:
                rank, changed = e.value, e.at
        return changed, False
    if limit.anchor.startswith("done."):
        name = limit.anchor[5:]
        return max((e.at for e in now if e.kind == "done" and e.value == name), default=None), False
    return case.moments.get(limit.anchor), True


def _series(limit: Limit, base: int, at: int) -> list[int]:
    """The times at which it is due, two past the assessed time."""
    if limit.clock:
        series = [next_clock(limit.clock, base)]
        step: Callable[[int], int] = lambda t: next_clock(limit.clock, t)  # noqa: E731
    else:
        first = limit.seconds if limit.seconds is not None else limit.repeat
        assert first is not None
        series = [base - first if limit.kind == "before" else base + first]
        step = lambda t: t + (limit.repeat or DAY)  # noqa: E731
    while len([t for t in series if t >= at]) < 3:
        series.append(step(series[-1]))
    return series


# What is written for the package


def plan_text(plan: dict[str, tuple[Variant, ...]]) -> str:
    lines = ["levels:"]
    lines += (
        f"  - {{level: {ROMAN[rank]}, when: {{stage: ≥ {THRESHOLDS[rank - 1]}}}}}"
        for rank in (3, 2, 1)
    )
    lines.append("actions:")
    for name, variants in plan.items():
        for v in variants:
            when = "" if v.wet is None else f", when: {{wet: {str(v.wet).lower()}}}"
            lines.append(
                f"  - {{id: {name}, from: {ROMAN[v.rank]}, executor: office, do: {v.text}"
                f"{when}{limit_text(v.limit)}}}"
            )
    return "\n".join(lines) + "\n"


def limit_text(limit: Limit | None) -> str:
    if limit is None:
        return ""
    parts = [f"of: {limit.anchor}"]
    if limit.clock:
        times = ", ".join(f"'{c // 3600:02d}:{c % 3600 // 60:02d}'" for c in limit.clock)
        every = "每日" if limit.repeat else ""
        parts.append(f"at: [{times.replace(chr(39), chr(39) + every, 1) if every else times}]")
    elif limit.seconds is not None:
        parts.append(f"{limit.kind}: {limit.seconds // 60} min")
    if limit.repeat and not limit.clock:
        parts.append(f"repeat: {limit.repeat // 60} min")
    if limit.times:
        parts.append(f"times: {limit.times}")
    return ", " + ", ".join(parts)


def written(t: int) -> str:
    return (DAWN + timedelta(seconds=t)).isoformat()


def incident(case: Case) -> dict[str, Any]:
    observations = []
    for e in case.events:
        one: dict[str, Any] = {
            "id": f"e{e.number}",
            "at": written(e.at),
            "received": written(e.received),
        }
        if e.kind in {"stage", "wet"}:
            one["facts"] = {e.kind: e.value}
        elif e.kind == "start":
            one["decide"] = {"plan": "dam", "level": ROMAN[e.value], "by": "chief"}
        else:
            one["done"] = {"plan": "dam", "action": e.value}
        if e.target is not None:
            one["correct"] = f"e{e.target}"
        observations.append(one)
    moments = {name: written(t) for name, t in case.moments.items()}
    return {"incident": "x", "hazards": ["flood"], "moments": moments, "observations": observations}


def shown(engine: Any, case: Case) -> dict[tuple[str, str], Found]:
    assessment = engine.assess(incident(case), at=written(case.at))
    zero = int(DAWN.timestamp())

    def rel(t: int | None) -> int | None:
        return None if t is None else t - zero

    found: dict[tuple[str, str], Found] = {}
    for row in assessment.actions:
        for one in row.asked:
            limit = one.deadline
            found[one.action, row.do.text("en")] = Found(
                one.certainty,
                rel(one.met),
                rel(one.known),
                rel(limit.due) if limit else None,
                limit.overdue if limit else False,
                limit.at_once if limit else False,
                rel(limit.again) if limit else None,
                rel(one.done_at),
            )
    return found


# Generation

STEPS = st.integers(0, 60).map(lambda n: n * STEP)
LENGTHS = st.sampled_from([0, 1800, 3600, 7200, 18_000])
ANCHORS = st.sampled_from(
    ["met", "start", "proposal", "level-change", "occurrence", "receipt", "done.b", "done.a"]
)


@st.composite
def limits(draw: st.DrawFn, name: str) -> Limit | None:
    kind = draw(st.sampled_from(["none", "within", "within", "repeat", "both", "before", "clock"]))
    anchor = draw(ANCHORS)
    if anchor in {"done.a", "done.b"}:
        anchor = "done.b" if name == "a" else "met"
    times = draw(st.sampled_from([None, None, 2]))
    every = draw(st.sampled_from([3600, 10_800]))
    if kind == "none":
        return None
    if kind == "within":
        return Limit("within", anchor, draw(LENGTHS), times=times)
    if kind == "repeat":
        return Limit("within", anchor, None, every, times)
    if kind == "both":
        return Limit("within", anchor, draw(LENGTHS), every, times)
    if kind == "before":
        return Limit("before", draw(st.sampled_from(["occurrence", "receipt"])), draw(LENGTHS))
    clock = draw(st.sampled_from([(28_800,), (28_800, 72_000), (1200,)]))
    return Limit("clock", anchor, None, DAY if draw(st.booleans()) else None, times, clock)


@st.composite
def plans(draw: st.DrawFn) -> dict[str, tuple[Variant, ...]]:
    found: dict[str, tuple[Variant, ...]] = {}
    for name in ("a", "b"):
        ranks = draw(st.lists(st.integers(1, 3), min_size=1, max_size=3, unique=True))
        found[name] = tuple(
            Variant(rank, f"{name}{rank}", draw(limits(name)), draw(st.sampled_from([None, None, True, False])))
            for rank in sorted(ranks)
        )  # fmt: skip
    return found


@st.composite
def lines(draw: st.DrawFn) -> tuple[tuple[Said, ...], dict[str, int], int]:
    events: list[Said] = []
    taken: set[tuple[str, int]] = set()
    force = 0
    for number in range(draw(st.integers(1, 9))):
        kind = draw(st.sampled_from(["stage", "stage", "stage", "wet", "start", "done", "correct"]))
        at = draw(STEPS)
        received = at + draw(st.sampled_from([0, 0, 0, STEP, 6 * STEP, 30 * STEP]))
        value: Any = draw(st.integers(0, 11))
        target = None
        if kind == "correct":
            olds = [e for e in events if e.kind == "stage" and e.target is None]
            if not olds:
                continue
            old = draw(st.sampled_from(olds))
            if any(e.target == old.number for e in events):
                continue  # of several the newest by receipt: not what is tried here
            kind, target = "stage", old.number
            at = max(at, old.at)
            received = max(received, old.received, at)
        elif kind == "wet":
            value = draw(st.booleans())
        elif kind == "start":
            value = draw(st.integers(1, 3))
        elif kind == "done":
            value = draw(st.sampled_from(["a", "b"]))
        if target is None and kind != "done":
            if (kind, at) in taken:
                continue  # of one time they would tie
            taken.add((kind, at))
        events.append(Said(number, kind, at, received, value, target))
    # People only raise here: what is eased is another rule.
    starts = sorted((e for e in events if e.kind == "start"), key=lambda e: e.at)
    for e in starts:
        force = max(force, e.value)
        events[events.index(e)] = Said(e.number, e.kind, e.at, e.received, force)
    moments = {name: draw(STEPS) for name in ("occurrence", "receipt") if draw(st.booleans())}
    at = draw(st.integers(1, 100).map(lambda n: n * STEP))
    return tuple(events), moments, at


@settings(
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    phases=[Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink],
)
@given(plan=plans(), told=st.lists(lines(), min_size=4, max_size=4))
def test_every_duty_is_as_a_plain_computation_finds_it(
    plan: dict[str, tuple[Variant, ...]],
    told: list[tuple[tuple[Said, ...], dict[str, int], int]],
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        small = Small(Path(folder))
        text = VOCABULARY.strip().replace("scales:", EXTRA, 1) + "\n"
        (Path(folder) / "vocabulary.yaml").write_text(text, encoding="utf-8")
        engine = small.plan("dam", plan_text(plan)).engine()
    for events, moments, at in told:
        case = Case(plan, events, moments, at)
        if not any(e.at <= at and e.received <= at for e in events):
            continue
        for one in shown(engine, case).values():
            if one.overdue:  # nothing is born overdue, nor overdue while it hangs on something open
                assert one.certainty == "certain"
                assert one.known is not None
                assert one.due is not None
                assert one.known <= one.due < at
        mine = {key: one.row() for key, one in expected(case).items()}
        theirs = {key: one.row() for key, one in shown(engine, case).items()}
        assert theirs == mine, case
