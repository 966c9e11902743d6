"""What came of an expectation in a few words, in Chinese or English."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from planengine.assessment.words import Words
from planengine.domain.documents import Basis
from planengine.exercises.as_written import Told
from planengine.exercises.report import Expected, Message

OUTCOMES = {
    "met": ("按时完成", "met"), "late": ("逾时完成", "late"), "partial": ("部分完成", "partial"),
    "missed": ("未完成", "missed"), "open": ("未评定", "not rated"),
}  # fmt: skip
WHATS = {
    "start": ("启动", "start"), "raise": ("提级", "raise to"), "lower": ("降级", "lower"),
    "end": ("终止", "end"), "action": ("措施", "action"), "report": ("报告", "report"),
    "request": ("商请", "request"), "information": ("发布", "release"),
}  # fmt: skip
STATES = {
    "idle": ("未见行动", "idle"), "overloaded": ("超负荷", "overloaded"), "as-expected": ("", ""),
}  # fmt: skip
RATINGS = {
    "performed": ("顺利完成", "performed without challenges"),
    "some-challenges": ("有些困难", "performed with some challenges"),
    "major-challenges": ("困难很大", "performed with major challenges"),
    "not-performed": ("未能完成", "unable to be performed"),
}


def thing(one: Expected, words: Words) -> str:
    """What was expected: a level of a response, an action, a report."""
    language = words.language
    label = one.label[language]
    if one.scale is None:
        return label
    what = WHATS[one.what][language == "en"]
    level = words.level(one.scale, one.level) if one.level is not None else ""
    return f"{label}：{what}{level}" if language == "zh" else f"{label}: {what} {level}".rstrip()


def came_out(one: Expected, words: Words) -> str:
    """How it came out: in time, how late, how often, not at all."""
    zh = words.language == "zh"
    name = OUTCOMES[one.outcome][not zh]
    if one.late is not None:
        late = length(one.late, zh=zh)
        name = f"逾时 {late}" if zh else f"{late} late"
    if one.times_due:
        name += (
            f"（{one.times_met}/{one.times_due} 次按时）"
            if zh
            else f" ({one.times_met} of {one.times_due} in time)"
        )
    return name


def fault(one: Expected, words: Words) -> str:
    """What to improve, in one line."""
    zh = words.language == "zh"
    text = f"{thing(one, words)}{'：' if zh else ': '}{came_out(one, words)}"
    note = getattr(one.note, words.language) if one.note is not None else None
    return text if note is None else f"{text}{'；' if zh else '; '}{note}"


def said_value(fact: str, value: str, words: Words) -> str:
    """A value as people call it: a category by its label, yes or no of a flag."""
    if value in {"true", "false"}:
        yes, no = ("是", "否") if words.language == "zh" else ("yes", "no")
        return yes if value == "true" else no
    declared = words.entities.facts.get(fact)
    labels = dict(declared.value_labels) if declared is not None else {}
    return labels[value].text(words.language) if value in labels else value


def length(seconds: int, *, zh: bool) -> str:
    """A length of time in hours and minutes, and seconds where there are any."""
    sizes = ((3600, "小时", "h"), (60, "分钟", "min"), (1, "秒", "s"))
    parts: list[str] = []
    for size, chinese, english in sizes:
        count, seconds = divmod(seconds, size)
        if count:
            parts.append(f"{count}{chinese}" if zh else f"{count} {english}")
    return ("" if zh else " ").join(parts) or ("0分钟" if zh else "0 min")


def label_in(label: dict[str, str], language: str) -> str:
    """A label in a language, or in any."""
    return label.get(language) or next(iter(label.values()), "")


def time_of(at: datetime | None) -> str:
    """A time as the report shows it; nothing for none."""
    return "" if at is None else at.strftime("%m-%d %H:%M:%S" if at.second else "%m-%d %H:%M")


def facts_of(one: Message | Told, words: Words) -> Iterator[str]:
    """What the library was told by an inject, one by one."""
    where = f"{words.place(one.place)} " if one.place is not None else ""
    for name, value in one.facts.items():
        yield f"{where}{words.fact(name)} {said_value(name, value, words)}"
    if one.tells is not None:
        yield f"{where}{one.tells}"


def clauses_of(basis: Iterable[Basis], words: Words) -> str:
    """The clauses that ask for something."""
    return words.listed(
        " ".join(filter(None, (words.source(one.source), one.clause))) for one in basis
    )


def named(names: Iterable[str], words: Words) -> str:
    """Bodies, posts and roles by their labels."""
    return words.listed(map(words.named, names))
