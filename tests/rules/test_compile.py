import pytest
from msgspec.structs import replace

from planengine.domain.documents import Action, Executor, LevelMapping
from planengine.domain.terms import ActTerm, AllOf, AnyOf, NotOf
from planengine.rules.conditions import NEVER, All, Cell, LevelCell, Test
from planengine.rules.normal import normalise
from planengine.rules.ruleset import ConditionKey
from planengine.rules.shadows import shadows
from planengine.values.sets import (
    FLAG,
    TRUE,
    Interval,
    NumberSet,
    ValueSet,
    at_least,
    below,
    number,
)
from tests.rules.small import (
    ALWAYS_TERM,
    LABEL,
    OCCURRED,
    Exclusion,
    bands,
    clean,
    compiled,
    edition,
    has,
    library,
    origin,
    plan,
    reads,
    rule,
    span,
    standard,
    track,
    units,
)

GRADES = standard("grades", track(bands("deaths", 30, 10, 3), on="grade", provided=OCCURRED))


def _between(low: int, high: int) -> NumberSet:
    return NumberSet((Interval(low, high),))


def _known(**values: ValueSet) -> object:
    def value_of(cell: Cell) -> ValueSet:
        name = getattr(cell, "fact", None) or getattr(cell, "clause", "")
        return values.get(name.replace("-", "_"), cell.domain.everything)

    return value_of


def _certain(condition: object, **values: ValueSet) -> bool:
    return shadows(condition, _known(**values))[0]  # type: ignore[arg-type]


def test_bands_join_upwards_behind_the_gate() -> None:
    unit = units(clean(library(standards=[GRADES])))["grades@city"]
    assert [str(band) for band in unit.at_least] == [
        "(occurred@city ∈ true and deaths@city ∈ [3..∞))",
        "(occurred@city ∈ true and deaths@city ∈ [10..∞))",
        "(occurred@city ∈ true and deaths@city ∈ [30..∞))",
        "false",
    ]
    assert _certain(unit.at_least[0], deaths=_between(8, 12), occurred=TRUE)
    assert not _certain(unit.at_least[0], deaths=_between(8, 12))
    assert unit.obliged_at_least is unit.at_least
    assert all(isinstance(rule.condition, All) for rule in unit.rules)


def test_bands_join_behind_the_guard_of_their_row() -> None:
    raining = has("magnitude", at_least(5))
    rows = [replace(r, when=AllOf((raining, r.when))) for r in bands("deaths", 30, 10, 3)]
    unit = units(clean(library(standards=[standard("grades", track(rows, on="grade"))])))[
        "grades@city"
    ]
    assert _certain(unit.at_least[0], deaths=_between(8, 12), magnitude=number(6))


def test_obliged_uses_binding_rules_only() -> None:
    rules = [
        rule(2, has("deaths", at_least(10))),
        rule(3, has("deaths", at_least(20)), "may"),
        rule(1, reads("response", "support", 2)),
    ]
    support = plan("support", tracks=[track([rule(2, OCCURRED, "may")])])
    found = units(clean(library(plans=[plan("flood", tracks=[track(rules)]), support])))
    flood = found["city/flood@city"]
    assert flood.obliged_at_least[2] == NEVER
    assert flood.at_least[2] != NEVER
    assert [r.binding for r in flood.rules] == [True, False, True]
    assert "obliged(city/support@city)" in str(flood.obliged_at_least[0])
    assert "recommended" not in str(flood.obliged_at_least)
    assert "active(city/support@city)" in str(flood.obliged_at_least[0])
    assert found["city/support@city"].obliged_at_least == (NEVER,) * 4


def test_plan_gates_are_part_of_every_rule() -> None:
    excluded = Exclusion(has("missing", at_least(5)), "other")
    flood = plan(
        "flood",
        tracks=[track(bands("deaths", 30, 10, 3), provided=OCCURRED)],
        applies_when=has("evacuated", at_least(1)),
        exclusions=(excluded,),
    )
    unit = units(clean(library(plans=[flood])))["city/flood@city"]
    met = {"deaths": number(5), "occurred": TRUE, "evacuated": number(2)}
    assert _certain(unit.at_least[0], missing=number(4), **met)
    assert not _certain(unit.at_least[0], missing=number(5), **met)
    assert not _certain(unit.at_least[0], missing=number(4), **(met | {"evacuated": number(0)}))


