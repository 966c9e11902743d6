"""What an editor says of a named thing: its labels, its unit, who knows it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from planengine.assessment.words import Words
from planengine.diagnostics import Language
from planengine.diagnostics.codes.names import CLAUSE_OF_SOURCE, words_of
from planengine.domain.entities import Entities
from planengine.domain.ids import plan_key
from planengine.domain.names import owned
from planengine.domain.parts import Label
from planengine.domain.vocabulary import Attribute, Fact, Level
from planengine.values.sets import ChoiceDomain


class Thing(Struct, frozen=True):
    """A named thing: its label, and what else is worth knowing in one line."""

    kind: str
    id: str
    label: str
    spellings: tuple[str, ...]
    about: str


class Things:
    """Tells of the things of a library in one language."""

    def __init__(self, entities: Entities, language: Language) -> None:
        self.entities = entities
        self.language: Language = language
        self.words = Words(entities, language)
        self._spellings: dict[str, dict[str, list[str]]] = {}

    def of_kind(self, kind: str) -> Iterator[Thing]:
        """Every thing of a kind, in the author's order."""
        for item_id in self._called(kind):
            yield self.thing(kind, item_id)

    def thing(self, kind: str, item_id: str) -> Thing:
        """One thing; of what is not known no more than its id."""
        spellings = tuple(self._called(kind).get(item_id, (item_id,)))
        label = self._label(kind, item_id, spellings)
        return Thing(kind, item_id, label, spellings, self._about(kind, item_id))

    def kind_word(self, kind: str) -> str:
        """What things of a kind are called."""
        plain, owner = owned(kind)
        words = CLAUSE_OF_SOURCE if plain == "clause" and owner else words_of(plain)
        return words.zh if self.language == "zh" else words.en.partition(" ")[2]

    def _called(self, kind: str) -> Mapping[str, Sequence[str]]:
        """The spellings of each thing of a kind, the id first."""
        if kind not in self._spellings:
            called: dict[str, list[str]] = {}
            for spelling, ids in self.entities.spellings.get(kind, {}).items():
                for item_id in ids:
                    called.setdefault(item_id, []).append(spelling)
            self._spellings[kind] = called
        return self._spellings[kind]

    def _label(self, kind: str, item_id: str, spellings: tuple[str, ...]) -> str:
        declared = self._declared(kind, item_id)
        if declared is not None:
            return declared.text(self.language)
        plain, owner = owned(kind)
        if plain == "clause" and owner:
            return f"{self.words.source(owner)} {item_id}"
        others = [one for one in spellings if one != item_id]
        chinese = [one for one in others if not one.isascii()]
        wanted = chinese if self.language == "zh" else [one for one in others if one.isascii()]
        return next(iter(wanted or others), item_id)

    def _declared(self, kind: str, item_id: str) -> Label | None:
        known = self.entities
        plain, owner = owned(kind)
        table: Mapping[str, object] = {
            "fact": known.facts,
            "hazard": known.hazards,
            "scale": known.scales,
            "agency": known.agencies,
            "post": known.posts,
            "role": known.roles,
            "jurisdiction": known.jurisdictions,
            "object": known.objects,
            "object-kind": known.object_kinds,
            "source": known.sources,
            "calendar": known.calendars,
            "moment": known.moments,
            "verb": known.verbs,
        }.get(plain, {})
        found = table.get(item_id)
        if plain == "level" and owner in known.scales:
            found = next((one for one in known.scales[owner].levels if one.id == item_id), None)
        elif plain in ("standard", "plan-key"):
            found = self.words.edition(item_id)
        elif plain == "plan":
            found = self.words.edition(plan_key(known.home, item_id))
        label = getattr(found, "label", None)
        return label if isinstance(label, Label) else None

    def _about(self, kind: str, item_id: str) -> str:
        known = self.entities
        plain, owner = owned(kind)
        parts: list[str] = []
        if plain == "fact" and item_id in known.facts:
            parts = self._about_fact(known.facts[item_id])
        elif plain == "attribute":
            parts = _measured(known.names.attributes(owner).get(item_id))
        elif plain == "agency" and item_id in known.agencies:
            parts = [self.words.place(known.agencies[item_id].area)]
        elif plain == "post" and item_id in known.posts:
            post = known.posts[item_id]
            parts = [self.words.named(post.body), post.held_by or ""]
        elif plain == "object" and item_id in known.objects:
            thing = known.objects[item_id]
            kind_label = known.object_kinds[thing.kind].label.text(self.language)
            parts = [kind_label, self.words.place(thing.area)]
        elif plain == "jurisdiction" and item_id in known.jurisdictions:
            parts = [self.words.named(known.jurisdictions[item_id].tier)]
        elif plain == "source" and item_id in known.sources:
            parts = [known.sources[item_id].number or ""]
        elif plain == "level" and owner in known.scales:
            parts = [known.scales[owner].label.text(self.language)]
        elif plain == "plan-key":
            plan = known.names.document("plan", item_id)
            parts = [self.words.place(area) for area in (plan.areas if plan is not None else ())]
        return (" · ").join(part for part in parts if part)

    def _about_fact(self, fact: Fact) -> list[str]:
        parts = [fact.unit or ""]
        if fact.subject != "area":
            kind = self.entities.object_kinds.get(fact.subject)
            parts.append(kind.label.text(self.language) if kind is not None else fact.subject)
        if fact.provider is not None:
            parts.append(self.words.named(fact.provider))
        if fact.by_exception:
            parts.append("未报即为否" if self.language == "zh" else "no news means no")
        return parts


def values_of(fact: Fact | Attribute) -> tuple[tuple[str, Label], ...]:
    """The values of a category with their labels; none of other facts."""
    labels = dict(fact.value_labels)
    if not isinstance(fact.domain, ChoiceDomain):
        return ()
    texts = [value for value in fact.domain.values if isinstance(value, str)]
    return tuple((value, labels.get(value, Label())) for value in texts)


def levels_of(entities: Entities, scale: str) -> tuple[Level, ...]:
    """The levels of a scale, the most severe first."""
    known = entities.scales.get(scale)
    return known.levels if known is not None else ()


def _measured(attribute: Attribute | None) -> list[str]:
    return [attribute.unit or ""] if attribute is not None else []
