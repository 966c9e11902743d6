"""What people said and did, from the words of `planengine say`: figures, duties met, levels."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NoReturn

import click
from msgspec import Struct

from planengine.cli.language import Say
from planengine.domain.names import normal_spelling

if TYPE_CHECKING:
    from planengine.cli.append import Written
    from planengine.domain.entities import Entities
    from planengine.domain.statements import DutyKind


def stated(facts: Iterable[str], say: Say) -> dict[str, Written]:
    """The facts with their values; a list in brackets is one of its members."""
    found: dict[str, Written] = {}
    for text in facts:
        name, equals, value = (part.strip() for part in text.partition("="))
        if not equals or not name or not value:
            raise click.UsageError(
                say(
                    f"“{text}”须写成 指标=值，如 死亡=2", f"`{text}`: write FACT=VALUE, as deaths=2"
                )
            )
        if name in found:
            raise click.UsageError(say(f"{name} 写了两次", f"{name} is given twice"))
        is_list = value.startswith("[") and value.endswith("]") and ".." not in value
        found[name] = [one.strip() for one in value[1:-1].split(",")] if is_list else value
    return found


class _Duty(Struct, frozen=True):
    """A duty that people can report done, with what it is called besides its id."""

    document: str
    kind: DutyKind
    id: str
    labels: tuple[str, ...]

    def is_called(self, text: str) -> bool:
        return normal_spelling(text) in map(normal_spelling, self.labels)


def _duties(entities: Entities, document: str) -> Iterator[_Duty]:
    """The duties of a document; an action is called by its label and by what is to be done."""
    from planengine.linking.library.duties import duties_of

    labels: dict[str, dict[str, None]] = {}
    for edition in entities.plans.get(document, ()):
        for action in edition.actions:
            texts = (text for label in (action.label, action.do) for _, text in label.texts)
            labels.setdefault(action.id, {}).update(dict.fromkeys(texts))
    for kind, name in duties_of(entities, document):
        called = labels.get(name, {}) if kind == "action" else {}
        yield _Duty(document, kind, name, tuple(called))


def duties_met(
    texts: Sequence[str],
    option: str,
    kinds: tuple[DutyKind, ...],
    entities: Entities,
    say: Say,
) -> dict[str, Written]:
    """What says that duties are met; wrong use where they are not all of one document."""
    first, *others = [_duty(text, option, kinds, entities, say) for text in texts]
    item = next(kind for kind in kinds if kind in first)
    whose = {key: value for key, value in first.items() if key != item}
    if any({**whose, item: one.get(item)} != one for one in others):
        raise click.UsageError(
            say(
                f"一次所写的几个 {option} 须属于同一个预案，报告和发布分开写",
                f"{option}: what is given at one time must be of one document, reports apart "
                "from releases",
            )
        )
    if not others:
        return dict(first)
    return {**whose, item: [first[item], *(one[item] for one in others)]}


def decision(
    text: str,
    by: str | None,
    duration: str | None,
    reason: str | None,
    entities: Entities,
    say: Say,
) -> dict[str, Written]:
    """What says that people started, changed or ended a level: `<plan>[/<track>]=<level>`."""
    whose, level = response(text, "--decide", entities, say)
    parts = {"by": by, "duration": duration, "reason": reason}
    return {**whose, "level": level, **_given(parts)}


def refusal(
    text: str, by: str | None, reason: str | None, entities: Entities, say: Say
) -> dict[str, Written]:
    """What says that people declined a move: `<plan>[/<track>]=<level>`, `lower` or `end`."""
    whose, what = response(text, "--decline", entities, say)
    return {**whose, "decline": what, **_given({"by": by, "reason": reason})}


def hand_over(
    plan: str | None,
    post: str | None,
    to: str,
    by: str | None,
    reason: str | None,
    entities: Entities,
    say: Say,
) -> dict[str, Written]:
    """What says that somebody else commands a response (`<plan>[/<track>]`) or acts for a post."""
    if (plan is None) == (post is None):
        raise click.UsageError(
            say("写 PLAN，或 --post，二者之一", "give PLAN, or --post, one of the two")
        )
    said = {"to": to, **_given({"by": by, "reason": reason})}
    if plan is None:
        return {**_given({"post": post}), **said}
    whose, _ = response(f"{plan}={to}", "PLAN", entities, say)
    return {**whose, **said}


def handed_over(
    text: str, by: str | None, reason: str | None, entities: Entities, say: Say
) -> dict[str, Written]:
    """What says so in one text: `<plan>[/<track>]=<who>`, or `<post>=<who>`."""
    form = say("预案=机构或岗位，如 flood=mayor", "PLAN=WHO, as flood=mayor")
    whose, to = _pair(text, "--hand-over", form, say)
    is_post = len(entities.names.find("post", whose)) == 1
    plan, post = (None, whose) if is_post else (whose, None)
    return hand_over(plan, post, to, by, reason, entities, say)


def response(
    text: str, option: str, entities: Entities, say: Say
) -> tuple[dict[str, Written], str]:
    """Whose response is meant by `<plan>[/<track>]=<level>`, and the level as it is written."""
    from planengine.domain.plan_names import plans_named

    whose, level = _pair(
        text, option, say("预案=级别，如 flood=II", "PLAN=LEVEL, as flood=II"), say
    )
    names, track = entities.names, ""
    if "/" in whose and not plans_named(names, whose):
        whose, _, track = whose.rpartition("/")
    keys = plans_named(names, whose)
    ours = [key for key in keys if _is_home(key, entities)]
    found = ours if len(ours) == 1 else list(keys)
    if len(found) != 1:
        _refuse_plan(whose, option, found, entities, say)
    plan = entities.plans[found[0]][-1]
    area = plan.jurisdiction
    other = {"jurisdiction": None if area == entities.home else area, "track": track or None}
    return {"plan": plan.id, **_given(other)}, level


def _given(parts: Mapping[str, str | None]) -> dict[str, Written]:
    return {key: value for key, value in parts.items() if value is not None}


def issue(text: str, say: Say) -> dict[str, Written]:
    """What says that a warning or grade was issued: `<scale>.<document>[/<track>]=<level>`."""
    form = say(
        "warning.预案=级别，如 warning.flood=orange", "warning.PLAN=LEVEL, as warning.flood=red"
    )
    name, level = _pair(text, "--issued", form, say)
    if "." not in name:
        raise _unfit(text, "--issued", form, say)
    return {name: level}


def moments(
    texts: Sequence[str], time: Callable[[str, str], int], zone: str, say: Say
) -> dict[str, Written]:
    """What says when named moments were; `time` reads the time given for an option."""
    from planengine.values.times import format_time

    form = say("时刻=时间，如 发生=23:00", "MOMENT=TIME, as occurrence=23:00")
    told: dict[str, Written] = {}
    for text in texts:
        name, given = _pair(text, "--moment", form, say)
        if name in told:
            raise click.UsageError(say(f"{name} 写了两次", f"{name} is given twice"))
        told[name] = format_time(time(given, "--moment"), zone)
    return told


def _pair(text: str, option: str, form: str, say: Say) -> tuple[str, str]:
    name, _, level = (part.strip() for part in text.partition("="))
    if not name or not level:
        raise _unfit(text, option, form, say)
    return name, level


def _unfit(text: str, option: str, form: str, say: Say) -> click.UsageError:
    return click.UsageError(
        say(f"{option} 的“{text}”须写成 {form}", f"{option}: `{text}`: write {form}")
    )


def _refuse_plan(
    text: str, option: str, found: Sequence[str], entities: Entities, say: Say
) -> NoReturn:
    from planengine.diagnostics.suggest import did_you_mean

    if found:
        choices = say("、", ", ").join(found)
        raise click.UsageError(
            say(
                f"{option} 的“{text}”有几个，写明是哪个：{choices}",
                f"{option}: `{text}` may be several; say which: {choices}",
            )
        )
    nearest = did_you_mean(text, [known[-1].id for known in entities.plans.values()])
    hint = say(f"；是否要写 {nearest}？", f": did you mean {nearest}?") if nearest else ""
    more = say("（planengine list plans 列出全部）", " (`planengine list plans` has them all)")
    raise click.UsageError(
        say(f"没有预案“{text}”{hint}{more}", f"{option}: there is no plan `{text}`{hint}{more}")
    )


def _duty(
    text: str, option: str, kinds: tuple[DutyKind, ...], entities: Entities, say: Say
) -> dict[str, str]:
    """What says that a duty is met; wrong use where none, or more than one, has this id."""
    from planengine.domain.plan_names import plans_named

    whose, _, item = text.rpartition("/")
    documents: tuple[str, ...] = (*entities.plans, *entities.standards)
    if whose:
        named = (*plans_named(entities.names, whose), *entities.names.find("standard", whose))
        if named:
            documents = named
        else:
            whose, item = "", text  # a label may have a slash
    known = [one for each in documents for one in _duties(entities, each) if one.kind in kinds]
    found = [one for one in known if one.id == item]
    found = found or [one for one in known if one.is_called(item)]
    if len(found) > 1:  # what is of the home area, before what is of another
        ours = [one for one in found if _is_home(one.document, entities)]
        found = ours if whose and len(ours) == 1 else found
    if len(found) != 1:
        _refuse_duty(text, option, found, kinds, entities, say)
    document, kind, item = found[0].document, found[0].kind, found[0].id
    plans = entities.plans.get(document)
    if plans is None:
        return {"standard": document, kind: item}
    own = {} if _is_home(document, entities) else {"jurisdiction": plans[-1].jurisdiction}
    return {"plan": plans[-1].id, **own, kind: item}


def _is_home(document: str, entities: Entities) -> bool:
    """Whether it is a plan of the library's home."""
    plans = entities.plans.get(document)
    return plans is not None and plans[-1].jurisdiction == entities.home


def _refuse_duty(
    text: str,
    option: str,
    found: Sequence[_Duty],
    kinds: tuple[DutyKind, ...],
    entities: Entities,
    say: Say,
) -> NoReturn:
    from planengine.diagnostics.suggest import did_you_mean

    if found:
        choices = say("、", ", ").join(f"{one.document}/{one.id}" for one in found)
        raise click.UsageError(
            say(
                f"{option} 的“{text}”有几个，写明是哪个：{choices}",
                f"{option}: `{text}` may be several; say which: {choices}",
            )
        )
    known = [
        one
        for document in (*entities.plans, *entities.standards)
        for one in _duties(entities, document)
        if one.kind in kinds
    ]
    names = dict.fromkeys([*(one.id for one in known), *(n for one in known for n in one.labels)])
    nearest = did_you_mean(text.rpartition("/")[2], names)
    hint = say(f"；是否要写 {nearest}？", f": did you mean {nearest}?") if nearest else ""
    listed = "planengine list " + ("actions" if "action" in kinds else "reports")
    raise click.UsageError(
        say(
            f"{option} 的“{text}”库中没有{hint}；见 {listed}",
            f"{option}: `{text}` is not in the library{hint}; `{listed}` has them all",
        )
    )
