"""Diagnostic codes of the family `checks`: members, duties, reports, releases and words."""

from __future__ import annotations

from planengine.diagnostics.code import Code, Text

_ACTION = (
    "actions: [{{id: patrol, from: III, executor: {who}, do: {do}, within: 2 h, of: start}}]\n"
)


def _action(do: str = "巡堤查险", who: str = "water-bureau") -> str:
    return _ACTION.format(do=do, who=who)


CODES: tuple[Code, ...] = (
    Code(
        id="member-idle",
        severity="advice",
        title=Text("A member that nothing is asked of", "成员单位没有任务"),
        message=Text(
            "`{name}` is a member, and no action, report, release or group of the plan names it",
            "`{name}` 是成员单位，但预案没有任何措施、报告、发布或工作组写到它",
        ),
        hint=Text(
            "give it an action, or take it out of the members",
            "请为其写明措施，或从成员单位中删去",
        ),
        explanation=Text(
            "A body that is only listed learns on the day of the event what it is to do. Its "
            "`duties` are headings; what is due, by when, stands in the actions.",
            "只列名的单位到事发时才知道要做什么。duties 只是职责标题，何时完成什么写在措施中。",
        ),
        bad=(
            "members: [{agency: commerce-bureau, role: support, duties: [供应]}]   # and "
            "no action\n"
        ),
        good="members: [{agency: commerce-bureau, role: support, duties: [供应]}]\n"
        + _action("投放储备商品", "commerce-bureau"),
    ),
    Code(
        id="member-without-duties",
        severity="advice",
        title=Text("A member without duties", "成员单位没有职责"),
        message=Text("nothing says what `{name}` is a member for", "没有写明 `{name}` 的职责"),
        hint=Text("write `duties: […]`", "请写 `duties: […]`"),
        explanation=Text(
            "Each member must be asked in writing for its consent to its duties before a plan is "
            "issued; it can only agree to what is written.",
            "预案印发前须书面征求各成员单位对其职责的意见；没有写明就无从征求。",
        ),
        bad="members: [{agency: health-commission, role: support}]\n",
        good="members: [{agency: health-commission, role: support, duties: [医疗救治]}]\n",
    ),
    Code(
        id="executor-no-member",
        severity="advice",
        title=Text("Somebody must act who is no member", "执行单位不是成员"),
        message=Text(
            "`{name}` has duties in `{plan}` and is neither a member nor in a group",
            "`{name}` 在 `{plan}` 中有任务，但不是成员单位，也不在工作组中",
        ),
        hint=Text(
            "add it to the members with its duties",
            "请将其列入成员单位并写明职责",
        ),
        explanation=Text(
            "Members are asked about the plan, trained and called together; a body that is only "
            "named in an action is not. Bodies of other areas, and those above or below a member, "
            "are left out.",
            "成员单位会被征求意见、培训和召集；只在措施中写到的单位不会。其他辖区的单位，"
            "以及成员单位"
            "的上下级不计。",
        ),
        bad="members: [{agency: water-bureau, role: lead, duties: [水情]}]\n"
        + _action("放水", "gas-company"),
        good="members: [{agency: water-bureau, role: lead, duties: [水情]}]\n" + _action(),
    ),
    Code(
        id="prerequisite-later",
        severity="warning",
        title=Text("What comes first is due later", "前置措施时限更晚"),
        message=Text(
            "`{name}` is due within {limit}, and `{first}`, which comes before it, within {other}",
            "`{name}` 须在 {limit} 内完成，而其前置措施 `{first}` 的时限是 {other}",
        ),
        hint=Text(
            "give `{first}` less time, or count `{name}` from it (`of: done.{first}`)",
            "请缩短 `{first}` 的时限，或让 `{name}` 从其完成起算（of: done.{first}）",
        ),
        explanation=Text(
            "Both limits count from the same moment, so that one of them cannot be kept: either "
            "the order or a limit is wrong.",
            "两个时限从同一时点起算，必有一个无法遵守：不是顺序有误，就是时限有误。",
        ),
        bad=(
            "actions:\n"
            "  - {id: a, within: 4 h, of: start, …}\n"
            "  - {id: b, within: 2 h, of: start, after: [a], …}\n"
        ),
        good=(
            "actions:\n"
            "  - {id: a, within: 1 h, of: start, …}\n"
            "  - {id: b, within: 2 h, of: start, after: [a], …}\n"
        ),
    ),
    Code(
        id="prerequisite-elsewhere",
        severity="warning",
        title=Text("What comes first is not due there", "前置措施在该级别不需执行"),
        message=Text(
            "`{name}` comes after `{first}`, which is not due at {levels}",
            "`{name}` 在 `{first}` 之后，而 {levels} 时不需执行 `{first}`",
        ),
        hint=Text(
            "let `{first}` be due from the same level, or `{name}` only where it is",
            "请让 `{first}` 从同一级别起执行，或限定 `{name}` 的级别",
        ),
        explanation=Text(
            "At these levels nobody is told to do what must be done first, and what waits for it "
            "waits for ever or is done without it.",
            "在这些级别没有人去做前置措施，等待它的措施要么一直等，要么跳过它。",
        ),
        bad="actions:\n  - {id: a, from: I, …}\n  - {id: b, from: III, after: [a], …}\n",
        good="actions:\n  - {id: a, from: III, …}\n  - {id: b, from: III, after: [a], …}\n",
    ),
    Code(
        id="action-dropped",
        severity="advice",
        title=Text("A measure that a worse level drops", "更严重级别缺少的措施"),
        message=Text(
            "`{name}` is due at {level}, and no longer at {levels}",
            "`{name}` 在 {level} 时执行，{levels} 时不再执行",
        ),
        hint=Text(
            "write `from: {level}`, or the same id at the worse level with what is done there",
            "请写 `from: {level}`，或在更严重级别用同一 id 写明如何执行",
        ),
        explanation=Text(
            "A worse level adds to what milder ones ask (突发事件应对法 第六十六条、第六十七条). "
            "`levels: [III]` alone drops the measure as soon as the event becomes worse.",
            "较重级别在较轻级别措施之上增加（突发事件应对法第六十六条、第六十七条）。只写 "
            "levels: [III]，事件加重后该措施反而取消。",
        ),
        bad=_action().replace("from: III", "levels: [III]"),
        good=_action(),
    ),
    Code(
        id="action-never",
        severity="warning",
        title=Text("An action that is never due", "永远不会执行的措施"),
        message=Text(
            "`{name}` is due at levels that this plan does not have",
            "`{name}` 所写的级别在本预案中不存在",
        ),
        hint=Text(
            "write a level that is there, or the missing level",
            "请写本预案有的级别，或补写缺少的级别",
        ),
        explanation=Text(
            "No condition, mapping, raise or link gives these levels here, so that nobody is ever "
            "told to do it.",
            "没有条件、对应关系、提级或联动会达到这些级别，因此不会有人接到这项任务。",
        ),
        bad="levels: [{level: III, when: …}]\n" + _action().replace("from: III", "levels: [I]"),
        good="levels: [{level: III, when: …}]\n" + _action(),
    ),
    Code(
        id="repeat-without-until",
        severity="advice",
        title=Text("A duty that comes again without an end", "重复任务没有终点"),
        message=Text(
            "`{name}` is due again and again, and nothing says until when",
            "`{name}` 反复执行，但没有写明到何时为止",
        ),
        hint=Text(
            "write `until: end of the response`, or a moment or an action after which it ends",
            "请写 `until: 响应终止`，或写明到哪一时点、哪项措施完成为止",
        ),
        explanation=Text(
            "Whoever does it must know when it is enough. Words are for people; a moment or "
            "`done.<action>` also ends it in an answer.",
            "执行者须知道何时可以停止。文字供人阅读；写时点或 done.<措施> 时，系统也据此结束。",
        ),
        bad=_action().replace("within: 2 h", "within: 2 h, repeat: 4 h"),
        good=_action().replace("within: 2 h", "within: 2 h, repeat: 4 h, until: 响应终止"),
    ),
    Code(
        id="report-to-oneself",
        severity="warning",
        title=Text("A report to oneself", "向自己报告"),
        message=Text("`{name}` reports to itself", "`{name}` 向自己报告"),
        hint=Text("write to whom it is meant to go (`to:`)", "请写明应报给谁（to）"),
        explanation=Text(
            "Nobody else learns of it: most often a line was copied and one end forgotten.",
            "这样别人都不会知道，多半是复制后漏改了一方。",
        ),
        bad="reports: [{from: III, by: flood-office, to: flood-office, within: 1 h}]\n",
        good="reports: [{from: III, by: flood-office, to: province-flood-hq, within: 1 h}]\n",
    ),
    Code(
        id="no-report-upward",
        severity="warning",
        title=Text("Nothing is reported to those above", "没有向上级报告"),
        message=Text(
            "no report of `{name}` goes to a body of an area above; {basis} asks for it",
            "`{name}` 没有任何报告送往上级（{basis}要求上报）",
        ),
        hint=Text(
            "write a report `to` the government or headquarters above, with its limit",
            "请写明向上级政府或指挥机构的报告及时限",
        ),
        explanation=Text(
            "Local governments report to those above them; a plan says who does so, to whom and "
            "by when. Which kinds of plans must is declared in the vocabulary (`requirements`).",
            "地方政府应当向上级报送信息；预案写明由谁、向谁、何时报送。哪些预案须有，由词汇的"
            " requirements 声明。",
        ),
        bad="reports: [{from: III, by: flood-office, to: city-government, within: 1 h}]\n",
        good="reports: [{from: III, by: flood-office, to: province-flood-hq, within: 1 h}]\n",
    ),
    Code(
        id="report-looser",
        severity="warning",
        title=Text("More time for a report than the law gives", "报告时限宽于法定"),
        message=Text(
            "`{name}` gives {limit}; {basis} gives {law} at most",
            "`{name}` 的时限为 {limit}，而{basis}最多 {law}",
        ),
        hint=Text("write `within: {law}` or less", "请写 `within: {law}` 或更短"),
        explanation=Text(
            "A plan may be stricter than the law and never looser. Compared is the longest limit "
            "that any grade has for a report from the same body to the same body, or in the "
            "clause that the report itself cites.",
            "预案可以严于法律，不得宽于法律。比较的是相同报送单位、接收单位（或该报告自己引用的条款）"
            "在各等级中最宽的时限。",
        ),
        bad=(
            "reports: [{from: III, by: emergency-bureau, to: province-emergency, within: "
            "6 h, of: receipt}]\n"
        ),
        good=(
            "reports: [{from: III, by: emergency-bureau, to: province-emergency, within: "
            "2 h, of: receipt}]\n"
        ),
    ),
    Code(
        id="report-chain-late",
        severity="warning",
        title=Text("A chain of reports that takes too long", "逐级上报累计超过时限"),
        message=Text(
            "{chain}: {sum} in all, but {asked} within {limit} of `{anchor}` ({basis})",
            "{chain}：合计 {sum}，而{asked}（自 `{anchor}` 起 {limit} 内，{basis}）",
        ),
        hint=Text(
            "shorten a step, or let one of the first report straight to `{name}` as well",
            "请缩短其中一环，或由前面的单位同时直接报 `{name}`",
        ),
        explanation=Text(
            "A report that counts from `receipt` goes on where the one before it ended, so the "
            "limits of a chain add up: 1 h from the unit to the county and 2 h each to the city "
            "and the province are 5 h. A limit that counts from the event (`of: occurrence`), or "
            "one without `by`, is an outer limit: when it runs out, its sender (without `by` its "
            "addressee) must at least have been told. Compared is the quickest chain of all "
            "documents for one hazard that are in force together; who is told by nobody is taken "
            "to know at once, so that the sum is never too long. Where a limit names the first "
            "body of a chain, that body reports beside the chain, and nothing adds up.",
            "以 receipt（接报）起算的报告接在上一环之后，逐级时限会累计：单位报县1小时，县报市、"
            "市报省各2小时，合计5小时。自事发起算（of: occurrence）或未写报送单位（by）的时限是"
            "总时限：到期时其报送单位（未写 by 的为接收单位）至少须已得到报告。比较的是同一灾种、"
            "同时有效的各文件中最快的一条上报链；没有单位向其报告的，视为立即知悉，因此合计只会偏短。"
            "时限写的是链条首个单位的，该单位与逐级上报并行直报，不累计。",
        ),
        bad=(
            "reports:\n"
            "  - {by: {role: county-emergency}, to: {role: emergency}, within: 3 h, of: receipt}\n"
            "  # and the law: {by: {role: emergency}, to: ministry, within: 2 h, of: occurrence}\n"
        ),
        good=(
            "reports:\n"
            "  - {by: {role: county-emergency}, to: {role: emergency}, within: 1 h, of: receipt}\n"
        ),
    ),
    Code(
        id="no-release",
        severity="warning",
        title=Text("Nobody informs the public", "没有信息发布"),
        message=Text(
            "`{name}` does not say who informs the public; {basis} asks for it",
            "`{name}` 没有写明由谁发布信息（{basis}）",
        ),
        hint=Text(
            "write `information:` with body, approver and limits",
            "请写 information，含发布单位、批准人和时限",
        ),
        explanation=Text(
            "Where nobody is named nobody speaks, and rumours do. Which kinds of plans must have "
            "it is declared in the vocabulary (`requirements`).",
            "没有人发布，谣言就会代替。哪些预案须有，由词汇的 requirements 声明。",
        ),
        bad="plan: flood\nkind: special   # and no information\n",
        good=(
            "information: {body: publicity-department, approve: {post: flood-commander}, "
            "first-within: 5 h}\n"
        ),
    ),
    Code(
        id="release-without-approver",
        severity="advice",
        title=Text("A release that nobody approves", "信息发布没有批准人"),
        message=Text(
            "nothing says who approves the release `{name}`", "没有写明 `{name}` 由谁批准"
        ),
        hint=Text("write `approve: {{post: …}}`", "请写 `approve: {{post: …}}`"),
        explanation=Text(
            "In the first hours the question is not what to say but who may let it go; without an "
            "answer the limit passes.",
            "最初几小时的问题不是说什么，而是谁能签发；没有写明，时限就会错过。",
        ),
        bad="information: {body: publicity-department, first-within: 5 h}\n",
        good=(
            "information: {body: publicity-department, approve: {post: flood-commander}, "
            "first-within: 5 h}\n"
        ),
    ),
    Code(
        id="release-without-limit",
        severity="advice",
        title=Text("A release without a limit", "信息发布没有时限"),
        message=Text(
            "nothing says by when the release `{name}` is made", "没有写明 `{name}` 何时发布"
        ),
        hint=Text("write `first-within: 5 h`", "请写 `first-within: 5 h`"),
        explanation=Text(
            "A release without a limit is never late.", "没有时限的发布永远不会逾期。"
        ),
        bad="information: {body: publicity-department, approve: {post: flood-commander}}\n",
        good=(
            "information: {body: publicity-department, approve: {post: flood-commander}, "
            "first-within: 5 h}\n"
        ),
    ),
    Code(
        id="release-late",
        severity="warning",
        title=Text("A release later than the rules allow", "信息发布晚于规定"),
        message=Text(
            "`{name}` is made within {limit}; {basis} asks for {law}",
            "`{name}` 的时限为 {limit}，而{basis}要求 {law} 内",
        ),
        hint=Text("write {law} or less", "请写 {law} 或更短"),
        explanation=Text(
            "The rules that the vocabulary declares (`requirements`) count from the event. Some "
            "are for the worst events only: those are asked of a release that is made at the "
            "worst level too, unless another one is made earlier there.",
            "词汇的 requirements 所列规定从事发起算。其中只适用于最严重事件的，用于最高级别也适用的"
            "发布；该级别另有更早发布的除外。",
        ),
        bad=(
            "information: {body: publicity-department, approve: {post: flood-commander}, "
            "first-within: 72 h}\n"
        ),
        good=(
            "information: {body: publicity-department, approve: {post: flood-commander}, "
            "first-within: 5 h}\n"
        ),
    ),
    Code(
        id="other-place",
        severity="warning",
        title=Text("The name of another place", "出现了别处的地名"),
        message=Text(
            "`{plan}` speaks of {name}, which this library does not know",
            "`{plan}` 中出现“{name}”，本库没有这一地方",
        ),
        hint=Text(
            "write the place that is meant; one that is really meant belongs into the registry",
            "请改为应写的地名；确指该地的，请登记为辖区",
        ),
        explanation=Text(
            "A plan that was copied from another city keeps its name somewhere. The names that "
            "are looked for are declared in the vocabulary (`places-elsewhere`).",
            "抄自别的城市的预案，常在某处留下那个城市的名字。查找的地名由词汇的 places-elsewhere "
            "声明。",
        ),
        bad=_action("转移武汉市江滩群众"),
        good=_action("转移江滩群众"),
    ),
    Code(
        id="former-name",
        severity="warning",
        title=Text("A body by a name that it no longer has", "机构使用旧名称"),
        message=Text(
            "{name} has been {now} since {date} ({basis})",
            "“{name}”自 {date} 起为{now}（{basis}）",
        ),
        hint=Text("write {now}", "请写{now}"),
        explanation=Text(
            "The reforms of 2018 and 2023 merged and renamed bodies. A duty that is written for a "
            "body that is no more is nobody's. The names are declared in the vocabulary "
            "(`former-names`).",
            "2018年、2023年机构改革合并、更名了许多机构。写给已不存在的机构的任务没有人承担。"
            "旧名称由"
            "词汇的 former-names 声明。",
        ),
        bad=_action("会同市安监局封存物料"),
        good=_action("会同市应急管理局封存物料"),
    ),
    Code(
        id="vague-duty",
        severity="advice",
        title=Text("A duty of nobody, or at nobody's discretion", "任务对象或裁量不明"),
        message=Text(
            "`{name}` says {text}: it is not clear who, or who decides",
            "`{name}` 写有“{text}”：不清楚是谁，或由谁决定",
        ),
        hint=Text(
            "name the body; or write the condition (`when:`) or who decides (`approve:`)",
            "请写明单位；或写明条件（when）或由谁决定（approve）",
        ),
        explanation=Text(
            "有关部门 is nobody, and what is done 视情 is done when somebody thinks of it: who "
            "decides, and by what, belongs into the plan.",
            "“有关部门”等于没有人；“视情”的事要等有人想起才做。由谁、依据什么决定，应写进预案。",
        ),
        bad=_action("组织有关部门排查隐患"),
        good=_action("组织水利、住建部门排查隐患"),
    ),
    Code(
        id="copied-text",
        severity="advice",
        title=Text("An action in the words of another plan", "措施与另一预案雷同"),
        message=Text(
            "`{name}` says what `{plan}` says already: {text}",
            "`{name}` 与 `{plan}` 中的措施雷同：{text}",
        ),
        hint=Text(
            "activate that plan by a link, or say what is special here",
            "请用联动启动该预案，或写明本预案的特殊要求",
        ),
        explanation=Text(
            "The same body is told the same twice, and after the next revision of one plan the "
            "two differ.",
            "同一单位两次接到同样的任务；其中一个预案修订后，两处就会不一致。",
        ),
        bad=_action("向全市中小学发布停课通知并清点人数") + "# and in another plan as well\n",
        good="links: [{from: III, activate: school-safety, level: III}]\n",
    ),
    Code(
        id="resource-twice",
        severity="advice",
        title=Text("The same goods in two plans", "同一物资列入两个预案"),
        message=Text(
            "all of `{name}` is promised to `{plan}` as well",
            "`{name}` 的全部数量同时列入 `{plan}`",
        ),
        hint=Text(
            "say how much each plan may count on, or list it in the plan for supplies "
            "and link to it",
            "请分别写明各预案可用的数量，或列入物资保障预案并联动",
        ),
        explanation=Text(
            "The same quantity of the same holder at the same place cannot be in two places at "
            "once: two events of one night would both count on it.",
            "同一单位同一地点的同一批物资不能同时用于两处：同一夜的两起事件都会指望它。",
        ),
        bad=(
            "resources: [{id: pumps, quantity: 24 台, held-by: drainage-company}]   # in "
            "two plans\n"
        ),
        good="resources: [{id: pumps, quantity: 12 台, held-by: drainage-company}]\n",
    ),
    Code(
        id="unused-definition",
        severity="advice",
        title=Text("A definition that is not used", "定义没有用到"),
        message=Text("nothing uses `{name}`", "没有任何地方用到 `{name}`"),
        hint=Text(
            "use it where it was meant, or take it out",
            "请用在应用之处，或删去",
        ),
        explanation=Text(
            "A condition that was named and is used nowhere decides nothing: often it was meant "
            "to be an alternative of a level.",
            "命名后没有用到的条件不起任何作用，常常是漏写进了某级别的情形。",
        ),
        bad=(
            "define: {high-water: {water-level@hankou: ≥ 27.3 m}}\n"
            "levels: [{level: III, when: {dyke-danger: true}}]\n"
        ),
        good=(
            "define: {high-water: {water-level@hankou: ≥ 27.3 m}}\n"
            "levels: [{level: III, when: {any: [high-water, {dyke-danger: true}]}}]\n"
        ),
    ),
)
