"""Diagnostic codes of the family `model`: what a library's documents say of themselves."""

from __future__ import annotations

from planengine.diagnostics.codes.code import Code, Severity, Text


def _code(
    name: str,
    title: Text,
    message: Text,
    explanation: Text,
    bad: str,
    good: str,
    hint: Text | None = None,
    severity: Severity = "error",
) -> Code:
    return Code(
        id=name,
        severity=severity,
        title=title,
        message=message,
        hint=hint,
        explanation=explanation,
        bad=bad,
        good=good,
    )


_FILES = (
    _code(
        "incident-in-library",
        Text("An incident is no document of a library", "事件文件不属于预案库"),
        Text("this is an incident file", "这是事件文件"),
        Text(
            "A library holds vocabulary, sources, registry, standards and plans. Incident files "
            "are what is assessed by them: `planengine assess FILE` reads and checks one.",
            "库由词汇、依据、登记、标准和预案组成。事件文件是研判的对象，"
            "planengine assess 会读取并检查。",
        ),
        "incident: flood-day\nhazards: [flood]\n",
        "plan: flood\nkind: special\n",
        hint=Text("assess it: `planengine assess FILE`", "请用 planengine assess 研判"),
    ),
    _code(
        "no-library",
        Text("No library", "没有找到库"),
        Text(
            "no planengine.yaml at or above `{path}`", "`{path}` 及其上级目录中没有 planengine.yaml"
        ),
        Text(
            "A library is a folder with a planengine.yaml that says what belongs to it.",
            "库是带有 planengine.yaml 的目录，该文件说明库的组成。",
        ),
        "planengine check /tmp\n",
        "planengine check examples/linjiang\n",
    ),
    _code(
        "unreadable-file",
        Text("A file that cannot be read", "文件无法读取"),
        Text("cannot read `{path}`", "无法读取 `{path}`"),
        Text("The file or folder is missing or may not be read.", "文件或目录不存在，或无权读取。"),
        "include: [ruels]\n",
        "include: [rules]\n",
    ),
    _code(
        "unknown-document",
        Text("An unknown kind of document", "未知的文件类型"),
        Text("a document cannot start with `{name}`", "文件不能以 `{name}` 开头"),
        Text(
            "The first key tells what a document is: vocabulary, sources, registry, standard or "
            "plan (library in planengine.yaml, incident in a facts file).",
            "首个键表明文件类型：vocabulary、sources、registry、standard 或 plan"
            "（planengine.yaml 为 library，事件文件为 incident）。",
        ),
        "label: {zh: 防汛预案}\nplan: flood\n",
        "plan: flood\nlabel: {zh: 防汛预案}\n",
        Text("start with one of {kinds}", "应以 {kinds} 之一开头"),
    ),
)

