"""Coverage as one HTML page: the plans' own source, each line coloured by what is covered of it."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from planengine.scenarios.coverage import Coverage, Covered
from planengine.scenarios.coverage_words import kind_text, mark_text, percent_text
from planengine.scenarios.words import Telling

_STYLE = """
:root{--ok:#1a7f37;--part:#9a6700;--bad:#cf222e;--ok-bg:#dafbe1;--part-bg:#fff8c5;--bad-bg:#ffebe9}
*{box-sizing:border-box}
body{margin:0;font:15px/1.5 "Noto Sans CJK SC","Noto Sans SC","PingFang SC","Microsoft YaHei",
"Segoe UI",sans-serif;color:#1f2328;background:#fff}
main{max-width:1280px;margin:0 auto;padding:24px}
h1{font-size:24px;margin:0 0 4px}
h2{font-size:18px;margin:32px 0 8px;position:sticky;top:0;background:#fff;padding:6px 0;
border-bottom:1px solid #d0d7de}
p{margin:4px 0 16px;color:#57606a}
.sum{border-collapse:collapse;width:100%}
.sum td,.sum th{padding:4px 12px 4px 0;text-align:left;border-bottom:1px solid #d8dee4;
font-weight:400}
.sum td.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
.bar{width:220px;height:10px;background:var(--bad-bg);border-radius:5px;overflow:hidden}
.bar i{display:block;height:100%;background:var(--ok)}
a{color:#0969da;text-decoration:none}
.src{border-collapse:collapse;width:100%;font:13px/1.55 "Noto Sans Mono CJK SC",
"Noto Sans Mono",Consolas,monospace}
.src td{vertical-align:top;padding:0 8px}
.src td.l{text-align:right;color:#8c959f;width:52px;user-select:none;border-right:4px solid #fff}
.src td.c{white-space:pre-wrap;word-break:break-word}
.ok td.l{border-color:var(--ok)}.ok td.c{background:var(--ok-bg)}
.part td.l{border-color:var(--part)}.part td.c{background:var(--part-bg)}
.bad td.l{border-color:var(--bad)}.bad td.c{background:var(--bad-bg)}
details{margin:2px 0 6px;font:13px/1.5 "Noto Sans CJK SC","Segoe UI",sans-serif;white-space:normal}
summary{cursor:pointer;color:#57606a}
details ul{margin:2px 0;padding-left:20px}
.k{display:inline-block;padding:0 6px;border-radius:8px;font-size:12px;margin-right:2px}
.k.y{background:#fff;color:var(--ok);border:1px solid var(--ok)}
.k.n{background:#fff;color:var(--bad);border:1px solid var(--bad)}
.key span{display:inline-block;padding:0 10px;margin-right:8px;border-radius:4px}
""".strip()


def page(coverage: Coverage, sources: Mapping[str, str], telling: Telling) -> str:
    """The whole page, in one language; `sources` are the texts of the files by name."""
    files: dict[str, list[Covered]] = {}
    for one in coverage.items:
        if one.written.span is not None:
            files.setdefault(one.written.span.file, []).append(one)
    say = telling.say
    title = say("规则覆盖", "Rule coverage")
    total = say(
        f"{coverage.marks} 处中有 {coverage.made} 处由已确认的测试决定：{percent_text(coverage)}",
        f"{coverage.made} of {coverage.marks} marks were decided by confirmed tests: "
        f"{percent_text(coverage)}",
    )
    key = "".join(
        f'<span style="background:var(--{name}-bg)">{escape(text)}</span>'
        for name, text in (
            ("ok", say("全部覆盖", "all covered")),
            ("part", say("部分覆盖", "partly covered")),
            ("bad", say("未覆盖", "not covered")),
        )
    )
    language = "zh-CN" if telling.words.language == "zh" else "en"
    head = (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width"><title>{title}</title>'
        f"<style>{_STYLE}</style></head><body><main><h1>{title}</h1><p>{escape(total)}</p>"
        f'<p class="key">{key}</p>'
    )
    shown = (_file(file, items, sources.get(file, ""), telling) for file, items in files.items())
    return "".join((head, _summary(files, telling), *shown, "</main></body></html>\n"))


def _summary(files: Mapping[str, list[Covered]], telling: Telling) -> str:
    rows = []
    for file, items in files.items():
        one = Coverage(tuple(items))
        rows.append(
            f'<tr><td><a href="#{_anchor(file)}">{escape(file)}</a></td>'
            f'<td><div class="bar"><i style="width:{one.percent:.1f}%"></i></div></td>'
            f'<td class="n">{percent_text(one)}</td>'
            f'<td class="n">{one.made}/{one.marks}</td></tr>'
        )
    heads = (telling.say("文件", "file"), "", telling.say("覆盖", "covered"), "")
    head = "".join(f"<th>{escape(text)}</th>" for text in heads)
    return f'<table class="sum"><tr>{head}</tr>{"".join(rows)}</table>'


def _anchor(file: str) -> str:
    return escape(file.replace("/", "-"), quote=True)


def _file(file: str, items: list[Covered], source: str, telling: Telling) -> str:
    lines: dict[int, list[Covered]] = {}
    for one in items:
        assert one.written.span is not None
        lines.setdefault(one.written.span.line, []).append(one)
    rows = [
        _line(number, text, lines.get(number, []), telling)
        for number, text in enumerate(source.splitlines(), 1)
    ]
    return f'<h2 id="{_anchor(file)}">{escape(file)}</h2><table class="src">{"".join(rows)}</table>'


def _line(number: int, text: str, items: list[Covered], telling: Telling) -> str:
    if not items:
        return f'<tr><td class="l">{number}</td><td class="c">{escape(text)}</td></tr>'
    whole = Coverage(tuple(items))
    state = "ok" if whole.made == whole.marks else "part" if whole.made else "bad"
    listed = "".join(f"<li>{_item(one, telling)}</li>" for one in items)
    short = telling.say(f"{whole.made}/{whole.marks} 处", f"{whole.made} of {whole.marks}")
    return (
        f'<tr class="{state}"><td class="l">{number}</td><td class="c">{escape(text)}'
        f"<details><summary>{short}</summary><ul>{listed}</ul></details></td></tr>"
    )


def _item(one: Covered, telling: Telling) -> str:
    level = one.written.level
    head = kind_text(telling, one) + (f" {level}" if level else "")
    marks = "".join(
        f'<span class="k {"y" if mark in one.made else "n"}">'
        f"{'✓' if mark in one.made else '✗'} "
        f"{escape(mark_text(telling, one.written.kind, mark))}</span>"
        for mark in one.marks
    )
    return f"{escape(head)} · {escape(one.written.text)} {marks}"
