"""Words for duties: who must do what to whom, how surely, by when."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from planengine.assessment.results import ActionItem, Actor, Asked, ReportItem
from planengine.screens.brief_rows import DutyItem, is_finished
from planengine.screens.page import Page
from planengine.screens.screen import BOLD, DIM, GREEN, YELLOW, Line, Run, no_break


def who(page: Page, item: DutyItem, most: int | None = None) -> str:
    """Who acts or reports: persons by their posts, else the bodies; of many `most` by name."""
    actors = item.executors if isinstance(item, ActionItem) else item.senders
    names = [actor(page, one, most) for one in actors]
    return page.joined(names, most) or page.say("未指定", "unassigned")


def actor(page: Page, one: Actor, most: int | None = None) -> str:
    """A person by the post, with its body and whoever may act instead; else the bodies."""
    bodies = page.joined([page.words.named(body) for body in one.bodies], most)
    name = bodies or page.words.executor(replace(one.executor, alternates=()))
    if one.post is not None:
        name = page.words.named(one.post) + page.aside(bodies)
    others = [actor(page, other, most) for other in one.others]
    between = page.say("、", ", ") if one.executor.jointly else page.say("或", " or ")
    return between.join([name, *others])


def to_whom(page: Page, item: ReportItem, most: int | None = None) -> str:
    """To whom a report goes."""
    to = page.joined([page.words.named(name) for name in item.to], most)
    if to:
        return to
    public = item.kind == "information"
    return page.say("公众", "the public") if public else page.words.named(item.to_label)


def what(page: Page, item: DutyItem, most: int | None = None) -> Line:
    """Who must do what, or report to whom, and whether that is certain."""
    if isinstance(item, ReportItem):
        return [
            (f"{who(page, item, most)} → ", ""),
            (to_whom(page, item, most), BOLD),
            *apart(page, item),
        ]
    line: Line = [(who(page, item, most), ""), (page.say("：", ": "), "")]
    line.append((page.words.label(item.do), BOLD))
    if item.object:
        line.append((page.aside(item.object), ""))
    return line + apart(page, item)


def which(page: Page, item: ReportItem) -> str:
    """Which of its document's reports it is: what it tells, or what is released."""
    if item.kind != "information":
        return page.joined(item.content)
    conference = page.words.is_conference(item.document, item.report)
    zh, en = ("新闻发布会", "press conference") if conference else ("首次发布", "first release")
    return page.say(zh, en)


def means(page: Page, item: ReportItem) -> str:
    """By what means it is made or released; '' where the document does not say."""
    return (item.means or "").replace(", ", page.say("、", ", "))


def apart(page: Page, item: DutyItem) -> Line:
    """What a duty hangs on that is not certain; nothing where it is."""
    if item.certainty == "possible":
        return [(page.say(" ？条件未明", " ? condition unknown"), YELLOW)]
    if item.certainty == "indicated":
        return [(page.say(" （据报）", " (by what was reported)"), YELLOW)]
    return []


def bound(page: Page, item: DutyItem) -> str:
    """How strongly it is asked, where it does not oblige: "may", "should"."""
    verbs = page.assessment.situation.entities.verbs
    if item.verb is None or item.verb not in verbs or verbs[item.verb].obliges:
        return ""
    return page.words.verb(item.verb)


def due(page: Page, item: DutyItem) -> Line:
    """When something is due; of what is done for good, when it was due."""
    if is_finished(item) and item.deadline is not None and item.deadline.due is not None:
        return [(page.words.time(page.limit(item.deadline.due)), DIM)]
    return page.due(item.deadline)


def document_of(item: DutyItem) -> str:
    """The document that asks it; of several the most urgent."""
    return item.document if isinstance(item, ReportItem) else item.asked[0].plan


def done(page: Page, item: DutyItem, time: int) -> Run:
    """When an action was done, or a report made; of one to be done again, when last."""
    if is_finished(item):
        return (f" ✓ {page.say('已完成', 'done')} {page.words.time(time)}", GREEN)
    return (f" {page.say('上次完成', 'last done')} {page.words.time(time)}", GREEN)


def response(page: Page, asked: Asked) -> str:
    """A plan with its level in words, and for where, if that is not the plan's own area."""
    entities = page.assessment.situation.entities
    name = page.words.document(asked.plan)
    plan = entities.plans[asked.plan][-1]
    if asked.level is not None:
        level = page.words.level(plan.tracks[0].scale, asked.level) if plan.tracks else asked.level
        name = f"{name} {no_break(level)}"
    if asked.area != plan.jurisdiction:
        name += f" @ {page.words.place(asked.area)}"
    return name


def approvers(page: Page, item: DutyItem) -> str:
    """Who must approve the duty itself; '' where nobody must."""
    names: Sequence[str] = [actor(page, one) for one in item.approve]
    return page.say("批准：", "approved by ") + page.joined(names) if names else ""
