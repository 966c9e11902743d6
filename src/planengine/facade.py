"""The public doors: a library of plans, the engine compiled from it, the bare decider."""

from __future__ import annotations

import hashlib
import os
from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from functools import cached_property
from math import floor
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, get_args

from msgspec import Struct
from msgspec.structs import replace

from planengine.diagnostics import Diagnostic, PlanError
from planengine.library.entities import Entities
from planengine.library.registry import Registry, boundaries
from planengine.rules.ruleset import RuleSet

if TYPE_CHECKING:
    from planengine.assessment.assessment import Assessment
    from planengine.assessment.outline import Outline
    from planengine.engines.both import Engine as Backend
    from planengine.engines.contract import Value
    from planengine.evidence.world import World
    from planengine.library.document_entities import Ruled
    from planengine.library.statements import Incident, Status
    from planengine.store import Kept, Store

BackendName: TypeAlias = Literal["kernel", "durable", "both"]
Moment: TypeAlias = int | str | datetime


def load(path: str | Path, *, cache: Path | None = None) -> Library:
    """Read, link and check a library of plans.

    `path` is a folder that holds `planengine.yaml`, or that file. With `cache`, a folder of
    the user's own, what was read and compiled is kept there and used again as long as every
    file is as it was. Raises `PlanError`, which holds every diagnostic, when any of them is
    an error; warnings stay in `Library.diagnostics`.
    """
    at_hand = _at_hand(Path(path), cache) if cache is not None else None
    store, contents = at_hand if at_hand is not None else (None, {})
    kept = store.get("library") if store is not None else None
    if kept is not None:
        entities, diagnostics = kept
        return Library(entities, diagnostics, {}, store)
    from planengine.library.load import read_library

    found, findings, sources = read_library(Path(path), contents=contents)
    if found is None or any(item.severity == "error" for item in findings):
        raise PlanError(findings)
    if store is not None:
        store.put("library", (found, tuple(findings)))
    return Library(found, tuple(findings), sources, store)


def _at_hand(path: Path, cache: Path) -> Kept | None:
    """What is kept of a library, and the files' contents that this follows from."""
    from planengine.library.manifest import included, library_files, manifest_of
    from planengine.reading.contents import content_of
    from planengine.store import store_for

    manifest = manifest_of(path)
    content = content_of(manifest) if manifest is not None else None
    if manifest is None or content is None:
        return None
    for_manifest = store_for((manifest,), cache)
    names = for_manifest.store.get("included") if for_manifest else None
    if names is None:
        names = included(content)
        if for_manifest:
            for_manifest.store.put("included", names)
    return store_for(library_files(manifest, names), cache)


class Library:
    """Plans, standards, vocabulary and registry, linked; immutable."""

    def __init__(
        self,
        entities: Entities,
        diagnostics: tuple[Diagnostic, ...] = (),
        sources: Mapping[str, str] | None = None,
        store: Store | None = None,
    ) -> None:
        self.entities = entities
        self.diagnostics = diagnostics
        self.sources = sources or {}
        self.store = store

    def compile(self, *, engine: BackendName = "kernel") -> Engine:
        """An engine for this library; raises `PlanError` when its rules cannot be compiled.

        `engine` is `kernel`, `durable` (needs the extra `planengine[durable]`), or `both`,
        which runs the two and refuses to answer where they differ.
        """
        if engine not in get_args(BackendName):
            raise ValueError(f"there is no engine `{engine}`: kernel, durable or both")
        compiled = Engine(self, engine)
        compiled.rules_at(_Epochs(self.entities).last)
        return compiled

    def check(self) -> tuple[Diagnostic, ...]:
        """Every finding of reading, linking, compiling and the checks, over all editions.

        They are in the order of files and lines.
        """
        from planengine.checks import check_entities, with_causes
        from planengine.library.load import without_advice_to_others
        from planengine.rules.compile import compile_rules

        found = dict.fromkeys(self.diagnostics)
        plans = [plan for editions in self.entities.plans.values() for plan in editions]
        starts = [plan.edition.period.since or 0 for plan in plans] or [0]
        for at in _Epochs(self.entities).starts_from(min(starts)):
            findings: list[Diagnostic] = []
            compile_rules(self.entities, Registry(self.entities, at), findings)
            found.update(dict.fromkeys(findings))
        found.update(dict.fromkeys(check_entities(self.entities)))
        kept = without_advice_to_others(with_causes(found), self.entities.foreign)
        order = {file: place for place, file in enumerate(self.sources)}

        def place(item: Diagnostic) -> tuple[int, str, int, int]:
            span = item.span
            if span is None:
                return (-1, "", 0, 0)
            return (order.get(span.file, len(order)), span.file, span.line, span.column)

        return tuple(sorted(kept, key=place))

    def read_incident(self, source: object, *, lenient: bool = False) -> Incident:
        """An incident file (YAML, JSON or a JSONL stream), its text, or the same as data.

        A `Path` is read as a file; a `str` or `bytes` is the text itself. Data is any mapping,
        dataclass, named tuple or pydantic model; its `observations` any iterable of such, or a
        table of pandas. Warnings are in the incident's `warnings`. Errors raise `PlanError`;
        with `lenient` those of single observations do not, and these are in `rejected`.
        """
        from planengine.library.incident import incident_content

        path = source if self.store and isinstance(source, Path) else None
        content = incident_content(path) if path is not None else None
        name = None
        if path is not None and content is not None:
            name = f"incident-{_digest(path, content, lenient)}"
        kept: Incident | None = self.store.get(name) if self.store and name else None
        if kept is not None:
            return kept
        from planengine.library.incident import read_incident
        from planengine.library.records import told_in_short

        findings: list[Diagnostic] = []
        incident = read_incident(
            source if content is None else content,
            self.entities,
            findings,
            file=path.as_posix() if path is not None else None,
            lenient=lenient,
        )
        if incident is None or any(item.severity == "error" for item in findings):
            raise PlanError(findings)
        incident = replace(incident, warnings=told_in_short(findings))
        if self.store and name:
            self.store.put(name, incident)
        return incident


