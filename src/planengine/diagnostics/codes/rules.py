"""Diagnostic codes of the family `rules`: what compiling finds wrong in rules and links."""

from __future__ import annotations

from planengine.diagnostics.code import Code, Text

CODES: tuple[Code, ...] = (
    Code(
        id="not-positive",
        severity="error",
        title=Text("A response may only be asked upward", "响应级别只能作“达到或以上”判断"),
        message=Text("`{name}` reads a response {why}", "`{name}` 对响应级别的引用不允许：{why}"),
        hint=Text(
            "ask for a level or worse, or read `active.`, which is only what people have started",
            "改为“某级或以上”，或用 active.（仅指已启动的响应）",
        ),
        explanation=Text(
            "Plans may lift each other in a circle. That has one answer only when a response "
            "can help a level and never hinder one. So over `response.` there is no `not`, no "
            "`exactly`, no `<`, no count with an upper limit, no case guard and no `lasting`.",
            "预案之间可以相互带动。只有响应级别只会促成、不会阻止其他级别时，结果才唯一。"
            "因此 response. 不得用于 not、exactly、<、有上限的计数、case 条件和 lasting。",
        ),
        bad="when: {not: {response.medical-rescue: III}}\n",
        good="when: {response.medical-rescue: III}\n",
    ),
    Code(
        id="attribute-elsewhere",
        severity="error",
        title=Text("An attribute of another kind of place", "属性与地点不符"),
        message=Text(
            "`{name}` belongs to {kind}, but is asked of `{place}`",
            "`{name}` 是 {kind} 的属性，却用于 `{place}`",
        ),
        hint=Text(
            "count the objects that have it: `count: {{over: {kind}, where: …, is: ≥ 1}}`",
            "请对具有该属性的对象计数：count: {{over: {kind}, where: …, is: ≥ 1}}",
        ),
        explanation=Text(
            "A definition of a plan that is decided once per object reads the attributes of that "
            "object. A link is asked of the plan's own area, which has none of them.",
            "按对象逐一研判的预案，其定义读取该对象的属性。链接针对预案所属辖区，辖区没有这些属性。",
        ),
        bad=(
            "per: reservoir\ndefine: {large: {'@size': large}}\n"
            "links: [{when: large, cascade: flood}]\n"
        ),
        good=(
            "per: reservoir\nlinks: [{when: {count: {over: reservoir, where: {'@size': large}, "
            "is: ≥ 1}}, cascade: flood}]\n"
        ),
    ),
    Code(
        id="nothing-decided",
        severity="warning",
        title=Text("A plan that is decided nowhere", "预案无处研判"),
        message=Text(
            "no {per} lies in `{area}`, so nothing of `{name}` is decided",
            "`{area}` 内没有 {per}，`{name}` 无从研判",
        ),
        hint=Text("declare them in the registry, or leave out `per`", "请在登记中声明，或去掉 per"),
        explanation=Text(
            "With `per` a plan is decided once for each area of a tier, or each object of a kind, "
            "in its jurisdiction. The registry lists none there.",
            "写了 per 的预案对辖区内该层级的每个辖区、或该类的每个对象各研判一次。"
            "登记中此处一个也没有。",
        ),
        bad="jurisdiction: linjiang\nper: reservoir   # and no reservoir in the registry\n",
        good="jurisdiction: linjiang\n",
    ),
    Code(
        id="standard-reads-plan",
        severity="error",
        title=Text("A standard reads a plan", "标准引用了预案"),
        message=Text(
            "the standard `{name}` reads the plan `{plan}`", "标准 `{name}` 引用了预案 `{plan}`"
        ),
        explanation=Text(
            "Standards grade facts for everyone; plans read standards, never the other way. "
            "Write the facts that the plan goes by.",
            "标准据事实为各方定级；预案引用标准，而非相反。请直接写出预案所依据的事实。",
        ),
        bad="standard: rainstorm\nlevels: [{level: red, when: {response.flood: II}}]\n",
        good="standard: rainstorm\nlevels: [{level: red, when: {rainfall-3h: ≥ 100 mm}}]\n",
    ),
    Code(
        id="decision-cycle",
        severity="error",
        title=Text("Decisions depend on each other in a circle", "研判之间循环依赖"),
        message=Text(
            "`{name}` depends on itself through {others}", "`{name}` 经由 {others} 依赖自身"
        ),
        explanation=Text(
            "A grade or a warning is decided from facts and from other grades or warnings; a "
            "circle among them has no answer. Only responses may lift each other in a circle.",
            "分级和预警由事实及其他分级、预警得出，循环则无解。只有响应级别可以相互带动。",
        ),
        bad="any: {grade.b: {重大: 重大}}   # and b reads grade.a\n",
        good="any: {死亡: {重大: 10人以上}}\n",
    ),
    Code(
        id="no-such-decision",
        severity="error",
        title=Text("Nobody here decides this", "此处无此研判"),
        message=Text(
            "no plan or standard `{name}` gives a level for `{area}`",
            "没有预案或标准 `{name}` 为 `{area}` 给出级别",
        ),
        explanation=Text(
            "The place that is asked, and the areas around it, have no document of that name "
            "with such a level, so the condition could never hold. A plan that another body "
            "keeps is declared with `external: true`: then only what is in force is known.",
            "所问之地及其上级均无此名称且给出该级别的文件，条件永远不会成立。"
            "由其他单位管理的预案可声明 external: true，此时只知其是否已启动。",
        ),
        bad="when: {active.flood@province: II}   # no plan `flood` of the province\n",
        good="plan: flood\njurisdiction: chu-province\nexternal: true\n",
    ),
    Code(
        id="no-enclosing-area",
        severity="error",
        title=Text("No area of this tier around", "上级中无此层级"),
        message=Text(
            "`{area}` lies in no area of the tier `{tier}`",
            "`{area}` 不在任何 `{tier}` 层级的辖区内",
        ),
        hint=Text(
            "declare the area of that tier around `{area}` in the registry; a place that is itself "
            "of that tier, as a municipality right under the nation is of a province's, is "
            "declared with `tier: {tier}`",
            "在登记中写上 `{area}` 所在的该层级辖区；本身就是该层级的（如直辖市是省级），写 "
            "`tier: {tier}`",
        ),
        explanation=Text(
            "`@<tier>` means the area of that tier which the deciding area lies in, or is. A "
            "county cannot be found around a city: count over the counties instead.",
            "@层级 指研判地所在（或本身）的该层级辖区。市之上没有县：请改用 count 对各县计数。",
        ),
        bad="when: {deaths@county: ≥ 3}   # in a plan of a city\n",
        good="when: {count: {over: county, where: {deaths: ≥ 3}, is: ≥ 1}}\n",
    ),
    Code(
        id="link-upward",
        severity="error",
        title=Text("A link lifts a plan that is not ours to lift", "联动提升了非下级的预案"),
        message=Text(
            "`{name}` is a plan of `{holder}`, which is not this jurisdiction or one in it",
            "`{name}` 是 `{holder}` 的预案，该辖区不是本级或下级",
        ),
        hint=Text(
            "write `request:` or `report:` with an agency of `{holder}`",
            "请改用 request 或 report，写 `{holder}` 的机构",
        ),
        explanation=Text(
            "A superior's plan may lift a subordinate's level. Upward and sideways a link is a "
            "report or a request; the other's level rises only by a rule of its own.",
            "上级预案可提升下级的响应级别。对上级和同级只能报告或请求，对方级别只由其自身规则提升。",
        ),
        bad="links: [{from: I, activate: province-flood, level: II}]\n",
        good="links: [{from: I, report: province-flood-hq, within: 1 h, of: start}]\n",
    ),
    Code(
        id="link-external",
        severity="warning",
        title=Text("A link to a plan that others keep", "联动了外部预案"),
        message=Text(
            "`{name}` is external, so this link lifts nothing",
            "`{name}` 是外部预案，此联动不起作用",
        ),
        hint=Text(
            "write `request:` with an agency of `{holder}` and what is asked as `matter`",
            "请改用 request，写 `{holder}` 的机构，并以 matter 写明请求事项",
        ),
        explanation=Text(
            "Of a plan with `external: true` only the level is known that its keeper has put in "
            "force. A link does not change that, and no answer would mention it; a request is "
            "listed in the answer.",
            "声明 external: true 的预案，此处只知其由所属单位启动的级别，联动既不能提升它，结果中"
            "也不会出现；改写为请求则会列入结果。",
        ),
        bad="links: [{from: II, activate: nanpu-county/gas, level: III}]\n",
        good="links: [{from: II, request: nanpu-government, matter: 启动南浦县燃气预案Ⅲ级响应}]\n",
    ),
    Code(
        id="not-monotone",
        severity="error",
        title=Text("Not monotone", "不单调"),
        message=Text(
            "`{name}` can lower the level as facts get worse: {why}",
            "事实变严重时 `{name}` 可能降低级别：{why}",
        ),
        explanation=Text(
            "`monotone: true` promises that worse facts never give a milder level. It is "
            "checked on the joined bands: every test must hold for everything worse, no test "
            "may decide a case, and every fact must declare its direction: of a fact declared "
            "`direction: down` less is worse, so that its tests must hold for everything lower.",
            "monotone: true 承诺事实更严重时级别不会降低。检查以合并后的区间为准：每个判断对更"
            "严重的取值也须成立，不得作为 case 的条件，且指标须声明严重方向；direction: down 的"
            "指标越低越严重，其判断须对更低的取值成立。",
        ),
        bad="monotone: true\nany: {死亡: {重大: 10人以上30人以下}}\n",
        good="monotone: true\nany: {死亡: {特别重大: 30人以上, 重大: 10人以上30人以下}}\n",
    ),
    Code(
        id="level-never-true",
        severity="warning",
        title=Text("A level that nothing can reach", "永远达不到的级别"),
        message=Text(
            "no facts can give the level `{level}` of `{name}`",
            "任何事实都不能使 `{name}` 达到 `{level}`",
        ),
        explanation=Text(
            "Taken together, the conditions of this level (and the gate `provided`) contradict "
            "each other.",
            "该级别的各项条件（及 provided）合在一起相互矛盾。",
        ),
        bad="levels: [{level: II, when: {all: [{deaths: ≥ 10}, {deaths: < 3}]}}]\n",
        good="levels: [{level: II, when: {deaths: ≥ 10}}]\n",
    ),
    Code(
        id="level-always-true",
        severity="warning",
        title=Text("A level that always holds", "永远成立的级别"),
        message=Text(
            "the level `{level}` of `{name}` holds whatever the facts are",
            "无论事实如何，`{name}` 的 `{level}` 总是成立",
        ),
        hint=Text(
            "say what must have happened, as in `provided: {{accident-occurred: true}}`, or let "
            "the level begin above zero",
            "请写明前提，如 `provided: {{accident-occurred: true}}`，或使该级别不从零开始",
        ),
        explanation=Text(
            "The conditions leave nothing out, even before anything has happened. Write the "
            "gate `provided:` that says when there is anything to grade.",
            "条件涵盖一切情形，即使什么都没有发生。请用 provided 写明何时才需定级。",
        ),
        bad="any: {死亡: {特别重大: 30人以上}}\notherwise: 一般\n",
        good=(
            "provided: {accident-occurred: true}\n"
            "any: {死亡: {特别重大: 30人以上}}\notherwise: 一般\n"
        ),
    ),
)
