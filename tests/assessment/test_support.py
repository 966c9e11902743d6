"""What a reason cites is well founded, also where plans lift each other in a circle."""

from __future__ import annotations

import pytest

import planengine
from planengine.rules.conditions import LevelCell
from tests.assessment.conftest import Small, in_force, stated

COUNT = 12

ALPHA = """
levels:
- {level: III, when: {breach: true}}
links:
- {from: III, activate: gamma, level: I}
"""

GAMMA = """
levels:
- {level: III, when: {level: ≥ 99 m}}
links:
- {from: III, activate: alpha, level: II}
- {when: {deaths@north: ≥ 2人}, activate: alpha, level: III}
"""

BETA = """
levels:
- {level: III, when: {response.gamma: II}}
"""

DEATHS = {**stated("08:00", deaths=2), "area": "north"}


def found(assessment: planengine.Assessment, plan: str) -> planengine.Decision:
    return next(one for one in assessment.decisions if one.id == f"city/{plan}@city")


def cited(decision: planengine.Decision) -> list[str]:
    return [str(held.cell) for reason in decision.why for held in reason.held]


def ring(small: Small) -> Small:
    return small.plan("alpha", ALPHA).plan("gamma", GAMMA).plan("beta", BETA)


def test_levels_that_lift_each_other_rest_on_what_lifted_the_first(small: Small) -> None:
    assessment = ring(small).assess(DEATHS, at="09:00")
    alpha, gamma = found(assessment, "alpha"), found(assessment, "gamma")
    assert (alpha.level, gamma.level) == ("II", "I")
    assert cited(alpha) == [
        "recommended(city/gamma@city)",
        "recommended(city/alpha@city)",
        "deaths@north",
    ]
    assert cited(gamma) == ["recommended(city/alpha@city)", "deaths@north"]
    for decision in (alpha, gamma):
        (reason,) = decision.why
        assert [str(held.accepts) for held in reason.held][-1] == "[2..∞)"
        assert reason.held[-1].statements


def test_a_level_that_lifts_back_is_no_ground_of_what_lifted_it(small: Small) -> None:
    """The condition gives alpha its level; what gamma gives back comes after."""
    back = GAMMA.replace("level: II}", "level: III}")
    small.plan("alpha", ALPHA).plan("gamma", back)
    alpha = found(small.assess(DEATHS, at="09:00"), "alpha")
    assert alpha.level == "III"
    assert [[str(held.cell) for held in reason.held] for reason in alpha.why] == [
        ["recommended(city/gamma@city)", "recommended(city/alpha@city)", "deaths@north"],
        ["deaths@north"],
    ]


def test_what_people_put_in_force_needs_no_other_ground(small: Small) -> None:
    assessment = ring(small).assess(in_force("08:00", "III", plan="gamma"), at="09:00")
    alpha = found(assessment, "alpha")
    assert alpha.level == "II"
    # alpha lifts gamma in turn, which rests on what people put in force, and on nothing else
    assert cited(alpha)[-1] == "active(city/gamma@city)"
    assert set(cited(alpha)) == {
        "recommended(city/gamma@city)",
        "recommended(city/alpha@city)",
        "active(city/gamma@city)",
    }


def test_outside_the_ring_a_level_is_told_by_its_own_reasons(small: Small) -> None:
    beta = found(ring(small).assess(DEATHS, at="09:00"), "beta")
    assert beta.level == "III"
    assert "recommended(city/gamma@city)" in cited(beta)
    assert not {"recommended(city/alpha@city)", "deaths@north"}.intersection(cited(beta))


def all_lift_all(small: Small) -> Small:
    """Plans that all activate each other."""
    names = [f"p{number}" for number in range(COUNT)]
    for name in names:
        links = "".join(
            f"- {{from: {low}, activate: {other}, level: {high}}}\n"
            for other in names
            if other != name
            for low, high in (("III", "III"), ("II", "I"))
        )
        own = "deaths@north: ≥ 2人" if name == "p0" else "level: ≥ 99 m"
        text = f"\nlevels:\n- {{level: II, when: {{{own}}}}}\nlinks:\n{links}"
        small.plan(name, text)
    return small


def test_twelve_plans_that_all_lift_each_other_have_short_reasons(small: Small) -> None:
    """A search of all paths through the ring would take days."""
    engine = all_lift_all(small).engine()
    header = {"incident": "x", "hazards": ["flood"], "observations": [DEATHS]}
    assessment = engine.assess(header, at=DEATHS["at"])
    for decision in assessment.decisions:
        assert decision.level == "I"
        for reason in decision.why:
            held = [str(one.cell) for one in reason.held]
            assert "deaths@north" in held
            assert len(held) <= 4 * COUNT