def _digest(source: Path, content: bytes, lenient: bool) -> str:
    """A file name for what follows from the content of a file, and what it is called."""
    return hashlib.sha256(os.fsencode(source) + f"\0{lenient}\0".encode() + content).hexdigest()[
        :32
    ]


class _Epochs:
    """The stretches of time between a library's dated changes, numbered from 0."""

    def __init__(self, entities: Entities) -> None:
        self._starts = boundaries(entities)

    def number(self, at: int) -> int:
        """The stretch that a moment lies in."""
        return bisect_right(self._starts, at)

    def start(self, number: int) -> int:
        """The first second of a stretch; of the first one, which has none, its last."""
        if number == 0:
            return self._starts[0] - 1 if self._starts else 0
        return self._starts[number - 1]

    def starts_from(self, at: int) -> tuple[int, ...]:
        """A moment, and the start of every stretch after it."""
        return (at, *self._starts[self.number(at) :])

    def between(self, since: int, until: int) -> tuple[int, ...]:
        """The starts of stretches in (since, until]."""
        return self._starts[bisect_right(self._starts, since) : bisect_right(self._starts, until)]

    @property
    def last(self) -> int:
        """The start of the last stretch."""
        return self.start(len(self._starts))


def _applying(entities: Entities, at: int, hazards: Iterable[str]) -> frozenset[str]:
    """The documents in force, and their tracks, that are for one of the hazards, or for all.

    Those apply whether people used them or not.
    """
    from planengine.library.hazards import with_above

    own = {above for hazard in hazards for above in with_above(hazard, entities.hazards)}
    found: set[str] = set()
    documents: list[tuple[str, tuple[Ruled, ...]]] = [*entities.standards.items()]
    documents += entities.plans.items()
    for key, editions in documents:
        ruled = next((one for one in reversed(editions) if one.edition.period.contains(at)), None)
        if ruled is None:
            continue
        if not ruled.hazards or not own.isdisjoint(ruled.hazards):
            found.add(key)
        for track in (*ruled.tracks, *ruled.warnings):
            named = track.hazards or ruled.hazards
            if track.id is not None and (not named or not own.isdisjoint(named)):
                found.add(f"{key}/{track.id}")
    return frozenset(found)


class _Frame(Struct, frozen=True):
    """What rules are compiled for: a stretch of time, and an incident's outline."""

    epoch: int
    roster: tuple[str, ...] = ()  # the incidents that counts run over
    scope: frozenset[str] | None = None
    hazards: frozenset[str] | None = None  # None: every hazard
    also: frozenset[str] = frozenset()  # documents that apply because people used them

    @property
    def name(self) -> str:
        """A file name for the store, the same in every process."""
        parts = (
            self.epoch,
            self.roster,
            *(None if part is None else sorted(part) for part in (self.scope, self.hazards)),
            sorted(self.also),
        )
        return f"rules-{hashlib.sha256(repr(parts).encode()).hexdigest()[:32]}"


