"""What is told of a world: statements that are true as long as they count, and what people do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from tests.worlds.levels import People
from tests.worlds.small import FACTS, INCIDENT, LEVELS, OBJECTS, clock
from tests.worlds.world import World

Observation = dict[str, Any]
KINDS = ("observed", "judged", "estimated")
FOREVER = 1_000


@dataclass(frozen=True)
class Said:
    """One fact stated of one place; times in half hours from 08:00."""

    id: str
    at: int
    received: int
    name: str
    place: str
    kind: str = "observed"
    since: int | None = None
    until: int | None = None
    began: int | None = None
    corrects: str | None = None
    value: object = None  # as YAML has it

    @property
    def start(self) -> int:
        start = self.at if self.since is None else self.since
        return start if self.began is None else min(start, self.began)

    @property
    def end(self) -> int:
        end = FOREVER if self.until is None else self.until
        holds = FACTS[self.name].holds
        if holds is not None and (self.kind != "forecast" or self.until is None):
            end = min(end, (self.at if self.since is None else self.since) + holds)
        return end

    def observation(self, targets: Mapping[str, Said]) -> Observation:
        found: Observation = {"id": self.id, "at": clock(self.at)}
        if self.corrects is not None:
            found["at"] = clock(targets[self.id].at)
            found["correct"] = self.corrects
        if self.received != self.at:
            found["received"] = clock(self.received)
        if self.kind != "observed":
            found["kind"] = self.kind
        if self.since is not None or self.until is not None:
            valid = {"from": self.since, "until": self.until}
            found["valid"] = {k: clock(v) for k, v in valid.items() if v is not None}
        if self.began is not None:
            found["began"] = clock(self.began)
        if self.place != INCIDENT:
            found["object" if self.place in OBJECTS else "area"] = self.place
        return {**found, "facts": {self.name: self.value}}


@dataclass(frozen=True)
class Act:
    """Anything else that happens, at a half hour: a plan started, a warning issued, a watch …"""

    id: str
    at: int
    content: Observation

    def observation(self) -> Observation:
        return {"id": self.id, "at": clock(self.at), **self.content}


@dataclass(frozen=True)
class Story:
    """A world, and what is told of it."""

    world: World
    said: tuple[Said, ...]
    fixes: Mapping[str, Said]  # corrections and when they were really made, by id
    withdrawn: Mapping[str, int]  # by the id of what is withdrawn
    acts: tuple[Act, ...]
    stated: Mapping[tuple[str, str], object]  # attributes that the registry states

    def incident(self) -> Observation:
        """The incident, as `Engine.assess` takes it."""
        told = [one.observation(self.fixes) for one in self.said]
        told += [
            {"id": f"w-{target}", "at": clock(at), "withdraw": target}
            for target, at in self.withdrawn.items()
        ]
        told += [act.observation() for act in self.acts]
        found: Observation = {
            "incident": "x",
            "hazards": sorted(self.world.hazards),
            "observations": told,
        }
        if self.world.scope is not None:
            found["scope"] = list(self.world.scope)
        return found

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        """How Hypothesis shows it: what is told, line by line, and the world."""
        for line in (*self.incident()["observations"], self.stated, self.world):
            printer.text(f"\n{line}")

    def people(self, tick: int) -> People:
        """What people have done by a half hour."""
        in_force: dict[tuple[str, str | None], tuple[int, int]] = {}
        issued: dict[tuple[str, str, str], tuple[int, int]] = {}
        acts: set[str] = set()
        for act in self.acts:
            if act.at > tick:
                continue
            if (put := act.content.get("decide")) is not None and "level" in put:
                key = (f"{put.get('jurisdiction', 'city')}/{put['plan']}", put.get("track"))
                level = (act.at, rank_of("response", put["level"]))
                in_force[key] = max(in_force.get(key, level), level)
            elif (levels := act.content.get("issued")) is not None:
                ((name, shown_level),) = levels.items()
                scale, _, document = name.partition(".")
                where = (scale, document, act.content.get("area", "city"))
                level = (act.at, rank_of(scale, shown_level))
                issued[where] = max(issued.get(where, level), level)
            elif (made := act.content.get("invoke")) is not None:
                acts.add(made["clause"])
        return People(
            {key: rank for key, (_, rank) in in_force.items()},
            {key: rank for key, (_, rank) in issued.items()},
            frozenset(acts),
        )


def rank_of(scale: str, level: str) -> int:
    return 0 if level == "none" else LEVELS[scale].index(level) + 1


def live(
    said: Iterable[Said], fixes: Mapping[str, Said], gone: Mapping[str, int], now: int
) -> list[Said]:
    """What counts at a half hour of all that was ever said."""
    here = [one for one in said if max(fixes.get(one.id, one).at, one.received) <= now]
    removed = {target for target, at in gone.items() if at <= now}
    removed |= {one.corrects for one in here if one.corrects and one.id not in removed}
    return [one for one in here if one.id not in removed]


def effective(said: Iterable[Said], name: str, place: str, tick: int) -> list[Said]:
    """What counts of a fact at its very place at a half hour: the newest, then the best kind."""
    speaking = [
        one
        for one in said
        if (one.name, one.place) == (name, place)
        and one.kind != "forecast"
        and one.start <= tick < one.end
    ]
    best = max(((one.at, -KINDS.index(one.kind)) for one in speaking), default=None)
    return [one for one in speaking if (one.at, -KINDS.index(one.kind)) == best]
