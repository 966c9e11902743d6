"""What the findings of an answer say, word for word and in both languages."""

from __future__ import annotations

from typing import Any

import pytest

import planengine
from tests.assessment.conftest import VOCABULARY, Small, day, in_force, stated

QUAKE = "hazards: {flood: {label: {en: flood}}, quake: {label: {zh: 地震, en: earthquake}}}"
LEVELS = """
levels:
  - {level: I, approve: {post: chief}, duration: 2 h, when: {deaths: ≥ 10}}
  - {level: II, approve: {post: chief, or: {post: deputy}}, duration: 1 h, when: {any: [{deaths: ≥ 3}, {judged: {id: bad, what: it looks bad, by: office}}]}}
"""
WARNING = """warnings: [{level: red, when: {level: ≥ 5}}, {level: blue, when: {level: ≥ 2}}]
"""


def told(found: planengine.Assessment) -> list[tuple[str, str, str, str]]:
    return [(one.kind, one.subject, one.text.en, one.text.zh) for one in found.conflicts]


def warned(clock: str, level: str, **more: Any) -> dict[str, Any]:
    return {"at": day(clock), "issued": {"warning.dam": level}, **more}


def test_a_hazard_that_nothing_is_for(small: Small) -> None:
    text = VOCABULARY.replace("hazards: {flood: {label: {en: flood}}}", QUAKE)
    (small.folder / "vocabulary.yaml").write_text(text.strip() + "\n")
    small.plan("dam", LEVELS)
    found = small.assess(stated("08:00", deaths=1), at="09:00", hazards=["quake"])
    assert told(found) == [
        (
            "not-covered", "quake",
            "no standard or plan in force then is for earthquake: it was not judged",
            "当时没有针对地震的有效标准或预案：未予研判",
        )
    ]  # fmt: skip


def test_levels_issued_differently(small: Small) -> None:
    small.plan("dam", WARNING)
    found = small.assess(
        stated("08:00", level=6),
        warned("08:10", "red", by="office"),
        warned("08:20", "blue", by="health"),
        at="09:00",
    )
    assert told(found) == [
        (
            "issued", "warning:city/dam@city",
            "issued differently: red by office, blue by health",
            "发布的级别不一致：office发布red、health发布blue",
        )
    ]  # fmt: skip
    assert [one.issued for one in found.decisions if one.purpose == "warning"] == ["red"]


@pytest.mark.parametrize(
    ("level", "issue", "en", "zh"),
    [
        (6, "blue", "issued blue, but the facts give red", "已发布blue，但事实支持red"),
        (1, "blue", "issued blue, but the facts give none", "已发布blue，但事实支持无"),
        ("[1..3]", "red", "issued red, but the facts give none to blue", "已发布red，但事实支持无至blue"),
        ("[3..6]", "red", None, None),
        ("[3..6]", "blue", None, None),
    ],
)  # fmt: skip
def test_an_issued_level_that_the_facts_do_not_allow(
    small: Small, level: object, issue: str, en: str | None, zh: str | None
) -> None:
    small.plan("dam", WARNING)
    found = told(small.assess(stated("08:00", level=level), warned("08:10", issue), at="09:00"))
    assert found == ([] if en is None else [("issued", "warning:city/dam@city", en, zh)])


def test_a_level_issued_where_nothing_is_decided(small: Small) -> None:
    small.plan("dam", WARNING)
    found = small.assess(stated("08:00", level=1), warned("08:10", "red", area="north"), at="09:00")
    assert told(found) == [
        (
            "unheard", "city/dam@north",
            "red was issued for North; it is decided for City: nothing changes",
            "已对North发布red；该级别按City研判，未影响任何结论",
        )
    ]  # fmt: skip
    assert {(one.level, one.issued) for one in found.decisions} == {(None, None)}
    valid = {"until": day("08:30")}
    over = warned("08:10", "red", area="north", valid=valid)
    assert told(small.assess(stated("08:00", level=1), over, at="09:00")) == []