_TIMES = (
    _code(
        "bad-date",
        Text("Not a date", "日期有误"),
        Text("`{text}` is not a date", "`{text}` 不是日期"),
        Text("Dates are written as year-month-day.", "日期写作 年-月-日。"),
        "in-force: 1 June 2007\n",
        "in-force: 2007-06-01\n",
        Text("write a date such as 2026-03-01", "请写如 2026-03-01 的日期"),
    ),
    _code(
        "bad-time",
        Text("Not a time", "时间有误"),
        Text("`{text}` is not a time with an offset", "`{text}` 不是带时区的时间"),
        Text(
            "Times have a date, a clock time and an offset from UTC, so that they mean the same "
            "everywhere.",
            "时间须有日期、钟点和时区，使其在任何地方含义相同。",
        ),
        "at: 2026-07-20 08:00\n",
        "at: 2026-07-20T08:00:00+08:00\n",
        Text(
            "write a time such as 2026-07-20T08:00:00+08:00",
            "请写如 2026-07-20T08:00:00+08:00 的时间",
        ),
    ),
    _code(
        "bad-duration",
        Text("Not a duration", "时长有误"),
        Text("`{text}` is not a duration", "`{text}` 不是时长"),
        Text("A duration is a number with a unit of time.", "时长是带时间单位的数。"),
        "within: soon\n",
        "within: 30 min\n",
        Text("write a duration such as 30 min, 2 h, 3 d", "请写如 30 min、2 h、15 分钟 的时长"),
    ),
    _code(
        "bad-calendar",
        Text("Not a day or a clock time", "日历起止有误"),
        Text("`{text}` is not {expected}", "`{text}` 不是{expected}"),
        Text(
            "Yearly periods have months and days (05-01), daily ones clock times (22:00).",
            "年度时段写月日（05-01），每日时段写钟点（22:00）。",
        ),
        'yearly: [{from: "5月1日", until: "10-15"}]\n',
        'yearly: [{from: "05-01", until: "10-15"}]\n',
    ),
    _code(
        "empty-period",
        Text("A period that is empty", "时段为空"),
        Text("this period ends before it begins", "该时段的结束不晚于开始"),
        Text(
            "`until` is exclusive and must be later than the beginning.",
            "until 不含当日，须晚于开始。",
        ),
        "edition: {number: 1, in-force: 2026-04-01, until: 2026-04-01}\n",
        "edition: {number: 1, in-force: 2026-04-01, until: 2027-04-01}\n",
    ),
    _code(
        "period-overlap",
        Text("Periods that overlap", "时段重叠"),
        Text("two values of `{name}` hold at once", "`{name}` 的两个取值同时有效"),
        Text(
            "Dated values follow one another: each `until` is exclusive and is the next `from`.",
            "按日期取值须前后相接：until 不含当日，即下一个 from。",
        ),
        "warning-stage: [{value: 25 m}, {value: 26 m, from: 2024-01-01}]\n",
        "warning-stage: [{value: 25 m, until: 2024-01-01}, {value: 26 m, from: 2024-01-01}]\n",
    ),
    _code(
        "edition-overlap",
        Text("Two editions in force at once", "两个版本同时生效"),
        Text(
            "editions {first} and {second} of `{name}` are in force at once",
            "`{name}` 的版本 {first} 与 {second} 同时生效",
        ),
        Text(
            "What is in force at a time judges it, so only one edition can be. Give the older "
            "one an `until`: it is exclusive, so it is the new one's `in-force`.",
            "某时生效的版本据以研判，故只能有一个。"
            "请为旧版写明 until（不含当日，即新版的 in-force）。",
        ),
        "edition: {number: 2016, in-force: 2016-03-01}   # and 2024 in another file\n",
        "edition: {number: 2016, in-force: 2016-03-01, until: 2024-01-20}\n",
        Text("give edition {first} `until: {date}`", "请为版本 {first} 写明 `until: {date}`"),
    ),
)

