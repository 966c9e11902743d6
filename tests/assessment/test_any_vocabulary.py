"""What a library of another place declares: scales, floors, scores, additions, who decides."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest

import planengine
from planengine.linking.load import read_library
from tests.assessment.conftest import HEAD, Small, day, stated

LEVEL_II = "levels: [{level: II, when: {%s}, approve: {post: chief}}]\n"


def vocabulary(small: Small, old: str, new: str) -> None:
    path = small.folder / "vocabulary.yaml"
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


def facts(small: Small, lines: str) -> None:
    vocabulary(small, "facts:\n", f"facts:\n{lines}")


def more(small: Small, text: str) -> None:
    """A vocabulary of one's own beside the one that is shipped."""
    (small.folder / "plans" / "more.yaml").write_text(text)


def codes(small: Small) -> list[str]:
    _, findings, _ = read_library(small.folder)
    return [found.code for found in findings if found.severity == "error"]


def levels(found: planengine.Assessment) -> dict[str, str | None]:
    return {one.id: one.level for one in found.decisions}


# standards

STANDARD = """standard: tally
label: {en: tally}
scale: response
authority: nation
%s
edition: {number: "1"}
applies: {hazards: [flood]}
basis: {source: law}
any: %s
"""


@pytest.fixture
def nation(small: Small) -> Small:
    """The small library with a nation above its home, which has a ministry."""
    vocabulary(small, "tiers: [", "tiers: [{id: nation, label: {en: nation}}, ")
    path = small.folder / "registry.yaml"
    text = path.read_text().replace("tier: city}", "tier: city, in: nation}")
    text = text.replace(
        "jurisdictions:\n", "jurisdictions:\n  nation: {label: {en: N}, tier: nation}\n"
    )
    ministry = "agencies:\n  ministry: {label: {en: ministry}, in: nation}\n"
    path.write_text(text.replace("agencies:\n", ministry))
    return small


# scales


def test_a_plan_without_a_scale_is_on_the_one_for_responses(small: Small) -> None:
    vocabulary(
        small, "response: {label: {en: response}", "alarm: {is: response, label: {en: alarm}"
    )
    vocabulary(small, "warning: {label: {en: warning}", "colour: {is: warning, label: {en: colour}")
    plan = "warnings: [{level: red, when: {deaths: ≥ 1}, issuer: office}]\n" + LEVEL_II
    small.plan("dam", plan % "deaths: ≥ 3")
    small.plan("other", LEVEL_II % "alarm.dam: II, colour.dam: red")
    found = small.assess(stated("08:00", deaths=3), at="08:00")
    assert {one.id: (one.scale, one.level) for one in found.decisions} == {
        "warning:city/dam@city": ("colour", "red"),
        "city/dam@city": ("alarm", "II"),
        "city/other@city": ("alarm", "II"),
    }


@pytest.mark.parametrize(
    ("scale", "body"),
    [
        ("response", "levels: [{level: I, approve: {post: chief}, when: {deaths: 3}}]\n"),
        ("warning", LEVEL_II % "deaths: ≥ 3" + "warnings: [{level: red, when: {deaths: ≥ 3}}]\n"),
    ],
)
def test_a_scale_that_is_left_out_and_not_declared_says_what_it_is(
    small: Small, scale: str, body: str
) -> None:
    vocabulary(small, f"  {scale}: {{label", f"  own-{scale}: {{label")
    small.plan("dam", body)
    _, findings, _ = read_library(small.folder)
    assert [(one.code, one.message, one.hint) for one in findings if one.severity == "error"] == [
        (
            "default-undeclared",
            f"what is left out here means `is: {scale}`, which none of the `scales` is",
            "declare it in a vocabulary file under `scales`",
        )
    ]


def test_a_decision_in_the_place_of_a_fact_says_how_it_is_asked(small: Small) -> None:
    small.plan("dam", LEVEL_II % "deaths: ≥ 3").plan("other", LEVEL_II % "dam: II")
    _, findings, _ = read_library(small.folder)
    assert [(one.code, one.hint) for one in findings] == [
        ("unknown-fact", "did you mean `response.dam`?")
    ]


