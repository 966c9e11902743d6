"""Actions and reports of an answer as the rows of papers."""

from __future__ import annotations

from collections.abc import Sequence

from planengine.assessment.assessment import Assessment
from planengine.assessment.bodies import Bodies
from planengine.assessment.command import acting
from planengine.assessment.phrases import Language
from planengine.assessment.results import ActionItem, Asked, Certainty, ReportItem
from planengine.assessment.terms_in_words import told
from planengine.domain.documents import Action, Plan
from planengine.domain.parts import Label
from planengine.papers.footing import of_action, of_report, strongest, written_action
from planengine.papers.limits import limit_said
from planengine.papers.offices import headquarters_of
from planengine.papers.parts import Clause, Task
from planengine.papers.wording import Wording

MOST_NAMES = 4
_MARKS: dict[Certainty, tuple[tuple[str, str], ...]] = {
    "certain": (),
    "indicated": (("据报可达", "BY WHAT WAS REPORTED"),),
    "possible": (("待核实", "TO BE VERIFIED"),),
}
_OPEN: dict[Certainty, tuple[str, str]] = {
    "indicated": ("按据报可达的级别，尚未证实", "by the level that reports allow, not proven"),
    "possible": ("条件是否具备待核实", "whether its condition holds is open"),
}
_MANNERS = {
    "order": ("命令", "order"),
    "request": ("请求协助", "request"),
    "first-response": ("先期处置", "first response"),
    "report": ("报告", "report"),
    "ask": ("请求", "ask"),
    "information": ("发布", "release"),
}


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
        if item.certainty in _OPEN:
            text = wording.say(*_OPEN[item.certainty])
        do = wording.original(words.label(item.do))
        do += wording.aside(wording.original(item.object or ""))
        return Task(
            do=do,
            who=wording.actors(item.executors) or self._nobody,
            deadline=limit_said(item.deadline, wording),
            late=item.deadline is not None and item.deadline.overdue,
            verb=words.label(item.verb_label, item.verb),
            manner=manner(self._mode(item, asked, body), wording),
            footing=footing,
            footing_text=text,
            requesters=tuple(dict.fromkeys(self._requester(one) for one in asked)),
            details=self._details(item, body),
            clauses=self._clauses(asked),
            marks=_marks(item.certainty, footing, wording),
            done=self._done(item),
            bodies=wording.names(item.bodies),
            unsure=item.certainty == "possible",
        )

    def written(self, action: Action, plan: str) -> Task:
        """An action that is not owed now, as a plan's edition has it."""
        wording, words = self._wording, self._wording.words
        mode = action.mode or self._relation(plan, action)
        occasion = [told(one, wording.words) for one in (action.on, action.when) if one is not None]
        situation = self._assessment.situation
        executors = tuple(acting(situation, one) for one in action.executors)
        approver = (
            wording.executor(acting(situation, action.approve))
            if action.approve is not None
            else ""
        )
        details = [
            self._named("情形：", "where ", wording.say("；且", "; and ").join(occasion)),
            self._approved(approver),
            self._named("方式：", "by ", wording.original(action.means or "")),
            self._named("完成标志：", "done when: ", wording.original(action.done_when or "")),
        ]
        do = wording.original(words.label(action.do))
        do += wording.aside(wording.original(action.object or ""))
        return Task(
            do=do,
            who=wording.joined(map(wording.executor, executors)) or self._nobody,
            deadline=words.timing(action.timing) if action.timing else wording.no_limit,
            late=False,
            verb=words.verb(action.verb),
            manner=manner(mode, wording),
            footing="recommended",
            footing_text=wording.say("所列情形出现后执行", "to be done once that has come"),
            requesters=(wording.document(plan),),
            details=tuple(filter(None, details)),
            clauses=wording.clauses(action.basis, plan),
            bodies=wording.names(self._bodies(plan, action)),
        )

    def _bodies(self, plan: str, action: Action) -> tuple[str, ...]:
        own = self._assessment.situation.outline.plans[plan]
        return Bodies(self._assessment.situation).resolve(action.executors, own.jurisdiction, own)

    def _relation(self, plan: str, action: Action) -> str:
        """Whether a plan orders or asks what it has in it: of several executors, if any may be."""
        own = self._assessment.situation.outline.plans[plan]
        bodies = Bodies(self._assessment.situation)
        modes = {bodies.mode(own, (body,), action.track) for body in self._bodies(plan, action)}
        return "request" if modes == {"request"} else "order"

    def report(self, item: ReportItem) -> Task:
        """A report, request or release."""
        wording, words = self._wording, self._wording.words
        footing, text = of_report(self._assessment, item, wording)
        if item.certainty in _OPEN:
            text = wording.say(*_OPEN[item.certainty])
        to = wording.joined(wording.names(item.to)) or words.named(item.to_label)
        what = manner("ask" if item.kind == "request" else item.kind, wording)
        if item.kind == "information":
            conference = words.is_conference(item.document, item.report)
            release = wording.say("首次发布权威信息", "first release to the public")
            do = wording.say("举行新闻发布会", "press conference") if conference else release
        else:
            content = wording.joined(map(wording.original, item.content))
            do = wording.say(f"向{to}{what}", f"{what} to {to}")
            do += wording.say(f"：{content}", f": {content}") if content else ""
        means = (item.means or "").replace(", ", wording.say("、", ", "))
        details = [
            self._named("方式：", "by ", wording.original(means)),
            self._approved(wording.actors(item.approve)),
            self._until(item),
            self._received(item),
        ]
        return Task(
            do=do,
            who=wording.actors(item.senders)
            or wording.say("预案未指定报告单位", "the plan names nobody"),
            deadline=limit_said(item.deadline, wording),
            late=item.deadline is not None and item.deadline.overdue,
            verb=words.verb(item.verb) if item.verb else wording.say("应", "must"),
            manner=what,
            footing=footing,
            footing_text=text,
            requesters=(wording.document(item.document),),
            details=tuple(filter(None, details)),
            clauses=wording.clauses(item.basis, item.document),
            marks=_marks(item.certainty, footing, wording),
            done=self._done(item),
        )

    def _clauses(self, asked: Sequence[Asked]) -> tuple[Clause, ...]:
        found = (clause for one in asked for clause in self._wording.clauses(one.basis, one.plan))
        return tuple(dict.fromkeys(found))

    def _requester(self, one: Asked) -> str:
        plan = self._assessment.situation.outline.plans.get(one.plan)
        name = self._wording.document(one.plan)
        heads = self._heads(plan, one) if plan is not None else ()
        by = self._wording.say(f"依{name}", f"by {name}")
        return (
            self._wording.joined(self._wording.names(heads)) + self._wording.aside(by)
            if heads
            else name
        )

    def _heads(self, plan: Plan, one: Asked) -> tuple[str, ...]:
        """Whoever commands now: whom it was handed over to, else the plan's headquarters."""
        people = self._assessment.situation.evidence.people
        handed = people.commander(one.plan, one.track, one.area)
        if handed is not None and handed.to is not None:
            return (handed.to,)
        return headquarters_of(self._assessment, plan)

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
        bodies = Bodies(self._assessment.situation)
        return bodies.mode(plan, (body,), one.track, one.area)

    def _details(self, item: ActionItem, body: str | None) -> tuple[str, ...]:
        wording, words = self._wording, self._wording.words
        persons = [
            words.named(one.post) for one in item.executors if one.post and body in one.bodies
        ]
        beside = [one for one in item.bodies if one != body] if body is not None else []
        after = [wording.original(words.action(one.plan, one.action)) for one in item.after]
        in_person = wording.joined(persons)
        found = [
            wording.say(f"由{in_person}执行", f"by {in_person} in person") if persons else "",
            self._named("同时承担：", "together with ", listed(wording.names(beside), wording)),
            self._named("对象：", "for ", wording.joined(wording.names(item.to))),
            self._approved(wording.actors(item.approve)),
            self._named("须先完成：", "after ", wording.joined(after)),
            self._named("方式：", "by ", wording.original(item.means or "")),
            self._until(item),
            self._named("完成标志：", "done when: ", wording.original(item.done_when or "")),
            self._received(item),
        ]
        return tuple(filter(None, found))

    def _received(self, item: ActionItem | ReportItem) -> str:
        """By whom and when it was acknowledged; '' where nobody did."""
        wording = self._wording
        told = wording.joined(
            wording.words.named(one.by or "") + wording.aside(wording.time(one.at))
            for one in item.acknowledged
        )
        return self._named("已签收：", "received by ", told)

    def _named(self, zh: str, en: str, text: str | None) -> str:
        """A detail with its name in front; nothing where there is none."""
        return self._wording.say(zh, en) + text if text else ""

    def _approved(self, by: str) -> str:
        return self._wording.say(f"须经{by}批准", f"approved by {by}") if by else ""

    @property
    def _nobody(self) -> str:
        return self._wording.say("预案未指定执行单位", "the plan names nobody")

    def _until(self, item: ActionItem | ReportItem) -> str:
        timing = item.deadline.timing if item.deadline is not None else None
        if timing is None or timing.until is None:
            return ""
        end = self._wording.original(self._wording.words.moment(timing.until))
        return self._wording.say(f"至{end}为止", f"until {end}")

    def _done(self, item: ActionItem | ReportItem) -> str:
        if item.done_at is None:
            return ""
        repeated = item.deadline is not None and item.deadline.timing.repeat
        say, at = self._wording.say, self._wording.time(item.done_at)
        if repeated:
            return say(f"上次完成：{at}", f"last done: {at}")
        return say(f"已报完成：{at}", f"reported done: {at}")


def manner(mode: str, wording: Wording) -> str:
    """How something is asked: an order, a request, a first response, a report."""
    return wording.say(*_MANNERS[mode])


def listed(names: Sequence[str], wording: Wording) -> str:
    """Names in a row; of many the first and how many."""
    shown = wording.joined(names[:MOST_NAMES])
    if len(names) > MOST_NAMES:
        shown += wording.say(f"等{len(names)}家", f" and others, {len(names)} in all")
    return shown


def is_finished(item: ActionItem | ReportItem) -> bool:
    """Whether nothing of it is left to be done."""
    deadline = item.deadline
    if deadline is not None and deadline.ended is not None:
        return True
    return item.done_at is not None and not (deadline is not None and deadline.timing.repeat)


def label_of(label: Label, otherwise: str, language: Language) -> str:
    """A label in a language, else in what language there is, else the id."""
    return label.text(language) or otherwise


def _marks(certainty: Certainty, footing: str, wording: Wording) -> tuple[str, ...]:
    marks = tuple(wording.say(*mark) for mark in _MARKS[certainty])
    return marks + ((wording.advice,) if footing == "recommended" else ())
