"""The peers, each in the form that was fastest of those tried (see README.md).

`prepared` hands over the events in the peer's own form, made outside the clock: JSON text, a
CEL context, decimals. Without it each event starts as a Python mapping.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from forms import ENGLISH, Answer, C, conditionals, facts_of, fields, grouped, infix, snake
from workload import CLASSES, RANKS, Event, Plan, Test


def zen_expression(
    plans: Sequence[Plan], events: Sequence[Event], *, prepared: bool = False
) -> Answer:
    """ZEN's compiled expressions: to a hazard, one list with a conditional to each plan."""
    import zen

    table = {
        hazard: zen.compile_expression(conditionals(members, ENGLISH)).evaluate
        for hazard, members in grouped(plans).items()
    }
    return _looked_up(table, events, json.dumps if prepared else None)


def cel_expression(
    plans: Sequence[Plan], events: Sequence[Event], *, prepared: bool = False
) -> Answer:
    """CEL in Rust: to a hazard, one program that lists a conditional to each plan."""
    import cel

    table = {
        hazard: cel.compile(conditionals(members, C)).execute
        for hazard, members in grouped(plans).items()
    }
    if prepared:
        return _looked_up(table, events, cel.Context)
    given = facts_of(events)
    context = cel.Context()  # used again: every event gives all the fields

    def answer(index: int) -> Sequence[Any]:
        hazard, facts = given[index]
        context.update(facts)
        return table[hazard](context)

    return answer


def _looked_up(
    table: dict[str, Callable[[Any], Sequence[Any]]],
    events: Sequence[Event],
    prepare: Callable[[Event], Any] | None,
) -> Answer:
    given = [(hazard, prepare(facts) if prepare else facts) for hazard, facts in facts_of(events)]

    def answer(index: int) -> Sequence[Any]:
        hazard, facts = given[index]
        return table[hazard](facts)

    return answer


def zen_table(plans: Sequence[Plan], events: Sequence[Event], *, prepared: bool = False) -> Answer:
    """ZEN's decision tables: one decision to a hazard, in it a table to each plan.

    They come through the static loader, which compiles them once; what `create_decision`
    gives is several times as slow.
    """
    import zen

    by_hazard = grouped(plans)
    content = {hazard: _zen_graph(members) for hazard, members in by_hazard.items()}
    evaluate = zen.ZenEngine({"loader": {"type": "static", "content": content}}).evaluate
    outputs = {
        hazard: tuple(f"rank{number}" for number in range(len(members)))
        for hazard, members in by_hazard.items()
    }
    given = [
        (hazard, json.dumps(facts) if prepared else facts) for hazard, facts in facts_of(events)
    ]

    def answer(index: int) -> Sequence[Any]:
        hazard, facts = given[index]
        result = evaluate(hazard, facts)["result"]
        return [result.get(output, 0) for output in outputs[hazard]]

    return answer


def _zen_graph(plans: Sequence[Plan]) -> dict[str, Any]:
    nodes = [
        {"id": "in", "name": "in", "type": "inputNode"},
        {"id": "out", "name": "out", "type": "outputNode"},
    ]
    edges = []
    for number, plan in enumerate(plans):
        table = f"table{number}"
        nodes.append(_zen_node(plan, table, f"rank{number}"))
        for source, target in (("in", table), (table, "out")):
            name = f"{source}-{target}"
            edges.append({"id": name, "type": "edge", "sourceId": source, "targetId": target})
    return {"nodes": nodes, "edges": edges}


def _zen_node(plan: Plan, name: str, output: str) -> dict[str, Any]:
    """The first row that holds gives the rank; a row to each alternative, the worst first."""
    inputs = fields([plan])
    rows = [
        dict.fromkeys(inputs, "")
        | {test.field: _zen_cell(test) for test in tests}
        | {"_id": f"{rank}-{number}", "rank": str(rank)}
        for rank, alternatives in plan.levels.items()
        for number, tests in enumerate(alternatives)
    ]
    content = {
        "hitPolicy": "first",
        "rules": rows,
        "inputs": [{"id": field, "name": field, "field": snake(field)} for field in inputs],
        "outputs": [{"id": "rank", "name": "rank", "field": output}],
    }
    return {"id": name, "name": name, "type": "decisionTableNode", "content": content}


