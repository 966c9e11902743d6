"""What a paper says, as frozen values: finished Chinese text, each sentence with its clauses.

Templates print these and nothing else. A blank that a person must fill in is `BLANK`; an empty
text is nothing to print.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

from msgspec import Struct

BLANK = "＿＿＿＿＿＿"

PaperKind: TypeAlias = Literal["notice", "warning", "order", "report", "card"]
Footing: TypeAlias = Literal["in-force", "law", "first-response", "condition", "recommended"]
"""What a task stands on: a level that people put in force; the law, whatever is in force; local
people who need no activation; a condition of the plan that holds; a level that is only advised."""


class Clause(Struct, frozen=True):
    """Where something is written; `unverified`: not checked against the published text."""

    text: str
    unverified: bool = False


class Sentence(Struct, frozen=True):
    """One statement of a paper: its text, what marks it, and in small print what it rests on.

    `marks` are such as 建议, 据报可达, 待核实; `told` is who said it, when, and how.
    """

    text: str
    clauses: tuple[Clause, ...] = ()
    marks: tuple[str, ...] = ()
    told: str = ""


class Task(Struct, frozen=True):
    """Something that is to be done or reported, as far as one paper tells it."""

    do: str
    who: str
    deadline: str
    late: bool
    verb: str  # 应, 宜, 可 …
    manner: str  # 命令, 请求协助, 先期处置, 依法报告
    footing: Footing
    footing_text: str
    requesters: tuple[str, ...]
    details: tuple[str, ...] = ()
    clauses: tuple[Clause, ...] = ()
    marks: tuple[str, ...] = ()
    done: str = ""  # when it was reported done
    bodies: tuple[str, ...] = ()  # by name, those who act
    unsure: bool = False  # whether it is owed at all is open


class Call(Struct, frozen=True):
    """Whom to call; `phone` is `BLANK` where the registry has none."""

    name: str
    phone: str
    note: str = ""


class Signature(Struct, frozen=True):
    """Who is to sign, in which part: 提出, 批准, 签发; `decides`: the paper goes to them for it."""

    part: str
    who: str
    decides: bool = False


class Head(Struct, frozen=True):
    """What every paper begins and ends with; of a `translation` that it is one.

    `banner` is 演　练 or 测　试 where it is not actual; `state` what the whole paper is worth
    (建议稿, 已启动 …); `stem` the name of its file without an ending.
    """

    kind: PaperKind
    language: Literal["zh", "en"]
    title: str
    banner: str
    translation: str
    state: str
    number: str
    addressees: tuple[str, ...]
    copies: tuple[str, ...]
    sender: str
    date: str
    as_of: str
    stem: str
    warnings: tuple[Sentence, ...] = ()
    unverified: bool = False


class FactRow(Struct, frozen=True):
    """A fact: for the whole area, and what was said of each place."""

    name: str
    whole: str
    parts: tuple[Sentence, ...]
    marks: tuple[str, ...] = ()


class Matter(Struct, frozen=True):
    """What happened: times, places, hazards and facts; what is not known is said to be 不详."""

    event: tuple[Sentence, ...]
    facts: tuple[FactRow, ...]
    forecasts: tuple[Sentence, ...]
    unknown: tuple[Sentence, ...]
    assumed: tuple[Sentence, ...]
    disputed: tuple[Sentence, ...]


AnnexPart: TypeAlias = Literal["matter", "measures", "reports", "open", "unknown"]


class Annex(Struct, frozen=True):
    """One annex of a notice: its number from 1, which part it is, its title."""

    number: int
    part: AnnexPart
    title: str


class Line(Struct, frozen=True):
    """One line of a sheet of facts."""

    name: str
    said: Sentence


class Cover(Struct, frozen=True):
    """The first page of a notice.

    `first` is what is to be done within the hour, as far as it has room, and `more` how many are
    left out; `late` of all measures are overdue.
    """

    lines: tuple[Line, ...]
    first: tuple[Task, ...]
    more: int
    late: int
    all: int


class Notice(Struct, frozen=True):
    """That a response is in force, or is advised: what Article 72 asks to be said.

    Of the `measures` those are `leading` that are due at once or begin with this very level.
    """

    head: Head
    proposed: bool
    cover: Cover
    annexes: tuple[Annex, ...]
    form: Sentence  # by which law it has these parts
    matter: Matter
    level: tuple[Sentence, ...]
    reasons: tuple[Sentence, ...]
    duration: Sentence
    leading: tuple[Task, ...]
    measures: tuple[Task, ...]
    open_measures: tuple[Task, ...]
    reports: tuple[Task, ...]
    links: tuple[Sentence, ...]
    open: tuple[Sentence, ...]
    signatures: tuple[Signature, ...]
    calls: tuple[Call, ...]


class WarningNotice(Struct, frozen=True):
    """That a warning was issued, changed or lifted, or is called for: what Article 64 asks.

    `measures` are the plan's own for the level, `tasks` what plans hang on it; `required` is what
    the law asks of whoever issues it. Of one that is lifted there are no tasks.
    """

    head: Head
    act: Literal["issue", "change", "lift"]
    drafted: bool
    form: Sentence
    kind: Sentence
    level: tuple[Sentence, ...]
    area: Sentence
    since: Sentence
    until: Sentence
    reasons: tuple[Sentence, ...]
    supported: Sentence
    cautions: Sentence
    measures: tuple[Sentence, ...]
    tasks: tuple[Task, ...]
    open_tasks: tuple[Task, ...]
    issuer: Sentence
    issued_at: str
    required: tuple[Sentence, ...]
    matter: Matter
    signatures: tuple[Signature, ...]
    calls: tuple[Call, ...]


class TaskOrder(Struct, frozen=True):
    """What one body or post is ordered or asked to do."""

    head: Head
    requested: bool
    event: tuple[Sentence, ...]
    levels: tuple[Sentence, ...]
    standing: tuple[Task, ...]
    recommended: tuple[Task, ...]
    open: tuple[Task, ...]
    done: tuple[Task, ...]
    signatures: tuple[Signature, ...]
    calls: tuple[Call, ...]


class Report(Struct, frozen=True):
    """Information upward: first, or a later one.

    `account` is what a report is to tell besides figures: cause, course, trend. No fact tells it,
    so whoever drafts it fills the blanks in. `planned` is what is to be done next.
    """

    head: Head
    which: str  # 首报, 续报1 …, 终报
    final: bool
    rules: tuple[Task, ...]
    matter: Matter
    account: tuple[Sentence, ...]
    levels: tuple[Sentence, ...]
    done: tuple[Sentence, ...]
    going_on: tuple[Sentence, ...]
    planned: tuple[Sentence, ...]
    requests: tuple[Sentence, ...]
    signatures: tuple[Signature, ...]
    calls: tuple[Call, ...]


class Step(Struct, frozen=True):
    """One line of a card."""

    do: str
    limit: str
    details: tuple[str, ...] = ()
    clauses: tuple[Clause, ...] = ()
    marks: tuple[str, ...] = ()


class StepGroup(Struct, frozen=True):
    """The steps of one occasion, in the order of time; `now` says how it stands at present."""

    occasion: str
    document: str
    now: str
    steps: tuple[Step, ...]

    @property
    def title(self) -> str:
        return f"{self.occasion}·{self.document}"


class ActionCard(Struct, frozen=True):
    """What a post or township does, on one page; `size` is the print size in points."""

    head: Head
    who: str
    occasions: tuple[Sentence, ...]
    groups: tuple[StepGroup, ...]
    signals: tuple[Sentence, ...]
    calls: tuple[Call, ...]
    size: float
    one_page: bool


Paper: TypeAlias = Notice | WarningNotice | TaskOrder | Report | ActionCard
