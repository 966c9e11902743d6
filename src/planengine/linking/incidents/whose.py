"""Whether a stated fact belongs to the place that it is stated of."""

from __future__ import annotations

from functools import cached_property

from planengine.diagnostics import Diagnostic, Text, finding
from planengine.domain.entities import Entities
from planengine.domain.names import AREA
from planengine.domain.vocabulary import INCIDENT, Fact
from planengine.linking.incidents.asked import Asked, asked
from planengine.reading.validate import Name


class Whose:
    """The subjects of a library's facts, and of what its conditions ask them."""

    def __init__(self, entities: Entities) -> None:
        self._entities = entities

    def check(self, fact: Fact, name: Name, place: str | None) -> Diagnostic | None:
        """What is wrong with a fact stated of a place (None: the home area), or None.

        A fact of objects may be stated of an area for all of them together, where a condition
        asks it of an area; what none asks at all is listed as unread in the answer.
        """
        thing = self._entities.objects.get(place or "")
        if thing is not None:
            if fact.subject in (INCIDENT, thing.kind):
                return None
            subject = self._words(fact.subject)
            return finding(
                "fact-misplaced", name.span, name=fact.id, subject=subject, place=thing.id
            )
        if fact.subject not in self._entities.object_kinds:
            return None
        if fact.id in self._asked.of_areas or fact.id not in self._asked.of_objects:
            return None
        example = self._example(fact.subject, place or self._entities.home)
        subject = self._words(fact.subject)
        return finding("object-unsaid", name.span, name=fact.id, subject=subject, example=example)

    @cached_property
    def _asked(self) -> Asked:
        return asked(self._entities)

    def _example(self, kind: str, area: str) -> str | None:
        """An object of a kind, in the area if there is one."""
        known = [one.id for one in self._entities.objects.values() if one.kind == kind]
        inside = (one for one in known if area in self._entities.around(one))
        return next(inside, next(iter(known), None))

    def _words(self, subject: str) -> Text | str:
        if subject == AREA:
            return Text("areas", "辖区")
        kind = self._entities.object_kinds.get(subject)
        return Text(kind.label.text("en"), kind.label.text("zh")) if kind is not None else subject
