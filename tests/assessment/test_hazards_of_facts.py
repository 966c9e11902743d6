"""A fact of some hazards only does not apply to an incident of others (SEMANTICS 3, 35)."""

from __future__ import annotations

from typing import Any

import planengine
from planengine.rules.reads import facts_read_at_first
from planengine.rules.select import select
from planengine.screens.assessment_view import view
from planengine.values.times import parse_time
from tests.assessment.conftest import VOCABULARY, Small, day, in_force, stated

HAZARDS = (
    "hazards: {natural: {label: {en: natural}}, flood: {label: {en: flood}, in: natural},"
    " drought: {label: {en: drought}, in: natural}}"
)
DRY = (
    "  dry: {label: {en: dry}, type: count, unit: 人, subject: area, direction: up, roll-up: sum,"
    " provider: office, hazards: [drought]}\n"
)
RELIEF = """
levels:
  - {level: I, when: {dry: ≥ 30}}
  - {level: II, when: {any: [{dry: "[10..30)"}, {deaths: ≥ 3}]}}
"""


def relief(small: Small, body: str = RELIEF, facts: str = DRY) -> Small:
    text = VOCABULARY.replace("hazards: {flood: {label: {en: flood}}}", HAZARDS)
    (small.folder / "vocabulary.yaml").write_text(
        text.replace("\nscales:", f"\n{facts}scales:", 1).strip() + "\n"
    )
    small.plan("relief", body)
    path = small.folder / "plans" / "relief.yaml"
    path.write_text(path.read_text().replace("[flood]", "[natural]"))
    return small


def levels(found: planengine.Assessment) -> tuple[str | None, str | None]:
    (decision,) = found.decisions
    return decision.level, decision.could_reach


def asked(found: planengine.Assessment) -> list[str]:
    return [str(one.cell) for one in found.ask]


def test_where_the_incident_has_none_of_its_hazards_it_is_not_asked(small: Small) -> None:
    found = relief(small).assess(stated("08:00", level=1), at="09:00", hazards=["flood"])
    assert levels(found) == (None, "II")  # level I rests on the drought alone
    assert asked(found) == ["deaths@city"]
    assert [(one.fact, one.hazards) for one in found.not_asked] == [("dry", ("drought",))]
    assert "\n不用问：dry（仅用于drought）\n" in view(found, "zh", everything=True)
    assert "\nnot to be asked: dry (only for drought)\n" in view(found, "en", everything=True)


def test_where_it_has_one_it_counts_as_any_other(small: Small) -> None:
    relief(small)
    for hazards in (["drought"], ["flood", "drought"]):
        found = small.assess(stated("08:00", level=1), at="09:00", hazards=hazards)
        assert levels(found) == (None, "I")
        assert asked(found) == ["dry@city", "deaths@city"]
        assert found.not_asked == ()
        found = small.assess(stated("08:00", dry="[20..40]"), at="09:00", hazards=hazards)
        assert levels(found) == ("II", "I")  # bands join: at least II


def test_what_is_stated_all_the_same_is_told_as_unread(small: Small) -> None:
    found = relief(small).assess(stated("08:00", dry=50), at="09:00", hazards=["flood"])
    assert levels(found) == (None, "II")
    unread = [(one.fact, one.place, one.reason, one.hazards) for one in found.unread]
    assert unread == [("dry", "city", "other-hazards", ("drought",))]


def test_what_does_not_apply_fails_every_test_but_n_a(small: Small) -> None:
    def level(condition: str) -> tuple[str | None, str | None]:
        body = f"\nlevels: [{{level: I, when: {condition}}}]"
        found = relief(small, body).assess(stated("08:00", level=1), at="09:00", hazards=["flood"])
        return levels(found)

    assert level("{dry: ≠ 3}") == (None, None)
    assert level("{dry: n/a}") == ("I", "I")
    assert level("{not: {dry: ≥ 3}}") == ("I", "I")
    assert level("{all: [{level: ≥ 1 m}, {not: {dry: ≥ 3}}]}") == ("I", "I")
    assert level("{change: {of: dry, is: ≥ 5, within: 24 h}}") == (None, None)
    assert level("{expected: {within: 24 h, dry: ≥ 5}}") == (None, None)
    assert level("{lasting: {where: {dry: ≥ 5}, is: ≥ 1 h}}") == (None, None)


CASCADE = """
levels:
  - {level: I, when: {dry: ≥ 30}}
  - {level: II, when: {deaths: ≥ 3}}
links: [{when: {breach: true}, cascade: drought}]
"""


def test_once_the_hazard_joins_it_is_asked(small: Small) -> None:
    relief(small, CASCADE)
    before = small.assess(stated("08:00", deaths=3), at="09:00", hazards=["flood"])
    assert levels(before) == ("II", "II")  # nobody reports a breach: it is assumed that none is
    told = stated("08:00", deaths=3, breach=True, dry="unknown")
    joined = small.assess(told, at="09:00", hazards=["flood"])
    assert levels(joined) == ("II", "I")
    assert asked(joined) == ["dry@city"]
    assert joined.not_asked == ()


def test_while_it_may_join_only_whether_it_does_is_asked(small: Small) -> None:
    relief(small, CASCADE)
    told = stated("08:00", deaths=3, breach="unknown")
    found = small.assess(told, at="09:00", hazards=["flood"])
    assert levels(found) == ("II", "I")
    assert asked(found) == ["breach@city"]
    assert [one.fact for one in found.not_asked] == ["dry"]