def _zen_cell(test: Test) -> str:
    return json.dumps(test.value) if isinstance(test.value, bool | str) else f">= {test.value}"


def rule_engine_rules(
    plans: Sequence[Plan], events: Sequence[Event], *, prepared: bool = False
) -> Answer:
    """rule-engine: to a plan, a rule to each level, the most severe first.

    Names are looked up by `dict.__getitem__`; declaring their types makes it slower.
    """
    import rule_engine

    context = rule_engine.Context(resolver=dict.__getitem__)
    table = {
        hazard: [
            [
                (rank, rule_engine.Rule(infix(plan, rank, ENGLISH), context=context).matches)
                for rank in RANKS
            ]
            for plan in members
        ]
        for hazard, members in grouped(plans).items()
    }
    given = [
        (hazard, _with_decimals(facts) if prepared else facts) for hazard, facts in facts_of(events)
    ]

    def answer(index: int) -> Sequence[Any]:
        hazard, facts = given[index]
        return [
            next((rank for rank, matches in rules if matches(facts)), 0) for rules in table[hazard]
        ]

    return answer


def _with_decimals(facts: Event) -> Event:
    """rule-engine reckons in decimals and would otherwise turn every number into one."""
    return {
        key: value if isinstance(value, bool | str) else Decimal(repr(value))
        for key, value in facts.items()
    }


def durable_rules(
    plans: Sequence[Plan], events: Sequence[Event], *, prepared: bool = False
) -> Answer:
    """durable_rules' C engine, driven raw: a rule set to a plan, a rule to each level.

    An event goes to the first rule that holds, the most severe by priority: one activation.
    (Facts in a rule set to each hazard, with all their activations, take about twice as long.)
    """
    import durable_rules_engine as durable

    table = {
        hazard: [
            durable.create_ruleset(plan.id, json.dumps(_durable_rules(plan))) for plan in members
        ]
        for hazard, members in grouped(plans).items()
    }
    given: list[tuple[str, Any]] = [
        (
            hazard,
            facts
            | {
                "breach": int(facts["breach"]),
                "density": CLASSES.index(facts["density"]),
                "id": str(number),
                "sid": "0",
            },
        )
        for number, (hazard, facts) in enumerate(facts_of(events))
    ]
    if prepared:
        given = [(hazard, json.dumps(facts)) for hazard, facts in given]

    def answer(index: int) -> Sequence[Any]:
        hazard, facts = given[index]
        text = facts if prepared else json.dumps(facts)
        ranks = []
        for handle in table[hazard]:
            unhandled, state = durable.assert_event(handle, text)
            if unhandled:
                ranks.append(0)
                continue
            activation = durable.start_action_for_state(handle, state)[1]
            ranks.append(int(activation[2]))  # {"4":{"m":…: the name of the rule is its rank
            durable.complete_and_start_action(handle, state)
        return ranks

    return answer


def _durable_rules(plan: Plan) -> dict[str, Any]:
    rules = {}
    for rank, alternatives in plan.levels.items():
        rows = [[_durable_test(test) for test in tests] for tests in alternatives]
        either = [row[0] if len(row) == 1 else {"$and": row} for row in rows]
        rules[str(rank)] = {"pri": len(RANKS) - rank, "all": [{"m": {"$or": either}}]}
    return rules


def _durable_test(test: Test) -> dict[str, Any]:
    """Only numbers: the engine takes `"9" >= 30` for true."""
    field = snake(test.field)
    if isinstance(test.value, bool):
        return {field: int(test.value)}
    if isinstance(test.value, str):
        return {field: CLASSES.index(test.value)}
    return {"$gte": {field: test.value}}
