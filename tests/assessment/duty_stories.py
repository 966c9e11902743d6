"""Generated plans and time lines for the oracle of duties, and how they are written for the package."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

import planengine
from tests.assessment.conftest import VOCABULARY, Small
from tests.assessment.duty_oracle import (
    DAY,
    STEP,
    Asked,
    Case,
    Found,
    Item,
    Key,
    Limit,
    Plan,
    Said,
)

DAWN = datetime(2026, 7, 1, tzinfo=timezone(timedelta(hours=8)))
ROMAN = ("none", "III", "II", "I")
EXTRA = """  stage: {label: {en: stage}, type: count, unit: 人, subject: area, direction: none, roll-up: none, holds: 2 h}
  wet: {label: {en: wet}, type: flag, subject: area, direction: none, roll-up: none}
scales:"""


# Generation

STEPS = st.integers(0, 60).map(lambda n: n * STEP)
LENGTHS = st.sampled_from([0, 1800, 3600, 7200, 18_000])
LITERAL = ("occurrence", "receipt", "stable")
ANCHORS = st.sampled_from(
    ["met", "start", "proposal", "level-change", *LITERAL, "done.b", "done.a"]
)
RANKS = st.sets(st.integers(1, 3), min_size=1).map(frozenset)


@st.composite
def limits(draw: st.DrawFn, name: str) -> Limit | None:
    kind = draw(
        st.sampled_from(
            ["none", "within", "within", "repeat", "both", "both", "before", "clock", "times"]
        )
    )
    anchor = draw(ANCHORS)
    if anchor.startswith("done.") and name in {"a", "b"}:  # not of itself, nor in a circle
        anchor = "done.b" if name == "a" else "met"
    times = draw(st.sampled_from([None, None, 2]))
    every = draw(st.sampled_from([3600, 10_800]))
    until = draw(st.sampled_from([None, None, "stable", "done.a", "as advised"]))
    if kind == "none":
        return None
    if kind == "times":
        return Limit("times", anchor, times=2)
    if kind == "within":
        return Limit("within", anchor, draw(LENGTHS), times=times)
    if kind == "repeat":
        return Limit("within", anchor, None, every, times, until=until)
    if kind == "both":
        return Limit("within", anchor, draw(LENGTHS), every, times, until=until)
    if kind == "before":
        return Limit("before", draw(st.sampled_from(LITERAL)), draw(LENGTHS))
    clock = draw(st.sampled_from([(28_800,), (28_800, 72_000), (1200,)]))
    if draw(st.booleans()):
        return Limit("clock", anchor, None, DAY, times, clock, until)
    return Limit("clock", anchor, None, None, times, clock)


def conditions(keys: Sequence[Key]) -> st.SearchStrategy[Asked]:
    return st.one_of(
        st.booleans().map(lambda wet: Asked("wet", wet)),
        st.integers(1, 11).map(lambda n: Asked("stage", n)),
        st.integers(1, 11).map(lambda n: Asked("below", n)),
        st.sampled_from(keys).map(lambda key: Asked("done", key)),
    )


@st.composite
def actions(draw: st.DrawFn, plan: str, name: str, keys: Sequence[Key]) -> tuple[Item, ...]:
    key = plan, "action", name
    whens = st.lists(conditions(keys), max_size=1).map(tuple)
    if draw(st.integers(0, 3)) == 0:
        asked = (draw(conditions(keys)), *draw(whens))
        return (Item(key, f"{plan}-{name}", None, draw(limits(name)), asked),)
    ranks = draw(st.lists(st.integers(1, 3), min_size=1, max_size=3, unique=True))
    return tuple(
        Item(
            key,
            f"{plan}-{name}{rank}",
            frozenset(range(rank, 4)) if len(ranks) > 1 else draw(RANKS),
            draw(limits(name)),
            draw(whens),
            draw(st.booleans()),
        )
        for rank in sorted(ranks)
    )


@st.composite
def reports(draw: st.DrawFn, plan: str, name: str, keys: Sequence[Key]) -> Item:
    form = draw(st.sampled_from(["report", "report", "link"]))
    limit = draw(limits(name))
    asked = tuple(draw(st.lists(conditions(keys), max_size=1)))
    ranks: frozenset[int] | None = draw(RANKS)
    if form == "link":
        ranks = frozenset(range(min(ranks or ()), 4))
    elif draw(st.integers(0, 2)) == 0:
        ranks, asked = None, (draw(conditions(keys)), *asked)
    indicated = form == "report" and ranks is not None and draw(st.booleans())
    return Item((plan, "report", name), f"{plan}-{name}", ranks, limit, asked, indicated, form)


@st.composite
def releases(draw: st.DrawFn, plan: str, keys: Sequence[Key]) -> tuple[Item, ...]:
    """The two of one entry; without levels of its own they begin with the plan's first."""
    parts = draw(st.sampled_from([("first",), ("conference",), ("first", "conference")]))
    anchor = draw(ANCHORS)
    ranks = draw(st.one_of(st.just(frozenset({1, 2, 3})), RANKS))
    asked = tuple(draw(st.lists(conditions(keys), max_size=1)))
    indicated = draw(st.booleans())
    return tuple(
        Item(
            (plan, "release", "news" if len(parts) == 1 else f"news-{part}"),
            f"{plan}-news" if len(parts) == 1 else f"{plan}-news-{part}",
            ranks,
            Limit("within", anchor, draw(LENGTHS)),
            asked,
            indicated,
            part,
        )
        for part in parts
    )