def test_a_new_incident_has_lines_for_what_is_asked_at_first(small: Small) -> None:
    relief(small, CASCADE)
    found = {}
    for hazard in ("flood", "drought"):
        rules = small.engine().rules_at(parse_time(day("09:00")) or 0)
        found[hazard] = set(
            facts_read_at_first(select(rules, (hazard,)), small.engine().library.entities)
        )
    assert found == {"flood": {"deaths", "breach"}, "drought": {"deaths", "dry", "breach"}}


def test_a_condition_may_name_hazards(small: Small) -> None:
    body = """
levels:
  - {level: I, when: {hazards: drought, deaths: ≥ 3}}
  - {level: II, when: {hazards: [flood, drought], deaths: ≥ 3}}
  - {level: III, when: {hazards: natural, deaths: ≥ 3}}
lower: {when: {not: {hazards: drought}}}
"""
    relief(small, body)

    def level(hazard: str) -> str | None:
        return levels(small.assess(stated("08:00", deaths=3), at="09:00", hazards=[hazard]))[0]

    assert [level(one) for one in ("drought", "flood", "natural")] == ["I", "II", "III"]
    told = (in_force("08:00", "I", "relief"), stated("08:10", deaths=3))
    found = small.assess(*told, at="09:00", hazards=["flood"])
    assert [one.proposal for one in found.decisions] == ["lower"]


def test_a_row_may_be_of_some_hazards(small: Small) -> None:
    body = "\nany:\n  - {when: {hazards: drought}, deaths: {I: ≥ 3}}\n  - {deaths: {II: ≥ 3}}"
    relief(small, body)
    found = [
        levels(small.assess(stated("08:00", deaths=3), at="09:00", hazards=[hazard]))
        for hazard in ("drought", "flood")
    ]
    assert found == [("I", "I"), ("II", "II")]


def problems(small: Small, facts: str, body: str = RELIEF) -> list[tuple[str, str]]:
    relief(small, body, facts)
    try:
        small.engine()
    except planengine.PlanError as error:
        return [(one.code, one.message) for one in error.diagnostics if one.severity == "error"]
    return []


def test_what_rests_on_it_must_be_of_no_more_hazards(small: Small) -> None:
    def rests(key: str, hazards: str) -> list[tuple[str, str]]:
        more = (
            "  other: {label: {en: other}, type: count, unit: 人, subject: area, direction: up,"
            f" roll-up: sum, {key}{hazards}}}\n"
        )
        return problems(small, DRY + more)

    wrong = [
        (
            "key-unsuited",
            "`hazards` does not fit here: dry, on which other rests, is of drought only",
        )
    ]
    for key in ("derived: {sum: [dry, deaths]}", "may-rise-by: dry", "at-most: dry"):
        assert rests(key, "") == wrong
        assert rests(key, ", hazards: natural") == wrong
        assert rests(key, ", hazards: drought") == []


def test_what_a_level_excludes_may_not_hang_on_the_level(small: Small) -> None:
    body = """
levels:
  - {level: I, when: {not: {dry: ≥ 30}}}
links: [{when: {response.other: II}, cascade: drought}]
"""
    small.plan("other", "\nlevels: [{level: II, when: {response.relief: I}}]")
    assert [code for code, _ in problems(small, DRY, body)] == ["decision-cycle"]
    lasting = body.replace("{not: {dry: ≥ 30}}", "{lasting: {where: {dry: ≥ 30}, is: ≥ 1 h}}")
    (small.folder / "plans" / "relief.yaml").unlink()
    assert [code for code, _ in problems(small, DRY, lasting)] == ["decision-cycle"]


def told_of(found: planengine.Assessment) -> dict[str, Any]:
    return {"not_asked": found.to_dict()["not_asked"]}


def test_it_is_in_the_data(small: Small) -> None:
    found = relief(small).assess(stated("08:00", level=1), at="09:00", hazards=["flood"])
    assert told_of(found) == {"not_asked": [{"fact": "dry", "hazards": ["drought"]}]}


def test_what_rises_with_a_hazard_may_hang_on_the_level(small: Small) -> None:
    body = """
levels:
  - {level: I, when: {dry: ≥ 30}}
  - {level: II, when: {deaths: ≥ 3}}
links: [{when: {response.other: II}, cascade: drought}]
"""
    small.plan("other", "\nlevels: [{level: II, when: {response.relief: II}}]")
    assert problems(small, DRY, body) == []
    told = stated("08:00", deaths=3, dry=30)
    found = small.assess(told, at="09:00", hazards=["flood"])
    assert [(one.plan, one.level) for one in found.decisions] == [
        ("city/relief", "I"),
        ("city/other", "II"),
    ]


def test_a_document_that_is_not_for_its_hazards_is_advised(small: Small) -> None:
    relief(small)
    small.plan("wet", "\nlevels: [{level: I, when: {any: [{dry: ≥ 3}, {deaths: ≥ 3}]}}]")
    found = [one for one in small.engine().library.check() if one.code == "of-other-hazards"]
    assert [(one.severity, one.message) for one in found] == [
        ("advice", "`dry: ≥ 3` is of drought only, and the document is for flood")
    ]


def test_a_plan_must_not_exclude_what_its_own_level_lets_join(small: Small) -> None:
    body = """
levels:
  - {level: I, when: {not: {dry: ≥ 30}}}
links: [{when: {response.relief: I}, cascade: drought}]
"""
    assert [code for code, _ in problems(small, DRY, body)] == ["decision-cycle"]


def test_a_hazard_that_cannot_join_may_be_excluded_in_a_circle(small: Small) -> None:
    body = """
levels:
  - {level: I, when: {deaths: ≥ 3, not: {hazards: drought}}}
  - {level: II, when: {response.other: II}}
"""
    small.plan("other", "\nlevels: [{level: II, when: {response.relief: II}}]")
    assert problems(small, DRY, body) == []
