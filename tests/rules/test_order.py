import networkx as nx
from hypothesis import given
from hypothesis import strategies as st

from planengine.rules.order import components

GRAPHS = st.integers(1, 8).flatmap(
    lambda count: st.lists(
        st.lists(st.integers(0, count - 1), max_size=4), min_size=count, max_size=count
    )
)


@given(GRAPHS)
def test_components_are_those_of_networkx_and_in_order(reads: list[list[int]]) -> None:
    graph = nx.DiGraph([(node, read) for node, each in enumerate(reads) for read in each])
    graph.add_nodes_from(range(len(reads)))
    found = components(len(reads), reads.__getitem__)
    expected = nx.strongly_connected_components(graph)
    assert {frozenset(group) for group in found} == {frozenset(group) for group in expected}
    place = {node: n for n, group in enumerate(found) for node in group}
    assert all(place[read] <= place[node] for node, each in enumerate(reads) for read in each)


def test_a_long_chain_needs_no_deep_stack() -> None:
    count = 5000
    found = components(count, lambda node: [node + 1] if node + 1 < count else [])
    assert found == [[node] for node in reversed(range(count))]