def test_a_response_needs_an_approver_whatever_its_scale_is_called(small: Small) -> None:
    vocabulary(
        small, "response: {label: {en: response}", "alarm: {is: response, label: {en: alarm}"
    )
    small.plan("dam", "levels: [{level: II, when: {deaths: ≥ 3}}]\n")
    _, findings, _ = read_library(small.folder)
    assert [found.code for found in findings] == ["level-without-approver"]


FLOOR = "response: {floor: {id: normal, label: {en: normal operation}}, label: {en: response}"


def test_a_floor_names_the_state_of_no_level(small: Small) -> None:
    vocabulary(small, "response: {label: {en: response}", FLOOR)
    small.plan("dam", LEVEL_II % "deaths: ≥ 3")
    ended = {"at": day("09:00"), "decide": {"plan": "dam", "level": "normal", "by": "chief"}}
    started = {"at": day("08:10"), "decide": {"plan": "dam", "level": "II", "by": "chief"}}
    told = [stated("08:00", deaths=3), started, ended]
    (decision,) = small.assess(*told, at="09:00").decisions
    assert (decision.in_force, decision.proposal) == (None, "none")  # people ended it
    (decision,) = small.assess(*told, at="08:30").decisions
    assert decision.in_force == "II"


@pytest.mark.parametrize(
    ("level", "deaths", "expected"),
    [
        ("{exactly: normal}", 0, "II"),
        ("{exactly: normal operation}", 5, None),
        ("[normal, II]", 5, None),
    ],
)
def test_a_floor_stands_where_none_may(
    nation: Small, level: str, deaths: int, expected: str | None
) -> None:
    small = nation
    vocabulary(small, "response: {label: {en: response}", FLOOR)
    more(small, STANDARD % ("decides: asker", "{deaths: {I: ≥ 5}}"))
    small.plan("dam", LEVEL_II % f"response.tally: {level}")
    found = small.assess(stated("08:00", deaths=deaths), at="08:00")
    assert levels(found)["city/dam@city"] == expected


@pytest.mark.parametrize("where", ["response.tally: normal", "response.tally: none"])
def test_none_or_worse_is_refused(nation: Small, where: str) -> None:
    small = nation
    vocabulary(small, "response: {label: {en: response}", FLOOR)
    more(small, STANDARD % ("decides: asker", "{deaths: {I: ≥ 5}}"))
    small.plan("dam", LEVEL_II % where)
    assert codes(small) == ["bare-none"]


@pytest.mark.parametrize(
    ("decides", "expected"),
    [("decides: asker", {"tally@city": "II"}), ("decides: authority", {"tally@nation": "II"})],
)
def test_where_a_standard_decides_is_declared(
    nation: Small, decides: str, expected: dict[str, str]
) -> None:
    more(nation, STANDARD % (decides, "{deaths: {II: ≥ 3}}"))
    assert levels(nation.assess(stated("08:00", deaths=4), at="08:00")) == expected


def test_any_standard_of_a_scale_is_one_for_hazards_of_its_own(nation: Small) -> None:
    vocabulary(
        nation,
        "flood: {label: {en: flood}}",
        "flood: {label: {en: flood}}, river: {in: flood, label: {en: river}}, quake: {label: {en: quake}}",
    )
    more(nation, (STANDARD % ("note: x", "{deaths: {I: ≥ 3}}")).replace("[flood]", "[river]"))
    other = (STANDARD % ("note: x", "{level: {I: ≥ 9}}")).replace(
        "standard: tally", "standard: gauge"
    )
    (nation.folder / "plans" / "gauge.yaml").write_text(other.replace("[flood]", "[quake]"))
    nation.plan("dam", LEVEL_II % "response: I")
    hazards = ["flood", "river"]
    found = nation.assess(stated("08:00", deaths=0, level="9 m"), at="08:00", hazards=hazards)
    assert {one.id: (one.level, one.could_reach) for one in found.decisions} == {
        "tally@city": (None, None),
        "city/dam@city": (None, None),
    }
    assert found.ask == ()
    found = nation.assess(stated("08:00", deaths=3), at="08:00", hazards=hazards)
    assert levels(found) == {"tally@city": "I", "city/dam@city": "II"}


