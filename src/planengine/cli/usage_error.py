"""Wrong use of the command line, told in the language asked for."""

from __future__ import annotations

import re

import click

from planengine.cli.language import Say
from planengine.diagnostics.diagnostic import shown

# What click says, and the same in Chinese; the groups are the words of the user.
_CHINESE = (
    (r"No such option:? '?(?P<name>[^ ']+?)'?\.?(?: .*)?", "没有选项 {name}"),
    (r"Missing argument '(?P<name>[^']*)'\..*", "缺少 {name}"),
    (r"Missing command\.", "缺少命令"),
    (r"Missing option '(?P<name>[^']*)'\..*", "缺少选项 {name}"),
    (r"Option '(?P<name>[^']*)' requires .*", "选项 {name} 后须有值"),
    (r"Option '(?P<name>[^']*)' does not take a value\.", "选项 {name} 后不能有值"),
    (r"Got unexpected extra arguments? \((?P<name>.*)\)", "多余的参数：{name}"),
    (
        r"Invalid value for (?P<at>.*): '(?P<name>.*)' is not one of (?P<choices>.*)\.",
        "{at} 不能是“{name}”，可写：{choices}",
    ),
    (
        r"Invalid value for (?P<at>.*): (?:File|Path|Directory) '(?P<name>.*)' does not exist\.",
        "没有这个文件或文件夹：{name}",
    ),
    (
        r"Invalid value for (?P<at>.*): File '(?P<name>.*)' is a directory\.",
        "这是文件夹，须为文件：{name}",
    ),
    (
        r"Invalid value for (?P<at>.*): (?:File|Path) '(?P<name>.*)' is not readable\.",
        "没有读取 {name} 的权限",
    ),
    (
        r"Invalid value for (?P<at>'--every'): '?(?P<name>.*?)'? is not .*",
        "{at} 须为不小于 0.1 的数，不能是“{name}”",
    ),
    (
        r"Invalid value for (?P<at>.*): '?(?P<name>.*?)'? is not (?:in .*<=x<=|a valid float).*",
        "{at} 须为 0 到 100 的数，不能是“{name}”",
    ),
    (
        r"Invalid value for (?P<at>.*): '?(?P<name>.*?)'? is not (?:in the range|a valid int).*",
        "{at} 须为不小于 0 的整数，不能是“{name}”",
    ),
)
_MARKS = str.maketrans("", "", "'[]")


def told(error: click.ClickException, say: Say) -> str:
    """A usage error as text: how the command is written, what is wrong, where help is."""
    english = error.format_message()
    lines: list[str] = []
    ctx = error.ctx if isinstance(error, click.UsageError) else None
    if ctx is not None:
        lines.append(ctx.get_usage())
        lines.append(say(f"说明：{ctx.command_path} --help", f"help: {ctx.command_path} --help"))
        lines.append("")
    lines.append(say("错误：", "error: ") + say(_chinese(english) + _hint(error), english))
    return "\n".join(map(shown, lines))


def _hint(error: click.ClickException) -> str:
    """The options nearest to a mistyped one, in Chinese; click says it in English itself."""
    near = error.possibilities if isinstance(error, click.NoSuchOption) else None
    return f"；是否要写 {'、'.join(near)}？" if near else ""


def _chinese(text: str) -> str:
    """What click says in English, in Chinese; what is Chinese already stays."""
    for pattern, chinese in _CHINESE:
        found = re.fullmatch(pattern, text, re.DOTALL)
        if found is not None:
            groups = found.groupdict().items()
            parts = {key: value.translate(_MARKS) for key, value in groups}
            return chinese.format(**parts)
    return text
