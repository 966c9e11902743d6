"""What came of an expectation in a few words, in Chinese or English."""

from __future__ import annotations

from planengine.assessment.words import Words
from planengine.exercises.report import Expected

OUTCOMES = {
    "met": ("按时完成", "met"), "late": ("逾时完成", "late"), "partial": ("部分完成", "partial"),
    "missed": ("未完成", "missed"), "open": ("未评定", "not rated"),
}  # fmt: skip
WHATS = {
    "start": ("启动", "start"), "raise": ("提级", "raise to"), "lower": ("降级", "lower"),
    "end": ("终止", "end"), "action": ("措施", "action"), "report": ("报告", "report"),
    "request": ("商请", "request"), "information": ("发布", "release"),
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
        length = words.duration(one.late)
        name = f"逾时 {length}" if zh else f"{length} late"
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
