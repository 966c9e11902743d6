"""Diagnostic codes of the family `durable`: rules that the durable engine cannot take."""

from __future__ import annotations

from planengine.diagnostics.code import Code, Text

CODES: tuple[Code, ...] = (
    Code(
        id="durable-cannot-express",
        severity="error",
        title=Text("Too large for the durable engine", "超出 durable 引擎的能力"),
        message=Text(
            "the rules of `{unit}` need more than {limit} rules of durable_rules",
            "`{unit}` 的规则需要 {limit} 条以上的 durable_rules 规则",
        ),
        hint=Text("use --engine kernel", "请使用 --engine kernel"),
        explanation=Text(
            "durable_rules bears only small rules, so large conditions are taken apart: each "
            "part becomes a rule of its own. `at-least k of n`, and a count over a long list "
            "of places, can need too many. The kernel has no such limit and gives the answer; "
            "only the second opinion is missing.",
            "durable_rules 只能承受较小的规则，因此大的条件会被拆成许多条规则。n 项中至少 k 项"
            "（at-least）或对很多地点计数（count）可能需要过多的规则。内核引擎没有此限制，"
            "仍能给出结果，只是缺少第二个引擎的核对。",
        ),
        bad="when: {count: {over: reservoir, where: {dam-breach: true}, is: ≥ 40}}"
        "  # of 200 reservoirs\n",
        good="when: {count: {over: reservoir, where: {dam-breach: true}, is: ≥ 2}}\n",
    ),
)