def test_that_nothing_is_in_force_needs_no_other_ground(small: Small) -> None:
    """What people have not started does not rest on what is recommended, ring or not."""
    own = "\nlevels:\n- {level: III, when: {breach: true}}\n"
    small.plan("watch", own + "end: {when: {not: {active.p1: III}}}\n")
    calm = {**stated("08:30", deaths=0, level=1, breach=False), "area": "city"}
    started = in_force("08:00", "III", plan="watch")
    watch = found(all_lift_all(small).assess(started, calm, at="09:00"), "watch")
    assert watch.proposal == "end"
    assert [str(held.cell) for held in watch.why_eased] == ["active(city/p1@city)"]


def test_a_plan_of_another_hazard_is_not_in_force(small: Small) -> None:
    small.plan(
        "watch",
        "\nlevels:\n- {level: III, when: {breach: true}}\nend: {when: {not: {active.fire: III}}}\n",
    )
    small.plan("fire", "\nlevels:\n- {level: III, when: {breach: true}}\n")
    for name, old, new in (
        ("plans/fire.yaml", "[flood]", "[fire]"),
        ("vocabulary.yaml", "hazards: {", "hazards: {fire: {label: {en: fire}}, "),
    ):
        path = small.folder / name
        path.write_text(path.read_text().replace(old, new))
    calm = {**stated("08:30", breach=False), "area": "city"}
    started = in_force("08:00", "III", plan="watch")
    watch = found(small.assess(started, calm, at="09:00"), "watch")
    assert watch.proposal == "end"
    assert [str(held.cell) for held in watch.why_eased] == ["active(city/fire@city)"]


def test_a_chain_round_a_ring_is_followed_to_its_start(small: Small) -> None:
    for number in range(COUNT):
        own = "deaths@north: ≥ 2人" if number == 0 else "level: ≥ 99 m"
        small.plan(
            f"p{number}",
            f"\nlevels:\n- {{level: III, when: {{{own}}}}}\n"
            f"links:\n- {{from: III, activate: p{(number + 1) % COUNT}, level: II}}\n",
        )
    assessment = small.assess(DEATHS, at="09:00")
    for number in range(COUNT):
        decision = found(assessment, f"p{number}")
        assert decision.level == "II"
        assert cited(decision)[-1] == "deaths@north"
        read = [h.cell for r in decision.why for h in r.held if isinstance(h.cell, LevelCell)]
        assert len(read) == (number or COUNT)


def test_many_ways_round_a_ring_are_each_gone_once(small: Small) -> None:
    """Each plan waits for all before it, so that the paths back double with every plan."""
    names = [f"p{number}" for number in range(2 * COUNT)]
    for number, name in enumerate(names):
        waits = "".join(f"\n    - response.{other}: III" for other in names[:number])
        own = f"\n    all:{waits}" if number else "{deaths@north: ≥ 2人}"
        small.plan(
            name,
            f"\nlevels:\n- level: III\n  when: {own}\n"
            f"links:\n- {{from: III, activate: p0, level: {'I' if name == names[-1] else 'III'}}}\n",
        )
    assessment = small.assess(DEATHS, at="09:00")
    assert "deaths@north" in cited(found(assessment, names[-1]))
    assert cited(found(assessment, "p0")).count("deaths@north") == 1


DAMAGE = """standard: damage
label: {en: damage}
scale: warning
authority: city
edition: {number: "1", in-force: 2020-01-01}
applies: {hazards: [flood]}
any:
  - {row: deaths, red: {deaths: ≥ 30}, blue: {deaths: ≥ 3}}
"""


def test_that_a_level_is_no_worse_rests_on_what_keeps_the_worse_one_out(small: Small) -> None:
    (small.folder / "plans" / "damage.yaml").write_text(DAMAGE)
    small.plan("dam", "levels: [{level: III, when: {warning.damage: {exactly: blue}}}]\n")
    dam = found(small.assess(stated("08:00", deaths=4), at="09:00"), "dam")
    assert dam.level == "III"
    (reason,) = dam.why
    assert [(str(one.cell), str(one.accepts)) for one in reason.held] == [
        ("computed(damage@city)", "1"),
        ("deaths@city", "[0..29] | n/a"),
    ]


CASES = """levels:
  - level: II
    when:
      case:
        - {when: {level: ≥ 20}, then: {deaths: ≥ 3}}
        - {when: {level: ≥ 5}, then: {deaths: ≥ 4}}
        - {otherwise: {deaths: ≥ 9}}
"""


