"""Codes about verbs, moments and what people report done; part of the family `model`."""

from __future__ import annotations

from planengine.diagnostics.code import Code, Text

CODES: tuple[Code, ...] = (
    Code(
        id="meaning-undeclared",
        severity="warning",
        title=Text("A verb or moment that does not say what it is", "未说明含义的用词或时刻"),
        message=Text("`{name}` does not say what it is", "`{name}` 未说明是什么"),
        hint=Text("write `is:` with one of {choices}", "请写 is:，取 {choices} 之一"),
        explanation=Text(
            "Which verbs oblige, and which moments the engine knows by itself, is declared, never "
            "guessed from a name: a verb `shall` without `is: must` obliges nobody, and a moment "
            "`declaration` without `is: start` comes only where an incident tells it. `is: told` "
            "says that this is meant.",
            "哪些用词具有约束力、哪些时刻由引擎自行确定，须明确声明，不按名称猜测："
            "用词 shall 不写 is: must 就不约束任何人；时刻 declaration 不写 is: start，"
            "就只在事件中告知时才到来。is: told 表示本意如此。",
        ),
        bad="verbs: [{id: shall, label: {zh: 应}}]\n",
        good="verbs: [{id: shall, label: {zh: 应}, is: must}]\n",
    ),
    Code(
        id="overdue-elsewhere",
        severity="error",
        title=Text("What is overdue is no condition here", "此处不能以超时为条件"),
        message=Text("`{name}` cannot stand {where}", "`{name}` 不能写在{where}"),
        hint=Text(
            "`overdue:` may stand in `on` and `when` of actions, reports, releases and links that "
            "report or request; `done:` anywhere",
            "overdue: 只能写在措施、报告、信息发布以及报告和请求类联动的 on 和 when 中；"
            "done: 可写在任何条件中",
        ),
        explanation=Text(
            "What is overdue follows from levels and times, so a level that depended on it would "
            "depend on itself.",
            "是否超时由级别和时间推出，级别再以超时为条件就成了以自身为条件。",
        ),
        bad="levels: [{level: I, when: {overdue: patrol}}]\n",
        good="actions: [{id: take-over, on: {overdue: patrol}, executor: x, do: 接替}]\n",
    ),
    Code(
        id="default-undeclared",
        severity="error",
        title=Text("A default that no vocabulary declares", "缺省含义未声明"),
        message=Text(
            "what is left out here means `is: {meaning}`, which none of the `{kind}` is",
            "此处省略的内容指 is: {meaning}，而 {kind} 中没有任何一项如此声明",
        ),
        hint=Text("declare it in a vocabulary file under `{kind}`", "请在词汇文件的 {kind} 中声明"),
        explanation=Text(
            "A level or action without a verb obliges (`is: must`), a deadline without `of` counts "
            "from the start of the response (`is: start`), that of a first response from the "
            "receipt of the report, that of a release from the occurrence. The vocabulary must "
            "have such a verb or moment. A plan's levels are on the scale that `is: response`, its "
            "warnings on the one that `is: warning`, unless they name theirs.",
            "未写用词的级别和措施具有约束力（is: must），未写 of 的时限自启动响应起算"
            "（is: start），先期处置的自接报起算，信息发布的自发生起算。"
            "词汇中须有这样的用词或时刻。预案的级别用声明为 is: response 的尺度，"
            "预警用 is: warning 的，另行指明的除外。",
        ),
        bad="moments: {declaration: {label: {en: declaration}, is: told}}\n"
        "# actions: [{id: a, from: I, executor: x, do: go, within: 1 h}]\n",
        good="moments: {declaration: {label: {en: declaration}, is: start}}\n",
    ),
)