_SHAPES = (
    _code(
        "one-of",
        Text("Exactly one of several keys", "须恰有其一"),
        Text("write exactly one of {keys}", "须恰写 {keys} 之一"),
        Text("These keys exclude one another, and one is needed.", "这些键互斥，且须有其一。"),
        "executor: {post: commander, role: county-flood-hq}\n",
        "executor: {post: commander}\n",
    ),
    _code(
        "key-needed",
        Text("A key that is needed", "缺少必需的键"),
        Text("`{key}` is needed: {reason}", "缺少 `{key}`：{reason}"),
        Text("Without this key the rest has no meaning.", "缺少此键，其余内容没有意义。"),
        "water-level: {type: quantity}\n",
        "water-level: {type: quantity, unit: m}\n",
    ),
    _code(
        "key-unsuited",
        Text("A key that does not fit", "键不适用"),
        Text("`{key}` does not fit here: {reason}", "`{key}` 在此不适用：{reason}"),
        Text("This key contradicts what stands beside it.", "此键与其旁的内容矛盾。"),
        "dyke-breach: {type: flag, unit: m}\n",
        "dyke-breach: {type: flag}\n",
    ),
    _code(
        "plain-value-needed",
        Text("A plain value is needed here", "此处须写普通取值"),
        Text("write one plain value here", "此处须写一个普通取值"),
        Text(
            "A stated value or a range is one number, interval, choice or `n/a`; not a mapping, "
            "and not a bound against an attribute.",
            "陈述的取值或范围应为一个数、区间、选项或 n/a，不能是映射，也不能引用属性。",
        ),
        "facts: {deaths: {at-least: 3}}\n",
        'facts: {deaths: "[3..5]"}\n',
    ),
    _code(
        "bad-operands",
        Text("Operands that do not fit", "运算项不适用"),
        Text("`{name}` cannot be derived so: {reason}", "`{name}` 不能如此导出：{reason}"),
        Text(
            "A sum adds numbers of one unit; a ratio divides two numbers; first-known takes "
            "facts of the same type and unit.",
            "求和须单位相同；比值由两个数相除；first-known 取类型和单位都相同的指标。",
        ),
        "dead-and-missing: {derived: {sum: [deaths, burnt-area]}}\n",
        "dead-and-missing: {derived: {sum: [deaths, missing]}}\n",
    ),
    _code(
        "cyclic-reference",
        Text("Things that refer to each other in a circle", "循环引用"),
        Text("{what} in a circle: {path}", "{what}循环：{path}"),
        Text("Following these references never comes to an end.", "沿这些引用走没有尽头。"),
        "a: {derived: {sum: [b]}}\nb: {derived: {sum: [a]}}\n",
        "a: {derived: {sum: [b]}}\nb: {type: count, unit: 人}\n",
    ),
    _code(
        "wrong-tier",
        Text("A place inside a lower one", "层级颠倒"),
        Text(
            "`{name}` ({tier}) cannot lie in `{parent}` ({parent_tier})",
            "`{name}`（{tier}）不能属于 `{parent}`（{parent_tier}）",
        ),
        Text("A place lies in one of a higher tier.", "辖区须属于层级更高的辖区。"),
        "chu-province: {tier: province, in: linjiang}\n",
        "linjiang: {tier: city, in: chu-province}\n",
    ),
    _code(
        "no-levels",
        Text("Nothing gives a level", "没有任何级别"),
        Text("nothing here gives a level", "此处没有任何内容给出级别"),
        Text(
            "A standard or plan needs a table (`any`), levels with `when`, or a mapping (`from`).",
            "标准或预案须有分级表（any）、带 when 的级别，或映射（from）。",
        ),
        "standard: production-accident\nscale: grade\n",
        "standard: production-accident\nscale: grade\nany: {死亡: {一般: 3人以下}}\n",
        severity="warning",
    ),
    _code(
        "level-twice",
        Text("A level described twice", "级别重复说明"),
        Text("level `{level}` is described twice", "级别 `{level}` 说明了两次"),
        Text(
            "Both conditions count, but only the first entry's verb, approver and duration are "
            "used. Often the second is meant to be another level.",
            "两处条件都有效，但只采用第一处的用语、批准人和期限。第二处往往本应是另一级别。",
        ),
        "levels: [{level: II, when: {deaths: ≥ 10}}, {level: II, when: {deaths: ≥ 3}}]\n",
        "levels: [{level: II, when: {deaths: ≥ 10}}, {level: III, when: {deaths: ≥ 3}}]\n",
        severity="warning",
    ),
    _code(
        "level-without-approver",
        Text("A level without an approver", "级别没有批准人"),
        Text("level `{level}` names nobody who approves it", "级别 `{level}` 没有写明由谁批准"),
        Text(
            "A response is started by people. Write `approve: {post: …}`, or `decided-by:` "
            "where a higher body decides.",
            "响应由人启动。请写 approve: {post: …}，由上级决定的写 decided-by。",
        ),
        "levels: [{level: II, when: {deaths: ≥ 10}}]\n",
        "levels: [{level: II, when: {deaths: ≥ 10}, approve: {post: commander}}]\n",
        severity="advice",
    ),
    _code(
        "level-undescribed",
        Text("A level that nobody approves", "级别无人批准"),
        Text(
            "the rules reach level `{level}`, but `levels` does not describe it",
            "规则会达到级别 `{level}`，但 levels 中没有说明",
        ),
        Text(
            "Without an entry nobody is named to propose or approve the level when it is reached.",
            "没有相应说明，达到该级别时便无人提出和批准。",
        ),
        "any: {deaths: {II: ≥ 10, III: ≥ 3}}\nlevels: [{level: II, approve: {post: chief}}]\n",
        "any: {deaths: {II: ≥ 10, III: ≥ 3}}\n"
        "levels: [{level: II, approve: {post: chief}}, {level: III, approve: {post: deputy}}]\n",
        severity="warning",
    ),
    _code(
        "level-without-rule",
        Text("A level that is never reached", "级别无法达到"),
        Text("nothing leads to level `{level}`", "没有条件会达到级别 `{level}`"),
        Text(
            "The level is described but has no condition, table column or mapping. List it in "
            "`gaps` if the document does not have it.",
            "该级别有说明但没有条件、表列或映射。若文件没有这一级，请列入 gaps。",
        ),
        "levels: [{level: I, verb: must}]\n",
        "levels: [{level: I, verb: must, when: {deaths: ≥ 30}}]\n",
        severity="warning",
    ),
    _code(
        "level-in-gap",
        Text("A level that was declared absent", "级别已声明为缺"),
        Text("level `{level}` is listed in `gaps`", "级别 `{level}` 已列入 gaps"),
        Text(
            "A level in `gaps` is one this document does not have.",
            "列入 gaps 的级别是本文件没有的。",
        ),
        "gaps: [blue]\nlevels: [{level: blue, when: {rain: ≥ 50 mm}}]\n",
        "levels: [{level: blue, when: {rain: ≥ 50 mm}}]\n",
    ),
    _code(
        "track-needed",
        Text("Which track is meant", "须指明分轨"),
        Text("`{name}` has several tracks: {tracks}", "`{name}` 有多个分轨：{tracks}"),
        Text("Say which of the tracks is meant with `track`.", "请用 track 指明是哪一个分轨。"),
        "decide: {plan: flood, level: II}\n",
        "decide: {plan: flood, track: drought, level: II}\n",
    ),
    _code(
        "not-a-decision",
        Text("Not a decision", "不是研判结果"),
        Text("`{name}` is not a decision", "`{name}` 不是研判结果"),
        Text(
            "Levels are taken from a standard or plan, written as in conditions: "
            "grade.production-accident, response.flood.",
            "级别取自标准或预案，写法同条件：grade.production-accident、response.flood。",
        ),
        "from: {decision: deaths, map: {…}}\n",
        "from: {decision: grade.production-accident, map: {serious: II}}\n",
    ),
    _code(
        "external-rules",
        Text("Rules in an external plan", "外部预案不应有规则"),
        Text("an external plan has no `{key}`", "外部预案不写 `{key}`"),
        Text(
            "Another body keeps this plan: only its level in force is known here.",
            "该预案由其他主体掌握，此处只知其生效级别。",
        ),
        "external: true\nlevels: […]\n",
        "external: true\n",
    ),
)

