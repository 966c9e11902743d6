"""The linked library: every named thing, frozen, with all references resolved to ids."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct, field

from planengine.diagnostics.allowance import Allowance
from planengine.domain.documents import Plan, Standard
from planengine.domain.ids import RuleId
from planengine.domain.names import Names
from planengine.domain.parts import Label, Named
from planengine.domain.places import (
    Agency,
    Jurisdiction,
    PlanObject,
    Post,
    Relation,
    Role,
    Source,
)
from planengine.domain.requirements import FormerName, Requirement
from planengine.domain.vocabulary import (
    Attribute,
    Calendar,
    Fact,
    Hazard,
    Moment,
    ObjectKind,
    Scale,
    Tier,
    Verb,
)
from planengine.domain.written import Written
from planengine.values.times import WITHOUT_ZONE


class Entities(Struct, frozen=True):
    """Every linked thing of a library, by id; the editions of a plan or standard in order."""

    home: str
    label: Label
    facts: Mapping[str, Fact]
    scales: Mapping[str, Scale]
    hazards: Mapping[str, Hazard]
    tiers: tuple[Tier, ...]  # top first
    object_kinds: Mapping[str, ObjectKind]
    area_attributes: Mapping[str, Attribute]
    verbs: Mapping[str, Verb]
    ranks: tuple[Named, ...]  # highest first
    plan_kinds: tuple[Named, ...]
    member_roles: tuple[Named, ...]
    moments: Mapping[str, Moment]
    calendars: Mapping[str, Calendar]
    sources: Mapping[str, Source]
    jurisdictions: Mapping[str, Jurisdiction]
    objects: Mapping[str, PlanObject]
    open_kinds: frozenset[str]
    agencies: Mapping[str, Agency]
    posts: Mapping[str, Post]
    roles: Mapping[str, Role]
    relations: tuple[Relation, ...]
    standards: Mapping[str, tuple[Standard, ...]]
    plans: Mapping[str, tuple[Plan, ...]]  # by "<jurisdiction>/<plan id>"
    names: Names = field(default_factory=lambda: Names({}))
    foreign: frozenset[str] = frozenset()  # included files of other libraries
    allowances: tuple[Allowance, ...] = ()  # findings that authors let stand
    requirements: tuple[Requirement, ...] = ()
    former_names: tuple[FormerName, ...] = ()
    places_elsewhere: tuple[str, ...] = ()  # names from which copied text is known
    time_zone: str = WITHOUT_ZONE  # of the library, as the IANA database names it
    written: Mapping[RuleId, Written] = field(default_factory=dict)  # all that has a rule id

    def around(self, place: str) -> Iterator[str]:
        """The area of a place, and those that it lies in, the nearest first."""
        thing = self.objects.get(place)
        area: str | None = thing.area if thing is not None else place
        seen: set[str] = set()
        while area is not None and area not in seen:
            seen.add(area)
            yield area
            jurisdiction = self.jurisdictions.get(area)
            area = jurisdiction.parent if jurisdiction is not None else None

    def zone_of(self, place: str) -> str:
        """The time zone of a place: its own, that of the nearest area around it, the library's."""
        for area in self.around(place):
            jurisdiction = self.jurisdictions.get(area)
            if jurisdiction is not None and jurisdiction.zone is not None:
                return jurisdiction.zone
        return self.time_zone

    @property
    def spellings(self) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
        """Kind → spelling (id, label or alias) → ids; the kinds are those of library.names."""
        return self.names.spellings
