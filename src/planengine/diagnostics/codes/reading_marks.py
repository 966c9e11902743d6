"""Codes about marks that YAML reads otherwise than authors expect: bounds, `@`, full width."""

from __future__ import annotations

from planengine.diagnostics.code import Code, Text

_WRITE = Text("write {suggestion}", "请写 {suggestion}")

CODES: tuple[Code, ...] = (
    Code(
        id="unquoted-bound",
        severity="error",
        title=Text("Bound without quotes", "界限未加引号"),
        message=Text(
            "`{found}` is not YAML: `{mark}` at the beginning of a value means something else",
            "`{found}` 不是有效的 YAML：值开头的 `{mark}` 另有含义",
        ),
        hint=_WRITE,
        explanation=Text(
            "`>` begins folded text in YAML and `!` a tag. Write ≥ and ≠, quote the bound, or "
            "use the words of the law: 30人以上, 超过30人.",
            "在 YAML 中 `>` 表示折叠文本，`!` 表示标签。请写 ≥、≠，或给界限加引号，"
            "或用法规用语：30人以上、超过30人。",
        ),
        bad="deaths: >= 30\n",
        good="deaths: ≥ 30\n",
    ),
    Code(
        id="unquoted-interval",
        severity="error",
        title=Text("Interval without quotes", "区间未加引号"),
        message=Text(
            "the interval `{found}` needs quotes: brackets mean a list in YAML",
            "区间 `{found}` 须加引号：方括号在 YAML 中表示列表",
        ),
        hint=_WRITE,
        explanation=Text(
            "`[` and `]` make lists. An interval is text, so it stands in quotes.",
            "`[` 和 `]` 表示列表。区间是文本，须加引号。",
        ),
        bad="deaths: [10..30)\n",
        good='deaths: "[10..30)"\n',
    ),
    Code(
        id="unquoted-at",
        severity="error",
        title=Text("`@` without quotes", "`@` 未加引号"),
        message=Text(
            "`{found}` needs quotes: YAML reserves `@` at the beginning",
            "`{found}` 须加引号：YAML 保留开头的 `@`",
        ),
        hint=_WRITE,
        explanation=Text(
            "A key or value that begins with `@` stands in quotes. After another mark it needs "
            "none: `≥ @warning-stage`.",
            "以 `@` 开头的键或值须加引号。前面有其他符号时不需要：`≥ @warning-stage`。",
        ),
        bad="when:\n  @grid-load: ≥ 20000 MW\n",
        good='when:\n  "@grid-load": ≥ 20000 MW\n',
    ),
    Code(
        id="unquoted-percent",
        severity="error",
        title=Text("`%` without quotes", "`%` 未加引号"),
        message=Text(
            "`{found}` needs quotes: YAML reserves `%` at the beginning",
            "`{found}` 须加引号：YAML 保留开头的 `%`",
        ),
        hint=_WRITE,
        explanation=Text(
            "A value that begins with `%` stands in quotes; after a number it needs none: `30 %`.",
            "以 `%` 开头的值须加引号；在数字之后不需要：`30 %`。",
        ),
        bad="unit: %\n",
        good="unit: '%'\n",
    ),
    Code(
        id="reserved-character",
        severity="error",
        title=Text("Reserved character", "保留字符"),
        message=Text(
            "`{found}` needs quotes: `{character}` at the beginning means something else in YAML",
            "`{found}` 须加引号：开头的 `{character}` 在 YAML 中另有含义",
        ),
        hint=_WRITE,
        explanation=Text(
            "Text that begins with ` * & ! | > ? stands in quotes.",
            "以 ` * & ! | > ? 开头的文本须加引号。",
        ),
        bad="note: *重要\n",
        good='note: "*重要"\n',
    ),
    Code(
        id="tab-indentation",
        severity="error",
        title=Text("Tab in the indentation", "用制表符缩进"),
        message=Text("a tab stands in the indentation", "缩进中有制表符"),
        hint=Text("indent with spaces", "请用空格缩进"),
        explanation=Text(
            "YAML counts spaces; a tab has no width.", "YAML 以空格数计缩进，制表符没有确定的宽度。"
        ),
        bad="command:\n\toffice: flood-office\n",
        good="command:\n  office: flood-office\n",
    ),
    Code(
        id="wide-space",
        severity="error",
        title=Text("Wide space", "全角空格"),
        message=Text(
            "a full-width or no-break space stands where YAML needs a plain one",
            "此处有全角空格或不换行空格，YAML 需要普通空格",
        ),
        hint=Text("type a plain space", "请输入半角空格"),
        explanation=Text(
            "Only the plain space counts after a colon or hyphen and in the indentation.",
            "冒号、连字符之后以及缩进中只认半角空格。",
        ),
        bad="plan: flood\nkind:　special\nlabel: 防汛\n",
        good="plan: flood\nkind: special\nlabel: 防汛\n",
    ),
    Code(
        id="full-width-colon",
        severity="error",
        title=Text("Full-width colon", "全角冒号"),
        message=Text(
            "the full-width colon `：` does not end a key", "全角冒号 `：` 不能用在键之后"
        ),
        hint=Text("write `{suggestion}`", "请写 `{suggestion}`"),
        explanation=Text(
            "A key ends with the plain colon `:` and a space.", "键之后是半角冒号 `:` 加空格。"
        ),
        bad="死亡：30人以上\n失踪: 10人以上\n",
        good="死亡: 30人以上\n失踪: 10人以上\n",
    ),
    Code(
        id="full-width-comma",
        severity="error",
        title=Text("Full-width comma", "全角逗号"),
        message=Text(
            "the full-width comma `，` does not separate entries", "全角逗号 `，` 不能分隔各项"
        ),
        hint=Text("write `, `", "请写半角逗号和空格 `, `"),
        explanation=Text(
            "Entries in `{…}` and `[…]` are separated by the plain comma `,`.",
            "`{…}` 和 `[…]` 中各项以半角逗号 `,` 分隔。",
        ),
        bad="when: {deaths: 30人以上，missing: 3人以上}\n",
        good="when: {deaths: 30人以上, missing: 3人以上}\n",
    ),
    Code(
        id="full-width-comma-in-list",
        severity="warning",
        title=Text("Full-width comma in a list", "列表中的全角逗号"),
        message=Text(
            "this is one entry: the full-width comma `，` does not separate entries",
            "这里只是一项：全角逗号 `，` 不能分隔各项",
        ),
        hint=Text(
            'write `, ` between entries, or quote the text if it is one: `"{found}"`',
            '各项之间请写半角逗号；若确为一项，请加引号：`"{found}"`',
        ),
        explanation=Text(
            "Entries in `[…]` are separated by the plain comma `,`.",
            "`[…]` 中各项以半角逗号 `,` 分隔。",
        ),
        bad="members: [water-bureau，fire-brigade]\n",
        good="members: [water-bureau, fire-brigade]\n",
    ),
    Code(
        id="full-width-bracket",
        severity="error",
        title=Text("Full-width brackets", "全角括号"),
        message=Text(
            "the full-width bracket `{bracket}` makes no list or mapping",
            "全角括号 `{bracket}` 不能用来写列表或映射",
        ),
        hint=Text(
            "write `{suggestion}`; text in such brackets stands in quotes",
            "请写 `{suggestion}`；若为带括号的文本，请加引号",
        ),
        explanation=Text(
            "A list stands in the plain brackets `[…]`, a mapping in `{…}`.",
            "列表用半角方括号 `[…]`，映射用半角花括号 `{…}`。",
        ),
        bad="applies: ｛hazards: ［gas-accident］｝\n",
        good="applies: {hazards: [gas-accident]}\n",
    ),
    Code(
        id="full-width-quotes",
        severity="warning",
        title=Text("Full-width quotes", "全角引号"),
        message=Text(
            "the full-width quotes are part of the text, they do not quote it",
            "全角引号会成为文本的一部分，不起引号作用",
        ),
        hint=Text(
            "write {suggestion}; if they belong to the text, {kept}",
            "请写 {suggestion}；若属于文本本身，请写 {kept}",
        ),
        explanation=Text(
            "YAML knows the plain quotes \" and ' only.", "YAML 只认半角引号 \" 和 '。"
        ),
        bad="label: “洪水”\n",
        good='label: "洪水"\n',
    ),
)