def test_who_started_and_for_how_long(small: Small) -> None:
    small.plan("dam", LEVELS)
    facts = stated("08:00", deaths=4)
    started = {"at": day("08:10"), "decide": {"plan": "dam", "level": "I", "by": "deputy"}}
    assert told(small.assess(facts, started, at="08:30")) == [
        (
            "authority", "city/dam@city",
            "level I was started by deputy; the plan names chief",
            "一级由deputy启动；预案规定的是chief",
        )
    ]  # fmt: skip
    assert told(small.assess(facts, in_force("08:10", "II"), at="09:09")) == []
    assert told(small.assess(facts, in_force("08:10", "II"), at="09:10")) == [
        (
            "overdue", "city/dam@city",
            "the duration of level II has passed; it stays in force",
            "二级的期限已过，仍然有效",
        )
    ]  # fmt: skip


def test_an_act_that_another_made(small: Small) -> None:
    small.plan("dam", LEVELS)

    def made(by: str) -> list[tuple[str, str, str, str]]:
        act = {"at": day("08:10"), "invoke": {"clause": "bad", "by": by}}
        return told(small.assess(stated("08:00", deaths=1), act, at="09:00"))

    assert made("office") == made("chief") == []  # the chief is of the office
    assert made("health") == [
        (
            "authority", "city/dam@city",
            "“it looks bad” was said by health; the clause names office",
            "“it looks bad”由health作出；条款规定的是office",
        )
    ]  # fmt: skip


def test_an_issued_warning_is_the_plans_where_a_standard_of_that_name_has_none(
    small: Small,
) -> None:
    """Plans and standards are both called by their hazard: the scale tells which is meant."""
    (small.folder / "plans" / "grade.yaml").write_text(
        "standard: dam\nlabel: {en: dam grade}\nscale: response\nauthority: city\n"
        'edition: {number: "1", in-force: 2020-01-01}\nbasis: [{source: law, clause: "1"}]\n'
        "applies: {hazards: [flood]}\nany:\n  level: {III: ≥ 1 m}\n"
    )
    small.plan(
        "dam",
        "warnings: [{level: red, approve: {post: deputy}, when: {level: ≥ 5}}]\n"
        "levels: [{level: II, approve: {post: chief}, when: {level: ≥ 9}}]\n",
    )
    found = small.assess(stated("08:00", level=3), warned("08:10", "red"), at="09:00")
    assert {one.id: one.issued for one in found.decisions} == {
        "dam@city": None,
        "city/dam@city": None,
        "warning:city/dam@city": "red",
    }


def test_a_warning_has_an_entry_of_its_own(small: Small) -> None:
    """Of a plan with levels and warnings each decision carries what its own entry says."""
    small.plan(
        "dam",
        "levels: [{level: II, verb: should, approve: {post: chief}, measures: [open the gates], when: {level: ≥ 5}}]\n"
        "warnings: [{level: red, verb: may, approve: {post: deputy}, measures: [sound the horn], when: {level: ≥ 5}}]\n",
    )
    found = small.assess(stated("08:00", level=6), at="09:00")
    assert {
        one.purpose: (one.verb, one.approve and one.approve.id, one.measures)
        for one in found.decisions
    } == {
        "level": ("should", "chief", ("open the gates",)),
        "warning": ("may", "deputy", ("sound the horn",)),
    }


def test_a_level_lasts_as_its_own_entry_says(small: Small) -> None:
    """The entry of whoever started it counts, alternates as well; else the strongest."""
    small.plan(
        "dam",
        "levels:\n"
        "  - {level: II, verb: must, approve: {post: chief}, duration: 3 h, when: {deaths: ≥ 3}}\n"
        "  - {level: II, verb: may, approve: {agency: power, or: {post: deputy}}, duration: 1 h, when: {level: ≥ 5}}\n",
    )

    def overdue(by: str, at: str) -> bool:
        started = {"at": day("08:00"), "decide": {"plan": "dam", "level": "II", "by": by}}
        found = small.assess(stated("08:00", level=6, deaths=0), started, at=at)
        return "overdue" in {one.kind for one in found.conflicts}

    lasts = {
        by: [at for at in ("08:59", "09:00", "10:59", "11:00") if not overdue(by, at)]
        for by in ("chief", "power", "deputy", "clerk")
    }
    assert lasts == {
        "chief": ["08:59", "09:00", "10:59"],
        "power": ["08:59"],
        "deputy": ["08:59"],
        "clerk": ["08:59", "09:00", "10:59"],
    }
