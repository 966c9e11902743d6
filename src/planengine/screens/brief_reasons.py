"""The one reason that a level's row gives, in words: what held, who said it when, the clause."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from planengine.assessment.decisions import Decision
from planengine.assessment.results import Held, Reason
from planengine.domain.statements import Issue, said_by
from planengine.rules.conditions import Cell, LevelCell
from planengine.screens.brief_rows import (
    certain_rank,
    held_in,
    is_by_people,
    is_unverified,
    reason_of,
)
from planengine.screens.page import Page
from planengine.screens.screen import DIM, YELLOW, Line, Run
from planengine.values.sets import NumberSet, ValueSet, number

_RANGE = re.compile(r"([\[(])([^\s\[\]()]+?)\.\.([^\s\[\]()]+?)([\])])")


def versions(page: Page, item: Decision, numbers: Mapping[str, int]) -> list[Line]:
    """The reason of a decision, the fullest version first; [] where it has none.

    Of a level that people issued or put in force beyond the facts, who did so when. Decisions that
    have `numbers` are told by them.
    """
    if item.issued:
        return [[(text, DIM)] for text in _issued(page, item)]
    reason = reason_of(item)
    found = list(_versions(page, item, reason, numbers)) if reason is not None else []
    if not is_by_people(page.assessment, item):
        return found
    started = _started(page, item)
    both = [
        [(started, DIM), (page.stop + page.say("据事实：", "the facts: "), DIM), *one]
        for one in found
    ]
    return [*both, [(started, DIM)]]


def is_short(item: Decision) -> bool:
    """Whether the reason is another level, or that it was issued."""
    return item.issued is not None or bool(followed(item))


def followed(item: Decision) -> str:
    """The decision that the level follows from; '' where it follows from none."""
    reason = reason_of(item)
    cell = held_in(reason)[0].cell if reason is not None and not item.issued else None
    return str(cell.unit) if isinstance(cell, LevelCell) else ""


def value_words(page: Page, cell: Cell, value: ValueSet, *, with_unit: bool = True) -> str:
    """What is known of a cell, with ranges as people write them: "5–27" for "[5..27]"."""
    known = page.words.known(cell, value, with_unit=with_unit)
    return _RANGE.sub(lambda found: _range(page, *found.groups()), known)


def _range(page: Page, left: str, low: str, high: str, right: str) -> str:
    if (left, right) == ("[", "]"):
        return f"{low}–{high}"
    above, below = ">" if left == "(" else "≥", "<" if right == ")" else "≤"
    return f"{above} {low}{page.say(' 且 ', ' and ')}{below} {high}"


def _versions(
    page: Page, item: Decision, reason: Reason, numbers: Mapping[str, int]
) -> Iterator[Line]:
    held = held_in(reason)
    mark: Line = []
    if is_unverified(reason):
        mark = [(page.say("数值未核实 ", "figure unverified "), YELLOW)]
    clause = _clause(page, item, reason, held[0])
    every = page.stop.join(_held(page, item, one, numbers) for one in held)
    full: Line = [*mark, (every, ""), _said(page, held), *_estimated(page, held)]
    yield [*full, (page.say("，", ", ") + clause if clause else "", DIM)]
    yield full
    first, guess = held[:1], _estimated(page, held[:1])
    text = _held(page, item, held[0], numbers)
    yield [*mark, (text, ""), _said(page, first), *guess]
    yield [*mark, (text, ""), *guess]
    yield [*mark, (_held(page, item, held[0], numbers, asked=False), ""), *guess]


def _said(page: Page, held: tuple[Held, ...]) -> Run:
    """Who told the newest of it, and when."""
    told = [one for each in held for one in each.statements]
    newest = max(told, key=lambda one: one.stamp.at, default=None)
    if newest is None:
        return "", ""
    source = said_by(newest)
    name = page.words.named(source) if source else ""
    return page.say("，", ", ") + f"{name} {page.clock(newest.stamp.at)}".strip(), DIM


def _estimated(page: Page, held: tuple[Held, ...]) -> Line:
    """That it is an estimate."""
    return [(page.say(" 估计", " est."), YELLOW)] if any(one.estimated for one in held) else []


def _held(
    page: Page, item: Decision, held: Held, numbers: Mapping[str, int], *, asked: bool = True
) -> str:
    """A condition in words with its value; of another decision its number or name, and level."""
    cell = held.cell
    if isinstance(cell, LevelCell):
        return _follows(page, held, cell, numbers)
    row_says_place = getattr(cell, "place", None) == item.area
    name = page.words.name_and_place(cell)[0] if row_says_place else page.words.cell(cell)
    text = f"{name} {value_words(page, cell, held.value)}"
    if not asked or held.value == held.accepts or not _is_bound(held):
        return text
    return text + page.aside(value_words(page, cell, held.accepts, with_unit=False))


def _is_bound(held: Held) -> bool:
    """Whether a test leaves any number out."""
    accepts, every = held.accepts, held.cell.domain.everything
    if isinstance(accepts, NumberSet) and isinstance(every, NumberSet):
        return accepts.intervals != every.intervals
    return accepts != every


def _follows(page: Page, held: Held, cell: LevelCell, numbers: Mapping[str, int]) -> str:
    """From which decision a level follows: its number where it has a row, and its level."""
    situation = page.assessment.situation
    level = page.words.value(cell, number(certain_rank(held)))
    name = numbers.get(str(cell.unit)) or page.words.decision(cell.unit)
    issued = cell.read == "computed" and situation.index.get(cell.unit) in situation.issued
    how = page.say("（已启动）", " in force") if cell.read == "active" else ""
    return f"← {name} " + level + (page.say("（已发布）", " issued") if issued else how)


def _clause(page: Page, item: Decision, reason: Reason, held: Held) -> str:
    """The clause that a reason rests on, with its source where that is not the document's own.

    A link is in the document that it leads from.
    """
    rests_on = reason.basis or item.basis
    if not rests_on:
        return ""
    outline = page.assessment.situation.outline
    own = [outline.document(outline.unit(item.key))]
    if isinstance(held.cell, LevelCell) and held.cell.unit in outline.index:
        own.append(outline.document(outline.unit(held.cell.unit)))
    basis = rests_on[0]
    source = page.words.source(basis.source)
    names = {page.words.label(one.label) for one in own}
    names |= {page.words.source(one.source) for document in own for one in document.basis}
    if not basis.clause:
        return source
    if source in names:
        return page.say(f"依据 {basis.clause}", f"clause {basis.clause}")
    return f"{source} {basis.clause}"


def _issued(page: Page, item: Decision) -> tuple[str, str]:
    """Who issued the level that stands, and when."""
    situation = page.assessment.situation
    unit = situation.outline.unit(item.key)
    standing = situation.evidence.standing(unit.scale.id, unit.document, unit.area, unit.track)
    worst = max(standing, key=_severity)
    by = worst.by or worst.stamp.source
    name = page.words.named(by) if by else ""
    when = page.clock(situation.evidence.journal.period_of(worst)[0])
    short = page.say(f"{when} 发布", f"issued {when}")
    return page.say(f"{name} {short}".strip(), short + (f" by {name}" if by else "")), short


def _started(page: Page, item: Decision) -> str:
    """Who put in force what is, and when."""
    situation = page.assessment.situation
    running = situation.running(situation.outline.unit(item.key))
    if running is None:
        return ""
    by = running.by or running.stamp.source
    name = page.words.named(by) if by else ""
    when = page.clock(situation.evidence.journal.time_of(running))
    return page.say(
        f"{name} {when} 启动".strip(), f"started {when}" + (f" by {name}" if by else "")
    )


def _severity(issue: Issue) -> tuple[int, int]:
    return issue.rank, issue.stamp.at
