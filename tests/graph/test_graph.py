"""The dependency graph of the shipped library, and its four forms."""

from __future__ import annotations

import json
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

import planengine
from planengine.facade import moment
from planengine.graph.build import dependency_graph
from planengine.graph.layers import columns
from planengine.graph.layout import APART, Box, laid_out
from planengine.graph.lettering import SIZE, WIDEST, width_of, wrapped
from planengine.graph.names import find, nearest
from planengine.graph.svg import to_svg
from planengine.graph.text import to_data, to_dot, to_mermaid
from planengine.graph.views import around, outline
from planengine.graph.words import KINDS, RELATIONS

AT = moment("2026-07-01T00:00:00+08:00")


@pytest.fixture(scope="module")
def graph(engine: planengine.Engine) -> object:
    return dependency_graph(engine.library.entities, engine.rules_at(AT))


def name(_key: str, data: dict[str, str]) -> str:
    return data["name"]


def test_what_depends_on_a_fact(graph) -> None:
    below = set(around(graph, "fact:deaths", None))
    assert {"standard:production-accident", "plan:linjiang/flood"} <= below
    assert "fact:dead-and-missing" in below


def test_what_depends_on_an_agency(graph) -> None:
    near = set(around(graph, "agency:power-company", 1))
    assert any(key.startswith("action:") for key in near)


def test_a_link_is_an_edge_from_level_to_level(graph) -> None:
    edges = [(a, b) for a, b, data in graph.edges(data=True) if data["relation"] == "activates"]
    assert any("linjiang/flood" in a and "linjiang/medical-rescue" in b for a, b in edges)


def test_only_levels_and_plans_lift_others(graph) -> None:
    """A fact in the `when` of a link is tested, it starts nothing."""
    for source, _, data in graph.edges(data=True):
        if data["relation"] in {"activates", "cascades to"}:
            assert graph.nodes[source]["kind"] in {"level", "plan"}


def test_a_cascade_runs_from_the_plan_to_the_documents_of_the_hazard(graph) -> None:
    lines = planengine_links(graph)
    waterlogging = "plan:linjiang/urban-waterlogging"
    assert ("plan:linjiang/flood", waterlogging) in lines["cascades to"]
    assert (waterlogging, "plan:linjiang/flood") not in lines["cascades to"]
    assert ("fact:ponding-depth", waterlogging) in lines["tested by"]
    # a plan for every hazard is there already, so that no cascade brings it
    assert not any(target == "plan:linjiang/general" for _, target in lines["cascades to"])
    assert outline(graph).has_edge("plan:linjiang/flood", waterlogging)


def test_a_clause_that_people_invoke_is_drawn_with_who_invokes_it(
    graph, engine: planengine.Engine
) -> None:
    lines = planengine_links(graph)
    acts = engine.rules_at(AT).acts
    drawn = {k for k in graph if k.startswith("clause:")}
    assert {f"clause:{act.clause}" for act in acts} == drawn
    assert "clause:flood.polder-approved" in drawn, "what only an action asks for is drawn too"
    clause = "clause:flood.only-waterlogging"
    assert (clause, "plan:linjiang/flood") in lines["applies"]
    assert ("agency:flood-office", clause) in lines["invokes"]
    level = "level:linjiang/communications-and-power/communications@linjiang:I"
    assert any(target == level and "clause:" in source for source, target in lines["tested by"])
    assert find(graph, "only-waterlogging", engine.library.entities) == [clause]
    assert find(graph, graph.nodes[clause]["what"], engine.library.entities) == [clause]


STEPS = ("plan:linjiang/flood", "fact:deaths", "agency:power-company", "standard:fire")