def test_any_standard_of_a_scale(nation: Small) -> None:
    more(nation, STANDARD % ("note: x", "{deaths: {II: ≥ 3}}"))
    other = (STANDARD % ("note: x", "{level: {I: ≥ 9}}")).replace(
        "standard: tally", "standard: gauge"
    )
    (nation.folder / "plans" / "gauge.yaml").write_text(other)
    nation.plan("dam", LEVEL_II % "response: I")
    for told, expected in (({"deaths": 4}, None), ({"level": "9 m"}, "II")):
        found = nation.assess(stated("08:00", **told), at="08:00")
        assert levels(found)["city/dam@city"] == expected


@pytest.mark.parametrize(
    ("bands", "expected"),
    [("{II: < 3 m, III: < 10 m}", []), ('{II: "> 3 m", III: "> 10 m"}', ["not-monotone"])],
)
def test_monotone_follows_the_direction_of_each_fact(
    nation: Small, bands: str, expected: list[str]
) -> None:
    facts(
        nation,
        "  stock: {label: {en: stock}, type: quantity, unit: m, direction: down, roll-up: min}\n",
    )
    more(nation, STANDARD % ("monotone: true", f"{{stock: {bands}}}"))
    found = [one.code for one in planengine.load(nation.folder).check()]
    assert [code for code in found if code == "not-monotone"] == expected


# plans above home, and a home that is the nation itself


def at_nation(body: str) -> str:
    head = HEAD.format(id="above").replace("jurisdiction: city", "jurisdiction: nation")
    return head.replace("headquarters: government, office: office", "headquarters: ministry") + body


def test_plans_above_home_are_assessed(nation: Small) -> None:
    (nation.folder / "plans" / "above.yaml").write_text(at_nation(LEVEL_II % "deaths: ≥ 3"))
    nation.plan("dam", LEVEL_II % "deaths: ≥ 5")
    found = nation.assess(stated("08:00", deaths=4), at="08:00")
    assert levels(found) == {"city/dam@city": None, "nation/above@nation": "II"}


@pytest.mark.parametrize("home", ["nation", "city"])
def test_a_home_of_any_tier(nation: Small, home: str) -> None:
    manifest = nation.folder / "planengine.yaml"
    manifest.write_text(manifest.read_text().replace("home: city", f"home: {home}"))
    (nation.folder / "plans" / "above.yaml").write_text(at_nation(LEVEL_II % "deaths: ≥ 3"))
    told = {"at": day("08:00"), "area": "north", "facts": {"deaths": 4}}
    assert levels(nation.assess(told, at="08:00")) == {"nation/above@nation": "II"}


# people


@pytest.mark.parametrize(
    ("by", "findings"), [("office", []), ("chief", []), ("deputy", []), ("clerk", ["authority"])]
)
def test_an_act_may_have_several_holders(small: Small, by: str, findings: list[str]) -> None:
    act = "judged: {what: it looks bad, by: [office, chief], id: bad}"
    small.plan("dam", LEVEL_II % act)
    (offered,) = small.assess(stated("08:00", deaths=0), at="08:00").may_invoke
    assert (offered.by, offered.alternates) == ("office", ("chief",))
    made = {"at": day("08:10"), "invoke": {"clause": "bad", "by": by}}
    found = small.assess(made, at="08:10")
    assert levels(found) == {"city/dam@city": "II"}
    assert [one.kind for one in found.conflicts] == findings


# an object as scope

STATIONS = "\nobjects: {one: {label: {en: one}, kind: station, in: north}, two: {label: {en: two}, kind: station, in: south}}\n"


