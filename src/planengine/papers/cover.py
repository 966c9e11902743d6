"""The first page of a notice: what it is about, and what is to be done within the hour."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import ceil

from wcwidth import wcswidth

from planengine.assessment.assessment import Assessment
from planengine.assessment.decisions import Decision
from planengine.assessment.results import ActionItem
from planengine.domain.documents import Plan
from planengine.papers.command import commanded
from planengine.papers.levels import advised, running
from planengine.papers.limits import is_immediate
from planengine.papers.matter import where_of
from planengine.papers.offices import headquarters_of, office_of
from planengine.papers.parts import (
    Annex,
    AnnexPart,
    Cover,
    Head,
    Line,
    Sentence,
    Signature,
    Task,
)
from planengine.papers.tasks import MOST_NAMES, is_finished, label_of
from planengine.papers.wording import Wording

HOUR = 3600
_PAGE = 262.0  # millimetres: 257 inside the margins; the estimate below is on the high side
_WIDE, _SHEET, _DO, _WHO, _LIMIT = 40, 33, 24, 10.5, 8  # full-width signs of a line and of columns
_SHORT_LIMITS = {"start", "level-change", "proposal", "met"}
_TITLES: dict[AnnexPart, tuple[str, str]] = {
    "matter": ("响应事项、级别和依据", "Matter, level and reasons"),
    "measures": ("措施分工和主送单位", "Measures, and all addressees"),
    "reports": ("信息报告和发布", "Reports and releases"),
    "open": ("预案衔接、待核实和待人决定", "Other plans, and what is open"),
    "unknown": ("不详和推定的情况", "What is unknown or assumed"),
}


def annexes(parts: Sequence[AnnexPart], wording: Wording) -> tuple[Annex, ...]:
    """The annexes that a notice has, numbered from 1."""
    return tuple(
        Annex(number, part, wording.say(*_TITLES[part])) for number, part in enumerate(parts, 1)
    )


def cover_of(
    item: Decision,
    plan: Plan,
    duration: Sentence,
    rows: Sequence[tuple[ActionItem, Task, bool]],
    around: tuple[Head, Sequence[Signature]],
    assessment: Assessment,
    wording: Wording,
) -> Cover:
    """What fits on one page; `rows` are the measures, each with whether the level brings it.

    `around` is what else stands on that page.
    """
    say = wording.say
    lines = [
        Line(say("响应事项", "Matter"), Sentence(_matter(assessment, wording))),
        Line(say("响应级别", "Level"), _level(item, wording)),
        Line(say("适用范围", "Area"), Sentence(wording.words.place(item.area))),
        Line(say("启动时间", "From"), _since(item, assessment, wording)),
        Line(say("预计期限", "Expected duration"), Sentence(duration.text, marks=duration.marks)),
        Line(say("指挥机构", "Headquarters"), Sentence(_command(item, plan, assessment, wording))),
    ]
    urgent = sorted(
        ((one, row) for one, row, new in rows if _is_urgent(one, assessment.at)),
        key=lambda pair: _turn(pair[0], rows),
    )
    left = _PAGE - _taken(*around)
    left -= sum(1.6 + 5.5 * _lines(one.said.text, _SHEET) for one in lines)
    first: list[Task] = []
    for _, row in urgent:
        left -= _height(row)
        if left < 0:
            break
        first.append(row)
    late = sum(row.late for _, row, _ in rows)
    return Cover(tuple(lines), tuple(first), len(urgent) - len(first), late, len(rows))


def _turn(one: ActionItem, rows: Sequence[tuple[ActionItem, Task, bool]]) -> tuple[bool, int]:
    """What the level brings comes first, each by time."""
    new = any(of is one and brought for of, _, brought in rows)
    return not new, one.deadline.earliest if one.deadline is not None else 0


def _is_urgent(one: ActionItem, at: int) -> bool:
    """Whether it is to be done within the hour, or of a start that is awaited within its first."""
    limit = one.deadline
    if limit is None or limit.overdue or is_finished(one):
        return False
    if is_immediate(limit):
        return True
    if limit.due is None:
        return (
            not limit.timing.clock
            and limit.timing.seconds <= HOUR
            and limit.timing.meaning in _SHORT_LIMITS
        )
    return at <= limit.due <= at + HOUR


def _taken(head: Head, signatures: Sequence[Signature]) -> float:
    """Millimetres that head, foot and signatures take."""
    titles = 7 + 9.1 * _lines(head.title, 25)
    banner = (20 if head.banner else 0) + (17 if head.translation else 0)
    marked = 11 + (15 if head.unverified else 0)
    warned = (
        2 + 6.1 * _lines(f"{head.warnings[0].text}{head.warnings[0].told}", _WIDE)
        if head.warnings
        else 0
    )
    shown = "、".join(head.addressees[:6]) + "批准后主送：等00家单位（名单见附件2）"
    addressees = 1 + 6.1 * _lines(shown, _WIDE) + 7 * any(one.decides for one in signatures)
    tables = 12 + 13 + 18  # heading, head of the table, what stands below it
    signed = 5 + sum(4 + 5.5 * _lines(one.who, 15) for one in signatures) + 2 * 6.1
    copies = 5 + 5.6 * _lines("、".join(head.copies), _WIDE) if head.copies else 0
    return titles + 9 + banner + marked + warned + addressees + tables + signed + copies + 6


def _height(row: Task) -> float:
    """Millimetres that a measure takes in the table."""
    who = row.who if len(row.bodies) <= MOST_NAMES else "、".join(row.bodies[:MOST_NAMES]) + "等家"
    text = f"{row.do}{''.join(row.marks)}（{row.verb}）"
    lines = max(_lines(text, _DO), _lines(who, _WHO), _lines(row.deadline, _LIMIT))
    return 1.6 + 5 * lines


def _lines(text: str, columns: float) -> int:
    words = 1.2 if text.isascii() else 1  # words do not break anywhere, as Chinese does
    return max(1, ceil(words * max(wcswidth(text), 0) / 2 / columns))


def _matter(assessment: Assessment, wording: Wording) -> str:
    incident = assessment.incident
    parts = [
        label_of(incident.label, incident.id, wording.language),
        wording.say("、", ", ").join(where_of(assessment, wording)),
    ]
    return wording.say("，", "; ").join(filter(None, parts))


def _level(item: Decision, wording: Wording) -> Sentence:
    now = wording.level(item.scale, item.in_force) if item.in_force else ""
    advice = advised(item, wording)
    if advice:
        return Sentence(advice, marks=(wording.say("建议", "ADVICE"),))
    return Sentence(now, marks=(wording.say("已启动", "IN FORCE"),))


def _since(item: Decision, assessment: Assessment, wording: Wording) -> Sentence:
    say = wording.say
    put = running(assessment, item)
    told = []
    if put is not None:
        now = wording.level(item.scale, item.in_force)
        at, by = wording.time(put.stamp.at, year=True), wording.decided_by(put.by)
        told.append(say(f"{at}（{now}，{by}决定）", f"{at} ({now}, decided by {by})"))
    if item.proposal in {"start", "raise"}:
        level = wording.level(item.scale, item.level)
        told.append(say(f"{level}自批准之时起", f"{level} from its approval on"))
    elif item.proposal in {"lower", "end"}:
        told.append(say("变更自批准之时起", "the change from its approval on"))
    return Sentence(say("；", "; ").join(told))


def _command(item: Decision, plan: Plan, assessment: Assessment, wording: Wording) -> str:
    heads = wording.names(headquarters_of(assessment, plan))
    office = [one for one in wording.names(office_of(assessment, plan)) if one not in heads]
    joint = wording.say("、", ", ")
    text = commanded(item, wording) or joint.join(heads) or wording.words.named(plan.jurisdiction)
    if office:
        return text + wording.say(
            f"（办公室：{joint.join(office)}）", f" (office: {joint.join(office)})"
        )
    return text


def parts_of(*, measures: bool, reports: bool) -> Iterator[AnnexPart]:
    """Which annexes a notice has."""
    yield "matter"
    if measures:
        yield "measures"
    if reports:
        yield "reports"
    yield "open"
    yield "unknown"
