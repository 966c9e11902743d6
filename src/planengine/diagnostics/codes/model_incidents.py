"""Codes about what incident files state; part of the family `model`."""

from __future__ import annotations

from planengine.diagnostics.code import Code, Text

CODES: tuple[Code, ...] = (
    Code(
        id="fact-misplaced",
        severity="error",
        title=Text("A fact stated of the wrong kind of place", "指标与地点不符"),
        message=Text(
            "`{name}` belongs to {subject}, not to {place}", "`{name}` 属于{subject}，不属于{place}"
        ),
        explanation=Text(
            "A fact belongs to the incident, to areas, or to one kind of object; it can be stated "
            "of an area for all its objects together.",
            "指标属于事件、辖区或某类对象；也可就辖区内该类对象合并陈述。",
        ),
        bad="{object: north-reservoir, facts: {deaths: 3}}\n",
        good="{area: linjiang, facts: {deaths: 3}}\n",
    ),
    Code(
        id="object-unsaid",
        severity="error",
        title=Text("A fact of an object stated without its object", "陈述对象指标时未写对象"),
        message=Text(
            "`{name}` belongs to {subject}; of an area nothing can read it",
            "`{name}` 属于{subject}；就辖区陈述时不会被任何研判读取",
        ),
        hint=Text("say of which: `object: {example}`", "请写明是哪一个：`object: {example}`"),
        otherwise=Text("say of which with `object:`", "请用 object 写明是哪一个"),
        explanation=Text(
            "Conditions ask this fact of each object. Stated of an area it would be kept and "
            "never looked at.",
            "各条件只就每个对象询问该指标。就辖区陈述的值会被保存，却永远不会用到。",
        ),
        bad="{area: linjiang, facts: {water-level: 27.9 m}}\n",
        good="{object: hankou, facts: {water-level: 27.9 m}}\n",
    ),
    Code(
        id="received-early",
        severity="error",
        title=Text("Received before it was stated", "接收早于陈述"),
        message=Text("`received` is earlier than `at`", "received 早于 at"),
        explanation=Text("Nothing is received before it is stated.", "信息不会在陈述之前收到。"),
        bad="{at: 2026-07-20T09:00:00+08:00, received: 2026-07-20T08:00:00+08:00}\n",
        good="{at: 2026-07-20T08:00:00+08:00, received: 2026-07-20T09:00:00+08:00}\n",
    ),
    Code(
        id="correction-circle",
        severity="error",
        title=Text("Corrections in a circle", "更正互相指向"),
        message=Text(
            "`{path}`: what is corrected or withdrawn must come first",
            "`{path}`：更正或撤回互相指向，无从确定",
        ),
        explanation=Text(
            "A correction stands in the place of what it corrects; round in a circle there is "
            "nothing that was said first.",
            "更正代替其所更正的内容；互相指向时没有最初的陈述。",
        ),
        bad="{id: a, correct: b, facts: {deaths: 3}}\n{id: b, correct: a, facts: {deaths: 4}}\n",
        good="{id: a, facts: {deaths: 3}}\n{id: b, correct: a, facts: {deaths: 4}}\n",
    ),
    Code(
        id="correction-status",
        severity="warning",
        title=Text("A correction across statuses", "更正跨越状态"),
        message=Text(
            "`{name}` is {status} and `{target}` is {other}: it stands by itself",
            "`{name}` 为 {status} 而 `{target}` 为 {other}：不作更正，单独成立",
        ),
        explanation=Text(
            "An exercise never changes what is actual, nor the other way round. A correction of "
            "something of another status counts as a plain statement; a withdrawal does nothing.",
            "演练不改变实际，反之亦然。跨状态的更正只作普通陈述，跨状态的撤回不起作用。",
        ),
        bad="{id: a, status: actual}\n{correct: a, status: exercise, facts: {deaths: 4}}\n",
        good="{id: a, status: exercise}\n{correct: a, status: exercise, facts: {deaths: 4}}\n",
    ),
    Code(
        id="clock-ahead",
        severity="warning",
        title=Text("A statement far ahead of the rest", "某条时间远超其他"),
        message=Text(
            "this is stated at {time}, more than a day after everything else",
            "此条陈述时间为 {time}，比其他各条晚一天以上",
        ),
        hint=Text(
            "if it is right, assess at that time: give `at`", "如无误，请用 at 指定该时刻研判"
        ),
        explanation=Text(
            "An assessment is made for the newest statement. One that is more than a day ahead of "
            "all the rest may be a slip, and would let everything else lapse: it does not move the "
            "clock.",
            "研判默认取最新陈述的时刻。比其余各条晚一天以上的可能是误写，若采用会使其他信息全部过期，"
            "因此不据以推移时钟。",
        ),
        bad="{at: 2062-07-20T09:00:00+08:00, facts: {deaths: 3}}\n",
        good="{at: 2026-07-20T09:00:00+08:00, facts: {deaths: 3}}\n",
    ),
    Code(
        id="unknown-observer",
        severity="warning",
        title=Text("Nearly the name of a known source", "信息来源疑有误写"),
        message=Text(
            "`{name}` is no body, place or source of the library",
            "`{name}` 不是库内的机构、地点或依据",
        ),
        hint=Text(
            "did you mean `{nearest}`? Of anybody else write `source: {{other: …}}`",
            "是否应为 `{nearest}`？其他来源请写 source: {{other: …}}",
        ),
        explanation=Text(
            "Anybody may report, so any text may stand as `source`. This one is nearly the name "
            "of a body, post, role or place of the library and was taken as it stands; with "
            "`{other: …}` it is surely meant so.",
            "任何人都可以报告，source 可写任意文字。此处与库内某机构、岗位、角色或地点的名称"
            "相近，已按原文记录；写成 {other: …} 表示确为其他来源。",
        ),
        bad="{at: 2026-07-20T08:00:00+08:00, source: water-burau, facts: {deaths: 3}}\n",
        good="{at: 2026-07-20T08:00:00+08:00, source: water-bureau, facts: {deaths: 3}}\n",
    ),
    Code(
        id="area-unsaid",
        severity="warning",
        title=Text("A part's figures taken for the whole", "局部数据按全辖区记录"),
        message=Text(
            "`{source}` reports without an `area`: taken as the figures of all of {home}",
            "`{source}` 报告时未写 area：按{home}全辖区的数据记录",
        ),
        hint=Text(
            "write `area: {area}`, or `area: {home_id}` if they are of the whole",
            "请写 `area: {area}`；若确为全辖区数据，请写 `area: {home_id}`",
        ),
        explanation=Text(
            "Without `area` facts are those of the home area, whoever reports them, and a later "
            "figure replaces an earlier one. Two counties that report so are not added up.",
            "不写 area 的数据属于本级辖区，与报告者无关，后报的替代先报的。"
            "两个县这样报告，不会相加。",
        ),
        bad="{at: 2026-07-20T08:00:00+08:00, source: north-government, facts: {deaths: 3}}\n",
        good=(
            "{at: 2026-07-20T08:00:00+08:00, source: north-government, area: north-county, "
            "facts: {deaths: 3}}\n"
        ),
    ),
    Code(
        id="outside-scope",
        severity="warning",
        title=Text("A place outside the incident's scope", "超出事件范围"),
        message=Text("`{name}` lies outside the incident's scope", "`{name}` 不在事件范围内"),
        explanation=Text(
            "Facts of places outside `scope` do not apply. Add the place to the scope if the "
            "incident can touch it.",
            "scope 之外地点的指标不适用。若事件可能波及，请将其列入 scope。",
        ),
        bad="scope: [linjiang]   # and a statement for another city\n",
        good="scope: [linjiang, neighbour-city]\n",
    ),
    Code(
        id="null-says-nothing",
        severity="warning",
        title=Text("`null` says nothing", "null 不是陈述"),
        message=Text(
            "`{key}: null` says nothing: what was known before stays",
            "`{key}: null` 不作任何陈述，此前已知的内容仍然有效",
        ),
        hint=Text(
            "write `unknown` to take back what was stated before, or leave the key out",
            "要收回此前的陈述请写 unknown，否则删去该键",
        ),
        explanation=Text(
            "Systems send `null` for what they have nothing to say about, so it is read as if "
            "the key were not written. In a file written by hand `unknown` may have been meant: "
            "that replaces what was stated before.",
            "系统用 null 表示“无内容”，因此按未写该键处理。手写文件中可能想写的是 "
            "unknown：它会取代此前的陈述。",
        ),
        bad="facts: {deaths: null}\n",
        good="facts: {deaths: unknown}\n",
    ),
    Code(
        id="number-rounded",
        severity="warning",
        title=Text("A number is rounded", "数字已舍入"),
        message=Text("`{text}` is read as `{rounded}`", "`{text}` 按 `{rounded}` 读取"),
        explanation=Text(
            "Computers write decimal fractions with up to seventeen digits. What is stated is "
            "rounded to the fifteen that are kept exactly.",
            "计算机写出的小数可多达十七位。陈述的数值舍入到可精确保存的十五位。",
        ),
        bad='{"facts": {"rainfall-24h": 0.30000000000000004}}\n',
        good='{"facts": {"rainfall-24h": 0.3}}\n',
    ),
    Code(
        id="records-rejected",
        severity="warning",
        title=Text("Some records do not count", "部分记录未计入"),
        message=Text(
            "{count} of {total} records could not be read and do not count; the first has {reason}",
            "{total} 条记录中有 {count} 条无法读取、未计入；第一条的问题是 {reason}",
        ),
        hint=Text(
            "see `rejected` in the answer for each with its reasons",
            "各条及其原因见结果中的 rejected",
        ),
        explanation=Text(
            "A stream read leniently counts what can be read. What cannot is listed in the "
            "answer with its reasons; it may have held what would change a level.",
            "宽松读取时，能读的记录计入；不能读的连同原因列在结果中，其内容可能足以改变级别。",
        ),
        bad='{"at": "2026-07-20T08:00:00+08:00", "facts": {"deaths": "thre"}}\n',
        good='{"at": "2026-07-20T08:00:00+08:00", "facts": {"deaths": 3}}\n',
    ),
    Code(
        id="more-alike",
        severity="warning",
        title=Text("More of the same", "同类问题还有很多"),
        message=Text("{count} more times `{code}`", "`{code}` 另有 {count} 处"),
        explanation=Text(
            "Of many warnings of one kind in one incident only the first are told one by one.",
            "同一事件中同类警告过多时，只逐条列出最前面的。",
        ),
        bad="# a stream in which every number has seventeen digits\n",
        good="# numbers as exact as they were measured\n",
    ),
)
