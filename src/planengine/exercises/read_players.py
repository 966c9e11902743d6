"""Reads a file of players against an exercise."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from planengine.diagnostics import Diagnostic, finding
from planengine.domain.entities import Entities
from planengine.exercises.observed import as_observation, with_times
from planengine.exercises.read import document_of, read_exercise
from planengine.exercises.script import Cast, Deed, Exercise, Habit
from planengine.exercises.virtual import parse_virtual
from planengine.expectations.parts import items
from planengine.linking.incidents.incident import read_incident
from planengine.linking.incidents.more import read_more
from planengine.linking.library.declare import label_of
from planengine.linking.library.linker import Linker
from planengine.linking.manifest import EXERCISE_ENDING
from planengine.reading.nodes import MappingNode
from planengine.reading.plain import plain
from planengine.reading.validate import Name, build
from planengine.values.times import format_time

if TYPE_CHECKING:
    from planengine.model.exercise import HabitModel, PlayersModel


def read_players(
    source: Path | bytes,
    exercise: Exercise,
    entities: Entities,
    findings: list[Diagnostic],
    file: str | None = None,
) -> Cast | None:
    """The players in a file, for an exercise; None, with findings, where it cannot be read."""
    name = file or (source.as_posix() if isinstance(source, Path) else "players")
    node = document_of(source, name, "players", findings)
    if node is None:
        return None
    from planengine.model.exercise import PlayersModel

    model = build(node, PlayersModel, findings)
    return None if model is None else _Reader(model, node, exercise, entities, findings).cast()


def check_players(path: Path, entities: Entities, findings: list[Diagnostic]) -> None:
    """What is wrong in a file of players, read for the exercise beside it that it is named after.

    `flood-night.players.yaml` plays `flood.exercise.yaml`. Where there is none, the keys are read,
    and no deed is tried.
    """
    exercise = _exercise_of(path, entities)
    if exercise is not None:
        read_players(path, exercise, entities, findings)
        return
    node = document_of(path, path.as_posix(), "players", findings)
    if node is not None:
        from planengine.model.exercise import PlayersModel

        build(node, PlayersModel, findings)


def _exercise_of(path: Path, entities: Entities) -> Exercise | None:
    """The exercise of the longest name with which a file of players begins."""
    beside = (
        other
        for other in path.parent.glob(f"*{EXERCISE_ENDING}")
        if path.name.startswith(other.name.removesuffix(EXERCISE_ENDING))
    )
    found = max(beside, key=lambda other: (len(other.name), other.name), default=None)
    return None if found is None else read_exercise(found, entities, [])


class _Reader:
    def __init__(
        self,
        model: PlayersModel,
        node: MappingNode,
        exercise: Exercise,
        entities: Entities,
        findings: list[Diagnostic],
    ) -> None:
        self.model = model
        self.node = node
        self.exercise = exercise
        self.entities = entities
        self.findings = findings
        self.linker = Linker(entities.names, findings)

    def cast(self) -> Cast:
        name, habits = str(self.model.players), self.model.habits
        deeds = sorted(self._deeds(), key=lambda deed: deed.at)
        bodies: dict[str, Habit] = {}
        for body, model in (habits.bodies if habits else {}).items():
            found = self.linker.name("body", body)
            if found is not None:
                bodies[found] = self._habit(model)
        return Cast(
            id=name,
            label=label_of(self.model.label, name),
            deeds=tuple(deeds),
            decisions=self._habit(habits.decisions) if habits and habits.decisions else None,
            duties=self._habit(habits.duties) if habits and habits.duties else None,
            bodies=bodies,
        )

    def _deeds(self) -> Iterator[Deed]:
        """The deeds, read against all that may be told in the exercise."""
        exercise, zone = self.exercise, self.entities.time_zone
        told = [one.record for one in exercise.injects if one.record is not None]
        incident = read_incident({**exercise.header, "observations": told}, self.entities, [])
        for node in items(self.node, "deeds"):
            written: Any = node.get("at")
            at = self._time(Name(written.text, written.span))
            if at is None:
                continue
            observed = with_times(node, at, self._time, zone)
            if observed is None:
                continue
            if incident is not None:
                incident = read_more(observed, incident, self.entities, self.findings) or incident
            kept = plain(as_observation(observed, at, zone))
            named = node.get("id")
            yield Deed(at=at, record=kept if named is None else {"id": plain(named), **kept})

    def _time(self, text: Name | None) -> int | None:
        if text is None:
            return None
        start, end, zone = self.exercise.start, self.exercise.end, self.entities.time_zone
        found = parse_virtual(str(text), start, zone)
        if found is None:
            self.findings.append(finding("bad-virtual-time", text.span, text=str(text)))
        elif not start <= found <= end:
            first, last = format_time(start, zone), format_time(end, zone)
            self.findings.append(
                finding("outside-exercise", text.span, text=str(text), start=first, end=last)
            )
        return found

    def _habit(self, model: HabitModel) -> Habit:
        lengths = [self.linker.duration(one, "within") or 0 for one in model.delay or ()]
        delay = tuple(sorted(lengths)) or (0,)
        return Habit(delay=delay, omits=model.omits or 0.0, errs=model.errs or 0.0)
