"""Limits as papers tell them: by when, at once, how often."""

from __future__ import annotations

from planengine.assessment.results import Deadline
from planengine.papers.wording import Wording


def limit_said(deadline: Deadline | None, wording: Wording) -> str:
    """By when something is owed; what has no limit says so."""
    say = wording.say
    if deadline is None:
        return wording.no_limit
    if deadline.ended is not None:
        end = wording.time(deadline.ended)
        return say(f"已于{end}结束", f"ended on {end}")
    repeat = deadline.timing.repeat
    every = ""
    if repeat:
        length = wording.words.duration(repeat)
        every = say(f"，每{length}一次", f", every {length}")
    if deadline.due is None:
        return wording.words.timing(deadline.timing)
    due = wording.time(_minute(deadline.due))
    if deadline.overdue:
        again = "" if deadline.again is None else wording.time(_minute(deadline.again))
        again = say(f"，下次{again}", f", next {again}") if again else ""
        return say(f"{due}前（已超时）", f"by {due} (OVERDUE)") + every + again
    if is_immediate(deadline):
        past = ""
        if deadline.timing.seconds or deadline.timing.clock:
            past = say(f"（规定时限{due}已过）", f" (the limit {due} had passed)")
        return say("立即", "AT ONCE") + past + every
    if deadline.timing.kind in {"at", "clock"}:
        return say(due, f"at {due}") + every
    return say(f"{due}前", f"by {due}") + every


def is_immediate(deadline: Deadline | None) -> bool:
    """Whether it is owed at once: late when it became known, or without any time to do it in.

    Of what is repeated the first time alone: the others are an interval later.
    """
    if deadline is None:
        return False
    if deadline.at_once:
        return True
    timing, base = deadline.timing, deadline.counted_from
    first = deadline.due is None or base is None or deadline.due <= base
    return timing.kind != "times" and not timing.clock and timing.seconds == 0 and first


def _minute(at: int) -> int:
    """The minute that a limit lies in: never later than it is."""
    return at - at % 60