@pytest.mark.parametrize(
    ("scope", "expected"),
    [
        (["one"], "II"),
        (["two"], None),
        (["north"], "II"),
        (["south"], None),
        (["one", "two"], "II"),
    ],
)
def test_an_object_as_scope(small: Small, scope: list[str], expected: str | None) -> None:
    facts(
        small,
        "  depth: {label: {en: depth}, type: quantity, unit: m, subject: station, direction: up, roll-up: max}\n",
    )
    vocabulary(small, "verbs:", "object-kinds: {station: {label: {en: station}}}\nverbs:")
    path = small.folder / "registry.yaml"
    path.write_text(path.read_text() + STATIONS)
    small.plan("dam", LEVEL_II % "depth: ≥ 3 m")
    deep = {"at": day("08:00"), "object": "one", "facts": {"depth": "4 m"}}
    dry = {"at": day("08:00"), "object": "two", "facts": {"depth": "1 m"}}
    found = small.assess(dry if scope == ["two"] else deep, at="08:00", scope=scope)
    assert levels(found) == {"city/dam@city": expected}
    reach = found.decisions[0].could_reach
    assert reach == ("II" if scope in (["north"], ["one"], ["one", "two"], ["south"]) else None)


# scores

SPREAD = """  spread: {label: {en: spread}, type: category, values: [{id: slow, label: {en: slow}}, {id: fast, label: {en: fast}}]}
  near-homes: {label: {en: near homes}, type: flag}
  toxic: {label: {en: toxic}, type: flag}
  danger: {label: {en: danger}, type: count, derived: {score: %s}}
"""
POINTS = "{spread: {slow: 1, fast: 3}, near-homes: 2, toxic: 4}"


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ({"spread": "fast"}, ("III", "III", "I")),  # 3 to 9
        ({"spread": "slow"}, (None, None, "I")),  # 1 to 7
        ({"spread": "slow", "near-homes": True}, ("III", "III", "I")),
        ({"spread": "slow", "near-homes": False}, (None, None, "III")),  # 1 or 5
        ({"spread": "fast", "toxic": True}, ("I", "I", "I")),
        ({"spread": "slow", "near-homes": False, "toxic": False}, (None, None, None)),
        ({"spread": "n/a", "near-homes": True, "toxic": True}, ("III", "III", "III")),
        ({"danger": 7}, ("I", "I", "I")),
    ],
)
def test_scores(small: Small, told: dict[str, Any], expected: tuple[str | None, ...]) -> None:
    facts(small, SPREAD % POINTS)
    rules = "{level: III, when: {danger: ≥ 3}, approve: {post: chief}}, {level: I, when: {danger: ≥ 7}, approve: {post: chief}}"
    small.plan("dam", f"levels: [{rules}]\n")
    (one,) = small.assess(stated("08:00", **told), at="08:00").decisions
    assert (one.level, one.indicated, one.could_reach) == expected
    assert one.exact


@pytest.mark.parametrize(
    ("points", "expected"),
    [
        ("{spread: {slow: 1}}", ["bad-operands"]),
        ("{spread: 2}", ["bad-operands"]),
        ("{deaths: 2}", ["bad-operands"]),
        ("{spread: {slow: -1, fast: 2}}", ["bad-operands"]),
        ("{spred: {slow: 1, fast: 2}}", ["unknown-fact"]),
        ("{spread: {slow: 1, faast: 2}}", ["bad-operands", "unknown-value"]),
    ],
)
def test_scores_that_leave_something_open(small: Small, points: str, expected: list[str]) -> None:
    facts(small, SPREAD % points)
    small.plan("dam", LEVEL_II % "deaths: ≥ 3")
    assert sorted(codes(small)) == expected


# additions

ADDED = """vocabulary: more
tiers: [{id: district, label: {en: district}, below: city}]
additions:
  facts:
    fire: {label: {fr: feu}, aliases: [blaze], values: [{id: peat, label: {en: peat}, after: grass}, {id: ash, before: grass}]}
  object-kinds:
    station: {attributes: {bank: {label: {en: bank}, type: quantity, unit: m}}}
"""
FIRE = "  fire: {label: {en: fire}, type: category, values: [{id: grass, label: {en: grass}}, {id: crown, label: {en: crown}}]}\n"


