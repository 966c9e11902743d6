"""Codes about the structure of YAML: documents, keys, indentation, quotes and brackets."""

from __future__ import annotations

from planengine.diagnostics.code import Code, Text

CODES: tuple[Code, ...] = (
    Code(
        id="empty-document",
        severity="error",
        title=Text("Empty file", "空文件"),
        message=Text("nothing is written in this file", "文件没有内容"),
        hint=Text(
            "begin with what it is, for example `plan: flood`", "请先写明类型，例如 `plan: flood`"
        ),
        explanation=Text(
            "The first key of a file tells what kind of document it is.",
            "文件的第一个键说明它是哪类文件。",
        ),
        bad="# only a comment\n",
        good="plan: flood\n",
    ),
    Code(
        id="several-documents",
        severity="error",
        title=Text("Several documents in one file", "一个文件含多个文档"),
        message=Text("a second document begins here", "此处开始了第二个文档"),
        hint=Text("put it into a file of its own", "请放入单独的文件"),
        explanation=Text(
            "Each file holds one document; `---` may stand only before it.",
            "每个文件只含一个文档；`---` 只能写在它之前。",
        ),
        bad="plan: flood\n---\nplan: drought\n",
        good="plan: flood\n",
    ),
    Code(
        id="duplicate-key",
        severity="error",
        title=Text("Key written twice", "键重复"),
        message=Text("the key `{key}` is written twice", "键 `{key}` 重复"),
        hint=Text(
            "if the next entry of the list begins here, write `{entry}`; else keep one of them",
            "若此处是列表的下一项，请写 `{entry}`；否则请保留一个",
        ),
        otherwise=Text(
            "keep one of them; in `any:` use a list", "请保留一个；在 `any:` 下可用列表"
        ),
        explanation=Text(
            "A mapping has each key once. YAML readers would otherwise silently keep the last.",
            "映射中每个键只能出现一次，否则 YAML 读取器会悄悄保留最后一个。",
        ),
        bad="any:\n  deaths: 30人以上\n  deaths: 3人以上\n",
        good="any:\n  - deaths: 30人以上\n  - deaths: 3人以上\n",
    ),
    Code(
        id="key-not-text",
        severity="error",
        title=Text("Key is not text", "键不是文本"),
        message=Text("a key must be a plain word", "键必须是普通文字"),
        explanation=Text(
            "Lists and mappings cannot be keys here, and a key cannot be empty.",
            "列表和映射不能作键，键也不能为空。",
        ),
        bad="? [a, b]\n: 1\n",
        good="a: 1\nb: 1\n",
    ),
    Code(
        id="yaml-tag",
        severity="error",
        title=Text("YAML tag", "YAML 标签"),
        message=Text("the tag `{tag}` is not allowed", "不允许使用标签 `{tag}`"),
        hint=Text(
            "leave it out; quote text that begins with `!`", "请删除；以 `!` 开头的文本请加引号"
        ),
        explanation=Text(
            "Tags change what a value is in ways that depend on the reader, so none is accepted.",
            "标签会使值的含义取决于读取器，因此一律不接受。",
        ),
        bad="number: !!str 2026\n",
        good="number: 2026\n",
    ),
    Code(
        id="merge-key",
        severity="error",
        title=Text("Merge key", "合并键"),
        message=Text("the merge key `<<` is not allowed", "不允许使用合并键 `<<`"),
        hint=Text(
            "write the keys out, or name a condition under `define:`",
            "请把各键写全，或用 `define:` 为条件命名",
        ),
        explanation=Text(
            "Merging hides from the reader what a mapping says. YAML 1.2 has no merge key.",
            "合并会使读者看不到映射的全部内容。YAML 1.2 没有合并键。",
        ),
        bad="base: &base {verb: must}\nlevel: {<<: *base}\n",
        good="level: {verb: must}\n",
    ),
    Code(
        id="unknown-anchor",
        severity="error",
        title=Text("Unknown anchor", "未定义的锚点"),
        message=Text("nothing above is called `&{name}`", "上文没有 `&{name}`"),
        hint=Text(
            'if it is text, write it in quotes: `"*{text}"`', '若为文本，请加引号：`"*{text}"`'
        ),
        explanation=Text(
            "`*name` repeats what was marked `&name` above; it cannot stand inside it.",
            "`*名称` 重复上文以 `&名称` 标记的内容，且不能位于该内容之内。",
        ),
        bad="level: *second\n",
        good="level: II\n",
    ),
    Code(
        id="missing-colon",
        severity="error",
        title=Text("Line without a colon", "缺少冒号"),
        message=Text(
            "this line is neither `key: value` nor a list item", "此行既不是 `键: 值`，也不是列表项"
        ),
        hint=Text(
            "write a colon and a space after the key; indent text that goes on",
            "请在键后写英文冒号和空格；续行文字请缩进",
        ),
        explanation=Text(
            "In a mapping each line begins with a key, a colon and a space.",
            "映射的每一行都以键、英文冒号和空格开头。",
        ),
        bad="plan: flood\nkind\nlabel: 防汛\n",
        good="plan: flood\nkind: special\nlabel: 防汛\n",
    ),
    Code(
        id="missing-space-after-colon",
        severity="error",
        title=Text("No space after the colon", "冒号后缺少空格"),
        message=Text("there must be a space after the colon", "冒号后必须有空格"),
        hint=Text("write `{suggestion}`", "请写 `{suggestion}`"),
        explanation=Text(
            "`key:value` is one word to YAML; the colon needs a space after it.",
            "`键:值` 在 YAML 中是一个词；冒号后须有空格。",
        ),
        bad="plan: flood\nkind:special\nlabel: 防汛\n",
        good="plan: flood\nkind: special\nlabel: 防汛\n",
    ),
    Code(
        id="colon-in-text",
        severity="error",
        title=Text("Colon in text", "文本中有冒号"),
        message=Text(
            "a colon followed by a space may not stand in unquoted text",
            "未加引号的文本中不能有“冒号加空格”",
        ),
        hint=Text("write {suggestion}", "请写 {suggestion}"),
        explanation=Text(
            "A colon with a space after it begins a value. Put quotes around text that holds one.",
            "冒号加空格表示后面是值。含有它的文本请加引号。",
        ),
        bad="do: notice: stay at home\n",
        good='do: "notice: stay at home"\n',
    ),
    Code(
        id="text-after-quotes",
        severity="error",
        title=Text("Text after the closing quote", "引号之后还有文字"),
        message=Text("text follows the closing quote", "右引号之后还有文字"),
        hint=Text(
            "put all of it in quotes, or none; a quote inside '…' is written ''",
            "请将整段放入引号或都不加；'…' 内的单引号写作 ''",
        ),
        explanation=Text(
            "A value that begins with a quote ends at the matching quote.",
            "以引号开头的值到配对的引号为止。",
        ),
        bad='do: "notice" to all\n',
        good='do: "notice to all"\n',
    ),
    Code(
        id="unclosed-quote",
        severity="error",
        title=Text("Quote not closed", "引号未闭合"),
        message=Text("the quote opened here is never closed", "此处的引号没有闭合"),
        explanation=Text(
            "Text in quotes goes on, over lines, up to the same quote.",
            "引号中的文本会跨行，直到遇到同样的引号。",
        ),
        bad='label: "flood\n',
        good='label: "flood"\n',
    ),
    Code(
        id="bad-escape",
        severity="error",
        title=Text("Unknown escape", "未知的转义"),
        message=Text("`{escape}` means nothing in double quotes", "双引号中的 `{escape}` 没有意义"),
        hint=Text(
            "write `\\\\` for a backslash, or use single quotes", "反斜杠请写 `\\\\`，或改用单引号"
        ),
        explanation=Text(
            "In double quotes a backslash begins an escape, such as `\\n` for a new line.",
            "双引号中反斜杠表示转义，如 `\\n` 为换行。",
        ),
        bad='note: "C:\\data"\n',
        good="note: 'C:\\data'\n",
    ),
    Code(
        id="unclosed-bracket",
        severity="error",
        title=Text("Bracket not closed", "括号未闭合"),
        message=Text("the `{bracket}` opened here is not closed", "此处的 `{bracket}` 没有闭合"),
        explanation=Text(
            "A list in `[…]` or a mapping in `{…}` goes on, over lines, to its closing bracket.",
            "`[…]` 列表和 `{…}` 映射会跨行，直到遇到配对的括号。",
        ),
        bad="include: [rules, plans\nhome: linjiang\n",
        good="include: [rules, plans]\nhome: linjiang\n",
    ),
    Code(
        id="missing-comma",
        severity="error",
        title=Text("Comma or bracket expected", "缺少逗号或括号"),
        message=Text("expected `,` or `{bracket}` here", "此处应为 `,` 或 `{bracket}`"),
        hint=Text("put quotes around text with brackets or commas", "含括号或逗号的文本请加引号"),
        explanation=Text(
            "The entries of `[…]` and `{…}` are separated by commas.",
            "`[…]` 和 `{…}` 的各项以英文逗号分隔。",
        ),
        bad='include: ["rules" "plans"]\n',
        good='include: ["rules", "plans"]\n',
    ),
    Code(
        id="unexpected-bracket",
        severity="error",
        title=Text("Bracket without a beginning", "多余的括号"),
        message=Text(
            "nothing was opened that `{bracket}` could close", "没有与 `{bracket}` 配对的括号"
        ),
        hint=Text(
            'remove it, or write text in quotes: `"{bracket}"`',
            '请删除；若为文本请加引号：`"{bracket}"`',
        ),
        explanation=Text(
            "Brackets and commas at the beginning of a value belong to lists and mappings.",
            "值开头的括号和逗号属于列表和映射。",
        ),
        bad="include: [rules, plans]]\n",
        good="include: [rules, plans]\n",
    ),
    Code(
        id="list-on-key-line",
        severity="error",
        title=Text("List on the line of its key", "列表与键同行"),
        message=Text("a list cannot begin on the line of its key", "列表不能与键写在同一行"),
        hint=Text(
            "begin the list on a new line, or write `[a, b]`", "请另起一行写列表，或写作 `[a, b]`"
        ),
        explanation=Text(
            "Each `- item` stands on a line of its own under the key.",
            "每个 `- 项` 在键的下面单独成行。",
        ),
        bad="include: - rules\n",
        good="include:\n  - rules\n",
    ),
    Code(
        id="mis-indented",
        severity="error",
        title=Text("Wrong indentation", "缩进有误"),
        message=Text("this line does not line up with the lines above", "此行与上面各行没有对齐"),
        hint=Text(
            "give entries of one mapping or list the same number of spaces",
            "同一映射或列表的各项请使用相同数量的空格",
        ),
        explanation=Text(
            "Indentation is structure: entries that belong together begin in the same column, "
            "and only a key without a value has deeper lines below it.",
            "缩进就是结构：同级各项从同一列开始；只有没有值的键下面才有更深的行。",
        ),
        bad="levels:\n  - level: I\n   verb: must\n",
        good="levels:\n  - level: I\n    verb: must\n",
    ),
    Code(
        id="yaml-directive",
        severity="error",
        title=Text("YAML directive", "YAML 指令"),
        message=Text("a line may not begin with `%`", "行首不能是 `%`"),
        hint=Text('write text in quotes: `"%…"`', '若为文本请加引号：`"%…"`'),
        explanation=Text(
            "`%` at the beginning of a line is a YAML directive; none is needed here.",
            "行首的 `%` 是 YAML 指令，此处不需要。",
        ),
        bad="%share: 3\n",
        good='"%share": 3\n',
    ),
    Code(
        id="yaml-syntax",
        severity="error",
        title=Text("Not YAML", "不是有效的 YAML"),
        message=Text("this cannot be read as YAML: {problem}", "无法作为 YAML 读取：{problem}"),
        explanation=Text(
            "Look at the quotes, brackets and indentation of this line and of the one above.",
            "请检查本行和上一行的引号、括号与缩进。",
        ),
        bad="a: ? b\n",
        good='a: "? b"\n',
    ),
)
