"""All papers of an assessment, or those that are asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct
from msgspec.structs import replace

from planengine.assessment.assessment import Assessment
from planengine.assessment.phrases import Language
from planengine.domain.documents import Executor
from planengine.papers.cards import card
from planengine.papers.notices import notices, people_of
from planengine.papers.orders import bodies_with_duties, order, posts_of
from planengine.papers.parts import Paper, PaperKind
from planengine.papers.reports import reports
from planengine.papers.warnings import warning_notices
from planengine.papers.wording import Wording

ALL: tuple[PaperKind, ...] = ("notice", "warning", "order", "report", "card")


class Choice(Struct, frozen=True):
    """Which papers are wanted: of some kinds, of one body or post, of one plan."""

    kinds: tuple[PaperKind, ...] = ALL
    whose: str | None = None  # an agency's or a post's id
    plan: str | None = None  # "<jurisdiction>/<id>"


def papers_of(
    assessment: Assessment, choice: Choice | None = None, language: Language = "zh"
) -> tuple[Paper, ...]:
    """The papers of an assessment in the order notices, warnings, orders, reports, cards.

    What is only advised is said to be 建议; nothing stands as decided but what people put in force.
    In English they are working translations: the Chinese ones are signed.
    """
    wanted = choice or Choice()
    wording = Wording(assessment, language)
    found: list[Paper] = []
    for kind in ALL:
        if kind in wanted.kinds:
            found += _MAKERS[kind](assessment, wording, wanted)
    return _with_own_stems(found)


def _with_own_stems(papers: Iterable[Paper]) -> tuple[Paper, ...]:
    """The same papers, no two of which are stored under one name."""
    found: dict[str, Paper] = {}
    for paper in papers:
        stem, number = paper.head.stem, 2
        while stem in found:
            stem, number = f"{paper.head.stem}-{number}", number + 1
        found[stem] = replace(paper, head=replace(paper.head, stem=stem))
    return tuple(found.values())


def _notices(assessment: Assessment, wording: Wording, choice: Choice) -> Iterator[Paper]:
    for item, notice in notices(assessment, wording):
        if choice.plan not in {None, item.plan}:
            continue
        plan = assessment.situation.outline.plans[item.plan or ""]
        people = {plan.headquarters, plan.office}
        for one in people_of(item, assessment):
            people |= set(_named(one))
        post = assessment.situation.entities.posts.get(choice.whose or "")
        if choice.whose is None or not people.isdisjoint({choice.whose, post.body if post else ""}):
            yield notice


def _warnings(assessment: Assessment, wording: Wording, choice: Choice) -> Iterator[Paper]:
    posts = assessment.situation.entities.posts
    post = posts.get(choice.whose or "")
    wanted = {choice.whose, post.body if post else ""}
    for item, people, notice in warning_notices(assessment, wording):
        if choice.plan in {None, item.plan} and (
            choice.whose is None or not wanted.isdisjoint(people)
        ):
            yield notice


def _named(one: Executor | None) -> Iterator[str]:
    if one is not None:
        yield one.id
        for other in one.alternates:
            yield from _named(other)


def _orders(assessment: Assessment, wording: Wording, choice: Choice) -> Iterator[Paper]:
    entities = assessment.situation.entities
    if choice.whose is not None:
        post = choice.whose if choice.whose in entities.posts else None
        body = entities.posts[choice.whose].body if post else choice.whose
        asked: Iterable[tuple[str, str | None]] = [(body, post)]
    else:
        bodies = bodies_with_duties(assessment)
        asked = [(body, None) for body in bodies if not _is_above(assessment, body)]
    for body, post in asked:
        made = order(assessment, wording, body, post, choice.plan)
        if made is not None:
            yield made


def _reports(assessment: Assessment, wording: Wording, choice: Choice) -> Iterator[Paper]:
    for sender, items, report in reports(assessment, wording):
        of_plan = choice.plan is None or any(one.document == choice.plan for one in items)
        senders = {post for one in items for actor in one.senders for post in posts_of(actor)}
        if choice.whose is None:
            wanted = sender is None or not _is_above(assessment, sender)
        else:
            wanted = choice.whose in {sender, *senders}
        if of_plan and wanted:
            yield report


def _is_above(assessment: Assessment, body: str) -> bool:
    """Whether a body is of an area around home: nobody here gives it orders or writes for it."""
    situation = assessment.situation
    area = situation.entities.agencies[body].area
    return area in situation.registry.ancestors(situation.entities.home)


def _cards(assessment: Assessment, wording: Wording, choice: Choice) -> Iterator[Paper]:
    holders = (choice.whose,) if choice.whose is not None else _called(assessment)
    for name in holders:
        made = card(assessment, wording, name, choice.plan)
        if made is not None:
            yield made


def _called(assessment: Assessment) -> tuple[str, ...]:
    """The posts and the governments below the counties that the answer calls upon."""
    found: dict[str, None] = {}
    for item in assessment.actions:
        if item.certainty != "possible":
            for actor in item.executors:
                found.update(dict.fromkeys(posts_of(actor)))
            found.update((body, None) for body in item.bodies if _is_local(assessment, body))
    return tuple(found)


def _is_local(assessment: Assessment, body: str) -> bool:
    """Whether a body governs an area that is two tiers or more below home."""
    situation = assessment.situation
    agency = situation.entities.agencies[body]
    area = situation.entities.jurisdictions[agency.area]
    tier = next((one for one in situation.entities.tiers if one.id == area.tier), None)
    governs = tier is not None and tier.government == agency.function
    above = situation.registry.ancestors(agency.area)
    home = situation.entities.home
    return governs and home in above and area.parent != home


_MAKERS = {
    "notice": _notices,
    "warning": _warnings,
    "order": _orders,
    "report": _reports,
    "card": _cards,
}