@pytest.fixture
def added(small: Small) -> Small:
    facts(small, FIRE)
    kinds = "object-kinds: {station: {label: {en: station}, attributes: {mark: {label: {en: mark}, type: quantity, unit: m}}}}\nverbs:"
    vocabulary(small, "verbs:", kinds)
    return small


def test_additions_stand_where_they_say(added: Small) -> None:
    more(added, ADDED)
    entities, findings, _ = read_library(added.folder)
    assert findings == []
    fire = entities.facts["fire"]
    assert fire.domain.values == ("ash", "grass", "peat", "crown")
    assert fire.label.texts == (("en", "fire"), ("fr", "feu"))
    assert [tier.id for tier in entities.tiers] == ["city", "district", "county"]
    assert list(entities.object_kinds["station"].attributes) == ["mark", "bank"]


def test_added_values_are_compared_in_their_place(added: Small) -> None:
    more(added, ADDED)
    added.plan("dam", LEVEL_II % "feu: peat or above")
    for value, expected in (("ash", None), ("grass", None), ("peat", "II"), ("crown", "II")):
        found = added.assess(stated("08:00", blaze=value), at="08:00")
        assert levels(found) == {"city/dam@city": expected}


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("below: city", "below: citty", ["unknown-tier"]),
        ("id: peat", "id: crown", ["duplicate-id"]),
        (", after: grass", "", ["key-needed"]),
        ("after: grass", "after: gras", ["unknown-value"]),
        ("station:", "statoin:", ["unknown-object-kind"]),
        ("    fire:", "    fyre:", ["unknown-fact"]),
        ("    fire:", "    deaths:", ["key-unsuited"]),
        ("bank:", "mark:", ["duplicate-id"]),
    ],
)
def test_additions_that_have_no_place(
    added: Small, old: str, new: str, expected: list[str]
) -> None:
    more(added, ADDED.replace(old, new))
    assert codes(added) == expected


# units

UNITS = "vocabulary: money\nunits: {USD: {aliases: [$], is: money}, cent: {equals: 0.01 USD}, crate: {is: counter}, pallet: {equals: 40 crate}}\n"


def test_declared_units_convert(small: Small) -> None:
    facts(
        small,
        "  cost: {label: {en: cost}, type: quantity, unit: USD, direction: up}\n  stock: {label: {en: stock}, type: count, unit: crate}\n",
    )
    more(small, UNITS)
    small.plan("dam", LEVEL_II % "cost: more than $2, stock: at least 2 pallet")
    for told, expected in (
        ({"cost": "200 cent", "stock": 80}, None),
        ({"cost": "201 cent", "stock": "2 pallet"}, "II"),
    ):
        found = small.assess(stated("08:00", **told), at="08:00")
        assert levels(found) == {"city/dam@city": expected}


@pytest.mark.parametrize(
    ("unit", "expected"),
    [
        ("USD: {is: money, equals: 3 m}", ["one-of"]),
        ("USD: {}", ["one-of"]),
        ("kg: {is: money}", ["bad-unit"]),
        ("a: {equals: 3 b}, b: {equals: 2 a}", ["bad-unit", "bad-unit"]),
        ("m3x: {is: counter}", ["bad-unit"]),
        ("dozen: {equals: 12 nothings}", ["bad-unit"]),
        ("dozen: {equals: -12 m}", ["bad-unit"]),
    ],
)
def test_units_that_cannot_be(small: Small, unit: str, expected: list[str]) -> None:
    more(small, f"vocabulary: money\nunits: {{{unit}}}\n")
    assert codes(small) == expected


def test_a_bound_on_money_in_another_currency_is_refused(small: Small) -> None:
    facts(small, "  cost: {label: {en: cost}, type: quantity, unit: USD, direction: up}\n")
    more(small, UNITS.replace("crate: {is", "EUR: {is: money}, crate: {is"))
    small.plan("dam", LEVEL_II % "cost: more than 2 EUR")
    assert codes(small) == ["wrong-unit"]