@st.composite
def plans(draw: st.DrawFn) -> tuple[Plan, ...]:
    found: list[Plan] = []
    for name in ("dam", "weir")[: draw(st.integers(1, 2))]:
        own = (name, "action", "a"), (name, "action", "b"), (name, "report", "r")
        others = [item.key for plan in found for item in plan.items]
        keys = (*own, *others)
        items = [
            *draw(actions(name, "a", keys)),
            *draw(actions(name, "b", keys)),
            draw(reports(name, "r", keys)),
            draw(reports(name, "s", keys)),
            *(draw(releases(name, keys)) if draw(st.booleans()) else ()),
        ]
        gate = draw(st.sampled_from([None, None, Asked("wet", True), Asked("stage", 2)]))
        steps = draw(st.lists(st.integers(1, 11), min_size=3, max_size=3, unique=True))
        low, middle, high = sorted(steps)
        found.append(Plan(name, (low, middle, high), gate, tuple(items)))
    return tuple(found)


@st.composite
def lines(draw: st.DrawFn, keys: Sequence[Key]) -> tuple[tuple[Said, ...], dict[str, int], int]:
    events: list[Said] = []
    taken: set[tuple[object, ...]] = set()
    for number in range(draw(st.integers(1, 10))):
        kind = draw(
            st.sampled_from(["stage", "stage", "stage", "wet", "start", "done", "done", "correct"])
        )
        at = draw(STEPS)
        received = at + draw(st.sampled_from([0, 0, 0, STEP, 6 * STEP, 30 * STEP]))
        low = draw(st.integers(0, 11))
        value: Any = (low, draw(st.sampled_from([low, min(low + 4, 11)])))
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
            value = (
                draw(st.sampled_from(sorted({plan for plan, _, _ in keys}))),
                draw(st.integers(1, 3)),
            )
        elif kind == "done":
            value = draw(st.sampled_from(keys))
        if target is None and kind != "done":
            of = (kind, at, value[0] if kind == "start" else None)
            if of in taken:
                continue  # of one time they would tie
            taken.add(of)
        events.append(Said(number, kind, at, received, value, target))
    # People only raise here: what is eased is another rule.
    force: dict[str, int] = {}
    for e in sorted((e for e in events if e.kind == "start"), key=lambda e: e.at):
        plan, rank = e.value
        force[plan] = max(force.get(plan, 0), rank)
        raised = Said(e.number, e.kind, e.at, e.received, (plan, force[plan]))
        events[events.index(e)] = raised
    moments = {name: draw(STEPS) for name in LITERAL if draw(st.booleans())}
    at = draw(st.integers(1, 100).map(lambda n: n * STEP))
    return tuple(events), moments, at


# What is written for the package


def library(
    folder: Path, plans: Sequence[Plan], more: Mapping[str, str] | None = None
) -> planengine.Engine:
    """The small library with generated plans, in files that are read in their order, and others."""
    small = Small(folder)
    for name, body in (more or {}).items():
        small.plan(name, body)
    text = VOCABULARY.strip().replace("scales:", EXTRA, 1) + "\n"
    (folder / "vocabulary.yaml").write_text(text, encoding="utf-8")
    for place, plan in enumerate(plans):
        small.plan(plan.name, plan_text(plan))
        path = folder / "plans" / f"{plan.name}.yaml"
        path = path.rename(path.with_name(f"{place}-{plan.name}.yaml"))
        if plan.gate is not None:
            gated = f"{{hazards: [flood], when: {asked_text(plan.gate, plan.name)}}}"
            written = path.read_text(encoding="utf-8")
            path.write_text(written.replace("{hazards: [flood]}", gated), encoding="utf-8")
    return small.engine()


def plan_text(plan: Plan) -> str:
    lines = ["levels:"]
    lines += (
        f"  - {{level: {ROMAN[rank]}, when: {{stage: ≥ {plan.thresholds[rank - 1]}}}}}"
        for rank in (3, 2, 1)
    )
    sections: dict[str, list[str]] = {}
    for item in plan.items:
        section, text = item_text(plan, item)
        sections.setdefault(section, []).append(f"  - {{{text}}}")
    if "information" in sections:
        sections["information"] = [_news(plan)]
    for section, rows in sections.items():
        lines += [f"{section}:", *rows]
    return "\n".join(lines) + "\n"


