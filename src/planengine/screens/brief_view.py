"""The default screen: at most 40 lines of 100 columns, to be read in ten seconds.

Levels with the one reason that gives each, what changed, what to decide and by whom, the next
duties, the newest overdue ones, three questions; and one line that counts what is not shown.
What is chosen does not depend on the terminal: a narrower one only breaks the lines.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import IntEnum
from typing import TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from planengine.assessment.assessment import Assessment
from planengine.assessment.decisions import Decision
from planengine.assessment.results import ActionItem, Held, Question, Reason, ReportItem
from planengine.library.statements import said_by
from planengine.rules.conditions import LevelCell
from planengine.screens.brief_rows import (
    MOST_NEXT,
    MOST_QUESTIONS,
    Choice,
    DutyItem,
    choices,
    duty_rows,
    held_in,
    is_unverified,
    leads,
    level_rows,
    open_rows,
    question_rows,
    reason_of,
    standing,
)
from planengine.screens.changes import Levels, changes
from planengine.screens.duty_words import (
    approvers,
    bound,
    document_of,
    response,
    to_whom,
    which,
    who,
)
from planengine.screens.levels_view import (
    decider,
    how_given,
    in_force,
    level_notes,
    proposed,
    show_head,
    show_nothing,
)
from planengine.screens.notes_view import excluded_words
from planengine.screens.page import Page
from planengine.screens.questions_view import conflict_words, provider, settles, unread_names
from planengine.screens.screen import (
    BOLD,
    CYAN,
    DIM,
    RED,
    YELLOW,
    Line,
    Run,
    Screen,
    clip,
    no_break,
    width_of,
)
from planengine.values.sets import NumberSet

MOST_LINES = 40
COLUMNS = 100
WHEN = 11  # columns for when something is due; longer words push the rest
BODIES = 2  # by name, of those who act
ALARMS = 2


Kind: TypeAlias = tuple[tuple[str, str], list[str]]
"""A kind of change, by its name in both languages, with what changed."""


class Beside(IntEnum):
    """Which reasons stand beside their levels; each other one has a line of its own."""

    NONE = 0
    SHORT = 1  # another level, where the whole line has room for it
    LEVELS = 2  # another level, without its clause where that has no room
    ALL = 3


class Density(Struct, frozen=True):
    """How much room the parts take; where a screen is too long the next, denser one is tried."""

    beside: Beside = Beside.NONE
    lines: int = 2  # the most that an overdue duty, a question or a kind of change takes
    blanks: bool = True
    late: int = 3
    next_lines: int = 2  # the most that a duty takes that is to come
    questions: int = MOST_QUESTIONS
    reason_lines: int = 2
    levels: int | None = None


_SHORT = Density(Beside.SHORT, lines=1, blanks=False)
_TIGHT = Density(Beside.LEVELS, lines=1, blanks=False, late=1, next_lines=1)
DENSITIES = (
    Density(),
    Density(Beside.SHORT),
    Density(Beside.SHORT, lines=1),
    _SHORT,
    replace(_SHORT, late=2),
    replace(_SHORT, beside=Beside.LEVELS, late=2),
    replace(_TIGHT, next_lines=2),
    replace(_TIGHT, late=2),
    _TIGHT,
    replace(_TIGHT, questions=2),
    replace(_TIGHT, questions=1),
    replace(_TIGHT, questions=2, reason_lines=1),
    replace(_TIGHT, questions=1, reason_lines=1),
    *(
        replace(_TIGHT, questions=1, beside=Beside.ALL, levels=levels)
        for levels in (None, 13, 11, 9, 7, 5, 3)
    ),
)


class Left(Struct, frozen=True):
    """How many rows of each kind are not shown."""

    levels: int
    not_excluded: int
    overdue: int
    duties: int
    questions: int
    assumed: int
    bodies: int
    notes: int


def show_brief(page: Page, before: Assessment | None) -> Left:
    """Write the screen, but for its last line; what it left out."""
    density = next((one for one in DENSITIES if _fits(page, before, one)), DENSITIES[-1])
    return _write(page, before, density)


def _fits(page: Page, before: Assessment | None, density: Density) -> bool:
    trial = Page(page.assessment, page.words.language, Screen(COLUMNS, colour=False))
    show_rest(trial, _write(trial, before, density))
    return trial.screen.text().count("\n") <= MOST_LINES


def _write(page: Page, before: Assessment | None, density: Density) -> Left:
    assessment = page.assessment
    rows = level_rows(assessment)
    following, late = duty_rows(assessment)
    asked = question_rows(assessment, rows)
    _show_head(page)
    notes = _show_alarms(page)
    if density.blanks:
        page.screen.blank()
    show_nothing(page, rows)
    shown = rows[: density.levels]
    numbers = {item.id: number for number, item in enumerate(shown, 1)}
    _show_levels(page, shown, numbers, density)
    if before is not None:
        show_changes(page, before, numbers, lines=density.lines, blank=density.blanks)
    _show_choices(page, rows, numbers, density)
    _show_duties(page, following[:MOST_NEXT], late[: density.late], len(late), density)
    _show_questions(page, asked[: density.questions], numbers, density)
    notes += _show_unread(page)
    if density.blanks:
        page.screen.blank()
    every = len(assessment.actions) + len(assessment.reports)
    return Left(
        levels=len(rows) - len(shown),
        not_excluded=len(open_rows(assessment)),
        overdue=len(late[density.late :]),
        duties=every - len(late) - len(following[:MOST_NEXT]),
        questions=len(assessment.ask) - len(asked[: density.questions]),
        assumed=len(assessment.assumed),
        bodies=len(assessment.agencies),
        notes=notes + len(assessment.may_invoke) + len(assessment.resources),
    )


def show_rest(page: Page, left: Left) -> None:
    """The last line: how many rows of each kind `--all` shows besides, and what `--why` does."""
    say = page.say
    parts = [
        (left.levels, say("项级别", "levels")),
        (left.not_excluded, say("项不能排除", "possible")),
        (left.overdue, say("项超时", "overdue")),
        (left.duties, say("项任务", "duties")),
        (left.questions, say("项核实", "questions")),
        (left.assumed, say("项默认", "assumed")),
        (left.bodies, say("家单位", "bodies")),
        (left.notes, say("项其他", "notes")),
    ]
    counted = [f"{count}{say('', ' ')}{kind}" for count, kind in parts if count]
    rest = say("、", ", ").join(counted)
    text = say(f"--all 另有：{rest}", f"--all: {rest}") if rest else "--all"
    why = say("；--why 理由", "; --why")
    whole = text + why if width_of(text + why) <= COLUMNS else text
    page.screen.line((whole, DIM))


# The head


def _show_head(page: Page) -> None:
    recheck = page.assessment.recheck_at
    time = page.clock(recheck + -recheck % 60) if recheck is not None else ""
    again = page.say(f"  下次复核 {time}", f"  look again {time}")
    show_head(page, (again if time else "", DIM))


def _show_alarms(page: Page) -> int:
    """Contradictions, and plans that do not apply; how many of them and their like are left out."""
    assessment = page.assessment
    conflicts = [item for item in assessment.conflicts if item.kind != "not-covered"]
    for item in conflicts[:ALARMS]:
        page.screen.line((conflict_words(page, item), RED), hang=2)
    for excluded in assessment.excluded[:ALARMS]:
        page.screen.line((f"! {excluded_words(page, excluded)}", YELLOW), hang=2)
    gaps = sum(
        len(item.gaps) for item in assessment.decisions if page.reached(item) or item.could_reach
    )
    hidden = len(conflicts[ALARMS:]) + len(assessment.excluded[ALARMS:])
    return hidden + len(assessment.outdated) + gaps


def _line(page: Page, runs: Sequence[Run], indent: int, hang: int, lines: int = 1) -> None:
    """A paragraph cut to what so many lines of a hundred columns hold."""
    page.screen.line(*clip(runs, _room(indent, hang, lines)), indent=indent, hang=hang)


def _room(indent: int, hang: int, lines: int) -> int:
    """The columns that surely fit on so many lines, wherever they break."""
    return COLUMNS - indent + (lines - 1) * (COLUMNS - hang - 12)


def _title(page: Page, density: Density, *runs: Run) -> None:
    if density.blanks:
        page.screen.blank()
    page.screen.line(*runs)


# Levels


def _show_levels(
    page: Page, rows: Sequence[Decision], numbers: Mapping[str, int], density: Density
) -> None:
    badges = [page.badge(item, standing(item) or item.level) for item in rows]
    width = max((width_of(text) for text, _ in badges), default=0)
    for item, badge in zip(rows, badges, strict=True):
        line: Line = [(f"{numbers[item.id]:>2} ", DIM), badge]
        line.append((" " * (width - width_of(badge[0])), ""))
        line += [*how_given(page, item), (page.name(item), BOLD)]
        line += [*level_notes(page, item), *_people(page, item)]
        why = reason_of(item)
        told = _reason(page, item, why, numbers) if why is not None else []
        left = width + 3
        beside = _beside(why, line, told, numbers, density)
        _line(page, beside or line, 0, left, 1 if beside else 2)
        if told and not beside:
            _line(page, told, left, left + 2, density.reason_lines)


def _beside(
    why: Reason | None,
    line: Line,
    told: Line,
    numbers: Mapping[str, int],
    density: Density,
) -> Line:
    """A level with its reason on one line; nothing where that is to have its own."""
    both = [*line, ("  ", ""), *told]
    if why is None or density.beside is Beside.ALL:
        return both
    cell = held_in(why)[0].cell
    if density.beside is Beside.NONE or not isinstance(cell, LevelCell):
        return []
    if density.beside is Beside.LEVELS and _width(both) > COLUMNS:
        both = both[:-1]  # without the clause
    if density.beside is Beside.LEVELS and _width(both) > COLUMNS and cell.unit in numbers:
        both = [*line, (f"  ← {numbers[cell.unit]}", "")]  # the level stands in that row
    return both if _width(both) <= COLUMNS else []


def _width(line: Line) -> int:
    return sum(width_of(text) for text, _ in line)


def _people(page: Page, item: Decision) -> Line:
    """What is in force, and that it is to be kept."""
    line = [("  ", ""), *in_force(page, item)] if in_force(page, item) else []
    if item.proposal == "keep":
        line.append((page.stop + proposed(page, item), ""))
    return line


def _reason(page: Page, item: Decision, reason: Reason, numbers: Mapping[str, int]) -> Line:
    """Why a level is given: what held, its value, who said it when, and the clause."""
    held = held_in(reason)
    line: Line = []
    if is_unverified(reason):
        line.append((page.say("数值未核实 ", "figure unverified "), YELLOW))
    line.append((page.stop.join(_held(page, one, numbers) for one in held), ""))
    told = [one for each in held for one in each.statements]
    newest = max(told, key=lambda one: one.stamp.at, default=None)
    if newest is not None:
        source = said_by(newest)
        name = page.words.named(source) if source else ""
        when = page.clock(newest.stamp.at)
        line.append((page.say("，", ", ") + f"{name} {when}".strip(), DIM))
    if any(one.estimated for one in held):
        line.append((page.say(" 估计", " est."), YELLOW))
    clause = _clause(page, item, reason, held[0])
    return [*line, (page.say("，", ", ") + clause if clause else "", DIM)]


def _held(page: Page, held: Held, numbers: Mapping[str, int]) -> str:
    """A condition in words with its value; of another decision its number or name, and level."""
    words, cell = page.words, held.cell
    if isinstance(cell, LevelCell):
        return _follows(page, cell, numbers)
    value, asked = words.value(cell, held.value), words.value(cell, held.accepts)
    text = f"{words.cell(cell)} {value}"
    unit = value.rpartition(" ")[2]
    if not any(letter.isdigit() for letter in unit):
        asked = asked.removesuffix(f" {unit}")
    if held.value == held.accepts or not _is_bound(held):
        return text
    return text + page.aside(asked)


def _is_bound(held: Held) -> bool:
    """Whether a test leaves any number out."""
    accepts, every = held.accepts, held.cell.domain.everything
    if isinstance(accepts, NumberSet) and isinstance(every, NumberSet):
        return accepts.intervals != every.intervals
    return accepts != every


def _follows(page: Page, cell: LevelCell, numbers: Mapping[str, int]) -> str:
    """From which decision a level follows: its number where it has a row, and its level."""
    situation = page.assessment.situation
    unit = situation.outline.unit(cell.unit)
    running = cell.read == "active"
    rank = situation.in_force(unit) if running else situation.outcome(cell.unit)[0]
    found = unit.scale.by_rank(rank) if rank else None
    level = page.words.level(unit.scale.id, found.id if found else None)
    number = numbers.get(cell.unit)
    name = page.words.document(unit.document) if number is None else f"{number}"
    return f"← {name} " + level + (page.say("（已启动）", " in force") if running else "")


def _clause(page: Page, item: Decision, reason: Reason, held: Held) -> str:
    """The clause that a reason rests on, with its source where that is not the document's own.

    A link is in the document that it leads from.
    """
    rests_on = reason.basis or item.basis
    if not rests_on:
        return ""
    outline = page.assessment.situation.outline
    own = [outline.document(outline.unit(item.id))]
    if isinstance(held.cell, LevelCell):
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


# What to decide


def _show_choices(
    page: Page, rows: Sequence[Decision], numbers: Mapping[str, int], density: Density
) -> None:
    found = choices(rows)
    if found:
        _title(page, density, (page.say("待决定", "Decide now"), BOLD))
    for choice in found:
        line = _choice(page, choice, numbers, named=True)
        if _width(line) >= COLUMNS:
            line = _choice(page, choice, numbers, named=False)
        page.screen.line(*line, indent=1, hang=3)
    plan, bodies = leads(page.assessment, rows)
    if plan is not None and bodies:
        names = page.joined([page.words.named(body) for body in bodies])
        which_one = next(item for item in rows if item.plan == plan)
        name = _numbered(page, which_one, numbers)
        head = page.say(f"{name} 牵头：", f"{name} is led by: ")
        page.screen.line((head, DIM), (names, ""), indent=1, hang=3)


def _choice(page: Page, choice: Choice, numbers: Mapping[str, int], *, named: bool) -> Line:
    """Who decides, and what: rows by number, and by name where there is room."""
    by = decider(page, choice.by) or page.say("（未指明由谁批准）", "(nobody is named to approve)")
    line: Line = [(by, BOLD), (page.say("：", ": "), "")]

    def same(item: Decision) -> tuple[str, str]:
        return proposed(page, item), _to(page, item)

    groups: dict[tuple[str, str], list[Decision]] = {}
    for item in choice.decisions:
        groups.setdefault(same(item), []).append(item)
    before = ""
    for (word, level), items in groups.items():
        line.append((page.stop if before else "", ""))
        line.append(((level.strip() if word == before else word + level), BOLD))
        shown = [_numbered(page, one, numbers, named=named) for one in items]
        line.append((page.say("：", ": ") + page.joined(shown), ""))
        before = word
    if choice.by.decided_by and choice.by.meanwhile:
        line.append((page.say("；期间：", "; meanwhile: ") + choice.by.meanwhile, DIM))
    return line


def _numbered(
    page: Page, item: Decision, numbers: Mapping[str, int], *, named: bool = False
) -> str:
    """A decision by the number of its row; by its name where it has none, or `named`."""
    number = numbers.get(item.id)
    if number is None:
        return page.name(item)
    return f"{number} {page.name(item)}" if named else f"{number}"


def _to(page: Page, item: Decision) -> str:
    """To which level something is started, raised or lowered."""
    if item.proposal == "end":
        return ""
    level = page.words.level(item.scale, item.level)
    if item.proposal == "start":
        return page.say(level, f" {level}")
    return page.say(f"至{level}", f" to {level}")


# Duties


def _show_duties(
    page: Page,
    following: Sequence[DutyItem],
    late: Sequence[DutyItem],
    all_late: int,
    density: Density,
) -> None:
    if following:
        _title(page, density, (page.say("接下来", "Next"), BOLD))
    width = max((width_of(_when(page, item)[0]) for item in (*following, *late)), default=0)
    width = min(width, WHEN)
    for item in following:
        _duty(page, item, width, density.next_lines)
    if late:
        more = len(late) < all_late
        first = page.say(f"，最新 {len(late)} 项", f", the newest {len(late)}") if more else ""
        text = page.say(
            f"已超时 {all_late} 项，未报完成", f"Overdue: {all_late}, not reported done or made"
        )
        _title(page, density, (text + first, RED))
    for item in late:
        _duty(page, item, width, density.lines)


def _duty(page: Page, item: DutyItem, width: int, lines: int) -> None:
    """When, how strongly and surely, who and what; then what asks it, where there is room."""
    text, style = _when(page, item)
    line: Line = [(text + " " * (max(0, width - width_of(text)) + 2), style), *_marks(page, item)]
    if isinstance(item, ActionItem):
        line += [(who(page, item, BODIES), ""), (page.say("：", ": "), "")]
        line.append((page.words.label(item.do), BOLD))
        line.append((page.aside(item.object or ""), ""))
        asking = response(page, item.asked[0])
    else:
        line += [(f"{who(page, item, BODIES)} → ", ""), (to_whom(page, item, BODIES), BOLD)]
        line.append((page.say("：", ": ") + _kind(page, item) + page.aside(item.means or ""), ""))
        asking = page.words.document(item.document)
    line.append((page.aside(approvers(page, item)), ""))
    one, whole = _room(1, width + 3, 1), _width(line) + width_of(asking) + 2
    if whole <= (one if _width(line) <= one else _room(1, width + 3, lines)):
        line.append((f"  {asking}", DIM))
    _line(page, line, 1, width + 3, lines)


def _kind(page: Page, item: ReportItem) -> str:
    """What kind of report it is, and what it tells."""
    told = which(page, item)
    if item.kind == "information":
        return told
    kind = page.say("请求", "request") if item.kind == "request" else page.say("报告", "report")
    return kind + (page.say("：", ": ") + told if told else "")


def _when(page: Page, item: DutyItem) -> Run:
    deadline = item.deadline
    if deadline is None:
        text, style = page.say("不限时", "no limit"), DIM
    elif deadline.at_once:
        text, style = page.say("立即", "AT ONCE"), YELLOW
    elif deadline.due is None:
        text, style = page.words.timing(deadline.timing, document_of(item)), DIM
    else:
        text, style = page.clock(deadline.due), RED if deadline.overdue else CYAN
    if deadline is not None and deadline.due is not None and deadline.timing.repeat:
        length = no_break(page.words.duration(deadline.timing.repeat))
        text += page.say(f" 每{length}", f" every {length}") if not deadline.at_once else ""
    return text, style


def _marks(page: Page, item: DutyItem) -> Line:
    """How strongly it is asked where it does not bind, and what it hangs on if not certain."""
    request = isinstance(item, ActionItem) and item.mode == "request"
    marks = [
        page.say("据报", "by what was reported") if item.certainty == "indicated" else "",
        page.say("条件未明", "condition unknown") if item.certainty == "possible" else "",
        bound(page, item),
        page.say("商请", "by request") if request else "",
    ]
    text = page.say("、", ", ").join(filter(None, marks))
    return [(page.say(f"（{text}）", f"({text}) "), YELLOW)] if text else []


# Questions


def _show_questions(
    page: Page, rows: Sequence[Question], numbers: Mapping[str, int], density: Density
) -> None:
    if rows:
        _title(page, density, (page.say("先核实", "Ask first"), BOLD))
    for item in rows:
        value = page.words.known(item.cell, item.value)
        line: Line = [("? ", YELLOW), (page.words.cell(item.cell), BOLD), (f" {value}", "")]
        line.append((page.say("，问", ", ask ") + provider(page, item), ""))
        gives = settles(page, item, numbers, 2)
        line.append((page.say("；可定 ", "; could settle ") + gives if gives else "", DIM))
        _line(page, line, 1, 3, density.lines)


def _show_unread(page: Page) -> int:
    """The stated facts that nothing reads, as many as a line holds; how many it does not."""
    names = unread_names(page)
    if not names:
        return 0
    head = page.say("未被读取：", "read by no decision: ")
    text, hidden = _fitted(page, names, COLUMNS - width_of(head))
    page.screen.line((head, BOLD), (text, ""), hang=2)
    return hidden


def _fitted(page: Page, names: Sequence[str], room: int) -> tuple[str, int]:
    """As many names as fit, at least one, and how many do not; those are counted beside."""
    for count in range(len(names), 0, -1):
        hidden = len(names) - count
        more = page.aside(page.say(f"另有 {hidden} 项", f"{hidden} more")) if hidden else ""
        text = page.stop.join(names[:count]) + more
        if width_of(text) <= room or count == 1:
            return text, hidden
    return "", 0


# What changed


def show_changes(
    page: Page,
    before: Assessment,
    numbers: Mapping[str, int] | None = None,
    *,
    lines: int = 2,
    blank: bool = True,
) -> None:
    """What is otherwise than at an earlier time, a paragraph for each kind of change.

    Decisions that have `numbers` are told by them; the worst are told first.
    """
    found = changes(before, page.assessment)
    known = numbers or {}

    def moved(rows: Sequence[Levels]) -> list[str]:
        last = len(known) + 1
        ordered = sorted(rows, key=lambda row: known.get(row[0].id, last))
        return [_moved(page, row, known) for row in ordered]

    if blank:
        page.screen.blank()
    time = page.words.time(before.at)
    page.screen.line((page.say(f"{time} 以来", f"Since {time}"), BOLD))
    kinds: list[Kind] = [
        (("级别", "levels"), moved(found.levels)),
        (("启动和发布", "in force and issued"), moved(found.in_force)),
        (("新任务", "new duties"), [_brief(page, item) for item in found.new]),
        (("已完成", "done"), [_brief(page, item) for item in found.done]),
        (("不再需要", "no longer owed"), [_brief(page, item) for item in found.ended]),
        (("新超时", "newly overdue"), [_brief(page, item) for item in found.overdue]),
        (("新问题", "new questions"), [page.words.cell(row.cell) for row in found.questions]),
    ]
    counted = [] if lines > 1 else kinds[2:6]
    for kind in kinds:
        if kind[1] and kind not in counted:
            head = _how_many(page, kind) + page.say("：", ": ")
            text, _ = _fitted(page, kind[1], _room(1, 3, lines) - width_of(head))
            _line(page, [(head, BOLD), (text, "")], 1, 3, lines)
    told = page.joined([_how_many(page, kind) for kind in counted if kind[1]])
    if told:
        _line(page, [(told, BOLD)], 1, 3)
    if not any(items for _, items in kinds):
        page.screen.line((page.say("没有变化", "nothing changed"), ""), indent=1)


def _how_many(page: Page, kind: Kind) -> str:
    (zh, en), items = kind
    return page.say(f"{zh} {len(items)} 项", f"{len(items)} {en}")


def _moved(page: Page, row: Levels, numbers: Mapping[str, int]) -> str:
    item, then, now = row
    old, new = page.words.level(item.scale, then), page.words.level(item.scale, now)
    return f"{_numbered(page, item, numbers)} {old} → {new}"


def _brief(page: Page, item: DutyItem) -> str:
    """A duty in few words."""
    if isinstance(item, ActionItem):
        return page.words.label(item.do)
    return f"{who(page, item, 1)} → {to_whom(page, item, 1)}"
