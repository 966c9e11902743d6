"""Why each decision has its level, and what would bring the next: `assess --why`."""

from __future__ import annotations

from planengine.assessment.decisions import Decision
from planengine.assessment.phrases import grouped
from planengine.assessment.results import Held, Need, Reason, Way
from planengine.domain.statements import said_by
from planengine.rules.conditions import LevelCell
from planengine.rules.shadows import of_test
from planengine.screens.page import Page
from planengine.screens.screen import BOLD, CYAN, DIM, GREEN, YELLOW, Line, width_of

FIRST_WAYS = 2


def show_reasons(page: Page, *, whole: bool) -> None:
    """The reasons of every decision that has a level; `whole`: long rules and all ways too."""
    page.title("理由", "Why")
    for item in page.assessment.decisions:
        if not page.reached(item):
            continue
        line: Line = [(f"{page.name(item)}  ", BOLD), page.badge(item, item.level)]
        if item.met_at is not None:
            since = page.say("  自 ", "  since ") + page.words.time(item.met_at)
            line.append((since, DIM))
        page.screen.line(*line, hang=2)
        verbs = {reason.verb for reason in item.why}
        for reason in item.why:
            _reason(page, reason, reason.verb if len(verbs) > 1 else None, whole=whole)
        for held in item.why_eased:
            _held(page, held, page.say("缓解", "easing"))
        for way in _ways(page, item, whole=whole):
            page.screen.line((f"↑ {_way(page, item, way)}", CYAN), indent=4, hang=6)
        if whole and item.next_omitted:
            most, few = item.next_omitted, item.next_fewest
            zh = f"↑ 另有 {most} 种途径" + (f"，均至少需要 {few} 项事实" if few else "")
            en = f"↑ {most} more ways" + (f", each of at least {few} facts" if few else "")
            page.screen.line((page.say(zh, en), DIM), indent=4, hang=6)


def _reason(page: Page, reason: Reason, verb: str | None, *, whole: bool) -> None:
    """A reason; `verb` is told where the reasons of a level differ in it."""
    said = f"{page.words.verb(verb)}: " if verb else ""
    text = said + reason.text
    if not whole:
        text = _shortened(text, page.screen.width - 4)
    page.screen.line((f"· {text}", ""), indent=2, hang=4)
    if reason.span:
        page.screen.line((str(reason.span), DIM), indent=4)
    basis = page.stop.join(
        f"{page.words.source(b.source)} {b.clause or ''}".strip()
        + (page.say("（未核实）", " (unverified)") if b.confidence == "unverified" else "")
        + (page.say("（本市自定）", " (the city's own)") if b.own_choice else "")
        for b in reason.basis
    )
    if basis:
        text = page.say("依据：", "basis: ") + basis
        page.screen.line((text, DIM), indent=4, hang=6)
    for held in reason.held:
        _held(page, held, "✓")


def _shortened(text: str, room: int) -> str:
    """A long condition cut to one line; what of it held is listed below it."""
    if width_of(text) <= room:
        return text
    kept = text
    while width_of(kept) > room - 2:
        kept = kept[:-1]
    return f"{kept} …"


def _held(page: Page, held: Held, mark: str) -> None:
    value = page.words.known(held.cell, held.value)
    asked = " / ".join(held.written) or page.words.value(held.cell, held.accepts)
    line: Line = [(f"{mark} ", GREEN), (f"{page.words.cell(held.cell)} = {value}", "")]
    line.append((f"   ({asked})", DIM))
    for statement in held.statements[:2]:
        by = said_by(statement)
        source = page.words.named(by) if by else ""
        when = page.words.time(statement.stamp.at)
        line.append((f"  [{f'{statement.stamp.id} {when} {source}'.strip()}]", DIM))
    if held.estimated:
        line.append((page.say(" 估计", " estimated"), YELLOW))
    if held.forecast_until is not None:
        line.append((page.forecast_until(held.forecast_until), DIM))
    if held.assumed:
        line.append((page.say(" 默认未发生", " assumed"), YELLOW))
    page.screen.line(*line, indent=4, hang=6)


def _ways(page: Page, item: Decision, *, whole: bool) -> list[Way]:
    """The first ways up: those that may be so already, for they keep the level open; then
    those measured from something that was reported.
    """
    if whole:
        return list(item.next)

    def attention(way: Way) -> tuple[bool, bool]:
        may_be_so = all(of_test(need.value, need.accepts)[1] for need in way.needs)
        return not may_be_so, not all(_was_reported(page, need) for need in way.needs)

    return sorted(item.next, key=attention)[:FIRST_WAYS]


def _was_reported(page: Page, need: Need) -> bool:
    """Whether anybody has stated anything of what a way still needs."""
    if isinstance(need.cell, LevelCell):
        return True
    return bool(page.assessment.situation.known(need.cell).statements)


def _way(page: Page, item: Decision, way: Way) -> str:
    level = page.words.level(item.scale, way.level)
    if way.at is not None:
        time = page.words.time(way.at)
        return page.say(f"若无变化，{time} 达到{level}", f"{level} at {time} if nothing changes")
    parts: list[str] = []
    for need in way.needs:
        text = page.words.test(need.cell, need.accepts)
        if not _was_reported(page, need):
            text += page.say("（尚无报告）", " (nothing reported yet)")
        elif need.missing:
            missing = grouped(abs(need.missing))
            if need.missing > 0:
                text += page.say(f"（还差 {missing}）", f" ({missing} more)")
            else:
                text += page.say(f"（须再降 {missing}）", f" ({missing} less)")
        parts.append(text)
    joined = page.say(" 且 ", " and ").join(parts)
    return page.say(f"达到{level}：{joined}", f"{level} when {joined}")