def test_raising_lifts_by_ranks_but_never_from_none() -> None:
    raised = track(
        bands("deaths", 40, 30, 10, 3), raise_when=OCCURRED, raise_by=1, provided=ALWAYS_TERM
    )
    unit = units(clean(library(plans=[plan("flood", tracks=[raised])])))["city/flood@city"]
    assert [_certain(b, deaths=number(12), occurred=TRUE) for b in unit.at_least] == [
        True, True, True, False,
    ]  # fmt: skip
    assert [_certain(b, deaths=number(2), occurred=TRUE) for b in unit.at_least] == [False] * 4
    assert [_certain(b, deaths=number(50), occurred=TRUE) for b in unit.at_least] == [True] * 4
    assert [r.rank for r in unit.rules if r.kind == "raise"] == [2, 3, 4]


def test_a_mapping_takes_levels_from_another_decision() -> None:
    source = reads("computed", "grades", 1)
    mapping = LevelMapping(source, ((4, 4), (2, 2)), "must", (), span(20))
    flood = plan("flood", tracks=[track(mapping=mapping)])
    unit = units(clean(library(plans=[flood], standards=[GRADES])))["city/flood@city"]
    assert [(r.kind, r.rank, str(r.condition)) for r in unit.rules] == [
        ("mapping", 2, "computed(grades@city) ∈ [2..3]"),
        ("mapping", 4, "computed(grades@city) ∈ 4"),
    ]
    assert str(unit.at_least[1]) == "computed(grades@city) ∈ [2..4]"


def test_a_mapping_from_a_response_is_upward() -> None:
    support = plan("support", tracks=[track(bands("deaths", 30, 10))])
    for pairs, codes in ([((2, 3), (1, 2)), []], [((2, 2), (1, 3)), ["not-positive"]]):
        mapping = LevelMapping(reads("response", "support", 1), tuple(pairs), "must", (), span(2))
        entities = library(plans=[plan("flood", tracks=[track(mapping=mapping)]), support])
        _, findings = compiled(entities)
        assert [f.code for f in findings if f.severity == "error"] == codes


def test_only_editions_in_force_are_compiled() -> None:
    old = plan("flood", tracks=[track(bands("deaths", 3))], edition=edition("1", None, 1000))
    new = plan("flood", tracks=[track(bands("deaths", 5))], edition=edition("2", 1000, None))
    later = plan("drought", tracks=[track(bands("deaths", 5))], edition=edition("1", 1001, None))
    ruleset = clean(library(plans=[old, new, later]))
    assert [(str(unit.id), unit.edition) for unit in ruleset.units] == [("city/flood@city", "2")]
    assert (ruleset.period.since, ruleset.period.until) == (1000, 1001)


def test_decisions_once_per_tier() -> None:
    below = plan("flood", tracks=[track(bands("deaths", 3), per="county")])
    stations = plan("dykes", tracks=[track([rule(1, has("breach", TRUE))], per="station")])
    wide = standard("grades", track(bands("deaths", 3), on="grade"), per="province")
    found = units(clean(library(plans=[below, stations], standards=[wide])))
    assert set(found) == {
        "city/flood@north",
        "city/flood@south",
        "city/dykes@upper",
        "city/dykes@lower",
        "grades@province",
    }
    assert str(found["city/flood@north"].at_least[0]) == "deaths@north ∈ [3..∞)"
    assert str(found["city/dykes@lower"].at_least[0]) == "breach@lower ∈ true"


