"""Diagnostic codes about graded tables; part of the family `conditions`."""

from __future__ import annotations

from planengine.diagnostics.code import Code, Text

CODES: tuple[Code, ...] = (
    Code(
        id="table-shape",
        severity="error",
        title=Text("Not a row of a table", "不是分级表的行"),
        message=Text("this is not a row of a graded table", "此处不是分级表的行"),
        hint=Text(
            "write 死亡: {{I: 30人以上, II: 10人以上30人以下}}, or a list of such rows",
            "写作 死亡: {{I: 30人以上, II: 10人以上30人以下}}，或由这种行组成的列表",
        ),
        explanation=Text(
            "A graded table is a mapping of indicators, each with a bound for each level, or a "
            "list of rows. A row may have a guard (`when:`), hold conditions (`row:` with its "
            "label), or `variants:`.",
            "分级表是由指标组成的映射，每个指标按级别写界限；也可写成行的列表。行可以带前提（when:）、"
            "写条件（用 row: 写行名）或分情形（variants:）。",
        ),
        bad="any: [3人以上]\n",
        good="any:\n  死亡: {特别重大: 30人以上, 重大: 10人以上30人以下}\n",
    ),
    Code(
        id="columns-needed",
        severity="error",
        title=Text("A row without columns", "行缺少各级界限"),
        message=Text("`{key}` needs a bound for each level", "`{key}` 须按级别写界限"),
        hint=Text("write {example}", "写作 {example}"),
        explanation=Text(
            "The columns of a row are levels of the table's scale.",
            "行的各列是该表尺度的级别。",
        ),
        bad="any: {死亡: 30人以上}\n",
        good="any: {死亡: {特别重大: 30人以上}}\n",
    ),
    Code(
        id="row-key-outside-list",
        severity="error",
        title=Text("A row's word outside a list of rows", "行的关键词须写在列表中"),
        message=Text(
            "`{key}` belongs to one row, and this table is a mapping of indicators",
            "`{key}` 属于某一行，而此表是指标的映射",
        ),
        hint=Text(
            "write the table as a list of rows, each after `- `",
            "请把表写成行的列表，每行以 `- ` 开头",
        ),
        explanation=Text(
            "when, row, basis and variants stand inside one row of a list.",
            "when、row、basis、variants 写在列表的某一行中。",
        ),
        bad="any:\n  when: {sensitive: true}\n  uncontrolled: {IV: ≥ 24 h}\n",
        good="any:\n  - when: {sensitive: true}\n    uncontrolled: {IV: ≥ 24 h}\n",
    ),
    Code(
        id="condition-as-row",
        severity="error",
        title=Text("A condition in place of an indicator", "条件不能作指标行"),
        message=Text("`{key}` is a condition, not an indicator", "`{key}` 是条件，不是指标"),
        hint=Text(
            "write a condition row: {{row: its name, II: {{{key}: …}}}}",
            "写成条件行：{{row: 行名, II: {{{key}: …}}}}",
        ),
        explanation=Text(
            "A row of conditions has its label under row:, and a condition for each level.",
            "条件行用 row: 写行名，并按级别写条件。",
        ),
        bad="any: [{judged: {II: 需要启动}}]\n",
        good="any: [{row: 研判, II: {judged: {what: 需要启动}}}]\n",
    ),
    Code(
        id="duplicate-level",
        severity="error",
        title=Text("The same level twice in a row", "同一行中级别重复"),
        message=Text("`{level}` is a level that this row has already", "`{level}` 在此行中已有"),
        explanation=Text(
            "Two names of one level (Ⅱ, 二级) are the same column.",
            "同一级别的不同写法（Ⅱ、二级）是同一列。",
        ),
        bad="any: {死亡: {Ⅱ: 10人以上, 二级: 3人以上}}\n",
        good="any: {死亡: {Ⅱ: 10人以上, Ⅲ: 3人以上}}\n",
    ),
    Code(
        id="otherwise-level",
        severity="error",
        title=Text("otherwise needs a level", "otherwise 须为级别"),
        message=Text("`otherwise` needs one level of the scale", "`otherwise` 须写一个级别"),
        explanation=Text(
            "otherwise: gives this level whenever the gate holds and no row gave one.",
            "otherwise: 表示前提成立而各行都未达到时的级别。",
        ),
        bad="otherwise: none\n",
        good="otherwise: 一般\n",
    ),
    Code(
        id="variants-shape",
        severity="error",
        title=Text("Variants of the wrong shape", "variants 格式不对"),
        message=Text(
            "each variant needs `when:`, or `otherwise: true`, and its indicators",
            "每个情形须有 `when:` 或 `otherwise: true`，并写明指标",
        ),
        explanation=Text(
            "Variants are a list of which the first match counts, usually by an attribute of the "
            "place or object.",
            "variants 是列表，取第一个符合的情形，通常按地区或对象的属性区分。",
        ),
        bad="any: [{variants: {load-shed: {II: 30%以上}}}]\n",
        good=(
            "any:\n  - variants:\n"
            '      - {when: {"@grid-load": ≥ 20000 MW}, load-shed: {II: 13%以上30%以下}}\n'
            "      - {otherwise: true, load-shed: {II: 16%以上40%以下}}\n"
        ),
    ),
    Code(
        id="beside-variants",
        severity="error",
        title=Text("An indicator beside variants", "variants 旁不能有指标"),
        message=Text("`{key}` cannot stand beside `variants:`", "`{key}` 不能与 `variants:` 并列"),
        hint=Text("write it as a row of its own", "请另写一行"),
        explanation=Text(
            "A row is either one of indicators or one of variants.",
            "一行要么是指标，要么是分情形。",
        ),
        bad="any: [{variants: […], deaths: {II: 3人以上}}]\n",
        good="any: [{variants: […]}, {deaths: {II: 3人以上}}]\n",
    ),
    Code(
        id="variant-basis",
        severity="error",
        title=Text("A basis inside a variant", "variants 内不能写 basis"),
        message=Text("`basis` belongs to the whole row of variants", "`basis` 属于整行"),
        hint=Text("write it beside `variants:`", "请与 `variants:` 并列书写"),
        explanation=Text(
            "All variants of one level are one rule with one basis.",
            "同一级别的各情形构成一条规则，共用一个依据。",
        ),
        bad="any: [{variants: [{when: …, basis: {source: decree-599}, load-shed: {…}}]}]\n",
        good="any: [{variants: [{when: …, load-shed: {…}}], basis: {source: decree-599}}]\n",
    ),
    Code(
        id="band-gap",
        severity="warning",
        title=Text("A gap between two bands", "两个区间之间有空档"),
        message=Text(
            "between `{text}` and `{other}` nothing covers {gap}",
            "`{text}` 与 `{other}` 之间，{gap} 不属于任何级别",
        ),
        explanation=Text(
            "A value in the gap is given no level by its own band. Levels join upwards only.",
            "落在空档中的值不属于任何级别。",
        ),
        bad="any: {死亡: {重大: 10人以上, 较大: 3人以上8人以下}}\n",
        good="any: {死亡: {重大: 10人以上, 较大: 3人以上10人以下}}\n",
    ),
    Code(
        id="excluded-limit",
        severity="warning",
        title=Text("以下 excludes its limit", "“以下”不含本数"),
        message=Text(
            "`{text}` excludes its limit, so {gap} has no level beside `{other}`",
            "`{text}` 不含本数，与 `{other}` 之间的 {gap} 不属于任何级别",
        ),
        hint=Text("if the limit is meant, write `{repair}`", "如含本数，请写 `{repair}`"),
        explanation=Text(
            "以上 includes its limit and 以下 excludes it, as the accident decrees say. A table "
            "with 4人以下 beside 5人以上 shows that its author meant otherwise.",
            "“以上”含本数，“以下”不含本数（见事故调查处理条例）。“4人以下”与“5人以上”并列，说明作者原意"
            "可能是含本数。",
        ),
        bad="any: {病例: {较大: 5人以上, 一般: 4人以下}}\n",
        good="any: {病例: {较大: 5人以上, 一般: 4人及以下}}\n",
    ),
    Code(
        id="band-overlap",
        severity="warning",
        title=Text("Two bands overlap", "两个区间重叠"),
        message=Text(
            "`{text}` and `{other}` both cover {shared}", "`{text}` 与 `{other}` 都包含 {shared}"
        ),
        hint=Text(
            "let one of the two exclude the limit: the worse level wins",
            "请使其中之一不含本数；重叠处按更严重的级别",
        ),
        explanation=Text(
            "A limit that belongs to two grades is the classic defect (6.5–7.0 beside 7.0以上). "
            "Nested bands (≥ 10 beside ≥ 30) are fine.",
            "同一数值属于两个级别是常见缺陷（如 6.5～7.0 与 7.0以上）。一个区间包含另一个"
            "（≥ 10 与 ≥ 30）没有问题。",
        ),
        bad='any: {magnitude: {I: ≥ 7.0, II: "[6.5..7.0]"}}\n',
        good='any: {magnitude: {I: ≥ 7.0, II: "[6.5..7.0)"}}\n',
    ),
    Code(
        id="band-order",
        severity="warning",
        title=Text("Bands in the wrong order", "区间次序颠倒"),
        message=Text(
            "`{text}` ({level}) is worse than `{other}` ({worse})",
            "`{text}`（{level}）比 `{other}`（{worse}）更严重",
        ),
        hint=Text("check whether two levels were exchanged", "请检查级别是否写反"),
        explanation=Text(
            "A worse level stands for worse values: higher ones where the fact is declared "
            "`direction: up`, lower ones for `down`. Where two columns were exchanged, a worse "
            "event would get a milder level.",
            "级别越重，数值越严重：指标声明 `direction: up` 时数值越大越严重，`down` 时相反。两列"
            "写反时，更严重的事件会得到较轻的级别。",
        ),
        bad="any: {死亡: {重大: 30人以上, 特别重大: 10人以上30人以下}}\n",
        good="any: {死亡: {特别重大: 30人以上, 重大: 10人以上30人以下}}\n",
    ),
    Code(
        id="band-shadowed",
        severity="warning",
        title=Text("A band that never decides", "永不起作用的区间"),
        message=Text(
            "`{text}` ({level}) lies inside `{other}` ({worse}), so it never decides",
            "`{text}`（{level}）在 `{other}`（{worse}）之内，永不起作用",
        ),
        hint=Text("check whether two levels were exchanged", "请检查级别是否写反"),
        explanation=Text(
            "Whatever meets the milder level's band meets the worse level's too.",
            "满足较轻级别的值都满足更严重的级别。",
        ),
        bad="any: {死亡: {I: 10人以上, II: 30人以上}}\n",
        good="any: {死亡: {I: 30人以上, II: 10人以上}}\n",
    ),
)
