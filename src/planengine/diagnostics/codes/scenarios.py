"""Codes about tests of plans."""

from __future__ import annotations

from planengine.diagnostics.code import Code, Text

CODES: tuple[Code, ...] = (
    Code(
        id="asserts-nothing",
        severity="error",
        title=Text("A test that expects nothing", "未作任何断言的测试"),
        message=Text("nothing is expected here", "此处没有写明任何预期"),
        hint=Text(
            "say what must hold: a scenario `expect`s it at moments, a row gives a `level`",
            "请写明应当成立的内容：情景用 expect 写各时刻的预期，表格行写 level",
        ),
        explanation=Text(
            "A test that expects nothing passes whatever the plans say, and looks as if it had "
            "shown something.",
            "不写预期的测试无论预案如何都会通过，却给人已经验证过的印象。",
        ),
        bad="- {table: dead, decision: grade.production-accident, rows: [{deaths: 30}]}\n",
        good=(
            "- {table: dead, decision: grade.production-accident, "
            "rows: [{deaths: 30, level: especially-serious}]}\n"
        ),
    ),
    Code(
        id="expected-beyond",
        severity="error",
        title=Text("An expectation beyond what is told", "预期时刻晚于全部信息"),
        message=Text(
            "{text} is after everything that the scenario tells",
            "{text} 晚于该情景中的全部信息",
        ),
        hint=Text(
            "the last is received at {last}; where that is meant, write `beyond: true`",
            "最后一条于 {last} 收到；若确有此意，请写 beyond: true",
        ),
        otherwise=Text(
            "nothing is told at all; where that is meant, write `beyond: true`",
            "该情景没有任何信息；若确有此意，请写 beyond: true",
        ),
        explanation=Text(
            "With a slip in a date a test looks at a time when everything it told is long over, "
            "and what must not be reached is not reached. Where time alone is tested (a limit that "
            "passes, a response that may end) the test says so.",
            "日期写错时，测试看到的是所有信息早已失效之后的时刻，“不应达到”的级别自然没有达到。"
            "确实要检验时间推移的结果（时限已过、响应可以终止）时，须写明。",
        ),
        bad=(
            "observations: [{at: 2026-07-20T08:00, facts: {deaths: 3}}]\n"
            "expect: [{at: 2027-07-20T08:00, decisions: {grade.production-accident: none}}]\n"
        ),
        good=(
            "observations: [{at: 2026-07-20T08:00, facts: {deaths: 3}}]\n"
            "expect: [{at: 2026-07-20T08:00, decisions: {grade.production-accident: large}}]\n"
        ),
    ),
    Code(
        id="not-beyond",
        severity="warning",
        title=Text("Not beyond what is told", "并未晚于全部信息"),
        message=Text(
            "`beyond` says that this is after all that is told, and it is not",
            "beyond 表示晚于全部信息，而此时刻并不晚",
        ),
        explanation=Text(
            "`beyond: true` marks an expectation after the last observation. Left standing where "
            "it is not needed it would hide the next slip in a date.",
            "beyond: true 表示预期时刻晚于最后一条信息。不需要时保留它，会掩盖以后的日期误写。",
        ),
        bad="{at: 2026-07-20T08:00, beyond: true, decisions: {response.flood/flood: IV}}\n",
        good="{at: 2026-07-20T08:00, decisions: {response.flood/flood: IV}}\n",
    ),
    Code(
        id="table-without-time",
        severity="error",
        title=Text("A table without its time", "表格缺少时刻"),
        message=Text("the rows of this table have no time", "此表各行没有时刻"),
        hint=Text(
            "write `at` in the table, or once for all in the file",
            "请在表格中写 at，或在文件开头统一写明",
        ),
        explanation=Text(
            "What is in force depends on the date: a row is judged by the editions of its time.",
            "现行的版本取决于日期：每一行按其时刻的现行版本研判。",
        ),
        bad=(
            "- {table: dead, decision: grade.production-accident, "
            "rows: [{deaths: 30, level: especially-serious}]}\n"
        ),
        good=(
            "- {table: dead, decision: grade.production-accident, at: 2026-07-20T08:00, "
            "rows: [{deaths: 30, level: especially-serious}]}\n"
        ),
    ),
    Code(
        id="test-without-hazards",
        severity="error",
        title=Text("A test without hazards", "测试未写灾种"),
        message=Text("no hazards are named for this test", "此测试没有写明灾种"),
        hint=Text(
            "write `hazards` once for the file, or in each scenario and table",
            "请在文件开头写 hazards，或在各情景、表格中写明",
        ),
        explanation=Text(
            "An incident is judged by the plans and standards for its hazards: without any, "
            "nothing is judged.",
            "事件由其灾种对应的预案和标准研判，没有灾种就无从研判。",
        ),
        bad="test: deaths\nscenarios: [{scenario: one, expect: [{at: 2026-07-20T08:00}]}]\n",
        good=(
            "test: deaths\nhazards: [production-accident]\n"
            "scenarios: [{scenario: one, expect: [{at: 2026-07-20T08:00}]}]\n"
        ),
    ),
    Code(
        id="unknown-kind-of-finding",
        severity="error",
        title=Text("No such kind of finding", "没有这类提示"),
        message=Text("no finding is of the kind `{name}`", "没有 `{name}` 这一类提示"),
        hint=Text("did you mean `{nearest}`?", "是否应为 `{nearest}`？"),
        otherwise=Text(
            "kinds are: not-covered, evidence, issued, unheard, overdue, authority, edition",
            "可写：not-covered、evidence、issued、unheard、overdue、authority、edition",
        ),
        explanation=Text(
            "`findings` are what an answer says first: a hazard that nothing covers, evidence or "
            "issued levels that contradict each other, people and plans that do not fit.",
            "findings 是研判结果首先说明的内容：没有预案覆盖的灾种、相互矛盾的信息或已发布级别、"
            "人员与预案不符。",
        ),
        bad="findings: [evidences]\n",
        good="findings: [evidence]\n",
    ),
)
