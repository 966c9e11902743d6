"""Conditions: what each spelling means, and every error at its exact place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planengine.diagnostics import Diagnostic
from planengine.diagnostics.codes.conditions import CODES
from planengine.domain.terms import (
    ALWAYS_TERM,
    HERE,
    NEVER_TERM,
    ActTerm,
    AllOf,
    AnyOf,
    At,
    AtLeastOf,
    AttributeBound,
    AttributeTerm,
    CalendarTerm,
    CaseOf,
    ChangeTerm,
    CountTerm,
    ElapsedTerm,
    Enclosing,
    FactTerm,
    LastingTerm,
    LevelTerm,
    NotOf,
)
from planengine.linking.conditions.conditions import parse_condition
from planengine.reading.yaml import read_document
from planengine.values.sets import (
    COUNT,
    ChoiceSet,
    Interval,
    NumberSet,
    at_least,
    at_most,
    below,
    number,
)
from tests.linking.sample import make_scope, read


def good(text, **changes):
    result = read(text, **changes)
    assert result.codes == []
    return result.term


def choices(*members):
    return ChoiceSet(frozenset(members))


@pytest.mark.parametrize(
    "text, fact, place, bound",
    [
        ("deaths: 30人以上", "deaths", HERE, COUNT.restrict(at_least(30))),
        ("死亡: 30人以上", "deaths", HERE, COUNT.restrict(at_least(30))),
        ("deaths: = 3", "deaths", HERE, number(3)),
        ("deaths: [1, 2, 5]", "deaths", HERE, NumberSet((Interval(1, 2), Interval(5, 5)))),
        ("deaths: {exactly: 3}", "deaths", HERE, number(3)),
        ('deaths: "[10..30)"', "deaths", HERE, NumberSet((Interval(10, 29),))),
        ("deaths@linjiang: ≥ 3", "deaths", At("linjiang"), COUNT.restrict(at_least(3))),
        ("deaths@临江市: ≥ 3", "deaths", At("linjiang"), COUNT.restrict(at_least(3))),
        ("deaths@province: ≥ 3", "deaths", Enclosing("province"), COUNT.restrict(at_least(3))),
        ("deaths@省: ≥ 3", "deaths", Enclosing("province"), COUNT.restrict(at_least(3))),
        ("magnitude: ≥ 7.0", "magnitude", HERE, at_least(7)),
        ("population-density: dense", "population-density", HERE, choices("dense")),
        (
            "population-density: ≥ 较密集",
            "population-density",
            HERE,
            choices("fairly-dense", "dense"),
        ),
        (
            "population-density: [较密集, dense]",
            "population-density",
            HERE,
            choices("fairly-dense", "dense"),
        ),
        ("fire-controlled: false", "fire-controlled", HERE, choices(False)),
        ("fire-controlled: 是", "fire-controlled", HERE, choices(True)),
        ("water-level: n/a", "water-level", HERE, NumberSet((), True)),
        (
            "water-level@hankou: ≥ @warning-stage + 0.5 m",
            "water-level",
            At("hankou"),
            AttributeBound("warning-stage", at_least(number(1).low / 2)),
        ),
        ("水位@汉口站: 超过@警戒水位", "water-level", At("hankou"), None),
    ],
)
def test_facts(text, fact, place, bound):
    term = good(text)
    assert isinstance(term, FactTerm)
    assert (term.fact, term.place) == (fact, place)
    if bound is not None:
        assert term.bound == bound
    assert term.origin.text == text.replace('"', "")
    assert (term.origin.span.line, term.origin.span.column) == (1, 1)
    assert term.origin.span.end_column == len(text) + 1


@pytest.mark.parametrize(
    "text, target, track, read_, scale, place, ranks",
    [
        ("warning.rainstorm: red", "rainstorm", None, "computed", "warning", HERE, {4}),
        ("预警.暴雨: 黄色", "rainstorm", None, "computed", "warning", HERE, {2, 3, 4}),
        (
            "grade.production-accident: 重大",
            "production-accident",
            None,
            "computed",
            "grade",
            HERE,
            {3, 4},
        ),
        (
            "grade.production-accident: {exactly: 重大}",
            "production-accident",
            None,
            "computed",
            "grade",
            HERE,
            {3},
        ),
        (
            "grade.production-accident: [重大, none]",
            "production-accident",
            None,
            "computed",
            "grade",
            HERE,
            {3, 0},
        ),
        (
            "grade.production-accident: < 重大",
            "production-accident",
            None,
            "computed",
            "grade",
            HERE,
            {0, 1, 2},
        ),
        (
            "grade.production-accident: 较大以上",
            "production-accident",
            None,
            "computed",
            "grade",
            HERE,
            {2, 3, 4},
        ),
        (
            "grade.production-accident: ≠ 重大",
            "production-accident",
            None,
            "computed",
            "grade",
            HERE,
            {0, 1, 2, 4},
        ),
        ("warning.rainstorm: {exactly: none}", "rainstorm", None, "computed", "warning", HERE, {0}),
        ("warning.flood: red", "flood", None, "computed", "warning", HERE, {4}),
        ("warning.flood/flood: red", "flood", "flood", "computed", "warning", HERE, {4}),
        ("response.flood: II", "flood", None, "response", "response", HERE, {3, 4}),
        ("response.防汛预案: Ⅱ", "flood", None, "response", "response", HERE, {3, 4}),
        (
            "active.flood@province: II",
            "flood",
            None,
            "active",
            "response",
            Enclosing("province"),
            {3, 4},
        ),
        (
            "active.flood/洪水@linjiang: 二级",
            "flood",
            "flood",
            "active",
            "response",
            At("linjiang"),
            {3, 4},
        ),
        ("response.cold/wind: I", "cold", "wind", "response", "response", HERE, {4}),
        ("response.cold/frost: off-site", "cold", "frost", "response", "nuclear", HERE, {2}),
        ("nuclear.cold/frost: on-site", "cold", "frost", "computed", "nuclear", HERE, {1, 2}),
        ("active.outside: I", "outside", None, "active", "response", HERE, {4}),
        ("active.outside/any: I", "outside", "any", "active", "response", HERE, {4}),
    ],
)
def test_levels(text, target, track, read_, scale, place, ranks):
    term = good(text)
    assert isinstance(term, LevelTerm)
    assert (term.target, term.track, term.read) == (target, track, read_)
    assert (term.scale, term.place, term.ranks) == (scale, place, frozenset(ranks))
    assert term.origin.text == text


def test_combinations():
    term = good(
        "any:\n  - {deaths: ≥ 3, missing: ≥ 1}\n  - dyke-danger\n  - use: dyke-danger\n"
        "  - not: {deaths: ≥ 1}\n  - all: [{deaths: ≥ 1}]\n"
        "  - at-least: {count: 2, of: [{deaths: ≥ 1}, {missing: ≥ 1}, dyke-danger]}\n"
    )
    assert isinstance(term, AnyOf)
    both, bare, used, negated, single, two = term.of
    assert isinstance(both, AllOf)
    assert len(both.of) == 2
    assert bare is used is ALWAYS_TERM
    assert isinstance(negated, NotOf)
    assert isinstance(single, AllOf)
    assert len(single.of) == 1
    assert isinstance(two, AtLeastOf)
    assert two.count == 2
    assert len(two.of) == 3


def test_a_count_of_objects():
    term = good("count: {over: 水库, in: 县, where: {'@size': 大型, 溃坝: true}, is: 1座以上}")
    assert isinstance(term, CountTerm)
    assert (term.over, term.over_type, term.within) == ("reservoir", "kind", Enclosing("county"))
    assert term.accepts == COUNT.restrict(at_least(1))
    size, breach = term.where.of
    assert isinstance(size, AttributeTerm)
    assert size.attribute == "size"
    assert size.bound == choices("large")
    assert isinstance(breach, FactTerm)
    assert breach.place == HERE


def test_counts_of_areas_and_incidents():
    areas = good("count: {over: county, where: {deaths: ≥ 1, '@城市类别': other}, is: ≥ 2}")
    assert (areas.over, areas.over_type, areas.within) == ("county", "tier", HERE)
    incidents = good("count: {over: incident, where: {magnitude: ≥ 4}, is: ≥ 3}")
    assert (incidents.over, incidents.over_type) == ("incident", "incident")


def test_attributes():
    term = good('"@grid-load": ≥ 20 GW')
    assert (term.attribute, term.place, term.bound) == ("grid-load", HERE, at_least(20_000))
    term = good('"@grid-load@city-grid": ≥ 20000 MW')
    assert term.place == At("city-grid")
    term = good('"@city-class@province": [capital, other]')
    assert term.place == Enclosing("province")
    assert term.bound == choices("capital", "other")


def test_forecasts():
    term = good("expected: {within: 24 h, rainfall-24h: ≥ 100 mm, deaths: ≥ 1}")
    assert isinstance(term, AllOf)
    assert [part.forecast_within for part in term.of] == [86400, 86400]
    term = good("expected: {within: 24小时, any: [{24小时雨量: 100毫米以上}, {deaths: ≥ 1}]}")
    assert isinstance(term, AnyOf)
    assert [part.forecast_within for part in term.of] == [86400, 86400]
    assert good("rainfall-24h: ≥ 1").forecast_within is None


def test_durations():
    term = good("lasting: {where: {fire-controlled: false}, is: ≥ 72 h, gaps-under: 30 min}")
    assert isinstance(term, LastingTerm)
    assert (term.duration, term.gaps_under) == (259200, 1800)
    assert good("lasting: {where: {occurred: true}, is: 3天以上}").duration == 259200
    assert good("lasting: {where: {occurred: true}, is: 超过1小时}").duration == 3601
    term = good("elapsed: {since: occurrence, is: ≥ 24 h}")
    assert isinstance(term, ElapsedTerm)
    assert (term.moment, term.accepts) == ("occurrence", at_least(86400))
    assert good("elapsed: {since: 发生, is: 不足2小时}").accepts == below(7200)


def test_changes():
    term = good("change: {of: water-level@hankou, is: ≥ 1 m, within: 24 h}")
    assert isinstance(term, ChangeTerm)
    assert (term.fact, term.place, term.within, term.falling) == (
        "water-level",
        At("hankou"),
        86400,
        False,
    )
    assert term.accepts == at_least(1)
    fall = good("change: {of: water-level@hankou, is: ≤ -50 cm, within: 1 h}")
    assert fall.falling
    assert fall.accepts == at_most(number(-1).low / 2)


def test_acts_are_numbered_and_collected():
    result = read(
        "any:\n  - judged: {what: 认定需要启动, by: 防办}\n"
        "  - judged: {what: 其他情形}\n  - recognised: {what: 认定, by: commander}\n"
        "  - on-order: {what: 上级命令, by: county-hq, id: from-above}\n"
    )
    assert result.codes == []
    assert [(act.clause, act.kind, act.by) for act in result.scope.acts] == [
        ("flood.II.judged-1", "judged", ("flood-office",)),
        ("flood.II.judged-2", "judged", ()),
        ("flood.II.recognised-1", "recognised", ("commander",)),
        ("from-above", "on-order", ("county-hq",)),
    ]
    assert isinstance(result.term.of[0], ActTerm)
    assert result.term.of[0].what == "认定需要启动"


def test_calendars_and_cases():
    assert good("during: 汛期").calendar == "flood-season"
    assert isinstance(good("during: flood-season"), CalendarTerm)
    term = good(
        "case:\n  - {when: {'@city-class': capital}, then: {deaths: ≥ 3}}\n"
        "  - {otherwise: {deaths: ≥ 10}}\n"
    )
    assert isinstance(term, CaseOf)
    assert len(term.branches) == 1
    assert isinstance(term.otherwise, FactTerm)
    assert good("case: [{when: dyke-danger, then: dyke-danger}]").otherwise == NEVER_TERM


ERRORS = [
    # names
    ("deths: ≥ 3", "unknown-fact 1:1"),
    ("atleast: {count: 2, of: []}", "unknown-condition 1:1"),
    ("lastng: {where: dyke-danger, is: ≥ 1 h}", "unknown-condition 1:1"),
    ("water-level@hankuo: ≥ 3 m", "unknown-place 1:1"),
    ("warning.rainstrom: red", "unknown-standard 1:1"),
    ("response.floood: II", "unknown-plan 1:1"),
    ("warnin.rainstorm: red", "unknown-scale 1:1"),
    ("warning.rainstorm: rde", "unknown-level 1:20"),
    ("warning.rainstorm: [red, ble]", "unknown-level 1:26"),
    ("response.cold/wnd: II", "unknown-track 1:1"),
    ('"@grid-laod": ≥ 3 MW', "unknown-attribute 1:1"),
    ("water-level@hankou: ≥ @warning-stge", "unknown-attribute 1:21"),
    ("dyke-dangr", "unknown-definition 1:1"),
    ("any: [dyke-danger, dyke-dangr]", "unknown-definition 1:20"),
    ("elapsed: {since: occurence, is: ≥ 1 h}", "unknown-moment 1:18"),
    ("during: flod-season", "unknown-calendar 1:9"),
    ("judged: {what: x, by: flood-ofice}", "unknown-agency 1:23"),
    ("judged: {what: x, by: comander}", "unknown-post 1:23"),
    ("count: {over: resevoir, where: dyke-danger, is: ≥ 1}", "unknown-object-kind 1:15"),
    ("count: {over: reservoir, in: linjang, where: dyke-danger, is: ≥ 1}", "unknown-place 1:30"),
    # shapes
    ("{}", "empty-condition 1:1"),
    ("any: []", "empty-condition 1:6"),
    ("not: ~", "empty-condition 1:6"),
    ("[dyke-danger]", "condition-list 1:1"),
    ("any: [[dyke-danger]]", "condition-list 1:7"),
    ("true", "condition-not-value 1:1"),
    ("any: [3]", "condition-not-value 1:7"),
    ("any: {deaths: ≥ 3}", "needs-list 1:6"),
    ("count: 3", "clause-shape 1:8"),
    ("expected: {rainfall-24h: ≥ 100 mm}", "clause-shape 1:11"),
    ("expected: {within: 24 h}", "clause-shape 1:11"),
    ("case: {when: dyke-danger}", "clause-shape 1:7"),
    ("case: [dyke-danger]", "clause-shape 1:8"),
    ("count: {over: reservoir, where: dyke-danger}", "missing-key 1:1"),
    ("lasting: {where: dyke-danger, is: ≥ 1 h, gap: 3 min}", "unknown-key 1:42"),
    ("judged: {what: }", "text-needed 1:16"),
    ("use: [dyke-danger]", "text-needed 1:6"),
    ("change: {of: [deaths], is: ≥ 1, within: 1 h}", "text-needed 1:14"),
    ("at-least: {count: 3, of: [dyke-danger]}", "at-least-count 1:19"),
    ("at-least: {count: true, of: [dyke-danger]}", "at-least-count 1:19"),
    ("at-least: {count: 1, of: dyke-danger}", "needs-list 1:26"),
    ("case: [{otherwise: dyke-danger}]", "otherwise-last 1:8"),
    (
        "case: [{otherwise: dyke-danger}, {when: dyke-danger, then: dyke-danger}]",
        "otherwise-last 1:8",
    ),
    ("expected: {within: 24 h, warning.rainstorm: red}", "not-forecastable 1:26"),
    ("expected: {within: 24 h, judged: {what: x}}", "not-forecastable 1:26"),
    ("expected: {within: 24 h, any: [dyke-danger]}", "not-forecastable 1:32"),
    (
        "any: [judged: {what: x, id: a}, judged: {what: y, id: a}]",
        "duplicate-clause 1:55",
    ),
    # bounds
    ("deaths:", "missing-bound 1:8"),
    ("deaths: []", "missing-bound 1:9"),
    ("warning.rainstorm:", "missing-bound 1:19"),
    ("warning.rainstorm: []", "missing-bound 1:20"),
    ("deaths: {at-least: 3}", "bound-shape 1:9"),
    ("deaths: [[1]]", "bound-shape 1:10"),
    ("warning.rainstorm: {only: red}", "bound-shape 1:20"),
    ("warning.rainstorm: [[red]]", "bound-shape 1:21"),
    ("deaths: {exactly: 3人以上}", "exactly-one-value 1:19"),
    ("deaths: 数十人", "vague-bound 1:9"),
    ("deaths: unknown", "untestable-unknown 1:9"),
    ("deaths: [1, unknown]", "untestable-unknown 1:13"),
    ("deaths: 30间以上", "wrong-unit 1:9"),
    ("population-density: densse", "unknown-choice 1:21"),
    ("deaths: ≥ 0", "always-true 1:9"),
    ("fire-controlled: [true, false]", "always-true 1:18"),
    ("warning.rainstorm: none", "bare-none 1:20"),
    ("warning.rainstorm: ≥ none", "always-true 1:20"),
    ('warning.rainstorm: "> red"', "never-true 1:20"),
    ("warning.rainstorm: < rde", "unknown-level 1:20"),
    ("water-level@hankou: ≥ @crest", "attribute-unit 1:21"),
    ("magnitude: ≥ @warning-stage", "attribute-not-here 1:12"),
    ("water-level@hankou: [3 m, ≥ @warning-stage]", "attribute-not-here 1:27"),
    ('"@grid-load": ≥ @city-class', "attribute-not-here 1:15"),
    ("lasting: {where: dyke-danger, is: ≤ 72 h}", "lasting-bound 1:35"),
    ("expected: {within: 24 h, covering: 30 h, rainfall-24h: ≥ 100 mm}", "covering-bound 1:36"),
    ("expected: {within: 每24小时, rainfall-24h: ≥ 100 mm}", "bad-duration 1:20"),
    ("expected: {days: 3, within: 2 d, rainfall-24h: ≥ 100 mm}", "days-bound 1:18"),
    ("lasting: {where: dyke-danger, is: ≥ 72}", "missing-unit 1:35"),
    ("lasting: {where: dyke-danger, is: ≥ 1 h, gaps-under: soon}", "bad-duration 1:54"),
    ("elapsed: {since: occurrence, is: ≥ 24}", "missing-unit 1:34"),
    ("elapsed: {since: occurrence, is: n/a}", "unreadable-bound 1:34"),
    ("change: {of: water-level@hankou, is: < 1 m, within: 24 h}", "change-direction 1:38"),
    ("change: {of: fire-controlled, is: ≥ 1, within: 24 h}", "change-not-number 1:14"),
    ("magnitude@linjiang: ≥ 5", "incident-fact-place 1:1"),
    ("water-level@three-gorges: ≥ 5 m", "wrong-place 1:1"),
    ("deaths@hankou: ≥ 5", "wrong-place 1:1"),
    ("count: {over: reservoir, where: {water-level: ≥ 3 m}, is: ≥ 1}", "wrong-place 1:34"),
    ("count: {over: reservoir, where: dyke-danger, is: ≥ 3 m}", "wrong-unit 1:50"),
    ("warning.production-accident: red", "wrong-scale 1:1"),
    ("nuclear.cold/wind: on-site", "wrong-scale 1:1"),
    ("response.cold: I", "track-needed 1:1"),
]


@pytest.mark.parametrize("text, expected", ERRORS)
def test_errors_at_their_places(text, expected):
    result = read(text)
    assert result.codes == [expected]


def test_the_first_error_does_not_hide_the_rest():
    result = read("any:\n  - {deths: ≥ 3, missing: 数十人}\n  - during: flod-season\n")
    assert result.codes == [
        "unknown-fact 2:6",
        "vague-bound 2:27",
        "unknown-calendar 3:13",
    ]
    assert result.term == AnyOf((AllOf((NEVER_TERM, NEVER_TERM)), NEVER_TERM))


def test_did_you_mean():
    assert read("deths: ≥ 3").findings[0].hint == "did you mean `deaths`?"
    assert read("atleast: {count: 2, of: []}").findings[0].hint == "did you mean `at-least`?"
    assert "dyke-danger" in str(read("dyke-dangr").findings[0].hint)


def test_every_code_of_conditions_is_met():
    from planengine.diagnostics.codes.tables import CODES as TABLE_CODES

    met = {expected.split()[0] for _, expected in ERRORS}
    assert {code.id for code in CODES} - {code.id for code in TABLE_CODES} <= met


_WORDS = st.sampled_from(
    [
        "any",
        "all",
        "not",
        "at-least",
        "count",
        "expected",
        "lasting",
        "elapsed",
        "change",
        "judged",
        "during",
        "use",
        "case",
        "when",
        "then",
        "otherwise",
        "over",
        "in",
        "where",
        "is",
        "of",
        "deaths",
        "water-level@hankou",
        "magnitude",
        "warning.rainstorm",
        "active.flood",
        '"@size"',
        "within",
        "what",
        "by",
        "id",
        "exactly",
        "since",
        "reservoir",
        "dyke-danger",
        "occurrence",
        "≥ 3",
        "30人以上",
        "red",
        "24 h",
        "true",
        "n/a",
        "≥ @warning-stage",
        "2",
        '"[1..2]"',
        "~",
        '""',
    ]
)
_TREES = st.recursive(
    _WORDS,
    lambda inner: (
        st.lists(inner, max_size=3).map(lambda items: "[" + ", ".join(items) + "]")
        | st.dictionaries(_WORDS, inner, max_size=3).map(
            lambda pairs: "{" + ", ".join(f"{k}: {v}" for k, v in pairs.items()) + "}"
        )
    ),
    max_leaves=12,
)


@given(_TREES)
def test_never_raises(text):
    findings: list[Diagnostic] = []
    node = read_document(text, "test.yaml", findings)
    if node is not None:
        findings.clear()
        parse_condition(node, make_scope(), findings)
        for found in findings:
            assert found.span is not None
            assert found.message_in("zh")
            assert found.message_in("en")
