"""Why each decision has its level, and what would bring the next: `assess --why`."""

from __future__ import annotations

from rich.text import Text

from planengine.assessment.decisions import Decision
from planengine.assessment.results import Held, Reason, Way
from planengine.assessment.words import plain
from planengine.cli.page import Page

FIRST_WAYS = 2


class ReasonsView:
    """Prints the reasons of every decision that has a row."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def show(self) -> None:
        self.page.title("理由", "Why")
        for item in self.page.assessment.decisions:
            if not self.page.reached(item):
                continue
            line = Text(f"{self.page.name(item)}  ")
            line.append_text(self.page.level(item, item.level))
            if item.met_at is not None:
                line.append(
                    self.page.say("  自 ", "  since ") + self.page.words.time(item.met_at),
                    style="dim",
                )
            self.page.print(line)
            for reason in item.why:
                self._reason(reason)
            for held in item.why_eased:
                self._held(held, self.page.say("缓解", "easing"))
            ways = item.next[:FIRST_WAYS] if not self.page.everything else item.next
            for way in ways:
                self.page.print(Text(f"    ↑ {self._way(item, way)}", style="cyan"))

    def _reason(self, reason: Reason) -> None:
        place = f"  {reason.span}" if reason.span else ""
        self.page.print(Text(f"  · {reason.text}").append(place, style="dim"))
        basis = "；".join(
            f"{self.page.words.source(b.source)} {b.clause or ''}".strip()
            + (self.page.say("（未核实）", " (unverified)") if b.confidence == "unverified" else "")
            + (self.page.say("（本市自定）", " (the city's own)") if b.own_choice else "")
            for b in reason.basis
        )
        if basis:
            self.page.print(Text(f"    {self.page.say('依据', 'basis')}: {basis}", style="dim"))
        for held in reason.held:
            self._held(held, "✓")

    def _held(self, held: Held, mark: str) -> None:
        value = self.page.words.value(held.cell, held.value)
        test = self.page.words.value(held.cell, held.accepts)
        line = Text(f"    {mark} {self.page.words.cell(held.cell)} = {value}")
        line.append(f"   ({' / '.join(held.written) or test})", style="dim")
        for statement in held.statements[:2]:
            source = self.page.words.named(statement.stamp.source) if statement.stamp.source else ""
            when = self.page.words.time(statement.stamp.at)
            line.append(f"  [{f'{statement.stamp.id} {when} {source}'.strip()}]", style="dim")
        if held.estimated:
            line.append(self.page.say(" 估计", " estimated"), style="yellow")
        if held.assumed:
            line.append(self.page.say(" 默认未发生", " assumed"), style="yellow")
        self.page.print(line)

    def _way(self, item: Decision, way: Way) -> str:
        level = self.page.words.level(item.scale, way.level)
        if way.at is not None:
            return self.page.say(
                f"{self.page.words.time(way.at)} 达到{level}（若无变化）",
                f"{level} at {self.page.words.time(way.at)} if nothing changes",
            )
        parts: list[str] = []
        for need in way.needs:
            value = self.page.words.value(need.cell, need.accepts)
            text = f"{self.page.words.cell(need.cell)} {value}"
            if need.missing:
                text += self.page.say(
                    f"（还差 {plain(need.missing)}）", f" ({plain(need.missing)} more)"
                )
            parts.append(text)
        joined = self.page.say(" 且 ", " and ").join(parts)
        return self.page.say(f"达到{level}：{joined}", f"{level} when {joined}")