class Engine:
    """Assesses incidents by a library's plans.

    Rules are compiled once per stretch of time between dated changes (editions, attributes,
    agencies) and kept.
    """

    def __init__(self, library: Library, engine: BackendName) -> None:
        self.library = library
        self.engine: BackendName = engine
        self._epochs = _Epochs(library.entities)
        self._registries: dict[int, Registry] = {}
        self._worlds: dict[tuple[int, frozenset[str] | None], World] = {}
        self._rules: dict[_Frame, RuleSet] = {}
        self._backends: dict[_Frame, Backend] = {}
        self._outlines: dict[_Frame, Outline] = {}

    def assess(
        self,
        incident: Incident | str | Path | Mapping[str, Any],
        *,
        at: Moment | None = None,
        known_at: Moment | None = None,
        status: Status | None = None,
    ) -> Assessment:
        """What the facts of an incident support at a time.

        `at` defaults to the newest statement that counts, `known_at` (what had been received
        by then) to `at`; both are epoch seconds, an aware `datetime`, or ISO 8601 text with an
        offset. `status` limits what is seen: actual < exercise < test; it defaults to the
        incident's own. Raises `PlanError` for bad input and `ValueError` for a bad time.
        """
        from planengine.assessment.assessment import Assessment
        from planengine.assessment.situation import Situation
        from planengine.evidence.evidence import Evidence
        from planengine.evidence.spoken import INCIDENT
        from planengine.library.statements import Incident as IncidentType
        from planengine.library.statements import Status

        if not isinstance(incident, IncidentType):
            incident = self.library.read_incident(incident)
        seen: Status = status or incident.status
        if seen not in get_args(Status):
            raise ValueError(f"there is no status `{str(seen)[:40]}`: actual, exercise or test")
        when = moment(at) if at is not None else incident.newest_for(seen)
        if when is None:
            raise ValueError("an incident without observations has no time of its own: give `at`")
        known = moment(known_at) if known_at is not None else when
        evidence = Evidence(self._world(when, incident.scope), incident, when, known, seen)
        roster = INCIDENT, *evidence.other_incidents()
        frame = _Frame(self._epochs.number(when), roster, incident.scope, incident.hazards)
        eras = _Eras(self.library.entities, self._epochs, frame, self._era)
        era = eras.at(when, evidence.documents_used())
        return Assessment(incident, Situation(era, evidence, eras), seen)

    def decider(self, hazards: Iterable[str], *, at: Moment) -> Decider:
        """The kernel's bare decision for some hazards, by the rules in force at `at`.

        Raises `ValueError` for a hazard that the library does not have.
        """
        named = frozenset(hazards)
        unknown = sorted(named - self.library.entities.hazards.keys())
        if unknown:
            raise ValueError(f"unknown hazards: {', '.join(unknown)}")
        frame = _Frame(self._epochs.number(moment(at)), hazards=named)
        whole = replace(frame, hazards=None)
        return Decider(self._rule_set(frame), self.library.entities, lambda: self._rule_set(whole))

    def rules_at(self, at: int) -> RuleSet:
        """The whole rule set in force at a time, for every hazard."""
        return self._rule_set(_Frame(self._epochs.number(at)))

    def _era(self, frame: _Frame) -> _Era:
        start = self._epochs.start(frame.epoch)
        return _Era(
            lambda: self._outline(frame),
            lambda: self._world(start, frame.scope),
            lambda: self._backend(frame),
        )

    def _world(self, at: int, scope: frozenset[str] | None) -> World:
        from planengine.evidence.world import World

        key = self._epochs.number(at), scope
        if key not in self._worlds:
            self._worlds[key] = World(self.library.entities, self._registry(at), scope)
        return self._worlds[key]

    def _registry(self, at: int) -> Registry:
        epoch = self._epochs.number(at)
        if epoch not in self._registries:
            self._registries[epoch] = Registry(self.library.entities, self._epochs.start(epoch))
        return self._registries[epoch]

    def _rule_set(self, frame: _Frame) -> RuleSet:
        found = self._rules.get(frame)
        if found is None:
            store = self.library.store
            found = store.get(frame.name) if store is not None else None
            if found is None:
                found = self._compile(frame) if frame.hazards is None else self._select(frame)
                if store is not None:
                    store.put(frame.name, found)
            self._rules[frame] = found
        return found

    def _compile(self, frame: _Frame) -> RuleSet:
        from planengine.rules.compile import compile_rules

        findings: list[Diagnostic] = []
        registry = self._registry(self._epochs.start(frame.epoch))
        rules = compile_rules(
            self.library.entities, registry, findings, roster=frame.roster, scope=frame.scope
        )
        if any(item.severity == "error" for item in findings):
            raise PlanError(findings)
        return rules

    def _select(self, frame: _Frame) -> RuleSet:
        from planengine.rules.select import select

        whole = self._rule_set(replace(frame, hazards=None, also=frozenset()))
        return select(whole, frame.hazards or (), also=frame.also)

    def _outline(self, frame: _Frame) -> Outline:
        from planengine.assessment.outline import Outline

        if frame not in self._outlines:
            self._outlines[frame] = Outline(self._rule_set(frame), self.library.entities)
        return self._outlines[frame]

    def _backend(self, frame: _Frame) -> Backend:
        if frame not in self._backends:
            rules, store = self._rule_set(frame), self.library.store
            programs = store.part(frame.name) if store is not None else None
            self._backends[frame] = _make_backend(self.engine, rules, programs)
        return self._backends[frame]


