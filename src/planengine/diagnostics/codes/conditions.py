"""Diagnostic codes of the family `conditions`: the shape of conditions and their tests."""

from __future__ import annotations

from planengine.diagnostics.code import Code, Severity, Text
from planengine.diagnostics.codes.tables import CODES as TABLE_CODES

_Pair = tuple[str, str]


def _code(
    name: str,
    title: _Pair,
    message: _Pair,
    explanation: _Pair,
    bad: str,
    good: str,
    hint: _Pair | None = None,
    severity: Severity = "error",
) -> Code:
    return Code(
        id=name,
        severity=severity,
        title=Text(*title),
        message=Text(*message),
        explanation=Text(*explanation),
        bad=bad,
        good=good,
        hint=Text(*hint) if hint else None,
    )


_SHAPES = (
    _code(
        "unknown-condition",
        ("Neither a fact nor a condition word", "既非指标也非条件关键词"),
        ("`{key}` is neither a fact nor a condition", "`{key}` 既不是指标，也不是条件关键词"),
        (
            (
                "A condition is made of facts with bounds, decisions "
                "(`warning.rainstorm: red`) and "
                "the words any, all, not, at-least, count, expected, lasting, elapsed, change, "
                "judged, recognised, on-order, during, use, case."
            ),
            (
                "条件由带界限的指标、研判结果（如 warning.rainstorm: red）以及 any、all、not、"
                "at-least、count、expected、lasting、elapsed、change、judged、recognised、"
                "on-order、during、use、case 组成。"
            ),
        ),
        "when: {atleast: {count: 2, of: [a, b]}}\n",
        "when: {at-least: {count: 2, of: [a, b]}}\n",
        ("did you mean `{suggestion}`?", "是否应为 `{suggestion}`？"),
    ),
    _code(
        "empty-condition",
        ("An empty condition", "条件为空"),
        ("there is no condition here", "此处没有写条件"),
        (
            (
                "An empty condition has no definite meaning: all of nothing is always true, any of "
                "nothing never."
            ),
            "空条件含义不明：“全部满足”空集恒真，“任一满足”空集恒假。",
        ),
        "when: {any: []}\n",
        "when: {any: [{deaths: 3人以上}]}\n",
    ),
    _code(
        "condition-list",
        ("A list without any or all", "列表未说明任一还是全部"),
        (
            "this list does not say whether any or all of it is needed",
            "此列表未说明是任一满足还是全部满足",
        ),
        (
            (
                "A mapping means all of its entries. A list stands under any: or all:, so that the "
                "reader sees which is meant."
            ),
            "映射表示全部满足。列表须放在 any: 或 all: 之下，使读者一目了然。",
        ),
        "when:\n  - {deaths: 3人以上}\n  - {missing: 3人以上}\n",
        "when:\n  any:\n    - {deaths: 3人以上}\n    - {missing: 3人以上}\n",
        ("put it under `any:` or `all:`", "请放在 `any:` 或 `all:` 之下"),
    ),
    _code(
        "condition-not-value",
        ("A plain value instead of a condition", "此处应写条件"),
        ("`{text}` is a value, not a condition", "`{text}` 是值，不是条件"),
        (
            (
                "A condition is a mapping of facts and bounds, or the name of a definition. A rule "
                "that always holds is written with `otherwise:` or without `when:`."
            ),
            "条件是指标与界限的映射，或定义的名称。总是成立的规则用 otherwise:，或不写 when:。",
        ),
        "when: true\n",
        "when: {accident-occurred: true}\n",
        ("write for example {{accident-occurred: true}}", "可写作 {{accident-occurred: true}}"),
    ),
    _code(
        "needs-list",
        ("A list is needed", "此处须为列表"),
        ("`{key}:` needs a list", "`{key}:` 之下须为列表"),
        (
            (
                "A mapping always means all of its entries; under any: and all: each "
                "alternative is "
                "an item of a list."
            ),
            "映射总是表示全部满足；any: 和 all: 之下的每一项须为列表的一项。",
        ),
        "when: {any: {deaths: 3人以上, missing: 3人以上}}\n",
        "when: {any: [{deaths: 3人以上}, {missing: 3人以上}]}\n",
        ("begin each alternative with `- `", "每一项以 `- ` 开头"),
    ),
    _code(
        "clause-shape",
        ("A clause of the wrong shape", "子句格式不对"),
        ("`{key}:` is not written like this", "`{key}:` 的写法不对"),
        (
            "Each clause takes its own fields.",
            "每种子句有各自的字段。",
        ),
        "when: {count: 3}\n",
        "when: {count: {over: reservoir, where: {dam-breach: true}, is: ≥ 1}}\n",
        ("write {example}", "写作 {example}"),
    ),
    _code(
        "text-needed",
        ("A text is needed", "此处须为文字"),
        ("a text is needed here", "此处须写文字"),
        ("The field takes one text or name.", "该字段须为一段文字或一个名称。"),
        "when: {judged: {what: }}\n",
        "when: {judged: {what: 指挥部认定需要启动}}\n",
    ),
    _code(
        "at-least-count",
        ("A count that does not fit", "数目不合适"),
        (
            "the count must be a whole number from 1 to {most}, the number of conditions",
            "count 须为 1 到 {most}（条件个数）之间的整数",
        ),
        (
            "at-least: {count: k, of: […]} holds when k or more of the listed conditions do.",
            "at-least: {count: k, of: […]} 表示所列条件中至少 k 个成立。",
        ),
        "when: {at-least: {count: 3, of: [a, b]}}\n",
        "when: {at-least: {count: 2, of: [a, b]}}\n",
    ),
    _code(
        "otherwise-last",
        ("otherwise that is not last", "otherwise 不在最后"),
        (
            "`otherwise` comes last, after at least one `when`",
            "`otherwise` 须在最后，且前面至少有一个 `when`",
        ),
        (
            "The first branch whose guard holds is taken, so nothing after otherwise is reached.",
            "取第一个成立的分支，otherwise 之后的分支永远不会用到。",
        ),
        "case: [{otherwise: a}, {when: b, then: c}]\n",
        "case: [{when: b, then: c}, {otherwise: a}]\n",
    ),
    _code(
        "not-forecastable",
        ("A forecast cannot say this", "预报不能用于此项"),
        ("`{key}` cannot stand inside `expected`", "`{key}` 不能写在 `expected` 中"),
        (
            (
                "Forecasts are statements about facts; levels, acts, counts and durations are "
                "decided at the present time. Name them beside expected."
            ),
            "预报只陈述指标；级别、研判、计数、时长都在当前时刻判定，请写在 expected 之外。",
        ),
        "when: {expected: {within: 24 h, warning.rainstorm: red}}\n",
        "when: {expected: {within: 24 h, rainfall-24h: ≥ 100 mm}}\n",
    ),
    _code(
        "duplicate-clause",
        ("The same clause id twice", "条款标识重复"),
        ("the clause `{name}` is declared twice", "条款 `{name}` 重复声明"),
        (
            "People invoke a clause by its id, so each id stands for one clause.",
            "人员按标识援引条款，每个标识只能对应一个条款。",
        ),
        "judged: {what: 需要启动, id: start}   # and again elsewhere\n",
        "judged: {what: 需要启动, id: start-II}\n",
        ("give one of the two another id", "请为其中之一另取标识"),
    ),
)

