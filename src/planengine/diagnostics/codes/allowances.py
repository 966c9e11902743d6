"""Diagnostic codes of the family `allowances`: comments that let a finding stand."""

from __future__ import annotations

from planengine.diagnostics.code import Code, Text

_GOOD = (
    "  # planengine: allow action-without-limit until 2027-01-01 because 时限待修订\n"
    "  - {id: patrol, from: III, executor: water-bureau, do: 巡堤查险}\n"
)

CODES: tuple[Code, ...] = (
    Code(
        id="allow-unused",
        severity="warning",
        title=Text("A comment allows what is not found", "允许注释没有对应的问题"),
        message=Text(
            "`{code}` is allowed here, and nothing of it is found on that line",
            "此处允许 `{code}`，但该行没有这一问题",
        ),
        hint=Text(
            "take it out, or move it to the line of the finding; an error cannot be allowed",
            "请删去该注释，或移到问题所在行；错误不能允许",
        ),
        explanation=Text(
            "`# planengine: allow CODE until DATE because REASON` at the end of a line, or on a "
            "line of its own above it, lets the findings of that code on that line stand. When "
            "the plan is mended the comment is left over, and would hide the next slip.",
            "`# planengine: allow 代码 until 日期 because 理由` 写在行末或上一行，表示允许该行的"
            "这一问题暂时保留。预案改正后，多余的注释会掩盖以后的错误。",
        ),
        bad=_GOOD.replace("巡堤查险}", "巡堤查险, within: 2 h, of: start}"),
        good=_GOOD,
    ),
    Code(
        id="allow-expired",
        severity="warning",
        title=Text("A comment allowed it until a day that is past", "允许注释已经到期"),
        message=Text("`{code}` was allowed until {date}", "`{code}` 只允许到 {date}"),
        hint=Text(
            "mend what is found, or give a later day and a reason that still holds",
            "请改正该问题；仍有理由时请改写日期",
        ),
        explanation=Text(
            "What is let stand is let stand for a time. From that day on the finding is shown "
            "again, and this beside it.",
            "允许保留总有期限。到期后问题重新列出，并提示注释已到期。",
        ),
        bad=_GOOD.replace("2027-01-01", "2020-01-01"),
        good=_GOOD,
    ),
    Code(
        id="allow-unclear",
        severity="warning",
        title=Text("A comment that allows nothing", "允许注释写得不完整"),
        message=Text(
            "this comment allows nothing: {why}",
            "该注释不起作用：{why}",
        ),
        hint=Text("write `{form}`", "请写 `{form}`"),
        explanation=Text(
            "A finding may stand for a reason and until a day; both must be written, so that "
            "the next author knows when to look at it again.",
            "允许保留问题须有理由和期限，两者都要写明，以便后来的人知道何时复查。",
        ),
        bad=_GOOD.replace(" until 2027-01-01 because 时限待修订", ""),
        good=_GOOD,
    ),
    Code(
        id="allow-unknown",
        severity="warning",
        title=Text("A comment allows a code that there is not", "允许注释中的代码不存在"),
        message=Text("there is no diagnostic `{code}`", "没有诊断“{code}”"),
        hint=Text("did you mean `{nearest}`?", "是否要写 `{nearest}`？"),
        otherwise=Text(
            "`planengine explain` lists every code", "`planengine explain` 列出所有代码"
        ),
        explanation=Text(
            "A comment names the code that `check` shows in brackets. That of another package "
            "is known only where the package is installed.",
            "注释中写 check 在方括号中列出的代码。其他软件包的代码只在安装后才有。",
        ),
        bad=_GOOD.replace("without-limit", "witout-limit"),
        good=_GOOD,
    ),
    Code(
        id="checks-unusable",
        severity="warning",
        title=Text("The checks of another package cannot be used", "其他软件包的检查无法使用"),
        message=Text("the checks `{name}` cannot be used: {why}", "检查 `{name}` 无法使用：{why}"),
        hint=Text(
            "tell their keeper, or remove the package",
            "请告知其维护者，或卸载该软件包",
        ),
        explanation=Text(
            "Installed packages offer checks by the entry point group `planengine.checks`. One "
            "that cannot be imported, has a code that there is already, or fails while it "
            "checks, is left out; all others run.",
            "安装的软件包通过入口点组 `planengine.checks` 提供检查。无法导入、代码重复或运行失败"
            "的一项不予采用，其余照常运行。",
        ),
        bad='[project.entry-points."planengine.checks"]\nacme = "acme_checks:NOTHING"\n',
        good='[project.entry-points."planengine.checks"]\nacme = "acme_checks:CHECKS"\n',
    ),
)