def test_of_a_case_the_branch_that_holds_is_the_reason_with_why_it_is_that_one(
    small: Small,
) -> None:
    small.plan("dam", CASES)

    def why(level: object, deaths: int) -> list[tuple[str, str]]:
        dam = found(small.assess(stated("08:00", level=level, deaths=deaths), at="09:00"), "dam")
        return [(str(h.cell), str(h.accepts)) for reason in dam.why for h in reason.held]

    assert why(21, 3) == [("level@city", "[20..∞)"), ("deaths@city", "[3..∞)")]
    assert why(21, 2) == why(6, 3) == why(1, 8) == []
    second = why(6, 4)
    assert ("deaths@city", "[4..∞)") in second
    assert ("deaths@city", "[3..∞)") not in second
    assert why(1, 9)[-1] == ("deaths@city", "[9..∞)")
    # two branches may be the one, and both hold
    open_ = why("[6..30]", 4)
    assert open_ == [("level@city", "[5..∞)"), ("deaths@city", "[4..∞)")]
    assert why("[6..30]", 3) == []
    # none is certain to be the one, all of them hold: the tightest decides
    assert why("[1..30]", 9) == [("deaths@city", "[9..∞)")]
    assert why("[1..30]", 8) == []


def test_a_level_within_a_ring_was_met_when_what_lifted_it_was(small: Small) -> None:
    told = ({**stated("07:00", deaths=0), "area": "north"}, DEATHS, stated("08:30", level=1))
    assessment = ring(small).assess(*told, at="09:00")
    eight = assessment.at - 3600
    history = assessment.situation.history
    for plan, rank in (("alpha", 2), ("gamma", 3), ("beta", 1)):
        decision = found(assessment, plan)
        assert decision.met_at == eight
        for known in (False, True):
            assert history.met_since(decision.key, rank, known=known) == eight
            assert history.met_since(decision.key, rank + 1, known=known) is None


def test_levels_that_leave_nothing_out_are_told_by_the_rules_of_the_level(small: Small) -> None:
    small.plan(
        "dam",
        """levels:
  - {level: II, basis: [{source: law, clause: "2"}], when: {any: [{calm: false}, {calm: n/a}]}}
  - {level: III, basis: [{source: law, clause: "3"}], when: {calm: true}}
  - {level: III, basis: [{source: law, clause: "4"}], when: {count: {over: county, where: {calm: true}, is: ≥ 3}}}
""",
    )
    dam = found(small.assess(stated("08:00", level=1), at="09:00"), "dam")
    assert (dam.level, dam.could_reach) == ("III", "II")
    (reason,) = dam.why
    assert (reason.kind, reason.text, reason.held) == ("joined", "calm: true", ())
    assert [basis.clause for basis in reason.basis] == ["3"]
    assert reason.span is not None
    assert reason.span.line == 11


@pytest.mark.parametrize(
    ("when", "facts", "held"),
    [
        # every world holds, by another part each: the tightest decides
        (
            "{any: [{calm: true, deaths: ≥ 3}, {calm: false, deaths: ≥ 5}, {calm: n/a, deaths: ≥ 4}]}",
            {"deaths": 6},
            [("deaths@city", "[5..∞)")],
        ),
        (
            "{at-least: {count: 2, of: [{deaths: ≥ 3}, {level: ≥ 5}, {breach: true}]}}",
            {"deaths": 6, "level": 7},
            [("deaths@city", "[3..∞)"), ("level@city", "[5..∞)")],
        ),
    ],
)
def test_what_held_of_what_holds_together(
    small: Small, when: str, facts: dict[str, object], held: list[tuple[str, str]]
) -> None:
    small.plan("dam", f"levels: [{{level: II, when: {when}}}]\n")
    (reason,) = found(small.assess(stated("08:00", **facts), at="09:00"), "dam").why
    assert [(str(one.cell), str(one.accepts)) for one in reason.held] == held


def test_a_figure_across_two_bands_is_told_by_the_level_or_worse(small: Small) -> None:
    bands = (
        "I, when: {deaths: ≥ 10}",
        'II, when: {deaths: "[3..10)"}',
        'III, when: {deaths: "[1..3)"}',
    )
    small.plan("dam", "levels:\n" + "".join(f"  - {{level: {band}}}\n" for band in bands))
    dam = found(small.assess(stated("08:00", deaths="[8..12]"), at="09:00"), "dam")
    (reason,) = dam.why
    assert (dam.level, reason.kind, reason.text) == ("II", "joined", "deaths: [3..10)")
    assert [(str(one.cell), str(one.accepts)) for one in reason.held] == [("deaths@city", "[3..∞)")]
