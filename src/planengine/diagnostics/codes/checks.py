"""Diagnostic codes of the family `checks`: what is well formed but probably not meant."""

from __future__ import annotations

from planengine.diagnostics.code import Code, Text

CODES: tuple[Code, ...] = (
    Code(
        id="band-closed",
        severity="warning",
        title=Text("The worst band ends, and nothing is worse", "最严重的区间有上限，其上没有级别"),
        message=Text(
            "`{text}` ({level}) leaves out {beyond}, which is worse and has {instead}",
            "`{text}`（{level}）不含更严重的 {beyond}，该部分{instead}",
        ),
        hint=Text(
            "leave its end open, or write the band of the worse level",
            "请去掉上限，或补写更严重级别的区间",
        ),
        explanation=Text(
            "Levels join upwards only: what lies beyond the band of a level must be in a band of "
            "that level or a worse one. A row that was copied from a table with more levels, such "
            "as 10人以上30人以下 without the row for 30, gives nothing to the worst event.",
            "级别只向上合并：超出某级区间的值须属于该级或更严重的级别。从级别更多的表中抄来一行"
            "（如只有 10人以上30人以下 而没有 30人以上），最严重的事件反而没有级别。",
        ),
        bad="any: {死亡: {II: 10人以上30人以下, III: 3人以上10人以下}}\n",
        good="any: {死亡: {II: 10人以上, III: 3人以上10人以下}}\n",
    ),
    Code(
        id="band-includes-zero",
        severity="warning",
        title=Text("A level at a count of zero", "计数为零时也达到级别"),
        message=Text(
            "`{text}` ({level}) holds at 0 too, so it holds every day",
            "`{text}`（{level}）在 0 时也成立，平时也会达到",
        ),
        hint=Text(
            "let it begin above zero (`1人以上…`), or say in `provided:` what must have happened",
            "请从大于零开始（如 1人以上…），或用 provided 写明前提",
        ),
        explanation=Text(
            "A decree may call an accident with fewer than 3 deaths 一般, because there was an "
            "accident. By the number alone, 0 deaths is fewer than 3 as well.",
            "条例称死亡3人以下的事故为一般事故，前提是已经发生事故。仅凭数字，死亡0人也是3人以下。",
        ),
        bad="any: {死亡: {III: 3人以上10人以下, IV: 3人以下}}\n",
        good="any: {死亡: {III: 3人以上, IV: 1人以上3人以下}}\n",
    ),
    Code(
        id="exclusion-open",
        severity="warning",
        title=Text("An exclusion that is open until somebody reports", "排除情形平时处于未知状态"),
        message=Text(
            "until somebody reports `{name}` it is open whether `{plan}` applies",
            "在有人报告 `{name}` 之前，无法确定 `{plan}` 是否适用",
        ),
        hint=Text(
            "ask for a fact that is reported by exception, or let people recognise the case "
            "(`recognised:`)",
            "请改用按例外报告（by-exception）的指标，或由人认定（recognised）",
        ),
        explanation=Text(
            "A plan gives levels and duties for certain only when none of its exclusions may "
            "hold. A fact that is unknown until it is observed leaves that open in every "
            "incident; a by-exception fact is taken as not so, and an act as not made.",
            "只有确定各排除情形都不成立时，预案的级别和任务才确定。须经观测才知道的指标使其在每次"
            "事件中都不确定；按例外报告的指标视为未发生，认定在作出前视为不成立。",
        ),
        bad="applies: {hazards: [flood], not: {when: {ponding-depth: ≥ 15 cm}}}\n",
        good=(
            "applies:\n  hazards: [flood]\n"
            "  not: {when: {recognised: {what: 仅为城区积水, by: flood-office}}}\n"
        ),
    ),
    Code(
        id="action-without-limit",
        severity="advice",
        title=Text("An action without a limit", "措施没有时限"),
        message=Text("nothing says by when `{name}` is to be done", "`{name}` 没有写明时限"),
        hint=Text(
            "write `within: 2 h` with what it counts from (`of: start`), or `within: 立即`",
            "请写 `within: 2 h` 及起算时点（`of: start`），或 `within: 立即`",
        ),
        explanation=Text(
            "Nobody can say that an action without a limit is late, and it comes last in every "
            "list. 及时 and 尽快 are no limits.",
            "没有时限的措施无从判断是否逾期，在清单中总排在最后。“及时”“尽快”不是时限。",
        ),
        bad="actions: [{id: patrol, from: III, executor: water-bureau, do: 巡堤查险}]\n",
        good=(
            "actions: [{id: patrol, from: III, executor: water-bureau, do: 巡堤查险, "
            "within: 2 h, of: start}]\n"
        ),
    ),
    Code(
        id="anchor-never",
        severity="warning",
        title=Text("A limit that never begins to run", "时限的起算时点不会出现"),
        message=Text("`{anchor}` never comes: {why}", "`{anchor}` 不会出现：{why}"),
        hint=Text(
            "count from what does happen there, such as `of: met` or `of: receipt`",
            "请改用会出现的时点，如 `of: met` 或 `of: receipt`",
        ),
        explanation=Text(
            "A limit runs from its anchor. Where that cannot happen, the duty is shown without a "
            "time and is never overdue.",
            "时限从起算时点开始。该时点不会出现时，任务没有时间，也永远不会逾期。",
        ),
        bad=("standard: fire\nreports: [{from: 较大, to: province, within: 2 h, of: start}]\n"),
        good=("standard: fire\nreports: [{from: 较大, to: province, within: 2 h, of: receipt}]\n"),
    ),
    Code(
        id="plans-disagree",
        severity="warning",
        title=Text("Two plans draw one line in two places", "两个预案的界限相互矛盾"),
        message=Text(
            "`{name}` gives {level} at `{other}`, this plan at `{text}`",
            "`{name}` 以 `{other}` 为 {level}，本预案以 `{text}` 为 {level}",
        ),
        hint=Text(
            "let one of them read the other (`response.{name}`), or give both the same number",
            "请由一方引用另一方（`response.{name}`），或写成相同数值",
        ),
        explanation=Text(
            "Two plans of one area for one hazard give the same level of the same scale at "
            "different numbers of the same fact. At the values between them one starts and the "
            "other does not.",
            "同一辖区、同一灾种的两个预案，对同一指标以不同数值给出同一级别。介于其间的数值会使"
            "一个预案启动而另一个不启动。",
        ),
        bad="levels: [{level: II, when: {rainfall-24h: ≥ 200 mm}}]   # the other plan: ≥ 250 mm\n",
        good="levels: [{level: II, when: {response.flood: II}}]\n",
    ),
    Code(
        id="equality",
        severity="warning",
        title=Text("A bare number where a threshold is meant", "应为界限处写了单个数值"),
        message=Text(
            "`{text}` holds for exactly this number, not for more",
            "`{text}` 只在恰为该数值时成立，超过时不成立",
        ),
        hint=Text(
            "write `≥ {text}`, or `{{exactly: {text}}}` where only this number is meant",
            "请写 `≥ {text}`；如确指恰为该数值，请写 `{{exactly: {text}}}`",
        ),
        explanation=Text(
            "A bare number is equality: with `死亡: 3` a fourth death ends the level, and "
            "`elapsed … is: 2小时` holds for one second. A level of a scale is different: there "
            "a bare level means that or worse.",
            "单写数值表示相等：`死亡: 3` 在第4人死亡时不再成立，`elapsed … is: 2小时` 只成立一秒。"
            "级别不同：单写级别表示该级或更严重。",
        ),
        bad="when: {死亡: 3}\n",
        good="when: {死亡: 3人以上}\n",
    ),
    Code(
        id="percent-below-one",
        severity="warning",
        title=Text("A percentage below 1", "百分数小于 1"),
        message=Text(
            "`{text}` is read as a percentage, less than 1 %", "`{text}` 按百分数读作不足 1%"
        ),
        hint=Text(
            "write 30 % for three in ten, and the sign where it is less than one in a hundred",
            "十分之三写作 30%；确实不足百分之一时请写明百分号",
        ),
        explanation=Text(
            "Numbers of a fact in % are percentages: 0.3 is three in a thousand.",
            "以 % 为单位的指标，数值即百分数：0.3 是千分之三。",
        ),
        bad="when: {load-shed: ≥ 0.3}\n",
        good='when: {load-shed: "≥ 30 %"}\n',
    ),
    Code(
        id="bare-multiple",
        severity="warning",
        title=Text("A number without its 万", "数值没有写明“万”等单位"),
        message=Text("`{text}` has no unit and is read in {unit}", "`{text}` 没有单位，按{unit}计"),
        hint=Text(
            "write the unit after the number: {unit} if that is meant",
            "请在数值后写明单位：如无误，写{unit}",
        ),
        explanation=Text(
            "A figure in 元 that is read in 万元 is ten thousand times too large, and nothing "
            "else would show it.",
            "把以元计的数字当作万元，会大一万倍，而且别处看不出来。",
        ),
        bad="when: {直接经济损失: ≥ 5000}\n",
        good="when: {直接经济损失: ≥ 5000 万元}\n",
    ),
    Code(
        id="contradiction",
        severity="error",
        title=Text("Two parts of a condition exclude each other", "条件中的两部分相互矛盾"),
        message=Text(
            "nothing can meet `{text}` together with `{other}`",
            "`{text}` 与 `{other}` 不可能同时成立",
        ),
        hint=Text(
            "write them as alternatives (`any:`), or correct one of the numbers",
            "如为任一成立，请用 any；否则请更正数值",
        ),
        explanation=Text(
            "Everything in one mapping or one `all:` is needed together. Tests of the same fact, "
            "attribute or level that share no value can never hold at once, so this alternative "
            "would be silent for ever.",
            "同一映射或同一 all 中的各项须同时成立。对同一指标、属性或级别的判断若没有共同取值，"
            "该情形永远不会成立。",
        ),
        bad="when: {all: [{rainfall: ≥ 50 mm}, {rainfall: < 20 mm}]}\n",
        good="when: {any: [{rainfall: ≥ 50 mm}, {snowfall: ≥ 20 mm}]}\n",
    ),
    Code(
        id="row-or",
        severity="warning",
        title=Text("Two indicators in one row", "一行有两个指标"),
        message=Text(
            "`{key}` is read as an alternative to `{first}`, not together with it",
            "`{key}` 与 `{first}` 按“任一达到”理解，而不是同时达到",
        ),
        hint=Text(
            "give each a row of its own; where both are needed, write a row of conditions: "
            "`row: …, II: {{{first}: …, {key}: …}}`",
            "请各写一行；如须同时达到，请写条件行：`row: …, II: {{{first}: …, {key}: …}}`",
        ),
        explanation=Text(
            "In a table each indicator alone gives the level. Standing in one row, two of them "
            "look as if both were needed. A row of three or more is a list, and left alone.",
            "分级表中任一指标达到即得该级。两个指标写在同一行，看上去像须同时达到。"
            "一行有三个以上指标时显然是并列，不作提示。",
        ),
        bad="any:\n  - deaths: {II: 10人以上}\n    injured: {II: 50人以上}\n",
        good="any:\n  - deaths: {II: 10人以上}\n  - injured: {II: 50人以上}\n",
    ),
    Code(
        id="of-other-hazards",
        severity="advice",
        title=Text("Of hazards that the document is not for", "问的是文件不管的灾种"),
        message=Text(
            "`{text}` is of {of} only, and the document is for {hazards}",
            "`{text}` 仅用于 {of}，而文件适用于 {hazards}",
        ),
        hint=Text(
            "add the hazard to `applies`, or leave the condition out",
            "请在 applies 中补上该灾种，或去掉此条件",
        ),
        explanation=Text(
            "A fact with `hazards`, and a condition on `hazards`, holds only in an incident that "
            "has one of them. Here that takes an incident of two unrelated hazards at once.",
            "写有 hazards 的指标，以及对 hazards 的条件，只在涉及其中之一的事件中成立。在这里，"
            "须有两个互不相关的灾种同时存在。",
        ),
        bad="applies: {hazards: [flood]}\nlevels: [{level: I, when: {hazards: drought}}]\n",
        good="applies: {hazards: [natural]}\nlevels: [{level: I, when: {hazards: drought}}]\n",
    ),
    Code(
        id="object-needed",
        severity="error",
        title=Text("A fact of objects asked of an area", "对辖区询问了对象的指标"),
        message=Text(
            "`{name}` is a fact of each {kind}, and nothing gives one for `{place}`",
            "`{name}` 是每个 {kind} 的指标，`{place}` 没有合计值",
        ),
        hint=Text(
            "name the object (`{name}@…`), or count: `count: {{over: {kind}, where: {{{name}: …}}, "
            "is: ≥ 1}}`",
            "请写明对象（`{name}@…`），或计数：`count: {{over: {kind}, where: {{{name}: …}}, "
            "is: ≥ 1}}`",
        ),
        explanation=Text(
            "A fact of a kind of object is stated of one of them. An area has one only where the "
            "fact declares how it is lifted (`roll-up: max`, `any`, …); without that the "
            "condition could never be answered.",
            "对象的指标按对象陈述。只有声明了汇总方式（roll-up: max、any 等）时辖区才有该指标；"
            "否则条件永远无法判断。",
        ),
        bad="when: {water-level: ≥ 27.3 m}   # of which station?\n",
        good='when: {"water-level@hankou": ≥ 27.3 m}\n',
    ),
)
