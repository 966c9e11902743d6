"""Rule ids: made of what is written, the same after edits elsewhere, and never twice."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import planengine
from planengine.domain.documents import Action, LevelRule, Plan
from planengine.domain.ids import RuleId
from planengine.domain.terms import AllOf, AnyOf, Term
from planengine.domain.written import Written
from planengine.linking.identity.documents import identify
from planengine.linking.identity.naming import Namer
from planengine.linking.load import read_library
from planengine.values.sets import at_least
from tests.linking.libraries import BASE
from tests.rules.small import LABEL, SCALES, has, link, plan, rule, track
from tests.shipped import ROOT

FLOOD = BASE / "plans" / "flood.yaml"
TEXT = FLOOD.read_text(encoding="utf-8")
RAINFALL = RuleId("river-city/flood@2026-1#level.flood.II.may/rainfall~3055cefe")


def written(text: str = TEXT, *, extra: tuple[Path, ...] = ()) -> Mapping[RuleId, Written]:
    entities, findings, _ = read_library(BASE, extra=extra, contents={FLOOD: text.encode()})
    assert entities is not None
    assert [str(one) for one in findings if one.severity == "error"] == []
    return entities.written


@pytest.fixture(scope="module")
def before() -> Mapping[RuleId, Written]:
    return written()


def test_what_ids_look_like(before: Mapping[RuleId, Written]) -> None:
    shown = [name for name, one in before.items() if one.kind not in {"leaf", "count"}]
    assert [name for name in shown if name.startswith("river-city/flood")] == [
        "river-city/flood@2026-1",
        "river-city/flood@2026-1#level.flood.I.must",
        "river-city/flood@2026-1#level.flood.II.may",
        "river-city/flood@2026-1#level.flood.lower",
        "river-city/flood@2026-1#level.flood.end",
        "river-city/flood@2026-1#level.flood.raise",
        "river-city/flood@2026-1#level.drought.from",
        "river-city/flood@2026-1#warning.flood.red.must",
        "river-city/flood@2026-1#warning.flood.red.must/measure~466a57a0",
        "river-city/flood@2026-1#report.to.province-flood-hq~03c7c4fb.flood.II",
        "river-city/flood@2026-1#not~1c9c172e",
        "river-city/flood@2026-1#action.patrol.flood.III",
        "river-city/flood@2026-1#action.patrol.flood.I",
        "river-city/flood@2026-1#action.close-schools",
        "river-city/flood@2026-1#action.save-people",
        "river-city/flood@2026-1#link.activate.accident-response.flood~32c211d1",
        "river-city/flood@2026-1#link.match-below.flood~b58ebb90",
        "river-city/flood@2026-1#link.report.province-flood-hq.flood~b58ebb90",
        "river-city/flood@2026-1#link.cascade.accident~557781bd",
        "river-city/flood@2026-1#release.first",
    ]


def test_what_is_known_of_a_leaf(before: Mapping[RuleId, Written]) -> None:
    leaf = before[RAINFALL]
    assert (leaf.kind, leaf.document, leaf.edition) == ("leaf", "river-city/flood", "2026-1")
    assert (leaf.track, leaf.rank, leaf.level) == ("flood", 2, "II")
    assert leaf.within == "river-city/flood@2026-1#level.flood.II.may"
    assert (leaf.text, str(leaf.span)) == ("rainfall: 50 mm以上", f"{FLOOD.as_posix()}:29:87")


EDITS = {
    "a comment above": ("plan: flood\n", "# gone over\n\nplan: flood\n"),
    "another alternative before": (
        "when: {any: [danger,",
        "when: {any: [{rainfall: 200 mm以上, dyke-breach: false}, danger,",
    ),
    "another level before": (
        "    levels:\n",
        "    levels:\n      - {level: III, approve: {post: deputy}, when: {rainfall: 50 mm以上}}\n",
    ),
    "the same level by judgement before": (
        "    levels:\n",
        "    levels:\n      - {level: I, verb: may, decided-by: flood-hq, when: {dyke-breach: true}}\n",
    ),
    "another action before": (
        "actions:\n",
        "actions:\n  - {id: lights, from: I, track: flood, executor: 市应急局, do: 照明}\n",
    ),
    "another report before": (
        "reports: [",
        "reports: [{from: I, track: flood, by: flood-office, to: weather-bureau}, ",
    ),
    "another link before": (
        "links:\n",
        "links:\n  - {from: II, track: flood, report: weather-bureau}\n",
    ),
    "another measure before": ("measures: [停课]", "measures: [停工, 停课]"),
    "another test of the end before": ("end: {all: [{", "end: {all: [{missing: 0人}, {"),
    "another name for the plan": ("河市防汛抗旱预案", "河市防汛预案"),
    "a basis": ("      - level: I\n", "      - level: I\n        basis: {source: decree}\n"),
}


@pytest.mark.parametrize("edit", EDITS)
def test_an_edit_elsewhere_leaves_every_id_alone(
    edit: str, before: Mapping[RuleId, Written]
) -> None:
    old, new = EDITS[edit]
    assert TEXT.count(old) >= 1
    after = written(TEXT.replace(old, new, 1))
    assert [name for name in before if name not in after] == []
    for name, one in before.items():
        now = after[name]
        assert (now.kind, now.track, now.level) == (one.kind, one.track, one.level)
        if one.kind in {"leaf", "measure", "action", "link"}:
            assert now.text == one.text


def test_another_plan_leaves_every_id_alone(
    before: Mapping[RuleId, Written], tmp_path: Path
) -> None:
    more = tmp_path / "a-more.yaml"
    more.write_text(TEXT.replace("plan: flood", "plan: a-flood"), encoding="utf-8")
    assert set(before) < set(written(extra=(more,)))


def test_another_spelling_of_the_same_is_the_same(before: Mapping[RuleId, Written]) -> None:
    spelled = TEXT.replace("{rainfall: 50 mm以上}", '{三小时雨量: "≥ 5 cm"}')
    assert spelled != TEXT
    assert set(written(spelled)) == set(before)


def test_what_is_changed_itself_gets_another_id(before: Mapping[RuleId, Written]) -> None:
    after = written(TEXT.replace("rainfall: 50 mm以上", "rainfall: 60 mm以上"))
    gone = [name for name in before if name not in after]
    assert gone == [RAINFALL]


# Of documents that chance wrote

leaves = st.builds(
    lambda name, low: has(name, at_least(low)),
    st.sampled_from(["deaths", "missing", "evacuated"]),
    st.integers(1, 6),
)
terms = st.recursive(
    leaves,
    lambda inner: st.builds(
        lambda kind, of: kind(tuple(of)),
        st.sampled_from([AllOf, AnyOf]),
        st.lists(inner, min_size=2, max_size=3),
    ),
    max_leaves=5,
)


def _plan(rows: list[tuple[int, Term]], actions: list[tuple[int, int]]) -> Plan:
    rules = [LevelRule(rank, when, "must", (), None, "row") for rank, when in rows]
    return plan(
        "flood",
        tracks=[track(rules)],
        actions=tuple(_action(number, rank, at) for at, (number, rank) in enumerate(actions)),
        links=(link("request", 2, "weather-bureau"), link("activate", 1, "fire")),
    )


def _action(number: int, rank: int, order: int) -> Action:
    return Action(
        id=f"action-{number}", label=LABEL, track=None, executors=(), do=LABEL, object=None,
        ranks=frozenset(range(rank, 5)), on=None, when=None, timing=None, verb="must", mode=None,
        after=(), done_when=None, means=None, to=(), basis=(), order=order,
    )  # fmt: skip


def _ids(made: Plan) -> dict[RuleId, Written]:
    namer = Namer()
    identify(made, "city/flood", SCALES, namer)
    return namer.named


rows_of = st.lists(st.tuples(st.integers(1, 4), terms), min_size=1, max_size=5, unique=True)
actions_of = st.lists(st.tuples(st.integers(1, 9), st.integers(1, 4)), max_size=4, unique=True)


@settings(max_examples=30)
@given(rows_of, actions_of, st.data())
def test_rows_and_actions_that_come_go_or_move_leave_the_others_alone(
    rows: list[tuple[int, Term]], actions: list[tuple[int, int]], data: st.DataObject
) -> None:
    more_rows, more_actions = list(rows), list(actions)
    row = data.draw(st.tuples(st.integers(1, 4), terms).filter(lambda one: one not in rows))
    action = data.draw(
        st.tuples(st.integers(1, 9), st.integers(1, 4)).filter(lambda one: one not in actions)
    )
    more_rows.insert(data.draw(st.integers(0, len(rows))), row)
    more_actions.insert(data.draw(st.integers(0, len(actions))), action)
    before, after = _ids(_plan(rows, actions)), _ids(_plan(more_rows, more_actions))
    assert before.keys() < after.keys()
    moved = _ids(_plan(data.draw(st.permutations(rows)), data.draw(st.permutations(actions))))
    assert moved.keys() == before.keys()


def test_equal_rows_are_told_apart_by_a_number() -> None:
    row = (2, has("deaths", at_least(3)))
    once, twice = _ids(_plan([row], [])), _ids(_plan([row, row], []))
    assert once.keys() < twice.keys()
    new = [one for one in twice.values() if one.kind == "cell" and one.id not in once]
    assert [one.id.endswith("~2") for one in new] == [True]


def test_rules_keep_what_they_were() -> None:
    """Only ids are added: no condition, rank or place is another."""
    made = plan("flood", tracks=[track([rule(2, has("deaths", at_least(3)))])])
    named = identify(made, "city/flood", SCALES, Namer())
    first, again = made.tracks[0].rules[0], named.tracks[0].rules[0]
    assert (again.rank, again.verb, again.span) == (first.rank, first.verb, first.span)
    assert str(getattr(again.when, "bound", None)) == str(getattr(first.when, "bound", None))


# Of the shipped library


def test_everything_in_the_shipped_library_has_an_id_of_its_own(
    shipped: planengine.Library,
) -> None:
    entities = shipped.entities
    documents = [*entities.standards.values(), *entities.plans.values()]
    carried: list[str] = []
    for one in (one for editions in documents for one in editions):
        carried.append(one.rule_id)
        for made in (*one.tracks, *one.warnings):
            carried += [duty.rule_id for duty in made.duties]
            carried += [name for duty in made.duties for name in duty.measure_ids]
            entries = {duty.rule_id for duty in made.duties}
        carried += [each.rule_id for each in made.rules if each.rule_id not in entries]
        carried += [report.rule_id for report in one.reports]
        if isinstance(one, Plan):
            carried += [action.rule_id for action in one.actions]
            carried += [each.rule_id for each in one.links]
            carried += [release.rule_id for release in one.information]
    assert "" not in carried
    assert len(carried) == len(set(carried))
    assert set(carried) <= set(entities.written)
    assert all(name == one.id for name, one in entities.written.items())
    assert all(one.within in entities.written for one in entities.written.values() if one.within)


@pytest.mark.slow
def test_ids_are_the_same_in_every_process(shipped: planengine.Library) -> None:
    code = "import planengine, sys; e = planengine.load(sys.argv[1]).entities; print(*e.written)"
    settings = {**os.environ, "PYTHONHASHSEED": "7", "PYTHONPATH": str(ROOT / "src")}
    told = subprocess.run(
        [sys.executable, "-c", code, str(ROOT)],
        env=settings, capture_output=True, text=True, encoding="utf-8", check=True,
    )  # fmt: skip
    assert told.stdout.split() == " ".join(shipped.entities.written).split()
