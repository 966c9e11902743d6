"""Graded tables: every form, the examples of the laws, and what is warned of."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planengine.diagnostics import Diagnostic
from planengine.diagnostics.codes.tables import CODES
from planengine.domain.terms import (
    ALWAYS_TERM,
    NEVER_TERM,
    AllOf,
    AnyOf,
    At,
    AttributeTerm,
    CaseOf,
    FactTerm,
    NotOf,
)
from planengine.linking.conditions.tables import parse_table
from planengine.reading.nodes import MappingNode
from planengine.reading.yaml import read_document
from planengine.values.sets import COUNT, at_least, below
from tests.linking.sample import NAMES, make_scope, read_table

DECREE_493 = """\
any:
  死亡: {特别重大: 30人以上, 重大: 10人以上30人以下, 较大: 3人以上10人以下, 一般: 3人以下}
  直接经济损失:
    特别重大: 1亿元以上
    重大: 5000万元以上1亿元以下
    较大: 1000万元以上5000万元以下
    一般: 1000万元以下
"""


def test_decree_493():
    result = read_table(DECREE_493)
    assert result.codes == []
    assert [rule.rank for rule in result.rules] == [4, 3, 2, 1, 4, 3, 2, 1]
    first, last = result.rules[0], result.rules[-1]
    assert isinstance(first.when, FactTerm)
    assert first.when.fact == "deaths"
    assert first.when.bound == COUNT.restrict(at_least(30))
    assert first.text == "死亡 30人以上"
    assert (first.span.line, first.span.column) == (2, 8)
    assert first.basis is None
    assert last.when.bound.high == below(10_000_000).high


def test_otherwise_is_the_last_rule():
    result = read_table("any: {deaths: {serious: ≥ 10}}\notherwise: 一般\n")
    assert result.codes == []
    assert result.rules[-1][:2] == (1, ALWAYS_TERM)
    assert result.rules[-1].text == "otherwise: 一般"
    only = read_table("otherwise: 一般\n")
    assert [rule.rank for rule in only.rules] == [1]


def test_rows_of_objects_and_levels():
    result = read_table(
        "any:\n  water-level@hankou: {重大: ≥ @warning-stage + 1 m, 一般: ≥ @warning-stage}\n"
        "  warning.rainstorm: {重大: red, 一般: yellow}\n"
        "  dam-breach@three-gorges: {特别重大: true}\n"
    )
    assert result.codes == []
    assert result.rules[0].when.place == At("hankou")
    assert result.rules[2].when.ranks == frozenset({4})
    assert len(result.rules) == 5


def test_rows_with_a_guard_a_basis_and_conditions():
    result = read_table(
        "any:\n"
        "  - when: {population-density: dense}\n"
        "    uncontrolled: {IV: ≥ 24 h, III: ≥ 48 h}\n"
        "    basis: {source: decree-493}\n"
        "  - {row: 命令, II: {on-order: {what: 上级命令}}, I: dyke-danger}\n"
        "  - deaths: {I: ≥ 30}\n"
        "  - missing: {I: ≥ 50}\n",
        "response",
        clause_prefix="flood.",
    )
    assert result.codes == []
    guarded, _, order, used, deaths, missing = result.rules
    assert isinstance(guarded.when, AllOf)
    assert guarded.when.of[0].fact == "population-density"
    assert guarded.text == "population-density: dense, uncontrolled ≥ 24 h"
    assert isinstance(guarded.basis, MappingNode)
    assert order.rank == 3
    assert order.text == "命令 on-order: {what: 上级命令}"
    assert [act.clause for act in result.scope.acts] == ["flood.II.on-order-1"]
    assert used.when is ALWAYS_TERM
    assert (deaths.rank, missing.rank) == (4, 4)


# Decree 599: the share of load shed depends on the size of the grid
def test_variants_are_one_case_for_each_level():
    result = read_table(
        "any:\n"
        "  - basis: {source: decree-599}\n"
        "    variants:\n"
        "      - when: {'@grid-load': ≥ 20000 MW}\n"
        "        load-shed: {特别重大: 30%以上, 重大: 13%以上30%以下}\n"
        "      - when: {'@grid-load': '[5000..20000) MW'}\n"
        "        load-shed: {特别重大: 40%以上, 重大: 16%以上40%以下}\n"
        "        deaths: {重大: 3人以上}\n"
        "      - otherwise: true\n"
        "        load-shed: {重大: 50%以上}\n"
    )
    assert result.codes == []
    worst, serious = result.rules
    assert (worst.rank, serious.rank) == (4, 3)
    assert isinstance(worst.when, CaseOf)
    assert all(isinstance(guard, AttributeTerm) for guard, _ in worst.when.branches)
    assert worst.when.otherwise == NEVER_TERM
    assert isinstance(serious.when.branches[1][1], AnyOf)
    assert isinstance(serious.when.otherwise, FactTerm)
    assert isinstance(worst.basis, MappingNode)
    assert worst.text == "load-shed 30%以上 | load-shed 40%以上"


def test_a_guarded_row_of_variants():
    result = read_table(
        "any:\n  - when: {not: {occurred: false}}\n    variants:\n"
        "      - {when: {'@city-class': capital}, load-shed: {重大: 40%以上}}\n"
    )
    assert result.codes == []
    guard, case = result.rules[0].when.of
    assert isinstance(guard, NotOf)
    assert isinstance(case, CaseOf)


ERRORS = [
    ("any: 30人以上", "table-shape 1:6"),
    ("any: []", "table-shape 1:6"),
    ("any: {}", "table-shape 1:6"),
    ("any: [dyke-danger]", "table-shape 1:7"),
    ("any: [{when: dyke-danger}]", "table-shape 1:7"),
    ("any: {死亡: 30人以上}", "columns-needed 1:11"),
    ("any: {死亡: {}}", "columns-needed 1:11"),
    ("any: {when: {occurred: true}, 死亡: {特别重大: 30人以上}}", "row-key-outside-list 1:7"),
    ("any: [{judged: {重大: 需要}}]", "condition-as-row 1:8"),
    ("any: {死亡: {特大: 30人以上}}", "unknown-level 1:12"),
    ("any: {死亡: {重大: 30人以上, serious: 10人以上}}", "duplicate-level 1:23"),
    ("any: {死旺: {重大: 30人以上, 较大: 10人以上}}", "unknown-fact 1:7"),
    ("any: {死亡: {重大: 数十人}}", "vague-bound 1:16"),
    ("otherwise: none", "otherwise-level 1:12"),
    ("otherwise: [一般]", "otherwise-level 1:12"),
    ("otherwise: 普通", "unknown-level 1:12"),
    ("any: [{variants: {load-shed: {重大: 30%以上}}}]", "variants-shape 1:18"),
    ("any: [{variants: [dyke-danger]}]", "variants-shape 1:19"),
    ("any: [{variants: [{deaths: {重大: ≥ 3}}]}]", "variants-shape 1:19"),
    (
        (
            "any: [{variants: [{otherwise: true, deaths: {重大: ≥ 3}},"
            " {when: dyke-danger, deaths: {重大: ≥ 3}}]}]"
        ),
        "otherwise-last 1:19",
    ),
    (
        "any: [{variants: [{when: dyke-danger, deaths: {重大: ≥ 3}}], deaths: {重大: ≥ 9}}]",
        "beside-variants 1:60",
    ),
    (
        "any: [{variants: [{when: dyke-danger, deaths: {重大: ≥ 3}, basis: {source: x}}]}]",
        "variant-basis 1:58",
    ),
    # what a reviewer finds
    ("any: {病例: {较大: 5例以上, 一般: 4例以下}}", "excluded-limit 1:26"),
    ("any: {病例: {较大: 超过10例, 一般: 10例以下}}", "excluded-limit 1:27"),
    ("any: {直接经济损失: {较大: 5元以上, 一般: 4元以下}}", "excluded-limit 1:30"),
    ("any: {死亡: {重大: 10人以上, 较大: 3人以上8人以下}}", "band-gap 1:27"),
    ('any: {死亡: {重大: ≥ 300, 较大: "[50..299)"}}', "band-gap 1:27"),
    ('any: {magnitude: {重大: ≥ 7.0, 较大: "[6.5..7.0]"}}', "band-overlap 1:34"),
    ("any: {死亡: {重大: 10人以上, 较大: 3人以上12人以下}}", "band-overlap 1:27"),
    ("any: {死亡: {重大: 10人以上, 较大: 30人以上}}", "band-shadowed 1:27"),
    ("any: {死亡: {重大: 10人以上, 较大: 10人以上}}", "band-shadowed 1:27"),
    ("any: {死亡: {重大: 30人以上, 特别重大: 10人以上30人以下}}", "band-order 1:16"),
]


@pytest.mark.parametrize("text, expected", ERRORS)
def test_errors_at_their_places(text, expected):
    assert read_table(text).codes == [expected]


def test_what_to_write_for_an_excluded_limit():
    found = read_table("any: {病例: {较大: 5例以上, 一般: 4例以下}}").findings[0]
    assert found.hint == "if the limit is meant, write `4例及以下`"
    assert found.severity == "warning"


@pytest.mark.parametrize(
    "text",
    [
        "any: {死亡: {特别重大: ≥ 30, 重大: ≥ 10, 较大: ≥ 3}}",  # nested
        "any: {rainfall-24h: {特别重大: < 50 mm, 重大: < 200 mm, 较大: < 500 mm}}",  # falling
        'any: {死亡: {特别重大: ≥ 300, 重大: "[50..299]"}}',  # whole numbers leave no gap
        "any: {病例: {较大: 超过100例, 一般: 30例以上100例及以下}}",
        "any: {死亡: {特别重大: 30人以上, 一般: 30人以下}}",
        "any: {population-density: {特别重大: dense, 重大: [sparse, dense]}}",
    ],
)
def test_good_bands(text):
    assert read_table(text).codes == []


def test_every_code_of_tables_is_met():
    assert {code.id for code in CODES} == {
        expected.split()[0]
        for _, expected in ERRORS
        if expected.split()[0] in {code.id for code in CODES}
    }


_CELLS = st.sampled_from(
    ["30人以上", "3", "n/a", "true", "dyke-danger", "~", "{occurred: true}", "[]"]
)
_KEYS = st.sampled_from(
    ["死亡", "water-level@hankou", "when", "row", "basis", "variants", "otherwise"]
)
_COLUMNS = st.dictionaries(
    st.sampled_from(["特别重大", "重大", "serious", "V", "when"]), _CELLS, max_size=3
).map(lambda d: "{" + ", ".join(f"{k}: {v}" for k, v in d.items()) + "}")
_ROWS = st.dictionaries(_KEYS, _COLUMNS | _CELLS | _COLUMNS.map("[{}]".format), max_size=4).map(
    lambda d: "{" + ", ".join(f"{k}: {v}" for k, v in d.items()) + "}"
)


@given(_ROWS | st.lists(_ROWS | _CELLS, max_size=3).map(lambda rows: "[" + ", ".join(rows) + "]"))
def test_never_raises(text):
    findings: list[Diagnostic] = []
    node = read_document(text, "test.yaml", findings)
    if node is not None:
        findings.clear()
        parse_table(node, node, NAMES.scales["grade"], make_scope(), findings)
        assert all(found.span is not None and found.message_in("zh") for found in findings)
