"""The rows of `planengine list`: every kind of name that may stand in a file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Protocol, TypeAlias

from planengine.assessment.phrases import Language
from planengine.assessment.words import Words
from planengine.domain.ids import plan_key

if TYPE_CHECKING:
    from planengine.domain.documents import Action, Executor, Plan
    from planengine.domain.entities import Entities
    from planengine.domain.parts import Label
    from planengine.domain.vocabulary import Attribute, Derivation

Value: TypeAlias = str | list[str]
Row: TypeAlias = dict[str, Value]


class _Thing(Protocol):
    @property
    def id(self) -> str: ...
    @property
    def label(self) -> Label: ...


def rows(kind: str, entities: Entities, language: Language) -> list[Row]:
    """One row to each thing of a kind of `list_command.KINDS`; every row has the same keys."""
    lister = _Lister(entities, language)
    made: Callable[[], Iterable[Row]] = getattr(lister, kind.replace("-", "_"))
    return list(made())


class _Lister:
    """One method to each kind."""

    def __init__(self, entities: Entities, language: Language) -> None:
        self.entities = entities
        self.words = Words(entities, language)
        self._also = {kind: _spelled(known) for kind, known in entities.spellings.items()}

    def _row(self, thing: _Thing, kind: str, **more: Value) -> Row:
        """The id, the label, what else may be written, and what the kind has of its own."""
        label = self.words.label(thing.label, thing.id)
        return {"id": thing.id, "label": label, "also": self._others(kind, thing.id, label), **more}

    def _others(self, kind: str, item_id: str, label: str) -> list[str]:
        known = self._also.get(kind, {}).get(item_id, [])
        return [text for text in known if text not in {item_id, label}]

    def _named(self, things: Iterable[_Thing], kind: str) -> Iterator[Row]:
        return (self._row(thing, kind) for thing in things)

    def plans(self) -> Iterator[Row]:
        """Every plan; its bare id is told only where it means this plan and no other."""
        plans = self.entities.plans
        for key, editions in plans.items():
            for plan in editions:
                label = self.words.label(plan.label, plan.id)
                alike = [one for one, known in plans.items() if known[-1].id == plan.id]
                home = plan_key(self.entities.home, plan.id)
                meant = home if home in alike else alike[0] if len(alike) == 1 else None
                own = [plan.id] if key == meant else []
                yield {
                    "id": key,
                    "label": label,
                    "also": [*own, *self._others("plan-key", key, label)],
                    "kind": plan.kind,
                    "edition": plan.edition.number,
                    "tracks": [track.id for track in plan.tracks if track.id is not None],
                    "hazards": list(plan.hazards),
                }

    def standards(self) -> Iterator[Row]:
        for editions in self.entities.standards.values():
            for one in editions:
                yield self._row(
                    one,
                    "standard",
                    edition=one.edition.number,
                    scale=one.tracks[0].scale if one.tracks else "",
                    hazards=list(one.hazards),
                )

    def tracks(self) -> Iterator[Row]:
        for key, plan in self._plans():
            for track in plan.tracks:
                if track.id is not None:
                    label = self.words.label(track.label, track.id)
                    also = self._others(f"track:plan/{plan.id}", track.id, label)
                    yield {"id": track.id, "label": label, "also": also, "plan": key}

    def facts(self) -> Iterator[Row]:
        for fact in self.entities.facts.values():
            yield {
                **self._row(fact, "fact", type=fact.type, unit=fact.unit or ""),
                "of": fact.subject,
                "roll-up": fact.roll_up,
                "provider": fact.provider or "",
                "reported": "by-exception" if fact.by_exception else "",
                "derived": _derivation(fact.derived) if fact.derived else "",
                "may-rise-by": fact.may_rise_by or "",
                "at-most": ", ".join(fact.at_most),
            }

    def values(self) -> Iterator[Row]:
        for fact in self.entities.facts.values():
            yield from self._values(fact.value_labels, f"value:{fact.id}", fact.id)
        for owner, attributes in self._attributes():
            for name, attribute in attributes.items():
                kind = f"value:@{owner}/{name}"
                yield from self._values(attribute.value_labels, kind, f"@{name} ({owner})")

    def _values(
        self, values: tuple[tuple[str, Label], ...], kind: str, owner: str
    ) -> Iterator[Row]:
        for item_id, label in values:
            text = self.words.label(label, item_id)
            also = self._others(kind, item_id, text)
            yield {"id": item_id, "label": text, "also": also, "of": owner}

    def hazards(self) -> Iterator[Row]:
        for hazard in self.entities.hazards.values():
            yield self._row(hazard, "hazard", **{"in": hazard.parent or ""})

    def agencies(self) -> Iterator[Row]:
        for one in self.entities.agencies.values():
            yield {
                **self._row(one, "agency"),
                "in": one.area,
                "function": one.function or "",
                "vertical": "yes" if one.vertical else "",
            }

    def posts(self) -> Iterator[Row]:
        for post in self.entities.posts.values():
            yield {**self._row(post, "post"), "in": post.body, "held by": post.held_by or ""}

    def roles(self) -> Iterator[Row]:
        for role in self.entities.roles.values():
            yield self._row(role, "role", function=role.function, tier=role.tier or "")

    def functions(self) -> Iterator[Row]:
        """What agencies do for their area: the words by which roles find them."""
        found: dict[str, list[str]] = {}
        for agency in self.entities.agencies.values():
            if agency.function is not None:
                found.setdefault(agency.function, []).append(agency.id)
        for item_id, agencies in sorted(found.items()):
            yield {"id": item_id, "agencies": agencies}

    def areas(self) -> Iterator[Row]:
        for area in self.entities.jurisdictions.values():
            yield {**self._row(area, "jurisdiction", tier=area.tier), "in": area.parent or ""}

    def objects(self) -> Iterator[Row]:
        for one in self.entities.objects.values():
            yield {**self._row(one, "object"), "kind": one.kind, "in": one.area}

    def scales(self) -> Iterator[Row]:
        for scale in self.entities.scales.values():
            row = self._row(scale, "scale", levels=[level.id for level in scale.levels])
            yield {**row, "is": scale.meaning or ""}

    def levels(self) -> Iterator[Row]:
        for scale in self.entities.scales.values():
            for level in scale.levels:
                row = self._row(level, f"level:{scale.id}", scale=scale.id)
                yield {**row, "colour": level.colour or "", "is": ""}
            if scale.floor is not None:
                row = self._row(scale.floor, f"floor:{scale.id}", scale=scale.id)
                yield {**row, "colour": scale.floor.colour or "", "is": "none"}

    def sources(self) -> Iterator[Row]:
        for one in self.entities.sources.values():
            editions = [edition.number for edition in one.editions]
            row = self._row(one, "source", rank=one.rank, number=one.number or "")
            yield {**row, "editions": editions}

    def ranks(self) -> Iterator[Row]:
        return self._named(self.entities.ranks, "rank")

    def calendars(self) -> Iterator[Row]:
        return self._named(self.entities.calendars.values(), "calendar")

    def verbs(self) -> Iterator[Row]:
        for verb in self.entities.verbs.values():
            yield self._row(verb, "verb", **{"is": verb.meaning or ""})

    def moments(self) -> Iterator[Row]:
        for moment in self.entities.moments.values():
            yield self._row(moment, "moment", **{"is": moment.meaning or ""})

    def member_roles(self) -> Iterator[Row]:
        return self._named(self.entities.member_roles, "member-role")

    def plan_kinds(self) -> Iterator[Row]:
        return self._named(self.entities.plan_kinds, "plan-kind")

    def tiers(self) -> Iterator[Row]:
        return self._named(self.entities.tiers, "tier")

    def object_kinds(self) -> Iterator[Row]:
        return self._named(self.entities.object_kinds.values(), "object-kind")

    def attributes(self) -> Iterator[Row]:
        for owner, attributes in self._attributes():
            for one in attributes.values():
                row = self._row(one, f"attribute:{owner}", of=owner, unit=one.unit or "")
                yield {**row, "id": f"@{one.id}"}

    def groups(self) -> Iterator[Row]:
        for key, plan in self._plans():
            for group in plan.groups:
                label = self.words.label(group.label, group.id)
                yield {"id": group.id, "label": label, "plan": key, "lead": group.lead}

    def actions(self) -> Iterator[Row]:
        for key, plan in self._plans():
            found: dict[str, Action] = {action.id: action for action in plan.actions}
            for action in found.values():
                yield {
                    "id": action.id,
                    "label": self.words.label(action.do, action.id),
                    "plan": key,
                    "executor": ", ".join(map(_executor, action.executors)),
                }

    def reports(self) -> Iterator[Row]:
        """What people may report made: reports, reporting links and releases, by document."""
        from planengine.linking.library.duties import duties_of

        for document in (*self.entities.standards, *self.entities.plans):
            for kind, item in duties_of(self.entities, document):
                if kind != "action":
                    yield {"id": item, "kind": kind, "of": document}

    def clauses(self) -> Iterator[Row]:
        """The clauses that people may invoke: judged, recognised or on order."""
        from planengine.domain.acts import acts_of

        for act in acts_of(self.entities).values():
            yield {"id": act.clause, "what": act.what, "kind": act.kind, "by": ", ".join(act.by)}

    def _plans(self) -> Iterator[tuple[str, Plan]]:
        """The newest edition of every plan, by its key."""
        return ((key, editions[-1]) for key, editions in self.entities.plans.items())

    def _attributes(self) -> Iterator[tuple[str, Mapping[str, Attribute]]]:
        yield "area", self.entities.area_attributes
        for kind in self.entities.object_kinds.values():
            yield kind.id, kind.attributes


def _spelled(known: Mapping[str, tuple[str, ...]]) -> dict[str, list[str]]:
    """The spellings of each id."""
    found: dict[str, list[str]] = {}
    for text, ids in known.items():
        for item_id in ids:
            found.setdefault(item_id, []).append(text)
    return found


def _derivation(derived: Derivation) -> str:
    """How a fact follows from others: `sum: deaths + missing`."""
    signs = {"sum": " + ", "ratio": " / ", "first-known": ", ", "score": " + "}
    parts = [fact if times == 1 else f"{times} × {fact}" for fact, times in derived.operands]
    return f"{derived.kind}: {signs[derived.kind].join(parts)}"


def _executor(executor: Executor) -> str:
    shown = f"{executor.kind} {executor.id}".strip()
    return shown if executor.kind in {"group", "members", "areas"} else executor.id