def test_units_come_after_what_they_read() -> None:
    one = plan("one", tracks=[track([rule(1, reads("response", "two", 1))])])
    two = plan("two", tracks=[track([rule(1, AnyOf((reads("response", "one", 1), OCCURRED)))])])
    top = plan("above", tracks=[track([rule(1, reads("response", "one", 1))])])
    graded = plan("graded", tracks=[track([rule(1, reads("computed", "grades", 1))])])
    ruleset = clean(library(plans=[top, one, two, graded], standards=[GRADES]))
    order = [str(unit.id) for unit in ruleset.units]
    assert order.index("grades@city") < order.index("city/graded@city")
    assert order.index("city/one@city") < order.index("city/above@city")
    circles = [c for c in ruleset.components if len(c) > 1]
    assert [{order[place] for place in c} for c in circles] == [{"city/one@city", "city/two@city"}]


def test_cells_are_all_but_computed_levels() -> None:
    one = plan("one", tracks=[track([rule(1, AllOf((reads("response", "two", 1), OCCURRED)))])])
    two = plan("two", tracks=[track(bands("deaths", 3), end=has("missing", number(0)))])
    ruleset = clean(library(plans=[one, two]))
    assert sorted(map(str, ruleset.cells)) == [
        "active(city/two@city)",
        "deaths@city",
        "missing@city",
        "occurred@city",
    ]


def _act(clause: str) -> ActTerm:
    return ActTerm(clause, "judged", "指挥部认定", "office", origin("judged", 5))


def test_acts_list_the_most_severe_rank_they_help_to() -> None:
    rules = [rule(1, _act("a")), rule(2, AllOf((_act("a"), OCCURRED))), rule(3, NotOf(_act("b")))]
    flood = plan("flood", tracks=[track(rules, end=_act("c"))])
    ruleset, _ = compiled(library(plans=[flood]))
    found = {act.clause: (str(act.unit), act.rank, act.by) for act in ruleset.acts}
    assert found == {
        "a": ("city/flood@city", 2, "office"),
        "b": ("city/flood@city", 0, "office"),
        "c": ("city/flood@city", 0, "office"),
    }


def test_conditions_of_actions_are_grounded_under_their_key() -> None:
    action = Action(
        id="patrol", label=LABEL, track=None, executors=(Executor("agency", "x"),), do=LABEL,
        object=None, ranks=None, on=OCCURRED, when=None, timing=None, verb="must", mode=None,
        after=(), done_when=None, means=None, to=(), basis=(), order=4,
    )  # fmt: skip
    flood = plan("flood", tracks=[track(bands("deaths", 3), per="county")], actions=(action,))
    conditions = clean(library(plans=[flood])).conditions
    north = ConditionKey("city/flood", "patrol", 4, "on", "north")
    assert str(conditions[north]) == "occurred@north ∈ true"
    assert len(conditions) == 2  # the city itself decides nothing
    whole = plan("flood", tracks=[track(bands("deaths", 3))], actions=(action,))
    conditions = clean(library(plans=[whole])).conditions
    own = ConditionKey("city/flood", "patrol", 4, "on")
    assert {key: str(one) for key, one in conditions.items()} == {own: "occurred@city ∈ true"}


def test_conditions_of_a_track_are_grounded_where_that_is_decided() -> None:
    action = Action(
        id="patrol", label=LABEL, track="parts", executors=(Executor("agency", "x"),), do=LABEL,
        object=None, ranks=None, on=OCCURRED, when=None, timing=None, verb="must", mode=None,
        after=(), done_when=None, means=None, to=(), basis=(), order=4,
    )  # fmt: skip
    tracks = [
        track(bands("deaths", 3), name="parts", per="county"),
        track(bands("deaths", 3), name="whole"),
    ]
    found = clean(library(plans=[plan("flood", tracks=tracks, actions=(action,))])).conditions
    assert list(found) == [
        ConditionKey("city/flood", "patrol", 4, "on", place) for place in ("north", "south")
    ]


def test_a_level_that_cannot_be_reached_is_a_warning() -> None:
    never = AllOf((has("deaths", at_least(10), line=4), has("deaths", below(3))))
    flood = plan("flood", tracks=[track([rule(2, never, line=4), *bands("missing", 3)])])
    _, findings = compiled(library(plans=[flood]))
    assert [(f.code, f.span) for f in findings] == [("level-never-true", span(4))]


