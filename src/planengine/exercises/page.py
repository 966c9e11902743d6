"""The after-action report as one HTML document: for a screen, and for paper."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from jinja2 import Environment, PackageLoader, StrictUndefined

from planengine.assessment.words import Words
from planengine.diagnostics import Language
from planengine.domain.documents import Basis
from planengine.domain.entities import Entities
from planengine.exercises import charts
from planengine.exercises.phrases import (
    OUTCOMES,
    RATINGS,
    STATES,
    came_out,
    clauses_of,
    facts_of,
    label_in,
    length,
    named,
    thing,
    time_of,
)
from planengine.exercises.report import Expected, LevelCourse, Load, Message, Report


def page(report: Report, entities: Entities, language: Language) -> str:
    """The report as an HTML document that needs nothing from elsewhere."""
    environment = Environment(
        loader=PackageLoader("planengine.exercises", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    template = environment.get_template("after-action.html.j2")
    return template.render(page=_Page(report, entities, language), charts=charts) + "\n"


class _Page:
    """What the template shows, in the words of one language."""

    def __init__(self, report: Report, entities: Entities, language: Language) -> None:
        self.report = report
        self.entities = entities
        self.language = language
        self.words = Words(entities, language)
        self.axis = charts.Axis(report.start, report.end)
        self.by_id = {one.id: one for one in report.expected}
        self.decisions = [one for one in report.expected if one.scale is not None]
        self.duties = [one for one in report.expected if one.scale is None]
        self.panels = [charts.panel(one, self._levels(one), self.axis) for one in report.courses]
        self.flags = charts.flags(report.messages, self.axis)

    def say(self, zh: str, en: str) -> str:
        return zh if self.language == "zh" else en

    def label(self, label: dict[str, str]) -> str:
        return label_in(label, self.language)

    def text(self, text: object) -> str:
        """One of the languages of a text."""
        return str(getattr(text, self.language))

    def _levels(self, course: LevelCourse) -> Sequence[str]:
        """The levels of a scale, the mildest first."""
        scale = self.entities.scales[course.scale]
        ranks = range(1, len(scale.levels) + 1)
        return [level.id for rank in ranks if (level := scale.by_rank(rank)) is not None]

    # In words

    def outcome(self, name: str) -> str:
        return OUTCOMES[name][self.language == "en"]

    def rating(self, name: str | None) -> str:
        return (RATINGS[name] if name else OUTCOMES["open"])[self.language == "en"]

    def state(self, one: Load) -> str:
        return STATES[one.state][self.language == "en"]

    def thing(self, one: Expected) -> str:
        return thing(one, self.words)

    def came_out(self, one: Expected) -> str:
        return came_out(one, self.words)

    def level(self, scale: str, level: str | None) -> str:
        return self.words.level(scale, level)

    def time(self, at: datetime | None) -> str:
        return time_of(at)

    def bodies(self, names: Iterable[str]) -> str:
        return named(names, self.words)

    def clauses(self, basis: Iterable[Basis]) -> str:
        return clauses_of(basis, self.words)

    def facts(self, one: Message) -> Iterator[str]:
        return facts_of(one, self.words)

    def changes(self, course: LevelCourse, line: charts.Line) -> str:
        """A line of a drawing, for those who cannot see it."""
        between = self.say("；", "; ")
        return between.join(
            f"{time_of(at)} {self.level(course.scale, level)}" for at, level in line.changes
        )

    def differed(self, course: LevelCourse) -> str:
        """For how long a response was milder than recommended; nothing where it never was."""
        seconds = charts.differed(course, self._levels(course), self.axis)
        return length(seconds, zh=self.language == "zh") if seconds else ""

    def lane(self, one: Load) -> charts.Lane:
        return charts.lane(
            one.body, (duty for duty in self.duties if one.body in duty.by), self.axis
        )
