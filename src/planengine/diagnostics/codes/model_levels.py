"""Codes about the levels of standards and plans; part of the family `model`."""

from __future__ import annotations

from planengine.diagnostics.code import Code, Text

CODES: tuple[Code, ...] = (
    Code(
        id="no-levels",
        severity="warning",
        title=Text("Nothing gives a level", "没有任何级别"),
        message=Text("nothing here gives a level", "此处没有任何内容给出级别"),
        explanation=Text(
            "A standard or plan needs a table (`any`), levels with `when`, or a mapping (`from`).",
            "标准或预案须有分级表（any）、带 when 的级别，或映射（from）。",
        ),
        bad="standard: production-accident\nscale: grade\n",
        good="standard: production-accident\nscale: grade\nany: {死亡: {一般: 3人以下}}\n",
    ),
    Code(
        id="level-twice",
        severity="warning",
        title=Text("A level described twice", "级别重复说明"),
        message=Text(
            "level `{level}` is described twice with the same verb",
            "级别 `{level}` 以同一用语说明了两次",
        ),
        explanation=Text(
            "Both conditions count, but only the first entry's approver and duration are used. "
            "Often the second is meant to be another level, or to have another verb: a level that "
            "must be started by numbers and may be started by judgement (应, 可) has one entry "
            "for each verb.",
            "两处条件都有效，但只采用第一处的批准人和期限。第二处往往本应是另一级别，或另用一词："
            "按数字“应”启动、经研判“可”启动的同一级别，每个用语各写一处。",
        ),
        bad="levels: [{level: II, when: {deaths: ≥ 10}}, {level: II, when: {deaths: ≥ 3}}]\n",
        good=(
            "levels: [{level: II, when: {deaths: ≥ 10}}, "
            "{level: II, verb: may, when: {deaths: ≥ 3}}]\n"
        ),
    ),
    Code(
        id="level-without-approver",
        severity="advice",
        title=Text("A level without an approver", "级别没有批准人"),
        message=Text(
            "level `{level}` names nobody who approves it", "级别 `{level}` 没有写明由谁批准"
        ),
        explanation=Text(
            "A response is started by people. Write `approve: {post: …}`, or `decided-by:` "
            "where a higher body decides.",
            "响应由人启动。请写 approve: {post: …}，由上级决定的写 decided-by。",
        ),
        bad="levels: [{level: II, when: {deaths: ≥ 10}}]\n",
        good="levels: [{level: II, when: {deaths: ≥ 10}, approve: {post: commander}}]\n",
    ),
    Code(
        id="act-without-holder",
        severity="advice",
        title=Text("An act that nobody is named for", "没有写明由谁作出"),
        message=Text("`{key}` names nobody who may make it", "`{key}` 没有写明由谁作出"),
        hint=Text("write {example}", "请写 {example}"),
        explanation=Text(
            "What is judged, recognised or ordered counts when people say so. Without `by` an "
            "answer lists it as something that may be invoked, but not by whom.",
            "研判、认定、指令由人作出后才算数。不写 by，结果只列出可以作出，却不说明由谁作出。",
        ),
        bad="when: {judged: {what: 可能造成严重后果}}\n",
        good="when: {judged: {what: 可能造成严重后果, by: flood-hq-office}}\n",
    ),
    Code(
        id="level-undescribed",
        severity="warning",
        title=Text("A level that nobody approves", "级别无人批准"),
        message=Text(
            "the rules reach level `{level}`, but `levels` does not describe it",
            "规则会达到级别 `{level}`，但 levels 中没有说明",
        ),
        hint=Text(
            "add it to `levels`, with who approves: `- {{level: {level}, approve: …}}`",
            "请在 levels 中补写一项并注明批准人：`- {{level: {level}, approve: …}}`",
        ),
        explanation=Text(
            "Without an entry nobody is named to propose or approve the level when it is reached.",
            "没有相应说明，达到该级别时便无人提出和批准。",
        ),
        bad="any: {deaths: {II: ≥ 10, III: ≥ 3}}\nlevels: [{level: II, approve: {post: chief}}]\n",
        good=(
            "any: {deaths: {II: ≥ 10, III: ≥ 3}}\n"
            "levels: [{level: II, approve: {post: chief}}, {level: III, approve: {post: deputy}}]\n"
        ),
    ),
    Code(
        id="level-without-rule",
        severity="warning",
        title=Text("A level that is never reached", "级别无法达到"),
        message=Text("nothing leads to level `{level}`", "没有条件会达到级别 `{level}`"),
        explanation=Text(
            "The level is described but has no condition, table column or mapping. List it in "
            "`gaps` if the document does not have it.",
            "该级别有说明但没有条件、表列或映射。若文件没有这一级，请列入 gaps。",
        ),
        bad="levels: [{level: I, verb: must}]\n",
        good="levels: [{level: I, verb: must, when: {deaths: ≥ 30}}]\n",
    ),
    Code(
        id="level-in-gap",
        severity="error",
        title=Text("A level that was declared absent", "级别已声明为缺"),
        message=Text("level `{level}` is listed in `gaps`", "级别 `{level}` 已列入 gaps"),
        explanation=Text(
            "A level in `gaps` is one this document does not have.",
            "列入 gaps 的级别是本文件没有的。",
        ),
        bad="gaps: [blue]\nlevels: [{level: blue, when: {rain: ≥ 50 mm}}]\n",
        good="levels: [{level: blue, when: {rain: ≥ 50 mm}}]\n",
    ),
    Code(
        id="later-deadline",
        severity="advice",
        title=Text("A later deadline at a worse level", "级别加重而时限放宽"),
        message=Text(
            "at a worse level `{name}` is due later: {worse}, not {milder}",
            "级别更严重时 `{name}` 的时限反而更晚：{worse}，较轻时为 {milder}",
        ),
        explanation=Text(
            "The same id at a worse level replaces the milder level's action, its deadline too. A "
            "later one is often a slip of the figures. Give the action another id if both hold.",
            "同一标识在更严重级别的措施取代较轻级别的，时限也随之取代。时限变晚往往是数字有误。"
            "两者都要做的，请另取标识。",
        ),
        bad="- {id: patrol, from: IV, within: 2 h}\n- {id: patrol, from: II, within: 4 h}\n",
        good="- {id: patrol, from: IV, within: 4 h}\n- {id: patrol, from: II, within: 2 h}\n",
    ),
    Code(
        id="track-needed",
        severity="error",
        title=Text("Which track is meant", "须指明分轨"),
        message=Text("`{name}` has several tracks: {tracks}", "`{name}` 有多个分轨：{tracks}"),
        explanation=Text(
            "Say which of the tracks is meant with `track`.", "请用 track 指明是哪一个分轨。"
        ),
        bad="decide: {plan: flood, level: II}\n",
        good="decide: {plan: flood, track: drought, level: II}\n",
    ),
    Code(
        id="hazard-outside",
        severity="error",
        title=Text("A part for a hazard that the document is not for", "部分灾种不在文件之内"),
        message=Text(
            "the document does not apply to `{hazard}`, so no track or report of it can",
            "文件不适用于 `{hazard}`，其分轨和报告也不能适用",
        ),
        hint=Text("the document is for {hazards}", "文件适用于 {hazards}"),
        explanation=Text(
            "The hazards of a track or a report are some of its document's, or hazards below "
            "them. Add the hazard to the document's `applies`, or leave it out of the part.",
            "分轨和报告的灾种应是所在文件灾种中的几种，或其下位灾种。请在文件的 applies 中补上，"
            "或从该部分中去掉。",
        ),
        bad="applies: {hazards: [flood]}\ntracks: {dry: {hazards: [drought]}}\n",
        good="applies: {hazards: [flood, drought]}\ntracks: {dry: {hazards: [drought]}}\n",
    ),
    Code(
        id="not-a-decision",
        severity="error",
        title=Text("Not a decision", "不是研判结果"),
        message=Text("`{name}` is not a decision", "`{name}` 不是研判结果"),
        explanation=Text(
            "Levels are taken from a standard or plan, written as in conditions: "
            "grade.production-accident, response.flood.",
            "级别取自标准或预案，写法同条件：grade.production-accident、response.flood。",
        ),
        bad="from: {decision: deaths, map: {…}}\n",
        good="from: {decision: grade.production-accident, map: {serious: II}}\n",
    ),
    Code(
        id="external-rules",
        severity="error",
        title=Text("Rules in an external plan", "外部预案不应有规则"),
        message=Text("an external plan has no `{key}`", "外部预案不写 `{key}`"),
        explanation=Text(
            "Another body keeps this plan: only its level in force is known here.",
            "该预案由其他主体掌握，此处只知其生效级别。",
        ),
        bad="external: true\nlevels: […]\n",
        good="external: true\n",
    ),
)
