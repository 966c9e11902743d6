"""Links deadlines: how long or at what time of day, from which moment, how often, until when."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from planengine.diagnostics import Span, Text, finding
from planengine.domain.documents import Timing
from planengine.domain.ids import DoneOf, MomentKey
from planengine.domain.vocabulary import MomentMeaning
from planengine.linking.library.linker import AT_ONCE, Linker
from planengine.values.clocks import parse_clock
from planengine.values.durations import parse_duration

if TYPE_CHECKING:
    from planengine.model.common import TimingModel
    from planengine.reading.validate import Name

DAY = 86_400
_LENGTHS: tuple[Literal["within", "before", "at"], ...] = ("within", "before", "at")
_WORD = re.compile(r"[A-Za-z0-9]+(?:[-_.][A-Za-z0-9]+)*")


class _Repeating(Struct, frozen=True):
    """After how many seconds again, how often each time, and until when."""

    repeat: int | None
    times: int | None
    until: MomentKey | None


def link_timing(
    linker: Linker,
    model: TimingModel,
    anchors: Mapping[str, DoneOf],
    span: Span | None,
    *,
    default: MomentMeaning = "start",
) -> Timing | None:
    """A deadline; None where none is written. `anchors` are the `done.…` there are.

    Where its author names no moment it counts from the one that has the `default` meaning.
    """
    if model.repeat is not None and model.every is not None:
        linker.findings.append(finding("one-of", model.every.span, keys=("repeat", "every")))
    repeating = _Repeating(
        linker.duration(model.repeat or model.every, "every"),
        _times(linker, model, span),
        _until(linker, model, anchors),
    )
    if not is_timed(model):
        if model.of is not None:
            linker.anchor(model.of, anchors)
        return None
    anchor = linker.anchor(model.of, anchors) or linker.built_in.moment(default, span)
    written = [key for key in _LENGTHS if getattr(model, key) is not None]
    if len(written) > 1:
        linker.findings.append(finding("one-of", _span(model, written[1]) or span, keys=_LENGTHS))
    if written == ["at"] and model.at is not None and _is_clock(model.at):
        return _clock(linker, model, anchor, repeating)
    found = _length(linker, model, written, repeating)
    if found is None:
        return None
    kind, seconds = found
    return Timing(
        kind=kind,
        seconds=seconds,
        anchor=anchor,
        repeat=repeating.repeat,
        until=repeating.until,
        times=repeating.times,
        meaning=linker.built_in.meaning(anchor),
    )


def _length(
    linker: Linker,
    model: TimingModel,
    written: Sequence[Literal["within", "before", "at"]],
    repeating: _Repeating,
) -> tuple[Literal["within", "before", "at", "times"], int] | None:
    """The kind of a deadline and its seconds; None where they cannot be read."""
    if not written:
        counted = model.times is not None and repeating.repeat is None
        return ("times", 0) if counted else ("within", repeating.repeat or 0)
    kind = written[0]
    text = model.at[0] if kind == "at" and model.at else getattr(model, kind)
    seconds = linker.duration(text, None if kind == "at" else kind)
    return None if seconds is None else (kind, seconds)


def _span(model: TimingModel, key: str) -> Span | None:
    value: Name | list[Name] = getattr(model, key)
    return value[0].span if isinstance(value, list) else value.span


def is_timed(model: TimingModel) -> bool:
    """Whether a deadline is written."""
    written = (model.within, model.before, model.at, model.times, model.repeat, model.every)
    return any(one is not None for one in written)


def _times(linker: Linker, model: TimingModel, span: Span | None) -> int | None:
    if model.times is None or model.times > 0:
        return model.times
    reason = Text("it counts from 1", "次数从 1 起")
    linker.findings.append(finding("key-unsuited", span, key="times", reason=reason))
    return None


# Times of the day


def _is_clock(texts: Sequence[Name]) -> bool:
    """Whether `at` holds times of the day: one, several, or what is no length either."""
    return len(texts) > 1 or any(
        parse_clock(str(text)) is not None
        or (parse_duration(str(text)) is None and str(text).strip() not in AT_ONCE)
        for text in texts
    )


def _clock(
    linker: Linker, model: TimingModel, anchor: MomentKey, repeating: _Repeating
) -> Timing | None:
    """A deadline at the next of some times of the day, or at each of them every day."""
    seconds: set[int] = set()
    daily, wrong = False, False
    for text in model.at or ():
        found = parse_clock(str(text))
        if found is None:
            linker.findings.append(finding("bad-clock", text.span, text=str(text)))
            wrong = True
            continue
        seconds.update(found.seconds)
        daily = daily or found.daily
    repeat = repeating.repeat
    if repeat is not None and repeat != DAY:
        name = model.repeat or model.every
        reason = Text("times of the day come again every day", "钟点按日重复")
        span = name.span if name is not None else None
        key = "repeat" if model.repeat is not None else "every"
        linker.findings.append(finding("key-unsuited", span, key=key, reason=reason))
    if wrong:
        return None
    return Timing(
        kind="clock",
        seconds=0,
        anchor=anchor,
        repeat=DAY if daily or repeat is not None else None,
        until=repeating.until,
        times=repeating.times,
        clock=tuple(sorted(seconds)),
        meaning=linker.built_in.meaning(anchor),
    )


def _is_daily(model: TimingModel) -> bool:
    found = (parse_clock(str(text)) for text in model.at or ())
    return any(one.daily for one in found if one is not None)


def _until(linker: Linker, model: TimingModel, anchors: Mapping[str, DoneOf]) -> MomentKey | None:
    """What ends the repeating: a moment's id, `done.<action>`, or words for people.

    One word in Latin letters is meant as a name, so a mistyped moment is not taken for words.
    """
    text: Name | None = model.until
    if text is None:
        return None
    if model.repeat is None and model.every is None and not _is_daily(model):
        reason = Text("it ends a `repeat`", "它是 repeat 的结束条件")
        linker.findings.append(finding("key-unsuited", text.span, key="until", reason=reason))
        return None
    if linker.names.find("moment", str(text)) or _WORD.fullmatch(text):
        return linker.anchor(text, anchors)
    return str(text)
