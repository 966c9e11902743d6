import pytest

from planengine.diagnostics import Diagnostic
from planengine.domain.registry import Registry
from planengine.domain.terms import (
    HERE,
    AllOf,
    At,
    AttributeBound,
    AttributeTerm,
    CaseOf,
    CountTerm,
    Enclosing,
    FactTerm,
    LastingTerm,
    NotOf,
    Place,
    Term,
)
from planengine.rules.conditions import (
    ALWAYS,
    NEVER,
    All,
    Any,
    AtLeast,
    AttributeCell,
    Condition,
    FactCell,
    LevelCell,
    Test,
)
from planengine.rules.ground import Grounder
from planengine.rules.instances import Instances
from planengine.rules.normal import normalise
from planengine.rules.shadows import shadows
from planengine.values.sets import (
    COUNT,
    FLAG,
    TRUE,
    ChoiceSet,
    Interval,
    NumberDomain,
    NumberSet,
    above,
    at_least,
    at_most,
    number,
)
from tests.keys import unit_key
from tests.rules.small import (
    AT,
    FACTS,
    OCCURRED,
    bands,
    has,
    library,
    origin,
    plan,
    reads,
    standard,
    track,
)


def _ground(term: Term, here: str = "city", *, clean: bool = True, **options: object) -> Condition:
    condition, findings = _grounded(term, here, **options)
    assert not clean or findings == []
    return condition


def _grounded(
    term: Term, here: str = "city", **options: object
) -> tuple[Condition, list[Diagnostic]]:
    changes = options.pop("library", {})
    entities = library(
        plans=[
            plan("flood", tracks=[track(bands("deaths", 30, 10, 3))]),
            plan("flood", "north", [track(bands("deaths", 3, 2, 1))]),
            plan("flood", "province", external=True),
        ],
        standards=[standard("grades", track(bands("deaths", 30, 10, 3), on="grade"))],
        **changes,  # type: ignore[arg-type]
    )
    findings: list[Diagnostic] = []
    registry = Registry(entities, AT)
    instances = Instances(entities, registry)
    grounder = Grounder(entities, registry, instances.read, findings, **options)  # type: ignore[arg-type]
    return normalise(grounder.ground(term, here)), findings


def _fact(name: str, place: str) -> FactCell:
    return FactCell(name, place, FACTS[name].domain)


@pytest.mark.parametrize(
    ("name", "place", "here", "expected"),
    [
        ("deaths", HERE, "city", "city"),
        ("deaths", Enclosing("city"), "north", "city"),
        ("deaths", At("south"), "city", "south"),
        ("deaths", HERE, "upper", "north"),
        ("water-level", HERE, "upper", "upper"),
        ("magnitude", HERE, "city", "incident"),
    ],
)
def test_places_become_concrete(name: str, place: Place, here: str, expected: str) -> None:
    condition = _ground(has(name, at_least(3), place), here)
    assert condition == Test(_fact(name, expected), at_least(3))


def test_a_tier_that_is_not_above_is_a_finding() -> None:
    condition, findings = _grounded(has("deaths", at_least(3), Enclosing("county")))
    assert condition == NEVER
    assert [(f.code, f.span) for f in findings] == [("no-enclosing-area", origin("", 1).span)]


def _over_stage(place: Place) -> FactTerm:
    half = AttributeBound("warning-stage", at_least(1))
    return FactTerm("water-level", place, half, origin("≥ @warning-stage + 1 m"))


def test_an_attribute_bound_is_a_constant_where_it_is_known() -> None:
    assert _ground(_over_stage(At("upper"))) == Test(_fact("water-level", "upper"), at_least(26))
    unknown = AttributeCell("warning-stage", "lower", NumberDomain(), "water-level")
    assert _ground(_over_stage(At("lower"))) == Test(unknown, at_least(1))


def test_an_attribute_bound_on_an_area_is_of_each_object_in_it() -> None:
    condition = _ground(_over_stage(HERE))
    assert isinstance(condition, Any)
    assert condition.of[0] == Test(_fact("water-level", "upper"), at_least(26))
    assert len(condition.of) == 2


def test_attributes_fold_or_stay_open() -> None:
    size = AttributeTerm("city-size", HERE, at_least(3), origin("size"))
    assert _ground(size, "city") == ALWAYS
    small = AttributeTerm("city-size", HERE, at_least(4), origin("size"))
    assert _ground(small, "city") == NEVER
    cell = AttributeCell(
        "city-size", "other-city", NumberDomain(at_least(0), integer=True, na=False)
    )
    assert _ground(size, "other-city") == Test(cell, at_least(3))


def _count(over: str, accepts: NumberSet, where: Term = OCCURRED) -> CountTerm:
    sort = {"station": "kind", "incident": "incident"}.get(over, "tier")
    return CountTerm(over, sort, HERE, where, accepts, origin("count", 3))  # type: ignore[arg-type]