@pytest.mark.parametrize("centre", STEPS)
def test_distance_counts_steps_along_the_arrows_or_against_them(graph, centre: str) -> None:
    """By a plain walk of its own; a document begins with its levels."""
    start = {centre} | {a for a, b, d in graph.edges(data=True) if b == centre and d["relation"] == "level of"}  # fmt: skip
    below, above = set(start), set(start)
    for distance in range(4):
        assert set(around(graph, centre, distance)) == below | above
        below |= {b for a, b in graph.edges() if a in below}
        above |= {a for a, b in graph.edges() if b in above}
    whole = set(around(graph, centre, None))
    assert whole > below | above or whole == below | above


def test_the_outline_keeps_only_facts_standards_and_plans(graph) -> None:
    small = outline(graph)
    assert {data["kind"] for _, data in small.nodes(data=True)} == {"fact", "standard", "plan"}
    assert small.has_edge("plan:linjiang/flood", "plan:linjiang/medical-rescue")


def test_requests_and_reports_are_lines_to_who_gets_them(graph) -> None:
    plan = planengine_links(graph)
    relief = "level:linjiang/disaster-relief@linjiang:I"
    assert (relief, "agency:chujiang-disaster-committee") in plan["requests"]
    border = ("fact:province-border-fire", "plan:linjiang/forest-fire")
    assert {(source, "agency:hexi-forest-fire-hq") for source in border} <= plan["requests"]
    told = {target for source, target in plan["reports to"] if "linjiang/flood/" in source}
    assert "agency:chujiang-flood-hq" in told
    assert any(source.startswith("level:production-accident") for source, _ in plan["reports to"])
    assert plan["reported by"]
    assert plan["informs by"]


def planengine_links(graph) -> dict[str, set[tuple[str, str]]]:
    found: dict[str, set[tuple[str, str]]] = {relation: set() for relation in RELATIONS}
    for source, target, data in graph.edges(data=True):
        found[data["relation"]].add((source, target))
    return found


def test_every_link_and_report_in_force_is_drawn(graph, engine: planengine.Engine) -> None:
    lines = planengine_links(graph)
    for key, editions in engine.library.entities.plans.items():
        plan = next((one for one in editions if one.edition.period.contains(AT)), None)
        if plan is None or f"plan:{key}" not in graph:
            continue
        for link in plan.links:
            relation = {"request": "requests", "report": "reports to"}.get(link.kind)
            if relation is not None:
                targets = {target for source, target in lines[relation] if key in source}
                assert f"agency:{link.target}" in targets, (key, link)
        for report in plan.reports:
            if report.to[0].kind == "agency":
                assert f"agency:{report.to[0].id}" in {target for _, target in lines["reports to"]}


def test_two_relations_between_two_things_are_two_lines(graph) -> None:
    pairs = [(a, b) for a, b in graph.edges()]
    doubled = next((a, b) for a, b in pairs if pairs.count((a, b)) > 1)
    part = graph.subgraph(doubled)
    assert to_dot(part, name).count("->") == part.number_of_edges() > 1


def test_a_body_that_is_no_more_is_not_drawn_for_a_role(graph, engine) -> None:
    ended = [a for a in engine.library.entities.agencies.values() if not a.period.contains(AT)]
    named = {m.agency for ps in engine.library.entities.plans.values() for p in ps for m in p.members}  # fmt: skip
    assert ended
    assert [a.id for a in ended if f"agency:{a.id}" in graph and a.id not in named] == []


def test_find(graph, engine: planengine.Engine) -> None:
    entities = engine.library.entities
    assert find(graph, "deaths", entities) == ["fact:deaths"]
    assert find(graph, "死亡", entities) == ["fact:deaths"]
    assert find(graph, "flood", entities) == ["plan:linjiang/flood"]
    assert find(graph, "nothing", entities) == []
    assert nearest(graph, "deathz", entities) == ("deaths",)
    assert len(nearest(graph, "应急预案", entities)) <= 3


