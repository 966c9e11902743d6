"""The first rows of the terminal view: the incident, and the decisions with their levels."""

from __future__ import annotations

from planengine.assessment.decisions import Decision
from planengine.cli.page import Page
from planengine.cli.screen import (
    BANNER,
    BOLD,
    CYAN,
    DIM,
    RED,
    YELLOW,
    Cell,
    Line,
    Run,
    no_break,
    width_of,
)

FIRST_OPEN = 5
_ORDER = {"level": 0, "warning": 1, "standard": 2}
_PROPOSALS = {
    "start": ("启动", "start"), "raise": ("提级", "raise"), "keep": ("保持", "keep"),
    "lower": ("降级", "lower"), "end": ("终止", "end"), "none": ("", ""),
}  # fmt: skip


def show_head(page: Page) -> None:
    """What is assessed, for when, and whether it is real."""
    assessment, words = page.assessment, page.words
    hazards = page.joined([words.hazard(hazard) for hazard in sorted(assessment.incident.hazards)])
    page.screen.line(
        (words.label(assessment.incident.label, assessment.incident.id), BOLD),
        (f"  {words.full_time(assessment.at)}", CYAN),
        (f"  {hazards}", DIM),
    )
    if assessment.tainted:
        banner = page.say(
            "演练或测试数据——不得作为实际研判",
            "EXERCISE OR TEST DATA: not an actual assessment",
        )
        page.screen.line((f" {banner} ", BANNER))
    for item in assessment.conflicts:
        if item.kind == "not-covered":
            page.screen.line(("! ", RED), (page.say(item.text.zh, item.text.en), RED), hang=2)


def show_levels(page: Page) -> None:
    """Every decision that reached a level, then those of which one is only not excluded."""
    decisions = page.assessment.decisions
    reached = [item for item in decisions if page.reached(item)]
    open_ones = [
        item
        for item in decisions
        if not page.reached(item) and item.could_reach and not item.issued
    ]
    page.screen.blank()
    covered = all(item.covered for item in page.assessment.coverage)
    if not reached and covered:
        page.screen.line(
            (page.say("没有预案或标准达到任何级别。", "No plan or standard reaches a level."), "")
        )
    badges = {id(item): page.badge(item, item.level) for item in reached}
    width = max((width_of(text) for text, _ in badges.values()), default=0)
    for item in sorted(reached, key=lambda one: _ORDER[one.purpose]):
        _decision(page, item, badges[id(item)], width)
    _open(page, open_ones)
    quiet = len(decisions) - len(reached) - len(open_ones)
    if quiet and covered:
        text = page.say(f"另有 {quiet} 项未达到任何级别", f"{quiet} more reach no level")
        page.screen.line((text, DIM))


def _decision(page: Page, item: Decision, badge: Run, width: int) -> None:
    """One decision: its level and name, what it could reach, and below what to do about it."""
    rest = page.screen.width - width - 2
    cell: Cell = [[(page.name(item), BOLD), *_could_reach(page, item)]]
    parts = [part for part in (_in_force(page, item), _proposal(page, item)) if part]
    if parts:
        cell.append([run for part in parts for run in (*part, (page.stop, DIM))][:-1])
    page.screen.row([[[badge]], cell], [width, rest], indent=0)


def _could_reach(page: Page, item: Decision) -> Line:
    """The worst that what is unknown still allows, where that is not the level itself."""
    if item.could_reach == item.level:
        return []
    level = page.words.level(item.scale, item.could_reach)
    if item.exact:
        return [(page.say(f"  可能达到{level}", f"  could reach {no_break(level)}"), YELLOW)]
    most = page.say(f"  最多可能到{level}", f"  could reach at most {no_break(level)}")
    return [(most, YELLOW)]


def _in_force(page: Page, item: Decision) -> Line:
    if item.issued:
        level = page.words.level(item.scale, item.issued)
        return [(page.say(f"已发布{level}", f"issued: {level}"), "")]
    if item.in_force:
        level = page.words.level(item.scale, item.in_force)
        return [(page.say(f"已启动{level}", f"in force: {level}"), "")]
    return []


def _proposal(page: Page, item: Decision) -> Line:
    """What is proposed, how binding it is, and whose decision it is."""
    word = page.say(*_PROPOSALS[item.proposal])
    if not word:
        return []
    if item.verb and item.proposal in {"start", "raise"}:
        word = page.words.verb(item.verb) + page.say("", " ") + word
    line: Line = [(word, BOLD)]
    if item.proposal not in {"start", "raise", "lower", "end"}:
        return line
    who = page.words.executor(item.approve) if item.approve else ""
    if item.decided_by:
        who = page.words.named(item.decided_by)
    if who:
        line += [(page.say("，批准：", ", approved by "), DIM), (who, "")]
    if item.decided_by and item.meanwhile:
        line += [(page.say("，期间：", "; meanwhile: "), DIM), (item.meanwhile, "")]
    return line


def _open(page: Page, open_ones: list[Decision]) -> None:
    if not open_ones:
        return
    note = page.say("未达到，但未知情况允许达到", "not reached, but what is unknown allows it")
    more = page.more(open_ones, FIRST_OPEN)
    page.title("尚不能排除", "Not excluded", page.stop.join(filter(None, (note, more))))
    shown = page.first(open_ones, FIRST_OPEN)
    badges = [page.badge(item, item.could_reach) for item in shown]
    width = max(width_of(text) for text, _ in badges)
    for item, badge in zip(shown, badges, strict=True):
        cells: list[Cell] = [[[badge]], [[(page.name(item), "")]]]
        page.screen.row(cells, [width, page.screen.width - width - 2], indent=0)