def test_a_count_is_spelled_out_over_its_members() -> None:
    some = _ground(_count("county", at_least(1)))
    tests = tuple(Test(_fact("occurred", place), TRUE) for place in ("north", "south"))
    assert some == Any(tests)
    assert _ground(_count("county", at_least(2))) == All(tests)
    assert _ground(_count("county", at_least(3))) == NEVER
    exactly_one = _ground(_count("county", number(1)))
    known = {tests[0].cell: TRUE, tests[1].cell: FLAG.everything}
    assert shadows(exactly_one, known.__getitem__) == (False, True)
    known[tests[1].cell] = TRUE
    assert shadows(exactly_one, known.__getitem__) == (False, False)


def test_a_count_of_an_open_kind_has_no_upper_end() -> None:
    breached = has("breach", TRUE)
    options = {"library": {"open_kinds": frozenset({"station"})}}
    many = _ground(_count("station", at_least(5), breached), **options)
    few = _ground(_count("station", at_most(1), breached), **options)
    assert many != NEVER

    def known(cell: object) -> ChoiceSet:
        return FLAG.everything if isinstance(cell, AttributeCell) else TRUE

    assert shadows(many, known) == (False, True)
    assert shadows(few, known) == (False, False)
    assert shadows(_ground(_count("station", at_least(2), breached), **options), known)[0]


def test_a_count_keeps_to_the_scope_and_the_roster() -> None:
    inside = _ground(_count("county", at_least(1)), scope=frozenset({"north"}))
    assert inside == Test(_fact("occurred", "north"), TRUE)
    both = _ground(_count("incident", at_least(2)), roster=("one", "two"))
    assert both == All(tuple(Test(FactCell("occurred", i, FLAG), TRUE) for i in ("one", "two")))


def _level(unit: str, read: str, *ranks: int) -> Test:
    domain = NumberDomain(NumberSet((Interval(0, 4),)), integer=True)
    accepts = COUNT.restrict(NumberSet(tuple(Interval(r, r) for r in ranks)))
    return Test(LevelCell(unit_key(unit), read, domain), accepts)  # type: ignore[arg-type]


def test_a_response_is_recommended_or_active() -> None:
    assert _ground(reads("response", "flood", 3)) == Any(
        (
            _level("city/flood@city", "recommended", 3, 4),
            _level("city/flood@city", "active", 3, 4),
        )
    )
    assert _ground(reads("active", "flood", 2, Enclosing("province")), "north") == _level(
        "province/flood@province", "active", 2, 3, 4
    )
    assert _ground(reads("computed", "grades", 4), "south") == _level("grades@south", "computed", 4)


def test_here_is_the_nearest_plan_of_that_name() -> None:
    own = reads("active", "flood", 4)
    assert _ground(own, "north") == _level("north/flood@north", "active", 4)
    assert _ground(own, "south") == _level("city/flood@city", "active", 4)


def test_an_area_without_such_a_plan_is_a_finding() -> None:
    condition, findings = _grounded(reads("active", "flood", 4, At("other-city")))
    assert condition == NEVER
    assert [f.code for f in findings] == ["no-such-decision"]
    counted = _count("county", at_least(1), reads("active", "flood", 4))
    assert _ground(counted) == _level("north/flood@north", "active", 4)


UP = reads("response", "flood", 3)


@pytest.mark.parametrize(
    "term",
    [
        NotOf(UP),
        NotOf(NotOf(UP)),
        reads("response", "flood", 3, ranks=frozenset({3})),
        reads("response", "flood", 3, ranks=frozenset({0, 1})),
        LastingTerm(UP, 60, 0, origin("lasting")),
        CaseOf(((UP, OCCURRED),), OCCURRED),
        _count("county", at_most(1), UP),
        NotOf(AllOf((OCCURRED, UP))),
    ],
)
def test_a_response_may_only_be_asked_upward(term: Term) -> None:
    _, findings = _grounded(term)
    assert [(f.code, f.span) for f in findings] == [("not-positive", UP.origin.span)]


@pytest.mark.parametrize(
    "term",
    [
        AllOf((UP, OCCURRED)),
        CaseOf(((OCCURRED, UP),), OCCURRED),
        _count("county", at_least(1), UP),
        NotOf(reads("active", "flood", 3)),
        NotOf(reads("computed", "grades", 3)),
        LastingTerm(reads("computed", "grades", 3), 60, 0, origin("lasting")),
    ],
)
def test_everything_else_may_be_asked_any_way(term: Term) -> None:
    _ground(term)


def test_a_shared_term_is_grounded_once() -> None:
    shared = has("deaths", above(3))
    condition = _ground(AllOf((shared, AllOf((shared,)))))
    assert condition == Test(_fact("deaths", "city"), at_least(4))
    assert isinstance(_ground(_count("county", at_least(1), shared)), Any | AtLeast)
