"""Codes about the text of a file and its limits."""

from __future__ import annotations

from planengine.diagnostics.code import Code, Text

CODES: tuple[Code, ...] = (
    Code(
        id="not-utf8",
        severity="error",
        title=Text("Not UTF-8", "不是 UTF-8 编码"),
        message=Text(
            "byte {byte} is not valid UTF-8 (byte {offset} of the file)",
            "字节 {byte} 不是有效的 UTF-8（文件第 {offset} 字节）",
        ),
        hint=Text(
            "save the file as UTF-8; it looks like {encoding}",
            "请另存为 UTF-8；此文件似为 {encoding}",
        ),
        explanation=Text(
            "Files are read as UTF-8, with or without a byte order mark. Older Windows programs "
            "save Chinese text as GB18030 or UTF-16 unless told otherwise.",
            "文件按 UTF-8 读取，可带或不带 BOM。旧的 Windows 程序默认存为 GB18030 或 UTF-16。",
        ),
        bad="# a file saved as GB18030 or UTF-16\n",
        good="# the same file saved as UTF-8\n",
    ),
    Code(
        id="control-character",
        severity="error",
        title=Text("Invisible character", "不可见字符"),
        message=Text(
            "the invisible character {character} may not stand in a file",
            "文件中不允许出现不可见字符 {character}",
        ),
        hint=Text("remove it; it often comes with copied text", "请删除；它常随复制的文字带入"),
        explanation=Text(
            "Control characters, unusual line breaks, zero-width and direction-changing "
            "characters make a text mean something other than what is seen, so they are refused.",
            "控制字符、特殊换行符、零宽字符和改变书写方向的字符会使文本与所见不符，因此一律拒绝。",
        ),
        bad='label: "flood\\u200bplan"   # with the zero-width space itself\n',
        good="label: flood plan\n",
    ),
    Code(
        id="file-too-large",
        severity="error",
        title=Text("File too large", "文件过大"),
        message=Text(
            "the file has {size} bytes; the limit is {limit}",
            "文件有 {size} 字节，上限为 {limit} 字节",
        ),
        hint=Text("split it into several files", "请拆分为多个文件"),
        explanation=Text(
            "Plans and rules are written by people; a file of this size is a mistake or data "
            "that belongs elsewhere.",
            "预案和规则由人编写；如此大的文件多半有误，或是应放在别处的数据。",
        ),
        bad="# a file of more than 5 MB\n",
        good="# several smaller files, all under a folder that the manifest includes\n",
    ),
    Code(
        id="too-deep",
        severity="error",
        title=Text("Nested too deeply", "嵌套过深"),
        message=Text("nested more than {limit} levels deep", "嵌套超过 {limit} 层"),
        hint=Text("name inner conditions under `define:`", "请用 `define:` 为内层条件命名"),
        explanation=Text(
            "Nothing that a person can check is nested this deeply; name the inner parts.",
            "嵌套如此之深无法人工核对；请为内层命名。",
        ),
        bad="when: {not: {not: {not: {}}}}   # and so on, more than 50 deep\n",
        good="when: {use: dyke-danger}\n",
    ),
    Code(
        id="too-many-nodes",
        severity="error",
        title=Text("Too much content", "内容过多"),
        message=Text(
            "the document has more than {limit} entries, counting what its aliases repeat",
            "文件条目超过 {limit} 个（含别名重复的内容）",
        ),
        explanation=Text(
            "Aliases that repeat other aliases can make a small file grow without end.",
            "别名套别名会使很小的文件无限膨胀。",
        ),
        bad="a: &a [x, x, x]\nb: &b [*a, *a, *a]   # and so on\n",
        good="a: [x, x, x]\n",
    ),
    Code(
        id="too-many-findings",
        severity="error",
        title=Text("More mistakes follow", "后面还有更多错误"),
        message=Text(
            "more mistakes follow; reading stopped here", "后面还有更多错误，读取到此为止"
        ),
        hint=Text("correct those shown, then check again", "请先改正已列出的错误，再重新检查"),
        explanation=Text(
            "After many mistakes in one file the rest of it is not read.",
            "同一文件错误过多时，其余部分不再读取。",
        ),
        bad="a: >= 1\nb: >= 2   # and so on, more than a hundred times\n",
        good="a: ≥ 1\nb: ≥ 2\n",
    ),
)