def test_forms(graph) -> None:
    part = around(graph, "plan:linjiang/medical-rescue", 1)
    data = json.loads(json.dumps(to_data(part, name)))
    assert len(data["nodes"]) == len(part)
    assert len(data["edges"]) == part.number_of_edges()
    assert to_dot(part, name).count("->") == part.number_of_edges()
    assert to_mermaid(part, name).count("-->") == part.number_of_edges()


SPACE = "{http://www.w3.org/2000/svg}"


def drawn(part, language: str = "en") -> ET.Element:
    return ET.fromstring(to_svg(part, name, language))  # type: ignore[arg-type]


def rectangles(root: ET.Element) -> list[tuple[float, ...]]:
    """Left, top, width and height of every box."""
    return [
        tuple(float(rect.get(key, 0)) for key in ("x", "y", "width", "height"))
        for group in root.iter(f"{SPACE}g")
        if group.get("class") == "node"
        for rect in group.findall(f"{SPACE}rect")
    ]


def test_svg_shows_every_node_once_and_none_over_another(graph) -> None:
    part = around(graph, "plan:linjiang/medical-rescue", 1)
    boxes = rectangles(drawn(part))
    assert len(boxes) == len(part)
    for number, (x, y, w, h) in enumerate(boxes):
        for other_x, other_y, other_w, other_h in boxes[number + 1 :]:
            apart = (
                x + w <= other_x
                or other_x + other_w <= x
                or y + h <= other_y
                or other_y + other_h <= y
            )
            assert apart, "two boxes overlap"


def test_svg_has_a_legend_and_words_on_its_lines(graph) -> None:
    part = around(graph, "plan:linjiang/medical-rescue", 1)
    for language in ("zh", "en"):
        root = drawn(part, language)
        legend = next(g for g in root.iter(f"{SPACE}g") if g.get("class") == "legend")
        told = {text.text for text in legend.iter(f"{SPACE}text")}
        kinds = {data["kind"] for _, data in part.nodes(data=True)}
        relations = {data["relation"] for _, _, data in part.edges(data=True)}
        zh = language == "zh"
        assert told == {KINDS[one][0] if zh else one for one in kinds} | {
            RELATIONS[one][0] if zh else one for one in relations
        }
        words = [text for text in root.iter(f"{SPACE}text") if text.get("class") == "words"]
        sources = {source for source, _ in part.edges()}
        assert len(words) >= len(sources)
        said = {span.text for text in words for span in text} - {"·"}
        assert said == {RELATIONS[one][0] if zh else one for one in relations}


def words_of(root: ET.Element) -> list[tuple[float, ...]]:
    """Left, top, width and height of the white ground of the words of each box's lines."""
    return [
        tuple(float(rect.get(key, 0)) for key in ("x", "y", "width", "height"))
        for rect in root.findall(f"{SPACE}g")[-1].findall(f"{SPACE}rect")
    ]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(
    "plan", ["medical-rescue", "flood", "communications-and-power", "disaster-relief"]
)
def test_no_words_of_lines_stand_over_other_words_or_boxes(graph, plan, language) -> None:
    root = drawn(around(graph, f"plan:linjiang/{plan}", 1), language)
    words, boxes = words_of(root), rectangles(root)
    width = float(root.get("width", 0))
    assert len(words) > 10
    for number, (x, y, w, h) in enumerate(words):
        assert x >= 0
        assert x + w <= width
        for left, top, wide, high in (*words[number + 1 :], *boxes):
            assert x + w <= left or left + wide <= x or y + h <= top or top + high <= y


def test_levels_of_a_decision_stand_in_one_column_the_worst_on_top(graph) -> None:
    part = around(graph, "plan:linjiang/communications-and-power", 1)
    tops: dict[str, tuple[float, float]] = {}
    for group in drawn(part).iter(f"{SPACE}g"):
        if group.get("class") == "node":
            rect, title = group.find(f"{SPACE}rect"), group.findtext(f"{SPACE}title") or ""
            assert rect is not None
            at = float(rect.get("x", 0)), float(rect.get("y", 0))
            tops[title.rpartition("(")[2].rstrip(")")] = at
    for track in ("communications", "power"):
        unit = f"level:linjiang/communications-and-power/{track}@linjiang"
        places = [tops[f"{unit}:{level}"] for level in ("I", "II", "III", "IV")]
        assert len({left for left, _ in places}) == 1
        assert places == sorted(places)


