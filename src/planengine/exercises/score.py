"""Scores an exercise that was played: what the plans expected, and what came of it.

A pure function of what was told, the exercise and the library: the past of the incident tells
since when each level was advised and each duty owed, and it is looked at again just before each
of them ended.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping

from planengine.answers import Text as PlainText
from planengine.assessment.assessment import Assessment
from planengine.assessment.plain.parts import Teller
from planengine.assessment.words import Words
from planengine.diagnostics import Language
from planengine.domain.acts import acts_of
from planengine.domain.entities import Entities
from planengine.domain.parts import Label
from planengine.domain.statements import DutyKind
from planengine.exercises.as_written import told_by
from planengine.exercises.asked import Courses, decisions_asked, duties_asked, opened_at
from planengine.exercises.contradictions import contradictions
from planengine.exercises.courses import courses_of
from planengine.exercises.drafts import Draft, late_by, note_of, outcome_of
from planengine.exercises.loads import loads
from planengine.exercises.objectives import rated
from planengine.exercises.otherwise import with_otherwise
from planengine.exercises.phrases import fault
from planengine.exercises.play import Engine, Played, followed
from planengine.exercises.report import (
    Counts,
    Expected,
    Improvement,
    LevelCourse,
    LevelStep,
    Message,
    Report,
)
from planengine.exercises.script import Inject
from planengine.rules.ruleset import Unit
from planengine.timeline.timeline import Timeline
from planengine.values.times import parse_time

_LANGUAGES: tuple[Language, Language] = ("zh", "en")


def score(played: Played, engine: Engine) -> Report:
    """The after-action report of an exercise that was played."""
    exercise = played.exercise
    header, *lines = played.stream.splitlines()
    told = [(_received(line, engine), line) for line in lines]
    last = _at_the_end(engine, header, lines, exercise.end)
    courses = tuple(courses_of(last))
    moments = {exercise.end, *opened_at(courses, exercise.start)}
    moments |= {one for one in last.situation.owed.last_owed() if one >= exercise.start}
    seen = dict(_looked_at(engine, header, told, sorted(moments - {exercise.end})))
    seen[exercise.end] = last
    drafts = [*decisions_asked(courses, seen, exercise), *duties_asked(seen, exercise)]
    drafts = with_otherwise(drafts, exercise, last, courses)
    drafts.sort(key=lambda one: (one.since, not one.is_decision, one.document, one.item or ""))
    return _Telling(played, last, engine.library.digest).report(drafts, courses, seen)


def _received(line: str, engine: Engine) -> int:
    data = json.loads(line)
    found = parse_time(str(data["received"]), engine.library.entities.time_zone)
    assert found is not None, "what was told has its time"
    return found


def _at_the_end(engine: Engine, header: str, lines: Iterable[str], end: int) -> Assessment:
    observations = [json.loads(line) for line in lines]
    return engine.open({**json.loads(header), "observations": observations}).at(end)


def _looked_at(
    engine: Engine, header: str, told: list[tuple[int, str]], moments: list[int]
) -> Iterator[tuple[int, Assessment]]:
    """What followed at some moments, from all that had been told by then."""
    timeline: Timeline = engine.open(json.loads(header))
    waiting = told[::-1]
    for at in moments:
        while waiting and waiting[-1][0] <= at:
            timeline = timeline.tell(waiting.pop()[1])
        yield at, followed(timeline, at)


class _Telling:
    """Says what was found as plain data."""

    def __init__(self, played: Played, last: Assessment, library: str) -> None:
        self.played = played
        self.library = library
        self.last = last
        self.tell = Teller.of(last.situation)
        self.entities: Entities = last.situation.entities
        acts = {clause: act.what for clause, act in acts_of(self.entities).items()}
        self.words = {
            language: Words(self.entities, language, at=last.at, acts=acts)
            for language in _LANGUAGES
        }

    def report(
        self, drafts: list[Draft], courses: Courses, seen: Mapping[int, Assessment]
    ) -> Report:
        exercise, cast = self.played.exercise, self.played.cast
        expected = tuple(self._expected(n, one) for n, one in enumerate(drafts, 1))
        outcomes = [one.outcome for one in expected]
        return Report(
            schema=1,
            exercise=exercise.id,
            label=texts(exercise.label),
            status="exercise",
            library=self.library,
            team=None if cast is None else cast.id,
            team_label={} if cast is None else texts(cast.label),
            seed=self.played.seed,
            start=self.tell.time(exercise.start),
            end=self.tell.time(exercise.end),
            aims=tuple(map(texts, exercise.aims)),
            counts=Counts(
                met=outcomes.count("met"),
                late=outcomes.count("late"),
                partial=outcomes.count("partial"),
                missed=outcomes.count("missed"),
                open=outcomes.count("open"),
            ),
            objectives=tuple(rated(one, expected) for one in exercise.objectives),
            expected=expected,
            courses=tuple(self._courses(courses)),
            contradictions=tuple(contradictions(courses, seen, self.tell, self.words)),
            bodies=loads(drafts, expected, self.entities, self.tell),
            improvements=tuple(self._improvements(expected)),
            messages=tuple(map(self._message, exercise.injects)),
        )

    def _expected(self, number: int, one: Draft) -> Expected:
        level = None
        if one.scale is not None and one.what != "end":
            found = self.entities.scales[one.scale].by_rank(one.rank)
            level = None if found is None else found.id
        note = note_of(one, self.words["en"], self.words["zh"])
        return Expected(
            id=f"x{number}",
            what=one.what,
            document=one.document,
            track=one.track,
            item=one.item,
            area=one.area,
            object=one.object,
            label={language: self._label(words, one) for language, words in self.words.items()},
            scale=one.scale,
            level=level,
            by=one.by,
            to=one.to,
            binding=one.binding,
            met_at=self.tell.moment(one.met_at),
            since=self.tell.time(one.since),
            due=self.tell.moment(one.due),
            limit=one.limit,
            done_at=self.tell.moment(one.done_at),
            done_by=one.done_by,
            outcome=outcome_of(one),
            late=None if one.times_due is not None else late_by(one),
            times_due=one.times_due,
            times_met=one.times_met,
            note=None if note is None else PlainText(zh=note.zh, en=note.en),
            because=texts(one.because),
            basis=one.basis,
            rule=one.rule,
            until=self.tell.time(one.closed),
        )

    def _label(self, words: Words, one: Draft) -> str:
        if one.unit is not None:
            return words.decision(one.unit)
        if one.what == "action":
            return words.action(one.document, one.item or "")
        kind: DutyKind = "release" if one.what == "information" else "report"
        return words.duty(kind, one.document, one.item or "")

    def _courses(self, courses: Courses) -> Iterator[LevelCourse]:
        for unit, course in courses:
            label: dict[str, str] = {
                language: words.decision(unit.id) for language, words in self.words.items()
            }
            yield LevelCourse(
                decision=str(unit.id),
                label=label,
                scale=unit.scale.id,
                steps=tuple(
                    LevelStep(
                        at=self.tell.time(one.since),
                        recommended=_named(unit, one.recommended),
                        indicated=_named(unit, one.indicated),
                        in_force=_named(unit, one.in_force),
                    )
                    for one in course
                ),
            )

    def _improvements(self, expected: Iterable[Expected]) -> Iterator[Improvement]:
        for one in expected:
            if one.outcome in {"late", "partial", "missed"}:
                zh, en = (fault(one, self.words[language]) for language in _LANGUAGES)
                yield Improvement(
                    expected=one.id,
                    text=PlainText(zh=zh, en=en),
                    bodies=one.by,
                    basis=one.basis,
                )

    def _message(self, inject: Inject) -> Message:
        told = told_by(inject.record)
        return Message(
            id=inject.id,
            at=self.tell.time(inject.at),
            channel=inject.channel,
            sender=inject.sender,
            to=inject.to,
            text=texts(inject.text),
            place=told.place,
            facts=told.facts,
            tells=told.tells,
            left_out=inject.id in self.played.left_out,
        )


def _named(unit: Unit, rank: int) -> str | None:
    found = unit.scale.by_rank(rank) if rank else None
    return None if found is None else found.id


def texts(label: Label) -> dict[str, str]:
    """A label by language."""
    return dict(label.texts)
