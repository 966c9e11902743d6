"""An assessment in the terminal, readable by a duty officer in ten seconds.

Levels first, each with its colour, certain and possible; then who leads, the first actions
with their deadlines, what to report and what to ask; reasons on request.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table
from rich.text import Text

from planengine.assessment.words import Language
from planengine.cli.page import Page
from planengine.cli.reasons_view import ReasonsView

if TYPE_CHECKING:
    from planengine.assessment.assessment import Assessment
    from planengine.assessment.decisions import Decision
    from planengine.assessment.results import (
        ActionItem,
        Deadline,
        ReportItem,
    )

FIRST_ROWS = 10
FIRST_REPORTS = 6
FIRST_QUESTIONS = 5
FIRST_BODIES = 3
FIRST_LATE = 3


def show(
    assessment: Assessment,
    language: Language,
    *,
    why: bool = False,
    everything: bool = False,
    console: Console | None = None,
) -> None:
    """Print an assessment; `everything` lifts the limits on rows, `why` adds reasons."""
    page = Page(assessment, language, everything, console or Console(highlight=False))
    _View(page).show(why)


class _View:
    def __init__(self, page: Page) -> None:
        self.page = page

    def show(self, why: bool) -> None:
        self._head()
        self._decisions()
        if why:
            ReasonsView(self.page).show()
        self._leads()
        self._actions()
        self._reports()
        self._ask()
        self._caveats()

    def _head(self) -> None:
        assessment = self.page.assessment
        title = self.page.words.label(assessment.incident.label, assessment.incident.id)
        text = Text()
        text.append(title, style="bold")
        text.append(f"  {self.page.words.full_time(assessment.at)}", style="cyan")
        hazards = "、".join(self.page.words.named(h) for h in sorted(assessment.incident.hazards))
        text.append(f"  {hazards}", style="dim")
        self.page.print(text)
        if assessment.tainted:
            banner = self.page.say(
                "演练或测试数据——不得作为实际研判",
                "EXERCISE OR TEST DATA: not an actual assessment",
            )
            self.page.print(Text(f" {banner} ", style="bold white on magenta"))

    def _decisions(self) -> None:
        decisions = self.page.assessment.decisions
        reached = [item for item in decisions if self.page.reached(item)]
        open_ones = [
            item
            for item in decisions
            if not self.page.reached(item) and item.could_reach and not item.issued
        ]
        quiet = len(decisions) - len(reached) - len(open_ones)
        if not reached:
            self.page.print(
                self.page.say(
                    "没有预案或标准达到任何级别。", "No plan or standard reaches a level."
                )
            )
        else:
            self.page.print(self._table(reached))
        if open_ones:
            self.page.title(
                "尚不能排除", "Not excluded", self.page.more(open_ones, FIRST_QUESTIONS)
            )
            for item in self.page.first(open_ones, FIRST_QUESTIONS):
                line = Text("  ")
                line.append_text(self.page.level(item, item.could_reach)).append(
                    f" {self.page.name(item)}"
                )
                self.page.print(line)
        if quiet:
            text = self.page.say(f"另有 {quiet} 项未达到任何级别", f"{quiet} more reach no level")
            self.page.print(Text(text, style="dim"))

    def _table(self, reached: Sequence[Decision]) -> Table:
        table = Table(box=None, pad_edge=False, header_style="dim", show_edge=False)
        heads = (
            ("级别", "level"), ("研判", "decision"), ("可能达到", "could reach"),
            ("已启动", "in force"), ("建议", "proposal"), ("批准", "approval"),
        )  # fmt: skip
        for chinese, english in heads:
            table.add_column(self.page.say(chinese, english), overflow="fold")
        order = {"level": 0, "warning": 1, "standard": 2}
        for item in sorted(reached, key=lambda one: order[one.purpose]):
            could = Text("")
            if item.could_reach != item.level:
                could = self.page.level(item, item.could_reach)
                if not item.exact:
                    could.append(" ~", style="dim")
            force = self.page.words.level(item.scale, item.in_force) if item.in_force else ""
            if item.issued:
                issued = self.page.words.level(item.scale, item.issued)
                force = self.page.say(f"已发布{issued}", f"issued {issued}")
            table.add_row(
                self.page.level(item, item.level), self.page.name(item), could, force,
                self._proposal(item), self._approval(item),
            )  # fmt: skip
        return table

    def _proposal(self, item: Decision) -> Text:
        words = {
            "start": ("启动", "start"), "raise": ("提级", "raise"), "keep": ("保持", "keep"),
            "lower": ("降级", "lower"), "end": ("终止", "end"), "none": ("", ""),
        }  # fmt: skip
        chinese, english = words[item.proposal]
        text = Text(self.page.say(chinese, english), style="bold")
        if item.verb and item.proposal in {"start", "raise"}:
            text = Text(f"{self.page.words.named(item.verb)} ").append_text(text)
        return text

    def _approval(self, item: Decision) -> str:
        if item.proposal not in {"start", "raise", "lower", "end"}:
            return ""
        if item.decided_by:
            meanwhile = (
                self.page.say("，期间：", "; meanwhile: ") + item.meanwhile
                if item.meanwhile
                else ""
            )
            return self.page.words.named(item.decided_by) + meanwhile
        return self.page.words.executor(item.approve) if item.approve else ""

    def _leads(self) -> None:
        if not self.page.assessment.agencies:
            return
        strongest = self.page.assessment.situation.entities.member_roles
        lead = strongest[0].id if strongest else "lead"
        self.page.title("责任单位", "Who")
        by_plan: dict[str, list[str]] = {}
        for item in self.page.assessment.agencies:
            for plan, role in item.plans:
                if role == lead:
                    by_plan.setdefault(plan, []).append(self.page.words.label(item.label))
        reached = dict.fromkeys(
            item.plan
            for item in self.page.assessment.decisions
            if item.plan and self.page.reached(item)
        )
        for plan in reached:
            if plan in by_plan:
                line = Text(f"  {self.page.say('牵头', 'lead')}  ", style="dim")
                line.append(self.page.joined(by_plan[plan]), style="bold")
                line.append(f"  {self.page.words.document(plan)}", style="dim")
                self.page.print(line)
        others = [item for item in self.page.assessment.agencies if item.role != lead]
        names = self.page.joined(
            [self.page.words.label(i.label) for i in self.page.first(others, FIRST_ROWS)]
        )
        note = self.page.more(others, FIRST_ROWS)
        self.page.print(Text(f"  {self.page.say('配合', 'with')}  {names} {note}", style="dim"))

    def _actions(self) -> None:
        rows = self.page.assessment.actions
        if not rows:
            return
        late = sorted(filter(_is_late, rows), key=lambda item: -_due_at(item))
        others = sorted((row for row in rows if not _is_late(row)), key=_attention)
        shown = [*self.page.first(late, FIRST_LATE), *self.page.first(others, FIRST_ROWS)]
        notes = []
        if late:
            notes.append(
                self.page.say(
                    f"{len(late)} 项已超时、未报完成", f"{len(late)} overdue, not reported done"
                )
            )
        if len(shown) < len(rows):
            hidden = len(rows) - len(shown)
            notes.append(self.page.say(f"另有 {hidden} 项，--all 显示", f"{hidden} more: --all"))
        self.page.title("措施", "Actions", self.page.say("；", "; ").join(notes))
        table = Table(box=None, pad_edge=False, show_header=False)
        table.add_column(no_wrap=True)
        table.add_column(overflow="fold")
        table.add_column(overflow="fold", ratio=1)
        table.add_column(overflow="fold", style="dim")
        for item in shown:
            what = Text(self.page.words.label(item.do), style="bold")
            if item.object:
                what.append(f" {item.object}", style="")
            if item.certainty == "possible":
                what.append(self.page.say(" ？条件未明", " ? condition unknown"), style="yellow")
            if item.done_at is not None:
                what.append(" ✓", style="green")
            table.add_row(self._due(item.deadline), self._who(item), what, self._mode(item))
        self.page.print(table)

    def _due(self, deadline: Deadline | None) -> Text:
        if deadline is None:
            return Text("—", style="dim")
        if deadline.due is None:
            return Text(self.page.words.timing(deadline.timing), style="dim")
        text = Text(
            self.page.words.time(deadline.due), style="bold red" if deadline.overdue else "cyan"
        )
        if deadline.overdue:
            text.append(self.page.say(" 已超时", " OVERDUE"))
        elif deadline.timing.repeat:
            every = self.page.words.duration(deadline.timing.repeat)
            text.append(self.page.say(f" 每{every}", f" every {every}"))
        return text

    def _who(self, item: ActionItem) -> str:
        bodies = [self.page.words.named(body) for body in item.bodies]
        return self.page.joined(bodies, FIRST_BODIES) or self.page.words.executor(item.executor)

    def _mode(self, item: ActionItem) -> str:
        modes = {
            "order": ("", ""),
            "request": ("商请", "request"),
            "first-response": ("先期处置", "first response"),
        }
        document = self.page.words.document
        plans = "、".join(
            dict.fromkeys(
                f"{document(one.plan)} {self._response(one.plan, one.level)}".strip()
                for one in item.asked
            )
        )
        return " ".join(part for part in (self.page.say(*modes[item.mode]), plans) if part)

    def _response(self, plan: str, level: str | None) -> str:
        """A plan's level in words; '' for none."""
        if level is None:
            return ""
        tracks = self.page.assessment.situation.entities.plans[plan][-1].tracks
        return self.page.words.level(tracks[0].scale, level) if tracks else level

    def _reports(self) -> None:
        rows = self.page.assessment.reports
        if not rows:
            return
        self.page.title("报告与发布", "Reports", self.page.more(rows, FIRST_REPORTS))
        table = Table(box=None, pad_edge=False, show_header=False)
        for item in self.page.first(sorted(rows, key=_report_attention), FIRST_REPORTS):
            by = self.page.joined([self.page.words.named(name) for name in item.by], FIRST_BODIES)
            to = self.page.joined([self.page.words.named(name) for name in item.to], FIRST_BODIES)
            to = to or (
                self.page.say("公众", "the public") if item.kind == "information" else item.to_label
            )
            means = item.means or ""
            mark = (
                "" if item.governs else self.page.say("（已有更紧时限）", "(a tighter one governs)")
            )
            table.add_row(
                self._due(item.deadline), f"{by} → {to}", f"{means} {mark}".strip(),
                Text(self.page.words.document(item.document), style="dim"),
            )  # fmt: skip
        self.page.print(table)

    def _ask(self) -> None:
        rows = self.page.assessment.ask
        if not rows:
            return
        self.page.title("需要核实", "Ask", self.page.more(rows, FIRST_QUESTIONS))
        names = {item.id: item for item in self.page.assessment.decisions}
        for item in self.page.first(rows, FIRST_QUESTIONS):
            line = Text("  ? ", style="bold yellow")
            line.append(self.page.words.cell(item.cell), style="bold")
            line.append(f" = {self.page.words.value(item.cell, item.value)}")
            if item.silent:
                places = "、".join(self.page.words.named(place) for place in item.silent)
                line.append(
                    self.page.say(f"  未报：{places}", f"  silent: {places}"), style="yellow"
                )
            if item.provider:
                who = "、".join(self.page.words.named(name) for name in item.provider)
                line.append(f"  ← {who}", style="dim")
            gives = [
                f"{self.page.name(names[unit])} {self.page.words.level(names[unit].scale, level)}"
                for unit, level in item.could_give[:2]
            ]
            if gives:
                line.append(
                    self.page.say("  可定：", "  could settle: ") + "；".join(gives), style="dim"
                )
            self.page.print(line)

    def _caveats(self) -> None:
        assessment = self.page.assessment
        for conflict in assessment.conflicts:
            text = self.page.say("矛盾", "conflict")
            ids = ", ".join(statement.stamp.id for statement in conflict.statements)
            self.page.print(
                Text(f"\n! {text}: {conflict.subject} {conflict.text} {ids}", style="bold red")
            )
        lines: list[str] = []
        if assessment.assumed:
            names = "、".join(self.page.words.cell(item.cell) for item in assessment.assumed[:6])
            more = "…" if len(assessment.assumed) > 6 else ""
            lines.append(
                self.page.say("默认未发生：", "assumed not to have happened: ") + names + more
            )
        if assessment.may_invoke:
            acts = "；".join(
                f"{item.what}（{self.page.words.named(item.by) if item.by else '—'}）"
                for item in self.page.first(assessment.may_invoke, FIRST_QUESTIONS)
            )
            lines.append(self.page.say("可由人决定：", "people may invoke: ") + acts)
        if assessment.unread:
            names = "、".join(self.page.words.named(fact) for fact in assessment.unread)
            lines.append(self.page.say("未被任何规则读取：", "read by no rule: ") + names)
        if assessment.recheck_at is not None:
            lines.append(
                self.page.say("下次复核：", "look again at: ")
                + self.page.words.time(assessment.recheck_at)
            )
        if lines:
            self.page.print("")
        for line in lines:
            self.page.print(Text(line, style="dim"))


def _is_late(item: ActionItem) -> bool:
    return item.done_at is None and item.deadline is not None and item.deadline.overdue


def _due_at(item: ActionItem) -> int:
    return item.deadline.earliest if item.deadline is not None else 0


def _attention(item: ActionItem) -> bool:
    """What is done comes last; else the assessment's own order stays."""
    return item.done_at is not None


def _report_attention(item: ReportItem) -> tuple[bool, bool]:
    """Reports still to come first, and of several to one body the one that governs."""
    return (item.deadline is not None and item.deadline.overdue, not item.governs)
