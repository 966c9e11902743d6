"""The verbs and moments with a meaning of their own, as vocabularies declare it (`is`)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import Struct, field

from planengine.diagnostics import Diagnostic, Span, finding
from planengine.domain.ids import DoneOf, MomentKey
from planengine.domain.vocabulary import Moment, MomentMeaning, Verb

_Key = tuple[str, str]


class BuiltIn(Struct):
    """What stands where an author leaves a verb or a moment out.

    What is left out but declared nowhere is kept in `wanting`, with where it is first needed.
    """

    verbs: Mapping[str, Verb] = field(default_factory=dict)
    moments: Mapping[str, Moment] = field(default_factory=dict)
    wanting: dict[_Key, Span | None] = field(default_factory=dict)

    def verb(self, span: Span | None) -> str:
        """The verb that obliges: the first that is declared `is: must`."""
        found = next((one.id for one in self.verbs.values() if one.meaning == "must"), None)
        return found if found is not None else self._without("verbs", "must", span)

    def moment(self, meaning: MomentMeaning, span: Span | None) -> str:
        """The first moment that is declared to have this meaning."""
        found = next((one.id for one in self.moments.values() if one.meaning == meaning), None)
        return found if found is not None else self._without("moments", meaning, span)

    def meaning(self, anchor: MomentKey) -> MomentMeaning | None:
        """The meaning of a moment; None for an action done."""
        known = None if isinstance(anchor, DoneOf) else self.moments.get(anchor)
        return known.meaning if known is not None else None

    def _without(self, kind: str, meaning: str, span: Span | None) -> str:
        self.wanting.setdefault((kind, meaning), span)
        return meaning

    def findings(self) -> Iterable[Diagnostic]:
        """A finding for each default that is needed and declared nowhere."""
        for (kind, meaning), span in self.wanting.items():
            yield finding("default-undeclared", span, kind=kind, meaning=meaning)
