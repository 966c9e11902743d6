"""What is not settled: contradictions, facts to ask for, and what the answer rests on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby

from planengine.answers import Unread
from planengine.assessment.results import Conflict, Question
from planengine.domain.statements import Statement, said_by
from planengine.rules.conditions import Cell, LastingCell
from planengine.screens.page import Page
from planengine.screens.screen import BOLD, DIM, RED, YELLOW, Line


def show_conflicts(page: Page) -> None:
    """Statements that cannot all be true or gave way, and levels that people and facts dispute."""
    for conflict in page.assessment.conflicts:
        if conflict.kind != "not-covered":  # that stands in the head
            page.screen.line((conflict_words(page, conflict), RED), hang=2)
    for item in page.assessment.outdated:
        what = page.words.cell(item.cell)
        gave = page.say("已被更新的消息取代", "gave way to newer news")
        page.screen.line((f"· {what}: {gave}{_told(page, item.statements)}", DIM), hang=2)


def conflict_words(page: Page, conflict: Conflict) -> str:
    """What contradicts what, and who said it when."""
    said = page.say(conflict.text.zh, conflict.text.en)
    head = f"! {page.say('矛盾', 'conflict')}: {_subject(page, conflict)} {said}"
    return head + _told(page, conflict.statements)


def _subject(page: Page, conflict: Conflict) -> str:
    """What a conflict is about, in words."""
    situation = page.assessment.situation
    if conflict.kind == "evidence":
        cells = (cell for cell, _ in situation.evidence.conflicts)
        return next(page.words.cell(cell) for cell in cells if str(cell) == conflict.subject)
    if conflict.decision is not None:
        return page.words.decision(conflict.decision)
    return page.words.document(conflict.subject)


def _told(page: Page, statements: Sequence[Statement]) -> str:
    """Who made statements, and when."""
    told = []
    for one in statements:
        source = said_by(one)
        name = page.words.named(source) if source else ""
        told.append(f"{page.words.time(one.stamp.at)} {name}".strip())
    return page.aside(page.joined(told))


def show_questions(page: Page) -> None:
    """The facts to ask for, most decisive first; those of one body with one effect together."""
    rows = page.assessment.ask
    if not rows:
        return
    page.title("需要核实", "Ask")
    for _, group in groupby(rows, key=lambda item: (item.provider, item.could_give)):
        questions = list(group)
        first = questions[0]
        line: Line = [(provider(page, first), BOLD)]
        gives = settles(page, first, {})
        if gives:
            line.append((page.say("  可定：", "  could settle: ") + gives, DIM))
        page.screen.line(*line, indent=1, hang=3)
        for question in questions:
            _question(page, question)


def provider(page: Page, item: Question) -> str:
    """Who can tell."""
    who = page.joined([page.words.named(name) for name in item.provider])
    return who or page.say("（未指定来源）", "(no source named)")


def settles(page: Page, item: Question, numbers: Mapping[str, int], most: int | None = None) -> str:
    """The decisions that an answer could settle, of levels that are still open first.

    Those that have a number are told by it.
    """
    names = {one.id: one for one in page.assessment.decisions}

    def is_closed(gives: tuple[str, str | None]) -> bool:
        one = names[gives[0]]
        return not page.reached(one) or one.level == one.could_reach or one.issued is not None

    could = sorted(item.could_give, key=is_closed)
    parts = []
    for unit, level in could[:most]:
        name = numbers.get(unit) or page.name(names[unit])
        parts.append(f"{name} {page.words.level(names[unit].scale, level)}")
    return page.stop.join(parts)


def says_a_test(cell: Cell) -> bool:
    """Whether the words of a cell end with a test: for 24 h: fire contained = no."""
    return isinstance(cell, LastingCell)


def _question(page: Page, item: Question) -> None:
    value = page.words.known(item.cell, item.value)
    between = ": " if says_a_test(item.cell) else " = "
    line: Line = [("? ", YELLOW), (page.words.cell(item.cell), BOLD), (f"{between}{value}", "")]
    silent = [place for place in item.silent if place != getattr(item.cell, "place", None)]
    if silent:
        names = page.joined([page.words.place(place) for place in silent])
        line.append((page.say(f"  未报：{names}", f"  silent: {names}"), YELLOW))
    if item.forecast_until is not None:
        line.append((page.forecast_until(item.forecast_until), DIM))
    page.screen.line(*line, indent=3, hang=5)


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
        lines.append((head, page.stop.join(names)))
    if assessment.may_invoke:
        or_ = page.say("或", " or ")
        acts = [
            item.what + page.aside(or_.join(map(words.named, (item.by, *item.alternates))))
            if item.by
            else item.what
            for item in assessment.may_invoke
        ]
        head = page.say("可由人决定：", "people may invoke: ")
        lines.append((head, page.stop.join(acts)))
    if assessment.unread:
        names = unread_names(page)
        lines.append((page.say("未被读取：", "read by no decision: "), page.joined(names)))
    if assessment.recheck_at is not None:
        time = words.time(assessment.recheck_at)
        lines.append((page.say("下次复核：", "look again at: "), time))
    if lines:
        page.screen.blank()
    for head, text in lines:
        page.screen.line((head, BOLD), (text, DIM), hang=2)


def unread_names(page: Page) -> list[str]:
    """The facts that nothing reads, each once, and why."""
    return list(dict.fromkeys(_unread(page, item) for item in page.assessment.unread))


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
