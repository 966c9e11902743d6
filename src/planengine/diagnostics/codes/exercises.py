"""Codes about exercises and those who play them."""

from __future__ import annotations

from planengine.diagnostics.code import Code, Text

CODES: tuple[Code, ...] = (
    Code(
        id="bad-virtual-time",
        severity="error",
        title=Text("No time of an exercise", "不是演练时刻"),
        message=Text("`{text}` is no time of an exercise", "“{text}”不是演练时刻"),
        hint=Text(
            "write how long after the start (T+0:30, T+1d 6:00) or a time with its date",
            "写开始后多久（T+0:30、T+1d 6:00），或写带日期的时刻",
        ),
        explanation=Text(
            "Times in an exercise count from its `start`: T+hours:minutes, with days before them "
            "where there are any. A time with its date is taken as it is.",
            "演练中的时刻自 start 起算：T+时:分，超过一天时前面写天数；带日期的时刻按原样使用。",
        ),
        bad="- {id: first, at: 0:30, facts: {deaths: 1}}\n",
        good="- {id: first, at: T+0:30, facts: {deaths: 1}}\n",
    ),
    Code(
        id="outside-exercise",
        severity="error",
        title=Text("Outside the time of an exercise", "不在演练时间之内"),
        message=Text(
            "{text} is not between the start and the end of the exercise",
            "{text} 不在演练的开始与结束之间",
        ),
        hint=Text("it lasts from {start} to {end}", "演练自 {start} 至 {end}"),
        explanation=Text(
            "What is to happen before an exercise starts or after it ends would never happen, and "
            "its absence would look like a fault of those who play.",
            "安排在演练开始之前或结束之后的内容不会发生，其缺失却会被看成参演者的失误。",
        ),
        bad=(
            "start: 2026-07-20T08:00\nend: T+4:00\n"
            "injects: [{id: late, at: T+5:00, facts: {deaths: 1}}]\n"
        ),
        good=(
            "start: 2026-07-20T08:00\nend: T+6:00\n"
            "injects: [{id: late, at: T+5:00, facts: {deaths: 1}}]\n"
        ),
    ),
    Code(
        id="inject-tells-nothing",
        severity="error",
        title=Text("An inject that tells nothing", "没有内容的注入信息"),
        message=Text("this inject tells nothing", "此条注入没有任何内容"),
        hint=Text(
            "give it a `text` for players, `facts` for the library, or both",
            "请写给参演者的 text，或写入预案库的 facts，或两者都写",
        ),
        explanation=Text(
            "An inject is a message to players, what the library is told by it, or both.",
            "注入信息是给参演者的消息，或由它写入预案库的内容，或两者兼有。",
        ),
        bad="- {id: call, at: T+0:10, channel: phone}\n",
        good="- {id: call, at: T+0:10, channel: phone, text: {en: A caller reports smoke.}}\n",
    ),
    Code(
        id="objective-without-evidence",
        severity="error",
        title=Text("An objective that nothing shows", "没有依据的目标"),
        message=Text("nothing is named that would show this", "没有写明由什么来体现此目标"),
        hint=Text(
            "name the decisions, actions, reports, releases, bodies or plans that show it",
            "请写明体现它的 decisions、actions、reports、releases、bodies 或 plans",
        ),
        explanation=Text(
            "An objective is rated by what players did of the decisions and duties that it names. "
            "With none it could not be rated, and would look as if it had been met.",
            "目标按其所列的决定和任务的完成情况评定。什么都不列便无从评定，却容易被当作已经达到。",
        ),
        bad="objectives: [{id: warn-early, label: {en: Warn early}}]\n",
        good=(
            "objectives: [{id: warn-early, label: {en: Warn early}, "
            "decisions: response.flood/flood}]\n"
        ),
    ),
    Code(
        id="expected-in-part",
        severity="error",
        title=Text("An expectation that says too little", "预期写得不完整"),
        message=Text("`{key}` is missing here", "此处缺少 {key}"),
        hint=Text(
            "say by when it is expected (`by`), or that it is not (`waived: true`); of a decision "
            "also its `level`",
            "请写明应在何时之前完成（by），或写明不作要求（waived: true）；决定还须写 level",
        ),
        explanation=Text(
            "What the plans expect follows from them. An entry under `expect` says what is "
            "expected otherwise: another time, something more, or nothing.",
            "预案的要求由预案得出。expect 中的条目写明与之不同的预期："
            "另一时限，另加的要求，或不作要求。",
        ),
        bad="expect: [{action: flood.patrol-dykes, because: {en: roads are cut}}]\n",
        good="expect: [{action: flood.patrol-dykes, by: T+6:00, because: {en: roads are cut}}]\n",
    ),
)