_BOUNDS = (
    _code(
        "missing-bound",
        ("A key without a bound", "缺少界限"),
        ("there is no bound here", "此处没有写界限"),
        (
            "A fact in a condition needs a bound, a decision a level.",
            "条件中的指标须写界限，研判结果须写级别。",
        ),
        "when: {deaths: }\n",
        "when: {deaths: 3人以上}\n",
    ),
    _code(
        "bound-shape",
        ("A bound of the wrong shape", "界限格式不对"),
        (
            "a bound is one value, a list of values, or {{exactly: value}}",
            "界限应为单个值、值的列表或 {{exactly: 值}}",
        ),
        (
            "A mapping as a bound has the one key exactly; a list holds plain values.",
            "作为界限的映射只能有 exactly 一个键；列表中只能是单个值。",
        ),
        "when: {deaths: {at-least: 3}}\n",
        "when: {deaths: ≥ 3}\n",
    ),
    _code(
        "exactly-one-value",
        ("exactly needs one value", "exactly 须为单个值"),
        ("`{text}` is more than one value", "`{text}` 不是单个值"),
        (
            "exactly: is equality with one value or level.",
            "exactly: 表示等于某一个值或级别。",
        ),
        "when: {deaths: {exactly: 3人以上}}\n",
        "when: {deaths: {exactly: 3}}\n",
    ),
    _code(
        "always-true",
        ("A test that every value meets", "恒成立的条件"),
        ("every value of the fact meets `{text}`", "该指标的任何值都满足 `{text}`"),
        (
            "The test says nothing: it only fails where the fact does not apply.",
            "该条件没有作用：只有指标不适用时才不成立。",
        ),
        "when: {deaths: ≥ 0}\n",
        "when: {deaths: ≥ 1}\n",
        severity="warning",
    ),
    _code(
        "bare-none",
        ("None or worse is every level", "“无”或更严重即任何级别"),
        (
            "a bare level means that or worse, so `{text}` would always hold",
            "单写级别表示该级或更严重，`{text}` 将恒成立",
        ),
        (
            "To ask that there is no level, write {exactly: none}.",
            "要表示没有级别，请写 {exactly: none}。",
        ),
        "when: {warning.rainstorm: none}\n",
        "when: {warning.rainstorm: {exactly: none}}\n",
        ("write {{exactly: none}}", "写作 {{exactly: none}}"),
    ),
    _code(
        "attribute-unit",
        ("An attribute in another unit", "属性与指标单位不同"),
        (
            "the attribute `{attribute}` ({unit}) cannot be compared with `{fact}` ({expected})",
            "属性 `{attribute}`（{unit}）与指标 `{fact}`（{expected}）不能比较",
        ),
        (
            "A fact and the attribute it is tested against are declared as numbers in one unit.",
            "指标与所对照的属性须声明为同一单位的数值。",
        ),
        "attributes: {warning-stage: {type: quantity, unit: cm}}\n",
        "attributes: {warning-stage: {type: quantity, unit: m}}\n",
        ("declare both in {expected}", "请都声明为 {expected}"),
    ),
    _code(
        "lasting-bound",
        ("lasting needs a lower bound", "lasting 须为下限"),
        ("how long it lasted needs a lower bound only", "持续时间只能写下限"),
        (
            (
                "lasting asks whether a condition has held for so long, or longer; not how long at "
                "most. Wrap it in not: for that."
            ),
            "lasting 询问条件是否已持续至少这么久；要表示不到某时长，请用 not: 包住。",
        ),
        "when: {lasting: {where: {fire-controlled: false}, is: ≤ 72 h}}\n",
        "when: {lasting: {where: {fire-controlled: false}, is: ≥ 72 h}}\n",
        ("write for example ≥ 72 h or 3天以上", "可写作 ≥ 72 h 或 3天以上"),
    ),
    _code(
        "covering-bound",
        ("More cover than there is window", "覆盖时长不当"),
        ("`covering` must be above 0 and at most `within`", "covering 须大于 0 且不超过 within"),
        (
            (
                "covering says how much of the time to come forecasts must cover to be believed "
                "about all of it; it is a part of within."
            ),
            "covering 表示预报须覆盖未来时段的多少方可据以判断整个时段，它是 within 的一部分。",
        ),
        "when: {expected: {within: 24 h, covering: 30 h, rainfall-24h: ≥ 100 mm}}\n",
        "when: {expected: {within: 24 h, covering: 18 h, rainfall-24h: ≥ 100 mm}}\n",
    ),
    _code(
        "days-bound",
        ("Not a run of days", "连续天数不当"),
        (
            "`days` is 1 to {most}, `within` so many whole days or more, without `covering`",
            "days 为 1 至 {most} 的整数，within 为不少于它的整天数，且不与 covering 并用",
        ),
        (
            (
                "days asks for so many calendar days in a row, by the local clock, on each of "
                "which the forecast meets the bound; the first is today or, with within, any day "
                "that leaves room for all of them."
            ),
            (
                "days 指按当地钟点连续若干个自然日，每日预报均达到界限；第一天为今天，"
                "写有 within 时可为其中任一能容下全部天数的日子。"
            ),
        ),
        "when: {expected: {within: 36 h, days: 3, temperature: ≥ 35 ℃}}\n",
        "when: {expected: {within: 7 d, days: 3, temperature: ≥ 35 ℃}}\n",
    ),
    _code(
        "change-direction",
        ("A change both up and down", "变化方向不明"),
        (
            "this allows both a rise and a fall, so neither is asked for",
            "此界限既容许上升也容许下降，方向不明",
        ),
        (
            "A rise is ≥ 0 (`≥ 1 m`), a fall is ≤ 0 (`≤ -1 m`); a bound lies on one side.",
            "上升为正（≥ 1 m），下降为负（≤ -1 m），界限须在同一侧。",
        ),
        "when: {change: {of: water-level, is: < 1 m, within: 24 h}}\n",
        'when: {change: {of: water-level, is: "[0..1) m", within: 24 h}}\n',
    ),
    _code(
        "change-not-number",
        ("A change of something that is no number", "非数值指标不能求变化"),
        ("`{fact}` is not a number, so it cannot rise or fall", "`{fact}` 不是数值，没有升降"),
        ("change: is for counts and quantities.", "change: 只用于计数和数量指标。"),
        "when: {change: {of: dyke-breach, is: ≥ 1, within: 24 h}}\n",
        "when: {change: {of: water-level, is: ≥ 1 m, within: 24 h}}\n",
    ),
    _code(
        "incident-fact-place",
        ("A place for a fact of the incident", "事件指标不能指定地点"),
        ("`{fact}` belongs to the incident, not to a place", "`{fact}` 属于事件，不属于某地"),
        (
            "A fact whose subject is the incident has one value for the whole incident.",
            "以事件为对象的指标在整个事件中只有一个值。",
        ),
        "when: {magnitude@linjiang: ≥ 5}\n",
        "when: {magnitude: ≥ 5}\n",
    ),
    _code(
        "wrong-place",
        ("A fact asked of another kind of place", "指标与地点类型不符"),
        (
            "`{fact}` is a fact of each {subject}, not of a {kind}",
            "`{fact}` 是 {subject} 的指标，不是 {kind} 的指标",
        ),
        (
            "A fact has one subject: the incident, areas, or one kind of object.",
            "每个指标只有一种对象：事件、地区或某一类对象。",
        ),
        "when: {count: {over: reservoir, where: {water-level: ≥ 3 m}, is: ≥ 1}}\n",
        "when: {count: {over: station, where: {water-level: ≥ 3 m}, is: ≥ 1}}\n",
    ),
    _code(
        "wrong-scale",
        ("A decision on another scale", "尺度不符"),
        (
            "`{name}` has no levels on the scale `{scale}`, but on {scales}",
            "`{name}` 没有尺度 `{scale}` 的级别，只有 {scales}",
        ),
        (
            (
                "Levels of different scales never compare: 重大 is not Ⅱ. Ask for the scale "
                "that the standard or plan decides."
            ),
            "不同尺度的级别不能比较：重大不等于Ⅱ级。请使用该标准或预案所定的尺度。",
        ),
        "when: {warning.production-accident: red}\n",
        "when: {grade.production-accident: 重大}\n",
    ),
)

CODES: tuple[Code, ...] = (*_SHAPES, *_BOUNDS, *TABLE_CODES)
