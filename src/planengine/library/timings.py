"""Links deadlines: how long, from or before which moment, how often, and until when."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

from planengine.diagnostics import Span, Text, finding
from planengine.library.document_entities import Timing
from planengine.library.linker import Linker

if TYPE_CHECKING:
    from planengine.model.common import TimingModel
    from planengine.reading.validate import Name

_LENGTHS: tuple[Literal["within", "before", "at"], ...] = ("within", "before", "at")
_WORD = re.compile(r"[A-Za-z0-9]+(?:[-_.][A-Za-z0-9]+)*")


def link_timing(
    linker: Linker,
    model: TimingModel,
    anchors: Sequence[str],
    span: Span | None,
    *,
    first_response: bool = False,
) -> Timing | None:
    """A deadline; None where none is written. `anchors` are the `done.…` there are.

    It counts from the start of the response; a first response waits for none.
    """
    at_once = first_response and linker.names.find("moment", "receipt")
    anchor = linker.anchor(model.of, anchors) or ("receipt" if at_once else "start")
    if model.repeat is not None and model.every is not None:
        linker.findings.append(finding("one-of", model.every.span, keys=("repeat", "every")))
    repeat = linker.duration(model.repeat or model.every)
    until = _until(linker, model, anchors)
    if model.times is not None and model.within is None:
        return Timing("times", 0, anchor, repeat, until, model.times)
    lengths = (model.within, model.before, model.at)
    written = [(k, text) for k, text in zip(_LENGTHS, lengths, strict=True) if text is not None]
    if not written:
        if repeat is None:
            return None
        return Timing("within", 0, anchor, repeat, until, model.times)
    if len(written) > 1:
        linker.findings.append(finding("one-of", written[1][1].span or span, keys=_LENGTHS))
    kind, text = written[0]
    seconds = linker.duration(text)
    if seconds is None:
        return None
    return Timing(kind, seconds, anchor, repeat, until, model.times)


def is_timed(model: TimingModel) -> bool:
    """Whether a deadline is written."""
    written = (model.within, model.before, model.at, model.times, model.repeat, model.every)
    return any(one is not None for one in written)


def _until(linker: Linker, model: TimingModel, anchors: Sequence[str]) -> str | None:
    """What ends the repeating: a moment's id, `done.<action>`, or words for people.

    One word in Latin letters is meant as a name, so a mistyped moment is not taken for words.
    """
    text: Name | None = model.until
    if text is None:
        return None
    if model.repeat is None and model.every is None:
        reason = Text("it ends a `repeat`", "它是 repeat 的结束条件")
        linker.findings.append(finding("key-unsuited", text.span, key="until", reason=reason))
        return None
    if linker.names.find("moment", str(text)) or _WORD.fullmatch(text):
        return linker.anchor(text, anchors)
    return str(text)