def test_a_row_for_other_places_is_no_mistake_here() -> None:
    from planengine.domain.terms import HERE, AttributeTerm, CountTerm

    big = AttributeTerm("city-size", HERE, at_least(9), origin("size"))
    dams = CountTerm("county", "tier", HERE, OCCURRED, at_least(5), origin("count"))
    flood = plan("flood", tracks=[track([rule(2, AllOf((big, OCCURRED))), rule(1, dams)])])
    assert units(clean(library(plans=[flood])))["city/flood@city"].at_least == (NEVER,) * 4


def test_a_level_that_always_holds_is_a_warning() -> None:
    rules = [rule(2, has("deaths", at_least(30))), rule(1, ALWAYS_TERM, line=8)]
    open_gate = plan("flood", tracks=[track(rules)])
    _, findings = compiled(library(plans=[open_gate]))
    assert [(f.code, f.span) for f in findings] == [("level-always-true", span(8))]
    clean(library(plans=[plan("flood", tracks=[track(rules, provided=OCCURRED)])]))
    low = AnyOf((has("missing", at_least(3), line=6), has("deaths", below(30), line=7)))
    every_day = plan("flood", tracks=[track([*rules[:1], rule(1, low, line=5)])])
    _, findings = compiled(library(plans=[every_day]))
    assert [(f.code, f.span) for f in findings] == [("level-always-true", span(7))]


def test_a_standard_may_not_read_a_plan() -> None:
    bad = standard("grades", track([rule(1, reads("response", "flood", 2))], on="grade"))
    flood = plan("flood", tracks=[track(bands("deaths", 3))])
    _, findings = compiled(library(plans=[flood], standards=[bad]))
    assert [(f.code, f.span) for f in findings] == [("standard-reads-plan", span(7))]


def test_standards_may_not_depend_on_each_other_in_a_circle() -> None:
    one = standard("one", track([rule(1, NotOf(reads("computed", "two", 2)))], on="grade"))
    two = standard("two", track([rule(2, reads("computed", "one", 1))], on="grade"))
    _, findings = compiled(library(standards=[one, two]))
    assert {f.code for f in findings} == {"decision-cycle"}
    three = standard("three", track([rule(1, NotOf(reads("computed", "grades", 2)))], on="grade"))
    clean(library(standards=[three, GRADES]))


@pytest.mark.parametrize(
    ("when", "ok"),
    [
        (has("deaths", at_least(3)), True),
        (has("occurred", TRUE), True),
        (has("deaths", below(3)), False),
        (has("visibility", below(50)), True),  # of a fact that is declared `down` less is worse
        (NotOf(has("visibility", at_least(50))), False),  # n/a is no less
        (has("visibility", at_least(50)), False),
        (NotOf(has("deaths", at_least(3))), False),
        (AllOf((has("deaths", at_least(3)), NotOf(NotOf(OCCURRED)))), True),
        (has("deaths", NumberSet((Interval(3, 9),))), False),
        (reads("computed", "grades", 2), False),
        (reads("computed", "steady", 2), True),
        (reads("computed", "steady", 2, ranks=frozenset({2})), False),
    ],
)
def test_monotone_documents_are_checked(when: object, ok: bool) -> None:
    steady = standard("steady", track(bands("deaths", 30, 10), on="grade"), monotone=True)
    mine = standard("mine", track([rule(1, when)], on="grade"), monotone=True)  # type: ignore[arg-type]
    _, findings = compiled(library(standards=[steady, GRADES, mine]))
    assert ({f.code for f in findings} == {"not-monotone"}) is not ok
    assert ok == (findings == [])


def test_a_lifted_level_cell_is_within_its_scale() -> None:
    ruleset = clean(
        library(plans=[plan("one", tracks=[track([rule(1, reads("active", "one", 1))])])])
    )
    cell = next(iter(ruleset.cells))
    assert isinstance(cell, LevelCell)
    assert normalise(Test(cell, number(5))) == NEVER


def test_the_same_input_gives_the_same_rules() -> None:
    entities = library(plans=[plan("one", tracks=[track(bands("deaths", 3))])], standards=[GRADES])
    assert compiled(entities) == compiled(entities)
    assert FLAG.everything
