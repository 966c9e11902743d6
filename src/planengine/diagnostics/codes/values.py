"""Diagnostic codes of the family `values`: bounds, numbers and units."""

from __future__ import annotations

from planengine.diagnostics.code import Code, Text

CODES: tuple[Code, ...] = (
    Code(
        id="unreadable-bound",
        severity="error",
        title=Text("Not a bound", "不是可读的界限"),
        message=Text("`{text}` is not a bound", "`{text}` 不是可读的界限"),
        hint=Text("write for example {example}", "可写作 {example}"),
        explanation=Text(
            "A bound is written as the law words it (30人以上, 10人以上30人以下, 超过100例), in "
            'symbols (≥ 30, < 10), as a FEEL interval ("[10..30)"), or as a plain value.',
            "界限可按法规用语书写（30人以上、10人以上30人以下、超过100例），也可用符号"
            '（≥ 30、< 10）、FEEL 区间（"[10..30)"）或单个值。',
        ),
        bad="when: {deaths: dead 30}\n",
        good="when: {deaths: 30人以上}\n",
    ),
    Code(
        id="bound-too-long",
        severity="error",
        title=Text("Too long for a bound", "界限过长"),
        message=Text(
            "`{text}` is too long for a bound or value: at most {limit} characters",
            "`{text}` 过长：界限或值最多 {limit} 个字符",
        ),
        explanation=Text(
            "No bound or stated value needs so many characters; what is written here is "
            "something else, or damaged.",
            "界限和报告的值都用不了这么多字符；此处写的是别的内容，或已损坏。",
        ),
        bad=f"when: {{deaths: ≥ {'0' * 210}3}}\n",
        good="when: {deaths: ≥ 3}\n",
    ),
    Code(
        id="vague-bound",
        severity="error",
        title=Text("Words instead of a number", "没有确切数字"),
        message=Text("`{text}` says no exact number", "`{text}` 没有给出确切数字"),
        hint=Text(
            "write a limit such as 30人以上 or ≥ 30, or judge it: judged: {{what: …, by: …}}",
            "请写出界限，如 30人以上；需要研判的，写 judged: {{what: …, by: …}}",
        ),
        explanation=Text(
            "Words such as 数十人, 若干 or 约30人 cannot be compared. Give the limit that is "
            "meant; where the plan leaves it to people, use a `judged` clause.",
            "“数十人”“若干”“约30人”等说法无法比较。请写出确切界限；预案交由人员判断的，"
            "用 judged 条款。",
        ),
        bad="when: {deaths: 数十人}\n",
        good="when: {deaths: 20人以上}\n",
    ),
    Code(
        id="vague-value",
        severity="error",
        title=Text("A stated value without an exact number", "填报的数不确切"),
        message=Text("`{text}` says no exact number", "`{text}` 没有给出确切数字"),
        hint=Text(
            "write `{plain}`; in an incident, `kind: estimated` beside `facts` (of `say`: --kind "
            "estimated) says that it is an estimate",
            "请写 `{plain}`；是估计数的，事件文件中在 facts 旁写 kind: estimated（say 写 "
            "--kind estimated）",
        ),
        otherwise=Text(
            'write what is known as an interval such as "[20..40]"; in an incident, '
            "`kind: estimated` beside `facts` (of `say`: --kind estimated) says that it is an "
            "estimate",
            '请把已知范围写成区间，如 "[20..40]"；是估计数的，事件文件中在 facts 旁写 '
            "kind: estimated（say 写 --kind estimated）",
        ),
        explanation=Text(
            "Words such as 约, 左右 or 数十 cannot be compared. State the number, or the interval "
            "that it surely lies in. Whether it was counted or estimated is said once for the "
            "observation, by its `kind`.",
            "“约”“左右”“数十”等说法无法比较。请写出数字，或它必定所在的区间。"
            "是实测还是估计，由该条观测的 kind 统一说明。",
        ),
        bad="{at: …, facts: {households-without-power: 约1.4万户}}\n",
        good="{at: …, kind: estimated, facts: {households-without-power: 1.4万户}}\n",
    ),
    Code(
        id="unclear-ends",
        severity="error",
        title=Text("A range without saying which ends count", "未说明是否包含端点"),
        message=Text(
            "`{text}` does not say whether its limits count",
            "`{text}` 未说明是否包含本数",
        ),
        hint=Text(
            'write "{closed}" if both limits count, "{half_open}" if the upper one does not',
            '两端都含写 "{closed}"，不含上限写 "{half_open}"',
        ),
        otherwise=Text(
            'write 10人以上30人以下, 10 to 30 (both ends count), or "[10..30)" (a bracket counts '
            "its end, a parenthesis does not); for 以内, 不超过 or 不足",
            '请写 10人以上30人以下 或 "[10..30)"（方括号含本数，圆括号不含）；'
            "“以内”请写“不超过”或“不足”",
        ),
        explanation=Text(
            "A dash, 至 or 以内 leaves open to which band the limit itself belongs: the classic "
            "overlap of two grades. 以上 includes its limit and 以下 excludes it.",
            "用短横线、“至”或“以内”表示范围时，端点属于哪一级不明确，容易造成分级重叠。“以上”含本数，"
            "“以下”不含本数。",
        ),
        bad="when: {magnitude: 6.5-7.0}\n",
        good='when: {magnitude: "[6.5..7.0)"}\n',
    ),
    Code(
        id="untestable-unknown",
        severity="error",
        title=Text("A test for what is unknown", "不能以“未知”为条件"),
        message=Text(
            "a condition cannot ask whether a fact is unknown (`{text}`)",
            "条件不能询问指标是否未知（`{text}`）",
        ),
        hint=Text(
            "remove the test; to fall back on another source, declare a derived fact with "
            "first-known: [a, b]",
            "请删去该项；需要在缺报时改用另一来源的，声明 first-known: [a, b] 的派生指标",
        ),
        explanation=Text(
            "Knowing more must never turn a certain answer around, so no condition may depend on "
            "ignorance. What is unknown shows in `could_reach` and in what to ask.",
            "知道得更多不应推翻已经确定的结论，因此条件不能依赖于“未知”。未知的内容"
            "体现在 could_reach 和待核实清单中。",
        ),
        bad="when: {deaths: unknown}\n",
        good="when: {deaths: 3人以上}\n",
    ),
    Code(
        id="thousands-comma",
        severity="error",
        title=Text("A comma inside a number", "数字中有千分位逗号"),
        message=Text("`{text}` has a comma inside a number", "`{text}` 的数字中有逗号"),
        hint=Text("write 5000 or 5 thousand, without the comma", "请去掉逗号，写 5000 或 5千"),
        explanation=Text(
            "Commas separate things in YAML and in the law; inside a number they are refused.",
            "逗号在 YAML 和法规中用于分隔，数字中不能使用。",
        ),
        bad='when: {evacuated: "≥ 5,000"}\n',
        good="when: {evacuated: ≥ 5000}\n",
    ),
    Code(
        id="inexact-number",
        severity="error",
        title=Text("A number with too many digits", "数字位数过多"),
        message=Text(
            "`{text}` cannot be kept exactly: at most 15 significant digits, under 2^53",
            "`{text}` 无法精确保存：有效数字不超过 15 位，且小于 2^53",
        ),
        explanation=Text(
            "Engines compare numbers as floating point, which is exact within these limits.",
            "引擎用浮点数比较，在此范围内才是精确的。",
        ),
        bad="when: {loss: ≥ 12345678901234567 元}\n",
        good="when: {loss: ≥ 1亿元}\n",
    ),
    Code(
        id="ambiguous-number",
        severity="error",
        title=Text("Unclear how large the number is", "数量级不明确"),
        message=Text(
            "how much `{part}` is, is not clear in `{text}`", "`{text}` 中 `{part}` 的数量级不明确"
        ),
        hint=Text(
            "write it in full, with its own 万 or 亿 and its unit: 10万人以上30万人以下, 150人",
            "请写完整的数，写明万、亿和单位，如 10万人以上30万人以下、150人",
        ),
        explanation=Text(
            "In 10以上30万人以下 the first number may be 10 or 10万; a bare 5000万 for a fact in "
            "万元 may be read twice; 一百五 may be 150 or 105.",
            "“10以上30万人以下”中的第一个数可能是 10，也可能是 10万；以万元为单位的"
            "指标写“5000万”可能被重复折算；“一百五”可能是 150，也可能是 105。",
        ),
        bad="when: {evacuated: 10以上30万人以下}\n",
        good="when: {evacuated: 10万人以上30万人以下}\n",
    ),
    Code(
        id="missing-unit",
        severity="error",
        title=Text("A number without its unit", "缺少单位"),
        message=Text("`{text}` has no unit", "`{text}` 没有单位"),
        hint=Text("write for example {example}", "可写作 {example}"),
        explanation=Text(
            "In plans and standards a time is always written with its unit: in `lasting` and "
            "`elapsed`, in deadlines, and in bounds of facts that are times. Every other bare "
            "number, and every bare value in an incident, is in the unit that the fact declares.",
            "预案和标准中的时间必须写明单位：包括 lasting、elapsed、时限，"
            "以及以时间计的指标的界限。"
            "其他不带单位的数，以及事件文件中不带单位的取值，均按指标声明的单位理解。",
        ),
        bad="when: {elapsed: {since: occurrence, is: ≥ 24}}\n",
        good="when: {elapsed: {since: occurrence, is: ≥ 24 h}}\n",
    ),
    Code(
        id="unknown-unit",
        severity="error",
        title=Text("Unknown unit", "未知的单位"),
        message=Text("unknown unit `{unit}` in `{text}`", "`{text}` 中的单位 `{unit}` 未知"),
        hint=Text("did you mean `{suggestion}`?", "是否应为 `{suggestion}`？"),
        explanation=Text(
            "Units are those of pint (m, km/h, MW) and Chinese names and counters (米, 公顷, 人, "
            "间, 万元). Others, a currency or a counter of one's own, are declared under `units` "
            "of a vocabulary. Without a unit a number is in the unit that the fact declares.",
            "单位可用 pint 的单位（m、km/h、MW）和中文单位、量词（米、公顷、人、间、万元）。"
            "其他币种、量词在 vocabulary 的 units 中声明。"
            "不写单位时，数字按该指标声明的单位理解。",
        ),
        bad="when: {rainfall-3h: ≥ 50 毫来}\n",
        good="when: {rainfall-3h: ≥ 50 毫米}\n",
    ),
    Code(
        id="bad-unit",
        severity="error",
        title=Text("Not a unit", "单位声明有误"),
        message=Text("`{name}` cannot be a unit: {reason}", "`{name}` 不能作为单位：{reason}"),
        explanation=Text(
            "A vocabulary may declare currencies and counters (`is`), and names for so many of "
            "another unit (`equals: 100 cents`). A unit of the table keeps its meaning, and the "
            "spelling of a unit holds no digits and no signs that bounds are written with.",
            "词汇表可声明币种和量词（is），以及若干其他单位的名称（equals: 100 cents）。"
            "表内单位的含义不变；单位的写法不含数字和书写界限所用的符号。",
        ),
        bad="units: {dozen-cases: {equals: 12 csaes}, cases: {is: counter}}\n",
        good="units: {dozen-cases: {equals: 12 cases}, cases: {is: counter}}\n",
    ),
    Code(
        id="wrong-unit",
        severity="error",
        title=Text("A unit of another dimension", "单位量纲不符"),
        message=Text(
            "`{text}`: {unit} cannot be compared with {expected}",
            "`{text}`：{unit} 与 {expected} 不能比较",
        ),
        hint=Text("write the number in {expected}", "请以 {expected} 为单位书写"),
        explanation=Text(
            "The fact is declared in a unit that measures something else. Counters differ too: "
            "间 (rooms) are not 户 (households).",
            "该指标声明的单位与此不是同一量纲。量词也相互区分：间不是户。",
        ),
        bad="when: {houses-collapsed: 10万户以上}\n",
        good="when: {houses-collapsed: 30万间以上}\n",
    ),
    Code(
        id="contradictory-wording",
        severity="error",
        title=Text("Two words that disagree", "用语相互矛盾"),
        message=Text(
            "`{text}`: `{first}` and `{second}` disagree about the limit",
            "`{text}`：`{first}` 与 `{second}` 对本数的规定不一致",
        ),
        hint=Text(
            "write 超过30人 (more than 30) or 30人以上 (30 and more), not both",
            "请只写 超过30人（不含30）或 30人以上（含30）",
        ),
        explanation=Text(
            "超过 excludes its limit and 以上 includes it, so 超过30人以上 has no one meaning.",
            "“超过”不含本数，“以上”含本数，“超过30人以上”含义不清。",
        ),
        bad="when: {deaths: 超过30人以上}\n",
        good="when: {deaths: 30人以上}\n",
    ),
    Code(
        id="inverted-bound",
        severity="error",
        title=Text("The lower limit is not below the upper", "下限不小于上限"),
        message=Text("nothing lies between the limits of `{text}`", "`{text}` 的上下限之间没有数"),
        hint=Text("write the smaller number first", "请把较小的数写在前面"),
        explanation=Text(
            "A bound of two sides needs a lower limit below its upper limit.",
            "有上下限的界限，下限必须小于上限。",
        ),
        bad="when: {deaths: 30人以上10人以下}\n",
        good="when: {deaths: 10人以上30人以下}\n",
    ),
    Code(
        id="never-true",
        severity="error",
        title=Text("A test that no value can meet", "永远不成立的条件"),
        message=Text(
            "no value can meet `{text}`: the fact lies in {domain}",
            "没有任何值满足 `{text}`：该指标的取值范围是 {domain}",
        ),
        explanation=Text(
            "Counts are whole numbers from 0, and a fact may declare a narrower range. A test "
            "outside it would silently never hold.",
            "计数是从 0 开始的整数，指标还可声明更窄的范围。超出范围的条件永远不会成立。",
        ),
        bad="when: {deaths: 3.5人}\n",
        good="when: {deaths: 3人以上}\n",
    ),
    Code(
        id="outside-domain",
        severity="error",
        title=Text("A value the fact cannot have", "超出指标取值范围"),
        message=Text(
            "`{text}` is not possible: the fact lies in {domain}",
            "`{text}` 不可能出现：该指标的取值范围是 {domain}",
        ),
        explanation=Text(
            "Counts are whole numbers from 0, and a fact may declare a narrower range.",
            "计数是从 0 开始的整数，指标还可声明更窄的范围。",
        ),
        bad="facts: {deaths: -1}\n",
        good="facts: {deaths: 0}\n",
    ),
    Code(
        id="unknown-choice",
        severity="error",
        title=Text("Not a value of this fact", "不是该指标的取值"),
        message=Text(
            "`{text}` is not one of the values: {known}",
            "`{text}` 不在取值之中：{known}",
        ),
        hint=Text("did you mean `{suggestion}`?", "是否应为 `{suggestion}`？"),
        explanation=Text(
            "A category is tested with the ids or labels of its declared values; a flag with "
            "true and false (yes, no, 是, 否, 有, 无).",
            "类别指标用已声明取值的标识或名称；是非指标用 true、false（yes、no、是、否、有、无）。",
        ),
        bad="when: {population-density: densse}\n",
        good="when: {population-density: dense}\n",
    ),
    Code(
        id="unordered-choice",
        severity="error",
        title=Text("Comparing values that have no order", "取值没有轻重顺序"),
        message=Text("`{text}` compares values that have no order", "`{text}` 比较的取值没有顺序"),
        hint=Text("list the values that are meant: [a, b]", "请列出所指的取值：[a, b]"),
        explanation=Text(
            "Only a category whose fact has a direction is ordered, mild to severe.",
            "只有声明了方向的类别指标才有由轻到重的顺序。",
        ),
        bad="when: {disaster-type: ≥ flood}\n",
        good="when: {disaster-type: [flood, storm]}\n",
    ),
    Code(
        id="attribute-not-here",
        severity="error",
        title=Text("An attribute where a number is needed", "此处不能引用属性"),
        message=Text("`{text}`: no attribute can stand here", "`{text}`：此处不能引用属性"),
        hint=Text("write the number itself", "请直接写数值"),
        explanation=Text(
            "Only the bound of a fact that is a number may name an attribute "
            "(`≥ @warning-stage`), and not inside a list.",
            "只有数值指标的界限可以引用属性（如 ≥ @warning-stage），列表中不可引用。",
        ),
        bad="facts: {water-level: ≥ @warning-stage}\n",
        good="facts: {water-level: 25.4 m}\n",
    ),
    Code(
        id="two-sided-attribute",
        severity="error",
        title=Text("A two-sided bound with an attribute", "引用属性的双侧界限"),
        message=Text(
            "`{text}` has two sides, of which one is an attribute",
            "`{text}` 有上下两侧，其中引用了属性",
        ),
        hint=Text(
            "write each side as a condition of its own, under all:",
            "请把两侧分成两个条件，放在 all: 之下",
        ),
        explanation=Text(
            "A bound may name one attribute, on one side.",
            "一个界限只能在一侧引用一个属性。",
        ),
        bad='when: {water-level: "≥ @warning-stage, < @guaranteed-stage"}\n',
        good=(
            "when:\n  all:\n    - water-level: ≥ @warning-stage\n"
            "    - water-level: < @guaranteed-stage\n"
        ),
    ),
)
