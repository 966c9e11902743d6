"""Diagnostic codes of the family `names`: names that mean nothing, or more than one thing."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace

from planengine.diagnostics.code import Code, Text

# kind, English, Chinese, a mistyped and a right example
_KINDS: tuple[tuple[str, str, str, str, str], ...] = (
    ("fact", "fact", "指标", "when: {deths: ≥ 3}\n", "when: {deaths: ≥ 3}\n"),
    ("scale", "scale", "尺度", "scale: grades\n", "scale: grade\n"),
    ("level", "level", "级别", "level: V\n", "level: IV\n"),
    (
        "value",
        "value",
        "取值",
        "when: {magnitude-class: hugh}\n",
        "when: {magnitude-class: huge}\n",
    ),
    ("hazard", "hazard", "灾种", "hazards: [floood]\n", "hazards: [flood]\n"),
    ("tier", "tier", "层级", "per: countty\n", "per: county\n"),
    ("object-kind", "object kind", "对象类型", "kind: statoin\n", "kind: station\n"),
    ("attribute", "attribute", "属性", '"@city-clas": other\n', '"@city-class": other\n'),
    ("verb", "verb", "用语", "verb: shall\n", "verb: must\n"),
    ("rank", "rank of sources", "依据层级", "rank: laws\n", "rank: law\n"),
    ("plan-kind", "kind of plan", "预案类型", "kind: speciall\n", "kind: special\n"),
    ("member-role", "role of members", "成员角色", "role: leader\n", "role: lead\n"),
    ("moment", "moment", "时刻", "of: strat\n", "of: start\n"),
    ("calendar", "calendar", "日历", "during: flod-season\n", "during: flood-season\n"),
    ("source", "source", "依据", "source: decree-439\n", "source: decree-493\n"),
    ("jurisdiction", "jurisdiction", "辖区", "in: linjang\n", "in: linjiang\n"),
    ("object", "object", "对象", "object: hankuo\n", "object: hankou\n"),
    ("place", "place", "地点", "water-level@hankuo: ≥ 3 m\n", "water-level@hankou: ≥ 3 m\n"),
    (
        "agency",
        "agency",
        "机构",
        "executor: emegency-bureau\n",
        "executor: emergency-bureau\n",
    ),
    ("post", "post", "岗位", "approve: {post: comander}\n", "approve: {post: commander}\n"),
    (
        "role",
        "role",
        "角色",
        "executor: {role: county-hq}\n",
        "executor: {role: county-flood-hq}\n",
    ),
    (
        "provider",
        "agency or role",
        "机构或角色",
        "provider: weather\n",
        "provider: weather-bureau\n",
    ),
    ("body", "agency or post", "机构或岗位", "by: comander\n", "by: commander\n"),
    (
        "authority",
        "jurisdiction or agency",
        "辖区或机构",
        "authority: chna\n",
        "authority: china\n",
    ),
    (
        "group",
        "working group",
        "工作组",
        "executor: {group: resue}\n",
        "executor: {group: rescue}\n",
    ),
    (
        "standard",
        "standard",
        "分级标准",
        "grade.producton: serious\n",
        "grade.production: serious\n",
    ),
    ("plan", "plan", "预案", "activate: medical-resuce\n", "activate: medical-rescue\n"),
    ("track", "track", "分轨", "track: flod\n", "track: flood\n"),
    ("action", "action", "措施", "after: [patrol-dyke]\n", "after: [patrol-dykes]\n"),
    ("report", "report", "报告", "report: frist\n", "report: first\n"),
    ("release", "release", "信息发布", "release: frist\n", "release: first\n"),
    (
        "clause",
        "clause to invoke",
        "可援引的条款",
        "clause: flood.II.judge\n",
        "clause: flood.II.judged-1\n",
    ),
    ("observation", "observation", "观测", "withdraw: o11\n", "withdraw: o1\n"),
    ("definition", "definition", "定义", "use: dyke-dangre\n", "use: dyke-danger\n"),
)

_WORDS: Mapping[str, Text] = {kind: Text(en, zh) for kind, en, zh, *_ in _KINDS}

CLAUSE_OF_SOURCE = Text("a clause of a source", "依据条款")
"""What a name of the kind `clause:<source>` is called; `clause` alone is one that people invoke."""

_LISTED = {
    "fact": ("facts", "vocabulary"),
    "hazard": ("hazards", "vocabulary"),
    "scale": ("scales", "vocabulary"),
    "level": ("scales", "vocabulary"),
    "calendar": ("calendars", "vocabulary"),
    "agency": ("agencies", "registry"),
    "provider": ("agencies", "registry"),
    "body": ("agencies", "registry"),
    "post": ("posts", "registry"),
    "role": ("roles", "registry"),
    "jurisdiction": ("areas", "registry"),
    "object": ("objects", "registry"),
    "place": ("areas", "registry"),
    "source": ("sources", "sources"),
    "plan": ("plans", "plan"),
    "standard": ("standards", "standard"),
    "verb": ("verbs", "vocabulary"),
    "report": ("reports", "plan"),
    "release": ("reports", "plan"),
    "moment": ("moments", "vocabulary"),
    "member-role": ("member-roles", "vocabulary"),
    "tier": ("tiers", "vocabulary"),
    "object-kind": ("object-kinds", "vocabulary"),
}
"""What `planengine list` shows of a kind, and the kind of file that declares it."""


def words_of(kind: str) -> Text:
    """What a kind of named thing is called, with its article: "an agency"."""
    words = _WORDS.get(kind, Text(kind, kind))
    article = "an" if words.en[:1] in "aeiou" else "a"
    return Text(f"{article} {words.en}", words.zh)


def _where(kind: str) -> Text | None:
    if kind not in _LISTED:
        return None
    shown, file = _LISTED[kind]
    return Text(
        f"`planengine list {shown}` shows what there is; new ones are declared in a {file} file",
        f"`planengine list {shown}` 可列出已有名称；新的在 {file} 文件中声明",
    )


def _unknown(kind: str, en: str, zh: str, bad: str, good: str) -> Code:
    return Code(
        id=f"unknown-{kind}",
        severity="error",
        title=Text(f"Unknown {en}", f"未知的{zh}"),
        message=Text(f"unknown {en} `{{name}}`", f"未知的{zh} `{{name}}`"),
        hint=Text("did you mean `{nearest}`?", "是否应为 `{nearest}`？"),
        otherwise=_where(kind),
        explanation=Text(
            f"No {en} has this id, label or alias here. Every name must be declared once, so "
            "that a spelling mistake never silently means nothing.",
            f"此处没有以此为标识、名称或别名的{zh}。每个名称都须先声明，以免拼写错误悄悄使内容失效。",
        ),
        bad=bad,
        good=good,
    )


_LEVELS = Text("the levels of `{scale}` are {levels}", "`{scale}` 的级别有 {levels}")

CODES: tuple[Code, ...] = (
    *(
        replace(_unknown(*row), hint=_LEVELS) if row[0] == "level" else _unknown(*row)
        for row in _KINDS
    ),
    Code(
        id="another-kind",
        severity="error",
        title=Text("A name of another kind", "名称属于另一类"),
        message=Text(
            "`{name}` is {found}, and {wanted} is wanted here",
            "`{name}` 是{found}，此处应写{wanted}",
        ),
        hint=Text("write `{suggestion}`", "请写 `{suggestion}`"),
        otherwise=Text(
            "`planengine list KIND` shows what there is of a kind: agencies, posts, roles, plans …",
            "planengine list 类别 可列出已有名称，类别如 agencies、posts、roles、plans",
        ),
        explanation=Text(
            "Bodies, posts, roles and working groups are told apart: a post is held in a body, a "
            "role is found by place, a group belongs to its plan. Where any of them can act, the "
            "key says which is meant: `{post: …}`, `{role: …}`, `{group: …}`; a plain text is an "
            "agency or role. Where only a body can stand, name the body.",
            "机构、岗位、角色和工作组相互区分：岗位设在机构内，角色按地点确定，工作组属于其预案。"
            "都可承担的地方用键写明是哪一类：{post: …}、{role: …}、{group: …}，"
            "只写文字即机构或角色；只能写机构的地方，请写机构。",
        ),
        bad="approve: commander\n",
        good="approve: {post: commander}\n",
    ),
    Code(
        id="ambiguous-name",
        severity="error",
        title=Text("A name that means several things", "名称有歧义"),
        message=Text("`{name}` can mean {choices}", "`{name}` 可指 {choices}"),
        hint=Text("write the id that you mean", "请写明所指的标识"),
        explanation=Text(
            "Several things of this kind share this label or alias. An id always means one "
            "thing: write it instead.",
            "同类中有几项共用这一名称或别名。标识总是唯一的，请改写标识。",
        ),
        bad="executor: 应急局\n",
        good="executor: emergency-bureau\n",
    ),
    Code(
        id="id-form",
        severity="warning",
        title=Text("An id in another form", "标识的写法不规范"),
        message=Text("`{name}` is not written as an id", "`{name}` 不是规范的标识"),
        hint=Text("write `{suggestion}`", "请写 `{suggestion}`"),
        otherwise=Text(
            "write an English name such as flood-patrol; the Chinese one belongs in `label`",
            "请写英文标识，如 flood-patrol；中文名称写在 label 中",
        ),
        explanation=Text(
            "Ids are English words in small letters and digits, joined by hyphens; only Roman "
            "numerals of levels are capitals (`judged-IV`). What is called otherwise gets a "
            "`label`, which may stand wherever the id may.",
            "标识由小写英文单词和数字组成，用连字符相连；只有级别的罗马数字大写（如 judged-IV）。"
            "其他名称写在 label 中，凡可写标识处均可写名称。",
        ),
        bad="plan: Flood_Plan\n",
        good="plan: flood-plan\n",
    ),
    Code(
        id="id-reserved",
        severity="error",
        title=Text("A mark in an id that joins names", "标识中有连接符号"),
        message=Text(
            "`{name}` contains `{mark}`, so no reference can name it",
            "`{name}` 含有 `{mark}`，无法被引用",
        ),
        hint=Text("write `{suggestion}`", "请写 `{suggestion}`"),
        otherwise=Text(
            "write an English name such as flood-patrol; the Chinese one belongs in `label`",
            "请写英文标识，如 flood-patrol；中文名称写在 label 中",
        ),
        explanation=Text(
            "`/` joins a jurisdiction, its plan and a track (`linjiang/flood`), `@` a fact and its "
            "place (`deaths@linjiang`), and `:` a thing and its part. An id that contains one of "
            "them would be taken apart wherever it is used.",
            "`/` 连接辖区、预案和分轨（linjiang/flood），`@` 连接指标和地点（deaths@linjiang），"
            "`:` 连接事物及其部分。标识中若含这些符号，引用时会被拆开。",
        ),
        bad="plan: flood/2026\n",
        good="plan: flood-2026\n",
    ),
    Code(
        id="duplicate-id",
        severity="error",
        title=Text("The same id declared twice", "标识重复"),
        message=Text("`{name}` is declared twice", "`{name}` 重复声明"),
        hint=Text(
            "give one of the two another id; `list` has those of the packaged libraries too",
            "请为其中之一另取标识；随附库（如 planengine:cn 的职能）的标识也不能重复",
        ),
        explanation=Text(
            "Each thing of a kind is declared once in the whole library. Rename one of the two, "
            "or remove it. A new edition of a standard or plan keeps the id and has another "
            "edition number.",
            "库内同类事物只声明一次。请改名或删除其一。标准或预案的新版沿用标识而版本号不同。",
        ),
        bad="# a.yaml\nfacts: {deaths: {…}}\n# b.yaml\nfacts: {deaths: {…}}\n",
        good="facts: {deaths: {…}}\n",
    ),
)
