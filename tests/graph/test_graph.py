"""The dependency graph of the shipped library, and its four forms."""

from __future__ import annotations

import json
from xml.etree import ElementTree as ET

import pytest

import planengine
from planengine.facade import moment
from planengine.graph.build import dependency_graph
from planengine.graph.svg import to_svg
from planengine.graph.text import to_data, to_dot, to_mermaid
from planengine.graph.views import around, find, outline

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


def test_the_outline_keeps_only_facts_standards_and_plans(graph) -> None:
    small = outline(graph)
    assert {data["kind"] for _, data in small.nodes(data=True)} == {"fact", "standard", "plan"}
    assert small.has_edge("plan:linjiang/flood", "plan:linjiang/medical-rescue")


def test_find(graph) -> None:
    assert find(graph, "deaths", "linjiang") == ["fact:deaths"]
    assert find(graph, "flood", "linjiang") == ["plan:linjiang/flood"]
    assert find(graph, "nothing", "linjiang") == []


def test_forms(graph) -> None:
    part = around(graph, "plan:linjiang/medical-rescue", 1)
    data = json.loads(json.dumps(to_data(part, name)))
    assert len(data["nodes"]) == len(part)
    assert len(data["edges"]) == part.number_of_edges()
    assert to_dot(part, name).count("->") == part.number_of_edges()
    assert to_mermaid(part, name).count("-->") == part.number_of_edges()


def test_svg_shows_every_node_once(graph) -> None:
    pytest.importorskip("igraph")
    part = around(graph, "plan:linjiang/medical-rescue", 1)
    root = ET.fromstring(to_svg(part, name))
    space = "{http://www.w3.org/2000/svg}"
    assert len(root.findall(f"{space}g")) == len(part)
    boxes = [
        tuple(float(rect.get(k, 0)) for k in ("x", "y", "width", "height"))
        for rect in root.iter(f"{space}rect")
    ][1:]
    for number, (x, y, w, h) in enumerate(boxes):
        for other_x, other_y, other_w, other_h in boxes[number + 1 :]:
            apart = (
                x + w <= other_x
                or other_x + other_w <= x
                or y + h <= other_y
                or other_y + other_h <= y
            )
            assert apart, "two boxes overlap"
