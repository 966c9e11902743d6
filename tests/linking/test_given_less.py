"""What an author would expect to be allowed to write, or to leave out."""

from __future__ import annotations

import pytest

import planengine
from planengine.values.sets import Interval, NumberSet
from tests.assessment.conftest import VOCABULARY, Small, stated
from tests.assessment.conftest import small as small  # noqa: PLC0414 - the fixture

MONTHS = "  months: {label: {en: months}, type: count, unit: 月, roll-up: max, range: %s}\n"


def with_range(small: Small, text: str) -> Small:
    whole = VOCABULARY.replace("\nscales:", f"\n{MONTHS % text}scales:", 1)
    (small.folder / "vocabulary.yaml").write_text(whole.strip() + "\n")
    return small


def errors(small: Small) -> list[tuple[str, str]]:
    try:
        small.engine()
    except planengine.PlanError as error:
        return [(one.code, one.message) for one in error.diagnostics if one.severity == "error"]
    return []


def test_a_count_may_have_a_range(small: Small) -> None:
    with_range(small, '"[1..12]"').plan("dam", "\nlevels: [{level: I, when: {months: ≥ 12}}]")
    (fact,) = (one for one in small.engine().library.entities.facts.values() if one.id == "months")
    assert fact.domain.everything == NumberSet((Interval(1, 12),), True)
    found = small.assess(stated("08:00", months="≥ 12"), at="09:00")
    assert [(one.level, one.could_reach) for one in found.decisions] == [("I", "I")]
    with pytest.raises(planengine.PlanError, match="outside-domain"):
        small.assess(stated("08:00", months=13), at="09:00")


@pytest.mark.parametrize("text", ["≥ 1.5", '"(0..12)"'])
def test_its_ends_are_whole_numbers(small: Small, text: str) -> None:
    with_range(small, text).plan("dam", "\nlevels: [{level: I, when: {months: ≥ 3}}]")
    (fact,) = (one for one in small.engine().library.entities.facts.values() if one.id == "months")
    low = {"≥ 1.5": 2, '"(0..12)"': 1}[text]
    assert isinstance(fact.domain.everything, NumberSet)
    assert fact.domain.everything.intervals[0].low == low


def test_a_bound_outside_of_it_is_no_bound(small: Small) -> None:
    with_range(small, '"[1..12]"').plan("dam", "\nlevels: [{level: I, when: {months: ≥ 13}}]")
    assert [code for code, _ in errors(small)] == ["never-true"]


MEMBERS = """
members:
  - {agency: office, role: lead, duties: [lead]}
  - {agency: health, duties: [nurse]}
levels: [{level: I, when: {deaths: ≥ 3}}]
actions:
  - {id: all, from: I, executor: {each: member}, do: come, within: 1 h, of: start}
  - {id: some, from: I, executor: {each: member, role: lead}, do: lead, within: 1 h, of: start}
"""


def test_a_member_may_be_one_without_a_role(small: Small) -> None:
    small.plan("dam", MEMBERS)
    assert errors(small) == []
    found = small.assess(stated("08:00", deaths=3), at="09:00")
    assert [(one.agency, one.role, one.duties) for one in found.agencies] == [
        ("office", "lead", ("lead",)),
        ("health", "member", ("nurse",)),
    ]
    told = {one.id.rpartition(":")[2]: one.bodies for one in found.actions}
    assert told == {"all": ("office", "health"), "some": ("office",)}


def test_members_of_which_none_has_a_role_are_members_all_the_same(small: Small) -> None:
    small.plan(
        "dam",
        MEMBERS.replace(", role: lead, duties", ", duties").replace(
            "{each: member, role: lead}", "health"
        ),
    )
    assert errors(small) == []
    found = small.assess(stated("08:00", deaths=3), at="09:00")
    assert [(one.agency, one.role) for one in found.agencies] == [
        ("office", "member"),
        ("health", "member"),
    ]
