"""What a person types who plays an exercise: one line, in the short words of either language."""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import click
from msgspec import Struct

from planengine.cli.language import Say

if TYPE_CHECKING:
    from planengine.assessment.decisions import Decision
    from planengine.domain.entities import Entities
    from planengine.exercises.duties import Owed

WORDS = {
    "decide": "决定", "decline": "否决", "done": "完成", "acknowledge": "签收", "tell": "报",
    "invoke": "认定", "show": "查看", "due": "任务", "ask": "询问", "messages": "消息",
    "next": "下一步", "wait": "等", "until": "到", "speed": "速度", "leave": "离开",
    "help": "帮助",
}  # fmt: skip
_OF_DEEDS = {
    "decide": ("level", "by", "duration", "reason"),
    "decline": ("by", "reason"),
    "done": ("source",),
    "acknowledge": ("by",),
    "tell": ("area", "object", "kind", "source"),
    "invoke": ("by",),
}
_UP = frozenset({"start", "raise"})


class Said(Struct, frozen=True):
    """A line: its word, what stands after it, and its options (`--by mayor`)."""

    word: str
    items: tuple[str, ...]
    options: Mapping[str, str]


class Listed(Struct, frozen=True):
    """What is proposed and due, by the numbers that the person sees."""

    proposals: Mapping[int, Decision]
    duties: Mapping[int, Owed]


def said(line: str, say: Say) -> Said:
    """What a line says; an empty one is `next`. Wrong use where it cannot be read."""
    try:
        words = shlex.split(line.replace("\u3000", " "))
    except ValueError:
        raise click.UsageError(say("引号没有成对", "a quotation mark is not closed")) from None
    if not words:
        return Said("next", (), {})
    word = {chinese: english for english, chinese in WORDS.items()}.get(words[0], words[0].lower())
    if word not in WORDS:
        raise click.UsageError(
            say(f"没有“{words[0]}”这个词；“帮助”列出全部", f"`{words[0]}` is no word; see `help`")
        )
    items: list[str] = []
    options: dict[str, str] = {}
    rest = iter(words[1:])
    for text in rest:
        if not text.startswith("--"):
            items.append(text)
            continue
        name, equals, value = text[2:].partition("=")
        if name not in _OF_DEEDS.get(word, ()):
            listed = " ".join(f"--{one}" for one in _OF_DEEDS.get(word, ()))
            raise click.UsageError(
                say(
                    f"“{words[0]}”没有选项 --{name}；可用：{listed or '无'}",
                    f"`{words[0]}` has no --{name}; it takes {listed or 'no options'}",
                )
            )
        found = value if equals else next(rest, "")
        if not found or name in options:
            raise click.UsageError(say(f"--{name} 写一个值", f"--{name} takes one value"))
        options[name] = found
    return Said(word, tuple(items), options)


def deed(one: Said, listed: Listed, entities: Entities, say: Say) -> list[dict[str, Any]]:
    """The observations that a line tells; none where it only looks, or lets time pass."""
    if one.word not in _OF_DEEDS:
        return []
    if not one.items:
        raise click.UsageError(say(f"“{WORDS[one.word]}”什么？", f"{one.word} what?"))
    match one.word:
        case "decide" | "decline":
            return [_decision(one, listed, entities, say)]
        case "done" | "acknowledge":
            return [*_duties(one, listed, entities, say)]
        case "invoke":
            return [{"invoke": {"clause": _only(one, say), **one.options}}]
        case _:
            from planengine.cli.say_acts import stated

            return [{**one.options, "facts": stated(one.items, say)}]


def _only(one: Said, say: Say) -> str:
    if len(one.items) != 1:
        raise click.UsageError(say("一次写一项", "one at a time"))
    return one.items[0]


def _decision(one: Said, listed: Listed, entities: Entities, say: Say) -> dict[str, Any]:
    from planengine.exercises.deeds import decided, declined

    item = _only(one, say)
    options = dict(one.options)
    if one.word == "decline" and "reason" not in options:
        raise click.UsageError(say("否决要写 --reason 理由", "say why: --reason TEXT"))
    if not item.isdecimal():
        return _named(one.word, item, options, entities, say)
    found = _numbered(listed.proposals, item, say)
    move = found.proposal
    if one.word == "decline":
        what = found.level if move in _UP else move
        return declined(found, what or "none", entities, **options)
    level = options.pop("level", None)
    if level is None and move == "lower":
        raise click.UsageError(
            say("建议降级：用 --level 写明降到哪一级", "say to which level: --level LEVEL")
        )
    return decided(found, level or (None if move == "end" else found.level), entities, **options)


def _named(
    word: str, text: str, options: dict[str, str], entities: Entities, say: Say
) -> dict[str, Any]:
    """A decision on a plan by its name: `flood/flood=III`."""
    from planengine.cli.say_acts import response

    if "level" in options:
        text = f"{text}={options.pop('level')}"
    whose, level = response(text, say(WORDS[word], word), entities, say)
    return {"decide": {**whose, "level" if word == "decide" else "decline": level, **options}}


def _duties(one: Said, listed: Listed, entities: Entities, say: Say) -> Sequence[dict[str, Any]]:
    from planengine.cli.say_acts import duties_met
    from planengine.exercises.deeds import carried_out, received

    told: list[dict[str, Any]] = []
    for item in one.items:
        if item.isdecimal():
            found = _numbered(listed.duties, item, say)
            if one.word == "done":
                told.append({**carried_out(found, entities), **one.options})
            else:
                told.append(received(found, entities, **one.options))
            continue
        word = say(WORDS[one.word], one.word)
        duty = duties_met([item], word, ("action", "report", "release"), entities, say)
        if one.word == "acknowledge":
            told.append({"acknowledged": {**duty, **one.options}})
        else:
            told.append({"done" if "action" in duty else "reported": duty, **one.options})
    return told


def _numbered(listed: Mapping[int, Any], text: str, say: Say) -> Any:  # noqa: ANN401 - of either
    found = listed.get(int(text))
    if found is None:
        raise click.UsageError(
            say(
                f"现在没有编号 {text}；“查看”列出全部", f"nothing has number {text} now; see `show`"
            )
        )
    return found