def test_levels_are_listed_the_worst_first(graph) -> None:
    unit = "level:linjiang/medical-rescue@linjiang:"
    assert [key for key in graph if key.startswith(unit)] == [
        f"{unit}{level}" for level in ("I", "II", "III", "IV")
    ]


def test_svg_holds_its_text(graph) -> None:
    """No line of a label is wider than its box, by a generous measure of its letters."""
    part = around(graph, "plan:linjiang/flood", 1)
    for group in drawn(part).iter(f"{SPACE}g"):
        if group.get("class") == "node":
            width = float(group.find(f"{SPACE}rect").get("width"))  # type: ignore[union-attr, arg-type]
            for line in group.findall(f"{SPACE}text"):
                assert width_of(line.text or "", SIZE) + 18 <= width + 0.1


def test_svg_of_nothing_is_still_a_picture(graph) -> None:
    assert rectangles(drawn(graph.subgraph([]))) == []


def test_labels_are_broken_into_lines() -> None:
    text = "二级｜临江市防汛抗旱应急预案·防汛应急响应"
    assert "".join(wrapped(text)) == text
    assert all(width_of(line, SIZE) <= WIDEST for line in wrapped(text))
    assert wrapped("Level II｜Linjiang flood plan")[0].startswith("Level II")
    assert wrapped("很" * 200)[-1].endswith("…")
    assert wrapped("") == ("",)


def test_boxes_of_a_layer_keep_apart_and_follow_their_neighbours() -> None:
    boxes = {key: Box(50, 20) for key in "abcdef"}
    edges = [("a", "d"), ("b", "d"), ("c", "d"), ("d", "e"), ("d", "f")]
    layout = laid_out(boxes, edges)
    assert {layout.layers[key] for key in "abc"} == {0}
    tops = sorted(layout.tops[key] for key in "abc")
    assert all(below - above >= 20 + APART - 0.1 for above, below in pairwise(tops))
    assert layout.tops["d"] == pytest.approx(tops[1])
    assert min(layout.tops.values()) == 0


def test_a_box_stands_right_of_what_it_needs_and_just_before_what_needs_it() -> None:
    edges = [("a", "b"), ("b", "c"), ("c", "d"), ("late", "d")]
    assert columns("abcd", edges[:3], []) == {"a": 0, "b": 1, "c": 2, "d": 3}
    assert columns(["late", *"abcd"], edges, [])["late"] == 2
    stacked = columns(["late", *"abcd"], edges, [["b", "late"]])
    assert stacked["b"] == stacked["late"] == 1


@given(st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=20), st.data())
def test_columns_hold_for_any_lines(pairs: list[tuple[int, int]], data: st.DataObject) -> None:
    keys = [str(number) for number in range(8)]
    edges = [(str(a), str(b)) for a, b in pairs if a != b]
    stack = data.draw(st.lists(st.sampled_from(keys), unique=True, min_size=1))
    found = columns(keys, edges, [stack])
    assert set(found) == set(keys)
    assert sorted(set(found.values())) == list(range(max(found.values()) + 1))
    assert len({found[key] for key in stack}) == 1
    upward = [(a, b) for a, b in edges if a < b]
    right = columns(keys, upward, [])
    assert all(right[a] < right[b] for a, b in upward)


def test_a_circle_can_be_laid_out() -> None:
    boxes = {key: Box(50, 20) for key in "ab"}
    layout = laid_out(boxes, [("a", "b"), ("b", "a")])
    assert layout.layers["a"] != layout.layers["b"]
