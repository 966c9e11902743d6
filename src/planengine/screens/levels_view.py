"""The incident, and the decisions with their levels."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from planengine.assessment.decisions import Decision
from planengine.screens.brief_rows import (
    approver,
    is_by_people,
    is_repeated,
    is_to_issue,
    level_rows,
    open_rows,
    standing,
)
from planengine.screens.page import Page
from planengine.screens.people_view import acting, commanded, declined
from planengine.screens.screen import (
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

_PROPOSALS = {
    "start": ("启动", "start"), "raise": ("提级", "raise"), "keep": ("保持", "keep"),
    "lower": ("降级", "lower"), "end": ("终止", "end"), "none": ("", ""),
}  # fmt: skip


def show_head(page: Page) -> None:
    """What is assessed, for when, and whether it is real; what no rule judges."""
    page.screen.line(*title(page))
    show_taint(page)
    for item in page.assessment.conflicts:
        if item.kind == "not-covered":
            page.screen.line(("! ", RED), (page.say(item.text.zh, item.text.en), RED), hang=2)
    show_rejected(page)


def title(page: Page, most: int | None = None) -> Line:
    """The incident, the assessed time and the hazards, of many `most` by name."""
    assessment, words = page.assessment, page.words
    hazards = [words.hazard(hazard) for hazard in sorted(assessment.incident.hazards)]
    named = page.joined(hazards[:most])
    if most is not None and len(hazards) > most:
        named += page.say(f"等{len(hazards)}种", f" and {len(hazards) - most} more")
    time = words.full_time(assessment.at).replace(":00+", "+").replace("T", " ")
    return [
        (words.label(assessment.incident.label, assessment.incident.id), BOLD),
        (f"  {time}", CYAN),
        (f"  {named}", DIM),
    ]


def show_taint(page: Page) -> None:
    """That it is no actual assessment, where it is none."""
    if page.assessment.tainted:
        banner = page.say(
            "演练或测试数据——不得作为实际研判",
            "EXERCISE OR TEST DATA: not an actual assessment",
        )
        page.screen.line((f" {banner} ", BANNER))


def show_rejected(page: Page) -> None:
    """How many records do not count, and why the first does not."""
    rejected = page.assessment.incident.rejected
    if rejected:
        first = rejected[0]
        page.screen.line(
            ("! ", RED),
            (
                page.say(
                    f"{len(rejected)} 条记录无法读取、未计入；第一条：{first.place}"
                    f" {first.reason.message_in('zh')}",
                    f"{len(rejected)} unreadable records do not count; the first: {first.place} "
                    f"{first.reason.message}",
                ),
                RED,
            ),
            hang=2,
        )


def show_levels(page: Page) -> None:
    """Every decision that has a level, then those of which one is only not excluded."""
    rows, open_ones = level_rows(page.assessment), open_rows(page.assessment)
    page.screen.blank()
    show_nothing(page, rows)
    badges = {id(item): page.badge(item, standing(page.assessment, item)) for item in rows}
    width = max((width_of(text) for text, _ in badges.values()), default=0)
    for item in rows:
        _decision(page, item, badges[id(item)], width)
    _open(page, open_ones)
    for line in acting(page):
        page.screen.line(*line, hang=2)
    repeated = sum(
        is_repeated(page.assessment, item) for item in page.assessment.decisions if item not in rows
    )
    quiet = len(page.assessment.decisions) - len(rows) - len(open_ones) - repeated
    if quiet and is_covered(page):
        text = page.say(f"另有 {quiet} 项未达到任何级别", f"{quiet} more reach no level")
        page.screen.line((text, DIM))


def is_covered(page: Page) -> bool:
    """Whether some document in force is for each hazard: else silence says nothing."""
    return all(item.covered for item in page.assessment.coverage)


def show_nothing(page: Page, rows: Sequence[Decision]) -> None:
    """That nothing is reached, where that can be said."""
    if not rows and is_covered(page):
        page.screen.line(
            (page.say("没有预案或标准达到任何级别。", "No plan or standard reaches a level."), "")
        )


def _decision(page: Page, item: Decision, badge: Run, width: int) -> None:
    """One decision: its level and name, what it could reach, and below what to do about it."""
    rest = page.screen.width - width - 2
    cell: Cell = [[*how_given(page, item), (page.name(item), BOLD), *level_notes(page, item)]]
    said = commanded(page, item), declined(page, item)
    parts = [part for part in (in_force(page, item), _proposal(page, item), *said) if part]
    if parts:
        cell.append([run for part in parts for run in (*part, (page.stop, DIM))][:-1])
    if measures := measures_of(page, item):
        cell.append(measures)
    page.screen.row([[[badge]], cell], [width, rest], indent=0)


def how_given(page: Page, item: Decision) -> Line:
    """That the level of a row is the one that people issued or put in force, not the facts'."""
    if item.issued:
        return [(page.say("（已发布）", "(issued) "), "")]
    if is_by_people(page.assessment, item):
        return [(page.say("（已启动）", "(in force) "), "")]
    return []


