"""What is not settled: contradictions, facts to ask for, and what the answer rests on."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from planengine.assessment.decisions import Decision
from planengine.assessment.results import Question, Unread
from planengine.cli.page import Page
from planengine.cli.screen import BOLD, DIM, RED, YELLOW, Line

FIRST_QUESTIONS = 5
FIRST_SETTLED = 3
FIRST_ASSUMED = 6
FIRST_ACTS = 5


def show_conflicts(page: Page) -> None:
    """Statements that cannot all be true or gave way, and levels that people and facts dispute."""
    for conflict in page.assessment.conflicts:
        if conflict.kind == "not-covered":
            continue  # it stands in the head
        ids = ", ".join(statement.stamp.id for statement in conflict.statements)
        said = page.say(conflict.text.zh, conflict.text.en)
        text = f"! {page.say('矛盾', 'conflict')}: {conflict.subject} {said} {ids}"
        page.screen.line((text.strip(), RED), hang=2)
    for item in page.assessment.outdated:
        ids = ", ".join(statement.stamp.id for statement in item.statements)
        what = page.words.cell(item.cell)
        gave = page.say("已被更新的消息取代", "gave way to newer news")
        page.screen.line((f"· {what}: {gave} {ids}", DIM), hang=2)


def show_questions(page: Page) -> None:
    """The facts to ask for, most decisive first; those of one body with one effect together.

    Of each level shown above that is still open, the first question that could move it is
    among those shown, however far down it stands.
    """
    rows = page.assessment.ask
    if not rows:
        return
    names = {item.id: item for item in page.assessment.decisions}
    open_ones = [one.id for one in names.values() if page.reached(one) and _is_open(one)]
    chosen = rows if page.everything else _chosen(rows, open_ones)
    shown = [row for row in rows if row in chosen]
    page.title("需要核实", "Ask")

    def shared(item: Question) -> tuple[object, ...]:
        return item.provider, item.could_give

    for _, group in groupby(shown, key=shared):
        questions = list(group)
        first = questions[0]
        could = sorted(first.could_give, key=lambda gives: gives[0] not in open_ones)
        gives = [
            f"{page.name(names[unit])} {page.words.level(names[unit].scale, level)}"
            for unit, level in page.first(could, FIRST_SETTLED)
        ]
        who = page.joined([page.words.named(name) for name in first.provider])
        head: Line = [(who or page.say("（未指定来源）", "(no source named)"), BOLD)]
        if gives:
            settles = page.say("  可定：", "  could settle: ") + page.say("；", "; ").join(gives)
            head.append((settles + page.aside(page.more(could, FIRST_SETTLED)), DIM))
        page.screen.line(*head, indent=1, hang=3)
        for question in questions:
            _question(page, question)
    _others(page, [row for row in rows if row not in shown])


def _is_open(item: Decision) -> bool:
    """Whether what is unknown separates the certain level from the possible one."""
    return item.level != item.could_reach and item.issued is None


def _chosen(rows: Sequence[Question], open_ones: Sequence[str]) -> list[Question]:
    """The first questions, and of each open decision the first that could move it."""
    first = list(rows[:FIRST_QUESTIONS])
    for unit in open_ones:
        first += [row for row in rows if unit in dict(row.could_give)][:1]
    return first


def _question(page: Page, item: Question) -> None:
    value = page.words.known(item.cell, item.value)
    line: Line = [("? ", YELLOW), (page.words.cell(item.cell), BOLD), (f" = {value}", "")]
    silent = [place for place in item.silent if place != getattr(item.cell, "place", None)]
    if silent:
        names = page.joined([page.words.place(place) for place in silent])
        line.append((page.say(f"  未报：{names}", f"  silent: {names}"), YELLOW))
    if item.forecast_until is not None:
        line.append((page.forecast_until(item.forecast_until), DIM))
    page.screen.line(*line, indent=3, hang=5)


def _others(page: Page, rest: Sequence[Question]) -> None:
    """How many questions are not shown, those with nothing reported told apart."""
    begun = sum(question.observed for question in rest)
    parts = []
    if begun:
        parts.append(page.say(f"另有 {begun} 项已有部分数据", f"{begun} more known in part"))
    if len(rest) > begun:
        silent = len(rest) - begun
        parts.append(page.say(f"{silent} 项尚无任何报告", f"{silent} with nothing reported yet"))
    if parts:
        text = page.say("，", ", ").join(parts) + page.say("：--all", ": --all")
        page.screen.line((text, DIM), indent=1)


def show_caveats(page: Page) -> None:
    """What is assumed, what people may invoke, what no rule reads, and when to look again."""
    assessment, words = page.assessment, page.words
    lines: list[tuple[str, str]] = []
    if assessment.assumed:
        earlier = page.aside(page.say("报告之前", "before it was reported"))
        names = [
            words.cell(item.cell) + (earlier if item.earlier else "") for item in assessment.assumed
        ]
        head = page.say("默认未发生：", "assumed not to have happened: ")
        lines.append((head, _some(page, names, FIRST_ASSUMED)))
    if assessment.may_invoke:
        acts = [
            item.what + page.aside(words.named(item.by) if item.by else "")
            for item in assessment.may_invoke
        ]
        head = page.say("可由人决定：", "people may invoke: ")
        lines.append((head, _some(page, acts, FIRST_ACTS)))
    if assessment.unread:
        names = list(dict.fromkeys(_unread(page, item) for item in assessment.unread))
        lines.append((page.say("未被读取：", "read by no decision: "), page.joined(names)))
    if assessment.recheck_at is not None:
        time = words.time(assessment.recheck_at)
        lines.append((page.say("下次复核：", "look again at: "), time))
    if lines:
        page.screen.blank()
    for head, text in lines:
        page.screen.line((head, BOLD), (text, DIM), hang=2)


def _unread(page: Page, item: Unread) -> str:
    """A fact that nothing reads, and why."""
    words = page.words
    hazards = page.joined([words.hazard(each) for each in item.hazards])
    why = {
        "no-rule": page.say("没有规则读取", "no rule reads it"),
        "other-hazards": page.say(f"仅用于{hazards}", f"only for {hazards}"),
        "place": page.say("该处无人研判", "nobody decides there"),
        "subject": page.say("不是该对象的指标", "not a fact of such a thing"),
        "scope": page.say("不在事件范围内", "outside the incident's scope"),
    }[item.reason]
    where = item.place in {"incident", words.entities.home} or item.reason in {
        "no-rule",
        "other-hazards",
    }
    name = words.fact(item.fact)
    return (name if where else f"{name} @ {words.place(item.place)}") + page.aside(why)


def _some(page: Page, names: list[str], most: int) -> str:
    """The first names, and how many more there are."""
    return page.stop.join(page.first(names, most)) + page.aside(page.more(names, most))
