"""Diagnostic codes of the family `checks`: levels, who approves them, and how they end."""

from __future__ import annotations

from planengine.diagnostics.code import Code, Text

CODES: tuple[Code, ...] = (
    Code(
        id="alternative-dead",
        severity="warning",
        title=Text("An alternative that never decides", "永远不起作用的情形"),
        message=Text(
            "whenever `{text}` holds, `{other}` ({level}) holds anyway",
            "`{text}` 成立时，`{other}`（{level}）必已成立",
        ),
        hint=Text(
            "take it out, or correct the bound of one of the two",
            "请删去该情形，或更正其中一处的界限",
        ),
        explanation=Text(
            "A level is reached when one of its alternatives holds, or one of a worse level. An "
            "alternative that only holds together with another one changes nothing. Often one "
            "of the two has a wrong number, or `all` was meant to be `any`.",
            "某级的任一情形成立，或更严重级别的情形成立，即达到该级。只在另一情形已成立时才成立的"
            "情形不起作用，往往是其中一处数值有误，或把 any 写成了 all。",
        ),
        bad="when: {any: [{死亡: 10人以上}, {死亡: 10人以上, dyke-breach: true}]}\n",
        good="when: {any: [{死亡: 10人以上}, {死亡: 3人以上, dyke-breach: true}]}\n",
    ),
    Code(
        id="end-while-level",
        severity="warning",
        title=Text("What ends a response can hold while its level does", "终止条件与级别条件重叠"),
        message=Text(
            "`{key}` takes `{text}`, and {level} is reached at `{other}`: both can hold at once",
            "`{key}` 为 `{text}`，而 `{other}` 达到 {level}：两者可以同时成立",
        ),
        hint=Text(
            "let `{key}` begin where the level no longer is, with some distance",
            "请使 `{key}` 的界限与级别条件分开，并留出余量",
        ),
        explanation=Text(
            "At figures that meet both, the response is ended and started again at once, or ended "
            "while the danger that it was started for is still there. `end` must exclude what "
            "reaches any level, `lower` what reaches the worst. A fact that never falls, such as "
            "deaths, is not counted.",
            "同时满足两者的数值会使响应刚终止又须启动，或在险情仍在时终止。end 应排除达到任何级别的"
            "数值，lower 应排除达到最高级别的数值。死亡等只增不减的指标不计。",
        ),
        bad=(
            "levels: [{level: III, when: {rainfall-24h: ≥ 50 mm}}]\n"
            "end: {when: {rainfall-24h: < 80 mm}}\n"
        ),
        good=(
            "levels: [{level: III, when: {rainfall-24h: ≥ 50 mm}}]\n"
            "end: {when: {rainfall-24h: < 25 mm}}\n"
        ),
    ),
    Code(
        id="level-falls",
        severity="advice",
        title=Text("A level that is lost as it gets worse", "更严重时反而失去的级别"),
        message=Text(
            "`{text}` gives {level}; at {beyond} of `{name}` it does not, nor does another",
            "`{text}` 得 {level}；`{name}` 为 {beyond} 时不再成立，也没有不轻于它的条件接替",
        ),
        hint=Text(
            "let it hold for everything worse (≥ …), or write what is due then; where it is meant, "
            "say so: `# planengine: allow level-falls until 2027-01-01 because …`",
            "请使其对更严重的数值同样成立（≥ …），或写明此时的级别；确系本意的，请在旁边写明："
            "`# planengine: allow level-falls until 2027-01-01 because …`",
        ),
        explanation=Text(
            "Each fact declares which way is worse. A condition that ends that way (a band with "
            "an upper end beside another condition, `exactly:` a level, a flag that must be false) "
            "gives its level at 26 and takes it back at 27, unless a level as bad holds from there "
            "with whatever else the condition asks. What `monotone: true` makes an error is advice "
            "in other plans, for a plan may mean it.",
            "每个指标都声明了严重方向。朝该方向有终点的条件（与其他条件并列的有上限区间、用 "
            "exactly 写的级别、要求为 false 的标志）在 26 时给出级别，到 27 时又收回，除非从那里起"
            "有不轻于它的级别在同样的其他条件下成立。写明 monotone: true 的文件中这是错误；"
            "其他预案可能确有此意，所以只作建议。",
        ),
        bad=(
            "levels:\n"
            '  - {level: II, when: {water-level: "[25..27) m", dyke-danger: true}}\n'
            "  - {level: III, when: {water-level: ≥ 25 m}}\n"
        ),
        good=(
            "levels:\n"
            "  - {level: II, when: {water-level: ≥ 25 m, dyke-danger: true}}\n"
            "  - {level: III, when: {water-level: ≥ 25 m}}\n"
        ),
    ),
    Code(
        id="measure-dropped",
        severity="advice",
        title=Text("Measures that a worse level leaves out", "较重级别缺少较轻级别的措施"),
        message=Text(
            "{level} does not say what becomes of measures of {milder}: {measures}",
            "{level} 没有写明 {milder} 的措施是否继续：{measures}",
        ),
        hint=Text(
            "write `milder-measures: kept`; or `replaced`, where these take their place",
            "请写 `milder-measures: kept`（继续）；由本级措施取代的，写 `replaced`",
        ),
        explanation=Text(
            "A level shows the measures that it has itself. When blue turns to red, what blue asks "
            "for is not shown any more, and nobody is told to go on; the law adds the measures of "
            "worse warnings to those of milder ones. `kept` shows those of the next milder level, "
            "too (and of milder ones, as far as each keeps them), `replaced` says that leaving "
            "them out is meant. A text that is repeated is not left out.",
            "答案只显示该级别自己的措施。蓝色升为红色后，蓝色的措施不再显示，也没有人被要求继续；"
            "而法律规定较重预警的措施是在较轻预警的措施之上增加的。写 kept，则同时显示较轻一级的"
            "措施（更轻的，以各级是否 kept 为准）；写 replaced，表示不再列出是有意的。文字相同的"
            "措施不算缺少。",
        ),
        bad=(
            "warnings:\n"
            "  - {level: red, when: …, measures: [全部转移]}\n"
            "  - {level: blue, when: …, measures: [加强值班]}\n"
        ),
        good=(
            "warnings:\n"
            "  - {level: red, when: …, measures: [全部转移], milder-measures: kept}\n"
            "  - {level: blue, when: …, measures: [加强值班]}\n"
        ),
    ),
    Code(
        id="raise-too-far",
        severity="warning",
        title=Text("Raised by more levels than there are", "提级超过级别数"),
        message=Text(
            "`by: {count}` raises by {count} levels, and from the mildest to the worst are {most}",
            "`by: {count}` 提高 {count} 级，而从最轻到最重只差 {most} 级",
        ),
        hint=Text("write `by: 1`", "请写 `by: 1`"),
        explanation=Text(
            "However mild an event is, it would be at the worst level: a sensitive period would "
            "mobilise the whole city for a puddle.",
            "无论事件多轻都会升到最高级：敏感时段一次小积水也会动员全市。",
        ),
        bad="raise-by: {when: {during: festival}, by: 5}\n",
        good="raise-by: {when: {during: festival}, by: 1}\n",
    ),
    Code(
        id="no-end",
        severity="advice",
        title=Text("Nothing ends the response", "没有终止条件"),
        message=Text(
            "nothing says when the response `{name}` ends", "没有写明 `{name}` 响应何时终止"
        ),
        hint=Text(
            "write `end: {{when: …, approve: same}}`", "请写 `end: {{when: …, approve: same}}`"
        ),
        explanation=Text(
            "A response that was started is kept until `end` holds. Without it no end is ever "
            "proposed, and the duties go on until somebody thinks of it.",
            "响应启动后保持到 end 成立为止。没有 end 就不会提出终止建议，任务一直延续到有人想起。",
        ),
        bad="levels: [{level: III, when: {dyke-danger: true}}]\n",
        good=(
            "levels: [{level: III, when: {dyke-danger: true}}]\nend: {when: {dyke-danger: false}}\n"
        ),
    ),
    Code(
        id="no-lower",
        severity="advice",
        title=Text("Nothing lowers the response", "没有降级条件"),
        message=Text(
            "nothing says when the response `{name}` may be lowered",
            "没有写明 `{name}` 响应何时可以降级",
        ),
        hint=Text(
            "write `lower: {{when: …, approve: same}}`", "请写 `lower: {{when: …, approve: same}}`"
        ),
        explanation=Text(
            "With several levels and no `lower`, the worst one that was reached stays in force "
            "to the end.",
            "有多个级别而没有 lower，达到过的最高级别会一直保持到终止。",
        ),
        bad="levels: [{level: II, when: …}, {level: III, when: …}]\nend: {when: …}\n",
        good=(
            "levels: [{level: II, when: …}, {level: III, when: …}]\n"
            "lower: {when: …}\nend: {when: …}\n"
        ),
    ),
    Code(
        id="approver-lower",
        severity="warning",
        title=Text("A worse level is approved by somebody lower", "较重级别由较低职务批准"),
        message=Text(
            "{level} is approved by `{name}`, {milder} by `{other}`, who stands higher",
            "{level} 由 `{name}` 批准，而较轻的 {milder} 由更高的 `{other}` 批准",
        ),
        hint=Text(
            "let {level} be approved by `{other}` or above",
            "请将 {level} 改由 `{other}` 或更高者批准",
        ),
        explanation=Text(
            "The worse an event, the higher the post that answers for the start. A post stands "
            "lower where its body reports to the other's, or where it also approves a level "
            "milder than the other's.",
            "事件越严重，批准启动的职务应越高。其所在机构隶属于另一职务所在机构，或同时批准比其更轻"
            "级别的，视为较低。",
        ),
        bad=(
            "levels:\n  - {level: I, approve: {post: flood-office-director}, when: …}\n"
            "  - {level: II, approve: {post: flood-commander}, when: …}\n"
        ),
        good=(
            "levels:\n  - {level: I, approve: {post: mayor}, when: …}\n"
            "  - {level: II, approve: {post: flood-commander}, when: …}\n"
        ),
    ),
    Code(
        id="activates-itself",
        severity="warning",
        title=Text("A plan that activates itself", "预案启动自己"),
        message=Text("`{name}` activates itself", "`{name}` 启动的是自己"),
        hint=Text(
            "name the plan that is meant, or raise the level by a rule of `levels`",
            "请写应启动的预案，或在 levels 中写条件",
        ),
        explanation=Text(
            "A link lifts another plan. A plan that lifts itself either changes nothing or goes "
            "to a worse level by being at a milder one.",
            "联动用于启动其他预案。启动自己要么没有作用，要么因处于较轻级别而升到更高级别。",
        ),
        bad="plan: flood\nlinks: [{from: III, activate: flood, level: II}]\n",
        good="plan: flood\nlinks: [{from: III, activate: medical-rescue, level: IV}]\n",
    ),
    Code(
        id="clause-twice",
        severity="warning",
        title=Text("One clause for two levels", "两个级别引用同一条款"),
        message=Text(
            "clause {clause} of `{source}` is that of {level} already",
            "`{source}` 的 {clause} 条已是 {level} 的条款",
        ),
        hint=Text("write the clause of this level", "请写本级别的条款号"),
        explanation=Text(
            "The other levels have a clause of their own each, so that one of two with the same "
            "number points to the wrong place: the officer who looks it up reads another level's "
            "conditions.",
            "其他级别各有条款，两个级别同号必有一处有误：查阅的人会看到别的级别的条件。",
        ),
        bad=(
            "levels:\n"
            '  - {level: I, basis: {source: p, clause: "4.2.1", own-choice: true}, '
            "when: …}\n"
            '  - {level: II, basis: {source: p, clause: "4.2.1", own-choice: true}, when: …}\n'
            '  - {level: III, basis: {source: p, clause: "4.2.3", own-choice: true}, when: …}\n'
        ),
        good=(
            "levels:\n"
            '  - {level: I, basis: {source: p, clause: "4.2.1", own-choice: true}, '
            "when: …}\n"
            '  - {level: II, basis: {source: p, clause: "4.2.2", own-choice: true}, when: …}\n'
            '  - {level: III, basis: {source: p, clause: "4.2.3", own-choice: true}, when: …}\n'
        ),
    ),
    Code(
        id="basis-other-plan",
        severity="warning",
        title=Text("An own choice that stands in another plan", "自定数值引用了别的预案"),
        message=Text(
            "this plan's own choice is said to stand in `{source}` {clause}; its own "
            "paper is `{own}`",
            "本预案自定的内容引用了 `{source}` {clause}；本预案的文本是 `{own}`",
        ),
        hint=Text(
            "write `source: {own}` with its clause, or leave `own-choice` out where the other plan "
            "really says so",
            "请改为 `source: {own}` 及其条款；确系另一预案的规定时，请去掉 own-choice",
        ),
        explanation=Text(
            "`own-choice: true` says that the author of this plan chose the figure. It is then "
            "written in the paper of this plan; the clause of another one was most likely copied "
            "with the line.",
            "own-choice: true 表示数值由本预案编制者确定，应写在本预案文本中；引用别的预案的条款"
            "多半是随整行抄来的。",
        ),
        bad=(
            "plan: flood\n"
            "actions: [{…, basis: {source: city-quake-plan, clause: '4.3', own-choice: true}}]\n"
        ),
        good=(
            "plan: flood\n"
            "actions: [{…, basis: {source: city-flood-plan, clause: '4.3', own-choice: true}}]\n"
        ),
    ),
    Code(
        id="source-ended",
        severity="warning",
        title=Text("A basis that is no longer in force", "依据已经失效"),
        message=Text(
            "`{name}` was in force until {date}, and this document still rests on it",
            "`{name}` 已于 {date} 失效，本文件仍以其为依据",
        ),
        hint=Text(
            "compare with `{successor}`, which replaced it, and cite that",
            "请与取代它的 `{successor}` 核对并改引",
        ),
        otherwise=Text("cite what is in force now", "请改引现行文件"),
        explanation=Text(
            "A rule is only as good as what it rests on. When a law or an upper plan gets a new "
            "edition, its figures may have changed: the plan must be compared and revised.",
            "规则的效力来自其依据。法律或上级预案修订后数值可能改变，预案须核对修订。",
        ),
        bad="basis: {source: emergency-response-law-2007}   # until 2024-11-01\n",
        good="basis: {source: emergency-response-law-2024}\n",
    ),
    Code(
        id="source-later",
        severity="warning",
        title=Text("A basis that was not yet in force", "依据当时尚未施行"),
        message=Text(
            "`{name}` is in force from {date}, after this plan came into force",
            "`{name}` 自 {date} 起施行，晚于本预案施行",
        ),
        hint=Text(
            "correct a date, or cite what was in force then",
            "请更正日期，或引用当时有效的文件",
        ),
        explanation=Text(
            "A plan cannot rest on what did not apply yet. Where it was revised since, it is a "
            "new edition with a date of its own.",
            "预案不能以尚未施行的文件为依据。如已修订，应作为新版本写明日期。",
        ),
        bad=(
            "edition: {number: 1, in-force: 2024-01-01}\n"
            "basis: {source: emergency-response-law-2024}\n"
        ),
        good=(
            "edition: {number: 1, in-force: 2025-01-01}\n"
            "basis: {source: emergency-response-law-2024}\n"
        ),
    ),
    Code(
        id="plan-twice",
        severity="warning",
        title=Text("Two plans of one name", "两个预案同名"),
        message=Text(
            "`{name}` and `{other}` are both called {label}, at the same time",
            "`{name}` 与 `{other}` 同时都叫“{label}”",
        ),
        hint=Text(
            "give editions of one plan the same id, or different plans different names",
            "同一预案的不同版本用同一 id；不同预案用不同名称",
        ),
        explanation=Text(
            "Nobody can say which of two plans of one area with one name applies. Often the old "
            "edition was copied under a new id and never taken out.",
            "同一辖区两个同名预案同时有效，无法判断以哪个为准。常见原因是旧版换了 id "
            "复制后没有删除。",
        ),
        bad="plan: flood-new\nlabel: 河市防汛预案   # as that of `flood`\n",
        good="plan: flood\nlabel: 河市防汛预案\nedition: {number: 2026-1, in-force: 2026-04-01}\n",
    ),
    Code(
        id="hazard-twice",
        severity="advice",
        title=Text("Two headquarters for one hazard", "同一灾种有两个牵头指挥机构"),
        message=Text(
            "`{name}` and `{other}` are both for {hazard}, under different headquarters, and "
            "neither names the other",
            "`{name}` 与 `{other}` 都适用于 {hazard}，指挥机构不同，又互不提及",
        ),
        hint=Text(
            "say in one of them when the other applies (`applies: {{not: …}}`), or link them",
            "请在其中一个写明何时适用另一个（applies: not），或用联动衔接",
        ),
        explanation=Text(
            "When it happens, two headquarters lead, or each waits for the other. An exclusion, a "
            "link, or a level that one takes from the other settles who does what.",
            "事发时两个指挥机构都牵头，或者互相等待。写明排除情形、联动，或由一方引用另一方的级别，"
            "即可分清。",
        ),
        bad="plan: waterlogging\napplies: {hazards: [flood]}   # as another plan's are\n",
        good=(
            "plan: waterlogging\napplies: {hazards: [flood], not: {when: …, else: river-flood}}\n"
        ),
    ),
    Code(
        id="plan-unassessed",
        severity="warning",
        title=Text("A plan that was assessed too long ago", "预案评估已过期"),
        message=Text(
            "`{name}` was last assessed on {date}; by {day} that is more than the {years} years of "
            "{basis}",
            "`{name}` 最近一次评估为 {date}，至 {day} 已超过 {years} 年（{basis}）",
        ),
        hint=Text(
            "assess it, and write the day (`assessed:`)", "请组织评估，并写明日期（assessed）"
        ),
        explanation=Text(
            "The management rules that the vocabulary declares (`requirements`) say how often a "
            "plan is assessed. Without a day of assessment it counts from the issue.",
            "词汇中 requirements 所列的管理规定写明多久评估一次。没有评估日期的，从印发之日起算。",
        ),
        bad="edition: {number: 1, in-force: 2026-04-01, assessed: 2019-01-10}\n",
        good="edition: {number: 1, in-force: 2026-04-01, assessed: 2026-01-10}\n",
    ),
    Code(
        id="plan-unexercised",
        severity="warning",
        title=Text("A plan that was exercised too long ago", "预案演练已过期"),
        message=Text(
            "`{name}` was last exercised on {date}; by {day} that is more than the {years} years "
            "of {basis}",
            "`{name}` 最近一次演练为 {date}，至 {day} 已超过 {years} 年（{basis}）",
        ),
        hint=Text(
            "exercise it, and write the day (`exercised:`)", "请组织演练，并写明日期（exercised）"
        ),
        explanation=Text(
            "The management rules that the vocabulary declares (`requirements`) say how often a "
            "plan is exercised. One that was never exercised counts from its issue.",
            "词汇中 requirements 所列的管理规定写明多久演练一次。从未演练的，从印发之日起算。",
        ),
        bad="edition: {number: 1, in-force: 2026-04-01, exercised: 2019-06-20}\n",
        good="edition: {number: 1, in-force: 2026-04-01, exercised: 2025-06-20}\n",
    ),
)