@pytest.mark.parametrize(
    ("more_than", "difference", "expected"),
    [
        ("18 °F", "", "II"),
        ("18 °F", ", difference: true", None),
        ("17 °F", ", difference: true", "II"),
    ],
)
def test_differences_of_temperature(
    small: Small, more_than: str, difference: str, expected: str | None
) -> None:
    # 18 ℉ is -7.8 ℃; a difference of 18 ℉ is one of 10 ℃
    facts(
        small,
        f"  margin: {{label: {{en: margin}}, type: quantity, unit: ℃, direction: up{difference}}}\n",
    )
    small.plan("dam", LEVEL_II % f"margin: more than {more_than}")
    found = small.assess(stated("08:00", margin="10 ℃"), at="08:00")
    assert levels(found) == {"city/dam@city": expected}


def test_temperatures_bound_each_other_only_where_their_zeros_agree(small: Small) -> None:
    facts(
        small,
        "  inside: {label: {en: inside}, type: quantity, unit: ℃, at-most: outside}\n  outside: {label: {en: outside}, type: quantity, unit: degF}\n",
    )
    assert codes(small) == ["key-unsuited"]


# forecasts over a run of days


def forecast(first: int, *degrees: float | None) -> list[dict[str, Any]]:
    return [
        {
            "at": day("08:00"),
            "kind": "forecast",
            "valid": {
                "from": f"2026-07-{first + place:02}T00:00:00+08:00",
                "until": f"2026-07-{first + place + 1:02}T00:00:00+08:00",
            },
            "facts": {"heat": f"{one} ℃"},
        }
        for place, one in enumerate(degrees)
        if one is not None
    ]


@pytest.mark.parametrize(
    ("degrees", "at", "expected"),
    [
        ((36, 36, 36), "01T12:00:00", ("II", "II")),
        ((36, 36), "01T12:00:00", (None, "II")),
        ((36, 20, 36, 36, 36), "01T12:00:00", ("III", "III")),
        ((36, 20, 36, 36), "01T12:00:00", (None, "III")),
        ((36, 20, 36, 36, 20), "01T12:00:00", (None, None)),
        ((20, 36, 36, 36, 20), "01T23:59:59", ("III", "III")),
        ((20, 36, 36, 36, 20), "02T00:00:00", ("II", "II")),
        ((36, 36, 36, 36, 36), "03T23:59:59", ("II", "II")),
        ((36, 36, 36, 36, 36), "04T00:00:00", (None, "II")),
    ],
)
def test_a_run_of_days(
    small: Small, degrees: tuple[float, ...], at: str, expected: tuple[str | None, ...]
) -> None:
    facts(small, "  heat: {label: {en: heat}, type: quantity, unit: ℃, direction: up}\n")
    rules = [("II", "days: 3"), ("III", "within: 5 d, days: 3")]
    entries = ", ".join(
        f"{{level: {level}, when: {{expected: {{{run}, heat: 35 ℃ or more}}}}, approve: {{post: chief}}}}"
        for level, run in rules
    )
    small.plan("dam", f"levels: [{entries}]\n")
    incident = {"incident": "x", "hazards": ["flood"], "observations": forecast(1, *degrees)}
    found = small.engine().assess(incident, at=f"2026-07-{at}+08:00")
    (decision,) = found.decisions
    assert (decision.level, decision.could_reach) == expected
    assert decision.exact
    tomorrow = f"2026-07-{int(at[:2]) + 1:02}T00:00:00+08:00"
    assert found.to_dict()["recheck_at"] == tomorrow


