"""What the parts of the terminal view share: words, lines, badges, rows left out."""

from __future__ import annotations

from collections.abc import Sequence

from planengine.assessment.assessment import Assessment
from planengine.assessment.decisions import Decision
from planengine.assessment.phrases import Language
from planengine.assessment.results import Deadline
from planengine.assessment.words import Words
from planengine.screens.brief_rows import is_reached
from planengine.screens.screen import (
    BADGES,
    BOLD,
    CYAN,
    DIM,
    RED,
    REVERSE,
    YELLOW,
    Run,
    Screen,
    no_break,
)


class Page:
    """One assessment being written in one language."""

    def __init__(self, assessment: Assessment, language: Language, screen: Screen) -> None:
        self.assessment = assessment
        situation = assessment.situation
        acts = {act.clause: act.what for act in situation.rules.acts}
        self.words = Words(situation.entities, language, at=assessment.at, acts=acts)
        self.zh = language == "zh"
        self.screen = screen

    def say(self, chinese: str, english: str) -> str:
        return chinese if self.zh else english

    def aside(self, text: str) -> str:
        """A text in brackets; '' where there is none."""
        return self.say(f"（{text}）", f" ({text})") if text else ""

    @property
    def stop(self) -> str:
        """What stands between two parts of a line."""
        return self.say("；", "; ")

    def title(self, chinese: str, english: str, note: str = "", *, alarm: str = "") -> None:
        """A heading, with what must not be missed in red and a note beside it."""
        self.screen.blank()
        self.screen.line(
            (self.say(chinese, english), BOLD),
            (f"  {alarm}" if alarm else "", RED),
            (f"  {note}" if note else "", DIM),
        )

    def heading(self, text: str, *, blank: bool, style: str = BOLD) -> None:
        """A heading of the default screen."""
        if blank:
            self.screen.blank()
        self.screen.line((text, style))

    def joined(self, names: Sequence[str], most: int | None = None) -> str:
        """Names in a row; past `most` only how many there are."""
        shown = list(names if most is None else names[:most])
        text = self.say("、", ", ").join(shown)
        hidden = len(names) - len(shown)
        return text + self.say(f"等{len(names)}家", f" and {hidden} more") if hidden else text

    def clock(self, at: int) -> str:
        """A time without its day, where that is the assessed one."""
        today = self.words.time(self.assessment.at).partition(" ")[0]
        day, _, time = self.words.time(at).partition(" ")
        return time if day == today else f"{day} {time}"

    def limit(self, at: int) -> int:
        """A limit as it is shown: one that runs from when another was missed begins a second late.

        What is overdue is so in the second after its limit, and what hangs on that runs from then.
        """
        return at - 1 if at % 60 == 1 else at

    def badge(self, item: Decision, level: str | None) -> Run:
        """A level in its colour."""
        name = no_break(self.words.level(item.scale, level))
        scale = self.assessment.situation.entities.scales[item.scale]
        found = next((one for one in scale.levels if one.id == level), None)
        if found is None:
            return (f"\u00a0{name}\u00a0", DIM)
        colour = found.colour or _by_place(len(scale.levels) - found.rank, len(scale.levels))
        return (f"\u00a0{name}\u00a0", BADGES.get(colour, REVERSE))

    def name(self, item: Decision) -> str:
        """A decision in words: its document, track, and area where that is not home."""
        name = self.words.label(item.label)
        if item.purpose == "warning":
            name += self.say("（预警）", " (warning)")
        if item.track:
            name += f"·{self.words.track(item.plan or item.standard or '', item.track)}"
        if item.area != self.assessment.situation.entities.home:
            name += f" @ {self.words.place(item.area)}"
        return name

    def reached(self, item: Decision) -> bool:
        """Whether a decision has a level that somebody or something gives."""
        return is_reached(self.assessment, item)

    def due(self, deadline: Deadline | None) -> list[Run]:
        """When something is due: a clock time, or the words for one that has none yet."""
        if deadline is None:
            return [("—", DIM)]
        if deadline.ended is not None:
            time = no_break(self.words.time(deadline.ended))
            return [(self.say(f"{time} 已结束", f"not again since {time}"), DIM)]
        if deadline.due is None:
            return [(self.words.timing(deadline.timing), DIM)]
        time = no_break(self.words.time(self.limit(deadline.due)))
        if deadline.overdue:
            return [(time, RED), (self.say(" 已超时", " OVERDUE"), RED)]
        if deadline.at_once:
            return [
                (self.say("立即", "AT ONCE"), YELLOW),
                (self.say(f"（{time}）", f" ({time})"), DIM),
            ]
        every = self._every(deadline)
        return [(time, CYAN), (f" {every}" if every else "", CYAN)]

    def forecast_until(self, until: int) -> str:
        """How far forecasts cover what was asked about."""
        time = no_break(self.words.time(until))
        return self.say(f"  预报至 {time}", f"  forecast until {time}")

    def repetition(self, deadline: Deadline | None) -> list[str]:
        """What is missed is due again when, and until what a repeated duty goes on, in words."""
        if deadline is None:
            return []
        parts: list[str] = []
        if deadline.overdue and deadline.again is not None:
            time = no_break(self.words.time(self.limit(deadline.again)))
            parts.append(
                self.say(
                    f"{self._every(deadline)}，下次 {time}", f"{self._every(deadline)}, next {time}"
                )
            )
        if deadline.timing.until is not None:
            parts.append(self.say("直到：", "until: ") + self.words.moment(deadline.timing.until))
        return parts

    def _every(self, deadline: Deadline) -> str:
        """How often something is repeated; '' where it is not."""
        repeat = deadline.timing.repeat
        every = no_break(self.words.duration(repeat)) if repeat else ""
        return self.say(f"每{every}", f"every {every}") if every else ""


def _by_place(place: int, count: int) -> str:
    """A colour for a level whose scale declares none, by its place from the top."""
    colours = ("red", "orange", "yellow", "blue")
    return colours[min(place * len(colours) // max(count, 1), 3)]
