"""A small dictionary of phrases in Chinese and English, with numbers and lengths of time."""

from __future__ import annotations

from typing import Literal, TypeAlias

Language: TypeAlias = Literal["zh", "en"]

_CHINESE = "\u2e80"


_WORDS: dict[str, tuple[str, str]] = {
    "expected-day": (
        "第{day}天（今天为第1天）预计{fact}",
        "{fact} expected on day {day} (today is 1)",
    ),
    "expected": ("{within}内预计{fact}", "{fact} expected within {within}"),
    "rise": ("{within}内{fact}上涨", "rise of {fact} within {within}"),
    "fall": ("{within}内{fact}下降", "fall of {fact} within {within}"),
    "elapsed": ("距{moment}", "time since {moment}"),
    "lasting": ("持续{within}：{body}", "for {within}: {body}"),
    "lasting-over": ("持续超过{within}：{body}", "for more than {within}: {body}"),
    "act": ("{act}", "{act}"),
    "done": ("“{duty}”已完成", "“{duty}” done"),
    "overdue": ("“{duty}”已超时", "“{duty}” overdue"),
    "report": ("{document}报告（{report}）", "report of {document} ({report})"),
    "first": ("{document}首次信息发布", "first release of {document}"),
    "conference": ("{document}新闻发布会", "press conference of {document}"),
    "release": ("{document}信息发布", "release of {document}"),
    "to": ("报{whom}", "to {whom}"),
    "told": ("报{whom}：{what}", "to {whom}: {what}"),
    "which": ("{text}（{which}）", "{text} ({which})"),
    "hazard": ("灾种：{hazard}", "hazard: {hazard}"),
    "computed": ("{decision}", "{decision}"),
    "recommended": ("{decision}（研判）", "{decision} (recommended)"),
    "active": ("{decision}（已启动）", "{decision} (in force)"),
    "obliged": ("{decision}（应启动）", "{decision} (obliged)"),
    "between": ("确定{certain}，可能达到{reach}", "certain {certain}, could reach {reach}"),
    "or": (" 或 ", " or "),
    "any": ("不详", "unknown"),
    "nothing": ("无", "none"),
    "n/a": ("不适用", "n/a"),
    "true": ("是", "yes"),
    "false": ("否", "no"),
}


def say(key: str, language: Language, **parts: str) -> str:
    """A phrase of this module's small dictionary."""
    return _WORDS[key][0 if language == "zh" else 1].format(**parts)


def together(language: Language, *parts: str) -> str:
    """Words beside each other, which Chinese writes without blanks."""
    return ("" if language == "zh" else " ").join(filter(None, parts))


def aside(text: str, language: Language) -> str:
    """A text in brackets; nothing of none."""
    if not text:
        return ""
    return f"（{text}）" if language == "zh" else f" ({text})"


def original(text: str, language: Language) -> str:
    """An author's own words: where a translation has to leave them in Chinese, in quotes."""
    foreign = language == "en" and any(sign >= _CHINESE for sign in text)
    return f"“{text}”" if foreign else text


def duration(seconds: float, language: Language) -> str:
    """A length of time in its largest whole unit."""
    units = ((86_400, "天", "d"), (3_600, "小时", "h"), (60, "分钟", "min"), (1, "秒", "s"))
    for size, chinese, english in units:
        if seconds >= size and seconds % size == 0:
            count = int(seconds // size)
            return f"{count}{chinese}" if language == "zh" else f"{count} {english}"
    return f"{seconds:g} s"


def at_least_or_over(seconds: int) -> tuple[int, bool]:
    """The length that something must last, and whether it must be exceeded.

    "More than 24 h" is 24 h and a second, for times are whole seconds.
    """
    over = seconds > 1 and seconds % 60 == 1
    return (seconds - 1 if over else seconds), over


def plain(number: object) -> str:
    """A number without needless digits: 12, 25.3, 50000000."""
    if isinstance(number, int):
        return str(number)
    return f"{float(number):.10g}"  # type: ignore[arg-type]


def grouped(number: object) -> str:
    """A number for people to read: five digits and more before the point stand in threes."""
    text = plain(number)
    whole, point, rest = text.partition(".")
    digits = whole.removeprefix("-")
    if not digits.isdigit() or len(digits) < 5:
        return text
    return f"{int(whole):,}{point}{rest}"
