"""Codes about the shape of a document: its keys and the kinds of its values."""

from __future__ import annotations

from planengine.diagnostics.code import Code, Text

CODES: tuple[Code, ...] = (
    Code(
        id="unknown-key",
        severity="error",
        title=Text("Unknown key", "未知的键"),
        message=Text("unknown key `{key}`", "未知的键 `{key}`"),
        hint=Text("did you mean `{suggestion}`?", "是否应为 `{suggestion}`？"),
        explanation=Text(
            "This mapping has no such key. Every mapping refuses keys it does not know, so that "
            "a spelling mistake never silently switches a rule off.",
            "此处没有这个键。每个映射都拒绝未知的键，以免拼写错误悄悄使规则失效。",
        ),
        bad="plan: flood\nkinds: special\n",
        good="plan: flood\nkind: special\n",
    ),
    Code(
        id="key-misplaced",
        severity="error",
        title=Text("A key in the wrong place", "键的位置不对"),
        message=Text("`{key}` does not belong here", "`{key}` 不应在此"),
        hint=Text("it belongs in {home}", "应写在{home}"),
        explanation=Text(
            "This mapping has no such key, but another place of the document has. In YAML the "
            "indentation tells what a key belongs to: it stands under that, two spaces further "
            "in.",
            "此处没有这个键，但文件的另一处有。YAML 以缩进表示从属：写在所属的键之下，再缩进两格。",
        ),
        bad="levels:\n  - level: II\nwhen: {deaths: 10人以上}\n",
        good="levels:\n  - level: II\n    when: {deaths: 10人以上}\n",
    ),
    Code(
        id="empty-key",
        severity="warning",
        title=Text("A key with nothing after it", "键之后没有内容"),
        message=Text("there is nothing after `{key}`", "`{key}` 之后没有内容"),
        hint=Text(
            "write its value, indented under it or after the colon; or leave the key out",
            "请在冒号后或下一行缩进写出内容，否则删去此键",
        ),
        explanation=Text(
            "A key without a value counts as if it were not written. Often its value stands "
            "below without being indented, and so belongs to something else.",
            "没有内容的键等于没有写。常见的原因是内容写在下方却没有缩进，因而属于别处。",
        ),
        bad="lower:\nend: {when: {deaths: = 0}}\n",
        good="end: {when: {deaths: = 0}}\n",
    ),
    Code(
        id="comma-in-text",
        severity="error",
        title=Text("A comma that ends a text", "逗号截断了文字"),
        message=Text(
            "the comma ends the text at `{text}`; `{rest}` is read as a key",
            "逗号使文字止于 `{text}`，`{rest}` 被当作键",
        ),
        hint=Text(
            "quote the text: `{repair}`, or write ，", "请给文字加引号：`{repair}`，或用全角逗号 ，"
        ),
        explanation=Text(
            "Inside braces a comma parts the entries. A text that has one must stand in quotes; "
            "the Chinese comma ， parts nothing.",
            "花括号内的半角逗号分隔各项。文字里含半角逗号时须加引号；全角逗号 ， 不起分隔作用。",
        ),
        bad="links: [{request: power-company, matter: 抢修,送电}]\n",
        good='links: [{request: power-company, matter: "抢修,送电"}]\n',
    ),
    Code(
        id="missing-key",
        severity="error",
        title=Text("Missing key", "缺少键"),
        message=Text("{place} has no `{key}`", "{place}缺少 `{key}`"),
        explanation=Text(
            "This key is needed here; without it the document has no definite meaning.",
            "此处必须有这个键，否则含义不明确。",
        ),
        bad="basis:\n  clause: 第三条\n",
        good="basis:\n  source: decree-493\n  clause: 第三条\n",
    ),
    Code(
        id="wrong-type",
        severity="error",
        title=Text("Wrong kind of value", "值的类型不对"),
        message=Text("expected {expected}, found {found}", "此处应为{expected}，实为{found}"),
        hint=Text("{advice}", "{advice}"),
        explanation=Text(
            "The value is of another kind than this key takes: text, number, list or mapping.",
            "值的类型与此键不符：文本、数字、列表或映射。",
        ),
        bad="plan: flood\nactions: patrol-dykes\n",
        good="plan: flood\nactions:\n  - {id: patrol-dykes, mode: first-response, do: 巡堤查险}\n",
    ),
    Code(
        id="not-a-choice",
        severity="error",
        title=Text("Value not among those allowed", "不在可选值之内"),
        message=Text(
            "{found} is not allowed here: write one of {expected}",
            "此处不能写{found}：可选 {expected}",
        ),
        hint=Text("did you mean `{suggestion}`?", "是否应为 `{suggestion}`？"),
        explanation=Text(
            "This key takes one of a few fixed words.", "此键只能取几个固定的词之一。"
        ),
        bad="type: counts\n",
        good="type: count\n",
    ),
    Code(
        id="out-of-range",
        severity="error",
        title=Text("Number out of range", "数值超出范围"),
        message=Text("expected {expected}, found {found}", "此处应为 {expected}，实为{found}"),
        explanation=Text(
            "The number is outside what this key can take.", "数值超出此键允许的范围。"
        ),
        bad="times: -1\n",
        good="times: 2\n",
    ),
    Code(
        id="too-few",
        severity="error",
        title=Text("Too few entries", "内容太少"),
        message=Text("expected at least {least} here", "此处至少应有 {least} 个"),
        explanation=Text(
            "The list or text is shorter than it must be.", "列表或文本少于所需的长度。"
        ),
        bad="applies: {hazards: []}\n",
        good="applies: {hazards: [flood]}\n",
    ),
    Code(
        id="too-many",
        severity="error",
        title=Text("Too many entries", "内容太多"),
        message=Text("expected at most {most} here", "此处至多应有 {most} 个"),
        explanation=Text(
            "The list or text is longer than it may be.", "列表或文本超过允许的长度。"
        ),
        bad="derived: {ratio: [evacuated, population, households]}\n",
        good="derived: {ratio: [evacuated, population]}\n",
    ),
    Code(
        id="wrong-form",
        severity="error",
        title=Text("Text of the wrong form", "文本格式不对"),
        message=Text(
            "{found} has not the form that is needed here: {pattern}",
            "{found}不符合此处要求的格式：{pattern}",
        ),
        explanation=Text("The text must follow the pattern shown.", "文本须符合所示的格式。"),
        bad='yearly: [{from: "5-1", until: "10-15"}]\n',
        good='yearly: [{from: "05-01", until: "10-15"}]\n',
    ),
    Code(
        id="not-valid",
        severity="error",
        title=Text("Not valid here", "此处无效"),
        message=Text("not valid here: {reason}", "此处无效：{reason}"),
        explanation=Text("The value was refused for the reason shown.", "值因所示原因被拒绝。"),
        bad="from: 2026-13-01\n",
        good="from: 2026-12-01\n",
    ),
)