def level_notes(page: Page, item: Decision) -> Line:
    """Beside the level that stands: what the facts give, what was reported, what could be."""
    return [(f"  {text}", YELLOW) for text in _notes(page, item)]


def _notes(page: Page, item: Decision) -> Iterator[str]:
    def named(level: str | None) -> str:
        return no_break(page.words.level(item.scale, level))

    stands = standing(page.assessment, item)
    if stands != item.level and stands:
        yield page.say(f"据事实为{named(item.level)}", f"the facts give {named(item.level)}")
    if item.indicated not in {item.level, stands}:
        reported = named(item.indicated)
        yield page.say(f"据报可达{reported}", f"as reported up to {reported}")
    if item.could_reach not in {item.level, item.indicated, stands}:
        most = named(item.could_reach)
        if item.exact:
            yield page.say(f"可能达到{most}", f"could reach {most}")
        else:
            yield page.say(f"最多可能到{most}", f"could reach at most {most}")


def in_force(page: Page, item: Decision) -> Line:
    """What people have put in force, where the row does not begin with it; when they ended it."""
    if item.level and not item.in_force and item.purpose == "level":
        situation = page.assessment.situation
        unit = situation.outline.unit(item.key)
        ended = situation.evidence.eased_at(unit.document, unit.track, unit.area)
        if ended is None:
            return []
        time = no_break(page.clock(ended))
        return [(page.say(f"{time} 已终止", f"ended {time}"), YELLOW)]
    if not item.in_force or (not item.issued and is_by_people(page.assessment, item)):
        return []
    level = no_break(page.words.level(item.scale, item.in_force))
    return [(page.say(f"已启动{level}", f"in force: {level}"), "")]


def measures_of(page: Page, item: Decision) -> Line:
    """What a warning that stands brings with it; [] where it is none, or brings nothing."""
    if item.purpose != "warning" or not item.measures:
        return []
    return [(page.say("措施：", "measures: "), DIM), (page.joined(item.measures), "")]


def proposed(page: Page, item: Decision) -> str:
    """What is proposed, and how binding it is; '' for nothing."""
    to_issue = is_to_issue(page.assessment, item)
    word = page.say("发布", "issue") if to_issue else page.say(*_PROPOSALS[item.proposal])
    if item.verb and (to_issue or item.proposal in {"start", "raise"}):
        word = page.words.verb(item.verb) + page.say("", " ") + word
    return word


def decider(page: Page, item: Decision) -> str:
    """Whose decision it is; '' where nobody is named."""
    if item.decided_by:
        return page.words.named(item.decided_by)
    by = approver(item)
    return page.words.executor(by) if by else ""


def _proposal(page: Page, item: Decision) -> Line:
    """What is proposed, how binding it is, and whose decision it is."""
    word = proposed(page, item)
    if not word:
        return []
    line: Line = [(word, BOLD)]
    if item.proposal in {"keep", "none"} and not is_to_issue(page.assessment, item):
        return line
    by = decider(page, item)
    if by:
        line += [(page.say("，批准：", ", approved by "), DIM), (by, "")]
    if item.decided_by and item.meanwhile:
        line += [(page.say("，期间：", "; meanwhile: "), DIM), (item.meanwhile, "")]
    return line


def _open(page: Page, open_ones: list[Decision]) -> None:
    if not open_ones:
        return
    note = page.say("未达到，但未知情况允许达到", "not reached, but what is unknown allows it")
    page.title("尚不能排除", "Not excluded", note)
    badges = [page.badge(item, item.could_reach) for item in open_ones]
    width = max(width_of(text) for text, _ in badges)
    for item, badge in zip(open_ones, badges, strict=True):
        cells: list[Cell] = [[[badge]], [[(page.name(item), "")]]]
        page.screen.row(cells, [width, page.screen.width - width - 2], indent=0)