def test_a_day_is_known_once_a_forecast_covers_all_of_it(small: Small) -> None:
    facts(small, "  heat: {label: {en: heat}, type: quantity, unit: ℃, direction: down}\n")
    small.plan("dam", LEVEL_II % "expected: {days: 1, heat: above 0 ℃}")
    told = {
        "at": day("08:00"),
        "kind": "forecast",
        "valid": {"from": day("08:00")},
        "facts": {"heat": "5 ℃"},
    }
    incident = {"incident": "x", "hazards": ["flood"], "observations": [told]}
    engine = small.engine()
    found = engine.assess(incident, at=day("09:00"))
    assert [(one.level, one.could_reach) for one in found.decisions] == [(None, "II")]
    assert found.to_dict()["recheck_at"] == "2026-07-02T00:00:00+08:00"
    found = engine.assess(incident, at="2026-07-02T00:00:00+08:00")
    assert [(one.level, one.could_reach) for one in found.decisions] == [("II", "II")]


@pytest.mark.parametrize(
    "run",
    [
        "days: 0",
        "days: 40",
        "days: 3, within: 2 d",
        "days: 3, within: 80 h",
        "days: 2, covering: 3 h",
    ],
)
def test_no_run_of_days(small: Small, run: str) -> None:
    small.plan("dam", LEVEL_II % f"expected: {{{run}, level: ≥ 3 m}}")
    assert codes(small) == ["days-bound"]


# matrices

MATRIX = """  likely: {label: {en: likely}, type: category, values: [{id: low, label: {en: low}}, {id: high, label: {en: high}}]}
  harm: {label: {en: harm}, type: category, values: [{id: small, label: {en: small}}, {id: great, label: {en: great}}]}
"""


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("{II: {harm: great, likely: low}, I: {harm: great, likely: high}}", []),
        ("{III: {harm: small, likely: high}, II: {harm: great, likely: high}}", []),
        ("{II: {harm: small, likely: high}, III: {harm: great, likely: high}}", ["not-monotone"]),
        ("{II: {harm: great, likely: low}}", ["not-monotone"]),
        ("{II: {any: [{harm: small, level: ≥ 3 m}, {harm: great, level: ≥ 3 m}]}}", []),
        (
            "{II: {any: [{harm: small, level: ≥ 3 m}, {harm: great, level: < 3 m}]}}",
            ["not-monotone"],
        ),
    ],
)
def test_a_matrix_is_monotone_as_a_whole(nation: Small, rows: str, expected: list[str]) -> None:
    facts(nation, MATRIX)
    more(nation, STANDARD % ("monotone: true", f"[{{row: cells, {rows[1:]}]"))
    found = {one.code for one in planengine.load(nation.folder).check()}
    assert [code for code in found if code == "not-monotone"] == expected


# languages of bounds


def language(small: Small, tag: str) -> None:
    manifest = small.folder / "planengine.yaml"
    manifest.write_text(manifest.read_text() + f"language: {tag}\n")


def test_each_library_keeps_the_language_of_its_bounds(small: Small) -> None:
    language(small, "ja")
    small.plan("dam", LEVEL_II % "deaths: 3人以下, level: 9 m未満")
    other = small.folder / "plans" / "theirs"
    other.mkdir()
    (other / "planengine.yaml").write_text("library: theirs\ninclude: [.]\nhome: city\n")
    (other / "dyke.yaml").write_text(HEAD.format(id="dyke") + LEVEL_II % "deaths: 3人以下")
    found = small.assess(stated("08:00", deaths=3, level="8 m"), at="08:00")
    assert levels(found) == {"city/dam@city": "II", "city/dyke@city": None}
    told = small.assess(stated("08:00", deaths="3人以下", level="8 m"), at="08:00")
    assert [(d.id, d.level, d.could_reach) for d in told.decisions] == [
        ("city/dam@city", "II", "II"),
        ("city/dyke@city", None, "II"),
    ]


def test_a_language_that_is_not_there(small: Small) -> None:
    language(small, "fr")
    assert codes(small) == ["unknown-language"]


@pytest.mark.parametrize(
    ("label", "tag"),
    [("川辺町", "zh"), ("かわべ町", "ja"), ("강변", "ko"), ("Ville", "en"), ("Город", "und")],
)
def test_a_plain_label_is_in_the_language_of_its_letters(
    small: Small, label: str, tag: str
) -> None:
    (small.folder / "plans" / "dam.yaml").write_text(
        HEAD.format(id="dam").replace("{en: dam plan}", label) + LEVEL_II % "deaths: ≥ 3"
    )
    (decision,) = small.assess(stated("08:00", deaths=3), at="08:00").to_dict()["decisions"]
    assert decision["label"] == {tag: label}


