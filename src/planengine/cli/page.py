"""What the parts of the terminal view share: words, colours, rows left out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from rich.console import Console
from rich.table import Table
from rich.text import Text

from planengine.assessment.assessment import Assessment
from planengine.assessment.decisions import Decision
from planengine.assessment.words import Language, Words

_SEVERITY = {
    "red": "bold white on red",
    "orange": "bold black on dark_orange",
    "yellow": "bold black on yellow",
    "blue": "bold white on blue",
}

T = TypeVar("T")


class Page:
    """One assessment being printed in one language; `everything` leaves no row out."""

    def __init__(
        self, assessment: Assessment, language: Language, everything: bool, console: Console
    ) -> None:
        self.assessment = assessment
        self.words = Words(assessment.situation.entities, language)
        self.zh = language == "zh"
        self.everything = everything
        self.console = console

    def say(self, chinese: str, english: str) -> str:
        return chinese if self.zh else english

    def print(self, *lines: Text | Table | str) -> None:
        for line in lines:
            self.console.print(line, soft_wrap=isinstance(line, str))

    def title(self, chinese: str, english: str, note: str = "") -> None:
        text = Text()
        text.append("\n" + self.say(chinese, english), style="bold")
        if note:
            text.append(f"  {note}", style="dim")
        self.print(text)

    def first(self, rows: Sequence[T], most: int) -> Sequence[T]:
        return rows if self.everything else rows[:most]

    def more(self, rows: Sequence[object], most: int) -> str:
        hidden = 0 if self.everything else len(rows) - most
        return (
            self.say(f"（另有 {hidden} 项，--all 显示）", f"({hidden} more: --all)")
            if hidden > 0
            else ""
        )

    def joined(self, names: Sequence[str], most: int | None = None) -> str:
        """Names in a row; past `most` only how many more there are."""
        shown = list(names if most is None or self.everything else names[:most])
        text = self.say("、", ", ").join(shown)
        hidden = len(names) - len(shown)
        return text + self.say(f" 等{len(names)}家", f" and {hidden} more") if hidden else text

    def level(self, item: Decision, level: str | None) -> Text:
        name = self.words.level(item.scale, level)
        scale = self.assessment.situation.entities.scales[item.scale]
        found = next((one for one in scale.levels if one.id == level), None)
        if found is None:
            return Text(name, style="dim")
        colour = found.colour or _by_place(len(scale.levels) - found.rank, len(scale.levels))
        return Text(f" {name} ", style=_SEVERITY.get(colour, "bold reverse"))

    def name(self, item: Decision) -> str:
        name = self.words.label(item.label)
        if item.purpose == "warning":
            name += self.say("（预警）", " (warning)")
        if item.track:
            track = self.words.decision(item.id).partition(" @ ")[0].partition("·")[2]
            name += f"·{track}" if track else ""
        if item.area != self.assessment.situation.entities.home:
            name += f" @ {self.words.named(item.area)}"
        return name

    def reached(self, item: Decision) -> bool:
        """Whether a decision has a row of its own; an issued warning has one, for home."""
        home = self.assessment.situation.entities.home
        return bool(item.level or item.in_force or (item.issued and item.area == home))


def _by_place(place: int, count: int) -> str:
    """A colour for a level whose scale declares none, by its place from the top."""
    colours = ("red", "orange", "yellow", "blue")
    return colours[min(place * len(colours) // max(count, 1), 3)]