_BODIES = (
    _code(
        "role-of-nobody",
        Text("No body has a role's function", "没有机构具有角色所指的职能"),
        Text(
            "no body here has the function `{function}`, so role `{name}` finds nobody",
            "没有机构具有职能 `{function}`，角色 `{name}` 找不到任何机构",
        ),
        Text(
            "A role is found by place: the body with its function there. National files declare "
            "roles whose bodies each city declares; until one does, the role finds nobody.",
            "角色按地点确定：该地具有相应职能的机构。全国性文件声明角色，各市声明机构；"
            "尚无机构具有该职能时，角色找不到任何机构。",
        ),
        "roles:\n  flood-hq: {function: flod-hq}\n",
        "roles:\n  flood-hq: {function: flood-hq}\n",
        hint=Text("did you mean `{nearest}`?", "是否应为 `{nearest}`？"),
        severity="advice",
    ),
    _code(
        "agency-abolished",
        Text("A body that no longer exists", "机构已撤销"),
        Text("`{name}` was abolished before this edition", "`{name}` 在本版本生效前已撤销"),
        Text(
            "The body ended before this edition came into force, so nobody would act. Name its "
            "successor.",
            "该机构在本版本生效之前已撤销，将无人执行。请改写为承接机构。",
        ),
        "executor: civil-affairs-bureau\n",
        "executor: emergency-bureau\n",
        Text("its successor: {successor}", "承接机构：{successor}"),
        severity="warning",
    ),
    _code(
        "agency-outlived",
        Text("A body abolished while the edition is in force", "机构在版本有效期内撤销"),
        Text(
            "`{name}` was abolished on {date}, while this edition is in force",
            "`{name}` 已于 {date} 撤销，而本版本仍在生效",
        ),
        Text(
            "The body ended while this edition went on. Amend the plan to name its successor, or "
            "give the edition an `until`.",
            "该机构撤销时本版本仍在生效。请修订为承接机构，或为版本写明 until。",
        ),
        "edition: {number: 1, in-force: 2017-01-01}\nexecutor: work-safety-bureau   # until 2019\n",
        "edition: {number: 2, in-force: 2019-04-01}\nexecutor: emergency-bureau\n",
        Text("its successor: {successor}", "承接机构：{successor}"),
        severity="warning",
    ),
    _code(
        "agency-not-yet",
        Text("A body that does not exist yet", "机构尚未设立"),
        Text(
            "`{name}` was set up after this edition came into force",
            "`{name}` 在本版本生效之后才设立",
        ),
        Text(
            "The body began after this edition came into force. Check both dates.",
            "该机构在本版本生效之后才设立，请核对两处日期。",
        ),
        "edition: {number: 1, in-force: 2017-01-01}\nexecutor: emergency-bureau   # from 2019\n",
        "edition: {number: 1, in-force: 2019-04-01}\nexecutor: emergency-bureau\n",
        severity="warning",
    ),
)