# deadlines in words


def test_deadlines_in_the_words_of_the_plan(small: Small) -> None:
    body = LEVEL_II % "deaths: ≥ 3" + (
        "actions:\n"
        "  - {id: a, from: II, executor: office, do: x, within: 半小时内, of: met}\n"
        "  - {id: b, from: II, executor: health, do: y, within: within 24 hours, of: met}\n"
        "  - {id: c, from: II, executor: government, do: z, every: 每2小时, of: met}\n"
    )
    small.plan("dam", body)
    rows = small.assess(stated("08:00", deaths=3), at="08:00").to_dict()["actions"]
    due = {one["action"]: one["deadline"]["due"] for row in rows for one in row["asked"]}
    assert due == {
        "a": "2026-07-01T08:30:00+08:00",
        "b": "2026-07-02T08:00:00+08:00",
        "c": "2026-07-01T10:00:00+08:00",
    }


def test_a_month_is_no_duration(small: Small) -> None:
    actions = "actions: [{id: a, from: II, executor: office, do: x, within: 1 month, of: met}]\n"
    small.plan("dam", LEVEL_II % "deaths: ≥ 3" + actions)
    assert codes(small) == ["bad-duration"]


def test_a_municipality_right_under_the_nation(nation: Small) -> None:
    """Its districts are counties without a city between: roles and tiers are found all the same."""
    vocabulary(nation, "{id: city,", "{id: province, label: {en: province}}, {id: city,")
    path = nation.folder / "registry.yaml"
    text = path.read_text()
    path.write_text(text.replace("tier: city, in: nation", "tier: province, in: nation"))
    actions = (
        "actions: [{id: go, from: II, executor: {role: county-hq}, do: go, within: 1 h, of: met}]\n"
    )
    count = "count: {over: county, where: {deaths: ≥ 2}, is: ≥ 2}"
    nation.plan("dam", LEVEL_II % count + actions)
    told = [
        {"at": day("08:00"), "area": area, "facts": {"deaths": 2}} for area in ("north", "south")
    ]
    found = nation.assess(*told, at="08:00")
    assert levels(found) == {"city/dam@city": "II"}
    (action,) = found.actions
    assert action.bodies == ("north-hq", "south-hq")


WORTH = {
    "spread": {"slow": 1, "fast": 3, "n/a": None},
    "near-homes": {True: 2, False: 0, "n/a": None},
    "toxic": {True: 4, False: 0, "n/a": None},
}


def test_scores_against_every_world(small: Small) -> None:
    facts(small, SPREAD % POINTS)
    rules = [("III", 3), ("II", 5), ("I", 7)]
    entries = ", ".join(
        f"{{level: {level}, when: {{danger: ≥ {least}}}, approve: {{post: chief}}}}"
        for level, least in rules
    )
    small.plan("dam", f"levels: [{entries}]\n")
    engine = small.engine()
    choices = [(None, *values) for values in WORTH.values()]
    for told in product(*choices):
        known = {name: one for name, one in zip(WORTH, told, strict=True) if one is not None}
        worlds = product(
            *(
                (points[known[name]],) if name in known else tuple(points.values())
                for name, points in WORTH.items()
            )
        )
        reached = set()
        for world in worlds:
            counted = [points for points in world if points is not None]
            total = sum(counted) if counted else None
            reached.add(sum(total is not None and total >= least for _, least in rules))
        observation = {"at": day("08:00"), "facts": known or {"deaths": 0}}
        incident = {"incident": "x", "hazards": ["flood"], "observations": [observation]}
        (one,) = engine.assess(incident, at=day("08:00")).decisions
        names = [None, "III", "II", "I"]
        assert (one.level, one.could_reach) == (names[min(reached)], names[max(reached)]), known