def item_text(plan: Plan, item: Item) -> tuple[str, str]:
    """Which section of a plan file it stands in, and how it is written."""
    name = item.key[2]
    parts = [f"id: {name}", _levels(item)]
    if item.ranks is None:
        on, *rest = item.conditions
        parts[1] = f"on: {asked_text(on, plan.name)}"
    else:
        rest = list(item.conditions)
    parts += (f"when: {asked_text(one, plan.name)}" for one in rest)
    parts += ["as: indicated"] if item.indicated else []
    if item.form == "action":
        parts += [f"executor: [{', '.join(item.by)}]", f"do: {item.work or item.text}"]
        parts += [f"to: [{', '.join(item.to)}]"] if item.to else []
        parts += [f"verb: {item.verb}"]
    elif item.form == "report":
        parts += [f"by: [{', '.join(item.by)}]", f"to: [{', '.join(item.to or ('health',))}]"]
        parts += [f"content: [{item.work or item.text}]"]
    elif item.form == "link":
        parts += ["report: health", f"matter: {item.text}"]
    section = {"action": "actions", "report": "reports", "link": "links"}.get(item.form)
    return section or "information", ", ".join((*parts, *limit_parts(item.limit)))


def _levels(item: Item) -> str:
    ranks = item.ranks or frozenset()
    if ranks == frozenset(range(item.lowest, 4)):
        return f"from: {ROMAN[item.lowest]}"
    return f"levels: [{', '.join(ROMAN[rank] for rank in sorted(ranks, reverse=True))}]"


def _news(plan: Plan) -> str:
    """The one entry for the releases of a plan."""
    items = [item for item in plan.items if item.key[1] == "release"]
    first = items[0]
    assert first.limit is not None
    parts = ["id: news", "body: office", f"of: {first.limit.anchor}"]
    parts += [] if first.ranks == frozenset({1, 2, 3}) else [_levels(first)]
    parts += (f"when: {asked_text(one, plan.name)}" for one in first.conditions)
    parts += ["as: indicated"] if first.indicated else []
    for item in items:
        assert item.limit is not None
        parts.append(f"{item.form}-within: {(item.limit.seconds or 0) // 60} min")
    return f"  - {{{', '.join(parts)}}}"


def asked_text(asked: Asked, own: str) -> str:
    if asked.what == "done":
        plan, kind, name = asked.value
        verb = "done" if kind == "action" else "reported"
        return f"{{{verb}: {{plan: {plan}, {kind}: {name}}}}}"
    if asked.what == "wet":
        return f"{{wet: {str(asked.value).lower()}}}"
    return f"{{stage: {'≥' if asked.what == 'stage' else '<'} {asked.value}}}"


def limit_parts(limit: Limit | None) -> list[str]:
    if limit is None:
        return []
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
    if limit.until:
        parts.append(f"until: {limit.until}")
    return parts


def written(t: int) -> str:
    return (DAWN + timedelta(seconds=t)).isoformat()


def incident(case: Case) -> dict[str, Any]:
    observations = [observation(e) for e in case.events]
    moments = {name: written(t) for name, t in case.moments.items()}
    return {"incident": "x", "hazards": ["flood"], "moments": moments, "observations": observations}


def observation(e: Said) -> dict[str, Any]:
    one: dict[str, Any] = {
        "id": f"e{e.number}",
        "at": written(e.at),
        "received": written(e.received),
    }
    if e.kind == "stage":
        low, high = e.value
        one["facts"] = {"stage": low if low == high else f"[{low}..{high}]"}
    elif e.kind == "wet":
        one["facts"] = {"wet": e.value}
    elif e.kind == "start":
        plan, rank = e.value
        one["decide"] = {"plan": plan, "level": ROMAN[rank], "by": "chief"}
    else:
        plan, kind, name = e.value
        one["done" if kind == "action" else "reported"] = {"plan": plan, kind: name}
    if e.target is not None:
        one["correct"] = f"e{e.target}"
    return one


def shown(assessment: planengine.Assessment) -> dict[tuple[Key, str], Found]:
    """Every duty of an answer, in the oracle's words."""
    zero = int(DAWN.timestamp())

    def rel(t: int | None) -> int | None:
        return None if t is None else t - zero

    found: dict[tuple[Key, str], Found] = {}

    def add(key: Key, text: str, one: Any) -> None:
        limit = one.deadline
        found[key, text] = Found(
            one.certainty,
            rel(one.met),
            rel(one.known),
            rel(limit.counted_from) if limit else None,
            rel(limit.due) if limit else None,
            limit.overdue if limit else False,
            limit.at_once if limit else False,
            rel(limit.again) if limit else None,
            rel(limit.ended) if limit else None,
            rel(one.done_at),
        )

    for row in assessment.actions:
        for one in row.asked:
            add((one.plan.removeprefix("city/"), "action", one.action), row.do.text("en"), one)
    for item in assessment.reports:
        plan = item.document.removeprefix("city/")
        kind = "release" if item.kind == "information" else "report"
        add((plan, kind, item.report), f"{plan}-{item.report}", item)
    return found
