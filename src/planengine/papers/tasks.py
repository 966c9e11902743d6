"""Actions and reports of an answer as the rows of papers."""

from __future__ import annotations

from collections.abc import Sequence

from planengine.assessment.assessment import Assessment
from planengine.assessment.results import ActionItem, Asked, Certainty, ReportItem
from planengine.domain.parts import Label
from planengine.papers.footing import of_action, of_report, strongest, written_action
from planengine.papers.offices import headquarters_of
from planengine.papers.parts import Clause, Task
from planengine.papers.wording import Wording

MOST_NAMES = 4
_MARKS: dict[Certainty, tuple[str, ...]] = {
    "certain": (),
    "indicated": ("据报可达",),
    "possible": ("待核实",),
}
_OPEN: dict[Certainty, str] = {
    "indicated": "按据报可达的级别，尚未证实",
    "possible": "条件是否具备待核实",
}
_MANNERS = {"order": "命令", "request": "请求协助", "first-response": "先期处置"}


class Tasks:
    """Makes the rows of one assessment's papers."""

    def __init__(self, assessment: Assessment, wording: Wording) -> None:
        self._assessment = assessment
        self._wording = wording

    def action(self, item: ActionItem, *, body: str | None = None, plan: str | None = None) -> Task:
        """An action, told to one `body` or told of one `plan` ("<jurisdiction>/<id>")."""
        wording, words = self._wording, self._wording.words
        asked = [one for one in item.asked if plan in {None, one.plan}] or list(item.asked)
        footing, text = strongest([of_action(self._assessment, one, wording) for one in asked])
        text = _OPEN.get(item.certainty, text)
        do = words.label(item.do)
        if item.object:
            do += f"（{item.object}）"
        return Task(
            do=do,
            who=wording.actors(item.executors) or "预案未指定执行单位",
            deadline=wording.limit(item.deadline),
            late=item.deadline is not None and item.deadline.overdue,
            verb=words.label(item.verb_label, item.verb),
            manner=_MANNERS[self._mode(item, asked, body)],
            footing=footing,
            footing_text=text,
            requesters=tuple(dict.fromkeys(self._requester(one) for one in asked)),
            details=self._details(item, body),
            clauses=self._clauses(asked),
            marks=_marks(item.certainty, footing),
            done=self._done(item),
        )

    def report(self, item: ReportItem) -> Task:
        """A report, request or release."""
        wording, words = self._wording, self._wording.words
        footing, text = of_report(self._assessment, item, wording)
        text = _OPEN.get(item.certainty, text)
        to = "、".join(wording.names(item.to)) or ("公众" if item.kind == "information" else "")
        to = to or words.named(item.to_label)
        what = {"report": "报告", "request": "请求", "information": "发布"}[item.kind]
        if item.kind == "information":
            conference = words.is_conference(item.document, item.report)
            do = "举行新闻发布会" if conference else "首次发布权威信息"
        else:
            do = f"向{to}{what}" + (f"：{'、'.join(item.content)}" if item.content else "")
        details = [
            f"方式：{item.means.replace(', ', '、')}" if item.means else "",
            f"须经{wording.actors(item.approve)}批准" if item.approve else "",
            self._until(item),
        ]
        return Task(
            do=do,
            who=wording.actors(item.senders) or "预案未指定报告单位",
            deadline=wording.limit(item.deadline),
            late=item.deadline is not None and item.deadline.overdue,
            verb=words.verb(item.verb) if item.verb else "应",
            manner=what,
            footing=footing,
            footing_text=text,
            requesters=(wording.document(item.document),),
            details=tuple(filter(None, details)),
            clauses=wording.clauses(item.basis, item.document),
            marks=_marks(item.certainty, footing),
            done=self._done(item),
        )

    def _clauses(self, asked: Sequence[Asked]) -> tuple[Clause, ...]:
        found = (clause for one in asked for clause in self._wording.clauses(one.basis, one.plan))
        return tuple(dict.fromkeys(found))

    def _requester(self, one: Asked) -> str:
        plan = self._assessment.situation.outline.plans.get(one.plan)
        name = self._wording.document(one.plan)
        heads = headquarters_of(self._assessment, plan) if plan is not None else ()
        return f"{'、'.join(self._wording.names(heads))}（依{name}）" if heads else name

    def _mode(self, item: ActionItem, asked: Sequence[Asked], body: str | None) -> str:
        """Whether one body is ordered or asked; of several plans that ask it, if any may order."""
        if item.mode == "first-response" or body is None:
            return item.mode
        modes = {self._mode_of(one, body) for one in asked}
        return "order" if "order" in modes else "request"

    def _mode_of(self, one: Asked, body: str) -> str:
        written = written_action(self._assessment, one)
        if written is not None and written.mode is not None:
            return "request" if written.mode == "request" else "order"
        plan = self._assessment.situation.outline.plans[one.plan]
        registry = self._assessment.situation.registry
        return registry.may_order(plan.headquarters or plan.jurisdiction, body)

    def _details(self, item: ActionItem, body: str | None) -> tuple[str, ...]:
        words = self._wording.words
        persons = [
            words.named(one.post) for one in item.executors if one.post and body in one.bodies
        ]
        beside = [one for one in item.bodies if one != body] if body is not None else []
        after = [words.action(one.plan, one.action) for one in item.after]
        to = "、".join(self._wording.names(item.to))
        found = [
            f"由{'、'.join(persons)}执行" if persons else "",
            f"同时承担：{listed(self._wording.names(beside))}" if beside else "",
            f"对象：{to}" if to else "",
            f"须经{self._wording.actors(item.approve)}批准" if item.approve else "",
            f"须先完成：{'、'.join(after)}" if after else "",
            f"方式：{item.means}" if item.means else "",
            self._until(item),
            f"完成标志：{item.done_when}" if item.done_when else "",
        ]
        return tuple(filter(None, found))

    def _until(self, item: ActionItem | ReportItem) -> str:
        timing = item.deadline.timing if item.deadline is not None else None
        if timing is None or timing.until is None:
            return ""
        return f"至{self._wording.words.moment(timing.until)}为止"

    def _done(self, item: ActionItem | ReportItem) -> str:
        if item.done_at is None:
            return ""
        repeated = item.deadline is not None and item.deadline.timing.repeat
        word = "上次完成" if repeated else "已报完成"
        return f"{word}：{self._wording.time(item.done_at)}"


def listed(names: Sequence[str]) -> str:
    """Names in a row; of many the first and how many."""
    shown = "、".join(names[:MOST_NAMES])
    return shown + (f"等{len(names)}家" if len(names) > MOST_NAMES else "")


def is_finished(item: ActionItem | ReportItem) -> bool:
    """Whether nothing of it is left to be done."""
    deadline = item.deadline
    if deadline is not None and deadline.ended is not None:
        return True
    return item.done_at is not None and not (deadline is not None and deadline.timing.repeat)


def label_of(label: Label, otherwise: str) -> str:
    """A label in Chinese, else in what language there is, else the id."""
    return label.text("zh") or otherwise


def _marks(certainty: Certainty, footing: str) -> tuple[str, ...]:
    return _MARKS[certainty] + (("建议",) if footing == "recommended" else ())