class _Era:
    """The rules of one frame and the world of its stretch of time, made when first asked for."""

    def __init__(
        self,
        outline: Callable[[], Outline],
        world: Callable[[], World],
        backend: Callable[[], Backend],
    ) -> None:
        self._outline = outline
        self._world = world
        self._backend = backend

    @cached_property
    def outline(self) -> Outline:
        return self._outline()

    @cached_property
    def world(self) -> World:
        return self._world()

    @cached_property
    def backend(self) -> Backend:
        return self._backend()


class _Eras:
    """The rules of one incident at any moment."""

    def __init__(
        self,
        entities: Entities,
        epochs: _Epochs,
        frame: _Frame,
        make: Callable[[_Frame], _Era],
    ) -> None:
        self._entities = entities
        self._epochs = epochs
        self._frame = frame  # that of the incident, for some epoch
        self._make = make
        self._made: dict[_Frame, _Era] = {}

    def at(self, moment: int, used: frozenset[str]) -> _Era:
        epoch = self._epochs.number(moment)
        start = self._epochs.start(epoch)
        applying = _applying(self._entities, start, self._frame.hazards or frozenset())
        frame = replace(self._frame, epoch=epoch, also=used - applying)
        if frame not in self._made:
            self._made[frame] = self._make(frame)
        return self._made[frame]

    def starts(self, since: int, until: int) -> tuple[int, ...]:
        return self._epochs.between(since, until)


class Decider:
    """The bare decision: known facts in, the ranks of every decision out; no reasons.

    Calling it with a mapping of facts to values gives, for each of `units`, the tuple
    `(level, could_reach, obliged)` of ranks: 0 is none, higher is more severe. A key is a
    fact of the home area (`deaths`) or a fact at a place (`water-level@hankou`); a value is
    a number in the fact's unit, a truth value, a category id, or a set of values; what is
    left out is unknown, and a known fact that no rule of these hazards reads is ignored:
    `cells` lists those that are read. Raises `ValueError` for a key that is no fact or cell
    of the library, and for a value that its cell cannot have.
    """

    def __init__(self, rules: RuleSet, entities: Entities, whole: Callable[[], RuleSet]) -> None:
        from planengine.engines.kernel import Kernel
        from planengine.rules.fact_names import FactNames

        self.units = rules.units
        self._kernel = Kernel(rules, home=entities.home)
        self.cells = tuple(str(cell) for cell in self._kernel.cells)
        self._names = FactNames(entities, self.cells, lambda: map(str, whole().cells))

    @property
    def decide(self) -> Callable[[Mapping[str, Value]], tuple[tuple[int, int, int], ...]]:
        """The function itself, for loops in which a method call counts.

        It does not check the keys: one that is misspelt is unknown, like any that is left out.
        """
        return self._kernel.decide_facts

    def __call__(self, facts: Mapping[str, Value]) -> tuple[tuple[int, int, int], ...]:
        if isinstance(facts, Mapping):  # else the kernel says what is wrong
            self._names.check(facts)
        return self._kernel.decide_facts(facts)


def _make_backend(name: BackendName, rules: RuleSet, programs: Store | None) -> Backend:
    if name == "kernel":
        from planengine.engines.kernel import Kernel

        return Kernel(rules, programs=programs)
    from planengine.engines.durable import DurableEngine

    if name == "durable":
        return DurableEngine(rules)
    from planengine.engines.both import BothEngines
    from planengine.engines.kernel import Kernel

    return BothEngines(Kernel(rules, programs=programs), DurableEngine(rules))


def moment(value: Moment) -> int:
    """A time as epoch seconds; raises `ValueError` for what is none of the years 1900 to 9998.

    A text or a datetime needs an offset.
    """
    if isinstance(value, datetime):
        if value.tzinfo is None:
            raise ValueError(f"time {value} needs an offset, such as +08:00")
        value = floor(value.timestamp())
    if isinstance(value, str):
        from planengine.values.times import parse_time

        found = parse_time(value)
        if found is None:
            raise ValueError(
                f"`{value}` is not a time; write ISO 8601 with an offset: 2026-07-20T08:00:00+08:00"
            )
        return found
    if isinstance(value, bool) or not _is_number(value) or not _FIRST <= value <= _LAST:
        raise ValueError(
            f"{str(value)[:40]} is not a time: epoch seconds of the years 1900 to 9998"
        )
    return floor(value)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float)


_FIRST, _LAST = -2_208_988_800, 253_370_764_799  # the first second of 1900, the last of 9998