_INCIDENTS = (
    _code(
        "fact-misplaced",
        Text("A fact stated of the wrong kind of place", "指标与地点不符"),
        Text(
            "`{name}` belongs to {subject}, not to {place}", "`{name}` 属于{subject}，不属于{place}"
        ),
        Text(
            "A fact belongs to the incident, to areas, or to one kind of object; it can be stated "
            "of an area for all its objects together.",
            "指标属于事件、辖区或某类对象；也可就辖区内该类对象合并陈述。",
        ),
        "{object: north-reservoir, facts: {deaths: 3}}\n",
        "{area: linjiang, facts: {deaths: 3}}\n",
    ),
    _code(
        "received-early",
        Text("Received before it was stated", "接收早于陈述"),
        Text("`received` is earlier than `at`", "received 早于 at"),
        Text("Nothing is received before it is stated.", "信息不会在陈述之前收到。"),
        "{at: 2026-07-20T09:00:00+08:00, received: 2026-07-20T08:00:00+08:00}\n",
        "{at: 2026-07-20T08:00:00+08:00, received: 2026-07-20T09:00:00+08:00}\n",
    ),
    _code(
        "outside-scope",
        Text("A place outside the incident's scope", "超出事件范围"),
        Text("`{name}` lies outside the incident's scope", "`{name}` 不在事件范围内"),
        Text(
            "Facts of places outside `scope` do not apply. Add the place to the scope if the "
            "incident can touch it.",
            "scope 之外地点的指标不适用。若事件可能波及，请将其列入 scope。",
        ),
        "scope: [linjiang]   # and a statement for another city\n",
        "scope: [linjiang, neighbour-city]\n",
        severity="warning",
    ),
)

CODES: tuple[Code, ...] = (*_FILES, *_TIMES, *_SHAPES, *_BODIES, *_INCIDENTS)
