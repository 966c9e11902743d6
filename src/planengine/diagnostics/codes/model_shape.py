"""Codes about keys that contradict or need one another; part of the family `model`."""

from __future__ import annotations

from planengine.diagnostics.code import Code, Text

CODES: tuple[Code, ...] = (
    Code(
        id="one-of",
        severity="error",
        title=Text("Exactly one of several keys", "须恰有其一"),
        message=Text("write exactly one of {keys}", "须恰写 {keys} 之一"),
        explanation=Text(
            "These keys exclude one another, and one is needed.", "这些键互斥，且须有其一。"
        ),
        bad="executor: {post: commander, role: county-flood-hq}\n",
        good="executor: {post: commander}\n",
    ),
    Code(
        id="key-needed",
        severity="error",
        title=Text("A key that is needed", "缺少必需的键"),
        message=Text("`{key}` is needed: {reason}", "缺少 `{key}`：{reason}"),
        explanation=Text(
            "Without this key the rest has no meaning.", "缺少此键，其余内容没有意义。"
        ),
        bad="water-level: {type: quantity}\n",
        good="water-level: {type: quantity, unit: m}\n",
    ),
    Code(
        id="key-unsuited",
        severity="error",
        title=Text("A key that does not fit", "键不适用"),
        message=Text("`{key}` does not fit here: {reason}", "`{key}` 在此不适用：{reason}"),
        explanation=Text("This key contradicts what stands beside it.", "此键与其旁的内容矛盾。"),
        bad="dyke-breach: {type: flag, unit: m}\n",
        good="dyke-breach: {type: flag}\n",
    ),
    Code(
        id="plain-value-needed",
        severity="error",
        title=Text("A plain value is needed here", "此处须写普通取值"),
        message=Text("write one plain value here", "此处须写一个普通取值"),
        explanation=Text(
            "A stated value or a range is one number, interval, choice or `n/a`; not a mapping, "
            "and not a bound against an attribute.",
            "陈述的取值或范围应为一个数、区间、选项或 n/a，不能是映射，也不能引用属性。",
        ),
        bad="facts: {deaths: {at-least: 3}}\n",
        good='facts: {deaths: "[3..5]"}\n',
    ),
    Code(
        id="bad-operands",
        severity="error",
        title=Text("Operands that do not fit", "运算项不适用"),
        message=Text("`{name}` cannot be derived so: {reason}", "`{name}` 不能如此导出：{reason}"),
        explanation=Text(
            "A sum adds numbers of one unit; a ratio divides two numbers; first-known takes "
            "facts of the same type and unit.",
            "求和须单位相同；比值由两个数相除；first-known 取类型和单位都相同的指标。",
        ),
        bad="dead-and-missing: {derived: {sum: [deaths, burnt-area]}}\n",
        good="dead-and-missing: {derived: {sum: [deaths, missing]}}\n",
    ),
    Code(
        id="cyclic-reference",
        severity="error",
        title=Text("Things that refer to each other in a circle", "循环引用"),
        message=Text("{what} in a circle: {path}", "{what}循环：{path}"),
        explanation=Text(
            "Following these references never comes to an end.", "沿这些引用走没有尽头。"
        ),
        bad="a: {derived: {sum: [b]}}\nb: {derived: {sum: [a]}}\n",
        good="a: {derived: {sum: [b]}}\nb: {type: count, unit: 人}\n",
    ),
    Code(
        id="wrong-tier",
        severity="error",
        title=Text("A place inside a lower one", "层级颠倒"),
        message=Text(
            "`{name}` ({tier}) cannot lie in `{parent}` ({parent_tier})",
            "`{name}`（{tier}）不能属于 `{parent}`（{parent_tier}）",
        ),
        explanation=Text("A place lies in one of a higher tier.", "辖区须属于层级更高的辖区。"),
        bad="chu-province: {tier: province, in: linjiang}\n",
        good="linjiang: {tier: city, in: chu-province}\n",
    ),
)
